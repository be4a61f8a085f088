using System.Collections.Immutable;
using System.Globalization;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Atomicity;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lifetime;

/// <summary>EXP403: one loop stores many keys, and all get the same TTL.</summary>
internal sealed class SameTtlForManyKeys : ExpiryRule
{
    /// <summary>The property that holds the part of the TTL by which jitter may lengthen it.</summary>
    public const string JitterRatio = nameof(JitterRatio);

    public static readonly DiagnosticDescriptor Rule = new(
        "EXP403",
        "Many keys given the same TTL at once",
        "{0} gives every key of this {1} the same TTL: the keys expire together, and whatever loads them again gets all the load in " +
            "one moment; add jitter",
        "Lifetime",
        DiagnosticSeverity.Info,
        isEnabledByDefault: false,
        description:
            "Keys that are stored together and expire together are loaded again together, which falls on the database all at " +
            "once. Add some random time to each TTL.",
        helpLinkUri: HelpLink.For("EXP403"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override bool SparesTests => true;

    public override void Judge(CacheCall call, RuleContext context)
    {
        if (context.Body.Remember(static body => new SpreadTtls(body, body.Knowledge)).FirstAt(call) is var (ttl, iteration))
        {
            bool isHere = ttl.Syntax.SyntaxTree == call.Syntax.SyntaxTree && context.Body.Root.Syntax.Span.Contains(ttl.Syntax.Span) &&
                iteration.Contains(ttl);
            context.Report(Diagnostic.Create(
                Rule,
                (isHere ? ttl.Syntax : SpreadTtls.Shared(call)?.Syntax ?? call.Syntax).GetLocation(),
                isHere ? [] : Locations.Of(ttl.Syntax),
                ImmutableDictionary<string, string?>.Empty.Add(
                    JitterRatio, Options.JitterRatio.Read(context.Options).ToString(CultureInfo.InvariantCulture)),
                PairReport.NameOf(call),
                iteration.IsLoop ? "loop" : "projection"));
        }
    }
}

/// <summary>The TTLs that calls of one body give to another key in each round, each found once.</summary>
internal sealed class SpreadTtls(Body body, Knowledge knowledge)
{
    private readonly Dictionary<CacheCall, (IOperation Ttl, Iteration Iteration)?> _found = [];
    private readonly Dictionary<SyntaxNode, CacheCall?> _first = [];

    /// <summary>
    /// The TTL that a call gives, unless another call of the same helper has been told of: one with several writes is one call.
    /// </summary>
    public (IOperation Ttl, Iteration Iteration)? FirstAt(CacheCall call)
    {
        if (!_first.TryGetValue(call.Syntax, out CacheCall? first))
        {
            _first[call.Syntax] = first = body.CallsAt(call.Syntax).FirstOrDefault(other => Of(other) is not null);
        }

        return ReferenceEquals(first, call) ? Of(call) : null;
    }

    /// <summary>The object that holds the expiry.</summary>
    public static IOperation? Shared(CacheCall call) => call.Argument(Role.Options)?.Value;

    private (IOperation Ttl, Iteration Iteration)? Of(CacheCall call)
    {
        if (!_found.TryGetValue(call, out (IOperation, Iteration)? found))
        {
            _found[call] = found = Find(call);
        }

        return found;
    }

    /// <summary>The TTL that a call gives to another key in each round; null where nothing is to be said of it.</summary>
    private (IOperation Ttl, Iteration Iteration)? Find(CacheCall call)
    {
        if (!call.Has(Effect.Overwrite | Effect.SetExpiry) || call.IsOnlyIfMissing || TtlOf(call) is not { } ttl ||
            body.ValuesOf(ttl).Any(static value => value.Constant <= 0))
        {
            return null;
        }

        if (Iteration.OfKey(call, body, knowledge) is not { IsSmall: false, IsSpreadInTime: false } iteration || iteration.EndsWithCall() ||
            !IsStore(call, iteration) || !IsLoadedAgain(call, iteration))
        {
            return null;
        }

        // An object that was made before the loop holds what it held then.
        return (Shared(call) is not null && !iteration.Contains(ttl)) || iteration.IsInvariant(ttl) ? (ttl, iteration) : null;
    }

    /// <summary>The span, or the number of units, for which a key is to live.</summary>
    private IOperation? TtlOf(CacheCall call)
    {
        IOperation? ttl = call.ValueOf(Role.Options) is { } options ? body.Options.TtlIn(options) : call.Ttl;
        if (ttl is IObjectCreationOperation { Arguments: [{ } made, ..] } && knowledge.Catalog.FindExpiryType(ttl.Type) is not null)
        {
            ttl = made.Value;
        }

        bool isNumber = ttl?.Type is { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } && call.Raw?.IsAbsolute != true;
        return isNumber || knowledge.IsDuration(ttl?.Type) ? ttl : null;
    }

    /// <summary>
    /// Whether somebody loads the keys again once they are gone: what is stored was loaded, or the type loads such keys where it misses
    /// them. Nobody loads commands and heartbeats, nor a mark that is the same for all.
    /// </summary>
    private bool IsLoadedAgain(CacheCall call, Iteration iteration) =>
        IsLoaded(iteration) ||
        iteration.StoresOnKey().Any(store => store.ValueOf(Role.Value) is { } value && Loads.Brought(value, body)) ||
        (body.Member?.ContainingType is { } type && body.Keys.ShapeOf(call.Key) is { } shape &&
            TypeKeys.IsLoadedOnMiss(type, shape, knowledge));

    private bool IsLoaded(Iteration iteration) =>
        iteration.Sources.Any(source => Loads.Brought(source, body)) && !IsMark(iteration);

    /// <summary>Whether a constant is all that is stored at the key in each round.</summary>
    private bool IsMark(Iteration iteration)
    {
        CacheCall[] stores = [.. iteration.StoresOnKey()];
        return stores.Length > 0 && Array.TrueForAll(
            stores, store => store.ValueOf(Role.Value) is { } value && body.Resolved(value).ConstantValue.HasValue);
    }

    /// <summary>Whether the call stores what it gives a TTL, by itself or with another call of the round.</summary>
    private static bool IsStore(CacheCall call, Iteration iteration) =>
        call.Has(Effect.Overwrite) || iteration.HoldsOnKey(Effect.Write | Effect.Overwrite);
}
