namespace ExpiryAnalyzers.Apis;

/// <summary>
/// Microsoft.Extensions.Caching. Absolute times are <c>DateTimeOffset</c>: a Local <c>DateTime</c> converts to the right
/// instant, an Unspecified one is silently read as local time (measured with 10.0.15).
/// </summary>
internal static class ExtensionsCaching
{
    private const string Absolute = "AbsoluteExpiration";
    private const string Relative = "AbsoluteExpirationRelativeToNow";

    /// <summary>
    /// The setters refuse zero and less. The Redis implementation, like most, keeps whole seconds: less than one is sent as 0, and the
    /// entry is gone at once. <c>MaxValue</c> ends beyond the last <c>DateTime</c>.
    /// </summary>
    private static readonly TtlFacts WholeSeconds = new(TtlOutcome.Fails, TtlOutcome.Fails)
    {
        Resolution = TimeSpan.FromSeconds(1),
        BelowResolution = TtlOutcome.Deletes,
        AtMaximum = TtlOutcome.Fails,
        Past = TtlOutcome.IsNotStored,
        Never = NeverForm.LeftOut,
    };

    private static readonly TtlFacts InProcess = new(TtlOutcome.Fails, TtlOutcome.Fails)
    {
        Resolution = new(1),
        AtMaximum = TtlOutcome.Fails,
        Past = TtlOutcome.IsNotStored,
        Never = NeverForm.LeftOut,
    };

    /// <summary>
    /// <c>IDistributedCache</c>. An absolute time is turned into a TTL when the entry is stored, which throws once it is past
    /// ("The absolute expiration value must be in the future"). Beside a sliding expiration the Redis cache stores the ticks of its clock
    /// reading and reads them back as UTC.
    /// </summary>
    public static readonly ApiLibrary Distributed = new("the distributed cache", KindPolicy.TakesOffset,
    [
        Options("Microsoft.Extensions.Caching.Distributed.DistributedCacheEntryOptions", WholeSeconds),
        Extensions("Microsoft.Extensions.Caching.Distributed.DistributedCacheEntryExtensions", WholeSeconds),
        new("Microsoft.Extensions.Caching.Distributed.IDistributedCache") { Methods = [Store("Set") with { HasCommonName = true }] },
        new("Microsoft.Extensions.Caching.Distributed.DistributedCacheExtensions")
        {
            Methods = [Store("Set") with { HasCommonName = true }, Store("SetString")]
        },
    ])
    {
        ShrinksUntilStored = true,
        LosesOffsetBesideSliding = true,
    };

    /// <summary><c>IMemoryCache</c>: one process, one clock.</summary>
    public static readonly ApiLibrary Memory = new("the memory cache", KindPolicy.TakesOffset,
    [
        Options("Microsoft.Extensions.Caching.Memory.MemoryCacheEntryOptions", InProcess),
        Options("Microsoft.Extensions.Caching.Memory.ICacheEntry", InProcess),
        Extensions("Microsoft.Extensions.Caching.Memory.MemoryCacheEntryExtensions", InProcess),
        Extensions("Microsoft.Extensions.Caching.Memory.CacheEntryExtensions", InProcess),
        new("Microsoft.Extensions.Caching.Memory.CacheExtensions")
        {
            Methods =
            [
                new(
                    "Set",
                    Effect.None,
                    DataType.None,
                    [("absoluteExpiration", Role.Expiry), ("absoluteExpirationRelativeToNow", Role.Expiry), ("options", Role.Options)])
                {
                    HasCommonName = true,
                    Ttl = InProcess,
                },
                new(
                    "GetOrCreate",
                    Effect.None,
                    DataType.None,
                    [("factory", Role.Entry), ("createOptions", Role.Options)])
                {
                    HasCommonName = true,
                },
            ],
        },
        new("Microsoft.Extensions.Caching.Memory.IMemoryCache")
        {
            Methods = [new("CreateEntry", Effect.None, DataType.None, []) { HasCommonName = true, AnswersEntry = true }],
        },
    ])
    {
        Clock = ExpiryClock.Process,
    };

    private static ApiMethod Store(string name) =>
        new(name, Effect.Overwrite, DataType.String, [("key", Role.Key), ("value", Role.Value), ("options", Role.Options)]);

    private static ApiType Options(string metadataName, TtlFacts ttl) => new(metadataName)
    {
        Properties =
        [
            new(Absolute, Relative) { Ttl = ttl },
            new(Relative) { Ttl = ttl },
            new("SlidingExpiration") { IsSliding = true, Ttl = ttl with { AtMaximum = TtlOutcome.AsSaid } },
        ],
    };

    private static ApiType Extensions(string metadataName, TtlFacts ttl) => new(metadataName)
    {
        Methods =
        [
            new("SetAbsoluteExpiration", Effect.None, DataType.None, [("absolute", Role.Expiry), ("relative", Role.Expiry)])
            {
                Ttl = ttl with { Never = NeverForm.None }
            },
            new("SetSlidingExpiration", Effect.None, DataType.None, [("offset", Role.Expiry)])
            {
                IsSliding = true,
                Ttl = ttl with { AtMaximum = TtlOutcome.AsSaid, Never = NeverForm.None }
            },
        ],
    };
}
