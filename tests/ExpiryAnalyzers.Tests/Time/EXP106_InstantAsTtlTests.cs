using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Time.InstantAsTtlFix>;

namespace ExpiryAnalyzers.Tests.Time;

/// <summary>EXP106: an instant's own number is used as a TTL. What the rule reports.</summary>
public sealed class EXP106_InstantAsTtlTests
{
    [Theory]
    [InlineData("TimeSpan.FromSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 3600)")]
    [InlineData("TimeSpan.FromMilliseconds(DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds())")]
    [InlineData("new TimeSpan(given.Ticks)")]
    [InlineData("TimeSpan.FromTicks(given.Ticks)")]
    [InlineData("given - DateTime.UnixEpoch")]
    [InlineData("given - new DateTime(1970, 1, 1)")]
    [InlineData("given.Subtract(new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc))")]
    [InlineData("given - DateTime.MinValue")]
    [InlineData("given - default(DateTime)")]
    [InlineData("given - new DateTime()")]
    [InlineData("new TimeSpan(given.Ticks - DateTime.UnixEpoch.Ticks)")]
    [InlineData("given.TimeOfDay")]
    [InlineData("DateTime.UtcNow.AddMinutes(5).TimeOfDay")]
    public Task Reports_Spans(string span) => Check.Reports($"db.KeyExpire(key, [|{span}|]);");

    [Theory]
    [InlineData("db.Execute(\"EXPIRE\", key, [|DateTimeOffset.UtcNow.ToUnixTimeSeconds()|]);")]
    [InlineData("db.Execute(\"PEXPIRE\", key, [|DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()|]);")]
    [InlineData("db.Execute(\"PEXPIRE\", key, [|DateTimeOffset.UtcNow.ToUnixTimeSeconds()|]);")]
    [InlineData("db.Execute(\"SET\", key, token, \"EX\", [|DateTimeOffset.UtcNow.ToUnixTimeSeconds()|]);")]
    [InlineData("db.Execute(\"SETEX\", key, [|DateTimeOffset.UtcNow.ToUnixTimeSeconds()|], token);")]
    [InlineData("long expUnix = long.Parse(text);\ndb.Execute(\"EXPIRE\", key, [|expUnix|]);")]
    [InlineData("long unixTimestamp = long.Parse(text);\ndb.StringSet(key, token, [|TimeSpan.FromSeconds(unixTimestamp)|]);")]
    [InlineData("var until = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();\ndb.KeyExpire(key, [|TimeSpan.FromSeconds(until)|]);")]
    [InlineData("db.KeyExpire(key, TimeSpan.FromSeconds((int)([|given - DateTime.UnixEpoch|]).TotalSeconds));")]
    [InlineData("var span = given - DateTime.UnixEpoch;\ndb.LockTake(key, token, [|span|]);")]
    [InlineData("var o = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = [|new TimeSpan(given.Ticks)|] };")]
    public Task Reports_AtEverySink(string statements) => Check.Reports(statements);

    [Theory]
    [InlineData("given - DateTime.UtcNow")]
    [InlineData("TimeSpan.FromSeconds(DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds() - DateTimeOffset.UtcNow.ToUnixTimeSeconds())")]
    [InlineData("new TimeSpan(given.Ticks - DateTime.UtcNow.Ticks)")]
    [InlineData("(given - DateTime.UnixEpoch) - (DateTime.UtcNow - DateTime.UnixEpoch)")]
    [InlineData("TimeSpan.FromDays(1) - DateTime.UtcNow.TimeOfDay")]
    [InlineData("ttl - DateTime.UtcNow.TimeOfDay")]
    [InlineData("given.TimeOfDay - DateTime.UtcNow.TimeOfDay")]
    [InlineData("new DateTime(2000, 1, 1, 0, 30, 0).TimeOfDay")]
    [InlineData("DateTime.Parse(text).TimeOfDay")]
    [InlineData("DateTime.Today.AddDays(1) - DateTime.Now")]
    [InlineData("TimeSpan.FromSeconds(60 - DateTimeOffset.UtcNow.ToUnixTimeSeconds() % 60)")]
    [InlineData("TimeSpan.FromSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() % 60)")]
    [InlineData("new DateTime(2027, 1, 1) - new DateTime(1999, 1, 1)")]
    public Task Silent_Differences(string span) => Check.Reports($"db.KeyExpire(key, {span});");

