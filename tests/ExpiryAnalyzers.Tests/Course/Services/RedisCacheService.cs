using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Services.GenericCache;

public interface ICacheService
{
    Task<T?> GetAsync<T>(string key);

    Task<bool> SetAsync<T>(string key, T value, DateTimeOffset expiresAt);

    Task<bool> SetAsync<T>(string key, T value, TimeSpan expiresIn);

    Task<bool> ExpireAtAsync(string key, DateTime when);
}

public class RedisCacheService : ICacheService
{
    protected readonly IDatabase _cacheDb;
    private readonly ILogger<RedisCacheService> _logger;

    public RedisCacheService(IConnectionMultiplexer connection, ILogger<RedisCacheService> logger)
    {
        _cacheDb = connection.GetDatabase();
        _logger = logger;
    }

    public async Task<T?> GetAsync<T>(string key)
    {
        try
        {
            var value = await _cacheDb.StringGetAsync(key);
            return value.HasValue ? JsonSerializer.Deserialize<T>((string)value!) : default;
        }
        catch (RedisException ex)
        {
            _logger.LogWarning(ex, "Cache unavailable for {Key}", key);
            return default;
        }
    }

    public T? Get<T>(string key)
    {
        var value = _cacheDb.StringGet(key);
        return value.HasValue ? JsonSerializer.Deserialize<T>((string)value!) : default;
    }

    public async Task<bool> SetAsync<T>(string key, T value, DateTimeOffset expiresAt)
    {
        var left = expiresAt.UtcDateTime.Subtract(DateTime.UtcNow);
        return await _cacheDb.StringSetAsync(key, JsonSerializer.Serialize(value), left);
    }

    public Task<bool> SetAsync<T>(string key, T value, TimeSpan expiresIn) =>
        _cacheDb.StringSetAsync(key, JsonSerializer.Serialize(value), expiresIn);

    public Task<bool> ExpireAtAsync(string key, DateTime when) => _cacheDb.KeyExpireAsync(key, when);

    public async Task<T?> GetAndSlideAsync<T>(string key, TimeSpan window)
    {
        var value = await GetAsync<T>(key);
        if (value is not null)
        {
            await _cacheDb.KeyExpireAsync(key, window); // expect: EXP301
        }

        return value;
    }

    public async Task<T?> GetAndSlideUntilAsync<T>(string key, DateTimeOffset until)
    {
        var value = await GetAsync<T>(key);
        if (!Equals(value, default(T)))
        {
            await _cacheDb.KeyExpireAsync(key, until.UtcDateTime.ToUniversalTime()); // expect: EXP301
        }

        return value;
    }

    public async Task<IDictionary<string, T?>> GetAllAsync<T>(IEnumerable<string> keys, TimeSpan? slide = null)
    {
        var wanted = keys.ToArray();
        var values = await _cacheDb.StringGetAsync(wanted.Select(k => (RedisKey)k).ToArray());
        return wanted.Zip(values).ToDictionary(p => p.First, p => p.Second.IsNull ? default : JsonSerializer.Deserialize<T>((string)p.Second!));
    }

    public async Task<T> GetOrAddAsync<T>(string key, Func<CancellationToken, Task<T>> factory, TimeSpan ttl, CancellationToken ct = default)
    {
        var cached = await GetAsync<T>(key);
        if (cached is not null)
        {
            return cached;
        }

        var created = await factory(ct);
        await SetAsync(key, created, ttl);
        return created;
    }

    public async Task<T> GetOrAddLockedAsync<T>(string key, Func<CancellationToken, Task<T>> factory, TimeSpan ttl, CancellationToken ct = default)
    {
        string lockKey = key + ":lock", lockValue = Guid.NewGuid().ToString();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var cached = await GetAsync<T>(key);
            if (cached is not null)
            {
                return cached;
            }

            if (await _cacheDb.LockTakeAsync(lockKey, lockValue, TimeSpan.FromSeconds(5))) // expect: EXP201
            {
                try
                {
                    var created = await factory(ct);
                    await SetAsync(key, created, ttl);
                    return created;
                }
                finally
                {
                    await _cacheDb.LockReleaseAsync(lockKey, lockValue);
                }
            }

            await Task.Delay(50 << attempt, ct);
        }

        return await factory(ct);
    }

    public async Task WarmAsync<T>(IReadOnlyDictionary<string, T> entries)
    {
        foreach (var (key, value) in entries)
        {
            await SetAsync(key, value, TimeSpan.FromMinutes(30 + Random.Shared.Next(5)));
        }
    }
}

public sealed class CustomerCache(RedisCacheService cache)
{
    public sealed record Customer(int Id, string Name, DateTime ContractEnd);

    public async Task KeepAsync(Customer customer)
    {
        await cache.SetAsync($"customer:{customer.Id}", customer, DateTimeOffset.Now.AddMinutes(30));
        await cache.ExpireAtAsync($"customer:{customer.Id}:contract", customer.ContractEnd);
        await cache.ExpireAtAsync($"customer:{customer.Id}:visits", DateTime.Now.AddHours(2)); // expect: EXP101, EXP102
    }

    public Task KeepUntilWeekendAsync(Customer customer)
    {
        var saturday = DateTime.UtcNow.Date.AddDays(6 - (int)DateTime.UtcNow.DayOfWeek);
        return cache.ExpireAtAsync($"customer:{customer.Id}", saturday);
    }

    public Task KeepUntilYearEndAsync(Customer customer) =>
        cache.ExpireAtAsync($"customer:{customer.Id}", new DateTime(DateTime.UtcNow.Year, 12, 31)); // expect: EXP101
}
