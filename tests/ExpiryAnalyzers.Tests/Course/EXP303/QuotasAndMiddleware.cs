#nullable enable
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp303.QuotasAndMiddleware;

public sealed class HttpContext
{
    public string Ip { get; init; } = "";
    public int StatusCode { get; set; }
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();
}

public delegate Task RequestDelegate(HttpContext context);

public sealed class ThrottlingMiddleware(RequestDelegate next, IConnectionMultiplexer redis)
{
    private const int Limit = 100;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public async Task InvokeAsync(HttpContext context)
    {
        var db = redis.GetDatabase();
        var key = $"throttle:{context.Ip}";
        long current;
        try
        {
            current = await db.StringIncrementAsync(key);
            if (current == 1)
            {
                // start of the window
                await db.KeyExpireAsync(key, Window); // expect: EXP303
            }
        }
        catch (RedisException)
        {
            await next(context);
            return;
        }

        context.Headers["X-RateLimit-Remaining"] = Math.Max(0, Limit - current).ToString();
        if (current > Limit)
        {
            context.StatusCode = 429;
            return;
        }

        await next(context);
    }
}

public enum Plan { Free, Paid }

public sealed class QuotaService(IDatabase db, TimeProvider time)
{
    // A calendar deadline: the day ends for all at midnight.
    public async Task<bool> ConsumeDailyAsync(string tenant, long amount, long limit)
    {
        var today = time.GetUtcNow().UtcDateTime.Date;
        var key = $"quota:{tenant}:{today:yyyyMMdd}";
        var used = await db.StringIncrementAsync(key, amount);
        if (used == amount)
            await db.KeyExpireAsync(key, today.AddDays(1)); // expect: EXP303
        if (used > limit)
        {
            await db.StringDecrementAsync(key, amount);
            return false;
        }

        return true;
    }

    public async Task<long> ConsumeByPlanAsync(string tenant, Plan plan)
    {
        var key = $"quota:{tenant}";
        var used = await db.StringIncrementAsync(key);
        if (plan == Plan.Free)
        {
            if (used == 1)
                await db.KeyExpireAsync(key, TimeSpan.FromDays(1)); // expect: EXP303
        }
        else if (used == 1)
        {
            await db.KeyExpireAsync(key, TimeSpan.FromHours(1)); // expect: EXP303
        }

        return used;
    }

    public async Task<long> ConsumeMonthlyAsync(string tenant)
    {
        var used = await db.HashIncrementAsync("quota:monthly", tenant);
        var isFirst = used == 1;
        if (isFirst)
        {
            await StartMonthAsync("quota:monthly"); // expect: EXP303
        }

        return used;
    }

    public async Task<long> ConsumeByHelperAsync(string tenant)
    {
        var used = await IncrementAsync("quota:" + tenant);
        if (used == 1)
            await db.KeyExpireAsync("quota:" + tenant, TimeSpan.FromDays(1)); // expect: EXP303
        return used;
    }

    // The helper does both; it is the one to be mended.
    public async Task<long> ConsumeByWholeHelperAsync(string tenant) => await HitAsync("quota:" + tenant);

    private async Task<long> HitAsync(string key)
    {
        var n = await db.StringIncrementAsync(key);
        if (n == 1)
            await ExpireAsync(key); // expect: EXP303
        return n;
    }

    private Task<long> IncrementAsync(string key) => db.StringIncrementAsync(key);

    private Task ExpireAsync(string key) => db.KeyExpireAsync(key, TimeSpan.FromDays(1));

    private async Task StartMonthAsync(string key)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await db.KeyExpireAsync(key, new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1));
    }

    public async Task<long> ConsumeWithRepairAsync(string tenant, DateTimeOffset reset)
    {
        var used = await db.StringIncrementAsync($"quota:{tenant}").ConfigureAwait(false);
        if (reset > time.GetUtcNow())
            await db.KeyExpireAsync($"quota:{tenant}", reset.UtcDateTime, ExpireWhen.HasNoExpiry).ConfigureAwait(false);
        return used;
    }

    // NX does not help where only the first hit comes here.
    public async Task<long> ConsumeWithLateNxAsync(string tenant)
    {
        var used = await db.StringIncrementAsync($"quota:{tenant}");
        if (used == 1)
            await db.KeyExpireAsync($"quota:{tenant}", TimeSpan.FromDays(1), ExpireWhen.HasNoExpiry); // expect: EXP303
        return used;
    }
}

// Wrappers that forward one command each.
public sealed class RedisCounterStore(IDatabase db)
{
    public Task<long> IncrementAsync(string key, long by = 1) => db.StringIncrementAsync(key, by);
    public Task<long> DecrementAsync(string key, long by = 1) => db.StringDecrementAsync(key, by);
    public Task<bool> ExpireAsync(string key, TimeSpan life) => db.KeyExpireAsync(key, life);

    public async Task<long> IncrementAsync(string key, TimeSpan? life)
    {
        var n = await db.StringIncrementAsync(key);
        if (n == 1 && life.HasValue)
            await db.KeyExpireAsync(key, life.Value); // expect: EXP303
        return n;
    }
}

// Retries around each half, or around both.
public sealed class RetryingCounter(IDatabase db)
{
    private static async Task<T> Retry<T>(Func<Task<T>> action)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                return await action();
            }
            catch (RedisException) when (i < 3)
            {
                await Task.Delay(100);
            }
        }
    }

    public async Task<long> EachAsync(string key)
    {
        var n = await Retry(() => db.StringIncrementAsync(key));
        if (n == 1)
            await Retry(() => db.KeyExpireAsync(key, TimeSpan.FromMinutes(1))); // expect: EXP303
        return n;
    }

    public Task<long> BothAsync(string key) => Retry(async () =>
    {
        var n = await db.StringIncrementAsync(key);
        if (n == 1)
            await db.KeyExpireAsync(key, TimeSpan.FromMinutes(1)); // expect: EXP303
        return n;
    });

    public long Local(string key)
    {
        return Hit();

        long Hit()
        {
            var n = db.StringIncrement(key);
            if (n == 1) db.KeyExpire(key, TimeSpan.FromMinutes(1)); // expect: EXP303
            return n;
        }
    }
}

// Perhaps a transaction.
public sealed class QueuedCounter
{
    public Task AddAsync(IDatabaseAsync target, string key)
    {
        _ = target.StringIncrementAsync(key);
        return target.KeyExpireAsync(key, TimeSpan.FromMinutes(1));
    }
}