    [Theory]
    [InlineData("db.Execute(\"EXPIREAT\", key, DateTimeOffset.UtcNow.ToUnixTimeSeconds());")]
    [InlineData("db.Execute(\"EXPIREAT\", key, (long)(given - DateTime.UnixEpoch).TotalSeconds);")]
    [InlineData("long exp = long.Parse(text);\ndb.Execute(\"EXPIRE\", key, exp);\ndb.Execute(\"EXPIRE\", key, exp - DateTimeOffset.UtcNow.ToUnixTimeSeconds());")]
    [InlineData("long expUnix = long.Parse(text), nowUnix = long.Parse(text);\ndb.KeyExpire(key, TimeSpan.FromSeconds(expUnix - nowUnix));")]
    [InlineData("int epochSeconds = 60, secondsPerEpoch = 1, epochLengthSeconds = 9;\ndb.KeyExpire(key, TimeSpan.FromSeconds(secondsPerEpoch));\ndb.KeyExpire(key, TimeSpan.FromSeconds(epochLengthSeconds));")]
    [InlineData("db.KeyExpire(key, DateTime.UnixEpoch.AddSeconds(long.Parse(text)));")]
    public Task Silent_OtherNumbers(string statements) => Check.Reports(statements);

    // Accepted: a number that may be a Unix time does not say so.
    [Fact]
    public Task Gap_AnUnnamedNumber() => Check.Reports("long exp = long.Parse(text);\ndb.KeyExpire(key, TimeSpan.FromSeconds(exp));");
}

/// <summary>EXP106: what the fix writes.</summary>
public sealed class EXP106_InstantAsTtlFixTests
{
    [Theory]
    [InlineData("TimeSpan.FromSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 3600)", "TimeSpan.FromSeconds(3600)")]
    [InlineData("TimeSpan.FromMilliseconds(DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds())", "TimeSpan.FromHours(1)")]
    [InlineData("new TimeSpan(DateTime.UtcNow.Add(ttl).Ticks)", "ttl")]
    [InlineData("DateTime.UtcNow.AddMinutes(5).TimeOfDay", "TimeSpan.FromMinutes(5)")]
    [InlineData("DateTime.UtcNow.AddMinutes(5) - DateTime.UnixEpoch", "TimeSpan.FromMinutes(5)")]
    public Task TheOffsetAlone(string before, string after) => Check.Fixes($"db.KeyExpire(key, [|{before}|]);", $"db.KeyExpire(key, {after});", "Offset");

    [Theory]
    [InlineData("new TimeSpan(given.ToUniversalTime().Ticks)", "given.ToUniversalTime()")]
    [InlineData("TimeSpan.FromTicks(given.ToLocalTime().Ticks)", "given.ToLocalTime().ToUniversalTime()")]
    [InlineData("TimeSpan.FromSeconds(new DateTimeOffset(given).ToUnixTimeSeconds())", "new DateTimeOffset(given).UtcDateTime")]
    [InlineData("TimeSpan.FromSeconds(new DateTimeOffset(given).ToUnixTimeSeconds() + 3600)", "DateTimeOffset.FromUnixTimeSeconds(new DateTimeOffset(given).ToUnixTimeSeconds() + 3600).UtcDateTime")]
    [InlineData("TimeSpan.FromMilliseconds(new DateTimeOffset(given).ToUnixTimeMilliseconds() - 60)", "DateTimeOffset.FromUnixTimeMilliseconds(new DateTimeOffset(given).ToUnixTimeMilliseconds() - 60).UtcDateTime")]
    public Task TheAbsoluteForm(string before, string after) => Check.Fixes($"db.KeyExpire(key, [|{before}|]);", $"db.KeyExpire(key, {after});", "Absolute");

    /// <summary>A deadline without a kind would be read as local time, which only its author can say is right.</summary>
    [Fact]
    public Task AsksWhereNothingSaysOfWhichKindTheDeadlineIs() =>
        Check.Asks("db.KeyExpire(key, [|given - DateTime.UnixEpoch|]);", "db.KeyExpire(key, given.ToUniversalTime());", "Absolute");

    [Fact]
    public Task TheTimeThatIsLeft_AsksWhereNothingSaysOfWhichKindTheDeadlineIs() =>
        Check.Asks("db.LockTake(key, token, [|given - DateTime.UnixEpoch|]);", "db.LockTake(key, token, given.ToUniversalTime() - DateTime.UtcNow);", "Remaining");

    [Theory]
    [InlineData("given.ToUniversalTime().TimeOfDay", "given.ToUniversalTime() - DateTime.UtcNow")]
    [InlineData("new TimeSpan(given.ToLocalTime().Ticks)", "given.ToLocalTime() - DateTime.Now")]
    [InlineData("TimeSpan.FromSeconds(new DateTimeOffset(given).ToUnixTimeSeconds())", "new DateTimeOffset(given) - DateTimeOffset.UtcNow")]
    public Task TheTimeThatIsLeft(string before, string after) => Check.Fixes($"db.LockTake(key, token, [|{before}|]);", $"db.LockTake(key, token, {after});", "Remaining");

