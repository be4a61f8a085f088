using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Layers.CacheServices;

/// <summary>The application's own contract, with one implementation beside it.</summary>
public interface ICacheService
{
    Task<T?> GetAsync<T>(string key, CancellationToken cancellationToken = default);

    Task<bool> SetAsync<T>(string key, T value, DateTime expiresAt);

    Task<bool> SetAsync<T>(string key, T value, TimeSpan? ttl = null);

    Task<bool> SetForSecondsAsync(string key, string value, int seconds);

    bool SetForMinutes(string key, string value, double minutes);

    Task<bool> ExpireAtOffsetAsync(string key, DateTimeOffset at);

    Task<bool> ExpireAtAnyKindAsync(string key, DateTime at);

    Task<bool> ExpireAtUnixAsync(string key, long unixSeconds);

    Task<bool> TouchAsync(string key, TimeSpan ttl);

    Task<long> CountAsync(string key);

    Task RemoveAsync(string key);
}

public sealed class RedisCacheService : ICacheService
{
    private static readonly TimeSpan DefaultTtl = TimeSpan.FromMinutes(5);
    private readonly IDatabase _db;

    public RedisCacheService(IConnectionMultiplexer multiplexer) => _db = multiplexer.GetDatabase();

    public async Task<T?> GetAsync<T>(string key, CancellationToken cancellationToken = default)
    {
        RedisValue value = await _db.StringGetAsync(key).ConfigureAwait(false);
        return value.IsNullOrEmpty ? default : JsonSerializer.Deserialize<T>((string)value!);
    }

    public async Task<bool> SetAsync<T>(string key, T value, DateTime expiresAt)
    {
        string json = JsonSerializer.Serialize(value);
        return await _db.StringSetAsync(key, json, expiresAt).ConfigureAwait(false);
    }

    public Task<bool> SetAsync<T>(string key, T value, TimeSpan? ttl = null) => _db.StringSetAsync(key, JsonSerializer.Serialize(value), ttl ?? DefaultTtl);

    public Task<bool> SetForSecondsAsync(string key, string value, int seconds) => _db.StringSetAsync(key, value, TimeSpan.FromSeconds(seconds));

    public bool SetForMinutes(string key, string value, double minutes) => _db.StringSet(key, value, TimeSpan.FromMinutes(minutes));

    public Task<bool> ExpireAtOffsetAsync(string key, DateTimeOffset at) => _db.KeyExpireAsync(key, at.UtcDateTime);

    public Task<bool> ExpireAtAnyKindAsync(string key, DateTime at) => _db.KeyExpireAsync(key, at.ToUniversalTime());

    public Task<bool> ExpireAtUnixAsync(string key, long unixSeconds) => _db.KeyExpireAsync(key, DateTimeOffset.FromUnixTimeSeconds(unixSeconds).UtcDateTime);

    public Task<bool> TouchAsync(string key, TimeSpan ttl) => _db.KeyExpireAsync(key, ttl);

    public Task<long> CountAsync(string key) => _db.StringIncrementAsync(key);

    public Task RemoveAsync(string key) => _db.KeyDeleteAsync(key);
}

public sealed record Product(int Id, string Name, DateTime OnSaleUntil);

public sealed class ProductsController(ICacheService cache)
{
    // Bug: local time, and a TTL sent as an instant.
    public Task<bool> Store(Product product) => cache.SetAsync($"product:{product.Id}", product, DateTime.Now.AddHours(1)); // expect: EXP101, EXP102

    // Bug: the same through a local.
    public async Task StoreLater(Product product)
    {
        DateTime expiresAt = DateTime.Now.AddMinutes(30);
        await cache.SetAsync($"product:{product.Id}", product, expiresAt); // expect: EXP101, EXP102
    }

    // Bug: parts without a kind.
    public Task<bool> StoreUntilNewYear(Product product, int year) => cache.SetAsync($"product:{product.Id}", product, new DateTime(year, 1, 1)); // expect: EXP101

    // Fine: a deadline of unknown kind, stored with the product.
    public Task<bool> StoreWhileOnSale(Product product) => cache.SetAsync($"product:{product.Id}", product, product.OnSaleUntil);

