using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lifetime.KeyWithoutTtlFix>;

namespace ExpiryAnalyzers.Tests.Lifetime;

/// <summary>EXP405, where it is switched on: a write makes a key that nothing in sight gives a TTL.</summary>
public sealed class EXP405_KeyWithoutTtlTests
{
    [Theory]
    [InlineData("[|db.StringSet(\"k:\" + text, token)|];")]
    [InlineData("await [|db.StringSetAsync(\"k\", token, when: When.NotExists)|];")]
    [InlineData("[|db.StringSet(\"k:\" + text, token, null, When.Always)|];")]
    [InlineData("[|db.StringSet(\"k:\" + text, token, expiry: null, when: When.Always)|];")]
    [InlineData("var old = [|db.StringGetSet(\"k:\" + text, token)|];")]
    [InlineData("[|db.StringIncrement(\"k:\" + text)|];")]
    [InlineData("[|db.HashSet(key, \"f\", token)|];")]
    [InlineData("[|db.ListRightPush(\"k:\" + text, token)|];")]
    [InlineData("[|db.SortedSetAdd(key, token, 1)|];\ndb.KeyExpire(text, ttl);")]
    [InlineData("var tran = db.CreateTransaction();\n_ = [|tran.SetAddAsync(\"k:\" + text, token)|];\ntran.Execute();")]
    [InlineData("[|db.StringSet(new KeyValuePair<RedisKey, RedisValue>[] { new(\"a\", 1) })|];")]
    [InlineData("IDistributedCache cache = null;\n[|cache.SetString(\"k\", \"v\")|];")]
    [InlineData("IDistributedCache cache = null;\n[|cache.SetString(\"k\", \"v\", new DistributedCacheEntryOptions())|];")]
    [InlineData("IDistributedCache cache = null;\nvar none = new DistributedCacheEntryOptions();\n[|cache.SetString(\"k\", \"v\", none)|];")]
    public Task Reports(string statements) => Check.Reports(statements);

    // A command that refuses zero stores nothing.
    [Theory]
    [InlineData("FreeRedis.RedisClient free = null;\nfree.SetEx(\"k\", 0, token);")]
    [InlineData("FreeRedis.RedisClient free = null;\nfree.PSetEx(\"k\", 0, token);")]
    [InlineData("FreeRedis.RedisClient free = null;\n[|free.Set(\"k\", token, 0)|];")]
    public Task ARefusedZero(string statements) => Check.Reports(statements, References.AllClients);

    [Theory]
    [InlineData("db.StringSet(key, token, ttl);")]
    [InlineData("db.StringSet(key, token, maybe, When.Always);")]
    [InlineData("db.StringSet(key, token, expiry: null, keepTtl: true);")]
    [InlineData("db.StringSet(key, token, null, When.Exists);")]
    [InlineData("db.HashSet(key, \"f\", token);\ndb.KeyExpire(key, ttl);")]
    [InlineData("db.KeyExpire(key, ttl);\ndb.HashSet(key, \"f\", token);")]
    [InlineData("if (db.StringIncrement(key) == 1) db.KeyExpire(key, ttl);")]
    [InlineData("db.StringSet(key, 0, ttl, When.NotExists);\ndb.StringIncrement(key);")]
    [InlineData("var tran = db.CreateTransaction();\n_ = tran.SetAddAsync(key, token);\n_ = tran.KeyExpireAsync(key, ttl);\ntran.Execute();")]
    [InlineData("db.StringSet(key, token, ttl);\ndb.StringSet(key, token);")]
    [InlineData("db.HashSet(key, \"f\", token);\ndb.ScriptEvaluate(text);")]
    [InlineData("db.HashDelete(key, \"f\");\ndb.ListTrim(key, 0, 1);\ndb.KeyDelete(key);")]
    [InlineData("db.LockTake(key, token, ttl);")]
    [InlineData("IDistributedCache cache = null;\ncache.SetString(\"k\", \"v\", new DistributedCacheEntryOptions { SlidingExpiration = ttl });")]
    [InlineData("IDistributedCache cache = null;\nvar some = new DistributedCacheEntryOptions();\nsome.SetSlidingExpiration(ttl);\ncache.SetString(\"k\", \"v\", some);")]
    [InlineData("IDistributedCache cache = null;\nDistributedCacheEntryOptions handed = null;\ncache.SetString(\"k\", \"v\", handed);")]
    public Task Silent(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("db.StringSet(\"config:a\", token);")]
    [InlineData("db.StringSet($\"config:{text}\", token);")]
    [InlineData("db.HashSet(\"flag:\" + text, \"f\", token);")]
    [InlineData("string prefix = \"config:\";\ndb.StringSet(prefix + text, token);")]
    [InlineData("[|db.StringSet($\"cache:{text}\", token)|];")]
    [InlineData("[|db.StringSet(\"k:\" + text, token)|];")]
    public Task ExcludedPrefixes(string statements) => Check.ReportsWith("dotnet_code_quality.EXP405.excluded_key_prefixes = config: | flag:", statements);

