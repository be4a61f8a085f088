#nullable enable
using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp206.EndlessLocks;

public sealed class Holders
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);
    private readonly IDatabase _db;
    private readonly Func<CancellationToken, Task> _work;

    public Holders(IDatabase db, Func<CancellationToken, Task> work) => (_db, _work) = (db, work);

    // Bug: a crash locks for ever.
    public async Task ForEver(string resource)
    {
        var mine = Guid.NewGuid().ToString("N");
        if (!await _db.StringSetAsync("lock:" + resource, mine, when: When.NotExists)) return; // expect: EXP206
        try { await _work(default); }
        finally { await _db.LockReleaseAsync("lock:" + resource, mine); }
    }

    // Bug: the TTL is null.
    public async Task WithNull(string resource)
    {
        var mine = Guid.NewGuid().ToString("N");
        if (!await _db.StringSetAsync("lock:" + resource, mine, null, When.NotExists)) return; // expect: EXP206
        try { await _work(default); }
        finally { await _db.LockReleaseAsync("lock:" + resource, mine); }
    }

    // Bug: a raw command without a TTL.
    public async Task ForEverRaw(string resource)
    {
        var mine = Guid.NewGuid().ToString("N");
        if ((await _db.ExecuteAsync("SET", "lock:" + resource, mine, "NX")).IsNull) return; // expect: EXP206
        try { await _work(default); }
        finally { await _db.LockReleaseAsync("lock:" + resource, mine); }
    }

    // Bug: take and release are two members.
    public Task<bool> AcquireAsync(string name, string owner) => _db.StringSetAsync("mutex:" + name, owner, when: When.NotExists); // expect: EXP206

    public Task ReleaseAsync(string name, string owner) => _db.LockReleaseAsync("mutex:" + name, owner);

    public async Task WithLife(string resource)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(45));
        var mine = Guid.NewGuid().ToString("N");
        if (!await _db.StringSetAsync("lock:" + resource, mine, Life, When.NotExists)) return;
        try { await _work(budget.Token); }
        finally { await _db.LockReleaseAsync("lock:" + resource, mine); }
    }

    // No rule of locks: the pair is EXP302's.
    public async Task ExpiresApart(string resource)
    {
        if (!await _db.StringSetAsync("lock:" + resource, "1", when: When.NotExists)) return;
        await _db.KeyExpireAsync("lock:" + resource, Life);
        try { await _work(default); }
        finally { await _db.KeyDeleteAsync("lock:" + resource); }
    }

    // A name that is taken for good.
    public async Task Claim(string mail, string id)
    {
        if (!await _db.StringSetAsync("email:" + mail, id, when: When.NotExists)) throw new InvalidOperationException("taken"); // expect: EXP405
    }

    public Task Leave(string mail) => _db.KeyDeleteAsync("email:" + mail);
}
