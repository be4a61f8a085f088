using System;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;

namespace Course.Exp401.Caching;

public sealed class CacheEntries(IDistributedCache cache, IMemoryCache memory)
{
    private static readonly TimeSpan HalfASecond = TimeSpan.FromMilliseconds(500);

    private static readonly DistributedCacheEntryOptions Brief = new()
    {
        AbsoluteExpirationRelativeToNow = HalfASecond, // expect: EXP401
    };

    private static readonly DistributedCacheEntryOptions Fine = new()
    {
        AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(1),
        SlidingExpiration = null,
    };

    public Task Store(string key, byte[] value, bool isBrief) => cache.SetAsync(key, value, isBrief ? Brief : Fine);

    // Bug: throws where it is set.
    public Task StoreZero(string key, byte[] value) => cache.SetAsync(key, value, new DistributedCacheEntryOptions
    {
        SlidingExpiration = TimeSpan.Zero, // expect: EXP401
    });

    // Bug: Set throws.
    public Task StorePast(string key, byte[] value)
    {
        var options = new DistributedCacheEntryOptions();
        options.SetAbsoluteExpiration(DateTimeOffset.UtcNow.AddMinutes(-1)); // expect: EXP401
        return cache.SetAsync(key, value, options);
    }

    // Bug: the sum is beyond the last date.
    public Task StoreForEver(string key, byte[] value) =>
        cache.SetAsync(key, value, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.MaxValue }); // expect: EXP401

    // Fine: never.
    public Task StoreNever(string key, byte[] value) =>
        cache.SetAsync(key, value, new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.MaxValue });

    // Fine: the caller's.
    public Task StoreFor(string key, byte[] value, TimeSpan ttl) => cache.SetAsync(key, value, new DistributedCacheEntryOptions { SlidingExpiration = ttl });

    // Fine: a process keeps ticks.
    public void Remember(string key, string value) => memory.Set(key, value, TimeSpan.FromMilliseconds(20));

    // Bug: throws.
    public void RememberNothing(string key, string value) => memory.Set(key, value, TimeSpan.Zero); // expect: EXP401

    // Bug: never stored.
    public void RememberThePast(string key, string value) => memory.Set(key, value, DateTimeOffset.UtcNow.AddSeconds(-1)); // expect: EXP401
}
