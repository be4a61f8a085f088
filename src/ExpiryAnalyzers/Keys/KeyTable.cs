using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Keys;

/// <summary>
/// Makes the keys of one body, each only once. A key of another body is told in this one's terms by <see cref="Substitute"/>.
/// Nothing here is recursive: keys may be as deep as code is long.
/// </summary>
internal sealed class KeyTable
{
    private readonly Dictionary<Node, Key> _keys = new(NodeComparer.Instance);
    private Key? _unknown;
    private Key? _fickle;
    private Key? _this;

    /// <summary>What cannot be read.</summary>
    public Key Unknown => _unknown ??= Intern(KeyKind.Unknown, null, null, ImmutableArray<Key>.Empty);

    /// <summary>What is something else each time.</summary>
    public Key Fickle => _fickle ??= Intern(KeyKind.Fickle, null, null, ImmutableArray<Key>.Empty);

    /// <summary>The object whose code is read.</summary>
    public Key This => _this ??= Intern(KeyKind.This, null, null, ImmutableArray<Key>.Empty);

    /// <summary>How many keys there are: the work that was done.</summary>
    public int Count => _keys.Count;

    public Key Text(string text) => Intern(KeyKind.Text, text, null, ImmutableArray<Key>.Empty);

    public Key Var(ISymbol variable) => Intern(KeyKind.Var, null, variable, ImmutableArray<Key>.Empty);

    public Key Type(ISymbol type) => Intern(KeyKind.Type, null, type, ImmutableArray<Key>.Empty);

    /// <summary>What an expression makes, that is another thing than what any other expression makes.</summary>
    public Key Made(SyntaxNode syntax) =>
        Intern(KeyKind.Made, syntax.SyntaxTree.FilePath + "@" + syntax.SpanStart, null, ImmutableArray<Key>.Empty);

    public Key Member(ISymbol member, ImmutableArray<Key> parts) => Intern(KeyKind.Member, null, member, parts);

    public Key Call(IMethodSymbol method, ImmutableArray<Key> parts) => Intern(KeyKind.Call, null, method, parts);

    public Key Operation(string name, ISymbol? type, ImmutableArray<Key> parts) => Intern(KeyKind.Operation, name, type, parts);

    public Key Each(Key collection) => Intern(KeyKind.Each, null, null, ImmutableArray.Create(collection));

    /// <summary>A pair or tuple that is made of its parts.</summary>
    public Key Pair(ImmutableArray<Key> parts) => Intern(KeyKind.Pair, null, null, parts);

    /// <summary>A part of a pair: the first is its key. Of one that is made in view, it is what that is made of.</summary>
    public Key Part(Key pair, int place) => pair switch
    {
        { Kind: KeyKind.Pair } when place < pair.Parts.Length => pair.Parts[place],
        { Kind: KeyKind.Round, Symbol: { } variable, Parts: [{ Kind: KeyKind.Pair } made] } => Round(variable, Part(made, place)),
        _ => Intern(KeyKind.Part, place.ToString(CultureInfo.InvariantCulture), null, ImmutableArray.Create(pair)),
    };

    /// <summary>The element that a variable stands for.</summary>
    public Key Round(ISymbol variable, Key element) => Intern(KeyKind.Round, null, variable, ImmutableArray.Create(element));

    /// <summary>A key, with what it is made of.</summary>
    public Key Alias(Key key, Key made) =>
        made.Kind is KeyKind.Unknown or KeyKind.Fickle ? key : Intern(KeyKind.Alias, null, null, ImmutableArray.Create(key, made));

    /// <summary>Parts one behind the other: rows in the row are parts of it, and neighbouring constants are one.</summary>
    public Key Row(IEnumerable<Key> parts)
    {
        List<Key> row = [];
        foreach (Key part in parts)
        {
            if (part.Kind == KeyKind.Row && row.Count + part.Parts.Length <= KeyCaps.RowParts)
            {
                foreach (Key inner in part.Parts)
                {
                    Append(row, inner);
                }
            }
            else
            {
                Append(row, part);
            }

            if (row.Count >= KeyCaps.RowParts)
            {
                Key first = Intern(KeyKind.Row, null, null, row.ToImmutableArray());
                row.Clear();
                row.Add(first);
            }
        }

        return row.Count switch
        {
            0 => Text(""),
            1 => row[0],
            _ => Intern(KeyKind.Row, null, null, row.ToImmutableArray()),
        };
    }

