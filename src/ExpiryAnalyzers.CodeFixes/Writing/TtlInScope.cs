using ExpiryAnalyzers.CodeFixes.Reading;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.CodeFixes.Writing;

/// <summary>A duration that a place can name, and that is a lifetime by its name.</summary>
/// <param name="Expression">How the place names it.</param>
/// <param name="IsHandedIn">Whether the caller hands it to the member that stores the value: it is for nothing else.</param>
internal sealed record TtlInScope(ExpressionSyntax Expression, bool IsHandedIn)
{
    /// <summary>
    /// The nearest: a parameter or a local, then a member of the type, then a member of an object that those hold. Where several are as
    /// near, only the user can know which is meant; and what the code has looked at before it came here, it does not pass for a reason.
    /// </summary>
    public static TtlInScope? At(SyntaxNode place, FixContext context)
    {
        ISymbol[] variables = [.. context.Model.LookupSymbols(place.SpanStart)
            .Where(symbol => symbol is IParameterSymbol || (symbol is ILocalSymbol && IsDeclaredBefore(symbol, place)))];
        if (context.Model.GetEnclosingSymbol(place.SpanStart, context.CancellationToken) is not { ContainingType: { } type } enclosing)
        {
            return null;
        }

        ISymbol[] members = [.. type.GetMembers().Where(member =>
            member is { IsImplicitlyDeclared: false } and (IFieldSymbol or IPropertySymbol { Parameters.IsEmpty: true }) &&
            (!enclosing.IsStatic || member.IsStatic))];
        IReadOnlyList<Candidate>[] levels =
        [
            [.. variables.Select(static variable => new Candidate(Named(variable), variable)).Where(IsLifetime)],
            [.. members.Select(static member => new Candidate(Named(member), member)).Where(IsLifetime)],
            [.. variables.Concat(members).SelectMany(holder => PartsOf(holder, type, context)).Where(IsLifetime)],
        ];
        return levels.FirstOrDefault(static level => level.Count > 0) is [var only] &&
            !WayTaken.HangsOn(only.Symbol.Name, place, context)
            ? new(only.Expression, IsHandedIn: only.Symbol is IParameterSymbol && !IsOfType(only.Symbol, enclosing))
            : null;
    }

    private readonly record struct Candidate(ExpressionSyntax Expression, ISymbol Symbol);

    /// <summary>Whether a parameter is one of the type's own, which makes a field of it.</summary>
    private static bool IsOfType(ISymbol parameter, ISymbol enclosing) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor &&
        !SymbolEqualityComparer.Default.Equals(constructor, enclosing);

    private static bool IsLifetime(Candidate candidate) =>
        Types.IsDuration(TypeOf(candidate.Symbol)) && NameHints.LivesOfKeys.Fits(candidate.Symbol.Name) &&
        candidate.Symbol is not IParameterSymbol { RefKind: RefKind.Out };

    /// <summary>The properties of an object, and of the value that <c>IOptions</c> and its like hold.</summary>
    private static IEnumerable<Candidate> PartsOf(ISymbol holder, INamedTypeSymbol within, FixContext context)
    {
        if (TypeOf(holder) is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface or TypeKind.Struct } type)
        {
            return [];
        }

        ExpressionSyntax self = Named(holder);
        return OfType(self, type).Concat(PropertiesOf(type)
            .Where(static property => NameHints.Holders.Fits(property.Name) && property.Type is INamedTypeSymbol { IsValueType: false })
            .SelectMany(property => OfType(Expressions.Dot(self, property.Name), (INamedTypeSymbol)property.Type)));

        IEnumerable<Candidate> OfType(ExpressionSyntax expression, INamedTypeSymbol declaring) =>
            declaring.DeclaringSyntaxReferences.IsEmpty ? [] : PropertiesOf(declaring)
                .Where(property => context.Model.Compilation.IsSymbolAccessibleWithin(property, within))
                .Select(property => new Candidate(Expressions.Dot(expression, property.Name), property));
    }

    private static IEnumerable<IPropertySymbol> PropertiesOf(INamedTypeSymbol type) => type.GetMembers().OfType<IPropertySymbol>()
        .Where(static property => property is { IsStatic: false, IsWriteOnly: false, Parameters.IsEmpty: true });

    private static bool IsDeclaredBefore(ISymbol local, SyntaxNode place) =>
        local.DeclaringSyntaxReferences.All(declaration => declaration.Span.End <= place.SpanStart);

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.Type,
        ILocalSymbol local => local.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    private static ExpressionSyntax Named(ISymbol symbol) => SyntaxFactory.IdentifierName(symbol.Name);
}
