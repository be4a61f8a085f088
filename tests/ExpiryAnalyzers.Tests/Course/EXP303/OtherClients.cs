#nullable enable
using System;
using System.Threading.Tasks;
using FreeRedis;
using CSRedisClient = CSRedis.CSRedisClient;

namespace Course.Exp303.OtherClients;

public sealed class FreeRedisLimiter(RedisClient redis)
{
    public bool IsAllowed(string user, int limit)
    {
        var key = $"rl:{user}";
        var n = redis.Incr(key);
        if (n == 1)
            redis.Expire(key, 60); // expect: EXP303
        return n <= limit;
    }

    public async Task<long> HitAsync(string key, long by)
    {
        var n = await redis.IncrByAsync(key, by);
        await redis.ExpireAsync(key, 60); // expect: EXP303
        return n;
    }

    public long Field(string key, string field)
    {
        var n = redis.HIncrBy(key, field, 1);
        redis.Expire(key, TimeSpan.FromMinutes(1)); // expect: EXP303
        return n;
    }

    public long Seeded(string key)
    {
        redis.SetNx(key, 0, 60);
        var n = redis.Incr(key);
        if (n == 1)
            redis.Expire(key, 60);
        return n;
    }

    public long Repaired(string key)
    {
        var n = redis.Incr(key);
        if (redis.Ttl(key) < 0)
            redis.Expire(key, 60);
        return n;
    }

    public void Together(string key)
    {
        using var transaction = redis.Multi();
        transaction.Incr(key);
        transaction.Expire(key, 60);
        transaction.Exec();
    }
}

public sealed class CsRedisLimiter(CSRedisClient redis)
{
    public object[] InAPipe(string key) => redis.StartPipe().IncrBy(key, 1).Expire(key, 60).EndPipe(); // expect: EXP303

    public bool IsAllowed(string user)
    {
        var n = redis.IncrBy("rl:" + user);
        if (n == 1)
        {
            redis.Expire("rl:" + user, TimeSpan.FromMinutes(1)); // expect: EXP303
        }

        return n <= 10;
    }

    public void OtherKey(string user)
    {
        redis.IncrBy("total");
        redis.Expire("rl:" + user, 60);
    }
}
