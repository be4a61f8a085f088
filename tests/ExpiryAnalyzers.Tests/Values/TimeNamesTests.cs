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

    /// <summary>A lifetime's name says no more than that, its unit and from when on it counts.</summary>
    [Theory]
    [InlineData("ttl", true)]
    [InlineData("ttlSeconds", true)]
    [InlineData("ttlInSeconds", true)]
    [InlineData("keepFor", true)]
    [InlineData("slidingExpiration", true)]
    [InlineData("absoluteExpirationRelativeToNow", true)]
    [InlineData("secondsToLive", false)]
    [InlineData("cacheTtl", false)]
    [InlineData("seconds", false)]
    [InlineData("ttlInCache", false)]
    [InlineData("expiresIn", true)]
    [InlineData("expiresInMinute", true)]
    [InlineData("expiresInHours", true)]
    [InlineData("inSeconds", false)]
    [InlineData("", false)]
    public void Lifetimes(string name, bool isLifetime) => Assert.Equal(isLifetime, TimeNames.IsLifetime(name));

    /// <summary>What stands before the unit, and how it was written, decides whether the name tells one.</summary>
    [Theory]
    [InlineData("expireMilliSeconds", "Milliseconds")]
    [InlineData("expireMicroSeconds", "Microseconds")]
    [InlineData("expireNanoSeconds", "Unknown")]
    [InlineData("milliSeconds", "Milliseconds")]
    [InlineData("secondsPerRequest", "Unknown")]
    [InlineData("inSeconds", "Seconds")]
    [InlineData("inDay", "Days")]
    [InlineData("ttlDay", "Days")]
    [InlineData("day", "Unknown")]
    [InlineData("expireseconds", "Seconds")]
    [InlineData("ttlmilliseconds", "Milliseconds")]
    [InlineData("ttlmicroseconds", "Microseconds")]
    [InlineData("cacheminutes", "Minutes")]
    [InlineData("birthdays", "Unknown")]
    [InlineData("itemsecs", "Unknown")]
    [InlineData("minutesUntilExpiry", "Minutes")]
    [InlineData("hoursLeft", "Hours")]
    [InlineData("hourLeft", "Unknown")]
    [InlineData("minutesOld", "Unknown")]
    [InlineData("currentSecond", "Unknown")]
    [InlineData("lifeSecond", "Seconds")]
    [InlineData("cacheMillisecond", "Milliseconds")]
    [InlineData("leaseMinute", "Minutes")]
    [InlineData("durationhours", "Unknown")]
    public void UnitsByWhatStandsBeforeThem(string name, string unit) => Assert.Equal(Enum.Parse<TimeUnit>(unit), TimeNames.UnitOf(name));

    [Theory]
    [InlineData("createdLocalUtc", "Utc")]
    [InlineData("utcLocal", "Utc")]
    [InlineData("localCreated", "None")]
    [InlineData("createdUtcAt", "None")]
    [InlineData("", "None")]
    public void ZonesByTheirPlace(string name, string zone) => Assert.Equal(Enum.Parse<TimeKind>(zone), TimeNames.ZoneOf(name));
}
