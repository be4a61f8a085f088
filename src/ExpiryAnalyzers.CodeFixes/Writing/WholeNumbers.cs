using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>Whole numbers of units. They are rounded up: a time that is cut down to zero deletes its key, or keeps it for ever.</summary>
internal static class WholeNumbers
{
    /// <summary>
    /// A span as a whole number of units: as a literal where it is one, else <c>(long)Math.Ceiling(span.TotalSeconds)</c>.
    /// </summary>
    public static ExpressionSyntax Of(ExpressionSyntax span, TimeUnit unit, FixContext context) => LiteralOf(span, unit) ??
        RoundedUp(Expressions.Dot(Expressions.Primary(span), TimeMembers.Total + unit), SyntaxKind.LongKeyword, context);

    /// <summary><c>(int)Math.Ceiling(number)</c></summary>
    public static ExpressionSyntax RoundedUp(ExpressionSyntax number, SyntaxKind type, FixContext context) =>
        Expressions.Cast(type, Ceiling(number, context));

    /// <summary><c>Math.Ceiling(number)</c></summary>
    public static ExpressionSyntax Ceiling(ExpressionSyntax number, FixContext context) =>
        Expressions.Call(Imports.Static(context, Types.Math, nameof(Math.Ceiling)), number.WithoutTrivia());

    private static LiteralExpressionSyntax? LiteralOf(ExpressionSyntax span, TimeUnit unit)
    {
        double? count = span is InvocationExpressionSyntax call ? Spans.LengthOf(call)?.Ticks / TimeArithmetic.TicksPer(unit) : null;
        return count is > 0 and <= int.MaxValue && count == Math.Floor(count.Value) ? Expressions.Number((int)count) : null;
    }
}
