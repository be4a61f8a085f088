using ExpiryAnalyzers.Tests;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExpiryAnalyzers.Fuzz.Bodies;

/// <summary>Code that people wrote for the rules, from which cases are cut: the course, the hostile files and the examples of the pages.</summary>
internal static class SeedTexts
{
    private static readonly Lazy<IReadOnlyList<CompilationUnitSyntax>> Roots = new(static () =>
        [.. All().Select(static text => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot())]);

    /// <summary>One of them, that the random number decides.</summary>
    public static CompilationUnitSyntax Any(Random random) => Roots.Value[random.Next(Roots.Value.Count)];

    private static IEnumerable<string> All() => In("Course").Concat(In("Hostile"))
        .Select(static file => file.Text)
        .Concat(Examples().Select(static text => text.ReplaceLineEndings("\n")));

    /// <summary>The course by its files' names, and the examples of the rules' pages.</summary>
    public static IEnumerable<(string Name, string Text)> Named() =>
        In("Course").Concat(Examples().Select(static (text, number) => ($"example {number + 1}", text.ReplaceLineEndings("\n"))));

    /// <summary>The rules that the marks of a file of the course speak of; null for another text.</summary>
    public static HashSet<string>? RulesOf(string name) =>
        Path.Combine(Tests, Path.GetDirectoryName(name)!, "rules.txt") is var list && File.Exists(list) ? [.. CourseMarks.Rules(File.ReadAllText(list))] : null;

    private static string Tests => Path.Combine(Repository.Root, "tests", "ExpiryAnalyzers.Tests");

    private static IEnumerable<(string Name, string Text)> In(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Tests, folder), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.EndsWith("Tests.cs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(static file => (Path.GetRelativePath(Tests, file), File.ReadAllText(file).ReplaceLineEndings("\n")));

    /// <summary>The examples of the rules' pages that have a finding.</summary>
    public static IEnumerable<string> Examples() => new ExpiryAnalyzer().SupportedDiagnostics
        .SelectMany(static rule => Page.Blocks(rule.Id, "bad"))
        .Select(static block => Statements.InMethod(block));
}
