using BenchmarkDotNet.Attributes;
using ExpiryAnalyzers.Benchmarks.Scenarios;
using ExpiryAnalyzers.Tests;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Benchmarks.Cost;

/// <summary>
/// What the examples of a rule's page cost, a hundred times over: bodies with its finding, and bodies that are right. The yardstick is an
/// analyzer that does nothing. A compilation keeps what it has bound, so each round starts from a fresh clone.
/// </summary>
[Config(typeof(Config)), MemoryDiagnoser]
public class RuleBenchmarks
{
    private const int Copies = 100;
    private Compilation _compilation = null!;

    /// <summary>The rules.</summary>
    public static IEnumerable<string> Ids => new ExpiryAnalyzer().SupportedDiagnostics.Select(static rule => rule.Id);

    /// <summary>The rule, which is on whatever its default.</summary>
    [ParamsSource(nameof(Ids))]
    public string Id { get; set; } = "";

    /// <summary>Which examples: <c>bad</c> ones with the finding, or <c>good</c> ones without.</summary>
    [Params("bad", "good")]
    public string Bodies { get; set; } = "";

    /// <summary>Reads the page.</summary>
    [GlobalSetup]
    public void ReadPage() => _compilation = Scenario.Compiled(
        Page.Blocks(Id, Bodies).SelectMany(static (block, number) => Enumerable.Range(0, Copies).Select(copy => Statements.InMethod(block, $"Example{number}_{copy}"))),
        References.With(References.AllClients),
        [Id]);

    /// <summary>Binding, and operations for nobody.</summary>
    [Benchmark(Baseline = true)]
    public Task Nothing() => Measured.BuildAsync(_compilation.Clone(), Contestant.Nothing);

    /// <summary>The analyzers.</summary>
    [Benchmark]
    public Task Ours() => Measured.BuildAsync(_compilation.Clone(), Contestant.Ours);
}
