using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;

namespace Course.Exp107.Options;

public sealed class CacheSettings
{
    public TimeSpan Sliding { get; set; } = TimeSpan.FromMinutes(2);
    public int AbsoluteMinutes { get; set; } = 10;
    public DateTimeOffset? Until { get; set; }
}

public static class DistributedCacheExtensions
{
    // The tutorial's extension, right: the relative property.
    public static Task SetRecordAsync(this IDistributedCache cache, string id, string data, TimeSpan? absolute = null, TimeSpan? unused = null)
    {
        var options = new DistributedCacheEntryOptions();
        options.AbsoluteExpirationRelativeToNow = absolute ?? TimeSpan.FromSeconds(60);
        options.SlidingExpiration = unused;
        return cache.SetStringAsync(id, data, options);
    }

    // The same with a clock: a bug.
    public static Task SetRecordUntilAsync(this IDistributedCache cache, string id, string data, TimeSpan? absolute = null, TimeSpan? unused = null)
    {
        var options = new DistributedCacheEntryOptions();
        options.AbsoluteExpiration = DateTimeOffset.Now.Add(absolute ?? TimeSpan.FromSeconds(60)); // expect: EXP107
        options.SlidingExpiration = unused;
        return cache.SetStringAsync(id, data, options);
    }
}

public sealed class ProductCache
{
    // Bug: and frozen at start-up.
    private static readonly DistributedCacheEntryOptions Frozen = new()
    {
        SlidingExpiration = TimeSpan.FromMinutes(1),
        AbsoluteExpiration = DateTimeOffset.Now.AddHours(12), // expect: EXP107
    };

    private readonly IDistributedCache _cache;
    private readonly IMemoryCache _memory;
    private readonly CacheSettings _settings;
    private readonly TimeProvider _time;

    public ProductCache(IDistributedCache cache, IMemoryCache memory, CacheSettings settings, TimeProvider time)
    {
        _cache = cache;
        _memory = memory;
        _settings = settings;
        _time = time;
    }

    // Fine: nothing is built here.
    public Task StoreFrozenAsync(string id, string json) => _cache.SetStringAsync(id, json, Frozen);

    // Bug: the copied tutorial.
    public async Task StoreAsync(string id, string json)
    {
        var data = Encoding.UTF8.GetBytes(json);
        var options = new DistributedCacheEntryOptions()
            .SetAbsoluteExpiration(DateTime.Now.AddMinutes(10)) // expect: EXP107
            .SetSlidingExpiration(TimeSpan.FromMinutes(2));
        await _cache.SetAsync(id, data, options);
    }

    // Fine: in UTC.
    public async Task StoreUtcAsync(string id, string json)
    {
        var data = Encoding.UTF8.GetBytes(json);
        var options = new DistributedCacheEntryOptions()
            .SetAbsoluteExpiration(DateTime.UtcNow.AddMinutes(10))
            .SetSlidingExpiration(TimeSpan.FromMinutes(2));
        await _cache.SetAsync(id, data, options);
    }

    // Fine: in memory the offset is kept.
    public void Remember(string id, string json) => _memory.Set(id, json, new MemoryCacheEntryOptions()
        .SetAbsoluteExpiration(DateTimeOffset.Now.AddMinutes(10))
        .SetSlidingExpiration(TimeSpan.FromMinutes(2)));

    // Fine: in memory, by an entry.
    public string Create(string id) => _memory.GetOrCreate(id, entry =>
    {
        entry.SlidingExpiration = _settings.Sliding;
        entry.AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(10);
        return id;
    })!;

    // Bug: midnight of this machine's zone.
    public void StoreForToday(string id, string json) => _cache.SetString(id, json, new DistributedCacheEntryOptions
    {
        AbsoluteExpiration = DateTime.Today.AddDays(1), // expect: EXP107
        SlidingExpiration = _settings.Sliding,
    });

    // Fine: the same midnight, at offset zero.
    public void StoreForTodayInUtc(string id, string json) => _cache.SetString(id, json, new DistributedCacheEntryOptions
    {
        AbsoluteExpiration = DateTime.Today.AddDays(1).ToUniversalTime(),
        SlidingExpiration = _settings.Sliding,
    });

    // Bug: a wrapper that is handed the end, used badly below.
    private Task StoreUntilAsync(string id, string json, DateTimeOffset until) =>
        _cache.SetStringAsync(id, json, new DistributedCacheEntryOptions { SlidingExpiration = _settings.Sliding, AbsoluteExpiration = until });

