using ExpiryAnalyzers.CodeFixes.Atomicity;
using ExpiryAnalyzers.CodeFixes.Lifetime;
using ExpiryAnalyzers.CodeFixes.Lock;
using ExpiryAnalyzers.CodeFixes.Time;
using Xunit;

namespace ExpiryAnalyzers.Tests.Apis;

/// <summary>What the fixes do for clients of which there is no more than their declarations. Their reports are in the course, folder DeclaredClients.</summary>
public sealed class DeclaredClientsTests
{
    // A TimeSpan counts from the last use there.
    [Theory]
    [InlineData("lazy.Add(\"k\", \"v\", [|DateTime.Now.AddMinutes(5)|]);", "lazy.Add(\"k\", \"v\", DateTime.UtcNow.AddMinutes(5));")]
    [InlineData("lazy.GetOrAdd(\"k\", () => \"v\", [|DateTime.Now + ttl|]);", "lazy.GetOrAdd(\"k\", () => \"v\", DateTime.UtcNow + ttl);")]
    public Task LocalTimePlusSpan_IsNoSlidingSpan(string before, string after) =>
        Verify<LocalTimePlusSpanFix>.FixesSource(Source(before), Source(after), "Utc", References.AllClients);

    [Fact]
    public Task KeptDeadline_IsNoSlidingSpan() =>
        Verify<DeadlineComputedOnceFix>.NoFixSource(Source("lazy.Add(\"k\", \"v\", [|Once|]);"), References.AllClients);

    [Theory]
    [InlineData("await db.AddAsync(\"k\", \"v\", [|DateTime.Now.AddMinutes(5)|]);", "await db.AddAsync(\"k\", \"v\", TimeSpan.FromMinutes(5));")]
    [InlineData("await db.UpdateExpiryAsync(\"k\", [|DateTime.Now + ttl|]);", "await db.UpdateExpiryAsync(\"k\", ttl);")]
    public Task LocalTimePlusSpan_BecomesTheSpan(string before, string after) =>
        Verify<LocalTimePlusSpanFix>.FixesSource(Source(before), Source(after), "Relative", References.AllClients);

    [Fact]
    public Task KeptDeadline_BecomesTheSpan() => Verify<DeadlineComputedOnceFix>.FixesSource(
        Source("await db.AddAsync(\"k\", \"v\", [|Once|]);"),
        Source("await db.AddAsync(\"k\", \"v\", TimeSpan.FromHours(1));"),
        "Relative",
        References.AllClients);

    [Theory]
    [InlineData("await db.AddAsync(\"k\", \"v\", [|Timeout.InfiniteTimeSpan|]);", "await db.AddAsync(\"k\", \"v\");")]
    [InlineData("await db.UpdateExpiryAsync(\"k\", [|Timeout.InfiniteTimeSpan|]);", "await db.UpdateExpiryAsync(\"k\", TimeSpan.MaxValue);")]
    public Task Infinite_BecomesWhatTheClientTakesForNever(string before, string after) =>
        Verify<TtlNotWhatItSaysFix>.FixesSource(Source(before), Source(after), "Never", References.AllClients);

    [Theory]
    [InlineData("easy.Set(\"k\", \"v\", [|TimeSpan.Zero|]);")]
    [InlineData("lazy.Add(\"k\", \"v\", [|Timeout.InfiniteTimeSpan|]);")]
    public Task Infinite_HasNoFormThere(string statements) =>
        Verify<TtlNotWhatItSaysFix>.NoFixSource(Source(statements), References.AllClients);

    [Fact]
    public Task SetThenExpire_BecomesOneSet() => Verify<WriteThenExpireFix>.FixesSource(
        Source("await db.AddAsync(\"k\", \"v\");\n        await [|db.UpdateExpiryAsync(\"k\", TimeSpan.FromMinutes(5))|];"),
        Source("await db.AddAsync(\"k\", \"v\", TimeSpan.FromMinutes(5));"),
        "SetExpiry",
        References.AllClients);

    [Theory]
    [InlineData("var v = await db.GetAsync<string>(\"k\"); await [|db.UpdateExpiryAsync(\"k\", ttl)|]; Console.WriteLine(v);")]
    [InlineData("var v = redis.StringGet(\"k\"); [|redis.KeyExpire(\"k\", 60)|]; Console.WriteLine(v);")]
    public Task GetThenExpire_HasNoOneCommand(string statements) =>
        Verify<GetThenExpireFix>.NoFixSource(Source(statements), References.AllClients);

    // The wrappers have no release that compares.
    [Fact]
    public Task BlindRelease_HasNoComparingForm() => Verify<LockReleasedBlindlyFix>.NoFixSource(
        Source(
            """
            if (await db.AddAsync("lock:k", Guid.NewGuid().ToString(), TimeSpan.FromSeconds(30), When.NotExists))
                    {
                        try
                        {
                            await Task.Delay(ttl);
                        }
                        finally
                        {
                            await [|db.RemoveAsync("lock:k")|];
                        }
                    }
            """),
        References.AllClients);

    private static string Source(string statements) => $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using EasyCaching.Core;
        using LazyCache;
        using StackExchange.Redis;
        using StackExchange.Redis.Extensions.Core.Abstractions;

        class Test
        {
            private static readonly DateTimeOffset Once = DateTimeOffset.UtcNow.AddHours(1);

            async Task Run(IAppCache lazy, IRedisDatabase db, IEasyCachingProvider easy, IRedisCachingProvider redis, TimeSpan ttl)
            {
                {{statements}}
                await Task.Yield();
            }
        }
        """;
}
