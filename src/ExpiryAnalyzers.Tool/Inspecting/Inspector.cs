using System.Diagnostics;
using StackExchange.Redis;

namespace ExpiryAnalyzers.Tool.Inspecting;

/// <summary>
/// Looks at live servers: reads only, a page of keys at a time with a rest between two pages, and keeps no more in memory for many keys
/// than for few.
/// </summary>
internal sealed class Inspector(ConnectionMultiplexer connection, InspectRequest request, Action<string> step)
{
    private const int MostSamples = 20;

    private const int ClockReadings = 5;

    private static readonly TimeSpan ConnectionPause = TimeSpan.FromMilliseconds(50);

    private readonly Inspection _inspection = new();

    private bool _knowsMemory = true;

    private bool _knowsInstants = true;

    /// <summary>Looks at all servers, one after the other.</summary>
    public async Task<Inspection> RunAsync(CancellationToken cancellationToken)
    {
        IServer[] all = await ConnectedAsync(cancellationToken);
        IServer[] servers = [.. all.Where(static server => server.IsConnected)];
        _inspection.Unreached.AddRange(all.Except(servers).Select(NameOf));
        IServer[] primaries = [.. servers.Where(static server => !server.IsReplica)];
        IServer[] scanned = primaries is [] ? [.. servers.Take(1)] : primaries;
        foreach (IServer server in servers)
        {
            await UnlessGoneAsync(server, async () =>
            {
                long? keys = scanned.Contains(server) ? await server.DatabaseSizeAsync(request.Database) : null;
                (TimeSpan offset, TimeSpan uncertainty) = await ClockAsync(server);
                string role = server.IsReplica ? "replica" : "primary";
                _inspection.Servers.Add(new(NameOf(server), role, keys, offset, uncertainty));
            });
        }

        foreach (IServer server in scanned)
        {
            await UnlessGoneAsync(server, () => ScanAsync(server, cancellationToken));
        }

        return _inspection;
    }

    /// <summary>Asks a server; one that answers no more is noted, and what was seen of the others stays.</summary>
    private async Task UnlessGoneAsync(IServer server, Func<Task> ask)
    {
        string name = NameOf(server);
        if (_inspection.Unreached.Contains(name))
        {
            return;
        }

        try
        {
            await ask();
        }
        catch (Exception exception) when (exception is RedisConnectionException or TimeoutException)
        {
            _inspection.Unreached.Add(name);
        }
    }

    /// <summary>All servers, when each is connected, or has had the time for it: a cluster's other nodes come after the first.</summary>
    private async Task<IServer[]> ConnectedAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan most = TimeSpan.FromMilliseconds(connection.TimeoutMilliseconds);
        IServer[] servers = connection.GetServers();
        while (servers.Any(static server => !server.IsConnected) && Stopwatch.GetElapsedTime(start) < most)
        {
            await Task.Delay(ConnectionPause, cancellationToken);
            servers = connection.GetServers();
        }

