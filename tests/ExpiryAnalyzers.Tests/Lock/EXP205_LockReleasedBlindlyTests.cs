using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lock.LockReleasedBlindlyFix>;

namespace ExpiryAnalyzers.Tests.Lock;

public sealed class EXP205_LockReleasedBlindlyTests
{
    /// <summary>A local function or lambda gives the lock back where it is called, and takes it there.</summary>
    [Theory]
    [InlineData("if (!await db.LockTakeAsync(key, token, ttl)) return null; try { await WorkAsync(); } finally { await Release(); } Task Release() => [|db.KeyDeleteAsync(key)|];")]
    [InlineData("Task Release() => [|db.KeyDeleteAsync(key)|]; if (!await db.LockTakeAsync(key, token, ttl)) return null; try { await WorkAsync(); } finally { await Release(); } ")]
    [InlineData("Func<Task> release = () => [|db.KeyDeleteAsync(key)|]; if (!await db.LockTakeAsync(key, token, ttl)) return null; try { await WorkAsync(); } finally { await release(); } ")]
    [InlineData("if (!await db.LockTakeAsync(key, token, ttl)) return null; try { await WorkAsync(); } finally { await Release(); } async Task Release() { if (await db.StringGetAsync(key) == token) await [|db.KeyDeleteAsync(key)|]; }")]
    [InlineData("if (!await db.LockTakeAsync(key, token, ttl)) return null; try { await WorkAsync(); } finally { Done(); } void Done() { Console.WriteLine(); Release(); } void Release() => [|db.KeyDelete(key)|];")]
    [InlineData("if (!await Take()) return null; try { await WorkAsync(); } finally { await [|db.KeyDeleteAsync(key)|]; } Task<bool> Take() => db.LockTakeAsync(key, token, ttl);")]
    [InlineData("if (!await Take()) return null; try { await WorkAsync(); } finally { await Release(); } async Task<bool> Take() { return await db.StringSetAsync(key, token, ttl, When.NotExists); } Task Release() => [|db.KeyDeleteAsync(key)|];")]
    [InlineData("Func<Task<bool>> take = () => db.LockTakeAsync(key, token, ttl); if (await take()) { await WorkAsync(); await [|db.KeyDeleteAsync(key)|]; }")]
    [InlineData("if (!await db.StringSetAsync(key, token, ttl, When.NotExists)) return null; try { await WorkAsync(); } catch { await Undo(); throw; } Task Undo() => db.KeyDeleteAsync(key);")]
    [InlineData("if (!await db.StringSetAsync(key, token, ttl, When.NotExists)) return null; await WorkAsync(); await Undo(); async Task Undo() { if (flag) await db.KeyDeleteAsync(key); }")]
    [InlineData("if (!await db.StringSetAsync(key, token, ttl, When.NotExists)) return null; await WorkAsync(); if (flag) await Undo(); Task Undo() => db.KeyDeleteAsync(key);")]
    [InlineData("if (!await db.StringSetAsync(key, token, ttl, When.NotExists)) return null; await WorkAsync(); Task Undo() => db.KeyDeleteAsync(key);")]
    [InlineData("if (!await db.StringSetAsync(key, token, ttl, When.NotExists)) return null; await WorkAsync(); await Clear(); Task Clear() => db.KeyDeleteAsync(text);")]
    [InlineData("await Clear(); if (db.StringSet(key, token, ttl, When.NotExists)) { await WorkAsync(); } Task Clear() => db.KeyDeleteAsync(key);")]
    [InlineData("if (!await db.LockTakeAsync(key, token, ttl)) return null; try { await WorkAsync(); } finally { await Release(); } Task Release() => db.LockReleaseAsync(key, token);")]
    [InlineData("if (!await Take()) return null; await WorkAsync(); if (!await Take()) return null; await WorkAsync(); db.KeyDelete(key); Task<bool> Take() => db.StringSetAsync(key, token, ttl, When.NotExists);")]
    public Task DeletesInALocalFunction(string statements) => Check.Reports(statements);

    /// <summary>What a local function deletes by its own parameter may be other keys too.</summary>
    [Fact]
    public Task Fix_NoneByAParameterOfALocalFunction() => Check.NoFix(
        "var a = Guid.NewGuid().ToString(); var prefix = \"lock:\" + text; if (!await db.LockTakeAsync(prefix + key, a, ttl)) return null; try { await WorkAsync(); } finally { await Free(key); } Task Free(string id) => [|db.KeyDeleteAsync(prefix + id)|];");

