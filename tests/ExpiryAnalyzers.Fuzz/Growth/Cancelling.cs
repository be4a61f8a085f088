using System.Diagnostics;
using ExpiryAnalyzers.Flow;
using ExpiryAnalyzers.Fuzz.Runs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExpiryAnalyzers.Fuzz.Growth;

/// <summary>Ends an analysis before it is done, and looks how soon it hears.</summary>
public static class Cancelling
{
    /// <summary>How many bodies and operations the analysis of a compilation looks at.</summary>
    public static long Steps(Compilation compilation)
    {
        long steps = 0;
        Guest.Analyze(compilation.Clone(), new ExpiryAnalyzer { Work = new WorkCounter { Watch = () => steps++ } }, CancellationToken.None);
        return steps;
    }

    /// <summary>Cancels at one step.</summary>
    /// <returns>How many steps came after it; null where the analysis went on to its end.</returns>
    public static long? StepsAfter(Compilation compilation, long step)
    {
        using CancellationTokenSource source = new();
        long steps = 0;
        WorkCounter work = new()
        {
            Watch = () =>
            {
                steps++;
                if (steps == step)
                {
                    source.Cancel();
                }
            },
        };
        try
        {
            Guest.Analyze(compilation.Clone(), new ExpiryAnalyzer { Work = work }, source.Token);
            return null;
        }
        catch (OperationCanceledException)
        {
            return steps - step;
        }
    }

    /// <summary>Cancels at moments spread evenly over an analysis.</summary>
    /// <returns>The milliseconds that passed each time until it had ended, the least first; without those that were done before.</returns>
    public static double[] Milliseconds(Compilation compilation, Func<DiagnosticAnalyzer> analyzer, int rounds)
    {
        TimeSpan full = TimeSpan.MaxValue;
        for (int warm = 0; warm < 3; warm++)
        {
            Stopwatch whole = Stopwatch.StartNew();
            Guest.Analyze(compilation.Clone(), analyzer(), CancellationToken.None);
            full = whole.Elapsed < full ? whole.Elapsed : full;
        }

        List<double> heard = [];
        for (int round = 1; round <= rounds; round++)
        {
            using CancellationTokenSource source = new();
            Compilation fresh = compilation.Clone();
            bool isCancelled = false;
            Thread thread = new(() => isCancelled = IsCancelled(fresh, analyzer(), source.Token));
            thread.Start();
            Thread.Sleep(full * round / (rounds + 1));
            Stopwatch since = Stopwatch.StartNew();
            source.Cancel();
            thread.Join();
            if (isCancelled)
            {
                heard.Add(since.Elapsed.TotalMilliseconds);
            }
        }

        return [.. heard.Order()];
    }

    private static bool IsCancelled(Compilation compilation, DiagnosticAnalyzer analyzer, CancellationToken token)
    {
        try
        {
            Guest.Analyze(compilation, analyzer, token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
