using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ExpiryAnalyzers.Tests.Projects;

/// <summary>What is said of a caller is the same where the code that it calls is part of its project, and where rows tell of that.</summary>
public sealed class OneOrTwoProjectsTests
{
    private const string Usings = "using System; using System.Threading.Tasks; using StackExchange.Redis; ";

    /// <summary>What heirs may replace is not what is run, unless the call says so or the class can have none.</summary>
    [Theory]
    [InlineData("one.Put(\"a\", TimeSpan.Zero);", "")]
    [InlineData("one.Call(\"a\", TimeSpan.Zero);", "")]
    [InlineData("two.Put(\"a\", TimeSpan.Zero);", "")]
    [InlineData("last.Put(\"a\", TimeSpan.Zero);", "EXP401")]
    [InlineData("db.KeyExpire(\"a\", one.Now);", "")]
    [InlineData("db.KeyExpire(\"a\", one.Soon());", "")]
    [InlineData("base.Put(\"a\", TimeSpan.Zero);", "EXP401")]
    [InlineData("Put(\"a\", TimeSpan.Zero);", "")]
    public Task WhatHeirsMayReplace_IsNotWhatRuns(string body, string ids) => AreAlikeAsync(
        """
        public class One(IDatabase db)
        {
            public virtual void Put(string key, TimeSpan life) => db.KeyExpire(key, life);
            public void Call(string key, TimeSpan life) => Put(key, life);
            public virtual DateTime Now => DateTime.Now;
            public virtual DateTime Soon() => DateTime.Now;
        }
        public class Two(IDatabase db) : One(db) { public override void Put(string key, TimeSpan life) => base.Put(key, life); }
        public sealed class Last(IDatabase db) : One(db) { public override void Put(string key, TimeSpan life) => db.KeyExpire(key, life); }
        """,
        $$"""class App(One one, Two two, Last last, IDatabase db) : One(db) { void Run() { {{body}} } public override void Put(string key, TimeSpan life) { } }""",
        ids);

    /// <summary>A static member of an interface that its heirs may replace is that of the type that is asked.</summary>
    [Fact]
    public Task AStaticMemberThatHeirsMayReplace_IsNotWhatRuns() => AreAlikeAsync(
        "public interface IKeeps { static virtual void Put(IDatabase db, TimeSpan life) => db.KeyExpire(\"a\", life); } public sealed class None : IKeeps { public static void Put(IDatabase db, TimeSpan life) { } }",
        "class App<T>(IDatabase db) where T : IKeeps { void Run() => T.Put(db, TimeSpan.Zero); }",
        "");

    /// <summary>Of a contract is told what all do that stand for it: heirs of heirs too, those that do nothing, and what is made around another.</summary>
    [Theory]
    [InlineData("", "EXP401 EXP401")]
    [InlineData("public sealed class Sub(IDatabase db) : Store(db) { public override void Put(string key, TimeSpan life) => base.Put(key, life + TimeSpan.FromSeconds(1)); }", "")]
    [InlineData("public sealed class Sub(IDatabase db) : Store(db) { public override void Put(string key, TimeSpan life) { } }", "")]
    [InlineData("public sealed class None : Lives, ILives { public override void Put(string key, TimeSpan life) { } }", "")]
    [InlineData("public sealed class None : Lives { public override void Put(string key, TimeSpan life) { } }", "EXP401")]
    [InlineData("public sealed class Log(ILives inner) : ILives { public void Put(string key, TimeSpan life) => inner.Put(key, life); }", "EXP401 EXP401")]
    [InlineData("public sealed class Longer(ILives inner) : ILives { public void Put(string key, TimeSpan life) => inner.Put(key, life + TimeSpan.FromSeconds(1)); }", "EXP401")]
    public Task AContract_IsAllThatStandsForIt(string other, string ids) => AreAlikeAsync(
        $$"""
        public interface ILives { void Put(string key, TimeSpan life); }
        public abstract class Lives { public abstract void Put(string key, TimeSpan life); }
        public class Store(IDatabase db) : Lives, ILives { public override void Put(string key, TimeSpan life) => db.KeyExpire(key, life); }
        {{other}}
        """,
        "class App(ILives one, Lives two) { void Run() { one.Put(\"a\", TimeSpan.Zero); two.Put(\"b\", TimeSpan.Zero); } }",
        ids);

