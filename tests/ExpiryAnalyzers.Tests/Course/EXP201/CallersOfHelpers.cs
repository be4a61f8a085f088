#nullable enable
using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Exp201.CallersOfHelpers;

public interface IImporter
{
    Task ImportAsync(CancellationToken ct = default);
    Task PageAsync(int page, CancellationToken ct = default);
    void Compact();
}

// The helper leaves both the TTL and the work to its callers, who are judged: it has no say in either.
public sealed class ExclusiveRuns
{
    private static readonly TimeSpan NightlyTtl = TimeSpan.FromMinutes(10);
    private readonly IDatabase _db;
    private readonly IImporter _importer;
    private readonly ILogger<ExclusiveRuns> _logger;

    public ExclusiveRuns(IDatabase db, IImporter importer, ILogger<ExclusiveRuns> logger) => (_db, _importer, _logger) = (db, importer, logger);

    private async Task<bool> RunExclusiveAsync(string key, TimeSpan ttl, Func<Task> work)
    {
        var token = Guid.NewGuid().ToString("N");
        if (!await _db.LockTakeAsync(key, token, ttl)) return false;
        try
        {
            await work();
            return true;
        }
        finally
        {
            await _db.LockReleaseAsync(key, token);
        }
    }

    // Bug: nothing ends the import.
    public Task<bool> HourlyAsync() => RunExclusiveAsync("import", TimeSpan.FromSeconds(30), () => _importer.ImportAsync()); // expect: EXP201

    // Bug: a field, an async lambda, the request's token.
    public async Task NightlyAsync(CancellationToken ct)
    {
        await RunExclusiveAsync("import:full", NightlyTtl, async () => // expect: EXP201
        {
            _logger.LogInformation("import");
            await _importer.ImportAsync(ct);
        });
    }

    // Bug: the whole TTL is the limit of the work.
    public Task<bool> WeeklyAsync(TimeSpan ttl) =>
        RunExclusiveAsync("import:week", ttl, () => _importer.ImportAsync().WaitAsync(ttl)); // expect: EXP201

    // Bug: no longer than the margin.
    public Task<bool> QuickAsync() =>
        RunExclusiveAsync("import:quick", TimeSpan.FromSeconds(3), async () => // expect: EXP201
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await _importer.ImportAsync(limit.Token);
        });

    // Bug: a method of this type is the work.
    public Task<bool> CompactAsync() => RunExclusiveAsync("compact", TimeSpan.FromSeconds(20), DoCompactAsync); // expect: EXP201

    private Task DoCompactAsync()
    {
        _importer.Compact();
        return Task.CompletedTask;
    }

    // Bug: named arguments in another order.
    public Task<bool> NamedAsync() =>
        RunExclusiveAsync(work: () => _importer.ImportAsync(), key: "named", ttl: NightlyTtl); // expect: EXP201

    // Fine: the work ends ten seconds before the lock.
    public Task<bool> BoundedAsync() =>
        RunExclusiveAsync("import:bounded", TimeSpan.FromSeconds(30), async () =>
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await _importer.ImportAsync(limit.Token);
        });

    // Fine: cut off by WaitAsync.
    public Task<bool> CutOffAsync() => RunExclusiveAsync("import:cut", NightlyTtl, () => _importer.ImportAsync().WaitAsync(TimeSpan.FromMinutes(9)));

    // Fine: the budget plus a margin.
    public Task<bool> ReservedAsync(TimeSpan budget) =>
        RunExclusiveAsync("import:reserved", budget + TimeSpan.FromSeconds(10), async () =>
        {
            using var limit = new CancellationTokenSource(budget);
            await _importer.ImportAsync(limit.Token);
        });

    // Fine: no work but a line in the log.
    public Task<bool> LogAsync() => RunExclusiveAsync("log", TimeSpan.FromSeconds(30), () =>
    {
        _logger.LogInformation("only one of us says this");
        return Task.CompletedTask;
    });

    // Fine: TTL and work are handed on; whoever calls this gives both.
    private Task<bool> ForTenantAsync(string tenant, TimeSpan ttl, Func<Task> work) => RunExclusiveAsync("tenant:" + tenant, ttl, work);

    // Bug: two helpers deep, and the one in between names nothing of the client.
    public Task<bool> TenantAsync(string tenant) => ForTenantAsync(tenant, TimeSpan.FromSeconds(40), () => _importer.ImportAsync()); // expect: EXP201
}

