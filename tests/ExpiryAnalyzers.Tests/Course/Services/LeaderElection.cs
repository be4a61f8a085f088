#nullable enable
using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Services.Leadership;

public interface ILeaderWork
{
    Task RunAsync(CancellationToken ct);
}

/// <summary>One of several replicas runs the work; the others stand by.</summary>
public sealed class LeaderElection : IAsyncDisposable
{
    private const string LeaderKey = "cluster:leader";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);
    private readonly IDatabase _db;
    private readonly ILeaderWork _work;
    private readonly ILogger _log;
    private readonly string _id = $"{Environment.MachineName}-{Environment.ProcessId}";

    public LeaderElection(IDatabase db, ILeaderWork work, ILogger<LeaderElection> log)
    {
        _db = db;
        _work = work;
        _log = log;
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        if (!await _db.LockTakeAsync(LeaderKey, _id, Lease))
        {
            return;
        }

        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var renewal = RenewAsync(lost);
        try
        {
            await _work.RunAsync(lost.Token);
        }
        finally
        {
            await lost.CancelAsync();
            await renewal;
            await _db.LockReleaseAsync(LeaderKey, _id);
        }
    }

    private async Task RenewAsync(CancellationTokenSource lost)
    {
        using var timer = new PeriodicTimer(RenewEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(lost.Token))
            {
                if (!await _db.LockExtendAsync(LeaderKey, _id, Lease))
                {
                    _log.LogWarning("Leadership lost");
                    await lost.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }

    // Older deployments write the leader by hand. Acquisition only: the caller decides what to do with it.
    public Task<bool> TryBecomeLeaderAsync() => _db.StringSetAsync(LeaderKey, _id, Lease, When.NotExists);

    public async Task<bool> StillLeaderAsync()
    {
        if (await _db.StringGetAsync(LeaderKey) != _id)
        {
            return false;
        }

        return await _db.KeyExpireAsync(LeaderKey, Lease); // expect: EXP301
    }

    public async Task<bool> StillLeaderProperlyAsync() => await _db.LockExtendAsync(LeaderKey, _id, Lease);

    public async Task<string?> WhoAsync() => await _db.LockQueryAsync(LeaderKey);

    public async ValueTask DisposeAsync() => await _db.LockReleaseAsync(LeaderKey, _id);
}

public sealed class ShardOwner(IDatabase db, ILeaderWork work)
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(20);

    public async Task OwnAsync(string shard, CancellationToken stopping)
    {
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync($"shard:{shard}", token, Hold)) // expect: EXP201
        {
            return;
        }

        // Ticks exactly when the lock dies: the first renewal comes too late.
        await using var renew = new Timer(_ => db.LockExtend($"shard:{shard}", token, Hold), null, Hold, Hold);
        try
        {
            await work.RunAsync(stopping);
        }
        finally
        {
            await db.LockReleaseAsync($"shard:{shard}", token);
        }
    }

    public async Task OwnInGoodTimeAsync(string shard, CancellationToken stopping)
    {
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync($"shard:{shard}", token, Hold))
        {
            return;
        }

        await using var renew = new Timer(_ => db.LockExtend($"shard:{shard}", token, Hold), null, Hold / 3, Hold / 3);
        try
        {
            await work.RunAsync(stopping);
        }
        finally
        {
            await db.LockReleaseAsync($"shard:{shard}", token);
        }
    }

    public async Task<bool> HandOverAsync(string shard, string successor)
    {
        var key = $"shard:{shard}:next";
        await db.StringSetAsync(key, successor);
        return await db.KeyExpireAsync(key, DateTime.Now.AddMinutes(1)); // expect: EXP101, EXP102, EXP302
    }
}
