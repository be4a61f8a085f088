using ExpiryAnalyzers.CodeFixes.Time;
using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Time.NowPlusOffsetAsAbsoluteFix>;

namespace ExpiryAnalyzers.Tests.Time;

/// <summary>EXP102: this machine's clock plus a span is sent as an instant. What the rule reports.</summary>
public sealed class EXP102_NowPlusOffsetAsAbsoluteTests
{
    [Theory]
    [InlineData("DateTime.UtcNow.AddMinutes(5)")]
    [InlineData("DateTime.UtcNow.Add(ttl)")]
    [InlineData("DateTime.UtcNow + ttl")]
    [InlineData("DateTime.UtcNow + maybe")]
    [InlineData("DateTime.Now.AddMinutes(5)")]
    [InlineData("DateTime.Now.AddMinutes(5).ToUniversalTime()")]
    [InlineData("DateTime.UtcNow.AddHours(1).AddMinutes(5)")]
    [InlineData("TimeProvider.System.GetUtcNow().Add(ttl).UtcDateTime")]
    [InlineData("DateTimeOffset.UtcNow.AddHours(1).UtcDateTime")]
    [InlineData("flag ? DateTime.UtcNow.AddMinutes(5) : DateTime.UtcNow.AddHours(5)")]
    [InlineData("flag ? DateTime.UtcNow.AddMinutes(5) : (DateTime?)null")]
    [InlineData("DateTime.UtcNow.AddHours(1) - ttl")]
    [InlineData("DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 300).UtcDateTime")]
    [InlineData("DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000 + 300).UtcDateTime")]
    [InlineData("DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + text.Length).UtcDateTime")]
    public Task ClockPlusSpan(string when) => Check.Reports($"db.KeyExpire(key, [|{when}|]);");

