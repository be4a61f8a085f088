using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes;

/// <summary>One way to repair a diagnostic. It is made only where it can be applied.</summary>
/// <param name="Key">What the repair does, in one word; with the rule's id it is the equivalence key.</param>
/// <param name="Title">What the code will do afterwards, as the lightbulb shows it.</param>
/// <param name="Touched">The nodes that are rewritten; fix-all leaves a repair out that would rewrite what another has rewritten.</param>
/// <param name="Apply">Makes the edits. Nodes are replaced by functions of their current state, so that several repairs compose.</param>
internal sealed record Fix(string Key, string Title, IReadOnlyList<SyntaxNode> Touched, Action<DocumentEditor> Apply)
{
    /// <summary>Whether the repair takes one of several readings that only the user can choose between.</summary>
    public bool IsOneReading { get; init; }
}

/// <summary>What a fix may look at.</summary>
internal sealed record FixContext(Document Document, SyntaxNode Root, SemanticModel Model, Diagnostic Diagnostic, CancellationToken CancellationToken)
{
    /// <summary>The node at the diagnostic's location.</summary>
    public SyntaxNode Node => Root.FindNode(Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>The node at one of the diagnostic's additional locations, where it stands in this document.</summary>
    public SyntaxNode? AdditionalNode(int index) =>
        Diagnostic.AdditionalLocations.Count > index && Diagnostic.AdditionalLocations[index] is { } location && location.SourceTree == Root.SyntaxTree
            ? Root.FindNode(location.SourceSpan, getInnermostNodeForTie: true)
            : null;

    public bool Has(string property) => Diagnostic.Properties.ContainsKey(property);

    public string? Property(string property) => Diagnostic.Properties.TryGetValue(property, out string? value) ? value : null;
}

/// <summary>
/// The base of all fixes: registers what <see cref="Fixes"/> offers, the safest first, and repairs a whole document, project or
/// solution by applying the same edits to one editor.
/// </summary>
public abstract class ExpiryCodeFix : CodeFixProvider
{
    private readonly string _id;

    private protected ExpiryCodeFix(string id)
    {
        _id = id;
        FixableDiagnosticIds = ImmutableArray.Create(id);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(FixAllAsync);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (Fix fix in await FixesAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                context.RegisterCodeFix(CodeAction.Create(fix.Title, cancellationToken => ApplyAsync(context.Document, [fix], cancellationToken), EquivalenceKey(fix)), diagnostic);
            }
        }
    }

    /// <summary>The repairs that can be applied, the safest first. Everything is checked here; applying must not fail.</summary>
    private protected abstract IEnumerable<Fix> Fixes(FixContext context);

    private static async Task<Document> ApplyAsync(Document document, IEnumerable<Fix> fixes, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        HashSet<SyntaxNode> touched = [];
        foreach (Fix fix in fixes)
        {
            if (!fix.Touched.Any(node => touched.Any(other => other.Span.IntersectsWith(node.Span))))
            {
                touched.UnionWith(fix.Touched);
                fix.Apply(editor);
            }
        }

        return editor.GetChangedDocument();
    }

    private string EquivalenceKey(Fix fix) => _id + "." + fix.Key;

    private async Task<Document?> FixAllAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        List<Fix> fixes = [];
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            if (Chosen(await FixesAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false), context.CodeActionEquivalenceKey) is { } fix)
            {
                fixes.Add(fix);
            }
        }

        return await ApplyAsync(document, fixes, context.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The repair of the kind asked for; where a diagnostic has none of that kind, its safest, unless that is one reading of several. A host
    /// that repairs from the command line may name no kind.
    /// </summary>
    private Fix? Chosen(IReadOnlyList<Fix> offered, string? key) =>
        offered.FirstOrDefault(fix => EquivalenceKey(fix) == key) ?? (key is null || offered.Count == 1 || offered.FirstOrDefault()?.IsOneReading == false ? offered.FirstOrDefault() : null);

    private async Task<IReadOnlyList<Fix>> FixesAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        // A host may hand over what another rule of the same analyzer reports.
        if (diagnostic.Id != _id)
        {
            return [];
        }

        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        return root is null || model is null ? [] : [.. Fixes(new(document, root, model, diagnostic, cancellationToken))];
    }
}
