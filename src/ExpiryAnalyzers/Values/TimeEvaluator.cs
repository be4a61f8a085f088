using System.Collections.Immutable;
using ExpiryAnalyzers.Binding;
using ExpiryAnalyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Values;

/// <summary>What values an expression of a control flow graph may have, given what is known of the variables.</summary>
/// <param name="knowledge">The symbols and summaries of the compilation.</param>
/// <param name="depth">How many calls deep summaries may still be asked for.</param>
/// <param name="resolved">Finds the expression behind a variable, for what is no time, such as a zone.</param>
internal sealed class TimeEvaluator(Knowledge knowledge, int depth, Func<IOperation, IOperation>? resolved = null)
{
    /// <summary>The values of an expression; of an unknown one at least the shape that its type gives it.</summary>
    public TimeValues Of(IOperation operation, State state)
    {
        TimeValues values = Bare(operation, state);
        return values.Any(value => value.Shape == TimeShape.Unknown)
            ? values.Select(value => value.Shape != TimeShape.Unknown ? value
                : knowledge.IsInstant(operation.Type) ? value with { Shape = TimeShape.Instant }
                : knowledge.IsDuration(operation.Type) ? value with { Shape = TimeShape.Duration, Kind = TimeKind.None }
                : value)
            : values;
    }

