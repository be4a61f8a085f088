using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>The elements of a tuple that say whether a lock was got.</summary>
internal static class AnswerParts
{
    /// <summary>Those of the tuples that a method returns, in order; none where one of them is not, or says nothing.</summary>
    public static IReadOnlyList<int> Of(LockEpisode episode, Body body)
    {
        SortedSet<int> parts = [];
        bool hasAnswer = false;
        foreach (IReturnOperation returned in body.Returns)
        {
            if (returned.ReturnedValue?.WithoutConversions() is not ITupleOperation tuple)
            {
                return [];
            }

            for (int i = 0; i < tuple.Elements.Length; i++)
            {
                IOperation element = tuple.Elements[i].WithoutConversions();
                if (episode.MayMiss(element))
                {
                    parts.Add(i);
                    hasAnswer |= element.Type?.SpecialType == SpecialType.System_Boolean;
                }
            }
        }

        return hasAnswer ? [.. parts] : [];
    }

    /// <summary>Whether the caller of a method throws all of these away, and takes others.</summary>
    public static bool AreUnused(IOperation call, IReadOnlyList<int> parts, Body body)
    {
        IOperation answer = call.Answer();
        return answer.Parent switch
        {
            IDeconstructionAssignmentOperation { Target: { } target } => TupleOf(target) is { } tuple &&
                parts.All(part => part < tuple.Elements.Length && IsThrownAway(tuple.Elements[part], body)),
            IFieldReferenceOperation read => IsOther(read, parts),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } kept } } =>
                body.Assignments.Reads(kept) is { Count: > 0 } reads &&
                reads.All(read => read.Parent is IFieldReferenceOperation field && IsOther(field, parts)),
            _ => false,
        };
    }

    private static ITupleOperation? TupleOf(IOperation target) =>
        (target is IDeclarationExpressionOperation declaration ? declaration.Expression : target) as ITupleOperation;

    private static bool IsThrownAway(IOperation element, Body body) =>
        (element is IDeclarationExpressionOperation declaration ? declaration.Expression : element) switch
        {
            IDiscardOperation => true,
            ILocalReferenceOperation { Local: { } local } made => body.Assignments.References(local).All(own => own.Syntax == made.Syntax),
            _ => false,
        };

    /// <summary>Whether an element of a tuple is read that is none of some.</summary>
    private static bool IsOther(IFieldReferenceOperation read, IReadOnlyList<int> parts)
    {
        if (read.Field.ContainingType is not { IsTupleType: true } type)
        {
            return false;
        }

        ISymbol field = Plain(read.Field);
        return !parts.Any(part => part < type.TupleElements.Length &&
            SymbolEqualityComparer.Default.Equals(Plain(type.TupleElements[part]), field));
    }

    /// <summary>The element by its place, whatever it is called.</summary>
    private static IFieldSymbol Plain(IFieldSymbol field) => field.CorrespondingTupleField ?? field;
}

/// <summary>Calls that run code until it answers, and hand its answer on.</summary>
internal static class AnswerHandedOn
{
    /// <summary>
    /// Whether a call hands on what the one piece of code that it is handed answers. A helper that throws may do so where the answer is no;
    /// of one that is not in view, only a type that is the code's own tells.
    /// </summary>
    public static bool Is(IInvocationOperation call, Knowledge knowledge)
    {
        if (knowledge.Types.AwaitedResultOf(call.TargetMethod.ReturnType).SpecialType != SpecialType.System_Boolean ||
            call.Arguments.Count(static argument => argument.Parameter?.Type.TypeKind == TypeKind.Delegate) != 1)
        {
            return false;
        }

        return knowledge.Summaries.MethodOf(call) is { } method && knowledge.Summaries.RootOf(method) is { } root
            ? !root.Descendants().Any(static part => part is IThrowOperation)
            : knowledge.Types.AwaitedResultOf(call.TargetMethod.OriginalDefinition.ReturnType) is ITypeParameterSymbol;
    }
}
