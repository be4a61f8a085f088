#nullable enable
using System;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;
using StackExchange.Redis.KeyspaceIsolation;

namespace Course.Exp301.KeysAndDatabases;

public static class Keys
{
    public const string Flags = "feature:flags";
    public const string Limits = "feature:limits";
    public static readonly RedisKey Settings = "settings";
    private static int _shard;

    public static string User(int id) => $"user:{id}";
    public static string User(int id, string part) => $"user:{id}:{part}";
    public static string NextShard() => "shard:" + Interlocked.Increment(ref _shard);
}

public sealed class Request
{
    public string TenantId { get; set; } = "";
    public string CacheKey { get; set; } = "";
    public Request? Inner { get; set; }
}

public sealed class SettingsReader
{
    private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(15);
    private readonly IConnectionMultiplexer _mux;
    private readonly IDatabase _db;
    private readonly IDatabase _other;

    public SettingsReader(IConnectionMultiplexer mux)
    {
        _mux = mux;
        _db = mux.GetDatabase(0);
        _other = mux.GetDatabase(1);
    }

    // Bug: a constant.
    public async Task<string?> FlagsAsync()
    {
        var v = await _db.StringGetAsync(Keys.Flags);
        await _db.KeyExpireAsync(Keys.Flags, Ttl); // expect: EXP301
        return v;
    }

    // Bug: constant and equal literal.
    public string? FlagsText()
    {
        var v = _db.StringGet(Keys.Flags);
        _db.KeyExpire("feature:flags", Ttl); // expect: EXP301
        return v;
    }

    // Fine: another constant.
    public async Task<string?> FlagsKeepLimitsAsync()
    {
        var v = await _db.StringGetAsync(Keys.Flags);
        await _db.KeyExpireAsync(Keys.Limits, Ttl);
        return v;
    }

    // Bug: a static readonly key.
    public async Task<string?> SettingsAsync()
    {
        var v = await _db.StringGetAsync(Keys.Settings);
        await _db.KeyExpireAsync(Keys.Settings, Ttl); // expect: EXP301
        return v;
    }

    // Bug: helper with equal arguments.
    public async Task<string?> UserAsync(int id)
    {
        var v = await _db.StringGetAsync(Keys.User(id));
        if (v.HasValue) await _db.KeyExpireAsync(Keys.User(id), Ttl); // expect: EXP301
        return v;
    }

    // Fine: helper with another argument.
    public async Task<string?> UserKeepNextAsync(int id)
    {
        var v = await _db.StringGetAsync(Keys.User(id));
        if (v.HasValue) await _db.KeyExpireAsync(Keys.User(id + 1), Ttl);
        return v;
    }

    // Fine: another overload of the helper.
    public async Task<string?> UserKeepPartAsync(int id)
    {
        var v = await _db.StringGetAsync(Keys.User(id));
        await _db.KeyExpireAsync(Keys.User(id, "profile"), Ttl);
        return v;
    }

    // Fine: each call of this helper makes another key.
    public async Task<string?> ShardAsync()
    {
        var v = await _db.StringGetAsync(Keys.NextShard());
        await _db.KeyExpireAsync(Keys.NextShard(), Ttl);
        return v;
    }

    // Bug: member chain.
    public async Task<string?> ForAsync(Request request)
    {
        var v = await _db.StringGetAsync(request.CacheKey);
        await _db.KeyExpireAsync(request.CacheKey, Ttl); // expect: EXP301
        return v;
    }

    // Fine: the chain passes through another object.
    public async Task<string?> ForInnerAsync(Request request)
    {
        var v = await _db.StringGetAsync(request.CacheKey);
        await _db.KeyExpireAsync(request.Inner!.CacheKey, Ttl);
        return v;
    }

    // Fine: the member is set in between.
    public async Task<string?> ForChangedAsync(Request request)
    {
        var v = await _db.StringGetAsync(request.CacheKey);
        request.CacheKey = "next:" + request.TenantId;
        await _db.KeyExpireAsync(request.CacheKey, Ttl);
        return v;
    }

    // Bug: concatenation spelled twice.
    public async Task<string?> TenantAsync(string tenant, int id)
    {
        var v = await _db.StringGetAsync("t:" + tenant + ":" + id);
        await _db.KeyExpireAsync("t:" + tenant + ":" + id, Ttl); // expect: EXP301
        return v;
    }

    // Fine: one part differs.
    public async Task<string?> TenantIndexAsync(string tenant, int id)
    {
        var v = await _db.StringGetAsync("t:" + tenant + ":" + id);
        await _db.KeyExpireAsync("t:" + tenant + ":index", Ttl);
        return v;
    }

