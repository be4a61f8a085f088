using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp401.Raw;

public sealed class RawCommands(IDatabase db)
{
    private const string ExpireCommand = "EXPIRE";
    private const int Nothing = 0;

    // Bug: deletes.
    public RedisResult Drop(string key) => db.Execute(ExpireCommand, key, Nothing); // expect: EXP401

    // Fine.
    public RedisResult Keep(string key) => db.Execute(ExpireCommand, key, 60);

    // Bug: less than a second becomes 0.
    public Task<RedisResult> Truncated(string key) => db.ExecuteAsync("EXPIRE", key, (int)TimeSpan.FromMilliseconds(300).TotalSeconds); // expect: EXP401

    // Fine: whole seconds.
    public Task<RedisResult> Whole(string key) => db.ExecuteAsync("EXPIRE", key, (int)TimeSpan.FromMinutes(3).TotalSeconds);

    // Bug: no integer.
    public Task<RedisResult> Fraction(string key) => db.ExecuteAsync("EXPIRE", key, TimeSpan.FromMilliseconds(1500).TotalSeconds); // expect: EXP401

    // Bug: 60 ms.
    public Task<RedisResult> Short(string key) => db.ExecuteAsync("PEXPIRE", key, 60); // expect: EXP402

    // Fine: a minute.
    public Task<RedisResult> Minute(string key) => db.ExecuteAsync("PEXPIRE", key, 60_000);

    // Bug: refused.
    public RedisResult Store(string key, string value) => db.Execute("SET", key, value, "EX", 0, "NX"); // expect: EXP401

    // Fine: the value is 0.
    public RedisResult StoreZero(string key) => db.Execute("SET", key, 0, "EX", 60);

    // Fine: a counter.
    public RedisResult Count(string key) => db.Execute("INCRBY", key, 0);

    // Bug: through a list.
    public Task<RedisResult> Listed(string key)
    {
        var args = new List<object> { key, -1 }; // expect: EXP401
        return db.ExecuteAsync("expire", args);
    }

    // Bug: long past.
    public RedisResult ExpireAt(string key) => db.Execute("EXPIREAT", key, 3600); // expect: EXP401

    // Fine: the caller's.
    public RedisResult ExpireAt(string key, long at) => db.Execute("EXPIREAT", key, at);

    // Bug: an hour ago.
    public RedisResult ExpireAnHourAgo(string key) => db.Execute("EXPIREAT", key, DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds()); // expect: EXP401
}
