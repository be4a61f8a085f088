using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Values;

/// <summary>
/// What values an expression of a control flow graph may have, given what is known of the variables. Chains of operands and of calls are
/// evaluated from their start, so that their length costs no stack; whatever else is nested deeper than the cap is unknown. What one
/// question has found is kept until it is answered, so that no part is evaluated twice. For one thread.
/// </summary>
/// <param name="knowledge">The symbols and summaries of the compilation.</param>
/// <param name="depth">How many calls deep summaries may still be asked for.</param>
/// <param name="resolved">Finds the expression behind a variable, for what is no time, such as a zone.</param>
/// <param name="given">Finds the expression that an object which is made in the body is given for a member.</param>
internal sealed class TimeEvaluator(
    IValueKnowledge knowledge,
    int depth,
    Func<IOperation, IOperation>? resolved = null,
    Func<IMemberReferenceOperation, IOperation?>? given = null)
{
    /// <summary>How many links of a chain are evaluated one within the other.</summary>
    private const int Stride = 16;

    private readonly WellKnownTypes _types = knowledge.Catalog.Types;
    private Dictionary<IOperation, TimeValues>? _known;

    /// <summary>Evaluates for those that ask back, with what was known of the variables when they were last asked.</summary>
    private Func<IOperation, TimeValues>? _asked;
    private IVariableValues? _askedWith;

    /// <summary>How many expressions are being evaluated, each within the one before.</summary>
    private int _nesting;

    /// <summary>The values of an expression; of an unknown one at least the shape that its type gives it.</summary>
    public TimeValues Of(IOperation operation, IVariableValues state)
    {
        bool isOutermost = _nesting == 0;
        if (_known is not null && _known.TryGetValue(operation, out TimeValues? known))
        {
            return known;
        }

        if (_nesting >= FlowLimits.ExpressionDepth)
        {
            return TimeValues.Unknown;
        }

        _nesting++;
        try
        {
            if (!operation.ConstantValue.HasValue)
            {
                EvaluateChain(operation, state);
            }

            TimeValues values = Bare(operation, state);
            values = values.Any(IsVague) ? Completed(values, operation) : values;
            if (!isOutermost)
            {
                (_known ??= [])[operation] = values;
            }

            return values;
        }
        finally
        {
            _nesting--;
            if (isOutermost && _known is { Count: > 0 })
            {
                _known.Clear();
            }
        }
    }

    /// <summary>
    /// Evaluates every so manieth link of a long chain, from its start on, so that no link is far from one that is known.
    /// </summary>
    private void EvaluateChain(IOperation operation, IVariableValues state)
    {
        int length = 0;
        for (IOperation? link = Before(operation); link is not null && length <= Stride && !IsKnown(link); link = Before(link))
        {
            length++;
        }

        if (length <= Stride)
        {
            return;
        }

        List<IOperation> chain = [];
        for (IOperation? link = Before(operation); link is not null && !IsKnown(link); link = Before(link))
        {
            chain.Add(link);
        }

        for (int i = (chain.Count - 1) / Stride * Stride; i >= 0; i -= Stride)
        {
            Of(chain[i], state);
        }
    }

    private bool IsKnown(IOperation operation) => _known?.ContainsKey(operation) == true;

    /// <summary>Evaluates an expression for a member's table or summary, with what is known where the member is used.</summary>
    private Func<IOperation, TimeValues> Asking(IVariableValues state)
    {
        if (_asked is null || !ReferenceEquals(_askedWith, state))
        {
            (_asked, _askedWith) = (expression => Of(expression, state), state);
        }

        return _asked;
    }

    /// <summary>The part of an expression that stands before the rest of it: the left operand, the receiver, what is converted.</summary>
    private static IOperation? Before(IOperation operation) => operation switch
    {
        IBinaryOperation binary => binary.LeftOperand,
        IInvocationOperation { Instance: { } instance } => instance,
        IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: [{ } first, ..] } => first.Value,
        IMemberReferenceOperation member => member.Instance,
        IConversionOperation conversion => conversion.Operand,
        IParenthesizedOperation parenthesized => parenthesized.Operand,
        IAwaitOperation awaited => awaited.Operation,
        IUnaryOperation unary => unary.Operand,
        IArrayElementReferenceOperation element => element.ArrayReference,
        ISimpleAssignmentOperation assignment => assignment.Value,
        _ => null,
    };

    /// <summary>Whether the type or the name of an expression may tell more of a value.</summary>
    private static bool IsVague(TimeValue value) => value.Shape switch
    {
        TimeShape.Unknown => true,
        TimeShape.Instant => value is { Kind: TimeKind.Unknown, Reading: TimeKind.None },
        TimeShape.Count => value is { Unit: TimeUnit.Unknown, IsOfAnyUnit: false },
        _ => false,
    };

    private TimeValues Completed(TimeValues values, IOperation operation) =>
        values.Select(
            static (value, own) => IsVague(value) ? own.This.Completed(value, own.Operation) : value, (This: this, Operation: operation));

    /// <summary>What the expression's type and name tell where its value does not.</summary>
    private TimeValue Completed(TimeValue value, IOperation operation)
    {
        // A constant is folded through its conversions, which have no name.
        operation = operation.ConstantValue.HasValue ? operation.WithoutConversions() : operation;
        if (_types.IsInstant(operation.Type))
        {
            return value with
            {
                Shape = TimeShape.Instant,
                Reading = TimeNames.Of(operation, _types) is { } name ? TimeNames.ZoneOf(name) : TimeKind.None
            };
        }

        if (_types.IsDuration(operation.Type))
        {
            // Where it comes from, nothing makes it a whole number of anything.
            bool isGiven = operation is IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation;
            return value with { Shape = TimeShape.Duration, Kind = TimeKind.None, IsFractional = isGiven };
        }

        // The result of TryParse stands for the number that it writes.
        bool isNumber = IsNumber(operation.Type) ||
            (operation is IInvocationOperation { TargetMethod: { } parsing } && _types.Is(parsing, KnownMember.TryParse) &&
                IsNumber(parsing.ContainingType));
        if (!isNumber || TimeNames.Of(operation, _types) is not { } number)
        {
            return value;
        }

        TimeUnit unit = TimeNames.UnitOf(number);
        bool isEpoch = value.Shape == TimeShape.Unknown && TimeNames.IsEpoch(number);
        return unit == TimeUnit.Unknown && !isEpoch
            ? value
            : value with { Shape = TimeShape.Count, Unit = unit, IsEpoch = value.IsEpoch || isEpoch };
    }

    private static bool IsNumber(ITypeSymbol? type) =>
        Unwrapped(type)?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;

    private static ITypeSymbol? Unwrapped(ITypeSymbol? type) => IsNullable(type) ? ((INamedTypeSymbol)type!).TypeArguments[0] : type;

    private TimeValues Bare(IOperation operation, IVariableValues state)
    {
        if (operation.ConstantValue is { HasValue: true } constant && OfConstant(constant.Value) is { } known)
        {
            return CameToNothing(operation) ? known.Select(static value => value with { CameToNothing = true }) : known;
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
            case IMemberReferenceOperation when state.HasMembers && Variable.OfMember(operation) is { } held && state[held] is { } kept:
                return kept;
            case IFieldReferenceOperation field:
                return OrGiven(field, state, knowledge.Facts.Of(
                    field.Field, Use(field, field.Field, field.Instance, ImmutableArray<IArgumentOperation>.Empty, state)) ??
                    Reached(field, knowledge.Members.ValueOf(field.Field, depth)));
            case IPropertyReferenceOperation property:
                return OfProperty(property, state);
            case IInvocationOperation invocation:
                return OfInvocation(invocation, state);
            case IObjectCreationOperation { Constructor: { } constructor } creation:
                return knowledge.Facts.Of(constructor, Use(creation, constructor, null, creation.Arguments, state)) ?? TimeValues.Unknown;
            case IArrayElementReferenceOperation element:
                return Of(element.ArrayReference, state) is var elements && (IsAsked(elements) || elements.All(IsAnswered))
                    ? elements
                    : TimeValues.Unknown;
            case IDefaultValueOperation value:
                return OfDefault(value);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput } input:
                return input.PatternAround()?.MatchedBy() is { } matched ? Of(matched, state) : TimeValues.Unknown;
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

    /// <summary>Whether the compiler made nothing of a number above zero: <c>500 / 1000</c>, <c>(int)0.5</c>.</summary>
    private static bool CameToNothing(IOperation constant)
    {
        IOperation? before = constant;
        for (int i = 0; i < FlowLimits.ExpressionDepth && NumberOf(before?.ConstantValue.Value) <= 0; i++)
        {
            before = before switch
            {
                IConversionOperation { OperatorMethod: null } conversion => conversion.Operand,
                IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide or BinaryOperatorKind.Subtract } binary => binary.LeftOperand,
                IParenthesizedOperation parenthesized => parenthesized.Operand,
                _ => null,
            };
        }

        return NumberOf(before?.ConstantValue.Value) > 0 && !ReferenceEquals(before, constant);
    }

    private static TimeValues? OfConstant(object? value) => value is null ? TimeValue.Null
        : NumberOf(value) is { } number ? TimeValue.Count(TimeUnit.Unknown, number)
        : (TimeValues?)null;

    /// <summary>The number that a constant is, or is the text of.</summary>
    private static double? NumberOf(object? value) => value switch
    {
        int or long or short or byte or uint or ulong or float or double or decimal =>
            Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture),
        string text
            when double.TryParse(
                text,
                System.Globalization.NumberStyles.Float,
                System.Globalization.CultureInfo.InvariantCulture,
                out double number) => number,
        _ => null,
    };

    /// <summary>The values of one element of a tuple.</summary>
    public TimeValues Element(IOperation tuple, int index, IVariableValues state)
    {
        for (int i = 0; i < FlowLimits.ExpressionDepth; i++)
        {
            IOperation? next = tuple switch
            {
                IConversionOperation { OperatorMethod: null } conversion => conversion.Operand,
                IParenthesizedOperation parenthesized => parenthesized.Operand,
                IAwaitOperation awaited => awaited.Operation,

                // What a variable was given is read now: that of a call is what it was.
                ILocalReferenceOperation => resolved?.Invoke(tuple) is { } behind and (IInvocationOperation or IAwaitOperation)
                    ? behind
                    : null,
                _ => _types.ReceiverOf(tuple, KnownMember.ConfigureAwait),
            };
            if (next is null)
            {
                return tuple switch
                {
                    IInvocationOperation call =>
                        Reached(call, knowledge.Members.ValueOf(call, new(index, false), depth, Asking(state))),
                    ITupleOperation { Elements: { } elements } when index < elements.Length => Of(elements[index], state),
                    _ => TimeValues.Unknown,
                };
            }

            tuple = next;
        }

        return TimeValues.Unknown;
    }

    /// <summary>The values that a call writes to an <c>out</c> parameter; what stands for "none" is no value.</summary>
    public TimeValues Out(IInvocationOperation invocation, IParameterSymbol parameter, IVariableValues state) =>
        Reached(invocation, knowledge.Members.ValueOf(invocation, new(parameter.Ordinal, true), depth, Asking(state)));

    private static TimeValues OfParameter(IParameterSymbol parameter) => parameter.RefKind is RefKind.None or RefKind.In
        ? TimeValue.Unknown with { Parameter = parameter }
        : TimeValues.Unknown;

    private TimeValues OfConversion(IConversionOperation conversion, IVariableValues state)
    {
        TimeValues operand = Of(conversion.Operand, state);
        if (conversion.OperatorMethod is not { } method)
        {
            return Whole(operand, conversion);
        }

        if (knowledge.Catalog.IsValue(method.ReturnType))
        {
            return operand;
        }

        if (knowledge.Facts.IsDateTimeOffset(method.ContainingType))
        {
            return operand.Select(TimeFacts.ToOffset);
        }

        if (knowledge.Catalog.ConvertsToUnspecified(method.ContainingType) && _types.IsInstant(method.ReturnType))
        {
            return TimeValue.Instant(TimeKind.Unspecified, Origin.Unknown, conversion);
        }

        // decimal converts by methods of its own.
        if (IsNumber(conversion.Operand.Type) && IsNumber(conversion.Type))
        {
            return Whole(operand, conversion);
        }

        // Expiration stands for the DateTime or the TimeSpan that became it; a raw command's result for the number that it holds.
        return knowledge.Catalog.FindExpiryType(method.ContainingType) is not null || IsAsked(operand) ? operand : TimeValues.Unknown;
    }

    /// <summary>A number in the type that it is converted to: whole, and only as large as that type holds.</summary>
    private static TimeValues Whole(TimeValues number, IConversionOperation conversion)
    {
        if (!WellKnownTypes.IsWholeNumber(conversion.Type))
        {
            return number;
        }

        double? most = conversion.IsChecked ? null : WellKnownTypes.LargestOf(conversion.Type);
        return most is null ? number.Select(TimeArithmetic.Truncate) : number.Select(
            static (value, cut) => TimeArithmetic.Cut(TimeArithmetic.Truncate(value), cut.Most, cut.Conversion),
            (Most: most.Value, Conversion: conversion));
    }

    private TimeValues OfProperty(IPropertyReferenceOperation property, IVariableValues state)
    {
        if (_types.ReceiverOf(property, KnownMember.NullableValue) is { } nullable)
        {
            return Of(nullable, state).Where(value => value.Shape != TimeShape.Null) ?? TimeValues.Unknown;
        }

        if (_types.ReceiverOf(property, KnownMember.Result) is { } task)
        {
            return Of(task, state);
        }

        // What a loop over asked instants yields.
        if (property.Instance is { } enumerator && WellKnownTypes.IsCurrent(property.Property) && Of(enumerator, state) is var elements &&
            IsAsked(elements))
        {
            return elements;
        }

        return OrGiven(property, state, OfMember(
            property,
            property.Property,
            knowledge.Members.ValueOf(property.Property, depth),
            property.Instance,
            ImmutableArray<IArgumentOperation>.Empty,
            state));
    }

    /// <summary>The values of a member; where they are not known, what its object was given when it was made.</summary>
    private TimeValues OrGiven(IMemberReferenceOperation reference, IVariableValues state, TimeValues values)
    {
        bool isOfObject = reference.Instance is not (null or IInstanceReferenceOperation) && values.All(IsLeftToObject);
        return !isOfObject ? values
            : given?.Invoke(reference) is { } expression ? Of(expression, state).Select(TimeArithmetic.Shared)
            : Reached(reference, knowledge.Members.GivenTo(reference.Member, depth) ?? values);
    }

    /// <summary>Whether what a member holds depends on how its object was made.</summary>
    private static bool IsLeftToObject(TimeValue value) =>
        IsVague(value) || value.Parameter is { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } };

    private TimeValues OfInvocation(IInvocationOperation invocation, IVariableValues state)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (_types.ReceiverOf(invocation, KnownMember.GetValueOrDefault) is { } nullable)
        {
            TimeValues values = Of(nullable, state);
            TimeValues? present = values.Where(value => value.Shape != TimeShape.Null);
            if (invocation.Arguments is [{ Value: { } fallback }])
            {
                TimeValues instead = Of(fallback, state);
                return present is null ? instead : values.All(IsThere) ? values : present.Join(instead);
            }

            return present is null || !ReferenceEquals(present, values) ? (present ?? TimeValues.Unknown).Join(TimeValues.Unknown) : values;
        }

        if ((_types.ReceiverOf(invocation, KnownMember.Awaiting) ?? _types.ReceiverOf(invocation, KnownMember.WaitAsync)) is { } task)
        {
            return Of(task, state);
        }

        // A number on its way into a command's text, which a format may round.
        if (WellKnownTypes.IsToString(method) && invocation.Instance is { } number && IsNumber(number.Type))
        {
            bool mayRound = invocation.Arguments.Any(static argument => argument.Value.Type?.SpecialType == SpecialType.System_String);
            return mayRound ? Of(number, state).Select(TimeArithmetic.Whole) : Of(number, state);
        }

        // One of the instants that were asked for, or all of them.
        if (SequenceOf(invocation) is { } sequence && Of(sequence, state) is var elements && IsAsked(elements))
        {
            return elements;
        }

        if (_types.Is(method, KnownMember.FromResult) && invocation.Arguments.Length == 1)
        {
            return Of(invocation.Arguments[0].Value, state);
        }

        TimeValues? summary = knowledge.Members.ValueOf(invocation, depth, Asking(state));
        TimeValues yielded = OfMember(invocation, method, summary, invocation.Instance, invocation.Arguments, state);
        return invocation.Arguments is [{ Value: { } less }] && _types.ReceiverOf(invocation, KnownMember.SubtractInstant) is { } from
            ? Reversed(yielded, from, less, state)
            : yielded;
    }

    /// <summary>A difference; of the clock less a deadline, the remaining time with its sides exchanged.</summary>
    private TimeValues Reversed(TimeValues difference, IOperation left, IOperation right, IVariableValues state)
    {
        if (!difference.Any(IsDifference) || !TimeNames.IsOfDeadline(right, _types))
        {
            return difference;
        }

        bool isReversed = Of(left, state).All(IsClock) && Of(right, state).All(IsOfOthers);
        return isReversed ? difference.Select(static value => IsDifference(value) ? value with { IsReversed = true } : value) : difference;

        static bool IsDifference(TimeValue value) => value.Origin == Origin.Difference;

        static bool IsClock(TimeValue value) => value is { Shape: TimeShape.Instant, Origin: Origin.Clock, IsKept: false };

        static bool IsOfOthers(TimeValue value) =>
            value is { Shape: TimeShape.Null } or
                { Shape: TimeShape.Instant, Origin: Origin.Unknown or Origin.Parsed, Question: null, IsPast: false };
    }

    /// <summary>Whether a value is certainly not null.</summary>
    private static bool IsThere(TimeValue value) => value.Shape switch
    {
        TimeShape.Instant => value.Kind != TimeKind.Unknown,
        TimeShape.Duration or TimeShape.Count => value.Constant is not null,
        _ => false,
    };

    /// <summary>The sequence that a query or a loop goes through.</summary>
    private IOperation? SequenceOf(IInvocationOperation call) =>
        WellKnownTypes.IsGetEnumerator(call.TargetMethod) ? call.Instance
        : _types.Is(call.TargetMethod.ContainingType, KnownType.Enumerable) && !call.Arguments.IsEmpty ? call.Arguments[0].Value
        : null;

    /// <summary>
    /// What a member yields: as its source says, where that says all; else as the table does, which knows a clock by its name.
    /// </summary>
    private TimeValues OfMember(
        IOperation operation,
        ISymbol member,
        TimeValues? summary,
        IOperation? instance,
        ImmutableArray<IArgumentOperation> arguments,
        IVariableValues state) =>
        summary is not null && summary.All(static value => value.Shape != TimeShape.Unknown)
            ? Reached(operation, summary)
            : knowledge.Facts.Of(member, Use(operation, member, instance, arguments, state)) is { } known ? Moved(known, operation)
            : Reached(operation, summary);

    /// <summary>What an operation yields that may have added a span to a clock reading: of a <c>DateTime</c>, by the wall clock.</summary>
    private TimeValues Moved(TimeValues values, IOperation operation)
    {
        bool isSum = operation is IBinaryOperation { Type.SpecialType: SpecialType.System_DateTime } ||
            (operation is IInvocationOperation { Type.SpecialType: SpecialType.System_DateTime } call &&
                _types.Is(call.TargetMethod, KnownMember.AddToInstant));
        return isSum && values.Any(IsOfLocalClock)
            ? values.Select(static value => IsOfLocalClock(value) ? value with { IsLocalSum = true } : value)
            : values;

        static bool IsOfLocalClock(TimeValue value) => value is { Kind: TimeKind.Local, Origin: Origin.ClockPlusOffset };
    }

    private TimeValues OfBinary(IBinaryOperation binary, IVariableValues state)
    {
        TimeValues left = Of(binary.LeftOperand, state);
        TimeValues right = Of(binary.RightOperand, state);
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.Add:
                return Moved(left.Combine(right, TimeArithmetic.Plus), binary);
            case BinaryOperatorKind.Subtract:
                bool areOffsets = knowledge.Facts.IsDateTimeOffset(Unwrapped(binary.LeftOperand.Type));
                TimeValues difference = TimeArithmetic.Minus(
                    left, right, areOffsets ? TimeArithmetic.MinusOffsets : TimeArithmetic.Minus);
                return Reversed(Moved(difference, binary), binary.LeftOperand, binary.RightOperand, state)
                    .Select(value => TimeFacts.Sourced(value, binary));
            case BinaryOperatorKind.Multiply:
                return TicksIn(binary.RightOperand) is { } unit ? TimeArithmetic.InTicks(left, unit)
                    : TicksIn(binary.LeftOperand) is { } other ? TimeArithmetic.InTicks(right, other)
                    : TimeArithmetic.Times(left, right);
            case BinaryOperatorKind.Remainder:
                return left.Select(TimeArithmetic.Remainder);
            case BinaryOperatorKind.Divide:
                return WellKnownTypes.IsWholeNumber(binary.Type)
                    ? left.Select(value => TimeArithmetic.Divided(value, right.Number))
                    : TimeArithmetic.Quotient(left, right);
            default:
                return TimeValues.Unknown;
        }
    }

    /// <summary>The unit of whose ticks an expression is the number: <c>TimeSpan.TicksPerSecond</c>.</summary>
    private TimeUnit? TicksIn(IOperation factor) => _types.IsUseOf(factor.WithoutConversions(), KnownMember.TicksPerUnit)
        ? TimeArithmetic.UnitOfTicks(factor.WithoutConversions().ConstantValue.Value)
        : null;

    private TimeValues OfDefault(IDefaultValueOperation value) => value.Type switch
    {
        { SpecialType: SpecialType.System_DateTime } =>
            TimeValue.Instant(TimeKind.Unspecified, Origin.Minimum, value) with { Constant = 0, IsPast = true },
        { } type when IsNullable(type) || type.IsReferenceType || knowledge.Catalog.FindExpiryType(type) is not null => TimeValue.Null,
        { } type when _types.Is(type, KnownType.TimeSpan) => TimeValue.Duration(0),
        { } type when knowledge.Facts.IsDateTimeOffset(type) =>
            TimeValue.Instant(TimeKind.Utc, Origin.Minimum, value) with { Constant = 0, IsPast = true },
        _ => TimeValues.Unknown,
    };

    private MemberUse Use(
        IOperation operation,
        ISymbol member,
        IOperation? instance,
        ImmutableArray<IArgumentOperation> arguments,
        IVariableValues state) =>
        new(operation, member, instance, arguments, Asking(state), resolved ?? (static value => value));

    /// <summary>Whether a server was asked for the values: an array of them, or a result that holds one, passes for its content.</summary>
    private static bool IsAsked(TimeValues values) => values.Any(static value => value.Question is not null);

    /// <summary>Whether a number is of a known unit: of an array, that of each element, as a client answers it.</summary>
    private static bool IsAnswered(TimeValue value) => value is { Shape: TimeShape.Count, Unit: not TimeUnit.Unknown };

    /// <summary>Values that another member yields: their source, for the reader of this body, is the use of that member.</summary>
    private static TimeValues Reached(IOperation use, TimeValues? values) =>
        values is null ? TimeValues.Unknown : values.Select(
            static (value, use) => value.Source is null && value.Question is null ? value : value with
            {
                Source = value.Source is null ? null : use,
                Question = value.Question is null ? null : use,
            },
            use);

    private static bool IsNullable(ITypeSymbol? type) => type is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
}
