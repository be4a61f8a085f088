using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp102.Queued;

public sealed class ReservationWriter
{
    private readonly IDatabase _db;

    public ReservationWriter(IDatabase db) => _db = db;

    // Bug: a transaction changes nothing about the two clocks.
    public async Task<bool> ReserveAsync(string seat, string user)
    {
        ITransaction tran = _db.CreateTransaction();
        _ = tran.HashSetAsync($"seat:{seat}", "user", user);
        _ = tran.KeyExpireAsync($"seat:{seat}", DateTime.UtcNow.AddMinutes(15)); // expect: EXP102
        return await tran.ExecuteAsync();
    }

    // Fine: the span in a transaction.
    public async Task<bool> ReserveRelativeAsync(string seat, string user)
    {
        ITransaction tran = _db.CreateTransaction();
        _ = tran.HashSetAsync($"seat:{seat}", "user", user);
        _ = tran.KeyExpireAsync($"seat:{seat}", TimeSpan.FromMinutes(15));
        return await tran.ExecuteAsync();
    }

    // Bug: a batch, each key with its own reading of the clock.
    public Task HoldAllAsync(IEnumerable<string> seats)
    {
        IBatch batch = _db.CreateBatch();
        var pending = seats.Select(s => batch.KeyExpireAsync($"seat:{s}", DateTime.Now.AddMinutes(15))).ToList(); // expect: EXP101, EXP102
        batch.Execute();
        return Task.WhenAll(pending);
    }

    // Fine: one reading for all keys of the batch: they are meant to go together.
    public Task HoldTogetherAsync(IEnumerable<string> seats)
    {
        DateTime until = DateTime.UtcNow.AddMinutes(15);
        IBatch batch = _db.CreateBatch();
        var pending = seats.Select(s => batch.KeyExpireAsync($"seat:{s}", until)).ToList();
        batch.Execute();
        return Task.WhenAll(pending);
    }

    // Bug: IDatabaseAsync.
    public static Task<bool> HoldAsync(IDatabaseAsync target, string seat, int minutes) => target.KeyExpireAsync($"seat:{seat}", DateTime.UtcNow.AddMinutes(minutes), CommandFlags.FireAndForget); // expect: EXP102

    // Fine: IDatabaseAsync with a span.
    public static Task<bool> HoldRelativeAsync(IDatabaseAsync target, string seat, int minutes) => target.KeyExpireAsync($"seat:{seat}", TimeSpan.FromMinutes(minutes), CommandFlags.FireAndForget);

    // Bug: StringSet in a transaction.
    public Task<bool> MarkAsync(string seat)
    {
        var tran = _db.CreateTransaction();
        tran.AddCondition(Condition.KeyExists($"seat:{seat}"));
        _ = tran.StringSetAsync($"hold:{seat}", "1", DateTime.UtcNow.AddMinutes(15)); // expect: EXP102
        return tran.ExecuteAsync();
    }

    // Fine: StringSet in a transaction, a span.
    public Task<bool> MarkRelativeAsync(string seat)
    {
        var tran = _db.CreateTransaction();
        tran.AddCondition(Condition.KeyExists($"seat:{seat}"));
        _ = tran.StringSetAsync($"hold:{seat}", "1", TimeSpan.FromMinutes(15));
        return tran.ExecuteAsync();
    }
}
