using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Tasks = System.Collections.Immutable.ImmutableHashSet<ExpiryAnalyzers.Rules.Atomicity.QueuedTask>;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>A wait that never ends: for a task whose queue is not executed before.</summary>
/// <param name="Syntax">The wait.</param>
/// <param name="Call">The call that queues the command.</param>
/// <param name="Queue">The transaction or batch.</param>
/// <param name="IsLazy">Whether the command is only queued by the wait itself, behind an <c>Execute</c> or not.</param>
/// <param name="IsInParts">Whether what is waited for stops at an await and queues more behind it, so that one <c>Execute</c> cannot send
/// it all.</param>
/// <param name="IsTooLate">Whether the queue was executed before, and is not again.</param>
internal sealed record QueuedWait(SyntaxNode Syntax, SyntaxNode Call, Key Queue, bool IsLazy, bool IsInParts, bool IsTooLate)
{
    /// <summary>The method that queues the command, as the user wrote it.</summary>
    public string Command => Call is InvocationExpressionSyntax { Expression: { } called }
        ? called switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
            SimpleNameSyntax name => name.Identifier.ValueText,
            _ => called.ToString(),
        }
        : Call.ToString();
}

/// <summary>What a function does with queues that its caller can name, too.</summary>
/// <param name="Waits">The tasks that its own task or result waits for.</param>
/// <param name="Executes">The queues that it may execute.</param>
/// <param name="Loses">The queues that it gives into other hands.</param>
/// <param name="Writes">The queued tasks that it puts into variables of the function around it.</param>
/// <param name="Fills">The queues that it puts commands on.</param>
/// <param name="FillsLate">Those of them on which it puts commands behind an await of its own.</param>
/// <param name="IsUnknown">Whether it was not followed, so that it may do anything.</param>
internal sealed record QueueSummary(
    Tasks Waits,
    ImmutableHashSet<Key> Executes,
    ImmutableHashSet<Key> Loses,
    IReadOnlyDictionary<Variable, Tasks> Writes,
    ImmutableHashSet<Key> Fills,
    ImmutableHashSet<Key> FillsLate,
    bool IsUnknown = false)
{
    public static readonly QueueSummary Nothing = new(
        Tasks.Empty,
        ImmutableHashSet<Key>.Empty,
        ImmutableHashSet<Key>.Empty,
        new Dictionary<Variable, Tasks>(),
        ImmutableHashSet<Key>.Empty,
        ImmutableHashSet<Key>.Empty);

    public static readonly QueueSummary Unknown = Nothing with { IsUnknown = true };
}

/// <summary>What the last visit of a block has seen.</summary>
internal sealed class QueueNotes
{
    /// <summary>The tasks that the function's own task or result waits for.</summary>
    public HashSet<QueuedTask> Waits { get; } = [];

    public List<QueuedWait> Found { get; } = [];

    /// <summary>The queues of the waits that never end.</summary>
    public HashSet<Key> Reported { get; } = [];
}

/// <summary>
/// Follows the tasks of queued commands through one function, nested ones included: through variables, collections, queries, helpers
/// and combinators, to the waits that stand before the <c>Execute</c>.
/// </summary>
internal sealed class QueueFlow : IFlowProblem<QueueState>
{
    private readonly Knowledge _knowledge;
    private readonly Body _body;
    private readonly ControlFlowGraph _graph;

    /// <summary>The lambda, local function or helper that is followed; null for a body of the driver's.</summary>
    private readonly IMethodSymbol? _function;
    private readonly int _depth;
    private readonly CancellationToken _cancellationToken;
    private readonly QueueNames _names;
    private readonly QueueNumbers _numbers;
    private readonly NestedGraphs _graphs;
    private readonly Dictionary<SyntaxNode, QueueSummary> _nested;

