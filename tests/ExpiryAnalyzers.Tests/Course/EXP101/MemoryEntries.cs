using System;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Memory;

namespace Course.Exp101.Memory;

public class PriceBoard
{
    private readonly IMemoryCache _cache;

    public PriceBoard(IMemoryCache cache) => _cache = cache ?? throw new ArgumentNullException(nameof(cache));

    // Bug: no kind, read as local.
    public decimal StoreForYear(string sku, decimal price) => _cache.Set(sku, price, new DateTime(2031, 1, 1)); // expect: EXP101

    // Fine: Utc.
    public decimal StoreForYearUtc(string sku, decimal price) => _cache.Set(sku, price, new DateTime(2031, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    // Fine: one clock, Local converts well: neither rule speaks.
    public decimal StoreForAMinute(string sku, decimal price) => _cache.Set(sku, price, DateTime.Now.AddMinutes(1));

    // Bug: the clock part of an offset, read as local.
    public decimal StoreFor(string sku, decimal price, DateTimeOffset until) => _cache.Set(sku, price, until.DateTime); // expect: EXP101

    // Fine: the offset itself.
    public decimal StoreForOffset(string sku, decimal price, DateTimeOffset until) => _cache.Set(sku, price, until);

    // Bug: in a factory lambda.
    public Task<decimal> GetAsync(string sku, Func<string, Task<decimal>> load) =>
        _cache.GetOrCreateAsync(sku, async entry =>
        {
            entry.AbsoluteExpiration = DateTimeOffset.UtcNow.Date.AddDays(1); // expect: EXP101
            return await load(sku);
        });

    // Fine: the UTC day by another road.
    public Task<decimal> GetUtcAsync(string sku, Func<string, Task<decimal>> load) =>
        _cache.GetOrCreateAsync(sku, async entry =>
        {
            entry.AbsoluteExpiration = DateTime.UtcNow.Date.AddDays(1);
            return await load(sku);
        });

    // Fine: local midnight is what a shop in one place wants, and it converts well.
    public Task<decimal> GetForTodayAsync(string sku, Func<string, Task<decimal>> load) =>
        _cache.GetOrCreateAsync(sku, entry =>
        {
            entry.SetAbsoluteExpiration(DateTime.Today.AddDays(1));
            return load(sku);
        });

    // Bug: the fluent form on entry options.
    public void StoreWithOptions(string sku, decimal price, DateOnly day)
    {
        MemoryCacheEntryOptions options = new MemoryCacheEntryOptions()
            .SetPriority(CacheItemPriority.High)
            .SetAbsoluteExpiration(day.ToDateTime(TimeOnly.MinValue)); // expect: EXP101
        _cache.Set(sku, price, options);
    }

    // Fine: the fluent form with a duration.
    public void StoreWithRelative(string sku, decimal price)
    {
        MemoryCacheEntryOptions options = new MemoryCacheEntryOptions()
            .SetPriority(CacheItemPriority.High)
            .SetAbsoluteExpiration(TimeSpan.FromDays(1));
        _cache.Set(sku, price, options);
    }

    // Bug: an object initialiser on entry options, ticks without a kind.
    public void StoreWithTicks(string sku, decimal price, long ticks)
        => _cache.Set(sku, price, new MemoryCacheEntryOptions { AbsoluteExpiration = new DateTime(ticks), Size = 1 }); // expect: EXP101

    // Fine: ticks with a zero offset.
    public void StoreWithOffsetTicks(string sku, decimal price, long ticks)
        => _cache.Set(sku, price, new MemoryCacheEntryOptions { AbsoluteExpiration = new DateTimeOffset(ticks, TimeSpan.Zero), Size = 1 });

    // Bug: an entry written by hand.
    public void StoreByEntry(string sku, decimal price, DateTime wall)
    {
        using ICacheEntry entry = _cache.CreateEntry(sku);
        entry.Value = price;
        entry.AbsoluteExpiration = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified); // expect: EXP101
    }

    // Fine: the parameter's own kind is not known.
    public void StoreByEntryAsIs(string sku, decimal price, DateTime wall)
    {
        using ICacheEntry entry = _cache.CreateEntry(sku);
        entry.Value = price;
        entry.AbsoluteExpiration = wall;
    }
}
