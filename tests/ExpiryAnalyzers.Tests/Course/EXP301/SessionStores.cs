#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp301.SessionStores;

public sealed record Session(string Id, string User, TimeSpan Idle);

public sealed class SessionOptions
{
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);
    public string Prefix { get; set; } = "sess:";
}

public sealed class HashSessionStore(IConnectionMultiplexer redis, SessionOptions options)
{
    private IDatabase Db => redis.GetDatabase();

    // Bug: HGETALL, then EXPIRE; key through a prefix option.
    public async Task<Session?> LoadAsync(string id)
    {
        var key = options.Prefix + id;
        var entries = await Db.HashGetAllAsync(key);
        if (entries.Length == 0)
            return null;
        await Db.KeyExpireAsync(key, options.IdleTimeout); // expect: EXP301
        return new Session(id, entries.First(e => e.Name == "user").Value.ToString(), options.IdleTimeout);
    }

    // Bug: one field.
    public async Task<string?> UserOfAsync(string id)
    {
        var db = redis.GetDatabase();
        var user = await db.HashGetAsync(options.Prefix + id, "user");
        await db.KeyExpireAsync(options.Prefix + id, options.IdleTimeout); // expect: EXP301
        return user;
    }

    // Bug: several fields, then a conditional refresh.
    public (string?, string?) Load2(string id)
    {
        var db = redis.GetDatabase();
        RedisKey key = $"{options.Prefix}{id}";
        RedisValue[] values = db.HashGet(key, new RedisValue[] { "user", "role" });
        if (values[0].IsNull) return (null, null);
        db.KeyExpire(key, options.IdleTimeout); // expect: EXP301
        return (values[0], values[1]);
    }

    // Fine: the life comes from the value just read.
    public async Task<string?> LoadOwnIdleAsync(string id)
    {
        var db = redis.GetDatabase();
        var key = options.Prefix + id;
        var values = await db.HashGetAsync(key, new RedisValue[] { "user", "idle" });
        if (values[0].IsNull) return null;
        var idle = TimeSpan.FromSeconds((int)values[1]);
        await db.KeyExpireAsync(key, idle);
        return values[0];
    }

    // Fine here: a field is written in between.
    public async Task<string?> LoadAndStampAsync(string id)
    {
        var db = redis.GetDatabase();
        var key = options.Prefix + id;
        var user = await db.HashGetAsync(key, "user");
        if (user.IsNull) return null;
        await db.HashSetAsync(key, "seen", DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        await db.KeyExpireAsync(key, options.IdleTimeout);
        return user;
    }

    // Fine: the pointer key is another key.
    public async Task<string?> LoadAndKeepPointerAsync(string id)
    {
        var db = redis.GetDatabase();
        var user = await db.HashGetAsync($"sess:{id}", "user");
        await db.KeyExpireAsync($"sess:{id}:ptr", options.IdleTimeout);
        return user;
    }

    // Fine: the session's user is read, the user's index is kept alive.
    public async Task KeepUserIndexAsync(string id)
    {
        var db = redis.GetDatabase();
        var user = (string?)await db.HashGetAsync($"sess:{id}", "user");
        if (user is not null)
            await db.KeyExpireAsync($"user:{user}", options.IdleTimeout);
    }

    // Bug: the key spelled twice by equal interpolations.
    public async Task<bool> IsAliveAsync(string id)
    {
        var db = redis.GetDatabase();
        var exists = (await db.HashGetAsync($"sess:{id}", "user")).HasValue;
        if (exists)
            await db.KeyExpireAsync($"sess:{id}", options.IdleTimeout); // expect: EXP301
        return exists;
    }

    // Fine: refresh throttled by the TTL just asked for.
    public async Task<string?> LoadThrottledAsync(string id)
    {
        var db = redis.GetDatabase();
        var key = options.Prefix + id;
        var user = await db.HashGetAsync(key, "user");
        var left = await db.KeyTimeToLiveAsync(key);
        if (left < options.IdleTimeout / 2)
            await db.KeyExpireAsync(key, options.IdleTimeout);
        return user;
    }

    // Bug: hash of several kinds of reads, one expire after them.
    public async Task<Dictionary<string, string>> DumpAsync(string id, CancellationToken ct)
    {
        var db = redis.GetDatabase();
        var key = (RedisKey)(options.Prefix + id);
        var result = new Dictionary<string, string>();
        foreach (var name in await db.HashKeysAsync(key))
        {
            ct.ThrowIfCancellationRequested();
            result[name.ToString()] = (await db.HashGetAsync(key, name)).ToString();
        }
        await db.KeyExpireAsync(key, options.IdleTimeout); // expect: EXP301
        return result;
    }

    // Fine: one transaction holds both.
    public async Task<HashEntry[]> LoadAtomicAsync(string id)
    {
        var key = options.Prefix + id;
        var tran = redis.GetDatabase().CreateTransaction();
        var read = tran.HashGetAllAsync(key);
        _ = tran.KeyExpireAsync(key, options.IdleTimeout);
        return await tran.ExecuteAsync() ? await read : Array.Empty<HashEntry>();
    }

    // Fine: expiry of one field of the hash, not of the key.
    public async Task<string?> LoadFieldAsync(string id)
    {
        var db = redis.GetDatabase();
        var key = options.Prefix + id;
        var user = await db.HashGetAsync(key, "user");
        await db.HashFieldExpireAsync(key, new RedisValue[] { "user" }, options.IdleTimeout);
        return user;
    }
}

public sealed class ApiSession
{
    private readonly IDatabase _database;
    private readonly string _key;
    private readonly TimeSpan _timeout;

    public ApiSession(IDatabase database, string id, TimeSpan timeout)
    {
        _database = database;
        _key = "api:" + id;
        _timeout = timeout;
    }

    // Bug: key and database are fields.
    public string? Get(string name)
    {
        string? value = this._database.HashGet(this._key, name);
        this._database.KeyExpire(this._key, this._timeout); // expect: EXP301
        return value;
    }

    // Bug: field with and without "this".
    public async Task<string?> GetAsync(string name)
    {
        var value = await _database.HashGetAsync(_key, name);
        _ = this._database.KeyExpireAsync(this._key, _timeout); // expect: EXP301
        return value;
    }

    // Fine here: a write and an expire, no read.
    public void Set(string name, string value)
    {
        _database.HashSet(_key, name, value);
        _database.KeyExpire(_key, _timeout);
    }

    // Fine: refresh alone.
    public void Refresh() => _database.KeyExpire(_key, _timeout);
}
