#nullable enable
using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Exp201.BackgroundJobs;

public interface IReportBuilder
{
    Task<byte[]> BuildAsync(DateOnly day, CancellationToken ct);
    void Build(DateOnly day);
}

public interface IReportStore
{
    Task UploadAsync(string name, byte[] content, CancellationToken ct);
}

public abstract class Worker
{
    protected abstract Task ExecuteAsync(CancellationToken stoppingToken);
}

public sealed class NightlyReportWorker : Worker
{
    private const string LockKey = "jobs:nightly-report:lock";
    private readonly IDatabase _db;
    private readonly IReportBuilder _builder;
    private readonly IReportStore _store;
    private readonly ILogger _logger;
    private readonly string _instance = Environment.MachineName + ":" + Environment.ProcessId;

    public NightlyReportWorker(IConnectionMultiplexer redis, IReportBuilder builder, IReportStore store, ILogger<NightlyReportWorker> logger)
    {
        _db = redis.GetDatabase();
        _builder = builder;
        _store = store;
        _logger = logger;
    }

    // Bug: the report may run longer than 5 minutes; the stopping token only ends it at shutdown.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!await _db.LockTakeAsync(LockKey, _instance, TimeSpan.FromMinutes(5))) // expect: EXP201
                continue;

            try
            {
                var day = DateOnly.FromDateTime(DateTime.UtcNow);
                var content = await _builder.BuildAsync(day, stoppingToken);
                await _store.UploadAsync($"report-{day:yyyyMMdd}.pdf", content, stoppingToken);
            }
            catch (Exception ex) when (ex is not OperationCanceledException)
            {
                _logger.LogError(ex, "nightly report failed");
            }
            finally
            {
                await _db.LockReleaseAsync(LockKey, _instance);
            }
        }
    }

    // Fine: the same loop, with each round's work cut at four minutes.
    public async Task ExecuteBoundedAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!await _db.LockTakeAsync(LockKey, _instance, TimeSpan.FromMinutes(5)))
                continue;

            using var cts = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            cts.CancelAfter(TimeSpan.FromMinutes(4));
            try
            {
                var day = DateOnly.FromDateTime(DateTime.UtcNow);
                var content = await _builder.BuildAsync(day, cts.Token);
                await _store.UploadAsync($"report-{day:yyyyMMdd}.pdf", content, cts.Token);
            }
            finally
            {
                await _db.LockReleaseAsync(LockKey, _instance);
            }
        }
    }
}

public sealed class FeedImporter
{
    private static readonly TimeSpan ImportLock = TimeSpan.FromMinutes(10);
    private readonly IConnectionMultiplexer _redis;
    private readonly HttpClient _http;

    public FeedImporter(IConnectionMultiplexer redis, HttpClient http) => (_redis, _http) = (redis, http);

    // Bug: an import over the network with no deadline; key and TTL through locals.
    public async Task ImportAsync(string supplier, Uri feed)
    {
        IDatabase db = _redis.GetDatabase(2);
        string lockKey = string.Concat("import:", supplier);
        string owner = Guid.NewGuid().ToString("N");
        TimeSpan ttl = ImportLock;
        bool mine = await db.LockTakeAsync(lockKey, owner, ttl); // expect: EXP201
        if (mine)
        {
            try
            {
                string body = await _http.GetStringAsync(feed);
                await SaveAsync(supplier, body);
            }
            finally
            {
                await db.LockReleaseAsync(lockKey, owner);
            }
        }
    }

    // Fine: the HTTP part and the save share a token that ends a minute before the lock does.
    public async Task ImportWithDeadlineAsync(string supplier, Uri feed)
    {
        IDatabase db = _redis.GetDatabase(2);
        string lockKey = string.Concat("import:", supplier);
        string owner = Guid.NewGuid().ToString("N");
        if (await db.LockTakeAsync(lockKey, owner, ImportLock))
        {
            using var cts = new CancellationTokenSource(ImportLock - TimeSpan.FromMinutes(1));
            try
            {
                string body = await _http.GetStringAsync(feed, cts.Token);
                await SaveAsync(supplier, body, cts.Token);
            }
            finally
            {
                await db.LockReleaseAsync(lockKey, owner);
            }
        }
    }

    // Bug: sync import; the result of the take is negated into an early return.
    public int ImportLocal(string supplier, IEnumerable<string> lines)
    {
        var db = _redis.GetDatabase(2);
        var lockKey = "import:" + supplier;
        var owner = Guid.NewGuid().ToString("N");
        if (!db.LockTake(lockKey, owner, TimeSpan.FromMinutes(2))) return -1; // expect: EXP201
        var count = 0;
        try
        {
            foreach (var line in lines)
            {
                Save(supplier, line);
                count++;
            }
        }
        finally
        {
            db.LockRelease(lockKey, owner);
        }
        return count;
    }

    // Fine: the loop stops a minute before the lock ends.
    public int ImportLocalUntil(string supplier, IEnumerable<string> lines)
    {
        var db = _redis.GetDatabase(2);
        var lockKey = "import:" + supplier;
        var owner = Guid.NewGuid().ToString("N");
        if (!db.LockTake(lockKey, owner, TimeSpan.FromMinutes(2))) return -1;
        var count = 0;
        try
        {
            var deadline = DateTime.UtcNow + TimeSpan.FromMinutes(1);
            foreach (var line in lines)
            {
                if (DateTime.UtcNow >= deadline) break;
                Save(supplier, line);
                count++;
            }
        }
        finally
        {
            db.LockRelease(lockKey, owner);
        }
        return count;
    }

    private static Task SaveAsync(string supplier, string body, CancellationToken ct = default) => Task.Delay(body.Length + supplier.Length, ct);

    private static void Save(string supplier, string line) => Console.WriteLine(supplier + line);
}

public sealed class CleanupJob(IDatabase db, ILogger<CleanupJob> log)
{
    // Bug: work in a local function, still inside the lock's life and with no end.
    public async Task RunAsync(Func<string, Task> purge)
    {
        var id = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync("cleanup", id, TimeSpan.FromMinutes(1))) return; // expect: EXP201
        try
        {
            await PurgeAsync("invoices");
            await PurgeAsync("drafts");
        }
        finally
        {
            await db.LockReleaseAsync("cleanup", id);
        }

        async Task PurgeAsync(string table)
        {
            log.LogInformation("purging {Table}", table);
            await purge(table);
        }
    }

    // Bug: released only on the success path, yet released here: a lock, and unbounded.
    public async Task RunOnceAsync(Func<Task> purge)
    {
        var id = Guid.NewGuid().ToString();
        var taken = await db.LockTakeAsync("cleanup", id, TimeSpan.FromSeconds(90)); // expect: EXP201
        if (taken)
        {
            await purge();
            await db.LockReleaseAsync("cleanup", id);
        }
    }

    // Fine: nothing is done between the take and the release; a probe of the connection.
    public async Task<bool> ProbeAsync()
    {
        var id = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync("cleanup:probe", id, TimeSpan.FromSeconds(30))) return false;
        return await db.LockReleaseAsync("cleanup:probe", id);
    }
}
