using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp102.Windows;

/// <summary>Deadlines of the calendar: all clients must agree on the moment, so an instant is what is meant.</summary>
public sealed class RateLimitWindows(IDatabase db, TimeProvider clock)
{
    // Fine: end of the UTC day.
    public bool EndOfDay(string key) => db.KeyExpire(key, DateTime.UtcNow.Date.AddDays(1));

    // Fine: the truncation comes last.
    public bool StartOfTomorrow(string key) => db.KeyExpire(key, DateTime.UtcNow.AddDays(1).Date);

    // Fine: the truncation in the middle.
    public bool TenPastMidnight(string key) => db.KeyExpire(key, DateTime.UtcNow.AddDays(1).Date.AddMinutes(10));

    // Bug: looks the same, truncates nothing.
    public bool ADayAndTenMinutes(string key) => db.KeyExpire(key, DateTime.UtcNow.AddDays(1).AddMinutes(10)); // expect: EXP102

    // Fine: the hour's end by a constructor.
    public bool EndOfHour(string key)
    {
        DateTime now = DateTime.UtcNow;
        var hour = new DateTime(now.Year, now.Month, now.Day, now.Hour, 0, 0, DateTimeKind.Utc);
        return db.KeyExpire(key, hour.AddHours(1));
    }

    // Bug: an hour from now.
    public bool AnHour(string key)
    {
        DateTime now = DateTime.UtcNow;
        return db.KeyExpire(key, now.AddHours(1)); // expect: EXP102
    }

    // Fine: the window's end by truncation of ticks.
    public bool EndOfWindow(string key, TimeSpan window)
    {
        DateTime now = DateTime.UtcNow;
        return db.KeyExpire(key, now.AddTicks(-(now.Ticks % window.Ticks)).Add(window));
    }

    // Fine: the window's end by integer division of Unix time.
    public bool EndOfMinute(string key)
    {
        long minute = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        return db.KeyExpire(key, DateTimeOffset.FromUnixTimeSeconds((minute + 1) * 60).UtcDateTime);
    }

    // Bug: the window from now, by the time provider.
    public Task<bool> FromNow(string key, TimeSpan window) => db.KeyExpireAsync(key, clock.GetUtcNow().Add(window).UtcDateTime); // expect: EXP102

    // Fine: the window itself.
    public Task<bool> Relative(string key, TimeSpan window) => db.KeyExpireAsync(key, window, ExpireWhen.HasNoExpiry);

    // Fine: the reset moment of the limiter's answer.
    public Task<bool> AtReset(string key, DateTimeOffset? reset) => reset is null
        ? Task.FromResult(false)
        : db.KeyExpireAsync(key, reset.Value.UtcDateTime, ExpireWhen.HasNoExpiry);

    // Fine: next month's first.
    public Task<bool> EndOfMonth(string key)
    {
        DateTime today = clock.GetUtcNow().UtcDateTime.Date;
        return db.KeyExpireAsync(key, today.AddDays(1 - today.Day).AddMonths(1));
    }

    // Fine: a calendar's quarter.
    public Task<bool> EndOfQuarter(string key)
    {
        var now = DateTimeOffset.UtcNow;
        var quarter = new DateTimeOffset(now.Year, (now.Month - 1) / 3 * 3 + 1, 1, 0, 0, 0, TimeSpan.Zero);
        return db.KeyExpireAsync(key, quarter.AddMonths(3).UtcDateTime);
    }

    // Fine: already relative, what remains of the day.
    public bool RestOfDay(string key)
    {
        DateTime now = DateTime.UtcNow;
        return db.KeyExpire(key, now.Date.AddDays(1) - now);
    }

    // Bug: a block of a minute that starts now, converted through an offset.
    public bool Block(string key) => db.KeyExpire(key, DateTimeOffset.Now.AddSeconds(60).UtcDateTime); // expect: EXP102

    // Fine: DateOnly truncates as well.
    public bool ThroughToday(string key) => db.KeyExpire(key, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
}
