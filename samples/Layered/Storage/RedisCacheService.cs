using System;
using System.Threading.Tasks;
using Layered.Contracts;
using StackExchange.Redis;

namespace Layered.Storage;

public sealed class RedisCacheService : ICacheService
{
    private readonly IDatabase _db;

    public RedisCacheService(IConnectionMultiplexer redis) => _db = redis.GetDatabase();

    public async Task<string?> GetAsync(string key) => await _db.StringGetAsync(Prefixed(key));

    public Task SetAsync(string key, string value, TimeSpan? lifetime = null) =>
        _db.StringSetAsync(Prefixed(key), value, lifetime, When.Always);

    public Task SetForMinutesAsync(string key, string value, int minutes) =>
        _db.StringSetAsync(Prefixed(key), value, TimeSpan.FromMinutes(minutes));

    public async Task SetForSecondsAsync(string key, string value, int seconds)
    {
        TimeSpan lifetime = TimeSpan.FromSeconds(seconds);
        await _db.StringSetAsync(Prefixed(key), value, lifetime).ConfigureAwait(false);
    }

    public Task KeepUntilAsync(string key, DateTime until) => _db.KeyExpireAsync(Prefixed(key), until);

    public Task TouchAsync(string key, TimeSpan lifetime) => _db.KeyExpireAsync(Prefixed(key), lifetime);

    public Task<long> CountAsync(string key) => _db.StringIncrementAsync(Prefixed(key));

    public Task RemoveAsync(string key) => _db.KeyDeleteAsync(Prefixed(key));

    public Task<DateTime?> ExpiresAtAsync(string key) => _db.KeyExpireTimeAsync(Prefixed(key));

    private static string Prefixed(string key) => "shop:" + key;
}

public sealed class RedisLocks(IDatabase db) : ILocks
{
    public Task<bool> TryTakeAsync(string name, string owner, TimeSpan lifetime) => db.LockTakeAsync("lock:" + name, owner, lifetime);

    public Task<bool> ReleaseAsync(string name, string owner) => db.LockReleaseAsync("lock:" + name, owner);
}

/// <summary>A helper that needs no interface.</summary>
public static class RedisExtensions
{
    public static Task PutAsync(this IDatabase db, RedisKey key, string value, TimeSpan lifetime) => db.StringSetAsync(key, value, lifetime);

    public static Task ExpireAtAsync(this IDatabase db, RedisKey key, DateTime at) => db.KeyExpireAsync(key, at.ToUniversalTime());

    public static void PutRaw(this IDatabase db, string key, string value, int milliseconds) =>
        db.Execute("SET", key, value, "PX", milliseconds);
}
