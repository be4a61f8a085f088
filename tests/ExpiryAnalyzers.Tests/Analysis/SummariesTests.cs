using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace ExpiryAnalyzers.Tests.Analysis;

/// <summary>What is asked about the user's own members: one answer each, whoever asks first, at a cost that grows as the code does.</summary>
[Collection(nameof(SummariesTests)), CollectionDefinition(nameof(SummariesTests), DisableParallelization = true)]
public sealed class SummariesTests
{
    private const string Usings = "using System; using System.Threading.Tasks; using StackExchange.Redis;\n";

    /// <summary>Members in several files that ask each other: for what they do, for what they yield, and for what their objects keep.</summary>
    private static readonly string[] Circle =
    [
        """
        public static class A
        {
            public static void Keep(IDatabase db, string key, DateTime when, int left) { db.KeyExpire(key, when); if (left > 0) B.Keep(db, key, when, left - 1); }
            public static DateTime Next(DateTime when) => when.Year > 2000 ? when : B.Next(when);
            public static readonly DateTime Start = B.Start;
            public static void Run(IDatabase db) { Keep(db, "a", DateTime.Now, 2); C.Far(db, "far", DateTime.Now); db.KeyExpire("n", Next(DateTime.Now)); }
        }
        """,
        """
        public static class B
        {
            public static void Keep(IDatabase db, string key, DateTime when, int left) { db.StringSet("b:" + key, "v"); C.Keep(db, key, when, left); }
            public static DateTime Next(DateTime when) => C.Next(when);
            public static readonly DateTime Start = C.Start;
            public static void Run(IDatabase db) { Keep(db, "b", DateTime.Now, 2); db.KeyExpire("n", Next(DateTime.Now)); db.KeyExpire("s", Start); new Part(DateTime.Now).Keep(db); }
        }
        """,
        """
        public static class C
        {
            public static void Keep(IDatabase db, string key, DateTime when, int left) { db.KeyExpire("c:" + key, when); A.Keep(db, key, when, left); }
            public static DateTime Next(DateTime when) => A.Next(when);
            public static readonly DateTime Start = A.Start;
            public static void Far(IDatabase db, string key, DateTime when) => Further(db, key, when);
            public static void Further(IDatabase db, string key, DateTime when) => db.KeyExpire(key, when);
            public static void Run(IDatabase db) { Keep(db, "c", DateTime.Now, 2); db.KeyExpire("n", Next(DateTime.Now)); Part.Make(DateTime.Now).Keep(db); }
        }
        """,
        """
        public sealed partial class Part(DateTime when)
        {
            public static Part Make(DateTime when) => new(when);
            public void Keep(IDatabase db) { db.KeyExpire("part", when); Again(db); }
        }
        """,
        """
        public sealed partial class Part
        {
            public void Again(IDatabase db) { db.KeyExpire("again", when); if (db.KeyExists("again")) Keep(db); }
        }
        """,
    ];

    [Fact]
    public async Task TheOrderOfFiles_ChangesNothing()
    {
        string[] first = await FindingsAsync(Circle, Circle.Select((_, index) => index));

        Assert.Contains(first, static found => found.StartsWith("EXP101 0.cs", StringComparison.Ordinal));
        Assert.Contains(first, static found => found.StartsWith("EXP101 1.cs", StringComparison.Ordinal));
        Assert.Contains(first, static found => found.StartsWith("EXP101 2.cs", StringComparison.Ordinal));
        foreach (int[] order in (int[][])[[4, 3, 2, 1, 0], [1, 2, 0, 4, 3], [2, 0, 1, 3, 4], [3, 1, 4, 0, 2], [0, 4, 2, 3, 1]])
        {
            Assert.Equal(first, await FindingsAsync(Circle, order));
        }
    }

