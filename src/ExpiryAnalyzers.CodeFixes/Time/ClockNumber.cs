using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Time;

/// <summary>The span by which the number of this machine's clock is moved.</summary>
/// <param name="Offset">The span, as a number of units.</param>
/// <param name="StartsLater">Whether the clock was read a while before the number is handed on.</param>
internal readonly record struct ClockNumber(ExpressionSyntax Offset, bool StartsLater)
{
    /// <summary>
    /// What is added to the clock's number; null where a number is no such sum. A local that holds the clock falls away with its last use.
    /// </summary>
    public static ClockNumber? Of(ExpressionSyntax number, CheckedEdits edits, FixContext context)
    {
        if (NumberReading.ClockPlusOffset(number, context) is not var (clock, offset))
        {
            return null;
        }

        LocalUse? local = LocalUse.Of(clock, context);
        if (local?.Statement is { } statement)
        {
            edits.RemoveIfUnread(statement);
        }

        return new(offset, local?.Values.All(value => Moments.AreOne(value, number, context)) == false);
    }

    /// <summary>The span as a whole number: the server reads no other.</summary>
    public ExpressionSyntax Whole(FixContext context) => Expressions.KeywordOf(context.TypeOf(Offset)) is null
        ? WholeNumbers.RoundedUp(Offset, SyntaxKind.LongKeyword, context)
        : Offset.WithoutTrivia();
}
