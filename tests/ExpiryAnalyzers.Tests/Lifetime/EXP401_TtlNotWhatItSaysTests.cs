using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lifetime.TtlNotWhatItSaysFix>;

namespace ExpiryAnalyzers.Tests.Lifetime;

/// <summary>EXP401: a TTL that deletes, fails, or is none. What the rule reports.</summary>
public sealed class EXP401_TtlNotWhatItSaysTests
{
    private static readonly string[] Newer = ["2.13.23", "3.4.35"];

    // Zero is where a sum begins.
    [Theory]
    [InlineData("var sum = TimeSpan.Zero;\nforeach (var c in text) sum += TimeSpan.FromMinutes(c);\ndb.KeyExpire(key, sum);")]
    [InlineData("var sum = TimeSpan.Zero;\nforeach (var c in text) sum = sum.Add(TimeSpan.FromMinutes(c));\ndb.KeyExpire(key, sum);")]
    [InlineData("var sum = 0;\nfor (int i = 0; i < text.Length; i++) sum += text[i];\ndb.KeyExpire(key, TimeSpan.FromSeconds(sum));")]
    [InlineData("var sum = 0;\nwhile (flag) sum++;\ndb.KeyExpire(key, TimeSpan.FromSeconds(sum));")]
    [InlineData("var sum = TimeSpan.Zero;\nif (flag) sum += TimeSpan.FromMinutes(1);\ndb.KeyExpire(key, [|sum|]);")]
    [InlineData("foreach (var c in text)\n{\n    var sum = TimeSpan.Zero;\n    if (flag) sum += TimeSpan.FromMinutes(c);\n    db.KeyExpire(key, [|sum|]);\n}")]
    [InlineData("var sum = TimeSpan.Zero;\nforeach (var c in text) sum = TimeSpan.FromMinutes(5);\ndb.KeyExpire(key, [|sum|]);")]
    public Task TheStartOfASum(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("if (t is { TotalSeconds: > 0 }) db.KeyExpire(key, t);")]
    [InlineData("if (t is { Ticks: not 0 }) db.KeyExpire(key, t);")]
    [InlineData("if (t is { TotalSeconds: > 0 and < 90 }) db.KeyExpire(key, t);")]
    [InlineData("if (t is { TotalSeconds: > 0 } span) db.KeyExpire(key, span);")]
    [InlineData("if (t is not { TotalMilliseconds: >= 1 }) return null;\ndb.KeyExpire(key, t);")]
    [InlineData("var has = t > TimeSpan.Zero;\nif (has) db.KeyExpire(key, t);")]
    [InlineData("ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(t, TimeSpan.Zero);\ndb.KeyExpire(key, t);")]
    [InlineData("ArgumentOutOfRangeException.ThrowIfEqual(t, TimeSpan.Zero);\ndb.KeyExpire(key, t);")]
    [InlineData("ArgumentOutOfRangeException.ThrowIfLessThan(t, TimeSpan.FromSeconds(1), nameof(t));\ndb.KeyExpire(key, t);")]
    [InlineData("ArgumentOutOfRangeException.ThrowIfNegativeOrZero(t.TotalSeconds);\ndb.KeyExpire(key, t);")]
    [InlineData("if (TimeSpan.Zero.Equals(t)) return null;\ndb.KeyExpire(key, t);")]
    [InlineData("if (!t.Equals(TimeSpan.Zero)) db.KeyExpire(key, t);")]
    [InlineData("if (t.CompareTo(TimeSpan.Zero) <= 0) return null;\ndb.KeyExpire(key, t);")]
    [InlineData("if (0 < t.CompareTo(TimeSpan.Zero)) db.KeyExpire(key, t);")]
    [InlineData("if (TimeSpan.Compare(t, TimeSpan.Zero) > 0) db.KeyExpire(key, t);")]
    [InlineData("var seconds = (int)t.TotalSeconds;\nif (seconds is > 0) db.Execute(\"EXPIRE\", key, seconds);")]
    [InlineData("var seconds = (int)t.TotalSeconds;\nif (seconds is not 0) db.Execute(\"EXPIRE\", key, seconds);")]
    [InlineData("if (IsLong(t)) db.KeyExpire(key, t);\nstatic bool IsLong(TimeSpan span) => span > TimeSpan.Zero;")]

    // What keeps nothing back.
    [InlineData("if (t is { TotalSeconds: < 90 }) db.KeyExpire(key, [|t|]);")]
    [InlineData("if (t is { TotalSeconds: >= 0 } span) db.KeyExpire(key, [|span|]);")]
    [InlineData("if (t is not { TotalSeconds: > 0 }) db.KeyExpire(key, [|t|]);")]
    [InlineData("ArgumentOutOfRangeException.ThrowIfLessThan(t, TimeSpan.Zero);\ndb.KeyExpire(key, [|t|]);")]
    [InlineData("ArgumentOutOfRangeException.ThrowIfGreaterThan(t, TimeSpan.FromHours(1));\ndb.KeyExpire(key, [|t|]);")]
    [InlineData("if (t.CompareTo(TimeSpan.Zero) < 0) return null;\ndb.KeyExpire(key, [|t|]);")]
    [InlineData("if (t.Equals(TimeSpan.Zero)) db.KeyExpire(key, [|t|]);")]
    public Task AZeroThatIsKeptBackInOtherWords(string statements) => Check.Reports("var t = TimeSpan.Zero;\nif (flag) t = TimeSpan.FromMinutes(1);\n" + statements);

    [Theory]
    [InlineData("static bool IsSet(TimeSpan t) => t != TimeSpan.Zero;", "if (!IsSet(t)) return;")]
    [InlineData("static void Require(TimeSpan t) { if (t <= TimeSpan.Zero) throw new ArgumentException(); }", "Require(t);")]
    public Task Silent_AZeroThatAHelperKeepsBack(string helper, string guard) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            {{helper}}

