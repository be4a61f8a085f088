#nullable enable
using System;
using System.Text.Json;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp302.CacheServices;

public sealed class CacheService
{
    private readonly IDatabase _db;

    public CacheService(IConnectionMultiplexer redis) => _db = redis.GetDatabase();

    public async Task<T?> GetOrAddAsync<T>(string key, Func<Task<T>> load, TimeSpan ttl)
    {
        var cached = await _db.StringGetAsync(key);
        if (cached.HasValue)
        {
            return JsonSerializer.Deserialize<T>(cached.ToString());
        }

        var value = await load();
        await _db.StringSetAsync(key, JsonSerializer.Serialize(value));
        await _db.KeyExpireAsync(key, ttl); // expect: EXP302
        return value;
    }

    public void Set(string key, object value, TimeSpan? expiry = null)
    {
        _db.StringSet(key, JsonSerializer.Serialize(value));
        if (expiry.HasValue)
        {
            _db.KeyExpire(key, expiry.Value); // expect: EXP302
        }
    }

    public async Task SetAsync(string key, string value, TimeSpan? expiry)
    {
        await _db.StringSetAsync(key, value);
        if (expiry is not null)
            await _db.KeyExpireAsync(key, expiry); // expect: EXP302
    }

    public async Task<bool> TrySetAsync(string key, string value, TimeSpan? ttl) =>
        await _db.StringSetAsync(key, value) && (!ttl.HasValue || await _db.KeyExpireAsync(key, ttl)); // expect: EXP302

    public void SetUntil(string key, string value, DateTime utc)
    {
        _db.StringSet(key, value);
        _db.KeyExpire(key, utc.ToUniversalTime()); // expect: EXP302
    }

    public bool SetNx(string key, string value)
    {
        if (!_db.StringSet(key, value, null, When.NotExists))
        {
            return false;
        }

        _db.KeyExpire(key, TimeSpan.FromSeconds(30)); // expect: EXP302
        return true;
    }

    public string? Swap(string key, string value)
    {
        var old = _db.StringGetSet(key, value);
        _db.KeyExpire(key, TimeSpan.FromMinutes(5)); // expect: EXP302
        return old;
    }

    public async Task LogAsync(string key, string line)
    {
        await _db.StringAppendAsync(key, line);
        await _db.KeyExpireAsync(key, TimeSpan.FromDays(1)); // expect: EXP302
    }

    public async Task FlagAsync(string key, int bit)
    {
        await _db.StringSetBitAsync(key, bit, true);
        await _db.KeyExpireAsync(key, TimeSpan.FromDays(40)); // expect: EXP302
    }

    // The write has an expiry of its own; the second is longer on purpose.
    public async Task SetTwiceAsync(string key, string value, bool important)
    {
        await _db.StringSetAsync(key, value, TimeSpan.FromMinutes(1));
        if (important)
        {
            await _db.KeyExpireAsync(key, TimeSpan.FromHours(1));
        }
    }

    // May have one: not known.
    public async Task SetPerhapsAsync(string key, string value, TimeSpan? ttl)
    {
        await _db.StringSetAsync(key, value, expiry: ttl, when: When.Always);
        await _db.KeyExpireAsync(key, TimeSpan.FromHours(1));
    }

    // The TTL stays as it is.
    public async Task ReplaceAsync(string key, string value)
    {
        await _db.StringSetAsync(key, value, expiry: null, keepTtl: true);
        await _db.KeyExpireAsync(key, TimeSpan.FromHours(1), ExpireWhen.GreaterThanCurrentExpiry);
    }

    public async Task ReplaceNewAsync(string key, string value)
    {
        await _db.StringSetAsync(key, value, Expiration.KeepTtl);
        await _db.KeyExpireAsync(key, TimeSpan.FromHours(1), ExpireWhen.GreaterThanCurrentExpiry);
    }

    public async Task DefaultsAsync(string key, string value)
    {
        await _db.StringSetAsync(key, value, Expiration.Default);
        await _db.KeyExpireAsync(key, TimeSpan.FromHours(1)); // expect: EXP302
    }

    public async Task NullAsync(string key, string value)
    {
        await _db.StringSetAsync(key, value, expiry: null, when: When.Always);
        await _db.KeyExpireAsync(key, TimeSpan.FromHours(1)); // expect: EXP302
    }

    // One command.
    public Task OneAsync(string key, string value, TimeSpan ttl) => _db.StringSetAsync(key, value, ttl);

    // Written or refreshed, never both.
    public void SetOrTouch(string key, string value, bool changed)
    {
        if (changed)
        {
            _db.StringSet(key, value, TimeSpan.FromMinutes(10));
        }
        else
        {
            _db.KeyExpire(key, TimeSpan.FromMinutes(10));
        }
    }

    public void SetAndReturn(string key, string value, bool changed)
    {
        if (changed)
        {
            _db.StringSet(key, value);
            return;
        }

        _db.KeyExpire(key, TimeSpan.FromMinutes(10));
    }

    // The TTL that the key had is given back.
    public void Restore(string key, string value)
    {
        var left = _db.KeyTimeToLive(key);
        _db.StringSet(key, value);
        if (left.HasValue)
        {
            _db.KeyExpire(key, left); // expect: EXP302
        }
    }

    // Read, filled where it was missing, then prolonged in any case: what was stored counts.
    public string? ReadThrough(string key, Func<string> load)
    {
        var value = _db.StringGet(key);
        if (value.IsNull)
        {
            value = load();
            _db.StringSet(key, value);
        }

        _db.KeyExpire(key, TimeSpan.FromMinutes(10)); // expect: EXP302
        return value;
    }

    // Filled with a TTL where it was missing; what remains is the read.
    public string? ReadThroughWithTtl(string key, Func<string> load)
    {
        var value = _db.StringGet(key);
        if (value.IsNull)
        {
            value = load();
            _db.StringSet(key, value, TimeSpan.FromMinutes(10));
        }
        else
        {
            _db.KeyExpire(key, TimeSpan.FromMinutes(10)); // expect: EXP301
        }

        return value;
    }

    // The key is another one by then.
    public void Reassigned(string key, string value)
    {
        _db.StringSet(key, value);
        key += ":meta";
        _db.KeyExpire(key, TimeSpan.FromMinutes(10));
    }

    public void Removed(string key)
    {
        _db.StringSet(key, "x");
        _db.KeyDelete(key);
        _db.KeyExpire(key, TimeSpan.FromMinutes(10));
    }
}
