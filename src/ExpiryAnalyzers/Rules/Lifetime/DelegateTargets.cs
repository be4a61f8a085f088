using System.Collections.Concurrent;
using ExpiryAnalyzers.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>
/// The methods that the user's types make delegates of, whose parameters are then those of the delegates' types. One look at each type that
/// is asked about. Kept for the compilation. Thread-safe.
/// </summary>
internal sealed class DelegateTargets(Knowledge knowledge)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, HashSet<ISymbol>> _types = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a method's type makes a delegate of it; of a local function, whether the body does.</summary>
    public static bool Hold(IMethodSymbol method, Body body) => (method.MethodKind == MethodKind.LocalFunction
        ? body.Remember(static body => new Local(In(body.Operations))).All
        : body.Knowledge.Remember(static knowledge => new DelegateTargets(knowledge)).Of(method.ContainingType.OriginalDefinition))
            .Contains(method.OriginalDefinition);

    private HashSet<ISymbol> Of(INamedTypeSymbol type) => _types.TryGetValue(type, out HashSet<ISymbol>? targets)
        ? targets
        : _types.GetOrAdd(type, In(type.GetMembers().OfType<IMethodSymbol>()
            .SelectMany(member => knowledge.Summaries.RootOf(member)?.DescendantsAndSelf() ?? [])));

    /// <summary>What delegates of a certain type are made of: where any delegate will do, the method's own parameters count.</summary>
    private static HashSet<ISymbol> In(IEnumerable<IOperation> operations) => new(
        operations.OfType<IMethodReferenceOperation>()
            .Where(static handed => handed.Parent is IDelegateCreationOperation { Parent: { } use } &&
                use is not IConversionOperation { Type.SpecialType: SpecialType.System_Delegate })
            .Select(static handed => handed.Method.OriginalDefinition),
        SymbolEqualityComparer.Default);

    private sealed record Local(HashSet<ISymbol> All);
}
