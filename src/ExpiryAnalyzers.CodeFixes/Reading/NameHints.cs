namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>What only a name can tell: guesses, which offer a repair and decide on none.</summary>
internal static class NameHints
{
    /// <summary>
    /// Words in the names of durations that are the life of a key. The user sees the name in the title and may choose another repair.
    /// </summary>
    private static readonly IReadOnlyCollection<string> TtlWords = ["ttl", "expir", "lifetime", "timetolive"];

    /// <summary>
    /// Parts of the names of methods that call a lambda once for each element: LINQ, <c>List.ForEach</c>, <c>Parallel</c>.
    /// </summary>
    private static readonly IReadOnlyCollection<string> RoundWords = ["Select", "ForEach", "Parallel."];

    /// <summary>Whether a duration of that name may be the life of a key: <c>SessionTtl</c>, <c>CacheExpiry</c>.</summary>
    public static bool IsTtl(string name) => TtlWords.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>
    /// Whether a method of that name may call its lambda for each element: <c>items.Select</c>, <c>Parallel.ForEachAsync</c>.
    /// </summary>
    public static bool RunsInRounds(string method) => RoundWords.Any(word => method.IndexOf(word, StringComparison.Ordinal) >= 0);
}
