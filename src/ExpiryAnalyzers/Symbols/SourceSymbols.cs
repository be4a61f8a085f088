using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Symbols;

/// <summary>Which symbols are of the code that is analysed.</summary>
internal static class SourceSymbols
{
    /// <summary>
    /// Whether a symbol is written in the compilation's own code. Syntax alone does not tell: an editor hands over the members of the other
    /// projects as source, a build as metadata, and both must find the same. So the containing assembly decides.
    /// </summary>
    public static bool IsOfSource(this ISymbol symbol, Compilation compilation) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly) &&
        (symbol is INamedTypeSymbol || !symbol.DeclaringSyntaxReferences.IsEmpty);

    /// <summary>Where a symbol is written in the compilation's own code: none of another project's.</summary>
    public static ImmutableArray<SyntaxReference> DeclarationsIn(this ISymbol symbol, Compilation compilation) =>
        symbol.IsOfSource(compilation) ? symbol.DeclaringSyntaxReferences : ImmutableArray<SyntaxReference>.Empty;

    /// <summary>
    /// The path of the first file that declares a symbol: an order that does not hang on the one in which the compiler was given the
    /// files.
    /// </summary>
    public static string FilePath(this ISymbol symbol) => symbol.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath ?? "";
}
