using ExpiryAnalyzers.CodeFixes.Atomicity;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Atomicity.WriteThenExpireFix>;

namespace ExpiryAnalyzers.Tests.Atomicity;

/// <summary>EXP302: what is reported.</summary>
public sealed class WriteThenExpireTests
{
    [Theory]
    [InlineData("db.StringSet(key, \"v\");")]
    [InlineData("await db.StringSetAsync(key, \"v\");")]
    [InlineData("db.StringSet(key, \"v\", null, When.NotExists);")]
    [InlineData("db.StringSet(key, \"v\", null, When.Exists);")]
    [InlineData("db.StringSet(key, \"v\", expiry: null, when: When.Always);")]
    [InlineData("db.StringSet(key, \"v\", expiry: default(TimeSpan?), when: When.Always);")]
    [InlineData("db.StringSet(key, \"v\", flags: CommandFlags.FireAndForget);")]
    [InlineData("db.StringGetSet(key, \"v\");")]
    [InlineData("db.StringAppend(key, \"v\");")]
    [InlineData("db.StringSetBit(key, 1, true);")]
    [InlineData("db.StringSetRange(key, 1, \"v\");")]
    [InlineData("db.StringBitOperation(Bitwise.And, key, \"a\", \"b\");")]
    [InlineData("db.HyperLogLogAdd(key, \"v\");")]
    [InlineData("db.HyperLogLogMerge(key, \"a\", \"b\");")]
    [InlineData("db.KeyRestore(key, new byte[0]);")]
    [InlineData("db.HashSet(key, \"f\", \"v\");")]
    [InlineData("db.HashSet(key, new HashEntry[0]);")]
    [InlineData("db.HashSet(key, \"f\", \"v\", When.NotExists);")]
    [InlineData("db.ListLeftPush(key, \"v\");")]
    [InlineData("db.ListRightPush(key, new RedisValue[] { \"v\" });")]
    [InlineData("db.ListMove(\"a\", key, ListSide.Left, ListSide.Right);")]
    [InlineData("db.ListRightPopLeftPush(\"a\", key);")]
    [InlineData("db.SortAndStore(key, \"a\");")]
    [InlineData("db.SetAdd(key, \"v\");")]
    [InlineData("db.SetMove(\"a\", key, \"v\");")]
    [InlineData("db.SetCombineAndStore(SetOperation.Union, key, \"a\", \"b\");")]
    [InlineData("db.SortedSetAdd(key, \"v\", 1);")]
    [InlineData("db.SortedSetCombineAndStore(SetOperation.Union, key, \"a\", \"b\");")]
    [InlineData("db.SortedSetRangeAndStore(\"a\", key, 0, 1);")]
    [InlineData("db.GeoAdd(key, 1, 2, \"v\");")]
    [InlineData("db.StreamAdd(key, \"f\", \"v\");")]
    [InlineData("db.Execute(\"SET\", key, \"v\");")]
    public Task EachWriteOfAKey(string write) => Check.Reports(
        $"""
        {write}
        [|db.KeyExpire(key, ttl)|];
        """);

    [Theory]
    [InlineData("db.KeyExpire(key, given)")]
    [InlineData("db.KeyExpire(key, maybe)")]
    [InlineData("db.KeyExpire(key, ttl, CommandFlags.FireAndForget)")]
    [InlineData("db.KeyExpire(key, ttl, ExpireWhen.Always)")]
    [InlineData("db.Execute(\"EXPIRE\", key, 60)")]
    [InlineData("db.StringGetSetExpiry(key, ttl)", false)]
    public Task EachExpire(string expire, bool isReported = true) => Check.Reports(
        $"""
        db.HashSet(key, "f", "v");
        {(isReported ? $"[|{expire}|]" : expire)};
        """);

    [Theory]
    [InlineData("db.StringSet(key, \"v\", default);", "3.4.35", "2.13.23", "2.6.96")]
    [InlineData("db.StringSet(key, \"v\", Expiration.Default);", "3.4.35", "2.13.23")]
    [InlineData("db.StringSet(key, \"v\", null);", "2.6.96")]
    [InlineData("db.StringSet(key, \"v\", keepTtl: false);", "2.6.96")]
    [InlineData("db.HashSet(key, \"f\", \"v\"); db.ListTrim(key, 0, 1);", "3.4.35")]
    [InlineData("db.SortedSetAdd(key, \"v\", 1, SortedSetWhen.NotExists);", "3.4.35")]
    public Task WithoutAnExpiry(string write, params string[] clients) => Check.Reports(
        $"""
        {write}
        [|db.KeyExpire(key, ttl)|];
        """,
        clients);

    [Theory]
    [InlineData("if (maybe.HasValue)")]
    [InlineData("if (maybe is not null)")]
    [InlineData("if (flag)")]
    [InlineData("if (ttl > TimeSpan.Zero)")]
    [InlineData("while (flag)")]
    public Task UnderATest(string test) => Check.Reports(
        $$"""
        db.HashSet(key, "f", "v");
        {{test}}
        {
            [|db.KeyExpire(key, ttl)|];
        }
        """);

    [Theory]
    [InlineData("await Task.WhenAll(db.SetAddAsync(key, \"v\"), [|db.KeyExpireAsync(key, ttl)|]);")]
    [InlineData("Task.WaitAll(new Task[] { db.SetAddAsync(key, \"v\"), [|db.KeyExpireAsync(key, ttl)|] });")]
    [InlineData("var a = db.SetAddAsync(key, \"v\"); var b = [|db.KeyExpireAsync(key, ttl)|]; await a; await b;")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(db.SetAddAsync(key, \"v\")); tasks.Add([|db.KeyExpireAsync(key, ttl)|]); await Task.WhenAll(tasks);")]
    [InlineData("_ = db.SetAdd(key, \"v\") && [|db.KeyExpire(key, ttl)|];")]
    [InlineData("_ = db.SetAdd(key, \"v\") | [|db.KeyExpire(key, ttl)|];")]
    [InlineData("var batch = db.CreateBatch(); _ = batch.SetAddAsync(key, \"v\"); _ = [|batch.KeyExpireAsync(key, ttl)|]; batch.Execute();")]
    [InlineData("try { db.SetAdd(key, \"v\"); } finally { [|db.KeyExpire(key, ttl)|]; }")]
    [InlineData("if (flag) db.SetAdd(key, \"v\"); else db.SetAdd(key, \"w\"); [|db.KeyExpire(key, ttl)|];")]
    [InlineData("foreach (var item in text.Split(',')) db.SetAdd(key, item); [|db.KeyExpire(key, ttl)|];")]
    [InlineData("while (flag) { db.SetAdd(key, 1); } [|db.KeyExpire(key, ttl)|];")]
    [InlineData("do { db.SetAdd(key, 1); } while (flag); [|db.KeyExpire(key, ttl)|];")]
    [InlineData("for (int i = 0; i < 3; i++) { db.SetAdd(key, i); } [|db.KeyExpire(key, ttl)|];")]
    [InlineData("await Task.WhenAll(text.Split(',').Select(item => db.SetAddAsync(key, item))); [|db.KeyExpire(key, ttl)|];")]
    public Task EachWayToWriteThePair(string statements) => Check.Reports(statements);

    /// <summary>A raw command whose arguments are a list that begins with the key.</summary>
    [Theory]
    [InlineData("var parts = new System.Collections.Generic.List<object> { text }; foreach (var c in text) parts.Add(c.ToString()); db.Execute(\"HSET\", parts.ToArray()); [|db.Execute(\"EXPIRE\", text, 60)|];")]
    [InlineData("var parts = new System.Collections.Generic.List<object> { text, \"f\" }; parts.AddRange(text.Split(',')); await db.ExecuteAsync(\"SADD\", parts.ToArray()); await [|db.KeyExpireAsync(text, ttl)|];")]
    [InlineData("var parts = new System.Collections.Generic.List<object> { text }; parts.Insert(0, key); parts.Add(1); db.Execute(\"HSET\", parts.ToArray()); db.Execute(\"EXPIRE\", text, 60);")]
    [InlineData("var parts = new System.Collections.Generic.List<object> { text }; parts.Add(1); db.Execute(\"SET\", parts.ToArray()); db.Execute(\"EXPIRE\", text, 60);")]
    [InlineData("var parts = new System.Collections.Generic.List<object> { \"x\" }; parts.Add(text); db.Execute(\"HSET\", parts.ToArray()); db.Execute(\"EXPIRE\", text, 60);")]
    public Task ArgumentsInAList(string statements) => Check.NoFix(statements);

    [Fact]
    public Task SeveralWritesAreOneReport_TheNearestIsNamed()
    {
        return new LocationTest(
            """
            using System;
            using StackExchange.Redis;

            class C
            {
                void M(IDatabase db, string key, TimeSpan ttl)
                {
                    {|#2:db.HashSet(key, "a", 1)|};
                    {|#1:db.SetAdd(key, "b")|};
                    {|#0:db.KeyExpire(key, ttl)|};
                }
            }
            """,
            expected => expected.WithLocation(0).WithLocation(1).WithLocation(2)
                .WithMessage("'SetAdd' stores 'key', and 'KeyExpire' sets its TTL in another command: a crash or a lost connection in between leaves a key that never expires; use MULTI")).RunAsync();
    }

    /// <summary>What takes no expiry of its own needs MULTI.</summary>
    [Theory]
    [InlineData("StringSet(key, \"v\")", "StringSet", "store it with its expiry")]
    [InlineData("StringSet(key, \"v\", when: When.NotExists)", "StringSet", "store it with its expiry")]
    [InlineData("StringGetSet(key, \"v\")", "StringGetSet", "use MULTI")]
    [InlineData("StringAppend(key, \"v\")", "StringAppend", "use MULTI")]
    public Task TheCureIsOneThatTheCommandHas(string store, string name, string cure)
    {
        return new LocationTest(
            $$"""
            using System;
            using StackExchange.Redis;

            class C
            {
                void M(IDatabase db, string key, TimeSpan ttl)
                {
                    {|#1:db.{{store}}|};
                    {|#0:db.KeyExpire(key, ttl)|};
                }
            }
            """,
            expected => expected.WithLocation(0).WithLocation(1)
                .WithMessage($"'{name}' stores 'key', and 'KeyExpire' sets its TTL in another command: a crash or a lost connection in between leaves a key that never expires; {cure}")).RunAsync();
    }

    [Fact]
    public Task ThroughHelpers() => Check.ReportsSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            bool SetTTL(string key, int seconds) => db.KeyExpire(key, TimeSpan.FromSeconds(seconds));
            Task<bool> SaveAsync(string key, string value, TimeSpan? ttl = null) => db.StringSetAsync(key, value, expiry: ttl, when: When.Always);
            static void Put(IDatabase to, string key) => to.HashSet(key, "f", 1);

            async Task Run(string key, TimeSpan ttl)
            {
                db.HashSet(key, "f", "v");
                [|SetTTL(key, 5)|];
                await SaveAsync(key, "v");
                [|SetTTL(key, 5)|];
                await SaveAsync(key, "v", null);
                [|db.KeyExpire(key, ttl)|];
                await SaveAsync(key, "v", ttl);
                SetTTL(key, 5);
                Put(db, key);
                [|db.KeyExpire(key, ttl)|];
            }
        }
        """);

    [Fact]
    public Task CacheAside() => Check.Reports(
        """
        var cached = await db.StringGetAsync(key);
        if (cached.HasValue)
        {
            return cached;
        }

