using BenchmarkDotNet.Attributes;
using ExpiryAnalyzers.Frozen;
using ExpiryAnalyzers.Tests;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Benchmarks;

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
    public void ReadPage() => _compilation = Measured.Compile(
        Page.Blocks(Id, Bodies).SelectMany(static (block, number) => Enumerable.Range(0, Copies).Select(copy => Statements.InMethod(block, $"Example{number}_{copy}"))),
        Measured.WithClients,
        Id);

    /// <summary>Binding, and operations for nobody.</summary>
    [Benchmark(Baseline = true)]
    public Task Nothing() => Measured.AnalyzeAsync(_compilation, new DoNothingAnalyzer());

    /// <summary>The analyzers.</summary>
    [Benchmark]
    public Task Ours() => Measured.AnalyzeAsync(_compilation, new ExpiryAnalyzer());
}
