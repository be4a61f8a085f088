using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ExpiryAnalyzers.Tests.Hostile;

/// <summary>An editor breaks requests off, and asks the same analysis again.</summary>
public sealed class CancellationTests
{
    private static string Code(string name) => $$"""
        using StackExchange.Redis;
        public class {{name}}(IDatabase db)
        {
            private System.DateTime Until() => System.DateTime.Now.AddMinutes(5);
            public bool Run(string key) => db.KeyExpire(key, Until());
        }
        """;

    [Fact]
    public async Task ARequestThatWasBrokenOff_SpoilsNoLaterOne()
    {
        SyntaxTree[] trees = [.. new[] { "One", "Two" }.Select(static name => CSharpSyntaxTree.ParseText(Code(name), path: name + ".cs"))];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Editor", trees, References.With(References.NewestClient), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        CompilationWithAnalyzers analyzed = compilation.WithAnalyzers([new ExpiryAnalyzer()]);
        using CancellationTokenSource first = new();
        ImmutableArray<Diagnostic> one = await analyzed.GetAnalyzerSemanticDiagnosticsAsync(
            compilation.GetSemanticModel(trees[0]), filterSpan: null, first.Token);
        Assert.Contains(one, static diagnostic => diagnostic.Id == "EXP101");
        await first.CancelAsync();

        ImmutableArray<Diagnostic> two = await analyzed.GetAnalyzerSemanticDiagnosticsAsync(
            compilation.GetSemanticModel(trees[1]), filterSpan: null, CancellationToken.None);
        Assert.Equal(["EXP101", "EXP102"], two.Select(static diagnostic => diagnostic.Id).Order());
    }
}