    [Fact]
    public async Task ManyThreads_ChangeNothing()
    {
        string[] sources = [.. Enumerable.Range(0, 12).SelectMany(copy => Circle.Select(source => $"namespace N{copy} {{ {source} }}"))];
        string[] first = await FindingsAsync(sources, Enumerable.Range(0, sources.Length));
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal(first, await FindingsAsync(sources, Enumerable.Range(0, sources.Length), isConcurrent: true));
        }
    }

    // The compiler resolves each new(...) among all constructors of the type, also where a helper's body is bound once more.
    [Theory, InlineData("ring", 2.2), InlineData("ten", 2.2), InlineData("parts", 2.2), InlineData("constructors", 2.4), InlineData("locals", 2.2)]
    public async Task Cost_GrowsAsTheCodeDoes(string kind, double most)
    {
        (long small, int fewer) = await CostAsync(Sources(kind, 150), kind == "parts");
        (long large, int more) = await CostAsync(Sources(kind, 300), kind == "parts");

        Assert.Equal(150, fewer);
        Assert.Equal(300, more);
        Assert.True(large <= small * most, $"{kind}: {small:n0} bytes for 150, {large:n0} for 300");
    }

    [Fact]
    public async Task FiveThousandParts_AreAllReported() => Assert.Equal(5000, (await CostAsync(Sources("parts", 5000))).Findings);

    [Fact]
    public async Task LocalFunctionOfBrokenCode_DoesNotThrow()
    {
        string[] found = await FindingsAsync(
            ["class P {\nvoid A(IDatabase db) { db.CreateTransaction(); Key(1); }\n}\nstring Key(int i) { "], [0]);

        Assert.DoesNotContain(found, static finding => finding.StartsWith("AD0001", StringComparison.Ordinal));
    }

    /// <summary>n members that call each other, one after the other or ten at a time, or that share a type or a method: n findings.</summary>
    private static string[] Sources(string kind, int count)
    {
        IEnumerable<int> all = Enumerable.Range(0, count);
        return kind switch
        {
            "ring" => [Class(all.Select(i => Wrapper(i, [(i + 1) % count])))],
            "ten" => [Class(all.Select(i => Wrapper(i, Enumerable.Range(1, 10).Select(step => ((i * 7) + step) % count))))],
            "parts" => [.. all.Select(i => Usings + $$"""
                public partial class Big
                {
                    private DateTime _until{{i}} = new DateTime(2030, 1, 1);
                    public void Keep{{i}}(IDatabase db) => db.KeyExpire("part{{i}}", _until{{i}});
                }
                """)],
            "constructors" => [Class(all.Select(i => $$"""
                    private readonly DateTime _until{{i}}; public Big(DateTime until, T{{i}} x) { _until{{i}} = until; }
                    public void Keep{{i}}(IDatabase db) => db.KeyExpire("k{{i}}", _until{{i}}); public static Big Make{{i}}() => new Big(DateTime.Now, new T{{i}}());
                    public class T{{i}} { }
                """))],
            _ => [Class([$"void Run(IDatabase db) {{ {string.Concat(all.Select(i => $"void L{i}(string k, DateTime t) => db.KeyExpire(k, t); L{i}(\"k{i}\", DateTime.Now);"))} }}"])],
        };

        static string Class(IEnumerable<string> members) => Usings + "public class Big {\n" + string.Join('\n', members) + "\n}";

        static string Wrapper(int i, IEnumerable<int> others) => $$"""
                public static void M{{i}}(IDatabase db, string k, DateTime t) { db.KeyExpire(k + "{{i}}", t); {{string.Concat(others.Select(other => $"M{other}(db, k, t); "))}} }
                public static void C{{i}}(IDatabase db, string k) => M{{i}}(db, k, DateTime.Now);
            """;
    }

    private static async Task<(long Bytes, int Findings)> CostAsync(string[] sources, bool reports = false)
    {
        CSharpCompilation compilation = Compile(sources.Select(static (source, index) => Parse(source, index)), References.With(References.NewestClient));
        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        (long nothing, _) = await BytesAsync(compilation, new Yardstick(reports));
        (long bytes, ImmutableArray<Diagnostic> found) = await BytesAsync(compilation, new ExpiryAnalyzer());
        return (bytes - nothing, found.Count(static diagnostic => diagnostic.Id == "EXP101"));
    }

    private static async Task<(long Bytes, ImmutableArray<Diagnostic> Found)> BytesAsync(CSharpCompilation compilation, DiagnosticAnalyzer analyzer)
    {
        // Each is the first to bind the code.
        compilation = compilation.Clone();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        ImmutableArray<Diagnostic> found = await AnalyzeAsync(compilation, isConcurrent: false, analyzer);
        return (GC.GetTotalAllocatedBytes(precise: true) - before, found);
    }

    /// <summary>
    /// What the compiler spends where an analyzer registers as ours does, and does nothing, or nothing but report as much: in a type of many
    /// parts it looks through all of them at each report, for what is suppressed there.
    /// </summary>
#pragma warning disable RS1036, RS1038, RS1041 // Lives in the tests.
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class Yardstick(bool reports) : DiagnosticAnalyzer
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = new ExpiryAnalyzer().SupportedDiagnostics;

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterOperationBlockStartAction(start =>
            {
                start.RegisterOperationAction(
                    Report,
                    OperationKind.Invocation,
                    OperationKind.SimpleAssignment,
                    OperationKind.Conversion,
                    OperationKind.ObjectCreation,
                    OperationKind.Binary);
                start.RegisterOperationBlockEndAction(static _ => { });
            });
        }

        private void Report(OperationAnalysisContext context)
        {
            if (reports && context.Operation is IInvocationOperation { TargetMethod.Name: "KeyExpire" } call)
            {
                context.ReportDiagnostic(Diagnostic.Create(SupportedDiagnostics[0], call.Syntax.GetLocation()));
            }
        }
    }
