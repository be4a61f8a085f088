using ExpiryAnalyzers.Tests.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExpiryAnalyzers.Tests.Mutants;

/// <summary>Comments are not run: of them the texts tell.</summary>
internal static class CommentMutants
{
    /// <summary>The comments of the original that the repair has lost.</summary>
    public static async Task<List<string>> LostAsync(Repair repair)
    {
        List<string> left = await CommentsAsync(repair.Repaired.Document);
        return [.. (await CommentsAsync(repair.Original.Document)).Where(comment => !left.Remove(comment))];
    }

    /// <summary>How many comments of a repair can be taken away, and of how many the loss is told.</summary>
    public static async Task<(int Made, int Told)> CountAsync(Repair repair)
    {
        List<string> original = await CommentsAsync(repair.Original.Document);
        List<string> repaired = await CommentsAsync(repair.Repaired.Document);
        return (repaired.Count, repaired.Count(original.Remove));
    }

    private static async Task<List<string>> CommentsAsync(Document document) =>
        [.. (await document.GetSyntaxRootAsync())!.DescendantTrivia()
            .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
                .Select(trivia => trivia.ToString())];
}
