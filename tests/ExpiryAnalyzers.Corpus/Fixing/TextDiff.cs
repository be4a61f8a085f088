using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Corpus.Fixing;

/// <summary>The change of one document as a unified diff.</summary>
internal static class TextDiff
{
    private const int ContextLines = 2;

    /// <summary>The diff from <paramref name="before"/>, null for a new document, to <paramref name="after"/>.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(Document? before, Document after, CancellationToken cancellationToken)
    {
        SourceText oldText = before is null ? SourceText.From("") : await before.GetTextAsync(cancellationToken);
        SourceText newText = await after.GetTextAsync(cancellationToken);
        IEnumerable<TextChange> changes = before is null
            ? [new TextChange(default, newText.ToString())]
            : await after.GetTextChangesAsync(before, cancellationToken);
        List<string> lines = [$"--- {before?.FilePath ?? "(none)"}", $"+++ {after.FilePath}"];
        foreach (Hunk hunk in Hunks(oldText, newText, changes))
        {
            lines.AddRange(Print(oldText, newText, hunk));
        }

        return lines;
    }

    /// <summary>The changes as line ranges; changes whose context would touch are one hunk.</summary>
    private static IReadOnlyList<Hunk> Hunks(SourceText oldText, SourceText newText, IEnumerable<TextChange> changes)
    {
        List<Hunk> hunks = [];
        int shift = 0;
        foreach (TextChange change in changes.OrderBy(static change => change.Span.Start))
        {
            int added = change.NewText?.Length ?? 0;
            Hunk hunk = new(LineRange(oldText, change.Span), LineRange(newText, new TextSpan(change.Span.Start + shift, added)));
            shift += added - change.Span.Length;
            if (hunks is [.., var last] && hunk.Old.Start.Value - last.Old.End.Value <= 2 * ContextLines)
            {
                hunks[^1] = new Hunk(last.Old.Start..hunk.Old.End, last.New.Start..hunk.New.End);
            }
            else
            {
                hunks.Add(hunk);
            }
        }

        return hunks;
    }

    private static IEnumerable<string> Print(SourceText oldText, SourceText newText, Hunk hunk)
    {
        string[] oldLines = Lines(oldText, hunk.Old);
        string[] newLines = Lines(newText, hunk.New);
        int head = oldLines.Zip(newLines).TakeWhile(static pair => pair.First == pair.Second).Count();
        int tail = oldLines.Skip(head).Reverse().Zip(newLines.Skip(head).Reverse()).TakeWhile(static pair => pair.First == pair.Second).Count();
        int start = hunk.Old.Start.Value + head;
        int end = hunk.Old.End.Value - tail;
        int above = Math.Max(0, start - ContextLines);
        int below = Math.Min(oldText.Lines.Count, end + ContextLines);
        int context = start - above + below - end;
        int removed = end - start;
        int added = newLines.Length - head - tail;
        return
        [
            $"@@ -{above + 1},{context + removed} +{hunk.New.Start.Value + head - (start - above) + 1},{context + added} @@",
            .. Lines(oldText, above..start).Select(static line => $" {line}"),
            .. oldLines[head..^tail].Select(static line => $"-{line}"),
            .. newLines[head..^tail].Select(static line => $"+{line}"),
            .. Lines(oldText, end..below).Select(static line => $" {line}"),
        ];
    }

    private static Range LineRange(SourceText text, TextSpan span)
    {
        LinePositionSpan lines = text.Lines.GetLinePositionSpan(span);
        return lines.Start.Line..(lines.End.Line + 1);
    }

    private static string[] Lines(SourceText text, Range range) =>
        [.. text.Lines.Take(range).Select(static line => line.ToString())];

    /// <summary>Lines that are replaced by lines; the ends are exclusive.</summary>
    private readonly record struct Hunk(Range Old, Range New);
}
