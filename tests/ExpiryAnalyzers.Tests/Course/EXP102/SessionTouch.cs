using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp102.Sessions;

public sealed class SessionSettings
{
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(20);
    public int RememberDays { get; init; } = 30;
}

public sealed class SessionTouch(IConnectionMultiplexer mux, SessionSettings settings)
{
    private const int GraceSeconds = 90;

    private static readonly TimeSpan Absolute = TimeSpan.FromHours(8);

    private readonly IDatabase _db = mux.GetDatabase();

    // Bug: a TTL measured on this machine and judged on the server's clock.
    public bool Touch(string id) => _db.KeyExpire($"s:{id}", DateTime.UtcNow.AddMinutes(20)); // expect: EXP102

    // Fine: the TTL itself.
    public bool TouchRelative(string id) => _db.KeyExpire($"s:{id}", TimeSpan.FromMinutes(20));

    // Bug: the same with the operator and an option.
    public Task<bool> TouchByOption(string id) => _db.KeyExpireAsync($"s:{id}", DateTime.UtcNow + settings.IdleTimeout); // expect: EXP102

    // Fine: the option itself.
    public Task<bool> TouchByOptionRelative(string id) => _db.KeyExpireAsync($"s:{id}", settings.IdleTimeout);

    // Bug: a readonly field as the span.
    public bool Start(string id) => this._db.KeyExpire($"s:{id}", DateTime.UtcNow.Add(Absolute), CommandFlags.FireAndForget); // expect: EXP102

    // Bug: a constant as the span, named arguments in another order.
    public bool Grace(string id) => _db.KeyExpire(expiry: DateTime.UtcNow.AddSeconds(GraceSeconds), key: $"s:{id}"); // expect: EXP102

    // Bug: days are a fixed span.
    public bool Remember(string id) => _db.KeyExpire($"s:{id}", DateTime.UtcNow.AddDays(settings.RememberDays)); // expect: EXP102

    // Fine: months are the calendar's.
    public bool RememberMonth(string id) => _db.KeyExpire($"s:{id}", DateTime.UtcNow.AddMonths(1));

    // Fine: years are the calendar's.
    public bool RememberYear(string id) => _db.KeyExpire($"s:{id}", DateTime.UtcNow.AddYears(1));

    // Fine: calendar arithmetic anywhere on the way.
    public bool RememberMonthAndGrace(string id) => _db.KeyExpire($"s:{id}", DateTime.UtcNow.AddMonths(1).AddDays(3));

    // Bug: a chain of fixed spans.
    public bool Chain(string id) => _db.KeyExpire($"s:{id}", DateTime.UtcNow.AddHours(1).AddMinutes(30)); // expect: EXP102

    // Bug: Local, so both rules.
    public async Task TouchLocalAsync(string id) => await _db.KeyExpireAsync($"s:{id}", DateTime.Now.AddMinutes(20)).ConfigureAwait(false); // expect: EXP101, EXP102

    // Bug: made UTC, and still a TTL sent as an instant.
    public async Task TouchConvertedAsync(string id) => await _db.KeyExpireAsync($"s:{id}", DateTime.Now.AddMinutes(20).ToUniversalTime()).ConfigureAwait(false); // expect: EXP102

    // Bug: converted before the span is added.
    public async Task TouchConvertedFirstAsync(string id) => await _db.KeyExpireAsync($"s:{id}", DateTime.Now.ToUniversalTime().AddMinutes(20)).ConfigureAwait(false); // expect: EXP102

    // Bug: only prolong, never shorten; the relative form takes the same condition.
    public bool Prolong(string id) => _db.KeyExpire($"s:{id}", DateTime.UtcNow.AddHours(1), ExpireWhen.GreaterThanCurrentExpiry); // expect: EXP102

    // Fine: its relative twin.
    public bool ProlongRelative(string id) => _db.KeyExpire($"s:{id}", TimeSpan.FromHours(1), ExpireWhen.GreaterThanCurrentExpiry);

    // Fine: the bare clock is a delete, no TTL.
    public bool End(string id) => _db.KeyExpire($"s:{id}", DateTime.UtcNow);

    // Fine for this rule: the clock minus a span is a delete, too.
    public bool EndYesterday(string id) => _db.KeyExpire($"s:{id}", DateTime.UtcNow.AddDays(-1));

    // Bug: read and slide in one command.
    public RedisValue ReadAndSlide(string id) => _db.StringGetSetExpiry($"s:{id}", DateTime.UtcNow.AddMinutes(20)); // expect: EXP102

    // Fine: its relative twin.
    public RedisValue ReadAndSlideRelative(string id) => _db.StringGetSetExpiry($"s:{id}", TimeSpan.FromMinutes(20));

    // Bug: jitter does not make it a calendar deadline.
    public bool Jitter(string id) => _db.KeyExpire($"s:{id}", DateTime.UtcNow.AddMinutes(20).AddSeconds(Random.Shared.Next(0, 60))); // expect: EXP102

    // Bug: ticks of a span.
    public bool Ticks(string id, TimeSpan ttl) => _db.KeyExpire($"s:{id}", DateTime.UtcNow.AddTicks(ttl.Ticks)); // expect: EXP102
}
