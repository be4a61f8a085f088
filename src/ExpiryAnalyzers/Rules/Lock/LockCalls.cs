using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>The calls of one body that matter to locks, by their keys.</summary>
internal sealed class LockCalls
{
    /// <summary>How many keys that are put into one list are looked at.</summary>
    private const int MaxElements = 64;

    private readonly Dictionary<Key, OnKey> _keys = [];
    private readonly Dictionary<(Key? Name, Key? Database), LockKey> _locks = [];
    private readonly OnKey _none = new();
    private readonly Body _body;
    private readonly HashSet<(CacheCall Release, Key Key)> _ofElements = [];
    private CacheCall[]? _releases;
    private ILookup<ISymbol, Key>? _elements;

    public LockCalls(Body body)
    {
        _body = body;
        Local = new(body);
        foreach (CacheCall call in body.Calls.Concat(Local.All))
        {
            AddRelease(call);
            AddExtension(call);
            if (call.Key is { } key)
            {
                On(key).Add(call);
            }
        }

        foreach (CacheCall script in body.Scripts)
        {
            AddRelease(script);
        }
    }

    /// <summary>What the local functions of the body take and give back, where they are called.</summary>
    public LocalCalls Local { get; }

    /// <summary>The calls that prolong a lock of which is not known which.</summary>
    public List<CacheCall> Extensions { get; } = [];

    /// <summary>All calls that give a lock back by its token, those of scripts that compare it too, sorted by position.</summary>
    public IReadOnlyList<CacheCall> Releases => _releases ??= [.. _body.Calls.Where(static call => call.Has(Effect.ReleaseLock))
        .Concat(_body.Scripts.Concat(_body.Calls).Where(static call => call.OnlyKey is not null && call.DeletedBy is not null))
        .OrderBy(static call => call.Syntax.SpanStart)];

    /// <summary>Whether any call of the body may take the lock of a key.</summary>
    public bool MayTakeAnyOf(Key key) => _keys.TryGetValue(key, out OnKey? calls) && calls.All.Exists(MayTake);

    /// <summary>Whether any call of the body may take the lock of a key in one database.</summary>
    public bool MayTakeAnyOf(Key key, Key? database) => _keys.TryGetValue(key, out OnKey? calls) &&
        calls.All.Exists(call => MayTake(call) && Equals(call.Database, database));

    /// <summary>All calls that prolong a lock.</summary>
    public List<CacheCall> AllExtensions { get; } = [];

    public Body Body => _body;

    /// <summary>The functions of the body that something starts.</summary>
    public StartedFunctions Started => _body.Remember(static body => new StartedFunctions(body));

    /// <summary>Whether a call may take a lock.</summary>
    public static bool MayTake(CacheCall call) => call.Receiver is not (ReceiverKind.Transaction or ReceiverKind.Batch) &&
        (call.Has(Effect.TakeLock) ||
            (call.Has(Effect.Overwrite) && !call.Has(Effect.Read) && call.IsOnlyIfMissing && call.Raw?.IsAbsolute != true));

    /// <summary>What is done with the lock that a call takes.</summary>
    public LockKey Of(CacheCall call)
    {
        if (!_locks.TryGetValue((call.Key, call.Database), out LockKey? key))
        {
            OnKey calls = call.Key is not null && _keys.TryGetValue(call.Key, out OnKey? known) ? known : _none;
            _locks[(call.Key, call.Database)] = key = new(this, call, calls);
        }

        return key;
    }

    /// <summary>The first call of the client itself that takes the lock of a key, whatever its database.</summary>
    public CacheCall? FirstTake(Key? key) => key is not null && _keys.TryGetValue(key, out OnKey? calls) ? calls.FirstTake : null;

    private OnKey On(Key key)
    {
        if (!_keys.TryGetValue(key, out OnKey? calls))
        {
            _keys[key] = calls = new();
        }

        return calls;
    }

