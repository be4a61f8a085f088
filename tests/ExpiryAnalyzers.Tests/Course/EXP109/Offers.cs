using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using StackExchange.Redis;

namespace Shop.Offers;

public static class Lifetimes
{
    public static readonly DateTime SaleEnds = DateTime.UtcNow.AddHours(6);
    public static readonly DateTimeOffset Tonight = new(DateTime.UtcNow.Date.AddDays(1), TimeSpan.Zero);
    public static readonly DateTime Campaign = new(2040, 11, 30, 0, 0, 0, DateTimeKind.Utc);
    public static DateTime Soon => DateTime.UtcNow.AddHours(6);

    public static readonly MemoryCacheEntryOptions Short = new()
    {
        Priority = CacheItemPriority.Low,
        AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(1), // expect: EXP109
    };

    public static readonly IReadOnlyDictionary<string, DistributedCacheEntryOptions> ByKind = new Dictionary<string, DistributedCacheEntryOptions>
    {
        ["short"] = new() { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(1) }, // expect: EXP109
        ["long"] = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) },
    };

    public static readonly Func<DistributedCacheEntryOptions> Fresh =
        () => new() { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(1) }; // expect: EXP102
}

public sealed class OfferStore(IDatabase db, IMemoryCache memory, IDistributedCache shared)
{
    private static readonly DateTime Once = DateTime.Now.AddHours(1);
    private readonly DateTime _bornAt = DateTime.UtcNow;

    public Task ExpireAsync(string id) => db.KeyExpireAsync("offer:" + id, Lifetimes.SaleEnds); // expect: EXP109

    public Task ExpireSoonAsync(string id) => db.KeyExpireAsync("offer:" + id, Lifetimes.Soon); // expect: EXP102

    public Task ExpireCampaignAsync(string id) => db.KeyExpireAsync("offer:" + id, Lifetimes.Campaign);

    public void Remember(string id, object offer) => memory.Set(id, offer, Lifetimes.Tonight);

    public Task StoreAsync(string id, string json) =>
        db.StringSetAsync("offer:" + id, json, Lifetimes.SaleEnds - DateTime.UtcNow); // expect: EXP109

    // Local time in a field, for a cache of this process: one report.
    public void RememberOnce(string id, object offer) => memory.Set(id, offer, Once); // expect: EXP109

    public Task ShareAsync(string id, byte[] offer) => shared.SetAsync(id, offer, new DistributedCacheEntryOptions
    {
        AbsoluteExpiration = Lifetimes.SaleEnds, // expect: EXP109
    });

    // How long the store lives is not in view.
    public Task ExpireWithStoreAsync(string id) => db.KeyExpireAsync("offer:" + id, _bornAt.AddHours(1));

    public void AcrossSummerTime(string id, object offer)
    {
        memory.Set(id, offer, DateTime.Now.AddMinutes(90)); // expect: EXP110
        memory.Set(id, offer, DateTimeOffset.Now.AddMinutes(90));
        memory.Set(id, offer, DateTime.Today.AddDays(1));
    }
}

public sealed class Heartbeat(IDatabase db)
{
    public async Task RunAsync(string node, CancellationToken stop)
    {
        DateTime until = DateTime.UtcNow.AddSeconds(30);
        while (!stop.IsCancellationRequested)
        {
            await db.KeyExpireAsync("alive:" + node, until); // expect: EXP109
            await Task.Delay(TimeSpan.FromSeconds(10), stop);
        }
    }

    public async Task RunRightlyAsync(string node, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await db.KeyExpireAsync("alive:" + node, DateTime.UtcNow.AddSeconds(30)); // expect: EXP102
            await Task.Delay(TimeSpan.FromSeconds(10), stop);
        }
    }

    public async Task RunForAMinuteAsync(string node, CancellationToken stop)
    {
        DateTime until = DateTime.UtcNow.AddMinutes(1);
        while (!stop.IsCancellationRequested && DateTime.UtcNow < until)
        {
            await db.KeyExpireAsync("alive:" + node, until);
            await Task.Delay(TimeSpan.FromSeconds(10), stop);
        }
    }
}
