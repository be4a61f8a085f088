using System.Collections.Concurrent;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// Which fields and properties a call of a method of the source may write where nothing throws, itself or by way of what it calls. Kept
/// for the compilation; thread-safe.
/// </summary>
internal sealed class MemberWrites(Implementations implementations, SourceGraphs graphs, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<IMethodSymbol, Own> _own = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, IReadOnlyCollection<ISymbol>> _all = new(SymbolEqualityComparer.Default);

    /// <summary>The members that a call may write, as far as methods are in view.</summary>
    public IReadOnlyCollection<ISymbol> Of(IInvocationOperation call) =>
        implementations.Of(call) is { } known ? Of(known) : [];

    /// <summary>The members that a method of the source may write.</summary>
    public IReadOnlyCollection<ISymbol> Of(IMethodSymbol method) => _all.GetOrAdd(method.OriginalDefinition, Find);

    private IReadOnlyCollection<ISymbol> Find(IMethodSymbol method)
    {
        HashSet<ISymbol> written = new(SymbolEqualityComparer.Default);
        HashSet<IMethodSymbol> seen = new(SymbolEqualityComparer.Default) { method };
        Queue<IMethodSymbol> open = new([method]);
        while (open.Count > 0)
        {
            Own own = _own.GetOrAdd(open.Dequeue(), Look);
            written.UnionWith(own.Written);
            foreach (IMethodSymbol called in own.Called)
            {
                if (seen.Count < FlowLimits.MemberCalls && seen.Add(called))
                {
                    open.Enqueue(called);
                }
            }
        }

        return [.. written];
    }

    private Own Look(IMethodSymbol method)
    {
        cancellationToken.ThrowIfCancellationRequested();
        HashSet<ISymbol> written = new(SymbolEqualityComparer.Default);
        HashSet<IMethodSymbol> called = new(SymbolEqualityComparer.Default);

        // What a handler writes, such as a new connection, is written on another way than the one that the calls around it are certain of.
        foreach (IOperation operation in graphs.RootOf(method, FlowLimits.MemberLength)
            ?.DescendantsOutside(static part => part is ICatchClauseOperation) ?? [])
        {
            if (DefUse.TargetOf(operation) is { } target && DefUse.SymbolOf(target) is IFieldSymbol or IPropertySymbol)
            {
                written.Add(DefUse.SymbolOf(target)!.OriginalDefinition);
            }

            IMethodSymbol? next = operation switch
            {
                IInvocationOperation call => implementations.Of(call),
                IPropertyReferenceOperation { Property.SetMethod: { } setter } property when DefUse.IsTarget(property) =>
                    implementations.Of(setter),
                _ => null,
            };
            if (next is not null)
            {
                called.Add(next.OriginalDefinition);
            }
        }

        return new([.. written], [.. called]);
    }

    private sealed record Own(IReadOnlyCollection<ISymbol> Written, IReadOnlyCollection<IMethodSymbol> Called);
}
