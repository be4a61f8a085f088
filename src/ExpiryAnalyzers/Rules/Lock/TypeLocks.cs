using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>
/// A call by which a member of a type takes, prolongs or gives back a lock that another member has to do with. Its body fills its tables
/// when it is asked, and is shared by all that look at the type: only <see cref="Ask"/> leads to it.
/// </summary>
internal sealed class LockMember
{
    private readonly Body _body;
    private readonly object _gate;

    public LockMember(IMethodSymbol method, CacheCall call, Body body, object gate)
    {
        Method = method;
        Call = call;
        _body = body;
        _gate = gate;
        Sort = SortOf(call, body);
        Ends = call.Has(Effect.ReleaseLock | Effect.ExtendLock) || ((call.Has(Effect.Delete) || call.Deletes) && IsNamedForRelease());
        IsBesideTake = body.Remember(static body => new TakenSorts(body)).Holds(Sort);
    }

    public IMethodSymbol Method { get; }

    public CacheCall Call { get; }

    /// <summary>
    /// What keys of this sort have in common, or that the caller hands the key in; null where neither is known. Members meet by it.
    /// </summary>
    public string? Sort { get; }

    /// <summary>
    /// Whether the call gives a lock back, or prolongs it. A plain delete does so only where its member, or its key, speaks of it: another
    /// deletes a claim that was made for good.
    /// </summary>
    public bool Ends { get; }

    /// <summary>Whether its own member takes a lock of the sort, which then is the one that the call has to do with.</summary>
    public bool IsBesideTake { get; }

    /// <summary>Whether the call is one that locks have of their own, and no write or delete that may serve anything else.</summary>
    public bool IsOfLocksAlone => Call.Has(Effect.TakeLock | Effect.ReleaseLock);

    /// <summary>Asks about the call in its body, one asker at a time.</summary>
    public T Ask<T>(Func<CacheCall, Body, T> question)
    {
        lock (_gate)
        {
            return question(Call, _body);
        }
    }

    public static string? SortOf(CacheCall call, Body body) => body.Keys.ShapeOf(KeyOf(call, body)) ?? (IsHandedIn(call, body) ? "" : null);

    private bool IsNamedForRelease() => NameHints.ReleaseWord.Fits(Method.Name) || _body.Knowledge.Types.IsDisposal(Method) ||
        (Sort is { Length: > 0 } shape && NameHints.Lock.Fits(shape));

    /// <summary>The key of a call, or the only one that the commands of its script touch.</summary>
    private static Key? KeyOf(CacheCall call, Body body) =>
        call.KeyExpression is { } written ? body.Keys.TreeOf(written) : call.OnlyKey;

    private static bool IsHandedIn(CacheCall call, Body body) => call.KeyExpression is { } key
        ? body.Resolved(key) is IParameterReferenceOperation
        : KeyOf(call, body) is { Kind: KeyKind.Var, Symbol: IParameterSymbol };

    /// <summary>The sorts of lock that a body takes.</summary>
    private sealed class TakenSorts(Body body)
    {
        private readonly HashSet<string> _sorts =
            new(body.Calls.Where(LockCalls.MayTake).Select(take => SortOf(take, body)).OfType<string>(), StringComparer.Ordinal);

        public bool Holds(string? sort) => sort is not null && _sorts.Contains(sort);
    }
}

/// <summary>
/// The locks that one member of a type takes and another gives back, for others to call. Asked for only where a rule has a candidate:
/// one look at the type, in all of its parts. Kept for the compilation. Thread-safe: one asker at a time, as the bodies of other members
/// fill their tables when they are asked.
/// </summary>
internal sealed class TypeLocks
{
    private readonly Knowledge _knowledge;
    private readonly object _gate = new();
    private readonly Dictionary<INamedTypeSymbol, Members> _members = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, Body?> _bodies = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, (IMethodSymbol Maker, SyntaxNode Place)[]> _makers = new(SymbolEqualityComparer.Default);

    private TypeLocks(Knowledge knowledge) => _knowledge = knowledge;

    /// <summary>
    /// The calls of other members that prolong or give back what a call takes for whoever calls its member, those of the handle included
    /// that its member makes. Not a release of what its own member takes, and not one whose partner is another member, where both are
    /// handed any key.
    /// </summary>
    public static LockMember[] EndsOf(CacheCall take, Body body) => In(body.Knowledge).Asked(locks =>
    {
        LockMember[] beside = [.. locks.BesideOf(take, body)];
        bool isAnyWrite = !take.Has(Effect.TakeLock) && Array.Exists(beside, other => IsOfLocksRather(other, body.Member));
        return beside.Where(other => other.Ends && (other.Call.Has(Effect.ExtendLock) || !other.IsBesideTake) &&
                !(isAnyWrite && IsOfLocks(other)))
            .Concat(locks.EndsByHandle(take, body))
            .ToArray();
    });

