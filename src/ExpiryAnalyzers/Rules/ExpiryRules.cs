using System.Collections.Immutable;
using ExpiryAnalyzers.Rules.Atomicity;
using ExpiryAnalyzers.Rules.Lifetime;
using ExpiryAnalyzers.Rules.Lock;
using ExpiryAnalyzers.Rules.Time;

namespace ExpiryAnalyzers.Rules;

/// <summary>Every rule, by id.</summary>
internal static class ExpiryRules
{
    public static readonly ImmutableArray<ExpiryRule> All = ImmutableArray.CreateRange(new ExpiryRule[]
    {
        new AbsoluteExpiryNotUtc(),
        new NowPlusOffsetAsAbsolute(),
        new ExpiryJudgedByLocalClock(),
        new OffsetLostBesideSliding(),
        new RemainingTimeMixesKinds(),
        new UnitsMixedUp(),
        new InstantAsTtl(),
        new ExpiryKindUnknown(),
        new LockWithoutMargin(),
        new LockOutcomeIgnored(),
        new GetThenExpire(),
        new WriteThenExpire(),
        new IncrementThenExpire(),
        new QueuedTaskAwaited(),
        new TagSetApart(),
        new SameTtlForManyKeys(),
        new TtlNotWhatItSays(),
        new TtlTooShort(),
        new WriteThenExpire(),
        new SetDropsTtl(),
        new KeyWithoutTtl(),
    });
}
