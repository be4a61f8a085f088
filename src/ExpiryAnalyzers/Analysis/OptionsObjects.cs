using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Analysis;

/// <summary>
/// Which sinks of a body set the times of one and the same options object: in an initialiser, by setters, or in a chain of extension
/// calls. Objects are told apart by where they are made, else by the variable or member that names them.
/// </summary>
internal sealed class OptionsObjects(Body body, Knowledge knowledge)
{
    /// <summary>How many variables and calls are followed from a sink to the object.</summary>
    private const int MaxSteps = 16;

    /// <summary>How many settings of an object are looked at behind one for what replaces it.</summary>
    private const int MaxSets = 32;

    private SmallMap<ILocalSymbol, IOperation[]> _references = new(SymbolEqualityComparer.Default);
    private SmallMap<Owner, Sink?> _slidings = new();
    private SmallMap<Owner, bool> _shared = new();
    private SmallMap<(IOperation Made, ILocalSymbol? Local), IOperation?> _ttls = new();
    private SmallMap<Owner, List<Sink>> _takenBack = new();
    private Dictionary<Owner, List<Sink>>? _times;
    private Dictionary<Owner, List<CacheCall>>? _stores;

    /// <summary>Tells each absolute expiry that loses its offset beside a sliding one whether it stands beside one.</summary>
    public void Pair()
    {
        foreach (KeyValuePair<Owner, List<Sink>> entry in Times())
        {
            if (entry.Value.Exists(static sink => sink.IsAbsolute))
            {
                Pair(entry.Value, entry.Key);
            }
        }
    }

    /// <summary>The sinks that set a time of each object.</summary>
    private Dictionary<Owner, List<Sink>> Times()
    {
        if (_times is null)
        {
            _times = [];
            foreach (Sink sink in body.Sinks)
            {
                if (sink is { Library.LosesOffsetBesideSliding: true, Values: { } values } && OwnerOf(sink) is { } owner)
                {
                    if (values.IsNull)
                    {
                        _takenBack.AddTo(owner, sink);
                    }
                    else
                    {
                        _times.AddTo(owner, sink);
                    }
                }
            }
        }

        return _times;
    }

    private void Pair(List<Sink> sinks, Owner owner)
    {
        RunTogether<SetTimes> together = new(body.Root, [.. sinks.Select((sink, index) => (sink.Value, TimesOf(sink, index)))]);
        for (int i = 0; i < sinks.Count; i++)
        {
            if (sinks[i] is { IsAbsolute: true, Behind: null or { Sliding: null } } absolute)
            {
                // A relative expiry wins over the absolute one, and a later absolute one takes its place.
                SetTimes beside = together.Before(i).Join(together.After(i));
                if (!beside.HasRelative && !together.Following(i).HasAbsolute)
                {
                    Sink? sliding = beside.Sliding > 0 ? sinks[beside.Sliding - 1] : SlidingOfHelper(owner);
                    absolute.Sliding = sliding is not null && IsTakenBack(owner, absolute, sliding) ? null : sliding;
                }
            }
        }
    }

    /// <summary>Whether an object that gets one of two times has lost the other whenever it does, or loses it then.</summary>
    private bool IsTakenBack(Owner owner, Sink absolute, Sink sliding) =>
        _takenBack.TryGetValue(owner, out List<Sink>? taken) && taken.Exists(none =>
            none.IsAbsolute ? Ends(none, absolute, sliding, owner) : IsSliding(none) && Ends(none, sliding, absolute, owner));

    /// <summary>
    /// Whether a time that was set is taken back in code that runs whenever another is set. What a helper has set, an object has from the
    /// call of that helper on.
    /// </summary>
    private bool Ends(Sink none, Sink set, Sink other, Owner owner)
    {
        SyntaxNode last = other.Value.Syntax;
        SyntaxNode first = body.Holds(set.Value.Syntax) ? set.Value.Syntax : owner.Made?.Syntax ?? set.Value.Syntax;
        return body.Holds(first) && body.Holds(last) && first.SpanStart < none.Value.Syntax.SpanStart &&
            none.Value.Parent is ISimpleAssignmentOperation { Parent: IExpressionStatementOperation { Parent: IBlockOperation block } } &&
            block.Syntax.Span.Contains(last.Span);
    }

    private SetTimes TimesOf(Sink sink, int index) =>
        sink.IsAbsolute ? new(true, false, 0) : IsSliding(sink) ? new(false, false, index + 1) : new(false, true, 0);

    /// <summary>The sliding expiration of the object that an expression yields.</summary>
    public Sink? SlidingOf(IOperation options)
    {
        if (OwnerOf(options) is not { } owner)
        {
            return null;
        }

        if (!_slidings.TryGetValue(owner, out Sink? sliding))
        {
            _slidings[owner] = sliding = Times().TryGetValue(owner, out List<Sink>? sinks) ? sinks.Find(IsSliding) : null;
        }

        return sliding;
    }

