using System.Collections.Immutable;
using System.Globalization;
using BenchmarkDotNet.Mathematics;
using ExpiryAnalyzers.Benchmarks.Scenarios;

namespace ExpiryAnalyzers.Benchmarks.Cost;

/// <summary>Measures every contestant in turn, round after round, and prints the tables of docs/performance.md.</summary>
internal static class PairsCommand
{
    private const int WarmUp = 3;
    private const int Seed = 20261129;

    /// <summary>A table for each scenario.</summary>
    public static async Task<int> RunAsync(IReadOnlyCollection<Scenario> scenarios, ImmutableArray<Contestant> contestants, int rounds)
    {
        List<(string Scenario, ImmutableArray<double> Times)> times = [];
        foreach (Scenario scenario in scenarios)
        {
            Measured measured = new(scenario);
            OrderedDictionary<Contestant, List<Spent>> spent = new(contestants.Select(static contestant => KeyValuePair.Create(contestant, new List<Spent>())));
            Contestant[] order = [.. contestants];
            Random random = new(Seed);
            for (int round = -WarmUp; round < rounds; round++)
            {
                // None always follows the same: what the one before has left to the garbage collector costs the next.
                random.Shuffle(order);
                foreach (Contestant contestant in order)
                {
                    Spent one = await measured.RunAsync(contestant);
                    if (round >= 0)
                    {
                        spent[contestant].Add(one);
                    }
                }
            }

            Print(scenario, measured.Lines, spent);
            times.Add((scenario.Name, [.. contestants.Skip(Contestant.Yardsticks).Select(contestant => TimesBinding(spent, contestant))]));
        }

        if (times.Count > 1)
        {
            Plot(times);
        }

        return 0;
    }

    private static double TimesBinding(OrderedDictionary<Contestant, List<Spent>> spent, Contestant contestant) =>
        spent[contestant].Average(static one => one.Milliseconds) / spent[Contestant.Binding].Average(static one => one.Milliseconds);

    // A bar for ours, a line for each of the others, in their order.
    private static void Plot(List<(string Scenario, ImmutableArray<double> Times)> times)
    {
        Console.WriteLine("\n```mermaid\nxychart-beta\ntitle \"CPU, in times of what binding alone takes\"");
        Console.WriteLine($"x-axis [{string.Join(", ", times.Select(static one => $"\"{one.Scenario}\""))}]");
        Console.WriteLine("y-axis \"times\"");
        for (int contestant = 0; contestant < times[0].Times.Length; contestant++)
        {
            string values = string.Join(", ", times.Select(one => one.Times[contestant].ToString("0.00", CultureInfo.InvariantCulture)));
            Console.WriteLine($"{(contestant == 0 ? "bar" : "line")} [{values}]");
        }

        Console.WriteLine("```");
    }

    private static void Print(Scenario scenario, int lines, OrderedDictionary<Contestant, List<Spent>> spent)
    {
        int parts = Math.Max(1, scenario.Edits);
        List<Spent> binding = spent[Contestant.Binding];
        ImmutableArray<double> ours = Own(spent[Contestant.Ours], binding, parts);
        Say($"\n### {scenario.Name}: {lines:#,0} lines, {binding.Count} rounds{(parts > 1 ? $", per edited document, {parts} of them" : "")}\n");
        Console.WriteLine(scenario.Meaning + "\n");
        Console.WriteLine("| analyzers | findings | allocated, MB | CPU, ms | own CPU over binding, ms | ours is this part of it |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach ((Contestant contestant, List<Spent> all) in spent)
        {
            ImmutableArray<double> own = Own(all, binding, parts);
            double megabytes = all.Average(static one => one.Bytes) / parts / 1e6;
            string total = Interval([.. all.Select(one => one.Milliseconds / parts)]);
            string over = contestant == Contestant.Binding ? "" : Interval(own);
            string part = Contestant.Peers.Contains(contestant) ? PartOf(ours, own) : "";
            Say($"| {contestant} | {all[^1].Findings} | {megabytes:0.00} | {total} | {over} | {part} |");
        }

        List<Spent> nothing = spent[Contestant.Nothing];
        double bytes = spent[Contestant.Ours].Average(static one => one.Bytes) / nothing.Average(static one => one.Bytes);
        ImmutableArray<double> logs = [.. spent[Contestant.Ours].Zip(nothing, static (our, none) => Math.Log(our.Milliseconds / none.Milliseconds))];
        (double mean, double half) = MeanOf(logs);
        Say($"\nOurs over the yardstick that does nothing: bytes {bytes:0.000}, CPU {Math.Exp(mean):0.000} ({Math.Exp(mean - half):0.000} to {Math.Exp(mean + half):0.000}).");
    }

    private static ImmutableArray<double> Own(List<Spent> all, List<Spent> binding, int parts) =>
        [.. all.Zip(binding, (one, bound) => (one.Milliseconds - bound.Milliseconds) / parts)];

    // Nothing where the other's own time, or ours, is not told apart from none.
    private static string PartOf(ImmutableArray<double> ours, ImmutableArray<double> own)
    {
        (double mean, double half) = MeanOf(ours);
        (double whole, double around) = MeanOf(own);
        return mean > half && whole > around ? (mean / whole).ToString("0.00", CultureInfo.InvariantCulture) : "";
    }

    private static string Interval(ImmutableArray<double> values)
    {
        (double mean, double half) = MeanOf(values);
        return string.Create(CultureInfo.InvariantCulture, $"{mean:#,0.0} (±{half:#,0.0})");
    }

    // The mean with half of its 95 % interval, by Student's t.
    private static (double Mean, double Half) MeanOf(ImmutableArray<double> values)
    {
        Statistics statistics = new(values);
        return (statistics.Mean, statistics.StandardError * LegacyConfidenceLevel.L95.GetZValue(values.Length));
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
