using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Shop;

/// <summary>Product pages, cached; recently viewed products, kept as long as somebody looks.</summary>
public sealed class Catalog(IDatabase redis, IDistributedCache cache)
{
    public Task CachePageAsync(int product, byte[] page) => cache.SetAsync($"page:{product}", page, new DistributedCacheEntryOptions
    {
        // EXP102: the relative property keeps the span.
        AbsoluteExpiration = DateTimeOffset.UtcNow.AddHours(1),
    });

    public async Task<string[]> RecentlyViewedAsync(string customer)
    {
        RedisKey key = "viewed:" + customer;
        RedisValue[] products = await redis.ListRangeAsync(key, 0, 9);

        // EXP301: two commands; a transaction sends them as one.
        await redis.KeyExpireAsync(key, TimeSpan.FromDays(30));
        return Array.ConvertAll(products, product => product.ToString());
    }

    /// <summary>Correct: one command reads and slides.</summary>
    public Task<RedisValue> BannerAsync() => redis.StringGetSetExpiryAsync("banner", TimeSpan.FromMinutes(5));
}
