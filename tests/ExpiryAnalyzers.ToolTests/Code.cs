namespace ExpiryAnalyzers.Tests;

/// <summary>Code of users, bugs and all.</summary>
internal static class Code
{
    /// <summary>EXP102 where the key is expired.</summary>
    public const string NowPlusOffset = """
        using StackExchange.Redis;

        public class Sessions(IDatabase db)
        {
            public Task KeepAsync(string key) =>
                db.KeyExpireAsync(key, DateTime.UtcNow.AddMinutes(5));
        }
        """;

    /// <summary>The same, mended.</summary>
    public const string Mended = """
        using StackExchange.Redis;

        public class Sessions(IDatabase db)
        {
            public Task KeepAsync(string key) =>
                db.KeyExpireAsync(key, TimeSpan.FromMinutes(5));
        }
        """;

    /// <summary>EXP302, which is info by nobody's wish, and EXP405, which is off by default.</summary>
    public const string WriteThenExpire = """
        using StackExchange.Redis;

        public class Carts(IDatabase db)
        {
            public async Task StoreAsync(string key)
            {
                await db.HashSetAsync(key, "count", 1);
                await db.KeyExpireAsync(key, TimeSpan.FromHours(1));
            }

            public Task RememberAsync(string key) => db.StringSetAsync(key, "for ever");
        }
        """;
}
