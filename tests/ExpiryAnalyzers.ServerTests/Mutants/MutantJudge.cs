using ExpiryAnalyzers.Tests.Judging;
using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Programs;
using ExpiryAnalyzers.Tests.Running;

namespace ExpiryAnalyzers.Tests.Mutants;

/// <summary>Says whether a mutant is told from its repair by being run.</summary>
internal static class MutantJudge
{
    public static async Task<Fate> FateAsync(Scene repaired, Mutant mutant)
    {
        Scene scene = repaired.With(mutant.Program);
        try
        {
            await mutant.Program.LoadedAsync();
        }
        catch (DoesNotCompileException)
        {
            return Fate.DoesNotCompile;
        }

        try
        {
            if (!(await Judge.JudgeAsync(scene, isEnough: true)).Holds)
            {
                return Fate.KilledByTheTable;
            }

            if (await DiffersAsync(repaired, scene))
            {
                return Fate.KilledByTheReference;
            }
        }
        catch (CannotRunException)
        {
            return Fate.KilledByTheTable;
        }

        return Fate.Survives;
    }

    /// <summary>On the inputs of the bug the table allows more than one thing; there the repair itself says what must be seen.</summary>
    private static async Task<bool> DiffersAsync(Scene repaired, Scene mutant)
    {
        foreach ((string situation, Observed reference) in repaired.Seen.Where(seen => seen.Value.AtCut is null
            && mutant.Seen.ContainsKey(seen.Key)).ToArray())
        {
            Difference[] differences =
                [.. Observed.Between(reference, mutant.Seen[situation]), .. Limits(reference, mutant.Seen[situation])];
            if (differences.Length == 0)
            {
                continue;
            }

            HashSet<(Aspect, string)> unsteady =
                [.. Observed.Between(reference, await repaired.RepairedAgainAsync(situation))
                    .Select(difference => (difference.Aspect, difference.Key))];
            if (differences.Any(difference => !unsteady.Contains((difference.Aspect, difference.Key))))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Difference> Limits(Observed reference, Observed mutant)
    {
        string before = Text(reference);
        string after = Text(mutant);
        return RunText.Same(before, after) ? [] : [new(Aspect.Limits, "", before, after)];

        static string Text(Observed seen) =>
            string.Join(' ', seen.Limits.Select(limit => limit is { } time ? RunText.Seconds(time.TotalSeconds) : "none"));
    }
}
