using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Time.AbsoluteExpiryNotUtcFix>;

namespace ExpiryAnalyzers.Tests.Time;

/// <summary>EXP101: an absolute expiry that is certainly not UTC. What the rule reports.</summary>
public sealed class EXP101_AbsoluteExpiryNotUtcTests
{
    // A flag that the call hands in as written decides which way a helper goes.
    // An expire that runs only where the key is missing does nothing, unless the client throws before.
    [Theory]
    [InlineData("if (!db.KeyExists(key)) { db.KeyExpire(key, DateTime.Now.AddSeconds(15)); }\ndb.SetAdd(key, text);")]
    [InlineData("if (!db.KeyExists(key)) { db.KeyExpire(key, [|DateTimeOffset.UtcNow.DateTime.AddSeconds(15)|]); }\ndb.SetAdd(key, text);")]
    [InlineData("if (!db.KeyExists(key)) { db.KeyExpire(key, [|new DateTime(2030, 1, 1)|]); }\ndb.SetAdd(key, text);")]
    [InlineData("if (db.KeyExists(key)) { db.KeyExpire(key, [|DateTime.Now.AddSeconds(15)|]); }\ndb.SetAdd(key, text);")]
    [InlineData("if (!db.KeyExists(key)) { db.SetAdd(key, text); db.KeyExpire(key, [|DateTime.Now.AddSeconds(15)|]); }")]
    public Task BesideAnExpireThatDoesNothing(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("utc ? DateTime.UtcNow : DateTime.Now", "true", false)]
    [InlineData("utc ? DateTime.UtcNow : DateTime.Now", "utc: true", false)]
    [InlineData("utc ? DateTime.UtcNow : DateTime.Now", "", false)]
    [InlineData("utc ? DateTime.UtcNow : DateTime.Now", "false", true)]
    [InlineData("utc ? DateTime.UtcNow : DateTime.Now", "any", true)]
    [InlineData("!utc ? DateTime.Now : DateTime.UtcNow", "true", false)]
    [InlineData("!utc ? DateTime.Now : DateTime.UtcNow", "false", true)]
    public Task AFlagOfAHelper(string answer, string flag, bool isReported)
    {
        string given = $"Clock.Now({flag}).Date";
        return Check.ReportsSource($$"""
            using System;
            using StackExchange.Redis;

            static class Clock
            {
                public static DateTime Now(bool utc = true) => {{answer}};
            }

            class Store(IDatabase db)
            {
                bool Keep(string key, bool any) => db.KeyExpire(key, {{(isReported ? $"[|{given}|]" : given)}});
            }
            """);
    }

