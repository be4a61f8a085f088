using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Time.ExpiryJudgedByLocalClockFix>;

namespace ExpiryAnalyzers.Tests.Time;

/// <summary>EXP104: when a key dies, as its server says, is judged by another clock.</summary>
public sealed class EXP104_ExpiryJudgedByLocalClockTests
{
    private const string Client = "3.4.35";

    private static string InStore(string members) => $$"""
        using System;
        using System.Linq;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        public interface IClock { DateTime UtcNow { get; } }

        public class Store
        {
            private readonly IDatabase db;
            private readonly IConnectionMultiplexer _mux;
            private readonly TimeProvider _time;
            private readonly IClock _clock;

            public Store(IConnectionMultiplexer mux, TimeProvider time, IClock clock)
            {
                _mux = mux;
                _time = time;
                _clock = clock;
                db = mux.GetDatabase();
            }

            {{members.Replace("\n", "\n    ", StringComparison.Ordinal)}}
        }
        """;

    [Theory]
    [InlineData("if ([|db.KeyExpireTime(key) < DateTime.UtcNow|]) return null;")]
    [InlineData("if ([|await db.KeyExpireTimeAsync(key) <= DateTime.UtcNow|]) return null;")]
    [InlineData("if ([|DateTime.UtcNow >= await db.KeyExpireTimeAsync(key).ConfigureAwait(false)|]) return null;")]
    [InlineData("if ([|DateTime.UtcNow >= await db.KeyExpireTimeAsync(key).WaitAsync(TimeSpan.FromSeconds(1))|]) return null;")]
    [InlineData("var at = await db.KeyExpireTimeAsync(key).WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);\nreturn [|at < DateTime.UtcNow|];")]
    [InlineData("if ([|db.KeyExpireTime(key) > DateTime.Now|]) return null;")]
    [InlineData("if ([|db.KeyExpireTime(key) > DateTimeOffset.UtcNow|]) return null;")]
    [InlineData("if ([|db.KeyExpireTime(key) > TimeProvider.System.GetUtcNow().UtcDateTime|]) return null;")]
    [InlineData("if ([|db.KeyExpireTime(key) > TimeProvider.System.GetUtcNow()|]) return null;")]
    [InlineData("if ([|db.KeyExpireTime(key) < DateTime.UtcNow.AddMinutes(5)|]) return null;")]
    [InlineData("if ([|db.KeyExpireTime(key)!.Value.AddMinutes(-5) < DateTime.UtcNow|]) return null;")]
    [InlineData("if ([|db.KeyExpireTime(key)!.Value.ToLocalTime() < DateTime.Now|]) return null;")]
    [InlineData("if ([|db.KeyExpireTimeAsync(key).Result < DateTime.UtcNow|]) return null;")]
    [InlineData("if ([|db.KeyExpireTimeAsync(key).GetAwaiter().GetResult() < DateTime.UtcNow|]) return null;")]
    [InlineData("TimeSpan? left = [|db.KeyExpireTime(key) - DateTime.UtcNow|];")]
    [InlineData("var left = [|db.KeyExpireTime(key).Value.Subtract(DateTime.UtcNow)|].TotalSeconds;")]
    [InlineData("var late = [|DateTime.UtcNow - db.KeyExpireTime(key).Value|];")]
    [InlineData("var order = [|db.KeyExpireTime(key).Value.CompareTo(DateTime.UtcNow)|];")]
    [InlineData("var order = [|DateTime.Compare(db.KeyExpireTime(key).Value, DateTime.UtcNow)|];")]
    [InlineData("var order = [|Nullable.Compare(db.KeyExpireTime(key), DateTime.UtcNow)|];")]
    [InlineData("var at = db.KeyExpireTime(key);\nif (at.HasValue && [|at.Value < DateTime.UtcNow|]) return null;")]
    [InlineData("var at = db.KeyExpireTime(key);\nvar now = DateTime.UtcNow;\nreturn [|at > now|];")]
    [InlineData("if (db.KeyExpireTime(key) is { } at && [|at < DateTime.UtcNow|]) return null;")]
    [InlineData("if (db.KeyExpireTime(key) is DateTime at && [|at < DateTime.UtcNow|]) return null;")]
    [InlineData("if (db.KeyExpireTime(key) is not { } at) return null;\nreturn [|at - DateTime.UtcNow|];")]
    [InlineData("if (await db.KeyExpireTimeAsync(key) is not DateTime at || [|at < DateTime.UtcNow|]) return null;")]
    [InlineData("var at = db.KeyExpireTime(key) ?? DateTime.MaxValue;\nreturn [|at < DateTime.UtcNow|];")]
    [InlineData("return [|(db.KeyExpireTime(key) ?? DateTime.MinValue) > DateTime.UtcNow|];")]
    [InlineData("var at = db.KeyExpireTime(key);\nreturn at.HasValue ? [|at.Value - DateTime.UtcNow|] : TimeSpan.Zero;")]
    [InlineData("var at = db.KeyExpireTime(key);\nreturn at?.Subtract(DateTime.UtcNow);", true)]
    [InlineData("DateTimeOffset at = new DateTimeOffset(db.KeyExpireTime(key).Value);\nreturn [|at < DateTimeOffset.UtcNow|];")]
    [InlineData("var task = db.KeyExpireTimeAsync(key);\nvar at = await task;\nreturn [|at < DateTime.UtcNow|];")]
    [InlineData("db.KeyExpire(\"other\", [|db.KeyExpireTime(key) - DateTime.UtcNow|]);")]
    [InlineData("while ([|db.KeyExpireTime(key) > DateTime.UtcNow|]) await Task.Delay(100);")]
    [InlineData("Func<bool> isLive = () => [|db.KeyExpireTime(key) > DateTime.UtcNow|];")]
    [InlineData("return new[] { key }.Where(k => [|db.KeyExpireTime(k) < DateTime.UtcNow|]).ToArray();")]
    [InlineData("DateTimeOffset at = db.KeyExpireTime(key)!.Value;\nreturn [|at.ToUnixTimeSeconds() < DateTimeOffset.UtcNow.ToUnixTimeSeconds()|];")]
    [InlineData("return db.KeyExpireTime(key) switch { null => false, DateTime at => [|at > DateTime.UtcNow|] };")]
    public Task JudgedByThisMachinesClock(string statements, bool isWhole = false) => Check.Reports(isWhole ? statements.Replace("at?.Subtract(DateTime.UtcNow)", "at?[|.Subtract(DateTime.UtcNow)|]", StringComparison.Ordinal) : statements, Client);

