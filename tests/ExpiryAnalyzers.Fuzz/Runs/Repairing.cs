using System.Collections.Immutable;
using ExpiryAnalyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExpiryAnalyzers.Fuzz.Runs;

/// <summary>Applies every repair that is offered, one at a time and all of a document's at once, and compiles what comes of it.</summary>
internal static class Repairing
{
    private const int MostFindings = 3;

    private static readonly ImmutableArray<CodeFixProvider> Providers =
    [
        .. typeof(ExpiryCodeFix).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider)))
            .OrderBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    /// <summary>Whether no repair throws, takes too long, or leaves an error that was not there.</summary>
    public static Outcome Try(Document document, ImmutableArray<Diagnostic> found, TimeSpan limit)
    {
        ImmutableArray<Diagnostic> here = [.. found.Where(diagnostic => diagnostic.Location.SourceTree?.FilePath == document.Name
            || diagnostic.Location.SourceTree == document.GetSyntaxTreeAsync().GetAwaiter().GetResult())];
        Lazy<Dictionary<string, int>> errors = new(() => ErrorsIn(document, CancellationToken.None));
        foreach (CodeFixProvider provider in Providers)
        {
            ImmutableArray<Diagnostic> its = [.. here.Where(diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id))];
            IEnumerable<(Func<CancellationToken, Outcome> Run, int Share)> steps = its.Take(MostFindings)
                .Select(diagnostic => ((Func<CancellationToken, Outcome>)(token => One(provider, document, diagnostic, errors, token)), 1));
            if (its.Length > 1 && provider.GetFixAllProvider() is { } all)
            {
                // Much to repair may take its time.
                steps = steps.Append((token => All(provider, all, document, its, errors, token), 1 + its.Length / 10));
            }

            foreach ((Func<CancellationToken, Outcome> Run, int Share) step in steps)
            {
                Outcome outcome = Guest.InTime(step.Run, limit * step.Share);
                if (outcome.Verdict != Verdict.Fine)
                {
                    return outcome with { Detail = $"{provider.GetType().Name}: {outcome.Detail}" };
                }
            }
        }

        return new Outcome(Verdict.Fine, "", []);
    }

    private static Outcome One(CodeFixProvider provider, Document document, Diagnostic diagnostic, Lazy<Dictionary<string, int>> errors, CancellationToken token)
    {
        List<CodeAction> actions = [];
        provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), token)).GetAwaiter().GetResult();
        return actions.Select(action => Apply(action, document, errors, token)).FirstOrDefault(static outcome => outcome.Verdict != Verdict.Fine)
            ?? new Outcome(Verdict.Fine, "", []);
    }

    private static Outcome All(CodeFixProvider provider, FixAllProvider all, Document document, ImmutableArray<Diagnostic> diagnostics, Lazy<Dictionary<string, int>> errors, CancellationToken token)
    {
        FixAllContext context = new(document, provider, FixAllScope.Document, null, diagnostics.Select(static diagnostic => diagnostic.Id).Distinct(), new Known(diagnostics), token);
        CodeAction? action = all.GetFixAsync(context).GetAwaiter().GetResult();
        return action is null ? new Outcome(Verdict.Fine, "", []) : Apply(action, document, errors, token);
    }

    private static Outcome Apply(CodeAction action, Document document, Lazy<Dictionary<string, int>> before, CancellationToken token)
    {
        ImmutableArray<CodeActionOperation> operations = action.GetOperationsAsync(token).GetAwaiter().GetResult();
        Document changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;

        // Read anew: only the parser knows what the text means.
        Document read = document.WithText(changed.GetTextAsync(token).GetAwaiter().GetResult());
        string[] added = [.. ErrorsIn(read, token).Where(error => error.Value > before.Value.GetValueOrDefault(error.Key)).Select(static error => error.Key)];
        if (added.Length > 0)
        {
            return new Outcome(Verdict.Broke, $"{action.EquivalenceKey} adds {string.Join(", ", added)}", []);
        }

        return Guest.Analyze(read.Project.GetCompilationAsync(token).GetAwaiter().GetResult()!, new ExpiryAnalyzer(), token);
    }

    /// <summary>How often the compiler refuses what, in the whole project.</summary>
    private static Dictionary<string, int> ErrorsIn(Document document, CancellationToken token) =>
        document.Project.GetCompilationAsync(token).GetAwaiter().GetResult()!.GetDiagnostics(token)
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .CountBy(static diagnostic => diagnostic.Id).ToDictionary();

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);
    }
}
