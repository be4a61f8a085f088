using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Shop;

/// <summary>Carts, and what hangs on them.</summary>
public sealed class Carts(IDatabase redis, IDistributedCache cache)
{
    public async Task AddAsync(string cart, string product, int count)
    {
        string key = $"cart:{cart}";
        await redis.HashSetAsync(key, product, count);

        // EXP302: a crash in between leaves a cart that never expires.
        await redis.KeyExpireAsync(key, TimeSpan.FromDays(7));
    }

    public async Task<long> MoveAsync(string from, string to, string product, int count)
    {
        ITransaction transaction = redis.CreateTransaction();
        Task<bool> removed = transaction.HashDeleteAsync($"cart:{from}", product);
        Task<long> added = transaction.HashIncrementAsync($"cart:{to}", product, count);

        // EXP304: nothing is sent before ExecuteAsync, so this waits for ever.
        await Task.WhenAll(removed, added);
        await transaction.ExecuteAsync();
        return await added;
    }

    public Task KeepOfferAsync(string cart, byte[] offer) => cache.SetAsync($"offer:{cart}", offer, new DistributedCacheEntryOptions
    {
        SlidingExpiration = TimeSpan.FromMinutes(10),

        // EXP107 (and EXP101): beside a sliding expiration the offset is lost.
        AbsoluteExpiration = DateTimeOffset.Now.Date.AddDays(1),
    });

    /// <summary>Reserves until the deadline.</summary>
    public Task<bool> ReserveAsync(string product, DateTime deadlineUtc) =>
        // EXP103: the difference of two clock readings of different zones.
        Reservations.HoldAsync(redis, product, deadlineUtc.ToUniversalTime() - DateTime.Now);

    public Task<bool> ForgetAsync(string cart) =>
        // EXP401, behind a method of our own: a TTL of zero does not switch the expiry off.
        Reservations.HoldAsync(redis, cart, TimeSpan.Zero);

    /// <summary>Holds a product until the session token ends.</summary>
    public Task<bool> ReserveWithTokenAsync(string product, DateTimeOffset tokenExpires) =>
        // EXP106: a point in time as a TTL, more than fifty years.
        Reservations.HoldAsync(redis, product, TimeSpan.FromSeconds(tokenExpires.ToUnixTimeSeconds()));
}

/// <summary>A layer of our own over the client: its callers are judged.</summary>
internal static class Reservations
{
    public static Task<bool> HoldAsync(IDatabase redis, string what, TimeSpan time) =>
        redis.StringSetAsync($"held:{what}", "1", time, When.NotExists);
}
