using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;

namespace Course.Exp102.Options;

public sealed record Quote(string Symbol, decimal Price, DateTimeOffset GoodUntil);

public sealed class QuoteCacheOptions
{
    public int Minutes { get; set; } = 15;
    public TimeSpan Ttl { get; set; } = TimeSpan.FromMinutes(15);
}

public sealed class QuoteCache
{
    // Bug: and a frozen one, all entries die at the same moment and later ones are refused.
    private static readonly DistributedCacheEntryOptions Frozen = new() { AbsoluteExpiration = DateTimeOffset.UtcNow.AddHours(12) }; // expect: EXP109

    // Fine: a relative option may be shared.
    private static readonly DistributedCacheEntryOptions Shared = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(12) };

    private readonly IDistributedCache _cache;
    private readonly QuoteCacheOptions _options;

    public QuoteCache(IDistributedCache cache, QuoteCacheOptions options)
    {
        _cache = cache;
        _options = options;
    }

    // Fine: nothing is built here.
    public Task StoreFrozenAsync(Quote quote) => _cache.SetStringAsync(quote.Symbol, quote.ToString(), Frozen);

    // Fine: nothing is built here.
    public Task StoreSharedAsync(Quote quote) => _cache.SetStringAsync(quote.Symbol, quote.ToString(), Shared);

    // Bug: the span shrinks until Set runs.
    public async Task StoreAsync(Quote quote, CancellationToken ct)
    {
        var options = new DistributedCacheEntryOptions
        {
            AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(_options.Minutes), // expect: EXP102
        };
        await _cache.SetStringAsync(quote.Symbol, quote.ToString(), options, ct);
    }

    // Fine: the relative property.
    public async Task StoreRelativeAsync(Quote quote, CancellationToken ct)
    {
        var options = new DistributedCacheEntryOptions
        {
            AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(_options.Minutes),
        };
        await _cache.SetStringAsync(quote.Symbol, quote.ToString(), options, ct);
    }

    // Bug: an implicit conversion from DateTime; Local converts well, so only this rule.
    public void StoreFromLocalClock(Quote quote)
    {
        DistributedCacheEntryOptions options = new();
        options.AbsoluteExpiration = DateTime.Now.AddMinutes(1); // expect: EXP102
        _cache.Set(quote.Symbol, Encoding.UTF8.GetBytes(quote.ToString()), options);
    }

    // Bug: from the UTC clock.
    public void StoreFromUtcClock(Quote quote)
    {
        DistributedCacheEntryOptions options = new();
        options.AbsoluteExpiration = DateTime.UtcNow.Add(_options.Ttl); // expect: EXP102
        _cache.Set(quote.Symbol, Encoding.UTF8.GetBytes(quote.ToString()), options);
    }

    // Fine: the quote's own deadline.
    public void StoreWhileGood(Quote quote)
    {
        DistributedCacheEntryOptions options = new();
        options.AbsoluteExpiration = quote.GoodUntil;
        _cache.Set(quote.Symbol, Encoding.UTF8.GetBytes(quote.ToString()), options);
    }

    // Fine: the end of the trading day.
    public void StoreUntilClose(Quote quote) =>
        _cache.SetString(quote.Symbol, quote.ToString(), new DistributedCacheEntryOptions { AbsoluteExpiration = DateTime.UtcNow.Date.AddHours(21) });

    // Fine: the caller's deadline, or a default: mixed.
    public void StoreUntil(Quote quote, DateTimeOffset? until) =>
        _cache.SetString(quote.Symbol, quote.ToString(), new DistributedCacheEntryOptions { AbsoluteExpiration = until ?? DateTimeOffset.UtcNow.AddMinutes(15) });

    // Bug: null is no other deadline.
    public void StoreOrKeep(Quote quote, bool keep) =>
        _cache.SetString(quote.Symbol, quote.ToString(), new() { AbsoluteExpiration = keep ? null : DateTimeOffset.UtcNow.AddMinutes(15) }); // expect: EXP102

    // Bug: the fluent form.
    public void StoreFluent(Quote quote)
    {
        var options = new DistributedCacheEntryOptions().SetAbsoluteExpiration(DateTimeOffset.UtcNow.AddMinutes(15)); // expect: EXP102
        _cache.SetString(quote.Symbol, quote.ToString(), options);
    }

    // Fine: the fluent form with a span.
    public void StoreFluentRelative(Quote quote)
    {
        var options = new DistributedCacheEntryOptions().SetAbsoluteExpiration(TimeSpan.FromMinutes(15));
        _cache.SetString(quote.Symbol, quote.ToString(), options);
    }

    // Bug: the tutorial's shape, in UTC so that the sliding part is right.
    public void StoreSliding(Quote quote)
    {
        var options = new DistributedCacheEntryOptions()
            .SetAbsoluteExpiration(DateTime.UtcNow.AddMinutes(10)) // expect: EXP102
            .SetSlidingExpiration(TimeSpan.FromMinutes(2));
        _cache.SetString(quote.Symbol, quote.ToString(), options);
    }

    // Fine: the tutorial's shape done right.
    public void StoreSlidingRelative(Quote quote)
    {
        var options = new DistributedCacheEntryOptions()
            .SetAbsoluteExpiration(TimeSpan.FromMinutes(10))
            .SetSlidingExpiration(TimeSpan.FromMinutes(2));
        _cache.SetString(quote.Symbol, quote.ToString(), options);
    }

    // Bug: the extension called as a static method.
    public void StoreStatic(Quote quote)
    {
        var options = new DistributedCacheEntryOptions();
        DistributedCacheEntryExtensions.SetAbsoluteExpiration(options, DateTimeOffset.UtcNow + _options.Ttl); // expect: EXP102
        _cache.SetString(quote.Symbol, quote.ToString(), options);
    }

    // Fine: a moment kept beside the entry: both must agree.
    public DateTimeOffset StoreAndTell(Quote quote)
    {
        DateTimeOffset until = DateTimeOffset.UtcNow.AddMinutes(15);
        _cache.SetString(quote.Symbol, quote.ToString(), new DistributedCacheEntryOptions { AbsoluteExpiration = until });
        return until;
    }

    // Fine: next month.
    public void StoreForMonth(Quote quote) =>
        _cache.SetString(quote.Symbol, quote.ToString(), new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMonths(1) });

    // Bug: an expression-bodied factory lambda.
    public Func<DistributedCacheEntryOptions> Factory() => () => new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.Now.AddSeconds(_options.Minutes * 60) }; // expect: EXP102

    // Fine: its relative twin.
    public Func<DistributedCacheEntryOptions> FactoryRelative() => () => new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(_options.Minutes * 60) };
}
