using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Units;

/// <summary>Numbers that go into commands sent by name.</summary>
public sealed class RawCommandStore(IConnectionMultiplexer redis)
{
    private readonly IDatabase _db = redis.GetDatabase();

    public Task ExpireAtAsync(string key, DateTimeOffset deadline) =>
        _db.ExecuteAsync("EXPIREAT", key, deadline.ToUnixTimeMilliseconds()); // expect: EXP105

    public Task ExpireAtInSecondsAsync(string key, DateTimeOffset deadline) =>
        _db.ExecuteAsync("EXPIREAT", key, deadline.ToUnixTimeSeconds());

    public Task PreciseExpireAtAsync(string key, DateTimeOffset deadline) =>
        _db.ExecuteAsync("PEXPIREAT", key, deadline.ToUnixTimeSeconds()); // expect: EXP105

    public Task PreciseExpireAtInMillisecondsAsync(string key, DateTimeOffset deadline) =>
        _db.ExecuteAsync("PEXPIREAT", key, deadline.ToUnixTimeMilliseconds());

    public void Expire(string key, TimeSpan ttl)
    {
        _db.Execute("EXPIRE", key, (long)ttl.TotalMilliseconds); // expect: EXP105
        _db.Execute("EXPIRE", key, (long)ttl.TotalSeconds);
        _db.Execute("EXPIRE", key, ttl.Seconds); // expect: EXP105
        _db.Execute("EXPIRE", key, (int)Math.Ceiling(ttl.TotalSeconds));
        _db.Execute("EXPIRE", key, (int)ttl.TotalMinutes); // expect: EXP105
        _db.Execute("EXPIRE", key, (int)(ttl.TotalMinutes * 60));
        _db.Execute("EXPIRE", key, (long)ttl.TotalMilliseconds / 1000);
        _db.Execute("PEXPIRE", key, (long)ttl.TotalSeconds); // expect: EXP105
        _db.Execute("PEXPIRE", key, (long)ttl.TotalSeconds * 1000);
        _db.Execute("PEXPIRE", key, (long)(ttl.TotalSeconds * 1000) + 500);
        _db.Execute("PEXPIRE", key, (long)ttl.TotalMilliseconds);
        _db.Execute("PEXPIRE", key, ttl.Milliseconds); // expect: EXP105
        _db.Execute("PEXPIRE", key, ttl.Ticks / TimeSpan.TicksPerMillisecond);
        _db.Execute("PEXPIRE", key, ttl.Ticks); // expect: EXP105
    }

    public void Set(string key, string value, TimeSpan ttl)
    {
        _db.Execute("SET", key, value, "EX", (long)ttl.TotalMilliseconds); // expect: EXP105
        _db.Execute("SET", key, value, "EX", (long)ttl.TotalSeconds);
        _db.Execute("SET", key, value, "PX", (long)ttl.TotalSeconds); // expect: EXP105
        _db.Execute("SET", key, value, "PX", (long)ttl.TotalMilliseconds);
        _db.Execute("SET", key, value, "NX", "PX", (long)ttl.TotalMilliseconds);
        _db.Execute("SETEX", key, (int)ttl.TotalMilliseconds, value); // expect: EXP105
        _db.Execute("SETEX", key, (int)ttl.TotalSeconds, value);
        _db.Execute("PSETEX", key, (long)ttl.TotalSeconds, value); // expect: EXP105
        _db.Execute("PSETEX", key, (long)ttl.TotalMilliseconds, value);
        _db.Execute("GETEX", key, "EX", (long)ttl.TotalMilliseconds); // expect: EXP105
        _db.Execute("GETEX", key, "PX", (long)ttl.TotalMilliseconds);
    }

    public void SetUntil(string key, string value, DateTimeOffset deadline)
    {
        _db.Execute("SET", key, value, "EXAT", deadline.ToUnixTimeMilliseconds()); // expect: EXP105
        _db.Execute("SET", key, value, "PXAT", deadline.ToUnixTimeSeconds()); // expect: EXP105
        _db.Execute("SET", key, value, "EXAT", deadline.ToUnixTimeSeconds());
        _db.Execute("SET", key, value, "PXAT", deadline.ToUnixTimeMilliseconds());
    }

    public void ThroughLocals(string key, TimeSpan ttl, bool isPrecise)
    {
        var milliseconds = (long)ttl.TotalMilliseconds;
        _db.Execute("EXPIRE", key, milliseconds); // expect: EXP105
        _db.Execute("PEXPIRE", key, milliseconds);
        long lifetime = (long)ttl.TotalSeconds;
        _db.Execute("PEXPIRE", key, lifetime); // expect: EXP105
        lifetime *= 1000;
        _db.Execute("PEXPIRE", key, lifetime);
        _db.Execute(isPrecise ? "PEXPIRE" : "EXPIRE", key, isPrecise ? (long)ttl.TotalMilliseconds : (long)ttl.TotalSeconds);
    }

    public void Named(string key, int ttlSeconds, long ttlMs, int retries)
    {
        _db.Execute("EXPIRE", key, ttlSeconds);
        _db.Execute("PEXPIRE", key, ttlMs);
        _db.Execute("EXPIRE", key, ttlMs); // expect: EXP105
        _db.Execute("PEXPIRE", key, ttlSeconds); // expect: EXP105
        _db.Execute("EXPIRE", key, ttlMs / 1000);
        _db.Execute("PEXPIRE", key, ttlSeconds * 1000L);
        _db.Execute("EXPIRE", key, retries);
        _db.Execute("EXPIRE", key, 60);
        _db.Execute("EXPIRE", key, ttlSeconds.ToString());
        _db.Execute("EXPIRE", key, ttlMs.ToString()); // expect: EXP105
        _db.Execute("EXPIRE", (RedisKey)key, (RedisValue)ttlMs); // expect: EXP105
    }
}
