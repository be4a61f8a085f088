using System.Collections.Concurrent;
using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// What members of other assemblies do, read from what those assemblies carry and from the user's files. The rows are C#, so they are
/// compiled beside the project and analysed as its own members are: there is one engine for both. Thread-safe.
/// </summary>
internal sealed class Outlines
{
    private static readonly ImmutableDictionary<ISymbol, ISymbol> NoMembers =
        ImmutableDictionary.Create<ISymbol, ISymbol>(SymbolEqualityComparer.Default);

    private readonly Dictionary<string, OutlinedType> _types;
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableDictionary<ISymbol, ISymbol>> _members =
        new(SymbolEqualityComparer.Default);

    private readonly OutlineText _text;

    private Outlines(Knowledge knowledge, IReadOnlyList<OutlinedType> types, OutlineText text)
    {
        _text = text;
        Knowledge = knowledge;
        _types = types.ToDictionary(static type => type.Type, StringComparer.Ordinal);
    }

    /// <summary>What holds for the rows' own compilation.</summary>
    public Knowledge Knowledge { get; }

    /// <summary>Reads all rows that are in view; null where there are none.</summary>
    /// <param name="compilation">The compilation that is analysed.</param>
    /// <param name="files">The user's files.</param>
    /// <param name="libraries">The clients' tables.</param>
    /// <param name="know">Makes the knowledge of the rows' compilation.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static Outlines? Read(
        Compilation compilation,
        ImmutableArray<AdditionalText> files,
        IReadOnlyList<ApiLibrary> libraries,
        Func<ApiCatalog, Knowledge> know,
        CancellationToken cancellationToken)
    {
        OutlineText text = new(new TypesInView(compilation));
        foreach (string carried in CarriedBy(compilation, cancellationToken))
        {
            text.Add(SourceText.From(carried), isCarried: true);
        }

        foreach (AdditionalText file in files)
        {
            if (SinksFile.Is(file) && file.GetText(cancellationToken) is { } written)
            {
                text.Add(written, isCarried: false);
            }
        }

        if (text.IsEmpty)
        {
            return null;
        }

        (string source, IReadOnlyList<OutlinedType> types) = text.Write();
        Compilation outlined = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(OutlineSyntax.Parse(source, cancellationToken));
        return ApiCatalog.Create(outlined, libraries: libraries) is { } catalog ? new(know(catalog), types, text) : null;
    }

    /// <summary>Whether anything may tell of other assemblies' members.</summary>
    public static bool AreInView(Compilation compilation, ImmutableArray<AdditionalText> files, CancellationToken cancellationToken) =>
        files.Any(SinksFile.Is) || CarriedBy(compilation, cancellationToken).Any();

    private static IEnumerable<string> CarriedBy(Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!FrameworkAssemblies.Holds(assembly) && TextOf(assembly) is { } carried)
            {
                yield return carried;
            }
        }
    }

    /// <summary>The rows that an assembly carries.</summary>
    private static string? TextOf(IAssemblySymbol assembly)
    {
        foreach (AttributeData attribute in assembly.GetAttributes())
        {
            if (attribute.ConstructorArguments is [{ Value: OutlineText.Key }, { Value: string text }])
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>The method that does what a method of another assembly does, as far as that is told.</summary>
    public IMethodSymbol? Of(IMethodSymbol method) => Find((method.ReducedFrom ?? method).OriginalDefinition) as IMethodSymbol;

    /// <summary>The getter that answers as a property of another assembly does.</summary>
    public IMethodSymbol? Of(IPropertySymbol property) => (Find(property.OriginalDefinition) as IPropertySymbol)?.GetMethod;

    /// <summary>The clients' members as the rows write them, and how the members are called that the rows are about.</summary>
    public OutlinedApis Apis
    {
        get
        {
            (string Name, Reach Reach)[] members =
            [
                .. _types.Values.SelectMany(MembersOf).Where(member => member.Member is IMethodSymbol method && IsTelling(method))
                    .Select(member => (member.Row.Name, Knowledge.Summaries.MayReach((IMethodSymbol)member.Member))),
            ];
            return new(
                Knowledge.Catalog,
                [.. members.Select(static member => member.Name)],
                [.. members.Where(static member => (member.Reach & Reach.Expire) != 0).Select(static member => member.Name)],
                [.. members.Where(static member => (member.Reach & Reach.Lock) != 0).Select(static member => member.Name)]);
        }
    }

    /// <summary>Whether code that calls a method is of interest for that alone.</summary>
    private bool IsTelling(IMethodSymbol method) => method.Parameters.Any(parameter => Knowledge.MayBeTime(parameter.Type)) ||
        (Knowledge.Summaries.MayReach(method) & (Reach.Expire | Reach.Lock)) != 0;

    /// <summary>Whether an assembly that is referenced carries what a member does, and not only a file of the user's tells of it.</summary>
    public bool IsCarried(ISymbol member) => IsOneOf(_text.Carried, member);

    /// <summary>Whether what a member does was worked out from its body, and not written by hand.</summary>
    public bool IsWorkedOut(ISymbol member) => IsOneOf(_text.WorkedOut, member);

    private bool IsOneOf(HashSet<string> ids, ISymbol member) => Find(member) is not null &&
        member.OriginalDefinition.GetDocumentationCommentId() is { } id && ids.Contains(id);

    private ISymbol? Find(ISymbol member) =>
        member.ContainingType is { } type && _members.GetOrAdd(type, MembersOf).TryGetValue(member, out ISymbol? outlined)
            ? outlined
            : null;

    private ImmutableDictionary<ISymbol, ISymbol> MembersOf(INamedTypeSymbol type)
    {
        // "T:" stands before a type's name.
        if (type.OriginalDefinition.GetDocumentationCommentId() is not { Length: > 2 } id ||
            !_types.TryGetValue(id.Substring(2), out OutlinedType? outlined))
        {
            return NoMembers;
        }

        Dictionary<string, ISymbol> byId = new(StringComparer.Ordinal);
        foreach ((OutlineRow row, ISymbol member) in MembersOf(outlined))
        {
            byId[row.Id] = member;
        }

        ImmutableDictionary<ISymbol, ISymbol>.Builder members = NoMembers.ToBuilder();
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IMethodSymbol or IPropertySymbol &&
                member.GetDocumentationCommentId() is { } name && byId.TryGetValue(name, out ISymbol? found))
            {
                members[member] = found;
            }
        }

        return members.ToImmutable();
    }

    private IEnumerable<(OutlineRow Row, ISymbol Member)> MembersOf(OutlinedType outlined)
    {
        if (Knowledge.Catalog.Compilation.Assembly.GetTypeByMetadataName(outlined.ClassName) is { } type)
        {
            for (int i = 0; i < outlined.Rows.Count; i++)
            {
                if (outlined.MemberOf(type, i) is { } member)
                {
                    yield return (outlined.Rows[i], member);
                }
            }
        }
    }
}
