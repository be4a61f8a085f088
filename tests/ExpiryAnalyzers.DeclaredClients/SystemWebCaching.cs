using System;
using System.Web.Caching;

// microsoft/referencesource, commit ec9fa9ae770d522a5b5f0607898044b7478574a3.
namespace System.Web
{
    // System.Web/HttpRuntime.cs:2794
    public sealed class HttpRuntime
    {
        public static Cache Cache => throw null!;
    }

    public sealed class HttpContext
    {
        // System.Web/HttpContext.cs:566
        public static HttpContext Current => throw null!;

        // System.Web/HttpContext.cs:1408
        public Cache Cache => throw null!;
    }
}

namespace System.Web.Caching
{
    public class CacheDependency;

    // System.Web/Cache/cache.cs:38
    public delegate void CacheItemRemovedCallback(string key, object value, CacheItemRemovedReason reason);

    // System.Web/Cache/cache.cs:47
    public delegate void CacheItemUpdateCallback(
        string key, CacheItemUpdateReason reason, out object expensiveObject, out CacheDependency dependency,
        out DateTime absoluteExpiration, out TimeSpan slidingExpiration);

    // System.Web/Cache/cache.cs:60
    public enum CacheItemPriority { Low = 1, BelowNormal, Normal, AboveNormal, High, NotRemovable, Default = Normal }

    // System.Web/Cache/cache.cs:111
    public enum CacheItemRemovedReason { Removed = 1, Expired, Underused, DependencyChanged }

    // System.Web/Cache/cache.cs:141
    public enum CacheItemUpdateReason { Expired = 1, DependencyChanged }

    // System.Web/Cache/cache.cs:166
    public sealed class Cache
    {
        // System.Web/Cache/cache.cs:174
        public static readonly DateTime NoAbsoluteExpiration = DateTime.MaxValue;

        // System.Web/Cache/cache.cs:182
        public static readonly TimeSpan NoSlidingExpiration = TimeSpan.Zero;

        // System.Web/Cache/cache.cs:306
        public object this[string key] { get => throw null!; set => throw null!; }

        // System.Web/Cache/cache.cs:395
        public object Get(string key) => throw null!;

        // System.Web/Cache/cache.cs:403
        public void Insert(string key, object value) => throw null!;

        // System.Web/Cache/cache.cs:412
        public void Insert(string key, object value, CacheDependency dependencies) => throw null!;

        // System.Web/Cache/cache.cs:421
        public void Insert(
            string key, object value, CacheDependency dependencies, DateTime absoluteExpiration, TimeSpan slidingExpiration) => throw null!;

        // System.Web/Cache/cache.cs:430
        public void Insert(
            string key, object value, CacheDependency dependencies, DateTime absoluteExpiration, TimeSpan slidingExpiration,
            CacheItemPriority priority, CacheItemRemovedCallback onRemoveCallback) => throw null!;

        // System.Web/Cache/cache.cs:451
        public void Insert(
            string key, object value, CacheDependency dependencies, DateTime absoluteExpiration, TimeSpan slidingExpiration,
            CacheItemUpdateCallback onUpdateCallback) => throw null!;

        // System.Web/Cache/cache.cs:494
        public object Add(
            string key, object value, CacheDependency dependencies, DateTime absoluteExpiration, TimeSpan slidingExpiration,
            CacheItemPriority priority, CacheItemRemovedCallback onRemoveCallback) => throw null!;

        // System.Web/Cache/cache.cs:517
        public object Remove(string key) => throw null!;
    }
}
