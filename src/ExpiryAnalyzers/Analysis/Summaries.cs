using System.Collections.Concurrent;
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
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// What the small members of the compilation's own source yield and do. Asked for on demand, one answer per member, kept for the
/// compilation. An answer is built on those of members of lower height alone (see <see cref="Heights"/>): others are unknown to it. Where
/// two threads look for the same answer at once, both work, and the first result stands for both. Thread-safe.
/// </summary>
internal sealed class Summaries : IMemberValues
{
    /// <summary>How many calls deep members are looked into.</summary>
    public const int MaxDepth = FlowLimits.MemberDepth;

    private readonly Knowledge _knowledge;
    private readonly CancellationToken _cancellationToken;
    private readonly Implementations _implementations;
    private readonly Outlines? _outlines;
    private readonly SourceGraphs _graphs;
    private readonly StoredValues _stored;
    private readonly ReachFinder _reaches;
    private readonly Heights _heights;
    private readonly MemberWrites _memberWrites;
    private readonly ConcurrentDictionary<IMethodSymbol, MemberAnswer?> _answers = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<(IMethodSymbol Method, KnownFlags Flags, KnownLengths Lengths), TimeValues?> _returned = new();
    private readonly ConcurrentDictionary<(IMethodSymbol Method, KnownFlags Flags), MethodSummary?> _flagged = new();
    private readonly ConcurrentDictionary<ISymbol, TimeValues?> _storedValues = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<(IMethodSymbol, ResultPart), TimeValues?> _parts = new();
    private readonly ConcurrentDictionary<IMethodSymbol, MethodSummary?> _makers = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, Dictionary<ISymbol, List<HandedOn>>> _keepers =
        new(SymbolEqualityComparer.Default);

    private readonly ConcurrentDictionary<ISymbol, TimeValues?> _kinds = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, TimeValues?> _givenValues = new(SymbolEqualityComparer.Default);
    private readonly Constructions _constructions;
    private readonly ConcurrentDictionary<IMethodSymbol, Sink?> _slidings = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, IOperation?> _returns = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, IReadOnlyList<IOperation>> _guards = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, MethodSummary?> _agreed = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _holders = new(SymbolEqualityComparer.Default);

    /// <param name="knowledge">What holds for the compilation.</param>
    /// <param name="depth">How many calls deep members are looked into; 0 for not at all.</param>
    /// <param name="outlines">What members of other assemblies do; null where nothing tells.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Summaries(Knowledge knowledge, int depth, Outlines? outlines, CancellationToken cancellationToken)
    {
        _outlines = depth == 0 ? null : outlines;
        Compilation compilation = knowledge.Catalog.Compilation;
        _knowledge = knowledge;
        _cancellationToken = cancellationToken;
        _graphs = new(compilation, cancellationToken);
        _implementations = new(knowledge.Catalog, _graphs, knowledge.Trees, _outlines, isOff: depth == 0, cancellationToken);
        _stored = new(compilation, _graphs, cancellationToken);
        _reaches = new(knowledge, _implementations, _graphs, cancellationToken);
        _heights = new(depth, AskedBy);
        _memberWrites = new(_implementations, _graphs, cancellationToken);
        _constructions = new(knowledge, _graphs, cancellationToken);
        Depth = depth;
    }

    /// <summary>How many calls deep a body of the driver's may ask: members of any height.</summary>
    public int Depth { get; }

    /// <summary>The values of a field that is written once: of a readonly one, or a private one, with one visible initialiser.</summary>
    public TimeValues? ValueOf(IFieldSymbol field, int depth) =>
        depth == 0 ? null
        : IsAskable(field) && IsInView(field.OriginalDefinition, depth) ? Stored(field.OriginalDefinition)
        : WellKnownTypes.Bare(field.Type) is { SpecialType: SpecialType.System_DateTime }
            ? _kinds.GetOrAdd(field.OriginalDefinition, key => KindsOf((IFieldSymbol)key))
        : null;

    /// <summary>
    /// The kinds of a private field's times, where all that the type gives it are of known ones. When they were read is not known.
    /// </summary>
    private TimeValues? KindsOf(IFieldSymbol field)
    {
        TimeEvaluator evaluator = new(_knowledge, depth: 0);
        TimeValues[] given = [.. (_stored.AllOf(field) ?? []).Select(value => evaluator.Of(value, VariableValues.None))];
        TimeKind kinds = given.SelectMany(static values => values.Alternatives)
            .Aggregate(TimeKind.None, static (all, next) => all | next.Kind);

        // Of one that is UTC at times, the order of the writes tells what it is, which is not in view.
        bool isMixed = kinds != TimeKind.Utc && (kinds & TimeKind.Utc) != 0;
        return !isMixed && given.Length > 0 && given.All(static values => values.All(static value =>
            value is { Shape: TimeShape.Instant, Kind: not TimeKind.None, Origin: not (Origin.Never or Origin.Minimum) } &&
            (value.Kind & TimeKind.Unknown) == 0))
                ? given.Aggregate(static (one, other) => one.Join(other))
                    .Select(static value => TimeValue.Instant(value.Kind, Origin.Unknown, value.Source) with { Reading = value.Reading })
                : null;
    }

    /// <summary>The values of a property: of its getter, or of the one initialiser of a get-only property.</summary>
    public TimeValues? ValueOf(IPropertySymbol property, int depth) =>
        depth == 0 ? null
        : OutlineOf(property) is var (outline, outlined) ? OfCall(outline.AnswerOf(outlined)?.Returned, call: null)
        : NodeOf(property) is { } member && IsInView(member, depth) ? OfNode(member)
        : null;

