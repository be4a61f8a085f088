using System.Globalization;

namespace ExpiryAnalyzers.Calls;

/// <summary>What a script is given from outside: <c>KEYS[n]</c>, <c>ARGV[n]</c>, or <c>@name</c> of a prepared script.</summary>
/// <param name="Source"><c>KEYS</c>, <c>ARGV</c>, or the name behind the <c>@</c>.</param>
/// <param name="Index">The index, from 1; 0 for a name.</param>
internal readonly record struct LuaInput(string Source, int Index)
{
    public const string Keys = "KEYS";
    public const string Values = "ARGV";
}

/// <summary>One argument of a command: a literal, something from outside, or neither, which says nothing.</summary>
/// <param name="Text">The literal.</param>
/// <param name="Input">What comes from outside.</param>
/// <param name="Factor">The constant by which the script multiplies it.</param>
internal readonly record struct LuaArgument(string? Text, LuaInput? Input, double Factor = 1);

/// <summary>A command that a script sends, with the arguments behind its name.</summary>
internal sealed record LuaCommand(string Name, IReadOnlyList<LuaArgument> Arguments);

/// <summary>
/// What a Lua script asks of Redis, as far as its words tell: no grammar, no flow. A local counts as what it is made of where it is
/// made once; everything else says nothing.
/// </summary>
internal sealed class LuaText
{
    /// <summary>Longer scripts are left alone.</summary>
    private const int MaxLength = 20_000;

    /// <summary>How many locals, each made of the next, and conversions are followed.</summary>
    private const int MaxChain = 4;

    /// <summary>Members of <c>redis</c> that touch no key.</summary>
    private static readonly HashSet<string> Harmless =
        ["log", "status_reply", "error_reply", "sha1hex", "setresp", "replicate_commands", "LOG_DEBUG", "LOG_VERBOSE", "LOG_NOTICE",
            "LOG_WARNING"];

    /// <summary>Behind these an expression goes on.</summary>
    private static readonly HashSet<string> Continuing =
        ["*", "/", "+", "-", "%", "^", "..", ".", "[", "(", ":", "==", "~=", "<", ">", "<=", ">=", "and", "or"];

    /// <summary>By these it hangs on something whether a command is sent, and how often.</summary>
    private static readonly HashSet<string> Deciding = ["if", "and", "or", "for", "while", "repeat", "function", "goto"];

    private readonly IReadOnlyList<Token> _tokens;
    private readonly Dictionary<string, int> _writes = [];
    private readonly Dictionary<string, int> _definitions = [];
    private readonly HashSet<string> _aliases = [];
    private readonly HashSet<int> _understood = [];
    private readonly HashSet<LuaInput> _tested = [];
    private readonly HashSet<LuaInput> _asked = [];
    private readonly List<LuaCommand> _commands = [];
    private bool _testsAll;

    private LuaText(IReadOnlyList<Token> tokens)
    {
        _tokens = tokens;
        FindNames();
        FindCommands();
        FindTests();
    }

    private enum TokenKind
    {
        /// <summary>Behind the last one.</summary>
        End,
        Name,
        Text,
        Number,
        Symbol,
    }

    public IReadOnlyList<LuaCommand> Commands => _commands;

    /// <summary>Whether <see cref="Commands"/> are all that the script may send.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Whether the script certainly sends all of its commands, and no others, one behind the other.</summary>
    public bool IsStraight =>
        IsWhole && !_tokens.Any(static token => token.Kind == TokenKind.Name && Deciding.Contains(token.Text));

    /// <summary>The script's words; null where it is too long, or no Lua.</summary>
    public static LuaText? Of(string text) => text.Length <= MaxLength && Tokenize(text) is { } tokens ? new(tokens) : null;

    /// <summary>Whether the script uses an input for more than as an argument: it may look at it before it sends it.</summary>
    public bool IsTested(LuaInput input) => _testsAll || _tested.Contains(input);

    /// <summary>
    /// Whether the script looks at an input only to compare it with something: not to ask whether there is one, nor with a stand-in.
    /// </summary>
    public bool Compares(LuaInput input) => !_testsAll && _tested.Contains(input) && !_asked.Contains(input);

    private Token At(int position) => position >= 0 && position < _tokens.Count ? _tokens[position] : default;

    /// <summary>Counts where each name gets a value, and finds what the locals are made of.</summary>
    private void FindNames()
    {
        for (int i = 0; i < _tokens.Count; i++)
        {
            Token token = At(i);
            if (token.Is("function") || token.Is("for"))
            {
                // Parameters and loop variables have other values each time.
                for (int j = i + 1; j < _tokens.Count && !At(j).Is(")") && !At(j).Is("in") && !At(j).Is("="); j++)
                {
                    Write(j, 2);
                }
            }
            else if (token.Is("local"))
            {
                if (At(i + 2).Is("="))
                {
                    _definitions[At(i + 1).Text] = i + 3;
                    if (At(i + 3).Is("redis") && At(i + 4).Is(".") && IsCall(At(i + 5)) && !At(i + 6).Is("("))
                    {
                        _aliases.Add(At(i + 1).Text);
                    }
                }

                for (int j = i + 1; At(j + 1).Is(","); j += 2)
                {
                    Write(j, 2);
                    Write(j + 2, 2);
                }
            }
            else if (At(i + 1).Is("=") && !At(i - 1).Is("."))
            {
                Write(i, 1);
            }
        }
    }

