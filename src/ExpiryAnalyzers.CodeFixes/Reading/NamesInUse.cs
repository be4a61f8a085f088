using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>The names that a new variable must not have.</summary>
internal static class NamesInUse
{
    /// <summary>Every name that stands in a node.</summary>
    public static HashSet<string> In(SyntaxNode node) =>
    [
        .. node.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText),
    ];

    /// <summary>How often a name stands in a node.</summary>
    public static int Count(SyntaxNode node, string name) =>
        node.DescendantTokens().Count(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name);

    /// <summary>Every name that stands in a node, and those that are declared around it.</summary>
    public static HashSet<string> InAndAround(SyntaxNode scope)
    {
        HashSet<string> taken = In(scope);
        foreach (SyntaxNode outer in scope.Ancestors())
        {
            taken.UnionWith(DeclaredIn(outer));
            if (outer is MemberDeclarationSyntax and not GlobalStatementSyntax)
            {
                break;
            }
        }

        return taken;
    }

    /// <summary>The name, with a number behind it where it is taken.</summary>
    public static string Free(string name, Func<string, bool> isTaken)
    {
        string free = name;
        for (int number = 2; isTaken(free); number++)
        {
            free = name + number;
        }

        return free;
    }

    /// <summary>The names that a node declares for all that is in it: not those of the statements nested deeper.</summary>
    private static IEnumerable<string> DeclaredIn(SyntaxNode node) => node
        .DescendantNodes(inner => inner == node || !(inner is BlockSyntax || Statements.IsNestedFunction(inner)))
        .Select(static declared => IdentifierOf(declared).ValueText);

    private static SyntaxToken IdentifierOf(SyntaxNode declared) => declared switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier,
        SingleVariableDesignationSyntax designation => designation.Identifier,
        ParameterSyntax parameter => parameter.Identifier,
        ForEachStatementSyntax loop => loop.Identifier,
        CatchDeclarationSyntax caught => caught.Identifier,
        LocalFunctionStatementSyntax function => function.Identifier,
        _ => default,
    };
}
