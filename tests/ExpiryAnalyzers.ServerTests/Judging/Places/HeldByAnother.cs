using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Running;
using StackExchange.Redis;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>Another holds the lock.</summary>
internal sealed class HeldByAnother : Place
{
    public override string What => "another client holds the lock with a token of its own";

    public override string Original => "the work is done beside the holder's, or the holder's lock is deleted";

    public override string Repaired => "the holder's lock stands as it stood";

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        KeyEntry[] locks = [.. scene.First.Commands
            .Where(LockCommands.Takes)
            .Select(command => new KeyEntry(command.Database, command.Text(1), RedisType.String, ["another's token"],
                TimeSpan.FromMinutes(30)))
            .DistinctBy(entry => entry.Name)];
        if (locks.Length == 0)
        {
            return new(false, null);
        }

        Situation held = scene.Situations[0] with { State = "held by another", Keys = locks };
        Observed original = await scene.OriginalAsync(held);
        Observed repaired = await scene.RepairedAsync(held);
        bool bug = original.Calls.Count > 0 || locks.Any(entry => original.Key(entry.Name)?.Content != entry.Content);
        bool spared = locks.All(entry => repaired.Key(entry.Name)?.Content == entry.Content
            || original.Key(entry.Name)?.Content != entry.Content);
        return new(bug, spared ? null : $"{held}: the holder's lock is gone");
    }
}