    [Fact]
    public Task Fix_InALocalFunction() => Check.Fixes(
        "var mine = Guid.NewGuid().ToString(); if (!await db.LockTakeAsync(key, mine, ttl)) return null; try { await WorkAsync(); } finally { await Release(); } Task Release() => [|db.KeyDeleteAsync(key)|];",
        "var mine = Guid.NewGuid().ToString(); if (!await db.LockTakeAsync(key, mine, ttl)) return null; try { await WorkAsync(); } finally { await Release(); } Task Release() => db.LockReleaseAsync(key, mine);",
        "Token");

    [Theory]
    [InlineData("if (!await db.StringSetAsync(key, token, ttl, When.NotExists)) return null; try { await WorkAsync(); } finally { await [|db.KeyDeleteAsync(key)|]; }")]
    [InlineData("if (db.StringSet(key, Guid.NewGuid().ToString(), ttl, When.NotExists)) { try { await WorkAsync(); } finally { [|db.KeyDelete(key)|]; } }")]
    [InlineData("if (db.StringSet(key, token, ttl, When.NotExists)) { await WorkAsync(); [|db.KeyDelete(key)|]; }")]
    [InlineData("if (await db.LockTakeAsync(key, token, ttl)) { try { await WorkAsync(); } finally { await [|db.KeyDeleteAsync(key)|]; } }")]
    [InlineData("while (!db.StringSet(key, token, ttl, When.NotExists)) await Task.Delay(50); try { await WorkAsync(); } finally { [|db.KeyDelete(key)|]; }")]
    [InlineData("if (!db.Execute(\"SET\", key, token, \"EX\", 30, \"NX\").IsNull) { try { await WorkAsync(); } finally { [|db.Execute(\"DEL\", key)|]; } }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { await WorkAsync(); if (flag) { [|db.KeyDelete(key)|]; } else { [|db.KeyDelete(key)|]; } }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { try { await WorkAsync(); } finally { await [|db.StringGetDeleteAsync(key)|]; } }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { try { await WorkAsync(); } finally { _ = [|db.StringGetDelete(key)|]; } }")]
    public Task DeletesWhoeverHoldsIt(string statements) => Check.Reports(statements);

    /// <summary>A delete of several keys, one on a queue, and one by a script.</summary>
    [Theory]
    [InlineData("[|db.KeyDelete(new RedisKey[] { key, \"other\" })|];")]
    [InlineData("await [|db.KeyDeleteAsync(new[] { key })|];")]
    [InlineData("RedisKey[] keys = [key, \"other\"]; [|db.KeyDelete(keys)|];")]
    [InlineData("var tran = db.CreateTransaction(); _ = [|tran.KeyDeleteAsync(key)|]; await tran.ExecuteAsync();")]
    [InlineData("var batch = db.CreateBatch(); _ = [|batch.KeyDeleteAsync(key)|]; batch.Execute();")]
    [InlineData("[|db.ScriptEvaluate(\"return redis.call('del', KEYS[1])\", new RedisKey[] { key })|];")]
    [InlineData("await [|db.ScriptEvaluateAsync(\"redis.call('DEL', KEYS[1]) redis.call('incr', KEYS[1])\", new[] { key })|];")]
    [InlineData("db.KeyDelete(new RedisKey[] { text, \"other\" });")]
    [InlineData("var tran = db.CreateTransaction(); tran.AddCondition(Condition.StringEqual(key, token)); _ = tran.KeyDeleteAsync(key); tran.Execute();")]
    [InlineData("var tran = db.CreateTransaction(); tran.AddCondition(Condition.KeyExists(key)); _ = [|tran.KeyDeleteAsync(key)|]; tran.Execute();")]
    [InlineData("var tran = db.CreateTransaction(); tran.AddCondition(Condition.KeyExists(text)); _ = tran.KeyDeleteAsync(key); tran.Execute();")]
    [InlineData("var tran = db.CreateTransaction(); tran.AddCondition(Condition.KeyExists(key)); tran.AddCondition(Condition.StringEqual(key, token)); _ = tran.KeyDeleteAsync(key); tran.Execute();")]
    [InlineData("var tran = db.CreateTransaction(); Console.WriteLine(tran); _ = tran.KeyDeleteAsync(key); tran.Execute();")]
    [InlineData("var tran = db.Multiplexer.GetDatabase(2).CreateTransaction(); _ = tran.KeyDeleteAsync(key); tran.Execute();")]
    [InlineData("db.ScriptEvaluate(\"if redis.call('exists', KEYS[1]) == 1 then return redis.call('del', KEYS[1]) end return 0\", new RedisKey[] { key });")]
    [InlineData("db.ScriptEvaluate(\"return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1])\", new RedisKey[] { key }, new RedisValue[] { token });")]
    [InlineData("db.ScriptEvaluate(\"return redis.call('del', KEYS[1])\", new RedisKey[] { \"other\" }, new RedisValue[] { text });")]
    public Task DeletesInOtherDress(string release) =>
        Check.NoFix($"if (db.StringSet(key, token, ttl, When.NotExists)) {{ try {{ await WorkAsync(); }} finally {{ {release} }} }}", References.NewestClient);