    private TimeValues? OfNode(ISymbol member) => member is IMethodSymbol getter ? AnswerOf(getter)?.Returned : Stored(member);

    /// <summary>The values that a call of a method of this compilation yields.</summary>
    public TimeValues? ValueOf(IInvocationOperation invocation, int depth, Func<IOperation, TimeValues> argumentValues) =>
        depth > 0 && _knowledge.MayBeTime(invocation.Type)
            ? OutlinedAtCall(invocation, argumentValues) ?? OwnAtCall(invocation, depth, argumentValues)
            : null;

    private TimeValues? OwnAtCall(IInvocationOperation invocation, int depth, Func<IOperation, TimeValues> argumentValues) =>
        _implementations.Of(invocation) is { } method && IsInView(method, depth)
            ? AtCall(invocation, method, ReturnedAt(invocation, method, argumentValues), argumentValues)
            : null;

    /// <summary>
    /// What a method returns, on the ways alone that the flags leave open which a call hands in, and the lengths that the method tests.
    /// </summary>
    private TimeValues? ReturnedAt(IInvocationOperation invocation, IMethodSymbol method, Func<IOperation, TimeValues> argumentValues)
    {
        TimeValues? returned = AnswerOf(method)?.Returned;
        if (returned is null || returned.Alternatives is [{ IsTested: false } or { Parameter: null }])
        {
            return returned;
        }

        KnownFlags flags = KnownFlags.Of(invocation, method);
        KnownLengths lengths = KnownLengths.Of(invocation, method, returned, argumentValues);
        if (flags.Known == 0 && lengths.First is null)
        {
            return returned;
        }

        (IMethodSymbol Method, KnownFlags Flags, KnownLengths Lengths) call = (method, flags, lengths);
        return _returned.TryGetValue(call, out TimeValues? some) ? some
            : _returned.GetOrAdd(
                call, BodyIn(method) is { } source ? Analyze(source, method, flags: flags, lengths: lengths).Returned : returned);
    }

    private TimeValues? OutlinedAtCall(IInvocationOperation invocation, Func<IOperation, TimeValues> argumentValues) =>
        OutlineOf(invocation) is var (outline, outlined)
            ? AtCall(invocation, outlined, OfCall(outline.ReturnedAt(invocation, outlined, argumentValues), invocation), argumentValues)
            : null;

    /// <summary>
    /// The values that a call of a method of this compilation yields as one element of a tuple, or through an <c>out</c> parameter.
    /// </summary>
    public TimeValues? ValueOf(IInvocationOperation invocation, ResultPart part, int depth, Func<IOperation, TimeValues> argumentValues)
    {
        if (depth == 0 || _implementations.Of(invocation) is not { } method ||
            !_knowledge.MayBeTime(part.TypeIn(method, _knowledge.Types)) || !IsInView(method, depth))
        {
            return null;
        }

        if (!_parts.TryGetValue((method, part), out TimeValues? values))
        {
            values = _parts.GetOrAdd((method, part), BodyIn(method) is { } source ? Analyze(source, method, part).Returned : null);
        }

        return AtCall(invocation, method, values, argumentValues);
    }

    /// <summary>Values that another assembly's member yields: where they come from is nowhere but in its call.</summary>
    private static TimeValues? OfCall(TimeValues? values, IOperation? call) => values?.Select(value => value with
    {
        Source = value.Source is null ? null : call,
        Question = value.Question is null ? null : call,
    });

    /// <summary>
    /// What a method yields, in terms of a call of it: a parameter that comes back is the argument, also as a time of so many units.
    /// </summary>
    private static TimeValues? AtCall(
        IInvocationOperation invocation, IMethodSymbol method, TimeValues? values, Func<IOperation, TimeValues> argumentValues)
    {
        TimeValues? result = null;
        foreach (TimeValue value in values?.Alternatives ?? ImmutableArray<TimeValue>.Empty)
        {
            TimeValues next = value;
            if (value is { Parameter: not null, Constant: not null })
            {
                // What was handed in, and passes the method's tests.
                next = value with { Parameter = null, ReadAs = TimeUnit.Unknown };
            }
            else if (value.Parameter is { } parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method))
            {
                TimeValues given = Given(invocation, parameter) is { } argument ? argumentValues(argument) : TimeValues.Unknown;
                given = value.IsTested ? given.Select(TimeArithmetic.Tested) : given;
                next = value.ReadAs != TimeUnit.Unknown
                    ? given.Select(number => TimeArithmetic.Read(number, value))
                    : given.Select(handed => TimeArithmetic.Passed(handed, value.Passage, invocation));
            }
            else if (value.Moved is { } moved && SymbolEqualityComparer.Default.Equals(moved.ContainingSymbol, method))
            {
                TimeValues given = Given(invocation, moved) is { } argument ? argumentValues(argument) : TimeValues.Unknown;
                next = given.Select(handed => TimeArithmetic.MovedFrom(value, handed));
            }

            result = result is null ? next : result.Join(next);
        }

