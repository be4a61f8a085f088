using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ExpiryAnalyzers.Tests.Keys;

/// <summary>Which calls are taken to be about one key, by the whole analyzer.</summary>
public sealed class KeyPairsTests
{
    [Theory]
    [InlineData("a + \":\" + a", 0)]
    [InlineData("b + \":\" + b", 0)]
    [InlineData("a + \":\" + b", 0)]
    [InlineData("b + \":\" + a", 1)]
    public Task ParametersThatChangePlaces(string key, int count) => Reports(count, $$"""
        private void Put(string a, string b) => db.StringSet(a + ":" + b, "v");
        public void M(string a, string b) { Put(b, a); db.KeyExpire({{key}}, TimeSpan.FromMinutes(1)); }
        """);

    [Theory]
    [InlineData("a + \":\" + a")]
    [InlineData("b + \":\" + b")]
    public Task ParametersThatChangePlacesInARecursion(string key) => Reports(0, $$"""
        public void Swap(string a, string b, int left)
        {
            if (left == 0) { db.StringSet(a + ":" + b, "v"); return; }
            Swap(b, a, left - 1);
            db.KeyExpire({{key}}, TimeSpan.FromMinutes(1));
        }
        """);

    [Theory]
    [InlineData("CreateSlot(id)", "SlotOf(id)")]
    [InlineData("SlotOf(id)", "CreateSlot(id)")]
    [InlineData("CreateSlot(id)", "CreateSlot(id)")]
    [InlineData("\"slot:\" + id", "CreateSlot(id)")]
    [InlineData("string.Join(\":\", \"slot\", id)", "string.Format(\"slot:{0}\", id)")]
    [InlineData("LongSlot(id)", "LongSlot(id)")]
    public Task HelpersByWhatTheyDo(string one, string other) => Reports(1, $$"""
        static string CreateSlot(string id) => "slot:" + id;
        static string SlotOf(string id) => $"slot:{id}";
        static string LongSlot(string id) { if (id == "") { return "slot"; } return "slot:" + id; }
        public void M(string id) { db.StringSet({{one}}, "v"); db.KeyExpire({{other}}, TimeSpan.FromMinutes(1)); }
        """);

    [Theory]
    [InlineData("SlotOf(id)", "SlotOf(other)")]
    [InlineData("Slot()", "Slot()")]
    [InlineData("Numbered(id)", "Numbered(id)")]
    public Task OtherKeys(string one, string other) => Reports(0, $$"""
        private int _count;
        static string SlotOf(string id) => $"slot:{id}";
        static string Slot() => "slot:" + Guid.NewGuid();
        string Numbered(string id) { _count++; return id + _count; }
        public void M(string id, string other) { db.StringSet({{one}}, "v"); db.KeyExpire({{other}}, TimeSpan.FromMinutes(1)); }
        """);

    private static async Task Reports(int count, string members)
    {
        string source = "using System; using StackExchange.Redis;\npublic class Store(IDatabase db)\n{\n" + members + "\n}";
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Pairs",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview))],
            References.With(References.NewestClient),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.Equal(count, found.Count(diagnostic => diagnostic.Id == "EXP302"));
        Assert.Empty(found.Where(diagnostic => diagnostic.Id == "AD0001"));
    }
}
