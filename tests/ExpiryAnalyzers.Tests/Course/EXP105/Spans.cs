using System;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Units;

/// <summary>Spans taken apart and put together again.</summary>
public sealed class SpanStore(IDatabase db)
{
    private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(45);

    public Task<bool> Total(string key, TimeSpan ttl) => db.KeyExpireAsync(key, TimeSpan.FromSeconds(ttl.TotalSeconds));

    public Task<bool> WrongTotal(string key, TimeSpan ttl) => db.KeyExpireAsync(key, TimeSpan.FromSeconds(ttl.TotalMilliseconds)); // expect: EXP105

    public Task<bool> OtherWrongTotal(string key, TimeSpan ttl) => db.KeyExpireAsync(key, TimeSpan.FromMilliseconds(ttl.TotalSeconds)); // expect: EXP105

    public void Components(string key, string value, TimeSpan ttl, TimeSpan? maybe)
    {
        db.StringSet(key, value, TimeSpan.FromSeconds(ttl.Seconds)); // expect: EXP105
        db.StringSet(key, value, TimeSpan.FromMinutes(ttl.Minutes)); // expect: EXP105
        db.StringSet(key, value, TimeSpan.FromMilliseconds(ttl.Milliseconds)); // expect: EXP105
        db.StringSet(key, value, TimeSpan.FromSeconds(ttl.Seconds + Random.Shared.Next(10))); // expect: EXP105
        db.StringSet(key, value, TimeSpan.FromDays(ttl.Days));
        db.StringSet(key, value, new TimeSpan(ttl.Hours, ttl.Minutes, ttl.Seconds));
        db.StringSet(key, value, new TimeSpan(0, 0, ttl.Seconds)); // expect: EXP105
        db.StringSet(key, value, TimeSpan.FromMinutes(ttl.Minutes) + TimeSpan.FromSeconds(ttl.Seconds));
        db.StringSet(key, value, TimeSpan.FromSeconds((ttl.Minutes * 60) + ttl.Seconds));
        db.StringSet(key, value, TimeSpan.FromSeconds(60 - ttl.Seconds));
        db.StringSet(key, value, TimeSpan.FromSeconds(maybe.Value.Seconds)); // expect: EXP105
        db.StringSet(key, value, TimeSpan.FromSeconds(Ttl.Seconds)); // expect: EXP105
        db.StringSet(key, value, TimeSpan.FromSeconds(Short.Seconds));
    }

    public void Ticks(string key, TimeSpan ttl)
    {
        db.KeyExpire(key, TimeSpan.FromMilliseconds(ttl.Ticks)); // expect: EXP105
        db.KeyExpire(key, TimeSpan.FromTicks(ttl.Ticks));
        db.KeyExpire(key, new TimeSpan(ttl.Ticks / 2));
        db.KeyExpire(key, new TimeSpan((long)ttl.TotalSeconds)); // expect: EXP105
    }

    public void Instants(string key, TimeSpan ttl, DateTime start, long expiresUnixSeconds, long expiresUnixMs)
    {
        db.KeyExpire(key, start.ToUniversalTime().AddSeconds(ttl.TotalMilliseconds)); // expect: EXP105
        db.KeyExpire(key, start.ToUniversalTime().AddMilliseconds(ttl.TotalMilliseconds));
        db.KeyExpire(key, DateTimeOffset.FromUnixTimeMilliseconds(expiresUnixSeconds).UtcDateTime); // expect: EXP105
        db.KeyExpire(key, DateTimeOffset.FromUnixTimeSeconds(expiresUnixMs).UtcDateTime); // expect: EXP105
        db.KeyExpire(key, DateTimeOffset.FromUnixTimeSeconds(expiresUnixSeconds).UtcDateTime);
        db.KeyExpire(key, DateTimeOffset.FromUnixTimeSeconds(expiresUnixMs / 1000).UtcDateTime);
        db.KeyExpire(key, DateTime.UnixEpoch.AddMilliseconds(expiresUnixMs));
        db.KeyExpire(key, DateTime.UnixEpoch.AddSeconds(expiresUnixMs)); // expect: EXP105
    }

    public void Branches(string key, TimeSpan ttl, bool flag)
    {
        var expiry = flag ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(ttl.TotalMilliseconds);
        db.KeyExpire(key, expiry); // expect: EXP105
    }

    public void ThroughAHelper(string key, TimeSpan ttl)
    {
        db.KeyExpire(key, Halved(ttl));
        db.KeyExpire(key, Stretched(ttl)); // expect: EXP105
        db.KeyExpire(key, FromSeconds((int)ttl.TotalSeconds));
        db.KeyExpire(key, FromSeconds((int)ttl.TotalMilliseconds)); // expect: EXP105
    }

    public void ThroughAWrapper(string key, TimeSpan ttl, int ttlMs)
    {
        Expire(key, (int)ttl.TotalSeconds);
        Expire(key, (int)ttl.TotalMilliseconds); // expect: EXP105
        Expire(key, ttl.Seconds); // expect: EXP105
        Expire(key, ttlMs); // expect: EXP105
        Expire(key, 60);
    }

    private static TimeSpan Halved(TimeSpan ttl) => TimeSpan.FromMilliseconds(ttl.TotalMilliseconds / 2);

    private static TimeSpan Stretched(TimeSpan ttl) => TimeSpan.FromMinutes(ttl.TotalSeconds);

    private static TimeSpan FromSeconds(int number) => TimeSpan.FromSeconds(number);

    private void Expire(string key, int time) => db.KeyExpire(key, TimeSpan.FromSeconds(time));

    public Task Options(IDistributedCache cache, string key, byte[] value, TimeSpan ttl) => cache.SetAsync(key, value, new DistributedCacheEntryOptions
    {
        AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(ttl.Minutes), // expect: EXP105
    });
}
