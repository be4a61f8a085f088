namespace ExpiryAnalyzers.Tool.Inspecting;

/// <summary>How closely a name fits a pattern.</summary>
internal enum KeyFit
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>
    /// It does but for its beginning: the pattern leaves that open, or stands behind a prefix, as a cache or a connection puts in front
    /// of all its keys.
    /// </summary>
    InPart,

    /// <summary>It does as a whole.</summary>
    Whole,
}

/// <summary>What the names of keys look like that a line of the source writes: fixed texts, and what varies between them.</summary>
internal sealed class KeyPattern
{
    /// <summary>The fewest characters of fixed text that tell keys apart.</summary>
    private const int LeastFixed = 3;

    private readonly string[] _texts;
    private readonly bool _isOpenAtStart;
    private readonly bool _isOpenAtEnd;

    private KeyPattern(string[] texts, bool isOpenAtStart, bool isOpenAtEnd, string shown)
    {
        _texts = texts;
        _isOpenAtStart = isOpenAtStart;
        _isOpenAtEnd = isOpenAtEnd;
        Shown = shown;
        Fixed = texts.Sum(static text => text.Length);
    }

    /// <summary>The pattern as it is shown, with <c>*</c> for what varies.</summary>
    public string Shown { get; }

    /// <summary>How many characters are fixed: of two patterns that fit, the one with more says more.</summary>
    public int Fixed { get; }

    /// <summary>The pattern of a key; null where too little is fixed to tell such keys from others.</summary>
    /// <param name="parts">Its fixed texts in order, with a null for each part that varies.</param>
    public static KeyPattern? Of(IReadOnlyList<string?> parts)
    {
        string[] texts = [.. parts.OfType<string>().Where(static text => text.Length > 0)];
        if (!texts.Any(static text => text.Any(char.IsLetter)) || texts.Sum(static text => text.Length) < LeastFixed)
        {
            return null;
        }

        string shown = string.Concat(parts.Select(static part => part ?? "*"));
        return new(texts, parts[0] is null, parts[^1] is null, shown);
    }

    /// <summary>How a key's name fits. What varies may be empty.</summary>
    public KeyFit FitOf(string name) =>
        Fits(name, 0) ? _isOpenAtStart ? KeyFit.InPart : KeyFit.Whole
        : IsBehindPrefix(name) ? KeyFit.InPart
        : KeyFit.None;

    /// <summary>Whether the pattern fits from the end of a word on, such as behind <c>shop:</c>.</summary>
    private bool IsBehindPrefix(string name)
    {
        for (int at = _isOpenAtStart ? -1 : NextOf(name, 0); at > 0; at = NextOf(name, at))
        {
            bool isNewWord = !char.IsLetterOrDigit(name[at - 1]) || !char.IsLetterOrDigit(name[at]);
            if (isNewWord && Fits(name, at))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the first text stands behind a place; -1 where it does not.</summary>
    private int NextOf(string name, int at) => at < name.Length ? name.IndexOf(_texts[0], at + 1, StringComparison.Ordinal) : -1;

    private bool Fits(string name, int start)
    {
        int at = start;
        for (int i = 0; i < _texts.Length; i++)
        {
            string text = _texts[i];
            bool isFirst = i == 0 && !_isOpenAtStart;
            bool isLast = i == _texts.Length - 1 && !_isOpenAtEnd;
            int found = isLast ? name.Length - text.Length
                : isFirst ? at
                : name.IndexOf(text, at, StringComparison.Ordinal);
            if (found < at || (isFirst && found != at) || string.CompareOrdinal(name, found, text, 0, text.Length) != 0)
            {
                return false;
            }

            at = found + text.Length;
        }

        return _isOpenAtEnd || at == name.Length;
    }
}
