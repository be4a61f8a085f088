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

        bool isApart = index == 0 && neighbour is not FieldDeclarationSyntax;
        SyntaxTriviaList behind = isApart ? SyntaxFactory.TriviaList(newLine, newLine) : SyntaxFactory.TriviaList(newLine);
        return type.WithMembers(type.Members.Insert(index, bare.WithLeadingTrivia(Layout.IndentOf(neighbour)).WithTrailingTrivia(behind)));
    }

    private static int PlaceIn(TypeDeclarationSyntax type)
    {
        // What stands behind a directive may be compiled away.
        if (type.DescendantTrivia().Any(trivia => trivia.IsDirective))
        {
            return 0;
        }

        int last = type.Members.LastIndexOf(static member => member is FieldDeclarationSyntax field &&
            field.Modifiers.Any(static modifier => modifier.Kind() is SyntaxKind.ConstKeyword or SyntaxKind.StaticKeyword));
        return last >= 0 ? last + 1 : Math.Max(0, type.Members.IndexOf(member => member is FieldDeclarationSyntax));
    }
}
