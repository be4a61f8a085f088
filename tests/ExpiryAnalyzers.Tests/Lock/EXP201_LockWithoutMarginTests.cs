using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using ExpiryAnalyzers.CodeFixes.Lock;
using ExpiryAnalyzers.Rules.Lock;
using ExpiryAnalyzers.Tests.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lock.LockWithoutMarginFix>;

namespace ExpiryAnalyzers.Tests.Lock;

public sealed class EXP201_LockWithoutMarginTests
{
    private const string AddMargin = "AddMargin";
    private const string BoundWork = "BoundWork";
    private const string Renew = "Renew";

    /// <summary>The constant that the fixes add.</summary>
    private const string Loop = """
            /// <summary>Renews a lock until the work is cancelled, and cancels the work if the lock is lost.</summary>
            private static async Task RenewLockAsync(IDatabase db, RedisKey key, RedisValue token, TimeSpan ttl, CancellationTokenSource work)
            {
                // A third of the lock's life is left when work is cancelled that nothing could renew the lock for.
                TimeSpan third = TimeSpan.FromTicks(ttl.Ticks / 3);
                work.CancelAfter(third + third);
                while (!work.IsCancellationRequested)
                {
                    try
                    {
                        await Task.Delay(third, work.Token);
                        if (await db.LockExtendAsync(key, token, ttl))
                        {
                            work.CancelAfter(third + third);
                        }
                        else
                        {
                            work.Cancel();
                        }
                    }
                    catch (Exception)
                    {
                        // The work is done, or the server is out of reach: the next try may come in time.
                    }
                }
            }
        """;

    private const string Constant = "private static readonly TimeSpan LockSafetyMargin = TimeSpan.FromSeconds(5);";

    // Reports

    /// <summary>The first lock has been given back long before the second is taken, however that is written.</summary>
    [Theory]
    [InlineData("Task<bool>", "if (!await retry(() => db.LockTakeAsync(key, token, Life))) return false; await Task.Delay(1000); await db.LockReleaseAsync(key, token); await Task.Delay(60000); if (!await retry(() => db.LockTakeAsync(key, token, Life))) return false; await Task.Delay(1000); return await db.LockReleaseAsync(key, token);")]
    [InlineData("IAsyncEnumerable<bool>", "if (!db.LockTake(key, token, Life)) yield break; await Task.Delay(1000); db.LockRelease(key, token); await Task.Delay(60000); yield return db.LockTake(key, token, Life); await Task.Delay(1000); db.LockRelease(key, token);")]
    [InlineData("Task<bool>", "if (!db.LockTake(key, token, Life)) return false; await Task.Delay(1000); db.LockRelease(key, token); await Task.Delay(60000); try { return db.LockTake(key, token, Life) && flag; } finally { db.LockRelease(key, token); }")]
    public Task TheNextTakingEndsTheRegion(string returned, string statements) => Check.ReportsSource($$"""
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db, bool flag, Func<Func<Task<bool>>, Task<bool>> retry)
        {
            private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

            public async {{returned}} Run(string key, string token)
            {
                {{statements}}
            }
        }
        """);

    /// <summary>A local function or lambda takes the lock where it is called, and gives it back there.</summary>
    [Theory]
    [InlineData("if (!await Take()) return null; try { await WorkAsync(); } finally { await Release(); } Task<bool> Take() => db.LockTakeAsync(key, token, [|TimeSpan.FromSeconds(10)|]); Task Release() => db.LockReleaseAsync(key, token);")]
    [InlineData("if (!await db.LockTakeAsync(key, token, [|TimeSpan.FromSeconds(10)|])) return null; try { await WorkAsync(); } finally { await Release(); } async Task Release() { Console.WriteLine(); await db.LockReleaseAsync(key, token); }")]
    [InlineData("if (await Take()) { try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, token); } } Task<bool> Take() => db.LockTakeAsync(key, token, [|TimeSpan.FromSeconds(10)|]);")]
    [InlineData("Func<Task<bool>> take = () => db.LockTakeAsync(key, token, [|TimeSpan.FromSeconds(10)|]); while (!await take()) await Task.Delay(50); try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, token); } ")]
    [InlineData("if (!await Take([|TimeSpan.FromSeconds(10)|])) return null; try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, token); } Task<bool> Take(TimeSpan life) => db.LockTakeAsync(key, token, life);")]
    [InlineData("if (!await Take()) return null; try { await db.StringIncrementAsync(\"n\"); } finally { await db.LockReleaseAsync(key, token); } Task<bool> Take() => db.LockTakeAsync(key, token, TimeSpan.FromSeconds(10));")]
    [InlineData("if (!await Take()) return null; try { await WorkAsync(); } finally { Console.WriteLine(); } Task<bool> Take() => db.LockTakeAsync(key, token, TimeSpan.FromSeconds(10));")]
    [InlineData("async Task<bool> Take() { if (!await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(10))) return false; return flag; } if (!await Take()) return null; try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, token); } ")]
    [InlineData("if (!await Take()) return null; using var ends = new CancellationTokenSource(TimeSpan.FromSeconds(2)); try { await WorkAsync(ends.Token); } finally { await Release(); } Task<bool> Take() => db.LockTakeAsync(key, token, TimeSpan.FromSeconds(10)); Task Release() => db.LockReleaseAsync(key, token);")]
    public Task Reports_LocalFunctions(string statements) => Check.Reports(statements);

    /// <summary>The answer is looked at, and the work runs all the same: the lock may end under it as any other.</summary>
    [Theory]
    [InlineData("var ok = await db.LockTakeAsync(key, token, [|TimeSpan.FromSeconds(10)|]); try { await WorkAsync(); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = db.LockTake(key, token, [|TimeSpan.FromSeconds(10)|]); try { await WorkAsync(); } finally { db.LockRelease(key, token); }")]
    [InlineData("if (!await db.LockTakeAsync(key, token, [|TimeSpan.FromSeconds(10)|])) await Task.Delay(50); try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(10)); try { await db.StringIncrementAsync(\"n\"); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(30)); using var ends = new CancellationTokenSource(TimeSpan.FromSeconds(20)); try { await WorkAsync(ends.Token); } finally { if (ok) await db.LockReleaseAsync(key, token); }")]
    [InlineData("var ok = await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(10)); if (!ok) Console.WriteLine(); if (ok) await db.LockReleaseAsync(key, token); await WorkAsync();")]
    public Task Reports_AlsoWhereTheWorkRunsWithoutTheLock(string statements) => Check.Reports(statements);

    /// <summary>A renewal that nothing starts does not renew.</summary>
    [Theory]
    [InlineData("async Task Renew() { while (await db.LockExtendAsync(key, token, ttl)) await Task.Delay(ttl / 3); }", true)]
    [InlineData("Func<Task> renew = async () => { while (await db.LockExtendAsync(key, token, ttl)) await Task.Delay(ttl / 3); };", true)]
    [InlineData("async Task Renew() { while (await db.LockExtendAsync(key, token, ttl)) await Task.Delay(ttl / 3); } _ = Renew();", false)]
    [InlineData("async Task Renew() { while (await db.LockExtendAsync(key, token, ttl)) await Task.Delay(ttl / 3); } _ = Task.Run(Renew);", false)]
    [InlineData("Func<Task> renew = async () => { while (await db.LockExtendAsync(key, token, ttl)) await Task.Delay(ttl / 3); }; _ = renew();", false)]
    [InlineData("_ = Task.Run(async () => { while (await db.LockExtendAsync(key, token, ttl)) await Task.Delay(ttl / 3); });", false)]
    public Task RenewalThatNothingStarts(string renewal, bool isReported) => Check.Reports(
        "if (!db.LockTake(key, token, " + (isReported ? "[|ttl|]" : "ttl") + ")) return null; " + renewal +
            " try { await WorkAsync(); } finally { db.LockRelease(key, token); }", References.NewestClient);

    /// <summary>A task in a variable that holds none before.</summary>
    [Theory]
    [InlineData("Task task = null; try { task = db.StringIncrementAsync(\"n\"); await task; }", false)]
    [InlineData("Task task = Task.CompletedTask; try { task = db.StringIncrementAsync(\"n\"); await task; }", false)]
    [InlineData("Task task = null; try { task = WorkAsync(); await task; }", true)]
    public Task KnownToEnd_ByATaskInAVariable(string work, bool isReported) => Check.Reports(
        "if (!db.LockTake(key, token, " + (isReported ? "[|TimeSpan.FromSeconds(30)|]" : "TimeSpan.FromSeconds(30)") + ")) return null; " + work +
            " finally { db.LockRelease(key, token); }", References.NewestClient);

    /// <summary>What another member prolongs by the token is not the lock whose token never leaves its body.</summary>
    [Theory]
    [InlineData("private async Task BeatAsync(string name, string token) { while (true) { await Task.Delay(1000); await db.LockExtendAsync(name, token, Life); } }", true)]
    [InlineData("public async Task BeatAsync(string name, string token) { while (true) { await Task.Delay(1000); await db.LockExtendAsync(name, token, Life); } }", true)]
    [InlineData("private async Task Beat() { while (true) { await Task.Delay(1000); await db.LockExtendAsync(\"job\", _me, Life); } }", true, "_me")]
    [InlineData("public async Task Beat() { while (true) { await Task.Delay(1000); await db.LockExtendAsync(\"job\", _me, Life); } }", false, "_me")]
    [InlineData("public Jobs Started() { _ = Beat(); return this; } private async Task Beat() { while (true) { await Task.Delay(1000); await db.LockExtendAsync(\"job\", _me, Life); } }", false, "_me")]
    [InlineData("public async Task Keep(Renewer other) { while (true) { await Task.Delay(1000); await other.RenewAsync(\"job\"); } }", false)]
    public Task RenewedElsewhere(string member, bool isReported, string token = "mine") => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        interface Renewer { Task RenewAsync(string name); }

        class Jobs(IDatabase db)
        {
            private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);
            private readonly string _me = Guid.NewGuid().ToString();

            {{member}}

