using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>How the lines of a file are laid out around a node.</summary>
internal static class Layout
{
    /// <summary>The line end that the file uses.</summary>
    public static SyntaxTrivia NewLineOf(SyntaxNode node)
    {
        SyntaxTrivia first = node.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return first.RawKind == 0 ? SyntaxFactory.LineFeed : SyntaxFactory.EndOfLine(first.ToFullString());
    }

    /// <summary>Whether nothing but white space and comments stands before the node on its line.</summary>
    public static bool StartsLine(SyntaxNode node)
    {
        SyntaxToken before = node.GetFirstToken().GetPreviousToken();
        return before.RawKind == 0 || EndsWithLine(before.TrailingTrivia) || node.GetLeadingTrivia().Any(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) || trivia.IsDirective);
    }

    /// <summary>Whether the line ends behind the node.</summary>
    public static bool EndsLine(SyntaxNode node) => EndsWithLine(node.GetTrailingTrivia());

    /// <summary>The white space before the node on its own line.</summary>
    public static SyntaxTriviaList IndentOf(SyntaxNode node)
    {
        SyntaxTrivia last = node.GetLeadingTrivia().LastOrDefault();
        return last.IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(last) : SyntaxTriviaList.Empty;
    }

    private static bool EndsWithLine(SyntaxTriviaList trivia) => trivia.Any(part => part.IsKind(SyntaxKind.EndOfLineTrivia));
}
