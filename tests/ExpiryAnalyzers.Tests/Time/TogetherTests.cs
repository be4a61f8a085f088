using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ExpiryAnalyzers.Tests.Time;

/// <summary>Several rules speak of one expression: one carries the cure, the others name it, as long as it is on.</summary>
public sealed class TogetherTests
{
    private const string Pair = "db.KeyExpire(key, DateTime.Now.AddMinutes(5));";

    [Fact]
    public async Task TheRuleWithTheCureIsOn_IsNamed() =>
        Assert.EndsWith("; the fix of EXP102 clears this", await MessageOfAsync([]), StringComparison.Ordinal);

    [Fact]
    public async Task TheRuleWithTheCureIsOff_IsNotNamed() =>
        Assert.EndsWith("; use UtcNow", await MessageOfAsync(new() { ["EXP102"] = ReportDiagnostic.Suppress }), StringComparison.Ordinal);

    /// <summary>What EXP101 says of the pair.</summary>
    private static async Task<string> MessageOfAsync(Dictionary<string, ReportDiagnostic> severities)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Together",
            [CSharpSyntaxTree.ParseText(Statements.InMethod(Pair), new(LanguageVersion.Preview))],
            References.With(References.NewestClient),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary).WithSpecificDiagnosticOptions(severities));
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return Assert.Single(found, static diagnostic => diagnostic.Id == "EXP101").GetMessage(CultureInfo.InvariantCulture);
    }
}
