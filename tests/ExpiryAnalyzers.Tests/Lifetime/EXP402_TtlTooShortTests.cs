using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lifetime.TtlTooShortFix>;

namespace ExpiryAnalyzers.Tests.Lifetime;

/// <summary>EXP402: a TTL that is over before it is of use.</summary>
public sealed class EXP402_TtlTooShortTests
{
    [Theory]
    [InlineData("TimeSpan.FromMilliseconds(50)")]
    [InlineData("TimeSpan.FromMilliseconds(99.9)")]
    [InlineData("TimeSpan.FromSeconds(0.05)")]
    [InlineData("new TimeSpan(0, 0, 0, 0, 20)")]
    [InlineData("TimeSpan.FromTicks(500000)")]
    [InlineData("TimeSpan.FromMilliseconds(500) / 10")]
    public Task Short(string ttl) => Check.Reports($"db.KeyExpire(key, [|{ttl}|]);\ndb.StringSet(key, token, [|{ttl}|]);\ndb.LockTake(key, token, [|{ttl}|]);");

    [Theory]
    [InlineData("db.Execute(\"PEXPIRE\", \"k\", [|60|]);")]
    [InlineData("db.Execute(\"SET\", \"k\", \"v\", \"PX\", [|50|]);")]
    [InlineData("db.Execute(\"psetex\", \"k\", [|\"10\"|], \"v\");")]
    [InlineData("db.KeyExpire(key, flag ? [|TimeSpan.FromMilliseconds(5)|] : ttl);")]
    [InlineData("var brief = TimeSpan.FromMilliseconds(5);\nawait db.KeyExpireAsync(key, [|brief|]);")]
    public Task AtOtherSinks(string statements) => Check.Reports(statements);

    // Which way a helper goes, the constant that it is handed tells.
    [Theory]
    [InlineData("t < TimeSpan.FromMilliseconds(100) ? TimeSpan.FromMilliseconds(100) : t", false)]
    [InlineData("t > TimeSpan.FromSeconds(5) ? TimeSpan.FromSeconds(5) : t", true)]
    [InlineData("t < TimeSpan.FromMilliseconds(100) ? TimeSpan.FromMilliseconds(50) : t", true)]
    [InlineData("t < s_least ? s_least : t", false)]
    [InlineData("t < s_open ? s_open : t", false)]
    [InlineData("AtLeast(t, s_least)", false)]
    [InlineData("AtLeast(t, TimeSpan.FromMilliseconds(10))", true)]
    public Task AHelperThatClamps(string returned, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        static class Store
        {
            static readonly TimeSpan s_least = TimeSpan.FromSeconds(1);

            static TimeSpan s_open;

            static TimeSpan AtLeast(TimeSpan t, TimeSpan least) => t < least ? least : t;

            static TimeSpan Clamp(TimeSpan t) => {{returned}};

            static Task Keep(IDatabase db, string id) =>
                db.KeyExpireAsync(id, {{(isReported ? "[|Clamp(TimeSpan.FromMilliseconds(20))|]" : "Clamp(TimeSpan.FromMilliseconds(20))")}});
        }
        """);

    // A helper may do more than the place of its call shows.
    [Fact]
    public Task Fix_NotOfAHelper() => Check.NoFixSource("""
        using System;
        using StackExchange.Redis;

        static class Store
        {
            static TimeSpan AtMost(TimeSpan t) => t > TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : t;

            static void Keep(IDatabase db, string id) => db.KeyExpire(id, [|AtMost(TimeSpan.FromMilliseconds(20))|]);
        }
        """);

    [Theory]
    [InlineData("TimeSpan.FromMilliseconds(100)")]
    [InlineData("TimeSpan.FromSeconds(1)")]
    [InlineData("TimeSpan.Zero")]
    [InlineData("TimeSpan.FromMilliseconds(0.5)")]
    [InlineData("TimeSpan.FromMilliseconds(-50)")]
    [InlineData("ttl")]
    [InlineData("maybe")]
    [InlineData("flag ? TimeSpan.Zero : TimeSpan.FromMilliseconds(5)")]
    public Task Silent_LongEnoughUnknownOrNone(string ttl) => Check.Reports($"db.KeyExpire(key, {ttl});");

    [Theory]
    [InlineData("await Task.Delay(TimeSpan.FromMilliseconds(50));")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", 60);")]
    [InlineData("db.Execute(\"PEXPIRE\", \"k\", TimeSpan.FromMinutes(1).TotalSeconds);")]
    [InlineData("var options = new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMilliseconds(50) };")]
    [InlineData("var options = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMilliseconds(50) };")]
    public Task Silent_OtherCalls(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("dotnet_code_quality.EXP402.minimum_ttl = 10 ms", "db.KeyExpire(key, TimeSpan.FromMilliseconds(50));")]
    [InlineData("dotnet_code_quality.EXP402.minimum_ttl = 2 s", "db.KeyExpire(key, [|TimeSpan.FromSeconds(1)|]);")]
    [InlineData("dotnet_code_quality.EXP402.minimum_ttl = 2", "db.Execute(\"EXPIRE\", \"k\", [|1|]);")]
    public Task Option(string option, string statements) => Check.ReportsWith(option, statements);

    [Theory]
    [InlineData("db.KeyExpire(key, [|TimeSpan.FromMilliseconds(50)|]);", "db.KeyExpire(key, TimeSpan.FromMilliseconds(100));")]
    [InlineData("await db.KeyExpireAsync(key, /* brief */ [|TimeSpan.FromMilliseconds(50)|]).ConfigureAwait(false);", "await db.KeyExpireAsync(key, /* brief */ TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);")]
    [InlineData("db.StringSet(key, token, expiry: [|new TimeSpan(0, 0, 0, 0, 20)|], when: When.NotExists);", "db.StringSet(key, token, expiry: TimeSpan.FromMilliseconds(100), when: When.NotExists);")]
    [InlineData("db.Execute(\"PEXPIRE\", \"k\", [|60|]);", "db.Execute(\"PEXPIRE\", \"k\", 100);")]
    [InlineData("db.Execute(\"PEXPIRE\", \"k\", [|\"60\"|]);", "db.Execute(\"PEXPIRE\", \"k\", \"100\");")]
    [InlineData("var brief = TimeSpan.FromMilliseconds(5);\ndb.KeyExpire(key, [|brief|]);", "var brief = TimeSpan.FromMilliseconds(100);\ndb.KeyExpire(key, brief);")]
    [InlineData("db.KeyExpire(key, flag ? [|TimeSpan.FromMilliseconds(5)|] : ttl);", "db.KeyExpire(key, flag ? TimeSpan.FromMilliseconds(100) : ttl);")]
    [InlineData("db.KeyExpire(\"a\", [|TimeSpan.FromMilliseconds(5)|]);\ndb.KeyExpire(\"b\", [|TimeSpan.FromMilliseconds(6)|]);", "db.KeyExpire(\"a\", TimeSpan.FromMilliseconds(100));\ndb.KeyExpire(\"b\", TimeSpan.FromMilliseconds(100));")]
    public Task RaisesToTheMinimum(string before, string after) => Check.Asks(before, after, "Raise");

    [Fact]
    public Task NoFix_WhereOthersReadTheValue() => Check.NoFix("var brief = TimeSpan.FromMilliseconds(5);\nawait Task.Delay(brief);\ndb.KeyExpire(key, [|brief|]);");
}