    [Fact]
    public Task AnotherMembersScriptDeletes() => Check.ReportsSource("""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Locks(IDatabase db)
        {
            public Task<bool> TryLock(string name, string owner) => db.StringSetAsync("lock:" + name, owner, TimeSpan.FromSeconds(30), When.NotExists);
            public Task Unlock(string name) => [|db.ScriptEvaluateAsync("return redis.call('del', KEYS[1])", new RedisKey[] { "lock:" + name })|];
        }
        """);

    [Theory]
    [InlineData("if (db.LockTake(key, token, ttl)) { try { await WorkAsync(); } finally { if (db.StringGet(key) == token) { [|db.KeyDelete(key)|]; } } }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { await WorkAsync(); var holder = await db.StringGetAsync(key); if (holder == token) await [|db.KeyDeleteAsync(key)|]; }")]
    public Task DeletesBehindALook(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("if (db.StringSet(key, token, ttl, When.NotExists)) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    [InlineData("if (!db.StringSet(key, token, ttl, When.NotExists)) return null; try { await WorkAsync(); } catch { db.KeyDelete(key); throw; }")]
    [InlineData("if (db.StringSet(key, token, ttl, When.NotExists)) { await WorkAsync(); if (flag) db.KeyDelete(key); }")]
    [InlineData("if (db.StringSet(key, token, ttl, When.NotExists)) { await WorkAsync(); db.KeyDelete(text); }")]
    [InlineData("db.KeyDelete(key); if (db.StringSet(key, token, ttl, When.NotExists)) { await WorkAsync(); }")]
    [InlineData("db.StringSet(key, token, ttl); await WorkAsync(); db.KeyDelete(key);")]
    [InlineData("db.KeyDelete(key);")]
    [InlineData("if (db.StringSet(key, token, ttl, When.NotExists)) { await WorkAsync(); return (string)db.StringGetDelete(key); }")]
    [InlineData("if (db.StringSet(key, token, when: When.NotExists)) { try { await WorkAsync(); } finally { db.KeyDelete(key); } }")]
    [InlineData("if (db.LockTake(key, token, TimeSpan.MaxValue)) { try { await WorkAsync(); } finally { db.KeyDelete(key); } }")]
    [InlineData("if (db.StringSet(key, token, ttl, When.NotExists)) { await WorkAsync(); var tran = db.CreateTransaction(); tran.AddCondition(Condition.StringEqual(key, token)); _ = tran.KeyDeleteAsync(key); tran.Execute(); }")]
    [InlineData("if (db.StringSet(key, token, ttl, When.NotExists)) { await WorkAsync(); db.ScriptEvaluate(\"if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0\", new RedisKey[] { key }, new RedisValue[] { token }); }")]
    public Task Silent(string statements) => Check.Reports(statements);

    /// <summary>Several locks whose keys are kept in a list.</summary>
    [Theory]
    [InlineData("var held = new List<RedisKey>(); try { foreach (var n in names) { RedisKey k = \"lock:\" + n; if (!db.StringSet(k, token, ttl, When.NotExists)) return; held.Add(k); } await work(); } finally { foreach (var k in held) [|db.KeyDelete(k)|]; }")]
    [InlineData("var held = new List<string>(); try { foreach (var n in names) { if (!db.LockTake(\"lock:\" + n, token, ttl)) return; held.Add(\"lock:\" + n); } await work(); } finally { foreach (var k in held) await [|db.KeyDeleteAsync(k)|]; }")]
    [InlineData("var held = new List<RedisKey>(); try { foreach (var n in names) { RedisKey k = \"lock:\" + n; if (!db.StringSet(k, token, ttl, When.NotExists)) return; held.Add(k); } await work(); } finally { [|db.KeyDelete(held.ToArray())|]; }")]
    [InlineData("var held = new List<string>(); try { foreach (var n in names) { if (!db.LockTake(\"lock:\" + n, token, ttl)) return; held.Add(\"lock:\" + n); } await work(); } finally { foreach (var k in held) db.LockRelease(k, token); }")]
    [InlineData("var other = new List<string>(); foreach (var n in names) { if (!db.StringSet(\"lock:\" + n, token, ttl, When.NotExists)) return; other.Add(n); } await work(); foreach (var k in other) db.KeyDelete(k);")]
    [InlineData("var held = new List<string>(); foreach (var n in names) { if (!db.StringSet(\"seen:\" + n, token, ttl, When.NotExists)) continue; held.Add(\"seen:\" + n); } try { await work(); } catch { foreach (var k in held) db.KeyDelete(k); throw; }")]
    public Task DeletesTheKeysOfAList(string statements) => Check.ReportsSource($$"""
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            public async Task Run(string[] names, string token, TimeSpan ttl, Func<Task> work)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """, References.NewestClient);

    /// <summary>A release by the token that the key holds by then is by whoever's.</summary>
    [Theory]
    [InlineData("if (db.LockTake(key, token, ttl)) { try { await WorkAsync(); } finally { [|db.LockRelease(key, db.LockQuery(key))|]; } }")]
    [InlineData("if (db.LockTake(key, Guid.NewGuid().ToString(), ttl)) { try { await WorkAsync(); } finally { var held = await db.StringGetAsync(key); if (!held.IsNullOrEmpty) await [|db.LockReleaseAsync(key, held)|]; } }")]
    [InlineData("if (db.StringSet(key, token, ttl, When.NotExists)) { try { await WorkAsync(); } finally { string held = await db.StringGetAsync(key); if (held != null) await [|db.LockReleaseAsync(key, held)|]; } }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { try { await WorkAsync(); } finally { var held = db.StringGet(key); if (held == token) db.LockRelease(key, held); } }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { var held = db.StringGet(key); try { await WorkAsync(); } finally { db.LockRelease(key, held); } }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, db.StringGet(\"other\")); } }")]
    [InlineData("db.LockRelease(key, db.LockQuery(key));")]
    public Task ReleasesByWhateverTokenTheKeyHolds(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("", "[|db.LockReleaseAsync(\"lock:\" + name, held)|]")]
    [InlineData("public Task Free(string name, string token) => db.LockReleaseAsync(\"lock:\" + name, token);", "db.LockReleaseAsync(\"lock:\" + name, held)")]
    public Task ReleasesByWhateverTokenTheKeyHolds_InAnotherMember(string member, string release) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Locks(IDatabase db)
        {
            public Task<bool> Take(string name) => db.LockTakeAsync("lock:" + name, Guid.NewGuid().ToString(), TimeSpan.FromSeconds(30));

            {{member}}

            public async Task Give(string name)
            {
                var held = await db.StringGetAsync("lock:" + name);
                if (!held.IsNullOrEmpty) await {{release}};
            }
        }
        """);

    [Fact]
    public Task Silent_InTests() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        namespace Xunit
        {
            class FactAttribute : Attribute;
        }

        class Tests
        {
            [Xunit.Fact]
            public void Takes(IDatabase db)
            {
                if (db.LockTake("k", "v", TimeSpan.FromMinutes(1)))
                {
                    db.KeyDelete("k");
                }
            }
        }
        """);

    [Fact]
    public Task ThroughHelpers() => Check.ReportsSource("""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs
        {
            private readonly IDatabase _db;
            public Jobs(IDatabase db) => _db = db;

            private Task<bool> Take(string name, string owner) => _db.StringSetAsync("lock:" + name, owner, TimeSpan.FromSeconds(30), When.NotExists);
            private Task Free(string name) => [|_db.KeyDeleteAsync("lock:" + name)|];

            public async Task Run(Func<Task> work)
            {
                if (!await Take("job", Guid.NewGuid().ToString())) return;
                try { await work(); }
                finally { await Free("job"); }
            }
        }
        """);

    [Fact]
    public Task ThroughHelpersOfACache() => Check.ReportsSource("""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Cache
        {
            private readonly IDatabase _db;
            public Cache(IDatabase db) => _db = db;

            public Task<bool> Add(string key, string value, TimeSpan ttl) => _db.StringSetAsync(key, value, ttl, When.NotExists);
            public Task Remove(string key) => _db.KeyDeleteAsync(key);
        }

        class Jobs
        {
            public async Task Run(Cache cache, Func<Task> work)
            {
                if (!await cache.Add("lock:job", Guid.NewGuid().ToString(), TimeSpan.FromSeconds(30))) return;
                try { await work(); }
                finally { await [|cache.Remove("lock:job")|]; }
            }
        }
        """);

    [Fact]
    public Task OfATypeThatTakesAndReleases() => Check.ReportsSource("""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Locker
        {
            private readonly IDatabase _db;
            public Locker(IDatabase db) => _db = db;

            public Task<bool> TryLock(string key, string owner) => _db.StringSetAsync(key, owner, TimeSpan.FromSeconds(30), When.NotExists);
            public Task Unlock(string key) => [|_db.KeyDeleteAsync(key)|];
        }

        sealed class Handle : IDisposable
        {
            private readonly IDatabase _db;
            private readonly RedisKey _key;
            private readonly RedisValue _owner = Guid.NewGuid().ToString();
            public Handle(IDatabase db, RedisKey key) => (_db, _key) = (db, key);

            public bool Take() => _db.StringSet(_key, _owner, TimeSpan.FromSeconds(30), When.NotExists);
            public void Dispose() => [|_db.KeyDelete(_key)|];
        }

        class Names
        {
            private readonly IDatabase _db;
            public Names(IDatabase db) => _db = db;

            public Task<bool> Claim(string mail, string id) => _db.StringSetAsync("email:" + mail, id, TimeSpan.FromDays(1), When.NotExists);
            public Task Leave(string mail) => _db.KeyDeleteAsync("email:" + mail);
        }
        """);

    /// <summary>The member that takes the lock makes the object that gives it back, and hands it the key.</summary>
    [Theory]
    [InlineData("(_db, _key) = (db, key);", "[|_db.KeyDelete(_key)|];")]
    [InlineData("_db = db; _key = key ?? throw new ArgumentNullException(nameof(key));", "[|_db.KeyDelete(_key)|];")]
    [InlineData("_db = db; _key = key;", "if (Interlocked.Exchange(ref _ended, 1) == 0) { [|_db.KeyDelete(_key)|]; }")]
    [InlineData("_db = db; _key = key; _token = token;", "if (_db.StringGet(_key) == _token) { [|_db.KeyDelete(_key)|]; }")]
    [InlineData("_db = db; _key = key; _token = token;", "_db.LockRelease(_key, _token);")]
    [InlineData("_db = db; _key = \"other:\" + key;", "_db.KeyDelete(_key);")]
    [InlineData("_db = db; _key = key;", "_db.KeyDelete(\"other:\" + _key);")]
    [InlineData("_db = db; _key = token;", "_db.KeyDelete(_key);")]
    [InlineData("_db = db; _key = key;", "if (_ended == 0) { _db.KeyDelete(_key); }", "public void Complete() => _ended = 1;")]
    [InlineData("_db = db; _key = key;", "if (_ended == 1) return; _db.KeyDelete(_key);", "public void Complete() { _ended = 1; _db.StringSet(_key, 1); }")]
    [InlineData("_db = db; _key = key;", "if (!IsDone) { _db.KeyDelete(_key); }", "public bool IsDone { get; set; }")]
    [InlineData("_db = db; _key = key;", "Release();", "public void Release() { if (_ended == 1) return; _ended = 1; [|_db.KeyDelete(_key)|]; }")]
    [InlineData("_db = db; _key = key;", "Close();", "void Release() { if (_ended == 1) return; [|_db.KeyDelete(_key)|]; } public void Close() { Release(); _ended = 1; }")]
    [InlineData("_db = db; _key = key;", "Stop();", "void Release() { if (_ended == 1) return; _db.KeyDelete(_key); } void Stop() => Release(); void Tell() { } public void Complete() { _ended = 1; Tell(); }")]
    public Task InTheObjectThatTheTakerMakes(string constructor, string disposal, string member = "") => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using StackExchange.Redis;

        class Locker(IDatabase db)
        {
            public IDisposable Take(string name)
            {
                var key = "lock:" + name;
                var token = Guid.NewGuid().ToString();
                return db.StringSet(key, token, TimeSpan.FromSeconds(30), When.NotExists) ? new Handle(db, key, token) : null;
            }

            private sealed class Handle : IDisposable
            {
                private readonly IDatabase _db;
                private readonly string _key;
                private readonly string _token;
                private int _ended;

                public Handle(IDatabase db, string key, string token)
                {
                    {{constructor}}
                }

                {{member}}

                public void Dispose()
                {
                    {{disposal}}
                }
            }
        }
        """);

    /// <summary>Objects of other forms, and other ways to them.</summary>
    [Theory]
    [InlineData(
        "public static Handle Take(IDatabase db, string key) => db.StringSet(key, Guid.NewGuid().ToString(), Ttl, When.NotExists) ? new(db, key) : null;",
        "(IDatabase db, string key)", "public void Dispose() => [|db.KeyDelete(key)|];")]
    [InlineData(
        "public static Handle Take(IDatabase db, string name) { while (!db.LockTake(\"lock:\" + name, 1.ToString() + Guid.NewGuid(), Ttl)) { } return new Handle(db, name); }",
        "(IDatabase Db, string Name)", "public void Dispose() => [|Db.KeyDelete(\"lock:\" + Name)|];")]
    [InlineData(
        "public static Handle Take(IDatabase db, string key) => db.StringSet(key, Guid.NewGuid().ToString(), Ttl, When.NotExists) ? new Handle { Db = db, Key = key } : null;",
        "", "public IDatabase Db { get; init; } public string Key { get; init; } public void Dispose() => [|Db.KeyDelete(Key)|];")]
    [InlineData(
        "",
        "", "IDatabase _db; string _key; public Handle(IDatabase db, string key) { _db = db; _key = \"lock:\" + key; if (!db.StringSet(\"lock:\" + key, Guid.NewGuid().ToString(), Ttl, When.NotExists)) throw new TimeoutException(); } public void Dispose() => [|_db.KeyDelete(_key)|];")]
    [InlineData(
        "static bool Try(IDatabase db, string key) => db.StringSet(key, Guid.NewGuid().ToString(), Ttl, When.NotExists); public static Handle Take(IDatabase db, string key) => Try(db, key) ? new(db, key) : null;",
        "(IDatabase db, string key)", "public void Dispose() => [|db.KeyDelete(key)|];")]
    [InlineData(
        "public static Handle Take(IDatabase db, string key) => db.StringSet(key, Guid.NewGuid().ToString(), Ttl, When.NotExists) ? null : new(db, key);",
        "(IDatabase db, string key)", "public void Dispose() => db.KeyDelete(key);")]
    [InlineData(
        "public static Handle Take(IDatabase db, string key) => db.StringSet(key, Guid.NewGuid().ToString(), null, When.NotExists) ? new(db, key) : null;",
        "(IDatabase db, string key)", "public void Dispose() => db.KeyDelete(key);")]
    [InlineData(
        "public static Handle Take(IDatabase db, string key) { db.StringSet(key, Guid.NewGuid().ToString(), Ttl); return new(db, key); }",
        "(IDatabase db, string key)", "public void Dispose() => db.KeyDelete(key);")]
    public Task InAnObject(string taker, string parameters, string members) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        static class Locker
        {
            public static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);
            {{taker}}
        }

        record Handle{{parameters}} : IDisposable
        {
            static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);
            {{members}}
        }

        namespace System.Runtime.CompilerServices { class IsExternalInit; }
        """);

