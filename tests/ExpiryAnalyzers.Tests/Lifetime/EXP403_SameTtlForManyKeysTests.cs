using Xunit;
using Check = ExpiryAnalyzers.Tests.Verify<ExpiryAnalyzers.CodeFixes.Lifetime.SameTtlForManyKeysFix>;

namespace ExpiryAnalyzers.Tests.Lifetime;

/// <summary>EXP403: one loop stores many keys, and all get the same TTL. What the rule reports.</summary>
public sealed class EXP403_SameTtlForManyKeysTests
{
    private const string Items = "var items = (await System.IO.File.ReadAllTextAsync(text)).Split(',');\n";

    [Theory]
    [InlineData("foreach (var item in items) db.StringSet(item, token, [|ttl|]);")]
    [InlineData("foreach (var item in items) db.StringSet(\"i:\" + item, token, [|TimeSpan.FromMinutes(5)|]);")]
    [InlineData("foreach (var item in items) { var k = $\"i:{item}\"; db.StringSet(k, token, [|ttl|]); }")]
    [InlineData("foreach (var item in items) await db.StringSetAsync(item, token, [|maybe ?? ttl|], when: When.Always);")]
    [InlineData("foreach (var item in items) db.StringSet(key: item, value: token, expiry: [|ttl|]);")]
    [InlineData("for (var i = 0; i < items.Length; i++) db.StringSet(items[i], token, [|ttl|]);")]
    [InlineData("var i = 0;\nwhile (i < items.Length) { db.StringSet(items[i], token, [|ttl|]); i++; }")]
    [InlineData("var queue = new Queue<string>(items);\nwhile (queue.Count > 0) { var item = queue.Dequeue(); db.StringSet(item, token, [|ttl|]); }")]
    [InlineData("var queue = new Queue<string>(items);\nwhile (queue.TryDequeue(out var item)) db.StringSet(item, token, [|ttl|]);")]
    [InlineData("await Task.WhenAll(items.Select(item => db.StringSetAsync(item, token, [|ttl|])));")]
    [InlineData("await Task.WhenAll(from item in items select db.StringSetAsync(item, token, [|ttl|]));")]
    [InlineData("await Task.WhenAll(items.Select(async item => { await Task.Yield(); await db.StringSetAsync(item, token, [|ttl|]).ConfigureAwait(false); }));")]
    [InlineData("Parallel.ForEach(items, item => db.StringSet(item, token, [|ttl|]));")]
    [InlineData("Parallel.For(0, items.Length, i => db.StringSet(items[i], token, [|ttl|]));")]
    [InlineData("await Parallel.ForEachAsync(items, ct, async (item, stop) => await db.StringSetAsync(item, token, [|ttl|]));")]
    [InlineData("items.ToList().ForEach(item => db.StringSet(item, token, [|ttl|]));")]
    [InlineData("foreach (var item in items) { db.HashSet(item, \"f\", token); db.KeyExpire(item, [|ttl|]); }")]
    [InlineData("foreach (var item in items) { db.SetAdd(item, token); await db.KeyExpireAsync(item, [|TimeSpan.FromDays(1)|]); }")]
    [InlineData("foreach (var item in items) await Task.Run(() => db.StringSet(item, token, [|ttl|]));")]
    [InlineData("foreach (var item in items) for (var attempt = 0; attempt < 3; attempt++) db.StringSet(item, token, [|ttl|]);")]
    [InlineData("foreach (var item in items) db.Execute(\"SETEX\", item, [|60|], item);")]
    [InlineData("foreach (var item in items) db.StringSetAndGet(item, token, [|ttl|], When.Always, CommandFlags.None);")]
    [InlineData("foreach (var _ in items) db.StringSet(Guid.NewGuid().ToString(), token, [|ttl|]);")]
    [InlineData("var once = ttl + TimeSpan.FromSeconds(Random.Shared.Next(60));\nforeach (var item in items) db.StringSet(item, token, [|once|]);")]
    [InlineData("foreach (var item in items) { foreach (var part in item) db.StringSet($\"{item}:{part}\", token, [|TimeSpan.FromSeconds(item.Length)|]); }")]
    public Task Reports(string statements) => Check.Reports(Items + statements);

