using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>What is in the package, and what it says of itself.</summary>
public sealed class PackageTests
{
    [Fact]
    public void Entries_AreWhatAnAnalyzerPackageHolds()
    {
        using ZipArchive package = ZipFile.OpenRead(Feed.PackageFile);
        string[] entries = [.. package.Entries.Select(entry => entry.FullName).Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml").Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "ExpiryAnalyzers.nuspec",
                "README.md",
                "analyzers/dotnet/cs/ExpiryAnalyzers.CodeFixes.dll",
                "analyzers/dotnet/cs/ExpiryAnalyzers.dll",
                "build/ExpiryAnalyzers.props",
                "build/ExpiryAnalyzers.targets",
                "buildTransitive/ExpiryAnalyzers.props",
                "buildTransitive/ExpiryAnalyzers.targets",
                "config/ExpiryAnalyzers.all.globalconfig",
                "config/ExpiryAnalyzers.none.globalconfig",
                "config/ExpiryAnalyzers.strict.globalconfig",
                "icon.png",
            ],
            entries);
    }

    [Fact]
    public void Manifest_IsThatOfADevelopmentDependency()
    {
        using ZipArchive package = ZipFile.OpenRead(Feed.PackageFile);
        using Stream stream = package.GetEntry("ExpiryAnalyzers.nuspec")!.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        string? Value(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

        Assert.Equal("true", Value("developmentDependency"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.Contains("EXP101", Value("releaseNotes"), StringComparison.Ordinal);
        Assert.Single(Value("releaseNotes")!.Split('\n'), static line => line.StartsWith("## ", StringComparison.Ordinal));
        Assert.EndsWith("/ExpiryAnalyzers", Value("projectUrl"), StringComparison.Ordinal);
        Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName == "dependency");
        XElement repository = metadata.Elements().Single(element => element.Name.LocalName == "repository");
        Assert.Equal("git", repository.Attribute("type")?.Value);
        Assert.Matches("^[0-9a-f]{40}$", repository.Attribute("commit")?.Value);
    }

    /// <summary>An editor that holds two versions of the package tells their assemblies apart by this alone.</summary>
    [Fact]
    public async Task Assemblies_BearTheVersion()
    {
        using ZipArchive package = ZipFile.OpenRead(Feed.PackageFile);
        foreach (ZipArchiveEntry entry in package.Entries.Where(static entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)))
        {
            using MemoryStream copy = new();
            using (Stream stream = entry.Open())
            {
                await stream.CopyToAsync(copy);
            }

            copy.Position = 0;
            using PEReader assembly = new(copy);
            Assert.Equal(new Version(Feed.Version.Split('-')[0] + ".0"), assembly.GetMetadataReader().GetAssemblyDefinition().Version);
        }
    }
}
