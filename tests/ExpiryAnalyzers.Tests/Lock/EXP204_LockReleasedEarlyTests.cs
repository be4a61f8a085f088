using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lock.LockReleasedEarlyFix>;

namespace ExpiryAnalyzers.Tests.Lock;

public sealed class EXP204_LockReleasedEarlyTests
{
    private const string Guard = "if (!db.LockTake(\"a\", token, Life)) return Task.CompletedTask; ";
    private const string Free = " finally { db.LockRelease(\"a\", token); }";

    /// <summary>The answer goes to a parameter, or a local function takes the lock and gives it back.</summary>
    [Theory]
    [InlineData("Task", "got = db.LockTake(\"a\", token, Life); if (!got) return Task.CompletedTask; try { return [|work(stop)|]; } finally { db.LockRelease(\"a\", token); }")]
    [InlineData("Task", "got = db.LockTake(\"a\", token, Life); if (got) { try { work(stop).Wait(); } finally { db.LockRelease(\"a\", token); } } return Task.CompletedTask;")]
    public Task AnswersByAParameter(string type, string body) => Check.NoFixSource(InMethod(type, body, "out bool got, "));

    [Theory]
    [InlineData("if (!db.LockTake(\"l\" + name, token, Life)) return Task.CompletedTask; try { return [|work(stop)|]; } finally { Release(); } void Release() => db.LockRelease(\"l\" + name, token);")]
    [InlineData("if (!Take()) return Task.CompletedTask; try { return [|work(stop)|]; } finally { db.LockRelease(\"l\" + name, token); } bool Take() => db.LockTake(\"l\" + name, token, Life);")]
    [InlineData("if (!Take()) return Task.CompletedTask; try { work(stop).Wait(); return Task.CompletedTask; } finally { _ = Release(); } bool Take() => db.LockTake(\"l\" + name, token, Life); Task Release() => db.KeyDeleteAsync(\"l\" + name);")]
    public Task OfALocalFunction(string body) => Check.ReportsSource(InMethod("Task", body));

    /// <summary>Work that nobody can wait for: a method that gives no task, a thread that is not joined.</summary>
    [Theory]
    [InlineData("[|Fire(name)|];")]
    [InlineData("[|Fire()|]; async void Fire() { await db.StringSetAsync(\"v:\" + name, 1, Life); }")]
    [InlineData("[|FireWork(work)|];")]
    [InlineData("[|new Thread(() => db.StringSet(\"v:\" + name, 1, Life)).Start()|];")]
    [InlineData("var thread = new Thread(() => db.StringSet(\"v:\" + name, 1, Life)); thread.IsBackground = true; [|thread.Start()|];")]
    [InlineData("var thread = new Thread(() => db.StringSet(\"v:\" + name, 1, Life)); thread.Start(); thread.Join();")]
    [InlineData("var thread = new Thread(() => db.StringSet(\"v:\" + name, 1, Life)); thread.Start(); while (thread.IsAlive) Thread.Sleep(10);")]
    [InlineData("new Thread(() => Console.WriteLine(name)).Start();")]
    [InlineData("using var done = new ManualResetEventSlim(); new Thread(() => { db.StringSet(\"v:\" + name, 1, Life); done.Set(); }).Start(); done.Wait();")]
    [InlineData("FireBefore(name);")]
    [InlineData("FireElse(name);")]
    [InlineData("Fire(); async void Fire() { db.StringSet(\"v:\" + name, 1, Life); await Task.Delay(1); }")]
    [InlineData("FireOn(token);")]
    public Task NobodyCanWait(string start) => Check.NoFixSource(InMethod(
        "void", "if (!db.LockTake(\"a\", token, Life)) return; try { " + start + " } finally { db.LockRelease(\"a\", token); }"), References.NewestClient);

