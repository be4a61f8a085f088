using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Symbols;

/// <summary>
/// Types of one compilation by metadata name, looked up in the few assemblies that have their namespace: a compilation asked by name looks
/// into all of its references, for each of the clients' types and at each keystroke. Thread-safe.
/// </summary>
internal sealed class TypesByName(Compilation compilation)
{
    private readonly ConcurrentDictionary<string, List<IAssemblySymbol>> _assemblies = new(StringComparer.Ordinal);

    public Compilation Compilation { get; } = compilation;

    /// <summary>
    /// Like <c>GetTypeByMetadataName</c>, but a type that two references define is taken from the first instead of from none.
    /// </summary>
    public INamedTypeSymbol? First(string metadataName) => All(metadataName).FirstOrDefault();

    /// <summary>The types of that name, those of the source first.</summary>
    public IEnumerable<INamedTypeSymbol> All(string metadataName)
    {
        (string space, string simple) = Parse(metadataName);
        foreach (IAssemblySymbol assembly in AssembliesWith(space))
        {
            // An assembly also answers with a type that it only forwards.
            if (assembly.TypeNames.Contains(simple) && assembly.GetTypeByMetadataName(metadataName) is { } type &&
                SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly))
            {
                yield return type;
            }
        }
    }

    private List<IAssemblySymbol> AssembliesWith(string space) => _assemblies.TryGetValue(space, out List<IAssemblySymbol>? known)
        ? known
        : _assemblies.GetOrAdd(space, Search(space));

    private List<IAssemblySymbol> Search(string space)
    {
        string[] parts = space.Split('.');
        List<IAssemblySymbol> found = [];
        AddIfIn(Compilation.Assembly);
        foreach (IAssemblySymbol assembly in Compilation.SourceModule.ReferencedAssemblySymbols)
        {
            AddIfIn(assembly);
        }

        return found;

        void AddIfIn(IAssemblySymbol assembly)
        {
            ICollection<string> names = assembly.NamespaceNames;
            foreach (string part in parts)
            {
                if (part.Length > 0 && !names.Contains(part))
                {
                    return;
                }
            }

            found.Add(assembly);
        }
    }

    /// <summary>The name of a type as code writes it.</summary>
    /// <param name="metadataName">Its name with its namespace.</param>
    public static string SimpleOf(string metadataName) => Parse(metadataName).Simple;

    // The innermost type's name as assemblies list it: without the number of its parameters.
    private static (string Space, string Simple) Parse(string metadataName)
    {
        int start = metadataName.LastIndexOf('.');
        int end = metadataName.LastIndexOf('`');
        int inner = Math.Max(start, metadataName.LastIndexOf('+')) + 1;
        string simple = metadataName.Substring(inner, (end < inner ? metadataName.Length : end) - inner);
        return (start < 0 ? "" : metadataName.Substring(0, start), simple);
    }
}
