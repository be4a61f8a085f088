using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Shop.Catalog;

public sealed record Product(int Id, string Sku, string Name, decimal Price, TimeSpan Freshness, DateTime ValidUntil);

public interface IProductSource
{
    Task<IReadOnlyList<Product>> AllAsync(CancellationToken ct);

    IAsyncEnumerable<Product> StreamAsync(CancellationToken ct);
}

public sealed class CacheSettings
{
    public TimeSpan ProductTtl { get; set; } = TimeSpan.FromMinutes(30);

    public int ProductMinutes { get; set; } = 30;
}

/// <summary>Fills the cache at start and after each price update.</summary>
public sealed class CatalogWarmup
{
    private const int TtlSeconds = 3600;
    private static readonly TimeSpan Ttl = TimeSpan.FromHours(1);
    private readonly IDatabase _db;
    private readonly IProductSource _source;
    private readonly CacheSettings _settings;

    public CatalogWarmup(IDatabase db, IProductSource source, CacheSettings settings)
    {
        _db = db;
        _source = source;
        _settings = settings;
    }

    // Bug: the shape everybody writes.
    public async Task ForEachAsync(CancellationToken ct)
    {
        foreach (var product in await _source.AllAsync(ct))
        {
            await _db.StringSetAsync($"product:{product.Id}", JsonSerializer.Serialize(product), TimeSpan.FromMinutes(10)); // expect: EXP403
        }
    }

    // Bug: the TTL is a field.
    public async Task FieldAsync(CancellationToken ct)
    {
        var products = await _source.AllAsync(ct);
        foreach (var product in products)
        {
            var key = "product:" + product.Id;
            var json = JsonSerializer.Serialize(product);
            await _db.StringSetAsync(key, json, Ttl).ConfigureAwait(false); // expect: EXP403
        }
    }

    // Bug: the TTL is a setting.
    public async Task SettingAsync(CancellationToken ct)
    {
        foreach (var product in await _source.AllAsync(ct))
        {
            await _db.StringSetAsync(Key(product.Id), product.Name, _settings.ProductTtl); // expect: EXP403
        }
    }

    // Bug: the TTL is made of a setting, in each round anew.
    public async Task MinutesAsync(CancellationToken ct)
    {
        foreach (var product in await _source.AllAsync(ct))
        {
            var ttl = TimeSpan.FromMinutes(_settings.ProductMinutes);
            await _db.StringSetAsync(Key(product.Id), product.Name, expiry: ttl); // expect: EXP403
        }
    }

    // Bug: the TTL comes from the caller.
    public async Task ParameterAsync(TimeSpan ttl, CancellationToken ct)
    {
        var products = await _source.AllAsync(ct);
        for (int i = 0; i < products.Count; i++)
        {
            await _db.StringSetAsync($"product:{products[i].Id}", products[i].Name, ttl, When.Always); // expect: EXP403
        }
    }

    // Bug: all at once.
    public async Task WhenAllAsync(CancellationToken ct)
    {
        var products = await _source.AllAsync(ct);
        await Task.WhenAll(products.Select(p => _db.StringSetAsync($"product:{p.Id}", JsonSerializer.Serialize(p), Ttl))); // expect: EXP403
    }

    // Bug: all at once, from an async lambda.
    public async Task WhenAllLambdaAsync(CancellationToken ct)
    {
        var expiry = TimeSpan.FromSeconds(TtlSeconds);
        var tasks = (await _source.AllAsync(ct)).Select(async p =>
        {
            var json = JsonSerializer.Serialize(p);
            await _db.StringSetAsync(Key(p.Id), json, expiry); // expect: EXP403
        }).ToList();
        await Task.WhenAll(tasks);
    }

    // Bug: a batch filled in a loop.
    public async Task BatchAsync(CancellationToken ct)
    {
        var batch = _db.CreateBatch();
        var tasks = new List<Task>();
        foreach (var product in await _source.AllAsync(ct))
        {
            tasks.Add(batch.StringSetAsync($"product:{product.Sku}", product.Name, Ttl)); // expect: EXP403
        }

        batch.Execute();
        await Task.WhenAll(tasks);
    }

    // Bug: a transaction filled in a loop, of hashes.
    public async Task HashesAsync(CancellationToken ct)
    {
        var tran = _db.CreateTransaction();
        foreach (var product in await _source.AllAsync(ct))
        {
            var key = Key(product.Id);
            _ = tran.HashSetAsync(key, "name", product.Name);
            _ = tran.KeyExpireAsync(key, Ttl); // expect: EXP403
        }

        await tran.ExecuteAsync();
    }

    // Bug: a stream of rows.
    public async Task StreamAsync(CancellationToken ct)
    {
        await foreach (var product in _source.StreamAsync(ct))
        {
            await _db.StringSetAsync(Key(product.Id), product.Name, TimeSpan.FromDays(1)); // expect: EXP403
        }
    }

    // Bug: parallel loops.
    public async Task ParallelAsync(CancellationToken ct)
    {
        var products = await _source.AllAsync(ct);
        await Parallel.ForEachAsync(products, ct, async (product, token) =>
        {
            await _db.StringSetAsync(Key(product.Id), product.Name, Ttl); // expect: EXP403
        });
        Parallel.ForEach(products, product => _db.StringSet(Key(product.Id), product.Name, Ttl)); // expect: EXP403
        products.ToList().ForEach(product => _db.StringSet(Key(product.Id), product.Name, Ttl)); // expect: EXP403
    }

