using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Running;
using ExpiryAnalyzers.Tests.Servers;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>The TTL that a key had runs out after it was read.</summary>
internal sealed class EndsBetween : Place
{
    /// <summary>The TTL of the keys before the run, told from any that a program sets.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromSeconds(7_777);

    public override string What => "the TTL that a key had runs out before each command in turn";

    public override string Original => "the value is given back, and the key that was to live on is gone";

    public override string Repaired => "who is given the value finds the key alive, with its new TTL";

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        bool bug = false;
        foreach (Situation situation in scene.Situations.Where(situation => situation.IsPlain
            && situation.Keys.Any(entry => entry.Ttl is not null)))
        {
            Situation alive = situation with { State = situation.State + ", which runs out", Keys =
                [.. situation.Keys.Select(entry => entry with { Ttl = Old })] };
            bug |= await LostAsync(scene.OriginalAsync, scene, alive) is not null;
            if (await LostAsync(scene.RepairedAsync, scene, alive) is { } lost)
            {
                return new(bug, lost);
            }
        }

        return new(bug, null);
    }

    private static async Task<string?> LostAsync(Func<Situation, Task<Observed>> run, Scene scene, Situation alive)
    {
        Observed there = await run(alive);
        Observed missing = await run(scene.Situations[0]);
        for (int number = 2; number <= Math.Min(there.Commands.Count, 6); number++)
        {
            Situation ends = alive with { MeddleBefore = number, Meddle = EndAsync };
            Observed seen = await run(ends);
            IEnumerable<KeyEntry> refreshed = there.Keys.Where(entry => entry.Ttl is { } ttl && Math.Abs((ttl - Old).TotalSeconds) > 60);
            if (refreshed.FirstOrDefault(entry => seen.Key(entry.Name) is null) is { } lost
                && RunText.Same(seen.Answer, there.Answer) && !RunText.Same(there.Answer, missing.Answer))
            {
                return $"{ends}: {lost.Name} is gone, yet the program {seen.Answer}";
            }
        }

        return null;
    }

    private static async Task EndAsync(Stage stage, RespCommand command)
    {
        foreach (KeyEntry entry in await Keyspace.ReadAsync(stage.Direct, [command.Database]))
        {
            if (entry.Ttl is { } ttl && (Old - ttl).Duration() < TimeSpan.FromSeconds(30))
            {
                await stage.Direct.GetDatabase(entry.Database).KeyDeleteAsync(entry.Key);
            }
        }
    }
}
