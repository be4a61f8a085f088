using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp101.Queued;

public sealed class BasketWriter(IConnectionMultiplexer connection)
{
    private IDatabase Db => connection.GetDatabase(3);

    // Bug: throws while queueing, before Execute.
    public async Task<bool> CheckoutAsync(string basket, string order, DateTimeOffset payBefore)
    {
        ITransaction tran = Db.CreateTransaction();
        _ = tran.HashSetAsync($"order:{order}", "basket", basket);
        _ = tran.KeyExpireAsync($"order:{order}", payBefore.DateTime); // expect: EXP101
        return await tran.ExecuteAsync();
    }

    // Fine: the UTC half.
    public async Task<bool> CheckoutUtcAsync(string basket, string order, DateTimeOffset payBefore)
    {
        ITransaction tran = Db.CreateTransaction();
        _ = tran.HashSetAsync($"order:{order}", "basket", basket);
        _ = tran.KeyExpireAsync($"order:{order}", payBefore.UtcDateTime);
        return await tran.ExecuteAsync();
    }

    // Bug: in a batch, from a lambda.
    public Task ExpireAllAsync(IEnumerable<string> baskets)
    {
        IBatch batch = Db.CreateBatch();
        Task[] pending = baskets.Select(b => (Task)batch.KeyExpireAsync(b, DateTime.Today.AddDays(1))).ToArray(); // expect: EXP101
        batch.Execute();
        return Task.WhenAll(pending);
    }

    // Fine: the UTC day, in a batch.
    public Task ExpireAllUtcAsync(IEnumerable<string> baskets)
    {
        DateTime tomorrow = DateTime.UtcNow.Date.AddDays(1);
        IBatch batch = Db.CreateBatch();
        Task[] pending = baskets.Select(b => (Task)batch.KeyExpireAsync(b, tomorrow)).ToArray();
        batch.Execute();
        return Task.WhenAll(pending);
    }

    // Bug: captured by the lambda; the value is the same Unspecified one.
    public Task FreezeAsync(IEnumerable<string> baskets, int year)
    {
        DateTime until = new DateTime(year, 2, 1);
        return Task.WhenAll(baskets.Select(b => Db.KeyExpireAsync(b, until))); // expect: EXP101
    }

    // Fine: captured, with a kind.
    public Task FreezeUtcAsync(IEnumerable<string> baskets, int year)
    {
        DateTime until = new DateTime(year, 2, 1, 0, 0, 0, DateTimeKind.Utc);
        return Task.WhenAll(baskets.Select(b => Db.KeyExpireAsync(b, until)));
    }

    // Bug: IDatabaseAsync, whatever is behind it.
    public static Task<bool> QueueAsync(IDatabaseAsync target, string basket, string when)
        => target.KeyExpireAsync(basket, Convert.ToDateTime(when), ExpireWhen.Always, CommandFlags.None); // expect: EXP101

    // Fine: the text is converted to UTC.
    public static Task<bool> QueueUtcAsync(IDatabaseAsync target, string basket, string when)
        => target.KeyExpireAsync(basket, Convert.ToDateTime(when).ToUniversalTime(), ExpireWhen.Always, CommandFlags.None);

    // Bug: fire and forget throws all the same.
    public void Forget(string basket)
    {
        void Touch() => Db.KeyExpire(basket, flags: CommandFlags.FireAndForget, expiry: new DateTime(2031, 6, 1)); // expect: EXP101
        Touch();
    }

    // Fine: the same with a kind.
    public void ForgetUtc(string basket)
    {
        void Touch() => Db.KeyExpire(basket, flags: CommandFlags.FireAndForget, expiry: new DateTime(2031, 6, 1, 0, 0, 0, DateTimeKind.Utc));
        Touch();
    }
}
