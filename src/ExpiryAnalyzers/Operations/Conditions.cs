using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Operations;

/// <summary>A condition, and the code that runs or not as it says.</summary>
internal sealed class Condition(IOperation expression, Condition? outer, bool leaves)
{
    public IOperation Expression { get; } = expression;

    /// <summary>The condition of which this one is a part, such as a lambda's inside an <c>if</c>.</summary>
    public Condition? Outer { get; } = outer;

    /// <summary>Whether a branch leaves, so that the condition decides about what follows in the block, too.</summary>
    public bool Leaves { get; } = leaves;

    /// <summary>The code that the condition decides about.</summary>
    public IEnumerable<TextSpan> Scopes()
    {
        TextSpan own = Expression.Syntax.Span;
        TextSpan whole = Expression.Parent!.Syntax.Span;
        yield return TextSpan.FromBounds(own.End, Math.Max(own.End, whole.End));
        if (Expression.Parent is IWhileLoopOperation)
        {
            // do { … } while (condition);
            yield return TextSpan.FromBounds(Math.Min(whole.Start, own.Start), own.Start);
        }

        if (Leaves && Expression.Parent is { Parent: IBlockOperation block })
        {
            yield return TextSpan.FromBounds(whole.End, Math.Max(whole.End, block.Syntax.Span.End));
        }
    }
}

/// <summary>
/// The conditions that decide what of a body runs: of <c>if</c>s, loops and short circuits, and of <c>if</c>s before that leave the block.
/// Made once for a body.
/// </summary>
internal sealed class Conditions
{
    private readonly IOperation _root;
    private readonly Dictionary<IOperation, Condition> _around = [];
    private readonly Dictionary<ISymbol, List<IOperation>> _reads = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IBlockOperation, List<IConditionalOperation>> _leaving = [];

    /// <param name="operations">Every operation of the body, each behind the one around it.</param>
    public Conditions(IReadOnlyList<IOperation> operations)
    {
        _root = operations[0];
        HashSet<IOperation> leaving = Leaving(operations);
        foreach (IOperation operation in operations)
        {
            Condition? around = operation.Parent is { } parent && !ReferenceEquals(operation, _root) ? Around(parent) : null;
            if (IsCondition(operation))
            {
                around = new(operation, around, leaving.Contains(operation.Parent!));
            }

            if (around is not null)
            {
                _around[operation] = around;
                AddRead(operation);
            }

            if (operation is IConditionalOperation { Parent: IBlockOperation block } conditional && leaving.Contains(conditional))
            {
                _leaving.AddTo(block, conditional);
            }
        }
    }

    /// <summary>The innermost condition that an operation is a part of.</summary>
    public Condition? Around(IOperation operation) => _around.TryGetValue(operation, out Condition? around) ? around : null;

    /// <summary>The places in conditions that name a local or parameter.</summary>
    public IReadOnlyList<IOperation> Reads(ISymbol variable) => _reads.TryGetValue(variable, out List<IOperation>? reads) ? reads : [];

    /// <summary>The conditions that decide whether an operation runs, from the inside out.</summary>
    public IEnumerable<IOperation> Of(IOperation operation)
    {
        IOperation inner = operation;
        for (IOperation? outer = operation.Parent; outer is not null && !ReferenceEquals(inner, _root); inner = outer, outer = outer.Parent)
        {
            if (ConditionOf(outer) is { } condition && !ReferenceEquals(condition, inner))
            {
                yield return condition;
            }
            else if (outer is IBlockOperation block && _leaving.TryGetValue(block, out List<IConditionalOperation>? earlier))
            {
                foreach (IConditionalOperation conditional in earlier)
                {
                    if (conditional.Syntax.SpanStart >= inner.Syntax.SpanStart)
                    {
                        break;
                    }

                    yield return conditional.Condition;
                }
            }
        }
    }

    private bool IsCondition(IOperation operation) =>
        !ReferenceEquals(operation, _root) && operation.Parent is { } parent && ReferenceEquals(ConditionOf(parent), operation);

    /// <summary>The part of an operation that decides whether its other parts run.</summary>
    private static IOperation? ConditionOf(IOperation operation) => operation switch
    {
        IConditionalOperation conditional => conditional.Condition,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary =>
            binary.LeftOperand,
        IWhileLoopOperation loop => loop.Condition,
        ISwitchOperation choice => choice.Value,
        _ => null,
    };

    private void AddRead(IOperation operation)
    {
        ISymbol? variable = operation switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
        if (variable is not null)
        {
            _reads.AddTo(variable, operation);
        }
    }

    /// <summary>The operations around a <c>return</c>, <c>throw</c>, <c>break</c>, <c>continue</c> or <c>goto</c>.</summary>
    private HashSet<IOperation> Leaving(IReadOnlyList<IOperation> operations)
    {
        HashSet<IOperation> leaving = [];
        foreach (IOperation operation in operations)
        {
            if (operation is IReturnOperation or IThrowOperation or IBranchOperation)
            {
                for (IOperation? around = operation;
                    around is not null && !ReferenceEquals(around, _root) && leaving.Add(around);
                    around = around.Parent)
                {
                }
            }
        }

        return leaving;
    }
}