    // Fine: UTC parts.
    public Task<bool> StoreUntilNewYearUtc(Product product, int year) => cache.SetAsync($"product:{product.Id}", product, new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    // Fine: a TTL.
    public Task<bool> StoreForAnHour(Product product) => cache.SetAsync($"product:{product.Id}", product, TimeSpan.FromHours(1));

    // Fine: the default.
    public Task<bool> StoreByDefault(Product product) => cache.SetAsync($"product:{product.Id}", product);

    // Bug: the key is gone at once.
    public Task<bool> StoreForNothing(Product product) => cache.SetAsync($"product:{product.Id}", product, TimeSpan.Zero); // expect: EXP401

    // Bug: milliseconds for seconds.
    public Task<bool> StoreName(Product product, TimeSpan ttl) => cache.SetForSecondsAsync($"name:{product.Id}", product.Name, (int)ttl.TotalMilliseconds); // expect: EXP105

    // Fine: seconds for seconds.
    public Task<bool> StoreNameRight(Product product, TimeSpan ttl) => cache.SetForSecondsAsync($"name:{product.Id}", product.Name, (int)ttl.TotalSeconds);

    // Bug: zero seconds.
    public Task<bool> StoreNameForNothing(Product product) => cache.SetForSecondsAsync($"name:{product.Id}", product.Name, 0); // expect: EXP401

    // Bug: a Unix time as a number of seconds from now.
    public Task<bool> StoreNameUntil(Product product) => cache.SetForSecondsAsync($"name:{product.Id}", product.Name, (int)DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()); // expect: EXP106

    // Bug: seconds for minutes.
    public bool StoreNameForMinutes(Product product, int ttlSeconds) => cache.SetForMinutes($"name:{product.Id}", product.Name, ttlSeconds); // expect: EXP105

    // Fine: minutes.
    public bool StoreNameForMinutesRight(Product product, TimeSpan ttl) => cache.SetForMinutes($"name:{product.Id}", product.Name, ttl.TotalMinutes);

    // Fine: an offset carries its zone.
    public Task<bool> ExpireTonight(Product product) => cache.ExpireAtOffsetAsync($"product:{product.Id}", new DateTimeOffset(DateTime.Today.AddDays(1)));

    // Fine: the service makes it UTC.
    public Task<bool> ExpireAnyKind(Product product) => cache.ExpireAtAnyKindAsync($"product:{product.Id}", DateTime.Today.AddDays(1));

    // Bug: milliseconds for seconds.
    public Task<bool> ExpireAtUnix(Product product, DateTimeOffset deadline) => cache.ExpireAtUnixAsync($"product:{product.Id}", deadline.ToUnixTimeMilliseconds()); // expect: EXP105

    // Fine: seconds.
    public Task<bool> ExpireAtUnixRight(Product product, DateTimeOffset deadline) => cache.ExpireAtUnixAsync($"product:{product.Id}", deadline.ToUnixTimeSeconds());

    // Bug: two commands behind the service.
    public async Task<Product?> Sliding(int id)
    {
        string key = $"product:{id}";
        Product? product = await cache.GetAsync<Product>(key);
        if (product is not null)
        {
            await cache.TouchAsync(key, TimeSpan.FromMinutes(20)); // expect: EXP301
        }

        return product;
    }

    // Fine: two keys.
    public async Task<Product?> Related(int id)
    {
        Product? product = await cache.GetAsync<Product>($"product:{id}");
        await cache.TouchAsync($"related:{id}", TimeSpan.FromMinutes(20));
        return product;
    }

    // Bug: the window never ends where the second command is lost.
    public async Task<bool> IsAllowed(string user)
    {
        string key = "hits:" + user;
        long hits = await cache.CountAsync(key);
        if (hits == 1)
        {
            await cache.TouchAsync(key, TimeSpan.FromMinutes(1)); // expect: EXP303
        }

        return hits <= 100;
    }

    // Fine: removed, and stored anew with its TTL.
    public async Task Replace(Product product)
    {
        string key = $"product:{product.Id}";
        await cache.RemoveAsync(key);
        await cache.SetAsync(key, product, TimeSpan.FromMinutes(20));
    }
}

/// <summary>Another contract with two implementations: which one runs is not known.</summary>
public interface ISessionStore
{
    Task<bool> KeepUntilAsync(string id, DateTime at);

    Task<string?> ReadAsync(string id);

    Task<bool> KeepAsync(string id, TimeSpan ttl);
}

public sealed class RedisSessionStore(IDatabase db) : ISessionStore
{
    public Task<bool> KeepUntilAsync(string id, DateTime at) => db.KeyExpireAsync("session:" + id, at);

    public async Task<string?> ReadAsync(string id) => await db.StringGetAsync("session:" + id);

    public Task<bool> KeepAsync(string id, TimeSpan ttl) => db.KeyExpireAsync("session:" + id, ttl);
}

/// <summary>Makes UTC of what it is handed.</summary>
public sealed class NormalizingSessionStore(ISessionStore inner) : ISessionStore
{
    public Task<bool> KeepUntilAsync(string id, DateTime at) => inner.KeepUntilAsync(id, at.ToUniversalTime());

    public Task<string?> ReadAsync(string id) => inner.ReadAsync(id);

    public Task<bool> KeepAsync(string id, TimeSpan ttl) => inner.KeepAsync(id, ttl);
}

public sealed class Sessions(ISessionStore store, RedisSessionStore redis)
{
    // Fine: the decorator may stand before the store.
    public Task<bool> Keep(string id) => store.KeepUntilAsync(id, DateTime.Now.AddMinutes(20));

    // Bug: the decorator passes both on.
    public async Task<string?> Refresh(string id)
    {
        string? session = await store.ReadAsync(id);
        await store.KeepAsync(id, TimeSpan.FromMinutes(20)); // expect: EXP301
        return session;
    }

    // Bug: this one is the class itself.
    public Task<bool> KeepDirectly(string id) => redis.KeepUntilAsync(id, DateTime.Now.AddMinutes(20)); // expect: EXP101, EXP102

    // Bug: and so is this.
    public async Task<string?> RefreshDirectly(string id)
    {
        string? session = await redis.ReadAsync(id);
        await redis.KeepAsync(id, TimeSpan.FromMinutes(20)); // expect: EXP301
        return session;
    }
}
