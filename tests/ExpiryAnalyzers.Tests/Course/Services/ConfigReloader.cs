using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Course.Services.Configuration;

public sealed class ReloadOptions
{
    public TimeSpan Ttl { get; init; } = TimeSpan.FromMinutes(5);

    public int GraceSeconds { get; init; } = 20;

    public TimeSpan MaximumRun => TimeSpan.FromSeconds(GraceSeconds);
}

public sealed class TenantConfig
{
    public string Tenant { get; set; } = "";

    public DateTime ValidUntil { get; set; }

    public Dictionary<string, string> Values { get; set; } = new();
}

public interface IConfigSource
{
    Task<TenantConfig> PullAsync(string tenant, CancellationToken ct);

    IAsyncEnumerable<TenantConfig> PullAllAsync(CancellationToken ct);
}

public sealed class ConfigReloader
{
    private readonly IDatabase _db;
    private readonly IMemoryCache _local;
    private readonly IDistributedCache _cache;
    private readonly IConfigSource _source;
    private readonly ReloadOptions _options;

    public ConfigReloader(IDatabase db, IMemoryCache local, IDistributedCache cache, IConfigSource source, IOptions<ReloadOptions> options) =>
        (_db, _local, _cache, _source, _options) = (db, local, cache, source, options.Value);

    private DateTime Deadline => DateTime.UtcNow.Add(_options.Ttl);

    public async Task StoreAsync(TenantConfig config)
    {
        await _db.HashSetAsync(Key(config.Tenant), config.Values.Select(v => new HashEntry(v.Key, v.Value)).ToArray());
        await _db.KeyExpireAsync(Key(config.Tenant), Deadline); // expect: EXP102, EXP302
        await _db.KeyExpireAsync(Key(config.Tenant) + ":valid", config.ValidUntil);
    }

    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(string tenant)
    {
        var entries = await _db.HashGetAllAsync(Key(tenant));
        return entries.ToDictionary(e => (string)e.Name!, e => (string)e.Value!);
    }

    public async Task<string?> ReadOneAsync(string tenant, string name)
    {
        string? value = await _db.HashGetAsync(Key(tenant), name);
        switch (value)
        {
            case null:
                return null;
            case "":
                await _db.KeyDeleteAsync(Key(tenant));
                return null;
            default:
                await _db.KeyExpireAsync(Key(tenant), _options.Ttl); // expect: EXP301
                return value;
        }
    }

    public async Task ReloadAsync(string tenant, CancellationToken ct)
    {
        var who = Guid.NewGuid().ToString("N");
        var ttl = _options.MaximumRun;
        var locked = await _db.LockTakeAsync(Key(tenant) + ":reload", who, ttl); // expect: EXP201
        if (locked)
        {
            using var run = CancellationTokenSource.CreateLinkedTokenSource(ct);
            run.CancelAfter(ttl);
            try
            {
                await StoreAsync(await _source.PullAsync(tenant, run.Token));
            }
            finally
            {
                await _db.LockReleaseAsync(Key(tenant) + ":reload", who);
            }
        }
    }

    public async Task ReloadWithReserveAsync(string tenant, CancellationToken ct)
    {
        var who = Guid.NewGuid().ToString("N");
        var locked = await _db.LockTakeAsync(Key(tenant) + ":reload", who, TimeSpan.FromSeconds(_options.GraceSeconds + 30));
        if (locked)
        {
            using var run = CancellationTokenSource.CreateLinkedTokenSource(ct);
            run.CancelAfter(TimeSpan.FromSeconds(_options.GraceSeconds));
            try
            {
                await StoreAsync(await _source.PullAsync(tenant, run.Token));
            }
            finally
            {
                await _db.LockReleaseAsync(Key(tenant) + ":reload", who);
            }
        }
    }

    public async Task ReloadAllAsync(CancellationToken ct)
    {
        var who = Guid.NewGuid().ToString("N");
        if (!await _db.LockTakeAsync("config:reload-all", who, TimeSpan.FromMinutes(1)))
        {
            return;
        }

        try
        {
            await foreach (var config in _source.PullAllAsync(ct))
            {
                await StoreAsync(config);
                if (!await _db.LockExtendAsync("config:reload-all", who, TimeSpan.FromMinutes(1)))
                {
                    return;
                }
            }
        }
        finally
        {
            await _db.LockReleaseAsync("config:reload-all", who);
        }
    }

    public async Task StoreCertificateAsync(X509Certificate2 certificate)
    {
        var key = "config:cert:" + certificate.Thumbprint;
        await _db.StringSetAsync(key, certificate.Subject, certificate.NotAfter); // expect: EXP101
        await _db.StringSetAsync(key + ":issuer", certificate.Issuer, certificate.NotAfter.ToUniversalTime());
        _local.Set(key, certificate, certificate.NotAfter);
        await _cache.SetStringAsync(key, certificate.Subject, new DistributedCacheEntryOptions { AbsoluteExpiration = certificate.NotAfter });
    }

    public async Task StoreSnapshotAsync(TenantConfig config, string stamp)
    {
        var json = JsonSerializer.Serialize(config);
        await _cache.SetStringAsync(Key(config.Tenant), json, new DistributedCacheEntryOptions().SetAbsoluteExpiration(config.ValidUntil));
        await _cache.SetStringAsync(Key(config.Tenant) + ":stamp", json, new DistributedCacheEntryOptions().SetAbsoluteExpiration(DateTimeOffset.Parse(stamp)));
        await _cache.SetStringAsync(Key(config.Tenant) + ":now", json, new DistributedCacheEntryOptions().SetAbsoluteExpiration(DateTimeOffset.UtcNow.Add(_options.Ttl))); // expect: EXP102
    }

    public Task RetireAsync(string tenant, DateOnly? day, bool atOnce) => _db.KeyExpireAsync(
        Key(tenant),
        atOnce ? DateTime.UtcNow
            : day?.ToDateTime(TimeOnly.MaxValue, DateTimeKind.Utc) ?? DateTime.MaxValue);

    private static string Key(string tenant) => $"config:{tenant}";
}
