using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ExpiryAnalyzers.Tests.Atomicity;

/// <summary>The compiler asks to await queued calls (CS4014); the suppressor takes that back, and nothing else.</summary>
public sealed class QueuedCallSuppressorTests
{
    [Theory]
    [InlineData("tran.StringSetAsync(key, token);")]
    [InlineData("tran.KeyExpireAsync(key, ttl);")]
    [InlineData("tran.GeoAddAsync(key, 1, 2, token);")]
    [InlineData("tran.ExecuteAsync(\"PING\");")]
    [InlineData("db.CreateBatch().StringSetAsync(key, token);")]
    [InlineData("IBatch batch = db.CreateBatch(); batch.HashSetAsync(key, \"f\", 1);")]
    [InlineData("if (flag) tran.StringSetAsync(key, token);")]
    public async Task QueuedCall_IsNotToBeAwaited(string statement)
    {
        foreach (string client in References.ClientVersions)
        {
            Assert.True((await Warning(statement, References.With(client))).IsSuppressed);
        }
    }

    [Theory]
    [InlineData("db.StringSetAsync(key, token);")]
    [InlineData("tran.ExecuteAsync();")]
    [InlineData("((IDatabaseAsync)tran).StringSetAsync(key, token);")]
    [InlineData("SaveAsync(tran); async Task SaveAsync(ITransaction target) { await Task.Yield(); _ = target.StringSetAsync(key, token); }")]
    [InlineData("WorkAsync();")]
    public async Task OtherCalls_KeepTheWarning(string statement) => Assert.False((await Warning(statement, References.With(References.NewestClient))).IsSuppressed);

    [Fact]
    public async Task WithoutTheClient_NothingIsSuppressed()
    {
        const string Source = "class C { async System.Threading.Tasks.Task M() { System.Threading.Tasks.Task.Delay(1); await System.Threading.Tasks.Task.Yield(); } }";
        Assert.False((await Warning(CSharpSyntaxTree.ParseText(Source), References.WithoutClient)).IsSuppressed);
    }

    private static Task<Diagnostic> Warning(string statement, ImmutableArray<MetadataReference> references) =>
        Warning(CSharpSyntaxTree.ParseText(Statements.InMethod("var tran = db.CreateTransaction();\n" + statement), new CSharpParseOptions(LanguageVersion.Preview)), references);

    /// <summary>The one CS4014 of the source, with what the suppressor says of it.</summary>
    private static async Task<Diagnostic> Warning(SyntaxTree tree, ImmutableArray<MetadataReference> references)
    {
        CSharpCompilation compilation = CSharpCompilation.Create("Suppressed", [tree], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        CompilationWithAnalyzers analyzed = compilation.WithAnalyzers([new QueuedCallSuppressor()], new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true));
        ImmutableArray<Diagnostic> diagnostics = await analyzed.GetAllDiagnosticsAsync();
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Id == "AD0001");
        return Assert.Single(diagnostics, diagnostic => diagnostic.Id == "CS4014");
    }
}
