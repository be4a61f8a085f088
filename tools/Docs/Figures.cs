using System.Text.RegularExpressions;

namespace ExpiryAnalyzers.Docs;

/// <summary>The dated figures of the pages, which the long legs write.</summary>
public static class Figures
{
    /// <summary>
    /// The pages that show a leg's figures, with those of a new run in their place: what stands between
    /// <c>&lt;!-- long:LEG --&gt;</c> and <c>&lt;!-- /long --&gt;</c>.
    /// </summary>
    public static IEnumerable<GeneratedFile> Files(string root, string leg, string run, string output)
    {
        Regex place = new($"(?<=<!-- long:{Regex.Escape(leg)} -->\n).*?(?=<!-- /long -->)", RegexOptions.Singleline);
        foreach (string page in Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string text = File.ReadAllText(page).ReplaceLineEndings("\n");
            string written = place.Replace(text, _ => Of(run, output));
            if (written != text)
            {
                yield return new(page, written);
            }
        }
    }

    /// <summary>What a page shows of a run: its tables, with the headings and sentences around them; of one without a table its last line.</summary>
    private static string Of(string run, string output)
    {
        string[] lines = [.. output.ReplaceLineEndings("\n").Split('\n').Select(static line => line.TrimEnd())];
        int first = Array.FindIndex(lines, static line => line.StartsWith('|') || line.StartsWith('#'));
        string[] shown = first < 0
            ? [lines.Last(static line => line.Length > 0)]
            : [.. lines.Skip(first).Where(static line => !line.StartsWith(' '))];
        return $"*{run}*\n\n{string.Join('\n', shown).Trim()}\n";
    }
}
