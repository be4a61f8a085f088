using System.Collections.Immutable;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace ExpiryAnalyzers.Tests.Projects;

/// <summary>The rows that tell what a member does, and what reads them.</summary>
public sealed class OutlineTests
{
    private const string Usings = "using System; using System.Threading; using System.Threading.Tasks; using StackExchange.Redis; " +
        "using Microsoft.Extensions.Caching.Distributed; ";

    [Theory]
    [InlineData(
        "public void Put(string key, int minutes) => db.KeyExpire(\"a:\" + key, TimeSpan.FromMinutes(minutes));",
        "void Put(string @key, int @minutes) { f0.KeyExpire(@key: $\"a:{@key}\", @expiry: System.TimeSpan.FromMinutes(@minutes)); }")]
    [InlineData(
        "public void Put(string key, DateTime at) => db.KeyExpire(key, at.ToUniversalTime());",
        "void Put(string @key, System.DateTime @at) { f0.KeyExpire(@key: @key, @expiry: @at.ToUniversalTime()); }")]
    [InlineData(
        "public static void Put(IDatabase other, RedisKey key, TimeSpan life) { Console.WriteLine(\"told to nobody\"); other.KeyExpire(key, life); }",
        "static void Put(StackExchange.Redis.IDatabase @other, string @key, System.TimeSpan @life) { @other.KeyExpire(@key: @key, @expiry: @life); }")]
    [InlineData(
        "public void Put<T>(string key, T value, int seconds) => db.Execute(\"SETEX\", key, seconds, value);",
        "void Put(string @key, object @value, int @seconds) { f0.Execute(@command: \"SETEX\", @args: new object[] { @key, @seconds, __Any.Of<object>() }); }")]
    [InlineData(
        "public void Put(string key, long ms) => db.ScriptEvaluate(\"redis.call('PEXPIRE', KEYS[1], ARGV[1])\", new RedisKey[] { key }, new RedisValue[] { ms });",
        "void Put(string @key, long @ms) { f0.ScriptEvaluate(@script: \"return redis.call('PEXPIRE', KEYS[1], ARGV[1])\", @keys: new string[] { @key }, @values: new object[] { @ms }); }")]
    [InlineData(
        "public bool Free(string name, string me) => (int)db.ScriptEvaluate(\"if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0\", new RedisKey[] { \"lock:\" + name }, new RedisValue[] { me }) == 1;",
        "void Free(string @name, string @me) { f0.ScriptEvaluate(@script: \"redis.call('EXISTS', KEYS[1])\", @keys: new string[] { $\"lock:{@name}\" }, @values: new object[] {  }); }")]
    [InlineData(
        "public DistributedCacheEntryOptions For(TimeSpan life) => new() { AbsoluteExpirationRelativeToNow = life };",
        "void For(System.TimeSpan @life) { new Microsoft.Extensions.Caching.Distributed.DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = @life }; }")]
    [InlineData("public bool Take(string name, string me) => db.LockTake(name, me, TimeSpan.FromSeconds(30));",
        "bool Take(string @name, string @me) { return f0.LockTake(@key: @name, @value: @me, @expiry: TimeSpan.FromSeconds(30)); }")]
    [InlineData("public bool Take(string name, string me, TimeSpan? life = null) => db.LockTake(name, me, life ?? TimeSpan.FromSeconds(30));",
        "bool Take(string @name, string @me, System.TimeSpan? @life) { return f0.LockTake(@key: @name, @value: @me, @expiry: @life ?? TimeSpan.FromSeconds(30)); }")]
    [InlineData("public DateTime Soon() => DateTime.UtcNow.AddMinutes(5);", "System.DateTime Soon() { return System.DateTime.UtcNow + __Any.Of<System.TimeSpan>(); }")]
    [InlineData("public DateTime Later(DateTime at) => at.ToUniversalTime();", "System.DateTime Later(System.DateTime @at) { return @at.ToUniversalTime(); }")]
    [InlineData("public Task<DateTime?> Dies(string key) => db.KeyExpireTimeAsync(key);",
        "System.DateTime? Dies(string @key) { f0.KeyExpireTimeAsync(@key: @key); return f0.KeyExpireTimeAsync(@key: @key).Result; }")]
    [InlineData("public static DateTime Now => DateTime.Now;", "static System.DateTime Now => System.DateTime.Now;")]
    [InlineData(
        "public void Put(string key, TimeSpan life) { key = \"a:\" + key; db.KeyExpire(key, life); }",
        "void Put(string @key, System.TimeSpan @life) { f0.KeyExpire(@key: $\"a:{@key}\", @expiry: @life); }")]
    [InlineData(
        "public void Put(string key, int minutes) => Keep(key, minutes); void Keep(string key, int m) => db.KeyExpire(key, TimeSpan.FromMinutes(m));",
        "void Put(string @key, int @minutes) { f0.KeyExpire(@key: @key, @expiry: System.TimeSpan.FromMinutes(@minutes)); }")]
    [InlineData(
        "public void Put(string key, Int32 minutes) => Keep(key, minutes); void Keep(string key, int m) => db.KeyExpire(key, TimeSpan.FromMinutes(m));",
        "void Put(string @key, int @minutes) { f0.KeyExpire(@key: @key, @expiry: System.TimeSpan.FromMinutes(@minutes)); }")]
    [InlineData("public void Soon(string key) => db.Execute(\"expire\", key, 60);",
        "void Soon(string @key) { f0.Execute(@command: \"EXPIRE\", @args: new object[] { @key, __Any.Of<object>() }); }")]
    [InlineData("public Instant Later(Instant at) => at.ToUniversalTime();", "System.DateTime Later(System.DateTime @at) { return @at.ToUniversalTime(); }")]
    [InlineData("public void Clear() => db.KeyDelete(\"all\");", null)]
    [InlineData("public void Clear(CancellationToken end) => db.KeyDelete(\"all\");", null)]
    [InlineData("public void Load(CancellationToken end) => db.StringSet(\"all\", end.ToString());",
        " @end) { f0.StringSet(@key: \"all\", @value: @end); }")]
    [InlineData("public string Name(int user) => $\"user:{user}\";", null)]
    [InlineData("internal void Put(string key, TimeSpan life) => db.KeyExpire(key, life);", null)]
    public void ARow_SaysWhatTheMemberDoes(string member, string? row)
    {
        string rows = Write(Usings + $"using Instant = System.DateTime; namespace Acme; public sealed class Store(IDatabase db) {{ public IDatabase Own => db; {member} }}");
        string[] members = [.. rows.Split('\n').Where(static line => line.StartsWith("M:", StringComparison.Ordinal) || line.StartsWith("P:", StringComparison.Ordinal))];
        if (row is null)
        {
            Assert.Empty(members);
            return;
        }

        string text = Assert.Single(members);
        Assert.EndsWith(row, text, StringComparison.Ordinal);
        Assert.DoesNotContain("told to nobody", rows, StringComparison.Ordinal);
    }

