using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Operations;

/// <summary>One body of code, as far as questions about its variables and its structure need it.</summary>
internal interface IVariableUses
{
    /// <summary>The body's operation: nothing outside it counts.</summary>
    IOperation Root { get; }

    /// <summary>Who writes and who reads the body's variables.</summary>
    DefUse Assignments { get; }

    /// <summary>What is around the body's operations.</summary>
    Places Places { get; }
}
