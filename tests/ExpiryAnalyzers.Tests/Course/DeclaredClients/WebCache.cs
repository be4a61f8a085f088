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

    // Everybody's names: what makes them the client's is the time that is handed on.
    public static class CacheHelper
    {
        public static void SetCache(string key, object value, DateTime at, TimeSpan sliding) => HttpRuntime.Cache.Insert(key, value, null, at, sliding);

        public static void AddFor(string key, object value, DateTime at) =>
            HttpContext.Current.Cache.Add(key, value, null, at, TimeSpan.Zero, CacheItemPriority.Default, null);

        public static void Keep(string key, object value, DateTime at) => SetCache(key, value, at, Cache.NoSlidingExpiration);

        public static void Insert(System.Collections.Generic.List<DateTime> times, DateTime at) => times.Insert(0, at);
    }

    public sealed class Tokens
    {
        public void Store(string token)
        {
            CacheHelper.SetCache("token", token, DateTime.Now.AddMinutes(60), Cache.NoSlidingExpiration); // expect: EXP110
            CacheHelper.SetCache("token", token, DateTime.UtcNow.AddMinutes(60), Cache.NoSlidingExpiration);
            CacheHelper.AddFor("added", token, new DateTime(2027, 1, 1)); // expect: EXP101
            CacheHelper.Keep("kept", token, DateTime.Now.AddHours(2)); // expect: EXP110
            CacheHelper.Insert(new System.Collections.Generic.List<DateTime>(), DateTime.Now.AddHours(2));
        }
    }
}
