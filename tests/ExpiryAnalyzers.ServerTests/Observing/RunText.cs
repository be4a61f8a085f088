using System.Globalization;
using System.Text.RegularExpressions;

namespace ExpiryAnalyzers.Tests.Observing;

/// <summary>
/// Text in which what differs from run to run, new identifiers and the clock, is written so that two runs can be compared.
/// </summary>
internal static partial class RunText
{
    /// <summary>How far two runs may be apart.</summary>
    public const double Tolerance = 1.5;

    private static readonly TimeSpan Near = TimeSpan.FromDays(400);

    public static string FromNow(DateTime utc) => Seconds((utc - DateTime.UtcNow).TotalSeconds);

    public static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"~{seconds:0.##}~");

    public static string Normal(string text)
    {
        text = Identifier().Replace(text, "<id>");
        text = Instant().Replace(text, match =>
            DateTimeOffset.TryParse(match.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)
                ? FromNow(instant.UtcDateTime) : match.Value);
        return Count().Replace(text, match => Epoch(match.Value));
    }

    /// <summary>Whether two texts are the same, but for times that are no further apart than the tolerance.</summary>
    public static bool Same(string one, string other) => SameBut(one, other, static (left, right) => Math.Abs(left - right) <= Tolerance);

    /// <summary>Whether two texts are the same, but for times of which each two are as asked.</summary>
    public static bool SameBut(string one, string other, Func<double, double, bool> times)
    {
        if (one == other)
        {
            return true;
        }

        string[] left = one.Split('~');
        string[] right = other.Split('~');
        return left.Length == right.Length && left.Zip(right)
            .All(pair => pair.First == pair.Second || Agree(pair.First, pair.Second, times));
    }

    /// <summary>All times in a text, in order of size.</summary>
    public static IReadOnlyList<double> Times(string text) =>
        [.. text.Split('~').Where((_, index) => index % 2 == 1).Select(time => double.Parse(time, CultureInfo.InvariantCulture)).Order()];

    private static bool Agree(string left, string right, Func<double, double, bool> times) =>
        double.TryParse(left, CultureInfo.InvariantCulture, out double one)
        && double.TryParse(right, CultureInfo.InvariantCulture, out double other)
        && times(one, other);

    private static string Epoch(string digits)
    {
        if (!long.TryParse(digits, CultureInfo.InvariantCulture, out long count))
        {
            return digits;
        }

        DateTime? instant = digits.Length switch
        {
            10 => DateTime.UnixEpoch.AddSeconds(count),
            13 => DateTime.UnixEpoch.AddMilliseconds(count),
            18 => new DateTime(count, DateTimeKind.Utc),
            _ => null,
        };
        return instant is { } found && (found - DateTime.UtcNow).Duration() < Near ? FromNow(found) : digits;
    }

    [GeneratedRegex("[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?")]
    private static partial Regex Instant();

    [GeneratedRegex(@"(?<![\d~.])\d{10,18}(?![\d~.])")]
    private static partial Regex Count();
}
