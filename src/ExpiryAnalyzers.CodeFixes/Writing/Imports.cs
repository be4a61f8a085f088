using ExpiryAnalyzers.CodeFixes.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>Names of types, for code that may lack their imports.</summary>
internal static class Imports
{
    /// <summary>The annotation by which the importer finds out what a name means.</summary>
    private const string SymbolId = nameof(SymbolId);

    /// <summary>The name of a type, spelled out, for the host to import and shorten.</summary>
    public static TypeSyntax Of(INamedTypeSymbol type, SyntaxGenerator generator) =>
        (TypeSyntax)Annotated(generator.TypeExpression(type), type);

    /// <summary>The name of a type. One that is not in scope is spelled out, for the host to import and shorten.</summary>
    public static TypeSyntax Type(FixContext context, string fullName, bool isNullable = false)
    {
        TypeSyntax type = Named(context, fullName, static name => SyntaxFactory.ParseTypeName(name));
        return isNullable ? SyntaxFactory.NullableType(type) : type;
    }

    /// <summary>The name of a type, for a member of it to follow.</summary>
    public static ExpressionSyntax Name(FixContext context, string fullName) =>
        Named(context, fullName, static name => SyntaxFactory.ParseExpression(name));

    /// <summary>The name of a list of a type's values.</summary>
    public static TypeSyntax ListOf(string fullName, FixContext context) =>
        Types.Find(Types.ListOf, context) is { } list && Types.Find(fullName, context) is { } element
            ? Of(list.Construct(element), context.Generator)
            : SyntaxFactory.ParseTypeName(fullName);

    /// <summary>A member of a type.</summary>
    public static ExpressionSyntax Static(FixContext context, string fullName, string member) =>
        Expressions.Dot(Name(context, fullName), member);

    /// <summary><c>TimeSpan.FromSeconds(5)</c>, in the largest unit that gives a whole number.</summary>
    public static ExpressionSyntax Literal(TimeSpan span, INamedTypeSymbol timeSpan, SyntaxGenerator generator)
    {
        (string method, long ticks) = Spans.UnitOf(span);
        LiteralExpressionSyntax number = Expressions.Number((int)(span.Ticks / ticks));
        return (ExpressionSyntax)generator.InvocationExpression(generator.MemberAccessExpression(Of(timeSpan, generator), method), number);
    }

    /// <summary>
    /// The document, whose names stay spelled out where the file already has names that lead nowhere: an import would give those a
    /// meaning, and the compiler other things to say of them.
    /// </summary>
    public static async Task<Document> WhereSafeAsync(Document changed, FixAnalysis before, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await changed.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SyntaxNode[] imported = root is null ? [] : [.. root.GetAnnotatedNodes(Simplifier.AddImportsAnnotation)];
        return imported.Length > 0 && before.HasErrors
            ? changed.WithSyntaxRoot(root!.ReplaceNodes(imported, WithoutImport))
            : changed;

        static SyntaxNode WithoutImport(SyntaxNode before, SyntaxNode node) => node.WithoutAnnotations(Simplifier.AddImportsAnnotation);
    }

    private static T Named<T>(FixContext context, string fullName, Func<string, T> parse)
        where T : SyntaxNode
    {
        INamedTypeSymbol? symbol = Types.Find(fullName, context);
        if (symbol is null)
        {
            // A program without the framework: the name is as good as any.
            return parse(fullName);
        }

        // An alias of the type in the file is its shortest name, and not the one to write where its own is in scope.
        int position = context.Diagnostic.Location.SourceSpan.Start;
        bool isInScope = symbol.ToMinimalDisplayString(context.Model, position) == symbol.Name ||
            (context.Model.LookupNamespacesAndTypes(position, name: symbol.Name) is [{ } only] &&
                SymbolEqualityComparer.Default.Equals(only, symbol));
        return isInScope
            ? parse(symbol.Name)
            : Annotated(parse(context.Generator.TypeExpression(symbol).ToString()), symbol);
    }

    private static T Annotated<T>(T name, INamedTypeSymbol symbol)
        where T : SyntaxNode =>
        name.WithAdditionalAnnotations(new SyntaxAnnotation(SymbolId, DocumentationCommentId.CreateReferenceId(symbol)))
            .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
}
