using System.Globalization;
using Garnet;

namespace ExpiryAnalyzers.Tests.Servers;

/// <summary>Garnet inside this process.</summary>
internal sealed class EmbeddedGarnet : ITestServer
{
    private readonly GarnetServer _server;

    /// <param name="more">More of its arguments.</param>
    public EmbeddedGarnet(params string[] more)
    {
        Port = FreePort.Next();
        string port = Port.ToString(CultureInfo.InvariantCulture);
        _server = new(["--port", port, "--bind", "127.0.0.1", "--lua", "--memory", "64m", "--page", "4m", "--index", "1m", .. more]);
        _server.Start();
    }

    public int Port { get; }

    public void Dispose() => _server.Dispose();
}
