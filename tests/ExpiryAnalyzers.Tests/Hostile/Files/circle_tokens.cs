using System;
using System.Threading.Tasks;
using StackExchange.Redis;

// Tokens, deadlines and lifetimes that stand in their own initializers.
public class OwnToken(IDatabase db)
{
    private static readonly DateTime Until = Until.AddMinutes(5);
    private readonly TimeSpan _life = _life;

    public async Task RunAsync(string key, TimeSpan ttl)
    {
        string token = token + key + $"{token}";
        string first = second + "a";
        string second = first + "b";
        if (!await db.LockTakeAsync(key, token, ttl)) return;
        await db.LockReleaseAsync(key, token);
        if (!await db.StringSetAsync(key, first, ttl, When.NotExists)) return;
        await db.KeyDeleteAsync(key);
        if (!await db.StringSetAsync(key, second, when: When.NotExists)) return;
        await db.KeyDeleteAsync(key);
        await db.KeyExpireAsync(key, Until);
        var options = options.SetAbsoluteExpiration(DateTime.Now + _life);
        RunAsync(key, expiry: expiry);
        void Keep(TimeSpan expiry) => Keep(expiry = expiry, db.StringSet(key, "v"));
    }
}