    // Fine: the key variable is assigned again.
    public async Task<string?> ReassignedAsync(string key)
    {
        var v = await _db.StringGetAsync(key);
        key += ":index";
        await _db.KeyExpireAsync(key, Ttl);
        return v;
    }

    // Fine: a part of the key is counted up in between.
    public async Task<string?> NextPageAsync(int page)
    {
        var v = await _db.StringGetAsync($"page:{page}");
        page++;
        await _db.KeyExpireAsync($"page:{page}", Ttl);
        return v;
    }

    // Fine: interpolations that differ in the format of a hole.
    public async Task<string?> FormatsAsync(Guid id)
    {
        var v = await _db.StringGetAsync($"doc:{id:N}");
        await _db.KeyExpireAsync($"doc:{id:D}", Ttl);
        return v;
    }

    // Bug: interpolation with format, twice the same.
    public async Task<string?> SameFormatAsync(Guid id)
    {
        var v = await _db.StringGetAsync($"doc:{id:N}");
        await _db.KeyExpireAsync($"doc:{id:N}", Ttl); // expect: EXP301
        return v;
    }

    // Fine: two databases in two fields.
    public async Task<string?> OtherFieldAsync(string key)
    {
        var v = await _db.StringGetAsync(key);
        await _other.KeyExpireAsync(key, Ttl);
        return v;
    }

    // Bug: GetDatabase() at each call.
    public async Task<string?> InlineDatabaseAsync(string key)
    {
        var v = await _mux.GetDatabase().StringGetAsync(key);
        if (!v.IsNull) await _mux.GetDatabase().KeyExpireAsync(key, Ttl); // expect: EXP301
        return v;
    }

    // Bug: equal numbers.
    public string? NumberedDatabase(string key)
    {
        var v = _mux.GetDatabase(4).StringGet(key);
        _mux.GetDatabase(4).KeyExpire(key, Ttl); // expect: EXP301
        return v;
    }

    // Fine: other numbers.
    public string? OtherNumber(string key)
    {
        var v = _mux.GetDatabase(4).StringGet(key);
        _mux.GetDatabase(5).KeyExpire(key, Ttl);
        return v;
    }

    // Fine: two locals with two numbers.
    public async Task<string?> TwoLocalsAsync(string key)
    {
        var hot = _mux.GetDatabase(1);
        var cold = _mux.GetDatabase(2);
        var v = await cold.StringGetAsync(key);
        await hot.KeyExpireAsync(key, Ttl);
        return v;
    }

    // Fine: two connections.
    public async Task<string?> TwoServersAsync(IConnectionMultiplexer replica, string key)
    {
        var v = await replica.GetDatabase().StringGetAsync(key);
        await _mux.GetDatabase().KeyExpireAsync(key, Ttl);
        return v;
    }

    // Fine: a view that adds a prefix sees another key.
    public async Task<string?> PrefixedViewAsync(string key)
    {
        var view = _db.WithKeyPrefix("tenant7:");
        var v = await _db.StringGetAsync(key);
        await view.KeyExpireAsync(key, Ttl);
        return v;
    }

    // Bug: both through the same view.
    public async Task<string?> SameViewAsync(string key)
    {
        var view = _db.WithKeyPrefix("tenant7:");
        var v = await view.StringGetAsync(key);
        await view.KeyExpireAsync(key, Ttl); // expect: EXP301
        return v;
    }

    // Bug: the database is a parameter.
    public static async Task<string?> ParameterAsync(IDatabase database, RedisKey key, TimeSpan ttl)
    {
        var v = await database.StringGetAsync(key);
        await database.KeyExpireAsync(key, ttl); // expect: EXP301
        return v;
    }

    // Fine: two parameters.
    public static async Task<string?> TwoParametersAsync(IDatabase source, IDatabase target, RedisKey key, TimeSpan ttl)
    {
        var v = await source.StringGetAsync(key);
        await target.KeyExpireAsync(key, ttl);
        return v;
    }

    // Fine: the database variable is assigned again.
    public async Task<string?> SwitchedAsync(string key)
    {
        var db = _mux.GetDatabase(0);
        var v = await db.StringGetAsync(key);
        db = _mux.GetDatabase(1);
        await db.KeyExpireAsync(key, Ttl);
        return v;
    }

    // Bug: a RedisKey local made from a string.
    public async Task<string?> CastAsync(string name)
    {
        RedisKey key = name;
        var v = await _db.StringGetAsync(key);
        await _db.KeyExpireAsync(key, Ttl); // expect: EXP301
        return v;
    }
}
