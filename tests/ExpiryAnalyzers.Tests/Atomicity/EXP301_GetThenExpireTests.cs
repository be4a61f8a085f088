using ExpiryAnalyzers.CodeFixes.Atomicity;
using ExpiryAnalyzers.Tests.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Atomicity.GetThenExpireFix>;

namespace ExpiryAnalyzers.Tests.Atomicity;

/// <summary>EXP301: what is reported.</summary>
public sealed class GetThenExpireTests
{
    /// <summary>A TTL that the value read has in it, by way of a field.</summary>
    [Theory]
    [InlineData("_last = await ReadAsync(key); if (_last is not null) await db.KeyExpireAsync(key, _last.Until.UtcDateTime);")]
    [InlineData("var read = await ReadAsync(key); _last = read; await db.KeyExpireAsync(key, this._last.Until.UtcDateTime);")]
    [InlineData("_last = await ReadAsync(key); if (_last is not null) await [|db.KeyExpireAsync(key, _life)|];")]
    public Task ATtlFromAFieldThatHoldsTheValue(string statements) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Doc { public DateTimeOffset Until { get; set; } }

        class Store(IDatabase db, Func<RedisValue, Doc> parse)
        {
            private Doc _last;
            private TimeSpan _life;

            private async Task<Doc> ReadAsync(string key) => parse(await db.StringGetAsync(key));

            public async Task Run(string key)
            {
                {{statements}}
            }
        }
        """);

    [Theory]
    [InlineData("db.StringGet(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("await db.StringGetAsync(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("await db.StringGetLeaseAsync(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StringGetRange(key, 0, 5);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StringGetBit(key, 0);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StringLength(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StringGetWithExpiry(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashGet(key, \"f\");", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashGet(key, new RedisValue[] { \"f\", \"g\" });", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashGetAll(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashKeys(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashValues(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashExists(key, \"f\");", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashLength(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.ListRange(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.ListGetByIndex(key, 0);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.ListLength(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SetMembers(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SetContains(key, \"m\");", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SetRandomMember(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SortedSetRangeByRank(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SortedSetRangeByScoreWithScores(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SortedSetScore(key, \"m\");", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SortedSetRank(key, \"m\");", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StreamRange(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StreamRead(key, \"0\");", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StreamLength(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StringGet(key);", "db.KeyExpire(key, given)")]
    [InlineData("db.StringGet(key);", "db.KeyExpire(key, maybe)")]
    [InlineData("db.StringGet(key);", "db.KeyExpire(key, (TimeSpan?)null)")]
    [InlineData("db.StringGet(key);", "db.KeyExpire(key, ttl, CommandFlags.FireAndForget)")]
    [InlineData("db.StringGet(key);", "db.KeyExpire(key, ttl, ExpireWhen.HasExpiry)")]
    [InlineData("db.StringGet(key);", "db.Execute(\"EXPIRE\", key, 60)")]
    [InlineData("db.Execute(\"GET\", key);", "db.KeyExpire(key, ttl)")]
    public Task EachReadOfAKey(string read, string expire) => Check.Reports(
        $"""
        {read}
        [|{expire}|];
        """);

    /// <summary>One read of several keys.</summary>
    [Theory]
    [InlineData("RedisKey[] keys = text.Select(id => (RedisKey)id.ToString()).ToArray(); var values = await db.StringGetAsync(keys); foreach (var k in keys) await [|db.KeyExpireAsync(k, ttl)|];")]
    [InlineData("RedisKey[] keys = text.Select(id => (RedisKey)id.ToString()).ToArray(); var values = db.StringGet(keys); await Task.WhenAll(keys.Select(k => [|db.KeyExpireAsync(k, ttl)|]));")]
    [InlineData("static RedisKey KeyOf(char id) => id.ToString(); RedisKey[] keys = text.Select(KeyOf).ToArray(); var values = db.StringGet(keys); foreach (var k in keys) [|db.KeyExpire(k, ttl)|];")]
    [InlineData("static RedisKey KeyOf(char id) => id.ToString(); var keys = text.Select(KeyOf).ToArray(); var others = text.Select(KeyOf).ToArray(); var values = db.StringGet(keys); foreach (var k in others) db.KeyExpire(k, ttl);")]
    [InlineData("var values = db.StringGet(new[] { key }); [|db.KeyExpire(key, ttl)|];")]
    [InlineData("RedisKey[] keys = text.Select(id => (RedisKey)id.ToString()).ToArray(); RedisKey[] others = text.Select(id => (RedisKey)(id + \"x\")).ToArray(); var values = db.StringGet(keys); foreach (var k in others) db.KeyExpire(k, ttl);")]
    [InlineData("var values = db.StringGet(new RedisKey[] { text, \"b\" }); db.KeyExpire(key, ttl);")]
    public Task ReadOfSeveralKeys(string statements) => Check.NoFix(statements);

    [Theory]
    [InlineData("if (value.HasValue)")]
    [InlineData("if (!value.IsNull)")]
    [InlineData("if (flag)")]
    [InlineData("if (value == \"x\")")]
    public Task UnderATest(string test) => Check.Reports(
        $$"""
        var value = db.StringGet(key);
        {{test}}
        {
            [|db.KeyExpire(key, ttl)|];
        }
        """);

    [Fact]
    public Task BehindAnEarlyReturn() => Check.Reports(
        """
        var value = await db.StringGetAsync(key);
        if (value.IsNull)
        {
            return null;
        }

        await WorkAsync();
        await [|db.KeyExpireAsync(key, ttl)|];
        """);

    [Fact]
    public Task InAFinally() => Check.Reports(
        """
        var value = db.StringGet(key);
        try
        {
            await WorkAsync();
        }
        finally
        {
            [|db.KeyExpire(key, ttl)|];
        }
        """);

    [Fact]
    public Task InOneExpression() => Check.Reports("return db.StringGet(key).HasValue && [|db.KeyExpire(key, ttl)|];");

    [Fact]
    public Task TwoReadsAndOneExpireAreOneReport() => Check.Reports(
        """
        var user = db.HashGet(key, "user");
        var role = db.HashGet(key, "role");
        [|db.KeyExpire(key, ttl)|];
        """);

    // The branch that stores is a pair of its own (EXP302).
    [Theory]
    [InlineData("if (flag) { token = db.StringGet(key); } else { db.StringSet(key, token); }")]
    [InlineData("token = flag ? db.StringGet(key) : db.StringIncrement(key);")]
    [InlineData("if (flag) { var value = db.HashGet(key, \"f\"); Console.WriteLine(value); } else if (token.HasValue) { db.HashSet(key, \"f\", token); } else { db.HashSet(key, \"f\", \"v\"); }")]
    public Task OnABranchBesideOneThatStores(string branches) => Check.NoFix(
        $"""
        {branches}
        [|db.KeyExpire(key, ttl)|];
        """);

    [Theory]
    [InlineData("token = db.StringGet(key);\nif (token.IsNull) { db.StringSet(key, \"v\"); }")]
    [InlineData("if (flag) { token = db.StringGet(key); }\ndb.StringSet(key, token);")]
    [InlineData("db.StringSet(key, token);\nif (flag) { token = db.StringGet(key); }")]
    [InlineData("if (flag) { token = db.StringGet(text); } else { db.StringSet(key, token); }")]
    public Task Silent_WhereAWriteMayComeBetween(string branches) => Check.Reports(
        $"""
        {branches}
        db.KeyExpire(key, ttl);
        """);

    [Theory]
    [InlineData("\"user:1\"", "\"user:\" + 1")]
    [InlineData("$\"user:{text}\"", "\"user:\" + text")]
    [InlineData("$\"user:{text}\"", "$\"user:{text}\"")]
    [InlineData("KeyOf(text)", "KeyOf(text)")]
    [InlineData("(RedisKey)text", "text")]
    public Task EqualKeys(string first, string second) => Check.Reports(
        $$"""
        static string KeyOf(string id) => "user:" + id;
        db.StringGet({{first}});
        [|db.KeyExpire({{second}}, ttl)|];
        """);

    [Fact]
    public Task EqualDatabases() => Check.ReportsSource(
        """
        using System;
        using StackExchange.Redis;

        class Store(IConnectionMultiplexer redis)
        {
            IDatabase Db => redis.GetDatabase(2);

            string Get(string key)
            {
                var value = Db.StringGet(key);
                [|redis.GetDatabase(2).KeyExpire(key, TimeSpan.FromMinutes(1))|];
                return value;
            }
        }
        """);

    [Fact]
    public Task ABatchIsNoTransaction() => Check.Reports(
        """
        var batch = db.CreateBatch();
        var value = batch.StringGetAsync(key);
        var kept = [|batch.KeyExpireAsync(key, ttl)|];
        batch.Execute();
        await Task.WhenAll(value, kept);
        """);

    [Fact]
    public Task AHelperReads() => Check.ReportsSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store
        {
            readonly IDatabase db;

            async Task<string> ReadAsync(string key) => await db.StringGetAsync(key);

            async Task<string> GetAsync(string key)
            {
                var value = await ReadAsync(key);
                await [|db.KeyExpireAsync(key, TimeSpan.FromMinutes(1))|];
                return value;
            }
        }
        """);

    [Fact]
    public Task AHelperExpires() => Check.ReportsSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store
        {
            readonly IDatabase db;

            Task TouchAsync(string key) => db.KeyExpireAsync(key, TimeSpan.FromMinutes(1));

            async Task<string> GetAsync(string key)
            {
                var value = await db.StringGetAsync(key);
                await [|TouchAsync(key)|];
                return value;
            }
        }
        """);

    [Fact]
    public Task AHelperOnTheDatabaseOfAPrimaryConstructor() => Check.ReportsSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            Task TouchAsync(string key) => db.KeyExpireAsync(key, TimeSpan.FromMinutes(1));

            async Task<string> GetAsync(string key)
            {
                var value = await db.StringGetAsync(key);
                await [|TouchAsync(key)|];
                return value;
            }
        }
        """);

    [Fact]
    public Task TopLevelStatements() => Check.ReportsSource(
        """
        using System;
        using StackExchange.Redis;

        IDatabase db = null;
        db.StringGet("k");
        [|db.KeyExpire("k", TimeSpan.FromMinutes(1))|];
        """);
}

