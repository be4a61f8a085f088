namespace ExpiryAnalyzers.Apis;

/// <summary>
/// EnyimMemcachedCore (not measured; cnblogs/EnyimMemcachedCore, e383c4c, MemcachedClient.cs, <c>GetExpiration</c>). Memcached keeps whole
/// seconds; zero is an entry for ever, which is what comes of less than a second. A time is taken with <c>ToUniversalTime</c> and sent as
/// an instant; <c>DateTime.MaxValue</c> is none.
/// </summary>
internal static class Enyim
{
    private static readonly TtlFacts WholeSeconds = new(TtlOutcome.AsSaid, TtlOutcome.AsSaid)
    {
        Resolution = TimeSpan.FromSeconds(1),
        BelowResolution = TtlOutcome.LivesForEver,
        TakesZeroForNone = true,
    };

    public static readonly ApiLibrary Library = new("EnyimMemcached", KindPolicy.UnspecifiedReadAsLocal,
    [
        new("Enyim.Caching.IMemcachedClient")
        {
            Methods = [Row("Add"), Row("Set"), Row("Replace"), Row("Store"), Row("Increment"), Row("Decrement"), Row("GetValueOrCreate")]
        },
    ]);

    private static ApiMethod Row(string name) => new(
        name,
        Effect.None,
        DataType.None,
        [("expiresAt", Role.Expiry), ("validFor", Role.Expiry), ("timeSpan", Role.Expiry), ("cacheSeconds", Role.ExpirySeconds)])
    {
        HasCommonName = true,
        Ttl = WholeSeconds,
    };
}
