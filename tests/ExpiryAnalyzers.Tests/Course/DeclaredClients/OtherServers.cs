using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Enyim.Caching;
using Enyim.Caching.Memcached;
using NewLife.Caching;
using ServiceStack.Caching;
using ServiceStack.Redis;
using ServiceStack.Redis.Generic;

namespace Course.DeclaredClients
{
    public sealed class OtherServers
    {
        private readonly IRedisClient _redis;
        private readonly ICache _cache;
        private readonly FullRedis _full;
        private readonly IMemcachedClient _memcached;

        public OtherServers(IRedisClient redis, ICache cache, FullRedis full, IMemcachedClient memcached)
        {
            _redis = redis;
            _cache = cache;
            _full = full;
            _memcached = memcached;
        }

        public string ServiceStack(string key, string value, DateTime given)
        {
            _redis.SetValue("a" + key, value, TimeSpan.FromMinutes(5));
            _redis.SetValue("b" + key, value, TimeSpan.Zero); // expect: EXP401
            _redis.ExpireEntryAt("a" + key, new DateTime(2027, 1, 1)); // expect: EXP101
            _redis.ExpireEntryAt("a" + key, given);
            _redis.ExpireEntryAt("a" + key, DateTime.UtcNow.AddMinutes(5)); // expect: EXP102
            _redis.ExpireEntryIn("a" + key, TimeSpan.FromMinutes(5));
            _redis.Set("c" + key, value, TimeSpan.FromMinutes(5));
            _redis.Set("d" + key, value, DateTime.Now.AddMinutes(5)); // expect: EXP101, EXP102

            string read = _redis.GetValue("e" + key);
            _redis.ExpireEntryIn("e" + key, TimeSpan.FromMinutes(5)); // expect: EXP301
            return read;
        }

        public void Count(string key)
        {
            if (_redis.IncrementValue(key) == 1)
            {
                _redis.ExpireEntryIn(key, TimeSpan.FromMinutes(1)); // expect: EXP303
            }
        }

        public string ServiceStackAsCache(string key, string value, ICacheClient any)
        {
            _redis.Set("j" + key, value);
            _redis.ExpireEntryIn("j" + key, TimeSpan.FromMinutes(5)); // expect: EXP302
            _redis.Add("k" + key, value);
            _redis.ExpireEntryIn("k" + key, TimeSpan.FromMinutes(5)); // expect: EXP302
            _redis.Set("l" + key, value, TimeSpan.Zero); // expect: EXP401
            if (_redis.Increment("m" + key, 1) == 1)
            {
                _redis.ExpireEntryIn("m" + key, TimeSpan.FromMinutes(1)); // expect: EXP303
            }

            _redis.Set("n" + key, value, TimeSpan.FromMinutes(5));
            _redis.ExpireEntryIn("n" + key, TimeSpan.FromMinutes(1));
            any.Set("o" + key, value);
            _redis.ExpireEntryIn("o" + key, TimeSpan.FromMinutes(1));
            any.Set("p" + key, value, DateTime.Now.AddMinutes(5));

            string read = _redis.Get<string>("q" + key);
            _redis.ExpireEntryIn("q" + key, TimeSpan.FromMinutes(5)); // expect: EXP301
            return read;
        }

        public string ServiceStackClient(string key, string value)
        {
            using (RedisClient client = new RedisClient())
            {
                client.Set("r" + key, value);
                client.ExpireEntryIn("r" + key, TimeSpan.FromMinutes(5)); // expect: EXP302
                client.SetEntryInHash("s" + key, "f", value);
                client.ExpireEntryIn("s" + key, TimeSpan.FromMinutes(5)); // expect: EXP302
                client.PushItemToList("v" + key, value);
                client.ExpireEntryIn("v" + key, TimeSpan.FromMinutes(5)); // expect: EXP302
                client.AddRangeToList("w" + key, new List<string> { value });
                client.ExpireEntryIn("w" + key, TimeSpan.FromMinutes(5)); // expect: EXP302
                client.EnqueueItemOnList("x" + key, value);
                client.ExpireEntryIn("x" + key, TimeSpan.FromMinutes(5)); // expect: EXP302
                client.PrependRangeToList("y" + key, new List<string> { value });
                client.ExpireEntryIn("y" + key, TimeSpan.FromMinutes(5)); // expect: EXP302
                client.Set("t" + key, value, DateTime.UtcNow.AddMinutes(5)); // expect: EXP102
                string read = client.Get<string>("u" + key);
                client.ExpireEntryIn("u" + key, TimeSpan.FromMinutes(5)); // expect: EXP301
                return read;
            }
        }

        public void ServiceStackOfOneType(IRedisTypedClient<Order> orders, string key, Order order)
        {
            orders.SetValue("f" + key, order, TimeSpan.FromMinutes(5));
            orders.SetValue("g" + key, order, TimeSpan.Zero); // expect: EXP401
            orders.SetValue("h" + key, order);
            orders.ExpireEntryIn("h" + key, TimeSpan.FromMinutes(5)); // expect: EXP302
            orders.ExpireEntryAt("f" + key, DateTime.Now.AddMinutes(5)); // expect: EXP101, EXP102
            if (orders.IncrementValue("i" + key) == 1)
            {
                orders.ExpireEntryIn("i" + key, TimeSpan.FromMinutes(1)); // expect: EXP303
            }
        }

        public sealed class Order
        {
        }

        public void NewLife(string key, string value, int timeoutMs)
        {
            _cache.Set(key, value, 60);
            _cache.Set(key, value);
            _cache.Set(key, value, 0);
            _cache.Set(key, value, TimeSpan.FromMinutes(5));
            _cache.Set(key, value, TimeSpan.FromMilliseconds(500)); // expect: EXP401
            _cache.Set(key, value, timeoutMs); // expect: EXP105
            _cache.Add(key, value, (int)DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()); // expect: EXP106
            _full.SetExpire(key, TimeSpan.FromMilliseconds(500)); // expect: EXP401
            _full.SetExpire(key, TimeSpan.FromMinutes(5));
        }

        public void NewLifeCount(string key)
        {
            if (_full.Increment("a" + key, 1) == 1)
            {
                _full.SetExpire("a" + key, TimeSpan.FromMinutes(1)); // expect: EXP303
            }

            // Perhaps a cache in the process, whose entries do not outlive it.
            if (_cache.Increment("b" + key, 1) == 1)
            {
                _cache.SetExpire("b" + key, TimeSpan.FromMinutes(1));
            }

            // The provider gives the key its own TTL.
            _full.Set("c" + key, 1);
            _full.SetExpire("c" + key, TimeSpan.FromMinutes(1));
        }

        public async Task MemcachedAsync(string key, string value, int timeoutMs, DateTime given)
        {
            _memcached.Set(key, value, 60);
            _memcached.Set(key, value, 0);
            _memcached.Set(key, value, timeoutMs); // expect: EXP105
            _memcached.Set(key, value, TimeSpan.FromMilliseconds(500)); // expect: EXP401
            await _memcached.SetAsync(key, value, TimeSpan.FromMinutes(5));
            _memcached.Store(StoreMode.Set, key, value, TimeSpan.FromMinutes(5));
            _memcached.Store(StoreMode.Set, key, value, given);
            _memcached.Store(StoreMode.Set, key, value, DateTime.MaxValue);
            _memcached.Store(StoreMode.Set, key, value, new DateTime(2027, 1, 1)); // expect: EXP101
            _memcached.Store(StoreMode.Set, key, value, DateTime.UtcNow.AddMinutes(5)); // expect: EXP102
        }
    }
}
