using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>For each rule: the squiggle, the lightbulb and its order, one action applied, and fix-all in every scope.</summary>
public sealed class EditorTests(OpenSolution open) : IClassFixture<OpenSolution>
{
    private static IEnumerable<string> Pages => Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "rules"), "EXP*.md").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    public static TheoryData<string> Ids => [.. Pages];

    [Fact]
    public void Package_HasEveryRuleThatHasAPage() => Assert.Equal(Pages, open.Editor.Rules.Select(rule => rule.Id).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Ids))]
    public async Task Lightbulb_OffersOurTitlesInOurOrder(string id)
    {
        (Document document, Diagnostic diagnostic) = await FirstAsync(id);
        string[] own = [.. (await open.Editor.ActionsAsync(document, diagnostic)).Select(action => action.Title)];
        Assert.NotEmpty(own);

        IReadOnlyList<string> shown = await open.Editor.LightbulbAsync(document, diagnostic);
        Assert.Equal(own, shown.Where(own.Contains));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task EveryAction_ClearsItsDiagnostic(string id)
    {
        (Document document, Diagnostic diagnostic) = await FirstAsync(id);
        int before = (await open.Editor.DiagnosticsAsync(document.Project)).Count(found => found.Id == id);
        foreach (CodeAction action in await open.Editor.ActionsAsync(document, diagnostic))
        {
            Solution changed = await Editor.ApplyAsync(action);
            Assert.Equal(before - 1, (await open.Editor.DiagnosticsAsync(changed.GetProject(document.Project.Id)!)).Count(found => found.Id == id));
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task FixAll_InDocumentProjectAndSolution(string id)
    {
        (Document document, Diagnostic diagnostic) = await FirstAsync(id);
        ImmutableArray<Diagnostic> all = await OfAsync(open.Editor.Solution, id);
        HashSet<Diagnostic> unrepairable = [];
        foreach (Diagnostic found in all)
        {
            if ((await open.Editor.ActionsAsync(open.Editor.Solution.GetDocument(found.Location.SourceTree)!, found, asking: false)).IsEmpty)
            {
                unrepairable.Add(found);
            }
        }

        if (unrepairable.Count == all.Length)
        {
            // All that the rule's fix has asks: nothing to apply at once.
            Assert.NotEmpty(await open.Editor.ActionsAsync(document, diagnostic, asking: true));
            return;
        }

        string key = await FirstKeyAsync(all.Where(found => !unrepairable.Contains(found)));
        foreach (FixAllScope scope in new[] { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution })
        {
            Solution changed = await open.Editor.FixAllAsync(document, id, key, scope);
            IEnumerable<Diagnostic> outside = scope switch
            {
                FixAllScope.Document => all.Where(found => found.Location.SourceTree!.FilePath != document.FilePath),
                FixAllScope.Project => all.Where(found => open.Editor.Solution.GetDocument(found.Location.SourceTree)!.Project.Id != document.Project.Id),
                _ => [],
            };
            Assert.Equal(outside.Concat(all.Where(found => unrepairable.Contains(found))).Distinct().Count(), (await OfAsync(changed, id)).Length);
        }
    }

    /// <summary>The kind of the first safe action.</summary>
    private async Task<string> FirstKeyAsync(IEnumerable<Diagnostic> repairable)
    {
        Diagnostic first = repairable.First();
        Document document = open.Editor.Solution.GetDocument(first.Location.SourceTree)!;
        return (await open.Editor.ActionsAsync(document, first, asking: false))[0].EquivalenceKey!;
    }

    private async Task<ImmutableArray<Diagnostic>> OfAsync(Solution solution, string id)
    {
        List<Diagnostic> found = [];
        foreach (Project project in solution.Projects)
        {
            found.AddRange((await open.Editor.DiagnosticsAsync(project)).Where(diagnostic => diagnostic.Id == id));
        }

        return [.. found];
    }

    private async Task<(Document Document, Diagnostic Diagnostic)> FirstAsync(string id)
    {
        Project project = open.Editor.Solution.Projects.Single(project => project.Name == "App");
        Diagnostic diagnostic = (await open.Editor.DiagnosticsAsync(project)).Where(found => found.Id == id && Path.GetFileName(found.Location.SourceTree!.FilePath).StartsWith(id, StringComparison.Ordinal)).OrderBy(found => found.Location.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(found => found.Location.SourceSpan.Start).First();
        return (project.GetDocument(diagnostic.Location.SourceTree)!, diagnostic);
    }
}
