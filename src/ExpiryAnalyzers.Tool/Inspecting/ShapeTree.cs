namespace ExpiryAnalyzers.Tool.Inspecting;

/// <summary>What is counted of the keys of one shape.</summary>
internal sealed class ShapeCount
{
    private ShapeCount? _mergedInto;

    /// <summary>How many keys have no TTL.</summary>
    public long WithoutTtl { get; set; }

    /// <summary>How many have one.</summary>
    public long WithTtl { get; set; }

    /// <summary>How many keys without a TTL were measured.</summary>
    public int Sampled { get; set; }

    /// <summary>The bytes of those.</summary>
    public long SampledBytes { get; set; }

    /// <summary>How many keys without a TTL look like locks by their names.</summary>
    public long Locks { get; set; }

    /// <summary>One of the keys without a TTL.</summary>
    public string? Example { get; set; }

    /// <summary>Where the source writes those of the keys that were traced.</summary>
    public HashSet<KeyWrite> Writes { get; } = [];

    /// <summary>How many keys, with a TTL and without, were looked for in the source.</summary>
    public int Traced { get; set; }

    /// <summary>How many of them no line of the source writes.</summary>
    public int Untraced { get; set; }

    /// <summary>What all keys without a TTL may take, by those that were measured; null where none was.</summary>
    public long? EstimatedBytes => Sampled == 0 ? null : SampledBytes / Sampled * WithoutTtl;

    /// <summary>The counts that took these in, or these.</summary>
    public ShapeCount Current => _mergedInto?.Current ?? this;

    /// <summary>Counts these together with another's from now on.</summary>
    public void MergeInto(ShapeCount other)
    {
        other.Add(this);
        _mergedInto = other;
    }

    /// <summary>Takes another's counts in.</summary>
    public void Add(ShapeCount other)
    {
        WithoutTtl += other.WithoutTtl;
        WithTtl += other.WithTtl;
        Sampled += other.Sampled;
        SampledBytes += other.SampledBytes;
        Locks += other.Locks;
        Example ??= other.Example;
        Writes.UnionWith(other.Writes);
        Traced += other.Traced;
        Untraced += other.Untraced;
    }
}

/// <summary>
/// The shapes of keys as a tree of their parts. Where too many words stand in one place they become one hole, so that the tree's size
/// depends on its bounds and not on the number of keys.
/// </summary>
internal sealed class ShapeTree
{
    /// <summary>How many words may stand in one place before they are taken for values.</summary>
    private const int MostWords = 12;

    /// <summary>How many places the tree may have; then every new word is taken for a value.</summary>
    private const int MostNodes = 5_000;

    /// <summary>A word is shown only if this many keys have it, or other parts follow the first: fewer may name a person.</summary>
    private const int LeastShown = 3;

    private readonly Node _root = new("");

    private int _nodes;

    /// <summary>The counts of a key's shape.</summary>
    public ShapeCount At(IReadOnlyList<string> parts)
    {
        Node node = _root;
        foreach (string part in parts)
        {
            node = Child(node, part);
        }

        node.Count ??= new();
        return node.Count;
    }

    /// <summary>The shapes and their counts, those with the most keys without a TTL first.</summary>
    /// <param name="showsKeys">Whether rare words are shown.</param>
    public IReadOnlyList<(string Shape, ShapeCount Count)> Shapes(bool showsKeys)
    {
        Dictionary<string, ShapeCount> shapes = new(StringComparer.Ordinal);
        foreach ((ShapeCount count, string name) in Names(showsKeys))
        {
            if (!shapes.TryGetValue(name, out ShapeCount? sum))
            {
                shapes[name] = sum = new();
            }

            sum.Add(count);
        }

        return [.. shapes.Select(static shape => (shape.Key, shape.Value))
            .OrderByDescending(static shape => shape.Value.WithoutTtl).ThenBy(static shape => shape.Key, StringComparer.Ordinal)];
    }

    /// <summary>What each shape is called.</summary>
    /// <param name="showsKeys">Whether rare words are shown.</param>
    public IReadOnlyDictionary<ShapeCount, string> Names(bool showsKeys)
    {
        Dictionary<ShapeCount, string> names = [];
        Collect(_root, "", showsKeys, names);
        return names;
    }

    private Node Child(Node node, string part)
    {
        if (node.Children.TryGetValue(part, out Node? known))
        {
            return known;
        }

        string hole = Hole(part);
        if (node.Children.TryGetValue(hole, out Node? open))
        {
            return open;
        }

        // Another separator behind it makes another place.
        Node[] words = [.. node.Children.Values.Where(child => Hole(child.Part) == hole)];
        if (part == hole || (words.Length < MostWords && _nodes < MostNodes))
        {
            _nodes++;
            return node.Children[part] = new(part);
        }

        Node merged = new(hole);
        foreach (Node word in words)
        {
            node.Children.Remove(word.Part);
            Merge(merged, word);
        }

        _nodes += 1 - words.Length;
        return node.Children[hole] = merged;
    }

    private void Merge(Node into, Node from)
    {
        if (from.Count is { } count)
        {
            count.MergeInto(into.Count ??= new());
        }

        foreach (Node child in from.Children.Values)
        {
            _nodes--;
            Merge(Child(into, child.Part), child);
        }
    }

    private static void Collect(Node node, string prefix, bool showsKeys, Dictionary<ShapeCount, string> names)
    {
        if (node.Count is { } count)
        {
            names[count] = prefix;
        }

        foreach (Node child in node.Children.Values)
        {
            Collect(child, prefix + Shown(child, node, showsKeys), showsKeys, names);
        }
    }

    private static string Shown(Node child, Node parent, bool showsKeys) =>
        showsKeys || (parent.Part.Length == 0 && IsPrefix(child)) || child.Total() >= LeastShown ? child.Part : Hole(child.Part);

    /// <summary>Whether other parts follow a first one; a dot may as well stand between the names of a person.</summary>
    private static bool IsPrefix(Node first) => first.Children.Count > 0 && first.Count is null && first.Part[^1] != '.';

    /// <summary>A hole with the separators that a part ends with.</summary>
    private static string Hole(string part)
    {
        string word = KeyShape.WithoutSeparators(part);
        return (word.Length == 0 || KeyShape.IsHole(word) ? word : KeyShape.Word) + part[word.Length..];
    }

    private sealed class Node(string part)
    {
        public string Part { get; } = part;

        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public ShapeCount? Count { get; set; }

        public long Total() => (Count is null ? 0 : Count.WithoutTtl + Count.WithTtl) + Children.Values.Sum(static child => child.Total());
    }
}