    [Theory]
    [InlineData("db.Execute(\"EXPIRE\", key, [|new DateTimeOffset(given).ToUnixTimeSeconds()|]);", "db.Execute(\"EXPIREAT\", key, new DateTimeOffset(given).ToUnixTimeSeconds());")]
    [InlineData("db.Execute(\"PEXPIRE\", key, [|new DateTimeOffset(given).ToUnixTimeMilliseconds()|]);", "db.Execute(\"PEXPIREAT\", key, new DateTimeOffset(given).ToUnixTimeMilliseconds());")]
    [InlineData("db.Execute(\"EXPIRE\", key, [|new DateTimeOffset(given).ToUnixTimeMilliseconds()|]);", "db.Execute(\"PEXPIREAT\", key, new DateTimeOffset(given).ToUnixTimeMilliseconds());")]
    [InlineData("db.Execute(\"SET\", key, token, \"EX\", [|new DateTimeOffset(given).ToUnixTimeSeconds()|]);", "db.Execute(\"SET\", key, token, \"EXAT\", new DateTimeOffset(given).ToUnixTimeSeconds());")]
    [InlineData("await db.ExecuteAsync(\"getex\", key, \"px\", [|new DateTimeOffset(given).ToUnixTimeMilliseconds()|]).ConfigureAwait(false);", "await db.ExecuteAsync(\"getex\", key, \"pxat\", new DateTimeOffset(given).ToUnixTimeMilliseconds()).ConfigureAwait(false);")]
    public Task TheAbsoluteCommand(string before, string after) => Check.Fixes(before, after, "Absolute");

    // Somebody's own deadline is kept: only of this machine's clock is the span all that was meant.
    [Fact]
    public Task ADeadlineThatIsNoClockIsKept() => Check.FixesSource(
        InStore("void Keep(string k, DateTimeOffset startsAt) => db.KeyExpire(k, [|TimeSpan.FromSeconds(startsAt.ToUnixTimeSeconds() + 3600)|]);"),
        InStore("void Keep(string k, DateTimeOffset startsAt) => db.KeyExpire(k, DateTimeOffset.FromUnixTimeSeconds(startsAt.ToUnixTimeSeconds() + 3600).UtcDateTime);"),
        "Absolute");

    [Theory]
    [InlineData("db.KeyExpire(k, [|DateTime.UtcNow + TimeSpan.FromTicks(until.ToUnixTimeSeconds())|]);", "db.KeyExpire(k, until.UtcDateTime);")]
    [InlineData("db.KeyExpire(k, [|DateTime.UtcNow.AddSeconds(until.ToUnixTimeSeconds())|]);", "db.KeyExpire(k, until.UtcDateTime);")]
    [InlineData("db.KeyExpire(k, [|DateTime.UtcNow.AddSeconds(untilUnix)|]);", "db.KeyExpire(k, DateTimeOffset.FromUnixTimeSeconds(untilUnix).UtcDateTime);")]
    [InlineData("db.KeyExpire(k, [|DateTimeOffset.UtcNow.AddMilliseconds(until.ToUnixTimeMilliseconds()).UtcDateTime|]);", "db.KeyExpire(k, until.UtcDateTime);")]
    [InlineData("new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddSeconds(until.ToUnixTimeSeconds())|] };", "new DistributedCacheEntryOptions { AbsoluteExpiration = until };")]
    public Task APointInTimeAddedToTheClock(string before, string after) => Check.FixesSource(
        InStore($"object Keep(string k, DateTimeOffset until, long untilUnix) {{ {Returned(before)} }}"),
        InStore($"object Keep(string k, DateTimeOffset until, long untilUnix) {{ {Returned(after)} }}"),
        "Absolute");

    [Theory]
    [InlineData("db.KeyExpire(key, DateTime.UnixEpoch.AddSeconds(new DateTimeOffset(given).ToUnixTimeSeconds()));")]
    [InlineData("db.KeyExpire(key, DateTime.UnixEpoch + (given.ToUniversalTime() - DateTime.UnixEpoch));")]
    [InlineData("db.KeyExpire(key, DateTime.UtcNow + (given - DateTime.UtcNow));")]
    public Task Silent_WhatStartsWhereTheNumberDoes(string statements) => Check.Reports(statements);

    [Fact]
    public Task EXP105LeavesItToEXP106() => Verify<CodeFixes.Time.UnitsMixedUpFix>.Reports(
        "db.KeyExpire(key, DateTime.UtcNow + TimeSpan.FromTicks(new DateTimeOffset(given).ToUnixTimeSeconds()));");

