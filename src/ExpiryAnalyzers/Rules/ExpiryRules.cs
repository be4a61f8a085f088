using System.Collections.Immutable;
using ExpiryAnalyzers.Analysis;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Rules.Atomicity;
using ExpiryAnalyzers.Rules.Lifetime;
using ExpiryAnalyzers.Rules.Lock;
using ExpiryAnalyzers.Rules.Time;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;

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

    /// <summary>
    /// What the rules know of a compilation, the user's files and the assemblies that it references; null where there is nothing to
    /// analyse.
    /// </summary>
    public static Knowledge? KnowledgeOf(
        Compilation compilation,
        ImmutableArray<AdditionalText> files,
        IReadOnlyList<ApiLibrary> libraries,
        int depth,
        WorkCounter work,
        TreeMemory trees,
        CancellationToken cancellationToken)
    {
        TaughtMembers taught = TaughtMembers.Read(files, compilation, cancellationToken);
        Outlines? outlines = Outlines.Read(
            compilation, files, libraries, catalog => KnowledgeOf(catalog, depth, work, null, cancellationToken), cancellationToken);
        return ApiCatalog.Create(compilation, taught, libraries, outlines?.Apis) is { } catalog
            ? KnowledgeOf(catalog, depth, work, trees, cancellationToken, outlines)
            : null;
    }

    /// <summary>What the rules know of a compilation, with what their areas tell the summaries of helpers.</summary>
    private static Knowledge KnowledgeOf(
        ApiCatalog catalog,
        int depth,
        WorkCounter work,
        TreeMemory? trees,
        CancellationToken cancellationToken,
        Outlines? outlines = null) =>
        new(catalog, depth, cancellationToken, outlines, trees) { LockOf = HeldLocks.Of, Work = work };
}
