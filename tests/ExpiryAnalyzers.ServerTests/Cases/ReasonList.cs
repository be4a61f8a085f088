using ExpiryAnalyzers.Tests.Servers;

namespace ExpiryAnalyzers.Tests.Cases;

/// <summary>
/// A checked-in list of names, each with a reason, that has to say exactly what the tests find on Redis. What is found on Garnet alone is
/// marked; that something of the list is not found there says nothing.
/// </summary>
internal sealed class ReasonList
{
    private const string OnGarnet = "[Garnet] ";

    private readonly string _path;
    private readonly Dictionary<string, string> _reasons;

    private ReasonList(string path, Dictionary<string, string> reasons)
    {
        _path = path;
        _reasons = reasons;
    }

    public IReadOnlySet<string> Names => _reasons.Keys.ToHashSet(StringComparer.Ordinal);

    public static ReasonList Of(string name)
    {
        string path = Path.Combine(Repository.Root, "tests", "ExpiryAnalyzers.ServerTests", "Lists", name);
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        return new(path, lines.Where(line => line.Contains("  # ", StringComparison.Ordinal)).Select(line => line.Split("  # ", 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal));
    }

    /// <summary>The file of a repair, by its name.</summary>
    public static string FileOf(string name) => name.Split(' ')[1];

    /// <summary>What is found and not listed, and what is listed and no longer found in what was looked at.</summary>
    /// <param name="found">Names, each with what was seen.</param>
    /// <param name="isLookedAt">Whether a name is of what was looked at, there or not.</param>
    public List<string> Differences(IReadOnlyDictionary<string, string> found, Predicate<string> isLookedAt) =>
    [
        .. found.Where(entry => !_reasons.ContainsKey(entry.Key))
            .Select(entry => $"not in {Path.GetFileName(_path)}: {entry.Key}: {entry.Value}"),
        .. _reasons.Where(entry => isLookedAt(entry.Key) && !found.ContainsKey(entry.Key) && IsOfThis(entry.Value))
            .Select(entry => $"no longer needed in {Path.GetFileName(_path)}: {entry.Key}"),
    ];

    /// <summary>Writes the list anew; what was not looked at stays, and so do the reasons of what is found again.</summary>
    public void Write(IReadOnlyDictionary<string, string> found, Predicate<string> isLookedAt)
    {
        Dictionary<string, string> entries = _reasons
            .Where(entry => !isLookedAt(entry.Key) || found.ContainsKey(entry.Key) || !IsOfThis(entry.Value))
            .ToDictionary(entry => entry.Key, entry => TestServer.IsGarnet || !entry.Value.StartsWith(OnGarnet, StringComparison.Ordinal)
                || !found.ContainsKey(entry.Key) ? entry.Value : entry.Value[OnGarnet.Length..]);
        foreach ((string name, string reason) in found)
        {
            entries.TryAdd(name, TestServer.IsGarnet ? OnGarnet + reason : reason);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllLines(_path, entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => $"{entry.Key}  # {entry.Value}"));
    }

    /// <summary>Whether a reason is the server's that is run, so that it must be found there.</summary>
    private static bool IsOfThis(string reason) => TestServer.IsGarnet == reason.StartsWith(OnGarnet, StringComparison.Ordinal);
}
