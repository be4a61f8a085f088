namespace ExpiryAnalyzers.Benchmarks.Scenarios;

/// <summary>The sparse project as a solution on disk, for what only the tool and a build can be measured on.</summary>
internal static class WrittenSolution
{
    private const int Projects = 40;

    /// <summary>Areas whose files make half a million lines.</summary>
    private const int Areas = 5000;

    private const string Client = "3.4.35";

    /// <summary>Writes forty projects, each of which references the one at half its number, and a solution of them.</summary>
    public static void WriteTo(string folder)
    {
        string[] sources = [.. SparseProject.Sources(Areas)];
        for (int project = 0; project < Projects; project++)
        {
            string place = Directory.CreateDirectory(Path.Combine(folder, $"Part{project}")).FullName;
            File.WriteAllText(Path.Combine(place, $"Part{project}.csproj"), ProjectFile(project));
            for (int area = project * Areas / Projects; area < (project + 1) * Areas / Projects; area++)
            {
                File.WriteAllText(Path.Combine(place, $"Area{area}.cs"), sources[area]);
                File.WriteAllText(Path.Combine(place, $"Area{area}.Store.cs"), sources[Areas + area]);
            }
        }

        IEnumerable<string> projects = Enumerable.Range(0, Projects).Select(static number => $"  <Project Path=\"Part{number}/Part{number}.csproj\" />");
        File.WriteAllText(Path.Combine(folder, "Parts.slnx"), $"<Solution>\n{string.Join('\n', projects)}\n</Solution>\n");
        Console.WriteLine($"{Projects} projects, {sources.Sum(static source => source.Count(static letter => letter == '\n') + 1):N0} lines");
    }

    private static string ProjectFile(int project) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <FrameworkReference Include="Microsoft.AspNetCore.App" />
            <PackageReference Include="StackExchange.Redis" Version="{Client}" />
            {(project == 0 ? "" : $"<ProjectReference Include=\"../Part{project / 2}/Part{project / 2}.csproj\" />")}
          </ItemGroup>
        </Project>
        """;
}
