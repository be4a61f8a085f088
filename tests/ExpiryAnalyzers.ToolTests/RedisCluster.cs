using System.Globalization;
using ExpiryAnalyzers.Tests.Servers;
using StackExchange.Redis;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>A Redis cluster of two primaries, which share the keys, and a replica of the first.</summary>
internal sealed class RedisCluster : ITestServer
{
    private const int Slots = 16384;

    private const int MostAttempts = 600;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private const int Nodes = 3;

    private readonly RedisProcess[] _nodes;

    public RedisCluster(string program) =>
        _nodes = [.. Enumerable.Range(0, Nodes).Select(_ => new RedisProcess(program, "--cluster-enabled", "yes", "--repl-diskless-sync-delay", "0"))];

    public int Port => _nodes[0].Port;

    /// <summary>The primary of the other half of the keys.</summary>
    public RedisProcess Other => _nodes[1];

    /// <summary>Makes one cluster of the nodes, and waits until it is.</summary>
    public async Task StartAsync()
    {
        IServer[] servers = [.. await Task.WhenAll(_nodes.Select(ConnectAsync))];
        foreach (RedisProcess other in _nodes[1..])
        {
            await servers[0].ExecuteAsync("CLUSTER", "MEET", "127.0.0.1", other.Port.ToString(CultureInfo.InvariantCulture));
        }

        await servers[0].ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", 0, Slots / 2 - 1);
        await servers[1].ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", Slots / 2, Slots - 1);
        string first = (string)(await servers[0].ExecuteAsync("CLUSTER", "MYID"))!;
        await UntilAsync(async () => ((string)(await servers[2].ExecuteAsync("CLUSTER", "NODES"))!).Contains(first));
        await servers[2].ExecuteAsync("CLUSTER", "REPLICATE", first);
        await UntilAsync(async () => (await servers[2].InfoRawAsync("replication"))!.Contains("master_link_status:up"));
        foreach (IServer server in servers)
        {
            await UntilAsync(async () => await IsSettledAsync(server));
        }

        foreach (IServer server in servers)
        {
            await server.Multiplexer.DisposeAsync();
        }
    }

    public void Dispose()
    {
        foreach (RedisProcess node in _nodes)
        {
            node.Dispose();
        }
    }

    private static async Task<IServer> ConnectAsync(RedisProcess node) =>
        (await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{node.Port},allowAdmin=true")).GetServers()[0];

    private static async Task<bool> IsSettledAsync(IServer server)
    {
        string state = (string)(await server.ExecuteAsync("CLUSTER", "INFO"))!;
        string nodes = (string)(await server.ExecuteAsync("CLUSTER", "NODES"))!;
        return state.Contains("cluster_state:ok") && nodes.Contains("slave ") && nodes.Split("connected").Length > 3;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (int attempt = 0; !await isSo(); attempt++)
        {
            Assert.True(attempt < MostAttempts, "The nodes do not come together.");
            await Task.Delay(Patience);
        }
    }
}
