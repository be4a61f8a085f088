using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Course.HoldoutLayers.Bases;

public sealed class CacheSettings
{
    public int TtlSeconds { get; set; } = 300;

    public int TimeoutMilliseconds { get; set; } = 1500;

    public double LifetimeMinutes { get; set; } = 20;

    public TimeSpan Ttl { get; set; } = TimeSpan.FromMinutes(5);
}

/// <summary>A repository that knows how long its keys live.</summary>
public abstract class Repository<T>
{
    private readonly TimeSpan _ttl;
    private readonly DateTime? _until;

    protected Repository(IDatabase database, TimeSpan ttl)
    {
        Database = database;
        _ttl = ttl;
    }

    protected Repository(IDatabase database, DateTime until)
    {
        Database = database;
        _until = until;
    }

    protected IDatabase Database { get; }

    protected abstract string Name { get; }

    public void Save(string id, string json)
    {
        if (_until is { } until)
        {
            Database.StringSet(Key(id), json, until);
        }
        else
        {
            Database.StringSet(Key(id), json, _ttl);
        }
    }

    protected bool Keep(string id, DateTime until) => Database.KeyExpire(Key(id), until);

    protected Task<bool> KeepSeconds(string id, double seconds) => Database.KeyExpireAsync(Key(id), TimeSpan.FromSeconds(seconds));

    protected virtual bool Retain(string id, DateTime until) => Database.KeyExpire(Key(id), until);

    private RedisKey Key(string id) => Name + ":" + id;
}

public sealed class UserRepository(IDatabase database, IOptions<CacheSettings> options) : Repository<string>(database, TimeSpan.FromMinutes(5))
{
    private readonly CacheSettings _settings = options.Value;

    protected override string Name => "user";

    public bool KeepToday(string id) => Keep(id, DateTime.Now.Date.AddDays(1)); // expect: EXP101

    public bool KeepUtcToday(string id) => base.Keep(id, DateTime.UtcNow.Date.AddDays(1));

    public bool KeepParsed(string id, string text) => base.Keep(id, DateTime.Parse(text)); // expect: EXP101

    public Task<bool> KeepConfigured(string id) => KeepSeconds(id, _settings.TimeoutMilliseconds); // expect: EXP105

    public Task<bool> KeepConfiguredSeconds(string id) => KeepSeconds(id, _settings.TtlSeconds);

    public bool KeepMinutes(string id) => Database.KeyExpire("user:" + id, TimeSpan.FromSeconds(_settings.LifetimeMinutes)); // expect: EXP105

    public bool KeepFor(string id) => Database.KeyExpire("user:" + id, _settings.Ttl);

    public bool KeepLater(string id) => Keep(id, DateTime.UtcNow.AddSeconds(_settings.TtlSeconds)); // expect: EXP102

    // Heirs of the base class elsewhere change nothing here: this class is sealed and inherits the method as it is.
    public bool RetainToday(string id) => Retain(id, DateTime.Today.AddDays(1)); // expect: EXP101
}

/// <summary>Its heir elsewhere may keep keys in another way.</summary>
public class OpenRepository(IDatabase database) : Repository<int>(database, TimeSpan.FromHours(1))
{
    protected override string Name => "open";

    public bool RetainToday(string id) => Retain(id, DateTime.Today.AddDays(1));
}

internal sealed class NewsRepository(IDatabase database) : Repository<Uri>(database, DateTime.Today.AddDays(1)) // expect: EXP101
{
    protected override string Name => "news";
}

internal sealed class UtcNewsRepository(IDatabase database) : Repository<Uri>(database, DateTime.UtcNow.Date.AddDays(1))
{
    protected override string Name => "utcnews";
}

// Not told: what an object keeps may be tested by another of its members before it is used.
internal sealed class EmptyRepository(IDatabase database) : Repository<Uri>(database, TimeSpan.Zero)
{
    protected override string Name => "empty";
}

public sealed class SessionCache
{
    private readonly IDatabase _db;
    private readonly TimeSpan _idle = TimeSpan.FromTicks(100);
    private readonly DateTime _launch;
    private readonly DateTime _closing = new(2031, 12, 31);

