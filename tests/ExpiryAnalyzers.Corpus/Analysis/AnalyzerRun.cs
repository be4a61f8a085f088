using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Corpus.Analysis;

/// <summary>The analyzers attached to one repository's compilations; remembers every crash.</summary>
internal sealed class AnalyzerRun(string repository, ImmutableArray<DiagnosticAnalyzer> analyzers)
{
    private const string CrashId = "AD0001";

    private readonly ConcurrentQueue<Crash> _crashes = new();

    /// <summary>The crashes so far, without repetition, in a stable order.</summary>
    public IReadOnlyList<Crash> Crashes =>
    [
        .. _crashes.Distinct()
            .OrderBy(static crash => crash.Where, StringComparer.Ordinal)
            .ThenBy(static crash => crash.Exception, StringComparer.Ordinal)
            .ThenBy(static crash => crash.Place, StringComparer.Ordinal),
    ];

    /// <summary>Everything the rules report in <paramref name="compilation"/>.</summary>
    public async Task<ImmutableArray<Diagnostic>> WholeAsync(Compilation compilation, CancellationToken cancellationToken) =>
        Reported(await Attach(compilation).GetAnalyzerDiagnosticsAsync(cancellationToken));

    /// <summary>What the rules report in one document, without looking for it elsewhere.</summary>
    public async Task<ImmutableArray<Diagnostic>> DocumentAsync(SemanticModel model, CancellationToken cancellationToken) =>
        Reported(await Attach(model.Compilation).GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, cancellationToken));

    private CompilationWithAnalyzers Attach(Compilation compilation) =>
        compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: Remember,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false));

    /// <summary>Crashes arrive through the callback; a diagnostic about one would only repeat it.</summary>
    private static ImmutableArray<Diagnostic> Reported(ImmutableArray<Diagnostic> diagnostics) =>
        diagnostics.RemoveAll(static diagnostic => diagnostic.Id == CrashId);

    private void Remember(Exception exception, DiagnosticAnalyzer analyzer, Diagnostic report) =>
        _crashes.Enqueue(Crash.From(repository, analyzer, report, exception));
}
