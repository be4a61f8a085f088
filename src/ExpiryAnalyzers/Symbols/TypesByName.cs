using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Symbols;

/// <summary>
/// Types of one compilation by metadata name, looked up in the assemblies alone that have their namespace: a compilation asked by name
/// looks into all of its references, for each of the clients' types and at each keystroke. Thread-safe.
/// </summary>
internal sealed class TypesByName(Compilation compilation)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<INamespaceSymbol>> _spaces = new(StringComparer.Ordinal);

    /// <summary>The outermost namespaces: most of the clients' are in no assembly at all, which is known from there at once.</summary>
    private readonly Lazy<ILookup<string, INamespaceSymbol>> _outermost = new(() => GlobalsOf(compilation)
        .SelectMany(static global => global.GetNamespaceMembers()).ToLookup(static space => space.Name, StringComparer.Ordinal));

    public Compilation Compilation { get; } = compilation;

    /// <summary>
    /// Like <c>GetTypeByMetadataName</c>, but a type that two references define is taken from the first instead of from none.
    /// </summary>
    public INamedTypeSymbol? First(string metadataName) => All(metadataName).FirstOrDefault();

    /// <summary>The types of that name, those of the source first.</summary>
    public IEnumerable<INamedTypeSymbol> All(string metadataName)
    {
        (string name, string types) = Split(metadataName);
        IReadOnlyList<INamespaceSymbol> spaces = SpacesOf(name);
        (string Simple, int Arity)[] nested = spaces.Count > 0 ? Parse(types) : [];
        foreach (INamespaceSymbol space in spaces)
        {
            INamespaceOrTypeSymbol? found = space;
            foreach ((string simple, int arity) in nested)
            {
                found = found?.GetTypeMembers(simple, arity).FirstOrDefault(static type => !type.IsFileLocal);
            }

            if (found is INamedTypeSymbol type)
            {
                yield return type;
            }
        }
    }

    /// <summary>A namespace as the assemblies have it that do, the source's first.</summary>
    private IReadOnlyList<INamespaceSymbol> SpacesOf(string name) =>
        _spaces.TryGetValue(name, out IReadOnlyList<INamespaceSymbol>? known) ? known : _spaces.GetOrAdd(name, Search(name));

    private IReadOnlyList<INamespaceSymbol> Search(string name)
    {
        if (name.Length == 0)
        {
            return [.. GlobalsOf(Compilation)];
        }

        (string around, string inner) = Split(name);
        if (around.Length == 0)
        {
            return [.. _outermost.Value[name]];
        }

        List<INamespaceSymbol> found = [];
        foreach (INamespaceOrTypeSymbol outer in SpacesOf(around))
        {
            foreach (ISymbol member in outer.GetMembers(inner))
            {
                if (member is INamespaceSymbol space)
                {
                    found.Add(space);
                }
            }
        }

        return found;
    }

    private static IEnumerable<INamespaceSymbol> GlobalsOf(Compilation compilation) => compilation.SourceModule.ReferencedAssemblySymbols
        .Prepend(compilation.Assembly).Select(static assembly => assembly.GlobalNamespace);

    /// <summary>The name of a type as code writes it.</summary>
    /// <param name="metadataName">Its name with its namespace.</param>
    public static string SimpleOf(string metadataName) => Parse(Split(metadataName).Name).Last().Simple;

    /// <summary>A type's name behind those of the types around it, each with how many parameters it has.</summary>
    private static (string Simple, int Arity)[] Parse(string types) =>
        Array.ConvertAll(types.Split('+'), static name => name.LastIndexOf('`') is >= 0 and var end
            ? (name.Substring(0, end), int.Parse(name.Substring(end + 1), CultureInfo.InvariantCulture))
            : (name, 0));

    private static (string Space, string Name) Split(string name) => name.LastIndexOf('.') is >= 0 and var end
        ? (name.Substring(0, end), name.Substring(end + 1))
        : ("", name);
}
