using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Course.Services.Sessions
{
    public class SessionSettings
    {
        public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(20);

        public TimeSpan AbsoluteLifetime { get; set; } = TimeSpan.FromHours(8);

        public int Database { get; set; }
    }

    public class SessionStore
    {
        private readonly IConnectionMultiplexer _mux;
        private readonly SessionSettings _settings;

        public SessionStore(IConnectionMultiplexer mux, IOptions<SessionSettings> settings)
        {
            _mux = mux;
            _settings = settings.Value;
        }

        private IDatabase Db => _mux.GetDatabase(_settings.Database);

        public async Task<string> CreateAsync(string userId)
        {
            string sid = Guid.NewGuid().ToString("N");
            RedisKey key = "sess:" + sid;
            await Db.HashSetAsync(key, new[] { new HashEntry("user", userId), new HashEntry("started", DateTimeOffset.UtcNow.ToUnixTimeSeconds()) });
            await Db.KeyExpireAsync(key, DateTime.UtcNow.Add(_settings.AbsoluteLifetime)); // expect: EXP102, EXP302
            return sid;
        }

        public async Task<IDictionary<string, string>> LoadAsync(string sid)
        {
            RedisKey key = "sess:" + sid;
            HashEntry[] entries = await Db.HashGetAllAsync(key);
            if (entries.Length == 0)
            {
                return new Dictionary<string, string>();
            }

            await Db.KeyExpireAsync(key, _settings.IdleTimeout); // expect: EXP301
            return entries.ToDictionary(e => e.Name.ToString(), e => e.Value.ToString());
        }

        public async Task<IDictionary<string, string>> LoadAtomicallyAsync(string sid)
        {
            RedisKey key = "sess:" + sid;
            ITransaction tran = Db.CreateTransaction();
            Task<HashEntry[]> read = tran.HashGetAllAsync(key);
            _ = tran.KeyExpireAsync(key, _settings.IdleTimeout);
            return await tran.ExecuteAsync() ? (await read).ToDictionary(e => e.Name.ToString(), e => e.Value.ToString()) : new Dictionary<string, string>();
        }

        public async Task<string?> UserOfAsync(string sid)
        {
            RedisValue user = await Db.HashGetAsync("sess:" + sid, "user");
            if (user.IsNull)
            {
                return null;
            }

            await TouchAsync("sess:" + sid); // expect: EXP301
            return user;
        }

        public async Task<bool> PingAsync(string sid)
        {
            RedisKey key = "sess:" + sid;
            if (!await Db.KeyExistsAsync(key))
            {
                return false;
            }

            return await Db.KeyExpireAsync(key, _settings.IdleTimeout);
        }

        public async Task<string?> UserOfThrottledAsync(string sid)
        {
            RedisKey key = "sess:" + sid;
            RedisValue user = await Db.HashGetAsync(key, "user");
            TimeSpan? left = await Db.KeyTimeToLiveAsync(key);
            if (left < _settings.IdleTimeout / 2)
            {
                await Db.KeyExpireAsync(key, _settings.IdleTimeout);
            }

            return user;
        }

        public async Task WriteAsync(string sid, string name, string value)
        {
            RedisKey key = "sess:" + sid;
            RedisValue before = await Db.HashGetAsync(key, name);
            if (before == value)
            {
                return;
            }

            await Db.HashSetAsync(key, name, value);
            await Db.KeyExpireAsync(key, _settings.IdleTimeout); // expect: EXP302
        }

        public async Task<long> StartedAsync(string sid)
        {
            // The pointer lives beside the session and is the only key that is refreshed.
            RedisValue started = await Db.HashGetAsync($"sess:{sid}", "started");
            await Db.KeyExpireAsync($"sess:{sid}:ptr", _settings.IdleTimeout);
            return (long)started;
        }

        public async Task EndOfDayAsync(string sid)
        {
            await Db.KeyExpireAsync("sess:" + sid, DateTime.UtcNow.Date.AddDays(1));
            await Db.KeyExpireAsync("sess:" + sid + ":flash", DateTime.Today.AddDays(1)); // expect: EXP101
        }

        public Task KillAsync(string sid) => Db.KeyExpireAsync("sess:" + sid, TimeSpan.Zero);

        private Task<bool> TouchAsync(RedisKey key) => Db.KeyExpireAsync(key, _settings.IdleTimeout);
    }
}
