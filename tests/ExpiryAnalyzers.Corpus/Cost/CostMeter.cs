using System.Collections.Immutable;
using System.Diagnostics;
using ExpiryAnalyzers.Corpus.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Corpus.Cost;

/// <summary>Measures the analyzers against binding alone and against an analyzer that does nothing.</summary>
internal static class CostMeter
{
    /// <summary>The best of this many rounds counts; the first also warms up.</summary>
    private const int Rounds = 3;

    /// <summary>Every measurement starts from a fresh clone, because a compilation keeps what it has bound.</summary>
    public static async Task<RepositoryCost> MeasureAsync(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, CancellationToken cancellationToken)
    {
        Compilation oneThread = compilation.WithOptions(((CSharpCompilationOptions)compilation.Options).WithConcurrentBuild(false));
        TimeSpan binding = TimeSpan.MaxValue;
        TimeSpan noOp = TimeSpan.MaxValue;
        TimeSpan ours = TimeSpan.MaxValue;
        int errors = 0;
        for (int round = 0; round < Rounds; round++)
        {
            binding = Min(binding, await TimeAsync(oneThread, clone =>
            {
                errors = clone.GetDiagnostics(cancellationToken).Count(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
                return Task.CompletedTask;
            }));
            noOp = Min(noOp, await TimeAsync(oneThread, clone => AnalyzeAsync(clone, [new NoOpAnalyzer()], cancellationToken)));
            ours = Min(ours, await TimeAsync(oneThread, clone => AnalyzeAsync(clone, analyzers, cancellationToken)));
        }

        return new RepositoryCost(binding, noOp, ours, errors);
    }

    private static async Task<TimeSpan> TimeAsync(Compilation compilation, Func<Compilation, Task> work)
    {
        Compilation clone = compilation.Clone();
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        await work(clone);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Crashes and findings are ignored here: <see cref="AnalyzerRun"/> has reported them.</summary>
    private static Task AnalyzeAsync(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, CancellationToken cancellationToken) =>
        compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: null,
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false)).GetAnalyzerDiagnosticsAsync(cancellationToken);

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
