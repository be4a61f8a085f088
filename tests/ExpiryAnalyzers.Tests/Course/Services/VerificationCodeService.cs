using System;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Services.Otp;

public enum Channel { Sms, Mail, Push }

public interface IMessageGateway
{
    Task SendAsync(Channel channel, string to, string text, CancellationToken ct);
}

public class VerificationCodeService
{
    private const int CodeLifetimeMinutes = 5;
    private readonly IDatabase _redis;
    private readonly IDistributedCache _cache;
    private readonly IMessageGateway _gateway;
    private readonly ILogger _logger;

    public VerificationCodeService(IConnectionMultiplexer mux, IDistributedCache cache, IMessageGateway gateway, ILogger<VerificationCodeService> logger)
    {
        _redis = mux.GetDatabase(3);
        _cache = cache;
        _gateway = gateway;
        _logger = logger;
    }

    public async Task<bool> SendAsync(Channel channel, string to, CancellationToken ct)
    {
        // One message per minute and recipient: a cooldown, nobody releases it.
        if (!await _redis.StringSetAsync($"otp:cooldown:{to}", 1, TimeSpan.FromMinutes(1), When.NotExists))
        {
            return false;
        }

        var code = RandomNumberGenerator.GetInt32(100_000, 1_000_000).ToString();
        var expiry = channel switch
        {
            Channel.Sms => TimeSpan.FromMinutes(CodeLifetimeMinutes),
            Channel.Mail => TimeSpan.FromMinutes(30),
            _ => TimeSpan.FromMinutes(2),
        };
        await _redis.StringSetAsync($"otp:{channel}:{to}", code, expiry);
        await _gateway.SendAsync(channel, to, $"Your code is {code}", ct);
        return true;
    }

    public async Task<bool> SendWithDeadlineAsync(Channel channel, string to, CancellationToken ct)
    {
        var code = RandomNumberGenerator.GetInt32(100_000, 1_000_000).ToString();
        var validUntil = channel == Channel.Mail ? DateTime.UtcNow.AddMinutes(30) : DateTime.UtcNow.AddMinutes(CodeLifetimeMinutes);
        await _redis.StringSetAsync($"otp:{channel}:{to}", code, validUntil); // expect: EXP102
        await _gateway.SendAsync(channel, to, code, ct);
        return true;
    }

    public async Task<DateTime> SendAndTellAsync(Channel channel, string to, CancellationToken ct)
    {
        var code = RandomNumberGenerator.GetInt32(100_000, 1_000_000).ToString();
        var validUntil = DateTime.UtcNow.AddMinutes(CodeLifetimeMinutes);
        await _redis.StringSetAsync($"otp:{channel}:{to}", code, validUntil);
        await _gateway.SendAsync(channel, to, $"{code} (until {validUntil:t} UTC)", ct);
        return validUntil;
    }

    public Task RememberDeviceAsync(string userId, string device, CancellationToken ct)
    {
        var options = new DistributedCacheEntryOptions
        {
            AbsoluteExpiration = DateTimeOffset.Now.AddDays(30), // expect: EXP102
        };
        return _cache.SetStringAsync($"device:{userId}", device, options, ct);
    }

    public Task RememberForYearAsync(string userId, string device, CancellationToken ct) =>
        _cache.SetStringAsync($"device:{userId}", device, new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddYears(1) }, ct);

    public async Task<bool> VerifyAsync(Channel channel, string to, string code)
    {
        var key = $"otp:{channel}:{to}";
        var expected = await _redis.StringGetAsync(key);
        if (expected.IsNull)
        {
            return false;
        }

        if (expected == code)
        {
            await _redis.KeyDeleteAsync(key);
            return true;
        }

        // A wrong guess shortens the life of the code.
        await _redis.KeyExpireAsync(key, TimeSpan.FromSeconds(45)); // expect: EXP301
        _logger.LogInformation("Wrong code for {Recipient}", to);
        return false;
    }

    public async Task<int> FailuresAsync(string to)
    {
        var n = await _redis.StringIncrementAsync($"otp:fail:{to}");
        if (n == 1)
        {
            await _redis.KeyExpireAsync($"otp:fail:{to}", TimeSpan.FromHours(1));
        }

        return (int)n;
    }

    public async Task BlockUntilTomorrowAsync(string to, TimeZoneInfo zone)
    {
        var tomorrow = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(1);
        await _redis.StringSetAsync($"otp:block:{to}", "1", tomorrow.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        await _redis.KeyExpireAsync($"otp:fail:{to}", tomorrow.ToDateTime(TimeOnly.MinValue)); // expect: EXP101
        await _redis.KeyExpireAsync($"otp:zone:{to}", TimeZoneInfo.ConvertTimeToUtc(tomorrow.ToDateTime(TimeOnly.MinValue), zone));
    }

    public async Task<bool> ConsumeOnceAsync(string jti)
    {
        return await _redis.StringSetAsync("otp:used:" + jti, RedisValue.EmptyString, TimeSpan.FromHours(24), When.NotExists);
    }
}
