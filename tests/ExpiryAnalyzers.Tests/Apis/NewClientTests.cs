using System.Collections.Immutable;
using ExpiryAnalyzers.Apis;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;
using static ExpiryAnalyzers.Apis.Effect;

namespace ExpiryAnalyzers.Tests.Apis;

/// <summary>A client that nobody has heard of, with transactions of its own: one table is all that it takes. The example of docs/adding-a-client.md.</summary>
public sealed class NewClientTests
{
    private const string Client = """
        using System;
        using System.Threading.Tasks;
        namespace Acme.Redis
        {
            public enum Only { Always, New, Known }

            public enum Reply { Wait, Skip }

            public static class Life
            {
                public static readonly TimeSpan? Endless = null;
            }

            public interface ICommands
            {
                Task<string> FetchAsync(string key);
                Task<bool> PutAsync(string key, string value, TimeSpan? life = null, Only only = Only.Always, Reply reply = Reply.Wait);
                Task<bool> LiveAsync(string key, TimeSpan life);
                Task<bool> LiveUntilAsync(string key, DateTime until);
                Task<DateTime> DiesAtAsync(string key);
                Task<long> CountAsync(string key);
            }

            public interface IStore : ICommands
            {
                IBundle Begin();
            }

            public interface IBundle : ICommands
            {
                Task<bool> CommitAsync();
            }
        }
        """;

    private static readonly IReadOnlyList<ApiMethod> Commands =
    [
        Row("Fetch", Read),
        Row("Put", Overwrite),
        Row("Live", SetExpiry),
        Row("LiveUntil", SetExpiry) with { RelativeTwin = "Live" },
        Row("DiesAt", AskExpiry) with { AnswersInstant = true },
        Row("Count", Increment),
    ];

    private static readonly ApiLibrary Library = new("Acme.Redis", KindPolicy.UnspecifiedThrows,
    [
        new("Acme.Redis.ICommands") { Methods = Commands, Answers = [("DiesAt", TimeAnswer.Expiry)] },
        new("Acme.Redis.IStore") { Receiver = ReceiverKind.Database },
        new("Acme.Redis.IBundle") { Receiver = ReceiverKind.Transaction },
        new("Acme.Redis.Only") { Constants = [("New", Meaning.OnlyIfMissing), ("Known", Meaning.OnlyIfExisting)] },
        new("Acme.Redis.Life") { Constants = [("Endless", Meaning.NoExpiry)] },
    ])
    {
        Queues = new(Types: ["Acme.Redis.IBundle"], Commands: ["Acme.Redis.ICommands"], Execute: ["CommitAsync"], Create: ["Begin"])
        {
            Flags = ("Acme.Redis.Reply", "Skip"),
        },
    };

    [Theory]
    [InlineData("var value = await store.FetchAsync(key); await store.LiveAsync(key, life); return value;", "EXP301")]
    [InlineData("await store.PutAsync(key, \"v\"); await store.LiveAsync(key, life); return null;", "EXP302")]
    [InlineData("await store.PutAsync(key, \"v\", Life.Endless); await store.LiveAsync(key, life); return null;", "EXP302")]
    [InlineData("await store.PutAsync(key, \"v\", life); await store.LiveAsync(key, life); return null;", "")]
    [InlineData("await store.CountAsync(key); await store.LiveAsync(key, life); return null;", "EXP303")]
    [InlineData("await store.CountAsync(key); await store.LiveAsync(key + 1, life); return null;", "")]
    [InlineData("var all = store.Begin(); await all.PutAsync(key, \"v\"); await all.CommitAsync(); return null;", "EXP304")]
    [InlineData("var all = store.Begin(); await all.PutAsync(key, \"v\", reply: Reply.Skip); await all.CommitAsync(); return null;", "")]
    [InlineData("var all = store.Begin(); var put = all.PutAsync(key, \"v\"); _ = all.LiveAsync(key, life); await all.CommitAsync(); await put; return null;", "")]
    [InlineData("await store.LiveUntilAsync(key, DateTime.Now.Date.AddDays(1)); return null;", "EXP101")]
    [InlineData("return (await store.DiesAtAsync(key) - DateTime.UtcNow).ToString();", "EXP104")]
    public async Task Rules(string statements, string ids)
    {
        ImmutableArray<Diagnostic> found = await AnalyzeAsync(statements);
        Assert.Equal(ids, string.Join(' ', found.Where(diagnostic => diagnostic.Id.StartsWith("EXP", StringComparison.Ordinal)).Select(diagnostic => diagnostic.Id).Distinct().Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("var all = store.Begin(); all.PutAsync(key, \"v\"); await all.CommitAsync(); return null;", true)]
    [InlineData("store.PutAsync(key, \"v\"); await Task.Yield(); return null;", false)]
    public async Task TheCompilersWarningIsTakenFromWhatIsQueued(string statements, bool isSuppressed) =>
        Assert.Equal(isSuppressed, (await AnalyzeAsync(statements)).Single(diagnostic => diagnostic.Id == "CS4014").IsSuppressed);

    [Theory]
    [InlineData("Only", "New", "OnlyIfMissing")]
    [InlineData("Only", "Known", "OnlyIfExisting")]
    [InlineData("Only", "Always", "Other")]
    [InlineData("Life", "Endless", "NoExpiry")]
    public void Constants(string type, string member, string meaning)
    {
        CSharpCompilation compilation = Compile("await Task.Yield(); return null;");
        ISymbol constant = compilation.GetTypeByMetadataName("Acme.Redis." + type)!.GetMembers(member).Single();
        Assert.Equal(meaning, ApiCatalog.Create(compilation, libraries: [Library])!.MeaningOf(constant).ToString());
    }

    [Fact]
    public async Task WithoutTheTable_NothingIsKnown()
    {
        CSharpCompilation compilation = Compile("await store.CountAsync(key); await store.LiveAsync(key, life); return null;");
        Assert.Empty(await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync());
    }

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string statements)
    {
        DiagnosticAnalyzer[] analyzers = [new ExpiryAnalyzer { Libraries = [Library] }, new QueuedCallSuppressor { Libraries = [Library] }];
        CompilationWithAnalyzersOptions options = new(new AnalyzerOptions([]), null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true);
        ImmutableArray<Diagnostic> diagnostics = await Compile(statements).WithAnalyzers([.. analyzers], options).GetAllDiagnosticsAsync();
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Id == "AD0001");
        return diagnostics;
    }

    private static CSharpCompilation Compile(string statements)
    {
        string source = $"using System; using System.Threading.Tasks; using Acme.Redis; class C {{ async Task<string> Run(IStore store, string key, TimeSpan life) {{ {statements} }} }}";
        return CSharpCompilation.Create(
            "New", [CSharpSyntaxTree.ParseText(Client), CSharpSyntaxTree.ParseText(source)], References.WithoutClient, new(OutputKind.DynamicallyLinkedLibrary));
    }

    private static ApiMethod Row(string name, Effect effect) => new(name, effect, effect == SetExpiry ? DataType.None : DataType.String,
        [("key", Role.Key), ("value", Role.Value), ("life", Role.Expiry), ("until", Role.Expiry), ("only", Role.Condition), ("reply", Role.Flags)]);
}
