using System;
using System.Linq;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Services.RateLimiting;

public sealed class LimitPolicy
{
    public int PermitLimit { get; init; } = 100;

    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    public bool SlidingPenalty { get; init; }
}

public record struct LimitResult(bool Allowed, long Used, TimeSpan? RetryAfter);

public sealed class ApiRateLimiter(IConnectionMultiplexer mux, LimitPolicy policy, TimeProvider? clock = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    public async Task<LimitResult> HitAsync(string client)
    {
        var db = mux.GetDatabase();
        RedisKey key = "rl:" + client;
        var used = await db.StringIncrementAsync(key);
        if (used == 1)
        {
            await db.KeyExpireAsync(key, policy.Window);
        }

        return new LimitResult(used <= policy.PermitLimit, used, await db.KeyTimeToLiveAsync(key));
    }

    public async Task<LimitResult> HitFixedWindowAsync(string client)
    {
        var db = mux.GetDatabase();
        var now = _clock.GetUtcNow();
        var boundary = new DateTimeOffset(now.Ticks - now.Ticks % policy.Window.Ticks, TimeSpan.Zero) + policy.Window;
        RedisKey key = $"rl:{client}:{boundary.ToUnixTimeSeconds()}";
        var used = await db.StringIncrementAsync(key);
        await db.KeyExpireAsync(key, boundary.UtcDateTime, ExpireWhen.HasNoExpiry);
        return new LimitResult(used <= policy.PermitLimit, used, boundary - now);
    }

    public async Task<LimitResult> SlidingAsync(string client)
    {
        var db = mux.GetDatabase();
        RedisKey key = "rl:log:" + client;
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        await db.SortedSetRemoveRangeByScoreAsync(key, double.NegativeInfinity, now - policy.Window.TotalMilliseconds);
        var used = await db.SortedSetLengthAsync(key);
        if (used >= policy.PermitLimit)
        {
            return new LimitResult(false, used, policy.Window);
        }

        await db.SortedSetAddAsync(key, Guid.NewGuid().ToString("N"), now);
        await db.KeyExpireAsync(key, policy.Window + TimeSpan.FromSeconds(5)); // expect: EXP302
        return new LimitResult(true, used + 1, null);
    }

    public async Task<bool> IsPenalisedAsync(string client)
    {
        var db = mux.GetDatabase();
        RedisKey key = "rl:penalty:" + client;
        var until = await db.StringGetAsync(key);
        if (until.HasValue && policy.SlidingPenalty)
        {
            // Whoever keeps knocking waits longer.
            await db.KeyExpireAsync(key, policy.Window * 5); // expect: EXP301
        }

        return until.HasValue;
    }

    public Task PenaliseAsync(string client) =>
        mux.GetDatabase().StringSetAsync("rl:penalty:" + client, 1, _clock.GetUtcNow().UtcDateTime + policy.Window * 10); // expect: EXP102

    public async Task<DateTimeOffset> PenaliseUntilAsync(string client)
    {
        var until = _clock.GetUtcNow() + policy.Window * 10;
        await mux.GetDatabase().StringSetAsync("rl:penalty:" + client, until.ToUnixTimeSeconds(), until.UtcDateTime);
        return until;
    }

    public void PenaliseRaw(string client, int minutes)
    {
        var db = mux.GetDatabase();
        db.Execute("EXPIREAT", "rl:penalty:" + client, DateTimeOffset.UtcNow.AddMinutes(minutes).ToUnixTimeSeconds()); // expect: EXP102
        db.Execute("EXPIRE", "rl:log:" + client, minutes * 60);
    }

    public void PenaliseUntilMidnightRaw(string client)
    {
        var midnight = new DateTimeOffset(DateTime.UtcNow.Date.AddDays(1));
        mux.GetDatabase().Execute("EXPIREAT", "rl:penalty:" + client, midnight.ToUnixTimeSeconds());
    }

    public async Task<double[]> RecentAsync(string client)
    {
        var db = mux.GetDatabase();
        var hits = await db.SortedSetRangeByRankWithScoresAsync($"rl:log:{client}");
        var scores = hits.Select(hit => hit.Score).ToArray();
        _ = await db.KeyExpireAsync($"rl:log:{client}", policy.Window); // expect: EXP301
        return scores;
    }

    public async Task<long> PeekAsync(string client)
    {
        var db = mux.GetDatabase();
        RedisKey key = "rl:" + client;
        var current = await db.StringGetWithExpiryAsync(key);
        if (current.Expiry is null)
        {
            await db.KeyExpireAsync(key, policy.Window);
        }

        return (long)current.Value;
    }
}
