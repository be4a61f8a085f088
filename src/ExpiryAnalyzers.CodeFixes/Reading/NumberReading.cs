using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>What a number of units was taken from.</summary>
internal static class NumberReading
{
    /// <summary>The expression behind parentheses, casts, and calls that round or bound a number.</summary>
    public static ExpressionSyntax Core(ExpressionSyntax expression)
    {
        while (Inner(expression) is { } inner)
        {
            expression = inner;
        }

        return expression;
    }

    /// <summary>
    /// What takes a number out of a span or an instant, and how the same is taken in another unit; null where nothing does.
    /// </summary>
    public static (SimpleNameSyntax Name, string Replacement)? Accessor(ExpressionSyntax number, TimeUnit unit, FixContext context)
    {
        ExpressionSyntax core = Core(number);
        core = core is BinaryExpressionSyntax sum && Shapes.IsSum(sum) ? Core(sum.Left) : core;
        return core switch
        {
            MemberAccessExpressionSyntax access when Types.IsDuration(context.TypeOf(access.Expression)) =>
                (access.Name, unit == TimeUnit.Ticks ? nameof(TimeSpan.Ticks) : TimeMembers.Total + unit),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
                when unit is TimeUnit.Seconds or TimeUnit.Milliseconds && IsEpochNumber(access.Name.Identifier.ValueText) =>
                (access.Name, TimeMembers.ToUnixTime + unit),
            _ => null,
        };
    }

    /// <summary>The number of this machine's clock, and what is added to it; null where a number is no such sum.</summary>
    public static (ExpressionSyntax Clock, ExpressionSyntax Offset)? ClockPlusOffset(ExpressionSyntax number, FixContext context)
    {
        if (Core(number) is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum)
        {
            return null;
        }

        return IsClockAnd(sum.Left, sum.Right) ? (sum.Left, sum.Right)
            : IsClockAnd(sum.Right, sum.Left) ? (sum.Right, sum.Left)
            : null;

        bool IsClockAnd(ExpressionSyntax clock, ExpressionSyntax other) =>
            Evaluation.IsClockNumber(clock, context) && !Evaluation.MayBeEpoch(other, context);
    }

    /// <summary>Whether a number is a whole span's.</summary>
    public static bool IsTotal(ExpressionSyntax number) =>
        Core(number) is MemberAccessExpressionSyntax { Name.Identifier.ValueText: { } name } &&
        (name == nameof(TimeSpan.Ticks) || TimeMembers.StartsWith(name, TimeMembers.Total));

    public static bool IsEpochNumber(string method) =>
        method is nameof(DateTimeOffset.ToUnixTimeSeconds) or nameof(DateTimeOffset.ToUnixTimeMilliseconds);

    /// <summary>The expression one step deeper, where a step says nothing of the unit.</summary>
    private static ExpressionSyntax? Inner(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
        CastExpressionSyntax cast => cast.Expression,
        CheckedExpressionSyntax inner => inner.Expression,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call => InnerOf(call, access),
        _ => null,
    };

    private static ExpressionSyntax? InnerOf(InvocationExpressionSyntax call, MemberAccessExpressionSyntax access)
    {
        // Math.Max(1, number)
        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        ArgumentSyntax? bounded = arguments.FirstOrDefault(static argument => argument.Expression is not LiteralExpressionSyntax) ??
            arguments.FirstOrDefault();
        bool isHelper = access.Expression is IdentifierNameSyntax { Identifier.ValueText: nameof(Math) or nameof(Convert) };
        return isHelper && bounded is not null ? bounded.Expression
            : access.Name.Identifier.ValueText == nameof(ToString) ? access.Expression
            : null;
    }
}
