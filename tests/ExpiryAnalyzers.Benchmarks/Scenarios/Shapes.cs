using System.Text;

namespace ExpiryAnalyzers.Benchmarks.Scenarios;

/// <summary>Code of one shape each: no client at all, one long method, and wrappers on wrappers.</summary>
internal static class Shapes
{
    private const int LinesOfPart = 10;

    /// <summary>Times and spans without a client: nothing may be done there.</summary>
    public static IEnumerable<string> WithoutClient() => Enumerable.Range(0, 500).Select(static copy => $$"""
        class Example{{copy}}
        {
            DateTime Run(TimeSpan ttl) => DateTime.Now.Add(ttl).AddMinutes(Math.Max(1, ttl.TotalMinutes));
        }
        """);

    /// <summary>One method of that many lines, three in ten of which call the client.</summary>
    public static string OneMethod(int lines)
    {
        StringBuilder body = new();
        for (int part = 0; part < lines / LinesOfPart; part++)
        {
            body.Append($$"""
                    string key{{part}} = "item:" + id + ":{{part}}";
                    RedisValue value{{part}} = await db.StringGetAsync(key{{part}});
                    if (value{{part}}.IsNull)
                    {
                        value{{part}} = await load(key{{part}});
                        await db.StringSetAsync(key{{part}}, value{{part}}, TimeSpan.FromMinutes({{1 + part}}));
                    }

                    total += await db.StringIncrementAsync("count:" + key{{part}});
                    log("{{part}}");

            """);
        }

        return $$"""
            using StackExchange.Redis;

            class Importer(IDatabase db, Func<string, Task<string>> load, Action<string> log)
            {
                public async Task<long> RunAsync(string id)
                {
                    long total = 0;
            {{body}}
                    return total;
                }
            }
            """;
    }

    /// <summary>Chains of methods that hand a key and a TTL down to the client.</summary>
    public static IEnumerable<string> Wrappers(int chains, int depth) => Enumerable.Range(0, chains).Select(chain => $$"""
        using StackExchange.Redis;

        class Store{{chain}}(IDatabase db)
        {
            Task<bool> Put0(string key, string value, TimeSpan? ttl) => db.StringSetAsync("chain{{chain}}:" + key, value, ttl, When.Always);

        {{string.Concat(Enumerable.Range(1, depth).Select(level => $$"""
                async Task<bool> Put{{level}}(string key, string value, TimeSpan? ttl)
                {
                    if (value.Length == 0)
                    {
                        return false;
                    }

                    return await Put{{level - 1}}("{{level}}:" + key, value, ttl ?? TimeSpan.FromMinutes({{level}}));
                }

            """))}}
            public Task<bool> PutAsync(string key, string value) => Put{{depth}}(key, value, DateTime.UtcNow.AddHours(1) - DateTime.UtcNow);
        }
        """);
}
