using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Time.ExpiryKindUnknownFix>;

namespace ExpiryAnalyzers.Tests.Time;

/// <summary>EXP108, off by default: an absolute sink gets a time whose kind cannot be shown to be UTC.</summary>
public sealed class EXP108_ExpiryKindUnknownTests
{
    private const string Client = "3.4.35";

    private static string InStore(string members) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Text.Json;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Caching.Distributed;
        using Microsoft.Extensions.Caching.Memory;
        using StackExchange.Redis;

        public class Entity
        {
            public DateTime ExpiresAt { get; set; }
            public DateTime? ValidUntil { get; set; }
            public DateTimeOffset Until { get; set; }
        }

        public class Store
        {
            private readonly IDatabase db = null;
            private DateTime _deadline;
            {{members.Replace("\n", "\n    ", StringComparison.Ordinal)}}
        }
        """;

    [Theory]
    [InlineData("db.KeyExpire(key, [|given|]);")]
    [InlineData("await db.KeyExpireAsync(key, [|given.AddMinutes(5)|], CommandFlags.FireAndForget).ConfigureAwait(false);")]
    [InlineData("db.StringGetSetExpiry(key, [|given|]);")]
    [InlineData("var at = given;\ndb.KeyExpire(key, [|at|]);")]
    [InlineData("db.KeyExpire(key, [|flag ? given : DateTime.UtcNow.AddDays(1)|]);")]
    [InlineData("db.KeyExpire(key, [|DateTime.Parse(text, null, DateTimeStyles.RoundtripKind)|]);")]
    [InlineData("db.KeyExpire(key, [|System.Text.Json.JsonSerializer.Deserialize<DateTime>(text)|]);")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = [|given|] };")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = [|new DateTimeOffset(given)|] };")]
    [InlineData("var options = new DistributedCacheEntryOptions().SetAbsoluteExpiration([|given|]);")]
    [InlineData("var options = new MemoryCacheEntryOptions { AbsoluteExpiration = [|given|] };")]
    [InlineData("db.StringSet(key, token, [|given|]);")]
    [InlineData("var expiry = new Expiration([|given|]);")]

    // Text decides whether it is read as local time.
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTime.Parse(text)|] };")]
    [InlineData("var at = DateTime.Parse(text);\nvar options = new MemoryCacheEntryOptions { AbsoluteExpiration = [|at|] };")]
    [InlineData("if (DateTime.TryParse(text, out var at)) { var options = new DistributedCacheEntryOptions().SetAbsoluteExpiration([|at|]); }")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = [|Convert.ToDateTime(text)|] };")]
    public Task OfUnknownKind(string statements) => Check.Reports(statements, Client);

    // A test of the kind clears it in every spelling.
    [Theory]
    [InlineData("if (v.ExpiresAt.Kind != DateTimeKind.Utc) throw new ArgumentException();\ndb.KeyExpire(\"k\", v.ExpiresAt);")]
    [InlineData("if (v is not { ExpiresAt.Kind: DateTimeKind.Utc }) throw new ArgumentException();\ndb.KeyExpire(\"k\", v.ExpiresAt);")]
    [InlineData("if (v is { ExpiresAt: { Kind: DateTimeKind.Utc } }) db.KeyExpire(\"k\", v.ExpiresAt);")]
    [InlineData("if (v.ExpiresAt is { Kind: DateTimeKind.Utc }) db.KeyExpire(\"k\", v.ExpiresAt);")]
    [InlineData("if (v.ValidUntil is not { Kind: DateTimeKind.Utc }) throw new ArgumentException();\ndb.KeyExpire(\"k\", v.ValidUntil);")]
    [InlineData("if (v.ValidUntil?.Kind != DateTimeKind.Utc) throw new ArgumentException();\ndb.KeyExpire(\"k\", v.ValidUntil.Value);")]
    [InlineData("if (u is not { Kind: DateTimeKind.Utc }) throw new ArgumentException();\ndb.KeyExpire(\"k\", u);")]
    [InlineData("if (u is { Kind: not DateTimeKind.Utc }) throw new ArgumentException();\ndb.KeyExpire(\"k\", u);")]
    [InlineData("if (!(u is { Kind: DateTimeKind.Utc })) return;\ndb.KeyExpire(\"k\", u);")]
    [InlineData("if (u.Kind is DateTimeKind.Local or DateTimeKind.Unspecified) throw new ArgumentException();\ndb.KeyExpire(\"k\", u);")]
    [InlineData("if (_deadline.Kind != DateTimeKind.Utc) throw new ArgumentException();\ndb.KeyExpire(\"k\", _deadline);")]
    [InlineData("db.KeyExpire(\"k\", u.Kind switch { DateTimeKind.Utc => u, DateTimeKind.Local => u.ToUniversalTime(), _ => DateTime.SpecifyKind(u, DateTimeKind.Utc) });")]
    [InlineData("db.KeyExpire(\"k\", u switch { { Kind: DateTimeKind.Utc } => u, _ => u.ToUniversalTime() });")]
    [InlineData("db.KeyExpire(\"k\", v switch { { ExpiresAt.Kind: DateTimeKind.Utc } => v.ExpiresAt, _ => v.ExpiresAt.ToUniversalTime() });")]
    [InlineData("switch (v.ExpiresAt.Kind)\n{\n    case DateTimeKind.Utc:\n        db.KeyExpire(\"k\", v.ExpiresAt);\n        break;\n    default:\n        db.KeyExpire(\"k\", v.ExpiresAt.ToUniversalTime());\n        break;\n}")]

    // Also of the name that the pattern gives.
    [InlineData("if (v.ExpiresAt is { Kind: DateTimeKind.Utc } at) db.KeyExpire(\"k\", at);")]
    [InlineData("if (v.ExpiresAt is not { Kind: DateTimeKind.Utc } at) return;\ndb.KeyExpire(\"k\", at);")]
    [InlineData("if (v is { ExpiresAt: { Kind: DateTimeKind.Utc } at }) db.KeyExpire(\"k\", at);")]
    [InlineData("if (v.ValidUntil is { Kind: DateTimeKind.Utc } at) db.KeyExpire(\"k\", at);")]
    [InlineData("if (System.Text.Json.JsonSerializer.Deserialize<DateTime>(\"\") is { Kind: DateTimeKind.Utc } at) db.KeyExpire(\"k\", at);")]
    [InlineData("db.KeyExpire(\"k\", u switch { { Kind: DateTimeKind.Utc } at => at, var other => other.ToUniversalTime() });")]
    public Task Silent_WhereTheKindIsTested(string statements) => Check.ReportsSource(InTest(statements), Client);

    [Theory]
    [InlineData("if (v.ExpiresAt.Kind != DateTimeKind.Utc) Console.WriteLine();\ndb.KeyExpire(\"k\", [|v.ExpiresAt|]);")]
    [InlineData("if (v.ExpiresAt.Kind != DateTimeKind.Utc) throw new ArgumentException();\ndb.KeyExpire(\"k\", [|w.ExpiresAt|]);")]
    [InlineData("if (v.ExpiresAt.Kind != DateTimeKind.Utc) throw new ArgumentException();\nv = w;\ndb.KeyExpire(\"k\", [|v.ExpiresAt|]);")]
    [InlineData("if (v.ExpiresAt.Kind != DateTimeKind.Utc) throw new ArgumentException();\nw.ExpiresAt = u;\ndb.KeyExpire(\"k\", [|v.ExpiresAt|]);")]
    [InlineData("if (u is { Kind: DateTimeKind.Utc }) throw new ArgumentException();\ndb.KeyExpire(\"k\", [|v.ExpiresAt|]);")]
    [InlineData("if (u.Kind == DateTimeKind.Local) throw new ArgumentException();\ndb.KeyExpire(\"k\", [|u|]);")]
    [InlineData("if (u is { Kind: DateTimeKind.Local } at) db.KeyExpire(\"k\", [|w.ExpiresAt|]);")]
    [InlineData("if (v is { ExpiresAt: var at }) db.KeyExpire(\"k\", [|at|]);")]
    [InlineData("if (v is { ExpiresAt: { Year: 2030 } at }) db.KeyExpire(\"k\", [|at|]);")]
    [InlineData("if (v is { ValidUntil: { Kind: DateTimeKind.Utc }, ExpiresAt: var at }) db.KeyExpire(\"k\", [|at|]);")]
    public Task Reported_WhereTheTestIsOfAnother(string statements) => Check.ReportsSource(InTest(statements), Client);

    private static string InTest(string statements) => InStore($$"""
        public void M(Entity v, Entity w, DateTime u)
        {
            _deadline = u;
            {{statements.Replace("\n", "\n    ", StringComparison.Ordinal)}}
        }
        """);

    [Theory]
    [InlineData("db.KeyExpire(key, DateTime.UtcNow.AddDays(1));")]
    [InlineData("db.KeyExpire(key, given.ToUniversalTime());")]
    [InlineData("db.KeyExpire(key, DateTime.SpecifyKind(given, DateTimeKind.Utc));")]
    [InlineData("db.KeyExpire(key, given.Kind == DateTimeKind.Utc ? given : given.ToUniversalTime());")]
    [InlineData("if (given.Kind != DateTimeKind.Utc) throw new ArgumentException(\"UTC\", nameof(given));\ndb.KeyExpire(key, given);")]
    [InlineData("db.KeyExpire(key, (DateTime?)null);")]
    [InlineData("db.KeyExpire(key, DateTime.MaxValue);")]
    [InlineData("db.KeyExpire(key, new DateTimeOffset(given, TimeSpan.Zero).UtcDateTime);")]
    [InlineData("db.KeyExpire(key, DateTimeOffset.Parse(text).UtcDateTime);")]
    [InlineData("db.KeyExpire(key, ttl);")]
    [InlineData("db.Execute(\"EXPIREAT\", \"k\", 1893456000);")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.Parse(text) };")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTime.Now.AddDays(1) };")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTime.Parse(text, null, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal) };")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTime.Parse(text, null, DateTimeStyles.AssumeLocal) };")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTime.Parse(text).ToUniversalTime() };")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = given.ToUniversalTime() };")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = new DateTimeOffset(given, ttl) };")]
    public Task Silent_Known(string statements) => Check.Reports(statements, Client);

    [Theory]
    [InlineData("db.KeyExpire(key, DateTime.Now.AddDays(1));")]
    [InlineData("db.KeyExpire(key, new DateTime(2030, 1, 1));")]
    [InlineData("db.KeyExpire(key, flag ? given : DateTime.Now);")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = new DateTime(2030, 1, 1) };")]
    public Task Silent_WhatIsCertainlyWrongIsForEXP101(string statements) => Check.Reports(statements, Client);

    [Theory]
    [InlineData("public void Save(Entity e) => db.KeyExpire(\"k\", [|e.ExpiresAt|]);")]
    [InlineData("public void Save(Entity e) => db.KeyExpire(\"k\", [|e.ValidUntil|]);")]
    [InlineData("public void Save() => db.KeyExpire(\"k\", [|_deadline|]);")]
    [InlineData("public Task Expire(string key, DateTime at) => db.KeyExpireAsync(key, [|at|]);")]
    [InlineData("protected Task Expire(string key, DateTime? at) => db.KeyExpireAsync(key, [|at|]);")]
    [InlineData("public void Expire(string key, DateTime at) => db.KeyExpire(key, [|at|]);\npublic void Save(Entity e) => Expire(\"k\", e.ExpiresAt);")]
    [InlineData("private void Expire(string key, DateTime at) => db.KeyExpire(key, at);\npublic void Save(Entity e) => Expire(\"k\", [|e.ExpiresAt|]);\npublic void Touch() => Expire(\"k\", DateTime.UtcNow.AddDays(1));")]
    [InlineData("public DistributedCacheEntryOptions Options(Entity e) => new() { AbsoluteExpiration = [|e.ValidUntil|] };")]
    [InlineData("public void Each(List<Entity> all) => all.ForEach(e => db.KeyExpire(\"k\", [|e.ExpiresAt|]));")]
    public Task OfUnknownKindFromMembers(string members) => Check.ReportsSource(InStore(members), Client);

    [Theory]
    [InlineData("private void Expire(string key, DateTime at) => db.KeyExpire(key, at);\npublic void Touch() => Expire(\"k\", DateTime.UtcNow.AddDays(1));")]
    [InlineData("public DistributedCacheEntryOptions Options(Entity e) => new() { AbsoluteExpiration = e.Until };")]
    [InlineData("public interface IClock { DateTime UtcNow { get; } }\npublic void Touch(IClock clock) => db.KeyExpire(\"k\", clock.UtcNow.AddDays(1));")]
    [InlineData("private static DateTime Utc(Entity e) => DateTime.SpecifyKind(e.ExpiresAt, DateTimeKind.Utc);\npublic void Save(Entity e) => db.KeyExpire(\"k\", Utc(e));")]
    public Task Silent_Members(string members) => Check.ReportsSource(InStore(members), Client);

    [Theory]
    [InlineData("db.KeyExpire(key, [|given|], CommandFlags.FireAndForget); // soon", "db.KeyExpire(key, DateTime.SpecifyKind(given, DateTimeKind.Utc), CommandFlags.FireAndForget); // soon", "SpecifyUtc")]
    [InlineData("await db.KeyExpireAsync(key, expiry: [|given.AddDays(1)|]).ConfigureAwait(false);", "await db.KeyExpireAsync(key, expiry: given.AddDays(1).ToUniversalTime()).ConfigureAwait(false);", "ToUtc")]
    [InlineData("DateTime? at = flag ? given : null;\ndb.KeyExpire(key, [|at|]);", "DateTime? at = flag ? given : null;\ndb.KeyExpire(key, at.HasValue ? DateTime.SpecifyKind(at.Value, DateTimeKind.Utc) : (DateTime?)null);", "SpecifyUtc")]
    [InlineData("DateTime? at = flag ? given : null;\ndb.KeyExpire(key, [|at|]);", "DateTime? at = flag ? given : null;\ndb.KeyExpire(key, at?.ToUniversalTime());", "ToUtc")]
    public Task Fix(string before, string after, string key) => Check.Asks(before, after, key);

    [Theory]
    [InlineData("DateTime.SpecifyKind(given, DateTimeKind.Utc)", "SpecifyUtc")]
    [InlineData("given.ToUniversalTime()", "ToUtc")]
    public Task Fix_AtAnOffset(string after, string key) => Check.Asks(
        "var options = new DistributedCacheEntryOptions { SlidingExpiration = ttl, AbsoluteExpiration = [|given|] };",
        $"var options = new DistributedCacheEntryOptions {{ SlidingExpiration = ttl, AbsoluteExpiration = {after} }};",
        key,
        Client);

    [Fact]
    public Task Fix_AllOfAFile() => Check.Asks(
        "db.KeyExpire(key, [|given|]);\nvar options = new DistributedCacheEntryOptions { AbsoluteExpiration = [|new DateTimeOffset(given)|] };",
        "db.KeyExpire(key, DateTime.SpecifyKind(given, DateTimeKind.Utc));\nvar options = new DistributedCacheEntryOptions { AbsoluteExpiration = new DateTimeOffset(DateTime.SpecifyKind(given, DateTimeKind.Utc)) };",
        "SpecifyUtc");
}
