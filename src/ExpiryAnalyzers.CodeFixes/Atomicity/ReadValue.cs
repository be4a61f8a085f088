using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Atomicity;

/// <summary>The value that the first call of a pair reads, and what a condition says about it.</summary>
internal sealed class ReadValue(CommandPair pair)
{
    /// <summary>Reads that answer with something exactly where the key exists; a missing field or member says nothing of its key.</summary>
    private static readonly HashSet<string> WholeKeyReads = new(StringComparer.Ordinal)
    {
        "StringGet", "StringGetLease", "StringLength", "HashGetAll", "HashKeys", "HashValues", "HashLength", "ListRange", "ListLength",
        "SetMembers", "SetLength", "SetRandomMember", "SetRandomMembers", "SortedSetRangeByRank", "SortedSetRangeByRankWithScores", "SortedSetLength",
        "StreamRange", "StreamLength",
    };

    /// <summary>Whether the second call runs exactly where the key was found.</summary>
    public bool DecidesAlone => pair.Guards.All(guard => WholeKeyReads.Contains(pair.First.Command) && IsPresent(guard.Condition) == guard.Holds);

    /// <summary>The local that holds the value as the client returned it.</summary>
    public ILocalSymbol? Local =>
        ClientCall.Outermost(pair.First.Result).Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } &&
        pair.Model.GetDeclaredSymbol(declarator, pair.Context.CancellationToken) is ILocalSymbol { Type.Name: "RedisValue" } local &&
        pair.Variables.WritesBetween(local, 0, int.MaxValue).Count == 1
            ? local
            : null;

    /// <summary>True where a condition holds just if the key was found, false where just if it was not; null where it says something else.</summary>
    public bool? IsPresent(ExpressionSyntax condition) => pair.Model.GetOperation(condition, pair.Context.CancellationToken) is { } operation ? IsPresent(operation) : null;

    /// <summary>Whether an expression is the value, perhaps converted.</summary>
    public bool Is(IOperation? operation)
    {
        switch (operation)
        {
            case IConversionOperation conversion:
                return Is(conversion.Operand);
            case IAwaitOperation awaited:
                return Is(awaited.Operation);
            case IPropertyReferenceOperation { Property: { Name: "Result", ContainingType.Name: "Task" } } result:
                return Is(result.Instance);
            case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "GetResult" } waited:
                return Is(waited.Instance);
            case IInvocationOperation { TargetMethod.Name: "ToString", Instance: { Type.Name: "RedisValue" } instance }:
                return Is(instance);
            case IInvocationOperation invocation:
                return invocation.Syntax == pair.First.Syntax;
            case ILocalReferenceOperation reference:
                // Looked at where it is used: a value that is replaced later is still the one that was read.
                return !pair.Variables.IsWrittenByNested(reference.Local) &&
                    pair.Variables.WritesBetween(reference.Local, pair.Anchor.SpanStart, reference.Syntax.SpanStart) is [{ } value] && Is(value);
            default:
                return false;
        }
    }

    private bool? IsPresent(IOperation condition) => condition switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => !IsPresent(not.Operand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both => IsPresent(both.LeftOperand) is { } left && IsPresent(both.RightOperand) == left ? left : null,
        IBinaryOperation binary => Compares(binary),
        IPropertyReferenceOperation { Instance: { } instance } property when Is(instance) => OfProperty(property.Property.Name),
        IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace", ContainingType.SpecialType: SpecialType.System_String }, Arguments: [{ } text] } when Is(text.Value) => false,
        IInvocationOperation { TargetMethod: { Name: "Any", ContainingType.Name: "Enumerable" }, Arguments: [{ } entries] } when Is(entries.Value) => true,
        IIsPatternOperation test => Matches(test),
        ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } local when !pair.Variables.IsWrittenByNested(local.Local) &&
            pair.Variables.WritesBetween(local.Local, pair.Anchor.SpanStart, local.Syntax.SpanStart) is [{ } value] => IsPresent(value),
        _ => null,
    };

    private static bool? OfProperty(string name) => name switch
    {
        "HasValue" => true,
        "IsNull" or "IsNullOrEmpty" => false,
        _ => null,
    };

    private bool? Matches(IIsPatternOperation test)
    {
        if (Is(test.Value))
        {
            return Matches(test.Pattern);
        }

        return test.Pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool constant } } && IsPresent(test.Value) is { } present ? present == constant : null;
    }

    private bool? Matches(IPatternOperation pattern)
    {
        switch (pattern)
        {
            case INegatedPatternOperation not:
                return !Matches(not.Pattern);
            case IBinaryPatternOperation both:
                return Matches(both.LeftPattern) is { } left && Matches(both.RightPattern) == left ? left : null;
            case IConstantPatternOperation constant:
                return IsNothing(constant.Value) ? false : null;
            case IDeclarationPatternOperation declaration:
                return IsNullable(declaration.InputType) ? true : null;
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true } recursive:
                return recursive.PropertySubpatterns switch
                {
                    [] => IsNullable(recursive.InputType) ? true : null,
                    [{ Member: IPropertyReferenceOperation member, Pattern: { } inner }] => Matches(member.Property.Name, inner),
                    _ => null,
                };
            default:
                return null;
        }
    }

    private static bool? Matches(string property, IPatternOperation pattern)
    {
        if (property is "Length" or "Count")
        {
            return pattern switch
            {
                IConstantPatternOperation constant when IsZero(constant.Value) => false,
                INegatedPatternOperation { Pattern: IConstantPatternOperation constant } when IsZero(constant.Value) => true,
                IRelationalPatternOperation { OperatorKind: BinaryOperatorKind.GreaterThan } relation when IsZero(relation.Value) => true,
                _ => null,
            };
        }

        return pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool expected } } && OfProperty(property) is { } present ? present == expected : null;
    }

    /// <summary>A comparison of the value with nothing, of its length with zero, or of a test of it with true or false.</summary>
    private bool? Compares(IBinaryOperation binary)
    {
        (IOperation left, IOperation right, BinaryOperatorKind kind) = (binary.LeftOperand, binary.RightOperand, binary.OperatorKind);
        if (!IsSubject(left) && IsSubject(right))
        {
            (left, right, kind) = (right, left, Mirrored(kind));
        }

        bool? isEqual = kind switch { BinaryOperatorKind.Equals => true, BinaryOperatorKind.NotEquals => false, _ => null };
        if (Is(left) && isEqual is not null && IsNothing(right))
        {
            return !isEqual;
        }

        if (IsLength(left))
        {
            return (kind, IsZero(right), IsNumber(right, 1)) switch
            {
                (BinaryOperatorKind.GreaterThan or BinaryOperatorKind.NotEquals, true, _) or (BinaryOperatorKind.GreaterThanOrEqual, _, true) => true,
                (BinaryOperatorKind.Equals or BinaryOperatorKind.LessThanOrEqual, true, _) or (BinaryOperatorKind.LessThan, _, true) => false,
                _ => null,
            };
        }

        return isEqual is not null && right.ConstantValue is { HasValue: true, Value: bool constant } && IsPresent(left) is { } present ? present == (constant == isEqual) : null;
    }

    private bool IsSubject(IOperation operation) => Is(operation) || IsLength(operation) || IsPresent(operation) is not null;

    /// <summary>Whether an expression is how much was read: an array's length, or the answer of a command that counts.</summary>
    private bool IsLength(IOperation operation) => operation switch
    {
        IConversionOperation { OperatorMethod: null } conversion => IsLength(conversion.Operand),
        IPropertyReferenceOperation { Property.Name: "Length" or "LongLength" or "Count" } property => Is(property.Instance),
        IInvocationOperation { TargetMethod.Name: "Length", Instance: { } instance, Arguments.IsEmpty: true } => Is(instance),
        IInvocationOperation { TargetMethod: { Name: "Count", ContainingType.Name: "Enumerable" }, Arguments: [{ } entries] } => Is(entries.Value),
        _ => pair.First.Command.EndsWith("Length", StringComparison.Ordinal) && Is(operation),
    };

    private static BinaryOperatorKind Mirrored(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        _ => kind,
    };

    private static bool IsNothing(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        return operation.ConstantValue is { HasValue: true, Value: null or "" } ||
            operation is IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } } or
                IPropertyReferenceOperation { Property: { Name: "Null" or "EmptyString", ContainingType.Name: "RedisValue" } };
    }

    private static bool IsZero(IOperation operation) => IsNumber(operation, 0);

    private static bool IsNumber(IOperation operation, int number) => operation.ConstantValue is { HasValue: true, Value: int or long } constant && Convert.ToInt64(constant.Value, null) == number;

    private static bool IsNullable(ITypeSymbol type) => type.IsReferenceType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
}
