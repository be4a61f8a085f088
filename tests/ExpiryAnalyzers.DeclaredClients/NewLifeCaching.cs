using System;
using System.Collections.Generic;

// NewLifeX/X, commit 7a81930cffe4997cbee182358559446a2d91af1e.
namespace NewLife.Caching;

// NewLife.Core/Caching/ICache.cs:16
public interface ICache
{
    // NewLife.Core/Caching/ICache.cs:53
    Boolean ContainsKey(String key);

    // NewLife.Core/Caching/ICache.cs:60
    Boolean Set<T>(String key, T value, Int32 expire = -1);

    // NewLife.Core/Caching/ICache.cs:67
    Boolean Set<T>(String key, T value, TimeSpan expire);

    // NewLife.Core/Caching/ICache.cs:76
    T Get<T>(String key);

    // NewLife.Core/Caching/ICache.cs:114
    Boolean SetExpire(String key, TimeSpan expire);

    // NewLife.Core/Caching/ICache.cs:122
    TimeSpan GetExpire(String key);

    // NewLife.Core/Caching/ICache.cs:136
    void SetAll<T>(IDictionary<String, T> values, Int32 expire = -1);

    // NewLife.Core/Caching/ICache.cs:146
    Boolean Add<T>(String key, T value, Int32 expire = -1);

    // NewLife.Core/Caching/ICache.cs:170
    T GetOrAdd<T>(String key, Func<String, T> callback, Int32 expire = -1);

    // NewLife.Core/Caching/ICache.cs:179
    Int64 Increment(String key, Int64 value);

    // NewLife.Core/Caching/ICache.cs:188
    Double Increment(String key, Double value);

    // NewLife.Core/Caching/ICache.cs:307
    IDisposable? AcquireLock(String key, Int32 msTimeout);

    // NewLife.Core/Caching/ICache.cs:330
    IDisposable? AcquireLock(String key, Int32 msTimeout, Int32 msExpire, Boolean throwOnFailure);
}

// NewLife.Core/Caching/Cache.cs:20
public abstract class Cache : ICache
{
    // NewLife.Core/Caching/Cache.cs:71
    public virtual Boolean ContainsKey(String key) => throw null!;

    // NewLife.Core/Caching/Cache.cs:77
    public virtual Boolean Set<T>(String key, T value, Int32 expire = -1) => throw null!;

    // NewLife.Core/Caching/Cache.cs:83
    public virtual Boolean Set<T>(String key, T value, TimeSpan expire) => throw null!;

    // NewLife.Core/Caching/Cache.cs:89
    public virtual T Get<T>(String key) => throw null!;

    // NewLife.Core/Caching/Cache.cs:105
    public virtual Boolean SetExpire(String key, TimeSpan expire) => throw null!;

    // NewLife.Core/Caching/Cache.cs:110
    public virtual TimeSpan GetExpire(String key) => throw null!;

    // NewLife.Core/Caching/Cache.cs:132
    public virtual void SetAll<T>(IDictionary<String, T> values, Int32 expire = -1) => throw null!;

    // NewLife.Core/Caching/Cache.cs:192
    public virtual Boolean Add<T>(String key, T value, Int32 expire = -1) => throw null!;

    // NewLife.Core/Caching/Cache.cs:234
    public virtual T GetOrAdd<T>(String key, Func<String, T> callback, Int32 expire = -1) => throw null!;

    // NewLife.Core/Caching/Cache.cs:253
    public virtual Int64 Increment(String key, Int64 value) => throw null!;

    // NewLife.Core/Caching/Cache.cs:269
    public virtual Double Increment(String key, Double value) => throw null!;

    // NewLife.Core/Caching/Cache.cs:407
    public virtual IDisposable? AcquireLock(String key, Int32 msTimeout) => throw null!;

    // NewLife.Core/Caching/Cache.cs:434
    public virtual IDisposable? AcquireLock(String key, Int32 msTimeout, Int32 msExpire, Boolean throwOnFailure) => throw null!;
}

// NewLifeX/NewLife.Redis, commit 01a06e7a458f7430d3d4063e5f6335dab90a4e26.

// NewLife.Redis/Redis.cs:27
public class Redis : Cache
{
    // NewLife.Redis/Redis.cs:819
    public override Boolean Set<T>(String key, T value, Int32 expire = -1) => throw null!;

    // NewLife.Redis/Redis.cs:880
    public override Boolean SetExpire(String key, TimeSpan expire) => throw null!;

    // NewLife.Redis/Redis.cs:885
    public override TimeSpan GetExpire(String key) => throw null!;

    // NewLife.Redis/Redis.cs:980
    public override Boolean Add<T>(String key, T value, Int32 expire = -1) => throw null!;

    // NewLife.Redis/Redis.cs:1066
    public override Int64 Increment(String key, Int64 value) => throw null!;

    // NewLife.Redis/Redis.cs:1078
    public override Double Increment(String key, Double value) => throw null!;
}

// NewLife.Redis/FullRedis.cs:26
public class FullRedis : Redis
{
    // NewLife.Redis/FullRedis.cs:716
    public T? SetGet<T>(String key, T value, Int32 expire = 0) => throw null!;

    // NewLife.Redis/FullRedis.cs:867
    public T? GetEx<T>(String key, Int32 expire) => throw null!;
}
