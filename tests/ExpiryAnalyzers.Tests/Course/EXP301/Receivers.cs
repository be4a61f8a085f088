#nullable enable
using System;
using System.Linq.Expressions;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp301.Receivers;

public sealed class Mock<T>
{
    public Mock<T> Setup<TResult>(Expression<Func<T, TResult>> call) => this;
    public void Verify<TResult>(Expression<Func<T, TResult>> call) { }
}

// A type of our own with the client's member names.
public interface ITinyStore
{
    Task<string?> StringGetAsync(string key);
    Task<bool> KeyExpireAsync(string key, TimeSpan ttl);
}

public sealed class ReceiverCases
{
    private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(10);
    private readonly IDatabase _db;
    private readonly ITransaction? _ambient;

    public ReceiverCases(IDatabase db, ITransaction? ambient = null)
    {
        _db = db;
        _ambient = ambient;
    }

    public IDatabase Database => _db;

    // Fine: both queued on a transaction.
    public async Task<string?> TransactionAsync(string key)
    {
        var tran = _db.CreateTransaction();
        var get = tran.HashGetAsync(key, "v");
        var keep = tran.KeyExpireAsync(key, Ttl);
        if (!await tran.ExecuteAsync()) return null;
        await keep;
        return await get;
    }

    // Fine: read, then a guarded transaction that expires only an unchanged value.
    public async Task<bool> OptimisticAsync(string key)
    {
        var v = await _db.StringGetAsync(key);
        if (v.IsNull) return false;
        var tran = _db.CreateTransaction();
        tran.AddCondition(Condition.StringEqual(key, v));
        _ = tran.KeyExpireAsync(key, Ttl);
        return await tran.ExecuteAsync();
    }

    // Fine: IDatabaseAsync may be a transaction.
    public static async Task QueueAsync(IDatabaseAsync target, string key)
    {
        var get = target.HashGetAllAsync(key);
        var keep = target.KeyExpireAsync(key, Ttl);
        await Task.WhenAll(get, keep);
    }

    // Fine: transaction or database, not known.
    public async Task EitherAsync(string key)
    {
        IDatabaseAsync target = (IDatabaseAsync?)_ambient ?? _db;
        var get = target.HashGetAllAsync(key);
        var keep = target.KeyExpireAsync(key, Ttl);
        if (_ambient is null) await Task.WhenAll(get, keep);
    }

    // Bug: the database through a property.
    public async Task<string?> PropertyAsync(string key)
    {
        var v = await Database.StringGetAsync(key);
        await Database.KeyExpireAsync(key, Ttl); // expect: EXP301
        return v;
    }

    // Bug: another object's database, twice the same path.
    public static async Task<string?> PathAsync(ReceiverCases owner, string key)
    {
        var v = await owner.Database.StringGetAsync(key);
        await owner.Database.KeyExpireAsync(key, Ttl); // expect: EXP301
        return v;
    }

    // Fine: two owners.
    public static async Task<string?> PathsAsync(ReceiverCases a, ReceiverCases b, string key)
    {
        var v = await a.Database.StringGetAsync(key);
        await b.Database.KeyExpireAsync(key, Ttl);
        return v;
    }

    // Fine: not the client.
    public static async Task<string?> TinyAsync(ITinyStore store, string key)
    {
        var v = await store.StringGetAsync(key);
        await store.KeyExpireAsync(key, Ttl);
        return v;
    }

    // Fine: read from our own type, expired on the client; nobody knows what the store reads.
    public async Task<string?> TinyReadAsync(ITinyStore store, string key)
    {
        var v = await store.StringGetAsync(key);
        await _db.KeyExpireAsync(key, Ttl);
        return v;
    }

    // Fine: expression trees describe calls.
    public void SetUp()
    {
        var redis = new Mock<IDatabase>();
        redis.Setup(db => db.StringGetAsync("user:1", CommandFlags.None));
        redis.Setup(db => db.KeyExpireAsync("user:1", TimeSpan.FromMinutes(10), ExpireWhen.Always, CommandFlags.None));
        redis.Verify(db => db.StringGetAsync("user:1", CommandFlags.None));
        redis.Verify(db => db.KeyExpireAsync("user:1", TimeSpan.FromMinutes(10), ExpireWhen.Always, CommandFlags.None));
    }

    // Fine: a real read, and a description of an expire.
    public async Task<string?> ReadThenVerifyAsync(Mock<IDatabase> redis)
    {
        var v = await _db.StringGetAsync("user:1");
        redis.Verify(db => db.KeyExpireAsync("user:1", TimeSpan.FromMinutes(10), ExpireWhen.Always, CommandFlags.None));
        return v;
    }

    // Bug: conditional access on a nullable database.
    public static string? Maybe(IDatabase? db, string key)
    {
        if (db is null) return null;
        var v = db.StringGet(key);
        db?.KeyExpire(key, Ttl); // expect: EXP301
        return v;
    }

    // Bug: transaction in the same method for something else.
    public async Task<string?> UnrelatedTransactionAsync(string key)
    {
        var v = await _db.StringGetAsync(key);
        var tran = _db.CreateTransaction();
        _ = tran.SetAddAsync("seen", key);
        await tran.ExecuteAsync();
        await _db.KeyExpireAsync(key, Ttl); // expect: EXP301
        return v;
    }
}
