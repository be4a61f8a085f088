using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Operations;

/// <summary>The code of the user's own members, where it is certain which a call runs and it is short enough to be looked into.</summary>
internal interface ISourceMembers
{
    /// <summary>The method of the source that a call runs; null where that is not certain.</summary>
    IMethodSymbol? Called(IInvocationOperation call);

    /// <summary>The operation of a method's body.</summary>
    IOperation? BodyOf(IMethodSymbol method);

    /// <summary>The expression that a get-only property of the source stands for.</summary>
    IOperation? GetterOf(IPropertySymbol property);

    /// <summary>The one expression that gives a readonly field or a get-only property its value.</summary>
    IOperation? InitializerOf(ISymbol member);
}
