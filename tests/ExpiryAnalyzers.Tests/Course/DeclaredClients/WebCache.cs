using System;
using System.Web;
using System.Web.Caching;

namespace Course.DeclaredClients
{
    public sealed class WebCache
    {
        private static readonly DateTime Once = DateTime.UtcNow.AddHours(1);
        private readonly Cache _cache = HttpRuntime.Cache;

        public void Store(string key, object value, DateTime given)
        {
            HttpRuntime.Cache.Insert(key, value, null, DateTime.UtcNow.AddMinutes(10), Cache.NoSlidingExpiration);
            HttpRuntime.Cache.Insert(key, value, null, Cache.NoAbsoluteExpiration, TimeSpan.FromMinutes(10));
            HttpRuntime.Cache.Insert(key, value, null, DateTime.MaxValue, TimeSpan.Zero);
            HttpRuntime.Cache.Insert(key, value, null, DateTime.Now.AddMinutes(10), TimeSpan.Zero); // expect: EXP110
            _cache.Insert(key, value, null, DateTime.Now.Date.AddDays(1), Cache.NoSlidingExpiration);
            _cache.Insert(key, value, null, new DateTime(2027, 1, 1), Cache.NoSlidingExpiration); // expect: EXP101
            _cache.Insert(key, value, null, new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc), Cache.NoSlidingExpiration);
            _cache.Insert(key, value, null, given, Cache.NoSlidingExpiration);
            _cache.Insert(key, value, null, Once, Cache.NoSlidingExpiration); // expect: EXP109
            _cache.Insert(key, value, null, DateTimeOffset.UtcNow.DateTime.AddHours(1), Cache.NoSlidingExpiration, CacheItemPriority.Normal, null); // expect: EXP101
            HttpContext.Current.Cache.Add(key, value, null, DateTime.Now.AddHours(2), TimeSpan.Zero, CacheItemPriority.Default, null); // expect: EXP110
        }

        // The lifetime is taken, and the entry lives for ever.
        public void Forgotten(string key, object value, DateTime expires) => _cache.Insert("f" + key, value); // expect: EXP406
    }
}
