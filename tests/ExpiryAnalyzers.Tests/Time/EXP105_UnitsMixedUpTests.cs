using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Time.UnitsMixedUpFix>;

namespace ExpiryAnalyzers.Tests.Time;

/// <summary>EXP105: a number of one unit is read in another. What the rule reports.</summary>
public sealed class EXP105_UnitsMixedUpTests
{
    // One unit in two words.
    [Theory]
    [InlineData("int expireMilliSeconds = text.Length;\ndb.KeyExpire(key, TimeSpan.FromMilliseconds(expireMilliSeconds));")]
    [InlineData("int expire_milli_seconds = text.Length;\ndb.KeyExpire(key, TimeSpan.FromMilliseconds(expire_milli_seconds));")]
    [InlineData("int TimeoutInMilliSecs = text.Length;\ndb.KeyExpire(key, TimeSpan.FromMilliseconds(TimeoutInMilliSecs));")]
    [InlineData("int expireInMSec = text.Length;\ndb.KeyExpire(key, TimeSpan.FromMilliseconds(expireInMSec));")]
    [InlineData("int expireMicroSeconds = text.Length;\ndb.KeyExpire(key, TimeSpan.FromMicroseconds(expireMicroSeconds));")]
    [InlineData("int expireMilliSeconds = text.Length;\ndb.KeyExpire(key, [|TimeSpan.FromSeconds(expireMilliSeconds)|]);")]
    [InlineData("int expireSeconds = text.Length;\ndb.KeyExpire(key, [|TimeSpan.FromMilliseconds(expireSeconds)|]);")]
    public Task AUnitInTwoWords(string statements) => Check.Reports(statements);

