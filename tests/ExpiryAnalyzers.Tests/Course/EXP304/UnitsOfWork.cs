using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Queued.Units;

/// <summary>Stores that work on a database and on a transaction alike.</summary>
public static class Stores
{
    public static async Task PutAsync(this IDatabaseAsync target, string id, string json)
    {
        await target.StringSetAsync("order:" + id, json);
    }

    public static Task<bool> PutQueuedAsync(this IDatabaseAsync target, string id, string json) => target.StringSetAsync("order:" + id, json);

    public static Task IndexAsync(ITransaction tran, string customer, string id)
    {
        var add = tran.SetAddAsync("orders:" + customer, id);
        var touch = tran.KeyExpireAsync("orders:" + customer, TimeSpan.FromDays(30));
        return Task.WhenAll(add, touch);
    }

    public static async Task<bool> CommitAsync(ITransaction tran)
    {
        return await tran.ExecuteAsync();
    }
}

public sealed class OrderService(IDatabase db)
{
    public async Task PlainAsync(string id, string json)
    {
        await db.PutAsync(id, json);
        await db.PutQueuedAsync(id, json);
    }

    public async Task PlaceAsync(string id, string customer, string json)
    {
        var tran = db.CreateTransaction();
        await tran.PutAsync(id, json); // expect: EXP304
        await Stores.IndexAsync(tran, customer, id); // expect: EXP304
        await tran.ExecuteAsync();
    }

    public async Task PlaceInOrderAsync(string id, string customer, string json)
    {
        var tran = db.CreateTransaction();
        var put = tran.PutAsync(id, json);
        var index = Stores.IndexAsync(tran, customer, id);
        await Stores.CommitAsync(tran);
        await Task.WhenAll(put, index);
    }

    public async Task PlaceDiscardingAsync(string id, string customer, string json)
    {
        var tran = db.CreateTransaction();
        _ = tran.PutQueuedAsync(id, json);
        _ = Stores.IndexAsync(tran, customer, id);
        await Stores.CommitAsync(tran);
    }

    public async Task PlaceKeepingTasksAsync(string id, string customer, string json)
    {
        var tran = db.CreateTransaction();
        var tasks = new List<Task> { tran.PutQueuedAsync(id, json) };
        tasks.Add(Stores.IndexAsync(tran, customer, id));
        await Task.WhenAll(tasks); // expect: EXP304
        if (!await Stores.CommitAsync(tran))
        {
            throw new InvalidOperationException();
        }
    }

    public async Task CancelAsync(string id, string customer)
    {
        ITransaction? tran = null;
        try
        {
            tran = db.CreateTransaction();
            var delete = tran.KeyDeleteAsync("order:" + id);
            await delete; // expect: EXP304
            await tran.SetRemoveAsync("orders:" + customer, id).ConfigureAwait(false); // expect: EXP304
        }
        finally
        {
            tran?.Execute();
        }
    }

    public async Task CancelSafelyAsync(string id, string customer)
    {
        var tran = db.CreateTransaction();
        Task<bool> delete;
        try
        {
            delete = tran.KeyDeleteAsync("order:" + id);
            _ = tran.SetRemoveAsync("orders:" + customer, id);
        }
        finally
        {
            await tran.ExecuteAsync();
        }

        await delete;
    }
}

/// <summary>A unit of work that others fill, and that is committed at the end of a request.</summary>
public sealed class UnitOfWork
{
    private readonly ITransaction _tran;
    private readonly List<Task> _pending = [];

    public UnitOfWork(IDatabase db) => _tran = db.CreateTransaction();

    public void Add(string key, string value) => _pending.Add(_tran.StringSetAsync(key, value));

    public Task<bool> RemoveAsync(string key) => _tran.KeyDeleteAsync(key);

    public async Task CommitAsync()
    {
        await _tran.ExecuteAsync();
        await Task.WhenAll(_pending);
    }

    public async Task SetAndCommitAsync(string key, string value)
    {
        var set = _tran.StringSetAsync(key, value);
        await set; // expect: EXP304
        await _tran.ExecuteAsync();
    }

    public async Task SetCommitAndWaitAsync(string key, string value)
    {
        var set = _tran.StringSetAsync(key, value);
        await CommitAsync();
        await set;
    }
}

/// <summary>Runs the caller's work inside a transaction.</summary>
public sealed class TransactionRunner(IDatabase db)
{
    public async Task<bool> RunAsync(Action<ITransaction> work)
    {
        var tran = db.CreateTransaction();
        work(tran);
        return await tran.ExecuteAsync();
    }

    public async Task<T> ReadAsync<T>(Func<ITransaction, Task<T>> work)
    {
        var tran = db.CreateTransaction();
        var result = work(tran);
        await tran.ExecuteAsync();
        return await result;
    }

    public async Task PublishAsync(string id, string text)
    {
        var tran = db.CreateTransaction();
        _ = tran.StringSetAsync("draft:" + id, text);
        if (await tran.ExecuteAsync())
        {
            // What is queued now is sent by nothing.
            var published = tran.StringSetAsync("page:" + id, text);
            await published; // expect: EXP304
        }
    }

    public Task<bool> RenameAsync(string from, string to) => RunAsync(tran => tran.KeyRenameAsync(from, to));

    public Task<string?> NameAsync(string id) => ReadAsync(async tran =>
    {
        var name = tran.HashGetAsync(id, "name");
        return (string?)await name;
    });
}

/// <summary>Not the client's types, alike as they look.</summary>
public sealed class OtherTransactions
{
    public interface ISqlTransaction
    {
        Task<int> StringSetAsync(string key, string value);

        Task ExecuteAsync();
    }

    public async Task SaveAsync(ISqlTransaction tran)
    {
        var rows = tran.StringSetAsync("a", "b");
        await rows;
        await tran.StringSetAsync("c", "d");
        await tran.ExecuteAsync();
    }
}
