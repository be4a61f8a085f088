using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Enyim.Caching.Memcached;

// cnblogs/EnyimMemcachedCore, commit e383c4c742190da94007579ccb7377443021a7eb.
namespace Enyim.Caching
{

    // src/Enyim.Caching/IMemcachedClient.cs:9
    public interface IMemcachedClient
    {
        // src/Enyim.Caching/IMemcachedClient.cs:11
        bool Add(string key, object value, int cacheSeconds);

        // src/Enyim.Caching/IMemcachedClient.cs:12
        bool Add(string key, object value, uint cacheSeconds);

        // src/Enyim.Caching/IMemcachedClient.cs:13
        bool Add(string key, object value, TimeSpan timeSpan);

        // src/Enyim.Caching/IMemcachedClient.cs:14
        Task<bool> AddAsync(string key, object value, int cacheSeconds);

        // src/Enyim.Caching/IMemcachedClient.cs:15
        Task<bool> AddAsync(string key, object value, uint cacheSeconds);

        // src/Enyim.Caching/IMemcachedClient.cs:16
        Task<bool> AddAsync(string key, object value, TimeSpan timeSpan);

        // src/Enyim.Caching/IMemcachedClient.cs:18
        bool Set(string key, object value, int cacheSeconds);

        // src/Enyim.Caching/IMemcachedClient.cs:19
        bool Set(string key, object value, uint cacheSeconds);

        // src/Enyim.Caching/IMemcachedClient.cs:20
        bool Set(string key, object value, TimeSpan timeSpan);

        // src/Enyim.Caching/IMemcachedClient.cs:21
        Task<bool> SetAsync(string key, object value, int cacheSeconds);

        // src/Enyim.Caching/IMemcachedClient.cs:22
        Task<bool> SetAsync(string key, object value, uint cacheSeconds);

        // src/Enyim.Caching/IMemcachedClient.cs:23
        Task<bool> SetAsync(string key, object value, TimeSpan timeSpan);

        // src/Enyim.Caching/IMemcachedClient.cs:25
        bool Replace(string key, object value, int cacheSeconds);

        // src/Enyim.Caching/IMemcachedClient.cs:26
        bool Replace(string key, object value, uint cacheSeconds);

        // src/Enyim.Caching/IMemcachedClient.cs:27
        bool Replace(string key, object value, TimeSpan timeSpan);

        // src/Enyim.Caching/IMemcachedClient.cs:28
        Task<bool> ReplaceAsync(string key, object value, int cacheSeconds);

        // src/Enyim.Caching/IMemcachedClient.cs:29
        Task<bool> ReplaceAsync(string key, object value, uint cacheSeconds);

        // src/Enyim.Caching/IMemcachedClient.cs:30
        Task<bool> ReplaceAsync(string key, object value, TimeSpan timeSpan);

        // src/Enyim.Caching/IMemcachedClient.cs:35
        Task<T> GetValueAsync<T>(string key);

        // src/Enyim.Caching/IMemcachedClient.cs:36
        Task<T> GetValueOrCreateAsync<T>(string key, int cacheSeconds, Func<Task<T>> generator);

        // src/Enyim.Caching/IMemcachedClient.cs:38
        object Get(string key);

        // src/Enyim.Caching/IMemcachedClient.cs:39
        T Get<T>(string key);

        // src/Enyim.Caching/IMemcachedClient.cs:40
        IDictionary<string, T> Get<T>(IEnumerable<string> keys);

        // src/Enyim.Caching/IMemcachedClient.cs:60
        bool Store(StoreMode mode, string key, object value);

        // src/Enyim.Caching/IMemcachedClient.cs:61
        bool Store(StoreMode mode, string key, object value, DateTime expiresAt);

        // src/Enyim.Caching/IMemcachedClient.cs:62
        bool Store(StoreMode mode, string key, object value, TimeSpan validFor);

        // src/Enyim.Caching/IMemcachedClient.cs:63
        Task<bool> StoreAsync(StoreMode mode, string key, object value, DateTime expiresAt);

        // src/Enyim.Caching/IMemcachedClient.cs:64
        Task<bool> StoreAsync(StoreMode mode, string key, object value, TimeSpan validFor);

        // src/Enyim.Caching/IMemcachedClient.cs:71
        ulong Decrement(string key, ulong defaultValue, ulong delta);

        // src/Enyim.Caching/IMemcachedClient.cs:72
        ulong Decrement(string key, ulong defaultValue, ulong delta, DateTime expiresAt);

        // src/Enyim.Caching/IMemcachedClient.cs:73
        ulong Decrement(string key, ulong defaultValue, ulong delta, TimeSpan validFor);

        // src/Enyim.Caching/IMemcachedClient.cs:79
        ulong Increment(string key, ulong defaultValue, ulong delta);

        // src/Enyim.Caching/IMemcachedClient.cs:80
        ulong Increment(string key, ulong defaultValue, ulong delta, DateTime expiresAt);

        // src/Enyim.Caching/IMemcachedClient.cs:81
        ulong Increment(string key, ulong defaultValue, ulong delta, TimeSpan validFor);

        // src/Enyim.Caching/IMemcachedClient.cs:90
        bool Remove(string key);

        // src/Enyim.Caching/IMemcachedClient.cs:91
        Task<bool> RemoveAsync(string key);
    }
}

namespace Enyim.Caching.Memcached
{
    // src/Enyim.Caching/Memcached/StoreMode.cs
    public enum StoreMode { Add, Replace, Set }
}
