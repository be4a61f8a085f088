using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp101.Fields;

internal static class PresenceFields
{
    private static readonly RedisValue[] Both = ["device", "seen"];

    // Bug: the hash field form.
    internal static ExpireResult[] Tonight(IDatabase db, string user) => db.HashFieldExpire("presence:" + user, Both, DateTime.Today.AddDays(1)); // expect: EXP101

    // Fine: Utc.
    internal static ExpireResult[] TonightUtc(IDatabase db, string user) => db.HashFieldExpire("presence:" + user, Both, DateTime.UtcNow.Date.AddDays(1));

    // Fine: relative.
    internal static ExpireResult[] ForADay(IDatabase db, string user) => db.HashFieldExpire("presence:" + user, Both, TimeSpan.FromDays(1));

    // Bug: the async form with Unspecified parts.
    internal static Task<ExpireResult[]> NewYearAsync(IDatabase db, string user, int year)
        => db.HashFieldExpireAsync("presence:" + user, Both, new DateTime(year, 1, 1), ExpireWhen.HasNoExpiry); // expect: EXP101

    // Fine: with a kind.
    internal static Task<ExpireResult[]> NewYearUtcAsync(IDatabase db, string user, int year)
        => db.HashFieldExpireAsync("presence:" + user, Both, new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc), ExpireWhen.HasNoExpiry);

    // Bug: MaxValue is no "never" for a field: Unspecified throws.
    internal static ExpireResult[] Never(IDatabase db, string user) => db.HashFieldExpire("presence:" + user, Both, DateTime.MaxValue); // expect: EXP101

    // Fine: "never" for a whole key.
    internal static bool NeverKey(IDatabase db, string user) => db.KeyExpire("presence:" + user, DateTime.MaxValue);

    // Bug: read and expire a field.
    internal static RedisValue ReadField(IDatabase db, string user, DateTimeOffset until)
        => db.HashFieldGetAndSetExpiry("presence:" + user, "device", until.DateTime); // expect: EXP101

    // Fine: the UTC half.
    internal static RedisValue ReadFieldUtc(IDatabase db, string user, DateTimeOffset until)
        => db.HashFieldGetAndSetExpiry("presence:" + user, "device", until.UtcDateTime);

    // Bug: write and expire a field.
    internal static RedisValue WriteField(IDatabase db, string user, long ticks)
        => db.HashFieldSetAndSetExpiry("presence:" + user, "device", "web", new DateTime(ticks)); // expect: EXP101

    // Fine: with a kind.
    internal static RedisValue WriteFieldUtc(IDatabase db, string user, long ticks)
        => db.HashFieldSetAndSetExpiry("presence:" + user, "device", "web", new DateTime(ticks, DateTimeKind.Utc));

    // Fine: a moment stored as a value, not as an expiry.
    internal static bool Seen(IDatabase db, string user) => db.HashSet("presence:" + user, "seen", DateTime.Now.ToString("O"));
}
