using System.Text.RegularExpressions;
using ExpiryAnalyzers.Fuzz.Bodies;
using ExpiryAnalyzers.Fuzz.Runs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ExpiryAnalyzers.Tests.Hostile;

/// <summary>
/// Code that leads analyses round in circles, some of it half-typed: each file ends in time, on a small stack, without an exception.
/// </summary>
[Collection(Alone.Name)]
public sealed partial class HostileTests
{
    private const int Seeds = 300;

    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Hostile");

    public static TheoryData<string> HostileFiles => [.. Names("Files")];

    public static TheoryData<string> SoundFiles => [.. Names("Sound")];

    [Theory, MemberData(nameof(HostileFiles))]
    public void EndsInTimeWithoutAnException(string file)
    {
        Guest.Run("class C { }", new ExpiryAnalyzer(), Guest.Limit * 10);
        Outcome outcome = Guest.Run(File.ReadAllText(Path.Combine(Root, "Files", file)));
        Assert.True(outcome.Verdict == Verdict.Fine, $"{outcome.Verdict}: {outcome.Detail}");
    }

    [Theory, MemberData(nameof(SoundFiles))]
    public void ReportsExactlyTheMarkedLines(string file)
    {
        string text = File.ReadAllText(Path.Combine(Root, "Sound", file));
        Outcome outcome = Guest.Run(text);
        Assert.True(outcome.Verdict == Verdict.Fine, $"{outcome.Verdict}: {outcome.Detail}");

        string[] expected = [.. text.Split('\n').SelectMany((line, index) =>
            Mark().Matches(line).Select(mark => $"{index + 1} {mark.Groups[1].Value}"))];
        string[] actual =
        [
            .. outcome.Diagnostics
                .Where(found => found.Descriptor.IsEnabledByDefault)
                .OrderBy(found => found.Location.SourceSpan.Start)
                .Select(found => $"{found.Location.GetLineSpan().StartLinePosition.Line + 1} {found.Id}")
                .Distinct(),
        ];
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void SoundFilesCompile() => Assert.All(Names("Sound"), file =>
        Assert.Empty(Guest.Compile(File.ReadAllText(Path.Combine(Root, "Sound", file))).GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));

    [Fact]
    public void GeneratedCode_EndsInTimeWithoutAnException()
    {
        List<string> failures = [];
        for (int seed = 0; seed < Seeds; seed++)
        {
            Outcome outcome = Guest.Run(BodyGenerator.Write(seed));
            if (outcome.Verdict != Verdict.Fine)
            {
                failures.Add($"seed {seed}: {outcome.Verdict} {outcome.Detail}");
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public void TheGeneratorRepeatsItself()
    {
        Assert.Equal(BodyGenerator.Write(17), BodyGenerator.Write(17));
        Assert.NotEqual(BodyGenerator.Write(17), BodyGenerator.Write(18));
    }

    [Fact]
    public void MostGeneratedBodies_HoldClientCallsThatBind()
    {
        int bound = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            CSharpCompilation compilation = Guest.Compile(BodyGenerator.Write(seed));
            SyntaxTree tree = compilation.SyntaxTrees[^1];
            SemanticModel model = compilation.GetSemanticModel(tree);
            bound += tree.GetRoot().DescendantNodes().Any(node =>
                model.GetSymbolInfo(node).Symbol is IMethodSymbol { Name: "KeyExpire" or "KeyExpireAsync",
                ContainingType.Name: "IDatabase" or "IDatabaseAsync" }) ? 1 : 0;
        }

        Assert.InRange(bound, 12, 20);
    }

    [Fact]
    public void TheShrinkerKeepsWhatFails() =>
        Assert.Equal("b", Shrinker.Shrink("int a;\nint b, c;\nint d;", static text => text.Contains('b', StringComparison.Ordinal)).Trim());

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"// expect: (EXP\d{3})")]
    private static partial Regex Mark();
}
