namespace ExpiryAnalyzers.Apis;

/// <summary>Microsoft.Extensions.Caching.Hybrid 10: durations alone (inspected 10.11.0).</summary>
internal static class HybridCaching
{
    public static readonly ApiLibrary Library = new("the hybrid cache", KindPolicy.TakesOffset,
    [
        new("Microsoft.Extensions.Caching.Hybrid.HybridCacheEntryOptions") { Properties = [new("Expiration"), new("LocalCacheExpiration")] },
    ]);
}
