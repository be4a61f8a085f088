using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Tests.Meta;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace ExpiryAnalyzers.Tests.Projects;

/// <summary>
/// <c>samples/Layered</c>: contracts, what implements them, what knows them alone, and what references all. Comments at the lines name the
/// rules that speak.
/// </summary>
public sealed partial class LayeredTests
{
    private static readonly string Sample = Path.Combine(Repository.Root, "samples", "Layered");

    private static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(
        "global using System; global using System.Threading; global using System.Threading.Tasks;");

    /// <summary>A plain build: what references the implementations knows what they do, whichever way the reference is handed over.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task ABuildSeesThroughReferences(bool isEditor)
    {
        Solution solution = Build(isEditor);
        Assert.Equal(Marked("Web"), await FindingsAsync(solution.Web));
        Assert.Empty(await FindingsAsync(solution.Core));
        Assert.Empty(await FindingsAsync(solution.Contracts));
    }

    /// <summary>What no reference tells is told by a file: the rows of all projects, as the tool writes them.</summary>
    [Fact]
    public async Task RowsOfAFileTellOfWhatIsNotReferenced()
    {
        Solution solution = Build(isEditor: false);
        string rows = OutlineGenerator.Write(solution.Storage, [], CancellationToken.None);
        Assert.Equal(Marked("Core"), await FindingsAsync(solution.Core, rows));
        Assert.Equal(Marked("Web"), await FindingsAsync(solution.Web, rows));
        Assert.Empty(await FindingsAsync(solution.Storage, rows));
    }

    /// <summary>The same code in one project: nothing more, nothing less.</summary>
    [Fact]
    public async Task OneProjectFindsTheSame()
    {
        CSharpCompilation all = Compile("All", ["Contracts", "Shared", "Storage", "Core", "Web"], []);
        string[] marked = [.. Marked("Core").Concat(Marked("Web")).Order(StringComparer.Ordinal)];
        Assert.Equal(marked, await FindingsAsync(all));
    }

    [Fact]
    public void TheRowsAreSmallAndTellNothingTwice()
    {
        Solution solution = Build(isEditor: false);
        string rows = OutlineGenerator.Write(solution.Storage, [], CancellationToken.None);
        string[] ids = [.. rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static row => row.Split(' ')[0])];
        Assert.Equal(ids.Distinct(), ids);
        Assert.DoesNotContain(ids, static id => id.Contains("IAuditLog", StringComparison.Ordinal));
        Assert.All(rows.Split('\n', StringSplitOptions.RemoveEmptyEntries), static row => Assert.Null(OutlineText.ComplaintOf(row)));
        Assert.InRange(rows.Length, 1, 16_000);
    }

    [Fact]
    public void ThePropertySwitchesItOff()
    {
        CSharpCompilation storage = Build(isEditor: false).Storage;
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new OutlineGenerator().AsSourceGenerator()], optionsProvider: new Off());
        Assert.Empty(driver.RunGenerators(storage).GetRunResult().GeneratedTrees);
    }

    private sealed record Solution(CSharpCompilation Contracts, CSharpCompilation Storage, CSharpCompilation Core, CSharpCompilation Web);

    private static Solution Build(bool isEditor)
    {
        CSharpCompilation contracts = Compile("Layered.Contracts", ["Contracts"], []);
        MetadataReference contract = Reference(contracts, isEditor);
        CSharpCompilation storage = Compile("Layered.Storage", ["Storage"], [contract]);
        CSharpCompilation core = Compile("Layered.Core", ["Core"], [contract], References.WithoutClient);
        CSharpCompilation web = Compile("Layered.Web", ["Web"], [contract, Reference(storage, isEditor), Reference(core, isEditor), Packaged()]);
        return new(contracts, storage, core, web);
    }

    /// <summary>A project as those that reference it get it: a reference assembly in a build, its compilation in an editor.</summary>
    private static MetadataReference Reference(CSharpCompilation project, bool isEditor)
    {
        CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGeneratorsAndUpdateCompilation(project, out Compilation outlined, out _);
        if (isEditor)
        {
            return outlined.ToMetadataReference();
        }

        return Image(outlined, new EmitOptions(metadataOnly: true, includePrivateMembers: false));
    }

    /// <summary>The shared library as its package brings it: the whole assembly, whatever its users are built with.</summary>
    private static MetadataReference Packaged()
    {
        CSharpCompilation shared = Compile("Layered.Shared", ["Shared"], []);
        CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGeneratorsAndUpdateCompilation(shared, out Compilation outlined, out _);
        return Image(outlined, new EmitOptions());
    }

    private static PortableExecutableReference Image(Compilation compilation, EmitOptions options)
    {
        using MemoryStream image = new();
        EmitResult emitted = compilation.Emit(image, options: options);
        Assert.True(emitted.Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static CSharpCompilation Compile(
        string name, string[] folders, MetadataReference[] more, ImmutableArray<MetadataReference>? references = null)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            [.. folders.SelectMany(folder => Files(folder)).Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file)), Usings],
            [.. references ?? References.With(References.NewestClient), .. more],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return compilation;
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Sample, folder), "*.cs").Order(StringComparer.Ordinal);

    /// <summary>What the comments of a project say, as the findings are written.</summary>
    private static string[] Marked(string folder) =>
    [
        .. Files(folder)
            .SelectMany(static file => File.ReadLines(file).Select((line, index) => (file, line, index)))
            .SelectMany(static at => Marks().Match(at.line) is { Success: true } marks
                ? marks.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => Describe(at.file, at.index, id))
                : [])
            .Order(StringComparer.Ordinal),
    ];

    private static async Task<string[]> FindingsAsync(Compilation project, string rows = "")
    {
        AnalyzerOptions options = new(rows.Length == 0 ? [] : [new Rows(rows)]);
        ImmutableArray<Diagnostic> found = await project.WithAnalyzers([new ExpiryAnalyzer(), new SinksFileAnalyzer()], options)
            .GetAnalyzerDiagnosticsAsync();
        return
        [
            .. found.Select(static diagnostic => diagnostic.Location.SourceTree is { } tree
                    ? Describe(tree.FilePath, diagnostic.Location.GetLineSpan().StartLinePosition.Line, diagnostic.Id)
                    : diagnostic.ToString())
                .Distinct().Order(StringComparer.Ordinal),
        ];
    }

    private static string Describe(string file, int line, string id) => $"{Path.GetFileName(file)}({line + 1}): {id}";

    [GeneratedRegex("// ((EXP[0-9]+ ?)+)$")]
    private static partial Regex Marks();

    private sealed class Rows(string text) : AdditionalText
    {
        public override string Path => "/src/" + SinksFile.Name;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Off : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = " False ";
                return key == "build_property.ExpiryAnalyzersOutline";
            }
        }
    }
}
