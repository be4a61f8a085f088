using System.Globalization;
using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>Building blocks for expressions.</summary>
internal static class Expressions
{
    /// <summary>
    /// An expression to which a dot may be added. A choice keeps parentheses that the language could do without, but readers could not.
    /// </summary>
    public static ExpressionSyntax Primary(ExpressionSyntax expression) => IsPrimary(expression) ? expression.WithoutTrivia()
        : expression is SwitchExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(expression.WithoutTrivia())
        : SyntaxFactory.ParenthesizedExpression(expression.WithoutTrivia()).WithAdditionalAnnotations(Simplifier.Annotation);

    /// <summary>An operand of a sum.</summary>
    public static ExpressionSyntax Operand(ExpressionSyntax expression, bool isFirst) => expression switch
    {
        CastExpressionSyntax or PrefixUnaryExpressionSyntax or AwaitExpressionSyntax => expression.WithoutTrivia(),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression or (int)SyntaxKind.DivideExpression } =>
            expression.WithoutTrivia(),
        BinaryExpressionSyntax binary when isFirst && Shapes.IsSum(binary) => expression.WithoutTrivia(),
        _ => Primary(expression),
    };

    public static MemberAccessExpressionSyntax Dot(ExpressionSyntax receiver, string member) =>
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, SyntaxFactory.IdentifierName(member));

    public static InvocationExpressionSyntax Call(ExpressionSyntax method, params ExpressionSyntax[] arguments) =>
        SyntaxFactory.InvocationExpression(method, Arguments.List(arguments));

    /// <summary>A method without arguments called on an expression, where that is not null.</summary>
    public static ExpressionSyntax CallIfPresent(ExpressionSyntax receiver, string method) => SyntaxFactory.ConditionalAccessExpression(
        Primary(receiver),
        SyntaxFactory.InvocationExpression(SyntaxFactory.MemberBindingExpression(SyntaxFactory.IdentifierName(method))));

    /// <summary>The call with another method of the same receiver.</summary>
    public static InvocationExpressionSyntax WithMethod(ClientCall call, string method) => call.Syntax.WithExpression(
        call.Access.WithName(SyntaxFactory.IdentifierName(method).WithTriviaFrom(call.Access.Name)));

    /// <summary>Two operands with an operator between them, a space on each side of it.</summary>
    public static BinaryExpressionSyntax Binary(SyntaxKind kind, ExpressionSyntax left, ExpressionSyntax right) =>
        SyntaxFactory.BinaryExpression(kind, left, Spaced(OperatorOf(kind)), right);

    /// <summary><c>left + right</c>, or <c>left - right</c>.</summary>
    public static BinaryExpressionSyntax Sum(SyntaxKind kind, ExpressionSyntax left, ExpressionSyntax right) =>
        Binary(kind, Operand(left, isFirst: true), right);

    /// <summary><c>condition ? whenTrue : whenFalse</c></summary>
    public static ConditionalExpressionSyntax Conditional(ExpressionSyntax condition, ExpressionSyntax whenTrue, ExpressionSyntax whenFalse)
    {
        bool isLoose = condition is ConditionalExpressionSyntax or AssignmentExpressionSyntax;
        return Layout.Fixed(SyntaxFactory.ConditionalExpression(
            isLoose ? SyntaxFactory.ParenthesizedExpression(condition.WithoutTrivia()) : condition.WithoutTrivia(),
            Spaced(SyntaxKind.QuestionToken),
            whenTrue.WithoutTrivia(),
            Spaced(SyntaxKind.ColonToken),
            whenFalse.WithoutTrivia()));
    }

    /// <summary><c>new T { A = 1, B = 2 }</c></summary>
    public static ExpressionSyntax New(TypeSyntax type, IEnumerable<ExpressionSyntax> settings)
    {
        ExpressionSyntax[] all = [.. settings];
        SyntaxTriviaList space = SyntaxFactory.TriviaList(SyntaxFactory.Space);
        SyntaxToken comma = SyntaxFactory.Token(SyntaxTriviaList.Empty, SyntaxKind.CommaToken, space);
        SeparatedSyntaxList<ExpressionSyntax> list = SyntaxFactory.SeparatedList(
            all,
            Enumerable.Repeat(comma, Math.Max(0, all.Length - 1)));
        InitializerExpressionSyntax initializer = SyntaxFactory.InitializerExpression(
            SyntaxKind.ObjectInitializerExpression,
            SyntaxFactory.Token(space, SyntaxKind.OpenBraceToken, space),
            list,
            SyntaxFactory.Token(space, SyntaxKind.CloseBraceToken, SyntaxTriviaList.Empty));
        SyntaxToken keyword = SyntaxFactory.Token(SyntaxTriviaList.Empty, SyntaxKind.NewKeyword, space);
        return SyntaxFactory.ObjectCreationExpression(keyword, type, null, initializer);
    }

    /// <summary><c>new T()</c></summary>
    public static ExpressionSyntax New(TypeSyntax type) => SyntaxFactory.ObjectCreationExpression(
        SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space),
        type,
        SyntaxFactory.ArgumentList(),
        null);

    /// <summary><c>property = value</c>, for an initializer.</summary>
    public static ExpressionSyntax Set(string property, ExpressionSyntax value) => SyntaxFactory.AssignmentExpression(
        SyntaxKind.SimpleAssignmentExpression,
        SyntaxFactory.IdentifierName(property),
        Spaced(SyntaxKind.EqualsToken),
        value);

    /// <summary>A token with a space on each side of it.</summary>
    public static SyntaxToken Spaced(SyntaxKind token) =>
        SyntaxFactory.Token(token).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space);

    public static LiteralExpressionSyntax Number(int number) => Number(SyntaxFactory.Literal(number));

    public static LiteralExpressionSyntax Number(long number) => Number(SyntaxFactory.Literal(number));

    public static LiteralExpressionSyntax Number(double number) => Number(
        SyntaxFactory.Literal(number.ToString(number == Math.Floor(number) ? "0.0" : "R", CultureInfo.InvariantCulture), number));

    public static LiteralExpressionSyntax Text(string text) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text));

    /// <summary>Code that a rule quotes from elsewhere. What it means here is not known: it must be tried.</summary>
    public static ExpressionSyntax Quoted(string code) => SyntaxFactory.ParseExpression(code);

    public static LiteralExpressionSyntax Null() => SyntaxFactory.LiteralExpression(SyntaxKind.NullLiteralExpression);

    public static LiteralExpressionSyntax True() => SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression);

    /// <summary>An expression converted to a type of the language.</summary>
    public static CastExpressionSyntax Cast(SyntaxKind keyword, ExpressionSyntax expression) =>
        SyntaxFactory.CastExpression(SyntaxFactory.PredefinedType(SyntaxFactory.Token(keyword)), expression);

    /// <summary>The keyword of an integer type, where it is one that counts time.</summary>
    public static SyntaxKind? KeywordOf(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_Int32 => SyntaxKind.IntKeyword,
        SpecialType.System_Int64 => SyntaxKind.LongKeyword,
        _ => null,
    };

    /// <summary>The condition's opposite, written as people write it.</summary>
    public static ExpressionSyntax Not(ExpressionSyntax condition) => Shapes.Innermost(condition).WithoutTrivia() switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not =>
            not.Operand is ParenthesizedExpressionSyntax inner ? inner.Expression : not.Operand,
        BinaryExpressionSyntax binary when OppositeOf(binary.Kind()) is { } opposite =>
            Opposite(binary, opposite),
        BinaryExpressionSyntax or IsPatternExpressionSyntax or AssignmentExpressionSyntax or ConditionalExpressionSyntax
            or SwitchExpressionSyntax =>
            Negated(SyntaxFactory.ParenthesizedExpression(Shapes.Innermost(condition).WithoutTrivia())),
        var bare => Negated(bare),
    };

    private static ExpressionSyntax Negated(ExpressionSyntax operand) =>
        SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, operand);

    private static BinaryExpressionSyntax Opposite(BinaryExpressionSyntax binary, SyntaxKind opposite)
    {
        SyntaxToken written = SyntaxFactory.Token(OperatorOf(opposite)).WithTriviaFrom(binary.OperatorToken);
        return SyntaxFactory.BinaryExpression(opposite, binary.Left, written, binary.Right);
    }

    private static SyntaxKind? OppositeOf(SyntaxKind comparison) => comparison switch
    {
        SyntaxKind.EqualsExpression => SyntaxKind.NotEqualsExpression,
        SyntaxKind.NotEqualsExpression => SyntaxKind.EqualsExpression,
        SyntaxKind.GreaterThanExpression => SyntaxKind.LessThanOrEqualExpression,
        _ => null,
    };

    private static SyntaxKind OperatorOf(SyntaxKind binary) => binary switch
    {
        SyntaxKind.AddExpression => SyntaxKind.PlusToken,
        SyntaxKind.SubtractExpression => SyntaxKind.MinusToken,
        SyntaxKind.MultiplyExpression => SyntaxKind.AsteriskToken,
        SyntaxKind.DivideExpression => SyntaxKind.SlashToken,
        SyntaxKind.EqualsExpression => SyntaxKind.EqualsEqualsToken,
        SyntaxKind.NotEqualsExpression => SyntaxKind.ExclamationEqualsToken,
        SyntaxKind.LessThanOrEqualExpression => SyntaxKind.LessThanEqualsToken,
        SyntaxKind.LogicalAndExpression => SyntaxKind.AmpersandAmpersandToken,
        SyntaxKind.LogicalOrExpression => SyntaxKind.BarBarToken,
        SyntaxKind.CoalesceExpression => SyntaxKind.QuestionQuestionToken,
        _ => SyntaxKind.BarToken,
    };

    private static LiteralExpressionSyntax Number(SyntaxToken literal) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, literal);

    private static bool IsPrimary(ExpressionSyntax expression) => expression
        is NameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax
        or LiteralExpressionSyntax or BaseObjectCreationExpressionSyntax { Initializer: null } or ParenthesizedExpressionSyntax
        or InstanceExpressionSyntax
        or DefaultExpressionSyntax or PostfixUnaryExpressionSyntax;
}
