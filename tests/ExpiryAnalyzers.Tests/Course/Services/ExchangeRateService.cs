#nullable disable
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Course.Services.Rates
{
    public interface IRateFeed
    {
        Task<IDictionary<string, decimal>> DownloadAsync(CancellationToken ct);
    }

    /// <summary>Rates are fixed once on each banking day at four in the afternoon, Frankfurt time.</summary>
    public class ExchangeRateService
    {
        private static readonly TimeZoneInfo Frankfurt = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        private static int _lifeMinutes = 60;
        private readonly IDatabase _db;
        private readonly IDistributedCache _cache;
        private readonly IRateFeed _feed;

        public ExchangeRateService(IDatabase db, IDistributedCache cache, IRateFeed feed)
        {
            _db = db;
            _cache = cache;
            _feed = feed;
        }

        public static DateTime NextFixing(DateTimeOffset now)
        {
            var there = TimeZoneInfo.ConvertTime(now, Frankfurt);
            var fixing = there.Date.AddHours(16);
            return there.TimeOfDay.Hours < 16 ? fixing : fixing.AddDays(1);
        }

        public static DateTime NextFixingUtc(DateTimeOffset now) => TimeZoneInfo.ConvertTimeToUtc(NextFixing(now), Frankfurt);

        public async Task StoreAsync(IDictionary<string, decimal> rates)
        {
            foreach (var pair in rates)
            {
                await _db.StringSetAsync("rate:" + pair.Key, pair.Value.ToString(CultureInfo.InvariantCulture), NextFixingUtc(DateTimeOffset.UtcNow));
            }

            await _db.KeyExpireAsync("rate:index", NextFixing(DateTimeOffset.UtcNow)); // expect: EXP101
        }

        public async Task<decimal?> GetAsync(string pair)
        {
            var value = await _db.StringGetAsync("rate:" + pair);
            if (!value.HasValue) return null;
            if (value.StartsWith("!"))
            {
                return null;
            }
            else
            {
                await _db.KeyExpireAsync("rate:" + pair, TimeSpan.FromMinutes(_lifeMinutes)); // expect: EXP301
            }

            return decimal.Parse((string)value, CultureInfo.InvariantCulture);
        }

        public async Task<string[]> ManyAsync(string[] pairs)
        {
            var result = new string[pairs.Length];
            for (int i = 0; i < pairs.Length; i++)
            {
                var lease = await _db.StringGetLeaseAsync("rate:" + pairs[i]);
                if (lease != null)
                {
                    result[i] = System.Text.Encoding.UTF8.GetString(lease.Span);
                    lease.Dispose();
                }
            }

            return result;
        }

        public async Task<bool> RefreshAsync(CancellationToken ct)
        {
            string id = Guid.NewGuid().ToString();
            bool mine = await _db.StringSetAsync("rate:refresh:mutex", id, expiry: TimeSpan.FromMinutes(3), when: When.NotExists); // expect: EXP201
            if (!mine)
                return false;
            try
            {
                var rates = await _feed.DownloadAsync(ct);
                await StoreAsync(rates);
                return true;
            }
            finally
            {
                var tran = _db.CreateTransaction();
                tran.AddCondition(Condition.StringEqual("rate:refresh:mutex", id));
                _ = tran.KeyDeleteAsync("rate:refresh:mutex");
                await tran.ExecuteAsync();
            }
        }

        public async Task<bool> RefreshOnceADayAsync(CancellationToken ct)
        {
            string today = DateTime.UtcNow.ToString("yyyyMMdd");
            if (!await _db.StringSetAsync("rate:refreshed:" + today, "1", TimeSpan.FromDays(2), When.NotExists))
                return false;
            await StoreAsync(await _feed.DownloadAsync(ct));
            return true;
        }

        public async Task ExtendMutexAsync(string id)
        {
            var holder = await _db.StringGetAsync("rate:refresh:job");
            if (holder == id)
            {
                await _db.KeyExpireAsync("rate:refresh:job", TimeSpan.FromMinutes(3)); // expect: EXP301
            }
        }

        public Task CacheTableAsync(string table)
        {
            var options = new DistributedCacheEntryOptions();
            options.SetAbsoluteExpiration(NextFixing(DateTimeOffset.UtcNow)); // expect: EXP101
            return _cache.SetStringAsync("rates", table, options);
        }

        public Task CacheTableUtcAsync(string table)
        {
            var options = new DistributedCacheEntryOptions();
            options.SetAbsoluteExpiration(NextFixingUtc(DateTimeOffset.UtcNow));
            return _cache.SetStringAsync("rates", table, options);
        }

        public Task CacheBrieflyAsync(string table) => CacheAsync("rates:brief", table, DateTime.Now.AddTicks(TimeSpan.FromSeconds(90).Ticks)); // expect: EXP102

        public Task CacheForWeekAsync(string table) => CacheAsync("rates:week", table, DateTime.Today.AddDays(7));

        private Task CacheAsync(string key, string table, DateTime until) =>
            _cache.SetStringAsync(key, table, new DistributedCacheEntryOptions { AbsoluteExpiration = until });
    }
}