    /// <summary>How many nested functions lie around this one.</summary>
    private readonly int _level;
    private readonly Dictionary<IOperation, Tasks> _values = [];
    private readonly HashSet<Key> _executes = [];
    private readonly HashSet<Key> _loses = [];
    private readonly HashSet<Key> _fills = [];
    private readonly HashSet<Key> _fillsLate = [];
    private readonly Dictionary<Variable, Tasks> _writes = [];
    private readonly SortedDictionary<int, QueueNotes> _notes = [];
    private QueueNotes _noted = new();
    private QueueExecutions? _executions;
    private int _block;

    private QueueFlow(
        Knowledge knowledge,
        Body body,
        ControlFlowGraph graph,
        IMethodSymbol? function,
        int depth,
        QueueFlow? outer,
        CancellationToken cancellationToken)
    {
        _knowledge = knowledge;
        _body = body;
        _graph = graph;
        _function = function;
        _depth = depth;
        _cancellationToken = cancellationToken;
        _names = outer?._names ?? new(knowledge.Catalog.Queues, body);
        _numbers = outer?._numbers ?? new();
        _graphs = outer?._graphs ?? new(cancellationToken);
        _nested = outer?._nested ?? [];
        _level = outer is null ? 0 : outer._level + 1;
    }

    /// <inheritdoc/>
    public bool AsksForThrown => false;

    private Queues Api => _knowledge.Catalog.Queues;

    private WellKnownTypes Types => _knowledge.Types;

    /// <summary>The waits in a body that never end.</summary>
    public static IReadOnlyList<QueuedWait> WaitsIn(Body body, Knowledge knowledge, CancellationToken cancellationToken = default)
    {
        if (!body.UsesQueues || body.Graph is not { } graph)
        {
            return [];
        }

        QueueFlow flow = new(knowledge, body, graph, null, body.Depth, null, cancellationToken);
        flow.Run();
        return [.. flow.Found.GroupBy(static wait => wait.Syntax).Select(static waits => waits.First())];
    }

    /// <summary>What a helper does with the queues and tasks that it is handed.</summary>
    public static QueueSummary Summarize(
        IMethodSymbol method,
        Body body,
        ControlFlowGraph graph,
        Knowledge knowledge,
        int depth,
        CancellationToken cancellationToken) =>
        new QueueFlow(knowledge, body, graph, method, depth, null, cancellationToken).Run();

    /// <summary>The waits that never end, in this function and those nested in it.</summary>
    private List<QueuedWait> Found { get; } = [];

    private QueueSummary Run()
    {
        FlowResult<QueueState> result = new ForwardFlow<QueueState>(_graph, this, _knowledge.Work, _cancellationToken).Run(Entry());
        if (!result.IsComplete)
        {
            Found.Clear();
            return QueueSummary.Unknown;
        }

        foreach (IMethodSymbol function in _graph.LocalFunctions)
        {
            Nested(function);
        }

        // What is reported in here is not reported at the caller again.
        HashSet<Key> reported = [.. _notes.Values.SelectMany(static notes => notes.Reported)];
        Found.AddRange(_notes.Values.SelectMany(static notes => notes.Found));
        return new(
            _notes.Values.SelectMany(static notes => notes.Waits)
                .Where(task => !reported.Contains(task.Queue!))
                .Select(task => _fillsLate.Contains(task.Queue!) ? task with { IsInParts = true } : task)
                .ToImmutableHashSet(),
            _executes.ToImmutableHashSet(),
            _loses.ToImmutableHashSet(),
            _writes,
            _fills.ToImmutableHashSet(),
            _fillsLate.ToImmutableHashSet());
    }

    /// <summary>A helper's tasks may be queued ones: its caller knows.</summary>
    private QueueState Entry()
    {
        QueueState state = new(_numbers);
        foreach (IParameterSymbol parameter in _function is { MethodKind: not MethodKind.AnonymousFunction }
            ? _function.Parameters
            : ImmutableArray<IParameterSymbol>.Empty)
        {
            if (Types.MayHoldTask(parameter.Type))
            {
                state[new(parameter, default)] = Tasks.Empty.Add(
                    new(_body.Keys.Table.Var(parameter), IsLazy: false, IsBehindWait: false, IsInParts: false, Call: null));
            }
        }

        return state;
    }

