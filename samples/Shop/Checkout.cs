using StackExchange.Redis;

namespace Shop;

/// <summary>Takes the money, once per cart.</summary>
public sealed class Checkout(IDatabase redis, IPayments payments)
{
    private static readonly TimeSpan LockTtl = TimeSpan.FromSeconds(30);

    public async Task<bool> PayAsync(string cart, CancellationToken requestAborted)
    {
        string key = $"checkout:{cart}:lock";
        string token = Guid.NewGuid().ToString("N");

        // EXP201: nothing ends the work before the lock expires; a slow payment runs beside a second one.
        if (!await redis.LockTakeAsync(key, token, LockTtl))
        {
            return false;
        }

        try
        {
            await payments.ChargeAsync(cart, requestAborted);
            return true;
        }
        finally
        {
            await redis.LockReleaseAsync(key, token);
        }
    }

    public async Task RefundAsync(string cart)
    {
        string key = $"refund:{cart}:lock";
        string token = Guid.NewGuid().ToString("N");
        using CancellationTokenSource limit = new(LockTtl);

        // EXP201: the work may run for the whole TTL.
        if (!await redis.LockTakeAsync(key, token, LockTtl))
        {
            return;
        }

        try
        {
            await payments.RefundAsync(cart, limit.Token);
        }
        finally
        {
            await redis.LockReleaseAsync(key, token);
        }
    }

    public async Task ShipAsync(string cart)
    {
        string key = $"shipping:{cart}:lock";
        using CancellationTokenSource limit = new(LockTtl - TimeSpan.FromSeconds(10));
        if (!await redis.StringSetAsync(key, Guid.NewGuid().ToString("N"), LockTtl, When.NotExists))
        {
            return;
        }

        try
        {
            await payments.ShipAsync(cart, limit.Token);
        }
        finally
        {
            // EXP205: a late holder deletes the next one's lock.
            await redis.KeyDeleteAsync(key);
        }
    }

    public async Task CloseAsync(string cart)
    {
        string key = $"closing:{cart}:lock";
        using CancellationTokenSource limit = new(LockTtl - TimeSpan.FromSeconds(10));

        // EXP203: every holder gives the same token, so that a late one releases the next one's lock.
        if (!await redis.LockTakeAsync(key, "checkout", LockTtl))
        {
            return;
        }

        try
        {
            await payments.CloseAsync(cart, limit.Token);
        }
        finally
        {
            await redis.LockReleaseAsync(key, "checkout");
        }
    }

    /// <summary>Correct: the work is cancelled ten seconds before the lock can expire.</summary>
    public async Task<bool> PayInTimeAsync(string cart)
    {
        string key = $"checkout:{cart}:lock";
        string token = Guid.NewGuid().ToString("N");
        if (!await redis.LockTakeAsync(key, token, LockTtl))
        {
            return false;
        }

        try
        {
            using CancellationTokenSource limit = new(LockTtl - TimeSpan.FromSeconds(10));
            await payments.ChargeAsync(cart, limit.Token);
            return true;
        }
        finally
        {
            await redis.LockReleaseAsync(key, token);
        }
    }
}

public interface IPayments
{
    Task ChargeAsync(string cart, CancellationToken cancellationToken);

    Task RefundAsync(string cart, CancellationToken cancellationToken);

    Task ShipAsync(string cart, CancellationToken cancellationToken);

    Task CloseAsync(string cart, CancellationToken cancellationToken);
}
