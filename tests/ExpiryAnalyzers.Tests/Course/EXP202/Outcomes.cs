#nullable enable
using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp202.Outcomes;

public interface IJob
{
    Task RunAsync(CancellationToken ct = default);
    void Run();
}

public sealed class Answers
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);
    private readonly IDatabase _db;
    private readonly IJob _job;
    private bool _held;

    public Answers(IDatabase db, IJob job) => (_db, _job) = (db, job);

    // Bug: nobody looks.
    public async Task StatementAsync(string token)
    {
        await _db.LockTakeAsync("job", token, Ttl); // expect: EXP202
        try { await _job.RunAsync(); }
        finally { await _db.LockReleaseAsync("job", token); }
    }

    // Bug: a discard.
    public async Task DiscardAsync(string token)
    {
        _ = await _db.LockTakeAsync("job", token, Ttl).ConfigureAwait(false); // expect: EXP202
        try { await _job.RunAsync(); }
        finally { await _db.LockReleaseAsync("job", token); }
    }

    // Bug: a variable that nobody reads.
    public void Variable(string token)
    {
        var taken = _db.LockTake("job", token, Ttl); // expect: EXP202
        try { _job.Run(); }
        finally { _db.LockRelease("job", token); }
    }

    // Bug: a task that is waited for, and whose answer is dropped.
    public async Task TaskAsync(string token)
    {
        var taking = _db.LockTakeAsync("job", token, Ttl); // expect: EXP202
        await taking;
        try { await _job.RunAsync(); }
        finally { await _db.LockReleaseAsync("job", token); }
    }

    // Bug: the loop goes on when the lock is lost.
    public async Task RenewAsync(string token, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(10), ct);
            await _db.LockExtendAsync("job", token, Ttl); // expect: EXP202
        }
    }

    // Bug: SET NX that is plainly a lock.
    public async Task SetNotExistsAsync(string token)
    {
        await _db.StringSetAsync("lock:job", token, Ttl, When.NotExists); // expect: EXP202
        try { await _job.RunAsync(); }
        finally { await _db.KeyDeleteAsync("lock:job"); }
    }

    // Fine: returned.
    public Task<bool> TryAsync(string token) => _db.LockTakeAsync("job", token, Ttl);

    // Fine: kept in a field.
    public async Task FieldAsync(string token) => _held = await _db.LockTakeAsync("job", token, Ttl);

    public bool IsHeld => _held;

    // Fine: the holder is asked for.
    public async Task HolderAsync(string token)
    {
        await _db.LockTakeAsync("job", token, Ttl);
        if (await _db.LockQueryAsync("job") != token) return;
        try { await _job.RunAsync(); }
        finally { await _db.LockReleaseAsync("job", token); }
    }

    // Fine: waits until it has the lock.
    public async Task WaitAsync(string token)
    {
        while (!await _db.LockTakeAsync("job", token, Ttl)) await Task.Delay(50);
        try { await _job.RunAsync(); }
        finally { await _db.LockReleaseAsync("job", token); }
    }

    // Fine: a task that is looked at later.
    public async Task LaterAsync(string token)
    {
        var taking = _db.LockTakeAsync("job", token, Ttl);
        if (!await taking) return;
        try { await _job.RunAsync(); }
        finally { await _db.LockReleaseAsync("job", token); }
    }

    // Fine: queued; the answer comes with Execute.
    public async Task QueuedAsync(string token)
    {
        var tran = _db.CreateTransaction();
        _ = tran.LockTakeAsync("job", token, Ttl);
        await tran.ExecuteAsync();
    }

    // Fine: a marker, no lock.
    public Task MarkAsync(string id) => _db.StringSetAsync("seen:" + id, 1, Ttl, When.NotExists);

    // Fine: handed on.
    public async Task HandOnAsync(string token, Action<bool> report) => report(await _db.LockTakeAsync("job", token, Ttl));
}

