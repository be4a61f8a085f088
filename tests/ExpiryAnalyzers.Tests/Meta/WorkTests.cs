using System.Globalization;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Fuzz.Growth;
using ExpiryAnalyzers.Fuzz.Runs;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ExpiryAnalyzers.Tests.Meta;

/// <summary>
/// What the analysis of fixed code costs, in counted work and allocated bytes: no clock is asked. Whoever changes a count looks at why, and
/// writes the list anew with <c>EXPIRY_WRITE_WORK=1 dotnet test --filter WorkTests</c>.
/// </summary>
[Collection(Alone.Name)]
public sealed class WorkTests
{
    private const int Size = 40;

    private const int Rounds = 8;

    // Bytes depend on the runtime, and a little on what it does beside; counts do not.
    private const double MostBytes = 1.15;

    private static readonly string List = Path.Combine(Repository.Root, "tests", "ExpiryAnalyzers.Tests", "Meta", "Frozen", "Work.txt");

    [Fact]
    public async Task FixedCode_CostsWhatItDid()
    {
        // Other versions of Roslyn make other graphs.
        if (typeof(Compilation).Assembly.GetName().Version is not { Major: 4, Minor: 8 })
        {
            return;
        }

        List<string> lines = [];
        List<string> dearer = [];
        Dictionary<string, string[]> known = File.Exists(List)
            ? File.ReadLines(List).Where(static line => line is not ['#', ..]).Select(static line => line.Split(" | ")).ToDictionary(static parts => parts[0])
            : [];
        bool isWritten = Environment.GetEnvironmentVariable("EXPIRY_WRITE_WORK") == "1";
        foreach (Dimension dimension in Dimensions.All)
        {
            string counts = Counts(dimension);
            string[]? before = known.GetValueOrDefault(dimension.Name);
            double most = !isWritten && before is [_, { } counted, { } size] && counted == counts
                ? MostBytes * long.Parse(size.Split(' ')[0], CultureInfo.InvariantCulture)
                : 0;
            long kilobytes = await KilobytesAsync(dimension, most);
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{dimension.Name} | {counts} | {kilobytes} kB"));
            if (kilobytes > most)
            {
                dearer.Add($"{string.Join(" | ", before ?? [])} is now {lines[^1]}");
            }
        }

        if (isWritten)
        {
            await File.WriteAllLinesAsync(List, [$"# What {Size} parts of each dimension cost over an analyzer that does nothing.", .. lines]);
            return;
        }

        Assert.True(dearer.Count == 0, string.Join('\n', dearer));
    }

    /// <summary>
    /// The least of some measurements: what the process does beside, such as what is made once or what earlier tests left to do, only adds.
    /// So the first that is no more than the most is enough.
    /// </summary>
    private static async Task<long> KilobytesAsync(Dimension dimension, double most)
    {
        long least = long.MaxValue;
        for (int round = 0; round < Rounds && least > most; round++)
        {
            least = Math.Min(least, (await GrowthMeter.MeasureAsync(dimension, Size)).Bytes / 1000);
        }

        return least;
    }

    private static string Counts(Dimension dimension)
    {
        WorkCounter work = new();
        Guest.Analyze(Guest.Compile(dimension.Sources(Size)), new ExpiryAnalyzer { Work = work }, CancellationToken.None);
        return $"{work.Bodies} bodies, {work.Graphs} graphs, {work.Visits} visits, {work.Steps} steps";
    }
}
