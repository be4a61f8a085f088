using ExpiryAnalyzers.Tests.Servers;

namespace ExpiryAnalyzers.Tests.Cases;

/// <summary>A checked-in list of names, each with a reason, that has to say exactly what the tests find.</summary>
internal sealed class ReasonList
{
    private static readonly string Mark = TestServer.IsGarnet ? "[Garnet] " : "[Redis] ";
    private static readonly string OtherMark = TestServer.IsGarnet ? "[Redis] " : "[Garnet] ";

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
        return new(path, lines.Where(line => line.Contains("  # ", StringComparison.Ordinal)).Select(line => line.Split("  # ", 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal));
    }

    /// <summary>What is found and not listed, and what is listed and no longer found among the names that were looked at.</summary>
    public List<string> Differences(IReadOnlyDictionary<string, string> found, IReadOnlyCollection<string> looked) =>
    [
        .. found.Where(entry => !IsListed(entry.Key)).Select(entry => $"not in {Path.GetFileName(_path)}: {entry.Key}: {entry.Value}"),
        .. _reasons.Keys.Where(name => IsListed(name) && looked.Contains(name) && !found.ContainsKey(name)).Select(name => $"no longer needed in {Path.GetFileName(_path)}: {name}"),
    ];

    /// <summary>Writes the list anew; the reasons of those that stay are kept, and what is found with one of the servers alone is marked.</summary>
    /// <param name="keepsOthers">Whether entries that were not looked at stay.</param>
    public void Write(IReadOnlyDictionary<string, string> found, IReadOnlyCollection<string> looked, bool keepsOthers)
    {
        Dictionary<string, string> entries = [];
        foreach ((string name, string reason) in _reasons.Where(entry => looked.Contains(entry.Key) || keepsOthers))
        {
            bool isOfOther = reason.StartsWith(OtherMark, StringComparison.Ordinal);
            bool isOfThis = reason.StartsWith(Mark, StringComparison.Ordinal);
            if (!looked.Contains(name) || (found.ContainsKey(name) && !isOfOther) || (!found.ContainsKey(name) && isOfOther))
            {
                entries[name] = reason;
            }
            else if (found.ContainsKey(name))
            {
                entries[name] = reason[OtherMark.Length..];
            }
            else if (!isOfThis)
            {
                entries[name] = OtherMark + reason;
            }
        }

        foreach ((string name, string reason) in found)
        {
            entries.TryAdd(name, Mark + reason);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllLines(_path, entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}  # {entry.Value}"));
    }

    /// <summary>Whether the list says so of the server that is run.</summary>
    private bool IsListed(string name) => _reasons.TryGetValue(name, out string? reason) && !reason.StartsWith(OtherMark, StringComparison.Ordinal);
}
