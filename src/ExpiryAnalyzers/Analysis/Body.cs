using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// One body of code: the calls and sinks in it as written, and what flows into them. Bound once, shared by all rules.
/// </summary>
internal sealed class Body : IVariableUses
{
    /// <summary>How many variables, each the value of the next, are followed outside the flow analysis.</summary>
    private const int MaxChain = 8;

    private readonly Knowledge _knowledge;
    private readonly ILookup<SyntaxNode, Sink>? _apart;
    private SmallMap<IOperation, CacheCall> _callOf = new();
    private SmallMap<Function, bool> _isNotRun = new();
    private HashSet<Function>? _withCalls;
    private readonly int[] _callStarts;
    private SmallMap<ILocalSymbol, TimeValues> _localValues = new(SymbolEqualityComparer.Default);
    private ILookup<CacheCall, CallPair>? _byFirst;
    private ILookup<CacheCall, CallPair>? _bySecond;
    private Dictionary<SyntaxNode, List<int>>? _blocks;
    private GraphPaths? _paths;
    private SmallMap<(SyntaxNode Syntax, int Place), Sink> _sinks = new();

    /// <summary>What has sinks, each with one of them.</summary>
    private SmallMap<SyntaxNode, Sink> _sinkSyntax = new();
    private SmallMap<SyntaxNode, Judgement> _judgements = new();
    private HashSet<ISymbol>? _answered;
    private readonly List<CacheCall> _scripts = [];
    private Func<IOperation, IOperation>? _resolve;
    private Func<IOperation, IOperation>? _resolveCollection;
    private Func<IOperation, IOperation>? _resolveScript;
    private Func<IOperation, IOperation?>? _head;
    private Func<IMemberReferenceOperation, IOperation?>? _given;
    private ISymbol? _member;
    private readonly int _depth;
    private readonly CancellationToken _cancellationToken;
    private ControlFlowGraph? _graph;
    private IReadOnlyCollection<CacheCall>? _reached;
    private IOperation[]? _pairsMade;
    private Places? _places;
    private SmallMap<Type, object> _memories = new();

    /// <param name="knowledge">What holds for the compilation.</param>
    /// <param name="root">The body's operation.</param>
    /// <param name="depth">How many calls deep the user's own methods are looked into.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Body(Knowledge knowledge, IOperation root, int depth, CancellationToken cancellationToken)
    {
        _knowledge = knowledge;
        Root = root;
        Operations = knowledge.OperationsOf(root);
        knowledge.Work.AddBody();
        Functions = new(root, Operations);
        Assignments = new(Operations, Functions);
        Keys = new(Assignments, knowledge.KeyHelpers);
        List<CacheCall> calls = [];
        foreach (IOperation operation in Operations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Bind(operation, calls, depth);
        }

        Calls = InOrder(calls);
        _callStarts = [.. Calls.Select(static call => call.Syntax.SpanStart)];
        BindJudgements();
        Sinks = CollectSinks(out _apart);
        _depth = depth;
        _cancellationToken = cancellationToken;
        Order = new(Calls, DatabaseOf);
    }

    public IOperation Root { get; }

    /// <summary>The functions of the body.</summary>
    public Functions Functions { get; }

    /// <summary>The order of the calls, as the flow follows it.</summary>
    public CallOrder Order { get; }

    /// <summary>Every operation of the body, in source order.</summary>
    public IOperation[] Operations { get; }

    public DefUse Assignments { get; }

    public Places Places => _places ??= new(Root);

    public KeyReader Keys { get; }


    /// <summary>The calls that reach a client, in source order.</summary>
    public ImmutableArray<CacheCall> Calls { get; }

    /// <summary>The scripts and raw commands that run in helpers, where the keys that they can touch are known.</summary>
    public IReadOnlyList<CacheCall> Scripts => _scripts;

    public ImmutableArray<Sink> Sinks { get; }

    /// <summary>What holds for the compilation.</summary>
    public Knowledge Knowledge => _knowledge;

    /// <summary>What rules of one area derive from the body, made when it is first asked for.</summary>
    public T Remember<T>(Func<Body, T> make)
        where T : class
    {
        if (!_memories.TryGetValue(typeof(T), out object? made))
        {
            _memories[typeof(T)] = made = make(this);
        }

        return (T)made;
    }

    /// <summary>The calls on the same key and database that ran before a call on some path.</summary>
    public IEnumerable<CacheCall> CallsBefore(CacheCall call) =>
        _bySecond?[call].Where(static pair => !pair.IsNextRound).Select(static pair => pair.First) ?? [];

    /// <summary>The calls on the same key and database that run after a call on some path.</summary>
    /// <param name="call">The call.</param>
    /// <param name="isLater">Whether what runs in a later round of a loop around both counts too.</param>
    public IEnumerable<CacheCall> CallsAfter(CacheCall call, bool isLater) =>
        _byFirst?[call].Where(pair => isLater || !pair.IsNextRound).Select(static pair => pair.Second) ?? [];

    /// <summary>Whether commands are queued on a transaction or batch here, or one is executed.</summary>
    public bool UsesQueues { get; private set; }

    public bool IsEmpty => Calls.IsEmpty && _sinks.Count == 0 && !UsesQueues && _judgements.Count == 0;

    /// <summary>The comparisons and differences of a body that asks a server when a key dies.</summary>
    public IReadOnlyList<Judgement> Judgements { get; private set; } = [];

    public Judgement? JudgementAt(SyntaxNode syntax) => _judgements.TryGetValue(syntax, out Judgement? judgement) ? judgement : null;

    /// <summary>The body's graph; null where the body is only bound.</summary>
    public ControlFlowGraph? Graph => _graph;

    /// <summary>How many calls deep the body may ask.</summary>
    public int Depth => _depth;

    /// <summary>The calls that one piece of source makes, those of helpers included.</summary>
    public ImmutableArray<CacheCall> CallsAt(SyntaxNode syntax)
    {
        int first = FirstFrom(syntax.SpanStart);
        while (first < Calls.Length && _callStarts[first] == syntax.SpanStart && Calls[first].Syntax != syntax)
        {
            first++;
        }

        int end = first;
        while (end < Calls.Length && Calls[end].Syntax == syntax)
        {
            end++;
        }

        return ImmutableArray.Create(Calls, first, end - first);
    }

