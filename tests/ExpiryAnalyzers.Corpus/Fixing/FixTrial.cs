using System.Collections.Concurrent;
using System.Collections.Immutable;
using ExpiryAnalyzers.Corpus.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;

namespace ExpiryAnalyzers.Corpus.Fixing;

/// <summary>Applies one action alone, on a copy of the repository, and compares the changed documents before and after.</summary>
internal sealed class FixTrial(Project project, AnalyzerRun run)
{
    /// <summary>The unchanged documents, each read once.</summary>
    private readonly ConcurrentDictionary<DocumentId, Task<DocumentState>> _before = new();

    /// <summary>Tries <paramref name="action"/>, offered for a finding of <paramref name="rule"/>.</summary>
    public async Task<FixOutcome> TryAsync(string finding, string rule, CodeAction action, bool asks, CancellationToken cancellationToken)
    {
        FixOutcome outcome = new(finding, action.EquivalenceKey ?? $"{rule} (no key)", action.Title, FixVerdict.Clean, [], [], rule, asks);
        ImmutableArray<CodeActionOperation> operations;
        try
        {
            operations = await action.GetOperationsAsync(project.Solution, new Progress<CodeAnalysisProgress>(), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return outcome with { Verdict = FixVerdict.Threw, Details = [exception.ToString()] };
        }

        Project changed = operations.OfType<ApplyChangesOperation>().SingleOrDefault()?.ChangedSolution.GetProject(project.Id) ?? project;
        ProjectChanges changes = changed.GetChanges(project);
        ImmutableArray<Document> before = Documents(project, changes.GetChangedDocuments(onlyGetDocumentsWithTextChanges: true));
        ImmutableArray<Document> after = Documents(changed, changes.GetChangedDocuments(onlyGetDocumentsWithTextChanges: true).Concat(changes.GetAddedDocuments()));
        return after.IsEmpty
            ? outcome with { Verdict = FixVerdict.Unchanged }
            : await CompareAsync(outcome, rule, before, after, cancellationToken);
    }

    private async Task<FixOutcome> CompareAsync(FixOutcome outcome, string rule, ImmutableArray<Document> before, ImmutableArray<Document> after, CancellationToken cancellationToken)
    {
        DocumentState stateBefore = DocumentState.Union(await Task.WhenAll(before.Select(document => _before.GetOrAdd(document.Id, Read, document))));
        DocumentState stateAfter = DocumentState.Union(await Task.WhenAll(after.Select(document => Read(document.Id, document))));
        IReadOnlyList<string> errors = stateAfter.ErrorsSince(stateBefore);
        IReadOnlyList<string> warnings = stateAfter.WarningsSince(stateBefore);
        FixVerdict verdict =
            (errors.Count > 0 ? FixVerdict.CompileErrors : 0)
            | (warnings.Count > 0 ? FixVerdict.NewWarnings : 0)
            | (stateBefore.IsFormatted && !stateAfter.IsFormatted ? FixVerdict.Unformatted : 0)
            | (stateAfter.StillReports(rule, stateBefore) ? FixVerdict.StillReported : 0)
            | (stateAfter.RaisesOtherThan(rule, stateBefore) ? FixVerdict.RaisesOthers : 0);
        List<string> diff = [];
        foreach (Document document in after)
        {
            diff.AddRange(await TextDiff.OfAsync(project.GetDocument(document.Id), document, cancellationToken));
        }

        IEnumerable<string> newFindings = verdict.HasFlag(FixVerdict.StillReported) || verdict.HasFlag(FixVerdict.RaisesOthers) ? stateAfter.FindingsSince(stateBefore) : [];
        return outcome with { Verdict = verdict, Details = [.. errors, .. warnings, .. newFindings], Diff = diff };

        Task<DocumentState> Read(DocumentId id, Document document) => DocumentState.ReadAsync(document, run, cancellationToken);
    }

    private static ImmutableArray<Document> Documents(Project project, IEnumerable<DocumentId> ids) =>
        [.. ids.Select(project.GetDocument).OfType<Document>().OrderBy(static document => document.FilePath, StringComparer.Ordinal)];
}
