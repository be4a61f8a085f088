using System.Text;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Baselines;

/// <summary>Makes the keys of one compilation's findings.</summary>
internal sealed class FindingKeys(
    Compilation compilation, Func<SyntaxTree, SemanticModel> models, CancellationToken cancellationToken)
{
    private readonly Dictionary<FindingKey, int> _seen = [];

    /// <summary>Each finding with its key, in the order of their places.</summary>
    /// <param name="findings">All that were found: those that are alike are counted.</param>
    /// <param name="compilation">What they were found in.</param>
    /// <param name="models">The model of a tree.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static IEnumerable<(Diagnostic Finding, FindingKey Key)> Of(
        IEnumerable<Diagnostic> findings,
        Compilation compilation,
        Func<SyntaxTree, SemanticModel> models,
        CancellationToken cancellationToken)
    {
        FindingKeys keys = new(compilation, models, cancellationToken);
        return findings
            .OrderBy(static finding => finding.Location.GetLineSpan().Path, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Location.SourceSpan.Start)
            .ThenBy(static finding => finding.Id, StringComparer.Ordinal)
            .Select(finding => (finding, keys.Next(finding)));
    }

    private FindingKey Next(Diagnostic finding)
    {
        FindingKey first = new(
            finding.Id, compilation.AssemblyName ?? "", MemberAround(finding.Location), TextOf(finding.Location), Ordinal: 1);
        _seen.TryGetValue(first, out int before);
        _seen[first] = before + 1;
        return first with { Ordinal = before + 1 };
    }

    private string MemberAround(Location location)
    {
        if (location.SourceTree is not { } tree)
        {
            return FileNames.Of(location.GetLineSpan().Path);
        }

        SemanticModel model = models(tree);
        SyntaxNode node = tree.GetRoot(cancellationToken).FindNode(location.SourceSpan);
        return node.AncestorsAndSelf().Select(around => IdOf(around, model)).FirstOrDefault(static id => id is not null)
            ?? FileNames.Of(tree.FilePath);
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
        IEnumerable<string> tokens = node.DescendantTokens(span)
            .Where(token => span.OverlapsWith(token.Span))
            .Select(static token => token.Text);
        return WithSingleBlanks(string.Join(" ", tokens));
    }

    /// <summary>A text in which each run of white space is one blank.</summary>
    private static string WithSingleBlanks(string text)
    {
        StringBuilder blanked = new(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            if (!char.IsWhiteSpace(text[at]))
            {
                blanked.Append(text[at]);
            }
            else if (at == 0 || !char.IsWhiteSpace(text[at - 1]))
            {
                blanked.Append(' ');
            }
        }

        return blanked.ToString();
    }
}