    /// <summary>
    /// Whether the object whose time a sink sets serves several keys: it is handed to stores of different keys, or to one that a loop or
    /// lambda repeats.
    /// </summary>
    public bool IsShared(Sink sink)
    {
        if (OwnerOf(sink) is not { } owner)
        {
            return false;
        }

        if (!_shared.TryGetValue(owner, out bool isShared))
        {
            List<CacheCall> stores = StoresOf(owner);
            _shared[owner] = isShared = stores.Exists(store => IsRepeated(store.Operation, owner)) || AreOfSeveralKeys(stores);
        }

        return isShared;
    }

    /// <summary>
    /// Whether an instant that an object is told is replaced before the object goes anywhere: by the next value of the property, or with
    /// the whole object.
    /// </summary>
    public bool IsReplaced(Sink sink)
    {
        if (!sink.IsAbsolute || sink.Behind is not null || sink.Member is not IPropertySymbol property || HolderOf(sink) is not { } holder)
        {
            return false;
        }

        IOperation[] references = ReferencesOf(holder);
        int first = Sorted.FirstFrom(references, sink.Value.Syntax.Span.End + 1, static reference => reference.Syntax.SpanStart);
        for (int i = first; i < references.Length && i < first + MaxSets; i++)
        {
            IOperation reference = references[i];
            IOperation? target = reference.Parent is IPropertyReferenceOperation member ? member : reference;
            if (target.Parent is not ISimpleAssignmentOperation assignment || !ReferenceEquals(assignment.Target, target) ||
                Names(assignment.Value, holder))
            {
                return false;
            }

            bool isAnother = target is not IPropertyReferenceOperation set || set.Property.Name == property.Name;
            if (isAnother && AlwaysFollows(assignment, sink.Value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The uses of an object's variable, sorted by position.</summary>
    private IOperation[] ReferencesOf(ILocalSymbol holder)
    {
        if (!_references.TryGetValue(holder, out IOperation[]? references))
        {
            _references[holder] = references =
                [.. body.Assignments.References(holder).OrderBy(static reference => reference.Syntax.SpanStart)];
        }

        return references;
    }

    /// <summary>The variable of the object whose property a sink sets.</summary>
    private static ILocalSymbol? HolderOf(Sink sink) => ReceiverOf(sink) switch
    {
        ILocalReferenceOperation local => local.Local,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } own => InitializedBy(own)?.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } => local.Local,
            _ => null,
        },
        _ => null,
    };

    private static bool Names(IOperation value, ILocalSymbol local) => value.DescendantsAndSelf().Any(part =>
        part is ILocalReferenceOperation read && SymbolEqualityComparer.Default.Equals(read.Local, local));

    /// <summary>Whether an assignment is a statement that runs once an operation before it has, in the same round of a loop.</summary>
    private bool AlwaysFollows(ISimpleAssignmentOperation assignment, IOperation before)
    {
        (Place at, Place first) = (body.Places.Of(assignment), body.Places.Of(before));
        return assignment.Parent is IExpressionStatementOperation { Parent: IBlockOperation block } &&
            block.Syntax.Span.Contains(before.Syntax.Span) &&
            ReferenceEquals(at.Function, first.Function) && ReferenceEquals(at.Loop, first.Loop);
    }

    private bool AreOfSeveralKeys(List<CacheCall> stores)
    {
        if (stores.Count < 2)
        {
            return false;
        }

        RunTogether<StoredKeys> together = new(
            body.Root, [.. stores.Select(static store => ((IOperation)store.Operation, StoredKeys.Of(store)))]);
        return stores.Where((store, index) => together.After(index).HasOther(StoredKey.Of(store))).Any();
    }

    /// <summary>The stores that are handed an object.</summary>
    private List<CacheCall> StoresOf(Owner owner)
    {
        if (_stores is null)
        {
            _stores = [];
            foreach (CacheCall call in body.Calls.Where(static call => call.Has(Effect.Overwrite)))
            {
                HashSet<Owner> handed = [];
                foreach (IArgumentOperation argument in call.Operation.Arguments)
                {
                    if (argument.ArgumentKind != ArgumentKind.DefaultValue && OwnerOf(argument.Value) is { } given && handed.Add(given))
                    {
                        _stores.AddTo(given, call);
                    }
                }
            }
        }

        return _stores.TryGetValue(owner, out List<CacheCall>? stores) ? stores : [];
    }

    /// <summary>Whether a loop or a lambda runs an operation again for the same object.</summary>
    private bool IsRepeated(IOperation operation, Owner owner)
    {
        // What is made inside the innermost one is made inside those around it.
        IOperation? around = Repeats.In(body).Around(operation);
        return around is not null && owner.Made is { } made && !around.Syntax.Span.Contains(made.Syntax.Span);
    }

    /// <summary>The span in an object that holds an expiry among other things, where the object is in view.</summary>
    public IOperation? TtlIn(IOperation options)
    {
        HashSet<IOperation> seen = [];
        while (body.Resolved(options) is var made && seen.Add(made))
        {
            switch (made)
            {
                case IObjectCreationOperation creation:
                    ILocalSymbol? local = options.WithoutConversions() is ILocalReferenceOperation reference &&
                        body.Assignments.OnlyValue(reference.Local)?.WithoutConversions() == creation
                        ? reference.Local
                        : null;
                    if (!_ttls.TryGetValue((creation, local), out IOperation? ttl))
                    {
                        _ttls[(creation, local)] = ttl = TtlOf(creation, local);
                    }

                    return ttl;
                case IInvocationOperation { Arguments: [{ } receiver, { } value, ..] } call
                    when knowledge.Catalog.Find(call.TargetMethod) is not null:
                    if (knowledge.IsDuration(value.Value.Type))
                    {
                        return value.Value;
                    }

                    options = receiver.Value;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The span that an object is given in its initialiser, or by way of the variable that holds it.</summary>
    private IOperation? TtlOf(IObjectCreationOperation creation, ILocalSymbol? local)
    {
        // options.AbsoluteExpirationRelativeToNow = ttl; options.SetAbsoluteExpiration(ttl);
        IEnumerable<IOperation> initializers = creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty;
        IEnumerable<IOperation?> steps = local is null ? [] : body.Assignments.Reads(local)
            .Select(static read => read.Parent is IPropertyReferenceOperation or IArgumentOperation ? read.Parent.Parent : read.Parent);
        return initializers.Concat(steps).Select(step => TtlSetBy(step, creation)).FirstOrDefault(static value => value is not null);
    }

    private IOperation? TtlSetBy(IOperation? step, IObjectCreationOperation creation) => step switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { } property } } assignment
            when IsRelativeTwin(property, creation) => assignment.Value,
        IInvocationOperation { Arguments: [_, { } value, ..] } call
            when knowledge.Catalog.Find(call.TargetMethod) is not null && knowledge.IsDuration(value.Value.Type) => value.Value,
        _ => null,
    };

    /// <summary>Whether a property of an object takes a TTL from now on.</summary>
    private bool IsRelativeTwin(IPropertySymbol property, IObjectCreationOperation creation) =>
        creation.Type!
            .GetMembers()
            .OfType<IPropertySymbol>()
            .Any(absolute => knowledge.Catalog.Find(absolute)?.Row.RelativeTwin == property.Name);

    private bool IsSliding(Sink sink) => !sink.IsAbsolute && sink.Innermost.Member switch
    {
        IPropertySymbol property => knowledge.Catalog.Find(property)?.Row.IsSliding,
        IMethodSymbol method => knowledge.Catalog.Find(method)?.Row.IsSliding,
        _ => null,
    } == true;

    private Sink? SlidingOfHelper(Owner owner) =>
        owner.Made is IInvocationOperation helper ? knowledge.Summaries.SlidingOf(helper.TargetMethod)
        : owner.Made is IPropertyReferenceOperation { Property.GetMethod: { } getter } ? knowledge.Summaries.SlidingOf(getter)
        : null;

    /// <summary>The object whose time a sink sets; null where it is not known.</summary>
    private Owner? OwnerOf(Sink sink)
    {
        // A wrapper sets the time of the object that it is handed, or of one of its own.
        if (sink.Behind is { } behind)
        {
            return ReceiverOf(behind)?.WithoutConversions() is IParameterReferenceOperation { Parameter: { } parameter } &&
                sink.Value.Parent is IArgumentOperation { Parent: IInvocationOperation wrapper } &&
                wrapper.Arguments.For(parameter) is { } handed
                ? OwnerOf(handed.Value)
                : null;
        }

        return ReceiverOf(sink) is { } receiver ? OwnerOf(receiver) : null;
    }

    /// <summary>The expression before the dot of a setter or of an extension call.</summary>
    private static IOperation? ReceiverOf(Sink sink) => sink.Value.Parent switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } => target.Instance,
        IArgumentOperation { Parent: IInvocationOperation call } => ReceiverOf(call),
        _ => null,
    };

    private static IOperation? ReceiverOf(IInvocationOperation call) =>
        call.Instance ?? call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value;

    private Owner? OwnerOf(IOperation options)
    {
        for (int step = 0; step < MaxSteps; step++)
        {
            if (NextOf(options) is not { } next)
            {
                return Named(options);
            }

            options = next;
        }

        return null;
    }

    /// <summary>The expression that yields the object which another one hands on; null where it names or makes it.</summary>
    private IOperation? NextOf(IOperation options) => options switch
    {
        IConversionOperation conversion => conversion.Operand,
        IParenthesizedOperation parenthesized => parenthesized.Operand,
        ISimpleAssignmentOperation assignment => assignment.Value,
        IInvocationOperation call => IsChain(call) ? ReceiverOf(call) : null,
        ILocalReferenceOperation local => body.Assignments.OnlyValue(local.Local),
        IFieldReferenceOperation or
        IPropertyReferenceOperation => DefUse.SymbolOf(options) is { } member ? body.Assignments.OnlyValue(member) : null,
        _ => null,
    };

    /// <summary>The object that an expression makes, or names.</summary>
    private Owner? Named(IOperation options)
    {
        switch (options)
        {
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }:
                return InitializedBy(options) is { } made ? new(made) : null;
            case IPropertyReferenceOperation { Property: { SetMethod: null } own } when own.IsOfSource(knowledge.Catalog.Compilation):
                return new(options);
            case ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation:
                return body.Keys.Of(options) is { } name ? new(null, name) : null;
            default:
                return new(options);
        }
    }

    /// <summary>
    /// Whether a call hands back the object that it is called on: of an extension, which yields what it takes, that is taken as read.
    /// </summary>
    private static bool IsChain(IInvocationOperation call) => call.TargetMethod is { Parameters: [{ } first, ..] } method &&
        (method.IsExtensionMethod || method.ReducedFrom is not null) &&
        SymbolEqualityComparer.Default.Equals(first.Type, method.ReturnType);

    /// <summary>The creation whose initialiser an expression stands in.</summary>
    private static IOperation? InitializedBy(IOperation receiver)
    {
        IOperation? current = receiver.Parent;
        while (current is not null and not IObjectOrCollectionInitializerOperation)
        {
            current = current.Parent;
        }

        return current?.Parent;
    }

    /// <summary>An options object: the operation that makes it, or else what names it.</summary>
    private sealed record Owner(IOperation? Made, Key? Name = null);

    /// <summary>Which times some sinks set.</summary>
    /// <param name="HasAbsolute">Whether one is absolute.</param>
    /// <param name="HasRelative">Whether one counts from now.</param>
    /// <param name="Sliding">The first that counts from the last access, by its number from 1 on; 0 where there is none.</param>
    private readonly record struct SetTimes(bool HasAbsolute, bool HasRelative, int Sliding) : IJoined<SetTimes>
    {
        public SetTimes Join(SetTimes other) => new(
            HasAbsolute || other.HasAbsolute,
            HasRelative || other.HasRelative,
            Sliding == 0 || other.Sliding == 0 ? Sliding + other.Sliding : Math.Min(Sliding, other.Sliding));
    }

    /// <summary>The key that a call stores; one that is not known is like no other.</summary>
    private readonly record struct StoredKey(IOperation Operation, Key? Key, Key? Database, CacheCall? Unknown)
    {
        public static StoredKey Of(CacheCall call) => call.Key is { } key && call.Database is { } database
            ? new(call.Operation, key, database, null)
            : new(call.Operation, null, null, call);

        public bool IsOfSameKey(StoredKey other) => this with { Operation = other.Operation } == other;
    }

    /// <summary>
    /// The keys that some calls store: not all, but so many that for each key it is certain whether another call stores another one.
    /// </summary>
    private readonly record struct StoredKeys(ImmutableArray<StoredKey> Keys) : IJoined<StoredKeys>
    {
        /// <summary>
        /// With two calls at most of one key, and two keys at most of one call, so many that some are of another key and another call than
        /// any given one.
        /// </summary>
        private const int Enough = 8;

        public static StoredKeys Of(CacheCall call) => new(ImmutableArray.Create(StoredKey.Of(call)));

        public StoredKeys Join(StoredKeys other)
        {
            if (Keys.IsDefaultOrEmpty || other.Keys.IsDefaultOrEmpty)
            {
                return Keys.IsDefaultOrEmpty ? other : this;
            }

            ImmutableArray<StoredKey> keys = Keys;
            foreach (StoredKey key in other.Keys)
            {
                bool isKnown = keys.Length == Enough || keys.Contains(key) ||
                    keys.Count(known => known.IsOfSameKey(key)) == 2 ||
                    keys.Count(known => ReferenceEquals(known.Operation, key.Operation)) == 2;
                keys = isKnown ? keys : keys.Add(key);
            }

            return new(keys);
        }

        /// <summary>Whether another call stores another key.</summary>
        public bool HasOther(StoredKey key) =>
            !Keys.IsDefault && Keys.Any(other => !ReferenceEquals(other.Operation, key.Operation) && !other.IsOfSameKey(key));
    }
}