    [Theory]
    [InlineData("db.StringGetSetExpiry(key, [|DateTime.UtcNow.AddMinutes(5)|]);")]
    [InlineData("await db.KeyExpireAsync(key, [|DateTime.UtcNow.AddMinutes(5)|], CommandFlags.FireAndForget).ConfigureAwait(false);")]
    [InlineData("db.CreateTransaction().KeyExpireAsync(key, [|DateTime.UtcNow.AddMinutes(5)|]);")]
    [InlineData("db.Execute(\"EXPIREAT\", \"k\", [|DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()|]);")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddHours(1)|] };")]
    [InlineData("var options = new DistributedCacheEntryOptions().SetAbsoluteExpiration([|DateTimeOffset.Now.AddMinutes(5)|]);")]
    [InlineData("var at = DateTime.UtcNow.AddMinutes(5);\ndb.KeyExpire(key, [|at|]);")]
    [InlineData("var now = DateTime.UtcNow;\nConsole.WriteLine(now);\ndb.KeyExpire(key, [|now.AddMinutes(5)|]);")]
    public Task AtEverySink(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("db.StringSet(key, token, [|DateTime.UtcNow.AddMinutes(5)|]);")]
    [InlineData("Expiration expiry = [|DateTime.UtcNow.AddMinutes(5)|];")]
    [InlineData("var expiry = new Expiration([|DateTime.UtcNow.AddMinutes(5)|]);")]
    [InlineData("db.HashFieldExpire(key, new RedisValue[] { \"f\" }, [|DateTime.UtcNow.AddMinutes(5)|]);")]
    public Task AtTheSinksOfNewerClients(string statements) => Check.Reports(statements, "2.13.23", "3.4.35");

    [Theory]
    [InlineData("DateTimeOffset.FromUnixTimeSeconds((DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 300 + 1) * 300).UtcDateTime")]
    [InlineData("DateTimeOffset.FromUnixTimeSeconds(text.Length).UtcDateTime")]
    [InlineData("DateTimeOffset.FromUnixTimeSeconds(new DateTimeOffset(given).ToUnixTimeSeconds() + 300).UtcDateTime")]
    [InlineData("DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 3600 * 3600 + 3600).UtcDateTime")]
    [InlineData("DateTime.UtcNow.Date.AddDays(1)")]
    [InlineData("DateTime.UtcNow.AddMonths(1)")]
    [InlineData("DateTime.UtcNow.AddYears(1)")]
    [InlineData("new DateTime(DateTime.UtcNow.Year + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc)")]
    [InlineData("given")]
    [InlineData("given.AddMinutes(5)")]
    [InlineData("(DateTime?)null")]
    [InlineData("DateTime.UtcNow")]
    public Task Silent_DeadlinesOfTheCalendarAndUnknownTimes(string when) => Check.Reports($"db.KeyExpire(key, {when});");

    // The next minute, the next slot of five, the next Sunday: a span that the clock itself tells leads to a mark of the calendar.
    [Theory]
    [InlineData("db.KeyExpire(key, now.AddSeconds(60 - now.Second));")]
    [InlineData("db.KeyExpire(key, now.AddMinutes(5 - now.Minute % 5).AddSeconds(-now.Second));")]
    [InlineData("db.KeyExpire(key, now.AddDays(7 - (int)now.DayOfWeek));")]
    [InlineData("db.KeyExpire(key, now + TimeSpan.FromSeconds(60 - now.Second));")]
    [InlineData("db.KeyExpire(key, now + (TimeSpan.FromMinutes(1) - TimeSpan.FromSeconds(now.Second)));")]
    [InlineData("db.KeyExpire(key, now + new TimeSpan(0, 0, 60 - now.Second));")]
    [InlineData("db.KeyExpire(key, now.AddSeconds(60 - now.TimeOfDay.Seconds));")]
    [InlineData("var left = 60 - DateTime.UtcNow.Second;\ndb.KeyExpire(key, DateTime.UtcNow.AddSeconds(left));")]
    [InlineData("db.Execute(\"EXPIREAT\", \"k\", DateTimeOffset.UtcNow.ToUnixTimeSeconds() + (60 - now.Second));")]
    [InlineData("db.KeyExpire(key, [|now.AddSeconds(60 - text.Length)|]);")]
    [InlineData("db.KeyExpire(key, [|now.AddMinutes(text.Length % 5)|]);")]
    [InlineData("db.KeyExpire(key, [|now + TimeSpan.FromSeconds(60)|]);")]
    public Task ASpanThatTheClockTells(string statements) => Check.Reports("var now = DateTime.UtcNow;\n" + statements);

    [Theory]
    [InlineData("var at = DateTime.UtcNow.Add(ttl);\ndb.KeyExpire(key, at);\nConsole.WriteLine(at);")]
    [InlineData("var at = DateTime.UtcNow.Add(ttl);\ndb.KeyExpire(key, at);\nreturn at;")]
    [InlineData("var at = DateTime.UtcNow.Add(ttl);\ndb.HashSet(key, \"at\", at.Ticks);\ndb.KeyExpire(key, at);")]
    [InlineData("var at = DateTime.UtcNow.Add(ttl);\nif (at < given) db.KeyExpire(key, at);")]
    public Task Silent_TheKeyMustAgreeWithAnInstantThatIsAlsoUsedElsewhere(string statements) => Check.Reports(statements);

    /// <summary>The expression itself keeps the instant.</summary>
    [Theory]
    [InlineData("db.KeyExpire(key, _until = DateTime.UtcNow.AddMinutes(5));")]
    [InlineData("db.KeyExpire(key, entry.Until = DateTime.UtcNow.AddMinutes(5));")]
    [InlineData("DateTime until; db.KeyExpire(key, until = DateTime.UtcNow.AddMinutes(5)); Console.WriteLine(until);")]
    [InlineData("DateTime until; db.KeyExpire(key, [|until = DateTime.UtcNow.AddMinutes(5)|]);")]
    public Task KeptByTheSameExpression(string statements) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        class Entry { public DateTime Until { get; set; } }

        class Keys(IDatabase db)
        {
            private DateTime _until;
            public DateTime Until => _until;
            public void Keep(string key, Entry entry) { {{statements}} }
        }
        """);

    [Theory]
    [InlineData("var at = DateTime.UtcNow.Add(ttl);\nforeach (var k in new[] { \"a\", \"b\" }) db.KeyExpire(k, at);")]
    [InlineData("var at = DateTime.UtcNow.Add(ttl);\ndb.KeyExpire(\"a\", at);\ndb.KeyExpire(\"b\", at);")]
    [InlineData("var cache = (IDistributedCache)(object)db;\nvar options = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddHours(1) };\ncache.SetString(\"a\", text, options);\ncache.SetString(\"b\", text, options);")]
    [InlineData("var cache = (IDistributedCache)(object)db;\nvar options = new DistributedCacheEntryOptions().SetAbsoluteExpiration(DateTimeOffset.UtcNow.AddDays(1));\nforeach (var k in new[] { \"a\", \"b\" }) cache.SetString(k, text, options);")]
    public Task Silent_SeveralKeysShareOneDeadline(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("var cache = (IDistributedCache)(object)db;\nvar options = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddHours(1)|] };\ncache.SetString(\"a\", text, options);")]
    [InlineData("var cache = (IDistributedCache)(object)db;\nvar options = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddHours(1)|] };\nif (flag) cache.SetString(\"a\", text, options); else cache.SetString(\"b\", text, options);")]
    [InlineData("var cache = (IDistributedCache)(object)db;\nforeach (var k in new[] { \"a\", \"b\" }) cache.SetString(k, text, new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddHours(1)|] });")]
    public Task OptionsOfOneKey(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("var i = 0;\nwhile (i++ < 3) db.KeyExpire($\"k{i}\", until);")]
    [InlineData("void Each(string k) => db.KeyExpire(k, until);\nforeach (var k in text.Split(',')) Each(k);")]
    [InlineData("void Each(string k) => db.KeyExpire(k, until);\nEach(\"a\");\nEach(\"b\");")]
    [InlineData("while (db.KeyExists(\"go\")) db.KeyExpire(key, until);")]
    [InlineData("do\n{\n    db.KeyExpire(key, until);\n}\nwhile (db.KeyExists(\"go\"));")]
    [InlineData("for (int i = 0; i < 3; i++)\n{\n    db.KeyExpire(key, until);\n    await Task.Delay(100);\n}")]
    [InlineData("again:\ndb.KeyExpire(key, until);\nif (db.KeyExists(\"go\")) goto again;")]

    // One round, or another reading in each.
    [InlineData("void Each(string k) => db.KeyExpire(k, [|until|]);\nEach(\"a\");")]
    [InlineData("for (int i = 0; i < 3; i++)\n{\n    try\n    {\n        db.KeyExpire(key, [|until|]);\n        break;\n    }\n    catch (TimeoutException)\n    {\n    }\n}")]
    [InlineData("for (int i = 0; i < 3; i++)\n{\n    if (db.KeyExpire(key, [|until|])) break;\n}")]
    [InlineData("while (db.KeyExists(\"go\"))\n{\n    var at = DateTime.UtcNow.Add(ttl);\n    db.KeyExpire(key, [|at|]);\n}")]
    [InlineData("again:\nvar at = DateTime.UtcNow.Add(ttl);\ndb.KeyExpire(key, [|at|]);\nif (db.KeyExists(\"go\")) goto again;")]
    public Task SeveralKeysOrRoundsShareADeadline(string statements) => Check.Reports("var until = DateTime.UtcNow.AddMinutes(10);\n" + statements);

    // So does one that a member hands on to several keys.
    [Theory]
    [InlineData("void Both(string k, DateTime at) { db.KeyExpire(k, at); db.KeyExpire(k + \":meta\", at); }\nvoid Start(string k) => Both(k, DateTime.UtcNow.AddMinutes(10));")]
    [InlineData("void All(string[] ks, DateTime at) { foreach (var k in ks) db.KeyExpire(k, at); }\nvoid Start(string[] ks) => All(ks, DateTime.UtcNow.AddMinutes(10));")]
    [InlineData("void One(string k, DateTime at) => db.KeyExpire(k, at);\nvoid All(string[] ks, DateTime at) { foreach (var k in ks) One(k, at); }\nvoid Start(string[] ks) => All(ks, DateTime.UtcNow.AddMinutes(10));")]
    [InlineData("void One(string k, DateTime at) => db.KeyExpire(k, at);\nvoid Start(string k) => One(k, [|DateTime.UtcNow.AddMinutes(10)|]);")]
    [InlineData("void One(string k, DateTime at, bool isHash) { if (isHash) db.KeyExpire(k, at); else db.KeyExpire(k, at, CommandFlags.FireAndForget); }\nvoid Start(string k) => One(k, [|DateTime.UtcNow.AddMinutes(10)|], true);")]
    public Task ThroughAMember(string members) => Check.ReportsSource(InStore(members));

    private static string InStore(string members) => $$"""
        using System;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            {{members.Replace("\n", "\n    ", StringComparison.Ordinal)}}
        }
        """;

    // A time that is replaced before the object goes anywhere expires nothing.
    [Theory]
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddHours(1) };\no = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = ttl };\ncache.SetString(\"a\", text, o);")]
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddHours(1) };\no.AbsoluteExpiration = given.ToUniversalTime();\ncache.SetString(\"a\", text, o);")]
    [InlineData("var o = new DistributedCacheEntryOptions();\nif (flag) { o.AbsoluteExpiration = DateTimeOffset.UtcNow.AddHours(1); }\no.SlidingExpiration = ttl;\no.AbsoluteExpiration = given.ToUniversalTime();\ncache.SetString(\"a\", text, o);")]

    // Perhaps it is not, or too late.
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddHours(1)|] };\nif (flag) { o.AbsoluteExpiration = given.ToUniversalTime(); }\ncache.SetString(\"a\", text, o);")]
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddHours(1)|] };\nif (flag) { o = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = ttl }; }\ncache.SetString(\"a\", text, o);")]
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddHours(1)|] };\ncache.SetString(\"a\", text, o);\no = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = ttl };\ncache.SetString(\"a\", text, o);")]
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddHours(1)|] };\nvar same = o;\no = new DistributedCacheEntryOptions();\ncache.SetString(\"a\", text, same);")]
    public Task OptionsToldAnew(string statements) => Check.Reports("var cache = (IDistributedCache)(object)db;\n" + statements);

    // An object that the code passes over expires nothing.
    [Theory]
    [InlineData("var o = new DistributedCacheEntryOptions();\no.AbsoluteExpiration = DateTime.Now.AddMinutes(1);\ncache.SetString(\"a\", text);")]
    [InlineData("var o = new DistributedCacheEntryOptions();\no.AbsoluteExpiration = DateTime.Now.AddMinutes(1);\nConsole.WriteLine(text);")]
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddHours(1) };\nConsole.WriteLine(text);")]
    [InlineData("var o = new DistributedCacheEntryOptions().SetAbsoluteExpiration(DateTimeOffset.UtcNow.AddHours(1)).SetSlidingExpiration(ttl);\nConsole.WriteLine(text);")]
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddHours(1) };\nvar other = new DistributedCacheEntryOptions { SlidingExpiration = ttl };\ncache.SetString(\"a\", text, other);")]

    // Perhaps it goes somewhere, or is yet to be handed on.
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddHours(1)|] };\nConsole.WriteLine(o);")]
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddHours(1)|] };\nvar same = o;\nConsole.WriteLine(text);")]
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddHours(1)|] };\nFunc<object> later = () => o;\nConsole.WriteLine(text);")]
    [InlineData("Console.WriteLine(text);\nvar o = new DistributedCacheEntryOptions();\no.AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddHours(1)|];")]
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddHours(1)|] };\nvar other = new DistributedCacheEntryOptions().SetSlidingExpiration(TimeSpan.FromMinutes(1));")]
    public Task OptionsThatGoNowhere(string statements) => Check.Reports("var cache = (IDistributedCache)(object)db;\n" + statements);

    // An expire that runs only where the key is missing does nothing, and EXP302 says so.
    [Theory]
    [InlineData("if (!db.KeyExists(key)) { db.KeyExpire(key, DateTime.Now.AddSeconds(15)); }\ndb.SetAdd(key, text);")]
    [InlineData("bool isThere = await db.KeyExistsAsync(key);\nif (!isThere) { await db.KeyExpireAsync(key, DateTime.UtcNow.Add(ttl)); }\nawait db.StringSetAsync(key, text);")]
    [InlineData("if (db.KeyExists(key)) { db.KeyExpire(key, [|DateTime.UtcNow.Add(ttl)|]); }\ndb.SetAdd(key, text);")]
    [InlineData("if (!db.KeyExists(key)) { db.SetAdd(key, text); db.KeyExpire(key, [|DateTime.UtcNow.Add(ttl)|]); }")]
    [InlineData("if (!db.KeyExists(\"other\")) { db.KeyExpire(key, [|DateTime.UtcNow.Add(ttl)|]); }\ndb.SetAdd(key, text);")]
    [InlineData("if (!db.KeyExists(key)) { db.KeyExpire(key, [|DateTime.UtcNow.Add(ttl)|]); }")]
    public Task BesideAnExpireThatDoesNothing(string statements) => Check.Reports(statements);

    [Fact]
    public Task BesideAnExpireOfAHelperThatDoesNothing() => Check.ReportsSource(InStore("void Touch(string k, DateTime at) => db.KeyExpire(k, at);\nvoid Add(string k) { if (!db.KeyExists(k)) Touch(k, DateTime.UtcNow.AddSeconds(15)); db.SetAdd(k, 1); }\nvoid Renew(string k) { if (db.KeyExists(k)) Touch(k, [|DateTime.UtcNow.AddSeconds(15)|]); db.SetAdd(k, 1); }"));

    [Fact]
    public Task Silent_AnInstantGivenWithAFallback() => Check.Reports("DateTime? asked = flag ? given : null;\ndb.KeyExpire(key, asked ?? DateTime.UtcNow.Add(ttl));");

    [Theory]
    [InlineData("new MemoryCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddHours(1) }.SetSize(1);")]
    [InlineData("new MemoryCacheEntryOptions().SetAbsoluteExpiration(DateTimeOffset.UtcNow.AddHours(1));")]
    public Task Silent_InMemoryCachesHaveOneClock(string statements) => Check.Reports(statements);

    [Fact]
    public Task Silent_ExpressionTreesDescribeACall() => Check.Reports("System.Linq.Expressions.Expression<Func<IDatabase, bool>> call = d => d.KeyExpire(\"k\", DateTime.UtcNow.AddMinutes(5), CommandFlags.None);");

    // Accepted: a span that a field holds may be anything, so the field is not asked how it was made.
    [Fact]
    public Task Gap_AnInstantKeptInAField() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        class Sessions
        {
            private DateTime _until;

            public void Start(TimeSpan ttl) => _until = DateTime.UtcNow.Add(ttl);

            public void Touch(IDatabase db, string key) => db.KeyExpire(key, _until);
        }
        """);
}

