using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
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
    public TimeValues Of(IOperation operation, IVariableValues state)
    {
        TimeValues values = Bare(operation, state);
        return values.Any(IsVague) ? values.Select(value => IsVague(value) ? Completed(value, operation) : value) : values;
    }

    /// <summary>Whether the type or the name of an expression may tell more of a value.</summary>
    private static bool IsVague(TimeValue value) => value.Shape switch
    {
        TimeShape.Unknown => true,
        TimeShape.Instant => value is { Kind: TimeKind.Unknown, Reading: TimeKind.None },
        TimeShape.Count => value.Unit == TimeUnit.Unknown,
        _ => false,
    };

    /// <summary>What the expression's type and name tell where its value does not.</summary>
    private TimeValue Completed(TimeValue value, IOperation operation)
    {
        // A constant is folded through its conversions, which have no name.
        operation = operation.ConstantValue.HasValue ? operation.WithoutConversions() : operation;
        if (knowledge.IsInstant(operation.Type))
        {
            return value with { Shape = TimeShape.Instant, Reading = TimeNames.Of(operation, knowledge.Types) is { } name ? TimeNames.ZoneOf(name) : TimeKind.None };
        }

        if (knowledge.IsDuration(operation.Type))
        {
            return value with { Shape = TimeShape.Duration, Kind = TimeKind.None };
        }

        // The result of TryParse stands for the number that it writes.
        bool isNumber = IsNumber(operation.Type) || operation is IInvocationOperation { TargetMethod: { Name: "TryParse", ContainingType: { } parsed } } && IsNumber(parsed);
        if (!isNumber || TimeNames.Of(operation, knowledge.Types) is not { } number)
        {
            return value;
        }

        TimeUnit unit = TimeNames.UnitOf(number);
        bool isEpoch = value.Shape == TimeShape.Unknown && TimeNames.IsEpoch(number);
        return unit == TimeUnit.Unknown && !isEpoch ? value : value with { Shape = TimeShape.Count, Unit = unit, IsEpoch = value.IsEpoch || isEpoch };
    }

    private static bool IsNumber(ITypeSymbol? type) => Unwrapped(type)?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;

    private static ITypeSymbol? Unwrapped(ITypeSymbol? type) => IsNullable(type) ? ((INamedTypeSymbol)type!).TypeArguments[0] : type;

    private TimeValues Bare(IOperation operation, IVariableValues state)
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
            case IFieldReferenceOperation { Instance: { } tuple, Field: { } element } when ResultPart.Of(element) is { } part:
                return Element(tuple, part.Index, state);
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
            case IInterpolatedStringOperation { Parts: [IInterpolationOperation { FormatString: null } only] }:
                return Of(only.Expression, state);
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
        string text when double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double number) => (TimeValues)TimeValue.Count(TimeUnit.Unknown, number),
        _ => null,
    };

    /// <summary>The values of one element of a tuple.</summary>
    public TimeValues Element(IOperation tuple, int index, IVariableValues state) => tuple switch
    {
        IConversionOperation { OperatorMethod: null } conversion => Element(conversion.Operand, index, state),
        IParenthesizedOperation parenthesized => Element(parenthesized.Operand, index, state),
        IAwaitOperation awaited => Element(awaited.Operation, index, state),
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } => Element(task, index, state),
        IInvocationOperation invocation => Reached(invocation, knowledge.Summaries.ValueOf(invocation, new(index, false), depth, argument => Of(argument, state))),
        ITupleOperation { Elements: { } elements } when index < elements.Length => Of(elements[index], state),

        // What a variable was given is read now: that of a call is what it was.
        ILocalReferenceOperation when resolved?.Invoke(tuple) is IInvocationOperation or IAwaitOperation => Element(resolved(tuple), index, state),
        _ => TimeValues.Unknown,
    };

    /// <summary>The values that a call writes to an <c>out</c> parameter; what stands for "none" is no value.</summary>
    public TimeValues Out(IInvocationOperation invocation, IParameterSymbol parameter, IVariableValues state) =>
        Reached(invocation, knowledge.Summaries.ValueOf(invocation, new(parameter.Ordinal, true), depth, argument => Of(argument, state)));

    private static TimeValues OfParameter(IParameterSymbol parameter) => parameter.RefKind is RefKind.None or RefKind.In
        ? TimeValue.Unknown with { Parameter = parameter }
        : TimeValues.Unknown;

    private TimeValues OfConversion(IConversionOperation conversion, IVariableValues state)
    {
        TimeValues operand = Of(conversion.Operand, state);
        if (conversion.OperatorMethod is not { } method)
        {
            return IsWhole(conversion.Type) ? operand.Select(TimeArithmetic.Truncate) : operand;
        }

        if (knowledge.Catalog.IsValue(method.ReturnType))
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

        // decimal converts by methods of its own.
        if (IsNumber(conversion.Operand.Type) && IsNumber(conversion.Type))
        {
            return operand;
        }

        // Expiration stands for the DateTime or the TimeSpan that became it; a raw command's result for the number that it holds.
        return knowledge.Catalog.FindExpiryType(method.ContainingType) is not null || IsAsked(operand) ? operand : TimeValues.Unknown;
    }

    private TimeValues OfProperty(IPropertyReferenceOperation property, IVariableValues state)
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

        return OfMember(property, property.Property, knowledge.Summaries.ValueOf(property.Property, depth), () => Use(property, property.Property, property.Instance, ImmutableArray<IArgumentOperation>.Empty, state));
    }

    private TimeValues OfInvocation(IInvocationOperation invocation, IVariableValues state)
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

        // A number on its way into a command's text.
        if (method.Name == "ToString" && invocation.Instance is { } number && IsNumber(number.Type))
        {
            return Of(number, state);
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

        return OfMember(invocation, method, knowledge.Summaries.ValueOf(invocation, depth, argument => Of(argument, state)), () => Use(invocation, method, invocation.Instance, invocation.Arguments, state));
    }

    /// <summary>What a member yields: as its source says, where that says all; else as the table does, which knows a clock by its name.</summary>
    private TimeValues OfMember(IOperation operation, ISymbol member, TimeValues? summary, Func<MemberUse> use) =>
        summary is not null && summary.All(static value => value.Shape != TimeShape.Unknown) ? Reached(operation, summary) : knowledge.Facts.Of(member, use()) ?? Reached(operation, summary);

    private TimeValues OfBinary(IBinaryOperation binary, IVariableValues state)
    {
        TimeValues left = Of(binary.LeftOperand, state);
        TimeValues right = Of(binary.RightOperand, state);
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.Add:
                return left.Combine(right, TimeArithmetic.Plus);
            case BinaryOperatorKind.Subtract:
                return left.Combine(right, knowledge.Facts.IsDateTimeOffset(Unwrapped(binary.LeftOperand.Type)) ? TimeArithmetic.MinusOffsets : TimeArithmetic.Minus).Select(value => TimeFacts.Sourced(value, binary));
            case BinaryOperatorKind.Multiply:
                return TimeArithmetic.Times(left, right);
            case BinaryOperatorKind.Remainder:
                return left.Select(TimeArithmetic.Remainder);
            case BinaryOperatorKind.Divide:
                TimeValues quotient = TimeArithmetic.Quotient(left, right);
                return IsWhole(binary.Type) ? quotient.Select(TimeArithmetic.Truncate) : quotient;
            default:
                return TimeValues.Unknown;
        }
    }

    private TimeValues OfDefault(IDefaultValueOperation value) => value.Type switch
    {
        { SpecialType: SpecialType.System_DateTime } => TimeValue.Instant(TimeKind.Unspecified, Origin.Minimum, value) with { Constant = 0, IsPast = true },
        { } type when IsNullable(type) || type.IsReferenceType || knowledge.Catalog.FindExpiryType(type) is not null => TimeValue.Null,
        { } type when knowledge.IsTimeSpan(type) => TimeValue.Duration(0),
        { } type when knowledge.Facts.IsDateTimeOffset(type) => TimeValue.Instant(TimeKind.Utc, Origin.Minimum, value) with { Constant = 0, IsPast = true },
        _ => TimeValues.Unknown,
    };

    private MemberUse Use(IOperation operation, ISymbol member, IOperation? instance, ImmutableArray<IArgumentOperation> arguments, IVariableValues state) =>
        new(operation, member, instance, arguments, value => Of(value, state), resolved ?? (static value => value));

    /// <summary>Whether a server was asked for the values: an array of them, or a result that holds one, passes for its content.</summary>
    private static bool IsAsked(TimeValues values) => values.Any(static value => value.Question is not null);

    /// <summary>Values that another member yields: their source, for the reader of this body, is the use of that member.</summary>
    private static TimeValues Reached(IOperation use, TimeValues? values) =>
        values is null ? TimeValues.Unknown : values.Select(value => value.Source is null && value.Question is null ? value : value with { Source = value.Source is null ? null : use, Question = value.Question is null ? null : use });

    private static bool IsWhole(ITypeSymbol? type) => type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 };

    private static bool IsNullable(ITypeSymbol? type) => type is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
}
