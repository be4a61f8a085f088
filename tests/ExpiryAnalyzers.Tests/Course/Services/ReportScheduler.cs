using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Services.Reports;

public enum Period { Hour, Day, Week, Month }

public sealed record ReportJob(string Name, Period Period, string TimeZoneId);

public interface IReportRenderer
{
    Task<byte[]> RenderAsync(ReportJob job, CancellationToken ct);
}

public class ReportScheduler
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);
    private readonly IConnectionMultiplexer _redis;
    private readonly IReportRenderer _renderer;
    private readonly ILogger<ReportScheduler> _logger;

    public ReportScheduler(IConnectionMultiplexer redis, IReportRenderer renderer, ILogger<ReportScheduler> logger)
    {
        _redis = redis;
        _renderer = renderer;
        _logger = logger;
    }

    private static DateTime EndOf(Period period)
    {
        var now = DateTime.UtcNow;
        return period switch
        {
            Period.Hour => new DateTime(now.Year, now.Month, now.Day, now.Hour, 0, 0, DateTimeKind.Utc).AddHours(1),
            Period.Day => now.Date.AddDays(1),
            Period.Week => now.Date.AddDays(7 - (int)now.DayOfWeek),
            _ => now.Date.AddDays(1 - now.Day).AddMonths(1),
        };
    }

    private static DateTime LocalEndOf(Period period)
    {
        switch (period)
        {
            case Period.Day:
                return DateTime.Today.AddDays(1);
            case Period.Week:
                return DateTime.Today.AddDays(7);
            default:
                return DateTime.Today.AddMonths(1);
        }
    }

    private static DateTime InTheSameZone(ReportJob job)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(job.TimeZoneId);
        return TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, zone).Date.AddDays(1);
    }

    public async Task PublishAsync(ReportJob job, CancellationToken ct)
    {
        var db = _redis.GetDatabase();
        var pdf = await _renderer.RenderAsync(job, ct);
        await db.StringSetAsync($"report:{job.Name}", pdf, EndOf(job.Period));
        await db.KeyExpireAsync($"report:{job.Name}:preview", LocalEndOf(job.Period)); // expect: EXP101
        await db.KeyExpireAsync($"report:{job.Name}:zone", InTheSameZone(job));
    }

    public async Task RunAsync(ReportJob job, CancellationToken ct)
    {
        var db = _redis.GetDatabase();
        var owner = Guid.NewGuid().ToString("N");
        var lockTtl = TimeSpan.FromMinutes(10);
        if (!await db.LockTakeAsync($"report:{job.Name}:lock", owner, lockTtl)) // expect: EXP201
        {
            _logger.LogDebug("{Job} runs elsewhere", job.Name);
            return;
        }

        try
        {
            var bytes = await _renderer.RenderAsync(job, ct).WaitAsync(lockTtl, ct);
            await db.StringSetAsync($"report:{job.Name}", bytes, TimeSpan.FromDays(1));
        }
        finally
        {
            await db.LockReleaseAsync($"report:{job.Name}:lock", owner);
        }
    }

    public async Task RunWithMarginAsync(ReportJob job, TimeSpan budget, CancellationToken ct)
    {
        var db = _redis.GetDatabase();
        var owner = Guid.NewGuid().ToString("N");
        if (!await db.LockTakeAsync($"report:{job.Name}:lock", owner, budget + Margin))
        {
            return;
        }

        try
        {
            var bytes = await _renderer.RenderAsync(job, ct).WaitAsync(budget, ct);
            await db.StringSetAsync($"report:{job.Name}", bytes, TimeSpan.FromDays(1));
        }
        finally
        {
            await db.LockReleaseAsync($"report:{job.Name}:lock", owner);
        }
    }

    public async Task RunWithoutMarginAfterAllAsync(ReportJob job, TimeSpan budget, CancellationToken ct)
    {
        var db = _redis.GetDatabase();
        var owner = Guid.NewGuid().ToString("N");
        var whole = budget + Margin;
        if (!await db.LockTakeAsync($"report:{job.Name}:lock", owner, whole)) // expect: EXP201
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(whole);
        try
        {
            await _renderer.RenderAsync(job, limit.Token);
        }
        finally
        {
            await db.LockReleaseAsync($"report:{job.Name}:lock", owner);
        }
    }

    public async Task<bool> IsDueAsync(ReportJob job)
    {
        // Runs at most once an hour whoever asks; nothing is released.
        return await _redis.GetDatabase().LockTakeAsync($"report:{job.Name}:hourly", "1", TimeSpan.FromHours(1));
    }

    public async Task<byte[]?> DownloadAsync(string name)
    {
        byte[]? pdf = await _redis.GetDatabase().StringGetAsync($"report:{name}");
        if (pdf is { Length: > 0 })
        {
            await _redis.GetDatabase().KeyExpireAsync($"report:{name}", TimeSpan.FromDays(2)); // expect: EXP301
        }

        return pdf;
    }

    public async Task<byte[]?> DownloadFromArchiveAsync(string name)
    {
        byte[]? pdf = await _redis.GetDatabase(5).StringGetAsync($"report:{name}");
        await _redis.GetDatabase(0).KeyExpireAsync($"report:{name}", TimeSpan.FromDays(2));
        return pdf;
    }

    public Task<bool> PinUntilAsync(string name, string day) =>
        _redis.GetDatabase().KeyExpireAsync($"report:{name}", DateTime.Parse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)); // expect: EXP101

    public Task<bool> PinUntilUtcAsync(string name, string day) =>
        _redis.GetDatabase().KeyExpireAsync($"report:{name}", DateTime.Parse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime());

    public Task<bool> PinRoundtripAsync(string name, string stamp) =>
        _redis.GetDatabase().KeyExpireAsync($"report:{name}", DateTime.Parse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
}
