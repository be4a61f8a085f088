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
        LockLibraries.Abp,
        FusionCache.Library,
        NRedisStack.Library,
        StackExchangeRedisExtensions.Library,
        LazyCache.Library,
        EasyCaching.Library,
        EasyCaching.Redis,
        SystemWebCaching.Library,
        CacheManager.Library,
        ServiceStackRedis.Library,
        ServiceStackRedis.Caches,
        Foundatio.Library,
        NewLifeCaching.Library,
        Enyim.Library,
    ];
}
