using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutPairs
{
    public sealed class OutboxPipeline
    {
        private readonly IDatabase _db;

        public OutboxPipeline(IDatabase db) => _db = db;

        public async Task NeverRunAsync(string id, string json)
        {
            ITransaction tran = _db.CreateTransaction();
            Task<bool> set = tran.StringSetAsync("outbox:" + id, json, TimeSpan.FromDays(1));
            await set; // expect: EXP304
        }

        public async Task FinallyAsync(string id, string json)
        {
            IBatch batch = _db.CreateBatch();
            Task push = batch.ListRightPushAsync("outbox", json);
            try
            {
                await push; // expect: EXP304
            }
            finally
            {
                batch.Execute();
            }
        }

        public async Task PerItemAsync(IEnumerable<string> items)
        {
            IBatch batch = _db.CreateBatch();
            foreach (string item in items)
            {
                var push = batch.ListRightPushAsync("outbox", item);
                var mark = batch.SetAddAsync("pending", item);
                await Task.WhenAll(push, mark); // expect: EXP304
            }

            batch.Execute();
        }

        public async Task<RedisValue> HelperAsync(string id)
        {
            ITransaction tran = _db.CreateTransaction();
            RedisValue value = await ReadAsync(tran, id).ConfigureAwait(false); // expect: EXP304
            await tran.ExecuteAsync();
            return value;
        }

        private static Task<RedisValue> ReadAsync(IDatabaseAsync db, string id) => db.StringGetAsync("outbox:" + id);

        public async Task SelectAsync(string[] ids)
        {
            ITransaction tran = _db.CreateTransaction();
            var deletes = ids.Select(id => tran.KeyDeleteAsync("outbox:" + id));
            bool[] deleted = await Task.WhenAll(deletes); // expect: EXP304
            if (deleted.All(d => d))
            {
                await tran.ExecuteAsync();
            }
        }

        public async Task<long> DeferredAsync(string id)
        {
            var tran = _db.CreateTransaction();
            Func<Task<long>> count = async () => await tran.ListLengthAsync("outbox:" + id);
            long n = await count(); // expect: EXP304
            tran.Execute();
            return n;
        }

        public async Task<bool> ConditionalAsync(string id, bool urgent)
        {
            IBatch batch = _db.CreateBatch();
            Task<bool> delete = batch.KeyDeleteAsync("outbox:" + id);
            if (urgent)
            {
                return await delete; // expect: EXP304
            }

            batch.Execute();
            return await delete;
        }

        public async Task TimeoutAsync(string id, CancellationToken ct)
        {
            ITransaction tran = _db.CreateTransaction();
            Task<bool> delete = tran.KeyDeleteAsync("outbox:" + id);
            await delete.WaitAsync(TimeSpan.FromSeconds(1), ct); // expect: EXP304
            await tran.ExecuteAsync();
        }

        // Run by a helper, by a lambda, by a local function, or in a finally before the wait.
        public async Task<bool> RunByHelperAsync(string id)
        {
            ITransaction tran = _db.CreateTransaction();
            Task<bool> delete = tran.KeyDeleteAsync("outbox:" + id);
            await CommitAsync(tran);
            return await delete;
        }

        private static async Task CommitAsync(ITransaction tran)
        {
            if (!await tran.ExecuteAsync())
            {
                throw new InvalidOperationException("conflict");
            }
        }

        public async Task<bool> RunByLambdaAsync(string id, Func<Func<Task<bool>>, Task<bool>> retry)
        {
            ITransaction tran = _db.CreateTransaction();
            Task<bool> delete = tran.KeyDeleteAsync("outbox:" + id);
            await retry(() => tran.ExecuteAsync());
            return await delete;
        }

        public async Task<bool> RunByLocalFunctionAsync(string id)
        {
            ITransaction tran = _db.CreateTransaction();
            Task<bool> delete = tran.KeyDeleteAsync("outbox:" + id);
            await Commit();
            return await delete;

            Task<bool> Commit() => tran.ExecuteAsync();
        }

        public async Task FinallyThenWaitAsync(string id)
        {
            IBatch batch = _db.CreateBatch();
            Task<bool> delete;
            try
            {
                delete = batch.KeyDeleteAsync("outbox:" + id);
            }
            finally
            {
                batch.Execute();
            }

            await delete;
        }

        // In pages of a hundred: run, wait, begin again.
        public async Task PagesAsync(IEnumerable<string> ids)
        {
            IBatch batch = _db.CreateBatch();
            var tasks = new List<Task>();
            foreach (string id in ids)
            {
                tasks.Add(batch.KeyDeleteAsync("outbox:" + id));
                if (tasks.Count == 100)
                {
                    batch.Execute();
                    await Task.WhenAll(tasks);
                    tasks.Clear();
                    batch = _db.CreateBatch();
                }
            }

            batch.Execute();
            await Task.WhenAll(tasks);
        }

        // The database's own calls are awaited as they come.
        public async Task DirectAsync(IEnumerable<string> ids)
        {
            ITransaction tran = _db.CreateTransaction();
            var tasks = new List<Task>();
            foreach (string id in ids)
            {
                tasks.Add(_db.KeyDeleteAsync("outbox:" + id));
                _ = tran.SetRemoveAsync("pending", id);
            }

            await Task.WhenAll(tasks);
            await tran.ExecuteAsync();
        }

        // The queue's tasks are given to the caller, who waits when the unit of work is done.
        public (ITransaction Transaction, Task<bool> Deleted) Prepare(string id)
        {
            ITransaction tran = _db.CreateTransaction();
            return (tran, tran.KeyDeleteAsync("outbox:" + id));
        }

        // Whoever hands the transaction in runs it before this waits.
        public async Task<bool> AfterAsync(string id, Func<ITransaction, Task> run)
        {
            ITransaction tran = _db.CreateTransaction();
            Task<bool> deleted = tran.KeyDeleteAsync("outbox:" + id);
            await run(tran);
            return await deleted;
        }

        // Continuations run later; nothing waits here.
        public async Task ContinueAsync(string id, Action<bool> log)
        {
            ITransaction tran = _db.CreateTransaction();
            _ = tran.KeyDeleteAsync("outbox:" + id).ContinueWith(t => log(t.Result), TaskScheduler.Default);
            await tran.ExecuteAsync();
        }
    }
}
