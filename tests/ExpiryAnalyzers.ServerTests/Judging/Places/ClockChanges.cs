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

    public override string Repaired => "it does what it did on a machine that keeps UTC; where the local day is meant, what the original did there";

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        bool bug = false;
        foreach (Situation here in scene.Situations.Where(situation => situation.FailingCall == 0))
        {
            Situation there = here with { ClocksChange = true };
            Observed original = await scene.OriginalAsync(here);
            Observed originalThere = await scene.OriginalAsync(there);
            Observed repaired = await scene.RepairedAsync(here);
            Observed repairedThere = await scene.RepairedAsync(there);
            Difference[] ofOriginal = [.. Observed.Between(original, originalThere)];
            bug |= original.Throws || ofOriginal.Length > 0;
            if (Observed.Between(repaired, repairedThere).FirstOrDefault(difference => !IsMeant(scene.Repair, difference, ofOriginal)) is { } odd
                && !Observed.Between(await scene.RepairedAgainAsync(here), repaired).Any())
            {
                return new(bug, $"{there}: {odd}");
            }
        }

        return new(bug, null);
    }

    private static bool IsMeant(Repair repair, Difference difference, Difference[] ofOriginal) =>
        (Choices.Contains(repair.Key) && RunText.SameBut(difference.Original, difference.Repaired, static (here, there) => Math.Abs(Math.Abs(here - there) - MachineZone.Offset.TotalSeconds) <= RunText.Tolerance))
        || ((repair.KeepsLocalTime || !repair.IsAlone) && ofOriginal.Any(other => other.Aspect == difference.Aspect && RunText.Same(other.Repaired, difference.Repaired)));
}
