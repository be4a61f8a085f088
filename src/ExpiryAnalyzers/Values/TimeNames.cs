using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Values;

/// <summary>
/// What the name of a number or a time says of it: <c>ttlMs</c>, <c>TimeoutSeconds</c>, <c>expiresAtUtc</c>, <c>unixTime</c>.
/// </summary>
internal static class TimeNames
{
    /// <summary>Words that name a unit at the end of a name.</summary>
    private static readonly Dictionary<string, TimeUnit> Units = WordsOf(NameHints.Units);

    /// <summary>
    /// Words that name a unit only behind a word for a span (<c>expireSecond</c>), for alone they name a part of a clock reading.
    /// </summary>
    private static readonly Dictionary<string, TimeUnit> SingularUnits = WordsOf(NameHints.SingularUnits);

    /// <summary>Shorter words for a unit end other words too.</summary>
    private const int LongUnit = 7;

    /// <summary>The long words that name a unit, the longest first.</summary>
    private static readonly ImmutableArray<KeyValuePair<string, TimeUnit>> LongUnits = ImmutableArray.CreateRange(
        Units.Where(static entry => entry.Key.Length >= LongUnit).OrderByDescending(static entry => entry.Key.Length));

    /// <summary>
    /// The name under which an expression is read: of a variable or a member, or the last part of a setting's (<c>"Redis:TtlSeconds"</c>).
    /// </summary>
    public static string? Of(IOperation operation, WellKnownTypes types)
    {
        // int.Parse(configuration["TtlSeconds"]): what a call makes a number of.
        IInvocationOperation? parse = null;
        IOperation value = operation;
        while (value is IInvocationOperation call && types.Is(call.TargetMethod, KnownMember.Parse) && !call.Arguments.IsEmpty &&
            Setting(call.Arguments) is null)
        {
            parse = call;
            value = call.Arguments[0].Value.WithoutConversions();
        }

        return NameOf(value) ?? parse?.TargetMethod.Name;
    }

