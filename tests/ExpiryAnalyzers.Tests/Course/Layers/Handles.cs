using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Layers.Handles;

/// <summary>An object that keeps its deadline and hands it on later.</summary>
public sealed class Lease
{
    private readonly IDatabase _db;
    private readonly string _key;
    private readonly DateTime _until;

    public Lease(IDatabase db, string key, DateTime until)
    {
        _db = db ?? throw new ArgumentNullException(nameof(db));
        _key = key;
        _until = until;
    }

    /// <summary>Hands its own parameter to the other constructor.</summary>
    public Lease(IDatabase db, DateTime until)
        : this(db, "lease", until)
    {
    }

    public Task<bool> RenewAsync() => _db.KeyExpireAsync(_key, _until);
}

/// <summary>The same with a primary constructor.</summary>
public sealed class Reservation(IDatabase db, string key, DateTime until, TimeSpan grace)
{
    public bool Hold() => db.KeyExpire(key, until);

    public bool HoldALittle() => db.KeyExpire(key, grace);
}

/// <summary>Makes UTC of what it is given.</summary>
public sealed class CarefulLease
{
    private readonly IDatabase _db;
    private readonly DateTime _until;

    public CarefulLease(IDatabase db, DateTime until)
    {
        _db = db;
        _until = until.ToUniversalTime();
    }

    public bool Renew(string key) => _db.KeyExpire(key, _until);
}

/// <summary>Somebody else may set the deadline again.</summary>
public sealed class MovableLease
{
    private readonly IDatabase _db;
    private DateTime _until;

    public MovableLease(IDatabase db, DateTime until)
    {
        _db = db;
        _until = until;
    }

    public void Prolong() => _until = DateTime.UtcNow.Date.AddDays(2);

    public bool Renew(string key) => _db.KeyExpire(key, _until);
}

/// <summary>A private field that only the constructor writes, and a number.</summary>
public sealed class Window
{
    private IDatabase _db;
    private int _seconds;
    private DateTime _end;

    public Window(IDatabase db, int windowSeconds, DateTime end)
    {
        _db = db;
        _seconds = windowSeconds;
        _end = end;
    }

    public bool Start(string key) => _db.KeyExpire(key, TimeSpan.FromSeconds(_seconds));

    public bool Close(string key) => _db.KeyExpire(key, _end);
}

/// <summary>Zero stands for "no TTL" here.</summary>
public sealed class OptionalTtlCache
{
    private readonly IDatabase _db;
    private readonly TimeSpan _ttl;

    public OptionalTtlCache(IDatabase db, TimeSpan ttl)
    {
        _db = db;
        _ttl = ttl;
    }

    public void Set(string key, string value)
    {
        if (_ttl > TimeSpan.Zero)
        {
            _db.StringSet(key, value, _ttl);
        }
        else
        {
            _db.StringSet(key, value);
        }
    }
}

/// <summary>Tickets hand on each other's deadlines.</summary>
public sealed class Ticket(DateTime until)
{
    public DateTime Until => until;

    public bool Copy(IDatabase db, Ticket other) => db.KeyExpire("ticket", other.Until);
}

public sealed class Factory(IDatabase db)
{
    // Bug: local time, kept for later.
    public Lease ForHalfAMinute(string key) => new(db, key, DateTime.Now.AddSeconds(30)); // expect: EXP101

    // Bug: the same through the other constructor.
    public Lease Unnamed() => new Lease(db, DateTime.Today.AddDays(1)); // expect: EXP101

    // Fine: UTC; an instant that is kept is a deadline.
    public Lease ForHalfAMinuteUtc(string key) => new(db, key, DateTime.UtcNow.AddSeconds(30));

    // Fine: a deadline of unknown kind.
    public Lease Until(string key, DateTime until) => new(db, key, until);

    // Bug: local midnight.
    public Reservation Tonight(string key) => new(db, key, DateTime.Today.AddDays(1), TimeSpan.FromSeconds(10)); // expect: EXP101

    // Fine.
    public Reservation TonightUtc(string key) => new(db, key, DateTime.UtcNow.Date.AddDays(1), TimeSpan.FromSeconds(10));

    // Fine: made UTC inside.
    public CarefulLease Careful() => new(db, DateTime.Now.AddSeconds(30));

    // Fine: which deadline stands is not certain.
    public MovableLease Movable() => new(db, DateTime.Now.AddSeconds(30));

    // Bug: a private field is as good as a readonly one.
    public Window Week() => new(db, 60, DateTime.Today.AddDays(7)); // expect: EXP101

    // Bug: milliseconds for seconds.
    public Window Span(TimeSpan length) => new(db, (int)length.TotalMilliseconds, DateTime.UtcNow.Date.AddDays(7)); // expect: EXP105

    // Fine: zero stands for none.
    public OptionalTtlCache Eternal() => new(db, TimeSpan.Zero);

    // Bug: another ticket hands it on.
    public Ticket Ticket() => new(DateTime.Now.AddHours(1)); // expect: EXP101
}
