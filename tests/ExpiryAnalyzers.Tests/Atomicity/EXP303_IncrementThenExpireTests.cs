using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Atomicity.IncrementThenExpireFix>;

namespace ExpiryAnalyzers.Tests.Atomicity;

/// <summary>EXP303: what is reported.</summary>
public sealed class IncrementThenExpireTests
{
    [Theory]
    [InlineData("db.StringIncrement(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("await db.StringIncrementAsync(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StringIncrement(key, 5);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StringIncrement(key, 0.5);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StringIncrement(key, flags: CommandFlags.FireAndForget);", "db.KeyExpire(key, ttl, CommandFlags.FireAndForget)")]
    [InlineData("db.StringDecrement(key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashIncrement(key, \"f\");", "db.KeyExpire(key, ttl)")]
    [InlineData("db.HashDecrement(key, \"f\", 2);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SortedSetIncrement(key, \"m\", 1);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.SortedSetDecrement(key, \"m\", 1);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.StringIncrement(key);", "db.KeyExpire(key, given)")]
    [InlineData("db.StringIncrement(key);", "db.KeyExpire(key, maybe)")]
    [InlineData("db.StringIncrement(key);", "db.KeyExpire(key, ttl, ExpireWhen.HasExpiry)")]
    [InlineData("db.StringIncrement(key);", "db.Execute(\"EXPIRE\", key, 60)")]
    [InlineData("db.Execute(\"INCR\", key);", "db.KeyExpire(key, ttl)")]
    [InlineData("db.Execute(\"INCRBY\", key, 2);", "db.Execute(\"PEXPIRE\", key, 60000)")]
    [InlineData("db.Execute(\"HINCRBY\", key, \"f\", 1);", "db.KeyExpire(key, ttl)")]
    [InlineData("_ = db.StringIncrementAsync(key);", "db.KeyExpireAsync(key, ttl)")]
    public Task EachCounter(string increment, string expire) => Check.Reports(
        $"""
        {increment}
        [|{expire}|];
        """);

    [Theory]
    [InlineData("count == 1")]
    [InlineData("1 == count")]
    [InlineData("count == 1L")]
    [InlineData("count <= 1")]
    [InlineData("count < 2")]
    [InlineData("count is 1")]
    [InlineData("count.Equals(1)")]
    [InlineData("!(count > 1)")]
    [InlineData("count == 1 && flag")]
    [InlineData("maybe.HasValue && count == 1")]
    [InlineData("flag")]
    [InlineData("ttl > TimeSpan.Zero")]
    [InlineData("count % 10 == 1")]
    public Task UnderATest(string test) => Check.Reports(
        $$"""
        var count = await db.StringIncrementAsync(key);
        if ({{test}})
        {
            await [|db.KeyExpireAsync(key, ttl)|];
        }
        """);

    [Fact]
    public Task UnderATestThatHasAName() => Check.Reports(
        """
        var count = db.StringIncrement(key);
        bool isFirst = count == 1;
        if (isFirst)
            [|db.KeyExpire(key, ttl, ExpireWhen.HasNoExpiry)|];
        """);

    [Theory]
    [InlineData("if (count != 1) return count;")]
    [InlineData("if (count > 1) { return count; }")]
    [InlineData("if (count > 100) throw new InvalidOperationException();")]
    public Task BehindAnEarlyReturn(string exit) => Check.Reports(
        $"""
        var count = await db.StringIncrementAsync(key);
        {exit}
        await [|db.KeyExpireAsync(key, ttl)|];
        """);

    [Theory]
    [InlineData("if (await db.StringIncrementAsync(key) == 1) await [|db.KeyExpireAsync(key, ttl)|];")]
    [InlineData("return db.StringIncrement(key) == 1 && [|db.KeyExpire(key, ttl)|];")]
    [InlineData("return db.StringIncrement(key) == 1 ? [|db.KeyExpire(key, ttl)|] : flag;")]
    [InlineData("if (db.StringIncrement(key) is var count && count == 1) [|db.KeyExpire(key, ttl)|];")]
    [InlineData("switch (db.StringIncrement(key)) { case 1: [|db.KeyExpire(key, ttl)|]; break; }")]
    public Task InOneExpression(string statement) => Check.Reports(statement);

    [Fact]
    public Task TasksSideBySide() => Check.Reports(
        """
        await Task.WhenAll(db.StringIncrementAsync(key), [|db.KeyExpireAsync(key, ttl)|]);
        Task[] tasks = new Task[2];
        tasks[0] = db.HashIncrementAsync(text, "hits");
        tasks[1] = [|db.KeyExpireAsync(text, ttl)|];
        Task.WaitAll(tasks);
        """);

    [Fact]
    public Task ABatchIsNoTransaction() => Check.Reports(
        """
        var batch = db.CreateBatch();
        var count = batch.StringIncrementAsync(key);
        var kept = [|batch.KeyExpireAsync(key, ttl)|];
        batch.Execute();
        await Task.WhenAll(count, kept);
        """);

    [Fact]
    public Task AReadInBetweenDoesNotCount() => Check.Reports(
        """
        db.StringIncrement(key);
        var now = db.StringGet(key);
        [|db.KeyExpire(key, ttl)|];
        """);

    [Fact]
    public Task TheNearestCounterIsNamed() => Check.Reports(
        """
        db.HashIncrement(key, "hits");
        db.HashIncrement(key, "bytes", 100);
        [|db.KeyExpire(key, ttl)|];
        """);

    [Fact]
    public Task ASeedWithoutATtl() => Check.Reports(
        """
        db.StringSet(key, 0, when: When.NotExists);
        db.StringIncrement(key);
        [|db.KeyExpire(key, ttl)|];
        """);

    [Fact]
    public Task ALockoutAlone() => Check.Reports(
        """
        var failures = await db.StringIncrementAsync(key);
        if (failures >= 5)
            await [|db.KeyExpireAsync(key, ttl)|];
        """);

    [Fact]
    public Task ALockoutBesideTheWindow() => Check.Reports(
        """
        var failures = await db.StringIncrementAsync(key);
        if (failures == 1)
            await [|db.KeyExpireAsync(key, TimeSpan.FromMinutes(1))|];
        if (failures >= 5)
            await db.KeyExpireAsync(key, ttl);
        """);

    [Fact]
    public Task OneWindowOfTwo() => Check.Reports(
        """
        var count = db.StringIncrement(key);
        if (flag)
        {
            if (count == 1) [|db.KeyExpire(key, ttl)|];
        }
        else if (count == 1)
        {
            [|db.KeyExpire(key, TimeSpan.FromMinutes(1))|];
        }
        """);

    [Fact]
    public Task EqualKeys() => Check.ReportsSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class RateLimiter(IConnectionMultiplexer redis, TimeSpan window)
        {
            private readonly IDatabase _db = redis.GetDatabase();

            private static string KeyFor(string user) => $"rate:{user}";

            public async Task<bool> IsAllowed(string user, int limit)
            {
                long hits = await _db.StringIncrementAsync(KeyFor(user));
                if (hits == 1) await [|_db.KeyExpireAsync(KeyFor(user), window)|];
                return hits <= limit;
            }

            public async Task<bool> IsAllowed(string user, string path)
            {
                long hits = await _db.StringIncrementAsync($"rate:{user}:{path}");
                if (hits == 1) await [|_db.KeyExpireAsync("rate:" + user + ":" + path, window)|];
                return hits <= 10;
            }
        }
        """);

    [Fact]
    public Task HelpersOneCallDeep() => Check.ReportsSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Counters(IDatabase db)
        {
            private Task ExpireAsync(string key) => db.KeyExpireAsync(key, TimeSpan.FromMinutes(1));

            private Task<long> AddAsync(string key) => db.StringIncrementAsync(key);

            private async Task StartWindow(string key, long count)
            {
                if (count == 1) await db.KeyExpireAsync(key, TimeSpan.FromMinutes(1));
            }

            public async Task One(string key)
            {
                if (await db.StringIncrementAsync(key) == 1) await [|ExpireAsync(key)|];
            }

            public async Task Two(string key)
            {
                if (await AddAsync(key) == 1) await [|db.KeyExpireAsync(key, TimeSpan.FromMinutes(1))|];
            }

            public async Task Three(string key)
            {
                if (await AddAsync(key) == 1) await [|ExpireAsync(key)|];
            }

            public async Task Four(string key)
            {
                var count = await db.StringIncrementAsync(key);
                await [|StartWindow(key, count)|];
            }
        }
        """);

    [Fact]
    public Task InsideNestedFunctions() => Check.Reports(
        """
        async Task<long> Hit(string name)
        {
            var count = await db.StringIncrementAsync(name);
            if (count == 1) await [|db.KeyExpireAsync(name, ttl)|];
            return count;
        }

        Func<Task> retry = async () =>
        {
            if (await db.StringIncrementAsync(key) == 1) await [|db.KeyExpireAsync(key, ttl)|];
        };
        await Hit("a");
        await retry();
        """);
}

/// <summary>EXP303: what is left alone.</summary>
public sealed class IncrementThenExpireSilentTests
{
    [Theory]
    [InlineData("db.StringIncrement(key); db.KeyExpire(text, ttl);")]
    [InlineData("db.StringIncrement($\"count:{text}\"); db.KeyExpire($\"user:{text}\", ttl);")]
    [InlineData("db.StringIncrement(key); key = text; db.KeyExpire(key, ttl);")]
    [InlineData("db.Multiplexer.GetDatabase(1).StringIncrement(key); db.Multiplexer.GetDatabase(2).KeyExpire(key, ttl);")]
    public Task OtherKeyOrDatabase(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("if (flag) { db.StringIncrement(key); } else { db.KeyExpire(key, ttl); }")]
    [InlineData("if (flag) { return db.StringIncrement(key); } db.KeyExpire(key, ttl);")]
    public Task ExclusiveBranches(string statements) => Check.Reports(statements);

    [Fact]
    public Task InsideOneTransaction() => Check.Reports(
        """
        var tran = db.CreateTransaction();
        var count = tran.StringIncrementAsync(key);
        _ = tran.KeyExpireAsync(key, ttl, ExpireWhen.HasNoExpiry);
        await tran.ExecuteAsync();
        return await count;
        """);

    [Fact]
    public Task InOneScript() => Check.Reports(
        """
        return await db.ScriptEvaluateAsync("local n = redis.call('INCR', KEYS[1]) if n == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end return n", new RedisKey[] { key }, new RedisValue[] { 60 });
        """);

    [Theory]
    [InlineData("db.StringSet(key, 0, ttl, When.NotExists);")]
    [InlineData("if (!db.KeyExists(key)) db.StringSet(key, 0, ttl);")]
    [InlineData("db.Execute(\"SET\", key, 0, \"EX\", 60, \"NX\");")]
    public Task SeededWithATtl(string seed) => Check.Reports(
        $"""
        {seed}
        var count = db.StringIncrement(key);
        if (count == 1) db.KeyExpire(key, ttl);
        """);

    [Theory]
    [InlineData("await db.KeyExpireAsync(key, ttl, ExpireWhen.HasNoExpiry);")]
    [InlineData("await db.KeyExpireAsync(key, ttl, when: ExpireWhen.LessThanCurrentExpiry);")]
    [InlineData("db.Execute(\"EXPIRE\", key, 60, \"NX\");")]
    [InlineData("if (maybe.HasValue) await db.KeyExpireAsync(key, maybe, ExpireWhen.HasNoExpiry);")]
    [InlineData("if (count <= 100) await db.KeyExpireAsync(key, ttl, ExpireWhen.HasNoExpiry);")]
    [InlineData("if (await db.KeyTimeToLiveAsync(key) is null) await db.KeyExpireAsync(key, ttl);")]
    [InlineData("var left = await db.KeyTimeToLiveAsync(key); if (count == 1 || left == null) await db.KeyExpireAsync(key, ttl);")]
    [InlineData("if (count == 1) await db.KeyExpireAsync(key, ttl); else if (await db.KeyTimeToLiveAsync(key) == null) await db.KeyExpireAsync(key, ttl);")]
    public Task EachHitRepairs(string expire) => Check.Reports(
        $"""
        var count = await db.StringIncrementAsync(key);
        {expire}
        return count;
        """);

    [Theory]
    [InlineData("db.StringIncrement(key); db.StringSet(key, 0, ttl); db.KeyExpire(key, ttl);")]
    [InlineData("db.StringIncrement(key); db.StringSet(key, 0); db.KeyExpire(key, ttl);")]
    [InlineData("db.HashIncrement(key, \"n\"); db.HashSet(key, \"last\", text); db.KeyExpire(key, ttl);")]
    [InlineData("db.StringIncrement(key); db.KeyDelete(key); db.KeyExpire(key, ttl);")]
    [InlineData("db.StringIncrement(key); db.ScriptEvaluate(\"...\"); db.KeyExpire(key, ttl);")]
    public Task AnotherWriteInBetween(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("db.StringIncrement(key); db.KeyPersist(key);")]
    [InlineData("db.StringIncrement(key); db.KeyExpire(key, (TimeSpan?)null);")]
    [InlineData("db.StringIncrement(key); db.KeyExpire(key, DateTime.MaxValue);")]
    [InlineData("db.KeyExpire(key, ttl);")]
    [InlineData("db.StringIncrement(key);")]
    public Task NoSuchPair(string statements) => Check.Reports(statements);

    [Fact]
    public Task IncrementWithItsOwnExpiry() => Check.Reports(
        """
        var result = await db.StringIncrementAsync(key, 1, new Expiration(ttl, ExpirationFlags.ExpireIfNotExists));
        await db.KeyExpireAsync(key, ttl);
        """,
        "3.4.35");

    [Fact]
    public Task APairInsideAHelperIsReportedThere() => Check.ReportsSource(
        """
        using System;
        using StackExchange.Redis;

        class Counters(IDatabase db)
        {
            private long Hit(string key)
            {
                var count = db.StringIncrement(key);
                if (count == 1) [|db.KeyExpire(key, TimeSpan.FromMinutes(1))|];
                return count;
            }

            public bool IsAllowed(string user) => Hit(user) <= 10;

            public long Both(string user) => Hit(user) + Hit(user);
        }
        """);

    [Fact]
    public Task Forwards() => Check.ReportsSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Gateway(IDatabase db)
        {
            public Task<long> IncrementAsync(string key) => db.StringIncrementAsync(key);
            public Task<bool> ExpireAsync(string key, TimeSpan ttl) => db.KeyExpireAsync(key, ttl);
        }
        """);

    // Accepted: whether the transaction's counter is the database's is not followed.
    [Fact]
    public Task Gap_TransactionThenDatabase() => Check.Reports(
        """
        var tran = db.CreateTransaction();
        var count = tran.StringIncrementAsync(key);
        await tran.ExecuteAsync();
        if (await count == 1) await db.KeyExpireAsync(key, ttl);
        """);

    // Accepted: the expire of a counter that the next line makes.
    [Fact]
    public Task Gap_ExpireFirst() => Check.Reports(
        """
        db.KeyExpire(key, ttl);
        db.StringIncrement(key);
        """);
}