    /// <summary>The first call that begins at a position or behind it.</summary>
    private int FirstFrom(int position) => Sorted.FirstFrom(_callStarts, position);

    /// <summary>By where they begin; those that begin at one place as they were found, the calls of one piece of source together.</summary>
    private static ImmutableArray<CacheCall> InOrder(List<CacheCall> calls)
    {
        bool areInOrder = true;
        for (int i = 1; i < calls.Count && areInOrder; i++)
        {
            areInOrder = calls[i].Syntax.SpanStart >= calls[i - 1].Syntax.SpanStart;
        }

        ImmutableArray<CacheCall> ordered = areInOrder ? calls.ToImmutableArray()
            : calls.OrderBy(static call => call.Syntax.SpanStart).ToImmutableArray();
        for (int i = 0; i < ordered.Length; i++)
        {
            ordered[i].Number = i;
        }

        return ordered;
    }

    /// <summary>The sinks in the order in which they were found, and those whose values are not written in their call.</summary>
    private ImmutableArray<Sink> CollectSinks(out ILookup<SyntaxNode, Sink>? apart)
    {
        ImmutableArray<Sink>.Builder sinks = ImmutableArray.CreateBuilder<Sink>(_sinks.Count);
        List<(SyntaxNode Syntax, Sink Sink)>? found = null;
        foreach (KeyValuePair<(SyntaxNode Syntax, int Place), Sink> entry in _sinks)
        {
            sinks.Add(entry.Value);
            _sinkSyntax[entry.Key.Syntax] = entry.Value;
            if (entry.Value.IsApart)
            {
                (found ??= []).Add((entry.Key.Syntax, entry.Value));
            }
        }

        apart = found?.ToLookup(static entry => entry.Syntax, static entry => entry.Sink);
        return sinks.MoveToImmutable();
    }

    /// <summary>The calls inside a nested function, in source order.</summary>
    public IEnumerable<CacheCall> CallsWithin(SyntaxNode syntax)
    {
        for (int i = FirstFrom(syntax.SpanStart); i < _callStarts.Length && _callStarts[i] < syntax.Span.End; i++)
        {
            if (syntax.Span.Contains(Calls[i].Syntax.Span))
            {
                yield return Calls[i];
            }
        }
    }

    /// <summary>Whether a nested function reaches a client, by itself or through local functions that it calls.</summary>
    public bool HasCalls(Function function) => (_withCalls ??= WithCalls()).Contains(function);

    /// <summary>The functions that hold a call, and all that call or hold those: found once, from the calls upwards.</summary>
    private HashSet<Function> WithCalls()
    {
        ILookup<Function, Function> callers = Functions.All
            .SelectMany(static caller => caller.Callees, static (caller, callee) => (Caller: caller, Callee: callee))
            .ToLookup(static edge => edge.Callee, static edge => edge.Caller);
        HashSet<Function> found = [];
        Stack<Function> open = new(Functions.All.Where(function => CallsWithin(function.Root.Syntax).Any()));
        while (open.Count > 0)
        {
            Function function = open.Pop();
            if (found.Add(function))
            {
                foreach (Function caller in callers[function])
                {
                    open.Push(caller);
                }
            }
        }

        return found;
    }

    /// <summary>Whether something is written in this body, and not in a helper.</summary>
    public bool Holds(SyntaxNode syntax) => syntax.SyntaxTree == Root.Syntax.SyntaxTree && Root.Syntax.Span.Contains(syntax.Span);

    /// <summary>Whether a call, creation, conversion or assignment has sinks.</summary>
    public bool HasSinks(SyntaxNode syntax) => _sinkSyntax.ContainsKey(syntax);

    /// <summary>The sink at an argument of a call.</summary>
    public Sink? SinkAt(SyntaxNode syntax, int place) => _sinks.TryGetValue((syntax, place), out Sink? sink) ? sink : null;

    /// <summary>The sinks of a call whose values are not written in it.</summary>
    public IEnumerable<Sink> SinksApartFrom(SyntaxNode syntax) => _apart?[syntax] ?? [];

    /// <summary>The options objects whose times are set here.</summary>
    public OptionsObjects Options => Remember(static body => new OptionsObjects(body, body.Knowledge));

    /// <summary>What the answers of the body's calls decide about.</summary>
    public Decisions Decisions => Remember(static body => new Decisions(body, body.Knowledge.Catalog));

    /// <summary>The body's calls by their key.</summary>
    public CallsByKey ByKey => Remember(static body => new CallsByKey(body.Calls));

    /// <summary>Follows what flows to the sinks, and which calls follow which; answers the values that the body returns, if any.</summary>
    public TimeValues? Follow(ControlFlowGraph graph, ResultPart? part = null)
    {
        TimeValues? returned = FollowAlone(graph, part);
        if (!Sinks.IsEmpty)
        {
            Options.Pair();
        }

        return returned;
    }

    /// <summary>The same, and no helper is asked what the options objects have that it makes.</summary>
    public TimeValues? FollowAlone(ControlFlowGraph graph, ResultPart? part = null)
    {
        _graph = graph;
        BodyFindings findings = BodyFlow.Run(_knowledge, this, graph, _depth, part, _cancellationToken);
        if (findings.Pairs.Count > 0)
        {
            _byFirst = findings.Pairs.ToLookup(static pair => pair.First);
            _bySecond = findings.Pairs.ToLookup(static pair => pair.Second);
        }

        if (!findings.IsComplete)
        {
            GiveUp();
        }
        else if (Flags.Known != 0)
        {
            _reached = findings.Reached;
        }

        return findings.Returned;
    }

    /// <summary>The flow did not come to its end: nothing is known of any value.</summary>
    private void GiveUp()
    {
        foreach (Sink sink in Sinks)
        {
            sink.Values = TimeValues.Unknown;
        }

        foreach (Judgement judgement in Judgements)
        {
            judgement.LeftValues = judgement.RightValues = TimeValues.Unknown;
        }
    }

