using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Foundatio.Caching;

// FoundatioFx/Foundatio, commit b2c39b4f6915e42b9b4126b84e9632ba4db818d7.
namespace Foundatio.Caching
{

    // src/Foundatio/Caching/CacheValue.cs:5
    public class CacheValue<T>
    {
        // src/Foundatio/Caching/CacheValue.cs:16
        public bool HasValue { get; }

        // src/Foundatio/Caching/CacheValue.cs:18
        public bool IsNull { get; }

        // src/Foundatio/Caching/CacheValue.cs:20
        public T Value { get; }
    }

    // src/Foundatio/Caching/ICacheClient.cs:24
    public interface ICacheClient : IDisposable
    {
        // src/Foundatio/Caching/ICacheClient.cs:35
        Task<bool> RemoveAsync(string key);

        // src/Foundatio/Caching/ICacheClient.cs:50
        Task<bool> RemoveIfEqualAsync<T>(string key, T expected);

        // src/Foundatio/Caching/ICacheClient.cs:61
        Task<int> RemoveAllAsync(IEnumerable<string>? keys = null);

        // src/Foundatio/Caching/ICacheClient.cs:70
        Task<int> RemoveByPrefixAsync(string prefix);

        // src/Foundatio/Caching/ICacheClient.cs:84
        Task<CacheValue<T>> GetAsync<T>(string key);

        // src/Foundatio/Caching/ICacheClient.cs:101
        Task<IDictionary<string, CacheValue<T>>> GetAllAsync<T>(IEnumerable<string> keys);

        // src/Foundatio/Caching/ICacheClient.cs:122
        Task<bool> AddAsync<T>(string key, T value, TimeSpan? expiresIn = null);

        // src/Foundatio/Caching/ICacheClient.cs:141
        Task<bool> SetAsync<T>(string key, T value, TimeSpan? expiresIn = null);

        // src/Foundatio/Caching/ICacheClient.cs:161
        Task<int> SetAllAsync<T>(IDictionary<string, T> values, TimeSpan? expiresIn = null);

        // src/Foundatio/Caching/ICacheClient.cs:180
        Task<bool> ReplaceAsync<T>(string key, T value, TimeSpan? expiresIn = null);

        // src/Foundatio/Caching/ICacheClient.cs:204
        Task<bool> ReplaceIfEqualAsync<T>(string key, T value, T expected, TimeSpan? expiresIn = null);

        // src/Foundatio/Caching/ICacheClient.cs:228
        Task<double> IncrementAsync(string key, double amount, TimeSpan? expiresIn = null);

        // src/Foundatio/Caching/ICacheClient.cs:251
        Task<long> IncrementAsync(string key, long amount, TimeSpan? expiresIn = null);

        // src/Foundatio/Caching/ICacheClient.cs:260
        Task<bool> ExistsAsync(string key);

        // src/Foundatio/Caching/ICacheClient.cs:271
        Task<TimeSpan?> GetExpirationAsync(string key);

        // src/Foundatio/Caching/ICacheClient.cs:287
        Task<IDictionary<string, TimeSpan?>> GetAllExpirationAsync(IEnumerable<string> keys);

        // src/Foundatio/Caching/ICacheClient.cs:297
        Task SetExpirationAsync(string key, TimeSpan expiresIn);

        // src/Foundatio/Caching/ICacheClient.cs:309
        Task SetAllExpirationAsync(IDictionary<string, TimeSpan?> expirations);

        // src/Foundatio/Caching/ICacheClient.cs:333
        Task<double> SetIfHigherAsync(string key, double value, TimeSpan? expiresIn = null);

        // src/Foundatio/Caching/ICacheClient.cs:357
        Task<long> SetIfHigherAsync(string key, long value, TimeSpan? expiresIn = null);

        // src/Foundatio/Caching/ICacheClient.cs:381
        Task<double> SetIfLowerAsync(string key, double value, TimeSpan? expiresIn = null);

