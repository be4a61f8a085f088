#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp301.Collections;

public sealed class BasketStore
{
    private static readonly TimeSpan BasketTtl = TimeSpan.FromDays(2);
    private readonly IDatabase _db;

    public BasketStore(IDatabase db) => _db = db;

    private static RedisKey Key(Guid user) => "basket:" + user.ToString("N");
    private static RedisKey Key(Guid user, string part) => $"basket:{user:N}:{part}";

    // Bug: list.
    public async Task<string[]> ItemsAsync(Guid user)
    {
        var items = await _db.ListRangeAsync(Key(user));
        await _db.KeyExpireAsync(Key(user), BasketTtl); // expect: EXP301
        return items.Select(i => i.ToString()).ToArray();
    }

    // Bug: one element of a list.
    public string? First(Guid user)
    {
        var key = Key(user);
        var item = _db.ListGetByIndex(key, 0);
        if (item.IsNull) return null;
        _db.KeyExpire(key, BasketTtl); // expect: EXP301
        return item;
    }

    // Bug: set.
    public async Task<IReadOnlyCollection<string>> TagsAsync(Guid user)
    {
        var key = Key(user, "tags");
        var tags = await _db.SetMembersAsync(key);
        if (tags.Length > 0)
            await _db.KeyExpireAsync(key, BasketTtl); // expect: EXP301
        return tags.Select(t => t.ToString()).ToList();
    }

    // Bug: membership of a set.
    public async Task<bool> HasTagAsync(Guid user, string tag)
    {
        var member = await _db.SetContainsAsync(Key(user, "tags"), tag);
        await _db.KeyExpireAsync(Key(user, "tags"), BasketTtl); // expect: EXP301
        return member;
    }

    // Bug: sorted set by rank.
    public async Task<SortedSetEntry[]> TopAsync(string board)
    {
        var entries = await _db.SortedSetRangeByRankWithScoresAsync(board, 0, 9, Order.Descending);
        await _db.KeyExpireAsync(board, TimeSpan.FromHours(6)); // expect: EXP301
        return entries;
    }

    // Bug: one score, sync.
    public double? Score(string board, string player)
    {
        double? score = _db.SortedSetScore(board, player);
        if (score is not null)
            _db.KeyExpire(board, TimeSpan.FromHours(6)); // expect: EXP301
        return score;
    }

    // Bug: range by score.
    public async Task<int> DueAsync(string schedule, long now)
    {
        var due = await _db.SortedSetRangeByScoreAsync(schedule, double.NegativeInfinity, now);
        await _db.KeyExpireAsync(schedule, TimeSpan.FromDays(7)); // expect: EXP301
        return due.Length;
    }

    // Bug: stream.
    public async Task<StreamEntry[]> EventsAsync(string stream)
    {
        var events = await _db.StreamRangeAsync(stream, "-", "+", 100);
        await _db.KeyExpireAsync(stream, TimeSpan.FromDays(1)); // expect: EXP301
        return events;
    }

    // Bug: stream read from a position.
    public StreamEntry[] EventsAfter(string stream, RedisValue position)
    {
        var events = _db.StreamRead(stream, position);
        if (events.Length == 0) return events;
        _db.KeyExpire(stream, TimeSpan.FromDays(1)); // expect: EXP301
        return events;
    }

    // Fine here: an item is pushed in between.
    public async Task<long> PushAsync(Guid user, string item)
    {
        var key = Key(user);
        var items = await _db.ListRangeAsync(key);
        if (items.Contains(item)) return items.Length;
        var n = await _db.ListRightPushAsync(key, item);
        await _db.KeyExpireAsync(key, BasketTtl);
        return n;
    }

    // Fine here: a trim in between changes the key.
    public async Task<RedisValue[]> RecentAsync(string key)
    {
        var recent = await _db.ListRangeAsync(key, 0, 99);
        await _db.ListTrimAsync(key, 0, 99);
        await _db.KeyExpireAsync(key, BasketTtl);
        return recent;
    }

