using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace ExpiryAnalyzers.CodeFixes;

/// <summary>What a fix may look at: one diagnostic, and what all diagnostics of its request share.</summary>
internal sealed class FixContext(FixAnalysis analysis, Diagnostic diagnostic)
{
    private SyntaxNode? _node;
    private SyntaxGenerator? _generator;

    /// <summary>What the rules know of the document.</summary>
    public FixAnalysis Analysis => analysis;

    public Diagnostic Diagnostic => diagnostic;

    public Document Document => analysis.Document;

    public SyntaxNode Root => analysis.Root;

    public SemanticModel Model => analysis.Model;

    public CancellationToken CancellationToken => analysis.CancellationToken;

    /// <summary>Makes the nodes that are not written by hand.</summary>
    public SyntaxGenerator Generator => _generator ??= SyntaxGenerator.GetGenerator(Document);

    /// <summary>The node at the diagnostic's location.</summary>
    public SyntaxNode Node => _node ??= Root.FindNode(Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>The node at one of the diagnostic's additional locations, where it stands in this document.</summary>
    public SyntaxNode? AdditionalNode(int index)
    {
        IReadOnlyList<Location> locations = Diagnostic.AdditionalLocations;
        return index < locations.Count && locations[index].SourceTree == Root.SyntaxTree
            ? Root.FindNode(locations[index].SourceSpan, getInnermostNodeForTie: true)
            : null;
    }

    public bool Has(string property) => Diagnostic.Properties.ContainsKey(property);

    public string? Property(string property) => Diagnostic.Properties.TryGetValue(property, out string? value) ? value : null;

    /// <summary>What a node names or calls.</summary>
    public ISymbol? SymbolOf(SyntaxNode node) => Model.GetSymbolInfo(node, CancellationToken).Symbol;

    /// <summary>The type that an expression has by itself.</summary>
    public ITypeSymbol? TypeOf(SyntaxNode node) => Model.GetTypeInfo(node, CancellationToken).Type;

    /// <summary>The type that an expression is converted to where it stands.</summary>
    public ITypeSymbol? ConvertedTypeOf(SyntaxNode node) => Model.GetTypeInfo(node, CancellationToken).ConvertedType;

    public IOperation? OperationOf(SyntaxNode node) => Model.GetOperation(node, CancellationToken);
}
