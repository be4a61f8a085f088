using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>Half-typed code: an editor asks at every keystroke, and the analyzer must answer without an exception.</summary>
public sealed class BrokenCodeTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Course");

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public async Task CutAnywhere_DoesNotThrow(string file)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Root, file));
        for (int cut = 1; cut <= 5; cut++)
        {
            await AnalyzeAsync(text[..(text.Length * cut / 6)]);
        }
    }

    [Theory, MemberData(nameof(Files))]
    public async Task WithTokensMissing_DoesNotThrow(string file)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Root, file));
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens()];
        Random random = new(file.Length);
        for (int round = 0; round < 3; round++)
        {
            HashSet<int> missing = [.. Enumerable.Range(0, tokens.Length / 40).Select(_ => random.Next(tokens.Length))];
            await AnalyzeAsync(string.Concat(tokens.Where((_, index) => !missing.Contains(index)).Select(token => token.ToFullString())));
        }
    }

    private static async Task AnalyzeAsync(string text)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Broken",
            [CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview))],
            References.With(References.NewestClient),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        ImmutableArray<Diagnostic> diagnostics = await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.Empty(diagnostics.Where(diagnostic => diagnostic.Id == "AD0001").Select(diagnostic => diagnostic.ToString()));
    }
}
