using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ExpiryAnalyzers.Tests.Servers;
using ExpiryAnalyzers.Tool.Inspecting;
using StackExchange.Redis;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>Against Garnet always, and against a real Redis where the machine has one.</summary>
public sealed class InspectTests
{
    private const string RedisProgram = "/usr/bin/redis-server";

    public static TheoryData<bool> Servers => File.Exists(RedisProgram) ? [false, true] : [false];

    [Theory, MemberData(nameof(Servers))]
    public async Task WhatTheBugsLeft_IsShown_AndNobodysName(bool isRedis)
    {
        using ITestServer server = Start(isRedis);
        await FillAsync(server, static async db =>
        {
            DateTime same = DateTime.UtcNow.Date.AddDays(3);
            for (int i = 0; i < 60; i++)
            {
                await db.StringSetAsync($"session:{Guid.NewGuid()}", new string('x', 1000));
                await db.StringSetAsync($"page:{i}", "text");
                await db.KeyExpireAsync($"page:{i}", same);
            }

            foreach (string name in new[] { "alice", "bob", "carol" })
            {
                await db.StringSetAsync($"user:{name}", name);
            }

            await db.StringSetAsync("lock:order:17", "token");
        });
        ToolResult result = await InspectAsync(server);
        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        Assert.Contains("124 keys looked at; 64 have no TTL.\n", result.Output);
        Assert.Matches(@"(?m)^\s+session:\{guid\}\s+60\s+0\s+\d+ kB\s*$", result.Output);
        Assert.Matches(@"(?m)^\s+user:\{word\}\s+3\s+0\s+[\d,]+ B\s*$", result.Output);
        Assert.Matches(@"(?m)^\s+lock:\S*\{n\}\s+1\s+0\s+[\d,]+ B\s+1\s*$", result.Output);
        Assert.Contains("warning: locks by their names among them: 1; a holder that dies keeps such a lock for ever.\n", result.Output);
        Assert.Matches(@"(?m)^\s+\d{4}-\d\d-\d\d 00:00:00\s+60\s+page:\{n\}\s*$", result.Output);
        Assert.Matches(@"(?m)^\s+127.0.0.1:\d+\s+primary\s+124\s+-?\d+ ms, give or take [\d.]+\s*$", result.Output);
        Assert.DoesNotContain("alice", result.Output);

        ToolResult named = await InspectAsync(server, "--show-keys", "--pattern", "user:*");
        Assert.Contains("3 keys looked at; 3 have no TTL.\n", named.Output);
        Assert.Contains("user:alice", named.Output);
        Assert.Equal(0, named.ExitCode);
    }

