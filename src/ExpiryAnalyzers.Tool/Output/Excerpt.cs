using ExpiryAnalyzers.Tool.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Tool.Output;

/// <summary>A line of code, cut where the reported part begins and ends.</summary>
/// <param name="Number">The line's number, from one.</param>
/// <param name="Before">What stands before the reported part; all of the line where it has none.</param>
/// <param name="Reported">The reported part.</param>
/// <param name="After">What stands behind it.</param>
internal readonly record struct ExcerptLine(int Number, string Before, string Reported, string After);

/// <summary>The lines around a finding.</summary>
internal static class Excerpt
{
    private const int Around = 3;

    private const int LongestReport = 12;

    /// <summary>The lines, or none for a finding in a file that is none of C#.</summary>
    public static IReadOnlyList<ExcerptLine> Of(Finding finding)
    {
        if (finding.Diagnostic.Location is not { SourceTree: { } tree, SourceSpan: var span })
        {
            return [];
        }

        TextLineCollection lines = tree.GetText().Lines;
        LinePositionSpan reported = lines.GetLinePositionSpan(span);
        int first = Math.Max(0, reported.Start.Line - Around);
        int last = Math.Min(lines.Count - 1, Math.Min(reported.End.Line, reported.Start.Line + LongestReport) + Around);
        return [.. Enumerable.Range(first, last - first + 1).Select(line => Cut(lines[line], span))];
    }

    private static ExcerptLine Cut(TextLine line, TextSpan span)
    {
        string text = line.ToString();
        if (span.Intersection(line.Span) is not { IsEmpty: false } part)
        {
            return new(line.LineNumber + 1, text, "", "");
        }

        int start = part.Start - line.Start;
        int end = part.End - line.Start;

        // The blanks that a line of a longer part begins with are not underlined.
        start += text[start..end].Length - text[start..end].TrimStart().Length;
        return new(line.LineNumber + 1, text[..start], text[start..end], text[end..]);
    }
}
