#nullable enable
using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp301.Flow;

public enum Mode { Read, Keep, Both, None }

public sealed class FlowCases
{
    private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(10);
    private readonly IDatabase _db;

    public FlowCases(IDatabase db) => _db = db;

    // Fine: either the read or the expire runs.
    public async Task<string?> ExclusiveIfAsync(string key, bool read)
    {
        if (read)
            return await _db.StringGetAsync(key);
        else
            await _db.KeyExpireAsync(key, Ttl);
        return null;
    }

    // Fine: the reading branch has returned.
    public async Task<string?> EarlyReturnAsync(string key, bool read)
    {
        if (read)
        {
            return await _db.StringGetAsync(key);
        }

        await _db.KeyExpireAsync(key, Ttl);
        return null;
    }

    // Fine: switch sections exclude each other.
    public async Task<string?> SwitchAsync(string key, Mode mode)
    {
        string? result = null;
        switch (mode)
        {
            case Mode.Read:
                result = await _db.StringGetAsync(key);
                break;
            case Mode.Keep:
                await _db.KeyExpireAsync(key, Ttl);
                break;
        }
        return result;
    }

    // Bug: one section does both.
    public async Task<string?> SwitchBothAsync(string key, Mode mode)
    {
        switch (mode)
        {
            case Mode.Both:
                var v = await _db.StringGetAsync(key);
                await _db.KeyExpireAsync(key, Ttl); // expect: EXP301
                return v;
            default:
                return null;
        }
    }

    // Fine: arms of a conditional expression.
    public async Task<bool> ConditionalAsync(string key, bool read)
        => read ? (await _db.StringGetAsync(key)).HasValue : await _db.KeyExpireAsync(key, Ttl);

    // Fine: arms of a switch expression.
    public Task SwitchExpressionAsync(string key, Mode mode) => mode switch
    {
        Mode.Read => _db.StringGetAsync(key),
        Mode.Keep => _db.KeyExpireAsync(key, Ttl),
        _ => Task.CompletedTask,
    };

    // Bug: expire in the condition after the read.
    public async Task<bool> ShortCircuitAsync(string key)
        => (await _db.StringGetAsync(key)).HasValue && await _db.KeyExpireAsync(key, Ttl); // expect: EXP301

    // Bug: negated short circuit as an "if".
    public async Task<string?> OrAsync(string key)
    {
        var v = await _db.StringGetAsync(key);
        _ = v.IsNull || await _db.KeyExpireAsync(key, Ttl); // expect: EXP301
        return v;
    }

    // Fine here: the value is always rewritten before the expire.
    public async Task<string> RewriteAsync(string key, Func<string?, string> change)
    {
        var v = await _db.StringGetAsync(key);
        var next = change(v);
        await _db.StringSetAsync(key, next);
        await _db.KeyExpireAsync(key, Ttl);
        return next;
    }

    // Fine here: an append is a write, too.
    public async Task<string?> AppendAsync(string key, string more)
    {
        var v = await _db.StringGetAsync(key);
        await _db.StringAppendAsync(key, more);
        await _db.KeyExpireAsync(key, Ttl);
        return v;
    }

    // Fine here: counted in between.
    public async Task<long> CountAsync(string key, long max)
    {
        var v = (long)await _db.StringGetAsync(key);
        if (v >= max) return v;
        v = await _db.StringIncrementAsync(key);
        await _db.KeyExpireAsync(key, Ttl);
        return v;
    }

    // Bug: the write in between goes to another key.
    public async Task<string?> CopyAsync(string key, string copy)
    {
        var v = await _db.StringGetAsync(key);
        if (v.IsNull) return null;
        await _db.StringSetAsync(copy, v, Ttl);
        await _db.KeyExpireAsync(key, Ttl); // expect: EXP301
        return v;
    }

