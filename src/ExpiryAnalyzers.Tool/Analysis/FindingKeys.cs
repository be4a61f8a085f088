using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Tool.Analysis;

/// <summary>Makes the keys of one compilation's findings.</summary>
internal sealed partial class FindingKeys(Compilation compilation, CancellationToken cancellationToken)
{
    private readonly Dictionary<FindingKey, int> _seen = [];

    /// <summary>The key of a finding; they must be asked for in the order of their places.</summary>
    public FindingKey Next(Diagnostic diagnostic)
    {
        FindingKey first = new(
            diagnostic.Id, compilation.AssemblyName ?? "", MemberAround(diagnostic.Location), TextOf(diagnostic.Location), Ordinal: 1);
        _seen[first] = _seen.GetValueOrDefault(first) + 1;
        return first with { Ordinal = _seen[first] };
    }

    private string MemberAround(Location location)
    {
        if (location.SourceTree is not { } tree)
        {
            return Path.GetFileName(location.GetLineSpan().Path);
        }

        SemanticModel model = compilation.GetSemanticModel(tree);
        SyntaxNode node = tree.GetRoot(cancellationToken).FindNode(location.SourceSpan);
        return node.AncestorsAndSelf().Select(around => IdOf(around, model)).FirstOrDefault(static id => id is not null)
            ?? Path.GetFileName(tree.FilePath);
    }

    private string? IdOf(SyntaxNode node, SemanticModel model)
    {
        ISymbol? symbol = node switch
        {
            BaseFieldDeclarationSyntax field => model.GetDeclaredSymbol(field.Declaration.Variables[0], cancellationToken),
            GlobalStatementSyntax => model.GetEnclosingSymbol(node.SpanStart, cancellationToken),
            BaseNamespaceDeclarationSyntax => null,
            MemberDeclarationSyntax member => model.GetDeclaredSymbol(member, cancellationToken),
            _ => null,
        };
        return symbol?.GetDocumentationCommentId();
    }

    private string TextOf(Location location)
    {
        if (location.SourceTree is not { } tree)
        {
            return location.GetLineSpan().Span.ToString();
        }

        TextSpan span = location.SourceSpan;
        SyntaxNode node = tree.GetRoot(cancellationToken).FindNode(span, getInnermostNodeForTie: true);
        IEnumerable<string> tokens = node.DescendantTokens(span).Where(token => span.OverlapsWith(token.Span)).Select(token => token.Text);
        return Blanks().Replace(string.Join(' ', tokens), " ");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
