using System.Net;
using System.Net.Sockets;

namespace ExpiryAnalyzers.Tests.Servers;

/// <summary>
/// Stands between a client and a server: writes down the commands that touch data, and hands each to a watcher before it is passed on,
/// when all earlier ones of the connection have been answered. The watcher may work on the server by another connection, and may cut this
/// one.
/// </summary>
internal sealed class RespProxy : IDisposable
{
    /// <summary>What a client sends on its own account.</summary>
    private static readonly HashSet<string> Housekeeping =
        ["CLIENT", "INFO", "PING", "ECHO", "CONFIG", "CLUSTER", "SUBSCRIBE", "UNSUBSCRIBE", "HELLO", "AUTH", "SENTINEL", "COMMAND",
            "SELECT", "SCRIPT", "QUIT", "PUBLISH"];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly int _server;
    private readonly Lock _gate = new();
    private readonly List<RespConnection> _connections = [];
    private List<RespCommand> _commands = [];
    private List<string> _errors = [];
    private Func<RespCommand, Task<bool>>? _watcher;
    private bool _isCut;
    private int _waitingBefore;

    public RespProxy(int server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Begins a new record.</summary>
    /// <param name="watcher">Called before each command; says whether it may pass. Where it may not, all connections are cut and no new
    /// one is let in.</param>
    public void Watch(Func<RespCommand, Task<bool>>? watcher)
    {
        lock (_gate)
        {
            _commands = [];
            _errors = [];
            _watcher = watcher;
            _isCut = false;
            _waitingBefore = Waiting;
        }
    }

    public IReadOnlyList<RespCommand> Commands
    {
        get
        {
            lock (_gate)
            {
                return [.. _commands];
            }
        }
    }

    /// <summary>How many commands of the record are not answered.</summary>
    public int Unanswered
    {
        get
        {
            lock (_gate)
            {
                return Waiting - _waitingBefore;
            }
        }
    }

    private int Waiting => _connections.Sum(connection => connection.Waiting);

    /// <summary>What the server has refused since.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_gate)
            {
                return [.. _errors];
            }
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Stop();
        CloseAll();
        _closing.Dispose();
    }

    /// <summary>Writes a command down and asks the watcher; says whether it may pass.</summary>
    internal async Task<bool> PassesAsync(int database, List<byte[]> words, Func<Task> earlierAreAnswered)
    {
        RespCommand command = new(0, database, words);
        if (Housekeeping.Contains(command.Name))
        {
            return true;
        }

        Func<RespCommand, Task<bool>>? watcher;
        lock (_gate)
        {
            command = command with { Number = _commands.Count + 1 };
            _commands.Add(command);
            watcher = _watcher;
        }

        if (watcher is null)
        {
            return true;
        }

        await earlierAreAnswered();
        if (await watcher(command))
        {
            return true;
        }

        _isCut = true;
        CloseAll();
        return false;
    }

    internal void Refused(string error)
    {
        lock (_gate)
        {
            _errors.Add(error);
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_closing.Token);
                if (_isCut)
                {
                    client.Dispose();
                    continue;
                }

                TcpClient server = new();
                await server.ConnectAsync(IPAddress.Loopback, _server);
                client.NoDelay = server.NoDelay = true;
                RespConnection connection = new(this, client, server);
                lock (_gate)
                {
                    _connections.Add(connection);
                }

                _ = connection.RunAsync(_closing.Token);
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private void CloseAll()
    {
        RespConnection[] open;
        lock (_gate)
        {
            open = [.. _connections];
            _connections.Clear();
        }

        foreach (RespConnection connection in open)
        {
            connection.Close();
        }
    }
}
