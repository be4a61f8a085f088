namespace ExpiryAnalyzers.Apis;

/// <summary>
/// System.Runtime.Caching: one process, one clock. Absolute times are <c>DateTimeOffset</c>, so that an Unspecified <c>DateTime</c> is
/// silently read as local time; an entry that is past is not stored, without an error (measured with 10.0.15).
/// </summary>
internal static class RuntimeCaching
{
    private static readonly TtlFacts Past = new(TtlOutcome.AsSaid, TtlOutcome.AsSaid) { Past = TtlOutcome.IsNotStored };

    private static readonly IReadOnlyList<ApiMethod> Writes =
    [
        Row("Set"),
        Row("Add"),
        Row("AddOrGetExisting"),
    ];

    public static readonly ApiLibrary Library = new("the memory cache", KindPolicy.TakesOffset,
    [
        new("System.Runtime.Caching.ObjectCache") { Methods = Writes },
        new("System.Runtime.Caching.MemoryCache") { Methods = Writes },
        new("System.Runtime.Caching.CacheItemPolicy") { Properties = [new("AbsoluteExpiration") { Ttl = Past }, new("SlidingExpiration")] },
    ])
    {
        Clock = ExpiryClock.Process,
    };

    private static ApiMethod Row(string name) =>
        new(name, Effect.None, DataType.None, [("absoluteExpiration", Role.Expiry), ("policy", Role.Options)])
        {
            HasCommonName = true,
            Ttl = Past,
        };
}
