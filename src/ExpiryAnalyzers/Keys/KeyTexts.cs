using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Keys;

/// <summary>The calls that put a text, or a key, together: read as the rows that they build.</summary>
internal sealed class KeyTexts(KeyTable table, WellKnownTypes types)
{
    /// <summary>What a call builds; null where it builds nothing of known parts.</summary>
    public KeyPlan? Of(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (call is { Instance: { } key, Arguments: [{ Value: { } added }] } && types.Is(method, KnownMember.PrependToKey))
        {
            return new(ImmutableArray.Create(added, key), parts => table.Row(parts));
        }

        if (call is { Instance: { } start, Arguments: [{ Value: { } end }] } && types.Is(method, KnownMember.AppendToKey))
        {
            return new(ImmutableArray.Create(start, end), parts => table.Row(parts));
        }

        if (types.Is(method, KnownMember.Concat))
        {
            return PartsOf(call.Arguments) is { } parts ? new(parts, keys => table.Row(keys)) : null;
        }

        if (types.Is(method, KnownMember.Join))
        {
            return call.Arguments is [{ } separator, ..] && PartsOf(call.Arguments.RemoveAt(0)) is { } parts
                ? new(parts.Insert(0, separator), Joined)
                : null;
        }

        if (types.Is(method, KnownMember.CreateText))
        {
            IOperation? built = call.Arguments.Select(static argument => argument.Value)
                .FirstOrDefault(static value => value is IInterpolatedStringHandlerCreationOperation);
            return built is null ? null : new(ImmutableArray.Create(built), static keys => keys[0]);
        }

        return types.Is(method, KnownMember.Format) ? OfFormat(call) : null;
    }

    /// <summary>A value as it is written by a format or in a width.</summary>
    public Key Formatted(Key value, string? format, string? width)
    {
        Key written = string.IsNullOrEmpty(format) ? value : As(SteadyMembers.FormatParameter + " " + format, value);
        return string.IsNullOrEmpty(width) || width == "0" ? written : As(SteadyMembers.AlignmentParameter + " " + width, written);
    }

    private Key As(string form, Key value) => table.Operation(form, null, ImmutableArray.Create(value));

    private Key Joined(ImmutableArray<Key> parts)
    {
        List<Key> row = [];
        for (int i = 1; i < parts.Length; i++)
        {
            if (i > 1)
            {
                row.Add(parts[0]);
            }

            row.Add(parts[i]);
        }

        return table.Row(row);
    }

    /// <summary>The values that are put together, where each is written in the call; null where they come in a collection.</summary>
    public static ImmutableArray<IOperation>? PartsOf(ImmutableArray<IArgumentOperation> arguments)
    {
        List<IOperation> parts = [];
        foreach (IArgumentOperation argument in arguments)
        {
            ITypeSymbol? type = argument.Parameter?.Type;
            if (type?.SpecialType is SpecialType.System_String or SpecialType.System_Object)
            {
                parts.Add(argument.Value);
            }
            else if (type is IArrayTypeSymbol or INamedTypeSymbol { IsRefLikeType: true } && ElementsOf(argument.Value) is { } elements)
            {
                parts.AddRange(elements);
            }
            else
            {
                return null;
            }
        }

        return parts.ToImmutableArray();
    }

    /// <summary>The elements of an array that is made in place; the newest compilers hand a list of parts over as a span.</summary>
    private static IEnumerable<IOperation>? ElementsOf(IOperation list)
    {
        while (list is IConversionOperation conversion)
        {
            list = conversion.Operand;
        }

        return list switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            IArrayCreationOperation { DimensionSizes: [{ ConstantValue: { HasValue: true, Value: 0 } }] } => [],
            { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.CollectionExpressionSyntax syntax } when syntax.Elements.All(static element =>
                element is Microsoft.CodeAnalysis.CSharp.Syntax.ExpressionElementSyntax) => list.ChildOperations,
            IInvocationOperation or ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation => null,
            { IsImplicit: true } when list.ChildOperations.Any() => list.ChildOperations,
            _ => null,
        };
    }

    private KeyPlan? OfFormat(IInvocationOperation call)
    {
        ImmutableArray<IArgumentOperation> arguments = call.Arguments;
        int place = 0;
        while (place < arguments.Length && arguments[place].Parameter?.Type.SpecialType != SpecialType.System_String)
        {
            place++;
        }

        return place < arguments.Length && arguments[place].Value.ConstantValue is { HasValue: true, Value: string format } &&
            PartsOf(arguments.RemoveRange(0, place + 1)) is { } values
            ? new(values, keys => Filled(format, keys))
            : null;
    }

    /// <summary>A composite format with its places filled; what is no format is not read.</summary>
    private Key Filled(string format, ImmutableArray<Key> values)
    {
        List<Key> row = [];
        int start = 0;
        for (int i = 0; i < format.Length; i++)
        {
            char next = i + 1 < format.Length ? format[i + 1] : '\0';
            if (format[i] is not ('{' or '}'))
            {
                continue;
            }

            row.Add(table.Text(format.Substring(start, i - start)));
            if (next == format[i])
            {
                // {{ stands for a brace.
                start = ++i;
                continue;
            }

            int end = format[i] == '{' ? format.IndexOf('}', i) : -1;
            if (end < 0)
            {
                return table.Unknown;
            }

            row.Add(PlaceOf(format.Substring(i + 1, end - i - 1), values));
            i = end;
            start = end + 1;
        }

        row.Add(table.Text(format.Substring(start)));
        return table.Row(row);
    }

    private Key PlaceOf(string place, ImmutableArray<Key> values)
    {
        int colon = place.IndexOf(':');
        string? written = colon < 0 ? null : place.Substring(colon + 1);
        string head = colon < 0 ? place : place.Substring(0, colon);
        int comma = head.IndexOf(',');
        string? width = comma < 0 ? null : head.Substring(comma + 1).Trim();
        string number = comma < 0 ? head : head.Substring(0, comma);
        return int.TryParse(number, out int index) && index >= 0 && index < values.Length
            ? Formatted(values[index], written, width)
            : table.Unknown;
    }
}
