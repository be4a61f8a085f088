using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp102.Tokens;

public sealed class RefreshToken
{
    public string Id { get; set; } = "";
    public DateTime IssuedAt { get; set; }
    public DateTime ExpiresAt { get; set; }
}

public sealed record Grant(string Subject, DateTimeOffset ValidTo);

public sealed class TokenStore
{
    private readonly IDatabase _db;
    private readonly TimeSpan _lifetime;
    private DateTime _lastDeadline;

    public TokenStore(IDatabase db, TimeSpan lifetime)
    {
        _db = db;
        _lifetime = lifetime;
    }

    // Fine: the deadline is stored in the entity; key and entity must agree.
    public RefreshToken Issue(string id)
    {
        var expiresAt = DateTime.UtcNow.Add(_lifetime);
        var token = new RefreshToken { Id = id, ExpiresAt = expiresAt };
        _db.StringSet($"rt:{id}", JsonSerializer.Serialize(token), expiresAt);
        return token;
    }

    // Bug: a local used for the key alone.
    public void Renew(string id)
    {
        var expiresAt = DateTime.UtcNow.Add(_lifetime);
        _db.KeyExpire($"rt:{id}", expiresAt); // expect: EXP102
    }

    // Fine: the deadline is returned.
    public async Task<DateTime> RenewAsync(string id)
    {
        DateTime expiresAt = DateTime.UtcNow.Add(_lifetime);
        await _db.KeyExpireAsync($"rt:{id}", expiresAt);
        return expiresAt;
    }

    // Fine: the entity's own deadline, although it was set from the clock a line above.
    public async Task SaveAsync(RefreshToken token)
    {
        token.ExpiresAt = DateTime.UtcNow.Add(_lifetime);
        await _db.StringSetAsync($"rt:{token.Id}", JsonSerializer.Serialize(token), token.ExpiresAt);
    }

    // Fine: the deadline is serialised into the value.
    public Task<bool> SaveValue(string id)
    {
        DateTime until = DateTime.UtcNow.AddDays(14);
        string json = JsonSerializer.Serialize(new { id, until });
        return _db.StringSetAsync("rt:" + id, json, until);
    }

    // Bug: the value has another moment, the deadline is the key's alone.
    public Task<bool> SaveIssued(string id)
    {
        DateTime until = DateTime.UtcNow.AddDays(14);
        string json = JsonSerializer.Serialize(new { id, issued = DateTime.UtcNow });
        return _db.StringSetAsync("rt:" + id, json, until); // expect: EXP102
    }

    // Fine: compared with another deadline.
    public bool Cap(string id, DateTime hardLimit)
    {
        DateTime until = DateTime.UtcNow.AddDays(14);
        if (until > hardLimit)
        {
            return false;
        }

        return _db.KeyExpire($"rt:{id}", until);
    }

    // Fine: capped by the caller's moment, a mixture.
    public bool CapInline(string id, DateTime hardLimit)
    {
        DateTime until = DateTime.UtcNow.AddDays(14);
        return _db.KeyExpire($"rt:{id}", until < hardLimit ? until : hardLimit);
    }

    // Fine: kept in a field for a later answer.
    public bool RenewAndKeep(string id)
    {
        DateTime until = DateTime.UtcNow.AddDays(14);
        _lastDeadline = until;
        return _db.KeyExpire($"rt:{id}", until);
    }

    public DateTime LastDeadline => _lastDeadline;

    // Fine: foreign moments.
    public async Task StoreGrantAsync(Grant grant, RefreshToken token)
    {
        await _db.StringSetAsync($"grant:{grant.Subject}", "1", grant.ValidTo.UtcDateTime);
        await _db.KeyExpireAsync($"rt:{token.Id}", token.ExpiresAt.AddMinutes(5));
    }

    // Fine: a span from a stored moment, not from the clock.
    public bool FromIssue(RefreshToken token) => _db.KeyExpire($"rt:{token.Id}", token.IssuedAt.Add(_lifetime));

    // Bug: a span from the clock.
    public bool FromNow(RefreshToken token) => _db.KeyExpire($"rt:{token.Id}", DateTime.UtcNow.Add(_lifetime)); // expect: EXP102

    // Fine: handed to another method that tells the user.
    public async Task RenewAndNotifyAsync(string id, Func<DateTime, Task> notify)
    {
        DateTime until = DateTime.UtcNow.AddDays(14);
        await _db.KeyExpireAsync($"rt:{id}", until);
        await notify(until);
    }

    // Fine: written into a list of leases.
    public bool RenewAndList(string id, List<(string Id, DateTime Until)> leases)
    {
        DateTime until = DateTime.UtcNow.AddDays(14);
        leases.Add((id, until));
        return _db.KeyExpire($"rt:{id}", until);
    }

    // Fine: out to the caller.
    public bool TryRenew(string id, out DateTime until)
    {
        until = DateTime.UtcNow.AddDays(14);
        return _db.KeyExpire($"rt:{id}", until);
    }

    // Bug: a chain of locals, each used once.
    public bool RenewInSteps(string id)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        DateTimeOffset until = now.Add(_lifetime);
        DateTime utc = until.UtcDateTime;
        return _db.KeyExpire($"rt:{id}", utc); // expect: EXP102
    }

    // Fine: a chain of locals, the middle one is stored.
    public bool RenewInStepsAndStore(RefreshToken token)
    {
        DateTimeOffset until = DateTimeOffset.UtcNow.Add(_lifetime);
        token.ExpiresAt = until.UtcDateTime;
        DateTime utc = until.UtcDateTime;
        return _db.KeyExpire($"rt:{token.Id}", utc);
    }
}
