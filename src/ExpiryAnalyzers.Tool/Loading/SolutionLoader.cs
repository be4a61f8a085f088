using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.MSBuild;

namespace ExpiryAnalyzers.Tool.Loading;

/// <summary>
/// Reads solutions and projects as MSBuild evaluates them: their options, suppressions and additional files are their own.
/// </summary>
internal sealed partial class SolutionLoader(Terminal terminal, IReadOnlyDictionary<string, string> properties)
{
    /// <summary>How Roslyn says that the process which evaluates the projects for it has not answered, as on a very busy machine.</summary>
    private const string NoAnswer = "BuildHost process is not responding";

    internal const string Unanswered =
        "could not be loaded: MSBuild's process did not answer in time, twice; try again when the machine has less to do.";

    /// <summary>How Roslyn says that a solution lists a project that is not there.</summary>
    private const string NoFile = "Project file not found";

    /// <summary>How .NET says that a <c>global.json</c> asks for an SDK that is not there.</summary>
    private const string NoSdk = "A compatible .NET SDK was not found";

    private const int Attempts = 2;

    /// <summary>Reads a solution or projects.</summary>
    public async Task<LoadedSolution> LoadAsync(Target target, CancellationToken cancellationToken)
    {
        terminal.Say($"Evaluating the MSBuild files of {target.Name}, which may run code of theirs; nothing is changed.");
        for (int attempt = 1; ; attempt++)
        {
            LoadedSolution loaded = await ReadAsync(target, cancellationToken);
            if (attempt == Attempts || !loaded.Problems.Any(static problem => problem.Words == Unanswered))
            {
                return loaded;
            }

            loaded.Dispose();
        }
    }

    private async Task<LoadedSolution> ReadAsync(Target target, CancellationToken cancellationToken)
    {
        MSBuildWorkspace workspace = MSBuildWorkspace.Create(properties.ToDictionary());
        workspace.SkipUnrecognizedProjects = true;
        ConcurrentQueue<WorkspaceDiagnostic> failures = [];
        using (workspace.RegisterWorkspaceFailedHandler(failure => failures.Enqueue(failure.Diagnostic)))
        {
            await terminal.WorkAsync("Loading", async step =>
            {
                await OpenAsync(workspace, target, new Steps(step), cancellationToken);
                return true;
            });
        }

        Solution solution = workspace.CurrentSolution;
        HashSet<string> read = [.. solution.Projects.Where(static project => project.MetadataReferences.Count > 0)
            .Select(static project => project.FilePath!)];
        IReadOnlyList<string> asked = target is Target.Projects { Files: var files } ? files
            : target is Target.Solution { File: var file } ? await SolutionBuild.ListedAsync(file, cancellationToken)
            : [];
        IEnumerable<LoadProblem> problems = failures.Select(ProblemOf).OfType<LoadProblem>();
        IReadOnlyList<LoadProblem> leftOut = await LeftOutAsync(target, solution, cancellationToken);
        return new(target, workspace, solution, [.. Unread(problems, asked, read), .. leftOut]);
    }

    /// <summary>
    /// What is left of the problems when one looks at which projects were read: the workspace tells warnings of a build in the words of a
    /// failure, and of a process that did not answer it does not say for which project. What is missing in one, its compiler says.
    /// </summary>
    /// <param name="problems">What was told.</param>
    /// <param name="asked">The projects that were to be read; none where that is not known.</param>
    /// <param name="read">Those that were.</param>
    internal static IEnumerable<LoadProblem> Unread(
        IEnumerable<LoadProblem> problems, IReadOnlyList<string> asked, IReadOnlySet<string> read) => problems
        .SelectMany(problem => problem is { Project: null, Words: Unanswered } && asked.Count > 0
            ? asked.Select(project => problem with { Project = project })
            : [problem])
        .Where(problem => problem.Project is null || !read.Contains(problem.Project))
        .Distinct();

    /// <summary>
    /// The projects that a solution lists, but neither builds nor restores: nothing of theirs reaches anybody, and 'dotnet restore' of
    /// the solution would not help. One that was restored by itself is read as all others.
    /// </summary>
    private async Task<IReadOnlyList<LoadProblem>> LeftOutAsync(Target target, Solution solution, CancellationToken cancellationToken)
    {
        if (target is not Target.Solution { File: var file })
        {
            return [];
        }

        IReadOnlySet<string> passedOver = await SolutionBuild.PassedOverAsync(file, properties, cancellationToken);
        IEnumerable<string> files = solution.Projects.Where(Restoration.IsMissing).Select(static project => project.FilePath!);
        return
        [
            .. files.Where(passedOver.Contains).Distinct()
                .Select(project => new LoadProblem(project, WordsOn(project), IsFatal: false, IsLeftOut: true)),
        ];

        string WordsOn(string project) => $"is left out: {target.Name} does not build it, and it is not restored; " +
            $"'dotnet restore {terminal.Shown(project)}' brings it in.";
    }

    private static async Task OpenAsync(
        MSBuildWorkspace workspace, Target target, IProgress<ProjectLoadProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            if (target is Target.Solution { File: var solution })
            {
                await workspace.OpenSolutionAsync(solution, progress, cancellationToken);
                return;
            }

            foreach (string file in ((Target.Projects)target).Files)
            {
                // A project that another one references has come with it.
                if (!workspace.CurrentSolution.Projects.Any(project => project.FilePath == file))
                {
                    await workspace.OpenProjectAsync(file, progress, cancellationToken);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            workspace.Dispose();
            throw new ToolException($"{target.Name} could not be read: {WordsOf(exception)}");
        }
    }

    /// <summary>
    /// What MSBuild complains of, in words; null for what is of no matter to an analysis: a solution's projects of scripts, containers or
    /// other languages among them.
    /// </summary>
    private static LoadProblem? ProblemOf(WorkspaceDiagnostic diagnostic)
    {
        Match named = NamedProject().Match(diagnostic.Message);
        if (diagnostic.Kind != WorkspaceDiagnosticKind.Failure ||
            (named.Success && !named.Groups["file"].Value.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        if (named.Success && diagnostic.Message.StartsWith(NoFile, StringComparison.Ordinal))
        {
            return new(named.Groups["file"].Value, "could not be loaded: the solution lists it, but there is no such file.", IsFatal: true);
        }

        Match failed = FailedProject().Match(diagnostic.Message);
        string? project = failed.Success ? failed.Groups["file"].Value : null;
        string words = failed.Success ? failed.Groups["words"].Value : diagnostic.Message;
        return words.Contains(NoAnswer, StringComparison.Ordinal)
            ? new(project, Unanswered, IsFatal: true)
            : new(project, $"could not be loaded: {FirstLine(words)}", IsFatal: true);
    }

    private static string WordsOf(Exception exception) => exception.Message.Contains(NoSdk, StringComparison.Ordinal)
        ? "its global.json asks for a .NET SDK that is not on this machine; 'dotnet --list-sdks' shows those that are."
        : FirstLine(exception.Message);

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0].Trim();

    [GeneratedRegex(@"'(?<file>[^']+\.\w*proj)' with message: (?<words>.*)", RegexOptions.Singleline)]
    private static partial Regex FailedProject();

    [GeneratedRegex(@"'(?<file>[^']+\.\w*proj)'")]
    private static partial Regex NamedProject();

    private sealed class Steps(Action<string> step) : IProgress<ProjectLoadProgress>
    {
        public void Report(ProjectLoadProgress value) => step(Path.GetFileName(value.FilePath));
    }
}
