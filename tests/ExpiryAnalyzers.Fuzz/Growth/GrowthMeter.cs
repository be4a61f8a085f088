using System.Collections.Immutable;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Fuzz.Runs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Fuzz.Growth;

/// <summary>What our analyzer costs over one that does nothing, at one size.</summary>
/// <param name="Size">The n.</param>
/// <param name="Bytes">Allocated bytes over the yardstick's.</param>
/// <param name="Seconds">CPU time over the yardstick's.</param>
/// <param name="Steps">Visits of operations by the flow, and bodies that were bound.</param>
/// <param name="Findings">How many findings of the dimension's rule were reported.</param>
public sealed record Sample(int Size, long Bytes, double Seconds, long Steps, int Findings);

/// <summary>Measures whole compilations in this process, beside which nothing else may run.</summary>
public static class GrowthMeter
{
    /// <summary>The cost of one dimension at one size.</summary>
    public static async Task<Sample> MeasureAsync(Dimension dimension, int size)
    {
        Compilation compilation = Guest.Compile(dimension.Sources(size));
        WorkCounter work = new();
        (long bytes, double seconds, ImmutableArray<Diagnostic> found) = await CostAsync(compilation, new ExpiryAnalyzer { Work = work });
        (long nothingBytes, double nothingSeconds, _) = await CostAsync(compilation, new EchoAnalyzer(found));
        long steps = work.Bodies + work.Visits + work.Steps;
        int count = found.Count(diagnostic => diagnostic.Id == dimension.Rule);
        return new Sample(size, bytes - nothingBytes, seconds - nothingSeconds, steps, count);
    }

    /// <summary>Code that was compiled just in time costs what no later run pays.</summary>
    public static async Task WarmUpAsync(Dimension dimension)
    {
        for (int round = 0; round < 3; round++)
        {
            await MeasureAsync(dimension, 20);
        }
    }

    private static async Task<(long Bytes, double Seconds, ImmutableArray<Diagnostic> Found)> CostAsync(
        Compilation compilation, DiagnosticAnalyzer analyzer)
    {
        Compilation fresh = compilation.Clone();
        List<string> thrown = [];
        GC.Collect();
        TimeSpan start = Guest.Spent();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        ImmutableArray<Diagnostic> found = await Guest.AnalyzeAsync(fresh, analyzer, thrown, CancellationToken.None);
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        double seconds = (Guest.Spent() - start).TotalSeconds;
        return thrown.Count == 0 ? (bytes, seconds, found) : throw new InvalidOperationException(thrown[0]);
    }
}
