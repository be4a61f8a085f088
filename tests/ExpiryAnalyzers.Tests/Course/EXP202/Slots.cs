using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Slots;

/// <summary>Takes and gives back for whoever asks.</summary>
public sealed class SlotStore(IDatabase redis)
{
    public Task<bool> TryHold(string name, string owner) => redis.LockTakeAsync("slot:" + name, owner, TimeSpan.FromSeconds(30));

    public Task<bool> Leave(string name, string owner) => redis.LockReleaseAsync("slot:" + name, owner);

    public Task Hold(string name, string owner) => redis.LockTakeAsync("slot:" + name, owner, TimeSpan.FromSeconds(30)); // expect: EXP202
}

public sealed class SlotEndpoints(SlotStore slots)
{
    public string Forgotten(string name)
    {
        slots.TryHold(name, "api"); // expect: EXP202
        return "OK";
    }

    public async Task<string> Awaited(string name)
    {
        await slots.TryHold(name, "api"); // expect: EXP202
        return "OK";
    }

    public async Task<string> Right(string name, string owner) => await slots.TryHold(name, owner) ? "OK" : "Conflict";
}

public sealed class Ledger(IDatabase db)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    public void Post(string account, Action<CancellationToken> work)
    {
        var token = Guid.NewGuid().ToString("N");
        if (!db.LockTake(account, token, Life)) return;
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            work(budget.Token);
            db.StringSet(account, "posted"); // expect: EXP202
        }
        finally
        {
            db.LockRelease(account, token);
        }
    }

    public void PostRight(string account, Action<CancellationToken> work)
    {
        var token = Guid.NewGuid().ToString("N");
        if (!db.LockTake("lock:" + account, token, Life)) return;
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            work(budget.Token);
            db.StringSet(account, "posted");
        }
        finally
        {
            db.LockRelease("lock:" + account, token);
        }
    }

    public void Close(string account, Action<CancellationToken> work)
    {
        var token = Guid.NewGuid().ToString("N");
        if (!db.LockTake("lock:" + account, token, Life)) return;
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            work(budget.Token);
        }
        finally
        {
            db.LockRelease(account, token); // expect: EXP202
        }
    }
}

public sealed class Handles(CSRedis.CSRedisClient cs, RedLockNet.IDistributedLockFactory factory)
{
    public void Blind(Action work)
    {
        using var held = cs.Lock("ledger", 10); // expect: EXP202
        work();
    }

    public async Task BlindAsync(Func<Task> work)
    {
        await using var held = await factory.CreateLockAsync("ledger", TimeSpan.FromSeconds(30)); // expect: EXP202
        await work();
    }

    public async Task Seen(Func<Task> work)
    {
        await using var held = await factory.CreateLockAsync("ledger", TimeSpan.FromSeconds(30));
        if (held.IsAcquired) await work();
    }
}
