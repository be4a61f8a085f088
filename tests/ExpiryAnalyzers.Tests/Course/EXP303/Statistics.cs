#nullable enable
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp303.Statistics;

public sealed class ViewCounter(IDatabase db)
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    public async Task<long> ViewAsync(int articleId)
    {
        string key = $"views:{articleId}:{DateTime.UtcNow:yyyyMMdd}";
        long views = await db.StringIncrementAsync(key);
        if (views == 1)
            await db.KeyExpireAsync(key, Month); // expect: EXP303
        return views;
    }

    public async Task AddAsync(string page, string country, long bytes)
    {
        var key = "stats:" + page;
        await db.HashIncrementAsync(key, country);
        await db.HashIncrementAsync(key, "bytes", bytes);
        await db.KeyExpireAsync(key, Month); // expect: EXP303
    }

    public async Task TrendAsync(string tag)
    {
        await db.SortedSetIncrementAsync("trending", tag, 1);
        await db.KeyExpireAsync("trending", TimeSpan.FromHours(24)); // expect: EXP303
    }

    public void Score(string player, double points)
    {
        var board = $"board:{DateTime.UtcNow:yyyy-MM}";
        db.SortedSetIncrement(board, player, points);
        db.KeyExpire(board, DateTime.UtcNow.Date.AddMonths(2)); // expect: EXP303
    }

    public async Task<double> AverageAsync(string sensor, double value)
    {
        var sum = await db.StringIncrementAsync($"sum:{sensor}", value);
        var count = await db.StringIncrementAsync($"count:{sensor}");
        if (count == 1)
        {
            await db.KeyExpireAsync($"sum:{sensor}", Month); // expect: EXP303
            await db.KeyExpireAsync($"count:{sensor}", Month); // expect: EXP303
        }

        return sum / count;
    }

    public async Task BothAtOnceAsync(string page)
    {
        var count = db.StringIncrementAsync(page);
        var kept = db.KeyExpireAsync(page, Month); // expect: EXP303
        await Task.WhenAll(count, kept);
    }

    public Task ArrayAsync(string page)
    {
        var tasks = new Task[2];
        tasks[0] = db.StringIncrementAsync(page);
        tasks[1] = db.KeyExpireAsync(page, Month); // expect: EXP303
        return Task.WhenAll(tasks);
    }

    public async Task BatchAsync(IEnumerable<string> pages)
    {
        var batch = db.CreateBatch();
        var tasks = new List<Task>();
        foreach (var page in pages)
        {
            tasks.Add(batch.StringIncrementAsync(page));
            tasks.Add(batch.KeyExpireAsync(page, Month)); // expect: EXP303
        }

        batch.Execute();
        await Task.WhenAll(tasks);
    }

    public async Task TransactionAsync(IEnumerable<string> pages)
    {
        var transaction = db.CreateTransaction();
        foreach (var page in pages)
        {
            _ = transaction.StringIncrementAsync(page);
            _ = transaction.KeyExpireAsync(page, Month);
        }

        await transaction.ExecuteAsync();
    }

    // A total that is meant to live for ever, and a key that is not.
    public async Task CountForEverAsync(string page)
    {
        await db.StringIncrementAsync("total:" + page);
        await db.StringIncrementAsync("total");
        await db.KeyExpireAsync("session:" + page, Month);
    }

    // One or the other, never both.
    public async Task EitherAsync(string page, bool isView)
    {
        if (isView)
            await db.StringIncrementAsync(page);
        else
            await db.KeyExpireAsync(page, Month);
    }

    // The window begins anew with a plain write: another rule's.
    public async Task ResetAsync(string page, long from)
    {
        await db.StringIncrementAsync(page);
        await db.StringSetAsync(page, from);
        await db.KeyExpireAsync(page, Month);
    }

    public async Task ResetWithLifeAsync(string page)
    {
        var n = await db.StringIncrementAsync(page);
        if (n > 1000)
        {
            await db.StringSetAsync(page, 0, Month);
        }
    }

    public async Task RawAsync(string page)
    {
        await db.ExecuteAsync("INCR", page);
        await db.ExecuteAsync("EXPIRE", page, 60); // expect: EXP303
        await db.ExecuteAsync("HINCRBY", "stats", page, 1);
        await db.ExecuteAsync("EXPIRE", "stats", 60, "NX");
    }

    // Takes the TTL away: that is what is wanted.
    public async Task KeepForEverAsync(string page)
    {
        await db.StringIncrementAsync(page);
        await db.KeyPersistAsync(page);
        await db.StringIncrementAsync(page + ":all");
        await db.KeyExpireAsync(page + ":all", default(TimeSpan?));
    }

    // The key's variable is another one by then.
    public async Task ReassignedAsync(string page)
    {
        var key = "a:" + page;
        await db.StringIncrementAsync(key);
        key = "b:" + page;
        await db.KeyExpireAsync(key, Month);
    }
}

// Free places: counted down.
public sealed class Stock(IDatabase db)
{
    public async Task<bool> ReserveAsync(string sku, TimeSpan? hold)
    {
        var left = await db.StringDecrementAsync($"stock:{sku}");
        if (left < 0)
        {
            await db.StringIncrementAsync($"stock:{sku}");
            return false;
        }

        if (hold is { } life)
            await db.KeyExpireAsync($"stock:{sku}", life); // expect: EXP303
        return true;
    }
}
