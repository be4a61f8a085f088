using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Values;
using Xunit;

namespace ExpiryAnalyzers.Tests.Values;

/// <summary>Sets of alternatives as their users ask them: the one length or number of all ways, what some or all of them are, what remains.</summary>
public sealed class TimeValuesTests
{
    private static readonly TimeValues Hour = TimeValue.Duration(TimeSpan.TicksPerHour);

    private static readonly TimeValues Minute = TimeValue.Duration(TimeSpan.TicksPerMinute);

    private static readonly TimeValues Five = TimeValue.Count(TimeUnit.Seconds, 5);

    private static readonly TimeValues Null = TimeValue.Null;

    /// <summary>Eight different lengths, which is as many as are told apart.</summary>
    private static TimeValues Full => Many(8);

    private static TimeValues TooMany => Many(9);

    [Fact]
    public void TheLengthIsTold_WhereEveryWayHasIt()
    {
        Assert.Equal(TimeSpan.FromHours(1), Hour.Length);
        Assert.Null(Hour.Join(Minute).Length);
        Assert.Null(Five.Length);
        Assert.Null(TimeValues.Unknown.Length);
    }

    [Fact]
    public void WhatIsNotKnown_IsOneSet_HoweverItCameToBe()
    {
        TimeValues left = Assert.IsType<TimeValues>(Null.Join(TimeValues.Unknown).Where(static value => value != TimeValue.Null));

        Assert.Same(TimeValues.Unknown, left.Select(static value => value));
    }

    [Fact]
    public void TheNumberIsTold_WhereEveryWayHasIt()
    {
        Assert.Equal(5, Five.Number);
        Assert.Null(Five.Join(TimeValue.Count(TimeUnit.Seconds, 6)).Number);
        Assert.Null(Hour.Number);
        Assert.Null(TimeValues.Unknown.Number);
    }

    [Theory]
    [InlineData(36e9, "01:00:00")]
    [InlineData(1e30, "10675199.02:48:05.4775807")]
    [InlineData(-1e30, "-10675199.02:48:05.4775808")]
    [InlineData(9223372036854775807d, "10675199.02:48:05.4775807")]
    [InlineData(-9223372036854775808d, "-10675199.02:48:05.4775808")]
    [InlineData(double.NaN, null)]
    [InlineData(null, null)]
    public void ALengthEndsWhereSpansDo(double? ticks, string? length) =>
        Assert.Equal(length, TimeValue.Duration(ticks).Length?.ToString());

    [Fact]
    public void OnlyADurationHasALength() => Assert.Null(TimeValue.Count(TimeUnit.Ticks, 5).Length);

    /// <summary>An instant is certainly not UTC where it has kinds and UTC is none of them, nor may be.</summary>
    [Theory]
    [InlineData("Local", true)]
    [InlineData("Unspecified", true)]
    [InlineData("Local, Unspecified", true)]
    [InlineData("Utc", false)]
    [InlineData("Utc, Local", false)]
    [InlineData("Unknown", false)]
    [InlineData("Local, Unknown", false)]
    [InlineData("None", false)]
    public void WhatIsCertainlyNotUtc(string kinds, bool isNot)
    {
        TimeKind kind = Enum.Parse<TimeKind>(kinds);
        Assert.Equal(isNot, TimeValue.Instant(kind, Origin.Unknown, null).IsCertainlyNotUtc);
        Assert.False((TimeValue.Duration(null) with { Kind = kind }).IsCertainlyNotUtc);
    }

    /// <summary>The zone is the kind's, unless it is known from elsewhere whose clock is read.</summary>
    [Theory]
    [InlineData("Local", "None", "Local")]
    [InlineData("Unspecified", "Utc", "Utc")]
    [InlineData("Unspecified", "None", "Unspecified")]
    public void TheZoneOfAnInstant(string kind, string reading, string zone) => Assert.Equal(
        Enum.Parse<TimeKind>(zone),
        (TimeValue.Instant(Enum.Parse<TimeKind>(kind), Origin.Unknown, null) with { Reading = Enum.Parse<TimeKind>(reading) }).Zone);

    /// <summary>One component was taken for the whole; several were put together again.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void OneComponentIsTakenForTheWhole(int components, bool isOne) =>
        Assert.Equal(isOne, (TimeValue.Duration(null) with { Components = components }).IsComponent);

