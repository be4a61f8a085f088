#nullable enable
using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp201.NamedLocks;

public interface IJob
{
    Task RunAsync(CancellationToken ct = default);
    void Run();
}

// SET NX that is plainly a lock by its name; where nothing gives it back, the TTL is all that it is for.
public sealed class Scheduler
{
    private const string LeaderKey = "scheduler:leader";
    private readonly IDatabase _db;
    private readonly string _me = Guid.NewGuid().ToString("N");

    public Scheduler(IConnectionMultiplexer mux) => _db = mux.GetDatabase();

    // Bug: leader for 30 s, works for as long as the job takes.
    public async Task TickAsync(IJob job)
    {
        if (await _db.StringSetAsync(LeaderKey, _me, TimeSpan.FromSeconds(30), When.NotExists)) // expect: EXP201
            await job.RunAsync();
    }

    // Fine: the leader's work ends with 10 s left.
    public async Task TickBoundedAsync(IJob job)
    {
        if (await _db.StringSetAsync(LeaderKey, _me, TimeSpan.FromSeconds(30), When.NotExists))
        {
            using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await job.RunAsync(cts.Token);
        }
    }

    // Bug: a mutex by name.
    public void RunExclusive(string name, IJob job)
    {
        var mutexKey = $"mutex:{name}";
        if (!_db.StringSet(mutexKey, _me, TimeSpan.FromMinutes(5), When.NotExists)) return; // expect: EXP201
        try
        {
            job.Run();
        }
        catch
        {
            _db.KeyDelete(mutexKey);
            throw;
        }
    }

    // Bug: a lease by name.
    public async Task RunLeasedAsync(int partition, IJob job, CancellationToken stoppingToken)
    {
        var leased = await _db.StringSetAsync($"lease:{partition}", _me, TimeSpan.FromMinutes(2), When.NotExists); // expect: EXP201
        if (!leased) return;
        await job.RunAsync(stoppingToken);
    }

    public Task FreeAsync(int partition) => _db.KeyDeleteAsync($"lease:{partition}");

    // Fine: lease of two minutes, work of one.
    public async Task RunLeasedBoundedAsync(int partition, IJob job)
    {
        var leased = await _db.StringSetAsync($"lease:{partition}", _me, TimeSpan.FromMinutes(2), When.NotExists);
        if (!leased) return;
        await job.RunAsync().WaitAsync(TimeSpan.FromMinutes(1));
    }

    // Bug: the lock's name is in the variable, the key text says nothing.
    public async Task CompactAsync(IJob job)
    {
        RedisKey lockKey = "compaction";
        if (!await _db.StringSetAsync(lockKey, _me, TimeSpan.FromMinutes(10), When.NotExists)) return; // expect: EXP201
        await job.RunAsync();
        if (DateTime.UtcNow.Hour > 6) await _db.KeyDeleteAsync(lockKey);
    }

    public Task ResignAsync() => _db.KeyDeleteAsync(LeaderKey);

    // Fine: nobody gives it back, so that it keeps others off for a while and is no lock.
    public async Task WarmUpOnceInAWhileAsync(string region, IJob job)
    {
        if (await _db.StringSetAsync($"lock:warm-up:{region}", _me, TimeSpan.FromSeconds(30), When.NotExists))
            await job.RunAsync();
    }

    // Fine: only says who leads.
    public Task<bool> TryBecomeLeaderAsync()
        => _db.StringSetAsync(LeaderKey, _me, TimeSpan.FromSeconds(30), When.NotExists);

    // Fine: "block" and "clock" are not "lock"; a marker per block of work, never released.
    public async Task VisitBlockAsync(long height, IJob job)
    {
        if (await _db.StringSetAsync($"block:{height}:visited", 1, TimeSpan.FromMinutes(20), When.NotExists))
            await job.RunAsync();
    }

    // Fine: a clock-driven dedup, same trap.
    public async Task ClockTickAsync(long minute, IJob job)
    {
        if (await _db.StringSetAsync($"clock:{minute}", 1, TimeSpan.FromMinutes(2), When.NotExists))
            await job.RunAsync();
    }

    // Fine: "released" here means a software release; the marker stays.
    public async Task AnnounceAsync(string version, IJob job)
    {
        if (await _db.StringSetAsync($"release:{version}:announced", 1, TimeSpan.FromMinutes(45), When.NotExists))
            await job.RunAsync();
    }

    // Fine: plain budget plus margin.
    public async Task RunWithSlackAsync(IJob job)
    {
        var budget = TimeSpan.FromMinutes(3);
        var slack = TimeSpan.FromSeconds(30);
        if (!await _db.StringSetAsync("lock:slack", _me, budget + slack, When.NotExists)) return;
        using var cts = new CancellationTokenSource(budget);
        await job.RunAsync(cts.Token);
    }
}
