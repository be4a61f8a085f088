#nullable enable
using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Exp201.AcquireAndReturn;

// Nothing in this file is a bug: wherever the lock is taken, the work under it is somewhere else.
public interface IDistributedLock
{
    Task<bool> TryLockAsync(string name, TimeSpan ttl);
    Task UnlockAsync(string name);
}

public sealed class RedisLockService : IDistributedLock
{
    private readonly IDatabase _db;
    private readonly ILogger<RedisLockService> _logger;
    private readonly ConcurrentDictionary<string, string> _held = new();

    public RedisLockService(IDatabase db, ILogger<RedisLockService> logger)
    {
        _db = db;
        _logger = logger;
    }

    // Fine: returns whether the lock was taken.
    public async Task<bool> TryLockAsync(string name, TimeSpan ttl)
    {
        var token = Guid.NewGuid().ToString("N");
        if (!await _db.LockTakeAsync(name, token, ttl)) return false;
        _held[name] = token;
        _logger.LogDebug("took {Name}", name);
        return true;
    }

    // Fine: literal TTL, still no work here.
    public async Task<bool> TryLockShortAsync(string name)
    {
        var token = Guid.NewGuid().ToString("N");
        var ok = await _db.LockTakeAsync(name, token, TimeSpan.FromSeconds(10));
        if (ok) _held.TryAdd(name, token);
        return ok;
    }

    // Fine: expression body.
    public bool TryLock(string name, string owner) => _db.LockTake(name, owner, TimeSpan.FromSeconds(3));

    // Fine: SET NX with a TTL, result returned.
    public Task<bool> TrySetLockAsync(string name, string owner, TimeSpan ttl) => _db.StringSetAsync("lock:" + name, owner, ttl, When.NotExists);

    // Fine: waits for the lock, then returns.
    public async Task<bool> WaitAsync(string name, string owner, TimeSpan ttl, TimeSpan wait, CancellationToken ct)
    {
        using var cts = CancellationTokenSource.CreateLinkedTokenSource(ct);
        cts.CancelAfter(wait);
        while (!cts.IsCancellationRequested)
        {
            if (await _db.LockTakeAsync(name, owner, ttl)) return true;
            await Task.Delay(Random.Shared.Next(20, 80), ct);
        }
        return false;
    }

    public async Task UnlockAsync(string name)
    {
        if (_held.TryRemove(name, out var token))
            await _db.LockReleaseAsync(name, token);
    }
}

public sealed class LockHandle : IAsyncDisposable, IDisposable
{
    private readonly IDatabase _db;
    private readonly RedisKey _key;
    private readonly RedisValue _token;

    private LockHandle(IDatabase db, RedisKey key, RedisValue token) => (_db, _key, _token) = (db, key, token);

    // Fine: hands out a handle; whoever disposes it does the work.
    public static async Task<LockHandle?> AcquireAsync(IDatabase db, string name, TimeSpan ttl)
    {
        RedisValue token = Guid.NewGuid().ToString("N");
        return await db.LockTakeAsync(name, token, ttl) ? new LockHandle(db, name, token) : null;
    }

    // Fine: same with a wait loop and a literal.
    public static LockHandle Acquire(IDatabase db, string name)
    {
        RedisValue token = Guid.NewGuid().ToString("N");
        while (!db.LockTake(name, token, TimeSpan.FromSeconds(30)))
            Thread.Sleep(25);
        return new LockHandle(db, name, token);
    }

    // Fine: releases at once when it may not be used, and otherwise returns.
    public static async Task<LockHandle?> AcquireEnabledAsync(IDatabase db, string name, Func<bool> enabled)
    {
        RedisValue token = Guid.NewGuid().ToString("N");
        if (!await db.LockTakeAsync(name, token, TimeSpan.FromSeconds(30))) return null;
        if (!enabled())
        {
            await db.LockReleaseAsync(name, token);
            return null;
        }
        return new LockHandle(db, name, token);
    }

    public void Dispose() => _db.LockRelease(_key, _token);

    public async ValueTask DisposeAsync() => await _db.LockReleaseAsync(_key, _token);
}

// Fine: taken in the constructor, released in Dispose.
public sealed class ScopedLock : IDisposable
{
    private readonly IDatabase _db;
    private readonly string _key;
    private readonly string _token;

    public ScopedLock(IDatabase db, string key)
    {
        _db = db;
        _key = key;
        _token = Guid.NewGuid().ToString();
        Taken = db.LockTake(_key, _token, TimeSpan.FromSeconds(20));
    }

    public bool Taken { get; }

    public void Dispose()
    {
        if (Taken) _db.LockRelease(_key, _token);
    }
}

public sealed class SessionStateStore(IDatabase db)
{
    private string? _lockId;

    // Fine: only the token is kept; the request ends elsewhere.
    public async Task BeginRequestAsync(string session)
    {
        var id = Guid.NewGuid().ToString("N");
        if (await db.LockTakeAsync("sess-lock:" + session, id, TimeSpan.FromSeconds(110)))
            _lockId = id;
    }

    public async Task EndRequestAsync(string session)
    {
        if (_lockId is { } id)
        {
            await db.LockReleaseAsync("sess-lock:" + session, id);
            _lockId = null;
        }
    }

    // Fine: tuple result.
    public async Task<(bool Ok, string Token)> LeaseAsync(string session)
    {
        var id = Guid.NewGuid().ToString("N");
        var ok = await db.StringSetAsync("lease:" + session, id, TimeSpan.FromSeconds(30), When.NotExists);
        return (ok, id);
    }

    // Fine: out parameter.
    public bool TryLease(string session, out string token)
    {
        token = Guid.NewGuid().ToString("N");
        return db.StringSet("lease:" + session, token, TimeSpan.FromSeconds(30), When.NotExists);
    }

    // Fine: retries through a delegate, no work but the take.
    public async Task<bool> TakeWithRetryAsync(string session, Func<Func<Task<bool>>, Task<bool>> retry)
    {
        var id = Guid.NewGuid().ToString("N");
        return await retry(() => db.LockTakeAsync("sess-lock:" + session, id, TimeSpan.FromSeconds(110)));
    }

    // Fine: forwards an extension.
    public Task<bool> ExtendAsync(string session, string token) => db.LockExtendAsync("sess-lock:" + session, token, TimeSpan.FromSeconds(30));
}

// Fine: take in Start, work in the ticks, release in Stop.
public sealed class DeviceSession : IDisposable
{
    private readonly IDatabase _db;
    private readonly string _device;
    private readonly string _token = Guid.NewGuid().ToString("N");
    private bool _mine;

    public DeviceSession(IDatabase db, string device) => (_db, _device) = (db, device);

    public void Start() => _mine = _db.LockTake(_device, _token, TimeSpan.FromMinutes(2));

    public void Stop()
    {
        if (_mine) _db.LockRelease(_device, _token);
        _mine = false;
    }

    public void Dispose() => Stop();
}