    [Theory]
    [InlineData("foreach (var item in items) db.StringSet(item, token, new Expiration([|ttl|]));")]
    [InlineData("Expiration expiry = ttl;\nforeach (var item in items) db.HashFieldSetAndSetExpiry(item, \"f\", token, ttl);")]
    public Task Reports_NewerClients(string statements) => Check.Reports(Items + statements, "2.13.23", "3.4.35");

    [Theory]
    [InlineData("foreach (var item in items) db.StringSet(item, token, ttl + TimeSpan.FromSeconds(Random.Shared.Next(60)));")]
    [InlineData("var random = new Random();\nforeach (var item in items) db.StringSet(item, token, ttl.Add(TimeSpan.FromSeconds(random.Next(60))));")]
    [InlineData("foreach (var item in items) { var own = ttl * (0.9 + Random.Shared.NextDouble() * 0.2); db.StringSet(item, token, own); }")]
    [InlineData("var seconds = 60;\nforeach (var item in items) { seconds += 5; db.StringSet(item, token, TimeSpan.FromSeconds(seconds)); }")]
    [InlineData("for (var i = 0; i < items.Length; i++) db.StringSet(items[i], token, TimeSpan.FromSeconds(300 + i));")]
    [InlineData("foreach (var item in items) db.StringSet(item, token, given - DateTime.UtcNow);")]
    [InlineData("foreach (var item in items) db.StringSet(item, token, TimeSpan.FromSeconds(300 + Math.Abs(item.GetHashCode()) % 60));")]
    [InlineData("Func<TimeSpan> next = () => ttl;\nforeach (var item in items) db.StringSet(item, token, next());")]
    public Task Silent_TheTtlDiffersFromRoundToRound(string statements) => Check.Reports(Items + statements);

    [Theory]
    [InlineData("foreach (var item in items) db.StringSet($\"seen:{item}\", 1, ttl);")]
    [InlineData("foreach (var item in items) await db.StringSetAsync($\"seen:{item}\", \"done\", ttl);")]
    [InlineData("const string Done = \"done\";\nforeach (var item in items) db.StringSet(item, Done, ttl);")]
    [InlineData("foreach (var item in items) db.Execute(\"SETEX\", item, 60, \"v\");")]
    [InlineData("foreach (var item in items) { db.StringSet($\"seen:{item}\", 1); db.KeyExpire($\"seen:{item}\", ttl); }")]
    [InlineData("foreach (var item in items) db.StringSet($\"seen:{item}\", item, [|ttl|]);")]
    public Task AMarkThatIsTheSameForAll(string statements) => Check.Reports(Items + statements);

    [Theory]
    [InlineData("foreach (var item in items) db.StringSet(key, item, ttl);")]
    [InlineData("foreach (var item in items) db.StringSet(\"last\", item, ttl);")]
    [InlineData("foreach (var item in items) { db.HashSet(key, item, token); db.KeyExpire(key, ttl); }")]
    [InlineData("for (var attempt = 0; attempt < 100; attempt++) db.StringSet(key, token, ttl);")]
    [InlineData("var stop = false;\nwhile (!stop) { stop = db.StringSet($\"k:{text}\", token, ttl); }")]
    public Task Silent_OneKey(string statements) => Check.Reports(Items + statements);

