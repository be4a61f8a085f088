using System.Collections.Immutable;
using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.CodeFixes.Writing;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes;

/// <summary>
/// The base of all fixes: registers what <see cref="Fixes"/> offers and is safe, the safest first, and repairs a whole document, project
/// or solution by applying the same edits to one editor. All diagnostics of one request, or of one document that is repaired whole,
/// share one analysis. What asks is left to a provider of its own, an <see cref="AskingCodeFix"/>.
/// </summary>
internal abstract class ExpiryCodeFix : CodeFixProvider
{
    private readonly string _id;

    /// <param name="id">The rule.</param>
    /// <param name="onlyAsks">Whether all its repairs ask.</param>
    private protected ExpiryCodeFix(string id, bool onlyAsks = false)
    {
        _id = id;
        OnlyAsks = onlyAsks;
        FixableDiagnosticIds = ImmutableArray.Create(id);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>Whether all its repairs ask, so that there is nothing to apply to many places at once.</summary>
    public bool OnlyAsks { get; }

    /// <summary>Told of each analysis that a request makes, for tests to count them.</summary>
    internal Action<FixAnalysis>? Analyzing { get; init; }

    /// <inheritdoc/>
    public sealed override FixAllProvider? GetFixAllProvider() => OnlyAsks ? null : FixAllProvider.Create(FixAllAsync);

    /// <inheritdoc/>
    public sealed override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        OnlyAsks ? Task.CompletedTask : RegisterAsync(context, asks: false);

    /// <summary>Registers the repairs that are safe, or those that ask.</summary>
    internal async Task RegisterAsync(CodeFixContext context, bool asks)
    {
        if (await AnalyzeAsync(context.Document, context.CancellationToken).ConfigureAwait(false) is not { } analysis)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (Fix fix in FixesOf(diagnostic, analysis).Where(fix => fix.Asks == asks))
            {
                if (await CheckedAsync(analysis, [fix], context.CancellationToken).ConfigureAwait(false) is { } changed)
                {
                    // What asks stands behind what is safe.
                    CodeActionPriority priority = asks ? CodeActionPriority.Low : CodeActionPriority.Default;
                    context.RegisterCodeFix(
                        CodeAction.Create(fix.Title, _ => Task.FromResult(changed), EquivalenceKey(fix), priority),
                        diagnostic);
                }
            }
        }
    }

    /// <summary>The repairs that can be applied, the safest first. Everything is checked here; applying must not fail.</summary>
    private protected abstract IEnumerable<Fix> Fixes(FixContext context);

    private static async Task<Document> ApplyAsync(FixAnalysis analysis, IEnumerable<Fix> fixes, CancellationToken cancellationToken)
    {
        DocumentEditor changed = await DocumentEditor.CreateAsync(analysis.Document, cancellationToken).ConfigureAwait(false);
        FixEditor editor = new(changed);
        HashSet<SyntaxNode> touched = [];
        foreach (Fix fix in fixes)
        {
            if (!fix.Touched.Any(node => touched.Any(other => other.Span.IntersectsWith(node.Span))))
            {
                touched.UnionWith(fix.Touched);
                fix.Apply(editor);
            }
        }

        Document applied = changed.GetChangedDocument();
        applied = await Imports.WhereSafeAsync(applied, analysis, cancellationToken).ConfigureAwait(false);
        return await FileStyle.ApplyAsync(applied, changed.OriginalRoot, cancellationToken).ConfigureAwait(false);
    }

    private string EquivalenceKey(Fix fix) => _id + "." + fix.Key;

    private async Task<Document?> FixAllAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        if (await AnalyzeAsync(document, context.CancellationToken).ConfigureAwait(false) is not { } analysis)
        {
            return document;
        }

        List<Fix> fixes = [];
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (Chosen(FixesOf(diagnostic, analysis), context.CodeActionEquivalenceKey) is { } fix)
            {
                fixes.Add(fix);
            }
        }

        return await AllCheckedAsync(analysis, fixes, context.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>The document after some repairs; null where it would not compile as before.</summary>
    private static async Task<Document?> CheckedAsync(FixAnalysis analysis, IEnumerable<Fix> fixes, CancellationToken cancellationToken)
    {
        Document changed = await ApplyAsync(analysis, fixes, cancellationToken).ConfigureAwait(false);
        return await CompileCheck.HoldsAsync(analysis, changed, cancellationToken).ConfigureAwait(false) ? changed : null;
    }

    /// <summary>The document after as many of the repairs as compile together: a group that does not is halved.</summary>
    private static async Task<Document> AllCheckedAsync(FixAnalysis analysis, IReadOnlyList<Fix> fixes, CancellationToken cancellationToken)
    {
        Document changed = analysis.Document;
        List<Fix> holding = [];
        Stack<IReadOnlyList<Fix>> open = new([fixes]);
        while (open.Count > 0)
        {
            IReadOnlyList<Fix> group = open.Pop();
            if (await CheckedAsync(analysis, holding.Concat(group), cancellationToken).ConfigureAwait(false) is { } tried)
            {
                holding.AddRange(group);
                changed = tried;
            }
            else if (group.Count > 1)
            {
                open.Push(group.Skip(group.Count / 2).ToList());
                open.Push(group.Take(group.Count / 2).ToList());
            }
        }

        return changed;
    }

    /// <summary>
    /// The safe repair of the kind asked for; where a diagnostic has none of that kind, its safest. A host that repairs from the command
    /// line may name no kind.
    /// </summary>
    private Fix? Chosen(IReadOnlyList<Fix> offered, string? key)
    {
        List<Fix> safe = [.. offered.Where(fix => !fix.Asks)];
        return safe.Find(fix => EquivalenceKey(fix) == key) ?? safe.FirstOrDefault();
    }

    private IReadOnlyList<Fix> FixesOf(Diagnostic diagnostic, FixAnalysis analysis)
    {
        // A host may hand over what another rule of the same analyzer reports.
        if (diagnostic.Id != _id)
        {
            return [];
        }

        FixContext context = new(analysis, diagnostic);
        bool isInView = !analysis.IsTooDeep(context.Node) && !context.Has(SinkReport.IsOmitted);
        return isInView ? [.. Fixes(context)] : [];
    }

    private async Task<FixAnalysis?> AnalyzeAsync(Document document, CancellationToken cancellationToken)
    {
        FixAnalysis? analysis = await FixAnalysis.OfAsync(document, cancellationToken).ConfigureAwait(false);
        if (analysis is not null)
        {
            Analyzing?.Invoke(analysis);
        }

        return analysis;
    }
}
