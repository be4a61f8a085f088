using static ExpiryAnalyzers.Apis.Effect;

namespace ExpiryAnalyzers.Apis;

/// <summary>
/// EasyCaching 1: durations alone (measured on a build of dotnetcore/EasyCaching, 1ebd8e8). Where an entry is kept, in the process or on a
/// server, is a matter of the provider; each adds up to two minutes at random unless told otherwise, so that entries do not die at once.
/// </summary>
internal static class EasyCaching
{
    /// <summary>Every provider checks that a duration is more than zero.</summary>
    private static readonly TtlFacts Refused = new(TtlOutcome.Fails, TtlOutcome.Fails) { Resolution = new(1) };

    /// <summary>EXPIRE, whichever client is under the provider.</summary>
    private static readonly TtlFacts Deleted = new(TtlOutcome.Deletes, TtlOutcome.Deletes)
    {
        Never = NeverForm.OtherMethod,
        NeverMethod = "KeyPersist",
    };

    private static readonly IReadOnlyList<ApiMethod> Entries =
    [
        Entry("Set") with { HasCommonName = true },
        Entry("TrySet"),
        Entry("SetAll"),
        Entry("Get") with { HasCommonName = true },
    ];

    private static readonly IReadOnlyList<ApiMethod> Commands =
    [
        // Expiry and life of a key.
        Row("KeyExpire", SetExpiry, DataType.None) with { Ttl = Deleted },
        Row("KeyPersist", Persist, DataType.None),
        Row("KeyExists", AskExistence, DataType.None),
        Row("KeyDel", Delete, DataType.None),
        Row("TTL", AskExpiry, DataType.None),

        // Strings.
        Row("StringGet", Read, DataType.String),
        Row("StringGetRange", Read, DataType.String),
        Row("StringLen", Read, DataType.String),
        Row("StringSet", Overwrite, DataType.String),
        Row("StringSetRange", Write, DataType.String),
        Row("IncrBy", Increment, DataType.String),
        Row("IncrByFloat", Increment, DataType.String),

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
        Row("HDel", Edit, DataType.Hash),
        Row("HIncrBy", Increment, DataType.Hash),

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
        Row("SPop", Edit, DataType.Set),
        Row("SRem", Edit, DataType.Set),

        // Sorted sets.
        Row("ZRange", Read, DataType.SortedSet),
        Row("ZRangeByScore", Read, DataType.SortedSet),
        Row("ZRank", Read, DataType.SortedSet),
        Row("ZScore", Read, DataType.SortedSet),
        Row("ZCard", Read, DataType.SortedSet),
        Row("ZAdd", Write, DataType.SortedSet),
        Row("ZRem", Edit, DataType.SortedSet),
        Row("ZRangeRemByScore", Edit, DataType.SortedSet),
        Row("ZIncrBy", Increment, DataType.SortedSet),
    ];

    public static readonly ApiLibrary Library = new("EasyCaching", KindPolicy.TakesOffset,
    [
        new("EasyCaching.Core.IEasyCachingProviderBase") { Methods = Entries },
    ])
    {
        Clock = ExpiryClock.Process,
    };

    /// <summary>The members that its providers of Redis add.</summary>
    public static readonly ApiLibrary Redis = new("EasyCaching's Redis provider", KindPolicy.TakesOffset,
    [
        new("EasyCaching.Core.IRedisCachingProvider")
        {
            Methods = Commands,
            Receiver = ReceiverKind.Database,
            Answers = [("TTL", TimeAnswer.RemainingSeconds)],
        },
    ]);

    private static ApiMethod Entry(string name) => new(name, Effect.None, DataType.None, [("expiration", Role.Expiry)]) { Ttl = Refused };

    private static ApiMethod Row(string name, Effect effect, DataType data) => new(name, effect, data,
    [
        ("cacheKey", Role.Key),
        ("cacheValue", Role.Value),
        ("expiration", Role.Expiry),
        ("second", Role.ExpirySeconds),
        ("when", Role.Condition),
    ]);
}