    private void AddRelease(CacheCall call)
    {
        if (!call.Has(Effect.ReleaseLock | Effect.Delete | Effect.Opaque))
        {
            return;
        }

        IEnumerable<Key?> keys = !call.Has(Effect.Opaque) ? [call.Key]
            : call.Behind is not null ? call.Touched ?? []
            : call.Operation.Arguments.SelectMany(static argument => argument.Descendants()).Select(part => _body.Keys.Of(part));
        foreach (Key element in ElementsGivenBack(call).Take(MaxElements))
        {
            if (_ofElements.Add((call, element)))
            {
                On(element).Releases.Add(call);
            }
        }

        foreach (Key? key in keys)
        {
            // One call is added once for each key.
            if (key is not null && On(key).Releases is var releases &&
                (releases.Count == 0 || !ReferenceEquals(releases[releases.Count - 1], call)))
            {
                releases.Add(call);
            }
        }
    }

    /// <summary>
    /// Whether a call gives back each lock whose key was put into a list, and with it the one of a key: on the same database.
    /// </summary>
    public bool IsOfElements(CacheCall release, CacheCall take) => take.Key is { } key && _ofElements.Contains((release, key)) &&
        take.Database is { } database && database.Equals(release.Database);

    /// <summary>
    /// The keys of the list that a call deletes; or what was put into the list that a loop around a call goes through, where the call is
    /// handed each element.
    /// </summary>
    private IEnumerable<Key> ElementsGivenBack(CacheCall call)
    {
        if (call.Has(Effect.Delete) && ListDeletedBy(call) is { } deleted)
        {
            return _body.ListedIn(deleted) is { } listed ? listed.Select(_body.Keys.Of).OfType<Key>()
                : ListOf(deleted) is { } list ? Elements[list]
                : [];
        }

        if (call.Behind is not null || call.KeyExpression is not { } key || DefUse.SymbolOf(key.WithoutConversions()) is not { } element ||
            _body.Assignments.ElementOf(element) is not ({ } collection, -1))
        {
            return [];
        }

        return ListOf(collection) is { } local ? Elements[local] : [];
    }

    /// <summary>The list of keys that a call is handed; null where it is handed one key.</summary>
    private static IOperation? ListDeletedBy(CacheCall call) =>
        (call.Argument(Role.Keys) ?? (call.Key is null ? call.Argument(Role.Key) : null))?.Value;

    /// <summary>The list that a collection is, or has the elements of.</summary>
    private ILocalSymbol? ListOf(IOperation collection)
    {
        IOperation list = _body.Knowledge.Types.ReceiverOf(collection.WithoutConversions(), KnownMember.SameElements) ?? collection;
        return list.WithoutConversions() is ILocalReferenceOperation { Local: { } local } && _body.Assignments.Writes(local) == 1
            ? local : null;
    }

    /// <summary>The keys that the body puts into lists, by the variables of these.</summary>
    private ILookup<ISymbol, Key> Elements => _elements ??= _body.Operations.OfType<IInvocationOperation>()
        .Where(add => add is { Instance: ILocalReferenceOperation, Arguments.Length: 1 } &&
            _body.Knowledge.Types.Is(add.TargetMethod, KnownMember.AddElement))
        .Select(add => (List: ((ILocalReferenceOperation)add.Instance!).Local, Key: _body.Keys.Of(add.Arguments[0].Value)))
        .Where(static added => added.Key is not null)
        .ToLookup(static added => (ISymbol)added.List, static added => added.Key!, SymbolEqualityComparer.Default);

    private void AddExtension(CacheCall call)
    {
        if (call.Has(Effect.ExtendLock))
        {
            AllExtensions.Add(call);
            if (call.Key is not { } key || key.Symbols.Any(IsOfNested))
            {
                Extensions.Add(call);
            }
        }
    }

