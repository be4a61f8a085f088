using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Medallion.Threading.Redis;
using StackExchange.Redis;

namespace Course.Handed;

public interface IReports
{
    Task BuildAsync(string name, CancellationToken stop);
}

public sealed class Builder(IDatabase db, IReports reports, Func<CancellationToken, Task> work)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    public Task HandedOut(string resource, CancellationToken stop)
    {
        var mine = Guid.NewGuid().ToString("N");
        if (!db.LockTake("lock:" + resource, mine, Life)) return Task.CompletedTask;
        try { return work(stop); } // expect: EXP204
        finally { db.LockRelease("lock:" + resource, mine); }
    }

    public Task Built(string resource, CancellationToken stop)
    {
        var mine = Guid.NewGuid().ToString("N");
        if (!db.StringSet("lock:" + resource, mine, Life, When.NotExists)) return Task.CompletedTask;
        try { return reports.BuildAsync(resource, stop); } // expect: EXP204
        finally { db.LockRelease("lock:" + resource, mine); }
    }

    public async Task Forgotten(string resource, CancellationToken stop)
    {
        var mine = Guid.NewGuid().ToString("N");
        if (!await db.LockTakeAsync("lock:" + resource, mine, Life)) return;
        try { _ = work(stop); } // expect: EXP204
        finally { await db.LockReleaseAsync("lock:" + resource, mine); }
    }

    public async Task Stored(string resource)
    {
        var mine = Guid.NewGuid().ToString("N");
        if (!await db.LockTakeAsync("lock:" + resource, mine, Life)) return;
        try { _ = Store(resource); } // expect: EXP204
        finally { await db.LockReleaseAsync("lock:" + resource, mine); }
    }

    public async Task Collected(string resource, IEnumerable<string> rows)
    {
        var mine = Guid.NewGuid().ToString("N");
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        if (!await db.LockTakeAsync("lock:" + resource, mine, Life)) return;
        try
        {
            var open = rows.Select(row => work(budget.Token)).ToList();
            _ = db.StringIncrementAsync("runs", flags: CommandFlags.FireAndForget);
            await Task.WhenAll(open);
        }
        finally { await db.LockReleaseAsync("lock:" + resource, mine); }
    }

    public async Task Renewed(string resource, CancellationToken stop)
    {
        var mine = Guid.NewGuid().ToString("N");
        if (!await db.LockTakeAsync("lock:" + resource, mine, Life)) return;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            _ = Task.Run(async () =>
            {
                while (await db.LockExtendAsync("lock:" + resource, mine, Life)) await Task.Delay(TimeSpan.FromSeconds(20), ends.Token);
            });
            await work(ends.Token);
        }
        finally
        {
            ends.Cancel();
            await db.LockReleaseAsync("lock:" + resource, mine);
        }
    }

    public Task Continued(string resource, CancellationToken stop)
    {
        var mine = Guid.NewGuid().ToString("N");
        if (!db.LockTake("lock:" + resource, mine, Life)) return Task.CompletedTask;
        return work(stop).ContinueWith(_ => db.LockRelease("lock:" + resource, mine));
    }

    private Task Store(string resource) => db.StringSetAsync("report:" + resource, 1, TimeSpan.FromHours(1));
}

public sealed class Gates(RedisDistributedLock gate, Func<CancellationToken, Task> work)
{
    public Task Handed(CancellationToken stop)
    {
        using (gate.Acquire()) return work(stop); // expect: EXP204
    }

    public async Task Right(CancellationToken stop)
    {
        await using (await gate.AcquireAsync(cancellationToken: stop)) await work(stop);
    }
}
