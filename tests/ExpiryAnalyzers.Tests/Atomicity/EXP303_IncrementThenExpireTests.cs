using ExpiryAnalyzers.CodeFixes.Atomicity;
using ExpiryAnalyzers.Tests.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
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

    [Fact]
    public Task BehindTheTransaction() => Check.Reports(
        """
        var tran = db.CreateTransaction();
        var count = tran.StringIncrementAsync(key);
        await tran.ExecuteAsync();
        if (await count == 1) await [|db.KeyExpireAsync(key, ttl)|];
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
    public Task BehindALoop() => Check.Reports(
        """
        foreach (var field in new[] { "a", "b" })
        {
            await db.HashIncrementAsync(key, field);
        }

        await [|db.KeyExpireAsync(key, ttl)|];
        """);

    [Fact]
    public Task InASwitchExpression() => Check.Reports("return db.StringIncrement(key) switch { 1 => [|db.KeyExpire(key, ttl)|], _ => flag };");

    [Fact]
    public Task InAContinuation() => Check.Reports(
        """
        await db.StringIncrementAsync(key).ContinueWith(counting => counting.Result == 1 && [|db.KeyExpire(key, ttl)|]);
        """);

    [Fact]
    public Task InAFinallyAndBehindATry() => Check.Reports(
        """
        long count = 0;
        try
        {
            count = await db.StringIncrementAsync(key);
        }
        catch (RedisException)
        {
            return true;
        }

        if (count == 1) await [|db.KeyExpireAsync(key, ttl)|];
        try
        {
            await db.StringIncrementAsync(text);
        }
        finally
        {
            await [|db.KeyExpireAsync(text, ttl)|];
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
    /// <summary>The expire is a delete, which EXP401 speaks of.</summary>
    [Theory]
    [InlineData("TimeSpan.Zero")]
    [InlineData("DateTime.UnixEpoch")]
    public Task ADelete(string expiry) => Check.Reports($"var count = db.StringIncrement(key); if (count > 5) db.KeyExpire(key, {expiry});");

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
    [InlineData("db.StringIncrement(key); db.ScriptEvaluate(text); db.KeyExpire(key, ttl);")]
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

    // The order reversed is EXP302's.
    [Fact]
    public Task ExpireFirst() => Check.Reports(
        """
        db.KeyExpire(key, ttl);
        db.StringIncrement(key);
        """);
}

/// <summary>EXP303: one transaction counts and sets the TTL.</summary>
public sealed class IncrementThenExpireFixTests
{
    private const string Transaction = "Transaction";
    private const string Seed = "Seed";

    /// <summary>EXPIRE with NX came with that server.</summary>
    private const string Redis7 = "redis.min_server_version = 7.0";

    /// <summary>Started together: the tasks stay where they are, and the transaction runs before they are waited for.</summary>
    [Fact]
    public Task StartedTogether() => Check.Fixes(
        """
        var count = db.StringIncrementAsync(key);
        var expired = [|db.KeyExpireAsync(key, ttl)|];
        await Task.WhenAll(count, expired);
        return count.Result;
        """,
        """
        var transaction = db.CreateTransaction();
        var count = transaction.StringIncrementAsync(key);
        var expired = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        await Task.WhenAll(count, expired);
        return count.Result;
        """,
        "Transaction");

    /// <summary>Nobody waits for either, so that nobody waits for the transaction.</summary>
    [Fact]
    public Task NotWaitedFor() => Check.Fixes(
        """
        _ = db.StringIncrementAsync(key);
        _ = [|db.KeyExpireAsync(key, ttl)|];
        """,
        """
        var transaction = db.CreateTransaction();
        _ = transaction.StringIncrementAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl);
        _ = transaction.ExecuteAsync();
        """,
        "Transaction");

    [Fact]
    public Task Gathered() => Check.Fixes(
        """
        await Task.WhenAll(db.HashIncrementAsync(key, "f"), [|db.KeyExpireAsync(key, ttl)|]);
        """,
        """
        var transaction = db.CreateTransaction();
        var queued = Task.WhenAll(transaction.HashIncrementAsync(key, "f"), transaction.KeyExpireAsync(key, ttl));
        await transaction.ExecuteAsync();
        await queued;
        """,
        "Transaction");

    [Fact]
    public Task OnOneBatch() => Check.Fixes(
        """
        var batch = db.CreateBatch();
        var count = batch.StringIncrementAsync(key);
        _ = [|batch.KeyExpireAsync(key, ttl)|];
        batch.Execute();
        return await count;
        """,
        """
        var transaction = db.CreateTransaction();
        var count = transaction.StringIncrementAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        return await count;
        """,
        "Transaction");

    [Theory]
    [InlineData("var count = db.StringIncrementAsync(key);\nif (await count == 1) await [|db.KeyExpireAsync(key, ttl)|];")]
    [InlineData("var tran = db.CreateTransaction();\nvar count = tran.StringIncrementAsync(key);\ntran.Execute();\nawait [|db.KeyExpireAsync(key, ttl)|];")]
    [InlineData("var batch = db.CreateBatch();\nvar tran = db.CreateTransaction();\n_ = tran.StringIncrementAsync(key);\ntran.Execute();\n_ = [|batch.KeyExpireAsync(key, ttl)|];\nbatch.Execute();")]
    public Task NotWhereTheCountDecidesOrElsewhere(string statements) => Check.NoFix(statements);

    [Fact]
    public Task FirstHit() => Check.AsksWith(
        Redis7,
        """
        var count = await db.StringIncrementAsync(key);
        if (count == 1)
        {
            await [|db.KeyExpireAsync(key, ttl)|];
        }

        return count <= 10;
        """,
        """
        var transaction = db.CreateTransaction();
        var countTask = transaction.StringIncrementAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl, ExpireWhen.HasNoExpiry);
        await transaction.ExecuteAsync();
        var count = await countTask;

        return count <= 10;
        """,
        Transaction);

    [Fact]
    public Task FirstHitForOlderServers() => Check.Fixes(
        """
        var count = await db.StringIncrementAsync(key);
        if (count == 1)
        {
            await [|db.KeyExpireAsync(key, ttl)|];
        }

        return count <= 10;
        """,
        """
        var transaction = db.CreateTransaction();
        var seed = transaction.StringSetAsync(key, 0, ttl, When.NotExists);
        var countTask = transaction.StringIncrementAsync(key);
        await transaction.ExecuteAsync();
        await seed;
        var count = await countTask;

        return count <= 10;
        """,
        Seed);

    [Fact]
    public Task FirstHitUnderAnotherConditionForOlderServers() => Check.Fixes(
        """
        TimeSpan? window = flag ? ttl : null;
        var count = await db.StringIncrementAsync(key);
        if (window.HasValue && count == 1)
        {
            await [|db.KeyExpireAsync(key, window.Value)|];
        }

        return count <= 10;
        """,
        """
        TimeSpan? window = flag ? ttl : null;
        var transaction = db.CreateTransaction();
        var seed = window.HasValue ? transaction.StringSetAsync(key, 0, window.Value, When.NotExists) : Task.FromResult(true);
        var countTask = transaction.StringIncrementAsync(key);
        await transaction.ExecuteAsync();
        await seed;
        var count = await countTask;

        return count <= 10;
        """,
        Seed);

    [Fact]
    public Task FirstHitUnderAnotherConditionWithAKnownTtl() => Check.Fixes(
        """
        var count = db.StringIncrement(key);
        if (flag)
        {
            if (count == 1)
            {
                [|db.KeyExpire(key, TimeSpan.FromMinutes(1))|];
            }
        }

        return count <= 10;
        """,
        """
        var transaction = db.CreateTransaction();
        if (flag)
        {
            _ = transaction.StringSetAsync(key, 0, TimeSpan.FromMinutes(1), When.NotExists);
        }
        var countTask = transaction.StringIncrementAsync(key);
        transaction.Execute();
        var count = countTask.GetAwaiter().GetResult();

        return count <= 10;
        """,
        Seed);

    [Theory]
    [InlineData("if (1 == count)")]
    [InlineData("if (count == 1L)")]
    [InlineData("if (count <= 1)")]
    [InlineData("if (count < 2)")]
    [InlineData("if (count is 1)")]
    [InlineData("if (!(count != 1))")]
    [InlineData("if (count.Equals(1))")]
    [InlineData("if (count <= 100 && count == 1)")]
    public Task EachTestOfTheFirstHit(string test) => Check.AsksWith(
        Redis7,
        $"""
        long count = await db.StringIncrementAsync(key);
        {test} await [|db.KeyExpireAsync(key, ttl)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var countTask = transaction.StringIncrementAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl, ExpireWhen.HasNoExpiry);
        await transaction.ExecuteAsync();
        long count = await countTask;
        """,
        Transaction);

    [Theory]
    [InlineData("5", "5")]
    [InlineData("ct.GetHashCode() > 0 ? 1 : 2", "1", false)]
    [InlineData("1", "1")]
    [InlineData("amount", "amount")]
    [InlineData("amount", "1", false)]
    [InlineData("2", "1", false)]
    public Task TheFirstHitIsTheStep(string step, string first, bool isFixed = true)
    {
        string before = $"""
            long amount = text.Length;
            var count = db.StringIncrement(key, {step});
            if (count == {first}) [|db.KeyExpire(key, ttl)|];
            """;
        string after = $"""
            long amount = text.Length;
            var transaction = db.CreateTransaction();
            var countTask = transaction.StringIncrementAsync(key, {step});
            _ = transaction.KeyExpireAsync(key, ttl, ExpireWhen.HasNoExpiry);
            transaction.Execute();
            var count = countTask.GetAwaiter().GetResult();
            """;
        return isFixed ? Check.AsksWith(Redis7, before, after, Transaction) : Check.NoFix(before);
    }

    [Theory]
    [InlineData("StringDecrement", "key", "-1")]
    [InlineData("HashIncrement", "key, \"f\"", "1")]
    [InlineData("SortedSetIncrement", "key, \"m\", 1", "1")]
    [InlineData("HashIncrement", "key, \"f\", 0.5", "0.5")]
    public Task EachCounter(string command, string arguments, string first) => Check.AsksWith(
        Redis7,
        $"""
        var count = await db.{command}Async({arguments});
        if (count == {first}) await [|db.KeyExpireAsync(key, ttl)|];
        """,
        $"""
        var transaction = db.CreateTransaction();
        var countTask = transaction.{command}Async({arguments});
        _ = transaction.KeyExpireAsync(key, ttl, ExpireWhen.HasNoExpiry);
        await transaction.ExecuteAsync();
        var count = await countTask;
        """,
        Transaction);

    [Fact]
    public Task EveryHit() => Check.Asks(
        """
        var count = await db.StringIncrementAsync(key);
        await [|db.KeyExpireAsync(key, ttl)|];
        return count;
        """,
        """
        var transaction = db.CreateTransaction();
        var countTask = transaction.StringIncrementAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        var count = await countTask;
        return count;
        """,
        Transaction);

    [Fact]
    public Task NobodyReadsTheCount() => Check.Asks(
        """
        await db.HashIncrementAsync(key, "hits").ConfigureAwait(false); // one more
        // a month
        await [|db.KeyExpireAsync(key, TimeSpan.FromDays(30))|].ConfigureAwait(false);
        db.StringIncrement(text);
        [|db.KeyExpire(text, ttl)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var increment = transaction.HashIncrementAsync(key, "hits");
        // a month
        _ = transaction.KeyExpireAsync(key, TimeSpan.FromDays(30));
        await transaction.ExecuteAsync().ConfigureAwait(false);
        await increment.ConfigureAwait(false); // one more
        var transaction2 = db.CreateTransaction();
        var increment2 = transaction2.StringIncrementAsync(text);
        _ = transaction2.KeyExpireAsync(text, ttl);
        transaction2.Execute();
        increment2.GetAwaiter().GetResult();
        """,
        Transaction);

    [Fact]
    public Task FireAndForget() => Check.Fixes(
        """
        db.StringIncrement(key, 1, CommandFlags.FireAndForget);
        [|db.KeyExpire(key, ttl, CommandFlags.FireAndForget)|];
        """,
        """
        var transaction = db.CreateTransaction();
        _ = transaction.StringIncrementAsync(key, 1, CommandFlags.FireAndForget);
        _ = transaction.KeyExpireAsync(key, ttl, CommandFlags.FireAndForget);
        transaction.Execute(CommandFlags.FireAndForget);
        """,
        Transaction);

    [Fact]
    public Task CountInTheTestItself() => Check.AsksWith(
        Redis7,
        """
        // count the visit
        if (await db.StringIncrementAsync(key) == 1)
        {
            // the window starts
            await [|db.KeyExpireAsync(key, ttl)|];
        }
        if (db.StringIncrement(text) == 1)
            [|db.KeyExpire(text, ttl)|];
        """,
        """
        // count the visit
        var transaction = db.CreateTransaction();
        var increment = transaction.StringIncrementAsync(key);
        // the window starts
        _ = transaction.KeyExpireAsync(key, ttl, ExpireWhen.HasNoExpiry);
        await transaction.ExecuteAsync();
        await increment;
        var transaction2 = db.CreateTransaction();
        var increment2 = transaction2.StringIncrementAsync(text);
        _ = transaction2.KeyExpireAsync(text, ttl, ExpireWhen.HasNoExpiry);
        transaction2.Execute();
        increment2.GetAwaiter().GetResult();
        """,
        Transaction);

    [Fact]
    public Task TheRestOfTheGuardStays() => Check.AsksWith(
        Redis7,
        """
        var count = await db.StringIncrementAsync(key);
        if (count == 1)
        {
            // the window starts
            await [|db.KeyExpireAsync(key, ttl)|];
            Console.WriteLine("first hit");
        }
        """,
        """
        var transaction = db.CreateTransaction();
        var countTask = transaction.StringIncrementAsync(key);
        // the window starts
        _ = transaction.KeyExpireAsync(key, ttl, ExpireWhen.HasNoExpiry);
        await transaction.ExecuteAsync();
        var count = await countTask;
        if (count == 1)
        {
            Console.WriteLine("first hit");
        }
        """,
        Transaction);

    [Fact]
    public Task EarlyReturnAndLimit() => Check.AsksWith(
        Redis7,
        """
        var count = await db.StringIncrementAsync(key);
        if (count > 100)
        {
            return false;
        }

        if (count == 1)
        {
            await [|db.KeyExpireAsync(key, ttl)|];
        }

        return true;
        """,
        """
        var transaction = db.CreateTransaction();
        var countTask = transaction.StringIncrementAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl, ExpireWhen.HasNoExpiry);
        await transaction.ExecuteAsync();
        var count = await countTask;
        if (count > 100)
        {
            return false;
        }

        return true;
        """,
        Transaction);

    [Fact]
    public Task OtherTestsStay() => Check.AsksWith(
        Redis7,
        """
        var count = await db.StringIncrementAsync(key);
        if (count == 1 && maybe.HasValue && (flag || text == null))
        {
            await [|db.KeyExpireAsync(key, maybe.Value)|];
        }

        var other = db.StringIncrement(text);
        if (maybe is not null)
            [|db.KeyExpire(text, maybe)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var countTask = transaction.StringIncrementAsync(key);
        if (maybe.HasValue && (flag || text == null))
        {
            _ = transaction.KeyExpireAsync(key, maybe.Value, ExpireWhen.HasNoExpiry);
        }
        await transaction.ExecuteAsync();
        var count = await countTask;

        var transaction2 = db.CreateTransaction();
        var otherTask = transaction2.StringIncrementAsync(text);
        if (maybe is not null)
        {
            _ = transaction2.KeyExpireAsync(text, maybe);
        }
        transaction2.Execute();
        var other = otherTask.GetAwaiter().GetResult();
        """,
        Transaction);

    [Theory]
    [InlineData("db.KeyExpireAsync(key, ttl, CommandFlags.DemandMaster)", "transaction.KeyExpireAsync(key, ttl, ExpireWhen.HasNoExpiry, CommandFlags.DemandMaster)")]
    [InlineData("db.KeyExpireAsync(key, ttl, flags: CommandFlags.DemandMaster)", "transaction.KeyExpireAsync(key, ttl, ExpireWhen.HasNoExpiry, flags: CommandFlags.DemandMaster)")]
    [InlineData("db.KeyExpireAsync(expiry: ttl, key: key)", "transaction.KeyExpireAsync(expiry: ttl, key: key, when: ExpireWhen.HasNoExpiry)")]
    [InlineData("db.KeyExpireAsync(key, ttl, ExpireWhen.Always)", "transaction.KeyExpireAsync(key, ttl, ExpireWhen.HasNoExpiry)")]
    [InlineData("db.KeyExpireAsync(key, ttl, when: ExpireWhen.HasNoExpiry)", "transaction.KeyExpireAsync(key, ttl, when: ExpireWhen.HasNoExpiry)")]
    [InlineData("db.KeyExpireAsync(key, DateTime.UtcNow.Date.AddDays(1))", "transaction.KeyExpireAsync(key, DateTime.UtcNow.Date.AddDays(1), ExpireWhen.HasNoExpiry)")]
    [InlineData("db.KeyExpireAsync(\n    key,\n    ttl)", "transaction.KeyExpireAsync(\n    key,\n    ttl, ExpireWhen.HasNoExpiry)")]
    public Task FlagsAndNames(string expire, string expected) => Check.AsksWith(
        Redis7,
        $"""
        var count = await db.StringIncrementAsync(key);
        if (count == 1)
            await [|{expire}|];
        """,
        $"""
        var transaction = db.CreateTransaction();
        var countTask = transaction.StringIncrementAsync(key);
        _ = {expected};
        await transaction.ExecuteAsync();
        var count = await countTask;
        """,
        Transaction);

    [Theory]
    [InlineData("ttl, CommandFlags.DemandMaster", "ttl, When.NotExists, CommandFlags.DemandMaster")]
    [InlineData("expiry: ttl, flags: CommandFlags.None", "ttl, When.NotExists")]
    [InlineData("maybe", "maybe, When.NotExists")]
    [InlineData("ttl, ExpireWhen.HasNoExpiry", "ttl, When.NotExists")]
    public Task SeedWithFlagsAndNames(string given, string expected) => Check.Fixes(
        $"""
        var count = db.StringIncrement(key);
        if (count == 1)
            [|db.KeyExpire(key, {given})|];
        """,
        $"""
        var transaction = db.CreateTransaction();
        var seed = transaction.StringSetAsync(key, 0, {expected});
        var countTask = transaction.StringIncrementAsync(key);
        transaction.Execute();
        seed.GetAwaiter().GetResult();
        var count = countTask.GetAwaiter().GetResult();
        """,
        Seed);

    [Fact]
    public Task SeedWithADeadline() => Check.Fixes(
        """
        var used = await db.StringIncrementAsync(key, 3);
        if (used == 3) await [|db.KeyExpireAsync(key, DateTime.UtcNow.Date.AddDays(1))|];
        """,
        """
        var transaction = db.CreateTransaction();
        var seed = transaction.StringSetAsync(key, 0, DateTime.UtcNow.Date.AddDays(1), When.NotExists);
        var usedTask = transaction.StringIncrementAsync(key, 3);
        await transaction.ExecuteAsync();
        await seed;
        var used = await usedTask;
        """,
        Seed,
        "2.13.23",
        "3.4.35");

    [Fact]
    public Task AnswerOfTheExpire() => Check.AsksWith(
        Redis7,
        """
        var count = await db.StringIncrementAsync(key);
        if (count == 1 && !await [|db.KeyExpireAsync(key, ttl)|]) Console.WriteLine("gone");
        """,
        """
        var transaction = db.CreateTransaction();
        var countTask = transaction.StringIncrementAsync(key);
        var expire = transaction.KeyExpireAsync(key, ttl, ExpireWhen.HasNoExpiry);
        await transaction.ExecuteAsync();
        var count = await countTask;
        if (count == 1 && !await expire) Console.WriteLine("gone");
        """,
        Transaction);

    [Fact]
    public Task SeveralMethodsAndHelpers() => Check.AsksSourceWith(
        Redis7,
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Limits(IDatabase db)
        {
            private static RedisKey KeyOf(string user) => $"rate:{user}";

            public async Task<long> HitAsync(string user, TimeSpan window)
            {
                var count = await db.StringIncrementAsync(KeyOf(user)).ConfigureAwait(false);
                if (count != 1) return count;
                await [|db.KeyExpireAsync(KeyOf(user), window)|].ConfigureAwait(false);
                return count;
            }

            public bool Login(string user)
            {
                try
                {
                    long failures = db.StringIncrement("login:" + user);
                    if (failures == 1)
                        [|db.KeyExpire("login:" + user, TimeSpan.FromMinutes(15))|];
                    return failures <= 5;
                }
                catch (RedisException)
                {
                    return true;
                }
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Limits(IDatabase db)
        {
            private static RedisKey KeyOf(string user) => $"rate:{user}";

            public async Task<long> HitAsync(string user, TimeSpan window)
            {
                var transaction = db.CreateTransaction();
                var countTask = transaction.StringIncrementAsync(KeyOf(user));
                _ = transaction.KeyExpireAsync(KeyOf(user), window, ExpireWhen.HasNoExpiry);
                await transaction.ExecuteAsync().ConfigureAwait(false);
                var count = await countTask.ConfigureAwait(false);
                if (count != 1) return count;
                return count;
            }

            public bool Login(string user)
            {
                try
                {
                    var transaction = db.CreateTransaction();
                    var failuresTask = transaction.StringIncrementAsync("login:" + user);
                    _ = transaction.KeyExpireAsync("login:" + user, TimeSpan.FromMinutes(15), ExpireWhen.HasNoExpiry);
                    transaction.Execute();
                    long failures = failuresTask.GetAwaiter().GetResult();
                    return failures <= 5;
                }
                catch (RedisException)
                {
                    return true;
                }
            }
        }
        """,
        Transaction);

    [Theory]
    [InlineData("if (count == 2)")]
    [InlineData("if (count >= 5)")]
    [InlineData("if (count <= 100)")]
    [InlineData("if (count % 10 == 0)")]
    [InlineData("if (count == 1 || flag)")]
    [InlineData("if (count != 1)")]
    public Task NoFix_ForAnotherTest(string test) => Check.NoFix(
        $"""
        var count = db.StringIncrement(key);
        {test}
            [|db.KeyExpire(key, ttl)|];
        """);

    [Theory]
    [InlineData("db.KeyExpire(key, flag ? ttl : TimeSpan.Zero)")]
    [InlineData("db.KeyExpire(key, TimeSpan.FromSeconds(count * 10))")]
    [InlineData("db.Execute(\"EXPIRE\", key, 60)")]
    public Task NoFix_ForAnotherExpiry(string expire) => Check.NoFix(
        $"""
        var count = db.StringIncrement(key);
        if (count == 1)
            [|{expire}|];
        """);

    [Theory]
    [InlineData("db.Execute(\"INCR\", key); [|db.KeyExpire(key, ttl)|];")]
    [InlineData("return flag && db.StringIncrement(key) == 1 && [|db.KeyExpire(key, ttl)|];")]
    public Task NoFix_WhereNoTransactionFits(string statements) => Check.NoFix(statements);
}

/// <summary>EXP303: the form that every server runs, and where it asks.</summary>
public sealed class IncrementThenExpireSeedTests
{
    private const string Seed = "Seed";

    /// <summary>A TTL that is certainly there cannot be refused: nobody has to hear of the SET.</summary>
    [Fact]
    public Task KnownTtl() => Check.Fixes(
        """
        var count = await db.StringIncrementAsync(key);
        if (count == 1)
        {
            await [|db.KeyExpireAsync(key, TimeSpan.FromMinutes(1))|];
        }
        """,
        """
        var transaction = db.CreateTransaction();
        _ = transaction.StringSetAsync(key, 0, TimeSpan.FromMinutes(1), When.NotExists);
        var countTask = transaction.StringIncrementAsync(key);
        await transaction.ExecuteAsync();
        var count = await countTask;
        """,
        Seed);

    /// <summary>What was said of the test goes with it; what was said of the expire stays with what takes its place.</summary>
    [Fact]
    public Task Comments() => Check.Fixes(
        """
        // One more.
        var count = await db.StringIncrementAsync(key); // atomic
        // first request
        if (count == 1) // nobody was here
        {
            // The window.
            await [|db.KeyExpireAsync(key, ttl)|]; // short
        }

        return count;
        """,
        """
        // One more.
        var transaction = db.CreateTransaction();
        // The window.
        // short
        var seed = transaction.StringSetAsync(key, 0, ttl, When.NotExists);
        var countTask = transaction.StringIncrementAsync(key);
        await transaction.ExecuteAsync();
        await seed;
        var count = await countTask; // atomic

        return count;
        """,
        Seed);

    /// <summary>What stands behind the statement that stays is not said twice.</summary>
    [Fact]
    public Task CommentBehindTheWhole() => Check.Fixes(
        "if (await db.StringIncrementAsync(key) == 1) await [|db.KeyExpireAsync(key, TimeSpan.FromMinutes(1))|]; // short",
        """
        var transaction = db.CreateTransaction();
        _ = transaction.StringSetAsync(key, 0, TimeSpan.FromMinutes(1), When.NotExists);
        var increment = transaction.StringIncrementAsync(key);
        await transaction.ExecuteAsync();
        await increment; // short
        """,
        Seed);

    /// <summary>The counter is there without a TTL: SET with NX would leave it so, where the first hit behind it now gives it one.</summary>
    [Theory]
    [InlineData("db.StringSet(\"count:\" + user, 0);")]
    [InlineData("await db.StringSetAsync($\"count:{user}\", granted);")]
    public Task NoSeedWhereTheCounterIsStoredWithoutATtl(string reset) => Check.NoFixSource(
        $$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Limits(IDatabase db)
        {
            public async Task<long> Hit(string user)
            {
                var count = db.StringIncrement("count:" + user);
                if (count == 1)
                {
                    [|db.KeyExpire("count:" + user, TimeSpan.FromHours(1))|];
                }

                await Task.Yield();
                return count;
            }

            public async Task Reset(string user, long granted)
            {
                {{reset}}
                await Task.Yield();
            }
        }
        """);

    /// <summary>A counter that comes back to zero is hit for the first time again, which SET with NX does not see.</summary>
    [Theory]
    [InlineData("db.StringDecrement(key);")]
    [InlineData("db.StringIncrement(key, -1);")]
    [InlineData("db.StringSet(key, 0, ttl); db.StringDecrement(key);")]
    public Task ACounterThatComesBack(string back) => Check.Asks(
        $"""
        var count = db.StringIncrement(key);
        if (count == 1) [|db.KeyExpire(key, ttl)|];
        await WorkAsync(ct);
        {back}
        """,
        $"""
        var transaction = db.CreateTransaction();
        var seed = transaction.StringSetAsync(key, 0, ttl, When.NotExists);
        var countTask = transaction.StringIncrementAsync(key);
        transaction.Execute();
        seed.GetAwaiter().GetResult();
        var count = countTask.GetAwaiter().GetResult();
        await WorkAsync(ct);
        {back}
        """,
        Seed);

    /// <summary>A counter that is stored without a TTL is there at its first hit, so that SET with NX would leave it for ever.</summary>
    [Theory]
    [InlineData("\"count:\" + text", "db.StringSet(\"count:\" + text, 0);")]
    [InlineData("$\"count:{text}\"", "db.StringSet(\"count:\" + token, 10);")]
    public Task ACounterThatIsStoredForEver(string counter, string store) => Check.NoFix(
        $"""
        var count = db.StringIncrement({counter});
        if (count == 1) [|db.KeyExpire({counter}, ttl)|];
        await WorkAsync(ct);
        {store}
        """);

    /// <summary>Work between the hit and its expire.</summary>
    [Fact]
    public Task WorkInBetween() => Check.Asks(
        """
        var count = await db.StringIncrementAsync(key);
        await WorkAsync(ct);
        if (count == 1) await [|db.KeyExpireAsync(key, ttl)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var seed = transaction.StringSetAsync(key, 0, ttl, When.NotExists);
        var countTask = transaction.StringIncrementAsync(key);
        await transaction.ExecuteAsync();
        await seed;
        var count = await countTask;
        await WorkAsync(ct);
        """,
        Seed);
}

/// <summary>EXP303: what the oldest server decides, and that the client's own analyzer agrees.</summary>
public sealed class IncrementThenExpireServerVersionTests
{
    private const string Before = """
        var count = await db.StringIncrementAsync(key);
        if (count == 1) await [|db.KeyExpireAsync(key, ttl)|];
        """;

    private const string Nx = """
        var transaction = db.CreateTransaction();
        var countTask = transaction.StringIncrementAsync(key);
        _ = transaction.KeyExpireAsync(key, ttl, ExpireWhen.HasNoExpiry);
        await transaction.ExecuteAsync();
        var count = await countTask;
        """;

    private const string Seed = """
        var transaction = db.CreateTransaction();
        var seed = transaction.StringSetAsync(key, 0, ttl, When.NotExists);
        var countTask = transaction.StringIncrementAsync(key);
        await transaction.ExecuteAsync();
        await seed;
        var count = await countTask;
        """;

    [Theory]
    [InlineData("", "", 0, "Make the counter with its TTL, then increment it, in one MULTI (SET NX, any Redis)", Seed)]
    [InlineData("redis.min_server_version = 7.2", "", 0, "Increment and expire in one MULTI (Redis 7.0 for HasNoExpiry)", Nx)]
    [InlineData("redis.min_server_version = 7.2", "", 0, "Make the counter with its TTL, then increment it, in one MULTI (SET NX, any Redis)", Seed)]
    [InlineData("redis.min_server_version = 6.2", "", 0, "Make the counter with its TTL, then increment it, in one MULTI (SET NX, any Redis)", Seed)]
    [InlineData("", "build_property.RedisMinServerVersion = 6.0", 0, "Make the counter with its TTL, then increment it, in one MULTI (SET NX, any Redis)", Seed)]
    public Task Offers(string file, string global, int index, string title, string after) => new ConfiguredTest(file, global)
    {
        TestCode = Statements.InMethod(Before),
        FixedCode = Statements.InMethod(after),
        CodeActionIndex = index,
        CodeActionVerifier = (action, verifier) => verifier.Equal(title, action.Title),
        CodeActionEquivalenceKey = after == Seed ? "EXP303.Seed" : "EXP303.Transaction",
        Asks = after == Nx,
    }.RunAsync();

    [Fact]
    public Task NothingForAHashOnOldServers()
    {
        string source = Statements.InMethod(
            """
            var count = await db.HashIncrementAsync(key, "f");
            if (count == 1) await [|db.KeyExpireAsync(key, ttl)|];
            """);
        return new ConfiguredTest("redis.min_server_version = 6.2", "") { TestCode = source, FixedCode = source, NumberOfIncrementalIterations = 0, NumberOfFixAllIterations = 0 }.RunAsync();
    }

    [Fact]
    public Task TheClientsAnalyzerIsContentWithEachShape() => new ConfiguredTest("redis.min_server_version = 7.0", "")
    {
        TestCode = Statements.InMethod(
            """
            var hits = db.StringIncrement(key);
            [|db.KeyExpire(key, ttl)|];
            db.HashIncrement(text, "f");
            [|db.KeyExpire(text, given, CommandFlags.FireAndForget)|];
            if (db.SortedSetIncrement(text, "m", 1) == 1) [|db.KeyExpire(text, ttl)|];
            """),
        FixedCode = Statements.InMethod(
            """
            var transaction = db.CreateTransaction();
            var hitsTask = transaction.StringIncrementAsync(key);
            _ = transaction.KeyExpireAsync(key, ttl);
            transaction.Execute();
            var hits = hitsTask.GetAwaiter().GetResult();
            var transaction2 = db.CreateTransaction();
            var increment = transaction2.HashIncrementAsync(text, "f");
            _ = transaction2.KeyExpireAsync(text, given, CommandFlags.FireAndForget);
            transaction2.Execute();
            increment.GetAwaiter().GetResult();
            var transaction3 = db.CreateTransaction();
            var increment2 = transaction3.SortedSetIncrementAsync(text, "m", 1);
            _ = transaction3.KeyExpireAsync(text, ttl, ExpireWhen.HasNoExpiry);
            transaction3.Execute();
            increment2.GetAwaiter().GetResult();
            """),
        CodeActionEquivalenceKey = "EXP303.Transaction",
        Asks = true,
    }.RunAsync();

    private sealed class ConfiguredTest : CSharpCodeFixTest<ExpiryAnalyzer, IncrementThenExpireFix, DefaultVerifier>
    {
        public bool Asks { get; init; }

        public ConfiguredTest(string file, string global)
        {
            ReferenceAssemblies = new ReferenceAssemblies("none");
            TestState.AdditionalReferences.AddRange(References.With(References.NewestClient));
            TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\n" + file));
            TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\n" + global));
            DisabledDiagnostics.AddRange(new ExpiryAnalyzer().SupportedDiagnostics.Select(rule => rule.Id).Where(id => id != "EXP303"));
            MarkupOptions = MarkupOptions.UseFirstDescriptor;
        }

        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => base.GetDiagnosticAnalyzers().Concat(References.ClientAnalyzers);

        protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => Asks ? [FixProviders.AskingOf("EXP303")] : FixProviders.Of("EXP303");

        protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Parse);

        protected override DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) => analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Single(rule => rule.Id == "EXP303");
    }
}
