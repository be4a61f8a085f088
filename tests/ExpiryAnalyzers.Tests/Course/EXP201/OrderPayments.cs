#nullable enable
using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Exp201.OrderPayments;

public sealed record Order(Guid Id, decimal Total);

public interface IPaymentGateway
{
    Task<string> ChargeAsync(Guid orderId, decimal amount, CancellationToken ct = default);
    Task RefundAsync(Guid orderId, CancellationToken ct = default);
}

public interface IOrderRepository
{
    Task<Order?> FindAsync(Guid id, CancellationToken ct = default);
    Task MarkPaidAsync(Guid id, string receipt, CancellationToken ct = default);
    Task CancelAsync(Guid id, CancellationToken ct = default);
}

public sealed class OrderPaymentHandler(IConnectionMultiplexer redis, IPaymentGateway payments, IOrderRepository orders, ILogger<OrderPaymentHandler> logger)
{
    private static readonly TimeSpan LockTtl = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SafetyMargin = TimeSpan.FromSeconds(8);

    // Bug: the gateway may take longer than 30 s and nothing ends the call; the caller's token is no deadline.
    public async Task<bool> PayAsync(Guid orderId, CancellationToken ct)
    {
        var db = redis.GetDatabase();
        var key = $"lock:order:{orderId}";
        var token = Guid.NewGuid().ToString("N");

        if (!await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(30))) // expect: EXP201
        {
            logger.LogInformation("order {OrderId} is being paid elsewhere", orderId);
            return false;
        }

        try
        {
            var order = await orders.FindAsync(orderId, ct);
            if (order is null)
                return false;
            var receipt = await payments.ChargeAsync(order.Id, order.Total, ct);
            await orders.MarkPaidAsync(order.Id, receipt, ct);
            return true;
        }
        finally
        {
            await db.LockReleaseAsync(key, token);
        }
    }

    // Fine: the work is cancelled 8 s before the lock can expire, and every call gets that token.
    public async Task<bool> PayWithBudgetAsync(Guid orderId, CancellationToken ct)
    {
        var db = redis.GetDatabase();
        var key = $"lock:order:{orderId}";
        var token = Guid.NewGuid().ToString("N");

        if (!await db.LockTakeAsync(key, token, LockTtl))
            return false;

        using var cts = CancellationTokenSource.CreateLinkedTokenSource(ct);
        cts.CancelAfter(LockTtl - SafetyMargin);
        try
        {
            var order = await orders.FindAsync(orderId, cts.Token);
            if (order is null)
                return false;
            var receipt = await payments.ChargeAsync(order.Id, order.Total, cts.Token);
            await orders.MarkPaidAsync(order.Id, receipt, cts.Token);
            return true;
        }
        finally
        {
            await db.LockReleaseAsync(key, token);
        }
    }

    // Bug: the deadline of the work is the whole TTL: it fires when the lock is already gone.
    public async Task RefundAsync(Guid orderId, CancellationToken ct)
    {
        var db = redis.GetDatabase();
        RedisKey key = "lock:refund:" + orderId;
        RedisValue token = Environment.MachineName + Guid.NewGuid();

        if (await db.LockTakeAsync(key, token, LockTtl).ConfigureAwait(false)) // expect: EXP201
        {
            try
            {
                using var cts = CancellationTokenSource.CreateLinkedTokenSource(ct);
                cts.CancelAfter(LockTtl);
                await payments.RefundAsync(orderId, cts.Token).ConfigureAwait(false);
                await orders.CancelAsync(orderId, cts.Token).ConfigureAwait(false);
            }
            finally
            {
                await db.LockReleaseAsync(key, token).ConfigureAwait(false);
            }
        }
    }

    // Bug: linking the request token without CancelAfter sets no deadline at all.
    public async Task CancelAsync(Guid orderId, CancellationToken requestAborted)
    {
        var db = redis.GetDatabase();
        var key = (RedisKey)$"lock:cancel:{orderId}";
        var token = (RedisValue)Guid.NewGuid().ToString();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(requestAborted);

        if (!await db.LockTakeAsync(key, token, LockTtl)) return; // expect: EXP201
        try
        {
            await orders.CancelAsync(orderId, linked.Token);
        }
        finally
        {
            await db.LockReleaseAsync(key, token);
        }
    }

    // Bug: a budget is created, but its token never reaches the work.
    public async Task CancelQuietlyAsync(Guid orderId, CancellationToken ct)
    {
        var db = redis.GetDatabase();
        var key = $"lock:cancel:{orderId}";
        var token = Guid.NewGuid().ToString();
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        if (!await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(30))) return; // expect: EXP201
        try
        {
            await orders.CancelAsync(orderId, ct);
            logger.LogInformation("cancelled {OrderId}", orderId);
        }
        finally
        {
            await db.LockReleaseAsync(key, token);
        }
    }

    // Fine: 20 s of work under a 30 s lock, both literals.
    public async Task CancelInTimeAsync(Guid orderId)
    {
        var db = redis.GetDatabase();
        var key = $"lock:cancel:{orderId}";
        var token = Guid.NewGuid().ToString();

        if (!await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(30))) return;
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await orders.CancelAsync(orderId, budget.Token);
        }
        finally
        {
            await db.LockReleaseAsync(key, token);
        }
    }

    // Fine: exactly the margin (25 s + 5 s = 30 s).
    public async Task RefundInTimeAsync(Guid orderId)
    {
        var db = redis.GetDatabase();
        var key = $"lock:refund:{orderId}";
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync(key, token, LockTtl)) return;
        try
        {
            using var budget = new CancellationTokenSource(millisecondsDelay: 25_000);
            await payments.RefundAsync(orderId, budget.Token);
        }
        finally
        {
            await db.LockReleaseAsync(key, token);
        }
    }

    // Bug: 28 s of work under a 30 s lock leaves 2 s, less than the margin.
    public async Task RefundTooLateAsync(Guid orderId)
    {
        var db = redis.GetDatabase();
        var key = $"lock:refund:{orderId}";
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync(key, token, LockTtl)) return; // expect: EXP201
        try
        {
            using var budget = new CancellationTokenSource(28_000);
            await payments.RefundAsync(orderId, budget.Token);
        }
        finally
        {
            await db.LockReleaseAsync(key, token);
        }
    }
}
