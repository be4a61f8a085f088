using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ExpiryAnalyzers.Flow;

/// <summary>What is known at one point of a function. A state is cheap to copy, because copies share what they have in common.</summary>
/// <typeparam name="TState">The state itself.</typeparam>
internal interface IFlowState<TState>
{
    /// <summary>Grows with each change, so that what an operation left alone need not be looked at.</summary>
    int Version { get; }

    /// <summary>Whether a path leads here: none does behind the call of a function that never returns.</summary>
    bool IsReached { get; }

    TState Clone();

    /// <summary>Joins what another path brings; answers whether that changed anything.</summary>
    bool Join(TState other);
}

/// <summary>A question to the flow: what an operation does to what is known, and what a condition tells.</summary>
/// <typeparam name="TState">What is known at one point.</typeparam>
internal interface IFlowProblem<TState>
    where TState : class, IFlowState<TState>
{
    /// <summary>Whether what is known where an exception leaves the function is asked for.</summary>
    bool AsksForThrown { get; }

    /// <summary>A block is entered: what an earlier visit of it has noted no longer holds.</summary>
    /// <param name="node">The block in one of its contexts; blocks of a <c>finally</c> have several.</param>
    /// <param name="block">The block.</param>
    void Enter(int node, BasicBlock block);

    /// <summary>A statement begins, or the value that decides where the block leads.</summary>
    void Begin(IOperation statement);

    /// <summary>An operation runs, whose parts have run before.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="state">What is known; changed in place.</param>
    void Visit(IOperation operation, TState state);

    /// <summary>
    /// What may be known where an exception leaves the functions that the last statement has run; null where it ran none.
    /// </summary>
    TState? TakeThrown();

    /// <summary>The block's operations have run; its branches follow.</summary>
    void Leave(BasicBlock block, TState state);

    /// <summary>Takes a condition's outcome into account; answers false where it cannot be.</summary>
    bool Refine(TState state, IOperation condition, bool isTrue);
}

/// <summary>What a run of the flow leaves.</summary>
/// <param name="Exit">What is known where the function ends normally; null where it never does.</param>
/// <param name="Thrown">What is known where an exception may leave the function; null where none may, or nobody asks.</param>
/// <param name="IsComplete">Whether the run came to its end; otherwise nothing is known of the function.</param>
/// <param name="Visits">How many blocks were visited.</param>
internal sealed record FlowResult<TState>(TState? Exit, TState? Thrown, bool IsComplete, int Visits)
    where TState : class;

