using ExpiryAnalyzers.CodeFixes.Atomicity;
using ExpiryAnalyzers.CodeFixes.Lifetime;
using ExpiryAnalyzers.CodeFixes.Time;
using Xunit;

namespace ExpiryAnalyzers.Tests.Apis;

/// <summary>What the fixes do for clients other than StackExchange.Redis. Their reports are in the course, folder Clients.</summary>
public sealed class OtherClientsTests
{
    [Theory]
    [InlineData("cli.ExpireAt(\"k\", [|DateTime.UtcNow.AddMinutes(5)|]);", "cli.Expire(\"k\", TimeSpan.FromMinutes(5));")]
    [InlineData("await cli.ExpireAtAsync(\"k\", [|DateTime.Now + ttl|]); // soon", "await cli.ExpireAsync(\"k\", ttl); // soon")]
    [InlineData("cs.PExpireAt(\"k\", [|DateTime.UtcNow.Add(ttl)|]);", "cs.PExpire(\"k\", ttl);")]
    [InlineData("RedisHelper.ExpireAt(\"k\", expire: [|DateTime.UtcNow.AddSeconds(30)|]);", "RedisHelper.Expire(\"k\", expire: TimeSpan.FromSeconds(30));")]
    public Task NowPlusOffset_GoesToTheRelativeMethod(string before, string after) =>
        Verify<NowPlusOffsetAsAbsoluteFix>.FixesSource(Source(before), Source(after), "Relative", References.AllClients);

    [Fact]
    public Task NowPlusOffset_WithoutARelativeMethodForSpans() =>
        Verify<NowPlusOffsetAsAbsoluteFix>.NoFixSource(Source("cli.PExpireAt(\"k\", [|DateTime.UtcNow.AddMinutes(5)|]);"), References.AllClients);

    [Theory]
    [InlineData("cli.ExpireAt(\"k\", [|DateTime.Now.AddMinutes(5)|]);", "cli.ExpireAt(\"k\", DateTime.UtcNow.AddMinutes(5));")]
    public Task NotUtc_IsMadeUtc(string before, string after) =>
        Verify<AbsoluteExpiryNotUtcFix>.FixesSource(Source(before), Source(after), "Utc", References.AllClients);

    [Fact]
    public Task NotUtc_AsksWhatAConstructorMeans() => Verify<AbsoluteExpiryNotUtcFix>.AsksSource(
        Source("RedisHelper.ExpireAt(\"k\", [|new DateTime(2027, 1, 1)|]);"),
        Source("RedisHelper.ExpireAt(\"k\", new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc));"),
        "Utc",
        References.AllClients);

    [Theory]
    [InlineData("cli.Set(\"k\", \"v\", [|Timeout.InfiniteTimeSpan|]);", "cli.Set(\"k\", \"v\", 0);", "Never")]
    [InlineData("cs.Set(\"k\", \"v\", [|Timeout.InfiniteTimeSpan|]);", "cs.Set(\"k\", \"v\", 0);", "Never")]
    [InlineData("await cs.SetAsync(\"k\", \"v\", [|Timeout.InfiniteTimeSpan|]); // kept", "await cs.SetAsync(\"k\", \"v\", 0); // kept", "Never")]
    [InlineData("cli.Expire(\"k\", [|Timeout.InfiniteTimeSpan|]);", "cli.Persist(\"k\");", "Persist")]
    [InlineData("await cs.ExpireAsync(\"k\", [|Timeout.InfiniteTimeSpan|]);", "await cs.PersistAsync(\"k\");", "Persist")]
    [InlineData("fusion.Set(\"k\", 1, [|Timeout.InfiniteTimeSpan|]);", "fusion.Set(\"k\", 1, TimeSpan.MaxValue);", "Never")]
    public Task Infinite_BecomesWhatTheClientTakesForNever(string before, string after, string key) =>
        Verify<TtlNotWhatItSaysFix>.FixesSource(Source(before), Source(after), key, References.AllClients);

    [Theory]
    [InlineData("var v = cli.Get(\"k\"); [|cli.Expire(\"k\", 60)|]; Console.WriteLine(v);")]
    [InlineData("var v = await cs.HGetAllAsync(\"k\"); await [|cs.ExpireAsync(\"k\", ttl)|]; Console.WriteLine(v);")]
    public Task GetThenExpire_HasNoOneCommand(string statements) =>
        Verify<GetThenExpireFix>.NoFixSource(Source(statements), References.AllClients);

    private static string Source(string statements) => $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using CSRedis;
        using ZiggyCreatures.Caching.Fusion;

        class Test
        {
            async Task Run(FreeRedis.RedisClient cli, CSRedisClient cs, IFusionCache fusion, TimeSpan ttl)
            {
                {{statements}}
                await Task.Yield();
            }
        }
        """;
}
