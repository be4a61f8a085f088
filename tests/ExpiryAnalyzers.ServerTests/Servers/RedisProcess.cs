using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace ExpiryAnalyzers.Tests.Servers;

/// <summary>A <c>redis-server</c> of its own, which keeps nothing on disk.</summary>
internal sealed class RedisProcess : ITestServer
{
    private readonly Process _process;

    public RedisProcess(string program)
    {
        Port = FreePort.Next();
        string port = Port.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(new ProcessStartInfo(program,
            ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]) { RedirectStandardOutput = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        WaitUntilItListens();
    }

    public int Port { get; }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void WaitUntilItListens()
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using TcpClient client = new("127.0.0.1", Port);
                return;
            }
            catch (SocketException) when (attempt < 100)
            {
                Thread.Sleep(50);
            }
        }
    }
}
