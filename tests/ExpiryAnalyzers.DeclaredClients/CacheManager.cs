using System;

// MichaCo/CacheManager, commit 5aedc81b3caa0811433544277168964f4203e319.
namespace CacheManager.Core;

// src/CacheManager.Core/ExpirationMode.cs:7
public enum ExpirationMode
{
    Default,
    None,
    Sliding,
    Absolute,
}

// src/CacheManager.Core/CacheItem.cs:22
public class CacheItem<T>
{
    // src/CacheManager.Core/CacheItem.cs:33
    public CacheItem(string key, T value) => throw null!;

    // src/CacheManager.Core/CacheItem.cs:45
    public CacheItem(string key, string region, T value) => throw null!;

    // src/CacheManager.Core/CacheItem.cs:59
    public CacheItem(string key, T value, ExpirationMode expiration, TimeSpan timeout) => throw null!;

    // src/CacheManager.Core/CacheItem.cs:73
    public CacheItem(string key, string region, T value, ExpirationMode expiration, TimeSpan timeout) => throw null!;

    // src/CacheManager.Core/CacheItem.cs:191
    public TimeSpan ExpirationTimeout { get; }

    // src/CacheManager.Core/CacheItem.cs:278
    public CacheItem<T> WithAbsoluteExpiration(DateTimeOffset absoluteExpiration) => throw null!;

    // src/CacheManager.Core/CacheItem.cs:296
    public CacheItem<T> WithAbsoluteExpiration(TimeSpan absoluteExpiration) => throw null!;

    // src/CacheManager.Core/CacheItem.cs:313
    public CacheItem<T> WithSlidingExpiration(TimeSpan slidingExpiration) => throw null!;

    // src/CacheManager.Core/CacheItem.cs:330
    public CacheItem<T> WithNoExpiration() => throw null!;
}

// src/CacheManager.Core/ICache.cs:23
public interface ICache<TCacheValue>
{
    // src/CacheManager.Core/ICache.cs:68
    bool Add(string key, TCacheValue value);

    // src/CacheManager.Core/ICache.cs:89
    bool Add(string key, TCacheValue value, string region);

    // src/CacheManager.Core/ICache.cs:109
    bool Add(CacheItem<TCacheValue> item);

    // src/CacheManager.Core/ICache.cs:129
    bool Exists(string key);

    // src/CacheManager.Core/ICache.cs:138
    bool Exists(string key, string region);

    // src/CacheManager.Core/ICache.cs:147
    TCacheValue Get(string key);

    // src/CacheManager.Core/ICache.cs:161
    TCacheValue Get(string key, string region);

    // src/CacheManager.Core/ICache.cs:174
    TOut Get<TOut>(string key);

    // src/CacheManager.Core/ICache.cs:192
    TOut Get<TOut>(string key, string region);

    // src/CacheManager.Core/ICache.cs:200
    CacheItem<TCacheValue> GetCacheItem(string key);

    // src/CacheManager.Core/ICache.cs:211
    CacheItem<TCacheValue> GetCacheItem(string key, string region);

    // src/CacheManager.Core/ICache.cs:225
    void Put(string key, TCacheValue value);

    // src/CacheManager.Core/ICache.cs:243
    void Put(string key, TCacheValue value, string region);

    // src/CacheManager.Core/ICache.cs:260
    void Put(CacheItem<TCacheValue> item);

    // src/CacheManager.Core/ICache.cs:270
    bool Remove(string key);

    // src/CacheManager.Core/ICache.cs:283
    bool Remove(string key, string region);
}

// src/CacheManager.Core/ICacheManager.cs:11
public interface ICacheManager<TCacheValue> : ICache<TCacheValue>
{
    // src/CacheManager.Core/ICacheManager.cs:300
    TCacheValue GetOrAdd(string key, TCacheValue value);

    // src/CacheManager.Core/ICacheManager.cs:313
    TCacheValue GetOrAdd(string key, string region, TCacheValue value);

    // src/CacheManager.Core/ICacheManager.cs:675
    void Expire(string key, ExpirationMode mode, TimeSpan timeout);

    // src/CacheManager.Core/ICacheManager.cs:690
    void Expire(string key, string region, ExpirationMode mode, TimeSpan timeout);

    // src/CacheManager.Core/ICacheManager.cs:704
    void Expire(string key, DateTimeOffset absoluteExpiration);

    // src/CacheManager.Core/ICacheManager.cs:719
    void Expire(string key, string region, DateTimeOffset absoluteExpiration);

    // src/CacheManager.Core/ICacheManager.cs:733
    void Expire(string key, TimeSpan slidingExpiration);

    // src/CacheManager.Core/ICacheManager.cs:748
    void Expire(string key, string region, TimeSpan slidingExpiration);

    // src/CacheManager.Core/ICacheManager.cs:760
    void RemoveExpiration(string key);

    // src/CacheManager.Core/ICacheManager.cs:773
    void RemoveExpiration(string key, string region);
}

// src/CacheManager.Core/Configuration/CacheConfigurationBuilder.cs:398
public sealed class ConfigurationBuilderCacheHandlePart
{
    // src/CacheManager.Core/Configuration/CacheConfigurationBuilder.cs:461
    public ConfigurationBuilderCacheHandlePart WithExpiration(ExpirationMode expirationMode, TimeSpan timeout) => throw null!;
}
