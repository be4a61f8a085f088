using StackExchange.Redis;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>The examples of the pages, run against a server.</summary>
public sealed class ServerTests(Server server) : IClassFixture<Server>
{
    /// <summary>What a pair's example works on: each state of the key that the repair must leave as the pair left it.</summary>
    private static readonly (string Name, Action<IDatabase, RedisKey> Make)[] States =
    [
        ("missing", static (_, _) => { }),
        ("string", static (db, key) => db.StringSet(key, "1")),
        ("string with a TTL", static (db, key) => db.StringSet(key, "1", TimeSpan.FromHours(9))),
        ("hash", static (db, key) => db.HashSet(key, "f", "1")),
    ];

    private const string Refused = "refused by the server";

    public static TheoryData<string> Ids => [.. new ExpiryAnalyzer().SupportedDiagnostics.Select(rule => rule.Id)];

    public static TheoryData<string> Pairs => [.. new ExpiryAnalyzer().SupportedDiagnostics.Select(rule => rule.Id).Where(id => id is "EXP301" or "EXP302" or "EXP303")];

    [Theory, MemberData(nameof(Ids))]
    public async Task GoodExamples_Run(string id)
    {
        foreach (string block in Page.Blocks(id, "good"))
        {
            RedisKey key = Clean();
            await Example.Of(block).RunAsync(server.Db, key);
        }
    }

    [Theory, MemberData(nameof(Pairs))]
    public async Task Repairs_AnswerAndLeaveWhatThePairDid(string id)
    {
        foreach (string block in Page.Blocks(id, "bad"))
        {
            Example pair = Example.Of(block);
            IReadOnlyDictionary<string, Example> repaired = await pair.RepairedAsync(id);
            Assert.NotEmpty(repaired);
            foreach ((string state, Action<IDatabase, RedisKey> make) in States)
            {
                string expected = await OutcomeAsync(pair, make);
                if (expected == Refused && id != "EXP301")
                {
                    // What is queued is refused at its own task, which nobody reads where nobody read the answer; and Garnet's SET NX does not see a hash of the same key.
                    continue;
                }

                foreach ((string title, Example repair) in repaired)
                {
                    string outcome = await OutcomeAsync(repair, make);

                    // A TTL that the pair loses may be given: to a counter that lost it before, to a key that was not there yet.
                    bool isMended = (id, state) is ("EXP303", "string") or ("EXP302", "missing") && outcome == expected.Replace("TTL none", "TTL 5", StringComparison.Ordinal);
                    Assert.Equal((state, title, isMended ? outcome : expected), (state, title, outcome));
                }
            }
        }
    }

    [Fact]
    public async Task LocalAndUnspecifiedTimes_DoWhatThePageOfEXP101Says()
    {
        RedisKey key = Clean();
        await server.Db.StringSetAsync(key, "1");
        await Assert.ThrowsAsync<ArgumentException>(() => server.Db.KeyExpireAsync(key, new DateTime(2030, 1, 1)));
        Assert.True(await server.Db.KeyExpireAsync(key, DateTime.Now.AddMinutes(5)));
        Assert.InRange((await server.Db.KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
    }

    /// <summary>What the program returned or threw, and what is left at the key: its type and its TTL in minutes.</summary>
    private async Task<string> OutcomeAsync(Example example, Action<IDatabase, RedisKey> make)
    {
        RedisKey key = Clean();
        make(server.Db, key);
        string answer;
        try
        {
            object? returned = await example.RunAsync(server.Db, key);
            answer = returned is System.Collections.IEnumerable and not string ? string.Join(',', ((System.Collections.IEnumerable)returned).Cast<object>()) : returned?.ToString() ?? "null";
        }
        catch (RedisServerException)
        {
            // A repair may send another command first, so that the words differ; the refusal must not.
            return Refused;
        }

        TimeSpan? ttl = await server.Db.KeyTimeToLiveAsync(key);
        return $"{answer}; {await server.Db.KeyTypeAsync(key)}, TTL {(ttl is { } left ? Math.Ceiling(left.TotalMinutes) : "none")}";
    }

    private RedisKey Clean()
    {
        server.Db.Execute("FLUSHDB");
        return "example";
    }
}
