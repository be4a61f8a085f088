using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>Edits that the fixes of pairs have in common.</summary>
internal static class PairEdits
{
    /// <summary>The names that earlier repairs of the same editor have given out.</summary>
    private static readonly ConditionalWeakTable<DocumentEditor, HashSet<(SyntaxNode Scope, string Name)>> GivenOut = new();

    /// <summary>A name for a new local that nothing else in its scope has.</summary>
    public static string NewName(DocumentEditor editor, SyntaxNode scope, string name)
    {
        HashSet<(SyntaxNode, string)> given = GivenOut.GetOrCreateValue(editor);
        HashSet<string> taken = [.. scope.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)];
        string free = name;
        for (int i = 2; taken.Contains(free) || !given.Add((scope, free)); i++)
        {
            free = name + i;
        }

        return free;
    }

    /// <summary>What is written before a queued call whose task nobody keeps: nothing where <c>_</c> is a variable.</summary>
    public static string Discard(FixContext context, SyntaxNode place) =>
        context.Model.LookupSymbols(place.SpanStart, name: "_").IsEmpty ? "_ = " : "";

    /// <summary>Puts comments on lines of their own above a node.</summary>
    public static SyntaxNode WithCommentsAbove(SyntaxNode node, IReadOnlyList<SyntaxTrivia> comments, SyntaxTrivia newLine)
    {
        if (comments.Count == 0)
        {
            return node;
        }

        SyntaxTriviaList leading = node.GetLeadingTrivia();
        SyntaxTriviaList indent = IndentOf(leading);
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
    public static IReadOnlyList<SyntaxTrivia> InnerCommentsOf(SyntaxNode node) => [.. CommentsOf(node).Where(comment => node.Span.Contains(comment.Span))];

    public static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;

    /// <summary>The white space before a node on its line.</summary>
    public static SyntaxTriviaList IndentOf(SyntaxTriviaList leading) => leading.LastOrDefault() is var last && last.IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(last) : SyntaxTriviaList.Empty;

    /// <summary>The line end that a file uses.</summary>
    public static SyntaxTrivia NewLineOf(SyntaxNode root)
    {
        SyntaxTrivia first = root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return first.RawKind == 0 ? SyntaxFactory.LineFeed : SyntaxFactory.EndOfLine(first.ToFullString());
    }

    /// <summary>Whether nothing stands before a node on its line.</summary>
    public static bool StartsLine(SyntaxNode node) =>
        node.GetFirstToken().GetPreviousToken() is var before && (before.RawKind == 0 || before.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) || node.GetLeadingTrivia().Any(SyntaxKind.EndOfLineTrivia));

    /// <summary>Whether nothing follows a node on its line.</summary>
    public static bool EndsLine(SyntaxNode node) => node.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) || node.GetLastToken().GetNextToken().IsKind(SyntaxKind.EndOfFileToken);

    /// <summary>Writes an argument behind the first one of a list, on a line of its own where the others have one.</summary>
    public static ArgumentListSyntax InsertSecond(ArgumentListSyntax list, ArgumentSyntax argument) => Insert(list, 1, argument);

    /// <summary>Writes an argument at a place of a list, the first excepted, on a line of its own where the one before it has one.</summary>
    public static ArgumentListSyntax Insert(ArgumentListSyntax list, int index, ArgumentSyntax argument)
    {
        ArgumentSyntax before = list.Arguments[index - 1];
        bool isOnOwnLine = before.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(isOnOwnLine ? NewLineOf(before.SyntaxTree.GetRoot()) : SyntaxFactory.Space);

        // What ended the line of the argument before it ends this one's, if this one is now the last.
        bool isLast = list.Arguments.Count == index;
        ArgumentSyntax added = argument.WithoutTrivia().WithLeadingTrivia(isOnOwnLine ? IndentOf(before.GetLeadingTrivia()) : SyntaxTriviaList.Empty);
        IEnumerable<SyntaxNodeOrToken> all = list.Arguments.GetWithSeparators();
        int place = (2 * index) - 1;
        List<SyntaxNodeOrToken> written =
        [
            .. all.Take(place - 1),
            isLast ? before.WithTrailingTrivia() : before,
            comma,
            isLast ? added.WithTrailingTrivia(before.GetTrailingTrivia()) : added,
            .. all.Skip(place),
        ];
        return list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(written));
    }

    /// <summary>An argument with its parameter's name.</summary>
    public static ArgumentSyntax Named(string parameter, ExpressionSyntax value) =>
        SyntaxFactory.Argument(value.WithoutTrivia()).WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(parameter)).WithTrailingTrivia(SyntaxFactory.Space));

    /// <summary>Takes an argument out of a list; the last one leaves its line end to the one before it.</summary>
    public static ArgumentListSyntax Without(ArgumentListSyntax list, int index) => list.WithArguments(Without(list.Arguments, index));

    /// <summary>Takes an element out of an initializer; the last one leaves its line end to the one before it.</summary>
    public static InitializerExpressionSyntax Without(InitializerExpressionSyntax initializer, int index) => initializer.WithExpressions(Without(initializer.Expressions, index));

    private static SeparatedSyntaxList<T> Without<T>(SeparatedSyntaxList<T> list, int index)
        where T : SyntaxNode
    {
        List<SyntaxNodeOrToken> parts = [.. list.GetWithSeparators()];
        bool isLast = index == list.Count - 1;
        if (isLast && index > 0 && parts.Count == (2 * index) + 1)
        {
            // Without a comma behind it, its line end is its own.
            parts[(2 * index) - 2] = list[index - 1].WithTrailingTrivia(list[index].GetTrailingTrivia());
            parts.RemoveRange((2 * index) - 1, 2);
        }
        else
        {
            parts.RemoveRange(2 * index, Math.Min(2, parts.Count - (2 * index)));
        }

        return SyntaxFactory.SeparatedList<T>(parts);
    }

    /// <summary>The condition's opposite, written as people write it.</summary>
    public static ExpressionSyntax Not(ExpressionSyntax condition)
    {
        ExpressionSyntax bare = condition.WithoutTrivia();
        while (bare is ParenthesizedExpressionSyntax parenthesized)
        {
            bare = parenthesized.Expression.WithoutTrivia();
        }

        return bare switch
        {
            PrefixUnaryExpressionSyntax not when not.IsKind(SyntaxKind.LogicalNotExpression) => not.Operand is ParenthesizedExpressionSyntax inner ? inner.Expression : not.Operand,
            BinaryExpressionSyntax equal when equal.IsKind(SyntaxKind.EqualsExpression) => Compare(equal, SyntaxKind.NotEqualsExpression, SyntaxKind.ExclamationEqualsToken),
            BinaryExpressionSyntax unequal when unequal.IsKind(SyntaxKind.NotEqualsExpression) => Compare(unequal, SyntaxKind.EqualsExpression, SyntaxKind.EqualsEqualsToken),
            BinaryExpressionSyntax greater when greater.IsKind(SyntaxKind.GreaterThanExpression) => Compare(greater, SyntaxKind.LessThanOrEqualExpression, SyntaxKind.LessThanEqualsToken),
            BinaryExpressionSyntax or IsPatternExpressionSyntax or AssignmentExpressionSyntax or ConditionalExpressionSyntax or SwitchExpressionSyntax => Negated(SyntaxFactory.ParenthesizedExpression(bare)),
            _ => Negated(bare),
        };

        static ExpressionSyntax Negated(ExpressionSyntax operand) => SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, operand);

        static ExpressionSyntax Compare(BinaryExpressionSyntax binary, SyntaxKind kind, SyntaxKind operation) =>
            SyntaxFactory.BinaryExpression(kind, binary.Left, SyntaxFactory.Token(operation).WithTriviaFrom(binary.OperatorToken), binary.Right);
    }
}
