using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp401.Sessions;

public sealed record SessionSettings(TimeSpan Lifetime, TimeSpan? Grace, int IdleSeconds);

public sealed class SessionRevocation(IConnectionMultiplexer redis, SessionSettings settings)
{
    private static readonly TimeSpan Immediately = TimeSpan.Zero;
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;
    private static readonly TimeSpan Forever = TimeSpan.MaxValue;
    private const int IdleMinutes = 20;

    private IDatabase Db => redis.GetDatabase();

    // Bug: deletes by an expiry of zero.
    public Task<bool> RevokeAsync(string id) => Db.KeyExpireAsync("session:" + id, Immediately); // expect: EXP401

    // Fine: deletes.
    public Task<bool> RevokeByDeleteAsync(string id) => Db.KeyDeleteAsync("session:" + id);

    // Bug: meant as "never", deletes.
    public Task<bool> PinAsync(string id) => Db.KeyExpireAsync("session:" + id, Never); // expect: EXP401

    // Fine: MaxValue and null take the TTL away.
    public async Task PinRightAsync(string id)
    {
        await Db.KeyExpireAsync("session:" + id, Forever);
        await Db.KeyExpireAsync("session:" + id, (TimeSpan?)null);
    }

    // Fine: the length is the caller's.
    public Task<bool> TouchAsync(string id, TimeSpan lifetime) => Db.KeyExpireAsync("session:" + id, lifetime);

    // Fine: from settings.
    public Task<bool> TouchAsync(string id) => Db.KeyExpireAsync("session:" + id, settings.Grace ?? settings.Lifetime);

    // Fine: a constant that is one.
    public Task<bool> KeepAsync(string id) => Db.KeyExpireAsync("session:" + id, TimeSpan.FromMinutes(IdleMinutes));

    // Bug: the sign is wrong.
    public Task<bool> ShortenAsync(string id) => Db.KeyExpireAsync("session:" + id, TimeSpan.FromMinutes(-IdleMinutes)); // expect: EXP401

    // Bug: a past instant for a delete.
    public Task ExpireNowAsync(string id) =>
        Db.KeyExpireAsync(
            "session:" + id,
            DateTime.UtcNow.AddSeconds(-1)); // expect: EXP401

    // Bug: a branch that deletes.
    public async Task ExtendAsync(string id, bool remember)
    {
        await Db.KeyExpireAsync(
            "session:" + id,
            remember
                ? TimeSpan.FromDays(30)
                : TimeSpan.Zero); // expect: EXP401
    }

    // Fine: the zero is kept back.
    public async Task ExtendGuardedAsync(string id, bool remember)
    {
        TimeSpan lifetime = TimeSpan.Zero;
        if (remember)
        {
            lifetime = settings.Lifetime;
        }

        if (lifetime > TimeSpan.Zero)
        {
            await Db.KeyExpireAsync("session:" + id, lifetime);
        }
        else
        {
            await Db.KeyDeleteAsync("session:" + id);
        }
    }

    // Bug: nothing keeps it back.
    public async Task ExtendUnguardedAsync(string id, bool remember)
    {
        TimeSpan lifetime = TimeSpan.Zero;
        if (remember)
        {
            lifetime = settings.Lifetime;
        }

        await Db.KeyExpireAsync("session:" + id, lifetime); // expect: EXP401
    }

    // Fine: a default that is replaced.
    public async Task StoreAsync(string id, string body, TimeSpan lifetime = default)
    {
        if (lifetime <= TimeSpan.Zero)
        {
            lifetime = settings.Lifetime;
        }

        await Db.StringSetAsync("session:" + id, body, lifetime);
    }

    // Fine: the helper replaces it.
    public Task StoreDefaultAsync(string id, string body) => StoreAsync(id, body, TimeSpan.Zero);

    // Bug: refused by the server.
    public Task StoreForeverAsync(string id, string body) => Db.StringSetAsync("session:" + id, body, TimeSpan.Zero); // expect: EXP401

    // Fine: no expiry.
    public Task StoreWithoutAsync(string id, string body) => Db.StringSetAsync("session:" + id, body);

    // Fine: MaxValue is a plain SET.
    public Task StoreMaxAsync(string id, string body) => Db.StringSetAsync("session:" + id, body, TimeSpan.MaxValue);

    // Fine: what is left until a deadline is not known.
    public Task StoreUntilAsync(string id, string body, DateTimeOffset until) => Db.StringSetAsync("session:" + id, body, until - DateTimeOffset.UtcNow);

    // Fine: waits are no TTLs.
    public async Task WaitAsync(CancellationToken token)
    {
        await Task.Delay(TimeSpan.Zero, token);
        using var never = new CancellationTokenSource(Timeout.InfiniteTimeSpan);
    }

    // Fine: zero as a sum's start.
    public async Task SumAsync(string id, IEnumerable<TimeSpan> parts)
    {
        TimeSpan sum = TimeSpan.Zero;
        foreach (TimeSpan part in parts)
        {
            sum += part;
        }

        await Db.KeyExpireAsync("session:" + id, sum + settings.Lifetime);
    }

    // Fine: the int may be anything.
    public Task IdleAsync(string id) => Db.KeyExpireAsync("session:" + id, TimeSpan.FromSeconds(settings.IdleSeconds));
}
