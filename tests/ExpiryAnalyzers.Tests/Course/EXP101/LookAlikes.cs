using System;
using System.Collections.Generic;
using System.Linq.Expressions;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Exp101.LookAlikes;

public sealed class OwnCacheEntry
{
    public DateTimeOffset? AbsoluteExpiration { get; set; }
    public DateTime ExpiresAt { get; set; }
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class CachingAttribute : Attribute
{
    public int AbsoluteExpiration { get; set; }
}

/// <summary>A store of our own: same member names, no Redis behind them.</summary>
public sealed class OwnStore
{
    private readonly Dictionary<string, DateTime> _expiries = [];

    public bool KeyExpire(string key, DateTime? expiry)
    {
        if (expiry is { } when)
        {
            _expiries[key] = when;
        }

        return expiry.HasValue;
    }

    public bool StringSet(string key, string value, DateTime expiry) => _expiries.TryAdd(key + value, expiry);
}

public abstract class Mock<T>
{
    public abstract Mock<T> Setup<TResult>(Expression<Func<T, TResult>> expression);

    public abstract void Verify<TResult>(Expression<Func<T, TResult>> expression, int times);
}

public sealed class LookAlikes
{
    // Fine: our own type.
    public OwnCacheEntry Entry() => new() { AbsoluteExpiration = new DateTime(2031, 1, 1), ExpiresAt = DateTime.Now.AddHours(1) };

    // Fine: an attribute's property.
    [Caching(AbsoluteExpiration = 60)]
    public int Cached() => 1;

    // Fine: our own methods of the same names.
    public bool Own(OwnStore store) => store.KeyExpire("k", DateTime.Now.AddMinutes(5)) && store.StringSet("k", "v", new DateTime(2031, 1, 1));

    // Fine: expression trees are never run.
    public void Setup(Mock<IDatabase> mock)
    {
        mock.Setup(db => db.KeyExpire("k", DateTime.Now.AddMinutes(5), ExpireWhen.Always, CommandFlags.None));
        mock.Setup(db => db.KeyExpireAsync("k", new DateTime(2031, 1, 1), ExpireWhen.Always, CommandFlags.None));
        mock.Verify(db => db.KeyExpire("k", DateTime.Today, CommandFlags.None), 1);
    }

    // Fine: an expression held in a local.
    public Expression<Func<IDatabase, bool>> Tree() => db => db.KeyExpire("k", DateTime.Today.AddDays(1), CommandFlags.None);

    // Bug: a delegate of the same text does run.
    public Func<IDatabase, bool> Delegate() => db => db.KeyExpire("k", DateTime.Today.AddDays(1), CommandFlags.None); // expect: EXP101

    // Fine: values that are data, not expiries.
    public async Task Data(IDatabase db, IDistributedCache cache)
    {
        await db.StringSetAsync("last-login", DateTime.Now.ToString("s"));
        await db.SortedSetAddAsync("queue", "job", DateTime.Now.AddMinutes(5).Ticks);
        await db.SortedSetRemoveRangeByScoreAsync("queue", 0, new DateTime(2031, 1, 1).Ticks);
        await cache.SetStringAsync("day", DateTime.Today.ToString("yyyy-MM-dd"));
    }

    // Fine: reads of a server's own times.
    public bool AtServerTime(IDatabase db, IServer server) => db.KeyExpire("k", server.Time().Date.AddDays(1));

    // Fine: the expiry of another key is Utc.
    public bool LikeOther(IDatabase db) => db.KeyExpire("k:index", db.KeyExpireTime("k:data"));

    // Bug: the expiry of another key, made local for display and passed on.
    public bool LikeOtherShown(IDatabase db)
    {
        DateTime? other = db.KeyExpireTime("k:data");
        if (other is null)
        {
            return false;
        }

        DateTime shown = other.Value.ToLocalTime();
        Console.WriteLine(shown);
        return db.KeyExpire("k:index", shown); // expect: EXP101
    }

    // Fine: nameof and typeof are no calls.
    public string Names() => nameof(IDatabase.KeyExpire) + nameof(DistributedCacheEntryOptions.AbsoluteExpiration) + DateTime.Now;
}