    /// <summary>A function that cannot wait is left with the task of the work.</summary>
    [Theory]
    [InlineData("Task", Guard + "try { return [|work(stop)|]; }" + Free)]
    [InlineData("Task", Guard + "try { return [|RunAsync(\"b\")|]; }" + Free)]
    [InlineData("Task", Guard + "try { if (stop.IsCancellationRequested) return Task.CompletedTask; return [|work(stop)|]; }" + Free)]
    [InlineData("Task", Guard + "try { return stop.CanBeCanceled ? [|work(stop)|] : Task.CompletedTask; }" + Free)]
    [InlineData("Task", Guard + "try { var running = [|work(stop)|]; return running; }" + Free)]
    [InlineData("Task", Guard + "try { var running = [|work(stop)|]; Console.WriteLine(); return running; }" + Free)]
    [InlineData("Task", Guard + "var running = [|work(stop)|]; db.LockRelease(\"a\", token); return running;")]
    [InlineData("Task<int>", "if (!db.LockTake(\"a\", token, Life)) return Task.FromResult(0); try { return [|CountAsync()|]; }" + Free)]
    [InlineData("ValueTask", "if (!db.LockTake(\"a\", token, Life)) return default; try { return new ValueTask([|work(stop)|]); }" + Free)]
    [InlineData("ValueTask<int>", "if (!db.LockTake(\"a\", token, Life)) return default; try { return stop.CanBeCanceled ? new ValueTask<int>([|CountAsync()|]) : new(0); }" + Free)]
    [InlineData("ValueTask", "if (!db.LockTake(\"a\", token, Life)) return default; try { return [|WorkAsync()|]; }" + Free)]
    [InlineData("Task", "if (!db.StringSet(\"a\", token, Life, When.NotExists)) return Task.CompletedTask; try { return [|work(stop)|]; } finally { db.KeyDelete(\"a\"); }")]
    [InlineData("Task", "if (db.LockTake(\"a\", token, Life)) { try { return [|work(stop)|]; } finally { db.LockRelease(\"a\", token); } } return Task.CompletedTask;")]
    public Task ReturnedFromInside(string type, string body) => Check.ReportsSource(InMethod(type, body));

    /// <summary>A task that nobody waits for uses what the lock guards.</summary>
    [Theory]
    [InlineData("try { _ = [|work(stop)|]; }")]
    [InlineData("try { [|work(stop)|]; }")]
    [InlineData("try { var running = [|work(stop)|]; }")]
    [InlineData("try { _ = [|db.StringSetAsync(\"b\", 1, Life)|]; await work(stop); }")]
    [InlineData("try { _ = [|SaveAsync(\"b\")|]; await work(stop); }")]
    [InlineData("try { _ = [|Task.Run(() => work(stop))|]; }")]
    [InlineData("try { _ = [|Task.Run(async () => await db.StringSetAsync(\"b\", 1, Life))|]; }")]
    [InlineData("try { _ = [|RunAsync(name)|]; }")]
    [InlineData("try { _ = [|Start(work)|]; }")]
    [InlineData("try { _ = [|Task.Run(async () => await db.ScriptEvaluateAsync(Extend, new RedisKey[] { \"other\" }, new RedisValue[] { token, 30000 }))|]; }")]
    [InlineData("try { _ = [|Task.WhenAll(db.StringSetAsync(\"b\", 1, Life), db.StringSetAsync(\"c\", 1, Life))|]; }")]
    [InlineData("try { var all = [|Task.WhenAll(work(stop), work(stop))|]; }")]
    [InlineData("try { _ = [|Task.WhenAll(new[] { work(stop), work(stop) })|]; }")]
    [InlineData("try { _ = [|Task.WhenAll(names.Select(one => db.StringSetAsync(one, 1, Life)))|]; }")]
    [InlineData("try { var all = new List<Task>(); all.Add(work(stop)); _ = [|Task.WhenAll(all)|]; }")]
    [InlineData("try { var all = [|names.Select(one => db.StringSetAsync(one, 1, Life)).ToArray()|]; }")]
    [InlineData("try { [|names.Select(one => work(stop)).ToList()|]; }")]
    [InlineData("try { [|names.ToList().ForEach(async one => await db.StringSetAsync(one, 1, Life))|]; }")]
    [InlineData("try { [|Parallel.ForEach(names, async one => await work(stop))|]; }")]
    [InlineData("try { await [|Task.Factory.StartNew(async () => await db.StringSetAsync(\"b\", 1, Life))|]; }")]
    [InlineData("try { await [|Task.Factory.StartNew(() => work(stop))|].ConfigureAwait(false); }")]
    [InlineData("try { [|ThreadPool.QueueUserWorkItem(_ => db.StringSet(\"b\", 1, Life))|]; }")]
    [InlineData("async Task Inner() => await db.StringSetAsync(\"b\", 1, Life); try { _ = [|Inner()|]; }")]
    public Task NobodyWaits(string body) => Check.ReportsSource(InMethod(
        "async Task", "if (!await db.LockTakeAsync(\"lock:\" + name, token, Life)) return; " + body + " finally { await db.LockReleaseAsync(\"lock:\" + name, token); }"));

