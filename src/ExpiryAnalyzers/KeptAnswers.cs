using System.Collections.Concurrent;

namespace ExpiryAnalyzers;

/// <summary>What netstandard2.0 lacks: an answer is kept by a question that needs no object of its own each time it is asked.</summary>
internal static class KeptAnswers
{
    /// <summary>The answer that is kept, or that is made now; where two make it at once, the first stands for both.</summary>
    public static TValue GetOrAdd<TKey, TValue, T>(
        this ConcurrentDictionary<TKey, TValue> kept, TKey key, T argument, Func<TKey, T, TValue> make)
        where TKey : notnull => kept.TryGetValue(key, out TValue? known) ? known : kept.GetOrAdd(key, make(key, argument));
}
