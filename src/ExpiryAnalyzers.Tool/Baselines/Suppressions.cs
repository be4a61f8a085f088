using ExpiryAnalyzers.Tool.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExpiryAnalyzers.Tool.Baselines;

/// <summary>A baseline as rows that the compiler itself knows, a file for each project. A row covers a whole member.</summary>
internal static class Suppressions
{
    /// <summary>How the file is called.</summary>
    public const string FileName = "ExpiryAnalyzers.Suppressions.cs";

    private const string Head = """
        // Findings of ExpiryAnalyzers that were there before, written by 'expiry baseline --as-suppressions'.
        // Each row covers the whole member: a new finding of the same rule in it is not shown either.
        using System.Diagnostics.CodeAnalysis;


        """;

    /// <summary>The solution without the files, so that what they cover is found again.</summary>
    public static Solution WithoutFiles(Solution solution)
    {
        foreach (Document file in Documents(solution))
        {
            solution = solution.RemoveDocument(file.Id);
        }

        return solution;
    }

    /// <summary>The files that are there.</summary>
    public static IReadOnlySet<string> FilesOf(Solution solution) =>
        Documents(solution).Select(static document => document.FilePath).OfType<string>().ToHashSet();

    /// <summary>The text of each project's file, by its path.</summary>
    public static IEnumerable<(string Path, string Text, int Rows)> Of(IReadOnlyList<Finding> findings) => findings
        .Where(static finding => finding is { Project.FilePath: not null, Document: not null })
        .GroupBy(static finding => finding.Project.FilePath!)
        .Select(static group =>
        {
            string[] rows = [.. group.Select(Row).Distinct().Order(StringComparer.Ordinal)];
            return (Path.Combine(Path.GetDirectoryName(group.Key)!, FileName), Head + string.Concat(rows), rows.Length);
        });

    private static IEnumerable<Document> Documents(Solution solution) =>
        solution.Projects.SelectMany(static project => project.Documents).Where(static document => document.Name == FileName);

    private static string Row(Finding finding)
    {
        string target = "~" + finding.Key.Member;
        string scope = finding.Key.Member.StartsWith("T:", StringComparison.Ordinal) ? "type" : "member";
        string id = $"{finding.Id}:{finding.Rule.Title}";
        return $"[assembly: SuppressMessage({Literal(finding.Rule.Category)}, {Literal(id)}, Scope = {Literal(scope)}, " +
            $"Target = {Literal(target)}, Justification = \"Baseline: covers the whole member.\")]\n";
    }

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
