using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>Durations as code and as text.</summary>
internal static class Spans
{
    private static readonly (string Method, string Unit, long Ticks)[] Units =
    [
        ("FromHours", "h", TimeSpan.TicksPerHour),
        ("FromMinutes", "min", TimeSpan.TicksPerMinute),
        ("FromSeconds", "s", TimeSpan.TicksPerSecond),
        ("FromMilliseconds", "ms", TimeSpan.TicksPerMillisecond),
    ];

    /// <summary><c>TimeSpan.FromSeconds(5)</c>, in the largest unit that gives a whole number.</summary>
    public static ExpressionSyntax Literal(TimeSpan span, INamedTypeSymbol timeSpan, SyntaxGenerator generator)
    {
        (string method, _, long ticks) = UnitOf(span);
        LiteralExpressionSyntax number = SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal((int)(span.Ticks / ticks)));
        return (ExpressionSyntax)generator.InvocationExpression(generator.MemberAccessExpression(TypeNames.Of(timeSpan, generator), method), number);
    }

    /// <summary>Whether code can write the span as one call with a whole number.</summary>
    public static bool IsLiteral(TimeSpan span) => span > TimeSpan.Zero && span.Ticks % TimeSpan.TicksPerMillisecond == 0 && span.Ticks / UnitOf(span).Ticks <= int.MaxValue;

    /// <summary>A span for people: <c>5 s</c>, <c>2.5 s</c>, <c>500 ms</c>.</summary>
    public static string Describe(TimeSpan span)
    {
        (string unit, long ticks) = span < TimeSpan.FromSeconds(1) ? ("ms", TimeSpan.TicksPerMillisecond)
            : span < TimeSpan.FromMinutes(2) ? ("s", TimeSpan.TicksPerSecond)
            : ("min", TimeSpan.TicksPerMinute);
        return ((double)span.Ticks / ticks).ToString("0.###", CultureInfo.InvariantCulture) + " " + unit;
    }

    /// <summary>The length that a member is declared with, where it is written as one call with a plain number.</summary>
    public static TimeSpan? Declared(ISymbol member, CancellationToken cancellationToken)
    {
        ExpressionSyntax? value = member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) switch
        {
            VariableDeclaratorSyntax { Initializer.Value: { } initial } => initial,
            PropertyDeclarationSyntax { ExpressionBody.Expression: { } expression } => expression,
            PropertyDeclarationSyntax { Initializer.Value: { } initial } => initial,
            _ => null,
        };
        if (value is InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: { } number } }] } call)
        {
            string method = (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText ?? call.Expression.ToString();
            foreach ((string name, _, long ticks) in Units)
            {
                if (name == method)
                {
                    return new TimeSpan((long)(Convert.ToDouble(number, CultureInfo.InvariantCulture) * ticks));
                }
            }
        }

        return null;
    }

    /// <summary>An expression as an operand of <c>+</c> and <c>-</c>, in parentheses where it needs them.</summary>
    public static ExpressionSyntax Operand(ExpressionSyntax expression)
    {
        ExpressionSyntax bare = expression.WithoutTrivia();
        bool isTight = bare is IdentifierNameSyntax or GenericNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or
            ObjectCreationExpressionSyntax or ParenthesizedExpressionSyntax or LiteralExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax or DefaultExpressionSyntax or PostfixUnaryExpressionSyntax ||
            bare.IsKind(SyntaxKind.AddExpression) || bare.IsKind(SyntaxKind.SubtractExpression) || bare.IsKind(SyntaxKind.MultiplyExpression) || bare.IsKind(SyntaxKind.DivideExpression) || bare.IsKind(SyntaxKind.UnaryMinusExpression);
        return isTight ? bare : SyntaxFactory.ParenthesizedExpression(bare);
    }

    /// <summary><c>left + right</c>, or <c>left - right</c>.</summary>
    public static BinaryExpressionSyntax Combine(SyntaxKind kind, ExpressionSyntax left, ExpressionSyntax right)
    {
        BinaryExpressionSyntax combined = SyntaxFactory.BinaryExpression(kind, Operand(left), right);
        return combined
            .WithLeft(combined.Left.WithTrailingTrivia(SyntaxFactory.Space))
            .WithOperatorToken(combined.OperatorToken.WithLeadingTrivia().WithTrailingTrivia(SyntaxFactory.Space));
    }

    private static (string Method, string Unit, long Ticks) UnitOf(TimeSpan span) => Units.First(unit => span.Ticks % unit.Ticks == 0 || unit.Ticks == TimeSpan.TicksPerMillisecond);
}
