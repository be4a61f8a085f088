using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Services.Helpers
{
    /// <summary>
    /// Redis操作帮助类
    /// </summary>
    public class RedisHelper
    {
        private readonly ConnectionMultiplexer _conn;
        private int DbNum { get; }
        public string CustomKey = "app:";

        public RedisHelper(ConnectionMultiplexer conn, int dbNum = 0)
        {
            _conn = conn;
            DbNum = dbNum;
        }

        #region String

        public bool StringSet(string key, string value, TimeSpan? expiry = default)
        {
            key = AddKeyPrefix(key);
            return Do(db => db.StringSet(key, value, expiry, When.Always));
        }

        public bool StringSet<T>(string key, T obj, int minutes)
        {
            key = AddKeyPrefix(key);
            string json = ConvertJson(obj);
            return Do(db => db.StringSet(key, json, DateTime.Now.AddMinutes(minutes))); // expect: EXP101, EXP102
        }

        public bool StringSetAt<T>(string key, T obj, DateTime expireTime)
        {
            key = AddKeyPrefix(key);
            string json = ConvertJson(obj);
            return Do(db => db.StringSet(key, json, expireTime));
        }

        public string? StringGet(string key)
        {
            key = AddKeyPrefix(key);
            return Do(db => db.StringGet(key));
        }

        public T? StringGetAndRefresh<T>(string key, int seconds)
        {
            key = AddKeyPrefix(key);
            return Do(db =>
            {
                var value = db.StringGet(key);
                if (!value.HasValue)
                {
                    return default;
                }

                db.KeyExpire(key, TimeSpan.FromSeconds(seconds)); // expect: EXP301
                return JsonSerializer.Deserialize<T>((string)value!);
            });
        }

        public async Task<T?> StringGetAsync<T>(string key)
        {
            key = AddKeyPrefix(key);
            string? result = await Do(db => db.StringGetAsync(key));
            return result is null ? default : JsonSerializer.Deserialize<T>(result);
        }

        #endregion

        #region Hash

        public bool HashSet<T>(string key, string dataKey, T t, DateTime? expireTime = null)
        {
            key = AddKeyPrefix(key);
            return Do(db =>
            {
                var ok = db.HashSet(key, dataKey, ConvertJson(t));
                if (expireTime.HasValue)
                {
                    db.KeyExpire(key, expireTime.Value); // expect: EXP302
                }

                return ok;
            });
        }

        public List<T> HashKeys<T>(string key, bool refresh = false)
        {
            key = AddKeyPrefix(key);
            return Do(db =>
            {
                RedisValue[] values = db.HashKeys(key);
                if (refresh) db.KeyExpire(key, new TimeSpan(0, 30, 0)); // expect: EXP301
                return values.Select(v => JsonSerializer.Deserialize<T>((string)v!)!).ToList();
            });
        }

        #endregion

        #region Key

        public bool KeyExpire(string key, TimeSpan? expiry = default)
        {
            key = AddKeyPrefix(key);
            return Do(db => db.KeyExpire(key, expiry));
        }

        public bool KeyExpire(string key, int seconds)
        {
            key = AddKeyPrefix(key);
            return Do(db => db.KeyExpire(key, DateTime.UtcNow.AddSeconds(seconds))); // expect: EXP102
        }

        public bool KeyExpireAt(string key, DateTime time)
        {
            key = AddKeyPrefix(key);
            return Do(db => db.KeyExpire(key, time));
        }

        public bool KeyExpireAtUtc(string key, DateTime time)
        {
            key = AddKeyPrefix(key);
            return Do(db => db.KeyExpire(key, time.ToUniversalTime()));
        }

        public bool KeyDelete(string key)
        {
            key = AddKeyPrefix(key);
            return Do(db => db.KeyDelete(key));
        }

        #endregion

        #region Lock

        public bool LockTake(string key, string token, int seconds)
        {
            key = AddKeyPrefix(key);
            return Do(db => db.LockTake(key, token, TimeSpan.FromSeconds(seconds)));
        }

        public bool LockRelease(string key, string token)
        {
            key = AddKeyPrefix(key);
            return Do(db => db.LockRelease(key, token));
        }

        #endregion

        private string AddKeyPrefix(string oldKey) => CustomKey + oldKey;

        private T Do<T>(Func<IDatabase, T> func)
        {
            var database = _conn.GetDatabase(DbNum);
            return func(database);
        }

        private static string ConvertJson<T>(T value) => value is string text ? text : JsonSerializer.Serialize(value);
    }

    public class MemberService
    {
        private readonly RedisHelper _redis;

        public MemberService(RedisHelper redis)
        {
            _redis = redis;
        }

        public void CacheMember(int id, string name, DateTime vipEnd)
        {
            _redis.StringSetAt("member:" + id, name, DateTime.Now.Date.AddDays(1)); // expect: EXP101
            _redis.StringSetAt("member:vip:" + id, name, vipEnd);
            _redis.HashSet("member:all", id.ToString(), name, DateTime.UtcNow.Date.AddDays(1));
            _redis.KeyExpireAt("member:online:" + id, DateTime.UtcNow.AddMinutes(10)); // expect: EXP102
            _redis.KeyExpireAtUtc("member:gift:" + id, new DateTime(2030, 2, 17, 0, 0, 0, DateTimeKind.Utc));
            _redis.KeyExpire("member:online:" + id, 600);
        }

        public string? Nickname(int id)
        {
            var nick = _redis.StringGet("member:nick:" + id);
            return nick ?? "会员" + id;
        }

        public void Signed(int id)
        {
            _redis.HashSet("member:sign", id.ToString(), 1, new DateTime(2030, 1, 1)); // expect: EXP101
            _redis.KeyExpire("member:sign:" + id, TimeSpan.FromHours(1));
        }
    }
}
