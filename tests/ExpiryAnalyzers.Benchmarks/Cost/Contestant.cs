using System.Collections.Immutable;
using System.Reflection;
using ExpiryAnalyzers.Frozen;
using ExpiryAnalyzers.Tests;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Benchmarks.Cost;

/// <summary>What a package loads into the compiler.</summary>
/// <param name="Name">The package and its version.</param>
/// <param name="Analyzers">All of its analyzers; the driver leaves out those whose rules are all off by default.</param>
internal sealed record Contestant(string Name, ImmutableArray<DiagnosticAnalyzer> Analyzers)
{
    /// <summary>Makes the driver bind every body, and does nothing: what the first analyzer of a build costs, whichever it is.</summary>
    public static Contestant Binding { get; } = new("binding", [new BindingAnalyzer()]);

    /// <summary>The frozen yardstick: what ours asks of the driver, and nothing done with it.</summary>
    public static Contestant Nothing { get; } = new("nothing", [new DoNothingAnalyzer()]);

    /// <summary>This package.</summary>
    public static Contestant Ours { get; } = new("ExpiryAnalyzers", [new ExpiryAnalyzer()]);

    /// <summary>What else a project with a client may load.</summary>
    public static ImmutableArray<Contestant> Peers { get; } =
    [
        new($"StackExchange.Redis {References.NewestClient}", [.. References.ClientAnalyzers]),
        Package("Meziantou.Analyzer", "MeziantouVersion", "analyzers/dotnet/roslyn5.0/cs", "analyzers/dotnet/roslyn4.14/cs"),
        Package("SonarAnalyzer.CSharp", "SonarVersion", "analyzers"),
    ];

    /// <summary>How many yardsticks stand before this package.</summary>
    public const int Yardsticks = 2;

    /// <summary>The yardsticks, and this package.</summary>
    public static ImmutableArray<Contestant> Own { get; } = [Binding, Nothing, Ours];

    /// <summary>All of them, the yardsticks first.</summary>
    public static ImmutableArray<Contestant> All { get; } = [.. Own, .. Peers];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Contestant Package(string id, string version, params string[] folders)
    {
        string root = Path.Combine(Metadata("PackagesDir"), id.ToLowerInvariant(), Metadata(version));
        string folder = folders.Select(folder => Path.Combine(root, folder)).First(Directory.Exists);
        return new Contestant($"{id} {Metadata(version)}",
            [.. Directory.EnumerateFiles(folder, "*.dll").Select(Assembly.LoadFrom).ToArray().SelectMany(AnalyzersOf)]);
    }

    private static IEnumerable<DiagnosticAnalyzer> AnalyzersOf(Assembly assembly) => assembly.GetTypes()
        .Where(static type => !type.IsAbstract && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null)
        .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type, nonPublic: true)!);

    private static string Metadata(string key) => typeof(Contestant).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
