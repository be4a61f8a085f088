using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutLayers.Pairs;

public sealed record Cart(string Id, List<string> Lines);

public sealed class CartStore(IConnectionMultiplexer redis)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(2);
    private readonly IDatabase _db = redis.GetDatabase(3);

    public async Task<Cart?> Open(string id)
    {
        Cart? cart = await GetAsync<Cart>(KeyOf(id));
        await _db.KeyExpireAsync(KeyOf(id), Life); // expect: EXP301
        return cart;
    }

    public async Task<Cart?> OpenTouched(string id)
    {
        string key = KeyOf(id);
        RedisValue json = await _db.StringGetAsync(key);
        if (json.IsNull)
        {
            return null;
        }

        await Touch(key); // expect: EXP301
        return JsonSerializer.Deserialize<Cart>(json.ToString());
    }

    public async Task<Cart?> OpenBoth(string id)
    {
        Cart? cart = await GetAsync<Cart>(KeyOf(id));
        if (cart is { Lines.Count: > 0 })
        {
            await Touch(KeyOf(id)); // expect: EXP301
        }

        return cart;
    }

    public async Task Store(Cart cart)
    {
        string key = KeyOf(cart.Id);
        await Save(key, cart);
        await Touch(key); // expect: EXP302
    }

    public async Task StoreLines(Cart cart)
    {
        foreach (string line in cart.Lines)
        {
            await _db.ListRightPushAsync($"cart:{cart.Id}:lines", line);
        }

        await Touch($"cart:{cart.Id}:lines"); // expect: EXP302
    }

    public async Task<long> Visit(string id)
    {
        long visits = await Increment("visits:" + id);
        if (visits == 1L)
        {
            await Touch("visits:" + id); // expect: EXP303
        }

        return visits;
    }

    public bool Allow(string user, int limit)
    {
        string key = $"rate:{user}";
        var count = _db.HashIncrement(key, "count");
        if (count == 1)
        {
            Expire(key, 60); // expect: EXP303
        }

        return count <= limit;
    }

    // Touch comes first and finds no key.
    public async Task Begin(string id, string member)
    {
        await Touch("online:" + id); // expect: EXP302
        await _db.SetAddAsync("online:" + id, member);
    }

    // SET clears the TTL that an earlier save gave.
    public async Task Rename(Cart cart)
    {
        await _db.StringSetAsync(KeyOf(cart.Id), JsonSerializer.Serialize(cart)); // expect: EXP404
    }

    public Task SaveFor(Cart cart) => _db.StringSetAsync(KeyOf(cart.Id), JsonSerializer.Serialize(cart), Life);

    public async Task<bool> IsFresh(string id) => await ExpiryOf(id) > DateTime.UtcNow; // expect: EXP104

    private Task<DateTime?> ExpiryOf(string id) => _db.KeyExpireTimeAsync(KeyOf(id));

    private static string KeyOf(string id) => $"cart:{id}";

    private async Task<T?> GetAsync<T>(string key) where T : class
    {
        RedisValue json = await _db.StringGetAsync(key);
        return json.HasValue ? JsonSerializer.Deserialize<T>(json.ToString()) : null;
    }

    private Task<bool> Touch(string key) => _db.KeyExpireAsync(key, Life);

    private void Expire(string key, int seconds) => _db.KeyExpire(key, TimeSpan.FromSeconds(seconds));

    private Task Save(string key, Cart cart) => _db.HashSetAsync(key, [new HashEntry("id", cart.Id), new HashEntry("lines", string.Join(';', cart.Lines))]);

    private async Task<long> Increment(string key) => await _db.StringIncrementAsync(key);
}

/// <summary>What looks like a pair and is none.</summary>
public sealed class CarefulCartStore(IConnectionMultiplexer redis)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(2);
    private readonly IDatabase _db = redis.GetDatabase(3);

    // Touch keeps the index, not the cart.
    public async Task<string?> Open(string id)
    {
        string? json = await _db.StringGetAsync("cart:" + id);
        await TouchIndex(id);
        return json;
    }

    // Only one of the two runs.
    public async Task<string?> OpenOrKeep(string id, bool keepOnly)
    {
        if (keepOnly)
        {
            await Touch("cart:" + id);
            return null;
        }

        return await Read("cart:" + id);
    }

    // Refreshed only when little is left.
    public async Task<string?> OpenSparingly(string id)
    {
        string? json = await Read("cart:" + id);
        TimeSpan? left = await _db.KeyTimeToLiveAsync("cart:" + id);
        if (left < TimeSpan.FromMinutes(10))
        {
            await Touch("cart:" + id);
        }

        return json;
    }

    // The save brings its own TTL.
    public async Task Store(string id, string json)
    {
        await Save("cart:" + id, json);
        await Touch("cart:" + id);
    }

    // The other database.
    public async Task<string?> Move(string id)
    {
        string? json = await Read("cart:" + id);
        await redis.GetDatabase(4).KeyExpireAsync("cart:" + id, Life);
        return json;
    }

    // Both in one transaction, handed to a helper.
    public async Task<long> Visit(string id)
    {
        ITransaction transaction = _db.CreateTransaction();
        Task<long> visits = Increment(transaction, "visits:" + id);
        _ = Keep(transaction, "visits:" + id);
        await transaction.ExecuteAsync();
        return await visits;
    }

    public async Task Rename(string id, string json) => await _db.StringSetAsync("cart:" + id, json, expiry: null, keepTtl: true);

    // The entry says how long it lives.
    public async Task<string?> OpenByEntry(string id)
    {
        RedisValue[] entry = await _db.HashGetAsync("entry:" + id, ["data", "sliding"]);
        if (entry[1].HasValue)
        {
            await _db.KeyExpireAsync("entry:" + id, TimeSpan.FromTicks((long)entry[1]));
        }

        return entry[0];
    }

    private static Task<long> Increment(IDatabaseAsync db, string key) => db.StringIncrementAsync(key);

    private static Task<bool> Keep(IDatabaseAsync db, string key) => db.KeyExpireAsync(key, Life);

    private Task<bool> Touch(string key) => _db.KeyExpireAsync(key, Life);

    private Task<bool> TouchIndex(string id) => _db.KeyExpireAsync("index:" + id, Life);

    private async Task<string?> Read(string key) => await _db.StringGetAsync(key);

    private Task<bool> Save(string key, string json) => _db.StringSetAsync(key, json, Life);
}
