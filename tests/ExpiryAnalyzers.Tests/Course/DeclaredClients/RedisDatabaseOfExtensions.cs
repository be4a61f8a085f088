using System;
using System.Threading.Tasks;
using StackExchange.Redis;
using StackExchange.Redis.Extensions.Core.Abstractions;

namespace Course.DeclaredClients
{
    public sealed class RedisDatabaseOfExtensions
    {
        private static readonly DateTimeOffset Deadline = DateTimeOffset.UtcNow.AddHours(1);
        private readonly IRedisDatabase _db;

        public RedisDatabaseOfExtensions(IRedisDatabase db) => _db = db;

        public async Task AbsoluteAsync(string key, string value, DateTime given, DateTimeOffset until)
        {
            // What is left is counted here, by this machine's clock alone.
            await _db.AddAsync(key, value, DateTimeOffset.UtcNow.AddMinutes(10));
            await _db.AddAsync(key, value, DateTimeOffset.Now.AddMinutes(10));
            await _db.AddAsync(key, value, until);
            await _db.AddAsync(key, value, given);
            await _db.AddAsync(key, value, DateTime.Now.AddMinutes(10)); // expect: EXP110
            await _db.ReplaceAsync(key, value, DateTime.Parse("2027-01-01")); // expect: EXP101
            await _db.ReplaceAsync(key, value, new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            await _db.UpdateExpiryAsync(key, DateTimeOffset.UtcNow.DateTime); // expect: EXP101
            await _db.AddAsync(key, value, Deadline); // expect: EXP109
            await _db.GetAsync<string>(key, new DateTime(2027, 1, 1)); // expect: EXP101
        }

        public async Task RelativeAsync(string key, string value, int ttlMs)
        {
            await _db.AddAsync(key, value, TimeSpan.FromMinutes(10));
            await _db.AddAsync(key, value, TimeSpan.Zero); // expect: EXP401
            await _db.AddAsync(key, value, TimeSpan.FromMilliseconds(20)); // expect: EXP402
            await _db.AddAsync(key, value, TimeSpan.FromSeconds(ttlMs)); // expect: EXP105
            await _db.AddAsync(key, value, TimeSpan.FromMilliseconds(ttlMs));
            await _db.AddAsync(key, value, TimeSpan.FromSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60)); // expect: EXP106
            await _db.UpdateExpiryAsync(key, TimeSpan.FromSeconds(-1)); // expect: EXP401
            await _db.GetAsync<string>(key, TimeSpan.Zero); // expect: EXP401
            await _db.GetAsync<string>(key, TimeSpan.FromMinutes(5));
            await _db.AddAllAsync(new[] { Tuple.Create(key, value) }, TimeSpan.Zero); // expect: EXP401
            await _db.AddAsync(key, value, TimeSpan.FromMinutes(10), When.NotExists);
        }

        public async Task<string?> ReadAsync(string key)
        {
            string? value = await _db.GetAsync<string>(key);
            if (value is not null)
            {
                await _db.UpdateExpiryAsync(key, TimeSpan.FromMinutes(20)); // expect: EXP301
            }

            return value;
        }

        public async Task WriteAsync(string id, string value)
        {
            await _db.AddAsync("written:" + id, value);
            await _db.UpdateExpiryAsync("written:" + id, TimeSpan.FromMinutes(20)); // expect: EXP302
        }

        public async Task FieldsAsync(string id, string value)
        {
            await _db.HashSetAsync("fields:" + id, "name", value);
            await _db.UpdateExpiryAsync("fields:" + id, TimeSpan.FromMinutes(20)); // expect: EXP302
        }

        public async Task CountAsync(string id)
        {
            if (await _db.StringIncrementAsync("count:" + id) == 1)
            {
                await _db.UpdateExpiryAsync("count:" + id, TimeSpan.FromMinutes(1)); // expect: EXP303
            }
        }

        public async Task KeptAsync(string id, string value)
        {
            await _db.AddAsync("session:" + id, value, TimeSpan.FromMinutes(20));
            await _db.ReplaceAsync("session:" + id, value); // expect: EXP404
        }

        public Task ForgottenAsync(string key, string value, TimeSpan ttl) => _db.AddAsync("f:" + key, value); // expect: EXP406

        public Task PassedOnAsync(string key, string value, TimeSpan ttl) => _db.AddAsync("p:" + key, value, ttl);

        // One read, one write and the look at the token end with the client's own timeout; both clients are one database.
        public async Task<bool> ShortAsync(string name)
        {
            string token = Guid.NewGuid().ToString();
            if (!await _db.AddAsync("lock:" + name, token, TimeSpan.FromSeconds(30), When.NotExists))
            {
                return false;
            }

            try
            {
                var left = (long)await _db.Database.StringGetAsync("stock");
                await _db.Database.StringSetAsync("stock", left - 1, TimeSpan.FromDays(1), When.Always);
                return true;
            }
            finally
            {
                if (await _db.GetAsync<string>("lock:" + name) == token)
                {
                    _db.Database.KeyDelete("lock:" + name); // expect: EXP205
                }
            }
        }

        public async Task<bool> ExclusiveAsync(string name, Func<Task> work)
        {
            string token = Guid.NewGuid().ToString();
            if (!await _db.AddAsync("lock:" + name, token, TimeSpan.FromSeconds(30), When.NotExists)) // expect: EXP201
            {
                return false;
            }

            try
            {
                await work();
                return true;
            }
            finally
            {
                await _db.RemoveAsync("lock:" + name); // expect: EXP205
            }
        }
    }
}
