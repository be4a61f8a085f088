using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// What was read of the text of source files. An editor makes a compilation at each keystroke, with all files but one as they were: what
/// is known of those is kept as long as they are. Nothing that is kept may know a symbol or a compilation. Thread-safe.
/// </summary>
internal sealed class TreeMemory
{
    private readonly ConditionalWeakTable<SyntaxTree, ConcurrentDictionary<Type, object>> _known = new();

    /// <summary>What is known of a file, by the type that says what it is.</summary>
    public T Of<T>(SyntaxTree tree, Func<SyntaxTree, T> read)
        where T : class
    {
        ConcurrentDictionary<Type, object> known = _known.GetValue(tree, static _ => new());
        return known.TryGetValue(typeof(T), out object? kept) ? (T)kept : (T)known.GetOrAdd(typeof(T), read(tree));
    }
}
