using System.Reflection;

namespace ExpiryAnalyzers.Tests;

/// <summary>The package as a user gets it, in a feed of its own: the build has packed it (Feed.targets).</summary>
internal static class Feed
{
    public static readonly string Version = Metadata("FeedVersion");

    /// <summary>Where the consumers keep what they restore, apart from the machine's own packages and new in each run: no older package answers.</summary>
    public static readonly string Packages = Path.Combine(Consumers.Root, "packages");

    /// <summary>The folder of the machine that holds everything else already.</summary>
    public static string MachinePackages => Metadata("PackagesDir");

    /// <summary>The folder that the package lies in.</summary>
    public static string Folder => Metadata("FeedFolder");

    /// <summary>The package file.</summary>
    public static string PackageFile => Path.Combine(Folder, $"ExpiryAnalyzers.{Version}.nupkg");

    private static string Metadata(string key) =>
        typeof(Feed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
