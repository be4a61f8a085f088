using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Shop.CacheOnly;

/// <summary>Redis is a cache here: every key has to die some day.</summary>
public sealed class CacheOnly
{
    private static readonly TimeSpan Ttl = TimeSpan.FromHours(1);
    private readonly IDatabase _db;
    private readonly IDistributedCache _cache;

    public CacheOnly(IDatabase db, IDistributedCache cache)
    {
        _db = db;
        _cache = cache;
    }

    // Bug: strings.
    public async Task StringsAsync(int id, string value)
    {
        await _db.StringSetAsync($"a:{id}", value); // expect: EXP405
        await _db.StringSetAsync($"b:{id}", value, when: When.NotExists); // expect: EXP405
        await _db.StringSetAsync($"c:{id}", value, expiry: null, when: When.Always); // expect: EXP405
        await _db.StringIncrementAsync($"d:{id}"); // expect: EXP405
        await _db.StringAppendAsync($"e:{id}", value); // expect: EXP405
        await _cache.SetStringAsync($"f:{id}", value); // expect: EXP405
    }

    // Bug: every other type.
    public async Task CollectionsAsync(int id, string value)
    {
        await _db.HashSetAsync($"h:{id}", "name", value); // expect: EXP405
        await _db.SetAddAsync($"s:{id}", value); // expect: EXP405
        await _db.ListLeftPushAsync($"l:{id}", value); // expect: EXP405
        await _db.SortedSetAddAsync($"z:{id}", value, 1); // expect: EXP405
        await _db.StreamAddAsync($"x:{id}", "name", value); // expect: EXP405
        await _db.HashIncrementAsync($"n:{id}", "hits"); // expect: EXP405
    }

    // Bug: queued, and nothing gives the key a TTL.
    public async Task QueuedAsync(int id, string value)
    {
        var tran = _db.CreateTransaction();
        _ = tran.HashSetAsync($"q:{id}", "name", value); // expect: EXP405
        _ = tran.KeyExpireAsync($"other:{id}", Ttl);
        await tran.ExecuteAsync();
    }

    // Bug: an unknown key, and nothing in sight that expires one.
    public Task UnknownAsync(string value) => _db.StringSetAsync(Guid.NewGuid().ToString(), value); // expect: EXP405

    // Fine: the write brings its TTL.
    public async Task TimedAsync(int id, string value, TimeSpan? maybe, DistributedCacheEntryOptions options)
    {
        await _db.StringSetAsync($"t:{id}", value, Ttl);
        await _db.StringSetAsync($"u:{id}", value, expiry: maybe, when: When.Always);
        await _cache.SetStringAsync($"v:{id}", value, options);
        await _db.LockTakeAsync($"w:{id}", value, Ttl);
    }

    // Fine: the TTL follows, with one command or another (whether in time is another rule's).
    public async Task FollowedAsync(int id, string value)
    {
        await _db.HashSetAsync($"fh:{id}", "name", value);
        await _db.KeyExpireAsync($"fh:{id}", Ttl);
        var n = await _db.StringIncrementAsync($"fi:{id}");
        if (n == 1)
        {
            await _db.KeyExpireAsync($"fi:{id}", Ttl);
        }

        var tran = _db.CreateTransaction();
        _ = tran.SetAddAsync($"fs:{id}", value);
        _ = tran.KeyExpireAsync($"fs:{id}", Ttl);
        await tran.ExecuteAsync();
    }

    // Fine: a seed with a TTL, then the count.
    public async Task SeededAsync(int id)
    {
        await _db.StringSetAsync($"seed:{id}", 0, Ttl, When.NotExists);
        await _db.StringIncrementAsync($"seed:{id}");
    }

    // Fine: the TTL of the key is kept, or only an existing key is changed.
    public async Task KeptAsync(int id, string value)
    {
        await _db.StringSetAsync($"k:{id}", value, expiry: null, keepTtl: true);
        await _db.StringSetAsync($"m:{id}", value, Expiration.KeepTtl);
        await _db.HashDeleteAsync($"h:{id}", "name");
        await _db.ListTrimAsync($"l:{id}", 0, 9);
        await _db.SetRemoveAsync($"s:{id}", value);
    }

