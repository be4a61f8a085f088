using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Analysis;

/// <summary>What a file declares, without a look at any body.</summary>
internal static class TypeNodes
{
    /// <summary>Usings, namespaces, types and their members, in the order of the text.</summary>
    public static IEnumerable<SyntaxNode> Of(SyntaxTree tree, CancellationToken cancellationToken) => tree.GetRoot(cancellationToken)
        .DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax);
}
