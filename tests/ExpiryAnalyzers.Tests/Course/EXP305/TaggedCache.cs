using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Tags;

public sealed record Product(string Id, string Name, string Category);

/// <summary>A cache whose entries can be cleared by tag.</summary>
public sealed class TaggedCache(IConnectionMultiplexer redis)
{
    private readonly IDatabase _db = redis.GetDatabase();

    public async Task SetAsync<T>(string key, T value, TimeSpan ttl, params string[] tags)
    {
        await _db.StringSetAsync(key, JsonSerializer.Serialize(value), ttl);
        foreach (var tag in tags)
        {
            await _db.SetAddAsync("tag:" + tag, key); // expect: EXP305
        }
    }

    public async Task SetInTransactionAsync<T>(string key, T value, TimeSpan ttl, params string[] tags)
    {
        var tran = _db.CreateTransaction();
        _ = tran.StringSetAsync(key, JsonSerializer.Serialize(value), ttl);
        foreach (var tag in tags)
        {
            _ = tran.SetAddAsync("tag:" + tag, key);
        }

        await tran.ExecuteAsync();
    }

    public void SetInBatch<T>(string key, T value, TimeSpan ttl, string tag)
    {
        var batch = _db.CreateBatch();
        _ = batch.SetAddAsync("tag:" + tag, key);
        _ = batch.StringSetAsync(key, JsonSerializer.Serialize(value), ttl); // expect: EXP305
        batch.Execute();
    }

    public async Task PutAsync(Product product)
    {
        var key = $"product:{product.Id}";
        await _db.HashSetAsync(key, [new("name", product.Name), new("category", product.Category)]);
        await _db.KeyExpireAsync(key, TimeSpan.FromMinutes(30));
        await _db.SetAddAsync($"category:{product.Category}", key); // expect: EXP305
    }

    public async Task PutByIdAsync(Product product)
    {
        // The set holds ids, not keys: a reader builds the key and finds out.
        await _db.StringSetAsync($"product:{product.Id}", product.Name, TimeSpan.FromMinutes(30));
        await _db.SetAddAsync($"category:{product.Category}", product.Id);
    }

    public async Task ClearAsync(string tag)
    {
        RedisKey tagKey = "tag:" + tag;
        var members = await _db.SetMembersAsync(tagKey);
        foreach (var member in members)
        {
            await _db.KeyDeleteAsync((string)member!); // expect: EXP305
        }
    }

    public async Task ClearAllAsync(string tag)
    {
        RedisKey tagKey = "tag:" + tag;
        var members = await _db.SetMembersAsync(tagKey);
        var keys = members.Select(member => (RedisKey)member.ToString()).ToArray();
        await _db.KeyDeleteAsync(keys);
        await _db.KeyDeleteAsync(tagKey);
    }

    public async Task ClearAtOnceAsync(string tag)
    {
        RedisKey tagKey = "tag:" + tag;
        RedisKey[] keys = [.. (await _db.SetMembersAsync(tagKey)).Select(member => (RedisKey)member.ToString()), tagKey];
        await _db.KeyDeleteAsync(keys);
    }

    public void ClearPiecewise(string tag)
    {
        foreach (var member in _db.SetMembers("tag:" + tag))
        {
            _db.KeyDelete(member.ToString());
            _db.SetRemove("tag:" + tag, member);
        }
    }

    public long CountAlive(string tag) => _db.SetMembers("tag:" + tag).Count(member => _db.KeyExists(member.ToString()));

    public async Task MoveAsync(string key, string from, string to)
    {
        await _db.SetMoveAsync("tag:" + from, "tag:" + to, key);
        await _db.KeyTouchAsync(key);
    }

    public async Task SubscribeAsync(string user, string channel)
    {
        await _db.SetAddAsync($"channels:{user}", channel);
        await _db.SetAddAsync($"users:{channel}", user);
        await _db.StringSetAsync($"seen:{user}", DateTime.UtcNow.Ticks, TimeSpan.FromDays(1));
    }

    public async Task RegisterAsync(string session, bool shared)
    {
        if (shared)
        {
            await _db.StringSetAsync(session, "1", TimeSpan.FromHours(1));
            return;
        }

        await _db.SetAddAsync("sessions", session);
    }

    public async Task RememberAsync(IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            await _db.SetAddAsync("known", key);
        }
    }
}
