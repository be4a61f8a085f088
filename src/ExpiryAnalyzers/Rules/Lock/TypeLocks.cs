using System.Collections.Concurrent;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>A call by which a member of a type takes, prolongs or gives back a lock that another member has to do with.</summary>
internal sealed record LockMember(IMethodSymbol Method, CacheCall Call, Body Body)
{
    /// <summary>
    /// What keys of this sort have in common, or that the caller hands the key in; null where neither is known. Members meet by it.
    /// </summary>
    public string? Sort { get; } = Body.Keys.ShapeOf(KeyOf(Call, Body)) ?? (IsHandedIn(Call, Body) ? "" : null);

    /// <summary>
    /// Whether the call gives a lock back, or prolongs it. A plain delete does so only where its member, or its key, speaks of it: another
    /// deletes a claim that was made for good.
    /// </summary>
    public bool Ends => Call.Has(Effect.ReleaseLock | Effect.ExtendLock) ||
        ((Call.Has(Effect.Delete) || Call.Deletes) && IsNamedForRelease);

    /// <summary>Whether its own member takes a lock of the sort, which then is the one that the call has to do with.</summary>
    public bool IsBesideTake => Body.Calls.Any(own => LockCalls.MayTake(own) && new LockMember(Method, own, Body).Sort == Sort);

    /// <summary>Whether the call is one that locks have of their own, and no write or delete that may serve anything else.</summary>
    public bool IsOfLocksAlone => Call.Has(Effect.TakeLock | Effect.ReleaseLock);

    private bool IsNamedForRelease => NameHints.ReleaseWord.Fits(Method.Name) || Body.Knowledge.Types.IsDisposal(Method) ||
        (Sort is { Length: > 0 } shape && NameHints.Lock.Fits(shape));

    /// <summary>The key of a call, or the only one that the commands of its script touch.</summary>
    private static Key? KeyOf(CacheCall call, Body body) =>
        call.KeyExpression is { } written ? body.Keys.TreeOf(written) : call.OnlyKey;

    private static bool IsHandedIn(CacheCall call, Body body) => call.KeyExpression is { } key
        ? body.Resolved(key) is IParameterReferenceOperation
        : KeyOf(call, body) is { Kind: KeyKind.Var, Symbol: IParameterSymbol };
}

/// <summary>
/// The locks that one member of a type takes and another gives back, for others to call. Asked for only where a rule has a candidate:
/// one look at the type, in all of its parts. Kept for the compilation. Thread-safe.
/// </summary>
internal sealed class TypeLocks
{
    private readonly Knowledge _knowledge;
    private readonly ConcurrentDictionary<INamedTypeSymbol, ILookup<string, LockMember>> _members = new(SymbolEqualityComparer.Default);

    private TypeLocks(Knowledge knowledge) => _knowledge = knowledge;

    /// <summary>
    /// The calls of other members that prolong or give back what a call takes for whoever calls its member, those of the handle included
    /// that its member makes. Not a release of what its own member takes, and not one whose partner is another member, where both are
    /// handed any key.
    /// </summary>
    public static IEnumerable<LockMember> EndsOf(CacheCall take, Body body)
    {
        LockMember[] beside = [.. BesideOf(take, body)];
        bool isAnyWrite = !take.Has(Effect.TakeLock) && Array.Exists(beside, static other => other is { Sort: "", IsOfLocksAlone: true } &&
            LockCalls.MayTake(other.Call));
        return beside.Where(other => other.Ends && (other.Call.Has(Effect.ExtendLock) || !other.IsBesideTake) &&
                !(isAnyWrite && other.IsOfLocksAlone))
            .Concat(EndsByHandle(take, body));
    }

    /// <summary>Whether another member of the type, or the handle, may end the lock that a call takes: certain or not.</summary>
    public static bool MayEndElsewhere(CacheCall take, Body body) =>
        BesideOf(take, body).Any(static other => other.Ends) || EndsByHandle(take, body).Any();

    /// <summary>Whether a member gives back a lock that another takes.</summary>
    public static bool GivesBack(IMethodSymbol method, Knowledge knowledge) =>
        Of(knowledge, method.ContainingType).SelectMany(static members => members)
            .Any(member => member.Ends && SymbolEqualityComparer.Default.Equals(member.Method, method.OriginalDefinition));

    /// <summary>The calls that end a lock in the disposal of an object which the taking body makes and hands the key.</summary>
    private static IEnumerable<LockMember> EndsByHandle(CacheCall take, Body body) => take.Key is not { } key ? []
        : body.Remember(static body => new Handles(body)).On(key)
            .SelectMany(type => Of(body.Knowledge, type).SelectMany(static members => members))
            .Where(static end => end.Ends && end.Body.Knowledge.Types.IsDisposal(end.Method))
            .Where(static end => !HandleTakes.HangsOnOthers(end.Call, end.Body));

