using ExpiryAnalyzers.Fuzz.Runs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Fuzz.Bodies;

/// <summary>Takes out what does not compile, so that repairs are offered for the rest.</summary>
internal static class Cleaning
{
    private const int Rounds = 6;

    /// <summary>The text without the statements and members that have errors, as far as a few rounds get.</summary>
    public static string Clean(string text)
    {
        for (int round = 0; round < Rounds; round++)
        {
            CSharpCompilation compilation = Guest.CompileWithAllClients(text);
            SyntaxTree tree = compilation.SyntaxTrees[^1];
            SyntaxNode root = tree.GetRoot();
            HashSet<SyntaxNode> wrong =
            [
                .. compilation.GetDiagnostics()
                    .Where(found => found.Severity == DiagnosticSeverity.Error && found.Location.SourceTree == tree)
                    .Select(found => root.FindNode(found.Location.SourceSpan).FirstAncestorOrSelf<SyntaxNode>(CanGo))
                    .OfType<SyntaxNode>(),
            ];
            if (wrong.Count == 0)
            {
                break;
            }

            IEnumerable<SyntaxNode> outermost = wrong.Where(node => !node.Ancestors().Any(wrong.Contains));
            text = root.RemoveNodes(outermost, SyntaxRemoveOptions.KeepUnbalancedDirectives)?.ToFullString() ?? "";
        }

        return text;
    }

    private static bool CanGo(SyntaxNode node) => node is UsingDirectiveSyntax or MemberDeclarationSyntax and not BaseNamespaceDeclarationSyntax ||
        (node is StatementSyntax && node.Parent is BlockSyntax or SwitchSectionSyntax);
}
