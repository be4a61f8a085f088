using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Running;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>The connection is cut between the change of a set and that of its member.</summary>
internal sealed class TornBetween : Place
{
    public override string What => "the connection is cut before each command in turn";

    public override string Original => "one of the keys is changed and the other is not";

    public override string Repaired => "all are as before, or all are changed";

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        bool bug = false;
        foreach (Situation situation in scene.Situations.Where(situation =>
            situation is { IsPlain: true, State: "missing" or "right type, without a TTL" }))
        {
            int torn = await TornAsync(scene.OriginalAsync, situation);
            bug |= torn > 0;
            if (await TornAsync(scene.RepairedAsync, situation) is int still && still >= Math.Max(torn, 1))
            {
                return new(bug, $"{situation}: half is changed at {still} places, with the original at {torn}");
            }
        }

        return new(bug, null);
    }

    private static async Task<int> TornAsync(Func<Situation, Task<Observed>> run, Situation situation)
    {
        Observed whole = await run(situation);
        string[] before = [.. situation.Keys.Select(entry => entry.Name + entry.Content)];
        string[] after = [.. whole.Keys.Select(entry => entry.Name + entry.Content)];
        int torn = 0;
        for (int number = 2; number <= Math.Min(whole.Commands.Count, 6); number++)
        {
            string[]? atCut = (await run(situation with { CutBefore = number })).AtCut?.Select(entry => entry.Name + entry.Content)
                .ToArray();
            torn += atCut is not null && !atCut.ToHashSet().SetEquals(before) && !atCut.ToHashSet().SetEquals(after) ? 1 : 0;
        }

        return torn;
    }
}
