using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutPairs
{
    public sealed class TaggedPageCache
    {
        private readonly IDatabase _db;

        public TaggedPageCache(IDatabase db) => _db = db;

        private static RedisKey Tag(string name) => "tag:" + name;

        public async Task PutAsync(string url, string html, string category)
        {
            string key = "page:" + url;
            await _db.StringSetAsync(key, html, TimeSpan.FromMinutes(10));
            await _db.SetAddAsync("tag:" + category, key); // expect: EXP305
        }

        public async Task PutManyTagsAsync(string url, string html, IEnumerable<string> tags)
        {
            string key = "page:" + url;
            foreach (string tag in tags)
            {
                await _db.SetAddAsync(Tag(tag), key);
            }

            await _db.StringSetAsync(key, html, TimeSpan.FromMinutes(10)); // expect: EXP305
        }

        public async Task InvalidateAsync(string category)
        {
            RedisKey tag = Tag(category);
            RedisValue[] pages = await _db.SetMembersAsync(tag);
            await _db.KeyDeleteAsync(pages.Select(p => (RedisKey)p.ToString()).ToArray()); // expect: EXP305
        }

        public void Invalidate(string category)
        {
            foreach (RedisValue page in _db.SetMembers(Tag(category)))
            {
                _db.KeyDelete(page.ToString()); // expect: EXP305
            }
        }

        public Task PutTogetherAsync(string url, string html, string category)
        {
            RedisKey key = "page:" + url;
            return Task.WhenAll(
                _db.HashSetAsync(key, new[] { new HashEntry("html", html) }),
                _db.SetAddAsync(Tag(category), key.ToString())); // expect: EXP305
        }

        // One transaction.
        public async Task PutAtomicAsync(string url, string html, string category)
        {
            string key = "page:" + url;
            ITransaction tran = _db.CreateTransaction();
            _ = tran.StringSetAsync(key, html, TimeSpan.FromMinutes(10));
            _ = tran.SetAddAsync(Tag(category), key);
            await tran.ExecuteAsync();
        }

        // The set goes with its members.
        public async Task InvalidateWholeAsync(string category)
        {
            RedisKey tag = Tag(category);
            RedisValue[] pages = await _db.SetMembersAsync(tag);
            RedisKey[] keys = pages.Select(p => (RedisKey)p.ToString()).Append(tag).ToArray();
            await _db.KeyDeleteAsync(keys);
        }

        public async Task InvalidateEachAsync(string category)
        {
            RedisKey tag = Tag(category);
            RedisValue[] pages = await _db.SetMembersAsync(tag);
            ITransaction tran = _db.CreateTransaction();
            foreach (RedisValue page in pages)
            {
                _ = tran.KeyDeleteAsync(page.ToString());
            }

            _ = tran.KeyDeleteAsync(tag);
            await tran.ExecuteAsync();
        }

        // A set of visitors holds no keys.
        public async Task VisitAsync(string url, string visitor)
        {
            string key = "page:" + url;
            await _db.StringSetAsync(key + ":last", visitor, TimeSpan.FromHours(1));
            await _db.SetAddAsync(key + ":visitors", visitor);
        }

        public async Task<string[]> ListAsync(string category) =>
            (await _db.SetMembersAsync(Tag(category))).Select(p => p.ToString()).ToArray();
    }

    public sealed class FeatureCache
    {
        private readonly IDatabase _db;
        private readonly TimeSpan? _ttl;

        public FeatureCache(IDatabase db, TimeSpan? ttl)
        {
            _db = db;
            _ttl = ttl;
        }

        public async Task SetFlagsAsync(string tenant, IDictionary<string, bool> flags)
        {
            var key = $"features:{tenant}";
            var batch = _db.CreateBatch();
            var tasks = new List<Task>();
            foreach (var flag in flags)
                tasks.Add(batch.HashSetAsync(key, flag.Key, flag.Value));
            batch.Execute();
            await Task.WhenAll(tasks);
            await _db.KeyExpireAsync(key, TimeSpan.FromMinutes(5)); // expect: EXP302
        }

        public async Task SetFlagsInBatchAsync(string tenant, HashEntry[] flags)
        {
            var batch = _db.CreateBatch();
            var set = batch.HashSetAsync($"features:{tenant}", flags);
            var expire = batch.KeyExpireAsync($"features:{tenant}", TimeSpan.FromMinutes(5)); // expect: EXP302
            batch.Execute();
            await Task.WhenAll(set, expire);
        }

        public async Task EnableAsync(string tenant, string feature)
        {
            if (await _db.SetAddAsync($"enabled:{tenant}", feature) && _ttl is TimeSpan ttl)
            {
                await _db.KeyExpireAsync($"enabled:{tenant}", ttl); // expect: EXP302
            }
        }

        public async Task<bool> IsEnabledAsync(string tenant, string feature)
        {
            try
            {
                return await _db.SetContainsAsync($"enabled:{tenant}", feature);
            }
            finally
            {
                await _db.KeyExpireAsync($"enabled:{tenant}", TimeSpan.FromMinutes(5)); // expect: EXP301
            }
        }

        public async Task OverrideAsync(string tenant, string json)
        {
            try
            {
                await _db.StringSetAsync("override:" + tenant, json);
                await _db.KeyExpireAsync("override:" + tenant, DateTime.UtcNow.AddHours(1)); // expect: EXP302
            }
            catch (RedisConnectionException)
            {
                // The flags of the configuration file stay in force.
            }
        }

        public void Store(string tenant, string json, DateTime expiresAtUtc)
        {
            RedisKey key = (RedisKey)("override:" + tenant);
            _db.StringSet(key, json, flags: CommandFlags.FireAndForget);
            _db.KeyExpire(key, expiresAtUtc, flags: CommandFlags.FireAndForget); // expect: EXP302
        }

        public async Task StoreExactlyAsync(string tenant, string json, DateTime expiresAtUtc)
        {
            await _db.StringSetAsync("override:" + tenant, json, new Expiration(expiresAtUtc));
        }

        // The TTL of the flags is the only thing that changes; the flags of all tenants are another key.
        public async Task ExtendAsync(string tenant)
        {
            string key = "features:all";
            await _db.HashSetAsync(key, tenant, true);
            key = $"features:{tenant}";
            await _db.KeyExpireAsync(key, TimeSpan.FromMinutes(5));
        }

        public async Task DropAsync(string tenant)
        {
            string key = $"features:{tenant}";
            await _db.HashSetAsync(key, "dropped", true);
            await _db.KeyDeleteAsync(key);
            await _db.StringSetAsync($"{key}:tombstone", 1, TimeSpan.FromMinutes(1));
            await _db.KeyExpireAsync($"{key}:tombstone", TimeSpan.FromMinutes(2));
        }

        public async Task EitherAsync(string tenant, bool on)
        {
            string key = $"features:{tenant}";
            switch (on)
            {
                case true:
                    await _db.HashSetAsync(key, "on", true);
                    break;
                default:
                    await _db.KeyExpireAsync(key, TimeSpan.FromSeconds(30));
                    break;
            }
        }
    }
}
