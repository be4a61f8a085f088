using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Atomicity.QueuedTaskAwaitedFix>;

namespace ExpiryAnalyzers.Tests.Atomicity;

/// <summary>EXP304: what is reported, and what the client's own analyzer reports.</summary>
public sealed class QueuedTaskAwaitedTests
{
    /// <summary>The clients that bring no analyzer: there every wait is ours.</summary>
    private static readonly string[] OlderClients = ["2.6.96", "2.13.23"];

    [Theory]
    [InlineData("[|await tran.StringGetAsync(key)|];")]
    [InlineData("var value = [|await tran.StringGetAsync(key)|];")]
    [InlineData("var value = [|tran.StringGetAsync(key).Result|];")]
    [InlineData("[|tran.StringSetAsync(key, token, ttl).Wait()|];")]
    [InlineData("[|tran.StringSetAsync(key, token, ttl).GetAwaiter().GetResult()|];")]
    [InlineData("[|await tran.GeoAddAsync(key, 1, 2, token)|];")]
    [InlineData("[|await tran.ExecuteAsync(\"PING\")|];")]
    [InlineData("[|await tran.StringGetAsync(key, CommandFlags.DemandMaster)|];")]
    public async Task DirectWaits_AreOursWhereTheClientBringsNoAnalyzer(string wait)
    {
        string statements = $"""
            var tran = db.CreateTransaction();
            {wait}
            await tran.ExecuteAsync();
            """;
        await Check.Reports(statements, OlderClients);
        await Check.Reports(statements.Replace("[|", "").Replace("|]", ""), References.NewestClient);
    }

    /// <summary>Tasks in a dictionary, whose pairs a loop takes apart.</summary>
    [Theory]
    [InlineData("foreach (var (id, task) in map) Console.WriteLine(id + [|await task|]); batch.Execute();")]
    [InlineData("foreach (var pair in map) Console.WriteLine(pair.Key + [|await pair.Value|]); batch.Execute();")]
    [InlineData("batch.Execute(); foreach (var (id, task) in map) Console.WriteLine(id + await task);")]
    public async Task PairsTakenApart(string statements)
    {
        await Check.Reports("var batch = db.CreateBatch(); var map = text.ToDictionary(c => c.ToString(), c => batch.StringGetAsync(c.ToString())); " + statements);
        await Check.Reports("var batch = db.CreateBatch(); var map = new System.Collections.Generic.Dictionary<string, Task<RedisValue>>(); foreach (var c in text) map[c.ToString()] = batch.StringGetAsync(c.ToString()); " + statements);
    }

    /// <summary>A helper that waits twice waits in vain the second time, and its caller already the first time.</summary>
    [Theory]
    [InlineData("[|await Save(tran)|]; await tran.ExecuteAsync();")]
    [InlineData("var saved = Save(tran); await tran.ExecuteAsync(); await saved;")]
    public Task HelperThatWaitsTwice(string statements) => Check.ReportsSource($$"""
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Jobs(IDatabase db)
        {
            public async Task Run()
            {
                var tran = db.CreateTransaction();
                {{statements}}
            }

            private static async Task Save(ITransaction tran)
            {
                await tran.HashSetAsync("a", "v", 1);
                [|await tran.HashSetAsync("a", "w", 1)|];
            }
        }
        """, OlderClients);

