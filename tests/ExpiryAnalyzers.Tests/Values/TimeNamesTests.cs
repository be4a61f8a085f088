using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Values;
using Xunit;

namespace ExpiryAnalyzers.Tests.Values;

/// <summary>What names say of numbers and times.</summary>
public sealed class TimeNamesTests
{
    [Theory]
    [InlineData("ttlMs", "Milliseconds")]
    [InlineData("TTLInMS", "Milliseconds")]
    [InlineData("TTLms", "Milliseconds")]
    [InlineData("ttl_ms", "Milliseconds")]
    [InlineData("EXPIRY_SECONDS", "Seconds")]
    [InlineData("_timeoutMillis", "Milliseconds")]
    [InlineData("TimeoutSeconds", "Seconds")]
    [InlineData("TTLSeconds", "Seconds")]
    [InlineData("expireSecs", "Seconds")]
    [InlineData("expireSecond", "Seconds")]
    [InlineData("timeoutmilliseconds", "Milliseconds")]
    [InlineData("secondsToLive", "Seconds")]
    [InlineData("cacheMinutes", "Minutes")]
    [InlineData("DurationInHour", "Hours")]
    [InlineData("Days", "Days")]
    [InlineData("timeoutTicks", "Ticks")]
    [InlineData("SecondsInDay", "Seconds")]
    [InlineData("MILLISECONDS_IN_ONE_HOUR", "Milliseconds")]
    [InlineData("OneDayInSeconds", "Seconds")]
    [InlineData("ttl", "Unknown")]
    [InlineData("items", "Unknown")]
    [InlineData("params", "Unknown")]
    [InlineData("Second", "Unknown")]
    [InlineData("currentHour", "Unknown")]
    [InlineData("TtlMin", "Unknown")]
    [InlineData("requestsPerSeconds", "Unknown")]
    [InlineData("TicksPerSecond", "Unknown")]
    [InlineData("secondsFactor", "Unknown")]
    [InlineData("msg", "Unknown")]
    [InlineData("", "Unknown")]
    public void Units(string name, string unit) => Assert.Equal(Enum.Parse<TimeUnit>(unit), TimeNames.UnitOf(name));

    [Theory]
    [InlineData("expUnix", true)]
    [InlineData("UnixTimestamp", true)]
    [InlineData("epochMs", true)]
    [InlineData("exp", false)]
    [InlineData("timestamp", false)]
    [InlineData("secondsPerEpoch", false)]
    [InlineData("epochLength", false)]
    public void Epochs(string name, bool isEpoch) => Assert.Equal(isEpoch, TimeNames.IsEpoch(name));

    [Theory]
    [InlineData("expiresAtUtc", "Utc")]
    [InlineData("UtcNow", "Utc")]
    [InlineData("ExpiresUTC", "Utc")]
    [InlineData("deadlineLocal", "Local")]
    [InlineData("deadline", "None")]
    [InlineData("local", "None")]
    [InlineData("LocalCacheExpiry", "None")]
    public void Zones(string name, string zone) => Assert.Equal(Enum.Parse<TimeKind>(zone), TimeNames.ZoneOf(name));
}
