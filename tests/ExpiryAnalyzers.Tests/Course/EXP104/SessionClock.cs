using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp104.Sessions;

public interface ISystemTime
{
    DateTimeOffset UtcNow { get; }
}

public sealed record SessionInfo(string Id, DateTime? ExpiresUtc, TimeSpan? Left);

public sealed class SessionClock(IDatabase redis, TimeProvider time, ISystemTime systemTime)
{
    private static readonly TimeSpan RefreshAhead = TimeSpan.FromMinutes(2);

    // Bug: the server's instant against this machine's clock.
    public async Task<bool> IsAliveAsync(string id)
    {
        DateTime? expires = await redis.KeyExpireTimeAsync($"session:{id}");
        return expires > DateTime.UtcNow; // expect: EXP104
    }

    // Fine: the server counts down itself.
    public async Task<bool> IsAliveByTtlAsync(string id) => await redis.KeyTimeToLiveAsync($"session:{id}") > TimeSpan.Zero;

    // Bug: the zone comes on top.
    public bool IsAliveLocally(string id) => redis.KeyExpireTime($"session:{id}") >= DateTime.Now; // expect: EXP104

    // Bug: refresh ahead of the end.
    public async Task RefreshAsync(string id, TimeSpan ttl, CancellationToken ct)
    {
        var expires = await redis.KeyExpireTimeAsync($"session:{id}").ConfigureAwait(false);
        if (expires is null)
        {
            return;
        }

        if (expires.Value - RefreshAhead < time.GetUtcNow().UtcDateTime) // expect: EXP104
        {
            await redis.KeyExpireAsync($"session:{id}", ttl);
        }
    }

    // Bug: the remaining time by subtraction.
    public async Task<SessionInfo> DescribeAsync(string id)
    {
        var expires = await redis.KeyExpireTimeAsync($"session:{id}");
        return new SessionInfo(id, expires, expires.HasValue ? expires.Value - DateTime.UtcNow : null); // expect: EXP104
    }

    // Fine: told as it is.
    public async Task<SessionInfo> DescribePlainAsync(string id) =>
        new(id, await redis.KeyExpireTimeAsync($"session:{id}"), await redis.KeyTimeToLiveAsync($"session:{id}"));

    // Bug: through a clock of one's own, with a DateTimeOffset.
    public bool IsStale(string id)
    {
        if (redis.KeyExpireTime($"session:{id}") is not { } expires)
        {
            return true;
        }

        DateTimeOffset at = new(expires);
        return at <= systemTime.UtcNow; // expect: EXP104
    }

    // Fine: which of two keys dies first; one server's clock on both sides.
    public bool DiesBefore(string one, string other) => redis.KeyExpireTime(one) < redis.KeyExpireTime(other);

    // Fine: a deadline that the caller knows.
    public async Task<bool> OutlivesAsync(string id, DateTime deadlineUtc) => await redis.KeyExpireTimeAsync(id) >= deadlineUtc;

    // Fine: the same server's clock.
    public async Task<bool> IsAliveByServerAsync(string id)
    {
        IServer server = redis.Multiplexer.GetServers()[0];
        return await redis.KeyExpireTimeAsync(id) > await server.TimeAsync();
    }

    // Fine: the local clock times the call, not the key.
    public async Task<(DateTime? At, TimeSpan Took)> TimedAsync(string id)
    {
        DateTime started = DateTime.UtcNow;
        DateTime? at = await redis.KeyExpireTimeAsync(id);
        return (at, DateTime.UtcNow - started);
    }

    // Bug: in a query.
    public List<string> Dead(IEnumerable<string> ids) => ids.Where(id => redis.KeyExpireTime(id) < DateTime.UtcNow).ToList(); // expect: EXP104

    // Bug: sleeps until the end by the wrong clock.
    public async Task WaitForEndAsync(string id, CancellationToken ct)
    {
        if (await redis.KeyExpireTimeAsync(id) is { } end)
        {
            var wait = end.Subtract(DateTime.UtcNow); // expect: EXP104
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, ct);
            }
        }
    }

    // Bug: a copy with the TTL that is left.
    public async Task CopyAsync(RedisKey from, RedisKey to)
    {
        RedisValue value = await redis.StringGetAsync(from);
        DateTime? end = await redis.KeyExpireTimeAsync(from);
        await redis.StringSetAsync(to, value, expiry: end - DateTime.UtcNow, when: When.Always); // expect: EXP104
    }

    // Fine: a copy with the end itself.
    public async Task CopyEndAsync(RedisKey from, RedisKey to) => await redis.KeyExpireAsync(to, await redis.KeyExpireTimeAsync(from));

    // Fine: an instant of this machine's own making.
    public async Task<bool> IsCooledDownAsync(string id)
    {
        TimeSpan? left = await redis.KeyTimeToLiveAsync(id);
        DateTime until = DateTime.UtcNow + (left ?? TimeSpan.Zero);
        return until <= DateTime.UtcNow;
    }

    // Bug: one of two branches.
    public bool IsOver(string id, DateTime? given)
    {
        DateTime? end = given ?? redis.KeyExpireTime(id);
        return end < DateTime.UtcNow; // expect: EXP104
    }

    // Fine: overwritten before it is judged.
    public bool IsOverAfterTouch(string id, DateTime given)
    {
        DateTime? end = redis.KeyExpireTime(id);
        Console.WriteLine(end);
        end = given;
        return end < DateTime.UtcNow;
    }
}
