using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Programs;
using ExpiryAnalyzers.Tests.Running;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>The machine's zone is not UTC, and its clocks are set back an hour soon after the run.</summary>
internal sealed class ClockChanges : Place
{
    /// <summary>The repairs that take every time for local, or for UTC, as their titles say.</summary>
    private static readonly string[] Choices = ["Local", "ToUtc", "SpecifyUtc"];

    public override string What => "the machine's clock is hours ahead of UTC, and is set back an hour soon after the run";

    public override string Original => "the key dies hours too early or too late, or the call throws";

    public override string Repaired =>
        "it does what it did on a machine that keeps UTC; where the local day is meant, what the original did there";

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        bool bug = false;
        bool isMended = false;
        string? untouched = null;
        foreach (Situation here in scene.Situations.Where(situation => situation is { FailingCall: 0, IsSlow: false, IsFull: false }))
        {
            Situation there = here with { ClocksChange = true };
            if (!IsOfTimes(here, scene.Repair))
            {
                // Looked at, so that mutants are told by it.
                await scene.RepairedAsync(there);
                continue;
            }

            Observed original = await scene.OriginalAsync(here);
            Difference[] ofOriginal = [.. Observed.Between(original, await scene.OriginalAsync(there))];
            Observed repaired = await scene.RepairedAsync(here);
            Difference[] ofRepaired = [.. Observed.Between(repaired, await scene.RepairedAsync(there))];
            bug |= original.Throws || ofOriginal.Length > 0;
            isMended |= ofRepaired.Length == 0 && (original.Throws || ofOriginal.Length > 0);
            foreach (Difference odd in ofRepaired.Where(difference => !IsMeant(scene.Repair, difference, ofOriginal)))
            {
                if (ofOriginal.Any(other => other.Aspect == odd.Aspect && RunText.Same(other.Original, odd.Original)
                    && RunText.Same(other.Repaired, odd.Repaired)))
                {
                    // Another branch of the member, which the repair leaves alone.
                    untouched ??= $"{there}: {odd}";
                }
                else if (scene.Repair.IsAlone && await IsSteadyAsync(scene, here, there, repaired, odd))
                {
                    return new(bug, $"{there}: {odd}");
                }
            }
        }

        return new(bug, isMended || !scene.Repair.IsAlone ? null : untouched);
    }

    /// <summary>Whether a difference is there again, and not by what differs from run to run.</summary>
    private static async Task<bool> IsSteadyAsync(Scene scene, Situation here, Situation there, Observed before, Difference odd)
    {
        Observed again = await scene.RepairedAgainAsync(here);
        return !Observed.Between(again, before).Any() && Observed.Between(again, await scene.RepairedAgainAsync(there))
            .Any(difference => difference.Aspect == odd.Aspect && difference.Key == odd.Key);
    }

    /// <summary>A time of no kind is another instant in each zone, which is only the bug where the kind is not known.</summary>
    private static bool IsOfTimes(Situation situation, Repair repair) =>
        situation.Variant.Filling is not (Filling.UnspecifiedTime or Filling.TextOfTime) || repair.Id == "EXP108";

    private static bool IsMeant(Repair repair, Difference difference, Difference[] ofOriginal) =>
        (Choices.Contains(repair.Key)
            && (difference.Repaired == "missing" || IsBy(difference, static (here, there) => Math.Abs(here - there))))
        || (repair.KeepsLocalTime && IsBy(difference, static (here, there) => Math.Min(DayOf(here - there), DayOf(there - here))))
        || (repair.KeepsLocalTime
            && ofOriginal.Any(other => other.Aspect == difference.Aspect && RunText.Same(other.Repaired, difference.Repaired)));

    private static bool IsBy(Difference difference, Func<double, double, double> apart) => RunText.SameBut(
        difference.Original,
        difference.Repaired,
        (here, there) => Math.Abs(here - there) <= RunText.Tolerance
            || Math.Abs(apart(here, there) - MachineZone.Offset.TotalSeconds) <= RunText.Tolerance);

    private static double DayOf(double seconds) => seconds - (Math.Floor(seconds / 86400) * 86400);
}
