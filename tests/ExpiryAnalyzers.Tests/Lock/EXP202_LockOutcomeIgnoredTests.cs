using System.Text.RegularExpressions;
using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lock.LockOutcomeIgnoredFix>;

namespace ExpiryAnalyzers.Tests.Lock;

public sealed class EXP202_LockOutcomeIgnoredTests
{
    [Theory]
    [InlineData("await [|db.LockTakeAsync(key, token, ttl)|];")]
    [InlineData("[|db.LockTake(key, token, ttl)|];")]
    [InlineData("_ = await [|db.LockTakeAsync(key, token, ttl)|];")]
    [InlineData("await [|db.LockTakeAsync(key, token, ttl)|].ConfigureAwait(false);")]
    [InlineData("[|db.LockTakeAsync(key, token, ttl)|].Wait();")]
    [InlineData("[|db.LockTakeAsync(key, token, ttl)|].GetAwaiter().GetResult();")]
    [InlineData("var taken = [|db.LockTake(key, token, ttl)|]; await WorkAsync();")]
    [InlineData("bool taken; taken = await [|db.LockTakeAsync(key, token, ttl)|]; await WorkAsync();")]
    [InlineData("while (flag) { await Task.Delay(1000); await [|db.LockExtendAsync(key, token, ttl)|]; }")]
    [InlineData("Action renew = () => [|db.LockExtend(key, token, ttl)|]; renew();")]
    [InlineData("await [|db.StringSetAsync(\"lock:report\", token, ttl, When.NotExists)|]; try { await WorkAsync(); } finally { await db.KeyDeleteAsync(\"lock:report\"); }")]
    public Task NobodyLooks(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("if (await db.LockTakeAsync(key, token, ttl)) { await WorkAsync(); await [|db.LockReleaseAsync(key, token)|]; }")]
    [InlineData("if (!db.LockTake(key, token, ttl)) return null; await WorkAsync(); [|db.LockRelease(key, token)|];")]
    [InlineData("bool taken = await db.LockTakeAsync(key, token, ttl); if (taken) { await WorkAsync(); await [|db.LockReleaseAsync(key, token)|]; }")]
    [InlineData("if (await db.LockTakeAsync(key, token, ttl)) { try { await WorkAsync(); } catch (TimeoutException) { Console.WriteLine(); } await [|db.LockReleaseAsync(key, token)|]; }")]
    [InlineData("while (!await db.LockTakeAsync(key, token, ttl)) await Task.Delay(50); await WorkAsync(); await [|db.LockReleaseAsync(key, token)|];")]
    public Task NotReleasedOnThrow(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("if (db.LockTake(key, \"me\", ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, [|\"you\"|]); } }")]
    [InlineData("if (db.LockTake(key, Guid.NewGuid().ToString(), ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, [|token|]); } }")]
    [InlineData("string id = Guid.NewGuid().ToString(); if (db.LockTake(key, id, ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, [|Environment.MachineName|]); } }")]
    [InlineData("if (db.LockTake(key, Environment.MachineName, ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, [|Guid.NewGuid().ToString()|]); } }")]
    public Task AnotherToken(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("if (await db.LockTakeAsync(key, token, ttl)) { try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, token); } }")]
    [InlineData("if (!await db.LockTakeAsync(key, token, ttl)) { return null; } try { await WorkAsync(); } finally { await db.LockReleaseAsync(key, token); }")]
    [InlineData("return await db.LockTakeAsync(key, token, ttl);")]
    [InlineData("var task = db.LockTakeAsync(key, token, ttl); if (await task) { try { await WorkAsync(); } finally { db.LockRelease(key, token); } }")]
    [InlineData("bool taken = db.LockTake(key, token, ttl); Console.WriteLine(taken);")]
    [InlineData("Func<bool> take = () => db.LockTake(key, token, ttl); if (take()) { await WorkAsync(); }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { try { await WorkAsync(); } catch { db.LockRelease(key, token); throw; } db.LockRelease(key, token); }")]
    [InlineData("if (db.LockTake(key, token, ttl)) { try { await WorkAsync(); } catch (Exception e) { Console.WriteLine(e); } db.LockRelease(key, token); }")]
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
    [InlineData("if (!ok || count > 0) return;")]
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