    [Fact]
    public void NullIsWhatEveryWayGives()
    {
        Assert.True(Null.IsNull);
        Assert.False(Null.Join(Hour).IsNull);
        Assert.False(TimeValues.Unknown.IsNull);
    }

    [Fact]
    public void SomeAndAll()
    {
        TimeValues both = Hour.Join(Null);
        Assert.True(both.Any(IsDuration));
        Assert.False(both.All(IsDuration));
        Assert.False(Null.Any(IsDuration));
        Assert.True(Hour.All(IsDuration));
    }

    [Fact]
    public void WhatRemainsOfATest()
    {
        TimeValues both = Hour.Join(Null);
        Assert.Equal(Hour, both.Where(IsDuration));
        Assert.Same(Hour, Hour.Where(IsDuration));
        Assert.Null(Null.Where(IsDuration));
    }

    /// <summary>Without this a loop that keeps making new values would not end.</summary>
    [Fact]
    public void PastTheLimit_EverythingIsOne()
    {
        Assert.Equal(8, Full.Alternatives.Length);
        Assert.Equal(TimeValue.Unknown, Assert.Single(TooMany.Alternatives));
        Assert.Same(TooMany, TooMany.Join(Hour));
        Assert.Same(TooMany, Hour.Join(TooMany));
        Assert.Same(TooMany, TooMany.Select(static _ => TimeValue.Null));
        Assert.Same(TooMany, Hour.Combine(TooMany, static (left, _) => left));
        Assert.Same(TooMany, TooMany.Combine(Hour, static (_, right) => right));
    }

    /// <summary>A flow goes on where a set has changed: being past the limit is another thing than not knowing.</summary>
    [Fact]
    public void BeingPastTheLimit_IsNotBeingUnknown()
    {
        Assert.False(TooMany.Equals(TimeValues.Unknown));
        Assert.False(TimeValues.Unknown.Equals(TooMany));
        Assert.True(TooMany.Equals(TooMany));
        Assert.Same(TooMany, TimeValues.Unknown.Join(TooMany));
    }

    [Fact]
    public void SetsAreEqual_WhateverTheirOrder()
    {
        Assert.True(Hour.Join(Null).Equals(Null.Join(Hour)));
        Assert.True(Hour.Equals((object)(TimeValues)TimeValue.Duration(TimeSpan.TicksPerHour)));
        Assert.False(Hour.Equals(Minute));
        Assert.False(Hour.Equals(Hour.Join(Null)));
        Assert.False(Hour.Join(Null).Equals(Hour));
        Assert.False(Hour.Join(Null).Equals(Hour.Join(Minute)));
        Assert.False(Hour.Equals((TimeValues?)null));
        Assert.False(Hour.Equals(new object()));
    }

    [Fact]
    public void AJoinThatAddsNothing_IsTheSet()
    {
        TimeValues both = Hour.Join(Null);
        Assert.Same(both, both.Join(Hour));
        Assert.Same(both, both.Join(Null.Join(Hour)));
        TimeValues full = Full;
        Assert.Same(full, full.Join(Many(3)));
        Assert.Same(TimeValues.Unknown, (TimeValues)(TimeValue.Unknown with { }));
    }

    [Fact]
    public void EveryPairThatMayMeet()
    {
        TimeValues left = Hour.Join(Minute);
        TimeValues right = Five.Join(TimeValue.Count(TimeUnit.Seconds, 6));

        Assert.Equal(4, left.Combine(right, Product).Alternatives.Length);
        Assert.Equal(
            (TimeValues)TimeValue.Duration(5 * TimeSpan.TicksPerMinute),
            left.Combine(right, Product, static (one, other) => one.Constant == TimeSpan.TicksPerMinute && other.Constant == 5));
        Assert.Same(TimeValues.Unknown, left.Combine(right, Product, static (_, _) => false));

        static TimeValue Product(TimeValue one, TimeValue other) => TimeValue.Duration(one.Constant * other.Constant);
    }

    private static bool IsDuration(TimeValue value) => value.Shape == TimeShape.Duration;

    private static TimeValues Many(int count) => Enumerable.Range(1, count).Select(static ticks => (TimeValues)TimeValue.Duration(ticks)).Aggregate(static (all, next) => all.Join(next));
}
