using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutLayers.LockServices;

internal interface ILockService
{
    Task<bool> AcquireLockAsync(string resource, string owner, TimeSpan expiry);

    Task<bool> ExtendLockAsync(string resource, string owner, TimeSpan expiry);

    Task ReleaseLockAsync(string resource, string owner);
}

internal sealed class RedisLockService(IConnectionMultiplexer redis) : ILockService
{
    private const string ReleaseScript = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";

    private IDatabase Db => redis.GetDatabase();

    public Task<bool> AcquireLockAsync(string resource, string owner, TimeSpan expiry) =>
        Db.StringSetAsync($"locks:{resource}", owner, expiry, When.NotExists);

    public Task<bool> ExtendLockAsync(string resource, string owner, TimeSpan expiry) => Db.LockExtendAsync($"locks:{resource}", owner, expiry);

    public Task ReleaseLockAsync(string resource, string owner) => Db.ScriptEvaluateAsync(ReleaseScript, [$"locks:{resource}"], [owner]);
}

public interface IWork
{
    Task RunAsync(CancellationToken token);

    void Run();
}

internal sealed class Worker(ILockService locks, IWork work)
{
    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(45);
    private readonly string _owner = Guid.NewGuid().ToString();

    public async Task Run(CancellationToken stopping)
    {
        if (!await locks.AcquireLockAsync("work", _owner, LockTime)) // expect: EXP201
        {
            return;
        }

        try
        {
            await work.RunAsync(stopping);
        }
        finally
        {
            await locks.ReleaseLockAsync("work", _owner);
        }
    }

    public async Task RunNested(CancellationToken stopping)
    {
        bool mine = await locks.AcquireLockAsync("nested", _owner, TimeSpan.FromSeconds(30)); // expect: EXP201
        if (mine)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                limit.CancelAfter(TimeSpan.FromSeconds(30));
                await work.RunAsync(limit.Token);
            }
            finally
            {
                await locks.ReleaseLockAsync("nested", _owner);
            }
        }
    }

    public async Task RunBounded(CancellationToken stopping)
    {
        if (!await locks.AcquireLockAsync("bounded", _owner, LockTime))
        {
            return;
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            limit.CancelAfter(LockTime - TimeSpan.FromSeconds(10));
            await work.RunAsync(limit.Token);
        }
        finally
        {
            await locks.ReleaseLockAsync("bounded", _owner);
        }
    }

    public async Task RunRenewed(CancellationToken stopping)
    {
        if (!await locks.AcquireLockAsync("renewed", _owner, LockTime))
        {
            return;
        }

        using var done = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task renewal = Renew(done.Token);
        try
        {
            await work.RunAsync(stopping);
        }
        finally
        {
            await done.CancelAsync();
            await renewal;
            await locks.ReleaseLockAsync("renewed", _owner);
        }
    }

    // Acquire-and-return: the work is not in view.
    public Task<bool> TryBegin(string job) => locks.AcquireLockAsync("begin:" + job, _owner, LockTime);

    // Never released: a throttle.
    public async Task<bool> Throttled()
    {
        if (!await locks.AcquireLockAsync("throttle", _owner, TimeSpan.FromMinutes(1)))
        {
            return false;
        }

        work.Run();
        return true;
    }

    private async Task Renew(CancellationToken token)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(15));
        try
        {
            while (await timer.WaitForNextTickAsync(token))
            {
                await locks.ExtendLockAsync("renewed", _owner, LockTime);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}

public sealed class SyncLock : IDisposable
{
    private readonly IDatabase _db;
    private readonly RedisKey _key;
    private readonly RedisValue _token = Guid.NewGuid().ToString();

    private SyncLock(IDatabase db, RedisKey key)
    {
        _db = db;
        _key = key;
    }

    public static SyncLock Acquire(IDatabase db, string name, TimeSpan ttl)
    {
        SyncLock held = new(db, "sync:" + name);
        while (!db.LockTake(held._key, held._token, ttl))
        {
            Thread.Sleep(50);
        }

        return held;
    }

    public void Dispose() => _db.LockRelease(_key, _token);
}

public sealed class SyncJobs(IDatabase db, IWork work)
{
    private readonly object _gate = new();

    public void Run()
    {
        using SyncLock held = SyncLock.Acquire(db, "sync", TimeSpan.FromSeconds(10)); // expect: EXP201
        work.Run();
    }

    public void RunInBlock()
    {
        lock (_gate)
        {
            using (SyncLock.Acquire(db, "sync", TimeSpan.FromSeconds(10))) // expect: EXP201
            {
                work.Run();
            }
        }
    }

    public void RunExclusively() => Exclusively("jobs", 30, work.Run); // expect: EXP201

    public T Compute<T>(Func<T> compute) => Exclusively("compute", 30, compute); // expect: EXP201

    private void Exclusively(string name, int seconds, Action action) => Exclusively(name, seconds, () => { action(); return 0; });

    private T Exclusively<T>(string name, int seconds, Func<T> action)
    {
        RedisKey key = "exclusive:" + name;
        RedisValue token = Environment.MachineName;
        if (!db.LockTake(key, token, TimeSpan.FromSeconds(seconds)))
        {
            throw new TimeoutException(name);
        }

        try
        {
            return action();
        }
        finally
        {
            db.LockRelease(key, token);
        }
    }
}
