using System.Collections.Immutable;
using ExpiryAnalyzers.Benchmarks.Scenarios;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Benchmarks.Cost;

/// <summary>What one run took.</summary>
/// <param name="Bytes">Allocated.</param>
/// <param name="Milliseconds">CPU time of the process.</param>
/// <param name="Findings">How many findings were reported.</param>
internal readonly record struct Spent(long Bytes, double Milliseconds, int Findings);

/// <summary>A scenario that is there to be analysed, on one thread.</summary>
internal sealed class Measured(Scenario scenario)
{
    private readonly ImmutableArray<CSharpCompilation> _compilations = Warm(scenario);

    /// <summary>How many lines the scenario has.</summary>
    public int Lines => _compilations.Sum(static compilation => compilation.SyntaxTrees.Sum(static tree => tree.GetText().Lines.Count));

    /// <summary>What a build spends on an analyzer, or an editor on the documents that are changed, all together.</summary>
    public async Task<Spent> RunAsync(Contestant contestant)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        TimeSpan start = Environment.CpuUsage.TotalTime;
        long before = GC.GetTotalAllocatedBytes(precise: true);
        int findings = await AnalyzeAsync(contestant);
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        return new Spent(bytes, (Environment.CpuUsage.TotalTime - start).TotalMilliseconds, findings);
    }

    /// <summary>The same unmeasured: how many findings there are. A compilation keeps what it has bound, so each time it is a fresh one.</summary>
    public async Task<int> AnalyzeAsync(Contestant contestant)
    {
        int findings = 0;
        foreach (CSharpCompilation compilation in _compilations)
        {
            findings += await (scenario.Edits == 0 ? BuildAsync(compilation.Clone(), contestant) : EditAsync(compilation.Clone(), contestant));
        }

        return findings;
    }

    /// <summary>How many findings a whole compilation has.</summary>
    public static async Task<int> BuildAsync(Compilation compilation, Contestant contestant) =>
        (await With(compilation, contestant).GetAnalyzerDiagnosticsAsync()).Length;

    // As an editor does it: each change makes a compilation, and one document of it is asked for.
    private async Task<int> EditAsync(CSharpCompilation compilation, Contestant contestant)
    {
        int findings = 0;
        int step = compilation.SyntaxTrees.Length / scenario.Edits;
        for (int edit = 0; edit < scenario.Edits; edit++)
        {
            SyntaxTree old = compilation.SyntaxTrees[1 + (edit * step)];
            SourceText text = old.GetText();
            int brace = text.ToString().IndexOf("return", StringComparison.Ordinal);
            SyntaxTree changed = old.WithChangedText(text.WithChanges(new TextChange(new TextSpan(brace, 0), $"_ = {edit}; ")));
            compilation = compilation.ReplaceSyntaxTree(old, changed);
            CompilationWithAnalyzers driver = With(compilation, contestant);
            findings += (await driver.GetAnalyzerSyntaxDiagnosticsAsync(changed, default)).Length;
            findings += (await driver.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(changed), filterSpan: null, default)).Length;
        }

        return findings;
    }

    private static CompilationWithAnalyzers With(Compilation compilation, Contestant contestant) => compilation.WithAnalyzers(
        contestant.Analyzers,
        new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: static (exception, analyzer, _) => throw new InvalidOperationException($"{analyzer} threw", exception),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false));

    // What references hold is read once and kept; code of ours with errors would be measured for less than it is.
    private static ImmutableArray<CSharpCompilation> Warm(Scenario scenario)
    {
        ImmutableArray<CSharpCompilation> compilations = [.. scenario.Compile()];
        ImmutableArray<Diagnostic> errors =
            [.. compilations.SelectMany(static compilation => compilation.Clone().GetDiagnostics()).Where(static found => found.Severity == DiagnosticSeverity.Error)];
        return errors.IsEmpty || scenario.IsPublic ? compilations : throw new InvalidOperationException($"{errors.Length} errors, first {errors[0]}");
    }
}
