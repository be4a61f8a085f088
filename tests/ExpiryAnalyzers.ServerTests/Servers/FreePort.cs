using System.Net;
using System.Net.Sockets;

namespace ExpiryAnalyzers.Tests.Servers;

/// <summary>Finds a port that nobody listens on.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
