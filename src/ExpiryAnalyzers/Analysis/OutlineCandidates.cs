using ExpiryAnalyzers.Apis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// Which members may have something to tell other projects, by their text alone: a time, or a member of a client, is named.
/// </summary>
internal static class OutlineCandidates
{
    private static readonly HashSet<string> Names = new(
        Libraries.All.SelectMany(static library => library.Types)
            .SelectMany(static type => type.Methods.Select(static method => method.Name)
                .Concat(type.Properties.Select(static property => property.Name)))
            .SelectMany(static name => new[] { name, name + "Async" })
            .Concat([nameof(TimeSpan), nameof(DateTime), nameof(DateTimeOffset)]),
        StringComparer.Ordinal);

    /// <summary>
    /// Whether a piece of source is a member that may tell something, or a constant of which such a member makes its keys.
    /// </summary>
    public static bool MayTell(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax => NamesAny(node),
        FieldDeclarationSyntax => true,
        _ => false,
    };

    private static bool NamesAny(SyntaxNode node)
    {
        foreach (SyntaxToken token in node.DescendantTokens())
        {
            if (Names.Contains(token.ValueText))
            {
                return true;
            }
        }

        return false;
    }
}