        // src/Foundatio/Caching/ICacheClient.cs:405
        Task<long> SetIfLowerAsync(string key, long value, TimeSpan? expiresIn = null);

        // src/Foundatio/Caching/ICacheClient.cs:433
        Task<long> ListAddAsync<T>(string key, IEnumerable<T> values, TimeSpan? expiresIn = null) where T : notnull;

        // src/Foundatio/Caching/ICacheClient.cs:444
        Task<long> ListRemoveAsync<T>(string key, IEnumerable<T> values) where T : notnull;

        // src/Foundatio/Caching/ICacheClient.cs:463
        Task<CacheValue<ICollection<T>>> GetListAsync<T>(string key, int? page = null, int pageSize = 100) where T : notnull;
    }

    // src/Foundatio/Extensions/CacheClientExtensions.cs:9
    public static class CacheClientExtensions
    {
        // src/Foundatio/Extensions/CacheClientExtensions.cs:20
        public static Task<T> GetAsync<T>(this ICacheClient client, string key, T defaultValue) => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:31
        public static Task<long> IncrementAsync(this ICacheClient client, string key, long amount, DateTime? expiresAtUtc) => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:36
        public static Task<double> IncrementAsync(this ICacheClient client, string key, double amount, DateTime? expiresAtUtc) => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:41
        public static Task<long> IncrementAsync(this ICacheClient client, string key, TimeSpan? expiresIn = null) => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:46
        public static Task<long> DecrementAsync(this ICacheClient client, string key, TimeSpan? expiresIn = null) => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:51
        public static Task<long> DecrementAsync(this ICacheClient client, string key, long amount, TimeSpan? expiresIn = null) => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:56
        public static Task<long> DecrementAsync(this ICacheClient client, string key, long amount, DateTime? expiresAtUtc) => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:61
        public static Task<double> DecrementAsync(this ICacheClient client, string key, double amount, DateTime? expiresAtUtc) => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:66
        public static Task<bool> AddAsync<T>(this ICacheClient client, string key, T value, DateTime? expiresAtUtc) => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:71
        public static Task<bool> SetAsync<T>(this ICacheClient client, string key, T value, DateTime? expiresAtUtc) => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:76
        public static Task<bool> ReplaceAsync<T>(this ICacheClient client, string key, T value, DateTime? expiresAtUtc) => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:81
        public static Task<bool> ReplaceIfEqualAsync<T>(
            this ICacheClient client, string key, T value, T expected, DateTime? expiresAtUtc) => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:86
        public static Task<int> SetAllAsync(
            this ICacheClient client, IDictionary<string, object> values, DateTime? expiresAtUtc) => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:91
        public static Task SetExpirationAsync(this ICacheClient client, string key, DateTime expiresAtUtc) => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:96
        public static Task<bool> ListAddAsync<T>(
            this ICacheClient client, string key, T value, TimeSpan? expiresIn = null) where T : notnull => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:101
        public static Task<bool> ListRemoveAsync<T>(this ICacheClient client, string key, T value) where T : notnull => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:107
        public static Task<long> ListRemoveAsync<T>(
            this ICacheClient client, string key, IEnumerable<T> values, TimeSpan? expiresIn = null) where T : notnull => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:112
        public static Task<long> SetIfHigherAsync(
            this ICacheClient client, string key, DateTime value, TimeSpan? expiresIn = null) => throw null!;

        // src/Foundatio/Extensions/CacheClientExtensions.cs:118
        public static Task<long> SetIfLowerAsync(
            this ICacheClient client, string key, DateTime value, TimeSpan? expiresIn = null) => throw null!;
    }
}

namespace Foundatio.Lock
{

    // src/Foundatio/Lock/ILockProvider.cs:101
    public interface ILock : IAsyncDisposable
    {
        // src/Foundatio/Lock/ILockProvider.cs:107
        Task RenewAsync(TimeSpan? timeUntilExpires = null);

