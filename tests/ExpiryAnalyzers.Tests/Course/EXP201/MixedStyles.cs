#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;
using static System.TimeSpan;

namespace Course.Exp201.MixedStyles;

public interface IMigration
{
    string Name { get; }
    Task UpAsync(CancellationToken ct = default);
    void Up();
}

public sealed class MigrationHost
{
    private readonly ConnectionMultiplexer _mux;
    private readonly HttpClient _http = new();

    public MigrationHost(ConnectionMultiplexer mux) => this._mux = mux;

    // Bug: this-qualified, GetDatabase() at each call, flags given.
    public void Run(IMigration migration)
    {
        var token = (RedisValue)Guid.NewGuid().ToByteArray();
        if (!this._mux.GetDatabase().LockTake("migrations", token, TimeSpan.FromMinutes(3), CommandFlags.DemandMaster)) return; // expect: EXP201
        try
        {
            migration.Up();
        }
        finally
        {
            this._mux.GetDatabase().LockRelease("migrations", token, CommandFlags.DemandMaster);
        }
    }

    // Bug: named arguments in another order.
    public async Task RunNamedAsync(IMigration migration)
    {
        var db = _mux.GetDatabase();
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync(expiry: TimeSpan.FromMinutes(3), key: "migrations", value: token).ConfigureAwait(false)) return; // expect: EXP201
        try
        {
            await migration.UpAsync().ConfigureAwait(false);
        }
        finally
        {
            await db.LockReleaseAsync(key: "migrations", value: token).ConfigureAwait(false);
        }
    }

    // Bug: "using static" spelling of the span.
    public async Task RunStaticImportAsync(IMigration migration)
    {
        var db = _mux.GetDatabase();
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync("migrations", token, FromMinutes(2))) return; // expect: EXP201
        try { await migration.UpAsync(); }
        finally { await db.LockReleaseAsync("migrations", token); }
    }

    // Fine: the same spelling with a bound.
    public async Task RunStaticImportBoundedAsync(IMigration migration)
    {
        var db = _mux.GetDatabase();
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync("migrations", token, FromMinutes(2))) return;
        using CancellationTokenSource cts = new(FromSeconds(100));
        try { await migration.UpAsync(cts.Token); }
        finally { await db.LockReleaseAsync("migrations", token); }
    }

    // Bug: a loop of work items under one lock.
    public async Task RunAllAsync(IEnumerable<IMigration> migrations, CancellationToken shutdown)
    {
        var db = _mux.GetDatabase();
        var token = Guid.NewGuid().ToString();
        while (!await db.LockTakeAsync("migrations", token, TimeSpan.FromMinutes(10))) await Task.Delay(500, shutdown); // expect: EXP201
        try
        {
            foreach (var m in migrations.OrderBy(m => m.Name))
                await m.UpAsync(shutdown);
        }
        finally
        {
            await db.LockReleaseAsync("migrations", token);
        }
    }

    // Fine: the stop test of the loop compares with a deadline a minute before the lock's end.
    public async Task RunAllUntilAsync(IEnumerable<IMigration> migrations)
    {
        var db = _mux.GetDatabase();
        var token = Guid.NewGuid().ToString();
        while (!await db.LockTakeAsync("migrations", token, TimeSpan.FromMinutes(10))) await Task.Delay(500);
        var stopAt = DateTimeOffset.UtcNow.AddMinutes(9);
        try
        {
            foreach (var m in migrations.OrderBy(m => m.Name).TakeWhile(_ => DateTimeOffset.UtcNow < stopAt))
                await m.UpAsync();
        }
        finally
        {
            await db.LockReleaseAsync("migrations", token);
        }
    }

    // Bug: take stored, tested with a pattern, work under try/catch/finally.
    public async Task<string?> DownloadAsync(Uri uri)
    {
        var db = _mux.GetDatabase(3);
        var token = Guid.NewGuid().ToString("N");
        var taken = await db.LockTakeAsync($"dl:{uri.Host}", token, TimeSpan.FromSeconds(45)); // expect: EXP201
        if (taken is false) return null;
        try
        {
            return await _http.GetStringAsync(uri);
        }
        catch (HttpRequestException)
        {
            return null;
        }
        finally
        {
            await db.LockReleaseAsync($"dl:{uri.Host}", token);
        }
    }

    // Bug: work in a lambda that is run here.
    public async Task ParallelAsync(IReadOnlyCollection<IMigration> migrations)
    {
        var db = _mux.GetDatabase();
        var token = Guid.NewGuid().ToString("N");
        if (await db.LockTakeAsync("parallel", token, TimeSpan.FromSeconds(50))) // expect: EXP201
        {
            try
            {
                await Parallel.ForEachAsync(migrations, async (m, ct) => await m.UpAsync(ct));
            }
            finally
            {
                await db.LockReleaseAsync("parallel", token);
            }
        }
    }

    // Bug: WhenAll of unbounded work.
    public async Task TogetherAsync(IReadOnlyCollection<IMigration> migrations)
    {
        var db = _mux.GetDatabase();
        var token = Guid.NewGuid().ToString("N");
        if (!(await db.LockTakeAsync("together", token, TimeSpan.FromSeconds(50)))) return; // expect: EXP201
        try { await Task.WhenAll(migrations.Select(m => m.UpAsync())); }
        finally { await db.LockReleaseAsync("together", token, CommandFlags.FireAndForget); }
    }

    // Fine: WhenAll under one bounded token.
    public async Task TogetherBoundedAsync(IReadOnlyCollection<IMigration> migrations)
    {
        var db = _mux.GetDatabase();
        var token = Guid.NewGuid().ToString("N");
        if (!(await db.LockTakeAsync("together", token, TimeSpan.FromSeconds(50)))) return;
        using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        try { await Task.WhenAll(migrations.Select(m => m.UpAsync(cts.Token))); }
        finally { await db.LockReleaseAsync("together", token, CommandFlags.FireAndForget); }
    }

    // Bug: sync over async around the take.
    public void RunBlocking(IMigration migration)
    {
        var db = _mux.GetDatabase();
        var token = Guid.NewGuid().ToString("N");
        if (!db.LockTakeAsync("blocking", token, TimeSpan.FromSeconds(30)).GetAwaiter().GetResult()) return; // expect: EXP201
        try { migration.Up(); }
        finally { db.LockReleaseAsync("blocking", token).GetAwaiter().GetResult(); }
    }

    // Bug: the TTL is chosen by a switch, every arm of it without a bound.
    public async Task RunSizedAsync(IMigration migration, string size)
    {
        var db = _mux.GetDatabase();
        var token = Guid.NewGuid().ToString("N");
        var ttl = size switch { "small" => TimeSpan.FromSeconds(30), "large" => TimeSpan.FromMinutes(10), _ => TimeSpan.FromMinutes(2) };
        if (!await db.LockTakeAsync("sized", token, ttl)) return; // expect: EXP201
        try { await migration.UpAsync(); }
        finally { await db.LockReleaseAsync("sized", token); }
    }

    // Bug: the release sits in a private helper of this type.
    public async Task RunAndLetGoAsync(IMigration migration)
    {
        var db = _mux.GetDatabase();
        var token = Guid.NewGuid().ToString("N");
        if (!await db.LockTakeAsync("let-go", token, TimeSpan.FromSeconds(30))) return; // expect: EXP201
        try { await migration.UpAsync(); }
        finally { await LetGoAsync(db, "let-go", token); }
    }

    private static Task LetGoAsync(IDatabase db, string key, string token) => db.LockReleaseAsync(key, token);

    // Fine: the lock guards nothing but a counter of this process between take and release.
    private int _runs;

    public bool CountRun()
    {
        var db = _mux.GetDatabase();
        if (!db.LockTake("runs", "x", TimeSpan.FromSeconds(30))) return false;
        _runs++;
        db.LockRelease("runs", "x");
        return _runs > 0;
    }

    // Fine: the work comes before the take.
    public async Task PrepareThenMarkAsync(IMigration migration)
    {
        var db = _mux.GetDatabase();
        await migration.UpAsync();
        if (await db.LockTakeAsync("mark", "x", TimeSpan.FromSeconds(30)))
            await db.LockReleaseAsync("mark", "x");
    }
}

// A static holder, as old code bases have it.
public static class LegacyLock
{
    private static readonly Lazy<ConnectionMultiplexer> Lazy = new(() => ConnectionMultiplexer.Connect("localhost"));
    public static readonly TimeSpan DefaultExpiry = new TimeSpan(0, 0, 20);

    // Bug: literal of the field, unbounded callback.
    public static TResult? Execute<TResult>(string key, Func<TResult> body)
    {
        var db = Lazy.Value.GetDatabase();
        var token = Environment.MachineName;
        if (db.LockTake(key, token, DefaultExpiry)) // expect: EXP201
        {
            try { return body(); }
            finally { db.LockRelease(key, token); }
        }
        return default;
    }

    // Bug: goes on to the work only after the wait loop.
    public static void ExecuteWhenFree(string key, Action body)
    {
        var db = Lazy.Value.GetDatabase();
        var token = Environment.MachineName;
        for (;;)
        {
            if (db.LockTake(key, token, DefaultExpiry)) break; // expect: EXP201
            Thread.Sleep(5);
        }
        try { body(); }
        finally { db.LockRelease(key, token); }
    }
}
