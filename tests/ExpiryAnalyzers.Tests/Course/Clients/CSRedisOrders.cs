using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using CSRedis;

namespace Course.Clients
{
    public sealed class CSRedisOrders
    {
        private const int OneHour = 3600;
        private readonly CSRedisClient _redis;

        public CSRedisOrders(CSRedisClient redis) => _redis = redis;

        public async Task<Dictionary<string, string>> LoadAsync(long id)
        {
            Dictionary<string, string> order = await _redis.HGetAllAsync($"order:{id}");
            await _redis.ExpireAsync($"order:{id}", OneHour); // expect: EXP301
            return order;
        }

        public string LoadStatic(long id)
        {
            string order = RedisHelper.Get($"order:{id}");
            if (!string.IsNullOrEmpty(order))
            {
                RedisHelper.Expire($"order:{id}", TimeSpan.FromHours(1)); // expect: EXP301
            }

            return order;
        }

        public string LoadBoth(long id)
        {
            // Not the same connection, so not known to be the same database.
            string order = RedisHelper.Get($"order:{id}");
            _redis.Expire($"order:{id}", OneHour);
            return order;
        }

        public void Close(long id, DateTime closing)
        {
            RedisHelper.ExpireAt($"order:{id}", closing);
            RedisHelper.ExpireAt($"order:{id}", closing.ToUniversalTime());
            RedisHelper.ExpireAt($"order:{id}", new DateTime(2027, 1, 31)); // expect: EXP101
            RedisHelper.ExpireAt($"order:{id}", DateTime.Now.AddHours(1)); // expect: EXP101, EXP102
            _redis.PExpireAt($"order:{id}", DateTime.UtcNow.AddMilliseconds(1500)); // expect: EXP102
            _redis.ExpireAt($"order:{id}", default); // expect: EXP101
            RedisHelper.Set($"order:{id}", "closed", OneHour);
            RedisHelper.Set($"order:{id}", "closed", TimeSpan.FromHours(1), RedisExistence.Nx);
        }

        public object[] LoadInPipe(string id) =>
            _redis.StartPipe().HGetAll($"order:{id}").Expire($"order:{id}", OneHour).EndPipe(); // expect: EXP301

        public void Once(string name, Action work)
        {
            using var held = _redis.TryLock(name, 10);
            if (held != null)
            {
                work();
            }
        }
    }
}
