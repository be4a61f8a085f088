using System;
using System.Globalization;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutLayers.Deadlines;

public static class Clock
{
    public static DateTime NextMidnight() => DateTime.Today.AddDays(1);

    public static DateTime NextUtcMidnight() => DateTime.UtcNow.Date.AddDays(1);

    public static DateTime EndOfMonth
    {
        get
        {
            DateTime now = DateTime.UtcNow;
            return new DateTime(now.Year, now.Month, DateTime.DaysInMonth(now.Year, now.Month), 23, 59, 59);
        }
    }

    public static DateTime EndOfUtcMonth
    {
        get
        {
            DateTime now = DateTime.UtcNow;
            return new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1);
        }
    }

    public static DateTime ExpiresIn(TimeSpan span) => DateTime.UtcNow.Add(span);

    public static DateTime ExpiresInMinutes(int minutes)
    {
        if (minutes <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(minutes));
        }

        return DateTime.Now.AddMinutes(minutes);
    }

    public static DateTime FromText(string text) => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static DateTime FromUnix(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).DateTime;

    public static DateTime AsUtc(this DateTime time) => time.Kind == DateTimeKind.Utc ? time : time.ToUniversalTime();

    public static long UnixNow() => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public static TimeSpan UntilMidnight() => DateTime.Today.AddDays(1) - DateTime.UtcNow;

    public static TimeSpan UntilUtcMidnight() => DateTime.UtcNow.Date.AddDays(1) - DateTime.UtcNow;

    public static TimeSpan FromMs(double ms) => TimeSpan.FromSeconds(ms);

    public static async Task<DateTime> LaterAsync()
    {
        await Task.Yield();
        return DateTime.Now.Date.AddHours(30);
    }

    public static (DateTime From, DateTime To) Today() => (DateTime.Today, DateTime.Today.AddDays(1));
}

public readonly record struct Period(DateTime Start, TimeSpan Length)
{
    public DateTime End => Start + Length;
}

public sealed partial class Leaderboard(IDatabase db)
{
    private DateTime WeekEnd => DateTime.Today.AddDays(7 - (int)DateTime.Today.DayOfWeek);

    private DateTime UtcWeekEnd { get { DateTime today = DateTime.UtcNow.Date; return today.AddDays(7 - (int)today.DayOfWeek); } }

    public bool Day(string board) => db.KeyExpire(board, Clock.NextMidnight()); // expect: EXP101

    public bool UtcDay(string board) => db.KeyExpire(board, Clock.NextUtcMidnight());

    public bool Month(string board) => db.KeyExpire(board, Clock.EndOfMonth); // expect: EXP101

    public bool UtcMonth(string board) => db.KeyExpire(board, Clock.EndOfUtcMonth);

    public bool Span(string board, TimeSpan span) => db.KeyExpire(board, Clock.ExpiresIn(span)); // expect: EXP102

    public Task<bool> Minutes(string board) => db.KeyExpireAsync(board, Clock.ExpiresInMinutes(30)); // expect: EXP101, EXP102

    public Task<bool> MinutesUtc(string board) => db.KeyExpireAsync(board, TimeSpan.FromMinutes(30));

    public bool Text(string board, string text) => db.KeyExpire(board, Clock.FromText(text)); // expect: EXP101

    public bool TextAsUtc(string board, string text) => db.KeyExpire(board, Clock.FromText(text).AsUtc());

    public bool Unix(string board, long seconds) => db.KeyExpire(board, Clock.FromUnix(seconds)); // expect: EXP101

    public bool UnixUtc(string board, long seconds) => db.KeyExpire(board, DateTime.SpecifyKind(Clock.FromUnix(seconds), DateTimeKind.Utc));

    public bool Remaining(string board) => db.KeyExpire(board, Clock.UntilMidnight()); // expect: EXP103

    public bool RemainingUtc(string board) => db.KeyExpire(board, Clock.UntilUtcMidnight());

    public bool UnixAsSpan(string board) => db.KeyExpire(board, TimeSpan.FromSeconds(Clock.UnixNow() + 3600)); // expect: EXP106

    public Task<RedisResult> UnixRaw(string board) => db.ExecuteAsync("EXPIREAT", board, Clock.UnixNow() + 3600); // expect: EXP102

    public Task<RedisResult> UnixRawMs(string board) => db.ExecuteAsync("PEXPIREAT", board, Clock.UnixNow()); // expect: EXP105

    public Task<bool> Week(string board) => db.KeyExpireAsync(board, WeekEnd); // expect: EXP101

    public Task<bool> UtcWeek(string board) => db.KeyExpireAsync(board, UtcWeekEnd);

    public async Task<bool> Later(string board) => await db.KeyExpireAsync(board, await Clock.LaterAsync()); // expect: EXP101

    public bool Tuple(string board)
    {
        (_, DateTime to) = Clock.Today();
        return db.KeyExpire(board, to); // expect: EXP101
    }

    public bool RecordEnd(string board)
    {
        Period period = new(DateTime.Today, TimeSpan.FromDays(1));
        // Not told: what a property makes of what its object was made with is not followed.
        return db.KeyExpire(board, period.End);
    }

    public bool UtcRecordEnd(string board)
    {
        Period period = new(DateTime.UtcNow.Date, TimeSpan.FromDays(1));
        return db.KeyExpire(board, period.End);
    }

    // What the period starts with is not known.
    public bool UnknownRecordEnd(string board, Period period) => db.KeyExpire(board, period.End);

    public bool Local(string board, bool weekly)
    {
        return db.KeyExpire(board, Until()); // expect: EXP101

        DateTime Until()
        {
            if (weekly)
            {
                return UtcWeekEnd;
            }

            return Clock.NextMidnight();
        }
    }

    public bool UtcLocal(string board, bool weekly)
    {
        DateTime Until() => weekly ? UtcWeekEnd : Clock.NextUtcMidnight();
        return db.KeyExpire(board, Until());
    }

    public bool OnPart(string board) => Keep(board, Clock.NextMidnight()); // expect: EXP101

    public bool OnPartRepaired(string board) => KeepRepaired(board, Clock.NextMidnight());

    public bool OnPartDeep(string board) => KeepAll([board], Clock.EndOfMonth); // expect: EXP101

    // The deadline is also what the caller gets to see.
    public DateTime Shared(string board)
    {
        DateTime until = Clock.ExpiresIn(TimeSpan.FromHours(1));
        db.KeyExpire(board, until);
        return until;
    }
}

public sealed partial class Leaderboard
{
    private bool Keep(string board, DateTime until) => db.KeyExpire(board, until, CommandFlags.DemandMaster);

    private bool KeepRepaired(string board, DateTime until)
    {
        if (until.Kind != DateTimeKind.Utc)
        {
            until = until.ToUniversalTime();
        }

        return Keep(board, until);
    }

    private bool KeepAll(string[] boards, DateTime until)
    {
        bool all = true;
        foreach (string board in boards)
        {
            all &= Keep(board, until);
        }

        return all;
    }
}
