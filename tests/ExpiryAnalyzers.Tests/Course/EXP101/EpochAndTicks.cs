using System;
using System.Data.SqlTypes;
using System.Globalization;
using StackExchange.Redis;

namespace Course.Exp101.Epochs;

public static class UnixTime
{
    private static readonly DateTime Epoch = new DateTime(1970, 1, 1, 0, 0, 0, 0);

    private static readonly DateTime EpochUtc = new(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Utc);

    // Bug: the hand-made epoch has no kind.
    public static bool ExpireAt(IDatabase db, RedisKey key, long seconds) => db.KeyExpire(key, Epoch.AddSeconds(seconds)); // expect: EXP101

    // Fine: the hand-made epoch in UTC.
    public static bool ExpireAtUtc(IDatabase db, RedisKey key, long seconds) => db.KeyExpire(key, EpochUtc.AddSeconds(seconds));

    // Fine: the framework's epoch is Utc.
    public static bool ExpireAtEpoch(IDatabase db, RedisKey key, long seconds) => db.KeyExpire(key, DateTime.UnixEpoch.AddSeconds(seconds));

    // Bug: written in place.
    public static bool ExpireAtInPlace(IDatabase db, RedisKey key, double ms) => db.KeyExpire(key, new DateTime(1970, 1, 1).AddMilliseconds(ms)); // expect: EXP101

    // Bug: ticks from a store.
    public static bool FromTicks(IDatabase db, RedisKey key, long ticks) => db.KeyExpire(key, new DateTime(ticks)); // expect: EXP101

    // Fine: ticks with a kind.
    public static bool FromTicksUtc(IDatabase db, RedisKey key, long ticks) => db.KeyExpire(key, new DateTime(ticks, DateTimeKind.Utc));

    // Bug: ticks with a kind, and the kind says so.
    public static bool FromTicksNoKind(IDatabase db, RedisKey key, long ticks) => db.KeyExpire(key, new DateTime(ticks, DateTimeKind.Unspecified)); // expect: EXP101

    // Fine: the kind is a parameter.
    public static bool FromTicksSomeKind(IDatabase db, RedisKey key, long ticks, DateTimeKind kind) => db.KeyExpire(key, new DateTime(ticks, kind));

    // Bug: the later of two deadlines, by their ticks.
    public static bool Later(IDatabase db, RedisKey key, DateTime a, DateTime b)
    {
        var later = new DateTime(Math.Max(a.ToUniversalTime().Ticks, b.ToUniversalTime().Ticks));
        return db.KeyExpire(key, later); // expect: EXP101
    }

    // Fine: with the kind.
    public static bool LaterUtc(IDatabase db, RedisKey key, DateTime a, DateTime b)
    {
        var later = new DateTime(Math.Max(a.ToUniversalTime().Ticks, b.ToUniversalTime().Ticks), DateTimeKind.Utc);
        return db.KeyExpire(key, later);
    }

    // Bug: rounding the UTC clock to the hour loses the kind.
    public static bool NextHour(IDatabase db, RedisKey key)
    {
        long ticks = DateTime.UtcNow.Ticks;
        DateTime hour = new DateTime(ticks - ticks % TimeSpan.TicksPerHour).AddHours(1);
        return db.KeyExpire(key, hour); // expect: EXP101
    }

    // Fine: rounding that keeps the kind, by arithmetic on the value itself.
    public static bool NextHourUtc(IDatabase db, RedisKey key)
    {
        DateTime now = DateTime.UtcNow;
        DateTime hour = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour)).AddHours(1);
        return db.KeyExpire(key, hour);
    }

    // Bug: a calendar's arithmetic loses the kind.
    public static bool NextDay(IDatabase db, RedisKey key, Calendar calendar) => db.KeyExpire(key, calendar.AddDays(DateTime.UtcNow, 1).Date); // expect: EXP101

    // Bug: a database's date type has no kind.
    public static bool FromSql(IDatabase db, RedisKey key, SqlDateTime column) => db.KeyExpire(key, column.Value); // expect: EXP101

    // Fine: labelled after reading.
    public static bool FromSqlUtc(IDatabase db, RedisKey key, SqlDateTime column) => db.KeyExpire(key, DateTime.SpecifyKind(column.Value, DateTimeKind.Utc));

    // Bug: the parameterless constructor.
    public static bool Empty(IDatabase db, RedisKey key) => db.KeyExpire(key, new DateTime()); // expect: EXP101
}
