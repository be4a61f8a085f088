using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Operations;

/// <summary>A condition that a value is a part of.</summary>
/// <param name="Owner">The <c>if</c>, <c>?:</c> or <c>while</c>.</param>
/// <param name="Leaf">
/// The operand that the value is or is a part of, below all negations and junctions; null where no operand holds it.
/// </param>
/// <param name="IfTrue">What the whole condition must be for the operand to be certainly true; null where that tells nothing.</param>
/// <param name="IfFalse">What the whole condition must be for the operand to be certainly false; null where that tells nothing.</param>
internal sealed record AnswerUse(IOperation Owner, IOperation? Leaf, bool? IfTrue, bool? IfFalse)
{
    public int Start => Owner.Syntax.SpanStart;
}

/// <summary>What holds objects that a value is a part of, and what is called on them.</summary>
/// <param name="Usings">The <c>using</c> statements and declarations.</param>
/// <param name="Calls">The calls on the value or a part of it.</param>
internal sealed record HandleUses(IReadOnlyList<IOperation> Usings, IReadOnlyList<IInvocationOperation> Calls);

/// <summary>
/// The conditions, <c>using</c>s and calls that the values of one body's expressions and variables are parts of: found by a walk up from
/// each place where a value stands, once for each variable.
/// </summary>
internal sealed class AnswerUses(IVariableUses body)
{
    private readonly Dictionary<IOperation, Spine> _spines = [];
    private SmallMap<ISymbol, IReadOnlyList<AnswerUse>> _uses = new(SymbolEqualityComparer.Default);
    private SmallMap<ISymbol, HandleUses> _handles = new(SymbolEqualityComparer.Default);
    private readonly Stack<IOperation> _way = new();

    /// <summary>The conditions that an expression is a part of, sorted by position.</summary>
    public IReadOnlyList<AnswerUse> Of(IOperation expression) => Collect([expression]);

    /// <summary>The conditions that a variable is a part of, sorted by position.</summary>
    public IReadOnlyList<AnswerUse> Of(ISymbol variable)
    {
        if (!_uses.TryGetValue(variable, out IReadOnlyList<AnswerUse>? uses))
        {
            _uses[variable] = uses = Collect(body.Assignments.References(variable));
        }

        return uses;
    }

    /// <summary>What holds the object that an expression is, or is called on it.</summary>
    public HandleUses HandlesOf(IOperation expression) => Handles([expression]);

    /// <summary>What holds the object that a variable is, or is called on it.</summary>
    public HandleUses HandlesOf(ISymbol variable)
    {
        if (!_handles.TryGetValue(variable, out HandleUses? handles))
        {
            _handles[variable] = handles = Handles(body.Assignments.References(variable));
        }

        return handles;
    }

    private IReadOnlyList<AnswerUse> Collect(IEnumerable<IOperation> places)
    {
        HashSet<AnswerUse>? uses = null;
        HashSet<IOperation>? seen = null;
        foreach (IOperation place in places)
        {
            IOperation? current = place;
            while (current is not null && (seen ??= []).Add(current))
            {
                Spine spine = SpineOf(current);
                if (spine.Owner is { } owner)
                {
                    (uses ??= []).Add(new(owner, spine.Leaf, spine.IfTrue, spine.IfFalse));
                }

                current = spine.Next;
            }
        }

        return uses is null ? [] : [.. uses.OrderBy(static use => use.Start)];
    }

    /// <summary>How an expression stands in the condition around it.</summary>
    private Spine SpineOf(IOperation operation)
    {
        Spine? spine = null;
        IOperation current = operation;
        while (spine is null && !_spines.TryGetValue(current, out spine))
        {
            IOperation? parent = ReferenceEquals(current, body.Root) ? null : current.Parent;
            spine = parent is null ? new(null, null, null, null, null)
                : IsCondition(parent, current) ? new(parent, current, true, false, parent.Type is null ? LambdaOf(parent) : parent)
                : Places.IsStatement(parent) ? new(null, null, null, null, LambdaOf(parent))
                : null;
            if (spine is null)
            {
                _way.Push(current);
                current = parent!;
            }
            else
            {
                _spines[current] = spine;
            }
        }

        while (_way.Count > 0)
        {
            IOperation inner = _way.Pop();
            _spines[inner] = spine = Below(spine!, inner.Parent!, inner);
        }

        return spine!;
    }

    private IOperation? LambdaOf(IOperation operation) => body.Places.Of(operation).Lambda;

    private static bool IsCondition(IOperation parent, IOperation inner) => parent switch
    {
        IConditionalOperation conditional => ReferenceEquals(conditional.Condition, inner),
        IWhileLoopOperation loop => ReferenceEquals(loop.Condition, inner),
        _ => false,
    };

