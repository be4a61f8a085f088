using StackExchange.Redis;

namespace Shop;

/// <summary>Five wrong passwords a quarter of an hour; after that the customer waits.</summary>
public sealed class LoginThrottle(IDatabase redis)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    public async Task<bool> FailAsync(string customer)
    {
        string key = $"login:{customer}";
        long failures = await redis.StringIncrementAsync(key);
        if (failures == 1)
        {
            // EXP303: a crash in between leaves a counter that never expires, and a customer who is locked out for ever.
            await redis.KeyExpireAsync(key, Window);
        }

        return failures <= 5;
    }

    public Task<bool> LockOutAsync(string customer, int minutes) =>
        // EXP105: minutes read as seconds.
        redis.StringSetAsync($"locked:{customer}", "1", TimeSpan.FromSeconds(minutes), When.Always);

    /// <summary>Correct: one transaction counts and gives the window its TTL.</summary>
    public async Task<bool> FailAtOnceAsync(string customer)
    {
        string key = $"login:{customer}";
        ITransaction transaction = redis.CreateTransaction();
        Task<long> failures = transaction.StringIncrementAsync(key);
        _ = transaction.KeyExpireAsync(key, Window, ExpireWhen.HasNoExpiry);
        await transaction.ExecuteAsync();
        return await failures <= 5;
    }
}