// The delegate renews.
public sealed class Pages(IDatabase db, IImporter importer)
{
    private async Task RunExclusiveAsync(string key, string token, TimeSpan ttl, Func<Task> work)
    {
        if (!await db.LockTakeAsync(key, token, ttl)) return;
        try { await work(); }
        finally { await db.LockReleaseAsync(key, token); }
    }

    // Fine: the lock is extended before each page.
    public Task PagesAsync(string token) =>
        RunExclusiveAsync("pages", token, TimeSpan.FromSeconds(30), async () =>
        {
            for (var page = 0; page < 100; page++)
            {
                if (!await db.LockExtendAsync("pages", token, TimeSpan.FromSeconds(30))) return;
                await importer.PageAsync(page);
            }
        });
}

// Seconds as a number, a static class, a synchronous delegate.
public static class Locked
{
    public static void Run(IDatabase db, string name, int seconds, Action work)
    {
        string token = Guid.NewGuid().ToString();
        while (!db.LockTake("lk:" + name, token, TimeSpan.FromSeconds(seconds))) Thread.Sleep(20);
        try { work(); }
        finally { db.LockRelease("lk:" + name, token); }
    }

    // Bug.
    public static void Compact(IDatabase db, IImporter importer) => Run(db, "compact", 30, importer.Compact); // expect: EXP201

    // Bug.
    public static void CompactLate(IDatabase db, IImporter importer) => Run(db, "compact", 30, () => importer.Compact()); // expect: EXP201

    // Fine: cut off in time.
    public static void CompactSoon(IDatabase db, IImporter importer) => Run(db, "compact", 30, () => Task.Run(importer.Compact).Wait(TimeSpan.FromSeconds(10)));
}

// Nobody calls the helper in view: the lock is judged where it is taken.
public sealed class UncalledHelper(IDatabase db)
{
    public async Task ProtectAsync(string key, TimeSpan ttl, Func<Task> work)
    {
        var token = Guid.NewGuid().ToString("N");
        if (!await db.LockTakeAsync(key, token, ttl)) return; // expect: EXP201
        try { await work(); }
        finally { await db.LockReleaseAsync(key, token); }
    }
}

// The helper sets the TTL, its callers the work: the helper is judged, once.
public sealed class LiteralHelper(IDatabase db, IImporter importer)
{
    private async Task GuardAsync(string key, Func<Task> work)
    {
        var token = Guid.NewGuid().ToString("N");
        if (!await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(15))) return; // expect: EXP201
        try { await work(); }
        finally { await db.LockReleaseAsync(key, token); }
    }

    public Task ImportAsync() => GuardAsync("import", () => importer.ImportAsync());
}

// The helper bounds the work by its callers' TTL less a margin: nobody has anything to mend.
public sealed class CarefulHelper(IDatabase db, IImporter importer)
{
    private async Task GuardAsync(string key, TimeSpan ttl, Func<CancellationToken, Task> work)
    {
        var token = Guid.NewGuid().ToString("N");
        if (!await db.LockTakeAsync(key, token, ttl)) return;
        using var limit = new CancellationTokenSource(ttl - TimeSpan.FromSeconds(5));
        try { await work(limit.Token); }
        finally { await db.LockReleaseAsync(key, token); }
    }

    public Task ImportAsync() => GuardAsync("import", TimeSpan.FromSeconds(30), ct => importer.ImportAsync(ct));
}

// The helper renews.
public sealed class RenewingHelper(IDatabase db, IImporter importer)
{
    private async Task GuardAsync(string key, TimeSpan ttl, Func<Task> work)
    {
        var token = Guid.NewGuid().ToString("N");
        if (!await db.LockTakeAsync(key, token, ttl)) return;
        using var timer = new Timer(_ => db.LockExtend(key, token, ttl), null, ttl / 3, ttl / 3);
        try { await work(); }
        finally { await db.LockReleaseAsync(key, token); }
    }

