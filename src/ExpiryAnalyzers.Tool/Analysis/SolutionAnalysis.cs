using System.Collections.Immutable;
using ExpiryAnalyzers.Baselines;
using ExpiryAnalyzers.Tool.Loading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Tool.Analysis;

/// <summary>What was found in a solution.</summary>
/// <param name="Findings">The findings in the order of their places.</param>
/// <param name="Projects">The names of the projects that were analysed, without their target frameworks.</param>
/// <param name="Problems">What could not be read or does not compile.</param>
internal sealed record AnalysisResult(
    IReadOnlyList<Finding> Findings, IReadOnlyList<string> Projects, IReadOnlyList<LoadProblem> Problems)
{
    /// <summary>Whether a project is missing of which nothing can be said.</summary>
    public bool IsPartial => Problems.Any(static problem => problem.IsFatal);
}

/// <summary>Runs the package's own analyzers over each project as a build would.</summary>
/// <param name="product">The analyzers.</param>
/// <param name="rules">The rules to run; all that are on where none is named. One that is off by default is switched on.</param>
/// <param name="more">What else looks at each project, and shares the binding of it.</param>
internal sealed class SolutionAnalysis(Product product, IReadOnlySet<string> rules, params ImmutableArray<DiagnosticAnalyzer> more)
{
    private const string Crash = "AD0001";

    /// <summary>Analyses all projects, one after the other.</summary>
    public async Task<AnalysisResult> RunAsync(LoadedSolution loaded, Action<string> step, CancellationToken cancellationToken)
    {
        List<LoadProblem> problems = [.. loaded.Problems];
        ProjectId[] projects = [.. loaded.Projects.Select(static project => project.Id)];
        Solution solution = await PreparedAsync(loaded.Solution, projects, cancellationToken);
        List<Finding> findings = [];
        List<string> names = [];
        foreach (Project project in projects.Select(solution.GetProject).OfType<Project>())
        {
            step(project.Name);
            Compilation compilation = (await project.GetCompilationAsync(cancellationToken))!;
            if (LossOf(project, compilation, cancellationToken) is { } loss)
            {
                problems.Add(loss);
                continue;
            }

            names.Add(NameOf(project));
            findings.AddRange(await FindAsync(project, compilation, problems, cancellationToken));
        }

        return new(InOrder(findings), [.. names.Distinct()], [.. problems.Distinct()]);
    }

    /// <summary>The solution with what its projects know of each other and the rules that were named.</summary>
    public async Task<Solution> PreparedAsync(Solution solution, IReadOnlyList<ProjectId> projects, CancellationToken cancellationToken)
    {
        foreach (Project project in projects.Select(solution.GetProject).OfType<Project>())
        {
            solution = solution.WithProjectCompilationOptions(project.Id, WithNamedRules(project.CompilationOptions!));
        }

        Project[] prepared = [.. projects.Select(solution.GetProject).OfType<Project>()];
        return await SolutionKnowledge.AddToAsync(solution, prepared, cancellationToken);
    }

    /// <summary>What one project of a prepared solution holds. The compiler and the analyzers share one binding of it.</summary>
    public async Task<IReadOnlyList<Finding>> FindAsync(
        Project project, Compilation compilation, ICollection<LoadProblem> problems, CancellationToken cancellationToken)
    {
        CompilationWithAnalyzers analyzed = compilation.WithAnalyzers(product.Analyzers.AddRange(more), new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        ImmutableArray<Diagnostic> diagnostics = await analyzed.GetAllDiagnosticsAsync(cancellationToken);
        if (diagnostics.FirstOrDefault(static diagnostic => diagnostic.Id == Crash) is { } crash)
        {
            problems.Add(new(project.FilePath, $"an analyzer failed there: {crash.GetMessage()}", IsFatal: false));
        }

        if (IncompleteOf(project, diagnostics) is { } incomplete)
        {
            problems.Add(incomplete);
        }

        IEnumerable<Diagnostic> found = diagnostics
            .Where(diagnostic => product.Rules.ContainsKey(diagnostic.Id) && !SolutionKnowledge.IsOwn(diagnostic))
            .Where(diagnostic => rules.Count == 0 || rules.Contains(diagnostic.Id));
        return
        [
            .. FindingKeys.Of(found, compilation, tree => compilation.GetSemanticModel(tree), cancellationToken)
                .Select(found => new Finding(found.Finding, project, NameOf(project), found.Key)),
        ];
    }

    /// <summary>Each finding once, in the order of the places.</summary>
    public static IReadOnlyList<Finding> InOrder(IEnumerable<Finding> findings) =>
    [
        .. findings.DistinctBy(static finding => finding.Identity)
            .OrderBy(static finding => finding.Path, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Span.StartLinePosition)
            .ThenBy(static finding => finding.Id, StringComparer.Ordinal),
    ];

    private CompilationOptions WithNamedRules(CompilationOptions options)
    {
        foreach (string rule in rules.Where(rule => !product.Rules[rule].IsEnabledByDefault))
        {
            if (!options.SpecificDiagnosticOptions.ContainsKey(rule))
            {
                options = options.WithSpecificDiagnosticOptions(options.SpecificDiagnosticOptions.SetItem(rule, ReportDiagnostic.Info));
            }
        }

        return options;
    }

    /// <summary>A project for several target frameworks is read once for each, as <c>Name(framework)</c>.</summary>
    private static string NameOf(Project project) => Path.GetFileNameWithoutExtension(project.FilePath) ?? project.Name;

    /// <summary>Why something may be missing of a project; null where it compiles. Nobody expects loose sources to.</summary>
    private static LoadProblem? IncompleteOf(Project project, IEnumerable<Diagnostic> diagnostics)
    {
        Diagnostic[] errors = project.FilePath is null ? [] : [.. diagnostics.Where(IsCompilerError)];
        return errors is []
            ? null
            : new(
                project.FilePath,
                $"does not compile ({Counted(errors.Length)}), so findings may be missing; the first: {Shown(errors[0])}",
                IsFatal: false);
    }

    /// <summary>Why nothing can be said of a project; null where something can.</summary>
    public static LoadProblem? LossOf(Project project, Compilation compilation, CancellationToken cancellationToken)
    {
        bool hasFramework = compilation.GetSpecialType(SpecialType.System_Object).TypeKind != TypeKind.Error;

        // The packs of other frameworks than the SDK's own come with a restore.
        if (project.FilePath is not null && Restoration.IsMissing(project) &&
            (!hasFramework || compilation.GetDiagnostics(cancellationToken).Any(IsCompilerError)))
        {
            return new(project.FilePath, "is not restored; run 'dotnet restore' first.", IsFatal: true);
        }

        return hasFramework
            ? null
            : new(project.FilePath, "has no framework to compile against; see that 'dotnet build' builds it.", IsFatal: true);
    }

    private static bool IsCompilerError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error &&
        !diagnostic.IsWarningAsError && diagnostic.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.Compiler);

    private static string Counted(int errors) => errors == 1 ? "1 error" : $"{errors} errors";

    private static string Shown(Diagnostic error) => CSharpDiagnosticFormatter.Instance.Format(error).ReplaceLineEndings(" ");
}
