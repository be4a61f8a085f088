using System.CommandLine;
using BenchmarkDotNet.Running;
using ExpiryAnalyzers.Benchmarks.Cost;
using ExpiryAnalyzers.Benchmarks.Scenarios;

Argument<string[]> scenarios = new("SCENARIO") { Description = "The scenarios to measure; all when none is named.", DefaultValueFactory = static _ => [] };
Option<int> rounds = new("--rounds") { Description = "How often each is measured.", DefaultValueFactory = static _ => 20 };
Option<string[]> publicFolders = new("--folder") { Description = "Folders of sources to measure instead, each with its projects.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = static _ => [] };
Option<bool> withoutPeers = new("--without-peers") { Description = "Only the yardsticks and this package." };
Command pairs = new("pairs", "All contestants in turn, round after round; prints the tables of docs/performance.md.") { scenarios, publicFolders, withoutPeers, rounds };
pairs.SetAction((parsed, _) => PairsCommand.RunAsync(
    [.. ScenariosOf(parsed.GetRequiredValue(scenarios), parsed.GetRequiredValue(publicFolders))],
    parsed.GetValue(withoutPeers) ? Contestant.Own : Contestant.All,
    parsed.GetValue(rounds)));
Command bench = new("bench", "BenchmarkDotNet, with its own options: bench --filter '*CostBenchmarks*'.") { TreatUnmatchedTokensAsErrors = false };
bench.SetAction(static parsed => { BenchmarkSwitcher.FromTypes([typeof(CostBenchmarks), typeof(RuleBenchmarks)]).Run([.. parsed.UnmatchedTokens]); });
Argument<string> folder = new("FOLDER") { Description = "Where it is written; made where it is missing." };
Command solution = new("solution", "Writes a solution of forty projects and half a million lines, for 'expiry check' and 'dotnet build'.") { folder };
solution.SetAction(parsed => WrittenSolution.WriteTo(parsed.GetRequiredValue(folder)));
Argument<string[]> folders = new("FOLDER") { Description = "Folders of sources, each with its projects; the benchmarks' own code where none is named.", DefaultValueFactory = static _ => [] };
Command outlines = new("outlines", "What the generator of outlines costs beside binding the same projects.") { folders, rounds };
outlines.SetAction(parsed => OutlinesCommand.Run(parsed.GetRequiredValue(folders), parsed.GetValue(rounds)));

return await new RootCommand("What the analyzers cost.") { pairs, bench, solution, outlines }.Parse(args).InvokeAsync();

static IEnumerable<Scenario> ScenariosOf(string[] names, string[] folders) => folders.Length > 0
    ? folders.Select(Scenario.Folder)
    : Scenario.All.Where(scenario => names.Length == 0 || names.Contains(scenario.Name));
