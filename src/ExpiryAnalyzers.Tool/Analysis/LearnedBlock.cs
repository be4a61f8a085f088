using ExpiryAnalyzers.Symbols;

namespace ExpiryAnalyzers.Tool.Analysis;

/// <summary>The part of a Sinks file that the tool writes: between two comments. All else in the file is somebody's own.</summary>
internal static class LearnedBlock
{
    /// <summary>A file's text with rows in place of those that it had.</summary>
    public static string Replace(string text, IReadOnlyList<string> rows)
    {
        (List<string> before, List<string> after) = Parts(text);
        if (rows.Count == 0)
        {
            return Text(before.Concat(after));
        }

        if (before is [.., { Length: > 0 }])
        {
            before.Add("");
        }

        return Text([.. before, SinksFile.StartOfLearned, .. rows, SinksFile.EndOfLearned, .. after]);
    }

    /// <summary>A file's text without what was learned.</summary>
    public static string Without(string text) => Replace(text, []);

    /// <summary>The ids of the members that lines are about.</summary>
    public static IEnumerable<string> Ids(string text) => text.Split('\n').Select(static line => line.Trim())
        .Where(static line => line is not ("" or ['#', ..])).Select(static line => line.Split(' ', '\t')[0]);

    private static (List<string> Before, List<string> After) Parts(string text)
    {
        List<string> before = [];
        List<string> after = [];
        List<string> current = before;
        bool isLearned = false;
        foreach (string line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (line == SinksFile.StartOfLearned)
            {
                isLearned = true;
                current = after;
            }
            else if (line == SinksFile.EndOfLearned)
            {
                isLearned = false;
            }
            else if (!isLearned)
            {
                current.Add(line);
            }
        }

        return (before is [""] ? [] : before, after);
    }

    private static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(static line => line + "\n"));
}
