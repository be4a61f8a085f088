using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Rules.Lifetime;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>Which pair an expire makes with the calls around it on its key.</summary>
internal enum SequenceKind
{
    /// <summary>The key was read.</summary>
    Read,

    /// <summary>A value was stored, which left the key without a TTL.</summary>
    Write,

    /// <summary>A counter was changed, which may have made the key.</summary>
    Increment,

    /// <summary>Order reversed: a value is stored behind the expire, on a key that is not known to be there.</summary>
    TooEarly,

    /// <summary>Order reversed: a value is stored behind the expire, which drops the TTL.</summary>
    Dropped,

    /// <summary>The expire runs only where the key was just seen to be missing, so that it does nothing.</summary>
    Idle,
}

/// <summary>
/// An expire and the calls on its key that it makes a pair with. On one path an expire is part of one sequence at most, so that one rule
/// at most reports it: what was stored last counts before what was read.
/// </summary>
/// <param name="Kind">Which pair it is.</param>
/// <param name="Nearest">The call that the report names.</param>
/// <param name="Others">The other calls of the kind before the expire, nearest first.</param>
/// <param name="Expire">The call that sets the TTL.</param>
internal sealed record ExpireSequence(SequenceKind Kind, CacheCall Nearest, IReadOnlyList<CacheCall> Others, CacheCall Expire)
{
    /// <summary>The sequence of a call; null where it sets no TTL, or where nothing is to be said of it.</summary>
    public static ExpireSequence? Of(CacheCall expire, Body body) => body.Remember(static body => new ExpireSequences(body)).Of(expire);

    /// <summary>The sequence of a call with what was read, be it on a branch beside one that stores; null where there is none.</summary>
    public static ExpireSequence? OfReads(CacheCall expire, Body body) =>
        body.Remember(static body => new ExpireSequences(body)).OfReads(expire);

    /// <summary>
    /// Whether a time is told to an expire that does nothing, as its key is missing wherever it runs: no key dies by it.
    /// </summary>
    public static bool IsIdle(Sink sink, Body body) => body.Remember(static body => new ExpireSequences(body)).IsIdle(sink);
}

/// <summary>The sequences of one body, each told once for all rules that ask.</summary>
internal sealed class ExpireSequences(Body body)
{
    private SmallMap<CacheCall, ExpireSequence?> _sequences = new();
    private SmallMap<CacheCall, bool> _expiredLater = new();
    private SeenKeys? _seen;
    private ILookup<CacheCall?, Sink>? _sinks;
    private HashSet<Sink>? _idle;

    private SeenKeys Seen => _seen ??= new(body);

    private ILookup<CacheCall?, Sink> Sinks => _sinks ??= body.Sinks.ToLookup(static sink => sink.Innermost.Call);

    public ExpireSequence? Of(CacheCall expire)
    {
        if (!expire.Has(Effect.SetExpiry) || expire.Has(Effect.Read))
        {
            return null;
        }

        if (!_sequences.TryGetValue(expire, out ExpireSequence? sequence))
        {
            _sequences[expire] = sequence = Find(expire);
        }

        return sequence;
    }

    public ExpireSequence? OfReads(CacheCall expire) => Of(expire) switch
    {
        { Kind: SequenceKind.Read } sequence => sequence,
        { Kind: SequenceKind.Write or SequenceKind.Increment } sequence => BesideOf(sequence),
        _ => null,
    };

    public bool IsIdle(Sink sink)
    {
        _idle ??= [.. body.Calls.Where(call => Of(call) is { Kind: SequenceKind.Idle }).SelectMany(SinksOf)];
        return _idle.Contains(sink);
    }

    /// <summary>The expressions in an expire that tell its time.</summary>
    private IEnumerable<Sink> SinksOf(CacheCall expire) =>
        Sinks[expire.Innermost].Where(sink => expire.Syntax.Span.Contains(sink.Value.Syntax.Span));

    /// <summary>What a branch reads that does not store, beside the one that does.</summary>
    private ExpireSequence? BesideOf(ExpireSequence sequence)
    {
        CacheCall expire = sequence.Expire;
        CacheCall[] stores = [sequence.Nearest, .. sequence.Others];
        CacheCall[] reads = body.IsThrottled(expire) ? [] :
        [
            .. Reads(body.CallsBefore(expire))
                .Where(read => !stores.Any(store =>
                    body.MayFollow(read.Operation, store.Operation) || body.MayFollow(store.Operation, read.Operation)))
                .OrderByDescending(static read => read.Syntax.SpanStart),
        ];
        return reads is [{ } read, ..] ? new(SequenceKind.Read, read, [.. reads.Skip(1)], expire) : null;
    }

    private static IEnumerable<CacheCall> Reads(IEnumerable<CacheCall> calls) =>
        calls.Where(static call => call.Has(Effect.Read) && !call.Has(Effect.SetExpiry | Effect.Change));