/// <summary>EXP301: what is left alone.</summary>
public sealed class GetThenExpireSilentTests
{
    /// <summary>The expire is a delete, which EXP401 speaks of.</summary>
    [Theory]
    [InlineData("db.KeyExpire(key, TimeSpan.Zero);")]
    [InlineData("await db.KeyExpireAsync(key, TimeSpan.FromMinutes(-1));")]
    [InlineData("db.KeyExpire(key, Timeout.InfiniteTimeSpan);")]
    [InlineData("await db.KeyExpireAsync(key, DateTime.UnixEpoch);")]
    [InlineData("db.KeyExpire(key, DateTime.UtcNow.AddDays(-1));")]
    [InlineData("db.KeyExpire(key, flag ? TimeSpan.Zero : TimeSpan.FromSeconds(-1));")]
    [InlineData("var none = TimeSpan.Zero; if (value.HasValue) db.KeyExpire(key, none);")]
    [InlineData("db.Execute(\"EXPIRE\", key, 0);")]
    public Task ADelete(string expire) => Check.Reports($"var value = db.StringGet(key);\n{expire}");

    /// <summary>A helper that is handed the time expires with it; one that adds to it does not delete.</summary>
    [Theory]
    [InlineData("TimeSpan.Zero", "Drop(key, TimeSpan.Zero);")]
    [InlineData("TimeSpan.FromMinutes(5)", "[|Drop(key, TimeSpan.FromMinutes(5))|];")]
    public Task ADeleteByAHelper(string life, string call) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        class Sessions(IDatabase db)
        {
            public RedisValue Load(RedisKey key)
            {
                var life = {{life}};
                var value = db.StringGet(key);
                {{call}}
                return life > TimeSpan.Zero ? value : RedisValue.Null;
            }

            private void Drop(RedisKey key, TimeSpan life) => db.KeyExpire(key, life);
        }
        """);

    [Theory]
    [InlineData("db.StringGet(key); db.KeyExpire(text, ttl);")]
    [InlineData("db.StringGet(key); key = text; db.KeyExpire(key, ttl);")]
    [InlineData("db.StringGet($\"a:{text}\"); db.KeyExpire($\"b:{text}\", ttl);")]
    [InlineData("foreach (var a in new[] { text }) { db.StringGet(a); } foreach (var b in new[] { text }) { db.KeyExpire(b, ttl); }")]
    public Task OtherKey(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("db.Multiplexer.GetDatabase(1).StringGet(key); db.Multiplexer.GetDatabase(2).KeyExpire(key, ttl);")]
    [InlineData("var other = db.Multiplexer.GetDatabase(1); db.StringGet(key); other.KeyExpire(key, ttl);")]
    public Task OtherDatabase(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("if (flag) { db.StringGet(key); } else { db.KeyExpire(key, ttl); }")]
    [InlineData("if (flag) { return db.StringGet(key); } db.KeyExpire(key, ttl);")]
    [InlineData("_ = flag ? db.StringGet(key).HasValue : db.KeyExpire(key, ttl);")]
    [InlineData("switch (text) { case \"a\": db.StringGet(key); break; case \"b\": db.KeyExpire(key, ttl); break; }")]
    public Task ExclusiveBranches(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("db.StringSet(key, \"v\", ttl);")]
    [InlineData("db.StringIncrement(key);")]
    [InlineData("db.HashSet(key, \"f\", \"v\");")]
    [InlineData("db.KeyDelete(key);")]
    public Task AWriteInBetween(string write) => Check.Reports(
        $"""
        db.StringGet(key);
        {write}
        db.KeyExpire(key, ttl);
        """);

    [Fact]
    public Task InsideOneTransaction() => Check.Reports(
        """
        var transaction = db.CreateTransaction();
        var read = transaction.HashGetAllAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        await read;
        """);

    [Fact]
    public Task PerhapsATransaction() => Check.ReportsSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store
        {
            static Task Queue(IDatabaseAsync target, string key) => Task.WhenAll(target.HashGetAllAsync(key), target.KeyExpireAsync(key, TimeSpan.FromMinutes(1)));
        }
        """);

    [Fact]
    public Task InOneScript() => Check.Reports(
        """
        db.ScriptEvaluate("local v = redis.call('GET', KEYS[1]) redis.call('EXPIRE', KEYS[1], 60) return v", new RedisKey[] { key });
        """);

    [Fact]
    public Task AScriptInBetween() => Check.Reports(
        """
        db.StringGet(key);
        db.ScriptEvaluate("redis.call('SET', KEYS[1], 1)", new RedisKey[] { key });
        db.KeyExpire(key, ttl);
        """);

    [Theory]
    [InlineData("TimeSpan.FromSeconds((int)value)")]
    [InlineData("value == \"vip\" ? ttl : TimeSpan.FromMinutes(1)")]
    public Task TtlFromTheValue(string expiry) => Check.Reports(
        $"""
        var value = db.StringGet(key);
        db.KeyExpire(key, {expiry});
        """);

    [Fact]
    public Task ThrottledByTheTtl() => Check.Reports(
        """
        var value = db.StringGet(key);
        if (value.HasValue && db.KeyTimeToLive(key) < TimeSpan.FromMinutes(5))
        {
            db.KeyExpire(key, ttl);
        }
        """);

    [Fact]
    public Task ThrottledByTheExpiryThatCameAlong() => Check.Reports(
        """
        var hit = db.StringGetWithExpiry(key);
        if (hit.Expiry < TimeSpan.FromMinutes(5))
        {
            db.KeyExpire(key, ttl);
        }
        """);

    [Theory]
    [InlineData("db.StringGetSetExpiry(key, ttl);")]
    [InlineData("db.KeyExists(key); db.KeyExpire(key, ttl);")]
    [InlineData("db.KeyExpire(key, ttl); db.StringGet(key);")]
    [InlineData("db.StringGet(key); db.KeyPersist(key);")]
    public Task NoSuchPair(string statements) => Check.Reports(statements);

    [Fact]
    public Task ExpressionTrees() => Check.ReportsSource(
        """
        using System;
        using System.Linq.Expressions;
        using StackExchange.Redis;

        class Mock
        {
            void Setup<T>(Expression<Func<IDatabase, T>> call) { }

            void Run()
            {
                Setup(db => db.StringGet("k", CommandFlags.None));
                Setup(db => db.KeyExpire("k", TimeSpan.FromMinutes(1), ExpireWhen.Always, CommandFlags.None));
            }
        }
        """);

    [Fact]
    public Task WithoutTheClient() => Check.ReportsSource(
        """
        using System;

        interface IStore
        {
            string StringGet(string key);

            bool KeyExpire(string key, TimeSpan ttl);
        }

        class Reader(IStore store)
        {
            string Get(string key)
            {
                var value = store.StringGet(key);
                store.KeyExpire(key, TimeSpan.FromMinutes(1));
                return value;
            }
        }
        """);

    [Fact]
    public Task Gap_KeyChangedBySomethingElse() => Check.Reports(
        """
        db.StringGet(text.Trim());
        db.KeyExpire(text.ToUpperInvariant().ToLowerInvariant(), ttl);
        """);

    [Fact]
    public Task Gap_OneOfSeveralKeysRead() => Check.Reports(
        """
        var values = db.StringGet(new RedisKey[] { key, text });
        db.KeyExpire(key, ttl);
        """);

    [Fact]
    public Task Gap_ReadInOneRoundExpireInTheNext() => Check.Reports(
        """
        for (var i = 0; i < 2; i++)
        {
            if (i == 1)
            {
                db.KeyExpire(key, ttl);
            }

            db.StringGet(key);
        }
        """);

    [Fact]
    public Task Gap_ReceiverBehindAnInterfaceOfTheUser() => Check.ReportsSource(
        """
        using System;
        using StackExchange.Redis;

        interface ICache
        {
            string Get(string key);
        }

        class Reader(ICache cache, IDatabase db)
        {
            string Get(string key)
            {
                var value = cache.Get(key);
                db.KeyExpire(key, TimeSpan.FromMinutes(1));
                return value;
            }
        }
        """);
}

/// <summary>EXP301: a string is read and kept by one command.</summary>
public sealed class GetThenExpireGetexTests
{
    private const string Getex = "Getex";

    [Theory]
    [InlineData("var value = db.StringGet(key);", "[|db.KeyExpire(key, ttl)|];", "var value = db.StringGetSetExpiry(key, ttl);")]
    [InlineData("var value = await db.StringGetAsync(key);", "await [|db.KeyExpireAsync(key, ttl)|];", "var value = await db.StringGetSetExpiryAsync(key, ttl);")]
    [InlineData("var value = await db.StringGetAsync(key).ConfigureAwait(false);", "await [|db.KeyExpireAsync(key, ttl)|].ConfigureAwait(false);", "var value = await db.StringGetSetExpiryAsync(key, ttl).ConfigureAwait(false);")]
    [InlineData("var value = await db.StringGetAsync(key);", "_ = [|db.KeyExpireAsync(key, ttl)|];", "var value = await db.StringGetSetExpiryAsync(key, ttl);")]
    [InlineData("var value = await db.StringGetAsync(key);", "_ = await [|db.KeyExpireAsync(key, ttl)|];", "var value = await db.StringGetSetExpiryAsync(key, ttl);")]
    [InlineData("var value = await db.StringGetAsync(key);", "[|db.KeyExpire(key, ttl)|];", "var value = await db.StringGetSetExpiryAsync(key, ttl);")]
    [InlineData("var value = db.StringGet(key);", "[|db.KeyExpireAsync(key, ttl)|].Wait();", "var value = db.StringGetSetExpiry(key, ttl);")]
    [InlineData("string value = await db.StringGetAsync(key);", "await [|db.KeyExpireAsync(key, ttl)|];", "string value = await db.StringGetSetExpiryAsync(key, ttl);")]
    [InlineData("var value = (await db.StringGetAsync(key)).ToString();", "await [|db.KeyExpireAsync(key, ttl)|];", "var value = (await db.StringGetSetExpiryAsync(key, ttl)).ToString();")]
    [InlineData("await db.StringGetAsync(key);", "await [|db.KeyExpireAsync(key, ttl)|];", "await db.StringGetSetExpiryAsync(key, ttl);")]
    public Task OneCommand(string read, string expire, string expected) => Check.Fixes(
        $"""
        {read}
        {expire}
        """,
        expected,
        Getex);