    private TimeValues Bare(IOperation operation, State state)
    {
        if (operation.ConstantValue is { HasValue: true } constant && OfConstant(constant.Value) is { } known)
        {
            return known;
        }

        switch (operation)
        {
            case IConversionOperation conversion:
                return OfConversion(conversion, state);
            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand, state);
            case IDeclarationExpressionOperation declaration:
                return Of(declaration.Expression, state);
            case ILocalReferenceOperation or IFlowCaptureReferenceOperation:
                return Variable.Of(operation) is { } variable ? state[variable] ?? TimeValues.Unknown : TimeValues.Unknown;
            case IParameterReferenceOperation parameter:
                return state[new(parameter.Parameter, default)] ?? OfParameter(parameter.Parameter);
            case IAwaitOperation awaited:
                return Of(awaited.Operation, state);
            case ISimpleAssignmentOperation assignment:
                return Of(assignment.Value, state);
            case IFieldReferenceOperation field:
                return knowledge.Facts.Of(field.Field, Use(field, field.Field, field.Instance, ImmutableArray<IArgumentOperation>.Empty, state)) ?? Reached(field, knowledge.Summaries.ValueOf(field.Field, depth));
            case IPropertyReferenceOperation property:
                return OfProperty(property, state);
            case IInvocationOperation invocation:
                return OfInvocation(invocation, state);
            case IObjectCreationOperation { Constructor: { } constructor } creation:
                return knowledge.Facts.Of(constructor, Use(creation, constructor, null, creation.Arguments, state)) ?? TimeValues.Unknown;
            case IArrayElementReferenceOperation element:
                return Of(element.ArrayReference, state) is var elements && IsAsked(elements) ? elements : TimeValues.Unknown;
            case IDefaultValueOperation value:
                return OfDefault(value);
            case IBinaryOperation binary:
                return OfBinary(binary, state);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } negated:
                return Of(negated.Operand, state).Select(value => TimeArithmetic.Scale(value, -1));
            default:
                return TimeValues.Unknown;
        }
    }

    private static TimeValues? OfConstant(object? value) => value switch
    {
        null => (TimeValues)TimeValue.Null,
        int or long or short or byte or uint or ulong or float or double or decimal => (TimeValues)TimeValue.Count(TimeUnit.Unknown, Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static TimeValues OfParameter(IParameterSymbol parameter) => parameter.RefKind is RefKind.None or RefKind.In
        ? TimeValue.Unknown with { Parameter = parameter }
        : TimeValues.Unknown;

    private TimeValues OfConversion(IConversionOperation conversion, State state)
    {
        TimeValues operand = Of(conversion.Operand, state);
        if (conversion.OperatorMethod is not { } method)
        {
            return operand;
        }

        if (knowledge.Facts.IsDateTimeOffset(method.ContainingType))
        {
            return operand.Select(TimeFacts.ToOffset);
        }

        if (knowledge.Catalog.ConvertsToUnspecified(method.ContainingType) && knowledge.IsInstant(method.ReturnType))
        {
            return TimeValue.Instant(TimeKind.Unspecified, Origin.Unknown, conversion);
        }

        // Expiration stands for the DateTime or the TimeSpan that became it; a raw command's result for the number that it holds.
        return knowledge.Catalog.FindExpiryType(method.ContainingType) is not null || IsAsked(operand) ? operand : TimeValues.Unknown;
    }

    private TimeValues OfProperty(IPropertyReferenceOperation property, State state)
    {
        if (property.Instance is { } instance && IsNullable(instance.Type) && property.Property.Name == "Value")
        {
            return Of(instance, state).Where(value => value.Shape != TimeShape.Null) ?? TimeValues.Unknown;
        }

        if (property is { Instance: { } task, Property: { Name: "Result", ContainingType.Name: "Task" or "ValueTask" } })
        {
            return Of(task, state);
        }

        // What a loop over asked instants yields.
        if (property is { Instance: { } enumerator, Property.Name: "Current" } && Of(enumerator, state) is var elements && IsAsked(elements))
        {
            return elements;
        }

        return knowledge.Facts.Of(property.Property, Use(property, property.Property, property.Instance, ImmutableArray<IArgumentOperation>.Empty, state)) ?? Reached(property, knowledge.Summaries.ValueOf(property.Property, depth));
    }

    private TimeValues OfInvocation(IInvocationOperation invocation, State state)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (invocation.Instance is { } instance && IsNullable(instance.Type) && method.Name == "GetValueOrDefault")
        {
            TimeValues values = Of(instance, state);
            TimeValues? present = values.Where(value => value.Shape != TimeShape.Null);
            return present is null || !ReferenceEquals(present, values) ? (present ?? TimeValues.Unknown).Join(TimeValues.Unknown) : values;
        }

        if (method.Name is "ConfigureAwait" or "GetAwaiter" or "GetResult" && invocation.Instance is { } task)
        {
            return Of(task, state);
        }

        // One of the instants that were asked for, or all of them.
        if ((method is { Name: "GetEnumerator" } ? invocation.Instance : method.ContainingType is { Name: "Enumerable" } && invocation.Arguments.Length > 0 ? invocation.Arguments[0].Value : null) is { } sequence &&
            Of(sequence, state) is var elements && IsAsked(elements))
        {
            return elements;
        }

        if (method is { Name: "FromResult", ContainingType.Name: "Task" or "ValueTask" } && invocation.Arguments.Length == 1)
        {
            return Of(invocation.Arguments[0].Value, state);
        }

        return knowledge.Facts.Of(method, Use(invocation, method, invocation.Instance, invocation.Arguments, state)) ??
            Reached(invocation, knowledge.Summaries.ValueOf(invocation, depth, argument => Of(argument, state)));
    }

    private TimeValues OfBinary(IBinaryOperation binary, State state)
    {
        TimeValues left = Of(binary.LeftOperand, state);
        TimeValues right = Of(binary.RightOperand, state);
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.Add:
                return left.Combine(right, TimeArithmetic.Plus);
            case BinaryOperatorKind.Subtract:
                return left.Combine(right, TimeArithmetic.Minus);
            case BinaryOperatorKind.Multiply:
                return right.Number is { } factor ? left.Select(value => TimeArithmetic.Scale(value, factor))
                    : left.Number is { } first ? right.Select(value => TimeArithmetic.Scale(value, first))
                    : left.Select(value => TimeArithmetic.Scale(value, null));
            case BinaryOperatorKind.Remainder:
                return left.Select(value => value with { Constant = null });
            case BinaryOperatorKind.Divide:
                return left.Select(value => TimeArithmetic.Scale(value, 1 / right.Number));
            default:
                return TimeValues.Unknown;
        }
    }

    private TimeValues OfDefault(IDefaultValueOperation value) => value.Type switch
    {
        { SpecialType: SpecialType.System_DateTime } => TimeValue.Instant(TimeKind.Unspecified, Origin.Minimum, value),
        { } type when IsNullable(type) || type.IsReferenceType || knowledge.Catalog.FindExpiryType(type) is not null => TimeValue.Null,
        { } type when knowledge.IsTimeSpan(type) => TimeValue.Duration(0),
        { } type when knowledge.Facts.IsDateTimeOffset(type) => TimeValue.Instant(TimeKind.Utc, Origin.Minimum, value),
        _ => TimeValues.Unknown,
    };

    private MemberUse Use(IOperation operation, ISymbol member, IOperation? instance, ImmutableArray<IArgumentOperation> arguments, State state) =>
        new(operation, member, instance, arguments, value => Of(value, state), resolved ?? (static value => value));

    /// <summary>Whether a server was asked for the values: an array of them, or a result that holds one, passes for its content.</summary>
    private static bool IsAsked(TimeValues values) => values.Any(static value => value.Question is not null);

    /// <summary>Values that another member yields: their source, for the reader of this body, is the use of that member.</summary>
    private static TimeValues Reached(IOperation use, TimeValues? values) =>
        values is null ? TimeValues.Unknown : values.Select(value => value.Source is null && value.Question is null ? value : value with { Source = value.Source is null ? null : use, Question = value.Question is null ? null : use });

    private static bool IsNullable(ITypeSymbol? type) => type is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
}