#pragma warning restore RS1036, RS1038, RS1041

    private static async Task<string[]> FindingsAsync(string[] sources, IEnumerable<int> order, bool isConcurrent = false) =>
        Describe(await AnalyzeAsync(Compile(order.Select(index => Parse(Usings + sources[index], index)), References.With(References.NewestClient)), isConcurrent));

    private static string[] Describe(IEnumerable<Diagnostic> found) =>
    [
        .. found.Select(static diagnostic => $"{diagnostic.Id} {diagnostic.Location.GetLineSpan().Path} {diagnostic.Location.SourceSpan} {diagnostic.GetMessage()}")
            .Order(StringComparer.Ordinal),
    ];

    private static SyntaxTree Parse(string source, int index) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview), $"{index}.cs");

    private static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees, IEnumerable<MetadataReference> references, string name = "Application") =>
        CSharpCompilation.Create(name, trees, references, new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            specificDiagnosticOptions: new ExpiryAnalyzer().SupportedDiagnostics.Select(static rule => KeyValuePair.Create(rule.Id, ReportDiagnostic.Warn))));

    private static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(CSharpCompilation compilation, bool isConcurrent, DiagnosticAnalyzer? analyzer = null) => compilation
        .WithAnalyzers([analyzer ?? new ExpiryAnalyzer()], new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, isConcurrent, logAnalyzerExecutionTime: false))
        .GetAnalyzerDiagnosticsAsync();

    /// <summary>A project that others reference: wrappers, helpers, an interface with its implementation, keys, constants, fields that are written once.</summary>
    private const string Library = """
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        namespace Shared
        {
            public interface IStore { void Keep(string key, DateTime until); Task<bool> TakeAsync(string key); TimeSpan Ttl { get; } }

            public class RedisStore : IStore
            {
                private readonly IDatabase _db;
                private DateTime _until = new DateTime(2030, 1, 1);
                public RedisStore(IDatabase db) { _db = db; }
                public RedisStore(IDatabase db, DateTime until) { _db = db; _until = until; }
                public IDatabase Db => _db;
                public TimeSpan Ttl => TimeSpan.FromSeconds(30);
                public DateTime Until => _until;
                public TimeSpan Spread => TimeSpan.FromSeconds(new Random().Next(30, 60));
                public virtual void Keep(string key, DateTime until) => _db.KeyExpire(key, until);
                public void Store(string key) => _db.StringSet(key, "v");
                public Task<bool> TakeAsync(string key) => _db.StringSetAsync(key, "me", Ttl, When.NotExists);
            }

            public static class Expiries
            {
                public const int Seconds = 30;
                public const string Prefix = "user:";
                public static readonly TimeSpan Short = TimeSpan.FromSeconds(30);
                public static readonly DateTime End = new DateTime(2030, 1, 1);
                public static DateTime Tomorrow() => DateTime.Today.AddDays(1);
                public static bool TryGet(string text, out DateTime until) { until = DateTime.Now; return text != ""; }
                public static bool TryParseTime(string text, out DateTime until) => DateTime.TryParse(text, out until);
                public static (DateTime From, DateTime Until) Span() => (DateTime.Now, DateTime.Now.AddHours(1));
                public static string Key(int id) => Prefix + id;
                public static void Set(IDatabase db, string key, DateTime until) => db.KeyExpire(key, until);
                public static void Put(this IDatabase db, string key) { db.StringSet(key, "v"); db.KeyExpire(key, Short); }
                public static Task QueueAsync(ITransaction target, string key) => target.StringSetAsync(key, "v");
            }

            public class Queue
            {
                public ITransaction Transaction { get; }
                public Queue(IDatabase db) { Transaction = db.CreateTransaction(); }
                public Task<bool> Add(string key) => Transaction.StringSetAsync(key, "v");
            }
        }
        """;

    private const string Application = """
        using System;
        using System.Threading.Tasks;
        using Shared;
        using StackExchange.Redis;

        public class Late : RedisStore { public Late(IDatabase db) : base(db, DateTime.Now) { } public override void Keep(string key, DateTime until) { } }

        public class Own : IStore
        {
            private readonly IDatabase _db;
            public Own(IDatabase db) { _db = db; }
            public TimeSpan Ttl => Expiries.Short;
            public void Keep(string key, DateTime until) => _db.KeyExpire(key, until);
            public async Task<bool> TakeAsync(string key) => await _db.StringSetAsync(key, "me", Ttl, When.NotExists);
        }

        public class Use
        {
            private readonly IDatabase _db;
            private readonly RedisStore _store;
            private readonly IStore _any;
            public Use(IDatabase db, IStore any) { _db = db; _any = any; _store = new RedisStore(db, DateTime.Now); }

            public void Times(string text)
            {
                _store.Keep("a", DateTime.Now); _any.Keep("b", DateTime.Now); Expiries.Set(_db, "c", DateTime.Now);
                _db.KeyExpire("d", Expiries.Tomorrow()); _db.KeyExpire("e", Expiries.End); _db.KeyExpire("f", _store.Until);
                if (Expiries.TryGet(text, out DateTime until)) _db.KeyExpire("g", until);
                if (Expiries.TryParseTime(text, out DateTime parsed)) _db.KeyExpire("i", parsed);
                _db.KeyExpire("h", Expiries.Span().Until);
                _db.KeyExpire("own", DateTime.Now);
            }

            public void Pairs(int id, string[] names)
            {
                _store.Store("p"); _db.KeyExpire("p", Expiries.Short);
                _db.Put("q"); _db.KeyExpire("q", TimeSpan.FromSeconds(Expiries.Seconds));
                _db.StringSet(Expiries.Key(id), "v", Expiries.Short); _db.StringSet(Expiries.Key(id), "w");
                foreach (string name in names) { _db.StringSet(Expiries.Prefix + name, "v", Expiries.Short); _store.Store(name); _any.Keep(name, Expiries.End); }
                foreach (string name in names) _db.StringSet(name, "v", _any.Ttl);
                foreach (string name in names) _db.StringSet("s:" + name, "v", _store.Spread);
                _db.StringSet(Expiries.Prefix + id, "w");
                _db.HashSet("h", "f", "v"); _db.KeyExpire("h", _store.Ttl);
            }

            public async Task Locks(Func<Task> work)
            {
                if (await _store.TakeAsync("l")) { await work(); await _db.KeyDeleteAsync("l"); }
                if (await _any.TakeAsync("m")) { await work(); await _db.KeyDeleteAsync("m"); }
                if (await _db.LockTakeAsync("n", "me", Expiries.Short)) { await work(); await _db.LockReleaseAsync("n", "me"); }
            }

            public async Task Queues()
            {
                ITransaction transaction = _db.CreateTransaction();
                await Expiries.QueueAsync(transaction, "t"); await transaction.ExecuteAsync();
                Queue queue = new Queue(_db); await queue.Add("u"); await queue.Transaction.ExecuteAsync();
                ITransaction own = _db.CreateTransaction(); await own.StringSetAsync("w", "v"); await own.ExecuteAsync();
            }
        }
        """;

    /// <summary>A build hands over other projects as assemblies, an editor as compilations, which it adapts where they are for another framework.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task OtherProjects_AreTheSameAsAssembliesAndAsCompilations(bool isForOtherFramework)
    {
        CSharpCompilation library = Compile([Parse(Library, 0)], isForOtherFramework ? NetStandard() : References.With(References.NewestClient), "Shared");
        using MemoryStream image = new();
        Assert.Empty(library.Emit(image).Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        string[] inBuild = await FindingsAsync(MetadataReference.CreateFromImage(image.ToArray()));
        string[] inEditor = await FindingsAsync(library.ToMetadataReference());

        Assert.Contains(inBuild, static found => found.StartsWith("EXP101", StringComparison.Ordinal));
        Assert.Contains(inBuild, static found => found.StartsWith("EXP302", StringComparison.Ordinal));
        Assert.Equal(inBuild, inEditor);

        static async Task<string[]> FindingsAsync(MetadataReference library)
        {
            CSharpCompilation application = Compile([Parse(Application, 1)], [.. References.With(References.NewestClient), library]);
            Assert.Empty(application.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
            return Describe(await AnalyzeAsync(application, isConcurrent: false));
        }
    }

    private static IEnumerable<MetadataReference> NetStandard()
    {
        string packages = typeof(References).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "PackagesDir").Value!;
        string client = Path.Combine(packages, "stackexchange.redis", References.NewestClient, "lib", "netstandard2.0", "StackExchange.Redis.dll");
        string framework = Directory.EnumerateDirectories(Path.Combine(packages, "netstandard.library")).Order(StringComparer.Ordinal).Last();
        return Directory.EnumerateFiles(Path.Combine(framework, "build", "netstandard2.0", "ref"), "*.dll")
            .Append(client)
            .Select(static path => MetadataReference.CreateFromFile(path));
    }
}
