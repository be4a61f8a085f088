using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// Follows values and calls forward along every path of a body, nested functions included, until nothing changes. One pass
/// serves all rules: it leaves the values that reach each sink, and the pairs of calls on one key.
/// </summary>
internal sealed class BodyFlow(Knowledge knowledge, Body body, int depth, CancellationToken cancellationToken)
{
    /// <summary>A body of more blocks is left alone: what it might be told is not worth the wait in an editor.</summary>
    private const int MaxBlocks = 2000;

    /// <summary>How often a block may be visited, on the average, before the analysis gives the body up.</summary>
    private const int MaxVisits = 40;

    private readonly TimeEvaluator _evaluator = new(knowledge, depth, body.Resolved);
    private readonly HashSet<CallPair> _pairs = [];
    private readonly Dictionary<CaptureId, IOperation> _captures = [];

    /// <summary>The value of each variable that is written once, where it is written: what a lambda sees of it.</summary>
    private readonly Dictionary<Variable, TimeValues> _settled = [];

    public IReadOnlyCollection<CallPair> Pairs => _pairs;

    /// <summary>The values that the body returns; null where it returns none.</summary>
    public TimeValues? Returned { get; private set; }

    /// <summary>The part of the result that is meant by <see cref="Returned"/>; null where it is the whole.</summary>
    public ResultPart? Part { get; init; }

    public void Run(ControlFlowGraph graph) => Run(graph, new State(), isNested: false);

    private void Run(ControlFlowGraph graph, State entry, bool isNested)
    {
        int count = graph.Blocks.Length;
        if (count > MaxBlocks)
        {
            return;
        }

        State?[] input = new State?[count];
        input[0] = entry;
        SortedSet<int> work = [0];
        List<IFlowAnonymousFunctionOperation> nested = [];
        for (int visits = 0; work.Count > 0 && visits < count * MaxVisits; visits++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int ordinal = work.Min;
            work.Remove(ordinal);
            Visit(graph, graph.Blocks[ordinal], input, work, nested, isNested);
        }

        foreach (IFlowAnonymousFunctionOperation function in nested.GroupBy(function => function.Syntax).Select(group => group.Last()))
        {
            if (function.Symbol is not null && !function.IsExpressionTree())
            {
                Run(graph.GetAnonymousFunctionControlFlowGraph(function, cancellationToken), Settled(), isNested: true);
            }
        }

        foreach (IMethodSymbol function in graph.LocalFunctions)
        {
            Run(graph.GetLocalFunctionControlFlowGraph(function, cancellationToken), Settled(), isNested: true);
        }
    }

    private State Settled()
    {
        State state = new();
        foreach (KeyValuePair<Variable, TimeValues> entry in _settled)
        {
            if (entry.Key.Symbol is { } symbol && body.Assignments.Writes(symbol) <= 1)
            {
                state[entry.Key] = entry.Value;
            }
        }

        return state;
    }

