using System;
using System.Runtime.Caching;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using ZiggyCreatures.Caching.Fusion;
using MemoryCache = System.Runtime.Caching.MemoryCache;

namespace Course.HoldoutLayers.CacheOptions;

public static class EntryOptions
{
    public static readonly DistributedCacheEntryOptions UntilNewYear = new()
    {
        AbsoluteExpiration = new DateTime(2031, 1, 1), // expect: EXP101
    };

    public static readonly DistributedCacheEntryOptions Daily = new DistributedCacheEntryOptions().SetAbsoluteExpiration(TimeSpan.FromDays(1));

    public static DistributedCacheEntryOptions For(TimeSpan ttl) => new() { AbsoluteExpirationRelativeToNow = ttl };

    public static DistributedCacheEntryOptions Until(DateTimeOffset at) => new() { AbsoluteExpiration = at };

    public static DistributedCacheEntryOptions Until(DateTime at, TimeSpan? sliding)
    {
        var options = new DistributedCacheEntryOptions { AbsoluteExpiration = at };
        if (sliding.HasValue)
        {
            options.SlidingExpiration = sliding;
        }

        return options;
    }

    public static DistributedCacheEntryOptions Minutes(int minutes) => new DistributedCacheEntryOptions()
        .SetAbsoluteExpiration(DateTimeOffset.UtcNow.AddMinutes(minutes)); // expect: EXP102

    public static DistributedCacheEntryOptions Session(int minutes) => new DistributedCacheEntryOptions()
        .SetSlidingExpiration(TimeSpan.FromMinutes(minutes))
        .SetAbsoluteExpiration(DateTimeOffset.Now.Date.AddDays(1)); // expect: EXP101, EXP107

    public static DistributedCacheEntryOptions Capped()
    {
        var options = new DistributedCacheEntryOptions();
        options.SetSlidingExpiration(TimeSpan.FromMinutes(5));
        options.AbsoluteExpiration = DateTime.Today.AddDays(1); // expect: EXP107
        return options;
    }

    public static DistributedCacheEntryOptions CappedUtc()
    {
        var options = new DistributedCacheEntryOptions();
        options.SetSlidingExpiration(TimeSpan.FromMinutes(5));
        options.AbsoluteExpiration = DateTime.UtcNow.Date.AddDays(1);
        return options;
    }
}

public static class DistributedCacheExtensions
{
    public static Task SetObjectAsync<T>(this IDistributedCache cache, string key, T value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        cache.SetAsync(key, JsonSerializer.SerializeToUtf8Bytes(value), options, token);

    public static Task SetObjectAsync<T>(this IDistributedCache cache, string key, T value, TimeSpan ttl) =>
        cache.SetObjectAsync(key, value, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = ttl });

    public static Task SetObjectAsync<T>(this IDistributedCache cache, string key, T value, Action<DistributedCacheEntryOptions> configure)
    {
        var options = new DistributedCacheEntryOptions();
        configure(options);
        return cache.SetObjectAsync(key, value, options);
    }

    public static Task SetObjectUntilAsync<T>(this IDistributedCache cache, string key, T value, DateTimeOffset until) =>
        cache.SetObjectAsync(key, value, EntryOptions.Until(until));

    public static void SetFor(this IMemoryCache cache, object key, object value, int seconds)
    {
        using ICacheEntry entry = cache.CreateEntry(key);
        entry.Value = value;
        entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(seconds);
    }
}

public sealed record Rate(string Currency, decimal Value, DateTime PublishedAt);

public sealed class RateService(IDistributedCache cache, IMemoryCache memory, HybridCache hybrid, IFusionCache fusion)
{
    public Task Store(Rate rate) => cache.SetObjectUntilAsync(rate.Currency, rate, DateTimeOffset.UtcNow.AddMinutes(10)); // expect: EXP102

    public Task StoreUntilNoon(Rate rate) => cache.SetObjectUntilAsync(rate.Currency, rate, DateTimeOffset.UtcNow.Date.AddHours(12)); // expect: EXP101

    public Task StoreUntilUtcNoon(Rate rate) => cache.SetObjectUntilAsync(rate.Currency, rate, DateTime.UtcNow.Date.AddHours(12));

    public Task StorePublished(Rate rate) => cache.SetObjectUntilAsync(rate.Currency, rate, rate.PublishedAt.AddDays(1));

    public Task StoreNothing(Rate rate) => cache.SetObjectAsync(rate.Currency, rate, TimeSpan.Zero); // expect: EXP401

    public Task StoreNegative(Rate rate) => cache.SetObjectAsync(rate.Currency, rate, EntryOptions.For(TimeSpan.FromMinutes(-5))); // expect: EXP401