            public async Task Run(Func<Task> work)
            {
                var mine = Guid.NewGuid().ToString("N");
                while (!await db.LockTakeAsync("job", {{token}}, {{(isReported ? "[|Life|]" : "Life")}})) await Task.Delay(100);
                try { await work(); }
                finally { await db.LockReleaseAsync("job", {{token}}); }
            }
        }
        """);

    /// <summary>The period of the timer that renews, wherever the timer is made.</summary>
    [Theory]
    [InlineData(60, true)]
    [InlineData(20, false)]
    public Task RenewedByATimer(int seconds, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            public async Task Run(string key, string token, Func<Task> work)
            {
                if (!await db.LockTakeAsync(key, token, {{(isReported ? "[|TimeSpan.FromSeconds(60)|]" : "TimeSpan.FromSeconds(60)")}})) return;
                try
                {
                    using var timer = new PeriodicTimer(TimeSpan.FromSeconds({{seconds}}));
                    var loop = Loop(timer, key, token);
                    await work();
                    timer.Dispose();
                    await loop;
                }
                finally
                {
                    await db.LockReleaseAsync(key, token);
                }
            }

            public async Task Inline(string key, string token, Func<Task> work)
            {
                if (!await db.LockTakeAsync(key, token, {{(isReported ? "[|TimeSpan.FromSeconds(60)|]" : "TimeSpan.FromSeconds(60)")}})) return;
                using var timer = new PeriodicTimer(TimeSpan.FromSeconds({{seconds}}));
                var loop = Task.Run(async () =>
                {
                    while (await timer.WaitForNextTickAsync()) await db.LockExtendAsync(key, token, TimeSpan.FromSeconds(60));
                });
                try { await work(); }
                finally { await db.LockReleaseAsync(key, token); }
            }

            private async Task Loop(PeriodicTimer timer, string key, string token)
            {
                while (await timer.WaitForNextTickAsync()) if (!await db.LockExtendAsync(key, token, TimeSpan.FromSeconds(60))) return;
            }
        }
        """);

    /// <summary>A script that compares and prolongs renews as well as LockExtend does.</summary>
    [Theory]
    [InlineData("_ = Task.Run(async () => { while (await timer.WaitForNextTickAsync()) await db.ScriptEvaluateAsync(Script, new RedisKey[] { key }, new RedisValue[] { token, 30000 }); });", false)]
    [InlineData("_ = Renew(timer, key, token);", false)]
    [InlineData("_ = Count(timer, key);", true)]
    public Task RenewedByAScript(string start, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            private const string Script = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0";

            public async Task Run(string key, Func<Task> work)
            {
                var token = Guid.NewGuid().ToString();
                using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10));
                if (!await db.StringSetAsync(key, token, {{(isReported ? "[|TimeSpan.FromSeconds(30)|]" : "TimeSpan.FromSeconds(30)")}}, When.NotExists)) return;
                try
                {
                    {{start}}
                    await work();
                }
                finally
                {
                    await db.LockReleaseAsync(key, token);
                }
            }

            private async Task Renew(PeriodicTimer timer, string key, string token)
            {
                while (await timer.WaitForNextTickAsync())
                {
                    await db.ScriptEvaluateAsync(Script, new RedisKey[] { key }, new RedisValue[] { token, 30000 });
                }
            }

            private async Task Count(PeriodicTimer timer, string key)
            {
                while (await timer.WaitForNextTickAsync()) await db.StringIncrementAsync(key + ":ticks");
            }
        }
        """);

    /// <summary>The same setting in two units is one limit.</summary>
    [Theory]
    [InlineData("TimeSpan.FromSeconds(seconds)", "new CancellationTokenSource(seconds * 1000)", true)]
    [InlineData("TimeSpan.FromSeconds(seconds)", "new CancellationTokenSource(1000 * seconds)", true)]
    [InlineData("TimeSpan.FromSeconds(seconds)", "new CancellationTokenSource(TimeSpan.FromMilliseconds(seconds * 1000))", true)]
    [InlineData("TimeSpan.FromMinutes(seconds)", "new CancellationTokenSource(TimeSpan.FromSeconds(60 * seconds))", true)]
    [InlineData("TimeSpan.FromSeconds(seconds)", "new CancellationTokenSource(seconds * 800)", false)]
    [InlineData("TimeSpan.FromSeconds(seconds)", "new CancellationTokenSource(seconds)", false)]
    [InlineData("TimeSpan.FromSeconds(seconds)", "new CancellationTokenSource(TimeSpan.FromSeconds(seconds - 5))", false)]
    public Task SameInAnotherUnit(string ttl, string source, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            public async Task Run(string key, string token, int seconds, Func<CancellationToken, Task> work)
            {
                if (!await db.LockTakeAsync(key, token, {{(isReported ? $"[|{ttl}|]" : ttl)}})) return;
                using var ends = {{source}};
                try { await work(ends.Token); }
                finally { await db.LockReleaseAsync(key, token); }
            }
        }
        """);

    /// <summary>A renewal in a delegate, a task or a timer that nothing starts is none.</summary>
    [Theory]
    [InlineData("Func<Task> renewal = () => KeepAlive(key);", true)]
    [InlineData("Func<Task> renewal = () => KeepAlive(key); _ = renewal();", false)]
    [InlineData("var renewal = new Task(() => { while (true) { Thread.Sleep(10000); db.LockExtend(key, _me, Ttl); } });", true)]
    [InlineData("var renewal = new Task(() => { while (true) { Thread.Sleep(10000); db.LockExtend(key, _me, Ttl); } }); renewal.Start();", false)]
    [InlineData("using var timer = new Timer(_ => db.LockExtend(key, _me, Ttl), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);", true)]
    [InlineData("using var timer = new Timer(_ => db.LockExtend(key, _me, Ttl), null, Timeout.Infinite, 10000);", true)]
    [InlineData("var timer = new Timer(_ => db.LockExtend(key, _me, Ttl), null, Timeout.Infinite, Timeout.Infinite); timer.Change(0, 10000);", false)]
    [InlineData("using var timer = new Timer(_ => db.LockExtend(key, _me, Ttl), null, 0, 10000);", false)]
    public Task RenewalKeptUnread(string renewal, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        interface Work { Task RunAsync(); }

        class Jobs(IDatabase db, Work work)
        {
            private static readonly string _me = Guid.NewGuid().ToString("N");
            private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);

            public async Task Run(string key)
            {
                if (!await db.LockTakeAsync(key, _me, {{(isReported ? "[|Ttl|]" : "Ttl")}})) return;
                {{renewal}}
                try { await work.RunAsync(); }
                finally { await db.LockReleaseAsync(key, _me); }
            }

            private async Task KeepAlive(string key)
            {
                using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(10));
                while (await ticks.WaitForNextTickAsync()) if (!await db.LockExtendAsync(key, _me, Ttl)) return;
            }
        }
        """);

    /// <summary>A token limits nothing in a method of the user's own that makes nothing of it.</summary>
    [Theory]
    [InlineData("=> await sync.PullAsync(name);", true)]
    [InlineData("=> await sync.PullAsync(name, stop);", false)]
    [InlineData("{ stop.ThrowIfCancellationRequested(); await sync.PullAsync(name); }", false)]
    [InlineData("=> await db.StringSetAsync(name, 1, TimeSpan.FromHours(1));", false)]
    public Task TokenThatNobodyReads(string body, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        interface Sync { Task PullAsync(string name, CancellationToken stop = default); }

        class Jobs(IDatabase db, Sync sync)
        {
            public async Task Run(string name, string token)
            {
                if (!await db.LockTakeAsync("sync:" + name, token, {{(isReported ? "[|TimeSpan.FromSeconds(60)|]" : "TimeSpan.FromSeconds(60)")}})) return;
                using var ends = new CancellationTokenSource(TimeSpan.FromSeconds(40));
                try { await Inner(name, ends.Token); }
                finally { await db.LockReleaseAsync("sync:" + name, token); }
            }

            private async Task Inner(string name, CancellationToken stop) {{body}}
        }
        """);

    /// <summary>Work that is known to end in time bounds itself.</summary>
    [Theory]
    [InlineData(30, "await db.StringSetAsync(\"a\", 1, TimeSpan.FromHours(1));", false)]
    [InlineData(30, "db.StringSet(\"a\", 1, TimeSpan.FromHours(1)); await db.HashSetAsync(\"b\", \"c\", 1); db.KeyDelete(\"d\");", false)]
    [InlineData(8, "await db.StringSetAsync(\"a\", 1, TimeSpan.FromHours(1));", true)]
    [InlineData(30, "foreach (var row in rows) await db.StringSetAsync(row, 1, TimeSpan.FromHours(1));", true)]
    [InlineData(30, "foreach (var row in rows) await db.ListLeftPushAsync(row, 1, flags: CommandFlags.FireAndForget);", false)]
    [InlineData(30, "foreach (var row in rows) await db.ListLeftPushAsync(row, 1, flags: CommandFlags.DemandMaster);", true)]
    [InlineData(30, "foreach (var row in rows) { await db.ListTrimAsync(row, 0, 9, CommandFlags.FireAndForget); await work(); }", true)]
    [InlineData(30, "await Task.Delay(5000); Console.WriteLine(\"done\");", false)]
    [InlineData(30, "await Task.Delay(TimeSpan.FromSeconds(28));", true)]
    [InlineData(30, "Thread.Sleep(10000); await Task.Delay(TimeSpan.FromSeconds(20));", true)]
    [InlineData(30, "await Task.Delay(delay);", true)]
    [InlineData(30, "await Save();", false)]
    [InlineData(30, "await SaveAll(rows);", true)]
    [InlineData(60, "await http.GetStringAsync(\"http://a\");", true)]
    [InlineData(120, "await http.GetStringAsync(\"http://a\");", false)]
    [InlineData(30, "using var quick = new HttpClient { Timeout = TimeSpan.FromSeconds(10) }; await quick.GetStringAsync(\"http://a\");", false)]
    [InlineData(60, "await command.ExecuteNonQueryAsync(); await command.ExecuteNonQueryAsync();", true)]
    [InlineData(60, "await command.ExecuteNonQueryAsync();", false)]
    [InlineData(30, "command.CommandTimeout = 5; await command.ExecuteNonQueryAsync();", false)]
    [InlineData(600, "command.CommandTimeout = 0; await command.ExecuteNonQueryAsync();", true)]
    [InlineData(600, "using var slow = new HttpClient { Timeout = Timeout.InfiniteTimeSpan }; await slow.GetStringAsync(\"http://a\");", true)]
    [InlineData(120, "await Task.WhenAll(http.GetStringAsync(\"http://a\"), http.GetStringAsync(\"http://a\"));", false)]
    [InlineData(120, "var a = http.GetStringAsync(\"http://a\"); var b = http.GetStringAsync(\"http://a\"); await Task.WhenAll(a, b); Console.WriteLine(await a);", false)]
    [InlineData(120, "await http.GetStringAsync(\"http://a\"); await http.GetStringAsync(\"http://a\");", true)]
    [InlineData(120, "await Task.WhenAll(http.GetStringAsync(\"http://a\"), http.GetStringAsync(\"http://a\")); await http.GetStringAsync(\"http://a\");", true)]
    [InlineData(120, "var a = http.GetStringAsync(\"http://a\"); await a; var b = http.GetStringAsync(\"http://a\"); await Task.WhenAll(a, b);", true)]
    [InlineData(120, "await Task.WhenAll(new[] { \"http://a\", \"http://b\" }.Select(page => http.GetStringAsync(page)));", false)]
    [InlineData(120, "await Task.WhenAll(rows.Select(page => http.GetStringAsync(page)));", true)]
    [InlineData(30, "await Task.WhenAll(Task.Delay(20000), Task.Delay(10000), Save());", false)]
    [InlineData(30, "await Task.Delay(250); await Task.Yield();", false)]
    [InlineData(30, "using var own = command.Connection.CreateCommand(); own.CommandTimeout = 5; own.Parameters.Add(own.CreateParameter()); await own.ExecuteNonQueryAsync();", false)]
    [InlineData(30, "using var own = command.Connection.CreateCommand(); await own.ExecuteNonQueryAsync();", true)]
    [InlineData(30, "await work();", true)]
    [InlineData(30, "await other.WorkAsync(); await db.StringSetAsync(\"a\", 1, TimeSpan.FromHours(1));", true)]
    [InlineData(30, "await Placeholder();", true)]
    [InlineData(30, "await Task.WhenAll(rows.Select(row => work()));", true)]
    [InlineData(30, "for (var i = 0; i < 5; i++) await db.StringSetAsync(\"a\" + i, 1, TimeSpan.FromHours(1));", false)]
    [InlineData(30, "for (var i = 1; i <= 5; i++) await db.StringSetAsync(\"a\" + i, 1, TimeSpan.FromHours(1));", false)]
    [InlineData(30, "for (var i = 0; i < delay; i++) await db.StringSetAsync(\"a\" + i, 1, TimeSpan.FromHours(1));", true)]
    [InlineData(30, "for (var i = 0; i < 5; i++) { await db.StringSetAsync(\"a\" + i, 1, TimeSpan.FromHours(1)); if (rows.Length > i) i--; }", true)]
    [InlineData(30, "for (var i = 0; i < 5;) await db.StringSetAsync(\"a\" + i, 1, TimeSpan.FromHours(1));", true)]
    [InlineData(30, "for (var i = 0; i < 5000; i++) await db.StringSetAsync(\"a\" + i, 1, TimeSpan.FromHours(1));", true)]
    [InlineData(30, "for (var i = 0; i < 3; i++) await Task.Delay(8000);", false)]
    [InlineData(30, "for (var i = 0; i < 3; i++) await Task.Delay(9000);", true)]
    [InlineData(60, "for (var i = 0; i < 2; i++) for (var j = 0; j < 3; j++) await Task.Delay(10000);", true)]
    [InlineData(60, "for (var i = 0; i < 2; i++) await command.ExecuteNonQueryAsync();", true)]
    [InlineData(30, "for (var i = 0; i < 2; i++) await Save();", false)]
    [InlineData(30, "for (var i = 0; i < 2; i++) await SaveAll(rows);", true)]
    [InlineData(30, "for (var i = 0; i < 2; i++) await work();", true)]
    [InlineData(30, "foreach (var row in new[] { \"a\", \"b\" }) await db.StringSetAsync(row, 1, TimeSpan.FromHours(1));", false)]
    [InlineData(30, "foreach (var row in Regions) await db.StringSetAsync(row, 1, TimeSpan.FromHours(1));", false)]
    [InlineData(30, "foreach (var row in Names) await db.StringSetAsync(row, 1, TimeSpan.FromHours(1));", true)]
    [InlineData(30, "await Task.WhenAll(Regions.Select(row => db.StringSetAsync(row, 1, TimeSpan.FromHours(1))));", false)]
    [InlineData(30, "var all = rows.Take(10).Select(row => db.StringSetAsync(row, 1, TimeSpan.FromHours(1))).ToList(); await Task.WhenAll(all);", false)]
    [InlineData(30, "var all = rows.Take(delay).Select(row => db.StringSetAsync(row, 1, TimeSpan.FromHours(1))).ToList(); await Task.WhenAll(all);", true)]
    [InlineData(30, "_ = Note(); await db.StringSetAsync(\"a\", 1, TimeSpan.FromHours(1));", false)]
    [InlineData(30, "await Note(); await db.StringSetAsync(\"a\", 1, TimeSpan.FromHours(1));", true)]
    public Task KnownToEnd(int ttl, string body, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Data.Common;
        using System.Linq;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        interface Other { Task WorkAsync(); }

        class Jobs(IDatabase db, HttpClient http, DbCommand command, Other other)
        {
            private static readonly string[] Regions = ["eu", "us", "ap"];
            private static readonly System.Collections.Generic.List<string> Names = ["eu", "us", "ap"];

            public async Task Run(string key, string token, string[] rows, int delay, Func<Task> work)
            {
                if (!await db.LockTakeAsync(key, token, {{(isReported ? $"[|TimeSpan.FromSeconds({ttl})|]" : $"TimeSpan.FromSeconds({ttl})")}})) return;
                try { {{body}} }
                finally { await db.LockReleaseAsync(key, token); }
            }

            private async Task Save()
            {
                var text = string.Join(",", "a", "b");
                await db.StringSetAsync("a", text, TimeSpan.FromHours(1));
            }

            private async Task SaveAll(string[] rows)
            {
                foreach (var row in rows) await db.StringSetAsync(row, 1, TimeSpan.FromHours(1));
            }

            private Task Placeholder() => Task.CompletedTask;

            private Task Note() { Console.WriteLine(); return Task.CompletedTask; }
        }
        """);

    /// <summary>A transaction, a batch, a script and a publish are the client's own commands; what is only queued waits for nothing.</summary>
    [Theory]
    [InlineData(30, "var tran = db.CreateTransaction(); tran.AddCondition(Condition.KeyExists(\"a\")); _ = tran.HashIncrementAsync(\"a\", \"b\"); await tran.ExecuteAsync();", false)]
    [InlineData(30, "var tran = db.CreateTransaction(); foreach (var row in rows) _ = tran.KeyDeleteAsync(row); if (!tran.Execute()) return;", false)]
    [InlineData(30, "var batch = db.CreateBatch(); var a = batch.HashIncrementAsync(\"a\", \"b\"); batch.Execute(); await a;", false)]
    [InlineData(30, "var batch = db.CreateBatch(); Task a = batch.KeyDeleteAsync(\"a\"), b = batch.KeyDeleteAsync(\"b\"); batch.Execute(); await a; await b.ConfigureAwait(false);", false)]
    [InlineData(30, "var a = db.KeyDeleteAsync(\"a\"); var b = db.KeyDeleteAsync(\"b\"); await Task.WhenAll(a, b); if (await a) await b;", false)]
    [InlineData(30, "await db.ScriptEvaluateAsync(\"return 1\"); await db.Multiplexer.GetSubscriber().PublishAsync(\"a\", \"b\"); await db.PublishAsync(\"a\", \"b\");", false)]
    [InlineData(30, "await prepared.EvaluateAsync(db); db.ScriptEvaluate(prepared); db.Ping(); db.WaitAll(db.KeyDeleteAsync(\"a\"));", false)]
    [InlineData(30, "await db.WithKeyPrefix(\"a:\").KeyDeleteAsync(\"b\");", false)]
    [InlineData(30, "await Sell();", false)]
    [InlineData(8, "var tran = db.CreateTransaction(); _ = tran.HashIncrementAsync(\"a\", \"b\"); await tran.ExecuteAsync();", true)]
    [InlineData(30, "var tran = db.CreateTransaction(); _ = tran.HashIncrementAsync(\"a\", \"b\"); await tran.ExecuteAsync(); await work();", true)]
    [InlineData(30, "foreach (var row in rows) { var tran = db.CreateTransaction(); _ = tran.KeyDeleteAsync(row); await tran.ExecuteAsync(); }", true)]
    [InlineData(30, "await before; await db.KeyDeleteAsync(\"a\");", true)]
    [InlineData(30, "await given; await db.KeyDeleteAsync(\"a\");", true)]
    [InlineData(30, "var a = work(); await a;", true)]
    [InlineData(30, "await Later();", true)]
    public Task KnownToEnd_ByTheClientsOwnTimeout(int ttl, string body, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;
        using StackExchange.Redis.KeyspaceIsolation;

        class Jobs(IDatabase db, LuaScript prepared, Func<Task> work)
        {
            public async Task Run(string key, string token, string[] rows, Task given)
            {
                var before = work();
                if (!await db.LockTakeAsync(key, token, {{(isReported ? $"[|TimeSpan.FromSeconds({ttl})|]" : $"TimeSpan.FromSeconds({ttl})")}})) return;
                try { {{body}} }
                finally { await db.LockReleaseAsync(key, token); }
                await before;
            }

            private async Task<bool> Sell()
            {
                var batch = db.CreateBatch();
                var sold = batch.StringIncrementAsync("sold");
                batch.Execute();
                return await sold > 1;
            }

            private async Task Later()
            {
                var later = work();
                await db.KeyDeleteAsync("a");
                await later;
            }
        }
        """);

    /// <summary>The cache in the process answers at once, unless it is handed code that makes the value.</summary>
    [Theory]
    [InlineData("if (!cache.TryGetValue(\"a\", out int count)) cache.Set(\"a\", count + 1, TimeSpan.FromHours(1)); cache.Remove(\"b\"); await db.KeyDeleteAsync(\"c\");", false)]
    [InlineData("cache.GetOrCreate(\"a\", entry => work());", true)]
    [InlineData("await cache.GetOrCreateAsync(\"a\", entry => later());", true)]
    public Task KnownToEnd_InMemory(string body, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Caching.Memory;
        using StackExchange.Redis;

        class Jobs(IDatabase db, IMemoryCache cache, Func<int> work, Func<Task<int>> later)
        {
            public async Task Run(string key, string token)
            {
                if (!await db.LockTakeAsync(key, token, {{(isReported ? "[|TimeSpan.FromSeconds(30)|]" : "TimeSpan.FromSeconds(30)")}})) return;
                try { {{body}} }
                finally { await db.LockReleaseAsync(key, token); }
            }
        }
        """);

    /// <summary>What the framework does in memory takes no time, a wait with an end as long as it says, HttpClient as its owner sets it.</summary>
    [Theory]
    [InlineData("hits.Add(1, new KeyValuePair<string, object>(\"job\", key)); await db.KeyDeleteAsync(\"c\");", 30, false)]
    [InlineData("if (options.CurrentValue.Count > configuration.GetValue(\"extra\", 0)) await db.KeyDeleteAsync(\"c\");", 30, false)]
    [InlineData("await db.StringSetAsync(\"c\", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key))), TimeSpan.FromHours(1));", 30, false)]
    [InlineData("foreach (Match one in Regex.Matches(key, \"a+\")) names.Add(one.Value); await db.KeyDeleteAsync(\"c\");", 30, false)]
    [InlineData("var list = services.GetRequiredService<List<int>>(); list.Add(1); await db.KeyDeleteAsync(\"c\");", 30, false)]
    [InlineData("using var text = new MemoryStream(); text.WriteByte(1); await db.StringSetAsync(\"c\", text.ToArray(), TimeSpan.FromHours(1));", 30, false)]
    [InlineData("if (!await gate.WaitAsync(TimeSpan.FromSeconds(5))) return; try { await db.KeyDeleteAsync(\"c\"); } finally { gate.Release(); }", 30, false)]
    [InlineData("if (!await gate.WaitAsync(25_000)) return; try { await db.KeyDeleteAsync(\"c\"); } finally { gate.Release(); }", 30, true)]
    [InlineData("await gate.WaitAsync(stop); try { await db.KeyDeleteAsync(\"c\"); } finally { gate.Release(); }", 30, true)]
    [InlineData("using var http = clients.CreateClient(\"a\"); using var answer = await http.GetAsync(\"a\"); answer.EnsureSuccessStatusCode();", 300, false)]
    [InlineData("using var http = clients.CreateClient(\"a\"); await http.GetAsync(\"a\");", 60, true)]
    [InlineData("await _limited.GetStringAsync(\"a\");", 60, false)]
    [InlineData("await _limited.GetStringAsync(\"a\");", 15, true)]
    [InlineData("await _free.GetStringAsync(\"a\");", 60, true)]
    public Task KnownToEnd_ByTheFramework(string body, int ttl, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics.Metrics;
        using System.IO;
        using System.Net.Http;
        using System.Security.Cryptography;
        using System.Text;
        using System.Text.RegularExpressions;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Options;
        using StackExchange.Redis;

        namespace System.Net.Http { interface IHttpClientFactory { HttpClient CreateClient(string name); } }
        namespace Microsoft.Extensions.Configuration
        {
            interface IConfiguration { }
            static class ConfigurationBinder { public static T GetValue<T>(this IConfiguration configuration, string key, T otherwise) => otherwise; }
        }
        namespace Microsoft.Extensions.DependencyInjection
        {
            static class ServiceProviderServiceExtensions { public static T GetRequiredService<T>(this IServiceProvider services) => (T)services.GetService(typeof(T)); }
        }

        class Jobs
        {
            private readonly HttpClient _limited;
            private readonly HttpClient _free;

            public Jobs(HttpClient limited, HttpClient free)
            {
                _limited = limited;
                _limited.Timeout = TimeSpan.FromSeconds(15);
                _free = free;
            }

            public async Task Run(IDatabase db, string key, string token, Counter<long> hits, IOptionsMonitor<List<int>> options, IConfiguration configuration,
                List<string> names, IServiceProvider services, SemaphoreSlim gate, IHttpClientFactory clients, CancellationToken stop)
            {
                if (!await db.LockTakeAsync(key, token, {{(isReported ? $"[|TimeSpan.FromSeconds({ttl})|]" : $"TimeSpan.FromSeconds({ttl})")}})) return;
                try { {{body}} }
                finally { await db.LockReleaseAsync(key, token); }
            }
        }
        """);

    /// <summary>The transaction that compares and deletes is the release, and no work.</summary>
    [Theory]
    [InlineData("var tran = db.CreateTransaction(); tran.AddCondition(Condition.StringEqual(key, token)); _ = tran.KeyDeleteAsync(key); await tran.ExecuteAsync();")]
    [InlineData("var tran = db.CreateTransaction(); tran.AddCondition(Condition.StringEqual(key, token)); tran.KeyDeleteAsync(key); tran.Execute();")]
    [InlineData("await Free(key, token);")]
    public Task Silent_ReleasedByATransaction(string release) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            private int _count;

            public async Task Run(string key, string token)
            {
                if (!await db.StringSetAsync(key, token, TimeSpan.FromSeconds(9), When.NotExists)) return;
                try { _count++; await Task.Delay(1000); }
                finally { {{release}} }
            }

            private async Task Free(string key, string token)
            {
                var tran = db.CreateTransaction();
                tran.AddCondition(Condition.StringEqual(key, token));
                _ = tran.KeyDeleteAsync(key);
                await tran.ExecuteAsync();
            }
        }
        """);

    /// <summary>What prolongs the lock once, between two steps, does not keep it while a step runs.</summary>
    [Theory]
    [InlineData("await work(); if (!await db.LockExtendAsync(key, token, Life)) return; await work();", true)]
    [InlineData("await work(); var still = db.LockExtend(key, token, TimeSpan.FromSeconds(30)); if (!still) throw new TimeoutException(); await other.WorkAsync();", true)]
    [InlineData("await work(); await db.LockExtendAsync(key, token, Life); await work(); await db.LockExtendAsync(key, token, Life); await work();", true)]
    [InlineData("await db.KeyDeleteAsync(\"a\"); await db.LockExtendAsync(key, token, Life); await Task.Delay(4000);", false)]
    [InlineData("await work(); await db.LockExtendAsync(key, token, TimeSpan.FromHours(1)); await work();", false)]
    [InlineData("await work(); await db.LockExtendAsync(key, token, given); await work();", false)]
    [InlineData("foreach (var row in rows) { await work(); await db.LockExtendAsync(key, token, Life); }", false)]
    [InlineData("await work(); await Keep(key, token); await work();", false)]
    [InlineData("await all(async () => { await work(); await db.LockExtendAsync(key, token, Life); });", false)]
    [InlineData("using var ends = new CancellationTokenSource(40000); await step(ends.Token); await db.LockExtendAsync(key, token, Life); await step(ends.Token);", false)]
    public Task ProlongedBetweenTwoSteps(string body, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        interface Other { Task WorkAsync(); }

        class Jobs(IDatabase db, Other other, Func<Task> work, Func<CancellationToken, Task> step, Func<Func<Task>, Task> all)
        {
            private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

            public async Task Run(string key, string token, string[] rows, TimeSpan given)
            {
                if (!await db.LockTakeAsync(key, token, {{(isReported ? "[|Life|]" : "Life")}})) return;
                try { {{body}} }
                finally { await db.LockReleaseAsync(key, token); }
            }

            private Task<bool> Keep(string key, string token) => db.LockExtendAsync(key, token, Life);
        }
        """);

    /// <summary>A worker's round takes the lock, prolongs it once and gives it back; or the rounds prolong what one has taken.</summary>
    [Theory]
    [InlineData("if (!await db.LockTakeAsync(\"a\", token, [|Life|])) continue; try { await work(); await db.LockExtendAsync(\"a\", token, Life); await work(); } finally { await db.LockReleaseAsync(\"a\", token); }", "")]
    [InlineData("if (held) held = await db.LockExtendAsync(\"a\", token, Life); else held = await db.LockTakeAsync(\"a\", token, Life); if (held) await work();", "await db.LockReleaseAsync(\"a\", token);")]
    [InlineData("held = held || await db.LockTakeAsync(\"a\", token, Life); if (held) { await work(); held = await db.LockExtendAsync(\"a\", token, Life); }", "await db.LockReleaseAsync(\"a\", token);")]
    public Task ProlongedInRounds(string round, string end) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db, Func<Task> work)
        {
            private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

            public async Task Run(CancellationToken stop)
            {
                var token = Guid.NewGuid().ToString("N");
                bool held = false;
                while (!stop.IsCancellationRequested)
                {
                    await Task.Delay(1000);
                    {{round}}
                }
                {{end}}
                Console.WriteLine(held);
            }
        }
        """);

    /// <summary>A token ends the calls that it is handed to, and no others that are waited for.</summary>
    [Theory]
    [InlineData("await step(ends.Token); await work();", true)]
    [InlineData("await work(); await step(ends.Token).ConfigureAwait(false);", true)]
    [InlineData("await step(ends.Token); await other.WorkAsync();", true)]
    [InlineData("await step(ends.Token); await Hidden();", true)]
    [InlineData("await work(); if (ends.IsCancellationRequested) Console.WriteLine(\"late\");", true)]
    [InlineData("await step(ends.Token); other.Map(1);", false)]
    [InlineData("await step(ends.Token); await db.KeyDeleteAsync(\"a\"); await Task.Delay(1000); await Seen();", false)]
    [InlineData("await step(ends.Token); await step(ct);", false)]
    [InlineData("await step(ends.Token); await work().WaitAsync(ends.Token);", false)]
    [InlineData("await step(ends.Token); var started = work(); await started.WaitAsync(ends.Token);", false)]
    [InlineData("await step(ends.Token); await Task.WhenAny(work(), Task.Delay(-1, ends.Token));", false)]
    [InlineData("await step(ends.Token); ends.Token.ThrowIfCancellationRequested(); await work();", false)]
    [InlineData("await step(ends.Token); if (ends.IsCancellationRequested) return; await work();", false)]
    [InlineData("using var stop = ends.Token.Register(() => other.Map(1)); await work();", false)]
    [InlineData("foreach (var row in rows) { await work(); await step(ends.Token); }", false)]
    [InlineData("await step(ends.Token); await all(async () => await work());", true)]
    [InlineData("await all(async () => await work(), ends.Token);", false)]
    [InlineData("try { await step(ends.Token); } catch { await work(); throw; }", false)]
    [InlineData("await new Worker(ends.Token).RunAsync(); await work();", false)]
    [InlineData("using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, ends.Token); await step(linked.Token); await work();", true)]
    [InlineData("await step(ends.Token); await other.ForAsync(default); await other.ForAsync(CancellationToken.None);", true)]
    [InlineData("other.Use(ends.Token); await work();", false)]
    [InlineData("await step(ends.Token); await other.ForAsync(other.Current());", false)]
    [InlineData("await step(ends.Token); await other.ForAsync(Stop);", false)]
    [InlineData("await step(ends.Token); await work().WaitAsync(TimeSpan.FromSeconds(10));", false)]
    public Task TokenThatDoesNotReachAllWork(string body, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        interface Other
        {
            Task WorkAsync();
            Task ForAsync(CancellationToken ends);
            int Map(int number);
            void Use(CancellationToken ends);
            CancellationToken Current();
        }

        class Worker(CancellationToken ends) { public Task RunAsync() => Task.Delay(-1, ends); }

        class Jobs(IDatabase db, Other other, Func<Task> work, Func<CancellationToken, Task> step)
        {
            private static CancellationToken Stop;

            public async Task Run(string key, string token, string[] rows, CancellationToken ct)
            {
                if (!await db.LockTakeAsync(key, token, {{(isReported ? "[|TimeSpan.FromSeconds(30)|]" : "TimeSpan.FromSeconds(30)")}})) return;
                using var ends = new CancellationTokenSource(TimeSpan.FromSeconds(20));
                try { {{body}} }
                finally { await db.LockReleaseAsync(key, token); }
            }

            private async Task Hidden() => await other.WorkAsync();

            private async Task Seen() => await db.KeyDeleteAsync("b");

            private async Task all(Func<Task> run, CancellationToken ct = default) => await run();
        }
        """);

    /// <summary>FreeRedis lets a command 20 s, CSRedis 10 s.</summary>
    [Theory]
    [InlineData("free.SetNx(\"job:lock\", token, 30)", "free.Incr(\"a\"); free.HSet(\"b\", \"c\", 1);", "free.Del(\"job:lock\");", false)]
    [InlineData("free.SetNx(\"job:lock\", token, 20)", "free.Incr(\"a\");", "free.Del(\"job:lock\");", true)]
    [InlineData("free.SetNx(\"job:lock\", token, 30)", "await free.IncrByAsync(\"a\", 1);", "free.Del(\"job:lock\");", false)]
    [InlineData("free.SetNx(\"job:lock\", token, 30)", "free.BLPop(\"a\", 60);", "free.Del(\"job:lock\");", true)]
    [InlineData("cs.Set(\"job:lock\", token, 20, CSRedis.RedisExistence.Nx)", "cs.IncrBy(\"a\"); await cs.HSetAsync(\"b\", \"c\", 1);", "cs.Del(\"job:lock\");", false)]
    [InlineData("cs.Set(\"job:lock\", token, 14, CSRedis.RedisExistence.Nx)", "cs.IncrBy(\"a\");", "cs.Del(\"job:lock\");", true)]
    [InlineData("cs.Set(\"job:lock\", token, 30, CSRedis.RedisExistence.Nx)", "cs.CacheShell(\"a\", 60, load);", "cs.Del(\"job:lock\");", true)]
    [InlineData("cs.Set(\"job:lock\", token, 30, CSRedis.RedisExistence.Nx)", "foreach (var name in names) cs.IncrBy(name);", "cs.Del(\"job:lock\");", true)]
    public Task KnownToEnd_ByTheTimeoutsOfOtherClients(string take, string body, string release, bool isReported)
    {
        Match lifetime = Regex.Match(take, "(?<=token, )[0-9]+");
        string marked = isReported ? take.Remove(lifetime.Index, lifetime.Length).Insert(lifetime.Index, $"[|{lifetime.Value}|]") : take;
        return Check.ReportsSource($$"""
            using System;
            using System.Threading.Tasks;

            class Jobs(FreeRedis.RedisClient free, CSRedis.CSRedisClient cs, Func<string> load)
            {
                public async Task Run(string token, string[] names)
                {
                    await Task.Yield();
                    if (!{{marked}}) return;
                    try { {{body}} }
                    finally { {{release}} }
                }
            }
            """, References.AllClients);
    }

    /// <summary>A client's own lock renews itself unless it is told not to.</summary>
    [Theory]
    [InlineData("using var held = free.Lock(\"a\", 10, autoDelay: false); if (held is null) return; await work();", true)]
    [InlineData("using (var held = free.Lock(\"a\", 10, false)) { if (held != null) Thread.Sleep(20000); }", true)]
    [InlineData("var held = free.Lock(\"a\", 10, false); if (held == null) return; try { await work(); } finally { held.Unlock(); }", true)]
    [InlineData("using var held = free.Lock(\"a\", 10, false) ?? throw new TimeoutException(); await work();", true)]
    [InlineData("using var held = cs.Lock(\"a\", 10, false); if (held == null) return; await work();", true)]
    [InlineData("using var held = free.Lock(\"a\", 4, false); if (held == null) return; await Task.Delay(10);", true)]
    [InlineData("using var held = free.Lock(\"a\", 10, autoDelay: true); if (held is null) return; await work();", false)]
    [InlineData("using var held = free.Lock(\"a\", 10); if (held is null) return; await work();", false)]
    [InlineData("using var held = free.Lock(\"a\", 10, renews); if (held is null) return; await work();", false)]
    [InlineData("using var held = free.Lock(\"a\", 10, false); if (held is null) return; await Task.Delay(1000);", false)]
    [InlineData("using var held = free.Lock(\"a\", 10, false); if (held is null) { await work(); return; } Console.WriteLine(1);", false)]
    [InlineData("using (var held = free.Lock(\"a\", 10, false)) { if (held != null) Console.WriteLine(1); } await work();", false)]
    [InlineData("var held = free.Lock(\"a\", 10, false); if (held == null) return; held.Unlock(); await work();", false)]
    public Task HandleThatRenewsUnlessToldNotTo(string body, bool isReported)
    {
        Match lifetime = Regex.Match(body, "(?<=\"a\", )[0-9]+");
        string marked = isReported ? body.Remove(lifetime.Index, lifetime.Length).Insert(lifetime.Index, $"[|{lifetime.Value}|]") : body;
        return Check.ReportsSource($$"""
            using System;
            using System.Threading;
            using System.Threading.Tasks;

            class Jobs(FreeRedis.RedisClient free, CSRedis.CSRedisClient cs, Func<Task> work)
            {
                public async Task Run(bool renews)
                {
                    await Task.Yield();
                    {{marked}}
                }
            }
            """, References.AllClients);
    }

    /// <summary>An action's answer is made under the lock, and sent when it is free.</summary>
    [Theory]
    [InlineData("await Task.Delay(5000); return Ok(1);", false)]
    [InlineData("return Ok(db.StringIncrement(key));", false)]
    [InlineData("await Task.Delay(29000); return Ok(1);", true)]
    [InlineData("return Ok(await other.WorkAsync());", true)]
    [InlineData("await TryUpdateModelAsync(other); return Ok(1);", true)]
    public Task KnownToEnd_InAnAction(string body, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;
        using StackExchange.Redis;

        interface Other { Task<int> WorkAsync(); }

        namespace Microsoft.AspNetCore.Mvc
        {
            abstract class ControllerBase
            {
                public abstract object Ok(object value);
                public abstract Task<bool> TryUpdateModelAsync(object model);
            }
        }

        abstract class Jobs(IDatabase db, Other other) : ControllerBase
        {
            public async Task<object> Run(string key)
            {
                var token = await Take(key, {{(isReported ? "[|TimeSpan.FromSeconds(30)|]" : "TimeSpan.FromSeconds(30)")}});
                if (token == null) return null;
                try { {{body}} }
                finally { await Release(key, token); }
            }

            private async Task<string> Take(string key, TimeSpan ttl)
            {
                var token = Guid.NewGuid().ToString();
                return await db.StringSetAsync(key, token, ttl, When.NotExists) ? token : null;
            }

            private Task Release(string key, string token) => db.LockReleaseAsync(key, token);
        }
        """);

    /// <summary>A stopwatch bounds the work only where it ends it.</summary>
    [Theory]
    [InlineData("foreach (var row in rows) { await work(); if (watch.Elapsed > TimeSpan.FromSeconds(20)) Console.WriteLine(\"slow\"); }", true)]
    [InlineData("await work(); if (watch.Elapsed > TimeSpan.FromSeconds(20)) { Console.WriteLine(\"slow\"); } else { Console.WriteLine(\"ok\"); }", true)]
    [InlineData("foreach (var row in rows) { await work(); if (watch.Elapsed > TimeSpan.FromSeconds(20)) break; }", false)]
    [InlineData("foreach (var row in rows) { await work(); if (watch.Elapsed > TimeSpan.FromSeconds(20)) { Console.WriteLine(\"slow\"); throw new TimeoutException(); } }", false)]
    [InlineData("foreach (var row in rows) { await work(); if (watch.Elapsed > TimeSpan.FromSeconds(20)) stop = true; if (stop) break; }", false)]
    [InlineData("foreach (var row in rows) { await work(); if (watch.Elapsed > TimeSpan.FromSeconds(20)) ends.Cancel(); }", false)]
    [InlineData("while (watch.Elapsed < TimeSpan.FromSeconds(20)) { await work(); }", false)]
    public Task Stopwatch(string body, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Diagnostics;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            public async Task Run(string key, string token, string[] rows, Func<Task> work, CancellationTokenSource ends)
            {
                var stop = false;
                var watch = Stopwatch.StartNew();
                if (!await db.LockTakeAsync(key, token, {{(isReported ? "[|TimeSpan.FromSeconds(30)|]" : "TimeSpan.FromSeconds(30)")}})) return;
                try { {{body}} }
                finally { await db.LockReleaseAsync(key, token); }
                Console.WriteLine(stop);
            }
        }
        """);

    [Theory]
    [InlineData("""if (!await db.LockTakeAsync(key, token, [|TimeSpan.FromSeconds(30)|])) return null;""", "await db.LockReleaseAsync(key, token);")]
    [InlineData("""if (!db.LockTake(key, token, [|TimeSpan.FromSeconds(30)|], CommandFlags.DemandMaster)) return null;""", "db.LockRelease(key, token);")]
    [InlineData("""if (!await db.LockTakeAsync(expiry: [|ttl|], value: token, key: key).ConfigureAwait(false)) return null;""", "await db.LockReleaseAsync(key, token);")]
    [InlineData("""if (!await db.StringSetAsync(key, token, [|TimeSpan.FromSeconds(30)|], When.NotExists)) return null;""", "await db.KeyDeleteAsync(key);")]
    [InlineData("""if (!await db.StringSetAsync(key, token, expiry: [|ttl|], when: When.NotExists)) return null;""", "await db.LockReleaseAsync(key, token);")]
    [InlineData("""if (!db.StringSet(key, token, [|TimeSpan.FromSeconds(30)|], When.NotExists)) return null;""", "db.ScriptEvaluate(text, new RedisKey[] { key }, new RedisValue[] { token });")]
    [InlineData("""if (!await db.StringSetAsync(key, token, [|maybe|], When.NotExists)) return null;""", "await db.KeyDeleteAsync(key);")]
    [InlineData("""if ((await db.ExecuteAsync("SET", key, token, "NX", "PX", [|20000|])).IsNull) return null;""", "await db.KeyDeleteAsync(key);")]
    [InlineData("""if ((string)db.Execute("SET", key, token, "EX", [|30|], "NX") != "OK") return null;""", "db.KeyDelete(key);")]
    public Task Reports_UnboundedWork(string take, string release) => Check.Reports($$"""
        {{take}}
        try
        {
            await WorkAsync(ct);
        }
        finally
        {
            {{release}}
        }
        """);

    [Theory]
    [InlineData("ValueCondition.NotExists", "TimeSpan.FromSeconds(30)")]
    [InlineData("ValueCondition.NotExists", "new Expiration(TimeSpan.FromSeconds(30))")]
    [InlineData("When.NotExists", "new Expiration(ttl)")]
    public Task Reports_ExpirationForms(string condition, string expiry) => Check.Reports($$"""
        if (await db.StringSetAsync(key, token, [|{{expiry}}|], {{condition}}))
        {
            await WorkAsync();
            await db.KeyDeleteAsync(key);
        }
        """, "2.13.23", "3.4.35");

    [Theory]
    [InlineData("var taken = await db.LockTakeAsync(key, token, [|ttl|]); if (!taken) throw new InvalidOperationException();")]
    [InlineData("while (!await db.LockTakeAsync(key, token, [|ttl|])) await Task.Delay(100);")]
    [InlineData("for (;;) { if (await db.LockTakeAsync(key, token, [|ttl|])) break; await Task.Delay(100); }")]
    [InlineData("await db.LockTakeAsync(key, token, [|ttl|]);")]
    [InlineData("if (await db.LockTakeAsync(key, token, [|ttl|]) is false) return null;")]
    public Task Reports_EveryWayToAskWhetherTheLockWasGot(string take) => Check.Reports($$"""
        {{take}}
        await WorkAsync();
        await db.LockReleaseAsync(key, token);
        """, References.NewestClient);

    [Theory]
    [InlineData("var lockKey = key; var got = await db.StringSetAsync(lockKey, token, [|TimeSpan.FromMinutes(2)|], When.NotExists);", "key")]
    [InlineData("var got = await db.StringSetAsync(\"jobs:leader\", token, [|TimeSpan.FromMinutes(2)|], When.NotExists);", "\"jobs:leader\"")]
    [InlineData("var got = await db.StringSetAsync($\"{text}:mutex\", token, [|TimeSpan.FromMinutes(2)|], When.NotExists);", "$\"{text}:mutex\"")]
    [InlineData("var got = await db.StringSetAsync(\"lease:\" + text, token, [|TimeSpan.FromMinutes(2)|], When.NotExists);", "\"lease:\" + text")]
    public async Task Reports_LockByName(string take, string key)
    {
        await Check.Reports($$"""
            {{take}}
            if (got) { try { await WorkAsync(); } catch { await db.KeyDeleteAsync({{key}}); throw; } }
            """, References.NewestClient);
        await Check.Reports($$"""
            {{take}}
            if (got) { await WorkAsync(); var tran = db.CreateTransaction(); _ = tran.KeyDeleteAsync({{key}}); await tran.ExecuteAsync(); }
            """, References.NewestClient);

        // What nothing gives back keeps others off for a while, and is no lock.
        await Check.Reports($$"""
            {{take.Replace("[|", "").Replace("|]", "")}}
            if (got) await WorkAsync();
            """, References.NewestClient);
    }

    /// <summary>A throttle: the key is never deleted, whatever other keys are.</summary>
    [Theory]
    [InlineData("", "TimeSpan.FromSeconds(30)")]
    [InlineData("public Task Release() => db.KeyDeleteAsync(\"other:flush-lock\");", "TimeSpan.FromSeconds(30)")]
    [InlineData("public Task Release() => db.KeyDeleteAsync(prefix + \":flush-lock\");", "[|TimeSpan.FromSeconds(30)|]")]
    public Task LockByName_IsGivenBackByAnotherMember(string member, string ttl) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Buffer(IDatabase db, string prefix, Func<Task> flush)
        {
            public async Task Flush()
            {
                if (!await db.StringSetAsync($"{prefix}:flush-lock", Guid.NewGuid().ToString(), {{ttl}}, When.NotExists)) return;
                await db.KeyDeleteAsync(prefix + ":bucket");
                await flush();
            }

            {{member}}
        }
        """, References.NewestClient);

    [Theory]
    [InlineData("using var cts = new CancellationTokenSource(ttl);")]
    [InlineData("using var cts = new CancellationTokenSource(); cts.CancelAfter(ttl);")]
    [InlineData("using var cts = CancellationTokenSource.CreateLinkedTokenSource(ct); cts.CancelAfter(ttl);")]
    public Task Reports_WorkBoundByTheTtl(string bound) => Check.Reports($$"""
        if (!await db.LockTakeAsync(key, token, [|ttl|])) return null;
        {{bound}}
        await WorkAsync(cts.Token);
        await db.LockReleaseAsync(key, token);
        """, References.NewestClient);

    [Theory]
    [InlineData("await WorkAsync().WaitAsync(ttl);")]
    [InlineData("WorkAsync().Wait(ttl);")]
    [InlineData("await Task.WhenAny(WorkAsync(), Task.Delay(ttl));")]
    [InlineData("var until = DateTime.UtcNow + ttl; while (DateTime.UtcNow < until) await WorkAsync();")]
    [InlineData("var watch = System.Diagnostics.Stopwatch.StartNew(); while (watch.Elapsed < ttl) await WorkAsync();")]
    public Task Reports_WorkThatStopsWithTheLock(string work) => Check.Reports($$"""
        if (!await db.LockTakeAsync(key, token, [|ttl|])) return null;
        try { {{work}} }
        finally { await db.LockReleaseAsync(key, token); }
        """, References.NewestClient);

    /// <summary>Numbers of a unit, and tests that say nothing of the time that has passed.</summary>
    [Theory]
    [InlineData("var watch = System.Diagnostics.Stopwatch.StartNew(); while (watch.Elapsed.TotalSeconds < 30) await WorkAsync();")]
    [InlineData("var watch = System.Diagnostics.Stopwatch.StartNew(); while (true) { await WorkAsync(); if (watch.Elapsed.TotalMinutes >= 1) break; }")]
    [InlineData("var start = Environment.TickCount64; while (Environment.TickCount64 - start < 30_000) await WorkAsync();")]
    [InlineData("var watch = System.Diagnostics.Stopwatch.StartNew(); await WorkAsync(); if (watch.Elapsed.TotalSeconds > 20) Console.WriteLine(\"slow\");")]
    [InlineData("var count = 0; var first = 0; while (count - first < 20) { count++; await WorkAsync(); }")]
    [InlineData("var from = new DateTime(2020, 1, 1); var to = new DateTime(2021, 1, 1); if ((to - from).TotalSeconds > 20) await WorkAsync();")]
    public Task Reports_NumbersOfAUnit(string work) => Check.Reports($$"""
        if (!await db.LockTakeAsync(key, token, [|TimeSpan.FromSeconds(30)|])) return null;
        try { {{work}} }
        finally { await db.LockReleaseAsync(key, token); }
        """, References.NewestClient);

    /// <summary>What nobody waits for takes none of the lock's time, unless it is what gives the lock back.</summary>
    [Theory]
    [InlineData("_ = other.WorkAsync(); await db.StringIncrementAsync(key);", false)]
    [InlineData("other.WorkAsync(); await db.StringIncrementAsync(key);", false)]
    [InlineData("_ = other.WorkAsync().ContinueWith(t => Console.WriteLine(t.Exception)); await db.StringIncrementAsync(key);", false)]
    [InlineData("var running = other.WorkAsync(); await db.StringIncrementAsync(key);", false)]
    [InlineData("_ = Task.Run(async () => await other.WorkAsync()); await db.StringIncrementAsync(key);", false)]
    [InlineData("_ = Task.Run(async () => { await other.WorkAsync(); }).ContinueWith(t => other.Tell(t)); await db.StringIncrementAsync(key);", false)]
    [InlineData("await Told();", false)]
    [InlineData("_ = other.WorkAsync(); await other.WorkAsync();", true)]
    [InlineData("_ = Task.Run(async () => await other.WorkAsync()); other.Tell(null);", true)]
    [InlineData("var running = other.WorkAsync(); await running;", true)]
    [InlineData("await ToldAndDone();", true)]
    public Task WorkThatNobodyWaitsFor(string work, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        interface Other { Task WorkAsync(); void Tell(Task task); }

        class Jobs(IDatabase db, Other other)
        {
            public async Task Run(string key, string token)
            {
                if (!await db.LockTakeAsync("k", token, {{(isReported ? "[|TimeSpan.FromSeconds(60)|]" : "TimeSpan.FromSeconds(60)")}})) return;
                try { {{work}} }
                finally { await db.LockReleaseAsync("k", token); }
            }

            private async Task Told()
            {
                _ = other.WorkAsync();
                await db.StringIncrementAsync("n");
            }

            private async Task ToldAndDone()
            {
                _ = other.WorkAsync();
                await other.WorkAsync();
            }
        }
        """);

    /// <summary>What is deleted on failure alone is a mark, also where a flag tells of the failure.</summary>
    [Theory]
    [InlineData("var ok = false; try { await WorkAsync(); ok = true; } finally { if (!ok) await db.KeyDeleteAsync(key); }", false)]
    [InlineData("var failed = true; try { await WorkAsync(); failed = false; } finally { if (failed) { Console.WriteLine(); await db.KeyDeleteAsync(key); } }", false)]
    [InlineData("var ok = false; try { await WorkAsync(); ok = true; } finally { if (ok == false && flag) await db.KeyDeleteAsync(key); }", false)]
    [InlineData("var failed = false; try { await WorkAsync(); } catch { failed = true; throw; } finally { if (failed) await db.KeyDeleteAsync(key); }", false)]
    [InlineData("var ok = false; try { await WorkAsync(); ok = true; } finally { if (ok) Console.WriteLine(); else await db.KeyDeleteAsync(key); }", false)]
    [InlineData("var ok = false; try { await WorkAsync(); ok = true; } finally { if (ok) await db.KeyDeleteAsync(key); }", true)]
    [InlineData("var kept = false; try { if (flag) kept = true; await WorkAsync(); } finally { if (!kept) await db.KeyDeleteAsync(key); }", true)]
    [InlineData("var gone = false; try { await WorkAsync(); await db.KeyDeleteAsync(key); gone = true; } finally { if (!gone) await db.KeyDeleteAsync(key); }", true)]
    [InlineData("var ok = false; try { await WorkAsync(); ok = true; } finally { if (!ok || flag) await db.KeyDeleteAsync(key); }", true)]
    public Task DeletedOnFailureAlone(string work, bool isReported) => Check.Reports(
        "if (!await db.StringSetAsync(key, token, " + (isReported ? "[|TimeSpan.FromHours(2)|]" : "TimeSpan.FromHours(2)") +
            ", When.NotExists)) return null; " + work, References.NewestClient);

    /// <summary>A renewal that is written with the key of another lock does not renew this one.</summary>
    [Theory]
    [InlineData("report", "other", true)]
    [InlineData("report", "report", false)]
    [InlineData("report", null, false)]
    public Task RenewalOfAnotherKey(string renewed, string? taken, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db, Func<CancellationToken, Task> work)
        {
            private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

            public async Task Run(string name)
            {
                var token = Guid.NewGuid().ToString();
                RedisKey key = {{(taken is null ? "name" : $"\"{taken}\"")}};
                if (!await db.LockTakeAsync(key, token, {{(isReported ? "[|Life|]" : "Life")}})) return;
                using var lost = new CancellationTokenSource();
                var renewal = KeepAsync(token, lost);
                try { await work(lost.Token); }
                finally
                {
                    lost.Cancel();
                    await renewal;
                    await db.LockReleaseAsync(key, token);
                }
            }

            private async Task KeepAsync(string token, CancellationTokenSource lost)
            {
                while (!lost.IsCancellationRequested)
                {
                    await Task.Delay(Life / 3);
                    if (!await db.LockExtendAsync("{{renewed}}", token, Life)) lost.Cancel();
                }
            }
        }
        """, References.NewestClient);

    /// <summary>A source of a helper's, and one that a timer ends.</summary>
    [Theory]
    [InlineData("using var ends = Budget(Life, ct);", false)]
    [InlineData("using var ends = Whole(Life);", true)]
    [InlineData("using var ends = Whole(Life / 2);", false)]
    [InlineData("using var ends = Open(ct);", true)]
    [InlineData("using var ends = new CancellationTokenSource(); using var timer = new Timer(_ => ends.Cancel(), null, TimeSpan.FromSeconds(40), Timeout.InfiniteTimeSpan);", false)]
    [InlineData("using var ends = new CancellationTokenSource(); using var timer = new Timer(_ => ends.Cancel(), null, TimeSpan.FromSeconds(60), Timeout.InfiniteTimeSpan);", true)]
    public Task TokensOfHelpersAndTimers(string source, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db, Func<CancellationToken, Task> work)
        {
            private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

            public async Task Run(string key, string token, CancellationToken ct)
            {
                if (!await db.LockTakeAsync(key, token, {{(isReported ? "[|Life|]" : "Life")}})) return;
                {{source}}
                try { await work(ends.Token); }
                finally { await db.LockReleaseAsync(key, token); }
            }

            private static CancellationTokenSource Budget(TimeSpan ttl, CancellationToken outer)
            {
                var source = CancellationTokenSource.CreateLinkedTokenSource(outer);
                source.CancelAfter(ttl - TimeSpan.FromSeconds(10));
                return source;
            }

            private static CancellationTokenSource Whole(TimeSpan ttl) => new(ttl);

            private static CancellationTokenSource Open(CancellationToken outer) => CancellationTokenSource.CreateLinkedTokenSource(outer);
        }
        """, References.NewestClient);

    /// <summary>A token reaches what a function of the body hands it to.</summary>
    [Theory]
    [InlineData("await Step(); await Step(); Task Step() => other.WorkAsync(ends.Token);", false)]
    [InlineData("Func<int, Task> step = x => other.WorkAsync(ends.Token); await step(1); await step(2);", false)]
    [InlineData("Task Step() => other.WorkAsync(ends.Token); await Step(); await other.WorkAsync();", true)]
    [InlineData("Func<Task> step = () => other.WorkAsync(); await other.WorkAsync(ends.Token); await step();", true)]
    [InlineData("await other.WorkAsync(ends.Token); await db.StringIncrementAsync(\"n\");", false)]
    [InlineData("var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, ends.Token); ct = linked.Token; await other.WorkAsync(ct); await other.WorkAsync(ct);", false)]
    public Task TokensInFunctions(string work, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        interface Other { Task WorkAsync(CancellationToken token = default); }

        class Jobs(IDatabase db, Other other)
        {
            public async Task Run(string key, string token, CancellationToken ct)
            {
                if (!await db.LockTakeAsync(key, token, {{(isReported ? "[|TimeSpan.FromSeconds(60)|]" : "TimeSpan.FromSeconds(60)")}})) return;
                using var ends = new CancellationTokenSource(TimeSpan.FromSeconds(30));
                try { {{work}} }
                finally { await db.LockReleaseAsync(key, token); }
            }
        }
        """);

    /// <summary>The functions stand before the lock is taken.</summary>
    [Fact]
    public Task TokensInFunctionsAhead() => Check.Reports("""
        using var ends = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        Func<Task> step = () => WorkAsync(ends.Token);
        Task Other() => WorkAsync(ends.Token);
        if (!await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(60))) return null;
        try { await step(); await Other(); }
        finally { await db.LockReleaseAsync(key, token); }
        """, References.NewestClient);

    /// <summary>A helper that limits its own work, or waits for a turn no longer than so.</summary>
    [Theory]
    [InlineData("await ByToken(20);", "using var ends = new CancellationTokenSource(TimeSpan.FromSeconds(20)); await other.WorkAsync(ends.Token); await other.WorkAsync(ends.Token);", false)]
    [InlineData("await ByToken(20);", "using var ends = new CancellationTokenSource(); ends.CancelAfter(TimeSpan.FromSeconds(seconds)); await other.WorkAsync(ends.Token);", false)]
    [InlineData("await ByToken(20);", "using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct); ends.CancelAfter(20_000); var token = ends.Token; for (var i = 0; i < seconds; i++) await other.WorkAsync(token);", false)]
    [InlineData("await ByToken(20);", "await other.WorkAsync().WaitAsync(TimeSpan.FromSeconds(20));", false)]
    [InlineData("await ByToken(20);", "await Task.Delay(200); await db.StringIncrementAsync(\"n\");", false)]
    [InlineData("await ByToken(20); await ByToken(20); await ByToken(20);", "using var ends = new CancellationTokenSource(TimeSpan.FromSeconds(20)); await other.WorkAsync(ends.Token);", true)]
    [InlineData("await ByToken(20);", "using var ends = new CancellationTokenSource(TimeSpan.FromSeconds(58)); await other.WorkAsync(ends.Token);", true)]
    [InlineData("await ByToken(20);", "using var ends = new CancellationTokenSource(TimeSpan.FromSeconds(20)); await other.WorkAsync(ends.Token); await other.WorkAsync(ct);", true)]
    [InlineData("await ByToken(20);", "using var ends = new CancellationTokenSource(); await other.WorkAsync(ends.Token);", true)]
    [InlineData("await ByToken(20);", "for (var i = 0; i < seconds; i++) await other.WorkAsync().WaitAsync(TimeSpan.FromSeconds(20));", true)]
    [InlineData("if (!await gate.WaitAsync(TimeSpan.FromSeconds(5))) return; await db.StringIncrementAsync(\"n\"); gate.Release();", "", false)]
    [InlineData("if (!gate.Wait(5000, ct)) return; await db.StringIncrementAsync(\"n\"); gate.Release();", "", false)]
    [InlineData("if (!await gate.WaitAsync(TimeSpan.FromSeconds(58))) return; await db.StringIncrementAsync(\"n\"); gate.Release();", "", true)]
    [InlineData("await gate.WaitAsync(); await db.StringIncrementAsync(\"n\"); gate.Release();", "", true)]
    public Task KnownToEnd_ByALimitOfItsOwn(string work, string helper, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        interface Other { Task WorkAsync(CancellationToken token = default); }

        class Jobs(IDatabase db, Other other, SemaphoreSlim gate, CancellationToken ct)
        {
            public async Task Run(string key, string me)
            {
                if (!await db.LockTakeAsync(key, me, {{(isReported ? "[|TimeSpan.FromSeconds(60)|]" : "TimeSpan.FromSeconds(60)")}})) return;
                try { {{work}} }
                finally { await db.LockReleaseAsync(key, me); }
            }

            private async Task ByToken(int seconds)
            {
                await Task.Yield();
                {{helper}}
            }
        }
        """);

    /// <summary>What only works in memory, of the framework's.</summary>
    [Theory]
    [InlineData("channel.Writer.TryWrite(key);", false)]
    [InlineData("while (channel.Reader.TryRead(out var read)) rows.TryRemove(read, out _);", false)]
    [InlineData("channel.Writer.TryComplete();", false)]
    [InlineData("Runs.Add(1);", false)]
    [InlineData("var words = System.Text.RegularExpressions.Regex.Matches(key, \"a\").Select(match => match.Value).ToArray();", false)]
    [InlineData("var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes));", false)]
    [InlineData("using var memory = new MemoryStream(); using (var zip = new GZipStream(memory, CompressionLevel.Fastest)) zip.Write(bytes); bytes = memory.ToArray();", false)]
    [InlineData("var rented = System.Buffers.ArrayPool<byte>.Shared.Rent(9);", false)]
    [InlineData("Console.WriteLine(new Order(key).ToString());", false)]
    [InlineData("await Task.Delay(Random.Shared.Next(10, 50));", false)]
    [InlineData("var address = System.Net.IPAddress.Parse(key);", false)]
    [InlineData("await (key.Length > 3 ? db.StringIncrementAsync(key) : Task.CompletedTask);", false)]
    [InlineData("await Task.Delay(Random.Shared.Next(10, 90_000));", true)]
    [InlineData("await (key.Length > 3 ? channel.Writer.WriteAsync(key).AsTask() : Task.CompletedTask);", true)]
    [InlineData("await channel.Writer.WriteAsync(key);", true)]
    [InlineData("var read = await channel.Reader.ReadAsync();", true)]
    [InlineData("await File.ReadAllTextAsync(key);", true)]
    public Task KnownToEnd_InMemoryOfTheFramework(string work, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Collections.Concurrent;
        using System.Diagnostics.Metrics;
        using System.IO;
        using System.IO.Compression;
        using System.Linq;
        using System.Threading.Channels;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        record Order(string Name);

        class Jobs(IDatabase db, Channel<string> channel, ConcurrentDictionary<string, int> rows)
        {
            private static readonly Counter<long> Runs = new Meter("m").CreateCounter<long>("runs");

            public async Task Run(string key, string token, byte[] bytes)
            {
                if (!await db.LockTakeAsync(key, token, {{(isReported ? "[|TimeSpan.FromSeconds(60)|]" : "TimeSpan.FromSeconds(60)")}})) return;
                try { {{work}} await db.StringSetAsync("n", bytes, TimeSpan.FromHours(1)); }
                finally { await db.LockReleaseAsync(key, token); }
            }
        }
        """, References.NewestClient);

    /// <summary>The limit of a request, where the client comes from and what is read of the answer.</summary>
    [Theory]
    [InlineData(300, "var answer = await _http.GetAsync(key); answer.EnsureSuccessStatusCode(); await answer.Content.ReadAsStringAsync();", "", false)]
    [InlineData(60, "await _http.GetStringAsync(key);", "_http.Timeout = TimeSpan.FromSeconds(15);", false)]
    [InlineData(60, "await _http.GetStringAsync(key);", "_http.Timeout = TimeSpan.FromSeconds(58);", true)]
    [InlineData(60, "await _http.GetStringAsync(key);", "_http.Timeout = life;", true)]
    [InlineData(300, "await _http.GetStringAsync(key);", "_http.Timeout = life;", false)]
    [InlineData(60, "await _http.GetStringAsync(key);", "http.Timeout = TimeSpan.FromSeconds(15);", true)]
    public Task KnownToEnd_ByTheRequestsLimit(int ttl, string work, string set, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Net.Http;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs
        {
            private readonly IDatabase _db;
            private readonly HttpClient _http;

            public Jobs(IDatabase db, HttpClient http, HttpClient own, TimeSpan life)
            {
                _db = db;
                _http = own;
                {{set}}
            }

            public async Task Run(string key, string token)
            {
                if (!await _db.LockTakeAsync(key, token, {{(isReported ? $"[|TimeSpan.FromSeconds({ttl})|]" : $"TimeSpan.FromSeconds({ttl})")}})) return;
                try { {{work}} }
                finally { await _db.LockReleaseAsync(key, token); }
            }
        }
        """, References.NewestClient);

    [Theory]
    [InlineData("TimeSpan.FromSeconds(30)", "TimeSpan.FromSeconds(28)")]
    [InlineData("TimeSpan.FromSeconds(30)", "25_001")]
    [InlineData("TimeSpan.FromMinutes(1)", "60_000")]
    [InlineData("TimeSpan.FromSeconds(30)", "TimeSpan.FromMinutes(1)")]
    public Task Reports_WorkThatEndsLessThanTheMarginBeforeTheLock(string ttl, string budget) => Check.Reports($$"""
        if (!await db.LockTakeAsync(key, token, [|{{ttl}}|])) return null;
        using var cts = new CancellationTokenSource({{budget}});
        await WorkAsync(cts.Token);
        await db.LockReleaseAsync(key, token);
        """, References.NewestClient);

    [Theory]
    [InlineData("TimeSpan.FromSeconds(5)")]
    [InlineData("TimeSpan.FromSeconds(2)")]
    [InlineData("TimeSpan.FromMilliseconds(750)")]
    public Task Reports_TtlNoLongerThanTheMargin(string ttl) => Check.Reports($$"""
        if (!await db.LockTakeAsync(key, token, [|{{ttl}}|])) return null;
        using var cts = new CancellationTokenSource(500);
        await WorkAsync(cts.Token);
        await db.LockReleaseAsync(key, token);
        """, References.NewestClient);

    [Theory]
    [InlineData("ttl", "ttl")]
    [InlineData("TimeSpan.FromSeconds(30)", "TimeSpan.FromSeconds(30)")]
    [InlineData("TimeSpan.FromSeconds(30)", "TimeSpan.FromMinutes(1)")]
    [InlineData("TimeSpan.FromSeconds(30)", "30_000")]
    public Task Reports_RenewedTooLate(string ttl, string interval) => Check.Reports($$"""
        if (!await db.LockTakeAsync(key, token, [|{{ttl}}|])) return null;
        using var timer = new Timer(_ => db.LockExtend(key, token, {{ttl}}), null, {{interval}}, {{interval}});
        await WorkAsync();
        await db.LockReleaseAsync(key, token);
        """, References.NewestClient);

    [Fact]
    public Task Reports_BudgetWhoseTokenNobodyLooksAt() => Check.Reports("""
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        if (!await db.LockTakeAsync(key, token, [|TimeSpan.FromSeconds(30)|])) return null;
        await WorkAsync(ct);
        await db.LockReleaseAsync(key, token);
        """, References.NewestClient);

    [Fact]
    public Task Reports_LimitOfWorkBeforeTheLock() => Check.Reports("""
        Func<Task> run = async () =>
        {
            await WorkAsync().WaitAsync(TimeSpan.FromSeconds(1));
            if (!await db.LockTakeAsync(key, token, [|ttl|])) return;
            await WorkAsync();
            await db.LockReleaseAsync(key, token);
        };
        await run();
        """, References.NewestClient);

    [Fact]
    public Task Reports_SwitchSection() => Check.Reports("""
        switch (text)
        {
            case "all":
                if (!await db.LockTakeAsync(key, token, [|ttl|])) break;
                await WorkAsync();
                await db.LockReleaseAsync(key, token);
                break;
        }
        """, References.NewestClient);

    [Fact]
    public Task Reports_RenewalOfAnotherLock() => Check.Reports("""
        if (!await db.LockTakeAsync("mine", token, [|ttl|])) return null;
        using var timer = new Timer(_ => db.LockExtend("other", token, ttl), null, 1000, 1000);
        await WorkAsync();
        await db.LockReleaseAsync("mine", token);
        """, References.NewestClient);

    [Theory]
    [InlineData("TimeSpan.FromSeconds(30)", "await WorkAsync(ct);", "30 s", "and nothing ends or renews the work under it: work that takes longer runs beside a second holder; bound the work")]
    [InlineData("ttl", "await WorkAsync().WaitAsync(ttl);", "'ttl'", "and the work under it may run for 'ttl': with less than 5 s between them, a pause or clock step lets a second holder in; end the work earlier")]
    [InlineData("TimeSpan.FromSeconds(5)", "await WorkAsync(ct);", "5 s", "no longer than the safety margin of 5 s: one pause or clock step lets a second holder in while the work runs; lengthen the TTL")]
    [InlineData("ttl", "using var timer = new Timer(_ => db.LockExtend(key, token, ttl), null, ttl, ttl); await WorkAsync(ct);", "'ttl'", "and is renewed only when it has already expired: a second holder may get in first; renew it earlier")]
    public Task Reports_InWordsThatSayWhatHappens(string ttl, string work, string life, string consequence)
    {
        LockTest test = new(Statements.InMethod($$"""
            if (!await db.LockTakeAsync(key, token, {|#0:{{ttl}}|})) return null;
            {{work}}
            await db.LockReleaseAsync(key, token);
            """));
        test.ExpectedDiagnostics.Add(new DiagnosticResult(LockWithoutMargin.Rule).WithLocation(0).WithArguments("'LockTakeAsync'", life, consequence).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));
        return test.RunAsync();
    }

    /// <summary>The caller's own words, whatever they are called in a helper.</summary>
    [Theory]
    [InlineData("TimeSpan expiration", "expiration", "TimeSpan.FromSeconds(10)", "10 s")]
    [InlineData("int seconds", "TimeSpan.FromSeconds(seconds)", "10", "10 s")]
    [InlineData("int seconds = 20", "TimeSpan.FromSeconds(seconds)", "", "20 s", true)]
    [InlineData("long milliseconds = 9000", "TimeSpan.FromMilliseconds(milliseconds)", "", "9 s", true)]
    [InlineData("TimeSpan? expiration = null", "expiration ?? TimeSpan.FromSeconds(30)", "TimeSpan.FromSeconds(10)", "10 s")]
    [InlineData("TimeSpan? expiration = null", "expiration ?? TimeSpan.FromSeconds(30)", "", "30 s", true)]
    [InlineData("TimeSpan? expiration = null", "expiration ?? TimeSpan.FromSeconds(30)", "null", "30 s", true)]
    [InlineData("TimeSpan? expiration = null", "expiration ?? TimeSpan.FromSeconds(30)", "Perhaps", "a time that 'Enter' sets", true)]
    [InlineData("TimeSpan expiration", "expiration < Least ? Least : expiration", "TimeSpan.FromSeconds(10)", "a time that 'Enter' sets", true)]
    public Task Reports_TheTtlAsItsCallerWritesIt(string parameter, string ttl, string given, string life, bool isOfHelper = false)
    {
        LockTest test = new($$"""
            using System;
            using System.Threading.Tasks;
            using StackExchange.Redis;

            class Job(IDatabase db)
            {
                static readonly TimeSpan Least = TimeSpan.FromMinutes(Environment.ProcessorCount);
                static readonly TimeSpan? Perhaps = Environment.ProcessorCount > 1 ? Least : null;

                private Task<bool> Enter({{parameter}}) => db.LockTakeAsync("k", "me", {{ttl}});

                public async Task Run(Func<Task> work)
                {
                    if (!await {|#0:Enter({{given}})|}) return;
                    await work();
                    await db.LockReleaseAsync("k", "me");
                }
            }
            """.Replace("{|#0:Enter(" + given + ")|}", isOfHelper ? "{|#0:Enter(" + given + ")|}" : "Enter({|#0:" + given + "|})", StringComparison.Ordinal));
        test.ExpectedDiagnostics.Add(new DiagnosticResult(LockWithoutMargin.Rule).WithLocation(0)
            .WithArguments("'Enter' (through 'LockTakeAsync')", life, "and nothing ends or renews the work under it: work that takes longer runs beside a second holder; bound the work")
            .WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));
        return test.RunAsync();
    }

    /// <summary>What takes the lock itself, once it is free, is no work under the lock before.</summary>
    [Theory]
    [InlineData("if (!await db.LockTakeAsync(key, token, TimeSpan.FromMinutes(1))) return null; try { await db.StringSetAsync(\"a\", 1); _ = Task.Run(async () => { if (db.LockTake(key, \"b\", ttl + ttl)) { db.LockRelease(key, \"b\"); } }); } finally { await db.LockReleaseAsync(key, token); }")]
    [InlineData("if (!await db.LockTakeAsync(key, token, [|TimeSpan.FromMinutes(1)|])) return null; try { await db.StringSetAsync(\"a\", 1); await Task.Run(async () => { await WorkAsync(); if (db.LockTake(key, \"b\", ttl + ttl)) { db.LockRelease(key, \"b\"); } }); } finally { await db.LockReleaseAsync(key, token); }")]
    public Task WorkThatTakesTheLockItself(string statements) => Check.Reports(statements, References.NewestClient);

    /// <summary>A method that takes the lock by way of another, with a TTL that it makes of its caller's.</summary>
    [Theory]
    [InlineData("TimeSpan? life = null", "var ttl = life ?? Default; if (await Put(name, token, ttl))", "[|TimeSpan.FromSeconds(10)|]")]
    [InlineData("TimeSpan life", "var ttl = life; if (await Put(name, token, ttl))", "[|TimeSpan.FromSeconds(10)|]")]
    [InlineData("TimeSpan life", "TimeSpan ttl; ttl = life; if (await Put(name, token, ttl))", "[|TimeSpan.FromSeconds(10)|]")]
    [InlineData("TimeSpan? life = null", "if (await Put(name, token, life ?? Default))", "[|TimeSpan.FromSeconds(10)|]")]
    public Task Reports_TheTtlThroughTwoMembers(string parameter, string take, string given) => Check.ReportsSource($$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        interface ILocks
        {
            Task<IAsyncDisposable> TryEnter(string name, {{parameter}});
        }

        class Locks(IDatabase db) : ILocks
        {
            private static readonly TimeSpan Default = TimeSpan.FromSeconds(30);

            public async Task<IAsyncDisposable> TryEnter(string name, {{parameter}})
            {
                var token = Guid.NewGuid().ToString();
                {{take}} return new Held(db, name, token);
                return null;
            }

            private async Task<bool> Put(string key, string token, TimeSpan life) => await db.StringSetAsync(key, token, life, When.NotExists);
        }

        sealed class Held(IDatabase db, string key, string token) : IAsyncDisposable
        {
            public async ValueTask DisposeAsync() => await db.LockReleaseAsync(key, token);
        }

        class Jobs(ILocks locks, Func<Task> work)
        {
            public async Task<bool> Run(string who)
            {
                await using var held = await locks.TryEnter("job:" + who, {{given}});
                if (held == null) return false;
                await work();
                return true;
            }
        }
        """);

    // Silent

    [Theory]
    [InlineData("TimeSpan.FromSeconds(30)", "TimeSpan.FromSeconds(25)")]
    [InlineData("TimeSpan.FromSeconds(30)", "25_000")]
    [InlineData("ttl", "ttl - TimeSpan.FromSeconds(5)")]
    [InlineData("ttl + TimeSpan.FromSeconds(5)", "ttl")]
    [InlineData("ttl.Add(TimeSpan.FromSeconds(5))", "ttl")]
    [InlineData("ttl", "maybe.Value")]
    [InlineData("ttl", "TimeSpan.FromSeconds(10)")]
    public Task Silent_WorkEndsTheMarginBeforeTheLock(string ttl, string budget) => Check.Reports($$"""
        if (!await db.LockTakeAsync(key, token, {{ttl}})) return null;
        using var cts = new CancellationTokenSource({{budget}});
        await WorkAsync(cts.Token);
        await db.LockReleaseAsync(key, token);
        """, References.NewestClient);

    [Theory]
    [InlineData("await WorkAsync().WaitAsync(TimeSpan.FromSeconds(20));")]
    [InlineData("await Task.WhenAny(WorkAsync(), Task.Delay(TimeSpan.FromSeconds(20)));")]
    [InlineData("var until = DateTime.UtcNow.AddSeconds(20); while (DateTime.UtcNow < until) await WorkAsync();")]
    [InlineData("var watch = System.Diagnostics.Stopwatch.StartNew(); while (watch.ElapsedMilliseconds < 20_000) await WorkAsync();")]
    [InlineData("const int most = 20; var watch = System.Diagnostics.Stopwatch.StartNew(); while (text.Length > 0) { if (watch.Elapsed.TotalSeconds >= most) break; await WorkAsync(); }")]
    [InlineData("var watch = System.Diagnostics.Stopwatch.StartNew(); while ((int)watch.Elapsed.TotalMilliseconds < 20_000) await WorkAsync();")]
    [InlineData("var watch = System.Diagnostics.Stopwatch.StartNew(); while (true) { var passed = watch.Elapsed; if (passed > TimeSpan.FromSeconds(20)) break; await WorkAsync(); }")]
    [InlineData("var watch = System.Diagnostics.Stopwatch.StartNew(); while (true) { if (watch.Elapsed.TotalSeconds is > 20) break; await WorkAsync(); }")]
    [InlineData("var start = DateTime.UtcNow; while ((DateTime.UtcNow - start).TotalSeconds < 20) await WorkAsync();")]
    [InlineData("var start = DateTime.UtcNow; while (DateTime.UtcNow.Subtract(start).TotalMinutes < 0.3) await WorkAsync();")]
    [InlineData("var start = Environment.TickCount64; while (Environment.TickCount64 - start < 20_000) await WorkAsync();")]
    [InlineData("var start = DateTimeOffset.UtcNow.ToUnixTimeSeconds(); while (DateTimeOffset.UtcNow.ToUnixTimeSeconds() - start < 20) await WorkAsync();")]
    [InlineData("var end = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 20; while (DateTimeOffset.UtcNow.ToUnixTimeSeconds() < end) await WorkAsync();")]
    public Task Silent_WorkStopsWellBeforeTheLock(string work) => Check.Reports($$"""
        if (!await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(30))) return null;
        try { {{work}} }
        finally { await db.LockReleaseAsync(key, token); }
        """, References.NewestClient);

    [Theory]
    [InlineData("using var timer = new Timer(_ => db.LockExtend(key, token, ttl), null, ttl / 2, ttl / 2); await WorkAsync();")]
    [InlineData("foreach (var part in text) { await db.LockExtendAsync(key, token, ttl); await WorkAsync(); }")]
    [InlineData("_ = Task.Run(async () => { while (!ct.IsCancellationRequested) { await Task.Delay(ttl / 3); await db.LockExtendAsync(key, token, ttl); } }); await WorkAsync();")]
    public Task Silent_RenewedInTime(string work) => Check.Reports($$"""
        if (!await db.LockTakeAsync(key, token, ttl)) return null;
        {{work}}
        await db.LockReleaseAsync(key, token);
        """, References.NewestClient);

    [Theory]
    [InlineData("if (!await db.StringSetAsync(key, token, null, When.NotExists)) return null; await WorkAsync(); await db.KeyDeleteAsync(key);")]
    [InlineData("if (!await db.StringSetAsync(key, token, when: When.NotExists)) return null; await WorkAsync(); await db.KeyDeleteAsync(key);")]
    [InlineData("if (!await db.StringSetAsync(key, token, expiry: default(TimeSpan?), when: When.NotExists)) return null; await WorkAsync(); await db.KeyDeleteAsync(key);")]
    [InlineData("return await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(30));")]
    [InlineData("var got = await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(30)); return got;")]
    [InlineData("return await db.LockTakeAsync(key, token, ttl) ? new object() : null;")]
    [InlineData("while (!await db.LockTakeAsync(key, token, ttl)) await Task.Delay(50, ct); return true;")]
    public Task Silent_AcquireAndReturn(string take) => Check.Reports(take, References.NewestClient);

    [Theory]
    [InlineData("if (!await db.StringSetAsync(\"done:\" + text, 1, TimeSpan.FromMinutes(5), When.NotExists)) return null; await WorkAsync();")]
    [InlineData("if (await db.StringSetAsync(\"block:\" + text, 1, TimeSpan.FromMinutes(5), When.NotExists)) await WorkAsync();")]
    [InlineData("if (!await db.StringSetAsync(\"shift-lock\", 1, TimeSpan.FromHours(4), When.NotExists)) return null; await WorkAsync();")]
    [InlineData("if (!await db.StringSetAsync(key, 1, ttl, When.NotExists)) return null; try { await WorkAsync(); } catch { await db.KeyDeleteAsync(key); throw; }")]
    [InlineData("if (!await db.StringSetAsync(\"seen\", 1, ttl, When.NotExists)) return null; await WorkAsync(); await db.KeyDeleteAsync(\"pending\");")]
    public Task Silent_MarkerOfWhatWasDone(string statements) => Check.Reports(statements, References.NewestClient);

    [Theory]
    [InlineData("await db.StringSetAsync(key, token, ttl); await WorkAsync(); await db.KeyDeleteAsync(key);")]
    [InlineData("if (!await db.StringSetAsync(key, token, ttl, When.Exists)) return null; await WorkAsync(); await db.KeyDeleteAsync(key);")]
    [InlineData("if (!await db.LockTakeAsync(key, token, TimeSpan.MaxValue)) return null; await WorkAsync(); await db.LockReleaseAsync(key, token);")]
    [InlineData("if (!await db.LockTakeAsync(key, token, ttl)) return null; await db.LockReleaseAsync(key, token); await WorkAsync();")]
    [InlineData("await WorkAsync(); if (await db.LockTakeAsync(key, token, ttl)) await db.LockReleaseAsync(key, token);")]
    [InlineData("var tran = db.CreateTransaction(); _ = tran.LockTakeAsync(key, token, ttl); if (await tran.ExecuteAsync()) { await WorkAsync(); await db.LockReleaseAsync(key, token); }")]
    public Task Silent_NoLockOrNoWorkUnderIt(string statements) => Check.Reports(statements, References.NewestClient);

    [Fact]
    public Task Silent_ClientsOfTheirOwnAndExpressionTrees() => Check.ReportsSource("""
        using System;
        using System.Linq.Expressions;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        interface IMyLocks { Task<bool> LockTakeAsync(string key, string token, TimeSpan expiry); Task<bool> LockReleaseAsync(string key, string token); }
        class Mock { public void Setup<T>(Expression<Func<IDatabase, T>> call) { } }

        class C
        {
            async Task Own(IMyLocks locks, Func<Task> work)
            {
                if (!await locks.LockTakeAsync("k", "me", TimeSpan.FromSeconds(3))) return;
                await work();
                await locks.LockReleaseAsync("k", "me");
            }

            async Task Mocked(Mock mock, Func<Task> work)
            {
                mock.Setup(db => db.LockTake("k", "me", TimeSpan.FromSeconds(3), CommandFlags.None));
                await work();
                mock.Setup(db => db.LockRelease("k", "me", CommandFlags.None));
            }
        }
        """, References.NewestClient);

    // Gaps: accepted misses

    /// <summary>A renewal that is handed its key is that of the members that call it.</summary>
    [Theory]
    [InlineData("private", "RunAsync", true)]
    [InlineData("private", "BareAsync", false)]
    [InlineData("private", "StartAsync", false)]
    [InlineData("internal", "RunAsync", false)]
    public Task RenewalOfAnotherMember(string access, string caller, bool isReported) => Check.ReportsSource($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            public async Task RunAsync(string key, string token, Func<Task> work)
            {
                if (!await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(30))) return;
                {{(caller == "RunAsync" ? "_ = RenewAsync(key, token);" : "_ = Task.Run(async () => { while (true) { await Task.Delay(1000); db.LockExtend(key, token, TimeSpan.FromSeconds(30)); } });")}}
                await work();
                await db.LockReleaseAsync(key, token);
            }

            public async Task BareAsync(string key, string token, Func<Task> work)
            {
                {{(caller == "BareAsync" ? "Func<string, string, Task> renew = RenewAsync;" : "")}}
                if (!await db.LockTakeAsync(key, token, {{(isReported ? "[|TimeSpan.FromSeconds(30)|]" : "TimeSpan.FromSeconds(30)")}})) return;
                await work();
                await db.LockReleaseAsync(key, token);
            }

            public Task StartAsync() => {{(caller == "StartAsync" ? "RenewAsync(\"all\", \"me\")" : "Task.CompletedTask")}};

            {{access}} async Task RenewAsync(string key, string token)
            {
                while (await db.LockExtendAsync(key, token, TimeSpan.FromSeconds(30)))
                {
                    await Task.Delay(TimeSpan.FromSeconds(10));
                }
            }
        }
        """);

    [Fact]
    public Task Gap_ReleaseInAnotherMember() => Check.ReportsSource("""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class C(IDatabase db)
        {
            public async Task RunAsync(Func<Task> work)
            {
                if (!await db.LockTakeAsync("k", "me", TimeSpan.FromSeconds(30))) return;
                await work();
            }

            public Task EndAsync() => db.LockReleaseAsync("k", "me");
        }
        """, References.NewestClient);

    [Fact]
    public Task Reports_LimitOfPartOfTheWork() => Check.Reports("""
        if (!await db.LockTakeAsync(key, token, [|TimeSpan.FromSeconds(30)|])) return null;
        using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await WorkAsync(cts.Token);
        await WorkAsync();
        await db.LockReleaseAsync(key, token);
        """, References.NewestClient);

    [Fact]
    public Task Gap_SumThatNobodyTellsFromABudget() => Check.Reports("""
        if (!await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(10) + TimeSpan.FromSeconds(1))) return null;
        await WorkAsync();
        await db.LockReleaseAsync(key, token);
        """, References.NewestClient);

    // Option

    [Theory]
    [InlineData("10 s", 24, false)]
    [InlineData("10 s", 18, true)]
    [InlineData("00:00:10", 24, false)]
    [InlineData("10", 24, false)]
    [InlineData("2500 ms", 27, true)]
    [InlineData("2500ms", 28, false)]
    [InlineData("0.25 min", 15, true)]
    [InlineData("0.25 min", 16, false)]
    [InlineData("  8 s  ", 23, false)]
    [InlineData("0", 30, true)]
    public Task Option_Margin(string margin, int budget, bool isSilent) => WithMargin(margin, budget, isSilent);

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("-1 s")]
    [InlineData("-00:00:01")]
    [InlineData("1e3 s")]
    [InlineData("5 h")]
    [InlineData("s")]
    [InlineData("1,5 s")]
    [InlineData("NaN")]
    [InlineData("1.2.3 s")]
    [InlineData("99:99:99")]
    [InlineData("24:00:00")]
    [InlineData("1.00:00:00")]
    [InlineData("1440 min")]
    [InlineData("99999999999999999999999999 min")]
    public async Task Option_WhatCannotBeReadIsFiveSeconds(string margin)
    {
        await WithMargin(margin, budget: 25, isSilent: true);
        await WithMargin(margin, budget: 26, isSilent: false);
    }

    [Theory]
    [InlineData("2500 ms", "TimeSpan.FromMilliseconds(2500)", "2.5 s")]
    [InlineData("10 s", "TimeSpan.FromSeconds(10)", "10 s")]
    [InlineData("1 min", "TimeSpan.FromMinutes(1)", "60 s")]
    [InlineData("250 ms", "TimeSpan.FromMilliseconds(250)", "250 ms")]
    public Task Option_IsWhatTheFixAdds(string margin, string value, string title)
    {
        LockTest test = new(
            Job("if (!await _db.LockTakeAsync(\"k\", \"me\", [|ttl|])) return;\nawait WorkAsync().WaitAsync(ttl);\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
            Job("if (!await _db.LockTakeAsync(\"k\", \"me\", ttl + LockSafetyMargin)) return;\nawait WorkAsync().WaitAsync(ttl);\nawait _db.LockReleaseAsync(\"k\", \"me\");", $"private static readonly TimeSpan LockSafetyMargin = {value};"),
            AddMargin)
        {
            Asks = true,
            CodeActionVerifier = (action, verifier) => verifier.Equal($"Lengthen the TTL by a safety margin of {title}", action.Title),
        };
        test.Configure(margin);
        return test.RunAsync();
    }

    // Fixes: a longer TTL

    [Fact]
    public Task AddMargin_NamesTheMargin() => Check.AsksSource(
        Job("""
            if (!await _db.LockTakeAsync("k", "me", [|TimeSpan.FromSeconds(30)|] /* half a minute */)) return; // busy
            try
            {
                await WorkAsync().WaitAsync(TimeSpan.FromSeconds(30)); // the work
            }
            finally
            {
                await _db.LockReleaseAsync("k", "me");
            }
            """),
        Job("""
            if (!await _db.LockTakeAsync("k", "me", TimeSpan.FromSeconds(30) + LockSafetyMargin /* half a minute */)) return; // busy
            try
            {
                await WorkAsync().WaitAsync(TimeSpan.FromSeconds(30)); // the work
            }
            finally
            {
                await _db.LockReleaseAsync("k", "me");
            }
            """, Constant),
        AddMargin);

    [Theory]
    [InlineData("Ttl", "Ttl + LockSafetyMargin")]
    [InlineData("ttl", "ttl + LockSafetyMargin")]
    [InlineData("ttl - TimeSpan.FromSeconds(1)", "ttl - TimeSpan.FromSeconds(1) + LockSafetyMargin")]
    [InlineData("(TimeSpan)maybe", "(TimeSpan)maybe + LockSafetyMargin")]
    [InlineData("maybe!.Value", "maybe!.Value + LockSafetyMargin")]
    [InlineData("new TimeSpan(0, 0, 30)", "new TimeSpan(0, 0, 30) + LockSafetyMargin")]
    public Task AddMargin_InParenthesesWhereNeeded(string before, string after)
    {
        string limit = before.Contains("Ttl", StringComparison.Ordinal) ? "Ttl" : before;
        string rest = $"\ntry {{ await WorkAsync().WaitAsync({limit}); }}\nfinally {{ await _db.LockReleaseAsync(\"k\", \"me\"); }}";
        return Check.AsksSource(
            Job($"if (!await _db.LockTakeAsync(\"k\", \"me\", [|{before}|], CommandFlags.DemandMaster).ConfigureAwait(false)) return;{rest}"),
            Job($"if (!await _db.LockTakeAsync(\"k\", \"me\", {after}, CommandFlags.DemandMaster).ConfigureAwait(false)) return;{rest}", Constant),
            AddMargin,
            References.NewestClient);
    }

    /// <summary>Work that ends by itself needs a TTL that is long enough for it, and no renewal.</summary>
    [Theory]
    [InlineData("TimeSpan.FromSeconds(2)", "TimeSpan.FromSeconds(10)", null)]
    [InlineData("TimeSpan.FromSeconds(5)", "TimeSpan.FromSeconds(5) + LockSafetyMargin", Constant)]
    public async Task AddMargin_ToWhatTheWorkTakes(string before, string after, string? constant)
    {
        const string rest = "\ntry\n{\n    await _db.StringIncrementAsync(\"n\");\n}\nfinally\n{\n    await _db.LockReleaseAsync(\"k\", \"me\");\n}";
        string job = Job($"if (!await _db.LockTakeAsync(\"k\", \"me\", [|{before}|])) return;{rest}");
        await Check.AsksSource(job, Job($"if (!await _db.LockTakeAsync(\"k\", \"me\", {after})) return;{rest}", constant), AddMargin);
        await NotOffered(job, "Renew");
    }

    /// <summary>Nothing would change but the warning: work that nothing ends outlasts a longer lock too.</summary>
    [Theory]
    [InlineData("ttl", "await store.FlushAsync();")]
    [InlineData("Ttl", "await WorkAsync();")]
    [InlineData("TimeSpan.FromSeconds(2)", "await WorkAsync();")]
    [InlineData("ttl", "using var limit = new CancellationTokenSource(ttl); await WorkAsync(limit.Token); await store.FlushAsync();")]
    [InlineData("Ttl", "using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20)); await WorkAsync(limit.Token); await {|#1:store.FlushAsync()|};")]
    public Task AddMargin_NotWhereNothingEndsTheWork(string ttl, string work) => NotOffered(
        Job($"if (!await _db.LockTakeAsync(\"k\", \"me\", [|{ttl}|])) return;\n{work}\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
        AddMargin);

    [Theory]
    [InlineData("TimeSpan.FromSeconds(30)", "Ttl")]
    [InlineData("ttl", "ttl")]
    public Task AddMargin_SetNotExistsKeepsItsOverload(string ttl, string limit) => Check.AsksSource(
        Job($"if (!await _db.StringSetAsync(\"k\", \"me\", [|{ttl}|], When.NotExists)) return;\nawait WorkAsync().WaitAsync({limit});\nawait _db.KeyDeleteAsync(\"k\");"),
        Job($"if (!await _db.StringSetAsync(\"k\", \"me\", {ttl} + LockSafetyMargin, When.NotExists)) return;\nawait WorkAsync().WaitAsync({limit});\nawait _db.KeyDeleteAsync(\"k\");", Constant),
        AddMargin);

    [Theory]
    [InlineData("ttl", "ttl + LockSafetyMargin", "ttl")]
    [InlineData("new Expiration(Ttl)", "new Expiration(Ttl + LockSafetyMargin)", "Ttl")]
    public Task AddMargin_SetNotExistsWithExpiration(string before, string after, string limit) => Check.AsksSource(
        Job($"if (!await _db.StringSetAsync(\"k\", \"me\", expiry: [|{before}|], when: ValueCondition.NotExists)) return;\nawait WorkAsync().WaitAsync({limit});\nawait _db.KeyDeleteAsync(\"k\");"),
        Job($"if (!await _db.StringSetAsync(\"k\", \"me\", expiry: {after}, when: ValueCondition.NotExists)) return;\nawait WorkAsync().WaitAsync({limit});\nawait _db.KeyDeleteAsync(\"k\");", Constant),
        AddMargin,
        "2.13.23",
        "3.4.35");

    [Fact]
    public Task AddMargin_TooShortTtl() => Check.AsksSource(
        Job("if (!_db.LockTake(\"k\", \"me\", expiry: [|TimeSpan.FromSeconds(2)|])) return;\nusing var cts = new CancellationTokenSource(1000);\nawait WorkAsync(cts.Token);\n_db.LockRelease(\"k\", \"me\");"),
        Job("if (!_db.LockTake(\"k\", \"me\", expiry: TimeSpan.FromSeconds(2) + LockSafetyMargin)) return;\nusing var cts = new CancellationTokenSource(1000);\nawait WorkAsync(cts.Token);\n_db.LockRelease(\"k\", \"me\");", Constant),
        AddMargin);

    [Fact]
    public Task AddMargin_WorkBoundByTheTtl() => Check.AsksSource(
        Job("if (!await _db.LockTakeAsync(\"k\", \"me\", [|ttl|])) return;\nusing var cts = new CancellationTokenSource(ttl);\nawait WorkAsync(cts.Token);\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
        Job("if (!await _db.LockTakeAsync(\"k\", \"me\", ttl + LockSafetyMargin)) return;\nusing var cts = new CancellationTokenSource(ttl);\nawait WorkAsync(cts.Token);\nawait _db.LockReleaseAsync(\"k\", \"me\");", Constant),
        AddMargin,
        References.NewestClient);

    [Fact]
    public Task AddMargin_RenewalsKeepPace() => Check.AsksSource(
        Job("""
            if (!await _db.LockTakeAsync("k", "me", [|Ttl|])) return;
            using var timer = new Timer(_ => _db.LockExtend("k", "me", Ttl), null, Ttl, Ttl);
            await store.FlushAsync();
            await _db.LockReleaseAsync("k", "me");
            """),
        Job("""
            if (!await _db.LockTakeAsync("k", "me", Ttl + LockSafetyMargin)) return;
            using var timer = new Timer(_ => _db.LockExtend("k", "me", Ttl + LockSafetyMargin), null, Ttl, Ttl);
            await store.FlushAsync();
            await _db.LockReleaseAsync("k", "me");
            """, Constant),
        AddMargin,
        References.NewestClient);

    [Theory]
    [InlineData("ttl", "Ttl")]
    [InlineData("Ttl", "TimeSpan.FromSeconds(35)")]
    [InlineData("Ttl", "TimeSpan.FromMinutes(1)")]
    public Task AddMargin_NotWhereRenewalsWouldStillBeTooLate(string ttl, string interval)
    {
        // The first renewal's own TTL is another one, or the interval is longer than TTL and margin.
        string renewed = ttl == "ttl" ? "maybe!.Value" : ttl;
        string late = ttl == "ttl" ? "ttl" : interval;
        return NotOffered(
            Job($"if (!await _db.LockTakeAsync(\"k\", \"me\", [|{ttl}|])) return;\nusing var timer = new Timer(_ => _db.LockExtend(\"k\", \"me\", {renewed}), null, {late}, {late});\nawait store.FlushAsync();\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
            AddMargin);
    }

    [Theory]
    [InlineData("TimeSpan.FromSeconds(30)", "TimeSpan.FromMinutes(1)")]
    [InlineData("TimeSpan.FromSeconds(4)", "TimeSpan.FromSeconds(5)")]
    public Task AddMargin_NotWhereTheWorkIsLongerThanTheTtl(string ttl, string budget) => NotOffered(
        Job($"if (!await _db.LockTakeAsync(\"k\", \"me\", [|{ttl}|])) return;\nusing var cts = new CancellationTokenSource({budget});\nawait WorkAsync(cts.Token);\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
        AddMargin);

    [Theory]
    [InlineData("if (!await _db.LockTakeAsync(\"k\", \"me\", [|new(0, 0, 30)|])) return;")]
    [InlineData("if ((await _db.ExecuteAsync(\"SET\", (RedisKey)\"k\", \"me\", \"NX\", \"EX\", [|30|])).IsNull) return;")]
    public Task AddMargin_NotWhereASumWouldNotBind(string take) => NotOffered(Job($"{take}\nawait store.FlushAsync();\nawait _db.KeyDeleteAsync(\"k\");\nawait _db.LockReleaseAsync(\"k\", \"me\");"), AddMargin);

    // Fixes: where the constant goes

    [Fact]
    public Task Constant_OnceForSeveralLocks() => Check.AsksSource(
        Job("""
            if (await _db.LockTakeAsync("a", "me", [|Ttl|]))
            {
                try { await WorkAsync().WaitAsync(Ttl); }
                finally { await _db.LockReleaseAsync("a", "me"); }
            }

            if (await _db.LockTakeAsync("b", "me", [|ttl|]))
            {
                try { await WorkAsync().WaitAsync(ttl); }
                finally { await _db.LockReleaseAsync("b", "me"); }
            }
            """),
        Job("""
            if (await _db.LockTakeAsync("a", "me", Ttl + LockSafetyMargin))
            {
                try { await WorkAsync().WaitAsync(Ttl); }
                finally { await _db.LockReleaseAsync("a", "me"); }
            }

            if (await _db.LockTakeAsync("b", "me", ttl + LockSafetyMargin))
            {
                try { await WorkAsync().WaitAsync(ttl); }
                finally { await _db.LockReleaseAsync("b", "me"); }
            }
            """, Constant),
        AddMargin,
        References.NewestClient);

    [Theory]
    [InlineData("static readonly TimeSpan LockSafetyMargin = TimeSpan.FromSeconds(8);", "8 s")]
    [InlineData("private static TimeSpan LockSafetyMargin => TimeSpan.FromMinutes(1);", "60 s")]
    [InlineData("private readonly TimeSpan LockSafetyMargin = Environment.TickCount > 0 ? TimeSpan.FromSeconds(8) : TimeSpan.FromSeconds(9);", "'LockSafetyMargin'")]
    public Task Constant_OfTheTypeIsReused(string member, string title)
    {
        LockTest test = new(InClass(member, "[|ttl|]"), InClass(member, "ttl + LockSafetyMargin"), AddMargin)
        {
            Asks = true,
            CodeActionVerifier = (action, verifier) => verifier.Equal($"Lengthen the TTL by a safety margin of {title}", action.Title),
        };
        return test.RunAsync();
    }

    [Theory]
    [InlineData("const int LockSafetyMargin = 5;")]
    [InlineData("static readonly TimeSpan LockSafetyMargin = TimeSpan.FromSeconds(2);")]
    [InlineData("void LockSafetyMargin() { }")]
    public Task Constant_OfAnotherMeaningIsLeftAlone(string member) =>
        new LockTest(InClass(member, "[|ttl|]"), InClass(member, "ttl + TimeSpan.FromSeconds(5)"), AddMargin) { Asks = true }.RunAsync();

    [Fact]
    public Task Constant_LocalOfThatNameIsNotMistakenForIt() => Check.AsksSource(
        Job("int LockSafetyMargin = 5;\nif (!await _db.LockTakeAsync(\"k\", \"me\", [|ttl|])) return;\nawait WorkAsync().WaitAsync(ttl);\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
        Job("int LockSafetyMargin = 5;\nif (!await _db.LockTakeAsync(\"k\", \"me\", ttl + TimeSpan.FromSeconds(5))) return;\nawait WorkAsync().WaitAsync(ttl);\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
        AddMargin,
        References.NewestClient);

    [Fact]
    public Task Constant_PrimaryConstructorAndMissingImport() => Check.AsksSource(
        """
        using System.Threading.Tasks;
        using StackExchange.Redis;

        public sealed class C(IDatabase db, System.TimeSpan ttl)
        {
            // Runs under a lock.
            public async Task RunAsync(System.Func<Task> work)
            {
                if (!await db.LockTakeAsync("k", "me", [|ttl|])) return;
                await work().WaitAsync(ttl);
                await db.LockReleaseAsync("k", "me");
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        public sealed class C(IDatabase db, System.TimeSpan ttl)
        {
            private static readonly TimeSpan LockSafetyMargin = TimeSpan.FromSeconds(5);

            // Runs under a lock.
            public async Task RunAsync(System.Func<Task> work)
            {
                if (!await db.LockTakeAsync("k", "me", ttl + LockSafetyMargin)) return;
                await work().WaitAsync(ttl);
                await db.LockReleaseAsync("k", "me");
            }
        }
        """,
        AddMargin,
        References.NewestClient);

    [Theory]
    [InlineData("struct")]
    [InlineData("record")]
    [InlineData("record struct")]
    [InlineData("static class")]
    public Task Constant_InEveryKindOfType(string kind)
    {
        string Source(string ttl, string constant) => $$"""
            using System;
            using System.Threading.Tasks;
            using StackExchange.Redis;

            {{kind}} C
            {
            {{constant}}    public static bool Run(IDatabase db, Action work)
                {
                    if (!db.LockTake("k", "me", {{ttl}})) return false;
                    try { System.Threading.Tasks.Task.Run(work).Wait(30_000); return true; }
                    finally { db.LockRelease("k", "me"); }
                }
            }
            """;
        return Check.AsksSource(Source("[|TimeSpan.FromSeconds(30)|]", ""), Source("TimeSpan.FromSeconds(30) + LockSafetyMargin", "    " + Constant + "\n\n"), AddMargin, References.NewestClient);
    }

    [Fact]
    public Task Constant_HasNoPlaceInAnInterface()
    {
        string Source(string ttl) => $$"""
            using System;
            using StackExchange.Redis;

            interface IRunner
            {
                IDatabase Db { get; }

                void Run(Action work)
                {
                    if (!Db.LockTake("k", "me", {{ttl}})) return;
                    try { System.Threading.Tasks.Task.Run(work).Wait(30_000); }
                    finally { Db.LockRelease("k", "me"); }
                }
            }
            """;
        return Check.AsksSource(Source("[|TimeSpan.FromSeconds(30)|]"), Source("TimeSpan.FromSeconds(30) + TimeSpan.FromSeconds(5)"), AddMargin, References.NewestClient);
    }

    [Fact]
    public Task Constant_NestedTypeGetsItsOwn() => Check.AsksSource(
        """
        using System;
        using StackExchange.Redis;

        class Outer
        {
            class Inner
            {
                private readonly IDatabase _db = null!;

                void Run(Action work)
                {
                    if (!_db.LockTake("k", "me", [|TimeSpan.FromSeconds(30)|])) return;
                    try { System.Threading.Tasks.Task.Run(work).Wait(30_000); }
                    finally { _db.LockRelease("k", "me"); }
                }
            }
        }
        """,
        """
        using System;
        using StackExchange.Redis;

        class Outer
        {
            class Inner
            {
                private static readonly TimeSpan LockSafetyMargin = TimeSpan.FromSeconds(5);

                private readonly IDatabase _db = null!;

                void Run(Action work)
                {
                    if (!_db.LockTake("k", "me", TimeSpan.FromSeconds(30) + LockSafetyMargin)) return;
                    try { System.Threading.Tasks.Task.Run(work).Wait(30_000); }
                    finally { _db.LockRelease("k", "me"); }
                }
            }
        }
        """,
        AddMargin,
        References.NewestClient);

    [Fact]
    public Task Constant_NotInsideADirective() => Check.AsksSource(
        """
        using System;
        using StackExchange.Redis;

        class C
        {
        #if DEBUG
            static readonly int Debug = 1;
        #endif
            private readonly IDatabase _db = null!;

            void Run(Action work)
            {
                if (!_db.LockTake("k", "me", [|TimeSpan.FromSeconds(30)|])) return;
                try { System.Threading.Tasks.Task.Run(work).Wait(30_000); }
                finally { _db.LockRelease("k", "me"); }
            }
        }
        """,
        """
        using System;
        using StackExchange.Redis;

        class C
        {
            private static readonly TimeSpan LockSafetyMargin = TimeSpan.FromSeconds(5);

        #if DEBUG
            static readonly int Debug = 1;
        #endif
            private readonly IDatabase _db = null!;

            void Run(Action work)
            {
                if (!_db.LockTake("k", "me", TimeSpan.FromSeconds(30) + LockSafetyMargin)) return;
                try { System.Threading.Tasks.Task.Run(work).Wait(30_000); }
                finally { _db.LockRelease("k", "me"); }
            }
        }
        """,
        AddMargin,
        References.NewestClient);

    [Fact]
    public Task Constant_PartsInOneFileShareIt() => Check.AsksSource(
        Partial("[|TimeSpan.FromSeconds(30)|]", "A") + Partial("[|TimeSpan.FromSeconds(30)|]", "B", usings: ""),
        Partial("TimeSpan.FromSeconds(30) + LockSafetyMargin", "A", "    " + Constant + "\n\n") + Partial("TimeSpan.FromSeconds(30) + LockSafetyMargin", "B", usings: ""),
        AddMargin,
        References.NewestClient);

    [Fact]
    public Task Constant_PartsInSeveralFilesWriteTheSpan()
    {
        // Each file is repaired apart from the others: a constant in each would be declared twice.
        LockTest test = new(Partial("[|TimeSpan.FromSeconds(30)|]", "A"), Partial("TimeSpan.FromSeconds(30) + TimeSpan.FromSeconds(5)", "A"), AddMargin) { Asks = true };
        test.TestState.Sources.Add(Partial("[|TimeSpan.FromSeconds(30)|]", "B"));
        test.FixedState.Sources.Add(Partial("TimeSpan.FromSeconds(30) + TimeSpan.FromSeconds(5)", "B"));
        return test.RunAsync();
    }

    [Fact]
    public Task Constant_TypesInSeveralFilesHaveTheirOwn()
    {
        string A(string ttl, string constant = "") => Partial(ttl, "A", constant).Replace("partial class C", "class C1", StringComparison.Ordinal);
        string B(string ttl, string constant = "") => Partial(ttl, "B", constant).Replace("partial class C", "class C2", StringComparison.Ordinal);
        LockTest test = new(A("[|TimeSpan.FromSeconds(30)|]"), A("TimeSpan.FromSeconds(30) + LockSafetyMargin", "    " + Constant + "\n\n"), AddMargin) { Asks = true };
        test.TestState.Sources.Add(B("[|TimeSpan.FromSeconds(30)|]"));
        test.FixedState.Sources.Add(B("TimeSpan.FromSeconds(30) + LockSafetyMargin", "    " + Constant + "\n\n"));
        return test.RunAsync();
    }

    [Fact]
    public Task Constant_TopLevelStatementsWriteTheSpan()
    {
        string Source(string ttl) => $$"""
            using System;
            using StackExchange.Redis;

            IDatabase db = ConnectionMultiplexer.Connect("localhost").GetDatabase();
            if (db.LockTake("k", "me", {{ttl}}))
            {
                try { System.Threading.Tasks.Task.Run(Work).Wait(30_000); }
                finally { db.LockRelease("k", "me"); }
            }

            static void Work() => Console.WriteLine();
            """;
        LockTest test = new(Source("[|TimeSpan.FromSeconds(30)|]"), Source("TimeSpan.FromSeconds(30) + TimeSpan.FromSeconds(5)"), AddMargin) { Asks = true };
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        return test.RunAsync();
    }

    // Fixes: a limit that the code has already

    [Theory]
    [InlineData("using var cts = new CancellationTokenSource({0});", "ttl", "ttl - LockSafetyMargin")]
    [InlineData("using var cts = new CancellationTokenSource(delay: {0}); // budget", "Ttl", "Ttl - LockSafetyMargin")]
    [InlineData("using CancellationTokenSource cts = new({0});", "30_000", "Ttl - LockSafetyMargin", "Ttl")]
    [InlineData("using var cts = new CancellationTokenSource({0});", "millisecondsDelay: 28_000", "delay: Ttl - LockSafetyMargin", "Ttl")]
    [InlineData("using var cts = CancellationTokenSource.CreateLinkedTokenSource(ct);\ncts.CancelAfter({0});", "ttl", "ttl - LockSafetyMargin")]
    [InlineData("using var cts = CancellationTokenSource.CreateLinkedTokenSource(ct);\ncts.CancelAfter({0});", "TimeSpan.FromMinutes(2)", "TimeSpan.FromSeconds(20) - LockSafetyMargin", "TimeSpan.FromSeconds(20)")]
    [InlineData("using var cts = CancellationTokenSource.CreateLinkedTokenSource(ct);\ncts.CancelAfter({0});", "20_000", "TimeSpan.FromSeconds(20) - LockSafetyMargin", "new TimeSpan(0, 0, 20)")]
    public Task BoundWork_ShortensTheTokensLimit(string bound, string before, string after, string? ttl = null)
    {
        string Source(string expiry, string limit, string? constant) => Job($$"""
            if (!await _db.LockTakeAsync("k", "me", {{expiry}})) return;
            {{bound.Replace("{0}", limit, StringComparison.Ordinal)}}
            try { await WorkAsync(cts.Token); }
            finally { await _db.LockReleaseAsync("k", "me"); }
            """, constant);
        ttl ??= before;
        return (ttl == "ttl" ? Check.AsksSource : (Fixing)Check.FixesSource)(Source($"[|{ttl}|]", before, null), Source(ttl, after, Constant), BoundWork, References.NewestClient);
    }

    [Theory]
    [InlineData("await WorkAsync().WaitAsync({0}).ConfigureAwait(false);", "ttl", "ttl - LockSafetyMargin")]
    [InlineData("WorkAsync().Wait({0});", "ttl", "ttl - LockSafetyMargin")]
    [InlineData("WorkAsync().Wait({0});", "30_000", "Ttl - LockSafetyMargin", "Ttl")]
    [InlineData("await Task.WhenAny(WorkAsync(), Task.Delay({0}));", "ttl", "ttl - LockSafetyMargin")]
    [InlineData("await Task.WhenAny(WorkAsync(), Task.Delay({0}, ct));", "30_000", "Ttl - LockSafetyMargin", "Ttl")]
    [InlineData("var until = DateTime.UtcNow + {0};\nwhile (DateTime.UtcNow < until) await WorkAsync();", "ttl", "ttl - LockSafetyMargin")]
    [InlineData("var until = DateTime.UtcNow.Add({0});\nwhile (DateTime.UtcNow < until) await WorkAsync();", "ttl", "ttl - LockSafetyMargin")]
    [InlineData("var until = DateTimeOffset.UtcNow.AddSeconds({0});\nwhile (DateTimeOffset.UtcNow < until) await WorkAsync();", "30", "(Ttl - LockSafetyMargin).TotalSeconds", "Ttl")]
    [InlineData("var until = Environment.TickCount64 + {0};\nwhile (Environment.TickCount64 < until) await WorkAsync();", "30_000", "(long)(Ttl - LockSafetyMargin).TotalMilliseconds", "Ttl")]
    [InlineData("var watch = Stopwatch.StartNew();\nwhile (watch.Elapsed < {0}) await WorkAsync();", "ttl", "ttl - LockSafetyMargin")]
    [InlineData("var watch = Stopwatch.StartNew();\nwhile (watch.ElapsedMilliseconds <= {0}) await WorkAsync();", "30_000", "(Ttl - LockSafetyMargin).TotalMilliseconds", "Ttl")]
    [InlineData("var watch = Stopwatch.StartNew();\nwhile (watch.Elapsed.TotalSeconds <= {0}) await WorkAsync();", "30", "(Ttl - LockSafetyMargin).TotalSeconds", "Ttl")]
    public Task BoundWork_ShortensTheWorksLimit(string work, string before, string after, string? ttl = null)
    {
        string Source(string expiry, string limited, string? constant) => Job($$"""
            if (!await _db.LockTakeAsync("k", "me", {{expiry}})) return;
            {{limited}}
            await _db.LockReleaseAsync("k", "me");
            """, constant);
        ttl ??= before;
        return (ttl == "ttl" ? Check.AsksSource : (Fixing)Check.FixesSource)(
            Source($"[|{ttl}|]", work.Replace("{0}", before, StringComparison.Ordinal), null),
            Source(ttl, work.Replace("{0}", after, StringComparison.Ordinal), Constant),
            BoundWork,
            References.NewestClient);
    }

    [Theory]
    [InlineData("var until = DateTime.UtcNow + Ttl + TimeSpan.FromSeconds(1);\nwhile (DateTime.UtcNow < until) await WorkAsync();")]
    [InlineData("var until = DateTime.UtcNow.Add(Ttl).AddSeconds(1);\nwhile (DateTime.UtcNow < until) await WorkAsync();")]
    public Task BoundWork_NotWhereALimitIsASum(string work) => NotOffered(
        Job($"if (!await _db.LockTakeAsync(\"k\", \"me\", [|Ttl|])) return;\n{work}\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
        BoundWork);

    // Fixes: a token for work without a limit

    [Fact]
    public Task BoundWork_PassesATokenToTheCalls() => Check.AsksSource(
        Job("""
            if (!await _db.LockTakeAsync("k", "me", [|TimeSpan.FromSeconds(30)|])) return;
            try
            {
                // First the one,
                await WorkAsync().ConfigureAwait(false); // which takes long
                await store.SaveAsync("name"); /* then the other */
                var count = await store.CountAsync("name");
                store.FlushAsync().Wait();
            }
            finally
            {
                await _db.LockReleaseAsync("k", "me");
            }
            """),
        Job("""
            if (!await _db.LockTakeAsync("k", "me", TimeSpan.FromSeconds(30))) return;
            try
            {
                using var lockCancellation = new CancellationTokenSource(TimeSpan.FromSeconds(30) - LockSafetyMargin);
                // First the one,
                await WorkAsync(lockCancellation.Token).ConfigureAwait(false); // which takes long
                await store.SaveAsync("name", lockCancellation.Token); /* then the other */
                var count = await store.CountAsync("name", cancellationToken: lockCancellation.Token);
                store.FlushAsync().Wait();
            }
            finally
            {
                await _db.LockReleaseAsync("k", "me");
            }
            """, Constant),
        BoundWork);

    [Fact]
    public Task BoundWork_LinksTheTokenThatTheCallsHave() => Check.AsksSource(
        Job("""
            if (await _db.LockTakeAsync("k", "me", [|ttl|]))
            {
                var name = "name";

                // Save.
                await store.SaveAsync(name, ct);
                await action(ct);
                await store.SaveAsync(name, cancellationToken: CancellationToken.None);
                store.Write(name, ct);
                await _db.LockReleaseAsync("k", "me");
                await store.SaveAsync("released", ct);
            }
            """),
        Job("""
            if (await _db.LockTakeAsync("k", "me", ttl))
            {
                var name = "name";

                using var lockCancellation = CancellationTokenSource.CreateLinkedTokenSource(ct);
                lockCancellation.CancelAfter(ttl - LockSafetyMargin);
                // Save.
                await store.SaveAsync(name, lockCancellation.Token);
                await action(lockCancellation.Token);
                await store.SaveAsync(name, cancellationToken: lockCancellation.Token);
                store.Write(name, lockCancellation.Token);
                await _db.LockReleaseAsync("k", "me");
                await store.SaveAsync("released", ct);
            }
            """, Constant),
        BoundWork,
        References.NewestClient);

    /// <summary>It asks: what a <c>catch</c> sets apart as cancelled now happens where the work is merely slow.</summary>
    [Theory]
    [InlineData("catch (OperationCanceledException) { return; }")]
    [InlineData("catch (TaskCanceledException)\n    {\n    }")]
    [InlineData("catch (Exception e) when (e is not OperationCanceledException) { Console.WriteLine(e); }")]
    public Task BoundWork_AsksWhereACatchSetsCancellationApart(string caught) => Check.AsksSource(
        Job($$"""
            if (!await _db.LockTakeAsync("k", "me", [|Ttl|])) return;
            try
            {
                await WorkAsync(ct);
            }
            {{caught}}
            finally
            {
                await _db.LockReleaseAsync("k", "me");
            }
            """),
        Job($$"""
            if (!await _db.LockTakeAsync("k", "me", Ttl)) return;
            try
            {
                using var lockCancellation = CancellationTokenSource.CreateLinkedTokenSource(ct);
                lockCancellation.CancelAfter(Ttl - LockSafetyMargin);
                await WorkAsync(lockCancellation.Token);
            }
            {{caught}}
            finally
            {
                await _db.LockReleaseAsync("k", "me");
            }
            """, Constant),
        BoundWork,
        References.NewestClient);

    [Fact]
    public Task BoundWork_LinksSeveralTokens() => Check.AsksSource(
        Job("""
            while (!await _db.LockTakeAsync("k", "me", [|Ttl|])) await Task.Delay(100, ct);
            try
            {
                await store.SaveAsync("a", ct);
                await Task.WhenAll(store.SaveAsync("b", other), action(default));
            }
            catch (OperationCanceledException)
            {
                await store.SaveAsync("c", ct);
            }
            finally
            {
                await store.SaveAsync("d", ct);
                await _db.LockReleaseAsync("k", "me");
            }
            """),
        Job("""
            while (!await _db.LockTakeAsync("k", "me", Ttl)) await Task.Delay(100, ct);
            try
            {
                using var lockCancellation = CancellationTokenSource.CreateLinkedTokenSource(ct, other);
                lockCancellation.CancelAfter(Ttl - LockSafetyMargin);
                await store.SaveAsync("a", lockCancellation.Token);
                await Task.WhenAll(store.SaveAsync("b", lockCancellation.Token), action(lockCancellation.Token));
            }
            catch (OperationCanceledException)
            {
                await store.SaveAsync("c", ct);
            }
            finally
            {
                await store.SaveAsync("d", ct);
                await _db.LockReleaseAsync("k", "me");
            }
            """, Constant),
        BoundWork,
        References.NewestClient);

    /// <summary>To end some of the work is no cure where the code awaits the rest without end.</summary>
    [Fact]
    public Task BoundWork_NotWhereACallThatTakesNoTokenIsAwaited() => NotOffered(
        Job("if (!await _db.LockTakeAsync(\"k\", \"me\", [|ttl|])) return;\nawait store.SaveAsync(\"n\");\nawait store.FlushAsync();\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
        BoundWork);

    /// <summary>To shorten one limit is no cure where another call gets no token.</summary>
    [Fact]
    public Task BoundWork_NotWhereALimitLeavesOtherWork() => NotOffered(
        Job("if (!await _db.LockTakeAsync(\"k\", \"me\", [|ttl|])) return;\nusing var limit = new CancellationTokenSource(ttl);\nawait WorkAsync(limit.Token);\nawait store.FlushAsync();\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
        BoundWork);

    [Theory]
    [InlineData("WorkAsync().GetAwaiter().GetResult();", "WorkAsync(lockCancellation.Token).GetAwaiter().GetResult();")]
    [InlineData("WorkAsync().Wait();", "WorkAsync(lockCancellation.Token).Wait();")]
    [InlineData("int count = store.CountAsync(\"n\", 3).Result;", "int count = store.CountAsync(\"n\", 3, lockCancellation.Token).Result;")]
    [InlineData("store.Write(\"n\", default);", "store.Write(\"n\", lockCancellation.Token);")]
    [InlineData("if (await store.CountAsync(\"n\") > 3) store.FlushAsync().Wait();", "if (await store.CountAsync(\"n\", cancellationToken: lockCancellation.Token) > 3) store.FlushAsync().Wait();")]
    [InlineData("await (store.SaveAsync(name: \"n\"));", "await (store.SaveAsync(name: \"n\", cancellationToken: lockCancellation.Token));")]
    [InlineData("await store.SaveAsync(await NameAsync());", "await store.SaveAsync(await NameAsync(lockCancellation.Token), lockCancellation.Token);")]
    [InlineData("await foreach (var name in NamesAsync()) await store.FlushAsync();", "await foreach (var name in NamesAsync(lockCancellation.Token)) await store.FlushAsync();")]
    [InlineData("await Task.Delay(Environment.ProcessorCount);", "await Task.Delay(Environment.ProcessorCount, lockCancellation.Token);")]
    [InlineData("await store.PullAsync(\"n\");", "await store.PullAsync(\"n\", lockCancellation.Token);")]
    [InlineData("await store?.SaveAsync(\"n\", default)!;", "await store?.SaveAsync(\"n\", lockCancellation.Token)!;")]
    public Task BoundWork_EveryWayToWaitForACall(string before, string after)
    {
        string Source(string expiry, string work, string? constant) => Job($$"""
            if (!await _db.LockTakeAsync("k", "me", {{expiry}})) return;
            {{work}}
            await _db.LockReleaseAsync("k", "me");
            """, constant);
        return Check.AsksSource(
            Source("[|ttl|]", before, null),
            Source("ttl", "using var lockCancellation = new CancellationTokenSource(ttl - LockSafetyMargin);\n" + after, Constant),
            BoundWork,
            References.NewestClient);
    }

    [Fact]
    public Task BoundWork_OneArgumentToALine() => Check.AsksSource(
        Job("""
            if (!await _db.LockTakeAsync("k", "me", [|ttl|])) return;
            await store.CountAsync(
                "name",
                3);
            await _db.LockReleaseAsync("k", "me");
            """),
        Job("""
            if (!await _db.LockTakeAsync("k", "me", ttl)) return;
            using var lockCancellation = new CancellationTokenSource(ttl - LockSafetyMargin);
            await store.CountAsync(
                "name",
                3,
                lockCancellation.Token);
            await _db.LockReleaseAsync("k", "me");
            """, Constant),
        BoundWork,
        References.NewestClient);

    [Fact]
    public Task BoundWork_BranchWithoutBraces() => Check.FixesSource(
        Job("""
            if (await _db.StringSetAsync("leader", "me", [|Ttl|], When.NotExists)) // one at a time
                await WorkAsync(ct);
            else
                await store.FlushAsync();
            await _db.KeyDeleteAsync("leader");
            """),
        Job("""
            if (await _db.StringSetAsync("leader", "me", Ttl, When.NotExists)) // one at a time
            {
                using var lockCancellation = CancellationTokenSource.CreateLinkedTokenSource(ct);
                lockCancellation.CancelAfter(Ttl - LockSafetyMargin);
                await WorkAsync(lockCancellation.Token);
            }
            else
                await store.FlushAsync();
            await _db.KeyDeleteAsync("leader");
            """, Constant),
        BoundWork,
        References.NewestClient);

    [Fact]
    public Task BoundWork_BranchOnOneLine() => Check.FixesSource(
        Job("""
            if (await _db.StringSetAsync("leader", "me", [|Ttl|], When.NotExists)) await WorkAsync(); // alone
            await store.FlushAsync();
            await _db.KeyDeleteAsync("leader");
            """),
        Job("""
            if (await _db.StringSetAsync("leader", "me", Ttl, When.NotExists))
            {
                using var lockCancellation = new CancellationTokenSource(Ttl - LockSafetyMargin);
                await WorkAsync(lockCancellation.Token); // alone
            }
            await store.FlushAsync();
            await _db.KeyDeleteAsync("leader");
            """, Constant),
        BoundWork,
        References.NewestClient);

    [Fact]
    public Task BoundWork_BlockOnOneLine() => Check.FixesSource(
        Job("""
            if (!await _db.LockTakeAsync("k", "me", [|Ttl|])) return;
            try { await WorkAsync(); }
            finally { await _db.LockReleaseAsync("k", "me"); }
            """),
        Job("""
            if (!await _db.LockTakeAsync("k", "me", Ttl)) return;
            try
            {
                using var lockCancellation = new CancellationTokenSource(Ttl - LockSafetyMargin);
                await WorkAsync(lockCancellation.Token);
            }
            finally { await _db.LockReleaseAsync("k", "me"); }
            """, Constant),
        BoundWork,
        References.NewestClient);

    [Fact]
    public Task BoundWork_SwitchSectionWithTry() => Check.FixesSource(
        Job("""
            switch (ttl.Days)
            {
                case 0:
                    if (!await _db.LockTakeAsync("k", "me", [|Ttl|])) return;
                    try
                    {
                        await WorkAsync();
                    }
                    finally
                    {
                        await _db.LockReleaseAsync("k", "me");
                    }

                    break;
            }
            """),
        Job("""
            switch (ttl.Days)
            {
                case 0:
                    if (!await _db.LockTakeAsync("k", "me", Ttl)) return;
                    try
                    {
                        using var lockCancellation = new CancellationTokenSource(Ttl - LockSafetyMargin);
                        await WorkAsync(lockCancellation.Token);
                    }
                    finally
                    {
                        await _db.LockReleaseAsync("k", "me");
                    }

                    break;
            }
            """, Constant),
        BoundWork,
        References.NewestClient);

    [Fact]
    public Task BoundWork_LambdasAndLocalFunctions() => Check.AsksSource(
        Job("""
            Func<CancellationToken, Task> run = async stop =>
            {
                if (!await _db.LockTakeAsync("a", "me", [|ttl|])) return;
                await WorkAsync(stop);
                await _db.LockReleaseAsync("a", "me");
            };
            await run(ct);
            await LocalAsync(ttl);

            async Task LocalAsync(TimeSpan life)
            {
                if (!await _db.LockTakeAsync("b", "me", [|life|])) return;
                await WorkAsync();
                await _db.LockReleaseAsync("b", "me");
            }
            """),
        Job("""
            Func<CancellationToken, Task> run = async stop =>
            {
                if (!await _db.LockTakeAsync("a", "me", ttl)) return;
                using var lockCancellation = CancellationTokenSource.CreateLinkedTokenSource(stop);
                lockCancellation.CancelAfter(ttl - LockSafetyMargin);
                await WorkAsync(lockCancellation.Token);
                await _db.LockReleaseAsync("a", "me");
            };
            await run(ct);
            await LocalAsync(ttl);

            async Task LocalAsync(TimeSpan life)
            {
                if (!await _db.LockTakeAsync("b", "me", life)) return;
                using var lockCancellation = new CancellationTokenSource(life - LockSafetyMargin);
                await WorkAsync(lockCancellation.Token);
                await _db.LockReleaseAsync("b", "me");
            }
            """, Constant),
        BoundWork,
        References.NewestClient);

    [Fact]
    public Task BoundWork_SeveralLocksInOneScopeGetNamesOfTheirOwn() => Check.FixesSource(
        Job("""
            if (!await _db.LockTakeAsync("a", "me", [|Ttl|])) return;
            await WorkAsync(ct);
            await _db.LockReleaseAsync("a", "me");

            if (!await _db.LockTakeAsync("b", "me", [|Ttl|])) return;
            await WorkAsync(ct);
            await _db.LockReleaseAsync("b", "me");
            """),
        Job("""
            if (!await _db.LockTakeAsync("a", "me", Ttl)) return;
            using var lockCancellation = CancellationTokenSource.CreateLinkedTokenSource(ct);
            lockCancellation.CancelAfter(Ttl - LockSafetyMargin);
            await WorkAsync(lockCancellation.Token);
            await _db.LockReleaseAsync("a", "me");

            if (!await _db.LockTakeAsync("b", "me", Ttl)) return;
            using var lockCancellation2 = CancellationTokenSource.CreateLinkedTokenSource(ct);
            lockCancellation2.CancelAfter(Ttl - LockSafetyMargin);
            await WorkAsync(lockCancellation2.Token);
            await _db.LockReleaseAsync("b", "me");
            """, Constant),
        BoundWork,
        References.NewestClient);

    [Fact]
    public Task BoundWork_SourceThatTheWorkLinksItself() => Check.AsksSource(
        Job("""
            if (!await _db.LockTakeAsync("k", "me", [|ttl|])) return;
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await store.SaveAsync("a", linked.Token);
            await store.SaveAsync("b", ct);
            await _db.LockReleaseAsync("k", "me");
            """),
        Job("""
            if (!await _db.LockTakeAsync("k", "me", ttl)) return;
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct);
            linked.CancelAfter(ttl - LockSafetyMargin);
            await store.SaveAsync("a", linked.Token);
            await store.SaveAsync("b", linked.Token);
            await _db.LockReleaseAsync("k", "me");
            """, Constant),
        BoundWork,
        References.NewestClient);

    [Fact]
    public Task BoundWork_SourceThatTheWorkLinksBehindItsFirstCall() => Check.AsksSource(
        Job("""
            if (!await _db.LockTakeAsync("k", "me", [|ttl|])) return;
            await store.SaveAsync("a", ct);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await store.SaveAsync("b", linked.Token);
            await _db.LockReleaseAsync("k", "me");
            """),
        Job("""
            if (!await _db.LockTakeAsync("k", "me", ttl)) return;
            using var lockCancellation = CancellationTokenSource.CreateLinkedTokenSource(ct);
            lockCancellation.CancelAfter(ttl - LockSafetyMargin);
            await store.SaveAsync("a", lockCancellation.Token);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(lockCancellation.Token);
            await store.SaveAsync("b", linked.Token);
            await _db.LockReleaseAsync("k", "me");
            """, Constant),
        BoundWork,
        References.NewestClient);

    [Theory]
    [InlineData("[|new(0, 0, 30)|]", "new(0, 0, 30)", "TimeSpan.FromSeconds(30) - LockSafetyMargin")]
    [InlineData("[|TimeSpan.FromMinutes(1.5)|]", "TimeSpan.FromMinutes(1.5)", "TimeSpan.FromMinutes(1.5) - LockSafetyMargin")]
    [InlineData("[|maybe ?? Ttl|]", "maybe ?? Ttl", "(maybe ?? Ttl) - LockSafetyMargin")]
    public Task BoundWork_RepeatsTheTtl(string marked, string expiry, string budget)
    {
        string Source(string life, string work, string? constant) => Job($$"""
            if (!await _db.LockTakeAsync("k", "me", {{life}})) return;
            {{work}}
            await _db.LockReleaseAsync("k", "me");
            """, constant);
        return (expiry.StartsWith("maybe", StringComparison.Ordinal) ? Check.AsksSource : (Fixing)Check.FixesSource)(
            Source(marked, "await WorkAsync();", null),
            Source(expiry, $"using var lockCancellation = new CancellationTokenSource({budget});\nawait WorkAsync(lockCancellation.Token);", Constant),
            BoundWork,
            References.NewestClient);
    }

    [Fact]
    public Task BoundWork_RawCommand() => Check.FixesSource(
        Job("if ((await _db.ExecuteAsync(\"SET\", (RedisKey)\"k\", \"me\", \"NX\", \"PX\", [|20000|])).IsNull) return;\nawait WorkAsync();\nawait _db.KeyDeleteAsync(\"k\");"),
        Job("if ((await _db.ExecuteAsync(\"SET\", (RedisKey)\"k\", \"me\", \"NX\", \"PX\", 20000)).IsNull) return;\nusing var lockCancellation = new CancellationTokenSource(TimeSpan.FromSeconds(20) - LockSafetyMargin);\nawait WorkAsync(lockCancellation.Token);\nawait _db.KeyDeleteAsync(\"k\");", Constant),
        BoundWork,
        References.NewestClient);

    [Fact]
    public Task BoundWork_TopLevelStatements()
    {
        LockTest test = new(
            """
            using System;
            using System.Threading.Tasks;
            using StackExchange.Redis;

            IDatabase db = (await ConnectionMultiplexer.ConnectAsync("localhost")).GetDatabase();
            if (!await db.LockTakeAsync("k", "me", [|TimeSpan.FromSeconds(30)|])) return;
            // Work.
            await Task.Delay(args.Length * 60000);
            await db.LockReleaseAsync("k", "me");
            """,
            """
            using System;
            using System.Threading;
            using System.Threading.Tasks;
            using StackExchange.Redis;

            IDatabase db = (await ConnectionMultiplexer.ConnectAsync("localhost")).GetDatabase();
            if (!await db.LockTakeAsync("k", "me", TimeSpan.FromSeconds(30))) return;
            using var lockCancellation = new CancellationTokenSource(TimeSpan.FromSeconds(30) - TimeSpan.FromSeconds(5));
            // Work.
            await Task.Delay(args.Length * 60000, lockCancellation.Token);
            await db.LockReleaseAsync("k", "me");
            """,
            BoundWork);
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        return test.RunAsync();
    }

    [Theory]
    [InlineData("await store.FlushAsync();")]
    [InlineData("store.Flush();")]
    [InlineData("await Task.Run(() => store.Flush());")]
    [InlineData("await Task.WhenAll(new[] { 1, 2 }.Select(n => store.SaveAsync(\"n\")));")]
    [InlineData("await store.SaveAsync(\"n\", Pick());")]
    [InlineData("await store.SaveAsync(\"a\", ct);\nusing var late = new CancellationTokenSource();\nawait store.SaveAsync(\"b\", late.Token);")]
    public Task BoundWork_NotWhereNoCallCanTakeTheToken(string work) => NotOffered(
        Job($"if (!await _db.LockTakeAsync(\"k\", \"me\", [|ttl|])) return;\n{work}\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
        BoundWork);

    [Theory]
    [InlineData("await Task.Delay(8000);")]
    [InlineData("await WorkAsync(ct);\nawait Task.Delay(TimeSpan.FromSeconds(8), ct);")]
    public Task BoundWork_NotWhereEachRunWouldBeCancelled(string work) => NotOffered(
        Job($"if (!await _db.LockTakeAsync(\"k\", \"me\", [|TimeSpan.FromSeconds(10)|])) return;\n{work}\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
        BoundWork);

    [Theory]
    [InlineData("TimeSpan.FromSeconds(5)")]
    [InlineData("TimeSpan.FromSeconds(1)")]
    [InlineData("Next()")]
    public Task BoundWork_NotWhereTheTtlLeavesNoTimeOrGivesAnotherNextTime(string ttl) => NotOffered(
        Job($"if (!await _db.LockTakeAsync(\"k\", \"me\", [|{ttl}|])) return;\nawait WorkAsync();\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
        BoundWork);

    [Fact]
    public Task BoundWork_OneTokenEndsTheWorkUnderTwoLocks() => Check.FixesSource(
        Job("""
            if (!await _db.LockTakeAsync("a", "me", [|Ttl|])) return;
            try
            {
                if (!await _db.LockTakeAsync("b", "me", [|Ttl|])) return;
                await WorkAsync(ct);
                await _db.LockReleaseAsync("b", "me");
            }
            finally
            {
                await _db.LockReleaseAsync("a", "me");
            }
            """),
        Job("""
            if (!await _db.LockTakeAsync("a", "me", Ttl)) return;
            try
            {
                using var lockCancellation = CancellationTokenSource.CreateLinkedTokenSource(ct);
                lockCancellation.CancelAfter(Ttl - LockSafetyMargin);
                if (!await _db.LockTakeAsync("b", "me", Ttl)) return;
                await WorkAsync(lockCancellation.Token);
                await _db.LockReleaseAsync("b", "me");
            }
            finally
            {
                await _db.LockReleaseAsync("a", "me");
            }
            """, Constant),
        BoundWork,
        References.NewestClient);

    [Fact]
    public Task BoundWork_RetriedTake() => Check.FixesSource(
        Job("""
            var taken = await RetryAsync(() => _db.LockTakeAsync("k", "me", [|Ttl|]));
            if (!taken) return;
            await WorkAsync(ct);
            await _db.LockReleaseAsync("k", "me");
            """),
        Job("""
            var taken = await RetryAsync(() => _db.LockTakeAsync("k", "me", Ttl));
            if (!taken) return;
            using var lockCancellation = CancellationTokenSource.CreateLinkedTokenSource(ct);
            lockCancellation.CancelAfter(Ttl - LockSafetyMargin);
            await WorkAsync(lockCancellation.Token);
            await _db.LockReleaseAsync("k", "me");
            """, Constant),
        BoundWork,
        References.NewestClient);

    [Theory]
    [InlineData("int lockCancellation = 0;\n", "")]
    [InlineData("", "lockCancellation")]
    public Task BoundWork_NamesThatAreTaken(string before, string parameter)
    {
        string Source(string ttl, string work, string constant) => $$"""
            using System;
            using System.Threading;
            using System.Threading.Tasks;
            using StackExchange.Redis;

            class C
            {
            {{constant}}    async Task Run(IDatabase db, TimeSpan ttl, Func<CancellationToken, Task> action, CancellationToken {{(parameter.Length > 0 ? parameter : "ct")}})
                {
                    {{before}}if (await db.LockTakeAsync("k", "me", {{ttl}}))
                    {
                        {{work.Replace("\n", "\n            ", StringComparison.Ordinal)}}
                        await db.LockReleaseAsync("k", "me");
                    }
                }
            }
            """;
        return Check.AsksSource(
            Source("[|ttl|]", "await action(default);", ""),
            Source("ttl", "using var lockCancellation2 = new CancellationTokenSource(ttl - LockSafetyMargin);\nawait action(lockCancellation2.Token);", "    " + Constant + "\n\n"),
            BoundWork,
            References.NewestClient);
    }

    [Fact]
    public Task BoundWork_LineEndsAndTabsOfTheFile()
    {
        string before = Job("if (!await _db.LockTakeAsync(\"k\", \"me\", [|Ttl|])) return;\nawait store.CountAsync(\n    \"n\",\n    3);\nawait _db.LockReleaseAsync(\"k\", \"me\");");
        string after = Job("if (!await _db.LockTakeAsync(\"k\", \"me\", Ttl)) return;\nusing var lockCancellation = new CancellationTokenSource(Ttl - LockSafetyMargin);\nawait store.CountAsync(\n    \"n\",\n    3,\n    lockCancellation.Token);\nawait _db.LockReleaseAsync(\"k\", \"me\");", Constant);
        return Check.FixesSource(AsOnWindows(before), AsOnWindows(after), BoundWork, References.NewestClient);

        static string AsOnWindows(string source) => source.Replace("    ", "\t", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ct = other;\nawait WorkAsync(ct);")]
    [InlineData("ttl += ttl;\nawait WorkAsync();")]
    public Task BoundWork_NotWhereAVariableGetsAnotherValue(string work) => NotOffered(
        Job($"if (!await _db.LockTakeAsync(\"k\", \"me\", [|ttl|])) return;\n{work}\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
        BoundWork);

    [Fact]
    public Task BoundWork_NotInASwitchSectionItself() => NotOffered(
        Job("switch (ttl.Days)\n{\n    case 0:\n        if (!await _db.LockTakeAsync(\"k\", \"me\", [|Ttl|])) return;\n        await WorkAsync();\n        await _db.LockReleaseAsync(\"k\", \"me\");\n        break;\n}"),
        BoundWork);

    [Fact]
    public Task BoundWork_NotAmongLabels() => NotOffered(
        Job("again:\nif (!await _db.LockTakeAsync(\"k\", \"me\", [|Ttl|])) goto again;\nawait WorkAsync();\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
        BoundWork);

    /// <summary>The overload that takes the token is the member itself.</summary>
    [Fact]
    public Task NothingThatWouldCallItself() => Check.NoFixSource(
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            public async Task RunAsync(CancellationToken token)
            {
                token.ThrowIfCancellationRequested();
                if (!await db.LockTakeAsync("job", "me", [|TimeSpan.FromMinutes(1)|])) return;
                try { await RunAsync(); }
                finally { await db.LockReleaseAsync("job", "me"); }
            }

            public async Task RunAsync() => await Task.Yield();
        }
        """);

    [Fact]
    public Task BoundWork_NotInOldLanguageVersions()
    {
        string source = """
            using System;
            using System.Threading;
            using System.Threading.Tasks;
            using StackExchange.Redis;

            class C
            {
                async Task Run(IDatabase db, Func<CancellationToken, Task> work, CancellationToken ct)
                {
                    if (!await db.LockTakeAsync("k", "me", [|TimeSpan.FromSeconds(30)|])) return;
                    await work(ct);
                    await db.LockReleaseAsync("k", "me");
                }
            }
            """;
        return new LockTest(source, source, BoundWork) { Language73 = true, NumberOfIncrementalIterations = 0, NumberOfFixAllIterations = 0 }.RunAsync();
    }

    [Theory]
    [InlineData("ttl", "Cancel the work 5 s before the lock expires (the TTL must be longer than 5 s)")]
    [InlineData("Ttl", "Cancel the work 5 s before the lock expires")]
    public Task BoundWork_SaysWhatItPresumes(string ttl, string title) => new LockTest(
        Job($"if (!await _db.LockTakeAsync(\"k\", \"me\", [|{ttl}|])) return;\nawait WorkAsync();\nawait _db.LockReleaseAsync(\"k\", \"me\");"),
        Job($"if (!await _db.LockTakeAsync(\"k\", \"me\", {ttl})) return;\nusing var lockCancellation = new CancellationTokenSource({ttl} - LockSafetyMargin);\nawait WorkAsync(lockCancellation.Token);\nawait _db.LockReleaseAsync(\"k\", \"me\");", Constant),
        BoundWork)
    {
        Asks = ttl == "ttl",
        CodeActionVerifier = (action, verifier) => verifier.Equal(title, action.Title),
    }.RunAsync();

    // Fixes: renewal

    [Fact]
    public Task Renew_WhereAFinallyReleases() => Check.AsksSource(
        Job("""
            if (!await _db.LockTakeAsync("k", "me", [|ttl|])) return;

            // All of it.
            try
            {
                // First the one,
                await store.FlushAsync();
                await store.SaveAsync("name", ct); // then the other
            }
            finally
            {
                // Give it back.
                await _db.LockReleaseAsync("k", "me");
            }
            """),
        Renewed("""
            if (!await _db.LockTakeAsync("k", "me", ttl)) return;

            using var lockCancellation = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var renewal = RenewLockAsync(_db, "k", "me", ttl, lockCancellation);
            // All of it.
            try
            {
                // First the one,
                await store.FlushAsync();
                await store.SaveAsync("name", lockCancellation.Token); // then the other
            }
            finally
            {
                lockCancellation.Cancel();
                await renewal;
                // Give it back.
                await _db.LockReleaseAsync("k", "me");
            }
            """),
        Renew,
        References.NewestClient);

    [Fact]
    public Task Renew_WhereItIsProlongedBetweenTwoSteps() => Check.AsksSource(
        Job("""
            if (!await _db.LockTakeAsync("k", "me", [|ttl|])) return;
            try
            {
                await store.FlushAsync();
                if (!await _db.LockExtendAsync("k", "me", ttl)) return;
                await store.FlushAsync();
            }
            finally
            {
                await _db.LockReleaseAsync("k", "me");
            }
            """),
        Renewed("""
            if (!await _db.LockTakeAsync("k", "me", ttl)) return;
            using var lockCancellation = new CancellationTokenSource();
            var renewal = RenewLockAsync(_db, "k", "me", ttl, lockCancellation);
            try
            {
                await store.FlushAsync();
                if (!await _db.LockExtendAsync("k", "me", ttl)) return;
                await store.FlushAsync();
            }
            finally
            {
                lockCancellation.Cancel();
                await renewal;
                await _db.LockReleaseAsync("k", "me");
            }
            """),
        Renew,
        References.NewestClient);

    [Fact]
    public Task Renew_WhereTheReleaseFollows() => Check.AsksSource(
        Job("""
            if (!await _db.LockTakeAsync("k", "me", [|ttl|])) return;

            // All of it.
            await store.FlushAsync();

            // Give it back.
            await _db.LockReleaseAsync("k", "me");
            Console.WriteLine();
            """),
        Renewed("""
            if (!await _db.LockTakeAsync("k", "me", ttl)) return;

            using var lockCancellation = new CancellationTokenSource();
            var renewal = RenewLockAsync(_db, "k", "me", ttl, lockCancellation);
            try
            {
                // All of it.
                await store.FlushAsync();
            }
            finally
            {
                lockCancellation.Cancel();
                await renewal;
                // Give it back.
                await _db.LockReleaseAsync("k", "me");
            }

            Console.WriteLine();
            """),
        Renew,
        References.NewestClient);

    [Theory]
    [InlineData("Ttl")]
    [InlineData("TimeSpan.FromSeconds(3)")]
    public Task Renew_WorkThatTakesNoToken(string ttl) => Check.AsksSource(
        Job($"if (await _db.StringSetAsync(\"k\", \"me\", [|{ttl}|], When.NotExists))\n{{\n    await store.FlushAsync();\n    await _db.LockReleaseAsync(\"k\", \"me\");\n}}"),
        Renewed($$"""
            if (await _db.StringSetAsync("k", "me", {{ttl}}, When.NotExists))
            {
                using var lockCancellation = new CancellationTokenSource();
                var renewal = RenewLockAsync(_db, "k", "me", {{ttl}}, lockCancellation);
                try
                {
                    await store.FlushAsync();
                }
                finally
                {
                    lockCancellation.Cancel();
                    await renewal;
                    await _db.LockReleaseAsync("k", "me");
                }
            }
            """),
        Renew,
        References.NewestClient);

    [Fact]
    public Task Renew_BySourceThatTheCodeHas() => Check.AsksSource(
        Job("""
            if (!await _db.LockTakeAsync("k", "me", [|ttl|])) return;
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct);
            try
            {
                await store.SaveAsync("a", linked.Token);
                await store.SaveAsync("b", ct);
            }
            finally
            {
                await _db.LockReleaseAsync("k", "me").ConfigureAwait(false);
            }
            """),
        Renewed("""
            if (!await _db.LockTakeAsync("k", "me", ttl)) return;
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var renewal = RenewLockAsync(_db, "k", "me", ttl, linked);
            try
            {
                await store.SaveAsync("a", linked.Token);
                await store.SaveAsync("b", linked.Token);
            }
            finally
            {
                linked.Cancel();
                await renewal.ConfigureAwait(false);
                await _db.LockReleaseAsync("k", "me").ConfigureAwait(false);
            }
            """)
            .Replace("work.Token);", "work.Token).ConfigureAwait(false);", StringComparison.Ordinal)
            .Replace("(key, token, ttl))", "(key, token, ttl).ConfigureAwait(false))", StringComparison.Ordinal),
        Renew,
        References.NewestClient);

    [Fact]
    public Task Renew_ByTheLoopThatIsThere()
    {
        string Source(string work) => $$"""
            using System;
            using System.Threading;
            using System.Threading.Tasks;
            using StackExchange.Redis;

            class Jobs
            {
            {{Loop}}

                class Job
                {
                    async Task RunAsync(IDatabase db, TimeSpan ttl, Func<Task> action)
                    {
                        {{Regex.Replace(work, "\n(?=.)", "\n            ")}}
                    }
                }
            }
            """;
        return Check.AsksSource(
            Source("if (!await db.LockTakeAsync(\"k\", \"me\", [|ttl|])) return;\nawait action();\nawait db.LockReleaseAsync(\"k\", \"me\");"),
            Source("""
                if (!await db.LockTakeAsync("k", "me", ttl)) return;
                using var lockCancellation = new CancellationTokenSource();
                var renewal = RenewLockAsync(db, "k", "me", ttl, lockCancellation);
                try
                {
                    await action();
                }
                finally
                {
                    lockCancellation.Cancel();
                    await renewal;
                    await db.LockReleaseAsync("k", "me");
                }
                """),
            Renew,
            References.NewestClient);
    }

    [Fact]
    public Task Renew_BeforeUsingDeclarations()
    {
        string Source(string work, string loop) => $$"""
            namespace Jobs
            {
                class Job
                {
                    async System.Threading.Tasks.Task RunAsync(StackExchange.Redis.IDatabase db, string id, System.TimeSpan ttl, System.Func<System.Threading.Tasks.Task> action)
                    {
                        {{work}}
                    }{{loop}}
                }
            }
            """;
        string take = "if (!await db.LockTakeAsync($\"lock:{id}\", id, {0})) return;\n            ";
        string loop = Regex.Replace("\n\n" + Loop, "\n(?=.)", "\n    ");
        return new LockTest(
            Source(take.Replace("{0}", "[|ttl|]", StringComparison.Ordinal) + "await action();\n            await db.LockReleaseAsync($\"lock:{id}\", id);", ""),
            "using System;\nusing System.Threading;\nusing System.Threading.Tasks;\nusing StackExchange.Redis;\n\n" + Source(
                take.Replace("{0}", "ttl", StringComparison.Ordinal) + """
            var lockCancellation = new CancellationTokenSource();
                        var renewal = RenewLockAsync(db, $"lock:{id}", id, ttl, lockCancellation);
                        try
                        {
                            await action();
                        }
                        finally
                        {
                            lockCancellation.Cancel();
                            await renewal;
                            lockCancellation.Dispose();
                            await db.LockReleaseAsync($"lock:{id}", id);
                        }
            """, loop),
            Renew)
        {
            Asks = true,
            Language73 = true,
        }.RunAsync();
    }

    [Fact]
    public Task Renew_LineEndsAndTabsOfTheFile()
    {
        string before = Job("if (!await _db.LockTakeAsync(\"k\", \"me\", [|Ttl|])) return;\nawait store.FlushAsync();\nawait _db.LockReleaseAsync(\"k\", \"me\");");
        string after = Renewed("if (!await _db.LockTakeAsync(\"k\", \"me\", Ttl)) return;\nusing var lockCancellation = new CancellationTokenSource();\nvar renewal = RenewLockAsync(_db, \"k\", \"me\", Ttl, lockCancellation);\ntry\n{\n    await store.FlushAsync();\n}\nfinally\n{\n    lockCancellation.Cancel();\n    await renewal;\n    await _db.LockReleaseAsync(\"k\", \"me\");\n}");
        return Check.AsksSource(AsOnWindows(before), AsOnWindows(after), Renew, References.NewestClient);

        static string AsOnWindows(string source) => source.Replace("    ", "\t", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("if (!await Db().LockTakeAsync(\"k\", \"me\", [|ttl|])) return;\nawait store.FlushAsync();\nawait Db().LockReleaseAsync(\"k\", \"me\");\nIDatabase Db() => _db;")]
    [InlineData("var token = \"me\";\nif (!await _db.LockTakeAsync(\"k\", token, [|ttl|])) return;\ntoken = \"you\";\nawait store.FlushAsync();\nawait _db.LockReleaseAsync(\"k\", token);")]
    [InlineData("if (!await _db.LockTakeAsync(\"k\", \"me\", [|Next()|])) return;\nawait store.FlushAsync();\nawait _db.LockReleaseAsync(\"k\", \"me\");")]
    [InlineData("Run();\nvoid Run()\n{\n    if (!_db.LockTake(\"k\", \"me\", [|ttl|])) return;\n    store.Flush();\n    _db.LockRelease(\"k\", \"me\");\n}")]
    [InlineData("if (!await _db.LockTakeAsync(\"k\", \"me\", [|ttl|])) return;\nawait store.FlushAsync();\nif (ct.CanBeCanceled) await _db.LockReleaseAsync(\"k\", \"me\");\nelse await _db.LockReleaseAsync(\"k\", \"me\");")]
    [InlineData("try\n{\n    if (!await _db.LockTakeAsync(\"k\", \"me\", [|ttl|])) return;\n    await store.FlushAsync();\n}\nfinally\n{\n    await _db.LockReleaseAsync(\"k\", \"me\");\n}")]
    [InlineData("if (!await _db.LockTakeAsync(\"k\", \"me\", [|ttl|])) return;\ntry\n{\n    await store.SaveAsync(\"n\", Pick());\n}\nfinally\n{\n    await _db.LockReleaseAsync(\"k\", \"me\");\n}")]
    public Task Renew_NotWhereItCannotBeSaid(string statements) => NotOffered(Job(statements), Renew);

    /// <summary>What nobody waits for outlives the renewal too.</summary>
    [Fact]
    public Task Renew_NotWhereTheWorkIsLeftRunning() => NotOffered(
        Job("""
            if (!await _db.LockTakeAsync("k", "me", [|ttl|])) return;
            try
            {
                new List<int>().ForEach(async n => await Task.Delay(n));
            }
            finally
            {
                await _db.LockReleaseAsync("k", "me");
            }
            """),
        Renew);

    [Fact]
    public Task Renew_NotWhereTheNameMeansSomethingElse() => NotOffered(
        Job("if (!await _db.LockTakeAsync(\"k\", \"me\", [|ttl|])) return;\nawait store.FlushAsync();\nawait _db.LockReleaseAsync(\"k\", \"me\");")
            .Replace("public async Task RunAsync(", "public async Task RenewLockAsync(", StringComparison.Ordinal),
        Renew);

    private delegate Task Fixing(string before, string after, string key, params string[] clients);

    private static Task WithMargin(string margin, int budget, bool isSilent)
    {
        string ttl = isSilent ? "TimeSpan.FromSeconds(30)" : "[|TimeSpan.FromSeconds(30)|]";
        LockTest test = new(Statements.InMethod($$"""
            if (!await db.LockTakeAsync(key, token, {{ttl}})) return null;
            using var cts = new CancellationTokenSource(TimeSpan.FromSeconds({{budget}}));
            await WorkAsync(cts.Token);
            await db.LockReleaseAsync(key, token);
            """));
        test.Configure(margin);
        return test.RunAsync();
    }

    /// <summary>Reported, and no repair of that key is offered.</summary>
    private static Task NotOffered(string source, string key) =>
        new LockTest(source, source, key) { NumberOfIncrementalIterations = 0, NumberOfFixAllIterations = 0 }.RunAsync();

    /// <summary>A class whose one method has the statements, with one more field where given.</summary>
    private static string Job(string statements, string? constant = null) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Job
        {
            private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);
        {{(constant is null ? "" : "    " + constant + "\n\n")}}    private readonly IDatabase _db;

            public Job(IDatabase db) => _db = db;

            public async Task RunAsync(TimeSpan ttl, TimeSpan? maybe, IStore store, Func<CancellationToken, Task> action, CancellationToken ct, CancellationToken other)
            {
                {{Regex.Replace(statements, "\n(?=.)", "\n        ")}}
            }

            private Task WorkAsync(CancellationToken ct = default) => Task.CompletedTask;

            private Task<string> NameAsync(CancellationToken ct = default) => Task.FromResult("");

            private IAsyncEnumerable<string> NamesAsync(CancellationToken ct = default) => throw new NotSupportedException();

            private static async Task<bool> RetryAsync(Func<Task<bool>> take) => await take() || await take();

            private CancellationToken Pick() => default;

            private TimeSpan Next() => TimeSpan.FromTicks(Environment.TickCount64);
        }

        public interface IStore
        {
            Task SaveAsync(string name);
            Task SaveAsync(string name, CancellationToken cancellationToken);
            Task<int> CountAsync(string name, int max = 10, CancellationToken cancellationToken = default);
            Task FlushAsync();
            void Flush();
            void Write(string name, CancellationToken cancellationToken);
        }

        public static class StoreExtensions
        {
            public static Task PullAsync(this IStore store, string name, CancellationToken cancellationToken = default) => Task.CompletedTask;
        }
        """;

    /// <summary>The class, with the loop that renews behind the method.</summary>
    private static string Renewed(string statements) => Job(statements).Replace("    private Task WorkAsync(", Loop + "\n\n    private Task WorkAsync(", StringComparison.Ordinal);

    /// <summary>A class with a member, and a lock of that TTL.</summary>
    private static string InClass(string member, string ttl) => $$"""
        using System;
        using StackExchange.Redis;

        class C(IDatabase db)
        {
            {{member}}

            void Run(TimeSpan ttl, Action work)
            {
                if (!db.LockTake("k", "me", {{ttl}})) return;
                try { System.Threading.Tasks.Task.Run(work).Wait(ttl); }
                finally { db.LockRelease("k", "me"); }
            }
        }
        """;

    /// <summary>One part of a class, with a lock of that TTL.</summary>
    private static string Partial(string ttl, string name, string constant = "", string usings = "using System;\nusing StackExchange.Redis;\n") => usings + $$"""

        partial class C
        {
        {{constant}}    void Run{{name}}(IDatabase db, Action work)
            {
                if (!db.LockTake("k", "me", {{ttl}})) return;
                try { System.Threading.Tasks.Task.Run(work).Wait(30_000); }
                finally { db.LockRelease("k", "me"); }
            }
        }

        """;

    /// <summary>A test of this rule alone, on the newest client, with what <see cref="Check"/> has no room for.</summary>
    private sealed class LockTest : CSharpCodeFixTest<ExpiryAnalyzer, LockWithoutMarginFix, DefaultVerifier>
    {
        /// <summary>Whether the repair asks first, and is no part of fix-all.</summary>
        public bool Asks { get; init; }

        private static readonly ImmutableArray<string> OtherRules = [.. new ExpiryAnalyzer().SupportedDiagnostics.Select(rule => rule.Id).Where(id => id != LockWithoutMargin.Rule.Id)];

        public LockTest([StringSyntax("c#-test")] string source, string? fixedSource = null, string? key = null)
        {
            ReferenceAssemblies = new ReferenceAssemblies("none");
            TestState.AdditionalReferences.AddRange(References.With(References.NewestClient));
            TestCode = source;
            DisabledDiagnostics.AddRange(OtherRules);
            MarkupOptions = MarkupOptions.UseFirstDescriptor;
            if (fixedSource is not null)
            {
                FixedState.MarkupHandling = MarkupMode.Allow;
                FixedCode = fixedSource;
                CodeActionEquivalenceKey = "EXP201." + key;
            }
        }

        public bool Language73 { get; init; }

        public void Configure(string margin) => TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\ndotnet_code_quality.EXP201.lock_safety_margin = {margin}\n"));

        protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() =>
            Asks ? [FixProviders.AskingOf(LockWithoutMargin.Rule.Id)] : FixProviders.Of(LockWithoutMargin.Rule.Id);

        protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(Language73 ? LanguageVersion.CSharp7_3 : LanguageVersion.Preview, DocumentationMode.Parse);

        protected override DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) => LockWithoutMargin.Rule;
    }
}
