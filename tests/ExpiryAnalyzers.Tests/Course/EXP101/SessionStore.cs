using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp101.Sessions;

public sealed class SessionStore(IConnectionMultiplexer mux)
{
    private readonly IDatabase _db = mux.GetDatabase();

    private static RedisKey KeyOf(string id) => $"session:{id}";

    // Bug: the day ends at local midnight of whichever machine runs this; a calendar deadline, so only the kind is wrong.
    public bool ExpireTonight(string id) => _db.KeyExpire(KeyOf(id), DateTime.Today.AddDays(1)); // expect: EXP101

    // Fine: the UTC day.
    public bool ExpireAtUtcMidnight(string id) => _db.KeyExpire(KeyOf(id), DateTime.UtcNow.Date.AddDays(1));

    // Bug: Now.Date keeps the Local kind.
    public Task<bool> ExpireAtThreeAsync(string id)
        => _db.KeyExpireAsync(KeyOf(id), DateTime.Now.Date.AddDays(1).AddHours(3)); // expect: EXP101

    // Fine: the local day, said as an instant in UTC.
    public Task<bool> ExpireAtLocalThreeAsync(string id)
        => _db.KeyExpireAsync(KeyOf(id), DateTime.Today.AddDays(1).AddHours(3).ToUniversalTime());

    // Bug: Local, and a TTL sent as an instant.
    public async Task<bool> SlideAsync(string id, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return await _db.KeyExpireAsync(KeyOf(id), DateTime.Now.AddMinutes(20)).ConfigureAwait(false); // expect: EXP101, EXP102
    }

    // Fine: a relative TTL.
    public async Task<bool> SlideRelativeAsync(string id) => await _db.KeyExpireAsync(KeyOf(id), TimeSpan.FromMinutes(20)).ConfigureAwait(false);

    // Bug: the bare local clock as "expire now"; no offset, so this is only a wrong kind.
    public void Kill(string id)
    {
        this._db.KeyExpire(KeyOf(id), DateTime.Now, CommandFlags.FireAndForget); // expect: EXP101
    }

    // Fine: the bare UTC clock.
    public void KillUtc(string id)
    {
        this._db.KeyExpire(KeyOf(id), DateTime.UtcNow, CommandFlags.FireAndForget);
    }

    // Bug: months are calendar arithmetic (no EXP102), but the kind is Local.
    public bool RememberMe(string id) => _db.KeyExpire(key: KeyOf(id), expiry: DateTime.Now.AddMonths(1)); // expect: EXP101

    // Fine: the same in UTC.
    public bool RememberMeUtc(string id) => _db.KeyExpire(key: KeyOf(id), expiry: DateTime.UtcNow.AddMonths(1));

    // Bug: through a local of Local kind that is stored as well.
    public DateTime Prolong(string id)
    {
        var until = DateTime.Now.AddHours(8);
        _db.KeyExpire(KeyOf(id), until); // expect: EXP101
        return until;
    }

    // Fine: the local is repaired before the call, and returned.
    public DateTime ProlongUtc(string id)
    {
        var until = DateTime.Now.AddHours(8);
        until = until.ToUniversalTime();
        _db.KeyExpire(KeyOf(id), until);
        return until;
    }

    // Bug: UtcNow made local again.
    public bool ProlongShown(string id)
    {
        DateTime shown = DateTime.UtcNow.AddYears(1).ToLocalTime();
        return _db.KeyExpire(KeyOf(id), shown, ExpireWhen.GreaterThanCurrentExpiry); // expect: EXP101
    }

    // Fine: nothing but the display value is local.
    public string ProlongAndShow(string id)
    {
        DateTime until = DateTime.UtcNow.AddYears(1);
        _db.KeyExpire(KeyOf(id), until, ExpireWhen.GreaterThanCurrentExpiry);
        return until.ToLocalTime().ToString("g");
    }

    // Fine: null persists, default(DateTime?) is null too.
    public void Pin(string id)
    {
        _db.KeyExpire(KeyOf(id), (DateTime?)null);
        _db.KeyExpire(KeyOf(id), default(DateTime?), CommandFlags.DemandMaster);
    }

    // Fine: MaxValue of any kind is documented as "no expiry" here.
    public bool PinForever(string id) => _db.KeyExpire(KeyOf(id), DateTime.MaxValue);

    // Bug: MinValue is Unspecified, the call throws instead of deleting.
    public bool Drop(string id) => _db.KeyExpire(KeyOf(id), DateTime.MinValue); // expect: EXP101

    // Bug: the default value is Unspecified.
    public bool DropDefault(string id) => _db.KeyExpire(KeyOf(id), default(DateTime)); // expect: EXP101

    // Bug: reading and prolonging at once has the same DateTime parameter.
    public RedisValue ReadAndKeep(string id) => _db.StringGetSetExpiry(KeyOf(id), DateTime.Today.AddDays(2)); // expect: EXP101

    // Fine: UTC.
    public RedisValue ReadAndKeepUtc(string id) => _db.StringGetSetExpiry(KeyOf(id), DateTime.UtcNow.Date.AddDays(2));
}