    /// <summary>The body that an interface gives its own member is one of several where an implementation has another.</summary>
    [Theory]
    [InlineData("", "", "EXP401")]
    [InlineData("void ILives.Put(string key, int seconds) { }", "", "")]
    [InlineData("", "class Mine : ILives { public void Put(string key, int seconds) { } }", "")]
    public Task ABodyInAnInterface_MayBeReplaced(string own, string mine, string ids) => AreAlikeAsync(
        $$"""
        public interface ILives { IDatabase Db { get; } void Put(string key, int seconds) => Db.KeyExpire(key, TimeSpan.FromSeconds(seconds)); }
        public sealed class Store(IDatabase db) : ILives { public IDatabase Db => db; {{own}} }
        """,
        $"{mine.Replace("{ }", "{ } public IDatabase Db => null;", StringComparison.Ordinal)} class App {{ void Run(ILives lives) => lives.Put(\"a\", 0); }}",
        ids);

    /// <summary>A key made of what can be given another value is not one that two calls share, nor is a database that a parameter picks.</summary>
    [Theory]
    [InlineData("one.Set(\"a\", 1); one.Prefix = \"b\"; one.Expire(\"a\", 1);", "")]
    [InlineData("one.SetOwn(\"a\"); one.Use(\"b\"); one.ExpireOwn(\"a\");", "")]
    [InlineData("one.SetIn(1); one.ExpireIn(2);", "")]
    [InlineData("one.SetMade(1); one.ExpireMade(1);", "EXP302")]
    [InlineData("one.SetOther(\"a\"); one.Turn(2); one.ExpireOther(\"a\");", "")]
    public Task WhatIsNotTheSame_MakesNoPair(string body, string ids) => AreAlikeAsync(
        """
        public sealed class One(IConnectionMultiplexer redis)
        {
            private readonly IDatabase _db = redis.GetDatabase();
            private readonly string _made = "made";
            private string _own = "own";
            public string Prefix { get; set; } = "";
            public void Use(string own) => _own = own;
            private IDatabase In(int number) => redis.GetDatabase(number);
            public void Set(string key, int n) => _db.StringSet(Prefix + key + n, "v");
            public void Expire(string key, int n) => _db.KeyExpire(Prefix + key + n, TimeSpan.FromMinutes(5));
            public void SetOwn(string key) => _db.StringSet(_own + key, "v");
            public void ExpireOwn(string key) => _db.KeyExpire(_own + key, TimeSpan.FromMinutes(5));
            public void SetIn(int number) => In(number).StringSet("key", "v");
            public void ExpireIn(int number) => In(number).KeyExpire("key", TimeSpan.FromMinutes(5));
            private IDatabase _other = redis.GetDatabase(1);
            public void Turn(int number) => _other = redis.GetDatabase(number);
            public void SetOther(string key) => _other.StringSet(key, "v");
            public void ExpireOther(string key) => _other.KeyExpire(key, TimeSpan.FromMinutes(5));
            public void SetMade(int n) => _db.StringSet(_made + n, "v");
            public void ExpireMade(int n) => _db.KeyExpire(_made + n, TimeSpan.FromMinutes(5));
        }
        """,
        $"class App {{ void Run(One one) {{ {body} }} }}",
        ids);

    /// <summary>What a method does only where a flag is set, it does not do for a call that hands in the other.</summary>
    [Theory]
    [InlineData("one.Expire(\"a\", TimeSpan.Zero, true);", "EXP401")]
    [InlineData("one.Expire(\"a\", TimeSpan.Zero, false);", "")]
    [InlineData("one.Keep(\"a\", TimeSpan.Zero, off: true);", "")]
    [InlineData("one.At(\"a\", One.Now(utc: true));", "")]
    [InlineData("one.At(\"a\", One.Now(utc: false));", "EXP101")]
    [InlineData("one.Keep(\"a\", One.Life(false, false), false);", "")]
    [InlineData("one.Keep(\"a\", One.Life(false, true), false);", "EXP401")]
    [InlineData("one.Set(\"a\", \"1\", TimeSpan.FromHours(1)); one.Write(\"a\", \"2\", keeps: false);", "EXP404")]
    [InlineData("one.Set(\"a\", \"1\", TimeSpan.FromHours(1)); one.Write(\"a\", \"2\", keeps: true);", "")]
    public Task WhatAFlagRulesOut_IsNotDone(string body, string ids) => AreAlikeAsync(
        """
        public sealed class One(IDatabase db)
        {
            public void Expire(string key, TimeSpan life, bool sets = true) { if (sets) { db.KeyExpire(key, life); } }
            public static DateTime Now(bool utc) => utc ? DateTime.UtcNow : DateTime.Now;
            public static TimeSpan Life(bool isLong, bool isNone) => isLong ? TimeSpan.FromDays(9) : isNone ? TimeSpan.Zero : TimeSpan.FromDays(1);
            public void At(string key, DateTime at) => db.KeyExpire(key, at);
            public void Keep(string key, TimeSpan life, bool off) { if (off) { return; } db.KeyExpire(key, life); }
            public void Set(string key, string value, TimeSpan life) => db.StringSet(key, value, life);
            public void Write(string key, string value, bool keeps) { if (keeps) { db.StringSet(key, value, (TimeSpan?)null, keepTtl: true); } else { db.StringSet(key, value); } }
        }
        """,
        $"class App {{ void Run(One one) {{ {body} }} }}",
        ids);

