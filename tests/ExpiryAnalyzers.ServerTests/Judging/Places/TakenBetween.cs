using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Running;
using ExpiryAnalyzers.Tests.Servers;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>The key that was read and compared is another client's by the time that it is extended.</summary>
internal sealed class TakenBetween : Place
{
    private static readonly TimeSpan Others = TimeSpan.FromSeconds(7_777);

    public override string What => "another client writes the key that was compared, before each command in turn";

    public override string Original => "the other's key is given the TTL of this one";

    public override string Repaired => "the other's key keeps its TTL";

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        if (scene.Repair.Key != "LockExtend")
        {
            return new(false, null);
        }

        bool bug = false;
        foreach (Situation held in scene.Situations.Where(situation => situation.State.StartsWith("holds ", StringComparison.Ordinal)))
        {
            bug |= await ExtendedAsync(scene.OriginalAsync, held) is not null;
            if (await ExtendedAsync(scene.RepairedAsync, held) is { } extended)
            {
                return new(bug, extended);
            }
        }

        return new(bug, null);
    }

    private static async Task<string?> ExtendedAsync(Func<Situation, Task<Observed>> run, Situation held)
    {
        int last = (await run(held)).Commands.Count;
        for (int number = 2; number <= Math.Min(last, 6); number++)
        {
            Situation taken = held with { MeddleBefore = number, Meddle = TakeAsync };
            Observed seen = await run(taken);
            if (seen.Keys.FirstOrDefault(entry => entry.Values is [{ } value] && value == "another's token"
                && (entry.Ttl is not { } ttl || (ttl - Others).Duration() > TimeSpan.FromSeconds(60))) is { } extended)
            {
                return $"{taken}: {extended}";
            }
        }

        return null;
    }

    private static async Task TakeAsync(Stage stage, RespCommand command)
    {
        foreach (KeyEntry entry in await Keyspace.ReadAsync(stage.Direct, [command.Database]))
        {
            await stage.Direct.GetDatabase(entry.Database).StringSetAsync(entry.Key, "another's token", Others);
        }
    }
}
