using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ExpiryAnalyzers.Tests.Servers;

/// <summary>One connection through the proxy.</summary>
internal sealed class RespConnection(RespProxy proxy, TcpClient client, TcpClient server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private int _database;
    private int _received;
    private int _sent;
    private int _answered;

    /// <summary>How many commands have come that are not answered.</summary>
    public int Waiting => Volatile.Read(ref _received) - Volatile.Read(ref _answered);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(CommandsAsync(cancellationToken), AnswersAsync(cancellationToken));
        }
        finally
        {
            Close();
        }
    }

    public void Close()
    {
        client.Dispose();
        server.Dispose();
    }

    private async Task CommandsAsync(CancellationToken cancellationToken)
    {
        RespReader reader = new(client.GetStream());
        while (await reader.NextAsync(cancellationToken) is { } message)
        {
            Interlocked.Increment(ref _received);
            if (message.Words.Count == 2 && Encoding.ASCII.GetString(message.Words[0]).Equals("SELECT", StringComparison.OrdinalIgnoreCase))
            {
                _database = int.Parse(Encoding.ASCII.GetString(message.Words[1]), CultureInfo.InvariantCulture);
            }

            if (!await proxy.PassesAsync(_database, message.Words, EarlierAreAnsweredAsync))
            {
                return;
            }

            _sent++;
            await server.GetStream().WriteAsync(message.Bytes, cancellationToken);
        }
    }

    private async Task AnswersAsync(CancellationToken cancellationToken)
    {
        RespReader reader = new(server.GetStream());
        while (await reader.NextAsync(cancellationToken) is { } message)
        {
            foreach (byte[] word in message.Words.Where(word => word is [(byte)'-', ..]
                && !long.TryParse(word, CultureInfo.InvariantCulture, out _)))
            {
                proxy.Refused(Encoding.UTF8.GetString(word)[1..]);
            }

            if (message.Bytes[0] != '>')
            {
                Interlocked.Increment(ref _answered);
            }

            await client.GetStream().WriteAsync(message.Bytes, cancellationToken);
        }
    }

    private async Task EarlierAreAnsweredAsync()
    {
        DateTime end = DateTime.UtcNow + Patience;
        while (Volatile.Read(ref _answered) < _sent && DateTime.UtcNow < end)
        {
            await Task.Yield();
        }
    }
}
