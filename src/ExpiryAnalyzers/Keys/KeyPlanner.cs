using System.Collections.Immutable;
using System.Globalization;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Keys;

/// <summary>Tells what each sort of expression is as a key, given the keys of its parts.</summary>
internal sealed class KeyPlanner(KeyTable table, KeyHelpers helpers, int depth)
{
    private KeyTexts? _texts;

    private WellKnownTypes Types => helpers.Purity.Types;

    private KeyTexts Texts => _texts ??= new(table, Types);

    private KeyPlan Unknown => Leaf(table.Unknown);

    public KeyPlan Of(IOperation operation)
    {
        IOperation? wrapped = operation;
        while (wrapped is not null)
        {
            operation = wrapped;
            if (operation.ConstantValue is { HasValue: true, Value: var constant })
            {
                return Leaf(OfConstant(constant, operation.Type));
            }

            wrapped = WrappedIn(operation);
        }

        switch (operation)
        {
            case IConditionalAccessInstanceOperation:
                return Accessed(operation) is { } receiver ? Same(receiver) : Unknown;
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                return Leaf(table.This);
            case ITypeOfOperation type:
                return Leaf(table.Type(type.TypeOperand));
            case ILocalReferenceOperation local:
                return Variable(local.Local);
            case IParameterReferenceOperation parameter:
                return Variable(parameter.Parameter);
            case IFieldReferenceOperation field:
                return helpers.Purity.IsText(field.Type) && helpers.TextOf(field.Field) is { } text
                    ? Leaf(table.Text(text))
                    : OfMember(field.Field, field.Instance);
            case IPropertyReferenceOperation property:
                return OfProperty(property);
            case IInvocationOperation call:
                return OfCall(call);
            default:
                return OfParts(operation);
        }
    }

    /// <summary>What an expression is the same key as, whatever that is.</summary>
    private static IOperation? WrappedIn(IOperation operation) => operation switch
    {
        IConversionOperation conversion => conversion.Operand,
        IParenthesizedOperation parenthesized => parenthesized.Operand,
        IArgumentOperation argument => argument.Value,
        IAwaitOperation awaited => awaited.Operation,
        IConditionalAccessOperation access => access.WhenNotNull,
        _ => null,
    };

    /// <summary>The dictionary whose keys an expression lists.</summary>
    public IOperation? DictionaryOf(IOperation collection) =>
        Types.ReceiverOf(collection, KnownMember.Keys);