    [Theory]
    [InlineData("given")]
    [InlineData("maybe")]
    [InlineData("maybe.Value")]
    [InlineData("(TimeSpan?)null")]
    [InlineData("TimeSpan.FromMinutes(5)")]
    [InlineData("ttl + TimeSpan.FromSeconds(30)")]
    [InlineData("flag ? ttl : TimeSpan.FromDays(1)")]
    [InlineData("maybe ?? ttl")]
    [InlineData("new TimeSpan(0, 5, 0)")]
    [InlineData("DateTime.UtcNow.Date.AddDays(1)")]
    public Task ExpiryOfEachForm(string expiry) => Check.Fixes(
        $"""
        var value = db.StringGet(key);
        [|db.KeyExpire(key, {expiry})|];
        """,
        $"""
        var value = db.StringGetSetExpiry(key, {expiry});
        """,
        Getex);

    [Theory]
    [InlineData("db.StringGet(key, CommandFlags.DemandMaster)", "db.KeyExpire(key, ttl)", "db.StringGetSetExpiry(key, ttl, CommandFlags.DemandMaster)")]
    [InlineData("db.StringGet(key, flags: CommandFlags.DemandMaster)", "db.KeyExpire(key, ttl)", "db.StringGetSetExpiry(key, ttl, flags: CommandFlags.DemandMaster)")]
    [InlineData("db.StringGet(key: key)", "db.KeyExpire(key, ttl)", "db.StringGetSetExpiry(key: key, expiry: ttl)")]
    [InlineData("db.StringGet(key: key, flags: CommandFlags.None)", "db.KeyExpire(key: key, expiry: ttl)", "db.StringGetSetExpiry(key: key, expiry: ttl, flags: CommandFlags.None)")]
    [InlineData("db.StringGet(flags: CommandFlags.None, key: key)", "db.KeyExpire(key, ttl)", "db.StringGetSetExpiry(flags: CommandFlags.None, expiry: ttl, key: key)")]
    [InlineData("db.StringGet(key)", "db.KeyExpire(expiry: ttl, key: key)", "db.StringGetSetExpiry(key, expiry: ttl)")]
    [InlineData("db.StringGet(key)", "db.KeyExpire(key, ttl, CommandFlags.FireAndForget)", "db.StringGetSetExpiry(key, ttl)")]
    [InlineData("db.StringGet(key)", "db.KeyExpire(key, ttl, ExpireWhen.Always, CommandFlags.FireAndForget)", "db.StringGetSetExpiry(key, ttl)")]
    [InlineData("db.StringGet(key)", "db.KeyExpire(key, ttl, when: ExpireWhen.Always)", "db.StringGetSetExpiry(key, ttl)")]
    [InlineData("db.StringGet($\"a:{text}\")", "db.KeyExpire(\"a:\" + text, ttl)", "db.StringGetSetExpiry($\"a:{text}\", ttl)")]
    public Task FlagsAndNames(string read, string expire, string expected) => Check.Fixes(
        $"""
        var value = {read};
        [|{expire}|];
        """,
        $"""
        var value = {expected};
        """,
        Getex);

    [Theory]
    [InlineData("value.HasValue")]
    [InlineData("!value.IsNull")]
    [InlineData("!value.IsNullOrEmpty")]
    [InlineData("!string.IsNullOrEmpty(value)")]
    [InlineData("value != RedisValue.Null")]
    [InlineData("(string)value != null")]
    [InlineData("(string)value is not null")]
    [InlineData("(string)value is { }")]
    [InlineData("value is { HasValue: true }")]
    [InlineData("value is { IsNull: false }")]
    [InlineData("value.HasValue == true")]
    [InlineData("false == value.IsNull")]
    [InlineData("value.Length() > 0")]
    [InlineData("value.HasValue && !value.IsNullOrEmpty")]
    [InlineData("!(value.IsNull || value == \"\")")]
    public Task UnderATestThatTheKeyWasFound(string test) => Check.Fixes(
        $$"""
        var value = db.StringGet(key);
        if ({{test}})
        {
            [|db.KeyExpire(key, ttl)|];
        }
        """,
        """
        var value = db.StringGetSetExpiry(key, ttl);
        """,
        Getex);

    [Theory]
    [InlineData("if (value.IsNull) return null;")]
    [InlineData("if (!value.HasValue) throw new InvalidOperationException();")]
    [InlineData("if (value.IsNullOrEmpty) { Console.WriteLine(); return null; }")]
    [InlineData("if (value.HasValue) { Console.WriteLine(); } else { return null; }")]
    [InlineData("bool found = value.HasValue; if (!found) return null;")]
    [InlineData("Console.WriteLine(value);")]
    [InlineData("foreach (var part in value.ToString()) { if (part == 'x') break; }")]
    public Task BehindAnExitForAMissingKey(string between) => Check.Fixes(
        $"""
        var value = await db.StringGetAsync(key);
        {between}
        await [|db.KeyExpireAsync(key, ttl)|];
        """,
        $"""
        var value = await db.StringGetSetExpiryAsync(key, ttl);
        {between}
        """,
        Getex);

    [Fact]
    public Task EachKeyOfALoop() => Check.Fixes(
        """
        foreach (var id in new[] { text })
        {
            var value = await db.StringGetAsync(id);
            if (value.IsNull) continue;
            await [|db.KeyExpireAsync(id, ttl)|];
            Console.WriteLine(value);
        }
        """,
        """
        foreach (var id in new[] { text })
        {
            var value = await db.StringGetSetExpiryAsync(id, ttl);
            if (value.IsNull) continue;
            Console.WriteLine(value);
        }
        """,
        Getex);

    [Fact]
    public Task ValueReplacedLater() => Check.Fixes(
        """
        var value = await db.StringGetAsync(key);
        if (value.IsNull)
        {
            value = "made";
            await db.StringSetAsync(key, value, TimeSpan.FromHours(1));
        }
        else
        {
            await [|db.KeyExpireAsync(key, ttl)|];
        }
        """,
        """
        var value = await db.StringGetSetExpiryAsync(key, ttl);
        if (value.IsNull)
        {
            value = "made";
            await db.StringSetAsync(key, value, TimeSpan.FromHours(1));
        }
        """,
        Getex);

    [Fact]
    public Task OnlyTheExpireGoesFromAnIf() => Check.Fixes(
        """
        if (await db.StringGetAsync(key) is { HasValue: true } hit)
        {
            Console.WriteLine("hit");
            await [|db.KeyExpireAsync(key, ttl)|];
            return hit;
        }
        """,
        """
        if (await db.StringGetSetExpiryAsync(key, ttl) is { HasValue: true } hit)
        {
            Console.WriteLine("hit");
            return hit;
        }
        """,
        Getex);

    [Fact]
    public Task TheOtherBranchStays() => Check.Fixes(
        """
        var value = db.StringGet(key);
        if (value.HasValue)
        {
            [|db.KeyExpire(key, ttl)|];
        }
        else
        {
            Console.WriteLine("miss");
        }
        """,
        """
        var value = db.StringGetSetExpiry(key, ttl);
        if (!value.HasValue)
        {
            Console.WriteLine("miss");
        }
        """,
        Getex);

    [Fact]
    public Task NoBraces() => Check.Fixes(
        """
        var value = db.StringGet(key);
        if (value.IsNull)
            Console.WriteLine("miss");
        else
            [|db.KeyExpire(key, ttl)|];
        """,
        """
        var value = db.StringGetSetExpiry(key, ttl);
        if (value.IsNull)
            Console.WriteLine("miss");
        """,
        Getex);

    [Fact]
    public Task NestedIfWithoutBraces() => Check.Fixes(
        """
        var value = db.StringGet(key);
        if (value.HasValue)
            if (!value.IsNullOrEmpty)
                [|db.KeyExpire(key, ttl)|];
        """,
        """
        var value = db.StringGetSetExpiry(key, ttl);
        """,
        Getex);

    [Fact]
    public Task ReadInTheConditionOfTheEmptiedIf() => Check.Fixes(
        """
        // still in use
        if ((await db.StringGetAsync(key).ConfigureAwait(false)).HasValue)
        {
            // another five minutes
            await [|db.KeyExpireAsync(key, ttl)|].ConfigureAwait(false);
        }
        """,
        """
        // still in use
        // another five minutes
        await db.StringGetSetExpiryAsync(key, ttl).ConfigureAwait(false);
        """,
        Getex);

    [Fact]
    public Task Comments() => Check.Fixes(
        """
        // the draft
        var value = await db.StringGetAsync(key); // as text
        if (value.IsNull)
        {
            return null; // gone
        }

        // keep it for a while
        await [|db.KeyExpireAsync(key, ttl)|]; // sliding

        Console.WriteLine(value);
        """,
        """
        // the draft
        // keep it for a while
        // sliding
        var value = await db.StringGetSetExpiryAsync(key, ttl); // as text
        if (value.IsNull)
        {
            return null; // gone
        }

        Console.WriteLine(value);
        """,
        Getex);