    [Fact]
    public Task Fix_GivesTheFieldOfAHandle() => Check.FixesSource(Handle("[|_db.KeyDelete(_key)|]"), Handle("_db.LockRelease(_key, _owner)"), "Token");

    private static string Handle(string release) => $$"""
        using System;
        using StackExchange.Redis;

        sealed class Handle : IDisposable
        {
            private readonly IDatabase _db;
            private readonly RedisKey _key;
            private readonly RedisValue _owner = Guid.NewGuid().ToString();
            public Handle(IDatabase db, RedisKey key) => (_db, _key) = (db, key);

            public bool Take() => _db.StringSet(_key, _owner, TimeSpan.FromSeconds(30), When.NotExists);
            public void Dispose() => {{release}};
        }
        """;

    [Fact]
    public Task Fix_GivesTheValueOfTheTake() => Check.Fixes(
        """
        var mine = Guid.NewGuid().ToString("N");
        if (!await db.StringSetAsync("lock:report", mine, ttl, When.NotExists)) return null;
        try
        {
            await WorkAsync();
        }
        finally
        {
            await [|db.KeyDeleteAsync("lock:report", CommandFlags.DemandMaster)|].ConfigureAwait(false); // done
        }
        """,
        """
        var mine = Guid.NewGuid().ToString("N");
        if (!await db.StringSetAsync("lock:report", mine, ttl, When.NotExists)) return null;
        try
        {
            await WorkAsync();
        }
        finally
        {
            await db.LockReleaseAsync("lock:report", mine, CommandFlags.DemandMaster).ConfigureAwait(false); // done
        }
        """,
        "Token");

