#nullable enable
using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp203.Helpers;

public interface ILocks
{
    Task<bool> Acquire(string name, string token);

    Task<bool> AcquireFor(string name, string token, TimeSpan ttl);

    Task<bool> Release(string name, string token);

    Task<bool> Drop(string name);
}

public sealed class Locks(IDatabase db) : ILocks
{
    public Task<bool> Acquire(string name, string token) => db.LockTakeAsync(name, token, TimeSpan.FromSeconds(60));

    public Task<bool> AcquireFor(string name, string token, TimeSpan ttl) => db.StringSetAsync(name, token, ttl, When.NotExists);

    public Task<bool> Release(string name, string token) => db.LockReleaseAsync(name, token);

    public Task<bool> Drop(string name) => db.KeyDeleteAsync(name);
}

// Bug: the caller hands in what every caller hands in.
public sealed class Signup(ILocks locks, Func<CancellationToken, Task> work)
{
    public async Task Constant(string email)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        if (!await locks.Acquire(email, "1")) return; // expect: EXP203
        try { await work(budget.Token); }
        finally { await locks.Release(email, "1"); }
    }
}

public sealed class Orders(ILocks locks, Func<CancellationToken, Task> work)
{
    public async Task TheKey(string order)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        if (!await locks.AcquireFor(order, order, TimeSpan.FromSeconds(60))) return; // expect: EXP203
        try { await work(budget.Token); }
        finally { await locks.Release(order, order); }
    }
}

// Fine: a token of its own; and what a helper makes itself is the helper's.
public sealed class Fine(ILocks locks, Func<CancellationToken, Task> work)
{
    public async Task Fresh(string order)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        string token = Guid.NewGuid().ToString();
        if (!await locks.AcquireFor(order, token, TimeSpan.FromSeconds(60))) return;
        try { await work(budget.Token); }
        finally { await locks.Release(order, token); }
    }

    // The helper deletes blindly, whatever the token.
    public async Task Dropped(string order)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        if (!await locks.AcquireFor(order, "1", TimeSpan.FromSeconds(60))) return;
        try { await work(budget.Token); }
        finally { await locks.Drop(order); } // expect: EXP205
    }
}

// Bug: threads are numbered from one in each process.
public sealed class ByThread(IDatabase db, Func<CancellationToken, Task> work)
{
    public async Task Current(string name)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        if (!await db.LockTakeAsync("c:" + name, Environment.CurrentManagedThreadId, TimeSpan.FromSeconds(60))) return; // expect: EXP203
        try { await work(budget.Token); }
        finally { await db.LockReleaseAsync("c:" + name, Environment.CurrentManagedThreadId); }
    }

    public void Sync(string name, Action act)
    {
        RedisValue me = Thread.CurrentThread.ManagedThreadId;
        if (!db.LockTake("t:" + name, me, TimeSpan.FromSeconds(60))) return; // expect: EXP203
        try { act(); }
        finally { db.LockRelease("t:" + name, me); }
    }

    // Fine: with the machine and the process in it, they seldom meet.
    public void Sync2(string name, Action act)
    {
        string me = $"{Environment.MachineName}:{Environment.ProcessId}:{Thread.CurrentThread.ManagedThreadId}";
        if (!db.LockTake("m:" + name, me, TimeSpan.FromSeconds(60))) return;
        try { act(); }
        finally { db.LockRelease("m:" + name, me); }
    }
}

public sealed class Lease(Func<Task> release) : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await release();
}

// The lock is given back by what is handed to its handle.
public sealed class Leases(IDatabase db)
{
    public async Task<Lease?> Constant(string name)
    {
        bool isTaken = await db.StringSetAsync("p:" + name, "1", TimeSpan.FromMinutes(10), When.NotExists); // expect: EXP203
        return isTaken ? new Lease(async () => await db.KeyDeleteAsync("p:" + name)) : null;
    }
}

public sealed class FreshLeases(IDatabase db)
{
    public async Task<Lease?> Blind(string name)
    {
        string token = Guid.NewGuid().ToString();
        if (!await db.StringSetAsync(name, token, TimeSpan.FromMinutes(10), When.NotExists)) return null;
        return new Lease(async () => await db.KeyDeleteAsync(name)); // expect: EXP205
    }

    public async Task<Lease?> Fine(string name)
    {
        string token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync("f:" + name, token, TimeSpan.FromMinutes(10))) return null;
        return new Lease(async () => await db.LockReleaseAsync("f:" + name, token));
    }
}
