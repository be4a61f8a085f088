using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ExpiryAnalyzers.Tests.Flow;

/// <summary>Calls that reach a client through members in other files, and through members that others may replace.</summary>
public sealed class LayersTests
{
    private const string Usings = "using System; using System.Threading.Tasks; using StackExchange.Redis;\n";

    private const string Contract = Usings + "public interface ICache { bool ExpireAt(string key, DateTime at); }";

    private const string Caller = Usings + "public class Caller(ICache cache) { public bool Keep(string key) => cache.ExpireAt(key, DateTime.Today.AddDays(1)); }";

    private const string Redis = Usings + "public class RedisCache(IDatabase db) : ICache { public bool ExpireAt(string key, DateTime at) => db.KeyExpire(key, at); }";

    [Fact]
    public async Task ContractImplementationAndCallerInThreeFiles()
    {
        Diagnostic found = Assert.Single(await Diagnostics(OutputKind.DynamicallyLinkedLibrary, Contract, Redis, Caller));
        Assert.Equal("EXP101", found.Id);
        Assert.Contains("'ExpireAt'", found.GetMessage());
        Assert.Contains("'KeyExpire'", found.GetMessage());
        Assert.Equal("2.cs", found.Location.SourceTree!.FilePath);

        // The client's call behind the contract.
        Assert.Contains(found.AdditionalLocations, location => location.SourceTree!.FilePath == "1.cs");
    }

    [Fact]
    public async Task ASecondImplementation_Silent() =>
        Assert.Empty(await Diagnostics(OutputKind.DynamicallyLinkedLibrary, Contract, Redis, Caller, Usings + "public class NoCache : ICache { public bool ExpireAt(string key, DateTime at) => true; }"));

    [Fact]
    public async Task ASecondImplementationThatInherits_Silent() =>
        Assert.Empty(await Diagnostics(OutputKind.DynamicallyLinkedLibrary, Contract, Redis.Replace("public bool", "public virtual bool"), Caller, Usings + "public class OtherCache(IDatabase db) : RedisCache(db) { public override bool ExpireAt(string key, DateTime at) => true; }"));

    [Fact]
    public async Task AnHeirThatChangesNothing() =>
        Assert.Single(await Diagnostics(OutputKind.DynamicallyLinkedLibrary, Contract, Redis, Caller, Usings + "public class OtherCache(IDatabase db) : RedisCache(db);"));

    [Fact]
    public async Task PartsOfAClassInTwoFiles()
    {
        string first = Usings + "public partial class Cache(IDatabase db) { public bool Keep(string key) => ExpireAt(key, DateTime.Today); private partial bool ExpireAt(string key, DateTime at); }";
        string second = Usings + "public partial class Cache { private partial bool ExpireAt(string key, DateTime at) => db.KeyExpire(key, at); }";
        Assert.Equal("0.cs", Assert.Single(await Diagnostics(OutputKind.DynamicallyLinkedLibrary, first, second)).Location.SourceTree!.FilePath);
    }

    [Theory]
    [InlineData(OutputKind.DynamicallyLinkedLibrary, 0)]
    [InlineData(OutputKind.ConsoleApplication, 1)]
    public async Task AVirtualMemberOfAPublicClass_OnlyWhereNobodyElseCanDerive(OutputKind kind, int count)
    {
        string source = Usings + "public class Cache(IDatabase db) { public virtual bool ExpireAt(string key, DateTime at) => db.KeyExpire(key, at); public bool Keep(string key) => ExpireAt(key, DateTime.Today); static void Main() { } }";
        Assert.Equal(count, (await Diagnostics(kind, source)).Length);
    }

    [Fact]
    public async Task APairBehindAContract_NamesTheMembersAndTheClientsCalls()
    {
        string contract = Usings + "public interface IStore { Task<string?> Read(string key); Task<bool> Touch(string key); }";
        string store = Usings + "sealed class Store(IDatabase db) : IStore { public async Task<string?> Read(string key) => await db.StringGetAsync(key); public Task<bool> Touch(string key) => db.KeyExpireAsync(key, TimeSpan.FromMinutes(5)); }";
        string caller = Usings + "public class Caller(IStore store) { public async Task<string?> Get(string key) { var value = await store.Read(key); await store.Touch(key); return value; } }";
        Diagnostic found = Assert.Single(await Diagnostics(OutputKind.DynamicallyLinkedLibrary, contract, store, caller));
        Assert.Equal("EXP301", found.Id);
        Assert.Contains("'Read'", found.GetMessage());
        Assert.Contains("'Touch'", found.GetMessage());
        Assert.Equal(2, found.AdditionalLocations.Count(location => location.SourceTree!.FilePath == "1.cs"));
    }