    // Fine: helper called with another part, so another key.
    public async Task<RedisValue[]> TagsKeepBasketAsync(Guid user)
    {
        var tags = await _db.SetMembersAsync(Key(user, "tags"));
        await _db.KeyExpireAsync(Key(user, "items"), BasketTtl);
        return tags;
    }

    // Fine: helper called for another user.
    public async Task<RedisValue[]> CompareAsync(Guid mine, Guid theirs)
    {
        var items = await _db.ListRangeAsync(Key(theirs));
        await _db.KeyExpireAsync(Key(mine), BasketTtl);
        return items;
    }

    // Fine here: add to a set, then expire.
    public async Task TagAsync(Guid user, string tag)
    {
        await _db.SetAddAsync(Key(user, "tags"), tag);
        await _db.KeyExpireAsync(Key(user, "tags"), BasketTtl);
    }

    // Fine: members of the tag set are keys; those are expired, not the set.
    public async Task KeepTaggedAsync(string tagKey)
    {
        foreach (var member in await _db.SetMembersAsync(tagKey))
            await _db.KeyExpireAsync((string)member!, BasketTtl);
    }

    // Bug: members' keys and at last the set itself.
    public async Task KeepTaggedAndSetAsync(string tagKey)
    {
        var members = await _db.SetMembersAsync(tagKey);
        foreach (var member in members)
            await _db.KeyExpireAsync((string)member!, BasketTtl);
        await _db.KeyExpireAsync(tagKey, BasketTtl); // expect: EXP301
    }

    // Fine: the stored result of a union goes to another key.
    public async Task<RedisValue[]> UnionAsync(string a, string b, string target)
    {
        var members = await _db.SetMembersAsync(a);
        await _db.SetCombineAndStoreAsync(SetOperation.Union, target, a, b);
        await _db.KeyExpireAsync(target, TimeSpan.FromMinutes(1));
        return members;
    }

    // Fine: many keys are read at once, one of no known identity is kept.
    public async Task<RedisValue[]> ManyAsync(RedisKey[] keys, RedisKey last)
    {
        var values = await _db.StringGetAsync(keys);
        await _db.KeyExpireAsync(last, BasketTtl);
        return values;
    }

    // Bug: one key per round, read and kept in the same round.
    public async Task<List<string>> EachAsync(IEnumerable<string> keys)
    {
        var result = new List<string>();
        foreach (var k in keys)
        {
            var value = await _db.StringGetAsync(k);
            if (value.IsNull) continue;
            await _db.KeyExpireAsync(k, BasketTtl); // expect: EXP301
            result.Add(value.ToString());
        }
        return result;
    }

    // Fine: two loops, two variables; which key meets which is not known.
    public async Task<List<string>> EachThenOthersAsync(string[] first, string[] second)
    {
        var result = new List<string>();
        foreach (var k in first)
            result.Add((await _db.StringGetAsync(k)).ToString());
        foreach (var k in second)
            await _db.KeyExpireAsync(k, BasketTtl);
        return result;
    }
}

// What was read is stored elsewhere before the expire, which says that it has served; sent before, it would lose what is not stored.
public sealed class WriteBehind(IDatabase db, Func<string, Task> saveAsync, Action<string> log)
{
    public async Task DrainAsync(string key)
    {
        var entries = await db.StreamRangeAsync(key, count: 1);
        await saveAsync(entries[0].ToString()!);
        await db.KeyExpireAsync(key, TimeSpan.FromSeconds(2));
    }

    public async Task<long> PeekAsync(string key)
    {
        var entries = await db.ListRangeAsync(key);
        log(entries[0]!);
        await db.KeyExpireAsync(key, TimeSpan.FromMinutes(2)); // expect: EXP301
        return entries.Length;
    }
}
