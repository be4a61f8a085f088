using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Running;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>The process ends while it holds the lock.</summary>
internal sealed class HolderDies : Place
{
    public override string What => "the connection is cut before each command behind the taking";

    public override string Original => "the lock stands without a TTL, for ever";

    public override string Repaired => "the lock has a TTL";

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        Situation alone = scene.Situations[0];
        bool bug = false;
        for (int number = 2; number <= Math.Min(scene.First.Commands.Count, 6); number++)
        {
            Situation dies = alone with { CutBefore = number };
            KeyEntry? endless = (await scene.OriginalAsync(dies)).AtCut?.FirstOrDefault(static entry => entry.Ttl is null);
            bug |= endless is not null;
            if (endless is not null && (await scene.RepairedAsync(dies)).AtCut?.FirstOrDefault(entry =>
                entry.Name == endless.Name && entry.Ttl is null) is { } still)
            {
                return new(bug, $"{dies}: {still}");
            }
        }

        return new(bug, null);
    }
}
