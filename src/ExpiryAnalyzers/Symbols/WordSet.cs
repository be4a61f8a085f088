using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Symbols;

/// <summary>Words that are looked for in a text, none of whose other words is copied.</summary>
internal sealed class WordSet
{
    private const int Factor = 31;

    private readonly Dictionary<int, string[]> _byHash;
    private readonly int _longest;

    public WordSet(IEnumerable<string> words)
    {
        _byHash = words.Distinct(StringComparer.Ordinal).GroupBy(static word => HashOf(word))
            .ToDictionary(static words => words.Key, static words => words.ToArray());
        _longest = _byHash.Values.SelectMany(static words => words).Select(static word => word.Length).DefaultIfEmpty().Max();
    }

    public IEnumerable<string> Words => _byHash.Values.SelectMany(static words => words);

    public bool IsEmpty => _byHash.Count == 0;

    public bool Has(string word) => Find(word, 0, word.Length, HashOf(word)) is not null;

    /// <summary>The words of the set in a text, in its order.</summary>
    public IEnumerable<string> In(string text) => In(text, new TextSpan(0, text.Length));

    /// <summary>The words of the set in a piece of a text, in its order.</summary>
    public IEnumerable<string> In(string text, TextSpan span)
    {
        for (int at = span.Start; at < span.End; at++)
        {
            if (!SyntaxFacts.IsIdentifierPartCharacter(text[at]))
            {
                continue;
            }

            int start = at;
            int hash = 0;
            for (; at < span.End && SyntaxFacts.IsIdentifierPartCharacter(text[at]); at++)
            {
                hash = Next(hash, text[at]);
            }

            if (at - start <= _longest && Find(text, start, at - start, hash) is { } word)
            {
                yield return word;
            }
        }
    }

    private string? Find(string text, int start, int length, int hash)
    {
        if (_byHash.TryGetValue(hash, out string[]? words))
        {
            foreach (string word in words)
            {
                if (word.Length == length && string.CompareOrdinal(word, 0, text, start, length) == 0)
                {
                    return word;
                }
            }
        }

        return null;
    }

    private static int HashOf(string word) => word.Aggregate(0, Next);

    private static int Next(int hash, char letter) => unchecked((hash * Factor) + letter);
}
