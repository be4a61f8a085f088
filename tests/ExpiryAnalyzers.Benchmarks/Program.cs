using BenchmarkDotNet.Running;
using ExpiryAnalyzers.Benchmarks;

BenchmarkSwitcher.FromTypes([typeof(RuleBenchmarks), typeof(NoClientBenchmarks)]).Run(args);
