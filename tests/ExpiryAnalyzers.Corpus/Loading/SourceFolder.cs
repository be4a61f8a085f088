namespace ExpiryAnalyzers.Corpus.Loading;

/// <summary>Finds the sources of a repository.</summary>
internal static class SourceFolder
{
    private static readonly EnumerationOptions s_options = new()
    {
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    private static readonly string[] s_outputFolders = ["bin", "obj", "node_modules"];

    private static readonly string[] s_generatedEndings = [".g.cs", ".g.i.cs", ".generated.cs", ".designer.cs"];

    /// <summary>All hand-written C# files below <paramref name="folder"/>, ordinally by path; build output, hidden folders and links are skipped.</summary>
    public static IReadOnlyList<FileInfo> Files(DirectoryInfo folder) =>
        [.. Below(folder).OrderBy(static file => file.FullName, StringComparer.Ordinal)];

    private static IEnumerable<FileInfo> Below(DirectoryInfo folder) =>
        folder.EnumerateFiles("*.cs", s_options)
            .Where(static file => !s_generatedEndings.Any(ending => file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .Concat(folder.EnumerateDirectories("*", s_options)
                .Where(static child => !s_outputFolders.Contains(child.Name, StringComparer.OrdinalIgnoreCase))
                .SelectMany(Below));
}
