#nullable enable
using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Exp301.DeepTouch;

public interface IToucher
{
    Task TouchAsync(string key);
}

// The read is here, the expire sits in a small helper that is handed the key.
public class TouchingCache
{
    private static readonly TimeSpan Sliding = TimeSpan.FromMinutes(20);
    private readonly IDatabase _cache;
    private readonly IDatabase _other;
    private readonly IToucher _toucher;

    public TouchingCache(IConnectionMultiplexer mux, IToucher toucher)
    {
        _cache = mux.GetDatabase();
        _other = mux.GetDatabase(9);
        _toucher = toucher;
    }

    // Bug: read, then the private Touch.
    public async Task<string?> GetAsync(string key)
    {
        var v = await _cache.StringGetAsync(key);
        if (v.IsNull) return null;
        await TouchAsync(key); // expect: EXP301
        return v;
    }

    // Bug: sync.
    public string? Get(string key)
    {
        var v = _cache.StringGet(key);
        if (v.HasValue)
            Touch(key); // expect: EXP301
        return v;
    }

    // Bug: the helper takes the life as well.
    public async Task<byte[]?> GetBytesAsync(string key, CancellationToken token = default)
    {
        token.ThrowIfCancellationRequested();
        byte[]? data = await _cache.HashGetAsync(key, "data").ConfigureAwait(false);
        if (data is not null)
            await RefreshAsync(key, Sliding, token).ConfigureAwait(false); // expect: EXP301
        return data;
    }

    // Bug: this-qualified, discarded.
    public async Task<string?> GetQuietlyAsync(string key)
    {
        var v = await this._cache.StringGetAsync(key);
        _ = this.TouchAsync(key); // expect: EXP301
        return v;
    }

    // Bug: a static helper with the database as argument.
    public async Task<HashEntry[]> GetHashAsync(string key)
    {
        var all = await _cache.HashGetAllAsync(key);
        if (all.Length != 0) await KeepAsync(_cache, key); // expect: EXP301
        return all;
    }

    // Bug: a local function.
    public async Task<RedisValue[]> GetSetAsync(string key)
    {
        var members = await _cache.SetMembersAsync(key);
        await Slide(key); // expect: EXP301
        return members;

        Task Slide(string k) => _cache.KeyExpireAsync(k, Sliding);
    }

    // Bug: nullable life, tested inside the helper.
    public async Task<string?> GetWithOptionsAsync(string key, DistributedCacheEntryOptions options)
    {
        var v = await _cache.StringGetAsync(key);
        if (v.IsNull) return null;
        await SlideAsync(key, options.SlidingExpiration); // expect: EXP301
        return v;
    }

    // Bug: key built from an argument first.
    public async Task<string?> GetUserAsync(int id)
    {
        RedisKey key = $"user:{id}";
        var v = await _cache.StringGetAsync(key);
        if (v.HasValue) await TouchKeyAsync(key); // expect: EXP301
        return v;
    }

    // Fine: the helper touches another key.
    public async Task<string?> GetAndTouchIndexAsync(string key)
    {
        var v = await _cache.StringGetAsync(key);
        await TouchAsync(key + ":index");
        return v;
    }

    // Fine: the helper expires another key than the one it was handed.
    public async Task<string?> GetAndTouchPointerAsync(string key)
    {
        var v = await _cache.StringGetAsync(key);
        await TouchPointerAsync(key);
        return v;
    }

    // Fine: the helper refreshes only a key whose TTL is low.
    public async Task<string?> GetThrottledAsync(string key)
    {
        var v = await _cache.StringGetAsync(key);
        if (v.HasValue) await TouchIfLowAsync(key);
        return v;
    }

    // Fine: the helper works on another database.
    public async Task<string?> GetAndTouchOtherAsync(string key)
    {
        var v = await _cache.StringGetAsync(key);
        await TouchOtherAsync(key);
        return v;
    }

    // Fine: another database is handed over.
    public async Task<string?> GetAndKeepOtherAsync(string key)
    {
        var v = await _cache.StringGetAsync(key);
        await KeepAsync(_other, key);
        return v;
    }

    // Fine: an interface, unknown what it does.
    public async Task<string?> GetAndTellAsync(string key)
    {
        var v = await _cache.StringGetAsync(key);
        await _toucher.TouchAsync(key);
        return v;
    }

    // Fine: a helper that only logs.
    public async Task<string?> GetAndLogAsync(string key)
    {
        var v = await _cache.StringGetAsync(key);
        Note(key);
        return v;
    }

    // Fine: KEYTOUCH changes the idle time, no expiry.
    public async Task<string?> GetAndMarkUsedAsync(string key)
    {
        var v = await _cache.StringGetAsync(key);
        await MarkUsedAsync(key);
        return v;
    }

    // Fine here: the value is written back before the touch.
    public async Task<string> ChangeAsync(string key, Func<string?, string> change)
    {
        var v = change(await _cache.StringGetAsync(key));
        await _cache.StringSetAsync(key, v);
        await TouchAsync(key);
        return v;
    }

    // Fine: the touch comes in the branch without a read.
    public async Task<string?> PeekOrTouchAsync(string key, bool peek)
    {
        if (peek) return await _cache.StringGetAsync(key);
        await TouchAsync(key);
        return null;
    }

    // Fine: only a touch.
    public Task RefreshAsync(string key, CancellationToken token = default) => RefreshAsync(key, Sliding, token);

    // Fine here: helper and write.
    public async Task SetAsync(string key, string value)
    {
        await _cache.StringSetAsync(key, value);
        await TouchAsync(key);
    }

    private Task TouchAsync(string key) => _cache.KeyExpireAsync(key, Sliding);

    private void Touch(string key) => _cache.KeyExpire(key, Sliding, CommandFlags.FireAndForget);

    private async Task TouchKeyAsync(RedisKey key) => await _cache.KeyExpireAsync(key, Sliding);

    private async Task RefreshAsync(string key, TimeSpan life, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        await _cache.KeyExpireAsync(key, life).ConfigureAwait(false);
    }

    private async Task SlideAsync(string key, TimeSpan? sliding)
    {
        if (sliding.HasValue)
            await _cache.KeyExpireAsync(key, sliding);
    }

    private static Task KeepAsync(IDatabase db, string key) => db.KeyExpireAsync(key, Sliding);

    private Task TouchPointerAsync(string key) => _cache.KeyExpireAsync("ptr:" + key, Sliding);

    private Task TouchOtherAsync(string key) => _other.KeyExpireAsync(key, Sliding);

    private async Task TouchIfLowAsync(string key)
    {
        var left = await _cache.KeyTimeToLiveAsync(key);
        if (left < Sliding / 2)
            await _cache.KeyExpireAsync(key, Sliding);
    }

    private Task MarkUsedAsync(string key) => _cache.KeyTouchAsync(key);

    private static void Note(string key) => Console.WriteLine(key);
}