    [Fact]
    public Task ArgumentsOnTheirOwnLines() => Check.Fixes(
        """
        var value = await db.StringGetAsync(
            $"draft:{text}",
            CommandFlags.PreferMaster);
        await [|db.KeyExpireAsync(
            $"draft:{text}",
            ttl)|];
        """,
        """
        var value = await db.StringGetSetExpiryAsync(
            $"draft:{text}",
            ttl,
            CommandFlags.PreferMaster);
        """,
        Getex);

    [Fact]
    public Task ChainOverLines() => Check.Fixes(
        """
        var value = await db
            .StringGetAsync(key)
            .ConfigureAwait(false);
        await [|db
            .KeyExpireAsync(key, ttl)|]
            .ConfigureAwait(false);
        """,
        """
        var value = await db
            .StringGetSetExpiryAsync(key, ttl)
            .ConfigureAwait(false);
        """,
        Getex);

    [Fact]
    public Task BlankLinesStayBetweenParagraphs() => Check.Fixes(
        """
        if (flag)
        {
            var value = db.StringGet(key);

            [|db.KeyExpire(key, ttl)|];
            Console.WriteLine(value);
        }
        """,
        """
        if (flag)
        {
            var value = db.StringGetSetExpiry(key, ttl);

            Console.WriteLine(value);
        }
        """,
        Getex);

    [Fact]
    public Task SwitchSection() => Check.Fixes(
        """
        switch (text)
        {
            case "a":
                var value = db.StringGet(key);
                [|db.KeyExpire(key, ttl)|];
                return value;
        }
        """,
        """
        switch (text)
        {
            case "a":
                var value = db.StringGetSetExpiry(key, ttl);
                return value;
        }
        """,
        Getex);

    [Fact]
    public Task Batch() => Check.Fixes(
        """
        var batch = db.CreateBatch();
        var value = batch.StringGetAsync(key);
        _ = [|batch.KeyExpireAsync(key, ttl)|];
        batch.Execute();
        await value;
        """,
        """
        var batch = db.CreateBatch();
        var value = batch.StringGetSetExpiryAsync(key, ttl);
        batch.Execute();
        await value;
        """,
        Getex);

    [Theory]
    [InlineData("return await [|db.KeyExpireAsync(key, ttl)|];", "return !value.IsNull;")]
    [InlineData("bool kept = await [|db.KeyExpireAsync(key, ttl)|].ConfigureAwait(false);", "bool kept = !value.IsNull;")]
    [InlineData("if (await [|db.KeyExpireAsync(key, ttl)|]) { return value; }", "if (!value.IsNull) { return value; }")]
    [InlineData("if (!await [|db.KeyExpireAsync(key, ttl)|]) { return null; }", "if (value.IsNull) { return null; }")]
    [InlineData("flag = [|db.KeyExpire(key, ttl)|];", "flag = !value.IsNull;")]
    [InlineData("return value.HasValue && [|db.KeyExpire(key, ttl)|];", "return value.HasValue;")]
    public Task AnswerOfTheExpire(string use, string expected) => Check.Fixes(
        $"""
        var value = await db.StringGetAsync(key);
        {use}
        """,
        $"""
        var value = await db.StringGetSetExpiryAsync(key, ttl);
        {expected}
        """,
        Getex);

    [Fact]
    public Task ExpressionBody() => Check.FixesSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db, TimeSpan ttl)
        {
            async Task<bool> KeepAsync(string key) => (await db.StringGetAsync(key)).HasValue && await [|db.KeyExpireAsync(key, ttl)|];
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db, TimeSpan ttl)
        {
            async Task<bool> KeepAsync(string key) => (await db.StringGetSetExpiryAsync(key, ttl)).HasValue;
        }
        """,
        Getex);

    [Fact]
    public Task LambdaAndLocalFunction() => Check.Fixes(
        """
        Func<Task<string>> lambda = async () =>
        {
            var value = await db.StringGetAsync(key);
            if (value.HasValue) await [|db.KeyExpireAsync(key, ttl)|];
            return value;
        };

        async Task<string> Local(string id)
        {
            var value = await db.StringGetAsync(id);
            await [|db.KeyExpireAsync(id, ttl)|];
            return value;
        }
        """,
        """
        Func<Task<string>> lambda = async () =>
        {
            var value = await db.StringGetSetExpiryAsync(key, ttl);
            return value;
        };

        async Task<string> Local(string id)
        {
            var value = await db.StringGetSetExpiryAsync(id, ttl);
            return value;
        }
        """,
        Getex);

    [Fact]
    public Task TopLevelStatements() => Check.FixesSource(
        """
        using System;
        using StackExchange.Redis;

        IDatabase db = null;
        var value = db.StringGet("k");
        if (value.HasValue)
        {
            // for a while
            [|db.KeyExpire("k", TimeSpan.FromMinutes(1))|];
        }

        Console.WriteLine(value);
        """,
        """
        using System;
        using StackExchange.Redis;

        IDatabase db = null;
        // for a while
        var value = db.StringGetSetExpiry("k", TimeSpan.FromMinutes(1));

        Console.WriteLine(value);
        """,
        Getex);

    [Fact]
    public Task SeveralInOneFile() => Check.FixesSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db, TimeSpan ttl)
        {
            async Task<(string, string)> BothAsync(string a, string b)
            {
                var first = await db.StringGetAsync(a);
                if (first.HasValue) await [|db.KeyExpireAsync(a, ttl)|];
                var second = await db.StringGetAsync(b);
                if (second.HasValue) await [|db.KeyExpireAsync(b, ttl)|];
                return (first, second);
            }

            string Get(string key)
            {
                var value = db.StringGet(key);
                [|db.KeyExpire(key, ttl)|];
                return value;
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db, TimeSpan ttl)
        {
            async Task<(string, string)> BothAsync(string a, string b)
            {
                var first = await db.StringGetSetExpiryAsync(a, ttl);
                var second = await db.StringGetSetExpiryAsync(b, ttl);
                return (first, second);
            }

            string Get(string key)
            {
                var value = db.StringGetSetExpiry(key, ttl);
                return value;
            }
        }
        """,
        Getex);

    [Fact]
    public Task WindowsLineEnds() => Check.FixesSource(
        """
        using System;
        using StackExchange.Redis;

        class Store(IDatabase db, TimeSpan ttl)
        {
            string Get(string key)
            {
                var value = db.StringGet(key);
                // keep
                [|db.KeyExpire(key, ttl)|];
                return value;
            }
        }
        """.ReplaceLineEndings("\r\n"),
        """
        using System;
        using StackExchange.Redis;

        class Store(IDatabase db, TimeSpan ttl)
        {
            string Get(string key)
            {
                // keep
                var value = db.StringGetSetExpiry(key, ttl);
                return value;
            }
        }
        """.ReplaceLineEndings("\r\n"),
        Getex);
}

/// <summary>EXP301: a read and an expire are queued in one transaction.</summary>
public sealed class GetThenExpireTransactionTests
{
    private const string Transaction = "Transaction";

    [Fact]
    public Task Async() => Check.Asks(
        """
        var entries = await db.HashGetAllAsync(key);
        await [|db.KeyExpireAsync(key, ttl)|];
        Console.WriteLine(entries.Length);
        """,
        """
        var transaction = db.CreateTransaction();
        var entriesTask = transaction.HashGetAllAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        var entries = await entriesTask;
        Console.WriteLine(entries.Length);
        """,
        Transaction);

    [Fact]
    public Task Sync() => Check.Asks(
        """
        var entries = db.HashGetAll(key);
        [|db.KeyExpire(key, ttl)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var entriesTask = transaction.HashGetAllAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl);
        transaction.Execute();
        var entries = entriesTask.GetAwaiter().GetResult();
        """,
        Transaction);

    [Fact]
    public Task ConfigureAwaitFlagsAndNames() => Check.Asks(
        """
        var user = await db.HashGetAsync(key: key, hashField: "user", flags: CommandFlags.DemandMaster).ConfigureAwait(false);
        await [|db.KeyExpireAsync(key: key, expiry: ttl, flags: CommandFlags.FireAndForget)|].ConfigureAwait(false);
        """,
        """
        var transaction = db.CreateTransaction();
        var userTask = transaction.HashGetAsync(key: key, hashField: "user", flags: CommandFlags.DemandMaster);
        _ = transaction.KeyExpireAsync(key: key, expiry: ttl, flags: CommandFlags.FireAndForget);
        await transaction.ExecuteAsync().ConfigureAwait(false);
        var user = await userTask.ConfigureAwait(false);
        """,
        Transaction);

    [Theory]
    [InlineData("HashGet", "key, \"f\"")]
    [InlineData("HashGet", "key, new RedisValue[] { \"f\", \"g\" }")]
    [InlineData("HashKeys", "key")]
    [InlineData("HashLength", "key")]
    [InlineData("HashExists", "key, \"f\"")]
    [InlineData("ListRange", "key, 0, 9")]
    [InlineData("ListGetByIndex", "key, 0")]
    [InlineData("SetMembers", "key")]
    [InlineData("SetContains", "key, \"m\"")]
    [InlineData("SortedSetRangeByRankWithScores", "key, 0, 9, Order.Descending")]
    [InlineData("SortedSetScore", "key, \"m\"")]
    [InlineData("StreamRange", "key, \"-\", \"+\", 100")]
    [InlineData("StreamRead", "key, \"0\"")]
    [InlineData("StringLength", "key")]
    [InlineData("StringGetRange", "key, 0, 9")]
    [InlineData("StringGetLease", "key")]
    public Task EachType(string command, string arguments) => Check.Asks(
        $"""
        var found = await db.{command}Async({arguments});
        await [|db.KeyExpireAsync(key, ttl)|];
        """,
        $"""
        var transaction = db.CreateTransaction();
        var foundTask = transaction.{command}Async({arguments});
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        var found = await foundTask;
        """,
        Transaction);

