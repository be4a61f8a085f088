using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Rules;

/// <summary>The places that a report shows beside its own.</summary>
internal static class Locations
{
    /// <summary>Those of the pieces of source that somebody can open: what another assembly's member does stands in none.</summary>
    public static IEnumerable<Location> Of(IEnumerable<SyntaxNode?> nodes) =>
        nodes.Where(static node => node is not null && !OutlineSyntax.IsOutline(node)).Select(static node => node!.GetLocation());

    public static IEnumerable<Location> Of(params SyntaxNode?[] nodes) => Of(nodes.AsEnumerable());
}
