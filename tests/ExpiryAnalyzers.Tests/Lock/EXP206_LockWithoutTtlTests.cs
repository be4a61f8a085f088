using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lock.LockWithoutTtlFix>;

namespace ExpiryAnalyzers.Tests.Lock;

public sealed class EXP206_LockWithoutTtlTests
{
    /// <summary>A local function or lambda takes the lock where it is called.</summary>
    [Theory]
    [InlineData("if (!await Take()) return null; try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, token); } Task<bool> Take() => [|db.StringSetAsync(key, token, when: When.NotExists)|];")]
    [InlineData("Func<bool> take = () => db.StringSet(key, token, [|null|], When.NotExists); if (take()) { await WorkAsync(); db.KeyDelete(key); }")]
    [InlineData("if ([|db.StringSet(key, token, when: When.NotExists)|]) { await WorkAsync(); Release(); } void Release() => db.KeyDelete(key);")]
    [InlineData("if (!await Take()) return null; await WorkAsync(); Task<bool> Take() => db.StringSetAsync(key, token, when: When.NotExists);")]
    [InlineData("if (!await Take()) return null; try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, token); } Task<bool> Take() => db.StringSetAsync(key, token, ttl, when: When.NotExists);")]
    public Task NoTtl_InALocalFunction(string statements) => Check.Reports(statements);

    /// <summary>A class over a client whose members hand all in: its release is for the member that is named for locks.</summary>
    [Theory]
    [InlineData("public bool SetNx(string key, string value) => free.SetNx(key, value);\npublic bool LockTake(string key, string value, TimeSpan life) => free.SetNx(key, value, life);")]
    [InlineData("public bool Lock(string key, string value) => [|free.SetNx(key, value)|];\npublic bool Lock(string key, string value, TimeSpan life) => free.SetNx(key, value, life);")]
    [InlineData("public bool Add(string key, string value) => [|free.SetNx(key, value)|];")]
    [InlineData("public bool Acquire(string key, string value) => [|free.SetNx(key, value)|];\npublic bool TryLock(string key, string value, TimeSpan life) => free.SetNx(key, value, life);")]
    public Task NoTtl_BesideAMemberThatIsNamedForLocks(string members) => Check.ReportsSource(
        $$"""
        using System;

        class Commands(FreeRedis.RedisClient free)
        {
            {{members}}

            public bool LockRelease(string key, string value) => free.Eval(
                "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end",
                new[] { key }, value)?.ToString() == "1";
        }
        """,
        References.AllClients);

