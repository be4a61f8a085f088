using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp102.Carts;

public enum Shopper { Guest, Member, Staff }

public sealed class CartService
{
    private readonly IDatabase _db;

    public CartService(IDatabase db) => _db = db;

    // Bug: both branches are the clock plus a span.
    public bool Touch(string cart, bool guest) => _db.KeyExpire(cart, guest ? DateTime.UtcNow.AddHours(1) : DateTime.UtcNow.AddDays(30)); // expect: EXP102

    // Fine: one branch is the calendar's.
    public bool TouchMixed(string cart, bool guest) => _db.KeyExpire(cart, guest ? DateTime.UtcNow.AddHours(1) : DateTime.UtcNow.Date.AddDays(30));

    // Fine: both branches as spans.
    public bool TouchRelative(string cart, bool guest) => _db.KeyExpire(cart, guest ? TimeSpan.FromHours(1) : TimeSpan.FromDays(30));

    // Bug: the span is chosen, the clock is fixed.
    public bool TouchChosen(string cart, bool guest) => _db.KeyExpire(cart, DateTime.UtcNow.AddHours(guest ? 1 : 720)); // expect: EXP102

    // Bug: every path gives the clock plus a span.
    public async Task<bool> TouchByStatementsAsync(string cart, Shopper shopper)
    {
        DateTime until;
        if (shopper == Shopper.Guest)
        {
            until = DateTime.UtcNow.AddHours(1);
        }
        else
        {
            until = DateTime.UtcNow.AddDays(30);
        }

        return await _db.KeyExpireAsync(cart, until); // expect: EXP102
    }

    // Fine: one path is the caller's moment.
    public async Task<bool> TouchOrGivenAsync(string cart, DateTime given, bool useGiven)
    {
        DateTime until = DateTime.UtcNow.AddHours(1);
        if (useGiven)
        {
            until = given;
        }

        return await _db.KeyExpireAsync(cart, until);
    }

    // Fine: a default for a parameter.
    public bool TouchDefault(string cart, DateTime when = default)
    {
        if (when == default)
        {
            when = DateTime.UtcNow.AddHours(1);
        }

        return _db.KeyExpire(cart, when);
    }

    // Fine: a fallback for a parameter.
    public bool TouchFallback(string cart, DateTime? when) => _db.KeyExpire(cart, when ?? DateTime.UtcNow.AddHours(1));

    // Fine: a fallback assigned.
    public bool TouchFallbackAssigned(string cart, DateTime? when)
    {
        when ??= DateTime.UtcNow.AddHours(1);
        return _db.KeyExpire(cart, when);
    }

    // Bug: null or the clock plus a span.
    public bool TouchOrPin(string cart, bool pin)
    {
        DateTime? until = pin ? null : DateTime.UtcNow.AddHours(1);
        return _db.KeyExpire(cart, until); // expect: EXP102
    }

    // Bug: MaxValue ("no expiry") or the clock plus a span.
    public bool TouchOrForever(string cart, bool forever) => _db.KeyExpire(cart, forever ? DateTime.MaxValue : DateTime.UtcNow.AddHours(1)); // expect: EXP102

    // Fine: MaxValue or the calendar.
    public bool TonightOrForever(string cart, bool forever) => _db.KeyExpire(cart, forever ? DateTime.MaxValue : DateTime.UtcNow.Date.AddDays(1));

    // Bug: every arm of the switch.
    public bool TouchBySwitch(string cart, Shopper shopper)
    {
        var until = shopper switch { Shopper.Guest => DateTime.UtcNow.AddHours(1), Shopper.Member => DateTime.UtcNow.AddDays(30), _ => DateTime.UtcNow.AddDays(90) };
        return _db.KeyExpire(cart, until); // expect: EXP102
    }

    // Fine: one arm is the calendar's.
    public bool TouchBySwitchMixed(string cart, Shopper shopper)
    {
        var until = shopper switch { Shopper.Guest => DateTime.UtcNow.AddHours(1), Shopper.Member => DateTime.UtcNow.AddMonths(1), _ => DateTime.UtcNow.AddDays(90) };
        return _db.KeyExpire(cart, until);
    }

    // Bug: the switch chooses the span.
    public bool TouchBySpanSwitch(string cart, Shopper shopper)
        => _db.KeyExpire(cart, DateTime.UtcNow + shopper switch { Shopper.Guest => TimeSpan.FromHours(1), _ => TimeSpan.FromDays(30) }); // expect: EXP102

    // Fine: the switch chooses the TTL.
    public bool TouchBySpanSwitchRelative(string cart, Shopper shopper)
        => _db.KeyExpire(cart, shopper switch { Shopper.Guest => TimeSpan.FromHours(1), _ => TimeSpan.FromDays(30) });

    // Bug: only when a span was given; both ends of the conditional are the same span.
    public bool TouchIfGiven(string cart, TimeSpan? ttl) => _db.KeyExpire(cart, ttl.HasValue ? DateTime.UtcNow.Add(ttl.Value) : null); // expect: EXP102

    // Fine: the nullable span as it is.
    public bool TouchIfGivenRelative(string cart, TimeSpan? ttl) => _db.KeyExpire(cart, ttl);

    // Bug: the lifted operator, null or the clock plus a span.
    public bool TouchLifted(string cart, TimeSpan? ttl) => _db.KeyExpire(cart, DateTime.UtcNow + ttl); // expect: EXP102

    // Bug: a compound assignment.
    public bool TouchCompound(string cart, TimeSpan ttl)
    {
        DateTime until = DateTime.UtcNow;
        until += ttl;
        return _db.KeyExpire(cart, until); // expect: EXP102
    }

    // Bug: reassigned through Add.
    public bool TouchReassigned(string cart)
    {
        DateTime until = DateTime.UtcNow;
        until = until.AddHours(2);
        return _db.KeyExpire(cart, until); // expect: EXP102
    }
}
