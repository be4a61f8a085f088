using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Operations;
using ExpiryAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Rules.Atomicity;

/// <summary>EXP303: a counter is changed, which makes it if it is missing, then given its TTL by a second command.</summary>
internal sealed class IncrementThenExpire : ExpiryRule
{
    public static readonly DiagnosticDescriptor Rule = new(
        "EXP303",
        "INCR followed by EXPIRE can leave a counter that never expires",
        "{0} counts in {1}, then {2} sets its TTL in a second command: {3}; {4}",
        "Atomicity",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description:
            "A process that dies between the two commands leaves a counter without a TTL: the window never ends, and a limit " +
            "once reached holds for ever. Make the counter with its TTL and count in one MULTI, or in a script.",
        helpLinkUri: HelpLink.For("EXP303"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override void Judge(CacheCall call, RuleContext context)
    {
        Body body = context.Body;
        if (ExpireSequence.Of(call, body) is not { Kind: SequenceKind.Increment, Nearest: { } counter } sequence || NeverEnds(call, body))
        {
            return;
        }

        // One expire that repairs a missing TTL at later hits is enough.
        Counter count = body.Remember(static body => new Counters(body)).Of(counter);
        if (count.HasTtl || count.IsRepaired || (count.IsAtLimit(call) && count.IsExpiredBefore(call)))
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
            count.IsAtOneHit(call)
                ? "a crash in between leaves a counter that never expires, because no later hit sets the TTL"
                : "a crash in between leaves a counter that lives on without a TTL",
            PairReport.Cure));
    }

    /// <summary>Whether the expire names a time without end.</summary>
    private static bool NeverEnds(CacheCall expire, Body body) =>
        expire.Expiry is { } expiry && body.ValuesOf(expiry).Alternatives.All(static value => value.Origin == Origin.Never);
}

/// <summary>The counters of one body, each looked at once however many expires stand behind it.</summary>
internal sealed class Counters(Body body)
{
    private readonly Dictionary<CacheCall, Counter> _counters = [];

    public Counter Of(CacheCall call)
    {
        if (!_counters.TryGetValue(call, out Counter? counter))
        {
            _counters[call] = counter = new(call, body);
        }

        return counter;
    }
}

/// <summary>What the code does with a count that a counter answers.</summary>
internal sealed class Counter
{
    private readonly SpanSet _atOneHit;
    private readonly SpanSet _atLimit;
    private readonly int _firstExpire = int.MaxValue;

    public Counter(CacheCall call, Body body)
    {
        List<TextSpan> oneHit = [];
        List<TextSpan> limit = [];
        HashSet<IOperation> counts = body.Decisions.PartsWith(call.Operation);
        Derivation count = body.Decisions.From(call.Operation);
        foreach (IOperation part in counts)
        {
            CountRange[] ranges = part is ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean }
                ? [.. body.Resolved(part).DescendantsAndSelf().Select(new CountTest(count.Reaches).Of)]
                : IsNegation(part) ? [] : [new CountTest(counts.Contains).Of(part)];
            if (ranges.Any(static range => range is CountRange.OneHit or CountRange.AnyOtherHit))
            {
                oneHit.AddRange(body.Decisions.DecidedWith(part));
            }

            if (ranges.Any(static range => range is CountRange.Above or CountRange.Below))
            {
                limit.AddRange(body.Decisions.DecidedWith(part));
            }
        }

        _atOneHit = new(oneHit);
        _atLimit = new(limit);
        HasTtl = body.CallsBefore(call).Any(static seed => seed.Has(Effect.Overwrite) && seed.MayBringExpiry);
        foreach (CacheCall expire in body.CallsAfter(call, isLater: false).Where(static other => other.Has(Effect.SetExpiry)))
        {
            IsRepaired |= body.IsThrottled(expire) || (expire.IsOnlyIfEternal && !IsAtOneHit(expire));
            _firstExpire = Math.Min(_firstExpire, expire.Syntax.SpanStart);
        }
    }

    /// <summary>Whether the counter was made with a TTL before: <c>SET key 0 EX ttl NX</c>, then INCR.</summary>
    public bool HasTtl { get; }

    /// <summary>Whether each hit gives a counter without a TTL one.</summary>
    public bool IsRepaired { get; }

    /// <summary>Whether another expire behind the counter stands before this one.</summary>
    public bool IsExpiredBefore(CacheCall expire) => _firstExpire < expire.Syntax.SpanStart;

    /// <summary>Whether the expire only runs at one count, mostly the first.</summary>
    public bool IsAtOneHit(CacheCall expire) => _atOneHit.Contains(expire.Syntax.SpanStart);

    /// <summary>Whether the expire only runs above or below a limit: a lockout that lasts longer than the window.</summary>
    public bool IsAtLimit(CacheCall expire) => !IsAtOneHit(expire) && _atLimit.Contains(expire.Syntax.SpanStart);

    /// <summary>What is said of the negated test says of the count at which hit it is, too.</summary>
    private static bool IsNegation(IOperation part) =>
        part is IConversionOperation or IParenthesizedOperation or IUnaryOperation { OperatorKind: UnaryOperatorKind.Not };
}
