using ExpiryAnalyzers.Corpus.Analysis;

namespace ExpiryAnalyzers.Corpus.Output;

/// <summary>The findings in a report: how they are written and read back.</summary>
internal static class FindingsSection
{
    private const string Title = "findings";

    /// <summary>Writes each finding on one line, followed by its context if it has one.</summary>
    public static void Write(TextWriter writer, IEnumerable<Finding> findings)
    {
        writer.WriteLine(Section.Header(Title));
        foreach (Finding finding in findings)
        {
            writer.WriteLine(finding.Line);
            foreach (string line in finding.Context)
            {
                writer.WriteLine(line);
            }
        }
    }

    /// <summary>The lines of the findings without their context, which is indented.</summary>
    public static IReadOnlyList<string> Read(FileInfo report)
    {
        string[] lines = File.ReadAllLines(report.FullName);
        int header = Array.IndexOf(lines, Section.Header(Title));
        return header < 0
            ? throw new UsageException($"'{report}' has no findings section; it was not written by 'run'.")
            : [.. lines.Skip(header + 1).TakeWhile(static line => !Section.IsHeader(line)).Where(static line => line is not ([] or [' ', ..]))];
    }
}
