#nullable enable
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp201.Deadlines;

public interface IOutbox
{
    Task<IReadOnlyList<string>> NextAsync(int count);
    Task PublishAsync(string message);
    void Publish(string message);
}

public sealed class OutboxPump
{
    private const int LockSeconds = 60;
    private const int LockMilliseconds = 60_000;
    private static readonly TimeSpan LockTtl = TimeSpan.FromSeconds(LockSeconds);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WorkBudget = LockTtl - Margin;
    private static readonly TimeSpan TightBudget = LockTtl - TimeSpan.FromSeconds(2);

    private readonly IDatabase _db;
    private readonly IOutbox _outbox;
    private readonly TimeProvider _time;
    private readonly string _owner = Guid.NewGuid().ToString("N");

    public OutboxPump(IDatabase db, IOutbox outbox, TimeProvider time)
    {
        _db = db;
        _outbox = outbox;
        _time = time;
    }

    // Bug: publishes until the lock's own last moment.
    public async Task PumpUntilAsync()
    {
        if (!await _db.LockTakeAsync("outbox", _owner, LockTtl)) return; // expect: EXP201
        var deadline = DateTime.UtcNow + LockTtl;
        try
        {
            while (DateTime.UtcNow < deadline)
                foreach (var m in await _outbox.NextAsync(10))
                    await _outbox.PublishAsync(m);
        }
        finally
        {
            await _db.LockReleaseAsync("outbox", _owner);
        }
    }

    // Fine: the deadline lies ten seconds before the end of the lock.
    public async Task PumpUntilMarginAsync()
    {
        if (!await _db.LockTakeAsync("outbox", _owner, LockTtl)) return;
        var deadline = DateTime.UtcNow + LockTtl - Margin;
        try
        {
            while (DateTime.UtcNow < deadline)
                foreach (var m in await _outbox.NextAsync(10))
                    await _outbox.PublishAsync(m);
        }
        finally
        {
            await _db.LockReleaseAsync("outbox", _owner);
        }
    }

    // Bug: stopwatch against the whole TTL.
    public async Task PumpForAsync()
    {
        if (!await _db.LockTakeAsync("outbox", _owner, LockTtl)) return; // expect: EXP201
        var watch = Stopwatch.StartNew();
        try
        {
            while (watch.Elapsed < LockTtl)
                foreach (var m in await _outbox.NextAsync(10))
                    await _outbox.PublishAsync(m);
        }
        finally
        {
            await _db.LockReleaseAsync("outbox", _owner);
        }
    }

    // Fine: stopwatch against the shorter budget.
    public async Task PumpForBudgetAsync()
    {
        if (!await _db.LockTakeAsync("outbox", _owner, LockTtl)) return;
        var watch = Stopwatch.StartNew();
        try
        {
            while (watch.Elapsed < WorkBudget)
                foreach (var m in await _outbox.NextAsync(10))
                    await _outbox.PublishAsync(m);
        }
        finally
        {
            await _db.LockReleaseAsync("outbox", _owner);
        }
    }

    // Bug: milliseconds counted up to the lock's length.
    public void Pump(IEnumerable<string> messages)
    {
        if (!_db.LockTake("outbox", _owner, TimeSpan.FromMilliseconds(LockMilliseconds))) return; // expect: EXP201
        var watch = Stopwatch.StartNew();
        try
        {
            foreach (var m in messages)
            {
                if (watch.ElapsedMilliseconds > LockMilliseconds) break;
                _outbox.Publish(m);
            }
        }
        finally
        {
            _db.LockRelease("outbox", _owner);
        }
    }

    // Fine: 45,000 of 60,000 ms.
    public void PumpShort(IEnumerable<string> messages)
    {
        if (!_db.LockTake("outbox", _owner, TimeSpan.FromMilliseconds(LockMilliseconds))) return;
        var watch = Stopwatch.StartNew();
        try
        {
            foreach (var m in messages)
            {
                if (watch.ElapsedMilliseconds > 45_000) break;
                _outbox.Publish(m);
            }
        }
        finally
        {
            _db.LockRelease("outbox", _owner);
        }
    }

    // Bug: tick count up to the lock's length.
    public void PumpTicks(Queue<string> messages)
    {
        if (!_db.LockTake("outbox", _owner, LockTtl)) return; // expect: EXP201
        var until = Environment.TickCount64 + LockSeconds * 1000;
        try
        {
            while (messages.Count > 0 && Environment.TickCount64 < until)
                _outbox.Publish(messages.Dequeue());
        }
        finally
        {
            _db.LockRelease("outbox", _owner);
        }
    }

