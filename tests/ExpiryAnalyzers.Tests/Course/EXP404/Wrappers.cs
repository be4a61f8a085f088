using System;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Shop.Caching;

/// <summary>A cache for any key: the caller chooses, and each choice is right.</summary>
public sealed class RedisCacheService
{
    private readonly IDatabase _db;
    private readonly string _prefix = "app:";
    private readonly TimeSpan _default = TimeSpan.FromMinutes(10);

    public RedisCacheService(IDatabase db) => _db = db;

    public Task<bool> SetAsync(string key, string value) => _db.StringSetAsync(key, value);

    public Task<bool> SetAsync(string key, string value, TimeSpan ttl) => _db.StringSetAsync(key, value, ttl);

    public bool Set<T>(string key, T value) => _db.StringSet(_prefix + key, JsonSerializer.Serialize(value));

    public bool Set<T>(string key, T value, TimeSpan expiry) => _db.StringSet(_prefix + key, JsonSerializer.Serialize(value), expiry);

    public bool SetDefault<T>(string key, T value) => _db.StringSet(_prefix + key, JsonSerializer.Serialize(value), _default);

    public Task<bool> PutAsync(string cacheKey, string value) => _db.StringSetAsync(BuildKey(cacheKey), value);

    public Task<bool> PutAsync(string cacheKey, string value, TimeSpan ttl) => _db.StringSetAsync(BuildKey(cacheKey), value, ttl);

    public async Task<bool> SaveAsync(string key, string value, TimeSpan? ttl = null)
    {
        if (ttl is null)
        {
            return await _db.StringSetAsync(key, value);
        }

        return await _db.StringSetAsync(key, value, ttl.Value);
    }

    private string BuildKey(string cacheKey) => $"{_prefix}{cacheKey}";
}

/// <summary>Settings that live for ever beside values that do not, by intent.</summary>
public sealed class FeatureFlags
{
    private readonly IDatabase _db;

    public FeatureFlags(IDatabase db) => _db = db;

    // Fine: the branch says which flags expire.
    public void Set(string flag, bool value, TimeSpan? until)
    {
        if (until is { } span)
        {
            _db.StringSet($"flag:{flag}", value, span);
        }
        else
        {
            _db.StringSet($"flag:{flag}", value);
        }
    }

    public void SetFor(string flag, bool value) => _db.StringSet($"trial:{flag}", value, TimeSpan.FromDays(14));

    // Fine: the name says so.
    public void SetForever(string flag, bool value) => _db.StringSet($"trial:{flag}", value);

    public void Hold(string flag) => _db.StringSet($"held:{flag}", true, TimeSpan.FromDays(1));

    public void Keep(string flag) => _db.KeyPersist($"held:{flag}");

    // Fine: the type takes the TTL away elsewhere, too.
    public void Change(string flag, bool value) => _db.StringSet($"held:{flag}", value);

    public void Ban(string user, TimeSpan time) => _db.StringSet($"ban:{user}", 1, time);

    // Fine: the same name without a time is the other form.
    public void Ban(string user) => _db.StringSet($"ban:{user}", 1);

    public void Note(string user) => _db.StringSet($"note:{user}", 1, TimeSpan.FromDays(3));

    // Fine: written out, none is meant.
    public void NoteLong(string user) => _db.StringSet($"note:{user}", 1, expiry: null, when: When.Always);
}

/// <summary>Small helpers of the type itself carry the calls.</summary>
public sealed class ProfileCache
{
    private readonly IDatabase _db;

    public ProfileCache(IDatabase db) => _db = db;

    public Task LoadAsync(int user, string json) => StoreAsync($"profile:{user}", json, TimeSpan.FromHours(1));

    // Bug: the helper's default is no TTL.
    public Task RenameAsync(int user, string json) => StoreAsync($"profile:{user}", json); // expect: EXP404

    private Task<bool> StoreAsync(string key, string value, TimeSpan? ttl = null) => _db.StringSetAsync(key, value, expiry: ttl, when: When.Always);
}

public sealed class PriceEntries
{
    private static readonly DistributedCacheEntryOptions Hour = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) };
    private readonly IDistributedCache _cache;

    public PriceEntries(IDistributedCache cache) => _cache = cache;

    public Task LoadAsync(int product, string price) => _cache.SetStringAsync($"price:{product}", price, Hour);

    // Bug: without options, the entry never expires.
    public Task ChangeAsync(int product, string price) => _cache.SetStringAsync($"price:{product}", price); // expect: EXP404
}
