using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Services.Resilience;

public sealed class RetryPolicy(int attempts, TimeSpan pause)
{
    public async Task<T> ExecuteAsync<T>(Func<Task<T>> action)
    {
        for (var i = 1; ; i++)
        {
            try
            {
                return await action();
            }
            catch (RedisConnectionException) when (i < attempts)
            {
                await Task.Delay(pause * i);
            }
        }
    }

    public T Execute<T>(Func<T> action)
    {
        for (var i = 1; ; i++)
        {
            try
            {
                return action();
            }
            catch (RedisTimeoutException) when (i < attempts)
            {
                Thread.Sleep(pause);
            }
        }
    }
}

public sealed class RetryingRedis
{
    private readonly RetryPolicy _retry = new(4, TimeSpan.FromMilliseconds(200));
    private readonly Lazy<IConnectionMultiplexer> _connection;
    private readonly ILogger _logger;

    public RetryingRedis(Lazy<IConnectionMultiplexer> connection, ILogger<RetryingRedis> logger)
    {
        _connection = connection;
        _logger = logger;
    }

    private IDatabase Database => _connection.Value.GetDatabase();

    public Task<bool> KeepAsync(string key, int minutes) =>
        _retry.ExecuteAsync(() => Database.KeyExpireAsync(key, DateTime.Now.AddMinutes(minutes))); // expect: EXP101, EXP102

    public Task<bool> KeepForAsync(string key, TimeSpan time) => _retry.ExecuteAsync(() => Database.KeyExpireAsync(key, time));

    public bool PutUntil(string key, string value, DateTime until) => _retry.Execute(() => Database.StringSet(key, value, until));

    public bool PutForAWhile(string key, string value)
    {
        var until = DateTime.UtcNow.AddMinutes(3);
        return _retry.Execute(() => Database.StringSet(key, value, until)); // expect: EXP102
    }

    public Task<string?> ReadAndKeepAsync(string key, TimeSpan window) => _retry.ExecuteAsync(async () =>
    {
        var value = await Database.StringGetAsync(key);
        if (value.IsNull)
        {
            return null;
        }

        await Database.KeyExpireAsync(key, window); // expect: EXP301
        return (string?)value;
    });

    public Task<string?> ReadWithGetExAsync(string key, TimeSpan window) => _retry.ExecuteAsync(async () =>
    {
        var value = await Database.StringGetSetExpiryAsync(key, window);
        return (string?)value;
    });

    public async Task<bool> ExclusivelyAsync(string name, Func<Task> critical)
    {
        var token = Guid.NewGuid().ToString("N");
        var key = "mutex:" + name;
        var entered = await _retry.ExecuteAsync(() => Database.StringSetAsync(key, token, TimeSpan.FromSeconds(15), When.NotExists)); // expect: EXP201
        if (!entered)
        {
            return false;
        }

        try
        {
            await critical();
        }
        catch (Exception ex)
        {
            _logger.LogError(ex, "{Name} failed", name);
            throw;
        }
        finally
        {
            if (await Database.StringGetAsync(key) == token)
            {
                await Database.KeyDeleteAsync(key);
            }
        }

        return true;
    }

    public async Task<bool> ExclusivelyRenewedAsync(string name, Func<CancellationToken, Task> critical, CancellationToken ct)
    {
        var token = Guid.NewGuid().ToString("N");
        var key = "mutex:" + name;
        if (!await Database.LockTakeAsync(key, token, TimeSpan.FromSeconds(15)))
        {
            return false;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watchdog = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(5), stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                if (!stop.IsCancellationRequested && !await Database.LockExtendAsync(key, token, TimeSpan.FromSeconds(15)))
                {
                    await stop.CancelAsync();
                }
            }
        }, CancellationToken.None);
        try
        {
            await critical(stop.Token);
            return true;
        }
        finally
        {
            await stop.CancelAsync();
            await watchdog;
            await Database.LockReleaseAsync(key, token);
        }
    }

    public async Task<int> DrainAsync(string queue, Func<RedisValue, Task> handle, CancellationToken ct)
    {
        var done = 0;
        var items = await Database.ListRangeAsync(queue, 0, 99);
        foreach (var item in items)
        {
            ct.ThrowIfCancellationRequested();
            await handle(item);
            done++;
        }

        await Database.ListTrimAsync(queue, done, -1);
        await Database.KeyExpireAsync(queue, TimeSpan.FromHours(12));
        return done;
    }

    public Task<bool> ExpireAllAsync(IEnumerable<string> keys, DateTimeOffset at) => _retry.ExecuteAsync(async () =>
    {
        var all = true;
        foreach (var key in keys)
        {
            all &= await Database.KeyExpireAsync(key, at.UtcDateTime);
        }

        return all;
    });
}
