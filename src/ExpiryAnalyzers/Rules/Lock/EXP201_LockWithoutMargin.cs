using System.Collections.Immutable;
using System.Globalization;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Calls;
using ExpiryAnalyzers.Rules.Atomicity;
using ExpiryAnalyzers.Rules.Time;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExpiryAnalyzers.Rules.Lock;

/// <summary>EXP201: the work under a lock may outlast it.</summary>
internal sealed class LockWithoutMargin : ExpiryRule
{
    /// <summary>
    /// The property that names the fault, for the fix: <see cref="Unbounded"/>, <see cref="BoundByTtl"/>, <see cref="TooShort"/>,
    /// <see cref="RenewedTooLate"/> or <see cref="ProlongedByStep"/>; of work that no token reaches only the author knows the repair.
    /// </summary>
    public const string Fault = nameof(Fault);

    public const string Unbounded = nameof(Unbounded);
    public const string BoundByTtl = nameof(BoundByTtl);
    public const string TooShort = nameof(TooShort);
    public const string RenewedTooLate = nameof(RenewedTooLate);
    public const string ProlongedByStep = nameof(ProlongedByStep);
    public const string Unreached = nameof(Unreached);

    /// <summary>The property that holds the margin in milliseconds.</summary>
    public const string Margin = nameof(Margin);

    /// <summary>The property that holds the TTL in milliseconds, where it is constant.</summary>
    public const string Ttl = nameof(Ttl);

    public static readonly DiagnosticDescriptor Rule = new(
        "EXP201",
        "Lock TTL without a safety margin",
        "The lock that {0} takes lives for {1}, {2}",
        "Lock",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description:
            "A lock that expires while its work still runs lets a second holder in, and both write. Bound the work to end a " +
            "safety margin before the TTL, or renew the lock while the work runs.",
        helpLinkUri: HelpLink.For("EXP201"));

    public override DiagnosticDescriptor Descriptor => Rule;

    public override bool SparesTests => true;

    public override void Judge(CacheCall call, RuleContext context)
    {
        LockEpisode? taken = LockEpisode.Of(call, context.Body) ?? LockEpisode.OfHandle(call, context.Body);
        if (taken is { Work: not null, IsLeftToCallers: false } episode &&
            !(context.IsOn(LockReleasedEarly.Rule) && RunningWork.Under(call, context.Body) is not null))
        {
            TimeSpan margin = Options.LockSafetyMargin.Read(context.Options);
            if (FaultOf(episode, margin) is var (fault, consequence, at))
            {
                ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
                    .Add(Fault, fault)
                    .Add(Margin, Milliseconds(margin))
                    .Add(Ttl, episode.Ttl is { } ttl ? Milliseconds(ttl) : null);
                context.Report(Diagnostic.Create(
                    Rule,
                    episode.Expiry.Syntax.GetLocation(),
                    Locations.Of(at?.Syntax, call.Behind?.Syntax),
                    properties,
                    PairReport.NameOf(call),
                    Describe(episode, context.Body),
                    consequence));
            }
        }
    }

    private static (string Fault, string Consequence, IOperation? At)? FaultOf(LockEpisode episode, TimeSpan margin)
    {
        TimeSpan? ttl = episode.Ttl;
        if (episode.IsEndless || ttl < TimeSpan.FromMilliseconds(1))
        {
            // No TTL at all, or none that can be taken: another rule's matter.
            return null;
        }

        if (episode.IsRenewed && !episode.IsOnlyProlongedByStep)
        {
            return episode.LateRenewal is { } late
                ? (
                    RenewedTooLate,
                    "and is renewed only when it has already expired: a second holder may get in first; renew it earlier",
                    late.Value)
                : null;
        }

        if (episode.IsRenewedByType())
        {
            return null;
        }

        if (ttl <= margin && !episode.HasReserve)
        {
            return (
                TooShort,
                $"no longer than the safety margin of {Describe(margin)}: " +
                    "one pause or clock step lets a second holder in while the work runs; lengthen the TTL",
                null);
        }

        if (episode.JudgeLimits(margin) is not var (first, areTooLong))
        {
            return episode.HasReserve ? null
                : episode.IsOnlyProlongedByStep ? FaultOfSteps(episode)
                : episode.LongestWork is { } longest && !(longest > ttl - margin) ? null
                : episode.FindIgnoringWork() is { } work ? FaultOfIgnored(work)
                : (
                    Unbounded,
                    "and nothing ends or renews the work under it: work that takes longer runs beside a second holder; bound the work",
                    null);
        }

        return episode.IsRenewed ? null
            : !areTooLong ? FaultBesideTokens(episode)
            : (
                BoundByTtl,
                $"and the work under it may run for {Describe(first.Length, first.Value.Syntax)}: " +
                    $"with less than {Describe(margin)} between them, a pause or clock step lets a second holder in; end the work earlier",
                first.Value);
    }

    /// <summary>Work that no token reaches, while tokens end other work in time.</summary>
    private static (string Fault, string Consequence, IOperation? At)? FaultBesideTokens(LockEpisode episode) =>
        episode.HasReserve || episode.FindUnreachedWork() is not { } work ? null
            : (
                Unreached,
                $"and {SinkReport.Quoted(work.Syntax)} gets no token that ends it: " +
                    "if it takes longer, it runs beside a second holder; end that call too",
                work);

    private static (string Fault, string Consequence, IOperation? At) FaultOfIgnored(IInvocationOperation work) => (
        Unreached,
        $"and '{work.TargetMethod.Name}' makes nothing of the token that it is handed: " +
            "if it takes longer, it runs beside a second holder; hand the token on in it",
        work);

    /// <summary>
    /// Work whose lock is prolonged between its steps: of steps that end in time by themselves each has the TTL for itself.
    /// </summary>
    private static (string Fault, string Consequence, IOperation? At)? FaultOfSteps(LockEpisode episode) =>
        episode.LongestWork is not null ? null
            : (
                ProlongedByStep,
                $"and '{episode.Renewals.First().Name}' prolongs it only between two steps of the work: " +
                    "a step that takes longer runs beside a second holder; renew the lock while the work runs",
                episode.Renewals.First().Operation);

    /// <summary>The TTL as the code at hand says it, never by the name that it has in a helper.</summary>
    private static string Describe(LockEpisode episode, Body body) => episode.OwnExpiry is { } own
        ? Describe(episode.Ttl ?? body.ValuesOf(own).Length, own.Syntax)
        : Describe(episode.Ttl) ?? $"a time that '{episode.Take.Name}' sets";

    private static string Describe(TimeSpan? span, SyntaxNode syntax) => Describe(span) ?? SinkReport.Quoted(syntax);

    private static string? Describe(TimeSpan? span) => span is { } length ? Describe(length) : null;

    private static string Describe(TimeSpan span) =>
        span < TimeSpan.FromSeconds(1) ? Number(span.TotalMilliseconds, "ms")
        : span < TimeSpan.FromMinutes(2) ? Number(span.TotalSeconds, "s")
        : span < TimeSpan.FromHours(2) ? Number(span.TotalMinutes, "min")
        : Number(span.TotalHours, "h");

    private static string Number(double number, string unit) => number.ToString("0.###", CultureInfo.InvariantCulture) + " " + unit;

    private static string Milliseconds(TimeSpan span) => span.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
}