        return result;
    }

    /// <summary>
    /// What a call gives a parameter. A default that the caller leaves to the method, and gets back, stands for no time at all.
    /// </summary>
    private static IOperation? Given(IInvocationOperation invocation, IParameterSymbol parameter) =>
        invocation.Arguments.For(parameter) is { } given &&
        !(given.ArgumentKind == ArgumentKind.DefaultValue && given.Value.WithoutConversions() is IDefaultValueOperation)
            ? given.Value
            : null;

    /// <summary>
    /// What does the same as a method of another assembly, with the summaries that know it. An interface's member of which the source has
    /// an implementation of its own has two.
    /// </summary>
    private (Summaries Summaries, IMethodSymbol Method)? OutlineOf(IInvocationOperation invocation) =>
        OutlineOf(invocation.TargetMethod) is { } outline &&
        (Implementations.RunsAsTold(invocation) || !_outlines!.IsWorkedOut(invocation.TargetMethod))
            ? outline
            : null;

    private (Summaries Summaries, IMethodSymbol Method)? OutlineOf(IMethodSymbol method) =>
        _outlines?.Of(method) is { } outlined && !_implementations.HasOwn(method)
            ? (_outlines.Knowledge.Summaries, outlined)
            : null;

    private (Summaries Summaries, IMethodSymbol Method)? OutlineOf(IPropertySymbol property) =>
        _outlines?.Of(property) is { } outlined && !_implementations.HasOwn(property) &&
        (Implementations.RunsAsTold(property) || !_outlines.IsWorkedOut(property))
            ? (_outlines.Knowledge.Summaries, outlined)
            : null;

    /// <summary>What the method that a call runs does with its parameters; null where it hands none to a client, or is not known.</summary>
    public MethodSummary? WrapperOf(IInvocationOperation invocation, int depth) =>
        invocation.TargetMethod.MethodKind == MethodKind.Constructor ? MakerOf(invocation.TargetMethod, depth)
        : depth > 0 && OutlineOf(invocation) is var (outline, outlined) ? outline.WrapperAt(invocation, outlined)
        : depth > 0 && _implementations.Of(invocation) is { } known && _reaches.Of(known) != Reach.None && IsInView(known, depth)
            ? WrapperAt(invocation, known)
        : depth >= Depth ? AgreedOf(invocation.TargetMethod.OriginalDefinition)
        : null;

    /// <summary>What a method does for a call of it, on the ways alone that the flags leave open which that hands in.</summary>
    private MethodSummary? WrapperAt(IInvocationOperation invocation, IMethodSymbol method) =>
        AnswerOf(method) is not { } answer ? null
        : KnownFlags.Of(invocation, method) is { Known: not 0 } flags ? WithFlags(method, flags, answer.Wrapper)
        : answer.Wrapper;

    private MethodSummary? WithFlags(IMethodSymbol method, KnownFlags flags, MethodSummary? whole) => BodyIn(method) is { } source
        ? _flagged.GetOrAdd(
            (method, flags), call => call.Flags.AreTestedIn(source.Root) ? Answer(method, source, flags).Wrapper : whole)
        : whole;

    /// <summary>
    /// The times that all implementations of a member hand on alike: as good as one. Only judged bodies ask, and no summary does, so that
    /// heights are no matter.
    /// </summary>
    private MethodSummary? AgreedOf(IMethodSymbol member) => _agreed.GetOrAdd(member, this, static (key, own) => own.Agreed(key));

    private MethodSummary? Agreed(IMethodSymbol member)
    {
        IReadOnlyList<IMethodSymbol> all = _implementations.AllOf(member);
        if (all.Count < 2 || all.Any(one => _reaches.Of(one) == Reach.None || AnswerOf(one)?.Wrapper is null))
        {
            return null;
        }

        MethodSummary[] wrappers = [.. all.Select(one => AnswerOf(one)!.Wrapper!)];
        return wrappers.Select(one => AgreedBy(one, wrappers)).FirstOrDefault(static one => one.Sinks.Count > 0);
    }

    /// <summary>The times that one of several implementations hands on as the others do.</summary>
    private static MethodSummary AgreedBy(MethodSummary one, MethodSummary[] all) => new(
        one.Method, [.. one.Sinks.Where(handed => Array.TrueForAll(all, other => other.Sinks.Any(handed.StandsFor)))], [], [], []);

    /// <summary>
    /// The cache in the process which tells of all implementations of a member what they make of its times; null where there is none.
    /// </summary>
    public IMethodSymbol? StandInOf(IMethodSymbol member) =>
        AgreedOf(member) is { } agreed && agreed.Sinks.All(static handed => handed.IsOfProcess) ? agreed.Method : null;

    /// <summary>What a method that runs with no call in the code does with the keys of its object; null where that is not known.</summary>
    public MethodSummary? WrapperOf(IMethodSymbol method, int depth) =>
        depth > 0 && _implementations.Of(method) is { } known && _reaches.Of(known) != Reach.None && IsInView(known, depth)
            ? AnswerOf(known)?.Wrapper
            : null;

    /// <summary>What the body of a method does with its parameters, be the method replaceable or not.</summary>
    public MethodSummary? OwnWrapperOf(IMethodSymbol method, int depth) =>
        depth > 0 && OwnReachOf(method) != Reach.None && IsInView(method, depth) ? AnswerOf(method)?.Wrapper : null;

    /// <summary>What the body of a method does on the ways alone that some flags leave open.</summary>
    public MethodSummary? OwnWrapperOf(IMethodSymbol method, KnownFlags flags) =>
        OwnWrapperOf(method, Depth) is { } whole ? WithFlags(method, flags, whole) : null;

    /// <summary>How far the body of a method reaches towards a client, whatever stands for the method.</summary>
    public Reach OwnReachOf(IMethodSymbol method) => _reaches.Of(method);

    /// <summary>The values that the body of a method returns; null where they are no times.</summary>
    public TimeValues? ReturnedBy(IMethodSymbol method) =>
        Depth > 0 && _knowledge.MayBeTime(method.ReturnType) && IsInView(method, Depth) ? AnswerOf(method)?.Returned : null;

    /// <summary>Whether a field or property is what it was made with as long as its object lives.</summary>
    public bool IsSteady(ISymbol member) => _stored.IsSteady(member);

    /// <summary>What the body of a method returns on the ways alone that some flags leave open; null where that is no time.</summary>
    public TimeValues? ReturnedBy(IMethodSymbol method, KnownFlags flags) =>
        ReturnedBy(method) is not { } whole ? null
        : flags.Known != 0 && BodyIn(method) is { } source && flags.AreTestedIn(source.Root)
            ? _returned.GetOrAdd((method, flags, default), call => Analyze(source, method, flags: call.Flags).Returned)
        : whole;

    /// <summary>Whether a method does more with a flag than to hand it on.</summary>
    public bool LooksAt(IMethodSymbol method, IParameterSymbol flag) =>
        BodyIn(method) is { } source && default(KnownFlags).With(flag, true).AreTestedIn(source.Root);

    /// <summary>What stands in the source for a contract's member; null where that is not certain.</summary>
    public IReadOnlyList<ISymbol>? StandingFor(ISymbol member) => _implementations.StandingFor(member);

    /// <summary>What a declaration in the source declares.</summary>
    public ISymbol? DeclaredBy(SyntaxNode declaration) => _graphs.DeclaredBy(declaration);

    /// <summary>The fields and properties that a call may write where nothing throws.</summary>
    public IReadOnlyCollection<ISymbol> WrittenBy(IInvocationOperation call) => _memberWrites.Of(call);

    /// <summary>The fields and properties that the setter of a property may write where nothing throws.</summary>
    public IReadOnlyCollection<ISymbol> WrittenBy(IPropertySymbol property) =>
        _implementations.Of(property)?.SetMethod is { } setter ? _memberWrites.Of(setter) : [];

    /// <summary>The members that make an object which holds a member, each with where it does; none where too many do.</summary>
    public IEnumerable<(IMethodSymbol Maker, SyntaxNode Place)> MakersOf(ISymbol member) => _constructions.MakersOf(member);

    /// <summary>What an object does with what a constructor is given; null where it hands none to a client.</summary>
    public MethodSummary? MakerOf(IMethodSymbol constructor, int depth)
    {
        constructor = constructor.OriginalDefinition;
        if (depth == 0 || !MayHandOn(constructor) || !IsInView(constructor, depth))
        {
            return null;
        }

        if (_makers.TryGetValue(constructor, out MethodSummary? maker))
        {
            return maker;
        }

        return _makers.GetOrAdd(constructor, Make(constructor));
    }

    /// <summary>
    /// Whether a call may hand a time, or a number of units, to a client: the cheap test before the method's body is bound.
    /// </summary>
    public bool MayHandOn(IInvocationOperation invocation) => invocation.TargetMethod.MethodKind == MethodKind.Constructor
        ? MayHandOn(invocation.TargetMethod)
        : TakesTime(invocation.TargetMethod.ReducedFrom ?? invocation.TargetMethod) &&
            MayReach(invocation) != Reach.None;

    private bool TakesTime(IMethodSymbol method)
    {
        foreach (IParameterSymbol given in method.Parameters)
        {
            if (_knowledge.MayBeTime(given.Type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an object may hand a time, or a number of units, that it is made with to a client.</summary>
    public bool MayHandOn(IMethodSymbol constructor)
    {
        constructor = constructor.OriginalDefinition;
        return constructor.Parameters.Any(_knowledge.IsForTime) && constructor.IsOfSource(_knowledge.Catalog.Compilation) &&
            _holders.GetOrAdd(constructor.ContainingType, this, static (type, own) => own.IsHolder(type));
    }

    /// <summary>How far a call may reach towards a client through source that is in view.</summary>
    public Reach MayReach(IInvocationOperation invocation)
    {
        if (OutlineOf(invocation) is var (outline, outlined))
        {
            return outline._reaches.Of(outlined);
        }

        if (_implementations.Of(invocation) is { } known)
        {
            return _reaches.Of(known);
        }

        // Asked of every call: a loop allocates nothing.
        IReadOnlyList<IMethodSymbol> all = _implementations.AllOf(invocation.TargetMethod);
        for (int index = 0; index < all.Count; index++)
        {
            if (_reaches.Of(all[index]) != Reach.None)
            {
                return Reach.Client;
            }
        }

        return Reach.None;
    }

    /// <summary>How far a call of the method may reach towards a client through source that is in view.</summary>
    public Reach MayReach(IMethodSymbol method) =>
        OutlineOf(method) is var (outline, outlined) ? outline._reaches.Of(outlined)
        : _implementations.Of(method) is { } known ? _reaches.Of(known)
        : Reach.None;

    /// <summary>The expression that a get-only property of the source stands for.</summary>
    public IOperation? GetterOf(IPropertySymbol property) =>
        property.SetMethod is null && _implementations.Of(property) is { SetMethod: null, GetMethod: { } getter }
            ? _returns.GetOrAdd(getter, this, static (key, own) => own.SingleReturn(key))
            : null;

    /// <summary>The sliding expiration of the options that a method makes and returns.</summary>
    public Sink? SlidingOf(IMethodSymbol method) =>
        _implementations.Of(method) is { } known && _reaches.Of(known) != Reach.None ? _slidings.GetOrAdd(known, Sliding) : null;

    /// <summary>The body of a method that a call of it certainly runs, with its graph.</summary>
    public SourceBody? BodyOf(IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(_implementations.Of(method), method) ? BodyIn(method) : null;

    private SourceBody? BodyIn(IMethodSymbol method) => _graphs.BodyOf(method, FlowLimits.MemberLength);

    /// <summary>Whether the text of a method names a member of a client, be the method replaceable or not.</summary>
    public bool NamesClient(IMethodSymbol method) => _reaches.OfText(method, FlowLimits.MemberTextLength) != Reach.None;

    /// <summary>The operation of a method's body.</summary>
    public IOperation? RootOf(IMethodSymbol method) => _graphs.RootOf(method, FlowLimits.MemberTextLength);

    /// <summary>The expression that a call of a method of the source stands for, where its body is nothing but that.</summary>
    public IOperation? ReturnOf(IMethodSymbol method) =>
        _implementations.Of(method) is { } known ? _returns.GetOrAdd(known, this, static (key, own) => own.SingleReturn(key)) : null;

    /// <summary>The conditions that a method of the source tests before all else, and throws where one holds.</summary>
    public IReadOnlyList<IOperation> GuardsOf(IMethodSymbol method) =>
        _implementations.Of(method) is { } known ? _guards.GetOrAdd(known, this, static (key, own) => own.FindGuards(key)) : [];

    private IReadOnlyList<IOperation> FindGuards(IMethodSymbol method) =>
        _graphs.RootOf(method, FlowLimits.MemberLength) is IMethodBodyOperation { BlockBody.Operations: { } statements }
            ? [.. statements.Select(GuardIn).TakeWhile(static guard => guard is not null).OfType<IOperation>()]
            : [];

    private static IOperation? GuardIn(IOperation statement) => statement is IConditionalOperation
    {
        WhenFalse: null,
        WhenTrue: IThrowOperation or IBlockOperation { Operations: [IThrowOperation] },
        Condition: { } guard,
    }
        ? guard
        : null;

    /// <summary>The method of the source that a call runs; null where that is not certain.</summary>
    public IMethodSymbol? MethodOf(IInvocationOperation invocation) => _implementations.Of(invocation);

    /// <summary>
    /// The bodies in the source that a call of a class's method may run, its own and the overriding ones; there may be others.
    /// </summary>
    public IReadOnlyList<IMethodSymbol> InView(IMethodSymbol method) => _implementations.InView(method);

    /// <summary>The operation of the body of a method that is short enough to be looked into.</summary>
    public IOperation? BodyRootOf(IMethodSymbol method) => _graphs.RootOf(method, FlowLimits.MemberLength);

    /// <summary>The one expression that gives a readonly field or a get-only property its value.</summary>
    public IOperation? InitializerOf(ISymbol member) =>
        member is IFieldSymbol { IsReadOnly: true } or IFieldSymbol { IsConst: true } or IPropertySymbol { SetMethod: null }
            ? _stored.Of(member)
            : null;

    /// <summary>Whether a member of the source gives back what it was given last.</summary>
    public bool Keeps(ISymbol member) => member.IsOfSource(_knowledge.Catalog.Compilation) &&
        (member is IFieldSymbol || member.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field =>
            SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, member)));

    /// <summary>The parameter of a constructor whose argument becomes the value of a member.</summary>
    public IParameterSymbol? ParameterFor(ISymbol member, IMethodSymbol constructor)
    {
        // The property of a record's parameter.
        if (member.DeclaringSyntaxReferences is [{ } reference] && reference.GetSyntax(_cancellationToken) is ParameterSyntax declared)
        {
            return constructor.Parameters.FirstOrDefault(parameter => parameter.DeclaringSyntaxReferences is [{ } own] &&
                own.GetSyntax(_cancellationToken) == declared);
        }

        // What is null throws: _key = key ?? throw new ArgumentNullException(nameof(key)).
        IOperation? value = _stored.Of(member)?.WithoutConversions();
        value = value is ICoalesceOperation choice && choice.WhenNull.WithoutConversions() is IThrowOperation
            ? choice.Value.WithoutConversions() : value;
        return value is IParameterReferenceOperation { Parameter: { } stored } &&
            SymbolEqualityComparer.Default.Equals(stored.ContainingSymbol, constructor.OriginalDefinition)
                ? constructor.Parameters[stored.Ordinal]
                : null;
    }

    /// <inheritdoc/>
    public TimeValues? GivenTo(ISymbol member, int depth)
    {
        member = member.OriginalDefinition;
        if (depth == 0 || !Constructions.MayAsk(member) || !Keeps(member))
        {
            return null;
        }

        return _givenValues.TryGetValue(member, out TimeValues? values)
            ? values
            : _givenValues.GetOrAdd(member, _constructions.ValuesOf(member, this));
    }

    /// <summary>The one expression but null that a type gives a private field, whenever it does.</summary>
    public IOperation? OnlyValueOf(IFieldSymbol field) => _stored.AllOf(field) is [{ } only] ? only : null;

    private IOperation? SingleReturn(IMethodSymbol method)
    {
        if (_graphs.RootOf(method, FlowLimits.MemberLength) is not { } root)
        {
            return null;
        }

        IOperation? returned = null;
        foreach (IOperation part in root.Descendants())
        {
            if (part is IBlockOperation { Operations.Length: not 1 } || (part is IReturnOperation && returned is not null))
            {
                return null;
            }

            returned ??= (part as IReturnOperation)?.ReturnedValue;
        }

        return returned;
    }

    /// <summary>Whether a body that may ask so many calls deep sees a member's answer.</summary>
    private bool IsInView(ISymbol member, int depth) => depth >= Depth || _heights.Of(member) <= depth;

    private bool IsAskable(IFieldSymbol field) => _knowledge.MayBeTime(field.Type) && _stored.IsSettled(field);

    /// <summary>Where a property's values come from: the getter that has a body, or the property that keeps what it is given.</summary>
    private ISymbol? NodeOf(IPropertySymbol property) =>
        !_knowledge.MayBeTime(property.Type) || property.Parameters.Length > 0 || _implementations.Of(property) is not { } known ? null
        : known.GetMethod is { } getter && _graphs.RootOf(getter, FlowLimits.MemberLength) is not null ? getter
        : known.SetMethod is null || _stored.IsSettled(known) ? known
        : null;

    /// <summary>All that is asked about a method, from one analysis of its body.</summary>
    private MemberAnswer? AnswerOf(IMethodSymbol method)
    {
        if (!_answers.TryGetValue(method, out MemberAnswer? answer))
        {
            answer = _answers.GetOrAdd(method, BodyIn(method) is { } source ? Answer(method, source) : null);
        }

        return answer;
    }

    private MemberAnswer Answer(IMethodSymbol method, SourceBody source, KnownFlags flags = default)
    {
        (Body body, TimeValues? returned) = Analyze(source, method, flags: flags);
        HandedOn[] handed = [.. HandedOnBy(body)];
        return new(Wrap(method, body, handed), returned, [.. handed.Where(static on => Body.IsOfPrimaryConstructor(on.Given))]);
    }

    /// <summary>
    /// The one place where a member's body is analysed: for what it does, and for what it returns, as a whole or a part of it.
    /// </summary>
    private (Body Body, TimeValues? Returned) Analyze(
        SourceBody source, ISymbol member, ResultPart? part = null, KnownFlags flags = default, KnownLengths lengths = default)
    {
        Body body = new(_knowledge, source.Root, _heights.Of(member) - 1, _cancellationToken)
        {
            Owner = member is IMethodSymbol { MethodKind: not MethodKind.LocalFunction } ? member : null,
            Flags = flags,
            Lengths = lengths,
        };
        TimeValues? returned = body.Follow(source.Graph, part);

        // What is yielded one after the other is no value of the call.
        return body.Operations.Any(static operation => operation.Kind == OperationKind.YieldReturn)
            ? (body, null)
            : (body, returned?.Select(static value => value with { Source = value.Shape == TimeShape.Instant ? value.Source : null }));
    }

    /// <summary>The value of a readonly field or a get-only property, which is read at another time than it was made.</summary>
    private TimeValues? Stored(ISymbol member)
    {
        if (!_storedValues.TryGetValue(member, out TimeValues? values))
        {
            values = _stored.Of(member) is { } value
                ? new TimeEvaluator(_knowledge, _heights.Of(member) - 1).Of(value, VariableValues.None)
                    .Select(stored => IsOfClock(stored) ? stored with { Origin = Origin.Unknown, IsKept = Outlives(member) }
                        : stored with { IsKept = stored.IsKept && stored.Shape == TimeShape.Instant })
                : null;
            values = _storedValues.GetOrAdd(member, values);
        }

        return values;
    }

    /// <summary>Whether a member's value serves all that a program writes while it runs.</summary>
    public bool Outlives(ISymbol member) => member.IsStatic || _knowledge.Types.IsOfHost(member.ContainingType);

    private static bool IsOfClock(TimeValue value) => value.Origin is Origin.Clock or Origin.ClockPlusOffset or Origin.ClockMinusOffset;

    private Sink? Sliding(IMethodSymbol method)
    {
        if (BodyOf(method) is not { } source)
        {
            return null;
        }

        // One call deep: a helper of a helper is not asked, for the two may ask each other.
        Body body = new(_knowledge, source.Root, 0, _cancellationToken);
        body.FollowAlone(source.Graph);
        return body.Returns
            .Select(returned => returned.ReturnedValue is { } options ? body.Options.SlidingOf(options) : null)
            .FirstOrDefault(static sliding => sliding is not null);
    }

    /// <summary>What an object does with what a constructor is given: in it, and in the members that read where that was stored.</summary>
    private MethodSummary? Make(IMethodSymbol constructor)
    {
        if (!_keepers.TryGetValue(constructor.ContainingType, out Dictionary<ISymbol, List<HandedOn>>? keepers))
        {
            keepers = _keepers.GetOrAdd(constructor.ContainingType, HandedOnByMembers(constructor.ContainingType));
        }

        IEnumerable<HandedOn> own = IsWritten(constructor) ? AnswerOf(constructor)?.Stored ?? [] : [];
        IEnumerable<HandedOn> kept = keepers.TryGetValue(constructor, out List<HandedOn>? stored) ? stored : [];
        HandedOn[] sinks = LastOfEach(own.Where(handed => IsOf(handed, constructor)).Concat(kept));
        return sinks.Length > 0 ? new(constructor, sinks, [], [], []) : null;
    }

    /// <summary>
    /// What the members of a type hand on of that which its constructors are given, by constructor: one look at the type for all of them.
    /// </summary>
    private Dictionary<ISymbol, List<HandedOn>> HandedOnByMembers(INamedTypeSymbol type)
    {
        Dictionary<ISymbol, List<HandedOn>> byConstructor = new(SymbolEqualityComparer.Default);
        foreach (IMethodSymbol member in UsersOfStored(type))
        {
            _cancellationToken.ThrowIfCancellationRequested();
            foreach (HandedOn handed in AnswerOf(member)?.Stored ?? [])
            {
                byConstructor.AddTo(handed.Given.ContainingSymbol, handed with { IsStored = true, IsTested = true });
            }
        }

        return byConstructor;
    }

    /// <summary>
    /// One sink for each parameter, the last or the one that may take a lock: a caller's argument is judged once. What renews the lock
    /// later is handed the same time.
    /// </summary>
    private HandedOn[] LastOfEach(IEnumerable<HandedOn> handed) => [.. handed.GroupBy(static on => on.Parameter)
        .Where(parameter => !IsOfManyUnits(parameter))
        .Select(static parameter => LastOf(parameter) with { IsShared = IsShared(parameter) })];

    private static HandedOn LastOf(IEnumerable<HandedOn> handed) => handed.LastOrDefault(static on =>
        on.Sink.Innermost.Call is { } call && (call.Has(Effect.TakeLock) || call.IsOnlyIfMissing)) ?? handed.Last();

    /// <summary>Whether a number is read in several units: which one is meant hangs on what else the method is handed.</summary>
    private bool IsOfManyUnits(IEnumerable<HandedOn> handed) =>
        handed.First().Given.Type is var type && !_knowledge.IsDuration(type) && !_knowledge.IsInstant(type) &&
        handed.Select(static on => on.Unit).Distinct().Skip(1).Any();

    private static bool IsShared(IEnumerable<HandedOn> handed) => handed.Any(static on => on.IsShared) ||
        handed.Select(static on => on.Sink.Call?.Key).OfType<Key>().Distinct().Skip(1).Any();

    private static bool IsOf(HandedOn handed, IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(handed.Given.ContainingSymbol, method);

    /// <summary>
    /// The members of a type that may hand on what its objects keep: those that reach a client. By file, so that it does not matter in
    /// which order the compiler was given the files.
    /// </summary>
    private IEnumerable<IMethodSymbol> UsersOfStored(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>()
        .Where(member => member.MethodKind != MethodKind.Constructor && MayReach(member) != Reach.None)
        .Select(static member => member.PartialImplementationPart ?? member)
        .OrderBy(static member => member.FilePath(), StringComparer.Ordinal);

    /// <summary>Whether the members of a type may hand on what its objects are made with.</summary>
    private bool IsHolder(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>().Any(member =>
        (member.MethodKind != MethodKind.Constructor || IsWritten(member)) && MayReach(member) != Reach.None);

    /// <summary>Whether a constructor has a body of its own: a primary one is its whole type.</summary>
    private bool IsWritten(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences is [{ } reference] && reference.GetSyntax(_cancellationToken) is ConstructorDeclarationSyntax;

    /// <summary>
    /// What the parameters are that a method makes anew before it does anything else: <c>key = Prefix(key)</c>. One that is written
    /// otherwise is nothing that its callers know.
    /// </summary>
    private static Dictionary<ISymbol, Key> RewrittenIn(Body body, IMethodSymbol method)
    {
        Dictionary<ISymbol, Key> rewritten = new(SymbolEqualityComparer.Default);
        int first = body.Calls.IsEmpty ? int.MaxValue : body.Calls.Min(static call => call.Syntax.SpanStart);
        foreach (IParameterSymbol parameter in method.Parameters.Where(parameter => body.Assignments.Writes(parameter) == 1))
        {
            if (body.Assignments.OnlyValue(parameter) is { Parent: ISimpleAssignmentOperation { Parent: { } statement } } value &&
                statement is IExpressionStatementOperation { Parent: IBlockOperation block } &&
                value.Syntax.SpanStart < first && block.Parent is null or IMethodBodyBaseOperation or ILocalFunctionOperation &&
                body.Keys.Of(value) is { } key)
            {
                rewritten[parameter] = key;
            }
        }

        return rewritten;
    }

    private MethodSummary? Wrap(IMethodSymbol method, Body body, HandedOn[] handed)
    {
        Reach reach = _reaches.Of(method);
        if (reach == Reach.None)
        {
            return null;
        }

        HandedOn[] sinks = LastOfEach(handed.Where(on => IsOf(on, method)));
        Dictionary<ISymbol, Key> rewritten = RewrittenIn(body, method);
        CacheCall[] calls = [.. body.Calls.Where(call => body.MayReach(call) && !body.IsThrottled(call) && IsForCallers(call.Key))];
        IEnumerable<CacheCall> opaque = body.Calls.Where(body.MayReach).Concat(body.Scripts);
        CacheCall[] scripts = [.. opaque.Where(call => call.Touched is { Count: > 0 } keys && keys.All(IsForCallers))];
        HeldLock[] locks = (reach & Reach.Lock) != 0 && _knowledge.LockOf is { } lockOf
            ? [.. body.Calls.Where(body.MayReach).Select(call => lockOf(call, body, method)).OfType<HeldLock>()]
            : [];
        if (calls.Length > FlowLimits.MemberCalls || scripts.Length > FlowLimits.MemberCalls)
        {
            calls = scripts = [];
            locks = [];
        }

        (CacheCall? answer, bool isUnseen) = AnsweringIn(body, calls);
        return sinks.Length + calls.Length + scripts.Length + locks.Length > 0
            ? new(method, sinks, calls, scripts, locks)
            {
                Rewritten = rewritten,
                IsForward = Forwards.Is(method, body),
                Answer = answer,
                IsAnswerUnseen = isUnseen,
            }
            : null;

        // What hangs on a local of the method has no name outside, nor has a parameter that is another by then.
        bool IsForCallers(Key? key) => key?.Symbols.All(symbol => symbol is not ILocalSymbol &&
            (symbol is not IParameterSymbol parameter || KeyReader.IsOfPrimaryConstructor(parameter) ||
                (SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, method) &&
                    (body.Assignments.Writes(parameter) == 0 || rewritten.ContainsKey(parameter))))) == true;
    }

    /// <summary>The call whose answer is all that a body ever returns, and whether the body never looks at it.</summary>
    private (CacheCall? Answer, bool IsUnseen) AnsweringIn(Body body, CacheCall[] calls)
    {
        if (calls.Length == 0 || body.Returns.ToArray() is not [{ Kind: OperationKind.Return, ReturnedValue: { } value }])
        {
            return (null, false);
        }

        IOperation returned = _knowledge.Types.Unawaited(value);
        IOperation answering = _knowledge.Types.Unawaited(body.Resolved(returned));
        CacheCall? answer = calls.FirstOrDefault(call => call.IsAnswer && ReferenceEquals(call.Operation, answering));
        bool isRead = !ReferenceEquals(returned, answering) &&
            !(returned is ILocalReferenceOperation { Local: { } local } && body.Assignments.Reads(local).Count == 1);
        return (answer, !isRead && answer is not null && (answer.Behind is null || answer.IsUnseen));
    }

    /// <summary>The parameters that reach a sink of a body: of its own method, or of a constructor that has stored them.</summary>
    private static IEnumerable<HandedOn> HandedOnBy(Body body)
    {
        foreach (Sink sink in body.Sinks)
        {
            foreach (TimeValue value in sink.Values?.Alternatives ?? ImmutableArray<TimeValue>.Empty)
            {
                if (value.Parameter is { } parameter)
                {
                    TimeUnit unit = sink.Unit != TimeUnit.Unknown ? sink.Unit : value.ReadAs;
                    yield return new(parameter, sink, unit, false, value.IsTested, value.Passage)
                    {
                        IsShared = sink.IsShared || (sink.IsAbsolute && Repeats.In(body).Share(parameter, sink)),
                    };
                }
            }
        }
    }

    /// <summary>The members that the answer about a member may ask.</summary>
    private IReadOnlyCollection<ISymbol> AskedBy(ISymbol member)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        HashSet<ISymbol> asked = new(SymbolEqualityComparer.Default);
        switch (member)
        {
            case INamedTypeSymbol type:
                foreach (IMethodSymbol user in UsersOfStored(type))
                {
                    AddAsked(_graphs.RootOf(user, FlowLimits.MemberLength), asked);
                }

                break;
            case IMethodSymbol { MethodKind: MethodKind.Constructor } constructor:
                AddAsked(_graphs.RootOf(constructor, FlowLimits.MemberLength), asked);
                asked.Add(constructor.ContainingType);
                break;
            case IMethodSymbol method:
                AddAsked(_graphs.RootOf(method, FlowLimits.MemberLength), asked);
                break;
            default:
                AddAsked(_stored.Of(member), asked);
                break;
        }

        return asked;
    }

    private void AddAsked(IOperation? root, HashSet<ISymbol> asked)
    {
        foreach (IOperation operation in root?.DescendantsAndSelf() ?? [])
        {
            ISymbol? member = operation switch
            {
                IInvocationOperation { TargetMethod: { MethodKind: MethodKind.Constructor } constructor } => Maker(constructor),
                IInvocationOperation call => AskedAt(call),
                IObjectCreationOperation { Constructor: { } constructor } => Maker(constructor),
                IFieldReferenceOperation { ConstantValue.HasValue: false, Field: { } field } =>
                    field.IsOfSource(_knowledge.Catalog.Compilation) && IsAskable(field) ? field.OriginalDefinition : null,
                IPropertyReferenceOperation { Property: { } property } => NodeOf(property),
                _ => null,
            };
            if (member is not null)
            {
                asked.Add(member);
            }
        }
    }

    /// <summary>The method of which a call asks: one that an outline tells of asks nobody here.</summary>
    private IMethodSymbol? AskedAt(IInvocationOperation call) =>
        OutlineOf(call) is var (_, outlined) ? outlined
        : _implementations.Of(call) is { } known && IsAsked(call, known) ? known
        : null;

    private IMethodSymbol? Maker(IMethodSymbol constructor) => MayHandOn(constructor) ? constructor.OriginalDefinition : null;

    private bool IsAsked(IInvocationOperation call, IMethodSymbol known) =>
        _knowledge.MayYieldTime(known) || (_reaches.Of(known) != Reach.None && _knowledge.Catalog.Find(call.TargetMethod) is null);
}