/// <summary>
/// The one forward engine: runs a problem over a graph until nothing changes. States pass through each <c>finally</c> that a branch
/// leaves by, apart for each way out of it; into every handler that may see them; and round loops, whatever jumps back.
/// </summary>
/// <param name="graph">The function.</param>
/// <param name="problem">The question.</param>
/// <param name="counter">Takes what the run cost.</param>
/// <param name="cancellationToken">Ends the work.</param>
internal sealed class ForwardFlow<TState>(
    ControlFlowGraph graph,
    IFlowProblem<TState> problem,
    WorkCounter counter,
    CancellationToken cancellationToken)
    where TState : class, IFlowState<TState>
{
    /// <summary>How deep the operations of most statements are.</summary>
    private const int UsualDepth = 16;

    private readonly FlowContexts _contexts = new(graph);
    private readonly TState?[] _input = new TState?[graph.Blocks.Length];

    /// <summary>The states at the blocks of each <c>finally</c>, by node.</summary>
    private SmallMap<int, TState> _inFinally = new();
    private readonly BlockQueue _work = new(graph.Blocks.Length);
    private readonly Stack<(IOperation Operation, bool IsDone)> _open = new(UsualDepth);
    private TState? _thrown;
    private long _steps;

    public FlowResult<TState> Run(TState entry)
    {
        int count = graph.Blocks.Length;
        long most = (long)count * FlowLimits.VisitsPerBlock;
        int visits = 0;
        _input[0] = entry;
        _work.Add(0);
        for (; _work.Count > 0 && visits < most; visits++)
        {
            int node = _work.Take();
            Visit(node, graph.Blocks[node % count], _contexts[node / count], InputOf(node)!.Clone());
        }

        counter.AddGraph(visits, _steps, _work.Count == 0);
        return new(_input[count - 1], _thrown, _work.Count == 0, visits);
    }

    private TState? InputOf(int node) =>
        node < _input.Length ? _input[node] : _inFinally.TryGetValue(node, out TState? state) ? state : null;

    private void Visit(int node, BasicBlock block, FlowContext context, TState state)
    {
        problem.Enter(node, block);
        ToHandlers(block, context, state);
        foreach (IOperation operation in block.Operations)
        {
            Run(operation, block, context, state);
            if (!state.IsReached)
            {
                return;
            }
        }

        if (block.BranchValue is { } value)
        {
            Run(value, block, context, state);
        }

        if (!state.IsReached)
        {
            return;
        }

        problem.Leave(block, state);
        bool isWhenTrue = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
        Follow(block, context, block.ConditionalSuccessor, state, isWhenTrue, isLast: block.FallThroughSuccessor is null);
        Follow(block, context, block.FallThroughSuccessor, state, !isWhenTrue, isLast: true);
    }

    private void Run(IOperation statement, BasicBlock block, FlowContext context, TState state)
    {
        // A block may be as long as the method, so it is the statement that asks.
        cancellationToken.ThrowIfCancellationRequested();
        int version = state.Version;
        problem.Begin(statement);
        Walk(statement, state);
        if (problem.TakeThrown() is { } thrown)
        {
            ToHandlers(block, context, thrown);
        }

        if (state.IsReached && state.Version != version)
        {
            ToHandlers(block, context, state);
        }
    }

    /// <summary>Visits the parts of an operation before the operation, without recursion: code may nest as deep as it likes.</summary>
    private void Walk(IOperation root, TState state)
    {
        _open.Push((root, false));
        while (_open.Count > 0)
        {
            (IOperation operation, bool isDone) = _open.Pop();
            if (isDone || operation.ConstantValue.HasValue || operation is IFlowAnonymousFunctionOperation)
            {
                _steps++;
                counter.Watch?.Invoke();
                problem.Visit(operation, state);
                continue;
            }

            _open.Push((operation, true));
            foreach (IOperation child in operation.ChildOperations.Reverse())
            {
                _open.Push((child, false));
            }
        }
    }

    private void Follow(BasicBlock block, FlowContext context, ControlFlowBranch? branch, TState state, bool isTrue, bool isLast)
    {
        if (branch is null)
        {
            return;
        }

        TState next = state;
        if (block is { ConditionKind: not ControlFlowConditionKind.None, BranchValue: { } condition })
        {
            // Nothing leaves "while (true)" by its condition.
            if (condition.ConstantValue is { HasValue: true, Value: bool outcome } && outcome != isTrue)
            {
                return;
            }

            next = isLast ? state : state.Clone();
            if (!problem.Refine(next, condition, isTrue))
            {
                return;
            }
        }

        if (branch.Destination is { } destination)
        {
            Leave(block, branch.FinallyRegions, destination.Ordinal, context, next, isGiven: isLast || !ReferenceEquals(next, state));
        }
        else if (branch.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling && context.IsEndedBy(block))
        {
            // Only what is known now is looked at: a way out that comes later visits this block again.
            foreach (FinallyExit exit in context.Exits.ToArray())
            {
                Leave(block, exit, next);
            }
        }
    }

    /// <summary>A branch that leaves a try runs its finally first, and then those around it, before it arrives.</summary>
    private void Leave(
        BasicBlock block,
        ImmutableArray<ControlFlowRegion> regions,
        int destination,
        FlowContext context,
        TState state,
        bool isGiven)
    {
        if (regions.IsEmpty && context.Holds(destination))
        {
            Flow(block, destination, context, state, isGiven);
        }
        else if (regions.IsEmpty)
        {
            Arrive(block, destination, context, state);
        }
        else
        {
            FinallyExit exit = new(regions, 0, destination, context);
            Flow(block, exit.Region.FirstBlockOrdinal, Entered(exit), state, isGiven);
        }
    }

    /// <summary>A finally ends: what entered it goes on to the next one, or to where it was going.</summary>
    private void Leave(BasicBlock block, FinallyExit exit, TState state)
    {
        if (exit.Next is { } next)
        {
            Flow(block, next.Region.FirstBlockOrdinal, Entered(next), state);
        }
        else if (exit.Destination >= 0)
        {
            Arrive(block, exit.Destination, exit.Outer, state);
        }
    }

    private void Arrive(BasicBlock block, int destination, FlowContext context, TState state)
    {
        if (context.Holds(destination))
        {
            Flow(block, destination, context, state);
            return;
        }

        foreach (FlowContext around in context.AroundFor(destination))
        {
            Flow(block, destination, around, state);
        }
    }

    /// <summary>The context of a finally that is entered; its blocks are visited again if it now leads to another place, too.</summary>
    private FlowContext Entered(FinallyExit exit)
    {
        FlowContext context = _contexts.Enter(exit, out bool isNewExit);
        for (int ordinal = exit.Region.FirstBlockOrdinal; isNewExit && ordinal <= exit.Region.LastBlockOrdinal; ordinal++)
        {
            int node = Node(ordinal, context);
            if (_inFinally.ContainsKey(node))
            {
                _work.Add(node);
            }
        }

        return context;
    }

    /// <summary>The graph has no edges for exceptions: each state inside a try may be the one that a handler sees.</summary>
    private void ToHandlers(BasicBlock block, FlowContext context, TState state)
    {
        ImmutableArray<ControlFlowRegion> handlers = _contexts.HandlersOf(block);
        if (handlers.IsEmpty && problem.AsksForThrown)
        {
            _thrown ??= state.Clone();
            _thrown.Join(state);
        }

        foreach (ControlFlowRegion handler in handlers)
        {
            int first = handler.FirstBlockOrdinal;
            if (context.Holds(first))
            {
                ToHandler(block, handler, context, state);
                continue;
            }

            foreach (FlowContext around in context.AroundFor(first))
            {
                ToHandler(block, handler, around, state);
            }
        }
    }

    private void ToHandler(BasicBlock block, ControlFlowRegion handler, FlowContext around, TState state)
    {
        bool isFinally = handler.Kind == ControlFlowRegionKind.Finally;
        Flow(block, handler.FirstBlockOrdinal, isFinally ? Entered(FinallyExit.Thrown(handler, around)) : around, state);
    }

    private int Node(int ordinal, FlowContext context) => (context.Id * _input.Length) + ordinal;

    /// <summary>What is known reaches a block; where nobody else has the state from here on, it is kept and not copied.</summary>
    private void Flow(BasicBlock from, int to, FlowContext context, TState state, bool isGiven = false)
    {
        int node = Node(to, context);
        if (InputOf(node) is { } known)
        {
            if (known.Join(state))
            {
                _work.Add(node);
            }

            return;
        }

        TState kept = isGiven ? state : state.Clone();
        if (node < _input.Length)
        {
            _input[node] = kept;
        }
        else
        {
            _inFinally[node] = kept;
        }

        _work.Add(node);
    }
}
