using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Exp101.DeepWrappers;

/// <summary>A wrapper as every application has one: its parameters go to the client unchanged.</summary>
public sealed class RedisCacheService(IConnectionMultiplexer mux, IDistributedCache cache)
{
    private IDatabase Db => mux.GetDatabase();

    // Fine: the kind is decided by callers.
    public bool ExpireAt(string key, DateTime when) => Db.KeyExpire(key, when);

    // Fine: the same, in a retry lambda.
    public Task<bool> ExpireAtAsync(string key, DateTime? expiry, CommandFlags flags = CommandFlags.None)
        => RetryAsync(() => Db.KeyExpireAsync(key, expiry, flags));

    // Fine: a value and its deadline.
    public async Task SetUntilAsync(string key, string value, DateTime expiresAt, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Db.StringSetAsync(key, value, expiresAt).ConfigureAwait(false);
    }

    // Fine: this one repairs what it is handed.
    public bool ExpireAtAnyKind(string key, DateTime when) => Db.KeyExpire(key, when.ToUniversalTime());

    // Fine: this one repairs the value on the path.
    public bool ExpireAtRepaired(string key, DateTime when)
    {
        if (when.Kind == DateTimeKind.Unspecified)
        {
            when = DateTime.SpecifyKind(when, DateTimeKind.Utc);
        }

        return Db.KeyExpire(key, when);
    }

    // Fine: an offset parameter.
    public void SaveUntil(string key, byte[] value, DateTimeOffset until) => cache.Set(key, value, new DistributedCacheEntryOptions { AbsoluteExpiration = until });

    // Fine: an offset parameter, converted.
    public bool ExpireAtOffset(string key, DateTimeOffset when) => Db.KeyExpire(key, when.UtcDateTime);

    private static async Task<T> RetryAsync<T>(Func<Task<T>> action)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await action();
            }
            catch (RedisTimeoutException) when (attempt < 3)
            {
                await Task.Delay(50 << attempt);
            }
        }
    }
}

public sealed class InvoiceLinks(RedisCacheService redis)
{
    // Bug: local midnight through the wrapper.
    public bool Tonight(string link) => redis.ExpireAt(link, DateTime.Today.AddDays(1)); // expect: EXP101

    // Fine: UTC midnight through the wrapper.
    public bool TonightUtc(string link) => redis.ExpireAt(link, DateTime.UtcNow.Date.AddDays(1));

    // Bug: Local, and a TTL at that, through the wrapper.
    public bool ForAnHour(string link) => redis.ExpireAt(link, DateTime.Now.AddHours(1)); // expect: EXP101, EXP102

    // Bug: parts without a kind, through the retrying wrapper.
    public Task<bool> QuarterAsync(string link, int year) => redis.ExpireAtAsync(link, new DateTime(year, 4, 1)); // expect: EXP101

    // Fine: with a kind; and null.
    public async Task<bool> QuarterUtcAsync(string link, int year)
        => await redis.ExpireAtAsync(link, new DateTime(year, 4, 1, 0, 0, 0, DateTimeKind.Utc)) && await redis.ExpireAtAsync(link + ":pin", null);

    // Bug: the offset's clock part, named arguments.
    public Task StoreAsync(string link, string target, DateTimeOffset until)
        => redis.SetUntilAsync(value: target, key: link, expiresAt: until.DateTime); // expect: EXP101

    // Fine: the UTC half.
    public Task StoreUtcAsync(string link, string target, DateTimeOffset until)
        => redis.SetUntilAsync(value: target, key: link, expiresAt: until.UtcDateTime);

    // Fine: the wrapper converts.
    public bool TonightAnyKind(string link) => redis.ExpireAtAnyKind(link, DateTime.Today.AddDays(1));

    // Fine: the wrapper labels what has no kind.
    public bool QuarterRepaired(string link, int year) => redis.ExpireAtRepaired(link, new DateTime(year, 4, 1));

    // Bug: parsed text through the wrapper.
    public bool FromForm(string link, string field)
    {
        var when = DateTime.Parse(field, CultureInfo.CurrentCulture);
        return redis.ExpireAt(link, when); // expect: EXP101
    }

    // Bug: Unspecified converts to the wrapper's offset parameter as local time.
    public void SaveQuarter(string link, byte[] pdf, int year) => redis.SaveUntil(link, pdf, new DateTime(year, 4, 1)); // expect: EXP101

    // Fine: Local converts to the right instant.
    public void SaveToday(string link, byte[] pdf) => redis.SaveUntil(link, pdf, DateTime.Today.AddDays(1));

    // Fine: Local converts to the right instant here, too.
    public bool OffsetToday(string link) => redis.ExpireAtOffset(link, DateTime.Today.AddDays(1));

    // Fine: unknown.
    public bool FromColumn(string link, DateTime column) => redis.ExpireAt(link, column);
}

public static class DatabaseExtensions
{
    // Fine: an extension that forwards.
    public static Task<bool> ExpireOnAsync(this IDatabase db, RedisKey key, DateTime on) => db.KeyExpireAsync(key, on);
}

public sealed class Invitations(IDatabase db)
{
    // Bug: an extension method is a wrapper, too.
    public Task<bool> CloseAsync(string id) => db.ExpireOnAsync($"invitation:{id}", DateTime.Now.Date.AddDays(3)); // expect: EXP101

    // Fine: Utc.
    public Task<bool> CloseUtcAsync(string id) => db.ExpireOnAsync($"invitation:{id}", DateTime.UtcNow.Date.AddDays(3));

    // Bug: a private wrapper in the same class, and a local function around it.
    public async Task CloseAllAsync(string[] ids, int year)
    {
        foreach (string id in ids)
        {
            await CloseOne(id);
        }

        Task CloseOne(string id) => ExpireAsync(id, new DateTime(year, 1, 1)); // expect: EXP101
    }

    // Fine: its twin.
    public async Task CloseAllUtcAsync(string[] ids, int year)
    {
        foreach (string id in ids)
        {
            await ExpireAsync(id, new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }
    }

    private Task ExpireAsync(string id, DateTime when) => db.KeyExpireAsync($"invitation:{id}", when);
}
