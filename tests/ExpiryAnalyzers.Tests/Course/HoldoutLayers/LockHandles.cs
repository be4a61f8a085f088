using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutLayers.LockHandles;

public interface IJob
{
    Task ExecuteAsync(CancellationToken token);
}

public sealed class RedisLock : IAsyncDisposable
{
    private readonly IDatabase _db;
    private readonly string _key;
    private readonly string _value;

    private RedisLock(IDatabase db, string key, string value, bool isAcquired)
    {
        _db = db;
        _key = key;
        _value = value;
        IsAcquired = isAcquired;
    }

    public bool IsAcquired { get; }

    public static async Task<RedisLock> CreateAsync(IDatabase db, string key, TimeSpan expiry)
    {
        var value = Guid.NewGuid().ToString("N");
        bool isAcquired = await db.StringSetAsync(key, value, expiry, When.NotExists);
        return new RedisLock(db, key, value, isAcquired);
    }

    public async ValueTask DisposeAsync()
    {
        if (IsAcquired)
        {
            await _db.LockReleaseAsync(_key, _value);
        }
    }
}

public abstract class LockedJob(IDatabase db, IJob job)
{
    protected abstract string Name { get; }

    protected virtual TimeSpan Expiry => TimeSpan.FromMinutes(1);

    protected IJob Job { get; } = job;

    protected Task<bool> Enter(string owner, TimeSpan expiry) => db.LockTakeAsync("job:" + Name, owner, expiry);

    protected Task Leave(string owner) => db.LockReleaseAsync("job:" + Name, owner);

    protected async Task<bool> Guarded(TimeSpan expiry, Func<Task> work)
    {
        var owner = Guid.NewGuid().ToString();
        if (await Enter(owner, expiry))
        {
            try
            {
                await work();
            }
            finally
            {
                await Leave(owner);
            }

            return true;
        }

        return false;
    }
}

public sealed class ImportJob(IDatabase db, IJob job) : LockedJob(db, job)
{
    private const int LockSeconds = 120;

    protected override string Name => "import";

    public async Task Run(CancellationToken stopping)
    {
        var owner = Environment.MachineName + Environment.ProcessId;
        if (!await Enter(owner, TimeSpan.FromSeconds(LockSeconds))) // expect: EXP201
        {
            return;
        }

        try
        {
            await Job.ExecuteAsync(stopping);
        }
        finally
        {
            await Leave(owner);
        }
    }

    public async Task RunBounded(CancellationToken stopping)
    {
        var owner = Environment.MachineName + Environment.ProcessId;
        if (!await Enter(owner, TimeSpan.FromSeconds(LockSeconds)))
        {
            return;
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            limit.CancelAfter(TimeSpan.FromSeconds(LockSeconds - 30));
            await Job.ExecuteAsync(limit.Token);
        }
        finally
        {
            await Leave(owner);
        }
    }

    public Task<bool> RunGuarded(CancellationToken stopping) => Guarded(TimeSpan.FromSeconds(45), () => Job.ExecuteAsync(stopping)); // expect: EXP201

    public Task<bool> RunGuardedBounded() => Guarded(TimeSpan.FromSeconds(45), async () =>
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Job.ExecuteAsync(limit.Token);
    });
}

public sealed class Exporter(IDatabase db, IJob job)
{
    public async Task Run(CancellationToken stopping)
    {
        await using RedisLock held = await RedisLock.CreateAsync(db, "lock:export", TimeSpan.FromSeconds(30)); // expect: EXP201
        if (!held.IsAcquired)
        {
            return;
        }

        await job.ExecuteAsync(stopping);
    }

    public async Task RunInBlock(CancellationToken stopping)
    {
        await using (var held = await RedisLock.CreateAsync(db, "lock:export", TimeSpan.FromSeconds(30))) // expect: EXP201
        {
            if (held.IsAcquired)
            {
                await job.ExecuteAsync(stopping);
            }
        }
    }

    public async Task RunWithin()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using RedisLock held = await RedisLock.CreateAsync(db, "lock:export", TimeSpan.FromSeconds(30));
        if (held.IsAcquired)
        {
            await job.ExecuteAsync(limit.Token);
        }
    }

    public Task<RedisLock> Begin(string name) => RedisLock.CreateAsync(db, "lock:" + name, TimeSpan.FromSeconds(30));
}
