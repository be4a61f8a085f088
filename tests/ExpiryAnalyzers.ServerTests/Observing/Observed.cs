using ExpiryAnalyzers.Tests.Servers;

namespace ExpiryAnalyzers.Tests.Observing;

/// <summary>All that is seen of one run.</summary>
/// <param name="Answer">What was returned, or the type of what was thrown.</param>
/// <param name="Calls">What was asked of the surroundings, in order.</param>
/// <param name="Memory">What was put into caches inside the process.</param>
/// <param name="Limits">For each call the time that its token left it.</param>
/// <param name="AtCut">The keys when the connection was cut, where it was.</param>
internal sealed record Observed(
    string Answer,
    IReadOnlyList<string> Calls,
    IReadOnlyList<string> Memory,
    IReadOnlyList<KeyEntry> Keys,
    IReadOnlyList<RespCommand> Commands,
    IReadOnlyList<TimeSpan?> Limits,
    IReadOnlyList<KeyEntry>? AtCut)
{
    /// <summary>What the server refused, in its words, those of commands inside a transaction included.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Whether something that was begun had not come to its end when the member returned.</summary>
    public bool IsUnfinished { get; init; }

    /// <summary>The words of the exception; they are not compared.</summary>
    public string Refusal { get; init; } = "";

    public const string NeverCompletes = "never completes";

    public bool Completes => Answer != NeverCompletes;

    /// <summary>
    /// Whether Garnet refused what Redis knows: a command, or a form of one. It also closes the connection on numbers that it cannot
    /// read.
    /// </summary>
    public bool IsUnknownToGarnet =>
        Answer == "throws RedisConnectionException"
            || Errors.Any(error => error.StartsWith("ERR unknown", StringComparison.Ordinal)
                || error.StartsWith("ERR syntax", StringComparison.Ordinal));

    public bool Throws => Answer.StartsWith("throws ", StringComparison.Ordinal);

    public KeyEntry? Key(string name) => Keys.FirstOrDefault(entry => entry.Name == name);

    /// <summary>All in which two runs differ.</summary>
    public static IEnumerable<Difference> Between(Observed original, Observed repaired)
    {
        if (!RunText.Same(original.Answer, repaired.Answer))
        {
            yield return new(Aspect.Answer, "", original.Answer, repaired.Answer);
        }

        string before = string.Join("; ", original.Calls);
        string after = string.Join("; ", repaired.Calls);
        if (!RunText.Same(before, after))
        {
            yield return new(Aspect.Calls, "", before, after);
        }

        string held = string.Join("; ", original.Memory);
        string holds = string.Join("; ", repaired.Memory);
        if (!RunText.Same(held, holds))
        {
            yield return new(Aspect.Memory, "", held, holds);
        }

        if (!original.IsUnfinished && repaired.IsUnfinished)
        {
            yield return new(Aspect.Waiting, "", "all is waited for", "something is not waited for");
        }

        foreach (string name in original.Keys.Concat(repaired.Keys).Select(entry => entry.Name).Distinct())
        {
            if (OfKey(name, original.Key(name), repaired.Key(name)) is { } difference)
            {
                yield return difference;
            }
        }
    }

    private static Difference? OfKey(string name, KeyEntry? original, KeyEntry? repaired) =>
        original is null || repaired is null
            ? new(Aspect.Presence, name, original?.ToString() ?? "missing", repaired?.ToString() ?? "missing") { Keys =
                (original, repaired) }
        : !RunText.Same(original.Content, repaired.Content)
            ? new(Aspect.Value, name, original.ToString(), repaired.ToString()) { Keys = (original, repaired) }
        : !RunText.Same(original.ToString(), repaired.ToString())
            ? new(Aspect.Ttl, name, original.ToString(), repaired.ToString()) { Keys = (original, repaired) }
        : null;
}