    // Fine: tick count up to half of it.
    public void PumpHalf(Queue<string> messages)
    {
        if (!_db.LockTake("outbox", _owner, LockTtl)) return;
        var until = Environment.TickCount64 + 30_000;
        try
        {
            while (messages.Count > 0 && Environment.TickCount64 < until)
                _outbox.Publish(messages.Dequeue());
        }
        finally
        {
            _db.LockRelease("outbox", _owner);
        }
    }

    // Fine: TimeProvider's elapsed time against the budget.
    public async Task PumpByProviderAsync()
    {
        if (!await _db.LockTakeAsync("outbox", _owner, LockTtl)) return;
        var started = _time.GetTimestamp();
        try
        {
            while (_time.GetElapsedTime(started) < WorkBudget)
                foreach (var m in await _outbox.NextAsync(10))
                    await _outbox.PublishAsync(m);
        }
        finally
        {
            await _db.LockReleaseAsync("outbox", _owner);
        }
    }

    // Bug: the budget keeps only two seconds back.
    public async Task PumpTightAsync()
    {
        if (!await _db.LockTakeAsync("outbox", _owner, LockTtl)) return; // expect: EXP201
        var watch = Stopwatch.StartNew();
        try
        {
            while (watch.Elapsed < TightBudget)
                foreach (var m in await _outbox.NextAsync(10))
                    await _outbox.PublishAsync(m);
        }
        finally
        {
            await _db.LockReleaseAsync("outbox", _owner);
        }
    }

    // Fine: half of the lock's time.
    public async Task PumpHalfAsync(CancellationToken ct)
    {
        if (!await _db.LockTakeAsync("outbox", _owner, LockTtl)) return;
        using var cts = CancellationTokenSource.CreateLinkedTokenSource(ct);
        cts.CancelAfter(LockTtl / 2);
        try
        {
            while (!cts.IsCancellationRequested)
                foreach (var m in await _outbox.NextAsync(10))
                    await _outbox.PublishAsync(m);
        }
        finally
        {
            await _db.LockReleaseAsync("outbox", _owner);
        }
    }

    // Bug: a stopwatch that only logs is no bound.
    public async Task PumpTimedAsync()
    {
        if (!await _db.LockTakeAsync("outbox", _owner, LockTtl)) return; // expect: EXP201
        var watch = Stopwatch.StartNew();
        try
        {
            foreach (var m in await _outbox.NextAsync(1000))
                await _outbox.PublishAsync(m);
        }
        finally
        {
            Console.WriteLine($"pumped for {watch.Elapsed}");
            await _db.LockReleaseAsync("outbox", _owner);
        }
    }

    // Bug: sync wait on the work for the whole TTL.
    public void PumpAndWait(Func<Task> pump)
    {
        if (!_db.LockTake("outbox", _owner, LockTtl)) return; // expect: EXP201
        try
        {
            pump().Wait(LockTtl);
        }
        finally
        {
            _db.LockRelease("outbox", _owner);
        }
    }

    // Bug: the token source takes the same literal in other units (60 s).
    public async Task PumpOtherUnitsAsync(Func<CancellationToken, Task> pump)
    {
        if (!await _db.LockTakeAsync("outbox", _owner, TimeSpan.FromMinutes(1))) return; // expect: EXP201
        using var cts = new CancellationTokenSource(60_000);
        try
        {
            await pump(cts.Token);
        }
        finally
        {
            await _db.LockReleaseAsync("outbox", _owner);
        }
    }

    // Bug: the bound is longer than the lock.
    public async Task PumpTooLongAsync(Func<CancellationToken, Task> pump)
    {
        if (!await _db.LockTakeAsync("outbox", _owner, TimeSpan.FromSeconds(30))) return; // expect: EXP201
        using var cts = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            await pump(cts.Token);
        }
        finally
        {
            await _db.LockReleaseAsync("outbox", _owner);
        }
    }

    // Bug: the sum of budget and margin is the TTL, but the whole sum bounds the work as well.
    public async Task PumpSumAsync(Func<CancellationToken, Task> pump)
    {
        var total = TimeSpan.FromSeconds(50) + Margin;
        if (!await _db.LockTakeAsync("outbox", _owner, total)) return; // expect: EXP201
        using var cts = new CancellationTokenSource(total);
        try
        {
            await pump(cts.Token);
        }
        finally
        {
            await _db.LockReleaseAsync("outbox", _owner);
        }
    }

    // Fine: only the budget bounds the work.
    public async Task PumpBudgetPlusMarginAsync(Func<CancellationToken, Task> pump)
    {
        var budget = TimeSpan.FromSeconds(50);
        if (!await _db.LockTakeAsync("outbox", _owner, budget.Add(Margin))) return;
        using var cts = new CancellationTokenSource(budget);
        try
        {
            await pump(cts.Token);
        }
        finally
        {
            await _db.LockReleaseAsync("outbox", _owner);
        }
    }
}
