using ExpiryAnalyzers.Flow;

namespace ExpiryAnalyzers.Calls;

/// <summary>
/// The calls on one key of one database that ran on some path and that nothing has closed since, by their numbers. They are kept apart by
/// what later calls ask for, so that many reads of a key do not make each other dear.
/// </summary>
/// <param name="Reads">Calls that only read.</param>
/// <param name="Stores">Calls that store a value and leave no TTL.</param>
/// <param name="Others">Calls that give a TTL, ask for it, or take it away.</param>
internal sealed record OpenCalls(PersistentMap<CacheCall> Reads, PersistentMap<CacheCall> Stores, PersistentMap<CacheCall> Others)
{
    public static readonly OpenCalls None = new(default, default, default);

    public bool IsEmpty => Reads.IsEmpty && Stores.IsEmpty && Others.IsEmpty;

    public IEnumerable<KeyValuePair<int, CacheCall>> All => Reads.Entries().Concat(Stores.Entries()).Concat(Others.Entries());

    public OpenCalls Join(OpenCalls other)
    {
        OpenCalls joined = new(Reads.Join(other.Reads, Either), Stores.Join(other.Stores, Either), Others.Join(other.Others, Either));
        return joined.Reads.IsSame(Reads) && joined.Stores.IsSame(Stores) && joined.Others.IsSame(Others) ? this : joined;
    }

    private static CacheCall? Either(int number, CacheCall? one, CacheCall? other) => one ?? other;
}
