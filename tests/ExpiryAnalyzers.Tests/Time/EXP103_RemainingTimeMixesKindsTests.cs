using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Time.RemainingTimeMixesKindsFix>;

namespace ExpiryAnalyzers.Tests.Time;

/// <summary>EXP103: a TTL is the difference of a UTC time and one that is not. What the rule reports.</summary>
public sealed class EXP103_RemainingTimeMixesKindsTests
{
    [Theory]
    [InlineData("given.ToUniversalTime() - DateTime.Now")]
    [InlineData("given.ToUniversalTime().Subtract(DateTime.Now)")]
    [InlineData("DateTime.SpecifyKind(given, DateTimeKind.Utc) - DateTime.Now")]
    [InlineData("new DateTime(2027, 1, 1) - DateTime.UtcNow")]
    [InlineData("new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.Now")]
    [InlineData("DateTime.Today.AddDays(1) - DateTime.UtcNow")]
    [InlineData("DateTime.UtcNow.Date.AddDays(1) - DateTime.Now")]
    [InlineData("DateTime.Parse(text) - DateTime.UtcNow")]
    [InlineData("TimeProvider.System.GetUtcNow().AddHours(1).UtcDateTime - DateTime.Now")]
    [InlineData("TimeProvider.System.GetUtcNow().AddHours(1).LocalDateTime - DateTime.UtcNow")]
    [InlineData("DateTimeOffset.Now.AddHours(1).DateTime - DateTime.UtcNow")]
    [InlineData("new DateTime(2027, 1, 1) - DateTimeOffset.UtcNow")]
    [InlineData("new DateTime(DateTime.Now.Year + 1, 1, 1) - DateTime.UtcNow")]
    public Task Reports_MixedKinds(string difference) => Check.Reports($"db.KeyExpire(key, [|{difference}|]);");

    [Theory]
    [InlineData("[|given.ToUniversalTime() - DateTime.Now|] + TimeSpan.FromMinutes(5)")]
    [InlineData("TimeSpan.FromSeconds(Math.Ceiling(([|given.ToUniversalTime() - DateTime.Now|]).TotalSeconds))")]
    [InlineData("([|given.ToUniversalTime() - DateTime.Now|]) / 2")]
    [InlineData("flag ? ttl : [|given.ToUniversalTime() - DateTime.Now|]")]
    [InlineData("TimeSpan.FromHours(1) - ([|DateTime.UtcNow - DateTime.Now|])")]
    public Task Reports_WhatIsMadeOfTheDifference(string ttl) => Check.Reports($"db.KeyExpire(key, {ttl});");

    /// <summary>What may be null is given a value: the last statement runs, whatever came before it on one of the ways.</summary>
    [Fact]
    public Task Reports_WhereWhatIsNotKnownMayBeNull() => Check.Reports("""
        string first = null;
        if (flag) first = db.StringGet("a");
        string second = null;
        second = first ?? db.StringGet("b");
        second ??= db.StringSet(key, token, [|given.ToUniversalTime() - DateTime.Now|]) ? "1" : "2";
        """);

