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
        Fate fate = await FateAsync(repaired, mutant.Program);
        return fate == Fate.Survives && !await IsReachedAsync(repaired, mutant) ? Fate.NotReached : fate;
    }

    private static async Task<bool> IsReachedAsync(Scene repaired, Mutant mutant)
    {
        foreach (SourceProgram probe in mutant.Probes)
        {
            Fate fate = await FateAsync(repaired, probe);
            if (fate != Fate.DoesNotCompile)
            {
                return fate != Fate.Survives;
            }
        }

        return true;
    }

    private static async Task<Fate> FateAsync(Scene repaired, SourceProgram mutant)
    {
        Scene scene = repaired.With(mutant);
        try
        {
            await mutant.LoadedAsync();
        }
        catch (DoesNotCompileException)
        {
            return Fate.DoesNotCompile;
        }

        try
        {
            return !(await Judge.JudgeAsync(scene, isEnough: true)).Holds ? Fate.KilledByTheTable
                : await DiffersAsync(repaired, scene) ? Fate.KilledByTheReference
                : Fate.Survives;
        }
        catch (CannotRunException)
        {
            return Fate.KilledByTheTable;
        }
    }

    /// <summary>On the inputs of the bug the table allows more than one thing; there the repair itself says what must be seen.</summary>
    private static async Task<bool> DiffersAsync(Scene repaired, Scene mutant)
    {
        foreach ((string situation, Observed reference) in repaired.Seen.Where(seen => seen.Value.AtCut is null
            && mutant.Seen.ContainsKey(seen.Key)).ToArray())
        {
            if (!Between(reference, mutant.Seen[situation]).Any())
            {
                continue;
            }

            // The time that is left until an instant is less by now: both are run anew, one behind the other.
            Observed before = await repaired.RepairedAgainAsync(situation);
            Observed now = await repaired.RepairedAgainAsync(situation);
            HashSet<(Aspect, string)> unsteady = [.. Between(before, now).Select(difference => (difference.Aspect, difference.Key))];
            if (Between(now, await mutant.RepairedAgainAsync(situation))
                .Any(difference => !unsteady.Contains((difference.Aspect, difference.Key))))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Difference> Between(Observed reference, Observed mutant) =>
        Observed.Between(reference, mutant).Concat(Limits(reference, mutant));

    private static IEnumerable<Difference> Limits(Observed reference, Observed mutant)
    {
        string before = Text(reference);
        string after = Text(mutant);
        return RunText.Same(before, after) ? [] : [new(Aspect.Limits, "", before, after)];

        static string Text(Observed seen) =>
            string.Join(' ', seen.Limits.Select(limit => limit is { } time ? RunText.Seconds(time.TotalSeconds) : "none"));
    }
}
