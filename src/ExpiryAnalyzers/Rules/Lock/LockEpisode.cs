using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>
/// What one body does around the taking of a lock: the code that runs while the lock is held, the release, what limits that code,
/// and what renews the lock.
/// </summary>
internal sealed class LockEpisode
{
    /// <summary>
    /// How many conditions on one variable, flags and releases are looked at for one lock: those behind its taking come first. More
    /// only come together where many locks share a variable, a key or a flag, and are those of the other locks then.
    /// </summary>
    private const int MaxLook = 64;

    /// <summary>How many operations between the taking and the <c>try</c> are looked at for an exit.</summary>
    private const int MaxParts = 512;

    private readonly LockEpisodes _episodes;
    private readonly Body _body;
    private readonly WellKnownTypes _types;
    private readonly IOperation _result;
    private readonly IOperation _function;
    private readonly LockKey _key;
    private readonly Derivation _taken;
    private readonly HashSet<ISymbol> _flags = new(SymbolEqualityComparer.Default);

    /// <summary>The conditions on the answer that are looked at, each with whether the lock is held where it is true.</summary>
    private readonly Dictionary<IOperation, bool> _tests = [];

    /// <summary>The delegates that a helper runs under the lock and that are no lambdas, so that their code is not in view.</summary>
    private readonly List<IOperation> _delegates = [];

    /// <summary>Where the lock is given back last; null where it is not, or not by a call.</summary>
    private readonly int? _end;

    private LockRegion _region = new();
    private IOperation? _work;
    private bool _isWorkKnown;
    private CacheCall? _misdirected;
    private bool _isMisdirectedKnown;

    public LockEpisode(LockEpisodes episodes, CacheCall take, IOperation expiry)
    {
        _episodes = episodes;
        _body = episodes.Body;
        _types = _body.Knowledge.Types;
        Take = take;
        Expiry = expiry;
        At = episodes.Calls.Local.RunAt(take);
        _result = ResultOf(At.Operation, _body);
        _function = _body.Places.Of(_result).Function;
        _key = episodes.Calls.Of(At);
        _taken = episodes.From(_result);
        if (take.Held is { Work.Count: > 0 } held)
        {
            CollectDelegates(held);
            Releases = [];
            return;
        }

        CollectRegion();
        Releases = FindReleases();
        _end = Releases.Count > 0 ? Releases.Max(static release => release.Syntax.SpanStart) : null;
        IsUnheeded = CollectUnheeded();
        if (take.Held is { IsHandle: true } || IsOfClientHandle(take))
        {
            HandleUses[] handles = [.. Sources(_episodes.Answers.HandlesOf, _episodes.Answers.HandlesOf)];
            IsOfHandle = CollectScope(handles) || FindDisposal(handles, ref _end);
        }
    }

    public CacheCall Take { get; }

    /// <summary>
    /// The taking where the lock is held from: where a local function takes it, the call of that function, else the taking itself.
    /// </summary>
    public CacheCall At { get; }

    /// <summary>
    /// Whether the answer is looked at, and yet the work runs where the lock was not got: what looks only logs, waits or gives back.
    /// </summary>
    public bool IsUnheeded { get; }

    /// <summary>
    /// The lock's TTL as written; where a helper of the user's own takes the lock and sets the TTL, the call of that helper; where none is
    /// written, the call.
    /// </summary>
    public IOperation Expiry { get; }

    /// <summary>The text of the lock's TTL, be it that of a helper.</summary>
    public SyntaxNode ExpiryText => Take.Held is { TtlParameter: null } held ? held.TtlText : Expiry.Syntax;

    /// <summary>What the code at hand says of the lock's TTL; null where a helper makes it of more than what it is handed.</summary>
    public IOperation? OwnExpiry => Take.Held is not { TtlParameter: null } held ? Expiry
        : Take.Operation.Arguments.FirstOrDefault(argument => argument.ArgumentKind == ArgumentKind.Explicit &&
            held.TtlText is IdentifierNameSyntax name && name.Identifier.ValueText == argument.Parameter?.Name)?.Value;

    /// <summary>Whether the lock is taken with no TTL at all.</summary>
    public bool IsEndless => Ttl == TimeSpan.MaxValue || HasNoTtl;

    /// <summary>Whether the taking certainly sets no TTL, and says so: none is written, or null.</summary>
    public bool HasNoTtl => (Take.Behind is null && !Take.MayBringExpiry) || (Take.Held is { TtlParameter: null } held
        ? held.TtlText.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression
        : _body.ValuesOf(Expiry).IsNull);

    /// <summary>
    /// The branch of the TTL, written in the body at hand, that certainly is none; null where there is none, or where the choice asks for
    /// what the other branch is made of, so that it is the caller's.
    /// </summary>
    public IOperation? BranchWithoutTtl
    {
        get
        {
            return Take.Behind is not null || Take.Raw is not null ? null : _body.Resolved(Expiry) switch
            {
                IConditionalOperation { WhenFalse: { } otherwise } choice when _types.IsDuration(choice.Type) =>
                    NoneOf(choice.WhenTrue, otherwise, choice.Condition) ?? NoneOf(otherwise, choice.WhenTrue, choice.Condition),
                ISwitchExpressionOperation choice when _types.IsDuration(choice.Type) => NoneOf(choice),
                _ => null,
            };
        }
    }

    /// <summary>Whether the lock is taken with no TTL, at least where a choice says so.</summary>
    public bool MayHaveNoTtl => HasNoTtl || BranchWithoutTtl is not null;

    private IOperation? NoneOf(IOperation branch, IOperation other, IOperation condition) =>
        _body.ValuesOf(branch).IsNull && !_body.ValuesOf(other).IsNull && !NamesIn(other).Overlaps(NamesIn(condition)) ? branch : null;

