using ExpiryAnalyzers.Corpus.Analysis;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Corpus.Output;

/// <summary>The text of one run. It holds no time and no place of this machine, so that two runs can be compared.</summary>
internal sealed class RunReport(Product product, RunOptions options, IReadOnlyList<RepositoryResult> results)
{
    /// <summary>How many places are shown of a crash that happens in many.</summary>
    private const int CrashExamples = 5;

    /// <summary>Writes all sections.</summary>
    public void Write(TextWriter writer)
    {
        FindingsSection.Write(writer, results.SelectMany(static result => result.Findings).OrderBy(static finding => finding.Line, StringComparer.Ordinal));
        WriteRules(writer);
        WriteRepositories(writer);
        WriteCrashes(writer);
        if (options.Fix)
        {
            FixReport.Write(writer, results);
        }
    }

    private void WriteRules(TextWriter writer)
    {
        Dictionary<string, int> counts = results.SelectMany(static result => result.Findings).CountBy(static finding => finding.Id).ToDictionary();
        Section.Begin(writer, "rules");
        IEnumerable<DiagnosticDescriptor> rules = product.Analyzers
            .SelectMany(static analyzer => analyzer.SupportedDiagnostics)
            .DistinctBy(static rule => rule.Id)
            .OrderBy(static rule => rule.Id, StringComparer.Ordinal);
        foreach (DiagnosticDescriptor rule in rules)
        {
            string count = rule.IsEnabledByDefault || options.AllRules ? $"{counts.GetValueOrDefault(rule.Id)}" : "off";
            writer.WriteLine($"{rule.Id} {count,6}  {rule.Title}");
        }
    }

    private void WriteRepositories(TextWriter writer)
    {
        Section.Begin(writer, "repositories");
        foreach (RepositoryResult result in results)
        {
            string notes = string.Concat(result.Notes.Select(static note => $"; {note}"));
            writer.WriteLine($"{result.Name}: {result.Size.Files} files, {result.Size.Lines} lines, {result.Findings.Count} findings{notes}");
        }

        writer.WriteLine(
            $"total: {results.Count} repositories, {results.Sum(static result => result.Size.Files)} files, "
            + $"{results.Sum(static result => result.Size.Lines)} lines, {results.Sum(static result => result.Findings.Count)} findings, "
            + $"client {options.Client}");
    }

    private void WriteCrashes(TextWriter writer)
    {
        Section.Begin(writer, "crashes");
        foreach (IGrouping<(string Where, string Exception), Crash> crash in results.SelectMany(static result => result.Crashes).GroupBy(static crash => (crash.Where, crash.Exception)))
        {
            writer.WriteLine($"{crash.Key.Where} ({crash.Count()} times)");
            foreach (Crash example in crash.Take(CrashExamples))
            {
                writer.WriteLine($"  {example.Place}");
            }

            writer.WriteLine($"  {crash.Key.Exception.ReplaceLineEndings("\n  ")}");
        }

        writer.WriteLine($"total: {results.Sum(static result => result.Crashes.Count)}");
    }
}
