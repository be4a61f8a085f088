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
                bool isLower = literal.Token.ValueText == literal.Token.ValueText.ToLowerInvariant();
                return name is null ? null : Expressions.Text(isLower ? name.ToLowerInvariant() : name);
            }
        }

        return null;
    }

    /// <summary>A product or quotient that makes another unit of a number; null where none is whole.</summary>
    public static ExpressionSyntax? Converted(ExpressionSyntax number, TimeUnit from, TimeUnit to)
    {
        double ratio = TimeArithmetic.TicksPer(from) / TimeArithmetic.TicksPer(to);
        double factor = ratio > 1 ? ratio : 1 / ratio;
        SyntaxKind kind = ratio > 1 ? SyntaxKind.MultiplyExpression : SyntaxKind.DivideExpression;
        return factor is > 1 and <= int.MaxValue && factor == Math.Floor(factor)
            ? Expressions.Binary(kind, Expressions.Primary(number), Expressions.Number((int)factor))
            : null;
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
