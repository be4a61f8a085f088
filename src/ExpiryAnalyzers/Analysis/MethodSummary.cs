using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Analysis;

/// <summary>All that is asked about one member of the user's own, found by one analysis of its body.</summary>
/// <param name="Wrapper">What the method does with what it is handed; null where it hands nothing to a client.</param>
/// <param name="Returned">The values that it returns; null where it returns none, or one after the other.</param>
/// <param name="Stored">What it hands on of that which the constructors of its type are given.</param>
internal sealed record MemberAnswer(MethodSummary? Wrapper, TimeValues? Returned, IReadOnlyList<HandedOn> Stored);

/// <summary>What a method of the user's own does with what it is handed.</summary>
/// <param name="Method">The method whose body runs.</param>
/// <param name="Sinks">The parameters that reach a sink unchanged.</param>
/// <param name="Calls">The client's calls on keys that the caller can name too: made of parameters, fields and constants.</param>
/// <param name="Scripts">The scripts and raw commands, on keys of the same sort, of which is known what they can touch.</param>
/// <param name="Locks">The locks that it takes for its callers.</param>
internal sealed record MethodSummary(
    IMethodSymbol Method,
    IReadOnlyList<HandedOn> Sinks,
    IReadOnlyList<CacheCall> Calls,
    IReadOnlyList<CacheCall> Scripts,
    IReadOnlyList<HeldLock> Locks)
{
    /// <summary>The parameters that the method makes anew before all else, in terms of what it is handed.</summary>
    public IReadOnlyDictionary<ISymbol, Key> Rewritten { get; init; } = ImmutableDictionary<ISymbol, Key>.Empty;

    /// <summary>Whether it does nothing with the client but to write what it is handed.</summary>
    public bool IsForward { get; init; }

    /// <summary>The one of <see cref="Calls"/> whose answer is all that the method ever returns; null where none is.</summary>
    public CacheCall? Answer { get; init; }

    /// <summary>Whether the method itself never looks at that answer.</summary>
    public bool IsAnswerUnseen { get; init; }

    /// <summary>A key of the method's body in terms of what the method is handed: a parameter that is made anew stands for that.</summary>
    public Key? AsHanded(Key? key, KeyTable keys)
    {
        if (key is null || Rewritten.Count == 0 || !key.Symbols.Any(Rewritten.ContainsKey))
        {
            return key;
        }

        Dictionary<ISymbol, Key> made = new(SymbolEqualityComparer.Default);
        foreach (KeyValuePair<ISymbol, Key> entry in Rewritten)
        {
            made[entry.Key] = keys.Import(entry.Value);
        }

        return keys.Substitute(keys.Import(key), made);
    }
}

/// <summary>A parameter that reaches a sink, as it is or after a known conversion.</summary>
/// <param name="Given">The parameter.</param>
/// <param name="Sink">The sink.</param>
/// <param name="Unit">The unit in which a parameter that is a number is read.</param>
/// <param name="IsStored">Whether the object keeps the value and hands it on later.</param>
/// <param name="IsTested">Whether the value's length is compared with another on the way.</param>
/// <param name="Passage">What becomes of an instant on the way.</param>
internal sealed record HandedOn(IParameterSymbol Given, Sink Sink, TimeUnit Unit, bool IsStored, bool IsTested, Passage Passage)
{
    /// <summary>The parameter's ordinal.</summary>
    public int Parameter => Given.Ordinal;

    /// <summary>Whether an instant is given to several keys, or to one several times.</summary>
    public bool IsShared { get; init; }

    /// <summary>
    /// Whether another implementation of the same member does the same with the same parameter, or with a span what is no milder: a cache
    /// in the process beside one on a server.
    /// </summary>
    public bool StandsFor(HandedOn other)
    {
        bool isAlike = other.Parameter == Parameter && other.Unit == Unit && other.Passage == Passage &&
            other.Sink.IsAbsolute == Sink.IsAbsolute && (IsTested || !other.IsTested);
        return isAlike && (IsOfProcess && !Sink.IsAbsolute ? other.Sink.Ttl is { } its && Sink.Ttl?.IsMildAs(its) == true
            : ReferenceEquals(other.Sink.Library, Sink.Library) && other.Sink.Ttl == Sink.Ttl);
    }

    /// <summary>Whether the sink is of a cache in the process.</summary>
    public bool IsOfProcess => Sink.Innermost.Library.IsInProcess;
}

/// <summary>Tells which lock a call takes for the callers of the method around it; null where it takes none for them.</summary>
internal delegate HeldLock? LockReader(CacheCall call, Body body, IMethodSymbol method);
