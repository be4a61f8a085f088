using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>Several projects: what one does is carried by its assembly, and a file of rows is found above them.</summary>
public sealed class ProjectsTests
{
    private const string Store = """
        using StackExchange.Redis;

        public interface IStore
        {
            void Put(string key, string value, int seconds);
        }

        public sealed class RedisStore(IDatabase db) : IStore
        {
            public void Put(string key, string value, int seconds) => db.StringSet(key, value, System.TimeSpan.FromSeconds(seconds));
        }
        """;

    private const string Caller = """
        public static class Caller
        {
            public static void Run(IStore store) => store.Put("k", "v", 0);
        }
        """;

    [Fact]
    public async Task AProjectThatReferencesAWrapper_IsAnalysed()
    {
        Consumer consumer = Solution();
        CommandResult built = await consumer.RunAsync("build", "App", "--no-incremental");
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Equal(["EXP401"], built.Ids("warning"));

        // A meaning that changes makes what references it compile anew.
        consumer.Write("Store/Store.cs", Store.Replace("FromSeconds(seconds)", "FromSeconds(seconds + 1)", StringComparison.Ordinal));
        built = await consumer.RunAsync("build", "App");
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Empty(built.Ids("warning"));
    }

    /// <summary>The shared library of samples/Layered as a package: who references that alone is told what the comments of the caller say.</summary>
    [Fact]
    public async Task APackage_BringsWhatItsWrappersDo()
    {
        Consumer consumer = Consumer.Empty();
        string feed = Directory.CreateDirectory(Path.Combine(consumer.Folder, "feed")).FullName;
        consumer.Write("nuget.config", consumer.Read("nuget.config").Replace(
            "</packageSources>", $"<add key=\"own\" value=\"{feed}\" /></packageSources>", StringComparison.Ordinal));
        consumer.Write("Shared/Shared.csproj", Project(
            $"<AssemblyName>Layered.Shared</AssemblyName><Version>{Feed.Version}</Version>",
            "<PackageReference Include=\"StackExchange.Redis\" Version=\"3.4.35\" />"));
        consumer.Write("Shared/RedisFlags.cs", Sample("Shared/RedisFlags.cs"));
        CommandResult packed = await consumer.RunAsync("pack", "Shared", "-o", feed);
        Assert.True(packed.ExitCode == 0, packed.Output);

        string caller = Sample("Web/Flags.cs");
        consumer.Write("App/App.csproj", Project("", $"<PackageReference Include=\"Layered.Shared\" Version=\"{Feed.Version}\" />"));
        consumer.Write("App/Flags.cs", caller);
        CommandResult built = await consumer.BuildAsync();
        Assert.True(built.ExitCode == 0, built.Output);
        string[] marked = [.. caller.Split('\n').Where(static line => line.Contains("// EXP", StringComparison.Ordinal))
            .SelectMany(static line => line[(line.IndexOf("// ", StringComparison.Ordinal) + 3)..].Trim().Split(' ')).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(marked);
        Assert.Equal(marked, built.Ids("warning"));

        static string Sample(string file) => File.ReadAllText(Path.Combine(Repository.Root, "samples", "Layered", file));
    }

    [Fact]
    public async Task TheProperty_SwitchesItOff()
    {
        Consumer consumer = Solution("<ExpiryAnalyzersOutline>false</ExpiryAnalyzersOutline>");
        CommandResult built = await consumer.RunAsync("build", "App", "--no-incremental");
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Empty(built.Ids("warning"));
    }

    [Fact]
    public async Task AFileAboveTheProject_IsFound_UpToTheRepositorysRoot()
    {
        Consumer consumer = Solution("<ExpiryAnalyzersOutline>false</ExpiryAnalyzersOutline>");
        const string Row = "M:IStore.Put(System.String,System.String,System.Int32) seconds expiry seconds\n" +
            "M:IStore.Put(System.String,System.String,System.Int32) key key\nM:IStore.Put(System.String,System.String,System.Int32) overwrites\n" +
            "M:Elsewhere.IStore.Put(System.String) key key\n";
        const string Mixed = """
            public static class Caller
            {
                public static void Run(IStore store, System.TimeSpan span) => store.Put("k", "v", (int)span.TotalMilliseconds);
            }
            """;
        consumer.Write("App/Caller.cs", Mixed);
        consumer.Write("ExpiryAnalyzers.Sinks.txt", Row);

        // As in a container that gets no repository.
        CommandResult built = await consumer.RunAsync("build", "App", "--no-incremental");
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Equal(["EXP105"], built.Ids("warning"));

        consumer.Write(".git/HEAD", "ref: refs/heads/main\n");
        built = await consumer.RunAsync("build", "App", "--no-incremental");
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Equal(["EXP105"], built.Ids("warning"));

        consumer.Write("App/.git/HEAD", "ref: refs/heads/main\n");
        built = await consumer.RunAsync("build", "App", "--no-incremental");
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Empty(built.Ids("warning"));
    }

    /// <summary>A store with the client, and an application that references the store alone.</summary>
    private static Consumer Solution(string properties = "")
    {
        Consumer consumer = Consumer.Empty();
        consumer.Write("Store/Store.csproj", Project(
            properties, "<PackageReference Include=\"StackExchange.Redis\" Version=\"3.4.35\" PrivateAssets=\"compile\" />"));
        consumer.Write("Store/Store.cs", Store);
        consumer.Write("App/App.csproj", Project(properties, "<ProjectReference Include=\"../Store/Store.csproj\" />"));
        consumer.Write("App/Caller.cs", Caller);
        return consumer;
    }

    private static string Project(string properties, string references) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit><NoWarn>$(NoWarn);NU1507;NU1603</NoWarn>{properties}
          </PropertyGroup>
          <ItemGroup>
            {references}
            <PackageReference Include="ExpiryAnalyzers" Version="{Feed.Version}" PrivateAssets="all" />
          </ItemGroup>
        </Project>
        """;
}
