using System;
using System.Threading.Tasks;
using Medallion.Threading.Redis;
using Microsoft.Extensions.Caching.Hybrid;
using NRedisStack.DataTypes;
using RedLockNet;
using StackExchange.Redis;
using ZiggyCreatures.Caching.Fusion;

namespace Course.Clients
{
    public sealed class LocksAndFusion
    {
        private readonly IDistributedLockFactory _locks;
        private readonly IDatabase _db;
        private readonly IFusionCache _fusion;

        public LocksAndFusion(IDistributedLockFactory locks, IDatabase db, IFusionCache fusion)
        {
            _locks = locks;
            _db = db;
            _fusion = fusion;
        }

        public async Task RedLockAsync(Func<Task> work)
        {
            // Renews itself at half the TTL.
            await using IRedLock held = await _locks.CreateLockAsync("report", TimeSpan.FromSeconds(30));
            if (held.IsAcquired)
            {
                await work();
            }
        }

        public async Task MedallionAsync(Func<Task> work)
        {
            RedisDistributedLock report = new("report", _db, options => options.Expiry(TimeSpan.FromSeconds(30)));
            await using (await report.AcquireAsync())
            {
                await work();
            }
        }

        public void Fusion(string key, string value)
        {
            _fusion.Set(key, value, TimeSpan.FromMinutes(5));
            _fusion.Set(key, value, options => options.SetDuration(TimeSpan.FromMinutes(5)).SetFailSafe(true, TimeSpan.FromHours(1)));
            _fusion.Set(key, value, new FusionCacheEntryOptions { Duration = TimeSpan.FromMinutes(5) });
        }

        public HybridCacheEntryOptions Hybrid() => new() { Expiration = TimeSpan.FromMinutes(5), LocalCacheExpiration = TimeSpan.FromMinutes(1) };

        public void ExpireAtSample(RedisKey key, TimeStamp sample)
        {
            _db.KeyExpire(key, (DateTime)sample); // expect: EXP101
            DateTime at = sample;
            _db.KeyExpire(key, at); // expect: EXP101
            _db.KeyExpire(key, DateTime.SpecifyKind(sample, DateTimeKind.Utc));
        }
    }
}