    /// <summary>What takes the lock itself waits for it, and works beside nobody.</summary>
    [Theory]
    [InlineData("_ = Task.Run(async () => { if (!await db.LockTakeAsync(\"lock:\" + name, \"b\", Life)) return; try { await work(stop); } finally { await db.LockReleaseAsync(\"lock:\" + name, \"b\"); } });")]
    [InlineData("_ = Task.Delay(5000).ContinueWith(async _ => { if (!db.LockTake(\"lock:\" + name, \"b\", Life)) return; await work(stop); db.LockRelease(\"lock:\" + name, \"b\"); });")]
    [InlineData("_ = [|Task.Run(async () => { if (!await db.LockTakeAsync(\"other:\" + name, \"b\", Life)) return; await work(stop); })|];")]
    [InlineData("_ = [|Task.Run(async () => { await work(stop); if (!await db.LockTakeAsync(\"lock:\" + name, \"b\", Life)) return; await work(stop); })|];")]
    public Task WaitsForTheLockItself(string start) => Check.ReportsSource(InMethod(
        "async Task", "if (!await db.LockTakeAsync(\"lock:\" + name, token, Life)) return; try { " + start + " } finally { await db.LockReleaseAsync(\"lock:\" + name, token); }"));

    /// <summary>A task in a list of the function's own, for which it waits once the lock is given back.</summary>
    [Theory]
    [InlineData("foreach (var one in names) all.Add([|db.StringSetAsync(one, 1, Life)|]);")]
    [InlineData("all.Add([|work(stop)|]);")]
    [InlineData("all.Add(work(stop)); await Task.WhenAll(all);")]
    [InlineData("all.Add(Task.Run(() => Console.WriteLine(name))); await work(stop);")]
    public Task WaitedForTooLate(string body) => Check.ReportsSource(InMethod("async Task",
        "if (!await db.LockTakeAsync(\"lock:\" + name, token, Life)) return; var all = new List<Task>(); try { " + body +
        " } finally { await db.LockReleaseAsync(\"lock:\" + name, token); } await Task.WhenAll(all);"));

    /// <summary>A task in a list of the caller's, who waits for it once the lock is given back.</summary>
    [Theory]
    [InlineData("try { pending.Add([|work(stop)|]); }")]
    [InlineData("try { await work(stop); pending.Add([|db.StringIncrementAsync(\"n\")|]); }")]
    [InlineData("try { pending.Add(work(stop)); await Task.WhenAll(pending); }")]
    [InlineData("try { pending.Add(Task.Run(() => Console.WriteLine(name))); await work(stop); }")]
    public Task LeftToTheCaller(string body) => Check.ReportsSource(InMethod(
        "async Task", "if (!await db.LockTakeAsync(\"lock:\" + name, token, Life)) return; " + body + " finally { await db.LockReleaseAsync(\"lock:\" + name, token); }",
        "List<Task> pending, "));