    /// <summary>A client's generic type cannot be told of: then neither is what else the member does, which would be half of it.</summary>
    [Fact]
    public void WhereACallCannotBeTold_NoneIs()
    {
        string rows = Write(
            Usings + """
                public sealed class Store(IDatabase db)
                {
                    public void Put(string key, string value, TimeSpan life) { db.StringSet(key, value); RedisHelper.Set(key, value); db.KeyExpire(key, life); }
                }
                """,
            References.AllClients);
        Assert.DoesNotContain("StringSet", rows, StringComparison.Ordinal);
        Assert.Contains("KeyExpire", rows, StringComparison.Ordinal);
    }

    /// <summary>What no other project can call is not even written: nobody would find it.</summary>
    [Theory]
    [InlineData("", "private", null)]
    [InlineData("", "internal", null)]
    [InlineData("", "protected", "Store.Put")]
    [InlineData(" : ILives", "public", "Store.Put ILives.Put")]
    [InlineData(" : ILives", "void ILives.", "ILives.Put")]
    public void WhatCanBeCalledFromElsewhere_IsTold(string bases, string access, string? told)
    {
        string name = access.EndsWith('.') ? access : access + " void ";
        string rows = Write(Usings + $$"""
            public interface ILives { void Put(string key, TimeSpan life); }
            public class Store(IDatabase db){{bases}} { {{name}}Put(string key, TimeSpan life) => db.KeyExpire("a:" + key, life); }
            """);
        string[] members = [.. rows.Split('\n').Where(static line => line.StartsWith("M:", StringComparison.Ordinal)).Select(static line => line[2..line.IndexOf('(')])];
        Assert.Equal((told ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), members.Order(StringComparer.Ordinal));
    }

    /// <summary>The same of types: a contract of one that nobody else knows may be known, and one part of a type may say what another does not.</summary>
    [Theory]
    [InlineData("public class Store(IDatabase db) { PUT }", "Store.Put")]
    [InlineData("class Store(IDatabase db) { PUT }", "")]
    [InlineData("class Outer { public class Store(IDatabase db) { PUT } }", "")]
    [InlineData("public class Outer { public class Store(IDatabase db) { PUT } }", "Outer.Store.Put")]
    [InlineData("public interface IOuter { class Store(IDatabase db) { PUT } }", "IOuter.Store.Put")]
    [InlineData("public partial class Store { } partial class Store(IDatabase db) { PUT }", "Store.Put")]
    [InlineData("public partial class Outer { } partial class Outer { public class Store(IDatabase db) { PUT } }", "Outer.Store.Put")]
    [InlineData("class Store(IDatabase db) : ILives { PUT }", "ILives.Put")]
    [InlineData("static class Outer { class Store(IDatabase db) : ILives { PUT } }", "ILives.Put")]
    public void WhatATypeHidesIsNotTold(string types, string told)
    {
        string rows = Write(
            Usings + "public interface ILives { void Put(string key, TimeSpan life); } " +
            types.Replace("PUT", "public void Put(string key, TimeSpan life) => db.KeyExpire(\"a:\" + key, life);", StringComparison.Ordinal));
        string[] members = [.. rows.Split('\n').Where(static line => line.StartsWith("M:", StringComparison.Ordinal)).Select(static line => line[2..line.IndexOf('(')])];
        Assert.Equal(told.Split(' ', StringSplitOptions.RemoveEmptyEntries), members);
    }

    /// <summary>A program is referenced by nobody but its tests, which are spared.</summary>
    [Theory]
    [InlineData(OutputKind.DynamicallyLinkedLibrary, 1)]
    [InlineData(OutputKind.ConsoleApplication, 0)]
    [InlineData(OutputKind.WindowsApplication, 0)]
    public void AProgram_CarriesNothing(OutputKind kind, int files)
    {
        Compilation app = Compile("App", Usings + "public sealed class Store(IDatabase db) { public void Put(string key, TimeSpan life) => db.KeyExpire(key, life); static void Main() { } }")
            .WithOptions(new CSharpCompilationOptions(kind));
        Assert.Equal(files, CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGenerators(app).GetRunResult().GeneratedTrees.Length);
    }

    [Theory]
    [InlineData("M:Acme.ICache.Put(System.String) void Put(string key) {", "behind a member stands one member in C#, and its fields")]
    [InlineData("M:Acme.ICache.Put(System.String) void Put(string key) { } void Two() { }", "behind a member stands one member in C#, and its fields")]
    [InlineData("M:Acme.ICache.Put(System.String) int a; int b;", "behind a member stands one member in C#, and its fields")]
    [InlineData("T:Acme.IClient what { }", "behind a type stand what sort it is and its members, as in C#")]
    [InlineData("T:Acme.IClient interface { bool", "behind a type stand what sort it is and its members, as in C#")]
    [InlineData("T:Acme.IClient interface { bool Set(string key); }", null)]
    [InlineData("M:Acme.ICache.Put(System.String) Acme.IClient f; void Put(string key) { f.Set(key); }", null)]
    public void ABadRow_GetsAComplaint(string row, string? complaint)
    {
        Assert.True(OutlineText.IsRow(row));
        Assert.Equal(complaint, OutlineText.ComplaintOf(row));
    }