    /// <summary>
    /// The calls of other members that take what a call gives back for whoever calls its member, those of the members that make the object
    /// and hand it the key among them; none where its own member takes it.
    /// </summary>
    public static IEnumerable<LockMember> TakesOf(CacheCall release, Body body) =>
        body.Member is IMethodSymbol method && new LockMember(method, release, body) is { Ends: true, Sort: not null, IsBesideTake: false }
            ? BesideOf(release, body).Where(IsLeft).Concat(new HandleTakes(release, body).All)
            : [];

    /// <summary>Whether a call takes a lock that its own member does not give back.</summary>
    private static bool IsLeft(LockMember take) => LockCalls.MayTake(take.Call) &&
        LockEpisode.Taken(take.Call, take.Body) is { IsOfBody: true, Releases.Count: 0 };

    /// <summary>Whether two calls are of members of one type that take a lock and give it back, and are judged there.</summary>
    public static bool AreOfOneType(CacheCall take, CacheCall release, Knowledge knowledge)
    {
        if (take is not { Behind: { } taking, Wrapper.ContainingType: { } type } ||
            release is not { Behind: { } giving, Wrapper.ContainingType: { } other } || !SymbolEqualityComparer.Default.Equals(type, other))
        {
            return false;
        }

        // Another project's type is judged there, as its rows let one see.
        Knowledge? own = type.IsOfSource(knowledge.Catalog.Compilation) ? knowledge : knowledge.Outlined;
        LockMember? end = own is null ? null : Of(own, type).SelectMany(static members => members)
            .FirstOrDefault(member => member.Call.Syntax == giving.Syntax);
        return end is not null && TakesOf(end.Call, end.Body).Any(member => member.Call.Syntax == taking.Syntax);
    }

    private static ILookup<string, LockMember> Of(Knowledge knowledge, INamedTypeSymbol type) =>
        knowledge.Remember(static knowledge => new TypeLocks(knowledge)).Of(type.OriginalDefinition);

    /// <summary>The calls of the type's other members on keys of the same sort.</summary>
    private static IEnumerable<LockMember> BesideOf(CacheCall call, Body body) =>
        body.Member is IMethodSymbol { ContainingType: { } type } method && new LockMember(method, call, body).Sort is { } sort
            ? Of(body.Knowledge, type)[sort]
                .Where(other => !SymbolEqualityComparer.Default.Equals(other.Method, method.OriginalDefinition))
            : [];

    private ILookup<string, LockMember> Of(INamedTypeSymbol type) => _members.TryGetValue(type, out ILookup<string, LockMember>? members)
        ? members
        : _members.GetOrAdd(type, Look(type).Where(static member => member.Sort is not null).ToLookup(static member => member.Sort!));

    private IEnumerable<LockMember> Look(INamedTypeSymbol type)
    {
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>()
            .Where(method => !method.IsImplicitlyDeclared && _knowledge.Summaries.NamesClient(method))
            .OrderBy(static method => method.FilePath(), StringComparer.Ordinal))
        {
            _knowledge.CancellationToken.ThrowIfCancellationRequested();
            if (_knowledge.Summaries.RootOf(method) is not { } root)
            {
                continue;
            }

            Body body = new(_knowledge, root, _knowledge.Summaries.Depth, _knowledge.CancellationToken) { Owner = method };
            foreach (CacheCall call in body.Calls.Where(static call => call.Behind is null))
            {
                if (LockCalls.MayTake(call) || call.Deletes || call.Has(Effect.ReleaseLock | Effect.ExtendLock | Effect.Delete))
                {
                    yield return new(method, call, body);
                }
            }
        }
    }

    /// <summary>The disposable objects of the user's own types that a body makes, by the keys that it hands them.</summary>
    private sealed class Handles(Body body)
    {
        private readonly ILookup<Key, INamedTypeSymbol> _types = body.Operations.OfType<IObjectCreationOperation>()
            .Where(made => made.Type is INamedTypeSymbol { TypeKind: TypeKind.Class } type &&
                type.IsOfSource(body.Knowledge.Catalog.Compilation) && body.Knowledge.Types.IsDisposable(type))
            .SelectMany(made => Given(made).Select(value => (Key: body.Keys.Of(value), Type: (INamedTypeSymbol)made.Type!)))
            .Where(static given => given.Key is not null)
            .ToLookup(static given => given.Key!, static given => given.Type);

        public IEnumerable<INamedTypeSymbol> On(Key key) => _types[key];

        private static IEnumerable<IOperation> Given(IObjectCreationOperation made) => made.Arguments
            .Select(static argument => argument.Value)
            .Concat(made.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>().Select(static set => set.Value) ?? []);
    }
}
