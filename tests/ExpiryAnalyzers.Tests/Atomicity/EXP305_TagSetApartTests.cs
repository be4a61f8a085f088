using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Atomicity.TagSetApartFix>;

namespace ExpiryAnalyzers.Tests.Atomicity;

/// <summary>EXP305: what is reported and repaired once the rule is switched on.</summary>
public sealed class TagSetApartTests
{
    private const string On = "dotnet_diagnostic.EXP305.severity = warning";

    [Theory]
    [InlineData("db.StringSet(key, token, ttl); [|db.SetAdd(\"tag\", key.ToString())|];")]
    [InlineData("await db.StringSetAsync(key, token, ttl); await [|db.SetAddAsync(\"tag\", (string)key)|];")]
    [InlineData("db.SetAdd(\"tag\", text); [|db.StringSet(text, token, ttl)|];")]
    [InlineData("var id = \"product:\" + text; db.HashSet(id, \"f\", token); [|db.SetAdd(\"tag\", id)|];")]
    [InlineData("db.HashSet($\"product:{text}\", \"f\", token); [|db.SetAdd(\"tag\", $\"product:{text}\")|];")]
    [InlineData("foreach (var tag in new[] { \"a\", \"b\" }) { db.SetAdd(tag, text); } [|db.StringSet(text, token, ttl)|];")]
    [InlineData("db.StringIncrement(text); [|db.SetAdd(\"tag\", text)|];")]
    [InlineData("var batch = db.CreateBatch(); _ = batch.StringSetAsync(text, token); _ = [|batch.SetAddAsync(\"tag\", text)|]; batch.Execute();")]
    [InlineData("var tran = db.CreateTransaction(); _ = tran.StringSetAsync(text, token); tran.Execute(); [|db.SetAdd(\"tag\", text)|];")]
    [InlineData("var a = db.CreateTransaction(); var b = db.CreateTransaction(); _ = a.StringSetAsync(text, token); _ = [|b.SetAddAsync(\"tag\", text)|]; a.Execute(); b.Execute();")]
    [InlineData("static Task Save(IDatabase d, string k) => d.StringSetAsync(k, \"x\"); await Save(db, text); await [|db.SetAddAsync(\"tag\", text)|];")]
    [InlineData("static Task Tag(IDatabase d, string k) => d.SetAddAsync(\"tag\", k); await db.StringSetAsync(text, token); await [|Tag(db, text)|];")]
    [InlineData("foreach (var member in db.SetMembers(\"tag\")) { [|db.KeyDelete((string)member)|]; }")]
    [InlineData("var members = await db.SetMembersAsync(\"tag\"); await [|db.KeyDeleteAsync(members.Select(m => (RedisKey)(string)m).ToArray())|];")]
    [InlineData("var members = db.SetMembers(key); await Task.WhenAll(members.Select(m => [|db.KeyDeleteAsync((string)m)|]));")]
    public Task Apart(string statements) => Check.ReportsWith(On, statements);

    /// <summary>Several keys are put into the set at once.</summary>
    [Theory]
    [InlineData("await db.SetAddAsync(\"tag\", keys.Select(k => (RedisValue)k).ToArray()); foreach (var k in keys) await [|db.StringSetAsync(k, token, ttl)|];")]
    [InlineData("foreach (var k in keys) { db.StringSet(k, token, ttl); } [|db.SetAdd(\"tag\", keys.Select(k => (RedisValue)k).ToArray())|];")]
    [InlineData("db.StringSet(text, token, ttl); [|db.SetAdd(\"tag\", new RedisValue[] { text })|];")]
    [InlineData("foreach (var k in keys) { db.StringSet(\"product:\" + k, token, ttl); } db.SetAdd(\"tag\", keys.Select(k => (RedisValue)k).ToArray());")]
    [InlineData("db.StringSet(text, token, ttl); db.SetAdd(\"tag\", new RedisValue[] { text, \"b\" });")]
    public Task ApartFromAllMembers(string statements) =>
        Check.ReportsWith(On, "var keys = new System.Collections.Generic.List<string> { text }; Console.WriteLine(keys); " + statements);

