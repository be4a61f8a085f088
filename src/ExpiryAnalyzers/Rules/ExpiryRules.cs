using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Rules.Atomicity;
using ExpiryAnalyzers.Rules.Lifetime;
using ExpiryAnalyzers.Rules.Lock;
using ExpiryAnalyzers.Rules.Time;
using ExpiryAnalyzers.Symbols;

namespace ExpiryAnalyzers.Rules;

/// <summary>Every rule, by id.</summary>
internal static class ExpiryRules
{
    public static readonly ImmutableArray<ExpiryRule> All = ImmutableArray.CreateRange(new ExpiryRule[]
    {
        new AbsoluteExpiryNotUtc(),
        new NowPlusOffsetAsAbsolute(),
        new RemainingTimeMixesKinds(),
        new ExpiryJudgedByLocalClock(),
        new UnitsMixedUp(),
        new InstantAsTtl(),
        new OffsetLostBesideSliding(),
        new ExpiryKindUnknown(),
        new DeadlineComputedOnce(),
        new LocalTimePlusSpan(),
        new LockWithoutMargin(),
        new LockOutcomeIgnored(),
        new LockTokenShared(),
        new LockReleasedEarly(),
        new LockReleasedBlindly(),
        new LockWithoutTtl(),
        new GetThenExpire(),
        new WriteThenExpire(),
        new IncrementThenExpire(),
        new QueuedTaskAwaited(),
        new TagSetApart(),
        new TtlNotWhatItSays(),
        new TtlTooShort(),
        new SameTtlForManyKeys(),
        new SetDropsTtl(),
        new KeyWithoutTtl(),
        new LifetimeNotUsed(),
    });

    /// <summary>What the rules know of a compilation, with what their areas tell the summaries of helpers.</summary>
    public static Knowledge KnowledgeOf(ApiCatalog catalog, int depth, WorkCounter work, CancellationToken cancellationToken) =>
        new(catalog, depth, cancellationToken) { LockOf = HeldLocks.Of, Work = work };
}