/// <summary>EXP102: what the fix writes.</summary>
public sealed class EXP102_NowPlusOffsetAsAbsoluteFixTests
{
    /// <summary>The sinks that the oldest client lacks.</summary>
    private static readonly string[] Newer = ["2.13.23", "3.4.35"];

    [Theory]
    [InlineData("db.KeyExpire(key, [|DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 300).UtcDateTime|]);")]
    public Task NoFix_OfANumberThatBecomesATimeAgain(string statements) => Check.NoFix(statements);

    [Theory]
    [InlineData("DateTime.UtcNow.AddMinutes(5)", "TimeSpan.FromMinutes(5)")]
    [InlineData("DateTime.UtcNow.AddMinutes(value: 5)", "TimeSpan.FromMinutes(5)")]
    [InlineData("DateTime.UtcNow.AddMinutes(0.5)", "TimeSpan.FromMinutes(0.5)")]
    [InlineData("DateTime.UtcNow.AddDays(flag ? 1 : 2)", "TimeSpan.FromDays(flag ? 1 : 2)")]
    [InlineData("DateTime.UtcNow.AddSeconds(Random.Shared.Next(60, 90))", "TimeSpan.FromSeconds(Random.Shared.Next(60, 90))")]
    [InlineData("DateTime.UtcNow.AddMilliseconds((long)text.Length)", "TimeSpan.FromMilliseconds((long)text.Length)")]
    [InlineData("DateTime.UtcNow.AddHours(1.5f)", "TimeSpan.FromHours(1.5f)")]
    [InlineData("DateTime.UtcNow.AddTicks(500_000_000)", "TimeSpan.FromTicks(500_000_000)")]
    [InlineData("DateTime.UtcNow.AddTicks(ttl.Ticks)", "ttl")]
    [InlineData("DateTime.UtcNow.AddSeconds(ttl.TotalSeconds)", "ttl")]
    [InlineData("DateTime.UtcNow.AddSeconds(ttl.Seconds)", "TimeSpan.FromSeconds(ttl.Seconds)")]
    [InlineData("DateTime.UtcNow + ttl", "ttl")]
    [InlineData("DateTime.UtcNow.Add(ttl)", "ttl")]
    [InlineData("DateTime.UtcNow + maybe", "maybe")]
    [InlineData("DateTime.UtcNow.Add(maybe.Value)", "maybe.Value")]
    [InlineData("(DateTime.UtcNow + maybe).Value", "maybe.Value")]
    [InlineData("DateTime.UtcNow.Add(maybe ?? ttl)", "maybe ?? ttl")]
    [InlineData("(DateTime.UtcNow.Add(ttl))", "(ttl)")]
    public Task TheOffsetIsTheTtl(string instant, string span) => FixesExpiry(instant, span);

