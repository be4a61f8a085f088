#nullable enable
using System;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Exp301.CacheServices;

public sealed record Product(int Id, string Name, decimal Price);

public interface IProductRepository
{
    Task<Product?> FindAsync(int id);
}

public sealed class ProductCache
{
    private static readonly TimeSpan SlidingTtl = TimeSpan.FromMinutes(20);
    private readonly IDatabase _db;
    private readonly IProductRepository _repository;
    private readonly ILogger<ProductCache> _logger;

    public ProductCache(IConnectionMultiplexer redis, IProductRepository repository, ILogger<ProductCache> logger)
    {
        _db = redis.GetDatabase();
        _repository = repository;
        _logger = logger;
    }

    // Bug: GET, test, deserialise, EXPIRE: the key may be gone or new by the time the second command runs.
    public async Task<Product?> GetAsync(int id)
    {
        var key = $"product:{id}";
        var value = await _db.StringGetAsync(key);
        if (!value.HasValue)
            return null;
        var product = JsonSerializer.Deserialize<Product>(value.ToString());
        await _db.KeyExpireAsync(key, SlidingTtl); // expect: EXP301
        return product;
    }

    // Bug: under the test of the value.
    public async Task<string?> GetRawAsync(string key)
    {
        var value = await _db.StringGetAsync(key).ConfigureAwait(false);
        if (value.HasValue)
        {
            await _db.KeyExpireAsync(key, TimeSpan.FromMinutes(5)).ConfigureAwait(false); // expect: EXP301
        }
        return value;
    }

    // Bug: sync, result tested with IsNullOrEmpty, fire and forget.
    public Product? Get(int id)
    {
        RedisKey key = "product:" + id;
        RedisValue value = _db.StringGet(key);
        if (value.IsNullOrEmpty) return null;
        _db.KeyExpire(key, SlidingTtl, CommandFlags.FireAndForget); // expect: EXP301
        return JsonSerializer.Deserialize<Product>((string)value!);
    }

    // Bug: pattern on the value.
    public async Task<Product?> TryGetAsync(int id)
    {
        var key = $"product:{id}";
        if (await _db.StringGetAsync(key) is { HasValue: true } hit)
        {
            _logger.LogDebug("hit {Key}", key);
            await _db.KeyExpireAsync(key, SlidingTtl); // expect: EXP301
            return JsonSerializer.Deserialize<Product>(hit.ToString());
        }
        return null;
    }

    // Fine: one GETEX does both.
    public async Task<Product?> GetExAsync(int id)
    {
        var value = await _db.StringGetSetExpiryAsync($"product:{id}", SlidingTtl);
        return value.HasValue ? JsonSerializer.Deserialize<Product>(value.ToString()) : null;
    }

    // Fine here: cache-aside. The hit returns; on a miss the key is written and then given its life.
    public async Task<Product?> GetOrLoadAsync(int id)
    {
        var key = $"product:{id}";
        var cached = await _db.StringGetAsync(key);
        if (cached.HasValue)
            return JsonSerializer.Deserialize<Product>(cached.ToString());

        var product = await _repository.FindAsync(id);
        if (product is null)
            return null;
        await _db.StringSetAsync(key, JsonSerializer.Serialize(product));
        await _db.KeyExpireAsync(key, SlidingTtl);
        return product;
    }

    // Fine here: the miss is filled inside the "if", with the expiry in the same block as the write.
    public async Task<string> GetOrFillAsync(string key, Func<Task<string>> load)
    {
        var cached = await _db.StringGetAsync(key);
        if (cached.IsNull)
        {
            cached = await load();
            await _db.StringSetAsync(key, cached);
            await _db.KeyExpireAsync(key, TimeSpan.FromHours(1));
        }
        return cached.ToString();
    }

    // Bug: on a hit the life is renewed by a second command; the miss is written in one.
    public async Task<string> GetOrStoreAsync(string key, Func<Task<string>> load)
    {
        var cached = await _db.StringGetAsync(key);
        if (cached.IsNull)
        {
            var made = await load();
            await _db.StringSetAsync(key, made, TimeSpan.FromHours(1));
            return made;
        }
        else
        {
            await _db.KeyExpireAsync(key, TimeSpan.FromHours(1)); // expect: EXP301
            return cached.ToString();
        }
    }

    // Bug: hit branch first.
    public async Task<Product?> GetSlidingAsync(int id)
    {
        var key = $"product:{id}";
        var json = (string?)await _db.StringGetAsync(key);
        if (!string.IsNullOrEmpty(json))
        {
            await _db.KeyExpireAsync(key, SlidingTtl); // expect: EXP301
            return JsonSerializer.Deserialize<Product>(json);
        }
        var product = await _repository.FindAsync(id);
        if (product != null)
            await _db.StringSetAsync(key, JsonSerializer.Serialize(product), SlidingTtl);
        return product;
    }

    // Fine: reads only.
    public async Task<bool> HasAsync(int id) => (await _db.StringGetAsync($"product:{id}")).HasValue;

    // Fine: expires only.
    public Task<bool> KeepAsync(int id, TimeSpan ttl) => _db.KeyExpireAsync($"product:{id}", ttl);

    // Fine: existence is no read of the value.
    public async Task<bool> TouchIfThereAsync(string key)
    {
        if (!await _db.KeyExistsAsync(key)) return false;
        return await _db.KeyExpireAsync(key, SlidingTtl);
    }

    // Fine: expiry first, read after.
    public async Task<string?> KeepAndGetAsync(string key)
    {
        if (!await _db.KeyExpireAsync(key, SlidingTtl)) return null;
        return await _db.StringGetAsync(key);
    }

    // Bug: the whole in a lease of bytes.
    public async Task<byte[]?> GetBytesAsync(string key)
    {
        using var lease = await _db.StringGetLeaseAsync(key);
        if (lease is null) return null;
        var copy = lease.Span.ToArray();
        await _db.KeyExpireAsync(key, SlidingTtl); // expect: EXP301
        return copy;
    }

    // Bug: expiry's own answer is returned.
    public async Task<bool> RefreshAsync(string key)
    {
        var value = await _db.StringGetAsync(key);
        _logger.LogTrace("{Key} has {Length} bytes", key, value.Length());
        return await _db.KeyExpireAsync(key, SlidingTtl); // expect: EXP301
    }

    // Bug: an absolute but foreign moment; still two commands.
    public async Task<string?> GetUntilAsync(string key, DateTime endsAtUtc)
    {
        var value = await _db.StringGetAsync(key);
        if (value.IsNull) return null;
        await _db.KeyExpireAsync(key, endsAtUtc); // expect: EXP301
        return value;
    }

    // Bug: a nullable TTL of the caller.
    public async Task<string?> GetAsync(string key, TimeSpan? sliding)
    {
        var value = await _db.StringGetAsync(key);
        if (value.HasValue && sliding.HasValue)
            await _db.KeyExpireAsync(key, sliding.Value); // expect: EXP301
        return value;
    }
}