    /// <summary>A length that a member looks at before it answers with it is not judged as it is handed in.</summary>
    [Theory]
    [InlineData("Lives.OfMany(0)", "")]
    [InlineData("Lives.Shorter(TimeSpan.Zero, life)", "")]
    [InlineData("Lives.Of(0)", "EXP401")]
    [InlineData("Lives.OfOne(0)", "EXP401")]
    [InlineData("Lives.OfWhat(0)", "EXP401")]
    [InlineData("Lives.Or(TimeSpan.Zero)", "EXP401")]
    public Task ALengthThatIsLookedAt_MayBeAnother(string life, string ids) => AreAlikeAsync(
        """
        public static class Lives
        {
            public static TimeSpan? OfMany(int seconds) => seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
            public static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
            public static TimeSpan Of(int seconds) => TimeSpan.FromSeconds(seconds);
            public static TimeSpan OfOne(int? seconds) => TimeSpan.FromSeconds(seconds.Value);
            public static TimeSpan OfWhat(decimal seconds) => TimeSpan.FromSeconds((double)seconds);
            public static TimeSpan Or(TimeSpan? life) => life ?? TimeSpan.FromDays(1);
        }
        """,
        $"class App {{ void Run(IDatabase db, TimeSpan life) => db.KeyExpire(\"a\", {life}); }}",
        ids);

    /// <summary>A number that is read in several units is of the one that something else says.</summary>
    [Theory]
    [InlineData("one.Put(\"a\", (int)life.TotalMinutes, \"m\");", "")]
    [InlineData("one.Put(\"a\", (int)life.TotalSeconds, \"s\");", "")]
    [InlineData("one.Seconds(\"a\", (int)life.TotalMinutes);", "EXP105")]
    [InlineData("one.Exact(\"a\", life.TotalMinutes, \"m\");", "")]
    public Task ANumberOfSeveralUnits_IsOfNone(string body, string ids) => AreAlikeAsync(
        """
        public sealed class One(IDatabase db)
        {
            public void Put(string key, int count, string unit) => db.KeyExpire(key, unit == "m" ? TimeSpan.FromMinutes(count) : TimeSpan.FromSeconds(count));
            public void Exact(string key, double count, string unit) => db.KeyExpire(key, unit == "m" ? TimeSpan.FromMinutes(count) : TimeSpan.FromSeconds(count));
            public void Seconds(string key, int count) => db.KeyExpire(key, TimeSpan.FromSeconds(count));
        }
        """,
        $"class App {{ void Run(One one, TimeSpan life) {{ {body} }} }}",
        ids);

    /// <summary>A user's own row of a virtual member counts for more than what its body is.</summary>
    [Fact]
    public async Task ARowByHandOfAVirtualMember_Speaks()
    {
        const string Store = "public class One(IDatabase db) { public virtual void Put(string key, TimeSpan life) => db.KeyExpire(key, life); }";
        CSharpCompilation alone = OutlineTests.Compile("Store", Usings + Store);
        CSharpCompilation app = OutlineTests.Compile("App", Usings + "class App { void Run(One one) => one.Put(\"a\", TimeSpan.Zero); }", alone.ToMetadataReference());
        string rows = OutlineGenerator.Write(alone, [], CancellationToken.None);
        Assert.Equal("EXP401", string.Join(' ', await OutlineTests.FindAsync(app, rows)));
        Assert.Empty(await OutlineTests.FindAsync(app, $"{SinksFile.StartOfLearned}\n{rows}\n{SinksFile.EndOfLearned}"));
    }

    /// <summary>What is made around another object at the contract's home stands for nothing; what stands by itself there does.</summary>
    [Theory]
    [InlineData("ICache inner", "inner.Set(key, life)", "EXP401")]
    [InlineData("int size", "_ = size", "")]
    public async Task AtAContractsHome_ADecoratorIsNoRival(string made, string does, string ids)
    {
        MetadataReference home = OutlineTests.Compile("Home", Usings +
            $"public interface ICache {{ void Set(string key, TimeSpan life); }} public sealed class Other({made}) : ICache {{ public void Set(string key, TimeSpan life) {{ {does}; }} }}").ToMetadataReference();
        CSharpCompilation redis = OutlineTests.Compile("Store", Usings +
            "public sealed class RedisCache(IDatabase db) : ICache { public void Set(string key, TimeSpan life) => db.KeyExpire(key, life); }", home);
        CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGeneratorsAndUpdateCompilation(redis, out Compilation outlined, out _);
        CSharpCompilation app = OutlineTests.Compile(
            "App", Usings + "class App { void Run(ICache cache) => cache.Set(\"a\", TimeSpan.Zero); }", home, outlined.ToMetadataReference());
        Assert.Equal(ids, string.Join(' ', await OutlineTests.FindAsync(app)));
    }