    [Theory]
    [InlineData("db.StringSet(key, token, [|given.ToUniversalTime() - DateTime.Now|]);")]
    [InlineData("db.LockTake(key, token, [|given.ToUniversalTime() - DateTime.Now|]);")]
    [InlineData("await db.KeyExpireAsync(key, [|given.ToUniversalTime() - DateTime.Now|], CommandFlags.FireAndForget).ConfigureAwait(false);")]
    [InlineData("var left = given.ToUniversalTime() - DateTime.Now;\ndb.KeyExpire(key, [|left|]);")]
    [InlineData("var now = DateTime.Now;\ndb.KeyExpire(key, [|given.ToUniversalTime() - now|]);")]
    [InlineData("db.Execute(\"EXPIRE\", \"k\", (int)([|given.ToUniversalTime() - DateTime.Now|]).TotalSeconds);")]
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = [|given.ToUniversalTime() - DateTime.Now|] };")]
    [InlineData("DateTime expiresUtc = given;\ndb.KeyExpire(key, [|expiresUtc - DateTime.Now|]);")]
    [InlineData("if (given.Kind == DateTimeKind.Utc) db.KeyExpire(key, [|given - DateTime.Now|]);")]
    public Task Reports_AtEverySink(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("given - DateTime.UtcNow")]
    [InlineData("given - DateTime.Now")]
    [InlineData("given.ToUniversalTime() - DateTime.UtcNow")]
    [InlineData("DateTime.Today.AddDays(1) - DateTime.Now")]
    [InlineData("DateTime.UtcNow.Date.AddDays(1) - DateTime.UtcNow")]
    [InlineData("new DateTime(2027, 1, 1) - DateTime.Now")]
    [InlineData("DateTime.MaxValue - DateTime.UtcNow.AddDays(1)")]
    [InlineData("new DateTime(2027, 1, 1) - new DateTime(2026, 1, 1)")]
    [InlineData("DateTimeOffset.UtcNow.AddHours(1) - DateTimeOffset.Now")]
    [InlineData("DateTimeOffset.UtcNow.AddHours(1) - DateTime.Now")]
    [InlineData("new DateTime(2027, 1, 1) - DateTimeOffset.Now")]
    [InlineData("DateTimeOffset.UtcNow.AddHours(1).DateTime - DateTime.UtcNow")]
    [InlineData("DateTime.ParseExact(text, \"r\", CultureInfo.InvariantCulture) - DateTime.UtcNow")]
    [InlineData("DateTime.ParseExact(text, \"yyyy-MM-ddTHH:mm:ssZ\", CultureInfo.InvariantCulture) - DateTime.UtcNow")]
    [InlineData("DateTime.Parse(text, null, DateTimeStyles.RoundtripKind) - DateTime.UtcNow")]
    [InlineData("new DateTime(DateTime.UtcNow.Year, DateTime.UtcNow.Month, 1).AddMonths(1) - DateTime.UtcNow")]
    [InlineData("new DateTime(DateTime.UtcNow.Ticks) - DateTime.UtcNow")]
    [InlineData("new DateTime(text.Length, 1, 1) - DateTime.UtcNow")]
    [InlineData("DateOnly.FromDateTime(DateTime.UtcNow).AddDays(1).ToDateTime(TimeOnly.MinValue) - DateTime.UtcNow")]
    public Task Silent_EqualAndUnknownKinds(string difference) => Check.Reports($"db.KeyExpire(key, {difference});");

    // Which clock it was was chosen once, for both sides.
    [Theory]
    [InlineData("var now = flag ? DateTime.UtcNow : DateTime.Now;\ndb.KeyExpire(key, now.Date.AddDays(1) - now);")]
    [InlineData("var now = flag ? DateTime.UtcNow : DateTime.Now;\nvar end = now.Date.AddDays(1);\ndb.KeyExpire(key, end.Subtract(now));")]
    [InlineData("var now = Clock();\ndb.KeyExpire(key, now.Date.AddDays(1) - now);\nDateTime Clock() => flag ? DateTime.UtcNow : DateTime.Now;")]
    [InlineData("var now = flag ? DateTime.UtcNow : DateTime.Now;\ndb.KeyExpire(key, [|now.Date.AddDays(1) - DateTime.UtcNow|]);")]
    [InlineData("var now = flag ? DateTime.UtcNow : DateTime.Now;\ndb.KeyExpire(key, [|now.AddDays(1).ToUniversalTime() - now|]);")]
    [InlineData("var now = flag ? DateTime.UtcNow : DateTime.Now;\ndb.KeyExpire(key, EndOfDay(now) - now);\nDateTime EndOfDay(DateTime at) => at.Date.AddDays(1);")]
    public Task BothSidesOfOneChoice(string statements) => Check.Reports(statements);

    // The start of Unix time is no clock: EXP106 speaks where the number is no TTL, and nobody where it is no TTL at all.
    [Theory]
    [InlineData("db.KeyExpire(key, DateTime.UtcNow - new DateTime(1970, 1, 1));")]
    [InlineData("db.Execute(\"EXPIREAT\", \"k\", (long)(given.ToUniversalTime() - new DateTime(1970, 1, 1)).TotalSeconds);")]
    [InlineData("var age = DateTime.UtcNow - DateTime.Now;\nConsole.WriteLine(age);")]
    public Task Silent_NoRemainingTime(string statements) => Check.Reports(statements);

    // Accepted: the zone of numbers that come from elsewhere is not known.
    [Fact]
    public Task Gap_PartsFromElsewhere() => Check.Reports("var day = int.Parse(text);\ndb.KeyExpire(key, new DateTime(2027, 1, day) - DateTime.UtcNow);");
}

