using ExpiryAnalyzers.Apis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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
    public static bool MayTell(SyntaxNode node) => MayTell(node, more: null);

    /// <summary>The same, where members of other assemblies count as well.</summary>
    public static bool MayTell(SyntaxNode node, HashSet<string>? more) => node switch
    {
        MethodDeclarationSyntax { Body: null, ExpressionBody: null } => false,
        BaseMethodDeclarationSyntax => NamesAny(node, more),

        // What is only kept has nothing to tell.
        PropertyDeclarationSyntax { ExpressionBody: null } property
            when property.AccessorList?.Accessors.Any(static accessor => accessor.Body is not null || accessor.ExpressionBody is not null)
                != true => false,
        BasePropertyDeclarationSyntax => NamesAny(node, more),
        FieldDeclarationSyntax field => field.Modifiers.Any(SyntaxKind.ConstKeyword) || field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword),
        _ => false,
    };

    /// <summary>Whether other projects may call a method or property, or what it stands for, as far as its own modifiers say.</summary>
    public static bool MayBeCalled(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null } => true,
        PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: not null } => true,
        MethodDeclarationSyntax or PropertyDeclarationSyntax => member.Parent is InterfaceDeclarationSyntax ||
            member.Modifiers.Any(static modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.ProtectedKeyword),
        _ => false,
    };

    private static bool NamesAny(SyntaxNode node, HashSet<string>? more)
    {
        foreach (SyntaxToken token in node.DescendantTokens())
        {
            if (Names.Contains(token.ValueText) || more?.Contains(token.ValueText) == true)
            {
                return true;
            }
        }

        return false;
    }
}
