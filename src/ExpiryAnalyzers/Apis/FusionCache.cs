namespace ExpiryAnalyzers.Apis;

/// <summary>FusionCache 2.9: durations alone.</summary>
internal static class FusionCache
{
    /// <summary>
    /// A duration of zero or less stores nothing, and removes what was there (measured with 2.9.0).
    /// </summary>
    private static readonly TtlFacts NotKept = new(TtlOutcome.IsNotStored, TtlOutcome.IsNotStored)
    {
        Resolution = new(1),
        Never = NeverForm.Maximum,
    };

    /// <summary>What the setters of the options are given: a factory sets zero to say that its result is not to be kept.</summary>
    private static readonly TtlFacts NotKeptBelowZero = NotKept with { AtZero = TtlOutcome.AsSaid };

    public static readonly ApiLibrary Library = new("FusionCache", KindPolicy.UnspecifiedReadAsLocal,
    [
        new("ZiggyCreatures.Caching.Fusion.FusionCacheEntryOptions")
        {
            Properties =
            [
                new("Duration") { Ttl = NotKeptBelowZero },
                new("MemoryCacheDuration") { Ttl = NotKeptBelowZero },
                new("DistributedCacheDuration") { Ttl = NotKeptBelowZero },
                new("FailSafeMaxDuration"),
                new("DistributedCacheFailSafeMaxDuration"),
            ],
            Methods =
            [
                Row(ApiMethod.Constructor) with { HasCommonName = true, Ttl = NotKept },
                Row("SetDuration") with { Ttl = NotKeptBelowZero },
                Row("SetMemoryCacheDuration") with { Ttl = NotKeptBelowZero },
                Row("SetDistributedCacheDuration") with { Ttl = NotKeptBelowZero },
                new("SetDurationSec", Effect.None, DataType.None, [("durationSec", Role.ExpirySeconds)]) { Ttl = NotKeptBelowZero },
                new("SetDurationMs", Effect.None, DataType.None, [("durationMs", Role.ExpiryMilliseconds)]) { Ttl = NotKeptBelowZero },
            ],
        },
        new("ZiggyCreatures.Caching.Fusion.IFusionCache") { Methods = [Entry("Set"), Entry("GetOrSet")] },
        new("ZiggyCreatures.Caching.Fusion.FusionCacheExtMethods") { Methods = [Entry("Set"), Entry("GetOrSet")] },
    ])
    {
        // The first level lives in the process.
        Clock = ExpiryClock.Process,
    };

    /// <summary>What stores an entry, under a duration, under options, or under options that the caller's code sets.</summary>
    private static ApiMethod Entry(string name) =>
        new(name, Effect.None, DataType.None, [("duration", Role.Expiry), ("options", Role.Options), ("setupAction", Role.Options)])
        {
            HasCommonName = true,
            Ttl = NotKept,
        };

    private static ApiMethod Row(string name) => new(name, Effect.None, DataType.None, [("duration", Role.Expiry)]);
}
