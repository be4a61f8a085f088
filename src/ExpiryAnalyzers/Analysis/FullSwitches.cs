using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// The switches of one body that name each member of an enumeration, and do nothing for any other value. What a variable is before such a
/// switch only makes the compiler content: no value that the enumeration has leaves it so.
/// </summary>
internal sealed class FullSwitches
{
    /// <summary>The values of the last labels: the graph compares by them.</summary>
    private readonly HashSet<SyntaxNode> _ends = [];

    public FullSwitches(Body body)
    {
        foreach (ISwitchOperation whole in body.Operations.OfType<ISwitchOperation>())
        {
            if (whole.Value.Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } type && IsFull(whole, type))
            {
                _ends.Add(Named(whole).Last().Value.Syntax);
            }
        }
    }

    /// <summary>Whether a label's value is the last of such a switch, behind which nothing is left.</summary>
    public bool IsLast(SyntaxNode value) => _ends.Contains(value);

    private static IEnumerable<ISingleValueCaseClauseOperation> Named(ISwitchOperation whole) =>
        whole.Cases.SelectMany(static part => part.Clauses).OfType<ISingleValueCaseClauseOperation>();

    private static bool IsFull(ISwitchOperation whole, INamedTypeSymbol type)
    {
        HashSet<object?> named = [.. Named(whole).Select(static clause => clause.Value.ConstantValue.Value)];
        IEnumerable<object?> members = type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue)
            .Select(static field => field.ConstantValue);
        return named.Count > 0 && whole.Cases.All(IsNamedOrIdle) && !members.Except(named).Any();
    }

    private static bool IsNamedOrIdle(ISwitchCaseOperation part) =>
        part.Clauses.All(static clause => clause is ISingleValueCaseClauseOperation) ||
        (part.Clauses.All(static clause => clause is ISingleValueCaseClauseOperation or IDefaultCaseClauseOperation) &&
            part.Body.All(static statement => statement is IBranchOperation { BranchKind: BranchKind.Break } or IEmptyOperation));
}
