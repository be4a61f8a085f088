using System.Xml.Linq;
using ExpiryAnalyzers.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExpiryAnalyzers.Benchmarks.Scenarios;

/// <summary>
/// The projects of a folder, each with its own files and those projects that it names, without MSBuild: enough to measure public code whose
/// packages are not there. A project that sees a client's package sees all clients, and each sees the web framework.
/// </summary>
internal sealed class LooseProjects
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks; global using Microsoft.AspNetCore.Builder; "
        + "global using Microsoft.AspNetCore.Http; global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection; "
        + "global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;";

    private static readonly string[] Signs = ["Redis", "Caching", "Cache", "DistributedLock", "RedLock"];
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview, DocumentationMode.None);

    private readonly Dictionary<string, Project> _projects;
    private readonly Dictionary<string, CSharpCompilation> _compilations = [];

    public LooseProjects(string folder)
    {
        folder = Path.GetFullPath(folder);
        _projects = Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories)
            .Select(Project.Read).GroupBy(static project => project.Folder).ToDictionary(static group => group.Key, static group => group.First());
        foreach (string file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (_projects.Keys.Where(owner => file.StartsWith(owner, StringComparison.Ordinal)).MaxBy(static owner => owner.Length) is { } owner &&
                !file.AsSpan(owner.Length).StartsWith("obj/") && !file.AsSpan(owner.Length).StartsWith("bin/"))
            {
                _projects[owner].Files.Add(file);
            }
        }

        if (_projects.Values.All(static project => project.Files.Count == 0))
        {
            throw new DirectoryNotFoundException($"There is no project with C# in {folder}.");
        }
    }

    /// <summary>A compilation for each project, freshly parsed.</summary>
    public IReadOnlyCollection<CSharpCompilation> Compile()
    {
        _compilations.Clear();
        foreach (string project in _projects.Keys)
        {
            Compile(project, []);
        }

        return _compilations.Values;
    }

    private CSharpCompilation? Compile(string folder, HashSet<string> open)
    {
        if (_compilations.TryGetValue(folder, out CSharpCompilation? known) || !_projects.TryGetValue(folder, out Project? project) || !open.Add(folder))
        {
            return known;
        }

        CompilationReference[] projects = [.. InView(folder).Select(other => Compile(other, open)).OfType<CSharpCompilation>().Select(static other => other.ToMetadataReference())];
        bool seesClient = InView(folder).Append(folder).Any(other => _projects[other].Packages.Any(static package => Signs.Any(package.Contains)));
        IEnumerable<MetadataReference> clients = seesClient ? References.With(References.AllClients) : References.WithoutClient;
        return _compilations[folder] = CSharpCompilation.Create(
            Path.GetFileName(folder.TrimEnd('/')) + "." + _compilations.Count,
            project.Files.Select(static file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Parsing, file)).Prepend(CSharpSyntaxTree.ParseText(Usings, Parsing)),
            [.. clients.Concat(WebProject.References()).DistinctBy(static reference => Path.GetFileName(reference.Display)), .. projects],
            new CSharpCompilationOptions(
                project.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                concurrentBuild: false,
                nullableContextOptions: NullableContextOptions.Enable));
    }

    // The projects that a project names, and that those name.
    private IReadOnlyCollection<string> InView(string folder)
    {
        HashSet<string> seen = [];
        Stack<string> open = new(_projects[folder].Projects);
        while (open.TryPop(out string? next))
        {
            if (next != folder && _projects.TryGetValue(next, out Project? project) && seen.Add(next))
            {
                project.Projects.ForEach(open.Push);
            }
        }

        return seen;
    }

    private sealed record Project(string Folder, bool IsProgram, List<string> Projects, List<string> Packages)
    {
        public List<string> Files { get; } = [];

        public static Project Read(string path)
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))! + "/";
            XElement xml = Parsed(path);
            string[] named = [.. xml.Descendants().Select(static element => element.Name.LocalName + " " + (string?)element.Attribute("Include"))];
            List<string> packages = [.. named.Where(static name => name.StartsWith("PackageReference ", StringComparison.Ordinal))];
            bool isProgram = (string?)xml.Attribute("Sdk") is "Microsoft.NET.Sdk.Web" or "Microsoft.NET.Sdk.Worker" ||
                xml.Descendants().Any(static element => element.Name.LocalName == "OutputType" && element.Value.EndsWith("Exe", StringComparison.OrdinalIgnoreCase)) ||
                packages.Any(static package => package.EndsWith("Microsoft.NET.Test.Sdk", StringComparison.Ordinal));
            return new(folder, isProgram, [.. named.Where(static name => name.StartsWith("ProjectReference ", StringComparison.Ordinal)).Select(name => FolderOf(folder, name))], packages);
        }

        private static string FolderOf(string folder, string reference) =>
            Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder, reference[(reference.IndexOf(' ') + 1)..].Replace('\\', '/'))))! + "/";

        private static XElement Parsed(string path)
        {
            try
            {
                return XElement.Load(path);
            }
            catch (System.Xml.XmlException)
            {
                return new("Project");
            }
        }
    }
}
