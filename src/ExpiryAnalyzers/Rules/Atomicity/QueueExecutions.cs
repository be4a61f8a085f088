using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>Where a function executes which queue.</summary>
internal sealed class QueueExecutions
{
    private readonly ControlFlowGraph _graph;
    private readonly Dictionary<(Key Queue, int Block), int> _last = [];
    private readonly HashSet<Key> _queues = [];

    /// <param name="graph">The function.</param>
    /// <param name="api">The clients' queues.</param>
    /// <param name="queueOf">The queue that a call executes.</param>
    public QueueExecutions(ControlFlowGraph graph, Queues api, Func<IInvocationOperation, Key?> queueOf)
    {
        _graph = graph;
        foreach (BasicBlock block in graph.Blocks)
        {
            IEnumerable<IOperation> operations = block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations;
            foreach (IInvocationOperation call in operations.SelectMany(static operation => operation.DescendantsAndSelf())
                .OfType<IInvocationOperation>())
            {
                if (api.IsExecute(call.TargetMethod) && queueOf(call) is { } queue)
                {
                    _queues.Add(queue);
                    int known = _last.TryGetValue((queue, block.Ordinal), out int start) ? start : -1;
                    _last[(queue, block.Ordinal)] = Math.Max(known, call.Syntax.SpanStart);
                }
            }
        }
    }

    /// <summary>
    /// Whether some way leads from a place to an execution of the queue. What stands next in the code is looked at first.
    /// </summary>
    /// <param name="queue">The queue.</param>
    /// <param name="block">The block of the place.</param>
    /// <param name="position">The place in the source.</param>
    public bool IsBehind(Key queue, int block, int position)
    {
        if (!_queues.Contains(queue))
        {
            return false;
        }

        if (_last.TryGetValue((queue, block), out int last) && last > position)
        {
            return true;
        }

        HashSet<int> seen = [];
        SortedSet<int> open = [];
        AddSuccessors(block);
        while (open.Count > 0)
        {
            int next = open.Min;
            open.Remove(next);
            if (_last.ContainsKey((queue, next)))
            {
                return true;
            }

            AddSuccessors(next);
        }

        return false;

        void AddSuccessors(int ordinal)
        {
            BasicBlock from = _graph.Blocks[ordinal];
            foreach (ControlFlowBranch? branch in new[] { from.ConditionalSuccessor, from.FallThroughSuccessor })
            {
                foreach (ControlFlowRegion region in branch is null ? [] : branch.FinallyRegions.AsEnumerable())
                {
                    Add(region.FirstBlockOrdinal);
                }

                if (branch?.Destination is { } destination)
                {
                    Add(destination.Ordinal);
                }
            }
        }

        void Add(int ordinal)
        {
            if (seen.Add(ordinal))
            {
                open.Add(ordinal);
            }
        }
    }
}
