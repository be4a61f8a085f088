using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Tests.Mutants;

/// <summary>What of a repaired file the fix wrote.</summary>
internal sealed class WrittenSpans
{
    private readonly HashSet<SyntaxToken> _tokens;

    private WrittenSpans(HashSet<SyntaxToken> tokens) => _tokens = tokens;

    public static async Task<WrittenSpans> OfAsync(Document original, Document repaired)
    {
        SyntaxNode root = (await repaired.GetSyntaxRootAsync())!;
        int shift = 0;
        HashSet<SyntaxToken> tokens = [];
        foreach (TextChange change in (await repaired.GetTextChangesAsync(original)).OrderBy(change => change.Span.Start))
        {
            TextSpan span = new(change.Span.Start + shift, change.NewText!.Length);
            shift += change.NewText.Length - change.Span.Length;
            tokens.UnionWith(root.DescendantTokens(span).Where(token => token.Span.Length > 0 && token.Span.OverlapsWith(span)));
        }

        return new(tokens);
    }

    /// <summary>Whether a node is the fix's own: a statement or block for the greater part, another node in any of its tokens.</summary>
    public bool Holds(SyntaxNode node)
    {
        int all = 0;
        int written = 0;
        foreach (SyntaxToken token in node.DescendantTokens())
        {
            all++;
            written += _tokens.Contains(token) ? 1 : 0;
        }

        return node is BlockSyntax ? written > 0 : node is StatementSyntax ? written * 2 > all : written > 0 && all <= 60;
    }
}
