using ExpiryAnalyzers.Tests.Running;
using ExpiryAnalyzers.Tests.Servers;
using StackExchange.Redis;

namespace ExpiryAnalyzers.Tests.Judging.Places;

/// <summary>The work under a lock goes on when the lock's TTL is over. So that nobody waits for it, the TTL is cut short.</summary>
internal sealed class WorkOutlivesLock : Place
{
    /// <summary>The repair that is to let it.</summary>
    public const string Renewal = "Renew";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    public override string What => "the work goes on when the lock's TTL, cut to a little more than a third, is over";

    public override string Original => "the lock is gone while the work goes on";

    public override string Repaired => "it has been renewed, and is held by the same token";

    /// <summary>The taking of a lock that can be waited for, where the repair is to renew it.</summary>
    public static RespCommand? TakeOf(Scene scene) =>
        scene.Repair.Key == Renewal && scene.First.Completes && scene.First.Commands.FirstOrDefault(LockCommands.Takes) is { } take
            && LockCommands.TtlOf(take) <= Longest ? take : null;

    public override async Task<Sighting> LookAsync(Scene scene)
    {
        if (TakeOf(scene) is not { } take || LockCommands.TtlOf(take) is not { } ttl)
        {
            return new(false, null);
        }

        bool? isKept = null;
        Situation longer = scene.Situations[0] with
        {
            Patience = ttl + (4 * Slack),
            AtWork = async stage => isKept ??= await IsKeptAsync(stage, take, ttl),
        };
        bool? original = await scene.OfOriginalAsync(this, async () =>
        {
            await scene.OriginalAgainAsync(longer);
            return isKept;
        });
        isKept = null;
        await scene.RepairedAgainAsync(longer);
        return new(original == false, isKept == false ? "the lock is gone while the work goes on, or not renewed for its whole time" : null);
    }

    /// <summary>
    /// Whether a lock that is cut short is still there when that is over, the same and renewed for its whole time; null where nobody holds it.
    /// </summary>
    private static async Task<bool?> IsKeptAsync(Stage stage, RespCommand take, TimeSpan ttl)
    {
        IDatabase db = stage.Direct.GetDatabase(take.Database);
        string key = take.Text(1);
        RedisValue token = await db.StringGetAsync(key);
        if (token.IsNull)
        {
            return null;
        }

        TimeSpan left = (ttl / 3) + Slack;
        await db.KeyExpireAsync(key, left);
        await Task.Delay(left + (Slack / 3));
        return await db.StringGetAsync(key) == token && await db.KeyTimeToLiveAsync(key) > ttl / 2;
    }
}
