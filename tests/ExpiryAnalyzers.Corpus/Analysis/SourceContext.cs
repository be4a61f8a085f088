using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Corpus.Analysis;

/// <summary>The source lines around a diagnostic, for a reader who judges it.</summary>
internal static class SourceContext
{
    /// <summary>
    /// The lines near the diagnostic and near its additional locations in the same file: <c>&gt;</c> marks the former,
    /// <c>+</c> the latter, <c>...</c> a gap.
    /// </summary>
    public static IReadOnlyList<string> Around(Diagnostic diagnostic, int distance)
    {
        if (diagnostic.Location.SourceTree is not { } tree)
        {
            return [];
        }

        SourceText text = tree.GetText();
        HashSet<int> primary = Lines(text, diagnostic.Location);
        HashSet<int> additional = [.. diagnostic.AdditionalLocations.Where(place => place.SourceTree == tree).SelectMany(place => Lines(text, place))];
        SortedSet<int> shown =
        [
            .. primary.Union(additional)
                .SelectMany(line => Enumerable.Range(line - distance, (2 * distance) + 1))
                .Where(line => line >= 0 && line < text.Lines.Count),
        ];
        List<string> result = [];
        int next = shown.Min;
        foreach (int line in shown)
        {
            if (line != next)
            {
                result.Add("       ...");
            }

            char mark = primary.Contains(line) ? '>' : additional.Contains(line) ? '+' : ' ';
            result.Add($"  {mark} {line + 1,5} | {text.Lines[line]}".TrimEnd());
            next = line + 1;
        }

        result.Add("");
        return result;
    }

    private static HashSet<int> Lines(SourceText text, Location location)
    {
        LinePositionSpan span = text.Lines.GetLinePositionSpan(location.SourceSpan);
        return [.. Enumerable.Range(span.Start.Line, span.End.Line - span.Start.Line + 1)];
    }
}
