using System;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Services.Thumbnails;

public interface IImageResizer
{
    Task<byte[]> ResizeAsync(Stream source, int width, CancellationToken ct);
}

public sealed partial class ThumbnailCache : IDisposable
{
    private readonly IMemoryCache _memory;
    private readonly IDatabase _redis;
    private readonly IImageResizer _resizer;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _gate = new(4);

    public ThumbnailCache(IMemoryCache memory, IConnectionMultiplexer mux, IImageResizer resizer, ILogger<ThumbnailCache> log)
    {
        _memory = memory;
        _redis = mux.GetDatabase(asyncState: null, db: 7);
        _resizer = resizer;
        _log = log;
    }

    public async Task<byte[]?> GetAsync(string path, int width, CancellationToken ct)
    {
        var key = $"thumb:{width}:{path}";
        if (_memory.TryGetValue(key, out byte[]? local))
        {
            return local;
        }

        byte[]? shared = await _redis.StringGetAsync(key);
        if (shared is not null)
        {
            _memory.Set(key, shared, DateTimeOffset.Now.AddMinutes(1));
            await _redis.KeyExpireAsync(key, TimeSpan.FromHours(8)); // expect: EXP301
            return shared;
        }

        return await BuildAsync(key, path, width, ct);
    }

    private async Task<byte[]?> BuildAsync(string key, string path, int width, CancellationToken ct)
    {
        var me = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        RedisKey building = key + ":building";
        if (!await _redis.LockTakeAsync(building, me, expiry: TimeSpan.FromMinutes(1))) // expect: EXP201
        {
            return null;
        }

        try
        {
            await _gate.WaitAsync(TimeSpan.FromSeconds(10), ct);
            await using var file = File.OpenRead(path);
            var bytes = await _resizer.ResizeAsync(file, width, ct);
            await _redis.StringSetAsync(key, bytes, TimeSpan.FromHours(8));
            return bytes;
        }
        finally
        {
            _gate.Release();
            await _redis.LockReleaseAsync(building, me);
        }
    }

    public async Task<byte[]?> BuildBoundedAsync(string key, string path, int width)
    {
        var me = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        RedisKey building = key + ":building";
        if (!await _redis.LockTakeAsync(building, me, expiry: TimeSpan.FromMinutes(1)))
        {
            return null;
        }

        try
        {
            using var cts = new CancellationTokenSource(45_000);
            await using var file = File.OpenRead(path);
            return await _resizer.ResizeAsync(file, width, cts.Token);
        }
        finally
        {
            await _redis.LockReleaseAsync(building, me);
        }
    }

    public async Task<byte[]?> BuildTooLateAsync(string key, string path, int width)
    {
        var me = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        RedisKey building = key + ":building";
        if (!await _redis.LockTakeAsync(building, me, expiry: TimeSpan.FromMinutes(1))) // expect: EXP201
        {
            return null;
        }

        try
        {
            using var cts = new CancellationTokenSource(60_000);
            await using var file = File.OpenRead(path);
            return await _resizer.ResizeAsync(file, width, cts.Token);
        }
        finally
        {
            await _redis.LockReleaseAsync(building, me);
        }
    }

    public async Task IndexAsync(string path)
    {
        var info = new FileInfo(path);
        await _redis.StringSetAsync("thumb:size:" + path, info.Length, info.LastWriteTimeUtc.AddDays(400));
        await _redis.StringSetAsync("thumb:name:" + path, info.Name, info.LastWriteTime.AddDays(400)); // expect: EXP101
        _memory.Set("thumb:size:" + path, info.Length, info.LastWriteTime.AddDays(400));
    }

    public void IndexLocally(string path)
    {
        var options = new MemoryCacheEntryOptions();
        var day = DateOnly.FromDateTime(File.GetLastWriteTime(path)).AddDays(365);
        options.AbsoluteExpiration = day.ToDateTime(new TimeOnly(4, 0)); // expect: EXP101
        options.PostEvictionCallbacks.Add(new PostEvictionCallbackRegistration { EvictionCallback = (k, _, _, _) => _log.LogTrace("{Key} gone", k) });
        _memory.Set("thumb:path:" + path, path, options);
        _memory.Set("thumb:path:utc:" + path, path, day.ToDateTime(new TimeOnly(4, 0), DateTimeKind.Utc));
        _memory.Set("thumb:path:zero:" + path, path, new DateTimeOffset(day.ToDateTime(new TimeOnly(4, 0)), TimeSpan.Zero));
    }

    public Task<bool> ForgetAsync(string path, string httpDate) =>
        _redis.KeyExpireAsync("thumb:name:" + path, DateTime.ParseExact(httpDate, "r", CultureInfo.InvariantCulture)); // expect: EXP101

    public Task<bool> ForgetByHeaderAsync(string path, string httpDate) =>
        _redis.KeyExpireAsync("thumb:name:" + path, DateTimeOffset.ParseExact(httpDate, "r", CultureInfo.InvariantCulture).UtcDateTime);

    public void Dispose() => _gate.Dispose();
}