    // Its size tells the unit of such a number, whatever its name says.
    [Theory]
    [InlineData("var seconds = atMs > 100_000_000_000 ? atMs / 1000 : atMs;\ndb.KeyExpire(key, DateTime.UnixEpoch.AddSeconds(seconds));")]
    [InlineData("if (atMs > 9_999_999_999) atMs /= 1000;\ndb.Execute(\"EXPIREAT\", \"k\", atMs);")]
    [InlineData("var seconds = atMs switch { > 100_000_000_000 => atMs / 1000, _ => atMs };\ndb.KeyExpire(key, DateTime.UnixEpoch.AddSeconds(seconds));")]
    [InlineData("var at = 100_000_000_000 < atMs ? DateTimeOffset.FromUnixTimeMilliseconds(atMs) : DateTimeOffset.FromUnixTimeSeconds(atMs);\ndb.KeyExpire(key, at.UtcDateTime);")]
    [InlineData("if (atMs < 1000) atMs *= 1000;\ndb.KeyExpire(key, TimeSpan.FromMilliseconds(atMs));")]
    [InlineData("while (atMs > 1_000_000) atMs /= 1000;\ndb.KeyExpire(key, TimeSpan.FromMilliseconds(atMs));")]
    [InlineData("atMs *= 1000;\ndb.KeyExpire(key, [|TimeSpan.FromMilliseconds(atMs)|]);")]
    [InlineData("db.KeyExpire(key, [|DateTime.UnixEpoch.AddSeconds(atMs)|]);")]
    [InlineData("if (atMs > 1000) db.KeyExpire(key, [|DateTime.UnixEpoch.AddSeconds(atMs)|]);")]
    public Task AUnitThatIsToldBySize(string statements) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        static class Store
        {
            static void Keep(IDatabase db, string key, long atMs)
            {
                {{statements}}
            }
        }
        """);

    // So many times a unit, and so many times its ticks, are so many of it.
    [Theory]
    [InlineData("TimeSpan.FromSeconds(1) * ttlMs", true)]
    [InlineData("ttlMs * TimeSpan.FromSeconds(1)", true)]
    [InlineData("TimeSpan.FromTicks(ttlMs * TimeSpan.TicksPerSecond)", true)]
    [InlineData("new TimeSpan(TimeSpan.TicksPerMinute * ttlMs)", true)]
    [InlineData("TimeSpan.FromMilliseconds(1) * ttlMs", false)]
    [InlineData("TimeSpan.FromSeconds(1) * ttlMs / 1000", false)]
    [InlineData("TimeSpan.FromSeconds(ttlMs) / 1000", false)]
    [InlineData("TimeSpan.FromSeconds(5) * ttlMs", false)]
    [InlineData("TimeSpan.FromSeconds(1) * count", false)]
    [InlineData("TimeSpan.FromTicks(ttlMs * TimeSpan.TicksPerMillisecond)", false)]
    [InlineData("TimeSpan.FromTicks(count * TimeSpan.TicksPerSecond)", false)]
    [InlineData("TimeSpan.FromMilliseconds(ttlMs * TimeSpan.TicksPerMillisecond / TimeSpan.TicksPerMillisecond)", false)]
    public Task ATimesAUnit(string ttl, bool isReported) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        static class Store
        {
            static void Keep(IDatabase db, string key, int ttlMs, int count) => db.KeyExpire(key, {{(isReported ? $"[|{ttl}|]" : ttl)}});
        }
        """);

    // The whole in one unit and the rest of it.
    [Theory]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", (int)ttl.TotalMinutes * 60 + ttl.Seconds);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", ttl.Seconds + 60 * (int)ttl.TotalMinutes);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|60 + ttl.Seconds|]);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|ttl.Seconds|]);")]
    public Task TheRestOfAWhole(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("db.KeyExpire(key, [|TimeSpan.FromSeconds(db.HashFieldGetTimeToLive(key, [token])[0])|]);")]
    [InlineData("var left = db.HashFieldGetTimeToLive(key, [token]);\ndb.Execute(\"EXPIRE\", \"k\", [|left[0]|]);")]
    [InlineData("db.KeyExpire(key, TimeSpan.FromMilliseconds(db.HashFieldGetTimeToLive(key, [token])[0]));")]
    public Task WhatIsLeftOfAField(string statements) => Check.Reports(statements, References.NewestClient);

    [Theory]
    [InlineData("object args = life.HasValue ? new { key, mine, expires = [|life.Value.TotalSeconds|] } : new { key, mine, expires = 0d };\nredis.ScriptEvaluate(Renew, args);")]
    [InlineData("redis.ScriptEvaluate(Renew, life switch { { } given => new { key, mine, expires = [|given.TotalSeconds|] }, _ => new { key, mine, expires = 0d } });")]
    [InlineData("object args = life.HasValue ? new { key, mine, expires = (long)life.Value.TotalMilliseconds } : new { key, mine, expires = 30000L };\nredis.ScriptEvaluate(Renew, args);")]
    [InlineData("_loaded.Evaluate(redis, new { key, mine, expires = [|life.Value.TotalSeconds|] });")]
    [InlineData("_lazy.Evaluate(redis, new { key, mine, expires = [|life.Value.TotalSeconds|] });")]
    [InlineData("_loaded.Evaluate(redis, new { key, mine, expires = (long)life.Value.TotalMilliseconds });")]
    [InlineData("_several.Evaluate(redis, new { key, mine, expires = life.Value.TotalSeconds });")]
    [InlineData("_open.Evaluate(redis, new { key, mine, expires = life.Value.TotalSeconds });")]
    public Task ScriptsOfAnObjectOrAField(string statements) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        public sealed class Leases(IDatabase redis)
        {
            private const string Text = "if redis.call('get', @key) == @mine then return redis.call('set', @key, @mine, 'PX', @expires) end return 0";
            private static readonly LuaScript Renew = LuaScript.Prepare(Text);
            internal LoadedLuaScript _open;
            private LoadedLuaScript _loaded;
            private LoadedLuaScript _lazy = null;
            private LoadedLuaScript _several;

            public async Task Load(IServer server)
            {
                _loaded = await LuaScript.Prepare(Text).LoadAsync(server);
                _lazy ??= LuaScript.Prepare(Text).Load(server);
                _open = _lazy;
                _several = await LuaScript.Prepare(Text).LoadAsync(server);
            }

            public void Reload(LoadedLuaScript other) => _several = other;

            public void Extend(RedisKey key, string mine, TimeSpan? life)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }
        }
        """);

    [Theory]
    [InlineData("TimeSpan.FromSeconds(ttl.TotalMilliseconds)")]
    [InlineData("TimeSpan.FromMilliseconds(ttl.TotalSeconds)")]
    [InlineData("TimeSpan.FromMinutes(ttl.TotalSeconds)")]
    [InlineData("TimeSpan.FromMilliseconds(ttl.Ticks)")]
    [InlineData("new TimeSpan((long)ttl.TotalSeconds)")]
    [InlineData("new TimeSpan(0, (int)ttl.TotalSeconds, 0)")]
    [InlineData("TimeSpan.FromSeconds(ttl.Seconds)")]
    [InlineData("TimeSpan.FromMinutes(ttl.Minutes)")]
    [InlineData("TimeSpan.FromSeconds(maybe.Value.Seconds)")]
    [InlineData("TimeSpan.FromSeconds(ttl.Seconds + 5)")]
    [InlineData("new TimeSpan(0, 0, ttl.Seconds)")]
    [InlineData("TimeSpan.FromSeconds(Convert.ToInt32(ttl.TotalMilliseconds))")]
    [InlineData("TimeSpan.FromSeconds((double)(decimal)ttl.TotalMilliseconds)")]
    public Task Reports_Spans(string span) => Check.Reports($"db.KeyExpire(key, [|{span}|]);");

    [Theory]
    [InlineData("int ttlMs", "TimeSpan.FromSeconds(ttlMs)")]
    [InlineData("int timeoutMilliseconds", "TimeSpan.FromSeconds(timeoutMilliseconds)")]
    [InlineData("int TtlMS", "TimeSpan.FromSeconds(TtlMS)")]
    [InlineData("int ttl_ms", "TimeSpan.FromSeconds(ttl_ms)")]
    [InlineData("int TTLms", "TimeSpan.FromSeconds(TTLms)")]
    [InlineData("int ms", "TimeSpan.FromSeconds(ms)")]
    [InlineData("int expireSec", "TimeSpan.FromMinutes(expireSec)")]
    [InlineData("int expireSecond", "TimeSpan.FromMinutes(expireSecond)")]
    [InlineData("int expireseconds", "TimeSpan.FromMinutes(expireseconds)")]
    [InlineData("int cacheMinutes", "TimeSpan.FromSeconds(cacheMinutes)")]
    [InlineData("double DurationInHours", "TimeSpan.FromMinutes(DurationInHours)")]
    [InlineData("int secondsToLive", "TimeSpan.FromMilliseconds(secondsToLive)")]
    [InlineData("int? ttlSeconds", "TimeSpan.FromMinutes(ttlSeconds ?? 5)")]
    [InlineData("int? ttlSeconds", "TimeSpan.FromMinutes(ttlSeconds.Value)")]
    [InlineData("long ttlSeconds", "new TimeSpan(ttlSeconds)")]
    [InlineData("int ttlMs", "TimeSpan.FromMilliseconds(ttlMs / 1000)")]
    [InlineData("int ttlSeconds", "TimeSpan.FromSeconds(ttlSeconds * 1000)")]
    [InlineData("int ttlSeconds", "TimeSpan.FromMilliseconds(Math.Max(1, ttlSeconds))")]
    public Task Reports_Names(string parameter, string span) => Check.ReportsSource(WithParameter(parameter, $"[|{span}|]"));

    [Theory]
    [InlineData("int ttlSeconds", "TimeSpan.FromMilliseconds(ttlSeconds * 100)")]
    [InlineData("int ttlSeconds", "TimeSpan.FromMilliseconds(ttlSeconds * 1000)")]
    [InlineData("int ttlMs", "TimeSpan.FromSeconds(ttlMs / 1000)")]
    [InlineData("int ttlMs", "TimeSpan.FromSeconds(ttlMs / 1000.0)")]
    [InlineData("int ttlMs", "TimeSpan.FromMilliseconds(ttlMs * 2)")]
    [InlineData("int days", "TimeSpan.FromSeconds(days * 24 * 60 * 60)")]
    [InlineData("int hours", "TimeSpan.FromSeconds(3600 * hours)")]
    [InlineData("int ttlSeconds", "TimeSpan.FromTicks(ttlSeconds * TimeSpan.TicksPerSecond)")]
    [InlineData("int ttlMin", "TimeSpan.FromSeconds(ttlMin)")]
    [InlineData("int items", "TimeSpan.FromSeconds(items)")]
    [InlineData("int terms", "TimeSpan.FromSeconds(terms)")]
    [InlineData("int second", "TimeSpan.FromMinutes(second)")]
    [InlineData("int requestsPerMinutes", "TimeSpan.FromSeconds(requestsPerMinutes)")]
    [InlineData("int ttl", "TimeSpan.FromSeconds(ttl)")]
    [InlineData("int secondsFactor", "TimeSpan.FromMinutes(secondsFactor)")]
    [InlineData("int ttlSeconds", "new TimeSpan(0, 0, ttlSeconds)")]
    [InlineData("int ttlSeconds", "TimeSpan.FromSeconds(ttlSeconds) + TimeSpan.FromMilliseconds(500)")]
    [InlineData("int ttlSeconds, int unit", "TimeSpan.FromMilliseconds(ttlSeconds * unit)")]
    [InlineData("TimeSpan timeoutMs", "timeoutMs")]
    public Task Silent_Names(string parameter, string span) => Check.ReportsSource(WithParameter(parameter, span));

    [Theory]
    [InlineData("EXPIRE", "[|(long)ttl.TotalMilliseconds|]")]
    [InlineData("EXPIRE", "[|ttl.Seconds|]")]
    [InlineData("EXPIRE", "[|(int)ttl.TotalMinutes|]")]
    [InlineData("PEXPIRE", "[|(long)ttl.TotalSeconds|]")]
    [InlineData("EXPIREAT", "[|DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()|]")]
    [InlineData("PEXPIREAT", "[|DateTimeOffset.UtcNow.ToUnixTimeSeconds()|]")]
    [InlineData("SETEX", "[|(int)ttl.TotalMilliseconds|]")]
    [InlineData("PSETEX", "[|(long)ttl.TotalSeconds|]")]
    [InlineData("EXPIRE", "[|((long)ttl.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)|]")]
    [InlineData("EXPIRE", "(RedisValue)[|(long)ttl.TotalMilliseconds|]")]
    [InlineData("EXPIRE", "[|$\"{ttl.TotalMilliseconds}\"|]")]
    public Task Reports_Commands(string command, string number) => Check.Reports($"db.Execute(\"{command}\", key, {number}, token);");

    [Theory]
    [InlineData("EX", "[|(long)ttl.TotalMilliseconds|]")]
    [InlineData("px", "[|(long)ttl.TotalSeconds|]")]
    [InlineData("EXAT", "[|DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()|]")]
    [InlineData("PXAT", "[|DateTimeOffset.UtcNow.ToUnixTimeSeconds()|]")]
    public Task Reports_Options(string option, string number) => Check.Reports($"db.Execute(\"SET\", new object[] {{ key, token, \"{option}\", {number} }});");

    [Theory]
    [InlineData("db.KeyExpire(key, [|given.ToUniversalTime().AddSeconds(ttl.TotalMilliseconds)|]);")]
    [InlineData("db.KeyExpire(key, [|DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()).UtcDateTime|]);")]
    [InlineData("var span = TimeSpan.FromSeconds(ttl.TotalMilliseconds);\ndb.KeyExpire(key, [|span|]);")]
    [InlineData("var ms = ttl.TotalMilliseconds;\ndb.KeyExpire(key, [|TimeSpan.FromSeconds(ms)|]);")]
    [InlineData("db.KeyExpire(key, flag ? ttl : [|TimeSpan.FromSeconds(ttl.TotalMilliseconds)|]);")]
    [InlineData("db.LockTake(key, token, [|TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable(\"LOCK_TTL_MS\")))|]);")]
    [InlineData("if (int.TryParse(Environment.GetEnvironmentVariable(\"LOCK_TTL_MS\"), out var given2)) db.LockTake(key, token, [|TimeSpan.FromSeconds(given2)|]);")]
    [InlineData("db.KeyExpire(key, [|TimeSpan.FromSeconds(maybe?.Seconds ?? 60)|]);")]
    [InlineData("const int LockMs = 30_000;\ndb.LockTake(key, token, [|TimeSpan.FromSeconds(LockMs)|]);")]
    [InlineData("var o = new DistributedCacheEntryOptions { SlidingExpiration = [|TimeSpan.FromSeconds(ttl.Seconds)|] };")]
    public Task Reports_OnTheWay(string statements) => Check.Reports(statements);

    [Fact]
    public Task Reports_NumbersGivenToTheUsersOwnMethods() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        class Cache
        {
            void Touch(IDatabase db, string key, int seconds) => db.KeyExpire(key, TimeSpan.FromSeconds(seconds));

            void Send(IDatabase db, string key, long time) => db.Execute("PEXPIRE", key, time);

            static TimeSpan Seconds(double number) => TimeSpan.FromSeconds(number);

            void Run(IDatabase db, TimeSpan ttl)
            {
                Touch(db, "k", (int)ttl.TotalSeconds);
                Touch(db, "k", [|(int)ttl.TotalMilliseconds|]);
                Touch(db, "k", seconds: [|ttl.Seconds|]);
                Touch(db, "k", 60);
                Send(db, "k", (long)ttl.TotalMilliseconds);
                Send(db, "k", [|(long)ttl.TotalSeconds|]);
                db.KeyExpire("k", Seconds(ttl.TotalSeconds));
                db.KeyExpire("k", [|Seconds(ttl.TotalMilliseconds)|]);
            }
        }
        """);

    [Theory]
    [InlineData("TimeSpan.FromHours(ttl.Days * 24 + ttl.Hours)")]
    [InlineData("TimeSpan.FromSeconds((ttl.Days * 24 + ttl.Hours) * 3600 + ttl.Seconds)")]
    [InlineData("TimeSpan.FromSeconds(ttl.TotalSeconds)")]
    [InlineData("TimeSpan.FromSeconds(ttl.TotalMilliseconds / 1000)")]
    [InlineData("TimeSpan.FromSeconds(ttl.Minutes * 60 + ttl.Seconds)")]
    [InlineData("TimeSpan.FromMinutes(ttl.Minutes) + TimeSpan.FromSeconds(ttl.Seconds)")]
    [InlineData("TimeSpan.FromSeconds(60 - ttl.Seconds)")]
    [InlineData("TimeSpan.FromDays(ttl.Days)")]
    [InlineData("new TimeSpan(ttl.Hours, ttl.Minutes, ttl.Seconds)")]
    [InlineData("TimeSpan.FromSeconds(TimeSpan.FromSeconds(30).Seconds)")]
    [InlineData("TimeSpan.FromTicks(ttl.Ticks * 2)")]
    public Task Silent_Spans(string span) => Check.Reports($"db.KeyExpire(key, {span});");

    [Theory]
    [InlineData("db.Execute(\"EXPIRE\", key, (long)ttl.TotalSeconds);")]
    [InlineData("db.Execute(\"EXPIRE\", key, text.Length);")]
    [InlineData("db.Execute(\"PEXPIRE\", key, ttl.Ticks / TimeSpan.TicksPerMillisecond);")]
    [InlineData("db.Execute(\"EXPIREAT\", key, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000);")]
    [InlineData("db.Execute(\"HSET\", key, \"ms\", (long)ttl.TotalMilliseconds);")]
    [InlineData("long ms = (long)ttl.TotalMilliseconds;\nms /= 1000;\ndb.Execute(\"EXPIRE\", key, ms);")]
    public Task Silent_Commands(string statements) => Check.Reports(statements);

    // Accepted: a factor that is not constant may make another unit of the number.
    [Theory]
    [InlineData("[|TimeSpan.Parse(\"24:00:00\")|]")]
    [InlineData("[|TimeSpan.Parse(\"48:15:00\")|]")]
    [InlineData("[|TimeSpan.Parse(\"60\")|]")]
    [InlineData("[|TimeSpan.Parse(\"3600\", System.Globalization.CultureInfo.InvariantCulture)|]")]
    [InlineData("TimeSpan.TryParse(text, out var span) ? span : ttl")]
    [InlineData("TimeSpan.Parse(\"00:30:00\")")]
    [InlineData("TimeSpan.Parse(\"23:59\")")]
    [InlineData("TimeSpan.Parse(\"7\")")]
    [InlineData("TimeSpan.Parse(\"30.00:00:00\")")]
    [InlineData("TimeSpan.Parse(\"24:00:00:00\")")]
    [InlineData("TimeSpan.Parse(text)")]
    [InlineData("TimeSpan.ParseExact(\"300\", \"sss\", null)")]
    [InlineData("TimeSpan.ParseExact(\"24\", \"%m\", null)")]
    public Task TextReadInDays(string span) => Check.Reports($"db.KeyExpire(key, {span});");

    [Theory]
    [InlineData("db.Execute(\"PEXPIRE\", key, [|(int)TimeSpan.FromDays(30).TotalMilliseconds|]);")]
    [InlineData("db.Execute(\"PEXPIRE\", key, [|(uint)TimeSpan.FromDays(60).TotalMilliseconds|]);")]
    [InlineData("db.Execute(\"PEXPIREAT\", key, [|(int)until.ToUnixTimeMilliseconds()|]);")]
    [InlineData("var at = (int)until.ToUnixTimeMilliseconds() + 5000; db.Execute(\"PEXPIREAT\", key, [|at|]);")]
    [InlineData("db.Execute(\"EXPIREAT\", key, [|(int)DateTimeOffset.UtcNow.AddYears(20).ToUnixTimeSeconds()|]);")]
    [InlineData("db.Execute(\"EXPIREAT\", key, [|(int)DateTimeOffset.UtcNow.AddDays(20 * 365).ToUnixTimeSeconds()|]);")]
    [InlineData("db.Execute(\"EXPIREAT\", key, [|(int)(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 600_000_000)|]);")]
    [InlineData("db.KeyExpire(key, TimeSpan.FromMilliseconds([|(int)TimeSpan.FromDays(30).TotalMilliseconds|]));")]
    [InlineData("db.Execute(\"EXPIREAT\", key, [|DateTimeOffset.UtcNow.ToUnixTimeSeconds() + (long)ttl.TotalMilliseconds|]);")]
    [InlineData("if (TimeSpan.TryParse(\"36:00:00\", out var span)) { db.KeyExpire(key, [|span|]); }")]
    [InlineData("db.Execute(\"PEXPIRE\", key, (long)TimeSpan.FromDays(30).TotalMilliseconds);")]
    [InlineData("db.Execute(\"PEXPIRE\", key, (int)TimeSpan.FromDays(24).TotalMilliseconds);")]
    [InlineData("db.Execute(\"PEXPIRE\", key, (int)ttl.TotalMilliseconds);")]
    [InlineData("db.Execute(\"EXPIREAT\", key, (int)until.ToUnixTimeSeconds());")]
    [InlineData("db.Execute(\"EXPIREAT\", key, (int)DateTimeOffset.UtcNow.AddYears(2).ToUnixTimeSeconds());")]
    [InlineData("db.Execute(\"EXPIREAT\", key, (int)(until.ToUnixTimeMilliseconds() / 1000));")]
    [InlineData("db.Execute(\"EXPIREAT\", key, (uint)DateTimeOffset.UtcNow.AddYears(20).ToUnixTimeSeconds());")]
    [InlineData("checked { db.Execute(\"PEXPIRE\", key, (int)TimeSpan.FromDays(30).TotalMilliseconds); }")]
    [InlineData("var rest = (int)(until.ToUnixTimeMilliseconds() % 1000); db.Execute(\"PEXPIRE\", key, 1000 - rest);")]
    public Task NumbersThatDoNotFit(string statements) => Check.Reports("var until = DateTimeOffset.Parse(text);\n" + statements);

    [Fact]
    public Task Gap_ATimesAVariable() => Check.Reports("db.KeyExpire(key, TimeSpan.FromSeconds(ttl.TotalMilliseconds * (0.9 + Random.Shared.NextDouble())));");

    internal static string WithParameter(string parameter, string span) => $$"""
        using System;
        using StackExchange.Redis;

        class Test
        {
            void Run(IDatabase db, {{parameter}}) => db.KeyExpire("k", {{span}});
        }
        """;
}

