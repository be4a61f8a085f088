using ExpiryAnalyzers.Corpus.Fixing;

namespace ExpiryAnalyzers.Corpus.Output;

/// <summary>What came of the fixes: a table, the ones that went wrong, and on demand what each one changed.</summary>
internal static class FixReport
{
    private static readonly FixVerdict[] s_columns =
        [FixVerdict.NotOffered, FixVerdict.Threw, FixVerdict.Unchanged, FixVerdict.CompileErrors, FixVerdict.StillReported, FixVerdict.RaisesOthers, FixVerdict.NewWarnings, FixVerdict.Unformatted];

    /// <summary>Writes the counts per action and per rule, the findings without a fix, then each fix that is not clean.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<RepositoryResult> results)
    {
        FixOutcome[] outcomes = Sorted(results);
        Section.Begin(writer, "fixes");
        writer.WriteLine(Row("action", "tried", "clean", s_columns.Select(static column => column.ToString())));
        foreach (IGrouping<string, FixOutcome> action in outcomes.GroupBy(static outcome => outcome.Key).OrderBy(static action => action.Key, StringComparer.Ordinal))
        {
            writer.WriteLine(Row(
                action.Key,
                $"{action.Count(static outcome => outcome.Verdict != FixVerdict.NotOffered)}",
                $"{action.Count(static outcome => outcome.Verdict == FixVerdict.Clean)}",
                s_columns.Select(column => $"{action.Count(outcome => outcome.Verdict.HasFlag(column))}")));
        }

        // One finding counts once: as safe where a safe fix is offered.
        Section.Begin(writer, "fixes by rule");
        writer.WriteLine("rule     findings   safe   asks   none");
        foreach (IGrouping<string, FixOutcome> rule in outcomes.GroupBy(static outcome => outcome.Rule).OrderBy(static rule => rule.Key, StringComparer.Ordinal))
        {
            FixOutcome[][] findings = [.. rule.GroupBy(static outcome => outcome.Finding).Select(static finding => finding.ToArray())];
            int none = findings.Count(static finding => finding.All(static outcome => outcome.Verdict == FixVerdict.NotOffered));
            int safe = findings.Count(static finding => finding.Any(static outcome => outcome is { Verdict: not FixVerdict.NotOffered, Asks: false }));
            writer.WriteLine($"{rule.Key,-7} {findings.Length,9} {safe,6} {findings.Length - none - safe,6} {none,6}");
        }

        Section.Begin(writer, "findings without a fix");
        foreach (FixOutcome outcome in outcomes.Where(static outcome => outcome.Verdict == FixVerdict.NotOffered))
        {
            writer.WriteLine(outcome.Finding);
        }

        Section.Begin(writer, "fix problems");
        foreach (FixOutcome outcome in outcomes.Where(static outcome => outcome.Verdict is not (FixVerdict.Clean or FixVerdict.NotOffered)))
        {
            WriteHeading(writer, outcome);
            foreach (string detail in outcome.Details)
            {
                writer.WriteLine($"      {detail.ReplaceLineEndings("\n      ")}");
            }
        }
    }

    /// <summary>Writes what each fix changed.</summary>
    public static void WriteDiffs(TextWriter writer, IReadOnlyList<RepositoryResult> results)
    {
        foreach (FixOutcome outcome in Sorted(results).Where(static outcome => outcome.Verdict != FixVerdict.NotOffered))
        {
            WriteHeading(writer, outcome);
            foreach (string line in outcome.Diff)
            {
                writer.WriteLine(line);
            }

            writer.WriteLine();
        }
    }

    private static void WriteHeading(TextWriter writer, FixOutcome outcome)
    {
        writer.WriteLine(outcome.Finding);
        writer.WriteLine($"  [{outcome.Key}] {outcome.Title}: {outcome.Verdict}");
    }

    private static string Row(string action, string tried, string clean, IEnumerable<string> verdicts) =>
        $"{action,-40} {tried,6} {clean,6} {string.Join(' ', verdicts.Select(static text => $"{text,13}"))}";

    /// <summary>Each repository's outcomes come sorted; the sort over all is stable, so the actions of one finding keep their order.</summary>
    private static FixOutcome[] Sorted(IReadOnlyList<RepositoryResult> results) =>
        [.. results.SelectMany(static result => result.Fixes).OrderBy(static outcome => outcome.Finding, StringComparer.Ordinal)];
}
