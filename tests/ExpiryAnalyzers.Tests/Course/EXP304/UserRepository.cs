using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Queued.Users;

public sealed record User(string Id, string Name, string Mail);

/// <summary>Users in hashes with an index set, written in transactions.</summary>
public sealed class UserRepository
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    private readonly IDatabase _db;

    public UserRepository(IConnectionMultiplexer redis) => _db = redis.GetDatabase();

    public async Task<bool> SaveAsync(User user)
    {
        var tran = _db.CreateTransaction();
        _ = tran.HashSetAsync($"user:{user.Id}", [new HashEntry("name", user.Name), new HashEntry("mail", user.Mail)]);
        _ = tran.SetAddAsync("users", user.Id);
        _ = tran.KeyExpireAsync($"user:{user.Id}", Lifetime);
        return await tran.ExecuteAsync();
    }

    public async Task<bool> SaveAndWaitAsync(User user)
    {
        var tran = _db.CreateTransaction();
        var hash = tran.HashSetAsync($"user:{user.Id}", "name", user.Name);
        var index = tran.SetAddAsync("users", user.Id);
        await Task.WhenAll(hash, index); // expect: EXP304
        return await tran.ExecuteAsync();
    }

    public async Task<bool> SaveConfiguredAsync(User user)
    {
        var tran = _db.CreateTransaction();
        await tran.HashSetAsync($"user:{user.Id}", "name", user.Name).ConfigureAwait(false); // expect: EXP304
        await tran.SetAddAsync("users", user.Id).ConfigureAwait(false); // expect: EXP304
        return await tran.ExecuteAsync().ConfigureAwait(false);
    }

    public async Task<User?> GetAsync(string id)
    {
        var tran = _db.CreateTransaction();
        var entries = tran.HashGetAllAsync($"user:{id}");
        _ = tran.KeyExpireAsync($"user:{id}", Lifetime);
        if (!await tran.ExecuteAsync())
        {
            return null;
        }

        var hash = (await entries).ToDictionary(entry => (string)entry.Name!, entry => (string)entry.Value!);
        return hash.Count == 0 ? null : new User(id, hash["name"], hash["mail"]);
    }

    public async Task<User?> GetTooEarlyAsync(string id)
    {
        var tran = _db.CreateTransaction();
        var nameTask = tran.HashGetAsync($"user:{id}", "name");
        var mailTask = tran.HashGetAsync($"user:{id}", "mail");
        string? name = await nameTask; // expect: EXP304
        string? mail = await mailTask; // expect: EXP304
        await tran.ExecuteAsync();
        return name is null ? null : new User(id, name, mail!);
    }

    public User? GetBlocking(string id)
    {
        var tran = _db.CreateTransaction();
        Task<RedisValue> json = tran.StringGetAsync($"user:{id}:json");
        if (json.Result.IsNull) // expect: EXP304
        {
            return null;
        }

        tran.Execute();
        return JsonSerializer.Deserialize<User>((string)json.Result!);
    }

    public User? GetBlockingInOrder(string id)
    {
        var tran = _db.CreateTransaction();
        Task<RedisValue> json = tran.StringGetAsync($"user:{id}:json");
        tran.Execute();
        return json.Result.IsNull ? null : JsonSerializer.Deserialize<User>((string)json.Result!);
    }

    public async Task<bool> RenameAsync(string id, string name)
    {
        var current = await _db.HashGetAsync($"user:{id}", "name");
        var tran = _db.CreateTransaction();
        tran.AddCondition(Condition.HashEqual($"user:{id}", "name", current));
        var set = tran.HashSetAsync($"user:{id}", "name", name);
        bool committed = await tran.ExecuteAsync();
        if (committed)
        {
            await set;
        }

        return committed;
    }

    public async Task<bool> RemoveAsync(string id)
    {
        ITransaction tran = _db.CreateTransaction();
        List<Task> queued =
        [
            tran.KeyDeleteAsync($"user:{id}"),
            tran.SetRemoveAsync("users", id),
        ];
        var run = tran.ExecuteAsync();
        await Task.WhenAll(queued);
        return await run;
    }

    public async Task RemoveManyAsync(IEnumerable<string> ids)
    {
        var batch = _db.CreateBatch();
        var tasks = new List<Task>();
        foreach (var id in ids)
        {
            tasks.Add(batch.KeyDeleteAsync($"user:{id}"));
            tasks.Add(batch.SetRemoveAsync("users", id));
        }

        await Task.WhenAll(tasks); // expect: EXP304
        batch.Execute();
    }

    public async Task<bool> TouchAsync(string id, bool atOnce)
    {
        if (atOnce)
        {
            return await _db.KeyExpireAsync($"user:{id}", Lifetime);
        }

        var batch = _db.CreateBatch();
        var touch = batch.KeyExpireAsync($"user:{id}", Lifetime);
        batch.Execute();
        return await touch;
    }
}
