using System.Reflection;

namespace ExpiryAnalyzers.Tests;

/// <summary>The repository's own files.</summary>
internal static class Repository
{
    // Not the compiler's idea of this file's path: a deterministic build does not tell it.
    public static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path])).ReplaceLineEndings("\n");
}
