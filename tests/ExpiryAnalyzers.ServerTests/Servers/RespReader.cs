using System.Globalization;
using System.Text;

namespace ExpiryAnalyzers.Tests.Servers;

/// <summary>Reads whole messages of the Redis protocol from a stream, and keeps their bytes.</summary>
internal sealed class RespReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly List<byte> _message = [];
    private int _start;
    private int _end;

    /// <summary>The next message, with the bulk strings of its first level; null where the other side has closed.</summary>
    public async Task<(byte[] Bytes, List<byte[]> Words)?> NextAsync(CancellationToken cancellationToken)
    {
        _message.Clear();
        List<byte[]> words = [];
        return await ValueAsync(words, cancellationToken) ? (_message.ToArray(), words) : null;
    }

    private async Task<bool> ValueAsync(List<byte[]> words, CancellationToken cancellationToken)
    {
        if (await LineAsync(cancellationToken) is not { } line)
        {
            return false;
        }

        switch (line[0])
        {
            case '$' or '=' or '!':
                int length = Number(line);
                if (length < 0)
                {
                    return true;
                }

                byte[]? bulk = await TakeAsync(length + 2, cancellationToken);
                words.Add(bulk?[..length] ?? []);
                return bulk is not null;
            case '*' or '~' or '>':
                return await ValuesAsync(Number(line), words, cancellationToken);
            case '%' or '|':
                return await ValuesAsync(2 * Number(line), words, cancellationToken);
            default:
                words.Add(Encoding.UTF8.GetBytes(line));
                return true;
        }
    }

    private async Task<bool> ValuesAsync(int count, List<byte[]> words, CancellationToken cancellationToken)
    {
        for (int index = 0; index < count; index++)
        {
            if (!await ValueAsync(words, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private static int Number(string line) => int.Parse(line.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private async Task<string?> LineAsync(CancellationToken cancellationToken)
    {
        int first = _message.Count;
        while (_message.Count < first + 2 || _message[^1] != '\n')
        {
            if (_start == _end && !await FillAsync(cancellationToken))
            {
                return null;
            }

            _message.Add(_buffer[_start++]);
        }

        return Encoding.UTF8.GetString([.. _message.Skip(first).Take(_message.Count - first - 2)]);
    }

    private async Task<byte[]?> TakeAsync(int count, CancellationToken cancellationToken)
    {
        int first = _message.Count;
        while (_message.Count < first + count)
        {
            if (_start == _end && !await FillAsync(cancellationToken))
            {
                return null;
            }

            int taken = Math.Min(_end - _start, first + count - _message.Count);
            _message.AddRange(new ArraySegment<byte>(_buffer, _start, taken));
            _start += taken;
        }

        return [.. _message.Skip(first)];
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await stream.ReadAsync(_buffer, cancellationToken);
        return _end > 0;
    }
}
