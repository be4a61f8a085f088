using System.Reflection;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>The package as a user gets it: packed once for all tests, in a feed of its own.</summary>
internal static class Feed
{
    /// <summary>Each run has a version of its own, so that no cache can answer with an older package.</summary>
    public static readonly string Version = $"0.0.1-test.{DateTime.UtcNow:yyyyMMddHHmmss}";

    private static readonly Lazy<Task<string>> Packed = new(PackAsync);

    /// <summary>Where the consumers keep what they restore, apart from the machine's own packages.</summary>
    public static readonly string Packages = Path.Combine(Consumers.Root, "packages");

    /// <summary>The folder of the machine that holds everything else already.</summary>
    public static string MachinePackages => typeof(Feed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "PackagesDir").Value!;

    /// <summary>The folder that the package lies in.</summary>
    public static Task<string> FolderAsync() => Packed.Value;

    /// <summary>The package file.</summary>
    public static async Task<string> FileAsync() => Path.Combine(await FolderAsync(), $"ExpiryAnalyzers.{Version}.nupkg");

    private static async Task<string> PackAsync()
    {
        string folder = Path.Combine(Consumers.Root, "feed");
        CommandResult packed = await Dotnet.RunAsync(Repository.Root, "pack", Path.Combine("src", "ExpiryAnalyzers.Package"), "--no-restore", "-c", "Release", "-o", folder, $"-p:Version={Version}", $"-p:MinVerVersionOverride={Version}", "-p:ContinuousIntegrationBuild=true");
        Assert.True(packed.ExitCode == 0, packed.Output);
        return folder;
    }
}