    /// <summary>Whether another member of the type, or the handle, may end the lock that a call takes: certain or not.</summary>
    public static bool MayEndElsewhere(CacheCall take, Body body) => In(body.Knowledge).Asked(locks =>
        locks.BesideOf(take, body).Any(static other => other.Ends) || locks.EndsByHandle(take, body).Any());

    /// <summary>
    /// The calls of other members that take what a call gives back for whoever calls its member, those of the members that make the object
    /// and hand it the key among them; none where its own member takes it.
    /// </summary>
    public static LockMember[] TakesOf(CacheCall release, Body body) => In(body.Knowledge).Asked(locks =>
        locks.EndsAlone(release, body)
            ? locks.BesideOf(release, body).Where(IsLeft).Concat(new HandleTakes(release, body, locks).All).ToArray()
            : []);

    /// <summary>The calls by which the members of a type take, prolong or give back locks.</summary>
    public static LockMember[] CallsOf(INamedTypeSymbol type, Knowledge knowledge) => In(knowledge).Asked(locks => locks.Of(type).All);

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
        LockMember? end = own is null ? null
            : Array.Find(CallsOf(type, own), member => member.Call.Syntax == giving.Syntax);
        return end?.Ask(TakesOf).Any(member => member.Call.Syntax == taking.Syntax) == true;
    }

    /// <summary>Whether a member gives back a lock that another takes, be it by a call of one that does.</summary>
    public bool GivesBack(IMethodSymbol method) => Of(method.ContainingType).GiveBack(this).Contains(method.OriginalDefinition);

    /// <summary>Whether what a member of a type reads is written by another, that does not give a lock back.</summary>
    public bool IsWrittenByOthers(ISymbol read, ISymbol reader) => Of(reader.ContainingType).WritersOf(read.OriginalDefinition, this)
        .Any(writer => !SymbolEqualityComparer.Default.Equals(writer, reader.OriginalDefinition) && !GivesBack(writer));

    /// <summary>The members that make an object which holds a member, each with where it does; none where too many do.</summary>
    public (IMethodSymbol Maker, SyntaxNode Place)[] MakersOf(ISymbol member) =>
        _makers.TryGetValue(member, out (IMethodSymbol, SyntaxNode)[]? known)
            ? known
            : _makers[member] = [.. _knowledge.Summaries.MakersOf(member)];

    /// <summary>The body of a member of the source, for as long as the asker has its turn; null where it has none.</summary>
    public Body? BodyOf(IMethodSymbol method)
    {
        if (!_bodies.TryGetValue(method, out Body? body))
        {
            _knowledge.CancellationToken.ThrowIfCancellationRequested();
            _bodies[method] = body = _knowledge.Summaries.RootOf(method) is { } root
                ? new(_knowledge, root, _knowledge.Summaries.Depth, _knowledge.CancellationToken) { Owner = method }
                : null;
        }

        return body;
    }

    public LockMember MemberOf(IMethodSymbol method, CacheCall call, Body body) => new(method, call, body, _gate);

    private static TypeLocks In(Knowledge knowledge) => knowledge.Remember(static knowledge => new TypeLocks(knowledge));

    private T Asked<T>(Func<TypeLocks, T> question)
    {
        lock (_gate)
        {
            return question(this);
        }
    }

    /// <summary>Whether a call gives back or prolongs a lock that its own member does not take.</summary>
    private bool EndsAlone(CacheCall release, Body body) => body.Member is IMethodSymbol method &&
        MemberOf(method, release, body) is { Ends: true, Sort: not null, IsBesideTake: false };

    /// <summary>
    /// Whether a member that is handed any key takes locks rather than another one does, which then only writes: by a call that serves
    /// nothing else, or by its name.
    /// </summary>
    private static bool IsOfLocksRather(LockMember other, ISymbol? writer) => other.Sort is "" && LockCalls.MayTake(other.Call) &&
        (other.IsOfLocksAlone || (IsOfLocks(other) && writer is not null && !IsNamedForLocks(writer)));

    private static bool IsOfLocks(LockMember member) => member.IsOfLocksAlone || IsNamedForLocks(member.Method);

    private static bool IsNamedForLocks(ISymbol member) =>
        NameHints.Lock.Fits(member.Name) || NameHints.Acquisition.Fits(member.Name);

    /// <summary>Whether a call takes a lock that its own member does not give back.</summary>
    private static bool IsLeft(LockMember take) => LockCalls.MayTake(take.Call) &&
        take.Ask(LockEpisode.Taken) is { IsOfBody: true, Releases.Count: 0 };

    /// <summary>The calls that end a lock in the disposal of an object which the taking body makes and hands the key.</summary>
    private IEnumerable<LockMember> EndsByHandle(CacheCall take, Body body) => take.Key is not { } key ? []
        : body.Remember(static body => new Handles(body)).On(key)
            .SelectMany(type => Of(type).All)
            .Where(end => end.Ends && _knowledge.Types.IsDisposal(end.Method))
            .Where(end => !end.Ask((call, around) => HandleTakes.HangsOnOthers(call, around, this)));

    /// <summary>The calls of the type's other members on keys of the same sort.</summary>
    private IEnumerable<LockMember> BesideOf(CacheCall call, Body body) =>
        body.Member is IMethodSymbol { ContainingType: { } type } method && LockMember.SortOf(call, body) is { } sort
            ? Of(type).BySort[sort]
                .Where(other => !SymbolEqualityComparer.Default.Equals(other.Method, method.OriginalDefinition))
            : [];

    /// <summary>The variables and members that a method writes.</summary>
    private HashSet<ISymbol> WrittenBy(IMethodSymbol method) => new(
        _knowledge.Summaries.RootOf(method)?.Descendants()
            .Select(DefUse.TargetOf)
            .Select(static target => target is null ? null : DefUse.SymbolOf(target)?.OriginalDefinition)
            .OfType<ISymbol>() ?? [],
        SymbolEqualityComparer.Default);

    /// <summary>The methods of its own type that a method calls.</summary>
    private HashSet<ISymbol> CalledBy(IMethodSymbol method) => new(
        _knowledge.Summaries.RootOf(method)?.Descendants()
            .OfType<IInvocationOperation>()
            .Select(static call => call.TargetMethod.OriginalDefinition)
            .Where(called => SymbolEqualityComparer.Default.Equals(called.ContainingType, method.ContainingType)) ?? [],
        SymbolEqualityComparer.Default);

    private Members Of(INamedTypeSymbol type) => _members.TryGetValue(type.OriginalDefinition, out Members? members)
        ? members
        : _members[type.OriginalDefinition] = new(type.OriginalDefinition, Look(type.OriginalDefinition));

    private IEnumerable<LockMember> Look(INamedTypeSymbol type)
    {
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>()
            .Where(method => !method.IsImplicitlyDeclared && _knowledge.Summaries.NamesClient(method))
            .OrderBy(static method => method.FilePath(), StringComparer.Ordinal))
        {
            if (BodyOf(method) is not { } body)
            {
                continue;
            }

            foreach (CacheCall call in body.Calls.Where(static call => call.Behind is null))
            {
                if (LockCalls.MayTake(call) || call.Deletes || call.Has(Effect.ReleaseLock | Effect.ExtendLock | Effect.Delete))
                {
                    yield return MemberOf(method, call, body);
                }
            }
        }
    }

    /// <summary>What the members of one type do with locks.</summary>
    private sealed class Members
    {
        private readonly INamedTypeSymbol _type;
        private ILookup<ISymbol, IMethodSymbol>? _writers;
        private HashSet<ISymbol>? _giveBack;

        public Members(INamedTypeSymbol type, IEnumerable<LockMember> calls)
        {
            _type = type;
            All = [.. calls.Where(static call => call.Sort is not null)];
            BySort = All.ToLookup(static call => call.Sort!, StringComparer.Ordinal);
        }

        public LockMember[] All { get; }

        public ILookup<string, LockMember> BySort { get; }

        /// <summary>The members that give a lock back, or prolong it, and those that call one of them.</summary>
        public HashSet<ISymbol> GiveBack(TypeLocks locks) => _giveBack ??= FindGiveBack(locks);

        /// <summary>The methods that write a member of the type, its constructors apart.</summary>
        public IEnumerable<IMethodSymbol> WritersOf(ISymbol member, TypeLocks locks) => (_writers ??= Writers(locks))[member];

        private HashSet<ISymbol> FindGiveBack(TypeLocks locks)
        {
            HashSet<ISymbol> found = new(
                All.Where(static call => call.Ends).Select(static call => call.Method), SymbolEqualityComparer.Default);
            Queue<ISymbol> open = new(found);
            ILookup<ISymbol, IMethodSymbol>? callers = null;
            while (open.Count > 0)
            {
                callers ??= Callers(locks);
                foreach (IMethodSymbol caller in callers[open.Dequeue()].Where(found.Add))
                {
                    open.Enqueue(caller);
                }
            }

            return found;
        }

        /// <summary>The members of the type that call each of its members.</summary>
        private ILookup<ISymbol, IMethodSymbol> Callers(TypeLocks locks) => _type.GetMembers().OfType<IMethodSymbol>()
            .SelectMany(method => locks.CalledBy(method).Select(called => (Called: called, Method: method)))
            .ToLookup(static call => call.Called, static call => call.Method, SymbolEqualityComparer.Default);

        private ILookup<ISymbol, IMethodSymbol> Writers(TypeLocks locks) => _type.GetMembers().OfType<IMethodSymbol>()
            .Where(static method => method.MethodKind != MethodKind.Constructor)
            .SelectMany(method => locks.WrittenBy(method).Select(written => (Written: written, Method: method)))
            .ToLookup(static write => write.Written, static write => write.Method, SymbolEqualityComparer.Default);
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
