#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp302.Collections;

public sealed class Feeds(IDatabase db)
{
    private const int Keep = 100;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public async Task<long> PushAsync(string user, string item)
    {
        var key = "feed:" + user;
        var length = await db.ListLeftPushAsync(key, item);
        await db.ListTrimAsync(key, 0, Keep - 1);
        await db.KeyExpireAsync(key, Day); // expect: EXP302
        return length;
    }

    public void Append(RedisKey key, RedisValue[] items)
    {
        db.ListRightPush(key, items);
        db.KeyExpire(key, Day); // expect: EXP302
    }

    // Only where the list is there already.
    public void AppendToExisting(RedisKey key, RedisValue item)
    {
        db.ListRightPush(key, item, When.Exists);
        db.KeyExpire(key, Day);
    }

    public async Task TagAsync(string tag, IEnumerable<string> keys)
    {
        await db.SetAddAsync(tag, keys.Select(k => (RedisValue)k).ToArray());
        await db.KeyExpireAsync(tag, Day); // expect: EXP302
    }

    public async Task ScoreAsync(string board, string player, double score)
    {
        if (await db.SortedSetAddAsync(board, player, score))
        {
            await db.KeyExpireAsync(board, Day); // expect: EXP302
        }
    }

    public async Task PublishAsync(string stream, string text)
    {
        await db.StreamAddAsync(stream, "text", text, maxLength: 1000);
        await db.KeyExpireAsync(stream, Day); // expect: EXP302
    }

    public void Locate(string city, string driver, double lon, double lat)
    {
        db.GeoAdd(city, lon, lat, driver);
        db.KeyExpire(city, Day); // expect: EXP302
    }

    public void Visit(string page, string visitor)
    {
        db.HyperLogLogAdd(page, visitor);
        db.KeyExpire(page, Day); // expect: EXP302
    }

    public void Unite(string target, string a, string b)
    {
        db.SortedSetCombineAndStore(SetOperation.Union, target, a, b);
        db.KeyExpire(target, Day); // expect: EXP302
    }

    public void Intersect(string target, string a, string b)
    {
        db.SetCombineAndStore(SetOperation.Intersect, target, a, b);
        db.KeyExpire(a, Day);
        db.KeyExpire(target, Day); // expect: EXP302
    }

    public void Move(string from, string to, string item)
    {
        db.SetMove(from, to, item);
        db.KeyExpire(to, Day); // expect: EXP302
    }

    public void TakeOut(string from, string to, string item)
    {
        db.SetMove(from, to, item);
        db.KeyExpire(from, Day);
    }

    public void Pop(string queue)
    {
        db.ListLeftPop(queue);
        db.KeyExpire(queue, Day);
    }

    // The window is a set of its own; what is removed from it makes no key.
    public void Slide(string key, long now)
    {
        db.SortedSetRemoveRangeByScore(key, 0, now - 60);
        db.SortedSetAdd(key, now, now);
        var count = db.SortedSetLength(key);
        db.KeyExpire(key, TimeSpan.FromSeconds(60)); // expect: EXP302
        Console.WriteLine(count);
    }
}
