using System;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Exp102.DeepHelpers;

public static class CacheTimes
{
    public static DateTime InMinutes(int minutes) => DateTime.UtcNow.AddMinutes(minutes);

    public static DateTime InMinutesLocal(int minutes) => DateTime.Now.AddMinutes(minutes);

    public static DateTimeOffset InHours(double hours)
    {
        return DateTimeOffset.UtcNow.AddHours(hours);
    }

    public static DateTime From(TimeSpan span)
    {
        var now = DateTime.UtcNow;
        return now + span;
    }

    public static DateTime Short => DateTime.UtcNow.AddMinutes(1);

    public static DateTime EndOfDay => DateTime.UtcNow.Date.AddDays(1);

    public static DateTime NextHour()
    {
        DateTime now = DateTime.UtcNow;
        return new DateTime(now.Year, now.Month, now.Day, now.Hour, 0, 0, DateTimeKind.Utc).AddHours(1);
    }

    public static DateTime Or(DateTime? given, int minutes) => given ?? DateTime.UtcNow.AddMinutes(minutes);

    public static DateTime? OrNull(int? minutes) => minutes is null ? null : DateTime.UtcNow.AddMinutes(minutes.Value);

    public static TimeSpan Span(int minutes) => TimeSpan.FromMinutes(minutes);

    public static DateTime Clock => DateTime.UtcNow;
}

public sealed class LikeCache(IDatabase db)
{
    // Bug: the helper is the clock plus a span.
    public bool Touch(string id) => db.KeyExpire("like:" + id, CacheTimes.InMinutes(5)); // expect: EXP102

    // Fine: the helper gives a span.
    public bool TouchRelative(string id) => db.KeyExpire("like:" + id, CacheTimes.Span(5));

    // Bug: the local helper: both rules.
    public bool TouchLocal(string id) => db.KeyExpire("like:" + id, CacheTimes.InMinutesLocal(5)); // expect: EXP101, EXP102

    // Bug: the offset helper, converted.
    public Task<bool> TouchOffset(string id) => db.KeyExpireAsync("like:" + id, CacheTimes.InHours(1.5).UtcDateTime); // expect: EXP102

    // Bug: the offset helper's clock part: both rules.
    public Task<bool> TouchOffsetClock(string id) => db.KeyExpireAsync("like:" + id, CacheTimes.InHours(1.5).DateTime); // expect: EXP101, EXP102

    // Bug: the offset helper as an option.
    public DistributedCacheEntryOptions Options() => new() { AbsoluteExpiration = CacheTimes.InHours(2) }; // expect: EXP102

    // Bug: a block-bodied helper with a local.
    public bool TouchFrom(string id, TimeSpan span) => db.KeyExpire("like:" + id, CacheTimes.From(span)); // expect: EXP102

    // Bug: a property.
    public bool TouchShort(string id) => db.KeyExpire("like:" + id, CacheTimes.Short); // expect: EXP102

    // Fine: a calendar property.
    public bool TouchToday(string id) => db.KeyExpire("like:" + id, CacheTimes.EndOfDay);

    // Fine: a calendar helper.
    public bool TouchHour(string id) => db.KeyExpire("like:" + id, CacheTimes.NextHour());

    // Fine: a mixture inside the helper.
    public bool TouchOr(string id, DateTime? given) => db.KeyExpire("like:" + id, CacheTimes.Or(given, 5));

    // Bug: null or the clock plus a span, inside the helper.
    public bool TouchOrNull(string id, int? minutes) => db.KeyExpire("like:" + id, CacheTimes.OrNull(minutes)); // expect: EXP102

    // Bug: the clock behind a property, the span here.
    public bool TouchClock(string id) => db.KeyExpire("like:" + id, CacheTimes.Clock.AddHours(1)); // expect: EXP102

    // Fine: the bare clock behind a property.
    public bool End(string id) => db.KeyExpire("like:" + id, CacheTimes.Clock);

    // Fine: the calendar's arithmetic outside the helper.
    public bool TouchDay(string id) => db.KeyExpire("like:" + id, CacheTimes.InMinutes(5).Date.AddDays(1));

    // Bug: through a local used for nothing else.
    public bool TouchThroughLocal(string id)
    {
        var until = CacheTimes.InMinutes(30);
        return db.KeyExpire("like:" + id, until); // expect: EXP102
    }

    // Fine: through a local that is returned.
    public DateTime TouchAndTell(string id)
    {
        var until = CacheTimes.InMinutes(30);
        db.KeyExpire("like:" + id, until);
        return until;
    }

    // Bug: a private method of the class.
    public bool TouchPrivate(string id) => db.KeyExpire("like:" + id, Deadline()); // expect: EXP102

    // Bug: a local function.
    public bool TouchLocalFunction(string id, int minutes)
    {
        DateTime Until() => DateTime.UtcNow.AddMinutes(minutes);
        return db.KeyExpire("like:" + id, Until()); // expect: EXP102
    }

    private static DateTime Deadline() => DateTime.UtcNow.AddHours(12);
}
