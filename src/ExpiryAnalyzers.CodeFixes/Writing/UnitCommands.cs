using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>Commands and options that read a number in one unit or another, and numbers of one unit in another.</summary>
internal static class UnitCommands
{
    /// <summary>The commands and options that differ in the unit of their number, seconds first, and then in what it counts from.</summary>
    private static readonly IReadOnlyList<(string Seconds, string Milliseconds, string? SecondsAt, string? MillisecondsAt)> Commands =
    [
        ("EXPIRE", "PEXPIRE", "EXPIREAT", "PEXPIREAT"),
        ("EXPIREAT", "PEXPIREAT", null, null),
        ("HEXPIRE", "HPEXPIRE", "HEXPIREAT", "HPEXPIREAT"),
        ("HEXPIREAT", "HPEXPIREAT", null, null),
        ("SETEX", "PSETEX", null, null),
        ("EX", "PX", "EXAT", "PXAT"),
        ("EXAT", "PXAT", null, null),
    ];

    /// <summary>
    /// The text of the argument that says which unit the number behind it is read in: the command, or the option before it.
    /// </summary>
    public static LiteralExpressionSyntax? Of(ExpressionSyntax number)
    {
        ExpressionSyntax outermost = Shapes.Outermost(number);
        while (outermost.Parent is CastExpressionSyntax cast)
        {
            outermost = Shapes.Outermost(cast);
        }

        if (outermost.FirstAncestorOrSelf<InvocationExpressionSyntax>(static node => CommandOf(node) is not null) is not { } call)
        {
            return null;
        }

        ExpressionSyntax? before = BeforeIn(outermost, number, call);
        while (before is CastExpressionSyntax cast)
        {
            before = cast.Expression;
        }

        return before is LiteralExpressionSyntax option && Commands.Any(row => Is(option, row.Seconds) || Is(option, row.Milliseconds))
            ? option
            : CommandOf(call);
    }

    /// <summary>The same command for a number in another unit, or for an instant's number.</summary>
    public static LiteralExpressionSyntax? InUnit(LiteralExpressionSyntax literal, TimeUnit unit, bool isAbsolute)
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
                return name is null ? null : InCaseOf(literal, name);
            }
        }

        return null;
    }

    /// <summary>The command or option that takes the span where one takes the instant, and the unit in which both read.</summary>
    public static (LiteralExpressionSyntax Command, TimeUnit Unit)? Relative(LiteralExpressionSyntax literal)
    {
        foreach ((string seconds, string milliseconds, string? secondsAt, string? millisecondsAt) in Commands)
        {
            if (secondsAt is not null && Is(literal, secondsAt))
            {
                return (InCaseOf(literal, seconds), TimeUnit.Seconds);
            }

            if (millisecondsAt is not null && Is(literal, millisecondsAt))
            {
                return (InCaseOf(literal, milliseconds), TimeUnit.Milliseconds);
            }
        }

        return null;
    }

    /// <summary>Whether a text is an option, and not the name of a command.</summary>
    public static bool IsOption(LiteralExpressionSyntax literal) =>
        literal.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call || CommandOf(call) != literal;

    /// <summary>
    /// A product or quotient that makes another unit of a number; null where none is whole. A quotient is rounded up, and what may not fit
    /// is computed as a long number.
    /// </summary>
    public static ExpressionSyntax? Converted(ExpressionSyntax number, TimeUnit from, TimeUnit to, FixContext context)
    {
        double ratio = TimeArithmetic.TicksPer(from) / TimeArithmetic.TicksPer(to);
        double factor = ratio > 1 ? ratio : 1 / ratio;
        if (!(factor is > 1 and <= int.MaxValue && factor == Math.Floor(factor)))
        {
            return null;
        }

        SyntaxKind? whole = Expressions.KeywordOf(context.TypeOf(number));
        if (ratio < 1)
        {
            number = Uncut(number, context);
            return whole is { } type
                ? WholeNumbers.RoundedUp(Computed(SyntaxKind.DivideExpression, Expressions.Number(factor)), type, context)
                : Computed(SyntaxKind.DivideExpression, Expressions.Number((int)factor));
        }

        bool mayOverflow = whole == SyntaxKind.IntKeyword && !context.Model.GetConstantValue(number, context.CancellationToken).HasValue;
        ExpressionSyntax by = mayOverflow ? Expressions.Number((long)factor) : Expressions.Number((int)factor);
        return Computed(SyntaxKind.MultiplyExpression, by);

        ExpressionSyntax Computed(SyntaxKind kind, ExpressionSyntax other) =>
            Expressions.Binary(kind, Expressions.Primary(number), other);
    }

    /// <summary>A whole number before it was cast to the type of its quotient, which a larger one fits better than it.</summary>
    private static ExpressionSyntax Uncut(ExpressionSyntax number, FixContext context) =>
        Shapes.Innermost(number) is CastExpressionSyntax cast && Expressions.KeywordOf(context.TypeOf(cast.Expression)) is not null
            ? cast.Expression
            : number;

    private static LiteralExpressionSyntax InCaseOf(LiteralExpressionSyntax literal, string name)
    {
        bool isLower = literal.Token.ValueText == literal.Token.ValueText.ToLowerInvariant();
        return Expressions.Text(isLower ? name.ToLowerInvariant() : name);
    }

    /// <summary>What is given right before a number: in the list that holds it, or as an argument of the call.</summary>
    private static ExpressionSyntax? BeforeIn(ExpressionSyntax outermost, ExpressionSyntax number, InvocationExpressionSyntax call)
    {
        if (outermost.Parent is InitializerExpressionSyntax initializer)
        {
            return initializer.Expressions.ElementAtOrDefault(initializer.Expressions.IndexOf(outermost) - 1);
        }

        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        return arguments.ElementAtOrDefault(arguments.IndexOf(argument => argument.Span.Contains(number.Span)) - 1)?.Expression;
    }

    private static LiteralExpressionSyntax? CommandOf(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.FirstOrDefault()?.Expression as LiteralExpressionSyntax;

    private static bool Is(LiteralExpressionSyntax literal, string name) =>
        string.Equals(literal.Token.ValueText, name, StringComparison.OrdinalIgnoreCase);
}