    [Theory]
    [InlineData("bool Keep(DateTimeOffset at) => db.KeyExpire(\"k\", at.UtcDateTime); bool Use() => Keep(DateTimeOffset.UtcNow.AddHours(1));", "EXP102")]
    [InlineData("bool Keep(DateTimeOffset at) => db.KeyExpire(\"k\", at.UtcDateTime); bool Use() => Keep(DateTime.Today.AddDays(1));", "")]
    [InlineData("bool Keep(DateTime at) => db.KeyExpire(\"k\", at.ToUniversalTime()); bool Use() => Keep(new DateTime(2031, 1, 1));", "")]
    [InlineData("bool Keep(DateTime at) { DateTime utc = at.ToUniversalTime(); return db.KeyExpire(\"k\", utc); } bool Use() => Keep(DateTime.Now.AddHours(1));", "EXP102")]
    [InlineData("bool Keep(DateTime at) => db.KeyExpire(\"k\", at - DateTime.UtcNow); bool Use() => Keep(DateTime.Today.AddDays(1));", "EXP103")]
    [InlineData("bool Keep(DateTime at) => db.KeyExpire(\"k\", at.Subtract(DateTime.Now)); bool Use() => Keep(DateTime.UtcNow.AddDays(1));", "EXP103")]
    [InlineData("bool Keep(DateTime at) { var left = at - DateTime.UtcNow; return left > TimeSpan.Zero && db.KeyExpire(\"k\", left); } bool Use() => Keep(DateTime.Now.AddDays(1));", "EXP103")]
    [InlineData("bool Keep(DateTime at) => db.KeyExpire(\"k\", at - DateTime.UtcNow); bool Use(DateTime at) => Keep(DateTime.UtcNow.AddDays(1)) && Keep(at) && Keep(DateTime.MaxValue);", "")]
    [InlineData("bool Keep(DateTime at) => db.KeyExpire(\"k\", at - DateTime.Now); bool Use() => Keep(DateTime.Now.AddDays(1));", "")]
    [InlineData("bool Keep(DateTime at, DateTime now) => db.KeyExpire(\"k\", at - now); bool Use() => Keep(DateTime.Now.AddDays(1), DateTime.Now);", "")]
    [InlineData("bool Keep(DateTimeOffset at) => db.KeyExpire(\"k\", at - DateTimeOffset.UtcNow); bool Use() => Keep(DateTimeOffset.Now.AddDays(1));", "")]
    [InlineData("bool Keep(DateTime at) => Until(at.ToUniversalTime()); bool Until(DateTime at) => db.KeyExpire(\"k\", at - DateTime.UtcNow); bool Use() => Keep(DateTime.Now.AddDays(1));", "")]
    [InlineData("TimeSpan Left(DateTime at) => at - DateTime.UtcNow; bool Use() => db.KeyExpire(\"k\", Left(DateTime.Today.AddDays(1)));", "EXP103")]
    [InlineData("DateTime Utc(DateTime at) => at.ToUniversalTime(); bool Use() => db.KeyExpire(\"k\", Utc(DateTime.Today.AddDays(1)));", "")]
    [InlineData("Opt Make(DateTime at) => new() { AbsoluteExpiration = at }; Opt Use() => Make(new DateTime(2031, 1, 1));", "EXP101")]
    [InlineData("Opt Make(DateTime at) => new() { AbsoluteExpiration = new DateTimeOffset(at) }; Opt Use() => Make(new DateTime(2031, 1, 1));", "EXP101")]
    [InlineData("Opt Make(DateTime at) => new() { AbsoluteExpiration = new DateTimeOffset(at, TimeSpan.Zero) }; Opt Use() => Make(new DateTime(2031, 1, 1));", "")]
    [InlineData("Opt Make(DateTime at) => new() { AbsoluteExpiration = at }; Opt Use(DateTime at) => Make(at) ?? Make(DateTime.Today.AddDays(1)) ?? Make(DateTime.SpecifyKind(at, DateTimeKind.Utc));", "")]
    public async Task WhatAHelperMakesOfAnInstant(string members, string expected) => Assert.Equal(expected, await Ids(members));

