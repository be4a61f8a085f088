namespace ExpiryAnalyzers.Apis;

/// <summary>
/// NewLife.Caching: a cache in the process or, with NewLife.Redis, on a server, by one interface that takes whole seconds (not measured;
/// NewLifeX/X, 7a81930, Cache.cs and MemoryCache.cs; NewLifeX/NewLife.Redis, 01a06e7, Redis.cs). Zero is an entry for ever, and less than
/// zero the cache's own default.
/// </summary>
internal static class NewLifeCaching
{
    /// <summary>A duration is cut down to seconds, and less than one to zero.</summary>
    private static readonly TtlFacts WholeSeconds = new(TtlOutcome.AsSaid, TtlOutcome.AsSaid)
    {
        Resolution = TimeSpan.FromSeconds(1),
        BelowResolution = TtlOutcome.LivesForEver,
        TakesZeroForNone = true,
        Never = NeverForm.Zero,
    };

    /// <summary>EXPIRE, in whole seconds.</summary>
    private static readonly TtlFacts Deleted =
        new(TtlOutcome.Deletes, TtlOutcome.Deletes) { Resolution = TimeSpan.FromSeconds(1) };

    private static readonly IReadOnlyList<ApiMethod> Members =
    [
        Row("Set") with { Ttl = WholeSeconds },
        Row("Add"),
        Row("GetOrAdd"),
        Row("SetAll"),
        Row("SetExpire"),
        new("AcquireLock", Effect.None, DataType.None, [("msExpire", Role.ExpiryMilliseconds)]) { HasCommonName = true },
    ];

    public static readonly ApiLibrary Library = new("NewLife.Caching", KindPolicy.TakesOffset,
    [
        new("NewLife.Caching.ICache") { Methods = Members },
        new("NewLife.Caching.Cache") { Methods = Members },
        new("NewLife.Caching.Redis")
        {
            Methods =
            [
                Row("Set") with { Ttl = WholeSeconds },
                Row("Add"),
                Command("SetExpire", Effect.SetExpiry, DataType.None) with { Ttl = Deleted },

                // INCRBY. Set and Add give a key the provider's own TTL where none is said.
                Command("Increment", Effect.Increment, DataType.String),
            ],
            Receiver = ReceiverKind.Database,
        },
    ])
    {
        Clock = ExpiryClock.Process,
    };

    private static ApiMethod Row(string name) =>
        new(name, Effect.None, DataType.None, [("expire", Role.Expiry), ("expire", Role.ExpirySeconds)]) { HasCommonName = true };

    /// <summary>A member that is one command to the server.</summary>
    private static ApiMethod Command(string name, Effect effect, DataType data) =>
        new(name, effect, data, [("key", Role.Key), ("expire", Role.Expiry)]) { HasCommonName = true };
}