    [Theory]
    [InlineData("if (entries.Length > 0)")]
    [InlineData("if (0 != entries.Length)")]
    [InlineData("if (entries is { Length: > 0 })")]
    [InlineData("if (entries is not { Length: 0 })")]
    [InlineData("if (entries.Any())")]
    [InlineData("if (entries != null && entries.Length >= 1)")]
    [InlineData("if (!(entries is null or { Length: 0 }))")]
    public Task UnderATestThatTheKeyWasFound(string test) => Check.Asks(
        $"""
        var entries = await db.HashGetAllAsync(key);
        {test}
            await [|db.KeyExpireAsync(key, ttl)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var entriesTask = transaction.HashGetAllAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        var entries = await entriesTask;
        """,
        Transaction);

    [Fact]
    public Task LengthOfTheKey() => Check.Asks(
        """
        long length = db.ListLength(key);
        if (length == 0)
        {
            return null;
        }

        [|db.KeyExpire(key, ttl)|];
        Console.WriteLine(length);
        """,
        """
        var transaction = db.CreateTransaction();
        var lengthTask = transaction.ListLengthAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl);
        transaction.Execute();
        long length = lengthTask.GetAwaiter().GetResult();
        if (length == 0)
        {
            return null;
        }

        Console.WriteLine(length);
        """,
        Transaction);

    [Fact]
    public Task CommentsAndLayout() => Check.Asks(
        """
        Console.WriteLine();

        // the whole session
        var entries = await db.HashGetAllAsync(
            key,
            CommandFlags.DemandMaster); // all fields

        // sliding
        await [|db.KeyExpireAsync(key, ttl)|]; // again
        Console.WriteLine(entries.Length);
        """,
        """
        Console.WriteLine();

        // the whole session
        var transaction = db.CreateTransaction();
        var entriesTask = transaction.HashGetAllAsync(
            key,
            CommandFlags.DemandMaster);
        // sliding
        // again
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        var entries = await entriesTask; // all fields

        Console.WriteLine(entries.Length);
        """,
        Transaction);

    [Theory]
    [InlineData("return await [|db.KeyExpireAsync(key, ttl)|];", "return await expire;", "expire")]
    [InlineData("bool kept = await [|db.KeyExpireAsync(key, ttl)|].ConfigureAwait(false);", "bool kept = await keptTask.ConfigureAwait(false);", "keptTask")]
    [InlineData("if (!await [|db.KeyExpireAsync(key, ttl)|]) { return null; }", "if (!await expire) { return null; }", "expire")]
    [InlineData("flag = [|db.KeyExpire(key, ttl)|];", "flag = flagTask.GetAwaiter().GetResult();", "flagTask")]
    public Task AnswerOfTheExpire(string use, string expected, string task) => Check.Asks(
        $"""
        var entries = await db.HashGetAllAsync(key);
        {use}
        """,
        $"""
        var transaction = db.CreateTransaction();
        var entriesTask = transaction.HashGetAllAsync(key);
        var {task} = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        var entries = await entriesTask;
        {expected}
        """,
        Transaction);

    [Theory]
    [InlineData("return (await db.HashGetAllAsync(key)).Length > 0 && await [|db.KeyExpireAsync(key, ttl)|];", "return (await read).Length > 0 && await expire;")]
    [InlineData("foreach (var entry in await db.HashGetAllAsync(key)) { Console.WriteLine(entry); } return await [|db.KeyExpireAsync(key, ttl)|];", "foreach (var entry in await read) { Console.WriteLine(entry); } return await expire;")]
    [InlineData("var size = (text, (await db.HashGetAllAsync(key)).Length); return await [|db.KeyExpireAsync(key, ttl)|];", "var size = (text, (await read).Length); return await expire;")]
    public Task ReadInsideAnExpression(string statement, string expected) => Check.Asks(
        statement,
        $"""
        var transaction = db.CreateTransaction();
        var read = transaction.HashGetAllAsync(key);
        var expire = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        {expected}
        """,
        Transaction);

    [Fact]
    public Task ReadInACondition() => Check.Asks(
        """
        if ((await db.SetMembersAsync(key)).Length == 0)
        {
            return null;
        }

        await [|db.KeyExpireAsync(key, ttl)|];
        Console.WriteLine();
        """,
        """
        var transaction = db.CreateTransaction();
        var read = transaction.SetMembersAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        if ((await read).Length == 0)
        {
            return null;
        }

        Console.WriteLine();
        """,
        Transaction);

    [Fact]
    public Task ConditionalExpireOfAString() => Check.Asks(
        """
        var value = db.StringGet(key);
        [|db.KeyExpire(key, ttl, ExpireWhen.GreaterThanCurrentExpiry)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var valueTask = transaction.StringGetAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl, ExpireWhen.GreaterThanCurrentExpiry);
        transaction.Execute();
        var value = valueTask.GetAwaiter().GetResult();
        """,
        Transaction);

    [Fact]
    public Task KeysOfOneHelper() => Check.AsksSource(
        """
        using System;
        using StackExchange.Redis;

        class Baskets(IConnectionMultiplexer redis)
        {
            private static RedisKey Key(Guid user) => "basket:" + user.ToString("N");

            RedisValue[] Items(Guid user)
            {
                var items = redis.GetDatabase().ListRange(Key(user));
                [|redis.GetDatabase().KeyExpire(Key(user), TimeSpan.FromDays(2))|];
                return items;
            }
        }
        """,
        """
        using System;
        using StackExchange.Redis;

        class Baskets(IConnectionMultiplexer redis)
        {
            private static RedisKey Key(Guid user) => "basket:" + user.ToString("N");

            RedisValue[] Items(Guid user)
            {
                var transaction = redis.GetDatabase().CreateTransaction();
                var itemsTask = transaction.ListRangeAsync(Key(user));
                _ = transaction.KeyExpireAsync(Key(user), TimeSpan.FromDays(2));
                transaction.Execute();
                var items = itemsTask.GetAwaiter().GetResult();
                return items;
            }
        }
        """,
        Transaction);

    [Fact]
    public Task SeveralInOneMethod() => Check.Asks(
        """
        var entries = await db.HashGetAllAsync(key);
        await [|db.KeyExpireAsync(key, ttl)|];
        var members = await db.SetMembersAsync(text);
        await [|db.KeyExpireAsync(text, ttl)|];
        var other = await db.HashGetAllAsync("k");
        await [|db.KeyExpireAsync("k", ttl)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var entriesTask = transaction.HashGetAllAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        var entries = await entriesTask;
        var transaction2 = db.CreateTransaction();
        var membersTask = transaction2.SetMembersAsync(text);
        _ = transaction2.KeyExpireAsync(text, ttl);
        await transaction2.ExecuteAsync();
        var members = await membersTask;
        var transaction3 = db.CreateTransaction();
        var otherTask = transaction3.HashGetAllAsync("k");
        _ = transaction3.KeyExpireAsync("k", ttl);
        await transaction3.ExecuteAsync();
        var other = await otherTask;
        """,
        Transaction);

