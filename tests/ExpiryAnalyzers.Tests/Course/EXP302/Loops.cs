#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp302.Loops;

public sealed class Loader(IDatabase db, TimeSpan ttl)
{
    public async Task FieldsAsync(string key, IEnumerable<KeyValuePair<string, string>> fields)
    {
        foreach (var field in fields)
        {
            await db.HashSetAsync(key, field.Key, field.Value);
        }

        await db.KeyExpireAsync(key, ttl); // expect: EXP302
    }

    public void Counted(string key, string[] items)
    {
        for (var i = 0; i < items.Length; i++)
        {
            db.ListRightPush(key, items[i]);
        }

        db.KeyExpire(key, ttl); // expect: EXP302
    }

    public void While(string key, Queue<string> items)
    {
        while (items.TryDequeue(out var item))
            db.SetAdd(key, item);
        db.KeyExpire(key, ttl); // expect: EXP302
    }

    public void Do(string key, Queue<string> items)
    {
        do
        {
            db.SetAdd(key, items.Dequeue());
        }
        while (items.Count > 0);

        db.KeyExpire(key, ttl); // expect: EXP302
    }

    public void Nested(IEnumerable<(string Key, string[] Items)> groups)
    {
        foreach (var (key, items) in groups)
        {
            foreach (var item in items)
            {
                db.SetAdd(key, item);
            }

            db.KeyExpire(key, ttl); // expect: EXP302
        }
    }