/// <summary>EXP105: what the fix writes.</summary>
public sealed class EXP105_UnitsMixedUpFixTests
{
    [Theory]
    [InlineData("TimeSpan.FromSeconds(ttl.TotalMilliseconds)", "TimeSpan.FromSeconds(ttl.TotalSeconds)")]
    [InlineData("TimeSpan.FromMilliseconds((int)ttl.TotalSeconds)", "TimeSpan.FromMilliseconds((int)ttl.TotalMilliseconds)")]
    [InlineData("TimeSpan.FromSeconds(ttl.Seconds)", "TimeSpan.FromSeconds(ttl.TotalSeconds)")]
    [InlineData("TimeSpan.FromSeconds(ttl.Minutes)", "TimeSpan.FromSeconds(ttl.TotalSeconds)")]
    [InlineData("TimeSpan.FromMilliseconds(ttl.Ticks)", "TimeSpan.FromMilliseconds(ttl.TotalMilliseconds)")]
    [InlineData("TimeSpan.FromSeconds(ttl.Seconds + 5)", "TimeSpan.FromSeconds(ttl.TotalSeconds + 5)")]
    [InlineData("TimeSpan.FromSeconds(Math.Round(ttl.TotalMilliseconds))", "TimeSpan.FromSeconds(Math.Round(ttl.TotalSeconds))")]
    [InlineData("new TimeSpan((long)ttl.TotalSeconds)", "new TimeSpan((long)ttl.Ticks)")]
    public Task TheNumberIsTakenInTheUnitThatIsRead(string before, string after) => Check.Fixes($"db.KeyExpire(key, [|{before}|]);", $"db.KeyExpire(key, {after});", "Take");

