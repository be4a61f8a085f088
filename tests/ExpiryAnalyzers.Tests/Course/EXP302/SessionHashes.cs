#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp302.SessionHashes;

public sealed record Session(string Id, string User, DateTime CreatedAt);

public sealed class SessionStore(IConnectionMultiplexer redis, TimeSpan idle)
{
    private IDatabase Db => redis.GetDatabase(3);

    private static string KeyOf(string id) => $"session:{id}";

    public async Task CreateAsync(Session session)
    {
        var key = KeyOf(session.Id);
        await Db.HashSetAsync(key, new[] { new HashEntry("user", session.User), new HashEntry("created", session.CreatedAt.Ticks) });
        await Db.KeyExpireAsync(key, idle); // expect: EXP302
    }

    public async Task RenameAsync(string id, string user)
    {
        await Db.HashSetAsync(KeyOf(id), "user", user).ConfigureAwait(false);
        await Db.KeyExpireAsync(KeyOf(id), idle).ConfigureAwait(false); // expect: EXP302
    }

    public void Mark(string id)
    {
        redis.GetDatabase(3).HashSet($"session:{id}", "seen", DateTime.UtcNow.Ticks);
        redis.GetDatabase(3).KeyExpire("session:" + id, idle); // expect: EXP302
    }

    // Another key.
    public async Task IndexAsync(Session session)
    {
        await Db.HashSetAsync($"session:{session.Id}", "user", session.User);
        await Db.KeyExpireAsync($"session:{session.Id}:index", idle);
    }

    // Another database.
    public void Mirror(string key)
    {
        redis.GetDatabase(1).HashSet(key, "seen", 1);
        redis.GetDatabase(2).KeyExpire(key, idle);
    }

    // Written twice, and one expire for both: one report.
    public async Task TwoFieldsAsync(string id, string user)
    {
        var key = KeyOf(id);
        await Db.HashSetAsync(key, "user", user);
        await Db.HashSetAsync(key, "seen", DateTime.UtcNow.Ticks);
        await Db.KeyExpireAsync(key, idle); // expect: EXP302
    }

    // The field is only set where it is missing; the key is made all the same.
    public async Task<bool> ClaimAsync(string id, string owner)
    {
        var claimed = await Db.HashSetAsync(KeyOf(id), "owner", owner, When.NotExists);
        if (claimed)
        {
            await Db.KeyExpireAsync(KeyOf(id), idle); // expect: EXP302
        }

        return claimed;
    }

    // Both in one MULTI.
    public async Task CreateTogetherAsync(Session session)
    {
        var key = KeyOf(session.Id);
        var transaction = Db.CreateTransaction();
        _ = transaction.HashSetAsync(key, "user", session.User);
        _ = transaction.KeyExpireAsync(key, idle);
        await transaction.ExecuteAsync();
    }

    // Asked for the TTL, which is only set where it is missing.
    public async Task RepairAsync(string id, string user)
    {
        var key = KeyOf(id);
        await Db.HashSetAsync(key, "user", user);
        if (await Db.KeyTimeToLiveAsync(key) is null)
        {
            await Db.KeyExpireAsync(key, idle);
        }
    }

    // Each run sets the TTL where it is missing.
    public async Task HealAsync(string id, string user)
    {
        var key = KeyOf(id);
        await Db.HashSetAsync(key, "user", user);
        await Db.KeyExpireAsync(key, idle, ExpireWhen.HasNoExpiry);
    }

    public async Task RemoveFieldsAsync(string id, params string[] fields)
    {
        var key = KeyOf(id);
        await Db.HashDeleteAsync(key, fields.Select(f => (RedisValue)f).ToArray());
        await Db.KeyExpireAsync(key, idle);
    }

    // What is read is the old value; the write between makes it a write with an expire.
    public async Task<string?> TouchAsync(string id)
    {
        var key = KeyOf(id);
        var user = await Db.HashGetAsync(key, "user");
        if (user.IsNull)
        {
            return null;
        }

        await Db.HashSetAsync(key, "seen", DateTime.UtcNow.Ticks);
        await Db.KeyExpireAsync(key, idle); // expect: EXP302
        return user;
    }

    // A read and nothing else.
    public async Task<string?> ReadAsync(string id)
    {
        var user = await Db.HashGetAsync(KeyOf(id), "user");
        await Db.KeyExpireAsync(KeyOf(id), idle); // expect: EXP301
        return user;
    }

    // The TTL is taken away, on purpose.
    public async Task KeepForeverAsync(string id)
    {
        await Db.HashSetAsync(KeyOf(id), "pinned", 1);
        await Db.KeyExpireAsync(KeyOf(id), (TimeSpan?)null);
    }
}
