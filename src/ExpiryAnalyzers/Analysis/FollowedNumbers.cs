using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// The local numbers of a body whose values may reach a time, or its result. The others, most of them counters of loops, are not followed:
/// each is another in every round, and a round that changes nothing else need not be walked again.
/// </summary>
internal sealed class FollowedNumbers
{
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);
    private readonly Stack<ISymbol> _open = new();

    public FollowedNumbers(Body body)
    {
        foreach (Sink sink in body.Sinks)
        {
            Add(sink.Value);
        }

        foreach (Judgement judgement in body.Judgements)
        {
            Add(judgement.Left);
            Add(judgement.Right);
        }

        foreach (IReturnOperation returned in body.Operations.OfType<IReturnOperation>())
        {
            Add(returned.ReturnedValue);
        }

        foreach (IParameterReferenceOperation given in body.Operations.OfType<IParameterReferenceOperation>())
        {
            if (given.Parameter.RefKind is RefKind.Out or RefKind.Ref)
            {
                Add(given);
            }
        }

        while (_open.Count > 0)
        {
            AddFeeders(_open.Pop(), body.Assignments);
        }
    }

    /// <summary>Whether the values of a number are followed.</summary>
    public bool Contains(ISymbol variable) => _followed.Contains(variable);

    /// <summary>Whether a variable is a number of its own, and not what a caller hands in.</summary>
    public static bool IsNumber(ISymbol variable) =>
        variable is ILocalSymbol { Type: { } type } &&
        WellKnownTypes.Bare(type)?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;

    /// <summary>What a variable is given, and what it is compared with.</summary>
    private void AddFeeders(ISymbol variable, DefUse assignments)
    {
        foreach (IOperation? value in assignments.ValuesOf(variable))
        {
            Add(value);
        }

        foreach (IOperation reference in assignments.References(variable))
        {
            Add(Around(reference));
        }
    }

    /// <summary>The comparison, sum or writing that a reference is part of; null where it is only read.</summary>
    private static IOperation? Around(IOperation reference)
    {
        IOperation? found = null;
        for (IOperation? outer = reference.Parent; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case IBinaryOperation or IIsPatternOperation or IDeconstructionAssignmentOperation:
                case ICompoundAssignmentOperation or ICoalesceAssignmentOperation:
                    found = outer;
                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref }:
                    return outer.Parent;
                case IConversionOperation or IParenthesizedOperation or IUnaryOperation or ITupleOperation or
                    IDeclarationExpressionOperation:
                    break;
                default:
                    return found;
            }
        }

        return found;
    }

    private void Add(IOperation? expression)
    {
        if (expression is null)
        {
            return;
        }

        foreach (IOperation part in expression.DescendantsAndSelf())
        {
            if (part is ILocalReferenceOperation or IParameterReferenceOperation && DefUse.SymbolOf(part) is { } variable &&
                _followed.Add(variable))
            {
                _open.Push(variable);
            }
        }
    }
}