    public Task StoreConfigured(Rate rate) => cache.SetObjectAsync(rate.Currency, rate, options =>
    {
        options.AbsoluteExpiration = DateTimeOffset.Now.AddHours(1); // expect: EXP102
    });

    public Task StoreConfiguredRight(Rate rate) => cache.SetObjectAsync(rate.Currency, rate, options => options.SetAbsoluteExpiration(TimeSpan.FromHours(1)));

    public Task StoreLimited(Rate rate) => cache.SetObjectAsync(
        rate.Currency,
        rate,
        EntryOptions.Until(new DateTime(2031, 6, 1), TimeSpan.FromMinutes(5))); // expect: EXP101, EXP107

    public Task StoreLimitedUtc(Rate rate) => cache.SetObjectAsync(rate.Currency, rate, EntryOptions.Until(DateTime.UtcNow.Date.AddDays(1), TimeSpan.FromMinutes(5)));

    public Task StoreDaily(Rate rate) => cache.SetObjectAsync(rate.Currency, rate, EntryOptions.Daily);

    public void Remember(Rate rate) => memory.Set(rate.Currency, rate, DateTimeOffset.Now.AddMinutes(5));

    public void RememberUntil(Rate rate) => memory.Set(rate.Currency, rate, DateTime.SpecifyKind(rate.PublishedAt, DateTimeKind.Unspecified).AddDays(1)); // expect: EXP101

    public void RememberFor(Rate rate, TimeSpan ttl) => memory.SetFor(rate.Currency, rate, (int)ttl.TotalMilliseconds); // expect: EXP105

    public void RememberForSeconds(Rate rate, TimeSpan ttl) => memory.SetFor(rate.Currency, rate, (int)ttl.TotalSeconds);

    public void RememberNever(Rate rate) => memory.SetFor(rate.Currency, rate, -1); // expect: EXP401

    public Rate? Recall(string currency, Func<ICacheEntry, Rate> load) => memory.GetOrCreate(currency, entry =>
    {
        entry.SetAbsoluteExpiration(DateTimeOffset.UtcNow.DateTime.AddMinutes(5)); // expect: EXP101
        return load(entry);
    });

    public ValueTask<Rate> Hybrid(string currency, Func<CancellationToken, ValueTask<Rate>> load) =>
        hybrid.GetOrCreateAsync(currency, load, HybridOptions(TimeSpan.FromSeconds(-1))); // expect: EXP401

    public ValueTask<Rate> HybridRight(string currency, Func<CancellationToken, ValueTask<Rate>> load) =>
        hybrid.GetOrCreateAsync(currency, load, HybridOptions(TimeSpan.FromMinutes(1)));

    public ValueTask HybridClock(Rate rate, DateTime deadline) =>
        hybrid.SetAsync(rate.Currency, rate, HybridOptions(deadline.TimeOfDay)); // expect: EXP106

    public void Fusion(Rate rate, DateTimeOffset deadline) =>
        fusion.Set(rate.Currency, rate, options => options.SetDuration(TimeSpan.FromSeconds(deadline.ToUnixTimeSeconds()))); // expect: EXP106

    public void FusionRest(Rate rate) => fusion.Set(rate.Currency, rate, DateTime.Today.AddDays(1) - DateTime.UtcNow); // expect: EXP103

    public void FusionRestUtc(Rate rate) => fusion.Set(rate.Currency, rate, DateTime.UtcNow.Date.AddDays(1) - DateTime.UtcNow);

    private static HybridCacheEntryOptions HybridOptions(TimeSpan expiration) => new() { Expiration = expiration, LocalCacheExpiration = TimeSpan.FromSeconds(30) };
}

public abstract class RuntimeCacheBase
{
    private readonly ObjectCache _cache = MemoryCache.Default;

    protected virtual CacheItemPolicy Policy(DateTimeOffset until) => new() { AbsoluteExpiration = until };

    protected void Put(string key, object value, DateTimeOffset until) => _cache.Set(key, value, until);

    protected static CacheItemPolicy Fixed(DateTime until) => new() { AbsoluteExpiration = until };
}

public sealed class RuntimeRateCache : RuntimeCacheBase
{
    public void Keep(Rate rate) => Put(rate.Currency, rate, DateTimeOffset.Now.AddHours(1));

    public void KeepMonth(Rate rate) => Put(rate.Currency, rate, new DateTime(rate.PublishedAt.Year, rate.PublishedAt.Month, 1).AddMonths(1)); // expect: EXP101

    public CacheItemPolicy Parsed(string text) => Fixed(DateTime.ParseExact(text, "yyyyMMdd", null)); // expect: EXP101

    public CacheItemPolicy Local() => Fixed(DateTime.Now.AddMinutes(5));

    // Which policy is made is the heir's business.
    public CacheItemPolicy Loose(DateTime noon) => Policy(noon);
}
