using System.Text.RegularExpressions;

namespace ExpiryAnalyzers.Tool.Inspecting;

/// <summary>Takes a key's name apart and masks the parts that are plainly no words.</summary>
internal static partial class KeyShape
{
    /// <summary>Deeper parts are one hole, so that the tree of shapes stays small.</summary>
    private const int MostParts = 8;

    private const int LongestName = 256;

    /// <summary>The hole for words that differ.</summary>
    public const string Word = "{word}";

    /// <summary>What stands between the parts.</summary>
    public static string WithoutSeparators(string part) => part.TrimEnd(':', '/', '|', '.');

    /// <summary>Whether a part, without the separators behind it, is nothing but a hole.</summary>
    public static bool IsHole(string word) => word is "{guid}" or "{address}" or "{date}" or "{hex}" or "{n}" or "{id}" or "{rest}" or Word;

    /// <summary>The parts of a key with the separators that follow them; what is no word is a hole.</summary>
    public static IReadOnlyList<string> PartsOf(string key)
    {
        string name = key.Length > LongestName ? key[..LongestName] : key;
        string masked = Date().Replace(Guid().Replace(Address().Replace(name, "{address}"), "{guid}"), "{date}");
        string[] parts = [.. Part().Matches(masked).Select(static part => Masked(part.Value))];
        return parts.Length <= MostParts ? parts : [.. parts[..(MostParts - 1)], "{rest}"];
    }

    /// <summary>Whether a key's name says that it is a lock.</summary>
    public static bool LooksLikeLock(string key) => LockWord().IsMatch(key);

    private static string Masked(string part)
    {
        string hex = Hex().Replace(part, "{hex}");
        string number = Digits().Replace(hex, "{n}");
        return Random().Replace(number, "{id}");
    }

    [GeneratedRegex(@"(?<![0-9a-fA-F])[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}(?![0-9a-fA-F])")]
    private static partial Regex Guid();

    [GeneratedRegex(@"[^\s:/|{}]*(?:@|%40)[^\s:/|{}]*")]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<![0-9])[12][0-9]{3}-[01][0-9]-[0-3][0-9](?![0-9])")]
    private static partial Regex Date();

    [GeneratedRegex(@"[^:/|.]+[:/|.]*|[:/|.]+")]
    private static partial Regex Part();

    /// <summary>Eight hexadecimal digits or more, a number among them.</summary>
    [GeneratedRegex(@"(?<![0-9A-Za-z{])(?=[0-9a-fA-F]*[0-9])(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{8,}(?![0-9A-Za-z}])")]
    private static partial Regex Hex();

    [GeneratedRegex(@"[0-9]+")]
    private static partial Regex Digits();

    /// <summary>What is long and mixes letters with holes, as tokens do.</summary>
    [GeneratedRegex(@"(?<![A-Za-z])(?:[A-Za-z_-]*\{n\}){3,}[A-Za-z_-]*(?![A-Za-z])")]
    private static partial Regex Random();

    [GeneratedRegex(@"(?<![a-zA-Z])(?:[a-z]+(?=[LM]))?(?:lock|Lock|LOCK|mutex|Mutex|MUTEX|redlock|RedLock|lease|Lease)s?(?![a-z])")]
    private static partial Regex LockWord();
}
