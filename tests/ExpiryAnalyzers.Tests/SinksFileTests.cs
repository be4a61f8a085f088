using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>Wrappers that live in another assembly, told of by an additional file.</summary>
public sealed class SinksFileTests
{
    private const string Wrapper = """
        using System;
        using System.Threading.Tasks;
        namespace Acme
        {
            public interface ICache
            {
                string Get(string key);
                Task<string> GetAsync(string key);
                void Set(string key, object value, TimeSpan? ttl);
                void Set(string key, object value, int seconds);
                void ExpireAt(string key, DateTime at);
                void KeepUntil(string key, DateTimeOffset until);
                bool Touch(string key, TimeSpan ttl);
                bool Prolong(string key, long milliseconds);
                void Label(string key, string label);
                T Load<T>(string key, Func<T> make, DateTime? until);
            }

            public sealed class Entry
            {
                public DateTime ExpiresAt { get; set; }
                public DateTimeOffset? Until { get; set; }
                public TimeSpan? Life { get; set; }
                public string Name { get; set; }
            }

            public static class CacheExtensions
            {
                public static void Keep(this ICache cache, string key, DateTime until) { }
                public static string Read(this ICache cache, string key) => null;
                public static void Put(this ICache cache, string key, string value) { }
                public static long Count(this ICache cache, string key) => 0;
                public static void Live(this ICache cache, string key, TimeSpan life) { }
            }
        }
        """;

    private static readonly MetadataReference Acme = Compile("Acme", Wrapper, References.WithoutClient).ToMetadataReference();

    [Theory]
    [InlineData("M:Acme.ICache.ExpireAt(System.String,System.DateTime) at expiry", "cache.ExpireAt(\"k\", DateTime.Now.AddMinutes(5));", "EXP101 EXP102")]
    [InlineData("M:Acme.ICache.ExpireAt(System.String,System.DateTime) at expiry throws", "cache.ExpireAt(\"k\", new DateTime(2030, 1, 1));", "EXP101")]
    [InlineData("M:Acme.ICache.ExpireAt(System.String,System.DateTime) at expiry local", "cache.ExpireAt(\"k\", DateTime.UtcNow.Date.AddDays(1));", "")]
    [InlineData("M:Acme.ICache.KeepUntil(System.String,System.DateTimeOffset) until expiry", "cache.KeepUntil(\"k\", new DateTime(2030, 1, 1)); cache.KeepUntil(\"k\", DateTime.Now.Date.AddDays(2));", "EXP101")]
    [InlineData("M:Acme.CacheExtensions.Keep(Acme.ICache,System.String,System.DateTime) until expiry", "cache.Keep(\"k\", DateTime.Now.AddMinutes(5));", "EXP101 EXP102")]
    [InlineData("M:Acme.ICache.Load``1(System.String,System.Func{``0},System.Nullable{System.DateTime}) until expiry", "cache.Load(\"k\", () => 1, DateTime.Now.AddMinutes(5));", "EXP101 EXP102")]
    [InlineData("P:Acme.Entry.ExpiresAt expiry", "new Entry { ExpiresAt = DateTime.Now.AddMinutes(5) }.ToString();", "EXP101 EXP102")]
    [InlineData("M:Acme.ICache.Get(System.String) reads\nM:Acme.ICache.Get(System.String) key key\nM:Acme.ICache.Touch(System.String,System.TimeSpan) expires\nM:Acme.ICache.Touch(System.String,System.TimeSpan) key key", "string v = cache.Get(id); cache.Touch(id, TimeSpan.FromMinutes(5)); Console.WriteLine(v);", "EXP301")]
    [InlineData("# nothing but words\n\n   # and blanks", "cache.ExpireAt(\"k\", DateTime.Now.AddMinutes(5));", "")]
    public async Task GoodLines_Teach(string lines, string statements, string ids)
    {
        ImmutableArray<Diagnostic> found = await AnalyzeAsync(lines, statements);
        Assert.Equal(ids, string.Join(' ', found.Select(diagnostic => diagnostic.Id).Distinct().Order(StringComparer.Ordinal)));
    }

