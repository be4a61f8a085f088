using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Course.HoldoutLayers.Tutorials;

/// <summary>The cache service of many a tutorial.</summary>
public class CacheService
{
    private readonly IDatabase _cacheDb;
    private readonly ILogger<CacheService> _logger;

    public CacheService(IConnectionMultiplexer redis, ILogger<CacheService> logger)
    {
        _cacheDb = redis.GetDatabase();
        _logger = logger;
    }

    public T? GetData<T>(string key)
    {
        var value = _cacheDb.StringGet(key);
        if (!string.IsNullOrEmpty(value))
        {
            return JsonSerializer.Deserialize<T>(value.ToString());
        }

        return default;
    }

    public bool SetData<T>(string key, T value, DateTime expirationTime)
    {
        TimeSpan expiryTime = expirationTime.Subtract(DateTime.UtcNow);
        return _cacheDb.StringSet(key, JsonSerializer.Serialize(value), expiryTime);
    }

    public bool SetLocal<T>(string key, T value, DateTime expirationTime)
    {
        var expiryTime = expirationTime - DateTime.Now;
        return _cacheDb.StringSet(key, JsonSerializer.Serialize(value), expiryTime);
    }

    public bool SetOffset<T>(string key, T value, DateTimeOffset expirationTime)
    {
        var expiryTime = expirationTime - DateTimeOffset.UtcNow;
        return _cacheDb.StringSet(key, JsonSerializer.Serialize(value), expiryTime);
    }

    public async Task<bool> TrySetAsync<T>(string key, T value, TimeSpan? expiration = null)
    {
        try
        {
            var json = JsonSerializer.Serialize(value);
            var ttl = expiration ?? TimeSpan.FromMinutes(60);
            return await _cacheDb.StringSetAsync(key, json, ttl);
        }
        catch (RedisException ex)
        {
            _logger.LogError(ex, "Cannot store {Key}", key);
            return false;
        }
    }

    public async Task<bool> TryKeepUntilAsync(string key, DateTime expiration)
    {
        try
        {
            return await _cacheDb.KeyExpireAsync(key, expiration);
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            _logger.LogWarning(ex, "Cannot keep {Key}", key);
            return false;
        }
    }

    public async Task<T?> GetOrSetAsync<T>(string key, Func<Task<T>> factory, TimeSpan ttl, bool sliding = false)
    {
        var value = await _cacheDb.StringGetAsync(key);
        if (value.HasValue)
        {
            if (sliding)
            {
                await _cacheDb.KeyExpireAsync(key, ttl); // expect: EXP301
            }

            return JsonSerializer.Deserialize<T>(value.ToString());
        }

        T made = await factory();
        await _cacheDb.StringSetAsync(key, JsonSerializer.Serialize(made), ttl);
        return made;
    }
}

public sealed class DriverController(CacheService cache, IDistributedCache distributed, IMemoryCache memory, IOptions<DistributedCacheEntryOptions> defaults)
{
    public void StoreNow(string id, string driver) => cache.SetData(id, driver, DateTime.Now.AddSeconds(30)); // expect: EXP103

    public void StoreUtc(string id, string driver) => cache.SetData(id, driver, DateTime.UtcNow.AddSeconds(30));

    public void StoreLocalNow(string id, string driver) => cache.SetLocal(id, driver, DateTime.Now.AddSeconds(30));

    public void StoreLocalUtc(string id, string driver)
    {
        var expirationTime = DateTime.UtcNow.AddMinutes(5.0);
        cache.SetLocal(id, driver, expirationTime); // expect: EXP103
    }

    public void StoreOffset(string id, string driver) => cache.SetOffset(id, driver, DateTimeOffset.Now.AddSeconds(30));

    public Task<bool> StoreZero(string id, string driver) => cache.TrySetAsync(id, driver, TimeSpan.Zero); // expect: EXP401

    public Task<bool> StoreDefault(string id, string driver) => cache.TrySetAsync(id, driver);

    public Task<bool> StoreSeconds(string id, string driver, int ttlSeconds) => cache.TrySetAsync(id, driver, TimeSpan.FromMilliseconds(ttlSeconds)); // expect: EXP105

