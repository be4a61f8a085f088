using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace ExpiryAnalyzers.CodeFixes.Lock;

/// <summary>Names of types, for code that may lack their imports.</summary>
internal static class TypeNames
{
    /// <summary>The annotation by which the importer finds out what a name means.</summary>
    private const string SymbolId = nameof(SymbolId);

    /// <summary>The shortest name of a type; its namespace is imported.</summary>
    public static ExpressionSyntax Of(INamedTypeSymbol type, SyntaxGenerator generator) => (ExpressionSyntax)generator.TypeExpression(type)
        .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation, new SyntaxAnnotation(SymbolId, DocumentationCommentId.CreateReferenceId(type)));
}
