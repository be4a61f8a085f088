using ExpiryAnalyzers.Baselines;
using ExpiryAnalyzers.Tool.Analysis;

namespace ExpiryAnalyzers.Tool.Baselines;

/// <summary>
/// Findings that somebody decided to live with, as rows of a text file: rule, assembly, member, expression and ordinal with tabs between.
/// </summary>
internal sealed class Baseline(IReadOnlySet<FindingKey> keys)
{
    private const string Head = """
        # Findings of ExpiryAnalyzers that were there before: rule, assembly, member, expression, ordinal, with tabs between.
        # 'expiry baseline' writes this file; a build with the package leaves out what stands here, as does 'expiry check --baseline'.

        """;

    /// <summary>How many findings it holds.</summary>
    public int Count => keys.Count;

    /// <summary>Whether it holds a finding.</summary>
    public bool Holds(Finding finding) => keys.Contains(finding.Key);

    /// <summary>Its rows.</summary>
    public IReadOnlySet<FindingKey> Keys => keys;

    /// <summary>Those of its findings that are among some.</summary>
    public Baseline Remaining(IEnumerable<Finding> findings) =>
        new(findings.Select(static finding => finding.Key).Where(keys.Contains).ToHashSet());

    /// <summary>A baseline of findings.</summary>
    public static Baseline Of(IEnumerable<Finding> findings) => new(findings.Select(static finding => finding.Key).ToHashSet());

    /// <summary>Reads a file.</summary>
    public static Baseline Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"The baseline cannot be read: {exception.Message}");
        }

        return new(lines.Index()
            .Where(static line => line.Item.Trim() is not "" and not ['#', ..])
            .Select(line => Parse(line.Item, line.Index + 1, path))
            .ToHashSet());
    }

    /// <summary>Writes the file, in an order that makes small changes of it small.</summary>
    public void Write(string path)
    {
        IEnumerable<string> rows = keys.Select(static key => key.ToRow()).Order(StringComparer.Ordinal);
        try
        {
            File.WriteAllText(path, Head + string.Concat(rows.Select(static row => row + "\n")));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"The baseline cannot be written: {exception.Message}");
        }
    }

    private static FindingKey Parse(string line, int number, string path) => FindingKey.Parse(line) ?? throw new ToolException(
        $"Line {number} of '{Path.GetFileName(path)}' is no row of a baseline: it needs rule, assembly, member, expression and " +
        "ordinal with tabs between.");
}
