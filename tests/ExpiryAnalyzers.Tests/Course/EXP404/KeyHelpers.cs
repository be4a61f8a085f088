using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Shop.Carts;

public sealed class CartCache
{
    private readonly IDatabase _db;
    private readonly TimeSpan _ttl;
    private readonly string _prefix;

    public CartCache(IConnectionMultiplexer redis, TimeSpan ttl, string prefix)
    {
        _db = redis.GetDatabase();
        _ttl = ttl;
        _prefix = prefix;
    }

    private static RedisKey Key(Guid cart) => $"cart:{cart:N}";

    private RedisKey ItemKey(Guid cart, int item)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        return _prefix + cart + ":" + item;
    }

    public Task SaveAsync(Guid cart, string json) => _db.StringSetAsync(Key(cart), json, _ttl);

    // Bug: one helper makes the key.
    public Task TouchAsync(Guid cart, string json) => _db.StringSetAsync(Key(cart), json); // expect: EXP404

    public Task SaveItemAsync(Guid cart, int item, string json) => _db.StringSetAsync(ItemKey(cart, item), json, TimeSpan.FromHours(4));

    // Bug: a longer helper makes the key.
    public async Task ChangeItemAsync(Guid cart, int number, string json)
    {
        var key = ItemKey(cart, number);
        await _db.StringSetAsync(key, json).ConfigureAwait(false); // expect: EXP404
    }

    public Task SaveOwnerAsync(Guid cart, string owner) => _db.StringSetAsync($"{_prefix}:owner:{cart}", owner, _ttl);

    // Bug: a prefix from the settings.
    public Task ChangeOwnerAsync(Guid id, string owner) => _db.StringSetAsync($"{_prefix}:owner:{id}", owner); // expect: EXP404

    // Fine: another prefix, another end.
    public Task ChangeOtherAsync(Guid id, string owner) => _db.StringSetAsync($"{_prefix}:buyer:{id}", owner);
}

public sealed class TwoDatabases
{
    private readonly IConnectionMultiplexer _redis;

    public TwoDatabases(IConnectionMultiplexer redis) => _redis = redis;

    public Task CacheAsync(int id, string json) => _redis.GetDatabase(1).StringSetAsync($"report:{id}", json, TimeSpan.FromMinutes(5));

    // Fine: the archive is another database.
    public Task ArchiveAsync(int id, string json) => _redis.GetDatabase(2).StringSetAsync($"report:{id}", json);

    // Bug: the same database.
    public async Task CorrectAsync(int id, string json)
    {
        var db = _redis.GetDatabase(1);
        await db.StringSetAsync($"report:{id}", json); // expect: EXP404
    }
}

/// <summary>A status that is written with a TTL, then overwritten.</summary>
public sealed class JobStatus
{
    private readonly IDatabase _db;

    public JobStatus(IDatabase db) => _db = db;

    // Bug: the second write drops what the first has set.
    public async Task RunAsync(Guid job, Func<Task> work)
    {
        var key = $"job:{job}";
        await _db.StringSetAsync(key, "running", TimeSpan.FromMinutes(30));
        await work();
        await _db.StringSetAsync(key, "done"); // expect: EXP404
    }

    // Bug: the value is read with its expiry, and stored without.
    public async Task AdvanceAsync(RedisKey key)
    {
        var state = await _db.StringGetWithExpiryAsync(key);
        await _db.StringSetAsync(key, state.Value + "1"); // expect: EXP404
    }

    // Fine: the expiry that was read is given back.
    public async Task AdvanceWithExpiryAsync(RedisKey key)
    {
        var state = await _db.StringGetWithExpiryAsync(key);
        await _db.StringSetAsync(key, state.Value + "1", expiry: state.Expiry, when: When.Always);
    }

    // Fine: a key without a TTL stays without.
    public async Task AdvanceEternalAsync(RedisKey key)
    {
        var state = await _db.StringGetWithExpiryAsync(key);
        if (state.Expiry is null)
        {
            await _db.StringSetAsync(key, state.Value + "1");
        }
        else
        {
            await _db.StringSetAsync(key, state.Value + "1", expiry: state.Expiry, keepTtl: false);
        }
    }
}
