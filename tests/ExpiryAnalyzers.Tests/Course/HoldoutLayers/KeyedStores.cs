using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutLayers.KeyedStores;

/// <summary>A store with a prefix of its own.</summary>
public sealed class KeyedStore(IConnectionMultiplexer redis)
{
    private readonly IDatabase _db = redis.GetDatabase();

    public IDatabase Database => _db;

    public async Task<string?> Read(string key) => await _db.StringGetAsync("store:" + key);

    public async Task<(bool Found, string? Value)> TryRead(string key)
    {
        RedisValue value = await _db.StringGetAsync("store:" + key);
        return (value.HasValue, value);
    }

    public async Task<Dictionary<string, string>> ReadHash(string key)
    {
        HashEntry[] entries = await _db.HashGetAllAsync("store:" + key);
        return entries.ToDictionary(entry => entry.Name.ToString(), entry => entry.Value.ToString());
    }

    public Task<bool> Touch(string key, int minutes = 20) => _db.KeyExpireAsync("store:" + key, TimeSpan.FromMinutes(minutes));

    public Task Write(string key, string value) => _db.StringSetAsync("store:" + key, value);

    public Task WriteFor(string key, string value, TimeSpan ttl) => _db.StringSetAsync("store:" + key, value, ttl);

    public Task Append(string key, params string[] values) => _db.ListRightPushAsync("store:" + key, values.Select(value => (RedisValue)value).ToArray());

    public Task<long> Next(string key, long by = 1) => _db.StringIncrementAsync("store:" + key, by);
}

public sealed record Draft(string Id, string Text);

public sealed class DraftService(KeyedStore store)
{
    private static readonly TimeSpan DraftTtl = TimeSpan.FromHours(8);

    public async Task<string?> Open(string id)
    {
        string? draft = await store.Read(id);
        if (draft == null)
        {
            return null;
        }

        await store.Touch(id); // expect: EXP301
        return draft;
    }

    public async Task<string?> OpenFound(string id)
    {
        var (found, draft) = await store.TryRead(id);
        if (found)
        {
            await store.Touch(id, 30); // expect: EXP301
        }

        return draft;
    }

    public async Task<Dictionary<string, string>> Fields(string id)
    {
        Dictionary<string, string> fields = await store.ReadHash($"draft:{id}");
        await store.Touch($"draft:{id}"); // expect: EXP301
        return fields;
    }

    public async Task Add(Draft draft)
    {
        await store.Append(draft.Id, draft.Text);
        await store.Touch(draft.Id); // expect: EXP302
    }

    public async Task<int> Number(string author)
    {
        long number = await store.Next("drafts:" + author);
        if (number is 1)
        {
            await store.Touch("drafts:" + author, 60); // expect: EXP303
        }

        return (int)number;
    }

    public async Task<long> NumberLate(string author)
    {
        Task<long> next = store.Next("late:" + author);
        long number = await next;
        await store.Touch("late:" + author); // expect: EXP303
        return number;
    }

    // The store's own prefix, written out by the caller.
    public async Task<string?> OpenSpelled(string id)
    {
        string? draft = await store.Read(id);
        await store.Database.KeyExpireAsync("store:" + id, DraftTtl); // expect: EXP301
        return draft;
    }

    // Not the key that was read: the store puts its prefix before it.
    public async Task<string?> OpenUnprefixed(string id)
    {
        string? draft = await store.Read(id);
        await store.Database.KeyExpireAsync(id, DraftTtl);
        return draft;
    }

    public async Task Replace(Draft draft)
    {
        await store.WriteFor("draft:" + draft.Id, draft.Text, DraftTtl);
    }

    // Not told: a store by way of a service is not compared with what other members store by way of it.
    public Task Correct(Draft draft) => store.Write("draft:" + draft.Id, draft.Text);

    public Task WarmUp(IEnumerable<Draft> drafts) => Task.WhenAll(drafts.Select(draft => store.WriteFor($"warm:{draft.Id}", draft.Text, DraftTtl)));

    public Task WarmUpSpread(IEnumerable<Draft> drafts) => Task.WhenAll(drafts.Select(draft => store.WriteFor($"warm:{draft.Id}", draft.Text, Spread(DraftTtl))));

    public Task Keep(Draft draft) => store.WriteFor("keep:" + draft.Id, draft.Text, DateTime.Today.AddDays(1) - DateTime.UtcNow); // expect: EXP103

    public Task KeepComponent(Draft draft, TimeSpan ttl) => store.Touch(draft.Id, ttl.Minutes); // expect: EXP105

    public Task KeepSeconds(Draft draft, TimeSpan ttl) => store.Touch(draft.Id, (int)ttl.TotalSeconds); // expect: EXP105

    public Task KeepMinutes(Draft draft, TimeSpan ttl) => store.Touch(draft.Id, (int)Math.Ceiling(ttl.TotalMinutes));

    private static TimeSpan Spread(TimeSpan ttl) => ttl + TimeSpan.FromSeconds(Random.Shared.Next(0, 600));
}

/// <summary>A store in which a look at the key comes between.</summary>
public sealed class OtherDrafts(KeyedStore store, KeyedStore archive)
{
    public async Task<string?> OpenArchived(string id)
    {
        string? draft = await store.Read(id);
        await archive.Touch(id);
        return draft;
    }

    public async Task<string?> OpenOr(string id, string other)
    {
        string? draft = await store.Read(id);
        id = other;
        await store.Touch(id);
        return draft;
    }

    public async Task<string> GetOrAdd(string id, Func<Task<string>> make)
    {
        string? draft = await store.Read(id);
        if (draft is not null)
        {
            return draft;
        }

        draft = await make();
        await store.WriteFor(id, draft, TimeSpan.FromHours(1));
        return draft;
    }

    public async Task Add(Draft draft)
    {
        await store.WriteFor(draft.Id, draft.Text, TimeSpan.FromHours(1));
        await store.Touch(draft.Id);
    }
}

/// <summary>Read and refreshed by a generic base class.</summary>
public abstract class SlidingRepository<TEntity> where TEntity : class
{
    private readonly IDatabase _db;

    protected SlidingRepository(IDatabase db) => _db = db;

    protected abstract TimeSpan Life { get; }

    public async Task<TEntity?> Find(Guid id)
    {
        string key = Key(id);
        TEntity? entity = await Load(key).ConfigureAwait(false);
        if (entity != null)
        {
            await _db.KeyExpireAsync(key, Life).ConfigureAwait(false); // expect: EXP301
        }

        return entity;
    }

    public async Task Add(Guid id, TEntity entity)
    {
        await Store(id, entity);
        await Renew(id); // expect: EXP302
    }

    private static string Key(Guid id) => $"{typeof(TEntity).Name}:{id:N}";

    private async Task<TEntity?> Load(string key)
    {
        var json = await _db.StringGetAsync(key).ConfigureAwait(false);
        return json.HasValue ? JsonSerializer.Deserialize<TEntity>((string)json!) : null;
    }

    private Task Store(Guid id, TEntity entity) => _db.StringSetAsync(Key(id), JsonSerializer.Serialize(entity));

    private async Task Renew(Guid id) => await _db.KeyExpireAsync(Key(id), Life);
}
