#nullable enable
using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp302.Reversed;

public sealed class Sessions(IDatabase db, TimeSpan ttl)
{
    public async Task OpenAsync(string key, string user)
    {
        await db.KeyExpireAsync(key, ttl); // expect: EXP302
        await db.HashSetAsync(key, "user", user);
    }

    public void AddMember(string room, string member)
    {
        db.KeyExpire(room, ttl); // expect: EXP302
        db.SetAdd(room, member);
    }

    public Task AtOnceAsync(string key, string value) => Task.WhenAll(
        db.KeyExpireAsync(key, ttl), // expect: EXP302
        db.ListLeftPushAsync(key, value));

    // A SET takes the TTL away, even from a key that was there.
    public async Task<string?> UpdateAsync(string key, Func<string?, string> change)
    {
        var value = await db.StringGetAsync(key);
        await db.KeyExpireAsync(key, ttl); // expect: EXP302
        var changed = change(value);
        await db.StringSetAsync(key, changed);
        return changed;
    }

    // The SET has a TTL of its own.
    public async Task ReplaceAsync(string key, string value)
    {
        await db.KeyExpireAsync(key, ttl);
        await db.StringSetAsync(key, value, ttl);
    }

    public async Task KeepAsync(string key, string value)
    {
        await db.KeyExpireAsync(key, ttl);
        await db.StringSetAsync(key, value, expiry: null, keepTtl: true);
    }

    // Another expire follows the write, and that pair is the one to report.
    public async Task TwiceAsync(string key, string user)
    {
        await db.KeyExpireAsync(key, ttl);
        await db.HashSetAsync(key, "user", user);
        await db.KeyExpireAsync(key, ttl); // expect: EXP302
    }

    // The key is there: it was asked for.
    public async Task VisitAsync(string key, string page)
    {
        if (!await db.KeyExistsAsync(key))
        {
            return;
        }

        await db.KeyExpireAsync(key, ttl);
        await db.HashSetAsync(key, "page", page);
    }

    // The expire itself tells whether the key is there.
    public async Task<bool> ExtendAsync(string key, string page)
    {
        if (!await db.KeyExpireAsync(key, ttl))
        {
            return false;
        }

        await db.HashSetAsync(key, "page", page);
        return true;
    }

    // Known from reading it.
    public async Task<string?> ReadAsync(string key)
    {
        var user = await db.HashGetAsync(key, "user");
        if (user.IsNull)
        {
            return null;
        }

        await db.KeyExpireAsync(key, ttl); // expect: EXP301
        await db.HashSetAsync(key, "seen", DateTime.UtcNow.Ticks);
        return user;
    }

    // A write before it made the key; the expire belongs to that one.
    public async Task FillAsync(string key, string a, string b)
    {
        await db.HashSetAsync(key, "a", a);
        await db.KeyExpireAsync(key, ttl); // expect: EXP302
        await db.HashSetAsync(key, "b", b);
    }

    // Changing what is there makes no key.
    public async Task TrimAsync(string key)
    {
        await db.KeyExpireAsync(key, ttl);
        await db.ListTrimAsync(key, 0, 10);
    }

    // Other keys.
    public async Task LinkAsync(string id, string user)
    {
        await db.KeyExpireAsync($"user:{user}", ttl);
        await db.SetAddAsync($"user:{user}:sessions", id);
    }

    // One or the other.
    public async Task EitherAsync(string key, bool known)
    {
        if (known)
        {
            await db.KeyExpireAsync(key, ttl);
        }
        else
        {
            await db.HashSetAsync(key, "new", 1);
        }
    }
}
