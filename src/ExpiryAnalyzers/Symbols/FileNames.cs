using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Symbols;

/// <summary>Names of files, which for a compiler may have separators of another system or characters that no path may have.</summary>
internal static class FileNames
{
    /// <summary>Whether an additional file bears a name, in any folder.</summary>
    public static bool IsNamed(this AdditionalText file, string name) => Of(file.Path).Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The last part of a path.</summary>
    public static string Of(string path) => path.Substring(Math.Max(path.LastIndexOf('/'), path.LastIndexOf('\\')) + 1);
}
