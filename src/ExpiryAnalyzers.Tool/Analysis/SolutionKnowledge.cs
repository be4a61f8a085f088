using System.Collections.Immutable;
using ExpiryAnalyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Tool.Analysis;

/// <summary>
/// What only the whole solution tells: rows of <c>ExpiryAnalyzers.Sinks.txt</c> that are worked out from all its projects, and which each
/// of them gets as one more additional file, in memory alone. What somebody has written by hand counts for more.
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
        solution = SinksFiles.AddTo(solution, projects);
        IReadOnlyList<string> rows = await LearnAsync(solution, [.. projects.Select(static project => project.Id)], cancellationToken);
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

    /// <summary>
    /// The rows that the projects' own code gives. Looked at twice, since a wrapper may wrap another's that it knows by a contract alone.
    /// What was learned before has no part in it.
    /// </summary>
    public static async Task<IReadOnlyList<string>> LearnAsync(
        Solution solution, IReadOnlyCollection<ProjectId> projects, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> direct = await LearnAsync(solution, projects, [], cancellationToken);
        return await LearnAsync(solution, projects, direct, cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> LearnAsync(
        Solution solution, IReadOnlyCollection<ProjectId> projects, IReadOnlyList<string> known, CancellationToken cancellationToken)
    {
        OutlineText learned = new();
        HashSet<string> written = new(StringComparer.Ordinal);
        foreach (ProjectId id in solution.GetProjectDependencyGraph().GetTopologicallySortedProjects(cancellationToken))
        {
            if (projects.Contains(id) && solution.GetProject(id) is { } project &&
                await project.GetCompilationAsync(cancellationToken) is { } compilation)
            {
                string[] own = [.. project.AnalyzerOptions.AdditionalFiles.Where(SinksFile.Is)
                    .Select(file => LearnedBlock.Without(file.GetText(cancellationToken)?.ToString() ?? ""))];
                written.UnionWith(own.SelectMany(LearnedBlock.Ids));
                ImmutableArray<AdditionalText> files =
                [
                    new Rows(string.Join('\n', known.Count > 0 ? known : learned.Rows)), .. own.Select(static text => new Rows(text)),
                ];
                learned.Add(SourceText.From(OutlineGenerator.Write(compilation, files, cancellationToken)), isCarried: true);
            }
        }

        return [.. learned.Rows.Where(row => !written.Contains(row.Split(' ')[0]))];
    }

    private sealed class Rows(string text) : AdditionalText
    {
        public override string Path => FilePath;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
