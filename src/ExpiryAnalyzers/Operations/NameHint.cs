namespace ExpiryAnalyzers.Operations;

/// <summary>Where in a name a hint's words count.</summary>
internal enum HintPlace
{
    /// <summary>The name is one of the words.</summary>
    Whole,

    /// <summary>The name begins so; letters are compared as they are.</summary>
    Start,

    /// <summary>The name ends so; letters are compared as they are.</summary>
    End,

    /// <summary>The words stand somewhere in the name; letters are compared as they are.</summary>
    Part,

    /// <summary>The words stand somewhere in the name, in capitals or not.</summary>
    AnyCase,

    /// <summary>One of the name's own words (<see cref="NameHint.WordsOf"/>) is one of them.</summary>
    Word,
}

/// <summary>One guess from a name, where nothing but the name tells.</summary>
/// <param name="place">Where the words count.</param>
/// <param name="reason">Why the name is the best that there is, and which way the guess errs.</param>
/// <param name="example">A name that the hint is about.</param>
/// <param name="counterexample">A name like it that the hint is not about.</param>
/// <param name="words">The words.</param>
internal sealed class NameHint(HintPlace place, string reason, string example, string counterexample, params string[] words)
{
    public string Reason => reason;

    public string Example => example;

    public string Counterexample => counterexample;

    public IReadOnlyList<string> Words => words;

    /// <summary>Whether a name gives the hint.</summary>
    public bool Fits(string name) => place switch
    {
        HintPlace.Whole => Includes(name),
        HintPlace.Start => words.Any(word => name.StartsWith(word, StringComparison.Ordinal)),
        HintPlace.End => words.Any(word => name.EndsWith(word, StringComparison.Ordinal)),
        HintPlace.Part => words.Any(word => name.IndexOf(word, StringComparison.Ordinal) >= 0),
        HintPlace.AnyCase => words.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0),
        _ => WordsOf(name).Any(Includes),
    };

    /// <summary>Whether a word, taken from a name by itself, is one of the hint's.</summary>
    public bool Includes(string word) => Array.IndexOf(words, word) >= 0;

    /// <summary>The words of a name in camel case, Pascal case or with underscores, in small letters; a run of capitals is one word.</summary>
    public static List<string> WordsOf(string name)
    {
        List<string> parts = [];
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            // TTLms, TTLSeconds: the capitals are a word of their own.
            bool isTtl = i > start && string.CompareOrdinal(name, start, NameHints.Ttl, 0, NameHints.Ttl.Length) == 0;
            bool isEnd = i == name.Length || !char.IsLetter(name[i]);
            bool isNext = !isEnd && i > start && (isTtl ? i - start == NameHints.Ttl.Length
                : char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))));
            if ((isEnd || isNext) && i > start)
            {
                parts.Add(name.Substring(start, i - start).ToLowerInvariant());
            }

            start = isEnd ? i + 1 : isNext ? i : start;
        }

        return parts;
    }
}
