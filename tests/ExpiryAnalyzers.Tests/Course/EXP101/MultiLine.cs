using System;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Exp101.MultiLine;

public sealed class ReportQueue
{
    private readonly IDatabase _db;

    public ReportQueue(IDatabase db)
    {
        _db = db;
    }

    // Bug: the argument has its own line.
    public Task<bool> ScheduleAsync(string report)
    {
        return _db.KeyExpireAsync(
            $"report:{report}",
            DateTime.Today.AddDays(7), // expect: EXP101
            ExpireWhen.Always,
            CommandFlags.FireAndForget);
    }

    // Fine: the same in UTC.
    public Task<bool> ScheduleUtcAsync(string report)
    {
        return _db.KeyExpireAsync(
            $"report:{report}",
            DateTime.UtcNow.Date.AddDays(7),
            ExpireWhen.Always,
            CommandFlags.FireAndForget);
    }

    // Bug: the wrong branch has its own line.
    public bool Schedule(string report, bool weekly, DateTime next)
    {
        return _db.KeyExpire(
            "report:" + report,
            weekly
                ? next
                : new DateTime(2031, 1, 1)); // expect: EXP101
    }

    // Fine: both branches unknown or Utc.
    public bool ScheduleUtc(string report, bool weekly, DateTime next)
    {
        return _db.KeyExpire(
            "report:" + report,
            weekly
                ? next
                : new DateTime(2031, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    // Bug: a call chain that starts on a line of its own.
    public bool Retain(string report, DateTimeOffset created) =>
        _db.KeyExpire(
            key: "report:" + report,
            expiry: created.AddMonths(3).DateTime); // expect: EXP101

    // Bug: an initialiser among others.
    public DistributedCacheEntryOptions Options()
    {
        return new DistributedCacheEntryOptions
        {
            SlidingExpiration = TimeSpan.FromHours(1),
            AbsoluteExpiration =
                new DateTime(2031, 1, 1), // expect: EXP101
        };
    }

    // Fine: an initialiser among others, with a kind.
    public DistributedCacheEntryOptions OptionsUtc()
    {
        return new DistributedCacheEntryOptions
        {
            SlidingExpiration = TimeSpan.FromHours(1),
            AbsoluteExpiration =
                new DateTime(2031, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        };
    }
}