    /// <summary>Whether a key arrives through a nested function's own parameter.</summary>
    public static bool IsOfNested(ISymbol symbol) =>
        symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or
            MethodKind.LocalFunction } };

    /// <summary>The calls on one key, whatever the database.</summary>
    internal sealed class OnKey
    {
        public List<CacheCall> All { get; } = [];

        /// <summary>The calls that may give back a lock of that key, also those that run a script on it.</summary>
        public List<CacheCall> Releases { get; } = [];

        /// <summary>The first call of the client itself that takes a lock of that key.</summary>
        public CacheCall? FirstTake { get; private set; }

        public void Add(CacheCall call)
        {
            All.Add(call);
            FirstTake ??= call.Behind is null && call.Has(Effect.TakeLock) ? call : null;
        }
    }
}

/// <summary>
/// What one body does with one key of one database, as far as that matters to locks: found once for all calls that take it.
/// </summary>
internal sealed class LockKey
{
    /// <summary>How many releases that hang on flags are looked at.</summary>
    private const int MaxFlagged = 16;

    private readonly LockCalls _calls;
    private readonly LockCalls.OnKey _onKey;
    private readonly CacheCall _take;
    private readonly Dictionary<IOperation, CacheCall[]> _releases = [];
    private readonly Dictionary<IOperation, int[]> _takes = [];
    private readonly Dictionary<(TimeSpan?, Key?), WorkLimit?> _late = [];
    private CacheCall[]? _all;
    private CacheCall[]? _inLambdas;
    private CacheCall[]? _own;
    private CacheCall[]? _reads;
    private CacheCall[]? _taking;
    private HashSet<IOperation>? _ends;
    private CacheCall[]? _renewals;
    private TakenTokens? _tokens;
    private IReadOnlyDictionary<int, int>? _runs;
    private IOperation[]? _safe;
    private (IOperation Call, int From)[]? _flagged;
    private (IOperation Function, IOperation Call)[]? _functions;
    private int? _lastRead;

    public LockKey(LockCalls calls, CacheCall take, LockCalls.OnKey onKey)
    {
        _calls = calls;
        _onKey = onKey;
        _take = take;
    }

    /// <summary>The calls on the same key and database, sorted by position.</summary>
    public IReadOnlyList<CacheCall> Own => _own ??= Sort(_onKey.All.Where(call => call.SharesKeyWith(_take)));

    /// <summary>Those of <see cref="Own"/> that read, sorted by position.</summary>
    public IReadOnlyList<CacheCall> Reads => _reads ??= [.. Own.Where(static call => call.Has(Effect.Read))];

    /// <summary>The calls that may give the lock back, sorted by position.</summary>
    public IReadOnlyList<CacheCall> All =>
        _all ??= Sort(_onKey.Releases.Where(call =>
            !call.Prolongs && (call.Has(Effect.Opaque | Effect.ReleaseLock) || call.SharesKeyWith(_take) ||
                _calls.IsOfElements(call, _take) || IsQueued(call))));

    /// <summary>Whether a call on the key is put on a transaction or batch of the same database.</summary>
    private bool IsQueued(CacheCall call) => call is { Behind: null, Key.HasRound: false } && call.Key.Equals(_take.Key) &&
        call.Receiver is ReceiverKind.Transaction or ReceiverKind.Batch &&
        _take.Database is { } database && database.Equals(_calls.Body.DatabaseOf(call));

    /// <summary>Whether any call may give the lock back, those on a transaction too.</summary>
    public bool MayEnd => _onKey.Releases.Count > 0;

    /// <summary>Whether an operation is one of those calls.</summary>
    public bool IsEndedBy(IOperation call) => (_ends ??= [.. All.Select(static release => release.Operation)]).Contains(call);

    /// <summary>Those of <see cref="All"/> that lambdas make.</summary>
    public IReadOnlyList<CacheCall> InLambdas => _inLambdas ??=
        [.. All.Where(call => _calls.Body.Places.Of(call.Operation).Function is IAnonymousFunctionOperation)];

