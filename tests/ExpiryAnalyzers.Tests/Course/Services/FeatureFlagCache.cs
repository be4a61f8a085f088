using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;

namespace Course.Services.Flags;

public sealed record Flag(string Name, bool On, DateTime? SunsetOn, DateTimeOffset? Until);

public interface IFlagRepository
{
    Task<IReadOnlyList<Flag>> AllAsync(CancellationToken ct);
}

public sealed class FeatureFlagCache
{
    private static readonly DateTimeOffset Never = DateTime.Parse("2099-12-31");
    private static readonly DateTimeOffset Eternal = DateTimeOffset.MaxValue;
    private readonly IMemoryCache _memory;
    private readonly IDistributedCache _shared;
    private readonly IFlagRepository _repository;
    private readonly ILogger<FeatureFlagCache> _logger;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _deadlines = new();

    public FeatureFlagCache(IMemoryCache memory, IDistributedCache shared, IFlagRepository repository, ILogger<FeatureFlagCache> logger)
    {
        _memory = memory;
        _shared = shared;
        _repository = repository;
        _logger = logger;
    }

    public async Task<bool> IsOnAsync(string name, CancellationToken ct)
    {
        if (_memory.TryGetValue("flag:" + name, out bool on))
        {
            return on;
        }

        var text = await _shared.GetStringAsync("flag:" + name, ct);
        on = text is not null ? bool.Parse(text) : await LoadAsync(name, ct);
        _memory.Set("flag:" + name, on, DateTimeOffset.UtcNow.AddSeconds(30));
        return on;
    }

    private async Task<bool> LoadAsync(string name, CancellationToken ct)
    {
        var result = false;
        foreach (var flag in await _repository.AllAsync(ct))
        {
            await _shared.SetStringAsync("flag:" + flag.Name, flag.On.ToString(), OptionsFor(flag), ct);
            result |= flag.Name == name && flag.On;
        }

        return result;
    }

    private static DistributedCacheEntryOptions OptionsFor(Flag flag)
    {
        if (flag.SunsetOn is { } sunset)
        {
            return new DistributedCacheEntryOptions { AbsoluteExpiration = sunset };
        }

        return flag.On
            ? new DistributedCacheEntryOptions().SetAbsoluteExpiration(DateTimeOffset.UtcNow.AddMinutes(10)) // expect: EXP102
            : new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(1) };
    }

    public Task OverrideAsync(string name, bool on, DateTimeOffset? until, CancellationToken ct)
    {
        var options = new DistributedCacheEntryOptions();
        options.SetSlidingExpiration(TimeSpan.FromMinutes(20));
        options.SetAbsoluteExpiration(until ?? DateTimeOffset.UtcNow.AddDays(1));
        return _shared.SetStringAsync("flag:" + name, on.ToString(), options, ct);
    }

    public Task OverrideRememberedAsync(string name, bool on, CancellationToken ct)
    {
        var until = DateTimeOffset.UtcNow.AddDays(1);
        _deadlines[name] = until;
        return _shared.SetStringAsync("flag:" + name, on.ToString(), new DistributedCacheEntryOptions { AbsoluteExpiration = until }, ct);
    }

    public Task OverrideLoggedAsync(string name, bool on, CancellationToken ct)
    {
        var until = DateTimeOffset.UtcNow.AddDays(1);
        _logger.LogInformation("{Flag} forced to {On} until {Until}", name, on, until);
        return _shared.SetStringAsync("flag:" + name, on.ToString(), new DistributedCacheEntryOptions { AbsoluteExpiration = until }, ct);
    }

    public Task OverrideBrieflyAsync(string name, bool on, CancellationToken ct)
    {
        var until = DateTimeOffset.UtcNow.AddMinutes(2);
        var entry = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromSeconds(30), AbsoluteExpiration = until }; // expect: EXP102
        return _shared.SetStringAsync("flag:" + name, on.ToString(), entry, ct);
    }

    public void Pin(Flag flag)
    {
        _memory.Set("pin:" + flag.Name, flag, Eternal);
        _memory.Set("pin:" + flag.Name + ":json", JsonSerializer.Serialize(flag), new MemoryCacheEntryOptions { AbsoluteExpiration = new DateTime(2040, 1, 1) }); // expect: EXP101
        _memory.Set("pin:" + flag.Name + ":at", flag, new MemoryCacheEntryOptions { AbsoluteExpiration = DateTime.Now.AddMinutes(5) });
        _memory.Set("pin:" + flag.Name + ":until", flag, flag.Until ?? Eternal);
    }

    public void PinFor(Flag flag, TimeSpan time)
    {
        using var entry = _memory.CreateEntry("pin:" + flag.Name);
        entry.Value = flag;
        entry.AbsoluteExpiration = DateTimeOffset.UtcNow.DateTime.Add(time); // expect: EXP101
        entry.RegisterPostEvictionCallback((key, _, reason, _) => _logger.LogTrace("{Key} {Reason}", key, reason));
    }

    public void PinForTicks(Flag flag, TimeSpan time)
    {
        using var entry = _memory.CreateEntry("pin:" + flag.Name);
        entry.SetValue(flag);
        entry.SetAbsoluteExpiration(DateTime.UtcNow.Add(time));
    }

    public void PinForEver(Flag flag) => _memory.Set("pin:" + flag.Name, flag, new MemoryCacheEntryOptions { Size = 1, Priority = CacheItemPriority.NeverRemove });

    public DateTimeOffset Horizon => Never;
}
