namespace ExpiryAnalyzers.Apis;

/// <summary>The clients that the analyzers know.</summary>
internal static class Libraries
{
    public static readonly IReadOnlyList<ApiLibrary> All =
    [
        StackExchangeRedis.Library,
        ExtensionsCaching.Distributed,
        ExtensionsCaching.Memory,
        HybridCaching.Library,
        RuntimeCaching.Library,
        FreeRedis.Library,
        CSRedis.Library,
        LockLibraries.RedLock,
        LockLibraries.DistributedLock,
        FusionCache.Library,
        NRedisStack.Library,
        StackExchangeRedisExtensions.Library,
        LazyCache.Library,
        EasyCaching.Library,
        EasyCaching.Redis,
    ];
}
