using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Services.Queueing;

public abstract class HostedService : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task? _running;

    public void Start() => _running = RunAsync(_stopping.Token);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_running is not null)
        {
            await Task.WhenAny(_running, Task.Delay(1000));
        }

        _stopping.Dispose();
    }

    protected abstract Task RunAsync(CancellationToken stoppingToken);
}

public sealed class QueueConsumer(IDatabase db, Func<string, CancellationToken, Task> handler, ILogger<QueueConsumer> logger) : HostedService
{
    private const string Pending = "queue:pending", Stream = "queue:stream";
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(1);
    private readonly string _consumer = Guid.NewGuid().ToString("N");
    private Timer? _heartbeat;

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        do
        {
            var id = (string?)await db.ListRightPopAsync(Pending);
            if (id is null)
            {
                await Task.Delay(500, stoppingToken);
                continue;
            }

            await ConsumeAsync(id, stoppingToken);
        }
        while (!stoppingToken.IsCancellationRequested);
    }

    private async Task ConsumeAsync(string id, CancellationToken stoppingToken)
    {
        // The message is invisible to the others for a minute.
        if (!await db.LockTakeAsync($"queue:msg:{id}:lease", _consumer, Visibility)) // expect: EXP201
        {
            return;
        }

        try
        {
            await handler(id, stoppingToken);
            await db.StringIncrementAsync("queue:done");
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            logger.LogError(ex, "Message {Id} failed", id);
            await db.ListLeftPushAsync(Pending, id);
        }
        finally
        {
            await db.LockReleaseAsync($"queue:msg:{id}:lease", _consumer);
        }
    }

    public async Task ConsumeWithHeartbeatAsync(string id, CancellationToken stoppingToken)
    {
        RedisKey lease = $"queue:big:{id}:lease";
        if (!await db.LockTakeAsync(lease, _consumer, Visibility))
        {
            return;
        }

        _heartbeat = new Timer(_ => db.LockExtend(lease, _consumer, Visibility), null, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20));
        try
        {
            await handler(id, stoppingToken);
        }
        finally
        {
            await _heartbeat.DisposeAsync();
            await db.LockReleaseAsync(lease, _consumer);
        }
    }

    public async Task ConsumeWithLazyHeartbeatAsync(string id, CancellationToken stoppingToken)
    {
        RedisKey lease = $"queue:huge:{id}:lease";
        if (!await db.LockTakeAsync(lease, _consumer, TimeSpan.FromSeconds(60))) // expect: EXP201
        {
            return;
        }

        using var done = new CancellationTokenSource();
        var heart = BeatAsync(done.Token);
        try
        {
            await handler(id, stoppingToken);
        }
        finally
        {
            await done.CancelAsync();
            await heart;
            await db.LockReleaseAsync(lease, _consumer);
        }

        async Task BeatAsync(CancellationToken token)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(90));
            try
            {
                while (await timer.WaitForNextTickAsync(token))
                {
                    await db.LockExtendAsync(lease, _consumer, TimeSpan.FromSeconds(60));
                }
            }
            catch (OperationCanceledException)
            {
                logger.LogTrace("No more beats for {Id}", id);
            }
        }
    }

    public async Task ConsumeWithinAsync(string id, CancellationToken stoppingToken)
    {
        RedisKey lease = $"queue:msg:{id}:lease";
        if (!await db.LockTakeAsync(lease, _consumer, Visibility))
        {
            return;
        }

        try
        {
            using var visible = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            visible.CancelAfter(50_000);
            await handler(id, visible.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogWarning("Message {Id} is slow", id);
        }
        finally
        {
            await db.LockReleaseAsync(lease, _consumer);
        }
    }

    public async Task<bool> ClaimOnceAsync(string id) => await db.StringSetAsync($"queue:dedup:{id}", 1, TimeSpan.FromMinutes(30), When.NotExists);

    public async Task<IReadOnlyList<string>> ReplayAsync(string from)
    {
        var entries = await db.StreamRangeAsync(Stream, from);
        if (entries.Length == 0)
        {
            return [];
        }

        await db.KeyExpireAsync(Stream, TimeSpan.FromDays(7)); // expect: EXP301
        return [.. entries.Select(e => e["body"].ToString())];
    }

    public async Task<bool> ParkAsync(string id, TimeSpan delay)
    {
        var due = DateTimeOffset.UtcNow + delay;
        await db.SortedSetAddAsync("queue:parked", id, due.ToUnixTimeSeconds());
        return await db.KeyExpireAsync($"queue:msg:{id}", due.UtcDateTime);
    }

    public async Task<bool> ParkForADayAsync(string id)
    {
        await db.SortedSetAddAsync("queue:parked", id, 0);
        return await db.KeyExpireAsync($"queue:msg:{id}", DateTime.Now.AddDays(1)); // expect: EXP101, EXP102
    }
}
