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
internal sealed class KnownRunners(TypesByName types)
{
    private readonly Lazy<HashSet<ISymbol>> _once = new(() => In(types, [("System.Threading.Tasks.Task", ["Run"])]));
    private readonly Lazy<HashSet<ISymbol>> _often = new(() => In(
        types,
        [
            ("System.Collections.Generic.List`1", ["ForEach"]),
            ("System.Array", ["ForEach"]),
            ("System.Threading.Tasks.Parallel", ["For", "ForEach", "ForAsync", "ForEachAsync"]),
        ]));

    private static HashSet<ISymbol> In(TypesByName types, (string Type, string[] Names)[] runners) => new(
        runners.SelectMany(runner => runner.Names.SelectMany(name =>
            types.First(runner.Type)?.GetMembers(name) ?? ImmutableArray<ISymbol>.Empty)),
        SymbolEqualityComparer.Default);

    /// <summary>How often a call of a method runs its lambda.</summary>
    /// <param name="method">The method.</param>
    /// <param name="isWaitedFor">Whether the caller waits for the task that the method answers with.</param>
    public NestedRuns RunsOf(IMethodSymbol method, bool isWaitedFor)
    {
        method = method.OriginalDefinition;
        bool isTask = !method.ReturnsVoid && !method.ReturnType.IsValueType;
        return isTask && !isWaitedFor ? NestedRuns.Unknown
            : _once.Value.Contains(method) ? NestedRuns.Once
            : _often.Value.Contains(method) ? NestedRuns.AnyNumber
            : NestedRuns.Unknown;
    }
}