    private const string Set = "M:Acme.ICache.Set(System.String,System.Object,System.Int32) seconds expiry seconds";
    private const string Prolong = "M:Acme.ICache.Prolong(System.String,System.Int64) milliseconds expiry milliseconds";
    private const string SetSpan = "M:Acme.ICache.Set(System.String,System.Object,System.Nullable{System.TimeSpan}) ttl expiry";
    private const string ExpireAt = "M:Acme.ICache.ExpireAt(System.String,System.DateTime) at expiry";
    private const string KeepUntil = "M:Acme.ICache.KeepUntil(System.String,System.DateTimeOffset) until expiry";
    private const string EntryLife = "P:Acme.Entry.Life expiry";
    private const string EntryUntil = "P:Acme.Entry.Until expiry";

    /// <summary>What the member makes of a TTL that is none is not known: that it is none is. A number of zero may be how it is told "none".</summary>
    [Theory]
    [InlineData(SetSpan, "cache.Set(\"k\", 1, TimeSpan.Zero);", "EXP401")]
    [InlineData(SetSpan, "cache.Set(\"k\", 1, TimeSpan.FromMinutes(-1));", "EXP401")]
    [InlineData(SetSpan, "cache.Set(\"k\", 1, at - DateTime.UtcNow);", "")]
    [InlineData(SetSpan, "cache.Set(\"k\", 1, id == null ? TimeSpan.Zero : TimeSpan.FromMinutes(1));", "")]
    [InlineData(SetSpan, "cache.Set(\"k\", 1, System.Threading.Timeout.InfiniteTimeSpan);", "")]
    [InlineData(SetSpan, "cache.Set(\"k\", 1, TimeSpan.MaxValue);", "")]
    [InlineData(SetSpan, "cache.Set(\"k\", 1, (TimeSpan?)null);", "")]
    [InlineData(SetSpan, "cache.Set(\"k\", 1, TimeSpan.FromMilliseconds(5));", "EXP402")]
    [InlineData(SetSpan, "cache.Set(\"k\", 1, TimeSpan.FromSeconds(5));", "")]
    [InlineData(Set, "cache.Set(\"k\", 1, (int)TimeSpan.FromMilliseconds(500).TotalSeconds);", "EXP401")]
    [InlineData(Set, "cache.Set(\"k\", 1, 0);", "")]
    [InlineData(Set, "cache.Set(\"k\", 1, -1);", "")]
    [InlineData(Set, "cache.Set(\"k\", 1, (int)TimeSpan.FromMinutes(5).TotalMilliseconds);", "EXP105")]
    [InlineData(Prolong, "cache.Prolong(\"k\", 5);", "EXP402")]
    [InlineData(Prolong, "cache.Prolong(\"k\", 5000);", "")]
    [InlineData(ExpireAt, "cache.ExpireAt(\"k\", new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));", "EXP401")]
    [InlineData(ExpireAt, "cache.ExpireAt(\"k\", DateTime.UtcNow.AddDays(-1));", "EXP401")]
    [InlineData(ExpireAt, "cache.ExpireAt(\"k\", DateTime.MaxValue);", "")]
    [InlineData(ExpireAt, "cache.ExpireAt(\"k\", DateTime.MinValue);", "")]
    [InlineData(ExpireAt, "cache.ExpireAt(\"k\", default(DateTime));", "")]
    [InlineData(KeepUntil, "cache.KeepUntil(\"k\", default(DateTimeOffset));", "")]
    [InlineData(SetSpan, "Keep(cache, id); } void Keep(ICache c, string key, TimeSpan life = default) { c.Set(key, 1, life);", "")]
    [InlineData(SetSpan, "Keep(cache, id, TimeSpan.Zero); } void Keep(ICache c, string key, TimeSpan life = default) { c.Set(key, 1, life);", "EXP401")]
    [InlineData(KeepUntil, "cache.KeepUntil(\"k\", DateTimeOffset.UtcNow.AddDays(-1));", "EXP401")]
    [InlineData(EntryLife, "new Entry { Life = TimeSpan.Zero }.ToString();", "EXP401")]
    [InlineData(EntryLife, "new Entry { Life = TimeSpan.FromMilliseconds(5) }.ToString();", "EXP402")]
    [InlineData(EntryLife, "new Entry { Life = TimeSpan.FromMinutes(5) }.ToString();", "")]
    [InlineData(EntryUntil, "new Entry { Until = DateTimeOffset.UtcNow.AddDays(-1) }.ToString();", "EXP401")]
    [InlineData(EntryUntil, "new Entry { Until = DateTimeOffset.MaxValue }.ToString();", "")]
    public async Task ALengthThatIsNone_IsToldOfAtTaughtMembers(string line, string statement, string ids)
    {
        ImmutableArray<Diagnostic> found = await AnalyzeAsync(line, statement);
        Assert.Equal(ids, string.Join(' ', found.Select(diagnostic => diagnostic.Id).Distinct().Order(StringComparer.Ordinal)));
        Assert.All(
            found.Where(static diagnostic => diagnostic.Id == "EXP401"),
            static diagnostic => Assert.Contains("may delete ", diagnostic.GetMessage(), StringComparison.Ordinal));
    }

