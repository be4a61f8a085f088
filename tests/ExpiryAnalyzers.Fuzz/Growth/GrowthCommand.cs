using System.Globalization;
using ExpiryAnalyzers.Frozen;
using ExpiryAnalyzers.Fuzz.Runs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Fuzz.Growth;

/// <summary>Prints how the cost grows with the code.</summary>
internal static class GrowthCommand
{
    private const double MostRatio = 2.2;

    // Deeper code ends at the compiler's own stack.
    private const int MostNested = 100;

    /// <summary>The table up to that size; the exit code says whether each row holds.</summary>
    public static int Table(int upTo, string only)
    {
        Console.WriteLine("| dimension | n | bytes over nothing | ratio | steps | ratio | CPU s over nothing | ratio | findings | |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        int failed = 0;
        foreach (Dimension dimension in Dimensions.All.Where(dimension => dimension.Name.Contains(only, StringComparison.Ordinal)))
        {
            // Measuring takes some stack of its own.
            int most = dimension.IsNested ? Depth(dimension, nameof(DoNothingAnalyzer), upTo) * 3 / 4 : upTo;

            // A size that takes the process along must not take the table along.
            (int code, string output) = Children.Run("growth-rows", dimension.Name, Children.Number(most));
            Console.Write(output);
            failed += code == 0 ? 0 : 1;
            if (code is not 0 and not 1)
            {
                Console.WriteLine($"| {dimension} | | | | | | | | | died |");
            }
        }

        Console.WriteLine($"{failed} dimensions failed");
        return failed == 0 ? 0 : 1;
    }

    /// <summary>In a child: the rows of one dimension.</summary>
    public static async Task<int> RowsAsync(string name, int upTo)
    {
        Dimension dimension = Dimensions.All.Single(dimension => dimension.Name == name);
        await GrowthMeter.WarmUpAsync(dimension);
        Sample? last = null;
        bool holds = true;
        foreach (int size in Sizes(upTo))
        {
            Sample sample = await GrowthMeter.MeasureAsync(dimension, size);

            // What does not double is judged by the same slope.
            double most = last is null ? double.MaxValue : Math.Pow(MostRatio, Math.Log2((double)size / last.Size));
            bool linear = last is null || (sample.Bytes <= most * Math.Max(last.Bytes, 1) && sample.Steps <= most * last.Steps);
            bool complete = sample.Findings == dimension.Findings(size);
            holds &= linear && complete;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {dimension} | {size} | {sample.Bytes:N0} | {Ratio(sample.Bytes, last?.Bytes)} | "
                    + $"{sample.Steps:N0} | {Ratio(sample.Steps, last?.Steps)} | {sample.Seconds:0.00} | "
                    + $"{Ratio(sample.Seconds, last?.Seconds)} | {sample.Findings} of {dimension.Findings(size)} | "
                    + $"{(linear ? "" : "not linear ")}{(complete ? "" : "incomplete")} |"));
            last = sample;
        }

        return holds ? 0 : 1;
    }

    /// <summary>How deep nothing goes, and whether ours goes as deep.</summary>
    public static int Depths(int upTo)
    {
        Console.WriteLine("| form | an analyzer that does nothing survives | ours there |");
        Console.WriteLine("|---|---|---|");
        bool holds = true;
        foreach (Dimension dimension in Dimensions.Deep)
        {
            int depth = Depth(dimension, nameof(DoNothingAnalyzer), upTo);
            bool survives = Survives(dimension, depth, nameof(ExpiryAnalyzer));
            holds &= survives;
            Console.WriteLine($"| {dimension} | {depth} | {(survives ? "survives" : "dies or throws")} |");
        }

        return holds ? 0 : 1;
    }

    /// <summary>In a child: analyses one form at one depth.</summary>
    public static int Survive(string name, int size, string analyzer)
    {
        DiagnosticAnalyzer guest = analyzer == nameof(ExpiryAnalyzer) ? new ExpiryAnalyzer() : new DoNothingAnalyzer();
        string source = Dimensions.All.Concat(Dimensions.Deep).First(dimension => dimension.Name == name).Sources(size).Single();
        Outcome outcome = Guest.Run(source, guest, TimeSpan.FromMinutes(1));

        // What the compiler itself gives up as too deep is not analysed at all.
        return outcome.Verdict == Verdict.Fine && !Guest.IsTooDeep(source) ? 0 : 1;
    }

    /// <summary>How long it takes until an analysis that is cancelled has ended, beside an analyzer that does nothing.</summary>
    public static void Cancel(int size)
    {
        const int Rounds = 12;
        Console.WriteLine("| code | size | ms: half of them | most | an analyzer that does nothing: half | most |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (Dimension dimension in Dimensions.All)
        {
            int parts = dimension.IsNested ? Math.Min(size, MostNested) : size;
            Compilation compilation = Guest.Compile(dimension.Sources(parts));
            double[] ours = Cancelling.Milliseconds(compilation, static () => new ExpiryAnalyzer(), Rounds);
            double[] nothing = Cancelling.Milliseconds(compilation, static () => new DoNothingAnalyzer(), Rounds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {dimension} | {parts:N0} | {HalfAndMost(ours)} | {HalfAndMost(nothing)} |"));
        }
    }

    /// <summary>Nothing where each analysis was done before it could be cancelled.</summary>
    private static string HalfAndMost(double[] ascending) => ascending.Length == 0 ? "|"
        : string.Create(CultureInfo.InvariantCulture, $"{ascending[ascending.Length / 2]:0.0} | {ascending[^1]:0.0}");

    private static int Depth(Dimension dimension, string analyzer, int upTo)
    {
        int survived = 0;
        int step = upTo;
        for (int tries = 0; step >= Math.Max(5, survived / 20) && tries < 14; tries++, step /= 2)
        {
            while (survived + step <= upTo && Survives(dimension, survived + step, analyzer))
            {
                survived += step;
            }
        }

        return survived;
    }

    private static bool Survives(Dimension dimension, int size, string analyzer) =>
        Children.Run("survive", dimension.Name, Children.Number(size), analyzer).Code == 0;

    private static IEnumerable<int> Sizes(int upTo)
    {
        int size = Math.Min(100, Math.Max(1, upTo / 4));
        for (; size < upTo; size *= 2)
        {
            yield return size;
        }

        yield return upTo;
    }

    private static string Ratio(double now, double? before) =>
        before is > 0 ? (now / before.Value).ToString("0.00", CultureInfo.InvariantCulture) : "";
}
