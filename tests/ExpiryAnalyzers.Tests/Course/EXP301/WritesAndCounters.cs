#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp301.WritesAndCounters;

// All pairs here belong to other rules (a write or a count, then an expire), or to none.
public sealed class Writers(IDatabase db)
{
    private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(10);

    public async Task SetAsync(string key, string value)
    {
        await db.StringSetAsync(key, value);
        await db.KeyExpireAsync(key, Ttl);
    }

    public async Task SaveAsync(string key, IDictionary<string, string> fields, TimeSpan? ttl)
    {
        await db.HashSetAsync(key, fields.Select(f => new HashEntry(f.Key, f.Value)).ToArray());
        if (ttl.HasValue)
            await db.KeyExpireAsync(key, ttl.Value);
    }

    public async Task<long> PushAsync(string key, string item)
    {
        var length = await db.ListLeftPushAsync(key, item);
        await db.ListTrimAsync(key, 0, 99);
        await db.KeyExpireAsync(key, Ttl);
        return length;
    }

    public void AddToBoard(string board, string player, double score)
    {
        db.SortedSetAdd(board, player, score);
        db.KeyExpire(board, Ttl);
    }

    // A counter with its window: another rule's business.
    public async Task<bool> AllowAsync(string client, int limit)
    {
        var key = $"rate:{client}";
        var hits = await db.StringIncrementAsync(key);
        if (hits == 1)
            await db.KeyExpireAsync(key, TimeSpan.FromMinutes(1));
        return hits <= limit;
    }

    public async Task<long> CountFieldAsync(string key, string field)
    {
        var n = await db.HashIncrementAsync(key, field);
        await db.KeyExpireAsync(key, Ttl);
        return n;
    }

    // GETSET is a write that answers with the old value.
    public async Task<string?> SwapAsync(string key, string value)
    {
        var old = await db.StringGetSetAsync(key, value);
        await db.KeyExpireAsync(key, Ttl);
        return old;
    }

    // Read-modify-write with the life in the write itself: no expire at all.
    public async Task UpdateAsync(string key, Func<string?, string> change)
    {
        var v = await db.StringGetAsync(key);
        await db.StringSetAsync(key, change(v), Ttl);
    }

    public async Task PublishAsync(string stream, string text)
    {
        await db.StreamAddAsync(stream, "text", text);
        await db.KeyExpireAsync(stream, Ttl);
    }

    public async Task FillAsync(string key, IEnumerable<(string Name, string Value)> fields)
    {
        foreach (var (name, value) in fields)
            await db.HashSetAsync(key, name, value);
        await db.KeyExpireAsync(key, Ttl);
    }

    public Task BothAsync(string key, HashEntry[] fields)
        => Task.WhenAll(db.HashSetAsync(key, fields), db.KeyExpireAsync(key, Ttl));

    // The read belongs to the source, the write and the expire to the target.
    public async Task CopyAsync(string source, string target)
    {
        var v = await db.StringGetAsync(source);
        await db.StringSetAsync(target, v);
        await db.KeyExpireAsync(target, Ttl);
    }

    // Read, then rename away, then expire under the new name.
    public async Task<string?> ArchiveAsync(string key)
    {
        var v = await db.StringGetAsync(key);
        await db.KeyRenameAsync(key, key + ":old");
        await db.KeyExpireAsync(key + ":old", Ttl);
        return v;
    }

    // Bug beside them: the write goes to an index, the pair on "key" remains.
    public async Task<string?> GetAndIndexAsync(string key)
    {
        var v = await db.HashGetAsync(key, "v");
        await db.SetAddAsync("index", key);
        await db.KeyExpireAsync(key, Ttl); // expect: EXP301
        return v;
    }
}

// One-line forwards: no pair in any body.
public sealed class RedisGateway(IConnectionMultiplexer mux, int number)
{
    private IDatabase Db => mux.GetDatabase(number);

    public async Task<string?> GetAsync(string key) => await Db.StringGetAsync(key);
    public Task<bool> SetAsync(string key, string value, TimeSpan ttl) => Db.StringSetAsync(key, value, ttl);
    public Task<bool> ExpireAsync(string key, TimeSpan ttl) => Db.KeyExpireAsync(key, ttl);
    public bool Expire(string key, int seconds) => Db.KeyExpire(key, TimeSpan.FromSeconds(seconds));
    public Task<bool> PersistAsync(string key) => Db.KeyPersistAsync(key);
    public Task<TimeSpan?> TtlAsync(string key) => Db.KeyTimeToLiveAsync(key);
    public Task<HashEntry[]> HashAsync(string key) => Db.HashGetAllAsync(key);

    public bool Do(string key, Func<IDatabase, bool> call) => call(Db);

    public Task<bool> ExpireByLambdaAsync(string key, TimeSpan ttl) => Task.Run(() => Db.KeyExpire(key, ttl));
}