    /// <summary>Calls of an extension are about what it is called on: a key of one cache is no key of another.</summary>
    [Theory]
    [InlineData("Read(Acme.ICache,System.String) reads", "string v = cache.Read(id); cache.Live(id, TimeSpan.FromMinutes(5)); Console.WriteLine(v);", "EXP301")]
    [InlineData("Put(Acme.ICache,System.String,System.String) overwrites", "cache.Put(id, id); cache.Live(id, TimeSpan.FromMinutes(5));", "EXP302")]
    [InlineData("Put(Acme.ICache,System.String,System.String) overwrites", "CacheExtensions.Put(cache, id, id); CacheExtensions.Live(cache, id, TimeSpan.FromMinutes(5));", "EXP302")]
    [InlineData("Count(Acme.ICache,System.String) increments", "cache.Count(id); cache.Live(id, TimeSpan.FromMinutes(5));", "EXP303")]
    [InlineData("Put(Acme.ICache,System.String,System.String) overwrites", "cache.Put(id, id); other.Live(id, TimeSpan.FromMinutes(5));", "")]
    [InlineData("Put(Acme.ICache,System.String,System.String) overwrites", "cache.Put(id, id); cache.Live(id + 1, TimeSpan.FromMinutes(5));", "")]
    public async Task TaughtExtensions_Pair(string row, string statements, string ids)
    {
        string method = "M:Acme.CacheExtensions." + row.Split(' ')[0];
        const string Live = "M:Acme.CacheExtensions.Live(Acme.ICache,System.String,System.TimeSpan)";
        ImmutableArray<Diagnostic> found = await AnalyzeAsync(
            $"M:Acme.CacheExtensions.{row}\n{method} key key\n{Live} expires\n{Live} key key\n{Live} life expiry", statements);
        Assert.Equal(ids, string.Join(' ', found.Select(diagnostic => diagnostic.Id).Distinct().Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("Acme.ICache.Get", "a line begins with the documentation id of a method (M:) or of a property (P:)", "Acme.ICache.Get")]
    [InlineData("M:Acme.ICache.Put(System.String) key key", "'M:Acme.ICache.Put(System.String)' is not in this project or its references", "M:Acme.ICache.Put(System.String)")]
    [InlineData("M:Acme.ICache.ExpireAt(System.String,System.DateTime) when expiry", "'ExpireAt' has no parameter 'when'", "when")]
    [InlineData("M:Acme.ICache.ExpireAt(System.String,System.DateTime) at deadline", "'deadline' is no role of a parameter: key, expiry", "deadline")]
    [InlineData("M:Acme.ICache.ExpireAt(System.String,System.DateTime) at expiry utc", "behind a DateTime may stand what an unspecified kind does there: throws or local", "utc")]
    [InlineData("M:Acme.ICache.Set(System.String,System.Object,System.Int32) seconds expiry", "a number needs its unit: seconds or milliseconds", "expiry")]
    [InlineData("M:Acme.ICache.Set(System.String,System.Object,System.Int32) seconds expiry minutes", "a number needs its unit: seconds or milliseconds", "minutes")]
    [InlineData("M:Acme.ICache.Set(System.String,System.Object,System.Nullable{System.TimeSpan}) ttl expiry seconds", "a TimeSpan has a unit of its own", "seconds")]
    [InlineData("M:Acme.ICache.Label(System.String,System.String) label expiry", "an expiry is a DateTime, a DateTimeOffset, a TimeSpan, an int or a long, and not a 'string'", "expiry")]
    [InlineData("P:Acme.Entry.Name expiry", "an expiry is a DateTime, a DateTimeOffset, a TimeSpan, and not a 'string'", "expiry")]
    [InlineData("P:Acme.Entry.ExpiresAt", "the role is missing", "P:Acme.Entry.ExpiresAt")]
    [InlineData("M:Acme.ICache.Get(System.String)", "the role is missing", "M:Acme.ICache.Get(System.String)")]
    [InlineData("M:Acme.ICache.Get(System.String) sees", "behind a method stands a parameter with its role, or one of deletes, expires, increments, overwrites, reads, writes", "sees")]
    [InlineData("M:Acme.ICache.Get(System.String) key key too", "nothing is expected behind 'key'", "too")]
    [InlineData("M:Acme.ICache.Get(System.String) key key key key", "nothing is expected behind 'key'", "key")]
    public async Task ABadLine_GetsOneMessageAtItsPlace_AndTheRestWorks(string line, string complaint, string place)
    {
        string file = $"# ours\r\n{line}\r\nM:Acme.ICache.ExpireAt(System.String,System.DateTime) at expiry\r\n";
        ImmutableArray<Diagnostic> found = await AnalyzeAsync(file, "cache.ExpireAt(\"k\", DateTime.Now.AddMinutes(5));");
        Diagnostic bad = Assert.Single(found, diagnostic => diagnostic.Id == "EXP0002");
        Assert.Equal("This line teaches nothing: " + complaint, bad.GetMessage());
        Assert.Equal(1, bad.Location.GetLineSpan().StartLinePosition.Line);
        Assert.Equal(place, file.Substring(bad.Location.SourceSpan.Start, bad.Location.SourceSpan.Length));
        Assert.Equal(["EXP101", "EXP102"], found.Where(diagnostic => diagnostic.Id != "EXP0002").Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AFileOfAnotherName_IsNotRead() =>
        Assert.Empty(await AnalyzeAsync("nonsense", "cache.ExpireAt(\"k\", DateTime.Now.AddMinutes(5));", "/src/Notes.Sinks.txt"));

    [Fact]
    public async Task WhatManyFilesSay_IsPutTogether()
    {
        ImmutableArray<Diagnostic> found = await AnalyzeAsync(
            "cache.ExpireAt(\"k\", DateTime.UtcNow.AddMinutes(5)); cache.KeepUntil(\"k\", DateTimeOffset.UtcNow.AddMinutes(5));",
            new Text("/a/ExpiryAnalyzers.Sinks.txt", "M:Acme.ICache.ExpireAt(System.String,System.DateTime) at expiry"),
            new Text("/b/expiryanalyzers.sinks.TXT", "M:Acme.ICache.KeepUntil(System.String,System.DateTimeOffset) until expiry\nM:Acme.ICache.KeepUntil(System.String,System.DateTimeOffset) until expiry"));
        Assert.Equal(["EXP102", "EXP102"], found.Select(diagnostic => diagnostic.Id));
    }

    private static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string lines, string statements, string path = "/src/ExpiryAnalyzers.Sinks.txt") =>
        AnalyzeAsync(statements, new Text(path, lines));

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string statements, params Text[] files)
    {
        string source = $"using System; using Acme; class Test {{ void Run(ICache cache, ICache other, string id, DateTime at) {{ {statements} }} }}";
        CSharpCompilation compilation = Compile("Test", source, [.. References.WithoutClient, Acme]);
        AnalyzerOptions options = new([.. files]);
        return await compilation.WithAnalyzers([new ExpiryAnalyzer(), new SinksFileAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
    }

    private static CSharpCompilation Compile(string name, string source, ImmutableArray<MetadataReference> references)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(source)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return compilation;
    }

    private sealed class Text(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