    /// <inheritdoc/>
    public void Enter(int node, BasicBlock block)
    {
        _block = block.Ordinal;
        _notes[node] = _noted = new();
    }

    /// <inheritdoc/>
    public void Begin(IOperation statement) => _values.Clear();

    /// <inheritdoc/>
    public void Visit(IOperation operation, QueueState state)
    {
        if (operation.ConstantValue.HasValue)
        {
            return;
        }

        Tasks tasks = Evaluate(operation, state);
        if (!tasks.IsEmpty && (operation.Type is null || Types.MayHoldTask(operation.Type)))
        {
            _values[operation] = tasks;
        }
    }

    /// <inheritdoc/>
    public QueueState? TakeThrown() => null;

    /// <inheritdoc/>
    public void Leave(BasicBlock block, QueueState state)
    {
        if (block.BranchValue is { } value && block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return &&
            _function?.IsAsync != true)
        {
            Return(ValueOf(value));
        }
    }

    /// <inheritdoc/>
    public bool Refine(QueueState state, IOperation condition, bool isTrue) => true;

    private Tasks ValueOf(IOperation? operation) =>
        operation is not null && _values.TryGetValue(operation, out Tasks? tasks) ? tasks : Tasks.Empty;

    private Tasks ValuesOf(IEnumerable<IOperation> operations) =>
        operations.Aggregate(Tasks.Empty, (all, next) => all.Union(ValueOf(next)));