    [Fact]
    public Task SeveralMethods() => Check.AsksSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db, TimeSpan ttl)
        {
            HashEntry[] One(string key)
            {
                var entries = db.HashGetAll(key);
                [|db.KeyExpire(key, ttl)|];
                return entries;
            }

            Task<HashEntry[]> TwoAsync(string key)
            {
                return Task.Run(async () =>
                {
                    var entries = await db.HashGetAllAsync(key);
                    if (entries.Length > 0) await [|db.KeyExpireAsync(key, ttl)|];
                    return entries;
                });
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db, TimeSpan ttl)
        {
            HashEntry[] One(string key)
            {
                var transaction = db.CreateTransaction();
                var entriesTask = transaction.HashGetAllAsync(key);
                _ = transaction.KeyExpireAsync(key, ttl);
                transaction.Execute();
                var entries = entriesTask.GetAwaiter().GetResult();
                return entries;
            }

            Task<HashEntry[]> TwoAsync(string key)
            {
                return Task.Run(async () =>
                {
                    var transaction = db.CreateTransaction();
                    var entriesTask = transaction.HashGetAllAsync(key);
                    _ = transaction.KeyExpireAsync(key, ttl);
                    await transaction.ExecuteAsync();
                    var entries = await entriesTask;
                    return entries;
                });
            }
        }
        """,
        Transaction);

    [Fact]
    public Task TopLevelStatements() => Check.AsksSource(
        """
        using System;
        using StackExchange.Redis;

        IDatabase db = null;

        // all of it
        var entries = await db.HashGetAllAsync("k");
        await [|db.KeyExpireAsync("k", TimeSpan.FromMinutes(1))|];
        Console.WriteLine(entries.Length);
        """,
        """
        using System;
        using StackExchange.Redis;

        IDatabase db = null;

        // all of it
        var transaction = db.CreateTransaction();
        var entriesTask = transaction.HashGetAllAsync("k");
        _ = transaction.KeyExpireAsync("k", TimeSpan.FromMinutes(1));
        await transaction.ExecuteAsync();
        var entries = await entriesTask;
        Console.WriteLine(entries.Length);
        """,
        Transaction);

    [Fact]
    public Task SwitchSection() => Check.Asks(
        """
        switch (text)
        {
            case "a":
                var entries = db.HashGetAll(key);
                [|db.KeyExpire(key, ttl)|];
                return entries;
        }
        """,
        """
        switch (text)
        {
            case "a":
                var transaction = db.CreateTransaction();
                var entriesTask = transaction.HashGetAllAsync(key);
                _ = transaction.KeyExpireAsync(key, ttl);
                transaction.Execute();
                var entries = entriesTask.GetAwaiter().GetResult();
                return entries;
        }
        """,
        Transaction);
}

/// <summary>EXP301: a lock that is extended by hand becomes <c>LockExtend</c>.</summary>
public sealed class GetThenExpireLockTests
{
    private const string LockExtend = "LockExtend";

    [Theory]
    [InlineData("if (await db.StringGetAsync(key) == token) await [|db.KeyExpireAsync(key, ttl)|];", "await db.LockExtendAsync(key, token, ttl);")]
    [InlineData("if (db.StringGet(key) == token) [|db.KeyExpire(key, ttl)|];", "db.LockExtend(key, token, ttl);")]
    [InlineData("if (token == db.StringGet(key)) { [|db.KeyExpire(key, ttl)|]; }", "db.LockExtend(key, token, ttl);")]
    [InlineData("if (db.StringGet(key) == text) [|db.KeyExpire(key, ttl)|];", "db.LockExtend(key, text, ttl);")]
    [InlineData("if (db.LockQuery(key) == token) [|db.KeyExpire(key, ttl)|];", "db.LockExtend(key, token, ttl);")]
    [InlineData("if (db.StringGet(key).Equals(token)) [|db.KeyExpire(key, ttl)|];", "db.LockExtend(key, token, ttl);")]
    [InlineData("if (string.Equals(db.StringGet(key), text, StringComparison.Ordinal)) [|db.KeyExpire(key, ttl)|];", "db.LockExtend(key, text, ttl);")]
    [InlineData("if (!(db.StringGet(key) != token)) [|db.KeyExpire(key, ttl)|];", "db.LockExtend(key, token, ttl);")]
    [InlineData("if (await db.StringGetAsync(key) == token) await [|db.KeyExpireAsync(key, ttl, CommandFlags.DemandMaster)|].ConfigureAwait(false);", "await db.LockExtendAsync(key, token, ttl, CommandFlags.DemandMaster).ConfigureAwait(false);")]
    [InlineData("if (db.StringGet(key) == token) [|db.KeyExpire(key: key, expiry: ttl, flags: CommandFlags.DemandMaster)|];", "db.LockExtend(key: key, value: token, expiry: ttl, flags: CommandFlags.DemandMaster);")]
    [InlineData("if (db.StringGet(key) == token) [|db.KeyExpire(key, ttl, ExpireWhen.Always)|];", "db.LockExtend(key, token, ttl);")]
    [InlineData("var holder = db.StringGet(key);\nif (holder.HasValue && holder.ToString() == text) [|db.KeyExpire(key, ttl)|];", "db.LockExtend(key, text, ttl);")]
    public Task OnlyTheExpireUnderTheTest(string before, string after) => Check.AsksSource(InTask(before), InTask(after), LockExtend);

    /// <summary>The answer was not looked at before: that is left to EXP202.</summary>
    [Fact]
    public Task MoreFollows() => Check.AsksSource(
        InTask("if (await db.StringGetAsync(key) == token) await [|db.KeyExpireAsync(key, ttl)|];\nConsole.WriteLine();"),
        InTask("await db.LockExtendAsync(key, token, ttl);\nConsole.WriteLine();"),
        LockExtend);

    [Fact]
    public Task ReadIntoALocal() => Check.AsksSource(
        InTask("""
        // who holds it?
        var holder = await db.StringGetAsync(key);
        if (holder == token)
        {
            // still us
            await [|db.KeyExpireAsync(key, ttl)|];
        }
        """),
        InTask("""
        // who holds it?
        // still us
        await db.LockExtendAsync(key, token, ttl);
        """),
        LockExtend);

    // A call that does not bind may be a write.
    [Theory]
    [InlineData("var had = await db.SetMembersAsync(key);\nforeach (var id in {|CS0103:rows|}) await db.SetAddAsync(key, id.ToString());\nawait db.KeyExpireAsync(key, ttl);")]
    [InlineData("var had = await db.SetMembersAsync(key);\nforeach (var id in {|CS0103:rows|}) await db.SetAddAsync(\"other\", id.ToString());\nawait [|db.KeyExpireAsync(key, ttl)|];")]
    public Task BesideACallThatDoesNotBind(string statements) => Check.Reports(statements);

    private static string InTask(string statements) => $$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Leader
        {
            async Task Renew(IDatabase db, RedisKey key, RedisValue token, string text, TimeSpan ttl)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }
        }
        """;

    [Fact]
    public Task MoreUnderTheTest() => Check.Asks(
        """
        var holder = await db.StringGetAsync(key);
        if (holder == token)
        {
            await [|db.KeyExpireAsync(key, ttl)|];
            Console.WriteLine("extended");
        }
        else
        {
            Console.WriteLine("lost");
        }
        """,
        """
        if (await db.LockExtendAsync(key, token, ttl))
        {
            Console.WriteLine("extended");
        }
        else
        {
            Console.WriteLine("lost");
        }
        """,
        LockExtend);

    [Fact]
    public Task OnlyTheOtherBranchIsLeft() => Check.Asks(
        """
        if (db.StringGet(key) == token)
        {
            [|db.KeyExpire(key, ttl)|];
        }
        else
        {
            Console.WriteLine("lost");
        }
        """,
        """
        if (!db.LockExtend(key, token, ttl))
        {
            Console.WriteLine("lost");
        }
        """,
        LockExtend);

    [Fact]
    public Task BehindAnEarlyExit() => Check.Asks(
        """
        if (await db.StringGetAsync(key) != token)
        {
            return null;
        }

        // still ours
        await [|db.KeyExpireAsync(key, ttl)|];
        Console.WriteLine("extended");
        """,
        """
        // still ours
        if (!await db.LockExtendAsync(key, token, ttl))
        {
            return null;
        }

        Console.WriteLine("extended");
        """,
        LockExtend);

    [Theory]
    [InlineData("return await db.StringGetAsync(key) == token && await [|db.KeyExpireAsync(key, ttl)|];", "return await db.LockExtendAsync(key, token, ttl);")]
    [InlineData("flag = db.StringGet(key) == token && [|db.KeyExpire(key, ttl)|];", "flag = db.LockExtend(key, token, ttl);")]
    [InlineData("if (db.StringGet(key) == token && [|db.KeyExpire(key, ttl)|]) { return text; }", "if (db.LockExtend(key, token, ttl)) { return text; }")]
    public Task InOneExpression(string before, string after) => Check.Asks(before, after, LockExtend);

    [Fact]
    public Task AnswerReturned() => Check.AsksSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Leader(IDatabase db, string node, TimeSpan lease)
        {
            async Task<bool> OneAsync(string key, string token)
            {
                var holder = await db.StringGetAsync(key);
                if (holder != token) return false;
                return await [|db.KeyExpireAsync(key, lease)|];
            }

            async Task<bool> TwoAsync(string key, string token)
            {
                if (await db.StringGetAsync(key) == token)
                {
                    return await [|db.KeyExpireAsync(key, lease)|].ConfigureAwait(false);
                }

                return false;
            }

            bool Three(string key, string token)
            {
                if (db.StringGet(key) == token)
                {
                    return [|db.KeyExpire(key, lease)|];
                }
                else
                {
                    return false;
                }
            }

            bool Four(string key, string token) => db.StringGet(key) == token && [|db.KeyExpire(key, lease)|];

            async Task<bool> FiveAsync(string key, Guid token)
            {
                var holder = await db.StringGetAsync(key);
                if (holder.IsNullOrEmpty || holder != token.ToString("N")) return false;
                return await [|db.KeyExpireAsync(key, lease)|];
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Leader(IDatabase db, string node, TimeSpan lease)
        {
            async Task<bool> OneAsync(string key, string token)
            {
                return await db.LockExtendAsync(key, token, lease);
            }

            async Task<bool> TwoAsync(string key, string token)
            {
                return await db.LockExtendAsync(key, token, lease).ConfigureAwait(false);
            }

            bool Three(string key, string token)
            {
                return db.LockExtend(key, token, lease);
            }

            bool Four(string key, string token) => db.LockExtend(key, token, lease);

            async Task<bool> FiveAsync(string key, Guid token)
            {
                return await db.LockExtendAsync(key, token.ToString("N"), lease);
            }
        }
        """,
        LockExtend);

    [Theory]
    [InlineData("maybe")]
    [InlineData("given")]
    [InlineData("TimeSpan.MaxValue")]
    public Task NoLockExtend_ForAnotherExpiry(string expiry) => Check.NoFix($"if (db.StringGet(key) == token) [|db.KeyExpire(key, {expiry})|];");

    [Fact]
    public Task NoLockExtend_WhereTheHolderIsUsed() => Check.NoFix(
        """
        var holder = db.StringGet(key);
        Console.WriteLine(holder);
        if (holder == token) [|db.KeyExpire(key, ttl)|];
        """);

    [Theory]
    [InlineData("if (db.StringGet(key) == token || flag) [|db.KeyExpire(key, ttl)|];")]
    [InlineData("if (flag && db.StringGet(key) == token) [|db.KeyExpire(key, ttl)|];")]
    [InlineData("if (string.Equals(db.StringGet(key), text, StringComparison.OrdinalIgnoreCase)) [|db.KeyExpire(key, ttl)|];")]
    [InlineData("if (db.StringGet(key) == token) _ = [|db.KeyExpireAsync(key, ttl)|];")]
    [InlineData("if (db.StringGet(key) == token) [|db.KeyExpire(key, ttl, ExpireWhen.HasExpiry)|];")]
    [InlineData("var holder = db.StringGet(key);\nif (holder == token) { [|db.KeyExpire(key, ttl, CommandFlags.FireAndForget)|]; flag = true; } else { Console.WriteLine(holder); }")]
    [InlineData("var holder = db.StringGet(key);\nif (holder == token) { [|db.KeyExpire(key, ttl)|]; } else { Console.WriteLine(holder); }")]
    [InlineData("if (db.StringGet(key) == token) { [|db.KeyExpire(key, ttl, CommandFlags.FireAndForget)|]; flag = true; }")]
    public Task NoLockExtend_ForMoreThanTheTest(string statement) => Check.NoFix(statement);

    [Theory]
    [InlineData("if (db.StringGet(key) == token) flag = [|db.KeyExpire(key, ttl)|];", "if (db.StringGet(key) == token) flag = db.LockExtend(key, token, ttl);")]
    [InlineData("var holder = db.StringGet(key);\nif (holder == token) flag = [|db.KeyExpire(key, ttl)|];\nConsole.WriteLine(holder);", "var holder = db.StringGet(key);\nif (holder == token) flag = db.LockExtend(key, token, ttl);\nConsole.WriteLine(holder);")]
    public Task BesideTheLook_InPlaceOfTheExpire(string before, string after) => Check.Asks(before, after, LockExtend);

    [Fact]
    public Task BesideTheLook_BehindTheTest() => Check.Asks(
        """
        var holder = await db.StringGetAsync(key);
        if (holder == token)
        {
            // ours for a while longer
            await [|db.KeyExpireAsync(key, ttl)|].ConfigureAwait(false);
            flag = true;
        }
        else
        {
            Console.WriteLine(holder);
        }
        """,
        """
        var holder = await db.StringGetAsync(key);
        // ours for a while longer
        if (holder == token && await db.LockExtendAsync(key, token, ttl).ConfigureAwait(false))
        {
            flag = true;
        }
        else
        {
            Console.WriteLine(holder);
        }
        """,
        LockExtend);

    [Fact]
    public Task BesideTheLook_BehindTheTestThatLeaves() => Check.Asks(
        """
        var holder = db.StringGet(key);
        if (holder.IsNull || holder != token)
        {
            Console.WriteLine(holder);
            return null;
        }

        [|db.KeyExpire(key, ttl)|];
        return text;
        """,
        """
        var holder = db.StringGet(key);
        if (holder.IsNull || holder != token || !db.LockExtend(key, token, ttl))
        {
            Console.WriteLine(holder);
            return null;
        }

        return text;
        """,
        LockExtend);
}

/// <summary>EXP301: where no rewrite is safe, none is offered.</summary>
public sealed class GetThenExpireNoFixTests
{
    [Theory]
    [InlineData("flag")]
    [InlineData("value.HasValue && flag")]
    [InlineData("value.HasValue || flag")]
    [InlineData("value == \"x\"")]
    [InlineData("value.ToString().StartsWith(\"x\")")]
    [InlineData("value.IsNull")]
    [InlineData("(int)value > 3")]
    [InlineData("!string.IsNullOrWhiteSpace(value)")]
    public Task AnotherGuard(string test) => Check.NoFix(
        $$"""
        var value = db.StringGet(key);
        if ({{test}})
        {
            [|db.KeyExpire(key, ttl)|];
        }
        """);

    [Theory]
    [InlineData("if (flag) return null;")]
    [InlineData("if (value.IsNull && flag) return null;")]
    [InlineData("if (value.IsNull) { if (flag) return null; }")]
    [InlineData("if (value == \"x\") throw new InvalidOperationException();")]
    [InlineData("foreach (var part in value.ToString()) { if (part == 'x') return null; }")]
    [InlineData("switch (text) { case \"a\": return null; }")]
    [InlineData("value = text; if (value.IsNull) return null;")]
    public Task AnotherExit(string between) => Check.NoFix(
        $"""
        var value = db.StringGet(key);
        {between}
        [|db.KeyExpire(key, ttl)|];
        """);

    [Theory]
    [InlineData("TimeSpan.MaxValue")]
    [InlineData("DateTime.MaxValue")]
    [InlineData("flag ? ttl : TimeSpan.Zero")]
    [InlineData("flag ? ttl : Timeout.InfiniteTimeSpan")]
    [InlineData("flag ? given : DateTime.UnixEpoch")]
    [InlineData("flag ? given : DateTime.UtcNow.AddDays(-1)")]
    [InlineData("(DateTime?)given")]
    public Task ExpiryThatGetexReadsOtherwise(string expiry) => Check.NoFix(
        $"""
        var value = db.StringGet(key);
        [|db.KeyExpire(key, {expiry})|];
        """);

    [Theory]
    [InlineData("var later = TimeSpan.FromMinutes(1);", "later")]
    [InlineData("const int minutes = 1;", "TimeSpan.FromMinutes(minutes)")]
    [InlineData("ttl = TimeSpan.FromMinutes(1);", "ttl")]
    [InlineData("ttl += TimeSpan.FromMinutes(1);", "ttl")]
    [InlineData("", "TtlOf(text)")]
    public Task ExpiryNotKnownAtTheRead(string between, string expiry) => Check.NoFix(
        $$"""
        static TimeSpan TtlOf(string name) => TimeSpan.FromMinutes(name.Length);
        var value = db.StringGet(key);
        {{between}}
        [|db.KeyExpire(key, {{expiry}})|];
        """);

    [Theory]
    [InlineData("value = flag ? db.StringGet(key) : default;")]
    [InlineData("if (flag) value = db.StringGet(key);")]
    [InlineData("try { value = db.StringGet(key); } catch (RedisException) { }")]
    public Task ReadThatDoesNotAlwaysRun(string read) => Check.NoFix(
        $"""
        RedisValue value = default;
        {read}
        [|db.KeyExpire(key, ttl)|];
        """);

    [Theory]
    [InlineData("foreach (var part in text) { [|db.KeyExpire(key, ttl)|]; }")]
    [InlineData("try { Console.WriteLine(); } catch (Exception) { [|db.KeyExpire(key, ttl)|]; }")]
    [InlineData("try { [|db.KeyExpire(key, ttl)|]; } catch (RedisException) { }")]
    [InlineData("switch (text) { case \"a\": [|db.KeyExpire(key, ttl)|]; break; }")]
    [InlineData("var kept = [|db.KeyExpireAsync(key, ttl)|]; await kept;")]
    [InlineData("Console.WriteLine([|db.KeyExpire(key, maybe)|]);")]
    [InlineData("_ = value.IsNull || [|db.KeyExpire(key, ttl)|];")]
    [InlineData("Console.WriteLine(db.KeyTimeToLive(key)); [|db.KeyExpire(key, ttl)|];")]
    public Task ExpireInAnotherPlace(string expire) => Check.NoFix(
        $"""
        var value = db.StringGet(key);
        {expire}
        """);

    [Theory]
    [InlineData("db.StringGet(key, CommandFlags.DemandReplica)")]
    [InlineData("db.StringGetWithExpiry(key)")]
    [InlineData("db.HashScan(key)")]
    [InlineData("db.SetScan(key)")]
    [InlineData("db.Execute(\"GET\", key)")]
    public Task ReadThatNothingReplaces(string read) => Check.NoFix(
        $"""
        var value = {read};
        [|db.KeyExpire(key, ttl)|];
        """);

    [Theory]
    [InlineData("var pending = db.HashGetAllAsync(key); await [|db.KeyExpireAsync(key, ttl)|]; await pending;")]
    [InlineData("Console.WriteLine(text.Trim() + db.HashGetAll(key).Length); [|db.KeyExpire(key, ttl)|];")]
    [InlineData("if (flag) { } else if (db.HashGetAll(key).Length > 0) { Console.WriteLine(); [|db.KeyExpire(key, ttl)|]; }")]
    [InlineData("if (db.HashGetAll(key).Length > 0) { [|db.KeyExpire(key, ttl)|]; }")]
    [InlineData("var batch = db.CreateBatch(); var read = batch.HashGetAllAsync(key); _ = [|batch.KeyExpireAsync(key, ttl)|]; batch.Execute(); await read;")]
    public Task ReadThatNoTransactionCanStandBefore(string statements) => Check.NoFix(statements);

    [Fact]
    public Task ExpressionBodyOfACollection() => Check.NoFixSource(
        """
        using System;
        using StackExchange.Redis;

        class Store(IDatabase db, TimeSpan ttl)
        {
            bool Keep(string key) => db.HashGetAll(key).Length > 0 && [|db.KeyExpire(key, ttl)|];
        }
        """);

    [Fact]
    public Task ConditionalAccess() => Check.NoFixSource(
        """
        using System;
        using StackExchange.Redis;

        class Store(TimeSpan ttl)
        {
            string Get(IDatabase db, string key)
            {
                var value = db.StringGet(key);
                db?[|.KeyExpire(key, ttl)|];
                return value;
            }
        }
        """);

    [Fact]
    public Task HalfInAHelper() => Check.NoFixSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store
        {
            readonly IDatabase db;

            async Task<string> ReadAsync(string key) => await db.StringGetAsync(key);

            Task TouchAsync(string key) => db.KeyExpireAsync(key, TimeSpan.FromMinutes(1));

            async Task<string> OneAsync(string key)
            {
                var value = await ReadAsync(key);
                await [|db.KeyExpireAsync(key, TimeSpan.FromMinutes(1))|];
                return value;
            }

            async Task<string> TwoAsync(string key)
            {
                var value = await db.StringGetAsync(key);
                await [|TouchAsync(key)|];
                return value;
            }
        }
        """);
}

/// <summary>EXP301: what the oldest server decides, and that the client's own analyzer agrees.</summary>
public sealed class GetThenExpireServerVersionTests
{
    private const string Before = """
        var value = await db.StringGetAsync(key);
        await [|db.KeyExpireAsync(key, ttl)|];
        """;

    private const string OneCommand = """
        var value = await db.StringGetSetExpiryAsync(key, ttl);
        """;

    private const string InTransaction = """
        var transaction = db.CreateTransaction();
        var valueTask = transaction.StringGetAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        var value = await valueTask;
        """;

    private const string Old = "redis.min_server_version = 6.0";
    private const string OldProperty = "build_property.RedisMinServerVersion = 6.0";

    [Theory]
    [InlineData("", "redis.min_server_version = 6.2")]
    [InlineData("", "redis.min_server_version = 7")]
    [InlineData("", "redis.min_server_version = newest")]
    [InlineData("redis.min_server_version = 7.4", OldProperty)]
    [InlineData("", OldProperty + "\nredis.min_server_version = 7.0")]
    public Task NewEnough(string file, string global) => Run(OneCommand, "EXP301.Getex", References.NewestClient, file, global);

    [Theory]
    [InlineData("", Old)]
    [InlineData("", OldProperty)]
    [InlineData("", "redis.min_server_version = 5")]
    [InlineData(Old, OldProperty)]
    public Task TooOld(string file, string global) => Run(InTransaction, "EXP301.Transaction", References.NewestClient, file, global);

    [Fact]
    public Task TooOldByEditorConfig_ClientWithoutAnAnalyzer() => Run(InTransaction, "EXP301.Transaction", "2.13.23", Old, "");

    /// <summary>The client's analyzer does not read the file's options: it would call for GETEX (SER303).</summary>
    [Fact]
    public Task TooOldByEditorConfig_ClientWithAnAnalyzer() => Run(null, null, References.NewestClient, Old, "");

    [Fact]
    public Task TheClientsAnalyzerIsContentWithEachShape() => RunSource(
        """
        var length = db.StringLength(key);
        if ([|db.KeyExpire(key, ttl)|]) Console.WriteLine(length);
        var lease = await db.StringGetLeaseAsync(key);
        await [|db.KeyExpireAsync(key, ttl)|];
        var user = await db.HashGetAsync(key, "user").ConfigureAwait(false);
        await [|db.KeyExpireAsync(key, ttl)|].ConfigureAwait(false);
        var events = db.StreamRange(key);
        [|db.KeyExpire(key, given, ExpireWhen.HasExpiry, CommandFlags.FireAndForget)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var lengthTask = transaction.StringLengthAsync(key);
        var expire = transaction.KeyExpireAsync(key, ttl);
        transaction.Execute();
        var length = lengthTask.GetAwaiter().GetResult();
        if (expire.GetAwaiter().GetResult()) Console.WriteLine(length);
        var transaction2 = db.CreateTransaction();
        var leaseTask = transaction2.StringGetLeaseAsync(key);
        _ = transaction2.KeyExpireAsync(key, ttl);
        await transaction2.ExecuteAsync();
        var lease = await leaseTask;
        var transaction3 = db.CreateTransaction();
        var userTask = transaction3.HashGetAsync(key, "user");
        _ = transaction3.KeyExpireAsync(key, ttl);
        await transaction3.ExecuteAsync().ConfigureAwait(false);
        var user = await userTask.ConfigureAwait(false);
        var transaction4 = db.CreateTransaction();
        var eventsTask = transaction4.StreamRangeAsync(key);
        _ = transaction4.KeyExpireAsync(key, given, ExpireWhen.HasExpiry, CommandFlags.FireAndForget);
        transaction4.Execute();
        var events = eventsTask.GetAwaiter().GetResult();
        """,
        "EXP301.Transaction",
        References.NewestClient,
        "",
        "");

    private static Task Run(string? after, string? key, string client, string file, string global) => RunSource(Before, after, key, client, file, global);

    private static async Task RunSource(string before, string? after, string? key, string client, string file, string global)
    {
        string source = Statements.InMethod(before);
        ConfiguredTest test = new(client, file, global) { TestCode = source, FixedCode = after is null ? source : Statements.InMethod(after), CodeActionEquivalenceKey = key, Asks = key == "EXP301.Transaction" };
        if (after is null)
        {
            test.NumberOfIncrementalIterations = 0;
            test.NumberOfFixAllIterations = 0;
        }

        await test.RunAsync();
    }

    private sealed class ConfiguredTest : CSharpCodeFixTest<ExpiryAnalyzer, GetThenExpireFix, DefaultVerifier>
    {
        public bool Asks { get; init; }

        private readonly string _client;

        public ConfiguredTest(string client, string file, string global)
        {
            _client = client;
            ReferenceAssemblies = new ReferenceAssemblies("none");
            TestState.AdditionalReferences.AddRange(References.With(client));
            TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\n" + file));
            TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\n" + global));
            DisabledDiagnostics.AddRange(new ExpiryAnalyzer().SupportedDiagnostics.Select(rule => rule.Id).Where(id => id != "EXP301"));
            MarkupOptions = MarkupOptions.UseFirstDescriptor;
        }

        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() =>
            _client == References.NewestClient ? base.GetDiagnosticAnalyzers().Concat(References.ClientAnalyzers) : base.GetDiagnosticAnalyzers();

        protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => Asks ? [FixProviders.AskingOf("EXP301")] : FixProviders.Of("EXP301");

        protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Parse);

        protected override DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) => analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Single(rule => rule.Id == "EXP301");
    }
}