    /// <summary>A lock whose key begins with what can change is one lock as long as the member runs that takes it and gives it back.</summary>
    [Fact]
    public void AKeyThatCanChange_IsOneWithinAMember()
    {
        string rows = OutlineGenerator.Write(OutlineTests.Compile("Store", Usings + """
        public sealed class Locks(IDatabase db)
        {
            public string Prefix { get; set; } = "lock:";
            public bool Run(string name, TimeSpan life, Action work)
            {
                string key = Prefix + name;
                string token = Guid.NewGuid().ToString();
                if (!db.LockTake(key, token, life)) { return false; }
                try { work(); } finally { db.LockRelease(key, token); }
                return true;
            }
        }
        """), [], CancellationToken.None);
        Assert.Equal(2, rows.Split("(@key: $\"{f1}{@name}\"").Length - 1);
    }

    /// <summary>A flag that says the unit is looked at before a number of several units is given up.</summary>
    [Theory]
    [InlineData("cache.Put(\"a\", 0, minutes: true);", "EXP401")]
    [InlineData("cache.Put(\"a\", (int)life.TotalMinutes, minutes: true);", "")]
    public async Task AFlagSaysTheUnit(string body, string ids)
    {
        const string Store = "sealed class One(IDatabase db) { public void Put(string key, int n, bool minutes = false) => db.KeyExpire(key, minutes ? TimeSpan.FromMinutes(n) : TimeSpan.FromSeconds(n)); }";
        Assert.Equal(ids, string.Join(' ', await OutlineTests.FindAsync(
            OutlineTests.Compile("App", Usings + Store + $" class App {{ void Run(One cache, TimeSpan life) {{ {body} }} }}"))));
    }

    /// <summary>Names that are words of the language or of rows, keys that are no texts, numbers that are not whole, and types that are given.</summary>
    [Theory]
    [InlineData("one.@void(\"a\", TimeSpan.Zero);")]
    [InlineData("one.Hiding(\"a\", TimeSpan.Zero);")]
    [InlineData("one.OfNumber(1, TimeSpan.Zero);")]
    [InlineData("one.OfAny(1, TimeSpan.Zero);")]
    [InlineData("One.On(db, TimeSpan.Zero);")]
    public Task WhatIsWrittenOtherwise_IsReadAlike(string body) => AreAlikeAsync(
        """
        public sealed class One(IDatabase db)
        {
            public void @void(string @string, TimeSpan @in) => db.KeyExpire(@string, @in);
            public void Hiding(string f1, TimeSpan f0) => db.KeyExpire(f1, f0);
            public void OfNumber(int key, TimeSpan life) => db.KeyExpire(key.ToString(), life);
            public void OfAny<T>(T key, TimeSpan life) => db.KeyExpire(key.ToString(), life);
            public static void On<T>(T db, TimeSpan life) where T : IDatabase => db.KeyExpire("a", life);
        }
        """,
        $"class App {{ void Run(One one, IDatabase db) {{ {body} }} }}",
        "EXP401");

    private static async Task AreAlikeAsync(string store, string caller, string ids)
    {
        CSharpCompilation callers = OutlineTests.Compile("App", Usings + caller);
        CSharpCompilation whole = callers.AddSyntaxTrees(OutlineTests.Compile("Store", Usings + store).SyntaxTrees);
        Assert.Empty(whole.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Equal(ids, string.Join(' ', await OutlineTests.FindAsync(whole)));

        CSharpCompilation alone = OutlineTests.Compile("Store", Usings + store);
        CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGeneratorsAndUpdateCompilation(alone, out Compilation outlined, out _);
        CSharpCompilation carried = callers.AddReferences(outlined.ToMetadataReference());
        Assert.Empty(carried.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Equal(ids, string.Join(' ', await OutlineTests.FindAsync(carried)));

        string rows = $"{SinksFile.StartOfLearned}\n{OutlineGenerator.Write(alone, [], CancellationToken.None)}\n{SinksFile.EndOfLearned}";
        Assert.Equal(ids, string.Join(' ', await OutlineTests.FindAsync(callers.AddReferences(alone.ToMetadataReference()), rows)));
    }
}
