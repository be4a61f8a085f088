using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.HoldoutLayers.Services;

public interface IStore
{
    Task PutAsync<T>(string key, T value, DateTime? expires = null);

    Task PutAsync<T>(string key, T value, TimeSpan ttl);

    Task<T?> TakeAsync<T>(string key);

    Task<bool> ExtendAsync(string key, TimeSpan by);

    Task<long> CountAsync(string key);

    Task<DateTime?> EndOfAsync(string key);
}

public sealed class RedisStore : IStore
{
    private readonly IDatabaseAsync _db;

    public RedisStore(IConnectionMultiplexer redis) => _db = redis.GetDatabase();

    public async Task PutAsync<T>(string key, T value, DateTime? expires = null)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value);
        if (expires.HasValue)
        {
            await _db.StringSetAsync(key, json, expires.Value);
        }
        else
        {
            await _db.StringSetAsync(key, json);
        }
    }

    public Task PutAsync<T>(string key, T value, TimeSpan ttl) => _db.StringSetAsync(key, JsonSerializer.SerializeToUtf8Bytes(value), ttl);

    public async Task<T?> TakeAsync<T>(string key)
    {
        byte[]? json = await _db.StringGetAsync(key);
        return json is null ? default : JsonSerializer.Deserialize<T>(json);
    }

    public async Task<bool> ExtendAsync(string key, TimeSpan by) => await _db.KeyExpireAsync(key, by);

    public Task<long> CountAsync(string key) => _db.StringIncrementAsync(key);

    public Task<DateTime?> EndOfAsync(string key) => _db.KeyExpireTimeAsync(key);
}

public sealed record Quote(string Symbol, decimal Price);

public sealed class QuoteService
{
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(10);
    private readonly IStore _store;
    private readonly TimeSpan _ttl;

    public QuoteService(IStore store, TimeSpan? ttl = null)
    {
        _store = store;
        _ttl = ttl ?? TimeSpan.FromMinutes(1);
    }

    public Task Keep(Quote quote, DateTime until) => _store.PutAsync("quote:" + quote.Symbol, quote, until);

    public Task KeepFor(Quote quote, int ttlSeconds) => _store.PutAsync("quote:" + quote.Symbol, quote, TimeSpan.FromSeconds(ttlSeconds));

    public Task KeepShortly(Quote quote) => _store.PutAsync("short:" + quote.Symbol, quote, Blink); // expect: EXP402

    public Task KeepAll(IEnumerable<Quote> quotes)
    {
        List<Task> tasks = [];
        foreach (Quote quote in quotes)
        {
            tasks.Add(_store.PutAsync("all:" + quote.Symbol, quote, _ttl));
        }

        return Task.WhenAll(tasks);
    }

    public async Task KeepAllParallel(IEnumerable<Quote> quotes) =>
        await Parallel.ForEachAsync(quotes, async (quote, _) => await _store.PutAsync("all:" + quote.Symbol, quote, _ttl));

    public async Task<Quote?> Get(string symbol)
    {
        var quote = await _store.TakeAsync<Quote>("quote:" + symbol);
        if (quote is null)
        {
            return null;
        }

        if (!await _store.ExtendAsync("quote:" + symbol, _ttl)) // expect: EXP301
        {
            return null;
        }

        return quote;
    }

    public async Task<bool> Allow(string user)
    {
        var count = await _store.CountAsync($"limit:{user}");
        if (count <= 1)
        {
            await _store.ExtendAsync($"limit:{user}", TimeSpan.FromMinutes(1)); // expect: EXP303
        }

        return count < 100;
    }

    public async Task<bool> IsOver(string symbol)
    {
        DateTime? end = await _store.EndOfAsync("quote:" + symbol);
        return end.HasValue && end.Value < DateTime.UtcNow; // expect: EXP104
    }

    public async Task<TimeSpan?> Left(string symbol) => await _store.EndOfAsync("quote:" + symbol) - DateTime.Now; // expect: EXP104

    public async Task Store(Quote quote)
    {
        await _store.PutAsync("quote:" + quote.Symbol, quote);
        await _store.ExtendAsync("quote:" + quote.Symbol, _ttl); // expect: EXP302
    }

    public async Task StoreWith(Quote quote)
    {
        await _store.PutAsync("quote:" + quote.Symbol, quote, _ttl);
        await _store.ExtendAsync("quote:" + quote.Symbol + ":views", _ttl);
    }
}

