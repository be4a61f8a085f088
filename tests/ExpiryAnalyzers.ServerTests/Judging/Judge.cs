using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Programs;
using ExpiryAnalyzers.Tests.Running;
using ExpiryAnalyzers.Tests.Servers;

namespace ExpiryAnalyzers.Tests.Judging;

/// <summary>Runs a repair beside what it repairs and says in what it is wrong.</summary>
internal static class Judge
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    /// <param name="isEnough">Whether the first fault ends it.</param>
    public static async Task<Verdict> JudgeAsync(Scene scene, bool isEnough = false)
    {
        Proof proof = Proofs.Of(scene.Repair.Id);
        List<string> faults = [];
        HashSet<string> shown = [];
        bool onlyThrew = true;
        string? thrown = null;
        foreach (Situation situation in scene.Situations)
        {
            Comparison seen = await CompareAsync(scene, situation);
            if (TestServer.IsGarnet && (seen.Original.IsUnknownToGarnet || seen.Repaired.IsUnknownToGarnet))
            {
                continue;
            }

            onlyThrew &= seen.Original.Throws;
            thrown = $"{seen.Original.Answer}: {seen.Original.Refusal.Split('\n')[0]}";
            faults.AddRange(NewerForms(seen));
            faults.AddRange(isEnough && IsStuck(scene, seen) ? [$"{situation}: it never completes"]
                : await DifferencesAsync(scene, seen, proof, shown));
            if (isEnough && faults.Count > 0)
            {
                return new(faults, shown);
            }
        }

        foreach (Place place in proof.Places)
        {
            Sighting sighting = await place.LookAsync(scene);
            if (sighting.Bug)
            {
                shown.Add(place.GetType().Name);
            }

            // Of several bugs in a member one is repaired, and the others show.
            if (sighting.Fault is { } fault && scene.Repair.IsAlone)
            {
                faults.Add($"{place.GetType().Name}: {fault}");
            }
        }

        return new(faults, shown, shown.Count == 0 && onlyThrew ? thrown : null);
    }

    /// <summary>Runs both. Where one of them has not come to an end in time and the other has, both are given much more time.</summary>
    private static async Task<Comparison> CompareAsync(Scene scene, Situation situation)
    {
        Comparison seen = new(scene.Repair, situation, await scene.OriginalAsync(situation), await scene.RepairedAsync(situation));
        Situation patient = situation with { Patience = Patience };
        return !scene.First.Completes || seen.Original.Completes == seen.Repaired.Completes ? seen
            : seen with { Original = await scene.OriginalAgainAsync(patient), Repaired = await scene.RepairedAgainAsync(patient) };
    }

    /// <summary>Whether the repair has not come to an end in all the time that it was given: it need not be run again to see that.</summary>
    private static bool IsStuck(Scene scene, Comparison seen) =>
        scene.First.Completes && seen.Original.Completes && !seen.Repaired.Completes;

    private static async Task<List<string>> DifferencesAsync(Scene scene, Comparison seen, Proof proof, HashSet<string> shown)
    {
        List<string> faults = [];
        List<Difference> open = [];
        foreach (Difference difference in Observed.Between(seen.Original, seen.Repaired))
        {
            if (proof.Allowances.FirstOrDefault(allowance => allowance.IsOf(scene.Repair.Key)
                && allowance.Covers(difference, seen)) is { } allowance)
            {
                shown.Add(allowance.Original);
            }
            else if (!GoesOn(seen))
            {
                open.Add(difference);
            }
        }

        if (open.Count > 0)
        {
            // What differs from run to run, such as a random number or what a timer has come to, says nothing. What was seen a while ago is
            // seen anew: the time that is left until an instant is less by then.
            HashSet<(Aspect, string)> unsteady = [];
            Comparison last = await AgainAsync(scene, seen);
            for (int time = 0; time < 2; time++)
            {
                Comparison next = await AgainAsync(scene, seen);
                unsteady.UnionWith(Observed.Between(last.Original, next.Original).Concat(Observed.Between(last.Repaired, next.Repaired))
                    .Select(difference => (difference.Aspect, difference.Key)));
                last = next;
            }

            HashSet<(Aspect, string)> still = [.. Observed.Between(last.Original, last.Repaired)
                .Select(difference => (difference.Aspect, difference.Key))];
            still.ExceptWith(unsteady);
            faults.AddRange(open.Where(difference => still.Contains((difference.Aspect, difference.Key)))
                .Select(difference => $"{seen.Situation}: {difference}"));
        }

        return faults;
    }

    private static async Task<Comparison> AgainAsync(Scene scene, Comparison seen) => seen with
    {
        Original = await scene.OriginalAgainAsync(seen.Situation),
        Repaired = await scene.RepairedAgainAsync(seen.Situation),
    };

    /// <summary>Whether the repaired member comes further, to the next of its bugs, which the original never came to.</summary>
    private static bool GoesOn(Comparison seen) =>
        !seen.Repair.IsAlone && seen.Original.Throws && seen.Repaired.Throws && seen.Repaired.Commands.Count > seen.Original.Commands.Count;

    /// <summary>Forms of commands that the repair sends and the original does not, and that Redis 6.2 does not know.</summary>
    private static IEnumerable<string> NewerForms(Comparison seen) =>
        seen.Repaired.Commands.Where(command => command.IsNewerThan62 && !seen.Original.Throws
            && !seen.Original.Commands.Any(other => other.IsNewerThan62))
            .Take(1)
            .Select(command => $"{seen.Situation}: Redis 6.2 does not know {command}");
}
