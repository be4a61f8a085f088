#nullable enable
using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp201.LookAlikes;

// Not the client: same member names on a type of our own (an in-memory lock that has no expiry on a server).
public interface ILocalLocks
{
    Task<bool> LockTakeAsync(string key, string token, TimeSpan wait);
    Task<bool> LockReleaseAsync(string key, string token);
}

public interface IFileSync
{
    Task CopyAsync(string file, CancellationToken ct = default);
    void Copy(string file);
}

public sealed class FileSync(ILocalLocks locks, IDatabase redis, IFileSync sync)
{
    // Fine: LockTakeAsync of another type.
    public async Task CopyLocallyAsync(string file)
    {
        if (!await locks.LockTakeAsync(file, "me", TimeSpan.FromSeconds(30))) return;
        try { await sync.CopyAsync(file); }
        finally { await locks.LockReleaseAsync(file, "me"); }
    }

    // Bug: the same text on the client's type.
    public async Task CopyRemotelyAsync(string file)
    {
        if (!await redis.LockTakeAsync(file, "me", TimeSpan.FromSeconds(30))) return; // expect: EXP201
        try { await sync.CopyAsync(file); }
        finally { await redis.LockReleaseAsync(file, "me"); }
    }

    // Fine: a process-wide semaphore whose timeout is a wait.
    public async Task CopySerialAsync(string file, SemaphoreSlim gate)
    {
        if (!await gate.WaitAsync(TimeSpan.FromSeconds(30))) return;
        try { await sync.CopyAsync(file); }
        finally { gate.Release(); }
    }

    // Fine: takes inside a transaction; the outcome and the work are elsewhere.
    public async Task<bool> EnqueueTakeAsync(string file)
    {
        var tran = redis.CreateTransaction();
        tran.AddCondition(Condition.KeyNotExists("paused"));
        _ = tran.LockTakeAsync(file, "me", TimeSpan.FromSeconds(30));
        return await tran.ExecuteAsync();
    }

    // Fine: only a look at the lock, then a copy that nobody locked here.
    public async Task CopyUnlessLockedAsync(string file)
    {
        if ((await redis.LockQueryAsync(file)).HasValue) return;
        await sync.CopyAsync(file);
    }

    // Bug: two sync copies, neither of which can be ended.
    public void CopyTwice(string first, string second)
    {
        if (!redis.LockTake("pair", "me", TimeSpan.FromSeconds(20))) return; // expect: EXP201
        try
        {
            sync.Copy(first);
            sync.Copy(second);
        }
        finally
        {
            redis.LockRelease("pair", "me");
        }
    }
}

public sealed class FileSyncContinuation(IDatabase redis, IFileSync sync)
{
    // Fine: renews and releases a lock that somebody else took.
    public async Task ContinueAsync(string file, string token)
    {
        if (!await redis.LockExtendAsync(file, token, TimeSpan.FromSeconds(30))) return;
        try { await sync.CopyAsync(file); }
        finally { await redis.LockReleaseAsync(file, token); }
    }
}
