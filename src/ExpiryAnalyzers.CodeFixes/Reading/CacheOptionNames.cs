using ExpiryAnalyzers.Operations;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>The properties of the framework's cache options that repairs look for and write.</summary>
internal static class CacheOptionNames
{
    /// <summary>Says when an entry dies.</summary>
    public const string Absolute = "AbsoluteExpiration";

    /// <summary>Says how long an entry lives.</summary>
    public const string Relative = "AbsoluteExpirationRelativeToNow";

    /// <summary>Says how long an entry lives after each access.</summary>
    private const string Sliding = "SlidingExpiration";

    /// <summary>The property for a span of such a name.</summary>
    public static string ForLifetime(string name) => NameHints.Sliding.Fits(name) ? Sliding : Relative;
}
