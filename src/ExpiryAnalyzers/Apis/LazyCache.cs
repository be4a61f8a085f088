namespace ExpiryAnalyzers.Apis;

/// <summary>
/// LazyCache 2: a memory cache whose members take a <c>DateTimeOffset</c> or, as a <c>TimeSpan</c>, how long an entry lives after its last
/// use (measured on a build of alastairtree/LazyCache, 633b570). What is set in a factory's entry is the memory cache's own.
/// </summary>
internal static class LazyCache
{
    /// <summary>The entry's setters refuse zero and less; an instant that is past is not stored.</summary>
    private static readonly TtlFacts OfEntry = new(TtlOutcome.Fails, TtlOutcome.Fails)
    {
        Resolution = new(1),
        Past = TtlOutcome.IsNotStored,
    };

    /// <summary>
    /// Entries that a timer evicts: an instant that is past throws too, as does what is more than a timer can wait for.
    /// </summary>
    private static readonly TtlFacts OfTimer = OfEntry with { AtMaximum = TtlOutcome.Fails };

    private static readonly IReadOnlyList<ApiMethod> Members =
    [
        Row("Add"),
        Row("GetOrAdd"),
    ];

    public static readonly ApiLibrary Library = new("LazyCache", KindPolicy.TakesOffset,
    [
        new("LazyCache.IAppCache") { Methods = Members },
        new("LazyCache.AppCacheExtensions") { Methods = Members },
        new("LazyCache.CachingService") { Methods = Members },
        new("LazyCache.LazyCacheEntryOptions") { Methods = [Timed("WithImmediateAbsoluteExpiration")] },
        new("LazyCache.LazyCacheEntryOptionsExtension") { Methods = [Timed("SetAbsoluteExpiration")] },
    ])
    {
        Clock = ExpiryClock.Process,
    };

    private static ApiMethod Row(string name) => new(
        name,
        Effect.None,
        DataType.None,
        [("expires", Role.Expiry), ("slidingExpiration", Role.Expiry), ("policy", Role.Options)])
    {
        HasCommonName = true,
        IsSliding = true,
        Ttl = OfEntry,
    };

    private static ApiMethod Timed(string name) =>
        new(name, Effect.None, DataType.None, [("absoluteExpiration", Role.Expiry)]) { Ttl = OfTimer };
}