        // src/Foundatio/Lock/ILockProvider.cs:112
        Task ReleaseAsync();

        // src/Foundatio/Lock/ILockProvider.cs:117
        string LockId { get; }

        // src/Foundatio/Lock/ILockProvider.cs:122
        string Resource { get; }
    }

    // src/Foundatio/Lock/ILockProvider.cs:15
    public interface ILockProvider
    {
        // src/Foundatio/Lock/ILockProvider.cs:41
        Task<ILock> AcquireAsync(
            string resource, TimeSpan? timeUntilExpires = null, bool releaseOnDispose = true, CancellationToken cancellationToken = default);

        // src/Foundatio/Lock/ILockProvider.cs:66
        Task<ILock?> TryAcquireAsync(
            string resource, TimeSpan? timeUntilExpires = null, bool releaseOnDispose = true, CancellationToken cancellationToken = default);

        // src/Foundatio/Lock/ILockProvider.cs:73
        Task<bool> IsLockedAsync(string resource);

        // src/Foundatio/Lock/ILockProvider.cs:80
        Task ReleaseAsync(string resource, string lockId);

        // src/Foundatio/Lock/ILockProvider.cs:87
        Task ReleaseAsync(string resource);

        // src/Foundatio/Lock/ILockProvider.cs:95
        Task RenewAsync(string resource, string lockId, TimeSpan? timeUntilExpires = null);
    }

    // src/Foundatio/Lock/ILockProvider.cs:140
    public static class LockProviderExtensions
    {
        // src/Foundatio/Lock/ILockProvider.cs:147
        public static Task RenewAsync(this ILockProvider provider, ILock @lock, TimeSpan? timeUntilExpires = null) => throw null!;

        // src/Foundatio/Lock/ILockProvider.cs:157
        public static Task<ILock> AcquireAsync(
            this ILockProvider provider, string resource, TimeSpan? timeUntilExpires = null,
            CancellationToken cancellationToken = default) => throw null!;

        // src/Foundatio/Lock/ILockProvider.cs:168
        public static Task<ILock> AcquireAsync(
            this ILockProvider provider, string resource, TimeSpan? timeUntilExpires = null, TimeSpan? acquireTimeout = null) => throw null!;

        // src/Foundatio/Lock/ILockProvider.cs:178
        public static Task<ILock?> TryAcquireAsync(
            this ILockProvider provider, string resource, TimeSpan? timeUntilExpires = null,
            CancellationToken cancellationToken = default) => throw null!;

        // src/Foundatio/Lock/ILockProvider.cs:188
        public static Task<ILock?> TryAcquireAsync(
            this ILockProvider provider, string resource, TimeSpan? timeUntilExpires = null, TimeSpan? acquireTimeout = null) => throw null!;

        // src/Foundatio/Lock/ILockProvider.cs:194
        public static Task<bool> TryUsingAsync(
            this ILockProvider locker, string resource, Func<CancellationToken, Task> work, TimeSpan? timeUntilExpires = null,
            CancellationToken cancellationToken = default) => throw null!;

        // src/Foundatio/Lock/ILockProvider.cs:212
        public static Task<bool> TryUsingAsync(
            this ILockProvider locker, string resource, Func<Task> work, TimeSpan? timeUntilExpires = null,
            CancellationToken cancellationToken = default) => throw null!;

        // src/Foundatio/Lock/ILockProvider.cs:230
        public static Task<bool> TryUsingAsync(
            this ILockProvider locker, string resource, Func<CancellationToken, Task> work, TimeSpan? timeUntilExpires = null,
            TimeSpan? acquireTimeout = null) => throw null!;

        // src/Foundatio/Lock/ILockProvider.cs:249
        public static Task<bool> TryUsingAsync(
            this ILockProvider locker, string resource, Func<Task> work, TimeSpan? timeUntilExpires = null,
            TimeSpan? acquireTimeout = null) => throw null!;
    }
}
