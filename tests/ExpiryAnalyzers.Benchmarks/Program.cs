using System.CommandLine;
using BenchmarkDotNet.Running;
using ExpiryAnalyzers.Benchmarks.Cost;

Argument<string[]> scenarios = new("SCENARIO") { Description = "The scenarios to measure; all when none is named." };
Option<int> rounds = new("--rounds") { Description = "How often each is measured.", DefaultValueFactory = static _ => 20 };
Command pairs = new("pairs", "All contestants in turn, round after round; prints the tables of docs/performance.md.") { scenarios, rounds };
pairs.SetAction((parsed, _) => PairsCommand.RunAsync(parsed.GetRequiredValue(scenarios), parsed.GetValue(rounds)));
Command bench = new("bench", "BenchmarkDotNet, with its own options: bench --filter '*CostBenchmarks*'.") { TreatUnmatchedTokensAsErrors = false };
bench.SetAction(static parsed => { BenchmarkSwitcher.FromTypes([typeof(CostBenchmarks), typeof(RuleBenchmarks)]).Run([.. parsed.UnmatchedTokens]); });

return await new RootCommand("What the analyzers cost.") { pairs, bench }.Parse(args).InvokeAsync();
