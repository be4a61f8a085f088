#nullable enable
using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp201.ShortLocks;

public interface ILedger
{
    Task PostAsync(string account, decimal amount, CancellationToken ct = default);
    void Post(string account, decimal amount);
}

public sealed class LedgerService
{
    private const int LockMs = 3000;
    private readonly IDatabase _db;
    private readonly ILedger _ledger;

    public LedgerService(IDatabase db, ILedger ledger) => (_db, _ledger) = (db, ledger);

    // Bug: two seconds for a database write, and nothing that ends it.
    public async Task PostAsync(string account, decimal amount)
    {
        var key = "acct:" + account;
        var token = Guid.NewGuid().ToString();
        if (!await _db.LockTakeAsync(key, token, TimeSpan.FromSeconds(2))) throw new InvalidOperationException("busy"); // expect: EXP201
        try { await _ledger.PostAsync(account, amount); }
        finally { await _db.LockReleaseAsync(key, token); }
    }

    // Bug: bounded by one second, but the whole TTL is shorter than the margin.
    public async Task PostBoundedAsync(string account, decimal amount)
    {
        var key = "acct:" + account;
        var token = Guid.NewGuid().ToString();
        if (!await _db.LockTakeAsync(key, token, TimeSpan.FromSeconds(4))) return; // expect: EXP201
        using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try { await _ledger.PostAsync(account, amount, cts.Token); }
        finally { await _db.LockReleaseAsync(key, token); }
    }

    // Bug: exactly the margin, five seconds.
    public void Post(string account, decimal amount)
    {
        var key = "acct:" + account;
        var token = Guid.NewGuid().ToString();
        if (!_db.LockTake(key, token, TimeSpan.FromSeconds(5))) return; // expect: EXP201
        try { _ledger.Post(account, amount); }
        finally { _db.LockRelease(key, token); }
    }

    // Bug: 3,000 ms through a constant.
    public void PostMs(string account, decimal amount)
    {
        var key = "acct:" + account;
        var token = Guid.NewGuid().ToString();
        while (!_db.LockTake(key, token, TimeSpan.FromMilliseconds(LockMs))) Thread.Sleep(10); // expect: EXP201
        try { _ledger.Post(account, amount); }
        finally { _db.LockRelease(key, token); }
    }

    // Bug: SET NX for one second.
    public async Task TransferAsync(string from, string to, decimal amount)
    {
        var key = $"transfer:{from}:{to}";
        if (!await _db.StringSetAsync(key, 1, TimeSpan.FromSeconds(1), when: When.NotExists)) return; // expect: EXP201
        try
        {
            await _ledger.PostAsync(from, -amount);
            await _ledger.PostAsync(to, amount);
        }
        finally { await _db.KeyDeleteAsync(key); }
    }

    // Bug: 8 s TTL with a bound at half of it: 4 s + 5 s > 8 s.
    public async Task SettleAsync(string account)
    {
        var ttl = TimeSpan.FromSeconds(8);
        var token = Guid.NewGuid().ToString();
        if (!await _db.LockTakeAsync("settle", token, ttl)) return; // expect: EXP201
        using var cts = new CancellationTokenSource(ttl / 2);
        try { await _ledger.PostAsync(account, 0, cts.Token); }
        finally { await _db.LockReleaseAsync("settle", token); }
    }

    // Fine: 8 s TTL and three seconds of work.
    public async Task SettleBoundedAsync(string account)
    {
        var token = Guid.NewGuid().ToString();
        if (!await _db.LockTakeAsync("settle", token, TimeSpan.FromSeconds(8))) return;
        using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        try { await _ledger.PostAsync(account, 0, cts.Token); }
        finally { await _db.LockReleaseAsync("settle", token); }
    }

    // Fine: a two-second cooldown; never released.
    public async Task NudgeAsync(string account)
    {
        if (await _db.StringSetAsync("nudge:" + account, 1, TimeSpan.FromSeconds(2), When.NotExists))
            await _ledger.PostAsync(account, 0);
    }

    // Fine: a two-second try, result returned.
    public async Task<bool> TryEnterAsync(string account, string token) => await _db.LockTakeAsync("acct:" + account, token, TimeSpan.FromSeconds(2));
}

public sealed class ShortRenewed(IDatabase db, ILedger ledger)
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(4);

    // Fine: a four-second lock that is extended every second as long as the work runs.
    public async Task PostAsync(string account, decimal amount)
    {
        var key = "acct:" + account;
        var token = Guid.NewGuid().ToString();
        if (!await db.LockTakeAsync(key, token, Ttl)) return;
        using var timer = new Timer(_ => db.LockExtend(key, token, Ttl), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        try { await ledger.PostAsync(account, amount); }
        finally { await db.LockReleaseAsync(key, token); }
    }
}

