using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;

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
}

/// <summary>
/// An expire and the calls on its key that it makes a pair with. An expire is part of one sequence at most, so that one rule at most
/// reports it: what was stored last counts before what was read.
/// </summary>
/// <param name="Kind">Which pair it is.</param>
/// <param name="Nearest">The call that the report names.</param>
/// <param name="Others">The other calls of the kind before the expire, nearest first.</param>
/// <param name="Expire">The call that sets the TTL.</param>
internal sealed record ExpireSequence(SequenceKind Kind, CacheCall Nearest, IReadOnlyList<CacheCall> Others, CacheCall Expire)
{
    /// <summary>The sequence of a call; null where it sets no TTL, or where nothing is to be said of it.</summary>
    public static ExpireSequence? Of(CacheCall expire, Body body)
    {
        if (!expire.Has(Effect.SetExpiry) || expire.Has(Effect.Read))
        {
            return null;
        }

        CacheCall[] before = [.. body.CallsBefore(expire).Where(call => !ReferenceEquals(call.Operation, expire.Operation)).OrderByDescending(static call => call.Syntax.SpanStart)];
        CacheCall[] stores = [.. before.Where(static call => call.LeavesNoTtl)];
        if (stores is [{ } store, ..])
        {
            // A TTL asked for before the value was replaced is one to be restored.
            bool isThrottled = body.IsThrottled(expire, store.Has(Effect.Overwrite) ? store : null);
            return isThrottled || expire.TakesTtlAway || (expire.IsOnlyIfMortal && !store.Has(Effect.Increment)) || HealsItself(stores, expire, body)
                ? null
                : new(store.Has(Effect.Increment) ? SequenceKind.Increment : SequenceKind.Write, store, [.. stores.Skip(1)], expire);
        }

        if (body.IsThrottled(expire))
        {
            return null;
        }

        if (Reversed(expire, before, body) is { } reversed)
        {
            return reversed;
        }

        CacheCall[] reads = [.. before.Where(static call => call.Has(Effect.Read) && !call.Has(Effect.SetExpiry | Effect.Change))];
        return reads is [{ } read, ..] ? new(SequenceKind.Read, read, [.. reads.Skip(1)], expire) : null;
    }

    /// <summary>Whether each run sets the TTL where it is missing: what a crash left behind is repaired by the next one.</summary>
    private static bool HealsItself(CacheCall[] stores, CacheCall expire, Body body) =>
        expire.IsOnlyIfEternal && stores.All(static store => !store.Has(Effect.Overwrite)) &&
        !stores.Any(store => new Derivation(body, store.Operation) is var stored && Conditions.Of(expire.Operation, body).Any(stored.Reaches));

    private static ExpireSequence? Reversed(CacheCall expire, CacheCall[] before, Body body)
    {
        if (expire.TakesTtlAway || expire.IsOnlyIfMortal)
        {
            return null;
        }

        foreach (CacheCall store in body.CallsAfter(expire, isLater: false).Where(call => call.LeavesNoTtl && !ReferenceEquals(call.Operation, expire.Operation)).OrderBy(static call => call.Syntax.SpanStart))
        {
            if (body.CallsAfter(store, isLater: true).Any(static call => call.Has(Effect.SetExpiry)))
            {
                continue;
            }

            if (store.Has(Effect.Overwrite) && !store.IsOnlyIfMissing)
            {
                return new(SequenceKind.Dropped, store, [], expire);
            }

            if (before.Length == 0 && !Decides(expire, store, body))
            {
                return new(SequenceKind.TooEarly, store, [], expire);
            }
        }

        return null;
    }

    /// <summary>Whether the value is only stored where the expire answered in a certain way, which tells whether the key is there.</summary>
    private static bool Decides(CacheCall expire, CacheCall store, Body body) =>
        new Derivation(body, expire.Operation) is var answered && Conditions.Of(store.Operation, body).Any(answered.Reaches);
}