    [Theory]
    [InlineData("foreach (var item in new[] { \"a\", \"b\" }) db.StringSet(item, token, ttl);")]
    [InlineData("string[] few = [\"a\", \"b\"];\nforeach (var item in few) db.StringSet(item, token, ttl);")]
    [InlineData("for (var i = 0; i < 3; i++) db.StringSet($\"i:{i}\", token, ttl);")]
    [InlineData("for (var i = 0; i < 100; i++) db.StringSet($\"i:{i}\", token, ttl);")]
    [InlineData("foreach (var part in text.Split(',')) db.StringSet(part, token, ttl);")]
    [InlineData("await Task.WhenAll(Enumerable.Range(0, 4).Select(i => db.StringSetAsync($\"i:{i}\", token, ttl)));")]
    [InlineData("foreach (var kind in Enum.GetValues<DayOfWeek>()) db.StringSet($\"i:{kind}\", token, ttl);")]
    public Task Silent_FewKeys(string statements) => Check.Reports(Items + statements);

    [Theory]
    [InlineData("foreach (var item in items) { db.StringSet(item, token, ttl); await Task.Delay(1000); }")]
    [InlineData("foreach (var item in items) { db.StringSet(item, token, ttl); Thread.Sleep(1000); }")]
    [InlineData("while (!ct.IsCancellationRequested) { var id = Guid.NewGuid(); db.StringSet(id.ToString(), token, ttl); }")]
    [InlineData("while (true) { var id = Guid.NewGuid(); db.StringSet(id.ToString(), token, ttl); }")]
    [InlineData("foreach (var item in items) { if (item.Length > 3) { db.StringSet(item, token, ttl); break; } }")]
    [InlineData("foreach (var item in items) { db.StringSet(item, token, ttl); return item; }")]
    [InlineData("foreach (var item in items) { if (db.StringSet(item, token, ttl)) return item; }")]
    public Task Silent_TheWritesAreNoBurst(string statements) => Check.Reports(Items + statements);

    [Theory]
    [InlineData("foreach (var item in items) db.StringSet(item, token, ttl, When.NotExists);")]
    [InlineData("foreach (var item in items) db.LockTake(item, token, ttl);")]
    [InlineData("foreach (var item in items) db.KeyExpire(item, ttl);")]
    [InlineData("foreach (var item in items) db.KeyExpire(item, TimeSpan.Zero);")]
    [InlineData("foreach (var item in items) db.StringGetSetExpiry(item, ttl);")]
    [InlineData("foreach (var item in items) db.StringSet(item, token);")]
    [InlineData("foreach (var item in items) db.StringSet(item, token, null, when: When.Exists);")]
    [InlineData("foreach (var item in items) { db.HashSet(item, \"f\", token); db.KeyExpire(item, given); }")]
    [InlineData("foreach (var item in items) { Func<bool> later = () => db.StringSet(item, token, ttl); }")]
    [InlineData("foreach (var item in items) new System.Timers.Timer().Elapsed += (_, _) => db.StringSet(item, token, ttl);")]
    public Task Silent_NothingIsStoredUnderASharedTtl(string statements) => Check.Reports(Items + statements);

    [Fact]
    public Task Silent_Tests() => Check.ReportsSource("""
        using System;
        using StackExchange.Redis;

        namespace Xunit
        {
            class FactAttribute : Attribute;
        }

        class CacheTests
        {
            [Xunit.Fact]
            public void Stores(IDatabase db, string[] keys)
            {
                foreach (var key in keys)
                {
                    db.StringSet(key, 1, TimeSpan.FromMinutes(1));
                }
            }
        }
        """);

