namespace ExpiryAnalyzers.Apis;

/// <summary>
/// CacheManager 2: items that each handle keeps where it likes, in the process or on a server (not measured; MichaCo/CacheManager,
/// 5aedc81, CacheItem.cs and BaseCacheManager.Expire.cs). An absolute time becomes what is left of it at once. Where a mode is given too, a
/// timeout of zero may say that there is none, so that only its unit is looked at.
/// </summary>
internal static class CacheManager
{
    /// <summary>Zero and less throw, as does more than a year, and a time that is past.</summary>
    private static readonly TtlFacts Refused = new(TtlOutcome.Fails, TtlOutcome.Fails)
    {
        Resolution = new(1),
        AtMaximum = TtlOutcome.Fails,
        Past = TtlOutcome.IsNotStored,
        Never = NeverForm.OtherMethod,
        NeverMethod = "WithNoExpiration",
    };

    public static readonly ApiLibrary Library = new("CacheManager", KindPolicy.TakesOffset,
    [
        new("CacheManager.Core.CacheItem`1")
        {
            Methods =
            [
                Row(ApiMethod.Constructor, "timeout") with { HasCommonName = true },
                Row("WithAbsoluteExpiration", "absoluteExpiration") with { Ttl = Refused },
                Row("WithSlidingExpiration", "slidingExpiration") with { IsSliding = true, Ttl = Refused },
            ],
        },
        new("CacheManager.Core.ICacheManager`1")
        {
            // A duration alone counts from the last use.
            Methods =
            [
                Row("Expire", "absoluteExpiration", "slidingExpiration", "timeout") with { HasCommonName = true, IsSliding = true }
            ],
        },
        new("CacheManager.Core.ConfigurationBuilderCacheHandlePart") { Methods = [Row("WithExpiration", "timeout")] },
    ])
    {
        Clock = ExpiryClock.Process,
    };

    private static ApiMethod Row(string name, params string[] expiries) =>
        new(name, Effect.None, DataType.None, [.. expiries.Select(static parameter => (parameter, Role.Expiry))]);
}