    [Theory]
    [InlineData("bool Keep(int s) { if (s <= 0) { s = 60; } return db.KeyExpire(\"k\", TimeSpan.FromSeconds(s)); } bool Use() => Keep(0);", "")]
    [InlineData("bool Keep(int s) => s > 0 && db.KeyExpire(\"k\", TimeSpan.FromSeconds(s)); bool Use() => Keep(0);", "")]
    [InlineData("bool Keep(int s) => db.KeyExpire(\"k\", TimeSpan.FromSeconds(s)); bool Use() => Keep(0);", "EXP401")]
    [InlineData("bool Keep(int s) => s > 0 && db.KeyExpire(\"k\", TimeSpan.FromSeconds(s)); bool Use(TimeSpan ttl) => Keep((int)ttl.TotalMilliseconds);", "EXP105")]
    public async Task ANumberThatIsTestedBeforeItBecomesASpan(string members, string expected) => Assert.Equal(expected, await Ids(members));

    [Theory]
    [InlineData("class B { public virtual bool Keep(IDatabase db, DateTime at) => db.KeyExpire(\"k\", at); } sealed class S : B { public bool Use(IDatabase db) => Keep(db, DateTime.Today); }", "EXP101")]
    [InlineData("class B { public virtual bool Keep(IDatabase db, DateTime at) => db.KeyExpire(\"k\", at); } class S : B { public bool Use(IDatabase db) => Keep(db, DateTime.Today); }", "")]
    [InlineData("class B { public virtual bool Keep(IDatabase db, DateTime at) => db.KeyExpire(\"k\", at); } class S : B { public bool Use(IDatabase db) => base.Keep(db, DateTime.Today); }", "EXP101")]
    [InlineData("class B { public virtual bool Keep(IDatabase db, DateTime at) => db.KeyExpire(\"k\", at); } sealed class S : B { public override bool Keep(IDatabase db, DateTime at) => true; } class U { public bool Use(S s, IDatabase db) => s.Keep(db, DateTime.Today); }", "")]
    [InlineData("class B { public virtual bool Keep(IDatabase db, DateTime at) => true; } sealed class S : B { public override bool Keep(IDatabase db, DateTime at) => db.KeyExpire(\"k\", at); } class U { public bool Use(S s, B b, IDatabase db) => b.Keep(db, DateTime.Today) || s.Keep(db, DateTime.Today); }", "EXP101")]
    [InlineData("interface IClock { DateTime Now { get; } } sealed class C : IClock { public DateTime Now => DateTime.Now; } class U { public bool Use(IClock c, IDatabase db) => db.KeyExpire(\"k\", c.Now.Date.AddDays(1)); }", "EXP101")]
    [InlineData("interface IClock { DateTime Now { get; } } sealed class C : IClock { public DateTime Now => DateTime.UtcNow; } class U { public bool Use(IClock c, IDatabase db) => db.KeyExpire(\"k\", c.Now.Date.AddDays(1)); }", "")]
    [InlineData("interface IClock { DateTime Now { get; } } sealed class C : IClock { public DateTime Now { get; set; } } class U { public bool Use(IClock c, IDatabase db) => db.KeyExpire(\"k\", c.Now.Date.AddDays(1)); }", "")]
    public async Task WhatTheReceiverRuns(string types, string expected) =>
        Assert.Equal(expected, await IdsOf("public class O { " + types.Replace("class ", "public class ").Replace("sealed public class", "public sealed class").Replace("interface ", "public interface ") + " }"));

    [Theory]
    [InlineData("void Use(string id) { var v = Do(d => d.StringGet(id)); Do(d => d.KeyExpire(id, Ttl)); }", "EXP301")]
    [InlineData("void Use(string id) { var v = Do(d => d.StringGet(id), 1); Do(d => d.KeyExpire(id, Ttl), 2); }", "")]
    [InlineData("void Use(string id) { var v = Do(d => d.StringGet(id), 1); Do(d => d.KeyExpire(id, Ttl), 1); }", "EXP301")]
    [InlineData("void Use(string id, C other) { var v = Do(d => d.StringGet(id)); other.Do(d => d.KeyExpire(id, Ttl)); }", "")]
    [InlineData("void Use(string id) { var v = Do(d => d.StringGet(id)); Other(d => d.KeyExpire(id, Ttl)); } T Other<T>(Func<IDatabase, T> work) => work(db);", "")]
    [InlineData("void Use(string id) { var v = Read(id); Keep(id); } RedisValue Read(string key) => Do(d => d.StringGet(key)); bool Keep(string key) => Do(d => d.KeyExpire(key, Ttl));", "EXP301")]
    [InlineData("void Use(string id) { var v = Read(id); Keep(id); } RedisValue Read(string key) => Do(d => d.StringGet(key), 1); bool Keep(string key) => Do(d => d.KeyExpire(key, Ttl), 2);", "")]
    public async Task TheDatabaseThatALambdaIsHanded(string members, string expected) =>
        Assert.Equal(expected, await Ids("static readonly TimeSpan Ttl = TimeSpan.FromMinutes(5); public T Do<T>(Func<IDatabase, T> work, int number = 0) => work(mux.GetDatabase(number)); " + members));

