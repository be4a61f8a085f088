using Microsoft.Extensions.Caching.Memory;

namespace ExpiryAnalyzers.Tests.Running;

/// <summary>A memory cache that keeps a list of what was put in and for how long.</summary>
internal sealed class RecordingMemoryCache : IMemoryCache
{
    private readonly Lock _gate = new();
    private readonly List<ICacheEntry> _entries = [];

    public MemoryCache Inner { get; } = new(new MemoryCacheOptions());

    public IReadOnlyList<ICacheEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    public ICacheEntry CreateEntry(object key)
    {
        ICacheEntry entry = Inner.CreateEntry(key);
        lock (_gate)
        {
            _entries.Add(entry);
        }

        return entry;
    }

    public void Remove(object key) => Inner.Remove(key);

    public bool TryGetValue(object key, out object? value) => Inner.TryGetValue(key, out value);

    public void Dispose() => Inner.Dispose();
}
