using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Running;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>The connection is cut, or the process ends, between two commands.</summary>
internal sealed class CutBetween : Place
{
    public override string What => "the connection is cut before each command in turn";

    public override string Original => "a key stands without the TTL that it was to get";

    public override string Repaired => "no such key is there, or it has its TTL";

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        bool bug = false;
        foreach (Situation situation in scene.Situations.Where(situation =>
            situation is { IsPlain: true, State: "missing" or "right type, without a TTL" }))
        {
            HashSet<string> withTtl =
                [.. (await scene.OriginalAsync(situation)).Keys.Concat((await scene.RepairedAsync(situation)).Keys)
                    .Where(entry => entry.Ttl is not null).Select(entry => entry.Name)];
            withTtl.ExceptWith(situation.Keys.Where(entry => entry.Ttl is null).Select(entry => entry.Name));
            bug |= await TornAsync(scene.OriginalAsync, situation, withTtl) is not null;
            if (await TornAsync(scene.RepairedAsync, situation, withTtl) is { } torn)
            {
                return new(bug, torn);
            }
        }

        return new(bug, null);
    }

    private static async Task<string?> TornAsync(Func<Situation, Task<Observed>> run, Situation situation, HashSet<string> withTtl)
    {
        int last = (await run(situation)).Commands.Count;
        for (int number = 2; number <= Math.Min(last, 6); number++)
        {
            Situation cut = situation with { CutBefore = number };
            if ((await run(cut)).AtCut?.FirstOrDefault(entry => entry.Ttl is null && withTtl.Contains(entry.Name)) is { } left)
            {
                return $"{cut}: {left}";
            }
        }

        return null;
    }
}
