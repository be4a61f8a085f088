using System.Collections.Immutable;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ExpiryAnalyzers.Flow;

/// <summary>Why a <c>finally</c> runs: which ones are still to run behind it, and where control goes then.</summary>
/// <param name="Regions">The finally regions that a branch leaves by, the innermost first.</param>
/// <param name="Index">Which of them runs.</param>
/// <param name="Destination">The block where control goes behind the last; -1 where an exception goes on to the handlers around.</param>
/// <param name="Outer">The context of the code that was left.</param>
internal sealed record FinallyExit(ImmutableArray<ControlFlowRegion> Regions, int Index, int Destination, FlowContext Outer)
{
    public ControlFlowRegion Region => Regions[Index];

    /// <summary>The next finally on the way.</summary>
    public FinallyExit? Next => Index + 1 < Regions.Length ? this with { Index = Index + 1 } : null;

    /// <summary>A finally that an exception runs.</summary>
    public static FinallyExit Thrown(ControlFlowRegion region, FlowContext outer) => new(ImmutableArray.Create(region), 0, -1, outer);

    /// <summary>From one finally to one destination there is one way.</summary>
    public bool Equals(FinallyExit? other) => other is not null && Destination == other.Destination &&
        Region.FirstBlockOrdinal == other.Region.FirstBlockOrdinal && ReferenceEquals(Outer, other.Outer);

    public override int GetHashCode() => (((Outer.Id * 31) + Destination) * 31) + Region.FirstBlockOrdinal;
}

/// <summary>Code outside any <c>finally</c>, or one <c>finally</c> as it runs for one way out of it.</summary>
/// <param name="id">The number of the context in its graph.</param>
/// <param name="region">The finally; null outside any.</param>
internal sealed class FlowContext(int id, ControlFlowRegion? region)
{
    private List<FinallyExit>? _exits;

    public int Id => id;

    /// <summary>Where control goes from here: one way, unless the finally has more of them than are told apart.</summary>
    public IReadOnlyList<FinallyExit> Exits => (IReadOnlyList<FinallyExit>?)_exits ?? [];

    public void Add(FinallyExit exit) => (_exits ??= []).Add(exit);

    /// <summary>Whether a block is visited in this context.</summary>
    public bool Holds(int block) => region is null || (block >= region.FirstBlockOrdinal && block <= region.LastBlockOrdinal);

    /// <summary>Whether a block that ends a handler ends this finally, and not a filter inside it.</summary>
    public bool IsEndedBy(BasicBlock block)
    {
        ControlFlowRegion? around = block.EnclosingRegion;
        while (around is not null &&
            around.Kind is not (ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter or ControlFlowRegionKind.Root))
        {
            around = around.EnclosingRegion;
        }

        return around?.Kind == ControlFlowRegionKind.Finally && around.FirstBlockOrdinal == region?.FirstBlockOrdinal;
    }

    /// <summary>The contexts that a block outside this finally is visited in: those of the code that it was entered from.</summary>
    public IReadOnlyCollection<FlowContext> AroundFor(int block)
    {
        HashSet<FlowContext> found = [];
        HashSet<FlowContext> seen = [this];
        Stack<FlowContext> open = new([this]);
        while (open.Count > 0)
        {
            foreach (FinallyExit exit in open.Pop().Exits)
            {
                if (exit.Outer.Holds(block))
                {
                    found.Add(exit.Outer);
                }
                else if (seen.Add(exit.Outer))
                {
                    open.Push(exit.Outer);
                }
            }
        }

        return found;
    }
}

/// <summary>The contexts in which the blocks of one graph are visited, and the handlers around them.</summary>
internal sealed class FlowContexts(ControlFlowGraph graph)
{
    private readonly FlowContext _outside = new(0, null);

    /// <summary>The contexts of each <c>finally</c>; the number of the first is 1.</summary>
    private List<FlowContext>? _all;
    private SmallMap<FinallyExit, FlowContext> _byExit = new();
    private SmallMap<int, List<FlowContext>> _byRegion = new();
    private SmallMap<ControlFlowRegion, ImmutableArray<ControlFlowRegion>> _handlers = new();
    private readonly bool _hasHandlers = graph.Root.NestedRegions.Length > 0;

    public FlowContext this[int id] => id == 0 ? _outside : _all![id - 1];

    /// <summary>The handlers of the innermost try around a block. Those further out are reached through them.</summary>
    public ImmutableArray<ControlFlowRegion> HandlersOf(BasicBlock block)
    {
        if (!_hasHandlers)
        {
            return ImmutableArray<ControlFlowRegion>.Empty;
        }

        if (block.EnclosingRegion is { } own && _handlers.TryGetValue(own, out ImmutableArray<ControlFlowRegion> known))
        {
            return known;
        }

        ImmutableArray<ControlFlowRegion> handlers = ImmutableArray<ControlFlowRegion>.Empty;
        ControlFlowRegion? found = null;
        // Around the root of a nested function lie regions of the function that holds it, whose handlers are not this graph's.
        for (ControlFlowRegion? region = block.EnclosingRegion;
            region is { Kind: not ControlFlowRegionKind.Root };
            region = region.EnclosingRegion)
        {
            if (_handlers.TryGetValue(region, out handlers))
            {
                break;
            }

            handlers = ImmutableArray<ControlFlowRegion>.Empty;
            found = region;
            if (region is { Kind: ControlFlowRegionKind.Filter, EnclosingRegion: { EnclosingRegion: { } tried } filtered } &&
                tried.NestedRegions.FirstOrDefault(
                    next => IsHandler(next) && next.FirstBlockOrdinal > filtered.FirstBlockOrdinal) is { } further)
            {
                // A filter that answers no leaves what it has written to the next handler.
                handlers = ImmutableArray.Create(further);
                break;
            }

            if (region is { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { } owner })
            {
                handlers = ImmutableArray.CreateRange(owner.NestedRegions.Where(IsHandler));
                break;
            }
        }

        for (ControlFlowRegion? passed = found is null ? null : block.EnclosingRegion; passed is not null; passed = passed.EnclosingRegion)
        {
            _handlers[passed] = handlers;
            if (ReferenceEquals(passed, found))
            {
                break;
            }
        }

        return handlers;
    }

    /// <summary>The context in which a finally runs for a way out of it.</summary>
    /// <param name="exit">The way out.</param>
    /// <param name="isNewExit">Whether a context that has run before now leads to another place, too.</param>
    public FlowContext Enter(FinallyExit exit, out bool isNewExit)
    {
        isNewExit = false;
        if (_byExit.TryGetValue(exit, out FlowContext? known))
        {
            return known;
        }

        int region = exit.Region.FirstBlockOrdinal;
        if (!_byRegion.TryGetValue(region, out List<FlowContext>? contexts))
        {
            _byRegion[region] = contexts = [];
        }

        isNewExit = contexts.Count == FlowLimits.FinallyExits;
        if (isNewExit)
        {
            known = contexts[contexts.Count - 1];
        }
        else
        {
            _all ??= [];
            known = new(_all.Count + 1, exit.Region);
            _all.Add(known);
            contexts.Add(known);
        }

        known.Add(exit);
        _byExit[exit] = known;
        return known;
    }

    private static bool IsHandler(ControlFlowRegion region) =>
        region.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.Finally or ControlFlowRegionKind.FilterAndHandler;
}
