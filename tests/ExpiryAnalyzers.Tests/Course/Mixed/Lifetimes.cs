using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Mixed
{
    public sealed class Product
    {
        public int Id { get; set; }

        public string Json { get; set; }

        public TimeSpan Lifetime { get; set; }
    }

    public sealed class Lifetimes
    {
        private static readonly TimeSpan ProductTtl = TimeSpan.FromHours(1);
        private const int Disabled = 0;
        private readonly IDatabase _db;

        public Lifetimes(IDatabase db) => _db = db;

        // Not what it says.
        public void Zero(string key) => _db.KeyExpire(key, TimeSpan.Zero); // expect: EXP401

        public void ZeroSeconds(string key, string value) => _db.StringSet(key, value, TimeSpan.FromSeconds(Disabled)); // expect: EXP401

        public Task Negative(string key) => _db.KeyExpireAsync(key, TimeSpan.FromMinutes(-5)); // expect: EXP401

        public void Infinite(string key) => _db.KeyExpire(key, Timeout.InfiniteTimeSpan); // expect: EXP401

        public bool LockForever(string key) => _db.LockTake(key, "me", TimeSpan.MaxValue); // expect: EXP401

        public void Ticks(string key) => _db.StringSet(key, "v", new TimeSpan(300)); // expect: EXP401

        public void Past(string key) => _db.KeyExpire(key, DateTime.UtcNow.AddMinutes(-5)); // expect: EXP401

        public void RawZero(string key) => _db.Execute("EXPIRE", key, 0); // expect: EXP401

        public void Persist(string key) => _db.KeyExpire(key, (TimeSpan?)null);

        public void Never(string key) => _db.KeyExpire(key, DateTime.MaxValue);

        public void Given(string key, TimeSpan ttl) => _db.KeyExpire(key, ttl);

        public void Usual(string key) => _db.KeyExpire(key, ProductTtl);

        // Too short.
        public void Tiny(string key) => _db.StringSet(key, "v", TimeSpan.FromMilliseconds(5)); // expect: EXP402

        public bool TinyLock(string key) => _db.LockTake(key, "me", TimeSpan.FromMilliseconds(50)); // expect: EXP402

        public void RawTiny(string key) => _db.Execute("PEXPIRE", key, 20); // expect: EXP402

        public void LongEnough(string key) => _db.StringSet(key, "v", TimeSpan.FromMilliseconds(250));

        // All at once; what the callers hand in nobody is known to load.
        public async Task WarmUp(IEnumerable<Product> products)
        {
            foreach (Product product in products)
            {
                await _db.StringSetAsync($"product:{product.Id}", product.Json, ProductTtl);
            }
        }

        public Task WarmUpTogether(IReadOnlyList<Product> products) =>
            Task.WhenAll(products.Select(product => _db.StringSetAsync("product:" + product.Id, product.Json, TimeSpan.FromMinutes(30))));

        public void WarmUpBatch(Dictionary<string, string> values, TimeSpan ttl)
        {
            IBatch batch = _db.CreateBatch();
            foreach ((string key, string value) in values)
            {
                _ = batch.StringSetAsync(key, value, ttl);
            }

            batch.Execute();
        }

        public async Task WarmUpSpread(IEnumerable<Product> products)
        {
            foreach (Product product in products)
            {
                TimeSpan jitter = TimeSpan.FromSeconds(Random.Shared.Next(0, 300));
                await _db.StringSetAsync($"product:{product.Id}", product.Json, ProductTtl + jitter);
            }
        }

        public async Task WarmUpOwn(IEnumerable<Product> products)
        {
            foreach (Product product in products)
            {
                await _db.StringSetAsync($"product:{product.Id}", product.Json, product.Lifetime);
            }
        }

        public async Task Single(Product product) => await _db.StringSetAsync($"product:{product.Id}", product.Json, ProductTtl);

        public async Task Heartbeat(string node, CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                await _db.StringSetAsync("node:" + node, "up", TimeSpan.FromSeconds(30));
                await Task.Delay(10_000, stop);
            }
        }
    }

    public sealed class ProfileStore
    {
        private readonly IDatabase _db;

        public ProfileStore(IDatabase db) => _db = db;

        public Task SaveAsync(int id, string json) => _db.StringSetAsync($"profile:{id}", json, TimeSpan.FromHours(1));

        public Task RenameAsync(int id, string json) => _db.StringSetAsync($"profile:{id}", json); // expect: EXP404

        public async Task ReplaceAsync(int id, string json)
        {
            RedisValueWithExpiry old = await _db.StringGetWithExpiryAsync($"avatar:{id}");
            if (old.Value != json)
            {
                await _db.StringSetAsync($"avatar:{id}", json); // expect: EXP404
            }
        }

        public Task<RedisValue> SwapAsync(int id, string json) => _db.StringGetSetAsync($"profile:{id}", json); // expect: EXP404

        public Task KeepAsync(int id, string json) => _db.StringSetAsync($"profile:{id}", json, expiry: null, keepTtl: true);

        public Task SaveIndexAsync(int id) => _db.StringSetAsync($"profile-index:{id}", id);

        public Task SaveForAnHourAsync(int id, string json) => _db.StringSetAsync($"profile:{id}", json, TimeSpan.FromHours(2));
    }
}
