using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Services.Drivers;

public readonly record struct Position(double Longitude, double Latitude);

public sealed record RideRequest(Guid Id, Position From, DateTimeOffset RequestedAt);

public interface IDispatch
{
    Task<bool> OfferAsync(string driver, RideRequest ride, CancellationToken ct);
}

public sealed class DriverLocationService(IDatabase redis, IDispatch dispatch, TimeProvider clock, ILogger<DriverLocationService> log)
{
    private const string Fleet = "fleet:positions";
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(2);

    private static RedisKey Seen(string driver) => $"fleet:{driver}:seen";

    public async Task ReportAsync(string driver, Position position)
    {
        await redis.GeoAddAsync(Fleet, position.Longitude, position.Latitude, driver);
        await redis.StringSetAsync(Seen(driver), clock.GetUtcNow().ToUnixTimeSeconds(), Stale);
        await redis.HashFieldExpireAsync("fleet:shift", [driver], clock.GetUtcNow().AddHours(10).UtcDateTime); // expect: EXP102
    }

    public async Task EndShiftAsync(string driver, TimeOnly endsAt)
    {
        var end = DateTime.Today.Add(endsAt.ToTimeSpan());
        await redis.HashFieldExpireAsync("fleet:shift", [driver], end); // expect: EXP101
        await redis.HashFieldExpireAsync("fleet:vehicle", [driver], end.ToUniversalTime());
    }

    public async Task<Position?> LastAsync(string driver)
    {
        var seen = await redis.StringGetAsync(Seen(driver));
        if (seen.IsNull)
        {
            await redis.GeoRemoveAsync(Fleet, driver);
            return null;
        }

        var position = await redis.GeoPositionAsync(Fleet, driver);
        return position is { } p ? new Position(p.Longitude, p.Latitude) : null;
    }

    public async Task<DateTimeOffset?> LastSeenAsync(string driver, bool extend)
    {
        RedisValue seen;
        if (extend)
        {
            seen = await redis.StringGetSetExpiryAsync(Seen(driver), Stale);
        }
        else
        {
            seen = await redis.StringGetAsync(Seen(driver));
        }

        return seen.IsNull ? null : DateTimeOffset.FromUnixTimeSeconds((long)seen);
    }

    public async Task<DateTimeOffset?> LastSeenOrRefreshAsync(string driver, bool onlyRefresh)
    {
        if (onlyRefresh)
        {
            await redis.KeyExpireAsync(Seen(driver), Stale);
            return null;
        }

        var seen = await redis.StringGetAsync(Seen(driver));
        return seen.IsNull ? null : DateTimeOffset.FromUnixTimeSeconds((long)seen);
    }

    public async Task<bool> IsFreshAsync(string driver)
    {
        var seen = (long?)await redis.StringGetAsync(Seen(driver));
        var fresh = seen > clock.GetUtcNow().ToUnixTimeSeconds() - 60;
        if (fresh)
        {
            await redis.KeyExpireAsync(Seen(driver), Stale); // expect: EXP301
        }

        return fresh;
    }

    public async Task<string?> AssignAsync(RideRequest ride, IEnumerable<string> candidates, CancellationToken ct)
    {
        foreach (var driver in candidates)
        {
            var offer = ride.Id.ToString("N");
            if (!await redis.StringSetAsync($"fleet:{driver}:lock", offer, TimeSpan.FromSeconds(20), When.NotExists)) // expect: EXP201
            {
                continue;
            }

            try
            {
                if (await dispatch.OfferAsync(driver, ride, ct))
                {
                    return driver;
                }
            }
            finally
            {
                await redis.LockReleaseAsync($"fleet:{driver}:lock", offer);
            }
        }

        log.LogWarning("Nobody for {Ride}", ride.Id);
        return null;
    }

    public async Task<string?> AssignInTimeAsync(RideRequest ride, IEnumerable<string> candidates, CancellationToken ct)
    {
        foreach (var driver in candidates)
        {
            var offer = ride.Id.ToString("N");
            if (!await redis.LockTakeAsync($"fleet:{driver}:lock", offer, TimeSpan.FromSeconds(20)))
            {
                continue;
            }

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(TimeSpan.FromSeconds(12));
            try
            {
                if (await dispatch.OfferAsync(driver, ride, patience.Token))
                {
                    return driver;
                }
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                log.LogDebug("{Driver} did not answer", driver);
            }
            finally
            {
                await redis.LockReleaseAsync($"fleet:{driver}:lock", offer);
            }
        }

        return null;
    }

    public Task<bool> KeepRideAsync(RideRequest ride) =>
        redis.StringSetAsync($"ride:{ride.Id}", ride.ToString(), ride.RequestedAt.AddMinutes(30).UtcDateTime);

    public Task<bool> KeepRideLegacyAsync(RideRequest ride) =>
        redis.StringSetAsync($"ride:{ride.Id}", ride.ToString(), ride.RequestedAt.AddMinutes(30).DateTime); // expect: EXP101

    public async Task<string[]> ScoresAsync(string region)
    {
        var top = await redis.SortedSetRangeByRankAsync($"fleet:score:{region}", 0, 9, Order.Descending);
        var names = top.Select(t => t.ToString()).ToArray();
        await redis.KeyExpireAsync("fleet:score:" + region.ToUpperInvariant(), Stale);
        return names;
    }
}
