using System;
using System.Threading.Tasks;
using FreeRedis;

namespace Course.Clients
{
    public sealed class FreeRedisSessions
    {
        private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(20);
        private readonly RedisClient _redis;
        private readonly IRedisClient _readOnly;

        public FreeRedisSessions(RedisClient redis, IRedisClient readOnly)
        {
            _redis = redis;
            _readOnly = readOnly;
        }

        public void Store(string id, string payload) => _redis.Set("session:" + id, payload, Lifetime);

        public void StoreSeconds(string id, string payload) => _redis.Set("session:" + id, payload, 1200);

        public string Load(string id)
        {
            string payload = _redis.Get("session:" + id);
            if (payload != null)
            {
                _redis.Expire("session:" + id, Lifetime); // expect: EXP301
            }

            return payload;
        }

        public async Task<string> LoadAsync(string id)
        {
            string key = $"session:{id}";
            string payload = await _redis.GetAsync(key);
            await _redis.ExpireAsync(key, 1200); // expect: EXP301
            return payload;
        }

        public string Peek(string id) => _readOnly.Get("session:" + id);

        public void Touch(string id) => _redis.Expire("session:" + id, Lifetime);

        public string LoadOther(string id)
        {
            string payload = _redis.Get("session:" + id);
            _redis.Expire("seen:" + id, Lifetime);
            return payload;
        }

        public string LoadInTransaction(string id)
        {
            using var transaction = _redis.Multi();
            transaction.Get("session:" + id);
            transaction.Expire("session:" + id, Lifetime);
            return (string)transaction.Exec()[0];
        }

        public string LoadInPipe(string id)
        {
            using var pipe = _redis.StartPipe();
            pipe.Get("session:" + id);
            pipe.Expire("session:" + id, 1200); // expect: EXP301
            return (string)pipe.EndPipe()[0];
        }

        public void ExpireAtClosing(string id, DateTime closing)
        {
            _redis.ExpireAt("session:" + id, closing);
            _redis.ExpireAt("session:" + id, DateTime.UtcNow.Date.AddDays(1));
            _redis.ExpireAt("session:" + id, new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            _redis.ExpireAt("session:" + id, new DateTime(2027, 1, 1)); // expect: EXP101
            _redis.PExpireAt("session:" + id, DateTime.Parse("2027-01-01")); // expect: EXP101
            _redis.ExpireAt("session:" + id, DateTime.Now.AddMinutes(20)); // expect: EXP101, EXP102
            _redis.ExpireAt("session:" + id, DateTime.UtcNow.AddMinutes(20)); // expect: EXP102
            _redis.ExpireAt("session:" + id, DateTime.Today.AddDays(1)); // expect: EXP101
            _redis.ExpireAt("session:" + id, DateTime.MaxValue); // expect: EXP101
        }

        public async Task ExpireSoonAsync(string id, DateTimeOffset deadline)
        {
            await _redis.ExpireAtAsync("session:" + id, deadline.UtcDateTime);
            await _redis.ExpireAtAsync("session:" + id, deadline.DateTime); // expect: EXP101
            await _readOnly.ExpireAtAsync("session:" + id, DateTime.UtcNow + Lifetime); // expect: EXP102
        }
    }
}
