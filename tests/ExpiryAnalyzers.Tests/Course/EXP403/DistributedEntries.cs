using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;

namespace Shop.Pricing;

public sealed record Price(int ProductId, byte[] Data);

public interface IPrices
{
    IEnumerable<Price> Current();
}

public sealed class DistributedEntries
{
    private static readonly DistributedCacheEntryOptions Shared = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(30) };
    private readonly IDistributedCache _cache;

    public DistributedEntries(IDistributedCache cache) => _cache = cache;

    // Bug: one options object for all entries.
    public async Task SharedOptionsAsync(IPrices source)
    {
        var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) };
        foreach (var price in source.Current())
        {
            await _cache.SetAsync($"price:{price.ProductId}", price.Data, options); // expect: EXP403
        }
    }

    // Bug: the object is new in each round, the span is not.
    public async Task OwnOptionsAsync(IPrices source)
    {
        foreach (var price in source.Current())
        {
            await _cache.SetStringAsync($"price:{price.ProductId}", $"{price.ProductId}", new DistributedCacheEntryOptions
            {
                AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1), // expect: EXP403
            });
        }
    }

    // Bug: a field, and a fluent call.
    public void FieldAndFluent(IPrices source)
    {
        foreach (var price in source.Current())
        {
            _cache.Set($"price:{price.ProductId}", price.Data, Shared); // expect: EXP403
            _cache.Set($"list:{price.ProductId}", price.Data, new DistributedCacheEntryOptions().SetAbsoluteExpiration(TimeSpan.FromMinutes(5))); // expect: EXP403
        }
    }

    // Fine: sliding entries live as long as they are read.
    public void Sliding(IPrices source)
    {
        var options = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) };
        foreach (var price in source.Current())
        {
            _cache.Set($"price:{price.ProductId}", price.Data, options);
        }
    }

    // Fine: each entry has its own span.
    public void Spread(IPrices source)
    {
        foreach (var price in source.Current())
        {
            _cache.Set($"price:{price.ProductId}", price.Data, new DistributedCacheEntryOptions
            {
                AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(3600 + Random.Shared.Next(0, 540)),
            });
        }
    }

    // Fine: options that come from elsewhere may hold anything.
    public void Given(IPrices source, DistributedCacheEntryOptions options)
    {
        foreach (var price in source.Current())
        {
            _cache.Set($"price:{price.ProductId}", price.Data, options);
        }
    }
}
