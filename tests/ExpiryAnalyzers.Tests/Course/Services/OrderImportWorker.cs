using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Course.Services.OrderImport;

public abstract class Worker
{
    public Task StartAsync(CancellationToken token) => Task.Run(() => ExecuteAsync(token), token);

    protected abstract Task ExecuteAsync(CancellationToken stoppingToken);
}

public sealed class ImportOptions
{
    public TimeSpan LockTtl { get; set; } = TimeSpan.FromMinutes(2);

    public TimeSpan BatchTimeout { get; set; } = TimeSpan.FromMinutes(1);

    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    public string Folder { get; set; } = "inbox";
}

public interface IOrderParser
{
    Task<IReadOnlyList<string>> ImportAsync(string path, CancellationToken ct);
}

public sealed class OrderImportWorker : Worker
{
    private const string LockName = "jobs:order-import";
    private static readonly TimeSpan ArchiveLockTtl = TimeSpan.FromSeconds(90);
    private readonly IConnectionMultiplexer _mux;
    private readonly IOrderParser _parser;
    private readonly ImportOptions _options;
    private readonly ILogger<OrderImportWorker> _logger;
    private readonly string _instance = Guid.NewGuid().ToString("N");

    public OrderImportWorker(IConnectionMultiplexer mux, IOrderParser parser, IOptions<ImportOptions> options, ILogger<OrderImportWorker> logger)
    {
        _mux = mux;
        _parser = parser;
        _options = options.Value;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception ex)
            {
                _logger.LogError(ex, "Import failed");
            }

            await Task.Delay(_options.Interval, stoppingToken);
        }
    }

    private async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        var db = _mux.GetDatabase();
        if (!await db.LockTakeAsync(LockName, _instance, _options.LockTtl)) // expect: EXP201
        {
            return;
        }

        try
        {
            foreach (var file in Directory.EnumerateFiles(_options.Folder, "*.csv"))
            {
                await _parser.ImportAsync(file, stoppingToken);
                await db.StringSetAsync("import:seen:" + Path.GetFileName(file), "1", File.GetLastWriteTimeUtc(file).AddDays(7));
            }
        }
        finally
        {
            await db.LockReleaseAsync(LockName, _instance);
        }
    }

    // How long a batch may take is configured apart from the lock: whoever sets the two has to see to the order.
    public async Task RunConfiguredAsync(CancellationToken stoppingToken)
    {
        var db = _mux.GetDatabase();
        if (!await db.LockTakeAsync(LockName, _instance, _options.LockTtl))
        {
            return;
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        timeout.CancelAfter(_options.BatchTimeout);
        try
        {
            await _parser.ImportAsync(Path.Combine(_options.Folder, "orders.csv"), timeout.Token);
        }
        finally
        {
            await db.LockReleaseAsync(LockName, _instance);
        }
    }

    public async Task ArchiveAsync(string path, CancellationToken ct)
    {
        var db = _mux.GetDatabase();
        if (!await db.LockTakeAsync("jobs:archive", _instance, ArchiveLockTtl)) // expect: EXP201
        {
            _logger.LogInformation("Somebody else archives");
            return;
        }

        using var cts = new CancellationTokenSource(ArchiveLockTtl);
        try
        {
            await _parser.ImportAsync(path, cts.Token);
            File.Move(path, path + ".done");
            await db.KeyExpireAsync("import:seen:" + Path.GetFileName(path), File.GetLastWriteTime(path).AddDays(7)); // expect: EXP101
        }
        finally
        {
            await db.LockReleaseAsync("jobs:archive", _instance);
        }
    }

    public async Task ArchiveSafelyAsync(string path, CancellationToken ct)
    {
        var db = _mux.GetDatabase();
        if (!await db.LockTakeAsync("jobs:archive", _instance, ArchiveLockTtl))
        {
            return;
        }

        using var cts = new CancellationTokenSource(ArchiveLockTtl - TimeSpan.FromSeconds(15));
        try
        {
            await _parser.ImportAsync(path, cts.Token);
        }
        finally
        {
            await db.LockReleaseAsync("jobs:archive", _instance);
        }
    }

    public Task<bool> TryEnterAsync(string job) => _mux.GetDatabase().LockTakeAsync("jobs:" + job, _instance, _options.LockTtl);

    public Task LeaveAsync(string job) => _mux.GetDatabase().LockReleaseAsync("jobs:" + job, _instance);
}
