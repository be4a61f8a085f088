namespace ExpiryAnalyzers;

/// <summary>
/// A map for what most bodies have little of: empty it takes no room, few entries are looked through one by one, and many are found as in
/// a dictionary. The entries stand in the order in which their keys came. A copy is not another map: it is kept in one field.
/// </summary>
/// <param name="comparer">Tells keys apart; null for their own equality.</param>
internal struct SmallMap<TKey, TValue>(IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    /// <summary>How many entries are looked through.</summary>
    private const int Few = 8;
    private const int First = 2;

    private KeyValuePair<TKey, TValue>[]? _entries;
    private Dictionary<TKey, int>? _places;

    public int Count { get; private set; }

    public TValue this[TKey key]
    {
        readonly get => PlaceOf(key) is var place and >= 0 ? _entries![place].Value : throw new KeyNotFoundException();
        set
        {
            int place = PlaceOf(key);
            if (place < 0)
            {
                Add(key, value);
            }
            else
            {
                _entries![place] = new(_entries[place].Key, value);
            }
        }
    }

    public readonly bool ContainsKey(TKey key) => PlaceOf(key) >= 0;

    public readonly bool TryGetValue(TKey key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TValue value)
    {
        int place = PlaceOf(key);
        value = place < 0 ? default : _entries![place].Value;
        return place >= 0;
    }

    public readonly Enumerator GetEnumerator() => new(_entries, Count);

    private readonly int PlaceOf(TKey key)
    {
        if (_places is not null)
        {
            return _places.TryGetValue(key, out int known) ? known : -1;
        }

        IEqualityComparer<TKey> equality = comparer ?? EqualityComparer<TKey>.Default;
        int place = Count - 1;
        while (place >= 0 && !equality.Equals(_entries![place].Key, key))
        {
            place--;
        }

        return place;
    }

    private void Add(TKey key, TValue value)
    {
        if (_entries is null)
        {
            _entries = new KeyValuePair<TKey, TValue>[First];
        }
        else if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * Count);
        }

        if (Count == Few)
        {
            _places = new(2 * Few, comparer);
            for (int place = 0; place < Count; place++)
            {
                _places.Add(_entries[place].Key, place);
            }
        }

        _places?.Add(key, Count);
        _entries[Count++] = new(key, value);
    }

    /// <summary>Goes through the entries that were there when it began.</summary>
    public struct Enumerator(KeyValuePair<TKey, TValue>[]? entries, int count)
    {
        private int _next;

        public readonly KeyValuePair<TKey, TValue> Current => entries![_next - 1];

        public bool MoveNext() => _next++ < count;
    }
}
