using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutPairs
{
    public sealed record Article(string Id, string Name);

    public sealed class ProductIndex
    {
        private const string TagPrefix = "tags:";
        private readonly IDatabase _cache;

        public ProductIndex(IConnectionMultiplexer mux) => _cache = mux.GetDatabase();

        public async Task StoreAsync(Article product, string[] tags)
        {
            var key = $"product:{product.Id}";
            await _cache.StringSetAsync(key, JsonSerializer.Serialize(product), TimeSpan.FromHours(1));
            foreach (var tag in tags)
                await _cache.SetAddAsync(TagPrefix + tag, key); // expect: EXP305
        }

        public async Task StoreInBatchAsync(Article product, string tag)
        {
            var key = $"product:{product.Id}";
            var batch = _cache.CreateBatch();
            var set = batch.HashSetAsync(key, new HashEntry[] { new("name", product.Name) });
            var add = batch.SetAddAsync($"{TagPrefix}{tag}", key); // expect: EXP305
            batch.Execute();
            await Task.WhenAll(set, add);
        }

        public void Store(Article product, string tag)
        {
            RedisKey key = "product:" + product.Id;
            if (_cache.SetAdd(TagPrefix + tag, key.ToString()))
            {
                _cache.StringSet(key, product.Name, TimeSpan.FromHours(1)); // expect: EXP305
            }
        }

        public async Task<long> EvictAsync(string tag)
        {
            var members = await _cache.SetMembersAsync(TagPrefix + tag);
            if (members.Length == 0)
                return 0;
            var keys = Array.ConvertAll(members, m => (RedisKey)(string)m!);
            return await _cache.KeyDeleteAsync(keys); // expect: EXP305
        }

        public async Task EvictAllAsync(string tag)
        {
            RedisKey set = TagPrefix + tag;
            await Task.WhenAll((await _cache.SetMembersAsync(set)).Select(m => _cache.KeyDeleteAsync((string)m!))); // expect: EXP305
        }

        public async Task StoreAtomicAsync(Article product, string[] tags)
        {
            var key = $"product:{product.Id}";
            var tran = _cache.CreateTransaction();
            _ = tran.StringSetAsync(key, JsonSerializer.Serialize(product), TimeSpan.FromHours(1));
            foreach (var tag in tags)
                _ = tran.SetAddAsync(TagPrefix + tag, key);
            await tran.ExecuteAsync();
        }

        // The basket holds product numbers, which are no keys.
        public async Task RememberAsync(string user, Article product)
        {
            await _cache.SetAddAsync("viewed:" + user, product.Id);
            await _cache.StringSetAsync("last-viewed:" + user, product.Id, TimeSpan.FromDays(1));
        }

        // Read for display, deleted elsewhere.
        public async Task<IReadOnlyList<string>> NamesAsync(string tag)
        {
            RedisValue[] members = await _cache.SetMembersAsync(TagPrefix + tag);
            RedisValue[] names = await _cache.StringGetAsync(Array.ConvertAll(members, m => (RedisKey)(string)m!));
            return names.Where(n => n.HasValue).Select(n => n.ToString()).ToList();
        }

        // Another key goes.
        public async Task ForgetAsync(string user)
        {
            RedisValue[] viewed = await _cache.SetMembersAsync("viewed:" + user);
            if (viewed.Length > 100)
            {
                await _cache.KeyDeleteAsync("last-viewed:" + user);
            }
        }

        // Popped members leave the set.
        public async Task DrainAsync(string tag)
        {
            RedisValue key;
            while ((key = await _cache.SetPopAsync(TagPrefix + tag)).HasValue)
            {
                await _cache.KeyDeleteAsync((string)key!);
            }
        }
    }
}
