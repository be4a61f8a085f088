#nullable enable
using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp301.TtlFromValue;

public sealed record Entry(string Payload, TimeSpan Sliding, int LifeSeconds, bool Vip);

public interface IPolicy
{
    TimeSpan For(string region);
}

public sealed class EntryCache(IDatabase db, IPolicy policy)
{
    private static readonly TimeSpan Default = TimeSpan.FromMinutes(30);

    // Fine: sliding time stored in the entry.
    public async Task<Entry?> GetAsync(string key)
    {
        var raw = await db.StringGetAsync(key);
        if (raw.IsNull) return null;
        var entry = JsonSerializer.Deserialize<Entry>(raw.ToString())!;
        await db.KeyExpireAsync(key, entry.Sliding);
        return entry;
    }

    // Fine: seconds stored in the entry, guarded.
    public async Task<Entry?> GetSecondsAsync(string key)
    {
        var raw = await db.StringGetAsync(key);
        if (raw.IsNull) return null;
        var entry = JsonSerializer.Deserialize<Entry>(raw.ToString())!;
        if (entry.LifeSeconds > 0)
            await db.KeyExpireAsync(key, TimeSpan.FromSeconds(entry.LifeSeconds));
        return entry;
    }

    // Fine: life in a hash field, through locals and arithmetic.
    public async Task<string?> GetFieldAsync(string key)
    {
        var all = (await db.HashGetAllAsync(key)).ToDictionary(e => e.Name.ToString(), e => e.Value);
        if (!all.TryGetValue("ttl", out var stored)) return null;
        var seconds = (double)stored;
        var life = TimeSpan.FromSeconds(Math.Min(seconds, 3600));
        await db.KeyExpireAsync(key, life);
        return all["v"];
    }

    // Fine: a helper makes the life from the entry.
    public async Task<Entry?> GetByHelperAsync(string key)
    {
        var raw = await db.StringGetAsync(key);
        if (raw.IsNull) return null;
        var entry = JsonSerializer.Deserialize<Entry>(raw.ToString())!;
        await db.KeyExpireAsync(key, LifeOf(entry));
        return entry;
    }

    // Bug: the life comes from a policy that knows nothing of the value.
    public async Task<string?> GetByPolicyAsync(string key, string region)
    {
        var raw = await db.StringGetAsync(key);
        if (raw.IsNull) return null;
        var life = policy.For(region);
        await db.KeyExpireAsync(key, life); // expect: EXP301
        return raw;
    }

    // Bug: life in a local made before the read.
    public async Task<Entry?> GetByLocalAsync(string key, int minutes)
    {
        var life = TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(Random.Shared.Next(30));
        var raw = await db.StringGetAsync(key);
        if (raw.IsNull) return null;
        await db.KeyExpireAsync(key, life); // expect: EXP301
        return JsonSerializer.Deserialize<Entry>(raw.ToString());
    }

    // Bug: the life is read from another key, which leaves it independent of this value.
    public async Task<string?> GetByConfigKeyAsync(string key)
    {
        var minutes = (int)await db.StringGetAsync("config:ttl");
        var raw = await db.StringGetAsync(key);
        await db.KeyExpireAsync(key, TimeSpan.FromMinutes(minutes)); // expect: EXP301
        return raw;
    }

    // Fine: longer life for one kind of entry.
    public async Task<Entry?> GetVipAsync(string key)
    {
        var raw = await db.StringGetAsync(key);
        if (raw.IsNull) return null;
        var entry = JsonSerializer.Deserialize<Entry>(raw.ToString())!;
        await db.KeyExpireAsync(key, entry.Vip ? TimeSpan.FromDays(1) : Default);
        return entry;
    }

    // Fine: throttled by the TTL that came with the value.
    public async Task<string?> GetThrottledAsync(string key)
    {
        var hit = await db.StringGetWithExpiryAsync(key);
        if (hit.Value.IsNull) return null;
        if (hit.Expiry < TimeSpan.FromMinutes(5))
            await db.KeyExpireAsync(key, Default);
        return hit.Value;
    }

    // Bug: the expiry that came with the value is not looked at.
    public async Task<string?> GetAlwaysAsync(string key)
    {
        var hit = await db.StringGetWithExpiryAsync(key);
        if (hit.Value.IsNull) return null;
        await db.KeyExpireAsync(key, Default); // expect: EXP301
        return hit.Value;
    }

    // Fine: throttled by KeyTimeToLive in the condition itself.
    public async Task<string?> GetThrottledByQueryAsync(string key)
    {
        var raw = await db.StringGetAsync(key);
        if (raw.HasValue && await db.KeyTimeToLiveAsync(key) < TimeSpan.FromMinutes(5))
            await db.KeyExpireAsync(key, Default);
        return raw;
    }

    // Fine: throttled, sync, TTL asked before the read.
    public string? GetThrottled(string key)
    {
        TimeSpan? left = db.KeyTimeToLive(key);
        RedisValue raw = db.StringGet(key);
        if (left is { } l && l.TotalSeconds < 60)
            db.KeyExpire(key, Default);
        return raw;
    }

    // Fine: only a key that has no life yet is given one.
    public async Task<string?> GetRepairAsync(string key)
    {
        var raw = await db.StringGetAsync(key);
        if (raw.HasValue && await db.KeyTimeToLiveAsync(key) is null)
            await db.KeyExpireAsync(key, Default);
        return raw;
    }

    // Bug: the TTL is asked for, but only to be logged.
    public async Task<string?> GetLoggedAsync(string key)
    {
        var raw = await db.StringGetAsync(key);
        Console.WriteLine(await db.KeyTimeToLiveAsync(key));
        if (raw.HasValue)
            await db.KeyExpireAsync(key, Default); // expect: EXP301
        return raw;
    }

    // Fine: no read of the value, only its TTL.
    public async Task ExtendAsync(string key)
    {
        if (await db.KeyTimeToLiveAsync(key) is { } left && left < Default)
            await db.KeyExpireAsync(key, left + TimeSpan.FromMinutes(1));
    }

    private static TimeSpan LifeOf(Entry entry) => entry.Vip ? entry.Sliding * 2 : entry.Sliding;
}
