using Microsoft.VisualStudio.SolutionPersistence;
using Microsoft.VisualStudio.SolutionPersistence.Model;
using Microsoft.VisualStudio.SolutionPersistence.Serializer;

namespace ExpiryAnalyzers.Tool.Loading;

/// <summary>What a build of a solution file takes in.</summary>
internal static class SolutionBuild
{
    /// <summary>
    /// The files of the projects that a solution lists and its build passes over, in the configuration that the properties name or that
    /// a build takes by itself. A restore of the solution passes them over too.
    /// </summary>
    public static async Task<IReadOnlySet<string>> PassedOverAsync(
        string file, IReadOnlyDictionary<string, string> properties, CancellationToken cancellationToken)
    {
        if (await ReadAsync(file, cancellationToken) is not { } solution)
        {
            return new HashSet<string>();
        }

        string configuration = Chosen(properties, "Configuration", solution.BuildTypes, ["Debug"]);
        string platform = Chosen(properties, "Platform", solution.Platforms, ["Mixed Platforms", "Any CPU"]);
        return solution.SolutionProjects
            .Where(project => !project.GetProjectConfiguration(configuration, platform).Build)
            .Select(project => PathOf(project, file))
            .ToHashSet();
    }

    /// <summary>The files of the C# projects that a solution lists; none where the file cannot be read.</summary>
    public static async Task<IReadOnlyList<string>> ListedAsync(string file, CancellationToken cancellationToken) =>
        await ReadAsync(file, cancellationToken) is { } solution
            ? [.. solution.SolutionProjects.Select(project => PathOf(project, file)).Where(IsCSharp)]
            : [];

    private static bool IsCSharp(string project) => project.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase);

    private static string PathOf(SolutionProjectModel project, string file) =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, project.FilePath));

    private static async Task<SolutionModel?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return SolutionSerializers.GetSerializerByMoniker(file) is { } serializer
                ? await serializer.OpenAsync(file, cancellationToken)
                : null;
        }
        catch (Exception exception) when (exception is SolutionException or IOException or UnauthorizedAccessException)
        {
            // Whoever reads the projects says what is wrong with the file.
            return null;
        }
    }

    /// <summary>What a property names, or else the first of the usual names that the solution has, or else its first.</summary>
    private static string Chosen(
        IReadOnlyDictionary<string, string> properties, string property, IReadOnlyList<string> offered, string[] usual)
    {
        string? named = properties.FirstOrDefault(pair => pair.Key.Equals(property, StringComparison.OrdinalIgnoreCase)).Value;
        string? known = usual.FirstOrDefault(name => offered.Contains(name, StringComparer.OrdinalIgnoreCase));

        // A project's AnyCPU is a solution's "Any CPU".
        return offered.FirstOrDefault(name => name.Replace(" ", "").Equals(named?.Replace(" ", ""), StringComparison.OrdinalIgnoreCase)) ??
            named ?? known ?? offered.FirstOrDefault() ?? usual[^1];
    }
}
