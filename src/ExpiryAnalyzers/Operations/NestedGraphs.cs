using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ExpiryAnalyzers.Operations;

/// <summary>
/// The graphs of local functions. A graph answers only for those that it holds itself, and throws for others; in broken code a call may
/// name one that no graph around it holds.
/// </summary>
internal sealed class NestedGraphs(CancellationToken cancellationToken)
{
    private SmallMap<ControlFlowGraph, HashSet<IMethodSymbol>> _held = new();

    /// <summary>The graph of a local function that is called somewhere in a graph; null where no graph around holds it.</summary>
    public ControlFlowGraph? Of(ControlFlowGraph graph, IMethodSymbol function)
    {
        function = function.OriginalDefinition;
        for (ControlFlowGraph? around = graph; around is not null; around = around.Parent)
        {
            if (!_held.TryGetValue(around, out HashSet<IMethodSymbol>? held))
            {
                _held[around] = held = new(around.LocalFunctions, SymbolEqualityComparer.Default);
            }

            if (held.Contains(function))
            {
                return around.GetLocalFunctionControlFlowGraph(function, cancellationToken);
            }
        }

        return null;
    }
}
