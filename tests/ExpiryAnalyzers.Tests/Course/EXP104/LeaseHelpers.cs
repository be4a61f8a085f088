using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp104.Leases;

public interface ILeaseStore
{
    Task<DateTime?> EndAsync(string name);
}

public sealed class LeaseStore : ILeaseStore
{
    private readonly IDatabase _db;
    private readonly IServer _server;

    public LeaseStore(IConnectionMultiplexer mux)
    {
        _db = mux.GetDatabase();
        _server = mux.GetServer(mux.GetEndPoints()[0]);
    }

    private DateTime? LeaderEnd => _db.KeyExpireTime("leader");

    public Task<DateTime?> EndAsync(string name) => _db.KeyExpireTimeAsync("lease:" + name);

    // Bug: through the method above.
    public async Task<bool> IsFreeAsync(string name)
    {
        DateTime? end = await EndAsync(name);
        return end == null || end < DateTime.UtcNow; // expect: EXP104
    }

    // Bug: through the property.
    public bool HasLeader => LeaderEnd > DateTimeOffset.UtcNow; // expect: EXP104

    // Fine: the same connection's server.
    public bool HasLeaderByServer => LeaderEnd > _server.Time();

    // Bug: a number of Unix milliseconds.
    public async Task<long> LeftAsync(string name)
    {
        long end = (long)await _db.ExecuteAsync("PEXPIRETIME", "lease:" + name);
        return end - DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(); // expect: EXP104
    }

    // Fine: the number of the remaining milliseconds.
    public async Task<long> LeftByTtlAsync(string name) => (long)await _db.ExecuteAsync("PTTL", "lease:" + name);

    // Bug: fields have ends, too.
    public bool IsFieldOver(string name, RedisValue field)
    {
        long[] ends = _db.HashFieldGetExpireDateTime(name, [field]);
        return DateTimeOffset.FromUnixTimeMilliseconds(ends[0]) < DateTimeOffset.UtcNow; // expect: EXP104
    }

    // Fine: fields asked for what is left.
    public bool IsFieldOverByTtl(string name, RedisValue field) => _db.HashFieldGetTimeToLive(name, [field])[0] <= 0;

    // Bug: compared by method.
    public int Compare(string name)
    {
        DateTime end = _db.KeyExpireTime(name) ?? DateTime.MaxValue;
        return end.CompareTo(DateTime.UtcNow); // expect: EXP104
    }

    // Fine: sorted among each other.
    public int Compare(string one, string other) => Nullable.Compare(_db.KeyExpireTime(one), _db.KeyExpireTime(other));
}

public sealed class LeaseWatcher(ILeaseStore store, IConnectionMultiplexer data, IConnectionMultiplexer locks)
{
    // Bug: judged behind an interface that only one type implements.
    public async Task<bool> IsFreeAsync(string name) => await store.EndAsync(name) < DateTime.UtcNow; // expect: EXP104

    // Bug: another server's clock.
    public async Task<bool> IsFreeByOtherClockAsync(string name)
    {
        IDatabase db = locks.GetDatabase();
        IServer server = data.GetServer("data", 6379);
        return await db.KeyExpireTimeAsync(name) < await server.TimeAsync(); // expect: EXP104
    }

    // Fine: its own.
    public async Task<bool> IsFreeByItsClockAsync(string name)
    {
        IDatabase db = locks.GetDatabase();
        IServer server = locks.GetServer("locks", 6379);
        return await db.KeyExpireTimeAsync(name) < await server.TimeAsync();
    }

    // Fine: a row's own column of the same name.
    public bool IsExpired(Row row) => row.KeyExpireTime < DateTime.UtcNow;

    public sealed class Row
    {
        public DateTime? KeyExpireTime { get; set; }
    }
}
