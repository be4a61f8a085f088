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
