using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Symbols;

/// <summary>The other forms of a method that a call might have named.</summary>
internal static class Overloads
{
    /// <summary>Whether a form of the called method takes all that the call gives but one argument.</summary>
    public static bool HaveOneWithout(IArgumentOperation leftOut, IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod.OriginalDefinition;
        IParameterSymbol[] given = [.. call.Arguments
            .Where(argument => argument.ArgumentKind != ArgumentKind.DefaultValue && argument != leftOut)
            .Select(static argument => argument.Parameter?.OriginalDefinition)
            .OfType<IParameterSymbol>()
            .OrderBy(static parameter => parameter.Ordinal)];
        return method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(other => Takes(other, given));
    }

    /// <summary>Whether a method takes what other parameters take, in their order, and needs nothing more.</summary>
    private static bool Takes(IMethodSymbol method, IParameterSymbol[] given)
    {
        int next = 0;
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (next < given.Length && IsOfSameType(parameter.Type, given[next].Type))
            {
                next++;
            }
            else if (!parameter.IsOptional && !parameter.IsParams)
            {
                return false;
            }
        }

        return next == given.Length;
    }

    private static bool IsOfSameType(ITypeSymbol one, ITypeSymbol other) => SymbolEqualityComparer.Default.Equals(one, other) ||
        (one is ITypeParameterSymbol { Ordinal: var first } && other is ITypeParameterSymbol { Ordinal: var second } && first == second);
}
