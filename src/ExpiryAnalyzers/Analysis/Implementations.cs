using System.Collections.Concurrent;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// Which member of the source a use of a member runs: itself, or, of an interface's and of a virtual one, the only one that stands
/// for it. An interface of the source with one implementation beside it was cut for that one. A class that is made around another object
/// of the interface does not count where it only passes the call on; else it tells that there are more. A virtual member with a body may
/// be replaced by heirs that are not in view, unless its class can have none. Kept for the compilation; thread-safe.
/// </summary>
internal sealed class Implementations(
    Compilation compilation, SourceGraphs graphs, bool isOff, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<ISymbol, ISymbol?> _known = new(SymbolEqualityComparer.Default);
    private readonly object _gate = new();
    private Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>>? _heirs;

    /// <summary>The method of the source that a call runs; null where that is not certain.</summary>
    public IMethodSymbol? Of(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return isOff || !method.IsOfSource(compilation) ? null
            : IsReplaceable(method) ? (IMethodSymbol?)_known.GetOrAdd(method, Find)
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
        return !isOff && run is IMethodSymbol { IsAbstract: false } known && known.IsOfSource(compilation) ? known : null;
    }

    /// <summary>The property of the source whose accessors a use runs; null where that is not certain.</summary>
    public IPropertySymbol? Of(IPropertySymbol property)
    {
        property = property.OriginalDefinition;
        return isOff || !property.IsOfSource(compilation) ? null
            : IsReplaceable(property) ? (IPropertySymbol?)_known.GetOrAdd(property, Find)
            : property;
    }

    private static bool IsReplaceable(ISymbol member) =>
        member.IsAbstract ||
        ((member.IsVirtual || (member.IsOverride && !member.IsSealed)) && member.ContainingType is not { IsSealed: true }) ||
        (!member.IsStatic && member.ContainingType is { TypeKind: TypeKind.Interface });

    private ISymbol? Find(ISymbol member)
    {
        INamedTypeSymbol type = member.ContainingType.OriginalDefinition;
        if (type.TypeKind != TypeKind.Interface && !member.IsAbstract && !IsClosed(type))
        {
            return null;
        }

        ISymbol? only = null;
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

            if (only is not null && !SymbolEqualityComparer.Default.Equals(only, body))
            {
                return null;
            }

            only = body;
        }

        return only?.IsOfSource(compilation) == true ? only : null;
    }

    /// <summary>Whether objects of a type are made around another object of a contract, which then has a further implementation.</summary>
    private static bool Decorates(INamedTypeSymbol type, INamedTypeSymbol contract) =>
        contract.TypeKind == TypeKind.Interface && type.InstanceConstructors.Any(constructor =>
            constructor.Parameters.Any(parameter => AreSame(parameter.Type.OriginalDefinition, contract)));

    /// <summary>Whether all that a member does is to call the same member of another object with what it is handed.</summary>
    private bool PassesOn(ISymbol body, ISymbol member)
    {
        if (body is not IMethodSymbol method || !Decorates(method.ContainingType, member.ContainingType) ||
            graphs.RootOf(method, FlowLimits.MemberLength) is not { } root)
        {
            return false;
        }

        IInvocationOperation[] calls = [.. root.Descendants().OfType<IInvocationOperation>().Take(2)];
        return calls is [{ } call] && AreSame(call.TargetMethod.OriginalDefinition, member) && call.Arguments.All(argument =>
            argument.Value is IParameterReferenceOperation { Parameter: { } handed } && AreSame(handed.ContainingSymbol, method) &&
            handed.Ordinal == argument.Parameter?.Ordinal);
    }

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

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };

    /// <summary>Whether no other assembly can derive from a class.</summary>
    private bool IsClosed(INamedTypeSymbol type)
    {
        if (compilation.Options.OutputKind is
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

    private List<INamedTypeSymbol> HeirsOf(INamedTypeSymbol type)
    {
        lock (_gate)
        {
            _heirs ??= CollectHeirs();
            return _heirs.TryGetValue(type, out List<INamedTypeSymbol>? heirs) ? heirs : [];
        }
    }

    /// <summary>The types of the source below each type of the source.</summary>
    private Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> CollectHeirs()
    {
        Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> heirs = new(SymbolEqualityComparer.Default);
        Stack<INamespaceOrTypeSymbol> open = new([compilation.Assembly.GlobalNamespace]);
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            INamespaceOrTypeSymbol container = open.Pop();
            if (container is INamedTypeSymbol type)
            {
                for (INamedTypeSymbol? above = type.BaseType; above is not null; above = above.BaseType)
                {
                    Add(above, type);
                }

                foreach (INamedTypeSymbol implemented in type.AllInterfaces)
                {
                    Add(implemented, type);
                }
            }

            foreach (INamespaceOrTypeSymbol inner in container is INamespaceSymbol space ? space.GetMembers() : container.GetTypeMembers())
            {
                open.Push(inner);
            }
        }

        return heirs;

        void Add(INamedTypeSymbol above, INamedTypeSymbol type)
        {
            above = above.OriginalDefinition;
            if (!above.IsOfSource(compilation))
            {
                return;
            }

            heirs.AddTo(above, type);
        }
    }
}
