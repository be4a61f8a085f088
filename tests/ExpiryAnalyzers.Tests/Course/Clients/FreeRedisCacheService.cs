using System;
using System.Threading;
using System.Threading.Tasks;
using FreeRedis;

namespace Course.Clients
{
    public interface ICacheService
    {
        T Get<T>(string key);

        void ExpireAt(string key, DateTime when);
    }

    public sealed class FreeRedisCacheService : ICacheService
    {
        private readonly RedisClient _client;

        public FreeRedisCacheService(RedisClient client) => _client = client;

        public T Get<T>(string key) => _client.Get<T>(key);

        public void Set<T>(string key, T value, int seconds) => _client.Set(key, value, seconds);

        public void Set<T>(string key, T value, TimeSpan ttl) => _client.Set(key, value, ttl);

        public void ExpireAt(string key, DateTime when) => _client.ExpireAt(key, when);

        public bool Expire(string key, int seconds) => _client.Expire(key, seconds);

        public T GetSliding<T>(string key, int seconds)
        {
            T value = Get<T>(key);
            Expire(key, seconds); // expect: EXP301
            return value;
        }

        public void KeepForToday<T>(string key, T value)
        {
            _client.Set(key, value, 60);
            ExpireAt(key, DateTime.Now.AddHours(1)); // expect: EXP101, EXP102
            ExpireAt(key, new DateTime(2027, 6, 1)); // expect: EXP101
            ExpireAt(key, DateTime.UtcNow.Date.AddDays(1));
        }

        public void Throttled(string key)
        {
            string value = _client.Get(key);
            if (_client.Ttl(key) < 60)
            {
                _client.Expire(key, 600);
            }

            Console.WriteLine(value);
        }

        public void Exclusive(string name, Action work)
        {
            using (_client.Lock(name, 10))
            {
                work();
            }
        }

        public void ReadWriteExpire(string key)
        {
            string value = _client.Get(key);
            _client.Del(key);
            _client.Expire(key, 60);
            Console.WriteLine(value);
        }
    }
}