    [Theory]
    [InlineData("try { await work(stop); }")]
    [InlineData("try { var running = work(stop); Console.WriteLine(); await running; }")]
    [InlineData("try { await Task.WhenAll(work(stop), work(stop)); }")]
    [InlineData("try { var all = names.Select(one => work(stop)).ToList(); await Task.WhenAll(all); }")]
    [InlineData("try { List<Task> all = new(); all.Add(work(stop)); await Task.WhenAll(all); }")]
    [InlineData("var all = new List<Task>(); try { foreach (var one in names) { if (all.Count == 8) { await Task.WhenAll(all); all.Clear(); } all.Add(work(stop)); } await Task.WhenAll(all); }")]
    [InlineData("var all = new List<Task>(); try { foreach (var one in names) { foreach (var before in all) await before; all.Add(work(stop)); } }")]
    [InlineData("Task running = null; try { running = work(stop); Console.WriteLine(); await running; }")]
    [InlineData("try { _ = db.StringIncrementAsync(\"runs\", flags: CommandFlags.FireAndForget); await work(stop); }")]
    [InlineData("try { var tran = db.CreateTransaction(); _ = tran.StringSetAsync(\"b\", 1, Life); await tran.ExecuteAsync(); }")]
    [InlineData("try { _ = RenewAsync(name); await work(stop); }")]
    [InlineData("try { _ = Task.Run(async () => { while (true) { await Task.Delay(1000); await db.LockExtendAsync(\"lock:\" + name, token, Life); } }); await work(stop); }")]
    [InlineData("try { _ = Task.Run(() => Console.WriteLine(name)); await work(stop); }")]
    [InlineData("try { _ = Task.Delay(1000); await work(stop); }")]
    [InlineData("try { work(stop).Wait(); work(stop).GetAwaiter().GetResult(); }")]
    [InlineData("try { _running = work(stop); await _running; }")]
    [InlineData("try { _ = NotifyAsync(); await work(stop); }")]
    [InlineData("try { _ = NoteAsync(name); await work(stop); }")]
    [InlineData("try { var a = work(stop); _ = Task.WhenAll(a, Task.Delay(1)); await a; }")]
    [InlineData("try { var all = new List<Task>(); all.Add(work(stop)); _ = Task.WhenAll(all); foreach (var one in all) await one; }")]
    [InlineData("try { var all = names.Select(one => db.StringSetAsync(one, 1, Life)).ToArray(); Task.WaitAll(all); }")]
    [InlineData("try { var all = names.Select(one => db.StringSetAsync(one, 1, Life)); await work(stop); }")]
    [InlineData("try { names.ToList().ForEach(one => db.StringSet(one, 1, Life)); await work(stop); }")]
    [InlineData("try { names.ToList().ForEach(async one => await Task.Delay(1)); await work(stop); }")]
    [InlineData("try { await Parallel.ForEachAsync(names, async (one, ct) => await db.StringSetAsync(one, 1, Life)); }")]
    [InlineData("try { await await Task.Factory.StartNew(async () => await work(stop)); }")]
    [InlineData("try { await Task.Factory.StartNew(async () => await work(stop)).Unwrap(); }")]
    [InlineData("try { var inner = await Task.Factory.StartNew(async () => await work(stop)); await inner; }")]
    [InlineData("try { await Task.Factory.StartNew(() => db.StringSet(\"b\", 1, Life)); }")]
    [InlineData("try { using var done = new ManualResetEventSlim(); ThreadPool.QueueUserWorkItem(_ => { db.StringSet(\"b\", 1, Life); done.Set(); }); done.Wait(); await work(stop); }")]
    [InlineData("try { ThreadPool.QueueUserWorkItem(_ => Console.WriteLine(name)); await work(stop); }")]
    [InlineData("try { var keep = Task.Run(async () => { while (true) { await Task.Delay(1000); await db.ScriptEvaluateAsync(Extend, new RedisKey[] { \"lock:\" + name }, new RedisValue[] { token, 30000 }); } }); await work(stop); }")]
    public Task Silent(string body) => Check.ReportsSource(InMethod(
        "async Task", "if (!await db.LockTakeAsync(\"lock:\" + name, token, Life)) return; " + body + " finally { await db.LockReleaseAsync(\"lock:\" + name, token); }"));

