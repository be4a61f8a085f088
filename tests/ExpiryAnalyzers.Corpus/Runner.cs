using System.Collections.Immutable;
using ExpiryAnalyzers.Corpus.Analysis;
using ExpiryAnalyzers.Corpus.Cost;
using ExpiryAnalyzers.Corpus.Fixing;
using ExpiryAnalyzers.Corpus.Loading;
using ExpiryAnalyzers.Corpus.Output;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Corpus;

/// <summary>One run over all repositories, one after the other.</summary>
internal sealed class Runner(RunOptions options)
{
    private readonly Product _product = Product.Load();
    private readonly Progress _progress = new(options.Folders.Count, Console.Error);

    /// <summary>Runs and writes everything that was asked for.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        RejectRepeatedNames();
        OutputFile findings = OutputFile.For(options.Findings);
        OutputFile? fixDiffs = options.FixDiffs is null ? null : OutputFile.For(options.FixDiffs);
        OutputFile? timings = options.Timings is null ? null : OutputFile.For(options.Timings);
        RepositoryLoader loader = new(
            ReferenceSet.Load(options.Client, options.References),
            options.AllRules ? _product.AllOn : ImmutableDictionary<string, ReportDiagnostic>.Empty);

        List<RepositoryResult> results = [];
        foreach (DirectoryInfo folder in options.Folders.OrderBy(static folder => folder.Name, StringComparer.Ordinal))
        {
            results.Add(await OneAsync(loader, folder, cancellationToken));
        }

        findings.Write(writer => new RunReport(_product, options, results).Write(writer));
        fixDiffs?.Write(writer => FixReport.WriteDiffs(writer, results));
        timings?.Write(writer => TimingsReport.Write(writer, results));
        return results.Any(static result => result.Failed) ? ExitCode.Failure : ExitCode.Success;
    }

    private async Task<RepositoryResult> OneAsync(RepositoryLoader loader, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        _progress.Start(folder.Name);
        RepositoryResult result;
        try
        {
            using Repository repository = await loader.LoadAsync(folder, cancellationToken);
            _progress.Loaded(repository.Size);
            result = await AnalyzeAsync(repository, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One repository that breaks the compiler must not hide what was found in the others.
            result = new RepositoryResult(folder.Name, default, [], [], [new Crash(folder.Name, Place: "", exception.ToString())], [], Cost: null);
        }

        _progress.Done(result);
        return result;
    }

    private async Task<RepositoryResult> AnalyzeAsync(Repository repository, CancellationToken cancellationToken)
    {
        AnalyzerRun run = new(repository.Name, _product.Analyzers);
        ImmutableArray<Diagnostic> diagnostics = await run.WholeAsync(repository.Compilation, cancellationToken);
        IReadOnlyList<FixOutcome> fixes = [];
        if (options.Fix)
        {
            _progress.Fixing(diagnostics.Length);
            fixes = await new FixTrials(repository, _product.Fixes, run).RunAsync(diagnostics, _progress.Fixed, cancellationToken);
        }

        RepositoryCost? cost = null;
        if (options.Timings is not null)
        {
            _progress.Measuring();
            cost = await CostMeter.MeasureAsync(repository.Compilation, _product.Analyzers, cancellationToken);
        }

        return new RepositoryResult(
            repository.Name,
            repository.Size,
            repository.Notes,
            [.. diagnostics.Select(diagnostic => Finding.From(repository.Name, diagnostic, options.Context)).OrderBy(static finding => finding.Line, StringComparer.Ordinal)],
            run.Crashes,
            fixes,
            cost);
    }

    private void RejectRepeatedNames()
    {
        if (options.Folders.CountBy(static folder => folder.Name).FirstOrDefault(static count => count.Value > 1) is { Key: { } name })
        {
            throw new UsageException($"Two folders are named '{name}'; findings are told apart by that name.");
        }
    }
}
