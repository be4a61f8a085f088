using ExpiryAnalyzers.Flow;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ExpiryAnalyzers.Calls;

/// <summary>One round of a loop: the blocks from the one that it begins with to the one that jumps back.</summary>
/// <param name="Graph">The function that holds the blocks.</param>
/// <param name="First">The block with which the round begins, by its ordinal.</param>
/// <param name="Last">The block that jumps back.</param>
internal sealed record Round(ControlFlowGraph? Graph, int First, int Last)
{
    /// <summary>No earlier round: the one at hand.</summary>
    public static readonly Round This = new(null, -1, -1);

    public bool Holds(ControlFlowGraph graph, int block) => ReferenceEquals(graph, Graph) && block >= First && block <= Last;

    /// <summary>Whether a loop is the other, or lies within it. The round at hand lies within every loop.</summary>
    public bool IsWithin(Round outer) => Graph is null || (ReferenceEquals(Graph, outer.Graph) && outer.First <= First && outer.Last >= Last);
}

/// <summary>
/// The calls on one key of one database that ran on some path and that nothing has closed since, each with the loop in whose earlier round
/// it ran. They are kept apart by what later calls ask for, so that many reads of a key do not make each other dear.
/// </summary>
/// <param name="Reads">Calls that only read.</param>
/// <param name="Stores">Calls that store a value and leave no TTL.</param>
/// <param name="Others">Calls that give a TTL, ask for it, or take it away.</param>
internal sealed record OpenCalls(PersistentMap<Round> Reads, PersistentMap<Round> Stores, PersistentMap<Round> Others)
{
    public static readonly OpenCalls None = new(default, default, default);

    public bool IsEmpty => Reads.IsEmpty && Stores.IsEmpty && Others.IsEmpty;

    public IEnumerable<KeyValuePair<int, Round>> All => Reads.Entries().Concat(Stores.Entries()).Concat(Others.Entries());

    public OpenCalls Join(OpenCalls other)
    {
        OpenCalls joined = new(Reads.Join(other.Reads, Shorter), Stores.Join(other.Stores, Shorter), Others.Join(other.Others, Shorter));
        return joined.Reads.IsSame(Reads) && joined.Stores.IsSame(Stores) && joined.Others.IsSame(Others) ? this : joined;
    }

    /// <summary>The shortest way to a place is what counts.</summary>
    private static Round? Shorter(int call, Round? one, Round? other) => one is null ? other : other is null || one.IsWithin(other) ? one : other.IsWithin(one) ? other : one;
}