    // EXAT came with Redis 6.2.
    [Fact]
    public async Task NoAbsoluteForm_OnAServerThatLacksIt()
    {
        const string older = "redis.min_server_version = 6.0";
        const string command = "db.Execute(\"SET\", key, token, \"EX\", [|new DateTimeOffset(given).ToUnixTimeSeconds()|]);";
        await Check.FixesWith(older, command, command, "Absolute", "3.4.35");
        await Check.FixesWith(
            older,
            "db.StringSet(key, token, [|given.ToUniversalTime() - DateTime.UnixEpoch|]);",
            "db.StringSet(key, token, given.ToUniversalTime() - DateTime.UtcNow);",
            "Remaining",
            "3.4.35");
    }

    [Fact]
    public Task TheOffsetForACommand() => Check.Fixes(
        "db.Execute(\"EXPIRE\", key, [|DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60|]);",
        "db.Execute(\"EXPIRE\", key, 60);",
        "Offset");

    [Theory]
    [InlineData("db.Execute(\"SETEX\", key, [|new DateTimeOffset(given).ToUnixTimeSeconds()|], token);")]
    public Task NoSafeRewrite(string statements) => Check.NoFix(statements);

    [Fact]
    public Task TheTimeThatIsLeftOfANumber() => Check.Fixes(
        "long expUnix = long.Parse(text);\ndb.LockTake(key, token, [|TimeSpan.FromSeconds(expUnix)|]);",
        "long expUnix = long.Parse(text);\ndb.LockTake(key, token, DateTimeOffset.FromUnixTimeSeconds(expUnix) - DateTimeOffset.UtcNow);",
        "Remaining");

    [Fact]
    public Task KeepsWhatStandsAround() => Check.Fixes(
        """
        await db.KeyExpireAsync(
            key,
            expiry: [|TimeSpan.FromSeconds(/* an hour */ DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 3600)|], // from now
            flags: CommandFlags.FireAndForget).ConfigureAwait(false);
        db.KeyExpire(key, [|TimeSpan.FromSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60)|]);
        """,
        """
        await db.KeyExpireAsync(
            key,
            expiry: TimeSpan.FromSeconds(/* an hour */ 3600), // from now
            flags: CommandFlags.FireAndForget).ConfigureAwait(false);
        db.KeyExpire(key, TimeSpan.FromSeconds(60));
        """,
        "Offset");

    // A number that every object in view is given as a Unix time.
    [Fact]
    public Task OfAnObjectThatIsAlwaysGivenAUnixTime() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        public sealed class Puzzle(string id, long expires)
        {
            public string Id { get; } = id;

            public long Expires { get; } = expires;
        }

        public sealed class Lease
        {
            public long Ends { get; set; }

            public long Lasts { get; set; }
        }

        public record Ticket(long Ends);

        public sealed class Maker
        {
            public Puzzle Make(string id)
            {
                var expires = DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeMilliseconds();
                return new Puzzle(id, expires);
            }

            public Lease Make(long lasts) => new Lease { Ends = DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds(), Lasts = lasts };

            public Ticket Issue() => new(DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds());

            public Ticket Issue(long ends) => new(ends);
        }

        public sealed class Store(IDatabase db)
        {
            public void Save(Puzzle puzzle) => db.StringSet(puzzle.Id, "1", [|TimeSpan.FromMilliseconds(puzzle.Expires)|]);

            public void SaveRight(Puzzle puzzle) =>
                db.KeyExpire(puzzle.Id, DateTimeOffset.FromUnixTimeMilliseconds(puzzle.Expires).UtcDateTime);

            public void Save(Lease lease) => db.StringSet("l", "1", [|TimeSpan.FromSeconds(lease.Ends)|]);

            public void SaveRight(Lease lease) => db.StringSet("l", "1", TimeSpan.FromSeconds(lease.Lasts));

            public void Save(Ticket ticket) => db.StringSet("t", "1", TimeSpan.FromSeconds(ticket.Ends));

            public void SaveNew(string id)
            {
                var made = new Ticket(DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds());
                db.StringSet(id, "1", [|TimeSpan.FromSeconds(made.Ends)|]);
            }

            public void SaveLeft(Puzzle puzzle) => db.StringSet(
                puzzle.Id,
                "1",
                TimeSpan.FromMilliseconds(puzzle.Expires - DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
        }
        """);

    private static string Returned(string statement) => statement.StartsWith("new", StringComparison.Ordinal) ? "return " + statement : statement + " return null;";

    private static string InStore(string members) => $$"""
        using System;
        using Microsoft.Extensions.Caching.Distributed;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            {{members}}
        }
        """;
}
