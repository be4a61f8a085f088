using ExpiryAnalyzers.Flow;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ExpiryAnalyzers.Calls;

/// <summary>Two calls on the same key, the second behind the first on some path.</summary>
/// <param name="First">The call that runs first.</param>
/// <param name="Second">The call that runs after it.</param>
/// <param name="IsNextRound">Whether the second runs in a later round of a loop that holds both.</param>
internal readonly record struct CallPair(CacheCall First, CacheCall Second, bool IsNextRound);

/// <summary>A place in the code of a function.</summary>
/// <param name="Block">The block, by its ordinal.</param>
/// <param name="Order">Which call of the block it is.</param>
internal readonly record struct CallPlace(int Block, int Order);

/// <summary>Where the calls of one function run.</summary>
/// <param name="graph">The function.</param>
internal sealed class CallPlaces(ControlFlowGraph graph)
{
    private SmallMap<CacheCall, List<CallPlace>> _places = new();
    private GraphPaths? _paths;

    public void Add(CacheCall call, CallPlace place)
    {
        List<CallPlace> known = _places.TryGetValue(call, out List<CallPlace>? places) ? places : _places[call] = [];
        if (!known.Contains(place))
        {
            known.Add(place);
        }
    }

    /// <summary>Whether a call that has run before another did so in an earlier round of a loop that holds both.</summary>
    public bool IsNextRound(CacheCall first, CallPlace second) =>
        _places.TryGetValue(first, out List<CallPlace>? places) && !places.Exists(place => place.Block == second.Block
            ? place.Order < second.Order
            : (_paths ??= new(graph)).LeadsInOneRound(place.Block, second.Block));
}

/// <summary>A pair as the flow finds it.</summary>
/// <param name="First">The call that runs first.</param>
/// <param name="Second">The call that runs after it.</param>
/// <param name="Places">Where the calls of the function run in which the pair was found; complete when that has been followed.</param>
/// <param name="At">Where the second runs.</param>
internal readonly record struct FoundPair(CacheCall First, CacheCall Second, CallPlaces Places, CallPlace At)
{
    public CallPair ToPair() => new(First, Second, Places.IsNextRound(First, At));
}