    private KeyPlan OfParts(IOperation operation)
    {
        switch (operation)
        {
            case IArrayElementReferenceOperation element:
                return Joined("[]", null, element.Indices.Insert(0, element.ArrayReference));
            case IInterpolatedStringOperation interpolated:
                return new(interpolated.Parts.CastArray<IOperation>(), parts => table.Row(parts));
            case IInterpolatedStringHandlerCreationOperation { Content: { } content }:
                return Same(content);
            case IInterpolatedStringTextOperation literal:
                return Same(literal.Text);
            case IInterpolationOperation hole:
                return Formatted(hole.Expression, hole.FormatString, hole.Alignment);
            case IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments: [{ } value, ..] } append }:
                return Formatted(value, Named(append, SteadyMembers.FormatParameter), Named(append, SteadyMembers.AlignmentParameter));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum when helpers.Purity.IsText(sum.Type):
                return new(Summands(sum), parts => table.Row(parts));
            case IBinaryOperation binary:
                return Joined(binary.OperatorKind.ToString(), null, ImmutableArray.Create(binary.LeftOperand, binary.RightOperand));
            case IObjectCreationOperation { Initializer: null, Arguments.Length: 2, Type: { } pair } creation
                when Types.Is(pair, KnownType.KeyValuePair):
                return new(creation.Arguments.CastArray<IOperation>(), table.Pair);
            case ITupleOperation tuple:
                return new(tuple.Elements, table.Pair);
            case IObjectCreationOperation { Initializer: null, Arguments: [{ } first, ..], Type: { IsValueType: true } type } creation:
                return creation.Arguments.Length == 1 && helpers.Purity.IsText(type)
                    ? Same(first.Value)
                    : Joined("new", type, creation.Arguments.CastArray<IOperation>());
            default:
                return Unknown;
        }
    }

    private static KeyPlan Leaf(Key key) => new(ImmutableArray<IOperation>.Empty, null) { Key = key };

    private static KeyPlan Same(IOperation operation) => new(ImmutableArray.Create(operation), null);

    private static KeyPlan Variable(ISymbol variable) => new(ImmutableArray<IOperation>.Empty, null) { Variable = variable };

    private KeyPlan Joined(string name, ISymbol? type, ImmutableArray<IOperation> parts) =>
        new(parts, keys => table.Operation(name, type, keys));

    private Key OfConstant(object? constant, ITypeSymbol? type) =>
        table.Text(NameOf(constant, type) ?? Convert.ToString(constant, CultureInfo.InvariantCulture) ?? "");

    /// <summary>What a constant of an enumeration is called, which is also its text.</summary>
    private static string? NameOf(object? constant, ITypeSymbol? type) => constant is null || type is not { TypeKind: TypeKind.Enum } ? null
        : type.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(field => field.HasConstantValue && constant.Equals(field.ConstantValue))?.Name;

    /// <summary>The summands of a sum, which may be as many as code is long.</summary>
    private static ImmutableArray<IOperation> Summands(IBinaryOperation sum)
    {
        List<IOperation> summands = [];
        IOperation left = sum;
        while (left is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, ConstantValue.HasValue: false } inner &&
            SymbolEqualityComparer.Default.Equals(inner.Type, sum.Type))
        {
            summands.Add(inner.RightOperand);
            left = inner.LeftOperand;
        }

        summands.Add(left);
        summands.Reverse();
        return summands.ToImmutableArray();
    }

    /// <summary>A value as it is written by a format or in a width.</summary>
    private KeyPlan Formatted(IOperation value, IOperation? format, IOperation? alignment)
    {
        string? written = format?.ConstantValue.Value as string;
        string? width = Convert.ToString(alignment?.ConstantValue.Value, CultureInfo.InvariantCulture);
        return new(ImmutableArray.Create(value), parts => Texts.Formatted(parts[0], written, width));
    }

    private static IOperation? Named(IInvocationOperation call, string parameter)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter?.Name == parameter)
            {
                return argument.Value;
            }
        }

        return null;
    }

    /// <summary>The receiver of the nearest <c>?.</c> around.</summary>
    private static IOperation? Accessed(IOperation instance)
    {
        IOperation inner = instance;
        for (IOperation? outer = instance.Parent; outer is not null; inner = outer, outer = outer.Parent)
        {
            if (outer is IConditionalAccessOperation access && ReferenceEquals(access.WhenNotNull, inner))
            {
                return access.Operation;
            }
        }

        return null;
    }

    private KeyPlan OfMember(ISymbol member, IOperation? instance, ImmutableArray<IOperation> arguments = default)
    {
        ImmutableArray<IOperation> parts = arguments.IsDefault ? ImmutableArray<IOperation>.Empty : arguments;
        return new(instance is null ? parts : parts.Insert(0, instance), keys => table.Member(member, keys));
    }

    private KeyPlan OfProperty(IPropertyReferenceOperation reference)
    {
        IPropertySymbol property = reference.Property;
        if (helpers.Purity.Of(property) == Answer.Another)
        {
            return Leaf(table.Fickle);
        }

        if (reference.Instance is { } pair && (Types.Is(property, KnownMember.PairKey) || Types.Is(property, KnownMember.PairValue)))
        {
            int place = Types.Is(property, KnownMember.PairKey) ? 0 : 1;
            return new(ImmutableArray.Create(pair), parts => table.Part(parts[0], place));
        }

        if (reference.Arguments.IsEmpty)
        {
            if (helpers.Purity.IsText(property.Type) && helpers.TextOf(property) is { } text)
            {
                return Leaf(table.Text(text));
            }

            if (helpers.GetterOf(property, depth) is { } getter)
            {
                return OfGetter(reference, getter);
            }
        }

        return OfMember(property, reference.Instance, reference.Arguments.CastArray<IOperation>());
    }

    /// <summary>
    /// Database => _multiplexer.GetDatabase(): the same as the call. Of another object only databases and texts are looked into; where
    /// the code cannot be read, the property's name says which it is.
    /// </summary>
    private KeyPlan OfGetter(IPropertyReferenceOperation reference, Key getter)
    {
        IPropertySymbol property = reference.Property;
        bool isOwn = reference.Instance is null or IInstanceReferenceOperation;
        bool isTransparent = isOwn || helpers.IsDatabase(property.Type) || getter.Kind is KeyKind.Row or KeyKind.Text;
        return new(reference.Instance is { } instance ? ImmutableArray.Create(instance) : ImmutableArray<IOperation>.Empty, parts =>
        {
            Key value = parts.IsEmpty ? table.Import(getter) : table.On(getter, parts[0]);
            return isTransparent && (value.IsCertain || value.IsFickle) ? value : table.Alias(table.Member(property, parts), value);
        });
    }

    private KeyPlan OfCall(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (call.Instance is { } self)
        {
            if (Types.Is(method, KnownMember.ConfigureAwait))
            {
                return Same(self);
            }

            if (method.Name == WellKnownMemberNames.ObjectToString)
            {
                return OfToString(call, self);
            }
        }

        if (method.ReturnsVoid)
        {
            return Unknown;
        }

        if (helpers.Purity.IsText(method.ContainingType) && Texts.Of(call) is { } text)
        {
            return text;
        }

        ImmutableArray<IOperation> parts = call.Arguments.CastArray<IOperation>();
        parts = call.Instance is null ? parts : parts.Insert(0, call.Instance);
        return helpers.Called(call) is { } known && helpers.ReturnOf(known, depth) is { } returned
            ? new(parts, keys => AtCall(call, known, returned, keys))
            : new(parts, keys => Called(call, keys));
    }

    /// <summary>A call whose code is not looked into, or cannot be read.</summary>
    private Key Called(IInvocationOperation call, ImmutableArray<Key> parts) =>
        parts.Any(static part => part.IsFickle) ? table.Fickle
        : helpers.Purity.Of(call) switch
        {
            Answer.Same => table.Call(call.TargetMethod, parts),
            Answer.Another => table.Fickle,
            _ => table.Unknown,
        };

    /// <summary>What a method returns, in terms of a call of it; where not all of it can be read, the call itself is the name.</summary>
    private Key AtCall(IInvocationOperation call, IMethodSymbol method, Key returned, ImmutableArray<Key> parts)
    {
        int first = call.Instance is null ? 0 : 1;
        Dictionary<ISymbol, Key> values = new(SymbolEqualityComparer.Default);
        for (int i = 0; i < call.Arguments.Length; i++)
        {
            if (call.Arguments[i].Parameter is { } parameter && parameter.Ordinal < method.Parameters.Length)
            {
                values[method.Parameters[parameter.Ordinal]] = parts[first + i];
            }
        }

        Key value = table.Substitute(returned, values, first == 0 ? null : parts[0]);
        return value.IsCertain || value.IsFickle ? value
            : Called(call, parts) is { Kind: KeyKind.Call } named ? table.Alias(named, value)
            : value;
    }

    /// <summary>A value as text is the value, with its format. What is still being put together is another one later.</summary>
    private KeyPlan OfToString(IInvocationOperation call, IOperation self)
    {
        if (Types.Is(self.Type, KnownType.StringBuilder))
        {
            return Unknown;
        }

        IArgumentOperation? format = call.Arguments.FirstOrDefault(static argument =>
            argument.Parameter?.Type.SpecialType == SpecialType.System_String);
        return format is null ? Same(self)
            : format.Value.ConstantValue is { HasValue: true, Value: string or null } ? Formatted(self, format.Value, null)
            : Joined(call.TargetMethod.Name, null, ImmutableArray.Create(self, format.Value));
    }
}