    /// <summary>The database that a call goes to, also by way of a transaction or batch that is made here.</summary>
    public Key? DatabaseOf(CacheCall call)
    {
        IOperation? receiver = call.Behind is null ? call.Operation.Instance : null;
        return receiver is not null && call.Receiver is ReceiverKind.Transaction or ReceiverKind.Batch &&
            Resolved(receiver!) is IInvocationOperation { Instance: { } database } creation &&
            _knowledge.Catalog.Queues.IsCreation(creation)
            ? Keys.Of(database)
            : call.Database;
    }

    /// <summary>Whether the second of two operations of one function may run behind the first; unknown counts as yes.</summary>
    public bool MayFollow(IOperation first, IOperation second)
    {
        if (_graph is not { } graph || !ReferenceEquals(FunctionOf(first), Root) || !ReferenceEquals(FunctionOf(second), Root))
        {
            return true;
        }

        _blocks ??= BlocksOf(graph);
        if (!_blocks.TryGetValue(first.Syntax, out List<int>? from) || !_blocks.TryGetValue(second.Syntax, out List<int>? to))
        {
            return true;
        }

        GraphPaths paths = _paths ??= new(graph);
        return from.Exists(block => to.Exists(next => block == next || paths.Leads(block, next)));
    }

    /// <summary>The blocks in which each piece of source runs.</summary>
    private static Dictionary<SyntaxNode, List<int>> BlocksOf(ControlFlowGraph graph)
    {
        Dictionary<SyntaxNode, List<int>> blocks = [];
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation part in (block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
                .SelectMany(static operation => operation.DescendantsAndSelf()))
            {
                List<int> known = blocks.TryGetValue(part.Syntax, out List<int>? found) ? found : blocks[part.Syntax] = [];
                if (known.Count == 0 || known[known.Count - 1] != block.Ordinal)
                {
                    known.Add(block.Ordinal);
                }
            }
        }

