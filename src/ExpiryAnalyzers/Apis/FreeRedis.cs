using static ExpiryAnalyzers.Apis.Effect;

namespace ExpiryAnalyzers.Apis;

/// <summary>
/// FreeRedis 1.5. A <c>DateTime</c> of Unspecified kind is silently read as local time, <c>DateTime.MaxValue</c> is sent as the year
/// 9999 (measured with 1.5.5). Its <c>Lock</c> renews itself.
/// </summary>
internal static class FreeRedis
{
    private static readonly TtlFacts Deleted = new(TtlOutcome.Deletes, TtlOutcome.Deletes)
    {
        Never = NeverForm.OtherMethod,
        NeverMethod = "Persist",
    };

    private static readonly TtlFacts Refused = new(TtlOutcome.Fails, TtlOutcome.Fails);

    /// <summary>SET without EX or PX, which drops the TTL that the key had; the number 0 is the parameter's default.</summary>
    private static readonly TtlFacts Dropped = new(TtlOutcome.LivesForEver, TtlOutcome.LivesForEver)
    {
        TakesZeroForNone = true,
        Never = NeverForm.Zero,
    };

    private static readonly IReadOnlyList<ApiMethod> Commands =
    [
        // Expiry and life of a key.
        Row("Expire", SetExpiry, DataType.None) with { Ttl = Deleted with { Resolution = TimeSpan.FromSeconds(1) } },
        Row("PExpire", SetExpiry, DataType.None) with { Ttl = Deleted },
        Row("ExpireAt", SetExpiry, DataType.None) with { HasNoNever = true, RelativeTwin = "Expire", Ttl = Deleted },
        Row("PExpireAt", SetExpiry, DataType.None) with { HasNoNever = true, RelativeTwin = "PExpire", Ttl = Deleted },
        Row("Persist", Persist, DataType.None),
        Row("Ttl", AskExpiry, DataType.None),
        Row("PTtl", AskExpiry, DataType.None),
        Row("Del", Delete, DataType.None),
        Row("UnLink", Delete, DataType.None),
        Row("Rename", Delete, DataType.None),

        // Strings.
        Row("Get", Read, DataType.String),
        Row("GetRange", Read, DataType.String),
        Row("StrLen", Read, DataType.String),
        Row("GetDel", Read | Delete, DataType.String),
        Row("GetSet", Read | Overwrite, DataType.String),
        Row("Set", Overwrite, DataType.String) with { Ttl = Dropped },
        Row("SetEx", Overwrite, DataType.String) with { Ttl = Refused },
        Row("PSetEx", Overwrite, DataType.String) with { Ttl = Refused },
        Row("SetNx", Overwrite, DataType.String) with { IsOnlyIfMissing = true, Ttl = Dropped },
        Row("SetXx", Overwrite, DataType.String) with { Ttl = Dropped },
        Row("Append", Write, DataType.String),
        Row("SetBit", Write, DataType.String),
        Row("SetRange", Write, DataType.String),
        Row("Incr", Increment, DataType.String),
        Row("IncrBy", Increment, DataType.String),
        Row("IncrByFloat", Increment, DataType.String),
        Row("Decr", Increment, DataType.String),
        Row("DecrBy", Increment, DataType.String),

        // Hashes.
        Row("HGet", Read, DataType.Hash),
        Row("HGetAll", Read, DataType.Hash),
        Row("HMGet", Read, DataType.Hash),
        Row("HExists", Read, DataType.Hash),
        Row("HKeys", Read, DataType.Hash),
        Row("HVals", Read, DataType.Hash),
        Row("HLen", Read, DataType.Hash),
        Row("HSet", Write, DataType.Hash),
        Row("HMSet", Write, DataType.Hash),
        Row("HSetNx", Write, DataType.Hash),
        Row("HDel", Edit, DataType.Hash),
        Row("HIncrBy", Increment, DataType.Hash),
        Row("HIncrByFloat", Increment, DataType.Hash),

        // Lists.
        Row("LRange", Read, DataType.List),
        Row("LIndex", Read, DataType.List),
        Row("LLen", Read, DataType.List),
        Row("LPush", Write, DataType.List),
        Row("RPush", Write, DataType.List),
        Row("LPop", Edit, DataType.List),
        Row("RPop", Edit, DataType.List),
        Row("LTrim", Edit, DataType.List),
        Row("LRem", Edit, DataType.List),

        // Sets.
        Row("SMembers", Read, DataType.Set),
        Row("SIsMember", Read, DataType.Set),
        Row("SCard", Read, DataType.Set),
        Row("SAdd", Write, DataType.Set),
        Row("SRem", Edit, DataType.Set),

        // Sorted sets.
        Row("ZRange", Read, DataType.SortedSet),
        Row("ZRangeByScore", Read, DataType.SortedSet),
        Row("ZScore", Read, DataType.SortedSet),
        Row("ZCard", Read, DataType.SortedSet),
        Row("ZAdd", Write, DataType.SortedSet),
        Row("ZRem", Edit, DataType.SortedSet),
        Row("ZRemRangeByScore", Edit, DataType.SortedSet),
        Row("ZIncrBy", Increment, DataType.SortedSet),

        // Streams.
        Row("XRange", Read, DataType.Stream),
        Row("XLen", Read, DataType.Stream),
        Row("XAdd", Write, DataType.Stream),

        // A lock of the client's own, which renews itself unless told not to.
        new("Lock", Effect.None, DataType.None, [("name", Role.Key), ("timeoutSeconds", Role.ExpirySeconds), ("autoDelay", Role.Renewal)])
        {
            Missed = MissedLock.IsNull
        },

        // Text that only the server understands.
        new("Eval", Opaque, DataType.None, [("script", Role.Script), ("keys", Role.ScriptKeys), ("arguments", Role.ScriptValues)]),
        Row("EvalSha", Opaque, DataType.None),
    ];

    /// <summary>How long a key still lives, as a number.</summary>
    private static readonly IReadOnlyList<(string, TimeAnswer)> Answers =
        [("Ttl", TimeAnswer.RemainingSeconds), ("PTtl", TimeAnswer.RemainingMilliseconds)];

    public static readonly ApiLibrary Library = new("FreeRedis", KindPolicy.UnspecifiedReadAsLocal,
    [
        new("FreeRedis.RedisClient") { Methods = Commands, Receiver = ReceiverKind.Database, Answers = Answers },
        new("FreeRedis.IRedisClient") { Methods = Commands, Receiver = ReceiverKind.Database },
        new("FreeRedis.RedisClient+PipelineHook") { Receiver = ReceiverKind.Batch },
        new("FreeRedis.RedisClient+TransactionHook") { Receiver = ReceiverKind.Transaction },
    ]);

    private static ApiMethod Row(string name, Effect effect, DataType data) => new(name, effect, data,
    [
        ("key", Role.Key),
        ("keys", Role.Key),
        ("value", Role.Value),
        ("timestamp", Role.Expiry),
        ("expire", Role.Expiry),
        ("timeout", Role.Expiry),
        ("seconds", Role.ExpirySeconds),
        ("timeoutSeconds", Role.ExpirySeconds),
        ("milliseconds", Role.ExpiryMilliseconds),
        ("keepTtl", Role.KeepTtl),
    ]);
}
