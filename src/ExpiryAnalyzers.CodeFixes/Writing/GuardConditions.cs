using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>Guards as conditions.</summary>
internal static class GuardConditions
{
    /// <summary>The condition that holds where a guard is passed.</summary>
    public static ExpressionSyntax Of(Guard guard) => guard.Holds ? guard.Condition.WithoutTrivia() : Expressions.Not(guard.Condition);

    /// <summary>The condition that holds where all guards are passed; null where there are none.</summary>
    public static ExpressionSyntax? All(IReadOnlyCollection<Guard> guards) => guards.Count == 0 ? null : guards.Select(Of)
        .Aggregate(static (all, next) => Expressions.Binary(SyntaxKind.LogicalAndExpression, Operand(all), Operand(next)));

    /// <summary>An expression in a conjunction.</summary>
    private static ExpressionSyntax Operand(ExpressionSyntax condition) =>
        condition is ConditionalExpressionSyntax or AssignmentExpressionSyntax ||
        condition.Kind() is SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression
            ? SyntaxFactory.ParenthesizedExpression(condition.WithoutTrivia())
            : condition.WithoutTrivia();
}
