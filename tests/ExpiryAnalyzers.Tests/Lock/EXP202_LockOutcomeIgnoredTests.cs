using System.Text.RegularExpressions;
using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lock.LockOutcomeIgnoredFix>;

namespace ExpiryAnalyzers.Tests.Lock;

public sealed class EXP202_LockOutcomeIgnoredTests
{
    /// <summary>A local function gives the lock back where it is called, and by the token that it has there.</summary>
    [Theory]
    [InlineData("if (!await db.LockTakeAsync(key, token, ttl)) return null; await WorkAsync(); await [|Release()|]; Task Release() => db.LockReleaseAsync(key, token);")]
    [InlineData("Func<Task> release = () => db.LockReleaseAsync(key, token); if (!await db.LockTakeAsync(key, token, ttl)) return null; await WorkAsync(); await [|release()|];")]
    [InlineData("if (!await Take()) return null; await WorkAsync(); await [|db.LockReleaseAsync(key, token)|]; Task<bool> Take() => db.LockTakeAsync(key, token, ttl);")]
    [InlineData("if (!await Take()) return null; try { await WorkAsync(); } finally { await Release(); } Task<bool> Take() => db.LockTakeAsync(key, token, ttl); Task Release() => db.LockReleaseAsync(key, token);")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; AppDomain.CurrentDomain.ProcessExit += (_, _) => Release(); await WorkAsync(); Release(); void Release() => db.LockRelease(key, token);")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; Action end = Release; await WorkAsync(); Release(); void Release() => db.LockRelease(key, token);")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); } catch { Release(); throw; } Release(); void Release() => db.LockRelease(key, token);")]
    [InlineData("string mine = Guid.NewGuid().ToString(); if (!db.LockTake(key, mine, ttl)) return null; try { await WorkAsync(); } finally { Release(); } void Release() => db.LockRelease(key, [|Environment.MachineName|]);")]
    public Task NotReleasedOnThrow_ByALocalFunction(string statements) => Check.Reports(statements);

    /// <summary>A member that takes the lock by a local function answers its callers once.</summary>
    [Fact]
    public Task NobodyLooks_BehindALocalFunction() => Check.ReportsSource("""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            public async Task Run(string name, Func<Task> work)
            {
                await [|TryTake(name)|];
                await work();
            }

            private async Task<bool> TryTake(string name)
            {
                return await Take();

                Task<bool> Take() => db.LockTakeAsync("lock:" + name, "me", TimeSpan.FromMinutes(1));
            }
        }
        """, References.NewestClient);

    [Fact]
    public Task Fix_AroundALocalFunction() => Check.FixesSource(
        InTask("""
        Task<bool> Take() => db.LockTakeAsync("job:" + count, "me", TimeSpan.FromMinutes(1));
        Task Release() => db.LockReleaseAsync("job:" + count, "me");
        if (!await Take()) return;
        await work();
        await [|Release()|];
        """),
        InTask("""
        Task<bool> Take() => db.LockTakeAsync("job:" + count, "me", TimeSpan.FromMinutes(1));
        Task Release() => db.LockReleaseAsync("job:" + count, "me");
        if (!await Take()) return;
        try
        {
            await work();
        }
        finally
        {
            await Release();
        }
        """),
        "Finally");

    /// <summary>A handle whose constructor takes the lock, and which alone says whether it did.</summary>
    [Theory]
    [InlineData("using var handle = [|new Handle(db, name)|]; db.StringIncrement(name);")]
    [InlineData("using ([|new Handle(db, name)|]) { db.StringIncrement(name); }")]
    [InlineData("var handle = [|new Handle(db, name)|]; try { db.StringIncrement(name); } finally { handle.Dispose(); }")]
    [InlineData("using var handle = new Handle(db, name); if (!handle.Held) return; db.StringIncrement(name);")]
    [InlineData("using var handle = new Handle(db, name); Work(handle); db.StringIncrement(name);")]
    [InlineData("using var handle = new Strict(db, name); db.StringIncrement(name);")]
    [InlineData("using var handle = new Secret(db, name); db.StringIncrement(name);")]
    [InlineData("using var handle = new Waiting(db, name); db.StringIncrement(name);")]
    public Task NobodyLooks_AtAHandleThatIsMade(string statements) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            public void Run(string name)
            {
                {{statements}}
            }

            private static void Work(Handle handle) => Console.WriteLine(handle.Held);
        }

        sealed class Handle : IDisposable
        {
            private readonly IDatabase _db; private readonly string _key; private readonly string _token = Guid.NewGuid().ToString("N"); private readonly bool _held;
            public Handle(IDatabase db, string name) { _db = db; _key = "lock:" + name; _held = db.LockTake(_key, _token, TimeSpan.FromSeconds(30)); }
            public bool Held => _held;
            public void Dispose() { if (_held) _db.LockRelease(_key, _token); }
        }

        sealed class Strict : IDisposable
        {
            private readonly IDatabase _db; private readonly string _key; private readonly string _token = Guid.NewGuid().ToString("N");
            public Strict(IDatabase db, string name) { _db = db; _key = "lock:" + name; Held = db.LockTake(_key, _token, TimeSpan.FromSeconds(30)); if (!Held) throw new TimeoutException(); }
            public bool Held { get; }
            public void Dispose() => _db.LockRelease(_key, _token);
        }

        sealed class Secret : IDisposable
        {
            private readonly IDatabase _db; private readonly string _key; private readonly string _token = Guid.NewGuid().ToString("N"); private readonly bool _held;
            public Secret(IDatabase db, string name) { _db = db; _key = "lock:" + name; _held = db.LockTake(_key, _token, TimeSpan.FromSeconds(30)); }
            public void Dispose() { if (_held) _db.LockRelease(_key, _token); }
        }

        sealed class Waiting : IDisposable
        {
            private readonly IDatabase _db; private readonly string _key; private readonly string _token = Guid.NewGuid().ToString("N");
            public Waiting(IDatabase db, string name) { _db = db; _key = "lock:" + name; while (!db.LockTake(_key, _token, TimeSpan.FromSeconds(30))) Thread.Sleep(50); }
            public bool Held => true;
            public void Dispose() => _db.LockRelease(_key, _token);
        }
        """, References.NewestClient);

    [Theory]
    [InlineData("await [|db.LockTakeAsync(key, token, ttl)|];")]
    [InlineData("[|db.LockTake(key, token, ttl)|];")]
    [InlineData("_ = await [|db.LockTakeAsync(key, token, ttl)|];")]
    [InlineData("await [|db.LockTakeAsync(key, token, ttl)|].ConfigureAwait(false);")]
    [InlineData("await [|db.LockTakeAsync(key, token, ttl)|].WaitAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("[|db.LockTakeAsync(key, token, ttl)|].Wait();")]
    [InlineData("[|db.LockTakeAsync(key, token, ttl)|].GetAwaiter().GetResult();")]
    [InlineData("var taken = [|db.LockTake(key, token, ttl)|]; await WorkAsync();")]
    [InlineData("bool taken; taken = await [|db.LockTakeAsync(key, token, ttl)|]; await WorkAsync();")]
    [InlineData("while (flag) { await Task.Delay(1000); await [|db.LockExtendAsync(key, token, ttl)|]; }")]
    [InlineData("Action renew = () => [|db.LockExtend(key, token, ttl)|]; renew();")]
    [InlineData("await [|db.StringSetAsync(\"lock:report\", token, ttl, When.NotExists)|]; try { await WorkAsync(); } finally { await db.KeyDeleteAsync(\"lock:report\"); }")]
    [InlineData("await Task.WhenAll([|db.LockTakeAsync(key, token, ttl)|], WorkAsync());")]
    [InlineData("await Task.WhenAll(new Task[] { WorkAsync(), [|db.LockTakeAsync(key, token, ttl)|] });")]
    public Task NobodyLooks(string statements) => Check.Reports(statements);

    /// <summary>The answer of a taking that is queued comes when the queue is executed, unless nobody hears it.</summary>
    [Theory]
    [InlineData("var tran = db.CreateTransaction(); _ = [|tran.LockTakeAsync(key, token, ttl)|]; tran.Execute(); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("var tran = db.CreateTransaction(); var take = [|tran.LockTakeAsync(key, token, ttl)|]; await tran.ExecuteAsync(); await take; try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("var batch = db.CreateBatch(); var take = [|batch.LockTakeAsync(key, token, ttl)|]; batch.Execute(); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("var tran = db.CreateTransaction(); _ = tran.LockTakeAsync(key, token, ttl); if (!tran.Execute()) return null; try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("var tran = db.CreateTransaction(); var take = tran.LockTakeAsync(key, token, ttl); tran.Execute(); if (!await take) return null; try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("var tran = db.CreateTransaction(); _ = tran.LockTakeAsync(key, token, ttl); tran.Execute(); if (db.LockQuery(key) != token) return null; try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("var tran = db.CreateTransaction(); _ = tran.LockTakeAsync(key, token, ttl); Console.WriteLine(tran); tran.Execute(); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    public Task NobodyHearsTheQueue(string statements) => Check.NoFix(statements);

    [Theory]
    [InlineData("if (await db.LockTakeAsync(key, token, ttl)) { await WorkAsync(); await [|db.LockReleaseAsync(key, token)|]; }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; await WorkAsync(); [|db.LockRelease(key, token)|];")]
    [InlineData("bool taken = await db.LockTakeAsync(key, token, ttl); if (taken) { await WorkAsync(); await [|db.LockReleaseAsync(key, token)|]; }")]
    [InlineData("if (await db.LockTakeAsync(key, token, ttl)) { try { await WorkAsync(); } catch (TimeoutException) { Console.WriteLine(); } await [|db.LockReleaseAsync(key, token)|]; }")]
    [InlineData("while (!await db.LockTakeAsync(key, token, ttl)) await Task.Delay(50); await WorkAsync(); await [|db.LockReleaseAsync(key, token)|];")]
    [InlineData("var done = false; if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); done = true; } finally { if (done) [|db.LockRelease(key, token)|]; }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); } catch (RedisServerException) { db.LockRelease(key, token); throw; } [|db.LockRelease(key, token)|];")]
    public Task NotReleasedOnThrow(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("if (db.LockTake(key, \"me\", ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, [|\"you\"|]); } }")]
    [InlineData("if (db.LockTake(key, Guid.NewGuid().ToString(), ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, [|token|]); } }")]
    [InlineData("string id = Guid.NewGuid().ToString(); if (db.LockTake(key, id, ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, [|Environment.MachineName|]); } }")]
    [InlineData("if (db.LockTake(key, Environment.MachineName, ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, [|Guid.NewGuid().ToString()|]); } }")]
    [InlineData("var mine = Guid.NewGuid().ToString(); if (!db.LockTake(key, mine, ttl)) return null; try { await WorkAsync(); mine = Guid.NewGuid().ToString(); } finally { db.LockRelease(key, [|mine|]); }")]
    [InlineData("var mine = Guid.NewGuid().ToString(); while (!db.LockTake(key, mine, ttl)) { mine = Guid.NewGuid().ToString(); } try { await WorkAsync(); } finally { db.LockRelease(key, mine); }")]
    [InlineData("var mine = Guid.NewGuid().ToString(); if (!db.LockTake(key, mine, ttl)) { mine = Guid.NewGuid().ToString(); if (!db.LockTake(key, mine, ttl)) return null; } try { await WorkAsync(); } finally { db.LockRelease(key, mine); }")]
    public Task AnotherToken(string statements) => Check.Reports(statements);

    /// <summary>A property or method that makes a new token each time.</summary>
    [Theory]
    [InlineData("Token", true)]
    [InlineData("Made()", true)]
    [InlineData("Kept", false)]
    [InlineData("Lazy", false)]
    public Task AnotherToken_EachTime(string token, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            private string _lazy;
            private string Token => Guid.NewGuid().ToString("N");
            private string Kept { get; } = Guid.NewGuid().ToString("N");
            private string Lazy => _lazy ??= Guid.NewGuid().ToString("N");
            private static string Made() => Guid.NewGuid().ToString("N");

            public async Task Run(string id)
            {
                if (!await db.LockTakeAsync("o:" + id, {{token}}, TimeSpan.FromSeconds(30))) return;
                try { await db.StringIncrementAsync("n:" + id); }
                finally { await db.LockReleaseAsync("o:" + id, {{(isReported ? $"[|{token}|]" : token)}}); }
            }
        }
        """);

    [Theory]
    [InlineData("if (await db.LockTakeAsync(key, token, ttl)) { try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, token); } }")]
    [InlineData("if (!await db.LockTakeAsync(key, token, ttl)) { return null; } try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, token); }")]
    [InlineData("return await db.LockTakeAsync(key, token, ttl);")]
    [InlineData("if (await db.LockTakeAsync(key, Guid.NewGuid().ToString(), ttl)) { try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, await db.LockQueryAsync(key)); } }")]
    [InlineData("var task = db.LockTakeAsync(key, token, ttl); if (await task) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    [InlineData("bool taken = db.LockTake(key, token, ttl); Console.WriteLine(taken);")]
    [InlineData("Func<bool> take = () => db.LockTake(key, token, ttl); if (take()) { await WorkAsync(); }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { try { await WorkAsync(); } catch { db.LockRelease(key, token); throw; } db.LockRelease(key, token); }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { try { await WorkAsync(); } catch (Exception e) { Console.WriteLine(e); } db.LockRelease(key, token); }")]
    [InlineData("var held = false; try { if (!db.LockTake(key, token, ttl)) return null; held = true; await WorkAsync(); } finally { if (held) db.LockRelease(key, token); }")]
    [InlineData("var held = db.LockTake(key, token, ttl); try { if (!held) return null; await WorkAsync(); } finally { if (held) db.LockRelease(key, token); }")]
    [InlineData("var done = flag; if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); done = true; } finally { if (done) db.LockRelease(key, token); }")]
    [InlineData("var failed = true; if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); failed = false; } finally { if (!failed) Console.WriteLine(); db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); } catch (TimeoutException) { db.LockRelease(key, token); throw; } catch (Exception) { db.LockRelease(key, token); throw; } db.LockRelease(key, token);")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); } catch (Exception e) when (e is not TimeoutException) { db.LockRelease(key, token); throw; } db.LockRelease(key, token);")]
    [InlineData("bool[] answers = await Task.WhenAll(db.LockTakeAsync(key, token, ttl), db.KeyExistsAsync(key)); if (answers[0]) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { var count = 1 + 1; Console.WriteLine(count); db.LockRelease(key, token); }")]
    [InlineData("if (db.LockTake(\"throttle\", token, ttl)) { await WorkAsync(); }")]
    [InlineData("while (await db.LockExtendAsync(key, token, ttl)) { await Task.Delay(1000); }")]
    [InlineData("if (!db.LockExtend(key, token, ttl)) { throw new TimeoutException(); }")]
    [InlineData("await db.StringSetAsync(\"seen:1\", token, ttl, When.NotExists);")]
    [InlineData("var tran = db.CreateTransaction(); _ = tran.LockTakeAsync(key, token, ttl); tran.Execute();")]
    [InlineData("if (db.LockTake(key, token, ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, token.ToString()); } }")]
    [InlineData("string id = Guid.NewGuid().ToString(); if (db.LockTake(key, id, ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, id); } }")]
    [InlineData("var t1 = db.LockTakeAsync(key, \"right\", ttl); var t2 = db.LockTakeAsync(key, \"wrong\", ttl); await Task.WhenAll(t1, t2); var t3 = db.LockReleaseAsync(key, \"right\"); var t4 = db.LockTakeAsync(key, \"wrong\", ttl); Console.WriteLine(await t3 && await t4);")]
    public Task Silent(string statements) => Check.Reports(statements);

    /// <summary>An exit between the taking and the try whose finally gives the lock back.</summary>
    [Theory]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; if (flag) [|return null;|] try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (await db.LockTakeAsync(key, token, ttl)) { var held = await db.StringGetAsync(\"a\"); if (held.IsNull) { [|return held;|] } try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, token); } }")]
    [InlineData("var ok = db.LockTake(key, token, ttl); if (!ok) return null; if (flag) [|throw new TimeoutException();|] try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { if (flag) return null; await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) { if (flag) return null; throw new TimeoutException(); } try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; if (flag) { db.LockRelease(key, token); return null; } try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; Func<int> n = () => { return 1; }; try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (flag) return null; if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("while (!db.LockTake(key, token, ttl)) { if (flag) return null; await Task.Delay(50); } try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("try { if (!db.LockTake(key, token, ttl)) return null; if (flag) return null; await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    public Task LeftBeforeTheTry(string statements) => Check.Reports(statements);

    /// <summary>A call between the taking and the try whose finally gives the lock back: when it throws, nothing does.</summary>
    [Theory]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; var old = await [|db.StringGetAsync(\"x\")|]; try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; var old = [|db.StringGet(\"x\")|]; try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; await [|http.GetStringAsync(\"http://b\")|]; try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (await db.LockTakeAsync(key, token, ttl)) { await [|http.GetStringAsync(\"http://b\")|]; try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    [InlineData("while (!db.LockTake(key, token, ttl)) await Task.Delay(50); await [|http.GetStringAsync(\"http://b\")|].ConfigureAwait(false); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; var page = await [|http.GetStringAsync(\"http://a\")|]; try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; Func<Task> work = () => WorkAsync(); await [|work()|]; try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; var old = await [|db.StringGetAsync(\"x\")|]; if (old.HasValue) { db.LockRelease(key, token); return old; } try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; await [|http.GetStringAsync(\"http://b\")|].WaitAsync(TimeSpan.FromSeconds(9)); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    public Task CallBeforeTheTry(string statements) => Check.Reports("var http = new System.Net.Http.HttpClient(); " + statements);

    [Theory]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; Console.WriteLine(key); var watch = System.Diagnostics.Stopwatch.StartNew(); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; await Task.Delay(50); await Task.Yield(); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; var made = Load(); try { await WorkAsync(); } finally { db.LockRelease(key, token); } string Load() => \"a\" + key;")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; await Note(); try { await WorkAsync(); } finally { db.LockRelease(key, token); } async Task Note() { Console.WriteLine(key); await Task.Yield(); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; var task = db.StringGetAsync(\"x\"); try { await task; await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; Func<Task> later = async () => { await WorkAsync(); }; try { await later(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); try { await WorkAsync(); } finally { db.LockRelease(key, token); } } finally { db.LockRelease(key, token); }")]
    [InlineData("try { if (!db.LockTake(key, token, ttl)) return null; await WorkAsync(); try { await WorkAsync(); } finally { db.LockRelease(key, token); } } catch (Exception) { db.LockRelease(key, token); throw; }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) { await WorkAsync(); return null; } try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("await WorkAsync(); if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; var tran = db.CreateTransaction(); _ = tran.StringSetAsync(\"x\", 1); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; _ = db.StringIncrementAsync(\"n\"); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("var ok = db.LockTake(key, token, ttl); try { if (!ok) return null; await WorkAsync(); } finally { if (ok) db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; Action<string> log = text => Console.WriteLine(text); log(\"got\"); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    public Task CallBeforeTheTry_Silent(string statements) => Check.Reports("var http = new System.Net.Http.HttpClient(); " + statements);

    /// <summary>A test that asks for the lock and for something else, which may say no.</summary>
    [Theory]
    [InlineData("if (await db.LockTakeAsync(key, token, ttl) && [|await db.KeyExistsAsync(\"ready\")|]) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    [InlineData("if (db.LockTake(key, token, ttl) && [|flag|]) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    [InlineData("var ok = db.LockTake(key, token, ttl); if (ok && [|flag|]) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    [InlineData("var ok = db.LockTake(key, token, ttl); if ([|flag|] && ok) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    [InlineData("if (!db.LockTake(key, token, ttl) || [|flag|]) return null; try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (db.LockTake(key, token, ttl) && [|flag|]) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } } else { Console.WriteLine(); }")]
    [InlineData("if (flag && db.LockTake(key, token, ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    [InlineData("if (db.LockTake(key, token, ttl) && flag) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } } else { db.LockRelease(key, token); }")]
    [InlineData("if (db.LockTake(key, token, ttl) && flag) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } } db.LockRelease(key, token);")]
    [InlineData("if (db.LockTake(key, token, ttl) && flag) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } } else { Release(); } void Release() { }")]
    [InlineData("try { if (db.LockTake(key, token, ttl) && flag) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } } } finally { db.LockRelease(key, token); }")]
    [InlineData("var ok = db.LockTake(key, token, ttl); if (ok && flag) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } } if (ok && !flag) { db.LockRelease(key, token); }")]
    [InlineData("var ok = db.LockTake(key, token, ttl); if (ok && flag) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } } if (ok) Console.WriteLine();")]
    [InlineData("var ok = db.LockTake(key, token, ttl); if (ok && !flag) { db.LockRelease(key, token); return null; } return ok;")]
    [InlineData("if (db.LockTake(key, token, ttl) && db.LockQuery(key) == token) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    [InlineData("if (db.LockTake(key, token, ttl) || flag) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    [InlineData("var reply = db.Execute(\"SET\", key, token, \"NX\", \"EX\", \"30\"); if (!reply.IsNull && (string)reply == \"OK\") { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    [InlineData("var ok = false; if (flag) ok = db.LockTake(key, token, ttl); if (ok && flag) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    public Task SomethingElseSaysNo(string statements) => Check.Reports(statements);

    /// <summary>The tries are used up, and the work runs all the same.</summary>
    [Theory]
    [InlineData("bool held; var tries = 5; while (!(held = await [|db.LockTakeAsync(key, token, ttl)|]) && tries-- > 0) await Task.Delay(20); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("var tries = 5; while (!await [|db.LockTakeAsync(key, token, ttl)|] && tries-- > 0) { Console.WriteLine(\"busy\"); await Task.Delay(20); } try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("var held = false; var n = 0; while (!held && n < 5) { held = [|db.LockTake(key, token, ttl)|]; n++; if (!held) await Task.Delay(20); } try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("bool held; var n = 0; do { held = await [|db.LockTakeAsync(key, token, ttl)|]; } while (!held && ++n < 5); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("bool held; var tries = 5; while (!(held = await db.LockTakeAsync(key, token, ttl)) && tries-- > 0) await Task.Delay(20); if (!held) return null; try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("bool held; var tries = 5; while (!(held = await db.LockTakeAsync(key, token, ttl)) && tries-- > 0) await Task.Delay(20); if (held) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    [InlineData("var tries = 5; while (!await db.LockTakeAsync(key, token, ttl)) { if (tries-- == 0) return null; await Task.Delay(20); } try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("var tries = 5; while (!await db.LockTakeAsync(key, token, ttl) && tries-- > 0) { if (tries == 0) throw new TimeoutException(); } try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("var stop = System.Threading.CancellationToken.None; bool held; while (!(held = db.LockTake(key, token, ttl)) && !stop.IsCancellationRequested) await Task.Delay(20); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("bool held; while (!(held = db.LockTake(key, token, ttl)) || flag) await Task.Delay(20); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("var n = 0; while (!await db.LockTakeAsync(key, token, ttl) && n < 50) { n++; await Task.Delay(20); } if (n == 50) throw new TimeoutException(); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    public Task WorkRunsWhenTheTriesAreUsedUp(string statements) => Check.Reports(statements);

    /// <summary>A release for some exceptions only.</summary>
    [Theory]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); [|db.LockRelease(key, token)|]; } catch (Exception e) when (e.Message == \"x\") { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); [|db.LockRelease(key, token)|]; } catch (Exception e) when (e is TimeoutException) { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); [|db.LockRelease(key, token)|]; } catch (Exception e) when (flag && e is TimeoutException) { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); [|db.LockRelease(key, token)|]; } catch (OperationCanceledException) when (flag) { db.LockRelease(key, token); throw; }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); db.LockRelease(key, token); } catch (Exception e) when (Log(e)) { db.LockRelease(key, token); throw; } bool Log(Exception e) => e != null;")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); db.LockRelease(key, token); } catch (Exception e) when (e is not OperationCanceledException) { db.LockRelease(key, token); throw; }")]
    public Task ReleasedForSomeExceptions(string statements) => Check.Reports(statements);

    /// <summary>The test of the answer is the wrong way round.</summary>
    [Theory]
    [InlineData("if (db.LockTake(key, token, ttl)) { Console.WriteLine(\"busy\"); return null; } await WorkAsync(); db.LockRelease(key, token);")]
    [InlineData("while (true) { var locked = await db.LockTakeAsync(key, token, ttl); if (locked) { await Task.Delay(ttl); [|continue;|] } await WorkAsync(); await db.LockReleaseAsync(key, token); }")]
    [InlineData("if (db.LockTake(key, token, ttl)) [|return null;|] try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (db.StringSet(key, 1, ttl, When.NotExists)) return \"on\"; db.KeyDelete(key); return \"off\";")]
    [InlineData("if (db.LockTake(key, token, ttl)) { await WorkAsync(); return null; } Console.WriteLine(\"busy\");")]
    [InlineData("while (flag) { if (await db.LockTakeAsync(key, token, ttl)) { return true; } else { await Task.Delay(100); } } await db.LockReleaseAsync(key, token);")]
    public Task TheTestIsTheWrongWayRound(string statements) => Check.Reports(statements);

    /// <summary>The exit of who has not got the lock, by a raw command's reply in whichever spelling.</summary>
    [Theory]
    [InlineData("if ((int)db.Execute(\"SETNX\", key, token) == 0) return null;")]
    [InlineData("var n = (int)db.Execute(\"SETNX\", key, token); if (n == 0) return null;")]
    [InlineData("var n = (long)await db.ExecuteAsync(\"SETNX\", key, token); if (n < 1) return null;")]
    [InlineData("if (0 == (long)db.Execute(\"SETNX\", key, token)) return null;")]
    [InlineData("if (1 > (long)db.Execute(\"SETNX\", key, token)) return null;")]
    [InlineData("if ((int)db.Execute(\"SETNX\", key, token) is 0) return null;")]
    [InlineData("if ((int)db.Execute(\"SETNX\", key, token) is not 1) return null;")]
    [InlineData("if ((int)db.Execute(\"SETNX\", key, token) is <= 0) return null;")]
    [InlineData("if (!((int)db.Execute(\"SETNX\", key, token) > 0)) return null;")]
    [InlineData("if ((long)db.Execute(\"SETNX\", key, token) != 1) return null;")]
    [InlineData("if ((string)db.Execute(\"SETNX\", key, token) == \"0\") return null;")]
    [InlineData("if ((RedisValue)db.Execute(\"SETNX\", key, token) == 0) return null;")]
    [InlineData("if ((string)db.Execute(\"SET\", key, token, \"NX\", \"EX\", \"30\") == null) return null;")]
    [InlineData("if ((int)db.Execute(\"SETNX\", key, token) == 0) return null; if (flag) [|return null;|]")]
    [InlineData("if ((int)db.Execute(\"SETNX\", key, token) != 1) return null; if (flag) [|return null;|]")]
    public Task LeftBeforeTheTry_ByTheReply(string take) =>
        Check.Reports(take + " try { await WorkAsync(); } finally { db.LockRelease(key, token); }");

    [Theory]
    [InlineData("(int)db.Execute(\"SETNX\", key, token) != 0")]
    [InlineData("(int)db.Execute(\"SETNX\", key, token) >= 1")]
    [InlineData("(int)db.Execute(\"SETNX\", key, token) is > 0")]
    public Task LeftBeforeTheTry_WhereTheReplySaysYes(string test) => Check.Reports(
        $"if ({test}) {{ if (flag) [|return null;|] try {{ await WorkAsync(); }} finally {{ db.LockRelease(key, token); }} }}");

    /// <summary>A release by the key, or by text made of it, of what is taken by a new GUID.</summary>
    [Theory]
    [InlineData("var mine = Guid.NewGuid().ToString(); if (!db.LockTake(\"lock:\" + id, mine, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease(\"lock:\" + id, [|id|]); }")]
    [InlineData("if (!db.LockTake(id, Guid.NewGuid().ToString(), ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease(id, [|id|]); }")]
    [InlineData("var mine = $\"{id}:{Guid.NewGuid()}\"; if (!db.LockTake(id, mine, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease(id, [|id + \":mine\"|]); }")]
    [InlineData("var mine = Guid.NewGuid().ToString(); if (!db.StringSet(id, mine, ttl, When.NotExists)) return null; try { await WorkAsync(); } finally { [|db.ScriptEvaluate(\"if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end\", new RedisKey[] { id })|]; }")]
    [InlineData("if (!db.StringSet(id, token, ttl, When.NotExists)) return null; try { await WorkAsync(); } finally { db.ScriptEvaluate(\"if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end\", new RedisKey[] { id }, new RedisValue[] { [|Guid.NewGuid().ToString()|] }); }")]
    [InlineData("if (!db.StringSet(id, token, ttl, When.NotExists)) return null; try { await WorkAsync(); } finally { [|db.Execute(\"EVAL\", \"if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end\", 1, id)|]; }")]
    [InlineData("if (!db.StringSet(id, token, ttl, When.NotExists)) return null; try { await WorkAsync(); } finally { db.ScriptEvaluate(\"if ARGV[1] == nil or redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end\", new RedisKey[] { id }); }")]
    [InlineData("if (!db.StringSet(id, token, ttl, When.NotExists)) return null; try { await WorkAsync(); } finally { db.ScriptEvaluate(\"local t = ARGV[1] or 'x' if redis.call('get', KEYS[1]) == t then return redis.call('del', KEYS[1]) end\", new RedisKey[] { id }); }")]
    [InlineData("if (!db.StringSet(id, token, ttl, When.NotExists)) return null; try { await WorkAsync(); } finally { [|db.ScriptEvaluate(\"local t = ARGV[1] if redis.call('get', KEYS[1]) == t then return redis.call('del', KEYS[1]) end\", new RedisKey[] { id })|]; }")]
    [InlineData("if (!db.StringSet(id, token, ttl, When.NotExists)) return null; try { await WorkAsync(); } finally { db.Execute(\"EVAL\", \"if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end\", 1, id, token); }")]
    [InlineData("var mine = Guid.NewGuid().ToString(); if (!db.StringSet(id, mine, ttl, When.NotExists)) return null; try { await WorkAsync(); } finally { db.ScriptEvaluate(\"if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end\", new RedisKey[] { id }, new RedisValue[] { [|id|] }); }")]
    [InlineData("var mine = Guid.NewGuid().ToString(); if (!db.StringSet(id, mine, ttl, When.NotExists)) return null; try { await WorkAsync(); } finally { db.ScriptEvaluate(\"if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end\", new RedisKey[] { id }, new RedisValue[] { mine }); }")]
    [InlineData("if (!db.LockTake(id, token, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease(id, id); }")]
    [InlineData("var mine = Guid.NewGuid().ToString(); if (!db.LockTake(id, mine, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease(id, token); }")]
    [InlineData("var mine = Guid.NewGuid().ToString(); if (!db.LockTake(mine, mine, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease(mine, mine); }")]
    [InlineData("var mine = Guid.NewGuid().ToString(); if (flag) mine = id; if (!db.LockTake(id, mine, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease(id, id); }")]
    [InlineData("if (flag ? !db.LockTake(id, Guid.NewGuid().ToString(), ttl) : !db.LockTake(id, id, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease(id, id); }")]
    public Task AnotherTokenThatIsMadeOfTheKey(string statements) => Check.Reports("string id = key; " + statements);

    [Theory]
    [InlineData("db.StringSetAsync(\"lock:\" + name, Guid.NewGuid().ToString(), ttl, When.NotExists)", "db.LockReleaseAsync(\"lock:\" + name, [|name|])")]
    [InlineData("db.LockTakeAsync(\"lock:\" + name, Guid.NewGuid().ToString(), ttl)", "db.LockReleaseAsync(\"lock:\" + name, [|\"me\"|])")]
    [InlineData("db.LockTakeAsync(\"lock:\" + name, Guid.NewGuid().ToString(), ttl)", "db.ScriptEvaluateAsync(Script, new RedisKey[] { \"lock:\" + name }, new RedisValue[] { [|name|] })")]
    [InlineData("db.LockTakeAsync(\"lock:\" + name, Guid.NewGuid().ToString(), ttl)", "db.ScriptEvaluateAsync(Script, new RedisKey[] { \"lock:\" + name }, new RedisValue[] { token })")]
    [InlineData("db.LockTakeAsync(\"lock:\" + name, Guid.NewGuid().ToString(), ttl)", "db.LockReleaseAsync(\"lock:\" + name, token)")]
    [InlineData("db.LockTakeAsync(\"lock:\" + name, name, ttl)", "db.LockReleaseAsync(\"lock:\" + name, name)")]
    [InlineData("db.LockTakeAsync(\"lock:\" + name, _me, ttl)", "db.LockReleaseAsync(\"lock:\" + name, [|name|])")]
    [InlineData("db.LockTakeAsync(\"lock:\" + name, Guid.NewGuid().ToString(), ttl)", "db.LockReleaseAsync(\"lock:\" + token.Split('|')[0], token.Split('|')[1])")]
    public Task AnotherTokenInAnotherMember(string take, string release) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Locks(IDatabase db)
        {
            private const string Script = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";
            private readonly string _me = Guid.NewGuid().ToString();

            public Task<bool> TakeAsync(string name, TimeSpan ttl) => {{take}};

            public Task ReleaseAsync(string name, string token) => {{release}};
        }
        """);

    /// <summary>The answer is looked at, and the work runs all the same.</summary>
    [Theory]
    [InlineData("var ok = await [|db.LockTakeAsync(key, token, ttl)|]; try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = false; try { ok = await [|db.LockTakeAsync(key, token, ttl)|]; await WorkAsync(); } finally { if (ok) { Console.WriteLine(\"done\"); await db.LockReleaseAsync(key, token); } }")]
    [InlineData("var ok = [|db.LockTake(key, token, ttl)|]; if (!ok) Console.WriteLine(\"busy\"); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!await [|db.LockTakeAsync(key, token, ttl)|]) { Console.WriteLine($\"busy {key}\"); } try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = [|db.LockTake(key, token, ttl)|]; if (ok) Console.WriteLine(\"got\"); else Console.WriteLine(\"busy\"); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("var ok = [|db.LockTake(key, token, ttl)|]; if (!ok) await Task.Delay(TimeSpan.FromSeconds(1)); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("var ok = [|db.LockTake(key, token, ttl)|]; Console.WriteLine(\"lock: \" + ok); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("var ok = [|db.LockTake(key, token, ttl)|]; Console.WriteLine($\"lock: {(ok ? \"yes\" : \"no\")}\"); await WorkAsync(); if (ok) [|db.LockRelease(key, token)|];")]
    [InlineData("var ok = await [|db.StringSetAsync(key, token, ttl, When.NotExists)|]; try { await WorkAsync(); } finally { if (ok) await db.KeyDeleteAsync(key); }")]
    [InlineData("var task = [|db.LockTakeAsync(key, token, ttl)|]; await task; try { await WorkAsync(); } finally { if (task.Result) await db.LockReleaseAsync(key, token); }")]
    [InlineData("bool ok; if (!(ok = await [|db.LockTakeAsync(key, token, ttl)|])) Console.WriteLine(); try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    public Task WorkRunsWithoutTheLock(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); try { if (ok) await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); if (!ok) { Console.WriteLine(\"busy\"); return null; } try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); try { if (!ok) throw new TimeoutException(); await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); if (!ok) { await Task.Delay(500); ok = await db.LockTakeAsync(key, token, ttl); } try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); if (!ok) { await Task.Delay(500); var there = await db.StringGetAsync(\"other\"); if (there.HasValue) return there; } try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = false; while (!ok) { ok = await db.LockTakeAsync(key, token, ttl); if (!ok) await Task.Delay(50); } try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); Check(ok); try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); } void Check(bool got) { if (!got) throw new TimeoutException(); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); void Check() { if (!ok) throw new TimeoutException(); } Check(); try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); System.Diagnostics.Debug.Assert(ok); try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); var go = ok || flag; if (!go) return null; try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); var n = 0; if (!ok) n++; try { if (n == 0) await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); if (!ok) Environment.Exit(1); try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); if (!ok) await Task.Delay(500); if (ok) await db.LockReleaseAsync(key, token); await WorkAsync();")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); if (!ok) Console.WriteLine(\"busy\"); await WorkAsync();")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); switch (ok) { case false: return null; } try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("bool ok; if (!(ok = await db.LockTakeAsync(key, token, ttl))) return null; try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); var go = ok; if (!go) return null; try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); var other = WorkAsync(); if (!ok) await other; try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, ttl); dynamic gate = key; if (!ok) gate.Fail(); try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    public Task WorkRunsWithoutTheLock_Silent(string statements) => Check.Reports(statements);

    /// <summary>A helper answers with a token, or with no, where it did not get the lock; and one that never does.</summary>
    [Theory]
    [InlineData("return await db.LockTakeAsync(key, token, Life) ? token : null;", true)]
    [InlineData("if (!await db.LockTakeAsync(key, token, Life)) return null; return token;", true)]
    [InlineData("for (var i = 0; i < 9; i++) { if (await db.LockTakeAsync(key, token, Life)) return token; await Task.Delay(9); } return null;", true)]
    [InlineData("while (!await db.LockTakeAsync(key, token, Life)) await Task.Delay(9); return token;", false)]
    [InlineData("if (!await db.LockTakeAsync(key, token, Life)) throw new TimeoutException(); return token;", false)]
    public Task WorkRunsWithoutTheLockOfAHelper(string helper, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

            private async Task<string> Enter(string key)
            {
                var token = Guid.NewGuid().ToString("N");
                {{helper}}
            }

            private Task<bool> Leave(string key, string token) => db.LockReleaseAsync(key, token);

            public async Task Run(string key, Func<Task> work)
            {
                var token = await {{(isReported ? "[|Enter(key)|]" : "Enter(key)")}};
                try { await work(); } finally { if (token != null) await Leave(key, token); }
            }

            public async Task RunUnlessBusy(string key, Func<Task> work)
            {
                var token = await Enter(key);
                if (token == null) return;
                try { await work(); } finally { if (token != null) await Leave(key, token); }
            }
        }
        """);

    /// <summary>A helper whose result is the lock's answer, and what gives that answer up.</summary>
    [Theory]
    [InlineData("[|TrySet(name)|]; await WorkAsync();")]
    [InlineData("await [|TrySet(name)|]; await WorkAsync();")]
    [InlineData("_ = await [|TrySet(name)|].ConfigureAwait(false); await WorkAsync();")]
    [InlineData("[|Blocking(name)|]; await WorkAsync();")]
    [InlineData("await [|Logged(name)|];")]
    [InlineData("await [|Outer(name, Life)|];")]
    [InlineData("if (await TrySet(name)) await WorkAsync();")]
    [InlineData("var got = Blocking(name); Console.WriteLine(got);")]
    [InlineData("await Once(name);")]
    [InlineData("await Ignored(name);")]
    public Task NobodyLooksAtTheAnswerOfAHelper(string statements) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Locker(IDatabase db)
        {
            private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

            public Task<bool> TrySet(string name) => db.LockTakeAsync("lock:" + name, "me", Life);

            public Task<bool> TrySet(string name, TimeSpan life) => db.LockTakeAsync("lock:" + name, "me", life);

            public Task<bool> Outer(string name, TimeSpan life) => TrySet("outer:" + name, life);

            public bool Blocking(string name)
            {
                var got = db.LockTake("lock:" + name, "me", Life);
                return got;
            }

            public async Task<bool> Logged(string name)
            {
                if (!await db.LockTakeAsync("lock:" + name, "me", Life)) return false;
                Console.WriteLine(name);
                return true;
            }

            /// Does the work itself, so that nobody has to ask.
            public async Task<bool> Once(string name)
            {
                if (!await db.LockTakeAsync("lock:" + name, "me", Life)) return false;
                await WorkAsync();
                return true;
            }

            public Task Ignored(string name) => [|db.LockTakeAsync("lock:" + name, "me", Life)|];

            public void IgnoredToo(string name) => [|db.LockTake("lock:" + name, "me", Life)|];

            public Task WorkAsync() => Task.CompletedTask;

            public async Task Run(string name)
            {
                {{statements}}
            }
        }
        """);

    [Theory]
    [InlineData("if (!db.LockTake(\"lock:a\", token, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease([|\"lock:b\"|], token); }")]
    [InlineData("if (!db.LockTake(\"lock:\" + key, token, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease([|key|], token); }")]
    [InlineData("var mine = Guid.NewGuid().ToString(); if (await db.LockTakeAsync(\"lock:a\", mine, ttl)) { await WorkAsync(); await db.LockReleaseAsync([|\"lock:b\"|], mine); }")]
    [InlineData("if (!db.LockTake(\"a\", \"me\", ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease([|\"b\"|], \"me\"); }")]
    [InlineData("if (!db.LockTake(key.Prepend(\"lock:\"), token, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease([|key|], token); }")]
    [InlineData("if (!db.LockTake(key.Append(\":lock\"), token, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease([|key.Append(\":locked\")|], token); }")]
    [InlineData("var mine = Guid.NewGuid().ToString(); if (!db.LockTake(\"lock:\" + text, mine, ttl)) return null; try { await WorkAsync(); } finally { [|db.ScriptEvaluate(\"if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end\", new RedisKey[] { \"lock2:\" + text }, new RedisValue[] { mine })|]; }")]
    public Task AnotherKeyIsReleased(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("if (!db.LockTake(\"a\", \"me\", ttl)) return null; await WorkAsync(); db.LockRelease(\"b\", \"me\");")]
    [InlineData("if (!db.LockTake(\"a\", token, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease(\"b\", \"you\"); }")]
    [InlineData("var held = \"a\"; if (flag) held = \"b\"; if (!db.LockTake(\"a\", token, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease(held, token); }")]
    [InlineData("var names = new[] { \"a\", \"b\" }; foreach (var name in names) if (!db.LockTake(name, token, ttl)) return null; foreach (var name in names) db.LockRelease(name, token);")]
    [InlineData("if (!db.LockTake(\"a\", token, ttl)) return null; if (!db.LockTake(\"b\", token, ttl)) { db.LockRelease(\"a\", token); return null; } try { await WorkAsync(); } finally { db.LockRelease(\"b\", token); db.LockRelease(\"a\", token); }")]
    [InlineData("if (!db.LockTake(key.Prepend(\"lock:\"), token, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease(\"lock:\" + key, token); }")]
    [InlineData("if (!db.LockTake(\"a\", token, ttl)) return null; try { await WorkAsync(); } finally { db.ScriptEvaluate(\"if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end\", new RedisKey[] { \"a\" }, new RedisValue[] { token }); }")]
    [InlineData("if (!db.LockTake(\"a\", token, ttl)) return null; if (!db.LockTake(\"b\", token, ttl)) { db.LockRelease(\"a\", token); return null; } try { await WorkAsync(); } finally { db.LockRelease(\"a\", token); db.ScriptEvaluate(\"if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end\", new RedisKey[] { \"b\" }, new RedisValue[] { token }); }")]
    public Task AnotherKeyIsReleased_Silent(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); [|db.StringSet(key, \"done\")|]; } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { [|db.StringSet(key, \"done\", ttl)|]; } finally { db.LockRelease(key, token); }")]
    [InlineData("if (await db.LockTakeAsync(key, token, ttl)) { try { await [|db.StringIncrementAsync(key)|]; } finally { await db.LockReleaseAsync(key, token); } }")]
    [InlineData("if (!db.StringSet(key, token, ttl, When.NotExists)) return null; try { [|db.StringSet(key, 1)|]; } finally { db.LockRelease(key, token); }")]
    public Task OwnKeyIsWrittenAsData(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("if (!db.LockTake(key + \":lock\", token, ttl)) return null; try { db.StringSet(key, \"done\", ttl); } finally { db.LockRelease(key + \":lock\", token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); db.StringSet(key, token, ttl, When.Exists); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; try { await WorkAsync(); } finally { db.LockRelease(key, token); } db.StringSet(key, \"done\");")]
    [InlineData("if (!db.StringSet(key, \"running\", ttl, When.NotExists)) return null; try { await WorkAsync(); db.StringSet(key, \"done\", ttl); } catch { db.KeyDelete(key); throw; }")]
    public Task OwnKeyIsWrittenAsData_Silent(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("using var handle = [|cs.Lock(\"a\", 10)|]; work();")]
    [InlineData("using (var handle = [|cs.TryLock(\"a\", 10)|]) work();")]
    [InlineData("using ([|free.Lock(\"a\", 10)|]) work();")]
    [InlineData("[|free.Lock(\"a\", 10)|]; work();")]
    [InlineData("var handle = [|free.Lock(\"a\", 10)|]; try { work(); } finally { handle?.Unlock(); }")]
    [InlineData("await using var handle = await [|factory.CreateLockAsync(\"a\", ttl)|]; work();")]
    [InlineData("using var handle = [|factory.CreateLock(\"a\", ttl)|]; work();")]
    [InlineData("await using var handle = await [|named.TryAcquireAsync()|]; work();")]
    [InlineData("using var handle = [|cs.Lock(\"a\", 10)|]; if (handle == null) Console.WriteLine(\"busy\"); work();")]
    [InlineData("using (var handle = [|cs.Lock(\"a\", 10)|]) { if (handle is null) Console.WriteLine(\"busy\"); work(); }")]
    [InlineData("await using var handle = await [|factory.CreateLockAsync(\"a\", ttl)|]; if (!handle.IsAcquired) Console.WriteLine($\"busy: {handle.Status}\"); work();")]
    [InlineData("await using var handle = await [|named.TryAcquireAsync()|]; if (handle is null) await Task.Delay(50); work();")]
    [InlineData("await using var handle = await [|factory.CreateLockAsync(\"a\", ttl)|]; if (handle is null) return; work();")]
    [InlineData("using var handle = [|factory.CreateLock(\"a\", ttl)|]; if (null != handle) work();")]
    [InlineData("using var handle = [|factory.CreateLock(\"a\", ttl)|]; if (handle is { }) work();")]
    [InlineData("using (var handle = [|factory.CreateLockAsync(\"a\", ttl)|]) { if (handle == null) return; work(); }")]
    [InlineData("using (var handle = [|named.TryAcquireAsync()|].AsTask()) { if (handle is not null) work(); }")]
    [InlineData("var taken = [|named.TryAcquireAsync()|]; if ((object)taken == null) return; work();")]
    [InlineData("using var handle = factory.CreateLock(\"a\", ttl); if (handle is null || !handle.IsAcquired) return; work();", true)]
    [InlineData("using var handle = factory.CreateLock(\"a\", ttl); if (handle is not { IsAcquired: true }) return; work();", true)]
    [InlineData("using var taking = named.TryAcquireAsync().AsTask(); if (taking is null) return; using var handle = await taking; if (handle is null) return; work();", true)]
    [InlineData("await using var handle = await named.TryAcquireAsync(); if (handle is null) await Task.Delay(50);", true)]
    [InlineData("await using var handle = await named.TryAcquireAsync(); if (handle is null) { Console.WriteLine(); } else { work(); }", true)]
    [InlineData("await using var handle = await factory.CreateLockAsync(\"a\", ttl); if (!handle.IsAcquired) throw new TimeoutException(); work();", true)]
    [InlineData("await using var handle = await factory.CreateLockAsync(\"a\", ttl); Use(handle); if (!handle.IsAcquired) Console.WriteLine(); work();", true)]
    [InlineData("await using var handle = await [|provider.TryAcquireLockAsync(\"a\")|]; work();")]
    [InlineData("using (var handle = [|provider.TryAcquireLock(\"a\")|]) work();")]
    [InlineData("IDistributedLock any = named; using var handle = [|any.TryAcquire()|]; work();")]
    [InlineData("await using var handle = await provider.AcquireLockAsync(\"a\"); work();", true)]
    [InlineData("await using var handle = await provider.TryAcquireLockAsync(\"a\"); if (handle is null) return; work();", true)]
    [InlineData("using (named.TryAcquire()) { }", true)]
    [InlineData("using var handle = cs.Lock(\"a\", 10); if (handle is null) return; work();", true)]
    [InlineData("using var handle = free.Lock(\"a\", 10) ?? throw new TimeoutException(); work();", true)]
    [InlineData("using var handle = factory.CreateLock(\"a\", ttl); if (!handle.IsAcquired) return; work();", true)]
    [InlineData("await using var handle = await named.AcquireAsync(); work();", true)]
    [InlineData("Kept = cs.Lock(\"a\", 10);", true)]
    [InlineData("var handle = free.Lock(\"a\", 10); Use(handle);", true)]
    public Task HandleIsNeverLookedAt(string statements, bool isSilent = false) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using Medallion.Threading;
        using Medallion.Threading.Redis;
        using RedLockNet;

        class Jobs(CSRedis.CSRedisClient cs, FreeRedis.RedisClient free, IDistributedLockFactory factory, RedisDistributedLock named,
            IDistributedLockProvider provider)
        {
            private object Kept;

            private void Use(object handle) => Console.WriteLine(handle);

            public async Task Run(Action work, TimeSpan ttl)
            {
                {{(isSilent ? statements.Replace("named.TryAcquire())", "named.Acquire())") : statements)}}
                await Task.Yield();
            }
        }
        """, References.AllClients);

    /// <summary>The answer of a helper that tries again, and hands on what the code answers at last.</summary>
    [Theory]
    [InlineData("await Retry(() => [|db.LockTakeAsync(key, token, Life)|]);")]
    [InlineData("_ = await Any(() => [|db.LockTakeAsync(key, token, Life)|]);")]
    [InlineData("await Task.Run(() => [|db.LockTakeAsync(key, token, Life)|]);")]
    [InlineData("if (!await Retry(() => db.LockTakeAsync(key, token, Life))) return;")]
    [InlineData("await OrThrow(() => db.LockTakeAsync(key, token, Life));")]
    [InlineData("await Until(() => db.LockTakeAsync(key, token, Life), done => done);")]
    [InlineData("System.Threading.SpinWait.SpinUntil(() => db.LockTake(key, token, Life));")]
    [InlineData("System.Threading.SpinWait.SpinUntil(() => db.LockTake(key, token, Life), 5000);")]
    public Task NobodyLooksAtTheAnswerOfARetry(string take) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

            private static async Task<bool> Retry(Func<Task<bool>> attempt)
            {
                for (var i = 0; i < 3; i++) if (await attempt()) return true;
                return false;
            }

            private static async Task<bool> OrThrow(Func<Task<bool>> attempt)
            {
                for (var i = 0; i < 3; i++) if (await attempt()) return true;
                throw new TimeoutException();
            }

            private static async Task<T> Any<T>(Func<Task<T>> attempt) => await attempt();

            private static async Task<T> Until<T>(Func<Task<T>> attempt, Func<T, bool> done)
            {
                while (true) if (await attempt() is var answer && done(answer)) return answer;
            }

            public async Task Run(string key, string token, Func<Task> work)
            {
                {{take}}
                try { await work(); } finally { await db.LockReleaseAsync(key, token); }
            }
        }
        """);

    /// <summary>A method whose result is the answer of <c>LockExtend</c>.</summary>
    [Theory]
    [InlineData("await [|locks.RenewAsync(id)|];")]
    [InlineData("[|locks.Renew(id)|];")]
    [InlineData("_ = await [|locks.OuterAsync(id, ttl)|].ConfigureAwait(false);")]
    [InlineData("await [|((ILocks)locks).RenewAsync(id)|];")]
    [InlineData("if (!await locks.RenewAsync(id)) return;")]
    [InlineData("await locks.WatchedAsync(id);")]
    [InlineData("await locks.OrThrowAsync(id);")]
    [InlineData("await locks.TouchAsync(id);")]
    public Task NobodyLooksAtTheAnswerOfARenewal(string statement) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        interface ILocks { Task<bool> RenewAsync(string name); }

        class Locks(IDatabase db, string me, CancellationTokenSource lost) : ILocks
        {
            private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

            public Task<bool> TakeAsync(string name) => db.LockTakeAsync("lk:" + name, me, Life);

            public Task<bool> RenewAsync(string name) => db.LockExtendAsync("lk:" + name, me, Life);

            public bool Renew(string name)
            {
                var kept = db.LockExtend("lk:" + name, me, Life);
                return kept;
            }

            public Task<bool> RenewAsync(string name, TimeSpan life) => db.LockExtendAsync("lk:" + name, me, life);

            public async Task<bool> OuterAsync(string name, TimeSpan life) => await RenewAsync("outer:" + name, life);

            public async Task<bool> WatchedAsync(string name)
            {
                var kept = await db.LockExtendAsync("lk:" + name, me, Life);
                if (!kept) lost.Cancel();
                return kept;
            }

            public async Task<bool> OrThrowAsync(string name)
            {
                if (!await db.LockExtendAsync("lk:" + name, me, Life)) throw new TimeoutException();
                return true;
            }

            public Task<bool> TouchAsync(string name) => db.KeyExpireAsync("lk:" + name, Life);
        }

        class Jobs(Locks locks)
        {
            public async Task Run(string id, TimeSpan ttl, Func<Task> work)
            {
                if (!await locks.TakeAsync(id)) return;
                await work();
                {{statement}}
                await work();
            }
        }
        """);

    /// <summary>A method that answers with a tuple, of which the caller throws the lock's answer away.</summary>
    [Theory]
    [InlineData("var (_, token) = await [|Enter(id)|];")]
    [InlineData("(_, var token) = await [|Enter(id)|];")]
    [InlineData("var (ok, token) = await [|Enter(id)|];")]
    [InlineData("var token = (await [|Enter(id)|]).Token;")]
    [InlineData("var entered = await [|Enter(id)|]; var token = entered.Token;")]
    [InlineData("var (ok, token) = await Enter(id); if (!ok) return;")]
    [InlineData("var entered = await Enter(id); if (!entered.Ok) return; var token = entered.Token;")]
    [InlineData("var entered = await Enter(id); Console.WriteLine(entered); var token = entered.Token;")]
    [InlineData("var (_, token) = await EnterOrNone(id); if (token is null) return;")]
    [InlineData("var (_, token) = await EnterOrThrow(id);")]
    public Task TheAnswerInATupleIsThrownAway(string take) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

            private async Task<(bool Ok, string Token)> Enter(string id)
            {
                var token = Guid.NewGuid().ToString("N");
                return (await db.LockTakeAsync("a:" + id, token, Life), token);
            }

            private async Task<(bool Ok, string Token)> EnterOrNone(string id)
            {
                var token = Guid.NewGuid().ToString("N");
                if (!await db.LockTakeAsync("a:" + id, token, Life)) return (false, null);
                return (true, token);
            }

            private async Task<(bool Ok, string Token)> EnterOrThrow(string id)
            {
                var token = Guid.NewGuid().ToString("N");
                if (!await db.LockTakeAsync("a:" + id, token, Life)) throw new TimeoutException();
                return (true, token);
            }

            public async Task Run(string id, Func<Task> work)
            {
                {{take}}
                try { await work(); } finally { await db.LockReleaseAsync("a:" + id, token); }
            }
        }
        """);

    /// <summary>A helper of the release that makes the key itself, and is handed one that is made.</summary>
    [Theory]
    [InlineData("lockKey", true)]
    [InlineData("cacheKey", false)]
    public Task AnotherKeyIsReleasedByAHelper(string given, bool isReported) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        class Locks(IDatabase db)
        {
            private const string Script = "if redis.call('get', @key) == @value then return redis.call('del', @key) else return 0 end";

            private static string LockKey(string key) => "lock:" + key;

            public bool Run(string cacheKey, Action work)
            {
                var lockKey = LockKey(cacheKey);
                var token = Guid.NewGuid().ToString();
                if (!db.StringSet(lockKey, token, TimeSpan.FromSeconds(30), When.NotExists)) return false;
                try { work(); return true; } finally { {{(isReported ? $"[|UnLock({given}, token)|]" : $"UnLock({given}, token)")}}; }
            }

            public bool UnLock(string cacheKey, string token)
            {
                var lockKey = LockKey(cacheKey);
                return (int)db.ScriptEvaluate(LuaScript.Prepare(Script), new { key = (RedisKey)lockKey, value = token }) == 1;
            }
        }
        """);

    [Theory]
    [InlineData("mux.GetDatabase(1)", "mux.GetDatabase(2)", true)]
    [InlineData("mux.GetDatabase(1)", "mux.GetDatabase(1)", false)]
    [InlineData("mux.GetDatabase(1)", "mux.GetDatabase()", false)]
    [InlineData("mux.GetDatabase(1)", "mux.GetDatabase(number)", false)]
    [InlineData("mux.GetDatabase(1)", "other.GetDatabase(2)", false)]
    public Task AnotherDatabase(string take, string release, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IConnectionMultiplexer mux, IConnectionMultiplexer other, string token)
        {
            public async Task Run(string id, int number, Func<Task> work)
            {
                if (!await {{take}}.LockTakeAsync("o:" + id, token, TimeSpan.FromSeconds(30))) return;
                try { await work(); }
                finally { await {{(isReported ? "[|" : "")}}{{release}}.LockReleaseAsync("o:" + id, token){{(isReported ? "|]" : "")}}; }
            }
        }
        """);

    /// <summary>A helper answers, and gives the handle beside that: whoever looks at the handle knows.</summary>
    [Theory]
    [InlineData("_ = Held.TryTake(db, out var held); if (held is null) return; using (held) work();")]
    [InlineData("Held.TryTake(db, out var held); using (held ?? throw new TimeoutException()) work();")]
    [InlineData("Held.TryTake(db, out var held); if (held is { Key: var key }) using (held) work();")]
    [InlineData("Held.TryTake(db, out _held); if (_held != null) work();")]
    [InlineData("if (!Held.TryTake(db, out var held)) return; using (held) work();")]
    [InlineData("[|Held.TryTake(db, out var held)|]; using (held) work();")]
    [InlineData("[|Held.TryTake(db, out _)|]; work();")]
    public Task AHandleBesideTheAnswer(string statements) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        sealed class Held(IDatabase db, string token) : IDisposable
        {
            public string Key => "lock:a";

            public static bool TryTake(IDatabase db, out Held held)
            {
                var token = Guid.NewGuid().ToString("N");
                held = db.LockTake("lock:a", token, TimeSpan.FromSeconds(30)) ? new Held(db, token) : null;
                return held != null;
            }

            public void Dispose() => db.LockRelease("lock:a", token);
        }

        class Jobs(IDatabase db)
        {
            private Held _held;

            public void Run(Action work)
            {
                {{statements}}
            }
        }
        """);

    /// <summary>The caller gets the first lock; the second, in another database, is this member's own.</summary>
    [Fact]
    public Task ALockInEachOfTwoDatabases() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        class Jobs(IConnectionMultiplexer mux, string token)
        {
            public bool Open(string id, Action work)
            {
                bool isOpen = mux.GetDatabase(1).LockTake("o:" + id, token, TimeSpan.FromSeconds(30));
                if (isOpen && mux.GetDatabase(2).LockTake("o:" + id, token, TimeSpan.FromSeconds(30)))
                {
                    try { work(); }
                    finally { mux.GetDatabase(2).LockRelease("o:" + id, token); }
                }

                return isOpen;
            }
        }
        """);

    /// <summary>A factory that makes a token each time it is called.</summary>
    [Theory]
    [InlineData("Lease.New(id).Token", true)]
    [InlineData("Lease.Of(id).Token", false)]
    [InlineData("Lease.New(id).Name", false)]
    public Task AnotherTokenOfAFactory(string token, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        record Lease(string Name, string Token)
        {
            private static readonly string Own = Guid.NewGuid().ToString("N");
            public static Lease New(string name) => new(name, Guid.NewGuid().ToString("N"));
            public static Lease Of(string name) => new(name, Own);
        }

        class Jobs(IDatabase db)
        {
            public async Task Run(string id, Func<Task> work)
            {
                if (!await db.LockTakeAsync("o:" + id, {{token}}, TimeSpan.FromSeconds(30))) return;
                try { await work(); }
                finally { await db.LockReleaseAsync("o:" + id, {{(isReported ? $"[|{token}|]" : token)}}); }
            }
        }
        """);

    /// <summary>A library's handle that no using holds, and that nothing gives back when the work throws, or at all.</summary>
    [Theory]
    [InlineData("var l = free.Lock(\"f\", 5); if (l == null) return; work(); [|l.Unlock()|];")]
    [InlineData("var l = free.Lock(\"f\", 5, false); if (l == null) return; work(); [|l.Dispose()|];")]
    [InlineData("var l = [|free.Lock(\"f\", 5)|]; if (l == null) return; work();")]
    [InlineData("var l = free.Lock(\"f\", 5) ?? throw new TimeoutException(); work(); [|l.Unlock()|];")]
    [InlineData("var l = cs.Lock(\"c\", 5); if (l is null) return; work(); [|l.Unlock()|];")]
    [InlineData("var l = cs.TryLock(\"c\", 5); if (l != null) { work(); [|l.Dispose()|]; }")]
    [InlineData("var l = await factory.CreateLockAsync(\"r\", ttl); if (!l.IsAcquired) return; work(); [|l.Dispose()|];")]
    [InlineData("var l = await factory.CreateLockAsync(\"r\", ttl); if (l.IsAcquired) { work(); } await [|l.DisposeAsync()|];")]
    [InlineData("var l = await [|factory.CreateLockAsync(\"r\", ttl)|]; if (!l.IsAcquired) return; work();")]
    [InlineData("var l = await named.AcquireAsync(); work(); [|l.Dispose()|];")]
    [InlineData("var l = await named.TryAcquireAsync(); if (l is null) return; work(); await [|l.DisposeAsync()|];")]
    [InlineData("await [|named.AcquireAsync()|]; work();")]
    [InlineData("var l = await [|provider.AcquireLockAsync(\"m\")|]; work();")]
    [InlineData("IDistributedSynchronizationHandle l = null; l = await named.AcquireAsync(); work(); [|l.Dispose()|];")]
    public Task HandleIsLeft(string statements) => Check.ReportsSource(WithHandles(statements), References.AllClients);

    [Theory]
    [InlineData("var l = free.Lock(\"f\", 5); if (l == null) return; try { work(); } finally { l.Unlock(); }")]
    [InlineData("var l = free.Lock(\"f\", 5); if (l == null) return; using (l) { work(); }")]
    [InlineData("var l = free.Lock(\"f\", 5, false); if (l == null) return; work();")]
    [InlineData("var l = free.Lock(\"f\", 5); if (l == null) { work(); return; } l.Unlock();")]
    [InlineData("var l = free.Lock(\"f\", 5); if (l == null) return; try { work(); } catch (Exception e) { Console.WriteLine(e); } l.Unlock();")]
    [InlineData("var l = free.Lock(\"f\", 5); if (l == null) return; try { work(); } catch { l.Unlock(); throw; } l.Unlock();")]
    [InlineData("var l = free.Lock(\"f\", 5); if (l == null) return; Use(l); work();")]
    [InlineData("var l = free.Lock(\"f\", 5); if (l == null) return; Kept = l; work();")]
    [InlineData("var l = await named.AcquireAsync(); Action end = () => l.Dispose(); work(); end();")]
    [InlineData("var l = await named.AcquireAsync(); Console.WriteLine(\"got\"); l.Dispose();")]
    [InlineData("IRedLock l = null; try { l = await factory.CreateLockAsync(\"r\", ttl); if (!l.IsAcquired) return; work(); } finally { l?.Dispose(); }")]
    [InlineData("await using var l = await named.AcquireAsync(); work();")]
    [InlineData("using var l = free.Lock(\"f\", 5) ?? throw new TimeoutException(); work();")]
    [InlineData("await using (var l = await named.AcquireAsync()) { work(); }")]
    [InlineData("var l = await factory.CreateLockAsync(\"r\", ttl); await using (l) { if (!l.IsAcquired) return; work(); }")]
    [InlineData("var all = new[] { await named.AcquireAsync() }; work(); all[0].Dispose();")]
    public Task HandleIsLeft_Silent(string statements) => Check.ReportsSource(WithHandles(statements), References.AllClients);

    private static string WithHandles(string statements) => $$"""
        using System;
        using System.Threading.Tasks;
        using Medallion.Threading;
        using Medallion.Threading.Redis;
        using RedLockNet;

        class Jobs(CSRedis.CSRedisClient cs, FreeRedis.RedisClient free, IDistributedLockFactory factory, RedisDistributedLock named,
            IDistributedLockProvider provider)
        {
            private object Kept;

            private void Use(object handle) => Kept = handle;

            public async Task Run(Action work, TimeSpan ttl)
            {
                {{statements}}
                await Task.Yield();
            }
        }
        """;

    /// <summary>A helper's handle that is null where the lock was not got, and that nobody looks at.</summary>
    [Theory]
    [InlineData("if (!await db.LockTakeAsync(key, token, Life)) return null; return new Handle(db, key, token);", "using var held = await [|Enter(\"a\")|]; work();")]
    [InlineData("if (!await db.LockTakeAsync(key, token, Life)) return null; return new Handle(db, key, token);", "using (await [|Enter(\"a\")|]) work();")]
    [InlineData("return await db.LockTakeAsync(key, token, Life) ? new Handle(db, key, token) : null;", "using var held = await [|Enter(\"a\")|]; work();")]
    [InlineData("for (var i = 0; i < 9; i++) { if (await db.LockTakeAsync(key, token, Life)) return new Handle(db, key, token); await Task.Delay(9); } return null;", "using var held = await [|Enter(\"a\")|]; work();")]
    [InlineData("if (!await db.LockTakeAsync(key, token, Life)) return null; return new Handle(db, key, token);", "using var held = await Enter(\"a\"); if (held is null) return; work();")]
    [InlineData("if (!await db.LockTakeAsync(key, token, Life)) return null; return new Handle(db, key, token);", "using var held = await Enter(\"a\") ?? throw new TimeoutException(); work();")]
    [InlineData("if (!await db.LockTakeAsync(key, token, Life)) throw new TimeoutException(); return new Handle(db, key, token);", "using var held = await Enter(\"a\"); work();")]
    [InlineData("if (key == \"\") return null; if (!await db.LockTakeAsync(key, token, Life)) throw new TimeoutException(); return new Handle(db, key, token);", "using var held = await Enter(\"a\"); work();")]
    [InlineData("while (!await db.LockTakeAsync(key, token, Life)) await Task.Delay(9); return new Handle(db, key, token);", "using var held = await Enter(\"a\"); work();")]
    public Task HandleOfAHelperThatMayBeMissing(string helper, string statements) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Handle(IDatabase db, string key, string token) : IDisposable { public void Dispose() => db.LockRelease(key, token); }

        class Jobs(IDatabase db)
        {
            private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

            private async Task<Handle> Enter(string key)
            {
                var token = Guid.NewGuid().ToString("N");
                {{helper}}
            }

            public async Task Run(Action work)
            {
                {{statements}}
            }
        }
        """);

    /// <summary>Who did not get the lock and tries again from the start leaves with what the next try brings.</summary>
    [Theory]
    [InlineData("if (!await db.StringSetAsync(id + \"_lock\", mine, TimeSpan.FromMinutes(1), When.NotExists)) return await Run(id, mine, work);")]
    [InlineData("bool isTaken = await db.StringSetAsync(id + \"_lock\", mine, TimeSpan.FromMinutes(1), When.NotExists);\nif (!isTaken)\n{\n    await Task.Delay(100);\n    return await Run(id, mine, work);\n}")]
    public Task NotReleasedOnThrow_BehindATryFromTheStart(string take) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            public async Task<string> Run(string id, string mine, Func<Task<string>> work)
            {
                {{take}}
                string made = await work();
                await [|db.LockReleaseAsync(id + "_lock", mine)|];
                return made;
            }
        }
        """);

    /// <summary>A method that calls itself is not the release.</summary>
    [Fact]
    public Task Silent_ARetryIsNoRelease() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        class Loader(IDatabase db)
        {
            public string Get(string key, Func<string> load)
            {
                string value = db.StringGet(key);
                if (value is not null) return value;
                if (!db.StringSet("lock:" + key, 1, TimeSpan.FromSeconds(5), When.NotExists)) return Get(key, load);
                try
                {
                    value = load();
                    db.StringSet(key, value, TimeSpan.FromMinutes(5));
                    return value;
                }
                finally
                {
                    db.KeyDelete("lock:" + key);
                }
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

        sealed class IntegrationAttribute : Xunit.FactAttribute;

        class Tests
        {
            [Integration]
            public void Takes(IDatabase db) => db.LockTake("k", "v", TimeSpan.FromMinutes(1));

            public void Uses(IDatabase db) => [|db.LockTake("k", "v", TimeSpan.FromMinutes(1))|];
        }
        """);

    [Fact]
    public Task Silent_ReleasedByAHelperInFinally() => Check.ReportsSource("""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs
        {
            private readonly IDatabase _db;
            public Jobs(IDatabase db) => _db = db;
            private Task Release(string name) => _db.LockReleaseAsync(name, "me");

            public async Task Run(Func<Task> work)
            {
                if (await _db.LockTakeAsync("job", "me", TimeSpan.FromSeconds(30)))
                {
                    try { await work(); }
                    finally { await Release("job"); }
                }
            }

            public Task<bool> TryTake(string name) => _db.LockTakeAsync(name, "me", TimeSpan.FromSeconds(30));
        }
        """);

    [Fact]
    public Task Fix_LeavesIfTheLockWasNotGot() => Check.FixesSource(
        InTask("""
            // One report at a time.
            await [|db.LockTakeAsync("report", "me", TimeSpan.FromSeconds(30))|].ConfigureAwait(false); // taken
            try
            {
                await work();
            }
            finally
            {
                await db.LockReleaseAsync("report", "me");
            }
            """),
        InTask("""
            // One report at a time.
            if (!await db.LockTakeAsync("report", "me", TimeSpan.FromSeconds(30)).ConfigureAwait(false)) // taken
            {
                return;
            }

            try
            {
                await work();
            }
            finally
            {
                await db.LockReleaseAsync("report", "me");
            }
            """),
        "Check");

    [Theory]
    [InlineData("await [|db.LockTakeAsync(key, token, ttl)|];")]
    [InlineData("[|db.LockTakeAsync(key, token, ttl)|].Wait();")]
    [InlineData("var taken = [|db.LockTake(key, token, ttl)|]; await WorkAsync();")]
    public Task NoFix_WhereOnlyTheAuthorKnowsTheAnswer(string statements) => Check.NoFix(statements);

    [Fact]
    public Task Fix_ReleasesInFinally() => Check.FixesSource(
        InTask("""
        if (await db.LockTakeAsync("job", "me", TimeSpan.FromMinutes(1)))
        {
            // The report.
            int all = 1;
            await work(); // long
            await [|db.LockReleaseAsync("job", "me")|].ConfigureAwait(false); // done
            Console.WriteLine();
        }
        """),
        InTask("""
        if (await db.LockTakeAsync("job", "me", TimeSpan.FromMinutes(1)))
        {
            try
            {
                // The report.
                int all = 1;
                await work(); // long
            }
            finally
            {
                await db.LockReleaseAsync("job", "me").ConfigureAwait(false); // done
            }

            Console.WriteLine();
        }
        """),
        "Finally");

    [Fact]
    public Task Fix_ReleasesInFinally_BehindAGuard() => Check.FixesSource(
        InTask("""
        if (!db.LockTake("job", "me", TimeSpan.FromMinutes(1)))
        {
            return;
        }

        await work();
        [|db.LockRelease("job", "me")|];
        """),
        InTask("""
        if (!db.LockTake("job", "me", TimeSpan.FromMinutes(1)))
        {
            return;
        }

        try
        {
            await work();
        }
        finally
        {
            db.LockRelease("job", "me");
        }
        """),
        "Finally");

    [Theory]
    [InlineData("if (!ok) return;")]
    [InlineData("if (ok == false) throw new TimeoutException();")]
    [InlineData("if (false == ok) throw new TimeoutException();")]
    [InlineData("if (ok is false) return;")]
    [InlineData("if (ok is not true) return;")]
    [InlineData("if (!ok)\n{\n    Console.WriteLine(\"busy\");\n    return;\n}")]
    [InlineData("if (!ok)\n{\n    if (count > 0) return;\n    throw new TimeoutException();\n}")]
    [InlineData("if (ok)\n    Console.WriteLine();\nelse\n    return;")]
    [InlineData("while (!ok)\n{\n    await Task.Delay(50);\n    ok = await db.LockTakeAsync(\"job\", \"me\", TimeSpan.FromMinutes(1));\n}")]
    [InlineData("Console.WriteLine(\"asked\");\nif (!ok) return;")]
    public Task Fix_Finally_BeginsBehindTheTest(string test) => Check.FixesSource(
        InTask($"""
        bool ok = await db.LockTakeAsync("job", "me", TimeSpan.FromMinutes(1));
        {test}
        await work();
        await [|db.LockReleaseAsync("job", "me")|];
        """),
        InTask($$"""
        bool ok = await db.LockTakeAsync("job", "me", TimeSpan.FromMinutes(1));
        {{test}}
        try
        {
            await work();
        }
        finally
        {
            await db.LockReleaseAsync("job", "me");
        }
        """),
        "Finally",
        References.NewestClient);

    /// <summary>What else a test asks for is another fault, and stays one.</summary>
    [Fact]
    public Task Fix_Finally_BehindATestOfMore() => Check.FixesSource(
        InTask("""
        if (!await db.LockTakeAsync("job", "me", TimeSpan.FromMinutes(1)) || [|count > 0|]) return;
        await work();
        await [|db.LockReleaseAsync("job", "me")|];
        """),
        InTask("""
        if (!await db.LockTakeAsync("job", "me", TimeSpan.FromMinutes(1)) || [|count > 0|]) return;
        try
        {
            await work();
        }
        finally
        {
            await db.LockReleaseAsync("job", "me");
        }
        """),
        "Finally",
        References.NewestClient);

    /// <summary>Moved into the <c>try</c>, the exit of who has not got the lock would delete the key of who has.</summary>
    [Theory]
    [InlineData("if (!await db.StringSetAsync(\"job-lock\", \"me\", TimeSpan.FromMinutes(1), When.NotExists)) return;")]
    [InlineData("if ((await db.ExecuteAsync(\"SET\", \"job-lock\", \"me\", \"NX\", \"EX\", \"60\")).IsNull) return;")]
    [InlineData("var reply = (string?)db.Execute(\"SET\", \"job-lock\", \"me\", \"NX\", \"EX\", \"60\");\nif (reply != \"OK\") return;")]
    [InlineData("var task = db.StringSetAsync(\"job-lock\", \"me\", TimeSpan.FromMinutes(1), When.NotExists);\nif (!await task) return;")]
    [InlineData("while (!db.StringSet(\"job-lock\", \"me\", TimeSpan.FromMinutes(1), When.NotExists)) await Task.Delay(50);")]
    [InlineData("bool ok;\ndo\n{\n    ok = db.StringSet(\"job-lock\", \"me\", TimeSpan.FromMinutes(1), When.NotExists);\n}\nwhile (!ok);")]
    public Task Fix_Finally_DeletesOnlyTheOwnLock(string take) => Check.FixesSource(
        InTask($"{take}\nawait work();\n[|db.KeyDelete(\"job-lock\")|];"),
        InTask($"{take}\ntry\n{{\n    await work();\n}}\nfinally\n{{\n    db.KeyDelete(\"job-lock\");\n}}"),
        "Finally",
        References.NewestClient);

    [Fact]
    public Task Fix_Finally_LaterExitsRelease() => Check.FixesSource(
        InTask("""
        if (!await db.LockTakeAsync("job", "me", TimeSpan.FromMinutes(1))) return;
        // Nothing to do?
        if (db.KeyExists("done")) return;
        for (int i = 0; i < 3; i++)
        {
            if (i == count) break;
            await work();
        }

        using var source = new System.Threading.CancellationTokenSource();
        string text = count switch { 0 => "none", _ => throw new InvalidOperationException() };
        // Give it back.
        _ = await [|db.LockReleaseAsync("job", "me")|].ConfigureAwait(false);
        Console.WriteLine();
        """),
        InTask("""
        if (!await db.LockTakeAsync("job", "me", TimeSpan.FromMinutes(1))) return;
        try
        {
            // Nothing to do?
            if (db.KeyExists("done")) return;
            for (int i = 0; i < 3; i++)
            {
                if (i == count) break;
                await work();
            }

            using var source = new System.Threading.CancellationTokenSource();
            string text = count switch { 0 => "none", _ => throw new InvalidOperationException() };
        }
        finally
        {
            // Give it back.
            _ = await db.LockReleaseAsync("job", "me").ConfigureAwait(false);
        }

        Console.WriteLine();
        """),
        "Finally");

    [Fact]
    public Task Fix_Finally_AsksWhereAResourceIsThenClosedBeforeTheRelease() => Check.AsksSource(
        InTask("""
        if (!await db.LockTakeAsync("job", "me", TimeSpan.FromMinutes(1))) return;
        using var file = System.IO.File.Create("report");
        await work();
        await [|db.LockReleaseAsync("job", "me")|];
        """),
        InTask("""
        if (!await db.LockTakeAsync("job", "me", TimeSpan.FromMinutes(1))) return;
        try
        {
            using var file = System.IO.File.Create("report");
            await work();
        }
        finally
        {
            await db.LockReleaseAsync("job", "me");
        }
        """),
        "Finally");

    [Fact]
    public Task Fix_Finally_InAnIterator() => Check.FixesSource(
        InIterator("""
        if (!db.LockTake("job", "me", TimeSpan.FromMinutes(1))) yield break;
        foreach (int item in load()) yield return item;
        [|db.LockRelease("job", "me")|];
        """),
        InIterator("""
        if (!db.LockTake("job", "me", TimeSpan.FromMinutes(1))) yield break;
        try
        {
            foreach (int item in load()) yield return item;
        }
        finally
        {
            db.LockRelease("job", "me");
        }
        """),
        "Finally");

    [Theory]
    [InlineData("bool ok = await db.LockTakeAsync(key, token, ttl); if (!ok) ok = flag; if (!ok) return null; await WorkAsync(); await [|db.LockReleaseAsync(key, token)|];")]
    [InlineData("bool ok = await db.LockTakeAsync(key, token, ttl); if (!ok) { if (flag) goto work; return null; } work: await WorkAsync(); await [|db.LockReleaseAsync(key, token)|];")]
    [InlineData("while (!await db.LockTakeAsync(key, token, ttl)) { if (flag) break; } await WorkAsync(); await [|db.LockReleaseAsync(key, token)|];")]
    [InlineData("bool ok = await db.LockTakeAsync(key, token, ttl) || flag; if (!ok) return null; await WorkAsync(); await [|db.LockReleaseAsync(key, token)|];")]
    public Task NoFix_WhereTheWorkMayRunWithoutTheLock(string statements) => Check.NoFix(statements);

    [Theory]
    [InlineData("if (db.LockTake(key, token, ttl)) { Task done = WorkAsync(); await done; [|db.LockRelease(key, token)|]; Console.WriteLine(done); }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { await WorkAsync(); if ([|db.LockRelease(key, token)|]) Console.WriteLine(); }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { await WorkAsync(); Console.WriteLine(await [|db.LockReleaseAsync(key, token)|]); }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { await WorkAsync(); flag = await [|db.LockReleaseAsync(key, token)|]; }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { await WorkAsync(); if (flag) { db.LockRelease(key, token); return null; } await WorkAsync(); [|db.LockRelease(key, token)|]; }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { await WorkAsync(); if (flag) { Console.WriteLine(); [|db.LockRelease(key, token)|]; } else { db.LockRelease(key, token); } }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { await Local(); async Task Local() => await WorkAsync(); [|db.LockRelease(key, token)|]; }")]
    [InlineData("switch (flag) { case true: if (!db.LockTake(key, token, ttl)) break; await WorkAsync(); [|db.LockRelease(key, token)|]; break; }")]
    public Task NoFix_WhereTheReleaseCannotBeMoved(string statements) => Check.NoFix(statements, References.NewestClient);

    // What is left where nobody looks

    [Fact]
    public Task Fix_LeavesTheWorkWhereTheLockIsLost() => Check.FixesSource(
        InTask("""
        foreach (string part in new[] { "a", "b" })
        {
            await work();
            // Go on.
            await [|db.LockExtendAsync("job", "me", TimeSpan.FromMinutes(1))|];
        }
        """),
        InTask("""
        foreach (string part in new[] { "a", "b" })
        {
            await work();
            // Go on.
            if (!await db.LockExtendAsync("job", "me", TimeSpan.FromMinutes(1)))
            {
                return;
            }
        }
        """),
        "Check");

    /// <summary>One busy key is no reason to leave the others.</summary>
    [Theory]
    [InlineData("foreach (string id in new[] { \"a\", \"b\" })", "Task")]
    [InlineData("for (int id = 0; id < count; id++)", "Task")]
    [InlineData("foreach (string id in new[] { \"a\", \"b\" })", "Task<int>")]
    public Task Fix_GoesOnWithTheNext(string loop, string result)
    {
        string end = result == "Task" ? "" : "\n\nreturn count;";
        return Check.FixesSource(
            InTask($$"""
            {{loop}}
            {
                [|db.LockTake($"job-{id}", "me", TimeSpan.FromMinutes(1))|];
                try { await work(); } finally { db.LockRelease($"job-{id}", "me"); }
            }{{end}}
            """, result),
            InTask($$"""
            {{loop}}
            {
                if (!db.LockTake($"job-{id}", "me", TimeSpan.FromMinutes(1)))
                {
                    continue;
                }

                try { await work(); } finally { db.LockRelease($"job-{id}", "me"); }
            }{{end}}
            """, result),
            "Check");
    }

    [Fact]
    public Task Fix_ThrowsOutOfWorkThatHasAnAnswer() => Check.AsksSource(
        InTask("""
        [|db.LockExtend("job", "me", TimeSpan.FromMinutes(1))|];
        await work();
        return count;
        """, "Task<int>"),
        InTask("""
        if (!db.LockExtend("job", "me", TimeSpan.FromMinutes(1)))
        {
            throw new TimeoutException("The lock has expired.");
        }

        await work();
        return count;
        """, "Task<int>"),
        "Check");

    /// <summary>Nothing would change but the warning.</summary>
    [Theory]
    [InlineData("await work();\nawait [|db.LockExtendAsync(\"job\", \"me\", TimeSpan.FromMinutes(1))|];")]
    [InlineData("await work();\nif (count > 0)\n{\n    [|db.LockExtend(\"job\", \"me\", TimeSpan.FromMinutes(1))|];\n}")]
    [InlineData("while (count > 0)\n{\n    await Task.Delay(1000);\n    [|db.LockExtend(\"job\", \"me\", TimeSpan.FromMinutes(1))|];\n}")]
    [InlineData("await work();\n[|db.LockExtend(\"job\", \"me\", TimeSpan.FromMinutes(1))|];\ndb.LockRelease(\"job\", \"me\");")]
    [InlineData("[|db.LockTake(\"job\", \"me\", TimeSpan.FromMinutes(1))|];")]
    public Task NoFix_WhereNoWorkFollows(string statements) => Check.NoFixSource(InTask(statements));

    [Theory]
    [InlineData("try\n{\n    [|db.StringSet(\"job-lock\", \"me\", TimeSpan.FromMinutes(1), When.NotExists)|];\n    await work();\n}\nfinally\n{\n    db.KeyDelete(\"job-lock\");\n}")]
    [InlineData("try\n{\n    await work();\n}\nfinally\n{\n    [|db.LockExtend(\"job\", \"me\", TimeSpan.FromMinutes(1))|];\n    await work();\n}")]
    [InlineData("Task.Run(() => { Run(() => [|db.LockExtend(\"job\", \"me\", TimeSpan.FromMinutes(1))|]); }).Wait();\nbool Run(Action action) { action(); return true; }")]
    [InlineData("while (count > 0)\n{\n    [|db.LockTake(\"job\", \"me\", TimeSpan.FromMinutes(1))|];\n    try { await work(); } finally { db.LockRelease(\"job\", \"me\"); }\n}")]
    [InlineData("for (;;)\n{\n    [|db.LockTake(\"job\", \"me\", TimeSpan.FromMinutes(1))|];\n    try { await work(); } finally { db.LockRelease(\"job\", \"me\"); }\n}")]
    [InlineData("await [|db.LockTakeAsync(\"job\", \"me\", TimeSpan.FromMinutes(1), CommandFlags.FireAndForget)|];\ntry { await work(); } finally { db.LockRelease(\"job\", \"me\"); }")]
    [InlineData("await work();\n[|db.LockExtend(\"job\", \"me\", TimeSpan.FromMinutes(1), CommandFlags.FireAndForget)|];\nawait work();")]
    public Task NoFix_WhereLeavingIsNoAnswer(string statements) => Check.NoFixSource(InTask(statements), References.NewestClient);

    [Fact]
    public Task Fix_GivesTheSameToken() => Check.Fixes(
        "string id = Guid.NewGuid().ToString(); if (db.LockTake(key, id, ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, [|Environment.MachineName|]); } }",
        "string id = Guid.NewGuid().ToString(); if (db.LockTake(key, id, ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, id); } }",
        "SameToken");

    [Theory]
    [InlineData("private string Id => Guid.NewGuid().ToString();")]
    [InlineData("private string Id { get; set; } = Guid.NewGuid().ToString();")]
    public Task NoFix_WhereTheTokenMayBeAnotherThen(string property) => Check.NoFixSource($$"""
        using System;
        using StackExchange.Redis;

        class Jobs
        {
            {{property}}

            void Run(IDatabase db, Action work)
            {
                if (db.LockTake("k", Id, TimeSpan.FromMinutes(1)))
                {
                    try { work(); } finally { db.LockRelease("k", [|Guid.NewGuid().ToString()|]); }
                }
            }
        }
        """, References.NewestClient);

    /// <summary>Accepted: what the release gives is not known to be another token.</summary>
    [Fact]
    public Task Gap_TokensOfTwoVariables() => Check.Reports("RedisValue other = text; if (db.LockTake(key, token, ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, other); } }");

    private static string InTask(string statements, string result = "Task") => $$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs
        {
            async {{result}} Run(IDatabase db, Func<Task> work, int count)
            {
                {{Regex.Replace(statements, "\n(?=.)", "\n        ")}}
            }
        }
        """;

    private static string InIterator(string statements) => $$"""
        using System;
        using System.Collections.Generic;
        using StackExchange.Redis;

        class Jobs
        {
            IEnumerable<int> Run(IDatabase db, Func<IEnumerable<int>> load)
            {
                {{Regex.Replace(statements, "\n(?=.)", "\n        ")}}
            }
        }
        """;
}
