namespace ExpiryAnalyzers.Apis;

/// <summary>
/// Microsoft.Extensions.Caching. Absolute times are <c>DateTimeOffset</c>: a Local <c>DateTime</c> converts to the right
/// instant, an Unspecified one is silently read as local time (measured with 10.0.15).
/// </summary>
internal static class ExtensionsCaching
{
    /// <summary>
    /// <c>IDistributedCache</c>. An absolute time is turned into a TTL when the entry is stored, which throws once it is past
    /// ("The absolute expiration value must be in the future").
    /// </summary>
    public static readonly ApiLibrary Distributed = new("the distributed cache", KindPolicy.TakesOffset,
    [
        Options("Microsoft.Extensions.Caching.Distributed.DistributedCacheEntryOptions"),
        Extensions("Microsoft.Extensions.Caching.Distributed.DistributedCacheEntryExtensions"),
        new("Microsoft.Extensions.Caching.Distributed.IDistributedCache") { Methods = [Store("Set") with { HasCommonName = true }] },
        new("Microsoft.Extensions.Caching.Distributed.DistributedCacheExtensions") { Methods = [Store("Set") with { HasCommonName = true }, Store("SetString")] },
    ])
    {
        ShrinksUntilStored = true,
    };

    /// <summary><c>IMemoryCache</c>: one process, one clock.</summary>
    public static readonly ApiLibrary Memory = new("the memory cache", KindPolicy.TakesOffset,
    [
        Options("Microsoft.Extensions.Caching.Memory.MemoryCacheEntryOptions"),
        Options("Microsoft.Extensions.Caching.Memory.ICacheEntry"),
        Extensions("Microsoft.Extensions.Caching.Memory.MemoryCacheEntryExtensions"),
        Extensions("Microsoft.Extensions.Caching.Memory.CacheEntryExtensions"),
        new("Microsoft.Extensions.Caching.Memory.CacheExtensions")
        {
            Methods = [new("Set", Effect.None, DataType.None, [("absoluteExpiration", Role.Expiry), ("absoluteExpirationRelativeToNow", Role.Expiry)]) { HasCommonName = true }],
        },
    ])
    {
        HasServerClock = false,
    };

    private static ApiMethod Store(string name) => new(name, Effect.Overwrite, DataType.String, [("key", Role.Key), ("value", Role.Value), ("options", Role.Options)]);

    private static ApiType Options(string metadataName) => new(metadataName)
    {
        Properties = [new("AbsoluteExpiration", "AbsoluteExpirationRelativeToNow")],
    };

    private static ApiType Extensions(string metadataName) => new(metadataName)
    {
        Methods = [new("SetAbsoluteExpiration", Effect.None, DataType.None, [("absolute", Role.Expiry), ("relative", Role.Expiry)])],
    };
}
