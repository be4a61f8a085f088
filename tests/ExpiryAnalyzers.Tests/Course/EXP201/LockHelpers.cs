#nullable enable
using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp201.LockHelpers;

public static class RedisLockExtensions
{
    // Bug: runs whatever the caller hands in under a literal 10 s lock.
    public static async Task<bool> WithLockAsync(this IDatabase db, string name, Func<Task> action)
    {
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync("lk:" + name, token, TimeSpan.FromSeconds(10))) return false; // expect: EXP201
        try
        {
            await action();
            return true;
        }
        finally
        {
            await db.LockReleaseAsync("lk:" + name, token);
        }
    }

    // Bug: same, sync.
    public static void WithLock(this IDatabase db, string name, Action action)
    {
        string key = $"lk:{name}", token = Guid.NewGuid().ToString();
        while (!db.LockTake(key, token, TimeSpan.FromSeconds(15))) // expect: EXP201
            Thread.Sleep(50);
        try { action(); }
        finally { db.LockRelease(key, token); }
    }

    // Fine: the action gets a token that fires 5 s before the lock ends.
    public static async Task<bool> WithLockAsync(this IDatabase db, string name, Func<CancellationToken, Task> action)
    {
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync("lk:" + name, token, TimeSpan.FromSeconds(20))) return false;
        using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        try
        {
            await action(cts.Token);
            return true;
        }
        finally
        {
            await db.LockReleaseAsync("lk:" + name, token);
        }
    }

    // Bug: the action's token fires at the TTL itself.
    public static async Task<T?> ComputeAsync<T>(this IDatabase db, string name, Func<CancellationToken, Task<T>> compute)
    {
        var ttl = TimeSpan.FromSeconds(20);
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync("lk:" + name, token, ttl)) return default; // expect: EXP201
        using var cts = new CancellationTokenSource(ttl);
        try
        {
            return await compute(cts.Token);
        }
        finally
        {
            await db.LockReleaseAsync("lk:" + name, token);
        }
    }

    // Fine: forwards key, token and TTL of the caller; no work here.
    public static Task<bool> TryTakeAsync(this IDatabase db, string name, string token, TimeSpan ttl)
        => db.LockTakeAsync("lk:" + name, token, ttl);

    // Fine: asks for the caller's budget plus a margin, and hands the budget to the work.
    public static async Task<bool> WithBudgetAsync(this IDatabase db, string name, TimeSpan budget, Func<CancellationToken, Task> action)
    {
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync("lk:" + name, token, budget + TimeSpan.FromSeconds(10))) return false;
        using var cts = new CancellationTokenSource(budget);
        try
        {
            await action(cts.Token);
            return true;
        }
        finally
        {
            await db.LockReleaseAsync("lk:" + name, token);
        }
    }

    // Bug: the same parameter is the TTL and the deadline of the work.
    public static async Task<bool> WithTimeoutAsync(this IDatabase db, string name, TimeSpan timeout, Func<CancellationToken, Task> action)
    {
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync("lk:" + name, token, timeout)) return false; // expect: EXP201
        using var cts = new CancellationTokenSource(timeout);
        try
        {
            await action(cts.Token);
            return true;
        }
        finally
        {
            await db.LockReleaseAsync("lk:" + name, token);
        }
    }

    // Fine: the caller's figure less a margin bounds the work.
    public static async Task<bool> WithReserveAsync(this IDatabase db, string name, TimeSpan ttl, Func<CancellationToken, Task> action)
    {
        var reserve = TimeSpan.FromSeconds(6);
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync("lk:" + name, token, ttl)) return false;
        using var cts = new CancellationTokenSource(ttl - reserve);
        try
        {
            await action(cts.Token);
            return true;
        }
        finally
        {
            await db.LockReleaseAsync("lk:" + name, token);
        }
    }
}

public sealed class Mutex
{
    private readonly IDatabase _db;
    private readonly TimeSpan _expiry = TimeSpan.FromSeconds(30);
    private readonly TimeSpan _wait = TimeSpan.FromSeconds(10);

    public Mutex(IDatabase db) => _db = db;

    // Bug: the wait for the lock has a deadline, the work has none.
    public async Task<T> RunAsync<T>(string resource, Func<Task<T>> body)
    {
        var owner = Guid.NewGuid().ToString("N");
        var giveUp = DateTime.UtcNow + _wait;
        while (!await _db.LockTakeAsync(resource, owner, _expiry)) // expect: EXP201
        {
            if (DateTime.UtcNow > giveUp)
                throw new TimeoutException(resource);
            await Task.Delay(100);
        }

        try
        {
            return await body();
        }
        finally
        {
            await _db.LockReleaseAsync(resource, owner);
        }
    }

    // Fine: body is cut off at 20 s by WaitAsync; the lock lives 30 s.
    public async Task<T> RunBoundedAsync<T>(string resource, Func<Task<T>> body)
    {
        var owner = Guid.NewGuid().ToString("N");
        while (!await _db.LockTakeAsync(resource, owner, _expiry))
            await Task.Delay(100);

        try
        {
            return await body().WaitAsync(TimeSpan.FromSeconds(20));
        }
        finally
        {
            await _db.LockReleaseAsync(resource, owner);
        }
    }

    // Bug: WaitAsync gets the lock's own length.
    public async Task<T> RunToTheEndAsync<T>(string resource, Func<Task<T>> body)
    {
        var owner = Guid.NewGuid().ToString("N");
        while (!await _db.LockTakeAsync(resource, owner, _expiry)) // expect: EXP201
            await Task.Delay(100);

        try
        {
            return await body().WaitAsync(_expiry);
        }
        finally
        {
            await _db.LockReleaseAsync(resource, owner);
        }
    }

    // Bug: WaitAsync with the request's token is no deadline.
    public async Task RunWhileWantedAsync(string resource, Func<Task> body, CancellationToken ct)
    {
        var owner = Guid.NewGuid().ToString("N");
        if (!await _db.LockTakeAsync(resource, owner, _expiry)) // expect: EXP201
            return;
        try
        {
            await body().WaitAsync(ct);
        }
        finally
        {
            await _db.LockReleaseAsync(resource, owner);
        }
    }

    // Bug: do/while take loop with retries; the work after it is unbounded.
    public void Run(string resource, int retries, Action body)
    {
        var owner = Guid.NewGuid().ToString("N");
        bool taken;
        do
        {
            taken = _db.LockTake(resource, owner, _expiry); // expect: EXP201
            if (!taken) Thread.Sleep(200);
        }
        while (!taken && retries-- > 0);

        if (!taken) throw new InvalidOperationException("busy: " + resource);
        try
        {
            body();
        }
        finally
        {
            _db.LockRelease(resource, owner);
        }
    }

    // Fine: only waits for the lock and reports; the caller works and releases.
    public async Task<bool> WaitForAsync(string resource, string owner, CancellationToken ct)
    {
        var giveUp = DateTime.UtcNow + _wait;
        while (!await _db.LockTakeAsync(resource, owner, _expiry))
        {
            if (DateTime.UtcNow > giveUp) return false;
            await Task.Delay(100, ct);
        }
        return true;
    }

    public Task<bool> ReleaseAsync(string resource, string owner) => _db.LockReleaseAsync(resource, owner);
}
