namespace ExpiryAnalyzers.Operations;

/// <summary>Lists that are kept by key, each made when its first entry comes.</summary>
internal static class ListsByKey
{
    public static void AddTo<TKey, TEntry>(this Dictionary<TKey, List<TEntry>> lists, TKey key, TEntry entry)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<TEntry>? list))
        {
            lists[key] = list = [];
        }

        list.Add(entry);
    }

    public static void AddTo<TKey, TEntry>(this ref SmallMap<TKey, List<TEntry>> lists, TKey key, TEntry entry)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<TEntry>? list))
        {
            lists[key] = list = [];
        }

        list.Add(entry);
    }
}
