using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Course.Services.PasswordReset;

public sealed class ResetOptions
{
    public int LinkMinutes { get; set; } = 60;

    public DateTime CampaignEnd { get; set; }

    public TimeSpan LinkLifetime => TimeSpan.FromMinutes(LinkMinutes);
}

public sealed record ResetTicket(string UserId, string Token, DateTimeOffset ValidUntil);

public sealed class PasswordResetService(IDistributedCache cache, IMemoryCache memory, IOptionsMonitor<ResetOptions> options)
{
    private static readonly DistributedCacheEntryOptions Standard = new DistributedCacheEntryOptions()
        .SetAbsoluteExpiration(TimeSpan.FromHours(1));

    private static readonly DistributedCacheEntryOptions Stale = new()
    {
        AbsoluteExpiration = DateTimeOffset.UtcNow.AddHours(1), // expect: EXP109
    };

    public async Task<string> CreateLinkAsync(string userId, CancellationToken ct)
    {
        var token = Guid.NewGuid().ToString("N");
        await cache.SetStringAsync("reset:" + token, userId, new DistributedCacheEntryOptions().SetAbsoluteExpiration(DateTime.Now.AddMinutes(options.CurrentValue.LinkMinutes)), ct); // expect: EXP102
        return "/reset?t=" + token;
    }

    public async Task<string> CreateLinkRelativeAsync(string userId, CancellationToken ct)
    {
        var token = Guid.NewGuid().ToString("N");
        await cache.SetStringAsync("reset:" + token, userId, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = options.CurrentValue.LinkLifetime }, ct);
        return "/reset?t=" + token;
    }

    public async Task<ResetTicket> CreateTicketAsync(string userId, CancellationToken ct)
    {
        var until = DateTimeOffset.UtcNow + options.CurrentValue.LinkLifetime;
        var ticket = new ResetTicket(userId, Guid.NewGuid().ToString("N"), until);
        await cache.SetAsync("reset:" + ticket.Token, Encoding.UTF8.GetBytes(userId), new DistributedCacheEntryOptions { AbsoluteExpiration = until }, ct);
        return ticket;
    }

    public Task ExtendAsync(ResetTicket ticket, CancellationToken ct) =>
        cache.SetStringAsync("reset:" + ticket.Token, ticket.UserId, new DistributedCacheEntryOptions { AbsoluteExpiration = ticket.ValidUntil.AddMinutes(10) }, ct);

    public Task StoreForCampaignAsync(string userId, CancellationToken ct) =>
        cache.SetStringAsync("reset:campaign:" + userId, "1", new DistributedCacheEntryOptions { AbsoluteExpiration = options.CurrentValue.CampaignEnd }, ct);

    public Task StoreForMigrationAsync(string userId, CancellationToken ct)
    {
        var entry = new DistributedCacheEntryOptions();
        entry.AbsoluteExpiration = new DateTime(2031, 6, 30, 23, 59, 59); // expect: EXP101
        return cache.SetStringAsync("reset:migration:" + userId, "1", entry, ct);
    }

    public Task StoreForMigrationUtcAsync(string userId, CancellationToken ct)
    {
        var entry = new DistributedCacheEntryOptions();
        entry.AbsoluteExpiration = new DateTime(2031, 6, 30, 23, 59, 59, DateTimeKind.Utc);
        return cache.SetStringAsync("reset:migration:" + userId, "1", entry, ct);
    }

    public Task StoreForMigrationOffsetAsync(string userId, CancellationToken ct)
    {
        var entry = new DistributedCacheEntryOptions { AbsoluteExpiration = new DateTimeOffset(2031, 6, 30, 23, 59, 59, TimeSpan.FromHours(2)) };
        return cache.SetStringAsync("reset:migration:" + userId, "1", entry, ct);
    }

    public async Task MirrorAsync(ResetTicket ticket, CancellationToken ct)
    {
        var lifetime = new DistributedCacheEntryOptions().SetAbsoluteExpiration(ticket.ValidUntil.DateTime); // expect: EXP101
        await cache.SetStringAsync("reset:mirror:" + ticket.Token, ticket.UserId, lifetime, ct);
        memory.Set("reset:" + ticket.Token, ticket, ticket.ValidUntil.UtcDateTime);
        memory.Set("reset:attempts:" + ticket.UserId, 0, DateTime.Now.AddMinutes(15));
        memory.Set("reset:day:" + ticket.UserId, 0, ticket.ValidUntil.Date); // expect: EXP101
    }

    public Task UseStandardAsync(string userId, CancellationToken ct) => cache.SetStringAsync("reset:std:" + userId, "1", Standard, ct);

    public Task UseStaleAsync(string userId, CancellationToken ct) => cache.SetStringAsync("reset:old:" + userId, "1", Stale, ct);

    public int CountAttempts(string userId) => memory.GetOrCreate("reset:attempts:" + userId, entry =>
    {
        entry.AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(30);
        entry.SlidingExpiration = TimeSpan.FromMinutes(5);
        return 0;
    });
}
