using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

public sealed class Locks(IDatabase db)
{
    public async Task<bool> WithLock(string key, TimeSpan ttl, Func<Task> work)
    {
        string token = Guid.NewGuid().ToString("N");
        if (!await db.LockTakeAsync("lock:" + key, token, ttl))
        {
            return false;
        }

        try
        {
            await work();
            return true;
        }
        finally
        {
            await db.LockReleaseAsync("lock:" + key, token);
        }
    }
}

public sealed class Job(Locks locks, Func<CancellationToken, Task> send)
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    public Task<bool> SendWithBudget() => locks.WithLock("invoices", Budget, async () =>
    {
        using CancellationTokenSource limit = new(Budget);
        await send(limit.Token);
    });
}
