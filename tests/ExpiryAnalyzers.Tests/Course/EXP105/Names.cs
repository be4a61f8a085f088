using System;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Units;

public sealed class CacheSettings
{
    public int TtlMilliseconds { get; set; } = 30_000;

    public int TimeoutSeconds { get; set; } = 30;

    public int CacheMinutes { get; set; } = 5;

    public double DurationInHours { get; set; } = 1;

    public int? SlidingSeconds { get; set; }

    public int MaxItems { get; set; }

    public int Min { get; set; }

    public int RequestsPerSecond { get; set; }

    public int TtlMin { get; set; }
}

/// <summary>Numbers whose names say their unit.</summary>
public sealed class NamedSettings(IDatabase db, CacheSettings settings)
{
    private const int LockTtlMs = 15_000;
    private const int CacheSeconds = 300;
    private static readonly TimeSpan LockTtl = TimeSpan.FromSeconds(LockTtlMs);
    private static readonly TimeSpan CacheTtl = TimeSpan.FromSeconds(CacheSeconds);

    public Task<bool> Touch(string key) => db.KeyExpireAsync(key, TimeSpan.FromSeconds(settings.TtlMilliseconds)); // expect: EXP105

    public Task<bool> TouchRight(string key) => db.KeyExpireAsync(key, TimeSpan.FromMilliseconds(settings.TtlMilliseconds));

    public Task<bool> TouchScaled(string key) => db.KeyExpireAsync(key, TimeSpan.FromSeconds(settings.TtlMilliseconds / 1000));

    public Task<bool> TouchScaledTwice(string key) => db.KeyExpireAsync(key, TimeSpan.FromMilliseconds(settings.TtlMilliseconds / 1000)); // expect: EXP105

    public Task<bool> TouchScaledDouble(string key) => db.KeyExpireAsync(key, TimeSpan.FromSeconds(settings.TtlMilliseconds / 1000.0));

    public void Store(string key, string value)
    {
        db.StringSet(key, value, TimeSpan.FromMinutes(settings.TimeoutSeconds)); // expect: EXP105
        db.StringSet(key, value, TimeSpan.FromMilliseconds(settings.TimeoutSeconds)); // expect: EXP105
        db.StringSet(key, value, TimeSpan.FromSeconds(settings.TimeoutSeconds));
        db.StringSet(key, value, TimeSpan.FromMilliseconds(settings.TimeoutSeconds * 1000));
        db.StringSet(key, value, TimeSpan.FromMinutes(settings.CacheMinutes));
        db.StringSet(key, value, TimeSpan.FromHours(settings.CacheMinutes)); // expect: EXP105
        db.StringSet(key, value, TimeSpan.FromSeconds(settings.CacheMinutes * 60));
        db.StringSet(key, value, TimeSpan.FromMinutes(settings.DurationInHours)); // expect: EXP105
        db.StringSet(key, value, TimeSpan.FromHours(settings.DurationInHours));
        db.StringSet(key, value, TimeSpan.FromSeconds(settings.SlidingSeconds ?? 60));
        db.StringSet(key, value, TimeSpan.FromMinutes(settings.SlidingSeconds ?? 5)); // expect: EXP105
        db.StringSet(key, value, TimeSpan.FromSeconds(settings.MaxItems));
        db.StringSet(key, value, TimeSpan.FromSeconds(settings.Min));
        db.StringSet(key, value, TimeSpan.FromMinutes(settings.TtlMin));
        db.StringSet(key, value, TimeSpan.FromSeconds(settings.TtlMin));
        db.StringSet(key, value, TimeSpan.FromMinutes(settings.RequestsPerSecond));
        db.StringSet(key, value, CacheTtl);
    }

    public bool Lock(string key, string token) => db.LockTake(key, token, LockTtl); // expect: EXP105

    public bool LockMilliseconds(string key, string token) => db.LockTake(key, token, TimeSpan.FromMilliseconds(LockTtlMs));

    public DistributedCacheEntryOptions Options(int ttlInMinutes, int slidingSec) => new()
    {
        AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(ttlInMinutes), // expect: EXP105
    };

    public DistributedCacheEntryOptions RightOptions(int ttlInMinutes) => new()
    {
        AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(ttlInMinutes),
    };

    public void Arguments(string key, int expireSeconds, long expiryMillis, int hours, int days, int seconds, int expires_in_ms, int TTLSeconds, int TTLms, int items, int terms)
    {
        db.KeyExpire(key, TimeSpan.FromHours(expireSeconds)); // expect: EXP105
        db.KeyExpire(key, TimeSpan.FromSeconds(expiryMillis)); // expect: EXP105
        db.KeyExpire(key, TimeSpan.FromMinutes(hours)); // expect: EXP105
        db.KeyExpire(key, TimeSpan.FromMinutes(hours * 60));
        db.KeyExpire(key, TimeSpan.FromHours(days)); // expect: EXP105
        db.KeyExpire(key, TimeSpan.FromSeconds(days * 24 * 60 * 60));
        db.KeyExpire(key, TimeSpan.FromMilliseconds(seconds)); // expect: EXP105
        db.KeyExpire(key, TimeSpan.FromSeconds(expires_in_ms)); // expect: EXP105
        db.KeyExpire(key, TimeSpan.FromMilliseconds(TTLSeconds)); // expect: EXP105
        db.KeyExpire(key, TimeSpan.FromMilliseconds(TTLms));
        db.KeyExpire(key, TimeSpan.FromSeconds(TTLms)); // expect: EXP105
        db.KeyExpire(key, new TimeSpan(expireSeconds)); // expect: EXP105
        db.KeyExpire(key, new TimeSpan(0, 0, expireSeconds));
        db.KeyExpire(key, new TimeSpan(0, expireSeconds, 0)); // expect: EXP105
        db.KeyExpire(key, TimeSpan.FromSeconds(items));
        db.KeyExpire(key, TimeSpan.FromSeconds(terms));
    }

    public void Multiples(string key, int ttlSeconds, int attempt, int jitterMs)
    {
        db.KeyExpire(key, TimeSpan.FromSeconds(ttlSeconds * 2));
        db.KeyExpire(key, TimeSpan.FromSeconds(ttlSeconds * attempt));
        db.KeyExpire(key, TimeSpan.FromSeconds(ttlSeconds + 30));
        db.KeyExpire(key, TimeSpan.FromSeconds(Math.Max(ttlSeconds, 1)));
        db.KeyExpire(key, TimeSpan.FromSeconds(ttlSeconds) + TimeSpan.FromMilliseconds(jitterMs));
        db.KeyExpire(key, TimeSpan.FromSeconds(ttlSeconds * 1000)); // expect: EXP105
        db.KeyExpire(key, TimeSpan.FromMilliseconds(Math.Max(ttlSeconds, 1))); // expect: EXP105
    }
}
