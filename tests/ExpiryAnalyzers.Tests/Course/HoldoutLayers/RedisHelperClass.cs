using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutLayers.RedisHelperClass
{
    /// <summary>The helper class that one project copies from the next.</summary>
    public class RedisHelper
    {
        private readonly ConnectionMultiplexer _conn;
        public string CustomKey;

        public RedisHelper(int dbNum, ConnectionMultiplexer conn)
        {
            DbNum = dbNum;
            _conn = conn;
        }

        private int DbNum { get; }

        public bool StringSet(string key, string value, TimeSpan? expiry = default(TimeSpan?))
        {
            key = AddSysCustomKey(key);
            return Do(db => db.StringSet(key, value, expiry, When.Always));
        }

        public bool StringSet<T>(string key, T obj, TimeSpan? expiry = default(TimeSpan?))
        {
            key = AddSysCustomKey(key);
            string json = ConvertJson(obj);
            return Do(db => db.StringSet(key, json, expiry, When.Always));
        }

        public string StringGet(string key)
        {
            key = AddSysCustomKey(key);
            return Do(db => db.StringGet(key));
        }

        public async Task<string> StringGetAsync(string key)
        {
            key = AddSysCustomKey(key);
            return await Do(db => db.StringGetAsync(key));
        }

        public double StringIncrement(string key, double val = 1)
        {
            key = AddSysCustomKey(key);
            return Do(db => db.StringIncrement(key, val));
        }

        public bool HashSet<T>(string key, string dataKey, T t)
        {
            key = AddSysCustomKey(key);
            return Do(db =>
            {
                string json = ConvertJson(t);
                return db.HashSet(key, dataKey, json);
            });
        }

        public void ListLeftPush<T>(string key, T value)
        {
            key = AddSysCustomKey(key);
            Do(db => db.ListLeftPush(key, ConvertJson(value)));
        }

        public bool KeyExpire(string key, TimeSpan? expiry = default(TimeSpan?))
        {
            key = AddSysCustomKey(key);
            return Do(db => db.KeyExpire(key, expiry));
        }

        public bool KeyExpireAt(string key, DateTime expiry)
        {
            key = AddSysCustomKey(key);
            return Do(db => db.KeyExpire(key, expiry));
        }

        public async Task<bool> KeyExpireAtAsync(string key, DateTime? expiry)
        {
            key = AddSysCustomKey(key);
            return await Do(async db => await db.KeyExpireAsync(key, expiry));
        }

        public bool SetSeconds(string key, string value, int expireSeconds)
        {
            if (expireSeconds > 0)
            {
                return StringSet(key, value, TimeSpan.FromSeconds(expireSeconds));
            }

            return StringSet(key, value);
        }

        public bool LockTake(string key, string token, int seconds) => Do(db => db.LockTake(AddSysCustomKey(key), token, TimeSpan.FromSeconds(seconds)));

        public bool LockRelease(string key, string token) => Do(db => db.LockRelease(AddSysCustomKey(key), token));

        private string AddSysCustomKey(string oldKey)
        {
            var prefixKey = CustomKey ?? "app:";
            return prefixKey + oldKey;
        }

        private T Do<T>(Func<IDatabase, T> func)
        {
            var database = _conn.GetDatabase(DbNum);
            return func(database);
        }

        private string ConvertJson<T>(T value) => value is string text ? text : JsonSerializer.Serialize(value);
    }

    public class OrderController
    {
        private readonly RedisHelper _redis;

        public OrderController(RedisHelper redis)
        {
            _redis = redis;
        }

        public void Cache(long id, string json)
        {
            _redis.StringSet("order:" + id, json, TimeSpan.Zero); // expect: EXP401
        }

        public void CacheRight(long id, string json)
        {
            _redis.StringSet("order:" + id, json, TimeSpan.FromMinutes(10));
        }

        public void CacheObject(long id, DateTime closing)
        {
            _redis.StringSet("order:" + id, new { id, closing }, closing.TimeOfDay); // expect: EXP106
        }

        public void CacheToday(long id, string json)
        {
            TimeSpan rest = DateTime.UtcNow.Date.AddDays(1) - DateTime.Now;
            _redis.StringSet("order:" + id, json, rest); // expect: EXP103
        }

        public void KeepToday(long id)
        {
            _redis.KeyExpireAt("order:" + id, DateTime.Today.AddDays(1)); // expect: EXP101
        }

        public async Task KeepForADay(long id)
        {
            await _redis.KeyExpireAtAsync("order:" + id, DateTime.Now.AddDays(1)); // expect: EXP101, EXP102
        }

        public async Task KeepForADayUtc(long id)
        {
            await _redis.KeyExpireAtAsync("order:" + id, DateTime.UtcNow.AddDays(1)); // expect: EXP102
        }

        public async Task KeepUntil(long id, DateTime closing)
        {
            await _redis.KeyExpireAtAsync("order:" + id, closing);
            await _redis.KeyExpireAtAsync("order:" + id, null);
        }

        public string Load(long id)
        {
            var json = _redis.StringGet("order:" + id);
            if (!string.IsNullOrEmpty(json))
            {
                _redis.KeyExpire("order:" + id, TimeSpan.FromMinutes(10)); // expect: EXP301
            }

            return json;
        }

        public async Task<string> LoadAsync(long id)
        {
            var key = $"order:{id}";
            var json = await _redis.StringGetAsync(key);
            _redis.KeyExpire(key, TimeSpan.FromMinutes(10)); // expect: EXP301
            return json;
        }

        public void AddLine(long id, string line)
        {
            _redis.ListLeftPush("lines:" + id, line);
            _redis.KeyExpire("lines:" + id, TimeSpan.FromDays(1)); // expect: EXP302
        }

        public void SetField(long id, string name, string value)
        {
            _redis.HashSet("fields:" + id, name, value);
            _redis.KeyExpire("fields:" + id, TimeSpan.FromDays(1)); // expect: EXP302
        }

        public bool Allow(string ip)
        {
            double n = _redis.StringIncrement("ip:" + ip);
            if (n == 1)
            {
                _redis.KeyExpire("ip:" + ip, TimeSpan.FromMinutes(1)); // expect: EXP303
            }

            return n < 100;
        }

        public string LoadOther(long id)
        {
            var json = _redis.StringGet("order:" + id);
            _redis.KeyExpire("customer:" + id, TimeSpan.FromMinutes(10));
            return json;
        }

        // Nothing is stored where the number says nothing; the helper looks.
        public void CacheSeconds(long id, string json)
        {
            _redis.SetSeconds("order:" + id, json, 0);
            _redis.SetSeconds("order:" + id, json, 600);
        }

        public void CacheMilliseconds(long id, string json, TimeSpan ttl)
        {
            _redis.SetSeconds("order:" + id, json, (int)ttl.TotalMilliseconds); // expect: EXP105
            _redis.SetSeconds("order:" + id, json, (int)ttl.TotalSeconds);
        }

        public void Pay(long id, Action<long> pay)
        {
            var token = Guid.NewGuid().ToString();
            if (_redis.LockTake("pay:" + id, token, 10)) // expect: EXP201
            {
                try
                {
                    pay(id);
                }
                finally
                {
                    _redis.LockRelease("pay:" + id, token);
                }
            }
        }

        public void CacheAll(IEnumerable<KeyValuePair<long, string>> orders)
        {
            foreach (var order in orders)
            {
                _redis.StringSet("order:" + order.Key, order.Value, TimeSpan.FromHours(1));
            }
        }

        public void CacheAllSpread(IEnumerable<KeyValuePair<long, string>> orders)
        {
            var random = new Random();
            foreach (var order in orders)
            {
                _redis.StringSet("order:" + order.Key, order.Value, TimeSpan.FromSeconds(3600 + random.Next(0, 300)));
            }
        }
    }
}