        return blocks;
    }

    /// <summary>Whether an expiry is only set where the TTL just asked for is low, which no single command can express.</summary>
    /// <param name="expire">The call that sets the expiry.</param>
    /// <param name="since">The call behind which the TTL must have been asked for; null where any time will do.</param>
    public bool IsThrottled(CacheCall expire, CacheCall? since = null) => CallsBefore(expire).Any(ask =>
        ask.Has(Effect.AskExpiry) && (since is null || ask.Syntax.SpanStart > since.Syntax.SpanStart) &&
        Decisions.Decides(ask.Operation, expire.Operation, byExpiry: ask.Has(Effect.Read)));

    /// <summary>
    /// The symbol that the driver gives the body, where it is known. To ask the model for it costs as much as its type has parts.
    /// </summary>
    public ISymbol? Owner { get; init; }

    /// <summary>What is known of the flags that the body is handed.</summary>
    public KnownFlags Flags { get; init; }

    /// <summary>The lengths that the body is handed, where they are known and it compares them with others.</summary>
    public KnownLengths Lengths { get; init; }

    /// <summary>Whether the flags leave a way open to a call of the body itself.</summary>
    public bool MayReach(CacheCall call) =>
        _reached is null || _reached.Contains(call) || !ReferenceEquals(FunctionOf(call.Operation), Root);

    /// <summary>Whether the flags rule out that a condition has an outcome.</summary>
    public bool IsRuledOut(IOperation condition, bool outcome) => Flags.Known != 0 &&
        condition.WithoutConversions() is IParameterReferenceOperation { Parameter: { } flag } &&
        SymbolEqualityComparer.Default.Equals(flag.ContainingSymbol, Owner) && Flags.Of(flag) == !outcome && Assignments.Writes(flag) == 0;

    /// <summary>The member whose code the body is.</summary>
    public ISymbol? Member => _member ??= Root.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() switch
    {
        null => null,
        not BaseTypeDeclarationSyntax when Owner is { } owner => (owner as IMethodSymbol)?.AssociatedSymbol ?? owner,
        { } declaration => Root.SemanticModel?.GetDeclaredSymbol(declaration, _cancellationToken),
    };

    /// <summary>
    /// Whether the body is a test or a benchmark, which stores for its own sake. Of an abstract class of tests the heirs bear the
    /// attributes, often in another project; there the assertions tell.
    /// </summary>
    public bool IsTest => IsMarkedAsTest() || Operations.Any(IsAssertion);

    private bool IsMarkedAsTest()
    {
        for (ISymbol? symbol = Member; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            foreach (AttributeData attribute in symbol.GetAttributes())
            {
                if (IsOfTests(attribute.AttributeClass))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether an operation calls a test framework's assertion; one that does not resolve is judged by its type's name.</summary>
    private static bool IsAssertion(IOperation operation) => operation switch
    {
        IInvocationOperation call => KnownNamespace.Assertions.Holds(call.TargetMethod.ContainingType),
        IInvalidOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } } =>
            access.Expression is SimpleNameSyntax type && NameHints.Assertions.Fits(type.Identifier.ValueText),
        _ => false,
    };

    /// <summary>Whether an attribute marks a test; one that does not resolve is judged by its name.</summary>
    private bool IsOfTests(INamedTypeSymbol? attribute) =>
        _knowledge.Types.IsTestAttribute(attribute) ||
        (attribute is { TypeKind: TypeKind.Error } && NameHints.TestAttributes.Fits(attribute.Name));

    /// <summary>The keys that a call is about, as written: one, or those of the pairs that it is handed or that the body makes.</summary>
    public IEnumerable<IOperation> KeysOf(CacheCall call)
    {
        if (call.ValueOf(Role.Pairs) is not { } pairs)
        {
            return call.KeyExpression is { } key ? [key] : [];
        }

        IOperation[] made = [.. Resolved(pairs).DescendantsAndSelf().Where(IsPair)];
        return (made.Length > 0 ? made : _pairsMade ??= [.. Operations.Where(IsPair)])
            .Select(static pair => ((IObjectCreationOperation)pair).Arguments[0].Value);
    }

    /// <summary>Whether an operation makes a pair of a key and something else.</summary>
    private bool IsPair(IOperation operation) =>
        operation is IObjectCreationOperation { Arguments.Length: 2, Type: INamedTypeSymbol { TypeArguments: [{ } first, _] } type } &&
        _knowledge.Types.Is(type, KnownType.KeyValuePair) && _knowledge.Catalog.IsKey(first);

    /// <summary>Whether the value of a lock's key, that is its holder, is read after a call.</summary>
    public bool IsHolderAskedFor(CacheCall call) =>
        Calls.Any(
            ask => ask.Has(Effect.Read) && ask.Data == DataType.String && ask.Syntax.SpanStart > call.Syntax.SpanStart &&
                ask.SharesKeyWith(call));

    /// <summary>The returns of the body itself, not those of the functions in it; what an iterator yields among them.</summary>
    public IEnumerable<IReturnOperation> Returns =>
        Operations.OfType<IReturnOperation>().Where(returned => ReferenceEquals(FunctionOf(returned), Root));

    /// <summary>The nearest lambda, local function or body around an operation.</summary>
    public IOperation FunctionOf(IOperation operation) => Functions.Of(operation).Root;

    /// <summary>
    /// The values of an expression wherever it stands in the body, as far as variables that are written once tell.
    /// </summary>
    public TimeValues ValuesOf(IOperation expression) => ValuesOf(expression, MaxChain);

    /// <summary><see cref="Resolved"/> for those that are handed it.</summary>
    public Func<IOperation, IOperation> Resolver => _resolve ??= Resolved;

    /// <summary><see cref="GivenTo"/> for those that are handed it.</summary>
    public Func<IMemberReferenceOperation, IOperation?> Giver => _given ??= GivenTo;

    private Func<IOperation, IOperation> CollectionResolver => _resolveCollection ??= ResolvedCollection;

    /// <summary>The expression behind variables that are written once, readonly fields and get-only properties.</summary>
    public IOperation Resolved(IOperation expression)
    {
        for (int i = 0; i < MaxChain; i++)
        {
            IOperation? next = expression switch
            {
                IConversionOperation conversion => conversion.Operand,
                IParenthesizedOperation parenthesized => parenthesized.Operand,
                ILocalReferenceOperation local => Assignments.OnlyValue(local.Local),
                IFieldReferenceOperation field => _knowledge.Summaries.InitializerOf(field.Field),
                IPropertyReferenceOperation property =>
                    _knowledge.Summaries.GetterOf(property.Property) ?? _knowledge.Summaries.InitializerOf(property.Property),
                _ => null,
            };
            if (next is null)
            {
                break;
            }

            expression = next;
        }

        return expression;
    }

    /// <summary>The expression that an object which is made in this body is given for a member; null where that is not certain.</summary>
    public IOperation? GivenTo(IMemberReferenceOperation reference) =>
        reference.Instance is { } holder && _knowledge.MayBeTime(reference.Type) && Resolved(holder) is IObjectCreationOperation made
            ? Remember(static body => new MadeObjects(body)).GivenTo(reference, made)
            : null;

    /// <summary>Like <see cref="Resolved"/>, of a script, which a private field may hold that is filled when it is first needed.</summary>
    private IOperation ResolvedScript(IOperation expression) =>
        Resolved(expression) is IFieldReferenceOperation { Field: { } field } && _knowledge.Summaries.OnlyValueOf(field) is { } loaded
            ? Resolved(loaded)
            : Resolved(expression);

    /// <summary>Like <see cref="Resolved"/>, of a collection that is only handed on, so that it is as it was made.</summary>
    public IOperation ResolvedCollection(IOperation expression)
    {
        IOperation bare = expression.WithoutConversions();
        return bare is not ILocalReferenceOperation { Local: { } local } || Assignments.Reads(local).All(IsHandedOn)
            ? Resolved(bare)
            : bare;

        static bool IsHandedOn(IOperation read)
        {
            IOperation? parent = read.Parent;
            while (parent is IConversionOperation)
            {
                parent = parent.Parent;
            }

            return parent is IArgumentOperation;
        }
    }

    /// <summary>
    /// The first element of a list that is made with it, and to which more is only added; null where that is not certain.
    /// </summary>
    private IOperation? HeadOf(IOperation collection)
    {
        IOperation list = _knowledge.Types.ReceiverOf(collection.WithoutConversions(), KnownMember.CopyToArray) ?? collection;
        if (list.WithoutConversions() is not ILocalReferenceOperation { Local: { } local } || !Assignments.Reads(local).All(IsOnlyFilled))
        {
            return null;
        }

        return Assignments.OnlyValue(local)?.WithoutConversions() is IObjectCreationOperation { Arguments.IsEmpty: true } made &&
            made.Initializer?.Initializers.FirstOrDefault() is IInvocationOperation { Arguments: [{ Value: { } first }] }
            ? first : null;
    }

    /// <summary>Whether a list is read to add elements behind those that it has, or to make an array of them.</summary>
    private bool IsOnlyFilled(IOperation read) => read.Parent is IInvocationOperation call &&
        (_knowledge.Types.Is(call.TargetMethod, KnownMember.AppendElements) ||
            _knowledge.Types.Is(call.TargetMethod, KnownMember.CopyToArray));

    private TimeValues ValuesOf(IOperation expression, int depth)
    {
        VariableValues known = new();
        foreach (IOperation part in expression.DescendantsAndSelf())
        {
            if (part is IParameterReferenceOperation { Parameter: { } parameter } && Assignments.Writes(parameter) > 0)
            {
                known.Add(new(parameter, default), TimeValues.Unknown);
            }
            else if (depth > 0 && part is ILocalReferenceOperation { Local: { } local } && known[new(local, default)] is null &&
                Assignments.OnlyValue(local) is { } value)
            {
                known.Add(new(local, default), ValuesOf(local, value, depth - 1));
            }
        }

        return new TimeEvaluator(_knowledge, _depth, Resolver, Giver).Of(expression, known);
    }

    /// <summary>The values of a variable that is written once, found once. One that leads to itself may be anything.</summary>
    private TimeValues ValuesOf(ILocalSymbol local, IOperation value, int depth)
    {
        if (!_localValues.TryGetValue(local, out TimeValues? values))
        {
            _localValues[local] = TimeValues.Unknown;
            _localValues[local] = values = ValuesOf(value, depth);
        }

        return values;
    }

    /// <summary>Places of sinks that are no arguments.</summary>
    internal static class Place
    {
        public const int Assignment = -1;
        public const int Conversion = -2;
        public const int Creation = -3;

        /// <summary>More parameters than any method has.</summary>
        private const int Arguments = 1000;

        /// <summary>One element of an array that is an argument.</summary>
        public static int Element(IParameterSymbol parameter, int index) => ((index + 1) * Arguments) + parameter.Ordinal;
    }

    /// <summary>Whether the code only describes a call, in an expression tree, or is handed to an assertion that it fails.</summary>
    private bool IsNotRun(IOperation operation)
    {
        // A lambda is not part of itself here.
        Function function = Functions.Of(operation);
        function = ReferenceEquals(function.Root, operation) && function.Parent is { } around ? around : function;
        if (function.Parent is null)
        {
            return false;
        }

        List<Function> passed = [];
        bool isNotRun = false;
        for (Function? current = function; current is not null && !_isNotRun.TryGetValue(current, out isNotRun); current = current.Parent)
        {
            passed.Add(current);
            if (current.Root is IAnonymousFunctionOperation lambda &&
                (lambda.IsExpressionTree() || lambda.CallHandedTo() is { } call && IsAssertionOfFailure(call.TargetMethod)))
            {
                isNotRun = true;
                break;
            }
        }

        foreach (Function current in passed)
        {
            _isNotRun[current] = isNotRun;
        }

        return isNotRun;
    }

    private bool IsAssertionOfFailure(IMethodSymbol method) =>
        _knowledge.Types.Is(method, KnownMember.AssertionOfFailure) ||
        (NameHints.Assertions.Fits(method.ContainingType.Name) && NameHints.Failures.Fits(method.Name));

    private void BindJudgements()
    {
        if (!AsksForInstant())
        {
            return;
        }

        foreach (IOperation operation in Operations)
        {
            if (Judgement.Of(operation, _knowledge.Types) is { } judgement && !IsNotRun(operation))
            {
                _judgements[operation.Syntax] = judgement;
            }
        }

        List<Judgement> judgements = [];
        foreach (KeyValuePair<SyntaxNode, Judgement> entry in _judgements)
        {
            judgements.Add(entry.Value);
        }

        Judgements = judgements;
    }

    private bool AsksForInstant()
    {
        foreach (IOperation operation in Operations)
        {
            if (_knowledge.AsksForInstant(operation))
            {
                return true;
            }
        }

        return false;
    }

    private void Bind(IOperation operation, List<CacheCall> calls, int depth)
    {
        UsesQueues = UsesQueues ||
            (operation is IInvocationOperation used &&
                (_knowledge.Catalog.Queues.IsQueue(used.Type) || _knowledge.Catalog.Queues.IsQueue(used.Instance?.Type)));
        switch (operation)
        {
            case IInvocationOperation invocation when _knowledge.Catalog.Find(invocation) is { } method:
                if (!IsNotRun(invocation))
                {
                    BindOwn(invocation, method, calls);
                }

                break;
            case IInvocationOperation invocation when depth > 0 && _knowledge.Summaries.WrapperOf(invocation, depth) is { } wrapper:
                if (!IsNotRun(invocation))
                {
                    BindWrapper(invocation, wrapper, calls);
                }

                break;
            case IObjectCreationOperation { Constructor: { } constructor } creation
                when depth > 0 && _knowledge.Summaries.MakerOf(constructor, depth) is { } maker:
                if (!IsNotRun(creation))
                {
                    BindHandedOn(creation, creation.Arguments, constructor, maker);
                }

                break;
            case IObjectCreationOperation { Constructor: { } constructor } creation when _knowledge.Catalog.Find(constructor) is { } made:
                if (made.Roles.TryGetValue(Role.Expiry, out IParameterSymbol? expiry) &&
                    creation.Arguments.For(expiry) is { ArgumentKind: ArgumentKind.Explicit, Parameter: { } given } span)
                {
                    AddSink(span.Value, given.Type, made.Library, constructor, creation.Syntax, given.Ordinal, null, made.Row.Ttl);
                }

                break;
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { } property } target } assignment
                when _knowledge.Catalog.Find(property) is { } bound:
                AddSink(assignment.Value, target.Type, bound.Library, property, assignment.Syntax, Place.Assignment, null, bound.Row.Ttl);
                break;
            case IConversionOperation { OperatorMethod: { } conversion }
                when _knowledge.Catalog.FindExpiryType(conversion.ContainingType) is { } library && conversion.Parameters.Length == 1:
                AddSink(
                    ((IConversionOperation)operation).Operand,
                    conversion.Parameters[0].Type,
                    library,
                    conversion,
                    operation.Syntax,
                    Place.Conversion,
                    EnclosingCall(operation),
                    library.Ttl);
                break;
            case IObjectCreationOperation { Constructor: { } constructor, Arguments: [{ Parameter: { } first } value, ..] }
                when _knowledge.Catalog.FindExpiryType(constructor.ContainingType) is { } library:
                AddSink(
                    value.Value, first.Type, library, constructor, operation.Syntax, Place.Creation, EnclosingCall(operation), library.Ttl);
                break;
        }
    }

    /// <summary>Binds a client's own call: a raw command, a script, or a method that is one command.</summary>
    private void BindOwn(IInvocationOperation invocation, BoundMethod method, List<CacheCall> calls)
    {
        if (RawCall.Of(invocation, method, Resolver, CollectionResolver, _head ??= HeadOf) is { } raw)
        {
            BindRaw(invocation, method, raw, calls);
            return;
        }

        if (ScriptCall.Of(invocation, method, _knowledge.Catalog, _resolveScript ??= ResolvedScript, CollectionResolver) is { } script)
        {
            BindScript(invocation, method, script, calls);
            return;
        }

        CacheCall call = new(invocation, method, KeyOf(invocation, method), DatabaseOf(invocation), ReceiverOf(invocation))
        {
            Member = MemberOf(invocation, method),
            ReceiverParameter = ReceiverParameterOf(invocation.Instance),
        };
        calls.Add(call);
        _callOf[call.Operation] = call;
        if (call.ExpiryArgument is { Parameter: { } parameter } argument)
        {
            AddSink(
                argument.Value,
                parameter.Type,
                method.Library,
                invocation.TargetMethod,
                invocation.Syntax,
                parameter.Ordinal,
                call,
                method.Row.Ttl,
                UnitOf(parameter, method));
        }
    }

    /// <summary>The call whose argument an <c>Expiration</c> is made for.</summary>
    private CacheCall? EnclosingCall(IOperation operation)
    {
        IOperation? current = operation.Parent;
        while (current is IConversionOperation or IParenthesizedOperation or IConditionalOperation)
        {
            current = current.Parent;
        }

        return current is IArgumentOperation { Parent: IInvocationOperation invocation }
            ? _callOf.TryGetValue(invocation, out CacheCall? call) ? call : null
            : null;
    }

    private void AddSink(
        IOperation value,
        ITypeSymbol? type,
        ApiLibrary library,
        ISymbol member,
        SyntaxNode syntax,
        int place,
        CacheCall? call,
        TtlFacts? ttl,
        TimeUnit unit = TimeUnit.Unknown)
    {
        bool isAbsolute = _knowledge.IsInstant(type);
        if ((isAbsolute || unit != TimeUnit.Unknown || _knowledge.IsDuration(type)) && !IsNotRun(value))
        {
            string name = member is IMethodSymbol { MethodKind: MethodKind.Conversion or MethodKind.Constructor }
                ? call?.Name ?? member.ContainingType.Name
                : member.Name;
            _sinks[(syntax, place)] = new(value, library, name, isAbsolute, call, member)
            {
                Unit = unit,
                Ttl = call?.Method.Row.Ttl ?? ttl,
                TakesOffset = _knowledge.Facts.IsDateTimeOffset(WellKnownTypes.Bare(type)),
            };
        }
    }

    /// <summary>The unit of a parameter that takes a number.</summary>
    private static TimeUnit UnitOf(IParameterSymbol parameter, BoundMethod method) =>
        method.Roles.TryGetValue(Role.ExpirySeconds, out IParameterSymbol? seconds) && seconds.Ordinal == parameter.Ordinal
            ? TimeUnit.Seconds
        : method.Roles.TryGetValue(Role.ExpiryMilliseconds, out IParameterSymbol? milliseconds) &&
            milliseconds.Ordinal == parameter.Ordinal ? TimeUnit.Milliseconds
        : TimeUnit.Unknown;

    private void BindRaw(IInvocationOperation invocation, BoundMethod method, RawCall raw, List<CacheCall> calls)
    {
        CacheCall call = new(invocation, method, raw, Keys.Of(raw.Arguments[0]), DatabaseOf(invocation), ReceiverOf(invocation));
        calls.Add(call);
        _callOf[call.Operation] = call;
        if (raw.Time is { } time)
        {
            Sink sink = new(time, method.Library, raw.Command.Name, raw.IsAbsolute, call, invocation.TargetMethod)
            {
                Unit = raw.Unit,
                Ttl = raw.Command.Ttl,
                IsApart = raw.IsApart
            };
            _sinks[(invocation.Syntax, Place.Element(raw.List, raw.TimePosition!.Value))] = sink;
        }
    }

    private void BindScript(IInvocationOperation invocation, BoundMethod method, ScriptCall script, List<CacheCall> calls)
    {
        Key[]? keys = script.Keys?.Select(Keys.Of).OfType<Key>().ToArray();
        CacheCall call = new(invocation, method, null, DatabaseOf(invocation, method), ReceiverOf(invocation))
        {
            Touched = keys?.Length == script.Keys?.Count ? keys : null,
            Prolongs = script.Prolongs,
            Deletes = script.Deletes,
            DeletesAlways = script.DeletesAlways,
            Compared = script.Compared,
            LacksValue = script.LacksValue,
        };
        calls.Add(call);
        _callOf[call.Operation] = call;
        foreach (ScriptTime time in script.Times)
        {
            (SyntaxNode, int) place = (invocation.Syntax, Place.Element(time.List, time.Index));
            if (!_sinks.ContainsKey(place))
            {
                _sinks[place] = new(time.Value, method.Library, time.Command.Name, time.Time.IsAbsolute, call, invocation.TargetMethod)
                {
                    Unit = time.Time.Unit,
                    Ttl = time.Command.Ttl,
                    IsApart = time.IsApart,
                    IsTested = time.IsTested,
                };
            }
        }
    }

    private void BindWrapper(IInvocationOperation invocation, MethodSummary wrapper, List<CacheCall> calls)
    {
        int before = calls.Count;
        foreach (CacheCall inner in wrapper.Calls)
        {
            calls.Add(
                new(
                    invocation,
                    inner.Method,
                    AtCaller(inner.Key, invocation, wrapper),
                    AtCaller(inner.Database, invocation),
                    ReceiverAtCaller(inner, invocation),
                    inner)
            {
                Member = AtCaller(inner.Member, invocation, wrapper),
                Wrapper = wrapper.Method,
                IsOfForward = wrapper.IsForward,
                IsHandedBack = ReferenceEquals(wrapper.Answer, inner),
                IsUnseen = ReferenceEquals(wrapper.Answer, inner) && wrapper.IsAnswerUnseen,
                Held = wrapper.Locks.FirstOrDefault(held => ReferenceEquals(held.Take, inner))?.At(invocation),
                ReceiverParameter = inner.ReceiverParameter is null ? null : ReceiverParameterOf(ReceiverArgument(inner, invocation)),
            });
        }

        // A lock matters also where its key has no name outside.
        foreach (HeldLock held in wrapper.Locks.Where(held => !wrapper.Calls.Contains(held.Take)))
        {
            calls.Add(
                new(invocation, held.Take.Method, null, null, held.Take.Receiver, held.Take)
                {
                    Wrapper = wrapper.Method,
                    Held = held.At(invocation),
                });
        }

        foreach (CacheCall script in wrapper.Scripts)
        {
            Key[] keys = [.. script.Touched!.Select(key => AtCaller(key, invocation, wrapper)).OfType<Key>()];
            _scripts.Add(
                new(invocation, script.Method, null, AtCaller(script.Database, invocation), script.Receiver, script)
                {
                    Wrapper = wrapper.Method,
                    Touched = keys.Length == script.Touched!.Count ? keys : null,
                    Prolongs = script.Prolongs,
                    DeletesAlways = script.DeletesAlways,
                });
        }

        if (calls.Count > before)
        {
            _callOf[invocation] = calls[calls.Count - 1];
        }

        BindHandedOn(invocation, invocation.Arguments, invocation.TargetMethod, wrapper);
    }

    private void BindHandedOn(
        IOperation operation,
        ImmutableArray<IArgumentOperation> arguments,
        IMethodSymbol method,
        MethodSummary wrapper)
    {
        foreach (HandedOn handed in wrapper.Sinks)
        {
            if (arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == handed.Parameter) is { } argument)
            {
                Sink inner = handed.Sink;
                string name = method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name
                    : method.Name == inner.Innermost.Name ? method.ContainingType.Name + "." + method.Name
                    : method.Name;
                _sinks[(operation.Syntax, handed.Parameter)] = new(argument.Value, inner.Library, name, inner.IsAbsolute, null, method)
                {
                    Behind = inner,
                    TakesOffset = _knowledge.Facts.IsDateTimeOffset(WellKnownTypes.Bare(argument.Parameter!.Type)),
                    Unit = handed.Unit,
                    IsMixed = handed.IsStored || inner.IsMixed || inner.Values?.Alternatives.Length > 1,
                    Sliding = inner.Sliding,
                    IsTested = handed.IsTested || inner.IsTested,
                    IsShared = handed.IsShared,
                    IsOmitted = argument.ArgumentKind == ArgumentKind.DefaultValue,
                    Ttl = inner.Ttl,
                    Passage = handed.Passage,
                };
            }
        }
    }

    /// <summary>A key of a helper's body, in terms of the call of that helper.</summary>
    internal Key? AtCaller(Key? inner, IInvocationOperation invocation, MethodSummary? wrapper = null)
    {
        inner = wrapper is null ? inner : wrapper.AsHanded(inner, Keys.Table);

        // Locals and the parameters of lambdas have no name outside.
        if (inner is null || inner.Symbols.Any(static symbol =>
            symbol is ILocalSymbol or IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } }))
        {
            return null;
        }

        Dictionary<ISymbol, Key>? values = null;
        foreach (ISymbol symbol in inner.Symbols)
        {
            if (symbol is not IParameterSymbol parameter || KeyReader.IsOfPrimaryConstructor(parameter))
            {
                continue;
            }

            // An extension method's call counts its receiver as the first argument.
            if (invocation.Arguments.For(parameter) is not { } argument || Keys.Of(argument.Value) is not { } value)
            {
                return null;
            }

            (values ??= new(SymbolEqualityComparer.Default))[parameter] = value;
        }

        // What hangs on the helper's own instance is another object's where the helper is called on one.
        bool isOfOther = inner.HasThis && invocation.Instance is not (null or IInstanceReferenceOperation);
        Key? receiver = isOfOther ? Keys.Of(invocation.Instance) : null;
        return isOfOther && receiver is null
            ? null
            : Keys.Table.Substitute(inner, values, receiver) is { IsCertain: true } outer ? outer : null;
    }

    /// <summary>A key of a local function, in terms of a call of it; null where it does not hang on what the call hands over.</summary>
    internal Key? AtLocalCall(Key? inner, IInvocationOperation invocation, Function function)
    {
        Dictionary<ISymbol, Key> values = new(SymbolEqualityComparer.Default);
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter?.OriginalDefinition is { } parameter && inner?.Symbols.Contains(parameter) == true)
            {
                if (Assignments.Writes(parameter) > 0 || Keys.Of(argument.Value) is not { } value)
                {
                    return null;
                }

                values[parameter] = value;
            }
        }

        bool isOwn = inner?.Symbols.Any(symbol => !values.ContainsKey(symbol) && !function.IsOuter(symbol)) != false;
        return values.Count == 0 || isOwn ? null : Keys.Table.Substitute(inner!, values);
    }

    /// <summary>Whether a parameter that a method uses is one of its type's primary constructor, that is a field in all but name.</summary>
    public static bool IsOfPrimaryConstructor(IParameterSymbol parameter) => KeyReader.IsOfPrimaryConstructor(parameter);

    private Key? KeyOf(IInvocationOperation invocation, BoundMethod method)
    {
        if (!method.Roles.TryGetValue(Role.Key, out IParameterSymbol? key))
        {
            return Given(invocation, method, Role.Pairs) is { } pairs ? Keys.OfEachKey(pairs)
                : Given(invocation, method, Role.Keys) is { } keys ? KeyOfAll(keys)
                : null;
        }

        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter?.Ordinal == key.Ordinal)
            {
                return key.Type is IArrayTypeSymbol ? KeyOfAll(argument.Value) : Keys.Of(argument.Value);
            }
        }

        return null;
    }

    private static IOperation? Given(IInvocationOperation invocation, BoundMethod method, Role role) =>
        method.Roles.TryGetValue(role, out IParameterSymbol? parameter) ? invocation.Arguments.For(parameter)?.Value : null;

    /// <summary>The key that all of a list are: the one that it holds, or each of a collection.</summary>
    private Key? KeyOfAll(IOperation list) => ListedIn(list) is [{ } only] ? Keys.Of(only) : Keys.OfEach(list);

    /// <summary>The elements of a list that is written out, in place or where a variable holds it; null where it is not.</summary>
    public IReadOnlyList<IOperation>? ListedIn(IOperation list) => RawCall.ElementsOf(list) ??
        (ResolvedCollection(list) is var made ? RawCall.ElementsOf(made) ?? RawCall.CollectedIn(made) : null);

    /// <summary>The database behind a call; behind a static one its class stands for it.</summary>
    private Key? DatabaseOf(IInvocationOperation invocation, BoundMethod method) =>
        method.Roles.TryGetValue(Role.ScriptDatabase, out IParameterSymbol? database)
            ? Keys.Of(invocation.Arguments.For(database)?.Value)
            : DatabaseOf(invocation);

    private Key? DatabaseOf(IInvocationOperation invocation)
    {
        // The commands of one chain go to one database: client.StartPipe().HMSet(…).Expire(…)
        IInvocationOperation first = invocation;
        while (first.Instance?.WithoutConversions() is IInvocationOperation before && _knowledge.Catalog.IsChained(before.TargetMethod))
        {
            first = before;
        }

        return first.Instance is null && !first.TargetMethod.IsExtensionMethod
            ? Keys.Table.Type(first.TargetMethod.ContainingType)
            : Keys.Of(LayerOver(first.Instance ?? ExtendedBy(first)));
    }

    /// <summary>What an extension is called on of which the user tells.</summary>
    private IOperation? ExtendedBy(IInvocationOperation call) =>
        _knowledge.Catalog.IsTaught(call.TargetMethod) ? call.Arguments.For(call.TargetMethod.Parameters[0])?.Value : null;

    /// <summary>Of a client that a layer over it gives, the layer: both send their commands to one database.</summary>
    private IOperation? LayerOver(IOperation? receiver) =>
        receiver?.WithoutConversions() is IPropertyReferenceOperation { Instance: { } layer, Property: { } property } &&
        _knowledge.Catalog.IsUnderlying(property)
            ? layer
            : receiver;

    private ReceiverKind ReceiverOf(IInvocationOperation invocation) =>
        _knowledge.Catalog.IsTaught(invocation.TargetMethod) ? ReceiverKind.Database
        : invocation.Instance is { } receiver
            ? ReceiverOf(receiver)
            : _knowledge.Catalog.ReceiverOf(invocation.TargetMethod.ContainingType);

    /// <summary>The one element that a call puts into a set, or each of those that it puts there.</summary>
    private Key? MemberOf(IInvocationOperation invocation, BoundMethod method)
    {
        if (method.Row is not { Data: DataType.Set, Effect: Effect.Write })
        {
            return null;
        }

        return Given(invocation, method, Role.Value) is { } value ? Keys.Of(value)
            : Given(invocation, method, Role.Values) is { } values ? KeyOfAll(values)
            : null;
    }

    /// <summary>
    /// What a receiver is: by its type, else by what it was made as, else by how it answers. Variables may lead to each other in a circle.
    /// </summary>
    private ReceiverKind ReceiverOf(IOperation? receiver)
    {
        HashSet<ISymbol>? passed = null;
        List<IOperation>? seen = null;
        while (receiver is not null)
        {
            receiver = receiver.WithoutConversions();
            if (_knowledge.Catalog.ReceiverOf(receiver.Type) is var declared and not ReceiverKind.Unknown)
            {
                return declared;
            }

            // Only what is seen less exactly than it was made has more to tell.
            (seen ??= []).Add(receiver);
            passed ??= new(SymbolEqualityComparer.Default);
            receiver = receiver switch
            {
                IParenthesizedOperation parenthesized => parenthesized.Operand,
                ILocalReferenceOperation local when passed.Add(local.Local) => Assignments.OnlyValue(local.Local),
                IFieldReferenceOperation field when passed.Add(field.Field) => _knowledge.Summaries.InitializerOf(field.Field),
                _ => null,
            };
        }

        bool isAnswered = seen?.Exists(
            part => SymbolOf(part) is { } symbol && _knowledge.Catalog.Queues.MayBeQueue(part.Type) && IsAnswered(symbol)) == true;
        return isAnswered ? ReceiverKind.Database : ReceiverKind.Unknown;
    }

    /// <summary>
    /// Whether the answer of a command is waited for where the command is sent. On a queue nothing answers there, so that the receiver
    /// is none.
    /// </summary>
    private bool IsAnswered(ISymbol receiver)
    {
        if (_answered is null)
        {
            _answered = new(SymbolEqualityComparer.Default);
            foreach (IInvocationOperation call in Operations.OfType<IInvocationOperation>())
            {
                if (SymbolOf(call.Instance) is { } answered && _knowledge.Catalog.Queues.IsCommand(call.TargetMethod) &&
                    call.IsWaitedFor() &&
                    _knowledge.Catalog.Queues.HasAnswer(call, Resolver))
                {
                    _answered.Add(answered);
                }
            }
        }

        return _answered.Contains(receiver);
    }

    /// <summary>The variable or field that a receiver is, where it is written once at most.</summary>
    private ISymbol? SymbolOf(IOperation? receiver)
    {
        ISymbol? symbol = receiver?.WithoutConversions() switch
        {
            IParameterReferenceOperation parameter => parameter.Parameter,
            ILocalReferenceOperation local => local.Local,
            IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
            _ => null,
        };
        return symbol is not null && Assignments.Writes(symbol) <= (symbol is ILocalSymbol ? 1 : 0) ? symbol : null;
    }

    /// <summary>The parameter that a receiver is whose type leaves open what it is.</summary>
    private IParameterSymbol? ReceiverParameterOf(IOperation? receiver) =>
        receiver?.WithoutConversions() is IParameterReferenceOperation { Parameter: { } parameter } &&
        _knowledge.Catalog.Queues.MayBeQueue(parameter.Type) && SymbolOf(receiver) is not null &&
        !KeyReader.IsOfPrimaryConstructor(parameter) ? parameter : null;

    /// <summary>What a helper sends its commands to, where its caller hands that in.</summary>
    private static IOperation? ReceiverArgument(CacheCall inner, IInvocationOperation invocation) =>
        inner.ReceiverParameter is { } parameter ? invocation.Arguments.For(parameter)?.Value : null;

    private ReceiverKind ReceiverAtCaller(CacheCall inner, IInvocationOperation invocation) =>
        ReceiverArgument(inner, invocation) is { } receiver && ReceiverOf(receiver) is var kind and not ReceiverKind.Unknown
            ? kind
            : inner.Receiver;
}
