using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ExpiryAnalyzers.CodeFixes;
using ExpiryAnalyzers.Tests.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>
/// What a page shows of a fix, before (a block <c>csharp safe</c> or <c>csharp asks</c>) and after, is what the fix writes, and it is safe or
/// asks as the page says.
/// </summary>
public sealed partial class FixPagesTests
{
    public static TheoryData<string, int> Examples
    {
        get
        {
            TheoryData<string, int> examples = [];
            foreach (string id in new ExpiryAnalyzer().SupportedDiagnostics.Select(rule => rule.Id))
            {
                for (int i = 0; i < Pairs(id).Length; i++)
                {
                    examples.Add(id, i);
                }
            }

            return examples;
        }
    }

    [Theory, MemberData(nameof(Examples))]
    public async Task TheFixWritesWhatThePageShows(string id, int index)
    {
        (string kind, string before, string after) = Pairs(id)[index];
        Document document = DocumentOf(before);
        ImmutableArray<Diagnostic> found = await AnalyzeAsync(document, id);
        List<CodeAction> actions = [];
        foreach (CodeFixProvider fix in FixProviders.Of(id).Where(fix => fix is AskingCodeFix == (kind == "asks")))
        {
            foreach (Diagnostic diagnostic in found)
            {
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
            }
        }

        string[] written = await Task.WhenAll(actions.Select(async action =>
        {
            ApplyChangesOperation operation = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
            return (await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
        }));
        Assert.Contains(SourceOf(after), written);
    }

    private static (string Kind, string Before, string After)[] Pairs(string id) =>
        [.. Pair().Matches(Page.Of(id)).Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value))];

    private static Document DocumentOf(string block) => new AdhocWorkspace().AddProject("Docs", LanguageNames.CSharp)
        .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
        .WithParseOptions(new CSharpParseOptions(LanguageVersion.Preview))
        .WithMetadataReferences(References.With(References.NewestClient))
        .AddDocument("Example.cs", SourceOf(block));

    /// <summary>A file where the block is one, else its statements in a method.</summary>
    private static string SourceOf(string block) => block.StartsWith("using ", StringComparison.Ordinal)
        ? block
        : EmptyLine().Replace(Statements.InMethod(block), "");

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Document document, string id)
    {
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([KeyValuePair.Create(id, ReportDiagnostic.Warn)]));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()));
        ImmutableArray<Diagnostic> all = await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return [.. all.Where(diagnostic => diagnostic.Id == id)];
    }

    [GeneratedRegex(" +(?=\n)")]
    private static partial Regex EmptyLine();

    [GeneratedRegex("^```csharp (safe|asks)\n(.*?)^```\n\n```csharp after\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Pair();
}