    [Theory]
    [InlineData("int ttlMs", "TimeSpan.FromSeconds(ttlMs)", "TimeSpan.FromMilliseconds(ttlMs)")]
    [InlineData("int ttlMs", "TimeSpan.FromMilliseconds(ttlMs / 1000)", "TimeSpan.FromSeconds(ttlMs / 1000)")]
    [InlineData("int cacheMinutes", "TimeSpan.FromSeconds(value: cacheMinutes)", "TimeSpan.FromMinutes(value: cacheMinutes)", "2.13.23")]
    [InlineData("long ttlSeconds", "new TimeSpan(ttlSeconds)", "TimeSpan.FromSeconds(ttlSeconds)")]
    [InlineData("int ttlMs", "new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(ttlMs)", "new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMilliseconds(ttlMs)")]
    [InlineData("long expUnixMs", "DateTimeOffset.FromUnixTimeSeconds(expUnixMs).UtcDateTime", "DateTimeOffset.FromUnixTimeMilliseconds(expUnixMs).UtcDateTime")]
    public Task TheNumberIsReadInItsUnit(string parameter, string before, string after, params string[] clients) => Check.FixesSource(
        EXP105_UnitsMixedUpTests.WithParameter(parameter, $"[|{before}|]"),
        EXP105_UnitsMixedUpTests.WithParameter(parameter, after),
        "Read",
        clients);

