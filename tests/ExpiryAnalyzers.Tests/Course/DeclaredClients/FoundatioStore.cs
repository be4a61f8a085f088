using System;
using System.Threading.Tasks;
using Foundatio.Caching;
using Foundatio.Lock;

namespace Course.DeclaredClients
{
    public sealed class FoundatioStore
    {
        private readonly ICacheClient _cache;
        private readonly ILockProvider _locks;

        public FoundatioStore(ICacheClient cache, ILockProvider locks)
        {
            _cache = cache;
            _locks = locks;
        }

        public async Task StoreAsync(string key, string value, int ttlMs, DateTime given)
        {
            await _cache.SetAsync(key, value, TimeSpan.FromMinutes(5));
            await _cache.SetAsync(key, value);
            await _cache.SetAsync(key, value, DateTime.UtcNow.AddMinutes(5));
            await _cache.SetAsync(key, value, given);
            await _cache.SetAsync(key, value, DateTime.MaxValue);

            // The clock reading is taken for UTC.
            await _cache.SetAsync(key, value, DateTime.Now.AddMinutes(5)); // expect: EXP101
            await _cache.AddAsync(key, value, DateTime.Today.AddDays(1)); // expect: EXP101
            await _cache.AddAsync(key, value, DateTime.UtcNow.Date.AddDays(1));
            await _cache.AddAsync(key, value, DateTimeOffset.UtcNow.DateTime);
            await _cache.SetExpirationAsync(key, DateTime.Now.AddMinutes(5)); // expect: EXP101
            await _cache.SetAsync(key, value, TimeSpan.Zero); // expect: EXP401
            await _cache.SetExpirationAsync(key, TimeSpan.Zero); // expect: EXP401
            await _cache.ReplaceAsync(key, value, TimeSpan.FromSeconds(ttlMs)); // expect: EXP105
            await _cache.IncrementAsync(key, 1, TimeSpan.FromMinutes(1));
        }

        public async Task LockAsync(string name, int expiryMs)
        {
            await using ILock? held = await _locks.TryAcquireAsync(name, TimeSpan.FromMinutes(1), true);
            await using ILock? endless = await _locks.TryAcquireAsync(name, TimeSpan.Zero, true);
            await using ILock? mixed = await _locks.TryAcquireAsync(name, TimeSpan.FromSeconds(expiryMs), true); // expect: EXP105
        }
    }
}
