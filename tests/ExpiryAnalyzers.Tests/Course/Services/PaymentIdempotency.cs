using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Services.Payments;

public enum PaymentState { Started, Captured, Refused }

public sealed record PaymentRecord(string Key, PaymentState State, DateTime Until, TimeSpan Retention);

public interface IPaymentProvider
{
    Task<PaymentState> CaptureAsync(string account, decimal amount, CancellationToken ct);
}

public sealed class PaymentIdempotency
{
    private readonly IDatabase _db;
    private readonly IPaymentProvider _provider;
    private readonly ILogger<PaymentIdempotency> _logger;
    private readonly TimeSpan _accountLock = TimeSpan.FromSeconds(30);
    private readonly TimeSpan _accountWork = TimeSpan.FromSeconds(20);

    public PaymentIdempotency(IDatabase db, IPaymentProvider provider, ILogger<PaymentIdempotency> logger)
    {
        _db = db;
        _provider = provider;
        _logger = logger;
    }

    public async Task<PaymentState> PayOnceAsync(string key, string account, decimal amount, CancellationToken ct)
    {
        RedisKey idem = "pay:idem:" + key;
        if (!await _db.StringSetAsync(idem, nameof(PaymentState.Started), TimeSpan.FromDays(1), When.NotExists))
        {
            return Enum.Parse<PaymentState>((string)(await _db.StringGetAsync(idem))!);
        }

        var state = await _provider.CaptureAsync(account, amount, ct);
        await _db.StringSetAsync(idem, state.ToString(), TimeSpan.FromDays(1));
        return state;
    }

    public async Task<PaymentState> PayAsync(string account, decimal amount, CancellationToken ct)
    {
        var token = Guid.NewGuid().ToString();
        var key = $"pay:account:{account}";
        if (!await _db.LockTakeAsync(key, token, _accountLock)) // expect: EXP201
        {
            throw new InvalidOperationException("Account is busy");
        }

        try
        {
            return await _provider.CaptureAsync(account, amount, ct);
        }
        finally
        {
            await _db.LockReleaseAsync(key, token);
        }
    }

    public async Task<PaymentState> PayWithinAsync(string account, decimal amount, CancellationToken ct)
    {
        var token = Guid.NewGuid().ToString();
        var key = $"pay:account:{account}";
        if (!await _db.LockTakeAsync(key, token, _accountLock))
        {
            throw new InvalidOperationException("Account is busy");
        }

        using var work = new CancellationTokenSource(_accountWork);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, work.Token);
        try
        {
            return await _provider.CaptureAsync(account, amount, both.Token);
        }
        finally
        {
            await _db.LockReleaseAsync(key, token);
        }
    }

    public async Task<PaymentState> PayRawAsync(string account, decimal amount, CancellationToken ct)
    {
        var token = Guid.NewGuid().ToString("N");
        var got = await _db.ExecuteAsync("SET", "pay:lock:" + account, token, "NX", "PX", 20000); // expect: EXP201
        if (got.IsNull)
        {
            return PaymentState.Refused;
        }

        try
        {
            return await _provider.CaptureAsync(account, amount, ct);
        }
        finally
        {
            await _db.LockReleaseAsync("pay:lock:" + account, token);
        }
    }

    public async Task<PaymentRecord?> FindAsync(string key)
    {
        var raw = await _db.StringGetAsync("pay:record:" + key);
        if (raw.IsNull)
        {
            return null;
        }

        var record = JsonSerializer.Deserialize<PaymentRecord>((string)raw!)!;
        await _db.KeyExpireAsync("pay:record:" + key, record.Retention);
        return record;
    }

    public async Task<PaymentState?> StateAsync(string key)
    {
        var state = await _db.HashGetAsync("pay:state", key);
        var record = await _db.StringGetAsync("pay:record:" + key);
        if (record.IsNull)
        {
            _logger.LogInformation("{Key} is unknown", key);
            return null;
        }

        await _db.KeyExpireAsync("pay:record:" + key, TimeSpan.FromDays(90)); // expect: EXP301
        return state.IsNull ? PaymentState.Started : Enum.Parse<PaymentState>((string)state!);
    }

    public Task RecordAsync(PaymentRecord record) =>
        _db.StringSetAsync("pay:record:" + record.Key, JsonSerializer.Serialize(record), record.Until);

    public async Task<PaymentRecord> StartAsync(string key)
    {
        var record = new PaymentRecord(key, PaymentState.Started, DateTime.UtcNow.AddDays(90), TimeSpan.FromDays(90));
        await _db.StringSetAsync("pay:record:" + key, JsonSerializer.Serialize(record), record.Until);
        return record;
    }

    public Task ForgetSoonAsync(string key) =>
        _db.KeyExpireAsync("pay:record:" + key, DateTime.SpecifyKind(DateTime.UtcNow, DateTimeKind.Unspecified).AddHours(1)); // expect: EXP101, EXP102

    public Task<bool> CooldownAsync(string account) =>
        _db.StringSetAsync("pay:cooldown:" + account, 1, TimeSpan.FromSeconds(30), When.NotExists);
}