    public Task<bool> KeepLocal(string id) => cache.TryKeepUntilAsync(id, DateTime.Now.AddHours(1)); // expect: EXP101, EXP102

    public Task<bool> KeepUnspecified(string id, string text) => cache.TryKeepUntilAsync(id, DateTime.ParseExact(text, "s", null)); // expect: EXP101

    public Task<bool> KeepRight(string id, string text) => cache.TryKeepUntilAsync(id, DateTimeOffset.Parse(text, null).UtcDateTime);

    public async Task<string?> Load(string id)
    {
        var driver = cache.GetData<string>($"driver{id}");
        await cache.TryKeepUntilAsync($"driver{id}", DateTime.UtcNow.Date.AddDays(1)); // expect: EXP301
        return driver;
    }

    public async Task<byte[]> Distributed(string id, CancellationToken token)
    {
        var cached = await distributed.GetAsync(id, token);
        if (cached == null)
        {
            cached = JsonSerializer.SerializeToUtf8Bytes(id);
            var options = new DistributedCacheEntryOptions()
                .SetAbsoluteExpiration(DateTime.Now.AddMinutes(10)) // expect: EXP102, EXP107
                .SetSlidingExpiration(TimeSpan.FromMinutes(2));
            await distributed.SetAsync(id, cached, options, token);
        }

        return cached;
    }

    public Task Given(string id, string json) => distributed.SetStringAsync(id, json, defaults.Value);

    public Task Both(string id, string json) => distributed.SetRecordAsync(id, json, TimeSpan.FromSeconds(-30)); // expect: EXP401

    public Task BothRight(string id, string json) => distributed.SetRecordAsync(id, json, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(30));

    public Task BothDefault(string id, string json) => distributed.SetRecordAsync(id, json);

    public string Memory(string id) => memory.GetOrCreate(id, entry =>
    {
        entry.AbsoluteExpiration = new DateTime(2031, 1, 1); // expect: EXP101
        entry.SlidingExpiration = TimeSpan.FromMinutes(5);
        return id;
    })!;
}

public static class DistributedCacheRecords
{
    public static async Task SetRecordAsync<T>(this IDistributedCache cache, string recordId, T data, TimeSpan? absoluteExpireTime = null, TimeSpan? unusedExpireTime = null)
    {
        var options = new DistributedCacheEntryOptions();
        options.AbsoluteExpirationRelativeToNow = absoluteExpireTime ?? TimeSpan.FromSeconds(60);
        options.SlidingExpiration = unusedExpireTime;
        await cache.SetStringAsync(recordId, JsonSerializer.Serialize(data), options);
    }
}

/// <summary>Locks of many a tutorial.</summary>
public class DistributedLockProvider
{
    private readonly IDatabase _db;
    private readonly string _instance = Guid.NewGuid().ToString();

    public DistributedLockProvider(IConnectionMultiplexer redis) => _db = redis.GetDatabase();

    public async Task<bool> AcquireLock(string key, TimeSpan expiry) => await _db.LockTakeAsync(key, _instance, expiry);

    public async Task ReleaseLock(string key) => await _db.LockReleaseAsync(key, _instance);
}

public sealed class TicketService(DistributedLockProvider locks, Func<int, CancellationToken, Task> reserve)
{
    public async Task<bool> Reserve(int seat)
    {
        var key = $"seat-lock:{seat}";
        var locked = await locks.AcquireLock(key, TimeSpan.FromSeconds(15)); // expect: EXP201
        if (!locked)
        {
            return false;
        }

        try
        {
            await reserve(seat, CancellationToken.None);
            return true;
        }
        finally
        {
            await locks.ReleaseLock(key);
        }
    }

    public async Task<bool> ReserveBounded(int seat)
    {
        var key = $"seat-lock:{seat}";
        if (!await locks.AcquireLock(key, TimeSpan.FromSeconds(15)))
        {
            return false;
        }

        using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await reserve(seat, cts.Token);
            return true;
        }
        finally
        {
            await locks.ReleaseLock(key);
        }
    }

    public async Task<bool> Hold(int seat) => await locks.AcquireLock($"hold:{seat}", TimeSpan.FromMinutes(10));
}
