using System;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Memory;

// alastairtree/LazyCache, commit 633b5702ddbc3e013aa9a3893d7b4dc0c807943f.
namespace LazyCache;

// LazyCache/IAppCache.cs:7
public interface IAppCache
{
    // LazyCache/IAppCache.cs:14
    CacheDefaults DefaultCachePolicy { get; }

    // LazyCache/IAppCache.cs:15
    void Add<T>(string key, T item, MemoryCacheEntryOptions policy);

    // LazyCache/IAppCache.cs:16
    T Get<T>(string key);

    // LazyCache/IAppCache.cs:17
    Task<T> GetAsync<T>(string key);

    // LazyCache/IAppCache.cs:18
    bool TryGetValue<T>(string key, out T value);

    // LazyCache/IAppCache.cs:20
    T GetOrAdd<T>(string key, Func<ICacheEntry, T> addItemFactory);

    // LazyCache/IAppCache.cs:21
    T GetOrAdd<T>(string key, Func<ICacheEntry, T> addItemFactory, MemoryCacheEntryOptions policy);

    // LazyCache/IAppCache.cs:22
    Task<T> GetOrAddAsync<T>(string key, Func<ICacheEntry, Task<T>> addItemFactory);

    // LazyCache/IAppCache.cs:23
    Task<T> GetOrAddAsync<T>(string key, Func<ICacheEntry, Task<T>> addItemFactory, MemoryCacheEntryOptions policy);

    // LazyCache/IAppCache.cs:24
    void Remove(string key);
}

// LazyCache/AppCacheExtensions.cs:9
public static class AppCacheExtensions
{
    // LazyCache/AppCacheExtensions.cs:11
    public static void Add<T>(this IAppCache cache, string key, T item) => throw null!;

    // LazyCache/AppCacheExtensions.cs:18
    public static void Add<T>(this IAppCache cache, string key, T item, DateTimeOffset expires) => throw null!;

    // LazyCache/AppCacheExtensions.cs:25
    public static void Add<T>(this IAppCache cache, string key, T item, TimeSpan slidingExpiration) => throw null!;

    // LazyCache/AppCacheExtensions.cs:32
    public static T GetOrAdd<T>(this IAppCache cache, string key, Func<T> addItemFactory) => throw null!;

    // LazyCache/AppCacheExtensions.cs:39
    public static T GetOrAdd<T>(this IAppCache cache, string key, Func<T> addItemFactory, DateTimeOffset expires) => throw null!;

    // LazyCache/AppCacheExtensions.cs:46
    public static T GetOrAdd<T>(
        this IAppCache cache, string key, Func<T> addItemFactory, DateTimeOffset expires, ExpirationMode mode) => throw null!;

    // LazyCache/AppCacheExtensions.cs:59
    public static T GetOrAdd<T>(this IAppCache cache, string key, Func<T> addItemFactory, TimeSpan slidingExpiration) => throw null!;

    // LazyCache/AppCacheExtensions.cs:66
    public static T GetOrAdd<T>(this IAppCache cache, string key, Func<T> addItemFactory, MemoryCacheEntryOptions policy) => throw null!;

    // LazyCache/AppCacheExtensions.cs:74
    public static Task<T> GetOrAddAsync<T>(this IAppCache cache, string key, Func<Task<T>> addItemFactory) => throw null!;

    // LazyCache/AppCacheExtensions.cs:81
    public static Task<T> GetOrAddAsync<T>(
        this IAppCache cache, string key, Func<Task<T>> addItemFactory, DateTimeOffset expires) => throw null!;

    // LazyCache/AppCacheExtensions.cs:89
    public static Task<T> GetOrAddAsync<T>(
        this IAppCache cache, string key, Func<Task<T>> addItemFactory, DateTimeOffset expires, ExpirationMode mode) => throw null!;

