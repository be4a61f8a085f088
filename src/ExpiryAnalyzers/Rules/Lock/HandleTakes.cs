using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>
/// What takes the lock that an object gives back: the members that make the object and hand it the key, and its own constructors.
/// </summary>
/// <param name="release">The call of one of the object's members that gives the lock back.</param>
/// <param name="body">The body of that member.</param>
/// <param name="locks">What is known of the types' locks, which the asker has its turn with.</param>
internal sealed class HandleTakes(CacheCall release, Body body, TypeLocks locks)
{
    private readonly Summaries _summaries = body.Knowledge.Summaries;

    /// <summary>The calls that take the lock, and leave it to the object.</summary>
    public IEnumerable<LockMember> All
    {
        get
        {
            ISymbol[] kept = Kept();
            if (kept.Length == 0 || HangsOnOthers(release, body, locks))
            {
                yield break;
            }

            foreach (IMethodSymbol own in kept[0].ContainingType.InstanceConstructors.Where(static own => !own.IsImplicitlyDeclared))
            {
                if (locks.BodyOf(own) is { } maker && TakeIn(maker, own, null, maker.Assignments.OnlyValue, kept) is { } take)
                {
                    yield return take;
                }
            }

            foreach ((IMethodSymbol method, SyntaxNode place) in locks.MakersOf(kept[0]))
            {
                if (locks.BodyOf(method) is { } maker && maker.Remember(static maker => new Made(maker)).At(place) is { } made &&
                    TakeIn(maker, method, made, member => MadeObjects.GivenBy(made, member, _summaries), kept) is { } take)
                {
                    yield return take;
                }
            }
        }
    }

    /// <summary>What the object keeps of which the key is made; nothing where the key is made of anything else.</summary>
    private ISymbol[] Kept()
    {
        if (release.Key is not { } key || body.Member is not IMethodSymbol { ContainingType: { } type, IsStatic: false })
        {
            return [];
        }

        ISymbol[] varying = [.. key.Symbols.Where(static symbol => !symbol.IsStatic)];
        return Array.TrueForAll(varying, symbol => IsKept(symbol, type)) ? varying : [];
    }

    private static bool IsKept(ISymbol symbol, INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingType, type) && (symbol is IFieldSymbol or IPropertySymbol ||
            (symbol is IParameterSymbol parameter && KeyReader.IsOfPrimaryConstructor(parameter)));

    /// <summary>
    /// Whether another member decides whether a call gives a lock back: what is left alone once <c>Complete</c> was called is a mark that
    /// the work may be tried again, and no lock. A member that gives the lock back itself only says that it has.
    /// </summary>
    public static bool HangsOnOthers(CacheCall release, Body body, TypeLocks locks) =>
        body.Remember(body => new Tested(body, locks)).Since < release.Syntax.SpanStart;

    /// <summary>Whether other types can write a member of the object.</summary>
    private static bool IsOpen(ISymbol member) => member switch
    {
        IFieldSymbol field => !field.IsReadOnly && field.DeclaredAccessibility != Accessibility.Private,
        IPropertySymbol { SetMethod: { IsInitOnly: false } setter } => setter.DeclaredAccessibility != Accessibility.Private,
        _ => false,
    };

    private LockMember? TakeIn(
        Body maker, IMethodSymbol method, IObjectCreationOperation? made, Func<ISymbol, IOperation?> given, ISymbol[] kept)
    {
        Dictionary<ISymbol, Key> values = new(SymbolEqualityComparer.Default);
        foreach (ISymbol member in kept)
        {
            if (given(member) is { } value && maker.Keys.Of(value) is { } part)
            {
                values[member] = part;
            }
            else if (made is not null)
            {
                return null;
            }
        }

        // The object's own constructor may name what it keeps as the release does.
        Key key = maker.Keys.Table.Substitute(release.Key!, values);
        Key? own = made is null ? maker.Keys.Table.Import(release.Key!) : null;
        CacheCall? take = TakesOn(key, maker).Concat(own is null ? [] : TakesOn(own, maker))
            .FirstOrDefault(call => LockCalls.MayTake(call) && IsLeft(call, made, maker));
        return take is null ? null : locks.MemberOf(method, take, maker);
    }

    private static IEnumerable<CacheCall> TakesOn(Key key, Body maker) =>
        maker.ByKey.On(key)?.With(Effect.TakeLock | Effect.Overwrite) ?? [];

    /// <summary>Whether a lock is not given back where it is taken, and an object that is made there is made with the lock held.</summary>
    private static bool IsLeft(CacheCall take, IObjectCreationOperation? made, Body maker) =>
        LockEpisode.Taken(take, maker) is { Releases.Count: 0 } episode &&
        (made is null || (episode.At.Syntax.SpanStart < made.Syntax.SpanStart && !episode.IsMissedAt(made)));

    /// <summary>The objects that a body makes, by where it does.</summary>
    private sealed class Made(Body body)
    {
        private readonly ILookup<SyntaxNode, IObjectCreationOperation> _places =
            body.Operations.OfType<IObjectCreationOperation>().ToLookup(static made => made.Syntax);

        public IObjectCreationOperation? At(SyntaxNode place) => _places[place].FirstOrDefault();
    }

    /// <summary>Where a body first tests a member of its object that others write.</summary>
    private sealed class Tested(Body body, TypeLocks locks)
    {
        public int Since { get; } = body.Operations.OfType<IConditionalOperation>()
            .Where(test => test.Condition.DescendantsAndSelf().OfType<IMemberReferenceOperation>()
                .Where(static read => read.Instance is IInstanceReferenceOperation)
                .Any(read => IsOpen(read.Member) || locks.IsWrittenByOthers(read.Member, body.Member!)))
            .Select(static test => test.Syntax.SpanStart)
            .DefaultIfEmpty(int.MaxValue)
            .Min();
    }
}
