using System;
using System.Globalization;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using StackExchange.Redis;

namespace Course.Exp101.DeepHelpers;

public static class Deadlines
{
    public static DateTime EndOfDay() => DateTime.Today.AddDays(1);

    public static DateTime EndOfDayUtc() => DateTime.UtcNow.Date.AddDays(1);

    public static DateTime EndOfYear(int year) => new DateTime(year, 12, 31, 23, 59, 59);

    public static DateTime EndOfYearUtc(int year) => DateTime.SpecifyKind(new DateTime(year, 12, 31, 23, 59, 59), DateTimeKind.Utc);

    public static DateTime FromUnix(long seconds)
    {
        return DateTimeOffset.FromUnixTimeSeconds(seconds).DateTime;
    }

    public static DateTime FromUnixUtc(long seconds)
    {
        return DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
    }

    public static DateTime NextSunday
    {
        get
        {
            DateTime today = DateTime.Today;
            return today.AddDays(7 - (int)today.DayOfWeek);
        }
    }

    public static DateTime NextSundayUtc => DateTime.UtcNow.Date.AddDays(7 - (int)DateTime.UtcNow.DayOfWeek);

    public static DateTime ToUtc(this DateTime value) => value.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(value, DateTimeKind.Utc) : value.ToUniversalTime();

    public static DateTime Read(string text)
    {
        var parsed = DateTime.ParseExact(text, "s", CultureInfo.InvariantCulture);
        return parsed;
    }

    public static DateTime? ReadOrNull(string? text) => string.IsNullOrEmpty(text) ? null : DateTime.Parse(text);

    public static bool TryRead(string text, out DateTime value) => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);
}

public sealed class VoteCache(IDatabase db)
{
    // Bug: the helper's value is Local.
    public Task<bool> CloseToday(string poll) => db.KeyExpireAsync("poll:" + poll, Deadlines.EndOfDay()); // expect: EXP101

    // Fine: the helper's value is Utc.
    public Task<bool> CloseTodayUtc(string poll) => db.KeyExpireAsync("poll:" + poll, Deadlines.EndOfDayUtc());

    // Bug: the helper's value is Unspecified.
    public bool CloseYear(string poll, int year) => db.KeyExpire("poll:" + poll, Deadlines.EndOfYear(year)); // expect: EXP101

    // Fine: labelled inside the helper.
    public bool CloseYearUtc(string poll, int year) => db.KeyExpire("poll:" + poll, Deadlines.EndOfYearUtc(year));

    // Fine: labelled after the helper.
    public bool CloseYearLabelled(string poll, int year) => db.KeyExpire("poll:" + poll, Deadlines.EndOfYear(year).ToUtc());

    // Bug: a block-bodied helper.
    public bool CloseUnix(string poll, long seconds) => db.KeyExpire("poll:" + poll, Deadlines.FromUnix(seconds)); // expect: EXP101

    // Fine: its twin.
    public bool CloseUnixUtc(string poll, long seconds) => db.KeyExpire("poll:" + poll, Deadlines.FromUnixUtc(seconds));

    // Bug: a property with a body; arithmetic outside keeps the kind.
    public bool CloseWeek(string poll) => db.KeyExpire("poll:" + poll, Deadlines.NextSunday.AddHours(20)); // expect: EXP101

    // Fine: its twin.
    public bool CloseWeekUtc(string poll) => db.KeyExpire("poll:" + poll, Deadlines.NextSundayUtc.AddHours(20));

    // Bug: a parsing helper.
    public bool CloseAt(string poll, string text)
    {
        var at = Deadlines.Read(text);
        return db.KeyExpire("poll:" + poll, at); // expect: EXP101
    }

    // Bug: null or never Utc.
    public bool CloseAtOrNever(string poll, string? text) => db.KeyExpire("poll:" + poll, Deadlines.ReadOrNull(text)); // expect: EXP101

    // Fine: the out value of an own TryRead is repaired inside.
    public bool TryCloseAt(string poll, string text) => Deadlines.TryRead(text, out DateTime at) && db.KeyExpire("poll:" + poll, at);

    // Bug: a local function.
    public bool CloseAtNoon(string poll)
    {
        return db.KeyExpire("poll:" + poll, Noon()); // expect: EXP101

        static DateTime Noon() => DateTime.Today.AddDays(1).AddHours(12);
    }

    // Fine: a local function in UTC.
    public bool CloseAtNoonUtc(string poll)
    {
        return db.KeyExpire("poll:" + poll, Noon());

        static DateTime Noon() => DateTime.UtcNow.Date.AddDays(1).AddHours(12);
    }

    // Bug: Unspecified reaches an in-process cache.
    public void Keep(IMemoryCache memory, string poll, int year) => memory.Set(poll, true, Deadlines.EndOfYear(year)); // expect: EXP101

    // Fine: Local reaches an in-process cache: the right instant.
    public void KeepToday(IMemoryCache memory, string poll) => memory.Set(poll, true, Deadlines.EndOfDay());

    // Bug: Unspecified reaches a distributed cache's option.
    public DistributedCacheEntryOptions Options(long seconds) => new() { AbsoluteExpiration = Deadlines.FromUnix(seconds) }; // expect: EXP101

    // Fine: Local reaches a distributed cache's option: the right instant.
    public DistributedCacheEntryOptions OptionsToday() => new() { AbsoluteExpiration = Deadlines.EndOfDay() };
}

public abstract class SlotBase
{
    // Virtual: an override may give another kind.
    protected virtual DateTime Ends(string slot) => DateTime.Today.AddDays(1);
}

public class Slots(IDatabase db) : SlotBase
{
    // Fine: not certain, the helper is virtual.
    public bool Close(string slot) => db.KeyExpire(slot, Ends(slot));
}
