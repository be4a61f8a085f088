using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutLayers.CacheServices;

internal interface ICacheService
{
    Task<T?> GetAsync<T>(string key);

    Task SetAsync<T>(string key, T value, TimeSpan? ttl = null);

    Task SetUntilAsync<T>(string key, T value, DateTime expiresAt);

    Task SetUntilAsync<T>(string key, T value, DateTimeOffset expiresAt);

    Task SetForSecondsAsync<T>(string key, T value, int seconds);

    Task SetForMinutesAsync<T>(string key, T value, double minutes = 10);

    Task<bool> ExpireAsync(string key, TimeSpan ttl);

    Task RemoveAsync(string key);
}

internal sealed class RedisCacheService : ICacheService
{
    private readonly IConnectionMultiplexer _redis;
    private readonly string _prefix;

    public RedisCacheService(IConnectionMultiplexer redis, string prefix)
    {
        _redis = redis;
        _prefix = prefix;
    }

    private IDatabase Database => _redis.GetDatabase();

    public async Task<T?> GetAsync<T>(string key)
    {
        RedisValue json = await Database.StringGetAsync(Prefixed(key));
        return json.IsNullOrEmpty ? default : JsonSerializer.Deserialize<T>(json.ToString());
    }

    public async Task SetAsync<T>(string key, T value, TimeSpan? ttl = null)
    {
        string json = JsonSerializer.Serialize(value);
        await Database.StringSetAsync(Prefixed(key), json, expiry: ttl, when: When.Always).ConfigureAwait(false);
    }

    public Task SetUntilAsync<T>(string key, T value, DateTime expiresAt) =>
        Database.StringSetAsync(Prefixed(key), JsonSerializer.Serialize(value), expiresAt);

    public async Task SetUntilAsync<T>(string key, T value, DateTimeOffset expiresAt)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        DateTime utc = expiresAt.UtcDateTime;
        await Database.StringSetAsync(Prefixed(key), JsonSerializer.Serialize(value), utc);
    }

    public Task SetForSecondsAsync<T>(string key, T value, int seconds) => SetAsync(key, value, TimeSpan.FromSeconds(seconds));

    public Task SetForMinutesAsync<T>(string key, T value, double minutes = 10) => SetAsync(key, value, TimeSpan.FromMinutes(minutes));

    public Task<bool> ExpireAsync(string key, TimeSpan ttl) => Database.KeyExpireAsync(Prefixed(key), ttl);

    public Task RemoveAsync(string key) => Database.KeyDeleteAsync(Prefixed(key));

    private RedisKey Prefixed(string key) => _prefix + key;
}

internal sealed record Product(int Id, string Name, DateTimeOffset SaleEnds, DateTime ValidUntil);

internal sealed class ProductService(ICacheService cache)
{
    private static readonly TimeSpan ProductTtl = TimeSpan.FromMinutes(20);

    public Task KeepHalfAnHour(Product product) =>
        cache.SetUntilAsync($"product:{product.Id}", product, DateTime.Now.AddMinutes(30)); // expect: EXP101, EXP102

    public async Task KeepToday(Product product)
    {
        DateTime midnight = DateTime.Today.AddDays(1);
        await cache.SetUntilAsync($"product:{product.Id}", product, midnight); // expect: EXP101
    }

    public async Task KeepSale(Product product)
    {
        await cache.SetUntilAsync("sale:" + product.Id, product, product.SaleEnds.DateTime); // expect: EXP101
    }

    public Task KeepPromotion(Product product) => cache.SetUntilAsync(
        expiresAt: new DateTime(2031, 12, 31, 23, 59, 59), // expect: EXP101
        key: "promo:" + product.Id,
        value: product);

    public Task KeepByOffset(Product product) =>
        cache.SetUntilAsync("offset:" + product.Id, product, DateTimeOffset.UtcNow.AddHours(2)); // expect: EXP102

    public Task KeepForMilliseconds(Product product, TimeSpan ttl) =>
        cache.SetForSecondsAsync("ms:" + product.Id, product, (int)ttl.TotalMilliseconds); // expect: EXP105

    public Task KeepForComponent(Product product, TimeSpan ttl) =>
        cache.SetForSecondsAsync("component:" + product.Id, product, ttl.Seconds); // expect: EXP105

