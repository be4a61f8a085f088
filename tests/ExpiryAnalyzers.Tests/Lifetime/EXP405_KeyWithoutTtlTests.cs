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
    [InlineData("[|db.StringSet(key, token)|];")]
    [InlineData("await [|db.StringSetAsync(\"k\", token, when: When.NotExists)|];")]
    [InlineData("[|db.StringSet(key, token, null, When.Always)|];")]
    [InlineData("[|db.StringSet(key, token, expiry: null, when: When.Always)|];")]
    [InlineData("var old = [|db.StringGetSet(key, token)|];")]
    [InlineData("[|db.StringIncrement(key)|];")]
    [InlineData("[|db.HashSet(key, \"f\", token)|];")]
    [InlineData("[|db.ListRightPush(key, token)|];")]
    [InlineData("[|db.SortedSetAdd(key, token, 1)|];\ndb.KeyExpire(text, ttl);")]
    [InlineData("var tran = db.CreateTransaction();\n_ = [|tran.SetAddAsync(key, token)|];\ntran.Execute();")]
    [InlineData("[|db.StringSet(new KeyValuePair<RedisKey, RedisValue>[] { new(\"a\", 1) })|];")]
    [InlineData("IDistributedCache cache = null;\n[|cache.SetString(\"k\", \"v\")|];")]
    public Task Reports(string statements) => Check.Reports(statements);

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
    public Task Silent(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("db.StringSet(\"config:a\", token);")]
    [InlineData("db.StringSet($\"config:{text}\", token);")]
    [InlineData("db.HashSet(\"flag:\" + text, \"f\", token);")]
    [InlineData("string prefix = \"config:\";\ndb.StringSet(prefix + text, token);")]
    [InlineData("[|db.StringSet($\"cache:{text}\", token)|];")]
    [InlineData("[|db.StringSet(key, token)|];")]
    public Task ExcludedPrefixes(string statements) => Check.ReportsWith("dotnet_code_quality.EXP405.excluded_key_prefixes = config: | flag:", statements);

    [Fact]
    public async Task OffByDefault()
    {
        CSharpCompilation compilation = CSharpCompilation.Create("Off", [CSharpSyntaxTree.ParseText(Statements.InMethod("db.StringSet(key, token);"))], References.With(References.NewestClient), new(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync());
    }

    [Theory]
    [InlineData("[|db.StringSet(key, token)|];", "db.StringSet(key, token, TimeSpan.FromHours(1));")]
    [InlineData("await [|db.StringSetAsync(key, token, when: When.NotExists)|]; // once", "await db.StringSetAsync(key, token, expiry: TimeSpan.FromHours(1), when: When.NotExists); // once")]
    [InlineData("[|db.StringSet(key, token, null, When.Always)|];", "db.StringSet(key, token, expiry: TimeSpan.FromHours(1), when: When.Always);")]
    [InlineData("var old = [|db.StringGetSet(key, token)|];", "var old = db.StringSetAndGet(key, token, expiry: TimeSpan.FromHours(1));")]
    [InlineData("IDistributedCache cache = null;\nawait [|cache.SetStringAsync(\"k\", \"v\", ct)|];", "IDistributedCache cache = null;\nawait cache.SetStringAsync(\"k\", \"v\", new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) }, token: ct);")]
    public Task Fix_OneHour(string before, string after) => Check.Fixes(before, after, "OneHour");

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
