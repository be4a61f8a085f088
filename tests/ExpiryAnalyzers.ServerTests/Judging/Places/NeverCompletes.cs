using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Running;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>Nothing happens: the original waits for what it has not sent.</summary>
internal sealed class NeverCompletes : Place
{
    public override string What => "nothing";

    public override string Original => "it never completes";

    public override string Repaired => "it completes, its commands were sent, and what one of them was refused is thrown";

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        bool bug = false;
        foreach (Situation situation in scene.Situations)
        {
            Observed original = await scene.OriginalAsync(situation);
            if (original.Completes)
            {
                continue;
            }

            bug = true;
            Observed repaired = await scene.RepairedAsync(situation);
            string? fault = !repaired.Completes ? "it still never completes"
                : repaired.Commands.Count == 0 && !repaired.Throws ? "nothing was sent"
                : situation.State.StartsWith("wrong", StringComparison.Ordinal)
                    && repaired.Errors.Any(error => error.StartsWith("WRONGTYPE", StringComparison.Ordinal)) && !repaired.Throws
                        ? "a refusal is not heard of"
                : null;
            if (fault is not null)
            {
                return new(bug, $"{situation}: {fault}");
            }
        }

        return new(bug, null);
    }
}