    [Fact]
    public Task Reports_HelpersOfTheTypeAndOfOthers() => Check.ReportsSource("""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Store(IDatabase db)
        {
            public Task PutAsync(string key, string value, TimeSpan ttl) => db.StringSetAsync(key, value, ttl);

            public Task PutMinutesAsync(string key, string value, int minutes)
            {
                var ttl = TimeSpan.FromMinutes(minutes);
                return db.StringSetAsync(key, value, ttl);
            }

            public Task PutSpreadAsync(string key, string value, TimeSpan ttl) => db.StringSetAsync(key, value, ttl + TimeSpan.FromSeconds(Random.Shared.Next(60)));
        }

        class Warmup(Store store, IDatabase db)
        {
            private static TimeSpan Ttl { get; } = TimeSpan.FromMinutes(5);

            private static TimeSpan Hour => TimeSpan.FromHours(1);

            public async Task Run(Func<IEnumerable<string>> load, TimeSpan ttl)
            {
                var names = load();
                foreach (var name in names)
                {
                    await store.PutAsync(name, name, [|Ttl|]);
                    await [|store.PutMinutesAsync(name, name, 5)|];
                    await store.PutSpreadAsync(name, name, ttl);
                    await store.PutMinutesAsync(name, name, name.Length);
                    await [|PutAsync(name)|];
                    await OptionalAsync(name, [|ttl|]);
                    await OptionalAsync(name);
                    await [|LocalAsync(name)|];
                }

                await Task.WhenAll(names.Select(name => [|PutAsync(name)|]));

                Task LocalAsync(string name) => db.StringSetAsync($"name:{name}", name, Hour);
            }

            private Task PutAsync(string name) => db.StringSetAsync($"name:{name}", name, Hour);

            private Task OptionalAsync(string name, TimeSpan? ttl = null) => ttl.HasValue ? db.StringSetAsync(name, name, ttl.Value) : db.StringSetAsync(name, name);
        }
        """);

    // Accepted: what a method group does is not looked into.
    [Fact]
    public Task Gap_MethodGroups() => Check.ReportsSource("""
        using System;
        using System.Linq;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Warmup(IDatabase db)
        {
            public Task Run(string[] names) => Task.WhenAll(names.Select(PutAsync));

            private Task PutAsync(string name) => db.StringSetAsync(name, name, TimeSpan.FromHours(1));
        }
        """);
}

/// <summary>EXP403: what the fix writes.</summary>
public sealed class EXP403_SameTtlForManyKeysFixTests
{
    private const string Items = "var items = (await System.IO.File.ReadAllTextAsync(text)).Split(',');\n";

    [Theory]
    [InlineData("ttl", "ttl * (1 + Random.Shared.NextDouble() * 0.15)")]
    [InlineData("TimeSpan.FromMinutes(5)", "TimeSpan.FromMinutes(5) * (1 + Random.Shared.NextDouble() * 0.15)")]
    [InlineData("ttl + ttl", "(ttl + ttl) * (1 + Random.Shared.NextDouble() * 0.15)")]
    [InlineData("flag ? ttl : TimeSpan.FromHours(1)", "(flag ? ttl : TimeSpan.FromHours(1)) * (1 + Random.Shared.NextDouble() * 0.15)")]
    [InlineData("maybe ?? ttl", "(maybe ?? ttl) * (1 + Random.Shared.NextDouble() * 0.15)")]
    public Task Jitter(string before, string after) => Check.Asks(
        Items + $"foreach (var item in items) db.StringSet(item, token, [|{before}|]);",
        Items + $"foreach (var item in items) db.StringSet(item, token, {after});",
        "Jitter");

    [Fact]
    public Task Jitter_KeepsLayoutAndComments() => Check.Asks(
        Items + """
        await Task.WhenAll(items.Select(item => db.StringSetAsync(
            key: $"item:{item}", // by name
            value: token,
            expiry: [|ttl|], // five minutes
            flags: CommandFlags.FireAndForget)));
        foreach (var item in items)
        {
            await db.StringSetAsync(item, token, /* long */ [|ttl|], when: When.Always).ConfigureAwait(false);
        }
        """,
        Items + """
        await Task.WhenAll(items.Select(item => db.StringSetAsync(
            key: $"item:{item}", // by name
            value: token,
            expiry: ttl * (1 + Random.Shared.NextDouble() * 0.15), // five minutes
            flags: CommandFlags.FireAndForget)));
        foreach (var item in items)
        {
            await db.StringSetAsync(item, token, /* long */ ttl * (1 + Random.Shared.NextDouble() * 0.15), when: When.Always).ConfigureAwait(false);
        }
        """,
        "Jitter");

