using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Queued.Loading;

/// <summary>Loads and warms many keys in pipelines.</summary>
public sealed class BatchLoader(IDatabase db)
{
    private const int BatchSize = 500;

    public async Task<RedisValue[]> LoadAsync(IReadOnlyList<string> ids)
    {
        IBatch batch = db.CreateBatch();
        var reads = ids.Select(id => batch.StringGetAsync("product:" + id)).ToArray();
        batch.Execute();
        return await Task.WhenAll(reads);
    }

    public async Task<RedisValue[]> LoadLazilyAsync(IReadOnlyList<string> ids)
    {
        IBatch batch = db.CreateBatch();
        var reads = ids.Select(id => batch.StringGetAsync("product:" + id));
        batch.Execute();
        return await Task.WhenAll(reads); // expect: EXP304
    }

    public async Task<RedisValue[]> LoadBeforeExecuteAsync(IReadOnlyList<string> ids)
    {
        IBatch batch = db.CreateBatch();
        var values = await Task.WhenAll(ids.Select(id => batch.StringGetAsync("product:" + id))); // expect: EXP304
        batch.Execute();
        return values;
    }

    public async Task<Dictionary<string, string?>> LoadByIdAsync(IEnumerable<string> ids)
    {
        var batch = db.CreateBatch();
        var pending = new Dictionary<string, Task<RedisValue>>();
        foreach (var id in ids)
        {
            pending[id] = batch.StringGetAsync("product:" + id);
        }

        batch.Execute();
        var found = new Dictionary<string, string?>();
        foreach (var (id, task) in pending)
        {
            found[id] = await task;
        }

        return found;
    }

    public async Task<Dictionary<string, string?>> LoadByIdTooEarlyAsync(IEnumerable<string> ids)
    {
        var batch = db.CreateBatch();
        var pending = ids.ToDictionary(id => id, id => batch.StringGetAsync("product:" + id));
        await Task.WhenAll(pending.Values); // expect: EXP304
        batch.Execute();
        return pending.ToDictionary(pair => pair.Key, pair => (string?)pair.Value.Result);
    }

    public async Task WarmAsync(IEnumerable<KeyValuePair<string, string>> entries, TimeSpan ttl)
    {
        var batch = db.CreateBatch();
        var tasks = new List<Task>(BatchSize);
        foreach (var entry in entries)
        {
            tasks.Add(batch.StringSetAsync(entry.Key, entry.Value, ttl));
            if (tasks.Count == BatchSize)
            {
                batch.Execute();
                await Task.WhenAll(tasks);
                tasks.Clear();
                batch = db.CreateBatch();
            }
        }

        if (tasks.Count > 0)
        {
            batch.Execute();
        }

        await Task.WhenAll(tasks);
    }

    public async Task WarmWronglyAsync(IEnumerable<KeyValuePair<string, string>> entries, TimeSpan ttl)
    {
        var batch = db.CreateBatch();
        var tasks = new List<Task>(BatchSize);
        foreach (var entry in entries)
        {
            tasks.Add(batch.StringSetAsync(entry.Key, entry.Value, ttl));
            if (tasks.Count == BatchSize)
            {
                await Task.WhenAll(tasks); // expect: EXP304
                batch.Execute();
                tasks.Clear();
                batch = db.CreateBatch();
            }
        }

        batch.Execute();
    }

    public async Task<string[]> LoadParsedAsync(IEnumerable<string> ids)
    {
        var batch = db.CreateBatch();
        var tasks = ids.Select(async id =>
        {
            var read = batch.StringGetAsync("product:" + id);
            return Parse(await read);
        }).ToList();
        batch.Execute();
        return await Task.WhenAll(tasks);
    }

    public async Task<string[]> LoadParsedTooEarlyAsync(IEnumerable<string> ids)
    {
        var batch = db.CreateBatch();
        var tasks = ids.Select(async id =>
        {
            var read = batch.StringGetAsync("product:" + id);
            return Parse(await read);
        }).ToList();
        var parsed = await Task.WhenAll(tasks); // expect: EXP304
        batch.Execute();
        return parsed;
    }

    public string[] LoadBlocking(IEnumerable<string> ids)
    {
        var batch = db.CreateBatch();
        var tasks = new List<Task<RedisValue>>();
        foreach (var id in ids)
        {
            tasks.Add(batch.StringGetAsync("product:" + id));
        }

        Task.WaitAll([.. tasks]); // expect: EXP304
        batch.Execute();
        return [.. tasks.Select(task => Parse(task.Result))];
    }

    public RedisValue[] LoadThroughTheMultiplexer(RedisKey[] keys)
    {
        var batch = db.CreateBatch();
        var tasks = keys.Select(key => batch.StringGetAsync(key)).ToArray();
        batch.Execute();
        return db.Multiplexer.Wait(Task.WhenAll(tasks));
    }

    public async Task<RedisValue> FirstOfTwoAsync(RedisKey key, TimeSpan patience)
    {
        var batch = db.CreateBatch();
        var read = batch.StringGetAsync(key);
        var timeout = Task.Delay(patience);
        batch.Execute();
        return await Task.WhenAny(read, timeout) == read ? await read : RedisValue.Null;
    }

    public async Task CountAsync(IEnumerable<string> ids)
    {
        var batch = db.CreateBatch();
        foreach (var id in ids)
        {
            _ = batch.StringIncrementAsync("views:" + id, flags: CommandFlags.FireAndForget);
        }

        batch.Execute();
        await Task.Yield();
    }

    private static string Parse(RedisValue value) => value.ToString().Trim();
}
