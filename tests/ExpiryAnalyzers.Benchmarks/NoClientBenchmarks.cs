using BenchmarkDotNet.Attributes;
using ExpiryAnalyzers.Frozen;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Benchmarks;

/// <summary>A project that references no client: nothing may be done there.</summary>
[Config(typeof(Config)), MemoryDiagnoser]
public class NoClientBenchmarks
{
    private readonly Compilation _compilation = Measured.Compile(
        Enumerable.Range(0, 500).Select(static copy => $$"""
            using System;
            class Example{{copy}}
            {
                DateTime Run(TimeSpan ttl) => DateTime.Now.Add(ttl).AddMinutes(Math.Max(1, ttl.TotalMinutes));
            }
            """),
        Measured.WithoutClients);

    /// <summary>The compiler's own binding, asked for as an analyzer would.</summary>
    [Benchmark(Baseline = true)]
    public Task Nothing() => Measured.AnalyzeAsync(_compilation, new DoNothingAnalyzer());

    /// <summary>The analyzers.</summary>
    [Benchmark]
    public Task Ours() => Measured.AnalyzeAsync(_compilation, new ExpiryAnalyzer());
}