    private IOperation? NoneOf(ISwitchExpressionOperation choice)
    {
        HashSet<ISymbol> asked = NamesIn(choice.Value);
        asked.UnionWith(choice.Arms.SelectMany(static arm => arm.Locals));
        asked.UnionWith(choice.Arms.Select(static arm => arm.Guard).OfType<IOperation>().SelectMany(NamesIn));
        IOperation[] branches = [.. choice.Arms.Select(static arm => arm.Value)
            .Where(static value => value.WithoutConversions() is not IThrowOperation)];
        return branches.Any(branch => !_body.ValuesOf(branch).IsNull) && !branches.Any(branch => NamesIn(branch).Overlaps(asked))
            ? Array.Find(branches, branch => _body.ValuesOf(branch).IsNull) : null;
    }

    private static HashSet<ISymbol> NamesIn(IOperation operation) =>
        new(operation.DescendantsAndSelf().Select(DefUse.SymbolOf).OfType<ISymbol>(), SymbolEqualityComparer.Default);

    /// <summary>The calls that give the lock back when all went well.</summary>
    public IReadOnlyList<CacheCall> Releases { get; }

    /// <summary>The calls that give the lock back from a lambda behind its taking, such as a handle's callback.</summary>
    public IEnumerable<CacheCall> LaterReleases => _key.InLambdas
        .Skip(Sorted.FirstFrom(_key.InLambdas, At.Syntax.SpanStart, static release => release.Syntax.SpanStart))
        .Take(MaxLook)
        .Where(release => !ReferenceEquals(_body.Places.Of(release.Operation).Function, _function) && !IsLeftOpen(release));

    /// <summary>
    /// Whether a lambda that deletes what SET NX made goes into an object that nothing has to dispose of: whether it ever runs, or only
    /// where the work failed, is for others to say. What is given back on failure alone is a mark, and no lock.
    /// </summary>
    private bool IsLeftOpen(CacheCall release) => !Take.Has(Effect.TakeLock) &&
        _body.Places.Of(release.Operation).Function.HolderOfDelegate() is
            IArgumentOperation { Parent: IObjectCreationOperation { Type: { } type } } &&
        !_body.Knowledge.Types.IsDisposable(type);

    /// <summary>The call that is to give the lock back by its token, and names another key; null where there is none.</summary>
    public CacheCall? Misdirected
    {
        get
        {
            if (!_isMisdirectedKnown)
            {
                _misdirected = KeyFaults.ReleaseOfOtherKey(At, _function, _episodes.Calls);
                _isMisdirectedKnown = true;
            }

            return _misdirected;
        }
    }

    /// <summary>The call that is to give the lock back, and names another database; null where there is none.</summary>
    public CacheCall? OnOtherDatabase => Releases.Count == 0 ? null
        : KeyFaults.ReleaseOnOtherDatabase(Take, _key.All, _episodes.Calls);

    /// <summary>
    /// Whether it certainly is a lock: something gives it back, or is meant to, or its key says so and something may give it back. What
    /// nothing gives back keeps others off for a while, whatever it is called.
    /// </summary>
    public bool IsCertain => Releases.Count > 0 || Misdirected is not null || (Take.Held is { } held ? held.Work.Count > 0 || IsOfHandle
        : IsOfClientHandle(Take) ? IsOfHandle
        : IsLockByName());

    public TimeSpan? Ttl => Take.Held is { TtlParameter: null } held ? held.Ttl
        : Unit == TimeUnit.Unknown ? _body.ValuesOf(Expiry).Length
        : _body.ValuesOf(Expiry).Number * TimeArithmetic.TicksPer(Unit) is { } ticks ? new TimeSpan((long)ticks)
        : null;

    /// <summary>The code that runs only while the lock is held: statements, and blocks of statements.</summary>
    public IReadOnlyList<IOperation> Region => [.. _region.Operations];

    /// <summary>The first call of the protected work; null where the work is not in view.</summary>
    public IOperation? Work
    {
        get
        {
            if (!_isWorkKnown)
            {
                _work = _episodes.Code.FirstWork(_region, _end ?? int.MaxValue, _key) ?? _delegates.FirstOrDefault();
                _isWorkKnown = true;
            }

            return _work;
        }
    }

    /// <summary>The most that the work can take, by what its calls let themselves; null where that is not known.</summary>
    public TimeSpan? LongestWork => _delegates.Count > 0 ? null
        : new KnownWork(_body, _key).Of(_region.Spans(_end ?? int.MaxValue), _end ?? int.MaxValue, [.. FindWorkOfOwnLock()]);

    /// <summary>What is started under the lock, takes it by itself once it is free, and is not waited for.</summary>
    private IEnumerable<TextSpan> FindWorkOfOwnLock()
    {
        int end = _end ?? int.MaxValue;
        IReadOnlyList<OpenTask> tasks = _episodes.OpenTasks.All;
        int first = Sorted.FirstFrom(tasks, At.Syntax.SpanStart, static open => open.Call.Syntax.SpanStart);
        for (int i = first; i < tasks.Count && i < first + MaxLook && tasks[i].Call.Syntax.SpanStart < end; i++)
        {
            OpenTask open = tasks[i];
            if (open.Left is null && open.WaitedAt > end && new GuardedUses(Take, _body).WaitsForLock(open.Call))
            {
                yield return open.Call.Syntax.Span;
            }
        }
    }

    /// <summary>The parameter of the function around that the TTL is, unchanged or as so many units.</summary>
    public (IParameterSymbol Parameter, TimeUnit Unit)? TtlParameter =>
        Take.Held is not { TtlParameter: null } &&
            _body.ValuesOf(Expiry).Alternatives is [{ Parameter: { } parameter, Passage: Passage.Unchanged } value] &&
            !Body.IsOfPrimaryConstructor(parameter)
            ? (parameter, Unit != TimeUnit.Unknown ? Unit : value.ReadAs)
            : null;

    /// <summary>The parameter of the function around that the TTL is where it is not null, and what it is else.</summary>
    public (IParameterSymbol Parameter, DefaultTtl Otherwise)? DefaultedTtl
    {
        get
        {
            if (Take.Held is { TtlParameter: null } || Unit != TimeUnit.Unknown ||
                _body.Resolved(Expiry) is not ICoalesceOperation choice ||
                choice.Value.WithoutConversions() is not IParameterReferenceOperation { Parameter: { } parameter })
            {
                return null;
            }

            bool isHandedIn = _body.Assignments.Writes(parameter) == 0 && !Body.IsOfPrimaryConstructor(parameter);
            return isHandedIn ? (parameter, new(choice.WhenNull.Syntax, _body.ValuesOf(choice.WhenNull).Length)) : null;
        }
    }