/// <summary>EXP103: what the fix writes.</summary>
public sealed class EXP103_RemainingTimeMixesKindsFixTests
{
    [Theory]
    [InlineData("given.ToUniversalTime() - DateTime.Now", "given.ToUniversalTime() - DateTime.UtcNow")]
    [InlineData("given.ToUniversalTime().Subtract(DateTime.Now)", "given.ToUniversalTime().Subtract(DateTime.UtcNow)")]
    [InlineData("DateTimeOffset.Now.AddHours(1).DateTime - DateTime.UtcNow", "DateTimeOffset.Now.AddHours(1).UtcDateTime - DateTime.UtcNow")]
    [InlineData("DateTimeOffset.Now.AddHours(1).LocalDateTime - DateTime.UtcNow", "DateTimeOffset.Now.AddHours(1).UtcDateTime - DateTime.UtcNow")]
    [InlineData("given.ToLocalTime() - DateTime.UtcNow", "given.ToLocalTime().ToUniversalTime() - DateTime.UtcNow")]
    public Task TheOtherSideBecomesUtc(string before, string after) => Check.Fixes($"db.KeyExpire(key, [|{before}|]);", $"db.KeyExpire(key, {after});", "Utc");

    [Theory]
    [InlineData("new DateTime(2027, 1, 1) - DateTime.UtcNow", "new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.UtcNow")]
    [InlineData("DateTime.Parse(text) - DateTime.UtcNow", "DateTime.Parse(text, CultureInfo.CurrentCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal) - DateTime.UtcNow")]
    public Task OfATimeWithoutAKindOnlyTheUserKnowsTheMeaning(string before, string after) => Check.Asks($"db.KeyExpire(key, [|{before}|]);", $"db.KeyExpire(key, {after});", "Utc");

    // Eight in the evening here is no eight in the evening of UTC: the instant stays.
    [Theory]
    [InlineData("DateTime.Today.AddDays(1) - DateTime.UtcNow", "DateTime.Today.AddDays(1).ToUniversalTime() - DateTime.UtcNow")]
    [InlineData("DateTime.Today.AddHours(20) - server.Time()", "DateTime.Today.AddHours(20).ToUniversalTime() - server.Time()")]
    [InlineData("DateTime.Now.AddMonths(1) - server.Time()", "DateTime.Now.AddMonths(1).ToUniversalTime() - server.Time()")]
    public Task TheLocalDayIsKept(string before, string after) => Check.Fixes(
        $"IServer server = null;\ndb.KeyExpire(key, [|{before}|]);",
        $"IServer server = null;\ndb.KeyExpire(key, {after});",
        "LocalDay");

    [Fact]
    public Task TheDayOfUtcIsNotOffered() => Check.NoFix(
        "DateTimeOffset at = DateTimeOffset.Now;\nConsole.WriteLine(at);\ndb.KeyExpire(key, [|at.Date - DateTime.UtcNow|]);");

    [Fact]
    public Task InALocal() => Check.Fixes(
        "var left = given.ToUniversalTime() - DateTime.Now; // what is left\ndb.KeyExpire(key, [|left|]);",
        "var left = given.ToUniversalTime() - DateTime.UtcNow; // what is left\ndb.KeyExpire(key, left);",
        "Utc");

    [Fact]
    public Task AClockThatIsAlsoReadElsewhereIsConverted() => Check.Fixes(
        "var now = DateTime.Now;\nConsole.WriteLine(now);\ndb.KeyExpire(key, [|given.ToUniversalTime() - now|]);",
        "var now = DateTime.Now;\nConsole.WriteLine(now);\ndb.KeyExpire(key, given.ToUniversalTime() - now.ToUniversalTime());",
        "Utc");

    [Fact]
    public Task KeepsWhatStandsAround() => Check.Fixes(
        """
        await db.KeyExpireAsync(
            key,
            expiry: [|given.ToUniversalTime()
                - DateTime.Now|], // until then
            flags: CommandFlags.FireAndForget).ConfigureAwait(false);
        db.StringSet(key, token, expiry: /* left */ [|given.ToUniversalTime() - DateTime.Now|], when: When.Always);
        """,
        """
        await db.KeyExpireAsync(
            key,
            expiry: given.ToUniversalTime()
                - DateTime.UtcNow, // until then
            flags: CommandFlags.FireAndForget).ConfigureAwait(false);
        db.StringSet(key, token, expiry: /* left */ given.ToUniversalTime() - DateTime.UtcNow, when: When.Always);
        """,
        "Utc");

    [Fact]
    public Task AHelpersDifferenceIsTheHelpersToRepair() => Check.NoFixSource("""
        using System;
        using StackExchange.Redis;

        class Sessions
        {
            static TimeSpan Left(DateTime until) => until.ToUniversalTime() - DateTime.Now;

            void Touch(IDatabase db, DateTime until) => db.KeyExpire("k", [|Left(until)|]);
        }
        """);
}