    [Theory]
    [InlineData("Task", Guard + "try { work(stop).Wait(); return Task.CompletedTask; }" + Free)]
    [InlineData("Task<int>", "if (!db.LockTake(\"a\", token, Life)) return Task.FromResult(0); try { return Task.FromResult(1); }" + Free)]
    [InlineData("Task", "if (!db.LockTake(\"a\", token, Life)) return Task.CompletedTask; return work(stop).ContinueWith(_ => db.LockRelease(\"a\", token));")]
    [InlineData("Task", "if (db.LockTake(\"a\", token, Life)) { try { work(stop).Wait(); } finally { db.LockRelease(\"a\", token); } } return work(stop);")]
    [InlineData("Task", "var before = work(stop); if (!db.LockTake(\"a\", token, Life)) return before; try { before.Wait(); } finally { db.LockRelease(\"a\", token); } return before;")]
    [InlineData("Task", "var tran = db.CreateTransaction(); _ = tran.StringSetAsync(\"a\", 1, Life); return tran.ExecuteAsync();")]
    public Task Silent_Returned(string type, string body) => Check.ReportsSource(InMethod(type, body));

    [Theory]
    [InlineData("Task", "using (named.Acquire()) return [|work(stop)|];")]
    [InlineData("Task", "using (named.Acquire()) { return [|work(stop)|]; }")]
    [InlineData("Task", "using var handle = named.Acquire(); return [|work(stop)|];")]
    [InlineData("Task", "using (var handle = cs.Lock(\"a\", 10)) { if (handle is null) return Task.CompletedTask; return [|work(stop)|]; }")]
    [InlineData("async Task", "await using var handle = await factory.CreateLockAsync(\"a\", Life); if (handle.IsAcquired) _ = [|work(stop)|];")]
    [InlineData("async Task", "await using (await named.AcquireAsync()) { [|work(stop)|]; }")]
    [InlineData("async Task", "await using (await named.AcquireAsync()) { await work(stop); }")]
    [InlineData("async Task", "Task late; await using (await provider.AcquireLockAsync(\"late:\" + name)) { late = [|SaveAsync(name)|]; } await late;")]
    [InlineData("async Task", "await using var handle = await provider.TryAcquireLockAsync(\"late:\" + name); if (handle is not null) _ = [|RunAsync(name)|];")]
    [InlineData("async Task", "var all = new List<Task>(); await using (await named.AcquireAsync()) { all.Add([|work(stop)|]); } await Task.WhenAll(all);")]
    [InlineData("async Task", "await using (await named.AcquireAsync()) { var all = new List<Task> { work(stop) }; all.Add(work(stop)); await Task.WhenAll(all); }")]
    [InlineData("Task", "using (named.Acquire()) work(stop).Wait(); return work(stop);")]
    [InlineData("Task", "var handle = named.Acquire(); return work(stop).ContinueWith(_ => handle.Dispose());")]
    [InlineData("Task", "using (System.IO.File.Create(\"a\")) return work(stop);")]
    public Task Handles(string type, string body) => Check.ReportsSource(InMethod(type, body, "RedisDistributedLock named, IDistributedLockProvider provider, CSRedis.CSRedisClient cs, IDistributedLockFactory factory, ",
        "using Medallion.Threading;\nusing Medallion.Threading.Redis;\nusing RedLockNet;\n"), References.AllClients);

    [Fact]
    public Task Fix_MakesTheFunctionAwait() => Check.FixesSource(
        InMethod("Task", """

                if (!db.LockTake("a", token, Life))
                {
                    return Task.CompletedTask;
                }

                // The work.
                try
                {
                    return [|work(stop)|]; // long
                }
                finally
                {
                    db.LockRelease("a", token);
                }
            """),
        InMethod("async Task", """

                if (!db.LockTake("a", token, Life))
                {
                    return;
                }

                // The work.
                try
                {
                    await work(stop); // long
                }
                finally
                {
                    db.LockRelease("a", token);
                }
            """),
        "Await");

