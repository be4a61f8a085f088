using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Memory;
using StackExchange.Redis;

namespace Course.HoldoutLayers.Facades;

/// <summary>The database behind a thin face, with metrics, guards and defaults.</summary>
public class RedisFacade
{
    protected static readonly TimeSpan DefaultTtl = TimeSpan.FromHours(1);
    private readonly IDatabase _db;
    private long _calls;

    public RedisFacade(IDatabase db) => _db = db;

    public async Task<bool> SetAsync(string key, string value, TimeSpan? ttl = null, bool sliding = false)
    {
        Interlocked.Increment(ref _calls);
        TimeSpan life = ttl.GetValueOrDefault(DefaultTtl);
        if (life <= TimeSpan.Zero)
        {
            await _db.KeyDeleteAsync(key);
            return false;
        }

        return await _db.StringSetAsync(key, value, life);
    }

    public async Task<bool> SetAtAsync(string key, string value, DateTime at)
    {
        at = at.Kind switch
        {
            DateTimeKind.Unspecified => DateTime.SpecifyKind(at, DateTimeKind.Utc),
            _ => at.ToUniversalTime(),
        };
        return await Timed(() => _db.StringSetAsync(key, value, at));
    }

    public Task<bool> SetLeftAsync(string key, string value, DateTime end)
    {
        TimeSpan left = end.ToUniversalTime() - DateTime.UtcNow;
        return left > TimeSpan.Zero ? _db.StringSetAsync(key, value, left) : Task.FromResult(false);
    }

    public Task<bool> SetUntilAsync(string key, string value, DateTime end) => Timed(() => _db.StringSetAsync(key, value, end));

    public Task<bool> ExpireAsync(string key, TimeSpan ttl) => Timed(() => _db.KeyExpireAsync(key, ttl));

    public Task<RedisValue> GetAsync(string key) => Timed(() => _db.StringGetAsync(key));

    public async Task<string?> GetOrTouchAsync(string key, TimeSpan? touch)
    {
        RedisValue value = touch is { } ttl ? await _db.StringGetSetExpiryAsync(key, ttl) : await _db.StringGetAsync(key);
        return value;
    }

    public Task<long> AddAsync(string key, string member) => Timed(() => _db.ListRightPushAsync(key, member));

    public virtual Task TrimAsync(string key) => Timed(() => _db.ListTrimAsync(key, -100, -1).ContinueWith(static _ => true));

    private static async Task<T> Timed<T>(Func<Task<T>> call)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            return await call();
        }
        finally
        {
            watch.Stop();
        }
    }
}

public sealed class Chat(RedisFacade redis, IMemoryCache memory)
{
    public Task<bool> Nothing(string room) => redis.SetAsync(room, "x", TimeSpan.Zero);

    public Task<bool> Default(string room) => redis.SetAsync(room, "x");

    public Task<bool> Today(string room) => redis.SetAtAsync(room, "x", DateTime.Today.AddDays(1));

    public Task<bool> Fixed(string room) => redis.SetAtAsync(room, "x", new DateTime(2031, 1, 1));

    public Task<bool> Left(string room) => redis.SetLeftAsync(room, "x", DateTime.Today.AddDays(1));

    public Task<bool> LeftNow(string room) => redis.SetLeftAsync(room, "x", DateTime.Now.AddMinutes(30));

    public Task<bool> Until(string room) => redis.SetUntilAsync(room, "x", DateTime.Today.AddDays(1)); // expect: EXP101

    public Task<bool> UntilUtc(string room) => redis.SetUntilAsync(room, "x", DateTime.UtcNow.Date.AddDays(1));

    public Task<bool> UntilConverted(string room, TimeZoneInfo zone) => redis.SetUntilAsync(room, "x", TimeZoneInfo.ConvertTimeToUtc(new DateTime(2031, 1, 1), zone));

    public Task<bool> UntilTokyo(string room) => redis.SetUntilAsync(room, "x", TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")).Date.AddDays(1)); // expect: EXP101

    public async Task<string?> Open(string room)
    {
        RedisValue last = await redis.GetAsync("room:" + room);
        await redis.ExpireAsync("room:" + room, TimeSpan.FromHours(2)); // expect: EXP301
        return last;
    }

    public async Task<string?> OpenTouched(string room) => await redis.GetOrTouchAsync("room:" + room, TimeSpan.FromHours(2));

    public async Task Say(string room, string line)
    {
        await redis.AddAsync($"lines:{room}", line);
        await redis.TrimAsync($"lines:{room}");
        await redis.ExpireAsync($"lines:{room}", TimeSpan.FromDays(1)); // expect: EXP302
    }

    public async Task SayElsewhere(string room, string line)
    {
        await redis.AddAsync($"lines:{room}", line);
        await redis.ExpireAsync($"room:{room}", TimeSpan.FromDays(1));
    }

    public async Task SayOrKeep(string room, string? line)
    {
        if (line is null)
        {
            await redis.ExpireAsync($"lines:{room}", TimeSpan.FromDays(1));
        }
        else
        {
            await redis.AddAsync($"lines:{room}", line);
        }
    }

    public string Remember(string room) => memory.GetOrCreate(room, entry => Kept(entry, DateTime.Now.AddMinutes(5), room))!;

    public string RememberDay(string room, DateOnly day) => memory.GetOrCreate(room, entry => Kept(entry, day.ToDateTime(TimeOnly.MaxValue), room))!; // expect: EXP101

    public void EachRoom(IReadOnlyList<string> rooms)
    {
        Action<string, DateTime> keep = (room, until) => redis.SetUntilAsync(room, "x", until);
        foreach (string room in rooms)
        {
            keep(room, DateTime.UtcNow.Date.AddDays(1));
        }
    }

    private static string Kept(ICacheEntry entry, DateTimeOffset until, string value)
    {
        entry.AbsoluteExpiration = until;
        return value;
    }
}

/// <summary>Locks in which work is bounded, renewed or not in view.</summary>
public sealed class CarefulLocks(IDatabase db, Func<CancellationToken, Task> work)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(40);

    public async Task WithBudget(string name)
    {
        using CancellationTokenSource budget = new(Budget);
        await Run(name, Lease, work, budget.Token);
    }

    public async Task WithRenewal(string name)
    {
        string owner = Guid.NewGuid().ToString();
        if (!await Acquire(name, owner))
        {
            return;
        }

        using Timer timer = new(_ => Prolong(name, owner), null, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20));
        try
        {
            await work(CancellationToken.None);
        }
        finally
        {
            await db.LockReleaseAsync(name, owner);
        }
    }

    public async Task Unbounded(string name)
    {
        string owner = Guid.NewGuid().ToString();
        if (await db.LockTakeAsync("unbounded:" + name, owner, Lease)) // expect: EXP201
        {
            try
            {
                await work(CancellationToken.None);
            }
            finally
            {
                await db.LockReleaseAsync("unbounded:" + name, owner);
            }
        }
    }

    private Task<bool> Acquire(string name, string owner) => db.LockTakeAsync(name, owner, Lease);

    private void Prolong(string name, string owner) => db.LockExtend(name, owner, Lease, CommandFlags.FireAndForget);

    private async Task Run(string name, TimeSpan lease, Func<CancellationToken, Task> action, CancellationToken token)
    {
        string owner = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync(name, owner, lease))
        {
            return;
        }

        try
        {
            await action(token);
        }
        finally
        {
            await db.LockReleaseAsync(name, owner);
        }
    }
}
