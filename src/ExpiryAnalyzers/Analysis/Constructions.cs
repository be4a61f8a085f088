using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// What the objects of a type are given for a member, wherever the source makes one. The places are looked for in the text alone, once for
/// the compilation; only those of a type that is asked about are bound. Thread-safe.
/// </summary>
internal sealed class Constructions(Knowledge knowledge, SourceGraphs graphs, CancellationToken cancellationToken)
{
    private readonly Lazy<ILookup<string, BaseObjectCreationExpressionSyntax>> _places = new(() => PlacesIn(knowledge, cancellationToken));

    /// <summary>Whether a member may hold an instant's number.</summary>
    public static bool MayAsk(ISymbol member) => member is
        IFieldSymbol { Type.SpecialType: SpecialType.System_Int64 or SpecialType.System_Double } or
        IPropertySymbol { Type.SpecialType: SpecialType.System_Int64 or SpecialType.System_Double };

    /// <summary>The number of an instant that each object in view is given; null where one may be given something else.</summary>
    public TimeValues? ValuesOf(ISymbol member, Summaries summaries)
    {
        BaseObjectCreationExpressionSyntax[] places = PlacesOf(member);
        if (places.Length == 0)
        {
            return null;
        }

        TimeValues? all = null;
        foreach (BaseObjectCreationExpressionSyntax place in places)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (NumberAt(place, member, summaries) is not { } number)
            {
                return null;
            }

            all = all is null ? number : all.Join(number);
        }

        return all;
    }

    /// <summary>
    /// The members that make an object which holds a member, each with where it does; none where too many do.
    /// </summary>
    public IEnumerable<(IMethodSymbol Maker, SyntaxNode Place)> MakersOf(ISymbol member)
    {
        foreach (BaseObjectCreationExpressionSyntax place in PlacesOf(member))
        {
            if (MemberAround(place) is { } around && graphs.DeclaredBy(around) is IMethodSymbol maker)
            {
                yield return (maker, place);
            }
        }
    }

    /// <summary>Where the source makes an object that holds a member; nothing where it does so in too many places.</summary>
    private BaseObjectCreationExpressionSyntax[] PlacesOf(ISymbol member)
    {
        BaseObjectCreationExpressionSyntax[] places =
        [
            .. _places.Value[member.ContainingType.Name].Concat(_places.Value[""].Where(place => MayMake(place, member)))
                .Where(place => IsOf(place, member.ContainingType))
                .Take(FlowLimits.Constructions + 1),
        ];
        return places.Length > FlowLimits.Constructions ? [] : places;
    }

    private static SyntaxNode? MemberAround(SyntaxNode place) => place.Ancestors().FirstOrDefault(static node =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax);

    /// <summary>The number that one construction gives, without what holds for its own body alone.</summary>
    private TimeValues? NumberAt(BaseObjectCreationExpressionSyntax place, ISymbol member, Summaries summaries)
    {
        SyntaxNode? around = MemberAround(place);
        if (around is null || around.Span.Length > FlowLimits.MemberTextLength || graphs.OperationOf(around) is not { } root)
        {
            return null;
        }

        Body body = new(knowledge, root, depth: 0, cancellationToken);
        IObjectCreationOperation? made = body.Operations.OfType<IObjectCreationOperation>().FirstOrDefault(made => made.Syntax == place);
        if (made is null || MadeObjects.GivenBy(made, member, summaries) is not { } given)
        {
            return null;
        }

        TimeValues values = body.ValuesOf(given);
        return values.All(static value => value is { Shape: TimeShape.Count, IsEpoch: true })
            ? values.Select(static value => TimeValue.Count(value.Unit, null) with { IsEpoch = true, Kind = value.Kind })
            : null;
    }

    /// <summary>Whether <c>new(...)</c> may make an object that holds a member: the cheap test before it is bound.</summary>
    private static bool MayMake(BaseObjectCreationExpressionSyntax place, ISymbol member)
    {
        int given = place.ArgumentList?.Arguments.Count ?? 0;
        return given == 0
            ? place.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>().Any(set =>
                set.Left is IdentifierNameSyntax { Identifier.ValueText: { } name } && name == member.Name) == true
            : member.ContainingType.InstanceConstructors.Any(constructor => constructor.Parameters.Length >= given);
    }

    private bool IsOf(BaseObjectCreationExpressionSyntax place, INamedTypeSymbol type) =>
        graphs.OperationOf(place)?.Type is { } made &&
        SymbolEqualityComparer.Default.Equals(made.OriginalDefinition, type.OriginalDefinition);

    /// <summary>Every construction of the source, by the name that it gives the type: none for <c>new(...)</c>.</summary>
    private static ILookup<string, BaseObjectCreationExpressionSyntax> PlacesIn(Knowledge knowledge, CancellationToken cancellationToken) =>
        knowledge.Catalog.Compilation.SyntaxTrees
            .OrderBy(static tree => tree.FilePath, StringComparer.Ordinal)
            .SelectMany(tree => tree.GetRoot(cancellationToken).DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>())
            .ToLookup(
                static place => place is ObjectCreationExpressionSyntax { Type: { } type } ? NameOf(type) : "",
                StringComparer.Ordinal);

    private static string NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
