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
    /// <summary>How many wrappers over contracts, each in a project of its own, are seen through.</summary>
    private const int MaxRounds = 4;

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

        SourceText text = SourceText.From(LearnedBlock.Replace("", rows));
        foreach (Project project in projects)
        {
            DocumentId id = DocumentId.CreateNewId(project.Id);
            solution = solution.AddAdditionalDocument(id, SinksFile.Name, text, filePath: FilePath);
        }

        return solution;
    }

    /// <summary>
    /// The rows that the projects' own code gives. A project is looked at again where it sees a member of which another project has told
    /// something new, since a wrapper may wrap another's that it knows by the contract alone. What was learned before has no part in it.
    /// </summary>
    public static async Task<IReadOnlyList<string>> LearnAsync(
        Solution solution, IReadOnlyCollection<ProjectId> projects, CancellationToken cancellationToken)
    {
        HashSet<string> written = new(StringComparer.Ordinal);
        List<Compilation> compilations = [];
        Dictionary<Compilation, string[]> own = [];
        foreach (Project project in solution.GetProjectDependencyGraph().GetTopologicallySortedProjects(cancellationToken)
            .Where(projects.Contains).Select(solution.GetProject).OfType<Project>())
        {
            if (await project.GetCompilationAsync(cancellationToken) is { } compilation)
            {
                compilations.Add(compilation);
                own[compilation] = [.. OwnRows(project, cancellationToken)];
                written.UnionWith(own[compilation].SelectMany(LearnedBlock.Ids));
            }
        }

        // At first each project knows of those that it references; then of all.
        OutlineText told = new();
        Dictionary<Compilation, string> texts = [];
        HashSet<string> news = new(StringComparer.Ordinal);
        foreach (Compilation compilation in compilations)
        {
            SourceText text = Outline(compilation, [.. told.Rows], own[compilation], cancellationToken);
            texts[compilation] = text.ToString();
            told.Add(text, isCarried: true);
            news.UnionWith(ContractsOf(text, compilation));
        }

        for (int round = 0; round < MaxRounds && news.Count > 0; round++)
        {
            string[] known = [.. told.Rows.Where(row => !written.Contains(IdOf(row)))];
            HashSet<string> more = new(StringComparer.Ordinal);
            told = new();
            foreach (Compilation compilation in compilations)
            {
                if (news.Overlaps(compilation.ReferencedAssemblyNames.Select(static one => one.Name).Append(compilation.AssemblyName!)))
                {
                    SourceText text = Outline(compilation, known, own[compilation], cancellationToken);
                    if (text.ToString() != texts[compilation])
                    {
                        texts[compilation] = text.ToString();
                        more.UnionWith(ContractsOf(text, compilation).Append(compilation.AssemblyName!));
                    }
                }

                told.Add(SourceText.From(texts[compilation]), isCarried: true);
            }

            news = more;
        }

        return [.. told.Rows.Where(row => !written.Contains(IdOf(row)))];
    }

    private static SourceText Outline(
        Compilation compilation, IReadOnlyList<string> known, IEnumerable<string> own, CancellationToken cancellationToken)
    {
        ImmutableArray<AdditionalText> files = [new Rows(LearnedBlock.Replace("", known)), .. own.Select(static text => new Rows(text))];
        return SourceText.From(OutlineGenerator.Write(compilation, files, cancellationToken));
    }

    /// <summary>What somebody has written by hand for a project.</summary>
    private static IEnumerable<string> OwnRows(Project project, CancellationToken cancellationToken) =>
        project.AnalyzerOptions.AdditionalFiles.Where(SinksFile.Is)
            .Select(file => LearnedBlock.Without(file.GetText(cancellationToken)?.ToString() ?? ""));

    /// <summary>The other assemblies of whose members a project's rows tell.</summary>
    private static IEnumerable<string> ContractsOf(SourceText rows, Compilation compilation) => rows.Lines
        .Select(line => DocumentationCommentId.GetFirstSymbolForDeclarationId(IdOf(line.ToString()), compilation)?.ContainingAssembly)
        .Where(assembly => assembly is not null && !SymbolEqualityComparer.Default.Equals(assembly, compilation.Assembly))
        .Select(static assembly => assembly!.Name);

    private static string IdOf(string row) => row.Split(' ')[0];

    private sealed class Rows(string text) : AdditionalText
    {
        public override string Path => FilePath;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
