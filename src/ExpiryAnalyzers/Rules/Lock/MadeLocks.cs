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
/// <param name="Episode">The lock, as the constructor takes it.</param>
/// <param name="Body">The body of the constructor.</param>
/// <param name="End">The call that gives it back.</param>
internal sealed record MadeLock(LockEpisode Episode, Body Body, CacheCall End)
{
    /// <summary>The parameter of the constructor that is the TTL; null where none is.</summary>
    public IParameterSymbol? Ttl { get; } =
        Body.ValuesOf(Episode.Expiry).Alternatives is [{ Parameter: { } ttl, Passage: Passage.Unchanged }] &&
        SymbolEqualityComparer.Default.Equals(ttl.ContainingSymbol, Body.Member) ? ttl : null;

    /// <summary>
    /// Whether only the object says whether it got the lock: the constructor keeps the answer, does not look at it, and others can.
    /// </summary>
    public bool LeavesAnswer { get; } = IsLeft(Episode.Take.Operation.Answer(), Body);

    private static bool IsLeft(IOperation answer, Body body) =>
        answer.Parent is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: { } member } target } kept &&
        kept.Parent is IExpressionStatementOperation && IsSeen(member, body.Knowledge.Summaries) &&
        !body.Operations.Any(part => part is IMemberReferenceOperation read && !ReferenceEquals(read, target) &&
            SymbolEqualityComparer.Default.Equals(read.Member, member));

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

        foreach (IMethodSymbol disposal in constructor.ContainingType.GetMembers().OfType<IMethodSymbol>()
            .Where(method => knowledge.Types.IsDisposal(method) && knowledge.Summaries.NamesClient(method)))
        {
            if (knowledge.Summaries.RootOf(disposal) is { } root && EndIn(BodyOf(root, disposal), constructor) is { } made)
            {
                return made;
            }
        }

        return null;
    }

    /// <summary>What gives back, in the disposal, what the constructor takes.</summary>
    private static MadeLock? EndIn(Body disposal, IMethodSymbol constructor)
    {
        foreach (CacheCall end in disposal.Calls.Where(static call => call.Has(Effect.ReleaseLock | Effect.Delete)))
        {
            LockMember? taking = new HandleTakes(end, disposal).All
                .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(member.Method, constructor));
            if (taking is not null && LockEpisode.Taken(taking.Call, taking.Body) is { } episode)
            {
                return new(episode, taking.Body, end);
            }
        }

        return null;
    }

    private Body BodyOf(IOperation root, IMethodSymbol method) =>
        new(knowledge, root, knowledge.Summaries.Depth, knowledge.CancellationToken) { Owner = method };
}
