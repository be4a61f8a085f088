using System;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;

namespace Course.Exp102.InProcess;

public sealed class OwnEntry
{
    public DateTimeOffset AbsoluteExpiration { get; set; }
}

/// <summary>In-process caches write and read by one clock: nothing to report, except where the second level is distributed.</summary>
public sealed class TwoLevelCache(IMemoryCache memory, IDistributedCache distributed)
{
    // Fine: the extension with an instant.
    public string Put(string key, string value) => memory.Set(key, value, DateTimeOffset.UtcNow.AddMinutes(5));

    // Fine: an instant of the local clock converts well.
    public string PutLocal(string key, string value) => memory.Set(key, value, DateTime.Now.AddMinutes(5));

    // Fine: entry options.
    public void PutWithOptions(string key, string value)
    {
        memory.Set(key, value, new MemoryCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(5) });
        memory.Set(key, value, new MemoryCacheEntryOptions().SetAbsoluteExpiration(DateTimeOffset.Now.AddMinutes(5)));
    }

    // Fine: an entry.
    public Task<string?> GetAsync(string key, Func<Task<string>> load) => memory.GetOrCreateAsync(key, async entry =>
    {
        entry.AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(5);
        entry.SetAbsoluteExpiration(DateTime.UtcNow.AddMinutes(5));
        return (string?)await load();
    });

    // Fine: our own type.
    public OwnEntry Own() => new() { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(5) };

    // Bug: both levels, only the second is reported.
    public async Task PutBothAsync(string key, string value)
    {
        memory.Set(key, value, new MemoryCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(1) });
        await distributed.SetStringAsync(key, value, new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(5) }); // expect: EXP102
    }

    // Fine: both levels share one deadline.
    public async Task PutTogetherAsync(string key, string value)
    {
        var until = DateTimeOffset.UtcNow.AddMinutes(5);
        memory.Set(key, value, until);
        await distributed.SetStringAsync(key, value, new DistributedCacheEntryOptions { AbsoluteExpiration = until });
    }
}