    /// <summary>The delegates that the code under the lock is handed by its caller.</summary>
    public IEnumerable<IParameterSymbol> Delegates => _delegates.Count > 0
        ? _region.Spans(int.MaxValue).Concat(_delegates.Select(static handed => handed.Syntax.Span)).SelectMany(_episodes.Code.DelegatesIn)
            .Select(static reference => reference.Parameter)
        : _region.Spans(_end ?? int.MaxValue).SelectMany(_episodes.Code.DelegatesIn).Where(IsBeforeRelease)
            .Select(static reference => reference.Parameter);

    /// <summary>Whether the lock is taken in the function itself, and not in one nested in it.</summary>
    public bool IsOfBody => ReferenceEquals(_function, _body.Root);

    /// <summary>
    /// Whether TTL and work both come from the function's callers, which are then judged in its place. At least one of them
    /// must be in view: a call in the project.
    /// </summary>
    public bool IsLeftToCallers => TtlParameter is var (ttl, _) && ttl.ContainingSymbol is IMethodSymbol method &&
        Delegates.Any(work => SymbolEqualityComparer.Default.Equals(work.ContainingSymbol, method)) &&
        !HasReserve && !IsRenewed && !IsRenewedByType() && JudgeLimits(TimeSpan.Zero) is null &&
        _body.Knowledge.Remember(static known => new CallsInProject(known)).IsCalledBeside(method);

    /// <summary>Whether a call prolongs the lock, wherever the body or a helper that it calls has it.</summary>
    public bool IsRenewed => _key.Renewals.Count > 0;

    /// <summary>Whether all that prolongs the lock stands once between the steps of the work, and sets no other TTL.</summary>
    public bool IsOnlyProlongedByStep => _key.Renewals.Count > 0 && _key.Renewals.All(IsStep);

    /// <summary>The calls that prolong the lock, wherever the body or a helper that it calls has them.</summary>
    public IEnumerable<CacheCall> Renewals => _key.Renewals;

    /// <summary>The first wait between two renewals that is not shorter than the TTL; null where there is none.</summary>
    public WorkLimit? LateRenewal => _key.LateRenewal(Ttl, _body.Keys.Of(Expiry), _episodes.Waits);

    /// <summary>
    /// Whether the lock is given back when the work throws: by a <c>finally</c>, a <c>catch</c> or a callback, or because nothing that is
    /// thrown gets past the work. What a <c>finally</c> around the work calls by such a name, or by way of the client, counts as
    /// giving back.
    /// </summary>
    public bool IsReleasedOnThrow =>
        _key.IsReleasedOnThrow(_function, At.Operation, Work, _episodes.Handlers) || (Work is { } work && IsGuarded(work));

    /// <summary>Whether a handler gives the lock back, be it on some paths only.</summary>
    public bool IsReleasedInHandler =>
        _key.All.Any(release => _body.Places.Of(release.Operation) is { IsInCatch: true } or { IsInFinally: true });

    /// <summary>
    /// The first exit behind the taking that leaves past the release: before the <c>try</c> whose <c>finally</c> gives the lock back, with
    /// nothing before it that may. Null where there is none.
    /// </summary>
    public IOperation? FindExitBeforeTry() => PartsBeforeTry() is { } parts && !parts.Any(MayRelease)
        ? parts.FirstOrDefault(part => IsExit(part) && IsLeftHeldAt(part))
        : null;

    /// <summary>
    /// The first call behind the taking that may well throw and is not yet in the <c>try</c> whose <c>finally</c> gives the lock back.
    /// Null where there is none.
    /// </summary>
    public IInvocationOperation? FindCallBeforeTry() => PartsBeforeTry() is { } parts
        ? parts.TakeWhile(part => !MayRelease(part)).OfType<IInvocationOperation>()
            .FirstOrDefault(call => _episodes.Code.MayThrow(call) && !IsOnOwnKey(call) && IsLeftHeldAt(call))
        : null;

    /// <summary>
    /// The exit of a branch that runs with the lock held and does not give it back, where all that does runs without the lock: the test is
    /// the wrong way round. Null where it is not. A branch that does no work, or answers, may hand the lock to the caller.
    /// </summary>
    public IOperation? FindInvertedTest()
    {
        bool areMissed = Take.Has(Effect.TakeLock) && Work is not null && Releases.Count > 0 && Releases.Count == _key.All.Count &&
            Releases.All(release => IsMissedAt(release.Operation));
        if (!areMissed || _tests.Count != 1 ||
            _tests.First() is not { Key: IConditionalOperation { Type: null } test, Value: var isHeld } ||
            IsCertainlyHeldIf(test.Syntax) is null || IsEndedAround(test))
        {
            return null;
        }

        IOperation? held = isHeld ? test.WhenTrue : test.WhenFalse;
        bool areBehind = Releases.All(release => release.Syntax.SpanStart > test.Syntax.Span.End);
        return areBehind && held is not null && Places.Leaves(held) &&
            Places.LastOf(held) is var exit and not IReturnOperation { ReturnedValue: not null } ? exit : null;
    }

    /// <summary>
    /// What stands behind the taking and before the <c>try</c> whose <c>finally</c> gives the lock back; null where there is no such, or
    /// where the lock is held is not certain.
    /// </summary>
    private IReadOnlyList<IOperation>? PartsBeforeTry()
    {
        CacheCall? release = Releases.FirstOrDefault(release => _body.Places.Of(release.Operation).IsInFinallyOfFunction);
        if (release is null || TryAround(release.Operation) is not { } attempt || attempt.Syntax.SpanStart < At.Syntax.Span.End ||
            _tests.Count == 0 || _tests.Keys.Any(test => IsCertainlyHeldIf(test.Syntax) is null) || IsUnheeded || LaterReleases.Any())
        {
            return null;
        }

        IOperation[] parts = [.. _body.Remember(static body => new OperationPlaces(body))
            .Between(At.Syntax.Span.End, attempt.Syntax.SpanStart).Take(MaxParts)];
        return parts.Length == MaxParts ? null : parts;
    }

