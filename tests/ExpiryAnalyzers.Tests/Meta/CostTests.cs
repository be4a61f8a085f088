using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Diagnostics.Telemetry;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>What the analyzer asks of the driver.</summary>
public sealed class CostTests
{
    private const string Source = "class C { void M() { System.Console.WriteLine(); } }";

    [Fact]
    public async Task WithoutAClient_RegistersNothing()
    {
        AnalyzerTelemetryInfo cost = await CostAsync(withClient: false);

        Assert.Equal(1, cost.CompilationStartActionsCount);
        Assert.Equal(0, cost.OperationBlockStartActionsCount + cost.OperationBlockActionsCount + cost.OperationActionsCount + cost.SyntaxNodeActionsCount + cost.SymbolActionsCount + cost.SemanticModelActionsCount);
    }

    [Fact]
    public async Task WithAClient_RegistersOnceForAllRules()
    {
        AnalyzerTelemetryInfo cost = await CostAsync(withClient: true);

        Assert.Equal(1, cost.OperationBlockStartActionsCount);
        Assert.Equal(0, cost.SyntaxNodeActionsCount + cost.SymbolActionsCount + cost.SemanticModelActionsCount + cost.SyntaxTreeActionsCount);
    }

    private static async Task<AnalyzerTelemetryInfo> CostAsync(bool withClient)
    {
        ExpiryAnalyzer analyzer = new();
        CompilationWithAnalyzers compilation = CSharpCompilation.Create(
            "Cost",
            [CSharpSyntaxTree.ParseText(Source)],
            withClient ? References.With(References.NewestClient) : References.WithoutClient,
            new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary)).WithAnalyzers([analyzer]);
        Assert.Empty(await compilation.GetAnalyzerDiagnosticsAsync());
        return await compilation.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None);
    }
}