/// <summary>EXP301: what stands between the read and the expire.</summary>
public sealed class GetThenExpireBetweenTests
{
    /// <summary>Code that only computes, gathers or logs may stand between: it does not throw, nor does it see the TTL.</summary>
    [Theory]
    [InlineData("var name = (string)value;")]
    [InlineData("var name = value.ToString().Trim().Split(',');")]
    [InlineData("Console.WriteLine(value);")]
    [InlineData("var found = new List<string> { value }; found.Add(text);")]
    [InlineData("var parsed = int.TryParse((string)value, out var number) ? number : 0;")]
    public Task Quiet(string between) => Check.Fixes(
        $"""
        var value = await db.StringGetAsync(key);
        {between}
        await [|db.KeyExpireAsync(key, ttl)|];
        """,
        $"""
        var value = await db.StringGetSetExpiryAsync(key, ttl);
        {between}
        """,
        "Getex");

    /// <summary>What throws before the expire, or waits, keeps the TTL from being moved.</summary>
    [Theory]
    [InlineData("Require(value);")]
    [InlineData("var number = int.Parse(value);")]
    [InlineData("var number = (int)value;")]
    [InlineData("var user = System.Text.Json.JsonSerializer.Deserialize<string>((string)value);")]
    [InlineData("await WorkAsync(ct);")]
    [InlineData("ct.ThrowIfCancellationRequested();")]
    [InlineData("WorkAsync(ct).Wait();")]
    [InlineData("if (flag) { await WorkAsync(ct); }")]
    [InlineData("var name = flag ? text : throw new InvalidOperationException();")]
    [InlineData("db.StringSet(text, value);")]
    public Task NotQuiet(string between) => Check.NoFixSource(Statements.InMethod(
        $"""
        var value = await db.StringGetAsync(key);
        {between}
        await [|db.KeyExpireAsync(key, ttl)|];
        """).Replace("    Task WorkAsync", "    static void Require(RedisValue value) { if (value == \"x\") throw new InvalidOperationException(); }\n\n    Task WorkAsync", StringComparison.Ordinal));

