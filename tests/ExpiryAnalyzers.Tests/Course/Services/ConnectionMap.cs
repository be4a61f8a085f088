using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Services.Realtime;

public sealed class ConnectionMap
{
    private static readonly TimeSpan ConnectionTtl = TimeSpan.FromHours(2);
    private readonly IConnectionMultiplexer _redis;
    private readonly int _database;

    public ConnectionMap(IConnectionMultiplexer redis, int database = -1)
    {
        _redis = redis;
        _database = database;
    }

    private static string UserKey(string user) => "hub:user:" + user;

    private static string ConnectionKey(string connection) => "hub:conn:" + connection;

    public async Task ConnectedAsync(string user, string connection)
    {
        var db = _redis.GetDatabase(_database);
        var tran = db.CreateTransaction();
        _ = tran.SetAddAsync(UserKey(user), connection);
        _ = tran.KeyExpireAsync(UserKey(user), ConnectionTtl);
        _ = tran.HashSetAsync(ConnectionKey(connection), "user", user);
        _ = tran.KeyExpireAsync(ConnectionKey(connection), DateTime.UtcNow + ConnectionTtl); // expect: EXP102
        await tran.ExecuteAsync();
    }

    public async Task<string?> UserOfAsync(string connection)
    {
        var db = _redis.GetDatabase(_database);
        var user = await db.HashGetAsync(ConnectionKey(connection), "user");
        if (user.HasValue)
        {
            // Two keys: the connection was read, only the user's set is refreshed.
            await db.KeyExpireAsync(UserKey(user!), ConnectionTtl);
        }

        return user;
    }

    public async Task<string?> UserOfAndKeepAsync(string connection)
    {
        var db = _redis.GetDatabase(_database);
        var user = await db.HashGetAsync(ConnectionKey(connection), "user");
        if (user.HasValue)
        {
            await db.KeyExpireAsync(UserKey(user!), ConnectionTtl);
            await db.KeyExpireAsync(ConnectionKey(connection), ConnectionTtl); // expect: EXP301
        }

        return user;
    }

    public async Task<string[]> ConnectionsAsync(string user)
    {
        var connections = await _redis.GetDatabase(_database).SetMembersAsync(UserKey(user));
        if (connections.Length > 0)
        {
            await _redis.GetDatabase(_database).KeyExpireAsync(UserKey(user), ConnectionTtl); // expect: EXP301
        }

        return [.. connections.Select(c => c.ToString())];
    }

    public async Task<int> SweepAsync(IReadOnlyCollection<string> users)
    {
        var db = _redis.GetDatabase(_database);
        var removed = 0;
        foreach (var user in users)
        {
            foreach (var connection in await db.SetMembersAsync(UserKey(user)))
            {
                if (await db.KeyExistsAsync(ConnectionKey(connection!)))
                {
                    await db.KeyExpireAsync(ConnectionKey(connection!), ConnectionTtl);
                    continue;
                }

                await db.SetRemoveAsync(UserKey(user), connection);
                removed++;
            }
        }

        return removed;
    }

    public async Task RenameAsync(string user, string connection)
    {
        var db = _redis.GetDatabase(_database);
        var members = await db.SetMembersAsync(UserKey(user));
        if (members.Contains((RedisValue)connection))
        {
            return;
        }

        await db.SetAddAsync(UserKey(user), connection);
        await db.KeyExpireAsync(UserKey(user), ConnectionTtl); // expect: EXP302
    }

    public async Task<double?> RankAsync(string user)
    {
        var db = _redis.GetDatabase(_database);
        var score = await db.SortedSetScoreAsync("hub:activity", user);
        await db.KeyExpireAsync("hub:activity", TimeSpan.FromDays(1)); // expect: EXP301
        return score;
    }

    public void Disconnected(string user, string connection)
    {
        var db = _redis.GetDatabase(_database);
        db.SetRemove(UserKey(user), connection);
        db.KeyExpire(ConnectionKey(connection), DateTime.Now.AddSeconds(30), flags: CommandFlags.FireAndForget); // expect: EXP101, EXP102
        db.KeyExpire(UserKey(user), DateTime.MinValue); // expect: EXP101
    }

    // What a test would set up on a substitute: described, never run.
    public static IEnumerable<Expression<Func<IDatabase, object>>> ExpectedCalls(string user, string connection)
    {
        yield return db => db.KeyExpire(UserKey(user), DateTime.Now.AddSeconds(30), ExpireWhen.Always, CommandFlags.None);
        yield return db => db.KeyExpireAsync(ConnectionKey(connection), DateTime.Today.AddDays(1), ExpireWhen.Always, CommandFlags.None);
        yield return db => db.KeyExpireAsync(ConnectionKey(connection), new DateTime(2030, 1, 1), ExpireWhen.Always, CommandFlags.None);
        yield return db => db.LockTake("hub:lock", connection, TimeSpan.FromSeconds(2), CommandFlags.None);
    }

    public static Task<RedisValue> ReadThrough(IDatabase db, ITransaction? tran, string connection)
    {
        IDatabaseAsync target = tran is null ? db : tran;
        var value = target.HashGetAsync(ConnectionKey(connection), "user");
        _ = target.KeyExpireAsync(ConnectionKey(connection), ConnectionTtl);
        return value;
    }
}
