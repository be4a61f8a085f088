using System;
using System.Collections.Generic;
using System.Linq.Expressions;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Exp102.LookAlikes;

public sealed class CacheTime
{
    public DateTime AbsoluteExpiration { get; init; }
    public TimeSpan ClientTimeSpan { get; init; }
}

public abstract class Substitute<T>
{
    public abstract Substitute<T> Setup<TResult>(Expression<Func<T, TResult>> call);
}

public sealed class FakeDatabase
{
    private readonly Dictionary<string, DateTime> _deadlines = [];

    public void KeyExpire(string key, DateTime when) => _deadlines[key] = when;
}

public sealed class LookAlikes
{
    // Fine: our own property.
    public CacheTime Short(DateTime model, int seconds) => new() { AbsoluteExpiration = DateTime.UtcNow.AddSeconds(seconds), ClientTimeSpan = model - DateTime.UtcNow };

    // Fine: our own method.
    public void Fake(FakeDatabase db) => db.KeyExpire("k", DateTime.UtcNow.AddMinutes(5));

    // Fine: expression trees are never run.
    public void Mocks(Substitute<IDatabase> substitute)
    {
        substitute.Setup(db => db.KeyExpireAsync("k", DateTime.UtcNow.AddMinutes(5), ExpireWhen.Always, CommandFlags.None));
        substitute.Setup(db => db.StringGetSetExpiry("k", DateTime.UtcNow.AddMinutes(5), CommandFlags.None));
        substitute.Setup(db => db.Execute("EXPIREAT", "k", DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()));
    }

    // Fine: an expression tree that builds options.
    public Expression<Func<DistributedCacheEntryOptions>> Tree() => () => new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(5) };

    // Bug: a delegate that builds options.
    public Func<DistributedCacheEntryOptions> Delegate() => () => new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(5) }; // expect: EXP102

    // Fine: data, no expiry.
    public async Task Data(IDatabase db)
    {
        await db.SortedSetAddAsync("delayed", "job", DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeMilliseconds());
        await db.StringSetAsync("next", DateTime.UtcNow.AddMinutes(5).ToString("O"));
        await db.HashSetAsync("job", "due", DateTime.UtcNow.AddMinutes(5).Ticks);
    }

    // Fine: a wait in process.
    public Task Wait() => Task.Delay(DateTime.UtcNow.AddMinutes(5) - DateTime.UtcNow);

    // Fine: already relative.
    public bool Remaining(IDatabase db, DateTimeOffset expiresAt) => db.KeyExpire("k", expiresAt.UtcDateTime.Subtract(DateTime.UtcNow));

    // Fine: already relative, nullable.
    public bool RemainingOrNever(IDatabase db, DateTime? expiresAt) => db.KeyExpire("k", expiresAt?.ToUniversalTime() - DateTime.UtcNow);

    // Fine: another key's deadline plus a span.
    public bool Follow(IDatabase db) => db.KeyExpire("k:index", db.KeyExpireTime("k:data")?.AddMinutes(5));

    // Fine: null, MaxValue.
    public void Persist(IDatabase db)
    {
        db.KeyExpire("k", (DateTime?)null);
        db.KeyExpire("k", DateTime.MaxValue);
    }
}
