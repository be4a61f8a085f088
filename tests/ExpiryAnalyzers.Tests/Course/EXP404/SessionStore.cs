using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Shop.Sessions;

public sealed record Session(string Id, string User, DateTime LastSeen)
{
    public int Hits { get; init; }
}

public sealed class SessionStore
{
    private const string Prefix = "session:";
    private static readonly TimeSpan SessionTtl = TimeSpan.FromMinutes(20);
    private readonly IDatabase _db;

    public SessionStore(IDatabase db) => _db = db;

    // Fine: the session lives for its time.
    public Task CreateAsync(Session session) =>
        _db.StringSetAsync($"session:{session.Id}", JsonSerializer.Serialize(session), SessionTtl);

    // Bug: the rewritten session lives for ever.
    public async Task UpdateAsync(Session session)
    {
        await _db.StringSetAsync($"session:{session.Id}", JsonSerializer.Serialize(session)); // expect: EXP404
    }

    // Bug: read, change, write.
    public async Task HitAsync(string sessionId)
    {
        var key = $"session:{sessionId}";
        var json = await _db.StringGetAsync(key);
        if (json.IsNullOrEmpty)
        {
            return;
        }

        var session = JsonSerializer.Deserialize<Session>(json.ToString())!;
        await _db.StringSetAsync(key, JsonSerializer.Serialize(session with { Hits = session.Hits + 1 })); // expect: EXP404
    }

    // Bug: the same key by concatenation, and by a constant.
    public void Rename(string id, string json)
    {
        _db.StringSet("session:" + id, json); // expect: EXP404
        _db.StringSet(Prefix + id, json, when: When.Exists); // expect: EXP404
        _db.StringSet(Prefix + id, json, flags: CommandFlags.FireAndForget); // expect: EXP404
    }

    // Bug: the old value is wanted, the TTL is lost.
    public async Task<string?> SwapAsync(string id, string json)
    {
        var old = await _db.StringGetSetAsync($"session:{id}", json); // expect: EXP404
        var other = await _db.StringSetAndGetAsync($"session:{id}", json); // expect: EXP404
        return old.HasValue ? old : other;
    }

    // Bug: many at once.
    public Task ImportAsync(IEnumerable<Session> sessions)
    {
        var pairs = sessions.Select(s => new KeyValuePair<RedisKey, RedisValue>($"session:{s.Id}", JsonSerializer.Serialize(s))).ToArray();
        return _db.StringSetAsync(pairs); // expect: EXP404
    }

    // Bug: queued.
    public async Task SaveAllAsync(IEnumerable<Session> sessions)
    {
        var batch = _db.CreateBatch();
        var tasks = new List<Task>();
        foreach (var session in sessions)
        {
            tasks.Add(batch.StringSetAsync($"session:{session.Id}", JsonSerializer.Serialize(session))); // expect: EXP404
        }

        batch.Execute();
        await Task.WhenAll(tasks);
    }

    // Fine: the TTL is kept.
    public Task KeepAsync(Session session) => _db.StringSetAsync($"session:{session.Id}", "x", Expiration.KeepTtl);

    // Fine: the TTL is kept, the other spelling.
    public Task KeepTooAsync(Session session) => _db.StringSetAsync($"session:{session.Id}", "x", expiry: null, keepTtl: true);

    // Fine: a new TTL.
    public Task RenewAsync(Session session) => _db.StringSetAsync($"session:{session.Id}", "x", SessionTtl);

    // Fine: the expiry follows (not in one command, which another rule says).
    public async Task TwoStepsAsync(Session session)
    {
        await _db.StringSetAsync($"session:{session.Id}", "x");
        await _db.KeyExpireAsync($"session:{session.Id}", SessionTtl);
    }

    // Fine: both in one transaction.
    public async Task QueuedAsync(Session session)
    {
        var tran = _db.CreateTransaction();
        _ = tran.StringSetAsync($"session:{session.Id}", "x");
        _ = tran.KeyExpireAsync($"session:{session.Id}", SessionTtl);
        await tran.ExecuteAsync();
    }

    // Fine: only where there is none.
    public Task<bool> AddAsync(Session session) => _db.StringSetAsync($"session:{session.Id}", "x", when: When.NotExists);

    // Fine: other keys.
    public async Task OthersAsync(Session session)
    {
        await _db.StringSetAsync($"session:{session.Id}:user", session.User);
        await _db.StringSetAsync($"sessions:{session.Id}", session.User);
        await _db.StringSetAsync("session:count", 1);
        await _db.StringSetAsync($"user:{session.User}", session.Id);
    }

    // Fine: commands that keep the TTL.
    public async Task EditAsync(string id)
    {
        await _db.StringAppendAsync($"session:{id}", "x");
        await _db.StringIncrementAsync($"session:{id}");
        await _db.StringSetRangeAsync($"session:{id}", 0, "x");
    }
}

/// <summary>Another type does as it likes: what it stores is its own.</summary>
public sealed class SessionArchive
{
    private readonly IDatabase _db;

    public SessionArchive(IDatabase db) => _db = db;

    // Fine: nothing in this type has a TTL.
    public Task StoreAsync(Session session) => _db.StringSetAsync($"session:{session.Id}", JsonSerializer.Serialize(session));
}
