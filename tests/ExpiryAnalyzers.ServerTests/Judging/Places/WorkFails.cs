using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Running;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>What is done under a lock throws.</summary>
internal sealed class WorkFails : Place
{
    public override string What => "each call of the work throws in turn";

    public override string Original => "the lock stays until its TTL has run out";

    public override string Repaired => "the lock is released, and the same exception is thrown";

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        bool bug = false;
        HashSet<string> kept = [.. scene.First.Keys.Select(entry => entry.Name)];
        foreach (Situation fails in scene.Situations.Where(situation => situation.FailingCall > 0))
        {
            Observed original = await scene.OriginalAsync(fails);
            Observed repaired = await scene.RepairedAsync(fails);
            KeyEntry[] left = [.. original.Keys.Where(entry => !kept.Contains(entry.Name))];
            bug |= left.Length > 0;
            if (left.FirstOrDefault(entry => repaired.Key(entry.Name) is not null) is { } still && original.Throws)
            {
                return new(bug, $"{fails}: {still} is still there");
            }
        }

        return new(bug, null);
    }
}
