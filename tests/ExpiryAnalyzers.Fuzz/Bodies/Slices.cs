using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Fuzz.Bodies;

/// <summary>Cuts a few methods out of a file, with all that they name in it: small enough to run often, and still code that binds.</summary>
internal static class Slices
{
    private const int MostMethods = 3;

    /// <summary>The file without what the chosen methods do not reach.</summary>
    public static string Of(CompilationUnitSyntax root, Random random)
    {
        MemberDeclarationSyntax[] methods = [.. root.DescendantNodes().OfType<MethodDeclarationSyntax>()];
        if (methods.Length == 0)
        {
            return root.ToFullString();
        }

        HashSet<SyntaxNode> kept = [];
        for (int count = random.Next(1, MostMethods + 1); count > 0; count--)
        {
            Keep(methods[random.Next(methods.Length)], root, kept);
        }

        return root.RemoveNodes(Outermost(root, kept), SyntaxRemoveOptions.KeepUnbalancedDirectives)!.ToFullString();
    }

    private static void Keep(SyntaxNode first, CompilationUnitSyntax root, HashSet<SyntaxNode> kept)
    {
        ILookup<string, MemberDeclarationSyntax> members = root.DescendantNodes().OfType<MemberDeclarationSyntax>()
            .SelectMany(static member => NamesOf(member).Select(name => (name, member)))
            .ToLookup(static pair => pair.name, static pair => pair.member);
        Stack<SyntaxNode> open = new([first]);
        while (open.TryPop(out SyntaxNode? member))
        {
            if (!kept.Add(member))
            {
                continue;
            }

            // A type stands for its head and its constructors: its other members are kept where they are named.
            IEnumerable<SyntaxNode> parts = member is TypeDeclarationSyntax type
                ? [.. type.ChildNodes().Where(static child => child is not MemberDeclarationSyntax), .. type.Members.OfType<ConstructorDeclarationSyntax>()]
                : [member];
            foreach (SyntaxToken token in parts.SelectMany(static part => part.DescendantTokens()).Where(static token => token.IsKind(SyntaxKind.IdentifierToken)))
            {
                foreach (MemberDeclarationSyntax named in members[token.ValueText])
                {
                    open.Push(named);
                }
            }

            foreach (SyntaxNode around in member.Ancestors().OfType<BaseTypeDeclarationSyntax>())
            {
                open.Push(around);
            }
        }
    }

    /// <summary>What goes, without what stands in something that goes.</summary>
    private static IEnumerable<SyntaxNode> Outermost(CompilationUnitSyntax root, HashSet<SyntaxNode> kept) =>
        root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax || kept.Contains(node))
            .Where(node => node is MemberDeclarationSyntax and not (BaseNamespaceDeclarationSyntax or GlobalStatementSyntax or ConstructorDeclarationSyntax) &&
                node.Parent is not InterfaceDeclarationSyntax && !kept.Contains(node));

    private static IEnumerable<string> NamesOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => [type.Identifier.ValueText],
        DelegateDeclarationSyntax type => [type.Identifier.ValueText],
        MethodDeclarationSyntax method => [method.Identifier.ValueText],
        PropertyDeclarationSyntax property => [property.Identifier.ValueText],
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(static variable => variable.Identifier.ValueText),
        _ => [],
    };
}
