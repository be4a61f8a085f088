using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>EXP303: a counter is changed, which makes it if it is missing, then given its TTL by a second command.</summary>
internal sealed class IncrementThenExpire : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP303",
        "INCR followed by EXPIRE can leave a counter that never expires",
        "{0} counts in {1}, then {2} sets its TTL in a second command: {3}",
        "Atomicity",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A process that dies between the two commands leaves a counter without a TTL: the window never ends, and a limit that is reached once stays reached.",
        helpLinkUri: HelpLink.For("EXP303"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(CacheCall call, RuleContext context)
    {
        Body body = context.Body;
        if (ExpireSequence.Of(call, body) is not { Kind: SequenceKind.Increment, Nearest: { } counter } sequence || HasTtl(counter, body) || NeverEnds(call, body))
        {
            return;
        }

        // One expire that repairs a missing TTL at later hits is enough.
        Derivation count = new(body, counter.Operation);
        CacheCall[] expires = [.. body.CallsAfter(counter, isLater: false).Where(static other => other.Has(Effect.SetExpiry))];
        if (expires.Any(expire => Repairs(expire, count, body)) || (IsAtLimit(call, count, body) && expires.Any(expire => expire.Syntax.SpanStart < call.Syntax.SpanStart)))
        {
            return;
        }

        context.Report(PairReport.Create(
            Rule,
            sequence,
            counter.Data.ToString(),
            PairReport.NameOf(counter),
            PairReport.KeyText(sequence),
            PairReport.NameOf(call),
            IsAtOneHit(call, count, body)
                ? "a crash in between leaves a counter that never expires, because no later hit sets the TTL"
                : "a crash in between leaves a counter that lives on without a TTL"));
    }

    /// <summary>Whether the counter was made with a TTL before: <c>SET key 0 EX ttl NX</c>, then INCR.</summary>
    private static bool HasTtl(CacheCall counter, Body body) => body.CallsBefore(counter).Any(static seed => seed.Has(Effect.Overwrite) && seed.MayBringExpiry);

    /// <summary>Whether the expire names a time without end.</summary>
    private static bool NeverEnds(CacheCall expire, Body body) => expire.Expiry is { } expiry && body.ValuesOf(expiry).Alternatives.All(static value => value.Origin == Origin.Never);

    /// <summary>Whether each hit gives a counter without a TTL one.</summary>
    private static bool Repairs(CacheCall expire, Derivation count, Body body) =>
        body.IsThrottled(expire) || (expire.IsOnlyIfEternal && !IsAtOneHit(expire, count, body));

    /// <summary>Whether the expire only runs at one count, mostly the first.</summary>
    private static bool IsAtOneHit(CacheCall expire, Derivation count, Body body) => TestsOf(expire, count, body).Any(static range => range is CountRange.OneHit or CountRange.AnyOtherHit);

    /// <summary>Whether the expire only runs above or below a limit: a lockout that lasts longer than the window.</summary>
    private static bool IsAtLimit(CacheCall expire, Derivation count, Body body) =>
        !IsAtOneHit(expire, count, body) && TestsOf(expire, count, body).Any(static range => range is CountRange.Above or CountRange.Below);

    private static IEnumerable<CountRange> TestsOf(CacheCall expire, Derivation count, Body body) =>
        from condition in Conditions.Of(expire.Operation, body)
        from part in condition.DescendantsAndSelf()
        from test in part is ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } ? body.Resolved(part).DescendantsAndSelf() : [part]
        select new CountTest(count.Reaches).Of(test);
}