    /// <summary>A file of the whole solution costs a project only what it sees.</summary>
    [Fact]
    public void RowsAboutTypesOutOfView_AreNotRead()
    {
        const string good = "M:Acme.ICache`1.Nested.Put(System.String) object f; void Put(string key) { }";
        SourceText rows = SourceText.From(
            good + "\n" + good.Replace("Acme", "Elsewhere", StringComparison.Ordinal) + "\n"
            + "M:Acme.ICache`1.Get(System.String) void Get() {\nM:Elsewhere.ICache.Get(System.String) void Get() {");
        Compilation compilation = Compile("App", "namespace Acme { public interface ICache<T> { public class Nested { } } }");
        OutlineText seen = new(new TypesInView(compilation));
        seen.Add(rows, isCarried: true);
        Assert.Equal([good], seen.Rows);
        (string complaint, TextSpan span) = Assert.Single(SinksFile.ComplaintsAbout(rows, compilation));
        Assert.Equal("behind a member stands one member in C#, and its fields", complaint);
        Assert.StartsWith("M:Acme", rows.ToString(span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# what its methods do; see { the docs } => there")]
    [InlineData("#M:Acme.ICache.Put(System.String) void Put(string key) {")]
    [InlineData("M:Acme.ICache.Load``1(System.String,System.Func{``0}) key key")]
    [InlineData("")]
    public void WhatIsNoRow_IsNotTakenForOne(string line) => Assert.False(OutlineText.IsRow(line));

    /// <summary>A key so deep that it cannot be written is left out, and one that leads to itself ends.</summary>
    [Fact]
    public void DeepKeys_AreNotToldOf()
    {
        string deep = string.Concat(Enumerable.Repeat("key = (key + 1) + \":\" + key + key; ", 40));
        string rows = Write(Usings + $"public sealed class Store(IDatabase db) {{ public void Put(string key, TimeSpan life) {{ {deep} db.KeyExpire(key, life); }} }}");
        Assert.DoesNotContain("$\"", rows, StringComparison.Ordinal);
    }

    /// <summary>A framework without the attribute gets none, instead of a project that does not compile.</summary>
    [Fact]
    public void WithoutTheAttribute_NothingIsWritten()
    {
        CSharpCompilation store = Compile("App", Usings + "public sealed class Store(IDatabase db) { public void Put(string key, TimeSpan life) => db.KeyExpire(key, life); }");
        Assert.Single(CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGenerators(store).GetRunResult().GeneratedTrees);

        CSharpCompilation old = CSharpCompilation.Create("Old", store.SyntaxTrees, []);
        Assert.Empty(CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGenerators(old).GetRunResult().GeneratedTrees);
    }

    /// <summary>A row of a member that is at hand counts nothing beside its body: a file may be older than the code.</summary>
    [Fact]
    public async Task TheSourceCountsForMore_ThanARowOfIt()
    {
        CSharpCompilation app = Compile("App", Usings + """
            public static class Store { public static void Put(IDatabase db, string key, int life) => db.StringSet(key, "", TimeSpan.FromSeconds(life + 1)); }
            class App { void Run(IDatabase db) => Store.Put(db, "k", 0); }
            """);
        const string Old = "T:StackExchange.Redis.IDatabase interface { bool StringSet(string key, object value, System.TimeSpan expiry); }\n" +
            "M:Store.Put(StackExchange.Redis.IDatabase,System.String,System.Int32) static void Put(StackExchange.Redis.IDatabase db, string k, int t) { db.StringSet(key: k, value: null, expiry: System.TimeSpan.FromSeconds(t)); }";
        Assert.Empty(await FindAsync(app, Old));
    }

    /// <summary>Rows that somebody spoiled are passed over; the others work, and nothing throws.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("M: void A() { }\nT: class { }\nT:A class { }\nM:A void B() { }")]
    [InlineData("M:Acme.ICache.Put(System.String,System.TimeSpan) } class X { void Put(")]
    [InlineData("M:Acme.ICache.Put(System.String,System.TimeSpan) void Put(string a, System.TimeSpan b) { while (true) { Put(a, b); } }")]
    [InlineData("T:System.String class { public extern int Length(); }\nT:StackExchange.Redis.IDatabase struct { }")]
    public async Task SpoiledRows_DoNoHarm(string rows)
    {
        CSharpCompilation contract = Compile("Acme", "namespace Acme { public interface ICache { void Put(string key, System.TimeSpan life); } }");
        CSharpCompilation caller = Compile(
            "App", "class App { void Run(Acme.ICache cache) => cache.Put(\"k\", System.TimeSpan.Zero); }", contract.ToMetadataReference());
        Assert.Empty(await FindAsync(caller, rows));

        const string Good = "T:StackExchange.Redis.IDatabase interface { bool StringSet(string key, object value, System.TimeSpan expiry); }\n" +
            "M:Acme.ICache.Put(System.String,System.TimeSpan) StackExchange.Redis.IDatabase f; void Put(string k, System.TimeSpan t) { f.StringSet(key: k, value: null, expiry: t); }";
        Assert.Equal(["EXP401"], await FindAsync(caller, Good));
    }

    /// <summary>A lock of another assembly that a script gives back there is one whose work is known, as in one project.</summary>
    [Theory]
    [InlineData("TimeSpan? life", "life ?? TimeSpan.FromSeconds(30)", "EXP201")]
    [InlineData("TimeSpan life", "life", "EXP201")]
    public async Task ALockThatAScriptGivesBack_IsKnown(string parameter, string life, string ids)
    {
        CSharpCompilation contract = Compile("Acme", Usings + $$"""
            namespace Acme
            {
                public interface ILocks { Task<bool> TakeAsync(string name, string me, {{parameter}}); Task<bool> FreeAsync(string name, string me); }
            }
            """);
        CSharpCompilation store = Compile("Store", Usings + $$"""
            public sealed class Store(IDatabase db) : Acme.ILocks
            {
                public async Task<bool> TakeAsync(string name, string me, {{parameter}})
                {
                    string key = $"lock:{name}";
                    var expiry = {{life}};
                    try { return await db.StringSetAsync(key, me, expiry, When.NotExists); } catch (Exception) { return false; }
                }

                public async Task<bool> FreeAsync(string name, string me)
                {
                    string key = $"lock:{name}";
                    RedisResult done = await db.ScriptEvaluateAsync(
                        "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end",
                        new RedisKey[] { key }, new RedisValue[] { me });
                    return done.ToString() == "1";
                }
            }
            """, contract.ToMetadataReference());
        CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGeneratorsAndUpdateCompilation(store, out Compilation outlined, out _);
        CSharpCompilation app = Compile("App", Usings + """
            class App(Acme.ILocks locks)
            {
                async Task RunAsync(string order, Func<string, Task> work)
                {
                    string key = $"order:{order}", me = Guid.NewGuid().ToString();
                    bool taken = await locks.TakeAsync(key, me, TimeSpan.FromSeconds(10));
                    if (!taken) { return; }
                    try { await work(order); } finally { await locks.FreeAsync(key, me); }
                }
            }
            """, contract.ToMetadataReference(), outlined.ToMetadataReference());
        Assert.Equal(ids, string.Join(' ', await FindAsync(app)));
    }

    /// <summary>A handle that is none where the lock was not got: what is said of its caller is the same in one project and across two.</summary>
    [Theory]
    [InlineData("locks.TryTake(id); work();", "EXP202")]
    [InlineData("var held = locks.TryTake(id); work();", "EXP202")]
    [InlineData("using var held = locks.TryTake(id); work();", "EXP201 EXP202")]
    [InlineData("using var held = locks.TryTake(id); if (held is null) { return; } work();", "EXP201")]
    [InlineData("using var held = locks.Take(id); work();", "EXP201")]
    public async Task AHandleThatMayBeNone_IsTheSameElsewhere(string body, string ids)
    {
        const string Store = Usings + """
            public sealed class Handle(Action free) : IDisposable { public void Dispose() => free(); }
            public sealed class Locks(IDatabase db)
            {
                public IDisposable TryTake(string name)
                {
                    string token = Guid.NewGuid().ToString();
                    return db.LockTake(name, token, TimeSpan.FromSeconds(30)) ? new Handle(() => db.LockRelease(name, token)) : null;
                }

                public IDisposable Take(string name)
                {
                    string token = Guid.NewGuid().ToString();
                    if (!db.LockTake(name, token, TimeSpan.FromSeconds(30))) { throw new TimeoutException(); }
                    return new Handle(() => db.LockRelease(name, token));
                }
            }
            """;
        string caller = $"class App(Locks locks) {{ void Run(string id, Action work) {{ {body} }} }}";
        CSharpCompilation store = Compile("Store", Store);
        CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGeneratorsAndUpdateCompilation(store, out Compilation outlined, out _);
        Assert.Equal(ids, string.Join(' ', await FindAsync(Compile("All", Store + caller))));
        Assert.Equal(ids, string.Join(' ', await FindAsync(Compile("App", Usings + caller, outlined.ToMetadataReference()))));
    }

    /// <summary>A lock whose name no caller has a part in, taken by one member and given back by another.</summary>
    [Theory]
    [InlineData("await locks.TakeAsync(); await work(); await locks.FreeAsync();", "EXP201 EXP202 EXP202")]
    [InlineData("if (await locks.TakeAsync()) { try { await work(); } finally { await locks.FreeAsync(); } }", "EXP201")]
    [InlineData("if (await locks.TakeAsync()) { await work(); await locks.FreeOtherAsync(); }", "")]
    [InlineData("if (await locks.TakeAsync()) { try { await locks.CountAsync(); } finally { await locks.FreeAsync(); } }", "")]
    [InlineData("await locks.FreeAsync(); await work();", "")]
    public async Task ALockOfOneName_IsKnownElsewhere(string work, string ids)
    {
        CSharpCompilation store = Compile("Store", Usings + """
            public sealed class Locks(IDatabase db)
            {
                private readonly string _name = "queue", _other = "other";
                private readonly TimeSpan _life = TimeSpan.FromSeconds(30);
                public async Task<bool> TakeAsync() => await db.StringSetAsync(_name, Guid.NewGuid().ToString(), _life, When.NotExists);
                public async Task FreeAsync() => await db.KeyDeleteAsync(_name);
                public async Task<long> CountAsync() => await db.SortedSetLengthAsync("numbers");
                public async Task FreeOtherAsync() => await db.KeyDeleteAsync(_other);
            }
            """);
        CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGeneratorsAndUpdateCompilation(store, out Compilation outlined, out _);
        CSharpCompilation app = Compile(
            "App", Usings + $"class App(Locks locks) {{ async Task RunAsync(Func<Task> work) {{ {work} }} }}", outlined.ToMetadataReference());
        Assert.Equal(ids, string.Join(' ', await FindAsync(app)));
    }

    /// <summary>
    /// A lock that a caller makes of another assembly's store: its delete is the caller's to mend. A type of locks is judged where it is written.
    /// </summary>
    [Theory]
    [InlineData("Remove", "", "key", "EXP201 EXP205")]
    [InlineData("Remove", "lock:", "key", "EXP201")]
    [InlineData("Release", "", "key", "EXP201")]
    [InlineData("Remove", "", "\"other:\" + key", "")]
    public async Task ADeleteOfAnotherAssembly_IsBlind(string name, string prefix, string released, string ids)
    {
        CSharpCompilation contract = Compile("Acme", Usings + $$"""
            namespace Acme
            {
                public interface ICache { Task<bool> AddAsync(string key, string value, TimeSpan life); Task {{name}}Async(string key); }
            }
            """);
        CSharpCompilation store = Compile("Store", Usings + $$"""
            public sealed class Store(IDatabase db) : Acme.ICache
            {
                public Task<bool> AddAsync(string key, string value, TimeSpan life) => db.StringSetAsync("{{prefix}}" + key, value, life, When.NotExists);
                public Task {{name}}Async(string key) => db.KeyDeleteAsync("{{prefix}}" + key);
            }
            """, contract.ToMetadataReference());
        CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGeneratorsAndUpdateCompilation(store, out Compilation outlined, out _);
        CSharpCompilation app = Compile("App", Usings + $$"""
            class App(Acme.ICache cache)
            {
                async Task RunAsync(string id, Func<Task> work)
                {
                    string key = "job:" + id, me = Guid.NewGuid().ToString();
                    if (!await cache.AddAsync(key, me, TimeSpan.FromSeconds(10))) { return; }
                    try { await work(); } finally { await cache.{{name}}Async({{released}}); }
                }
            }
            """, contract.ToMetadataReference(), outlined.ToMetadataReference());
        Assert.Equal(ids, string.Join(' ', await FindAsync(app)));
    }

    /// <summary>Two implementations in two assemblies that do otherwise: nothing is known of the interface.</summary>
    [Fact]
    public async Task TwoAssembliesThatDoNotAgree_TellNothing()
    {
        CSharpCompilation contract = Compile("Acme", "namespace Acme { public interface ICache { void Put(string key, System.TimeSpan life); } }");
        MetadataReference seconds = Outlined("A", "life", contract);
        MetadataReference doubled = Outlined("B", "TimeSpan.FromMinutes(1)", contract);
        const string Source = "class App { void Run(Acme.ICache cache) => cache.Put(\"k\", System.TimeSpan.Zero); }";
        Assert.Equal(["EXP401"], await FindAsync(Compile("App", Source, contract.ToMetadataReference(), seconds)));
        Assert.Equal(["EXP401"], await FindAsync(Compile("App", Source, contract.ToMetadataReference(), seconds, Outlined("C", "life", contract))));
        Assert.Empty(await FindAsync(Compile("App", Source, contract.ToMetadataReference(), seconds, doubled)));

        static MetadataReference Outlined(string name, string life, CSharpCompilation contract)
        {
            CSharpCompilation store = Compile(
                name,
                Usings + $"public sealed class Store{name}(IDatabase db) : Acme.ICache {{ public void Put(string key, TimeSpan life) => db.StringSet(key, \"\", {life}); }}",
                contract.ToMetadataReference());
            CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGeneratorsAndUpdateCompilation(store, out Compilation outlined, out _);
            return outlined.ToMetadataReference();
        }
    }

    /// <summary>What a member hands on to a contract of which only rows tell, it is told to do itself, with or without the client in view.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatGoesOnToAContract_IsToldOnwards(bool seesClient)
    {
        CSharpCompilation contract = Compile("Acme", "namespace Acme { public interface ICache { void Put(string key, System.TimeSpan life); } }");
        string known = OutlineGenerator.Write(
            Compile(
                "Store",
                Usings + "public sealed class Store(IDatabase db) : Acme.ICache { public void Put(string key, TimeSpan life) => db.StringSet(key, \"\", life); }",
                contract.ToMetadataReference()),
            [],
            CancellationToken.None);
        CSharpCompilation layer = Compile(
            "Layer",
            """
            using System;
            public sealed class Sessions(Acme.ICache cache)
            {
                public void Save(string id, int minutes) => cache.Put("session:" + id, TimeSpan.FromMinutes(minutes));
            }
            public static class Extensions
            {
                public static void PutFor(this Acme.ICache cache, string key, int seconds) => cache.Put(key, TimeSpan.FromSeconds(seconds));
            }
            """,
            contract.ToMetadataReference());
        layer = seesClient ? layer : layer.WithReferences(layer.References.Where(static reference => reference.Display?.Contains("Redis", StringComparison.Ordinal) != true));
        string rows = known + OutlineGenerator.Write(layer, [new Rows(known)], CancellationToken.None);
        CSharpCompilation app = Compile(
            "App",
            "class App { void Run(Sessions sessions, Acme.ICache cache) { sessions.Save(\"1\", 0); cache.PutFor(\"2\", 0); } }",
            contract.ToMetadataReference(),
            layer.ToMetadataReference());
        Assert.Equal(["EXP401", "EXP401"], await FindAsync(app, rows));
    }

    /// <summary>A member that several types have is what the type makes of it that it is called on.</summary>
    [Theory]
    [InlineData("ServiceStack.Redis.IRedisClient", "EXP102")]
    [InlineData("ServiceStack.Caching.ICacheClient", "")]
    public async Task WhatAMemberIsCalledOn_IsToldOnwards(string client, string ids)
    {
        CSharpCompilation layer = Compile(
            "Acme", $"public sealed class Keep({client} db) {{ public void Put(string key, string value, System.DateTime at) => db.Set(key, value, at); }}")
            .WithReferences(References.With(References.AllClients));
        CSharpCompilation app = Compile(
            "App",
            "class App { void Run(Keep keep) => keep.Put(\"a\", \"b\", System.DateTime.UtcNow.AddMinutes(5)); }",
            layer.ToMetadataReference());
        Assert.Equal(ids, string.Join(' ', await FindAsync(app, OutlineGenerator.Write(layer, [], CancellationToken.None))));
    }

    /// <summary>An interface of another assembly is the one type here that implements it, unless that assembly implements it too.</summary>
    [Theory]
    [InlineData("", "EXP401")]
    [InlineData("public sealed class Null : ICache { public void Put(string key, System.TimeSpan life) { } }", "")]
    public async Task AnInterfaceOfAnotherAssembly_IsItsOneImplementation(string atHome, string ids)
    {
        CSharpCompilation contract = Compile("Acme", $"namespace Acme {{ public interface ICache {{ void Put(string key, System.TimeSpan life); }} {atHome} }}");
        CSharpCompilation app = Compile(
            "App",
            Usings + """
                sealed class Store(IDatabase db) : Acme.ICache { public void Put(string key, TimeSpan life) => db.StringSet(key, "", life); }
                sealed class Logged(Acme.ICache inner) : Acme.ICache { public void Put(string key, TimeSpan life) { Console.WriteLine(key); inner.Put("x" + key, life); } }
                class App { void Run(Acme.ICache cache) => cache.Put("k", TimeSpan.Zero); }
                """,
            contract.ToMetadataReference());
        Assert.Equal(ids, string.Join(' ', await FindAsync(app)));
    }

    /// <summary>Implementations that hand a time on alike are as good as one; where they differ, nothing is known.</summary>
    [Theory]
    [InlineData("TimeSpan.FromSeconds(life)", "EXP401")]
    [InlineData("TimeSpan.FromMinutes(life)", "")]
    [InlineData("TimeSpan.FromSeconds(life + 1)", "")]
    public async Task ImplementationsThatAgree_AreAsGoodAsOne(string other, string ids)
    {
        CSharpCompilation app = Compile("App", Usings + $$"""
            interface ICache { void Put(string key, int life); }
            sealed class One(IDatabase db) : ICache { public void Put(string key, int life) => db.StringSet(key, "", TimeSpan.FromSeconds(life)); }
            sealed class Two(IDatabase db) : ICache { public void Put(string key, int life) => db.StringSet("two:" + key, "", {{other}}); }
            class App { void Run(ICache cache) => cache.Put("k", 0); }
            """);
        Assert.Equal(ids, string.Join(' ', await FindAsync(app)));
    }

    /// <summary>
    /// A contract with one implementation in the process and another on a server, the usual pair: what both make of a span holds for the
    /// contract, in their own project, in one that has the contract from elsewhere, and in one that references theirs.
    /// </summary>
    [Theory]
    [InlineData("int life", "TimeSpan.FromMinutes(life)", "TimeSpan.FromMinutes(life)", "0", "EXP401")]
    [InlineData("int life", "TimeSpan.FromMinutes(life)", "TimeSpan.FromMinutes(life)", "(int)TimeSpan.FromMinutes(30).TotalSeconds", "EXP105")]
    [InlineData("int life", "TimeSpan.FromMinutes(life)", "TimeSpan.FromSeconds(life)", "0", "")]
    [InlineData("TimeSpan life", "life", "life", "DateTime.UtcNow.AddHours(1) - DateTime.Now", "EXP103")]
    [InlineData("TimeSpan life", "life", "life", "TimeSpan.FromMinutes(-1)", "EXP401")]
    [InlineData("TimeSpan life", "life", "life", "TimeSpan.FromMinutes(1)", "")]
    [InlineData("TimeSpan life", "life", "life > TimeSpan.Zero ? life : TimeSpan.FromMinutes(1)", "TimeSpan.FromMinutes(-1)", "")]
    [InlineData("DateTime life", "new DateTimeOffset(life)", "life - DateTime.UtcNow", "DateTime.Now.AddHours(1)", "")]
    public async Task AProcessAndAServer_AreAsGoodAsOne(string parameter, string inProcess, string onServer, string given, string ids)
    {
        string contract = $"public interface ICache {{ void Put(string key, {parameter}); }} ";
        string stores = $$"""
            public sealed class Redis(IDatabase db) : ICache { public void Put(string key, {{parameter}}) => db.StringSet("r:" + key, "", {{onServer}}); }
            public sealed class Memory(Microsoft.Extensions.Caching.Memory.IMemoryCache cache) : ICache
            {
                public void Put(string key, {{parameter}}) => Microsoft.Extensions.Caching.Memory.CacheExtensions.Set(cache, key, 1, {{inProcess}});
            }
            """;
        string caller = $"sealed class App {{ void Run(ICache cache) => cache.Put(\"k\", {given}); }}";
        CSharpCompilation abstractions = Compile("Abstractions", Usings + contract);
        CSharpCompilation implementations = Compile("Stores", Usings + stores, abstractions.ToMetadataReference());
        string rows = OutlineGenerator.Write(implementations, [], CancellationToken.None);
        Assert.Equal(ids, string.Join(' ', await FindAsync(Compile("App", Usings + contract + stores + caller))));
        Assert.Equal(ids, string.Join(' ', await FindAsync(Compile("App", Usings + stores + caller, abstractions.ToMetadataReference()))));
        Assert.Equal(ids, string.Join(' ', await FindAsync(
            Compile("App", Usings + caller, abstractions.ToMetadataReference(), implementations.ToMetadataReference()), rows)));
    }

    /// <summary>The object that a lock's taker makes keeps the time too, and renews the lock with it: the taking is what the time is for.</summary>
    [Fact]
    public void ALockWhoseHandleRenewsIt_IsToldWithItsTime()
    {
        CSharpCompilation layer = Compile("Acme", Usings + """
            public sealed class Handle(IDatabase db, string key, string token, TimeSpan life)
            {
                private readonly TimeSpan _life = life;
                public bool Renew() => db.StringGet(key) == token && db.StringSet(key, token, _life);
            }
            public sealed class Locks(IDatabase db)
            {
                public Handle Take(string key, TimeSpan life)
                {
                    string token = Guid.NewGuid().ToString();
                    return db.StringSet(key, token, life, When.NotExists) ? new Handle(db, key, token, life) : null;
                }
            }
            """);
        Assert.Contains("@expiry: @life", OutlineGenerator.Write(layer, [], CancellationToken.None).Split('\n').Single(static row => row.Contains("Locks.Take", StringComparison.Ordinal)));
    }

    /// <summary>A cache in the process has keys that are no text, so its calls are told by the times that they are handed.</summary>
    [Theory]
    [InlineData("public void Put(string key, TimeSpan life) => Keep(key, life); void Keep(string key, TimeSpan life) => cache.Set(key, 1, life);", "@life")]
    [InlineData("public void Put(string key, TimeSpan? life) => Keep(key, life); void Keep(string key, TimeSpan? life) => cache.Set(key, 1, life ?? _usual);",
        "(__Any.Of<bool>() ? @life : __Any.Of<System.TimeSpan?>())")]
    public void AHelpersCallOfAnExtension_GetsTheCallersTime(string members, string time)
    {
        string rows = Write(Usings + "using Microsoft.Extensions.Caching.Memory; namespace Acme; public sealed class Store(IMemoryCache cache) " +
            $"{{ private readonly TimeSpan _usual = TimeSpan.FromMinutes(1); {members} }}");
        string row = Assert.Single(rows.Split('\n'), static line => line.StartsWith("M:", StringComparison.Ordinal));
        Assert.EndsWith($"@absoluteExpirationRelativeToNow: {time}); }}", row, StringComparison.Ordinal);
    }

    /// <summary>Where a client gets one of two times, both are told.</summary>
    [Fact]
    public void OneOfTwoTimes_IsToldOfBoth()
    {
        string rows = Write(Usings + "namespace Acme; public sealed class Store(IDatabase db) " +
            "{ public void Put(string key, TimeSpan? life, TimeSpan usual) => db.KeyExpire(key, life ?? usual); }");
        Assert.Contains("@expiry: (__Any.Of<bool>() ? @life : ", rows, StringComparison.Ordinal);
        Assert.Contains("@expiry: (__Any.Of<bool>() ? @usual : ", rows, StringComparison.Ordinal);
    }

    /// <summary>What an extension of a client takes is told with its class: no row imports a namespace.</summary>
    [Fact]
    public async Task AnExtensionOfAClient_IsToldOnwards()
    {
        CSharpCompilation layer = Compile("Acme", Usings + """
            using Microsoft.Extensions.Caching.Memory;
            public sealed class Keep(IMemoryCache cache) { public void Put(string key, TimeSpan life) => cache.Set(key, 1, life); }
            """);
        CSharpCompilation app = Compile(
            "App", Usings + "class App { void Run(Keep keep) => keep.Put(\"a\", TimeSpan.Zero); }", layer.ToMetadataReference());
        Assert.Equal(["EXP401"], await FindAsync(app, OutlineGenerator.Write(layer, [], CancellationToken.None)));
    }

    /// <summary>Heirs are found by the names that they derive from, also by another name or over a class between.</summary>
    [Theory]
    [InlineData("sealed class Two : Other { public void Put(string key, int life) { } }", "")]
    [InlineData("abstract class Between : ICache { public abstract void Put(string key, int life); } sealed class Two : Between { public override void Put(string key, int life) { } }", "")]
    [InlineData("interface IMore : ICache { } sealed class Two : global::IMore { public void Put(string key, int life) { } }", "")]
    [InlineData("abstract class Two : ICache { public abstract void Put(string key, int life); }", "EXP401")]
    public async Task HeirsAreFound(string other, string ids)
    {
        CSharpCompilation app = Compile("App", Usings + $$"""
            using Other = ICache;
            interface ICache { void Put(string key, int life); }
            sealed class One(IDatabase db) : ICache { public void Put(string key, int life) => db.StringSet(key, "", TimeSpan.FromSeconds(life)); }
            {{other}}
            class App { void Run(ICache cache) => cache.Put("k", 0); }
            """);
        Assert.Empty(app.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Equal(ids, string.Join(' ', await FindAsync(app)));
    }

    /// <summary>A keystroke that touches no wrapper leaves the rows as they are; one in a wrapper, or in what it hangs on, does not.</summary>
    [Theory]
    [InlineData("return 1;", "return 2;", IncrementalStepRunReason.Cached)]
    [InlineData("return 1;", "return DateTime.Now.Year;", IncrementalStepRunReason.Cached)]
    [InlineData("// wrapper", "// a wrapper", IncrementalStepRunReason.Cached)]
    [InlineData("return 1; }", "return 1; } public int More(Func<int> get) => get();", IncrementalStepRunReason.Cached)]
    [InlineData("FromSeconds(s)", "FromMinutes(s)", IncrementalStepRunReason.Modified)]
    [InlineData("\"a:\"", "\"b:\"", IncrementalStepRunReason.Modified)]
    [InlineData(": ILives", ": IOther", IncrementalStepRunReason.Modified)]
    [InlineData("class Store", "class Shop", IncrementalStepRunReason.Modified)]
    [InlineData("return 1; }", "return 1; } public void Touch(string key, int seconds) => Put(key, seconds);", IncrementalStepRunReason.Modified)]
    public void OnlyWrappers_AreOutlinedAnew(string before, string after, IncrementalStepRunReason expected)
    {
        const string Source = Usings + """
            public interface ILives { void Put(string key, int s); }
            public interface IOther { void Put(string key, int s); }
            // wrapper
            public sealed class Store(IDatabase db) : ILives
            {
                private const string Prefix = "a:";
                public void Put(string key, int s) => db.StringSet(Prefix + key, "", TimeSpan.FromSeconds(s));
                public int Other() { return 1; }
            }
            """;
        (GeneratorDriver driver, CSharpCompilation first, _) = Driven(Source);
        CSharpCompilation second = first.ReplaceSyntaxTree(
            first.SyntaxTrees[0], CSharpSyntaxTree.ParseText(Source.Replace(before, after, StringComparison.Ordinal)));
        Assert.Equal(expected, ReasonOf(driver.RunGenerators(second)));
    }

    /// <summary>A file of the user's that says otherwise makes the rows anew, from the compilation that is there then.</summary>
    [Fact]
    public void AFileThatChanges_MakesTheRowsAnew()
    {
        const string Row = "M:Acme.ICache.Put(System.String,System.TimeSpan) StackExchange.Redis.IDatabase f; void Put(string k, System.TimeSpan t) { f.KeyExpire(key: k, expiry: t); }\n" +
            "T:StackExchange.Redis.IDatabase interface { bool KeyExpire(string key, System.TimeSpan expiry); }";
        (GeneratorDriver driver, CSharpCompilation first, Rows file) = Driven(
            Usings + "namespace Acme { public interface ICache { void Put(string key, TimeSpan life); } } public sealed class Store { public void Keep(Acme.ICache cache, string key, TimeSpan life) => cache.Put(key, life); }");
        Assert.Empty(driver.GetRunResult().GeneratedTrees);
        driver = driver.ReplaceAdditionalText(file, new Rows(Row)).RunGenerators(first.Clone());
        Assert.Contains("Store.Keep", Assert.Single(driver.GetRunResult().GeneratedTrees).ToString(), StringComparison.Ordinal);
    }

    private static (GeneratorDriver Driver, CSharpCompilation Compilation, Rows File) Driven(string source)
    {
        CSharpCompilation compilation = Compile("App", source);
        Rows file = new("");
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new OutlineGenerator().AsSourceGenerator()],
            [file],
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return (driver.RunGenerators(compilation), compilation, file);
    }

    private static IncrementalStepRunReason ReasonOf(GeneratorDriver driver) => Assert.Single(driver.GetRunResult().Results[0].TrackedOutputSteps
        .SelectMany(static step => step.Value).SelectMany(static step => step.Outputs).Select(static output => output.Reason).Distinct());

    /// <summary>A project that may be null or not has the same rows as one that says nothing of it.</summary>
    [Fact]
    public void NullabilityIsNoPartOfARow()
    {
        CSharpCompilation store = Compile("Store", Usings + """
            public sealed class Store(IDatabase db)
            {
                public bool Put<T>(string? key, T? value, TimeSpan? life = null) where T : class => db.StringSet("a:" + key!, value!.ToString(), life ?? TimeSpan.FromMinutes(1));
                public DateTime? Dies(string key) => db.KeyExpireTime(key) is { } at ? at : null;
            }
            """);
        string rows = OutlineGenerator.Write(store, [], CancellationToken.None);
        CSharpCompilation nullable = store.WithOptions(store.Options.WithNullableContextOptions(NullableContextOptions.Enable));
        Assert.Equal(rows, OutlineGenerator.Write(nullable, [], CancellationToken.None));
        CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGeneratorsAndUpdateCompilation(nullable, out Compilation outlined, out _);
        Assert.Equal(rows, outlined.Assembly.GetAttributes().Single(static attribute => attribute.AttributeClass!.Name == "AssemblyMetadataAttribute").ConstructorArguments[1].Value);
    }

    /// <summary>Where a project declares the attribute itself, nobody knows what that one takes and how often: there are no rows.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("sealed class AssemblyMetadataAttribute(string key, string value) : System.Attribute { public string Key => key + value; }", false)]
    [InlineData("sealed class AssemblyMetadataAttribute(string key) : System.Attribute { public string Key => key; }", false)]
    public void AnAttributeOfTheProjects_NeverBreaksABuild(string own, bool told)
    {
        CSharpCompilation app = Compile("Store", "public sealed class Store(StackExchange.Redis.IDatabase db) { public void Put(string key, int s) => db.KeyExpire(key, System.TimeSpan.FromSeconds(s)); }")
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText($"namespace System.Reflection {{ {own} }}"));
        Assert.Equal(told ? 1 : 0, TreesWithRows(app));
    }

    /// <summary>A second attribute of a reference is an ambiguity where it can be seen, and nothing where it cannot.</summary>
    [Theory]
    [InlineData("public", "", false)]
    [InlineData("internal", "", true)]
    [InlineData("internal", "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Store\")] ", false)]
    public void ASecondAttributeOfAReference_NeverBreaksABuild(string sort, string seenBy, bool told)
    {
        CSharpCompilation other = Compile("Polyfills", seenBy + $"namespace System.Reflection {{ {sort} sealed class AssemblyMetadataAttribute(string key, string value) : System.Attribute {{ public string Key => key + value; }} }}");
        CSharpCompilation app = Compile("Store", "public sealed class Store(StackExchange.Redis.IDatabase db) { public void Put(string key, int s) => db.KeyExpire(key, System.TimeSpan.FromSeconds(s)); }", other.ToMetadataReference());
        Assert.Equal(told ? 1 : 0, TreesWithRows(app));
    }

    /// <summary>Letters that an attribute cannot hold as they are.</summary>
    [Theory]
    [InlineData(@"\uD800:")]
    [InlineData(@"\0\u2028\\")]
    public void StrangeKeys_NeverBreakABuild(string prefix) => Assert.Equal(1, TreesWithRows(Compile(
        "Store", $"public sealed class Store(StackExchange.Redis.IDatabase db) {{ public void Put(string key, int s) => db.KeyExpire(\"{prefix}\" + key, System.TimeSpan.FromSeconds(s)); }}")));

    // How many files there are with rows; each must compile without a warning.
    private static int TreesWithRows(CSharpCompilation app)
    {
        CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGeneratorsAndUpdateCompilation(app, out Compilation outlined, out _);
        Assert.Empty(outlined.Emit(Stream.Null).Diagnostics.Where(diagnostic => diagnostic.Location.SourceTree is not { } tree || !app.SyntaxTrees.Contains(tree)));
        return outlined.SyntaxTrees.Count(tree => !app.SyntaxTrees.Contains(tree));
    }

    /// <summary>Code that names neither a client nor a time is not looked at, unless something gives a name another meaning.</summary>
    [Theory]
    [InlineData("", "", false)]
    [InlineData("global using Life = System.TimeSpan;", "public static Life Long() => Life.FromHours(1);", true)]
    [InlineData("", "public static void Keep(Store store, string key, int count) => store.Put(key, System.TimeSpan.FromMinutes(count));", true)]
    public void WhatMayTellAnything_IsLookedAt(string usings, string member, bool told)
    {
        CSharpCompilation store = Compile("Base", Usings + "public sealed class Store(IDatabase db) { public void Put(string key, TimeSpan life) => db.KeyExpire(key, life); }");
        CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGeneratorsAndUpdateCompilation(store, out Compilation outlined, out _);
        CSharpCompilation users = Compile("Users", $"public static class Users {{ public static string Name(int id) => \"user:\" + id; {member} }}", outlined.ToMetadataReference())
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(usings));
        Assert.Equal(told, OutlineGenerator.Write(users, [], CancellationToken.None).Length > 0);
    }

    /// <summary>What gives a lock back that another member takes is told of, though nobody hands it anything.</summary>
    [Fact]
    public void WhatFreesALock_IsToldWithoutParameters()
    {
        string rows = Write(Usings + """
            public sealed class Gate(IDatabase db)
            {
                public bool Enter() => db.LockTake("gate", "me", TimeSpan.FromSeconds(30));
                public void Leave() => db.LockRelease("gate", "me");
            }
            public sealed class Other(IDatabase db) { public void Leave() => db.LockRelease("gate", "me"); }
            """);
        Assert.Contains("M:Gate.Enter ", rows, StringComparison.Ordinal);
        Assert.Contains("M:Gate.Leave ", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("M:Other.Leave ", rows, StringComparison.Ordinal);
    }

    private static string Write(string source, string client = References.NewestClient) => OutlineGenerator.Write(
        Compile("Acme", source).WithReferences(References.With(client)), [], CancellationToken.None);

    internal static async Task<string[]> FindAsync(Compilation compilation, string rows = "")
    {
        AnalyzerOptions options = new([new Rows(rows)]);
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new ExpiryAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
        return [.. found.Select(static diagnostic => diagnostic.Id).Order(StringComparer.Ordinal)];
    }

    internal static CSharpCompilation Compile(string name, string source, params MetadataReference[] more)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source)],
            [.. References.With(References.NewestClient), .. more],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return compilation;
    }

    private sealed class Rows(string text) : AdditionalText
    {
        public override string Path => "/src/" + SinksFile.Name;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
