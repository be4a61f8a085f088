using System;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Exp102.MultiLine;

public class Notifications
{
    private readonly IDatabase _db;

    public Notifications(IDatabase db)
    {
        _db = db;
    }

    // Bug: the argument has its own line.
    public async Task SnoozeAsync(long user, int minutes)
    {
        await _db.KeyExpireAsync(
            $"notification:{user}",
            DateTime.UtcNow.AddMinutes(minutes), // expect: EXP102
            CommandFlags.FireAndForget);
    }

    // Fine: the span has its own line.
    public async Task SnoozeRelativeAsync(long user, int minutes)
    {
        await _db.KeyExpireAsync(
            $"notification:{user}",
            TimeSpan.FromMinutes(minutes),
            CommandFlags.FireAndForget);
    }

    // Bug: a value and its deadline, one argument per line.
    public Task<bool> StoreAsync(long user, string text) =>
        _db.StringSetAsync(
            key: $"notification:{user}",
            value: text,
            expiry: DateTime.Now.AddDays(7)); // expect: EXP101, EXP102

    // Fine: a value and its span, one argument per line.
    public Task<bool> StoreRelativeAsync(long user, string text) =>
        _db.StringSetAsync(
            key: $"notification:{user}",
            value: text,
            expiry: TimeSpan.FromDays(7));

    // Bug: an initialiser of several lines.
    public DistributedCacheEntryOptions Options()
    {
        return new()
        {
            SlidingExpiration = TimeSpan.FromMinutes(5),
            AbsoluteExpiration = DateTimeOffset.UtcNow.AddHours(1), // expect: EXP102
        };
    }

    // Fine: an initialiser of several lines, relative.
    public DistributedCacheEntryOptions RelativeOptions()
    {
        return new()
        {
            SlidingExpiration = TimeSpan.FromMinutes(5),
            AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1),
        };
    }
}
