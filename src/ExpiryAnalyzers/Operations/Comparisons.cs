using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Operations;

/// <summary>What the operators of comparisons say of numbers.</summary>
internal static class Comparisons
{
    /// <summary>Whether a comparison of two numbers is true.</summary>
    public static bool Holds(BinaryOperatorKind comparison, double left, double right) => comparison switch
    {
        BinaryOperatorKind.Equals => left.Equals(right),
        BinaryOperatorKind.NotEquals => !left.Equals(right),
        BinaryOperatorKind.LessThan => left < right,
        BinaryOperatorKind.LessThanOrEqual => left <= right,
        BinaryOperatorKind.GreaterThan => left > right,
        BinaryOperatorKind.GreaterThanOrEqual => left >= right,
        _ => false,
    };

    /// <summary>Whether an operator tells which of two is the greater.</summary>
    public static bool IsOrder(BinaryOperatorKind comparison) => comparison is
        BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or
        BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual;

    /// <summary>The operator that says the same with the sides exchanged.</summary>
    public static BinaryOperatorKind Mirrored(BinaryOperatorKind comparison) => comparison switch
    {
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        _ => comparison,
    };
}
