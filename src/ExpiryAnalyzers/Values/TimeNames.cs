using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Values;

/// <summary>What the name of a number or a time says of it: <c>ttlMs</c>, <c>TimeoutSeconds</c>, <c>expiresAtUtc</c>, <c>unixTime</c>.</summary>
internal static class TimeNames
{
    /// <summary>Words that name a unit at the end of a name.</summary>
    private static readonly Dictionary<string, TimeUnit> Units = new(StringComparer.Ordinal)
    {
        ["ticks"] = TimeUnit.Ticks,
        ["micros"] = TimeUnit.Microseconds,
        ["microseconds"] = TimeUnit.Microseconds,
        ["ms"] = TimeUnit.Milliseconds,
        ["msec"] = TimeUnit.Milliseconds,
        ["msecs"] = TimeUnit.Milliseconds,
        ["millis"] = TimeUnit.Milliseconds,
        ["milliseconds"] = TimeUnit.Milliseconds,
        ["sec"] = TimeUnit.Seconds,
        ["secs"] = TimeUnit.Seconds,
        ["seconds"] = TimeUnit.Seconds,
        ["mins"] = TimeUnit.Minutes,
        ["minutes"] = TimeUnit.Minutes,
        ["hrs"] = TimeUnit.Hours,
        ["hours"] = TimeUnit.Hours,
        ["days"] = TimeUnit.Days,
    };

    /// <summary>Words that name a unit only behind a word for a span (<c>expireSecond</c>), for alone they name a part of a clock reading.</summary>
    private static readonly Dictionary<string, TimeUnit> SingularUnits = new(StringComparer.Ordinal)
    {
        ["millisecond"] = TimeUnit.Milliseconds,
        ["second"] = TimeUnit.Seconds,
        ["minute"] = TimeUnit.Minutes,
        ["hour"] = TimeUnit.Hours,
        ["day"] = TimeUnit.Days,
    };

    private static readonly HashSet<string> Spans = new(StringComparer.Ordinal)
    {
        "in", "ttl", "expire", "expires", "expiry", "expiration", "timeout", "duration", "lifetime", "cache", "lease", "life", "age",
    };

    /// <summary>Words behind a unit at the start of a name: <c>SecondsToLive</c>.</summary>
    private static readonly HashSet<string> Limits = new(StringComparer.Ordinal) { "to", "until", "till", "before", "left", "remaining" };

    /// <summary>Words beside which "epoch" is a period, not the start of a count.</summary>
    private static readonly HashSet<string> Periods = new(StringComparer.Ordinal)
    {
        "per", "length", "duration", "interval", "period", "size", "count", "number", "index", "id", "ttl", "window", "slot", "timeout", "offset",
    };

    /// <summary>
    /// The name under which an expression is read: of a variable or a member, or the last part of a setting's (<c>"Redis:TtlSeconds"</c>).
    /// </summary>
    public static string? Of(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IFieldReferenceOperation field => field.Field.Name,
        IPropertyReferenceOperation property => property.Arguments.IsEmpty ? property.Property.Name : Setting(property.Arguments),
        IInvocationOperation invocation => Setting(invocation.Arguments) ?? Nested(invocation) ?? invocation.TargetMethod.Name,
        _ => null,
    };

    /// <summary>The setting whose text a call makes a number of: <c>int.Parse(configuration["TtlSeconds"])</c>.</summary>
    private static string? Nested(IInvocationOperation invocation)
    {
        if (invocation.TargetMethod.Name is not ("Parse" or "TryParse" or "ToInt32" or "ToInt64" or "ToDouble") || invocation.Arguments.IsEmpty)
        {
            return null;
        }

        return Of(invocation.Arguments[0].Value.WithoutConversions());
    }

    /// <summary>The last part of a setting's name, where a call or an indexer is given one.</summary>
    private static string? Setting(IEnumerable<IArgumentOperation> arguments) =>
        arguments.Select(static argument => argument.Value.ConstantValue is { HasValue: true, Value: string text } ? text : null).FirstOrDefault(static text => text is not null) is { } name
            ? name.Substring(name.LastIndexOfAny([':', '.', '/']) + 1)
            : null;

    /// <summary>The unit that a number's name says, or none.</summary>
    public static TimeUnit UnitOf(string name)
    {
        List<string> words = Words(name);
        if (words.Count == 0)
        {
            return TimeUnit.Unknown;
        }

        // SecondsInDay: so many seconds.
        int within = words.IndexOf("in");
        if (within > 0 && Units.TryGetValue(words[within - 1], out TimeUnit counted))
        {
            return counted;
        }

        string last = words[words.Count - 1];
        string? before = words.Count > 1 ? words[words.Count - 2] : null;
        return before == "per" ? TimeUnit.Unknown
            : Units.TryGetValue(last, out TimeUnit unit) ? unit
            : before is not null && Spans.Contains(before) && SingularUnits.TryGetValue(last, out unit) ? unit
            : before is not null && Limits.Contains(words[1]) && Units.TryGetValue(words[0], out unit) ? unit
            : words.Count == 1 ? LongUnitAtEndOf(last)
            : TimeUnit.Unknown;
    }

    /// <summary>Whether a number's name says that it counts from the Unix epoch.</summary>
    public static bool IsEpoch(string name)
    {
        List<string> words = Words(name);
        return words.Any(static word => word is "unix" or "epoch") && !words.Any(Periods.Contains);
    }

    /// <summary>The zone that a clock reading's name says, or none.</summary>
    public static TimeKind ZoneOf(string name)
    {
        List<string> words = Words(name);
        return words.Count < 2 ? TimeKind.None
            : words[0] == "utc" || words[words.Count - 1] == "utc" ? TimeKind.Utc
            : words[words.Count - 1] == "local" ? TimeKind.Local
            : TimeKind.None;
    }

    /// <summary><c>expireseconds</c>: one word, but nothing else ends so.</summary>
    private static TimeUnit LongUnitAtEndOf(string word) =>
        Units.Where(entry => entry.Key.Length > 6 && word.EndsWith(entry.Key, StringComparison.Ordinal)).OrderByDescending(static entry => entry.Key.Length).Select(static entry => entry.Value).FirstOrDefault();

    /// <summary>The words of a name in camel case, Pascal case or with underscores, in small letters; a run of capitals is one word.</summary>
    private static List<string> Words(string name)
    {
        List<string> words = [];
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            // TTLms, TTLSeconds: the capitals are a word of their own.
            bool isTtl = i > start && string.CompareOrdinal(name, start, "TTL", 0, 3) == 0;
            bool isEnd = i == name.Length || !char.IsLetter(name[i]);
            bool isNext = !isEnd && i > start && (isTtl ? i - start == 3
                : char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))));
            if ((isEnd || isNext) && i > start)
            {
                words.Add(name.Substring(start, i - start).ToLowerInvariant());
            }

            start = isEnd ? i + 1 : isNext ? i : start;
        }

        return words;
    }
}
