using ExpiryAnalyzers.CodeFixes.Atomicity;
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
    [InlineData("RedisHelper.ExpireAt(\"k\", [|new DateTime(2027, 1, 1)|]);", "RedisHelper.ExpireAt(\"k\", new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc));")]
    public Task NotUtc_IsMadeUtc(string before, string after) =>
        Verify<AbsoluteExpiryNotUtcFix>.FixesSource(Source(before), Source(after), "Utc", References.AllClients);

    [Theory]
    [InlineData("var v = cli.Get(\"k\"); [|cli.Expire(\"k\", 60)|]; Console.WriteLine(v);")]
    [InlineData("var v = await cs.HGetAllAsync(\"k\"); await [|cs.ExpireAsync(\"k\", ttl)|]; Console.WriteLine(v);")]
    public Task GetThenExpire_HasNoOneCommand(string statements) =>
        Verify<GetThenExpireFix>.NoFixSource(Source(statements), References.AllClients);

    private static string Source(string statements) => $$"""
        using System;
        using System.Threading.Tasks;
        using CSRedis;

        class Test
        {
            async Task Run(FreeRedis.RedisClient cli, CSRedisClient cs, TimeSpan ttl)
            {
                {{statements}}
                await Task.Yield();
            }
        }
        """;
}