    [Fact]
    public Task Fix_NamesAValueThatIsMadeForTheTake() => Check.Fixes(
        """
        // One report at a time.
        var got = db.StringSet("lock:report", Guid.NewGuid().ToString("N"), ttl, When.NotExists); // taken
        if (got)
        {
            try
            {
                await WorkAsync();
            }
            finally
            {
                [|db.KeyDelete(flags: CommandFlags.None, key: "lock:report")|];
            }
        }
        """,
        """
        var token2 = Guid.NewGuid().ToString("N");
        // One report at a time.
        var got = db.StringSet("lock:report", token2, ttl, When.NotExists); // taken
        if (got)
        {
            try
            {
                await WorkAsync();
            }
            finally
            {
                db.LockRelease(flags: CommandFlags.None, key: "lock:report", value: token2);
            }
        }
        """,
        "Token");

    [Fact]
    public Task Fix_BehindALook() => Check.Fixes(
        """
        var me = Guid.NewGuid().ToString();
        if (db.LockTake(key, me, ttl))
        {
            await WorkAsync();
            if (db.StringGet(key) == me)
            {
                [|db.KeyDelete(key)|];
            }
        }
        """,
        """
        var me = Guid.NewGuid().ToString();
        if (db.LockTake(key, me, ttl))
        {
            await WorkAsync();
            if (db.StringGet(key) == me)
            {
                db.LockRelease(key, me);
            }
        }
        """,
        "Token");

