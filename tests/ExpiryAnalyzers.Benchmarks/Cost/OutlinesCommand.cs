using System.Globalization;
using ExpiryAnalyzers.Benchmarks.Scenarios;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExpiryAnalyzers.Benchmarks.Cost;

/// <summary>
/// What the generator of outlines costs beside the binding of the same projects. A build parses the files and reads the references anyway,
/// so that is done before the generator's turn, and no part of either figure.
/// </summary>
internal static class OutlinesCommand
{
    private const string RowEnd = "\\n";

    /// <summary>The table of some folders of sources; of the benchmarks' own code where none is given.</summary>
    public static int Run(IReadOnlyCollection<string> folders, int rounds)
    {
        Console.WriteLine("| code | lines | rows | generator, CPU ms | binding, CPU ms | part |");
        Console.WriteLine("|---|---|---|---|---|---|");
        (int Lines, int Rows, double Own, double Binding) all = default;
        foreach ((string name, Func<IReadOnlyCollection<CSharpCompilation>> compile) in folders.Count > 0 ? folders.Select(Folder) : Scenarios())
        {
            (int Lines, int Rows, double Own, double Binding) least = (0, 0, double.MaxValue, double.MaxValue);
            for (int round = 0; round < rounds; round++)
            {
                (int lines, int rows, double own, double binding) = Measure(compile(), isOwnFirst: round % 2 == 0);
                least = (lines, rows, Math.Min(own, least.Own), Math.Min(binding, least.Binding));
            }

            Print(name, least);
            all = (all.Lines + least.Lines, all.Rows + least.Rows, all.Own + least.Own, all.Binding + least.Binding);
        }

        Print("all", all);
        return 0;
    }

    private static void Print(string name, (int Lines, int Rows, double Own, double Binding) spent) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {spent.Lines:#,0} | {spent.Rows} | {spent.Own:#,0.0} | {spent.Binding:#,0.0} | {100 * spent.Own / spent.Binding:0.0} % |"));

    private static (int Lines, int Rows, double Own, double Binding) Measure(
        IReadOnlyCollection<CSharpCompilation> projects, bool isOwnFirst)
    {
        (int lines, int rows, double own, double binding) = (0, 0, 0, 0);
        foreach (CSharpCompilation project in projects)
        {
            // Both share what the references mean, those to other projects too.
            _ = project.ObjectType;
            CSharpParseOptions parsing = (CSharpParseOptions)project.SyntaxTrees[0].Options;
            CSharpCompilation built = project.AddSyntaxTrees(CSharpSyntaxTree.ParseText("", parsing));
            GeneratorDriver driver = CSharpGeneratorDriver.Create([new OutlineGenerator().AsSourceGenerator()], parseOptions: parsing);
            Action generate = () => driver = driver.RunGenerators(project);
            own += isOwnFirst ? Spent(generate) : 0;
            binding += Spent(() => built.GetDiagnostics());
            own += isOwnFirst ? 0 : Spent(generate);
            rows += driver.GetRunResult().GeneratedTrees.Sum(static tree => tree.GetText().ToString().Split(RowEnd).Length - 1);
            lines += project.SyntaxTrees.Sum(static tree => tree.GetText().Lines.Count);
        }

        return (lines, rows, own, binding);
    }

    private static double Spent(Action action)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
    }

    private static (string, Func<IReadOnlyCollection<CSharpCompilation>>) Folder(string folder)
    {
        LooseProjects projects = new(folder);
        return (Path.GetFileName(folder.TrimEnd('/')), projects.Compile);
    }

    private static IEnumerable<(string, Func<IReadOnlyCollection<CSharpCompilation>>)> Scenarios() =>
        Scenario.All.Where(static scenario => scenario.Name is "web" or "edit").Select(static scenario =>
            (scenario.Name == "edit" ? "sparse" : scenario.Name, (Func<IReadOnlyCollection<CSharpCompilation>>)(() => [.. scenario.Compile().Select(Nullable)])));

    private static CSharpCompilation Nullable(CSharpCompilation compilation) =>
        compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Enable));
}
