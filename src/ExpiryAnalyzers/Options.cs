using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers;

/// <summary>One option of .editorconfig; a value that cannot be read counts as absent.</summary>
internal sealed record RuleOption<T>(string Key, T Default, Func<string, T?> Parse)
    where T : struct
{
    public T Read(AnalyzerConfigOptions options) =>
        options.TryGetValue(Key, out string? text) && Parse(text) is { } value ? value : Default;
}

/// <summary>Every option that users may set.</summary>
internal static class Options
{
    /// <summary>The least time that must lie between the end of the protected work and the end of the lock.</summary>
    public static readonly RuleOption<TimeSpan> LockSafetyMargin = new(
        "dotnet_code_quality.EXP201.lock_safety_margin", TimeSpan.FromSeconds(5), Duration);

    /// <summary>The part of a TTL by which random jitter may lengthen it.</summary>
    public static readonly RuleOption<double> JitterRatio = new("dotnet_code_quality.EXP403.jitter_ratio", 0.15, Ratio);

    /// <summary>How the keys begin that may live for ever.</summary>
    public static readonly RuleOption<ImmutableArray<string>> ExcludedKeyPrefixes = new(
        "dotnet_code_quality.EXP405.excluded_key_prefixes", ImmutableArray<string>.Empty, Words);

    /// <summary>Words with <c>|</c> or <c>,</c> between them.</summary>
    private static ImmutableArray<string>? Words(string text) =>
        ImmutableArray.CreateRange(
            text.Split(['|', ','], StringSplitOptions.RemoveEmptyEntries)
                .Select(static word => word.Trim())
                .Where(static word => word.Length > 0));

    /// <summary>A part of a whole as a number up to 1, or as per cent: <c>0.15</c>, <c>15 %</c>.</summary>
    private static double? Ratio(string text)
    {
        text = text.Trim();
        bool isPercent = text.EndsWith("%", StringComparison.Ordinal);
        return double.TryParse(text.TrimEnd('%').Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) &&
            (isPercent ? number / 100 : number) is > 0 and <= 1 and var ratio
            ? ratio
            : null;
    }

    /// <summary>The shortest TTL that is not reported as too short.</summary>
    public static readonly RuleOption<TimeSpan> MinimumTtl = new(
        "dotnet_code_quality.EXP402.minimum_ttl", TimeSpan.FromMilliseconds(100), Duration);

    /// <summary>
    /// A time as <c>hh:mm:ss</c>, or a number with a unit: <c>500 ms</c>, <c>5 s</c>, <c>2 min</c>; a bare number is seconds.
    /// </summary>
    private static TimeSpan? Duration(string text)
    {
        text = text.Trim();
        if (text.IndexOf(':') >= 0)
        {
            // "24:00:00" is 24 days to the framework, and no user means that.
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) && span >= TimeSpan.Zero && span.Days == 0
                ? span
                : null;
        }

        int end = 0;
        while (end < text.Length && (char.IsDigit(text[end]) || text[end] == '.'))
        {
            end++;
        }

        double milliseconds = text.Substring(end).Trim() switch
        {
            "ms" => 1,
            "" or "s" => 1_000,
            "min" => 60_000,
            _ => double.NaN,
        };
        return double.TryParse(text.Substring(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) &&
            number * milliseconds is >= 0 and < 86_400_000
            ? TimeSpan.FromMilliseconds(number * milliseconds)
            : null;
    }
}
