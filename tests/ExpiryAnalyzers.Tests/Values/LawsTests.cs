using CsCheck;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Values;
using Xunit;

namespace ExpiryAnalyzers.Tests.Values;

/// <summary>The laws of sets of alternatives, without which a flow would end at what it met first, or never.</summary>
public sealed class LawsTests
{
    private static readonly Gen<TimeValue> Value = Gen.OneOf(
        Gen.Const(TimeValue.Null),
        Gen.Const(TimeValue.Unknown),
        Gen.Select(Gen.Enum<TimeKind>(), Gen.Enum<Origin>(), Gen.Bool, (kind, origin, isPast) => TimeValue.Instant(kind, origin, null) with { IsPast = isPast }),
        Gen.Select(Gen.Int[-2, 2], Gen.Bool, (ticks, isTested) => TimeValue.Duration(ticks) with { IsTested = isTested }),
        Gen.Select(Gen.Enum<TimeUnit>(), Gen.Int[0, 3], (unit, number) => TimeValue.Count(unit, number == 0 ? null : number)));

    /// <summary>Sets of one to a dozen values: some lie past the limit, where everything is one.</summary>
    private static readonly Gen<TimeValues> Set = Value.Array[1, 12].Select(values => values.Select(value => (TimeValues)value).Aggregate((all, next) => all.Join(next)));

    [Fact]
    public void JoinIsIdempotent() => Set.Sample(set => Assert.Equal(set, set.Join(set)));

    [Fact]
    public void JoinIsCommutative() => Gen.Select(Set, Set).Sample((left, right) => Assert.Equal(left.Join(right), right.Join(left)));

    [Fact]
    public void JoinIsAssociative() => Gen.Select(Set, Set, Set).Sample((one, two, three) => Assert.Equal(one.Join(two).Join(three), one.Join(two.Join(three))));

    [Fact]
    public void JoinIsMonotone() => Gen.Select(Set, Set, Set).Sample((less, more, other) =>
    {
        TimeValues joined = less.Join(more);
        Assert.True(IsWithin(less.Join(other), joined.Join(other)));
    });

    [Fact]
    public void AJoinHoldsBothSides() => Gen.Select(Set, Set).Sample((left, right) => Assert.True(IsWithin(left, left.Join(right)) && IsWithin(right, left.Join(right))));

    [Fact]
    public void WhatIsEqualHashesAlike() => Gen.Select(Set, Set).Sample((left, right) => Assert.Equal(left.Join(right).GetHashCode(), right.Join(left).GetHashCode()));

    /// <summary>A chain of joins grows a bounded number of times, so that a loop ends.</summary>
    [Fact]
    public void ChainsEnd() => Value.Array[40].Sample(values =>
    {
        TimeValues all = values[0];
        int changes = 0;
        foreach (TimeValue value in values)
        {
            TimeValues next = all.Join(value);
            changes += next.Equals(all) ? 0 : 1;
            all = next;
        }

        Assert.InRange(changes, 0, 9);
    });

    [Fact]
    public void SelectingNothingNewChangesNothing() => Set.Sample(set => Assert.Equal(set, set.Select(static value => value)));

    [Fact]
    public void TheOrderOfPairsIsWithoutEffect() => Gen.Select(Set, Set).Sample((left, right) =>
        Assert.Equal(left.Combine(right, static (one, other) => TimeArithmetic.Plus(one, other)), right.Combine(left, static (other, one) => TimeArithmetic.Plus(one, other))));

    private static bool IsWithin(TimeValues less, TimeValues more) => less.Join(more).Equals(more);
}
