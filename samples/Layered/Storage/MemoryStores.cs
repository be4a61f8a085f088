using System;
using System.Threading.Tasks;
using Layered.Contracts;
using Microsoft.Extensions.Caching.Memory;
using StackExchange.Redis;

namespace Layered.Storage;

public sealed class RedisPageCache(IDatabase db) : IPageCache
{
    public void Store(string page, string html, int seconds) => db.StringSet("page:" + page, html, TimeSpan.FromSeconds(seconds));

    public void StoreUntil(string page, string html, DateTimeOffset until) =>
        db.StringSet("page:" + page, html, until - DateTimeOffset.UtcNow);
}

/// <summary>The same for tests on a laptop.</summary>
public sealed class OtherRedisPageCache(IDatabase database) : IPageCache
{
    public void Store(string page, string html, int seconds)
    {
        TimeSpan lifetime = TimeSpan.FromSeconds(seconds);
        database.StringSet("page:" + page, html, lifetime);
    }

    public void StoreUntil(string page, string html, DateTimeOffset until) =>
        database.StringSet("page:" + page, html, until - DateTimeOffset.UtcNow);
}

public sealed class RedisSessionStore(IDatabase db) : ISessionStore
{
    public Task SaveAsync(string id, string data, TimeSpan idle) => db.StringSetAsync("session:" + id, data, idle);

    public Task RenewAsync(string id, TimeSpan idle) => db.KeyExpireAsync("session:" + id, idle);
}

/// <summary>Around another store: it only counts.</summary>
public sealed class CountingSessionStore(ISessionStore inner) : ISessionStore
{
    public int Saved { get; private set; }

    public Task SaveAsync(string id, string data, TimeSpan idle)
    {
        Saved++;
        return inner.SaveAsync(id, data, idle);
    }

    public Task RenewAsync(string id, TimeSpan idle) => inner.RenewAsync(id, idle);
}

public sealed class RedisAuditLog(IDatabase db) : IAuditLog
{
    public Task WriteAsync(string entry, TimeSpan keep) => db.StringSetAsync("audit:" + Guid.NewGuid(), entry, keep);
}

public sealed class NoAuditLog : IAuditLog
{
    public Task WriteAsync(string entry, TimeSpan keep) => Task.CompletedTask;
}

public sealed class EntryFactory
{
    public static MemoryCacheEntryOptions For(TimeSpan lifetime) => new() { AbsoluteExpirationRelativeToNow = lifetime };

    public static MemoryCacheEntryOptions Until(DateTime until) => new() { AbsoluteExpiration = until };
}

public sealed class MachineClock : IClock
{
    public DateTime Now => DateTime.Now;

    public DateTime UtcNow => DateTime.UtcNow;

    public DateTime EndOfDay() => DateTime.Today.AddDays(1);
}