    private Tasks Evaluate(IOperation operation, QueueState state)
    {
        switch (operation)
        {
            case IFlowAnonymousFunctionOperation { Symbol: not null } function:
                return function.IsExpressionTree()
                    ? Tasks.Empty
                    : Enter(Nested(function), state).Select(static task => task with { IsLazy = true }).ToImmutableHashSet();
            case IFlowCaptureOperation capture:
                state[new(null, capture.Id)] = ValueOf(capture.Value);
                return Tasks.Empty;
            case ISimpleAssignmentOperation assignment:
                Assign(assignment.Target, assignment.Value, ValueOf(assignment.Value), state);
                return ValueOf(assignment.Value);
            case IDeconstructionAssignmentOperation deconstruction
                when (deconstruction.Target is IDeclarationExpressionOperation declared
                    ? declared.Expression
                    : deconstruction.Target) is ITupleOperation targets:
                for (int i = 0; i < targets.Elements.Length; i++)
                {
                    IOperation? element = deconstruction.Value.WithoutConversions() is ITupleOperation values &&
                        values.Elements.Length == targets.Elements.Length ? values.Elements[i] : null;
                    Tasks part = element is not null ? ValueOf(element) : PartOf(targets, i, ValueOf(deconstruction.Value));
                    Assign(targets.Elements[i], element, part, state);
                }

                return Tasks.Empty;
            case IAwaitOperation awaited:
                Await(awaited, state);
                return Tasks.Empty;
            case IReturnOperation { Kind: OperationKind.YieldReturn } yielded:
                Return(ValueOf(yielded.ReturnedValue).Select(static task => task with { IsLazy = true }).ToImmutableHashSet());
                return Tasks.Empty;
            case IInvocationOperation call:
                return Call(call, state);
            case IPropertyReferenceOperation { Instance: { } task } when Types.IsUseOf(operation, KnownMember.Result):
                Wait(operation, ValueOf(task), isBlocking: true, state);
                return Tasks.Empty;
            case IPropertyReferenceOperation { Instance: { } instance } when !ValueOf(instance).IsEmpty:
                return Element(ValueOf(instance));
            case IArrayElementReferenceOperation element:
                return Element(ValueOf(element.ArrayReference));
            case IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } reference:
                return Enter(Nested(reference.Method), state).Select(static task => task with { IsLazy = true }).ToImmutableHashSet();
            case ITupleOperation or IAnonymousObjectCreationOperation:
            case var list when list.ListsElements():
                LoseAny(operation.ChildOperations, state);
                Tasks elements = operation.ChildOperations.Aggregate(
                    Tasks.Empty, (all, next) => all.Union(IsSpread(next) ? Now(ValueOf(next)) : ValueOf(next)));
                return elements.IsEmpty || operation.ChildOperations.All(child => !ValueOf(child).IsEmpty)
                    ? elements
                    : elements.Add(QueuedTask.Other);
            case IObjectCreationOperation creation:
                LoseAny(creation.Arguments.Select(argument => argument.Value), state);
                return Now(ValuesOf(creation.ChildOperations));
            default:
                return VariableOf(operation) is { } variable ? state[variable] : ValuesOf(operation.ChildOperations);
        }
    }

    /// <summary>The tasks of an object that is taken apart, where one of its parts alone may hold them: a pair's value.</summary>
    private Tasks PartOf(ITupleOperation targets, int place, Tasks tasks) =>
        targets.Elements.Count(target => Types.MayHoldTask(target.Type)) == 1 && Types.MayHoldTask(targets.Elements[place].Type)
            ? Element(tasks) : Tasks.Empty;

    /// <summary>Whether an element of a list stands for those of a collection, which is run through to make the list.</summary>
    private static bool IsSpread(IOperation element) =>
        element.Syntax is SpreadElementSyntax || element.Syntax.Parent is SpreadElementSyntax;

    /// <summary>A local, a parameter, a capture, or a field or property of the own instance.</summary>
    private static Variable? VariableOf(IOperation? operation) => operation switch
    {
        null => null,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => new(field.Field, default),
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.IsEmpty: true } property =>
            new(property.Property, default),
        _ => Variable.Of(operation),
    };

    private static Tasks Element(Tasks collection) => collection.Contains(QueuedTask.Other) ? Tasks.Empty : Now(collection);

    /// <summary>The tasks once a query has run or a delegate was called: their commands are queued now.</summary>
    private static Tasks Now(Tasks tasks) =>
        tasks.Any(static task => task.IsLazy) ? tasks.Select(static task => task with { IsLazy = false }).ToImmutableHashSet() : tasks;

    /// <summary>A query or a delegate runs, and puts its commands on their queues.</summary>
    private Tasks Now(Tasks tasks, QueueState state)
    {
        foreach (QueuedTask task in tasks)
        {
            if (task is { IsLazy: true, Queue: { } queue })
            {
                Fill(queue, isLate: false, state);
            }
        }

        return Now(tasks);
    }

    private void Assign(IOperation target, IOperation? value, Tasks tasks, QueueState state)
    {
        if (target is IArrayElementReferenceOperation element)
        {
            Put(element.ArrayReference, tasks, state);
            return;
        }

        if (target is IPropertyReferenceOperation { Arguments.IsEmpty: false, Instance: { } indexed })
        {
            Put(indexed, tasks, state);
            return;
        }

        bool isCreation = value is not null && Api.IsCreation(value);
        if (!isCreation && value is not null && _names.Of(value, IsCandidate) is { } queue && !_names.IsAlias(target))
        {
            // The queue has another name now, by which it may be executed.
            state.Lose(queue);
            _loses.Add(queue);
        }

        if (VariableOf(target) is { } variable)
        {
            if (variable.Symbol is { } symbol)
            {
                state.Reset(symbol);
                Note(symbol, variable, tasks);
            }

            state[variable] = tasks;
        }
    }

    /// <summary>Adds tasks to the collection that a variable holds.</summary>
    private void Put(IOperation collection, Tasks tasks, QueueState state)
    {
        if (VariableOf(collection) is { } variable)
        {
            Tasks all = state[variable].Union(tasks.IsEmpty ? Tasks.Empty.Add(QueuedTask.Other) : Now(tasks));
            state[variable] = all;
            if (collection is IFlowCaptureReferenceOperation && VariableOf(_names.Original(collection)) is { } captured)
            {
                state[captured] = all;
                variable = captured;
            }

            if (variable.Symbol is { } symbol)
            {
                Note(symbol, variable, all);
            }
        }
    }

    /// <summary>Remembers what a nested function writes to variables around it.</summary>
    private void Note(ISymbol symbol, Variable variable, Tasks tasks)
    {
        if (_function is not null && !tasks.IsEmpty && !SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, _function))
        {
            _writes[variable] = _writes.TryGetValue(variable, out Tasks? known) ? known.Union(tasks) : tasks;
        }
    }

    private void Return(Tasks tasks) => _noted.Waits.UnionWith(tasks.Remove(QueuedTask.Other));

    private bool IsCandidate(IParameterSymbol parameter) =>
        SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, _function) && Api.MayBeQueue(parameter.Type);

    /// <summary>What the first of several tasks waits for: nothing that is certain, unless all of them are queued.</summary>
    private Tasks FirstOf(IInvocationOperation call, Tasks arguments) =>
        call.Arguments.Any(IsOther) ? Tasks.Empty : Now(arguments);

    private bool IsOther(IArgumentOperation argument) =>
        !Types.Is(argument.Parameter?.Type, KnownType.CancellationToken) &&
        (ValueOf(argument).IsEmpty || ValueOf(argument).Contains(QueuedTask.Other));

    private Tasks Call(IInvocationOperation call, QueueState state)
    {
        IMethodSymbol method = call.TargetMethod;
        if (call.Instance is { } receiver && Api.IsExecute(method))
        {
            Execute(_names.Of(receiver, IsCandidate), state);
            return Tasks.Empty;
        }

        if (call.Instance is not null && Api.IsCommand(method))
        {
            return Command(call, state);
        }

        Tasks instance = ValueOf(call.Instance);
        Tasks arguments = ValuesOf(call.Arguments);
        if (Api.IsWait(method) || Types.Is(method, KnownMember.WaitAll))
        {
            Wait(call, arguments, isBlocking: true, state);
            return Tasks.Empty;
        }

        if (Types.Is(method, KnownMember.Wait) || Types.Is(method, KnownMember.GetResult))
        {
            Wait(call, instance, isBlocking: true, state);
            return Tasks.Empty;
        }

        if (Types.Is(method, KnownMember.WaitAny))
        {
            Tasks first = FirstOf(call, arguments);
            Wait(call, first, isBlocking: true, state);
            return first;
        }

        if (Types.Is(method, KnownMember.WhenAny))
        {
            return FirstOf(call, arguments);
        }

        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            LoseShared(state);
            LoseAny(call.Arguments.Select(argument => argument.Value), state);
            return Now(instance, state);
        }

        string space = method.ContainingNamespace?.ToDisplayString() ?? "";
        if (space is "System" || space.StartsWith("System.", StringComparison.Ordinal))
        {
            return OfFramework(call, space, instance.Union(arguments), state);
        }

        return OfHelper(call, state);
    }

    /// <summary>A command of a queue, or of what may be one.</summary>
    private Tasks Command(IInvocationOperation call, QueueState state)
    {
        state.Queue(call.Syntax);
        if (_names.Of(call.Instance, IsCandidate) is not { } queue)
        {
            return Tasks.Empty;
        }

        Fill(queue, isLate: false, state);
        return !state.IsLost(queue) && Api.HasAnswer(call, _body.Resolved)
            ? Tasks.Empty.Add(new(queue, IsLazy: false, state.IsWaitedFor(queue), IsInParts: false, call.Syntax))
            : Tasks.Empty;
    }

    private Tasks OfFramework(IInvocationOperation call, string space, Tasks tasks, QueueState state)
    {
        if (space.StartsWith("System.Collections", StringComparison.Ordinal))
        {
            LoseAny(call.Arguments.Select(argument => argument.Value), state);
            if (call.Instance is { } collection && VariableOf(collection) is { } variable)
            {
                if (call.TargetMethod.Name == "Clear")
                {
                    state[variable] = Tasks.Empty;
                    return Tasks.Empty;
                }

                if (call.Arguments.Any(
                    argument => argument.Parameter is { RefKind: RefKind.None } parameter && Types.MayHoldTask(parameter.Type)))
                {
                    Put(collection, ValuesOf(call.Arguments), state);
                    return Tasks.Empty;
                }
            }
        }

        bool isQuery = call.TargetMethod is { ContainingType.Name: "Enumerable", ReturnType.TypeKind: TypeKind.Interface };
        return isQuery ? tasks : Now(tasks, state);
    }

    private Tasks OfHelper(IInvocationOperation call, QueueState state)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return Enter(AtCall(Nested(method), call, state), state);
        }

        bool isHanded = call.Arguments.Any(argument => !ValueOf(argument).IsEmpty || _names.Of(argument.Value, IsCandidate) is not null);
        bool isOwn = call.Instance is null or IInstanceReferenceOperation && QueueSummaries.In(_knowledge).HasQueue(method.ContainingType);
        QueueSummary? summary = isHanded || isOwn ? QueueSummaries.In(_knowledge).Of(method, _depth) : null;
        if (summary is not null)
        {
            return Enter(AtCall(summary, call, state), state);
        }

        if (!Api.IsOfClient(method))
        {
            LoseShared(state);
            LoseAny(call.Arguments.Select(argument => argument.Value), state);
            return Tasks.Empty;
        }

        // The client's own helpers (a script's EvaluateAsync) send their command to what they are handed.
        Key[] queues = [.. call.Arguments.Select(argument => _names.Of(argument.Value, IsCandidate)).OfType<Key>()];
        foreach (Key queue in queues)
        {
            Fill(queue, isLate: false, state);
        }

        return Types.IsTask(method.ReturnType) && Api.HasAnswer(call, _body.Resolved)
            ? queues.Where(queue => !state.IsLost(queue))
                .Select(queue => new QueuedTask(queue, IsLazy: false, state.IsWaitedFor(queue), IsInParts: false, call.Syntax))
                .ToImmutableHashSet()
            : Tasks.Empty;
    }

    /// <summary>A command is put on a queue: late where the function has stopped at an await before, or is late itself.</summary>
    private void Fill(Key queue, bool isLate, QueueState state)
    {
        _fills.Add(queue);
        if (isLate || state.HasStopped)
        {
            _fillsLate.Add(queue);
        }
    }

    /// <summary>A function runs: answers what its own task waits for.</summary>
    private Tasks Enter(QueueSummary summary, QueueState state)
    {
        if (summary.IsUnknown)
        {
            state.LoseAll();
        }

        foreach (KeyValuePair<Variable, Tasks> written in summary.Writes)
        {
            state[written.Key] = state[written.Key].Union(written.Value);
            Note(written.Key.Symbol!, written.Key, written.Value);
        }

        foreach (Key queue in summary.Fills)
        {
            Fill(queue, summary.FillsLate.Contains(queue), state);
        }

        foreach (Key queue in summary.Executes)
        {
            Execute(queue, state);
        }

        foreach (Key queue in summary.Loses)
        {
            Lose(queue, state);
        }

        return summary.Waits.Where(task => !state.IsLost(task.Queue!)).ToImmutableHashSet();
    }

    private QueueSummary Nested(IFlowAnonymousFunctionOperation function)
    {
        if (_level >= FlowLimits.NestedDepth)
        {
            return QueueSummary.Unknown;
        }

        if (!_nested.TryGetValue(function.Syntax, out QueueSummary? summary))
        {
            _nested[function.Syntax] = QueueSummary.Nothing;
            summary = Nested(_graph.GetAnonymousFunctionControlFlowGraph(function, _cancellationToken), function.Symbol);
            if (!summary.Executes.IsEmpty)
            {
                // Nobody knows when a lambda runs.
                summary = summary with { Loses = summary.Loses.Union(summary.Executes) };
            }

            _nested[function.Syntax] = summary;
        }

        return summary;
    }

    private QueueSummary Nested(IMethodSymbol function)
    {
        if (function.DeclaringSyntaxReferences is not [{ } reference])
        {
            return QueueSummary.Nothing;
        }

        SyntaxNode syntax = reference.GetSyntax(_cancellationToken);
        if (!_nested.TryGetValue(syntax, out QueueSummary? summary))
        {
            // A function that calls itself is known by what it does beside. Broken code may call one that stands elsewhere.
            _nested[syntax] = QueueSummary.Nothing;
            _nested[syntax] = summary = _level < FlowLimits.NestedDepth && _graphs.Of(_graph, function) is { } graph
                ? Nested(graph, function.OriginalDefinition)
                : QueueSummary.Unknown;
        }

        return summary;
    }

    private QueueSummary Nested(ControlFlowGraph graph, IMethodSymbol function)
    {
        QueueFlow nested = new(_knowledge, _body, graph, function, _depth, this, _cancellationToken);
        QueueSummary summary = nested.Run();
        Found.AddRange(nested.Found);
        return summary;
    }

    /// <summary>What a helper does, in terms of its call.</summary>
    private QueueSummary AtCall(QueueSummary summary, IInvocationOperation call, QueueState state)
    {
        IInvocationOperation original = _names.Original(call) as IInvocationOperation ?? call;
        Tasks waits = Tasks.Empty;
        foreach (QueuedTask task in summary.Waits)
        {
            if (task.Call is null)
            {
                waits = waits.Union(
                    Now(
                        ValueOf(
                            call.Arguments.FirstOrDefault(
                                argument => argument.Parameter is { } parameter &&
                                    task.Queue!.Symbols.Any(
                                        symbol => SymbolEqualityComparer.Default.Equals(
                                            symbol.OriginalDefinition, parameter.OriginalDefinition))))).Remove(QueuedTask.Other));
            }
            else if (AtCall(task.Queue!, original) is { } queue)
            {
                waits = waits.Add(new(queue, task.IsLazy, state.IsWaitedFor(queue), task.IsInParts, call.Syntax));
            }
        }

        return new(
            waits,
            Map(summary.Executes),
            Map(summary.Loses),
            summary.Writes,
            Map(summary.Fills),
            Map(summary.FillsLate),
            summary.IsUnknown);

        ImmutableHashSet<Key> Map(ImmutableHashSet<Key> queues) =>
            queues.Select(queue => AtCall(queue, original)).OfType<Key>().ToImmutableHashSet();
    }

    private Key? AtCall(Key queue, IInvocationOperation call)
    {
        foreach (ISymbol symbol in queue.Symbols)
        {
            if (symbol is IParameterSymbol parameter &&
                SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, call.TargetMethod.OriginalDefinition) &&
                (call.Arguments.For(parameter) is not { } argument || _names.Of(argument.Value, IsCandidate) is null))
            {
                return null;
            }
        }

        if (call.TargetMethod.MethodKind != MethodKind.LocalFunction)
        {
            return _body.AtCaller(queue, call);
        }

        Dictionary<ISymbol, Key> values = new(SymbolEqualityComparer.Default);
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter?.OriginalDefinition is { } parameter && queue.DependsOn(parameter))
            {
                values[parameter] = _names.Of(argument.Value, IsCandidate)!;
            }
        }

        return _body.Keys.Table.Substitute(queue, values);
    }

    private void Execute(Key? queue, QueueState state)
    {
        if (queue is null)
        {
            state.LoseAll();
            return;
        }

        state.Execute(queue);
        _executes.Add(queue);
        foreach (KeyValuePair<IOperation, Tasks> entry in _values.ToArray())
        {
            _values[entry.Key] = entry.Value.Where(task => task.IsLazy || !queue.Equals(task.Queue)).ToImmutableHashSet();
        }
    }

    private void Lose(Key queue, QueueState state)
    {
        Execute(queue, state);
        state.Lose(queue);
        _loses.Add(queue);
    }

    /// <summary>Gives the queues among some expressions into other hands.</summary>
    private void LoseAny(IEnumerable<IOperation> expressions, QueueState state)
    {
        foreach (IOperation expression in expressions)
        {
            if (_names.Of(expression, IsCandidate) is { } queue)
            {
                Lose(queue, state);
            }
        }
    }

    /// <summary>Code that is not in view runs: it may execute what hangs on an object.</summary>
    private static void LoseShared(QueueState state) => state.LoseShared();

    private void Await(IAwaitOperation awaited, QueueState state)
    {
        // That of an await foreach stops the function, too, and waits for no command.
        if (!awaited.IsImplicit)
        {
            Wait(awaited, ValueOf(awaited.Operation), isBlocking: false, state);
        }

        state.Stop();
    }

    private void Wait(IOperation wait, Tasks tasks, bool isBlocking, QueueState state)
    {
        Tasks waited = Now(tasks.Remove(QueuedTask.Other), state).Where(task => !state.IsLost(task.Queue!)).ToImmutableHashSet();
        if (waited.IsEmpty)
        {
            return;
        }

        if (!isBlocking && _function?.IsAsync == true)
        {
            Return(waited);
        }

        foreach (QueuedTask task in waited)
        {
            state.WaitFor(task.Queue!);
        }

        // Nothing behind a wait runs: what waits for the same command is the same bug.
        QueuedTask[] certain = [.. waited.Where(
            task => task.Call is not null && !state.IsAwaited(task.Call) && IsCertain(task, isBlocking, wait))
            .OrderBy(task => task.Call!.SpanStart)];
        if (certain.Length > 0 && !Api.IsFoundByClient(wait))
        {
            // What a helper waits for twice is reported there, and does not end here either.
            _noted.Reported.UnionWith(certain.Where(task => !IsSummary || IsCertainHere(task, isBlocking, wait))
                .Select(static task => task.Queue!));
            if (!IsSummary)
            {
                (SyntaxNode call, Key queue) = (certain[0].Call!, certain[0].Queue!);
                bool isInParts = waited.Any(static task => task.IsInParts);
                bool isTooLate = state.IsExecuted(queue) && !IsExecutedBehind(queue, wait);
                _noted.Found.Add(new(wait.Syntax, call, queue, IsQueuedByQuery(call), isInParts, isTooLate));
            }
        }

        foreach (QueuedTask task in certain)
        {
            state.Await(task.Call!);
        }
    }

    /// <summary>Whether a command is only queued when the query that the statement at hand waits for runs.</summary>
    private bool IsQueuedByQuery(SyntaxNode call) =>
        _values.Any(
            value => value.Key.Type is { TypeKind: TypeKind.Interface } && value.Value.Any(task => task.IsLazy && task.Call == call));

    /// <summary>Whether a helper is followed for its callers, and reported on its own.</summary>
    private bool IsSummary => _function is { MethodKind: not (MethodKind.AnonymousFunction or MethodKind.LocalFunction) };

    /// <summary>
    /// Whether nobody can execute the queue while the function waits: it is the function's own, the function executes it itself later,
    /// it blocks its caller, or it has waited for the queue before. An asynchronous function that is handed a queue may be called first,
    /// and waited for behind the Execute.
    /// </summary>
    private bool IsCertain(QueuedTask task, bool isBlocking, IOperation wait) =>
        task.IsBehindWait || IsCertainHere(task, isBlocking, wait);

    /// <summary>The same, whatever the function has waited for before.</summary>
    private bool IsCertainHere(QueuedTask task, bool isBlocking, IOperation wait) =>
        _names.IsOwn(task.Queue!, _function) ||
        (isBlocking && task.Queue!.Symbols.Length == 1 && task.Queue.Symbols.Single() is IParameterSymbol or ILocalSymbol) ||
        IsExecutedBehind(task.Queue!, wait);

    private bool IsExecutedBehind(Key queue, IOperation wait) =>
        (_executions ??= new(_graph, Api, call => _names.Of(call.Instance, IsCandidate))).IsBehind(queue, _block, wait.Syntax.SpanStart);
}