    // Bug: a dictionary, taken apart, that another member has loaded.
    public void Dictionary(Func<Dictionary<string, string>> load) => Fill(load());

    private void Fill(Dictionary<string, string> values)
    {
        foreach (var (name, value) in values)
        {
            _db.StringSet("config:" + name, value, Ttl, flags: CommandFlags.FireAndForget); // expect: EXP403
        }
    }

    // Bug: the jitter is drawn once, for all keys.
    public async Task OneJitterAsync(CancellationToken ct)
    {
        var ttl = Ttl + TimeSpan.FromSeconds(Random.Shared.Next(0, 300));
        foreach (var product in await _source.AllAsync(ct))
        {
            await _db.StringSetAsync(Key(product.Id), product.Name, ttl); // expect: EXP403
        }
    }

    // Bug: the loop is in view, the write is one call away.
    public async Task ThroughHelperAsync(CancellationToken ct)
    {
        foreach (var product in await _source.AllAsync(ct))
        {
            await StoreAsync(product); // expect: EXP403
        }
    }

    // Bug: a helper that is handed the TTL.
    public async Task ThroughTtlHelperAsync(CancellationToken ct)
    {
        foreach (var product in await _source.AllAsync(ct))
        {
            await PutAsync($"product:{product.Id}", product, Ttl); // expect: EXP403
        }
    }

    // Fine: each key gets its own jitter.
    public async Task JitterAsync(CancellationToken ct)
    {
        foreach (var product in await _source.AllAsync(ct))
        {
            await _db.StringSetAsync(Key(product.Id), product.Name, Ttl + TimeSpan.FromSeconds(Random.Shared.Next(0, 300)));
            await _db.StringSetAsync($"a:{product.Id}", product.Name, Jitter(Ttl));
            await _db.StringSetAsync($"b:{product.Id}", product.Name, Ttl * (1 + Random.Shared.NextDouble() * 0.15));
            var seconds = TtlSeconds + Random.Shared.Next(600);
            await _db.StringSetAsync($"c:{product.Id}", product.Name, TimeSpan.FromSeconds(seconds));
            await _db.StringSetAsync($"d:{product.Id}", product.Name, JitteredTtl);
        }
    }

    // Fine: the helper draws the jitter.
    public async Task JitterInHelperAsync(CancellationToken ct)
    {
        foreach (var product in await _source.AllAsync(ct))
        {
            await StoreSpreadAsync(product);
        }

        await Task.WhenAll((await _source.AllAsync(ct)).Select(StoreSpreadAsync));
    }

    // Fine: the TTL is the item's own.
    public async Task OwnTtlAsync(CancellationToken ct)
    {
        foreach (var product in await _source.AllAsync(ct))
        {
            await _db.StringSetAsync(Key(product.Id), product.Name, product.Freshness);
            await _db.StringSetAsync($"a:{product.Id}", product.Name, product.ValidUntil - DateTime.UtcNow);
            await _db.StringSetAsync($"b:{product.Id}", product.Name, product.Price > 100 ? Ttl : TimeSpan.FromMinutes(5));
            await _db.StringSetAsync($"c:{product.Id}", product.Name, TimeSpan.FromSeconds(TtlSeconds + product.Id % 300));
            await _db.StringSetAsync($"d:{product.Id}", product.Name, TtlOf(product));
        }
    }

    // Fine: one key in every round.
    public async Task OneKeyAsync(CancellationToken ct)
    {
        foreach (var product in await _source.AllAsync(ct))
        {
            await _db.HashSetAsync("products", product.Id, product.Name);
            await _db.StringSetAsync("products:last", product.Id, Ttl);
        }

        await _db.KeyExpireAsync("products", Ttl);
    }

    // Fine: three keys are no herd.
    public async Task FewAsync(string[] names)
    {
        foreach (var region in new[] { "eu", "us", "asia" })
        {
            await _db.StringSetAsync($"region:{region}", "up", Ttl);
        }

        for (int shard = 0; shard < 4; shard++)
        {
            await _db.StringSetAsync($"shard:{shard}", "up", Ttl);
        }
    }

    // Fine: no TTL at all.
    public async Task NoTtlAsync(CancellationToken ct)
    {
        foreach (var product in await _source.AllAsync(ct))
        {
            await _db.StringSetAsync(Key(product.Id), product.Name);
            await _db.StringSetAsync($"b:{product.Id}", product.Name, null, When.Exists);
        }
    }

    private static string Key(int id) => $"product:{id}";

    private static TimeSpan Jitter(TimeSpan ttl) => ttl + TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * 0.15 * ttl.TotalMilliseconds);

    private static TimeSpan JitteredTtl => TimeSpan.FromSeconds(Random.Shared.Next(3000, 3600));

    private static TimeSpan TtlOf(Product product) => product.Price > 100 ? Ttl : TimeSpan.FromMinutes(5);

    private Task<bool> StoreAsync(Product product) => _db.StringSetAsync(Key(product.Id), JsonSerializer.Serialize(product), Ttl);

    private Task<bool> StoreSpreadAsync(Product product)
    {
        var ttl = Ttl + TimeSpan.FromSeconds(Random.Shared.Next(0, 600));
        return _db.StringSetAsync(Key(product.Id), JsonSerializer.Serialize(product), ttl);
    }

    private async Task PutAsync<T>(string key, T value, TimeSpan ttl)
    {
        await _db.StringSetAsync(key, JsonSerializer.Serialize(value), ttl);
    }
}
