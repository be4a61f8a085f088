using System;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Remaining;

public sealed record Coupon(string Code, DateTime ExpiresAt, DateTime ExpiresAtUtc, DateTimeOffset ValidUntil);

/// <summary>The time that is left until a deadline.</summary>
public sealed class RemainingTime(IDatabase db, TimeProvider clock)
{
    private static readonly DateTime Launch = new(2027, 1, 1);
    private static readonly DateTime LaunchUtc = new(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public Task<bool> Constants(string key, bool flag) => db.KeyExpireAsync(key, flag
        ? new DateTime(2027, 1, 1) - DateTime.UtcNow // expect: EXP103
        : new DateTime(2027, 1, 1) - DateTime.Now);

    public void Fields(string key)
    {
        db.KeyExpire(key, Launch - DateTime.UtcNow); // expect: EXP103
        db.KeyExpire(key, LaunchUtc - DateTime.UtcNow);
        db.KeyExpire(key, LaunchUtc - DateTime.Now); // expect: EXP103
        db.KeyExpire(key, LaunchUtc.Subtract(DateTime.Now)); // expect: EXP103
        db.KeyExpire(key, Launch - DateTime.Now);
    }

    public void Named(string key, Coupon coupon, DateTime deadline, DateTime deadlineUtc)
    {
        db.KeyExpire(key, deadlineUtc - DateTime.Now); // expect: EXP103
        db.KeyExpire(key, deadlineUtc - DateTime.UtcNow);
        db.KeyExpire(key, coupon.ExpiresAtUtc - DateTime.Now); // expect: EXP103
        db.KeyExpire(key, coupon.ExpiresAtUtc - DateTime.UtcNow);
        db.KeyExpire(key, coupon.ExpiresAt - DateTime.Now);
        db.KeyExpire(key, coupon.ExpiresAt - DateTime.UtcNow);
        db.KeyExpire(key, deadline - DateTime.UtcNow);
        db.KeyExpire(key, deadline.ToUniversalTime() - DateTime.Now); // expect: EXP103
        db.KeyExpire(key, deadline.ToUniversalTime() - DateTime.UtcNow);
    }

    public void Offsets(string key, Coupon coupon, DateTimeOffset until)
    {
        db.KeyExpire(key, coupon.ValidUntil - DateTimeOffset.Now);
        db.KeyExpire(key, coupon.ValidUntil - DateTimeOffset.UtcNow);
        db.KeyExpire(key, coupon.ValidUntil - DateTime.Now);
        db.KeyExpire(key, coupon.ValidUntil - clock.GetUtcNow());
        db.KeyExpire(key, DateTime.UtcNow.AddHours(1) - DateTimeOffset.Now);
        db.KeyExpire(key, new DateTime(2027, 1, 1) - DateTimeOffset.UtcNow); // expect: EXP103
        db.KeyExpire(key, until.UtcDateTime - DateTime.UtcNow);
        db.KeyExpire(key, until.UtcDateTime - DateTime.Now); // expect: EXP103
        db.KeyExpire(key, until.LocalDateTime - DateTime.Now);
        db.KeyExpire(key, until.LocalDateTime - DateTime.UtcNow); // expect: EXP103
        db.KeyExpire(key, until.DateTime - DateTime.UtcNow); // expect: EXP103
        db.KeyExpire(key, clock.GetUtcNow().AddHours(1).DateTime - DateTime.UtcNow);
        db.KeyExpire(key, clock.GetUtcNow().AddHours(1).DateTime - DateTime.Now); // expect: EXP103
    }

    public void Certificates(string key, X509Certificate2 certificate)
    {
        db.KeyExpire(key, certificate.NotAfter - DateTime.UtcNow); // expect: EXP103
        db.KeyExpire(key, certificate.NotAfter - DateTime.Now);
        db.KeyExpire(key, certificate.NotAfter.ToUniversalTime() - DateTime.UtcNow);
        db.KeyExpire(key, certificate.NotAfter.AddDays(-1) - DateTime.UtcNow); // expect: EXP103
    }

    public void Calendar(string key)
    {
        var now = DateTime.UtcNow;
        db.KeyExpire(key, DateTime.Today.AddDays(1) - DateTime.Now);
        db.KeyExpire(key, DateTime.Today.AddDays(1) - DateTime.UtcNow); // expect: EXP103
        db.KeyExpire(key, DateTime.UtcNow.Date.AddDays(1) - DateTime.UtcNow);
        db.KeyExpire(key, DateTime.UtcNow.Date.AddDays(1) - DateTime.Now); // expect: EXP103
        db.KeyExpire(key, new DateTime(now.Year, now.Month, 1).AddMonths(1) - now);
        db.KeyExpire(key, new DateTime(now.Year, now.Month, now.Day, 23, 59, 59) - DateTime.UtcNow);
        db.KeyExpire(key, new DateTime(DateTime.Now.Year, 12, 31) - now); // expect: EXP103
        db.KeyExpire(key, new DateTime(now.Year, now.Month, DateTime.DaysInMonth(now.Year, now.Month)) - now);
        db.KeyExpire(key, DateOnly.FromDateTime(now).AddDays(1).ToDateTime(TimeOnly.MinValue) - now);
        int year = now.Year + 1;
        db.KeyExpire(key, new DateTime(year, 1, 1) - now);
    }

    public void Texts(string key, string text)
    {
        db.KeyExpire(key, DateTime.Parse(text, CultureInfo.InvariantCulture) - DateTime.UtcNow); // expect: EXP103
        db.KeyExpire(key, DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal) - DateTime.UtcNow);
        db.KeyExpire(key, DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) - DateTime.UtcNow);
        db.KeyExpire(key, DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) - DateTime.UtcNow); // expect: EXP103
        db.KeyExpire(key, DateTime.ParseExact(text, "r", CultureInfo.InvariantCulture) - DateTime.UtcNow);
        db.KeyExpire(key, DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) - DateTime.UtcNow);
    }

    public void ThroughLocals(string key, string value, DateTime deadline)
    {
        var now = DateTime.Now;
        var remaining = deadline.ToUniversalTime() - now;
        db.StringSet(key, value, remaining); // expect: EXP103
        if (remaining > TimeSpan.Zero)
        {
            db.KeyExpire(key, remaining + TimeSpan.FromMinutes(5)); // expect: EXP103
        }

        db.Execute("EXPIRE", key, (int)remaining.TotalSeconds); // expect: EXP103
        db.KeyExpire(key, TimeSpan.FromSeconds(Math.Max(1, remaining.TotalSeconds))); // expect: EXP103
        db.KeyExpire(key, new TimeSpan(deadline.ToUniversalTime().Ticks - DateTime.Now.Ticks)); // expect: EXP103
    }

    public void KindsTested(string key, DateTime deadline)
    {
        if (deadline.Kind == DateTimeKind.Utc)
        {
            db.KeyExpire(key, deadline - DateTime.Now); // expect: EXP103
            db.KeyExpire(key, deadline - DateTime.UtcNow);
        }

        var utc = deadline.Kind == DateTimeKind.Utc ? deadline : deadline.ToUniversalTime();
        db.KeyExpire(key, utc - DateTime.UtcNow);
        db.KeyExpire(key, DateTime.SpecifyKind(deadline, DateTimeKind.Utc) - DateTime.UtcNow);
        db.KeyExpire(key, DateTime.SpecifyKind(deadline, DateTimeKind.Utc) - DateTime.Now); // expect: EXP103
    }

    public void Helpers(string key, DateTime deadline)
    {
        db.KeyExpire(key, Left(deadline.ToUniversalTime()));
        db.KeyExpire(key, LeftOfLaunch()); // expect: EXP103
        db.KeyExpire(key, LaunchUtc - Now()); // expect: EXP103
    }

    private static TimeSpan Left(DateTime until) => until - DateTime.UtcNow;

    private static TimeSpan LeftOfLaunch() => LaunchUtc - DateTime.Now;

    private static DateTime Now() => DateTime.Now;

    public void Options(DistributedCacheEntryOptions options, Coupon coupon)
    {
        options.AbsoluteExpirationRelativeToNow = coupon.ExpiresAtUtc - DateTime.Now; // expect: EXP103
        options.SlidingExpiration = TimeSpan.FromMinutes(2);
    }
}
