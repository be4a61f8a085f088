using System.Security;
using StackExchange.Redis;

namespace ExpiryAnalyzers.Tests;

/// <summary>A small solution of a user's in a folder of its own, which goes when the test ends.</summary>
internal sealed class UserSolution : IDisposable
{
    private readonly List<string> _projects = [];

    public UserSolution()
    {
        // Nothing above the folder may have a say.
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Write(".editorconfig", "root = true\n");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("expiry-tool-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A build server may still hold a file; the folder is temporary anyhow.
        }
    }

    /// <summary>Adds a project that knows the client by its assembly, so that it needs no restore.</summary>
    public UserSolution AddProject(string name, string frameworks = "net10.0", string properties = "", string items = "")
    {
        string plural = frameworks.Contains(';') ? "s" : "";
        string client = SecurityElement.Escape(typeof(IDatabase).Assembly.Location);
        Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework{plural}>{frameworks}</TargetFramework{plural}>
                <LangVersion>latest</LangVersion>
                <ImplicitUsings>enable</ImplicitUsings>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="StackExchange.Redis" HintPath="{client}" />
                {items}
              </ItemGroup>
            </Project>
            """);
        _projects.Add(name);
        return WriteSolution("All.slnx");
    }

    /// <summary>Writes a solution of all projects so far.</summary>
    public UserSolution WriteSolution(string name) => Write(
        name, $"<Solution>{string.Concat(_projects.Select(static project => $"<Project Path=\"{project}/{project}.csproj\" />"))}</Solution>");

    /// <summary>Writes a file; folders as needed.</summary>
    public UserSolution Write(string path, string text)
    {
        string file = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    public string Read(string path) => File.ReadAllText(PathOf(path)).ReplaceLineEndings("\n");

    public string PathOf(string path) => Path.Combine(Folder, path);

    public Task<ToolResult> RunAsync(params string[] arguments) => Tool.RunAsync(Folder, arguments);

    /// <summary>Runs a program in the folder, which must go well.</summary>
    public async Task<string> DoAsync(string program, params string[] arguments)
    {
        CommandResult result = await Dotnet.RunAsync(Dotnet.Start(program, Folder, arguments));
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"{program}: {result.Output}");
    }
}