    [Fact]
    public Task Fix_AsksWhereTheValueMayBeNull() => Check.Asks(
        """
        RedisValue owner = token;
        if (db.StringSet("lock:report", owner, ttl, When.NotExists))
        {
            await WorkAsync();
            [|db.KeyDelete("lock:report")|];
        }
        """,
        """
        RedisValue owner = token;
        if (db.StringSet("lock:report", owner, ttl, When.NotExists))
        {
            await WorkAsync();
            db.LockRelease("lock:report", owner);
        }
        """,
        "Token");

    [Theory]
    [InlineData("if (await _db.StringGetAsync(key) == value) await [|_db.KeyDeleteAsync(key)|];")]
    [InlineData("string? current = await _db.StringGetAsync(key); if (current == value) { await [|_db.KeyDeleteAsync(key)|].ConfigureAwait(false); }")]
    [InlineData("var current = await _db.StringGetAsync(key); if (current.HasValue && current == value) { await [|_db.KeyDeleteAsync(key)|]; }")]
    [InlineData("var current = await _db.StringGetAsync(key); if (current != value) return; await Task.Yield(); await [|_db.KeyDeleteAsync(key)|];")]
    [InlineData("var current = await _db.LockQueryAsync(key); if (current == value) await [|_db.KeyDeleteAsync(key)|];")]
    [InlineData("var current = await _db.StringGetAsync(key); if (!current.Equals(value)) { return; } await [|_db.KeyDeleteAsync(key)|];")]
    [InlineData("if (value == (string?)_db.StringGet(key) && key.Length > 3) { [|_db.KeyDelete(key, CommandFlags.FireAndForget)|]; }")]
    public Task Fix_OfAnotherMember_GivesWhatTheLookCompares(string release) =>
        Check.FixesSource(Store(release), Store(Compared(release)), "Token");

