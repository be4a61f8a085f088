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

    private static IEnumerable<string> All()
    {
        string tests = Path.Combine(Repository.Root, "tests", "ExpiryAnalyzers.Tests");
        IEnumerable<string> written = new[] { "Course", "Hostile" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(tests, folder), "*.cs", SearchOption.AllDirectories))
            .Where(static file => !file.EndsWith("Tests.cs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText);
        return written.Concat(Examples()).Select(static text => text.ReplaceLineEndings("\n"));
    }

    /// <summary>The examples of the rules' pages that have a finding.</summary>
    public static IEnumerable<string> Examples() => new ExpiryAnalyzer().SupportedDiagnostics
        .SelectMany(static rule => Page.Blocks(rule.Id, "bad"))
        .Select(static block => Statements.InMethod(block));
}