    [Theory]
    [InlineData("var at = (long)db.Execute(\"PEXPIRETIME\", \"k\");\nreturn [|at < DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()|];")]
    [InlineData("var at = DateTimeOffset.FromUnixTimeSeconds((long)await db.ExecuteAsync(\"EXPIRETIME\", \"k\"));\nreturn [|at - DateTimeOffset.UtcNow|];")]
    [InlineData("var at = db.HashFieldGetExpireDateTime(key, new RedisValue[] { \"f\" });\nreturn [|at[0] < DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()|];")]
    [InlineData("var at = DateTimeOffset.FromUnixTimeMilliseconds(db.HashFieldGetExpireDateTime(key, new RedisValue[] { \"f\" })[0]);\nreturn [|at < DateTimeOffset.UtcNow|];")]
    [InlineData("var at = db.HashFieldGetExpireDateTime(key, new RedisValue[] { \"f\" }).First();\nreturn [|at < DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()|];")]
    [InlineData("foreach (long at in await db.HashFieldGetExpireDateTimeAsync(key, new RedisValue[] { \"f\" }))\n{\n    if (at > 0 && [|at < DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()|]) return at;\n}")]
    [InlineData("var at = db.KeyExpireTime(key).Value;\nreturn [|at.Ticks - DateTime.UtcNow.Ticks|];")]
    [InlineData("var at = DateTime.UnixEpoch.AddMilliseconds(db.HashFieldGetExpireDateTime(key, new RedisValue[] { \"f\" })[0]);\nreturn [|at < DateTime.UtcNow|];")]
    public Task OfNumbers(string statements) => Check.Reports(statements, Client);

    [Theory]
    [InlineData("var at = db.KeyExpireTime(key);\nConsole.WriteLine(at);\nreturn at;")]
    [InlineData("return db.KeyExpireTime(key) == null;")]
    [InlineData("return db.KeyExpireTime(key).HasValue;")]
    [InlineData("return db.KeyExpireTime(key) > given;")]
    [InlineData("return db.KeyExpireTime(key) > new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);")]
    [InlineData("return db.KeyExpireTime(key) > db.KeyExpireTime(\"other\");")]
    [InlineData("return db.KeyExpireTime(key) - db.KeyExpireTime(\"other\");")]
    [InlineData("return db.KeyTimeToLive(key) > TimeSpan.Zero;")]
    [InlineData("var at = DateTime.UtcNow + db.KeyTimeToLive(key);\nreturn at > DateTime.UtcNow;")]
    [InlineData("var at = db.KeyExpireTime(key);\nvar started = DateTime.UtcNow;\nawait Task.Yield();\nConsole.WriteLine(DateTime.UtcNow - started);\nreturn at;")]
    [InlineData("var at = db.KeyExpireTime(key);\nreturn given < DateTime.UtcNow ? at : null;")]
    [InlineData("return db.KeyExpireTime(key) == DateTime.UtcNow;")]
    [InlineData("System.Linq.Expressions.Expression<Func<IDatabase, bool>> e = d => d.KeyExpireTime(\"k\", CommandFlags.None) > DateTime.UtcNow;")]
    [InlineData("var server = db.Multiplexer.GetServer(\"localhost\", 6379);\nreturn db.KeyExpireTime(key) > server.Time();")]
    [InlineData("var at = db.KeyExpireTime(key);\nat = given;\nreturn at < DateTime.UtcNow;")]
    public Task Silent(string statements) => Check.Reports(statements, Client);