    [Fact]
    public Task Fix_AwaitsAWrappedTask() => Check.FixesSource(
        InMethod("ValueTask", """

                while (!db.LockTake("a", token, Life)) Console.WriteLine();
                try
                {
                    return new ValueTask([|work(stop)|]);
                }
                finally
                {
                    db.LockRelease("a", token);
                }
            """),
        InMethod("async ValueTask", """

                while (!db.LockTake("a", token, Life)) Console.WriteLine();
                try
                {
                    await new ValueTask(work(stop));
                }
                finally
                {
                    db.LockRelease("a", token);
                }
            """),
        "Await");

    [Fact]
    public Task Fix_KeepsTheResult() => Check.FixesSource(
        InMethod("Task<int>", """

                if (!db.LockTake("a", token, Life)) return Task.FromResult(0);
                try
                {
                    return [|CountAsync()|];
                }
                finally
                {
                    db.LockRelease("a", token);
                }
            """),
        InMethod("async Task<int>", """

                if (!db.LockTake("a", token, Life)) return 0;
                try
                {
                    return await CountAsync();
                }
                finally
                {
                    db.LockRelease("a", token);
                }
            """),
        "Await");

    [Fact]
    public Task Fix_ReturnsBehindTheWork() => Check.FixesSource(
        InMethod("Task", """

                if (db.LockTake("a", token, Life))
                {
                    try
                    {
                        return [|work(stop)|];
                    }
                    finally
                    {
                        db.LockRelease("a", token);
                    }
                }

                Console.WriteLine("busy");
                return Task.CompletedTask;
            """),
        InMethod("async Task", """

                if (db.LockTake("a", token, Life))
                {
                    try
                    {
                        await work(stop);
                        return;
                    }
                    finally
                    {
                        db.LockRelease("a", token);
                    }
                }

                Console.WriteLine("busy");
                return;
            """),
        "Await");

    [Fact]
    public Task Fix_AwaitsWhatWasThrownAway() => Check.FixesSource(
        InMethod("async Task", """

                if (!await db.LockTakeAsync("a", token, Life)) return;
                try
                {
                    _ = [|work(stop)|]; // start
                }
                finally
                {
                    await db.LockReleaseAsync("a", token);
                }
            """),
        InMethod("async Task", """

                if (!await db.LockTakeAsync("a", token, Life)) return;
                try
                {
                    await work(stop); // start
                }
                finally
                {
                    await db.LockReleaseAsync("a", token);
                }
            """),
        "Await");

    [Fact]
    public Task Fix_AsksWhereTheFunctionThrows() => Check.AsksSource(
        InMethod("Task", """

                if (!db.LockTake("a", token, Life)) throw new TimeoutException();
                try
                {
                    return [|work(stop)|];
                }
                finally
                {
                    db.LockRelease("a", token);
                }
            """),
        InMethod("async Task", """

                if (!db.LockTake("a", token, Life)) throw new TimeoutException();
                try
                {
                    await work(stop);
                }
                finally
                {
                    db.LockRelease("a", token);
                }
            """),
        "Await");

    [Fact]
    public Task Fix_AsksWhereAGuardThrows() => Check.AsksSource(
        InMethod("Task", """

                ArgumentNullException.ThrowIfNull(token);
                if (!db.LockTake("a", token, Life)) return Task.CompletedTask;
                try
                {
                    return [|work(stop)|];
                }
                finally
                {
                    db.LockRelease("a", token);
                }
            """),
        InMethod("async Task", """

                ArgumentNullException.ThrowIfNull(token);
                if (!db.LockTake("a", token, Life)) return;
                try
                {
                    await work(stop);
                }
                finally
                {
                    db.LockRelease("a", token);
                }
            """),
        "Await");

