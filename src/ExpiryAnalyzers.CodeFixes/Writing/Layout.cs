using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>Lines, indentation and comments around nodes.</summary>
internal static class Layout
{
    /// <summary>The line end that a node's file uses.</summary>
    public static SyntaxTrivia NewLineOf(SyntaxNode node) => LineEndIn(node.SyntaxTree.GetRoot()) is { } lineEnd
        ? SyntaxFactory.EndOfLine(lineEnd)
        : SyntaxFactory.LineFeed;

    /// <summary>The line end that a file uses; null where it has but one line.</summary>
    public static string? LineEndIn(SyntaxNode root) =>
        root.DescendantTrivia().FirstOrDefault(IsLineEnd) is { RawKind: not 0 } first ? first.ToFullString() : null;

    /// <summary>
    /// A step of a file's indentation: what its first member or statement that is indented has more than what stands around it; null
    /// where none is.
    /// </summary>
    public static string? StepIn(SyntaxNode root) => root.DescendantNodes()
        .Where(static node => node is MemberDeclarationSyntax or StatementSyntax and not BlockSyntax && StartsLine(node))
        .Select(StepOf)
        .FirstOrDefault(static step => step is not null);

    /// <summary>Whether nothing but white space and comments stands before a node on its line.</summary>
    public static bool StartsLine(SyntaxNode node)
    {
        SyntaxToken before = node.GetFirstToken().GetPreviousToken();
        return before.RawKind == 0 || before.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) ||
            node.GetLeadingTrivia().Any(static trivia => IsLineEnd(trivia) || trivia.IsDirective);
    }

    /// <summary>Whether nothing follows a node on its line.</summary>
    public static bool EndsLine(SyntaxNode node) =>
        node.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) || node.GetLastToken().GetNextToken().IsKind(SyntaxKind.EndOfFileToken);

    /// <summary>The white space before a node on its line.</summary>
    public static SyntaxTriviaList IndentOf(SyntaxNode node) =>
        node.GetLeadingTrivia().LastOrDefault() is var last && last.IsKind(SyntaxKind.WhitespaceTrivia)
            ? SyntaxFactory.TriviaList(last)
            : SyntaxTriviaList.Empty;

    /// <summary>The indentation of what stands one step deeper than a node.</summary>
    public static SyntaxTriviaList IndentIn(SyntaxNode node)
    {
        string indent = IndentOf(node).ToFullString();
        return SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(indent + (StepIn(node.SyntaxTree.GetRoot()) ?? "    ")));
    }

    /// <summary>Whether an empty line parts a node from what stands above it.</summary>
    public static bool StartsWithGap(SyntaxNode node) => StartsWithGap(node.GetLeadingTrivia());

    /// <summary>What stands before a node on its line and on the empty one above, as far as there is one.</summary>
    public static IEnumerable<SyntaxTrivia> GapOf(SyntaxNode node)
    {
        SyntaxTriviaList leading = node.GetLeadingTrivia();
        return StartsWithGap(leading) ? leading.Take(leading.IndexOf(SyntaxKind.EndOfLineTrivia) + 1) : [];
    }

    /// <summary>What leads a node, without the empty lines above it.</summary>
    public static SyntaxTriviaList LeadingWithoutGap(SyntaxNode node)
    {
        SyntaxTriviaList leading = node.GetLeadingTrivia();
        while (StartsWithGap(leading))
        {
            leading = SyntaxFactory.TriviaList(leading.SkipWhile(static trivia => !IsLineEnd(trivia)).Skip(1));
        }

        return leading;
    }

    /// <summary>What leads a node, with the indentation of another place on each of its lines.</summary>
    public static SyntaxTriviaList Indented(SyntaxTriviaList leading, SyntaxTriviaList indent) => SyntaxFactory.TriviaList(
        leading.Where(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia))
            .SelectMany(trivia => IsLineEnd(trivia) ? [trivia] : indent.Append(trivia))
            .Concat(indent));

    /// <summary>How many of the trivia before a node make empty lines.</summary>
    public static int CountOfGap(SyntaxTriviaList leading)
    {
        int count = 0;
        for (int i = 0; i < leading.Count && (leading[i].IsKind(SyntaxKind.WhitespaceTrivia) || IsLineEnd(leading[i])); i++)
        {
            count = IsLineEnd(leading[i]) ? i + 1 : count;
        }

        return count;
    }

    /// <summary>Puts comments on lines of their own above a node.</summary>
    public static SyntaxNode WithCommentsAbove(SyntaxNode node, IEnumerable<SyntaxTrivia> comments, SyntaxTrivia newLine)
    {
        SyntaxTriviaList leading = node.GetLeadingTrivia();
        SyntaxTriviaList indent = IndentOf(node);
        List<SyntaxTrivia> above = [.. leading.Take(leading.Count - indent.Count)];
        foreach (SyntaxTrivia comment in comments)
        {
            above.AddRange(indent);
            above.Add(comment);
            above.Add(newLine);
        }

        return node.WithLeadingTrivia(above.Concat(indent));
    }

    /// <summary>The comments of a node, those around it included.</summary>
    public static IReadOnlyList<SyntaxTrivia> CommentsOf(SyntaxNode node) => [.. node.DescendantTrivia().Where(IsComment)];

    /// <summary>The comments inside a node.</summary>
    public static IReadOnlyList<SyntaxTrivia> InnerCommentsOf(SyntaxNode node) =>
        [.. CommentsOf(node).Where(comment => node.Span.Contains(comment.Span))];

    public static bool IsComment(SyntaxTrivia trivia) =>
        trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;

    public static bool IsLineEnd(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>Without the marks by which the host would lay out the surroundings anew.</summary>
    public static T Fixed<T>(T node)
        where T : SyntaxNode =>
        node.ReplaceTrivia(node.DescendantTrivia().Where(IsElastic), static (_, _) => default);

    /// <summary>A new node on one line, but for comments, laid out as the host would without any settings.</summary>
    public static T OnOneLine<T>(T node, SyntaxTrivia newLine)
        where T : SyntaxNode =>
        node.NormalizeWhitespace(eol: newLine.ToFullString(), elasticTrivia: false).WithoutTrivia();

    /// <summary>The replacement between the trivia of a node; comments that stood inside and would be lost go in front.</summary>
    public static SyntaxNode Keep(SyntaxNode node, SyntaxNode replacement)
    {
        replacement = Fixed(replacement).WithTriviaFrom(node);
        List<string> kept = [.. CommentsOf(replacement).Select(static comment => comment.ToString())];
        SyntaxTriviaList leading = replacement.GetLeadingTrivia();
        foreach (SyntaxTrivia comment in CommentsOf(node))
        {
            if (!kept.Remove(comment.ToString()))
            {
                bool isOfLine = comment.IsKind(SyntaxKind.SingleLineCommentTrivia);
                leading = leading.Add(comment).AddRange(isOfLine ? LineBreak(node) : [SyntaxFactory.Space]);
            }
        }

        return replacement.WithLeadingTrivia(leading);
    }

    /// <summary>What a node that starts a line has more indentation than the line around it; null where that is no step.</summary>
    private static string? StepOf(SyntaxNode node)
    {
        string own = IndentOf(node).ToFullString();
        string outer = node.Ancestors().FirstOrDefault(StartsLine) is { } around ? IndentOf(around).ToFullString() : "";
        return own.Length > outer.Length && own.StartsWith(outer, StringComparison.Ordinal) ? own.Substring(outer.Length) : null;
    }

    private static bool IsElastic(SyntaxTrivia trivia) => trivia.HasAnnotation(SyntaxAnnotation.ElasticAnnotation);

    private static bool StartsWithGap(SyntaxTriviaList leading) =>
        leading.FirstOrDefault(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia)).IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>A line end, and the indentation of the line on which a node starts.</summary>
    private static IEnumerable<SyntaxTrivia> LineBreak(SyntaxNode node)
    {
        yield return NewLineOf(node);
        string line = node.SyntaxTree.GetText().Lines.GetLineFromPosition(node.SpanStart).ToString();
        yield return SyntaxFactory.Whitespace(line.Substring(0, line.Length - line.TrimStart().Length));
    }
}
