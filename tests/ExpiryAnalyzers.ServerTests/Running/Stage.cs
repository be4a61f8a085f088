using ExpiryAnalyzers.Tests.Servers;
using StackExchange.Redis;

namespace ExpiryAnalyzers.Tests.Running;

/// <summary>A server, a proxy before it, a client that programs use, and a connection of the tests past the proxy.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly ITestServer _server;
    private ConnectionMultiplexer? _client;

    private Stage(ITestServer server, ConnectionMultiplexer direct)
    {
        _server = server;
        Direct = direct;
        Proxy = new(server.Port);
    }

    public RespProxy Proxy { get; }

    /// <summary>The tests' own connection, which nothing cuts.</summary>
    public ConnectionMultiplexer Direct { get; }

    public ConnectionMultiplexer Client => _client ?? throw new InvalidOperationException("Not connected.");

    public string Address => $"127.0.0.1:{Proxy.Port}";

    public static async Task<Stage> OpenAsync()
    {
        ITestServer server = TestServer.Start();
        return new(server, await ConnectAsync(server.Port, isTests: true));
    }

    /// <summary>An empty server and a client that nothing has happened to.</summary>
    public async Task ResetAsync()
    {
        if (_client is null || !_client.IsConnected)
        {
            await DropClientAsync();
            Proxy.Watch(null);
            _client = await ConnectAsync(Proxy.Port, isTests: false);
        }

        await Direct.GetServers()[0].FlushAllDatabasesAsync();
    }

    /// <summary>How much the server may hold, in bytes; without an end where it is zero.</summary>
    public Task SetMemoryAsync(string bytes) => Direct.GetServers()[0].ConfigSetAsync("maxmemory", bytes);

    /// <summary>Waits until what the program has sent and does not wait for has been done.</summary>
    public async Task CatchUpAsync()
    {
        // The limit of the wait has its timer in a source of its own, which is gone when this returns.
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(1));
        try
        {
            await Client.GetDatabase().PingAsync().WaitAsync(limit.Token);
        }
        catch (Exception gone) when (gone is RedisException or TimeoutException or OperationCanceledException)
        {
            // The connection was cut.
        }
    }

    /// <summary>Gives up the client: a program may still wait on it.</summary>
    public async Task DropClientAsync()
    {
        if (_client is not null)
        {
            await _client.CloseAsync(allowCommandsToComplete: false);
            await _client.DisposeAsync();
            _client = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DropClientAsync();
        await Direct.DisposeAsync();
        Proxy.Dispose();
        _server.Dispose();
    }

    private static Task<ConnectionMultiplexer> ConnectAsync(int port, bool isTests) =>
        ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
    {
        EndPoints = { { "127.0.0.1", port } },
        AllowAdmin = isTests,
        Protocol = RedisProtocol.Resp2,
        TieBreaker = "",
        ConfigurationChannel = "",
        BacklogPolicy = BacklogPolicy.FailFast,
        ConnectRetry = 5,
        SyncTimeout = 10_000,
        AsyncTimeout = 10_000,
    });
}
