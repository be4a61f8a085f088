using ExpiryAnalyzers.Symbols;
using ExpiryAnalyzers.Tool.Loading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExpiryAnalyzers.Tool.Analysis;

/// <summary>
/// The user's own Sinks files, for a solution that does not reference the package: those that the package would hand over, in a project's
/// folder and above it up to the repository's root, or outside of one the nearest.
/// </summary>
internal static class SinksFiles
{
    private const string RepositoryMark = ".git";

    /// <summary>The solution whose projects have the files that lie above them.</summary>
    public static Solution AddTo(Solution solution, IEnumerable<Project> projects)
    {
        foreach (Project project in projects)
        {
            HashSet<string?> known = [.. project.AdditionalDocuments.Select(static document => document.FilePath)];
            foreach (string file in Above(project.FilePath).Where(file => !known.Contains(file)))
            {
                SourceText text = SourceText.From(InputFile.Read(file));
                solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(project.Id), SinksFile.Name, text, filePath: file);
            }
        }

        return solution;
    }

    private static IEnumerable<string> Above(string? project)
    {
        List<string> folders = [];
        for (string? folder = Path.GetDirectoryName(project); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            folders.Add(folder);
            string mark = Path.Combine(folder, RepositoryMark);
            if (Directory.Exists(mark) || File.Exists(mark))
            {
                return folders.Select(static found => Path.Combine(found, SinksFile.Name)).Where(File.Exists);
            }
        }

        // Outside of a repository, as in a container that gets none, the nearest one counts.
        return folders.Select(static found => Path.Combine(found, SinksFile.Name)).Where(File.Exists).Take(1);
    }
}