    /// <summary>A handle whose constructor takes the lock: without a TTL, or with the one that it is made with.</summary>
    [Theory]
    [InlineData("[|new Handle(db, name)|]")]
    [InlineData("new Handle(db, name, [|null|])")]
    [InlineData("new Handle(db, name, TimeSpan.FromSeconds(9))")]
    [InlineData("new Handle(db, name, given)")]
    [InlineData("new Mark(db, name)")]
    [InlineData("new Late(db, name)")]
    [InlineData("new Bare(db, name)")]
    public Task NoTtl_InAConstructor(string made) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            public void Run(string name, TimeSpan? given)
            {
                using var handle = {{made}};
                if (handle.Held) Console.WriteLine(name);
            }
        }

        sealed class Handle : IDisposable
        {
            private readonly IDatabase _db; private readonly RedisKey _key; private readonly string _token = Guid.NewGuid().ToString("N"); private readonly bool _held;
            public Handle(IDatabase db, string name, TimeSpan? ttl = null) { (_db, _key) = (db, "lock:" + name); _held = db.StringSet(_key, _token, ttl, When.NotExists); }
            public bool Held => _held;
            public void Dispose() { if (_held) _db.LockRelease(_key, _token); }
        }

        sealed class Late : IDisposable
        {
            private readonly IDatabase _db; private readonly string _key; private readonly string _token = Guid.NewGuid().ToString("N");
            public Late(IDatabase db, string name, TimeSpan? ttl = null) { _db = db; _key = "late:" + name; Held = db.StringSet("late:" + name, _token, ttl ?? TimeSpan.FromSeconds(30), When.NotExists); }
            public bool Held { get; }
            public void Dispose() => _db.LockRelease(_key, _token);
        }

        sealed class Mark : IDisposable
        {
            private readonly IDatabase _db; private readonly string _key; private bool _done;
            public Mark(IDatabase db, string name, TimeSpan? ttl = null) { _db = db; _key = "mark:" + name; Held = db.StringSet("mark:" + name, 1, ttl, When.NotExists); }
            public bool Held { get; }
            public void Complete() => _done = true;
            public void Dispose() { if (!_done) _db.KeyDelete(_key); }
        }

        sealed class Bare : IDisposable
        {
            private readonly IDatabase _db; private readonly string _key; private readonly string _token = Guid.NewGuid().ToString("N");
            public Bare(IDatabase db, string name) { _db = db; _key = "bare:" + name; Held = [|db.StringSet("bare:" + name, _token, when: When.NotExists)|]; }
            public bool Held { get; }
            public void Dispose() { if (Held) _db.LockRelease(_key, _token); }
        }
        """, References.NewestClient);

    [Theory]
    [InlineData("if ([|db.StringSet(key, token, when: When.NotExists)|]) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    [InlineData("if (!await db.StringSetAsync(key, token, [|null|], When.NotExists)) return null; try { await WorkAsync(); } finally { await db.KeyDeleteAsync(key); }")]
    [InlineData("TimeSpan? none = null; if (db.StringSet(key, token, [|none|], When.NotExists)) { await WorkAsync(); db.LockRelease(key, token); }")]
    [InlineData("if (![|db.Execute(\"SET\", key, token, \"NX\")|].IsNull) { await WorkAsync(); db.LockRelease(key, token); }")]
    [InlineData("if ((int)[|db.Execute(\"SETNX\", key, token)|] == 1) { await WorkAsync(); db.KeyDelete(key); }")]
    [InlineData("db.KeyDelete(key); if ([|db.StringSet(key, token, when: When.NotExists)|]) { await WorkAsync(); db.KeyDelete(key); }")]
    [InlineData("for (var i = 0; i < 9; i++) { db.KeyDelete(key); [|db.StringSet(key, token, when: When.NotExists)|]; await WorkAsync(); }")]
    [InlineData("TimeSpan? life = flag ? [|null|] : ttl; if (db.StringSet(key, token, life, When.NotExists)) { await WorkAsync(); db.LockRelease(key, token); }")]
    [InlineData("if (db.StringSet(key, token, flag ? ttl : [|null|], When.NotExists)) { await WorkAsync(); db.LockRelease(key, token); }")]
    [InlineData("if (db.StringSet(key, token, flag ? ttl : [|default(TimeSpan?)|], When.NotExists)) { await WorkAsync(); db.LockRelease(key, token); }")]
    [InlineData("TimeSpan? life = text switch { \"a\" => ttl, \"b\" => [|null|], _ => TimeSpan.FromMinutes(1) }; if (db.StringSet(key, token, life, When.NotExists)) { await WorkAsync(); db.LockRelease(key, token); }")]
    public Task NoTtl(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("if (db.StringSet(key, token, ttl, When.NotExists)) { await WorkAsync(); db.LockRelease(key, token); }")]
    [InlineData("if (db.StringSet(key, token, maybe, When.NotExists)) { await WorkAsync(); db.LockRelease(key, token); }")]
    [InlineData("TimeSpan? life = flag ? maybe : ttl; if (db.StringSet(key, token, life, When.NotExists)) { await WorkAsync(); db.LockRelease(key, token); }")]
    [InlineData("TimeSpan? life = ttl > TimeSpan.Zero ? ttl : null; if (db.StringSet(key, token, life, When.NotExists)) { await WorkAsync(); db.LockRelease(key, token); }")]
    [InlineData("TimeSpan? life = flag ? null : ttl; if (db.StringSet(key, token, life, When.NotExists)) { await WorkAsync(); }")]
    [InlineData("TimeSpan? life = maybe switch { null => null, { } some => some }; if (db.StringSet(key, token, life, When.NotExists)) { await WorkAsync(); db.LockRelease(key, token); }")]
    [InlineData("TimeSpan? life = text switch { \"a\" => maybe, _ => ttl }; if (db.StringSet(key, token, life, When.NotExists)) { await WorkAsync(); db.LockRelease(key, token); }")]
    [InlineData("if (!db.StringSet(key, token, when: When.NotExists)) throw new InvalidOperationException();")]
    [InlineData("if (!db.StringSet(key, token, when: When.NotExists)) return null; try { await WorkAsync(); } catch { db.KeyDelete(key); throw; }")]
    [InlineData("if (db.StringSet(key, token, when: When.NotExists)) { db.KeyExpire(key, ttl); await WorkAsync(); db.LockRelease(key, token); }")]
    [InlineData("if (db.LockTake(key, token, TimeSpan.MaxValue)) { await WorkAsync(); db.LockRelease(key, token); }")]
    [InlineData("db.StringSet(key, token); await WorkAsync(); db.KeyDelete(key);")]
    [InlineData("db.KeyDelete(key); db.StringSet(key, token, when: When.NotExists); await WorkAsync(); db.StringGet(key);")]
    [InlineData("db.KeyDelete(key); db.StringSet(key, 1, when: When.NotExists); db.StringSet(key, 2, when: When.NotExists);")]
    [InlineData("for (var i = 0; i < 9; i++) db.KeyDelete(key); db.StringSet(key, token, when: When.NotExists);")]
    [InlineData("var tran = db.CreateTransaction(); _ = tran.StringSetAsync(key, token, when: When.NotExists); _ = tran.KeyExpireAsync(key, ttl); tran.Execute(); await WorkAsync(); db.KeyDelete(key);")]
    public Task Silent(string statements) => Check.Reports(statements);

    [Fact]
    public Task OfATypeThatTakesAndReleases() => Check.ReportsSource("""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Locker
        {
            private readonly IDatabase _db;
            public Locker(IDatabase db) => _db = db;

            public Task<bool> TryLock(string key, string owner) => [|_db.StringSetAsync(key, owner, when: When.NotExists)|];
            public Task Unlock(string key) => _db.KeyDeleteAsync(key);
        }

        class Names
        {
            private readonly IDatabase _db;
            public Names(IDatabase db) => _db = db;

            public Task<bool> Claim(string mail, string id) => _db.StringSetAsync("email:" + mail, id, when: When.NotExists);
            public Task Leave(string mail) => _db.KeyDeleteAsync("email:" + mail);
        }
        """);

    /// <summary>A helper's TTL that is left out counts as its default.</summary>
    [Theory]
    [InlineData("TimeSpan? ttl = null", "ttl", "", true)]
    [InlineData("TimeSpan? ttl = default", "ttl", "", true)]
    [InlineData("TimeSpan? ttl = null", "ttl", ", null", true)]
    [InlineData("TimeSpan? ttl = null", "ttl", ", TimeSpan.FromMinutes(1)", false)]
    [InlineData("TimeSpan? ttl = null", "ttl ?? TimeSpan.FromMinutes(1)", "", false)]
    [InlineData("int seconds = 30", "TimeSpan.FromSeconds(seconds)", "", false)]
    public Task LeftOutOfAHelper(string parameter, string ttl, string given, bool isReported)
    {
        string take = $"Take(\"lock:a\", token{given})";
        return Check.ReportsSource($$"""
            using System;
            using StackExchange.Redis;

            class Jobs(IDatabase db)
            {
                private bool Take(string key, string token, {{parameter}}) => db.StringSet(key, token, {{ttl}}, When.NotExists);

                public void Run(Action work)
                {
                    var token = Guid.NewGuid().ToString("N");
                    if (!{{(isReported ? $"[|{take}|]" : take)}}) return;
                    try { work(); }
                    finally { db.LockRelease("lock:a", token); }
                }
            }
            """);
    }

    /// <summary>A helper that clears the key and sets it again makes a lock of its own.</summary>
    [Theory]
    [InlineData("First(db); Second(db);")]
    [InlineData("[|db.StringSet(\"k\", 1, when: When.NotExists)|]; Clear(db);")]
    [InlineData("db.StringSet(\"k\", 1, when: When.NotExists); Second(db);")]
    public Task HelpersThatSetTheKeyAgain(string statements) => Check.ReportsSource($$"""
        using StackExchange.Redis;

        class Demo
        {
            public void Run(IDatabase db) { {{statements}} }

            private static void First(IDatabase db)
            {
                db.KeyDelete("k");
                db.StringSet("k", 1, when: When.NotExists);
                db.StringGet("k");
                db.StringSet("k", 2, when: When.NotExists);
            }

            private static void Second(IDatabase db)
            {
                db.KeyDelete("k");
                db.StringSet("k", 2, when: When.NotExists);
            }

            private static void Clear(IDatabase db) => db.KeyDelete("k");
        }
        """);

    /// <summary>A release that ends what its own member takes, or what a member made for locks takes, is no sign that a write is a lock.</summary>
    [Theory]
    [InlineData(
        """
        public async Task<bool> Run(RedisKey key, RedisValue value, Func<Task> work, TimeSpan ttl)
        {
            if (!await db.LockTakeAsync(key, value, ttl)) return false;
            try { await work(); return true; } finally { await db.LockReleaseAsync(key, value); }
        }
        """)]
    [InlineData(
        """
        public bool Take(RedisKey key, RedisValue value, TimeSpan ttl) => db.LockTake(key, value, ttl);
        public bool Release(RedisKey key, RedisValue value) => db.LockRelease(key, value);
        """)]
    public Task AWriteBesideMembersForLocks_IsNoLock(string members) => Check.ReportsSource(
        $$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Helper(IDatabase db)
        {
            public bool SetIfMissing(RedisKey key, RedisValue value) => db.StringSet(key, value, when: When.NotExists);
            {{members}}
        }
        """);

    [Fact]
    public Task Fix_TakesTheLimitOfTheWorkAndAMargin() => Check.AsksSource(
        Job("[|db.StringSetAsync(\"lock:report\", mine, when: When.NotExists)|]"),
        Job("db.StringSetAsync(\"lock:report\", mine, expiry: TimeSpan.FromSeconds(50), when: When.NotExists)"),
        "Ttl");

    [Fact]
    public Task Fix_TakesWhatIsAtHand() => Check.Asks(
        """
        if (db.StringSet("lock:report", token, [|null|], When.NotExists)) // one at a time
        {
            await WorkAsync();
            db.LockRelease("lock:report", token);
        }
        """,
        """
        if (db.StringSet("lock:report", token, expiry: ttl, when: When.NotExists)) // one at a time
        {
            await WorkAsync();
            db.LockRelease("lock:report", token);
        }
        """,
        "InScope");

    [Theory]
    [InlineData("if (![|db.Execute(\"SET\", key, token, \"NX\")|].IsNull) { await WorkAsync(); db.LockRelease(key, token); }")]
    public Task NoFix_WhereTheCommandIsRaw(string statements) => Check.NoFix(statements);

    private static string Job(string take) => $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Job
        {
            public async Task Run(IDatabase db, Func<CancellationToken, Task> work)
            {
                using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
                var mine = Guid.NewGuid().ToString("N");
                if (!await {{take}}) return;
                try { await work(budget.Token); } finally { await db.LockReleaseAsync("lock:report", mine); }
            }
        }
        """;
}
