using System;
using System.Threading;
using System.Threading.Tasks;
using Layered.Contracts;

namespace Layered.Core;

/// <summary>Knows the contracts alone: no implementation is referenced here.</summary>
public sealed class Orders(
    ICacheService cache, IPageCache pages, ISessionStore sessions, IAuditLog audit, ILocks locks, IClock clock)
{
    private static readonly TimeSpan Zero = TimeSpan.Zero;

    public async Task Times(DateTime parsed)
    {
        await cache.SetAsync("a", "1", TimeSpan.Zero); // EXP401
        await cache.SetAsync("a", "1", Zero); // EXP401
        await cache.SetForMinutesAsync("b", "1", 30 * 60 * 1000); // silent: as long as it says
        await cache.SetForMinutesAsync("b", "1", (int)TimeSpan.FromHours(2).TotalSeconds); // EXP105
        await cache.SetForSecondsAsync("b", "1", (int)TimeSpan.FromHours(2).TotalMinutes); // EXP105
        await cache.SetForSecondsAsync("b", "1", TimeSpan.FromHours(2).Minutes); // EXP105
        await cache.SetForSecondsAsync("b", "1", 0); // EXP401
        await cache.SetAsync("c", "1", TimeSpan.FromMilliseconds(5)); // EXP402
        await cache.KeepUntilAsync("d", DateTime.Now.AddMinutes(5)); // EXP101 EXP102
        await cache.KeepUntilAsync("d", new DateTime(2030, 1, 1)); // EXP101
        await cache.KeepUntilAsync("d", DateTime.UtcNow.AddMinutes(5)); // EXP102
        await cache.KeepUntilAsync("d", clock.Now.AddHours(1)); // EXP101 EXP102
        await cache.KeepUntilAsync("d", clock.EndOfDay()); // EXP101
        await cache.KeepUntilAsync("d", parsed.ToUniversalTime());
        await cache.TouchAsync("d", DateTime.UtcNow.AddMinutes(5) - DateTime.Now); // EXP103
        pages.Store("home", "<html>", (int)TimeSpan.FromMinutes(5).TotalMilliseconds); // EXP105
        pages.Store("home", "<html>", 0); // EXP401
        await audit.WriteAsync("x", TimeSpan.Zero);
        await sessions.SaveAsync("s", "1", TimeSpan.Zero); // EXP401
        await cache.SetAsync("a", "1", TimeSpan.FromMinutes(5));
        await cache.SetForSecondsAsync("b", "1", 300);
        await cache.SetForMinutesAsync("b", "1", 5);
        pages.Store("home", "<html>", 60);
        pages.StoreUntil("home", "<html>", DateTimeOffset.UtcNow.AddHours(1));
    }

    public async Task Pairs(int user, TimeSpan life)
    {
        await cache.SetAsync("n", "1");
        await cache.TouchAsync("n", life); // EXP302
        long hits = await cache.CountAsync("hits");
        await cache.TouchAsync("hits", life); // EXP303
        string? read = await cache.GetAsync("r");
        await cache.TouchAsync("r", life); // EXP301
        await cache.SetAsync(Keys.Cart(user), read + hits);
        await cache.TouchAsync(Keys.Cart(user), life); // EXP302
        await cache.SetAsync("one", "1");
        await cache.TouchAsync("other", life);
        await cache.SetAsync("w", "1", life);
        await cache.RemoveAsync("w");
    }

    public async Task<bool> Expired(string key)
    {
        DateTime? at = await cache.ExpiresAtAsync(key);
        return at < DateTime.UtcNow; // EXP104
    }

    public async Task Locked(Func<CancellationToken, Task> work, string owner)
    {
        if (await locks.TryTakeAsync("nightly", owner, TimeSpan.FromSeconds(30))) // EXP201
        {
            try
            {
                await work(CancellationToken.None);
            }
            finally
            {
                await locks.ReleaseAsync("nightly", owner);
            }
        }
    }

    public async Task LockedFor(Func<CancellationToken, Task> work, string owner)
    {
        if (!await locks.TryTakeAsync("hourly", owner, TimeSpan.FromSeconds(60)))
        {
            return;
        }

        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(30));
        try
        {
            await work(stop.Token);
        }
        finally
        {
            await locks.ReleaseAsync("hourly", owner);
        }
    }

    public async Task Unchecked(Func<Task> work, string owner)
    {
        await locks.TryTakeAsync("daily", owner, TimeSpan.FromMinutes(5)); // EXP201 EXP202
        await work();
        await locks.ReleaseAsync("daily", owner); // EXP202
    }
}