    [Theory]
    [InlineData("[|(long)ttl.TotalMilliseconds|]", "(long)Math.Ceiling(ttl.TotalSeconds)")]
    [InlineData("[|ttl.Seconds|]", "(int)Math.Ceiling(ttl.TotalSeconds)")]
    [InlineData("[|(int)ttl.TotalMinutes|]", "(int)Math.Ceiling(ttl.TotalSeconds)")]
    [InlineData("[|Math.Max(1, ttl.Seconds)|]", "Math.Max(1, (int)Math.Ceiling(ttl.TotalSeconds))")]
    [InlineData("[|((long)ttl.TotalMilliseconds).ToString()|]", "((long)Math.Ceiling(ttl.TotalSeconds)).ToString()")]
    [InlineData("[|(long)Math.Ceiling(ttl.TotalMilliseconds)|]", "(long)Math.Ceiling(ttl.TotalSeconds)")]
    public Task ForACommand(string before, string after) => Check.Fixes($"db.Execute(\"EXPIRE\", key, {before});", $"db.Execute(\"EXPIRE\", key, {after});", "Take");

    [Fact]
    public Task UnixTimes() => Check.Fixes(
        "db.Execute(\"EXPIREAT\", key, [|DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()|]);",
        "db.Execute(\"EXPIREAT\", key, DateTimeOffset.UtcNow.ToUnixTimeSeconds());",
        "Take");