    private static string? NameOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IFieldReferenceOperation field => field.Field.Name,
        IPropertyReferenceOperation property => property.Arguments.IsEmpty ? property.Property.Name : Setting(property.Arguments),
        IInvocationOperation invocation => Setting(invocation.Arguments) ?? invocation.TargetMethod.Name,
        _ => null,
    };

    /// <summary>The last part of a setting's name, where a call or an indexer is given one.</summary>
    private static string? Setting(IEnumerable<IArgumentOperation> arguments) =>
        arguments.Select(static argument => argument.Value.ConstantValue is { HasValue: true, Value: string text } ? text : null)
            .FirstOrDefault(static text => text is not null) is { } name
            ? name.Substring(name.LastIndexOfAny([':', '.', '/']) + 1)
            : null;

    /// <summary>The unit that a number's name says, or none.</summary>
    public static TimeUnit UnitOf(string name)
    {
        List<string> words = NameHint.WordsOf(name);
        if (words.Count == 0)
        {
            return TimeUnit.Unknown;
        }

        // expireMilliSeconds: two words for one unit, which may be none of those known here.
        if (words.Count > 1 && NameHints.Fractions.Includes(words[words.Count - 2]))
        {
            words[words.Count - 2] += words[words.Count - 1];
            words.RemoveAt(words.Count - 1);
        }

        // SecondsInDay: so many seconds.
        int within = words.FindIndex(NameHints.Within.Includes);
        if (within > 0 && Units.TryGetValue(words[within - 1], out TimeUnit counted))
        {
            return counted;
        }

        string last = words[words.Count - 1];
        string? before = words.Count > 1 ? words[words.Count - 2] : null;
        return before is null ? (Units.TryGetValue(last, out TimeUnit only) ? only : LongUnitAtEndOf(last))
            : NameHints.Rate.Includes(before) ? TimeUnit.Unknown
            : Units.TryGetValue(last, out TimeUnit unit) ? unit
            : NameHints.Spans.Includes(before) && SingularUnits.TryGetValue(last, out unit) ? unit
            : NameHints.Limits.Includes(words[1]) && Units.TryGetValue(words[0], out unit) ? unit
            : TimeUnit.Unknown;
    }

    /// <summary>Whether a number's name says that it counts from the Unix epoch.</summary>
    public static bool IsEpoch(string name) => NameHints.Epoch.Fits(name) && !NameHints.Periods.Fits(name);

    /// <summary>
    /// Whether a name says that it is a lifetime, and nothing more than that but its unit and from when on it counts:
    /// <c>keepFor</c>, <c>ttlInSeconds</c>, <c>slidingExpiration</c>.
    /// </summary>
    public static bool IsLifetime(string name)
    {
        List<string> words = NameHint.WordsOf(name);
        int start = 0;
        int end = words.Count;
        while (start < end && IsQualifier(words[start]))
        {
            start++;
        }

        while (end > start && IsQualifier(words[end - 1]))
        {
            end -= end > start + 1 && NameHints.Within.Includes(words[end - 2]) ? 2 : 1;
        }

        return end > start && NameHints.Lifetimes.Includes(string.Concat(words.GetRange(start, end - start)));

        static bool IsQualifier(string word) =>
            Units.ContainsKey(word) || SingularUnits.ContainsKey(word) || NameHints.LifetimeKinds.Includes(word);
    }

    /// <summary>
    /// Whether an expression names an instant at which something ends, also where it makes another form of it:
    /// <c>token.ExpiresAt</c>, <c>validUntil.Value.UtcDateTime</c>.
    /// </summary>
    public static bool IsOfDeadline(IOperation instant, WellKnownTypes types)
    {
        for (IOperation? bare = instant; bare is not null;)
        {
            // What is made of an instant without being told more is another form of it.
            IOperation? other = bare switch
            {
                IConversionOperation conversion => conversion.Operand,
                IPropertyReferenceOperation property => property.Instance,
                IInvocationOperation { Arguments.IsEmpty: true } call => call.Instance,
                _ => null,
            };
            if (!types.IsInstant(other?.Type))
            {
                return bare is not IInvocationOperation && Of(bare, types) is { } name && IsDeadline(name);
            }

            bare = other;
        }

        return false;
    }

    /// <summary>Whether a name says that something ends then: <c>expiresAtUtc</c>, <c>ValidTo</c>, <c>lockedUntil</c>.</summary>
    private static bool IsDeadline(string name)
    {
        List<string> words = NameHint.WordsOf(name);
        int end = words.Count;
        while (end > 0 && NameHints.InstantForms.Includes(words[end - 1]))
        {
            end--;
        }

        bool isLimit = end > 1 && NameHints.LimitsBehind.Includes(words[end - 2] + words[end - 1]);
        return !words.Exists(NameHints.Bygone.Includes) && (isLimit || (end > 0 && NameHints.Ends.Includes(words[end - 1])));
    }

    /// <summary>The zone that a clock reading's name says, or none.</summary>
    public static TimeKind ZoneOf(string name)
    {
        List<string> words = NameHint.WordsOf(name);
        return words.Count < 2 ? TimeKind.None
            : NameHints.Utc.Includes(words[0]) || NameHints.Utc.Includes(words[words.Count - 1]) ? TimeKind.Utc
            : NameHints.Local.Includes(words[words.Count - 1]) ? TimeKind.Local
            : TimeKind.None;
    }

    /// <summary><c>expireseconds</c>: one word, but nothing else ends so.</summary>
    private static TimeUnit LongUnitAtEndOf(string word)
    {
        foreach (KeyValuePair<string, TimeUnit> unit in LongUnits)
        {
            if (word.EndsWith(unit.Key, StringComparison.Ordinal))
            {
                return unit.Value;
            }
        }

        return default;
    }

    private static Dictionary<string, TimeUnit> WordsOf(IReadOnlyList<(TimeUnit Unit, NameHint Hint)> units)
    {
        Dictionary<string, TimeUnit> words = new(StringComparer.Ordinal);
        foreach ((TimeUnit unit, NameHint hint) in units)
        {
            foreach (string word in hint.Words)
            {
                words[word] = unit;
            }
        }

        return words;
    }
}
