using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Symbols;

/// <summary>Words that are looked for in a text, none of whose other words is copied.</summary>
internal sealed class WordSet
{
    private const int Factor = 31;
    private const int Letters = 128;

    private readonly Dictionary<int, string[]> _byHash;
    private readonly int _longest;

    /// <summary>The first letters of the words, as far as they fit: most words of a text are known by theirs to be none of them.</summary>
    private readonly bool[] _starts = new bool[Letters];

    public WordSet(IEnumerable<string> words)
    {
        // Where code is broken, a name may be missing.
        _byHash = words.Where(static word => word.Length > 0).Distinct(StringComparer.Ordinal)
            .GroupBy(static word => HashOf(word, 0, word.Length))
            .ToDictionary(static words => words.Key, static words => words.ToArray());
        _longest = Words.Select(static word => word.Length).DefaultIfEmpty().Max();
        foreach (string word in Words)
        {
            _starts[word[0] % Letters] = true;
        }
    }

    public IEnumerable<string> Words => _byHash.Values.SelectMany(static words => words);

    public bool IsEmpty => _byHash.Count == 0;

    public bool Has(string word) => Find(word, 0, word.Length, HashOf(word, 0, word.Length)) is not null;

    /// <summary>The words of the set in a text, in its order.</summary>
    public IEnumerable<string> In(string text) => In(text, new TextSpan(0, text.Length));

    /// <summary>The words of the set in a piece of a text, in its order.</summary>
    public IEnumerable<string> In(string text, TextSpan span)
    {
        for (int at = span.Start; at < span.End; at++)
        {
            int start = at;
            at = EndOfWord(text, start, span.End);
            if (at > start && at - start <= _longest && _starts[text[start] % Letters] &&
                Find(text, start, at - start, HashOf(text, start, at)) is { } word)
            {
                yield return word;
            }
        }
    }

    private static int EndOfWord(string text, int at, int end)
    {
        while (at < end && IsPart(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Whether a character may be part of a word; of most it is seen without a call.</summary>
    private static bool IsPart(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' ||
        (letter > '\x7f' && SyntaxFacts.IsIdentifierPartCharacter(letter));

    private static int HashOf(string text, int start, int end)
    {
        int hash = 0;
        for (int at = start; at < end; at++)
        {
            hash = unchecked((hash * Factor) + text[at]);
        }

        return hash;
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
}