    [Theory]
    [InlineData("db.Execute(\"EXPIRE\", key, [|ttlMs|]);", "db.Execute(\"PEXPIRE\", key, ttlMs);")]
    [InlineData("db.Execute(\"expire\", key, [|ttlMs|]);", "db.Execute(\"pexpire\", key, ttlMs);")]
    [InlineData("db.Execute(\"SETEX\", key, [|ttlMs|], token);", "db.Execute(\"PSETEX\", key, ttlMs, token);")]
    [InlineData("db.Execute(\"SET\", key, token, \"EX\", [|ttlMs|]);", "db.Execute(\"SET\", key, token, \"PX\", ttlMs);")]
    [InlineData("db.Execute(\"SET\", new object[] { key, token, \"EX\", [|ttlMs|] });", "db.Execute(\"SET\", new object[] { key, token, \"PX\", ttlMs });")]
    [InlineData("db.Execute(\"EXPIREAT\", key, [|ttlMs|]);", "db.Execute(\"PEXPIREAT\", key, ttlMs);")]
    public Task TheCommandReadsTheUnit(string before, string after) => Check.Fixes("var ttlMs = long.Parse(text);\n" + before, "var ttlMs = long.Parse(text);\n" + after, "Read");

    [Theory]
    [InlineData("var ttlMs = long.Parse(text);\ndb.Execute(\"EXPIRE\", key, [|(int)ttlMs|]);", "var ttlMs = long.Parse(text);\ndb.Execute(\"EXPIRE\", key, (int)Math.Ceiling(ttlMs / 1000.0));")]
    [InlineData("var ttlMs = long.Parse(text);\ndb.Execute(\"EXPIRE\", key, [|ttlMs|]);", "var ttlMs = long.Parse(text);\ndb.Execute(\"EXPIRE\", key, (long)Math.Ceiling(ttlMs / 1000.0));")]
    [InlineData("var timeoutMs = int.Parse(text);\ndb.Execute(\"EXPIRE\", key, [|timeoutMs|]);", "var timeoutMs = int.Parse(text);\ndb.Execute(\"EXPIRE\", key, (int)Math.Ceiling(timeoutMs / 1000.0));")]
    [InlineData("var ttlMinutes = int.Parse(text);\ndb.Execute(\"EXPIRE\", key, [|ttlMinutes|]);", "var ttlMinutes = int.Parse(text);\ndb.Execute(\"EXPIRE\", key, ttlMinutes * 60L);")]
    public Task TheNumberIsConverted(string before, string after) => Check.Fixes(before, after, "Convert");

