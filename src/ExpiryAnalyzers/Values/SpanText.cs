using System.Globalization;
using ExpiryAnalyzers.Apis;

namespace ExpiryAnalyzers.Values;

/// <summary>Text that <c>TimeSpan.Parse</c> reads in days, though it says hours or no unit. Measured on .NET 10.</summary>
internal static class SpanText
{
    private const int LongestMonth = 31;

    /// <summary>
    /// How a text is read in another unit than it seems to say: the first of three numbers is days from 24 on, and so is a number alone,
    /// which up to a month may well be meant.
    /// </summary>
    public static UnitMixup? MixupOf(string text, TimeSpan span)
    {
        if (span < TimeSpan.FromDays(1) || text.Contains('.'))
        {
            return null;
        }

        return text.Count(static part => part == ':') switch
        {
            0 when span.Days > LongestMonth => new(TimeUnit.Unknown, TimeUnit.Days),
            2 => new(TimeUnit.Hours, TimeUnit.Days),
            _ => null,
        };
    }

    /// <summary>The span that a text says in hours, minutes and seconds; null where it is not read in days, hours and minutes.</summary>
    public static TimeSpan? InHours(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) && MixupOf(text, span)?.Given == TimeUnit.Hours
            ? new TimeSpan(span.Days, span.Hours, span.Minutes)
            : null;
}