            void Touch(string key, bool isLong)
            {
                var t = TimeSpan.Zero;
                if (isLong) t = TimeSpan.FromMinutes(1);
                {{guard}}
                db.KeyExpire(key, t);
            }
        }
        """);

    // What is over is to go: a zero beside what is left of a deadline deletes as the code wants, but where the client refuses it.
    [Theory]
    [InlineData("db.KeyExpire(key, Left(token))")]
    [InlineData("db.StringSet(key, 1, [|Left(token)|])")]
    [InlineData("db.KeyExpire(key, token.Length == 0 ? [|TimeSpan.Zero|] : TimeSpan.FromMinutes(token.Length))")]
    public Task AZeroForWhatIsOver(string call) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            DateTime? EndOf(string token) => token.Length > 9 ? new DateTime(token.Length, DateTimeKind.Utc) : null;

            TimeSpan Left(string token)
            {
                if (EndOf(token) is { } end)
                {
                    var left = end - DateTime.UtcNow;
                    return left > TimeSpan.Zero ? left : TimeSpan.Zero;
                }

                return TimeSpan.Zero;
            }

            bool Keep(string key, string token) => {{call}};
        }
        """);

    // What is left of a deadline, with its sides exchanged.
    [Theory]
    [InlineData("db.KeyExpire(key, [|DateTime.UtcNow - token.ExpiresAt|]);")]
    [InlineData("db.KeyExpire(key, [|DateTime.Now.Subtract(token.ExpiresAt)|]);")]
    [InlineData("db.StringSet(key, 1, [|DateTimeOffset.UtcNow - token.ValidUntil.Value|]);")]
    [InlineData("db.StringSet(key, 1, [|DateTime.UtcNow - token.ValidUntil!.Value.UtcDateTime|]);")]
    [InlineData("db.KeyExpire(key, [|DateTimeOffset.UtcNow - token.ValidUntil|]);")]
    [InlineData("var left = DateTime.UtcNow - token.ExpiresAt.ToUniversalTime();\ndb.KeyExpire(key, [|left|]);")]
    [InlineData("var now = DateTime.UtcNow;\nvar expiry = token.ExpiresAt;\ndb.KeyExpire(key, [|now - expiry|]);")]
    [InlineData("db.Execute(\"EXPIRE\", key, [|(long)(DateTime.UtcNow - token.ExpiresAt).TotalSeconds|]);")]
    [InlineData("db.KeyExpire(key, [|TimeSpan.FromSeconds((DateTime.UtcNow - token.ExpiresAt).TotalSeconds)|]);")]
    [InlineData("memory.Set(\"k\", 1, [|DateTime.UtcNow - token.ExpiresAt|]);")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = [|DateTime.UtcNow - token.ExpiresAt|] };")]
    [InlineData("db.KeyExpire(key, [|DateTime.UtcNow - expiresUtc|]);")]
    [InlineData("Put(key, [|DateTime.UtcNow - token.ExpiresAt|]);")]

    // The right way round, an age, and what is made of the difference.
    [InlineData("db.KeyExpire(key, token.ExpiresAt - DateTime.UtcNow);")]
    [InlineData("db.KeyExpire(key, DateTime.UtcNow - token.Created);")]
    [InlineData("db.KeyExpire(key, DateTime.UtcNow - lastExpiry);")]
    [InlineData("db.KeyExpire(key, DateTime.UtcNow - token.ExpiresAt.AddDays(-30));")]
    [InlineData("db.KeyExpire(key, -(DateTime.UtcNow - token.ExpiresAt));")]
    [InlineData("db.KeyExpire(key, (DateTime.UtcNow - token.ExpiresAt).Negate());")]
    [InlineData("db.KeyExpire(key, (DateTime.UtcNow - token.ExpiresAt).Duration());")]
    [InlineData("db.KeyExpire(key, TimeSpan.FromHours(1) - (DateTime.UtcNow - token.ExpiresAt));")]
    [InlineData("db.KeyExpire(key, TimeSpan.FromHours(1) + (DateTime.UtcNow - token.ExpiresAt));")]
    [InlineData("db.KeyExpire(key, TimeSpan.FromSeconds(Math.Abs((DateTime.UtcNow - token.ExpiresAt).TotalSeconds)));")]
    [InlineData("db.KeyExpire(key, TimeSpan.FromSeconds(Math.Max(1, (DateTime.UtcNow - token.ExpiresAt).TotalSeconds)));")]
    [InlineData("var over = DateTime.UtcNow - token.ExpiresAt;\nif (over > TimeSpan.Zero) db.KeyExpire(key, over);")]
    [InlineData("db.KeyExpire(key, started - token.ExpiresAt);")]
    [InlineData("db.KeyExpire(key, DateTime.UtcNow - (flag ? token.ExpiresAt : token.Created));")]
    public Task TheClockLessADeadline(string statements) => Check.ReportsSource(WithToken(statements));

    [Fact]
    public Task Fix_ExchangesTheSides() => Check.AsksSource(
        WithToken("db.KeyExpire(key, [|DateTime.UtcNow - token.ExpiresAt|]); // left"),
        WithToken("db.KeyExpire(key, token.ExpiresAt - DateTime.UtcNow); // left"),
        "Exchange");

    [Fact]
    public Task Fix_ExchangesTheSidesWhereTheDifferenceIsMade() => Check.AsksSource(
        WithToken("var left = DateTimeOffset.UtcNow - token.ValidUntil;\ndb.KeyExpire(key, [|left|]);"),
        WithToken("var left = token.ValidUntil - DateTimeOffset.UtcNow;\ndb.KeyExpire(key, left);"),
        "Exchange");

    [Theory]
    [InlineData("db.KeyExpire(key, [|DateTime.UtcNow.Subtract(token.ExpiresAt)|]);")]
    [InlineData("Put(key, [|DateTime.UtcNow - token.ExpiresAt|]);")]
    public Task NoFix_OfADifferenceInOtherForms(string statements) => Check.NoFixSource(WithToken(statements));

    private static string WithToken(string statements) => $$"""
        using System;
        using Microsoft.Extensions.Caching.Distributed;
        using Microsoft.Extensions.Caching.Memory;
        using StackExchange.Redis;

        class Token
        {
            public DateTime ExpiresAt { get; set; }

            public DateTimeOffset? ValidUntil { get; set; }

            public DateTime Created { get; set; }
        }

        class Tokens(IDatabase db, IMemoryCache memory)
        {
            void Keep(string key, Token token, DateTime expiresUtc, DateTime lastExpiry, DateTime started, bool flag)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }

            void Put(string key, TimeSpan ttl) => db.StringSet(key, 1, ttl, When.Always);
        }
        """;

    /// <summary>The client's word for taking a TTL away: SET refuses it, and needs none.</summary>
    [Theory]
    [InlineData("db.StringSet(key, token, [|Expiration.Persist|]);")]
    [InlineData("await db.StringSetAsync(key, token, [|Expiration.Persist|], ValueCondition.Exists);")]
    [InlineData("var none = Expiration.Persist; await db.StringSetAsync(key, token, [|none|]);")]
    [InlineData("db.StringSet(key, token, expiry: [|Expiration.Persist|]);")]
    public Task TheWordForTakingATtlAway(string statements) => Check.NoFix(statements, References.NewestClient);

    [Theory]
    [InlineData("db.StringSet(key, token, Expiration.KeepTtl); db.StringSet(key, token, Expiration.Default); db.StringSet(key, token, ttl);")]
    [InlineData("var how = flag ? Expiration.KeepTtl : Expiration.Default; db.StringSet(key, token, how);")]
    public Task OtherWords(string statements) => Check.Reports(statements, References.NewestClient);

    [Theory]
    [InlineData("TimeSpan.Zero")]
    [InlineData("default(TimeSpan)")]
    [InlineData("new TimeSpan()")]
    [InlineData("TimeSpan.FromMinutes(0)")]
    [InlineData("TimeSpan.FromMinutes(-5)")]
    [InlineData("-TimeSpan.FromMinutes(5)")]
    [InlineData("new TimeSpan(0, 0, 0)")]
    [InlineData("TimeSpan.FromTicks(5000)")]
    [InlineData("new TimeSpan(9999)")]
    [InlineData("TimeSpan.FromMilliseconds(0.5)")]
    [InlineData("Timeout.InfiniteTimeSpan")]
    [InlineData("TimeSpan.FromMinutes(5) - TimeSpan.FromMinutes(10)")]
    [InlineData("TimeSpan.MinValue")]
    [InlineData("TimeSpan.FromSeconds(500 / 1000)")]
    public Task ZeroNegativeOrLessThanTheClientSends(string ttl) => Check.Reports($"db.KeyExpire(key, [|{ttl}|]);\ndb.StringSet(key, token, [|{ttl}|]);\ndb.LockTake(key, token, [|{ttl}|]);");

    [Theory]
    [InlineData("await db.KeyExpireAsync(key, [|TimeSpan.Zero|], CommandFlags.FireAndForget).ConfigureAwait(false);")]
    [InlineData("db.KeyExpire(key, [|TimeSpan.Zero|], ExpireWhen.HasNoExpiry);")]
    [InlineData("await db.StringSetAsync(key, token, [|TimeSpan.Zero|], When.NotExists);")]
    [InlineData("db.StringSet(key: key, value: token, expiry: [|TimeSpan.FromSeconds(-1)|], when: When.Always);")]
    [InlineData("db.StringGetSetExpiry(key, [|TimeSpan.Zero|]);")]
    [InlineData("db.LockExtend(key, token, [|TimeSpan.Zero|]);")]
    [InlineData("db.KeyRestore(key, new byte[0], [|TimeSpan.Zero|]);")]
    [InlineData("db.CreateTransaction().KeyExpireAsync(key, [|TimeSpan.Zero|]);")]
    [InlineData("db.Execute(\"EXPIRE\", key, [|0|]);")]
    [InlineData("db.Execute(\"PEXPIRE\", \"k\", [|-1|]);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|(int)TimeSpan.FromMilliseconds(500).TotalSeconds|]);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|1.5|]);")]
    [InlineData("db.Execute(\"SET\", \"k\", \"v\", \"EX\", [|0|]);")]
    [InlineData("db.Execute(\"SETEX\", \"k\", [|\"0\"|], \"v\");")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = [|TimeSpan.Zero|] };")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = [|TimeSpan.FromMilliseconds(500)|] };")]
    [InlineData("var options = new DistributedCacheEntryOptions { SlidingExpiration = [|TimeSpan.FromMinutes(-1)|] };")]
    [InlineData("var options = new DistributedCacheEntryOptions().SetSlidingExpiration([|TimeSpan.Zero|]);")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = [|TimeSpan.MaxValue|] };")]
    [InlineData("var options = new MemoryCacheEntryOptions { SlidingExpiration = [|TimeSpan.Zero|] };")]
    public Task AtEverySink(string statements) => Check.Reports(statements);

    // Measured: "un-representable DateTime"; of the hybrid cache SetAsync stores nothing instead.
    [Theory]
    [InlineData("IMemoryCache memory = null;\nmemory.Set(\"k\", token, [|TimeSpan.MaxValue|]);")]
    [InlineData("var options = new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = [|TimeSpan.MaxValue|] };")]
    [InlineData("var options = new MemoryCacheEntryOptions().SetAbsoluteExpiration([|TimeSpan.MaxValue|]);")]
    [InlineData("ICacheEntry entry = null;\nentry.AbsoluteExpirationRelativeToNow = [|TimeSpan.MaxValue|];")]
    [InlineData("var options = new DistributedCacheEntryOptions().SetAbsoluteExpiration([|TimeSpan.MaxValue|]);")]
    [InlineData("var options = new Microsoft.Extensions.Caching.Hybrid.HybridCacheEntryOptions { Expiration = [|TimeSpan.MaxValue|] };")]
    public Task MaxValueThatEndsBehindTheLastDate(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("var options = new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.MaxValue };")]
    [InlineData("var options = new MemoryCacheEntryOptions().SetSlidingExpiration(TimeSpan.MaxValue);")]
    [InlineData("var options = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.MaxValue };")]
    [InlineData("var options = new MemoryCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.MaxValue };")]
    [InlineData("var options = new Microsoft.Extensions.Caching.Hybrid.HybridCacheEntryOptions { Expiration = ttl, LocalCacheExpiration = TimeSpan.MaxValue };")]
    public Task Silent_MaxValueThatIsTaken(string statements) => Check.Reports(statements);

    // The server reads integers alone: a window of 1.5 s fails every request.
    [Theory]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|ttl.TotalSeconds|]);")]
    [InlineData("db.Execute(\"PEXPIRE\", \"k\", [|maybe.Value.TotalMilliseconds|]);")]
    [InlineData("var seconds = ttl.TotalSeconds;\ndb.Execute(\"EXPIRE\", \"k\", [|seconds|]);")]
    [InlineData("db.Execute(\"PEXPIRE\", \"k\", [|(given - DateTime.UtcNow).TotalMilliseconds|]);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|60 + new Random().NextDouble() * 10|]);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|TimeSpan.FromMinutes(5).TotalSeconds * (1 + new Random().NextDouble() * 0.1)|]);")]
    [InlineData("double jitter = double.Parse(text);\ndb.Execute(\"EXPIRE\", \"k\", [|60 * (1 + new Random().NextDouble() * jitter)|]);")]
    [InlineData("int ttlSeconds = int.Parse(text);\ndouble jitter = double.Parse(text);\ndb.Execute(\"EXPIRE\", \"k\", [|ttlSeconds * (1 + new Random().NextDouble() * jitter)|]);")]
    [InlineData("double jitter = double.Parse(text);\ndb.Execute(\"EXPIRE\", \"k\", 60 * jitter);")]
    [InlineData("double jitter = double.Parse(text);\ndb.Execute(\"EXPIRE\", \"k\", (long)(60 * (1 + new Random().NextDouble() * jitter)));")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|ttl.TotalSeconds.ToString()|]);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|$\"{ttl.TotalSeconds}\"|]);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|(maybe ?? TimeSpan.FromMinutes(5)).TotalSeconds|]);")]
    [InlineData("db.Execute(\"PEXPIRE\", \"k\", [|Math.Max(1, ttl.TotalMilliseconds)|]);")]
    [InlineData("db.Execute(\"PEXPIRE\", \"k\", [|ttl.TotalMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture)|]);")]
    [InlineData("db.Execute(\"PEXPIRE\", \"k\", ttl.TotalMilliseconds.ToString(\"F0\", System.Globalization.CultureInfo.InvariantCulture));")]
    [InlineData("db.ScriptEvaluate(\"return redis.call('PEXPIRE', KEYS[1], ARGV[1])\", new RedisKey[] { key }, new RedisValue[] { [|ttl.TotalMilliseconds|] });")]
    public Task ANumberThatMayHaveAFraction(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", (long)ttl.TotalSeconds);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", Math.Ceiling(ttl.TotalSeconds));")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", Convert.ToInt64(ttl.TotalSeconds));")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", (long)(decimal)ttl.TotalSeconds);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", ttl.TotalSeconds.ToString(\"F0\"));")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", TimeSpan.FromMinutes(text.Length).TotalSeconds);")]
    [InlineData("var span = TimeSpan.FromMinutes(5);\ndb.Execute(\"EXPIRE\", \"k\", span.TotalSeconds);")]
    [InlineData("db.Execute(\"PEXPIRE\", \"k\", ttl.Ticks / TimeSpan.TicksPerMillisecond);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", 60 + new Random().Next(10));")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", Convert.ToInt32(59.7));")]
    [InlineData("db.ScriptEvaluate(\"return redis.call('PEXPIRE', KEYS[1], math.ceil(ARGV[1]))\", new RedisKey[] { key }, new RedisValue[] { ttl.TotalMilliseconds });")]
    [InlineData("db.Execute(\"SET\", \"k\", ttl.TotalSeconds, \"EX\", 60);")]
    [InlineData("db.KeyExpire(key, TimeSpan.FromSeconds(ttl.TotalSeconds));")]
    public Task Silent_NumbersThatAreWhole(string statements) => Check.Reports(statements);

    [Fact]
    public Task Silent_ANumberThatAWrapperMakesWhole() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        class Cache(IDatabase db)
        {
            public void InSeconds(string key, double seconds) => db.Execute("EXPIRE", key, seconds);

            public void InWholeSeconds(string key, double seconds) => db.Execute("EXPIRE", key, (long)seconds);

            public void InMinutes(string key, double minutes) => db.KeyExpire(key, TimeSpan.FromMinutes(minutes));

            public void Use(string key, TimeSpan ttl)
            {
                InSeconds(key, [|ttl.TotalSeconds|]);
                InWholeSeconds(key, ttl.TotalSeconds);
                InMinutes(key, ttl.TotalMinutes);
                InMinutes(key, 0.5);
            }
        }
        """);

    [Fact]
    public Task Silent_InAClassOfTestsWhoseHeirsBearTheAttributes() => Check.ReportsSource("""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        namespace Xunit
        {
            static class Assert
            {
                public static void False(bool condition) { }
            }
        }

        namespace Guards
        {
            static class Assert
            {
                public static void NotNull(object given) { }
            }
        }

        abstract class StoreTestsBase
        {
            public virtual async Task Set_Over_IsRefused(IDatabase db)
            {
                Xunit.Assert.False(await db.StringSetAsync("k", "v", TimeSpan.Zero));
            }

            protected Task Prepare(IDatabase db) => db.StringSetAsync("k", "v", [|TimeSpan.Zero|]);
        }

        class Store
        {
            public void Keep(IDatabase db)
            {
                Guards.Assert.NotNull(db);
                db.StringSet("k", "v", [|TimeSpan.Zero|]);
            }

            public void Drop(IDatabase db) => db.StringSet("k", "v", [|TimeSpan.FromSeconds(-1)|]);
        }
        """);

    /// <summary>What a variable is before a switch that names each member of an enumeration is no TTL.</summary>
    [Theory]
    [InlineData("case Unit.Day: ttl = TimeSpan.FromDays(n); break; case Unit.Hour: ttl = TimeSpan.FromHours(n); break;", "ttl")]
    [InlineData("case Unit.Day: ttl = TimeSpan.FromDays(n); break; case Unit.Hour: ttl = TimeSpan.FromHours(n); break; default: break;", "ttl")]
    [InlineData("case Unit.Day: ttl = TimeSpan.FromDays(n); break;", "[|ttl|]")]
    [InlineData("case Unit.Day: ttl = TimeSpan.FromDays(n); break; case Unit.Hour: break;", "[|ttl|]")]
    [InlineData("case Unit.Day: case Unit.Hour: ttl = TimeSpan.FromDays(n); break; default: ttl = TimeSpan.FromSeconds(-1); break;", "[|ttl|]")]
    public Task SwitchOverAllMembers(string sections, string ttl) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        enum Unit { Day, Hour }

        class Links
        {
            public void Keep(IDatabase db, Unit unit, int n) => Store(db, LengthOf(unit, n));

            private static void Store(IDatabase db, TimeSpan ttl) => db.StringSet("k", "v", ttl);

            private static TimeSpan LengthOf(Unit unit, int n) => TimeSpan.FromDays(n);

            public void Here(IDatabase db, Unit unit, int n)
            {
                TimeSpan ttl = TimeSpan.Zero;
                switch (unit) { {{sections}} }
                db.KeyExpire("k", {{ttl}});
            }
        }
        """);

    // Which way a helper goes, the constant tells that it is handed; what it compares with something unknown may be anything.
    [Theory]
    [InlineData("db.StringSet(k, 1, OrDefault(TimeSpan.Zero));")]
    [InlineData("db.StringSet(k, 1, OrDefaultBlock(TimeSpan.Zero));")]
    [InlineData("db.StringSet(k, 1, OrNull(TimeSpan.Zero), When.Always);")]
    [InlineData("db.KeyExpire(k, Max(TimeSpan.Zero, TimeSpan.FromSeconds(5)));")]
    [InlineData("Put(db, k, \"1\");")]
    [InlineData("Put(db, k, \"1\", System.Threading.Timeout.InfiniteTimeSpan);")]
    [InlineData("Until(memory, k);")]
    [InlineData("TimeSpan? ttl = Of(k) is { Ticks: > 0 } t ? t : null; db.StringSet(k, 1, ttl, When.Always);")]
    [InlineData("db.KeyExpire(k, [|OrDefault(TimeSpan.FromTicks(1))|]);")]
    [InlineData("db.KeyExpire(k, [|Max(TimeSpan.Zero, TimeSpan.FromSeconds(-5))|]);")]
    public Task AHelperThatTestsWhatItIsHanded(string statements) => Check.ReportsSource($$"""
        using System;
        using Microsoft.Extensions.Caching.Memory;
        using StackExchange.Redis;

        static class Store
        {
            static readonly TimeSpan Default = TimeSpan.FromMinutes(5);

            static TimeSpan OrDefault(TimeSpan t) => t <= TimeSpan.Zero ? Default : t;

            static TimeSpan OrDefaultBlock(TimeSpan t) { if (t == TimeSpan.Zero) return Default; return t; }

            static TimeSpan? OrNull(TimeSpan t) => t == default ? null : t;

            static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

            static TimeSpan Of(string kind) => kind switch { "s" => TimeSpan.FromSeconds(30), _ => TimeSpan.Zero };

            static void Put(IDatabase db, string k, string v, TimeSpan ttl = default) => db.StringSet(k, v, OrDefault(ttl));

            static void Until(IMemoryCache m, string k, DateTimeOffset until = default) =>
                m.Set(k, 1, until == default ? DateTimeOffset.UtcNow.AddMinutes(1) : until);

            static void Use(IDatabase db, IMemoryCache memory, string k)
            {
                {{statements}}
            }
        }
        """, References.NewestClient);

    [Fact]
    public Task AnOmittedArgumentCountsAsItsDefault() => Check.ReportsSource("""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Cache
        {
            private readonly IDatabase _db;

            public Cache(IDatabase db) => _db = db;

            public Task<bool> SetAsync(string key, string value, TimeSpan ttl = default) => _db.StringSetAsync(key, value, ttl);

            public Task<bool> OrNone(string key, string value, TimeSpan? ttl = null) => _db.StringSetAsync(key, value, ttl, when: When.Always);

            public Task<bool> OrFiveMinutes(string key, string value, TimeSpan ttl = default) =>
                _db.StringSetAsync(key, value, ttl == default ? TimeSpan.FromMinutes(5) : ttl);

            public Task<bool> InSeconds(string key, string value, int seconds = 0) => _db.StringSetAsync(key, value, TimeSpan.FromSeconds(seconds));

            public Task<bool> ForAMinute(string key, string value, int seconds = 60) => _db.StringSetAsync(key, value, TimeSpan.FromSeconds(seconds));
        }

        class Users
        {
            private readonly Cache _cache;

            public Users(Cache cache) => _cache = cache;

            public async Task Save(string id, string value, TimeSpan ttl)
            {
                await [|_cache.SetAsync(id, value)|];
                await _cache.SetAsync(id, value, ttl);
                await _cache.OrNone(id, value);
                await _cache.OrFiveMinutes(id, value);
                await [|_cache.InSeconds(id, value)|];
                await _cache.ForAMinute(id, value);
            }
        }
        """);

    [Theory]
    [InlineData("(int)TimeSpan.FromMilliseconds(500).TotalSeconds", true)]
    [InlineData("(int)0.5", true)]
    [InlineData("500 / 1000", true)]
    [InlineData("TimeSpan.FromMilliseconds(500).Seconds", true)]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("60", false)]
    [InlineData("(int)span.TotalSeconds", false)]
    [InlineData("TimeSpan.Zero", true)]
    [InlineData("span > TimeSpan.Zero ? span : TimeSpan.Zero", false)]
    [InlineData("Timeout.InfiniteTimeSpan", true)]
    [InlineData("TimeSpan.FromMinutes(5) - TimeSpan.FromMinutes(5)", true)]
    [InlineData("TimeSpan.FromMinutes(-5)", true)]
    public Task WhereTheClientTakesZeroForNone(string ttl, bool isReported)
    {
        string marked = isReported ? $"[|{ttl}|]" : ttl;
        return Check.ReportsSource($$"""
            using System;
            using System.Threading;

            class Throttle(CSRedis.CSRedisClient cs, FreeRedis.RedisClient free)
            {
                public void Mark(string key, TimeSpan span)
                {
                    cs.Set(key, "v", {{marked}});
                    free.Set(key, "v", {{marked}});
                }
            }
            """,
            References.AllClients);
    }

    /// <summary>A form that has no twin without a TTL leaves zero as the only way to say that there is none.</summary>
    [Theory]
    [InlineData("free.Set(key, \"v\", TimeSpan.FromSeconds(0), false, isNew, false, false);")]
    [InlineData("free.Set(key, \"v\", TimeSpan.Zero, keepTtl: false, nx: isNew, xx: false, get: false);")]
    [InlineData("free.Set(key, \"v\", [|TimeSpan.FromSeconds(-5)|], false, isNew, false, false);")]
    [InlineData("free.Set(key, \"v\", [|TimeSpan.Zero|]);")]
    [InlineData("cs.Set(key, \"v\", [|TimeSpan.Zero|], CSRedis.RedisExistence.Nx);")]
    public Task WhereZeroIsTheOnlyWayToSayNone(string statement) => Check.ReportsSource(
        $$"""
        using System;

        class Marks(CSRedis.CSRedisClient cs, FreeRedis.RedisClient free)
        {
            public void Mark(string key, bool isNew)
            {
                {{statement}}
            }
        }
        """,
        References.AllClients);

    [Theory]
    [InlineData("Expiration expiry = [|TimeSpan.Zero|];")]
    [InlineData("db.StringSet(key, token, new Expiration([|TimeSpan.FromSeconds(-5)|]));")]
    [InlineData("db.HashFieldExpire(key, new RedisValue[] { \"f\" }, [|TimeSpan.Zero|]);")]
    [InlineData("db.HashFieldSetAndSetExpiry(key, \"f\", token, [|TimeSpan.Zero|]);")]
    [InlineData("db.StringSet(key, token, [|DateTime.UtcNow.AddMinutes(-5)|]);")]
    [InlineData("db.StringGetSetExpiry(key, [|TimeSpan.MaxValue|]);")]
    [InlineData("db.StringGetSetExpiry(key, [|DateTime.MaxValue|]);")]
    public Task AtTheSinksOfNewerClients(string statements) => Check.Reports(statements, Newer);

    [Theory]
    [InlineData("db.LockTake(key, token, [|TimeSpan.MaxValue|]);")]
    [InlineData("db.LockExtend(key, token, [|TimeSpan.MaxValue|]);")]
    [InlineData("if (db.StringSet(key, token, [|TimeSpan.MaxValue|], When.NotExists)) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    public Task ALockForEver(string statements) => Check.Reports(statements);

    // The same MULTI gives it one.
    [Theory]
    [InlineData("var tran = db.CreateTransaction();\ntran.LockTakeAsync(key, token, TimeSpan.MaxValue);\ntran.KeyExpireAsync(key, ttl);\nawait tran.ExecuteAsync();")]
    [InlineData("var tran = db.CreateTransaction();\ntran.LockTakeAsync(key, token, [|TimeSpan.MaxValue|]);\ntran.KeyExpireAsync(\"other\", ttl);\nawait tran.ExecuteAsync();")]
    [InlineData("var batch = db.CreateBatch();\nbatch.LockTakeAsync(key, token, [|TimeSpan.MaxValue|]);\nbatch.KeyExpireAsync(key, ttl);\nbatch.Execute();")]
    public Task Silent_ALockWhoseTransactionSetsItsTtl(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("DateTime.UtcNow.AddMinutes(-5)")]
    [InlineData("DateTime.UtcNow - TimeSpan.FromMinutes(5)")]
    [InlineData("DateTime.UtcNow.Subtract(TimeSpan.FromSeconds(1))")]
    [InlineData("DateTime.UtcNow.AddYears(-1)")]
    [InlineData("DateTime.UtcNow.AddHours(-1).AddMinutes(-5)")]
    [InlineData("DateTime.UnixEpoch")]
    [InlineData("new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc)")]
    [InlineData("DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc)")]
    [InlineData("DateTimeOffset.MinValue.UtcDateTime")]
    [InlineData("DateTimeOffset.FromUnixTimeSeconds(0).UtcDateTime")]
    [InlineData("new DateTimeOffset(1999, 12, 31, 0, 0, 0, TimeSpan.Zero).UtcDateTime")]
    public Task AnInstantThatIsPast(string when) => Check.Reports($"db.KeyExpire(key, [|{when}|]);");

    [Theory]
    [InlineData("db.Execute(\"EXPIREAT\", \"k\", [|DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds()|]);")]
    [InlineData("db.Execute(\"EXPIREAT\", \"k\", [|DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60|]);")]
    [InlineData("db.Execute(\"EXPIREAT\", \"k\", [|3600|]);")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddMinutes(-5)|] };")]
    public Task AnInstantThatIsPastAtOtherSinks(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("var none = TimeSpan.Zero;\ndb.KeyExpire(key, [|none|]);")]
    [InlineData("const int seconds = 0;\ndb.KeyExpire(key, [|TimeSpan.FromSeconds(seconds)|]);")]
    [InlineData("db.KeyExpire(key, flag ? [|TimeSpan.Zero|] : ttl);")]
    [InlineData("db.KeyExpire(key, maybe ?? [|TimeSpan.Zero|]);")]
    [InlineData("db.KeyExpire(key, text switch { \"a\" => ttl, _ => [|default(TimeSpan)|] });")]
    [InlineData("db.KeyExpire(key, flag ? [|DateTime.UtcNow.AddDays(-1)|] : given);")]
    [InlineData("var until = TimeSpan.Zero;\nif (flag) until = ttl;\ndb.KeyExpire(key, [|until|]);")]
    public Task FollowedThroughVariablesAndBranches(string statements) => Check.Reports(statements);

    [Fact]
    public Task FollowedThroughFieldsAndWrappers() => Check.ReportsSource("""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Sessions
        {
            private static readonly TimeSpan Never = TimeSpan.Zero;
            private const int None = 0;
            private readonly IDatabase _db;

            public Sessions(IDatabase db) => _db = db;

            public Task<bool> Forget(string key) => _db.KeyExpireAsync(key, [|Never|]);

            public Task<bool> ForgetToo(string key) => _db.KeyExpireAsync(key, [|TimeSpan.FromSeconds(None)|]);

            public Task<bool> Indirect(string key) => Touch(key, [|TimeSpan.Zero|]);

            public Task<bool> Guarded(string key) => TouchIfPositive(key, TimeSpan.Zero);

            public Task<bool> Defaulted(string key) => TouchOrDefault(key, default);

            private Task<bool> Touch(string key, TimeSpan ttl) => _db.KeyExpireAsync(key, ttl);

            private Task<bool> TouchIfPositive(string key, TimeSpan ttl) => ttl > TimeSpan.Zero ? _db.KeyExpireAsync(key, ttl) : Task.FromResult(false);

            private async Task<bool> TouchOrDefault(string key, TimeSpan ttl)
            {
                if (ttl == default)
                {
                    ttl = TimeSpan.FromMinutes(5);
                }

                return await _db.KeyExpireAsync(key, ttl);
            }
        }
        """);

    [Theory]
    [InlineData("TimeSpan.FromMinutes(5)")]
    [InlineData("TimeSpan.FromMilliseconds(1)")]
    [InlineData("TimeSpan.MaxValue")]
    [InlineData("ttl")]
    [InlineData("-ttl")]
    [InlineData("ttl - TimeSpan.FromMinutes(5)")]
    [InlineData("(TimeSpan?)null")]
    [InlineData("maybe")]
    [InlineData("flag ? ttl : maybe")]
    [InlineData("TimeSpan.FromMinutes(1) + TimeSpan.FromMinutes(-0.5)")]
    [InlineData("new TimeSpan(0, 5, 0)")]
    [InlineData("TimeSpan.FromDays(1) / 2")]
    public Task Silent_TtlsThatAreOne(string ttl) => Check.Reports($"db.KeyExpire(key, {ttl});");

    [Theory]
    [InlineData("given")]
    [InlineData("given.AddMinutes(-5)")]
    [InlineData("DateTime.UtcNow - ttl")]
    [InlineData("DateTime.UtcNow.AddMinutes(5)")]
    [InlineData("DateTime.UtcNow.AddDays(1).AddMinutes(-5)")]
    [InlineData("DateTime.UtcNow.Date.AddDays(1)")]
    [InlineData("DateTime.UtcNow.Date")]
    [InlineData("DateTime.UtcNow")]
    [InlineData("DateTime.UtcNow.AddHours(-1).AddDays(1)")]
    [InlineData("DateTime.UnixEpoch.AddSeconds(text.Length)")]
    [InlineData("DateTimeOffset.FromUnixTimeSeconds(text.Length).UtcDateTime")]
    [InlineData("DateTime.MaxValue")]
    [InlineData("new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)")]
    [InlineData("(DateTime?)null")]
    public Task Silent_InstantsToCome(string when) => Check.Reports($"db.KeyExpire(key, {when});");

    // EXP101 speaks: the client throws before the instant counts.
    [Theory]
    [InlineData("DateTime.MinValue")]
    [InlineData("new DateTime(2000, 1, 1)")]
    public Task Silent_InstantsThatAreRefusedForTheirKind(string when) => Check.Reports($"db.KeyExpire(key, {when});");

    [Theory]
    [InlineData("db.StringSet(key, token, TimeSpan.MaxValue);")]
    [InlineData("db.KeyPersist(key);")]
    [InlineData("await Task.Delay(TimeSpan.Zero);\nThread.Sleep(Timeout.InfiniteTimeSpan);")]
    [InlineData("var options = new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromSeconds(1) };")]
    [InlineData("var options = new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMilliseconds(50) };")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", 60);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", \"60\");")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", 60.0);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", (long)ttl.TotalSeconds);")]
    [InlineData("db.Execute(\"EXPIREAT\", \"k\", 1924992000);")]
    [InlineData("db.Execute(\"SET\", \"EX\", 0);")]
    [InlineData("db.SetAdd(key, 0);")]
    public Task Silent_OtherCalls(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("var until = TimeSpan.Zero;\nif (flag) until = ttl;\nif (until > TimeSpan.Zero) db.KeyExpire(key, until);")]
    [InlineData("var until = TimeSpan.Zero;\nif (flag) until = ttl;\nif (until != TimeSpan.Zero) db.KeyExpire(key, until);")]
    [InlineData("var until = TimeSpan.Zero;\nif (flag) until = ttl;\nif (until.TotalSeconds > 0) db.KeyExpire(key, until);")]
    [InlineData("var until = TimeSpan.Zero;\nif (flag) until = ttl;\nif (until == default) return null;\ndb.KeyExpire(key, until);")]
    [InlineData("var until = TimeSpan.Zero;\nif (flag) until = ttl;\ndb.KeyExpire(key, until > TimeSpan.Zero ? until : TimeSpan.FromMinutes(5));")]
    [InlineData("var seconds = 0;\nif (flag) seconds = text.Length;\nif (seconds > 0) db.KeyExpire(key, TimeSpan.FromSeconds(seconds));")]
    [InlineData("var until = TimeSpan.Zero;\nforeach (var part in text) until += TimeSpan.FromSeconds(part);\ndb.KeyExpire(key, until + ttl);")]
    [InlineData("var until = TimeSpan.Zero;\nAction set = () => until = ttl;\nset();\ndb.KeyExpire(key, until);")]
    [InlineData("var until = TimeSpan.Zero;\nuntil = flag ? ttl : TimeSpan.FromMinutes(5);\ndb.KeyExpire(key, until);")]
    [InlineData("if (!TimeSpan.TryParse(text, out var parsed)) parsed = TimeSpan.FromMinutes(5);\ndb.KeyExpire(key, parsed);")]
    public Task Silent_WhereAZeroIsKeptBack(string statements) => Check.Reports(statements);

    // Of both branches a value comes, so that the fallback never counts (found in real code).
    [Theory]
    [InlineData("TimeSpan? left = null;\nif (flag) left = given - DateTime.UtcNow; else left = ttl;\ndb.KeyExpire(key, left ?? TimeSpan.Zero);")]
    [InlineData("TimeSpan? left = null;\nif (maybe.HasValue)\n{\n    if (flag)\n    {\n        var rest = given - DateTime.UtcNow;\n        left = rest <= maybe ? rest : maybe;\n    }\n    else left = maybe;\n    db.KeyExpire(key, left ?? TimeSpan.Zero);\n}")]
    [InlineData("TimeSpan? left = null;\nif (flag)\n{\n    var rest = ttl;\n    left = rest <= maybe ? rest : maybe;\n}\nelse left = maybe;\ndb.KeyExpire(key, left ?? TimeSpan.Zero);")]
    [InlineData("TimeSpan? left = null;\nif (flag) left = text == null ? ttl : maybe; else left = maybe;\ndb.KeyExpire(key, left ?? TimeSpan.Zero);")]
    [InlineData("TimeSpan? left = null;\nif (maybe.HasValue)\n{\n    if (flag) left = ttl; else left = maybe;\n    db.KeyExpire(key, left ?? TimeSpan.Zero);\n}")]
    public Task Silent_FallbacksThatAreNotReached(string statements) => Check.Reports(statements);

    [Fact]
    public Task Reported_FallbacksThatMayBeReached() => Check.Reports("TimeSpan? left = null;\nif (flag) left = ttl;\ndb.KeyExpire(key, left ?? [|TimeSpan.Zero|]);");

    [Fact]
    public Task Silent_WhereTheTtlIsKept() => Check.Reports("db.StringSet(key, token, TimeSpan.Zero, keepTtl: flag);\ndb.StringSet(key, token, TimeSpan.Zero, true);\ndb.StringSet(key, token, [|TimeSpan.Zero|], keepTtl: false);");

    [Fact]
    public Task Silent_WhereATestExpectsTheFailure() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        static class Assert
        {
            public static void Throws<T>(Action action) => action();
        }

        class Tests
        {
            public void Refuses(IDatabase db) => Assert.Throws<RedisServerException>(() => db.StringSet("k", "v", TimeSpan.Zero));
        }
        """);

    [Fact]
    public Task Reports_WhereAnAttributeIsOnlyCalledLikeATests() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        sealed class FactoryAttribute : Attribute;

        sealed class TestedAttribute : Attribute;

        [Factory]
        class Marked
        {
            [Tested]
            public void M(IDatabase db, string key) => db.KeyExpire(key, [|TimeSpan.Zero|]);
        }
        """);

    [Fact]
    public Task Silent_WhereATestsAttributeDoesNotResolve() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        class Marked
        {
            [{|CS0246:{|CS0246:Fact|}|}]
            public void Test(IDatabase db, string key) => db.KeyExpire(key, TimeSpan.Zero);

            [{|CS0246:{|CS0246:Factory|}|}]
            public void Other(IDatabase db, string key) => db.KeyExpire(key, [|TimeSpan.Zero|]);

            private static void Main()
            {
            }
        }
        """);

    // Measured: 2.6 sends PX 922337203685477, which is as good as for ever.
    [Fact]
    public Task Silent_MaxValueOfGetexOnOlderClients() => Check.Reports("db.StringGetSetExpiry(key, TimeSpan.MaxValue);", "2.6.96");

    [Fact]
    public Task Silent_ExpressionTreesDescribeACall() => Check.Reports("System.Linq.Expressions.Expression<Func<IDatabase, bool>> call = d => d.KeyExpire(\"k\", TimeSpan.Zero, CommandFlags.None);");

    [Fact]
    public Task Reports_AZeroInAFieldThatNobodyWrites() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        class Sessions
        {
            private TimeSpan _ttl = TimeSpan.Zero;

            public void Touch(IDatabase db, string key) => db.KeyExpire(key, [|_ttl|]);
        }
        """);

    // Accepted: a field that may be written again says nothing.
    [Fact]
    public Task Gap_AZeroKeptInAFieldThatOthersMaySet() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        class Sessions
        {
            internal TimeSpan _ttl = TimeSpan.Zero;

            public void Touch(IDatabase db, string key) => db.KeyExpire(key, _ttl);
        }
        """);
}

/// <summary>EXP401: what the fix writes.</summary>
public sealed class EXP401_TtlNotWhatItSaysFixTests
{
    // A mistake in a member of the user's own is no wish to delete.
    [Theory]
    [InlineData("db.KeyExpire(key, [|TimeSpan.FromHours(HalfAnHour)|]);")]
    [InlineData("db.KeyExpire(key, [|-Normal|]);")]
    [InlineData("db.KeyExpire(key, [|Short|]);")]
    [InlineData("var ttl = Short;\ndb.KeyExpire(key, [|ttl|]);")]
    public Task NoDeleteByAnotherName(string statements) => Check.NoFixSource($$"""
        using System;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            const int HalfAnHour = 30 / 60;
            static readonly TimeSpan Normal = TimeSpan.FromHours(1);
            static TimeSpan Short { get; } = TimeSpan.Zero;

            void Put(string key)
            {
                {{statements}}
            }
        }
        """);

    [Theory]
    [InlineData("db.KeyExpire(key, [|TimeSpan.Zero|]);", "db.KeyDelete(key);")]
    [InlineData("await db.KeyExpireAsync(key, [|TimeSpan.FromSeconds(-1)|]).ConfigureAwait(false);", "await db.KeyDeleteAsync(key).ConfigureAwait(false);")]
    [InlineData("db.KeyExpire(key, [|TimeSpan.Zero|], CommandFlags.FireAndForget); // forget it", "db.KeyDelete(key, CommandFlags.FireAndForget); // forget it")]
    [InlineData("db.KeyExpire(expiry: [|TimeSpan.Zero|], key: key);", "db.KeyDelete(key: key);")]
    [InlineData("if (db.KeyExpire(key, [|DateTime.UtcNow.AddMinutes(-1)|])) Console.WriteLine();", "if (db.KeyDelete(key)) Console.WriteLine();")]
    [InlineData("var none = TimeSpan.Zero;\ndb.KeyExpire(key, [|none|]);", "db.KeyDelete(key);")]
    [InlineData("db.KeyExpire(\"a\", [|TimeSpan.Zero|]);\ndb.KeyExpire(\"b\", [|TimeSpan.Zero|]);", "db.KeyDelete(\"a\");\ndb.KeyDelete(\"b\");")]
    public Task KeyExpireThatDeletes_BecomesKeyDelete(string before, string after) => Check.Fixes(before, after, "Delete");

    /// <summary>The other path means what it says.</summary>
    [Theory]
    [InlineData("var life = TimeSpan.Zero;\nif (flag) { life = ttl; }\ndb.KeyExpire(key, [|life|]);")]
    [InlineData("var life = Timeout.InfiniteTimeSpan;\nif (flag) { life = ttl; }\ndb.KeyExpire(key, [|life|]);")]
    [InlineData("var life = TimeSpan.MaxValue;\nif (flag) { life = ttl; }\ndb.StringGetSetExpiry(key, [|life|]);")]
    public Task NothingWhereItIsSoOnSomePath(string statements) => Check.NoFix(statements);

    /// <summary>A TTL is meant.</summary>
    [Theory]
    [InlineData("db.KeyExpire(key, [|TimeSpan.FromSeconds(60 / 1000)|]);")]
    [InlineData("const int Half = 500;\nvar life = TimeSpan.FromSeconds(Half / 1000);\ndb.KeyExpire(key, [|life|]);")]
    public Task NothingWhereALengthIsCutToZero(string statements) => Check.NoFix(statements);

    [Fact]
    public Task NothingWhereTheArgumentIsLeftOut() => Check.NoFixSource("""
        using System;
        using StackExchange.Redis;

        class Cache(IDatabase db)
        {
            public bool Forget(string key, TimeSpan ttl = default) => db.KeyExpire(key, ttl);

            public bool Use(string key) => [|Forget(key)|];
        }
        """);

    [Theory]
    [InlineData("db.KeyExpire(key, [|Timeout.InfiniteTimeSpan|]);", "db.KeyPersist(key);")]
    [InlineData("await db.KeyExpireAsync(key, [|Timeout.InfiniteTimeSpan|]);", "await db.KeyPersistAsync(key);")]
    [InlineData("_ = db.KeyExpireAsync(key, [|Timeout.InfiniteTimeSpan|]);", "_ = db.KeyPersistAsync(key);")]
    public Task Infinite_BecomesPersist(string before, string after) => Check.Fixes(before, after, "Persist");

    [Theory]
    [InlineData("db.StringGetSetExpiry(key, [|TimeSpan.MaxValue|]);", "db.StringGetSetExpiry(key, null);")]
    [InlineData("db.StringGetSetExpiry(key, [|DateTime.MaxValue|]);", "db.StringGetSetExpiry(key, null);")]
    public Task GetexWithMaxValue_BecomesNull(string before, string after) => Check.Fixes(before, after, "Persist", "2.13.23", "3.4.35");

    // The answer is another: whether the key had a TTL.
    [Fact]
    public Task InfiniteWhoseAnswerIsUsed_BecomesPersist() => Check.Asks(
        "bool done = db.KeyExpire(key, [|Timeout.InfiniteTimeSpan|]);",
        "bool done = db.KeyPersist(key);",
        "Persist");

    [Theory]
    [InlineData("db.StringSet(key, token, [|Timeout.InfiniteTimeSpan|]);", "db.StringSet(key, token);")]
    [InlineData("db.StringSet(key, token, [|Timeout.InfiniteTimeSpan|], When.Always);", "db.StringSet(key, token, when: When.Always);")]
    [InlineData("await db.StringSetAsync(\n    key,\n    token,\n    expiry: [|Timeout.InfiniteTimeSpan|],\n    flags: CommandFlags.FireAndForget); // for ever", "await db.StringSetAsync(\n    key,\n    token,\n    flags: CommandFlags.FireAndForget); // for ever")]
    [InlineData("IMemoryCache memory = null;\nmemory.Set(\"k\", \"v\", [|Timeout.InfiniteTimeSpan|]);", "IMemoryCache memory = null;\nmemory.Set(\"k\", \"v\");")]
    [InlineData("var options = new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = [|Timeout.InfiniteTimeSpan|] };", "var options = new MemoryCacheEntryOptions();")]
    [InlineData("var options = new DistributedCacheEntryOptions\n{\n    SlidingExpiration = ttl,\n    AbsoluteExpirationRelativeToNow = [|Timeout.InfiniteTimeSpan|], // no cap\n};", "var options = new DistributedCacheEntryOptions\n{\n    SlidingExpiration = ttl,\n    AbsoluteExpirationRelativeToNow = null, // no cap\n};")]
    [InlineData("var options = new DistributedCacheEntryOptions\n{\n    SlidingExpiration = ttl,\n    AbsoluteExpirationRelativeToNow = [|Timeout.InfiniteTimeSpan|],\n};", "var options = new DistributedCacheEntryOptions\n{\n    SlidingExpiration = ttl,\n};")]
    [InlineData("var options = new MemoryCacheEntryOptions();\noptions.AbsoluteExpirationRelativeToNow = [|Timeout.InfiniteTimeSpan|];", "var options = new MemoryCacheEntryOptions();\noptions.AbsoluteExpirationRelativeToNow = null;")]
    [InlineData("IMemoryCache memory = null;\nmemory.Set(\"k\", \"v\", [|TimeSpan.MaxValue|]);", "IMemoryCache memory = null;\nmemory.Set(\"k\", \"v\");")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = [|TimeSpan.MaxValue|] };", "var options = new DistributedCacheEntryOptions();")]
    [InlineData("ICacheEntry entry = null;\nentry.AbsoluteExpirationRelativeToNow = [|TimeSpan.MaxValue|];", "ICacheEntry entry = null;\nentry.AbsoluteExpirationRelativeToNow = null;")]
    public Task Infinite_BecomesWhatTheMemberTakesForNever(string before, string after) => Check.Fixes(before, after, "Never");

    [Theory]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|1.5|]);", "db.Execute(\"EXPIRE\", \"k\", (long)Math.Ceiling(1.5));")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|ttl.TotalSeconds|]);", "db.Execute(\"EXPIRE\", \"k\", (long)Math.Ceiling(ttl.TotalSeconds));")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|60 + new Random().NextDouble() * 10|]);", "db.Execute(\"EXPIRE\", \"k\", (long)Math.Ceiling(60 + new Random().NextDouble() * 10));")]
    public Task AFraction_IsRoundedUp(string before, string after) => Check.Fixes(before, after, "Whole");

    [Theory]
    [InlineData("db.StringSet(key, token, [|TimeSpan.Zero|]);")]
    [InlineData("db.LockTake(key, token, [|Timeout.InfiniteTimeSpan|]);")]
    [InlineData("var options = new Microsoft.Extensions.Caching.Hybrid.HybridCacheEntryOptions { Expiration = [|Timeout.InfiniteTimeSpan|] };")]
    [InlineData("db.StringSet(key, token, flag ? [|Timeout.InfiniteTimeSpan|] : ttl);")]
    [InlineData("db.LockExtend(key, token, [|TimeSpan.Zero|]);")]
    [InlineData("db.KeyExpire(key, [|TimeSpan.Zero|], ExpireWhen.HasNoExpiry);")]
    [InlineData("db.KeyExpire(key, flag ? [|TimeSpan.Zero|] : ttl);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|0|]);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", [|ttl.TotalSeconds.ToString()|]);")]
    [InlineData("var options = new Microsoft.Extensions.Caching.Hybrid.HybridCacheEntryOptions { Expiration = [|TimeSpan.MaxValue|] };")]
    [InlineData("db.LockTake(key, token, [|TimeSpan.MaxValue|]);")]
    public Task NoFix_WhereTheCodeDoesNotSayWhatItMeans(string statements) => Check.NoFix(statements);
}
