namespace ExpiryAnalyzers.Corpus.Output;

/// <summary>Which findings one run has and another has not.</summary>
internal static class FindingsDiff
{
    /// <summary>Prints added and removed findings; the result is the exit code.</summary>
    public static int Print(FileInfo before, FileInfo after, TextWriter writer)
    {
        Dictionary<string, int> changes = [];
        Count(before, -1);
        Count(after, +1);
        foreach ((string finding, int change) in changes.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            for (int i = 0; i < Math.Abs(change); i++)
            {
                writer.WriteLine($"{(change > 0 ? '+' : '-')} {finding}");
            }
        }

        int added = changes.Values.Where(static change => change > 0).Sum();
        int removed = -changes.Values.Where(static change => change < 0).Sum();
        writer.WriteLine($"{added} added, {removed} removed");
        return added + removed == 0 ? ExitCode.Success : ExitCode.Failure;

        void Count(FileInfo report, int step)
        {
            foreach (string finding in FindingsSection.Read(report))
            {
                changes[finding] = changes.GetValueOrDefault(finding) + step;
            }
        }
    }
}