    [Theory]
    [InlineData("if (utc) return DateTime.UtcNow.Date;\nreturn DateTime.Now.Date;", "Now(true)")]
    [InlineData("if (utc) return DateTime.UtcNow.Date;\nreturn DateTime.Now.Date;", "[|Now(false)|]")]
    [InlineData("if (x) utc = false;\nif (utc) return DateTime.UtcNow.Date;\nreturn DateTime.Now.Date;", "[|Now(true)|]")]
    [InlineData("if (utc && x) return DateTime.UtcNow.Date;\nreturn DateTime.Now.Date;", "[|Now(true)|]")]
    [InlineData("if (utc || x) return DateTime.UtcNow.Date;\nreturn DateTime.Now.Date;", "Now(true)")]
    public Task AFlagOfAMethod(string statements, string given) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        class Store(IDatabase db, bool x)
        {
            DateTime Now(bool utc)
            {
                {{statements}}
            }

            bool Keep(string key) => db.KeyExpire(key, {{given}});
        }
        """);

    // Measured: west of Greenwich the conversion of MaxValue throws. Local times keep their instant.
    // A pattern may name what a member holds.
    [Theory]
    [InlineData("if (certificate is { NotAfter: var end }) { db.KeyExpire(key, [|end|]); }")]
    [InlineData("if (certificate is not { NotAfter: var end }) { return null; }\ndb.KeyExpire(key, [|end|]);")]
    [InlineData("if (certificate is { NotAfter: { Year: > 2026 } end }) { db.KeyExpire(key, [|end|]); }")]
    [InlineData("if (certificate is { NotAfter: var end }) { db.KeyExpire(key, end.ToUniversalTime()); }")]
    [InlineData("if (certificate is { NotAfter: { Kind: DateTimeKind.Utc } end }) { db.KeyExpire(key, end); }")]
    public Task NamedByAPattern(string statements) => Check.Reports(
        "System.Security.Cryptography.X509Certificates.X509Certificate2 certificate = null;\n" + statements);

    [Theory]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTime.MaxValue|] };")]
    [InlineData("IMemoryCache memory = null;\nmemory.Set(\"k\", token, [|DateTime.MaxValue|]);")]
    [InlineData("var options = new MemoryCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.MaxValue };")]
    [InlineData("var options = new MemoryCacheEntryOptions { AbsoluteExpiration = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc) };")]
    [InlineData("db.KeyExpire(key, DateTime.MaxValue);")]
    public Task NeverThatBecomesAnOffset(string statements) => Check.Reports(statements);

    [Fact]
    public Task AMemberThatTakesAnOffset() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            public void Keep(string key, DateTimeOffset until) => db.KeyExpire(key, until.UtcDateTime);

            public void KeepAt(string key, DateTime until) => db.KeyExpire(key, until.ToUniversalTime());

            public void Use(string key, DateTime given)
            {
                Keep(key, DateTime.Today.AddDays(1));
                Keep(key, [|new DateTime(2027, 1, 1)|]);
                Keep(key, given);
                Keep(key, DateTime.UtcNow.Date.AddDays(1));
                KeepAt(key, DateTime.Today.AddDays(1));
                KeepAt(key, new DateTime(2027, 1, 1));
            }
        }
        """);

    // What the object was given in the same body, however it was made.
    [Theory]
    [InlineData("var v = new Voucher { Until = DateTime.Now };\ndb.KeyExpire(\"k\", [|v.Until|]);")]
    [InlineData("var v = new Voucher();\nv.Until = DateTime.Now;\ndb.KeyExpire(\"k\", [|v.Until|]);")]
    [InlineData("var p = new Pass(\"a\", DateTime.Now);\ndb.KeyExpire(\"k\", [|p.Until|]);")]
    [InlineData("var p = new Ticket(DateTime.Now);\ndb.KeyExpire(\"k\", [|p.Until|]);")]
    [InlineData("var p = new Card(DateTime.Now);\ndb.KeyExpire(\"k\", [|p.Until|]);")]
    [InlineData("Pass p = new(\"a\", until.LocalDateTime);\nConsole.WriteLine(p);\ndb.KeyExpire(\"k\", [|p.Until|]);")]
    public Task OfAnObjectMadeInTheBody(string statements) => Check.ReportsSource(WithObjects(statements));

    [Theory]
    [InlineData("var v = new Voucher { Until = DateTime.Now };\nv.Until = v.Until.ToUniversalTime();\ndb.KeyExpire(\"k\", v.Until);")]
    [InlineData("var v = new Voucher { Until = DateTime.Now };\nNormalize(v);\ndb.KeyExpire(\"k\", v.Until);")]
    [InlineData("var v = new Voucher { Until = DateTime.UtcNow };\ndb.KeyExpire(\"k\", v.Until);")]
    [InlineData("var v = new Voucher { Until = DateTime.Now };\nv = Load();\ndb.KeyExpire(\"k\", v.Until);")]
    [InlineData("var v = new Converting { Until = DateTime.Now };\ndb.KeyExpire(\"k\", v.Until);")]
    [InlineData("var p = new Pass(\"a\", DateTime.Now) with { Until = until.UtcDateTime };\ndb.KeyExpire(\"k\", p.Until);")]
    [InlineData("var v = new Voucher();\ndb.KeyExpire(\"k\", v.Until);\nv.Until = DateTime.Now;")]
    [InlineData("Voucher a = new() { Until = DateTime.Now }, b = new() { Until = DateTime.UtcNow };\ndb.KeyExpire(\"k\", b.Until);")]
    public Task Silent_OfAnObjectThatMayHoldAnother(string statements) => Check.ReportsSource(WithObjects(statements));

    [Theory]
    [InlineData("db.KeyExpire(\"k\", [|maybe.GetValueOrDefault(new DateTime(2027, 1, 1))|]);")]
    [InlineData("db.KeyExpire(\"k\", maybe.GetValueOrDefault(DateTime.UtcNow.AddDays(1)));")]
    [InlineData("db.KeyExpire(\"k\", maybe.GetValueOrDefault());")]
    [InlineData("DateTime? at = until.UtcDateTime;\ndb.KeyExpire(\"k\", at.GetValueOrDefault(new DateTime(2027, 1, 1)));")]
    public Task WhatStandsForNull(string statements) => Check.ReportsSource(WithObjects(statements));

    [Fact]
    public Task APrivateFieldThatIsOnlyGivenOneKind() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        class Sessions(IDatabase db)
        {
            private DateTime _local;
            private DateTime _utc;
            private DateTime _either;
            private DateTime _given;
            internal DateTime _open;

            public void Start(DateTime given)
            {
                _local = DateTime.Today.AddDays(1);
                _utc = DateTime.UtcNow.Date.AddDays(1);
                _either = DateTime.Today.AddDays(1);
                _given = DateTime.Today.AddDays(1);
                _open = DateTime.Today.AddDays(1);
            }

            public void Restart(DateTime given)
            {
                _local = DateTime.Now.AddHours(8);
                _either = DateTime.UtcNow.Date.AddDays(1);
                _given = given;
            }

            public void Store(string key)
            {
                db.KeyExpire(key, [|_local|]);
                db.KeyExpire(key, _utc);
                db.KeyExpire(key, _either);
                db.KeyExpire(key, _given);
                db.KeyExpire(key, _open);
            }
        }
        """);

    [Theory]
    [InlineData("if (v.Until.Kind == DateTimeKind.Unspecified) db.KeyExpire(\"k\", [|v.Until|]);")]
    [InlineData("if (v.Until.Kind is DateTimeKind.Utc or DateTimeKind.Unspecified) db.KeyExpire(\"k\", [|v.Until|]);")]
    [InlineData("if (v is { Until.Kind: DateTimeKind.Local }) db.KeyExpire(\"k\", [|v.Until|]);")]
    [InlineData("var at = DateTime.Now;\nif (at is not { Kind: DateTimeKind.Utc }) throw new ArgumentException();\ndb.KeyExpire(\"k\", at);")]
    [InlineData("var at = maybe ?? DateTime.Now;\nif (at.Kind is not DateTimeKind.Utc) return;\ndb.KeyExpire(\"k\", at);")]
    [InlineData("var at = maybe ?? DateTime.Now;\nif (at is { Kind: DateTimeKind.Utc, Year: > 2000 }) db.KeyExpire(\"k\", at);")]
    public Task ATestOfTheKindCounts(string statements) => Check.ReportsSource(WithObjects("var v = Load();\n" + statements));

    private static string WithObjects(string statements) => $$"""
        using System;
        using StackExchange.Redis;

        public class Voucher
        {
            public DateTime Until { get; set; }
        }

        public class Converting
        {
            private DateTime _until;

            public DateTime Until
            {
                get => _until;
                set => _until = value.ToUniversalTime();
            }
        }

        public record Pass(string Id, DateTime Until);

        public class Ticket(DateTime until)
        {
            public DateTime Until { get; } = until;
        }

        public class Card
        {
            public Card(DateTime until) => Until = until;

            public DateTime Until { get; }
        }

        public class Store(IDatabase db)
        {
            public void Use(DateTimeOffset until, DateTime? maybe)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }

            protected virtual Voucher Load() => null;

            protected virtual void Normalize(Voucher voucher)
            {
            }
        }
        """;

    [Theory]
    [InlineData("DateTime.Now")]
    [InlineData("DateTime.Now.AddMinutes(5)")]
    [InlineData("DateTime.Today.AddDays(1)")]
    [InlineData("DateTime.UtcNow.ToLocalTime()")]
    [InlineData("given.ToLocalTime()")]
    [InlineData("DateTimeOffset.UtcNow.LocalDateTime")]
    [InlineData("DateTime.SpecifyKind(given, DateTimeKind.Local)")]
    [InlineData("TimeZoneInfo.ConvertTime(given, TimeZoneInfo.Local)")]
    [InlineData("DateTime.Parse(\"2030-01-01T00:00:00Z\")")]
    [InlineData("DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)")]
    [InlineData("System.IO.File.GetLastWriteTime(text).AddDays(1)")]
    [InlineData("DateTime.FromFileTime(1L)")]
    public Task Local(string when) => Check.Reports($"db.KeyExpire(key, [|{when}|]);");

    [Theory]
    [InlineData("new DateTime(2030, 1, 1)")]
    [InlineData("new DateTime(2030, 1, 1).AddDays(1)")]
    [InlineData("new DateTime(given.ToUniversalTime().Ticks)")]
    [InlineData("new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Unspecified)")]
    [InlineData("DateTimeOffset.UtcNow.DateTime")]
    [InlineData("DateTimeOffset.UtcNow.Date")]
    [InlineData("DateTimeOffset.FromUnixTimeSeconds(1).DateTime")]
    [InlineData("DateOnly.MinValue.ToDateTime(TimeOnly.MinValue)")]
    [InlineData("DateTime.ParseExact(text, \"u\", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)")]
    [InlineData("DateTime.ParseExact(text, \"r\", CultureInfo.InvariantCulture)")]
    [InlineData("TimeZoneInfo.ConvertTimeFromUtc(given, TimeZoneInfo.FindSystemTimeZoneById(\"Europe/Berlin\"))")]
    [InlineData("default(DateTime)")]
    [InlineData("new DateTime()")]
    [InlineData("DateTime.MinValue")]
    [InlineData("DateTime.FromOADate(1)")]
    [InlineData("DateTime.Parse(text)")]
    public Task Unspecified(string when) => Check.Reports($"db.KeyExpire(key, [|{when}|]);");

    [Theory]
    [InlineData("db.StringGetSetExpiry(key, [|DateTime.Now|]);")]
    [InlineData("await db.KeyExpireAsync(key, [|DateTime.Now|], CommandFlags.FireAndForget).ConfigureAwait(false);")]
    [InlineData("_ = db.CreateTransaction().KeyExpireAsync(key, [|DateTime.Now|]);")]
    [InlineData("_ = db.CreateBatch().KeyExpireAsync(key, [|DateTime.Now|]);")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = [|new DateTime(2030, 1, 1)|] };")]
    [InlineData("var options = new MemoryCacheEntryOptions().SetAbsoluteExpiration([|DateTimeOffset.UtcNow.DateTime|]);")]
    [InlineData("db.KeyExpire(key, flag ? [|DateTime.Now|] : given);")]
    [InlineData("db.KeyExpire(key, flag ? given : [|new DateTime(2030, 1, 1)|]);")]
    [InlineData("var at = given;\nif (flag) at = DateTime.Now;\ndb.KeyExpire(key, [|at|]);")]
    [InlineData("DateTime? at = DateTime.Now;\ndb.KeyExpire(key, [|at|]);")]
    [InlineData("if (DateTime.TryParse(text, out var at)) db.KeyExpire(key, [|at|]);")]
    public Task AtEverySinkAndOnEveryPath(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("db.StringSet(key, token, [|DateTime.Now|]);")]
    [InlineData("Expiration expiry = [|DateTime.Now|];")]
    [InlineData("db.HashFieldExpire(key, new RedisValue[] { \"f\" }, [|DateTime.MaxValue|]);")]
    public Task AtTheSinksOfNewerClients(string statements) => Check.Reports(statements, "2.13.23", "3.4.35");

    [Theory]
    [InlineData("given")]
    [InlineData("given.AddDays(1)")]
    [InlineData("given.Date")]
    [InlineData("new { At = given }.At")]
    [InlineData("System.Text.Json.JsonSerializer.Deserialize<DateTime>(text)")]
    public Task Silent_UnknownKinds(string when) => Check.Reports($"db.KeyExpire(key, {when});");

    [Theory]
    [InlineData("DateTime.Now.ToUniversalTime()")]
    [InlineData("DateTime.SpecifyKind(new DateTime(2030, 1, 1), DateTimeKind.Utc)")]
    [InlineData("new DateTimeOffset(new DateTime(2030, 1, 1), TimeSpan.Zero).UtcDateTime")]
    [InlineData("new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)")]
    [InlineData("DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)")]
    [InlineData("TimeZoneInfo.ConvertTimeToUtc(DateTime.Now)")]
    public Task Silent_KindsRepairedOnTheWay(string when) => Check.Reports($"db.KeyExpire(key, {when});");

    [Theory]
    [InlineData("(DateTime?)null")]
    [InlineData("DateTime.MaxValue")]
    [InlineData("DateTime.UtcNow")]
    [InlineData("DateTime.UtcNow.Date.AddDays(1)")]
    public Task Silent_NullNeverAndUtc(string when) => Check.Reports($"db.KeyExpire(key, {when});");

    [Theory]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.Now };")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTime.Today.AddDays(1) };")]
    [InlineData("var options = new MemoryCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.MaxValue };")]
    public Task Silent_OffsetsCarryTheirZone(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("if (given.Kind == DateTimeKind.Utc) db.KeyExpire(key, given);")]
    [InlineData("var at = flag ? given : new DateTime(2030, 1, 1);\nif (at.Kind == DateTimeKind.Utc) db.KeyExpire(key, at);")]
    public Task Silent_ATestOfTheKindCounts(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("var isUtc = d.Kind == DateTimeKind.Utc;\nif (!isUtc) return null;\ndb.KeyExpire(key, d);")]
    [InlineData("var isFine = text.Length > 3 && d.Kind == DateTimeKind.Utc;\nif (isFine) db.KeyExpire(key, d);")]
    [InlineData("if (d.Kind.Equals(DateTimeKind.Utc)) db.KeyExpire(key, d);")]
    [InlineData("if (Equals(d.Kind, DateTimeKind.Utc)) db.KeyExpire(key, d);")]
    [InlineData("ArgumentOutOfRangeException.ThrowIfNotEqual(d.Kind, DateTimeKind.Utc);\ndb.KeyExpire(key, d);")]
    [InlineData("System.Diagnostics.Debug.Assert(d.Kind == DateTimeKind.Utc);\ndb.KeyExpire(key, d);")]
    [InlineData("if ((text, d.Kind) is (_, DateTimeKind.Utc)) db.KeyExpire(key, d);")]
    [InlineData("if (Times.IsUtc(d)) db.KeyExpire(key, d);")]
    [InlineData("Times.RequireUtc(d);\ndb.KeyExpire(key, d);")]

    // The other way round, another kind, and a time that is another by then.
    [InlineData("var isUtc = d.Kind == DateTimeKind.Utc;\nif (isUtc) return null;\ndb.KeyExpire(key, [|d|]);")]
    [InlineData("var isFine = text.Length > 3 || d.Kind == DateTimeKind.Utc;\nif (isFine) db.KeyExpire(key, [|d|]);")]
    [InlineData("var isUtc = d.Kind == DateTimeKind.Utc;\nd = DateTime.Parse(text + 1);\nif (isUtc) db.KeyExpire(key, [|d|]);")]
    [InlineData("if (!d.Kind.Equals(DateTimeKind.Utc)) db.KeyExpire(key, [|d|]);")]
    [InlineData("switch (given.Kind)\n{\n    case DateTimeKind.Utc: break;\n    case DateTimeKind.Local: break;\n    default: db.KeyExpire(key, [|given|]); break;\n}")]
    [InlineData("if (given.Kind != DateTimeKind.Utc && given.Kind != DateTimeKind.Local) db.KeyExpire(key, [|given|]);")]
    [InlineData("switch (given.Kind)\n{\n    case DateTimeKind.Local: break;\n    case DateTimeKind.Utc: break;\n    default: db.KeyExpire(key, [|given|]); break;\n}")]
    [InlineData("switch (given.Kind)\n{\n    case DateTimeKind.Unspecified: break;\n    default: db.KeyExpire(key, given); break;\n}")]
    [InlineData("if (given.Kind != DateTimeKind.Utc) db.KeyExpire(key, given);")]
    [InlineData("ArgumentOutOfRangeException.ThrowIfNotEqual(d.Kind, DateTimeKind.Local);\ndb.KeyExpire(key, [|d|]);")]
    [InlineData("ArgumentOutOfRangeException.ThrowIfEqual(d.Kind, DateTimeKind.Utc);\ndb.KeyExpire(key, [|d|]);")]
    [InlineData("if ((text, d.Kind) is not (_, DateTimeKind.Utc)) db.KeyExpire(key, [|d|]);")]
    [InlineData("if (!Times.IsUtc(d)) db.KeyExpire(key, [|d|]);")]
    [InlineData("Times.RequireUtc(given);\ndb.KeyExpire(key, [|d|]);")]
    public Task ATestOfTheKindInOtherSpellings(string statements) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        static class Times
        {
            public static bool IsUtc(DateTime time) => time.Kind == DateTimeKind.Utc;

            public static void RequireUtc(DateTime time)
            {
                if (time.Kind != DateTimeKind.Utc)
                {
                    throw new ArgumentException("no UTC");
                }
            }
        }

        class Store(IDatabase db)
        {
            public object Keep(string key, string text, DateTime given)
            {
                var d = DateTime.Parse(text);
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                return null;
            }
        }
        """);

    // What stands for none does not get past a test for it.
    [Theory]
    [InlineData("DateTime at = default;\nif (flag) at = DateTime.UtcNow.Date.AddDays(1);\nif (at != default) db.KeyExpire(key, at);")]
    [InlineData("DateTime at = default;\nif (flag) at = DateTime.UtcNow.Date.AddDays(1);\nif (at == DateTime.MinValue) return null;\ndb.KeyExpire(key, at);")]
    [InlineData("var at = DateTime.MinValue;\nif (flag) at = DateTime.UtcNow.Date.AddDays(1);\nif (at > DateTime.UtcNow) db.KeyExpire(key, at);")]
    [InlineData("DateTime most = default;\nforeach (var one in new DateTimeOffset[2]) if (one.UtcDateTime > most) most = one.UtcDateTime;\nif (most == default) return null;\ndb.KeyExpire(key, most);")]
    [InlineData("DateTime at = default;\nif (flag) at = DateTime.UtcNow.Date.AddDays(1);\nif (at == default) db.KeyExpire(key, [|at|]);")]
    [InlineData("DateTime at = default;\nif (flag) at = DateTime.UtcNow.Date.AddDays(1);\nif (at < DateTime.UtcNow) db.KeyExpire(key, [|at|]);")]
    [InlineData("DateTime at = default;\nif (flag) at = DateTime.UtcNow.Date.AddDays(1);\nif (at != given) db.KeyExpire(key, [|at|]);")]
    public Task ATestForNone(string statements) => Check.Reports(statements);

    // A helper that adds to what it is handed gives back the same kind.
    [Theory]
    [InlineData("Times.Next(DateTime.Today)", true)]
    [InlineData("DateTime.Now.EndOfDay()", true)]
    [InlineData("offset.DateTime.EndOfDay()", true)]
    [InlineData("Times.Next(Times.Next(new DateTime(2030, 1, 1)))", true)]
    [InlineData("Times.Next(DateTime.UtcNow)", false)]
    [InlineData("DateTime.UtcNow.EndOfDay()", false)]
    [InlineData("given.EndOfDay()", false)]
    [InlineData("Times.NextUtc(DateTime.Now)", false)]
    [InlineData("Times.UtcOrNext(DateTime.UtcNow)", false)]
    public Task AHelperThatMovesATime(string when, bool isReported) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        static class Times
        {
            public static DateTime Next(DateTime time) => time.AddDays(1);

            public static DateTime NextUtc(DateTime time) => time.AddDays(1).ToUniversalTime();

            public static DateTime UtcOrNext(DateTime time) => time.Kind == DateTimeKind.Utc ? time : time.ToUniversalTime().AddDays(1);

            public static DateTime EndOfDay(this DateTime time)
            {
                var next = time.Date.AddDays(1);
                return next.AddTicks(-1);
            }
        }

        class Store(IDatabase db)
        {
            public void Keep(string key, DateTime given, DateTimeOffset offset) => db.KeyExpire(key, {{(isReported ? $"[|{when}|]" : when)}});
        }
        """);

    // A time that is left out is none, and code that looks at it does not hand it on.
    [Theory]
    [InlineData("if (when == default) db.KeyPersist(key); else db.KeyExpire(key, when);", false)]
    [InlineData("if (when != default(DateTime)) db.KeyExpire(key, when);", false)]
    [InlineData("if (when > DateTime.MinValue) db.KeyExpire(key, when);", false)]
    [InlineData("if (when == DateTime.MinValue) return; db.KeyExpire(key, when);", false)]
    [InlineData("db.KeyExpire(key, when == DateTime.MinValue ? null : when);", false)]
    [InlineData("if (when.Equals(default)) return; db.KeyExpire(key, when);", false)]
    [InlineData("db.KeyExpire(key, when == default ? DateTime.UtcNow.Date.AddDays(1) : when);", false)]
    [InlineData("if (when == DateTime.MinValue) when = DateTime.UtcNow.Date.AddDays(1); db.KeyExpire(key, when);", false)]
    [InlineData("if (key.Length > 0) db.KeyExpire(key, when);", true)]
    public Task ATimeThatIsLeftOut(string body, bool isReported) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        static class Store
        {
            static void Put(IDatabase db, string key, DateTime when = default)
            {
                {{body}}
            }

            static void Use(IDatabase db)
            {
                {{(isReported ? "[|Put(db, \"a\")|]" : "Put(db, \"a\")")}};
                Put(db, "b", [|new DateTime(2030, 1, 1)|]);
            }
        }
        """);

    // The number of a DateTimeOffset that a time without a kind became.
    [Theory]
    [InlineData("db.Execute(\"EXPIREAT\", \"k\", [|new DateTimeOffset(new DateTime(2030, 1, 1)).ToUnixTimeSeconds()|]);")]
    [InlineData("DateTimeOffset offset = given;\ndb.Execute(\"PEXPIREAT\", \"k\", [|new DateTimeOffset(offset.DateTime).ToUnixTimeMilliseconds()|]);")]
    [InlineData("db.Execute(\"SET\", \"k\", 1, \"EXAT\", [|((DateTimeOffset)DateOnly.MinValue.ToDateTime(TimeOnly.MinValue)).ToUnixTimeSeconds().ToString()|]);")]
    [InlineData("var at = new DateTimeOffset(new DateTime(2030, 1, 1)).ToUnixTimeSeconds();\ndb.Execute(\"EXPIREAT\", \"k\", [|at + 60|]);")]
    [InlineData("db.Execute(\"EXPIREAT\", \"k\", new DateTimeOffset(given).ToUnixTimeSeconds());")]
    [InlineData("db.Execute(\"EXPIREAT\", \"k\", new DateTimeOffset(DateTime.Today).ToUnixTimeSeconds());")]
    [InlineData("db.Execute(\"EXPIREAT\", \"k\", new DateTimeOffset(new DateTime(2030, 1, 1), TimeSpan.Zero).ToUnixTimeSeconds());")]
    [InlineData("db.Execute(\"EXPIREAT\", \"k\", new DateTimeOffset(new DateTime(2030, 1, 1).ToUniversalTime()).ToUnixTimeSeconds());")]
    public Task TheNumberOfATimeReadAsLocal(string statements) => Check.Reports(statements);

    [Fact]
    public Task AFieldThatIsGivenItsTimeElsewhere() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        class Coupons
        {
            private DateTime _ends;

            public void Open() => _ends = new DateTime(2030, 1, 1);

            public void Keep(IDatabase db, string key) => db.KeyExpire(key, [|_ends|]);
        }
        """);
}

/// <summary>EXP101: what the fixes write.</summary>
public sealed class EXP101_AbsoluteExpiryNotUtcFixTests
{
    [Theory]
    [InlineData("DateTime.Now", "DateTime.UtcNow")]
    [InlineData("DateTime.Now.AddMinutes(5)", "DateTime.UtcNow.AddMinutes(5)")]
    [InlineData("DateTime.Now + ttl", "DateTime.UtcNow + ttl")]
    [InlineData("(DateTime?)DateTime.Now", "(DateTime?)DateTime.UtcNow")]
    public Task TheClock(string before, string after) => FixesExpiry(before, after);

    [Theory]
    [InlineData("DateTime.Now.AddMonths(1)", "DateTime.UtcNow.AddMonths(1)")]
    [InlineData("DateTime.Now.Date.AddDays(1)", "DateTime.UtcNow.Date.AddDays(1)")]
    [InlineData("DateTime.Today", "DateTime.UtcNow.Date")]
    [InlineData("DateTime.Today.AddDays(1)", "DateTime.UtcNow.Date.AddDays(1)")]
    [InlineData("DateTimeOffset.UtcNow.Date", "DateTimeOffset.UtcNow.UtcDateTime.Date")]
    [InlineData("DateTimeOffset.UtcNow.DateTime.Date", "DateTimeOffset.UtcNow.UtcDateTime.Date")]
    public Task ADayThatTurnsAtAnotherMoment(string before, string after) => AsksExpiry(before, after);

    [Theory]
    [InlineData("new DateTime(2030, 1, 1)", "new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)")]
    [InlineData("new DateTime(2030, 1, 1).AddDays(1)", "new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(1)")]
    [InlineData("new DateTime(2030, 1, 1, 12, 0, 0)", "new DateTime(2030, 1, 1, 12, 0, 0, DateTimeKind.Utc)")]
    [InlineData("new DateTime(2030, 1, 1, 12, 0, 0, 5)", "new DateTime(2030, 1, 1, 12, 0, 0, 5, DateTimeKind.Utc)")]
    [InlineData("new DateTime(2030, 1, 1, 12, 0, 0, 5, 6)", "new DateTime(2030, 1, 1, 12, 0, 0, 5, 6, DateTimeKind.Utc)")]
    [InlineData("new DateTime(year: 2030, month: 1, day: 1)", "new DateTime(year: 2030, month: 1, day: 1, hour: 0, minute: 0, second: 0, kind: DateTimeKind.Utc)")]
    [InlineData("new DateTime(2030, 1, 1, new GregorianCalendar())", "new DateTime(2030, 1, 1, 0, 0, 0, 0, new GregorianCalendar(), DateTimeKind.Utc)")]
    [InlineData("new DateTime(2030, 1, 1, 12, 0, 0, new GregorianCalendar())", "new DateTime(2030, 1, 1, 12, 0, 0, 0, new GregorianCalendar(), DateTimeKind.Utc)")]
    [InlineData("new DateTime(630000000000000000)", "new DateTime(630000000000000000, DateTimeKind.Utc)")]
    [InlineData("new DateTime(2030, 2, DateTime.DaysInMonth(2030, 2))", "new DateTime(2030, 2, DateTime.DaysInMonth(2030, 2), 0, 0, 0, DateTimeKind.Utc)")]
    [InlineData("new DateTime(DateOnly.MinValue, TimeOnly.MinValue)", "new DateTime(DateOnly.MinValue, TimeOnly.MinValue, DateTimeKind.Utc)")]
    [InlineData("DateOnly.MinValue.ToDateTime(TimeOnly.MinValue)", "DateOnly.MinValue.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)")]
    public Task Parts(string before, string after) => AsksExpiry(before, after);

    [Theory]
    [InlineData("DateTimeOffset.UtcNow.DateTime", "DateTimeOffset.UtcNow.UtcDateTime")]
    [InlineData("DateTimeOffset.UtcNow.DateTime.AddDays(1)", "DateTimeOffset.UtcNow.UtcDateTime.AddDays(1)")]
    [InlineData("DateTimeOffset.UtcNow.LocalDateTime", "DateTimeOffset.UtcNow.UtcDateTime")]
    [InlineData("DateTimeOffset.Parse(text).DateTime", "DateTimeOffset.Parse(text).UtcDateTime")]
    public Task TheClockPartOfAnOffset(string before, string after) => FixesExpiry(before, after);

    [Theory]
    [InlineData("DateTime.Parse(text)", "DateTime.Parse(text, CultureInfo.CurrentCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)")]
    [InlineData("DateTime.Parse(s: text)", "DateTime.Parse(s: text, provider: CultureInfo.CurrentCulture, styles: DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)")]
    [InlineData("DateTime.Parse(text, CultureInfo.CurrentCulture)", "DateTime.Parse(text, CultureInfo.CurrentCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)")]
    [InlineData("DateTime.Parse(text, null, DateTimeStyles.None)", "DateTime.Parse(text, null, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)")]
    [InlineData("DateTime.Parse(text, null, DateTimeStyles.AllowWhiteSpaces)", "DateTime.Parse(text, null, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)")]
    [InlineData("DateTime.ParseExact(text, \"s\", null)", "DateTime.ParseExact(text, \"s\", null, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)")]
    [InlineData("DateTime.ParseExact(text, \"r\", CultureInfo.InvariantCulture)", "DateTime.ParseExact(text, \"r\", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)")]
    [InlineData("DateTime.ParseExact(text, \"u\", null, DateTimeStyles.AdjustToUniversal)", "DateTime.ParseExact(text, \"u\", null, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal)")]
    public Task ParsedText(string before, string after) => AsksExpiry(before, after);

    [Theory]
    [InlineData("DateTime.Parse(text, null, DateTimeStyles.AssumeUniversal)", "DateTime.Parse(text, null, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)")]
    [InlineData("DateTime.Parse(text, null, DateTimeStyles.AssumeLocal)", "DateTime.Parse(text, null, DateTimeStyles.AssumeLocal | DateTimeStyles.AdjustToUniversal)")]
    [InlineData("new DateTime(DateTime.UtcNow.Year + 1, 1, 1)", "new DateTime(DateTime.UtcNow.Year + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc)")]
    public Task WhatTheCodeSaysOfItsZone(string before, string after) => FixesExpiry(before, after);

    [Theory]
    [InlineData("DateTime.Parse(text)", "DateTime.Parse(text).ToUniversalTime()")]
    [InlineData("DateTime.ParseExact(text, \"yyyyMMdd\", null)", "DateTime.ParseExact(text, \"yyyyMMdd\", null).ToUniversalTime()")]
    public Task ParsedTextMayHaveBeenMeantAsLocal(string before, string after) => AsksExpiry(before, after, "Local");

    [Theory]
    [InlineData("DateTime.TryParse(text, out var at)", "DateTime.TryParse(text, CultureInfo.CurrentCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)")]
    [InlineData("DateTime.TryParse(text, null, out DateTime at)", "DateTime.TryParse(text, null, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime at)")]
    [InlineData("DateTime.TryParseExact(text, \"yyyyMMdd\", null, DateTimeStyles.None, out var at)", "DateTime.TryParseExact(text, \"yyyyMMdd\", null, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)")]
    public Task TextTriedToParse(string before, string after) => Check.Asks(
        $"if ({before})\n    db.KeyExpire(key, [|at.AddDays(1)|]);",
        $"if ({after})\n    db.KeyExpire(key, at.AddDays(1));",
        "Utc");

    [Theory]
    [InlineData("DateTime.UtcNow.ToLocalTime()", "DateTime.UtcNow")]
    [InlineData("given.ToLocalTime()", "given.ToLocalTime().ToUniversalTime()")]
    [InlineData("DateTime.SpecifyKind(given, DateTimeKind.Local)", "DateTime.SpecifyKind(given, DateTimeKind.Local).ToUniversalTime()")]
    [InlineData("TimeZoneInfo.ConvertTime(given, TimeZoneInfo.Local)", "TimeZoneInfo.ConvertTime(given, TimeZoneInfo.Local).ToUniversalTime()")]
    [InlineData("(DateTime?)System.IO.File.GetLastWriteTime(text)", "((DateTime?)System.IO.File.GetLastWriteTime(text))?.ToUniversalTime()")]
    public Task OtherLocalTimes(string before, string after) => FixesExpiry(before, after);

    [Theory]
    [InlineData("new DateTimeOffset(new DateTime(2030, 1, 1))", "new DateTimeOffset(new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc))")]
    [InlineData("((DateTimeOffset)new DateTime(2030, 1, 1))", "((DateTimeOffset)new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc))")]
    public Task TheNumberOfATimeWithoutAKind(string before, string after) => Check.Asks(
        $"db.Execute(\"EXPIREAT\", \"k\", [|{before}.ToUnixTimeSeconds()|]);",
        $"db.Execute(\"EXPIREAT\", \"k\", {after}.ToUnixTimeSeconds());",
        "Utc");

    [Fact]
    public Task TheNumberOfAnOffsetsClockReading() => Check.Fixes(
        "DateTimeOffset offset = given;\ndb.Execute(\"EXPIREAT\", \"k\", [|new DateTimeOffset(offset.DateTime).ToUnixTimeSeconds()|]);",
        "DateTimeOffset offset = given;\ndb.Execute(\"EXPIREAT\", \"k\", new DateTimeOffset(offset.UtcDateTime).ToUnixTimeSeconds());",
        "Utc");

    // What these formats stand for is GMT: never local time.
    [Theory]
    [InlineData("r")]
    [InlineData("u")]
    public Task TextInGmtIsNotLocal(string format) => Check.Asks(
        $"if (DateTime.TryParseExact(text, \"{format}\", null, DateTimeStyles.None, out var at))\n    db.KeyExpire(key, [|at|]);",
        $"if (DateTime.TryParseExact(text, \"{format}\", null, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))\n    db.KeyExpire(key, at);",
        "Utc");

    /// <summary>What is UTC already stays; the other source is rewritten.</summary>
    [Fact]
    public Task OnlyTheSourceThatIsNotUtc() => Check.Fixes(
        """
        var at = DateTime.Parse(text, null, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        if (flag) at = DateTime.Now.AddMinutes(1);
        db.KeyExpire(key, [|at|]);
        """,
        """
        var at = DateTime.Parse(text, null, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        if (flag) at = DateTime.UtcNow.AddMinutes(1);
        db.KeyExpire(key, at);
        """,
        "Utc");

    /// <summary>The day turns at another moment then.</summary>
    [Fact]
    public Task TheDayOfALocalTimeAsks() => AsksExpiry("DateTime.UtcNow.ToLocalTime().Date.AddDays(1)", "DateTime.UtcNow.Date.AddDays(1)");

    /// <summary>Converted, "never" would be an instant.</summary>
    [Fact]
    public Task NeverIsNotConverted() => Check.NoFix(
        "var at = System.IO.File.GetLastWriteTime(text);\nif (flag) at = DateTime.MaxValue;\ndb.KeyExpire(key, [|at|]);");

    [Fact]
    public Task ATimeThatIsLocalOrHasNoKind() => AsksExpiry("Convert.ToDateTime(text)", "Convert.ToDateTime(text).ToUniversalTime()");

    [Theory]
    [InlineData("DateTime.Now.AddMonths(1)", "DateTime.Now.AddMonths(1).ToUniversalTime()")]
    [InlineData("DateTime.Today.AddDays(1)", "DateTime.Today.AddDays(1).ToUniversalTime()")]
    [InlineData("DateTime.Now.Date.AddHours(27)", "DateTime.Now.Date.AddHours(27).ToUniversalTime()")]
    public Task ALocalDayMayBeKept(string before, string after) => FixesExpiry(before, after, "LocalDay");

    [Theory]
    [InlineData("DateTime.FromOADate(1)", "DateTime.SpecifyKind(DateTime.FromOADate(1), DateTimeKind.Utc)", "DateTime.FromOADate(1).ToUniversalTime()")]
    [InlineData("new DateTime(given.Ticks)", "DateTime.SpecifyKind(new DateTime(given.Ticks), DateTimeKind.Utc)", "new DateTime(given.Ticks).ToUniversalTime()")]
    [InlineData("new DateTime(1L, DateTimeKind.Unspecified)", "DateTime.SpecifyKind(new DateTime(1L, DateTimeKind.Unspecified), DateTimeKind.Utc)", "new DateTime(1L, DateTimeKind.Unspecified).ToUniversalTime()")]
    [InlineData("DateTime.SpecifyKind(given, DateTimeKind.Unspecified)", "DateTime.SpecifyKind(given, DateTimeKind.Utc)", "DateTime.SpecifyKind(given, DateTimeKind.Unspecified).ToUniversalTime()")]
    public async Task OfOtherTimesWithoutAKindOnlyTheUserKnowsTheMeaning(string before, string utc, string local)
    {
        await AsksExpiry(before, utc, "SpecifyUtc");
        await AsksExpiry(before, local, "Local");
    }

    [Theory]
    [InlineData("new DateTime(DateTime.Now.Year + 1, 1, 1)", "new DateTime(DateTime.Now.Year + 1, 1, 1).ToUniversalTime()")]
    [InlineData("new DateTime(DateTime.Today.Ticks)", "new DateTime(DateTime.Today.Ticks).ToUniversalTime()")]
    public Task PartsOfALocalTimeAreLocal(string before, string after) => FixesExpiry(before, after, "Local");

    [Theory]
    [InlineData("TimeZoneInfo.ConvertTimeBySystemTimeZoneId(given, \"Asia/Tokyo\")", "TimeZoneInfo.ConvertTimeToUtc(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(given, \"Asia/Tokyo\"), TimeZoneInfo.FindSystemTimeZoneById(\"Asia/Tokyo\"))")]
    [InlineData("TimeZoneInfo.ConvertTimeFromUtc(given, TimeZoneInfo.FindSystemTimeZoneById(\"Asia/Tokyo\")).Date", "TimeZoneInfo.ConvertTimeToUtc(TimeZoneInfo.ConvertTimeFromUtc(given, TimeZoneInfo.FindSystemTimeZoneById(\"Asia/Tokyo\")).Date, TimeZoneInfo.FindSystemTimeZoneById(\"Asia/Tokyo\"))")]

    // Converted back, an hour that comes twice in that zone would be the later one.
    [InlineData("TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(\"Asia/Tokyo\"))", "DateTime.UtcNow")]
    [InlineData("TimeZoneInfo.ConvertTime(given.ToUniversalTime(), TimeZoneInfo.FindSystemTimeZoneById(\"Asia/Tokyo\"))", "given.ToUniversalTime()")]
    [InlineData("TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(\"Asia/Tokyo\")).AddDays(1)", "TimeZoneInfo.ConvertTimeToUtc(TimeZoneInfo.ConvertTimeFromUtc(DateTime.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(\"Asia/Tokyo\")).AddDays(1), TimeZoneInfo.FindSystemTimeZoneById(\"Asia/Tokyo\"))")]
    public Task ATimeOfAnotherZoneIsConvertedBack(string before, string after) => FixesExpiry(before, after, "FromZone");

    [Theory]
    [InlineData("var at = DateTime.Now.AddMinutes(5);\ndb.KeyExpire(key, [|at|]);", "var at = DateTime.UtcNow.AddMinutes(5);\ndb.KeyExpire(key, at);")]
    [InlineData("DateTime at = DateTime.Now;\nat = at.AddDays(1);\nat += ttl;\ndb.KeyExpire(key, [|at|]);", "DateTime at = DateTime.UtcNow;\nat = at.AddDays(1);\nat += ttl;\ndb.KeyExpire(key, at);")]
    [InlineData("DateTimeOffset? until = DateTimeOffset.UtcNow;\ndb.KeyExpire(key, [|until?.DateTime|]);", "DateTimeOffset? until = DateTimeOffset.UtcNow;\ndb.KeyExpire(key, until?.UtcDateTime);")]
    public Task ALocalOfItsOwn(string before, string after) => Check.Fixes(before, after, "Utc");

    [Theory]
    [InlineData("DateTime at;\nif (flag) at = DateTime.Now; else at = new DateTime(2030, 1, 1);\ndb.KeyExpire(key, [|at|]);", "DateTime at;\nif (flag) at = DateTime.UtcNow; else at = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);\ndb.KeyExpire(key, at);")]
    [InlineData("var at = flag ? DateTime.Now : DateTime.Today;\ndb.KeyExpire(key, [|at|]);", "var at = flag ? DateTime.UtcNow : DateTime.UtcNow.Date;\ndb.KeyExpire(key, at);")]
    public Task ALocalOfWhichOneValueAsks(string before, string after) => Check.Asks(before, after, "Utc");

    [Theory]
    [InlineData("var now = DateTime.Now;\nConsole.WriteLine(now);\ndb.KeyExpire(key, [|now.AddMonths(1)|]);", "var now = DateTime.Now;\nConsole.WriteLine(now);\ndb.KeyExpire(key, now.AddMonths(1).ToUniversalTime());")]
    [InlineData("DateTime? at = DateTime.Now;\nConsole.WriteLine(at);\ndb.KeyExpire(key, [|at|]);", "DateTime? at = DateTime.Now;\nConsole.WriteLine(at);\ndb.KeyExpire(key, at?.ToUniversalTime());")]
    public Task AValueThatIsUsedElsewhereIsConvertedAtTheSink(string before, string after) => Check.Fixes(before, after, "Utc");

    // A sum of local times knows nothing of daylight saving: the span is to be added to UTC.
    [Theory]
    [InlineData("System.IO.File.GetLastWriteTime(text) + ttl", "System.IO.File.GetLastWriteTime(text).ToUniversalTime() + ttl")]
    [InlineData("System.IO.File.GetLastWriteTime(text).AddMinutes(30)", "System.IO.File.GetLastWriteTime(text).ToUniversalTime().AddMinutes(30)")]
    [InlineData("System.IO.File.GetLastWriteTime(text).AddHours(1).Add(ttl)", "System.IO.File.GetLastWriteTime(text).ToUniversalTime().AddHours(1).Add(ttl)")]
    [InlineData("System.IO.File.GetLastWriteTime(text).AddMonths(1)", "System.IO.File.GetLastWriteTime(text).AddMonths(1).ToUniversalTime()")]
    public Task ASpanIsAddedToUtc(string before, string after) => FixesExpiry(before, after, "Utc");

    [Theory]
    [InlineData("System.IO.File.GetLastWriteTime(text) + TimeSpan.FromDays(1)", "System.IO.File.GetLastWriteTime(text).ToUniversalTime() + TimeSpan.FromDays(1)")]
    [InlineData("System.IO.File.GetLastWriteTime(text).AddDays(30)", "System.IO.File.GetLastWriteTime(text).ToUniversalTime().AddDays(30)")]
    [InlineData("System.IO.File.GetLastWriteTime(text).Date.AddHours(30)", "System.IO.File.GetLastWriteTime(text).Date.ToUniversalTime().AddHours(30)")]
    public Task WhetherDaysAreAddedToUtcIsAsked(string before, string after) => AsksExpiry(before, after);

    [Fact]
    public async Task AnUnspecifiedValueThatIsUsedElsewhere()
    {
        const string before = "DateTime? at = new DateTime(2030, 1, 1);\nConsole.WriteLine(at);\ndb.KeyExpire(key, [|at|]);";
        await Check.Asks(before, "DateTime? at = new DateTime(2030, 1, 1);\nConsole.WriteLine(at);\ndb.KeyExpire(key, at.HasValue ? DateTime.SpecifyKind(at.Value, DateTimeKind.Utc) : (DateTime?)null);", "SpecifyUtc");
        await Check.Asks(before, "DateTime? at = new DateTime(2030, 1, 1);\nConsole.WriteLine(at);\ndb.KeyExpire(key, at?.ToUniversalTime());", "Local");
    }

    [Theory]
    [InlineData("db.KeyExpire(key, flag ? [|DateTime.Now|] : given);", "db.KeyExpire(key, flag ? DateTime.UtcNow : given);")]
    [InlineData("db.KeyExpire(key, flag ? given : [|System.IO.File.GetLastWriteTime(text)|]);", "db.KeyExpire(key, flag ? given : System.IO.File.GetLastWriteTime(text).ToUniversalTime());")]
    [InlineData("db.KeyExpire(key, text switch { \"a\" => [|DateTime.Now|], _ => DateTime.UtcNow });", "db.KeyExpire(key, text switch { \"a\" => DateTime.UtcNow, _ => DateTime.UtcNow });")]
    public Task TheBranchThatIsWrong(string before, string after) => Check.Fixes(before, after, "Utc");

    [Theory]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = [|new DateTime(2030, 1, 1)|] };", "var options = new DistributedCacheEntryOptions { AbsoluteExpiration = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc) };")]
    [InlineData("var options = new MemoryCacheEntryOptions { AbsoluteExpiration = [|new DateTimeOffset(new DateTime(2030, 1, 1))|] };", "var options = new MemoryCacheEntryOptions { AbsoluteExpiration = new DateTimeOffset(new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)) };")]
    [InlineData("DateTimeOffset at = new DateTime(2030, 1, 1);\nvar options = new MemoryCacheEntryOptions { AbsoluteExpiration = [|at|] };", "DateTimeOffset at = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);\nvar options = new MemoryCacheEntryOptions { AbsoluteExpiration = at };")]
    public Task WhereTheSinkTakesAnOffset(string before, string after) => Check.Asks(before, after, "Utc");

    [Fact]
    public Task WhereTheSinkTakesAnOffsetTheInstantStays() => Check.Fixes(
        "var options = new DistributedCacheEntryOptions().SetAbsoluteExpiration([|DateTimeOffset.UtcNow.DateTime|]);",
        "var options = new DistributedCacheEntryOptions().SetAbsoluteExpiration(DateTimeOffset.UtcNow.UtcDateTime);",
        "Utc");

    [Fact]
    public async Task WhereTheSinkTakesAnOffsetLocalNeedOnlyBeSaid()
    {
        const string before = "var options = new MemoryCacheEntryOptions { AbsoluteExpiration = [|DateTime.FromOADate(1)|] };";
        await Check.Asks(before, "var options = new MemoryCacheEntryOptions { AbsoluteExpiration = DateTime.SpecifyKind(DateTime.FromOADate(1), DateTimeKind.Utc) };", "SpecifyUtc");
        await Check.Asks(before, "var options = new MemoryCacheEntryOptions { AbsoluteExpiration = DateTime.SpecifyKind(DateTime.FromOADate(1), DateTimeKind.Local) };", "Local");
    }

    [Theory]
    [InlineData("db.StringSet(key, token, [|DateTime.Now|], When.NotExists);", "db.StringSet(key, token, DateTime.UtcNow, When.NotExists);")]
    [InlineData("db.StringSet(key, token, [|System.IO.File.GetLastWriteTime(text)|]);", "db.StringSet(key, token, System.IO.File.GetLastWriteTime(text).ToUniversalTime());")]
    [InlineData("Expiration expiry = [|DateTime.Now|];", "Expiration expiry = DateTime.UtcNow;")]
    [InlineData("var expiry = new Expiration([|DateTime.Now|]);", "var expiry = new Expiration(DateTime.UtcNow);")]
    public Task TheSinksOfNewerClients(string before, string after) => Check.Fixes(before, after, "Utc", "2.13.23", "3.4.35");

    [Fact]
    public Task CommentsAndOtherArgumentsStay() => Check.Asks(
        """
        // Tonight
        await db.KeyExpireAsync(
            key: key, // the coupon's
            /* when */ expiry: [|DateTime.Today // midnight
                .AddDays(/* one */ 1)|], // local
            flags: CommandFlags.FireAndForget).ConfigureAwait(false); // sent
        db.KeyExpire(key, [|new DateTime(2030, /* January */ 1, 1 /* New Year */)|] /* end */);
        """,
        """
        // Tonight
        await db.KeyExpireAsync(
            key: key, // the coupon's
            /* when */ expiry: DateTime.UtcNow.Date // midnight
                .AddDays(/* one */ 1), // local
            flags: CommandFlags.FireAndForget).ConfigureAwait(false); // sent
        db.KeyExpire(key, new DateTime(2030, /* January */ 1, 1 /* New Year */, 0, 0, 0, DateTimeKind.Utc) /* end */);
        """,
        "Utc");

    // What asks is left alone.
    [Fact]
    public Task AllOfADocumentAtOnce() => Check.Fixes(
        """
        var until = DateTime.Now.AddDays(30);
        db.KeyExpire("a", [|until|]);
        if (flag)
            db.KeyExpire("b", [|new DateTime(2030, 1, 1)|]);
        else
            await db.KeyExpireAsync("c", [|DateTimeOffset.UtcNow.DateTime|]);

        switch (text)
        {
            case "d":
                db.KeyExpire("d", [|DateTime.Parse(text)|]);
                break;
            default:
                db.StringGetSetExpiry("e", [|DateTimeOffset.UtcNow.LocalDateTime|]);
                break;
        }

        bool Touch() => db.KeyExpire("f", [|System.IO.File.GetLastWriteTime(text)|]);
        Func<Task> lambda = async () => await db.KeyExpireAsync("g", [|DateTime.Now|]);
        """,
        """
        var until = DateTime.UtcNow.AddDays(30);
        db.KeyExpire("a", until);
        if (flag)
            db.KeyExpire("b", [|new DateTime(2030, 1, 1)|]);
        else
            await db.KeyExpireAsync("c", DateTimeOffset.UtcNow.UtcDateTime);

        switch (text)
        {
            case "d":
                db.KeyExpire("d", [|DateTime.Parse(text)|]);
                break;
            default:
                db.StringGetSetExpiry("e", DateTimeOffset.UtcNow.UtcDateTime);
                break;
        }

        bool Touch() => db.KeyExpire("f", System.IO.File.GetLastWriteTime(text).ToUniversalTime());
        Func<Task> lambda = async () => await db.KeyExpireAsync("g", DateTime.UtcNow);
        """,
        "Utc");

    [Fact]
    public Task MembersOfAllShapes() => Check.FixesSource(
        """
        using System;
        using StackExchange.Redis;

        class Coupons(IDatabase db, DateTimeOffset ends)
        {
            private static readonly DateTime Launch = new(2030, 1, 1);

            private readonly Func<string, bool> _touch = key => db.KeyExpire(key, [|ends.DateTime|]);

            public bool Keep(string key)
            {
                DateTime at = new(DateTime.UtcNow.Year, 1, 1);
                return db.KeyExpire(key, [|at|], CommandFlags.None);
            }

            public bool this[string key] => KeepUntil(key, [|DateTime.Now|]);

            private bool KeepUntil(string key, DateTime at) => db.KeyExpire(key, at);
        }
        """,
        """
        using System;
        using StackExchange.Redis;

        class Coupons(IDatabase db, DateTimeOffset ends)
        {
            private static readonly DateTime Launch = new(2030, 1, 1);

            private readonly Func<string, bool> _touch = key => db.KeyExpire(key, ends.UtcDateTime);

            public bool Keep(string key)
            {
                DateTime at = new(DateTime.UtcNow.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
                return db.KeyExpire(key, at, CommandFlags.None);
            }

            public bool this[string key] => KeepUntil(key, DateTime.UtcNow);

            private bool KeepUntil(string key, DateTime at) => db.KeyExpire(key, at);
        }
        """,
        "Utc");

    [Fact]
    public Task TopLevelStatements() => Check.FixesSource(
        """
        using System;
        using StackExchange.Redis;

        IDatabase db = ConnectionMultiplexer.Connect("localhost").GetDatabase();
        DateTime until = DateTime.Now.AddDays(1);
        db.KeyExpire("a", [|until|]);
        db.KeyExpire("b", [|DateTime.Now|]);
        """,
        """
        using System;
        using StackExchange.Redis;

        IDatabase db = ConnectionMultiplexer.Connect("localhost").GetDatabase();
        DateTime until = DateTime.UtcNow.AddDays(1);
        db.KeyExpire("a", until);
        db.KeyExpire("b", DateTime.UtcNow);
        """,
        "Utc");

    [Fact]
    public Task TheImportIsAddedWhereItIsMissing() => Check.AsksSource(
        """
        using System;
        using StackExchange.Redis;

        class Coupons(IDatabase db)
        {
            public bool Keep(string key, string ends) => db.KeyExpire(key, [|DateTime.Parse(ends)|]);
        }
        """,
        """
        using System;
        using System.Globalization;
        using StackExchange.Redis;

        class Coupons(IDatabase db)
        {
            public bool Keep(string key, string ends) => db.KeyExpire(key, DateTime.Parse(ends, CultureInfo.CurrentCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));
        }
        """,
        "Utc");

    [Fact]
    public Task AHelpersValueIsConvertedAtTheSink() => Check.FixesSource(
        """
        using System;
        using StackExchange.Redis;

        class Coupons(IDatabase db)
        {
            private static DateTime Tonight => DateTime.Today.AddDays(1);

            public bool Keep(string key) => db.KeyExpire(key, [|Tonight|]);
        }
        """,
        """
        using System;
        using StackExchange.Redis;

        class Coupons(IDatabase db)
        {
            private static DateTime Tonight => DateTime.Today.AddDays(1);

            public bool Keep(string key) => db.KeyExpire(key, Tonight.ToUniversalTime());
        }
        """,
        "Utc");

    [Theory]
    [InlineData("default(DateTime)")]
    [InlineData("new DateTime()")]
    [InlineData("DateTime.MinValue")]
    public Task NoFix_ATimeThatIsNone(string when) => Check.NoFix($"db.KeyExpire(key, [|{when}|]);");

    private static Task AsksExpiry(string before, string after, string key = "Utc") => Check.Asks($"db.KeyExpire(key, [|{before}|]);", $"db.KeyExpire(key, {after});", key);

    private static Task FixesExpiry(string before, string after, string key = "Utc") => Check.Fixes($"db.KeyExpire(key, [|{before}|]);", $"db.KeyExpire(key, {after});", key);
}
