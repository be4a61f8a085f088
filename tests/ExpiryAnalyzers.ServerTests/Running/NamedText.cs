using System.Globalization;
using System.Text.RegularExpressions;

namespace ExpiryAnalyzers.Tests.Running;

/// <summary>Simple values by the name of what takes them, such that what is derived from them is in a sensible range.</summary>
internal static partial class NamedText
{
    public static string Text(string name, DateTime soon) =>
        Instant().IsMatch(name) ? soon.ToString("O", CultureInfo.InvariantCulture)
        : Connection().IsMatch(name) ? "127.0.0.1"
        : "the-" + name;

    public static double Number(string name, DateTime soon)
    {
        double fromEpoch = (soon - DateTime.UnixEpoch).TotalSeconds;
        return Epoch().IsMatch(name) ? name.Contains("mill", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("Ms", StringComparison.Ordinal) ? fromEpoch * 1000 : fromEpoch
            : Year().IsMatch(name) ? soon.Year + 1
            : Milliseconds().IsMatch(name) ? 300_000
            : Seconds().IsMatch(name) ? 300
            : Ticks().IsMatch(name) ? TimeSpan.FromMinutes(5).Ticks
            : 3;
    }

    public static TimeSpan Span(string name) => Wait().IsMatch(name) ? TimeSpan.FromMilliseconds(15) : TimeSpan.FromMinutes(5);

    [GeneratedRegex("iso|date|until|expires|deadline|instant|timestamp|raw$", RegexOptions.IgnoreCase)]
    private static partial Regex Instant();

    [GeneratedRegex("connection|host|address|endpoint", RegexOptions.IgnoreCase)]
    private static partial Regex Connection();

    [GeneratedRegex("unix|epoch|expiresAt|exp$|until|deadline", RegexOptions.IgnoreCase)]
    private static partial Regex Epoch();

    [GeneratedRegex("^year$|[a-z]Year$")]
    private static partial Regex Year();

    [GeneratedRegex("mill|[a-z]Ms$|^ms$", RegexOptions.IgnoreCase)]
    private static partial Regex Milliseconds();

    [GeneratedRegex("sec|ttl|expir|timeout|lifetime|duration", RegexOptions.IgnoreCase)]
    private static partial Regex Seconds();

    [GeneratedRegex("ticks", RegexOptions.IgnoreCase)]
    private static partial Regex Ticks();

    [GeneratedRegex("delay|wait|poll|interval|retry|backoff|pause|period", RegexOptions.IgnoreCase)]
    private static partial Regex Wait();
}