    public Task KeepForMinuteComponent(Product product, TimeSpan ttl) =>
        cache.SetForMinutesAsync("component:" + product.Id, product, ttl.Minutes); // expect: EXP105

    public Task KeepUntilUnixTime(Product product)
    {
        int until = (int)DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
        return cache.SetForSecondsAsync("unix:" + product.Id, product, until); // expect: EXP106
    }

    public Task KeepNothing(Product product) => cache.SetForSecondsAsync("none:" + product.Id, product, 0); // expect: EXP401

    public Task KeepForEver(Product product) => cache.SetAsync("ever:" + product.Id, product, System.Threading.Timeout.InfiniteTimeSpan); // expect: EXP401

    public Task KeepRest(Product product)
    {
        DateTime closing = DateTime.UtcNow.Date.AddHours(22);
        return cache.SetAsync("rest:" + product.Id, product, closing - DateTime.Now); // expect: EXP103
    }

    public Task KeepUntilClock(Product product, DateTime deadline) =>
        cache.SetAsync("clock:" + product.Id, product, deadline.TimeOfDay); // expect: EXP106

    public async Task Warm(IReadOnlyList<Product> products)
    {
        foreach (Product product in products)
        {
            await cache.SetAsync($"product:{product.Id}", product, ProductTtl);
        }
    }

    public async Task<Product?> Refresh(int id)
    {
        Product? product = await cache.GetAsync<Product>($"product:{id}");
        if (product is not null)
        {
            await cache.ExpireAsync($"product:{id}", ProductTtl); // expect: EXP301
        }

        return product;
    }

    public async Task Save(Product product)
    {
        string key = "saved:" + product.Id;
        await cache.SetAsync(key, product);
        await cache.ExpireAsync(key, ProductTtl); // expect: EXP302
    }
}

/// <summary>The same calls, done right.</summary>
internal sealed class CarefulProductService(ICacheService cache)
{
    public Task KeepHalfAnHour(Product product) => cache.SetAsync($"p:{product.Id}", product, TimeSpan.FromMinutes(30));

    public Task KeepToday(Product product) => cache.SetUntilAsync($"p:{product.Id}", product, DateTime.UtcNow.Date.AddDays(1));

    public Task KeepSale(Product product) => cache.SetUntilAsync("p:" + product.Id, product, product.SaleEnds.UtcDateTime);

    public Task KeepSaleOffset(Product product) => cache.SetUntilAsync("p:" + product.Id, product, product.SaleEnds);

    public Task KeepLocalOffset(Product product) => cache.SetUntilAsync("p:" + product.Id, product, new DateTimeOffset(2031, 12, 31, 0, 0, 0, TimeSpan.FromHours(9)));

    public Task KeepValid(Product product) => cache.SetUntilAsync("p:" + product.Id, product, product.ValidUntil);

    public Task KeepSeconds(Product product, TimeSpan ttl) => cache.SetForSecondsAsync("p:" + product.Id, product, (int)ttl.TotalSeconds);

    public Task KeepMinutes(Product product, TimeSpan ttl) => cache.SetForMinutesAsync("p:" + product.Id, product, ttl.TotalMinutes);

    public Task KeepDefault(Product product) => cache.SetForMinutesAsync("p:" + product.Id, product);

    public Task KeepRest(Product product, DateTime closingUtc) => cache.SetAsync("p:" + product.Id, product, closingUtc - DateTime.UtcNow);

    // The read and the expiry speak of two keys.
    public async Task<Product?> Load(int id)
    {
        Product? product = await cache.GetAsync<Product>($"p:{id}");
        await cache.ExpireAsync($"p:{id}:views", TimeSpan.FromHours(1));
        return product;
    }

    // Cache-aside: what is written brings its own TTL.
    public async Task<Product> GetOrLoad(int id, Func<int, Task<Product>> load)
    {
        Product? cached = await cache.GetAsync<Product>("p:" + id);
        if (cached is not null)
        {
            return cached;
        }

        Product product = await load(id);
        await cache.SetAsync("p:" + id, product, TimeSpan.FromMinutes(5));
        return product;
    }
}
