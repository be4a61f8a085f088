using System.Globalization;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Values;
using Xunit;

namespace ExpiryAnalyzers.Tests.Values;

/// <summary>Which texts the framework reads in days though they say hours or nothing; <c>TimeSpan.Parse</c> itself reads them here.</summary>
public sealed class SpanTextTests
{
    [Theory]

    // Below a day, and with a point, a text means what it says.
    [InlineData("23:59:59", null)]
    [InlineData("00:30", null)]
    [InlineData("1.00:00:00", null)]
    [InlineData("30.00:00:00", null)]
    [InlineData("0:23:00:00", null)]

    // From 24 on the first of three numbers is days.
    [InlineData("24:00:00", "Hours")]
    [InlineData("72:15:30", "Hours")]
    [InlineData("1:00:00:00", null)]

    // A number alone is days, which up to a month may be meant.
    [InlineData("1", null)]
    [InlineData("31", null)]
    [InlineData("32", "Unknown")]
    [InlineData("3600", "Unknown")]
    public void WhatIsReadInDays(string text, string? given)
    {
        UnitMixup? mixup = SpanText.MixupOf(text, TimeSpan.Parse(text, CultureInfo.InvariantCulture));

        Assert.Equal(given is null ? null : new UnitMixup(Enum.Parse<TimeUnit>(given), TimeUnit.Days), mixup);
    }

    /// <summary>The repair says what the text meant: its numbers are hours, minutes and seconds.</summary>
    [Theory]
    [InlineData("24:00:00", "1.00:00:00")]
    [InlineData("72:15:30", "3.00:15:30")]
    [InlineData("00:30:00", null)]
    [InlineData("3600", null)]
    [InlineData("1.00:00:00", null)]
    [InlineData("no span", null)]
    public void WhatIsMeantInHours(string text, string? meant) => Assert.Equal(
        meant is null ? null : TimeSpan.Parse(meant, CultureInfo.InvariantCulture),
        SpanText.InHours(text));
}
