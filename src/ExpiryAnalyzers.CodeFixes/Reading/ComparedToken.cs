using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>The token that a lock's value is compared with.</summary>
internal static class ComparedToken
{
    /// <summary>The token that the value read must equal for a guard to be passed.</summary>
    public static ExpressionSyntax? Of(Guard guard, CommandPair pair, ReadValue value) =>
        OperationOf(guard, pair, value)?.Syntax as ExpressionSyntax;

    /// <inheritdoc cref="Of"/>
    public static IOperation? OperationOf(Guard guard, CommandPair pair, ReadValue value)
    {
        IOperation? condition = pair.Context.OperationOf(guard.Condition);
        bool holds = guard.Holds;
        while (condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not)
        {
            (condition, holds) = (not.Operand, !holds);
        }

        if (SidesOf(BehindPresence(condition, holds, value), holds) is not var (left, right) || value.Is(left) == value.Is(right))
        {
            return null;
        }

        IOperation token = value.Is(left) ? right : left;
        while (token is IConversionOperation { IsImplicit: true } conversion)
        {
            token = conversion.Operand;
        }

        return token;
    }

    /// <summary>The comparison behind a test that there is a value: where none is found, it is not the token.</summary>
    private static IOperation? BehindPresence(IOperation? condition, bool holds, ReadValue value) =>
        condition is IBinaryOperation { LeftOperand.Syntax: ExpressionSyntax presence } both &&
        both.OperatorKind == (holds ? BinaryOperatorKind.ConditionalAnd : BinaryOperatorKind.ConditionalOr) &&
        value.IsPresent(presence) == holds
            ? both.RightOperand
            : condition;

    /// <summary>The two sides of a comparison that tells them equal.</summary>
    private static (IOperation Left, IOperation Right)? SidesOf(IOperation? condition, bool holds) => condition switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal when holds => (equal.LeftOperand, equal.RightOperand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } unequal when !holds => (unequal.LeftOperand, unequal.RightOperand),
        IInvocationOperation { TargetMethod.Name: nameof(Equals) } call when holds => SidesOf(call),
        _ => null,
    };

    private static (IOperation Left, IOperation Right)? SidesOf(IInvocationOperation equals) => equals switch
    {
        { Instance: { } instance, Arguments: [{ } other] } => (instance, other.Value),
        { TargetMethod: { IsStatic: true, ContainingType.SpecialType: SpecialType.System_String }, Arguments: [{ } first, { } second, ..] }
            when equals.Arguments.Skip(2).All(static argument => IsOrdinal(argument.Value)) => (first.Value, second.Value),
        _ => null,
    };

    private static bool IsOrdinal(IOperation how) => how is IFieldReferenceOperation { Field.Name: nameof(StringComparison.Ordinal) };
}
