using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ExpiryAnalyzers.Calls;

/// <summary>Where a call runs, and who is told.</summary>
/// <param name="At">The place.</param>
/// <param name="Function">The nested function that the call is reached through; null where it stands in the function that is
/// followed.</param>
/// <param name="Places">The places of the calls that have run in that function.</param>
/// <param name="Pairs">Takes the pairs.</param>
internal readonly record struct CallVisit(CallPlace At, SyntaxNode? Function, CallPlaces Places, ICallPairs Pairs);

/// <summary>Takes the pairs that the flow finds.</summary>
internal interface ICallPairs
{
    void Add(FoundPair pair);
}

/// <summary>
/// Tells which calls of a body are open at a point, by key: what a call that runs does to them, and which pairs it makes.
/// </summary>
internal sealed class CallOrder
{
    private readonly Func<CacheCall, Key?> _databaseOf;

    /// <summary>The group of each call, by the call's number: the calls on one key of one database.</summary>
    private readonly int[] _groups;

    /// <summary>The database of each group.</summary>
    private readonly List<Key?> _databases = [];
    private SmallMap<(Key Key, Key? Database), int> _groupOf = new();
    private SmallMap<Key, List<int>> _groupsOfKey = new();
    private SmallMap<ISymbol, List<int>> _groupsOfSymbol = new(SymbolEqualityComparer.Default);

    /// <param name="calls">The body's calls.</param>
    /// <param name="databaseOf">The database that a call goes to, also by way of a transaction.</param>
    public CallOrder(ImmutableArray<CacheCall> calls, Func<CacheCall, Key?> databaseOf)
    {
        _databaseOf = databaseOf;
        _groups = calls.IsEmpty ? [] : new int[calls.Length];
        foreach (CacheCall call in calls)
        {
            if (call.Key is not { } key)
            {
                continue;
            }

            Key? database = databaseOf(call);
            bool isNew = !_groupOf.TryGetValue((key, database), out int group);
            if (isNew)
            {
                _groupOf[(key, database)] = group = _databases.Count;
                _databases.Add(database);
                _groupsOfKey.AddTo(key, group);
                AddDepending(key.Symbols, group);
            }

            _groups[call.Number] = group;
            if (isNew || !Equals(call.Database, database))
            {
                AddDepending(call.Database?.Symbols ?? Key.NoSymbols, group);
            }
        }
    }

    private void AddDepending(ImmutableArray<ISymbol> symbols, int group)
    {
        foreach (ISymbol symbol in symbols)
        {
            HasMembers = HasMembers || symbol is IFieldSymbol { IsReadOnly: false, IsConst: false } or
                IPropertySymbol { SetMethod.IsInitOnly: false };
            List<int> groups = _groupsOfSymbol.TryGetValue(symbol, out List<int>? known) ? known : _groupsOfSymbol[symbol] = [];
            if (groups.Count == 0 || groups[groups.Count - 1] != group)
            {
                groups.Add(group);
            }
        }
    }

    /// <summary>Whether a write to the symbol changes a key or a database of the body.</summary>
    public bool IsNamedBy(ISymbol symbol) => _groupsOfSymbol.ContainsKey(symbol);

    /// <summary>Whether keys of the body are made of fields or properties that may be written.</summary>
    public bool HasMembers { get; private set; }

    /// <summary>What is open once something may have happened to a key.</summary>
    public PersistentMap<OpenCalls> Changed(PersistentMap<OpenCalls> open, Key key)
    {
        if (_groupsOfKey.TryGetValue(key, out List<int>? groups))
        {
            foreach (int group in groups)
            {
                open = open.With(group, null);
            }
        }

        return open;
    }

    /// <summary>What is open once a variable, field or property that keys are made of is another.</summary>
    public PersistentMap<OpenCalls> Written(PersistentMap<OpenCalls> open, ISymbol symbol)
    {
        if (open.IsEmpty || !_groupsOfSymbol.TryGetValue(symbol, out List<int>? groups))
        {
            return open;
        }

        foreach (int group in groups)
        {
            if (open[group] is { } calls)
            {
                open = open.With(group, Without(calls, call => call.DependsOn(symbol)));
            }
        }

        return open;
    }