    [Theory]
    [InlineData("DateTime.UtcNow.AddHours(1).AddMinutes(5)", "TimeSpan.FromHours(1) + TimeSpan.FromMinutes(5)")]
    [InlineData("DateTime.UtcNow + ttl + TimeSpan.FromMinutes(5)", "ttl + TimeSpan.FromMinutes(5)")]
    [InlineData("(DateTime.UtcNow + ttl).AddMinutes(5)", "ttl + TimeSpan.FromMinutes(5)")]
    [InlineData("DateTime.UtcNow.AddHours(1) - ttl", "TimeSpan.FromHours(1) - ttl")]
    [InlineData("DateTime.UtcNow.AddHours(1).Subtract(ttl + ttl)", "TimeSpan.FromHours(1) - (ttl + ttl)")]
    [InlineData("DateTime.UtcNow.Add(maybe ?? ttl).AddSeconds(5)", "(maybe ?? ttl) + TimeSpan.FromSeconds(5)")]
    [InlineData("DateTime.UtcNow.Add(2 * ttl).AddSeconds(5)", "2 * ttl + TimeSpan.FromSeconds(5)")]
    [InlineData("(flag ? DateTime.UtcNow.AddHours(1) : DateTime.UtcNow.AddHours(2)).AddMinutes(5)", "(flag ? TimeSpan.FromHours(1) : TimeSpan.FromHours(2)) + TimeSpan.FromMinutes(5)")]
    public Task ChainsAreSummed(string instant, string span) => FixesExpiry(instant, span);

    [Theory]
    [InlineData("TimeProvider.System.GetUtcNow().Add(ttl).UtcDateTime", "ttl")]
    [InlineData("TimeProvider.System.GetUtcNow().UtcDateTime.Add(ttl)", "ttl")]
    [InlineData("(TimeProvider.System.GetUtcNow() + ttl).UtcDateTime", "ttl")]
    [InlineData("TimeProvider.System.GetLocalNow().AddMinutes(10).LocalDateTime", "TimeSpan.FromMinutes(10)")]
    [InlineData("DateTimeOffset.UtcNow.AddHours(1).DateTime", "TimeSpan.FromHours(1)")]
    [InlineData("DateTime.Now.AddMinutes(20).ToUniversalTime()", "TimeSpan.FromMinutes(20)")]
    [InlineData("DateTime.Now.ToUniversalTime().AddMinutes(20)", "TimeSpan.FromMinutes(20)")]
    [InlineData("DateTime.SpecifyKind(DateTime.UtcNow.AddMinutes(20), DateTimeKind.Utc)", "TimeSpan.FromMinutes(20)")]
    [InlineData("new DateTimeOffset(DateTime.UtcNow).AddMinutes(20).UtcDateTime", "TimeSpan.FromMinutes(20)")]
    public Task ConversionsFallAway(string instant, string span) => FixesExpiry(instant, span);

    [Theory]
    [InlineData("flag ? DateTime.UtcNow.AddMinutes(5) : DateTime.UtcNow.AddHours(5)", "flag ? TimeSpan.FromMinutes(5) : TimeSpan.FromHours(5)")]
    [InlineData("flag ? DateTime.UtcNow.AddMinutes(5) : (DateTime?)null", "flag ? TimeSpan.FromMinutes(5) : (TimeSpan?)null")]
    [InlineData("flag ? (DateTime?)DateTime.UtcNow.Add(ttl) : null", "flag ? (TimeSpan?)ttl : null")]
    [InlineData("flag ? DateTime.UtcNow.Add(ttl) : default(DateTime?)", "flag ? ttl : default(TimeSpan?)")]
    [InlineData("maybe.HasValue ? DateTime.UtcNow.Add(maybe.Value) : null", "maybe.HasValue ? maybe.Value : null")]
    [InlineData("flag ? DateTime.MaxValue : DateTime.UtcNow.Add(ttl)", "flag ? TimeSpan.MaxValue : ttl")]
    [InlineData("text switch { \"a\" => DateTime.UtcNow.AddMinutes(5), _ => DateTime.UtcNow.Add(ttl) }", "text switch { \"a\" => TimeSpan.FromMinutes(5), _ => ttl }")]
    public Task BranchesStay(string instant, string span) => FixesExpiry(instant, span);

