namespace ExpiryAnalyzers.Apis;

/// <summary>FusionCache 2.9: durations alone. A duration of zero removes the key (measured with 2.9.0).</summary>
internal static class FusionCache
{
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
                Row("SetDuration"),
                Row("SetMemoryCacheDuration"),
                Row("SetDistributedCacheDuration"),
                new("SetDurationSec", Effect.None, DataType.None, [("durationSec", Role.ExpirySeconds)]),
                new("SetDurationMs", Effect.None, DataType.None, [("durationMs", Role.ExpiryMilliseconds)]),
            ],
        },
        new("ZiggyCreatures.Caching.Fusion.FusionCacheExtMethods")
        {
            Methods = [Row("Set") with { HasCommonName = true }, Row("GetOrSet") with { HasCommonName = true }],
        },
    ]);

    private static ApiMethod Row(string name) => new(name, Effect.None, DataType.None, [("duration", Role.Expiry)]);
}
