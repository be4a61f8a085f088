using System.Collections.Immutable;

namespace ExpiryAnalyzers.Tool.Loading;

/// <summary>The files below a folder that somebody wrote: build output, hidden folders and links are passed over.</summary>
internal static class SourceTree
{
    private static readonly EnumerationOptions Options = new()
    {
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    private static readonly ImmutableArray<string> OutputFolders = ["bin", "obj", "node_modules"];

    private static readonly ImmutableArray<string> GeneratedEndings = [".g.cs", ".g.i.cs", ".generated.cs", ".designer.cs"];

    /// <summary>The files with one of the endings in the folder itself, in order.</summary>
    public static IReadOnlyList<string> In(string folder, params IReadOnlyList<string> endings) =>
        [.. Directory.EnumerateFiles(folder, "*", Options).Where(file => Ends(file, endings)).Order(StringComparer.Ordinal)];

    /// <summary>The files with one of the endings in the folder and below it, in order.</summary>
    public static IReadOnlyList<string> Below(string folder, params IReadOnlyList<string> endings) =>
        [.. Walk(folder).Where(file => Ends(file, endings)).Order(StringComparer.Ordinal)];

    /// <summary>The C# files below a folder that a person wrote.</summary>
    public static IReadOnlyList<string> Sources(string folder) => [.. Below(folder, ".cs").Where(static file => !IsGenerated(file))];

    /// <summary>Whether a program wrote the file, as its name or its folder tells.</summary>
    public static bool IsGenerated(string file) => Ends(file, GeneratedEndings) ||
        file.Split('/', '\\').SkipLast(1).Any(static folder => folder.Equals("obj", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(folder, "*", Options)
        .Concat(Directory.EnumerateDirectories(folder, "*", Options)
            .Where(static child => !OutputFolders.Contains(Path.GetFileName(child), StringComparer.OrdinalIgnoreCase))
            .SelectMany(Walk));

    private static bool Ends(string file, IReadOnlyList<string> endings) =>
        endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
