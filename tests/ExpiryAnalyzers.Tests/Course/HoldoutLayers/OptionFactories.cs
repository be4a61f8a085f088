using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CSRedis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using ZiggyCreatures.Caching.Fusion;

namespace Course.HoldoutLayers.OptionFactories;

public sealed record CachePolicy(TimeSpan? Sliding = null, DateTimeOffset? Absolute = null, TimeSpan? Relative = null)
{
    public static CachePolicy Tonight { get; } = new(Absolute: DateTime.UtcNow.Date.AddDays(1));

    public DistributedCacheEntryOptions ToOptions() => new()
    {
        SlidingExpiration = Sliding,
        AbsoluteExpiration = Absolute,
        AbsoluteExpirationRelativeToNow = Relative,
    };
}

public sealed class CacheEntryBuilder
{
    private readonly DistributedCacheEntryOptions _options = new();

    public CacheEntryBuilder Until(DateTimeOffset at)
    {
        _options.AbsoluteExpiration = at;
        return this;
    }

    public CacheEntryBuilder For(TimeSpan ttl)
    {
        _options.AbsoluteExpirationRelativeToNow = ttl;
        return this;
    }

    public CacheEntryBuilder Sliding(int minutes)
    {
        _options.SetSlidingExpiration(TimeSpan.FromMinutes(minutes));
        return this;
    }

    public DistributedCacheEntryOptions Build() => _options;
}

public sealed class PageSettings
{
    public int CacheMinutes { get; init; } = 10;

    public int CacheSeconds { get; init; } = 600;

    public DateTime? Launch { get; init; }
}

public sealed class PageCache(IDistributedCache cache, IMemoryCache memory, IFusionCache fusion, IOptionsMonitor<PageSettings> settings)
{
    private static readonly Action<DistributedCacheEntryOptions> Hourly = options => options.AbsoluteExpiration = DateTimeOffset.UtcNow.AddHours(1); // expect: EXP102
    private readonly DistributedCacheEntryOptions _shared = Make(options => options.SetAbsoluteExpiration(DateTime.ParseExact("20310101", "yyyyMMdd", null))); // expect: EXP101
    private readonly Func<DistributedCacheEntryOptions> _daily = () => new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromDays(1) };

    public Task Put(string url, byte[] page) => cache.SetAsync(url, page, Make(Hourly));

    public Task PutBuilt(string url, byte[] page) => cache.SetAsync(url, page, new CacheEntryBuilder().Until(new DateTime(2031, 1, 1)).Build()); // expect: EXP101

    public Task PutBuiltNow(string url, byte[] page) => cache.SetAsync(url, page, new CacheEntryBuilder()
        .Until(DateTimeOffset.UtcNow.AddMinutes(settings.CurrentValue.CacheMinutes)) // expect: EXP102
        .Build());

    public Task PutBuiltRight(string url, byte[] page) => cache.SetAsync(url, page, new CacheEntryBuilder().For(TimeSpan.FromHours(1)).Sliding(5).Build());

    public Task PutBuiltEmpty(string url, byte[] page) => cache.SetAsync(url, page, new CacheEntryBuilder().For(TimeSpan.FromSeconds(0)).Build()); // expect: EXP401

    public Task PutShared(string url, byte[] page) => cache.SetAsync(url, page, _shared);

    public Task PutDaily(string url, byte[] page) => cache.SetAsync(url, page, _daily());

    public Task PutCapped(string url, byte[] page)
    {
        DistributedCacheEntryOptions options = Sliding(10);
        options.SetAbsoluteExpiration(DateTime.Now.Date.AddDays(1)); // expect: EXP107
        return cache.SetAsync(url, page, options);
    }

    public Task PutCappedUtc(string url, byte[] page)
    {
        DistributedCacheEntryOptions options = Sliding(10);
        options.SetAbsoluteExpiration(DateTime.UtcNow.Date.AddDays(1));
        return cache.SetAsync(url, page, options);
    }

    public Task PutPolicy(string url, string page) => cache.SetStringAsync(url, page, CachePolicy.Tonight.ToOptions());

    public Task PutSeconds(string url, string page) => cache.SetStringAsync(url, page, For(settings.CurrentValue.CacheMinutes)); // expect: EXP105

    public Task PutSecondsRight(string url, string page) => cache.SetStringAsync(url, page, For(settings.CurrentValue.CacheSeconds));

    public void PutLaunch(string url, byte[] page)
    {
        var options = new MemoryCacheEntryOptions();
        if (settings.CurrentValue.Launch is { } launch)
        {
            options.AbsoluteExpiration = launch;
        }

        memory.Set(url, page, options);
    }

    public byte[]? Remember(string url, Func<byte[]> load) => memory.GetOrCreate(url, entry =>
    {
        entry.AbsoluteExpirationRelativeToNow = Until() - DateTime.UtcNow; // expect: EXP103
        return load();

        static DateTime Until() => DateTime.Now.Date.AddDays(1);
    });

    public Task<byte[]?> RememberAsync(string url, Func<Task<byte[]>> load) => memory.GetOrCreateAsync(url, async entry =>
    {
        entry.SetSlidingExpiration(TimeSpan.FromMinutes(1)).SetAbsoluteExpiration(DateTimeOffset.Now.AddMinutes(10));
        return await load();
    });

    public byte[] Fuse(string url, Func<CancellationToken, byte[]> load) => fusion.GetOrSet<byte[]>(url, (_, token) => load(token), Entry(TimeSpan.Zero)); // expect: EXP401

    public byte[] FuseRight(string url, Func<CancellationToken, byte[]> load) => fusion.GetOrSet<byte[]>(url, (_, token) => load(token), Entry(TimeSpan.FromMinutes(1)));

    public void FuseUnix(string url, byte[] page, DateTimeOffset until) => fusion.Set(url, page, TimeSpan.FromMilliseconds(until.ToUnixTimeMilliseconds())); // expect: EXP106

    public byte[] Shell(string url, Func<byte[]> load, TimeSpan ttl) => RedisHelper.CacheShell(url, (int)ttl.TotalMilliseconds, load); // expect: EXP105

    public byte[] ShellRight(string url, Func<byte[]> load, TimeSpan ttl) => RedisHelper.CacheShell(url, (int)ttl.TotalSeconds, load);

    private static FusionCacheEntryOptions Entry(TimeSpan duration) => new FusionCacheEntryOptions(duration).SetFailSafe(true);

    private static DistributedCacheEntryOptions For(int seconds) => new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(seconds) };

    private static DistributedCacheEntryOptions Sliding(int minutes) => new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(minutes) };

    private static DistributedCacheEntryOptions Make(Action<DistributedCacheEntryOptions> configure)
    {
        DistributedCacheEntryOptions options = new();
        configure(options);
        return options;
    }
}
