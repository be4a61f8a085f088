#nullable enable
using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp303.LoginThrottles;

public sealed class LoginThrottle
{
    private const int MaxFailures = 5;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Lockout = TimeSpan.FromHours(1);
    private readonly IDatabase _redis;

    public LoginThrottle(IConnectionMultiplexer multiplexer) => _redis = multiplexer.GetDatabase(3);

    public async Task<bool> RegisterFailureAsync(string email)
    {
        var key = FailuresKey(email);
        var failures = await _redis.StringIncrementAsync(key);
        if (failures == 1)
            await _redis.KeyExpireAsync(key, Window); // expect: EXP303

        // A longer life for a counter that has one already.
        if (failures >= MaxFailures)
            await _redis.KeyExpireAsync(key, Lockout);

        return failures >= MaxFailures;
    }

    // Only the last failure gives a TTL: those who give up after four are counted for ever.
    public async Task RegisterFailureLateAsync(string email)
    {
        var failures = await _redis.StringIncrementAsync(FailuresKey(email));
        if (failures >= MaxFailures)
        {
            await _redis.KeyExpireAsync(FailuresKey(email), Lockout); // expect: EXP303
        }
    }

    // The lockout is a key of its own, written with its TTL.
    public async Task RegisterAndBlockAsync(string email)
    {
        var failures = await _redis.StringIncrementAsync(FailuresKey(email));
        if (failures == 1) await _redis.KeyExpireAsync(FailuresKey(email), Window); // expect: EXP303
        if (failures >= MaxFailures)
        {
            await _redis.StringSetAsync($"login:blocked:{email}", 1, Lockout);
            await _redis.KeyDeleteAsync(FailuresKey(email));
        }
    }

    // Sliding: each failure starts the window anew.
    public long Fail(string email)
    {
        var count = _redis.StringIncrement(FailuresKey(email));
        _redis.KeyExpire(FailuresKey(email), Window); // expect: EXP303
        return count;
    }

    public void FailAndForget(string email)
    {
        _redis.StringIncrement(FailuresKey(email), flags: CommandFlags.FireAndForget);
        _redis.KeyExpire(FailuresKey(email), Window, CommandFlags.FireAndForget); // expect: EXP303
    }

    public Task SucceedAsync(string email) => _redis.KeyDeleteAsync(FailuresKey(email));

    public async Task<bool> IsBlockedAsync(string email)
    {
        var failures = (long)await _redis.StringGetAsync(FailuresKey(email));
        return failures >= MaxFailures;
    }

    // A read, then an expire: another rule's.
    public async Task<bool> CheckAndProlongAsync(string email)
    {
        var failures = (long)await _redis.StringGetAsync(FailuresKey(email));
        if (failures >= MaxFailures)
            await _redis.KeyExpireAsync(FailuresKey(email), Lockout); // expect: EXP301
        return failures >= MaxFailures;
    }

    // The read in between changes nothing: the counter is what may be left without a TTL.
    public async Task<string?> CountAndShowAsync(string email)
    {
        await _redis.HashIncrementAsync($"login:stats:{email}", "failed");
        var last = await _redis.HashGetAsync($"login:stats:{email}", "last");
        await _redis.KeyExpireAsync($"login:stats:{email}", Window); // expect: EXP303
        return last;
    }

    private static string FailuresKey(string email) => $"login:failures:{email.ToLowerInvariant()}";
}

public sealed class OtpService(IDatabase db)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public async Task SendAsync(string phone, string code)
    {
        var attemptsKey = "otp:attempts:" + phone;
        await db.StringSetAsync("otp:code:" + phone, code, Life);
        await db.StringSetAsync(attemptsKey, 0, Life);
    }

    // The counter was made with the code, in another method.
    public async Task<bool> VerifyAsync(string phone, string code)
    {
        var attempts = await db.StringIncrementAsync("otp:attempts:" + phone);
        if (attempts > 3)
        {
            await db.KeyDeleteAsync(new RedisKey[] { "otp:code:" + phone, "otp:attempts:" + phone });
            return false;
        }

        return await db.StringGetAsync("otp:code:" + phone) == code;
    }

    public async Task<bool> ResendAsync(string phone)
    {
        var sent = await db.StringIncrementAsync($"otp:sent:{phone}");
        if (sent > 3)
            return false;
        if (sent == 1)
            await db.KeyExpireAsync($"otp:sent:{phone}", TimeSpan.FromHours(1)); // expect: EXP303
        return true;
    }

    // Counts in one key, prolongs another.
    public async Task TouchAsync(string phone)
    {
        await db.StringIncrementAsync($"otp:total:{DateTime.UtcNow:yyyyMMdd}");
        await db.KeyExpireAsync($"otp:code:{phone}", Life);
    }

    // The first attempt makes the counter with its TTL; an expire behind it can only repair.
    public async Task<long> AttemptAsync(string phone)
    {
        var key = $"otp:try:{phone}";
        await db.StringSetAsync(key, 0, Life, When.NotExists);
        var n = await db.StringIncrementAsync(key);
        if (n == 1)
            await db.KeyExpireAsync(key, Life);
        return n;
    }
}
