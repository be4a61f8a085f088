using System.Collections.Concurrent;
using ExpiryAnalyzers.Analysis;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>What the methods of the compilation's own source do with transactions and batches. Kept for the compilation; thread-safe.</summary>
internal sealed class QueueSummaries(Knowledge knowledge, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<(IMethodSymbol, int), QueueSummary?> _summaries = new();

    /// <summary>What a method does; null where it is not in view.</summary>
    /// <param name="method">The method.</param>
    /// <param name="depth">How many calls deep the question may reach, this one included.</param>
    public QueueSummary? Of(IMethodSymbol method, int depth) => _summaries.GetOrAdd(((method.ReducedFrom ?? method).OriginalDefinition, depth), key => Summarize(key.Item1, key.Item2 - 1));

    private QueueSummary? Summarize(IMethodSymbol method, int depth)
    {
        if (knowledge.Summaries.BodyOf(method) is not { } source)
        {
            return null;
        }

        Body body = new(knowledge, source.Root, 0, cancellationToken);
        return QueueFlow.Summarize(method, body, source.Graph, knowledge, depth, cancellationToken);
    }
}
