using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Services.Webhooks;

public readonly record struct Delivery(string Provider, string EventId, DateTimeOffset SentAt, string Body);

public delegate Task WebhookHandler(Delivery delivery, CancellationToken ct);

public sealed class WebhookDeduplicator
{
    private readonly IDatabase _db;
    private readonly IReadOnlyDictionary<string, WebhookHandler> _handlers;
    private readonly ILogger _logger;
    private readonly TimeSpan _remember = TimeSpan.FromDays(3);

    public WebhookDeduplicator(IDatabase db, IReadOnlyDictionary<string, WebhookHandler> handlers, ILogger<WebhookDeduplicator> logger)
    {
        _db = db;
        _handlers = handlers;
        _logger = logger;
    }

    public async Task<bool> HandleAsync(Delivery delivery, CancellationToken ct)
    {
        var marker = $"webhook:processed:{delivery.Provider}:{delivery.EventId}";
        if (!await _db.StringSetAsync(marker, "1", _remember, When.NotExists))
        {
            _logger.LogInformation("Duplicate {Event}", delivery.EventId);
            return false;
        }

        await _handlers[delivery.Provider](delivery, ct);
        return true;
    }

    public async Task<bool> HandleOrForgetAsync(Delivery delivery, CancellationToken ct)
    {
        var seen = new RedisKey($"webhook:nonce:{delivery.EventId}");
        var first = await _db.StringSetAsync(seen, delivery.SentAt.ToUnixTimeSeconds(), expiry: TimeSpan.FromHours(24), when: When.NotExists);
        if (first)
        {
            await _handlers[delivery.Provider](delivery, ct);
        }

        return first;
    }

    public async Task<bool> HandleExclusivelyAsync(Delivery delivery, CancellationToken ct)
    {
        var mutex = $"webhook:mutex:{delivery.Provider}";
        var token = (RedisValue)Guid.NewGuid().ToString("N");
        if (!await _db.LockTakeAsync(mutex, token, TimeSpan.FromSeconds(12))) // expect: EXP201
        {
            return false;
        }

        try
        {
            switch (delivery.Provider)
            {
                case "payments":
                    await _handlers["payments"](delivery, ct);
                    break;
                case "shipping" when delivery.Body.Length > 0:
                    await _handlers["shipping"](delivery, ct);
                    break;
                default:
                    return false;
            }

            return true;
        }
        finally
        {
            await _db.LockReleaseAsync(mutex, token);
        }
    }

    public async Task<bool> HandleWithinAsync(Delivery delivery, CancellationToken ct)
    {
        var mutex = $"webhook:mutex:{delivery.Provider}";
        var token = (RedisValue)Guid.NewGuid().ToString("N");
        if (!await _db.LockTakeAsync(mutex, token, TimeSpan.FromSeconds(12)))
        {
            return false;
        }

        try
        {
            await _handlers[delivery.Provider](delivery, ct).WaitAsync(TimeSpan.FromSeconds(7), ct);
            return true;
        }
        finally
        {
            await _db.LockReleaseAsync(mutex, token);
        }
    }

    public async Task<bool> HandleAlmostWithinAsync(Delivery delivery, CancellationToken ct)
    {
        var mutex = $"webhook:mutex:{delivery.Provider}";
        var token = (RedisValue)Guid.NewGuid().ToString("N");
        if (!await _db.LockTakeAsync(mutex, token, TimeSpan.FromSeconds(12))) // expect: EXP201
        {
            return false;
        }

        try
        {
            await _handlers[delivery.Provider](delivery, ct).WaitAsync(TimeSpan.FromSeconds(11), ct);
            return true;
        }
        finally
        {
            await _db.LockReleaseAsync(mutex, token);
        }
    }

    public Task KeepFailureAsync(Delivery delivery, string reason)
    {
        var key = $"webhook:failed:{delivery.EventId}";
        var tran = _db.CreateTransaction();
        _ = tran.StringSetAsync(key, reason);
        _ = tran.KeyExpireAsync(key, delivery.SentAt.AddDays(7).UtcDateTime);
        return tran.ExecuteAsync();
    }

    public async Task RetryLaterAsync(Delivery delivery)
    {
        await _db.StringSetAsync($"webhook:retry:{delivery.EventId}", delivery.Body, new Expiration(DateTime.UtcNow.AddMinutes(10))); // expect: EXP102
        await _db.StringSetAsync($"webhook:retry:{delivery.EventId}:at", delivery.SentAt.ToUnixTimeSeconds(), new Expiration(TimeSpan.FromMinutes(10)));
    }

    public async Task<string?> FailureAsync(string eventId)
    {
        string key = $"webhook:failed:{eventId}";
        string? reason = await _db.StringGetAsync(key);
        if (reason == null)
        {
            return null;
        }

        key = $"webhook:viewed:{eventId}";
        await _db.KeyExpireAsync(key, TimeSpan.FromMinutes(5));
        return reason;
    }
}