    [Theory]
    [InlineData("var tran = db.CreateTransaction(); _ = tran.StringSetAsync(text, token); _ = tran.SetAddAsync(\"tag\", text); tran.Execute();")]
    [InlineData("db.StringSet(\"product:\" + text, token); db.SetAdd(\"tag\", text);")]
    [InlineData("db.StringSet(text, token); db.SetAdd(\"tag\", token);")]
    [InlineData("if (flag) { db.StringSet(text, token); } else { db.SetAdd(\"tag\", text); }")]
    [InlineData("if (flag) { db.StringSet(text, token); return null; } db.SetAdd(\"tag\", text);")]
    [InlineData("db.StringSet(text, token); text += \"x\"; db.SetAdd(\"tag\", text); text = null;")]
    [InlineData("db.StringGet(text); db.SetAdd(\"tag\", text);")]
    [InlineData("db.StringSet(text, token); db.Multiplexer.GetDatabase(2).SetAdd(\"tag\", text);")]
    [InlineData("foreach (var member in db.SetMembers(\"tag\")) { db.KeyDelete((string)member); } db.KeyDelete(\"tag\");")]
    [InlineData("foreach (var member in db.SetMembers(key)) { db.KeyDelete((string)member); db.SetRemove(key, member); }")]
    [InlineData("var keys = db.SetMembers(key).Select(m => (RedisKey)(string)m).ToList(); keys.Add(key); db.KeyDelete(keys.ToArray());")]
    [InlineData("var keys = db.SetMembers(key).Select(m => (RedisKey)(string)m).Append(key).ToArray(); db.KeyDelete(keys);")]
    [InlineData("foreach (var member in db.SetPop(key, 100)) { db.KeyDelete((string)member); }")]
    [InlineData("var members = db.SetMembers(key); db.KeyDelete(text);")]
    [InlineData("foreach (var member in db.SetMembers(key)) { db.StringGet((string)member); }")]
    public Task Silent(string statements) => Check.ReportsWith(On, statements);

    [Fact]
    public async Task OffByDefault()
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Off",
            [CSharpSyntaxTree.ParseText(Statements.InMethod("db.StringSet(key, token, ttl); db.SetAdd(\"tag\", key.ToString());"))],
            References.With(References.NewestClient),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync());
    }

    [Fact]
    public Task BothInOneTransaction() => Check.AsksWith(
        On,
        """
        // Stored for a while.
        await db.StringSetAsync(key, token, ttl).ConfigureAwait(false); // short
        // Tagged.
        await [|db.SetAddAsync(value: key.ToString(), key: "tag")|].ConfigureAwait(false);
        await WorkAsync();
        """,
        """
        // Stored for a while.
        var transaction = db.CreateTransaction();
        var write = transaction.StringSetAsync(key, token, ttl); // short
        // Tagged.
        var write2 = transaction.SetAddAsync(value: key.ToString(), key: "tag");
        await transaction.ExecuteAsync().ConfigureAwait(false);
        await write.ConfigureAwait(false);
        await write2.ConfigureAwait(false);
        await WorkAsync();
        """,
        "Transaction");

    [Fact]
    public Task Synchronous() => Check.AsksWith(
        On,
        """
        if (flag)
        {
            db.SetAdd("tag", text, CommandFlags.DemandMaster);
            [|db.HashSet(text, "f", token)|];
        }

        db.SetAdd("tags", "other");
        [|db.HashSet("other", "f", token)|];
        """,
        """
        if (flag)
        {
            var transaction = db.CreateTransaction();
            var write = transaction.SetAddAsync("tag", text, CommandFlags.DemandMaster);
            var write2 = transaction.HashSetAsync(text, "f", token);
            transaction.Execute();
            write.GetAwaiter().GetResult();
            write2.GetAwaiter().GetResult();
        }

        var transaction2 = db.CreateTransaction();
        var write3 = transaction2.SetAddAsync("tags", "other");
        var write4 = transaction2.HashSetAsync("other", "f", token);
        transaction2.Execute();
        write3.GetAwaiter().GetResult();
        write4.GetAwaiter().GetResult();
        """,
        "Transaction");
}
