namespace ExpiryAnalyzers.Benchmarks.Scenarios;

/// <summary>A web project in which about one line in a hundred calls a client: caches, a counter and a lock.</summary>
internal static class SparseProject
{
    /// <summary>Areas whose files make 240,000 lines.</summary>
    public const int Areas = 2420;

    /// <summary>A file of web code and one with a service that caches, for each area.</summary>
    public static IEnumerable<string> Sources(int areas) =>
        WebProject.Sources(areas).Concat(Enumerable.Range(0, areas).Select(static area => (area % 24) switch
        {
            0 => Lock(area),
            var kind when kind % 3 == 0 => Memory(area),
            var kind when kind % 3 == 1 => Redis(area),
            _ => Distributed(area),
        }));

    // What is asked of the whole project: who calls a helper that takes a lock, and who implements an interface.
    private static string Lock(int area) => $$"""
        using StackExchange.Redis;

        namespace Web.Area{{area}};

        public interface IOrderJobs
        {
            Task<bool> CloseAsync(string id, TimeSpan ttl);
        }

        public sealed class OrderJobs(IDatabase db) : IOrderJobs
        {
            public Task<bool> CloseAsync(string id, TimeSpan ttl) =>
                ExclusiveAsync("area{{area}}:close:" + id, ttl, () => Task.Delay(10));

            private async Task<bool> ExclusiveAsync(string name, TimeSpan ttl, Func<Task> work)
            {
                string token = Guid.NewGuid().ToString();
                if (!await db.LockTakeAsync(name, token, ttl))
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
                    await db.LockReleaseAsync(name, token);
                }
            }
        }

        public sealed class Closing(IOrderJobs jobs)
        {
            public Task<bool> RunAsync(string id) => jobs.CloseAsync(id, TimeSpan.FromMinutes(1));
        }
        """;

    private static string Memory(int area) => $$"""
        using Microsoft.Extensions.Caching.Memory;

        namespace Web.Area{{area}};

        public sealed class CachedOrders(IMemoryCache cache, OrderService service)
        {
            private static readonly TimeSpan Kept = TimeSpan.FromMinutes({{1 + (area % 50)}});

            public async Task<Order?> FindAsync(int id, CancellationToken ct)
            {
                if (cache.TryGetValue(("order", id), out Order? kept))
                {
                    return kept;
                }

                Order? found = await service.FindAsync(id, ct);
                if (found is not null)
                {
                    cache.Set(("order", id), found, Kept);
                }

                return found;
            }
        }
        """;

    private static string Redis(int area) => $$"""
        using StackExchange.Redis;

        namespace Web.Area{{area}};

        public sealed class OrderLimits(IDatabase db)
        {
            public async Task<bool> MayOrderAsync(string customer, int most)
            {
                RedisKey key = "area{{area}}:orders:" + customer;
                long count = await db.StringIncrementAsync(key);
                if (count == 1)
                {
                    await db.KeyExpireAsync(key, TimeSpan.FromHours(1));
                }

                return count <= most;
            }

            public string Explain(long count, int most) =>
                count > most ? $"more than {most} orders" : $"{most - count} left";
        }
        """;

    private static string Distributed(int area) => $$"""
        using Microsoft.Extensions.Caching.Distributed;

        namespace Web.Area{{area}};

        public sealed class OrderPages(IDistributedCache cache)
        {
            public Task StoreAsync(string page, byte[] content, CancellationToken ct)
            {
                DistributedCacheEntryOptions options = new()
                {
                    AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes({{5 + (area % 20)}}),
                };
                return cache.SetAsync("area{{area}}:page:" + page, content, options, ct);
            }

            public string Title(string page, int number) => number == 0 ? page : $"{page} ({number})";
        }
        """;
}
