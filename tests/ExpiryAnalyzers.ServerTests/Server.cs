using Garnet;
using StackExchange.Redis;
using Xunit;

namespace ExpiryAnalyzers.Tests;

/// <summary>
/// A server for the tests: the one that the environment variable <c>EXPIRY_REDIS</c> names (its database 15 is emptied), else Garnet inside this process.
/// </summary>
public sealed class Server : IAsyncLifetime
{
    private const int Database = 15;
    private GarnetServer? _server;
    private ConnectionMultiplexer _connection = null!;

    internal IDatabase Db => _connection.GetDatabase(Database);

    public async Task InitializeAsync()
    {
        string? address = Environment.GetEnvironmentVariable("EXPIRY_REDIS");
        if (string.IsNullOrEmpty(address))
        {
            using System.Net.Sockets.TcpListener free = new(System.Net.IPAddress.Loopback, 0);
            free.Start();
            int port = ((System.Net.IPEndPoint)free.LocalEndpoint).Port;
            free.Stop();
            _server = new GarnetServer(["--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--lua"]);
            _server.Start();
            address = $"127.0.0.1:{port}";
        }

        _connection = await ConnectionMultiplexer.ConnectAsync(address, options => options.AllowAdmin = true);
    }

    public async Task DisposeAsync()
    {
        await _connection.DisposeAsync();
        _server?.Dispose();
    }
}