    [Theory]
    [InlineData("0.5", "0.5")]
    [InlineData("20 %", "0.2")]
    [InlineData("1", "1")]
    [InlineData("0", "0.15")]
    [InlineData("much", "0.15")]
    public Task Jitter_Ratio(string option, string ratio) => Check.AsksWith(
        "dotnet_code_quality.EXP403.jitter_ratio = " + option,
        Items + "foreach (var item in items) db.StringSet(item, token, [|ttl|]);",
        Items + $"foreach (var item in items) db.StringSet(item, token, ttl * (1 + Random.Shared.NextDouble() * {ratio}));",
        "Jitter");

    [Fact]
    public Task Jitter_Nullable() => Check.Asks(
        Items + "foreach (var item in items) { db.HashSet(item, \"f\", token); db.KeyExpire(item, [|maybe|]); }",
        Items + "foreach (var item in items) { db.HashSet(item, \"f\", token); db.KeyExpire(item, maybe * (1 + Random.Shared.NextDouble() * 0.15)); }",
        "Jitter");

    [Fact]
    public Task Jitter_Seconds() => Check.Asks(
        Items + "foreach (var item in items) db.Execute(\"SETEX\", item, [|60|], item);",
        Items + "foreach (var item in items) db.Execute(\"SETEX\", item, (int)(60 * (1 + Random.Shared.NextDouble() * 0.15)), item);",
        "Jitter");

    [Fact]
    public Task Jitter_SharedOptionsBecomeOnesOwn() => Check.Asks(
        Items + """
        IDistributedCache cache = null;
        var options = new DistributedCacheEntryOptions
        {
            AbsoluteExpirationRelativeToNow = ttl,
            SlidingExpiration = TimeSpan.FromMinutes(1),
        };
        foreach (var item in items)
        {
            await cache.SetStringAsync(item, text, [|options|], ct);
        }
        """,
        Items + """
        IDistributedCache cache = null;
        foreach (var item in items)
        {
            await cache.SetStringAsync(item, text, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = ttl * (1 + Random.Shared.NextDouble() * 0.15), SlidingExpiration = TimeSpan.FromMinutes(1) }, ct);
        }
        """,
        "Jitter");

    [Fact]
    public Task Jitter_InTheHelper_OnceForAllCalls() => Check.AsksSource("""
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Warmup(IDatabase db)
        {
            private static readonly TimeSpan Ttl = TimeSpan.FromHours(1);

            public async Task Run(Func<IEnumerable<string>> load)
            {
                var names = load();
                foreach (var name in names)
                {
                    await [|PutAsync(name)|];
                    await [|PutAsync(name + "2")|];
                }
            }

            private Task PutAsync(string name) => db.StringSetAsync($"name:{name}", name, Ttl);
        }
        """, """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Warmup(IDatabase db)
        {
            private static readonly TimeSpan Ttl = TimeSpan.FromHours(1);

            public async Task Run(Func<IEnumerable<string>> load)
            {
                var names = load();
                foreach (var name in names)
                {
                    await PutAsync(name);
                    await PutAsync(name + "2");
                }
            }

            private Task PutAsync(string name) => db.StringSetAsync($"name:{name}", name, Ttl * (1 + Random.Shared.NextDouble() * 0.15));
        }
        """, "Jitter");

    [Fact]
    public Task NoFix_SharedOptionsSetLater() => Check.NoFix(Items + """
        IDistributedCache cache = null;
        var options = new DistributedCacheEntryOptions();
        options.AbsoluteExpirationRelativeToNow = ttl;
        foreach (var item in items)
        {
            await cache.SetStringAsync(item, text, [|options|], ct);
        }
        """);
}