    // Fine: one rule reports a write that drops a TTL.
    public async Task ReplacedAsync(int id, string value)
    {
        await _db.StringSetAsync($"r:{id}", value, Ttl);
        await Task.Yield();
        await _db.StringSetAsync($"r:{id}", value);
    }
}

/// <summary>The TTL is set where the sort of key is made, and the members come later.</summary>
public sealed class Rooms
{
    private readonly IDatabase _db;

    public Rooms(IDatabase db) => _db = db;

    public async Task OpenAsync(string room)
    {
        await _db.HashSetAsync($"room:{room}", "open", true);
        await _db.KeyExpireAsync($"room:{room}", TimeSpan.FromHours(8));
    }

    // Fine: the type gives rooms a TTL.
    public Task RenameAsync(string room, string name) => _db.HashSetAsync($"room:{room}", "name", name);

    // Fine: a script may do anything.
    public async Task ScriptAsync(string room)
    {
        await _db.SetAddAsync($"guests:{room}", "x");
        await _db.ScriptEvaluateAsync("redis.call('EXPIRE', KEYS[1], 60)", new RedisKey[] { $"guests:{room}" });
    }
}

/// <summary>Methods that only hand on what they are given: whether a key is to die is for their callers to say.</summary>
public sealed class Forwarding(IDatabase db)
{
    public Task Put(string key, string value) => db.StringSetAsync(key, value);

    public Task PutAgain(string key, string value) => Put(key, value);

    public Task<bool> PutAsJson<T>(string key, T value)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(value);
        return db.StringSetAsync(key, json);
    }

    public Task PutFor(string key, string value, TimeSpan? life = null) => db.StringSetAsync(key, value, life, When.Always);

    public Task<bool> PutEitherWay(string key, string value, TimeSpan? life = null) =>
        life.HasValue ? db.StringSetAsync(key, value, life.Value) : db.StringSetAsync(key, value);

    public Task AddTo(string set, string member) => db.SetAddAsync(set, member);

    public Task<long> Count(string key) => db.StringIncrementAsync(key);

    // Bug: the prefix, the field or the value is made here.
    public Task PutUser(string id, string value) => db.StringSetAsync("user:" + id, value); // expect: EXP405

    public Task Name(string key, string value) => db.HashSetAsync(key, "name", value); // expect: EXP405

    public Task Mark(string key) => db.StringSetAsync(key, "seen"); // expect: EXP405
}

/// <summary>Those who call them.</summary>
public sealed class Callers(Forwarding store, IDatabase db)
{
    private static readonly TimeSpan Ttl = TimeSpan.FromHours(1);

    public async Task StoreAsync(int id, string value)
    {
        await store.Put($"a:{id}", value); // expect: EXP405
        await store.PutAgain($"b:{id}", value);
        await store.PutAsJson($"c:{id}", new { value }); // expect: EXP405
        await store.PutFor($"d:{id}", value); // expect: EXP405
        await store.PutFor($"e:{id}", value, null); // expect: EXP405
        await store.PutEitherWay($"f:{id}", value); // expect: EXP405
        await store.AddTo($"g:{id}", value); // expect: EXP405
        await store.Count($"h:{id}"); // expect: EXP405
    }

    public Task StoreOneAsync(int id, string value) => store.Put($"i:{id}", value); // expect: EXP405

    public async Task RightAsync(int id, string value, TimeSpan? life)
    {
        await store.Put($"right-a:{id}", value);
        await db.KeyExpireAsync($"right-a:{id}", Ttl);
        await store.PutFor($"right-d:{id}", value, Ttl);
        await store.PutFor($"right-e:{id}", value, life);
        await store.PutEitherWay($"right-f:{id}", value, Ttl);
        await store.AddTo($"right-g:{id}", value);
        await db.KeyExpireAsync($"right-g:{id}", Ttl);
        await store.PutUser($"x{id}", value);
        await store.Mark($"y:{id}");
    }
}