    private void Write(int position, int count)
    {
        if (At(position) is { Kind: TokenKind.Name, Text: { } name })
        {
            _writes[name] = (_writes.TryGetValue(name, out int before) ? before : 0) + count;
        }
    }

    private void FindCommands()
    {
        for (int i = 0; i < _tokens.Count; i++)
        {
            Token token = At(i);
            if (token.Is("load") || token.Is("loadstring") || token.Is("_G"))
            {
                IsWhole = false;
            }
            else if (token.Is("redis") && !At(i - 1).Is("."))
            {
                if (At(i + 1).Is(".") && IsCall(At(i + 2)) && At(i + 3).Is("("))
                {
                    FindCommand(i + 4);
                }
                else if (!(At(i + 1).Is(".") &&
                    (Harmless.Contains(At(i + 2).Text) || (At(i - 1).Is("=") && _aliases.Contains(At(i - 2).Text)))))
                {
                    IsWhole = false;
                }
            }
            else if (token.Kind == TokenKind.Name && _aliases.Contains(token.Text) && !At(i - 1).Is("local"))
            {
                if (_writes.TryGetValue(token.Text, out int writes) && writes == 1 && At(i + 1).Is("("))
                {
                    FindCommand(i + 2);
                }
                else
                {
                    IsWhole = false;
                }
            }
        }
    }

    private void FindCommand(int position)
    {
        if (At(position) is not { Kind: TokenKind.Text, Text: { } name })
        {
            IsWhole = false;
            return;
        }

        List<LuaArgument> arguments = [];
        position++;
        while (At(position).Is(","))
        {
            int start = position + 1;
            if (Simple(start, MaxChain, out int next) is { } argument && (At(next).Is(",") || At(next).Is(")")))
            {
                arguments.Add(argument);
                Understand(start, next);
                position = next;
                continue;
            }

            // A list spread out moves all that is behind it.
            position = Skip(start);
            for (int i = start; i < position; i++)
            {
                if (At(i).Is("unpack"))
                {
                    IsWhole = false;
                    return;
                }
            }

            arguments.Add(default);
        }

        if (At(position).Is(")"))
        {
            _commands.Add(new(name, arguments));
        }
        else
        {
            IsWhole = false;
        }
    }

    /// <summary>The end of an argument.</summary>
    private int Skip(int position)
    {
        int depth = 0;
        for (; position < _tokens.Count; position++)
        {
            Token token = At(position);
            if (token.Is("(") || token.Is("{") || token.Is("["))
            {
                depth++;
            }
            else if (depth == 0 && (token.Is(",") || token.Is(")")))
            {
                break;
            }
            else if (token.Is(")") || token.Is("}") || token.Is("]"))
            {
                depth--;
            }
        }

        return position;
    }

    /// <summary>What is used, but neither sent nor held by a local, may decide whether it is sent.</summary>
    private void FindTests()
    {
        foreach (KeyValuePair<string, int> definition in _definitions)
        {
            if (Simple(definition.Value, MaxChain, out int next) is not null)
            {
                Understand(definition.Value, next);
            }
        }

        for (int i = 0; i < _tokens.Count; i++)
        {
            if (_understood.Contains(i) || At(i).Kind != TokenKind.Name || At(i - 1).Is("local"))
            {
                continue;
            }

            if (Primary(i, MaxChain, out int next) is { Input: { } input })
            {
                _tested.Add(input);
                if (!IsCompared(i, next))
                {
                    _asked.Add(input);
                }
            }
            else if (At(i).Is(LuaInput.Values))
            {
                _testsAll = true;
            }
        }
    }

    private bool IsCompared(int start, int end) => (IsEquality(At(start - 1)) && !At(start - 2).Is("nil")) ||
        (IsEquality(At(end)) && !At(end + 1).Is("nil"));

    private static bool IsEquality(Token token) => token.Is("==") || token.Is("~=");