    /// <summary>Milliseconds that were given as seconds lie behind all that a calendar knows. Garnet refuses them.</summary>
    [Fact]
    public async Task AnInstantBehindAllCalendars_IsShown()
    {
        if (!File.Exists(RedisProgram))
        {
            return;
        }

        using RedisProcess server = new(RedisProgram);
        await FillAsync(server, static async db =>
        {
            for (int i = 0; i < 20; i++)
            {
                await db.StringSetAsync($"page:{i}", i);
                await db.ExecuteAsync("EXPIREAT", $"page:{i}", 1_893_456_000_000);
            }
        });
        ToolResult result = await InspectAsync(server);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"(?m)^\s+after the year 9999\s+20\s+page:\{n\}\s*$", result.Output);
    }

    [Fact]
    public async Task WhatTheServerRefuses_IsToldInItsWords()
    {
        if (!File.Exists(RedisProgram))
        {
            return;
        }

        using RedisProcess server = new(RedisProgram);
        await using ConnectionMultiplexer admin = await AdminOfAsync(server);
        await admin.GetServers()[0].ExecuteAsync("ACL", "SETUSER", "default", "-scan");
        ToolResult refused = await InspectAsync(server);
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("error: The server refused: ", refused.Complaint);

        ToolResult none = await InspectAsync(server, "--database", "99");
        Assert.Equal(2, none.ExitCode);
        Assert.StartsWith("error: The server refused: ", none.Complaint);
    }

    /// <summary>Where a project could not be read, nobody knows whether a line of it writes the keys.</summary>
    [Fact]
    public async Task ASourceThatIsReadInPart_IsAFailure()
    {
        using EmbeddedGarnet server = new();
        using UserSolution source = new();
        source.AddProject("App").Write("App/A.cs", Code.Mended)
            .AddProject("Other", items: "<PackageReference Include=\"Nowhere.To.Be.Found\" Version=\"1.0.0\" />")
            .Write("Other/B.cs", "class B : Nowhere.To.Be.Found;");
        ToolResult result = await InspectAsync(server, "--solution", source.PathOf("All.slnx"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("is not restored; run 'dotnet restore' first.\n", result.Error);
    }

    [Theory, MemberData(nameof(Servers))]
    public async Task ItStops_AtTheMostKeys(bool isRedis)
    {
        using ITestServer server = Start(isRedis);
        await FillAsync(server, static db => Task.WhenAll(Enumerable.Range(0, 1000).Select(i => db.StringSetAsync($"a:{i}", i))));
        ToolResult result = await InspectAsync(server, "--max-keys", "150", "--page", "40");
        Assert.Contains("150 keys looked at, where --max-keys ended it; 150 have no TTL.\n", result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    /// <summary>A whole name fits before one behind a prefix, and of patterns the one that says most.</summary>
    [Theory, MemberData(nameof(Servers))]
    public async Task LinesThatWriteTheKeys_AreNamed_WhereTheSourceIsGiven(bool isRedis)
    {
        using ITestServer server = Start(isRedis);
        await FillAsync(server, static async db =>
        {
            DateTime same = DateTime.UtcNow.Date.AddDays(3);
            for (int i = 0; i < 30; i++)
            {
                await db.StringSetAsync($"hits:{i}", i);
                await db.StringSetAsync($"session:{i}:token", i);
                await db.HashSetAsync($"shop:cart:{i}", "count", i);
                await db.StringSetAsync($"legacy:{i}", i);
                await db.StringSetAsync($"page:{i}", i);
                await db.KeyExpireAsync($"page:{i}", same);
            }
        });
        using UserSolution source = new();
        source.Write("Stores/Stores.cs", """
            using System;
            using System.Threading.Tasks;
            using StackExchange.Redis;

            public class Stores(IDatabase db, IDatabase other)
            {
                private const string Sessions = "session:";

                public async Task HitAsync(int page)
                {
                    await db.StringIncrementAsync($"hits:{page}");
                    await db.KeyExpireAsync($"hits:{page}", TimeSpan.FromMinutes(1));
                }

                public Task SignInAsync(string user, string token) => PutAsync(Sessions + user + ":token", token);

                public Task AddAsync(string user) => db.HashSetAsync($"cart:{user}", "count", 1);

                public Task CacheAsync(int page, string text) => db.StringSetAsync($"page:{page}", text, TimeSpan.FromHours(1));

                public Task<bool> IsCachedAsync(int page) => db.KeyExistsAsync($"legacy:{page}");

                private Task PutAsync(string key, string value) => other.StringSetAsync(key, value);
            }
            """);
        ToolResult result = await InspectAsync(server, "--solution", source.PathOf("Stores"));
        Assert.Equal("'Stores' holds no project and is read loosely: 6 client calls were bound, 0 were not.\n", result.Error);
        string written = result.Output[result.Output.IndexOf("Where Stores writes them", StringComparison.Ordinal)..result.Output.IndexOf(
            "Clocks", StringComparison.Ordinal)].TrimEnd();
        string file = source.PathOf("Stores/Stores.cs");
        Assert.Equal(
            $"""
            Where Stores writes them

              hits:{"{n}"} (30 without a TTL)
                {file}(11,15): StringIncrementAsync gives no TTL: hits:* (EXP303)
                {file}(12,15): KeyExpireAsync sets a TTL: hits:* (EXP303)

              legacy:{"{n}"} (30 without a TTL)
                no line: another program's, or a name that cannot be read from the source

              session:{"{n}"}:token (30 without a TTL)
                {file}(15,59): PutAsync gives no TTL: session:*:token

              shop:cart:{"{n}"} (30 without a TTL)
                {file}(17,42): HashSetAsync gives no TTL: cart:*

              page:{"{n}"} (30 expire in one second)
                {file}(19,54): StringSetAsync gives a TTL: page:*
            """.ReplaceLineEndings("\n"),
            written);
        Assert.DoesNotContain("Where", (await InspectAsync(server)).Output);

        ToolResult missing = await InspectAsync(server, "--solution", source.PathOf("Nowhere"));
        Assert.Equal(2, missing.ExitCode);
        Assert.StartsWith("error: There is no file or folder ", missing.Complaint);
    }

    [Theory]
    [InlineData(nameof(KeyFit.Whole), "session:17:token", "session:", null, ":token")]
    [InlineData(nameof(KeyFit.Whole), "session::token", "session:", null, ":token")]
    [InlineData(nameof(KeyFit.InPart), "shop:session:17:token", "session:", null, ":token")]
    [InlineData(nameof(KeyFit.InPart), "session:session:17", "session:1", null)]
    [InlineData(nameof(KeyFit.InPart), "a-session:17", null, "session:", null)]
    [InlineData(nameof(KeyFit.None), "mysession:17:token", "session:", null, ":token")]
    [InlineData(nameof(KeyFit.None), "session:token", "session:", null, ":token")]
    [InlineData(nameof(KeyFit.None), "session:17:tokens", "session:", null, ":token")]
    [InlineData(nameof(KeyFit.None), "a:aa", "a:a", "a", "a:aa")]
    [InlineData(nameof(KeyFit.None), "", "session")]
    [InlineData(nameof(KeyFit.InPart), "shop:order:42:user", null, "user", null)]
    [InlineData(nameof(KeyFit.InPart), "shop:order:42:user", "order:", null, ":user")]
    public void NamesFit_WholeOrInPart(string fit, string name, params string?[] parts) =>
        Assert.Equal(fit, KeyPattern.Of(parts)!.FitOf(name).ToString());

    [Theory]
    [InlineData(null, ":")]
    [InlineData(null, "1234")]
    [InlineData("a:", null)]
    public void WhatFixesNextToNothing_IsNoPattern(params string?[] parts) => Assert.Null(KeyPattern.Of(parts));

    [Theory, MemberData(nameof(Servers))]
    public async Task ItConnects_WithTls_WhereTheAuthorityIsKnown(bool isRedis)
    {
        using UserSolution files = new();
        Certificates.Write(files.Folder);
        using ITestServer server = isRedis
            ? new RedisProcess(
                RedisProgram,
                "--tls-port",
                [
                    "--port", "0", "--tls-auth-clients", "no", "--tls-ca-cert-file", files.PathOf("ca.pem"),
                    "--tls-cert-file", files.PathOf("server.pem"), "--tls-key-file", files.PathOf("server.key"),
                ])
            : new EmbeddedGarnet("--tls", "--cert-file-name", files.PathOf("server.pfx"), "--cert-password", Certificates.Password,
                "--client-certificate-required", "false");
        ToolResult unknown = await InspectAsync(server, "--tls");
        Assert.Equal(2, unknown.ExitCode);
        Assert.StartsWith($"error: 127.0.0.1:{server.Port} cannot be reached: ", unknown.Complaint);

        ToolResult result = await InspectAsync(server, "--tls-ca", files.PathOf("ca.pem"));
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        Assert.Contains("0 keys looked at; 0 have no TTL.\n", result.Output);

        ToolResult none = await InspectAsync(server, "--tls-ca", files.PathOf("Directory.Build.props"));
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("is no certificate that can be read: ", none.Complaint);
    }

    /// <summary>Two primaries that share the keys, and a replica of one: each key is looked at once, each clock is read.</summary>
    [Fact]
    public async Task AClustersNodes_AreFoundFromOne()
    {
        if (!File.Exists(RedisProgram))
        {
            return;
        }

        using RedisCluster cluster = new(RedisProgram);
        await cluster.StartAsync();
        await FillAsync(cluster, static async db =>
        {
            for (int i = 0; i < 200; i++)
            {
                await db.StringSetAsync($"cart:{i}", i);
            }
        });
        ToolResult result = await InspectAsync(cluster);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("200 keys looked at; 200 have no TTL.\n", result.Output);
        Assert.Matches(@"(?m)^\s+cart:\{n\}\s+200\s+0\s+[\d,]+ (B|kB)\s*$", result.Output);
        Assert.Equal(2, Regex.Count(result.Output, @"(?m)^\s+127.0.0.1:\d+\s+primary\s+\d+\s+-?\d+ ms, give or take [\d.]+\s*$"));
        Assert.Equal(1, Regex.Count(result.Output, @"(?m)^\s+127.0.0.1:\d+\s+replica\s+-?\d+ ms, give or take [\d.]+\s*$"));

        ToolResult few = await InspectAsync(cluster, "--max-keys", "150");
        cluster.Other.Dispose();
        ToolResult half = await InspectAsync(cluster);
        Assert.Contains(
            $"warning: 127.0.0.1:{cluster.Other.Port} does not answer: not all of its keys were looked at.\n", half.Output);
        Assert.Equal(2, half.ExitCode);
        Assert.Contains("150 keys looked at, where --max-keys ended it; 150 have no TTL.\n", few.Output);
    }

    /// <summary>A user that may only read what is asked for, and a replica where it is all there is.</summary>
    [Fact]
    public async Task AReplicaIsLookedAt_ByAUserWhoMayOnlyRead()
    {
        if (!File.Exists(RedisProgram))
        {
            return;
        }

        using RedisProcess primary = new(RedisProgram, "--repl-diskless-sync-delay", "0");
        string port = primary.Port.ToString(CultureInfo.InvariantCulture);
        using RedisProcess replica = new(RedisProgram, "--replicaof", "127.0.0.1", port);
        await FillAsync(primary, static async db =>
        {
            await db.StringSetAsync("cart:1", 1);
            await db.ExecuteAsync("WAIT", "1", "4000");
        });
        await using ConnectionMultiplexer admin = await AdminOfAsync(replica);
        await admin.GetServers()[0].ExecuteAsync(
            "ACL", "SETUSER", "looker", "on", ">secret", "~*", "+scan", "+pexpiretime", "+memory|usage", "+time", "+dbsize", "+hello", "+info",
            "+ping", "+echo", "+client|setname");
        ToolResult result = await Tool.RunAsync(
            ".",
            Secret,
            "inspect", $"127.0.0.1:{replica.Port}", "--user", "looker");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("1 key looked at; 1 has no TTL.\n", result.Output);
        Assert.Matches(@"(?m)^\s+127.0.0.1:\d+\s+replica\s+1\s+-?\d+ ms, give or take [\d.]+\s*$", result.Output);
    }

    [Fact]
    public async Task ItOnlyReads_AndTakesThePasswordFromTheEnvironment()
    {
        if (!File.Exists(RedisProgram))
        {
            return;
        }

        using RedisProcess server = new(RedisProgram);
        await using ConnectionMultiplexer admin = await AdminOfAsync(server);
        await admin.GetDatabase().StringSetAsync("a", 1);
        await admin.GetServers()[0].ConfigSetAsync("requirepass", "secret");
        ToolResult refused = await InspectAsync(server);
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith($"error: 127.0.0.1:{server.Port} cannot be reached: ", refused.Complaint);

        await admin.GetServers()[0].ConfigResetStatisticsAsync();
        ToolResult result = await Tool.RunAsync(
            ".", Secret, "inspect", $"127.0.0.1:{server.Port}");
        Assert.Equal(0, result.ExitCode);
        string statistics = (await admin.GetServers()[0].InfoRawAsync("commandstats"))!;
        string[] commands = [.. Regex.Matches(statistics, @"cmdstat_([\w|]+)").Select(static match => match.Groups[1].Value)];
        Assert.Contains("scan", commands);
        Assert.Empty(commands.Except([
            "auth", "hello", "client|setname", "client|setinfo", "client|id", "ping", "echo", "info", "config|get", "cluster|nodes", "cluster|slots", "select",
            "scan", "pexpiretime", "pttl", "memory|usage", "time", "dbsize", "config|resetstat", "sentinel|masters", "get", "quit",
        ]));
    }

    [Theory]
    [InlineData("error: 127.0.0.1:1 cannot be reached: ", "127.0.0.1:1")]
    [InlineData("error: '--page' must be at least 1.", "127.0.0.1:1", "--page", "0")]
    [InlineData("error: Required argument missing", "--tls")]
    public async Task WhatCannotBeDone_IsToldInASentence(string complaint, params string[] arguments)
    {
        ToolResult result = await Tool.RunAsync(".", ["inspect", .. arguments]);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(complaint, result.Complaint);
    }

    private static string? Secret(string name) => name == "EXPIRY_REDIS_PASSWORD" ? "secret" : null;

    private static ITestServer Start(bool isRedis) => isRedis ? new RedisProcess(RedisProgram) : new EmbeddedGarnet();

    private static Task<ToolResult> InspectAsync(ITestServer server, params string[] arguments) =>
        Tool.RunAsync(AppContext.BaseDirectory, ["inspect", $"127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)}", "--pause", "0", .. arguments]);

    private static Task<ConnectionMultiplexer> AdminOfAsync(ITestServer server) =>
        ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},allowAdmin=true");

    private static async Task FillAsync(ITestServer server, Func<IDatabase, Task> fill)
    {
        ConfigurationOptions options = new() { EndPoints = { new IPEndPoint(IPAddress.Loopback, server.Port) } };
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(options);
        await fill(connection.GetDatabase());
    }
}
