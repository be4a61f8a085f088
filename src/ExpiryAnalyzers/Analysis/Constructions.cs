using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// What the objects of a type are given for a member, wherever the source makes one. The places are looked for in the text alone, once for
/// the compilation; only those that may make a type that is asked about are bound. Thread-safe.
/// </summary>
internal sealed class Constructions(Knowledge knowledge, SourceGraphs graphs, CancellationToken cancellationToken)
{
    private readonly Lazy<Dictionary<Form, AlikePlaces>> _places = new(() => PlacesIn(knowledge, graphs, cancellationToken));

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
        List<BaseObjectCreationExpressionSyntax> places = [];
        foreach (Form form in FormsOf(member))
        {
            if (_places.Value.TryGetValue(form, out AlikePlaces? alike))
            {
                places.AddRange(alike.Of(member.ContainingType.OriginalDefinition));
            }
        }

        return places.Count > FlowLimits.Constructions ? []
            : [.. places.OrderBy(static place => place.SyntaxTree.FilePath, StringComparer.Ordinal)
                .ThenBy(static place => place.SpanStart)];
    }

    /// <summary>How the objects that hold a member may be made.</summary>
    private static IEnumerable<Form> FormsOf(ISymbol member)
    {
        INamedTypeSymbol type = member.ContainingType;
        int most = type.InstanceConstructors.Select(static constructor => constructor.Parameters.Length).DefaultIfEmpty().Max();
        return [new(type.Name, null), new(member.Name, 0), .. Enumerable.Range(1, most).Select(static given => new Form(null, given))];
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

    /// <summary>Every construction of the source, by its form.</summary>
    private static Dictionary<Form, AlikePlaces> PlacesIn(Knowledge knowledge, SourceGraphs graphs, CancellationToken cancellationToken) =>
        knowledge.Catalog.Compilation.SyntaxTrees
            .OrderBy(static tree => tree.FilePath, StringComparer.Ordinal)
            .SelectMany(tree => tree.GetRoot(cancellationToken).DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>())
            .SelectMany(FormsOf, static (place, form) => (Form: form, Place: place))
            .GroupBy(static one => one.Form, static one => one.Place)
            .ToDictionary(static alike => alike.Key, alike => new AlikePlaces([.. alike], graphs, cancellationToken));

    private static IEnumerable<Form> FormsOf(BaseObjectCreationExpressionSyntax place) =>
        place is ObjectCreationExpressionSyntax { Type: { } type } ? [new Form(NameOf(type), null)]
        : place.ArgumentList?.Arguments.Count is > 0 and var given ? [new Form(null, given)]
        : place.Initializer is { } initializer ? SetIn(initializer).Distinct().Select(static set => new Form(set, 0))
        : [];

    /// <summary>The members that an initializer sets.</summary>
    private static IEnumerable<string> SetIn(InitializerExpressionSyntax initializer) => initializer.Expressions
        .OfType<AssignmentExpressionSyntax>()
        .Select(static set => set.Left)
        .OfType<IdentifierNameSyntax>()
        .Select(static set => set.Identifier.ValueText);

    private static string NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    /// <summary>How the text of a construction looks.</summary>
    /// <param name="Name">The name of the type; of <c>new()</c>, a member that it sets; null of <c>new(...)</c>.</param>
    /// <param name="Given">How many arguments <c>new(...)</c> has; null where the type is named.</param>
    private readonly record struct Form(string? Name, int? Given);

    /// <summary>Constructions of one form, bound one by one as far as somebody asks.</summary>
    private sealed class AlikePlaces(
        BaseObjectCreationExpressionSyntax[] places, SourceGraphs graphs, CancellationToken cancellationToken)
    {
        private readonly Dictionary<ITypeSymbol, List<BaseObjectCreationExpressionSyntax>> _byType = new(SymbolEqualityComparer.Default);
        private int _bound;

        /// <summary>Those that make a type, or one more of them than counts.</summary>
        public BaseObjectCreationExpressionSyntax[] Of(INamedTypeSymbol type)
        {
            lock (_byType)
            {
                if (!_byType.TryGetValue(type, out List<BaseObjectCreationExpressionSyntax>? made))
                {
                    _byType[type] = made = [];
                }

                for (; made.Count <= FlowLimits.Constructions && _bound < places.Length; _bound++)
                {
                    Bind(places[_bound]);
                }

                return [.. made.Take(FlowLimits.Constructions + 1)];
            }
        }

        private void Bind(BaseObjectCreationExpressionSyntax place)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (graphs.OperationOf(place)?.Type?.OriginalDefinition is not { } made)
            {
                return;
            }

            if (!_byType.TryGetValue(made, out List<BaseObjectCreationExpressionSyntax>? known))
            {
                _byType[made] = known = [];
            }

            known.Add(place);
        }
    }
}