    private ExpireSequence? Find(CacheCall expire)
    {
        if (IsOfOwnWrite(expire) || IsDelete(expire))
        {
            return null;
        }

        CacheCall[] before =
        [
            .. body.CallsBefore(expire)
                .Where(call => !ReferenceEquals(call.Operation, expire.Operation))
                .OrderByDescending(static call => call.Syntax.SpanStart),
        ];
        CacheCall[] stores = [.. before.Where(call => call.LeavesNoTtl && !KeepsTtlOf(call, before))];
        if (stores is [{ } store, ..])
        {
            // A TTL asked for before the value was replaced is one to be restored.
            bool isThrottled = body.IsThrottled(expire, store.Has(Effect.Overwrite) ? store : null);
            SequenceKind kind = store.Has(Effect.Increment) ? SequenceKind.Increment
                : IsIdle(expire, before.TakeWhile(call => !ReferenceEquals(call, store))) ? SequenceKind.Idle
                : SequenceKind.Write;
            bool isMeant = isThrottled || expire.TakesTtlAway || (expire.IsOnlyIfMortal && kind != SequenceKind.Increment);
            return isMeant || HealsItself(stores, expire) ? null : new(kind, store, [.. stores.Skip(1)], expire);
        }

        if (body.IsThrottled(expire))
        {
            return null;
        }

        bool isIdle = before.All(static call => call.Has(Effect.AskExistence)) && IsIdle(expire, before);
        if (Reversed(expire, isFirst: before.Length == 0 || isIdle) is { } reversed)
        {
            return isIdle ? reversed with { Kind = SequenceKind.Idle } : reversed;
        }

        CacheCall[] reads = [.. Reads(before)];
        return reads is [{ } read, ..] ? new(SequenceKind.Read, read, [.. reads.Skip(1)], expire) : null;
    }

    /// <summary>Whether a helper sets the TTL of what it has itself stored under the key: they are a pair there.</summary>
    private bool IsOfOwnWrite(CacheCall expire) => expire.Behind is { } inner && body.CallsAt(expire.Syntax).Any(call =>
        call.LeavesNoTtl && call.Behind is { } store && store.Syntax.SyntaxTree == inner.Syntax.SyntaxTree &&
        store.Syntax.SpanStart < inner.Syntax.SpanStart && call.Key?.Equals(expire.Key) == true);

    /// <summary>Whether the expire is a delete: its time is over whenever it is sent.</summary>
    private bool IsDelete(CacheCall expire) =>
        SinksOf(expire).ToArray() is [_, ..] sinks && sinks.All(sink => TtlNotWhatItSays.Deletes(sink, body));

    /// <summary>Whether an expire runs only where a look at the key, the last of all that was done with it, did not find it.</summary>
    private bool IsIdle(CacheCall expire, IEnumerable<CacheCall> looks) => Seen.IsThereAt(expire, looks) == false;

    /// <summary>
    /// Whether a write changes a key that was just seen to be there, or stored with a TTL, and leaves it the TTL that it has.
    /// </summary>
    private bool KeepsTtlOf(CacheCall store, CacheCall[] before) => !store.Has(Effect.Overwrite) &&
        (Seen.IsThereAt(store, before) == true || IsStoredForATime(store, before));

    private static bool IsStoredForATime(CacheCall store, CacheCall[] before)
    {
        CacheCall? last = before.FirstOrDefault(call => call.Syntax.SpanStart < store.Syntax.SpanStart &&
            call.Has(Effect.Overwrite | Effect.Delete | Effect.Persist | Effect.SetExpiry));
        return last is { IsOnlyIfMissing: false, IsOnlyIfExisting: false, MayBringExpiry: true } && last.Has(Effect.Overwrite) &&
            Places.AlwaysPrecedes(last.Operation, store.Operation);
    }

    /// <summary>Whether each run sets the TTL where it is missing: what a crash left behind is repaired by the next one.</summary>
    private bool HealsItself(CacheCall[] stores, CacheCall expire) =>
        expire.IsOnlyIfEternal &&
        stores.All(store => !store.Has(Effect.Overwrite) && !body.Decisions.Decides(store.Operation, expire.Operation));

    private ExpireSequence? Reversed(CacheCall expire, bool isFirst)
    {
        if (expire.TakesTtlAway || expire.IsOnlyIfMortal)
        {
            return null;
        }

        IEnumerable<CacheCall> stores = body.CallsAfter(expire, isLater: false)
            .Where(call => call.LeavesNoTtl && !ReferenceEquals(call.Operation, expire.Operation))
            .OrderBy(static call => call.Syntax.SpanStart);
        foreach (CacheCall store in stores)
        {
            if (IsExpiredLater(store))
            {
                continue;
            }

            if (store.Has(Effect.Overwrite) && !store.IsOnlyIfMissing)
            {
                return new(SequenceKind.Dropped, store, [], expire);
            }

            // Where the expire's answer decides about the store, it tells whether the key is there: or that it is not.
            bool isMissing = expire is { Behind: null, IsOnlyIfEternal: false } && Seen.IsThereAfter(expire, store) == false;
            if (isFirst && (isMissing || !body.Decisions.Decides(expire.Operation, store.Operation)))
            {
                return new(SequenceKind.TooEarly, store, [], expire);
            }
        }

        return null;
    }

    private bool IsExpiredLater(CacheCall store)
    {
        if (!_expiredLater.TryGetValue(store, out bool isExpired))
        {
            _expiredLater[store] = isExpired = body.CallsAfter(store, isLater: true).Any(static call => call.Has(Effect.SetExpiry));
        }

        return isExpired;
    }
}
