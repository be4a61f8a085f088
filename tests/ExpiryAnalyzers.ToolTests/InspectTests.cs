using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ExpiryAnalyzers.Tests.Servers;
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

    [Theory, MemberData(nameof(Servers))]
    public async Task ItStops_AtTheMostKeys(bool isRedis)
    {
        using ITestServer server = Start(isRedis);
        await FillAsync(server, static db => Task.WhenAll(Enumerable.Range(0, 1000).Select(i => db.StringSetAsync($"a:{i}", i))));
        ToolResult result = await InspectAsync(server, "--max-keys", "150", "--page", "40");
        Assert.Contains("150 keys looked at, where --max-keys ended it; 150 have no TTL.\n", result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task ItOnlyReads_AndTakesThePasswordFromTheEnvironment()
    {
        if (!File.Exists(RedisProgram))
        {
            return;
        }

        using RedisProcess server = new(RedisProgram);
        await using ConnectionMultiplexer admin = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},allowAdmin=true");
        await admin.GetDatabase().StringSetAsync("a", 1);
        await admin.GetServers()[0].ConfigSetAsync("requirepass", "secret");
        ToolResult refused = await InspectAsync(server);
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith($"error: 127.0.0.1:{server.Port} cannot be reached: ", refused.Complaint);

        await admin.GetServers()[0].ConfigResetStatisticsAsync();
        ToolResult result = await Tool.RunAsync(
            ".", static name => name == "EXPIRY_REDIS_PASSWORD" ? "secret" : null, "inspect", $"127.0.0.1:{server.Port}");
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

    private static ITestServer Start(bool isRedis) => isRedis ? new RedisProcess(RedisProgram) : new EmbeddedGarnet();

    private static Task<ToolResult> InspectAsync(ITestServer server, params string[] arguments) =>
        Tool.RunAsync(".", ["inspect", $"127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)}", "--pause", "0", .. arguments]);

    private static async Task FillAsync(ITestServer server, Func<IDatabase, Task> fill)
    {
        ConfigurationOptions options = new() { EndPoints = { new IPEndPoint(IPAddress.Loopback, server.Port) } };
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(options);
        await fill(connection.GetDatabase());
    }
}