    // Bug: try/finally.
    public async Task<string?> FinallyAsync(string key, Func<string?, string?> use)
    {
        var v = await _db.StringGetAsync(key);
        try
        {
            return use(v);
        }
        finally
        {
            await _db.KeyExpireAsync(key, Ttl); // expect: EXP301
        }
    }

    // Bug: a lot of other work lies between.
    public async Task<int> FarApartAsync(string key, Func<string, Task<int>> handle)
    {
        var v = await _db.StringGetAsync(key);
        if (v.IsNullOrEmpty)
        {
            Console.WriteLine("nothing under " + key);
            return 0;
        }

        var total = 0;
        foreach (var part in v.ToString().Split(','))
        {
            total += await handle(part);
        }

        if (total > 0)
        {
            Console.WriteLine(total);
        }

        await _db.KeyExpireAsync(key, Ttl); // expect: EXP301
        return total;
    }

    // Bug: throw on a missing key, expire after.
    public async Task<string> RequireAsync(string key)
    {
        var v = await _db.StringGetAsync(key);
        if (!v.HasValue) throw new InvalidOperationException("no " + key);
        await _db.KeyExpireAsync(key, Ttl); // expect: EXP301
        return v.ToString();
    }

    // Fine: the reading path throws or returns in every case.
    public async Task KeepUnlessReadAsync(string key, bool check)
    {
        if (check)
        {
            var v = await _db.StringGetAsync(key);
            throw new InvalidOperationException(v.HasValue ? "there" : "not there");
        }
        await _db.KeyExpireAsync(key, Ttl);
    }

    // Fine: two methods, each with one half.
    public async Task<string?> HalfAsync(string key) => await _db.StringGetAsync(key);

    public Task<bool> OtherHalfAsync(string key) => _db.KeyExpireAsync(key, Ttl);

    // Bug: both in a local function.
    public Task<string?> LocalAsync(string key)
    {
        return ReadAndKeepAsync();

        async Task<string?> ReadAndKeepAsync()
        {
            var v = await _db.StringGetAsync(key);
            await _db.KeyExpireAsync(key, Ttl); // expect: EXP301
            return v;
        }
    }

    // Bug: both in a retry lambda.
    public Task<string?> RetriedAsync(string key, Func<Func<Task<string?>>, Task<string?>> retry)
    {
        return retry(async () =>
        {
            var v = await _db.StringGetAsync(key);
            if (v.HasValue) await _db.KeyExpireAsync(key, Ttl); // expect: EXP301
            return v;
        });
    }

    // Bug: started together is no transaction.
    public async Task<string?> TogetherAsync(string key)
    {
        var get = _db.StringGetAsync(key);
        var keep = _db.KeyExpireAsync(key, Ttl); // expect: EXP301
        await Task.WhenAll(get, keep);
        return await get;
    }

    // Bug: null makes the key persistent, by a second command.
    public async Task<string?> PinAsync(string key)
    {
        var v = await _db.StringGetAsync(key);
        if (v.HasValue) await _db.KeyExpireAsync(key, (TimeSpan?)null); // expect: EXP301
        return v;
    }

    // Fine: a persist is no expire.
    public async Task<string?> PersistAsync(string key)
    {
        var v = await _db.StringGetAsync(key);
        await _db.KeyPersistAsync(key);
        return v;
    }

    // Fine: read and delete.
    public async Task<string?> TakeAsync(string key)
    {
        var v = await _db.StringGetAsync(key);
        await _db.KeyDeleteAsync(key);
        return v;
    }

    // Fine: a script does both.
    public async Task<string?> ScriptAsync(string key)
        => (string?)await _db.ScriptEvaluateAsync("local v = redis.call('GET', KEYS[1]) redis.call('EXPIRE', KEYS[1], ARGV[1]) return v", new RedisKey[] { key }, new RedisValue[] { 600 });

    // Fine: the type of a key is not its value.
    public async Task KeepStringsAsync(string key)
    {
        if (await _db.KeyTypeAsync(key) == RedisType.String)
            await _db.KeyExpireAsync(key, Ttl);
    }
}