    [Theory]
    [InlineData("TimeSpan.Parse(\"24:00:00\")", "TimeSpan.FromHours(24)")]
    [InlineData("TimeSpan.Parse(\"48:15:00\", System.Globalization.CultureInfo.InvariantCulture)", "TimeSpan.FromMinutes(2895)")]
    [InlineData("System.TimeSpan.Parse(s: \"36:10:05\")", "System.TimeSpan.FromSeconds(130205)")]
    public Task TextIsReadInHours(string before, string after) =>
        Check.Fixes($"db.KeyExpire(key, [|{before}|]);", $"db.KeyExpire(key, {after});", "Hours");

    [Theory]
    [InlineData("db.KeyExpire(key, [|TimeSpan.Parse(\"60\")|]);")]
    [InlineData("int most = (int)TimeSpan.FromDays(30).TotalMilliseconds; db.Execute(\"PEXPIRE\", key, [|most|]);")]
    public Task NothingIsOfferedWhereTheUnitOrTheTypeIsOpen(string statements) => Check.NoFix(statements);

    [Theory]
    [InlineData("db.Execute(\"PEXPIRE\", key, [|(int)TimeSpan.FromDays(30).TotalMilliseconds|]);", "db.Execute(\"PEXPIRE\", key, (long)TimeSpan.FromDays(30).TotalMilliseconds);")]
    [InlineData("db.Execute(\"PEXPIREAT\", key, /* at */ [|(int)DateTimeOffset.Parse(text).ToUnixTimeMilliseconds()|] + 5);", "db.Execute(\"PEXPIREAT\", key, /* at */ (long)DateTimeOffset.Parse(text).ToUnixTimeMilliseconds() + 5);")]
    public Task ACastIsWidened(string before, string after) => Check.Fixes(before, after, "Widen");

    [Fact]
    public Task KeepsWhatStandsAround() => Check.Fixes(
        """
        await db.KeyExpireAsync(
            key,
            expiry: [|TimeSpan.FromSeconds(ttl.Seconds /* all of it */)|], // as asked
            flags: CommandFlags.FireAndForget).ConfigureAwait(false);
        var span = TimeSpan.FromSeconds(ttl.TotalMilliseconds); // kept
        db.KeyExpire(key, [|span|]);
        """,
        """
        await db.KeyExpireAsync(
            key,
            expiry: TimeSpan.FromSeconds(ttl.TotalSeconds /* all of it */), // as asked
            flags: CommandFlags.FireAndForget).ConfigureAwait(false);
        var span = TimeSpan.FromSeconds(ttl.TotalSeconds); // kept
        db.KeyExpire(key, span);
        """,
        "Take");
}