    private void Visit(ControlFlowGraph graph, BasicBlock block, State?[] input, SortedSet<int> work, List<IFlowAnonymousFunctionOperation> nested, bool isNested)
    {
        State state = input[block.Ordinal]!.Clone();
        ToHandlers(state);
        foreach (IOperation operation in block.Operations)
        {
            Visit(operation, state, nested);
            ToHandlers(state);
        }

        if (block.BranchValue is { } value)
        {
            Visit(value, state, nested);
            ToHandlers(state);
            if (!isNested && Part is not { IsOut: true } && block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return)
            {
                Return(Part is { } part ? _evaluator.Element(value, part.Index, state) : _evaluator.Of(value, state));
            }
        }

        // A method that answers false has nothing to give.
        if (!isNested && Part is { IsOut: true } given && block.FallThroughSuccessor?.Destination?.Kind == BasicBlockKind.Exit && block.BranchValue?.ConstantValue is not { HasValue: true, Value: false })
        {
            Variable? parameter = body.Operations.OfType<IParameterReferenceOperation>().Where(reference => reference.Parameter is { RefKind: RefKind.Out } candidate && candidate.Ordinal == given.Index).Select(Variable.Of).FirstOrDefault();
            Return((parameter is { } variable ? state[variable] : null)?.Select(static value => value.Origin == Origin.Minimum ? TimeValue.Unknown : value) ?? TimeValues.Unknown);
        }

        bool isConditional = block.ConditionKind != ControlFlowConditionKind.None;
        Follow(block.ConditionalSuccessor, isConditional ? Refined(state, block.BranchValue, block.ConditionKind == ControlFlowConditionKind.WhenTrue) : state);
        Follow(block.FallThroughSuccessor, isConditional ? Refined(state, block.BranchValue, block.ConditionKind != ControlFlowConditionKind.WhenTrue) : state);

        // A branch that leaves a try runs its finally first; the graph names those regions and goes on to the destination.
        void Follow(ControlFlowBranch? branch, State? next)
        {
            if (branch is null || next is null)
            {
                return;
            }

            foreach (ControlFlowRegion region in branch.FinallyRegions)
            {
                Flow(region.FirstBlockOrdinal, next);
            }

            if (branch.Destination is { } destination)
            {
                Flow(destination.Ordinal, next);
            }
        }

        // The graph has no edges for exceptions: each state inside a try may be the one that a handler sees.
        void ToHandlers(State from)
        {
            for (ControlFlowRegion? region = block.EnclosingRegion; region is { Kind: not ControlFlowRegionKind.Root }; region = region.EnclosingRegion)
            {
                if (region.Kind == ControlFlowRegionKind.Try && region.EnclosingRegion is { } owner)
                {
                    foreach (ControlFlowRegion handler in owner.NestedRegions)
                    {
                        if (handler.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.Finally or ControlFlowRegionKind.FilterAndHandler)
                        {
                            Flow(handler.FirstBlockOrdinal, from);
                        }
                    }
                }
            }
        }

        void Flow(int to, State from)
        {
            if (to <= block.Ordinal)
            {
                from = LoopOf(block, graph.Blocks[to]) is { } loop ? from.NextRound(loop) : Without(from);
            }

            if (input[to] is not { } known)
            {
                input[to] = from.Clone();
                work.Add(to);
            }
            else if (known.Join(from))
            {
                work.Add(to);
            }
        }

        static State Without(State from)
        {
            State without = from.Clone();
            without.Close(static _ => true);
            return without;
        }
    }

    private void Return(TimeValues values) => Returned = Returned is null ? values : Returned.Join(values);

    /// <summary>The loop that a jump back goes round in; null where that is not certain.</summary>
    private static SyntaxNode? LoopOf(BasicBlock from, BasicBlock to)
    {
        // A block that only opens a scope says nothing.
        SyntaxNode? start = SyntaxOf(to) ?? (to.FallThroughSuccessor?.Destination is { } next ? SyntaxOf(next) : null);
        SyntaxNode? end = SyntaxOf(from) ?? start;
        return start?.AncestorsAndSelf().FirstOrDefault(node => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax && node.Span.Contains(end!.Span));
    }

    private static SyntaxNode? SyntaxOf(BasicBlock block) => (block.Operations.LastOrDefault() ?? block.BranchValue)?.Syntax;