    /// <summary>
    /// The calls that prolong the lock, wherever the body or a helper that it calls has them, but for those that nothing starts.
    /// </summary>
    public IReadOnlyList<CacheCall> Renewals => _renewals ??= Sort((_take.Key is null ? _calls.AllExtensions
        : _calls.Extensions.Concat(_onKey.All.Where(call => call.Has(Effect.ExtendLock)
            ? !call.Key!.Symbols.Any(LockCalls.IsOfNested)
            : call.Has(Effect.SetExpiry) && call.SharesKeyWith(_take)))
            .Concat(_onKey.Releases.Where(static call => call.Prolongs)))
        .Where(call => _calls.Started.MayRun(_calls.Body.Places.Of(call.Operation).Function)));

    /// <summary>The calls that take the lock, sorted by position.</summary>
    public IEnumerable<CacheCall> Takes => _taking ??= [.. Own.Where(LockCalls.MayTake)];

    /// <summary>The tokens by which the lock is taken.</summary>
    public TakenTokens Tokens => _tokens ??= new(Own.Where(static call => call.Has(Effect.TakeLock)), _calls.Body);

    /// <summary>Those calls of <see cref="All"/> that one function makes outside of handlers, sorted by position.</summary>
    public CacheCall[] ReleasesIn(IOperation function)
    {
        if (!_releases.TryGetValue(function, out CacheCall[]? releases))
        {
            _releases[function] = releases = [.. All.Where(call => _calls.Body.Places.Of(call.Operation) is var place &&
                !place.IsInCatch && ReferenceEquals(place.Function, function))];
        }

        return releases;
    }

    /// <summary>
    /// Where one function next takes the lock behind a position; the end of all where it does not. Who returns what a try from the start
    /// brings has left when the function's own release comes.
    /// </summary>
    public int NextTake(IOperation function, int position)
    {
        if (!_takes.TryGetValue(function, out int[]? takes))
        {
            _takes[function] = takes = [.. Own
                .Where(call => LockCalls.MayTake(call) && !IsTriedFromTheStart(call) &&
                    ReferenceEquals(_calls.Body.Places.Of(LockEpisode.ResultOf(call.Operation, _calls.Body)).Function, function))
                .Select(static call => call.Syntax.SpanStart)];
        }

        int next = Sorted.FirstFrom(takes, position + 1);
        return next < takes.Length ? takes[next] : int.MaxValue;
    }

    private bool IsTriedFromTheStart(CacheCall call) =>
        SymbolEqualityComparer.Default.Equals(call.Operation.TargetMethod.OriginalDefinition, _calls.Body.Member) &&
        LockEpisode.ResultOf(call.Operation, _calls.Body).Answer().Parent is { Kind: OperationKind.Return };

    /// <summary>
    /// Whether a call that may give the lock back is reached when a function's work throws: in a handler, or in another function.
    /// </summary>
    public bool IsReleasedOnThrow(IOperation function, IOperation take, IOperation? work, Handlers handlers)
    {
        // Two different operations tell whether there is one beside the given one.
        (IOperation Call, int From)[] handled = _safe is not null ? []
            : [.. All.Where(call => PlaceOf(call) is { IsInCatch: true } or { IsInFinally: true }).Select(OperationOf).Distinct()
                .Select(call => (call, handlers.ReachedFrom(call)))];
        _safe ??= [.. handled.Where(static call => call.From == 0).Select(static call => call.Call).Take(2)];
        _flagged ??= [.. handled.Where(static call => call.From is > 0 and < int.MaxValue).Take(MaxFlagged)];
        _functions ??= [.. All.Where(call => !_calls.Local.IsMadeElsewhere(call)).ToLookup(call => PlaceOf(call).Function, OperationOf)
            .SelectMany(static calls => calls.Distinct().Take(2).Select(call => (calls.Key, call)))];
        return _safe.Any(safe => !ReferenceEquals(safe, take)) ||
            _flagged.Any(flagged => !ReferenceEquals(flagged.Call, take) && !(flagged.From > work?.Syntax.SpanStart)) ||
            _functions.Any(other => !ReferenceEquals(other.Function, function) && !ReferenceEquals(other.Call, take));

        Place PlaceOf(CacheCall call) => _calls.Body.Places.Of(call.Operation);

        static IOperation OperationOf(CacheCall call) => call.Operation;
    }