        await db.StringSetAsync(key, "v");
        await [|db.KeyExpireAsync(key, ttl)|];
        """);

    [Theory]
    [InlineData("[|db.KeyExpire(key, ttl)|]; db.HashSet(key, \"f\", 1);")]
    [InlineData("await Task.WhenAll([|db.KeyExpireAsync(key, ttl)|], db.SetAddAsync(key, \"v\"));")]
    [InlineData("[|db.KeyExpire(key, ttl)|]; db.StringSet(key, \"v\");")]
    [InlineData("[|db.KeyExpire(key, ttl)|]; db.StringSet(key, \"v\", null, When.NotExists);")]
    [InlineData("db.StringGet(key); [|db.KeyExpire(key, ttl)|]; db.StringSet(key, \"v\");")]
    [InlineData("[|db.KeyExpire(key, ttl)|]; if (flag) db.StringSet(key, \"v\");")]
    [InlineData("[|db.KeyExpire(key, ttl)|]; foreach (var item in text.Split(',')) db.SetAdd(key, item);")]
    [InlineData("if (db.KeyExists(key)) { [|db.KeyExpire(key, ttl)|]; db.StringSet(key, \"v\"); }")]
    [InlineData("[|db.KeyExpire(key, ttl)|]; db.StringIncrement(key);")]
    public Task OrderReversed(string statements) => Check.Reports(statements);
}

/// <summary>EXP302: what is left alone.</summary>
public sealed class WriteThenExpireSilentTests
{
    /// <summary>The expire is a delete, which EXP401 speaks of.</summary>
    [Theory]
    [InlineData("db.StringSet(key, \"v\"); db.KeyExpire(key, TimeSpan.Zero);")]
    [InlineData("db.HashSet(key, \"f\", \"v\"); db.KeyExpire(key, DateTime.UnixEpoch);")]
    [InlineData("db.KeyExpire(key, TimeSpan.Zero); db.StringSet(key, \"v\");")]
    public Task ADelete(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("db.HashSet(key, \"f\", 1); db.KeyExpire(text, ttl);")]
    [InlineData("db.HashSet(key, \"f\", 1); key = text; db.KeyExpire(key, ttl);")]
    [InlineData("db.HashSet($\"a:{text}\", \"f\", 1); db.KeyExpire($\"b:{text}\", ttl);")]
    [InlineData("db.HashSet($\"a:{text}\", \"f\", 1); db.KeyExpire($\"a:{text}:index\", ttl);")]
    [InlineData("db.Multiplexer.GetDatabase(1).HashSet(key, \"f\", 1); db.Multiplexer.GetDatabase(2).KeyExpire(key, ttl);")]
    [InlineData("db.SetMove(key, text, 1); db.KeyExpire(key, ttl);")]
    [InlineData("db.SetCombineAndStore(SetOperation.Union, text, key, \"b\"); db.KeyExpire(key, ttl);")]
    public Task OtherKeyOrDatabase(string statements) => Check.Reports(statements);

    /// <summary>Branches exclude each other in one round; what the next one does with the key is another pair.</summary>
    [Theory]
    [InlineData("while (await AskAsync()) { if (flag) db.HashSet(key, \"f\", 1); else db.KeyExpire(key, ttl); }")]
    [InlineData("while (await AskAsync()) { if (flag) { db.HashSet(key, \"f\", 1); continue; } db.KeyExpire(key, ttl); }")]
    [InlineData("for (var i = 0; i < 9; i++) { if (flag) { db.StringGet(key); continue; } db.KeyExpire(key, ttl); }")]
    [InlineData("while (await AskAsync()) { switch (text) { case \"a\": db.HashSet(key, \"f\", 1); break; case \"b\": db.KeyExpire(key, ttl); break; } }")]
    public Task BranchesOfALoop(string statements) => Check.ReportsSource(
        $$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Queue(IDatabase db, RedisKey key, string text, TimeSpan ttl, bool flag)
        {
            public async Task Run()
            {
                {{statements}}
                await AskAsync();
            }

            private static Task<bool> AskAsync() => Task.FromResult(false);
        }
        """);

    [Theory]
    [InlineData("db.StringSet(key, \"v\", ttl);")]
    [InlineData("db.StringSet(key, \"v\", ttl, When.NotExists);")]
    [InlineData("db.StringSet(key, \"v\", expiry: maybe, when: When.Always);")]
    [InlineData("db.StringSet(key, \"v\", expiry: null, keepTtl: true);")]
    [InlineData("db.StringSet(key, \"v\", expiry: null, keepTtl: flag);")]
    [InlineData("db.StringSetAndGet(key, \"v\", ttl);")]
    [InlineData("db.KeyRestore(key, new byte[0], ttl);")]
    [InlineData("db.Execute(\"SET\", key, \"v\", \"EX\", 60);")]
    [InlineData("db.Execute(\"SET\", key, \"v\", \"KEEPTTL\");")]
    [InlineData("db.ListLeftPush(key, \"v\", When.Exists);")]
    [InlineData("db.SortedSetAdd(key, \"v\", 1, SortedSetWhen.Exists);")]
    [InlineData("db.ListTrim(key, 0, 1);")]
    [InlineData("db.HashDelete(key, \"f\");")]
    [InlineData("db.KeyCopy(text, key);")]
    [InlineData("db.LockTake(key, token, ttl);")]
    [InlineData("db.HashSet(key, \"f\", 1); db.StringSet(key, \"v\", ttl);")]
    [InlineData("db.HashSet(key, \"f\", 1); db.KeyDelete(key);")]
    [InlineData("db.HashSet(key, \"f\", 1); db.ScriptEvaluate(text);")]
    public Task AWriteThatIsNoHalf(string write) => Check.Reports(
        $"""
        {write}
        db.KeyExpire(key, ttl);
        """);

    [Theory]
    [InlineData("db.StringSet(key, \"v\", Expiration.KeepTtl);")]
    [InlineData("db.StringSet(key, \"v\", given);")]
    [InlineData("db.StringSet(key, \"v\", new Expiration(ttl));")]
    public Task AWriteWithAnExpiration(string write) => Check.Reports(
        $"""
        {write}
        db.KeyExpire(key, ttl);
        """,
        "2.13.23", "3.4.35");

    [Theory]
    [InlineData("if (flag) { db.HashSet(key, \"f\", 1); } else { db.KeyExpire(key, ttl); }")]
    [InlineData("if (flag) { db.HashSet(key, \"f\", 1); return null; } db.KeyExpire(key, ttl);")]
    [InlineData("switch (text) { case \"a\": db.SetAdd(key, 1); break; case \"b\": db.KeyExpire(key, ttl); break; }")]
    [InlineData("Action run = () => { if (flag) { db.SetAdd(key, 1); } else { db.KeyExpire(key, ttl); } }; run();")]
    [InlineData("await Task.Run(() => { if (flag) { db.SetAdd(key, 1); } else { db.KeyExpire(key, ttl); } });")]
    public Task ExclusiveBranches(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("db.HashSet(key, \"f\", 1); if (db.KeyTimeToLive(key) == null) db.KeyExpire(key, ttl);")]
    [InlineData("var left = db.KeyTimeToLive(key); db.HashSet(key, \"f\", 1); if (left == null) db.KeyExpire(key, ttl);")]
    [InlineData("db.HashSet(key, \"f\", 1); db.KeyExpire(key, ttl, ExpireWhen.HasNoExpiry);")]
    [InlineData("db.HashSet(key, \"f\", 1); db.KeyExpire(key, ttl, ExpireWhen.HasExpiry);")]
    [InlineData("db.HashSet(key, \"f\", 1); db.KeyExpire(key, ttl, ExpireWhen.GreaterThanCurrentExpiry);")]
    [InlineData("db.HashSet(key, \"f\", 1); db.KeyExpire(key, (TimeSpan?)null);")]
    [InlineData("db.HashSet(key, \"f\", 1); db.KeyPersist(key); db.KeyExpire(key, ttl);")]
    [InlineData("db.StringIncrement(key); db.KeyExpire(key, ttl);")]
    [InlineData("db.HashSet(key, \"f\", 1); db.HashIncrement(key, \"n\"); db.KeyExpire(key, ttl);")]
    [InlineData("db.StringGet(key); db.KeyExpire(key, ttl);")]
    public Task NoSuchPair(string statements) => Check.Reports(statements);

    [Fact]
    public Task InsideOneTransaction() => Check.Reports(
        """
        var transaction = db.CreateTransaction();
        _ = transaction.HashSetAsync(key, "f", 1);
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        """);

    [Fact]
    public Task PerhapsATransaction() => Check.ReportsSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store
        {
            static Task Queue(IDatabaseAsync target, string key) => Task.WhenAll(target.SetAddAsync(key, 1), target.KeyExpireAsync(key, TimeSpan.FromMinutes(1)));

            static Task Either(IDatabase db, ITransaction transaction, string key)
            {
                IDatabaseAsync target = transaction ?? (IDatabaseAsync)db;
                _ = target.SetAddAsync(key, 1);
                return target.KeyExpireAsync(key, TimeSpan.FromMinutes(1));
            }
        }
        """);

    [Fact]
    public Task WhatAnswersAtOnceIsNoTransaction() => Check.ReportsSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        static class Store
        {
            public static async Task Awaited(IDatabaseAsync target, string key)
            {
                await target.SetAddAsync(key, 1).ConfigureAwait(false);
                _ = [|target.KeyExpireAsync(key, TimeSpan.FromMinutes(1))|];
            }

            public static async Task Forgotten(IDatabaseAsync target, string key)
            {
                await target.SetAddAsync(key, 1, CommandFlags.FireAndForget);
                _ = target.KeyExpireAsync(key, TimeSpan.FromMinutes(1));
            }

            public static async Task Reassigned(IDatabaseAsync target, ITransaction tran, string key)
            {
                await target.StringGetAsync("other");
                target = tran;
                _ = target.SetAddAsync(key, 1);
                _ = target.KeyExpireAsync(key, TimeSpan.FromMinutes(1));
            }

            private static Task<bool> Keep(this IDatabaseAsync target, string key) => target.KeyExpireAsync(key, TimeSpan.FromMinutes(1));

            public static async Task ThroughHelper(IDatabase db, string key)
            {
                await db.SetAddAsync(key, 1);
                await [|db.Keep(key)|];
            }

            public static async Task QueuedThroughHelper(ITransaction tran, string key)
            {
                _ = tran.SetAddAsync(key, 1);
                _ = tran.Keep(key);
                await tran.ExecuteAsync();
            }
        }
        """);

    [Theory]
    [InlineData("var queue = db.CreateTransaction(); _ = queue.HashSetAsync(key, \"f\", 1); await queue.ExecuteAsync(); [|db.KeyExpire(key, ttl)|];")]
    [InlineData("var queue = db.CreateBatch(); _ = queue.HashSetAsync(key, \"f\", 1); queue.Execute(); [|db.KeyExpire(key, ttl)|];")]
    [InlineData("var queue = db.CreateTransaction(); _ = queue.HashSetAsync(key, \"f\", 1); _ = queue.KeyExpireAsync(key, ttl); queue.Execute(); db.KeyExpire(key, ttl);")]
    [InlineData("var queue = db.CreateTransaction(); _ = queue.HashSetAsync(key, \"f\", 1); _ = queue.KeyExpireAsync(key, ttl); queue.Execute(); db.HashSet(key, \"g\", 2);")]
    [InlineData("var queue = db.CreateTransaction(); _ = queue.HashSetAsync(key, \"f\", 1); queue.Execute(); db.KeyDelete(key); db.KeyExpire(key, ttl);")]
    [InlineData("db.HashSet(key, \"f\", 1); var queue = db.CreateTransaction(); _ = [|queue.KeyExpireAsync(key, ttl)|]; queue.Execute();")]
    [InlineData("db.HashSet(key, \"f\", 1); var queue = db.CreateTransaction(); _ = queue.HashSetAsync(key, \"g\", 2); _ = queue.KeyExpireAsync(key, ttl); queue.Execute();")]
    [InlineData("var read = db.HashGet(key, \"f\"); var queue = db.CreateTransaction(); queue.AddCondition(Condition.HashEqual(key, \"f\", read)); _ = queue.KeyExpireAsync(key, ttl); queue.Execute();")]
    [InlineData("db.HashSet(key, \"f\", 1); var queue = db.CreateTransaction(); _ = queue.KeyExpireAsync(\"other\", ttl); queue.Execute();")]
    public Task ExpiredBehindTheTransaction(string statements) => Check.Reports(statements);

    [Fact]
    public Task ThePairOfAHelperIsReportedThere() => Check.ReportsSource(
        """
        using System;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            void Save(string key)
            {
                db.SetAdd(key, 1);
                [|db.KeyExpire(key, TimeSpan.FromMinutes(1))|];
            }

            void Run(string key)
            {
                Save(key);
                db.KeyExpire(key, TimeSpan.FromMinutes(2));
            }
        }
        """);

    [Theory]
    [InlineData("if (Has(key)) { db.HashSet(key, \"f\", 1); db.KeyExpire(key, ttl); }")]
    [InlineData("var there = await HasAsync(key); if (!there) { return; } db.HashSet(key, \"f\", 1); db.KeyExpire(key, ttl);")]
    [InlineData("if (HasOfUser(key)) { db.HashSet(\"user:\" + key, \"f\", 1); db.KeyExpire(\"user:\" + key, ttl); }")]
    [InlineData("if (HasWell(key)) { db.HashSet(key, \"f\", 1); [|db.KeyExpire(key, ttl)|]; }")]
    [InlineData("if (HasNot(key)) { db.HashSet(key, \"f\", 1); [|db.KeyExpire(key, ttl)|]; }")]
    [InlineData("if (!Has(key)) { db.HashSet(key, \"f\", 1); [|db.KeyExpire(key, ttl)|]; }")]
    public Task AHelperTellsWhetherTheKeyIsThere(string statements) => Check.ReportsSource(
        $$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            bool Has(string key) => db.KeyExists(key);

            async Task<bool> HasAsync(string key)
            {
                var found = await db.KeyExistsAsync(key).ConfigureAwait(false);
                return found;
            }

            bool HasOfUser(string id) => db.KeyExists("user:" + id);

            bool HasNot(string key) => !db.KeyExists(key);

            bool HasWell(string key)
            {
                if (key.Length > 3)
                {
                    return true;
                }

                return db.KeyExists(key);
            }

            async Task Run(string key, TimeSpan ttl)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """);

    [Theory]
    [InlineData("db.KeyExpire(key, ttl); db.StringSet(key, \"v\", ttl);")]
    [InlineData("db.KeyExpire(key, ttl); db.StringSet(key, \"v\", expiry: null, keepTtl: true);")]
    [InlineData("db.KeyExpire(key, ttl); db.ListTrim(key, 0, 1);")]
    [InlineData("db.KeyExpire(key, ttl); db.HashSet(text, \"f\", 1);")]
    [InlineData("db.KeyExpire(key, (TimeSpan?)null); db.HashSet(key, \"f\", 1);")]
    [InlineData("if (db.KeyExists(key)) { db.KeyExpire(key, ttl); db.HashSet(key, \"f\", 1); }")]
    [InlineData("if (db.KeyExpire(key, ttl)) { db.HashSet(key, \"f\", 1); }")]
    [InlineData("bool known = db.KeyExpire(key, ttl); if (!known) { return null; } db.HashSet(key, \"f\", 1);")]
    [InlineData("while (flag) { db.KeyExpire(key, ttl); db.HashSet(key, \"f\", 1); }")]
    [InlineData("if (flag) { db.KeyExpire(key, ttl); } else { db.HashSet(key, \"f\", 1); }")]
    [InlineData("if (db.KeyTimeToLive(key) < ttl) { db.KeyExpire(key, ttl); } db.HashSet(key, \"f\", 1);")]
    public Task NotReversed(string statements) => Check.Reports(statements);

    [Fact]
    public Task Gap_WrittenInOneRoundExpiredInTheNext() => Check.Reports(
        """
        for (var i = 0; i < 2; i++)
        {
            if (i == 1)
            {
                db.KeyExpire(key, ttl);
            }

            db.SetAdd(key, i);
        }
        """);

    [Fact]
    public Task Gap_SeveralKeysAtOnce() => Check.Reports(
        """
        db.StringSet(new[] { new KeyValuePair<RedisKey, RedisValue>(key, "v") });
        db.KeyExpire(key, ttl);
        """);
}

/// <summary>EXP302: <c>StringSet</c> with the expiry.</summary>
public sealed class WriteThenExpireSetFixTests
{
    private const string Key = "SetExpiry";

    [Theory]
    [InlineData("db.StringSet(key, \"v\");", "db.StringSet(key, \"v\", ttl);")]
    [InlineData("var set = db.StringSet(key, \"v\");", "var set = db.StringSet(key, \"v\", ttl);")]
    [InlineData("await db.StringSetAsync(key, \"v\");", "await db.StringSetAsync(key, \"v\", ttl);")]
    [InlineData("await db.StringSetAsync(key, \"v\").ConfigureAwait(false);", "await db.StringSetAsync(key, \"v\", ttl).ConfigureAwait(false);")]
    [InlineData("db.StringSet(key, \"v\", flags: CommandFlags.FireAndForget);", "db.StringSet(key, \"v\", ttl, flags: CommandFlags.FireAndForget);")]
    [InlineData("db.StringSet(key, \"v\", when: When.Exists);", "db.StringSet(key, \"v\", ttl, when: When.Exists);")]
    [InlineData("db.StringSet(key, \"v\", null, When.Always);", "db.StringSet(key, \"v\", ttl, When.Always);")]
    [InlineData("db.StringSet(key, \"v\", null, When.Exists, CommandFlags.FireAndForget);", "db.StringSet(key, \"v\", ttl, When.Exists, CommandFlags.FireAndForget);")]
    [InlineData("db.StringSet(key, \"v\", default, When.Always);", "db.StringSet(key, \"v\", ttl, When.Always);")]
    [InlineData("db.StringSet(key, value: \"v\");", "db.StringSet(key, value: \"v\", expiry: ttl, when: When.Always);")]
    [InlineData("db.StringSet(value: \"v\", key: key);", "db.StringSet(value: \"v\", key: key, expiry: ttl, when: When.Always);")]
    public Task EachFormOfTheStore(string store, string expected) => Check.Fixes(
        $"""
        {store}
        [|db.KeyExpire(key, ttl)|];
        """,
        expected,
        Key);

    [Theory]
    [InlineData("db.KeyExpire(key, maybe)", "db.StringSet(key, \"v\", expiry: maybe, when: When.Always);")]
    [InlineData("db.KeyExpire(key, TimeSpan.FromMinutes(5))", "db.StringSet(key, \"v\", TimeSpan.FromMinutes(5));")]
    [InlineData("db.KeyExpire(key, ttl, CommandFlags.FireAndForget)", "db.StringSet(key, \"v\", ttl);")]
    [InlineData("db.KeyExpire(key, ttl, ExpireWhen.Always)", "db.StringSet(key, \"v\", ttl);")]
    [InlineData("db.KeyExpire(key, ttl, ExpireWhen.HasNoExpiry)", "db.StringSet(key, \"v\", ttl);")]
    [InlineData("db.KeyExpire(expiry: ttl, key: key)", "db.StringSet(key, \"v\", ttl);")]
    public Task EachFormOfTheExpire(string expire, string expected) => Check.Fixes(
        $"""
        db.StringSet(key, "v");
        [|{expire}|];
        """,
        expected,
        Key);

    [Fact]
    public Task InALoopOverPairs() => Check.Asks(
        """
        foreach (var (name, value) in new[] { ("a", 1), ("b", 2) })
        {
            await db.HashSetAsync(key, name, value);
        }

        await [|db.KeyExpireAsync(key, ttl)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var writes = new List<Task>();
        foreach (var (name, value) in new[] { ("a", 1), ("b", 2) })
        {
            writes.Add(transaction.HashSetAsync(key, name, value));
        }

        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        await Task.WhenAll(writes);
        """,
        "Transaction");

    [Theory]
    [InlineData("db.HashSet(key, \"f\", 1);\nvar queue = db.CreateTransaction();\n_ = [|queue.KeyExpireAsync(key, ttl)|];\nqueue.Execute();")]
    [InlineData("var queue = db.CreateBatch();\ndb.StringSet(key, 1);\n_ = [|queue.KeyExpireAsync(key, ttl)|];\nqueue.Execute();")]
    public Task NotWhereAQueueMightBeLeftEmpty(string statements) => Check.NoFix(statements);

    /// <summary>A lambda's parameter may be called <c>_</c>; then nothing can be discarded with it.</summary>
    [Fact]
    public Task BesideAParameterThatIsNotUsed() => Check.Asks(
        """
        Action<string> save = _ =>
        {
            db.HashSet(key, "f", 1);
            [|db.KeyExpire(key, ttl)|];
        };
        """,
        """
        Action<string> save = _ =>
        {
            var transaction = db.CreateTransaction();
            var write = transaction.HashSetAsync(key, "f", 1);
            transaction.KeyExpireAsync(key, ttl);
            transaction.Execute();
            write.GetAwaiter().GetResult();
        };
        """,
        "Transaction");

    [Fact]
    public Task AnInstantOfAKind() => Check.Fixes(
        """
        db.StringSet(key, "v");
        [|db.KeyExpire(key, DateTime.UtcNow.Date.AddDays(1))|];
        """,
        """
        db.StringSet(key, "v", DateTime.UtcNow.Date.AddDays(1));
        """,
        Key,
        "2.13.23", "3.4.35");

    /// <summary>An instant of no kind is refused at the call: before the write, it keeps the write from being made.</summary>
    [Fact]
    public Task AnInstant() => Check.Asks(
        """
        db.StringSet(key, "v");
        [|db.KeyExpire(key, given)|];
        """,
        """
        db.StringSet(key, "v", given);
        """,
        Key,
        "2.13.23", "3.4.35");

    [Theory]
    [InlineData("if (maybe.HasValue)", "maybe", "maybe")]
    [InlineData("if (maybe.HasValue)", "maybe.Value", "maybe")]
    [InlineData("if (maybe != null)", "maybe.Value", "maybe")]
    [InlineData("if (maybe is not null)", "maybe", "maybe")]
    [InlineData("if (maybe is { } span)", "span", "maybe")]
    [InlineData("if (maybe is TimeSpan span)", "span", "maybe")]
    [InlineData("if (!(maybe is null))", "maybe", "maybe")]
    [InlineData("if (flag)", "ttl", "flag ? ttl : (TimeSpan?)null")]
    [InlineData("if (ttl > TimeSpan.Zero)", "ttl", "ttl > TimeSpan.Zero ? ttl : (TimeSpan?)null")]
    [InlineData("if (flag || ttl > TimeSpan.Zero)", "ttl", "flag || ttl > TimeSpan.Zero ? ttl : (TimeSpan?)null")]
    public Task UnderAGuard(string guard, string expiry, string expected) => Check.Fixes(
        $$"""
        await db.StringSetAsync(key, "v");
        {{guard}}
        {
            await [|db.KeyExpireAsync(key, {{expiry}})|];
        }
        """,
        $"""
        await db.StringSetAsync(key, "v", expiry: {expected}, when: When.Always);
        """,
        Key);

    [Fact]
    public Task UnderTwoGuards() => Check.Fixes(
        """
        db.StringSet(key, "v");
        if (flag)
        {
            if (maybe.HasValue)
            {
                [|db.KeyExpire(key, maybe.Value)|];
            }
        }
        """,
        """
        db.StringSet(key, "v", expiry: flag ? maybe : (TimeSpan?)null, when: When.Always);
        """,
        Key);

    [Theory]
    [InlineData("return await db.StringSetAsync(key, \"v\") && await [|db.KeyExpireAsync(key, ttl)|];", "return await db.StringSetAsync(key, \"v\", ttl);")]
    [InlineData("return db.StringSet(key, \"v\") && (!maybe.HasValue || [|db.KeyExpire(key, maybe)|]);", "return db.StringSet(key, \"v\", expiry: maybe, when: When.Always);")]
    [InlineData("await Task.WhenAll(db.StringSetAsync(key, \"v\"), [|db.KeyExpireAsync(key, ttl)|]);", "await db.StringSetAsync(key, \"v\", ttl);")]
    [InlineData("await Task.WhenAll(db.StringSetAsync(key, \"v\"), [|db.KeyExpireAsync(key, ttl)|], WorkAsync());", "await Task.WhenAll(db.StringSetAsync(key, \"v\", ttl), WorkAsync());")]
    [InlineData("Task.WaitAll(new Task[] { db.StringSetAsync(key, \"v\"), [|db.KeyExpireAsync(key, ttl)|] });", "Task.WaitAll(new Task[] { db.StringSetAsync(key, \"v\", ttl) });")]
    [InlineData("await db.StringSetAsync(key, \"v\");\nreturn await [|db.KeyExpireAsync(key, ttl)|];", "return await db.StringSetAsync(key, \"v\", ttl);")]
    [InlineData("if (db.StringSet(key, \"v\")) { [|db.KeyExpire(key, ttl)|]; }", "db.StringSet(key, \"v\", ttl);")]
    [InlineData("if (db.StringSet(key, \"v\", null, When.NotExists)) [|db.KeyExpire(key, ttl)|];", "db.StringSet(key, \"v\", ttl, When.NotExists);")]
    public Task TheAnswers(string before, string after) => Check.Fixes(before, after, Key);

    [Fact]
    public Task OnlyWhereTheKeyWasMissing() => Check.Fixes(
        """
        var taken = await db.StringSetAsync(key, token, when: When.NotExists);
        if (taken)
        {
            // Not for ever.
            await [|db.KeyExpireAsync(key, ttl)|];
            await WorkAsync();
        }
        """,
        """
        // Not for ever.
        var taken = await db.StringSetAsync(key, token, ttl, when: When.NotExists);
        if (taken)
        {
            await WorkAsync();
        }
        """,
        Key);

    [Fact]
    public Task TheTtlIsDeclaredInBetween() => Check.Fixes(
        """
        db.StringSet(key, "v");
        var span = TimeSpan.FromMinutes(text.Length);
        [|db.KeyExpire(key, span)|];
        """,
        """
        var span = TimeSpan.FromMinutes(text.Length);
        db.StringSet(key, "v", span);
        """,
        Key);

    [Fact]
    public Task OnABatch() => Check.Fixes(
        """
        var batch = db.CreateBatch();
        var tasks = new List<Task>();
        tasks.Add(batch.StringSetAsync(key, "v"));
        tasks.Add([|batch.KeyExpireAsync(key, ttl)|]);
        batch.Execute();
        await Task.WhenAll(tasks);
        """,
        """
        var batch = db.CreateBatch();
        var tasks = new List<Task>();
        tasks.Add(batch.StringSetAsync(key, "v", ttl));
        batch.Execute();
        await Task.WhenAll(tasks);
        """,
        Key);

    [Fact]
    public Task CommentsAndLayout() => Check.Fixes(
        """
        // Kept for the next page.
        await db.StringSetAsync(
            key,
            "v"); // json

        // Not longer than the session.
        if (maybe.HasValue)
        {
            await [|db.KeyExpireAsync(key, maybe.Value)|]; // idle
        }

        return text;
        """,
        """
        // Kept for the next page.
        // Not longer than the session.
        // idle
        await db.StringSetAsync(
            key,
            "v",
            expiry: maybe,
            when: When.Always); // json

        return text;
        """,
        Key);

    [Fact]
    public Task SeveralAtOnce() => Check.Fixes(
        """
        db.StringSet(key, "v");
        [|db.KeyExpire(key, ttl)|];
        db.StringSet(text, "w");
        [|db.KeyExpire(text, maybe)|];
        """,
        """
        db.StringSet(key, "v", ttl);
        db.StringSet(text, "w", expiry: maybe, when: When.Always);
        """,
        Key);

    [Theory]
    [InlineData("[|db.KeyExpire(key, ttl)|];\ndb.StringSet(key, \"v\");", "db.StringSet(key, \"v\", ttl);")]
    [InlineData("await [|db.KeyExpireAsync(key, ttl)|];\nawait db.StringSetAsync(key, \"v\");", "await db.StringSetAsync(key, \"v\", ttl);")]
    public Task OrderReversed(string before, string after) => Check.Fixes(before, after, Key);
}

/// <summary>EXP302: both in one transaction.</summary>
public sealed class WriteThenExpireTransactionFixTests
{
    private const string Key = "Transaction";

    [Fact]
    public Task Asynchronous() => Check.Asks(
        """
        await db.HashSetAsync(key, "f", "v").ConfigureAwait(false);
        await [|db.KeyExpireAsync(key, ttl)|].ConfigureAwait(false);
        """,
        """
        var transaction = db.CreateTransaction();
        var write = transaction.HashSetAsync(key, "f", "v");
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync().ConfigureAwait(false);
        await write.ConfigureAwait(false);
        """,
        Key);

    [Fact]
    public Task Synchronous() => Check.Asks(
        """
        db.ListLeftPush(key, "v");
        db.ListTrim(key, 0, 9);
        [|db.KeyExpire(key, ttl)|];
        return text;
        """,
        """
        var transaction = db.CreateTransaction();
        var write = transaction.ListLeftPushAsync(key, "v");
        var write2 = transaction.ListTrimAsync(key, 0, 9);
        _ = transaction.KeyExpireAsync(key, ttl);
        transaction.Execute();
        write.GetAwaiter().GetResult();
        write2.GetAwaiter().GetResult();
        return text;
        """,
        Key);

    [Theory]
    [InlineData("TimeSpan? ttl", "if (ttl.HasValue) { await _db.KeyExpireAsync(key, ttl.Value); }")]
    [InlineData("TimeSpan? ttl", "if (ttl is null) return; await _db.KeyExpireAsync(key, ttl.Value);", false)]
    [InlineData("TimeSpan? ttl", "if (ttl.HasValue) { Calls++; await _db.KeyExpireAsync(key, ttl.Value); }", false)]
    [InlineData("TimeSpan? ttl", "if (await _db.KeyExistsAsync(key)) { await _db.KeyExpireAsync(key, ttl); }", false)]
    [InlineData("TimeSpan? ttl", "if (ttl.HasValue) { await _db.KeyExpireAsync(key, Next(ttl.Value)); }", false)]
    public Task ByAMemberUnderItsCondition(string parameter, string body, bool isOffered = true) => ByAMember(
        $"private async Task LiveAsync(string key, {parameter}) {{ {body} }}",
        "TimeSpan? ttl",
        "        if (ttl.HasValue)\n        {\n            _ = transaction.KeyExpireAsync(key, ttl.Value);\n        }\n",
        isOffered);

    [Theory]
    [InlineData("private Task LiveAsync(string key, TimeSpan ttl) => _db.KeyExpireAsync(key, ttl);", "TimeSpan ttl")]
    [InlineData("private async Task<bool> LiveAsync(string key, TimeSpan ttl) { return await _db.KeyExpireAsync(key, ttl); }", "TimeSpan ttl")]
    [InlineData("private async Task LiveAsync(string key, TimeSpan ttl) => await _db.KeyExpireAsync(key, ttl).ConfigureAwait(false);", "TimeSpan ttl")]
    [InlineData("private async Task LiveAsync(string key, TimeSpan? ttl) => await _db.KeyExpireAsync(key, ttl);", "TimeSpan ttl", false)]
    [InlineData("protected virtual async Task LiveAsync(string key, TimeSpan ttl) => await _db.KeyExpireAsync(key, ttl);", "TimeSpan ttl", false)]
    public Task ByAMember_AsItIs(string member, string parameter, bool isOffered = true) =>
        ByAMember(member, parameter, "        _ = transaction.KeyExpireAsync(key, ttl);\n", isOffered);

    private static Task ByAMember(string member, string parameter, string queued, bool isOffered)
    {
        string before = Own(member, parameter, "        var added = await _db.SetAddAsync(key, text);\n        await [|LiveAsync(key, ttl)|];\n");
        string after = Own(member, parameter, "        var transaction = _db.CreateTransaction();\n        var addedTask = transaction.SetAddAsync(key, text);\n" +
            queued + "        await transaction.ExecuteAsync();\n        var added = await addedTask;\n");
        return isOffered ? Check.AsksSource(before, after, Key) : Check.NoFixSource(before);
    }

    private static string Own(string member, string parameter, string statements) => $$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db, IDatabase other)
        {
            private readonly IDatabase _db = db;
            private readonly IDatabase _other = other;
            public int Calls;

            {{member}}

            public async Task<bool> AddAsync(string key, string text, {{parameter}})
            {
        {{statements}}        return added;
            }

            private static TimeSpan Next(TimeSpan ttl) => ttl;
        }
        """;

    [Fact]
    public Task UnderAGuardAndInALoop() => Check.AsksSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            async Task<string> Save(string key, string text, TimeSpan? maybe)
            {
                // All of them.
                foreach (var item in text.Split(','))
                {
                    await db.SetAddAsync(key, item); // one
                }

                // If it is to end at all.
                if (maybe.HasValue)
                {
                    await [|db.KeyExpireAsync(key, maybe.Value)|];
                }

                return text;
            }
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            async Task<string> Save(string key, string text, TimeSpan? maybe)
            {
                // All of them.
                var transaction = db.CreateTransaction();
                var writes = new List<Task>();
                foreach (var item in text.Split(','))
                {
                    writes.Add(transaction.SetAddAsync(key, item)); // one
                }

                // If it is to end at all.
                if (maybe.HasValue)
                {
                    _ = transaction.KeyExpireAsync(key, maybe.Value);
                }

                await transaction.ExecuteAsync();
                await Task.WhenAll(writes);

                return text;
            }
        }
        """,
        Key);

    [Fact]
    public Task SeveralWrites() => Check.Asks(
        """
        await db.HashSetAsync(key, "a", 1);
        await db.HashSetAsync(key, new[] { new HashEntry("b", 2) });
        await [|db.KeyExpireAsync(key, given)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var write = transaction.HashSetAsync(key, "a", 1);
        var write2 = transaction.HashSetAsync(key, new[] { new HashEntry("b", 2) });
        _ = transaction.KeyExpireAsync(key, given);
        await transaction.ExecuteAsync();
        await write;
        await write2;
        """,
        Key);

    [Fact]
    public Task TheAnswerOfTheWrite() => Check.Asks(
        """
        var length = await db.ListLeftPushAsync(key, "v");
        await [|db.KeyExpireAsync(key, ttl)|];
        return length;
        """,
        """
        var transaction = db.CreateTransaction();
        var lengthTask = transaction.ListLeftPushAsync(key, "v");
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        var length = await lengthTask;
        return length;
        """,
        Key);

    [Fact]
    public Task TheAnswerOfTheWrite_Synchronous() => Check.Asks(
        """
        bool added = db.SetAdd(key, "v");
        [|db.KeyExpire(key, ttl)|];
        return added;
        """,
        """
        var transaction = db.CreateTransaction();
        var addedTask = transaction.SetAddAsync(key, "v");
        _ = transaction.KeyExpireAsync(key, ttl);
        transaction.Execute();
        bool added = addedTask.GetAwaiter().GetResult();
        return added;
        """,
        Key);

    [Fact]
    public Task TheAnswerOfTheExpire() => Check.Asks(
        """
        await db.SetAddAsync(key, "v");
        return await [|db.KeyExpireAsync(key, ttl)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var write = transaction.SetAddAsync(key, "v");
        var expire = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        await write;
        return await expire;
        """,
        Key);

    [Fact]
    public Task TasksThatAreWaitedForLater() => Check.Fixes(
        """
        var write = db.SetAddAsync(key, "v");
        var expire = [|db.KeyExpireAsync(key, ttl)|];
        await write;
        await expire;
        """,
        """
        var transaction = db.CreateTransaction();
        var write = transaction.SetAddAsync(key, "v");
        var expire = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        await write;
        await expire;
        """,
        Key);

    [Fact]
    public Task ListOfTasks() => Check.Fixes(
        """
        var tasks = new List<Task>();
        foreach (var item in text.Split(','))
        {
            tasks.Add(db.SetAddAsync(key, item));
        }

        tasks.Add([|db.KeyExpireAsync(key, ttl)|]);
        await Task.WhenAll(tasks);
        """,
        """
        var tasks = new List<Task>();
        var transaction = db.CreateTransaction();
        foreach (var item in text.Split(','))
        {
            tasks.Add(transaction.SetAddAsync(key, item));
        }

        tasks.Add(transaction.KeyExpireAsync(key, ttl));
        await transaction.ExecuteAsync();
        await Task.WhenAll(tasks);
        """,
        Key);

    [Fact]
    public Task ArrayOfTasks_Synchronous() => Check.FixesSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            void Save(string key, TimeSpan ttl)
            {
                var tasks = new Task[2];
                tasks[0] = db.SetAddAsync(key, 1);
                tasks[1] = [|db.KeyExpireAsync(key, ttl)|];
                Task.WaitAll(tasks);
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            void Save(string key, TimeSpan ttl)
            {
                var tasks = new Task[2];
                var transaction = db.CreateTransaction();
                tasks[0] = transaction.SetAddAsync(key, 1);
                tasks[1] = transaction.KeyExpireAsync(key, ttl);
                transaction.Execute();
                Task.WaitAll(tasks);
            }
        }
        """,
        Key);

    [Fact]
    public Task WorkInBetweenThatMightSeeTheWrite() => Check.Asks(
        """
        db.SetAdd(key, "v");
        await WorkAsync();
        [|db.KeyExpire(key, ttl)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var write = transaction.SetAddAsync(key, "v");
        _ = transaction.KeyExpireAsync(key, ttl);
        transaction.Execute();
        write.GetAwaiter().GetResult();
        await WorkAsync();
        """,
        Key);

    [Fact]
    public Task ForgottenAtOnce() => Check.Fixes(
        """
        db.SetAdd(key, "v", CommandFlags.FireAndForget);
        [|db.KeyExpire(key, ttl, CommandFlags.FireAndForget)|];
        """,
        """
        var transaction = db.CreateTransaction();
        _ = transaction.SetAddAsync(key, "v", CommandFlags.FireAndForget);
        _ = transaction.KeyExpireAsync(key, ttl, CommandFlags.FireAndForget);
        transaction.Execute(CommandFlags.FireAndForget);
        """,
        Key);

    /// <summary>SET refuses the TTL that EXPIRE deletes the key for.</summary>
    [Fact]
    public Task ATtlThatMayBeNone() => Check.NoFix(
        "var life = ttl;\nif (flag) life = TimeSpan.Zero;\ndb.StringSet(key, \"v\");\n[|db.KeyExpire(key, life)|];",
        References.NewestClient);

    /// <summary>The answer of the write is waited for, so that the run is, too.</summary>
    [Fact]
    public Task OnlyTheExpireForgotten() => Check.Asks(
        """
        var old = db.StringGetSet(key, "v");

        // Only some have an end.
        if (ttl > TimeSpan.Zero)
            [|db.KeyExpire(key, ttl, CommandFlags.FireAndForget)|];
        return (string)old;
        """,
        """
        var transaction = db.CreateTransaction();
        var oldTask = transaction.StringGetSetAsync(key, "v");

        // Only some have an end.
        if (ttl > TimeSpan.Zero)
            _ = transaction.KeyExpireAsync(key, ttl, CommandFlags.FireAndForget);
        transaction.Execute();
        var old = oldTask.GetAwaiter().GetResult();
        return (string)old;
        """,
        Key);

    [Fact]
    public Task WaitedForTogether() => Check.Fixes(
        """
        var other = WorkAsync();

        // All at once.
        await Task.WhenAll(
            db.SortedSetAddAsync(key, "v", 1),
            db.SortedSetRemoveRangeByRankAsync(key, 0, -100),
            [|db.KeyExpireAsync(key, ttl)|],
            other).ConfigureAwait(false);
        return text;
        """,
        """
        var other = WorkAsync();

        // All at once.
        var transaction = db.CreateTransaction();
        var queued = Task.WhenAll(
            transaction.SortedSetAddAsync(key, "v", 1),
            transaction.SortedSetRemoveRangeByRankAsync(key, 0, -100),
            transaction.KeyExpireAsync(key, ttl),
            other);
        await transaction.ExecuteAsync().ConfigureAwait(false);
        await queued.ConfigureAwait(false);
        return text;
        """,
        Key);

    [Fact]
    public Task GatheredAndWaitedForLater() => Check.Fixes(
        """
        var both = Task.WhenAll(db.SetAddAsync(key, "v"), [|db.KeyExpireAsync(key, ttl)|]);
        await both;
        """,
        """
        var transaction = db.CreateTransaction();
        var both = Task.WhenAll(transaction.SetAddAsync(key, "v"), transaction.KeyExpireAsync(key, ttl));
        await transaction.ExecuteAsync();
        await both;
        """,
        Key);

    [Fact]
    public Task ABatchBecomesATransaction() => Check.Fixes(
        """
        var batch = db.CreateBatch();
        var write = batch.HashSetAsync(key, "f", 1);
        var expire = [|batch.KeyExpireAsync(key, ttl)|];
        batch.Execute();
        await Task.WhenAll(write, expire);
        """,
        """
        var transaction = db.CreateTransaction();
        var write = transaction.HashSetAsync(key, "f", 1);
        var expire = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        await Task.WhenAll(write, expire);
        """,
        Key);

    [Fact]
    public Task ABatchOfAnotherNameWhereTasksAreConfigured() => Check.Fixes(
        """
        var queue = db.CreateBatch();
        var write = queue.HashSetAsync(key, "f", 1);
        _ = [|queue.KeyExpireAsync(key, ttl)|];
        // Both at once.
        queue.Execute(); // sent
        await write.ConfigureAwait(false);
        """,
        """
        var queue = db.CreateTransaction();
        var write = queue.HashSetAsync(key, "f", 1);
        _ = queue.KeyExpireAsync(key, ttl);
        // Both at once.
        await queue.ExecuteAsync().ConfigureAwait(false); // sent
        await write.ConfigureAwait(false);
        """,
        Key);

    /// <summary>Neither a lock nor a function that is not async lets its code wait; what ends with a block may be bound to the thread.</summary>
    [Theory]
    [InlineData("Monitor.Enter(text);\ntry\n{\n    STATEMENTS\n}\nfinally\n{\n    Monitor.Exit(text);\n}")]
    [InlineData("using (new System.IO.MemoryStream())\n{\n    STATEMENTS\n}")]
    [InlineData("lock (text)\n{\n    STATEMENTS\n}")]
    [InlineData("Action save = () =>\n{\n    STATEMENTS\n};")]
    public Task ABatchWhereNothingCanBeAwaited(string around)
    {
        return Check.Fixes(
            Around("var batch = db.CreateBatch();\n_ = batch.HashSetAsync(key, \"f\", 1);\n_ = [|batch.KeyExpireAsync(key, ttl)|];\nbatch.Execute();"),
            Around("var transaction = db.CreateTransaction();\n_ = transaction.HashSetAsync(key, \"f\", 1);\n_ = transaction.KeyExpireAsync(key, ttl);\ntransaction.Execute();"),
            Key);

        string Around(string statements) =>
            around.Replace("STATEMENTS", statements.Replace("\n", "\n    ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public Task AnInstantOnAnOldClient() => Check.Asks(
        """
        db.StringSet(key, "v");
        [|db.KeyExpire(key, given)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var write = transaction.StringSetAsync(key, "v");
        _ = transaction.KeyExpireAsync(key, given);
        transaction.Execute();
        write.GetAwaiter().GetResult();
        """,
        Key,
        "2.6.96");

    [Fact]
    public Task OrderReversed() => Check.Fixes(
        """
        // For a day.
        await [|db.KeyExpireAsync(key, ttl)|];
        await db.HashSetAsync(key, "f", 1);
        """,
        """
        var transaction = db.CreateTransaction();
        var write = transaction.HashSetAsync(key, "f", 1);
        // For a day.
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        await write;
        """,
        Key);

    [Fact]
    public Task OrderReversed_Apart() => Check.Fixes(
        """
        Console.WriteLine();

        [|db.KeyExpire(key, given)|]; // sliding

        db.SetAdd(key, text);

        return text;
        """,
        """
        Console.WriteLine();

        var transaction = db.CreateTransaction();
        var write = transaction.SetAddAsync(key, text);
        // sliding
        _ = transaction.KeyExpireAsync(key, given);
        transaction.Execute();
        write.GetAwaiter().GetResult();

        return text;
        """,
        Key);

    [Fact]
    public Task TwoPairs() => Check.Asks(
        """
        await db.HashSetAsync(key, "f", 1);
        await [|db.KeyExpireAsync(key, ttl)|];
        await db.SetAddAsync(text, "v");
        await [|db.KeyExpireAsync(text, ttl)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var write = transaction.HashSetAsync(key, "f", 1);
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        await write;
        var transaction2 = db.CreateTransaction();
        var write2 = transaction2.SetAddAsync(text, "v");
        _ = transaction2.KeyExpireAsync(text, ttl);
        await transaction2.ExecuteAsync();
        await write2;
        """,
        Key);

    [Fact]
    public Task TopLevelStatements() => Check.AsksSource(
        """
        using System;
        using StackExchange.Redis;

        IDatabase db = null;
        db.SetAdd("k", 1);
        [|db.KeyExpire("k", TimeSpan.FromMinutes(1))|];
        Console.WriteLine();
        """,
        """
        using System;
        using StackExchange.Redis;

        IDatabase db = null;
        var transaction = db.CreateTransaction();
        var write = transaction.SetAddAsync("k", 1);
        _ = transaction.KeyExpireAsync("k", TimeSpan.FromMinutes(1));
        transaction.Execute();
        write.GetAwaiter().GetResult();
        Console.WriteLine();
        """,
        Key);

    [Theory]
    [InlineData("db.SetAdd(key, \"v\");\nif (db.SetContains(key, \"w\")) return null;\n[|db.KeyExpire(key, ttl)|];")]
    [InlineData("if (db.SetAdd(key, \"v\"))\n{\n    [|db.KeyExpire(key, ttl)|];\n}")]
    [InlineData("var added = db.SetAdd(key, \"v\");\nif (added)\n{\n    [|db.KeyExpire(key, ttl)|];\n}")]
    [InlineData("try { db.SetAdd(key, \"v\"); } finally { [|db.KeyExpire(key, ttl)|]; }")]
    [InlineData("db.StringSet(key, \"v\", null, When.NotExists);\n[|db.KeyExpire(key, ttl)|];", "3.4.35")]
    [InlineData("db.StringSet(key, \"v\");\n[|db.KeyExpire(key, flag ? ttl : TimeSpan.Zero)|];", "3.4.35")]
    [InlineData("db.StringSet(key, \"v\");\n[|db.KeyExpire(key, flag ? given : DateTime.UnixEpoch)|];", "3.4.35")]
    [InlineData("db.SetAdd(key, \"v\");\nif (flag) { return null; }\n[|db.KeyExpire(key, ttl)|];", "3.4.35")]
    [InlineData("db.Execute(\"SET\", key, \"v\");\n[|db.KeyExpire(key, ttl)|];")]
    public Task NoSafeRewrite(string statements, params string[] clients) => Check.NoFix(statements, clients);
}

/// <summary>EXP302: the client's own analyzer has nothing to say of what the fixes write.</summary>
public sealed class WriteThenExpireNeighbourTests
{
    [Fact]
    public Task TheClientsAnalyzerIsContent()
    {
        string before = Statements.InMethod(
            """
            await db.HashSetAsync(key, "f", 1);
            await [|db.KeyExpireAsync(key, ttl)|];
            db.StringAppend(text, "v");
            [|db.KeyExpire(text, ttl)|];
            var old = db.StringGetSet("a", "v");
            [|db.KeyExpire("a", ttl)|];
            db.StringSetBit("b", 1, true);
            [|db.KeyExpire("b", ttl)|];
            """);
        string after = Statements.InMethod(
            """
            var transaction = db.CreateTransaction();
            var write = transaction.HashSetAsync(key, "f", 1);
            _ = transaction.KeyExpireAsync(key, ttl);
            await transaction.ExecuteAsync();
            await write;
            var transaction2 = db.CreateTransaction();
            var write2 = transaction2.StringAppendAsync(text, "v");
            _ = transaction2.KeyExpireAsync(text, ttl);
            transaction2.Execute();
            write2.GetAwaiter().GetResult();
            var transaction3 = db.CreateTransaction();
            var oldTask = transaction3.StringGetSetAsync("a", "v");
            _ = transaction3.KeyExpireAsync("a", ttl);
            transaction3.Execute();
            var old = oldTask.GetAwaiter().GetResult();
            var transaction4 = db.CreateTransaction();
            var write3 = transaction4.StringSetBitAsync("b", 1, true);
            _ = transaction4.KeyExpireAsync("b", ttl);
            transaction4.Execute();
            write3.GetAwaiter().GetResult();
            """);
        return new NeighbourTest { TestCode = before, FixedCode = after }.RunAsync();
    }

    private sealed class NeighbourTest : CSharpCodeFixTest<ExpiryAnalyzer, WriteThenExpireAskingFix, DefaultVerifier>
    {
        public NeighbourTest()
        {
            ReferenceAssemblies = new ReferenceAssemblies("none");
            TestState.AdditionalReferences.AddRange(References.With(References.NewestClient));
            MarkupOptions = MarkupOptions.UseFirstDescriptor;
        }

        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => base.GetDiagnosticAnalyzers().Concat(References.ClientAnalyzers);

        protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Parse);

        protected override DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) => analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Single(rule => rule.Id == "EXP302");
    }
}

/// <summary>EXP302: what is safe and what asks, and what stands between the two commands.</summary>
public sealed class WriteThenExpireBetweenTests
{
    /// <summary>What takes its time before the expire took it before the TTL began.</summary>
    [Theory]
    [InlineData("await WorkAsync(ct);")]
    [InlineData("WorkAsync().Wait();")]
    [InlineData("db.HashSet(text, \"f\", 1);")]
    public Task WorkBeforeTheExpire(string work) => Check.Asks(
        $"""
        await db.StringSetAsync(key, "v");
        {work}
        await [|db.KeyExpireAsync(key, ttl)|];
        """,
        $"""
        await db.StringSetAsync(key, "v", ttl);
        {work}
        """,
        "SetExpiry");

    [Theory]
    [InlineData("Console.WriteLine(text);")]
    [InlineData("var names = text.Split(',');")]
    [InlineData("_ = db.HashSetAsync(text, \"f\", 1);")]
    public Task Quiet(string between) => Check.Fixes(
        $"""
        await db.StringSetAsync(key, "v");
        {between}
        await [|db.KeyExpireAsync(key, ttl)|];
        """,
        $"""
        await db.StringSetAsync(key, "v", ttl);
        {between}
        """,
        "SetExpiry");

    /// <summary>A helper goes the way that the flag says which it is handed.</summary>
    [Theory]
    [InlineData("await WriteAsync(key, v, true); await db.KeyExpireAsync(key, Ttl * 2);")]
    [InlineData("await WriteAsync(key, v, false); await [|db.KeyExpireAsync(key, Ttl * 2)|];")]
    [InlineData("await WriteAsync(key, v, v.Length > 0); await [|db.KeyExpireAsync(key, Ttl * 2)|];")]
    [InlineData("await db.HashSetAsync(key, v, 1); await TouchAsync(key, false);")]
    [InlineData("await db.HashSetAsync(key, v, 1); await [|TouchAsync(key, true)|];")]
    public Task AHelperWithAFlag(string statements) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(5);

            private Task WriteAsync(string key, string v, bool withTtl) => withTtl ? db.StringSetAsync(key, v, Ttl) : db.StringSetAsync(key, v);

            private Task TouchAsync(string key, bool really) => really ? db.KeyExpireAsync(key, Ttl) : Task.CompletedTask;

            public async Task Run(string key, string v)
            {
                {{statements}}
            }
        }
        """);

    /// <summary>A write never moves behind what may throw, wait or read its key.</summary>
    [Theory]
    [InlineData("db.StringSet(key, \"v\");\nvar life = await PolicyAsync(key);\n[|db.KeyExpire(key, life)|];")]
    [InlineData("db.StringSet(key, \"v\");\nvar life = Policy(key);\n[|db.KeyExpire(key, life)|];")]
    [InlineData("db.StringSet(key, \"v\");\n[|db.KeyExpire(key, Policy(key))|];")]
    [InlineData("db.HashSet(key, \"f\", 1);\n[|db.KeyExpire(key, Policy(key))|];")]
    [InlineData("db.HashSet(key, \"f\", 1);\ndb.HashSet(key, \"g\", Policy(key).Ticks);\n[|db.KeyExpire(key, ttl)|];")]
    [InlineData("await db.StringSetAsync(key, \"v\");\nvar life = await PolicyAsync(key);\nreturn await [|db.KeyExpireAsync(key, life)|];")]
    [InlineData("db.HashSet(key, \"f\", 1);\nvar life = await PolicyAsync(key);\n[|db.KeyExpire(key, life)|];")]
    [InlineData("db.HashSet(key, \"f\", 1);\nvar count = db.HashLength(key);\n[|db.KeyExpire(key, TimeSpan.FromMinutes(count))|];")]
    [InlineData("db.ListLeftPush(key, 1);\nPolicy(key);\ndb.ListRightPush(key, 2);\n[|db.KeyExpire(key, ttl)|];")]
    [InlineData("[|db.KeyExpire(key, ttl)|];\nPolicy(key);\ndb.HashSet(key, \"f\", 1);")]
    public Task NoWriteMoves(string statements) => Check.NoFixSource(Statements.InMethod(statements).Replace(
        "    Task WorkAsync",
        "    static TimeSpan Policy(RedisKey key) => TimeSpan.FromMinutes(key.ToString().Length);\n\n    static Task<TimeSpan> PolicyAsync(RedisKey key) => Task.FromResult(Policy(key));\n\n    Task WorkAsync",
        StringComparison.Ordinal));

    /// <summary>A write that fails kept its expire from being made; both are sent where nobody waits in between.</summary>
    [Fact]
    public Task NobodyWaitsInBetween() => Check.Fixes(
        """
        _ = db.HashSetAsync(key, "f", 1);
        await [|db.KeyExpireAsync(key, ttl)|];
        """,
        """
        var transaction = db.CreateTransaction();
        _ = transaction.HashSetAsync(key, "f", 1);
        _ = transaction.KeyExpireAsync(key, ttl);
        await transaction.ExecuteAsync();
        """,
        "Transaction");

    [Fact]
    public Task SynchronousLoop() => Check.Asks(
        """
        foreach (var item in text.Split(','))
        {
            db.SetAdd(key, item);
        }

        [|db.KeyExpire(key, ttl)|];
        """,
        """
        var transaction = db.CreateTransaction();
        var writes = new List<Task>();
        foreach (var item in text.Split(','))
        {
            writes.Add(transaction.SetAddAsync(key, item));
        }

        _ = transaction.KeyExpireAsync(key, ttl);
        transaction.Execute();
        foreach (var write in writes)
        {
            write.GetAwaiter().GetResult();
        }
        """,
        "Transaction");

    /// <summary>In a cluster, the keys of a transaction must be in one slot; those of a batch need not.</summary>
    [Fact]
    public Task ABatchOfSeveralKeys() => Check.Asks(
        """
        var batch = db.CreateBatch();
        _ = batch.HashSetAsync(key, "f", 1);
        _ = [|batch.KeyExpireAsync(key, ttl)|];
        _ = batch.StringIncrementAsync(text);
        batch.Execute();
        """,
        """
        var transaction = db.CreateTransaction();
        _ = transaction.HashSetAsync(key, "f", 1);
        _ = transaction.KeyExpireAsync(key, ttl);
        _ = transaction.StringIncrementAsync(text);
        await transaction.ExecuteAsync();
        """,
        "Transaction");

    [Theory]
    [InlineData("db.StringSet(key, \"v\")", "db.KeyExpire(key, ttl)", "db.StringSet(key, \"v\", ttl)")]
    [InlineData("await db.StringSetAsync(key, \"v\")", "await db.KeyExpireAsync(key, ttl)", "await db.StringSetAsync(key, \"v\", ttl)")]
    public Task Ladder(string store, string expire, string expected) => Check.Fixes(
        $$"""
        if (!{{store}})
        {
            return 1;
        }
        else if (![|{{expire.Replace("await ", "", StringComparison.Ordinal)}}|])
        {
            return 2;
        }

        return text;
        """.Replace("![|db.KeyExpireAsync", "!await [|db.KeyExpireAsync", StringComparison.Ordinal),
        $$"""
        if (!{{expected}})
        {
            return 1;
        }

        return text;
        """,
        "SetExpiry");

    [Fact]
    public Task LadderWithARest() => Check.Fixes(
        """
        if (!db.StringSet(key, "v"))
        {
            return 1;
        }
        else if (![|db.KeyExpire(key, ttl)|])
        {
            return 2;
        }
        else
        {
            return 3;
        }
        """,
        """
        if (!db.StringSet(key, "v", ttl))
        {
            return 1;
        }
        else
        {
            return 3;
        }
        """,
        "SetExpiry");

    private const string OtherClients = """
        using System;
        using System.Threading.Tasks;

        class Store(FreeRedis.RedisClient free, CSRedis.CSRedisClient cs)
        {
            async Task Save(string key, string text, int seconds, TimeSpan ttl)
            {
                STATEMENTS
                await Task.Yield();
            }
        }
        """;

    /// <summary>A client's SET with an expiry is known by its rows.</summary>
    [Theory]
    [InlineData("free.Set(key, text);\n[|free.Expire(key, 60)|];", "free.Set(key, text, 60);")]
    [InlineData("free.Set(key, text);\n[|free.Expire(key, TimeSpan.FromMinutes(5))|];", "free.Set(key, text, TimeSpan.FromMinutes(5));")]
    [InlineData("await free.SetAsync(key, text);\nawait [|free.ExpireAsync(key, 60)|];", "await free.SetAsync(key, text, 60);")]
    [InlineData("cs.Set(key, text);\n[|cs.Expire(key, 60)|];", "cs.Set(key, text, 60);")]
    [InlineData("cs.Set(key, text);\n[|cs.Expire(key, TimeSpan.FromMinutes(5))|];", "cs.Set(key, text, TimeSpan.FromMinutes(5));")]
    [InlineData("await cs.SetAsync(key, text);\nawait [|cs.ExpireAsync(key, TimeSpan.FromHours(1))|];", "await cs.SetAsync(key, text, TimeSpan.FromHours(1));")]
    [InlineData("RedisHelper.Set(key, text);\n[|RedisHelper.Expire(key, 60)|];", "RedisHelper.Set(key, text, 60);")]
    [InlineData("if (free.SetNx(key, text)) [|free.Expire(key, 60)|];", "free.SetNx(key, text, 60);")]
    public Task AnotherClient(string before, string after) => Check.FixesSource(InStore(before), InStore(after), "SetExpiry", References.AllClients);

    /// <summary>The expire answers that the key is missing, and then the key is made without a TTL.</summary>
    [Theory]
    [InlineData("if (![|db.KeyExpire(key, ttl)|]) db.HashSet(key, \"f\", 1);")]
    [InlineData("bool known = [|db.KeyExpire(key, ttl)|]; if (known) { return null; } db.HashSet(key, \"f\", 1);")]
    public Task WhereTheExpireFoundNoKey(string statements) => Check.NoFix(statements);

    [Theory]
    [InlineData("if (!db.KeyExpire(key, ttl)) { db.HashSet(key, \"f\", 1); [|db.KeyExpire(key, ttl)|]; }")]
    [InlineData("if (!db.KeyExpire(key, ttl)) db.StringSet(key, \"v\", ttl);")]
    [InlineData("if (!db.KeyExpire(key, ttl, ExpireWhen.HasNoExpiry)) db.HashSet(key, \"f\", 1);")]
    [InlineData("if (!db.KeyExpire(key, ttl, ExpireWhen.HasExpiry)) db.HashSet(key, \"f\", 1);")]
    public Task SilentWhereTheExpireFoundNoKey(string statements) => Check.Reports(statements);

    /// <summary>
    /// The commands of a pipe are sent together, and are not one: another client may come in between. Their answers come by place, so that
    /// none is taken out.
    /// </summary>
    [Theory]
    [InlineData("[|cs.StartPipe().HMSet(key, \"f\", text).Expire(key, 60)|].EndPipe();")]
    [InlineData("[|cs.StartPipe().Set(key, text).Expire(key, TimeSpan.FromMinutes(5))|].EndPipe();")]
    [InlineData("var answers = [|cs.StartPipe().SAdd(key, text).Get(\"other\").Expire(key, 60)|].EndPipe();")]
    [InlineData("[|RedisHelper.StartPipe().Set(key, text).Expire(key, 60)|].EndPipe();")]
    [InlineData("cs.StartPipe(pipe => [|pipe.HMSet(key, \"f\", text).Expire(key, 60)|]);")]
    [InlineData("cs.StartPipe(pipe => { pipe.HMSet(key, \"f\", text); [|pipe.Expire(key, 60)|]; });")]
    [InlineData("using var pipe = cs.StartPipe();\npipe.HMSet(key, \"f\", text);\n[|pipe.Expire(key, 60)|];\npipe.EndPipe();")]
    [InlineData("var pipe = cs.StartPipe();\npipe.Set(key, text);\n[|pipe.Expire(key, 60)|];\nvar answers = pipe.EndPipe();")]
    [InlineData("[|cs.StartPipe().Expire(key, 60)|].Set(key, text).EndPipe();")]
    [InlineData("using var pipe = free.StartPipe();\npipe.Set(key, text);\n[|pipe.Expire(key, 60)|];\nvar answers = pipe.EndPipe();")]
    public Task InAPipe(string statements) => Check.NoFixSource(InStore(statements), References.AllClients);

    [Theory]
    [InlineData("cs.StartPipe().Set(key, text, 60).Get(key).EndPipe();")]
    [InlineData("cs.StartPipe().HMSet(key, \"f\", text).Expire(\"other\", 60).EndPipe();")]
    [InlineData("cs.StartPipe().IncrBy(key).Expire(key, 60).EndPipe();")]
    [InlineData("cs.StartPipe().HMSet(key, \"f\", text).Expire(key, 0).EndPipe();")]
    [InlineData("cs.StartPipe(one => one.HMSet(key, \"f\", text)); RedisHelper.StartPipe(other => other.Expire(key, 60));")]
    public Task SilentInAPipe(string statements) => Check.ReportsSource(InStore(statements), References.AllClients);

    /// <summary>Zero, which their EXPIRE takes for an order to delete, their SET takes for none.</summary>
    [Theory]
    [InlineData("free.Set(key, text);\n[|free.Expire(key, seconds)|];", "free.Set(key, text, seconds);")]
    [InlineData("cs.Set(key, text);\n[|cs.Expire(key, ttl)|];", "cs.Set(key, text, ttl);")]
    [InlineData("cs.Set(key, text);\n[|cs.Expire(key, TimeSpan.FromMilliseconds(1500))|];", "cs.Set(key, text, TimeSpan.FromMilliseconds(1500));")]
    public Task AnotherClientAndAnyTtl(string before, string after) => Check.AsksSource(InStore(before), InStore(after), "SetExpiry", References.AllClients);

    [Theory]
    [InlineData("cs.HSet(key, \"f\", text);\n[|cs.Expire(key, 60)|];")]
    [InlineData("free.Set(key, text);\n[|free.PExpire(key, 1500)|];")]
    [InlineData("free.Set(key, text);\nif (seconds > 0) [|free.Expire(key, seconds)|];")]
    public Task NothingForAnotherClient(string statements) => Check.NoFixSource(InStore(statements), References.AllClients);

    private static string InStore(string statements) =>
        OtherClients.Replace("STATEMENTS", statements.Replace("\n", "\n        ", StringComparison.Ordinal), StringComparison.Ordinal);
}

/// <summary>Checks the locations and the message of a diagnostic of EXP302.</summary>
file sealed class LocationTest : CSharpCodeFixTest<ExpiryAnalyzer, EmptyCodeFixProvider, DefaultVerifier>
{
    public LocationTest(string source, Func<DiagnosticResult, DiagnosticResult> expected)
    {
        TestCode = source;
        ReferenceAssemblies = new ReferenceAssemblies("none");
        TestState.AdditionalReferences.AddRange(References.With(References.NewestClient));
        ExpectedDiagnostics.Add(expected(new DiagnosticResult(new ExpiryAnalyzer().SupportedDiagnostics.Single(rule => rule.Id == "EXP302"))));
    }
}
