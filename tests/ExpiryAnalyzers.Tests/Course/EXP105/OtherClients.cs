using System;
using CSRedis;

namespace Course.Units;

/// <summary>Clients that take seconds and milliseconds as numbers.</summary>
public sealed class OtherClients(FreeRedis.RedisClient free, CSRedisClient cs)
{
    public void Free(string key, string value, TimeSpan ttl, int ttlMs, int ttlSeconds, DateTimeOffset deadline)
    {
        free.Expire(key, (int)ttl.TotalMilliseconds); // expect: EXP105
        free.Expire(key, (int)ttl.TotalSeconds);
        free.Expire(key, ttl.Seconds); // expect: EXP105
        free.Expire(key, ttlMs); // expect: EXP105
        free.Expire(key, ttlMs / 1000);
        free.Expire(key, ttlSeconds);
        free.Expire(key, TimeSpan.FromSeconds(ttlMs)); // expect: EXP105
        free.Expire(key, (int)deadline.ToUnixTimeSeconds()); // expect: EXP106
        free.PExpire(key, ttlSeconds); // expect: EXP105
        free.PExpire(key, ttlMs);
        free.Set(key, value, (int)ttl.TotalMilliseconds); // expect: EXP105
        free.Set(key, value, (int)ttl.TotalSeconds);
        free.SetEx(key, ttlMs, value); // expect: EXP105
        free.PSetEx(key, ttlSeconds, value); // expect: EXP105
        free.Set(key, value, 60);
        free.Expire("other", TimeSpan.FromMilliseconds(free.Ttl(key))); // expect: EXP105
        free.Expire("other", TimeSpan.FromSeconds(free.Ttl(key)));
    }

    public void Cs(string key, string value, TimeSpan ttl, int ttlMs, int ttlSeconds, DateTimeOffset deadline)
    {
        cs.Expire(key, ttlMs); // expect: EXP105
        cs.Expire(key, ttlSeconds);
        cs.PExpire(key, ttlSeconds); // expect: EXP105
        cs.Set(key, value, (int)ttl.TotalMilliseconds); // expect: EXP105
        cs.Set(key, value, ttl);
        cs.Set(key, value, (int)deadline.ToUnixTimeSeconds()); // expect: EXP106
        cs.Set(key, value, (int)(deadline - DateTimeOffset.UtcNow).TotalSeconds);
    }
}