    [Theory]
    [InlineData("readonly IDatabaseAsync _db = mux.GetDatabase(); async Task Use(string id) { await _db.StringGetAsync(id); await _db.KeyExpireAsync(id, TimeSpan.FromHours(1)); }", "EXP301")]
    [InlineData("IDatabaseAsync _db = mux.GetDatabase(); void Use(string id) { _ = _db.StringGetAsync(id); _ = _db.KeyExpireAsync(id, TimeSpan.FromHours(1)); } void Queue() => _db = db.CreateTransaction();", "")]
    [InlineData("readonly IDatabaseAsync _db = mux.GetDatabase().CreateBatch(); void Use(string id) { _ = _db.HashSetAsync(id, 1, 2); _ = _db.StringGetAsync(id); }", "")]
    public async Task AFieldThatIsSeenLessExactlyThanItWasMade(string members, string expected) => Assert.Equal(expected, await Ids(members));

    [Theory]
    [InlineData("void Use(string id) { db.StringGet(CreateKey(id)); db.KeyExpire(CreateKey(id), TimeSpan.FromMinutes(5)); } static string CreateKey(string id) { var prefix = \"p:\"; return prefix + id; }", "EXP301")]
    [InlineData("void Use(string id) { db.StringGet(CreateKey(id)); db.KeyExpire(CreateKey(id), TimeSpan.FromMinutes(5)); } static string CreateKey(string id) => id + Guid.NewGuid();", "")]
    [InlineData("void Use() { var v = Read(\"a\"); db.KeyExpire(\"p:a\", TimeSpan.FromMinutes(5)); } RedisValue Read(string key) => db.StringGet(\"p:\" + key);", "EXP301")]
    [InlineData("void Use() { var v = Read(\"a\"); db.KeyExpire(\"a\", TimeSpan.FromMinutes(5)); } RedisValue Read(string key) => db.StringGet(\"p:\" + key);", "")]
    [InlineData("void Use(string id) { var v = Read(\"a:\" + id); db.KeyExpire($\"p:a:{id}\", TimeSpan.FromMinutes(5)); } RedisValue Read(string key) => db.StringGet(\"p:\" + key);", "EXP301")]
    public async Task KeysThatHelpersPutTogether(string members, string expected) => Assert.Equal(expected, await Ids(members));

    /// <summary>What a wrapper writes in a handler is not written where its command went through.</summary>
    [Theory]
    [InlineData("RedisValue Read(string k) { while (true) { try { return _db.StringGet(k); } catch (RedisException) { Renew(); } } } bool Keep(string k) { try { return _db.KeyExpire(k, Ttl); } catch (RedisException) { Renew(); return false; } }", "EXP301")]
    [InlineData("RedisValue Read(string k) => _db.StringGet(k); bool Keep(string k) { try { return _db.KeyExpire(k, Ttl); } catch (RedisException) { _db = mux.GetDatabase(); throw; } }", "EXP301")]
    [InlineData("RedisValue Read(string k) => _db.StringGet(k); bool Keep(string k) { Renew(); return _db.KeyExpire(k, Ttl); }", "")]
    [InlineData("RedisValue Read(string k) => _db.StringGet(k); bool Keep(string k) { try { Renew(); return _db.KeyExpire(k, Ttl); } catch (RedisException) { return false; } }", "")]
    [InlineData("RedisValue Read(string k) => _db.StringGet(k); bool Keep(string k) { try { return _db.KeyExpire(k, Ttl); } finally { Renew(); } }", "")]
    public async Task WhatAHandlerWrites(string members, string expected) => Assert.Equal(
        expected,
        await Ids("static readonly TimeSpan Ttl = TimeSpan.FromMinutes(5); IDatabase _db = mux.GetDatabase(); void Renew() => _db = mux.GetDatabase(); " +
            "void Use(string id) { var v = Read(id); Keep(id); } " + members));

