using System;
using System.Globalization;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Exp101.Branches;

public enum Plan { Free, Trial, Paid, Lifetime }

public sealed class Subscription
{
    public string Id { get; init; } = "";
    public Plan Plan { get; init; }
    public DateTime? EndsAt { get; init; }
}

public sealed class SubscriptionCache
{
    private readonly IDatabase _db;

    public SubscriptionCache(IDatabase db) => _db = db;

    // Bug: one branch is local midnight, the other is fine.
    public bool TrialOrPaid(Subscription s) => _db.KeyExpire(s.Id, s.Plan == Plan.Trial ? DateTime.Today.AddDays(14) : DateTime.UtcNow.Date.AddYears(1)); // expect: EXP101

    // Fine: both branches are Utc.
    public bool TrialOrPaidUtc(Subscription s) => _db.KeyExpire(s.Id, s.Plan == Plan.Trial ? DateTime.UtcNow.Date.AddDays(14) : DateTime.UtcNow.Date.AddYears(1));

    // Bug: the fallback of ?? has no kind.
    public bool EndOr(Subscription s) => _db.KeyExpire(s.Id, s.EndsAt ?? new DateTime(2031, 1, 1)); // expect: EXP101

    // Fine: the fallback is Utc, the other half unknown.
    public bool EndOrUtc(Subscription s) => _db.KeyExpire(s.Id, s.EndsAt ?? new DateTime(2031, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    // Bug: one arm of the switch, on its own line.
    public bool ByPlan(Subscription s)
    {
        return _db.KeyExpire(s.Id, s.Plan switch
        {
            Plan.Free => DateTime.UtcNow.Date.AddDays(1),
            Plan.Trial => DateTime.Now.Date.AddDays(14), // expect: EXP101
            Plan.Lifetime => DateTime.MaxValue,
            _ => s.EndsAt,
        });
    }

    // Fine: every arm is Utc, MaxValue or unknown.
    public bool ByPlanUtc(Subscription s)
    {
        return _db.KeyExpire(s.Id, s.Plan switch
        {
            Plan.Free => DateTime.UtcNow.Date.AddDays(1),
            Plan.Trial => DateTime.UtcNow.Date.AddDays(14),
            Plan.Lifetime => DateTime.MaxValue,
            _ => s.EndsAt,
        });
    }

    // Bug: the local is Local on one path that can run.
    public async Task<bool> ByStatements(Subscription s)
    {
        DateTime until = DateTime.UtcNow.Date.AddDays(1);
        if (s.Plan == Plan.Trial)
        {
            until = DateTime.Today.AddDays(14);
        }

        return await _db.KeyExpireAsync(s.Id, until); // expect: EXP101
    }

    // Fine: assigned again on every path before the call.
    public async Task<bool> ByStatementsOverwritten(Subscription s)
    {
        DateTime until = DateTime.Today;
        if (s.Plan == Plan.Trial)
        {
            until = DateTime.UtcNow.Date.AddDays(14);
        }
        else
        {
            until = DateTime.UtcNow.Date.AddDays(1);
        }

        return await _db.KeyExpireAsync(s.Id, until);
    }

    // Bug: null or Local.
    public bool NullOrLocal(Subscription s)
    {
        DateTime? until = null;
        if (s.Plan != Plan.Lifetime)
        {
            until = DateTime.Today.AddDays(30);
        }

        return _db.KeyExpire(s.Id, until); // expect: EXP101
    }

    // Fine: null or Utc.
    public bool NullOrUtc(Subscription s)
    {
        DateTime? until = s.Plan == Plan.Lifetime ? null : DateTime.UtcNow.Date.AddDays(30);
        return _db.KeyExpire(s.Id, until);
    }

    // Fine: repaired by a test of the kind.
    public bool RepairedByTest(string key, string text)
    {
        DateTime until = DateTime.Parse(text, CultureInfo.InvariantCulture);
        if (until.Kind != DateTimeKind.Utc)
        {
            until = until.ToUniversalTime();
        }

        return _db.KeyExpire(key, until);
    }

    // Fine: repaired by a conditional.
    public bool RepairedInline(string key, DateTime when)
        => _db.KeyExpire(key, when.Kind == DateTimeKind.Utc ? when : when.ToUniversalTime());

    // Fine: repaired by a switch over the kind.
    public bool RepairedBySwitch(string key, DateTime when)
    {
        DateTime utc = when.Kind switch
        {
            DateTimeKind.Utc => when,
            DateTimeKind.Local => when.ToUniversalTime(),
            _ => DateTime.SpecifyKind(when, DateTimeKind.Utc),
        };
        return _db.KeyExpire(key, utc);
    }

    // Fine: an Unspecified value never gets past the guard.
    public bool Guarded(string key, DateTime when)
    {
        if (when.Kind == DateTimeKind.Unspecified)
        {
            throw new ArgumentException("say which zone", nameof(when));
        }

        return _db.KeyExpire(key, when);
    }

    // Bug: the test proves the value to be Unspecified, and it is passed all the same.
    public bool GuardedTheWrongWay(string key, DateTime when)
    {
        if (when.Kind == DateTimeKind.Unspecified)
        {
            return _db.KeyExpire(key, when); // expect: EXP101
        }

        return _db.KeyExpire(key, when.ToUniversalTime());
    }

    // Bug: the repair lands in another variable.
    public bool RepairedElsewhere(string key, int year)
    {
        DateTime until = new DateTime(year, 12, 31);
        DateTime utc = DateTime.SpecifyKind(until, DateTimeKind.Utc);
        if (utc < DateTime.UtcNow)
        {
            return false;
        }

        return _db.KeyExpire(key, until); // expect: EXP101
    }

    // Fine: the repaired variable is the one used.
    public bool RepairedHere(string key, int year)
    {
        DateTime until = new DateTime(year, 12, 31);
        DateTime utc = DateTime.SpecifyKind(until, DateTimeKind.Utc);
        return utc >= DateTime.UtcNow && _db.KeyExpire(key, utc);
    }

    // Bug: the result of ToUniversalTime is dropped.
    public bool ConvertedInVain(string key)
    {
        DateTime until = DateTime.Today.AddDays(1);
        until.ToUniversalTime();
        return _db.KeyExpire(key, until); // expect: EXP101
    }

    // Fine: ref and out may change the variable to anything.
    public bool HandedByRef(string key, int year)
    {
        DateTime until = new DateTime(year, 12, 31);
        Adjust(ref until);
        return _db.KeyExpire(key, until);
    }

    private static void Adjust(ref DateTime value) => value = DateTime.SpecifyKind(value, DateTimeKind.Utc);

    // Bug: for a DateTimeOffset sink, an Unspecified branch.
    public static DistributedCacheEntryOptions OptionsFor(bool holiday)
        => new() { AbsoluteExpiration = holiday ? new DateTime(2031, 12, 27) : DateTime.Today.AddDays(1) }; // expect: EXP101

    // Fine: for a DateTimeOffset sink, Local and Utc branches.
    public static DistributedCacheEntryOptions OptionsForDay(bool utc)
        => new() { AbsoluteExpiration = utc ? DateTime.UtcNow.Date.AddDays(1) : DateTime.Today.AddDays(1) };
}
