using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Keys;
using ExpiryAnalyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>A value stored without an expiry at a key that has one: the TTL is gone from then on.</summary>
/// <param name="Key">The key, as written.</param>
/// <param name="Giver">The call that gave the key its TTL, or asked for it.</param>
/// <param name="Member">The other member of the type that gives such keys a TTL; null where <paramref name="Giver"/> ran before in the same
/// body.</param>
/// <param name="Ttl">The expression that tells the TTL, where there is one.</param>
internal sealed record DroppedTtl(IOperation? Key, CacheCall Giver, ISymbol? Member, IOperation? Ttl)
{
    /// <summary>The TTL that a call drops; null where none is known, or where dropping it is meant.</summary>
    public static DroppedTtl? Of(CacheCall call, Body body) => body.Remember(static body => new DroppedTtls(body, body.Knowledge)).Of(call);

    /// <summary>Whether a call is the first of its place that drops a TTL: a helper with several writes is one call.</summary>
    public static bool IsFirst(CacheCall call, Body body) =>
        body.Remember(static body => new DroppedTtls(body, body.Knowledge)).IsFirst(call);
}

/// <summary>The TTLs that the calls of one body drop, each found once for all rules that ask.</summary>
internal sealed class DroppedTtls
{
    private readonly Body _body;
    private readonly Knowledge _knowledge;
    private readonly ISymbol? _member;
    private readonly bool _isMeant;
    private SmallMap<CacheCall, DroppedTtl?> _dropped = new();
    private SmallMap<SyntaxNode, CacheCall> _first = new();

    public DroppedTtls(Body body, Knowledge knowledge)
    {
        _body = body;
        _knowledge = knowledge;
        _member = body.Member;
        _isMeant = body.IsTest || _member is null || NameHints.ForGood.Fits(_member.Name);
    }

    public DroppedTtl? Of(CacheCall call)
    {
        if (!_dropped.TryGetValue(call, out DroppedTtl? dropped))
        {
            _dropped[call] = dropped = Find(call);
        }

        return dropped;
    }

    public bool IsFirst(CacheCall call)
    {
        if (!_first.TryGetValue(call.Syntax, out CacheCall? first))
        {
            _first[call.Syntax] = first = _body.CallsAt(call.Syntax).FirstOrDefault(other => Of(other) is not null) ?? call;
        }

        return ReferenceEquals(first, call);
    }

    private DroppedTtl? Find(CacheCall call)
    {
        bool isSet = call.Has(Effect.Overwrite) && call.Data == DataType.String && call.LeavesNoTtl && !call.IsOnlyIfMissing;
        if (!isSet || _isMeant || _member is not { ContainingType: { } type } || SaysNone(call))
        {
            return null;
        }

        // An expire in the same body is another matter: the pair is not atomic. And a helper that stores one way or the other knows which.
        CallGroup? others = _body.ByKey.On(call.Key);
        if (others?.HasOther(call, Effect.SetExpiry | Effect.Persist) == true || HasTimedTwin(call))
        {
            return null;
        }

        IOperation? key = _body.KeysOf(call).FirstOrDefault();
        (CacheCall? stored, CacheCall? asked) = NearestBefore(call);
        if (stored is not null)
        {
            return new(key, stored, null, stored.ExpiryOrOptions);
        }

        if (asked is not null)
        {
            bool isDecided = _body.Decisions.Decides(asked.Operation, call.Operation, byExpiry: asked.Has(Effect.Read));
            return isDecided ? null : new(key, asked, null, null);
        }

        // Another branch that stores the same key with a TTL: the code tells apart which keys live for ever.
        return others?.HasOtherTimed(call, Effect.Overwrite) == true ? null : Elsewhere(call, _member, type);
    }

    /// <summary>Whether the same call of a helper stores the key with a TTL, too.</summary>
    private bool HasTimedTwin(CacheCall call) => _body.CallsAt(call.Syntax).Any(other =>
        !ReferenceEquals(other, call) && ReferenceEquals(other.Operation, call.Operation) && IsTimedStore(other) && AreTwins(other, call));

    /// <summary>Whether two calls that one helper makes are about one key, be it one that is not known here.</summary>
    private static bool AreTwins(CacheCall one, CacheCall other) => one.Key is { } key
        ? key.Equals(other.Key)
        : one.Behind?.Key is { } inner && inner.Equals(other.Behind?.Key);