    /// <summary>Whether a call gives the lock back, or is named for a release, so that it may be one.</summary>
    private bool MayRelease(IOperation part) => part is IInvocationOperation call &&
        (_key.IsEndedBy(call) || NameHints.ReleaseWord.Fits(call.TargetMethod.Name));

    private bool IsOnOwnKey(IInvocationOperation call) => _key.Own.Any(own => ReferenceEquals(own.Operation, call));

    /// <summary>Whether what leaves the function from a place under the lock leaves the lock behind.</summary>
    private bool IsLeftHeldAt(IOperation part) => IsProtected(part) && ReferenceEquals(_body.Places.Of(part).Function, _function) &&
        !IsEndedAround(part);

    /// <summary>Whether a handler around an operation gives the lock back, or may.</summary>
    public bool IsEndedAround(IOperation operation)
    {
        if (IsGuarded(operation))
        {
            return true;
        }

        for (Enclosing<ITryOperation>? around = _body.Places.Of(operation).Attempts; around is not null; around = around.Outer)
        {
            TextSpan handlers = TextSpan.FromBounds(around.Operation.Body.Syntax.Span.End, around.Operation.Syntax.Span.End);
            if (HasRelease(handlers))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an operation leaves the function, and not with an object that gives the lock back.</summary>
    private bool IsExit(IOperation part) => part is IThrowOperation or IReturnOperation { Kind: OperationKind.Return, IsImplicit: false } &&
        !part.Descendants().Any(made => made is IObjectCreationOperation { Type: { } type } && _types.IsDisposable(type));

    /// <summary>The attempt whose <c>finally</c> holds an operation.</summary>
    public static ITryOperation? TryAround(IOperation operation)
    {
        IOperation inner = operation;
        while (inner.Parent is { } outer && !(outer is ITryOperation attempt && ReferenceEquals(attempt.Finally, inner)))
        {
            inner = outer;
        }

        return inner.Parent as ITryOperation;
    }

    /// <summary>Whether the TTL is written as a sum or multiple, that is with a reserve of its own.</summary>
    public bool HasReserve
    {
        get
        {
            IOperation expiry = _body.Resolved(Expiry);
            bool isMade = expiry is IObjectCreationOperation && _body.Knowledge.Catalog.FindExpiryType(expiry.Type) is not null;
            expiry = isMade && ((IObjectCreationOperation)expiry).Arguments is [{ } span, ..] ? _body.Resolved(span.Value) : expiry;
            return expiry is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Multiply } ||
                _types.IsUseOf(expiry, KnownMember.Lengthen);
        }
    }

    /// <summary>Whether a handle's disposal gives the lock back.</summary>
    private bool IsOfHandle { get; }

    /// <summary>The unit of a TTL that is written as a number.</summary>
    private TimeUnit Unit => Take.Raw?.Unit ?? Take.Held?.Unit ??
        (Take.Argument(Role.ExpirySeconds) is not null ? TimeUnit.Seconds
            : Take.Argument(Role.ExpiryMilliseconds) is not null ? TimeUnit.Milliseconds
            : TimeUnit.Unknown);

    /// <summary>The call of a helper that runs the work under the lock, and that may be handed a token for it.</summary>
    private SyntaxNode? Helper => Take.Held is { Work.Count: > 0 } ? Take.Syntax : null;

    /// <summary>The lock that a call takes; null where the call takes none.</summary>
    public static LockEpisode? Of(CacheCall call, Body body) => Taken(call, body) is { IsCertain: true } episode ? episode : null;

    /// <summary>
    /// The lock that a call gives a handle for and does not renew, where the handle gives it back; null where it does else.
    /// </summary>
    public static LockEpisode? OfHandle(CacheCall call, Body body) =>
        IsOfClientHandle(call) && LockEpisodes.Of(body).TakenByHandle(call) is { IsCertain: true } episode ? episode : null;

    /// <summary>Whether a call is the client's own and answers with the handle of a lock.</summary>
    public static bool IsOfClientHandle(CacheCall call) => call.Behind is null && call.Method.Row.Missed != MissedLock.Unsaid;

    /// <summary>
    /// The lock that a call takes, also where nothing in the body gives it back; null where the call takes none.
    /// </summary>
    public static LockEpisode? Taken(CacheCall call, Body body) => call.Held is not null || LockCalls.MayTake(call)
        ? LockEpisodes.Of(body).Taken(call) : null;

    /// <summary>The expression whose value says whether the lock was got: the call, or the retry helper whose lambda is the call.</summary>
    public static IOperation ResultOf(IOperation take, Body body)
    {
        IOperation result = take;
        while (body.Places.Of(result).Function is IAnonymousFunctionOperation { Body.Operations: [IReturnOperation or
            IExpressionStatementOperation] } function && function.CallHandedTo() is { } outer)
        {
            result = outer;
        }

        return result;
    }

    /// <summary>The limits that the code sets for its work, in the order in which they are written.</summary>
    public IReadOnlyList<WorkLimit> Limits() => _episodes.Limits.In(_region, Helper);

    /// <summary>The first limit that the code sets for its work, and whether all of them are too long; null where it sets none.</summary>
    public (WorkLimit First, bool AreTooLong)? JudgeLimits(TimeSpan margin) =>
        _episodes.Limits.Judge(_region, Helper, Ttl, margin, SpanName.Of(Expiry, Unit, _body));

    /// <summary>
    /// The first call under the lock that is waited for without end although tokens limit other work: none reaches it. Null where there is
    /// none, or where a token is used in another way than to be handed to a call.
    /// </summary>
    public IOperation? FindUnreachedWork()
    {
        IReadOnlyList<IOperation> tokens = Helper is null ? _episodes.Limits.TokensHandedOn(_region, MaxLook) : [];
        return tokens.Count == 0 ? null : FindWorkBeside([.. tokens.Select(static token => token.Syntax.Span)]);
    }

    /// <summary>The first call under the lock of a method that is handed a token which ends, and makes nothing of it.</summary>
    public IInvocationOperation? FindIgnoringWork() => _episodes.Limits.FirstIgnoring(_region);

    /// <summary>
    /// The first call under the lock that is waited for without end, and that tokens which are handed to calls at some places do not end.
    /// </summary>
    public IOperation? FindWorkBeside(IReadOnlyList<TextSpan> tokens) =>
        _episodes.Code.WorksIn(_region, _end ?? int.MaxValue, MaxLook)
            .Where(call => ReferenceEquals(_body.Places.Of(call).Function, _function))
            .Where(call => TokenReach.Misses(call, tokens, _body.Places.Of(_result).Loop, _body))
            .FirstOrDefault(call => new KnownWork(_body, _key).Of([call.Syntax.Span], call.Syntax.Span.End, []) is null);

    /// <summary>The waits between two renewals.</summary>
    public IEnumerable<WorkLimit> IntervalsOf(CacheCall renewal) => _episodes.Waits.Of(renewal);

    /// <summary>Whether another member of the type prolongs a lock from a loop or a timer, which may be this one.</summary>
    public bool IsRenewedByType() => _episodes.IsRenewedByType && !(LockTokens.IsOwn(Take, _body) && _episodes.AreRenewedByToken) &&
        !(WrittenKey is { } key && !_episodes.MayBeRenewed(key));

    /// <summary>The key as it is written, where the code at hand has the text; null where it is made of more, or elsewhere.</summary>
    private string? WrittenKey => Take is { Behind: null, KeyExpression: { } key }
        ? _body.Resolved(key).ConstantValue.Value as string : null;

    /// <summary>Whether code runs while the lock is held and before it is given back.</summary>
    public bool IsProtected(IOperation operation) => _region.Contains(operation.Syntax.Span) && IsBeforeRelease(operation);

    /// <summary>Whether what a method returns may say that the lock was not got: the answer, or nothing where it is missing.</summary>
    public bool MayMiss(IOperation given) => IsOutcome(given) ||
        (given.ConstantValue is { HasValue: true, Value: null or false } && IsMissedAt(given));

    /// <summary>
    /// Whether code behind the taking runs only where the lock was not got: the answer is looked at, and the code is not under it.
    /// </summary>
    public bool IsMissedAt(IOperation operation) => _tests.Count > 0 && operation.Syntax.SpanStart > At.Syntax.SpanStart &&
        !_region.Contains(operation.Syntax.Span);

    /// <summary>
    /// Whether the lock is certainly held where a test is true (true), or where it is false (false); null where the test may turn out
    /// either way although the lock was not got, or asks for something else.
    /// </summary>
    /// <param name="test">The <c>if</c>, <c>?:</c> or loop whose condition it is.</param>
    public bool? IsCertainlyHeldIf(SyntaxNode test) =>
        AnswerUses
            .Where(use => use.Owner.Syntax == test && use.Leaf is { } leaf && IsOutcome(SubjectOf(leaf)))
            .Select(use => IsAnswerMissing(use.Leaf!) ? use.IfFalse : use.IfTrue)
            .FirstOrDefault(static isHeld => isHeld is not null);

    /// <summary>The conditions that the answer is a part of, and each variable that holds what is made of it.</summary>
    public IEnumerable<AnswerUse> AnswerUses => Sources(_episodes.Answers.Of, _episodes.Answers.Of).SelectMany(Near);

    /// <summary>Whether a condition asks for the answer.</summary>
    public bool IsAskedFor => AnswerUses.Any();

    /// <summary>Where a variable is read that holds what is made of the answer.</summary>
    public IEnumerable<IOperation> AnswerReads => _taken.Variables.SelectMany(_body.Assignments.Reads);

    /// <summary>All calls that may give the lock back, in handlers and lambdas too.</summary>
    public IEnumerable<IOperation> MayEndAt => _key.All.Select(static release => release.Operation);

    /// <summary>
    /// Whether a condition must be true (true) or false (false) for the lock to be certainly held, where the opposite leaves open whether
    /// it is; null for other conditions.
    /// </summary>
    public bool? HeldAlone(AnswerUse use)
    {
        if (use.Leaf is not { } leaf || !ReferenceEquals(_body.Places.Of(use.Owner).Function, _function) || !IsOutcome(SubjectOf(leaf)))
        {
            return null;
        }

        bool isMissing = IsAnswerMissing(leaf);
        return (isMissing ? use.IfTrue : use.IfFalse) is null ? isMissing ? use.IfFalse : use.IfTrue : null;
    }

    /// <summary>Whether an expression asks for the answer, or who holds the lock.</summary>
    public bool AsksForLock(IOperation expression) =>
        _taken.Reaches(expression) || AsksForKey(expression, At.Syntax.SpanStart);

    /// <summary>Whether both expressions certainly are the same duration.</summary>
    public bool IsSame(IOperation left, IOperation right) => _body.Keys.Of(left) is { } identity && identity.Equals(_body.Keys.Of(right));

    /// <summary>
    /// Whether a call prolongs the lock once by its own TTL, as far as can be told: where it may run again, it is no step.
    /// </summary>
    private bool IsStep(CacheCall renewal) => renewal is { Behind: null, Expiry: { } expiry } && renewal.Has(Effect.ExtendLock) &&
        IsProtected(renewal.Operation) && IsOfOneRound(_body.Places.Of(renewal.Operation)) && IsTtl(expiry);

    /// <summary>Whether a span certainly is as long as the lock's TTL.</summary>
    private bool IsTtl(IOperation span) => IsSame(span, Expiry) || (_body.ValuesOf(span).Length is { } length && length == Ttl);

    /// <summary>Whether each round of a loop takes the lock and gives it back, and does so once; no loop is one round.</summary>
    private bool IsOfOneRound(Place place) => ReferenceEquals(place.Function, _function) &&
        ReferenceEquals(place.Loop, _body.Places.Of(_result).Loop) && (place.Loop is null || EndsIn(place.Loop));

    private bool EndsIn(ILoopOperation loop) =>
        Releases.Count > 0 && Releases.All(release => ReferenceEquals(_body.Places.Of(release.Operation).Loop, loop));

    private bool IsLockByName() =>
        !Take.Has(Effect.TakeLock) && IsNamedLock() && Ttl < TimeSpan.FromHours(1) && MayBeGivenBack();

    private bool IsNamedLock()
    {
        if (Take.Argument(Role.Key)?.Value is not { } key)
        {
            return false;
        }

        // Of what the key is made of, the constants and names count, and not the types that declare them.
        string? made = _body.Keys.Of(key)?.ToString();
        return NameHints.Lock.Fits(key.Syntax.ToString()) || NameHints.Lock.Fits(_body.Resolved(key).Syntax.ToString()) ||
            (made is not null && NameHints.Lock.Fits(made));
    }

    /// <summary>Whether something in view may give the lock back, be it only on failure, or in a transaction.</summary>
    private bool MayBeGivenBack() => _key.MayEnd || TypeLocks.MayEndElsewhere(Take, _body);

    private bool IsBeforeRelease(IOperation operation) => _end is not { } end || operation.Syntax.Span.End <= end;

    /// <summary>What is known of the answer's places: of the call itself, and of each variable that holds what is made of it.</summary>
    private IEnumerable<T> Sources<T>(Func<IOperation, T> ofCall, Func<ISymbol, T> ofVariable) =>
        new[] { ofCall(_result) }.Concat(_taken.Variables.Select(ofVariable));

    /// <summary>
    /// The calls that give the lock back: those behind its taking, up to where it is taken again; else those before in the same loop, which
    /// come round again. A delete that runs once before the key is set is no release: it clears away what was there.
    /// </summary>
    private IReadOnlyList<CacheCall> FindReleases()
    {
        CacheCall[] known = _key.ReleasesIn(_function);
        int first = Sorted.FirstFrom(known, At.Syntax.SpanStart, static release => release.Syntax.SpanStart);
        List<CacheCall> releases = [];
        int end = 0;
        for (int i = first; i < known.Length && i < first + MaxLook; i++)
        {
            int start = known[i].Syntax.SpanStart;
            if (start >= end)
            {
                if (releases.Count > 0)
                {
                    break;
                }

                end = _key.NextTake(_function, start);
            }

            if (!ReferenceEquals(known[i].Operation, At.Operation) && !IsOnlyOnSomePaths(known[i]) && !TakesItAgain(known[i]))
            {
                releases.Add(known[i]);
            }
        }

        return releases.Count > 0 ? releases : [.. known.Take(first).Where(ComesRoundAgain)];
    }

    /// <summary>Whether a helper that deletes the key also takes it: it makes a lock of its own, and does not end this one.</summary>
    private bool TakesItAgain(CacheCall release) => release.Behind is not null &&
        _key.Own.Any(call => ReferenceEquals(call.Operation, release.Operation) && LockCalls.MayTake(call));

    /// <summary>Whether a call before the lock's taking stands in a loop with it.</summary>
    private bool ComesRoundAgain(CacheCall before)
    {
        for (IOperation? around = At.Operation.Parent; around is not null && !ReferenceEquals(around, _function); around = around.Parent)
        {
            if (around is ILoopOperation && around.Syntax.Span.Contains(before.Syntax.Span))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a condition that has nothing to do with the lock decides about a release, which then is not the end of the work: where a
    /// local function gives the lock back, there or in it. Where the token is compared first it is, and in a <c>finally</c> unless the
    /// condition picks out failure.
    /// </summary>
    private bool IsOnlyOnSomePaths(CacheCall release)
    {
        for (CacheCall? call = release; call is not null; call = call.IsLocal ? call.Behind : null)
        {
            Place place = _body.Places.Of(call.Operation);
            if (place.IsInFinallyOfFunction)
            {
                return _episodes.Handlers.IsOnlyOnFailure(call.Operation);
            }

            if (IsOnlyOnSomePaths(call.Operation, place))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOnlyOnSomePaths(IOperation release, Place place)
    {
        // What runs in another function runs behind the taking wherever it stands.
        int start = ReferenceEquals(place.Function, _function) ? At.Syntax.SpanStart : place.Function.Syntax.SpanStart - 1;
        for (Enclosing<IOperation>? test = place.Tests; test is not null && test.Operation.Syntax.Span.End > start; test = test.Outer)
        {
            if (test.Operation is not IConditionalOperation conditional || BranchOf(conditional, release) is not { } branch)
            {
                continue;
            }

            if (branch.Syntax.SpanStart <= start || !IsIn(conditional, place.Function))
            {
                break;
            }

            if (!_tests.ContainsKey(conditional) && !AsksForKey(conditional.Condition, start))
            {
                IOperation? other = ReferenceEquals(conditional.WhenTrue, branch) ? conditional.WhenFalse : conditional.WhenTrue;
                if (other is null || !HasRelease(other.Syntax.Span))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The branch of a condition that holds an operation; null where the condition itself does.</summary>
    private static IOperation? BranchOf(IConditionalOperation conditional, IOperation operation) =>
        conditional.WhenTrue.Syntax.Span.Contains(operation.Syntax.Span) ? conditional.WhenTrue
        : conditional.WhenFalse?.Syntax.Span.Contains(operation.Syntax.Span) == true ? conditional.WhenFalse
        : null;

    private static bool IsIn(IOperation operation, IOperation function) => function.Syntax.Span.Contains(operation.Syntax.Span);

    /// <summary>Whether the lock is taken anew between its taking and a release, which then is for that one.</summary>
    public bool IsTakenAgainBefore(CacheCall release) => _key.NextTake(_function, At.Syntax.SpanStart) < release.Syntax.SpanStart;

    /// <summary>
    /// The reads of who holds the lock between its taking and a release; of a release in a local function, those in that.
    /// </summary>
    public IEnumerable<CacheCall> ReadsBefore(CacheCall release)
    {
        int start = release.IsLocal ? _body.Places.Of(release.Written.Operation).Function.Syntax.SpanStart : At.Syntax.SpanStart;
        int end = release.Written.Syntax.SpanStart;
        return _key.Reads.Where(read => read.Data == DataType.String && read.Syntax.SpanStart > start && read.Syntax.SpanStart < end);
    }

    /// <summary>Whether a stretch of source gives the lock back.</summary>
    public bool HasRelease(TextSpan span) =>
        Sorted.FirstFrom(_key.All, span.Start, static release => release.Syntax.SpanStart) is var index && index < _key.All.Count &&
            _key.All[index].Syntax.SpanStart < span.End;

    /// <summary>Whether a condition asks for the key, or for what was read from it since a position.</summary>
    private bool AsksForKey(IOperation condition, int start)
    {
        TextSpan span = condition.Syntax.Span;
        int inside = Sorted.FirstFrom(_key.Own, span.Start, static call => call.Syntax.SpanStart);
        if (inside < _key.Own.Count && _key.Own[inside].Syntax.SpanStart < span.End)
        {
            return true;
        }

        int first = Sorted.FirstFrom(_key.Reads, start + 1, static read => read.Syntax.SpanStart);
        return _key.Reads.Skip(first).TakeWhile(read => read.Syntax.SpanStart < span.Start).Take(MaxLook)
            .Any(read => _episodes.From(read.Operation).Reaches(condition));
    }

    /// <summary>Collects the code that runs only while the lock is held.</summary>
    private void CollectRegion()
    {
        if (StatementOf(_result) is IExpressionStatementOperation { Operation: { } expression } statement &&
            (ReferenceEquals(_types.Unawaited(expression), _result) ||
                expression is ISimpleAssignmentOperation { Target: IDiscardOperation }))
        {
            // The answer is thrown away: whatever follows runs as if the lock were held.
            _region.Add(_episodes.Tails.After(statement));
            return;
        }

        AnswerUse[] answers = [.. Sources(_episodes.Answers.Of, _episodes.Answers.Of).SelectMany(Near)];
        int end = FirstReleaseEnd();
        Collect(answers, end);

        // A success branch that sets a flag makes the flag as good as the answer.
        if (FindFlags())
        {
            Collect([.. answers, .. _flags.SelectMany(flag => Near(_episodes.Answers.Of(flag))).Where(IsFlag)], end);
            FindFlags();
        }
    }

    /// <summary>Collects the work that runs all the same where the lock was not got; answers false where there is none.</summary>
    private bool CollectUnheeded()
    {
        if (_end is not { } end || StatementOf(_result) is not { } statement || _episodes.Code.FirstWork(_region, end, _key) is not null)
        {
            return false;
        }

        OutcomeUses uses = new(_body, _key.IsEndedBy);
        if (uses.IdleTests(_result) is not { } tests ||
            _episodes.RestBehind(uses.Retry ?? statement, tests, end, _key) is not var (rest, _))
        {
            return false;
        }

        _region = rest;
        return true;
    }

    private bool FindFlags()
    {
        _flags.UnionWith(_region.Spans(int.MaxValue).SelectMany(span => _episodes.Code.FlagsIn(span, MaxLook)));
        return _flags.Count > 0;
    }

    /// <summary>
    /// The end of what gives the lock back before it is taken again; behind it, conditions on the same variable are about another lock.
    /// </summary>
    private int FirstReleaseEnd()
    {
        CacheCall[] known = _key.ReleasesIn(_function);
        int first = Sorted.FirstFrom(known, At.Syntax.SpanStart, static release => release.Syntax.SpanStart);
        if (first == known.Length)
        {
            return int.MaxValue;
        }

        int next = _key.NextTake(_function, known[first].Syntax.SpanStart);
        return next == int.MaxValue ? next
            : known[Sorted.FirstFrom(known, next, static release => release.Syntax.SpanStart) - 1].Syntax.Span.End;
    }

    /// <summary>Of the conditions on one variable, those around the lock's taking and the next behind it.</summary>
    private IEnumerable<AnswerUse> Near(IReadOnlyList<AnswerUse> uses)
    {
        int first = Sorted.FirstFrom(uses, At.Syntax.SpanStart, static use => use.Start);
        return Around(uses, first).Concat(uses.Skip(first).Take(MaxLook));
    }

    private IEnumerable<AnswerUse> Around(IReadOnlyList<AnswerUse> uses, int first)
    {
        if (first <= MaxLook)
        {
            return uses.Take(first).Where(use => use.Owner.Syntax.Span.Contains(At.Syntax.Span));
        }

        List<AnswerUse> around = [];
        for (Enclosing<IOperation>? test = _body.Places.Of(At.Operation).Tests; test is not null; test = test.Outer)
        {
            int start = test.Operation.Syntax.SpanStart;
            for (int i = Sorted.FirstFrom(uses, start, static use => use.Start); i < first && uses[i].Start == start; i++)
            {
                if (ReferenceEquals(uses[i].Owner, test.Operation))
                {
                    around.Add(uses[i]);
                }
            }
        }

        return around;
    }

    private void Collect(IEnumerable<AnswerUse> uses, int end)
    {
        _region.Clear();
        _tests.Clear();
        foreach (AnswerUse use in uses.OrderBy(static use => use.Start))
        {
            if (!_tests.ContainsKey(use.Owner) && IsHeldIf(use) is { } isHeld)
            {
                _tests[use.Owner] = isHeld;
                if (use.Start < end)
                {
                    AddHeld(use.Owner, isHeld);
                }
            }
        }
    }

    private void AddHeld(IOperation test, bool isHeld)
    {
        switch (test)
        {
            case IConditionalOperation conditional:
                AddBranches(conditional, isHeld);
                break;
            case IWhileLoopOperation loop when !isHeld:
                _region.Add(_episodes.Tails.After(loop));
                break;
            case IWhileLoopOperation { Body: { } body, ConditionIsTop: true }:
                _region.Add(body);
                break;
        }
    }

    private void AddBranches(IConditionalOperation conditional, bool isHeld)
    {
        IOperation? held = isHeld ? conditional.WhenTrue : conditional.WhenFalse;
        IOperation? missed = isHeld ? conditional.WhenFalse : conditional.WhenTrue;
        if (held is not null)
        {
            _region.Add(held);
        }

        if (missed is not null && Places.Leaves(missed))
        {
            _region.Add(_episodes.Tails.After(conditional));
        }

        if (held is not null && _episodes.Code.HasBreak(held.Syntax.Span) && _body.Places.Of(conditional).Loop is { } loop)
        {
            _region.Add(_episodes.Tails.After(loop));
        }
    }

    private bool IsFlag(AnswerUse use) => use.Leaf is ILocalReferenceOperation { Local: { } local } && _flags.Contains(local);

    /// <summary>
    /// Whether the lock is held where a condition is true (true), where it is false (false), or the condition says nothing of it (null).
    /// </summary>
    private bool? IsHeldIf(AnswerUse use) => use.Leaf switch
    {
        ILocalReferenceOperation when IsFlag(use) => use.IfTrue,
        { Type.SpecialType: SpecialType.System_Boolean } leaf => IsAnswerMissing(leaf) ? use.IfFalse : use.IfTrue,
        _ => null,
    };

    /// <summary>
    /// Whether the answer may be more than yes or no: a raw command's reply, a helper's token or handle, a client's handle.
    /// </summary>
    private bool AnswersByObject => Take.Raw is not null || Take.Behind is not null || IsOfClientHandle(Take);

    /// <summary>
    /// Whether a test is true where a raw SET NX has answered nil: <c>reply.IsNull</c>, <c>(string)reply != "OK"</c>; or a raw SETNX zero:
    /// <c>(int)reply == 0</c>; or where a helper has answered with no token or handle.
    /// </summary>
    private bool IsAnswerMissing(IOperation condition) => AnswersByObject &&
        (AnswerTest.Of(condition)?.IsOfMissing ?? _types.IsUseOf(condition, KnownMember.IsNullOrEmpty));

    /// <summary>What a test looks at: of a raw command's reply, the reply.</summary>
    private IOperation SubjectOf(IOperation leaf) => AnswersByObject && AnswerTest.Of(leaf) is { } test ? test.Subject : leaf;

    /// <summary>Whether an expression is the answer, or a variable that holds it or no, and nothing else.</summary>
    private bool IsOutcome(IOperation expression) => _types.Unawaited(expression) switch
    {
        ILocalReferenceOperation { Local: { } local } => !_body.Assignments.IsAliased(local) && !_body.Assignments.IsShared(local) &&
            _body.Assignments.ValuesOf(local).All(value => value is not null &&
                (value.ConstantValue is { HasValue: true, Value: false } || IsTaking(_types.Unawaited(value)))),
        var answer => IsTaking(answer),
    };

    private bool IsTaking(IOperation operation) => ReferenceEquals(operation, _result) ||
        _key.Own.Any(call => LockCalls.MayTake(call) && ReferenceEquals(ResultOf(call.Operation, _body), operation));

    /// <summary>Collects what a helper runs under the lock for its caller.</summary>
    private void CollectDelegates(HeldLock held)
    {
        foreach (IArgumentOperation argument in Take.Operation.Arguments
            .Where(argument => argument.Parameter is { } parameter && held.Work.Contains(parameter.Ordinal)))
        {
            if (_body.Resolved(argument.Value).AsLambda() is { } lambda)
            {
                _region.Add(lambda.Body);
            }
            else
            {
                _delegates.Add(argument.Value);
            }
        }
    }

    /// <summary>
    /// Confines the code under the lock to the life of the handle, which a <c>using</c> ends; answers false where none does.
    /// </summary>
    private bool CollectScope(IReadOnlyList<HandleUses> handles)
    {
        IOperation? held = handles.SelectMany(static uses => uses.Usings)
            .Where(holder => ReferenceEquals(_body.Places.Of(holder).Function, _function))
            .OrderBy(static holder => holder.Syntax.SpanStart)
            .FirstOrDefault();
        if (held is null)
        {
            return false;
        }

        bool isTested = !_region.IsEmpty || Sources(_episodes.Answers.Of, _episodes.Answers.Of).Any(static uses => uses.Count > 0);
        if (held is IUsingOperation { Body: { } body })
        {
            if (!isTested || _region.Contains(body.Syntax.Span))
            {
                _region.Clear();
                _region.Add(body);
            }
            else
            {
                _region.Confine(body.Syntax.Span);
            }
        }
        else if (!isTested)
        {
            _region.Add(_episodes.Tails.After(held));
        }

        if (held.Parent is { } scope and not IUsingOperation)
        {
            _region.Confine(scope.Syntax.Span);
        }

        return true;
    }

    /// <summary>Looks for the calls that dispose of the handle, the last of which ends the lock.</summary>
    private bool FindDisposal(IReadOnlyList<HandleUses> handles, ref int? end)
    {
        IInvocationOperation[] disposals = [.. handles.SelectMany(static uses => uses.Calls).Where(call =>
            LockHandles.EndsHandle(call, _types) && !_body.Places.Of(call).IsInCatch &&
            ReferenceEquals(_body.Places.Of(call).Function, _function))];
        if (disposals.Length > 0)
        {
            end = Math.Max(end ?? 0, disposals.Max(static call => call.Syntax.SpanStart));
        }

        return disposals.Length > 0;
    }

    /// <summary>Whether nothing that the work throws gets past it, or what gives the lock back may stand in a handler around it.</summary>
    private bool IsGuarded(IOperation work)
    {
        for (Enclosing<ITryOperation>? around = _body.Places.Of(work).Attempts; around is not null &&
            IsIn(around.Operation, _function); around = around.Outer)
        {
            ITryOperation attempt = around.Operation;
            if ((_end > attempt.Syntax.Span.End && _episodes.Handlers.EndsThrown(attempt)) ||
                _episodes.Handlers.MayRelease(attempt, _key.IsEndedBy) || IsDisposedIn(attempt))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsDisposedIn(ITryOperation attempt) =>
        Sources(_episodes.Answers.HandlesOf, _episodes.Answers.HandlesOf).SelectMany(static uses => uses.Calls).Any(call =>
            _types.IsDisposal(call.TargetMethod) && !attempt.Body.Syntax.Span.Contains(call.Syntax.Span) &&
                attempt.Syntax.Span.Contains(call.Syntax.Span));

    /// <summary>The statement of a block that an operation is a part of.</summary>
    public static IOperation? StatementOf(IOperation operation)
    {
        IOperation? current = operation;
        while (current is not null && current.Parent is not (IBlockOperation or ISwitchCaseOperation))
        {
            current = current.Parent;
        }

        return current;
    }
}
