#nullable enable
using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Course.Exp201.NotALock;

public sealed record Message(string Id, string Body);

public interface IMailer
{
    Task SendAsync(string to, string body, CancellationToken ct = default);
}

public sealed class IdempotencyStore(IDatabase db, IMailer mailer, ILogger<IdempotencyStore> logger)
{
    // Fine: a processed marker, kept for a day and never released.
    public async Task HandleAsync(Message message, CancellationToken ct)
    {
        if (!await db.StringSetAsync($"processed:{message.Id}", "1", TimeSpan.FromDays(1), When.NotExists))
        {
            logger.LogInformation("duplicate {Id}", message.Id);
            return;
        }
        await mailer.SendAsync("ops", message.Body, ct);
    }

    // Fine: a short dedup window, still a marker that is never released.
    public async Task HandleBurstAsync(Message message)
    {
        var first = await db.StringSetAsync("dedup:" + message.Id, DateTime.UtcNow.Ticks, TimeSpan.FromSeconds(30), When.NotExists);
        if (first)
            await mailer.SendAsync("ops", message.Body);
    }

    // Fine: the marker is taken back only when the work failed, so that a retry may come.
    public async Task HandleOnceAsync(Message message, CancellationToken ct)
    {
        var key = $"handled:{message.Id}";
        if (!await db.StringSetAsync(key, "1", TimeSpan.FromHours(24), When.NotExists)) return;
        try
        {
            await mailer.SendAsync("ops", message.Body, ct);
        }
        catch
        {
            await db.KeyDeleteAsync(key);
            throw;
        }
    }

    // Fine: nonce against replay.
    public async Task<bool> UseNonceAsync(string nonce)
    {
        if (!await db.StringSetAsync("nonce:" + nonce, 1, TimeSpan.FromMinutes(5), When.NotExists)) return false;
        await mailer.SendAsync("audit", nonce);
        return true;
    }

    // Fine: cooldown between two mails to one user.
    public async Task RemindAsync(string user)
    {
        if (await db.StringSetAsync($"cooldown:reminder:{user}", "1", TimeSpan.FromMinutes(15), When.NotExists))
            await mailer.SendAsync(user, "do not forget your basket");
    }

    // Bug: an in-flight mark that is released when the work is done is a lock, whatever its name.
    public async Task HandleExclusiveAsync(Message message)
    {
        var key = $"inflight:{message.Id}";
        if (!await db.StringSetAsync(key, Environment.MachineName, TimeSpan.FromMinutes(1), When.NotExists)) return; // expect: EXP201
        try
        {
            await mailer.SendAsync("ops", message.Body);
        }
        finally
        {
            await db.KeyDeleteAsync(key);
        }
    }

    // Fine: the released key is another one than the marker.
    public async Task HandleAndForgetAsync(Message message)
    {
        if (!await db.StringSetAsync($"seen:{message.Id}", "1", TimeSpan.FromMinutes(30), When.NotExists)) return;
        await mailer.SendAsync("ops", message.Body);
        await db.KeyDeleteAsync($"pending:{message.Id}");
    }
}

public sealed class CacheAdd(IDatabase db)
{
    // Fine: a cache Add, the value is what counts.
    public Task<bool> AddAsync(string key, string value, TimeSpan ttl)
        => db.StringSetAsync(key, value, ttl, When.NotExists);

    // Fine: replace or add, chosen by the caller.
    public async Task<bool> SetAsync(string key, string value, TimeSpan ttl, bool replace)
    {
        var stored = await db.StringSetAsync(key, value, ttl, replace ? When.Always : When.NotExists);
        Console.WriteLine(stored);
        return stored;
    }

    // Fine: first writer wins; the loser reads what is there.
    public async Task<string?> GetOrAddAsync(string key, Func<Task<string>> factory)
    {
        var hit = await db.StringGetAsync(key);
        if (hit.HasValue) return hit;
        var made = await factory();
        return await db.StringSetAsync(key, made, TimeSpan.FromMinutes(10), When.NotExists) ? made : (string?)await db.StringGetAsync(key);
    }

    // Fine: seeds a counter; INCR follows.
    public async Task<long> HitAsync(string client)
    {
        var key = "rate:" + client;
        await db.StringSetAsync(key, 0, TimeSpan.FromMinutes(1), When.NotExists);
        return await db.StringIncrementAsync(key);
    }

    // Fine: HashSet NX has no TTL and is no lock.
    public async Task RegisterAsync(string id, Func<Task> warmUp)
    {
        if (await db.HashSetAsync("locks", id, "1", When.NotExists))
        {
            await warmUp();
            await db.HashDeleteAsync("locks", id);
        }
    }

    // Bug: stampede guard that is plainly a lock and released.
    public async Task<string> GetOrLoadAsync(string key, Func<Task<string>> load)
    {
        var hit = await db.StringGetAsync(key);
        if (hit.HasValue) return hit.ToString();
        var guard = key + ":lock";
        if (await db.StringSetAsync(guard, "1", TimeSpan.FromSeconds(20), When.NotExists)) // expect: EXP201
        {
            try
            {
                var made = await load();
                await db.StringSetAsync(key, made, TimeSpan.FromMinutes(10));
                return made;
            }
            finally
            {
                await db.KeyDeleteAsync(guard);
            }
        }
        await Task.Delay(100);
        return await GetOrLoadAsync(key, load);
    }
}

public sealed class Throttles
{
    private readonly IDatabase _db;
    private readonly IMailer _mailer;

    public Throttles(IDatabase db, IMailer mailer) => (_db, _mailer) = (db, mailer);

    // Fine: LockTake that is never released is a throttle: one digest per five hours.
    public async Task SendDigestAsync()
    {
        if (!await _db.LockTakeAsync("digest", Environment.MachineName, TimeSpan.FromHours(5))) return;
        await _mailer.SendAsync("all", "digest");
    }

    // Fine: the same at a minute; still never released anywhere in the type.
    public void Alert(string text)
    {
        if (_db.LockTake("alert:" + text.GetHashCode(), "x", TimeSpan.FromMinutes(1)))
            _mailer.SendAsync("ops", text).GetAwaiter().GetResult();
    }

    // Fine: name says lock, but four hours and never released: once per shift.
    public async Task StartShiftAsync(string team)
    {
        if (await _db.StringSetAsync($"shift-lock:{team}", "1", TimeSpan.FromHours(4), When.NotExists))
            await _mailer.SendAsync(team, "your shift begins");
    }
}
