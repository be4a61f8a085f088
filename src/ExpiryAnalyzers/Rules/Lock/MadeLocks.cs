using System.Collections.Concurrent;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>A lock that a constructor takes, and that the disposal of its object gives back.</summary>
internal sealed class MadeLock
{
    public MadeLock(LockMember taking, CacheCall end, LockEpisode episode, Body body)
    {
        Taking = taking;
        End = end;
        Ttl = body.ValuesOf(episode.Expiry).Alternatives is [{ Parameter: { } ttl, Passage: Passage.Unchanged }] &&
            SymbolEqualityComparer.Default.Equals(ttl.ContainingSymbol, body.Member) ? ttl : null;
        LeavesAnswer = IsLeft(taking.Call.Operation.Answer(), body);
    }

    /// <summary>The call by which the constructor takes it.</summary>
    public LockMember Taking { get; }

    /// <summary>The call that gives it back.</summary>
    public CacheCall End { get; }

    /// <summary>The parameter of the constructor that is the TTL; null where none is.</summary>
    public IParameterSymbol? Ttl { get; }

    /// <summary>
    /// Whether only the object says whether it got the lock: the constructor keeps the answer, does not look at it, and others can.
    /// </summary>
    public bool LeavesAnswer { get; }

    private static bool IsLeft(IOperation answer, Body body) =>
        answer.Parent is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: { } member } target } kept &&
        kept.Parent is IExpressionStatementOperation && IsSeen(member, body.Knowledge.Summaries) &&
        !body.Operations.Any(CallsOwn) && !body.Operations.Any(part => part is IMemberReferenceOperation read &&
            !ReferenceEquals(read, target) && SymbolEqualityComparer.Default.Equals(read.Member, member));

    /// <summary>Whether a constructor calls another member of its object, which may look at the answer.</summary>
    private static bool CallsOwn(IOperation operation) => operation is IInvocationOperation
    {
        Instance: IInstanceReferenceOperation,
        TargetMethod.MethodKind: not MethodKind.Constructor,
    };

    /// <summary>Whether whoever has the object can read a member, be it by a property that gives it.</summary>
    private static bool IsSeen(ISymbol member, Summaries summaries) => member.DeclaredAccessibility != Accessibility.Private ||
        member.ContainingType.GetMembers().OfType<IPropertySymbol>().Any(property =>
            property.DeclaredAccessibility != Accessibility.Private &&
            summaries.GetterOf(property)?.WithoutConversions() is IMemberReferenceOperation given &&
            SymbolEqualityComparer.Default.Equals(given.Member, member));
}

/// <summary>The locks that the constructors of the user's own handles take. Kept for the compilation. Thread-safe.</summary>
internal sealed class MadeLocks(Knowledge knowledge)
{
    private readonly ConcurrentDictionary<IMethodSymbol, MadeLock?> _locks = new(SymbolEqualityComparer.Default);

    /// <summary>The lock that the making of an object takes; null where it takes none.</summary>
    public static MadeLock? Of(IObjectCreationOperation made, Knowledge knowledge) =>
        made is { Constructor: { } constructor } ? Of(constructor, knowledge) : null;

    /// <summary>The lock that a constructor takes; null where it takes none.</summary>
    public static MadeLock? Of(IMethodSymbol constructor, Knowledge knowledge) =>
        constructor.MethodKind == MethodKind.Constructor && !constructor.IsImplicitlyDeclared &&
            constructor.IsOfSource(knowledge.Catalog.Compilation) && knowledge.Types.IsDisposable(constructor.ContainingType)
            ? knowledge.Remember(static knowledge => new MadeLocks(knowledge)).Of(constructor.OriginalDefinition)
            : null;

    private MadeLock? Of(IMethodSymbol constructor) =>
        _locks.TryGetValue(constructor, out MadeLock? made) ? made : _locks.GetOrAdd(constructor, Find(constructor));

    private MadeLock? Find(IMethodSymbol constructor)
    {
        if (!knowledge.Summaries.NamesClient(constructor))
        {
            return null;
        }

        foreach (LockMember end in TypeLocks.CallsOf(constructor.ContainingType, knowledge).Where(end =>
            end.Call.Has(Effect.ReleaseLock | Effect.Delete) && knowledge.Types.IsDisposal(end.Method)))
        {
            LockMember? taking = Array.Find(
                end.Ask(TypeLocks.TakesOf), member => SymbolEqualityComparer.Default.Equals(member.Method, constructor));
            if (taking?.Ask((call, body) => LockEpisode.Taken(call, body) is { } episode
                ? new MadeLock(taking, end.Call, episode, body)
                : null) is { } made)
            {
                return made;
            }
        }

        return null;
    }
}
