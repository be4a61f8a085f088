using System.Collections.Immutable;
using System.Text;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Keys;

/// <summary>
/// The shapes of keys: what an expression certainly makes of its fixed parts, with a hole for each that varies. Keys of one type that
/// have one shape are the same sort of key (<c>session:{id}</c>), though not the same key.
/// </summary>
internal sealed class KeyShapes(KeyHelpers helpers)
{
    private readonly Dictionary<Key, bool> _areTexts = [];
    private readonly Dictionary<Key, Parts?> _parts = [];

    private const string Hole = "*";

    /// <summary>What stands before fixed text in a shape.</summary>
    private const string Mark = "'";

    private const string Separator = "\n";

    /// <summary>
    /// The shape of a key; null where nothing fixed tells it from any other key. What hands on what its caller stores, takes all that
    /// varies in the key from there, too, and adds no text of its own, is a wrapper for keys of any sort.
    /// </summary>
    public string? ShapeOf(Key key, bool isForwarded) =>
        PartsOf(key) is { } parts && (parts.HasText || (parts.HasMember && !(isForwarded && parts.IsOnlyHanded)))
            ? string.Join(Separator, parts.List)
            : null;

    /// <summary>The fixed texts of a key in order, with a null for each part that varies; empty where it is too long to be read.</summary>
    public IReadOnlyList<string?> TextsOf(Key key) => PartsOf(key) is { } parts ? [.. parts.List.Select(TextIn)] : [];

    private static string? TextIn(string part) => part.StartsWith(Mark, StringComparison.Ordinal) ? part.Substring(Mark.Length) : null;

    /// <summary>Whether a key has holes, and each is text that the caller hands in.</summary>
    public bool IsHanded(Key key) => PartsOf(key) is { IsOnlyHanded: true };

    /// <summary>The fixed text that a key begins with.</summary>
    public string HeadOf(Key key) => PartsOf(key) is { List: [{ } first, ..] } ? TextIn(first) ?? "" : "";

    private Parts? PartsOf(Key key)
    {
        if (!_parts.TryGetValue(key, out Parts? parts))
        {
            _parts[key] = parts = Read(key);
        }

        return parts;
    }

    private Parts? Read(Key key)
    {
        Parts parts = new();
        Stack<Key> open = new([key]);
        for (int steps = 0; open.Count > 0; steps++)
        {
            if (steps > KeyCaps.ShapeSteps)
            {
                return null;
            }

            Take(open.Pop(), parts, open);
        }

        parts.EndText();
        return parts;
    }

    private void Take(Key key, Parts parts, Stack<Key> open)
    {
        switch (key.Kind)
        {
            case KeyKind.Text:
                parts.AddText(key.Text!);
                break;
            case KeyKind.Row:
                Push(key.Parts, open);
                break;
            case KeyKind.Alias:
                open.Push(key.Parts[1]);
                break;
            case KeyKind.Operation when key is { Parts: [{ } value], Symbol: null }:
                open.Push(value);
                break;
            case KeyKind.Member when key.Parts is [] or [{ Kind: KeyKind.This }]:
                parts.AddMember(key.Symbol!.ContainingSymbol.ToDisplayString() + "." + key.Symbol.Name);
                break;
            case KeyKind.Call when helpers.Purity.Types.Is(key.Symbol, KnownMember.SameText):
                open.Push(key.Parts[0]);
                break;
            case KeyKind.Call when MakesKeys(key):
                // A helper that makes keys, too long to be looked into: it stands for what is fixed.
                parts.AddMember(((IMethodSymbol)key.Symbol!).OriginalDefinition.ToDisplayString());
                parts.HasText = true;
                Push(key.Parts.RemoveRange(0, key.Symbol.IsStatic ? 0 : 1), open);
                break;
            default:
                parts.AddHole(IsText(key));
                break;
        }
    }

    private static void Push(IReadOnlyList<Key> parts, Stack<Key> open)
    {
        for (int i = parts.Count - 1; i >= 0; i--)
        {
            open.Push(parts[i]);
        }
    }

    private bool MakesKeys(Key call) =>
        call.Symbol is IMethodSymbol { Parameters.IsEmpty: false, OriginalDefinition: { } method } && helpers.Purity.IsInSource(method) &&
        (helpers.WritesText(method) || (helpers.IsOutOfView(method) && IsNamedForKeys(method)));

    private static bool IsNamedForKeys(IMethodSymbol method) =>
        NameHints.KeyHelpers.Fits(method.Name) || NameHints.KeyHelpers.Fits(method.ContainingType.Name);

    /// <summary>Whether a key is text that a caller hands in, or is made of such text; a number or a GUID is not.</summary>
    private bool IsText(Key key)
    {
        Stack<Key> open = new([key]);
        while (open.Count > 0)
        {
            Key next = open.Peek();
            int waiting = open.Count;
            foreach (Key part in next.Kind == KeyKind.Call && !_areTexts.ContainsKey(next) ? next.Parts : ImmutableArray<Key>.Empty)
            {
                if (!_areTexts.ContainsKey(part))
                {
                    open.Push(part);
                }
            }

            if (open.Count == waiting)
            {
                _areTexts[open.Pop()] = IsTextByParts(next);
            }
        }

        return _areTexts[key];
    }

    private bool IsTextByParts(Key key) => key switch
    {
        { Kind: KeyKind.Var, Symbol: IParameterSymbol parameter } => IsOpen(parameter.Type),
        { Kind: KeyKind.Round or KeyKind.Each or KeyKind.Part } => IsTextOrList(key.Parts[0]),
        { Kind: KeyKind.Call } => key.Parts.Any(part => _areTexts[part]) &&
            key.Parts.All(part => part.Kind is KeyKind.Text or KeyKind.This || _areTexts[part]),
        _ => false,
    };

    private static bool IsTextOrList(Key key)
    {
        while (key.Kind is KeyKind.Each or KeyKind.Part)
        {
            key = key.Parts[0];
        }

        return key is { Kind: KeyKind.Var, Symbol: IParameterSymbol };
    }

    private bool IsOpen(ITypeSymbol type) =>
        helpers.Purity.IsText(type) || type.TypeKind == TypeKind.TypeParameter || type.SpecialType == SpecialType.System_Object;

    /// <summary>The parts of a key, in order.</summary>
    private sealed class Parts
    {
        public List<string> List { get; } = [];

        /// <summary>Whether there is fixed text that says something.</summary>
        public bool HasText { get; set; }

        public bool HasMember { get; private set; }

        /// <summary>Whether there are holes, and the caller fills each.</summary>
        public bool IsOnlyHanded => _holes > 0 && _handed == _holes;

        private readonly StringBuilder _text = new();
        private int _holes;
        private int _handed;

        public void AddText(string text)
        {
            HasText = HasText || text.Any(char.IsLetter);
            _text.Append(text);
        }

        /// <summary>What follows is no longer part of the same fixed text.</summary>
        public void EndText()
        {
            if (_text.Length > 0)
            {
                List.Add(Mark + _text);
                _text.Clear();
            }
        }

        public void AddMember(string name)
        {
            EndText();
            HasMember = true;
            List.Add(name);
        }

        /// <summary>A part that varies.</summary>
        public void AddHole(bool isHanded)
        {
            EndText();
            _holes++;
            _handed += isHanded ? 1 : 0;
            List.Add(Hole);
        }
    }
}
