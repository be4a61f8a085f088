#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp302.Together;

public sealed class Writer(IDatabase db, TimeSpan ttl)
{
    public Task AllAsync(string key, string value) => Task.WhenAll(
        db.HashSetAsync(key, "v", value),
        db.KeyExpireAsync(key, ttl)); // expect: EXP302

    public async Task StartedAsync(string key, string value)
    {
        var write = db.HashSetAsync(key, "v", value);
        var expire = db.KeyExpireAsync(key, ttl); // expect: EXP302
        await write;
        await expire;
    }

    public void Wait(string key, string value)
    {
        var tasks = new Task[2];
        tasks[0] = db.SetAddAsync(key, value);
        tasks[1] = db.KeyExpireAsync(key, ttl); // expect: EXP302
        Task.WaitAll(tasks);
    }

    public void Array(string key, string value) => Task.WaitAll(new Task[]
    {
        db.SetAddAsync(key, value),
        db.KeyExpireAsync(key, ttl), // expect: EXP302
    });

    public async Task ListAsync(string key, IReadOnlyDictionary<string, string> fields)
    {
        var tasks = new List<Task>();
        foreach (var (name, value) in fields)
        {
            tasks.Add(db.HashSetAsync(key, name, value));
        }

        tasks.Add(db.KeyExpireAsync(key, ttl)); // expect: EXP302
        await Task.WhenAll(tasks);
    }

    public async Task SelectAsync(string key, IReadOnlyDictionary<string, string> fields)
    {
        await Task.WhenAll(fields.Select(f => db.HashSetAsync(key, f.Key, f.Value)));
        await db.KeyExpireAsync(key, ttl); // expect: EXP302
    }

    // Sent together, and still two commands.
    public async Task BatchAsync(string key, string value)
    {
        var batch = db.CreateBatch();
        var write = batch.StringSetAsync(key, value);
        var expire = batch.KeyExpireAsync(key, ttl); // expect: EXP302
        batch.Execute();
        await Task.WhenAll(write, expire);
    }

    public async Task BatchOfManyAsync(IReadOnlyDictionary<string, string> pairs)
    {
        var batch = db.CreateBatch();
        var tasks = new List<Task>();
        foreach (var pair in pairs)
        {
            tasks.Add(batch.StringSetAsync(pair.Key, pair.Value));
            tasks.Add(batch.KeyExpireAsync(pair.Key, ttl)); // expect: EXP302
        }

        batch.Execute();
        await Task.WhenAll(tasks);
    }

    public void FireAndForget(string key, string value)
    {
        db.StringSet(key, value, flags: CommandFlags.FireAndForget);
        db.KeyExpire(key, ttl, CommandFlags.FireAndForget); // expect: EXP302
    }

    public void Discarded(string key, string value)
    {
        _ = db.StringSetAsync(key, value);
        _ = db.KeyExpireAsync(key, ttl); // expect: EXP302
    }

    public async Task ContinuedAsync(string key, string value)
    {
        await db.StringSetAsync(key, value).ContinueWith(_ => db.KeyExpireAsync(key, ttl)).Unwrap(); // expect: EXP302
    }

    // In a transaction both run, or none.
    public async Task TransactionAsync(string key, IReadOnlyDictionary<string, string> fields)
    {
        var transaction = db.CreateTransaction();
        var tasks = fields.Select(f => transaction.HashSetAsync(key, f.Key, f.Value)).ToList<Task>();
        tasks.Add(transaction.KeyExpireAsync(key, ttl));
        if (await transaction.ExecuteAsync())
        {
            await Task.WhenAll(tasks);
        }
    }

    // Perhaps a transaction: not known.
    public static Task QueueAsync(IDatabaseAsync target, string key, string value, TimeSpan ttl) =>
        Task.WhenAll(target.HashSetAsync(key, "v", value), target.KeyExpireAsync(key, ttl));

    public static Task EitherAsync(IDatabase db, ITransaction? transaction, string key, string value, TimeSpan ttl)
    {
        IDatabaseAsync target = transaction ?? (IDatabaseAsync)db;
        _ = target.SetAddAsync(key, value);
        return target.KeyExpireAsync(key, ttl);
    }
}
