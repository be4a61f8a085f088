using System.Collections.Immutable;
using System.Diagnostics;
using ExpiryAnalyzers.Corpus.Analysis;
using ExpiryAnalyzers.Frozen;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Corpus.Cost;

/// <summary>Measures the analyzers against binding alone and against an analyzer that does nothing.</summary>
internal static class CostMeter
{
    /// <summary>The first round warms up; after it, each measurement has had each place in the order, which matters by a tenth.</summary>
    private const int Rounds = 4;

    /// <summary>The best time of each counts. Every measurement starts from a fresh clone, because a compilation keeps what it has bound.</summary>
    public static async Task<RepositoryCost> MeasureAsync(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, CancellationToken cancellationToken)
    {
        Compilation oneThread = compilation.WithOptions(((CSharpCompilationOptions)compilation.Options).WithConcurrentBuild(false));
        int errors = 0;
        Func<Compilation, Task>[] works =
        [
            clone =>
            {
                errors = clone.GetDiagnostics(cancellationToken).Count(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
                return Task.CompletedTask;
            },
            clone => AnalyzeAsync(clone, [new DoNothingAnalyzer()], cancellationToken),
            clone => AnalyzeAsync(clone, analyzers, cancellationToken),
            clone => AnalyzeAsync(clone, [new ExpiryAnalyzer { SummaryDepth = 0 }], cancellationToken),
        ];
        TimeSpan[] best = [.. works.Select(static _ => TimeSpan.MaxValue)];
        for (int round = 0; round < Rounds; round++)
        {
            for (int place = 0; place < works.Length; place++)
            {
                int work = (round + place) % works.Length;
                TimeSpan time = await TimeAsync(oneThread, works[work]);
                best[work] = time < best[work] ? time : best[work];
            }
        }

        return new RepositoryCost(Binding: best[0], NoOp: best[1], Ours: best[2], WithoutSummaries: best[3], errors);
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
}
