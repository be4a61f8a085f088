using System;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Units;

/// <summary>Points in time where a span was asked for.</summary>
public sealed class InstantsAsTtl(IDatabase db, TimeProvider clock)
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public void UnixTime(string key, DateTimeOffset now, DateTimeOffset deadline)
    {
        db.KeyExpire(key, TimeSpan.FromSeconds(now.ToUnixTimeSeconds() + 3600)); // expect: EXP106
        db.KeyExpire(key, TimeSpan.FromSeconds(DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds())); // expect: EXP106
        db.KeyExpire(key, TimeSpan.FromMilliseconds(deadline.ToUnixTimeMilliseconds())); // expect: EXP106
        db.KeyExpire(key, TimeSpan.FromSeconds(deadline.ToUnixTimeSeconds() - now.ToUnixTimeSeconds()));
        db.KeyExpire(key, TimeSpan.FromMilliseconds(deadline.ToUnixTimeMilliseconds() - clock.GetUtcNow().ToUnixTimeMilliseconds()));
        var until = deadline.ToUnixTimeSeconds();
        var from = now.ToUnixTimeSeconds();
        db.KeyExpire(key, TimeSpan.FromSeconds(until)); // expect: EXP106
        db.KeyExpire(key, TimeSpan.FromSeconds(until - from));
        db.KeyExpire(key, TimeSpan.FromSeconds(Math.Max(1, until - from)));
        db.KeyExpire(key, TimeSpan.FromSeconds(60 - (from % 60)));
        db.KeyExpire(key, TimeSpan.FromSeconds((((from / 60) + 1) * 60) - from));
        db.KeyExpire(key, deadline.UtcDateTime);
    }

    public void Ticks(string key, string value, DateTime deadline, DateTime now)
    {
        db.StringSet(key, value, new TimeSpan(deadline.Ticks)); // expect: EXP106
        db.StringSet(key, value, TimeSpan.FromTicks(deadline.Ticks)); // expect: EXP106
        db.StringSet(key, value, new TimeSpan(deadline.Ticks - now.Ticks));
        db.StringSet(key, value, TimeSpan.FromTicks(deadline.Ticks - now.Ticks));
        db.StringSet(key, value, new TimeSpan(deadline.Ticks - DateTime.UnixEpoch.Ticks)); // expect: EXP106
    }

    public void SinceTheEpoch(string key, DateTime deadline, DateTime now)
    {
        db.KeyExpire(key, deadline - DateTime.UnixEpoch); // expect: EXP106
        db.KeyExpire(key, deadline - new DateTime(1970, 1, 1)); // expect: EXP106
        db.KeyExpire(key, deadline.Subtract(Epoch)); // expect: EXP106
        db.KeyExpire(key, TimeSpan.FromSeconds((deadline - Epoch).TotalSeconds)); // expect: EXP106
        db.KeyExpire(key, (deadline - Epoch) - (now - Epoch));
        db.KeyExpire(key, deadline - now);
        db.KeyExpire(key, deadline - DateTime.MinValue); // expect: EXP106
    }

    public void TimeOfDay(string key, DateTime deadline, TimeSpan closing)
    {
        db.KeyExpire(key, deadline.TimeOfDay); // expect: EXP106
        db.KeyExpire(key, DateTime.UtcNow.AddHours(1).TimeOfDay); // expect: EXP106
        db.KeyExpire(key, TimeSpan.FromDays(1) - DateTime.UtcNow.TimeOfDay);
        db.KeyExpire(key, closing - DateTime.UtcNow.TimeOfDay);
        db.KeyExpire(key, deadline.TimeOfDay - DateTime.UtcNow.TimeOfDay);
        db.KeyExpire(key, DateTime.Today.AddDays(1) - DateTime.Now);
        db.KeyExpire(key, new DateTime(2000, 1, 1, 0, 30, 0).TimeOfDay);
        db.KeyExpire(key, DateTime.Parse("00:30:00").TimeOfDay);
    }

    public void Raw(string key, string value, DateTimeOffset deadline, long exp, long expUnix, long nowUnix, int ttlSeconds)
    {
        db.Execute("EXPIRE", key, deadline.ToUnixTimeSeconds()); // expect: EXP106
        db.Execute("PEXPIRE", key, deadline.ToUnixTimeMilliseconds()); // expect: EXP106
        db.Execute("SET", key, value, "EX", deadline.ToUnixTimeSeconds()); // expect: EXP106
        db.Execute("SET", key, value, "PX", deadline.ToUnixTimeMilliseconds()); // expect: EXP106
        db.Execute("SETEX", key, deadline.ToUnixTimeSeconds(), value); // expect: EXP106
        db.Execute("GETEX", key, "EX", deadline.ToUnixTimeSeconds()); // expect: EXP106
        db.Execute("EXPIREAT", key, deadline.ToUnixTimeSeconds());
        db.Execute("SET", key, value, "EXAT", deadline.ToUnixTimeSeconds());
        db.Execute("EXPIRE", key, exp);
        db.Execute("EXPIRE", key, expUnix); // expect: EXP106
        db.Execute("EXPIRE", key, expUnix - nowUnix);
        db.Execute("EXPIRE", key, exp - DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        db.Execute("EXPIRE", key, exp - nowUnix);
        db.Execute("EXPIRE", key, nowUnix + ttlSeconds); // expect: EXP106
        db.Execute("EXPIRE", key, (nowUnix + ttlSeconds) - nowUnix);
        db.KeyExpire(key, TimeSpan.FromSeconds(expUnix)); // expect: EXP106
        db.KeyExpire(key, TimeSpan.FromSeconds(expUnix - nowUnix));
        db.KeyExpire(key, TimeSpan.FromSeconds(exp));
    }

    public void Idioms(string key, DateTime deadline)
    {
        var unix = (long)(DateTime.UtcNow - new DateTime(1970, 1, 1)).TotalSeconds;
        db.HashSet(key, "at", unix);
        db.Execute("EXPIREAT", key, (long)(deadline.ToUniversalTime() - new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc)).TotalSeconds);
        db.Execute("EXPIRE", key, unix); // expect: EXP106
    }

    public DistributedCacheEntryOptions Options(DateTimeOffset expiresAt) => new()
    {
        AbsoluteExpirationRelativeToNow = expiresAt - DateTimeOffset.UtcNow,
        SlidingExpiration = TimeSpan.FromMinutes(1),
    };

    public DistributedCacheEntryOptions WrongOptions(DateTimeOffset expiresAt) => new()
    {
        AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(expiresAt.ToUnixTimeSeconds()), // expect: EXP106
    };

    public Task<bool> Wrapped(string key, DateTimeOffset expiresAt) => Touch(key, TimeSpan.FromSeconds(expiresAt.ToUnixTimeSeconds())); // expect: EXP106

    public Task<bool> WrappedNumber(string key, DateTimeOffset expiresAt) => TouchSeconds(key, (int)expiresAt.ToUnixTimeSeconds()); // expect: EXP106

    private Task<bool> Touch(string key, TimeSpan ttl) => db.KeyExpireAsync(key, ttl);

    private Task<bool> TouchSeconds(string key, int seconds) => db.KeyExpireAsync(key, TimeSpan.FromSeconds(seconds));
}
