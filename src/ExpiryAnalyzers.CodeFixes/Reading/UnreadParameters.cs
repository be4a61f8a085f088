using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>
/// The parameters of primary constructors that nothing reads. The compiler warns of them (CS9113), but only once it has seen the whole
/// type.
/// </summary>
internal static class UnreadParameters
{
    /// <summary>Whether a change leaves a parameter unread that was read before.</summary>
    /// <param name="after">The changed types.</param>
    /// <param name="before">The types as they were.</param>
    public static bool AreMadeBy(IEnumerable<TypeDeclarationSyntax> after, IEnumerable<TypeDeclarationSyntax> before)
    {
        HashSet<(string Type, string Parameter)> known = [.. before.SelectMany(In)];
        return after.SelectMany(In).Any(unread => !known.Contains(unread));
    }

    /// <summary>The unread parameters of one type; of a record none, whose parameters are properties, nor of a part of a type.</summary>
    private static IEnumerable<(string Type, string Parameter)> In(TypeDeclarationSyntax type) =>
        type is RecordDeclarationSyntax || type.Modifiers.Any(SyntaxKind.PartialKeyword)
            ? []
            : type.ChildNodes().OfType<ParameterListSyntax>()
                .SelectMany(static list => list.Parameters)
                .Select(static parameter => parameter.Identifier.ValueText)
                .Where(name => NamesInUse.Count(type, name) == 1)
                .Select(name => (type.Identifier.ValueText, name));
}
