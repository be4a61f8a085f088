using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;

namespace ExpiryAnalyzers.Analysis;

/// <summary>The calls of a body by the key that they are about, whatever the database.</summary>
internal sealed class CallsByKey
{
    private readonly Dictionary<Key, CallGroup> _keys = [];

    public CallsByKey(IReadOnlyList<CacheCall> calls)
    {
        foreach (CacheCall call in calls)
        {
            All.Add(call);
            if (call.Key is not { } key)
            {
                WithoutKey.Add(call);
                continue;
            }

            if (!_keys.TryGetValue(key, out CallGroup? group))
            {
                _keys[key] = group = new();
            }

            group.Add(call);
        }
    }

    /// <summary>All calls of the body.</summary>
    public CallGroup All { get; } = new();

    /// <summary>The calls of which the key is not known.</summary>
    public CallGroup WithoutKey { get; } = new();

    /// <summary>The calls on a key; null where there are none, or where the key is not known.</summary>
    public CallGroup? On(Key? key) => key is not null && _keys.TryGetValue(key, out CallGroup? group) ? group : null;
}

/// <summary>Some calls of one body, in source order.</summary>
internal sealed class CallGroup
{
    private readonly List<CacheCall> _calls = [];
    private readonly Dictionary<(Effect, bool), CacheCall[]> _some = [];
    private readonly Dictionary<Effect, CacheCall[]> _with = [];

    public void Add(CacheCall call) => _calls.Add(call);

    /// <summary>Whether another call than the given one has one of the effects.</summary>
    public bool HasOther(CacheCall call, Effect effects) => Some(effects, isTimed: false).Any(other => !ReferenceEquals(other, call));

    /// <summary>
    /// Whether another call than the given one has one of the effects, or any where none is asked for, and may bring an expiry.
    /// </summary>
    public bool HasOtherTimed(CacheCall call, Effect effects = Effect.None) =>
        Some(effects, isTimed: true).Any(other => !ReferenceEquals(other, call));

    /// <summary>The calls with one of the effects, by where they begin.</summary>
    public IReadOnlyList<CacheCall> With(Effect effects)
    {
        if (!_with.TryGetValue(effects, out CacheCall[]? calls))
        {
            _with[effects] = calls = [.. _calls.Where(call => call.Has(effects)).OrderBy(static call => call.Syntax.SpanStart)];
        }

        return calls;
    }

    /// <summary>The place in <see cref="With"/> of the first call that begins at a position or behind it.</summary>
    public int IndexFrom(Effect effects, int position)
    {
        IReadOnlyList<CacheCall> calls = With(effects);
        int low = 0;
        int high = calls.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (calls[middle].Syntax.SpanStart < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The first two calls of a kind, which tell whether there is one beside any given call.</summary>
    private CacheCall[] Some(Effect effects, bool isTimed)
    {
        if (!_some.TryGetValue((effects, isTimed), out CacheCall[]? some))
        {
            some = [.. _calls.Where(call => (effects == Effect.None || call.Has(effects)) && (!isTimed || call.MayBringExpiry)).Take(2)];
            _some[(effects, isTimed)] = some;
        }

        return some;
    }
}
