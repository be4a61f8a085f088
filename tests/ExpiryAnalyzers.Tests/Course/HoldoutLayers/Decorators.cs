using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutLayers.Decorators;

internal interface IKeyStore
{
    Task<bool> PutUntilAsync(string key, string value, DateTime until);

    Task<bool> PutForAsync(string key, string value, TimeSpan ttl) => PutUntilAsync(key, value, DateTime.UtcNow.Add(ttl));
}

/// <summary>Two implementations: which one runs is not known.</summary>
internal sealed class RedisKeyStore(IDatabase db) : IKeyStore
{
    public Task<bool> PutUntilAsync(string key, string value, DateTime until) => db.StringSetAsync(key, value, until);
}

internal sealed class UtcKeyStore(IKeyStore inner) : IKeyStore
{
    public Task<bool> PutUntilAsync(string key, string value, DateTime until) => inner.PutUntilAsync(key, value, until.ToUniversalTime());
}

internal sealed class Callers(IKeyStore store, RedisKeyStore redis, UtcKeyStore utc)
{
    public Task<bool> Unknown(string key) => store.PutUntilAsync(key, "1", DateTime.Today.AddDays(1));

    public Task<bool> Known(string key) => redis.PutUntilAsync(key, "1", DateTime.Today.AddDays(1)); // expect: EXP101

    public Task<bool> Repaired(string key) => utc.PutUntilAsync(key, "1", DateTime.Today.AddDays(1));
}

internal interface IFlags
{
    void Raise(string flag, TimeSpan life);

    void RaiseUntil(string flag, DateTime until);
}

/// <summary>Implemented explicitly, by the one class there is.</summary>
internal sealed class Flags : IFlags
{
    private static readonly Lazy<ConnectionMultiplexer> Connection = new(() => ConnectionMultiplexer.Connect("localhost"));

    public static IFlags Instance { get; } = new Flags();

    private static IDatabase Db => Connection.Value.GetDatabase();

    void IFlags.Raise(string flag, TimeSpan life) => Db.StringSet(flag, 1, life);

    void IFlags.RaiseUntil(string flag, DateTime until)
    {
        DateTime utc = until.Kind switch
        {
            DateTimeKind.Utc => until,
            DateTimeKind.Local => until.ToUniversalTime(),
            _ => DateTime.SpecifyKind(until, DateTimeKind.Utc),
        };
        Db.KeyExpire(flag, utc);
    }
}

internal static class FlagUses
{
    private static readonly IFlags All = Flags.Instance;

    public static void Nothing() => All.Raise("nothing", TimeSpan.Zero); // expect: EXP401

    public static void Ticks() => Flags.Instance.Raise("ticks", new TimeSpan(500)); // expect: EXP401

    public static void Minute() => All.Raise("minute", new TimeSpan(0, 1, 0));

    public static void Repaired() => All.RaiseUntil("repaired", DateTime.Today.AddDays(1));
}

internal abstract class Template
{
    public async Task<bool> Run(IDatabase db, string key)
    {
        await db.HashSetAsync(key, [new HashEntry("state", "run")]);
        return await Finish(db, key); // expect: EXP302
    }

    protected abstract Task<bool> Finish(IDatabase db, string key);
}

internal sealed class OneTemplate : Template
{
    protected override Task<bool> Finish(IDatabase db, string key) => db.KeyExpireAsync(key, TimeSpan.FromHours(1));
}

/// <summary>Values checked on the way.</summary>
internal sealed class Guarded(IDatabase db)
{
    public bool For(string key, int seconds)
    {
        if (seconds <= 0)
        {
            seconds = 60;
        }

        return db.KeyExpire(key, TimeSpan.FromSeconds(seconds));
    }

    public bool Until(string key, DateTime until)
    {
        if (until.Kind == DateTimeKind.Unspecified)
        {
            throw new ArgumentException("Say which time.", nameof(until));
        }

        return db.KeyExpire(key, until.ToUniversalTime());
    }

    public bool Clamped(string key, TimeSpan ttl) => db.KeyExpire(key, TimeSpan.FromTicks(Math.Max(ttl.Ticks, TimeSpan.TicksPerSecond)));

    public bool OnlyUtc(string key, DateTime until) => until.Kind == DateTimeKind.Utc && db.KeyExpire(key, until);

    public bool Default(string key, TimeSpan ttl = default) => db.KeyExpire(key, ttl == default ? TimeSpan.FromMinutes(5) : ttl);

    public void Use(string key)
    {
        For(key, 0);
        Until(key, DateTime.Today);
        Clamped(key, TimeSpan.Zero);
        OnlyUtc(key, DateTime.Now);
        Default(key);
        Default(key, TimeSpan.Zero);
    }
}