    public SessionCache(IDatabase db, DateTime? launch = null)
    {
        _db = db;
        _launch = launch ?? DateTime.UtcNow.Date;
    }

    public bool Idle(string id) => _db.KeyExpire("session:" + id, _idle); // expect: EXP401

    public bool Close(string id) => _db.KeyExpire("session:" + id, _closing); // expect: EXP101

    public bool CloseUtc(string id) => _db.KeyExpire("session:" + id, DateTime.SpecifyKind(_closing, DateTimeKind.Utc));

    public bool Launch(string id) => _db.KeyExpire("session:" + id, _launch.AddDays(1));
}

public static class DatabaseExtensions
{
    public static Task<bool> KeepUntilAsync(this IDatabase db, string key, DateTimeOffset until) => db.KeyExpireAsync(key, until.UtcDateTime);

    public static Task<bool> KeepUntilLocalAsync(this IDatabase db, string key, DateTime until) => db.KeyExpireAsync(key, DateTime.SpecifyKind(until, DateTimeKind.Utc));

    public static bool KeepFor(this IDatabase db, string key, TimeSpan? ttl)
    {
        if (ttl is null || ttl <= TimeSpan.Zero)
        {
            return false;
        }

        return db.KeyExpire(key, ttl);
    }

    public static bool KeepAtLeast(this IDatabase db, string key, TimeSpan ttl) => db.KeyExpire(key, ttl < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : ttl);

    public static bool SetFor(this IDatabase db, string key, string value, long milliseconds) =>
        db.StringSet(key, value, TimeSpan.FromMilliseconds(milliseconds));

    public static bool SetRaw(this IDatabase db, string key, string value, long ttl) => (string?)db.Execute("SET", key, value, "EX", ttl) == "OK";

    public static Task<RedisResult> ExpireAtRaw(this IDatabase db, string key, long at) => db.ExecuteAsync("EXPIREAT", key, at);

    public static bool Lifetime<TKey>(this IDatabase db, TKey key, Expiration lifetime) where TKey : notnull =>
        db.StringSet(key.ToString(), "1", lifetime);
}

public sealed class Uses(IDatabase db, CacheSettings settings)
{
    public Task<bool> Repaired(string key) => db.KeepUntilAsync(key, DateTime.Today.AddDays(1));

    public Task<bool> Labelled(string key) => db.KeepUntilLocalAsync(key, new DateTime(2031, 1, 1));

    public bool Validated(string key) => db.KeepFor(key, TimeSpan.Zero);

    public bool Raised(string key) => db.KeepAtLeast(key, TimeSpan.Zero);

    public bool SecondsForMilliseconds(string key) => db.SetFor(key, "1", settings.TtlSeconds); // expect: EXP105

    public bool Milliseconds(string key) => db.SetFor(key, "1", settings.TtlSeconds * 1000L);

    public bool RawMilliseconds(string key) => db.SetRaw(key, "1", settings.TimeoutMilliseconds); // expect: EXP105

    public bool RawUnix(string key, DateTimeOffset until) => db.SetRaw(key, "1", until.ToUnixTimeSeconds()); // expect: EXP106

    public bool RawSeconds(string key, TimeSpan ttl) => db.SetRaw(key, "1", (long)ttl.TotalSeconds);

    public Task<RedisResult> At(string key, DateTimeOffset until) => db.ExpireAtRaw(key, until.ToUnixTimeMilliseconds()); // expect: EXP105

    public Task<RedisResult> AtSeconds(string key, DateTimeOffset until) => db.ExpireAtRaw(key, until.ToUnixTimeSeconds());

    public bool Generic(Guid key) => db.Lifetime(key, DateTime.Today.AddDays(1)); // expect: EXP101

    public bool GenericSpan(Guid key) => db.Lifetime(key, TimeSpan.FromDays(1));

    public bool Blink(string key) => db.SetFor(key, "1", 20); // expect: EXP402

    public bool Long(string key) => db.SetFor(key, "1", 20_000);

    public bool Method(string key)
    {
        Func<string, DateTime, bool> keep = Keep;
        return keep(key, DateTime.UtcNow.Date);
    }

    private bool Keep(string key, DateTime until) => db.KeyExpire(key, until);
}
