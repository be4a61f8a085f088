using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp101.Otp;

public record OtpTicket(string Phone, string Code, DateTime ValidUntil);

public class OtpService
{
    private readonly IDatabaseAsync _redis;

    public OtpService(IDatabaseAsync redis) => _redis = redis;

    private static string NewCode() => RandomNumberGenerator.GetInt32(100000, 999999).ToString(CultureInfo.InvariantCulture);

    // Bug: the DateTime becomes an Expiration; Local, and a TTL at that.
    public async Task<string> IssueAsync(string phone)
    {
        string code = NewCode();
        await _redis.StringSetAsync($"otp:{phone}", code, DateTime.Now.AddMinutes(5)); // expect: EXP101, EXP102
        return code;
    }

    // Fine: TimeSpan.
    public async Task<string> IssueRelativeAsync(string phone)
    {
        string code = NewCode();
        await _redis.StringSetAsync($"otp:{phone}", code, TimeSpan.FromMinutes(5));
        return code;
    }

    // Bug: Expiration built by hand from a local midnight.
    public Task<bool> IssueForTodayAsync(string phone, string code)
        => _redis.StringSetAsync($"otp:day:{phone}", code, new Expiration(DateTime.Today.AddDays(1))); // expect: EXP101

    // Fine: the kind is given.
    public Task<bool> IssueForTodayUtcAsync(string phone, string code)
        => _redis.StringSetAsync($"otp:day:{phone}", code, new Expiration(DateTime.UtcNow.Date.AddDays(1)));

    // Bug: parts without a kind.
    public Task<bool> IssueForExamAsync(string phone, string code, int year)
        => _redis.StringSetAsync($"otp:exam:{phone}", code, new DateTime(year, 6, 30, 18, 0, 0)); // expect: EXP101

    // Fine: parts with a kind.
    public Task<bool> IssueForExamUtcAsync(string phone, string code, int year)
        => _redis.StringSetAsync($"otp:exam:{phone}", code, new DateTime(year, 6, 30, 18, 0, 0, DateTimeKind.Utc));

    // Bug: the sink is the conversion on the declaration; the later use of the struct is not a second bug.
    public async Task IssueTwiceAsync(string phone, string code)
    {
        Expiration tonight = DateTime.Now.Date.AddDays(1); // expect: EXP101
        await _redis.StringSetAsync($"otp:a:{phone}", code, tonight);
        await _redis.StringSetAsync($"otp:b:{phone}", code, tonight);
    }

    // Fine: TimeSpan to Expiration.
    public async Task IssueTwiceRelativeAsync(string phone, string code)
    {
        Expiration tenMinutes = TimeSpan.FromMinutes(10);
        await _redis.StringSetAsync($"otp:a:{phone}", code, tenMinutes);
        await _redis.StringSetAsync($"otp:b:{phone}", code, tenMinutes);
    }

    // Fine: the kind of a record's property is not known here.
    public Task<bool> StoreAsync(OtpTicket ticket) => _redis.StringSetAsync($"otp:{ticket.Phone}", ticket.Code, ticket.ValidUntil);

    // Bug: the kind is thrown away by going through ticks.
    public Task<bool> StoreRoundedAsync(OtpTicket ticket)
    {
        DateTime rounded = new DateTime(ticket.ValidUntil.Ticks - ticket.ValidUntil.Ticks % TimeSpan.TicksPerMinute);
        return _redis.StringSetAsync($"otp:{ticket.Phone}", ticket.Code, rounded); // expect: EXP101
    }

    // Fine: the kind travels with the ticks.
    public Task<bool> StoreRoundedSameKindAsync(OtpTicket ticket)
    {
        DateTime rounded = new DateTime(ticket.ValidUntil.Ticks - ticket.ValidUntil.Ticks % TimeSpan.TicksPerMinute, ticket.ValidUntil.Kind);
        return _redis.StringSetAsync($"otp:{ticket.Phone}", ticket.Code, rounded);
    }

    // Bug: the third argument is the instant even beside a condition.
    public Task<bool> IssueOnceAsync(string phone, string code)
        => _redis.StringSetAsync($"otp:{phone}", code, DateTime.SpecifyKind(DateTime.UtcNow.AddMonths(1), DateTimeKind.Unspecified), When.NotExists); // expect: EXP101

    // Fine: relabelled as UTC.
    public Task<bool> IssueOnceUtcAsync(string phone, string code, DateTime column)
        => _redis.StringSetAsync($"otp:{phone}", code, DateTime.SpecifyKind(column, DateTimeKind.Utc), When.NotExists);

    // Fine: a constant duration, and one kept as it is.
    public async Task RefreshAsync(string phone, string code)
    {
        await _redis.StringSetAsync($"otp:{phone}", code, Expiration.KeepTtl);
        await _redis.StringSetAsync($"otp:last:{phone}", code, new Expiration(TimeSpan.FromHours(1)));
    }

    // Bug: several pairs at once, one Unspecified deadline.
    public Task<bool> SeedAsync(int year)
        => _redis.StringSetAsync([new("otp:seed:1", "1"), new("otp:seed:2", "2")], When.Always, new DateTime(year, 1, 1)); // expect: EXP101
}
