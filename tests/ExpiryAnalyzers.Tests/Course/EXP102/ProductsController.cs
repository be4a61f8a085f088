using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Exp102.Products;

public class Product
{
    public int Id { get; set; }
    public string Name { get; set; } = string.Empty;
}

public interface IProductRepository
{
    Task<Product?> FindAsync(int id);
    Task<List<Product>> AllAsync();
}

public class ProductsController
{
    private readonly IProductRepository _repository;
    private readonly IDistributedCache _cache;
    private readonly IConnectionMultiplexer _redis;

    public ProductsController(IProductRepository repository, IDistributedCache cache, IConnectionMultiplexer redis)
    {
        _repository = repository;
        _cache = cache;
        _redis = redis;
    }

    // Bug: cache-aside with an instant.
    public async Task<Product?> Get(int id)
    {
        var cached = await _cache.GetStringAsync("product-" + id);
        if (cached != null)
        {
            return JsonSerializer.Deserialize<Product>(cached);
        }

        var product = await _repository.FindAsync(id);
        if (product != null)
        {
            var expiration = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTime.Now.AddMinutes(5) }; // expect: EXP102
            await _cache.SetStringAsync("product-" + id, JsonSerializer.Serialize(product), expiration);
        }

        return product;
    }

    // Fine: cache-aside with a span.
    public async Task<Product?> GetRelative(int id)
    {
        var cached = await _cache.GetStringAsync("product-" + id);
        if (cached != null)
        {
            return JsonSerializer.Deserialize<Product>(cached);
        }

        var product = await _repository.FindAsync(id);
        if (product != null)
        {
            var expiration = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5) };
            await _cache.SetStringAsync("product-" + id, JsonSerializer.Serialize(product), expiration);
        }

        return product;
    }

    // Bug: through a DateTimeOffset local used for nothing else.
    public async Task<List<Product>> List()
    {
        var products = await _repository.AllAsync();
        DateTimeOffset expiresAt = DateTimeOffset.Now.AddMinutes(30);
        await _cache.SetStringAsync("products", JsonSerializer.Serialize(products), new DistributedCacheEntryOptions { AbsoluteExpiration = expiresAt }); // expect: EXP102
        return products;
    }

    // Fine: the local goes into the answer as well.
    public async Task<(List<Product> Items, DateTimeOffset FreshUntil)> ListWithFreshness()
    {
        var products = await _repository.AllAsync();
        DateTimeOffset expiresAt = DateTimeOffset.Now.AddMinutes(30);
        await _cache.SetStringAsync("products", JsonSerializer.Serialize(products), new DistributedCacheEntryOptions { AbsoluteExpiration = expiresAt });
        return (products, expiresAt);
    }

    // Bug: the menu, written straight to Redis; SET ... EXAT.
    public async Task<bool> Menu(string json)
    {
        IDatabase db = _redis.GetDatabase();
        return await db.StringSetAsync("menu", json, DateTime.UtcNow.AddHours(6)); // expect: EXP102
    }

    // Fine: SET ... EX.
    public async Task<bool> MenuRelative(string json)
    {
        IDatabase db = _redis.GetDatabase();
        return await db.StringSetAsync("menu", json, TimeSpan.FromHours(6));
    }

    // Bug: the constructor of Expiration.
    public bool Banner(string json) => _redis.GetDatabase().StringSet("banner", json, new Expiration(DateTime.UtcNow.AddHours(6))); // expect: EXP102

    // Fine: the constructor of Expiration, with a span.
    public bool BannerRelative(string json) => _redis.GetDatabase().StringSet("banner", json, new Expiration(TimeSpan.FromHours(6)));

    // Bug: the conversion on the declaration is the sink.
    public bool Footer(string json)
    {
        Expiration expiry = DateTime.UtcNow.AddHours(6); // expect: EXP102
        return _redis.GetDatabase().StringSet("footer", json, expiry);
    }

    // Fine: a span, converted on the declaration.
    public bool FooterRelative(string json)
    {
        Expiration expiry = TimeSpan.FromHours(6);
        return _redis.GetDatabase().StringSet("footer", json, expiry);
    }

    // Bug: only if absent, named argument.
    public bool Seed(string json) => _redis.GetDatabase().StringSet("seed", json, expiry: DateTime.UtcNow.AddDays(1), when: When.NotExists); // expect: EXP102
}
