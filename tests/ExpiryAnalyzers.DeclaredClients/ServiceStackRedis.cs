using System;
using System.Collections.Generic;
using ServiceStack.Caching;

// ServiceStack/ServiceStack, commit 1d95209be7719f1bf3f87dabc92cee7027a29abe.
namespace ServiceStack.Caching
{

    // ServiceStack/src/ServiceStack.Interfaces/Caching/ICacheClient.cs:9
    public interface ICacheClient : IDisposable
    {
        // ServiceStack/src/ServiceStack.Interfaces/Caching/ICacheClient.cs:19
        bool Remove(string key);

        // ServiceStack/src/ServiceStack.Interfaces/Caching/ICacheClient.cs:35
        T Get<T>(string key);

        // ServiceStack/src/ServiceStack.Interfaces/Caching/ICacheClient.cs:48
        long Increment(string key, uint amount);

        // ServiceStack/src/ServiceStack.Interfaces/Caching/ICacheClient.cs:61
        long Decrement(string key, uint amount);

        // ServiceStack/src/ServiceStack.Interfaces/Caching/ICacheClient.cs:72
        bool Add<T>(string key, T value);

        // ServiceStack/src/ServiceStack.Interfaces/Caching/ICacheClient.cs:77
        bool Set<T>(string key, T value);

        // ServiceStack/src/ServiceStack.Interfaces/Caching/ICacheClient.cs:82
        bool Replace<T>(string key, T value);

        // ServiceStack/src/ServiceStack.Interfaces/Caching/ICacheClient.cs:84
        bool Add<T>(string key, T value, DateTime expiresAt);

        // ServiceStack/src/ServiceStack.Interfaces/Caching/ICacheClient.cs:85
        bool Set<T>(string key, T value, DateTime expiresAt);

        // ServiceStack/src/ServiceStack.Interfaces/Caching/ICacheClient.cs:86
        bool Replace<T>(string key, T value, DateTime expiresAt);

        // ServiceStack/src/ServiceStack.Interfaces/Caching/ICacheClient.cs:88
        bool Add<T>(string key, T value, TimeSpan expiresIn);

        // ServiceStack/src/ServiceStack.Interfaces/Caching/ICacheClient.cs:89
        bool Set<T>(string key, T value, TimeSpan expiresIn);

        // ServiceStack/src/ServiceStack.Interfaces/Caching/ICacheClient.cs:90
        bool Replace<T>(string key, T value, TimeSpan expiresIn);
    }
}

namespace ServiceStack.Redis
{

    // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:23
    public interface IRedisClient : ICacheClient
    {
        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:82
        void SetValue(string key, string value);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:83
        void SetValue(string key, string value, TimeSpan expireIn);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:84
        bool SetValueIfNotExists(string key, string value);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:85
        bool SetValueIfNotExists(string key, string value, TimeSpan expireIn);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:86
        bool SetValueIfExists(string key, string value);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:87
        bool SetValueIfExists(string key, string value, TimeSpan expireIn);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:89
        string GetValue(string key);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:90
        string GetAndSetValue(string key, string value);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:107
        bool ContainsKey(string key);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:109
        long IncrementValue(string key);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:110
        long IncrementValueBy(string key, int count);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:111
        long IncrementValueBy(string key, long count);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:112
        double IncrementValueBy(string key, double count);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:113
        long DecrementValue(string key);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:121
        bool ExpireEntryIn(string key, TimeSpan expireIn);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:122
        bool ExpireEntryAt(string key, DateTime expireAt);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:164
        IDisposable AcquireLock(string key);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:165
        IDisposable AcquireLock(string key, TimeSpan timeOut);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:179
        HashSet<string> GetAllItemsFromSet(string setId);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:180
        void AddItemToSet(string setId, string item);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:201
        List<string> GetAllItemsFromList(string listId);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:205
        void AddItemToList(string listId, string value);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:206
        void AddRangeToList(string listId, List<string> values);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:207
        void PrependItemToList(string listId, string value);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:208
        void PrependRangeToList(string listId, List<string> values);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:223
        void EnqueueItemOnList(string listId, string value);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:229
        void PushItemToList(string listId, string value);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:241
        bool AddItemToSortedSet(string setId, string value);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:242
        bool AddItemToSortedSet(string setId, string value, double score);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:307
        bool SetEntryInHash(string hashId, string key, string value);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:309
        void SetRangeInHash(string hashId, IEnumerable<KeyValuePair<string, string>> keyValuePairs);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:310
        long IncrementValueInHash(string hashId, string key, int incrementBy);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:311
        double IncrementValueInHash(string hashId, string key, double incrementBy);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:312
        string GetValueFromHash(string hashId, string key);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/IRedisClient.cs:318
        Dictionary<string, string> GetAllEntriesFromHash(string hashId);
    }

    // ServiceStack.Redis/src/ServiceStack.Redis/RedisNativeClient.cs:39
    public class RedisNativeClient : IDisposable
    {
        // ServiceStack.Redis/src/ServiceStack.Redis/RedisNativeClient.cs:2450
        public virtual void Dispose() => throw null!;
    }

    // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:34
    public class RedisClient : RedisNativeClient, IRedisClient
    {
        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:124
        public void SetValue(string key, string value) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:144
        public void SetValue(string key, string value, TimeSpan expireIn) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:161
        public bool SetValueIfExists(string key, string value) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:167
        public bool SetValueIfNotExists(string key, string value) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:173
        public bool SetValueIfExists(string key, string value, TimeSpan expireIn) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:183
        public bool SetValueIfNotExists(string key, string value, TimeSpan expireIn) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:260
        public string GetValue(string key) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:266
        public string GetAndSetValue(string key, string value) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:268
        public bool ContainsKey(string key) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:270
        public bool Remove(string key) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:281
        public long IncrementValue(string key) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:283
        public long IncrementValueBy(string key, int count) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:285
        public long IncrementValueBy(string key, long count) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:287
        public double IncrementValueBy(string key, double count) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:289
        public long DecrementValue(string key) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:307
        public bool ExpireEntryIn(string key, TimeSpan expireIn) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:331
        public bool ExpireEntryAt(string key, DateTime expireAt) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:376
        public IDisposable AcquireLock(string key) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.cs:381
        public IDisposable AcquireLock(string key, TimeSpan timeOut) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_Hash.cs:48
        public bool SetEntryInHash(string hashId, string key, string value) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_Hash.cs:58
        public void SetRangeInHash(string hashId, IEnumerable<KeyValuePair<string, string>> keyValuePairs) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_Hash.cs:86
        public long IncrementValueInHash(string hashId, string key, int incrementBy) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_Hash.cs:96
        public double IncrementValueInHash(string hashId, string key, double incrementBy) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_Hash.cs:101
        public string GetValueFromHash(string hashId, string key) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_Hash.cs:133
        public Dictionary<string, string> GetAllEntriesFromHash(string hashId) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_List.cs:52
        public List<string> GetAllItemsFromList(string listId) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_List.cs:76
        public void AddItemToList(string listId, string value) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_List.cs:81
        public void AddRangeToList(string listId, List<string> values) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_List.cs:102
        public void PrependItemToList(string listId, string value) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_List.cs:107
        public void PrependRangeToList(string listId, List<string> values) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_List.cs:189
        public void EnqueueItemOnList(string listId, string value) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_List.cs:212
        public void PushItemToList(string listId, string value) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_Set.cs:127
        public HashSet<string> GetAllItemsFromSet(string setId) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_Set.cs:133
        public void AddItemToSet(string setId, string item) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_SortedSet.cs:71
        public bool AddItemToSortedSet(string setId, string value) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient_SortedSet.cs:76
        public bool AddItemToSortedSet(string setId, string value, double score) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.ICacheClient.cs:46
        public T Get<T>(string key) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.ICacheClient.cs:81
        public long Increment(string key, uint amount) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.ICacheClient.cs:86
        public long Decrement(string key, uint amount) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.ICacheClient.cs:91
        public bool Add<T>(string key, T value) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.ICacheClient.cs:96
        public bool Set<T>(string key, T value) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.ICacheClient.cs:102
        public bool Replace<T>(string key, T value) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.ICacheClient.cs:107
        public bool Add<T>(string key, T value, DateTime expiresAt) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.ICacheClient.cs:122
        public bool Add<T>(string key, T value, TimeSpan expiresIn) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.ICacheClient.cs:127
        public bool Set<T>(string key, T value, TimeSpan expiresIn) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.ICacheClient.cs:140
        public bool Set<T>(string key, T value, DateTime expiresAt) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.ICacheClient.cs:152
        public bool Replace<T>(string key, T value, DateTime expiresAt) => throw null!;

        // ServiceStack.Redis/src/ServiceStack.Redis/RedisClient.ICacheClient.cs:167
        public bool Replace<T>(string key, T value, TimeSpan expiresIn) => throw null!;
    }
}

// ServiceStack/ServiceStack, commit 1b92a9eb08bfb5bf3e6a7334726cb43575a05592.
namespace ServiceStack.Redis.Generic
{

    // ServiceStack/src/ServiceStack.Interfaces/Redis/Generic/IRedisTypedClient.cs:20
    public interface IRedisTypedClient<T>
    {
        // ServiceStack/src/ServiceStack.Interfaces/Redis/Generic/IRedisTypedClient.cs:51
        void SetValue(string key, T entity);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/Generic/IRedisTypedClient.cs:52
        void SetValue(string key, T entity, TimeSpan expireIn);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/Generic/IRedisTypedClient.cs:53
        bool SetValueIfNotExists(string key, T entity);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/Generic/IRedisTypedClient.cs:58
        T GetValue(string key);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/Generic/IRedisTypedClient.cs:59
        T GetAndSetValue(string key, T value);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/Generic/IRedisTypedClient.cs:60
        bool ContainsKey(string key);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/Generic/IRedisTypedClient.cs:64
        long IncrementValue(string key);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/Generic/IRedisTypedClient.cs:65
        long IncrementValueBy(string key, int count);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/Generic/IRedisTypedClient.cs:66
        long DecrementValue(string key);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/Generic/IRedisTypedClient.cs:71
        bool ExpireEntryIn(string key, TimeSpan expiresAt);

        // ServiceStack/src/ServiceStack.Interfaces/Redis/Generic/IRedisTypedClient.cs:72
        bool ExpireEntryAt(string key, DateTime dateTime);
    }
}
