#nullable enable
using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp205.BlindReleases;

public sealed class Holders
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);
    private readonly IDatabase _db;
    private readonly Func<CancellationToken, Task> _work;

    public Holders(IDatabase db, Func<CancellationToken, Task> work) => (_db, _work) = (db, work);

    // Bug: the delete takes the lock from whoever holds it by then.
    public async Task BlindRelease(string resource)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        var mine = Guid.NewGuid().ToString("N");
        if (!await _db.StringSetAsync("lock:" + resource, mine, Life, When.NotExists)) return;
        try { await _work(budget.Token); }
        finally { await _db.KeyDeleteAsync("lock:" + resource); } // expect: EXP205
    }

    // Bug: the value is made in the call.
    public async Task<bool> BlindReleaseIf(string resource)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        var got = await _db.StringSetAsync("mutex:" + resource, Guid.NewGuid().ToString(), Life, When.NotExists);
        if (got)
        {
            try { await _work(budget.Token); }
            finally { await _db.KeyDeleteAsync("mutex:" + resource); } // expect: EXP205
        }

        return got;
    }

    // Bug: between the look and the delete the TTL may end.
    public async Task LooksFirst(string resource, string owner)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        if (!await _db.LockTakeAsync("lock:" + resource, owner, Life)) return;
        try { await _work(budget.Token); }
        finally
        {
            var holder = await _db.StringGetAsync("lock:" + resource);
            if (holder == owner)
            {
                await _db.KeyDeleteAsync("lock:" + resource); // expect: EXP205
            }
        }
    }

    // Bug: a retry loop, and a key that a variable holds.
    public async Task Retries(string resource, CancellationToken ct)
    {
        RedisKey key = $"lease:{resource}";
        RedisValue owner = Environment.MachineName + Guid.NewGuid();
        for (var i = 0; i < 10; i++)
        {
            if (await _db.StringSetAsync(key, owner, Life, when: When.NotExists))
            {
                using var budget = CancellationTokenSource.CreateLinkedTokenSource(ct);
                budget.CancelAfter(TimeSpan.FromSeconds(45));
                try { await _work(budget.Token); }
                finally { await _db.KeyDeleteAsync(key); } // expect: EXP205
                return;
            }

            await Task.Delay(100, ct);
        }
    }

    // A mark: work that failed may be tried again.
    public async Task RetryAllowed(string id)
    {
        if (!await _db.StringSetAsync("idem:" + id, "1", TimeSpan.FromHours(24), When.NotExists)) return;
        try { await _work(default); }
        catch
        {
            await _db.KeyDeleteAsync("idem:" + id);
            throw;
        }
    }

    public async Task Compared(string resource)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        var mine = Guid.NewGuid().ToString("N");
        if (!await _db.StringSetAsync("lock:" + resource, mine, Life, When.NotExists)) return;
        try { await _work(budget.Token); }
        finally { await _db.LockReleaseAsync("lock:" + resource, mine); }
    }

    public async Task ByScript(string resource)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        RedisKey key = "lock:" + resource;
        RedisValue mine = Guid.NewGuid().ToString("N");
        if (!await _db.StringSetAsync(key, mine, Life, When.NotExists)) return;
        try { await _work(budget.Token); }
        finally
        {
            await _db.ScriptEvaluateAsync(
                "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0", [key], [mine]);
        }
    }

    // Another's lock is broken on purpose: no take in view.
    public Task Break(string resource) => _db.KeyDeleteAsync("lock:" + resource);

    // A value that is cached and dropped is no lock.
    public async Task Cached(string key)
    {
        await _db.StringSetAsync(key, "1", Life);
        await _work(default);
        await _db.KeyDeleteAsync(key);
    }
}

// A delete belongs to what its own member takes, whatever others of the type take under such a key.
public sealed class Counters(IDatabase db, Func<Task> work)
{
    // No TTL, so that no other holder comes: EXP206's matter.
    public async Task Forever(string id)
    {
        if (!await db.StringSetAsync("lock:" + id, Guid.NewGuid().ToString(), null, When.NotExists)) return;
        try { await work(); }
        finally { await db.KeyDeleteAsync("lock:" + id); }
    }

    public async Task Ended(string id)
    {
        if (!await db.StringSetAsync("lock:" + id, Guid.NewGuid().ToString(), TimeSpan.FromMinutes(1), When.NotExists)) return;
        try { await work(); }
        finally { await db.KeyDeleteAsync("lock:" + id); } // expect: EXP205
    }

    public Task<bool> Begin(string id) => db.StringSetAsync("lock:" + id, Guid.NewGuid().ToString(), TimeSpan.FromMinutes(1), When.NotExists);
}

// A look whether the lock is there tells nothing of its owner.
public sealed class PresenceOnly(IDatabase db)
{
    public async Task OnlyPresence(string ticket, Func<Task> work)
    {
        string key = "ticket:" + ticket;
        if (!await db.StringSetAsync(key, Guid.NewGuid().ToString(), TimeSpan.FromMinutes(5), When.NotExists)) return;
        await work();
        RedisValue holder = await db.StringGetAsync(key);
        if (holder.IsNullOrEmpty || holder == RedisValue.Null) return;
        await db.KeyDeleteAsync(key); // expect: EXP205
    }
}
