using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Mixed
{
    public sealed class CacheSettings
    {
        public int TtlSeconds { get; set; } = 300;

        public int TtlMilliseconds { get; set; } = 300_000;

        public int SessionMinutes { get; set; } = 20;

        public TimeSpan Ttl { get; set; } = TimeSpan.FromMinutes(5);
    }

    public sealed class UnitMixups
    {
        private readonly IDatabase _db;
        private readonly CacheSettings _settings;

        public UnitMixups(IDatabase db, CacheSettings settings)
        {
            _db = db;
            _settings = settings;
        }

        // Bugs.
        public Task ExpireAtInMilliseconds(string key) =>
            _db.ExecuteAsync("EXPIREAT", key, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds()); // expect: EXP105

        public void PexpireWithSeconds(string key, TimeSpan ttl) =>
            _db.Execute("PEXPIRE", key, (long)ttl.TotalSeconds); // expect: EXP105

        public void SetExWithMilliseconds(string key, string value, TimeSpan ttl) =>
            _db.Execute("SETEX", key, (int)ttl.TotalMilliseconds, value); // expect: EXP105

        public Task SetPxWithSeconds(string key, string value, TimeSpan ttl) =>
            _db.ExecuteAsync("SET", key, value, "PX", (long)ttl.TotalSeconds); // expect: EXP105

        public void SecondsOfMilliseconds(string key, TimeSpan ttl) =>
            _db.KeyExpire(key, TimeSpan.FromSeconds(ttl.TotalMilliseconds)); // expect: EXP105

        public async Task ComponentForTotal(string key, string value)
        {
            var seconds = _settings.Ttl.Seconds;
            await _db.StringSetAsync(key, value, TimeSpan.FromSeconds(seconds)); // expect: EXP105
        }

        public void NamedMilliseconds(string key, string value) =>
            _db.StringSet(key, value, TimeSpan.FromSeconds(_settings.TtlMilliseconds)); // expect: EXP105

        public void NamedSeconds(string key, int timeoutSeconds) =>
            _db.KeyExpire(key, TimeSpan.FromMilliseconds(timeoutSeconds)); // expect: EXP105

        // The correct twins.
        public void SecondsAsSeconds(string key, string value) => _db.StringSet(key, value, TimeSpan.FromSeconds(_settings.TtlSeconds));

        public void MillisecondsAsMilliseconds(string key, string value) => _db.StringSet(key, value, TimeSpan.FromMilliseconds(_settings.TtlMilliseconds));

        public void Converted(string key, int timeoutMs) => _db.KeyExpire(key, TimeSpan.FromSeconds(timeoutMs / 1000));

        public void ConvertedBack(string key, int timeoutSeconds) => _db.KeyExpire(key, TimeSpan.FromMilliseconds(timeoutSeconds * 1000));

        public void Minutes(string key) => _db.KeyExpire(key, TimeSpan.FromMinutes(_settings.SessionMinutes));

        public void MinutesAsSeconds(string key) => _db.KeyExpire(key, TimeSpan.FromSeconds(_settings.SessionMinutes * 60));

        public void RawSeconds(string key, TimeSpan ttl) => _db.Execute("EXPIRE", key, (long)ttl.TotalSeconds);

        public void RawMilliseconds(string key, TimeSpan ttl) => _db.Execute("PEXPIRE", key, (long)ttl.TotalMilliseconds);

        public void RawAbsolute(string key, DateTimeOffset deadline) => _db.Execute("EXPIREAT", key, deadline.ToUnixTimeSeconds());

        public void RawAbsoluteMilliseconds(string key, DateTimeOffset deadline) => _db.Execute("PEXPIREAT", key, deadline.ToUnixTimeMilliseconds());
    }
}
