#nullable enable
using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp302.Helpers;

public sealed class Store
{
    private readonly IDatabase _db;
    private readonly TimeSpan _ttl = TimeSpan.FromMinutes(20);

    public Store(IDatabase db) => _db = db;

    public async Task SaveAsync(string key, string value) => await _db.StringSetAsync(key, value);

    public Task SaveForAsync(string key, string value, TimeSpan? ttl = null) => _db.StringSetAsync(key, value, expiry: ttl, when: When.Always);

    private Task Touch(string key) => _db.KeyExpireAsync(key, _ttl);

    private bool SetTTL(string key, int seconds) => _db.KeyExpire(key, TimeSpan.FromSeconds(seconds));

    private void AddTo(string key, params string[] members)
    {
        foreach (var member in members)
        {
            _db.SetAdd(key, member);
        }
    }

    private static Task ExpireAsync(IDatabase db, string key) => db.KeyExpireAsync(key, TimeSpan.FromHours(1));

    public async Task WriteThenTouchAsync(string key, string value)
    {
        await _db.StringSetAsync(key, value);
        await Touch(key); // expect: EXP302
    }

    public void WriteThenSetTtl(string key, string value)
    {
        _db.HashSet(key, "v", value);
        SetTTL(key, 60); // expect: EXP302
    }

    public async Task SaveThenExpireAsync(string key, string value)
    {
        await SaveAsync(key, value);
        await _db.KeyExpireAsync(key, _ttl); // expect: EXP302
    }

    public async Task BothHelpersAsync(string key, string value)
    {
        await SaveAsync(key, value);
        await Touch(key); // expect: EXP302
    }

    public void AddThenExpire(string key)
    {
        AddTo(key, "a", "b");
        _db.KeyExpire(key, _ttl); // expect: EXP302
    }

    public async Task PassedOnAsync(string key, string value)
    {
        await _db.ListLeftPushAsync(key, value);
        await ExpireAsync(_db, key); // expect: EXP302
    }

    public async Task WithoutOwnAsync(string key, string value)
    {
        await SaveForAsync(key, value);
        await Touch(key); // expect: EXP302
    }

    // The helper is given a TTL.
    public async Task WithOwnAsync(string key, string value)
    {
        await SaveForAsync(key, value, TimeSpan.FromMinutes(1));
        await Touch(key);
    }

    // The pair is in the helper, and reported there.
    private async Task SaveAndTouchAsync(string key, string value)
    {
        await SaveAsync(key, value);
        await Touch(key); // expect: EXP302
    }

    public async Task CallerAsync(string key, string value)
    {
        await SaveAndTouchAsync(key, value);
        await Touch(key);
    }

    public async Task OtherKeyAsync(string key, string value)
    {
        await SaveAsync(key, value);
        await Touch(key + ":index");
    }

    public async Task RetryAsync(string key, string value)
    {
        await Again(() => _db.StringSetAsync(key, value));
        await Again(() => _db.KeyExpireAsync(key, _ttl)); // expect: EXP302
    }

    private static async Task Again(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (RedisTimeoutException)
        {
            await action();
        }
    }

    public async Task InFinallyAsync(string key, Func<Task> work)
    {
        try
        {
            await _db.HashSetAsync(key, "state", "running");
            await work();
        }
        finally
        {
            await _db.KeyExpireAsync(key, _ttl); // expect: EXP302
        }
    }
}

// One-line forwards: what they are called for is not in view.
public sealed class Forwards(IDatabase db)
{
    public Task<bool> SetAsync(string key, string value) => db.StringSetAsync(key, value);

    public Task<bool> ExpireAsync(string key, TimeSpan ttl) => db.KeyExpireAsync(key, ttl);
}

public interface ICache
{
    Task SetAsync(string key, string value);

    Task ExpireAsync(string key, TimeSpan ttl);
}

public sealed class BehindAnInterface(ICache cache)
{
    public async Task SaveAsync(string key, string value)
    {
        await cache.SetAsync(key, value);
        await cache.ExpireAsync(key, TimeSpan.FromMinutes(1));
    }
}

// Where the stream cannot be written, a list takes its place: the helper's expire belongs to the helper's own push.
public sealed class Chats(IDatabase db)
{
    private readonly TimeSpan _ttl = TimeSpan.FromDays(2);

    public async Task<string> AddAsync(string key, string text)
    {
        try
        {
            RedisValue id = await db.StreamAddAsync(key, "text", text);
            await db.KeyExpireAsync(key, _ttl); // expect: EXP302
            return id.ToString();
        }
        catch (RedisServerException)
        {
            return await AddToListAsync(key, text);
        }
    }

    private async Task<string> AddToListAsync(string key, string text)
    {
        await db.ListRightPushAsync(key, text);
        await db.KeyExpireAsync(key, _ttl); // expect: EXP302
        return "";
    }

    public async Task JoinAsync(string key, string member)
    {
        await db.SetAddAsync(key, member);
        await SeenAsync(key); // expect: EXP302
    }

    // Another key of its own is written here: what the caller stored gets its TTL from outside all the same.
    private async Task SeenAsync(string key)
    {
        await db.StringSetAsync("seen:" + key, 1, _ttl);
        await db.KeyExpireAsync(key, _ttl);
    }
}
