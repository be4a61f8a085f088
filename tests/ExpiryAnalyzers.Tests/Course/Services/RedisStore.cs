using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Services.StaticStore
{
    public static class RedisStore
    {
        private static readonly Lazy<ConnectionMultiplexer> LazyConnection =
            new Lazy<ConnectionMultiplexer>(() => ConnectionMultiplexer.Connect("localhost:6379,abortConnect=false"));

        private static readonly TimeSpan DefaultExpiry = new TimeSpan(1, 0, 0);
        private static readonly DateTime Launch = new DateTime(2031, 3, 1, 8, 0, 0);
        private static readonly DateTime LaunchUtc = new DateTime(2031, 3, 1, 8, 0, 0, DateTimeKind.Utc);

        public static ConnectionMultiplexer Connection => LazyConnection.Value;

        public static IDatabase RedisCache => Connection.GetDatabase();

        public static void Put(string key, string value) => RedisCache.StringSet(key, value, DefaultExpiry);

        public static void PutUntilLaunch(string key, string value) => RedisCache.StringSet(key, value, Launch); // expect: EXP101

        public static void PutUntilLaunchUtc(string key, string value) => RedisCache.StringSet(key, value, LaunchUtc);

        public static string Take(string key)
        {
            string? value = RedisCache.StringGet(key);
            if (string.IsNullOrEmpty(value))
            {
                return string.Empty;
            }

            RedisCache.KeyExpire(key, DefaultExpiry); // expect: EXP301
            return value;
        }

        public static string TakeOnce(string key)
        {
            string? value = RedisCache.StringGet(key);
            if (value != null)
            {
                RedisCache.KeyDelete(key);
            }

            return value ?? string.Empty;
        }

        public static string Swap(string key, string value)
        {
            string? old = RedisCache.StringGet(key);
            RedisCache.StringSet(key, value);
            RedisCache.KeyExpire(key, DateTime.UtcNow.Add(DefaultExpiry)); // expect: EXP102, EXP302
            return old ?? string.Empty;
        }

        public static bool Expire(string key, DateTime? at) => RedisCache.KeyExpire(key, at);

        public static bool Expire(string key, string at)
        {
            return RedisCache.KeyExpire(key, DateTime.ParseExact(at, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)); // expect: EXP101
        }

        public static bool ExpireIso(string key, string at)
        {
            return RedisCache.KeyExpire(key, DateTimeOffset.Parse(at, CultureInfo.InvariantCulture).UtcDateTime);
        }

        public static bool Forever(string key) => RedisCache.KeyExpire(key, DateTime.MaxValue);

        public static bool ForgetNow(string key) => RedisCache.KeyExpire(key, DateTime.UtcNow);

        public static void WithLock(string name, Action body)
        {
            RedisValue owner = Environment.MachineName + Environment.CurrentManagedThreadId;
            while (!RedisCache.LockTake("lock:" + name, owner, TimeSpan.FromSeconds(10))) // expect: EXP201
            {
                Thread.Sleep(100);
            }

            try
            {
                body();
            }
            finally
            {
                RedisCache.LockRelease("lock:" + name, owner);
            }
        }

        public static T WithLock<T>(string name, int timeoutMs, Func<T> body)
        {
            string owner = Guid.NewGuid().ToString();
            DateTime begin = DateTime.Now;
            while (DateTime.Now - begin < TimeSpan.FromMilliseconds(timeoutMs))
            {
                if (RedisCache.LockTake($"lock:{name}", owner, TimeSpan.FromSeconds(30))) // expect: EXP201
                {
                    try
                    {
                        return body();
                    }
                    finally
                    {
                        RedisCache.LockRelease($"lock:{name}", owner);
                    }
                }

                Thread.Sleep(20);
            }

            throw new TimeoutException(name);
        }

        public static IDisposable? Acquire(string name, TimeSpan ttl)
        {
            string owner = Guid.NewGuid().ToString();
            return RedisCache.LockTake($"lock:{name}", owner, ttl) ? new Handle($"lock:{name}", owner) : null;
        }

        public static async Task<bool> TryRunAsync(string name, Func<Task> body)
        {
            using IDisposable? handle = Acquire(name, TimeSpan.FromMinutes(1)); // expect: EXP201
            if (handle is null)
            {
                return false;
            }

            await body();
            return true;
        }

        private sealed class Handle(string key, string owner) : IDisposable
        {
            public void Dispose() => RedisCache.LockRelease(key, owner);
        }
    }
}