    private void Understand(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            _understood.Add(i);
        }
    }

    /// <summary>An expression that is one input or literal, perhaps multiplied by a constant; null where it is more.</summary>
    private LuaArgument? Simple(int position, int chain, out int next)
    {
        if (Primary(position, chain, out next) is not { } argument)
        {
            return null;
        }

        if (At(next).Is("*") && Primary(next + 1, chain, out int end) is { } factor)
        {
            next = end;
            (LuaArgument input, LuaArgument number) = argument.Input is null ? (factor, argument) : (argument, factor);
            if (input.Input is null || number.Text is null ||
                !double.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double by))
            {
                return null;
            }

            argument = input with { Factor = input.Factor * by };
        }

        return At(next) is { Kind: TokenKind.Symbol or TokenKind.Name } behind && Continuing.Contains(behind.Text) ? null : argument;
    }

    private LuaArgument? Primary(int position, int chain, out int next)
    {
        Token token = At(position);
        next = position + 1;
        switch (token.Kind)
        {
            case TokenKind.Text or TokenKind.Number:
                return new(token.Text, null);
            case TokenKind.Name when token.Text is LuaInput.Keys or LuaInput.Values:
                next = position + 4;
                return At(position + 1).Is("[") && At(position + 2).Kind == TokenKind.Number && At(position + 3).Is("]") &&
                    int.TryParse(At(position + 2).Text, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                        ? new(null, new(token.Text, index))
                        : null;
            case TokenKind.Name when token.Text is "tonumber" or "tostring" && chain > 0 && At(position + 1).Is("("):
                LuaArgument? inner = Simple(position + 2, chain - 1, out int end);
                next = end + 1;
                return At(end).Is(")") ? inner : null;
            case TokenKind.Name when token.Text[0] == '@':
                return new(null, new(token.Text.Substring(1), 0));
            case TokenKind.Name
                when chain > 0 && !At(position - 1).Is(".") && _definitions.TryGetValue(token.Text, out int definition) &&
                    _writes.TryGetValue(token.Text, out int writes) && writes == 1 && definition != position:
                return Simple(definition, chain - 1, out _);
            default:
                return null;
        }
    }

    private static bool IsCall(Token token) => token.Is("call") || token.Is("pcall");

    private static List<Token>? Tokenize(string text)
    {
        List<Token> tokens = [];
        int i = 0;
        while (i < text.Length)
        {
            char c = text[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c == '-' && i + 1 < text.Length && text[i + 1] == '-')
            {
                i = EndOfComment(text, i);
            }
            else if (c == '[' && LongBracket(text, i) is var (content, behind))
            {
                tokens.Add(new(TokenKind.Text, content));
                i = behind;
            }
            else if (c is '\'' or '"')
            {
                int end = EndOfQuoted(text, i);
                if (end >= text.Length)
                {
                    return null;
                }

                tokens.Add(new(TokenKind.Text, text.Substring(i + 1, end - i - 1)));
                i = end + 1;
            }
            else if (char.IsDigit(c))
            {
                int end = EndOfWord(text, i, '.');
                tokens.Add(new(TokenKind.Number, text.Substring(i, end - i)));
                i = end;
            }
            else if (char.IsLetter(c) || c is '_' or '@')
            {
                int end = EndOfWord(text, i + 1, '_');
                tokens.Add(new(TokenKind.Name, text.Substring(i, end - i)));
                i = end;
            }
            else
            {
                int length = i + 1 < text.Length && text.Substring(i, 2) is "==" or "~=" or "<=" or ">=" or ".." ? 2 : 1;
                tokens.Add(new(TokenKind.Symbol, text.Substring(i, length)));
                i += length;
            }
        }

        return tokens;
    }

    /// <summary>Where a comment ends: with its line, or with its long bracket.</summary>
    private static int EndOfComment(string text, int start)
    {
        if (LongBracket(text, start + 2) is var (_, after))
        {
            return after;
        }

        int end = text.IndexOf('\n', start);
        return end < 0 ? text.Length : end;
    }

    /// <summary>Where the quotation mark is that ends a text; behind the script where there is none.</summary>
    private static int EndOfQuoted(string text, int start)
    {
        int end = start + 1;
        while (end < text.Length && text[end] != text[start])
        {
            end += text[end] == '\\' ? 2 : 1;
        }

        return end;
    }

    /// <summary>Where letters, digits and one more sign end.</summary>
    private static int EndOfWord(string text, int start, char sign)
    {
        int end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == sign))
        {
            end++;
        }

        return end;
    }

    /// <summary>The text between <c>[[</c> and <c>]]</c> or <c>[=[</c> and <c>]=]</c>, and where it ends.</summary>
    private static (string Content, int After)? LongBracket(string text, int start)
    {
        int level = start + 1;
        while (level < text.Length && text[level] == '=')
        {
            level++;
        }

        if (start >= text.Length || text[start] != '[' || level >= text.Length || text[level] != '[')
        {
            return null;
        }

        string close = "]" + new string('=', level - start - 1) + "]";
        int end = text.IndexOf(close, level + 1, StringComparison.Ordinal);
        return end < 0 ? (text.Substring(level + 1), text.Length) : (text.Substring(level + 1, end - level - 1), end + close.Length);
    }

    private readonly record struct Token(TokenKind Kind, string Text)
    {
        public bool Is(string text) => Kind is TokenKind.Name or TokenKind.Symbol && Text == text;
    }
}
