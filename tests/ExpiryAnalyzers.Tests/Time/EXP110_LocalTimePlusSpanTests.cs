using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Time.LocalTimePlusSpanFix>;

namespace ExpiryAnalyzers.Tests.Time;

/// <summary>EXP110: a span is added to the local clock for an in-process cache.</summary>
public sealed class EXP110_LocalTimePlusSpanTests
{
    [Theory]
    [InlineData("memory.Set(text, 1, [|DateTime.Now.AddMinutes(90)|]);")]
    [InlineData("memory.Set(text, 1, [|DateTime.Now + ttl|]);")]
    [InlineData("memory.Set(text, 1, [|DateTime.Now.AddMinutes(90).ToUniversalTime()|]);")]
    [InlineData("memory.Set(text, 1, [|new DateTimeOffset(DateTime.Now.AddMinutes(90))|]);")]
    [InlineData("var until = DateTime.Now.AddDays(1);\nmemory.Set(text, 1, [|until|]);")]
    [InlineData("var now = DateTime.Now;\nmemory.Set(text, 1, [|now.Add(ttl)|]);")]
    [InlineData("memory.Set(text, 1, new MemoryCacheEntryOptions { AbsoluteExpiration = [|DateTime.Now + TimeSpan.FromHours(3)|] });")]
    [InlineData("memory.Set(text, 1, new MemoryCacheEntryOptions().SetAbsoluteExpiration([|DateTime.Now.AddHours(3)|]));")]
    [InlineData("var left = new MemoryCacheEntryOptions { AbsoluteExpiration = DateTime.Now.AddHours(3) };\nvar handed = new MemoryCacheEntryOptions { AbsoluteExpiration = [|DateTime.Now.AddHours(4)|] };\nmemory.Set(text, 1, handed);")]
    [InlineData("memory.Set(text, 1, flag ? [|DateTime.Now.AddHours(3)|] : DateTime.UtcNow.AddHours(1));")]
    public Task Reports(string statements) => Check.Reports("IMemoryCache memory = null;\n" + statements, References.NewestClient);

    // "Set" may be anybody's; what is handed on there tells.
    [Fact]
    public Task Reports_AboveAHelper() => Check.ReportsSource("""
        using System;
        using Microsoft.Extensions.Caching.Memory;

        public class Entries
        {
            private readonly IMemoryCache _cache;
            public Entries(IMemoryCache cache) => _cache = cache;

            public void Put(string name, object value, DateTime at) => _cache.Set(name, value, at);
            public void Keep(string name, object value, DateTime at) => Put(name, value, at);
        }

        public class Sessions
        {
            private readonly Entries _entries;
            public Sessions(Entries entries) => _entries = entries;

            public void Open(string name)
            {
                _entries.Put(name, 1, [|DateTime.Now.AddMinutes(20)|]);
                _entries.Keep(name, 1, [|DateTime.Now.AddMinutes(20)|]);
                _entries.Put(name, 1, DateTime.UtcNow.AddMinutes(20));
            }
        }
        """, References.NewestClient);

    [Theory]
    [InlineData("memory.Set(text, 1, DateTimeOffset.Now.AddMinutes(90));")]
    [InlineData("memory.Set(text, 1, new DateTimeOffset(DateTime.Now).AddMinutes(90));")]
    [InlineData("memory.Set(text, 1, DateTime.UtcNow.AddMinutes(90));")]
    [InlineData("memory.Set(text, 1, DateTime.UtcNow.AddMinutes(90).ToLocalTime());")]
    [InlineData("memory.Set(text, 1, DateTime.Today.AddDays(1));")]
    [InlineData("memory.Set(text, 1, DateTime.Now.Date.AddHours(30));")]
    [InlineData("memory.Set(text, 1, DateTime.Now.AddMonths(1));")]
    [InlineData("memory.Set(text, 1, given.AddMinutes(90));")]
    [InlineData("memory.Set(text, 1, ttl);")]

    // For EXP102 to say.
    [InlineData("db.KeyExpire(key, DateTime.Now.AddMinutes(90));")]
    [InlineData("var options = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTime.Now.AddMinutes(90) };")]
    public Task Silent(string statements) => Check.Reports("IMemoryCache memory = null;\n" + statements, References.NewestClient);

    [Theory]
    [InlineData("memory.Set(text, 1, [|DateTime.Now.AddMinutes(90)|]); // soon", "memory.Set(text, 1, TimeSpan.FromMinutes(90)); // soon")]
    [InlineData("memory.Set(text, 1, [|DateTime.Now + ttl|]);", "memory.Set(text, 1, ttl);")]
    [InlineData("memory.Set(text, 1, new MemoryCacheEntryOptions { AbsoluteExpiration = [|DateTime.Now.AddHours(3)|] });", "memory.Set(text, 1, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(3) });")]
    [InlineData("memory.Set(text, 1, new MemoryCacheEntryOptions().SetAbsoluteExpiration([|DateTime.Now.AddHours(3)|]));", "memory.Set(text, 1, new MemoryCacheEntryOptions().SetAbsoluteExpiration(TimeSpan.FromHours(3)));")]
    public Task Fix_TheRelativeForm(string before, string after) =>
        Check.Fixes("IMemoryCache memory = null;\n" + before, "IMemoryCache memory = null;\n" + after, "Relative", References.NewestClient);

    // The same time tomorrow may be meant.
    [Theory]
    [InlineData("memory.Set(text, 1, [|DateTime.Now.AddDays(1)|]);", "memory.Set(text, 1, TimeSpan.FromDays(1));")]
    [InlineData("var until = DateTime.Now.AddDays(1);\nmemory.Set(text, 1, [|until|]);", "memory.Set(text, 1, TimeSpan.FromDays(1));")]
    public Task Fix_AsksFromDaysOn(string before, string after) =>
        Check.Asks("IMemoryCache memory = null;\n" + before, "IMemoryCache memory = null;\n" + after, "Relative", References.NewestClient);

    // There is no relative form.
    [Fact]
    public Task Fix_AddsToUtc() => Check.FixesSource(
        Policy("[|DateTime.Now.AddHours(3)|]"), Policy("DateTime.UtcNow.AddHours(3)"), "Utc", References.NewestClient);

    private static string Policy(string until) => $$"""
        using System;

        class Store
        {
            void Put(System.Runtime.Caching.ObjectCache cache, string key, object value) => cache.Set(key, value, {{until}});
        }

        namespace System.Runtime.Caching
        {
            public abstract class ObjectCache { public abstract void Set(string key, object value, DateTimeOffset absoluteExpiration, string regionName = null); }
        }
        """;
}
