using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutPairs
{
    public static class Keys
    {
        public const string Root = "shop";

        public static string Otp(string phone) => $"{Root}:otp:{phone}";

        public static RedisKey Attempts(string phone) => Root + ":otp-attempts:" + phone;

        public static string Views(int article, DateOnly day) => $"{Root}:views:{article}:{day:yyyyMMdd}";
    }

    public static class Redis
    {
        private static readonly Lazy<ConnectionMultiplexer> Mux = new(() => ConnectionMultiplexer.Connect("localhost"));

        public static ConnectionMultiplexer Connection => Mux.Value;
    }

    public static class CounterExtensions
    {
        public static async Task<long> IncrementAsync(this IDatabaseAsync db, RedisKey key, TimeSpan window)
        {
            var value = await db.StringIncrementAsync(key);
            if (value is not 1)
                return value;

            await db.KeyExpireAsync(key, window); // expect: EXP303
            return value;
        }

        public static long Increment(this IDatabase db, string key, TimeSpan ttl, long by = 1L)
        {
            if (db.StringIncrement(key, by) is var total && total == by)
            {
                db.KeyExpire(key, ttl); // expect: EXP303
            }

            return total;
        }

        public static async Task<bool> FirstAsync(this IDatabase db, string key, TimeSpan ttl) =>
            await db.StringIncrementAsync(key) == 1 && await db.KeyExpireAsync(key, ttl); // expect: EXP303

        public static async Task AppendAsync(this IDatabase db, string key, string text, TimeSpan ttl)
        {
            await db.StringAppendAsync(key, text).ConfigureAwait(false);
            await db.KeyExpireAsync(key, ttl).ConfigureAwait(false); // expect: EXP302
        }

        public static async Task<RedisValue> SwapAsync(this IDatabase db, string key, string value, TimeSpan ttl)
        {
            RedisValue old = await db.StringGetSetAsync(key, value);
            await db.KeyExpireAsync(key, ttl); // expect: EXP302
            return old;
        }

        public static async Task<T?> GetAndTouchAsync<T>(this IDatabase db, string key, TimeSpan ttl)
            where T : class
        {
            using Lease<byte>? bytes = await db.StringGetLeaseAsync(key);
            if (bytes is not { Length: > 0 })
            {
                return default;
            }

            try
            {
                return JsonSerializer.Deserialize<T>(bytes.Span);
            }
            finally
            {
                db.KeyExpire(key, ttl, CommandFlags.FireAndForget); // expect: EXP301
            }
        }

        // Only hands on.
        public static Task<bool> ExpireInAsync(this IDatabaseAsync db, RedisKey key, TimeSpan ttl) => db.KeyExpireAsync(key, ttl);

        // The caller chose one; nothing is written here.
        public static Task<bool> KeepAsync(this IDatabaseAsync db, RedisKey key, TimeSpan? ttl) =>
            ttl is null ? db.KeyPersistAsync(key) : db.KeyExpireAsync(key, ttl);

        // The overflow is cut back, not begun: the counter has its TTL from Increment.
        public static async Task CapAsync(this IDatabase db, RedisKey key, long cap)
        {
            if (await db.StringGetAsync(key) is { IsInteger: true } value && (long)value > cap)
            {
                await db.StringSetAsync(key, cap, Expiration.KeepTtl);
            }
        }
    }

    public sealed class OtpEndpoints
    {
        private static readonly TimeSpan Valid = TimeSpan.FromMinutes(5);

        public Func<string, Task<bool>> Send { get; }

        public Func<string, string, Task<bool>> Verify { get; }

        public Func<string, Task<long>> Attempts { get; }

        public OtpEndpoints()
        {
            Send = async phone =>
            {
                IDatabase db = Redis.Connection.GetDatabase();
                string code = Random.Shared.Next(100_000, 999_999).ToString();
                if (!await db.StringSetAsync(Keys.Otp(phone), code))
                    return false;
                return await db.KeyExpireAsync(Keys.Otp(phone), Valid); // expect: EXP302
            };

            Verify = async (phone, code) =>
            {
                var db = Redis.Connection.GetDatabase();
                var attempts = await db.StringIncrementAsync(Keys.Attempts(phone));
                await db.KeyExpireAsync(Keys.Attempts(phone), Valid); // expect: EXP303
                if (attempts > 5)
                {
                    await db.KeyDeleteAsync(Keys.Otp(phone));
                    return false;
                }

                return await db.StringGetDeleteAsync(Keys.Otp(phone)) == code;
            };

            Attempts = async phone =>
            {
                RedisValue attempts = await Redis.Connection.GetDatabase().StringGetAsync(Keys.Attempts(phone));
                await Redis.Connection.GetDatabase().KeyExpireAsync(Keys.Attempts(phone), Valid); // expect: EXP301
                return (long)attempts;
            };
        }

        // The code and the attempts are two keys; each has its TTL.
        public async Task ResendAsync(string phone, string code)
        {
            var db = Redis.Connection.GetDatabase();
            await db.StringSetAsync(Keys.Otp(phone), code, Valid);
            await db.KeyExpireAsync(Keys.Attempts(phone), Valid);
        }

        // Yesterday's counter, today's counter.
        public async Task<long> ViewAsync(int article)
        {
            var db = Redis.Connection.GetDatabase();
            DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow);
            var tran = db.CreateTransaction();
            var views = tran.StringIncrementAsync(Keys.Views(article, today));
            _ = tran.KeyExpireAsync(Keys.Views(article, today), TimeSpan.FromDays(2), ExpireWhen.HasNoExpiry);
            await tran.ExecuteAsync();
            await db.KeyExpireAsync(Keys.Views(article, today.AddDays(-1)), TimeSpan.FromDays(1));
            return await views;
        }

        public async Task<long> ViewWrongAsync(int article)
        {
            var db = Redis.Connection.GetDatabase();
            DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow);
            long views = await db.StringIncrementAsync(Keys.Views(article, today));
            await db.KeyExpireAsync(Keys.Views(article, today), TimeSpan.FromDays(2)); // expect: EXP303
            return views;
        }

        public async Task<long> ViewGuardedAsync(int article)
        {
            var db = Redis.Connection.GetDatabase();
            string key = Keys.Views(article, DateOnly.FromDateTime(DateTime.UtcNow));
            long views = await db.StringIncrementAsync(key);
            if (views == 1)
            {
                await db.KeyExpireAsync(key, TimeSpan.FromDays(2), ExpireWhen.HasNoExpiry); // expect: EXP303
            }

            return views;
        }
    }

    public sealed class Geofences
    {
        private readonly IDatabase _db;
        private readonly Stopwatch _uptime = Stopwatch.StartNew();

        public Geofences(IDatabase db) => _db = db;

        public async Task PositionAsync(string driver, double longitude, double latitude)
        {
            await _db.GeoAddAsync("drivers", longitude, latitude, driver);
            await _db.KeyExpireAsync("drivers", TimeSpan.FromMinutes(1)); // expect: EXP302
        }

        public async Task VisitorAsync(string page, string visitor)
        {
            RedisKey key = $"hll:{page}";
            if (await _db.HyperLogLogAddAsync(key, visitor))
            {
                await _db.KeyExpireAsync(key, TimeSpan.FromDays(30)); // expect: EXP302
            }
        }

        public async Task DayAsync(int user, int day)
        {
            await _db.StringSetBitAsync("active:" + user, day, true);
            await _db.KeyExpireAsync("active:" + user, TimeSpan.FromDays(400)); // expect: EXP302
        }

        public async Task ParallelAsync(IEnumerable<string> drivers, CancellationToken ct)
        {
            await Parallel.ForEachAsync(drivers, ct, async (driver, _) =>
            {
                string key = $"driver:{driver}";
                await _db.HashSetAsync(key, "seen", DateTimeOffset.UtcNow.ToUnixTimeSeconds());
                await _db.KeyExpireAsync(key, TimeSpan.FromMinutes(10)); // expect: EXP302
            });
        }

        public async Task ConsumeAsync(IAsyncEnumerable<(string Driver, string Json)> positions)
        {
            await foreach (var (driver, json) in positions)
            {
                await _db.StringSetAsync("pos:" + driver, json);
                await _db.KeyExpireAsync("pos:" + driver, TimeSpan.FromMinutes(10)); // expect: EXP302
            }
        }

        public void Sync(string driver, string json)
        {
            _db.StringSetAsync("pos:" + driver, json).Wait();
            _db.KeyExpireAsync("pos:" + driver, TimeSpan.FromMinutes(10)).GetAwaiter().GetResult(); // expect: EXP302
        }

        public async Task PopAsync(string zone)
        {
            RedisValue next = await _db.ListRightPopLeftPushAsync($"zone:{zone}", $"zone:{zone}:work");
            if (!next.IsNull)
            {
                await _db.KeyExpireAsync($"zone:{zone}:work", TimeSpan.FromMinutes(2)); // expect: EXP302
            }
        }

        // Set once, at the start; every later write falls under the TTL that is there.
        public async Task<bool> MoveAsync(string driver, string zone)
        {
            RedisKey key = $"driver:{driver}";
            return await _db.HashSetAsync(key, "zone", zone, When.Exists);
        }

        // The write's own TTL is the longer one; the second call shortens it after use.
        public async Task<RedisValue> UseOnceAsync(string token)
        {
            RedisKey key = "once:" + token;
            await _db.StringSetAsync(key, "used", TimeSpan.FromHours(1), When.Exists);
            await _db.KeyExpireAsync(key, TimeSpan.FromMinutes(1));
            return _uptime.ElapsedMilliseconds;
        }

        // Popped lists are read no more.
        public async Task DrainAsync(string zone)
        {
            RedisKey key = $"zone:{zone}";
            RedisValue[] all = await _db.ListRangeAsync(key);
            await _db.KeyDeleteAsync(key);
            foreach (RedisValue one in all)
            {
                await _db.StringSetAsync("drained:" + one, 1, TimeSpan.FromMinutes(1));
                await _db.KeyExpireAsync("zone-of:" + one, TimeSpan.FromMinutes(1));
            }
        }

        // The read belongs to the first loop's keys, the expiry to the second's.
        public async Task SweepAsync(string[] read, string[] expire)
        {
            foreach (string name in read)
            {
                _ = await _db.StringGetAsync("zone:" + name);
            }

            foreach (string name in expire)
            {
                await _db.KeyExpireAsync("zone:" + name, TimeSpan.FromMinutes(1));
            }
        }

        // A deadline for a key that another service writes.
        public Task<bool> CloseAsync(string zone) => _db.KeyExpireAsync($"zone:{zone}", TimeSpan.FromMinutes(5));

        // One by one, each with its own TTL.
        public async Task PutAllAsync(IReadOnlyDictionary<string, string> values, TimeSpan ttl)
        {
            IBatch batch = _db.CreateBatch();
            var all = values.Select(v => batch.StringSetAsync(v.Key, v.Value, ttl)).ToArray();
            batch.Execute();
            await Task.WhenAll(all);
        }
    }

    public interface ITypedCache
    {
        Task<T?> GetAsync<T>(string key);

        Task SetAsync<T>(string key, T value, TimeSpan? ttl);

        Task<bool> ExpireAsync(string key, TimeSpan ttl);
    }

    public sealed class TypedCache(IDatabase db) : ITypedCache
    {
        public async Task<T?> GetAsync<T>(string key)
        {
            var value = await db.StringGetAsync(key);
            return value.HasValue ? JsonSerializer.Deserialize<T>(value.ToString()) : default;
        }

        public async Task SetAsync<T>(string key, T value, TimeSpan? ttl)
        {
            string json = JsonSerializer.Serialize(value);
            if (ttl is { } t)
            {
                await db.StringSetAsync(key, json, t);
            }
            else
            {
                await db.StringSetAsync(key, json);
            }
        }

        public Task<bool> ExpireAsync(string key, TimeSpan ttl) => db.KeyExpireAsync(key, ttl);

        public async Task<T?> GetSlidingAsync<T>(string key, TimeSpan sliding)
        {
            T? value = await GetAsync<T>(key);
            if (value is null)
            {
                return default;
            }

            await ExpireAsync(key, sliding); // expect: EXP301
            return value;
        }

        public async Task<T> GetOrCreateAsync<T>(string key, Func<Task<T>> create, TimeSpan ttl)
        {
            T? found = await GetAsync<T>(key);
            if (found is not null)
            {
                return found;
            }

            T made = await create();
            await SetAsync(key, made, ttl);
            return made;
        }

        public async Task SetListAsync<T>(string key, IEnumerable<T> items, TimeSpan ttl)
        {
            await db.KeyDeleteAsync(key);
            foreach (T item in items)
                await db.ListRightPushAsync(key, JsonSerializer.Serialize(item));
            await ExpireAsync(key, ttl); // expect: EXP302
        }

        public async Task<bool> ReplaceAsync<T>(string key, T value, TimeSpan ttl)
        {
            ITransaction tran = db.CreateTransaction();
            tran.AddCondition(Condition.KeyExists(key));
            _ = tran.StringSetAsync(key, JsonSerializer.Serialize(value), ttl);
            return await tran.ExecuteAsync();
        }
    }
}
