using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Tool.Loading;

/// <summary>Whether a project's packages were laid out for it.</summary>
internal static class Restoration
{
    /// <summary>What a restore leaves behind; a project of the older kind lists its packages in a file beside it.</summary>
    private const string RestoredFile = "project.assets.json";

    private const string OldRestoredFile = "packages.config";

    /// <summary>Whether the file is missing that a restore writes, somewhere above what the compiler would write.</summary>
    public static bool IsMissing(Project project)
    {
        string? built = project.CompilationOutputInfo.AssemblyPath;
        for (string? folder = Path.GetDirectoryName(built); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, RestoredFile)) || File.Exists(Path.Combine(folder, OldRestoredFile)))
            {
                return false;
            }
        }

        return true;
    }
}
