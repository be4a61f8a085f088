using System.Globalization;
using System.Text.RegularExpressions;

namespace ExpiryAnalyzers.Tool.Analysis;

/// <summary>The lines that git says were written since a revision, those of files that it does not know yet included.</summary>
internal sealed partial class ChangedLines
{
    private readonly Dictionary<string, List<(int First, int Last)>> _lines = new(StringComparer.Ordinal);

    private ChangedLines()
    {
    }

    /// <summary>Whether any place of a finding was written since.</summary>
    public bool Touch(Finding finding) => finding.Places.Any(place =>
        _lines.TryGetValue(place.Path, out List<(int First, int Last)>? ranges) &&
        ranges.Exists(range => range.First <= place.EndLinePosition.Line + 1 && place.StartLinePosition.Line + 1 <= range.Last));

    /// <summary>Asks git; the revision is taken where this branch left it.</summary>
    public static async Task<ChangedLines> SinceAsync(string revision, string folder, CancellationToken cancellationToken)
    {
        (int found, string root, _) = await Git.RunAsync(folder, cancellationToken, "rev-parse", "--show-toplevel");
        if (found != 0)
        {
            throw new ToolException($"'--since' needs a git repository, and '{folder}' is in none.");
        }

        (int known, string commit, _) = await Git.RunAsync(
            folder, cancellationToken, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}");
        if (known != 0)
        {
            throw new ToolException($"git knows no revision '{revision}' here; a shallow clone may have to fetch it first.");
        }

        (int related, string left, _) = await Git.RunAsync(folder, cancellationToken, "merge-base", commit.Trim(), "HEAD");
        ChangedLines changed = new();
        await changed.ReadAsync(root.Trim(), related == 0 ? left.Trim() : commit.Trim(), cancellationToken);
        return changed;
    }

    private async Task ReadAsync(string root, string commit, CancellationToken cancellationToken)
    {
        (int exit, string diff, string error) = await Git.RunAsync(
            root, cancellationToken, "-c", "core.quotePath=false", "diff", "-U0", "--no-color", "--no-ext-diff", "--src-prefix=a/",
            "--dst-prefix=b/", commit, "--");
        (int listed, string unknown, _) = await Git.RunAsync(
            root, cancellationToken, "-c", "core.quotePath=false", "ls-files", "-z", "--others", "--exclude-standard");
        if (exit != 0 || listed != 0)
        {
            throw new ToolException($"git could not tell what changed: {error.Trim()}");
        }

        List<(int First, int Last)> ranges = [];
        foreach (string line in diff.Split('\n'))
        {
            if (line.StartsWith("+++ b/", StringComparison.Ordinal))
            {
                ranges = RangesOf(root, line[6..].TrimEnd('\t', '\r'));
            }
            else if (Hunk().Match(line) is { Success: true } hunk)
            {
                int first = Number(hunk.Groups["first"], 0);
                int count = Number(hunk.Groups["count"], 1);
                ranges.Add((first, first + count - 1));
            }
        }

        foreach (string file in unknown.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            RangesOf(root, file).Add((1, int.MaxValue));
        }
    }

    private static int Number(Group group, int otherwise) =>
        group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : otherwise;

    private List<(int First, int Last)> RangesOf(string root, string file)
    {
        string path = Path.GetFullPath(Path.Combine(root, file));
        if (!_lines.TryGetValue(path, out List<(int First, int Last)>? ranges))
        {
            _lines[path] = ranges = [];
        }

        return ranges;
    }

    [GeneratedRegex(@"^@@ -\S+ \+(?<first>\d+)(,(?<count>\d+))? @@")]
    private static partial Regex Hunk();
}
