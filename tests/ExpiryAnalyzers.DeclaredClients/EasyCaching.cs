using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

// dotnetcore/EasyCaching, commit 1ebd8e8733f5a127aca3bcf3452763db4c13e930.
namespace EasyCaching.Core;

// src/EasyCaching.Core/Internal/CacheValue.cs:8
public class CacheValue<T>
{
    // src/EasyCaching.Core/Internal/CacheValue.cs:25
    public bool HasValue { get; }

    // src/EasyCaching.Core/Internal/CacheValue.cs:31
    public bool IsNull { get; }

    // src/EasyCaching.Core/Internal/CacheValue.cs:37
    public T Value { get; }
}

// src/EasyCaching.Core/IEasyCachingProviderBase.cs:8
public interface IEasyCachingProviderBase
{
    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:14
    string Name { get; }

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:23
    void Set<T>(string cacheKey, T cacheValue, TimeSpan expiration);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:34
    Task SetAsync<T>(string cacheKey, T cacheValue, TimeSpan expiration, CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:42
    CacheValue<T> Get<T>(string cacheKey);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:51
    Task<CacheValue<T>> GetAsync<T>(string cacheKey, CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:57
    void Remove(string cacheKey);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:65
    Task RemoveAsync(string cacheKey, CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:73
    Task<bool> ExistsAsync(string cacheKey, CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:80
    bool Exists(string cacheKey);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:90
    bool TrySet<T>(string cacheKey, T cacheValue, TimeSpan expiration);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:101
    Task<bool> TrySetAsync<T>(string cacheKey, T cacheValue, TimeSpan expiration, CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:109
    void SetAll<T>(IDictionary<string, T> value, TimeSpan expiration);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:119
    Task SetAllAsync<T>(IDictionary<string, T> value, TimeSpan expiration, CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:125
    void RemoveAll(IEnumerable<string> cacheKeys);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:133
    Task RemoveAllAsync(IEnumerable<string> cacheKeys, CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:143
    CacheValue<T> Get<T>(string cacheKey, Func<T> dataRetriever, TimeSpan expiration);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:154
    Task<CacheValue<T>> GetAsync<T>(
        string cacheKey, Func<Task<T>> dataRetriever, TimeSpan expiration, CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:160
    void RemoveByPrefix(string prefix);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:167
    Task RemoveByPatternAsync(string pattern, CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:173
    void RemoveByPattern(string pattern);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:180
    Task RemoveByPrefixAsync(string prefix, CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProviderBase.cs:189
    Task<object> GetAsync(string cacheKey, Type type, CancellationToken cancellationToken = default);
}

// src/EasyCaching.Core/IEasyCachingProvider.cs:11
public interface IEasyCachingProvider : IEasyCachingProviderBase
{
    // src/EasyCaching.Core/IEasyCachingProvider.cs:17
    bool IsDistributedCache { get; }

    // src/EasyCaching.Core/IEasyCachingProvider.cs:23
    bool UseLock { get; }

    // src/EasyCaching.Core/IEasyCachingProvider.cs:30
    IEnumerable<string> GetAllKeysByPrefix(string prefix);

    // src/EasyCaching.Core/IEasyCachingProvider.cs:38
    Task<IEnumerable<string>> GetAllKeysByPrefixAsync(string prefix, CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProvider.cs:46
    IDictionary<string, CacheValue<T>> GetAll<T>(IEnumerable<string> cacheKeys);

    // src/EasyCaching.Core/IEasyCachingProvider.cs:55
    Task<IDictionary<string, CacheValue<T>>> GetAllAsync<T>(IEnumerable<string> cacheKeys, CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProvider.cs:63
    IDictionary<string, CacheValue<T>> GetByPrefix<T>(string prefix);

    // src/EasyCaching.Core/IEasyCachingProvider.cs:72
    Task<IDictionary<string, CacheValue<T>>> GetByPrefixAsync<T>(string prefix, CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProvider.cs:79
    int GetCount(string prefix = "");

    // src/EasyCaching.Core/IEasyCachingProvider.cs:87
    Task<int> GetCountAsync(string prefix = "", CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProvider.cs:92
    void Flush();

    // src/EasyCaching.Core/IEasyCachingProvider.cs:99
    Task FlushAsync(CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProvider.cs:105
    int MaxRdSecond { get; }

    // src/EasyCaching.Core/IEasyCachingProvider.cs:124
    TimeSpan GetExpiration(string cacheKey);

    // src/EasyCaching.Core/IEasyCachingProvider.cs:132
    Task<TimeSpan> GetExpirationAsync(string cacheKey, CancellationToken cancellationToken = default);

    // src/EasyCaching.Core/IEasyCachingProvider.cs:143
    object Database { get; }
}

// src/EasyCaching.Core/IHybridCachingProvider.cs:10
public interface IHybridCachingProvider : IEasyCachingProviderBase
{
}

// src/EasyCaching.Core/IRedisCachingProvider.cs:13
public interface IRedisCachingProvider
{
    // src/EasyCaching.Core/IRedisCachingProvider.cs:15
    string RedisName { get; }

    // src/EasyCaching.Core/IRedisCachingProvider.cs:23
    bool KeyDel(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:29
    Task<bool> KeyDelAsync(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:36
    bool KeyExpire(string cacheKey, int second);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:43
    Task<bool> KeyExpireAsync(string cacheKey, int second);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:49
    bool KeyPersist(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:55
    Task<bool> KeyPersistAsync(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:61
    Task<bool> KeyExistsAsync(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:67
    bool KeyExists(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:73
    long TTL(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:79
    Task<long> TTLAsync(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:87
    List<string> SearchKeys(string cacheKey, int? count = null);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:95
    Task<List<string>> SearchKeysAsync(string cacheKey, int? count = null);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:105
    long IncrBy(string cacheKey, long value = 1);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:112
    Task<long> IncrByAsync(string cacheKey, long value = 1);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:119
    double IncrByFloat(string cacheKey, double value = 1);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:126
    Task<double> IncrByFloatAsync(string cacheKey, double value = 1);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:135
    bool StringSet(string cacheKey, string cacheValue, System.TimeSpan? expiration = null, string when = "");

    // src/EasyCaching.Core/IRedisCachingProvider.cs:144
    Task<bool> StringSetAsync(string cacheKey, string cacheValue, System.TimeSpan? expiration = null, string when = "");

    // src/EasyCaching.Core/IRedisCachingProvider.cs:150
    string StringGet(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:156
    Task<string> StringGetAsync(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:162
    long StringLen(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:168
    Task<long> StringLenAsync(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:176
    long StringSetRange(string cacheKey, long offest, string value);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:184
    Task<long> StringSetRangeAsync(string cacheKey, long offest, string value);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:192
    string StringGetRange(string cacheKey, long start, long end);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:200
    Task<string> StringGetRangeAsync(string cacheKey, long start, long end);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:211
    bool HMSet(string cacheKey, Dictionary<string, string> vals, TimeSpan? expiration = null);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:219
    bool HSet(string cacheKey, string field, string cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:226
    bool HExists(string cacheKey, string field);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:233
    long HDel(string cacheKey, IList<string> fields = null);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:240
    string HGet(string cacheKey, string field);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:246
    Dictionary<string, string> HGetAll(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:254
    long HIncrBy(string cacheKey, string field, long val = 1);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:260
    List<string> HKeys(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:266
    long HLen(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:272
    List<string> HVals(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:279
    Dictionary<string, string> HMGet(string cacheKey, IList<string> fields);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:287
    Task<bool> HMSetAsync(string cacheKey, Dictionary<string, string> vals, TimeSpan? expiration = null);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:295
    Task<bool> HSetAsync(string cacheKey, string field, string cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:302
    Task<bool> HExistsAsync(string cacheKey, string field);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:309
    Task<long> HDelAsync(string cacheKey, IList<string> fields = null);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:316
    Task<string> HGetAsync(string cacheKey, string field);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:322
    Task<Dictionary<string, string>> HGetAllAsync(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:330
    Task<long> HIncrByAsync(string cacheKey, string field, long val = 1);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:336
    Task<List<string>> HKeysAsync(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:342
    Task<long> HLenAsync(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:348
    Task<List<string>> HValsAsync(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:355
    Task<Dictionary<string, string>> HMGetAsync(string cacheKey, IList<string> fields);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:366
    T LIndex<T>(string cacheKey, long index);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:372
    long LLen(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:379
    T LPop<T>(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:387
    long LPush<T>(string cacheKey, IList<T> cacheValues);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:396
    List<T> LRange<T>(string cacheKey, long start, long stop);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:405
    long LRem<T>(string cacheKey, long count, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:414
    bool LSet<T>(string cacheKey, long index, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:422
    bool LTrim(string cacheKey, long start, long stop);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:430
    long LPushX<T>(string cacheKey, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:439
    long LInsertBefore<T>(string cacheKey, T pivot, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:448
    long LInsertAfter<T>(string cacheKey, T pivot, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:456
    long RPushX<T>(string cacheKey, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:464
    long RPush<T>(string cacheKey, IList<T> cacheValues);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:471
    T RPop<T>(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:479
    Task<T> LIndexAsync<T>(string cacheKey, long index);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:485
    Task<long> LLenAsync(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:492
    Task<T> LPopAsync<T>(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:500
    Task<long> LPushAsync<T>(string cacheKey, IList<T> cacheValues);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:509
    Task<List<T>> LRangeAsync<T>(string cacheKey, long start, long stop);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:518
    Task<long> LRemAsync<T>(string cacheKey, long count, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:527
    Task<bool> LSetAsync<T>(string cacheKey, long index, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:535
    Task<bool> LTrimAsync(string cacheKey, long start, long stop);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:543
    Task<long> LPushXAsync<T>(string cacheKey, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:552
    Task<long> LInsertBeforeAsync<T>(string cacheKey, T pivot, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:561
    Task<long> LInsertAfterAsync<T>(string cacheKey, T pivot, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:569
    Task<long> RPushXAsync<T>(string cacheKey, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:577
    Task<long> RPushAsync<T>(string cacheKey, IList<T> cacheValues);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:584
    Task<T> RPopAsync<T>(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:596
    long SAdd<T>(string cacheKey, IList<T> cacheValues, TimeSpan? expiration = null);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:602
    long SCard(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:610
    bool SIsMember<T>(string cacheKey, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:617
    List<T> SMembers<T>(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:624
    T SPop<T>(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:632
    List<T> SRandMember<T>(string cacheKey, int count = 1);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:640
    long SRem<T>(string cacheKey, IList<T> cacheValues = null);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:649
    Task<long> SAddAsync<T>(string cacheKey, IList<T> cacheValues, TimeSpan? expiration = null);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:655
    Task<long> SCardAsync(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:663
    Task<bool> SIsMemberAsync<T>(string cacheKey, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:670
    Task<List<T>> SMembersAsync<T>(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:677
    Task<T> SPopAsync<T>(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:685
    Task<List<T>> SRandMemberAsync<T>(string cacheKey, int count = 1);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:693
    Task<long> SRemAsync<T>(string cacheKey, IList<T> cacheValues = null);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:704
    long ZAdd<T>(string cacheKey, Dictionary<T, double> cacheValues);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:710
    long ZCard(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:718
    long ZCount(string cacheKey, double min, double max);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:726
    double ZIncrBy(string cacheKey, string field, double val = 1);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:734
    long ZLexCount(string cacheKey, string min, string max);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:743
    List<T> ZRange<T>(string cacheKey, long start, long stop);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:754
    List<T> ZRangeByScore<T>(string cacheKey, double min, double max, long? count = null, long offset = 0);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:763
    long ZRangeRemByScore(string cacheKey, double min, double max);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:772
    long? ZRank<T>(string cacheKey, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:780
    long ZRem<T>(string cacheKey, IList<T> cacheValues);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:788
    double? ZScore<T>(string cacheKey, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:796
    Task<long> ZAddAsync<T>(string cacheKey, Dictionary<T, double> cacheValues);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:802
    Task<long> ZCardAsync(string cacheKey);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:810
    Task<long> ZCountAsync(string cacheKey, double min, double max);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:818
    Task<double> ZIncrByAsync(string cacheKey, string field, double val = 1);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:826
    Task<long> ZLexCountAsync(string cacheKey, string min, string max);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:835
    Task<List<T>> ZRangeAsync<T>(string cacheKey, long start, long stop);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:846
    Task<List<T>> ZRangeByScoreAsync<T>(string cacheKey, double min, double max, long? count = null, long offset = 0);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:854
    Task<long> ZRangeRemByScoreAsync(string cacheKey, double min, double max);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:862
    Task<long?> ZRankAsync<T>(string cacheKey, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:870
    Task<long> ZRemAsync<T>(string cacheKey, IList<T> cacheValues);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:878
    Task<double?> ZScoreAsync<T>(string cacheKey, T cacheValue);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:889
    bool PfAdd<T>(string cacheKey, List<T> values);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:897
    Task<bool> PfAddAsync<T>(string cacheKey, List<T> values);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:903
    long PfCount(List<string> cacheKeys);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:909
    Task<long> PfCountAsync(List<string> cacheKeys);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:916
    bool PfMerge(string destKey, List<string> sourceKeys);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:923
    Task<bool> PfMergeAsync(string destKey, List<string> sourceKeys);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:989
    object Eval(string script, string cacheKey, List<object> args);

    // src/EasyCaching.Core/IRedisCachingProvider.cs:991
    Task<object> EvalAsync(string script, string cacheKey, List<object> args);
}

// src/EasyCaching.Core/ProviderFactory/IEasyCachingProviderFactory.cs:6
public interface IEasyCachingProviderFactory
{
    // src/EasyCaching.Core/ProviderFactory/IEasyCachingProviderFactory.cs:13
    IEasyCachingProvider GetCachingProvider(string name);

    // src/EasyCaching.Core/ProviderFactory/IEasyCachingProviderFactory.cs:20
    IRedisCachingProvider GetRedisProvider(string name);
}
