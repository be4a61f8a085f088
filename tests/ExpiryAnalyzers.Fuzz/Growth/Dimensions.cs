using System.Collections.Immutable;
using System.Globalization;

namespace ExpiryAnalyzers.Fuzz.Growth;

/// <summary>
/// The ways in which code grows that the engine must follow in proportion, each with a finding in every part where parts can hold one.
/// </summary>
public static class Dimensions
{
    private const string Pair = "EXP302";

    private const string NewOptions = "var options = new DistributedCacheEntryOptions();";

    private static readonly Func<int, int> EveryPart = static n => n;

    private static readonly Func<int, int> One = static _ => 1;

    /// <summary>All of them.</summary>
    public static ImmutableArray<Dimension> All { get; } =
    [
        new("pairs, distinct keys", n => InMethod(Repeat(n, i => PairOn($"\"k{i}\""))), EveryPart, Pair),
        new("pairs, one variable", n => InMethod("string key = \"\";" + Repeat(n, i => $"key = \"k{i}\"; {PairOn("key")}")), EveryPart,
            Pair),
        new("locks", n => InMethod(Repeat(n, Lock)), EveryPart, "EXP201"),
        new("releases by one handle", Handle, EveryPart, "EXP205"),
        new("lambdas", n => InMethod(Repeat(n, i => $"run(() => {{ {PairOn($"\"k{i}\"")} }});")), EveryPart, Pair),
        new("local functions", n => InMethod(Repeat(n, i => $"Local{i}(); void Local{i}() {{ {PairOn($"\"k{i}\"")} }}")), EveryPart, Pair),
        new("local functions in a chain", n => InMethod("L0();" + Repeat(n, i =>
            $"void L{i}() {{ {PairOn($"\"k{i}\"")} {(i + 1 < n ? $"L{i + 1}();" : "")} }}")), EveryPart, Pair),
        new("loops", n => InMethod(Repeat(n, i => $"foreach (string x in many) {{ {PairOn($"x + \":k{i}\"")} }}")), EveryPart, Pair),
        new("switch arms", n => InMethod($"switch (count) {{ {Repeat(n, i => $"case {i}: {PairOn($"\"k{i}\"")} break;")} }}"), EveryPart,
            Pair),
        new("setters on one object", n => InClass($"void M(IDistributedCache cache) {{ {NewOptions}{Repeat(n, Setter)} }}"), EveryPart,
            "EXP102"),
        new("reads of one key", n => InMethod(Repeat(n, i => $"var v{i} = db.StringGet(\"k\");") + "db.KeyExpire(\"k\", ttl);"), One,
            "EXP301"),
        new("files with a lock of their own", n => Enumerable.Range(0, n).Select(LockFile), EveryPart, "EXP201"),
        new("files with objects of their own", n => Enumerable.Range(0, n).Select(ObjectFile), EveryPart, "EXP106"),
        new("parts of a partial class", n => Enumerable.Range(0, n).Select(Part), EveryPart, Pair),
        new("nested loops", n => InMethod(Nest(n, i => $"foreach (string x{i} in many) {{ {PairOn($"x{i}")}", "}")), EveryPart, Pair,
            IsNested: true),
        new("nested loops, keys of their own", n => InMethod(Nest(n, i => $"for (int i{i} = 0; i{i} < count; i{i}++) {{ {PairOn($"\"k{i}\"")}", "}")),
            EveryPart, Pair, IsNested: true),
        new("nested try blocks", n => InMethod(Nest(n, i => $"try {{ {PairOn($"\"k{i}\"")}", "} finally { count++; }")), EveryPart, Pair,
            IsNested: true),
        new("wrappers in a circle", n => InClass(Repeat(n, i => Wrapper(i, [(i + 1) % n]))), EveryPart, Pair),
        new("wrappers calling ten", n => InClass(Repeat(n, i =>
            Wrapper(i, Enumerable.Range(1, 10).Select(step => (i + (step * step)) % n)))), EveryPart, Pair),
    ];

    /// <summary>Forms whose depth an analyzer must bear as far as the compiler does.</summary>
    public static ImmutableArray<Dimension> Deep { get; } =
    [
        .. All.Where(static dimension => dimension.IsNested),
        new("operand chain", n => InMethod($"db.KeyExpire(\"k\", {string.Join(" + ", Enumerable.Repeat("ttl", n))});"), One, Pair,
            IsNested: true),
        new("concatenation", n => InMethod($"db.StringGet({Chain(n)}); db.KeyExpire({Chain(n)}, ttl);"), One, Pair, IsNested: true),
        new("fluent chain", n => InMethod($"db.KeyExpire(\"k\", DateTime.Now{string.Concat(Enumerable.Repeat(".AddDays(1)", n))});"),
            One, Pair, IsNested: true),
        new("nested calls", n => InMethod($"db.KeyExpire({string.Concat(Enumerable.Repeat("Of(", n))}\"k\"{new string(')', n)}, ttl);"),
            One, Pair, IsNested: true),
        new("nested conditionals", n => InMethod($"db.KeyExpire(\"k\", "
            + $"{string.Concat(Enumerable.Repeat("flag ? ttl : (", n))}ttl{new string(')', n)});"), One, Pair, IsNested: true),
        new("nested ifs", n => InMethod(Nest(n, i => $"if (count > {i}) {{ {PairOn($"\"k{i}\"")}", "}")), EveryPart, Pair, IsNested: true),
        new("nested lambdas", n => InMethod(Nest(n, i => $"run(() => {{ {PairOn($"\"k{i}\"")}", "});")), EveryPart, Pair, IsNested: true),
        new("nested local functions", n => InMethod(Nest(n, i => $"void L{i}() {{ {PairOn($"\"k{i}\"")}", "}")), EveryPart, Pair,
            IsNested: true),
        new("else-if ladder", n => InMethod(Nest(n, i => $"if (count == {i}) {{ {PairOn($"\"k{i}\"")} }} else {{", "}")), EveryPart,
            Pair, IsNested: true),
    ];

    private static string PairOn(string key) => $"db.StringSet({key}, \"v\"); db.KeyExpire({key}, TimeSpan.FromMinutes(1));";

    // One key: a deadline that several keys share is right as it stands.
    private static string Setter(int i) =>
        $"options.AbsoluteExpiration = DateTime.UtcNow.AddMinutes({i + 1}); cache.Set(\"k\", null, options);";

    private static string Part(int i) =>
        $"using StackExchange.Redis; partial class C {{ readonly string _f{i} = \"k{i}\"; void M{i}(IDatabase db) {{ "
            + $"{PairOn($"_f{i}")} }} }}";

    private static IEnumerable<string> Handle(int n) =>
    [
        $$"""
        using System;
        using StackExchange.Redis;
        sealed class Handle(IDatabase db, string key) : IDisposable
        {
            bool _done;
            public void Dispose()
            {
                if (_done) return;
                _done = true;
                {{Repeat(n, _ => "db.KeyDelete(key);")}}
            }
            public static Handle? Make(IDatabase db, string id)
            {
                string key = "lock:" + id;
                return db.StringSet(key, Guid.NewGuid().ToString(), TimeSpan.FromSeconds(30), When.NotExists) ? new Handle(db, key) : null;
            }
        }
        """,
    ];

    // The helper's callers are judged in its place, if the project has any: which is asked of all files.
    private static string LockFile(int i) => $$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;
        sealed class Jobs{{i}}(IDatabase db)
        {
            public Task Run() => Exclusive{{i}}("l{{i}}", TimeSpan.FromSeconds(1), () => Task.Delay(5000));
            async Task Exclusive{{i}}(string key, TimeSpan ttl, Func<Task> work)
            {
                if (!await db.LockTakeAsync(key, "me", ttl)) return;
                try { await work(); } finally { await db.LockReleaseAsync(key, "me"); }
            }
        }
        """;

    // What an object holds is asked of all files: any new(...) may make one.
    private static string ObjectFile(int i) => $$"""
        using System;
        using StackExchange.Redis;
        sealed record Ticket{{i}}(string Key, long Until);
        sealed class Tickets{{i}}(IDatabase db)
        {
            public void Open() => Keep(new("k{{i}}", new DateTimeOffset(DateTime.UtcNow.AddHours(1)).ToUnixTimeSeconds()));
            void Keep(Ticket{{i}} ticket)
            {
                db.StringSet(ticket.Key, "v");
                db.KeyExpire(ticket.Key, TimeSpan.FromSeconds(ticket.Until));
            }
        }
        """;

    private static string Lock(int i) =>
        $"if (await db.LockTakeAsync(\"l{i}\", \"me\", TimeSpan.FromSeconds(1))) "
        + $"{{ try {{ await work(); }} finally {{ await db.LockReleaseAsync(\"l{i}\", \"me\"); }} }}";

    private static string Wrapper(int i, IEnumerable<int> next) =>
        $"void W{i}(IDatabase db, string key, TimeSpan ttl) {{ db.StringSet(key, \"v\"); db.KeyExpire(key, ttl); "
            + $"{string.Concat(next.Select(to => $"W{to}(db, key + \":{to}\", ttl);"))} }}";

    private static string Chain(int n) =>
        string.Join(" + ", Enumerable.Range(0, n).Select(static i => string.Create(CultureInfo.InvariantCulture, $"many[{i}]")));

    private static string Nest(int n, Func<int, string> open, string close) =>
        Repeat(n, open) + string.Concat(Enumerable.Repeat(close + "\n", n));

    private static string Repeat(int n, Func<int, string> part) => string.Concat(Enumerable.Range(0, n).Select(i => part(i) + "\n"));

    private static IEnumerable<string> InMethod(string statements) => InClass($$"""
        async Task M(
            IDatabase db, IDistributedCache cache, string[] many, Action<Action> run, Func<Task> work, TimeSpan ttl, int count, bool flag)
        {
        await Task.Yield();
        {{statements}}
        }
        static string Of(string id) => "of:" + id;
        """);

    private static IEnumerable<string> InClass(string members) =>
        [$"using Microsoft.Extensions.Caching.Distributed;\nusing StackExchange.Redis;\nclass C\n{{\n{members}\n}}\n"];
}