public sealed class QuoteController(QuoteService quotes, IStore store)
{
    public Task Post(Quote quote) => quotes.Keep(quote, DateTime.Now.AddMinutes(5)); // expect: EXP101, EXP102

    public Task PostVip(Quote quote, bool isVip) => quotes.Keep(quote, isVip
        ? DateTime.UtcNow.Date.AddDays(7)
        : DateTime.Today.AddDays(1)); // expect: EXP101

    public Task PostUtc(Quote quote) => quotes.Keep(quote, DateTime.UtcNow.Date.AddDays(1));

    public Task PostFor(Quote quote, TimeSpan ttl) => quotes.KeepFor(quote, (int)ttl.TotalMilliseconds); // expect: EXP105

    public Task PostForMinutes(Quote quote, int cacheMinutes) => quotes.KeepFor(quote, cacheMinutes); // expect: EXP105

    public Task PostForSeconds(Quote quote, int cacheSeconds) => quotes.KeepFor(quote, cacheSeconds);

    public Task PostForHours(Quote quote, int cacheHours) => quotes.KeepFor(quote, cacheHours * 3600);

    public Task PostNegative(Quote quote) => quotes.KeepFor(quote, -30); // expect: EXP401

    public Task PostUnix(Quote quote, DateTime until) => quotes.KeepFor(quote, (int)new DateTimeOffset(until).ToUnixTimeSeconds()); // expect: EXP106

    public Task PostUnspecified(Quote quote, DateOnly day) => store.PutAsync(quote.Symbol, quote, day.ToDateTime(TimeOnly.MinValue)); // expect: EXP101

    public Task PostUtcDay(Quote quote, DateOnly day) => store.PutAsync(quote.Symbol, quote, day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));

    public Task PostForEver(Quote quote) => store.PutAsync(quote.Symbol, quote);

    public async Task PostLocalFunction(Quote quote)
    {
        await Put(DateTime.Now.Date.AddHours(23)); // expect: EXP101
        await Put(DateTime.UtcNow.Date.AddHours(23));

        Task Put(DateTime until) => store.PutAsync(quote.Symbol, quote, until);
    }
}

public static class SessionOptions
{
    public static DistributedCacheEntryOptions EndsAt(this DistributedCacheEntryOptions options, DateTimeOffset end)
    {
        options.AbsoluteExpiration = end;
        return options;
    }

    public static DistributedCacheEntryOptions Idle(int minutes) => new() { SlidingExpiration = TimeSpan.FromMinutes(minutes) };

    public static Task Put(this IDistributedCache cache, string key, byte[] value, DateTimeOffset end, TimeSpan idle, CancellationToken token = default) =>
        cache.SetAsync(key, value, new DistributedCacheEntryOptions { AbsoluteExpiration = end, SlidingExpiration = idle }, token);
}

public sealed class Sessions(IDistributedCache cache)
{
    public Task Open(string id, byte[] state) => cache.Put(id, state, DateTimeOffset.Now.Date.AddDays(1), TimeSpan.FromMinutes(20)); // expect: EXP101, EXP107

    public Task OpenLocal(string id, byte[] state) => cache.Put(id, state, DateTime.Today.AddDays(1), TimeSpan.FromMinutes(20)); // expect: EXP107

    public Task OpenUtc(string id, byte[] state) => cache.Put(id, state, DateTime.UtcNow.Date.AddDays(1), TimeSpan.FromMinutes(20));

    public Task OpenUntil(string id, byte[] state, DateTimeOffset end) => cache.Put(id, state, end, TimeSpan.FromMinutes(20));

    public Task OpenNow(string id, byte[] state) => cache.SetAsync(id, state, new DistributedCacheEntryOptions().EndsAt(DateTimeOffset.UtcNow.AddHours(8))); // expect: EXP102

    public Task OpenUnspecified(string id, byte[] state, DateTimeOffset end) => cache.SetAsync(id, state, new DistributedCacheEntryOptions().EndsAt(end.DateTime)); // expect: EXP101

    public Task OpenIdle(string id, byte[] state) => cache.SetAsync(id, state, SessionOptions.Idle(20).EndsAt(DateTimeOffset.Now.Date)); // expect: EXP101, EXP107

    public Task OpenIdleUtc(string id, byte[] state) => cache.SetAsync(id, state, SessionOptions.Idle(20).EndsAt(DateTimeOffset.UtcNow.AddDays(1).UtcDateTime.Date));
}
