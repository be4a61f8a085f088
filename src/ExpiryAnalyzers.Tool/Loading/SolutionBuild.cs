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
        if (SolutionSerializers.GetSerializerByMoniker(file) is not { } serializer || await ReadAsync(serializer) is not { } solution)
        {
            return new HashSet<string>();
        }

        string folder = Path.GetDirectoryName(file)!;
        string configuration = Chosen(properties, "Configuration", solution.BuildTypes, ["Debug"]);
        string platform = Chosen(properties, "Platform", solution.Platforms, ["Mixed Platforms", "Any CPU"]);
        return solution.SolutionProjects
            .Where(project => !project.GetProjectConfiguration(configuration, platform).Build)
            .Select(project => Path.GetFullPath(Path.Combine(folder, project.FilePath)))
            .ToHashSet();

        async Task<SolutionModel?> ReadAsync(ISolutionSerializer serializer)
        {
            try
            {
                return await serializer.OpenAsync(file, cancellationToken);
            }
            catch (Exception exception) when (exception is SolutionException or IOException or UnauthorizedAccessException)
            {
                // Whoever reads the projects says what is wrong with the file.
                return null;
            }
        }
    }

    /// <summary>What a property names, or else the first of the usual names that the solution has, or else its first.</summary>
    private static string Chosen(
        IReadOnlyDictionary<string, string> properties, string property, IReadOnlyList<string> offered, string[] usual)
    {
        string? named = properties.FirstOrDefault(pair => pair.Key.Equals(property, StringComparison.OrdinalIgnoreCase)).Value;
        string? known = usual.FirstOrDefault(name => offered.Contains(name, StringComparer.OrdinalIgnoreCase));
        return named ?? known ?? offered.FirstOrDefault() ?? usual[^1];
    }
}
