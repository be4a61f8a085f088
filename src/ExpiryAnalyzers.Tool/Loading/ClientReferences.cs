using System.Collections.Immutable;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Tool.Loading;

/// <summary>
/// What sources without a project are compiled against: the framework and the client that the tool itself runs with, the other clients
/// where the machine's packages folder has them, and the folders that the caller names.
/// </summary>
internal static class ClientReferences
{
    private static readonly ImmutableArray<string> Packages =
    [
        "microsoft.extensions.caching.abstractions", "microsoft.extensions.caching.memory", "microsoft.extensions.caching.hybrid",
        "microsoft.extensions.caching.stackexchangeredis", "system.runtime.caching", "freeredis", "csrediscore", "redlock.net",
        "distributedlock.core", "distributedlock.redis", "ziggycreatures.fusioncache", "nredisstack", "stackexchange.redis.extensions.core",
        "lazycache", "easycaching.core", "cachemanager.core", "foundatio", "servicestack.redis", "servicestack.interfaces", "newlife.core",
        "newlife.redis", "enyimmemcachedcore",
    ];

    private static readonly ImmutableArray<string> Frameworks =
    [
        "net10.0", "net9.0", "net8.0", "net7.0", "net6.0", "net5.0", "netcoreapp3.1", "netstandard2.1", "netstandard2.0", "net472",
        "net462", "net461", "netstandard1.6",
    ];

    /// <summary>The references; the last assembly of a name wins.</summary>
    public static IReadOnlyList<MetadataReference> Load(IEnumerable<string> further, Terminal terminal)
    {
        Dictionary<string, MetadataReference> byName = new(StringComparer.OrdinalIgnoreCase);
        string own = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        IEnumerable<string> files = PackageFolders(terminal)
            .SelectMany(static folder => Directory.EnumerateFiles(folder, "*.dll"))
            .Concat(own.Split(Path.PathSeparator).Where(File.Exists))
            .Concat(further.SelectMany(folder => Assemblies(folder, terminal)));
        foreach (string file in files.Where(IsManaged))
        {
            byName[Path.GetFileNameWithoutExtension(file)] = MetadataReference.CreateFromFile(file);
        }

        return [.. byName.Values];
    }

    private static IEnumerable<string> Assemblies(string folder, Terminal terminal) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal)
        : throw new ToolException($"The folder of references '{terminal.Shown(folder)}' does not exist.");

    private static IEnumerable<string> PackageFolders(Terminal terminal)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string root = terminal.Variable("NUGET_PACKAGES") is { Length: > 0 } said ? said : Path.Combine(home, ".nuget", "packages");
        return Packages.Select(package => NewestLibrary(Path.Combine(root, package))).OfType<string>();
    }

    /// <summary>The assemblies for the newest framework in the newest version of a package; null where there are none.</summary>
    private static string? NewestLibrary(string package) => !Directory.Exists(package)
        ? null
        : Directory.EnumerateDirectories(package)
            .Select(static folder => (Folder: folder, Version: VersionOf(folder)))
            .Where(static found => found.Version is not null)
            .OrderByDescending(static found => found.Version)
            .SelectMany(static found => Frameworks.Select(framework => Path.Combine(found.Folder, "lib", framework)))
            .FirstOrDefault(Directory.Exists);

    private static Version? VersionOf(string folder) =>
        Version.TryParse(Path.GetFileName(folder), out Version? version) ? version : null;

    private static bool IsManaged(string file)
    {
        try
        {
            using PEReader reader = new(File.OpenRead(file));
            return reader.HasMetadata;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