    [Theory]
    [InlineData("[|await tran.StringSetAsync(key, token).ConfigureAwait(false)|];")]
    [InlineData("[|tran.StringSetAsync(key, token).ConfigureAwait(false).GetAwaiter().GetResult()|];")]
    [InlineData("[|await (Task)tran.StringSetAsync(key, token)|];")]
    [InlineData("[|await tran.StringSetAsync(key, token).WaitAsync(ttl)|];")]
    [InlineData("[|await tran.StringSetAsync(key, token).ContinueWith(set => set.Result)|];")]
    [InlineData("[|await (flag ? tran.StringSetAsync(key, token) : tran.KeyDeleteAsync(key))|];")]
    [InlineData("const CommandFlags flags = CommandFlags.DemandMaster; var local = flags; [|await tran.StringSetAsync(key, token, flags: local)|];")]
    [InlineData("[|await Task.WhenAll(tran.StringSetAsync(key, token), tran.KeyExpireAsync(key, ttl))|];")]
    [InlineData("[|await Task.WhenAll(new Task[] { tran.StringSetAsync(key, token), WorkAsync() })|];")]
    [InlineData("[|await Task.WhenAny(tran.StringSetAsync(key, token), tran.KeyExpireAsync(key, ttl))|];")]
    [InlineData("[|Task.WaitAll(tran.StringSetAsync(key, token), tran.KeyExpireAsync(key, ttl))|];")]
    [InlineData("var set = tran.StringSetAsync(key, token); [|await set|];")]
    [InlineData("var set = tran.StringSetAsync(key, token); [|await set.ConfigureAwait(false)|];")]
    [InlineData("var set = tran.StringSetAsync(key, token); [|set.Wait()|];")]
    [InlineData("var set = tran.StringSetAsync(key, token); [|set.Wait(ttl)|];")]
    [InlineData("var set = tran.StringSetAsync(key, token); var done = [|set.Result|];")]
    [InlineData("var set = tran.StringSetAsync(key, token); [|set.GetAwaiter().GetResult()|];")]
    [InlineData("var set = tran.StringSetAsync(key, token); [|db.Wait(set)|];")]
    [InlineData("var set = tran.StringSetAsync(key, token); [|tran.Wait(set)|];")]
    [InlineData("var set = tran.StringSetAsync(key, token); [|db.Multiplexer.Wait(set)|];")]
    [InlineData("var set = tran.StringSetAsync(key, token); var same = set; [|await same|];")]
    [InlineData("Task set = null; set = tran.StringSetAsync(key, token); [|await set|];")]
    [InlineData("Task set = Task.CompletedTask; if (flag) { set = tran.StringSetAsync(key, token); } [|await set|];")]
    [InlineData("var set = flag ? tran.StringSetAsync(key, token) : Task.FromResult(true); [|await set|];")]
    [InlineData("var (set, expire) = (tran.StringSetAsync(key, token), tran.KeyExpireAsync(key, ttl)); [|await set|];")]
    [InlineData("var set = new ValueTask<bool>(tran.StringSetAsync(key, token)); [|await set|];")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(tran.StringSetAsync(key, token)); tasks.Add(WorkAsync()); [|await Task.WhenAll(tasks)|];")]
    [InlineData("var tasks = new List<Task> { tran.StringSetAsync(key, token) }; [|await Task.WhenAll(tasks)|];")]
    [InlineData("List<Task> tasks = [tran.StringSetAsync(key, token)]; [|await Task.WhenAll(tasks)|];")]
    [InlineData("var tasks = new Task[2]; tasks[0] = tran.StringSetAsync(key, token); tasks[1] = tran.KeyExpireAsync(key, ttl); [|await Task.WhenAll(tasks)|];")]
    [InlineData("var tasks = new Dictionary<string, Task<bool>>(); tasks[text] = tran.StringSetAsync(key, token); [|await Task.WhenAll(tasks.Values)|];")]
    [InlineData("var tasks = new List<Task<bool>>(); foreach (var id in text) { tasks.Add(tran.StringSetAsync(id.ToString(), token)); } [|await Task.WhenAll(tasks)|];")]
    [InlineData("var tasks = new List<Task<bool>>(); foreach (var id in text) { tasks.Add(tran.StringSetAsync(id.ToString(), token)); } foreach (var task in tasks) { [|await task|]; }")]
    [InlineData("var tasks = text.Select(id => tran.StringSetAsync(id.ToString(), token)).ToList(); [|await Task.WhenAll(tasks)|];")]
    [InlineData("var tasks = text.Select(id => tran.StringSetAsync(id.ToString(), token)); [|await Task.WhenAll(tasks)|];")]
    [InlineData("Task<bool>[] tasks = [.. text.Select(id => tran.StringSetAsync(id.ToString(), token))]; [|await Task.WhenAll(tasks)|];")]
    [InlineData("[|await Task.WhenAll(text.Select(id => tran.StringSetAsync(id.ToString(), token)))|];")]
    [InlineData("var tasks = new List<Task>(); tasks.AddRange(text.Select(id => tran.StringSetAsync(id.ToString(), token))); [|await Task.WhenAll(tasks)|];")]
    [InlineData("var tasks = new List<Task>(); text.ToList().ForEach(id => tasks.Add(tran.StringSetAsync(id.ToString(), token))); [|await Task.WhenAll(tasks)|];")]
    [InlineData("foreach (var id in text) { var set = tran.StringSetAsync(id.ToString(), token); [|await set|]; }")]
    [InlineData("try { var set = tran.StringSetAsync(key, token); [|await set|]; } catch (RedisException) { return null; }")]
    [InlineData("Func<Task> set = () => tran.StringSetAsync(key, token); [|await set()|];")]
    [InlineData("Task<bool> Set() => tran.StringSetAsync(key, token); [|await Set()|];")]
    [InlineData("[|await Task.Run(() => tran.StringSetAsync(key, token))|];")]
    [InlineData("IDatabaseAsync target = tran; var set = target.StringSetAsync(key, token); [|await set|];")]
    public async Task IndirectWaits(string statements)
    {
        await Check.Reports($"var tran = db.CreateTransaction();\n{statements}\nawait tran.ExecuteAsync();");
        await Check.Reports($"var tran = db.CreateBatch();\n{statements}\ntran.Execute();", References.NewestClient);
    }

    [Theory]
    [InlineData("_ = tran.StringSetAsync(key, token); await tran.ExecuteAsync();")]
    [InlineData("tran.StringSetAsync(key, token); tran.Execute();")]
    [InlineData("var set = tran.StringSetAsync(key, token); await tran.ExecuteAsync(); await set;")]
    [InlineData("var set = tran.StringSetAsync(key, token); if (await tran.ExecuteAsync()) { await set; }")]
    [InlineData("var set = tran.StringSetAsync(key, token); var run = tran.ExecuteAsync(); await set; await run;")]
    [InlineData("var set = tran.StringSetAsync(key, token); await Task.WhenAll(tran.ExecuteAsync(), set);")]
    [InlineData("await Task.WhenAll(tran.StringSetAsync(key, token), tran.ExecuteAsync());")]
    [InlineData("var set = tran.StringSetAsync(key, token); var done = tran.Execute() && set.Result;")]
    [InlineData("var set = tran.StringSetAsync(key, token); _ = set.ContinueWith(task => Console.WriteLine(task.Result)); tran.Execute();")]
    [InlineData("var set = tran.StringSetAsync(key, token); _ = tran.ExecuteAsync().ContinueWith(_ => Console.WriteLine(set.Result));")]
    [InlineData("var get = db.StringGetAsync(key); _ = tran.StringSetAsync(key, token); await get; await tran.ExecuteAsync();")]
    [InlineData("await db.StringGetAsync(key); _ = tran.StringSetAsync(key, token); await WorkAsync(); await tran.ExecuteAsync();")]
    [InlineData("await tran.StringSetAsync(key, token, flags: CommandFlags.FireAndForget).ConfigureAwait(false); tran.Execute();")]
    [InlineData("var flags = flag ? CommandFlags.FireAndForget : CommandFlags.None; await tran.StringSetAsync(key, token, flags: flags); tran.Execute();")]
    [InlineData("var tasks = new List<Task>(); foreach (var id in text) { tasks.Add(tran.StringSetAsync(id.ToString(), token)); } tran.Execute(); await Task.WhenAll(tasks);")]
    [InlineData("var tasks = new List<Task>(); foreach (var id in text) { tasks.Add(tran.StringSetAsync(id.ToString(), token)); } if (tasks.Count > 0) { tran.Execute(); } await Task.WhenAll(tasks);")]
    [InlineData("var tasks = text.Select(id => tran.StringSetAsync(id.ToString(), token)).ToList(); tran.Execute(); await Task.WhenAll(tasks);")]
    [InlineData("var tasks = text.Select(async id => { var set = tran.StringSetAsync(id.ToString(), token); return await set; }).ToArray(); tran.Execute(); await Task.WhenAll(tasks);")]
    [InlineData("Task<bool>[] tasks = [.. text.Select(id => tran.StringSetAsync(id.ToString(), token))]; tran.Execute(); await Task.WhenAll(tasks);")]
    [InlineData("List<Task> tasks = [WorkAsync(), .. text.Select(id => tran.StringSetAsync(id.ToString(), token))]; tran.Execute(); await Task.WhenAll(tasks);")]
    [InlineData("var set = tran.StringSetAsync(key, token); try { WorkAsync(); } finally { tran.Execute(); } await set;")]
    [InlineData("var set = tran.StringSetAsync(key, token); await Task.WhenAny(set, Task.Delay(ttl)); await tran.ExecuteAsync();")]
    [InlineData("Task<bool> set = null; if (flag) { set = tran.StringSetAsync(key, token); tran.Execute(); } if (set != null) { await set; }")]
    [InlineData("void Flush() => tran.Execute(); var set = tran.StringSetAsync(key, token); Flush(); await set;")]
    [InlineData("Action flush = () => tran.Execute(); var set = tran.StringSetAsync(key, token); flush(); await set;")]
    [InlineData("var set = tran.StringSetAsync(key, token); await Task.Run(() => tran.Execute()); await set;")]
    [InlineData("var all = new List<IBatch> { tran }; var set = tran.StringSetAsync(key, token); foreach (var one in all) { one.Execute(); } await set;")]
    [InlineData("tran.AddCondition(Condition.KeyNotExists(key)); var set = tran.StringSetAsync(key, token); if (!await tran.ExecuteAsync()) { return null; } await set;")]
    public async Task Silent(string statements) => await Check.Reports($"var tran = db.CreateTransaction();\n{statements}");

    /// <summary>The statements of a method of a class that has helpers and a transaction of its own.</summary>
    private static string WithHelpers(string statements) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Repository(IDatabase db)
        {
            private readonly ITransaction _tran = db.CreateTransaction();

            async Task Run(ITransaction given, RedisKey key, bool flag)
            {
                var tran = db.CreateTransaction();
                {{statements}}
            }

            static Task<bool> QueueAsync(IDatabaseAsync target, RedisKey key) => target.StringSetAsync(key, "x");

            static async Task SaveAsync(IDatabaseAsync target, RedisKey key)
            {
                await target.StringSetAsync(key, "x").ConfigureAwait(false);
            }

            static Task SaveBothAsync(ITransaction target, RedisKey key)
            {
                var first = target.StringSetAsync(key, "x");
                var second = target.KeyExpireAsync(key, TimeSpan.FromMinutes(5));
                return Task.WhenAll(first, second);
            }

            static async Task DeepAsync(ITransaction target, RedisKey key) => await SaveAsync(target, key);

            static async Task SaveAndRunAsync(ITransaction target, RedisKey key)
            {
                var set = target.StringSetAsync(key, "x");
                await target.ExecuteAsync();
                await set;
            }

            static void Queue(IBatch target, RedisKey key) => _ = target.StringSetAsync(key, "x");

            static async Task AllAsync(IEnumerable<Task> tasks) => await Task.WhenAll(tasks);

            Task<bool> OwnAsync(RedisKey key) => _tran.StringSetAsync(key, "x");

            Task<bool> CommitAsync() => _tran.ExecuteAsync();
        }

        static class Extensions
        {
            public static async Task PutAsync(this IDatabaseAsync target, RedisKey key) => await target.StringSetAsync(key, "x").ConfigureAwait(false);
        }
        """;

    [Theory]
    [InlineData("[|await QueueAsync(tran, key)|]; await tran.ExecuteAsync();")]
    [InlineData("[|await QueueAsync(given, key)|]; await given.ExecuteAsync();")]
    [InlineData("[|await SaveAsync(tran, key)|]; await tran.ExecuteAsync();")]
    [InlineData("[|await SaveAsync(tran, key).ConfigureAwait(false)|]; await tran.ExecuteAsync();")]
    [InlineData("[|SaveAsync(tran, key).Wait()|]; tran.Execute();")]
    [InlineData("[|await SaveBothAsync(tran, key)|]; await tran.ExecuteAsync();")]
    [InlineData("[|await DeepAsync(tran, key)|]; await tran.ExecuteAsync();")]
    [InlineData("var saved = SaveAsync(tran, key); [|await saved|]; await tran.ExecuteAsync();")]
    [InlineData("[|await Task.WhenAll(new[] { key }.Select(k => SaveAsync(tran, k)))|]; await tran.ExecuteAsync();")]
    [InlineData("[|await tran.PutAsync(key)|]; await tran.ExecuteAsync();")]
    [InlineData("[|await OwnAsync(key)|]; await _tran.ExecuteAsync();")]
    [InlineData("var set = _tran.StringSetAsync(key, 1); [|await set|]; await _tran.ExecuteAsync();")]
    [InlineData("var set = given.StringSetAsync(key, 1); [|await set|]; await given.ExecuteAsync();")]
    [InlineData("var set = given.StringSetAsync(key, 1); [|set.Wait()|];")]
    [InlineData("var tasks = new List<Task> { tran.StringSetAsync(key, 1) }; [|await AllAsync(tasks)|]; await tran.ExecuteAsync();")]
    [InlineData("if (flag) { await tran.ExecuteAsync(); } else { var set = tran.StringSetAsync(key, 1); [|await set|]; }")]
    public Task ThroughHelpers(string statements) => Check.ReportsSource(WithHelpers(statements));

    [Theory]
    [InlineData("await QueueAsync(db, key); await tran.ExecuteAsync();")]
    [InlineData("await SaveAsync(db, key); await tran.ExecuteAsync();")]
    [InlineData("_ = SaveAsync(tran, key); await tran.ExecuteAsync();")]
    [InlineData("var saved = SaveAsync(tran, key); await tran.ExecuteAsync(); await saved;")]
    [InlineData("var saved = SaveBothAsync(tran, key); await tran.ExecuteAsync(); await saved;")]
    [InlineData("await SaveAndRunAsync(tran, key);")]
    [InlineData("var set = tran.StringSetAsync(key, 1); await SaveAndRunAsync(tran, key); await set;")]
    [InlineData("Queue(tran, key); await tran.ExecuteAsync();")]
    [InlineData("var set = OwnAsync(key); await CommitAsync(); await set;")]
    [InlineData("var set = _tran.StringSetAsync(key, 1); await set;")]
    [InlineData("var set = given.StringSetAsync(key, 1); await set;")]
    [InlineData("await db.PutAsync(key); await tran.ExecuteAsync();")]
    [InlineData("IDatabaseAsync target = flag ? tran : db; var set = target.StringSetAsync(key, 1); await set; await tran.ExecuteAsync();")]
    [InlineData("var tasks = new List<Task> { tran.StringSetAsync(key, 1) }; await tran.ExecuteAsync(); await AllAsync(tasks);")]
    public Task SilentThroughHelpers(string statements) => Check.ReportsSource(WithHelpers(statements));

    /// <summary>A helper that waits, queues again and waits again needs to be executed twice: nobody does that from outside. A caller that waits before it hangs the first time.</summary>
    [Fact]
    public Task WaitsTwiceOnWhatItIsHanded() => Check.ReportsSource(
        """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Repository(IDatabase db, IBatch shared)
        {
            public async Task Run(RedisKey key)
            {
                var batch = db.CreateBatch();
                [|await SaveAsync(batch, key)|];
                batch.Execute();
            }

            static async Task SaveAsync(IBatch batch, RedisKey key)
            {
                await batch.StringSetAsync(key, "x").ConfigureAwait(false);
                [|await batch.KeyExpireAsync(key, TimeSpan.FromMinutes(5)).ConfigureAwait(false)|];
            }

            static async Task SaveAllAsync(IBatch batch, RedisKey[] keys)
            {
                foreach (var key in keys)
                {
                    [|await batch.StringSetAsync(key, "x").ConfigureAwait(false)|];
                }
            }

            static async Task<(RedisValue, RedisValue)> LoadAsync(IBatch batch, RedisKey key)
            {
                var name = batch.HashGetAsync(key, "name");
                var mail = batch.HashGetAsync(key, "mail");
                return (await name, await mail);
            }

            async Task LoadSharedAsync(RedisKey key)
            {
                var name = shared.HashGetAsync(key, "name");
                shared.Execute();
                await name;
                var mail = shared.HashGetAsync(key, "mail");
                shared.Execute();
                await mail;
            }
        }
        """);

    /// <summary>A lazy query queues its commands when it runs: here behind the Execute that should have sent them.</summary>
    [Theory]
    [InlineData("var tasks = text.Select(id => tran.StringSetAsync(id.ToString(), token)); tran.Execute(); [|await Task.WhenAll(tasks)|];")]
    [InlineData("IEnumerable<Task<bool>> tasks = text.Where(char.IsLetter).Select(id => tran.StringSetAsync(id.ToString(), token)); await tran.ExecuteAsync(); [|await Task.WhenAll(tasks)|];")]
    [InlineData("var tasks = from id in text select tran.StringSetAsync(id.ToString(), token); tran.Execute(); foreach (var task in tasks) { [|await task|]; }")]
    [InlineData("var tasks = text.Select(id => tran.StringSetAsync(id.ToString(), token)); tran.Execute(); foreach (var task in tasks) { [|await task|]; }")]
    [InlineData("var tasks = from id in text select tran.StringSetAsync(id.ToString(), token); tran.Execute(); [|await Task.WhenAll(tasks)|];")]
    public Task LazyQueries(string statements) => Check.Reports($"var tran = db.CreateTransaction();\n{statements}");

    /// <summary>One bug, one report: no wait of these tests is reported by the client's own analyzer, too.</summary>
    [Fact]
    public async Task NoWaitIsReportedTwice()
    {
        int own = 0;
        int clients = 0;
        foreach (string source in Samples())
        {
            CSharpCompilation compilation = CSharpCompilation.Create(
                "Twice",
                [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview))],
                References.With(References.NewestClient),
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
            ImmutableArray<Diagnostic> diagnostics = await compilation.WithAnalyzers([new ExpiryAnalyzer(), .. References.ClientAnalyzers]).GetAnalyzerDiagnosticsAsync();
            int[] ours = LinesOf(diagnostics, "EXP304");
            int[] theirs = LinesOf(diagnostics, "SER305");
            Assert.True(!ours.Intersect(theirs).Any(), source);
            own += ours.Length;
            clients += theirs.Length;
        }

        Assert.True(own > 0 && clients > 0);
    }

    private static int[] LinesOf(ImmutableArray<Diagnostic> diagnostics, string id) => [.. diagnostics.Where(diagnostic => diagnostic.Id == id).Select(diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line)];

    /// <summary>The sources of all theories here, each statement on a line of its own.</summary>
    private static IEnumerable<string> Samples()
    {
        foreach (System.Reflection.MethodInfo method in typeof(QueuedTaskAwaitedTests).GetMethods())
        {
            foreach (System.Reflection.CustomAttributeData data in method.CustomAttributes.Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute)))
            {
                string statements = (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value!;
                statements = statements.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal).Replace("; ", ";\n", StringComparison.Ordinal);
                yield return method.Name.EndsWith("ThroughHelpers", StringComparison.Ordinal)
                    ? WithHelpers(statements)
                    : Statements.InMethod($"var tran = db.CreateTransaction();\n{statements}\nawait tran.ExecuteAsync();");
            }
        }
    }
}

/// <summary>EXP304: what is repaired.</summary>
public sealed class QueuedTaskAwaitedFixTests
{
    /// <summary>The answer of the run is kept, so that the task can be waited for before it is returned.</summary>
    [Theory]
    [InlineData("return tran.Execute();", "tran.Execute()")]
    [InlineData("return await tran.ExecuteAsync();", "await tran.ExecuteAsync()")]
    [InlineData("return await tran.ExecuteAsync().ConfigureAwait(false);", "await tran.ExecuteAsync().ConfigureAwait(false)")]
    public Task TheRunIsReturned(string end, string run) => Check.Fixes(
        $"""
        var tran = db.CreateTransaction();
        _ = tran.KeyExpireAsync(key, ttl);
        await [|tran.StringSetAsync(key, token)|];

        // All or nothing.
        {end}
        """.Replace("await [|tran.StringSetAsync(key, token)|]", "[|await tran.StringSetAsync(key, token)|]", StringComparison.Ordinal),
        $"""
        var tran = db.CreateTransaction();
        _ = tran.KeyExpireAsync(key, ttl);
        var write = tran.StringSetAsync(key, token);

        // All or nothing.
        var executed = {run};
        await write;
        return executed;
        """,
        "AwaitAfterExecute",
        "2.6.96", "2.13.23");

    /// <summary>The task is waited for where the transaction has run, conditions or not.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("tran.AddCondition(Condition.KeyExists(key));\n")]
    public Task TheRunIsTested(string condition) => Check.Fixes(
        $$"""
        var tran = db.CreateTransaction();
        {{condition}}var value = [|await tran.StringGetAsync(key)|];
        if (await tran.ExecuteAsync())
        {
            Console.WriteLine(value);
        }
        else
        {
            Console.WriteLine("not run");
        }
        """,
        $$"""
        var tran = db.CreateTransaction();
        {{condition}}var valueTask = tran.StringGetAsync(key);
        if (await tran.ExecuteAsync())
        {
            var value = await valueTask;
            Console.WriteLine(value);
        }
        else
        {
            Console.WriteLine("not run");
        }
        """,
        "AwaitAfterExecute",
        "2.6.96", "2.13.23");

    /// <summary>Behind the branch, the answer would not be there.</summary>
    [Fact]
    public Task NotWhereTheAnswerIsUsedBehindTheBranch() => Check.NoFix(
        """
        var tran = db.CreateTransaction();
        var value = [|await tran.StringGetAsync(key)|];
        if (await tran.ExecuteAsync())
        {
            Console.WriteLine();
        }

        return value;
        """,
        "2.6.96", "2.13.23");

    private const string Key = "AwaitAfterExecute";

    private static readonly string[] OlderClients = ["2.6.96", "2.13.23"];

    [Fact]
    public Task CapturedTask() => Check.Fixes(
        """
        var tran = db.CreateTransaction();
        var get = tran.StringGetAsync(key);
        _ = tran.KeyExpireAsync(key, ttl);

        // The value decides.
        var value = [|await get|];
        await tran.ExecuteAsync();
        return value;
        """,
        """
        var tran = db.CreateTransaction();
        var get = tran.StringGetAsync(key);
        _ = tran.KeyExpireAsync(key, ttl);

        await tran.ExecuteAsync();
        // The value decides.
        var value = await get;
        return value;
        """,
        Key);

    [Fact]
    public Task AllOfAList() => Check.Fixes(
        """
        var batch = db.CreateBatch();
        var tasks = new List<Task>();
        foreach (var id in text)
        {
            tasks.Add(batch.StringSetAsync(id.ToString(), token, ttl));
        }

        [|await Task.WhenAll(tasks)|];
        batch.Execute();
        """,
        """
        var batch = db.CreateBatch();
        var tasks = new List<Task>();
        foreach (var id in text)
        {
            tasks.Add(batch.StringSetAsync(id.ToString(), token, ttl));
        }

        batch.Execute();
        await Task.WhenAll(tasks);
        """,
        Key);

    [Fact]
    public Task QueuedByTheWait() => Check.Fixes(
        """
        var tran = db.CreateTransaction();
        [|await Task.WhenAll(tran.StringSetAsync(key, token), tran.KeyExpireAsync(key, ttl))|]; // both
        await tran.ExecuteAsync();
        await WorkAsync();
        """,
        """
        var tran = db.CreateTransaction();
        var queued = Task.WhenAll(tran.StringSetAsync(key, token), tran.KeyExpireAsync(key, ttl)); // both
        await tran.ExecuteAsync();
        await queued;
        await WorkAsync();
        """,
        Key);

    [Fact]
    public Task SeveralKeepTheirOrder() => Check.Fixes(
        """
        var tran = db.CreateTransaction();
        var value = (string)[|await tran.StringGetAsync(key).ConfigureAwait(false)|];
        [|await tran.KeyExpireAsync(expiry: ttl, key: key).ConfigureAwait(false)|];
        bool done = await tran.ExecuteAsync().ConfigureAwait(false);
        return value + done;
        """,
        """
        var tran = db.CreateTransaction();
        var valueTask = tran.StringGetAsync(key);
        var expire = tran.KeyExpireAsync(expiry: ttl, key: key);
        bool done = await tran.ExecuteAsync().ConfigureAwait(false);
        var value = (string)await valueTask.ConfigureAwait(false);
        await expire.ConfigureAwait(false);
        return value + done;
        """,
        Key);

    [Theory]
    [InlineData("await tran.StringGetAsync(key)", "await valueTask")]
    [InlineData("tran.StringGetAsync(key).Result", "valueTask.Result")]
    [InlineData("tran.StringGetAsync(key).GetAwaiter().GetResult()", "valueTask.GetAwaiter().GetResult()")]
    public Task DirectWaits(string before, string after) => Check.Fixes(
        $"""
        var tran = db.CreateTransaction();
        RedisValue value = [|{before}|];
        tran.Execute();
        return value;
        """,
        $"""
        var tran = db.CreateTransaction();
        var valueTask = tran.StringGetAsync(key);
        tran.Execute();
        RedisValue value = {after};
        return value;
        """,
        Key,
        OlderClients);

    [Fact]
    public Task BehindAnExecuteThatLeaves() => Check.Fixes(
        """
        var tran = db.CreateTransaction();
        var set = tran.StringSetAsync(key, token);
        [|set.Wait()|];
        if (!tran.Execute())
        {
            return null;
        }
        """,
        """
        var tran = db.CreateTransaction();
        var set = tran.StringSetAsync(key, token);
        if (!tran.Execute())
        {
            return null;
        }
        set.Wait();
        """,
        Key);

    [Fact]
    public Task LazyQueryBeforeExecute() => Check.Fixes(
        """
        var batch = db.CreateBatch();
        var tasks = text.Select(id => batch.StringGetAsync(id.ToString()));
        var values = [|await Task.WhenAll(tasks)|];
        batch.Execute();
        return values;
        """,
        """
        var batch = db.CreateBatch();
        var tasks = text.Select(id => batch.StringGetAsync(id.ToString()));
        var queued = Task.WhenAll(tasks);
        batch.Execute();
        var values = await queued;
        return values;
        """,
        Key);

    [Theory]
    [InlineData("text.Select(id => batch.StringGetAsync(id.ToString()))", "text.Select(id => batch.StringGetAsync(id.ToString())).ToList()")]
    [InlineData("from id in text select batch.StringGetAsync(id.ToString())", "(from id in text select batch.StringGetAsync(id.ToString())).ToList()")]
    public Task LazyQueryBehindExecute(string before, string after) => Check.Fixes(
        $"""
        var batch = db.CreateBatch();
        var tasks = {before};
        batch.Execute();
        return [|await Task.WhenAll(tasks)|];
        """,
        $"""
        var batch = db.CreateBatch();
        var tasks = {after};
        batch.Execute();
        return await Task.WhenAll(tasks);
        """,
        "QueueBeforeExecute");

    [Theory]
    [InlineData("var get = tran.StringGetAsync(key); var value = [|await get|];\n_ = tran.StringSetAsync(key, value + 1);\nawait tran.ExecuteAsync();")]
    [InlineData("var get = tran.StringGetAsync(key);\nvar value = [|await get|];\n_ = tran.StringSetAsync(key, value + 1);\nawait tran.ExecuteAsync();")]
    [InlineData("var get = tran.StringGetAsync(key);\nif (flag) { [|await get|]; }\nawait tran.ExecuteAsync();")]
    [InlineData("var get = tran.StringGetAsync(key);\nvar value = [|await get|];\nif (await tran.ExecuteAsync()) { return value; }")]
    [InlineData("var get = tran.StringGetAsync(key);\nvar value = [|await get|];\nreturn value;")]
    [InlineData("tran.AddCondition(Condition.KeyExists(key));\nvar get = tran.StringGetAsync(key);\nvar value = [|await get|];\nawait tran.ExecuteAsync();")]
    [InlineData("var get = tran.StringGetAsync(key);\n[|await get|];\nget = null;\nawait tran.ExecuteAsync();")]
    [InlineData("var get = tran.StringGetAsync(key);\nvar value = string.Concat(Guid.NewGuid(), [|await get|]);\nawait tran.ExecuteAsync();")]
    [InlineData("foreach (var id in text)\n{\n    var get = tran.StringGetAsync(id.ToString());\n    [|await get|];\n}\nawait tran.ExecuteAsync();")]
    [InlineData("var tasks = text.Select(id => tran.StringGetAsync(id.ToString()));\nvar values = [|await Task.WhenAll(tasks)|];\nif (values.Length > 1) { await tran.ExecuteAsync(); }")]
    public Task NoSafeRewrite(string statements) => Check.NoFix($"var tran = db.CreateTransaction();\n{statements}");

    /// <summary>A method that saves in a transaction, with a helper.</summary>
    private static string WithFill(string fill, string statements) => $$"""
        using System;
        using System.Linq;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Repository(IDatabase db)
        {
            async Task Run(RedisKey key, RedisKey[] keys)
            {
                var tran = db.CreateTransaction();
                {{statements}}
            }

            {{fill}}

            static Task PutAsync(ITransaction target, RedisKey key, string field) => target.HashSetAsync(key, field, 1);

            static Task ReadAsync() => Task.CompletedTask;
        }
        """;

    /// <summary>The helper stops at its first await: what it queues behind that would come too late for the one Execute.</summary>
    [Theory]
    [InlineData("await target.HashSetAsync(key, \"a\", 1); await target.HashSetAsync(key, \"b\", 1);")]
    [InlineData("await target.HashSetAsync(key, \"a\", 1); _ = target.KeyExpireAsync(key, TimeSpan.FromMinutes(5));")]
    [InlineData("await ReadAsync(); await target.HashSetAsync(key, \"a\", 1);")]
    [InlineData("foreach (var field in \"ab\") { await target.HashSetAsync(key, field.ToString(), 1); }")]
    [InlineData("await foreach (var field in Fields()) { await target.HashSetAsync(key, field, 1); } async System.Collections.Generic.IAsyncEnumerable<string> Fields() { await Task.Yield(); yield return \"a\"; }")]
    [InlineData("var names = new[] { \"a\", \"b\" }.Select(field => target.HashSetAsync(key, field, 1)); await ReadAsync(); await Task.WhenAll(names);")]
    [InlineData("await ReadAsync(); await ScriptAsync(); Task ScriptAsync() => target.HashSetAsync(key, \"a\", 1);")]
    public async Task NotWhereTheHelperQueuesBehindAnAwait(string body)
    {
        string fill = $"static async Task FillAsync(ITransaction target, RedisKey key) {{ {body} }}";
        await Check.NoFixSource(WithFill(fill, "[|await FillAsync(tran, key)|];\nawait tran.ExecuteAsync();"), References.NewestClient);
        await Check.NoFixSource(WithFill(fill, "var fill = FillAsync(tran, key);\n[|await fill|];\nawait tran.ExecuteAsync();"), References.NewestClient);
        await Check.NoFixSource(WithFill(fill, "[|await Task.WhenAll(keys.Select(each => FillAsync(tran, each)))|];\nawait tran.ExecuteAsync();"), References.NewestClient);
    }

    /// <summary>The same in a lambda, and behind one helper more.</summary>
    [Theory]
    [InlineData("[|await Task.WhenAll(keys.Select(async each => { await tran.HashSetAsync(each, \"a\", 1); await tran.HashSetAsync(each, \"b\", 1); }))|];\nawait tran.ExecuteAsync();")]
    [InlineData("var all = keys.Select(async each => { await ReadAsync(); await tran.HashSetAsync(each, \"b\", 1); });\nawait tran.ExecuteAsync();\n[|await Task.WhenAll(all)|];")]
    [InlineData("[|await OuterAsync(tran, key)|];\nawait tran.ExecuteAsync();\nasync Task OuterAsync(ITransaction target, RedisKey one) => await FillAsync(target, one);")]
    public Task NotWhereALambdaQueuesBehindAnAwait(string statements) => Check.NoFixSource(
        WithFill("static async Task FillAsync(ITransaction target, RedisKey key) { await ReadAsync(); await target.HashSetAsync(key, \"a\", 1); }", statements),
        References.NewestClient);

    /// <summary>All is queued before the first await: the task can be kept.</summary>
    [Theory]
    [InlineData("await Task.WhenAll(target.HashSetAsync(key, \"a\", 1), target.HashSetAsync(key, \"b\", 1));")]
    [InlineData("_ = target.HashSetAsync(key, \"a\", 1); await PutAsync(target, key, \"b\"); await ReadAsync();")]
    [InlineData("var first = target.HashSetAsync(key, \"a\", 1); var second = target.HashSetAsync(key, \"b\", 1); await first; await second;")]
    [InlineData("await PutAsync(target, key, \"a\"); await ReadAsync();")]
    public Task WhereTheHelperQueuesBeforeItsFirstAwait(string body)
    {
        string fill = $"static async Task FillAsync(ITransaction target, RedisKey key) {{ {body} }}";
        return Check.FixesSource(
            WithFill(fill, "[|await FillAsync(tran, key)|];\n        await tran.ExecuteAsync();"),
            WithFill(fill, "var queued = FillAsync(tran, key);\n        await tran.ExecuteAsync();\n        await queued;"),
            Key,
            References.NewestClient);
    }
}
