using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Mixed
{
    public sealed class Pairs
    {
        private readonly IDatabase _db;

        public Pairs(IDatabase db) => _db = db;

        private static string CartKey(string user) => "cart:" + user;

        public async Task SaveCart(string user, HashEntry[] items)
        {
            await _db.HashSetAsync(CartKey(user), items);
            await _db.KeyExpireAsync(CartKey(user), TimeSpan.FromDays(7)); // expect: EXP302
        }

        public async Task Save(string key, string value, TimeSpan? ttl)
        {
            await _db.StringSetAsync(key, value);
            if (ttl.HasValue)
            {
                await _db.KeyExpireAsync(key, ttl.Value); // expect: EXP302
            }
        }

        public Task Together(RedisKey key, RedisValue member) =>
            Task.WhenAll(_db.SetAddAsync(key, member), _db.KeyExpireAsync(key, TimeSpan.FromHours(1))); // expect: EXP302

        public void Log(string key, IEnumerable<string> lines)
        {
            foreach (string line in lines)
            {
                _db.ListRightPush(key, line);
            }

            _db.ListTrim(key, -100, -1);
            _db.KeyExpire(key, TimeSpan.FromHours(1)); // expect: EXP302
        }

        public void Reversed(string key, string value)
        {
            _db.KeyExpire(key, TimeSpan.FromHours(1)); // expect: EXP302
            _db.StringSet(key, value);
        }

        public async Task InFinally(string key, StreamEntry entry, NameValueEntry[] values)
        {
            try
            {
                await _db.StreamAddAsync(key, values);
            }
            finally
            {
                await _db.KeyExpireAsync(key, TimeSpan.FromHours(1)); // expect: EXP302
            }
        }

        public async Task Scores(string board, string player, double score)
        {
            var added = _db.SortedSetAddAsync(board, player, score);
            var expired = _db.KeyExpireAsync(board, TimeSpan.FromDays(1)); // expect: EXP302
            await added;
            await expired;
        }

        public async Task OneCommand(string key, string value) => await _db.StringSetAsync(key, value, TimeSpan.FromHours(1));

        public async Task InTransaction(string key, HashEntry[] items)
        {
            ITransaction transaction = _db.CreateTransaction();
            _ = transaction.HashSetAsync(key, items);
            _ = transaction.KeyExpireAsync(key, TimeSpan.FromHours(1));
            await transaction.ExecuteAsync();
        }

        public async Task OtherKey(string key, string value)
        {
            await _db.StringSetAsync(key, value, TimeSpan.FromHours(1));
            await _db.KeyExpireAsync("index:" + key, TimeSpan.FromHours(1));
        }

        public async Task Either(string key, string value, bool exists)
        {
            if (exists)
            {
                await _db.KeyExpireAsync(key, TimeSpan.FromHours(1));
            }
            else
            {
                await _db.HashSetAsync(key, "v", value);
            }
        }

        // Counters.
        public async Task<bool> Allow(string client)
        {
            string key = $"rate:{client}";
            long count = await _db.StringIncrementAsync(key);
            if (count == 1)
            {
                await _db.KeyExpireAsync(key, TimeSpan.FromMinutes(1)); // expect: EXP303
            }

            return count <= 100;
        }

        public long Failures(string user)
        {
            long failures = _db.StringIncrement("failures:" + user);
            _db.KeyExpire("failures:" + user, TimeSpan.FromMinutes(15)); // expect: EXP303
            return failures;
        }

        public async Task<long> Daily(string user)
        {
            var key = "quota:" + user;
            var used = await _db.HashIncrementAsync(key, "calls", 1).ConfigureAwait(false);
            if (used > 1) return used;
            await _db.KeyExpireAsync(key, DateTime.UtcNow.Date.AddDays(1)).ConfigureAwait(false); // expect: EXP303
            return used;
        }

        public async Task<long> Seeded(string client)
        {
            string key = $"rate:{client}";
            await _db.StringSetAsync(key, 0, TimeSpan.FromMinutes(1), When.NotExists);
            return await _db.StringIncrementAsync(key);
        }

        public async Task<long> CountInTransaction(string key)
        {
            ITransaction transaction = _db.CreateTransaction();
            Task<long> count = transaction.StringIncrementAsync(key);
            _ = transaction.KeyExpireAsync(key, TimeSpan.FromMinutes(1), ExpireWhen.HasNoExpiry);
            await transaction.ExecuteAsync();
            return await count;
        }

        // Waits.
        public async Task<RedisValue> Captured(string key)
        {
            ITransaction transaction = _db.CreateTransaction();
            Task<RedisValue> task = transaction.StringGetAsync(key);
            RedisValue value = await task; // expect: EXP304
            await transaction.ExecuteAsync();
            return value;
        }

        public async Task All(IEnumerable<KeyValuePair<RedisKey, RedisValue>> pairs)
        {
            IBatch batch = _db.CreateBatch();
            var tasks = new List<Task>();
            foreach (KeyValuePair<RedisKey, RedisValue> pair in pairs)
            {
                tasks.Add(batch.StringSetAsync(pair.Key, pair.Value));
            }

            await Task.WhenAll(tasks); // expect: EXP304
            batch.Execute();
        }

        public async Task AllRight(IEnumerable<KeyValuePair<RedisKey, RedisValue>> pairs)
        {
            IBatch batch = _db.CreateBatch();
            var tasks = new List<Task>();
            foreach (KeyValuePair<RedisKey, RedisValue> pair in pairs)
            {
                tasks.Add(batch.StringSetAsync(pair.Key, pair.Value));
            }

            batch.Execute();
            await Task.WhenAll(tasks);
        }

        // The server's answer and this machine's clock.
        public async Task<bool> IsExpired(string key)
        {
            DateTime? at = await _db.KeyExpireTimeAsync(key);
            return at < DateTime.UtcNow; // expect: EXP104
        }

        public TimeSpan? Left(string key)
        {
            DateTime? at = _db.KeyExpireTime(key);
            return at - DateTime.Now; // expect: EXP104
        }

        public bool StillThere(string key) => _db.KeyExpireTime(key) is { } at && at > DateTime.UtcNow; // expect: EXP104

        public bool LeftByServer(string key) => _db.KeyTimeToLive(key) > TimeSpan.FromSeconds(5);

        public DateTime? Show(string key) => _db.KeyExpireTime(key);

        public bool SameMoment(string one, string other) => _db.KeyExpireTime(one) == _db.KeyExpireTime(other);

        // Locks.
        public async Task NotChecked(Func<Task> work)
        {
            await _db.LockTakeAsync("job", "me", TimeSpan.FromSeconds(30)); // expect: EXP202
            try
            {
                await work();
            }
            finally
            {
                await _db.LockReleaseAsync("job", "me");
            }
        }

        public async Task NotReleasedOnThrow(Func<Task> work)
        {
            if (await _db.LockTakeAsync("job", "me", TimeSpan.FromSeconds(30))) // expect: EXP202
            {
                await work();
                await _db.LockReleaseAsync("job", "me");
            }
        }

        public Task<bool> TryLock(string name, string token) => _db.LockTakeAsync(name, token, TimeSpan.FromSeconds(30));
    }
}
