namespace ExpiryAnalyzers.Apis;

/// <summary>Microsoft.Extensions.Caching.Hybrid 10: durations alone (inspected 10.11.0).</summary>
internal static class HybridCaching
{
    /// <summary>
    /// The setters take anything; getting or creating an entry then throws for zero and less, and for <c>MaxValue</c>, of which storing one
    /// stores nothing and tells nobody (measured with 10.11.0).
    /// </summary>
    private static readonly TtlFacts Refused = new(TtlOutcome.Fails, TtlOutcome.Fails)
    {
        Resolution = new(1),
        AtMaximum = TtlOutcome.FailsOrIsLost,
    };

    public static readonly ApiLibrary Library = new("the hybrid cache", KindPolicy.TakesOffset,
    [
        new("Microsoft.Extensions.Caching.Hybrid.HybridCacheEntryOptions")
        {
            Properties =
            [
                new("Expiration") { Ttl = Refused },

                // Longer than the expiration itself it is cut down to that.
                new("LocalCacheExpiration") { Ttl = Refused with { AtMaximum = TtlOutcome.AsSaid } },
            ]
        },
        new("Microsoft.Extensions.Caching.Hybrid.HybridCache") { Methods = [Entry("GetOrCreate"), Entry("Set")] },
    ])
    {
        // The first level lives in the process.
        Clock = ExpiryClock.Process,
    };

    private static ApiMethod Entry(string name) =>
        new(name, Effect.None, DataType.None, [("options", Role.Options)]) { HasCommonName = true };
}
