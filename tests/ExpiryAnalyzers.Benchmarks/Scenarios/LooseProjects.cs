using System.Xml.Linq;
using ExpiryAnalyzers.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExpiryAnalyzers.Benchmarks.Scenarios;

/// <summary>
/// The projects of a folder, each with its own files and those projects that it names with their outlines, without MSBuild: enough to
/// measure public code whose packages are not there. A project sees the clients that it and those name, and each sees the web framework.
/// </summary>
internal sealed class LooseProjects
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks; global using Microsoft.AspNetCore.Builder; "
        + "global using Microsoft.AspNetCore.Http; global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection; "
        + "global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;";

    private static readonly string[] Signs = ["Redis", "Caching", "Cache", "DistributedLock", "RedLock"];

    private static readonly Dictionary<string, string[]> OtherClients = new()
    {
        ["System.Runtime.Caching"] = ["System.Runtime.Caching"],
        ["FreeRedis"] = ["FreeRedis"],
        ["CSRedisCore"] = ["CSRedis"],
        ["RedLockNet.Abstractions"] = ["RedLock"],
        ["RedLockNet.SERedis"] = ["RedLock"],
        ["DistributedLock.Core"] = ["DistributedLock"],
        ["DistributedLock.Redis"] = ["DistributedLock"],
        ["ZiggyCreatures.FusionCache"] = ["FusionCache"],
        ["NRedisStack"] = ["NRedisStack"],
        ["ExpiryAnalyzers.DeclaredClients"] = ["CacheManager", "EasyCaching", "Enyim", "Foundatio", "LazyCache", "NewLife", "ServiceStack", "StackExchange.Redis.Extensions"],
    };

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview, DocumentationMode.None);

    private readonly Dictionary<string, Project> _projects;
    private readonly Dictionary<string, CSharpCompilation> _compilations = [];

    // What other projects see: the same with its outline.
    private readonly Dictionary<string, MetadataReference> _outlined = [];

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
        _outlined.Clear();
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

        MetadataReference[] projects = [.. InView(folder).Where(other => Compile(other, open) is not null).Select(other => _outlined[other])];
        string[] packages = [.. InView(folder).Append(folder).SelectMany(other => _projects[other].Packages)];
        IEnumerable<MetadataReference> clients = packages.Any(static package => Signs.Any(package.Contains))
            ? References.With(References.AllClients).Where(reference => IsReferenced(Path.GetFileNameWithoutExtension(reference.Display!), packages))
            : References.WithoutClient;
        CSharpCompilation compilation = CSharpCompilation.Create(
            Path.GetFileName(folder.TrimEnd('/')) + "." + _compilations.Count,
            project.Files.Select(static file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Parsing, file)).Prepend(CSharpSyntaxTree.ParseText(Usings, Parsing)),
            [.. clients.Concat(WebProject.References()).DistinctBy(static reference => Path.GetFileName(reference.Display)), .. projects],
            new CSharpCompilationOptions(
                project.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                concurrentBuild: false,
                nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new OutlineGenerator().AsSourceGenerator()], parseOptions: Parsing)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation outlined, out _);
        _outlined[folder] = outlined.ToMetadataReference();
        return _compilations[folder] = compilation;
    }

    // What brings StackExchange.Redis along is called by many names; of the other clients the package says which it is.
    private static bool IsReferenced(string assembly, string[] packages) => !OtherClients.TryGetValue(assembly, out string[]? names) ||
        packages.Any(package => names.Any(name => package.Contains(name, StringComparison.OrdinalIgnoreCase)));

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