// Work behind a virtual method is what the code in view says of it, that of heirs included.
public class Numbers
{
    private readonly IDatabase _db;
    private readonly string _token = Guid.NewGuid().ToString();

    public Numbers(IDatabase db) => _db = db;

    public async Task<long> NextAsync()
    {
        if (!await _db.LockTakeAsync("numbers", _token, TimeSpan.FromSeconds(15))) throw new InvalidOperationException();
        try { return await FromQueueAsync() ?? await FromPoolAsync() ?? throw new InvalidOperationException(); }
        finally { await _db.LockReleaseAsync("numbers", _token); }
    }

    public async Task<long> SlowAsync()
    {
        if (!await _db.LockTakeAsync("numbers", _token, TimeSpan.FromSeconds(15))) throw new InvalidOperationException(); // expect: EXP201
        try { return await FromElsewhereAsync(); }
        finally { await _db.LockReleaseAsync("numbers", _token); }
    }

    protected virtual async Task<long?> FromQueueAsync() => (long?)(await _db.SortedSetRangeByRankAsync("q", 0, 0))[0];

    protected virtual async Task<long> FromElsewhereAsync() => (long)await _db.StringGetAsync("n");

    public async Task<long?> FromPoolAsync() => (long?)(await _db.SortedSetRangeByRankAsync("p", 0, 0))[0];
}

public sealed class SlowNumbers : Numbers
{
    private readonly ILedger _ledger;

    public SlowNumbers(IDatabase db, ILedger ledger) : base(db) => _ledger = ledger;

    protected override async Task<long> FromElsewhereAsync()
    {
        await _ledger.PostAsync("slow", 1);
        return 1;
    }
}

// Reading an answer that has come is no work, whatever it is called.
public sealed class Packets(IDatabase db)
{
    public async Task<string?> OpenAsync(string key, string token)
    {
        if (!await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(15))) throw new InvalidOperationException("busy");
        try
        {
            RedisResult answer = await db.ScriptEvaluateAsync("return {1, 2}");
            var parts = (RedisResult[]?)answer;
            HashEntry[] all = await db.HashGetAllAsync(key + ":all");
            if (all.ToStringDictionary().Count > 0 && new Version(1, 2).ToString() != "") return answer.ToDictionary().Count.ToString();
            return parts is { Length: > 0 } ? parts[0].ToString() : null;
        }
        finally { await db.LockReleaseAsync(key, token); }
    }

    public async Task<string?> OpenSlowlyAsync(string key, string token, ILedger ledger)
    {
        if (!await db.LockTakeAsync(key, token, TimeSpan.FromSeconds(15))) throw new InvalidOperationException("busy"); // expect: EXP201
        try
        {
            RedisResult answer = await db.ScriptEvaluateAsync("return {1, 2}");
            return Told(answer, ledger.ToString());
        }
        finally { await db.LockReleaseAsync(key, token); }
    }

    private static string Told(RedisResult answer, string? name) => new Ledgers(name).ToString() + answer;
}

// The project's own text may take its time.
public sealed class Ledgers(string? name)
{
    public override string ToString()
    {
        using var http = new System.Net.Http.HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        return http.GetStringAsync("https://example.org/" + name).Result;
    }
}

// Opening a connection gives up after 15.5 s, two of them after 31.
public sealed class Stocks
{
    private readonly IDatabase _db;
    private ConnectionMultiplexer? _connection;

    public Stocks(IDatabase db) => _db = db;

    public void Sell(string token)
    {
        if (!_db.LockTake("stock", token, TimeSpan.FromSeconds(100))) return;
        try { Store(Left() - 1); }
        finally { _db.LockRelease("stock", token); }
    }

    public void SellFast(string token)
    {
        if (!_db.LockTake("fast", token, TimeSpan.FromSeconds(30))) return; // expect: EXP201
        try { Store(Left() - 1); }
        finally { _db.LockRelease("fast", token); }
    }

    private int Left()
    {
        _connection = ConnectionMultiplexer.Connect("127.0.0.1:6379");
        return Convert.ToInt32(_connection.GetDatabase(0).StringGet("left"));
    }

    private void Store(int left)
    {
        _connection = ConnectionMultiplexer.Connect("127.0.0.1:6379");
        _connection.GetDatabase(0).StringSet("left", left);
    }
}
