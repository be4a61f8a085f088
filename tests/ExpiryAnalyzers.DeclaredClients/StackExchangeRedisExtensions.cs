using System;
using System.Collections.Generic;
using System.Threading.Tasks;

// imperugo/StackExchange.Redis.Extensions, commit 6244104422112204eda7f435dbf80b3b73b3d9d5.
namespace StackExchange.Redis.Extensions.Core.Abstractions;

// src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:14
public interface IRedisDatabase
{
    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:19
    IDatabase Database { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:32
    Task<bool> ExistsAsync(string key, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:40
    Task<bool> RemoveAsync(string key, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:48
    Task<long> RemoveAllAsync(string[] keys, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:57
    Task<T?> GetAsync<T>(string key, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:65
    Task<T?> GetAsync<T>(string key, DateTimeOffset expiresAt, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:77
    Task<T?> GetAsync<T>(string key, TimeSpan expiresIn, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:89
    Task<bool> AddAsync<T>(
        string key, T value, When when = When.Always, CommandFlags flag = CommandFlags.None, HashSet<string>? tags = null);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:102
    Task<bool> ReplaceAsync<T>(string key, T value, When when = When.Always, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:117
    Task<bool> AddAsync<T>(
        string key, T value, DateTimeOffset expiresAt, When when = When.Always, CommandFlags flag = CommandFlags.None,
        HashSet<string>? tags = null);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:131
    Task<bool> ReplaceAsync<T>(
        string key, T value, DateTimeOffset expiresAt, When when = When.Always, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:146
    Task<bool> AddAsync<T>(
        string key, T value, TimeSpan expiresIn, When when = When.Always, CommandFlags flag = CommandFlags.None,
        HashSet<string>? tags = null);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:160
    Task<bool> ReplaceAsync<T>(string key, T value, TimeSpan expiresIn, When when = When.Always, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:172
    Task<IDictionary<string, T?>> GetAllAsync<T>(HashSet<string> keys, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:185
    Task<IDictionary<string, T?>> GetAllAsync<T>(HashSet<string> keys, DateTimeOffset expiresAt, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:198
    Task<IDictionary<string, T?>> GetAllAsync<T>(HashSet<string> keys, TimeSpan expiresIn, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:209
    Task<bool> AddAllAsync<T>(
        Tuple<string, T>[] items, DateTimeOffset expiresAt, When when = When.Always, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:219
    Task<bool> AddAllAsync<T>(Tuple<string, T>[] items, When when = When.Always, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:230
    Task<bool> AddAllAsync<T>(
        Tuple<string, T>[] items, TimeSpan expiresAt, When when = When.Always, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:239
    Task<bool> SetAddAsync<T>(string key, T item, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:248
    Task<T?> SetPopAsync<T>(string key, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:258
    Task<IEnumerable<T?>> SetPopAsync<T>(string key, long count, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:268
    Task<bool> SetContainsAsync<T>(string key, T item, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:278
    Task<long> SetAddAllAsync<T>(string key, CommandFlags flag = CommandFlags.None, params T[] items);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:296
    Task<bool> SetRemoveAsync<T>(string key, T item, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:305
    Task<long> SetRemoveAllAsync<T>(string key, CommandFlags flag = CommandFlags.None, params T[] items);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:321
    Task<string[]> SetMemberAsync(string memberName, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:331
    Task<T[]> SetMembersAsync<T>(string key, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:343
    Task<T[]> SetCombineAsync<T>(SetOperation operation, string firstKey, string secondKey, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:354
    Task<T[]> SetCombineAsync<T>(SetOperation operation, string[] keys, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:366
    Task<long> SetCombineAndStoreAsync(
        SetOperation operation, string destinationKey, string firstKey, string secondKey, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:377
    Task<long> SetCombineAndStoreAsync(
        SetOperation operation, string destinationKey, string[] keys, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:392
    Task<IEnumerable<string>> SearchKeysAsync(string pattern);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:397
    Task FlushDbAsync();

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:408
    Task<Dictionary<string, string>> GetInfoAsync();

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:423
    Task<bool> UpdateExpiryAsync(string key, DateTimeOffset expiresAt, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:432
    Task<bool> UpdateExpiryAsync(string key, TimeSpan expiresIn, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:441
    Task<IDictionary<string, bool>> UpdateExpiryAllAsync(
        HashSet<string> keys, DateTimeOffset expiresAt, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:450
    Task<IDictionary<string, bool>> UpdateExpiryAllAsync(HashSet<string> keys, TimeSpan expiresIn, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:461
    Task<long> StringIncrementAsync(string key, long value = 1, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:472
    Task<long> StringDecrementAsync(string key, long value = 1, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:483
    Task<double> StringIncrementAsync(string key, double value, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:494
    Task<double> StringDecrementAsync(string key, double value, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:505
    Task<bool> KeyRenameAsync(string key, string newKey, When when = When.Always, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:514
    Task<RedisType> KeyTypeAsync(string key, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:523
    Task<byte[]?> KeyDumpAsync(string key, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.cs:533
    Task KeyRestoreAsync(string key, byte[] value, TimeSpan? expiry = null, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:28
    Task<bool> HashDeleteAsync(string hashKey, string key, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:42
    Task<long> HashDeleteAsync(string hashKey, string[] keys, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:54
    Task<bool> HashExistsAsync(string hashKey, string key, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:67
    Task<T?> HashGetAsync<T>(string hashKey, string key, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:82
    Task<IDictionary<string, T?>> HashGetAsync<T>(string hashKey, string[] keys, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:97
    Task<IDictionary<string, T?>> HashGetAllAsyncAtOneTimeAsync<T>(string hashKey, string[] keys, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:110
    Task<IDictionary<string, T?>> HashGetAllAsync<T>(string hashKey, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:126
    Task<long> HashIncrementByAsync(string hashKey, string key, long value, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:147
    Task<double> HashIncrementByAsync(string hashKey, string key, double value, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:158
    Task<IEnumerable<string>> HashKeysAsync(string hashKey, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:169
    Task<long> HashLengthAsync(string hashKey, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:184
    Task<bool> HashSetAsync<T>(string hashKey, string key, T value, bool nx = false, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:198
    Task HashSetAsync<T>(string hashKey, IDictionary<string, T> values, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:210
    Task<IEnumerable<T?>> HashValuesAsync<T>(string hashKey, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:223
    Task<bool> HashSetWithExpiryAsync<T>(
        string hashKey, string field, T value, TimeSpan expiry, When when = When.Always, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:236
    Task<bool> HashSetWithExpiryAsync<T>(
        string hashKey, string field, T value, DateTime expiry, When when = When.Always, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:248
    Task<ExpireResult[]> HashFieldExpireAsync(
        string hashKey, string[] fields, TimeSpan expiry, ExpireWhen when = ExpireWhen.Always, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:260
    Task<ExpireResult[]> HashFieldExpireAsync(
        string hashKey, string[] fields, DateTime expiry, ExpireWhen when = ExpireWhen.Always, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:270
    Task<long[]> HashFieldGetTimeToLiveAsync(string hashKey, string[] fields, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Hash.cs:280
    Task<PersistResult[]> HashFieldPersistAsync(string hashKey, string[] fields, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Lists.cs:21
    Task<long> ListAddToLeftAsync<T>(string key, T item, When when = When.Always, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Lists.cs:32
    Task<long> ListAddToLeftAsync<T>(string key, T[] items, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Lists.cs:44
    Task<T?> ListGetFromRightAsync<T>(string key, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Sort.cs:29
    Task<bool> SortedSetAddAsync<T>(string key, T value, double score, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Sort.cs:44
    Task<bool> SortedSetRemoveAsync<T>(string key, T value, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Sort.cs:64
    Task<IEnumerable<T?>> SortedSetRangeByScoreAsync<T>(
        string key, double start = double.NegativeInfinity, double stop = double.PositiveInfinity, Exclude exclude = Exclude.None,
        Order order = Order.Ascending, long skip = 0L, long take = -1L, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Sort.cs:97
    Task<double> SortedSetAddIncrementAsync<T>(string key, T? value, double score, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Tags.cs:20
    Task<IEnumerable<T?>> GetByTagAsync<T>(string tag, CommandFlags flag = CommandFlags.None);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisDatabase.Tags.cs:28
    Task<long> RemoveByTagAsync(string tag, CommandFlags flag = CommandFlags.None);
}

// src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:8
public interface IRedisClient
{
    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:14
    IRedisDatabase Db0 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:20
    IRedisDatabase Db1 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:26
    IRedisDatabase Db2 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:32
    IRedisDatabase Db3 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:38
    IRedisDatabase Db4 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:44
    IRedisDatabase Db5 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:50
    IRedisDatabase Db6 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:56
    IRedisDatabase Db7 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:62
    IRedisDatabase Db8 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:68
    IRedisDatabase Db9 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:74
    IRedisDatabase Db10 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:80
    IRedisDatabase Db11 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:86
    IRedisDatabase Db12 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:92
    IRedisDatabase Db13 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:98
    IRedisDatabase Db14 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:104
    IRedisDatabase Db15 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:110
    IRedisDatabase Db16 { get; }

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:124
    IRedisDatabase GetDb(int dbNumber, string? keyPrefix = null);

    // src/core/StackExchange.Redis.Extensions.Core/Abstractions/IRedisClient.cs:130
    IRedisDatabase GetDefaultDatabase();
}
