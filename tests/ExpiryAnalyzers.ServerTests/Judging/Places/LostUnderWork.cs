using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Running;
using ExpiryAnalyzers.Tests.Servers;
using StackExchange.Redis;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>The lock has ended under the work, and another client has taken it.</summary>
internal sealed class LostUnderWork : Place
{
    public override string What => "the lock ends, and another client takes it, before each command behind the taking";

    public override string Original => "the other's lock is deleted";

    public override string Repaired => "the other's lock stands";

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        bool bug = false;
        Observed seen = await scene.OriginalAsync(scene.Situations[0]);
        if (seen.Commands.FirstOrDefault(Takes) is not { } take)
        {
            return new(false, null);
        }

        KeyEntry others = new(take.Database, take.Text(1), RedisType.String, ["another's token"], TimeSpan.FromMinutes(30));
        for (int number = 2; number <= Math.Min(seen.Commands.Count, 6); number++)
        {
            Situation lost = scene.Situations[0] with { MeddleBefore = number, Meddle = TakeAsync };
            bug |= IsGone(await scene.OriginalAsync(lost));
            if (IsGone(await scene.RepairedAsync(lost)))
            {
                return new(bug, $"{lost}: the other's lock is gone");
            }
        }

        return new(bug, null);

        bool IsGone(Observed run) => run.Key(others.Name) is null;

        async Task TakeAsync(Stage stage, RespCommand command) =>
            await stage.Direct.GetDatabase(others.Database).StringSetAsync(others.Key, others.Values[0], others.Ttl!.Value);
    }

    private static bool Takes(RespCommand command) =>
        command.Name == "SET" && command.Words.Skip(3).Any(static word => word.AsSpan().SequenceEqual("NX"u8));
}
