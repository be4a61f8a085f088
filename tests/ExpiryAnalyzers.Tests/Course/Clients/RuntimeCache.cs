using System;
using System.Runtime.Caching;

namespace Course.Clients
{
    public sealed class RuntimeCache
    {
        private static readonly MemoryCache Cache = MemoryCache.Default;
        private readonly ObjectCache _cache = MemoryCache.Default;

        public void Store(string key, object value, DateTime given)
        {
            // One process and one clock: now + offset is right here.
            Cache.Set(key, value, DateTimeOffset.Now.AddMinutes(10));
            Cache.Set(key, value, DateTime.Now.AddMinutes(10));
            Cache.Set(key, value, DateTime.UtcNow.AddMinutes(10));
            Cache.Set(key, value, given);
            _cache.Set(key, value, new CacheItemPolicy { SlidingExpiration = TimeSpan.FromMinutes(5) });
            _cache.Set(key, value, new CacheItemPolicy { AbsoluteExpiration = DateTimeOffset.UtcNow.AddHours(1) });
            _cache.Set(key, value, new CacheItemPolicy { AbsoluteExpiration = new DateTime(2027, 1, 1) }); // expect: EXP101
            _cache.Set(key, value, new DateTime(2027, 1, 1)); // expect: EXP101
            _cache.Add(key, value, DateTime.Parse("2027-01-01")); // expect: EXP101
            Cache.AddOrGetExisting(key, value, DateTimeOffset.UtcNow.DateTime.AddHours(1)); // expect: EXP101
        }

        public CacheItemPolicy Policy()
        {
            CacheItemPolicy policy = new();
            policy.AbsoluteExpiration = DateTime.UtcNow.AddHours(8);
            policy.AbsoluteExpiration = new DateTime(DateTime.UtcNow.Ticks); // expect: EXP101
            return policy;
        }
    }
}
