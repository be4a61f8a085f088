using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Tool.Loading;

/// <summary>Why a project, or a part of one, could not be read.</summary>
/// <param name="Project">The project's file; null where it concerns no one project.</param>
/// <param name="Words">What is wrong and what helps, to be read behind the project's name.</param>
/// <param name="IsFatal">Whether nothing can be said of the project.</param>
/// <param name="IsLeftOut">Whether nothing has to be: the project is not analysed, as it is not built.</param>
internal sealed record LoadProblem(string? Project, string Words, bool IsFatal, bool IsLeftOut = false);

/// <summary>What was read, ready to be analysed.</summary>
/// <param name="Target">What was asked for.</param>
/// <param name="Workspace">What holds it; disposing of it gives the memory back.</param>
/// <param name="Solution">The projects.</param>
/// <param name="Problems">What could not be read.</param>
internal sealed record LoadedSolution(Target Target, Workspace Workspace, Solution Solution, IReadOnlyList<LoadProblem> Problems)
    : IDisposable
{
    /// <summary>The C# projects that were asked for and of which something can be said; others may have come along as references.</summary>
    public IEnumerable<Project> Projects => Solution.Projects
        .Where(project => project.Language == LanguageNames.CSharp && IsAskedFor(project.FilePath) && !IsLost(project.FilePath))
        .OrderBy(static project => project.FilePath, StringComparer.Ordinal)
        .ThenBy(static project => project.Name, StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Dispose() => Workspace.Dispose();

    private bool IsAskedFor(string? file) => Target is not Target.Projects { Files: var files } || files.Contains(file);

    private bool IsLost(string? file) => Problems.Any(problem =>
        (problem.IsFatal || problem.IsLeftOut) && file is not null && problem.Project == file);
}
