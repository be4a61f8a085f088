using System.Text;
using ExpiryAnalyzers.Tool.Output;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Tool.Fixing;

/// <summary>A file before and after the fixes.</summary>
internal sealed record ChangedFile(string Path, SourceText Before, SourceText After)
{
    /// <summary>The files that differ, in order.</summary>
    public static async Task<IReadOnlyList<ChangedFile>> BetweenAsync(Solution before, Solution after, CancellationToken cancellationToken)
    {
        SortedDictionary<string, ChangedFile> files = new(StringComparer.Ordinal);
        foreach (DocumentId id in after.GetChanges(before).GetProjectChanges().SelectMany(static project => project.GetChangedDocuments()))
        {
            Document document = after.GetDocument(id)!;
            SourceText old = await before.GetDocument(id)!.GetTextAsync(cancellationToken);
            files[document.FilePath!] = new(document.FilePath!, old, await document.GetTextAsync(cancellationToken));
        }

        return [.. files.Values];
    }

    /// <summary>The change as a unified diff.</summary>
    public string ToDiff(string relativePath) => UnifiedDiff.OfFile(relativePath, Before.ToString(), After.ToString());

    /// <summary>Writes the file in its own encoding, with a byte order mark only where it has one.</summary>
    public void Write()
    {
        Encoding encoding = Before.Encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        byte[] mark = encoding.GetPreamble();
        byte[] old = File.ReadAllBytes(Path);
        bool isMarked = mark.Length > 0 && old.AsSpan().StartsWith(mark);
        File.WriteAllBytes(Path, [.. isMarked ? mark : [], .. encoding.GetBytes(After.ToString())]);
    }
}
