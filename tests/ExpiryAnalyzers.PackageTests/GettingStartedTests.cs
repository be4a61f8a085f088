using System.IO.Compression;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>What docs/getting-started.md and docs/configuration.md promise, with the pages' own blocks.</summary>
public sealed class GettingStartedTests
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit><NoWarn>$(NoWarn);NU1507;NU1603</NoWarn></PropertyGroup>
          <ItemGroup><PackageReference Include="StackExchange.Redis" Version="3.4.35" /></ItemGroup>
        </Project>
        """;

    private static readonly string[] Found = ["EXP101", "EXP102"];

    [Fact]
    public async Task OneProject()
    {
        Consumer consumer = WithProject();
        await Docs.RunAsync(consumer, OfTheFeed(Docs.Block("getting-started.md", "sh", "add")).Replace("package ExpiryAnalyzers", $"package ExpiryAnalyzers --version {Feed.Version}", StringComparison.Ordinal));
        await AssertFoundAsync(consumer);
    }

    [Fact]
    public async Task AWholeSolution()
    {
        Consumer consumer = WithProject();
        await AssertFoundAsync(consumer.Write("Directory.Build.props", OfTheFeed(Docs.Block("getting-started.md", "xml", "props"))));
    }

    [Fact]
    public async Task CentralPackageManagement()
    {
        Consumer consumer = WithProject(Project.Replace(" Version=\"3.4.35\"", "", StringComparison.Ordinal));
        await AssertFoundAsync(consumer.Write("Directory.Packages.props", OfTheFeed(Docs.Block("getting-started.md", "xml", "central"))));
    }

    [Fact]
    public async Task WithoutPackageReference()
    {
        string analyzers = OfTheFeed(Docs.Block("getting-started.md", "xml", "analyzer"));
        Consumer consumer = WithProject(Project.Replace("</Project>", analyzers + "</Project>", StringComparison.Ordinal));
        ZipFile.ExtractToDirectory(Feed.PackageFile, Path.Combine(consumer.Folder, "packages", $"ExpiryAnalyzers.{Feed.Version}"));
        await AssertFoundAsync(consumer);
    }

    [Fact]
    public async Task Options_AreRead()
    {
        Consumer consumer = Consumer.Create("<OutputType>Library</OutputType>");
        consumer.Write("App/Short.cs", """
            using StackExchange.Redis;
            public static class Short
            {
                public static void Run(IDatabase db) => db.StringSet("k", "v", System.TimeSpan.FromMilliseconds(900));
            }
            """);
        string warn = "dotnet_diagnostic.EXP402.severity = warning\n";
        CommandResult built = await consumer.Write(".editorconfig", "root = true\n[*.cs]\n" + warn).BuildAsync();
        Assert.Empty(built.Diagnostics);
        built = await consumer.Write(".editorconfig", "root = true\n" + Docs.Block("configuration.md", "ini", "options") + warn).BuildAsync();
        Assert.Equal(["EXP402"], built.Ids("warning"));
    }

    private static Consumer WithProject(string project = Project) =>
        Consumer.Empty().Write("App/App.csproj", project).Write("App/Bad.cs", BadCode.Text);

    private static async Task AssertFoundAsync(Consumer consumer)
    {
        CommandResult built = await consumer.BuildAsync();
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Equal(Found, built.Ids("warning"));
    }

    /// <summary>A block with the version that is tested in place of the newest.</summary>
    private static string OfTheFeed(string block) => block.Replace("0.1.0", Feed.Version, StringComparison.Ordinal);
}
