using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using CSRedis;
using FreeRedis;
using NRedisStack.DataTypes;
using StackExchange.Redis;
using RedisClient = FreeRedis.RedisClient;

namespace Course.HoldoutLayers.OtherClients;

/// <summary>FreeRedis behind a service of one's own.</summary>
public sealed class FreeCache(RedisClient client)
{
    public void Put<T>(string key, T value, int seconds) => client.Set(key, value, seconds);

    public void Put<T>(string key, T value, TimeSpan ttl) => client.Set(key, value, ttl);

    public T Get<T>(string key) => client.Get<T>(key);

    public bool Keep(string key, int seconds) => client.Expire(key, seconds);

    public bool KeepUntil(string key, DateTime until) => client.ExpireAt(key, until);

    public bool KeepUntilUtc(string key, DateTime until) => client.ExpireAt(key, until.ToUniversalTime());

    public long Hit(string key) => client.Incr(key);
}

public sealed class Basket(FreeCache cache, RedisClient client)
{
    public void Store(string id, string json, TimeSpan ttl) => cache.Put("basket:" + id, json, (int)ttl.TotalMilliseconds); // expect: EXP105

    public void StoreSeconds(string id, string json, TimeSpan ttl) => cache.Put("basket:" + id, json, (int)ttl.TotalSeconds);

    public void StoreUnix(string id, string json) => cache.Put("basket:" + id, json, (int)DateTimeOffset.Now.AddDays(1).ToUnixTimeSeconds()); // expect: EXP106

    public void StoreNever(string id, string json) => cache.Put("basket:" + id, json, TimeSpan.Zero); // expect: EXP401

    public bool KeepUntil(string id) => cache.KeepUntil("basket:" + id, new DateTime(2031, 5, 1)); // expect: EXP101

    public bool KeepNow(string id) => cache.KeepUntil("basket:" + id, DateTime.Now.AddMinutes(20)); // expect: EXP101, EXP102

    public bool KeepUtc(string id) => cache.KeepUntilUtc("basket:" + id, DateTime.Today.AddDays(1));

    public bool KeepUnknown(string id, DateTime until) => cache.KeepUntil("basket:" + id, until);

    public bool KeepShort(string id) => client.Expire("basket:" + id, TimeSpan.FromMilliseconds(500)); // expect: EXP401

    public string Open(string id)
    {
        string key = $"basket:{id}";
        string json = cache.Get<string>(key);
        cache.Keep(key, 1200); // expect: EXP301
        return json;
    }

    public long Visit(string id)
    {
        long visits = cache.Hit("visits:" + id);
        if (visits == 1)
        {
            client.Expire("visits:" + id, 60);
        }

        return visits;
    }

    public long VisitAll(string id)
    {
        long visits = cache.Hit("visits:" + id);
        if (visits == 1)
        {
            cache.Keep("visits:" + id, 60); // expect: EXP303
        }

        return visits;
    }
}

/// <summary>CSRedisCore: seconds, and a static helper.</summary>
public static class CsCache
{
    public static bool Put(string key, object value, int expireSeconds = 600) => RedisHelper.Set(key, value, expireSeconds);

    public static Task<bool> PutAsync(string key, object value, TimeSpan ttl) => RedisHelper.SetAsync(key, value, (int)ttl.TotalSeconds);

    public static bool KeepUntil(string key, DateTime until) => RedisHelper.ExpireAt(key, until);

    public static Task<bool> Touch(string key) => RedisHelper.ExpireAsync(key, 1800);

    public static Task<string> Read(string key) => RedisHelper.GetAsync(key);
}

public sealed class Coupons(CSRedisClient redis)
{
    private const int TtlMilliseconds = 90_000;

    public bool Store(string id) => CsCache.Put("coupon:" + id, "open", TtlMilliseconds); // expect: EXP105

    public bool StoreSeconds(string id) => CsCache.Put("coupon:" + id, "open", TtlMilliseconds / 1000);

    public bool StoreDefault(string id) => CsCache.Put("coupon:" + id, "open");

    public bool StoreComponent(string id, TimeSpan ttl) => redis.Set("coupon:" + id, "open", ttl.Seconds); // expect: EXP105

    public bool KeepOffset(string id, DateTimeOffset until) => CsCache.KeepUntil("coupon:" + id, until.Date); // expect: EXP101

    public bool KeepUtc(string id, DateTimeOffset until) => CsCache.KeepUntil("coupon:" + id, until.UtcDateTime);

    public bool KeepText(string id, string text) => CsCache.KeepUntil("coupon:" + id, DateTime.Parse(text)); // expect: EXP101

    public async Task<string> Open(string id)
    {
        string coupon = await CsCache.Read("coupon:" + id);
        if (coupon != null)
        {
            await CsCache.Touch("coupon:" + id); // expect: EXP301
        }

        return coupon!;
    }

    public async Task<string> OpenOther(string id)
    {
        string coupon = await CsCache.Read("coupon:" + id);
        await CsCache.Touch("customer:" + id);
        return coupon;
    }

    public bool Push(string id, string line)
    {
        redis.RPush("lines:" + id, line);
        return redis.Expire("lines:" + id, 3600); // expect: EXP302
    }
}

public sealed class Samples(IDatabase db)
{
    public bool Keep(string key, TimeStamp last) => db.KeyExpire(key, Of(last)); // expect: EXP101

    public bool KeepUtc(string key, TimeStamp last) => db.KeyExpire(key, DateTime.SpecifyKind(Of(last), DateTimeKind.Utc));

    private static DateTime Of(TimeStamp stamp) => stamp;
}
