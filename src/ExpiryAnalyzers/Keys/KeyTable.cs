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
    private const int FirstPlaces = 8;

    /// <summary>2^32 over the golden ratio, by which neighbours come to lie apart.</summary>
    private const int Spread = unchecked((int)2_654_435_769);

    private readonly object _gate = new();

    /// <summary>The keys, each at the place that its hash tells or the next free one behind it.</summary>
    private Key?[] _keys = new Key?[FirstPlaces];
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
    public int Count { get; private set; }

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
    public Key Substitute(Key key, IReadOnlyDictionary<ISymbol, Key>? values, Key? receiver = null)
    {
        if (key.Parts.IsEmpty)
        {
            return Given(key, values, receiver) ?? Rebuild(key, key.Parts);
        }

        SmallMap<Key, Key> done = new(ReferenceComparer.Instance);
        foreach (Key node in InOrder(key))
        {
            if (Given(node, values, receiver) is { } given)
            {
                done[node] = given;
                continue;
            }

            ImmutableArray<Key>.Builder parts = ImmutableArray.CreateBuilder<Key>(node.Parts.Length);
            foreach (Key part in node.Parts)
            {
                parts.Add(done[part]);
            }

            done[node] = Rebuild(node, parts.MoveToImmutable());
        }

        return done[key];
    }

    /// <summary>What stands for a key as a whole; null where it is made of its parts.</summary>
    private Key? Given(Key node, IReadOnlyDictionary<ISymbol, Key>? values, Key? receiver)
    {
        bool isNamed = node.Kind == KeyKind.Var || (node.Kind == KeyKind.Member && node.Parts is [{ Kind: KeyKind.This }]);
        return isNamed && values is not null && values.TryGetValue(node.Symbol!, out Key? value) ? value
            : node.Kind == KeyKind.This ? receiver ?? This
            : null;
    }

    /// <summary>What hangs on <c>this</c> of another object, in terms of that object.</summary>
    public Key On(Key key, Key receiver) => Substitute(key, null, receiver);

    /// <summary>A key of another table as one of this table.</summary>
    public Key Import(Key key) => Substitute(key, null);

    private Key Rebuild(Key node, ImmutableArray<Key> parts) => node.Kind switch
    {
        KeyKind.Row => Row(parts),
        KeyKind.Alias => Alias(parts[0], parts[1]),
        KeyKind.Call when parts.Any(static part => part.IsFickle) => Fickle,
        _ => Intern(node.Kind, node.Text, node.Symbol, parts),
    };

    /// <summary>The nodes of a key, each once, parts before the whole.</summary>
    private static List<Key> InOrder(Key key)
    {
        SmallMap<Key, bool> seen = new(ReferenceComparer.Instance);
        List<Key> nodes = [key];
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (Key part in nodes[i].Parts)
            {
                if (!seen.ContainsKey(part))
                {
                    seen[part] = true;
                    nodes.Add(part);
                }
            }
        }

        nodes.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        return nodes;
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
        int hash = HashOf(kind, text, symbol, parts);
        lock (_gate)
        {
            if (Find(kind, text, symbol, parts, hash) is { } known)
            {
                return known;
            }

            Key? canonical = CanonicalOf(kind, text, symbol, parts);
            Key key = new(Count++, kind, text, symbol, parts, canonical) { Hash = hash };
            Add(key);
            return key;
        }
    }

    /// <summary>The node without what does not tell a key from others; null where it is that already.</summary>
    private Key? CanonicalOf(KeyKind kind, string? text, ISymbol? symbol, ImmutableArray<Key> parts) =>
        kind is KeyKind.Alias or KeyKind.Round ? parts[0].Canonical
        : parts.All(static part => ReferenceEquals(part, part.Canonical)) ? null
        : Intern(kind, text, symbol, parts.Select(static part => part.Canonical).ToImmutableArray());

    private Key? Find(KeyKind kind, string? text, ISymbol? symbol, ImmutableArray<Key> parts, int hash)
    {
        int place = hash & (_keys.Length - 1);
        while (_keys[place] is { } key)
        {
            if (key.Hash == hash && key.Kind == kind && key.Text == text && SymbolEqualityComparer.Default.Equals(key.Symbol, symbol) &&
                AreSame(key.Parts, parts))
            {
                return key;
            }

            place = (place + 1) & (_keys.Length - 1);
        }

        return null;
    }

    /// <summary>Adds a key; a quarter of the places stays free, so that a search comes to its end.</summary>
    private void Add(Key added)
    {
        if (Count > _keys.Length / 4 * 3)
        {
            Key?[] before = _keys;
            _keys = new Key?[2 * before.Length];
            foreach (Key? key in before)
            {
                if (key is not null)
                {
                    Place(key);
                }
            }
        }

        Place(added);
    }

    private void Place(Key key)
    {
        int place = key.Hash & (_keys.Length - 1);
        while (_keys[place] is not null)
        {
            place = (place + 1) & (_keys.Length - 1);
        }

        _keys[place] = key;
    }

    private static bool AreSame(ImmutableArray<Key> one, ImmutableArray<Key> other)
    {
        bool areSame = one.Length == other.Length;
        for (int i = 0; areSame && i < one.Length; i++)
        {
            areSame = ReferenceEquals(one[i], other[i]);
        }

        return areSame;
    }

    private static int HashOf(KeyKind kind, string? text, ISymbol? symbol, ImmutableArray<Key> parts)
    {
        unchecked
        {
            int hash = ((int)kind * 31) + (text?.GetHashCode() ?? 0);
            hash = (hash * 31) + (symbol is null ? 0 : SymbolEqualityComparer.Default.GetHashCode(symbol));
            foreach (Key part in parts)
            {
                hash = (hash * 31) + part.Id;
            }

            // The places are told by the last bits, and the parts' small numbers lie close to each other: they are spread.
            hash *= Spread;
            return hash ^ (hash >> 15);
        }
    }

    private sealed class ReferenceComparer : IEqualityComparer<Key>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(Key? x, Key? y) => ReferenceEquals(x, y);

        public int GetHashCode(Key key) => key.Id;
    }
}
