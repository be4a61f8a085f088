namespace ExpiryAnalyzers.Apis;

/// <summary>FusionCache 2.9: durations alone.</summary>
internal static class FusionCache
{
    /// <summary>
    /// A duration of zero or less stores nothing, and removes what was there (measured with 2.9.0). The property itself is left alone:
    /// a factory sets it to zero to say that its result is not to be kept.
    /// </summary>
    private static readonly TtlFacts NotKept = new(TtlOutcome.IsNotStored, TtlOutcome.IsNotStored) { Resolution = new(1) };

    public static readonly ApiLibrary Library = new("FusionCache", KindPolicy.UnspecifiedReadAsLocal,
    [
        new("ZiggyCreatures.Caching.Fusion.FusionCacheEntryOptions")
        {
            Properties =
            [
                new("Duration"),
                new("MemoryCacheDuration"),
                new("DistributedCacheDuration"),
                new("FailSafeMaxDuration"),
                new("DistributedCacheFailSafeMaxDuration"),
            ],
            Methods =
            [
                Row(ApiMethod.Constructor) with { HasCommonName = true },
                Row("SetDuration"),
                Row("SetMemoryCacheDuration"),
                Row("SetDistributedCacheDuration"),
                new("SetDurationSec", Effect.None, DataType.None, [("durationSec", Role.ExpirySeconds)]) { Ttl = NotKept },
                new("SetDurationMs", Effect.None, DataType.None, [("durationMs", Role.ExpiryMilliseconds)]) { Ttl = NotKept },
            ],
        },
        new("ZiggyCreatures.Caching.Fusion.FusionCacheExtMethods")
        {
            Methods = [Row("Set") with { HasCommonName = true }, Row("GetOrSet") with { HasCommonName = true }],
        },
    ]);

    private static ApiMethod Row(string name) => new(name, Effect.None, DataType.None, [("duration", Role.Expiry)]) { Ttl = NotKept };
}
