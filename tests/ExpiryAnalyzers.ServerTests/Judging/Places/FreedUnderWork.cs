using ExpiryAnalyzers.Tests.Running;
using StackExchange.Redis;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>The work takes a moment longer than what the code does behind it.</summary>
internal sealed class FreedUnderWork : Place
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.5);

    public override string What => "the work takes a moment";

    public override string Original => "the lock is free while the work goes on";

    public override string Repaired => "the lock is held until the work has ended";

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        if (scene.First.Commands.FirstOrDefault(LockCommands.Takes) is not { } take)
        {
            return new(false, null);
        }

        bool? isHeld = null;
        Situation slow = scene.Situations[0] with
        {
            Patience = TimeSpan.FromSeconds(10),
            AtWork = async stage =>
            {
                await Task.Delay(Moment);
                isHeld ??= await stage.Direct.GetDatabase(take.Database).KeyExistsAsync(take.Text(1));
            },
        };
        await scene.OriginalAgainAsync(slow);
        bool? original = isHeld;
        isHeld = null;
        await scene.RepairedAgainAsync(slow);
        return new(original == false, isHeld == false ? "the lock is free while the work goes on" : null);
    }
}
