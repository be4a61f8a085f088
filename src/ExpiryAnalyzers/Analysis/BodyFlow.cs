using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>What the flow found in a body.</summary>
/// <param name="IsComplete">Whether the flow came to its end; otherwise nothing is known.</param>
/// <param name="Pairs">The pairs of calls on one key.</param>
/// <param name="Reached">The calls that the flow came to.</param>
/// <param name="Returned">The values that the body returns; null where it returns none.</param>
internal sealed record BodyFindings(
    bool IsComplete, IReadOnlyCollection<CallPair> Pairs, IReadOnlyCollection<CacheCall> Reached, TimeValues? Returned);

/// <summary>
/// Follows values and calls forward along every path of a body, nested functions included. One pass serves all rules: it leaves the values
/// that reach each sink, and the pairs of calls on one key.
/// </summary>
internal sealed class BodyFlow : IFlowProblem<BodyState>, ICallPairs
{
    private readonly BodyFlowContext _context;
    private readonly ControlFlowGraph _graph;

    /// <summary>The nested function that is followed; null for the body itself.</summary>
    private readonly Function? _function;

    /// <summary>Whether a local function is followed at a call of it, so that its sinks are judged elsewhere.</summary>
    private readonly bool _isAtCall;
    private SmallMap<int, List<Note>> _notes = new();
    private SmallMap<int, List<FoundPair>> _pairs = new();
    private readonly CallPlaces _places;
    private SmallMap<SyntaxNode, IFlowAnonymousFunctionOperation> _lambdas = new();
    private List<Note>? _noted;
    private List<FoundPair>? _paired;
    private int _node;
    private CallPlace _at;
    private BodyState? _thrown;

    private BodyFlow(BodyFlowContext context, ControlFlowGraph graph, Function? function, bool isAtCall)
    {
        _context = context;
        _graph = graph;
        _function = function;
        _isAtCall = isAtCall;
        _places = new(graph);
    }

    /// <inheritdoc/>
    public bool AsksForThrown => _isAtCall;

    private Body Body => _context.Body;

    /// <summary>What the visit of the block at hand notes; of most blocks there is nothing.</summary>
    private List<Note> Noted => _noted ??= _notes[_node] = [];

    private List<FoundPair> Paired => _paired ??= _pairs[_node] = [];

