using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>The value that the first call of a pair reads, and what a condition says about it.</summary>
internal sealed class ReadValue(CommandPair pair)
{
    /// <summary>Whether the second call runs exactly where the key was found.</summary>
    public bool DecidesAlone => pair.Guards.All(guard =>
        ClientNames.WholeKeyReads.Contains(pair.First.Command) && IsPresent(guard.Condition) == guard.Holds);

    /// <summary>The local that holds the value as the client returned it.</summary>
    public ILocalSymbol? Local
    {
        get
        {
            SyntaxNode? initializer = TaskWaits.Outermost(pair.First.Result).Parent;
            return initializer is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } &&
                pair.Model.GetDeclaredSymbol(declarator, pair.Context.CancellationToken) is ILocalSymbol local &&
                Types.IsRedisValue(local.Type) && pair.Variables.WritesOf(local).Count == 1
                    ? local
                    : null;
        }
    }

    /// <summary>
    /// True where a condition holds just if the key was found, false where just if it was not; null where it says something else.
    /// </summary>
    public bool? IsPresent(ExpressionSyntax condition) =>
        pair.Context.OperationOf(condition) is { } operation ? IsPresent(operation) : null;

    /// <summary>Whether an expression is the value, perhaps converted.</summary>
    public bool Is(IOperation? operation)
    {
        switch (operation)
        {
            case IConversionOperation conversion:
                return Is(conversion.Operand);
            case IAwaitOperation awaited:
                return Is(awaited.Operation);
            case IPropertyReferenceOperation { Property.Name: nameof(Task<int>.Result) } result
                when Types.IsClassOfTasks(result.Property.ContainingType):
                return Is(result.Instance);
            case IInvocationOperation waited when TaskWaits.IsAwaiting(waited.TargetMethod.Name):
                return Is(waited.Instance);
            case IInvocationOperation { TargetMethod.Name: nameof(ToString), Instance: { } instance }
                when Types.IsRedisValue(instance.Type):
                return Is(instance);
            case IInvocationOperation invocation:
                return invocation.Syntax == pair.First.Syntax;
            case ILocalReferenceOperation reference:
                // Looked at where it is used: a value that is replaced later is still the one that was read.
                return ValueOf(reference) is { } value && Is(value);
            default:
                return false;
        }
    }

    private bool? IsPresent(IOperation condition) => condition switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => !IsPresent(not.Operand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both =>
            IsPresent(both.LeftOperand) is { } left && IsPresent(both.RightOperand) == left ? left : null,
        IBinaryOperation binary => Compares(binary),
        IPropertyReferenceOperation { Instance: { } instance } property when Is(instance) => OfProperty(property.Property.Name),
        IInvocationOperation call => Asks(call),
        IIsPatternOperation test => Matches(test),
        ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } local when ValueOf(local) is { } value =>
            IsPresent(value),
        _ => null,
    };

    /// <summary>
    /// The one value that a local has got since the first call, where it is used. It stands before the use, so that this comes to an end.
    /// </summary>
    private IOperation? ValueOf(ILocalReferenceOperation reference) =>
        !pair.Variables.IsWrittenByNested(reference.Local) &&
        pair.Variables.WritesBetween(reference.Local, pair.Anchor.SpanStart, reference.Syntax.SpanStart) is [{ } value] &&
        !value.Syntax.Span.Contains(reference.Syntax.Span)
            ? value
            : null;

    /// <summary>Whether a call asks for a text or for entries.</summary>
    private bool? Asks(IInvocationOperation call)
    {
        if (call is not { TargetMethod: { } method, Arguments: [{ } only] } || !Is(only.Value))
        {
            return null;
        }

        return method.Name switch
        {
            nameof(string.IsNullOrEmpty) when method.ContainingType.SpecialType == SpecialType.System_String => false,
            nameof(Enumerable.Any) when Types.IsQuery(method.ContainingType) => true,
            _ => null,
        };
    }

    private static bool? OfProperty(string name) => name switch
    {
        ClientNames.HasValue => true,
        ClientNames.IsNull or ClientNames.IsNullOrEmpty => false,
        _ => null,
    };

    private bool? Matches(IIsPatternOperation test)
    {
        if (Is(test.Value))
        {
            return Matches(test.Pattern);
        }

        return TruthOf(test.Pattern) is { } constant && IsPresent(test.Value) is { } present ? present == constant : null;
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
            case IListPatternOperation { Patterns.IsEmpty: true }:
                return false;
            case IListPatternOperation { Patterns: [IDiscardPatternOperation, ISlicePatternOperation { Pattern: null }] }:
                return true;
            case IDeclarationPatternOperation declaration:
                return MayBeNull(declaration.InputType) ? true : null;
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true } recursive:
                return recursive.PropertySubpatterns switch
                {
                    [] => MayBeNull(recursive.InputType) ? true : null,
                    [{ Member: IPropertyReferenceOperation member, Pattern: { } inner }] => Matches(member.Property.Name, inner),
                    _ => null,
                };
            default:
                return null;
        }
    }

    private static bool? Matches(string property, IPatternOperation pattern)
    {
        if (IsCount(property))
        {
            return pattern switch
            {
                IConstantPatternOperation constant when IsZero(constant.Value) => false,
                INegatedPatternOperation { Pattern: IConstantPatternOperation constant } when IsZero(constant.Value) => true,
                IRelationalPatternOperation { OperatorKind: BinaryOperatorKind.GreaterThan } relation when IsZero(relation.Value) => true,
                _ => null,
            };
        }

        return TruthOf(pattern) is { } expected && OfProperty(property) is { } present ? present == expected : null;
    }

    /// <summary>True or false, where a pattern asks for that.</summary>
    private static bool? TruthOf(IPatternOperation pattern) =>
        pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool constant } } ? constant : null;

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
            return kind switch
            {
                BinaryOperatorKind.GreaterThan or BinaryOperatorKind.NotEquals => IsZero(right) ? true : null,
                BinaryOperatorKind.Equals or BinaryOperatorKind.LessThanOrEqual => IsZero(right) ? false : null,
                BinaryOperatorKind.GreaterThanOrEqual => IsNumber(right, 1) ? true : null,
                BinaryOperatorKind.LessThan => IsNumber(right, 1) ? false : null,
                _ => null,
            };
        }

        return isEqual is not null && right.ConstantValue is { HasValue: true, Value: bool constant } && IsPresent(left) is { } present
            ? present == (constant == isEqual)
            : null;
    }

    private bool IsSubject(IOperation operation) => Is(operation) || IsLength(operation) || IsPresent(operation) is not null;

    /// <summary>Whether an expression is how much was read: an array's length, or the answer of a command that counts.</summary>
    private bool IsLength(IOperation operation) => operation switch
    {
        IConversionOperation { OperatorMethod: null } conversion => IsLength(conversion.Operand),
        IPropertyReferenceOperation property when IsCount(property.Property.Name) => Is(property.Instance),
        IInvocationOperation { TargetMethod.Name: ClientNames.Length, Instance: { } instance, Arguments.IsEmpty: true } => Is(instance),
        IInvocationOperation { TargetMethod: { Name: nameof(Enumerable.Count) } method, Arguments: [{ } entries] }
            when Types.IsQuery(method.ContainingType) =>
            Is(entries.Value),
        _ => pair.First.Command.EndsWith(ClientNames.Length, StringComparison.Ordinal) && Is(operation),
    };

    /// <summary>Whether a property says how much was read.</summary>
    private static bool IsCount(string property) =>
        property is nameof(Array.Length) or nameof(Array.LongLength) or nameof(ICollection<int>.Count);

    private static BinaryOperatorKind Mirrored(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        _ => kind,
    };

    private static bool IsNothing(IOperation operation) => operation.WithoutConversions() is var bare &&
        (bare.ConstantValue is { HasValue: true, Value: null or "" } || bare switch
        {
            IFieldReferenceOperation { Field: { Name: nameof(string.Empty) } field } =>
                field.ContainingType.SpecialType == SpecialType.System_String,
            IPropertyReferenceOperation { Property: { Name: ClientNames.Null or ClientNames.EmptyString } property } =>
                Types.IsRedisValue(property.ContainingType),
            _ => false,
        });

    private static bool IsZero(IOperation operation) => IsNumber(operation, 0);

    private static bool IsNumber(IOperation operation, int number) =>
        operation.ConstantValue is { HasValue: true, Value: int or long } constant && Convert.ToInt64(constant.Value, null) == number;

    private static bool MayBeNull(ITypeSymbol type) => type.IsReferenceType || Types.IsNullable(type);
}