    /// <summary>
    /// A call runs: it pairs with the calls on its key behind it, ends what it makes void, and stands open itself. The calls of one
    /// nested function are paired where that one is followed.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="open">What is open before it.</param>
    /// <param name="visit">Where it runs.</param>
    public PersistentMap<OpenCalls> Reached(CacheCall call, PersistentMap<OpenCalls> open, CallVisit visit)
    {
        if (call.Has(Effect.Opaque))
        {
            return Touched(call, open);
        }

        if (call.Key is null)
        {
            return open;
        }

        int group = _groups[call.Number];
        OpenCalls calls = open[group] ?? OpenCalls.None;

        // What a transaction holds stays together; what runs on the database behind it does not belong to it. Nor is a transaction
        // that only expires one with the store before it; behind a read it may be one that runs under a condition.
        bool isPlain = call.Receiver is ReceiverKind.Database or ReceiverKind.Batch;
        bool isAlone = call.Receiver == ReceiverKind.Transaction && call.Has(Effect.SetExpiry) &&
            !calls.All.Any(first => first.Value is { Receiver: ReceiverKind.Transaction } queued && AreOfOneKey(queued, call));
        if ((isPlain || isAlone) && !calls.IsEmpty)
        {
            Pair(call, calls, isPlain, visit);
        }

        if (!calls.IsEmpty && call.Has(Effect.Change | Effect.SetExpiry | Effect.Persist))
        {
            calls = Ended(calls, call) ?? OpenCalls.None;
        }

        if (isPlain || (call.Receiver == ReceiverKind.Transaction && !call.Has(Effect.SetExpiry)))
        {
            calls = With(calls, call);
            visit.Places.Add(call, visit.At);
        }

        return open.With(group, calls.IsEmpty ? null : calls);
    }

    /// <summary>A script runs: it may do anything to the keys that it can touch.</summary>
    private PersistentMap<OpenCalls> Touched(CacheCall script, PersistentMap<OpenCalls> open)
    {
        if (script.Touched is not { } keys || script.Database is not { } database)
        {
            return default;
        }

        foreach (int group in keys.SelectMany(key => _groupsOfKey.TryGetValue(key, out List<int>? groups) ? groups : []))
        {
            if (open[group] is { } calls)
            {
                open = open.With(group, Without(calls, first => database.Equals(first.Database)));
            }
        }

        return open;
    }

    private void Pair(CacheCall call, OpenCalls calls, bool isPlain, CallVisit visit)
    {
        // Only an expire looks back at what was read or stored; a store looks for the TTL that the key had.
        foreach (KeyValuePair<int, CacheCall> open in call.Has(Effect.SetExpiry) ? calls.All : calls.Others.Entries())
        {
            CacheCall first = open.Value;
            if ((isPlain || first.LeavesNoTtl) && visit.Function?.Span.Contains(first.Syntax.Span) != true && AreOfOneKey(first, call))
            {
                visit.Pairs.Add(new(first, call, visit.Places, visit.At));
            }
        }
    }

    /// <summary>What a call leaves open of what was before it: the TTL is another, or what was read no longer stands.</summary>
    private OpenCalls? Ended(OpenCalls calls, CacheCall call)
    {
        bool endsAll = call.Has(Effect.SetExpiry | Effect.Persist | Effect.Delete) || (call.Has(Effect.Overwrite) && call.MayBringExpiry);
        return Without(
            calls,
            first => (endsAll || (first.Has(Effect.Read) && !first.Has(Effect.Store))) && AreOfOneKey(first, call),
            isForStores: endsAll);
    }

    private OpenCalls With(OpenCalls known, CacheCall call)
    {
        int number = call.Number;
        return call.LeavesNoTtl ? known with { Stores = known.Stores.With(number, call) }
            : call.Has(Effect.Read) && !call.Has(Effect.SetExpiry | Effect.AskExpiry | Effect.Store)
                ? known with { Reads = known.Reads.With(number, call) }
            : known with { Others = known.Others.With(number, call) };
    }

    private static OpenCalls? Without(OpenCalls calls, Func<CacheCall, bool> isClosed, bool isForStores = true)
    {
        OpenCalls left = new(
            Without(calls.Reads, isClosed), isForStores ? Without(calls.Stores, isClosed) : calls.Stores, Without(calls.Others, isClosed));
        return left.IsEmpty ? null : left;
    }

    private static PersistentMap<CacheCall> Without(PersistentMap<CacheCall> calls, Func<CacheCall, bool> isClosed)
    {
        PersistentMap<CacheCall> left = calls;
        if (calls.IsEmpty)
        {
            return left;
        }

        foreach (KeyValuePair<int, CacheCall> open in calls.Entries())
        {
            left = isClosed(open.Value) ? left.With(open.Key, null) : left;
        }

        return left;
    }

    /// <summary>Whether both calls certainly are about the same key of the same database, also where one of them is queued on it.</summary>
    private bool AreOfOneKey(CacheCall first, CacheCall second) => first.SharesKeyWith(second) ||
        (first.Receiver != second.Receiver && first.Key?.Equals(second.Key) == true &&
            _databaseOf(first) is { } database && database.Equals(_databaseOf(second)));
}