    private static Spine Below(Spine spine, IOperation outer, IOperation inner)
    {
        if (spine.Owner is null || !ReferenceEquals(spine.Leaf, outer))
        {
            return spine;
        }

        if (Junction(outer, inner) is not var (ifTrue, ifFalse))
        {
            return IsJunction(outer) ? spine with { Leaf = null } : spine;
        }

        return spine with { Leaf = inner, IfTrue = Through(ifTrue), IfFalse = Through(ifFalse) };

        bool? Through(bool? value) => value switch { true => spine.IfTrue, false => spine.IfFalse, _ => null };
    }

    private static bool IsJunction(IOperation operation) => operation switch
    {
        IIsPatternOperation test => Junction(test, test.Value) is not null,
        IBinaryOperation binary => Junction(binary, binary.LeftOperand) is not null || Junction(binary, binary.RightOperand) is not null,
        ISimpleAssignmentOperation => true,
        _ => false,
    };

    /// <summary>
    /// What a negation, junction or comparison must be for an operand to be certainly true, and to be certainly false; null where the
    /// operand is none of one.
    /// </summary>
    private static (bool? IfTrue, bool? IfFalse)? Junction(IOperation outer, IOperation inner)
    {
        switch (outer)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }:
                return (false, true);
            case IParenthesizedOperation or IConversionOperation:
                return (true, false);
            case ISimpleAssignmentOperation assignment when ReferenceEquals(assignment.Value, inner):
                return (true, false);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd }:
                return (true, null);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr }:
                return (null, false);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary
                when BesideConstant(binary, inner) is { } expected:
                bool isSame = expected == (binary.OperatorKind == BinaryOperatorKind.Equals);
                return (isSame, !isSame);
            case IIsPatternOperation test when ReferenceEquals(test.Value, inner) && WantedBy(test.Pattern) is { } wanted:
                return (wanted, !wanted);
            default:
                return null;
        }
    }

    /// <summary>The constant that an operand is compared with.</summary>
    private static bool? BesideConstant(IBinaryOperation comparison, IOperation operand) =>
        (ReferenceEquals(comparison.LeftOperand, operand) ? comparison.RightOperand : comparison.LeftOperand).ConstantValue
            is { HasValue: true, Value: bool expected } ? expected : null;

    /// <summary>The one answer that a pattern accepts.</summary>
    private static bool? WantedBy(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool wanted } } => wanted,
        INegatedPatternOperation { Pattern: { } other } => !WantedBy(other),
        _ => null,
    };

    private HandleUses Handles(IEnumerable<IOperation> places)
    {
        List<IOperation> usings = [];
        List<IInvocationOperation> calls = [];
        HashSet<IOperation> seen = [];
        foreach (IOperation place in places)
        {
            IOperation? inner = place;
            while (inner is not null && seen.Add(inner) && !ReferenceEquals(inner, body.Root) && inner.Parent is { } outer)
            {
                if (HolderOf(outer, inner) is { } holder)
                {
                    usings.Add(holder);
                }

                if (CalledOn(outer, inner) is { } call)
                {
                    calls.Add(call);
                }

                inner = Places.IsStatement(outer) ? LambdaOf(outer) : outer;
            }
        }

        return new([.. usings.OrderBy(static holder => holder.Syntax.SpanStart)], [.. calls.OrderBy(static call => call.Syntax.SpanStart)]);
    }

    private static IOperation? HolderOf(IOperation outer, IOperation inner) => outer switch
    {
        IUsingOperation held when ReferenceEquals(held.Resources, inner) => held,
        IUsingDeclarationOperation declaration => declaration,
        IVariableDeclarationGroupOperation { Parent: IUsingDeclarationOperation declaration } => declaration,
        IVariableDeclarationGroupOperation { Parent: IUsingOperation held } group when ReferenceEquals(held.Resources, group) => held,
        _ => null,
    };

    private static IInvocationOperation? CalledOn(IOperation outer, IOperation inner) => outer switch
    {
        IInvocationOperation call when ReferenceEquals(call.Instance, inner) => call,
        IConditionalAccessOperation { WhenNotNull: IInvocationOperation { Instance: IConditionalAccessInstanceOperation } call } => call,
        _ => null,
    };

    /// <param name="Owner">
    /// The <c>if</c>, <c>?:</c> or <c>while</c> whose condition the expression is a part of; null where it is none.
    /// </param>
    /// <param name="Leaf">The operand that the expression is or is a part of.</param>
    /// <param name="IfTrue">What the condition must be for the operand to be certainly true.</param>
    /// <param name="IfFalse">What the condition must be for the operand to be certainly false.</param>
    /// <param name="Next">Where the walk goes on: the conditional expression, or the lambda around the statement.</param>
    private sealed record Spine(IOperation? Owner, IOperation? Leaf, bool? IfTrue, bool? IfFalse, IOperation? Next);
}
