using System.Security;

namespace ExpiryAnalyzers.Tests;

/// <summary>A program of a user's that references the package.</summary>
internal sealed class Consumer
{
    private Consumer(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Makes a console program that references the package and the newest client.</summary>
    /// <param name="properties">MSBuild properties of the project, as XML.</param>
    /// <param name="items">More items of the project, as XML.</param>
    /// <param name="client">The version of StackExchange.Redis; null for a program without any client.</param>
    /// <param name="frameworks">The target frameworks.</param>
    public static Consumer Create(string properties = "", string items = "", string? client = "3.4.35", string frameworks = "net10.0")
    {
        Consumer consumer = Empty();
        consumer.AddProject("App", properties, items, client, frameworks);
        return consumer;
    }

    /// <summary>Makes a folder that restores from the feed and has no project yet.</summary>
    public static Consumer Empty()
    {
        Consumer consumer = new(Directory.CreateDirectory(Path.Combine(Consumers.Root, Path.GetRandomFileName())).FullName);
        consumer.Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{SecurityElement.Escape(Feed.Packages)}" /></config>
              <packageSources><add key="tested" value="{SecurityElement.Escape(Feed.Folder)}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{SecurityElement.Escape(Feed.MachinePackages)}" /></fallbackPackageFolders>
            </configuration>
            """);

        // Nothing above the folder may have a say.
        consumer.Write("Directory.Build.props", "<Project />");
        consumer.Write(".editorconfig", "root = true\n");
        return consumer;
    }

    public Consumer AddProject(string name, string properties = "", string items = "", string? client = "3.4.35", string frameworks = "net10.0")
    {
        string references = client is null ? "" : $"""
            <PackageReference Include="StackExchange.Redis" Version="{client}" />
            <PackageReference Include="Microsoft.Extensions.Caching.Memory" Version="10.0.15" />
            """;
        Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework{(frameworks.Contains(';') ? "s" : "")}>{frameworks}</TargetFramework{(frameworks.Contains(';') ? "s" : "")}>
                <LangVersion>latest</LangVersion>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <NoWarn>$(NoWarn);NU1603;CS1998</NoWarn>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ExpiryAnalyzers" Version="{Feed.Version}" PrivateAssets="all" />
                {references}
                {items}
              </ItemGroup>
            </Project>
            """);
        return this;
    }

    /// <summary>Writes a file of the consumer's; folders as needed.</summary>
    public Consumer Write(string path, string text)
    {
        string file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>Adds the bad examples of rules' pages, a file each, to a folder of a project.</summary>
    public Consumer WriteExamples(string folder, IEnumerable<string> ids, string suffix = "")
    {
        foreach (string id in ids)
        {
            foreach ((int number, string block) in Page.Blocks(id, "bad").Index())
            {
                Write($"{folder}/{id}_{number}{suffix}.cs", Statements.InMethod(block, $"{id}_{number}{suffix}"));
            }
        }

        return this;
    }

    public Task<CommandResult> BuildAsync(params string[] arguments) => Dotnet.RunAsync(Folder, ["build", Directory.Exists(Path.Combine(Folder, "App")) ? "App" : ".", "--no-incremental", .. arguments]);

    public Task<CommandResult> RunAsync(params string[] arguments) => Dotnet.RunAsync(Folder, arguments);
}
