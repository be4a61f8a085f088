using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>Adds members to types, in the layout that the type has.</summary>
internal static class TypeMembers
{
    /// <summary>
    /// The type with one more field: behind its constants and static fields, else before its other fields, else as its first member.
    /// </summary>
    public static TypeDeclarationSyntax WithField(TypeDeclarationSyntax type, FieldDeclarationSyntax field)
    {
        SyntaxTrivia newLine = Layout.NewLineOf(type);
        FieldDeclarationSyntax bare = Layout.OnOneLine(field, newLine);
        int index = PlaceIn(type);
        SyntaxNode? neighbour = index > 0 ? type.Members[index - 1] : type.Members.FirstOrDefault();
        if (neighbour is null || !Layout.StartsLine(neighbour) || (index > 0 && !Layout.EndsLine(neighbour)))
        {
            return type.WithMembers(type.Members.Insert(index, field.WithAdditionalAnnotations(Formatter.Annotation)));
        }

        bool isApart = index < type.Members.Count && !IsOfFieldsAbove(type.Members[index]) && !Layout.StartsWithGap(type.Members[index]);
        SyntaxTriviaList behind = isApart ? SyntaxFactory.TriviaList(newLine, newLine) : SyntaxFactory.TriviaList(newLine);
        return type.WithMembers(type.Members.Insert(index, bare.WithLeadingTrivia(Layout.IndentOf(neighbour)).WithTrailingTrivia(behind)));
    }

    /// <summary>A method from its text, whose types are named as the document can name them.</summary>
    /// <param name="text">The method.</param>
    /// <param name="types">The full names of the types in the text that the document may have to import.</param>
    /// <param name="context">The document.</param>
    public static MethodDeclarationSyntax Method(string text, IEnumerable<string> types, FixContext context)
    {
        Dictionary<string, string> fullNames = types.ToDictionary(static name => name.Substring(name.LastIndexOf('.') + 1));
        string newLine = Layout.NewLineOf(context.Root).ToFullString();
        SyntaxNode method = SyntaxFactory.ParseMemberDeclaration(string.Join(newLine, LinesOf(text)))!;
        return (MethodDeclarationSyntax)method.ReplaceNodes(
            method.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => fullNames.ContainsKey(name.Identifier.ValueText)),
            (name, _) => Named(name, fullNames[name.Identifier.ValueText]).WithTriviaFrom(name));

        SyntaxNode Named(IdentifierNameSyntax name, string fullName) => name.Parent is MemberAccessExpressionSyntax
            ? Imports.Name(context, fullName)
            : Imports.Type(context, fullName);
    }

    /// <summary>Whether a member says what a text says, but for white space and comments.</summary>
    public static bool IsSame(SyntaxNode member, string text) => SyntaxFactory.ParseMemberDeclaration(text) is { } parsed &&
        SyntaxFactory.AreEquivalent(member.WithoutTrivia(), parsed.WithoutTrivia(), topLevel: false);

    /// <summary>The type with one more method, behind another member.</summary>
    public static TypeDeclarationSyntax WithMethod(TypeDeclarationSyntax type, MethodDeclarationSyntax method, int behind)
    {
        string newLine = Layout.NewLineOf(type).ToFullString();
        MethodDeclarationSyntax added = method.NormalizeWhitespace(indentation: "    ", eol: newLine)
            .WithTrailingTrivia(SyntaxFactory.EndOfLine(newLine))
            .WithAdditionalAnnotations(Formatter.Annotation);
        added = added.WithLeadingTrivia(added.GetLeadingTrivia().Insert(0, SyntaxFactory.EndOfLine(newLine)));
        return type.WithMembers(type.Members.Insert(behind + 1, added));
    }

    private static IEnumerable<string> LinesOf(string text) => text.Split('\n').Select(static line => line.TrimEnd('\r'));

    private static bool IsOfFieldsAbove(MemberDeclarationSyntax member) => member is FieldDeclarationSyntax field &&
        field.Modifiers.Any(static modifier => modifier.Kind() is SyntaxKind.ConstKeyword or SyntaxKind.StaticKeyword);

    private static int PlaceIn(TypeDeclarationSyntax type)
    {
        // What stands behind a directive may be compiled away.
        if (type.DescendantTrivia().Any(trivia => trivia.IsDirective))
        {
            return 0;
        }

        int last = type.Members.LastIndexOf(IsOfFieldsAbove);
        return last >= 0 ? last + 1 : Math.Max(0, type.Members.IndexOf(member => member is FieldDeclarationSyntax));
    }
}
