using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Symbols;

/// <summary>How often a lambda runs before the call that it is handed to has answered.</summary>
internal enum NestedRuns
{
    /// <summary>Nobody knows: perhaps later, perhaps beside the code that goes on.</summary>
    Unknown,
    Once,
    AnyNumber,
}

/// <summary>The framework's methods that run a lambda and answer only once it has run.</summary>
internal sealed class KnownRunners
{
    private readonly HashSet<ISymbol> _once = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _often = new(SymbolEqualityComparer.Default);

    public KnownRunners(TypesByName types)
    {
        Add(_once, "System.Threading.Tasks.Task", "Run");
        Add(_often, "System.Collections.Generic.List`1", "ForEach");
        Add(_often, "System.Array", "ForEach");
        Add(_often, "System.Threading.Tasks.Parallel", "For", "ForEach", "ForAsync", "ForEachAsync");

        void Add(HashSet<ISymbol> methods, string type, params string[] names)
        {
            INamedTypeSymbol? declaring = types.First(type);
            foreach (string name in names)
            {
                methods.UnionWith(declaring?.GetMembers(name) ?? ImmutableArray<ISymbol>.Empty);
            }
        }
    }

    /// <summary>How often a call of a method runs its lambda.</summary>
    /// <param name="method">The method.</param>
    /// <param name="isWaitedFor">Whether the caller waits for the task that the method answers with.</param>
    public NestedRuns RunsOf(IMethodSymbol method, bool isWaitedFor)
    {
        method = method.OriginalDefinition;
        bool isTask = !method.ReturnsVoid && !method.ReturnType.IsValueType;
        return isTask && !isWaitedFor ? NestedRuns.Unknown
            : _once.Contains(method) ? NestedRuns.Once
            : _often.Contains(method) ? NestedRuns.AnyNumber
            : NestedRuns.Unknown;
    }
}
