using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.Services.Carts
{
    public interface IPriceService
    {
        Task<decimal> QuoteAsync(string sku, int quantity, CancellationToken ct);

        Task PlaceOrderAsync(string cartId, IReadOnlyDictionary<string, int> lines, CancellationToken ct);
    }

    public class ShoppingCartService
    {
        private static readonly TimeSpan AnonymousTtl = TimeSpan.FromDays(2);
        private static readonly TimeSpan MemberTtl = TimeSpan.FromDays(30);
        private readonly IDatabase _database;
        private readonly IPriceService _prices;

        public ShoppingCartService(IDatabase database, IPriceService prices) => (_database, _prices) = (database, prices);

        public async Task<Dictionary<string, int>> GetAsync(string cartId, bool member)
        {
            var lines = await ReadLinesAsync($"cart:{cartId}");
            if (lines.Count > 0)
            {
                await _database.KeyExpireAsync($"cart:{cartId}", member ? MemberTtl : AnonymousTtl); // expect: EXP301
            }

            return lines;
        }

        public async Task<int> CountAsync(string cartId)
        {
            var quantities = await _database.HashValuesAsync($"cart:{cartId}").ConfigureAwait(false);
            await _database.KeyExpireAsync($"cart:{cartId}", AnonymousTtl).ConfigureAwait(false); // expect: EXP301
            return quantities.Sum(q => (int)q);
        }

        public async Task AddAsync(string cartId, string sku, int quantity)
        {
            string key = $"cart:{cartId}";
            RedisValue present = await _database.HashGetAsync(key, sku);
            await _database.HashSetAsync(key, sku, (int)present + quantity);
            await _database.KeyExpireAsync(key, AnonymousTtl); // expect: EXP302
        }

        public async Task<bool> MergeAsync(string from, string to)
        {
            var lines = await ReadLinesAsync($"cart:{from}");
            foreach (var (sku, quantity) in lines)
            {
                await _database.HashIncrementAsync($"cart:{to}", sku, quantity);
            }

            await _database.KeyExpireAsync($"cart:{to}", MemberTtl);
            return await _database.KeyDeleteAsync($"cart:{from}");
        }

        public async Task<bool> CheckoutAsync(string cartId, CancellationToken ct)
        {
            var token = Guid.NewGuid().ToString();
            var taken = await _database.StringSetAsync($"cart:{cartId}:checkout", token, TimeSpan.FromSeconds(45), When.NotExists); // expect: EXP201
            if (!taken)
            {
                return false;
            }

            try
            {
                var lines = await ReadLinesAsync($"cart:{cartId}");
                await _prices.PlaceOrderAsync(cartId, lines, ct);
            }
            finally
            {
                await _database.KeyDeleteAsync($"cart:{cartId}:checkout");
            }

            return true;
        }

        public async Task<bool> CheckoutBoundedAsync(string cartId, CancellationToken ct)
        {
            var token = Guid.NewGuid().ToString();
            if (!await _database.LockTakeAsync($"cart:{cartId}:checkout", token, TimeSpan.FromSeconds(45)))
            {
                return false;
            }

            using var budget = CancellationTokenSource.CreateLinkedTokenSource(ct);
            budget.CancelAfter(TimeSpan.FromSeconds(35));
            try
            {
                var lines = await ReadLinesAsync($"cart:{cartId}");
                await _prices.PlaceOrderAsync(cartId, lines, budget.Token);
            }
            finally
            {
                await _database.LockReleaseAsync($"cart:{cartId}:checkout", token);
            }

            return true;
        }

        public async Task<decimal> ReserveQuoteAsync(string cartId, string sku, int quantity, CancellationToken ct)
        {
            decimal quote = await _prices.QuoteAsync(sku, quantity, ct);
            await _database.StringSetAsync($"quote:{cartId}:{sku}", quote.ToString(), DateTime.UtcNow.AddHours(1).AddMinutes(30)); // expect: EXP102
            return quote;
        }

        public Task ExpireWithSaleAsync(string cartId, DateTime saleEnds) => _database.KeyExpireAsync($"cart:{cartId}", saleEnds);

        public Task ExpireAtChristmasAsync(string cartId, int year) => _database.KeyExpireAsync($"cart:{cartId}", new DateTime(year, 12, 24)); // expect: EXP101

        public Task ExpireAtNextMonthAsync(string cartId)
        {
            var now = DateTime.UtcNow;
            return _database.KeyExpireAsync($"cart:{cartId}", new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1));
        }

        private async Task<Dictionary<string, int>> ReadLinesAsync(string key)
        {
            var entries = await _database.HashGetAllAsync(key);
            return entries.ToDictionary(e => (string)e.Name!, e => (int)e.Value);
        }
    }
}
