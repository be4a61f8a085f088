using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Services.Presence
{
    internal static class PresenceKeys
    {
        internal const string Online = "presence:online";

        internal static string Of(string user) => "presence:" + user;

        internal static string Devices(string user) => Of(user) + ":devices";
    }

    public sealed class PresenceTracker
    {
        private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(90);
        private readonly Lazy<Task<IConnectionMultiplexer>> _connection;

        public PresenceTracker(Func<Task<IConnectionMultiplexer>> connect) => _connection = new Lazy<Task<IConnectionMultiplexer>>(connect);

        public async Task BeatAsync(string user, string device)
        {
            var db = (await _connection.Value).GetDatabase();
            await db.StringSetAsync(PresenceKeys.Of(user), device, DateTime.UtcNow + Heartbeat); // expect: EXP102
            await db.SetAddAsync(PresenceKeys.Devices(user), device);
            await db.KeyExpireAsync(PresenceKeys.Devices(user), Heartbeat); // expect: EXP302
            await db.SortedSetAddAsync(PresenceKeys.Online, user, DateTimeOffset.UtcNow.Add(Heartbeat).ToUnixTimeSeconds());
        }

        public async Task<string[]> DevicesAsync(string user)
        {
            var db = (await _connection.Value).GetDatabase();
            RedisValue[] members = await db.SetMembersAsync(PresenceKeys.Devices(user));
            if (members is { Length: > 0 })
            {
                await db.KeyExpireAsync(PresenceKeys.Devices(user), Heartbeat); // expect: EXP301
            }

            return members.ToStringArray()!;
        }

        public async Task<bool> IsOnlineAsync(string user)
        {
            var db = (await _connection.Value).GetDatabase();
            var device = await db.StringGetAsync(PresenceKeys.Of(user));
            await db.KeyExpireAsync(PresenceKeys.Devices(user), Heartbeat);
            return device.HasValue;
        }

        public async Task<IReadOnlyList<string>> OnlineAsync()
        {
            var db = (await _connection.Value).GetDatabase();
            var horizon = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            await db.SortedSetRemoveRangeByScoreAsync(PresenceKeys.Online, double.NegativeInfinity, horizon);
            var users = await db.SortedSetRangeByScoreAsync(PresenceKeys.Online, horizon);
            return [.. users.Select(u => (string)u!)];
        }

        public async Task<bool> BusyAsync(string user, DateTimeOffset? until)
        {
            var db = (await _connection.Value).GetDatabase();
            return await db.StringSetAsync(PresenceKeys.Of(user) + ":busy", 1, until?.UtcDateTime ?? DateTime.UtcNow.AddHours(1));
        }

        public async Task<bool> AwayAsync(string user, DateTimeOffset? back)
        {
            var db = (await _connection.Value).GetDatabase();
            return await db.StringSetAsync(PresenceKeys.Of(user) + ":away", 1, back?.UtcDateTime ?? DateTime.Now.AddHours(1)); // expect: EXP101
        }

        public async Task<string> StatusAsync(string user)
        {
            var db = (await _connection.Value).GetDatabase();
            var batch = db.CreateBatch();
            var key = PresenceKeys.Of(user) + ":status";
            var read = batch.HashGetAllAsync(key);
            var keep = batch.KeyExpireAsync(key, Heartbeat); // expect: EXP301
            batch.Execute();
            await Task.WhenAll(read, keep);
            return string.Join(", ", (await read).Select(e => $"{e.Name}={e.Value}"));
        }

        public async Task<string> StatusTransactionalAsync(string user)
        {
            var db = (await _connection.Value).GetDatabase();
            var tran = db.CreateTransaction();
            var key = PresenceKeys.Of(user) + ":status";
            var read = tran.HashGetAllAsync(key);
            var keep = tran.KeyExpireAsync(key, Heartbeat);
            await tran.ExecuteAsync();
            await Task.WhenAll(read, keep);
            return string.Join(", ", (await read).Select(e => $"{e.Name}={e.Value}"));
        }

        // Either a database or a transaction is handed in.
        internal static async Task<RedisValue> ReadAndKeepAsync(IDatabaseAsync target, string user)
        {
            var read = target.StringGetAsync(PresenceKeys.Of(user));
            var keep = target.KeyExpireAsync(PresenceKeys.Of(user), Heartbeat);
            await keep;
            return await read;
        }

        public async Task SweepAsync(IEnumerable<string> users, CancellationToken ct)
        {
            var db = (await _connection.Value).GetDatabase();
            var stamp = Guid.NewGuid().ToString();
            // A sweep once in a while is enough; the key is left to run out.
            if (!await db.LockTakeAsync("presence:sweep", stamp, TimeSpan.FromMinutes(10)))
            {
                return;
            }

            foreach (var user in users)
            {
                ct.ThrowIfCancellationRequested();
                if (!await db.KeyExistsAsync(PresenceKeys.Of(user)))
                {
                    await db.SortedSetRemoveAsync(PresenceKeys.Online, user);
                }
            }
        }
    }
}
