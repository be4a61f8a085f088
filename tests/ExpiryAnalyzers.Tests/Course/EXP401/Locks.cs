using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp401.Locks;

public sealed class Locks(IDatabase db)
{
    private static readonly TimeSpan Spin = TimeSpan.FromMilliseconds(20);

    // Bug: a lock that is never given back if its holder dies.
    public async Task<bool> ForEver(string key, string token, Func<Task> work)
    {
        if (!await db.LockTakeAsync(key, token, TimeSpan.MaxValue)) // expect: EXP401
        {
            return false;
        }

        try
        {
            await work();
            return true;
        }
        finally
        {
            await db.LockReleaseAsync(key, token);
        }
    }

    // Bug: the same by SET NX.
    public async Task<bool> ForEverByHand(string token, Func<Task> work)
    {
        if (!await db.StringSetAsync("lock:import", token, TimeSpan.MaxValue, When.NotExists)) // expect: EXP401
        {
            return false;
        }

        await work();
        await db.KeyDeleteAsync("lock:import");
        return true;
    }

    // Fine: a marker that stays is no lock.
    public Task<bool> MarkOnce(string id) => db.StringSetAsync("processed:" + id, 1, TimeSpan.MaxValue, When.NotExists);

    // Bug: throws.
    public Task<bool> TryTake(string key, string token) => db.LockTakeAsync(key, token, default); // expect: EXP401

    // Bug: drops the lock and answers true.
    public Task<bool> Extend(string key, string token) => db.LockExtendAsync(key, token, Timeout.InfiniteTimeSpan); // expect: EXP401

    // Bug: gone before the caller knows of it.
    public Task<bool> TakeForAMoment(string key, string token) => db.LockTakeAsync(key, token, TimeSpan.FromMilliseconds(1)); // expect: EXP402

    // Bug: the constant is short.
    public Task<bool> TakeForASpin(string key, string token) => db.LockTakeAsync(key, token, Spin); // expect: EXP402

    // Fine: a wait between attempts.
    public async Task<bool> TakeWithRetries(string key, string token)
    {
        for (int i = 0; i < 10; i++)
        {
            if (await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(30)))
            {
                return true;
            }

            await Task.Delay(Spin);
        }

        return false;
    }

    // Fine: unknown.
    public Task<bool> TakeFor(string key, string token, int milliseconds) => db.LockTakeAsync(key, token, TimeSpan.FromMilliseconds(milliseconds));
}
