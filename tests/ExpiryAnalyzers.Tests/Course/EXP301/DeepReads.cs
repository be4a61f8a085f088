#nullable enable
using System;
using System.Text.Json;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Exp301.DeepReads;

public sealed record Profile(string Name, TimeSpan Idle);

public interface IReader
{
    Task<T?> GetAsync<T>(string key);
}

public static class DatabaseExtensions
{
    public static async Task<T?> GetJsonAsync<T>(this IDatabase db, RedisKey key)
    {
        var v = await db.StringGetAsync(key);
        return v.IsNull ? default : JsonSerializer.Deserialize<T>(v.ToString());
    }

    public static string? GetText(this IDatabase db, string key) => db.StringGet(key);
}

// The read sits in a small helper that is handed the key; the expire follows in the caller.
public class JsonCache
{
    private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(30);
    private readonly IDatabase _db;
    private readonly IDatabase _archive;
    private readonly IReader _reader;

    public JsonCache(IConnectionMultiplexer mux, IReader reader)
    {
        _db = mux.GetDatabase();
        _archive = mux.GetDatabase(7);
        _reader = reader;
    }

    public async Task<T?> GetAsync<T>(string key, CommandFlags flags = CommandFlags.None)
    {
        var v = await _db.StringGetAsync(key, flags).ConfigureAwait(false);
        return v.HasValue ? JsonSerializer.Deserialize<T>(v.ToString()) : default;
    }

    // Bug: own GetAsync, then the expire.
    public async Task<T?> GetAsync<T>(string key, TimeSpan slide, CommandFlags flags = CommandFlags.None)
    {
        var result = await GetAsync<T>(key, flags).ConfigureAwait(false);
        if (!Equals(result, default(T)))
            await _db.KeyExpireAsync(key, slide).ConfigureAwait(false); // expect: EXP301
        return result;
    }

    // Bug: this-qualified call.
    public async Task<Profile?> ProfileAsync(int id)
    {
        var key = $"profile:{id}";
        var profile = await this.GetAsync<Profile>(key);
        if (profile is not null)
            await this._db.KeyExpireAsync(key, Ttl); // expect: EXP301
        return profile;
    }

    // Bug: an extension method does the read.
    public async Task<Profile?> ProfileByExtensionAsync(int id)
    {
        var key = $"profile:{id}";
        var profile = await _db.GetJsonAsync<Profile>(key);
        if (profile is null) return null;
        await _db.KeyExpireAsync(key, Ttl); // expect: EXP301
        return profile;
    }

    // Bug: sync extension.
    public string? Text(string key)
    {
        var text = _db.GetText(key);
        if (text != null) _db.KeyExpire(key, Ttl); // expect: EXP301
        return text;
    }

    // Bug: a static helper that is handed database and key.
    public async Task<string?> StaticAsync(string key)
    {
        var v = await ReadAsync(_db, key);
        await _db.KeyExpireAsync(key, Ttl); // expect: EXP301
        return v;
    }

    // Bug: a local function reads.
    public async Task<string?> LocalAsync(string key)
    {
        var v = await Load(key);
        await _db.KeyExpireAsync(key, Ttl); // expect: EXP301
        return v;

        async Task<string?> Load(string k) => await _db.StringGetAsync(k);
    }

    // Bug: expression-bodied hash helper.
    public async Task<int> FieldsAsync(string key)
    {
        var n = (await AllAsync(key)).Length;
        if (n > 0) await _db.KeyExpireAsync(key, Ttl); // expect: EXP301
        return n;
    }

    // Fine: the helper is handed another key.
    public async Task<Profile?> OtherKeyAsync(int id)
    {
        var profile = await GetAsync<Profile>($"profile:{id}");
        await _db.KeyExpireAsync($"profile:{id}:index", Ttl);
        return profile;
    }

    // Fine: the helper adds a prefix, so it reads another key than the one expired here.
    public async Task<string?> PrefixedAsync(string id)
    {
        var v = await ReadPrefixedAsync(id);
        await _db.KeyExpireAsync(id, Ttl);
        return v;
    }

    // Fine: the helper reads another database.
    public async Task<string?> ArchivedAsync(string key)
    {
        var v = await ReadArchiveAsync(key);
        await _db.KeyExpireAsync(key, Ttl);
        return v;
    }

    // Fine: another database is handed to the helper.
    public async Task<string?> StaticArchiveAsync(string key)
    {
        var v = await ReadAsync(_archive, key);
        await _db.KeyExpireAsync(key, Ttl);
        return v;
    }

    // Fine: an interface; what stands behind it is not known.
    public async Task<Profile?> UnknownReaderAsync(string key)
    {
        var p = await _reader.GetAsync<Profile>(key);
        await _db.KeyExpireAsync(key, Ttl);
        return p;
    }

    // Fine: life from the value that the helper read.
    public async Task<Profile?> OwnIdleAsync(string key)
    {
        var p = await GetAsync<Profile>(key);
        if (p is null) return null;
        await _db.KeyExpireAsync(key, p.Idle);
        return p;
    }

    // Fine: the helper asks only whether the key is there.
    public async Task<bool> KeepIfThereAsync(string key)
    {
        if (!await ExistsAsync(key)) return false;
        return await _db.KeyExpireAsync(key, Ttl);
    }

    // Fine here: written in between.
    public async Task<Profile?> ChangeAsync(string key, Func<Profile, Profile> change)
    {
        var p = await GetAsync<Profile>(key);
        if (p is null) return null;
        p = change(p);
        await _db.StringSetAsync(key, JsonSerializer.Serialize(p));
        await _db.KeyExpireAsync(key, Ttl);
        return p;
    }

    // Fine here: cache-aside with the helper; a hit returns.
    public async Task<Profile> GetOrMakeAsync(string key, Func<Profile> make)
    {
        var p = await GetAsync<Profile>(key);
        if (p is not null) return p;
        p = make();
        await _db.StringSetAsync(key, JsonSerializer.Serialize(p));
        await _db.KeyExpireAsync(key, Ttl);
        return p;
    }

    // Fine: exclusive branches.
    public async Task<Profile?> EitherAsync(string key, bool read)
    {
        if (read) return await GetAsync<Profile>(key);
        await _db.KeyExpireAsync(key, Ttl);
        return null;
    }

    // Fine: the helper already uses GETEX; a plain expire of the index follows.
    public async Task<string?> AtomicAsync(string key)
    {
        var v = await ReadAndKeepAsync(key);
        await _db.KeyExpireAsync(key + ":index", Ttl);
        return v;
    }

    private static async Task<string?> ReadAsync(IDatabase db, string key) => await db.StringGetAsync(key);
    private Task<HashEntry[]> AllAsync(string key) => _db.HashGetAllAsync(key);
    private async Task<string?> ReadPrefixedAsync(string id) => await _db.StringGetAsync("profile:" + id);
    private async Task<string?> ReadArchiveAsync(string key) => await _archive.StringGetAsync(key);
    private Task<bool> ExistsAsync(string key) => _db.KeyExistsAsync(key);
    private async Task<string?> ReadAndKeepAsync(string key) => await _db.StringGetSetExpiryAsync(key, Ttl);
}
