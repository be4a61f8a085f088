using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutLayers.RetryHelpers;

/// <summary>Runs what it is given against a database, again and again where the connection is lost.</summary>
public sealed class RedisExecutor
{
    private readonly Lazy<ConnectionMultiplexer> _connection;

    public RedisExecutor(string configuration) => _connection = new(() => ConnectionMultiplexer.Connect(configuration));

    public T Do<T>(Func<IDatabase, T> work, int attempts = 3)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return work(_connection.Value.GetDatabase());
            }
            catch (RedisConnectionException) when (attempt < attempts)
            {
                Thread.Sleep(100 * attempt);
            }
        }
    }

    public void Do(Action<IDatabase> work) => Do(db => { work(db); return true; });

    public async Task<T> ExecuteAsync<T>(Func<IDatabase, Task<T>> work)
    {
        try
        {
            return await work(_connection.Value.GetDatabase());
        }
        catch (RedisTimeoutException)
        {
            return await work(_connection.Value.GetDatabase());
        }
    }

    public async Task ExecuteAsync(Func<IDatabase, Task> work) => await work(_connection.Value.GetDatabase());
}

/// <summary>What a resilience library's pipeline looks like.</summary>
public interface IAsyncPolicy
{
    Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> action, CancellationToken token = default);

    Task ExecuteAsync(Func<Task> action);
}

public sealed class TokenStore(RedisExecutor redis, IAsyncPolicy policy, IDatabase database)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public bool KeepUntilEvening(string id) => redis.Do(db => db.KeyExpire("token:" + id, DateTime.Today.AddHours(20))); // expect: EXP101

    public void KeepAnHour(string id)
    {
        redis.Do(db =>
        {
            DateTime until = DateTime.UtcNow.AddHours(1);
            db.KeyExpire("token:" + id, until); // expect: EXP102
        });
    }

    public Task<bool> KeepCaptured(string id)
    {
        DateTime until = DateTime.Now.Date.AddDays(7);
        return redis.ExecuteAsync(db => db.KeyExpireAsync("token:" + id, until)); // expect: EXP101
    }

    public Task<RedisValue> Read(string id) => redis.ExecuteAsync(async db =>
    {
        RedisValue token = await db.StringGetAsync("token:" + id);
        if (token.HasValue)
        {
            await db.KeyExpireAsync("token:" + id, TimeSpan.FromMinutes(30)); // expect: EXP301
        }

        return token;
    });

    public async Task<long> Count(string user) => await redis.ExecuteAsync(async db =>
    {
        long hits = await db.StringIncrementAsync($"hits:{user}");
        if (hits == 1)
        {
            await db.KeyExpireAsync($"hits:{user}", Window); // expect: EXP303
        }

        return hits;
    });

    public void Store(string id, HashEntry[] fields) => redis.Do(db =>
    {
        db.HashSet("token:" + id, fields);
        db.KeyExpire("token:" + id, Window); // expect: EXP302
    });

    // Two calls of the retry helper are two commands.
    public string? ReadTwice(string id)
    {
        string? token = redis.Do(db => db.StringGet("token:" + id));
        redis.Do(db => db.KeyExpire("token:" + id, Window)); // expect: EXP301
        return token;
    }

    public async Task StoreTwice(string id, HashEntry[] fields)
    {
        await policy.ExecuteAsync(() => database.HashSetAsync("token:" + id, fields));
        await policy.ExecuteAsync(() => database.KeyExpireAsync("token:" + id, Window)); // expect: EXP302
    }

    public Task<bool> KeepByPolicy(string id, CancellationToken token) =>
        policy.ExecuteAsync(_ => database.KeyExpireAsync("token:" + id, DateTime.Now.AddMinutes(15)), token); // expect: EXP101, EXP102

    public Task<RedisResult> KeepRaw(string id) => policy.ExecuteAsync(
        async _ => await database.ExecuteAsync("EXPIREAT", "token:" + id, DateTimeOffset.UtcNow.Date.AddDays(1).Ticks / TimeSpan.TicksPerMillisecond)); // expect: EXP105

    public Task<RedisResult> KeepRawMs(string id, DateTimeOffset until) => policy.ExecuteAsync(
        async _ => await database.ExecuteAsync("EXPIREAT", "token:" + id, until.ToUnixTimeMilliseconds())); // expect: EXP105

    public Task<bool> Drop(string id) => redis.ExecuteAsync(static db => db.KeyExpireAsync("token:all", TimeSpan.FromMilliseconds(0))); // expect: EXP401
}

/// <summary>The same store without the mistakes.</summary>
public sealed class CarefulTokenStore(RedisExecutor redis, IAsyncPolicy policy, IDatabase database)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public bool KeepUntilEvening(string id) => redis.Do(db => db.KeyExpire("token:" + id, DateTime.UtcNow.Date.AddHours(20)));

    public void KeepAnHour(string id) => redis.Do(db => { db.KeyExpire("token:" + id, TimeSpan.FromHours(1)); });

    public Task<bool> KeepCaptured(string id)
    {
        DateTime until = DateTime.Now.Date.AddDays(7).ToUniversalTime();
        return redis.ExecuteAsync(db => db.KeyExpireAsync("token:" + id, until));
    }

    public Task<RedisValue> Read(string id) => redis.ExecuteAsync(db => db.StringGetSetExpiryAsync("token:" + id, TimeSpan.FromMinutes(30)));

    public Task<long> Count(string user) => redis.ExecuteAsync(async db =>
    {
        ITransaction transaction = db.CreateTransaction();
        Task<long> hits = transaction.StringIncrementAsync($"hits:{user}");
        _ = transaction.KeyExpireAsync($"hits:{user}", Window, ExpireWhen.HasNoExpiry);
        await transaction.ExecuteAsync();
        return await hits;
    });

    // One key is read, the other one kept.
    public string? ReadTwice(string id)
    {
        string? token = redis.Do(db => db.StringGet("token:" + id));
        redis.Do(db => db.KeyExpire("seen:" + id, Window));
        return token;
    }

    public Task<bool> Store(string id, string token) => policy.ExecuteAsync(_ => database.StringSetAsync("token:" + id, token, Window));

    public Task<RedisResult> KeepRaw(string id, DateTimeOffset until) => policy.ExecuteAsync(
        async _ => await database.ExecuteAsync("PEXPIREAT", "token:" + id, until.ToUnixTimeMilliseconds()));
}