public sealed class Releases
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);
    private readonly IDatabase _db;
    private readonly IJob _job;
    private readonly string _token = Guid.NewGuid().ToString("N");

    public Releases(IDatabase db, IJob job) => (_db, _job) = (db, job);

    // Bug: no finally.
    public async Task PlainAsync()
    {
        if (!await _db.LockTakeAsync("job", _token, Ttl)) return;
        await _job.RunAsync();
        await _db.LockReleaseAsync("job", _token); // expect: EXP202
    }

    // Bug: only one sort of exception is caught.
    public async Task OneSortAsync()
    {
        if (await _db.LockTakeAsync("job", _token, Ttl))
        {
            try { await _job.RunAsync(); }
            catch (TimeoutException) { Console.WriteLine("late"); }
            await _db.LockReleaseAsync("job", _token); // expect: EXP202
        }
    }

    // Bug: the catch leaves.
    public async Task LeavesAsync()
    {
        if (!await _db.LockTakeAsync("job", _token, Ttl)) return;
        try { await _job.RunAsync(); }
        catch (Exception e)
        {
            Console.WriteLine(e);
            return;
        }

        await _db.LockReleaseAsync("job", _token); // expect: EXP202
    }

    // Bug: the finally does something else.
    public void OtherFinally()
    {
        if (!_db.LockTake("job", _token, Ttl)) return;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        try { _job.Run(); }
        finally { watch.Stop(); }
        _db.LockRelease("job", _token); // expect: EXP202
    }

    private Task<bool> EnterAsync(string name) => _db.LockTakeAsync("lock:" + name, _token, Ttl);

    private Task LeaveAsync(string name) => _db.LockReleaseAsync("lock:" + name, _token);

    // Bug: taken and given back by helpers, and no finally.
    public async Task ByHelpersAsync()
    {
        if (!await EnterAsync("job")) return;
        await _job.RunAsync();
        await LeaveAsync("job"); // expect: EXP202
    }

    // Bug: nobody looks at the helper's answer.
    public async Task ByHelpersUncheckedAsync()
    {
        await EnterAsync("job"); // expect: EXP202
        try { await _job.RunAsync(); }
        finally { await LeaveAsync("job"); }
    }

    // Fine: helpers and a finally.
    public async Task ByHelpersInFinallyAsync()
    {
        if (!await EnterAsync("job")) return;
        try { await _job.RunAsync(); }
        finally { await LeaveAsync("job"); }
    }

    // Fine: everything is caught.
    public async Task CaughtAsync()
    {
        if (!await _db.LockTakeAsync("job", _token, Ttl)) return;
        try { await _job.RunAsync(); }
        catch (Exception e) { Console.WriteLine(e); }
        await _db.LockReleaseAsync("job", _token);
    }

    // Fine: both ways give it back.
    public async Task BothAsync()
    {
        if (!await _db.LockTakeAsync("job", _token, Ttl)) return;
        try { await _job.RunAsync(); }
        catch
        {
            await _db.LockReleaseAsync("job", _token);
            throw;
        }

        await _db.LockReleaseAsync("job", _token);
    }

    // Fine: a continuation gives it back.
    public async Task ContinuationAsync()
    {
        if (!await _db.LockTakeAsync("job", _token, Ttl)) return;
        await _job.RunAsync().ContinueWith(_ => _db.LockReleaseAsync("job", _token)).Unwrap();
    }

    // Fine: never given back, a throttle.
    public async Task ThrottleAsync()
    {
        if (await _db.LockTakeAsync("hourly", _token, TimeSpan.FromHours(1))) await _job.RunAsync();
    }

    // Fine: nothing in between can throw.
    public async Task ProbeAsync()
    {
        if (!await _db.LockTakeAsync("job", _token, Ttl)) return;
        var at = Environment.TickCount;
        await _db.LockReleaseAsync("job", _token);
        Console.WriteLine(at);
    }

    // Fine: something by that name gives it back.
    public async Task UnknownHelperAsync(Func<string, Task> releaseLock, Keys keys)
    {
        if (!await _db.LockTakeAsync("job", _token, Ttl)) return;
        try { await _job.RunAsync(); }
        finally { keys.ReleaseAll(); }
        await _db.LockReleaseAsync("job", _token);
    }
}

public sealed class Keys
{
    public void ReleaseAll()
    {
    }
}

public sealed class Tokens(IDatabase db, IJob job)
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, string> _tokens = new();
    private readonly string _id = Guid.NewGuid().ToString("N");

    // Bug: the machine's name is not the token.
    public void MachineName()
    {
        var token = Guid.NewGuid().ToString();
        if (!db.LockTake("job", token, Ttl)) return;
        try { job.Run(); }
        finally { db.LockRelease("job", Environment.MachineName); } // expect: EXP202
    }

    // Bug: a new token releases nothing.
    public void NewToken(string token)
    {
        if (!db.LockTake("job", token, Ttl)) return;
        try { job.Run(); }
        finally { db.LockRelease("job", Guid.NewGuid().ToString()); } // expect: EXP202
    }

    // Bug: the same in a member of its own.
    public Task UnlockAsync(string name) => db.LockReleaseAsync(name, Guid.NewGuid().ToString("N")); // expect: EXP202

    // Bug: a token that nobody keeps.
    public void NotKept(string token)
    {
        if (!db.LockTake("job", Guid.NewGuid().ToString(), Ttl)) return;
        try { job.Run(); }
        finally { db.LockRelease("job", token); } // expect: EXP202
    }

    // Bug: two tokens.
    public void TwoTokens()
    {
        var token = Guid.NewGuid().ToString();
        var other = Guid.NewGuid().ToString();
        if (!db.LockTake("job", token, Ttl)) return;
        try { job.Run(); }
        finally { db.LockRelease("job", other); } // expect: EXP202
    }

    // Bug: with hyphens, and without.
    public void Formats()
    {
        var id = Guid.NewGuid();
        if (!db.LockTake("job", id.ToString("N"), Ttl)) return;
        try { job.Run(); }
        finally { db.LockRelease("job", id.ToString()); } // expect: EXP202
    }

    // Bug: constants.
    public void Constants()
    {
        if (!db.LockTake("job", "worker", Ttl)) return;
        try { job.Run(); }
        finally { db.LockRelease("job", "Worker"); } // expect: EXP202
    }

    // Fine: the same field.
    public void SameField()
    {
        if (!db.LockTake("job", _id, Ttl)) return;
        try { job.Run(); }
        finally { db.LockRelease("job", _id); }
    }

    // Fine: the token is remembered where it is made.
    public void Remembered(string name)
    {
        if (!db.LockTake(name, _tokens.GetOrAdd(name, _ => Guid.NewGuid().ToString()), Ttl)) return;
        try { job.Run(); }
        finally { db.LockRelease(name, _tokens[name]); }
    }

    // Fine: assigned where it is given.
    public void Assigned()
    {
        string token;
        if (!db.LockTake("job", token = Guid.NewGuid().ToString(), Ttl)) return;
        try { job.Run(); }
        finally { db.LockRelease("job", token); }
    }

    // Fine: one GUID, one format.
    public void SameFormat()
    {
        var id = Guid.NewGuid();
        if (!db.LockTake("job", id.ToString("N"), Ttl)) return;
        try { job.Run(); }
        finally { db.LockRelease("job", id.ToString("n")); }
    }

    // Fine: nothing is known of the two.
    public void Unknown(string token, string other)
    {
        if (!db.LockTake("job", token, Ttl)) return;
        try { job.Run(); }
        finally { db.LockRelease("job", other); }
    }
}
