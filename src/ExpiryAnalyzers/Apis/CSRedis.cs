using static ExpiryAnalyzers.Apis.Effect;

namespace ExpiryAnalyzers.Apis;

/// <summary>
/// CSRedisCore 3.8: the client, and the static <c>RedisHelper</c>. A <c>DateTime</c> of Unspecified kind is silently read as local
/// time (measured with 3.8.807). Its locks renew themselves.
/// </summary>
internal static class CSRedis
{
    private static readonly TtlFacts Deleted = new(TtlOutcome.Deletes, TtlOutcome.Deletes)
    {
        Never = NeverForm.OtherMethod,
        NeverMethod = "Persist",
    };

    /// <summary>SET without EX or PX, which drops the TTL that the key had; the number -1 is the parameter's default.</summary>
    private static readonly TtlFacts Dropped = new(TtlOutcome.LivesForEver, TtlOutcome.LivesForEver)
    {
        TakesZeroForNone = true,
        Never = NeverForm.Zero,
    };

    /// <summary>What the client sends at once, and a pipe together with others.</summary>
    private static readonly IReadOnlyList<ApiMethod> Piped =
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
        Row("Rename", Delete, DataType.None),

        // Strings.
        Row("Get", Read, DataType.String),
        Row("GetRange", Read, DataType.String),
        Row("StrLen", Read, DataType.String),
        Row("GetSet", Read | Overwrite, DataType.String),
        Row("Set", Overwrite, DataType.String) with { Ttl = Dropped },
        Row("SetNx", Overwrite, DataType.String) with { IsOnlyIfMissing = true },
        Row("Append", Write, DataType.String),
        Row("SetBit", Write, DataType.String),
        Row("SetRange", Write, DataType.String),
        Row("IncrBy", Increment, DataType.String),

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

        // Text that only the server understands.
        new("Eval", Opaque, DataType.None, [("script", Role.Script), ("key", Role.ScriptKeys), ("args", Role.ScriptValues)]),
        Row("EvalSHA", Opaque, DataType.None),
    ];

    private static readonly IReadOnlyList<ApiMethod> Commands =
    [
        .. Piped,
        Row("IncrByFloat", Increment, DataType.String),

        // GET, then SET with the TTL where it was missing.
        Row("CacheShell", Effect.None, DataType.String),

        // A lock of the client's own, which renews itself unless told not to.
        Lock("Lock"),
    ];

    /// <summary>How long a key still lives, as a number.</summary>
    private static readonly IReadOnlyList<(string, TimeAnswer)> Answers =
        [("Ttl", TimeAnswer.RemainingSeconds), ("PTtl", TimeAnswer.RemainingMilliseconds)];

    public static readonly ApiLibrary Library = new("CSRedisCore", KindPolicy.UnspecifiedReadAsLocal,
    [
        new("CSRedis.CSRedisClient") { Methods = [.. Commands, Lock("TryLock")], Receiver = ReceiverKind.Database, Answers = Answers },
        new("RedisHelper`1") { Methods = Commands, Receiver = ReceiverKind.Database },
        new("CSRedis.CSRedisClientPipe`1") { Methods = Piped, Receiver = ReceiverKind.Batch, IsChained = true },
        new("CSRedis.RedisExistence") { Constants = [("Nx", Meaning.OnlyIfMissing), ("Xx", Meaning.OnlyIfExisting)] },
    ]);

    /// <summary>A lock of the client's own, which renews itself unless told not to.</summary>
    private static ApiMethod Lock(string name) =>
        new(name, Effect.None, DataType.None, [("name", Role.Key), ("timeoutSeconds", Role.ExpirySeconds), ("autoDelay", Role.Renewal)])
        {
            Missed = MissedLock.IsNull
        };

    private static ApiMethod Row(string name, Effect effect, DataType data) => new(name, effect, data,
    [
        ("key", Role.Key),
        ("value", Role.Value),
        ("expire", Role.Expiry),
        ("seconds", Role.ExpirySeconds),
        ("expireSeconds", Role.ExpirySeconds),
        ("timeoutSeconds", Role.ExpirySeconds),
        ("milliseconds", Role.ExpiryMilliseconds),
        ("exists", Role.Condition),
    ]);
}
