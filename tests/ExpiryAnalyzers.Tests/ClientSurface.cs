using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExpiryAnalyzers.Tests;

/// <summary>
/// What one version of the client offers under each name: which cases can end differently on another version follows from it.
/// </summary>
internal sealed partial class ClientSurface
{
    private static readonly SymbolDisplayFormat Signature = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeType
                | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeExtensionThis
            | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeParamsRefOut
                | SymbolDisplayParameterOptions.IncludeType);

    private static readonly ImmutableArray<ClientSurface> NewestFirst = [.. References.ClientVersions.Reverse().Select(version =>
        new ClientSurface(version))];

    private readonly string _version;
    private readonly ILookup<string, (string Owner, string Signature)> _members;
    private readonly ImmutableHashSet<string> _types;

    private ClientSurface(string version)
    {
        _version = version;
        ImmutableArray<INamedTypeSymbol> types = [.. Types(Client(version).GlobalNamespace)];
        _types = [.. types.Select(type => type.ToDisplayString())];
        _members = types.SelectMany(Entries).ToLookup(entry => entry.Name, entry => (entry.Owner, entry.Signature), StringComparer.Ordinal);
    }

    /// <summary>
    /// The versions on which a case with these sources (the code, and what a fix makes of it) must run: the newest, and each older one
    /// that offers something else under a name that stands in the sources. Where every name means the same, the same code is bound to the
    /// same overloads.
    /// With <c>EXPIRY_TEST_CLIENTS=all</c> in the environment it is every version.
    /// </summary>
    public static ImmutableArray<string> Versions(params string[] sources)
    {
        if (Environment.GetEnvironmentVariable("EXPIRY_TEST_CLIENTS") == "all")
        {
            return References.ClientVersions;
        }

        ImmutableHashSet<string> names = [.. sources.SelectMany(source => Name().Matches(source)).Select(match => match.Value)];
        List<ClientSurface> chosen = [];
        foreach (ClientSurface surface in NewestFirst)
        {
            if (chosen.TrueForAll(newer => names.Any(name => !Same(surface, newer, name))))
            {
                chosen.Add(surface);
            }
        }

        return [.. chosen.Select(surface => surface._version).Reverse()];
    }

    // Members of a type that only one version has do not count: code that reaches them names the type, or the member that hands it out.
    private static bool Same(ClientSurface older, ClientSurface newer, string name) =>
        older.Under(name, newer).SetEquals(newer.Under(name, older));

    private ImmutableHashSet<string> Under(string name, ClientSurface other) =>
        [.. _members[name].Where(member => member.Owner.Length == 0 || other._types.Contains(member.Owner))
            .Select(member => member.Signature)];

    private static IEnumerable<(string Name, string Owner, string Signature)> Entries(INamedTypeSymbol type) =>
        type.GetMembers()
            .Where(member => member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected
                && member is not INamedTypeSymbol)
            .Select(member => (member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? type.Name
                : member.Name, type.ToDisplayString(), member.ToDisplayString(Signature)))
            .Append((type.Name, "", $"{type.TypeKind} {type.ToDisplayString()} : "
                + $"{string.Join(", ", type.AllInterfaces.Select(made => made.ToDisplayString()).Order(StringComparer.Ordinal))}"));

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) =>
        container.GetMembers().SelectMany(member => member switch
        {
            INamespaceSymbol inner => Types(inner),
            INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type => Types(type).Prepend(type),
            _ => [],
        });

    private static IAssemblySymbol Client(string version)
    {
        CSharpCompilation compilation = CSharpCompilation.Create("Surface", references: References.With(version));
        return compilation.GetTypeByMetadataName("StackExchange.Redis.IDatabase")!.ContainingAssembly;
    }

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Name();
}
