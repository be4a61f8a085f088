using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Shop.Background;

public sealed record Message(string Id, string Body);

public interface IConsumer
{
    Task<Message> ReceiveAsync(CancellationToken ct);
}

/// <summary>Loops whose writes lie apart in time, stop after the first, or write no cache entries.</summary>
public sealed class NotAHerd
{
    private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(10);
    private readonly IDatabase _db;
    private readonly Channel<Message> _channel = Channel.CreateUnbounded<Message>();
    private readonly BlockingCollection<Message> _queue = new();

    public NotAHerd(IDatabase db) => _db = db;

    // Fine: messages come when they come.
    public async Task ConsumeAsync(IConsumer consumer, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var message = await consumer.ReceiveAsync(ct);
            await _db.StringSetAsync($"message:{message.Id}", message.Body, Ttl);
        }
    }

    // Fine: a channel is a queue.
    public async Task ChannelAsync(CancellationToken ct)
    {
        await foreach (var message in _channel.Reader.ReadAllAsync(ct))
        {
            await _db.StringSetAsync($"message:{message.Id}", message.Body, Ttl);
        }

        while (await _channel.Reader.WaitToReadAsync(ct))
        {
            while (_channel.Reader.TryRead(out var message))
            {
                await _db.StringSetAsync($"message:{message.Id}", message.Body, Ttl);
            }
        }

        foreach (var message in _queue.GetConsumingEnumerable(ct))
        {
            _db.StringSet($"message:{message.Id}", message.Body, Ttl);
        }
    }

    // Fine: a minute between two keys.
    public async Task HeartbeatAsync(CancellationToken ct)
    {
        for (long beat = 0; ; beat++)
        {
            await _db.StringSetAsync($"beat:{beat}", "1", Ttl);
            await Task.Delay(TimeSpan.FromMinutes(1), ct);
        }
    }

    // Fine: a timer's ticks.
    public async Task TimerAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30));
        int round = 0;
        while (await timer.WaitForNextTickAsync(ct))
        {
            await _db.StringSetAsync($"round:{round++}", "1", Ttl);
        }
    }

    // Bug: the worker waits between two sweeps, and each sweep is a burst.
    public async Task SweepAsync(Func<Task<List<Message>>> load, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            foreach (var message in await load())
            {
                await _db.StringSetAsync($"message:{message.Id}", message.Body, Ttl); // expect: EXP403
            }

            await Task.Delay(TimeSpan.FromMinutes(5), ct);
        }
    }

    // Fine: the first free slot is taken, and that is all.
    public async Task<int?> SlotAsync(string owner)
    {
        for (int slot = 0; slot < 100; slot++)
        {
            if (await _db.StringSetAsync($"slot:{slot}", owner, Ttl, When.NotExists))
            {
                return slot;
            }
        }

        return null;
    }

    // Fine: locks of several resources.
    public async Task LockAllAsync(IEnumerable<string> resources, string token)
    {
        foreach (var resource in resources)
        {
            await _db.LockTakeAsync($"lock:{resource}", token, Ttl);
        }
    }

    // Fine: one write, then out.
    public void First(IEnumerable<Message> messages)
    {
        foreach (var message in messages)
        {
            if (message.Body.Length == 0)
            {
                continue;
            }

            _db.StringSet($"first:{message.Id}", message.Body, Ttl);
            break;
        }
    }

    // Fine: the attempts write one key.
    public async Task RetryAsync(Message message)
    {
        for (int attempt = 1; attempt <= 20; attempt++)
        {
            try
            {
                await _db.StringSetAsync($"message:{message.Id}", message.Body, Ttl);
                return;
            }
            catch (RedisTimeoutException)
            {
            }
        }
    }

    // Fine: the handlers run one by one, when something is published.
    public void Subscribe(ISubscriber subscriber, IEnumerable<string> channels)
    {
        foreach (var channel in channels)
        {
            subscriber.Subscribe(RedisChannel.Literal(channel), (_, value) => _db.StringSet($"last:{channel}", value, Ttl));
        }
    }

    // Fine: keys that exist get more time; nothing is loaded.
    public async Task TouchAsync(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            await _db.KeyExpireAsync($"session:{id}", Ttl);
        }
    }

    // Fine: the key is deleted.
    public async Task DropAsync(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            await _db.KeyExpireAsync($"session:{id}", TimeSpan.Zero);
        }
    }

    // Fine: every key dies at the same deadline, as told.
    public async Task UntilAsync(IEnumerable<Message> messages, DateTime deadline)
    {
        foreach (var message in messages)
        {
            await _db.StringSetAsync($"offer:{message.Id}", message.Body);
            await _db.KeyExpireAsync($"offer:{message.Id}", deadline);
        }
    }

    // Fine: nobody loads what was queued.
    public async Task DrainAsync(ConcurrentQueue<Message> queue)
    {
        while (queue.TryDequeue(out var message))
        {
            await _db.StringSetAsync("sent:" + message.Id, message.Body, Ttl);
        }
    }

    // Bug: a queue of what was loaded, drained at once.
    public async Task DrainLoadedAsync(Func<Task<List<Message>>> load)
    {
        var queue = new ConcurrentQueue<Message>(await load());
        while (queue.TryDequeue(out var message))
        {
            await _db.StringSetAsync("message:" + message.Id, message.Body, Ttl); // expect: EXP403
        }
    }

    // Bug: rows of a reader.
    public async Task RowsAsync(System.Data.Common.DbDataReader reader)
    {
        while (await reader.ReadAsync())
        {
            await _db.StringSetAsync($"row:{reader.GetInt32(0)}", reader.GetString(1), Ttl); // expect: EXP403
        }
    }

    // Bug: chunks of a batch, the key in the inner loop.
    public async Task ChunksAsync(Func<IEnumerable<Message>> load, TimeSpan ttl)
    {
        foreach (var chunk in load().Chunk(100))
        {
            var batch = _db.CreateBatch();
            var tasks = chunk.Select(m => batch.StringSetAsync($"message:{m.Id}", m.Body, ttl)).ToArray(); // expect: EXP403
            batch.Execute();
            await Task.WhenAll(tasks);
        }
    }

    // Bug: missing keys are loaded and stored one after the other.
    public async Task LoadMissingAsync(IEnumerable<string> ids, Func<string, Task<string>> load)
    {
        foreach (var id in ids)
        {
            var key = $"item:{id}";
            if (!await _db.KeyExistsAsync(key))
            {
                await _db.StringSetAsync(key, await load(id), TimeSpan.FromHours(6)); // expect: EXP403
            }
        }
    }
}