    [Theory]
    [InlineData("db.KeyExpire(key, [|DateTime.UtcNow.Add(ttl)|], ExpireWhen.GreaterThanCurrentExpiry);", "db.KeyExpire(key, ttl, ExpireWhen.GreaterThanCurrentExpiry);")]
    [InlineData("db.KeyExpire(key, [|DateTime.UtcNow.Add(ttl)|], CommandFlags.FireAndForget);", "db.KeyExpire(key, ttl, CommandFlags.FireAndForget);")]
    [InlineData("db.KeyExpire(expiry: [|DateTime.UtcNow.Add(ttl)|], key: key);", "db.KeyExpire(expiry: ttl, key: key);")]
    [InlineData("db.KeyExpire(key, flags: CommandFlags.DemandMaster, expiry: [|DateTime.UtcNow.Add(ttl)|]);", "db.KeyExpire(key, flags: CommandFlags.DemandMaster, expiry: ttl);")]
    [InlineData("await db.KeyExpireAsync(key, [|DateTime.UtcNow.Add(ttl)|]).ConfigureAwait(false);", "await db.KeyExpireAsync(key, ttl).ConfigureAwait(false);")]
    [InlineData("var v = db?.KeyExpire(key, [|DateTime.UtcNow.Add(ttl)|]);", "var v = db?.KeyExpire(key, ttl);")]
    [InlineData("var v = await db.StringGetSetExpiryAsync(key, [|DateTime.UtcNow.Add(ttl)|], CommandFlags.DemandMaster);", "var v = await db.StringGetSetExpiryAsync(key, ttl, CommandFlags.DemandMaster);")]
    [InlineData("_ = db.CreateTransaction().KeyExpireAsync(key, [|DateTime.UtcNow.Add(ttl)|]);", "_ = db.CreateTransaction().KeyExpireAsync(key, ttl);")]
    public Task OtherArgumentsStay(string before, string after) => Fixes(before, after);

    [Theory]
    [InlineData("db.StringSet(key, token, [|DateTime.UtcNow.Add(ttl)|]);", "db.StringSet(key, token, ttl);")]
    [InlineData("db.StringSet(key, token, [|DateTime.UtcNow.Add(ttl)|], When.NotExists);", "db.StringSet(key, token, ttl, When.NotExists);")]
    [InlineData("db.StringSet(key, token, [|DateTime.UtcNow.Add(ttl)|], flags: CommandFlags.FireAndForget);", "db.StringSet(key, token, ttl, flags: CommandFlags.FireAndForget);")]
    [InlineData("db.StringSet(key, token, expiry: [|DateTime.UtcNow.Add(ttl)|]);", "db.StringSet(key, token, expiry: ttl);")]
    [InlineData("db.StringSet(key, token, new Expiration([|DateTime.UtcNow.Add(ttl)|]));", "db.StringSet(key, token, new Expiration(ttl));")]
    [InlineData("Expiration expiry = [|DateTime.UtcNow.Add(ttl)|];", "Expiration expiry = ttl;")]
    [InlineData("var expiry = (Expiration)[|DateTime.UtcNow.Add(ttl)|];", "var expiry = (Expiration)ttl;")]
    [InlineData("db.HashFieldExpire(key, new RedisValue[] { \"f\" }, [|DateTime.UtcNow.Add(ttl)|], ExpireWhen.HasNoExpiry);", "db.HashFieldExpire(key, new RedisValue[] { \"f\" }, ttl, ExpireWhen.HasNoExpiry);")]
    [InlineData("db.HashFieldGetAndSetExpiry(key, \"f\", [|DateTime.UtcNow.Add(ttl)|]);", "db.HashFieldGetAndSetExpiry(key, \"f\", ttl);")]
    public Task TheSinksOfNewerClients(string before, string after) => Fixes(before, after, Newer);

    [Theory]
    [InlineData("db.HashFieldGetAndSetExpiry(key, \"f\", [|DateTime.UtcNow.Add(ttl)|], CommandFlags.DemandMaster);", "db.HashFieldGetAndSetExpiry(key, \"f\", ttl, flags: CommandFlags.DemandMaster);")]
    [InlineData("db.HashFieldSetAndSetExpiry(key, \"f\", \"v\", [|DateTime.UtcNow.Add(ttl)|], When.Exists);", "db.HashFieldSetAndSetExpiry(key, \"f\", \"v\", ttl, when: When.Exists);")]
    public Task ArgumentsAreNamedWhereTheRelativeOverloadHasOthersInBetween(string before, string after) => Fixes(before, after, Newer);

