using System.Collections.Concurrent;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>
/// What the methods of the compilation's own source do with transactions and batches: one answer per method, built on those of lower ones
/// as <see cref="Heights"/> has it. Kept for the compilation; thread-safe.
/// </summary>
internal sealed class QueueSummaries
{
    private readonly Knowledge _knowledge;
    private readonly Heights _heights;
    private readonly ConcurrentDictionary<IMethodSymbol, QueueSummary?> _summaries = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _owners = new(SymbolEqualityComparer.Default);

    private QueueSummaries(Knowledge knowledge)
    {
        _knowledge = knowledge;
        _heights = new(knowledge.Summaries.Depth, AskedBy);
    }

    /// <summary>The summaries of the compilation.</summary>
    public static QueueSummaries In(Knowledge knowledge) => knowledge.Remember(static knowledge => new QueueSummaries(knowledge));

    /// <summary>What a method does; null where it is not in view.</summary>
    /// <param name="method">The method.</param>
    /// <param name="depth">How many calls deep the question may reach, this one included.</param>
    public QueueSummary? Of(IMethodSymbol method, int depth)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (depth == 0 || (depth < _knowledge.Summaries.Depth && _heights.Of(method) > depth))
        {
            return null;
        }

        return _summaries.TryGetValue(method, out QueueSummary? summary) ? summary : _summaries.GetOrAdd(method, Summarize(method));
    }

    /// <summary>Whether the objects of a type of the source keep a queue, or what may be one.</summary>
    public bool HasQueue(INamedTypeSymbol? type) => type is not null && _owners.GetOrAdd(type, IsOwner);

    private bool IsOwner(INamedTypeSymbol type)
    {
        Queues queues = _knowledge.Catalog.Queues;
        return type.IsOfSource(_knowledge.Catalog.Compilation) && type.GetMembers().Any(member =>
            (member is IFieldSymbol field && (queues.IsQueue(field.Type) || queues.MayBeQueue(field.Type))) ||
            (member is IPropertySymbol property && queues.IsQueue(property.Type)));
    }

    private QueueSummary? Summarize(IMethodSymbol method)
    {
        if (_knowledge.Summaries.BodyOf(method) is not { } source)
        {
            return null;
        }

        Body body = new(_knowledge, source.Root, 0, _knowledge.CancellationToken);
        return QueueFlow.Summarize(method, body, source.Graph, _knowledge, _heights.Of(method) - 1, _knowledge.CancellationToken);
    }

    /// <summary>The methods that a method may hand a queue, or a task of one, or that use those of its object.</summary>
    private IReadOnlyCollection<ISymbol> AskedBy(ISymbol member)
    {
        HashSet<ISymbol> asked = new(SymbolEqualityComparer.Default);
        IEnumerable<IOperation> operations = _knowledge.Summaries.BodyOf((IMethodSymbol)member)?.Root.Descendants() ?? [];
        foreach (IInvocationOperation call in operations.OfType<IInvocationOperation>())
        {
            IMethodSymbol target = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
            bool isOfSource = target.MethodKind != MethodKind.LocalFunction && target.IsOfSource(_knowledge.Catalog.Compilation);
            if (isOfSource && MayHandQueue(call, target))
            {
                asked.Add(target);
            }
        }

        return asked;
    }

    private bool MayHandQueue(IInvocationOperation call, IMethodSymbol target) =>
        target.Parameters.Any(
            parameter => _knowledge.Types.MayHoldTask(parameter.Type) || _knowledge.Catalog.Queues.IsQueue(parameter.Type) ||
            _knowledge.Catalog.Queues.MayBeQueue(parameter.Type)) ||
        (call.Instance is null or IInstanceReferenceOperation && HasQueue(target.ContainingType));
}
