using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ExpiryAnalyzers.Flow;

/// <summary>Which block leads to which, whatever is known on the way.</summary>
/// <param name="graph">The function.</param>
internal sealed class GraphPaths(ControlFlowGraph graph)
{
    private readonly Dictionary<(int From, int To, bool IsOneRound), bool> _answers = [];
    private readonly Stack<int> _open = [];

    /// <summary>The search that has seen a block last, so that no search need forget what another has seen.</summary>
    private readonly int[] _seenIn = new int[graph.Blocks.Length];
    private readonly List<int>?[] _next = new List<int>?[graph.Blocks.Length];
    private int[]? _loopEnds;
    private int _search;

    /// <summary>Whether a block may run behind another, be it in a later round of a loop; itself only where something jumps back.</summary>
    public bool Leads(int from, int to) => Answer(from, to, isOneRound: false);

    /// <summary>Whether a block may run behind another in one round of every loop that holds both.</summary>
    public bool LeadsInOneRound(int from, int to) => from < to && Answer(from, to, isOneRound: true);

    private bool Answer(int from, int to, bool isOneRound)
    {
        if (!_answers.TryGetValue((from, to, isOneRound), out bool leads))
        {
            _answers[(from, to, isOneRound)] = leads = Search(from, to, isOneRound);
        }

        return leads;
    }

    private bool Search(int from, int to, bool isOneRound)
    {
        _search++;
        _open.Clear();
        _open.Push(from);
        while (_open.Count > 0)
        {
            int at = _open.Pop();
            foreach (int next in NextOf(at))
            {
                // In one round nothing comes back from behind the goal, nor goes on with the next round of a loop that holds both.
                if (isOneRound && (next > to || (next <= at && IsInLoop(from, next) && IsInLoop(to, next))))
                {
                    continue;
                }

                if (next == to)
                {
                    return true;
                }

                if (_seenIn[next] != _search)
                {
                    _seenIn[next] = _search;
                    _open.Push(next);
                }
            }
        }

        return false;
    }

    private bool IsInLoop(int ordinal, int head) => head <= ordinal && ordinal <= (_loopEnds ??= LoopEnds())[head];

    /// <summary>
    /// For each block that something jumps back to: the last block that does. What stands between them is the loop. Of other blocks nobody
    /// asks.
    /// </summary>
    private int[] LoopEnds()
    {
        int[] ends = new int[graph.Blocks.Length];
        for (int at = 0; at < ends.Length; at++)
        {
            foreach (int head in NextOf(at))
            {
                if (head <= at)
                {
                    ends[head] = at;
                }
            }
        }

        return ends;
    }

    private List<int> NextOf(int ordinal)
    {
        if (_next[ordinal] is { } known)
        {
            return known;
        }

        BasicBlock block = graph.Blocks[ordinal];
        List<int> next = _next[ordinal] = [];
        AddTarget(block.FallThroughSuccessor, next);
        AddTarget(block.ConditionalSuccessor, next);
        for (ControlFlowRegion? region = block.EnclosingRegion;
            region is { Kind: not ControlFlowRegionKind.Root };
            region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Finally && region.LastBlockOrdinal == ordinal)
            {
                next.Add(ordinal + 1);
            }

            // An exception may leave any block of a try. Handlers further out are reached through the innermost.
            if (region is { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { } owner })
            {
                int start = region.FirstBlockOrdinal;
                next.AddRange(owner.NestedRegions.Select(static handler => handler.FirstBlockOrdinal).Where(first => first > start));
                break;
            }
        }

        return next;
    }

    /// <summary>A finally that a branch leaves by is a handler of the block, as of every block of its try.</summary>
    private static void AddTarget(ControlFlowBranch? branch, List<int> next)
    {
        if (branch?.Destination is { } destination)
        {
            next.Add(destination.Ordinal);
        }
    }
}
