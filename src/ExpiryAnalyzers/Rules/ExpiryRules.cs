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
        new LockWithoutMargin(),
        new GetThenExpire(),
        new SameTtlForManyKeys(),
        new SetDropsTtl(),
        new KeyWithoutTtl(),
    });
}
