using System.Globalization;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Frozen;
using ExpiryAnalyzers.Fuzz.Runs;
using ExpiryAnalyzers.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Fuzz.Cost;

/// <summary>Our analyzer over one that does nothing, on one compilation: bytes, and CPU time in pairs whose halves take turns.</summary>
internal static class CostCommand
{
    /// <summary>Prints one line.</summary>
    public static async Task<int> RunAsync(string what, string root, int pairs)
    {
        CSharpCompilation compilation = what switch
        {
            "course" => Compile(Course(root), References.With(References.AllClients)),
            "web" => Compile(WebProject.Sources(), [.. References.WithoutClient, .. WebProject.References()]),
            _ => Compile(Directory.EnumerateFiles(what, "*.cs", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal), References.With(References.NewestClient)),
        };
        int errors = compilation.GetDiagnostics().Count(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        List<double> times = [];
        double bytes = 0;
        long own = 0;
        WorkCounter work = new();
        for (int pair = -2; pair < pairs; pair++)
        {
            bool oursFirst = pair % 2 == 0;
            work = new();
            (long Bytes, double Seconds) first = await OnceAsync(compilation, oursFirst ? new ExpiryAnalyzer { Work = work } : new DoNothingAnalyzer());
            (long Bytes, double Seconds) second = await OnceAsync(compilation, oursFirst ? new DoNothingAnalyzer() : new ExpiryAnalyzer { Work = work });
            (var ours, var nothing) = oursFirst ? (first, second) : (second, first);
            bytes = (double)ours.Bytes / nothing.Bytes;
            own = ours.Bytes - nothing.Bytes;
            if (pair >= 0)
            {
                times.Add(Math.Log(ours.Seconds / nothing.Seconds));
            }
        }

        double mean = times.Average();
        double half = 2.09 * Math.Sqrt(times.Sum(time => (time - mean) * (time - mean)) / Math.Max(1, times.Count - 1) / times.Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: bytes {bytes:0.000}, CPU {Math.Exp(mean):0.000} ({Math.Exp(mean - half):0.000} to "
                + $"{Math.Exp(mean + half):0.000}, 95 %, {times.Count} pairs); {compilation.SyntaxTrees.Length} files, {errors} "
                + $"compile errors; {own / 1e6:0.0} MB for {work.Bodies} bodies, {work.Graphs} graphs, {work.Steps} steps, {work.Incomplete} given up"));
        return 0;
    }

    private static async Task<(long Bytes, double Seconds)> OnceAsync(Compilation compilation, DiagnosticAnalyzer analyzer)
    {
        Compilation fresh = compilation.Clone();
        GC.Collect();
        TimeSpan start = Guest.Spent();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        List<string> thrown = [];
        await Guest.AnalyzeAsync(fresh, analyzer, thrown, CancellationToken.None);
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        double seconds = (Guest.Spent() - start).TotalSeconds;
        return thrown.Count == 0 ? (bytes, seconds) : throw new InvalidOperationException(thrown[0]);
    }

    private static CSharpCompilation Compile(IEnumerable<string> files, IEnumerable<MetadataReference> references) =>
        Guest.Compile([]).WithReferences(references).AddSyntaxTrees(files.Select(static file =>
            CSharpSyntaxTree.ParseText(
                File.Exists(file) ? File.ReadAllText(file) : file,
                new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None))));

    // The files of the course when the figures began; one that has moved since must be found again, not left out.
    private static IEnumerable<string> Course(string root)
    {
        using StreamReader list = new(typeof(CostCommand).Assembly.GetManifestResourceStream("course.txt")!);
        foreach (string file in list.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            yield return Path.Combine(root, file) is var path && File.Exists(path) ? path : throw new FileNotFoundException(path);
        }
    }
}
