using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Tool.Analysis;

/// <summary>
/// What only the whole solution tells: rows of <c>ExpiryAnalyzers.Sinks.txt</c> that are worked out from all its projects, and which each
/// of them gets as one more additional file, in memory alone.
/// </summary>
internal static class SolutionKnowledge
{
    /// <summary>Where the file would lie, if it lay anywhere.</summary>
    private static readonly string FilePath = Path.Combine(Path.GetTempPath(), "expiry-solution", SinksFile.Name);

    /// <summary>Whether a report is about the rows that were worked out, and not about a file of the user's.</summary>
    public static bool IsOwn(Diagnostic diagnostic) => diagnostic.Location.GetLineSpan().Path == FilePath;

    /// <summary>The solution whose projects know of each other.</summary>
    public static async Task<Solution> AddToAsync(Solution solution, IReadOnlyList<Project> projects, CancellationToken cancellationToken)
    {
        SortedSet<string> rows = new(StringComparer.Ordinal);
        foreach (Project project in projects)
        {
            if (await project.GetCompilationAsync(cancellationToken) is { } compilation)
            {
                string outline = OutlineGenerator.Write(compilation, project.AnalyzerOptions.AdditionalFiles, cancellationToken);
                rows.UnionWith(outline.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        if (rows.Count == 0)
        {
            return solution;
        }

        SourceText text = SourceText.From(string.Join('\n', rows));
        foreach (Project project in projects)
        {
            DocumentId id = DocumentId.CreateNewId(project.Id);
            solution = solution.AddAdditionalDocument(id, SinksFile.Name, text, filePath: FilePath);
        }

        return solution;
    }
}
