using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutPairs
{
    public sealed class RateLimitOptions
    {
        public int PermitLimit { get; set; } = 100;

        public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

        public int? LockoutMinutes { get; set; }
    }

    public sealed record RateLimitResult(bool Allowed, long Remaining, TimeSpan? RetryAfter);

    public sealed class IpRateLimiter
    {
        private readonly IConnectionMultiplexer _redis;
        private readonly RateLimitOptions _options;

        public IpRateLimiter(IConnectionMultiplexer redis, RateLimitOptions options)
        {
            _redis = redis;
            _options = options;
        }

        public async Task<RateLimitResult> CheckAsync(string ip, string route, CancellationToken ct = default)
        {
            ct.ThrowIfCancellationRequested();
            var db = _redis.GetDatabase();
            var bucket = DateTimeOffset.UtcNow.ToUnixTimeSeconds() / (long)_options.Window.TotalSeconds;
            var key = $"rl:{route}:{ip}:{bucket}";

            var hits = await db.StringIncrementAsync(key).ConfigureAwait(false);
            if (hits == 1L)
            {
                await db.KeyExpireAsync(key, _options.Window).ConfigureAwait(false); // expect: EXP303
            }

            if (hits <= _options.PermitLimit)
            {
                return new RateLimitResult(true, _options.PermitLimit - hits, null);
            }

            var ttl = await db.KeyTimeToLiveAsync(key).ConfigureAwait(false);
            return new RateLimitResult(false, 0, ttl);
        }

        public bool Hit(string ip)
        {
            IDatabase db = _redis.GetDatabase();
            RedisKey key = "hits:" + ip;
            if (1 == db.StringIncrement(key))
                db.KeyExpire(key, _options.Window); // expect: EXP303
            return (long)db.StringGet(key) <= _options.PermitLimit;
        }

        public async Task<bool> HitWithinAsync(string ip)
        {
            IDatabase db = _redis.GetDatabase();
            RedisKey key = "hits:" + ip;
            long n = await db.StringIncrementAsync(key, flags: CommandFlags.DemandMaster);
            if (n is 1)
            {
                _ = await db.KeyExpireAsync(key, expiry: _options.Window, flags: CommandFlags.DemandMaster); // expect: EXP303
            }

            return n <= _options.PermitLimit;
        }

        public async ValueTask<long> CountAsync(string ip)
        {
            IDatabase db = _redis.GetDatabase();
            RedisKey key = "hits:" + ip;
            long n = await db.StringIncrementAsync(key);
            return n > 1 ? n : await Started(db, key, n); // expect: EXP303
        }

        private async Task<long> Started(IDatabase db, RedisKey key, long n)
        {
            await db.KeyExpireAsync(key, _options.Window);
            return n;
        }

        public async Task<bool> Throttle(string apiKey)
        {
            IDatabase db = _redis.GetDatabase();
            var key = new RedisKey("throttle:" + apiKey);
            var current = await db.StringIncrementAsync(key);
            var started = current < 2;
            if (started)
            {
                db.KeyExpire(key, TimeSpan.FromSeconds(10), CommandFlags.FireAndForget); // expect: EXP303
            }

            return current > 20;
        }

        public async Task<long> SwitchOn(string apiKey)
        {
            IDatabase db = _redis.GetDatabase();
            string key = $"burst:{apiKey}";
            long current = await db.StringIncrementAsync(key);
            switch (current)
            {
                case 1:
                    await db.KeyExpireAsync(key, TimeSpan.FromSeconds(1)); // expect: EXP303
                    break;
                case > 50:
                    throw new InvalidOperationException("slow down");
            }

            return current;
        }

        public async Task<long> Both(string ip)
        {
            IDatabase db = _redis.GetDatabase();
            string key = $"burst:{ip}";
            var inc = db.StringIncrementAsync(key);
            var exp = db.KeyExpireAsync(key, TimeSpan.FromSeconds(30)); // expect: EXP303
            await Task.WhenAll(inc, exp);
            return inc.Result;
        }

        public async Task<long> InBatch(string ip)
        {
            IDatabase db = _redis.GetDatabase();
            string key = $"burst:{ip}";
            IBatch batch = db.CreateBatch();
            Task<long> inc = batch.StringIncrementAsync(key);
            Task<bool> exp = batch.KeyExpireAsync(key, TimeSpan.FromSeconds(30)); // expect: EXP303
            batch.Execute();
            await Task.WhenAll(inc, exp);
            return await inc;
        }

        // The transaction holds the expire alone.
        public async Task<long> HalfAtomic(string ip)
        {
            IDatabase db = _redis.GetDatabase();
            string key = $"burst:{ip}";
            long n = await db.StringIncrementAsync(key);
            if (n == 1)
            {
                ITransaction tran = db.CreateTransaction();
                _ = tran.KeyExpireAsync(key, TimeSpan.FromMinutes(1)); // expect: EXP303
                await tran.ExecuteAsync();
            }

            return n;
        }

        // The pair in one transaction.
        public async Task<long> Atomic(string ip)
        {
            IDatabase db = _redis.GetDatabase();
            string key = $"burst:{ip}";
            ITransaction tran = db.CreateTransaction();
            Task<long> inc = tran.StringIncrementAsync(key);
            Task<bool> exp = tran.KeyExpireAsync(key, TimeSpan.FromSeconds(30));
            if (!await tran.ExecuteAsync())
            {
                return 0;
            }

            await exp;
            return await inc;
        }

        // Every call gives a missing TTL back.
        public async Task<long> SelfHealing(string ip)
        {
            IDatabase db = _redis.GetDatabase();
            string key = $"burst:{ip}";
            long n = await db.StringIncrementAsync(key);
            await db.KeyExpireAsync(key, _options.Window, ExpireWhen.HasNoExpiry);
            return n;
        }

        // A crash between the two is repaired by the next request.
        public async Task<long> Repaired(string ip)
        {
            IDatabase db = _redis.GetDatabase();
            string key = $"burst:{ip}";
            long n = await db.StringIncrementAsync(key);
            TimeSpan? left = await db.KeyTimeToLiveAsync(key);
            if (left is null)
            {
                await db.KeyExpireAsync(key, _options.Window);
            }

            return n;
        }

        // The script does both.
        public async Task<long> Scripted(string ip)
        {
            const string script = @"
                local n = redis.call('INCR', KEYS[1])
                if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
                return n";
            IDatabase db = _redis.GetDatabase();
            return (long)await db.ScriptEvaluateAsync(script, new RedisKey[] { "burst:" + ip }, new RedisValue[] { (long)_options.Window.TotalMilliseconds });
        }

        // The counter exists with its TTL before it is incremented.
        public long Seeded(string ip)
        {
            IDatabase db = _redis.GetDatabase();
            string key = $"burst:{ip}";
            db.StringSet(key, 0, _options.Window, When.NotExists);
            return db.StringIncrement(key);
        }

        // Two keys: the counter of the minute has its TTL from a transaction, the list of active clients another.
        public async Task<long> TwoKeys(string ip)
        {
            IDatabase db = _redis.GetDatabase();
            string key = $"burst:{ip}";
            long total = await db.StringIncrementAsync("burst:total");
            await db.StringSetAsync($"{key}:seen", total, _options.Window);
            await db.KeyExpireAsync($"{key}:seen", TimeSpan.FromMinutes(5));
            return total;
        }
    }

    public sealed class SlidingWindowLimiter
    {
        private readonly IDatabase _db;
        private readonly TimeProvider _clock;

        public SlidingWindowLimiter(IDatabase db, TimeProvider clock)
        {
            _db = db;
            _clock = clock;
        }

        public async Task<bool> TryAcquireAsync(string client, int limit, TimeSpan window)
        {
            string key = $"sw:{client}";
            long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
            await _db.SortedSetRemoveRangeByScoreAsync(key, double.NegativeInfinity, now - window.TotalMilliseconds);
            long used = await _db.SortedSetLengthAsync(key);
            if (used >= limit)
            {
                return false;
            }

            await _db.SortedSetAddAsync(key, Guid.NewGuid().ToString("N"), now);
            await _db.KeyExpireAsync(key, window); // expect: EXP302
            return true;
        }

        public async Task<bool> TryAcquireAtomicAsync(string client, int limit, TimeSpan window)
        {
            string key = $"sw:{client}";
            long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
            var tran = _db.CreateTransaction();
            _ = tran.SortedSetRemoveRangeByScoreAsync(key, double.NegativeInfinity, now - window.TotalMilliseconds);
            _ = tran.SortedSetAddAsync(key, Guid.NewGuid().ToString("N"), now);
            var length = tran.SortedSetLengthAsync(key);
            _ = tran.KeyExpireAsync(key, window);
            await tran.ExecuteAsync();
            return await length <= limit;
        }
    }

    public sealed class LoginThrottle(IDatabase cache, RateLimitOptions options)
    {
        private static string FailureKey(string user) => $"login:fail:{user.ToLowerInvariant()}";

        public async Task RegisterFailureAsync(string user)
        {
            var failures = await cache.StringIncrementAsync(FailureKey(user));
            if (failures > 1)
            {
                return;
            }

            await cache.KeyExpireAsync(FailureKey(user), TimeSpan.FromMinutes(options.LockoutMinutes ?? 15)); // expect: EXP303
        }

        public void RegisterFailure(string user)
        {
            try
            {
                cache.StringIncrement(FailureKey(user));
            }
            finally
            {
                cache.KeyExpire(FailureKey(user), TimeSpan.FromMinutes(15)); // expect: EXP303
            }
        }

        public async Task<int> FailuresAsync(string user, string address)
        {
            async Task<long> Bump(string key)
            {
                var value = await cache.StringIncrementAsync(key);
                if (value == 1)
                {
                    await cache.KeyExpireAsync(key, TimeSpan.FromHours(1)); // expect: EXP303
                }

                return value;
            }

            return (int)Math.Max(await Bump(FailureKey(user)), await Bump("login:ip:" + address));
        }

        public async Task LockOutAsync(string user)
        {
            string key = $"login:lock:{user}";
            if (options.LockoutMinutes is { } minutes)
            {
                await cache.StringSetAsync(key, 1, TimeSpan.FromMinutes(minutes));
            }
        }

        public Task ResetAsync(string user) => cache.KeyDeleteAsync(FailureKey(user));

        // The old counter is gone before the deadline is set: a fresh string with its own TTL.
        public async Task RestartAsync(string user)
        {
            string key = FailureKey(user);
            await cache.StringIncrementAsync(key);
            await cache.KeyDeleteAsync(key);
            await cache.StringSetAsync(key, 0, TimeSpan.FromMinutes(15));
        }
    }

    public sealed class DailyQuota
    {
        private readonly Func<IDatabase> _database;

        public DailyQuota(Func<IDatabase> database) => _database = database;

        public async Task<bool> ConsumeAsync(string tenant, long units)
        {
            IDatabase db = _database();
            var key = string.Format("quota:{0}:{1:yyyyMMdd}", tenant, DateTime.UtcNow);
            long used = await db.StringIncrementAsync(key, units);
            if (used == units)
            {
                await db.KeyExpireAsync(key, DateTime.UtcNow.Date.AddDays(2)); // expect: EXP303
            }

            return used <= 10_000;
        }

        public async Task<bool> ConsumeMonthlyAsync(string tenant, string feature)
        {
            IDatabase db = _database();
            var key = $"quota:{tenant}:{DateTime.UtcNow:yyyyMM}";
            long used = await db.HashIncrementAsync(key, feature);
            await db.KeyExpireAsync(key, TimeSpan.FromDays(32)); // expect: EXP303
            return used <= 1_000_000;
        }

        public async Task<double> ScoreAsync(string board, string player, double points)
        {
            IDatabase db = _database();
            double score = await db.SortedSetIncrementAsync(board, player, points);
            if (await db.SortedSetLengthAsync(board) == 1)
            {
                await db.KeyExpireAsync(board, TimeSpan.FromDays(7)); // expect: EXP303
            }

            return score;
        }

        public async Task<long> RawAsync(string tenant)
        {
            IDatabase db = _database();
            string key = "quota:raw:" + tenant;
            var used = (long)await db.ExecuteAsync("INCR", key);
            if (used == 1)
            {
                await db.ExecuteAsync("EXPIRE", key, 86400); // expect: EXP303
            }

            return used;
        }

        // Given back: the counter is there already, and keeps its TTL.
        public async Task RefundAsync(string tenant, long units)
        {
            IDatabase db = _database();
            var key = $"quota:{tenant}";
            if (await db.KeyExistsAsync(key))
            {
                await db.StringDecrementAsync(key, units);
            }
        }

        // Another database.
        public async Task MirrorAsync(IConnectionMultiplexer redis, string tenant)
        {
            var key = $"quota:{tenant}";
            await redis.GetDatabase(1).StringIncrementAsync(key);
            await redis.GetDatabase(2).KeyExpireAsync(key, TimeSpan.FromDays(1));
        }

        // Per item: the key is another one each time round.
        public async Task TouchAllAsync(IEnumerable<string> tenants)
        {
            IDatabase db = _database();
            string key = "quota:runs";
            await db.StringIncrementAsync(key);
            foreach (string tenant in tenants)
            {
                key = "quota:" + tenant;
                await db.KeyExpireAsync(key, TimeSpan.FromDays(1));
            }
        }

        public async Task<IReadOnlyList<long>> ManyAsync(IEnumerable<string> tenants)
        {
            IDatabase db = _database();
            return await Task.WhenAll(tenants.Select(async tenant =>
            {
                var key = $"quota:{tenant}";
                var n = await db.StringIncrementAsync(key);
                if (n == 1)
                    await db.KeyExpireAsync(key, TimeSpan.FromDays(1)); // expect: EXP303
                return n;
            }));
        }
    }
}