        return servers;
    }

    private static string NameOf(IServer server) => server.EndPoint.ToString()!.Replace("Unspecified/", "");

    /// <summary>A server's clock less this machine's, by the quickest of some answers.</summary>
    private static async Task<(TimeSpan Offset, TimeSpan Uncertainty)> ClockAsync(IServer server)
    {
        (TimeSpan Offset, TimeSpan Uncertainty) best = (TimeSpan.Zero, TimeSpan.MaxValue);
        for (int reading = 0; reading < ClockReadings; reading++)
        {
            DateTime asked = DateTime.UtcNow;
            long start = Stopwatch.GetTimestamp();
            DateTime told = await server.TimeAsync();
            TimeSpan half = Stopwatch.GetElapsedTime(start) / 2;
            best = half < best.Uncertainty ? (told - (asked + half), half) : best;
        }

        return best;
    }

    private async Task ScanAsync(IServer server, CancellationToken cancellationToken)
    {
        string cursor = "0";
        do
        {
            RedisResult[] page = (RedisResult[])(await server.ExecuteAsync(
                request.Database, "SCAN", [cursor, "MATCH", request.Pattern, "COUNT", request.Page]))!;
            cursor = (string)page[0]!;
            RedisKey[] keys = [.. ((RedisKey[])page[1]!).Take((int)Math.Min(int.MaxValue, request.MostKeys - _inspection.Scanned))];
            await LookAtAsync(server, keys);
            _inspection.Scanned += keys.Length;
            step($"{_inspection.Scanned:N0} keys");
            if (_inspection.Scanned >= request.MostKeys)
            {
                _inspection.IsCut |= cursor != "0" || keys.Length < ((RedisKey[])page[1]!).Length;
                return;
            }

            if (cursor != "0")
            {
                await Task.Delay(request.Pause, cancellationToken);
            }
        }
        while (cursor != "0");
    }

    private async Task LookAtAsync(IServer server, RedisKey[] keys)
    {
        IReadOnlyList<long?> instants = await InstantsAsync(server, keys);
        List<(RedisKey Key, ShapeCount Count)> samples = [];
        for (int at = 0; at < keys.Length; at++)
        {
            // A key that died in between says nothing.
            if (instants[at] is not { } instant)
            {
                continue;
            }

            string name = keys[at].ToString();
            ShapeCount count = _inspection.Shapes.At(KeyShape.PartsOf(name));
            Trace(name, hasTtl: instant >= 0, count);
            if (instant >= 0)
            {
                count.WithTtl++;
                _inspection.Seconds.Add(instant / 1000, count);
                continue;
            }

            bool isLock = KeyShape.LooksLikeLock(name);
            count.WithoutTtl++;
            count.Locks += isLock ? 1 : 0;
            count.Example ??= name;
            _inspection.WithoutTtl++;
            _inspection.Locks += isLock ? 1 : 0;
            if (count.Sampled + samples.Count(sample => sample.Count == count) < MostSamples)
            {
                samples.Add((keys[at], count));
            }
        }

        await MeasureAsync(server, samples);
    }

    /// <summary>Looks for where the source writes a key, for the first ones of its shape with and without a TTL.</summary>
    private void Trace(string name, bool hasTtl, ShapeCount count)
    {
        if (request.Writers is not { } writers || (hasTtl ? count.WithTtl : count.WithoutTtl) >= MostSamples)
        {
            return;
        }

        count.Traced++;
        IReadOnlyList<KeyWrite> writes = writers.Of(name);
        count.Untraced += writes.Count == 0 ? 1 : 0;
        count.Writes.UnionWith(writes);
    }

    /// <summary>When each key dies in milliseconds of Unix time, -1 for never, null for one that is gone.</summary>
    private async Task<IReadOnlyList<long?>> InstantsAsync(IServer server, RedisKey[] keys)
    {
        if (_knowsInstants)
        {
            try
            {
                long[] instants = await AskAsync(server, "PEXPIRETIME", keys);
                return [.. instants.Select(static instant => instant == -2 ? (long?)null : instant)];
            }
            catch (RedisServerException)
            {
                // Before Redis 7 the time that is left is all that can be asked for.
                _knowsInstants = false;
            }
        }

        long now = new DateTimeOffset(await server.TimeAsync()).ToUnixTimeMilliseconds();
        long[] left = await AskAsync(server, "PTTL", keys);
        return [.. left.Select(span => span switch { -2 => (long?)null, -1 => -1, _ => now + span })];
    }

    private async Task<long[]> AskAsync(IServer server, string command, RedisKey[] keys) =>
        [.. (await Task.WhenAll(keys.Select(key => server.ExecuteAsync(request.Database, command, [key]))))
            .Select(static answer => (long)answer)];

    private async Task MeasureAsync(IServer server, List<(RedisKey Key, ShapeCount Count)> samples)
    {
        foreach ((RedisKey key, ShapeCount count) in _knowsMemory ? samples : [])
        {
            try
            {
                if ((long?)await server.ExecuteAsync(request.Database, "MEMORY", ["USAGE", key]) is { } bytes)
                {
                    count.Current.Sampled++;
                    count.Current.SampledBytes += bytes;
                }
            }
            catch (RedisServerException)
            {
                // A server or a user without the command: the sizes stay unknown.
                _knowsMemory = false;
                return;
            }
        }
    }
}
