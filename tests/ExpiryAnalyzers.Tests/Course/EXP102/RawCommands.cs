using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp102.Raw;

public static class RawCommands
{
    // Bug: EXPIREAT with this machine's clock plus a span.
    public static RedisResult ExpireInAnHour(IDatabase db, string key) => db.Execute("EXPIREAT", key, DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()); // expect: EXP102

    // Fine: EXPIRE with the span.
    public static RedisResult ExpireInAnHourRelative(IDatabase db, string key) => db.Execute("EXPIRE", key, 3600);

    // Bug: PEXPIREAT in milliseconds.
    public static Task<RedisResult> ExpireInAsync(IDatabase db, string key, TimeSpan ttl) => db.ExecuteAsync("PEXPIREAT", key, DateTimeOffset.UtcNow.Add(ttl).ToUnixTimeMilliseconds()); // expect: EXP102

    // Fine: PEXPIRE in milliseconds.
    public static Task<RedisResult> ExpireInRelativeAsync(IDatabase db, string key, TimeSpan ttl) => db.ExecuteAsync("PEXPIRE", key, (long)ttl.TotalMilliseconds);

    // Fine: EXPIREAT with the end of the day.
    public static RedisResult ExpireTonight(IDatabase db, string key)
    {
        var midnight = new DateTimeOffset(DateTime.UtcNow.Date.AddDays(1));
        return db.Execute("EXPIREAT", key, midnight.ToUnixTimeSeconds());
    }

    // Fine: EXPIREAT with a token's moment.
    public static RedisResult ExpireWith(IDatabase db, string key, long exp) => db.Execute("EXPIREAT", key, exp);

    // Fine: EXPIREAT with a caller's moment.
    public static RedisResult ExpireAt(IDatabase db, string key, DateTimeOffset at) => db.Execute("EXPIREAT", key, at.ToUnixTimeSeconds());

    // Fine: a score is no expiry.
    public static RedisResult Schedule(IDatabase db, string queue, string job) => db.Execute("ZADD", queue, DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds(), job);

    // Fine: a value is no expiry.
    public static RedisResult Mark(IDatabase db, string key) => db.Execute("HSET", key, "due", DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds());

    // Bug: lower case, a local for the number.
    public static RedisResult ExpireSoon(IDatabase db, string key)
    {
        long at = DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds();
        return db.Execute("expireat", key, at); // expect: EXP102
    }
}