    private void Visit(IOperation operation, State state, List<IFlowAnonymousFunctionOperation> nested)
    {
        if (operation is IFlowAnonymousFunctionOperation function)
        {
            nested.Add(function);
            if (function.CallHandedTo() is not null)
            {
                // A lambda handed to a retry helper or the like runs there.
                foreach (CacheCall call in body.CallsWithin(function.Syntax))
                {
                    Reach(call, state, function.Syntax);
                }
            }

            return;
        }

        if (operation.ConstantValue.HasValue)
        {
            return;
        }

        foreach (IOperation child in operation.ChildOperations)
        {
            Visit(child, state, nested);
        }

        switch (operation)
        {
            case IFlowCaptureOperation capture:
                _captures[capture.Id] = capture.Value;
                state[new(null, capture.Id)] = _evaluator.Of(capture.Value, state);
                break;
            case ISimpleAssignmentOperation assignment:
                Assign(assignment.Target, _evaluator.Of(assignment.Value, state), state);
                Sink(assignment.Syntax, Body.Place.Assignment, assignment.Value, state);
                break;
            case ICompoundAssignmentOperation compound:
                Assign(compound.Target, Compound(compound.OperatorKind, _evaluator.Of(compound.Target, state), _evaluator.Of(compound.Value, state)), state);
                break;
            case IIncrementOrDecrementOperation increment:
                Assign(increment.Target, TimeValues.Unknown, state);
                break;
            case IDeconstructionAssignmentOperation deconstruction:
                ImmutableArray<IOperation> targets = (deconstruction.Target is IDeclarationExpressionOperation declared ? declared.Expression : deconstruction.Target) is ITupleOperation tuple ? tuple.Elements : ImmutableArray.Create(deconstruction.Target);
                TimeValues[] values = [.. targets.Select((_, index) => _evaluator.Element(deconstruction.Value, index, state))];
                for (int i = 0; i < targets.Length; i++)
                {
                    foreach (IOperation inner in targets[i].Descendants())
                    {
                        Assign(inner, TimeValues.Unknown, state);
                    }

                    Assign(targets[i], values[i], state);
                }

                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Parent: IInvocationOperation parsing } argument:
                // TryParse writes its result through the out argument; its value is what the table says of the call.
                Assign(argument.Value, argument.Parameter.RefKind != RefKind.Out ? TimeValues.Unknown
                    : parsing.TargetMethod.DeclaringSyntaxReferences.IsEmpty && parsing.TargetMethod.Name.StartsWith("TryParse", StringComparison.Ordinal) ? _evaluator.Of(parsing, state)
                    : _evaluator.Out(parsing, argument.Parameter, state), state);
                break;
            case IDeclarationPatternOperation { DeclaredSymbol: { } named } pattern:
                Assign(new Variable(named, default), Matched(pattern, state), state);
                break;
            case IRecursivePatternOperation { DeclaredSymbol: { } named } pattern:
                Assign(new Variable(named, default), Matched(pattern, state), state);
                break;
            case IBinaryOperation binary:
                Judge(binary, state);
                break;
            case IConversionOperation { OperatorMethod: not null } conversion:
                Sink(conversion.Syntax, Body.Place.Conversion, conversion.Operand, state);
                break;
            case IObjectCreationOperation { Arguments: [{ } first, ..] } creation:
                Sink(creation.Syntax, Body.Place.Creation, first.Value, state);
                foreach (IArgumentOperation argument in creation.Arguments)
                {
                    Sink(creation.Syntax, argument.Parameter?.Ordinal ?? Body.Place.Creation, argument.Value, state);
                }

                break;
            case IInvocationOperation invocation:
                Judge(invocation, state);
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

                foreach (Sink apart in body.SinksApartFrom(invocation.Syntax))
                {
                    apart.Values = body.ValuesOf(apart.Value);
                }

                foreach (CacheCall call in body.CallsAt(invocation.Syntax))
                {
                    Reach(call, state);
                }

                break;
        }
    }

    private static TimeValues Compound(BinaryOperatorKind kind, TimeValues target, TimeValues value) => kind switch
    {
        BinaryOperatorKind.Add => target.Combine(value, TimeArithmetic.Plus),
        BinaryOperatorKind.Subtract => target.Combine(value, TimeArithmetic.Minus),
        BinaryOperatorKind.Multiply => TimeArithmetic.Times(target, value),
        BinaryOperatorKind.Divide => TimeArithmetic.Quotient(target, value),
        _ => TimeValues.Unknown,
    };

    /// <summary>What a pattern that names what it matches gives the name: what is tested, and is not null.</summary>
    private TimeValues Matched(IOperation pattern, State state)
    {
        while (pattern.Parent is INegatedPatternOperation or IBinaryPatternOperation)
        {
            pattern = pattern.Parent;
        }

        return pattern.Parent is IIsPatternOperation test ? _evaluator.Of(test.Value, state).Where(value => value.Shape != TimeShape.Null) ?? TimeValues.Unknown : TimeValues.Unknown;
    }

    private void Judge(IOperation operation, State state)
    {
        // The graph's own operation is asked: its operands are captures where the source has branches in them.
        if (body.JudgementAt(operation.Syntax) is { } judgement && Judgement.Of(operation) is { } lowered)
        {
            judgement.LeftValues = _evaluator.Of(lowered.Left, state);
            judgement.RightValues = _evaluator.Of(lowered.Right, state);
        }
    }

    private void Sink(SyntaxNode syntax, int place, IOperation value, State state)
    {
        if (body.SinkAt(syntax, place) is { } sink)
        {
            TimeValues values = _evaluator.Of(value, state);
            if (sink.Behind is not null)
            {
                // What the wrapper makes of it, and the conversion to a DateTimeOffset that it has in front of such a client.
                bool isConverted = sink.Library.Kinds == KindPolicy.TakesOffset && value.Type is { SpecialType: SpecialType.System_DateTime };
                values = values.Select(given => TimeArithmetic.Passed(given, sink.Passage, value) is var passed && isConverted ? TimeFacts.ToOffset(passed) : passed);
            }

            sink.Values = values;
        }
    }

    private void Assign(IOperation target, TimeValues values, State state)
    {
        // Of x = flag ? a : b the graph captures the target first.
        if (target is IFlowCaptureReferenceOperation capture && _captures.TryGetValue(capture.Id, out IOperation? captured))
        {
            target = captured;
        }

        if (Variable.Of(target) is { } variable)
        {
            Assign(variable, values, state);
        }
        else if (DefUse.SymbolOf(target) is { } member)
        {
            state.Close(call => call.DependsOn(member));
        }
    }

    private void Assign(Variable variable, TimeValues values, State state)
    {
        if (variable.Symbol is { } captured && body.Assignments.IsShared(captured))
        {
            values = values.Select(static value => value.Shape is TimeShape.Duration or TimeShape.Count ? value with { Constant = null } : value);
        }

        state[variable] = values;
        if (variable.Symbol is { } symbol)
        {
            _settled[variable] = values;
            state.Close(call => call.DependsOn(symbol));
        }
    }

    /// <summary>
    /// A call runs: it pairs with the calls on its key behind it, ends what it makes void, and stands open itself. The calls of one
    /// nested function are paired where that one is followed.
    /// </summary>
    private void Reach(CacheCall call, State state, SyntaxNode? function = null)
    {
        if (call.Has(Effect.Opaque))
        {
            state.Close(first => call.Touched is not { } keys || call.Database is null || (call.Database.Equals(first.Database) && first.Key is { } key && keys.Contains(key)));
            return;
        }

        if (call.Key is null)
        {
            return;
        }

        // What a transaction holds stays together; what runs on the database behind it does not belong to it. Nor is a transaction
        // that only expires one with the store before it; behind a read it may be one that runs under a condition.
        bool isPlain = call.Receiver is ReceiverKind.Database or ReceiverKind.Batch;
        bool isAlone = call.Receiver == ReceiverKind.Transaction && call.Has(Effect.SetExpiry) &&
            !state.Open.Keys.Any(first => first.Receiver == ReceiverKind.Transaction && AreOfOneKey(first, call));
        if (isPlain || isAlone)
        {
            foreach (KeyValuePair<CacheCall, SyntaxNode?> open in state.Open)
            {
                if (AreOfOneKey(open.Key, call) && (isPlain || open.Key.LeavesNoTtl) && function?.Span.Contains(open.Key.Syntax.Span) != true)
                {
                    _pairs.Add(new(open.Key, call, open.Value?.Span.Contains(call.Syntax.Span) == true));
                }
            }
        }

        if (call.Has(Effect.Change | Effect.SetExpiry | Effect.Persist))
        {
            state.Close(first => AreOfOneKey(first, call) && Ends(call, first));
        }

        if (isPlain || (call.Receiver == ReceiverKind.Transaction && !call.Has(Effect.SetExpiry)))
        {
            state.Add(call);
        }
    }

    /// <summary>Whether both calls certainly are about the same key of the same database, also where one of them is queued on it.</summary>
    private bool AreOfOneKey(CacheCall first, CacheCall second) =>
        first.SharesKeyWith(second) ||
        (first.Receiver != second.Receiver && first.Key?.Equals(second.Key) == true && body.DatabaseOf(first) is { } database && database.Equals(body.DatabaseOf(second)));

    /// <summary>Whether a call makes void what another did before it to the same key: the TTL is another, or what was read no longer stands.</summary>
    private static bool Ends(CacheCall call, CacheCall first) =>
        call.Has(Effect.SetExpiry | Effect.Persist | Effect.Delete) || (call.Has(Effect.Overwrite) && call.MayBringExpiry) || (first.Has(Effect.Read) && !first.Has(Effect.Store));

    private State? Refined(State state, IOperation? condition, bool isTrue)
    {
        State refined = state.Clone();
        return condition is null || Refine(refined, condition, isTrue) ? refined : null;
    }

    /// <summary>Takes a test of <c>x.Kind</c>, or for null, into account; answers false where the branch cannot be taken.</summary>
    private bool Refine(State state, IOperation condition, bool isTrue)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Refine(state, not.Operand, !isTrue);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary:
                bool isEqual = isTrue == (binary.OperatorKind == BinaryOperatorKind.Equals);
                return RefineLength(state, binary, isTrue) && RefineKind(state, binary.LeftOperand, binary.RightOperand, isEqual) && RefineKind(state, binary.RightOperand, binary.LeftOperand, isEqual);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual } comparison:
                return RefineLength(state, comparison, isTrue);
            case IIsNullOperation test when isTrue:
                return MayBeNull(state, test.Operand);
            case IIsNullOperation test:
                return WithoutNull(state, test.Operand);
            case IPropertyReferenceOperation { Property.Name: "HasValue", Instance: { } nullable }:
                return !isTrue || WithoutNull(state, nullable);
            case IIsPatternOperation { Pattern: IConstantPatternOperation constant } test:
                return RefineKind(state, test.Value, constant.Value, isTrue);
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation constant } } test:
                return RefineKind(state, test.Value, constant.Value, !isTrue);
            default:
                return true;
        }
    }

    /// <summary>Takes a comparison of durations or numbers into account: constants that fail it do not come this way.</summary>
    private bool RefineLength(State state, IBinaryOperation comparison, bool isTrue)
    {
        foreach (IOperation part in comparison.DescendantsAndSelf())
        {
            if (part is not (ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation) || Variable.Of(part) is not { } variable)
            {
                continue;
            }

            TimeValues? left = null;
            State one = state.Clone();
            TimeValues values = _evaluator.Of(part, state);
            foreach (TimeValue value in values.Alternatives)
            {
                if (value.Shape is TimeShape.Instant or TimeShape.Null)
                {
                    left = left is null ? value : left.Join(value);
                    continue;
                }

                one[variable] = value;
                if (Holds(comparison, one) is not { } holds || holds == isTrue)
                {
                    TimeValue tested = value with { IsTested = true };
                    left = left is null ? tested : left.Join(tested);
                }
            }

            if (left is null)
            {
                return false;
            }

            if (!values.Equals(TimeValues.Unknown) || values.Any(static value => value.Parameter is not null))
            {
                state[variable] = left;
            }
        }

        return Holds(comparison, state) is not { } known || known == isTrue;
    }

    /// <summary>The outcome of a comparison of constants; null where it is not known.</summary>
    private bool? Holds(IBinaryOperation comparison, State state)
    {
        if (Constant(_evaluator.Of(comparison.LeftOperand, state)) is not { } left || Constant(_evaluator.Of(comparison.RightOperand, state)) is not { } right)
        {
            return null;
        }

        return comparison.OperatorKind switch
        {
            BinaryOperatorKind.Equals => left.Equals(right),
            BinaryOperatorKind.NotEquals => !left.Equals(right),
            BinaryOperatorKind.LessThan => left < right,
            BinaryOperatorKind.LessThanOrEqual => left <= right,
            BinaryOperatorKind.GreaterThan => left > right,
            _ => left >= right,
        };

        static double? Constant(TimeValues values) => values.Alternatives is [{ Shape: TimeShape.Duration or TimeShape.Count, IsEpoch: false } only] ? only.Constant : null;
    }

    /// <summary>Whether null may arrive here. Of a variable that was given values since it was made, those tell.</summary>
    private bool MayBeNull(State state, IOperation tested)
    {
        if (tested is IFlowCaptureReferenceOperation capture && _captures.TryGetValue(capture.Id, out IOperation? captured))
        {
            tested = captured;
        }

        return tested is not ILocalReferenceOperation { Local: { } local } || body.Assignments.Writes(local) < 2 || body.Assignments.IsShared(local) ||
            state[new(local, default)] is not { } values || values.Any(static value => value.Shape == TimeShape.Null);
    }

    private bool WithoutNull(State state, IOperation tested)
    {
        if (Variable.Of(tested) is not { } variable || state[variable] is not { } values)
        {
            return true;
        }

        TimeValues? left = values.Where(value => value.Shape != TimeShape.Null);
        state[variable] = left ?? values;
        return left is not null;
    }

    private bool RefineKind(State state, IOperation tested, IOperation constant, bool isEqual)
    {
        if (tested is IFlowCaptureReferenceOperation capture && _captures.TryGetValue(capture.Id, out IOperation? captured))
        {
            tested = captured;
        }

        if (tested is not IPropertyReferenceOperation { Property: { Name: "Kind", ContainingType.SpecialType: SpecialType.System_DateTime }, Instance: { } instance } ||
            ValueOf(instance) is not { } variable ||
            constant.ConstantValue is not { HasValue: true, Value: int kind })
        {
            return true;
        }

        TimeKind mask = (DateTimeKind)kind switch { DateTimeKind.Utc => TimeKind.Utc, DateTimeKind.Local => TimeKind.Local, _ => TimeKind.Unspecified };
        TimeValues values = _evaluator.Of(instance, state);
        TimeValues? left = values.Where(value => isEqual ? (value.Kind & (mask | TimeKind.Unknown)) != 0 : (value.Kind & ~mask) != 0);
        if (left is null)
        {
            return false;
        }

        state[variable] = left.Select(value => isEqual
            ? value with { Shape = TimeShape.Instant, Kind = mask, Source = value.Source ?? instance, Parameter = null }
            : value with { Kind = value.Kind & ~mask, Parameter = null });
        return true;
    }

    /// <summary>The variable that holds the tested instant: <c>x</c> of <c>x</c> and of <c>x.Value</c>.</summary>
    private static Variable? ValueOf(IOperation instance) => instance is IPropertyReferenceOperation { Property.Name: "Value", Instance: { } nullable } && nullable.Type?.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        ? Variable.Of(nullable)
        : Variable.Of(instance);
}
