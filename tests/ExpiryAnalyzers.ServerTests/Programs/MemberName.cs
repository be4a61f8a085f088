using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Tests.Programs;

/// <summary>A method as both the compiler and reflection know it.</summary>
/// <param name="Type">The metadata name of its type.</param>
/// <param name="Name">Its metadata name.</param>
/// <param name="Overload">Its number among the members of that name, in the order of the text.</param>
internal sealed record MemberName(string Type, string Name, int Overload)
{
    public static MemberName Of(IMethodSymbol method)
    {
        method = method.PartialDefinitionPart ?? method;
        IMethodSymbol[] overloads = [.. method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()];
        return new(MetadataName(method.ContainingType), method.MetadataName,
            Array.FindIndex(overloads, other => SymbolEqualityComparer.Default.Equals(other, method)));
    }

    public override string ToString() => $"{Type[(Type.LastIndexOf('.') + 1)..]}.{Name}{(Overload > 0 ? "#" + (Overload + 1) : "")}";

    private static string MetadataName(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? $"{MetadataName(outer)}+{type.MetadataName}"
        : type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName
        : $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}";
}
