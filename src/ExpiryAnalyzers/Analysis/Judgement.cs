using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>An operation that judges one time by another: a comparison, or a difference.</summary>
internal sealed class Judgement
{
    private Judgement(IOperation operation, IOperation left, IOperation right, bool isDifference)
    {
        Operation = operation;
        Left = left;
        Right = right;
        IsDifference = isDifference;
    }

    public IOperation Operation { get; }

    public IOperation Left { get; }

    public IOperation Right { get; }

    public bool IsDifference { get; }

    /// <summary>What the left side may be; null where the code cannot run.</summary>
    public TimeValues? LeftValues { get; set; }

    /// <summary>What the right side may be; null where the code cannot run.</summary>
    public TimeValues? RightValues { get; set; }

    /// <summary>The judgement that an operation is, if it is one. Equality judges nothing: no two clocks ever agree to the tick.</summary>
    public static Judgement? Of(IOperation operation, WellKnownTypes types) => operation switch
    {
        IBinaryOperation
        {
            OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or
                BinaryOperatorKind.GreaterThanOrEqual,
        } comparison =>
            new(comparison, comparison.LeftOperand, comparison.RightOperand, isDifference: false),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } difference =>
            new(difference, difference.LeftOperand, difference.RightOperand, isDifference: true),
        IInvocationOperation { Arguments: [{ } first, { } second] } call when types.Is(call.TargetMethod, KnownMember.Compare) =>
            new(call, first.Value, second.Value, isDifference: false),
        IInvocationOperation { Instance: { } instance, Arguments: [{ } other] } call => types.Is(call.TargetMethod, KnownMember.CompareTo)
            ? new(call, instance, other.Value, isDifference: false)
            : types.Is(call.TargetMethod, KnownMember.SubtractInstant) ? new(call, instance, other.Value, isDifference: true)
            : null,
        _ => null,
    };
}
