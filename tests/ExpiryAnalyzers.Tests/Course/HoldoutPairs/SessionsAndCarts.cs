using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Course.HoldoutPairs
{
    public sealed record UserSession(string Id, string UserId, DateTimeOffset Created)
    {
        public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(20);
    }

    public interface ISessionStore
    {
        Task<UserSession?> FindAsync(string id, CancellationToken ct);

        Task SaveAsync(UserSession session, CancellationToken ct);
    }

    public sealed class RedisSessionStore : ISessionStore
    {
        private const string Prefix = "session:";
        private static readonly TimeSpan Sliding = TimeSpan.FromMinutes(20);
        private readonly IDatabase _db;

        public RedisSessionStore(IConnectionMultiplexer redis) => _db = redis.GetDatabase();

        public async Task<UserSession?> FindAsync(string id, CancellationToken ct)
        {
            RedisValue json = await _db.StringGetAsync(Prefix + id);
            if (json.IsNullOrEmpty)
            {
                return null;
            }

            var session = JsonSerializer.Deserialize<UserSession>((string)json!);

            // Sliding expiration.
            await _db.KeyExpireAsync(Prefix + id, Sliding); // expect: EXP301
            return session;
        }

        public async Task SaveAsync(UserSession session, CancellationToken ct)
        {
            string json = JsonSerializer.Serialize(session);
            bool stored = await _db.StringSetAsync(Prefix + session.Id, json).ConfigureAwait(false);
            if (stored)
            {
                await _db.KeyExpireAsync(Prefix + session.Id, Sliding).ConfigureAwait(false); // expect: EXP302
            }
        }

        public async Task<string?> UserOf(string id)
        {
            var key = $"{Prefix}{id}";
            var user = (string?)await _db.HashGetAsync(key, "user");
            _ = user is null ? false : await _db.KeyExpireAsync(key, Sliding); // expect: EXP301
            return user;
        }

        public bool TryGet(string id, out string? json)
        {
            json = _db.StringGet($"{Prefix}{id}");
            return json is not null && _db.KeyExpire($"{Prefix}{id}", Sliding); // expect: EXP301
        }

        public async Task<Dictionary<string, string>> Load(string id, CancellationToken ct)
        {
            HashEntry[] entries = await _db.HashGetAllAsync(Prefix + id);
            if (entries is { Length: > 0 })
            {
                _db.KeyExpire(Prefix + id, Sliding, CommandFlags.FireAndForget); // expect: EXP301
            }

            return entries.ToDictionary(e => e.Name.ToString(), e => e.Value.ToString());
        }

        public async Task<RedisValue> Peek(string id)
        {
            RedisKey key = Prefix + id;
            Task<RedisValue> read = _db.StringGetAsync(key);
            Task<bool> touch = _db.KeyExpireAsync(key, Sliding); // expect: EXP301
            await Task.WhenAll(read, touch);
            return await read;
        }

        // GETEX.
        public async Task<RedisValue> Slide(string id) => await _db.StringGetSetExpiryAsync(Prefix + id, Sliding);

        // The lifetime is in the session itself.
        public async Task<UserSession?> FindWithOwnLifetime(string id)
        {
            RedisKey key = Prefix + id;
            string? json = await _db.StringGetAsync(key);
            if (json is null)
            {
                return null;
            }

            UserSession session = JsonSerializer.Deserialize<UserSession>(json)!;
            await _db.KeyExpireAsync(key, session.Lifetime);
            return session;
        }

        // Touched only when half of the lifetime is gone.
        public async Task<string?> FindThrottled(string id)
        {
            RedisKey key = Prefix + id;
            RedisValueWithExpiry found = await _db.StringGetWithExpiryAsync(key);
            if (found.Expiry is { } left && left < Sliding / 2)
            {
                await _db.KeyExpireAsync(key, Sliding);
            }

            return found.Value;
        }

        // The session is read from one database, the mark "seen" is kept in another.
        public async Task<string?> FindAndMark(IConnectionMultiplexer redis, string id)
        {
            string? json = await _db.StringGetAsync(Prefix + id);
            await redis.GetDatabase(7).KeyExpireAsync(Prefix + id, Sliding);
            return json;
        }

        // Hit and miss exclude each other.
        public async Task<string> GetOrAdd(string id, Func<Task<string>> factory)
        {
            RedisKey key = Prefix + id;
            RedisValue cached = await _db.StringGetAsync(key);
            if (cached.HasValue)
            {
                return cached!;
            }

            string fresh = await factory();
            await _db.StringSetAsync(key, fresh, Sliding);
            return fresh;
        }

        // The index is no session.
        public async Task Logout(string id)
        {
            string? user = await _db.StringGetAsync(Prefix + id);
            await _db.KeyDeleteAsync(Prefix + id);
            await _db.KeyExpireAsync("user-sessions:" + user, Sliding);
        }
    }

    public sealed class ShoppingCarts
    {
        private readonly IDatabase _redis;
        private readonly TimeSpan? _timeToLive;

        public ShoppingCarts(IDatabase redis, TimeSpan? timeToLive = null)
        {
            _redis = redis;
            _timeToLive = timeToLive;
        }

        private RedisKey KeyOf(Guid cart) => $"cart:{cart:N}";

        public async Task AddAsync(Guid cart, string sku, int quantity)
        {
            await _redis.HashSetAsync(KeyOf(cart), sku, quantity);
            if (_timeToLive is null)
            {
                return;
            }

            await _redis.KeyExpireAsync(KeyOf(cart), _timeToLive); // expect: EXP302
        }

        public async Task AddMoreAsync(Guid cart, string sku, int quantity)
        {
            var total = await _redis.HashIncrementAsync(KeyOf(cart), sku, quantity);
            if (total == quantity)
            {
                await _redis.KeyExpireAsync(KeyOf(cart), TimeSpan.FromDays(30)); // expect: EXP303
            }
        }

        public async Task ReplaceAsync(Guid cart, IReadOnlyDictionary<string, int> lines)
        {
            RedisKey key = KeyOf(cart);
            await _redis.KeyDeleteAsync(key);
            foreach (var (sku, quantity) in lines)
            {
                await _redis.HashSetAsync(key, sku, quantity);
            }

            await _redis.KeyExpireAsync(key, DateTime.UtcNow.AddDays(30)); // expect: EXP302
        }

        public void Replace(Guid cart, IEnumerable<HashEntry> lines)
        {
            RedisKey key = KeyOf(cart);
            _redis.HashSet(key, lines.ToArray(), CommandFlags.FireAndForget);
            _redis.KeyExpire(key, expiry: _timeToLive ?? TimeSpan.FromDays(30), flags: CommandFlags.FireAndForget); // expect: EXP302
        }

        public async Task<IReadOnlyList<HashEntry>> GetAsync(Guid cart, bool keepAlive = true)
        {
            var key = KeyOf(cart);
            var lines = await _redis.HashGetAllAsync(key);
            if (keepAlive && lines.Length != 0)
            {
                await Touch(key); // expect: EXP301
            }

            return lines;
        }

        private Task Touch(RedisKey key) => _redis.KeyExpireAsync(key, TimeSpan.FromDays(30));

        public async Task MergeAsync(Guid anonymous, Guid user)
        {
            RedisKey from = KeyOf(anonymous), to = KeyOf(user);
            foreach (HashEntry line in await _redis.HashGetAllAsync(from))
            {
                await _redis.HashIncrementAsync(to, line.Name, (long)line.Value);
            }

            await Task.WhenAll(_redis.KeyDeleteAsync(from), _redis.KeyExpireAsync(to, TimeSpan.FromDays(30))); // expect: EXP303
        }

        public async Task CouponAsync(Guid cart, string code)
        {
            string key = $"cart:{cart:N}:coupon";
            await _redis.KeyExpireAsync(key, TimeSpan.FromHours(1)); // expect: EXP302
            await _redis.StringSetAsync(key, code);
        }

        // The whole cart and its TTL go together.
        public async Task SaveAsync(Guid cart, HashEntry[] lines)
        {
            RedisKey key = KeyOf(cart);
            ITransaction save = _redis.CreateTransaction();
            save.AddCondition(Condition.KeyNotExists(key));
            var set = save.HashSetAsync(key, lines);
            var expire = save.KeyExpireAsync(key, TimeSpan.FromDays(30));
            if (await save.ExecuteAsync())
            {
                await Task.WhenAll(set, expire);
            }
        }

        // Written with its own TTL; the later call makes it longer.
        public async Task CheckoutAsync(Guid cart)
        {
            string key = $"cart:{cart:N}:checkout";
            await _redis.StringSetAsync(key, "started", TimeSpan.FromMinutes(10));
            await PayAsync(cart);
            await _redis.KeyExpireAsync(key, TimeSpan.FromDays(1));
        }

        private static Task PayAsync(Guid cart) => Task.CompletedTask;

        // Removing a line makes no key.
        public async Task RemoveAsync(Guid cart, string sku)
        {
            RedisKey key = KeyOf(cart);
            if (await _redis.HashDeleteAsync(key, sku))
            {
                await _redis.KeyExpireAsync(key, TimeSpan.FromDays(30));
            }
        }

        // Two carts.
        public async Task CopyAsync(Guid from, Guid to)
        {
            HashEntry[] lines = await _redis.HashGetAllAsync(KeyOf(from));
            ITransaction copy = _redis.CreateTransaction();
            _ = copy.HashSetAsync(KeyOf(to), lines);
            _ = copy.KeyExpireAsync(KeyOf(to), TimeSpan.FromDays(30));
            await copy.ExecuteAsync();
            await _redis.KeyExpireAsync($"carts:{to:N}", TimeSpan.FromDays(30));
        }

        // Gone or kept, never both.
        public async Task CloseAsync(Guid cart, bool paid, HashEntry[] receipt)
        {
            RedisKey key = KeyOf(cart);
            if (paid)
            {
                await _redis.HashSetAsync(key, receipt);
                await _redis.KeyPersistAsync(key);
            }
            else
            {
                await _redis.KeyExpireAsync(key, TimeSpan.FromMinutes(5));
            }
        }
    }

    public sealed class Leaderboards
    {
        private readonly IConnectionMultiplexer _mux;

        public Leaderboards(IConnectionMultiplexer mux) => _mux = mux;

        private IDatabase Db => _mux.GetDatabase(3);

        private static string Week(DateTime day) => $"lb:{day.Year}:{day.DayOfYear / 7}";

        public async Task ReportAsync(string player, double score)
        {
            string board = Week(DateTime.UtcNow);
            await Db.SortedSetAddAsync(board, player, score, When.Always);
            await Db.KeyExpireAsync(board, TimeSpan.FromDays(14)); // expect: EXP302
        }

        public async Task<double> AddAsync(string player, double points)
        {
            string board = Week(DateTime.UtcNow);
            IDatabase db = _mux.GetDatabase(3);
            double total = await db.SortedSetIncrementAsync(board, player, points).ConfigureAwait(false);
            await db.KeyExpireAsync(board, TimeSpan.FromDays(14), ExpireWhen.Always).ConfigureAwait(false); // expect: EXP303
            return total;
        }

        public async Task<SortedSetEntry[]> TopAsync(int count)
        {
            string cacheKey = $"lb:top:{count}";
            var top = await Db.SortedSetRangeByRankWithScoresAsync(cacheKey, 0, count - 1, Order.Descending);
            if (top.Length == 0)
                return top;

            await Db.KeyExpireAsync(cacheKey, TimeSpan.FromMinutes(1)); // expect: EXP301
            return top;
        }

        public async Task SnapshotAsync(string board)
        {
            string copy = board + ":snapshot";
            await Db.SortedSetCombineAndStoreAsync(SetOperation.Union, copy, board, "lb:bonus");
            await Db.KeyExpireAsync(copy, TimeSpan.FromDays(1)); // expect: EXP302
        }

        // Nothing but the rank of the live board is read; the player's own mark expires.
        public async Task<long?> RankAsync(string player)
        {
            string board = Week(DateTime.UtcNow);
            long? rank = await Db.SortedSetRankAsync(board, player, Order.Descending);
            await Db.KeyExpireAsync($"{board}:{player}", TimeSpan.FromHours(1));
            return rank;
        }

        // The members go, the board lives no longer than it did.
        public async Task TrimAsync(string board)
        {
            await Db.SortedSetRemoveRangeByRankAsync(board, 0, -101);
            await Db.KeyExpireAsync(board, TimeSpan.FromDays(14), ExpireWhen.LessThanCurrentExpiry);
        }
    }
}
