namespace ExpiryAnalyzers.Tool.Output;

/// <summary>The change of one file as <c>diff -u</c> prints it and <c>git apply</c> takes it.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>A line of the old text, of the new one, or of both.</summary>
    private readonly record struct Edit(char Sign, int Old, int New, string Text);

    /// <summary>The whole diff of a file.</summary>
    public static string OfFile(string path, string before, string after) => before == after
        ? ""
        : $"--- a/{path}\n+++ b/{path}\n" + string.Concat(Hunks(before, after).Select(static line => line + "\n"));

    /// <summary>The lines behind a diff's head.</summary>
    public static IEnumerable<string> Hunks(string before, string after)
    {
        IReadOnlyList<Edit> edits = Edits(Lines(before), Lines(after));
        for (int at = 0; at < edits.Count;)
        {
            if (edits[at].Sign == ' ')
            {
                at++;
                continue;
            }

            int first = Math.Max(0, at - Context);
            int last = EndOfHunk(edits, at);
            foreach (string line in Print([.. edits.Take(last).Skip(first)]))
            {
                yield return line;
            }

            at = last;
        }
    }

    /// <summary>The end of the hunk that begins with a change: behind it only equal lines follow, more than two contexts of them.</summary>
    private static int EndOfHunk(IReadOnlyList<Edit> edits, int at)
    {
        int changed = at;
        for (int next = at; next < edits.Count && next - changed <= 2 * Context; next++)
        {
            changed = edits[next].Sign == ' ' ? changed : next;
        }

        return Math.Min(edits.Count, changed + 1 + Context);
    }

    private static IEnumerable<string> Print(Edit[] hunk)
    {
        int old = hunk.Count(static edit => edit.Sign != '+');
        int added = hunk.Count(static edit => edit.Sign != '-');
        yield return $"@@ -{Start(hunk[0].Old, old)},{old} +{Start(hunk[0].New, added)},{added} @@";
        foreach (Edit edit in hunk)
        {
            yield return edit.Sign + edit.Text.TrimEnd('\n');
            if (!edit.Text.EndsWith('\n'))
            {
                yield return "\\ No newline at end of file";
            }
        }

        static int Start(int line, int count) => count == 0 ? line : line + 1;
    }

    /// <summary>The lines of a text with their ends.</summary>
    private static string[] Lines(string text)
    {
        List<string> lines = [];
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return [.. lines];
    }

    /// <summary>The shortest way from one text to the other (Myers).</summary>
    private static IReadOnlyList<Edit> Edits(string[] before, string[] after)
    {
        List<int[]> trace = [];
        int longest = before.Length + after.Length;
        int[] furthest = new int[2 * longest + 3];
        for (int cost = 0; cost <= longest; cost++)
        {
            trace.Add([.. furthest[(longest - cost)..(longest + cost + 3)]]);
            for (int diagonal = -cost; diagonal <= cost; diagonal += 2)
            {
                int at = longest + 1 + diagonal;
                bool goesDown = diagonal == -cost || (diagonal != cost && furthest[at - 1] < furthest[at + 1]);
                int old = goesDown ? furthest[at + 1] : furthest[at - 1] + 1;
                while (old < before.Length && old - diagonal < after.Length && before[old] == after[old - diagonal])
                {
                    old++;
                }

                furthest[at] = old;
                if (old >= before.Length && old - diagonal >= after.Length)
                {
                    return Walk(trace, before, after);
                }
            }
        }

        return [];
    }

    private static IReadOnlyList<Edit> Walk(List<int[]> trace, string[] before, string[] after)
    {
        List<Edit> edits = [];
        int old = before.Length;
        int added = after.Length;
        for (int cost = trace.Count - 1; cost >= 0; cost--)
        {
            int[] furthest = trace[cost];
            int diagonal = old - added;
            int At(int which) => furthest[which + cost + 1];
            bool goesDown = diagonal == -cost || (diagonal != cost && At(diagonal - 1) < At(diagonal + 1));
            int fromDiagonal = goesDown ? diagonal + 1 : diagonal - 1;
            int fromOld = cost == 0 ? 0 : At(fromDiagonal);
            int fromAdded = cost == 0 ? 0 : fromOld - fromDiagonal;
            while (old > fromOld && added > fromAdded)
            {
                old--;
                added--;
                edits.Add(new(' ', old, added, before[old]));
            }

            if (cost > 0)
            {
                edits.Add(goesDown ? new('+', fromOld, fromAdded, after[fromAdded]) : new('-', fromOld, fromAdded, before[fromOld]));
                old = fromOld;
                added = fromAdded;
            }
        }

        edits.Reverse();
        return edits;
    }
}