    private static string Compared(string release) =>
        release.Replace("[|", "").Replace("|]", "").Replace("KeyDeleteAsync(key", "LockReleaseAsync(key, value").Replace("KeyDelete(key", "LockRelease(key, value");

    [Theory]
    [InlineData("if (await _db.StringGetAsync(key) == _id) await [|_db.KeyDeleteAsync(key)|];", "await _db.LockReleaseAsync(key, _id);")]
    [InlineData("if (await _db.StringGetAsync(key) == $\"{_id}:1\") await [|_db.KeyDeleteAsync(key)|];", "await _db.LockReleaseAsync(key, $\"{_id}:1\");")]
    public Task Fix_OfAnotherMember_GivesAMember(string release, string fixedRelease) => Check.FixesSource(
        Store(release), Store(release.Split(") await")[0] + ") " + fixedRelease), "Token");

    [Fact]
    public Task Fix_OfAnotherMember_AsksWhereTheValueMayBeNull() => Check.AsksSource(
        Store("if (await _db.StringGetAsync(key) == _other) await [|_db.KeyDeleteAsync(key)|];"),
        Store("if (await _db.StringGetAsync(key) == _other) await _db.LockReleaseAsync(key, _other);"),
        "Token");

    [Theory]
    [InlineData("var current = await _db.StringGetAsync(key); if (current.HasValue) await [|_db.KeyDeleteAsync(key)|];")]
    [InlineData("if (await _db.StringGetAsync(key) != value) await [|_db.KeyDeleteAsync(key)|];")]
    [InlineData("if (await _db.StringGetAsync(key) == Next()) await [|_db.KeyDeleteAsync(key)|];")]
    [InlineData("if (await _db.StringGetAsync(key) == value) { value = value + \"1\"; await [|_db.KeyDeleteAsync(key)|]; }")]
    [InlineData("if (await _db.StringGetAsync(key) == _id) { await ForgetAsync(); await [|_db.KeyDeleteAsync(key)|]; }")]
    [InlineData("if (await _db.StringGetAsync(key) == value || key.Length > 9) await [|_db.KeyDeleteAsync(key)|];")]
    [InlineData("if (string.Equals(await _db.StringGetAsync(key), value, StringComparison.OrdinalIgnoreCase)) await [|_db.KeyDeleteAsync(key)|];")]
    [InlineData("if (await _db.StringGetRangeAsync(key, 0, 3) == value) await [|_db.KeyDeleteAsync(key)|];")]
    [InlineData("if (await _db.StringLengthAsync(key) == key.Length) await [|_db.KeyDeleteAsync(key)|];")]
    [InlineData("if (await _second.StringGetAsync(key) == value) await [|_db.KeyDeleteAsync(key)|];")]
    [InlineData("if (await _db.StringGetAsync(\"other\") == value) await [|_db.KeyDeleteAsync(key)|];")]
    public Task NoFix_OfAnotherMember_WhereTheDeleteDoesNotHangOnTheToken(string release) => Check.NoFixSource(Store(release));

