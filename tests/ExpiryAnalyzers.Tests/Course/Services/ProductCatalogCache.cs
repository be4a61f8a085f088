using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Services.Catalog;

public sealed record ProductView(int Id, string Name, decimal Price, DateTimeOffset? DiscontinuedOn);

public interface IProductSource
{
    Task<ProductView?> FindAsync(int id, CancellationToken ct);

    Task<IReadOnlyList<ProductView>> PromotedAsync(CancellationToken ct);
}

/// <summary>Cache-aside repository in front of the product tables.</summary>
public sealed class ProductCatalogCache(IConnectionMultiplexer redis, IProductSource source, ILogger<ProductCatalogCache> log)
{
    private const string PromotedKey = "catalog:promoted";
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan RebuildLease = TimeSpan.FromSeconds(20);
    private readonly IDatabase _db = redis.GetDatabase();

    private static string KeyOf(int id) => $"catalog:product:{id}";

    public async Task<ProductView?> GetAsync(int id, CancellationToken ct)
    {
        var key = KeyOf(id);
        var cached = await _db.StringGetAsync(key);
        if (cached.HasValue)
        {
            return JsonSerializer.Deserialize<ProductView>((string)cached!);
        }

        var product = await source.FindAsync(id, ct);
        if (product is null)
        {
            return null;
        }

        await _db.StringSetAsync(key, JsonSerializer.Serialize(product));
        await _db.KeyExpireAsync(key, Fresh); // expect: EXP302
        return product;
    }

    public async Task<ProductView?> GetAndKeepWarmAsync(int id)
    {
        var raw = await _db.StringGetAsync(KeyOf(id));
        if (raw.IsNullOrEmpty)
        {
            log.LogDebug("Product {Id} is cold", id);
            return null;
        }

        await _db.KeyExpireAsync(KeyOf(id), Fresh); // expect: EXP301
        return JsonSerializer.Deserialize<ProductView>((string)raw!);
    }

    public async Task<ProductView?> GetSlidingAsync(int id)
    {
        var raw = await _db.StringGetSetExpiryAsync(KeyOf(id), Fresh);
        return raw.IsNullOrEmpty ? null : JsonSerializer.Deserialize<ProductView>((string)raw!);
    }

    public async Task StoreUntilDiscontinuedAsync(ProductView product)
    {
        var key = KeyOf(product.Id);
        var json = JsonSerializer.Serialize(product);
        if (product.DiscontinuedOn is { } last)
        {
            await _db.StringSetAsync(key, json, last.UtcDateTime);
            await _db.KeyExpireAsync(key + ":price", last.DateTime); // expect: EXP101
        }
        else
        {
            await _db.StringSetAsync(key, json, DateTime.UtcNow.AddMinutes(15)); // expect: EXP102
        }
    }

    public async Task<IReadOnlyList<ProductView>> PromotedAsync(CancellationToken ct)
    {
        var hit = await _db.StringGetAsync(PromotedKey);
        if (hit.HasValue)
        {
            return JsonSerializer.Deserialize<List<ProductView>>((string)hit!)!;
        }

        var token = Guid.NewGuid().ToString("N");
        if (!await _db.LockTakeAsync(PromotedKey + ":lock", token, RebuildLease)) // expect: EXP201
        {
            await Task.Delay(150, ct);
            return [];
        }

        try
        {
            var fresh = await source.PromotedAsync(ct);
            await _db.StringSetAsync(PromotedKey, JsonSerializer.Serialize(fresh), Fresh);
            return fresh;
        }
        finally
        {
            await _db.LockReleaseAsync(PromotedKey + ":lock", token);
        }
    }

    public async Task<IReadOnlyDictionary<int, ProductView>> ManyAsync(IEnumerable<int> ids)
    {
        var found = new Dictionary<int, ProductView>();
        foreach (var id in ids.Distinct())
        {
            var key = KeyOf(id);
            var value = await _db.StringGetAsync(key);
            if (value.IsNull)
            {
                continue;
            }

            found[id] = JsonSerializer.Deserialize<ProductView>((string)value!)!;
            await _db.KeyExpireAsync(key, Fresh, ExpireWhen.GreaterThanCurrentExpiry); // expect: EXP301
        }

        return found;
    }
}
