using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using EasyCaching.Core;

namespace Course.DeclaredClients
{
    public sealed class EasyCachingShop
    {
        private readonly IEasyCachingProvider _cache;
        private readonly IHybridCachingProvider _hybrid;
        private readonly IRedisCachingProvider _redis;

        public EasyCachingShop(IEasyCachingProvider cache, IHybridCachingProvider hybrid, IRedisCachingProvider redis)
        {
            _cache = cache;
            _hybrid = hybrid;
            _redis = redis;
        }

        public async Task EntriesAsync(string key, string value, int ttlMs, DateTime until)
        {
            _cache.Set(key, value, TimeSpan.FromMinutes(5));
            _cache.Set(key, value, TimeSpan.Zero); // expect: EXP401
            await _cache.SetAsync(key, value, TimeSpan.FromSeconds(-1)); // expect: EXP401
            await _cache.TrySetAsync(key, value, TimeSpan.FromSeconds(ttlMs)); // expect: EXP105
            await _cache.TrySetAsync(key, value, TimeSpan.FromMilliseconds(ttlMs));
            _cache.SetAll(new Dictionary<string, string> { [key] = value }, new TimeSpan(until.Ticks)); // expect: EXP106
            await _hybrid.SetAsync(key, value, TimeSpan.FromMilliseconds(20));
            await _hybrid.SetAsync(key, value, default(TimeSpan)); // expect: EXP401
            await _hybrid.GetAsync(key, () => Task.FromResult(value), until - DateTime.UtcNow);

            // The provider adds its own seconds at random.
            for (int i = 0; i < 100; i++)
            {
                await _cache.SetAsync(key + i, await LoadAsync(i), TimeSpan.FromMinutes(5));
            }
        }

        public async Task CommandsAsync(string key, string value, int timeoutMs)
        {
            _redis.StringSet(key, value, TimeSpan.FromMinutes(5));
            await _redis.KeyExpireAsync(key, 60);
            await _redis.KeyExpireAsync(key, 0); // expect: EXP401
            await _redis.KeyExpireAsync(key, timeoutMs); // expect: EXP105
            await _redis.KeyExpireAsync(key, (int)DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()); // expect: EXP106
        }

        public async Task<string> ReadAsync(string key)
        {
            string value = await _redis.StringGetAsync(key);
            await _redis.KeyExpireAsync(key, 600); // expect: EXP301
            return value;
        }

        public string Throttled(string key)
        {
            string value = _redis.StringGet(key);
            if (_redis.TTL(key) < 60)
            {
                _redis.KeyExpire(key, 600);
            }

            return value;
        }

        public void Count(string key)
        {
            _redis.IncrBy(key, 1);
            _redis.KeyExpire(key, 60); // expect: EXP303
        }

        public void Fields(string key, Dictionary<string, string> fields)
        {
            _redis.HMSet(key, fields);
            _redis.KeyExpire(key, 60); // expect: EXP302
            _redis.HMSet(key, fields, TimeSpan.FromMinutes(1));
        }

        public void Once(string key, string value)
        {
            _redis.StringSet(key, value, TimeSpan.FromMinutes(5), "nx");

            // Only where it is missing: no TTL is dropped.
            _redis.StringSet(key, value, null, "NX"); // expect: EXP405
            _redis.StringSet(key, value); // expect: EXP404
        }

        public bool Exclusive(string name, string owner, Action work)
        {
            if (!_redis.StringSet(name, owner, null, "nx")) // expect: EXP206
            {
                return false;
            }

            try
            {
                work();
                return true;
            }
            finally
            {
                _redis.KeyDel(name);
            }
        }

        private static Task<string> LoadAsync(int id) => Task.FromResult(id.ToString());
    }
}
