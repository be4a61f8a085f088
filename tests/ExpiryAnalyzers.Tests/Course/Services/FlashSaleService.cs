using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Services.FlashSale;

public sealed record Sale(string Code, DateTimeOffset Opens, DateTimeOffset Closes, int Stock);

public sealed record Coupon(string Code, DateOnly LastDay);

public class FlashSaleService
{
    private const string ReleaseScript = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";
    private static readonly TimeZoneInfo Shop = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private readonly IDatabase _db;
    private readonly ILogger<FlashSaleService> _logger;

    public FlashSaleService(IConnectionMultiplexer redis, ILogger<FlashSaleService> logger)
    {
        _db = redis.GetDatabase();
        _logger = logger;
    }

    public async Task OpenAsync(Sale sale)
    {
        string stock = $"sale:{sale.Code}:stock", meta = $"sale:{sale.Code}:meta";
        await _db.StringSetAsync(stock, sale.Stock, sale.Closes.UtcDateTime);
        await _db.HashSetAsync(meta, [new("code", sale.Code), new("opens", sale.Opens.ToString("O"))]);
        await _db.KeyExpireAsync(meta, sale.Closes.LocalDateTime); // expect: EXP101, EXP302
    }

    public async Task OpenCouponAsync(Coupon coupon)
    {
        var midnight = coupon.LastDay.AddDays(1).ToDateTime(TimeOnly.MinValue);
        await _db.StringSetAsync("coupon:" + coupon.Code, 1, TimeZoneInfo.ConvertTimeToUtc(midnight, Shop));
        await _db.KeyExpireAsync("coupon:idx:" + coupon.Code, TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow.Date.AddDays(1), Shop)); // expect: EXP101
    }

    // A seat is held for ten minutes; the payment either confirms it or the hold runs out.
    public Task<bool> HoldAsync(string sale, string user) =>
        _db.StringSetAsync($"sale:{sale}:hold:{user}", "1", TimeSpan.FromMinutes(10), When.NotExists);

    public async Task<bool> BuyAsync(string sale, string user)
    {
        var lockKey = $"sale:{sale}:lock";
        var me = $"{Environment.MachineName}:{Guid.NewGuid()}";
        while (!await _db.LockTakeAsync(lockKey, me, TimeSpan.FromSeconds(3))) // expect: EXP201
        {
            await Task.Delay(25);
        }

        try
        {
            var left = (int)await _db.StringGetAsync($"sale:{sale}:stock");
            if (left <= 0)
            {
                return false;
            }

            await _db.StringDecrementAsync($"sale:{sale}:stock");
            await _db.SetAddAsync($"sale:{sale}:buyers", user);
            return true;
        }
        finally
        {
            await _db.LockReleaseAsync(lockKey, me);
        }
    }

    public async Task<int> RestockAsync(string sale, Func<CancellationToken, Task<int>> countWarehouse, CancellationToken ct)
    {
        RedisValue me = Guid.NewGuid().ToString("N");
        RedisKey gate = "sale:restock:" + sale;
        if (!_db.StringSet(gate, me, TimeSpan.FromMinutes(2), When.NotExists)) // expect: EXP201
        {
            return -1;
        }

        try
        {
            var counted = await countWarehouse(ct);
            await _db.StringSetAsync($"sale:{sale}:stock", counted, expiry: null, keepTtl: true);
            return counted;
        }
        catch (TimeoutException ex)
        {
            _logger.LogError(ex, "Warehouse did not answer");
            throw;
        }
        finally
        {
            await _db.ScriptEvaluateAsync(ReleaseScript, [gate], [me]);
        }
    }

    public async Task SettleAsync(string sale, Func<Task<bool>> settleNext)
    {
        var ttl = TimeSpan.FromSeconds(60);
        if (!await _db.LockTakeAsync("settle:" + sale, Environment.MachineName, ttl)) // expect: EXP201
        {
            return;
        }

        var watch = Stopwatch.StartNew();
        try
        {
            while (watch.Elapsed < ttl && await settleNext())
            {
                _logger.LogTrace("Settled one of {Sale}", sale);
            }
        }
        finally
        {
            await _db.LockReleaseAsync("settle:" + sale, Environment.MachineName);
        }
    }

    public async Task SettleWithReserveAsync(string sale, Func<Task<bool>> settleNext)
    {
        var budget = TimeSpan.FromSeconds(50);
        if (!await _db.LockTakeAsync("settle:" + sale, Environment.MachineName, budget + TimeSpan.FromSeconds(10)))
        {
            return;
        }

        var watch = Stopwatch.StartNew();
        try
        {
            while (watch.Elapsed < budget && await settleNext())
            {
                _logger.LogTrace("Settled one of {Sale}", sale);
            }
        }
        finally
        {
            await _db.LockReleaseAsync("settle:" + sale, Environment.MachineName);
        }
    }

    public async Task<long> RemainingAsync(string sale)
    {
        var key = $"sale:{sale}:stock";
        var remaining = _db.StringGetAsync(key);
        var extended = _db.KeyExpireAsync(key, TimeSpan.FromHours(6)); // expect: EXP301
        await Task.WhenAll(remaining, extended);
        return (long)await remaining;
    }
}