    [Fact]
    public Task Fix_OfAnotherMember_AsksForTheParameterOfTheSameName() => Check.AsksSource(
        Pair("string key, int id", "[|_db.KeyDelete(key)|]"), Pair("string key, int id", "_db.LockRelease(key, id)"), "Token");

    [Theory]
    [InlineData("string key")]
    [InlineData("string key, string id")]
    [InlineData("string key, int other")]
    public Task NoFix_OfAnotherMember_WithoutSuchAParameter(string parameters) => Check.NoFixSource(Pair(parameters, "[|_db.KeyDelete(key)|]"));

    private static string Pair(string parameters, string release) => $$"""
        using System;
        using StackExchange.Redis;

        class Pair(IDatabase _db)
        {
            public bool Lock(string key, int id) => _db.StringSet(key, id, TimeSpan.FromSeconds(30), When.NotExists);
            public bool Release({{parameters}}) => {{release}};
            public bool ReleaseOrNot(string key, int id) => id == 0 && {{(parameters == "string key" ? "[|_db.KeyDelete(key)|]" : "false")}};
        }
        """;

    private static string Store(string release) => $$"""
        #nullable enable
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        sealed class Store(IDatabase _db, IDatabase _second)
        {
            private string _id = "id";
            private string? _other = null;

            public Task<bool> AcquireLockAsync(string key, string value, TimeSpan expiry) => _db.StringSetAsync(key, value, expiry, When.NotExists);

            public async Task ReleaseLockAsync(string key, string value)
            {
                {{release}}
            }

            private static string Next() => Guid.NewGuid().ToString();
            private Task ForgetAsync() { _id = ""; _other = _id; return Task.CompletedTask; }
        }
        """;

    [Theory]
    [InlineData("if (db.StringSet(key, DateTime.UtcNow.Ticks, ttl, When.NotExists)) { await WorkAsync(); [|db.KeyDelete(key)|]; }")]
    [InlineData("if (db.StringSet(key, token, ttl, When.NotExists)) { await WorkAsync(); [|db.Execute(\"DEL\", key)|]; }")]
    [InlineData("var mine = token; mine = mine + \"1\"; if (db.StringSet(key, mine, ttl, When.NotExists)) { await WorkAsync(); [|db.KeyDelete(key)|]; }")]
    public Task NoFix_WhereTheValueHasNoName(string statements) => Check.NoFix(statements);
}
