using System.Collections.Immutable;
using ExpiryAnalyzers.Corpus.Analysis;
using ExpiryAnalyzers.Corpus.Loading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.Corpus.Fixing;

/// <summary>Tries every fix offered for the findings of one repository.</summary>
internal sealed class FixTrials(Repository repository, ImmutableArray<CodeFixProvider> providers, AnalyzerRun run)
{
    private readonly FixTrial _trial = new(repository.Project, run);

    /// <summary>All outcomes, in a stable order. <paramref name="advance"/> is called once per finding.</summary>
    public async Task<IReadOnlyList<FixOutcome>> RunAsync(IReadOnlyList<Diagnostic> findings, Action advance, CancellationToken cancellationToken)
    {
        IReadOnlyList<FixOutcome>[] outcomes = new IReadOnlyList<FixOutcome>[findings.Count];
        await Parallel.ForAsync(0, findings.Count, cancellationToken, async (index, token) =>
        {
            outcomes[index] = await TryAllAsync(findings[index], token);
            advance();
        });
        return
        [
            .. outcomes.SelectMany(static outcome => outcome)
                .OrderBy(static outcome => outcome.Finding, StringComparer.Ordinal)
                .ThenBy(static outcome => outcome.Key, StringComparer.Ordinal)
                .ThenBy(static outcome => outcome.Title, StringComparer.Ordinal),
        ];
    }

    private async Task<IReadOnlyList<FixOutcome>> TryAllAsync(Diagnostic finding, CancellationToken cancellationToken)
    {
        if (repository.Project.GetDocument(finding.Location.SourceTree) is not { } document)
        {
            return [];
        }

        string line = Finding.Describe(repository.Name, finding);
        List<FixOutcome> outcomes = [];
        ImmutableArray<CodeFixProvider> covering = [.. providers.Where(provider => provider.FixableDiagnosticIds.Contains(finding.Id))];
        foreach (CodeFixProvider provider in covering)
        {
            List<CodeAction> actions = [];
            bool asks = provider.GetFixAllProvider() is null;
            try
            {
                await provider.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), cancellationToken));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                outcomes.Add(new FixOutcome(line, finding.Id, provider.GetType().Name, FixVerdict.Threw, [exception.ToString()], [], finding.Id, asks));
            }

            foreach (CodeAction action in actions.SelectMany(Leaves))
            {
                outcomes.Add(await _trial.TryAsync(line, finding.Id, action, asks, cancellationToken));
            }
        }

        return outcomes is [] && covering is not [] ? [new FixOutcome(line, finding.Id, "", FixVerdict.NotOffered, [], [], finding.Id, Asks: false)] : outcomes;
    }

    private static IEnumerable<CodeAction> Leaves(CodeAction action) =>
        action.NestedActions.IsEmpty ? [action] : action.NestedActions.SelectMany(Leaves);
}
