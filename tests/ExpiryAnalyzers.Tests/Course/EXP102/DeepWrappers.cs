using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Exp102.DeepWrappers;

public sealed class CacheClient
{
    private readonly IDatabase _database;
    private readonly IDistributedCache _cache;

    public CacheClient(IDatabase database, IDistributedCache cache)
    {
        _database = database;
        _cache = cache;
    }

    // Fine: the caller's moment goes on unchanged.
    public Task<bool> ExpireAtAsync(string key, DateTime at) => _database.KeyExpireAsync(key, at);

    // Fine: the caller's span goes on unchanged.
    public Task<bool> ExpireInAsync(string key, TimeSpan ttl) => _database.KeyExpireAsync(key, ttl);

    // Fine: a value and the caller's moment.
    public bool Store(string key, string value, DateTime expiresAt)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return _database.StringSet(key, value, expiresAt);
    }

    // Fine: the caller's moment, or a default.
    public bool StoreOr(string key, string value, DateTime? expiresAt) => _database.StringSet(key, value, expiresAt ?? DateTime.UtcNow.AddMinutes(5));

    // Fine: the caller's moment as an option.
    public Task SaveAsync(string key, string value, DateTimeOffset expiresAt, CancellationToken token = default)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        return _cache.SetAsync(key, bytes, new DistributedCacheEntryOptions { AbsoluteExpiration = expiresAt }, token);
    }

    // Fine: the wrapper takes what is left of the caller's moment.
    public bool ExpireRemaining(string key, DateTime at) => _database.KeyExpire(key, at - DateTime.UtcNow);

    // Fine: the wrapper rounds the caller's moment up to the hour.
    public bool ExpireRounded(string key, DateTime at) => _database.KeyExpire(key, at.Date.AddHours(at.Hour + 1));
}

public sealed class FeedService(CacheClient client)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(3);

    // Bug: the clock plus a span through the wrapper.
    public Task<bool> Touch(string feed) => client.ExpireAtAsync(feed, DateTime.UtcNow.AddMinutes(3)); // expect: EXP102

    // Fine: the relative wrapper.
    public Task<bool> TouchRelative(string feed) => client.ExpireInAsync(feed, Fresh);

    // Bug: Local on top.
    public Task<bool> TouchLocal(string feed) => client.ExpireAtAsync(feed, DateTime.Now + Fresh); // expect: EXP101, EXP102

    // Bug: a value and the clock plus a span.
    public bool Store(string feed, string xml) => client.Store(feed, xml, expiresAt: DateTime.UtcNow.Add(Fresh)); // expect: EXP102

    // Fine: the calendar through the wrapper.
    public bool StoreToday(string feed, string xml) => client.Store(feed, xml, expiresAt: DateTime.UtcNow.Date.AddDays(1));

    // Bug: through a local used for nothing else.
    public bool StoreThroughLocal(string feed, string xml)
    {
        DateTime until = DateTime.UtcNow.Add(Fresh);
        return client.Store(feed, xml, until); // expect: EXP102
    }

    // Fine: through a local that is told to the caller.
    public DateTime StoreAndTell(string feed, string xml)
    {
        DateTime until = DateTime.UtcNow.Add(Fresh);
        client.Store(feed, xml, until);
        return until;
    }

    // Fine: a wrapper with a mixture inside hands nothing on unchanged.
    public bool StoreOr(string feed, string xml) => client.StoreOr(feed, xml, DateTime.UtcNow.AddMinutes(3));

    // Bug: the wrapper of the distributed cache.
    public Task Save(string feed, string xml) => client.SaveAsync(feed, xml, DateTimeOffset.UtcNow.AddMinutes(3)); // expect: EXP102

    // Bug: the same from a DateTime; Local converts well, so only this rule.
    public Task SaveLocal(string feed, string xml) => client.SaveAsync(feed, xml, DateTime.Now.AddMinutes(3)); // expect: EXP102

    // Fine: a foreign moment.
    public Task SaveUntil(string feed, string xml, DateTimeOffset nextUpdate) => client.SaveAsync(feed, xml, nextUpdate);

    // Fine: the wrapper turns it into a span again.
    public bool TouchRemaining(string feed) => client.ExpireRemaining(feed, DateTime.UtcNow.AddMinutes(3));

    // Fine: the wrapper rounds it.
    public bool TouchRounded(string feed) => client.ExpireRounded(feed, DateTime.UtcNow.AddHours(1));

    // Fine: two keys share one deadline through the wrapper.
    public async Task TouchBoth(string feed)
    {
        DateTime until = DateTime.UtcNow.Add(Fresh);
        await client.ExpireAtAsync(feed + ":items", until);
        await client.ExpireAtAsync(feed + ":head", until);
    }
}

public static class DatabaseExtensions
{
    // Fine: an extension that forwards.
    public static bool ExpireOn(this IDatabase db, string key, DateTime on, CommandFlags flags = CommandFlags.None) => db.KeyExpire(key, on, flags);
}

public sealed class Polls(IDatabase db)
{
    // Bug: an extension method is a wrapper, too.
    public bool Open(string poll) => db.ExpireOn(poll, DateTime.UtcNow.AddDays(2)); // expect: EXP102

    // Fine: the calendar through the extension.
    public bool OpenMonth(string poll) => db.ExpireOn(poll, DateTime.UtcNow.AddMonths(2));

    // Bug: called as a static method.
    public bool OpenStatic(string poll) => DatabaseExtensions.ExpireOn(db, poll, DateTime.UtcNow.AddDays(2), CommandFlags.FireAndForget); // expect: EXP102
}
