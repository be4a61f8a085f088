using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using StackExchange.Redis;

namespace Shop.Products;

public interface IStore
{
    Task PutAsync(string key, string value, TimeSpan expiry);
}

// What the interface prescribes is not this type's choice; that the key never ends is for EXP405 to say.
public sealed class PermanentStore(IDatabase db) : IStore
{
    public Task PutAsync(string key, string value, TimeSpan expiry) =>
        db.StringSetAsync("permanent:" + key, value); // expect: EXP405
}

public sealed class ProductCache(IDatabase db, IDistributedCache shared, IMemoryCache memory)
{
    public Task PutAsync(string id, string json, TimeSpan lifetime) => db.StringSetAsync("product:" + id, json, lifetime);

    // The TTL that callers ask for is dropped: one report, not three.
    public Task ReplaceAsync(
        string id,
        string json,
        TimeSpan lifetime) => // expect: EXP406
        db.StringSetAsync("product:" + id, json);

    public bool Put(string id, byte[] bytes, TimeSpan absolute, TimeSpan slidingExpiration) // expect: EXP406
    {
        shared.Set("product:" + id, bytes, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = absolute });
        return true;
    }

    public async Task<string> GetOrLoadAsync(string id, Func<string, Task<string>> load, TimeSpan? expiration, CancellationToken ct) // expect: EXP406
    {
        if (await shared.GetStringAsync(id, ct) is { } known)
        {
            return known;
        }

        string loaded = await load(id);
        await shared.SetStringAsync(id, loaded, ct);
        return loaded;
    }

    public T Remember<T>(string id, Func<T> make, TimeSpan keepFor)
    {
        if (!memory.TryGetValue(id, out T? known))
        {
            known = make();
            using ICacheEntry entry = memory.CreateEntry(id);
            entry.AbsoluteExpirationRelativeToNow = keepFor;
            entry.Value = known;
        }

        return known!;
    }

    public T RememberWrongly<T>(string id, Func<T> make, TimeSpan keepFor) // expect: EXP406
    {
        if (!memory.TryGetValue(id, out T? known))
        {
            known = make();
            using ICacheEntry entry = memory.CreateEntry(id);
            entry.SetAbsoluteExpiration(TimeSpan.FromMinutes(5));
            entry.Value = known;
        }

        return known!;
    }

    public void Warm(IReadOnlyDictionary<string, string> all)
    {
        var options = new MemoryCacheEntryOptions { Size = 1 }; // expect: EXP406
        options.SetAbsoluteExpiration(TimeSpan.FromHours(1));
        foreach ((string id, string json) in all)
        {
            memory.Set(id, json);
        }
    }

    // No entry dies of what nothing is stored with: one report.
    public void WarmUntil(string id, byte[] json)
    {
        var options = new DistributedCacheEntryOptions(); // expect: EXP406
        options.AbsoluteExpiration = DateTime.Now.AddMinutes(1);
        shared.Set(id, json);
    }

    public void WarmUntilRightly(string id, byte[] json)
    {
        var options = new DistributedCacheEntryOptions();
        options.AbsoluteExpiration = DateTime.Now.AddMinutes(1); // expect: EXP102
        shared.Set(id, json, options);
    }

    public void WarmRightly(IReadOnlyDictionary<string, string> all)
    {
        var options = new MemoryCacheEntryOptions { Size = 1 };
        options.SetAbsoluteExpiration(TimeSpan.FromHours(1));
        foreach ((string id, string json) in all)
        {
            memory.Set(id, json, options);
        }
    }

    // Kept for callers of an older version.
    public Task PinAsync(string id, string json, TimeSpan ttl)
    {
        _ = ttl;
        return db.StringSetAsync("pinned:" + id, json); // expect: EXP405
    }

    public Task ForgetAsync(string id, TimeSpan ttl) => db.KeyDeleteAsync("product:" + id);

    private static string Text<T>(T value) => JsonSerializer.Serialize(value);

    public Task PutAsync<T>(string id, T product, TimeSpan expiry) => PutTextAsync("typed:" + id, Text(product)); // expect: EXP406

    public Task PutForeverAsync<T>(string id, T product) => PutTextAsync("eternal:" + id, Text(product)); // expect: EXP405

    private Task PutTextAsync(string key, string text, TimeSpan? expiry = null) => db.StringSetAsync(key, text, expiry, When.Always);
}

/// <summary>Heirs may replace what is here; what it does itself is in view all the same.</summary>
public class Replaceable(IDatabase db)
{
    public virtual void Set(string key, string value, TimeSpan? sliding = null, TimeSpan? absolute = null) =>
        db.StringSet("r:" + key, value, absolute ?? sliding ?? TimeSpan.FromHours(1), When.Always);

    public virtual Task SetAsync(string key, string value, TimeSpan? sliding = null, TimeSpan? absolute = null) // expect: EXP406
    {
        Set(key, value, sliding);
        return Task.CompletedTask;
    }

    public virtual void Put(string key, string value, TimeSpan? absoluteExpiration = null) =>
        db.StringSet("p:" + key, value, absoluteExpiration, When.Always);

    public virtual Task PutAsync(string key, string value, TimeSpan? absoluteExpiration = null)
    {
        Put(key, value, absoluteExpiration);
        return Task.CompletedTask;
    }

    // What the sister does with it is no lifetime.
    public virtual void Poll(string key, TimeSpan? timeout = null) => db.StringGet("p:" + key);

    public virtual Task PollAsync(string key, TimeSpan? timeout = null)
    {
        Poll(key);
        return Task.CompletedTask;
    }
}