    [Fact]
    public async Task OffByDefault()
    {
        CSharpCompilation compilation = CSharpCompilation.Create("Off", [CSharpSyntaxTree.ParseText(Statements.InMethod("db.StringSet(key, token);"))], References.With(References.NewestClient), new(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync());
    }

    [Theory]
    [InlineData("[|db.StringSet(\"k:\" + text, token)|];", "db.StringSet(\"k:\" + text, token, ttl);")]
    [InlineData("await [|db.StringSetAsync(\"k:\" + text, token, when: When.NotExists)|]; // once", "await db.StringSetAsync(\"k:\" + text, token, expiry: ttl, when: When.NotExists); // once")]
    [InlineData("[|db.StringSet(\"k:\" + text, token, null, When.Always)|];", "db.StringSet(\"k:\" + text, token, expiry: ttl, when: When.Always);")]
    [InlineData("var old = [|db.StringGetSet(\"k:\" + text, token)|];", "var old = db.StringSetAndGet(\"k:\" + text, token, expiry: ttl);")]
    [InlineData("IDistributedCache cache = null;\nawait [|cache.SetStringAsync(\"k\", \"v\", ct)|];", "IDistributedCache cache = null;\nawait cache.SetStringAsync(\"k\", \"v\", new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = ttl }, token: ct);")]
    public Task Fix_ATtlThatIsHandedIn(string before, string after) => Check.Fixes(before, after, "InScope");

    // What the type declares may be for other keys.
    [Theory]
    [InlineData("void Put(string k, string v, TimeSpan life) => db.StringSet(\"a:\" + k, v);", "life", false)]
    [InlineData("void Put(string k, string v) { var ttl = TimeSpan.FromMinutes(5); Console.WriteLine(ttl); db.StringSet(\"a:\" + k, v); }", "ttl", true)]
    [InlineData("TimeSpan Ttl { get; } = TimeSpan.FromMinutes(5); TimeSpan Delay { get; }\nvoid Put(string k, string v) => db.StringSet(\"a:\" + k, v);", "Ttl", true)]
    [InlineData("class Options { public TimeSpan SessionTtl { get; set; } public TimeSpan Retry { get; set; } }\nreadonly Options _options = new();\nvoid Put(string k, string v) => db.StringSet(\"a:\" + k, v);", "_options.SessionTtl", true)]
    [InlineData("class Options { public TimeSpan SessionTtl { get; set; } }\ninterface IHold<T> where T : class { T Value { get; } }\nclass Inner(IDatabase own, IHold<Options> hold) { void Put(string k, string v) => own.StringSet(\"a:\" + k, v); }", "hold.Value.SessionTtl", true)]
    public Task Fix_ATtlInScope(string members, string ttl, bool asks)
    {
        string before = InStore(members.Replace("db.StringSet(\"a:\" + k, v)", "[|db.StringSet(\"a:\" + k, v)|]", StringComparison.Ordinal).Replace("own.StringSet(\"a:\" + k, v)", "[|own.StringSet(\"a:\" + k, v)|]", StringComparison.Ordinal));
        string after = InStore(members.Replace("k, v)", $"k, v, {ttl})", StringComparison.Ordinal));
        return asks ? Check.AsksSource(before, after, "InScope") : Check.FixesSource(before, after, "InScope");
    }

    [Theory]
    [InlineData("2.6.96", "life")]
    [InlineData("3.4.35", "expiry: life, when: When.Always")]
    public Task Fix_ATtlThatMayBeNull(string client, string arguments) => Check.FixesSource(
        InStore("void Put(string k, string v, TimeSpan? life) => [|db.StringSet(\"a:\" + k, v)|];"),
        InStore($"void Put(string k, string v, TimeSpan? life) => db.StringSet(\"a:\" + k, v, {arguments});"),
        "InScope",
        client);

    // A getter would call itself.
    [Fact]
    public Task Fix_NotTheMemberItStandsIn() => Check.AsksSource(
        InStore("TimeSpan Ttl { get { [|db.StringSet(\"a\", 1)|]; return TimeSpan.FromMinutes(5); } }"),
        InStore("TimeSpan Ttl { get { db.StringSet(\"a\", 1, TimeSpan.FromHours(1)); return TimeSpan.FromMinutes(5); } }"),
        "OneHour");

    [Theory]
    [InlineData("void Put(string k, string v) => [|db.StringSet(\"a:\" + k, v)|];", "void Put(string k, string v) => db.StringSet(\"a:\" + k, v, TimeSpan.FromHours(1));")]
    [InlineData("void Put(string k, string v, TimeSpan shortTtl, TimeSpan longTtl) => [|db.StringSet(\"a:\" + k, v)|];", "void Put(string k, string v, TimeSpan shortTtl, TimeSpan longTtl) => db.StringSet(\"a:\" + k, v, TimeSpan.FromHours(1));")]
    public Task Fix_OneHour(string before, string after) => Check.AsksSource(InStore(before), InStore(after), "OneHour");

    // The code has looked at the TTL, and comes here because of what it holds: to pass that is what it does not want.
    [Theory]
    [InlineData("if (ttl == TimeSpan.Zero)\n    [|db.StringSet(\"a:\" + text, 1)|];\nelse\n    db.StringSet(\"a:\" + text, 1, ttl);")]
    [InlineData("if (ttl > TimeSpan.Zero)\n    db.StringSet(\"a:\" + text, 1, ttl);\nelse\n    [|db.StringSet(\"a:\" + text, 1)|];")]
    [InlineData("if (ttl != default)\n{\n    db.StringSet(\"a:\" + text, 1, ttl);\n    return null;\n}\n\n[|db.StringSet(\"a:\" + text, 1)|];")]
    [InlineData("bool lives = ttl > TimeSpan.Zero;\nif (!lives)\n{\n    [|db.StringSet(\"a:\" + text, 1)|];\n}")]
    [InlineData("_ = ttl > TimeSpan.Zero ? db.StringSet(\"a:\" + text, 1, ttl) : [|db.StringSet(\"a:\" + text, 1)|];")]
    [InlineData("switch (ttl.Ticks)\n{\n    case 0:\n        [|db.StringSet(\"a:\" + text, 1)|];\n        break;\n}")]
    public Task Fix_NotTheTtlThatWasLookedAt(string statements) => Check.Asks(
        statements,
        statements.Replace("[|db.StringSet(\"a:\" + text, 1)|]", "db.StringSet(\"a:\" + text, 1, TimeSpan.FromHours(1))", StringComparison.Ordinal),
        "OneHour");

    [Theory]
    [InlineData("if (ttl <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(ttl));\n[|db.StringSet(\"a:\" + text, 1)|];")]
    [InlineData("if (flag)\n    [|db.StringSet(\"a:\" + text, 1)|];\nif (ttl > TimeSpan.FromDays(1)) return null;")]
    public Task Fix_ATtlThatWasOnlyRefused(string statements) => Check.Fixes(
        statements,
        statements.Replace("[|db.StringSet(\"a:\" + text, 1)|]", "db.StringSet(\"a:\" + text, 1, ttl)", StringComparison.Ordinal),
        "InScope");

    private static string InStore(string members) => $$"""
        using System;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            {{members}}
        }
        """;

    [Fact]
    public Task Silent_TheTypeGivesSuchKeysATtl() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        class Rooms(IDatabase db)
        {
            public void Open(string room)
            {
                db.HashSet($"room:{room}", "open", true);
                db.KeyExpire($"room:{room}", TimeSpan.FromHours(1));
            }

            public void Rename(string room, string name) => db.HashSet($"room:{room}", "name", name);
        }
        """);
}