    [Theory]
    [InlineData("private Task<DateTime?> EndOf(string key) => db.KeyExpireTimeAsync(key);\npublic async Task<bool> IsOver(string key) => [|await EndOf(key) < DateTime.UtcNow|];")]
    [InlineData("private DateTime? EndOf(string key)\n{\n    var at = db.KeyExpireTime(key);\n    return at;\n}\n\npublic TimeSpan Left(string key)\n{\n    var at = EndOf(key);\n    return at.HasValue ? [|at.Value - _time.GetUtcNow().UtcDateTime|] : TimeSpan.Zero;\n}")]
    [InlineData("private DateTime? End => db.KeyExpireTime(\"k\");\npublic bool IsOver => [|End < _clock.UtcNow|];")]
    [InlineData("public bool IsOver(string key) => [|db.KeyExpireTime(key) < _clock.UtcNow|];")]
    [InlineData("public bool IsOver(string key)\n{\n    bool Past(DateTime at) => at < DateTime.UtcNow;\n    return [|db.KeyExpireTime(key) < _time.GetUtcNow()|];\n}")]
    [InlineData("public bool IsOver(string key, IConnectionMultiplexer other) => [|_mux.GetDatabase().KeyExpireTime(key) < other.GetServers()[0].Time()|];")]
    [InlineData("public bool IsOver(string key, IConnectionMultiplexer one, IConnectionMultiplexer two)\n{\n    var cache = one.GetDatabase();\n    var server = two.GetServer(\"b\", 6379);\n    return [|cache.KeyExpireTime(key) < server.Time()|];\n}")]
    public Task ThroughMembers(string members) => Check.ReportsSource(InStore(members), Client);

    [Theory]
    [InlineData("public bool IsOver(string key) => db.KeyExpireTime(key) < _mux.GetServers()[0].Time();")]
    [InlineData("private DateTime? End => db.KeyExpireTime(\"k\");\npublic bool IsOver(DateTime at) => End < at;")]
    public Task Silent_ThroughMembers(string members) => Check.ReportsSource(InStore(members), Client);

    [Theory]
    [InlineData("if ([|db.KeyExpireTime(key) > DateTime.UtcNow|]) return null;", "if (db.KeyTimeToLive(key) > TimeSpan.Zero) return null;")]
    [InlineData("if ([|DateTime.Now < await db.KeyExpireTimeAsync(key, CommandFlags.PreferReplica).ConfigureAwait(false)|] /* live */) return null;", "if (TimeSpan.Zero < await db.KeyTimeToLiveAsync(key, CommandFlags.PreferReplica).ConfigureAwait(false) /* live */) return null;")]
    [InlineData("if ([|db.KeyExpireTime(key) < DateTime.UtcNow.AddMinutes(5)|]) return null; // soon", "if (db.KeyTimeToLive(key) < TimeSpan.FromMinutes(5)) return null; // soon")]
    [InlineData("if ([|db.KeyExpireTime(key: key)!.Value > DateTimeOffset.UtcNow + ttl|]) return null;", "if (db.KeyTimeToLive(key: key)!.Value > ttl) return null;")]
    [InlineData("return [|db.KeyExpireTime(key) - DateTime.UtcNow|];", "return db.KeyTimeToLive(key);")]
    [InlineData("return ([|db.KeyExpireTime(key).Value - DateTime.UtcNow|]).TotalSeconds;", "return db.KeyTimeToLive(key).Value.TotalSeconds;")]
    [InlineData("return ([|(await db.KeyExpireTimeAsync(key)).Value.ToLocalTime() - DateTime.Now|]).TotalSeconds;", "return (await db.KeyTimeToLiveAsync(key)).Value.TotalSeconds;")]
    [InlineData("return [|db.KeyExpireTime(key).Value.Subtract(DateTime.UtcNow)|].TotalSeconds;", "return db.KeyTimeToLive(key).Value.TotalSeconds;")]
    [InlineData("return [|db.KeyExpireTime(key).Value.CompareTo(DateTime.UtcNow)|] > 0;", "return db.KeyTimeToLive(key).Value.CompareTo(TimeSpan.Zero) > 0;")]
    [InlineData("return [|db.KeyExpireTime(key) - DateTime.UtcNow.AddMinutes(1)|];", "return db.KeyTimeToLive(key) - TimeSpan.FromMinutes(1);")]
    [InlineData("return [|await db.KeyExpireTimeAsync(key) - DateTime.UtcNow|];", "return await db.KeyTimeToLiveAsync(key);")]
    [InlineData("var now = DateTime.UtcNow;\nreturn [|db.KeyExpireTime(key) > now|];", "return db.KeyTimeToLive(key) > TimeSpan.Zero;")]
    public Task Fix_AsksForTheRemainingTime(string before, string after) => Check.Fixes(before, after, "TimeToLive");