    public Task ImportAsync() => GuardAsync("import", TimeSpan.FromSeconds(30), () => importer.ImportAsync());
}

// Taken by one method of the type, given back by another.
public sealed class Pairs
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);
    private readonly IDatabase _db;
    private readonly IImporter _importer;
    private readonly string _token = Guid.NewGuid().ToString("N");

    public Pairs(IDatabase db, IImporter importer) => (_db, _importer) = (db, importer);

    private Task<bool> AcquireAsync(string key) => _db.LockTakeAsync("lock:" + key, _token, Hold);

    private Task<bool> AcquireForAsync(string key, TimeSpan ttl) => _db.LockTakeAsync("lock:" + key, _token, ttl);

    private Task ReleaseAsync(string key) => _db.LockReleaseAsync("lock:" + key, _token);

    private async Task<string?> WaitAndAcquireAsync(string key)
    {
        var token = Guid.NewGuid().ToString("N");
        for (var i = 0; i < 20; i++)
        {
            if (await _db.LockTakeAsync("lock:" + key, token, Hold)) return token;
            await Task.Delay(100);
        }

        return null;
    }

    private async Task EnterAsync(string key)
    {
        while (!await _db.LockTakeAsync("lock:" + key, _token, Hold)) await Task.Delay(100);
    }

    private async Task LeaveAsync(string key, string token)
    {
        await _db.LockReleaseAsync("lock:" + key, token);
    }

    // Bug: the helper's TTL, and work that nothing ends.
    public async Task ImportAsync()
    {
        if (!await AcquireAsync("import")) return; // expect: EXP201
        try
        {
            await _importer.ImportAsync();
        }
        finally
        {
            await ReleaseAsync("import");
        }
    }

    // Bug: the TTL is this method's.
    public async Task ImportForAsync(string tenant)
    {
        if (await AcquireForAsync(tenant, TimeSpan.FromSeconds(45))) // expect: EXP201
        {
            try { await _importer.ImportAsync(); }
            finally { await ReleaseAsync(tenant); }
        }
    }

    // Bug: a token says whether the lock was got.
    public async Task ImportWithTokenAsync(string tenant)
    {
        var token = await WaitAndAcquireAsync(tenant); // expect: EXP201
        if (token is null) return;
        try { await _importer.ImportAsync(); }
        finally { await LeaveAsync(tenant, token); }
    }

    // Bug: the helper waits until it has the lock.
    public async Task ImportAtLastAsync(string tenant)
    {
        await EnterAsync(tenant); // expect: EXP201
        try { await _importer.ImportAsync(); }
        finally { await ReleaseAsync(tenant); }
    }

    // Fine: bounded.
    public async Task ImportBoundedAsync(CancellationToken ct)
    {
        if (!await AcquireAsync("import")) return;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromSeconds(20));
            await _importer.ImportAsync(limit.Token);
        }
        finally
        {
            await ReleaseAsync("import");
        }
    }

    // Fine: hands the lock on to its caller.
    public async Task<bool> TryBeginAsync(string key)
    {
        if (!await AcquireAsync(key)) return false;
        return true;
    }

    // Fine: another lock is given back.
    public async Task BeginAsync()
    {
        if (!await AcquireAsync("begin")) return;
        await _importer.ImportAsync();
        await ReleaseAsync("end");
    }

    // Fine: once an hour, and never given back.
    public async Task ThrottledAsync()
    {
        if (await AcquireForAsync("throttle", TimeSpan.FromHours(1))) await _importer.ImportAsync();
    }

    // Fine: nothing runs between the two.
    public async Task ProbeAsync(string key)
    {
        if (await AcquireAsync(key)) await ReleaseAsync(key);
    }
}

