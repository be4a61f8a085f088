using System.Collections.Immutable;
using ExpiryAnalyzers.CodeFixes;
using ExpiryAnalyzers.CodeFixes.Atomicity;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace ExpiryAnalyzers.Tests.Fixes;

/// <summary>A file of several projects or target frameworks is repaired only in a way that compiles in all of them.</summary>
public sealed class LinkedDocumentTests
{
    private const string Pair = """
        using System;
        using StackExchange.Redis;

        class Sessions
        {
            void Store(IDatabase db, RedisKey key, DateTimeOffset end)
            {
                db.StringSet(key, "open");
                db.KeyExpire(key, end.UtcDateTime);
            }
        }
        """;

    private static readonly CSharpParseOptions Newest = new(LanguageVersion.Preview);

    [Fact]
    public async Task SameClient_IsRepaired() =>
        Assert.Contains("EXP302.SetExpiry", await KeysAsync(Pair, (Newest, References.NewestClient)));

    /// <summary>StringSet takes an instant only since client 2.10; the pair is reported with both clients.</summary>
    [Fact]
    public async Task OtherProjectsClientLacksTheCommand_IsNotRepairedWithIt()
    {
        ImmutableArray<string> keys = await KeysAsync(Pair, (Newest, References.ClientVersions[0]));
        Assert.Empty(keys);
    }

    /// <summary>What is inactive in the other project cannot break it.</summary>
    [Fact]
    public async Task InactiveElsewhere_IsRepaired() => Assert.Contains(
        "EXP302.SetExpiry",
        await KeysAsync($"#if MAIN\n{Pair}\n#endif", (Newest, References.ClientVersions[0])));

    /// <summary>The keys of what is offered for the first finding of the file in the first project.</summary>
    private static async Task<ImmutableArray<string>> KeysAsync(string source, (CSharpParseOptions Parse, string Client) other)
    {
        using AdhocWorkspace workspace = new();
        CSharpParseOptions main = Newest.WithPreprocessorSymbols("MAIN");
        Solution solution = workspace.CurrentSolution;
        (solution, DocumentId document) = Add(solution, "Main", source, main, References.NewestClient);
        (solution, _) = Add(solution, "Other", source, other.Parse, other.Client);
        Document opened = solution.GetDocument(document)!;
        Assert.Single(opened.GetLinkedDocumentIds());

        Compilation compilation = (await opened.Project.GetCompilationAsync())!;
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Diagnostic pair = Assert.Single(found, static diagnostic => diagnostic.Id == "EXP302");
        List<CodeAction> actions = [];
        await new WriteThenExpireFix().RegisterCodeFixesAsync(
            new CodeFixContext(opened, pair, (action, _) => actions.Add(action), CancellationToken.None));
        return [.. actions.Select(static action => action.EquivalenceKey!)];
    }

    private static (Solution Solution, DocumentId Document) Add(
        Solution solution, string name, string source, CSharpParseOptions parse, string client)
    {
        ProjectId project = ProjectId.CreateNewId();
        DocumentId document = DocumentId.CreateNewId(project);
        solution = solution
            .AddProject(project, name, name, LanguageNames.CSharp)
            .WithProjectCompilationOptions(project, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .WithProjectParseOptions(project, parse)
            .AddMetadataReferences(project, References.With(client))
            .AddDocument(document, "Sessions.cs", SourceText.From(source), filePath: "/src/Sessions.cs");
        return (solution, document);
    }
}
