using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>Statements that are new, laid out as they are to stay.</summary>
internal static class Code
{
    /// <summary>
    /// The discard <c>_</c>. A token of the plain kind would be a name that nothing declares, until the text is parsed again.
    /// </summary>
    private static ExpressionSyntax Discard => SyntaxFactory.IdentifierName(
        SyntaxFactory.Identifier(SyntaxFactory.TriviaList(), SyntaxKind.UnderscoreToken, "_", "_", SyntaxFactory.TriviaList()));

    /// <summary><c>var name = value;</c></summary>
    public static LocalDeclarationStatementSyntax Var(string name, ExpressionSyntax value)
    {
        VariableDeclaratorSyntax declarator = SyntaxFactory.VariableDeclarator(SyntaxFactory.Identifier(name))
            .WithInitializer(SyntaxFactory.EqualsValueClause(Expressions.Spaced(SyntaxKind.EqualsToken), value.WithoutTrivia()));
        TypeSyntax type = SyntaxFactory.IdentifierName("var").WithTrailingTrivia(SyntaxFactory.Space);
        return Layout.Fixed(SyntaxFactory.LocalDeclarationStatement(
            SyntaxFactory.VariableDeclaration(type, SyntaxFactory.SingletonSeparatedList(declarator))));
    }

    /// <summary>A keyword, and a space behind it.</summary>
    public static SyntaxToken Keyword(SyntaxKind keyword) => SyntaxFactory.Token(
        SyntaxTriviaList.Empty,
        keyword,
        SyntaxFactory.TriviaList(SyntaxFactory.Space));

    /// <summary><c>expression;</c></summary>
    public static ExpressionStatementSyntax Statement(ExpressionSyntax expression) =>
        Layout.Fixed(SyntaxFactory.ExpressionStatement(expression.WithoutTrivia()));

    public static ExpressionSyntax Await(ExpressionSyntax task) =>
        SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), task);

    /// <summary>
    /// An expression whose value nobody wants: <c>_ = expression</c>, but nothing before it where <c>_</c> is a variable.
    /// </summary>
    public static ExpressionSyntax Discarded(ExpressionSyntax expression, FixContext context, SyntaxNode place) =>
        context.Model.LookupSymbols(place.SpanStart, name: "_").IsEmpty
            ? SyntaxFactory.AssignmentExpression(
                SyntaxKind.SimpleAssignmentExpression,
                Discard,
                Expressions.Spaced(SyntaxKind.EqualsToken),
                expression)
            : expression;

    /// <summary>A statement under a condition, in braces on lines of their own, indented as a node is.</summary>
    public static IfStatementSyntax If(ExpressionSyntax condition, StatementSyntax statement, SyntaxNode place)
    {
        SyntaxToken keyword = SyntaxFactory.Token(SyntaxKind.IfKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        IfStatementSyntax conditional = SyntaxFactory.IfStatement(condition.WithoutTrivia(), Block(statement, place));
        return Layout.Fixed(conditional.WithIfKeyword(keyword).WithCloseParenToken(EndOfLine(SyntaxKind.CloseParenToken, place)));
    }

    /// <summary>A statement for each element of a list, in braces on lines of their own, indented as a node is.</summary>
    public static ForEachStatementSyntax ForEach(string element, ExpressionSyntax list, StatementSyntax statement, SyntaxNode place)
    {
        SyntaxToken Spaced(SyntaxKind keyword) => SyntaxFactory.Token(keyword).WithTrailingTrivia(SyntaxFactory.Space);
        TypeSyntax type = SyntaxFactory.IdentifierName("var").WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxToken name = SyntaxFactory.Identifier(element).WithTrailingTrivia(SyntaxFactory.Space);
        return Layout.Fixed(SyntaxFactory.ForEachStatement(type, name, list.WithoutTrivia(), Block(statement, place))
            .WithForEachKeyword(Spaced(SyntaxKind.ForEachKeyword))
            .WithInKeyword(Spaced(SyntaxKind.InKeyword))
            .WithCloseParenToken(EndOfLine(SyntaxKind.CloseParenToken, place)));
    }

    private static BlockSyntax Block(StatementSyntax statement, SyntaxNode place)
    {
        SyntaxTriviaList indent = Layout.IndentOf(place);
        return SyntaxFactory.Block(
            EndOfLine(SyntaxKind.OpenBraceToken, place).WithLeadingTrivia(indent),
            SyntaxFactory.SingletonList(
                statement.WithLeadingTrivia(Layout.IndentIn(place)).WithTrailingTrivia(Layout.NewLineOf(place))),
            SyntaxFactory.Token(indent, SyntaxKind.CloseBraceToken, SyntaxTriviaList.Empty));
    }

    private static SyntaxToken EndOfLine(SyntaxKind token, SyntaxNode place) =>
        SyntaxFactory.Token(token).WithTrailingTrivia(Layout.NewLineOf(place));

    /// <summary>A statement as the list holds it in which another stands.</summary>
    public static SyntaxNode InPlaceOf(StatementSyntax statement, SyntaxNode slot) =>
        slot is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement(statement) : statement;

    /// <summary>Statements on lines of their own, for the list in which another stands.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="slot">The other, as its list holds it.</param>
    /// <param name="indent">What stands before each but the first.</param>
    /// <param name="first">What stands before the first.</param>
    public static SyntaxNode[] Lines(
        IEnumerable<StatementSyntax> statements,
        SyntaxNode slot,
        SyntaxTriviaList indent,
        SyntaxTriviaList first)
    {
        SyntaxTrivia newLine = Layout.NewLineOf(slot);
        return
        [
            .. statements.Select((statement, index) => InPlaceOf(
                statement.WithLeadingTrivia(index == 0 ? first : indent).WithTrailingTrivia(newLine),
                slot)),
        ];
    }
}
