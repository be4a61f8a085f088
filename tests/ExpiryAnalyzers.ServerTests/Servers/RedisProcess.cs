using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace ExpiryAnalyzers.Tests.Servers;

/// <summary>A <c>redis-server</c> of its own, which leaves nothing on disk.</summary>
internal sealed class RedisProcess : ITestServer
{
    /// <summary>A replica keeps what it is sent in a file, which the next server in that folder would read.</summary>
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("expiry-redis-");

    private readonly Process _process;

    /// <param name="program">Where it is.</param>
    /// <param name="more">More of its arguments.</param>
    public RedisProcess(string program, params string[] more)
        : this(program, "--port", more)
    {
    }

    /// <param name="program">Where it is.</param>
    /// <param name="portOption">What it is told its port by.</param>
    /// <param name="more">More of its arguments.</param>
    public RedisProcess(string program, string portOption, string[] more)
    {
        Port = FreePort.Next();
        string port = Port.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(new ProcessStartInfo(program,
            [portOption, port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.FullName, .. more]) { RedirectStandardOutput = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        WaitUntilItListens();
    }

    public int Port { get; }

    public void Dispose()
    {
        if (!_folder.Exists)
        {
            return;
        }

        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
        _folder.Refresh();
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
