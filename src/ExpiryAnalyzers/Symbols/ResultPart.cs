using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Symbols;

/// <summary>
/// One of several results of a method: an element of the tuple that it returns, or what it writes to an <c>out</c> parameter.
/// </summary>
/// <param name="Index">The element, or the parameter's ordinal.</param>
/// <param name="IsOut">Whether the part is an <c>out</c> parameter.</param>
internal readonly record struct ResultPart(int Index, bool IsOut)
{
    /// <summary>The part's type; null where the method has no such part.</summary>
    public ITypeSymbol? TypeIn(IMethodSymbol method, WellKnownTypes types)
    {
        if (IsOut)
        {
            return method.Parameters[Index].Type;
        }

        return types.AwaitedResultOf(method.ReturnType) is INamedTypeSymbol { IsTupleType: true, TupleElements: var elements } &&
            Index < elements.Length
            ? elements[Index].Type
            : null;
    }

    /// <summary>The element of a tuple that a field stands for.</summary>
    public static ResultPart? Of(IFieldSymbol field)
    {
        if (field.ContainingType is not { IsTupleType: true } tuple)
        {
            return null;
        }

        ImmutableArray<IFieldSymbol> elements = tuple.TupleElements;
        for (int i = 0; i < elements.Length; i++)
        {
            if (SymbolEqualityComparer.Default.Equals(
                elements[i].CorrespondingTupleField ?? elements[i], field.CorrespondingTupleField ?? field))
            {
                return new(i, false);
            }
        }

        return null;
    }
}