    [Theory]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddHours(1)|] };", "var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) };")]
    [InlineData("var options = new DistributedCacheEntryOptions();\noptions.AbsoluteExpiration = [|DateTime.UtcNow.Add(ttl)|];", "var options = new DistributedCacheEntryOptions();\noptions.AbsoluteExpirationRelativeToNow = ttl;")]
    [InlineData("var options = new DistributedCacheEntryOptions().SetAbsoluteExpiration([|DateTimeOffset.Now.AddMinutes(5)|]);", "var options = new DistributedCacheEntryOptions().SetAbsoluteExpiration(TimeSpan.FromMinutes(5));")]
    [InlineData("var options = new DistributedCacheEntryOptions().SetAbsoluteExpiration(absolute: [|DateTimeOffset.Now.AddMinutes(5)|]);", "var options = new DistributedCacheEntryOptions().SetAbsoluteExpiration(relative: TimeSpan.FromMinutes(5));")]
    public Task OptionsOfTheDistributedCache(string before, string after) => Fixes(before, after);

    [Fact]
    public Task BranchesOfOptions() => Fixes(
        "var options = new DistributedCacheEntryOptions { AbsoluteExpiration = [|flag ? null : DateTimeOffset.UtcNow.Add(ttl)|] };",
        "var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = flag ? null : ttl };");

    [Theory]
    [InlineData("var at = DateTime.UtcNow.AddMinutes(5);\ndb.KeyExpire(key, [|at|]);", "db.KeyExpire(key, TimeSpan.FromMinutes(5));")]
    [InlineData("DateTime at = DateTime.UtcNow.AddMinutes(5);\ndb.KeyExpire(key, [|at|]);", "db.KeyExpire(key, TimeSpan.FromMinutes(5));")]
    [InlineData("DateTimeOffset at = TimeProvider.System.GetUtcNow().Add(ttl);\ndb.KeyExpire(key, [|at.UtcDateTime|]);", "db.KeyExpire(key, ttl);")]
    [InlineData("var first = DateTimeOffset.UtcNow.Add(ttl);\nDateTime second = first.UtcDateTime;\ndb.KeyExpire(key, [|second.AddMinutes(5)|]);", "db.KeyExpire(key, ttl + TimeSpan.FromMinutes(5));")]
    public Task ALocalOfItsOwnIsNotNeeded(string before, string after) => Fixes(before, after);

    [Theory]
    [InlineData("DateTime? at = flag ? null : DateTime.UtcNow.AddMinutes(5);\ndb.KeyExpire(key, [|at|]);", "TimeSpan? timeToLive = flag ? null : TimeSpan.FromMinutes(5);\ndb.KeyExpire(key, timeToLive);")]
    [InlineData("DateTime at;\nif (flag) at = DateTime.UtcNow.AddMinutes(5); else at = DateTime.UtcNow.AddHours(5);\ndb.KeyExpire(key, [|at|]);", "TimeSpan timeToLive;\nif (flag) timeToLive = TimeSpan.FromMinutes(5); else timeToLive = TimeSpan.FromHours(5);\ndb.KeyExpire(key, timeToLive);")]
    [InlineData("var at = DateTime.UtcNow.Add(ttl);\ndb.KeyExpire(key, [|at|]);\ndb.StringGetSetExpiry(key, [|at|]);", "var timeToLive = ttl;\ndb.KeyExpire(key, timeToLive);\ndb.StringGetSetExpiry(key, timeToLive);")]
    [InlineData("var expiry = DateTime.UtcNow.AddMinutes(text.Length);\ndb.KeyExpire(key, [|expiry|]);", "var expiry = TimeSpan.FromMinutes(text.Length);\ndb.KeyExpire(key, expiry);")]
    [InlineData("var at = DateTime.UtcNow.AddMinutes(5); // soon\ndb.KeyExpire(key, [|at|]);", "var timeToLive = TimeSpan.FromMinutes(5); // soon\ndb.KeyExpire(key, timeToLive);")]
    public Task ALocalOfItsOwnHoldsTheSpan(string before, string after) => Fixes(before, after);

    [Theory]
    [InlineData("var now = DateTime.UtcNow;\nConsole.WriteLine(now);\ndb.KeyExpire(key, [|now.AddMinutes(5)|]);", "var now = DateTime.UtcNow;\nConsole.WriteLine(now);\ndb.KeyExpire(key, TimeSpan.FromMinutes(5));")]
    [InlineData("var now = DateTime.UtcNow;\ndb.KeyExpire(key, [|now.AddMinutes(5)|]);", "db.KeyExpire(key, TimeSpan.FromMinutes(5));")]
    [InlineData("var now = DateTime.UtcNow;\nvar at = now.AddMinutes(5);\ndb.KeyExpire(key, [|at|]);", "db.KeyExpire(key, TimeSpan.FromMinutes(5));")]
    [InlineData("var now = DateTime.UtcNow;\nvar expiry = now.AddMinutes(text.Length);\ndb.KeyExpire(key, [|expiry|]);", "var expiry = TimeSpan.FromMinutes(text.Length);\ndb.KeyExpire(key, expiry);")]
    [InlineData("var now = DateTime.UtcNow; // once\ndb.KeyExpire(key, [|now.AddMinutes(5)|]);", "var now = DateTime.UtcNow; // once\ndb.KeyExpire(key, TimeSpan.FromMinutes(5));")]
    public Task TheClockReadIntoALocalGoesWhenNothingElseReadsIt(string before, string after) => Fixes(before, after);

    // The span would begin when the work is done.
    [Theory]
    [InlineData("var at = DateTime.UtcNow.AddMinutes(5);\nawait WorkAsync();\ndb.KeyExpire(key, [|at|]);", "await WorkAsync();\ndb.KeyExpire(key, TimeSpan.FromMinutes(5));")]
    [InlineData("var now = DateTime.UtcNow;\nThread.Sleep(1000);\ndb.KeyExpire(key, [|now.Add(ttl)|]);", "Thread.Sleep(1000);\ndb.KeyExpire(key, ttl);")]
    [InlineData("var at = DateTime.UtcNow.AddMinutes(5);\nFunc<bool> touch = () => db.KeyExpire(key, [|at|]);", "Func<bool> touch = () => db.KeyExpire(key, TimeSpan.FromMinutes(5));")]
    public Task AClockThatWasReadBeforeAsks(string before, string after) => Check.Asks(before, after, "Relative");

    [Fact]
    public Task TheClientsOwnCommandsTakeNoTime() => Fixes(
        "var at = DateTime.UtcNow.AddMinutes(5);\nawait db.StringSetAsync(key, token).ConfigureAwait(false);\nawait db.KeyExpireAsync(key, [|at|]);",
        "await db.StringSetAsync(key, token).ConfigureAwait(false);\nawait db.KeyExpireAsync(key, TimeSpan.FromMinutes(5));");

    [Theory]
    [InlineData("db.Execute(\"EXPIREAT\", key, [|DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()|]);", "db.Execute(\"EXPIRE\", key, 3600);")]
    [InlineData("db.Execute(\"pexpireat\", key, [|DateTimeOffset.UtcNow.AddSeconds(1.5).ToUnixTimeMilliseconds()|]);", "db.Execute(\"pexpire\", key, 1500);")]
    [InlineData("db.Execute(\"EXPIREAT\", key, [|DateTimeOffset.UtcNow.Add(ttl).ToUnixTimeSeconds()|]);", "db.Execute(\"EXPIRE\", key, (long)Math.Ceiling(ttl.TotalSeconds));")]
    [InlineData("db.Execute(\"EXPIREAT\", key, [|DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 300|]);", "db.Execute(\"EXPIRE\", key, 300);")]
    [InlineData("db.Execute(\"EXPIREAT\", key, [|(long)(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + ttl.TotalSeconds)|]);", "db.Execute(\"EXPIRE\", key, (long)Math.Ceiling(ttl.TotalSeconds));")]
    [InlineData("var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();\ndb.Execute(\"EXPIREAT\", key, [|now + 300|]);", "db.Execute(\"EXPIRE\", key, 300);")]
    [InlineData("db.Execute(\"SET\", key, token, \"EXAT\", [|DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()|], \"NX\");", "db.Execute(\"SET\", key, token, \"EX\", 3600, \"NX\");")]
    [InlineData("await db.ExecuteAsync(\"GETEX\", key, \"PXAT\", [|DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeMilliseconds()|]).ConfigureAwait(false);", "await db.ExecuteAsync(\"GETEX\", key, \"PX\", 300000).ConfigureAwait(false);")]
    [InlineData("db.Execute(\"SET\", new object[] { key, token, \"PXAT\", [|DateTimeOffset.UtcNow.Add(ttl).ToUnixTimeMilliseconds()|] });", "db.Execute(\"SET\", new object[] { key, token, \"PX\", (long)Math.Ceiling(ttl.TotalMilliseconds) });")]
    [InlineData("db.Execute(\n    \"EXPIREAT\", // when\n    key,\n    [|DateTimeOffset.UtcNow\n        .AddHours(1)\n        .ToUnixTimeSeconds()|]); // an hour", "db.Execute(\n    \"EXPIRE\", // when\n    key,\n    3600); // an hour")]
    public Task ACommandThatTakesTheSpan(string before, string after) => Check.Fixes(before, after, "Relative");

    [Fact]
    public Task CommentsStay() => Fixes(
        """
        // A session
        db.KeyExpire(
            key,
            [|DateTime.UtcNow // this clock
                .AddMinutes(/* five */ 5) // minutes
                .AddSeconds(1)|] /* at most */, // the end
            CommandFlags.FireAndForget); // sent
        """,
        """
        // A session
        db.KeyExpire(
            key,
            // this clock
            // minutes
            TimeSpan.FromMinutes(/* five */ 5) + TimeSpan.FromSeconds(1) /* at most */, // the end
            CommandFlags.FireAndForget); // sent
        """);

    [Fact]
    public Task AllOfADocumentAtOnce() => Fixes(
        """
        var now = DateTime.UtcNow;
        db.KeyExpire("a", [|now.AddMinutes(5)|]);
        if (flag)
            db.StringGetSetExpiry("a", [|now.Add(ttl)|]);
        else
            await db.KeyExpireAsync("c", [|DateTime.Now.Add(ttl)|]);

        switch (text)
        {
            case "d":
                var until = DateTime.UtcNow.AddDays(1);
                db.KeyExpire("d", [|until|]);
                break;
            default:
                db.StringGetSetExpiry("e", [|DateTime.UtcNow.AddDays(1)|]);
                break;
        }

        bool Touch() => db.KeyExpire("f", [|DateTime.UtcNow.AddDays(1)|]);
        """,
        """
        db.KeyExpire("a", TimeSpan.FromMinutes(5));
        if (flag)
            db.StringGetSetExpiry("a", ttl);
        else
            await db.KeyExpireAsync("c", ttl);

        switch (text)
        {
            case "d":
                db.KeyExpire("d", TimeSpan.FromDays(1));
                break;
            default:
                db.StringGetSetExpiry("e", TimeSpan.FromDays(1));
                break;
        }

        bool Touch() => db.KeyExpire("f", TimeSpan.FromDays(1));
        """);

    [Fact]
    public Task MembersOfAllShapes() => FixesSource(
        """
        using System;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Caching.Distributed;
        using StackExchange.Redis;

        class Sessions(IDatabase db, TimeProvider clock, TimeSpan ttl)
        {
            private readonly DistributedCacheEntryOptions _entry = new() { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddHours(12)|] };

            private readonly Func<string, Task<bool>> _touch = key => db.KeyExpireAsync(key, [|clock.GetUtcNow().Add(ttl).UtcDateTime|]);

            public bool Touch(string key) => db.KeyExpire(key, [|DateTime.UtcNow + ttl|]);

            public bool this[string key] => db.KeyExpire(key, [|DateTime.UtcNow.AddDays(1)|]);

            public DateTimeOffset Now => clock.GetUtcNow();
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Caching.Distributed;
        using StackExchange.Redis;

        class Sessions(IDatabase db, TimeProvider clock, TimeSpan ttl)
        {
            private readonly DistributedCacheEntryOptions _entry = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(12) };

            private readonly Func<string, Task<bool>> _touch = key => db.KeyExpireAsync(key, ttl);

            public bool Touch(string key) => db.KeyExpire(key, ttl);

            public bool this[string key] => db.KeyExpire(key, TimeSpan.FromDays(1));

            public DateTimeOffset Now => clock.GetUtcNow();
        }
        """);

    [Fact]
    public Task TopLevelStatements() => FixesSource(
        """
        using System;
        using StackExchange.Redis;

        IDatabase db = ConnectionMultiplexer.Connect("localhost").GetDatabase();
        var now = DateTime.UtcNow;
        DateTime until = now.AddMinutes(5);
        db.KeyExpire("a", [|until|]);
        db.KeyExpire("b", [|DateTime.UtcNow.AddMinutes(5)|]);
        """,
        """
        using System;
        using StackExchange.Redis;

        IDatabase db = ConnectionMultiplexer.Connect("localhost").GetDatabase();
        db.KeyExpire("a", TimeSpan.FromMinutes(5));
        db.KeyExpire("b", TimeSpan.FromMinutes(5));
        """);

    /// <summary>The file calls the type by its own name, and has another for it.</summary>
    [Fact]
    public Task AnAliasIsNotWritten() => FixesSource(
        """
        using System;
        using StackExchange.Redis;
        using Length = System.TimeSpan;

        class Sessions(IDatabase db)
        {
            public bool Touch(string key) => db.KeyExpire(key, [|DateTime.UtcNow.AddMinutes(5)|]);
        }
        """,
        """
        using System;
        using StackExchange.Redis;
        using Length = System.TimeSpan;

        class Sessions(IDatabase db)
        {
            public bool Touch(string key) => db.KeyExpire(key, TimeSpan.FromMinutes(5));
        }
        """);

    [Fact]
    public Task TheImportIsAddedWhereItIsMissing() => FixesSource(
        """
        using StackExchange.Redis;

        class Sessions(IDatabase db)
        {
            public bool Touch(string key) => db.KeyExpire(key, [|System.DateTime.UtcNow.AddMinutes(5)|]);
        }
        """,
        """
        using System;
        using StackExchange.Redis;

        class Sessions(IDatabase db)
        {
            public bool Touch(string key) => db.KeyExpire(key, TimeSpan.FromMinutes(5));
        }
        """);

    [Fact]
    public Task AWrapperWithARelativeOverload() => FixesSource(
        """
        using System;
        using StackExchange.Redis;

        class Sessions(IDatabase db)
        {
            public bool Touch(string key, DateTime at) => db.KeyExpire(key, at);

            public bool Touch(string key, TimeSpan ttl) => db.KeyExpire(key, ttl);

            public bool Keep(string key) => Touch(key, [|DateTime.UtcNow.AddMinutes(5)|]);
        }
        """,
        """
        using System;
        using StackExchange.Redis;

        class Sessions(IDatabase db)
        {
            public bool Touch(string key, DateTime at) => db.KeyExpire(key, at);

            public bool Touch(string key, TimeSpan ttl) => db.KeyExpire(key, ttl);

            public bool Keep(string key) => Touch(key, TimeSpan.FromMinutes(5));
        }
        """);

    [Theory]
    [InlineData("void SetExpire(string k, TimeSpan t) { SetExpire(k, [|DateTime.UtcNow.Add(t)|]); }\nvoid SetExpire(string k, DateTime at) => db.KeyExpire(k, at);")]
    [InlineData("void Touch(string k, TimeSpan t) => Keep(k, t);\nvoid Touch(string k, DateTime at) => db.KeyExpire(k, at);\nvoid Keep(string k, TimeSpan t) => Touch(k, [|DateTime.UtcNow.Add(t)|]);")]
    [InlineData("void Touch(string k, TimeSpan t) { void Inner() => Touch(k, [|DateTime.UtcNow + t|]); Inner(); }\nvoid Touch(string k, DateTime at) => db.KeyExpire(k, at);")]
    [InlineData("void Touch(string k, TimeSpan t) { Action later = () => Touch(k, [|DateTime.UtcNow + t|]); later(); }\nvoid Touch(string k, DateTime at) => db.KeyExpire(k, at);")]
    [InlineData("interface IKeep { void Touch(string k, TimeSpan t); void Touch(string k, DateTime at); }\nclass Keeper(IDatabase own, IKeep self) : IKeep { public void Touch(string k, TimeSpan t) => ((Keeper)self).Keep(k, t); public void Touch(string k, DateTime at) => own.KeyExpire(k, at); void Keep(string k, TimeSpan t) => Touch(k, [|DateTime.UtcNow.Add(t)|]); }")]
    public Task NoFix_TheRelativeOverloadLeadsBackHere(string members) => Check.NoFixSource(InSessions(members));

    [Theory]
    [InlineData("void Touch(string k, int retries, TimeSpan t) { if (retries > 0) Touch(k, retries - 1, t); Keep(k, DateTime.UtcNow.Add(t)); }", "void Touch(string k, int retries, TimeSpan t) { if (retries > 0) Touch(k, retries - 1, t); Keep(k, t); }")]
    public Task RecursionOfTheAuthorsOwnIsNone(string before, string after)
    {
        const string keep = "\nvoid Keep(string k, DateTime at) => db.KeyExpire(k, at);\nvoid Keep(string k, TimeSpan t) => db.KeyExpire(k, t);";
        return Check.FixesSource(InSessions(before.Replace("DateTime.UtcNow.Add(t)", "[|DateTime.UtcNow.Add(t)|]", StringComparison.Ordinal) + keep), InSessions(after + keep), "Relative");
    }

    /// <summary>The compiler warns of a parameter that nothing reads any more (CS9113).</summary>
    [Theory]
    [InlineData("class Store(IDatabase db, TimeProvider clock) { void Touch(string key) => db.KeyExpire(key, [|clock.GetUtcNow().AddMinutes(5).UtcDateTime|]); }")]
    [InlineData("struct Store(IDatabase db, TimeProvider clock) { void Touch(string key) => db.KeyExpire(key, [|clock.GetUtcNow().AddMinutes(5).UtcDateTime|]); }")]
    public Task NoFix_ThatLeavesAParameterUnread(string type) => Check.NoFixSource(
        "using System;\nusing StackExchange.Redis;\n\n" + type);

    [Theory]
    [InlineData("class Store(IDatabase db, TimeProvider clock) { TimeProvider Clock => clock; void Touch(string key) => db.KeyExpire(key, [|clock.GetUtcNow().AddMinutes(5).UtcDateTime|]); }")]
    [InlineData("record Store(IDatabase db, TimeProvider clock) { void Touch(string key) => db.KeyExpire(key, [|clock.GetUtcNow().AddMinutes(5).UtcDateTime|]); }")]
    [InlineData("class Store { readonly IDatabase db; readonly TimeProvider clock; Store(IDatabase db, TimeProvider clock) { this.db = db; this.clock = clock; } void Touch(string key) => db.KeyExpire(key, [|clock.GetUtcNow().AddMinutes(5).UtcDateTime|]); }")]
    public Task AParameterThatIsReadElsewhere(string type) => Check.FixesSource(
        "using System;\nusing StackExchange.Redis;\n\n" + type,
        "using System;\nusing StackExchange.Redis;\n\n" + type.Replace("[|clock.GetUtcNow().AddMinutes(5).UtcDateTime|]", "TimeSpan.FromMinutes(5)", StringComparison.Ordinal),
        "Relative");

    [Fact]
    public Task NoFix_AWrapperWithoutARelativeOverload() => Check.NoFixSource("""
        using System;
        using StackExchange.Redis;

        class Sessions(IDatabase db)
        {
            public bool Touch(string key, DateTime at) => db.KeyExpire(key, at);

            public bool Keep(string key) => Touch(key, [|DateTime.UtcNow.AddMinutes(5)|]);
        }
        """);

    [Fact]
    public Task NoFix_AHelperMakesTheInstant() => Check.NoFixSource("""
        using System;
        using StackExchange.Redis;

        class Sessions(IDatabase db)
        {
            private static DateTime Soon() => DateTime.UtcNow.AddMinutes(5);

            public bool Keep(string key) => db.KeyExpire(key, [|Soon()|]);
        }
        """);

    [Theory]
    [InlineData("var at = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();\ndb.Execute(\"EXPIREAT\", \"k\", [|at|]);")]
    [InlineData("var at = DateTime.UtcNow;\nat += ttl;\ndb.KeyExpire(key, [|at|]);")]
    [InlineData("DateTime at = DateTime.UtcNow;\nat = at.AddHours(2);\ndb.KeyExpire(key, [|at|]);")]
    [InlineData("DateTime at = DateTime.UtcNow.Add(ttl), other = given;\ndb.KeyExpire(key, [|at|]);")]
    [InlineData("db.StringGetSetExpiry(key, [|flag ? DateTime.MaxValue : DateTime.UtcNow.Add(ttl)|]);")]
    [InlineData("new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = null, AbsoluteExpiration = [|DateTimeOffset.UtcNow.Add(ttl)|] }.SetSlidingExpiration(ttl);")]
    public Task NoFix_WhereTheSpanCannotBeHadSafely(string statements) => Check.NoFix(statements);

    private static string InSessions(string members) => $$"""
        using System;
        using StackExchange.Redis;

        class Sessions(IDatabase db)
        {
            {{members}}
        }
        """;

    private static Task FixesExpiry(string instant, string span) => Fixes($"db.KeyExpire(key, {Marked(instant)});", $"db.KeyExpire(key, {span});");

    /// <summary>The operation behind parentheses is what is wrong.</summary>
    private static string Marked(string instant) => instant.StartsWith("(DateTime.UtcNow.Add(", StringComparison.Ordinal) && instant.EndsWith("))", StringComparison.Ordinal) ? $"([|{instant[1..^1]}|])" : $"[|{instant}|]";

    /// <summary>The repaired statements have neither this bug nor another of time.</summary>
    private static async Task Fixes(string before, string after, params string[] clients)
    {
        await Check.Fixes(before, after, "Relative", clients);
        await Verify<AbsoluteExpiryNotUtcFix>.Reports(after, clients);
    }

    private static async Task FixesSource(string before, string after)
    {
        await Check.FixesSource(before, after, "Relative");
        await Verify<AbsoluteExpiryNotUtcFix>.ReportsSource(after);
    }
}
