using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Time.DeadlineComputedOnceFix>;

namespace ExpiryAnalyzers.Tests.Time;

/// <summary>EXP109: a sink gets an instant that was computed from the clock once, and serves many writes.</summary>
public sealed class EXP109_DeadlineComputedOnceTests
{
    [Fact]
    public Task ANumberThatIsKept() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            private static readonly long Until = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
            private static readonly long Started = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            private readonly long _own = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();

            private static long Fresh => DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();

            public void Save(string key, long until)
            {
                db.Execute("EXPIREAT", key, [|Until|]);
                db.KeyExpire(key, [|DateTimeOffset.FromUnixTimeSeconds(Until).UtcDateTime|]);
                db.StringSet(key, "v", [|TimeSpan.FromSeconds(Until - DateTimeOffset.UtcNow.ToUnixTimeSeconds())|]);
                db.Execute("EXPIREAT", key, _own);
                db.Execute("EXPIREAT", key, Fresh);
                db.Execute("EXPIREAT", key, until);
                db.StringSet(key, Started);
            }
        }
        """);

    [Theory]

    // Statics.
    [InlineData("static readonly DateTime End = DateTime.UtcNow.AddHours(6);\nvoid Put(string k) => db.KeyExpire(k, [|End|]);")]
    [InlineData("static DateTime End { get; } = DateTime.UtcNow.AddHours(6);\nvoid Put(string k) => db.KeyExpire(k, [|End|]);")]
    [InlineData("private static DateTimeOffset _end = DateTimeOffset.UtcNow + TimeSpan.FromHours(6);\nvoid Put(string k) => db.KeyExpire(k, [|_end.UtcDateTime|]);")]
    [InlineData("static readonly DateTime Start = DateTime.UtcNow;\nvoid Put(string k) => db.KeyExpire(k, [|Start.AddHours(6)|]);")]
    [InlineData("static readonly DateTime Start = DateTime.UtcNow;\nstatic readonly DateTime End = Start.AddHours(6);\nstatic DateTime Until => End;\nvoid Put(string k) => db.KeyExpire(k, [|Until|]);")]
    [InlineData("static readonly DateTime End = DateTime.UtcNow.AddHours(6);\nvoid Put(string k, object v) => memory.Set(k, v, [|End|]);")]
    [InlineData("static readonly DateTime End = DateTime.UtcNow.AddHours(6);\nvoid Put(string k, string v) => db.StringSet(k, v, [|End - DateTime.UtcNow|]);")]
    [InlineData("static readonly DateTime End;\nstatic Store() => End = DateTime.UtcNow.AddHours(6);\nvoid Put(string k) => db.KeyExpire(k, [|End|]);")]
    [InlineData("static readonly DateTime End = DateTime.UtcNow.AddHours(6);\nvoid Put(string k) => Expire(k, [|End|]);\nvoid Expire(string k, DateTime at) => db.KeyExpire(k, at);")]

    [InlineData("public static DateTime End { get; private set; } = DateTime.UtcNow.AddHours(6);\nvoid Put(string k) => db.KeyExpire(k, [|End|]);")]

    // Objects that are kept.
    [InlineData("static readonly MemoryCacheEntryOptions Ten = new() { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddMinutes(10)|] };")]
    [InlineData("static DistributedCacheEntryOptions Ten { get; } = new() { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddMinutes(10)|] };")]
    [InlineData("static readonly MemoryCacheEntryOptions Ten = new MemoryCacheEntryOptions().SetAbsoluteExpiration([|DateTimeOffset.UtcNow.AddMinutes(10)|]);")]
    [InlineData("static readonly MemoryCacheEntryOptions Ten;\nstatic Store() => Ten = new() { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddMinutes(10)|] };")]

    // Timers and loops.
    [InlineData("Timer Start(string k)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    return new Timer(_ => db.KeyExpire(k, [|end|]), null, 0, 1000);\n}")]
    [InlineData("async Task Run(string k, CancellationToken stop)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    while (!stop.IsCancellationRequested)\n    {\n        db.KeyExpire(k, [|end|]);\n        await Task.Delay(1000, stop);\n    }\n}")]
    [InlineData("Timer Start(string k)\n{\n    var end = DateTimeOffset.UtcNow.AddMinutes(5);\n    return new Timer(_ => db.KeyExpire(k, [|end.UtcDateTime|]), null, 0, 1000);\n}")]
    [InlineData("Timer Start(string k)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    return new Timer(_ => db.KeyExpire(k, [|end - DateTime.UtcNow|]), null, 0, 1000);\n}")]
    [InlineData("Timer Start(string k)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    void Beat(object state) => db.KeyExpire(k, [|end|]);\n    return new Timer(Beat, null, 0, 1000);\n}")]
    [InlineData("async Task Run(string k)\n{\n    var end = DateTimeOffset.UtcNow.AddMinutes(5);\n    for (; ; )\n    {\n        db.KeyExpire(k, [|end.UtcDateTime|]);\n        await Task.Delay(1000);\n    }\n}")]
    [InlineData("async Task Run(string k, PeriodicTimer timer)\n{\n    var now = DateTime.UtcNow;\n    while (await timer.WaitForNextTickAsync())\n    {\n        memory.Set(k, 1, [|now.AddMinutes(5)|]);\n    }\n}")]
    [InlineData("async Task Run(System.Threading.Channels.ChannelReader<string> keys, CancellationToken stop)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    await foreach (var k in keys.ReadAllAsync(stop)) db.KeyExpire(k, [|end|]);\n}")]
    [InlineData("async Task Run(System.Threading.Channels.ChannelReader<string> keys, CancellationToken stop)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    await foreach (var k in keys.ReadAllAsync(stop).ConfigureAwait(false)) db.KeyExpire(k, [|end|]);\n}")]

    // What was read before, in another form, and a span.
    [InlineData("Timer Start(string k)\n{\n    var now = DateTimeOffset.UtcNow;\n    return new Timer(_ => db.KeyExpire(k, [|now.UtcDateTime.AddMinutes(5)|]), null, 0, 1000);\n}")]
    [InlineData("Timer Start(string k)\n{\n    var now = DateTimeOffset.UtcNow;\n    return new Timer(_ => db.KeyExpire(k, [|now.AddMinutes(5).UtcDateTime|]), null, 0, 1000);\n}")]
    [InlineData("Timer Start(string k)\n{\n    var now = DateTimeOffset.UtcNow;\n    return new Timer(_ => db.KeyExpire(k, [|(now + TimeSpan.FromMinutes(5)).UtcDateTime|]), null, 0, 1000);\n}")]

    // By way of a local function that only the timer calls, and for each message.
    [InlineData("Timer Start(string k)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    return new Timer(_ => Beat(), null, 0, 1000);\n    void Beat() => Expire();\n    void Expire() => db.KeyExpire(k, [|end|]);\n}")]
    [InlineData("async Task Start(ISubscriber messages)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    await messages.SubscribeAsync(default(RedisChannel), (c, m) => db.KeyExpire((string)m, [|end|]));\n}")]
    [InlineData("void Start(ChannelMessageQueue messages)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    messages.OnMessage(m => db.KeyExpire((string)m.Message, [|end|]));\n}")]
    public Task Reports(string members) => Check.ReportsSource(InStore(members));

    [Theory]
    [InlineData("static DateTime End => DateTime.UtcNow.AddHours(6);\nvoid Put(string k) => db.KeyExpire(k, End);")]
    [InlineData("readonly DateTime End = DateTime.UtcNow.AddHours(6);\nvoid Put(string k) => db.KeyExpire(k, End);")]
    [InlineData("static readonly DateTime End = DateTime.UtcNow.Date.AddDays(1);\nvoid Put(string k) => db.KeyExpire(k, End);")]
    [InlineData("static readonly DateTime End = new DateTime(2040, 1, 1, 0, 0, 0, DateTimeKind.Utc);\nvoid Put(string k) => db.KeyExpire(k, End);")]
    [InlineData("static DateTime End = DateTime.UtcNow.AddHours(6);\nvoid Put(string k) { End = DateTime.UtcNow.AddHours(6); db.KeyExpire(k, End); }")]
    [InlineData("static readonly DateTime End = DateTime.UtcNow.AddHours(6);\nvoid Put(string k) { if (DateTime.UtcNow < End) db.KeyExpire(k, End); }")]
    [InlineData("static readonly DateTime Start = DateTime.UtcNow;\nstatic readonly TimeSpan Left = Start.AddHours(6) - DateTime.UtcNow;\nvoid Put(string k) => db.KeyExpire(k, Left);")]
    [InlineData("static readonly MemoryCacheEntryOptions Ten = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) };")]
    [InlineData("static readonly Func<MemoryCacheEntryOptions> Ten = () => new() { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(10) };")]
    [InlineData("static MemoryCacheEntryOptions Ten => new() { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(10) };")]
    [InlineData("void Put(string k) { var end = DateTime.UtcNow.AddMinutes(5); db.KeyExpire(k, end); }")]
    [InlineData("void Put(string[] all) { var end = DateTime.UtcNow.AddMinutes(5); foreach (var k in all) db.KeyExpire(k, end); }")]
    [InlineData("void Put(string[] all) { var end = DateTime.UtcNow.AddMinutes(5); Array.ForEach(all, k => db.KeyExpire(k, end)); }")]
    [InlineData("Timer Start(string k)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    return new Timer(_ => db.KeyExpire(k, end), null, 5000, Timeout.Infinite);\n}")]
    [InlineData("Timer Start(string k)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    return new Timer(_ => db.KeyExpire(k, end), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);\n}")]
    [InlineData("void Start(string k)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    void Beat(object state) => db.KeyExpire(k, end);\n    Beat(null);\n}")]
    [InlineData("async Task Run(string k)\n{\n    while (true)\n    {\n        var end = DateTimeOffset.UtcNow.AddMinutes(5);\n        db.KeyExpire(k, end.UtcDateTime);\n        await Task.Delay(1000);\n    }\n}")]
    [InlineData("async Task Run(string k)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    while (true)\n    {\n        if (end < DateTime.UtcNow) end = DateTime.UtcNow.AddMinutes(5);\n        db.KeyExpire(k, end - DateTime.UtcNow);\n        await Task.Delay(1000);\n    }\n}")]
    [InlineData("async Task Run(string k, CancellationToken stop)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    while (!stop.IsCancellationRequested && DateTime.UtcNow < end)\n    {\n        db.KeyExpire(k, end);\n        await Task.Delay(1000, stop);\n    }\n}")]
    [InlineData("async Task Run(string k)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    while (true)\n    {\n        if (db.KeyExpire(k, end)) break;\n        await Task.Delay(1000);\n    }\n}")]
    [InlineData("async Task Run(string k)\n{\n    while (true)\n    {\n        var end = DateTime.UtcNow.AddMinutes(5);\n        db.KeyExpire(k, end);\n        await Task.Delay(1000);\n    }\n}")]
    [InlineData("public static DateTime End { get; private set; } = DateTime.UtcNow.AddHours(6);\nvoid Renew() => End = DateTime.UtcNow.AddHours(6);\nvoid Put(string k) => db.KeyExpire(k, End);")]
    [InlineData("public static DateTime End { get; set; } = DateTime.UtcNow.AddHours(6);\nvoid Put(string k) => db.KeyExpire(k, End);")]
    [InlineData("async Task Run(Rows rows)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    await foreach (var k in rows.ReadAllAsync()) db.KeyExpire(k, end);\n}\ninterface Rows { System.Collections.Generic.IAsyncEnumerable<string> ReadAllAsync(); }")]
    [InlineData("async Task Run(System.Threading.Channels.ChannelReader<string> keys)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    await foreach (var k in keys.ReadAllAsync())\n    {\n        db.KeyExpire(k, end);\n        if (k == \"\") break;\n    }\n}")]
    [InlineData("Timer Start(string k)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    Beat();\n    return new Timer(_ => Beat(), null, 0, 1000);\n    void Beat() => db.KeyExpire(k, end);\n}")]
    [InlineData("async Task Ask(ISubscriber messages)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    await messages.SubscribeAsync(default(RedisChannel), (c, m) => db.KeyExpire((string)m, end));\n    await Task.Delay(1000);\n    await messages.UnsubscribeAsync(default(RedisChannel));\n}")]
    public Task Silent(string members) => Check.ReportsSource(InStore(members));

    [Theory]
    [InlineData("IHostedService", true)]
    [InlineData("BackgroundService", true)]
    [InlineData("Plain", false)]
    public Task ServicesOfTheHost(string type, bool isKept) => Check.ReportsSource($$"""
        using System;
        using StackExchange.Redis;

        class Plain { }
        class Worker(IDatabase db) : {{(type == "Plain" ? "Plain" : "Microsoft.Extensions.Hosting." + type)}}
        {
            private readonly DateTime _end = DateTime.UtcNow.AddHours(1);
            public void Put(string k) => db.KeyExpire(k, {{(isKept ? "[|_end|]" : "_end")}});
        }

        namespace Microsoft.Extensions.Hosting
        {
            public interface IHostedService { }
            public abstract class BackgroundService : IHostedService { }
        }
        """, References.NewestClient);

    [Fact]
    public Task OptionsThatAreSharedByHandlers() => Check.ReportsSource("""
        using System;
        using Microsoft.Extensions.Caching.Distributed;

        App app = new();
        IDistributedCache cache = null;
        var shared = new DistributedCacheEntryOptions { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddMinutes(10)|] };
        var chained = new DistributedCacheEntryOptions().SetAbsoluteExpiration([|DateTimeOffset.UtcNow.AddMinutes(10)|]);
        var right = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) };
        var midnight = new DistributedCacheEntryOptions { AbsoluteExpiration = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        app.MapGet("/", (string k) => cache.Set(k, [1], shared));
        app.MapGet("/chained", (string k) => cache.Set(k, [1], chained));
        app.MapGet("/right", (string k) => cache.Set(k, [1], right));
        app.MapGet("/midnight", (string k) => cache.Set(k, [1], midnight));
        app.MapGet("/own", (string k) =>
        {
            var own = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) };
            cache.Set(k, [1], own);
        });

        class App
        {
            public void MapGet(string path, Action<string> handler)
            {
            }
        }
        """);

    // Endpoints that a method maps run for each request, wherever that method stands; other methods of such names are not known.
    [Fact]
    public Task EndpointsThatAMethodMaps() => Check.ReportsSource("""
        using System;
        using Microsoft.AspNetCore.Builder;
        using StackExchange.Redis;

        static class Endpoints
        {
            public static void Map(App app, IDatabase db)
            {
                var end = DateTimeOffset.UtcNow.AddMinutes(5);
                app.MapGet("/", (string k) => db.KeyExpire(k, [|end.UtcDateTime|]));
                app.MapPost("/right", (string k) => db.KeyExpire(k, DateTime.UtcNow.AddMinutes(5)));
                app.MapPut("/", (string k) => db.KeyExpire(k, end.UtcDateTime));
                db.KeyExpire("start", end.UtcDateTime);
            }
        }

        namespace Microsoft.AspNetCore.Builder
        {
            public class App
            {
                public void MapPut(string path, Delegate handler) { }
            }

            public static class EndpointRouteBuilderExtensions
            {
                public static void MapGet(this App app, string path, Delegate handler) { }
                public static void MapPost(this App app, string path, Delegate handler) { }
            }
        }
        """, References.NewestClient);

    [Fact]
    public Task WhatRunsForEachRequest() => Check.ReportsSource("""
        using System;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using StackExchange.Redis;

        class Startup(IDatabase db)
        {
            public void Configure(IApplicationBuilder app)
            {
                var end = DateTime.UtcNow.AddMinutes(5);
                app.Use(async (context, next) =>
                {
                    await db.KeyExpireAsync("k", [|end|]);
                    await next();
                });
                app.UseSettings(settings => db.KeyExpire("settings", end));
            }
        }

        namespace Microsoft.AspNetCore.Builder
        {
            public interface IApplicationBuilder { }

            public static class UseExtensions
            {
                public static IApplicationBuilder Use(this IApplicationBuilder app, Func<object, Func<Task>, Task> middleware) => app;
            }

            public static class SettingsExtensions
            {
                public static IApplicationBuilder UseSettings(this IApplicationBuilder app, Action<object> settings) => app;
            }
        }
        """, References.NewestClient);

    [Fact]
    public Task TheTopLevelOfAProgram() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        IDatabase db = ConnectionMultiplexer.Connect("localhost").GetDatabase();
        App app = new();
        var end = DateTime.UtcNow.AddMinutes(5);
        db.KeyExpire("start", end);
        app.MapGet("/", (string k) => db.KeyExpire(k, [|end|]));
        app.MapGet("/right", (string k) => db.KeyExpire(k, DateTime.UtcNow.AddMinutes(5)));
        app.Once((string k) => db.KeyExpire(k, end));

        class App
        {
            public void MapGet(string path, Func<string, bool> handler) { }
            public void Once(Func<string, bool> handler) { }
        }
        """, References.NewestClient);

    [Theory]
    [InlineData("static readonly DateTime End = DateTime.UtcNow.AddHours(6);\nvoid Put(string k) => db.KeyExpire(k, [|End|]); // sale", "static readonly DateTime End = DateTime.UtcNow.AddHours(6);\nvoid Put(string k) => db.KeyExpire(k, TimeSpan.FromHours(6)); // sale")]
    [InlineData("static readonly DateTime End = DateTime.UtcNow.AddHours(6);\nvoid Put(string k, string v) => db.StringSet(k, v, [|End - DateTime.UtcNow|]);", "static readonly DateTime End = DateTime.UtcNow.AddHours(6);\nvoid Put(string k, string v) => db.StringSet(k, v, TimeSpan.FromHours(6));")]
    [InlineData("static readonly DateTime Start = DateTime.UtcNow;\nvoid Put(string k, object v) => memory.Set(k, v, [|Start.AddHours(6)|]);", "static readonly DateTime Start = DateTime.UtcNow;\nvoid Put(string k, object v) => memory.Set(k, v, TimeSpan.FromHours(6));")]
    [InlineData("static readonly MemoryCacheEntryOptions Ten = new() { AbsoluteExpiration = [|DateTimeOffset.UtcNow.AddMinutes(10)|] };", "static readonly MemoryCacheEntryOptions Ten = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) };")]
    [InlineData("static readonly MemoryCacheEntryOptions Ten = new MemoryCacheEntryOptions().SetAbsoluteExpiration([|DateTimeOffset.UtcNow.AddMinutes(10)|]);", "static readonly MemoryCacheEntryOptions Ten = new MemoryCacheEntryOptions().SetAbsoluteExpiration(TimeSpan.FromMinutes(10));")]
    [InlineData("Timer Start(string k)\n{\n    var end = DateTime.UtcNow.AddMinutes(5);\n    return new Timer(_ => db.KeyExpire(k, [|end|]), null, 0, 1000);\n}", "Timer Start(string k)\n{\n    return new Timer(_ => db.KeyExpire(k, TimeSpan.FromMinutes(5)), null, 0, 1000);\n}")]
    public Task Fix_TheRelativeForm(string before, string after) => Check.FixesSource(InStore(before), InStore(after), "Relative");

    // The moment itself is passed; a setting may be another one at each write.
    [Theory]
    [InlineData("static readonly DateTime Start = DateTime.UtcNow;\nvoid Put(string k) => db.KeyExpire(k, [|Start|]);")]
    [InlineData("static TimeSpan Life() => TimeSpan.FromHours(1);\nstatic readonly DateTime End = DateTime.UtcNow + Life();\nvoid Put(string k) => db.KeyExpire(k, [|End|]);")]
    public Task Fix_None(string members) => Check.NoFixSource(InStore(members));

    private static string InStore(string members) => $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Caching.Distributed;
        using Microsoft.Extensions.Caching.Memory;
        using StackExchange.Redis;

        class Store
        {
            readonly IDatabase db = null;
            readonly IMemoryCache memory = null;
            {{members.Replace("\n", "\n    ", StringComparison.Ordinal)}}
        }
        """;
}
