#nullable enable
using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp203.SharedTokens;

public sealed class Holders
{
    private const string Locked = "locked";
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);
    private readonly RedisValue _process = Process.GetCurrentProcess().Id;
    private readonly string _mine = $"{Environment.MachineName}/{Environment.ProcessId}";
    private readonly IDatabase _db;
    private readonly Func<CancellationToken, Task> _work;

    public Holders(IDatabase db, Func<CancellationToken, Task> work) => (_db, _work) = (db, work);

    // Bug: a constant.
    public async Task SameForAll(string resource)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        if (!await _db.LockTakeAsync("lock:" + resource, Locked, Life)) return; // expect: EXP203
        try { await _work(budget.Token); }
        finally { await _db.LockReleaseAsync("lock:" + resource, "locked"); }
    }

    // Bug: the key itself.
    public async Task KeyAsToken(string resource)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        if (!await _db.LockTakeAsync(resource, resource, Life)) return; // expect: EXP203
        try { await _work(budget.Token); }
        finally { await _db.LockReleaseAsync(resource, resource); }
    }

    // Bug: the number of the process is 1 in every container.
    public async Task ProcessAsToken(string resource)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        if (!await _db.LockTakeAsync("lock:" + resource, _process, Life)) return; // expect: EXP203
        try { await _work(budget.Token); }
        finally { await _db.LockReleaseAsync("lock:" + resource, _process); }
    }

    // Bug: a plain delete gives back whatever is there; the token tells nobody apart.
    public async Task OneAsToken(string resource)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        if (!await _db.StringSetAsync("lock:" + resource, true, Life, When.NotExists)) return; // expect: EXP203
        try { await _work(budget.Token); }
        finally { await _db.KeyDeleteAsync("lock:" + resource); }
    }

    // Bug: two requests of one machine.
    public async Task MachineAsToken(string resource)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        if (!await _db.LockTakeAsync("lock:" + resource, Environment.MachineName, Life)) return; // expect: EXP203
        try { await _work(budget.Token); }
        finally { await _db.LockReleaseAsync("lock:" + resource, Environment.MachineName); }
    }

    public async Task OwnToken(string resource)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        var mine = Guid.NewGuid().ToString("N");
        if (!await _db.LockTakeAsync("lock:" + resource, mine, Life)) return;
        try { await _work(budget.Token); }
        finally { await _db.LockReleaseAsync("lock:" + resource, mine); }
    }

    public async Task OneWorkerAProcess(string resource)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        if (!await _db.LockTakeAsync("lock:" + resource, _mine, Life)) return;
        try { await _work(budget.Token); }
        finally { await _db.LockReleaseAsync("lock:" + resource, _mine); }
    }

    // A throttle is never given back.
    public Task<bool> OncePerNight() => _db.LockTakeAsync("digest", Environment.MachineName, TimeSpan.FromHours(5));

    // A mark.
    public async Task Once(string id)
    {
        if (!await _db.StringSetAsync("done:" + id, "1", TimeSpan.FromDays(1), When.NotExists)) return;
        try { await _work(default); }
        catch
        {
            await _db.KeyDeleteAsync("done:" + id);
            throw;
        }
    }
}

/// <summary>Takes locks for others.</summary>
public sealed class Locker
{
    private readonly IDatabase _db;

    public Locker(IDatabase db) => _db = db;

    // Bug: every caller gives the same.
    public Task<bool> AcquireAsync(string name, TimeSpan life) =>
        _db.StringSetAsync($"lock:{name}", "1", life, When.NotExists); // expect: EXP203

    public Task ReleaseAsync(string name) => _db.KeyDeleteAsync($"lock:{name}");

    public Task<bool> AcquireAsync(string name, string owner, TimeSpan life) => _db.LockTakeAsync($"owned:{name}", owner, life);

    public Task ReleaseAsync(string name, string owner) => _db.LockReleaseAsync($"owned:{name}", owner);
}
