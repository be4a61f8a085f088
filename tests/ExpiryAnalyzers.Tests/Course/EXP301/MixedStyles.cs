#nullable enable
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Exp301.MixedStyles;

public sealed class TokenStore(IConnectionMultiplexer redis, ILogger<TokenStore>? logger = null)
{
    private readonly TimeSpan _ttl = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, string> _near = new();

    // Bug: named arguments in another order.
    public async Task<string?> GetNamedAsync(string id)
    {
        var db = redis.GetDatabase();
        var v = await db.StringGetAsync(flags: CommandFlags.PreferReplica, key: id);
        await db.KeyExpireAsync(expiry: _ttl, key: id); // expect: EXP301
        return v;
    }

    // Bug: expire only, when longer than now; still after a read.
    public async Task<string?> GetGreaterAsync(string id)
    {
        var db = redis.GetDatabase();
        var v = await db.StringGetAsync(id);
        await db.KeyExpireAsync(id, _ttl, ExpireWhen.GreaterThanCurrentExpiry); // expect: EXP301
        return v;
    }

    // Bug: read in a lambda that is run at once, expire in the body.
    public async Task<string?> GetGuardedAsync(string id)
    {
        var db = redis.GetDatabase();
        var v = await GuardAsync(() => db.StringGetAsync(id));
        if (v.HasValue) await db.KeyExpireAsync(id, _ttl); // expect: EXP301
        return v;
    }

    // Bug: blocking on async.
    public string? GetBlocking(string id)
    {
        var db = redis.GetDatabase();
        var v = db.StringGetAsync(id).GetAwaiter().GetResult();
        if (v.HasValue) db.KeyExpireAsync(id, _ttl).Wait(); // expect: EXP301
        return v;
    }

    // Bug: continuation.
    public Task<string?> GetContinued(string id)
    {
        var db = redis.GetDatabase();
        return db.StringGetAsync(id).ContinueWith(t =>
        {
            var kept = db.StringGet(id);
            db.KeyExpire(id, _ttl, flags: CommandFlags.FireAndForget); // expect: EXP301
            return (string?)(kept.HasValue ? kept : t.Result);
        });
    }

    // Bug: result ignored, the key's own name in an out parameter.
    public bool TryGet(string id, out string? value)
    {
        var db = redis.GetDatabase();
        value = db.StringGet(id);
        if (value == null) return false;
        db.KeyExpire(id, _ttl); // expect: EXP301
        return true;
    }

    // Bug: a comment and a log between the two.
    public async Task<string?> GetLoggedAsync(string id)
    {
        var db = redis.GetDatabase();
        var v = await db.StringGetAsync(id);
        logger?.LogDebug("read {Id}: {Found}", id, v.HasValue);
        // slide
        await db.KeyExpireAsync(id, _ttl); // expect: EXP301
        return v;
    }

    // Bug: both keys read, both kept, one after the other.
    public async Task<(string?, string?)> PairAsync(string a, string b)
    {
        var db = redis.GetDatabase();
        var va = await db.StringGetAsync(a);
        var vb = await db.StringGetAsync(b);
        await db.KeyExpireAsync(a, _ttl); // expect: EXP301
        await db.KeyExpireAsync(b, _ttl); // expect: EXP301
        return (va, vb);
    }

    // Bug: LINQ projection, both in one lambda.
    public async Task<string?[]> ManyAsync(IEnumerable<string> ids)
    {
        var db = redis.GetDatabase();
        return await Task.WhenAll(ids.Select(async id =>
        {
            var v = await db.StringGetAsync(id);
            if (v.HasValue) await db.KeyExpireAsync(id, _ttl); // expect: EXP301
            return (string?)v;
        }));
    }

    // Fine: near cache hit, the remote key is only kept.
    public async Task<string?> GetNearAsync(string id)
    {
        var db = redis.GetDatabase();
        if (_near.TryGetValue(id, out var near))
        {
            await db.KeyExpireAsync(id, _ttl);
            return near;
        }
        return await db.StringGetAsync(id);
    }

    // Fine: the read is of a token, the expire of the session that the token names.
    public async Task<string?> SessionOfAsync(string token)
    {
        var db = redis.GetDatabase();
        var session = (string?)await db.StringGetAsync($"token:{token}");
        if (session is null) return null;
        await db.KeyExpireAsync($"session:{session}", _ttl);
        return session;
    }

    // Fine: a renamed copy of the key's variable.
    public async Task<string?> ThroughOtherVariableAsync(string id)
    {
        var db = redis.GetDatabase();
        var key = "token:" + id;
        var v = await db.StringGetAsync(key);
        var owner = "owner:" + id;
        await db.KeyExpireAsync(owner, _ttl);
        return v;
    }

    // Fine: the read has its own life extension (GETEX), nothing follows.
    public string? GetEx(string id) => redis.GetDatabase().StringGetSetExpiry(id, _ttl);

    // Fine: raw GETEX.
    public async Task<string?> RawGetExAsync(string id)
        => (string?)await redis.GetDatabase().ExecuteAsync("GETEX", id, "EX", 900);

    // Fine: a loop of expires after one read of the list of names.
    public async Task KeepAllAsync()
    {
        var db = redis.GetDatabase();
        var names = await db.SetMembersAsync("tokens");
        await Task.WhenAll(names.Select(n => db.KeyExpireAsync("token:" + n, _ttl)));
    }

    // Fine: a timer's lambda only keeps; the method only reads.
    public string? Watch(string id)
    {
        var db = redis.GetDatabase();
        using var timer = new Timer(_ => db.KeyExpire("watch:" + id, _ttl), null, 1000, 1000);
        return db.StringGet("token:" + id);
    }

    // Fine: the pair is of two tenants.
    public async Task MoveLifeAsync(string from, string to)
    {
        var db = redis.GetDatabase();
        if ((await db.StringGetAsync("t:" + from)).HasValue)
            await db.KeyExpireAsync("t:" + to, _ttl);
    }

    private async Task<RedisValue> GuardAsync(Func<Task<RedisValue>> read)
    {
        try { return await read(); }
        catch (RedisTimeoutException ex)
        {
            logger?.LogWarning(ex, "redis is slow");
            return RedisValue.Null;
        }
    }
}

public class BaseStore
{
    protected readonly IDatabase Db;

    public BaseStore(IDatabase db) => Db = db;

    protected virtual TimeSpan Life => TimeSpan.FromMinutes(30);
}

public sealed class TicketStore : BaseStore
{
    private const string Prefix = "ticket:";

    public TicketStore(IDatabase db) : base(db) { }

    protected override TimeSpan Life => TimeSpan.FromHours(1);

    // Bug: the database of the base class; key in a constant and a parameter.
    public async Task<byte[]?> RetrieveAsync(string key)
    {
        byte[]? ticket = await Db.StringGetAsync(Prefix + key);
        if (ticket is null or { Length: 0 }) return null;
        await Db.KeyExpireAsync(Prefix + key, Life); // expect: EXP301
        return ticket;
    }

    // Bug: static method as an old extension would have it.
    public static string? ReadAndSlide(IDatabase redis, string key, int minutes)
    {
        var text = redis.StringGet(key).ToString();
        if (!String.IsNullOrEmpty(text)) redis.KeyExpire(key, new TimeSpan(0, minutes, 0)); // expect: EXP301
        return text;
    }

    // Fine: a plain renewal, as a ticket store has it.
    public Task RenewAsync(string key, byte[] ticket) => Db.StringSetAsync(Prefix + key, ticket, Life);

    // Fine: removes.
    public Task RemoveAsync(string key) => Db.KeyDeleteAsync(Prefix + key);
}
