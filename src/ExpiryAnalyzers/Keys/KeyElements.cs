using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Keys;

/// <summary>What the elements of a collection are, as far as its making is in view.</summary>
/// <param name="Origin">The collection that they are the elements of; where a query makes each, what it makes of one.</param>
/// <param name="AreMade">Whether a query makes them.</param>
internal readonly record struct KeyElements(IOperation Origin, bool AreMade)
{
    /// <summary>How many copies and variables, each of the next, are followed.</summary>
    private const int MaxChain = 16;

    public static KeyElements Of(IOperation collection, DefUse assignments, WellKnownTypes types)
    {
        IOperation origin = collection.WithoutConversions();
        IOperation? variable = null;
        for (int i = 0; i < MaxChain; i++)
        {
            if (types.IsUseOf(origin, KnownMember.Select))
            {
                // What a method makes of each has the name of the variable that holds it all.
                return ResultOf((IInvocationOperation)origin) is { } made ? new(made, true) : new(variable ?? origin, false);
            }

            variable = origin is ILocalReferenceOperation ? origin : variable;
            IOperation? next = origin is ILocalReferenceOperation local
                ? MakingOf(local.Local, assignments, types)
                : types.ReceiverOf(origin, KnownMember.SameElements);
            if (next is null)
            {
                break;
            }

            origin = next.WithoutConversions();
        }

        return new(origin, false);
    }

    /// <summary>The query or copy that a variable always holds; null where it is none.</summary>
    private static IOperation? MakingOf(ILocalSymbol local, DefUse assignments, WellKnownTypes types) =>
        assignments.OnlyValue(local)?.WithoutConversions() is { } value &&
        (types.IsUseOf(value, KnownMember.Select) || types.IsUseOf(value, KnownMember.SameElements))
            ? value
            : null;

    /// <summary>What a query makes of one element, by a lambda of one expression, or one that only names parts of it before.</summary>
    private static IOperation? ResultOf(IInvocationOperation query)
    {
        IAnonymousFunctionOperation? lambda = query.Arguments.Select(static argument => argument.Value.WithoutConversions())
            .OfType<IDelegateCreationOperation>()
            .Select(static creation => creation.Target)
            .OfType<IAnonymousFunctionOperation>()
            .FirstOrDefault();
        return lambda is { Body.Operations: [.., IReturnOperation { ReturnedValue: { } returned } last] operations } &&
            operations.All(operation => operation is IVariableDeclarationGroupOperation || ReferenceEquals(operation, last))
                ? returned
                : null;
    }
}
