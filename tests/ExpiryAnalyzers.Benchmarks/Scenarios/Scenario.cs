using System.Collections.Immutable;
using System.Reflection;
using ExpiryAnalyzers.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExpiryAnalyzers.Benchmarks.Scenarios;

/// <summary>Code whose analysis is measured.</summary>
/// <param name="Name">What it is called on the command line and on the page.</param>
/// <param name="Meaning">What it is, as the page says it.</param>
/// <param name="Edits">How many documents are changed and looked at one by one; 0 for a whole build.</param>
/// <param name="Compile">The code with what it references, each project for itself.</param>
internal sealed record Scenario(string Name, string Meaning, int Edits, Func<IReadOnlyCollection<CSharpCompilation>> Compile)
{
    private const int EditedAreas = 120;

    private const string Usings = "global using System; global using System.Collections.Generic; global using System.Linq; "
        + "global using System.Threading; global using System.Threading.Tasks;";

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview, DocumentationMode.None);

    /// <summary>Whether it is somebody else's, read without its packages, so that some of it does not compile.</summary>
    public bool IsPublic { get; private init; }

    /// <summary>From no client at all to nothing but clients.</summary>
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("no client", "A project that references no client.", 0, static () => One(Shapes.WithoutClient(), References.WithoutClient)),
        new("web", "Web code whose framework brings the cache abstractions along; nothing uses them.", 0, static () => One(WebProject.Sources(), [.. References.WithoutClient, .. WebProject.References()])),
        new("sparse", "The same with a service per area that caches, counts or locks: one or two lines in a hundred call a client, and one service in three has a finding.", 0, static () => One(SparseProject.Sources(SparseProject.Areas), Web)),
        new("course", "The course of this repository: nearly every line calls a client.", 0, static () => One(Course(), References.With(References.AllClients))),
        new("long method", "One method of 5,000 lines, three in ten of which call the client.", 0, static () => One([Shapes.OneMethod(5000)], References.With(References.NewestClient))),
        new("wrappers", "200 chains of twelve wrappers that hand a key and a TTL down.", 0, static () => One(Shapes.Wrappers(200, 12), References.With(References.NewestClient))),
        new("edit", "The sparse project of 12,000 lines in an editor: one document changes, and that document is asked for.", 20, static () => One(SparseProject.Sources(EditedAreas), Web)),
    ];

    private static IEnumerable<MetadataReference> Web => References.With(References.NewestClient)
        .Concat(WebProject.References())
        .DistinctBy(static reference => Path.GetFileName(reference.Display));

    /// <summary>The projects of a folder, as <see cref="LooseProjects"/> reads them.</summary>
    public static Scenario Folder(string folder) =>
        new(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), "Public code, read without its packages.", 0, new LooseProjects(folder).Compile) { IsPublic = true };

    /// <summary>Sources as a library, on one thread.</summary>
    public static CSharpCompilation Compiled(IEnumerable<string> sources, IEnumerable<MetadataReference> references, params IEnumerable<string> on) =>
        CSharpCompilation.Create(
            "Measured",
            sources.Prepend(Usings).Select(static (source, number) => CSharpSyntaxTree.ParseText(source, Parsing, $"File{number}.cs")),
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                concurrentBuild: false,
                specificDiagnosticOptions: on.Select(static id => KeyValuePair.Create(id, ReportDiagnostic.Warn))));

    private static IReadOnlyCollection<CSharpCompilation> One(IEnumerable<string> sources, IEnumerable<MetadataReference> references) =>
        [Compiled(sources, references)];

    // The files of the course when the figures began; one that has moved since must be found again, not left out.
    private static IEnumerable<string> Course()
    {
        string root = typeof(Scenario).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static attribute => attribute.Key == "RepositoryRoot").Value!;
        using StreamReader list = new(typeof(Scenario).Assembly.GetManifestResourceStream("course.txt")!);
        return [.. list.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(file => File.ReadAllText(Path.Combine(root, file)))];
    }
}
