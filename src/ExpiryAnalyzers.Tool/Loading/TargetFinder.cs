using System.Collections.Immutable;

namespace ExpiryAnalyzers.Tool.Loading;

/// <summary>Finds what an argument means: a solution, a project, or a folder that holds one of them or loose sources.</summary>
internal static class TargetFinder
{
    private const int MostNamed = 10;

    private static readonly ImmutableArray<string> SolutionEndings = [".slnx", ".sln", ".slnf"];

    private static readonly ImmutableArray<string> ProjectEndings = [".csproj"];

    /// <summary>The one thing that a path means.</summary>
    public static Target Find(string path, Terminal terminal)
    {
        if (File.Exists(path))
        {
            return OfFile(path, terminal);
        }

        if (!Directory.Exists(path))
        {
            throw new ToolException($"There is no file or folder '{terminal.Shown(path)}'.");
        }

        return Among(ending => SourceTree.In(path, ending), path, terminal)
            ?? Among(ending => SourceTree.Below(path, ending), path, terminal)
            ?? OfSources(path, terminal);
    }

    /// <summary>A solution among some files, or else projects.</summary>
    private static Target? Among(Func<ImmutableArray<string>, IReadOnlyList<string>> find, string folder, Terminal terminal) =>
        OfSolutions(find(SolutionEndings), folder, terminal) ?? OfProjects(find(ProjectEndings), folder);

    private static Target OfFile(string path, Terminal terminal)
    {
        string ending = Path.GetExtension(path);
        if (SolutionEndings.Contains(ending, StringComparer.OrdinalIgnoreCase))
        {
            return new Target.Solution(path);
        }

        return ProjectEndings.Contains(ending, StringComparer.OrdinalIgnoreCase)
            ? new Target.Projects(Path.GetDirectoryName(path)!, [path])
            : throw new ToolException($"'{terminal.Shown(path)}' is no solution (.sln, .slnx, .slnf), C# project or folder.");
    }

    private static Target? OfSolutions(IReadOnlyList<string> found, string folder, Terminal terminal)
    {
        // A filter is a part of its solution, and an .slnx beside an .sln of the same name is its newer form.
        string[] whole = [.. found.Where(static file => !file.EndsWith(".slnf", StringComparison.OrdinalIgnoreCase))
            .DistinctBy(static file => Path.ChangeExtension(file, null)).Order(StringComparer.Ordinal)];
        string[] solutions = whole is [] ? [.. found] : [.. whole.Select(file => NewestForm(file, found))];
        return solutions switch
        {
            [] => null,
            [var only] => new Target.Solution(only),
            _ => throw new ToolException(
                $"'{terminal.Shown(folder)}' holds {solutions.Length} solutions; name one of them: {Named(solutions, terminal)}."),
        };
    }

    private static string NewestForm(string file, IReadOnlyList<string> found) => SolutionEndings
        .Select(ending => Path.ChangeExtension(file, ending))
        .First(form => found.Contains(form, StringComparer.OrdinalIgnoreCase));

    private static Target? OfProjects(IReadOnlyList<string> found, string folder) =>
        found is [] ? null : new Target.Projects(folder, found);

    private static Target OfSources(string folder, Terminal terminal) => SourceTree.Sources(folder).Count > 0
        ? new Target.Sources(folder)
        : throw new ToolException($"'{terminal.Shown(folder)}' holds no solution, no C# project and no C# file.");

    private static string Named(string[] files, Terminal terminal) =>
        string.Join(", ", files.Take(MostNamed).Select(terminal.Shown)) + (files.Length > MostNamed ? ", …" : "");
}
