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
    public bool Fits(string name)
    {
        if (place == HintPlace.Word)
        {
            return HasWord(name);
        }

        foreach (string word in words)
        {
            bool fits = place switch
            {
                HintPlace.Whole => name == word,
                HintPlace.Start => name.StartsWith(word, StringComparison.Ordinal),
                HintPlace.End => name.EndsWith(word, StringComparison.Ordinal),
                HintPlace.Part => name.IndexOf(word, StringComparison.Ordinal) >= 0,
                _ => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0,
            };
            if (fits)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a word, taken from a name by itself, is one of the hint's.</summary>
    public bool Includes(string word) => Array.IndexOf(words, word) >= 0;

    /// <summary>
    /// The words of a name in camel case, Pascal case or with underscores, in small letters; a run of capitals is one word.
    /// </summary>
    public static List<string> WordsOf(string name)
    {
        List<string> parts = [];
        for (int start = 0; NextWord(name, ref start) is var end && end > start; start = end)
        {
            parts.Add(name.Substring(start, end - start).ToLowerInvariant());
        }

        return parts;
    }

    /// <summary>Whether one of a name's words is one of the hint's, without making them.</summary>
    private bool HasWord(string name)
    {
        for (int start = 0; NextWord(name, ref start) is var end && end > start; start = end)
        {
            foreach (string word in words)
            {
                if (word.Length == end - start &&
                    string.Compare(name, start, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Where the next word of a name ends; its start where there is none.</summary>
    private static int NextWord(string name, ref int start)
    {
        while (start < name.Length && !char.IsLetter(name[start]))
        {
            start++;
        }

        int end = start;
        while (end < name.Length && char.IsLetter(name[end]) && !(end > start && BeginsWord(name, start, end)))
        {
            end++;
        }

        return end;
    }

    /// <summary>Whether a letter behind the first of a word begins the next one.</summary>
    private static bool BeginsWord(string name, int start, int at)
    {
        // TTLms, TTLSeconds: the capitals are a word of their own.
        bool isTtl = string.CompareOrdinal(name, start, NameHints.Ttl, 0, NameHints.Ttl.Length) == 0;
        return isTtl ? at - start == NameHints.Ttl.Length
            : char.IsUpper(name[at]) && (!char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1])));
    }
}