    public Task StoreShortAsync(string id, string json) => StoreUntilAsync(id, json, DateTimeOffset.Now.AddMinutes(_settings.AbsoluteMinutes)); // expect: EXP107

    // Fine: used well.
    public Task StoreShortUtcAsync(string id, string json) => StoreUntilAsync(id, json, _time.GetUtcNow().AddMinutes(_settings.AbsoluteMinutes));

    // Fine: an end of unknown offset.
    public Task StoreConfiguredAsync(string id, string json) =>
        _cache.SetStringAsync(id, json, new DistributedCacheEntryOptions { SlidingExpiration = _settings.Sliding, AbsoluteExpiration = _settings.Until });

    // Bug: one branch reads the local clock.
    public Task StoreConfiguredOrShortAsync(string id, string json) =>
        _cache.SetStringAsync(id, json, new DistributedCacheEntryOptions { SlidingExpiration = _settings.Sliding, AbsoluteExpiration = _settings.Until ?? DateTimeOffset.Now.AddMinutes(5) }); // expect: EXP107

    // Fine: either, never both.
    public DistributedCacheEntryOptions Either(bool isHot)
    {
        var options = new DistributedCacheEntryOptions();
        if (isHot)
        {
            options.SlidingExpiration = _settings.Sliding;
        }
        else
        {
            options.AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(5);
        }

        return options;
    }

    // Fine: either, by return.
    public DistributedCacheEntryOptions EitherByReturn(bool isHot)
    {
        if (isHot)
        {
            return new DistributedCacheEntryOptions { SlidingExpiration = _settings.Sliding };
        }

        return new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.Now.AddMinutes(5) };
    }

    // Bug: perhaps both.
    public DistributedCacheEntryOptions PerhapsBoth(bool isHot, bool isCapped)
    {
        var options = new DistributedCacheEntryOptions();
        if (isHot)
        {
            options.SetSlidingExpiration(_settings.Sliding);
        }

        if (isCapped)
        {
            options.SetAbsoluteExpiration(DateTimeOffset.Now.AddMinutes(5)); // expect: EXP107
        }

        return options;
    }

    // Bug: the base from a helper.
    public DistributedCacheEntryOptions Capped()
    {
        DistributedCacheEntryOptions options = Sliding();
        options.AbsoluteExpiration = _time.GetLocalNow().AddHours(1); // expect: EXP107
        return options;
    }

    // Fine: another helper, that slides nothing.
    public DistributedCacheEntryOptions CappedOnly()
    {
        DistributedCacheEntryOptions options = Plain();
        options.AbsoluteExpiration = _time.GetLocalNow().AddHours(1);
        return options;
    }

    // Bug: configured by a lambda.
    public void Configure(Action<Action<DistributedCacheEntryOptions>> add) => add(options =>
    {
        options.SlidingExpiration = TimeSpan.FromMinutes(5);
        options.AbsoluteExpiration = DateTimeOffset.Now.AddHours(1); // expect: EXP107
    });

    // Fine: in a loop each round has its own object, and either one or the other.
    public async Task StoreAllAsync((string Id, string Json, bool Hot)[] items, CancellationToken ct)
    {
        foreach (var item in items)
        {
            var options = new DistributedCacheEntryOptions();
            if (item.Hot)
                options.SlidingExpiration = _settings.Sliding;
            else
                options.AbsoluteExpiration = DateTimeOffset.Now.AddHours(1);
            await _cache.SetStringAsync(item.Id, item.Json, options, ct);
        }
    }

    // Bug: a fixed offset of its own.
    public void StoreForTokyo(string id, string json, DateTime closing) => _cache.SetString(id, json, new DistributedCacheEntryOptions
    {
        SlidingExpiration = _settings.Sliding,
        AbsoluteExpiration = new DateTimeOffset(closing, TimeSpan.FromHours(9)), // expect: EXP107
    });

    // Fine: the fixed offset is zero.
    public void StoreForLondonWinter(string id, string json, DateTime closing) => _cache.SetString(id, json, new DistributedCacheEntryOptions
    {
        SlidingExpiration = _settings.Sliding,
        AbsoluteExpiration = new DateTimeOffset(closing, TimeSpan.Zero),
    });

    private DistributedCacheEntryOptions Sliding() => new() { SlidingExpiration = _settings.Sliding };

    private static DistributedCacheEntryOptions Plain() => new();
}
