using System;
using CacheManager.Core;

namespace Course.DeclaredClients
{
    public sealed class CacheManagerItems
    {
        private readonly ICacheManager<string> _cache;

        public CacheManagerItems(ICacheManager<string> cache) => _cache = cache;

        public void Items(string key, string value, int timeoutMs, DateTime given)
        {
            _cache.Add(new CacheItem<string>(key, value, ExpirationMode.Absolute, TimeSpan.FromMinutes(10)));
            _cache.Add(new CacheItem<string>(key, value, ExpirationMode.None, TimeSpan.Zero));
            _cache.Put(new CacheItem<string>(key, value, ExpirationMode.Sliding, TimeSpan.FromSeconds(timeoutMs))); // expect: EXP105
            _cache.Put(new CacheItem<string>(key, value).WithAbsoluteExpiration(TimeSpan.Zero)); // expect: EXP401
            _cache.Put(new CacheItem<string>(key, value).WithAbsoluteExpiration(new DateTime(2027, 1, 1))); // expect: EXP101
            _cache.Put(new CacheItem<string>(key, value).WithAbsoluteExpiration(DateTimeOffset.UtcNow.AddHours(1)));
            _cache.Put(new CacheItem<string>(key, value).WithAbsoluteExpiration(DateTime.Now.AddHours(1))); // expect: EXP110
            _cache.Put(new CacheItem<string>(key, value).WithSlidingExpiration(TimeSpan.MaxValue)); // expect: EXP401
            _cache.Put(new CacheItem<string>(key, value).WithSlidingExpiration(TimeSpan.FromMinutes(5)));
        }

        public void Expire(string key, DateTime given)
        {
            _cache.Expire(key, TimeSpan.FromMinutes(5));
            _cache.Expire(key, ExpirationMode.None, TimeSpan.Zero);
            _cache.Expire(key, DateTimeOffset.UtcNow.AddMinutes(5));
            _cache.Expire(key, given);
            _cache.Expire(key, DateTime.Now.AddMinutes(5)); // expect: EXP110
            _cache.Expire(key, DateTimeOffset.Now.DateTime); // expect: EXP101
        }
    }
}
