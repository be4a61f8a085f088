using BenchmarkDotNet.Attributes;
using ExpiryAnalyzers.Benchmarks.Scenarios;

namespace ExpiryAnalyzers.Benchmarks.Cost;

/// <summary>Every scenario with every contestant. For figures that hold against each other, <c>pairs</c> lets them take turns.</summary>
[Config(typeof(Config)), MemoryDiagnoser]
public class CostBenchmarks
{
    private Measured _measured = null!;
    private Contestant _contestant = null!;

    /// <summary>The scenarios' names.</summary>
    public static IEnumerable<string> Scenarios => Scenario.All.Select(static scenario => scenario.Name);

    /// <summary>The contestants' names.</summary>
    public static IEnumerable<string> Contestants => Contestant.All.Select(static contestant => contestant.Name);

    /// <summary>The code.</summary>
    [ParamsSource(nameof(Scenarios))]
    public string Code { get; set; } = "";

    /// <summary>The analyzers.</summary>
    [ParamsSource(nameof(Contestants))]
    public string Analyzers { get; set; } = "";

    /// <summary>Makes the compilation.</summary>
    [GlobalSetup]
    public void Compile()
    {
        _measured = new Measured(Scenario.All.Single(scenario => scenario.Name == Code));
        _contestant = Contestant.All.Single(contestant => contestant.Name == Analyzers);
    }

    /// <summary>One build, or all edits.</summary>
    [Benchmark]
    public Task Analyze() => _measured.AnalyzeAsync(_contestant);
}
