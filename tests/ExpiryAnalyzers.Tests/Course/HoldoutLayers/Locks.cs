using System;
using System.Threading;
using System.Threading.Tasks;
using Medallion.Threading.Redis;
using RedLockNet;
using StackExchange.Redis;

namespace Course.HoldoutLayers.Locks;

public interface IInvoices
{
    Task SendAsync(CancellationToken token = default);

    Task ArchiveAsync();
}

public sealed class RedisLocks(IDatabase db)
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

    /// <summary>Ends the work before the lock can expire.</summary>
    public async Task<bool> WithBoundedLock(string key, TimeSpan ttl, Func<CancellationToken, Task> work)
    {
        string token = Guid.NewGuid().ToString("N");
        if (!await db.LockTakeAsync("lock:" + key, token, ttl + TimeSpan.FromSeconds(10)))
        {
            return false;
        }

        try
        {
            using CancellationTokenSource limit = new(ttl);
            await work(limit.Token);
            return true;
        }
        finally
        {
            await db.LockReleaseAsync("lock:" + key, token);
        }
    }

    public async Task<LockHandle?> AcquireAsync(string key, TimeSpan ttl)
    {
        string token = Guid.NewGuid().ToString("N");
        return await db.LockTakeAsync("lock:" + key, token, ttl) ? new LockHandle(db, "lock:" + key, token) : null;
    }

    public async Task<bool> TryLock(string key, string token, TimeSpan ttl) =>
        await db.StringSetAsync("lock:" + key, token, ttl, When.NotExists);
}

public sealed class LockHandle(IDatabase db, string key, string token) : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await db.LockReleaseAsync(key, token);
}

public sealed class InvoiceJob(RedisLocks locks, IDatabase db, IInvoices invoices, IDistributedLockFactory factory)
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    public Task<bool> Send() => locks.WithLock("invoices", TimeSpan.FromSeconds(30), () => invoices.SendAsync()); // expect: EXP201

    public Task<bool> SendWithBudget() => locks.WithLock("invoices", Budget, async () => // expect: EXP201
    {
        using CancellationTokenSource limit = new(Budget);
        await invoices.SendAsync(limit.Token);
    });

    public Task<bool> SendWithMargin() => locks.WithLock("invoices", Budget + TimeSpan.FromSeconds(10), async () =>
    {
        using CancellationTokenSource limit = new(Budget);
        await invoices.SendAsync(limit.Token);
    });

    public Task<bool> SendBounded() => locks.WithBoundedLock("invoices", TimeSpan.FromMinutes(1), invoices.SendAsync);

    public async Task Archive()
    {
        await using LockHandle? held = await locks.AcquireAsync("archive", TimeSpan.FromSeconds(20)); // expect: EXP201
        if (held is not null)
        {
            await invoices.ArchiveAsync();
        }
    }

    public async Task ArchiveWithinBudget()
    {
        await using LockHandle? held = await locks.AcquireAsync("archive", Budget + TimeSpan.FromSeconds(10));
        if (held is not null)
        {
            await invoices.ArchiveAsync().WaitAsync(Budget);
        }
    }

    public async Task Try()
    {
        string token = Guid.NewGuid().ToString("N");
        if (await locks.TryLock("try", token, TimeSpan.FromSeconds(10))) // expect: EXP201
        {
            try
            {
                await invoices.ArchiveAsync();
            }
            finally
            {
                await db.LockReleaseAsync("lock:try", token);
            }
        }
    }

    public async Task Direct(CancellationToken stopping)
    {
        string key = "lock:direct", token = Environment.MachineName;
        if (!await db.StringSetAsync(key, token, Budget, When.NotExists)) // expect: EXP201
        {
            return;
        }

        try
        {
            await invoices.SendAsync(stopping);
        }
        finally
        {
            await db.KeyDeleteAsync(key);
        }
    }

    // The library renews.
    public async Task RedLock()
    {
        await using IRedLock held = await factory.CreateLockAsync("invoices", Budget);
        if (held.IsAcquired)
        {
            await invoices.SendAsync();
        }
    }

    // So does this one.
    public async Task Medallion()
    {
        RedisDistributedLock invoicesLock = new("invoices", db, options => options.Expiry(Budget).MinValidityTime(TimeSpan.FromSeconds(20)));
        await using (await invoicesLock.AcquireAsync())
        {
            await invoices.SendAsync();
        }
    }

    // Nobody releases it: each invoice is sent once.
    public async Task Once(string invoice)
    {
        if (await locks.TryLock("sent:" + invoice, "1", TimeSpan.FromDays(2)))
        {
            await invoices.SendAsync();
        }
    }
}
