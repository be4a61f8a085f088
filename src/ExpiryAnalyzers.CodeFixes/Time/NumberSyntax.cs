using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static ExpiryAnalyzers.CodeFixes.Time.TimeSyntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>Small questions and building blocks for numbers of units, and for the calls that read them.</summary>
internal static class NumberSyntax
{
    /// <summary>The commands and options that differ in the unit of their number, seconds first, and then in what it counts from.</summary>
    private static readonly (string Seconds, string Milliseconds, string? SecondsAt, string? MillisecondsAt)[] Commands =
    [
        ("EXPIRE", "PEXPIRE", "EXPIREAT", "PEXPIREAT"),
        ("EXPIREAT", "PEXPIREAT", null, null),
        ("SETEX", "PSETEX", null, null),
        ("EX", "PX", "EXAT", "PXAT"),
        ("EXAT", "PXAT", null, null),
    ];

    /// <summary>The expression behind parentheses, casts, and calls that round or bound a number.</summary>
    public static ExpressionSyntax Core(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => Core(parenthesized.Expression),
        CastExpressionSyntax cast => Core(cast.Expression),
        CheckedExpressionSyntax inner => Core(inner.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Math" or "Convert" } }, ArgumentList.Arguments: [{ } first, ..] } => Core(first.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(ToString), Expression: { } number } } => Core(number),
        _ => expression,
    };

    /// <summary>What takes a number out of a span or an instant, and how the same is taken in another unit; null where nothing does.</summary>
    public static (SimpleNameSyntax Name, string Replacement)? Accessor(ExpressionSyntax number, TimeUnit unit, FixContext context)
    {
        ExpressionSyntax core = Core(number);
        if (core is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression } sum)
        {
            core = Core(sum.Left);
        }

        switch (core)
        {
            case MemberAccessExpressionSyntax access when IsDuration(context.Model.GetTypeInfo(access.Expression, context.CancellationToken).Type):
                return (access.Name, unit == TimeUnit.Ticks ? nameof(TimeSpan.Ticks) : "Total" + unit);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: { Identifier.ValueText: nameof(DateTimeOffset.ToUnixTimeSeconds) or nameof(DateTimeOffset.ToUnixTimeMilliseconds) } name } } when unit is TimeUnit.Seconds or TimeUnit.Milliseconds:
                return (name, "ToUnixTime" + unit);
            default:
                return null;
        }
    }

    /// <summary>The text of the argument that says which unit the number behind it is read in: the command, or the option before it.</summary>
    public static LiteralExpressionSyntax? CommandOf(ExpressionSyntax number)
    {
        ExpressionSyntax outermost = Outermost(number);
        while (outermost.Parent is CastExpressionSyntax cast)
        {
            outermost = Outermost(cast);
        }

        SeparatedSyntaxList<ExpressionSyntax>? elements = outermost.Parent switch
        {
            InitializerExpressionSyntax initializer => initializer.Expressions,
            _ => null,
        };
        if (outermost.FirstAncestorOrSelf<InvocationExpressionSyntax>(static node => node.ArgumentList.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax) is not { } call)
        {
            return null;
        }

        ExpressionSyntax[] given = [.. elements ?? SyntaxFactory.SeparatedList<ExpressionSyntax>(), .. call.ArgumentList.Arguments.Select(static argument => argument.Expression)];
        int at = elements is null ? Array.FindIndex(given, argument => argument.Span.Contains(number.Span)) : elements.Value.IndexOf(outermost);
        ExpressionSyntax? before = at > 0 ? given[at - 1] : null;
        while (before is CastExpressionSyntax cast)
        {
            before = cast.Expression;
        }

        return before is LiteralExpressionSyntax option && Commands.Any(row => Is(option, row.Seconds) || Is(option, row.Milliseconds))
            ? option
            : call.ArgumentList.Arguments[0].Expression as LiteralExpressionSyntax;
    }

    /// <summary>The same command for a number in another unit, or for an instant's number.</summary>
    public static LiteralExpressionSyntax? Command(LiteralExpressionSyntax literal, TimeUnit unit, bool isAbsolute)
    {
        foreach ((string seconds, string milliseconds, string? secondsAt, string? millisecondsAt) in Commands)
        {
            if (Is(literal, seconds) || Is(literal, milliseconds))
            {
                string? name = unit switch
                {
                    TimeUnit.Seconds => isAbsolute ? secondsAt : seconds,
                    TimeUnit.Milliseconds => isAbsolute ? millisecondsAt : milliseconds,
                    _ => null,
                };
                return name is null ? null : Text(literal.Token.ValueText == literal.Token.ValueText.ToLowerInvariant() ? name.ToLowerInvariant() : name);
            }
        }

        return null;
    }

    /// <summary>A product or quotient that makes another unit of a number; null where none is whole.</summary>
    public static ExpressionSyntax? Converted(ExpressionSyntax number, TimeUnit from, TimeUnit to)
    {
        double ratio = TimeArithmetic.TicksPer(from) / TimeArithmetic.TicksPer(to);
        double factor = ratio > 1 ? ratio : 1 / ratio;
        return factor is > 1 and <= int.MaxValue && factor == Math.Floor(factor)
            ? SyntaxFactory.BinaryExpression(
                ratio > 1 ? SyntaxKind.MultiplyExpression : SyntaxKind.DivideExpression,
                Primary(number),
                SyntaxFactory.Token(ratio > 1 ? SyntaxKind.AsteriskToken : SyntaxKind.SlashToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space),
                SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal((int)factor)))
            : null;
    }

    private static bool Is(LiteralExpressionSyntax literal, string name) => string.Equals(literal.Token.ValueText, name, StringComparison.OrdinalIgnoreCase);

    private static LiteralExpressionSyntax Text(string text) => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text));
}