    /// <summary>Nor may it in the expression that the read stands in.</summary>
    [Fact]
    public Task ReadInACallThatMayThrow() => Check.NoFix(
        """
        var user = System.Text.Json.JsonSerializer.Deserialize<string>((string)await db.StringGetAsync(key));
        await [|db.KeyExpireAsync(key, ttl)|];
        """);

    /// <summary>An instant of no kind is refused at the call, also where the key is missing and the expire was not reached.</summary>
    [Fact]
    public Task AnInstantUnderATest() => Check.Asks(
        """
        var value = await db.StringGetAsync(key);
        if (value.HasValue) await [|db.KeyExpireAsync(key, given)|];
        """,
        """
        var value = await db.StringGetSetExpiryAsync(key, given);
        """,
        "Getex");

    /// <summary>A list that is read is empty where its key is missing.</summary>
    [Theory]
    [InlineData("if (lines is []) return null;")]
    [InlineData("if (lines is not [_, ..]) return null;")]
    public Task BehindAnExitForAnEmptyList(string exit) => Check.Asks(
        $"""
        var lines = await db.ListRangeAsync(key);
        {exit}
        await [|db.KeyExpireAsync(key, ttl)|];
        return lines;
        """,
        $"""
        var transaction = db.CreateTransaction();
        var linesTask = transaction.ListRangeAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        var lines = await linesTask;
        {exit}
        return lines;
        """,
        "Transaction");

    /// <summary>Comments behind a statement that goes are kept.</summary>
    [Fact]
    public Task CommentsBehindReturns() => Check.AsksSource(
        """
        using System;
        using StackExchange.Redis;

        class Leader(IDatabase db)
        {
            bool Renew(string key, string me, TimeSpan ttl)
            {
                var owner = db.StringGet(key);
                if (owner != me) return false; // another's
                return [|db.KeyExpire(key, ttl)|]; // ours
            }
        }
        """,
        """
        using System;
        using StackExchange.Redis;

        class Leader(IDatabase db)
        {
            bool Renew(string key, string me, TimeSpan ttl)
            {
                // another's
                // ours
                return db.LockExtend(key, me, ttl);
            }
        }
        """,
        "LockExtend");

    /// <summary>The TTL is told by the value that was read, which the object keeps.</summary>
    [Theory]
    [InlineData("_last = await db.StringGetAsync(key); if (_last.HasValue) await db.KeyExpireAsync(key, TimeSpan.FromSeconds((int)_last));")]
    [InlineData("Last = await db.StringGetAsync(key); if (Last.HasValue) await db.KeyExpireAsync(key, TimeSpan.FromSeconds((int)Last));")]
    [InlineData("_last = await db.StringGetAsync(key); if (_last.HasValue) await [|db.KeyExpireAsync(key, TimeSpan.FromSeconds(30))|];")]
    public Task TtlOfAValueThatTheObjectKeeps(string statements) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Documents(IDatabase db)
        {
            private RedisValue _last;
            public RedisValue Last { get; set; }
            public async Task Open(string key) { {{statements}} }
        }
        """);

}
