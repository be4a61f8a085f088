namespace ExpiryAnalyzers.Flow;

/// <summary>
/// An immutable map from small numbers to values. A changed map shares all but the changed path with the one it was made of, and a join of
/// two maps skips what both share: what a block leaves alone costs nothing.
/// </summary>
/// <typeparam name="T">The values.</typeparam>
internal readonly struct PersistentMap<T>
    where T : class
{
    private const int Bits = 3;
    private const int Width = 1 << Bits;
    private const int Mask = Width - 1;

    private readonly object?[]? _root;
    private readonly int _height;

    private PersistentMap(object?[]? root, int height)
    {
        _root = root;
        _height = height;
    }

    /// <summary>Decides what one place holds where two maps that differ there are joined; null leaves the place empty.</summary>
    /// <param name="index">The place.</param>
    /// <param name="left">What the first map holds there.</param>
    /// <param name="right">What the second map holds there.</param>
    public delegate T? Joiner(int index, T? left, T? right);

    /// <summary>Whether both are the same map, not only alike.</summary>
    public bool IsSame(PersistentMap<T> other) => ReferenceEquals(_root, other._root);

    public bool IsEmpty => _root is null;

    public T? this[int index]
    {
        get
        {
            if (_root is null || index >> (Bits * _height) != 0)
            {
                return null;
            }

            object?[] node = _root;
            for (int level = _height - 1; level > 0; level--)
            {
                if (node[(index >> (Bits * level)) & Mask] is not object?[] next)
                {
                    return null;
                }

                node = next;
            }

            return (T?)node[index & Mask];
        }
    }

    /// <summary>The map with another value at one place; null empties it.</summary>
    public PersistentMap<T> With(int index, T? value)
    {
        if (ReferenceEquals(this[index], value))
        {
            return this;
        }

        object?[]? root = _root;
        int height = Math.Max(_height, 1);
        while (index >> (Bits * height) != 0)
        {
            root = root is null ? null : Single(0, root);
            height++;
        }

        return new(Set(root, height - 1, index, value), height);
    }

    /// <summary>Joins another map into this one, place by place; what both share is not looked at.</summary>
    public PersistentMap<T> Join(PersistentMap<T> other, Joiner join)
    {
        if (IsSame(other))
        {
            return this;
        }

        int height = Math.Max(_height, other._height);
        object?[]? joined = Join(Raised(height), other.Raised(height), height - 1, 0, join);
        return ReferenceEquals(joined, Raised(height)) && _height == height ? this : new(joined, height);
    }

    /// <summary>What the map holds, in the order of the places.</summary>
    public IEnumerable<KeyValuePair<int, T>> Entries() => _root is null ? [] : EntriesOf(_root, _height);

    private static IEnumerable<KeyValuePair<int, T>> EntriesOf(object?[] root, int height)
    {
        Stack<(object?[] Node, int Level, int First)> open = new([(root, height - 1, 0)]);
        while (open.Count > 0)
        {
            (object?[] node, int level, int first) = open.Pop();
            for (int slot = 0; level == 0 && slot < Width; slot++)
            {
                if (node[slot] is { } entry)
                {
                    yield return new(first + slot, (T)entry);
                }
            }

            for (int slot = Mask; level > 0 && slot >= 0; slot--)
            {
                if (node[slot] is object?[] child)
                {
                    open.Push((child, level - 1, first + (slot << (Bits * level))));
                }
            }
        }
    }

    private object?[]? Raised(int height)
    {
        object?[]? root = _root;
        for (int i = _height; root is not null && i < height; i++)
        {
            root = Single(0, root);
        }

        return root;
    }

    private static object?[] Single(int slot, object? entry)
    {
        object?[] node = new object?[Width];
        node[slot] = entry;
        return node;
    }

    // As deep as the map is high: 11 levels at most.
    private static object?[]? Set(object?[]? node, int level, int index, T? value)
    {
        int slot = (index >> (Bits * level)) & Mask;
        object? before = node?[slot];
        object? after = level == 0 ? value : Set((object?[]?)before, level - 1, index, value);
        object?[] changed = node is null ? new object?[Width] : (object?[])node.Clone();
        changed[slot] = after;
        return after is null && Array.TrueForAll(changed, static entry => entry is null) ? null : changed;
    }

    private static object?[]? Join(object?[]? left, object?[]? right, int level, int first, Joiner join)
    {
        if (ReferenceEquals(left, right))
        {
            return left;
        }

        object?[]? changed = null;
        bool isEmpty = true;
        for (int slot = 0; slot < Width; slot++)
        {
            object? one = left?[slot];
            object? other = right?[slot];
            object? joined = ReferenceEquals(one, other) ? one
                : level == 0 ? join(first + slot, (T?)one, (T?)other)
                : Join((object?[]?)one, (object?[]?)other, level - 1, first + (slot << (Bits * level)), join);
            if (!ReferenceEquals(joined, one))
            {
                changed ??= left is null ? new object?[Width] : (object?[])left.Clone();
                changed[slot] = joined;
            }

            isEmpty &= joined is null;
        }

        return isEmpty ? null : changed ?? left;
    }
}