    public async Task EachAsync(IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            await db.SetAddAsync(key, "member");
            await db.KeyExpireAsync(key, ttl); // expect: EXP302
        }
    }

    // The key of the second loop is another variable; whether they are the same keys is not known.
    public void Apart(string[] keys, string[] others)
    {
        foreach (var key in keys)
        {
            db.SetAdd(key, "member");
        }

        foreach (var key in others)
        {
            db.KeyExpire(key, ttl);
        }
    }

    // First all are written, then all are expired.
    public async Task InTwoLoopsAsync(IReadOnlyList<string> keys)
    {
        foreach (var key in keys)
        {
            await db.SetAddAsync(key, "member");
        }

        foreach (var key in keys)
        {
            await db.KeyExpireAsync(key, ttl); // expect: EXP302
        }
    }

    public async Task InTwoBatchesAsync(Dictionary<string, string> items)
    {
        var batch = db.CreateBatch();
        var writes = new List<Task>();
        foreach (var item in items)
        {
            writes.Add(batch.StringSetAsync(item.Key, item.Value));
        }

        foreach (var key in items.Keys)
        {
            writes.Add(batch.KeyExpireAsync(key, ttl)); // expect: EXP302
        }

        batch.Execute();
        await Task.WhenAll(writes);
    }

    public async Task ProjectedAsync(Dictionary<string, string> items)
    {
        await Task.WhenAll(items.Select(item => db.StringSetAsync(item.Key, item.Value)));
        await Task.WhenAll(items.Select(item => db.KeyExpireAsync(item.Key, ttl))); // expect: EXP302
    }

    // MSET takes no expiry.
    public async Task ManyAtOnceAsync(KeyValuePair<RedisKey, RedisValue>[] pairs)
    {
        await db.StringSetAsync(pairs);
        foreach (var pair in pairs)
        {
            await db.KeyExpireAsync(pair.Key, ttl); // expect: EXP302
        }
    }

    public async Task ManyMadeAsync(Dictionary<string, string> items)
    {
        var pairs = items.Select(item => new KeyValuePair<RedisKey, RedisValue>(item.Key, item.Value)).ToArray();
        await db.StringSetAsync(pairs);
        foreach (var (key, _) in pairs)
        {
            await db.KeyExpireAsync(key, ttl); // expect: EXP302
        }
    }

    public void ManyOfAQuery(KeyValuePair<string, string>[] pairs)
    {
        var rows = pairs.Select(pair => new KeyValuePair<RedisKey, RedisValue>("row:" + pair.Key, pair.Value));
        if (!db.StringSet(rows.ToArray()))
        {
            return;
        }

        foreach (var row in rows)
        {
            db.KeyExpire(row.Key, ttl); // expect: EXP302
        }
    }

    public void ManyOfTheSame(IReadOnlyList<string> ids, string value)
    {
        db.StringSet(ids.Select(id => new KeyValuePair<RedisKey, RedisValue>($"row:{id}", value)).ToArray());
        foreach (var id in ids)
        {
            db.KeyExpire($"row:{id}", ttl); // expect: EXP302
        }
    }

    // The parts of a pair are named before it is made.
    public void ManyMadeOfNamedParts(KeyValuePair<string, string>[] pairs, TimeSpan? sliding)
    {
        var rows = pairs.Select(pair =>
        {
            var key = "row:" + pair.Key;
            var value = pair.Value.Trim();
            return new KeyValuePair<RedisKey, RedisValue>(key, value);
        }).ToList();
        if (!db.StringSet(rows.ToArray()))
        {
            return;
        }

        if (sliding.HasValue)
        {
            foreach (var row in rows)
            {
                db.KeyExpire(row.Key, sliding.Value); // expect: EXP302
            }
        }
    }

    // What the query makes depends on a condition, so that nobody knows the keys.
    public void ManyMadeOnCondition(KeyValuePair<string, string>[] pairs)
    {
        var rows = pairs.Select(pair =>
        {
            if (pair.Value.Length == 0)
            {
                return new KeyValuePair<RedisKey, RedisValue>("empty", "");
            }

            return new KeyValuePair<RedisKey, RedisValue>("row:" + pair.Key, pair.Value);
        }).ToList();
        db.StringSet(rows.ToArray());
        foreach (var pair in pairs)
        {
            db.KeyExpire("row:" + pair.Key, ttl);
        }
    }

    public void OtherKeysOfTheSame(IReadOnlyList<string> ids, string value)
    {
        db.StringSet(ids.Select(id => new KeyValuePair<RedisKey, RedisValue>($"row:{id}", value)).ToArray());
        foreach (var id in ids)
        {
            db.KeyExpire($"index:{id}", ttl);
        }
    }

    public void SomeAndTheOthers(IReadOnlyList<(string Id, bool IsNew)> ids, string value)
    {
        foreach (var (id, _) in ids.Where(id => id.IsNew))
        {
            db.StringSet(id, value);
        }

        foreach (var (id, _) in ids.Where(id => !id.IsNew))
        {
            db.KeyExpire(id, ttl);
        }
    }

    public void KeysAndValuesOfAQuery(IReadOnlyList<(string Id, string Value)> items)
    {
        foreach (var (key, value) in items.Select(item => ("row:" + item.Id, item.Value)))
        {
            db.StringSet(key, value);
            db.KeyExpire(key, ttl); // expect: EXP302
            db.KeyExpire(value, ttl);
        }
    }

    // Other keys, each made of one of the same.
    public async Task OtherKeysAsync(IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            await db.SetAddAsync($"a:{id}", "member");
        }

        foreach (var id in ids)
        {
            await db.KeyExpireAsync($"b:{id}", ttl);
        }
    }

    // The collection is another one by then.
    public async Task ReplacedAsync(IReadOnlyList<string> ids, Func<IReadOnlyList<string>> more)
    {
        foreach (var id in ids)
        {
            await db.SetAddAsync(id, "member");
        }

        ids = more();
        foreach (var id in ids)
        {
            await db.KeyExpireAsync(id, ttl);
        }
    }

    // In the first round there is nothing to expire, and what is written at a round's end is the next round's business.
    public async Task PollAsync(string key, Func<Task<string?>> next)
    {
        while (await next() is { } item)
        {
            await db.SetAddAsync(key, item, CommandFlags.FireAndForget);
            await db.KeyExpireAsync(key, ttl, flags: CommandFlags.FireAndForget); // expect: EXP302
        }
    }

    // A heartbeat: expired and written in turn, each round.
    public async Task BeatAsync(string key, Func<Task<bool>> wait)
    {
        while (await wait())
        {
            await db.KeyExpireAsync(key, ttl);
            await db.HashSetAsync(key, "beat", DateTime.UtcNow.Ticks);
        }
    }
}