    [Theory]
    [InlineData("await Task.Delay(Environment.TickCount);", "void Other() => _ = new System.Threading.Timer(_ => Prolong(), null, 0, 1000);", "EXP201")]
    [InlineData("await Task.Delay(Environment.TickCount);", "public C(int period) : this(null!, null!) => _ = new System.Threading.Timer(_ => Prolong(), null, 0, period);", "")]
    [InlineData("Start(); await Task.Delay(Environment.TickCount);", "void Start() => Begin(); void Begin() => _ = new System.Threading.Timer(_ => Prolong(), null, 0, 1000);", "")]
    [InlineData("await Task.Delay(Environment.TickCount);", "async Task All() { _ = new System.Threading.Timer(_ => Prolong(), null, 0, 1000); await Use(); }", "")]
    public async Task ARenewalInAnotherMember_OnlyWhereItMayBeOfThisLock(string work, string members, string expected) => Assert.Equal(
        expected,
        await Ids("string _owner = \"me\"; void Prolong() { if (!db.LockExtend(\"k\", _owner, TimeSpan.FromSeconds(30))) { throw new TimeoutException(); } } async Task Use() { if (await db.LockTakeAsync(\"k\", _owner, TimeSpan.FromSeconds(30))) { try { " + work + " } finally { await db.LockReleaseAsync(\"k\", _owner); } } } " + members));

    [Fact]
    public async Task ADefaultThatComesBack_Silent() =>
        Assert.Equal("", await Ids("T? Run<T>(object? message, T? none = default) { if (message is null) { return none; } return Ask<T>(message); } T Ask<T>(object message) => throw new NotSupportedException(); DateTime Time() => Run<DateTime>(mux); void Use() => db.KeyExpire(\"k\", Time().AddSeconds(5));"));

    [Fact]
    public async Task ALocalFunctionInALambda() =>
        Assert.Equal("EXP101", await Ids("void Use(Action<Action> run) => run(() => { db.KeyExpire(\"k\", Until()); static DateTime Until() => DateTime.Today; });"));

    [Fact]
    public async Task AWrapperThatSubtractsTheClock_NamesBothSides()
    {
        string source = Usings + "public class C(IDatabase db) { bool Set(DateTime at) => db.StringSet(\"k\", 1, at - DateTime.UtcNow); bool Use() => Set(DateTime.Now.AddHours(1)); }";
        Assert.Equal(
            "'Set' subtracts a time of Utc kind from 'DateTime.Now.AddHours(1)', which is of Local kind, and 'StringSet' takes the result for a TTL: it is off by the time zone's offset from UTC; make both UTC",
            Assert.Single(await Diagnostics(OutputKind.DynamicallyLinkedLibrary, source)).GetMessage());
    }

    [Theory]
    [InlineData("RedisValue Read(string k) => db.StringGet(k); void Use(string id) { Read(id); db.KeyExpire(id, TimeSpan.FromHours(1)); }", "'Read' (through 'StringGet') reads 'id', then 'KeyExpire' sets its TTL")]
    [InlineData("RedisValue Read(string k) => db.StringGet(\"p:\" + k); bool Keep(string k) => db.KeyExpire(\"p:\" + k, TimeSpan.FromHours(1)); void Use(string id) { Read(id); Keep(id); }", "'Read' (through 'StringGet') reads the key made of 'id', then 'Keep' (through 'KeyExpire') sets its TTL")]
    [InlineData("bool KeyExpire(string k) => db.KeyExpire(k, TimeSpan.FromHours(1)); void Use(string id) { db.HashSet(id, 1, 2); KeyExpire(id); }", "'HashSet' stores 'id', and 'C.KeyExpire' (through 'KeyExpire') sets its TTL")]
    [InlineData("bool Keep(int s) => db.KeyExpire(\"k\", TimeSpan.FromSeconds(s)); bool Use(TimeSpan t) => Keep(t.Seconds);", "'t.Seconds' takes one component of a span for all of it, and 'Keep' gets it and hands it to 'KeyExpire'")]
    public async Task TheHelperAndTheClientsCallAreNamed(string members, string expected) =>
        Assert.StartsWith(expected, Assert.Single(await Diagnostics(OutputKind.DynamicallyLinkedLibrary, Usings + "public class C(IDatabase db) { " + members + " }")).GetMessage());

    private static Task<string> Ids(string members) => IdsOf("public class C(IDatabase db, IConnectionMultiplexer mux) { IDatabase Db => mux.GetDatabase(); " + members + " }");

    private static async Task<string> IdsOf(string source) =>
        string.Join(" ", (await Diagnostics(OutputKind.DynamicallyLinkedLibrary, "using Opt = Microsoft.Extensions.Caching.Distributed.DistributedCacheEntryOptions; " + Usings + source)).Select(static found => found.Id).OrderBy(static id => id, StringComparer.Ordinal));

    private static async Task<ImmutableArray<Diagnostic>> Diagnostics(OutputKind kind, params string[] files)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Layers",
            files.Select((text, index) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview), index + ".cs")),
            References.With(References.AllClients),
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync();
    }
}
