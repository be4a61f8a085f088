using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>The locks of one body, each looked at once, and what they ask the body for, found once for all of them.</summary>
internal sealed class LockEpisodes
{
    private readonly Dictionary<CacheCall, LockEpisode?> _taken = [];
    private readonly Dictionary<CacheCall, LockEpisode> _byHandle = [];
    private readonly Dictionary<ISymbol, Derivation> _derivations = new(SymbolEqualityComparer.Default);
    private LockCode? _code;
    private WorkLimits? _limits;
    private Waits? _waits;
    private OpenTasks? _openTasks;
    private bool? _isRenewedByType;

    private LockEpisodes(Body body)
    {
        Body = body;
        Calls = new(body);
        Answers = new(body);
        Tails = new(body.Root);
        Handlers = new(body);
    }

    public Body Body { get; }

    public LockCalls Calls { get; }

    public AnswerUses Answers { get; }

    public Tails Tails { get; }

    public Handlers Handlers { get; }

    public LockCode Code => _code ??= new(Body);

    public WorkLimits Limits => _limits ??= new(Body);

    public OpenTasks OpenTasks => _openTasks ??= new(Body);

    public Waits Waits => _waits ??= new(Body);

    /// <summary>Whether another member of the type prolongs a lock from a loop or a timer, which may be one of these.</summary>
    public bool IsRenewedByType =>
        _isRenewedByType ??= Body.Knowledge.Remember(static knowledge => new OtherRenewals(knowledge)).MayServe(Body.Root.Syntax);

    /// <summary>Whether those renewals all give the lock's token, so that they are of locks whose token they are handed.</summary>
    public bool AreRenewedByToken =>
        Body.Knowledge.Remember(static knowledge => new OtherRenewals(knowledge)).AreByToken(Body.Root.Syntax);

    /// <summary>Whether those renewals may be of the lock with a key: not all are written with keys that are others.</summary>
    public bool MayBeRenewed(string key) =>
        Body.Knowledge.Remember(static knowledge => new OtherRenewals(knowledge)).MayRenew(Body.Root.Syntax, key);

    public static LockEpisodes Of(Body body) => body.Remember(static body => new LockEpisodes(body));

    /// <summary>
    /// The lock that a call takes, also where nothing in the body gives it back; null where the call takes none.
    /// </summary>
    public LockEpisode? Taken(CacheCall call)
    {
        if (!_taken.TryGetValue(call, out LockEpisode? episode))
        {
            _taken[call] = episode = Find(call);
        }

        return episode;
    }

    /// <summary>The lock that a client's call gives a handle for and does not renew; null where the call does anything else.</summary>
    public LockEpisode? TakenByHandle(CacheCall call) => LockEpisode.IsOfClientHandle(call) &&
        call.Argument(Role.Renewal)?.Value.ConstantValue is { HasValue: true, Value: false } && call.Expiry is { } expiry
            ? new(this, call, expiry)
            : null;

    /// <summary>The lock that a client's call gives a handle for, be it renewed or not.</summary>
    public LockEpisode OfHandle(CacheCall call)
    {
        if (!_byHandle.TryGetValue(call, out LockEpisode? episode))
        {
            _byHandle[call] = episode = new(this, call, call.Expiry ?? call.Operation);
        }

        return episode;
    }

    /// <summary>The variables that hold what is made of an expression's value.</summary>
    public Derivation From(IOperation source)
    {
        IReadOnlyCollection<ISymbol> direct = Derivation.VariablesOf(Body, source);
        if (direct.Count != 1)
        {
            return new(Body, source);
        }

        // The answers of many calls may go to one variable, one after the other.
        ISymbol variable = direct.First();
        if (!_derivations.TryGetValue(variable, out Derivation? derivation))
        {
            _derivations[variable] = derivation = new(Body, [variable]);
        }

        return derivation.From(source);
    }

    /// <summary>
    /// The code that follows the taking of a lock, or runs in its <c>using</c>, from where its first work stands: behind the tests that
    /// only wait, which come before it. Null where no work follows.
    /// </summary>
    /// <param name="start">The statement that takes the lock, or holds it.</param>
    /// <param name="tests">The tests whose branches are no work under the lock.</param>
    /// <param name="end">Where the lock is given back.</param>
    /// <param name="key">What the body does with the lock's key, which is no work.</param>
    public (LockRegion Region, IOperation Work)? RestBehind(
        IOperation start, IReadOnlyList<IConditionalOperation> tests, int end, LockKey key)
    {
        LockRegion rest = new();
        if (start is IUsingOperation { Body: { } held })
        {
            rest.Add(held);
        }
        else
        {
            rest.Add(Tails.After(start));
        }

        // Each test can stand before the first work but once.
        for (int round = 0; round <= tests.Count && Code.FirstWork(rest, end, key) is { } work; round++)
        {
            if (tests.FirstOrDefault(test => test.Syntax.Span.Contains(work.Syntax.Span)) is not { } before)
            {
                return (rest, work);
            }

            rest = new();
            rest.Add(Tails.After(before));
        }

        return null;
    }

    private LockEpisode? Find(CacheCall call)
    {
        if (call.Receiver is ReceiverKind.Transaction or ReceiverKind.Batch)
        {
            return null;
        }

        if (call.Held is { } held)
        {
            return ExpiryAtHelper(call, held) is { } given ? new LockEpisode(this, call, given) : null;
        }

        IOperation? expiry = call.Expiry is { } written ? LocalCalls.Outside(written, Calls.Local.RunAt(call)) : call.Operation;
        return call.Behind is null && LockCalls.MayTake(call) ? new LockEpisode(this, call, expiry) : null;
    }

    /// <summary>The TTL that a helper is handed, be it none by leaving it out; the call itself where the helper sets it.</summary>
    private static IOperation? ExpiryAtHelper(CacheCall call, HeldLock held) => held.TtlParameter is not { } ordinal ? call.Operation
        : call.Operation.Arguments
            .FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal &&
                (argument.ArgumentKind == ArgumentKind.Explicit || IsNone(argument.Value)))?.Value;

    /// <summary>Whether what stands for an argument that is left out is null.</summary>
    private static bool IsNone(IOperation value) => value.WithoutConversions() is { ConstantValue: { HasValue: true, Value: null } } or
        IDefaultValueOperation { Type.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
}
