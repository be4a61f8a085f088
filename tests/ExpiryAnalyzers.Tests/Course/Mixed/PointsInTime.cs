using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Mixed
{
    public sealed class PointsInTime
    {
        private readonly IDatabase _db;

        public PointsInTime(IDatabase db) => _db = db;

        public void UnixAsSpan(string key, string value)
        {
            long expires = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
            _db.StringSet(key, value, TimeSpan.FromSeconds(expires)); // expect: EXP106
        }

        public Task TicksAsSpan(string key, DateTime deadline) => _db.KeyExpireAsync(key, new TimeSpan(deadline.Ticks)); // expect: EXP106

        public void SinceEpoch(string key, DateTime deadline) => _db.KeyExpire(key, deadline - DateTime.UnixEpoch); // expect: EXP106

        public void RawUnix(string key) => _db.Execute("EXPIRE", key, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 3600); // expect: EXP106

        public void SetExUnix(string key, string value, DateTimeOffset deadline) => _db.Execute("SET", key, value, "EX", deadline.ToUnixTimeSeconds()); // expect: EXP106

        public void ClockTime(string key, DateTime closing) => _db.KeyExpire(key, closing.TimeOfDay); // expect: EXP106

        public void Remaining(string key, DateTimeOffset deadline) => _db.KeyExpire(key, deadline - DateTimeOffset.UtcNow);

        public void RemainingSeconds(string key, DateTimeOffset deadline) =>
            _db.Execute("EXPIRE", key, deadline.ToUnixTimeSeconds() - DateTimeOffset.UtcNow.ToUnixTimeSeconds());

        public void RemainingTicks(string key, DateTime deadlineUtc) => _db.KeyExpire(key, new TimeSpan(deadlineUtc.Ticks - DateTime.UtcNow.Ticks));

        public void Spans(string key, TimeSpan ttl) => _db.KeyExpire(key, new TimeSpan(ttl.Ticks / 2));

        public void Absolute(string key, long unix) => _db.KeyExpire(key, DateTimeOffset.FromUnixTimeSeconds(unix).UtcDateTime);

        public void RawAbsolute(string key, DateTimeOffset deadline) => _db.Execute("SET", key, "v", "EXAT", deadline.ToUnixTimeSeconds());

        // Different clocks.
        public void UtcMinusNow(string key) => _db.KeyExpire(key, DateTime.UtcNow.Date.AddDays(1) - DateTime.Now); // expect: EXP103

        public void NowMinusUtc(string key)
        {
            DateTime midnight = DateTime.Today.AddDays(1);
            TimeSpan left = midnight - DateTime.UtcNow;
            _db.KeyExpire(key, left); // expect: EXP103
        }

        public void Subtracted(string key) => _db.KeyExpire(key, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc).Subtract(DateTime.Now)); // expect: EXP103

        public void Unspecified(string key, DateTimeOffset until) => _db.StringSet(key, "v", until.DateTime - DateTime.UtcNow); // expect: EXP103

        public void Offsets(string key, DateTimeOffset until) => _db.StringSet(key, "v", until - DateTimeOffset.Now);

        public void BothLocal(string key) => _db.KeyExpire(key, DateTime.Today.AddDays(1) - DateTime.Now);

        public void BothUtc(string key, DateTimeOffset until) => _db.KeyExpire(key, until.UtcDateTime - DateTime.UtcNow);

        public void NotKnown(string key, DateTime until) => _db.KeyExpire(key, until - DateTime.UtcNow);
    }
}
