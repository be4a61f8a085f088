using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Exp102.Shared;

public sealed class UploadService(IDatabase db, IDistributedCache cache)
{
    // Fine: two keys share one deadline.
    public async Task TouchBothAsync(string id)
    {
        DateTime until = DateTime.UtcNow.AddHours(1);
        await db.KeyExpireAsync($"upload:{id}:meta", until);
        await db.KeyExpireAsync($"upload:{id}:chunks", until);
    }

    // Bug: one of the two keys only, the local serves nothing else.
    public async Task TouchMetaAsync(string id)
    {
        DateTime until = DateTime.UtcNow.AddHours(1);
        await db.KeyExpireAsync($"upload:{id}:meta", until); // expect: EXP102
        await db.KeyDeleteAsync($"upload:{id}:chunks");
    }

    // Bug: two keys, two readings of the clock: they do not agree anyway.
    public async Task TouchApartAsync(string id)
    {
        await db.KeyExpireAsync($"upload:{id}:meta", DateTime.UtcNow.AddHours(1)); // expect: EXP102
        await db.KeyExpireAsync($"upload:{id}:chunks", DateTime.UtcNow.AddHours(1)); // expect: EXP102
    }

    // Fine: a key and a cache entry share one deadline.
    public async Task StoreAsync(string id, byte[] preview)
    {
        DateTimeOffset until = DateTimeOffset.UtcNow.AddHours(1);
        await cache.SetAsync($"preview:{id}", preview, new DistributedCacheEntryOptions { AbsoluteExpiration = until });
        await db.KeyExpireAsync($"upload:{id}:meta", until.UtcDateTime);
    }

    // Fine: all keys of a loop share one deadline.
    public async Task TouchAllAsync(IEnumerable<string> ids)
    {
        DateTime until = DateTime.UtcNow.AddHours(1);
        foreach (string id in ids)
        {
            await db.KeyExpireAsync($"upload:{id}:meta", until);
        }
    }

    // Bug: every turn of the loop reads the clock again.
    public async Task TouchEachAsync(IEnumerable<string> ids)
    {
        foreach (string id in ids)
        {
            DateTime until = DateTime.UtcNow.AddHours(1);
            await db.KeyExpireAsync($"upload:{id}:meta", until); // expect: EXP102
        }
    }

    // Fine: the deadline is also a score in an index.
    public async Task IndexAsync(string id)
    {
        DateTime until = DateTime.UtcNow.AddHours(1);
        await db.SortedSetAddAsync("uploads:by-deadline", id, until.Ticks);
        await db.KeyExpireAsync($"upload:{id}:meta", until);
    }

    // Bug: the clock reading is stored, the deadline is not: it is the key's alone.
    public async Task IndexCreationAsync(string id)
    {
        DateTime created = DateTime.UtcNow;
        await db.SortedSetAddAsync("uploads:by-creation", id, created.Ticks);
        await db.KeyExpireAsync($"upload:{id}:meta", created.AddHours(1)); // expect: EXP102
    }

    // Fine: a hash keeps the deadline, too.
    public async Task RememberAsync(string id)
    {
        var until = DateTime.UtcNow.AddHours(1);
        await db.HashSetAsync($"uploads:{id}:state", "until", until.ToString("O"));
        await db.KeyExpireAsync($"upload:{id}:meta", until);
    }

    // Bug: another local is compared, the deadline is not.
    public async Task<bool> TouchAndCountAsync(string id)
    {
        var started = DateTime.UtcNow;
        var until = DateTime.UtcNow.AddHours(1);
        bool known = await db.KeyExpireAsync($"upload:{id}:meta", until); // expect: EXP102
        return known && DateTime.UtcNow - started < TimeSpan.FromSeconds(1);
    }
}
