using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Running;
using ExpiryAnalyzers.Tests.Servers;
using StackExchange.Redis;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>The lock has ended under the work, and another has taken it: any client, or a second run of the program at hand.</summary>
internal sealed class LostUnderWork(bool isToItsLike = false) : Place
{
    public override string What =>
        $"the lock ends, and {(isToItsLike ? "a second run of the program" : "another client")} takes it, before each command behind the taking";

    public override string Original => "the other's lock is deleted";

    public override string Repaired => "the other's lock stands";

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        Observed original = await scene.OriginalAsync(scene.Situations[0]);
        Observed repaired = await scene.RepairedAsync(scene.Situations[0]);
        bool bug = false;
        for (int number = 2; number <= Math.Min(original.Commands.Count, 6); number++)
        {
            bug |= await GoneAsync(scene.OriginalAsync, original, scene.Situations[0], number) is not null;
            if (await GoneAsync(scene.RepairedAsync, repaired, scene.Situations[0], number) is { } gone)
            {
                return new(bug, gone);
            }
        }

        return new(bug, null);
    }

    private async Task<string?> GoneAsync(Func<Situation, Task<Observed>> run, Observed first, Situation alone, int number)
    {
        if (first.Commands.FirstOrDefault(Takes) is not { } take)
        {
            return null;
        }

        string token = isToItsLike ? take.Text(2) : "another's token";
        KeyEntry others = new(take.Database, take.Text(1), RedisType.String, [token], TimeSpan.FromMinutes(30));
        Situation lost = alone with
        {
            MeddleBefore = number,
            Meddle = async (stage, _) =>
                await stage.Direct.GetDatabase(others.Database).StringSetAsync(others.Key, others.Values[0], others.Ttl!.Value),
        };
        return (await run(lost)).Key(others.Name) is null ? $"{lost}: the other's lock is gone" : null;
    }

    private static bool Takes(RespCommand command) =>
        command.Name == "SET" && command.Words.Skip(3).Any(static word => word.AsSpan().SequenceEqual("NX"u8));
}
