using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Values;

/// <summary>
/// What the user's own members yield, as their source says. Null stands for members whose source is not in view or does not tell.
/// </summary>
internal interface IMemberValues
{
    TimeValues? ValueOf(IFieldSymbol field, int depth);

    TimeValues? ValueOf(IPropertySymbol property, int depth);

    /// <param name="invocation">The call.</param>
    /// <param name="depth">How many calls deep members may still be looked into.</param>
    /// <param name="argumentValues">The values of an argument, for what the method gives back of it.</param>
    TimeValues? ValueOf(IInvocationOperation invocation, int depth, Func<IOperation, TimeValues> argumentValues);

    /// <inheritdoc cref="ValueOf(IInvocationOperation, int, Func{IOperation, TimeValues})"/>
    TimeValues? ValueOf(IInvocationOperation invocation, ResultPart part, int depth, Func<IOperation, TimeValues> argumentValues);

    /// <summary>What every object in view is given for a member when it is made: an instant's number.</summary>
    TimeValues? GivenTo(ISymbol member, int depth);
}

/// <summary>What the evaluation of an expression needs to know of the compilation around it.</summary>
internal interface IValueKnowledge
{
    ApiCatalog Catalog { get; }

    /// <summary>What the members of the framework yield.</summary>
    TimeFacts Facts { get; }

    /// <summary>What the user's own members yield.</summary>
    IMemberValues Members { get; }
}
