using System;
using System.Threading.Tasks;
using LazyCache;
using Microsoft.Extensions.Caching.Memory;

namespace Course.DeclaredClients
{
    public sealed class Product
    {
        public DateTime DiscontinuedUtc { get; set; }
    }

    public sealed class LazyCacheCatalog
    {
        private static readonly DateTimeOffset Midnight = DateTimeOffset.UtcNow.AddHours(6);
        private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
        private readonly IAppCache _cache;
        private readonly CachingService _service = new();

        public LazyCacheCatalog(IAppCache cache) => _cache = cache;

        public Product Absolute(int id, DateTime given)
        {
            _cache.Add("a" + id, Load(id), DateTimeOffset.UtcNow.AddMinutes(10));
            _cache.Add("b" + id, Load(id), DateTimeOffset.Now.AddMinutes(10));
            _cache.Add("c" + id, Load(id), DateTime.UtcNow.AddMinutes(10));
            _cache.Add("d" + id, Load(id), given);
            _cache.Add("e" + id, Load(id), DateTime.Today.AddDays(1));
            _cache.Add("f" + id, Load(id), new DateTime(2027, 1, 1)); // expect: EXP101
            _cache.Add("g" + id, Load(id), new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            _cache.Add("h" + id, Load(id), DateTimeOffset.UtcNow.DateTime.AddHours(1)); // expect: EXP101
            _cache.Add("i" + id, Load(id), DateTime.Now.AddMinutes(10)); // expect: EXP110
            _cache.GetOrAdd("j" + id, () => Load(id), DateTime.Now.AddHours(2)); // expect: EXP110
            _cache.GetOrAdd("k" + id, () => Load(id), DateTime.Parse("2027-01-01")); // expect: EXP101
            return _cache.GetOrAdd("l" + id, () => Load(id), DateTimeOffset.UtcNow.AddMinutes(10));
        }

        public async Task<Product> OnceAsync(int id)
        {
            await _cache.GetOrAddAsync("m" + id, () => LoadAsync(id), Midnight); // expect: EXP109
            return await _cache.GetOrAddAsync("n" + id, () => LoadAsync(id), DateTimeOffset.UtcNow.AddHours(6));
        }

        public Product Sliding(int id, long expiresAtUnix, int timeoutMs)
        {
            _cache.Add("o" + id, Load(id), Window);
            _cache.Add("p" + id, Load(id), TimeSpan.Zero); // expect: EXP401
            _cache.Add("q" + id, Load(id), TimeSpan.MaxValue);
            _cache.Add("r" + id, Load(id), TimeSpan.FromMilliseconds(20));
            _cache.Add("s" + id, Load(id), TimeSpan.FromSeconds(timeoutMs)); // expect: EXP105
            _cache.Add("t" + id, Load(id), TimeSpan.FromMilliseconds(timeoutMs));
            _cache.Add("u" + id, Load(id), TimeSpan.FromSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60)); // expect: EXP106
            return _cache.GetOrAdd("v" + id, () => Load(id), Window);
        }

        public Product Policies(int id)
        {
            _cache.Add("w" + id, Load(id), new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Window });
            _cache.Add("x" + id, Load(id), new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.Zero }); // expect: EXP401
            _service.Add("y" + id, Load(id), new MemoryCacheEntryOptions { SlidingExpiration = Window });
            _cache.Add("z" + id, Load(id), LazyCacheEntryOptions.WithImmediateAbsoluteExpiration(Window));
            _cache.Add("0" + id, Load(id), LazyCacheEntryOptions.WithImmediateAbsoluteExpiration(TimeSpan.Zero)); // expect: EXP401
            _cache.Add("1" + id, Load(id), LazyCacheEntryOptions.WithImmediateAbsoluteExpiration(TimeSpan.MaxValue)); // expect: EXP401
            _cache.Add("2" + id, Load(id), new LazyCacheEntryOptions().SetAbsoluteExpiration(new DateTime(2027, 1, 1), ExpirationMode.ImmediateEviction)); // expect: EXP101
            return _cache.GetOrAdd("3" + id, entry =>
            {
                entry.AbsoluteExpiration = new DateTime(2027, 1, 1); // expect: EXP101
                entry.AbsoluteExpirationRelativeToNow = Window;
                return Load(id);
            });
        }

        // The lifetime is taken, and the default of twenty minutes used.
        public Product Forgotten(int id, TimeSpan ttl) => _cache.GetOrAdd("4" + id, () => Load(id)); // expect: EXP406

        public Product PassedOn(int id, TimeSpan ttl) => _cache.GetOrAdd("5" + id, () => Load(id), ttl);

        private static Product Load(int id) => new() { DiscontinuedUtc = DateTime.UnixEpoch.AddDays(id) };

        private static Task<Product> LoadAsync(int id) => Task.FromResult(Load(id));
    }
}
