using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Operations;

/// <summary>What is around an operation of a body.</summary>
/// <param name="Function">The nearest lambda, local function or body.</param>
internal sealed record Place(IOperation Function)
{
    /// <summary>The nearest lambda, across local functions.</summary>
    public IAnonymousFunctionOperation? Lambda { get; init; }

    /// <summary>The nearest loop, across functions.</summary>
    public ILoopOperation? Loop { get; init; }

    /// <summary>Whether a handler of exceptions is around, across functions.</summary>
    public bool IsInCatch { get; init; }

    /// <summary>Whether a <c>finally</c> is around, across functions.</summary>
    public bool IsInFinally { get; init; }

    /// <summary>Whether a <c>finally</c> of the same function is around.</summary>
    public bool IsInFinallyOfFunction { get; init; }

    /// <summary>The attempts whose bodies are around, from the inside out and across functions.</summary>
    public Enclosing<ITryOperation>? Attempts { get; init; }

    /// <summary>The <c>if</c>s and <c>while</c>s around, from the inside out and across functions.</summary>
    public Enclosing<IOperation>? Tests { get; init; }
}

/// <summary>What is around an operation, from the inside out.</summary>
/// <param name="Operation">The innermost.</param>
/// <param name="Outer">Those around it.</param>
internal sealed record Enclosing<T>(T Operation, Enclosing<T>? Outer)
    where T : IOperation;

/// <summary>
/// What is around the operations of one body. What is found on the way up is kept, so that all answers together cost no more than
/// the part of the body that is asked about.
/// </summary>
internal sealed class Places
{
    private readonly Dictionary<IOperation, Place> _places = [];
    private readonly Stack<IOperation> _way = new();
    private readonly IOperation _root;

    public Places(IOperation root)
    {
        _root = root;
        bool isInCatch = false;
        for (IOperation? around = root.Parent; around is not null && !isInCatch; around = around.Parent)
        {
            isInCatch = around is ICatchClauseOperation;
        }

        _places[root] = new(root) { IsInCatch = isInCatch };
    }

    /// <summary>What is around an operation of the body.</summary>
    public Place Of(IOperation operation)
    {
        IOperation current = operation;
        Place? place;
        while (!_places.TryGetValue(current, out place))
        {
            if (current.Parent is not { } parent)
            {
                // Of another body, or beside the root.
                place = _places[_root];
                break;
            }

            if (IsStructure(parent))
            {
                _way.Push(current);
            }

            current = parent;
        }

        while (_way.Count > 0)
        {
            IOperation inner = _way.Pop();
            _places[inner] = place = Inside(place, inner.Parent!, inner);
        }

        _places[operation] = place;
        return place;
    }

    /// <summary>
    /// Whether an operation has run wherever a later one does: its statement stands in a block around both, and is itself no choice.
    /// </summary>
    public static bool AlwaysPrecedes(IOperation first, IOperation second)
    {
        IOperation statement = first;
        while (statement.Parent is { } around and not IBlockOperation)
        {
            if (around is IAnonymousFunctionOperation or IConditionalOperation or ICoalesceOperation or IConditionalAccessOperation or
                ILoopOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation or ITryOperation or
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr })
            {
                return false;
            }

            statement = around;
        }

        return statement.Parent is IBlockOperation block && statement.Syntax.Span.End <= second.Syntax.SpanStart &&
            block.Syntax.Span.Contains(second.Syntax.Span);
    }

    /// <summary>Whether the code behind a branch does not run once the branch has.</summary>
    public static bool Leaves(IOperation branch) => LastOf(branch) is IReturnOperation or IThrowOperation or IBranchOperation or
        IExpressionStatementOperation { Operation: IThrowOperation };

    /// <summary>The last statement of a branch.</summary>
    public static IOperation LastOf(IOperation branch)
    {
        while (branch is IBlockOperation { Operations: [.., { } last] })
        {
            branch = last;
        }

        return branch;
    }

    /// <summary>
    /// Whether an operation is a statement, or a part of one that is no expression: the value of what it holds goes nowhere.
    /// </summary>
    public static bool IsStatement(IOperation operation) => operation switch
    {
        IConditionalOperation conditional => conditional.Type is null,
        IBlockOperation or ILoopOperation or ISwitchOperation or ISwitchCaseOperation or ITryOperation or ICatchClauseOperation or
            IUsingOperation or IUsingDeclarationOperation or ILockOperation or IExpressionStatementOperation or IReturnOperation or
            IVariableDeclarationGroupOperation or ILabeledOperation or ILocalFunctionOperation => true,
        _ => false,
    };

    private static bool IsStructure(IOperation parent) => parent switch
    {
        IAnonymousFunctionOperation or ILocalFunctionOperation or ITryOperation or ICatchClauseOperation or ILoopOperation or
            IConditionalOperation => true,
        IBlockOperation { Parent: IBlockOperation } => true,
        _ => false,
    };

    private static Place Inside(Place place, IOperation outer, IOperation inner) => outer switch
    {
        IAnonymousFunctionOperation lambda => place with { Function = lambda, Lambda = lambda, IsInFinallyOfFunction = false },
        ILocalFunctionOperation => place with { Function = outer, IsInFinallyOfFunction = false },
        ICatchClauseOperation => place with { IsInCatch = true },
        ITryOperation attempt
            when ReferenceEquals(attempt.Finally, inner) => place with { IsInFinally = true, IsInFinallyOfFunction = true },
        ITryOperation attempt when ReferenceEquals(attempt.Body, inner) => place with { Attempts = new(attempt, place.Attempts) },
        IWhileLoopOperation loop => place with { Loop = loop, Tests = new(loop, place.Tests) },
        ILoopOperation loop => place with { Loop = loop },
        IConditionalOperation conditional => place with { Tests = new(conditional, place.Tests) },
        _ => place,
    };
}
