using ExpiryAnalyzers.CodeFixes.Atomicity;
using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Atomicity.GetThenExpireFix>;

namespace ExpiryAnalyzers.Tests.Atomicity;

/// <summary>EXP301: what is reported.</summary>
public sealed class GetThenExpireTests
{
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
    public Task TheNearestReadIsNamedOnce() => Check.Reports(
        """
        var user = db.HashGet(key, "user");
        var role = db.HashGet(key, "role");
        [|db.KeyExpire(key, ttl)|];
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

        class Store(IDatabase db)
        {
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
    [InlineData("db.StringGet(new RedisKey[] { key }); db.KeyExpire(key, ttl);")]
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

/// <summary>EXP301: what the fixes write.</summary>
public sealed class GetThenExpireFixTests
{
    private const string Getex = "Getex";
    private const string Transaction = "Transaction";
    private const string LockExtend = "LockExtend";

    [Fact]
    public Task Getex_PlainPair() => Check.Fixes(
        """
        var value = await db.StringGetAsync(key);
        await [|db.KeyExpireAsync(key, ttl)|];
        """,
        """
        var value = await db.StringGetSetExpiryAsync(key, ttl);
        """,
        Getex);

    [Fact]
    public Task Getex_UnderTheTestOfTheValue() => Check.Fixes(
        """
        var value = await db.StringGetAsync(key).ConfigureAwait(false);
        if (value.HasValue)
        {
            await [|db.KeyExpireAsync(key, TimeSpan.FromMinutes(5))|].ConfigureAwait(false);
        }

        Console.WriteLine(value);
        """,
        """
        var value = await db.StringGetSetExpiryAsync(key, TimeSpan.FromMinutes(5)).ConfigureAwait(false);

        Console.WriteLine(value);
        """,
        Getex);

    [Fact]
    public Task Transaction_Hash() => Check.Fixes(
        """
        var entries = await db.HashGetAllAsync(key);
        if (entries.Length == 0)
        {
            return null;
        }

        await [|db.KeyExpireAsync(key, ttl)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var hashGetAllTask = transaction.HashGetAllAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        var entries = await hashGetAllTask;
        if (entries.Length == 0)
        {
            return null;
        }

        """,
        Transaction);

    [Fact]
    public Task LockExtend_Plain() => Check.Fixes(
        """
        if (await db.StringGetAsync(key) == token)
        {
            await [|db.KeyExpireAsync(key, ttl)|];
        }
        """,
        """
        await db.LockExtendAsync(key, token, ttl);
        """,
        LockExtend);
}
