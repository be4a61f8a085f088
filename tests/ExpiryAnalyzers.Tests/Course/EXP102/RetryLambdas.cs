using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp102.Retries;

public sealed class RedisGateway
{
    private readonly Lazy<IConnectionMultiplexer> _connection;
    private readonly int _database;

    public RedisGateway(Lazy<IConnectionMultiplexer> connection, int database = -1)
    {
        _connection = connection;
        _database = database;
    }

    private T Do<T>(Func<IDatabase, T> action) => action(_connection.Value.GetDatabase(_database));

    private async Task<T> DoAsync<T>(Func<IDatabase, Task<T>> action)
    {
        try
        {
            return await action(_connection.Value.GetDatabase(_database)).ConfigureAwait(false);
        }
        catch (RedisConnectionException)
        {
            await Task.Delay(100).ConfigureAwait(false);
            return await action(_connection.Value.GetDatabase(_database)).ConfigureAwait(false);
        }
    }

    // Bug: a wrapper that receives seconds and makes an instant of them; Local on top.
    public bool KeyExpire(string key, int seconds) => Do(db => db.KeyExpire(key, DateTime.Now.AddSeconds(seconds))); // expect: EXP101, EXP102

    // Bug: the same in UTC.
    public bool KeyExpireUtc(string key, int seconds) => Do(db => db.KeyExpire(key, DateTime.UtcNow.AddSeconds(seconds))); // expect: EXP102

    // Fine: seconds as a span.
    public bool KeyExpireRelative(string key, int seconds) => Do(db => db.KeyExpire(key, TimeSpan.FromSeconds(seconds)));

    // Bug: a wrapper that receives a span.
    public Task<bool> KeyExpireAsync(string key, TimeSpan ttl) => DoAsync(db => db.KeyExpireAsync(key, DateTime.UtcNow.Add(ttl))); // expect: EXP102

    // Fine: the span goes on.
    public Task<bool> KeyExpireRelativeAsync(string key, TimeSpan ttl) => DoAsync(db => db.KeyExpireAsync(key, ttl));

    // Bug: a statement lambda.
    public Task<bool> SetAsync(string key, string value, int minutes) => DoAsync(async db =>
    {
        bool stored = await db.StringSetAsync(key, value, DateTime.UtcNow.AddMinutes(minutes)); // expect: EXP102
        return stored;
    });

    // Fine: a statement lambda with a span.
    public Task<bool> SetRelativeAsync(string key, string value, int minutes) => DoAsync(async db =>
    {
        bool stored = await db.StringSetAsync(key, value, TimeSpan.FromMinutes(minutes));
        return stored;
    });

    // Fine: the parameter is the caller's moment.
    public bool KeyExpireAt(string key, DateTime at) => Do(db => db.KeyExpire(key, at));

    // Bug: a local of the lambda.
    public bool Touch(string key) => Do(db =>
    {
        var until = DateTime.UtcNow.AddMinutes(5);
        return db.KeyExpire(key, until); // expect: EXP102
    });

    // Bug: a local function.
    public async Task KeepAliveAsync(string key, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await TouchAsync();
            await Task.Delay(TimeSpan.FromSeconds(30), stopping);
        }

        Task<bool> TouchAsync() => _connection.Value.GetDatabase().KeyExpireAsync(key, DateTime.UtcNow.AddMinutes(2)); // expect: EXP102
    }

    // Fine: a local function with a span.
    public async Task KeepAliveRelativeAsync(string key, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await TouchAsync();
            await Task.Delay(TimeSpan.FromSeconds(30), stopping);
        }

        Task<bool> TouchAsync() => _connection.Value.GetDatabase().KeyExpireAsync(key, TimeSpan.FromMinutes(2));
    }

    // Bug: a delegate kept in a local.
    public bool ByDelegate(string key)
    {
        Func<IDatabase, bool> touch = db => db.KeyExpire(key, DateTime.UtcNow.AddHours(1)); // expect: EXP102
        return Do(touch);
    }

    // Fine: the end of the day in a lambda.
    public bool ByDelegateCalendar(string key)
    {
        Func<IDatabase, bool> touch = static db => db.KeyExpire("daily", DateTime.UtcNow.Date.AddDays(1));
        return Do(touch) && key.Length > 0;
    }
}
