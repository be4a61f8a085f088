using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>What a condition says of a count that a counter has just answered.</summary>
internal enum CountRange
{
    /// <summary>Nothing, or nothing that can be told.</summary>
    Unknown,

    /// <summary>It is one certain value, such as 1, or at most the first one.</summary>
    OneHit,

    /// <summary>It is not that value.</summary>
    AnyOtherHit,

    /// <summary>It has reached a limit.</summary>
    Above,

    /// <summary>It is still under a limit.</summary>
    Below,
}

/// <summary>
/// Reads tests of a count: <c>n == 1</c>, <c>1 == n</c>, <c>n &lt;= 1</c>, <c>n is 1</c>, <c>n.Equals(1)</c>, <c>!(n != 1)</c>.
/// </summary>
/// <param name="isCount">Whether an expression is the count, conversions aside.</param>
internal sealed class CountTest(Func<IOperation, bool> isCount)
{
    /// <summary>The number that the count was last compared with for equality.</summary>
    public IOperation? Number { get; private set; }

    /// <summary>
    /// Whether the count was last told to be the first of a counter that goes up by one: <c>n &lt;= 1</c>, <c>n &lt; 2</c>.
    /// </summary>
    public bool IsFirstOfOnes { get; private set; }

    public CountRange Of(IOperation condition)
    {
        bool isNot = false;
        while (Inner(condition) is { } inner)
        {
            isNot ^= condition is IUnaryOperation;
            condition = inner;
        }

        CountRange range = condition switch
        {
            IBinaryOperation binary when IsComparison(binary.OperatorKind) =>
                isCount(binary.LeftOperand) ? Compared(binary.OperatorKind, binary.RightOperand)
                : isCount(binary.RightOperand) ? Compared(Comparisons.Mirrored(binary.OperatorKind), binary.LeftOperand)
                : CountRange.Unknown,
            IIsPatternOperation test when isCount(test.Value) => Of(test.Pattern),
            IInvocationOperation { Instance: { } instance, Arguments: [{ } argument] } call
                when WellKnownTypes.IsEquals(call.TargetMethod) && isCount(instance) =>
                Compared(BinaryOperatorKind.Equals, argument.Value),
            _ => CountRange.Unknown,
        };
        return isNot ? Not(range) : range;
    }

    /// <summary>What a conversion, or a negation, is applied to.</summary>
    private static IOperation? Inner(IOperation condition) => condition switch
    {
        IParenthesizedOperation parenthesized => parenthesized.Operand,
        IConversionOperation { OperatorMethod: null } conversion => conversion.Operand,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => not.Operand,
        _ => null,
    };

    private static bool IsComparison(BinaryOperatorKind kind) => kind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or
        BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or
        BinaryOperatorKind.GreaterThanOrEqual;

    private CountRange Of(IPatternOperation pattern)
    {
        bool isNot = false;
        while (pattern is INegatedPatternOperation not)
        {
            isNot = !isNot;
            pattern = not.Pattern;
        }

        CountRange range = pattern switch
        {
            IConstantPatternOperation constant => Compared(BinaryOperatorKind.Equals, constant.Value),
            IRelationalPatternOperation relation => Compared(relation.OperatorKind, relation.Value),
            _ => CountRange.Unknown,
        };
        return isNot ? Not(range) : range;
    }

    private CountRange Compared(BinaryOperatorKind kind, IOperation number)
    {
        bool isEquality = kind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals;
        Number = isEquality ? number : null;
        IsFirstOfOnes = !isEquality &&
            IsNumber(number, kind is BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan ? 1 : 2);
        return kind switch
        {
            BinaryOperatorKind.Equals => CountRange.OneHit,
            BinaryOperatorKind.NotEquals => CountRange.AnyOtherHit,
            BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.LessThan => IsFirstOfOnes ? CountRange.OneHit : CountRange.Below,
            BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual =>
                IsFirstOfOnes ? CountRange.AnyOtherHit : CountRange.Above,
            _ => CountRange.Unknown,
        };
    }

    /// <summary>Whether an expression is a certain whole number.</summary>
    public static bool IsNumber(IOperation operation, long number) =>
        operation.ConstantValue is { HasValue: true, Value: int or long or double } constant &&
        Convert.ToDouble(constant.Value, null) == number;

    private static CountRange Not(CountRange range) => range switch
    {
        CountRange.OneHit => CountRange.AnyOtherHit,
        CountRange.AnyOtherHit => CountRange.OneHit,
        CountRange.Above => CountRange.Below,
        CountRange.Below => CountRange.Above,
        _ => CountRange.Unknown,
    };
}
