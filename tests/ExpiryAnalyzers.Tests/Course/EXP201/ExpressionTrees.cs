#nullable enable
using System;
using System.Linq.Expressions;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp201.ExpressionTrees;

public sealed class Mock<T>
{
    public Mock<T> Setup<TResult>(Expression<Func<T, TResult>> call) => this;
    public void Verify<TResult>(Expression<Func<T, TResult>> call) { }
    public T Object => default!;
}

public interface IShipping
{
    Task ShipAsync(string order);
}

public sealed class ShippingTests
{
    // Fine: a set-up and a verification are descriptions of calls, not calls.
    public async Task ShipsUnderLock(IShipping shipping)
    {
        var redis = new Mock<IDatabase>();
        redis.Setup(db => db.LockTakeAsync("lock:ship:1", "me", TimeSpan.FromSeconds(30), CommandFlags.None));
        redis.Setup(db => db.LockReleaseAsync("lock:ship:1", "me", CommandFlags.None));
        await shipping.ShipAsync("1");
        redis.Verify(db => db.LockTakeAsync("lock:ship:1", "me", TimeSpan.FromSeconds(30), CommandFlags.None));
        redis.Verify(db => db.LockReleaseAsync("lock:ship:1", "me", CommandFlags.None));
    }

    // Fine: SET NX in a set-up.
    public async Task ShipsUnderSetNx(IShipping shipping)
    {
        var redis = new Mock<IDatabase>();
        redis.Setup(db => db.StringSet("lock:ship:1", "me", TimeSpan.FromSeconds(30), When.NotExists));
        await shipping.ShipAsync("1");
        redis.Verify(db => db.KeyDelete("lock:ship:1", CommandFlags.None));
    }
}
