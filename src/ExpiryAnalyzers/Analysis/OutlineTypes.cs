using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// Types as outlines write them: those of the framework that every project has by their names, a client's by theirs, keys as texts, and
/// any other as <c>object</c>. Collects what the rows call of the clients.
/// </summary>
internal sealed class OutlineTypes(ApiCatalog catalog)
{
    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    private readonly SortedDictionary<string, Shape> _shapes = new(StringComparer.Ordinal);

    /// <summary>Takes over what a row calls.</summary>
    public void Add(OutlineTypes row)
    {
        foreach (KeyValuePair<string, Shape> called in row._shapes)
        {
            if (_shapes.TryGetValue(called.Key, out Shape? known))
            {
                known.Bases.UnionWith(called.Value.Bases);
                known.Members.UnionWith(called.Value.Members);
            }
            else
            {
                _shapes[called.Key] = called.Value;
            }
        }
    }

    /// <summary>The rows of the clients' types.</summary>
    public IEnumerable<string> Rows => _shapes.Select(static shape => shape.Value.Row(shape.Key));

    public string TextOf(ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                return TextOf(array.ElementType) + "[]";
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } bare] }:
                return TextOf(bare) is var inner && inner == OutlineSyntax.Anything ? inner : inner + "?";
            case INamedTypeSymbol named when catalog.IsKey(named):
                return "string";
            case INamedTypeSymbol named when catalog.IsValue(named):
                return OutlineSyntax.Anything;
            case INamedTypeSymbol named when named.SpecialType is not (SpecialType.None or SpecialType.System_DateTime):
                return named.ToDisplayString(Full.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes));
            case INamedTypeSymbol named when KnownNamespace.Everywhere.Holds(named) && named.ContainingType is null:
                return named.IsGenericType
                    ? $"{NameOf(named)}<{string.Join(", ", named.TypeArguments.Select(TextOf))}>"
                    : NameOf(named);
            case INamedTypeSymbol named when catalog.IsClient(named) && ClientOf(named) is { } name:
                return name;
            case ITypeParameterSymbol { ConstraintTypes: var above }:
                return above.OfType<INamedTypeSymbol>().FirstOrDefault(catalog.IsClient) is { } client
                    ? TextOf(client)
                    : OutlineSyntax.Anything;
            default:
                return OutlineSyntax.Anything;
        }
    }

    /// <summary>A client's type by its name, which is noted; null where it cannot be written.</summary>
    public string? ClientOf(INamedTypeSymbol type)
    {
        if (type.IsGenericType || type.ContainingType is not null || type.ContainingNamespace.IsGlobalNamespace)
        {
            return null;
        }

        ShapeOf(type);
        return NameOf(type);
    }

    /// <summary>Notes that a client's type has a member.</summary>
    public void Add(INamedTypeSymbol type, string member) => ShapeOf(type).Members.Add(member);

    /// <summary>Notes that a client's type is one of another.</summary>
    public void AddBase(INamedTypeSymbol type, INamedTypeSymbol above)
    {
        if (!SymbolEqualityComparer.Default.Equals(type, above))
        {
            ShapeOf(type).Bases.Add(NameOf(above));
        }
    }

    private Shape ShapeOf(INamedTypeSymbol type)
    {
        string name = NameOf(type);
        if (!_shapes.TryGetValue(name, out Shape? shape))
        {
            string sort = type.TypeKind switch
            {
                TypeKind.Interface => "interface",
                TypeKind.Struct => "struct",
                _ when type.IsStatic => "static class",
                _ => "class",
            };
            _shapes[name] = shape = new(sort);
        }

        return shape;
    }

    private static string NameOf(INamedTypeSymbol type) => type.ContainingNamespace.ToDisplayString(Full) + "." + type.Name;

    private sealed class Shape(string sort)
    {
        public SortedSet<string> Bases { get; } = new(StringComparer.Ordinal);

        public SortedSet<string> Members { get; } = new(StringComparer.Ordinal);

        public string Row(string name) =>
            $"T:{name} {sort}{(Bases.Count > 0 ? " : " + string.Join(", ", Bases) : "")} {{ {string.Join(" ", Members)} }}";
    }
}
