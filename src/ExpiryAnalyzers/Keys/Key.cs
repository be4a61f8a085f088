using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Keys;

/// <summary>The kinds of nodes that keys consist of.</summary>
internal enum KeyKind
{
    /// <summary>What cannot be read.</summary>
    Unknown,

    /// <summary>What is something else each time.</summary>
    Fickle,

    /// <summary>A constant.</summary>
    Text,

    /// <summary>A local or a parameter.</summary>
    Var,

    /// <summary>The object whose code is read.</summary>
    This,

    /// <summary>A field, a property or a primary constructor's parameter; its parts are the object, if any, and the arguments.</summary>
    Member,

    /// <summary>A call that answers the same for the same; its parts are the receiver, if any, and the arguments.</summary>
    Call,

    /// <summary>Parts of a text one behind the other.</summary>
    Row,

    /// <summary>Any element of a collection.</summary>
    Each,

    /// <summary>A pair or tuple, made of its parts.</summary>
    Pair,

    /// <summary>One part of a pair or tuple.</summary>
    Part,

    /// <summary>What a loop variable holds in one round: the element of a collection, and another one in the next.</summary>
    Round,

    /// <summary>A variable, member or call, with what it is made of where not all is read: the first alone tells which it is.</summary>
    Alias,

    /// <summary>An operator, a creation, an element or a format.</summary>
    Operation,

    /// <summary>A type.</summary>
    Type,

    /// <summary>What is made at a place in the code, and has no other name.</summary>
    Made,
}

/// <summary>
/// What an expression denotes, as a tree, so that two expressions can be told to be the same key, the same database or the same
/// duration. Nodes are interned by a <see cref="KeyTable"/> and share what they have in common; keys of two tables are never equal.
/// Which key it is and of which shape are two questions to the same tree.
/// </summary>
internal sealed class Key : IEquatable<Key>
{
    internal static readonly ImmutableArray<ISymbol> NoSymbols = ImmutableArray<ISymbol>.Empty;

    private readonly Key? _canonical;

    /// <summary>Only tables make keys.</summary>
    internal Key(int id, KeyKind kind, string? text, ISymbol? symbol, ImmutableArray<Key> parts, Key? canonical)
    {
        Id = id;
        Kind = kind;
        Text = text;
        Symbol = symbol;
        Parts = parts;
        _canonical = canonical;

        // What a variable is made of was read when it was written: what happens to that since is no matter.
        ImmutableArray<Key> telling = kind == KeyKind.Alias ? ImmutableArray.Create(parts[0]) : parts;
        bool isCut = false;
        Symbols = Union(telling, kind is KeyKind.Var or KeyKind.Member or KeyKind.Round ? symbol : null, ref isCut);
        IsCertain = !isCut && kind is not (KeyKind.Unknown or KeyKind.Fickle);
        IsFickle = kind == KeyKind.Fickle;
        HasThis = kind == KeyKind.This;
        HasRound = kind == KeyKind.Round;
        long size = 1;
        foreach (Key part in telling)
        {
            IsCertain = IsCertain && part.IsCertain;
            IsFickle = IsFickle || part.IsFickle;
            HasRound = HasRound || part.HasRound;
        }

        foreach (Key part in parts)
        {
            size += part.Size;
            HasThis = HasThis || part.HasThis;
        }

        Size = (int)Math.Min(size, int.MaxValue);
    }

    public KeyKind Kind { get; }

    /// <summary>The constant, or the name of an operation.</summary>
    public string? Text { get; }

    /// <summary>The variable, the member, the method or the type.</summary>
    public ISymbol? Symbol { get; }

    public ImmutableArray<Key> Parts { get; }

    /// <summary>The variables and members whose writing makes it another key.</summary>
    public ImmutableArray<ISymbol> Symbols { get; }

    /// <summary>Whether it is known what the key is; if not, it equals nothing that is asked for twice.</summary>
    public bool IsCertain { get; }

    /// <summary>Whether a part is something else each time.</summary>
    public bool IsFickle { get; }

    /// <summary>Whether it hangs on the object whose code is read.</summary>
    public bool HasThis { get; }

    /// <summary>Whether it hangs on the element that a loop is at.</summary>
    public bool HasRound { get; }

    /// <summary>How many nodes it has when nothing is shared, as far as numbers go.</summary>
    public int Size { get; }

    /// <summary>The key without what does not tell it from others: equal keys have the same one.</summary>
    public Key Canonical => _canonical ?? this;

    /// <summary>What the table finds it by.</summary>
    internal int Hash { get; init; }

    /// <summary>Grows with the order in which a table makes its keys: parts come before the whole.</summary>
    internal int Id { get; }

    public bool Equals(Key? other) => other is not null && ReferenceEquals(Canonical, other.Canonical);

    public override bool Equals(object? obj) => Equals(obj as Key);

    public override int GetHashCode() => Canonical.Id;

    /// <summary>The beginning of the key as text: for words in it and for messages, not to compare.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        Stack<object> open = new([this]);
        for (int steps = 0; open.Count > 0 && steps < KeyCaps.Shown && text.Length < KeyCaps.Shown; steps++)
        {
            switch (open.Pop())
            {
                case string literal:
                    text.Append(literal);
                    break;
                case Key { Kind: KeyKind.Alias or KeyKind.Round } alias:
                    open.Push(alias.Parts[0]);
                    break;
                case Key key:
                    text.Append(key.Text ?? key.Symbol?.Name ?? (key.Kind == KeyKind.Row ? "" : key.Kind.ToString()));
                    bool isList = !key.Parts.IsEmpty;
                    if (isList)
                    {
                        open.Push(")");
                    }

                    for (int i = key.Parts.Length - 1; i >= 0; i--)
                    {
                        open.Push(key.Parts[i]);
                        open.Push(i == 0 ? "(" : ", ");
                    }

                    break;
            }
        }

        return text.Length > KeyCaps.Shown ? text.ToString(0, KeyCaps.Shown) : text.ToString();
    }

    /// <summary>Whether writing a variable or member makes it another key.</summary>
    public bool DependsOn(ISymbol symbol)
    {
        foreach (ISymbol own in Symbols)
        {
            if (SymbolEqualityComparer.Default.Equals(own, symbol))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The symbols of all parts, each once; what one part has already is not copied.</summary>
    private static ImmutableArray<ISymbol> Union(ImmutableArray<Key> parts, ISymbol? symbol, ref bool isCut)
    {
        ImmutableArray<ISymbol> first = NoSymbols;
        HashSet<ISymbol>? all = null;
        foreach (Key part in parts)
        {
            if (part.Symbols == first || part.Symbols.IsEmpty)
            {
                continue;
            }

            if (first.IsEmpty)
            {
                first = part.Symbols;
                continue;
            }

            all ??= new(first, SymbolEqualityComparer.Default);
            all.UnionWith(part.Symbols);
            if (all.Count > KeyCaps.Symbols)
            {
                isCut = true;
                return NoSymbols;
            }
        }

        bool isNew = symbol is not null && all?.Add(symbol) != false;
        return all is not null && all.Count > first.Length ? all.ToImmutableArray()
            : isNew && !first.Contains(symbol!, SymbolEqualityComparer.Default) ? first.Add(symbol!)
            : first;
    }
}
