using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Binding;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>What reports of two calls on one key have in common: they stand at the second one, which gives the key its TTL.</summary>
internal static class PairReport
{
    /// <summary>The first call, then what stands behind either in a helper.</summary>
    public static IEnumerable<Location> Additional(CacheCall first, CacheCall second) => [first.Syntax.GetLocation(), .. Behind(first), .. Behind(second)];

    /// <summary>The key as the user wrote it.</summary>
    public static string KeyText(CacheCall call) => (call.Raw is { } raw ? raw.Arguments[0] : call.Argument(Role.Key)?.Value) is { } key ? $"'{Time.SinkReport.Short(key.Syntax)}'" : "a key";

    private static IEnumerable<Location> Behind(CacheCall call) => call.Behind is { } inner ? [inner.Syntax.GetLocation()] : [];
}
