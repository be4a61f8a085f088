using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutPairs
{
    public sealed class PresenceTracker : IDisposable
    {
        private static readonly TimeSpan OnlineFor = TimeSpan.FromSeconds(45);
        private readonly IDatabase _db;
        private readonly Timer _heartbeat;
        private readonly ConcurrentDictionary<string, string> _connections = new();

        public PresenceTracker(IDatabase db)
        {
            _db = db;
            _heartbeat = new Timer(_ => Beat(), null, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        }

        private void Beat()
        {
            foreach (var (connection, user) in _connections)
            {
                _db.KeyExpire($"presence:{user}", OnlineFor);
            }
        }

        public async Task ConnectedAsync(string user, string connection)
        {
            _connections[connection] = user;
            await _db.SetAddAsync($"presence:{user}", connection);
            await _db.KeyExpireAsync($"presence:{user}", OnlineFor); // expect: EXP302
        }

        public async Task DisconnectedAsync(string connection)
        {
            if (_connections.TryRemove(connection, out string? user))
            {
                await _db.SetRemoveAsync($"presence:{user}", connection);
            }
        }

        public async Task<bool> IsOnlineAsync(string user)
        {
            RedisKey key = $"presence:{user}";
            long connections = await _db.SetLengthAsync(key);
            if (connections == 0)
            {
                return false;
            }

            await _db.KeyExpireAsync(key, OnlineFor); // expect: EXP301
            return true;
        }

        public Task JoinAsync(string room, string user) => Retry(async () =>
        {
            await _db.HashSetAsync($"room:{room}", user, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
            await _db.KeyExpireAsync($"room:{room}", TimeSpan.FromHours(6)); // expect: EXP302
        });

        public Task JoinFromHereAsync(string room, string user)
        {
            var key = $"room:{room}";
            return _db.HashSetAsync(key, user, 1)
                .ContinueWith(_ => _db.KeyExpireAsync(key, TimeSpan.FromHours(6)), TaskScheduler.Default) // expect: EXP302
                .Unwrap();
        }

        private static async Task Retry(Func<Task> action)
        {
            for (int i = 0; ; i++)
            {
                try
                {
                    await action();
                    return;
                }
                catch (RedisTimeoutException) when (i < 3)
                {
                    await Task.Delay(100 * (i + 1));
                }
            }
        }

        public async Task TypingAsync(string room, string user)
        {
            string key = "typing:" + room;
            Task added = _db.SortedSetAddAsync(key, user, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
            Task expiring = _db.KeyExpireAsync(key, TimeSpan.FromSeconds(10)); // expect: EXP302
            await added;
            await expiring;
        }

        public async Task SeenAsync(string user)
        {
            var entries = new[] { new HashEntry("at", DateTimeOffset.UtcNow.ToUnixTimeSeconds()) };
            await (_db.HashSetAsync("seen:" + user, entries));
            await SetLifetimeAsync("seen:" + user, TimeSpan.FromDays(1)); // expect: EXP302
        }

        private async Task SetLifetimeAsync(string key, TimeSpan ttl)
        {
            if (ttl > TimeSpan.Zero)
            {
                await _db.KeyExpireAsync(key, ttl);
            }
        }

        // One command, TTL and all.
        public Task<bool> AwayAsync(string user) => _db.StringSetAsync("away:" + user, 1, OnlineFor);

        // Kept for ever first, and then let go in another method's turn.
        public Task LeaveAsync(string room, string user) => _db.HashDeleteAsync($"room:{room}", user);

        public async Task EmptyAsync(string room)
        {
            if (await _db.HashLengthAsync($"room:{room}") == 0)
            {
                return;
            }

            await _db.KeyDeleteAsync($"room:{room}");
        }

        // The sender's room and the receiver's.
        public async Task MoveAsync(string from, string to, string user)
        {
            await _db.HashDeleteAsync($"room:{from}", user);
            var tran = _db.CreateTransaction();
            _ = tran.HashSetAsync($"room:{to}", user, 1);
            _ = tran.KeyExpireAsync($"room:{to}", TimeSpan.FromHours(6));
            await tran.ExecuteAsync();
            await _db.KeyExpireAsync($"room:{from}", TimeSpan.FromHours(6));
        }

        public void Dispose() => _heartbeat.Dispose();
    }

    public sealed class QueueConsumer
    {
        private readonly IDatabase _db;

        public QueueConsumer(IDatabase db) => _db = db;

        public async Task EnqueueAsync(string queue, IEnumerable<string> jobs, TimeSpan? keep = null)
        {
            RedisKey key = "queue:" + queue;
            RedisValue[] values = jobs.Select(j => (RedisValue)j).ToArray();
            await _db.ListLeftPushAsync(key, values);
            if (keep.HasValue)
                await _db.KeyExpireAsync(key, keep.Value); // expect: EXP302
        }

        public void Log(string worker, string line)
        {
            RedisKey key = "log:" + worker;
            _db.ListRightPush(key, line);
            _db.ListTrim(key, -500, -1);
            _db.KeyExpire(key, TimeSpan.FromDays(3)); // expect: EXP302
        }

        public async Task<string?> NextAsync(string queue)
        {
            RedisKey key = "queue:" + queue;
            string? job = await _db.ListGetByIndexAsync(key, -1);
            if (job == null)
            {
                return null;
            }
            else
            {
                await _db.KeyExpireAsync(key, TimeSpan.FromHours(1)); // expect: EXP301
                return job;
            }
        }

        public async Task<StreamEntry[]> ReadAsync(string stream, RedisValue position)
        {
            StreamEntry[] entries = await _db.StreamReadAsync(stream, position, count: 100);
            await _db.KeyExpireAsync(stream, TimeSpan.FromDays(1)); // expect: EXP301
            return entries;
        }

        public async Task<RedisValue> PublishAsync(string stream, NameValueEntry[] message)
        {
            RedisValue id = await _db.StreamAddAsync(stream, message, maxLength: 10_000, useApproximateMaxLength: true);
            await _db.KeyExpireAsync(stream, TimeSpan.FromDays(1)); // expect: EXP302
            return id;
        }

        public async Task<bool> OnceAsync(string messageId, Func<Task> handle)
        {
            string key = $"idem:{messageId}";
            if (!await _db.StringSetAsync(key, "running", when: When.NotExists))
            {
                return false;
            }

            await _db.KeyExpireAsync(key, TimeSpan.FromHours(24)); // expect: EXP302
            await handle();
            return true;
        }

        public async Task<bool> OnceWithTtlAsync(string messageId, Func<Task> handle)
        {
            string key = $"idem:{messageId}";
            if (!await _db.StringSetAsync(key, "running", TimeSpan.FromHours(24), When.NotExists))
            {
                return false;
            }

            try
            {
                await handle();
            }
            catch
            {
                // The next delivery may try again.
                await _db.KeyDeleteAsync(key);
                throw;
            }

            return true;
        }

        public async Task<long> AttemptAsync(string messageId)
        {
            string key = $"attempts:{messageId}";
            long attempt = await _db.StringIncrementAsync(key);
            bool first = attempt == 1;
            if (first && !await _db.KeyExpireAsync(key, TimeSpan.FromHours(24))) // expect: EXP303
            {
                throw new InvalidOperationException(key);
            }

            return attempt;
        }

        public async Task FinishAsync(string messageId, string result)
        {
            await _db.KeyExpireAsync($"idem:{messageId}", TimeSpan.FromDays(7)); // expect: EXP302
            await _db.StringSetAsync($"idem:{messageId}", result);
        }

        // The value is set anew, its TTL kept.
        public async Task UpdateAsync(string messageId, string result)
        {
            await _db.KeyExpireAsync($"idem:{messageId}", TimeSpan.FromDays(7));
            await _db.StringSetAsync($"idem:{messageId}", result, Expiration.KeepTtl);
        }

        // A hash that is there keeps the TTL that it is given before the next field.
        public async Task<bool> ProgressAsync(string messageId, int percent)
        {
            string key = $"progress:{messageId}";
            if (!await _db.KeyExpireAsync(key, TimeSpan.FromHours(1)))
            {
                return false;
            }

            await _db.HashSetAsync(key, "percent", percent);
            return true;
        }

        // The whole outbox goes over in one script.
        public Task FlushAsync(string outbox) => _db.ScriptEvaluateAsync(
            "redis.call('RPUSH', KEYS[1], ARGV[1]); redis.call('EXPIRE', KEYS[1], ARGV[2])",
            new RedisKey[] { outbox },
            new RedisValue[] { "flush", 60 });
    }
}
