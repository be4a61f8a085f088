using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ExpiryAnalyzers.Tests.Fixes;
using ExpiryAnalyzers.Docs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>Every rule has a page, and what the page says is so.</summary>
public sealed partial class DocsTests
{
    private static readonly ImmutableArray<DiagnosticDescriptor> Rules = new ExpiryAnalyzer().SupportedDiagnostics;

    public static TheoryData<string> Ids => [.. Rules.Select(rule => rule.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void Page_AgreesWithTheDescriptor(string id)
    {
        DiagnosticDescriptor rule = Rule(id);
        string page = Page.Of(id);

        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains($"\n| {rule.Category} | {Severity(rule)} | ", page, StringComparison.Ordinal);
        Assert.EndsWith($"/docs/rules/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        foreach (string heading in new[] { "What it finds", "What happens in production", "Example", "Use instead", "When it stays silent", "When to suppress" })
        {
            Assert.Contains($"\n## {heading}\n", page, StringComparison.Ordinal);
        }
    }

    /// <summary>What somebody without network reads in an editor or in SARIF: what happens, and behind it the cure.</summary>
    [Theory, MemberData(nameof(Ids))]
    public void Description_SaysWhatHappens_AndTheCure(string id) =>
        Assert.Matches(@"^[A-Z][^.]{60,}\. [A-Z][^.]{20,}\.$", Rule(id).Description.ToString(CultureInfo.InvariantCulture));

    [Theory, MemberData(nameof(Ids))]
    public void ReleaseTracking_ListsTheRule(string id)
    {
        DiagnosticDescriptor rule = Rule(id);
        Assert.Contains($"{id} | {rule.Category} | {(rule.IsEnabledByDefault ? rule.DefaultSeverity : "Disabled")} | {rule.Title}\n", Repository.Read("src", "ExpiryAnalyzers", "AnalyzerReleases.Unshipped.md"), StringComparison.Ordinal);
    }

    /// <summary>If this fails: <c>dotnet run --project tools/Docs</c>.</summary>
    [Fact]
    public void TablesAndPresets_AreUpToDate() => Assert.All(Catalogue.Files(Repository.Root), file => Assert.True(file.IsCurrent, file.Path));

    /// <summary>The long legs write their figures into the pages that have a place for them, and into nothing else.</summary>
    [Theory]
    [InlineData("building\n| a | b |\n|---|---|\n| 1 | 2 |\n    a detail\n0 legs failed\n", "*today*\n\n| a | b |\n|---|---|\n| 1 | 2 |\n0 legs failed\n")]
    [InlineData("\n### one: 3 lines\n\nWhat it is.\n\n| a |\n|---|\n\nOurs: 1.\n", "*today*\n\n### one: 3 lines\n\nWhat it is.\n\n| a |\n|---|\n\nOurs: 1.\n")]
    [InlineData("packing\r\n13 files are the same\r\n", "*today*\n\n13 files are the same\n")]
    public void FiguresOfALongLeg_StandInTheirPlace(string output, string figures)
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("figures");
        try
        {
            const string before = "# Page\n<!-- long:matrix -->\nold\n<!-- /long -->\n<!-- long:cost -->\nkept\n<!-- /long -->\n";
            Directory.CreateDirectory(Path.Combine(root.FullName, "docs"));
            File.WriteAllText(Path.Combine(root.FullName, "docs", "with.md"), before);
            File.WriteAllText(Path.Combine(root.FullName, "docs", "without.md"), "# Other\n");

            GeneratedFile page = Assert.Single(Figures.Files(root.FullName, "matrix", "today", output));
            Assert.Equal("with.md", Path.GetFileName(page.Path));
            Assert.Equal(before.Replace("old\n", figures, StringComparison.Ordinal), page.Text);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    /// <summary>Each place for figures on a page is that of a leg.</summary>
    [Fact]
    public void PlacesForFigures_AreOfLegs()
    {
        string legs = Repository.Read(".ci", "long");
        string[] places =
        [
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
                .SelectMany(static page => FigurePlace().Matches(File.ReadAllText(page)).Select(static place => place.Groups[1].Value)),
        ];
        Assert.NotEmpty(places);
        Assert.All(places, place => Assert.Contains($"    {place}) ", legs, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task BadExamples_ReportTheRuleAlone(string id)
    {
        string[] blocks = Page.Blocks(id, "bad");
        Assert.NotEmpty(blocks);
        foreach (string block in blocks)
        {
            Assert.Equal([id], (await AnalyzeAsync(DocumentOf(block), id)).Select(diagnostic => diagnostic.Id).Distinct());
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task GoodExamples_ReportNothing(string id)
    {
        string[] blocks = Page.Blocks(id, "good");
        Assert.NotEmpty(blocks);
        foreach (string block in blocks)
        {
            Assert.Empty(await AnalyzeAsync(DocumentOf(block), id));
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task Fix_ClearsTheBadExamples(string id)
    {
        foreach (string block in Page.Blocks(id, "bad"))
        {
            Document document = DocumentOf(block);
            List<CodeAction> actions = [];
            ImmutableArray<Diagnostic> found = await AnalyzeAsync(document, id);
            foreach ((CodeFixProvider fix, Diagnostic diagnostic) in FixProviders.Of(id).SelectMany(fix => found.Select(one => (fix, one))))
            {
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
            }

            Assert.NotEmpty(actions);
            foreach (CodeAction action in actions)
            {
                ApplyChangesOperation operation = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
                Assert.Empty(await AnalyzeAsync(operation.ChangedSolution.GetDocument(document.Id)!, id));
            }
        }
    }

    [Fact]
    public void Options_AreOnTheirRulesPages_AndOnTheOneOfAll()
    {
        foreach (FieldInfo field in typeof(Options).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            string key = (string)field.FieldType.GetProperty("Key")!.GetValue(field.GetValue(null))!;
            Assert.Contains($"`{key}`", Page.Of(RuleId().Match(key).Value), StringComparison.Ordinal);
            Assert.Contains($"\n| `{key}` | ", Repository.Read("docs", "configuration.md"), StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Rule_IsFourFiles(string id)
    {
        foreach ((string folder, string extension) in new[] { ("src/ExpiryAnalyzers/Rules", "cs"), ("src/ExpiryAnalyzers.CodeFixes", "cs"), ("tests/ExpiryAnalyzers.Tests", "cs"), ("docs/rules", "md") })
        {
            Assert.Single(Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), $"{id}*.{extension}", SearchOption.AllDirectories), file => !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        }
    }

    private static DiagnosticDescriptor Rule(string id) => Rules.Single(rule => rule.Id == id);

    /// <summary>The default severity in the words of the tables: warning, info, off.</summary>
    private static string Severity(DiagnosticDescriptor rule) => rule.IsEnabledByDefault ? rule.DefaultSeverity.ToString().ToLowerInvariant() : "off";

    private static Document DocumentOf(string statements)
    {
        Project project = new AdhocWorkspace().AddProject("Docs", LanguageNames.CSharp)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.Preview))
            .WithMetadataReferences(References.With(References.NewestClient));
        return project.AddDocument("Example.cs", Statements.InMethod(statements));
    }

    /// <summary>The rules that are on by default, and the page's own; the code must compile.</summary>
    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Document document, string id)
    {
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([KeyValuePair.Create(id, ReportDiagnostic.Warn)]));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()));
        return await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync();
    }

    [GeneratedRegex(@"EXP\d{3}")]
    private static partial Regex RuleId();

    [GeneratedRegex("<!-- long:([a-z]+) -->")]
    private static partial Regex FigurePlace();
}
