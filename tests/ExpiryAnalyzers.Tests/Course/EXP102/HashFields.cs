using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp102.Fields;

public sealed class PresenceBoard(IDatabase db)
{
    private static readonly RedisValue[] Fields = ["device", "room"];

    // Bug: the hash field form has a relative overload, too.
    public ExpireResult[] Touch(string user) => db.HashFieldExpire(user, Fields, DateTime.UtcNow.AddMinutes(1)); // expect: EXP102

    // Fine: the span.
    public ExpireResult[] TouchRelative(string user) => db.HashFieldExpire(user, Fields, TimeSpan.FromMinutes(1));

    // Bug: async, with a condition.
    public Task<ExpireResult[]> TouchAsync(string user, TimeSpan ttl) => db.HashFieldExpireAsync(user, Fields, DateTime.UtcNow + ttl, ExpireWhen.Always); // expect: EXP102

    // Fine: the UTC day.
    public Task<ExpireResult[]> TonightAsync(string user) => db.HashFieldExpireAsync(user, Fields, DateTime.UtcNow.Date.AddDays(1), ExpireWhen.Always);

    // Bug: read and slide a field.
    public RedisValue Read(string user) => db.HashFieldGetAndSetExpiry(user, "room", DateTime.UtcNow.AddMinutes(5)); // expect: EXP102

    // Fine: read and slide a field by a span.
    public RedisValue ReadRelative(string user) => db.HashFieldGetAndSetExpiry(user, "room", TimeSpan.FromMinutes(5));

    // Bug: write a field with a deadline; Local.
    public RedisValue Write(string user, string room) => db.HashFieldSetAndSetExpiry(user, "room", room, DateTime.Now.AddMinutes(5)); // expect: EXP101, EXP102

    // Fine: write a field with a span.
    public RedisValue WriteRelative(string user, string room) => db.HashFieldSetAndSetExpiry(user, "room", room, TimeSpan.FromMinutes(5));

    // Bug: several pairs at once.
    public bool Seed(string a, string b) => db.StringSet([new("p:a", a), new("p:b", b)], When.Always, DateTime.UtcNow.AddHours(2)); // expect: EXP102

    // Fine: several pairs at once, a span.
    public bool SeedRelative(string a, string b) => db.StringSet([new("p:a", a), new("p:b", b)], When.Always, TimeSpan.FromHours(2));
}