    /// <summary>Follows a body.</summary>
    /// <param name="knowledge">What holds for the compilation.</param>
    /// <param name="body">The body.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="depth">How many calls deep the user's own members are looked into.</param>
    /// <param name="part">The part of the result that is asked for; null where it is the whole.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static BodyFindings Run(
        Knowledge knowledge,
        Body body,
        ControlFlowGraph graph,
        int depth,
        ResultPart? part,
        CancellationToken cancellationToken)
    {
        BodyFlowContext context = new(knowledge, body, depth, part, graph.Blocks.Length, cancellationToken);
        BodyState entry = new(context.Numbers);
        if (body.Owner is IMethodSymbol method)
        {
            body.Lengths.Enter(entry, method);
        }

        bool isComplete = RunApart(context, graph, null, entry);
        return isComplete ? new(true, context.Pairs, context.Reached, context.Returned) : new(false, [], [], null);
    }

    /// <summary>
    /// Follows a function for its own sake, and then those nested in it, each as it finds the variables that are written once.
    /// </summary>
    private static bool RunApart(BodyFlowContext context, ControlFlowGraph graph, Function? function, BodyState entry)
    {
        Stack<(ControlFlowGraph Graph, Function? Function, BodyState Entry)> open = new([(graph, function, entry)]);
        while (open.Count > 0)
        {
            (graph, function, entry) = open.Pop();
            BodyFlow flow = new(context, graph, function, isAtCall: false);
            if (!new ForwardFlow<BodyState>(graph, flow, context.Knowledge.Work, context.CancellationToken).Run(entry).IsComplete)
            {
                return false;
            }

            flow.HandOver();
            foreach (KeyValuePair<SyntaxNode, IFlowAnonymousFunctionOperation> made in flow._lambdas)
            {
                IFlowAnonymousFunctionOperation lambda = made.Value;
                if (lambda.Symbol is { } symbol && !lambda.IsExpressionTree())
                {
                    open.Push(
                        (graph.GetAnonymousFunctionControlFlowGraph(lambda, context.CancellationToken), context.Body.Functions.Of(symbol),
                            context.Settled()));
                }
            }

            foreach (IMethodSymbol local in graph.LocalFunctions)
            {
                open.Push(
                    (graph.GetLocalFunctionControlFlowGraph(local, context.CancellationToken), context.Body.Functions.Of(local),
                        context.Settled()));
            }
        }

        return true;
    }

    /// <summary>Hands on what was found at each place: values in the order of the code, pairs as the flow came to them.</summary>
    private void HandOver()
    {
        List<KeyValuePair<int, List<Note>>> places = new(_notes.Count);
        foreach (KeyValuePair<int, List<Note>> place in _notes)
        {
            places.Add(place);
        }

        places.Sort(static (left, right) => left.Key.CompareTo(right.Key));
        foreach (KeyValuePair<int, List<Note>> place in places)
        {
            foreach (Note note in place.Value)
            {
                _context.Add(note);
            }
        }

        foreach (KeyValuePair<int, List<FoundPair>> place in _pairs)
        {
            foreach (FoundPair pair in place.Value)
            {
                _context.Add(pair.ToPair());
            }
        }
    }

    /// <inheritdoc/>
    public void Enter(int node, BasicBlock block)
    {
        _at = new(block.Ordinal, 0);
        _node = node;
        _noted = _notes.TryGetValue(node, out List<Note>? noted) ? noted : null;
        _paired = _pairs.TryGetValue(node, out List<FoundPair>? paired) ? paired : null;
        _noted?.Clear();
        _paired?.Clear();
    }

    /// <inheritdoc/>
    public void Begin(IOperation statement)
    {
    }

    /// <inheritdoc/>
    public BodyState? TakeThrown()
    {
        BodyState? thrown = _thrown;
        _thrown = null;
        return thrown;
    }

    /// <inheritdoc/>
    public void Leave(BasicBlock block, BodyState state)
    {
        if (_function is not null)
        {
            return;
        }

        ResultPart? part = _context.Part;
        if (block.BranchValue is { } value && part is not { IsOut: true } &&
            block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return)
        {
            TimeValues returned = part is { } element
                ? _context.Evaluator.Element(value, element.Index, state)
                : _context.Evaluator.Of(value, state);
            Noted.Add(new(null, null, returned, null));
        }

        // A method that answers false has nothing to give.
        if (part is { IsOut: true } given && block.FallThroughSuccessor?.Destination?.Kind == BasicBlockKind.Exit &&
            block.BranchValue?.ConstantValue is not { HasValue: true, Value: false })
        {
            TimeValues? written = _context.OutParameter(given.Index) is { } parameter ? state[parameter] : null;
            TimeValues known = written?.Select(static value => value.Origin == Origin.Minimum ? TimeValue.Unknown : value) ??
                TimeValues.Unknown;
            Noted.Add(new(null, null, known, null));
        }
    }

    /// <inheritdoc/>
    public bool Refine(BodyState state, IOperation condition, bool isTrue) =>
        !Body.IsRuledOut(condition, isTrue) && _context.Conditions.Refine(state, condition, isTrue);

    /// <inheritdoc/>
    public void Visit(IOperation operation, BodyState state)
    {
        if (operation is IFlowAnonymousFunctionOperation lambda)
        {
            Visit(lambda, state);
            return;
        }

        if (operation.ConstantValue.HasValue)
        {
            return;
        }

        switch (operation)
        {
            case IFlowCaptureOperation capture:
                _context.Captures.Add(capture);
                state[new(null, capture.Id)] = _context.Evaluator.Of(capture.Value, state);
                break;
            case ISimpleAssignmentOperation assignment:
                Assign(assignment.Target, _context.Evaluator.Of(assignment.Value, state), state);
                Sink(assignment.Syntax, Body.Place.Assignment, assignment.Value, state);
                break;
            case ICompoundAssignmentOperation compound:
                Assign(compound.Target, Computed(compound, state), state);
                break;
            case IIncrementOrDecrementOperation increment:
                Assign(increment.Target, TimeValues.Unknown, state);
                break;
            case IDeconstructionAssignmentOperation deconstruction:
                Deconstruct(deconstruction, state);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Parent: IInvocationOperation parsing } argument:
                Assign(argument.Value, Written(parsing, argument.Parameter, state), state);
                break;
            case IDeclarationPatternOperation { DeclaredSymbol: { } named } pattern:
                Assign(new Variable(named, default), Matched(pattern, state), state);
                break;
            case IRecursivePatternOperation { DeclaredSymbol: { } named } pattern:
                Assign(new Variable(named, default), Matched(pattern, state), state);
                break;
            case IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } reference
                when Body.Functions.Of(reference.Method) is { } escaped:
                Escape(escaped, reference, state);
                break;
            case IBinaryOperation binary:
                Judge(binary, state);
                break;
            case IConversionOperation { OperatorMethod: not null } conversion:
                Sink(conversion.Syntax, Body.Place.Conversion, conversion.Operand, state);
                break;
            case IObjectCreationOperation { Arguments: [{ } first, ..] } creation:
                Sink(creation.Syntax, Body.Place.Creation, first.Value, state);
                SinkArguments(creation, state);
                break;
            case IInvocationOperation invocation:
                Visit(invocation, state);
                break;
        }
    }

    private TimeValues Computed(ICompoundAssignmentOperation compound, BodyState state)
    {
        TimeValues target = _context.Evaluator.Of(compound.Target, state);
        TimeValues computed = Compound(compound.OperatorKind, target, _context.Evaluator.Of(compound.Value, state));

        // if (ttl < 1000) ttl *= 1000: what was looked at is brought to the unit that is meant, and what its name says is another's.
        bool isScaled = compound.OperatorKind is BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide &&
            target.Any(static value => value is { IsTested: true, Shape: TimeShape.Count });
        return isScaled ? computed.Select(TimeArithmetic.OfAnyUnit) : computed;
    }

    private void SinkArguments(IObjectCreationOperation creation, BodyState state)
    {
        foreach (IArgumentOperation argument in creation.Arguments)
        {
            Sink(creation.Syntax, argument.Parameter?.Ordinal ?? Body.Place.Creation, argument.Value, state);
        }
    }

    /// <summary>A local function becomes a delegate, which whoever has it may call at any time.</summary>
    private void Escape(Function function, IMethodReferenceOperation reference, BodyState state)
    {
        if (reference.CallHandedTo() is not null)
        {
            Reach(function, state);
        }

        Lose(function, state);
    }

    /// <summary>
    /// A lambda is made. One that is handed to a call runs there, as far as its calls on keys go; what it writes is known only where the
    /// call runs it, and unknown for good elsewhere.
    /// </summary>
    private void Visit(IFlowAnonymousFunctionOperation lambda, BodyState state)
    {
        _lambdas[lambda.Syntax] = lambda;
        if (lambda.Symbol is not { } symbol || Body.Functions.Of(symbol) is not { } function || lambda.IsExpressionTree())
        {
            return;
        }

        IInvocationOperation? call = lambda.CallHandedTo();
        if (call is not null)
        {
            Reach(function, state);
        }

        if (function.Writes.Count == 0)
        {
            return;
        }

        NestedRuns runs = call is null ? NestedRuns.Unknown : _context.RunsOf(call);
        if (runs == NestedRuns.Unknown ||
            !Enter(function, _graph.GetAnonymousFunctionControlFlowGraph(lambda, _context.CancellationToken), state, runs))
        {
            Lose(function, state);
        }
    }

    private void Visit(IInvocationOperation invocation, BodyState state)
    {
        if (invocation.TargetMethod is { MethodKind: MethodKind.LocalFunction } local && Body.Functions.Of(local) is { } function)
        {
            Call(function, invocation, state);
        }

        ReachDelegates(invocation, state);
        CloseMembers(invocation, state);
        Judge(invocation, state);
        if (Body.HasSinks(invocation.Syntax))
        {
            foreach (IArgumentOperation argument in invocation.Arguments)
            {
                if (argument.Parameter is { } parameter)
                {
                    Sink(invocation.Syntax, parameter.Ordinal, argument.Value, state);
                    IReadOnlyList<IOperation> elements = RawCall.ElementsOf(argument.Value) ?? [];
                    for (int i = 0; i < elements.Count; i++)
                    {
                        Sink(invocation.Syntax, Body.Place.Element(parameter, i), elements[i], state);
                    }
                }
            }

            foreach (Sink apart in Body.SinksApartFrom(invocation.Syntax))
            {
                Found(apart, Body.ValuesOf(apart.Value));
            }
        }

        foreach (CacheCall call in Body.CallsAt(invocation.Syntax))
        {
            _context.NoteReached(call);
            Reach(call, state, null);
        }

        if (!_context.Conditions.RefineReturn(state, invocation))
        {
            state.End();
        }
    }

    /// <summary>
    /// A local function runs where it is called: what it writes, and what its calls do to keys, is known behind the call.
    /// </summary>
    private void Call(Function function, IInvocationOperation invocation, BodyState state)
    {
        bool isBeside = function.IsIterator || (function.Symbol!.IsAsync && !invocation.IsWaitedFor());
        if (function.Writes.Count == 0 && !Body.HasCalls(function))
        {
            if (!isBeside && _context.NeverReturns(_graph, function))
            {
                state.End();
            }

            return;
        }

        if (isBeside)
        {
            // It runs on beside the code that has called it.
            Lose(function, state);
            Reach(function, state);
            return;
        }

        if (_context.Graphs.Of(_graph, function.Symbol!) is not { } graph || !Enter(function, graph, state, NestedRuns.Once))
        {
            Forget(function, state);
        }

        // What the function does to a key that it is handed.
        foreach (CacheCall call in Body.CallsWithin(function.Root.Syntax).Take(invocation.Arguments.IsEmpty ? 0 : FlowLimits.MemberCalls))
        {
            if (call.Has(Effect.Change | Effect.SetExpiry | Effect.Persist) &&
                Body.AtLocalCall(call.Key, invocation, function) is { } key &&
                !Body.CallsAt(invocation.Syntax).Any(bound => bound.Database is not null && key.Equals(bound.Key)))
            {
                state.Open = Body.Order.Changed(state.Open, key);
            }
        }
    }

    /// <summary>Runs a nested function on the state at hand; answers false where it was not followed to its end.</summary>
    private bool Enter(Function function, ControlFlowGraph graph, BodyState state, NestedRuns runs)
    {
        if (!_context.MayEnter(function))
        {
            return false;
        }

        BodyState before = state.Clone();
        bool isComplete = true;
        for (bool grows = true; grows && isComplete;)
        {
            BodyFlow flow = new(_context, graph, function, isAtCall: true);
            FlowResult<BodyState> result = new ForwardFlow<BodyState>(graph, flow, _context.Knowledge.Work, _context.CancellationToken)
                .Run(before.Clone());
            isComplete = _context.Spend(result.Visits) && result.IsComplete;
            foreach (KeyValuePair<int, List<FoundPair>> place in flow._pairs)
            {
                Paired.AddRange(place.Value);
            }

            grows = runs == NestedRuns.AnyNumber && result.Exit is { } next && before.Join(next);
            state.Become(runs == NestedRuns.AnyNumber || result.Exit is null ? before : result.Exit);
            if (result is { Thrown: { } thrown, IsComplete: true })
            {
                _ = _thrown is null ? (_thrown = thrown) is null : _thrown.Join(thrown);
            }

            if (runs == NestedRuns.Once && result is { Exit: null, IsComplete: true })
            {
                state.End();
            }
        }

        _context.Exit(function);
        return isComplete;
    }

    /// <summary>What a function writes is unknown for the rest of the body.</summary>
    private void Lose(Function function, BodyState state)
    {
        foreach (ISymbol written in function.Writes)
        {
            Close(written, state);
            state.Lose(new(written, default));
        }
    }

    /// <summary>
    /// What a function that is not followed has written is unknown until it is written again, and what it did to keys as well.
    /// </summary>
    private void Forget(Function function, BodyState state)
    {
        if (Body.HasCalls(function))
        {
            state.Open = default;
        }

        foreach (ISymbol written in function.Writes)
        {
            Assign(new Variable(written, default), TimeValues.Unknown, state);
        }
    }

    private void Deconstruct(IDeconstructionAssignmentOperation deconstruction, BodyState state)
    {
        IOperation target = deconstruction.Target is IDeclarationExpressionOperation declared ? declared.Expression : deconstruction.Target;
        ImmutableArray<IOperation> targets = target is ITupleOperation tuple
            ? tuple.Elements
            : ImmutableArray.Create(deconstruction.Target);
        TimeValues[] values = [.. targets.Select((_, index) => _context.Evaluator.Element(deconstruction.Value, index, state))];
        for (int i = 0; i < targets.Length; i++)
        {
            foreach (IOperation inner in targets[i].Descendants())
            {
                Assign(inner, TimeValues.Unknown, state);
            }

            Assign(targets[i], values[i], state);
        }
    }

    /// <summary>What a call writes to a variable. TryParse writes its result; its value is what the table says of the call.</summary>
    private TimeValues Written(IInvocationOperation call, IParameterSymbol parameter, BodyState state) =>
        parameter.RefKind != RefKind.Out ? TimeValues.Unknown
        : !call.TargetMethod.IsOfSource(_context.Knowledge.Catalog.Compilation) &&
            call.TargetMethod.Name.StartsWith("TryParse", StringComparison.Ordinal)
            ? _context.Evaluator.Of(call, state)
        : _context.Evaluator.Out(call, parameter, state);

    private static TimeValues Compound(BinaryOperatorKind kind, TimeValues target, TimeValues value) => kind switch
    {
        BinaryOperatorKind.Add => target.Combine(value, TimeArithmetic.Plus),
        BinaryOperatorKind.Subtract => target.Combine(value, TimeArithmetic.Minus),
        BinaryOperatorKind.Multiply => TimeArithmetic.Times(target, value),
        BinaryOperatorKind.Divide => TimeArithmetic.Quotient(target, value),
        _ => TimeValues.Unknown,
    };

    /// <summary>What a pattern that names what it matches gives the name: what is tested, and is not null.</summary>
    private TimeValues Matched(IOperation pattern, BodyState state)
    {
        IOperation? matched = pattern.MatchedBy();
        return matched is null
            ? TimeValues.Unknown
            : _context.Evaluator.Of(matched, state).Where(static value => value.Shape != TimeShape.Null) ?? TimeValues.Unknown;
    }

    private void Judge(IOperation operation, BodyState state)
    {
        // The graph's own operation is asked: its operands are captures where the source has branches in them.
        if (!_isAtCall && Body.JudgementAt(operation.Syntax) is { } judgement &&
            Judgement.Of(operation, _context.Knowledge.Types) is { } lowered)
        {
            Noted.Add(new(null, judgement, _context.Evaluator.Of(lowered.Left, state), _context.Evaluator.Of(lowered.Right, state)));
        }
    }

    private void Sink(SyntaxNode syntax, int place, IOperation value, BodyState state)
    {
        if (!_isAtCall && Body.SinkAt(syntax, place) is { } sink)
        {
            TimeValues values = _context.Evaluator.Of(value, state);
            if (sink.Behind is not null)
            {
                // What the wrapper makes of it, and the conversion to a DateTimeOffset that it has in front of such a client.
                bool isConverted = sink.Library.Kinds == KindPolicy.TakesOffset &&
                    value.Type is { SpecialType: SpecialType.System_DateTime };
                values = values.Select(
                    static (given, use) =>
                    {
                        TimeValue kept = use.Sink.IsTested ? TimeArithmetic.IfOfAnyLength(given) : given;
                        TimeValue passed = TimeArithmetic.Passed(kept, use.Sink.Passage, use.Value);
                        return use.IsConverted ? TimeFacts.ToOffset(passed) : passed;
                    },
                    (Sink: sink, Value: value, IsConverted: isConverted));
            }

            Found(sink, values);
        }
    }

    private void Found(Sink sink, TimeValues values)
    {
        if (!_isAtCall)
        {
            Noted.Add(new(sink, null, values, null));
        }
    }

    private void Assign(IOperation target, TimeValues values, BodyState state)
    {
        // Of x = flag ? a : b the graph captures the target first.
        if (target is IFlowCaptureReferenceOperation capture && _context.Captures.Of(capture) is { } captured)
        {
            target = captured;
        }

        if (Variable.Of(target) is { } variable)
        {
            Assign(variable, values, state);
        }
        else if (DefUse.SymbolOf(target) is { } member)
        {
            state.ForgetMember(member.Name);
            Close(member, state);
            foreach (ISymbol written in Body.Order.HasMembers && member is IPropertySymbol property
                ? _context.Knowledge.Summaries.WrittenBy(property)
                : [])
            {
                Close(written, state);
            }
        }

        // What is written into a collection, or into a struct, makes it another one.
        IOperation? whole = WholeOf(target);
        for (; whole is not null; whole = WholeOf(whole))
        {
            if (DefUse.SymbolOf(whole) is { } holder)
            {
                Close(holder, state);
            }
        }
    }

    /// <summary>The collection or struct that a target is a part of.</summary>
    private static IOperation? WholeOf(IOperation target) => target switch
    {
        IArrayElementReferenceOperation element => element.ArrayReference,
        IPropertyReferenceOperation { Arguments.IsEmpty: false, Instance: { } collection } => collection,
        IMemberReferenceOperation { Instance: { Type.IsValueType: true } holder } => holder,
        _ => null,
    };

    private void Assign(Variable variable, TimeValues values, BodyState state)
    {
        if (variable.Symbol is { } aliased && Body.Assignments.IsAliased(aliased))
        {
            values = TimeValues.Unknown;
        }

        if (variable.Symbol is { } captured && Body.Assignments.IsShared(captured))
        {
            values = values.Select(
                static value => value.Shape is TimeShape.Duration or TimeShape.Count ? value with { Constant = null } : value);
        }

        if (variable.Symbol is { } sum && values.Any(IsNothing) && Body.Assignments.IsSummed(sum))
        {
            values = values.Select(static value => IsNothing(value) ? value with { Constant = null } : value);
        }

        if (variable.Symbol is { } number && !_context.IsFollowed(number))
        {
            values = TimeValues.Unknown;
        }

        if (!state.IsLost(variable))
        {
            state[variable] = values;
        }

        if (variable.Symbol is { } symbol)
        {
            state.ForgetMembersOf(symbol);
            _context.Settle(variable, values);
            Close(symbol, state);
        }
    }

    /// <summary>Whether a value is the number or the length zero.</summary>
    private static bool IsNothing(TimeValue value) => value is { Shape: TimeShape.Duration or TimeShape.Count, Constant: 0 };

    private void Close(ISymbol symbol, BodyState state) => state.Open = Body.Order.Written(state.Open, symbol);

    /// <summary>A delegate in a variable is called, or handed to a call that may: the calls on keys of its function run here.</summary>
    private void ReachDelegates(IInvocationOperation invocation, BodyState state)
    {
        if (Body.Functions.All.Count == 1)
        {
            return;
        }

        if (invocation.TargetMethod.MethodKind == MethodKind.DelegateInvoke && FunctionIn(invocation.Instance) is { } called)
        {
            Reach(called, state);
        }

        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Value.Type is { TypeKind: TypeKind.Delegate } && FunctionIn(argument.Value) is { } handed)
            {
                Reach(handed, state);
            }
        }
    }

    /// <summary>
    /// What a call does to the fields and properties that keys are made of, and to an object that answers for its last move.
    /// </summary>
    private void CloseMembers(IInvocationOperation invocation, BodyState state)
    {
        if (state.Open.IsEmpty)
        {
            return;
        }

        foreach (ISymbol written in Body.Order.HasMembers ? _context.Knowledge.Summaries.WrittenBy(invocation) : [])
        {
            Close(written, state);
        }

        if (invocation.Instance is { } moved && DefUse.SymbolOf(moved.WithoutConversions()) is { } symbol && Body.Order.IsNamedBy(symbol) &&
            Body.Keys.IsMove(invocation))
        {
            Close(symbol, state);
        }

        // using (new Mark(db, key)) calls no method by name.
        if (invocation.IsImplicit && _context.DisposerOf(invocation) is { } disposer &&
            disposer.Calls.Any(static call => call.Has(Effect.Delete | Effect.SetExpiry | Effect.Persist)))
        {
            state.Open = default;
        }
    }

    /// <summary>The lambda or local function that a variable holds which is written once.</summary>
    private Function? FunctionIn(IOperation? variable)
    {
        variable = variable?.WithoutConversions();
        variable = variable is IFlowCaptureReferenceOperation capture && _context.Captures.Of(capture) is { } captured
            ? captured.WithoutConversions()
            : variable;
        return (variable is ILocalReferenceOperation { Local: { } local }
            ? Body.Assignments.OnlyValue(local)?.WithoutConversions()
            : null) switch
        {
            IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol: { } lambda } } => Body.Functions.Of(lambda),
            IDelegateCreationOperation { Target: IMethodReferenceOperation { Method: { } function } }
                when function.MethodKind == MethodKind.LocalFunction => Body.Functions.Of(function),
            _ => null,
        };
    }

    /// <summary>The calls of a nested function run here, and those of local functions that it calls.</summary>
    private void Reach(Function nested, BodyState state)
    {
        foreach (Function function in nested.Reached())
        {
            foreach (CacheCall call in Body.CallsWithin(function.Root.Syntax))
            {
                Reach(call, state, function.Root.Syntax);
            }
        }
    }

    private static bool IsNamedByLost(CacheCall call, BodyState state) => call.IsNamedBy(symbol => state.IsLost(new(symbol, default)));

    void ICallPairs.Add(FoundPair pair) => Paired.Add(pair);

    private void Reach(CacheCall call, BodyState state, SyntaxNode? function)
    {
        if (!state.IsAnyLost || !IsNamedByLost(call, state))
        {
            state.Open = Body.Order.Reached(call, state.Open, new(_at, function, _places, this));
            _at = _at with { Order = _at.Order + 1 };
        }
    }
}
