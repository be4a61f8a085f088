#nullable enable
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp201.Renewal;

public interface ITask
{
    Task RunAsync(CancellationToken ct);
    void Run();
}

public sealed class RenewingRunner
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);
    private readonly IDatabase _db;

    public RenewingRunner(IDatabase db) => _db = db;

    // Fine: a loop extends the lock every 10 s while the work runs.
    public async Task RunAsync(string key, ITask work, CancellationToken ct)
    {
        var token = Guid.NewGuid().ToString();
        if (!await _db.LockTakeAsync(key, token, Ttl)) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var renewal = RenewAsync(key, token, stop.Token);
        try
        {
            await work.RunAsync(ct);
        }
        finally
        {
            await stop.CancelAsync();
            await renewal;
            await _db.LockReleaseAsync(key, token);
        }
    }

    private async Task RenewAsync(string key, string token, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewEvery, ct);
                if (!await _db.LockExtendAsync(key, token, Ttl)) return;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}

public sealed class TimerRunner
{
    private readonly TimeSpan _hold = TimeSpan.FromSeconds(20);
    private readonly IDatabase _db;

    public TimerRunner(IDatabase db) => _db = db;

    // Fine: a timer at half of the TTL.
    public void Run(string key, ITask work)
    {
        var token = Guid.NewGuid().ToString();
        if (!_db.LockTake(key, token, _hold)) return;
        using var timer = new Timer(_ => _db.LockExtend(key, token, _hold), null, _hold / 2, _hold / 2);
        try
        {
            work.Run();
        }
        finally
        {
            _db.LockRelease(key, token);
        }
    }
}

public sealed class LateTimerRunner
{
    private readonly TimeSpan _hold = TimeSpan.FromSeconds(20);
    private readonly IDatabase _db;

    public LateTimerRunner(IDatabase db) => _db = db;

    // Bug: the timer fires at the TTL itself; by then the lock is gone.
    public void Run(string key, ITask work)
    {
        var token = Guid.NewGuid().ToString();
        if (!_db.LockTake(key, token, _hold)) return; // expect: EXP201
        using var timer = new Timer(_ => _db.LockExtend(key, token, _hold), null, _hold, _hold);
        try
        {
            work.Run();
        }
        finally
        {
            _db.LockRelease(key, token);
        }
    }
}

public sealed class LateLoopRunner
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(15);
    private readonly IDatabase _db;

    public LateLoopRunner(IDatabase db) => _db = db;

    // Bug: renewal every 30 s of a lock that lives 15 s.
    public async Task RunAsync(string key, ITask work, CancellationToken ct)
    {
        var token = Guid.NewGuid().ToString();
        if (!await _db.LockTakeAsync(key, token, Ttl)) return; // expect: EXP201
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _ = RenewAsync(key, token, stop.Token);
        try
        {
            await work.RunAsync(ct);
        }
        finally
        {
            stop.Cancel();
            await _db.LockReleaseAsync(key, token);
        }
    }

    private async Task RenewAsync(string key, string token, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30));
        while (await timer.WaitForNextTickAsync(ct))
            await _db.LockExtendAsync(key, token, Ttl);
    }
}

public sealed class PeriodicRunner(IDatabase db, TimeSpan ttl)
{
    // Fine: a PeriodicTimer at a third of the TTL, in a local function.
    public async Task RunAsync(string key, ITask work, CancellationToken ct)
    {
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync(key, token, ttl)) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var keepAlive = KeepAliveAsync();
        try
        {
            await work.RunAsync(ct);
        }
        finally
        {
            stop.Cancel();
            await keepAlive;
            await db.LockReleaseAsync(key, token);
        }

        async Task KeepAliveAsync()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromTicks(ttl.Ticks / 3));
            try
            {
                while (await timer.WaitForNextTickAsync(stop.Token))
                    await db.LockExtendAsync(key, token, ttl);
            }
            catch (OperationCanceledException) { }
        }
    }
}

public sealed class EqualPeriodRunner(IDatabase db)
{
    private const int TtlSeconds = 30;

    // Bug: PeriodicTimer with the TTL's own length.
    public async Task RunAsync(string key, ITask work, CancellationToken ct)
    {
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(TtlSeconds))) return; // expect: EXP201
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var keepAlive = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(TtlSeconds));
            while (await timer.WaitForNextTickAsync(stop.Token))
                await db.LockExtendAsync(key, token, TimeSpan.FromSeconds(TtlSeconds));
        });
        try
        {
            await work.RunAsync(ct);
        }
        finally
        {
            stop.Cancel();
            await db.LockReleaseAsync(key, token);
        }
    }
}

public sealed class TaskRunRunner(IDatabase db)
{
    private const int TtlSeconds = 30;

