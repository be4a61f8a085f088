using System.Globalization;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>
/// A test of an answer that is more than yes or no: a raw command's reply, a helper's token, number or handle. No reply and zero say that
/// the lock was not got.
/// </summary>
/// <param name="Subject">What the test looks at.</param>
/// <param name="IsOfMissing">Whether the test is true where the lock was not got.</param>
internal sealed record AnswerTest(IOperation Subject, bool IsOfMissing)
{
    /// <summary>The test that an operand of a condition is; null where it is none, or does not tell the two apart.</summary>
    public static AnswerTest? Of(IOperation operand) => operand switch
    {
        IIsPatternOperation test => new(test.Value, IsOfNone(test.Pattern)),
        IBinaryOperation comparison => OfComparison(comparison),
        IPropertyReferenceOperation { Instance: { } reply } read => new(reply, read.Property.Name == ConditionNames.IsNull),
        _ => null,
    };

    private static AnswerTest? OfComparison(IBinaryOperation comparison)
    {
        IOperation right = comparison.RightOperand.WithoutConversions();
        bool isRight = right.ConstantValue.HasValue;
        IOperation constant = isRight ? right : comparison.LeftOperand.WithoutConversions();
        BinaryOperatorKind kind = isRight ? comparison.OperatorKind : Comparisons.Mirrored(comparison.OperatorKind);
        return IsTrueOfNone(kind, constant) is { } isOfMissing
            ? new(isRight ? comparison.LeftOperand : comparison.RightOperand, isOfMissing)
            : null;
    }

    private static bool IsOfNone(IPatternOperation pattern)
    {
        bool isNegated = false;
        while (pattern is INegatedPatternOperation negated)
        {
            pattern = negated.Pattern;
            isNegated = !isNegated;
        }

        bool isOfNone = pattern switch
        {
            IConstantPatternOperation { Value: { } value } =>
                IsTrueOfNone(BinaryOperatorKind.Equals, value.WithoutConversions()) == true,
            IRelationalPatternOperation { Value: { } value } relation =>
                IsTrueOfNone(relation.OperatorKind, value.WithoutConversions()) == true,
            _ => false,
        };
        return isOfNone != isNegated;
    }

    /// <summary>
    /// Whether a comparison with a constant is true where there is no reply, or zero, and false where there is one; null where it does not
    /// tell the two apart.
    /// </summary>
    private static bool? IsTrueOfNone(BinaryOperatorKind kind, IOperation constant)
    {
        if (constant.ConstantValue is not { HasValue: true, Value: var value })
        {
            return null;
        }

        bool isNone = value is null || NumberOf(constant) == 0;
        return kind switch
        {
            BinaryOperatorKind.Equals => isNone,
            BinaryOperatorKind.NotEquals => !isNone,
            _ => NumberOf(constant) is { } number && Comparisons.Holds(kind, 0, number) is var holds &&
                holds != Comparisons.Holds(kind, 1, number) ? holds : null,
        };
    }

    /// <summary>A constant as a number, be it written as text; what an enumeration calls its first value is no zero.</summary>
    private static double? NumberOf(IOperation constant)
    {
        object? value = constant.Type?.TypeKind == TypeKind.Enum ? null : constant.ConstantValue.Value;
        return value switch
        {
            string text => double.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out double number) ? number : null,
            IConvertible number and not (bool or char) => number.ToDouble(CultureInfo.InvariantCulture),
            _ => null,
        };
    }
}
