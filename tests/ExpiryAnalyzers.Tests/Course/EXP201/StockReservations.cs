#nullable enable
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp201.StockReservations;

public interface IWarehouse
{
    Task<int> AvailableAsync(string sku, CancellationToken ct = default);
    Task ReserveAsync(string sku, int amount, CancellationToken ct = default);
    Task SyncAsync(string sku, CancellationToken ct = default);
    int Available(string sku);
    void Reserve(string sku, int amount);
}

public sealed class StockService
{
    private const string ReleaseScript = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end";
    private readonly IDatabase _redis;
    private readonly IWarehouse _warehouse;

    public StockService(IDatabase redis, IWarehouse warehouse)
    {
        _redis = redis;
        _warehouse = warehouse;
    }

    // Bug: SET NX EX as a lock, released with KeyDelete, work unbounded.
    public async Task<bool> ReserveAsync(string sku, int amount)
    {
        var key = $"stock:{sku}:busy";
        if (!await _redis.StringSetAsync(key, "1", TimeSpan.FromSeconds(10), When.NotExists)) return false; // expect: EXP201
        try
        {
            if (await _warehouse.AvailableAsync(sku) < amount) return false;
            await _warehouse.ReserveAsync(sku, amount);
            return true;
        }
        finally
        {
            await _redis.KeyDeleteAsync(key);
        }
    }

    // Fine: the same, with the work bound below the TTL.
    public async Task<bool> ReserveBoundedAsync(string sku, int amount)
    {
        var key = $"stock:{sku}:busy";
        if (!await _redis.StringSetAsync(key, "1", TimeSpan.FromSeconds(10), When.NotExists)) return false;
        using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        try
        {
            if (await _warehouse.AvailableAsync(sku, cts.Token) < amount) return false;
            await _warehouse.ReserveAsync(sku, amount, cts.Token);
            return true;
        }
        finally
        {
            await _redis.KeyDeleteAsync(key);
        }
    }

    // Bug: released by a compare-and-delete script; named arguments.
    public async Task SyncAsync(string sku)
    {
        RedisKey key = "sync:" + sku;
        RedisValue owner = Guid.NewGuid().ToString();
        var got = await _redis.StringSetAsync(key: key, value: owner, expiry: TimeSpan.FromSeconds(30), when: When.NotExists); // expect: EXP201
        if (!got) return;
        try
        {
            await _warehouse.SyncAsync(sku);
        }
        finally
        {
            await _redis.ScriptEvaluateAsync(ReleaseScript, new RedisKey[] { key }, new RedisValue[] { owner });
        }
    }

    // Fine: same script, with a bounded body.
    public async Task SyncBoundedAsync(string sku)
    {
        RedisKey key = "sync:" + sku;
        RedisValue owner = Guid.NewGuid().ToString();
        var got = await _redis.StringSetAsync(key: key, value: owner, expiry: TimeSpan.FromSeconds(30), when: When.NotExists);
        if (!got) return;
        try
        {
            await _warehouse.SyncAsync(sku).WaitAsync(TimeSpan.FromSeconds(15));
        }
        finally
        {
            await _redis.ScriptEvaluateAsync(ReleaseScript, new RedisKey[] { key }, new RedisValue[] { owner });
        }
    }

    // Bug: the newer spelling with ValueCondition; released by LockRelease.
    public async Task RecountAsync(string sku)
    {
        RedisKey key = "recount:" + sku;
        RedisValue owner = Guid.NewGuid().ToString();
        if (await _redis.StringSetAsync(key, owner, TimeSpan.FromMinutes(1), ValueCondition.NotExists)) // expect: EXP201
        {
            try
            {
                await _warehouse.SyncAsync(sku);
            }
            finally
            {
                await _redis.LockReleaseAsync(key, owner);
            }
        }
    }

    // Bug: TTL wrapped in an Expiration; sync; released by KeyDelete.
    public void Recount(string sku)
    {
        RedisKey key = "recount:" + sku;
        if (!_redis.StringSet(key, Environment.MachineName, new Expiration(TimeSpan.FromSeconds(45)), ValueCondition.NotExists)) return; // expect: EXP201
        try
        {
            var n = _warehouse.Available(sku);
            _warehouse.Reserve(sku, -n);
        }
        finally
        {
            _redis.KeyDelete(key);
        }
    }

    // Bug: raw SET NX PX, released by a raw compare-and-delete.
    public async Task MoveAsync(string sku, int amount)
    {
        var key = (RedisKey)("move:" + sku);
        var owner = Guid.NewGuid().ToString();
        var reply = await _redis.ExecuteAsync("SET", key, owner, "NX", "PX", 20000); // expect: EXP201
        if (reply.IsNull) return;
        try
        {
            await _warehouse.ReserveAsync(sku, amount);
        }
        finally
        {
            await _redis.ScriptEvaluateAsync(ReleaseScript, new[] { key }, new RedisValue[] { owner });
        }
    }

    // Fine: raw SET NX PX with work that ends well before.
    public async Task MoveBoundedAsync(string sku, int amount)
    {
        var key = (RedisKey)("move:" + sku);
        var owner = Guid.NewGuid().ToString();
        var reply = await _redis.ExecuteAsync("SET", key, owner, "NX", "PX", 20000);
        if (reply.IsNull) return;
        using var cts = new CancellationTokenSource(10_000);
        try
        {
            await _warehouse.ReserveAsync(sku, amount, cts.Token);
        }
        finally
        {
            await _redis.ScriptEvaluateAsync(ReleaseScript, new[] { key }, new RedisValue[] { owner });
        }
    }

    // Bug: raw SET with EX before NX.
    public bool Move(string sku, int amount)
    {
        var key = "move:" + sku;
        if ((string?)_redis.Execute("SET", key, "1", "EX", 30, "NX") != "OK") return false; // expect: EXP201
        try
        {
            _warehouse.Reserve(sku, amount);
            return true;
        }
        finally
        {
            _redis.KeyDelete(key);
        }
    }

    // Fine: a seat hold. The key stays until the customer pays or the ten minutes are over.
    public async Task<bool> HoldAsync(string sku, string basket)
    {
        if (!await _redis.StringSetAsync($"hold:{sku}", basket, TimeSpan.FromMinutes(10), When.NotExists)) return false;
        await _warehouse.ReserveAsync(sku, 1);
        return true;
    }

    // Fine: plain SET with a TTL is no lock, though the key is removed after the work.
    public async Task PublishAsync(string sku)
    {
        await _redis.StringSetAsync("progress:" + sku, "running", TimeSpan.FromMinutes(1));
        await _warehouse.SyncAsync(sku);
        await _redis.KeyDeleteAsync("progress:" + sku);
    }

    // Fine: When.Exists only refreshes a value.
    public async Task BeatAsync(string sku)
    {
        var key = "sync:lock:" + sku;
        if (!await _redis.StringSetAsync(key, "alive", TimeSpan.FromSeconds(30), When.Exists)) return;
        await _warehouse.SyncAsync(sku);
        await _redis.KeyDeleteAsync(key);
    }

    // Fine: NX without any expiry cannot expire under the work.
    public async Task MigrateAsync(IReadOnlyCollection<string> skus)
    {
        if (!await _redis.StringSetAsync("migrate:lock", "1", when: When.NotExists)) return;
        try
        {
            foreach (var sku in skus) await _warehouse.SyncAsync(sku);
        }
        finally
        {
            await _redis.KeyDeleteAsync("migrate:lock");
        }
    }
}