    // LazyCache/AppCacheExtensions.cs:103
    public static Task<T> GetOrAddAsync<T>(
        this IAppCache cache, string key, Func<Task<T>> addItemFactory, TimeSpan slidingExpiration) => throw null!;

    // LazyCache/AppCacheExtensions.cs:112
    public static Task<T> GetOrAddAsync<T>(
        this IAppCache cache, string key, Func<Task<T>> addItemFactory, MemoryCacheEntryOptions policy) => throw null!;
}

// LazyCache/CachingService.cs:11
public class CachingService : IAppCache
{
    // LazyCache/CachingService.cs:17
    public CachingService() => throw null!;

    // LazyCache/CachingService.cs:62
    public CacheDefaults DefaultCachePolicy { get; set; }

    // LazyCache/CachingService.cs:64
    public void Add<T>(string key, T item, MemoryCacheEntryOptions policy) => throw null!;

    // LazyCache/CachingService.cs:73
    public T Get<T>(string key) => throw null!;

    // LazyCache/CachingService.cs:82
    public Task<T> GetAsync<T>(string key) => throw null!;

    // LazyCache/CachingService.cs:91
    public bool TryGetValue<T>(string key, out T value) => throw null!;

    // LazyCache/CachingService.cs:98
    public T GetOrAdd<T>(string key, Func<ICacheEntry, T> addItemFactory) => throw null!;

    // LazyCache/CachingService.cs:103
    public T GetOrAdd<T>(string key, Func<ICacheEntry, T> addItemFactory, MemoryCacheEntryOptions policy) => throw null!;

    // LazyCache/CachingService.cs:173
    public void Remove(string key) => throw null!;

    // LazyCache/CachingService.cs:181
    public Task<T> GetOrAddAsync<T>(string key, Func<ICacheEntry, Task<T>> addItemFactory) => throw null!;

    // LazyCache/CachingService.cs:186
    public Task<T> GetOrAddAsync<T>(string key, Func<ICacheEntry, Task<T>> addItemFactory, MemoryCacheEntryOptions policy) => throw null!;
}

// LazyCache/CacheDefaults.cs:7
public class CacheDefaults
{
    // LazyCache/CacheDefaults.cs:9
    public int DefaultCacheDurationSeconds { get; set; }
}

// LazyCache/ExpirationMode.cs:6
public enum ExpirationMode
{
    LazyExpiration,
    ImmediateExpiration,
    ImmediateEviction,
}

// LazyCache/MemoryCacheEntryOptionsExtensions.cs:6
public class LazyCacheEntryOptions : MemoryCacheEntryOptions
{
    // LazyCache/MemoryCacheEntryOptionsExtensions.cs:8
    public ExpirationMode ExpirationMode { get; set; }

    // LazyCache/MemoryCacheEntryOptionsExtensions.cs:9
    public TimeSpan ImmediateAbsoluteExpirationRelativeToNow { get; set; }

    // LazyCache/MemoryCacheEntryOptionsExtensions.cs:11
    public static LazyCacheEntryOptions WithImmediateAbsoluteExpiration(DateTimeOffset absoluteExpiration) => throw null!;

    // LazyCache/MemoryCacheEntryOptionsExtensions.cs:22
    public static LazyCacheEntryOptions WithImmediateAbsoluteExpiration(TimeSpan absoluteExpiration) => throw null!;
}

// LazyCache/MemoryCacheEntryOptionsExtensions.cs:33
public static class LazyCacheEntryOptionsExtension
{
    // LazyCache/MemoryCacheEntryOptionsExtensions.cs:34
    public static LazyCacheEntryOptions SetAbsoluteExpiration(
        this LazyCacheEntryOptions option, DateTimeOffset absoluteExpiration, ExpirationMode mode) => throw null!;

    // LazyCache/MemoryCacheEntryOptionsExtensions.cs:46
    public static LazyCacheEntryOptions SetAbsoluteExpiration(
        this LazyCacheEntryOptions option, TimeSpan absoluteExpiration, ExpirationMode mode) => throw null!;
}
