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
            int count = 1;
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
                int count = 1;
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

    [Fact]
    public Task NoFix_WhereALocalIsUsedBehind() => Check.NoFix("if (db.LockTake(key, token, ttl)) { Task done = WorkAsync(); await done; [|db.LockRelease(key, token)|]; Console.WriteLine(done); }");

    [Fact]
    public Task Fix_GivesTheSameToken() => Check.Fixes(
        "string id = Guid.NewGuid().ToString(); if (db.LockTake(key, id, ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, [|Environment.MachineName|]); } }",
        "string id = Guid.NewGuid().ToString(); if (db.LockTake(key, id, ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, id); } }",
        "SameToken");

    /// <summary>Accepted: what the release gives is not known to be another token.</summary>
    [Fact]
    public Task Gap_TokensOfTwoVariables() => Check.Reports("RedisValue other = text; if (db.LockTake(key, token, ttl)) { try { await WorkAsync(); } finally { db.LockRelease(key, other); } }");

    private static string InTask(string statements) => $$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs
        {
            async Task Run(IDatabase db, Func<Task> work)
            {
                {{Regex.Replace(statements, "\n(?=.)", "\n        ")}}
            }
        }
        """;
}
