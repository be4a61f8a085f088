#nullable enable
using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp301.HandMadeExtension;

public sealed class LeaderElection
{
    private const string Key = "cluster:leader";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private readonly IDatabase _db;
    private readonly string _node = Environment.MachineName + ":" + Environment.ProcessId;

    public LeaderElection(IConnectionMultiplexer mux) => _db = mux.GetDatabase();

    // Bug: between GET and EXPIRE another node may have become the leader; its lease is then extended by us.
    public async Task<bool> StayLeaderAsync()
    {
        if (await _db.StringGetAsync(Key) == _node)
        {
            await _db.KeyExpireAsync(Key, Lease); // expect: EXP301
            return true;
        }
        return false;
    }

    // Bug: in one condition.
    public async Task<bool> RenewAsync(string token)
        => await _db.StringGetAsync(Key) == token && await _db.KeyExpireAsync(Key, Lease); // expect: EXP301

    // Bug: sync, early return, token in a local.
    public bool Renew(string resource, string token)
    {
        RedisKey key = "lock:" + resource;
        var holder = _db.StringGet(key);
        if (holder != token) return false;
        return _db.KeyExpire(key, Lease); // expect: EXP301
    }

    // Bug: string comparison.
    public async Task<bool> RenewTextAsync(string resource, string token)
    {
        var holder = (string?)await _db.StringGetAsync("lock:" + resource);
        if (!string.Equals(holder, token, StringComparison.Ordinal)) return false;
        return await _db.KeyExpireAsync("lock:" + resource, Lease); // expect: EXP301
    }

    // Fine: the client's own compare-and-extend.
    public Task<bool> ExtendAsync(string resource, string token) => _db.LockExtendAsync("lock:" + resource, token, Lease);

    // Fine: compare-and-expire in a script.
    public async Task<bool> ExtendByScriptAsync(string resource, string token)
    {
        const string script = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) else return 0 end";
        return (bool)await _db.ScriptEvaluateAsync(script, new RedisKey[] { "lock:" + resource }, new RedisValue[] { token, (long)Lease.TotalMilliseconds });
    }

    // Fine: compare-and-expire with a condition in a transaction.
    public async Task<bool> ExtendByTransactionAsync(string resource, string token)
    {
        var tran = _db.CreateTransaction();
        tran.AddCondition(Condition.StringEqual("lock:" + resource, token));
        _ = tran.KeyExpireAsync("lock:" + resource, Lease);
        return await tran.ExecuteAsync();
    }

    // Bug: a heartbeat loop around the same pair.
    public async Task HeartbeatAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var leader = await _db.StringGetAsync(Key);
            if (leader == _node)
                await _db.KeyExpireAsync(Key, Lease); // expect: EXP301
            await Task.Delay(TimeSpan.FromSeconds(10), ct);
        }
    }

    // Fine: what is compared is one key, what is extended another.
    public async Task<bool> ExtendMemberAsync()
    {
        if (await _db.StringGetAsync(Key) != _node) return false;
        return await _db.KeyExpireAsync("cluster:member:" + _node, Lease);
    }

    // Bug: owner in a hash.
    public async Task<bool> RenewHashAsync(string resource)
    {
        var key = $"lease:{resource}";
        if (await _db.HashGetAsync(key, "owner") != _node) return false;
        await _db.KeyExpireAsync(key, Lease); // expect: EXP301
        return true;
    }
}
