using System;
using System.Threading.Tasks;
using Layered.Storage;
using Microsoft.Extensions.Caching.Memory;
using StackExchange.Redis;

namespace Layered.Web;

/// <summary>Calls what the other project has, without an interface.</summary>
public sealed class Direct(IDatabase db, IMemoryCache memory, RedisCacheService cache)
{
    public async Task Run()
    {
        await db.PutAsync("a", "1", TimeSpan.Zero); // EXP401
        await db.ExpireAtAsync("a", DateTime.UtcNow.AddMinutes(5)); // EXP102
        await db.ExpireAtAsync("a", DateTime.Today.AddDays(2));
        db.PutRaw("a", "1", 0); // EXP401
        db.PutRaw("a", "1", (int)TimeSpan.FromMinutes(1).TotalSeconds); // EXP105
        memory.Set("a", 1, EntryFactory.For(TimeSpan.Zero)); // EXP401
        memory.Set("a", 1, EntryFactory.Until(DateTime.Now.AddMinutes(1))); // EXP110
        memory.Set("a", 1, EntryFactory.Until(new DateTime(2030, 1, 1))); // EXP101
        await cache.SetForSecondsAsync("a", "1", 0); // EXP401
        await db.StringSetAsync("shop:k", "1");
        await cache.TouchAsync("k", TimeSpan.FromMinutes(1)); // silent: whether both databases are one is not in view
    }
}
