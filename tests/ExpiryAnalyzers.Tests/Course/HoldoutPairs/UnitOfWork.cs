using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutPairs
{
    public sealed record Product(string Id, string Name, decimal Price, int Stock);

    public sealed class StockRepository
    {
        private readonly IDatabase _db;

        public StockRepository(IDatabase db) => _db = db;

        public async Task<bool> ReserveAsync(string sku, int quantity)
        {
            ITransaction tran = _db.CreateTransaction();
            tran.AddCondition(Condition.KeyExists("stock:" + sku));
            var left = tran.StringDecrementAsync("stock:" + sku, quantity);
            var reserved = tran.SetAddAsync("reserved:" + sku, quantity);
            if (await left < 0) // expect: EXP304
            {
                return false;
            }

            await reserved; // expect: EXP304
            return await tran.ExecuteAsync();
        }

        public bool Reserve(string sku, int quantity)
        {
            ITransaction tran = _db.CreateTransaction();
            Task<long> left = tran.StringDecrementAsync("stock:" + sku, quantity);
            left.Wait(); // expect: EXP304
            return tran.Execute() && left.Result >= 0;
        }

        public long Left(string sku)
        {
            IBatch batch = _db.CreateBatch();
            Task<RedisValue> stock = batch.StringGetAsync("stock:" + sku);
            long value = (long)stock.Result; // expect: EXP304
            batch.Execute();
            return value;
        }

        public async Task SaveAllAsync(IEnumerable<Product> products)
        {
            IBatch batch = _db.CreateBatch();
            IEnumerable<Task<bool>> writes = products.Select(p => batch.StringSetAsync("product:" + p.Id, p.Name)).ToList();
            await Task.WhenAll(writes).ConfigureAwait(false); // expect: EXP304
            batch.Execute();
        }

        public void SaveAll(Product[] products)
        {
            var batch = _db.CreateBatch();
            var tasks = new Task[products.Length];
            for (int i = 0; i < products.Length; i++)
            {
                tasks[i] = batch.StringSetAsync("product:" + products[i].Id, products[i].Name);
            }

            Task.WaitAll(tasks); // expect: EXP304
            batch.Execute();
        }

        public async Task<(RedisValue Name, RedisValue Price)> PairAsync(string id)
        {
            ITransaction tran = _db.CreateTransaction();
            var name = tran.HashGetAsync("product:" + id, "name");
            var price = tran.HashGetAsync("product:" + id, "price");
            RedisValue[] both = await Task.WhenAll(name, price); // expect: EXP304
            await tran.ExecuteAsync();
            return (both[0], both[1]);
        }

        private static async Task WriteAsync(ITransaction tran, Product product)
        {
            await tran.HashSetAsync("product:" + product.Id, "name", product.Name);
        }

        public async Task UpdateAsync(Product product)
        {
            ITransaction tran = _db.CreateTransaction();
            await WriteAsync(tran, product); // expect: EXP304
            await tran.ExecuteAsync();
        }

        public async Task RenameAsync(string id, string name)
        {
            ITransaction tran = _db.CreateTransaction();

            Task Queue() => tran.HashSetAsync("product:" + id, new[] { new HashEntry("name", name) });

            await Queue(); // expect: EXP304
            await tran.ExecuteAsync();
        }

        public async Task<bool> TryAsync(string id)
        {
            ITransaction tran = _db.CreateTransaction();
            var removed = tran.KeyDeleteAsync("product:" + id);
            try
            {
                return removed.GetAwaiter().GetResult() && await tran.ExecuteAsync(); // expect: EXP304
            }
            catch (RedisException)
            {
                return false;
            }
        }

        public async Task<long> CountAsync(string[] ids)
        {
            ITransaction tran = _db.CreateTransaction();
            var pending = new List<Task<long>>();
            foreach (string id in ids)
            {
                pending.Add(tran.SetLengthAsync("tags:" + id));
            }

            long sum = 0;
            foreach (Task<long> one in pending)
            {
                sum += await one; // expect: EXP304
            }

            await tran.ExecuteAsync();
            return sum;
        }

        // Queued, run, awaited.
        public async Task<bool> ReserveRightAsync(string sku, int quantity)
        {
            ITransaction tran = _db.CreateTransaction();
            tran.AddCondition(Condition.KeyExists("stock:" + sku));
            var left = tran.StringDecrementAsync("stock:" + sku, quantity);
            var reserved = tran.SetAddAsync("reserved:" + sku, quantity);
            bool committed = await tran.ExecuteAsync().ConfigureAwait(false);
            if (!committed)
            {
                return false;
            }

            await reserved;
            return await left >= 0;
        }

        // The task of Execute is kept and awaited together with the others.
        public async Task<RedisValue> TogetherAsync(string sku)
        {
            var tran = _db.CreateTransaction();
            Task<RedisValue> stock = tran.StringGetAsync("stock:" + sku);
            Task<bool> run = tran.ExecuteAsync();
            await Task.WhenAll(stock, run);
            return stock.Result;
        }

        public async Task<IReadOnlyList<RedisValue>> LoadAsync(IEnumerable<string> ids)
        {
            IBatch batch = _db.CreateBatch();
            Task<RedisValue>[] reads = ids.Select(id => batch.StringGetAsync("product:" + id)).ToArray();
            batch.Execute();
            return await Task.WhenAll(reads);
        }

        // Awaited on the database, not on the transaction.
        public async Task<bool> CheckThenRun(string sku)
        {
            ITransaction tran = _db.CreateTransaction();
            RedisValue now = await _db.StringGetAsync("stock:" + sku);
            tran.AddCondition(Condition.StringEqual("stock:" + sku, now));
            _ = tran.StringSetAsync("stock:" + sku, (long)now - 1);
            return await tran.ExecuteAsync();
        }

        // In pages: each batch runs before its tasks are awaited.
        public async Task ImportAsync(IEnumerable<Product[]> pages)
        {
            foreach (Product[] page in pages)
            {
                IBatch batch = _db.CreateBatch();
                var tasks = page.Select(p => (Task)batch.HashSetAsync("product:" + p.Id, "price", (double)p.Price)).ToList();
                batch.Execute();
                await Task.WhenAll(tasks);
            }
        }

        public async Task RetryAsync(string sku)
        {
            for (int attempt = 0; attempt < 3; attempt++)
            {
                ITransaction tran = _db.CreateTransaction();
                var changed = tran.StringIncrementAsync("stock:" + sku);
                if (await tran.ExecuteAsync())
                {
                    await changed;
                    return;
                }

                await Task.Delay(50);
            }
        }

        // The helper queues and hands the task back; it is awaited after Execute.
        private static Task QueueAsync(ITransaction tran, Product product) => tran.HashSetAsync("product:" + product.Id, "stock", product.Stock);

        public async Task UpdateRightAsync(Product product)
        {
            ITransaction tran = _db.CreateTransaction();
            Task queued = QueueAsync(tran, product);
            if (await tran.ExecuteAsync())
            {
                await queued;
            }
        }

        public async Task SwallowAsync(string id)
        {
            ITransaction tran = _db.CreateTransaction();
            Task<bool> removed = tran.KeyDeleteAsync("product:" + id);
            try
            {
                await tran.ExecuteAsync();
            }
            catch (RedisServerException)
            {
                return;
            }

            _ = await removed;
        }

        // The transaction is over before the TTL is set.
        public async Task StoreThenExpireAsync(Product product)
        {
            RedisKey key = "product:" + product.Id;
            ITransaction tran = _db.CreateTransaction();
            _ = tran.HashSetAsync(key, "name", product.Name);
            _ = tran.HashSetAsync(key, "stock", product.Stock);
            if (await tran.ExecuteAsync())
            {
                await _db.KeyExpireAsync(key, TimeSpan.FromHours(1)); // expect: EXP302
            }
        }

        public async Task CountThenExpireAsync(string sku)
        {
            ITransaction tran = _db.CreateTransaction();
            var views = tran.StringIncrementAsync("views:" + sku);
            var sold = tran.StringGetAsync("sold:" + sku);
            await tran.ExecuteAsync();
            if (await views == 1)
            {
                await _db.KeyExpireAsync("views:" + sku, TimeSpan.FromDays(1)); // expect: EXP303
            }

            await sold;
        }

        // The TTL is set in the transaction; a field that is written behind it changes nothing of that.
        public async Task StoreWithTtlAsync(Product product)
        {
            RedisKey key = "product:" + product.Id;
            ITransaction tran = _db.CreateTransaction();
            _ = tran.HashSetAsync(key, "name", product.Name);
            _ = tran.KeyExpireAsync(key, TimeSpan.FromHours(1));
            await tran.ExecuteAsync();
            await _db.HashSetAsync(key, "stock", product.Stock);
        }

        // The TTL of the transaction is made longer later on.
        public async Task ProlongAsync(Product product)
        {
            RedisKey key = "product:" + product.Id;
            ITransaction tran = _db.CreateTransaction();
            _ = tran.HashSetAsync(key, "name", product.Name);
            _ = tran.KeyExpireAsync(key, TimeSpan.FromHours(1));
            if (await tran.ExecuteAsync())
            {
                await _db.KeyExpireAsync(key, TimeSpan.FromHours(2));
            }
        }

        // Two databases.
        public async Task OtherDatabaseAsync(IConnectionMultiplexer redis, Product product)
        {
            RedisKey key = "product:" + product.Id;
            ITransaction tran = redis.GetDatabase(4).CreateTransaction();
            _ = tran.HashSetAsync(key, "name", product.Name);
            await tran.ExecuteAsync();
            await redis.GetDatabase(5).KeyExpireAsync(key, TimeSpan.FromHours(1));
        }
    }
}
