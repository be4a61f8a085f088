using System;
using System.Collections.Generic;
using System.Runtime.Caching;
using System.Threading.Tasks;
using CSRedis;
using FreeRedis;
using RedisClient = FreeRedis.RedisClient;

namespace Course.HoldoutLayers.MoreClients;

internal interface ITokenCache
{
    void Save(string token, string user, int lifetime);

    void SaveUntil(string token, string user, DateTime expires);

    string? Find(string token);

    bool Prolong(string token);

    long Count(string user);
}

internal sealed class FreeTokenCache : ITokenCache
{
    private static readonly TimeSpan Prolongation = TimeSpan.FromMinutes(30);
    private readonly RedisClient _client;

    public FreeTokenCache(string connection) => _client = new RedisClient(connection);

    public void Save(string token, string user, int lifetime) => _client.SetEx($"token:{token}", lifetime, user);

    public void SaveUntil(string token, string user, DateTime expires)
    {
        _client.Set($"token:{token}", user);
        _client.ExpireAt($"token:{token}", expires); // expect: EXP302
    }

    public string? Find(string token) => _client.Get($"token:{token}");

    public bool Prolong(string token) => _client.Expire($"token:{token}", Prolongation);

    public long Count(string user)
    {
        var count = _client.Incr("logins:" + user);
        if (count == 1)
        {
            _client.Expire("logins:" + user, 3600); // expect: EXP303
        }

        return count;
    }
}

internal sealed class Logins(ITokenCache tokens)
{
    public void Login(string token, string user) => tokens.SaveUntil(token, user, DateTime.Now.AddHours(8)); // expect: EXP101, EXP102

    public void LoginUntil(string token, string user) => tokens.SaveUntil(token, user, new DateTime(2031, 1, 1)); // expect: EXP101

    public void LoginUtc(string token, string user, DateTimeOffset expires) => tokens.SaveUntil(token, user, expires.UtcDateTime);

    public void LoginMs(string token, string user, TimeSpan life) => tokens.Save(token, user, (int)life.TotalMilliseconds); // expect: EXP105

    public void LoginHours(string token, string user, TimeSpan life) => tokens.Save(token, user, life.Hours * 3600); // expect: EXP105

    public void LoginNever(string token, string user) => tokens.Save(token, user, -1); // expect: EXP401

    public void LoginUnix(string token, string user, DateTimeOffset expires) => tokens.Save(token, user, (int)expires.ToUnixTimeSeconds()); // expect: EXP106

    public void LoginRest(string token, string user, DateTimeOffset expires) => tokens.Save(token, user, (int)(expires - DateTimeOffset.UtcNow).TotalSeconds);

    public string? Check(string token)
    {
        string? user = tokens.Find(token);
        if (user is null)
        {
            return null;
        }

        tokens.Prolong(token); // expect: EXP301
        return user;
    }

    public string? CheckOther(string token, string other)
    {
        string? user = tokens.Find(token);
        tokens.Prolong(other);
        return user;
    }
}

/// <summary>A repository on CSRedisCore's static class.</summary>
public abstract class CsRepository
{
    protected virtual int Seconds => 600;

    protected bool Store(string key, object value, TimeSpan? ttl = null) =>
        ttl.HasValue ? RedisHelper.Set(key, value, ttl.Value) : RedisHelper.Set(key, value, Seconds);

    protected static bool Keep(string key, int seconds) => RedisHelper.Expire(key, seconds);

    protected static async Task<bool> KeepUntil(string key, DateTime until) => await RedisHelper.ExpireAtAsync(key, until);

    protected static async Task<bool> KeepUntilOffset(string key, DateTimeOffset until) => await RedisHelper.ExpireAtAsync(key, until.UtcDateTime);
}

public sealed class CsProducts : CsRepository
{
    private const int CacheMinutes = 10;

    public bool Empty(string id) => Store(id, "p", TimeSpan.Zero); // expect: EXP401

    public bool Default(string id) => Store(id, "p");

    public bool Minutes(string id) => Keep(id, CacheMinutes); // expect: EXP105

    public bool MinutesRight(string id) => Keep(id, CacheMinutes * 60);

    public bool Ticks(string id, TimeSpan ttl) => Keep(id, (int)ttl.Ticks); // expect: EXP105

    public Task<bool> Tomorrow(string id) => KeepUntil(id, DateTime.UtcNow.Date.AddDays(1));

    public Task<bool> TomorrowUnspecified(string id) => KeepUntil(id, new DateTime(DateTime.UtcNow.Year, 12, 31)); // expect: EXP101

    public Task<bool> TomorrowOffset(string id) => KeepUntilOffset(id, DateTime.Today.AddDays(1));

    // The caller's conversion to a DateTimeOffset reads what has lost its offset as local time.
    public Task<bool> UnspecifiedOffset(string id, DateTimeOffset from) => KeepUntilOffset(id, from.DateTime.AddDays(1)); // expect: EXP101

    public string? Read(string id)
    {
        string? product = RedisHelper.Get(id);
        if (product == null)
        {
            product = Make(id);
            Store(id, product, TimeSpan.FromMinutes(5));
        }
        else
        {
            Keep(id, 300); // expect: EXP301
        }

        return product;
    }

    private static string Make(string id) => "made " + id;
}

/// <summary>System.Runtime.Caching behind a helper of one's own.</summary>
public static class LocalCache
{
    private static readonly ObjectCache Cache = MemoryCache.Default;

    public static void Add<T>(string key, T value, DateTime until) where T : notnull
    {
        var policy = new CacheItemPolicy();
        policy.AbsoluteExpiration = new DateTimeOffset(until);
        Cache.Add(key, value, policy);
    }

    public static void AddUtc<T>(string key, T value, DateTime until) where T : notnull => Cache.Add(key, value, new DateTimeOffset(until, TimeSpan.Zero));

    public static void AddMinutes<T>(string key, T value, double minutes) where T : notnull => Cache.Set(key, value, DateTimeOffset.UtcNow.AddMinutes(minutes));
}

public sealed class LocalRates(DateTimeOffset published)
{
    public void Store(decimal rate) => LocalCache.Add("rate", rate, published.Date.AddDays(1)); // expect: EXP101

    public void StoreNow(decimal rate) => LocalCache.Add("rate", rate, DateTime.Now.AddMinutes(5));

    public void StoreUtc(decimal rate) => LocalCache.AddUtc("rate", rate, published.Date.AddDays(1));

    public void StoreMinutes(decimal rate) => LocalCache.AddMinutes("rate", rate, 5);
}