    // Fine: Task.Run loop every ten seconds.
    public async Task RunAsync(string key, ITask work, CancellationToken ct)
    {
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(TtlSeconds))) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var keepAlive = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(10));
                await db.LockExtendAsync(key, token, TimeSpan.FromSeconds(TtlSeconds));
            }
        });
        try
        {
            await work.RunAsync(ct);
        }
        finally
        {
            stop.Cancel();
            await keepAlive;
            await db.LockReleaseAsync(key, token);
        }
    }
}

public sealed class ConfiguredRunner
{
    private readonly IDatabase _db;
    private readonly TimeSpan _ttl;
    private readonly TimeSpan _interval;

    public ConfiguredRunner(IDatabase db, TimeSpan ttl, TimeSpan interval) => (_db, _ttl, _interval) = (db, ttl, interval);

    // Fine: both figures come from outside; nothing says that the interval is too long.
    public async Task RunAsync(string key, ITask work, CancellationToken ct)
    {
        var token = Guid.NewGuid().ToString();
        if (!await _db.LockTakeAsync(key, token, _ttl)) return;
        var timer = new System.Timers.Timer(_interval.TotalMilliseconds) { AutoReset = true };
        timer.Elapsed += (_, _) => _db.LockExtend(key, token, _ttl);
        timer.Start();
        try
        {
            await work.RunAsync(ct);
        }
        finally
        {
            timer.Dispose();
            await _db.LockReleaseAsync(key, token);
        }
    }
}

public sealed class BatchRunner(IDatabase db)
{
    // Fine: the lock is extended before every item of the work.
    public async Task RunAsync(string key, IReadOnlyList<ITask> work, CancellationToken ct)
    {
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(60))) return;
        try
        {
            foreach (var item in work)
            {
                if (!await db.LockExtendAsync(key, token, TimeSpan.FromSeconds(60)))
                    throw new InvalidOperationException("lost " + key);
                await item.RunAsync(ct);
            }
        }
        finally
        {
            await db.LockReleaseAsync(key, token);
        }
    }
}

public sealed class UnrelatedExtender(IDatabase db)
{
    // Bug: what is renewed is another lock, not the one the work runs under.
    public async Task RunAsync(string key, ITask work, CancellationToken ct)
    {
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(30))) return; // expect: EXP201
        using var timer = new Timer(_ => db.LockExtend("node:heartbeat", Environment.MachineName, TimeSpan.FromSeconds(30)), null, 10_000, 10_000);
        try
        {
            await work.RunAsync(ct);
        }
        finally
        {
            await db.LockReleaseAsync(key, token);
        }
    }
}

public sealed class LateMillisecondTimer(IDatabase db)
{
    // Bug: 30,000 ms is the TTL, not a fraction of it.
    public void Run(string key, ITask work)
    {
        var token = Guid.NewGuid().ToString();
        if (!db.LockTake(key, token, TimeSpan.FromSeconds(30))) return; // expect: EXP201
        using var timer = new Timer(_ => db.LockExtend(key, token, TimeSpan.FromSeconds(30)), null, 30_000, 30_000);
        try
        {
            work.Run();
        }
        finally
        {
            db.LockRelease(key, token);
        }
    }
}

public sealed class EarlyMillisecondTimer(IDatabase db)
{
    // Fine: 10,000 ms of 30 s.
    public void Run(string key, ITask work)
    {
        var token = Guid.NewGuid().ToString();
        if (!db.LockTake(key, token, TimeSpan.FromSeconds(30))) return;
        using var timer = new Timer(_ => db.LockExtend(key, token, TimeSpan.FromSeconds(30)), null, 10_000, 10_000);
        try
        {
            work.Run();
        }
        finally
        {
            db.LockRelease(key, token);
        }
    }
}

// Fine: the lock object renews itself from a timer field; take, timer and release are three members.
public sealed class SelfRenewingLock : IAsyncDisposable
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(24);
    private readonly IDatabase _db;
    private readonly string _key;
    private readonly string _token = Guid.NewGuid().ToString("N");
    private Timer? _timer;

    public SelfRenewingLock(IDatabase db, string key) => (_db, _key) = (db, key);

    public async Task<bool> EnterAsync()
    {
        if (!await _db.LockTakeAsync(_key, _token, Ttl)) return false;
        _timer = new Timer(OnTimer, null, Ttl / 3, Ttl / 3);
        return true;
    }

    private void OnTimer(object? state) => _db.LockExtend(_key, _token, Ttl, CommandFlags.FireAndForget);

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null) await _timer.DisposeAsync();
        await _db.LockReleaseAsync(_key, _token);
    }
}