    [Theory]
    [InlineData(
        "DateTime? expires = db.KeyExpireTime(key);\nif (expires.HasValue && [|expires.Value > DateTime.UtcNow|]) return true;",
        "TimeSpan? timeToLive = db.KeyTimeToLive(key);\nif (timeToLive.HasValue && timeToLive.Value > TimeSpan.Zero) return true;")]
    [InlineData(
        "var expires = await db.KeyExpireTimeAsync(key); // when\nreturn expires is null ? ttl : [|expires.Value - DateTime.UtcNow|];",
        "var timeToLive = await db.KeyTimeToLiveAsync(key); // when\nreturn timeToLive is null ? ttl : timeToLive.Value;")]
    [InlineData(
        "if (db.KeyExpireTime(key) is { } at && [|at < DateTime.UtcNow.AddSeconds(30)|]) return true;",
        "if (db.KeyTimeToLive(key) is { } timeToLive && timeToLive < TimeSpan.FromSeconds(30)) return true;")]
    [InlineData(
        "if (await db.KeyExpireTimeAsync(key) is not DateTime at) return null;\nreturn [|at - DateTime.UtcNow|];",
        "if (await db.KeyTimeToLiveAsync(key) is not TimeSpan timeToLive) return null;\nreturn timeToLive;")]
    [InlineData(
        "var at = db.KeyExpireTime(key);\nif ([|at < DateTime.UtcNow|]) return null;\nreturn [|at - DateTime.UtcNow|];",
        "var timeToLive = db.KeyTimeToLive(key);\nif (timeToLive < TimeSpan.Zero) return null;\nreturn timeToLive;")]
    public Task Fix_RewritesTheVariableWithAllItsReads(string before, string after) => Check.Fixes(before, after, "TimeToLive");

    [Theory]
    [InlineData("var at = db.KeyExpireTime(key);\nConsole.WriteLine(at);\nreturn [|at < DateTime.UtcNow|];")]
    [InlineData("var at = db.KeyExpireTime(key);\nawait Task.Delay(100);\nreturn [|at < DateTime.UtcNow|];")]
    [InlineData("var at = db.KeyExpireTime(key);\nwhile ([|at > DateTime.UtcNow|]) Thread.Sleep(100);")]
    [InlineData("var at = db.KeyExpireTime(key);\nFunc<bool> isLive = () => [|at > DateTime.UtcNow|];")]
    [InlineData("var at = db.KeyExpireTime(key) ?? DateTime.MaxValue;\nreturn [|at < DateTime.UtcNow|];")]
    [InlineData("return [|DateTime.UtcNow - db.KeyExpireTime(key).Value|];")]

    // Of a key that is dead the server only says that it is gone: no remaining time is less than zero.
    [InlineData("return [|await db.KeyExpireTimeAsync(key) < DateTime.UtcNow|];")]
    [InlineData("return [|DateTime.UtcNow >= db.KeyExpireTime(key)|];")]
    [InlineData("return [|db.KeyExpireTime(key).Value.CompareTo(DateTime.UtcNow)|] <= 0;")]
    [InlineData("return [|db.KeyExpireTime(key) - DateTime.UtcNow|] < TimeSpan.Zero;")]
    [InlineData("var at = db.KeyExpireTime(key);\nreturn at is null || [|at < DateTime.UtcNow|];")]
    [InlineData("return [|DateTime.Compare(db.KeyExpireTime(key).Value, DateTime.UtcNow)|];")]
    public Task NoFix_WhereTheInstantIsNeededOrTimePasses(string statements) => Check.NoFix(statements);

    // Accepted: what a field holds may have been read at any time, and is not followed.
    [Fact]
    public Task Gap_AnInstantKeptInAField() => Check.ReportsSource(InStore("private DateTime? _end;\npublic void Load() => _end = db.KeyExpireTime(\"k\");\npublic bool IsOver => _end < DateTime.UtcNow;"), Client);
}