    [Fact]
    public Task Fix_AwaitsAsTheTypeDoes() => Check.FixesSource(
        InMethod("async Task", """

                if (!await db.LockTakeAsync("a", token, Life).ConfigureAwait(false)) return;
                try
                {
                    _ = [|work(stop)|];
                }
                finally
                {
                    await db.LockReleaseAsync("a", token).ConfigureAwait(false);
                }
            """),
        InMethod("async Task", """

                if (!await db.LockTakeAsync("a", token, Life).ConfigureAwait(false)) return;
                try
                {
                    await work(stop).ConfigureAwait(false);
                }
                finally
                {
                    await db.LockReleaseAsync("a", token).ConfigureAwait(false);
                }
            """),
        "Await");

    [Theory]
    [InlineData("void", "if (!db.LockTake(\"a\", token, Life)) return; try { _ = [|work(stop)|]; }" + Free)]
    [InlineData("object", "if (!db.LockTake(\"a\", token, Life)) return null; try { return [|work(stop)|]; }" + Free)]
    [InlineData("IEnumerable<int>", "if (!db.LockTake(\"a\", token, Life)) yield break; try { _ = [|work(stop)|]; yield return 1; }" + Free)]
    [InlineData("async Task", "if (!db.LockTake(\"a\", token, Life)) return; try { [|names.ToList().ForEach(async one => await work(stop))|]; }" + Free)]
    [InlineData("async Task", "if (!db.LockTake(\"a\", token, Life)) return; try { await [|Task.Factory.StartNew(() => work(stop))|]; }" + Free)]
    [InlineData("async Task", "if (!db.LockTake(\"a\", token, Life)) return; try { [|ThreadPool.QueueUserWorkItem(_ => db.StringSet(\"b\", 1, Life))|]; }" + Free)]
    [InlineData("async Task", "if (!db.LockTake(\"a\", token, Life)) return; try { [|names.Select(one => work(stop)).ToList()|]; }" + Free)]
    public Task NoFix(string type, string body) => Check.NoFixSource(InMethod(type, body));

    [Fact]
    public Task NoFix_WhereAParameterIsWritten() => Check.NoFixSource(
        InMethod("Task", "count = 0; " + Guard + "try { return [|work(stop)|]; }" + Free).Replace("Run(string name", "Run(out int count, string name"));

    private static string InMethod(string type, string body, string parameters = "", string usings = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;
        {{usings}}
        class Jobs
        {
            private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);
            private readonly IDatabase db;
            private Task _running;

            public Jobs(IDatabase database) => db = database;

            public {{type}} Run(string name, string[] names, string token, {{parameters}}Func<CancellationToken, Task> work, CancellationToken stop)
            {
                {{body}}
            }

            private Task RunAsync(string name) => Task.Run(() => Console.WriteLine(name));

            private Task SaveAsync(string name) => db.StringSetAsync(name, 1, Life);

            private const string Extend =
                "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0";

            private Task NoteAsync(string name) { Console.WriteLine(name); return Task.CompletedTask; }

            private Task NotifyAsync() => Task.Run(() => Console.WriteLine());

            private Task RenewAsync(string name) => db.LockExtendAsync("lock:" + name, "t", Life);

            private Task Start(Func<CancellationToken, Task> work) => work(default);

            private Task<int> CountAsync() => Task.Run(() => 1);

            private async ValueTask WorkAsync() => await Task.Yield();

            private async void Fire(string name) => await db.StringSetAsync("v:" + name, 1, Life);

            private async void FireWork(Func<CancellationToken, Task> work) => await work(default);

            private async void FireBefore(string name) { db.StringSet("v:" + name, 1, Life); await Task.Delay(1); }

            private async void FireElse(string name) { await Task.Delay(1); Console.WriteLine(name); }

            private async void FireOn(string token) { while (true) { await Task.Delay(1000); await db.LockExtendAsync("a", token, Life); } }
        }
        """;
}