// Handles: what gives the lock back is a Dispose.
public sealed class RedisLease : IAsyncDisposable, IDisposable
{
    private readonly IDatabase _db;
    private readonly RedisKey _key;
    private readonly RedisValue _token;

    internal RedisLease(IDatabase db, RedisKey key, RedisValue token) => (_db, _key, _token) = (db, key, token);

    public void Dispose() => _db.LockRelease(_key, _token);

    public async ValueTask DisposeAsync() => await _db.LockReleaseAsync(_key, _token);
}

public sealed class Leases
{
    private readonly IDatabase _db;
    private readonly IImporter _importer;

    public Leases(IDatabase db, IImporter importer) => (_db, _importer) = (db, importer);

    public async Task<RedisLease?> TryAcquireAsync(string key, TimeSpan ttl)
    {
        RedisValue token = Guid.NewGuid().ToString("N");
        return await _db.LockTakeAsync(key, token, ttl) ? new RedisLease(_db, key, token) : null;
    }

    public IDisposable Acquire(string key)
    {
        RedisValue token = Guid.NewGuid().ToString("N");
        if (!_db.LockTake(key, token, TimeSpan.FromSeconds(30))) throw new TimeoutException(key);
        return new RedisLease(_db, key, token);
    }

    // Bug.
    public async Task ImportAsync()
    {
        await using var lease = await TryAcquireAsync("import", TimeSpan.FromSeconds(30)); // expect: EXP201
        if (lease is null) return;
        await _importer.ImportAsync();
    }

    // Bug: a using statement, and a handle that is always there.
    public void Compact()
    {
        using (Acquire("compact")) // expect: EXP201
        {
            _importer.Compact();
        }
    }

    // Bug: disposed by hand.
    public async Task ImportByHandAsync()
    {
        var lease = await TryAcquireAsync("import", TimeSpan.FromMinutes(1)); // expect: EXP201
        if (lease == null) return;
        try { await _importer.ImportAsync(); }
        finally { await lease.DisposeAsync(); }
    }

    // Bug: a declaration without a test.
    public void CompactAll()
    {
        using var held = Acquire("compact"); // expect: EXP201
        _importer.Compact();
    }

    // Fine: only where it was not got does anything run.
    public async Task OtherwiseAsync()
    {
        await using var lease = await TryAcquireAsync("import", TimeSpan.FromSeconds(30));
        if (lease is null) await _importer.ImportAsync();
    }

    // Fine: bounded.
    public async Task ImportBoundedAsync()
    {
        await using var lease = await TryAcquireAsync("import", TimeSpan.FromSeconds(30));
        if (lease is null) return;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await _importer.ImportAsync(limit.Token);
    }

    // Fine: the handle goes to the caller.
    public Task<RedisLease?> BeginAsync(string key) => TryAcquireAsync(key, TimeSpan.FromSeconds(30));

    // Fine: the work follows the handle's scope.
    public async Task AfterAsync()
    {
        await using (var lease = await TryAcquireAsync("flag", TimeSpan.FromSeconds(30)))
        {
            if (lease is null) return;
        }

        await _importer.ImportAsync();
    }
}

// A handle that renews itself.
public sealed class RenewingLease : IDisposable
{
    private readonly IDatabase _db;
    private readonly string _key;
    private readonly string _token;
    private readonly Timer _timer;

    public RenewingLease(IDatabase db, string key, string token, TimeSpan ttl)
    {
        (_db, _key, _token) = (db, key, token);
        _timer = new Timer(_ => _db.LockExtend(_key, _token, ttl), null, ttl / 3, ttl / 3);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _db.LockRelease(_key, _token);
    }
}

public sealed class RenewingLeases(IDatabase db, IImporter importer)
{
    public RenewingLease? TryAcquire(string key, TimeSpan ttl)
    {
        var token = Guid.NewGuid().ToString("N");
        return db.LockTake(key, token, ttl) ? new RenewingLease(db, key, token, ttl) : null;
    }

    // Fine.
    public void Compact()
    {
        using var lease = TryAcquire("compact", TimeSpan.FromSeconds(30));
        if (lease is not null) importer.Compact();
    }
}