    /// <summary>
    /// A key, of this table or of another, in this one's terms: each variable, or member of <c>this</c>, that is replaced stands for its
    /// value, all at once, and what else hangs on <c>this</c> hangs on the receiver.
    /// </summary>
    public Key Substitute(Key key, IReadOnlyDictionary<ISymbol, Key> values, Key? receiver = null)
    {
        Dictionary<Key, Key> done = new(ReferenceComparer.Instance);
        foreach (Key node in InOrder(key))
        {
            done[node] = node.Kind switch
            {
                KeyKind.Var when values.TryGetValue(node.Symbol!, out Key? value) => value,
                KeyKind.Member when node.Parts is [{ Kind: KeyKind.This }] && values.TryGetValue(node.Symbol!, out Key? value) => value,
                KeyKind.This => receiver ?? This,
                _ => Rebuild(node, node.Parts.Select(part => done[part]).ToImmutableArray()),
            };
        }

        return done[key];
    }

    /// <summary>What hangs on <c>this</c> of another object, in terms of that object.</summary>
    public Key On(Key key, Key receiver) => Substitute(key, NoValues, receiver);

    /// <summary>A key of another table as one of this table.</summary>
    public Key Import(Key key) => Substitute(key, NoValues);

    private static readonly ImmutableDictionary<ISymbol, Key> NoValues =
        ImmutableDictionary.Create<ISymbol, Key>(SymbolEqualityComparer.Default);

    private Key Rebuild(Key node, ImmutableArray<Key> parts) => node.Kind switch
    {
        KeyKind.Row => Row(parts),
        KeyKind.Alias => Alias(parts[0], parts[1]),
        KeyKind.Call when parts.Any(static part => part.IsFickle) => Fickle,
        _ => Intern(node.Kind, node.Text, node.Symbol, parts),
    };

    /// <summary>The nodes of a key, each once, parts before the whole.</summary>
    private static IEnumerable<Key> InOrder(Key key)
    {
        HashSet<Key> seen = new(ReferenceComparer.Instance) { key };
        Stack<Key> open = new([key]);
        while (open.Count > 0)
        {
            foreach (Key part in open.Pop().Parts)
            {
                if (seen.Add(part))
                {
                    open.Push(part);
                }
            }
        }

        return seen.OrderBy(static node => node.Id);
    }

    private void Append(List<Key> row, Key part)
    {
        if (part is { Kind: KeyKind.Text, Text: { } text })
        {
            if (text.Length == 0)
            {
                return;
            }

            if (row.Count > 0 && row[row.Count - 1] is { Kind: KeyKind.Text, Text: { } before } &&
                before.Length + text.Length <= KeyCaps.TextLength)
            {
                row[row.Count - 1] = Text(before + text);
                return;
            }
        }

        row.Add(part);
    }

    private Key Intern(KeyKind kind, string? text, ISymbol? symbol, ImmutableArray<Key> parts)
    {
        Node node = new(kind, text, symbol, parts);
        lock (_keys)
        {
            if (!_keys.TryGetValue(node, out Key? key))
            {
                Key? canonical = CanonicalOf(kind, text, symbol, parts);
                _keys[node] = key = new(_keys.Count, kind, text, symbol, parts, canonical);
            }

            return key;
        }
    }

    /// <summary>The node without what does not tell a key from others; null where it is that already.</summary>
    private Key? CanonicalOf(KeyKind kind, string? text, ISymbol? symbol, ImmutableArray<Key> parts) =>
        kind is KeyKind.Alias or KeyKind.Round ? parts[0].Canonical
        : parts.All(static part => ReferenceEquals(part, part.Canonical)) ? null
        : Intern(kind, text, symbol, parts.Select(static part => part.Canonical).ToImmutableArray());

    private readonly record struct Node(KeyKind Kind, string? Text, ISymbol? Symbol, ImmutableArray<Key> Parts);

    private sealed class NodeComparer : IEqualityComparer<Node>
    {
        public static readonly NodeComparer Instance = new();

        public bool Equals(Node x, Node y)
        {
            if (x.Kind != y.Kind || x.Text != y.Text || x.Parts.Length != y.Parts.Length ||
                !SymbolEqualityComparer.Default.Equals(x.Symbol, y.Symbol))
            {
                return false;
            }

            for (int i = 0; i < x.Parts.Length; i++)
            {
                if (!ReferenceEquals(x.Parts[i], y.Parts[i]))
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode(Node node)
        {
            unchecked
            {
                int hash = ((int)node.Kind * 31) + (node.Text?.GetHashCode() ?? 0);
                hash = (hash * 31) + (node.Symbol is null ? 0 : SymbolEqualityComparer.Default.GetHashCode(node.Symbol));
                foreach (Key part in node.Parts)
                {
                    hash = (hash * 31) + part.Id;
                }

                return hash;
            }
        }
    }

    private sealed class ReferenceComparer : IEqualityComparer<Key>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(Key? x, Key? y) => ReferenceEquals(x, y);

        public int GetHashCode(Key key) => key.Id;
    }
}
