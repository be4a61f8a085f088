using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>
/// A length of time that is not constant, as so many times a unit, so that one is known for the same when it is written in another unit.
/// </summary>
/// <param name="Count">What is counted; the length itself where it is no count.</param>
/// <param name="Ticks">The ticks of one; zero where the length itself is meant.</param>
internal sealed record SpanName(Key Count, double Ticks)
{
    /// <summary>How many multiplications are followed.</summary>
    private const int MaxFactors = 4;

    /// <param name="value">A length, or a number of units.</param>
    /// <param name="unit">The unit of a number.</param>
    /// <param name="body">The body that both stand in.</param>
    public static SpanName? Of(IOperation value, TimeUnit unit, Body body)
    {
        IOperation length = body.Resolved(value).WithoutConversions();
        if (length is IInvocationOperation { Arguments: [{ } number] } made &&
            body.Knowledge.Types.Is(made.TargetMethod, KnownMember.FromUnits))
        {
            return Counted(number.Value, TimeNames.UnitOf(made.TargetMethod.Name), body);
        }

        return body.Knowledge.Types.IsDuration(length.Type) || unit == TimeUnit.Unknown
            ? body.Keys.Of(value) is { } key ? new(key, 0) : null
            : Counted(value, unit, body);
    }

    private static SpanName? Counted(IOperation number, TimeUnit unit, Body body)
    {
        double? ticks = TimeArithmetic.TicksPer(unit);
        IOperation count = body.Resolved(number).WithoutConversions();
        for (int i = 0; i < MaxFactors && count is IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product; i++)
        {
            (IOperation factor, IOperation rest) = product.LeftOperand.ConstantValue.HasValue
                ? (product.LeftOperand, product.RightOperand) : (product.RightOperand, product.LeftOperand);
            ticks *= body.ValuesOf(factor).Number;
            count = body.Resolved(rest).WithoutConversions();
        }

        return ticks is { } one && body.Keys.Of(count) is { } key ? new(key, one) : null;
    }
}
