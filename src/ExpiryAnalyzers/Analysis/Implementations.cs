using System.Collections.Concurrent;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// Which member of the source a use of a member runs: itself, or, of an interface's and of a virtual one, the only one that stands for
/// it. An interface of the source with one implementation beside it was cut for that one. A class that is made around another object of
/// the interface does not count where it passes the call on with its times; else it tells that there are more. A virtual member with a
/// body may be replaced by heirs that are not in view, unless its class can have none. An interface that another assembly declares is
/// judged like one of the source, unless that assembly implements it too, or one that is referenced tells of an implementation. Kept for
/// the compilation; thread-safe.
/// </summary>
/// <param name="catalog">The clients, whose own types are no contracts of the user's.</param>
/// <param name="graphs">The bodies of the source.</param>
/// <param name="trees">What was read of the source files.</param>
/// <param name="outlines">What members of other assemblies do; null where nothing tells.</param>
/// <param name="isOff">Whether the source is not looked into at all.</param>
/// <param name="cancellationToken">Ends the work.</param>
internal sealed class Implementations(
    ApiCatalog catalog, SourceGraphs graphs, TreeMemory trees, Outlines? outlines, bool isOff, CancellationToken cancellationToken)
{
    private readonly Compilation _compilation = catalog.Compilation;
    private readonly ConcurrentDictionary<ISymbol, ISymbol?> _known = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, List<ISymbol>?> _real = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, IReadOnlyList<IMethodSymbol>> _inView = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _owned = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _homes = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _rivals = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, IReadOnlyList<INamedTypeSymbol>> _heirs = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<string, ILookup<INamedTypeSymbol, INamedTypeSymbol>> _direct = new(StringComparer.Ordinal);
    private readonly Lazy<ILookup<string, TypeDeclarationSyntax>> _byBaseName =
        new(() => ByBaseName(catalog.Compilation, trees, cancellationToken));

    /// <summary>The method of the source that a call runs; null where that is not certain.</summary>
    public IMethodSymbol? Of(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return isOff ? null
            : !method.IsOfSource(_compilation) ? (IMethodSymbol?)OfContract(method)
            : IsReplaceable(method) ? (IMethodSymbol?)_known.GetOrAdd(method, this, static (key, own) => own.Find(key))
            : method.PartialImplementationPart ?? method;
    }

    /// <summary>
    /// The method of the source that a call runs: of a virtual one, what the receiver's own class has where that can have no heirs.
    /// </summary>
    public IMethodSymbol? Of(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (method.ReducedFrom is not null || method.IsStatic || method.IsAbstract ||
            method.ContainingType is not { TypeKind: TypeKind.Class } || !IsReplaceable(method) ||
            (invocation.IsVirtual && invocation.Instance?.Type is not { IsSealed: true }))
        {
            return Of(method);
        }

        // base.Keep(...) runs what it names.
        ISymbol run = invocation.IsVirtual && invocation.Instance?.Type is INamedTypeSymbol receiver
            ? LastOverride(method.OriginalDefinition, receiver)
            : method.OriginalDefinition;
        return !isOff && run is IMethodSymbol { IsAbstract: false } known && known.IsOfSource(_compilation) ? known : null;
    }

    /// <summary>The property of the source whose accessors a use runs; null where that is not certain.</summary>
    public IPropertySymbol? Of(IPropertySymbol property)
    {
        property = property.OriginalDefinition;
        return isOff ? null
            : !property.IsOfSource(_compilation) ? (IPropertySymbol?)OfContract(property)
            : IsReplaceable(property) ? (IPropertySymbol?)_known.GetOrAdd(property, this, static (key, own) => own.Find(key))
            : property;
    }

    /// <summary>
    /// Whether a call of another assembly's method runs the body of which that tells: of a virtual one, which heirs may replace, where it
    /// is called as that of the base, or on an object of a class that can have none.
    /// </summary>
    public static bool RunsAsTold(IInvocationOperation invocation) => IsContractMember(invocation.TargetMethod) ||
        !IsReplaceable(invocation.TargetMethod) ||
        (!invocation.TargetMethod.IsStatic && (!invocation.IsVirtual || invocation.Instance?.Type is { IsSealed: true }));

    /// <summary>Whether every use of another assembly's member runs the body of which that tells.</summary>
    public static bool RunsAsTold(ISymbol member) => IsContractMember(member) || !IsReplaceable(member);

    /// <summary>Whether what stands for a member is what a row of it tells.</summary>
    private static bool IsContractMember(ISymbol member) =>
        member.IsAbstract || (!member.IsStatic && member.ContainingType is { TypeKind: TypeKind.Interface });

    /// <summary>
    /// Whether the source has a body of its own for a member: the member's, or that of an implementation, one that only passes on not
    /// counted.
    /// </summary>
    public bool HasOwn(ISymbol member) => IsContractMember(member)
        ? _owned.GetOrAdd(member.ContainingType.OriginalDefinition, type =>
            HeirsOf(type).Any(heir => !heir.IsAbstract && heir.TypeKind != TypeKind.Interface && !Decorates(heir, type)))
        : member.IsOfSource(_compilation);

    private ISymbol? OfContract(ISymbol member) =>
        member.IsAbstract ? _known.GetOrAdd(member, this, static (key, own) => own.FindForContract(key)) : null;

    /// <summary>What the source has for a member that another assembly declares without a body, and nobody else implements.</summary>
    private ISymbol? FindForContract(ISymbol member) =>
        IsContract(member.ContainingType.OriginalDefinition) && outlines?.IsCarried(member) != true ? Find(member) : null;

    private bool IsContract(INamedTypeSymbol type) =>
        !catalog.IsClient(type) && !KnownNamespace.Framework.Holds(type) && HeirsOf(type).Count > 0 &&
        !_homes.GetOrAdd(type, IsImplementedAtHome);

    /// <summary>Whether the assembly that declares a type has heirs of it too.</summary>
    private bool IsImplementedAtHome(INamedTypeSymbol contract) => HeirsAtHome(contract).Any();

    /// <summary>The same of what stands for the contract by itself, and is not made around another object of it.</summary>
    private bool HasRivalAtHome(INamedTypeSymbol contract) => HeirsAtHome(contract).Any(type => !Decorates(type, contract));

    private IEnumerable<INamedTypeSymbol> HeirsAtHome(INamedTypeSymbol contract) => TypesOf(contract.ContainingAssembly).Where(type =>
        type is { IsAbstract: false, TypeKind: TypeKind.Class or TypeKind.Struct } &&
        (contract.TypeKind == TypeKind.Interface
            ? type.AllInterfaces.Any(implemented => AreSame(implemented.OriginalDefinition, contract))
            : type.BaseType is { } above && AreSame(above.OriginalDefinition, contract)));

    private static bool IsReplaceable(ISymbol member) =>
        member.IsAbstract ||
        ((member.IsVirtual || (member.IsOverride && !member.IsSealed)) && member.ContainingType is not { IsSealed: true }) ||
        (!member.IsStatic && member.ContainingType is { TypeKind: TypeKind.Interface });

    private ISymbol? Find(ISymbol member) =>
        RealOf(member) is [{ } only] && only.IsOfSource(_compilation) ? only : null;

    /// <summary>
    /// The methods of the source that a call of a replaceable method may run; empty where there may be others, or what one does is not
    /// known.
    /// </summary>
    public IReadOnlyList<IMethodSymbol> AllOf(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        bool isKnown = method.IsOfSource(_compilation) ? IsReplaceable(method)
            : method.IsAbstract && IsContract(method.ContainingType.OriginalDefinition) && outlines?.IsCarried(method) != true;
        return !isOff && isKnown && RealOf(method) is { } real && real.All(body => body.IsOfSource(_compilation))
            ? [.. real.OfType<IMethodSymbol>()]
            : [];
    }

    /// <summary>
    /// The bodies in the source that a call of a class's method may run, its own and the overriding ones; there may be others.
    /// </summary>
    public IReadOnlyList<IMethodSymbol> InView(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        return !isOff && method.IsOfSource(_compilation) && method.ContainingType is { TypeKind: TypeKind.Class }
            ? _inView.GetOrAdd(method, FindInView)
            : [];
    }

    private IReadOnlyList<IMethodSymbol> FindInView(IMethodSymbol method) =>
        [.. Overriding(method, method.ContainingType.OriginalDefinition).OfType<IMethodSymbol>().Where(static body => !body.IsAbstract)];

    /// <summary>What stands in the source for a contract's member; null where that is not certain.</summary>
    public IReadOnlyList<ISymbol>? StandingFor(ISymbol member) =>
        member.IsOfSource(_compilation) || !_rivals.GetOrAdd(member.ContainingType.OriginalDefinition, HasRivalAtHome)
            ? RealOf(member)
            : null;

    /// <summary>What stands for a replaceable member; null where that is not certain.</summary>
    private List<ISymbol>? RealOf(ISymbol member) => _real.GetOrAdd(member, this, static (key, own) => own.RealOnes(key));

    private List<ISymbol>? RealOnes(ISymbol member)
    {
        INamedTypeSymbol type = member.ContainingType.OriginalDefinition;
        if (type.TypeKind != TypeKind.Interface && !member.IsAbstract && !IsClosed(type))
        {
            return null;
        }

        List<ISymbol> real = [];
        foreach (ISymbol body in type.TypeKind == TypeKind.Interface ? Implementing(member, type) : Overriding(member, type))
        {
            if (PassesOn(body, member))
            {
                continue;
            }

            if (Decorates(body.ContainingType, type))
            {
                return null;
            }

            if (!real.Contains(body, SymbolEqualityComparer.Default))
            {
                real.Add(body);
            }
        }

        return real;
    }

    /// <summary>Whether objects of a type are made around another object of a contract, which then has a further implementation.</summary>
    public static bool Decorates(INamedTypeSymbol type, INamedTypeSymbol contract) =>
        contract.TypeKind == TypeKind.Interface && type.InstanceConstructors.Any(constructor =>
            constructor.Parameters.Any(parameter => AreSame(parameter.Type.OriginalDefinition, contract)));

    /// <summary>
    /// Whether a member calls the same member of another object, with the times that it is handed: whatever it does beside that, what
    /// becomes of them is the other's matter.
    /// </summary>
    private bool PassesOn(ISymbol body, ISymbol member)
    {
        if (body is not IMethodSymbol method || !Decorates(method.ContainingType, member.ContainingType) ||
            graphs.RootOf(method, FlowLimits.MemberLength) is not { } root)
        {
            return false;
        }

        IInvocationOperation[] calls =
        [
            .. root.Descendants().OfType<IInvocationOperation>()
                .Where(call => AreSame(call.TargetMethod.OriginalDefinition, member)).Take(2),
        ];
        return calls is [{ } call] && call.Arguments.All(argument => !MayBeTime(argument.Parameter?.Type) ||
            (argument.Value is IParameterReferenceOperation { Parameter: { } handed } && AreSame(handed.ContainingSymbol, method) &&
                handed.Ordinal == argument.Parameter?.Ordinal));
    }

    private bool MayBeTime(ITypeSymbol? type) => catalog.Types.IsInstant(type) || catalog.Types.IsDuration(type) ||
        WellKnownTypes.IsWholeNumber(WellKnownTypes.Bare(type)) || catalog.FindExpiryType(type) is not null || catalog.IsOptions(type);

    /// <summary>
    /// What every type that one can have an object of runs for an interface's member; a type that brings it from elsewhere counts too.
    /// </summary>
    private IEnumerable<ISymbol> Implementing(ISymbol member, INamedTypeSymbol contract)
    {
        foreach (INamedTypeSymbol heir in HeirsOf(contract))
        {
            if (heir.TypeKind == TypeKind.Interface || heir.IsAbstract)
            {
                continue;
            }

            foreach (INamedTypeSymbol implemented in heir.AllInterfaces)
            {
                if (SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, contract) &&
                    implemented.GetMembers(member.Name).FirstOrDefault(own => AreSame(own.OriginalDefinition, member)) is { } asked &&
                    heir.FindImplementationForInterfaceMember(asked) is { } implementation)
                {
                    yield return LastOverride(implementation.OriginalDefinition, heir);
                }
            }
        }
    }

    private IEnumerable<ISymbol> Overriding(ISymbol member, INamedTypeSymbol type)
    {
        if (!member.IsAbstract)
        {
            yield return member;
        }

        foreach (INamedTypeSymbol heir in HeirsOf(type))
        {
            foreach (ISymbol candidate in heir.GetMembers(member.Name))
            {
                for (ISymbol? overridden = Overridden(candidate); overridden is not null; overridden = Overridden(overridden))
                {
                    if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, member))
                    {
                        yield return candidate;
                        break;
                    }
                }
            }
        }
    }

    /// <summary>What an object of a type runs for a member that the type or one of its bases declares.</summary>
    private static ISymbol LastOverride(ISymbol member, INamedTypeSymbol heir)
    {
        for (INamedTypeSymbol? type = heir; type is not null; type = type.BaseType)
        {
            if (AreSame(type.OriginalDefinition, member.ContainingType))
            {
                break;
            }

            foreach (ISymbol candidate in type.GetMembers(member.Name))
            {
                for (ISymbol? overridden = Overridden(candidate); overridden is not null; overridden = Overridden(overridden))
                {
                    if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, member))
                    {
                        return candidate.OriginalDefinition;
                    }
                }
            }
        }

        return member;
    }

    private static bool AreSame(ISymbol one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);

    /// <summary>What a member overrides.</summary>
    public static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };

    /// <summary>Whether no other assembly can derive from a class.</summary>
    private bool IsClosed(INamedTypeSymbol type)
    {
        if (_compilation.Options.OutputKind is
                OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication ||
            type.InstanceConstructors.All(static constructor => IsHidden(constructor)))
        {
            return true;
        }

        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (IsHidden(current))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHidden(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal;

    /// <summary>
    /// The types of the source below a type. Looked for by the names that declarations derive from: to ask every type of the source for
    /// what is above it would cost as much as to compile their heads.
    /// </summary>
    public IReadOnlyList<INamedTypeSymbol> HeirsOf(INamedTypeSymbol type) => _heirs.GetOrAdd(type, FindHeirs);

    private IReadOnlyList<INamedTypeSymbol> FindHeirs(INamedTypeSymbol type)
    {
        List<INamedTypeSymbol> heirs = [];
        HashSet<INamedTypeSymbol> seen = new(SymbolEqualityComparer.Default);
        Queue<INamedTypeSymbol> open = new([type]);
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            INamedTypeSymbol above = open.Dequeue();
            foreach (INamedTypeSymbol heir in _direct.GetOrAdd(above.Name, FindDirect)[above])
            {
                if (seen.Add(heir))
                {
                    heirs.Add(heir);
                    open.Enqueue(heir);
                }
            }
        }

        return heirs;
    }

    /// <summary>The types that name one of a name among their bases, by their bases.</summary>
    private ILookup<INamedTypeSymbol, INamedTypeSymbol> FindDirect(string name) => _byBaseName.Value[name]
        .Select(graphs.DeclaredBy)
        .OfType<INamedTypeSymbol>()
        .SelectMany(
            static heir => heir.BaseType is { } parent ? heir.Interfaces.Insert(0, parent) : heir.Interfaces,
            static (heir, above) => (Heir: heir, Above: above.OriginalDefinition))
        .ToLookup(static one => one.Above, static one => one.Heir, (IEqualityComparer<INamedTypeSymbol>)SymbolEqualityComparer.Default);

    /// <summary>The declarations of the source that derive from something, by the simple names of what they derive from.</summary>
    private static ILookup<string, TypeDeclarationSyntax> ByBaseName(
        Compilation compilation, TreeMemory trees, CancellationToken cancellationToken)
    {
        DerivingInFile[] files = [.. compilation.SyntaxTrees.Select(tree => trees.Of(tree, tree => Read(tree, cancellationToken)))];
        ILookup<string, string> namesOf = files.SelectMany(static file => file.Aliases)
            .ToLookup(static alias => alias.Alias, static alias => alias.Name, StringComparer.Ordinal);
        return files.SelectMany(static file => file.Types)
            .SelectMany(one => namesOf[one.Name].Append(one.Name), static (one, name) => (Name: name, one.Declaration))
            .ToLookup(static one => one.Name, static one => one.Declaration, StringComparer.Ordinal);
    }

    private static DerivingInFile Read(SyntaxTree tree, CancellationToken cancellationToken)
    {
        List<(string Name, TypeDeclarationSyntax Declaration)> deriving = [];
        List<(string Alias, string Name)> aliases = [];
        foreach (SyntaxNode node in TypeNodes.Of(tree, cancellationToken))
        {
            if (node is UsingDirectiveSyntax { Alias: { } alias, Name: { } target })
            {
                aliases.Add((alias.Name.Identifier.ValueText, NameOf(target)));
            }
            else if (node is TypeDeclarationSyntax { BaseList: { } bases } declaration)
            {
                deriving.AddRange(bases.Types.Select(type => (NameOf(type.Type), declaration)));
            }
        }

        return new(deriving, aliases);
    }

    /// <summary>The types of a file that derive from something, and the other names that it gives types.</summary>
    private sealed record DerivingInFile(
        IReadOnlyList<(string Name, TypeDeclarationSyntax Declaration)> Types, IReadOnlyList<(string Alias, string Name)> Aliases);

    /// <summary>The last of the names that a type is written with.</summary>
    private static string NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax { Right: { } right } => right.Identifier.ValueText,
        AliasQualifiedNameSyntax { Name: { } name } => name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    /// <summary>All types of an assembly.</summary>
    private IEnumerable<INamedTypeSymbol> TypesOf(IAssemblySymbol assembly)
    {
        Stack<INamespaceOrTypeSymbol> open = new([assembly.GlobalNamespace]);
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            INamespaceOrTypeSymbol container = open.Pop();
            if (container is INamedTypeSymbol type)
            {
                yield return type;
            }

            foreach (INamespaceOrTypeSymbol inner in container is INamespaceSymbol space ? space.GetMembers() : container.GetTypeMembers())
            {
                open.Push(inner);
            }
        }
    }
}