    /// <summary>The nearest call before that stored the key with a TTL, and the nearest that asked for its TTL.</summary>
    private (CacheCall? Stored, CacheCall? Asked) NearestBefore(CacheCall call)
    {
        CacheCall? stored = null;
        CacheCall? asked = null;
        foreach (CacheCall other in _body.CallsBefore(call)
            .Where(other => !ReferenceEquals(other, call) && call.Key?.Equals(other.Key) == true))
        {
            if (IsTimedStore(other) && (stored is null || other.Syntax.SpanStart > stored.Syntax.SpanStart))
            {
                stored = other;
            }

            if (other.Has(Effect.AskExpiry) && (asked is null || other.Syntax.SpanStart > asked.Syntax.SpanStart))
            {
                asked = other;
            }
        }

        return (stored, asked);
    }

    private DroppedTtl? Elsewhere(CacheCall call, ISymbol member, INamedTypeSymbol type)
    {
        bool isForward = TypeKeys.IsForward(call, _body);
        foreach (IOperation key in _body.KeysOf(call))
        {
            if (TypeKeys.ShapeOf(call, key, _body) is not { } shape)
            {
                continue;
            }

            KeyLives lives = TypeKeys.Of(type, shape, _knowledge);
            bool isHanded = isForward && _body.Keys.IsHanded(key);
            if (!lives.IsPersisted && lives.All.FirstOrDefault(life => Gives(life, call, member, isHanded)) is { } giver)
            {
                return new(key, giver.Call, giver.Member, giver.Ttl);
            }
        }

        return null;
    }

    /// <summary>Whether another member gives such keys a TTL, of its own accord and in the same database.</summary>
    private bool Gives(KeyLife life, CacheCall call, ISymbol member, bool isAnyKey) =>
        life.Ttl is not null && !IsOf(life.Member, member) && !IsCallersChoice(life, member, isAnyKey) &&
        !AreApart(life.Call.Database, call.Database);

    private bool IsTimedStore(CacheCall call) => call.Has(Effect.Overwrite) && call.MayBringExpiry &&
        !(call.ExpiryOrOptions is { } ttl && _body.ValuesOf(ttl).IsNull);

    /// <summary>Whether "no expiry" is written out, and not only to get to the arguments behind it.</summary>
    private bool SaysNone(CacheCall call)
    {
        IArgumentOperation[] written =
        [
            .. call.Operation.Arguments
                .Where(static argument => argument.ArgumentKind == ArgumentKind.Explicit)
                .OrderBy(static argument => argument.Syntax.SpanStart),
        ];
        return written.Any(argument =>
            _knowledge.IsDuration(argument.Parameter?.Type) &&
            argument.Value.WithoutConversions().ConstantValue is { HasValue: true, Value: null } &&
            (argument.Syntax is ArgumentSyntax { NameColon: not null } || ReferenceEquals(argument, written[written.Length - 1])));
    }

    private static bool IsOf(ISymbol method, ISymbol member) =>
        SymbolEqualityComparer.Default.Equals(
            (method as IMethodSymbol)?.AssociatedSymbol ?? method, (member as IMethodSymbol)?.AssociatedSymbol ?? member);

    /// <summary>Whether the TTL is what the caller of that member wants it to be, be it none.</summary>
    private static bool IsCallersChoice(KeyLife life, ISymbol member, bool isAnyKey)
    {
        if (life.Ttl is not IParameterReferenceOperation { Parameter: { } parameter } || Body.IsOfPrimaryConstructor(parameter))
        {
            return false;
        }

        bool mayBeNull = parameter.NullableAnnotation == NullableAnnotation.Annotated ||
            parameter.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        return isAnyKey || parameter.IsOptional || mayBeNull || life.Member.Name == member.Name;
    }

    /// <summary>
    /// Whether two calls go to different databases, as far as names tell: one that a caller hands in may be another than the type's own.
    /// </summary>
    private bool AreApart(Key? one, Key? other) =>
        one is not null && other is not null && !_body.Keys.Table.Import(one).Equals(other) &&
        (IsVariable(one) ? IsHandedIn(one) && !IsVariable(other) : !IsVariable(other) || IsHandedIn(other));

    private static bool IsVariable(Key database) => IsHandedIn(database) || database.Symbols.Any(static symbol => symbol is ILocalSymbol);

    private static bool IsHandedIn(Key database) =>
        database.Symbols.Any(static symbol => symbol is IParameterSymbol parameter && !Body.IsOfPrimaryConstructor(parameter));
}
