using System.Collections.Immutable;
using ExpiryAnalyzers.Tool.Analysis;
using ExpiryAnalyzers.Tool.Loading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Tool.Fixing;

/// <summary>What came of the fixes.</summary>
/// <param name="Solution">The solution, mended.</param>
/// <param name="Dropped">Files and rules whose fixes would have made a project compile worse, or failed, and were left out.</param>
/// <param name="IsCutShort">Whether the bound was hit before nothing was left to mend.</param>
internal sealed record FixResult(Solution Solution, IReadOnlyCollection<(string Path, string Rule)> Dropped, bool IsCutShort);

/// <summary>
/// Applies the safe fixes to a whole solution, in memory: in each round the fixes of one rule to each file that has any, until a round
/// changes nothing. No fix may leave a project with more compile errors than it had.
/// </summary>
internal sealed class SolutionFixer(Product product, SolutionAnalysis analysis)
{
    private const int MostRounds = 100;

    private readonly HashSet<(string Path, string Rule)> _exhausted = [];
    private readonly HashSet<(string Path, string Rule)> _dropped = [];
    private readonly Dictionary<ProjectId, int> _errors = [];

    /// <summary>One file's text as a rule's fixes leave it.</summary>
    private readonly record struct Edit(string Path, string Rule, SourceText Text);

    /// <summary>Mends the projects of a prepared solution.</summary>
    public async Task<FixResult> RunAsync(
        Solution solution, IReadOnlyList<ProjectId> projects, Action<string> step, CancellationToken cancellationToken)
    {
        Dictionary<ProjectId, IReadOnlyList<Finding>> findings = [];
        IReadOnlySet<ProjectId> stale = projects.ToHashSet();
        for (int round = 1; round <= MostRounds; round++)
        {
            foreach (Project project in projects.Where(stale.Contains).Select(solution.GetProject).OfType<Project>())
            {
                step($"round {round}, {project.Name}");
                Compilation compilation = (await project.GetCompilationAsync(cancellationToken))!;
                findings[project.Id] = await analysis.FindAsync(project, compilation, [], cancellationToken);
            }

            IEnumerable<Finding> left = findings.Values.SelectMany(static all => all);
            IReadOnlyList<Edit> edits = await EditsAsync(SolutionAnalysis.InOrder(left), cancellationToken);
            if (edits.Count == 0)
            {
                return new(solution, _dropped, IsCutShort: false);
            }

            Solution changed = await CheckedAsync(solution, edits, cancellationToken);
            stale = Affected(changed, solution);
            solution = changed;
        }

        return new(solution, _dropped, IsCutShort: true);
    }

    /// <summary>For each file the fixes of the first rule that has any to offer.</summary>
    private async Task<IReadOnlyList<Edit>> EditsAsync(IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        List<Edit> edits = [];
        foreach (IGrouping<string, Finding> file in findings.Where(IsMendable).GroupBy(static finding => finding.Path))
        {
            foreach (IGrouping<string, Finding> rule in file.GroupBy(static finding => finding.Id)
                .OrderBy(static rule => rule.Key, StringComparer.Ordinal))
            {
                if (await FixedAsync([.. rule], cancellationToken) is { } text)
                {
                    edits.Add(new(file.Key, rule.Key, text));
                    break;
                }

                _exhausted.Add((file.Key, rule.Key));
            }
        }

        return edits;
    }

    private bool IsMendable(Finding finding) => finding.Document is not (null or SourceGeneratedDocument) &&
        !SourceTree.IsGenerated(finding.Path) &&
        !_exhausted.Contains((finding.Path, finding.Id)) &&
        !_dropped.Contains((finding.Path, finding.Id));

    /// <summary>The text of a file after the fixes of one rule; null where they change nothing.</summary>
    private async Task<SourceText?> FixedAsync(Finding[] findings, CancellationToken cancellationToken)
    {
        Document document = findings[0].Document!;
        ImmutableArray<Diagnostic> own = [.. findings.Where(finding => finding.Project.Id == document.Project.Id)
            .Select(static finding => finding.Diagnostic)];
        string id = findings[0].Id;
        if (product.SafeFixes.FirstOrDefault(fix => fix.FixableDiagnosticIds.Contains(id)) is not { } fix)
        {
            return null;
        }

        try
        {
            FixAllContext context = new(document, fix, FixAllScope.Document, null, [id], new Found(own), cancellationToken);
            CodeAction? action = await fix.GetFixAllProvider()!.GetFixAsync(context);
            ImmutableArray<CodeActionOperation> operations = action is null ? [] : await action.GetOperationsAsync(cancellationToken);
            Solution? changed = operations.OfType<ApplyChangesOperation>().SingleOrDefault()?.ChangedSolution;
            SourceText before = await document.GetTextAsync(cancellationToken);
            SourceText? after = changed is null ? null : await changed.GetDocument(document.Id)!.GetTextAsync(cancellationToken);
            return after is null || after.ContentEquals(before) ? null : after;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _dropped.Add((findings[0].Path, id));
            return null;
        }
    }

    /// <summary>The solution after those edits that make no project compile worse: all together, or else each by itself.</summary>
    private async Task<Solution> CheckedAsync(Solution solution, IReadOnlyList<Edit> edits, CancellationToken cancellationToken)
    {
        Solution all = edits.Aggregate(solution, Applied);
        if (!await IsWorseAsync(all, solution, cancellationToken))
        {
            Reopen(edits);
            return all;
        }

        foreach (Edit edit in edits)
        {
            Solution changed = Applied(solution, edit);
            if (await IsWorseAsync(changed, solution, cancellationToken))
            {
                _dropped.Add((edit.Path, edit.Rule));
            }
            else
            {
                solution = changed;
                Reopen([edit]);
            }
        }

        return solution;
    }

    /// <summary>A file that has changed may have something to mend for the rules that had nothing before.</summary>
    private void Reopen(IEnumerable<Edit> edits)
    {
        HashSet<string> changed = [.. edits.Select(static edit => edit.Path)];
        _exhausted.RemoveWhere(entry => changed.Contains(entry.Path));
    }

    /// <summary>A file of several target frameworks is a document of each.</summary>
    private static Solution Applied(Solution solution, Edit edit) => solution.GetDocumentIdsWithFilePath(edit.Path)
        .Aggregate(solution, (changed, id) => changed.WithDocumentText(id, edit.Text));

    private async Task<bool> IsWorseAsync(Solution changed, Solution before, CancellationToken cancellationToken)
    {
        Dictionary<ProjectId, int> counts = [];
        foreach (ProjectId id in Affected(changed, before))
        {
            if (!_errors.ContainsKey(id))
            {
                _errors[id] = await ErrorsAsync(before.GetProject(id)!, cancellationToken);
            }

            counts[id] = await ErrorsAsync(changed.GetProject(id)!, cancellationToken);
            if (counts[id] > _errors[id])
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<int> ErrorsAsync(Project project, CancellationToken cancellationToken) =>
        await project.GetCompilationAsync(cancellationToken) is { } compilation
            ? compilation.GetDiagnostics(cancellationToken).Count(static found => found.Severity == DiagnosticSeverity.Error)
            : 0;

    /// <summary>The projects that differ, and those that reference them.</summary>
    private static HashSet<ProjectId> Affected(Solution changed, Solution before)
    {
        ProjectDependencyGraph graph = changed.GetProjectDependencyGraph();
        ProjectId[] own = [.. changed.GetChanges(before).GetProjectChanges().Select(static change => change.ProjectId)];
        return [.. own, .. own.SelectMany(graph.GetProjectsThatTransitivelyDependOnThisProject)];
    }

    private sealed class Found(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
