#nullable enable
using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp303.RateLimiters;

public sealed record RateLimitOptions(int PermitLimit, TimeSpan Window);

public interface IRateLimiter
{
    Task<bool> IsAllowedAsync(string client, CancellationToken cancellationToken = default);
}

// The textbook fixed window.
public sealed class FixedWindowRateLimiter(IConnectionMultiplexer redis, RateLimitOptions options) : IRateLimiter
{
    private readonly IDatabase _db = redis.GetDatabase();

    public async Task<bool> IsAllowedAsync(string client, CancellationToken cancellationToken = default)
    {
        var key = $"rl:{client}";
        var count = await _db.StringIncrementAsync(key);

        if (count == 1)
        {
            await _db.KeyExpireAsync(key, options.Window); // expect: EXP303
        }

        return count <= options.PermitLimit;
    }

    public bool IsAllowed(string client)
    {
        RedisKey key = "rl:" + client;
        long hits = _db.StringIncrement(key);
        if (hits <= 1)
            _db.KeyExpire(key, options.Window); // expect: EXP303
        return hits <= options.PermitLimit;
    }

    public async Task<long> HitAsync(string client, long weight)
    {
        var total = await _db.StringIncrementAsync(Key(client), weight).ConfigureAwait(false);
        if (total == weight)
            await _db.KeyExpireAsync(Key(client), options.Window).ConfigureAwait(false); // expect: EXP303
        return total;
    }

    public async Task<(bool Allowed, long Left)> TryAcquireAsync(string client)
    {
        var hits = await _db.StringIncrementAsync(Key(client));
        if (hits != 1)
        {
            return (hits <= options.PermitLimit, Math.Max(0, options.PermitLimit - hits));
        }

        await _db.KeyExpireAsync(Key(client), options.Window); // expect: EXP303
        return (true, options.PermitLimit - 1);
    }

    public async Task<bool> OneLinerAsync(string client)
        => await _db.StringIncrementAsync(Key(client)) is var n && (n > 1 || await _db.KeyExpireAsync(Key(client), options.Window)) && n <= options.PermitLimit; // expect: EXP303

    private static string Key(string client) => $"rl:{client}";
}

// The window is part of the key; the TTL only cleans up, but without it the keys pile up.
public sealed class BucketedRateLimiter(IDatabase database, TimeProvider time)
{
    public async Task<bool> AllowAsync(string user, int limit)
    {
        string bucket = time.GetUtcNow().ToString("yyyyMMddHHmm");
        string key = $"rl:{user}:{bucket}";
        long count = await database.StringIncrementAsync(key);
        await database.KeyExpireAsync(key, TimeSpan.FromMinutes(2)); // expect: EXP303
        return count <= limit;
    }

    public async Task<bool> AllowBothAsync(string user, int perMinute, int perHour)
    {
        var now = time.GetUtcNow();
        var minuteKey = $"rl:{user}:m:{now:yyyyMMddHHmm}";
        var hourKey = $"rl:{user}:h:{now:yyyyMMddHH}";

        var minute = await database.StringIncrementAsync(minuteKey);
        var hour = await database.StringIncrementAsync(hourKey);
        if (minute == 1) await database.KeyExpireAsync(minuteKey, TimeSpan.FromMinutes(1)); // expect: EXP303
        if (hour == 1) await database.KeyExpireAsync(hourKey, TimeSpan.FromHours(1)); // expect: EXP303
        return minute <= perMinute && hour <= perHour;
    }

    public async Task<bool[]> ManyAsync(string[] users)
    {
        return await Task.WhenAll(users.Select(async user =>
        {
            var key = "rl:" + user;
            var n = await database.StringIncrementAsync(key);
            if (n == 1) await database.KeyExpireAsync(key, TimeSpan.FromSeconds(1)); // expect: EXP303
            return n <= 5;
        }));
    }
}

// What each of them should look like.
public sealed class AtomicRateLimiter(IDatabase db, RateLimitOptions options)
{
    private const string Script = """
        local n = redis.call('INCR', KEYS[1])
        if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
        return n
        """;

    public async Task<bool> ByScriptAsync(string key)
    {
        var n = (long)await db.ScriptEvaluateAsync(Script, [key], [(long)options.Window.TotalMilliseconds]);
        return n <= options.PermitLimit;
    }

    public async Task<bool> ByTransactionAsync(string key)
    {
        var tran = db.CreateTransaction();
        var count = tran.StringIncrementAsync(key);
        _ = tran.KeyExpireAsync(key, options.Window, ExpireWhen.HasNoExpiry);
        return await tran.ExecuteAsync() && await count <= options.PermitLimit;
    }

    public async Task<bool> BySeedAsync(string key)
    {
        await db.StringSetAsync(key, 0, options.Window, When.NotExists);
        return await db.StringIncrementAsync(key) <= options.PermitLimit;
    }

    public async Task<bool> BySeedInTransactionAsync(string key)
    {
        var tran = db.CreateTransaction();
        _ = tran.StringSetAsync(key, 0, options.Window, When.NotExists);
        var count = tran.StringIncrementAsync(key);
        await tran.ExecuteAsync();
        return await count <= options.PermitLimit;
    }

    public async Task<bool> FirstByNotExistsAsync(string key)
    {
        if (await db.StringSetAsync(key, 1, options.Window, When.NotExists))
            return true;
        return await db.StringIncrementAsync(key) <= options.PermitLimit;
    }

    // Two commands, but each hit gives a counter without a TTL one.
    public async Task<bool> RepairingAsync(string key)
    {
        var n = await db.StringIncrementAsync(key);
        await db.KeyExpireAsync(key, options.Window, ExpireWhen.HasNoExpiry);
        return n <= options.PermitLimit;
    }

    public async Task<bool> RepairingByTtlAsync(string key)
    {
        var n = await db.StringIncrementAsync(key);
        var left = await db.KeyTimeToLiveAsync(key);
        if (left is null)
            await db.KeyExpireAsync(key, options.Window);
        return n <= options.PermitLimit;
    }

    public async Task<TimeSpan?> RepairingWhereRefusedAsync(string key)
    {
        var n = await db.StringIncrementAsync(key);
        if (n == 1)
        {
            await db.KeyExpireAsync(key, options.Window);
            return null;
        }

        if (n <= options.PermitLimit)
            return null;

        var left = await db.KeyTimeToLiveAsync(key);
        if (!left.HasValue)
        {
            await db.KeyExpireAsync(key, options.Window);
            left = options.Window;
        }

        return left;
    }

    // Asks for the TTL, but only to tell the caller: nothing is repaired.
    public async Task<TimeSpan?> RetryAfterAsync(string key)
    {
        var n = await db.StringIncrementAsync(key);
        if (n == 1)
            await db.KeyExpireAsync(key, options.Window); // expect: EXP303
        return n > options.PermitLimit ? await db.KeyTimeToLiveAsync(key) : null;
    }
}
