using System;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Exp102.Providers;

public interface IScheduleClock
{
    DateTime UtcNow { get; }
    DateTimeOffset NextRun { get; }
}

public sealed class JobLeases(IDatabase db, TimeProvider timeProvider, IScheduleClock schedule)
{
    private readonly TimeSpan _ttl = TimeSpan.FromMinutes(10);

    // Bug: the time provider's clock plus a span.
    public Task<bool> Renew(string job) => db.KeyExpireAsync($"job:{job}", timeProvider.GetUtcNow().Add(_ttl).UtcDateTime); // expect: EXP102

    // Fine: the span.
    public Task<bool> RenewRelative(string job) => db.KeyExpireAsync($"job:{job}", _ttl);

    // Bug: the conversion before the span.
    public Task<bool> RenewConvertedFirst(string job) => db.KeyExpireAsync($"job:{job}", timeProvider.GetUtcNow().UtcDateTime.Add(_ttl)); // expect: EXP102

    // Bug: the operator.
    public Task<bool> RenewByOperator(string job) => db.KeyExpireAsync($"job:{job}", (timeProvider.GetUtcNow() + _ttl).UtcDateTime); // expect: EXP102

    // Bug: the system's provider.
    public bool RenewBySystem(string job) => db.KeyExpire($"job:{job}", TimeProvider.System.GetUtcNow().AddMinutes(10).UtcDateTime); // expect: EXP102

    // Bug: the local clock of the provider, its UTC half; Utc, so only this rule.
    public bool RenewByLocal(string job) => db.KeyExpire($"job:{job}", timeProvider.GetLocalNow().AddMinutes(10).UtcDateTime); // expect: EXP102

    // Bug: the local half: both rules.
    public bool RenewByLocalClock(string job) => db.KeyExpire($"job:{job}", timeProvider.GetLocalNow().AddMinutes(10).LocalDateTime); // expect: EXP101, EXP102

    // Fine: the provider's day.
    public bool UntilMidnight(string job) => db.KeyExpire($"job:{job}", timeProvider.GetUtcNow().UtcDateTime.Date.AddDays(1));

    // Fine: the provider's bare clock.
    public bool Now(string job) => db.KeyExpire($"job:{job}", timeProvider.GetUtcNow().UtcDateTime);

    // Fine: a schedule's next run is no clock.
    public bool UntilNextRun(string job) => db.KeyExpire($"job:{job}", schedule.NextRun.AddMinutes(1).UtcDateTime);

    // Bug: an option from the provider.
    public DistributedCacheEntryOptions Options() => new() { AbsoluteExpiration = timeProvider.GetUtcNow().Add(_ttl) }; // expect: EXP102

    // Fine: the relative option.
    public DistributedCacheEntryOptions RelativeOptions() => new() { AbsoluteExpirationRelativeToNow = _ttl };

    // Fine: what remains until the next run is a span already.
    public bool Remaining(string job) => db.KeyExpire($"job:{job}", schedule.NextRun - timeProvider.GetUtcNow());

    // Fine: another server's time plus a span, this machine's clock is not asked.
    public bool ByServer(IServer server, string job) => db.KeyExpire($"job:{job}", server.Time().Add(_ttl));

    // Fine: the deadline also tells the worker when to stop.
    public async Task RunAsync(string job, Func<DateTimeOffset, Task> work)
    {
        DateTimeOffset deadline = timeProvider.GetUtcNow().Add(_ttl);
        await db.KeyExpireAsync($"job:{job}", deadline.UtcDateTime);
        await work(deadline);
    }

    // Bug: the deadline is the key's alone.
    public async Task RunBlindAsync(string job, Func<Task> work)
    {
        DateTimeOffset deadline = timeProvider.GetUtcNow().Add(_ttl);
        await db.KeyExpireAsync($"job:{job}", deadline.UtcDateTime); // expect: EXP102
        await work();
    }
}
