using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>
/// The course: application-like code in which each line that must be reported says so in a comment, <c>// expect: EXP101, EXP102</c>,
/// and every other line must stay silent. It was written from the rules' contract, apart from their code. The marks of a folder
/// speak of the rules that its <c>rules.txt</c> names.
/// </summary>
public sealed class CourseTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Course");

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public async Task ReportsExactlyTheMarkedLines(string file)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Root, file));
        HashSet<string> rules = [.. CourseMarks.Rules(await File.ReadAllTextAsync(Path.Combine(Root, Path.GetDirectoryName(file)!, "rules.txt")))];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Course",
            [CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview), file)],
            References.With(References.AllClients),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, specificDiagnosticOptions: rules.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Warn))));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        ImmutableArray<Diagnostic> diagnostics = [.. (await compilation.WithAnalyzers([new ExpiryAnalyzer()]).GetAnalyzerDiagnosticsAsync()).Where(diagnostic => rules.Contains(diagnostic.Id) || diagnostic.Id == "AD0001")];

        string[] lines = text.Split('\n');
        string[] expected = [.. lines.SelectMany((line, index) => CourseMarks.Of(line).Select(id => Describe(index, id, line))).Order(StringComparer.Ordinal)];
        string[] actual = [.. diagnostics.Select(diagnostic => (Line: diagnostic.Location.GetLineSpan().StartLinePosition.Line, diagnostic.Id)).Distinct().Select(found => Describe(found.Line, found.Id, lines[found.Line])).Order(StringComparer.Ordinal)];
        Assert.True(expected.SequenceEqual(actual), $"missed:\n{string.Join('\n', expected.Except(actual))}\nfalse alarms:\n{string.Join('\n', actual.Except(expected))}\n{string.Join('\n', diagnostics.Where(diagnostic => diagnostic.Id == "AD0001"))}");
    }

    private static string Describe(int line, string id, string text) => $"{line + 1,5} {id} {text.Trim()}";
}