    /// <summary>Whether the value of the key, that is its holder, is read behind a position.</summary>
    public bool IsHolderAskedFor(int position)
    {
        _lastRead ??= Reads.LastOrDefault(static call => call.Data == DataType.String)?.Syntax.SpanStart ?? -1;
        return _lastRead > position;
    }

    /// <summary>The first wait between two renewals that is not shorter than the TTL.</summary>
    public WorkLimit? LateRenewal(TimeSpan? ttl, Key? expiry, Waits waits)
    {
        if (!_late.TryGetValue((ttl, expiry), out WorkLimit? late))
        {
            _late[(ttl, expiry)] = late = Renewals.Select(renewal => waits.FirstLate(renewal, ttl, expiry))
                .FirstOrDefault(static found => found is not null);
        }

        return late;
    }

    /// <summary>The first call of the body, from one on, that is not itself a call on the key.</summary>
    public int SkipOwn(int index, LockCode code)
    {
        _runs ??= code.RunsOf(Own.Concat(All));
        return _runs.TryGetValue(index, out int next) ? next : index;
    }

    private static CacheCall[] Sort(IEnumerable<CacheCall> calls) => [.. calls.OrderBy(static call => call.Syntax.SpanStart)];
}

/// <summary>The local functions and delegates of one body that something may start: found in one walk.</summary>
internal sealed class StartedFunctions(Body body)
{
    /// <summary>Which parameter of a timer says when it first calls back: behind the callback and its state.</summary>
    private const int DuePlace = 2;

    private readonly HashSet<ISymbol> _named = new(
        body.Operations.Select(NamedBy).OfType<ISymbol>(), SymbolEqualityComparer.Default);

    /// <summary>
    /// Whether a function may run: its name stands somewhere, or the variable that holds it, or the task or timer for it, is read.
    /// </summary>
    public bool MayRun(IOperation function) => function switch
    {
        ILocalFunctionOperation local => _named.Contains(local.Symbol.OriginalDefinition),
        IAnonymousFunctionOperation lambda => lambda.HolderOfDelegate() switch
        {
            IArgumentOperation { Parent: IObjectCreationOperation made } when IsIdle(made) => !IsKeptUnread(made.HolderOfDelegate()),
            var holder => !IsKeptUnread(holder),
        },
        _ => true,
    };

    private bool IsKeptUnread(IOperation? holder) => holder is IVariableInitializerOperation
        { Parent: IVariableDeclaratorOperation { Symbol: { } held } } && body.Assignments.Reads(held).Count == 0;

    /// <summary>
    /// Whether an object runs its code only once it is told to: a task that is made by itself, a timer that is never due.
    /// </summary>
    private bool IsIdle(IObjectCreationOperation made)
    {
        WellKnownTypes types = body.Knowledge.Types;
        return types.Is(made.Type, KnownType.Task) || types.Is(made.Type, KnownType.TaskOf) ||
            (types.Is(made.Type, KnownType.Timer) && (made.Arguments.Length == 1 || IsNeverDue(made.Arguments)));
    }

    private bool IsNeverDue(ImmutableArray<IArgumentOperation> timer) =>
        timer.Length > DuePlace && IsNever(body.ValuesOf(timer[DuePlace].Value));

    private static bool IsNever(TimeValues due) => due.Length == Timeout.InfiniteTimeSpan || due.Number == Timeout.Infinite;

    private static ISymbol? NamedBy(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } called } => called.OriginalDefinition,
        IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } named } => named.OriginalDefinition,
        _ => null,
    };
}
