using StackExchange.Redis;

namespace ExpiryAnalyzers.Tests.Observing;

/// <summary>Reads and writes all that a server holds.</summary>
internal static class Keyspace
{
    public static async Task<List<KeyEntry>> ReadAsync(ConnectionMultiplexer connection, IEnumerable<int> databases)
    {
        List<KeyEntry> entries = [];
        foreach (int number in databases.Append(0).Distinct().Order())
        {
            IDatabase database = connection.GetDatabase(number);
            foreach (RedisKey key in connection.GetServers()[0].Keys(number, pageSize: 1000))
            {
                RedisType type = await database.KeyTypeAsync(key);
                if (type != RedisType.None)
                {
                    entries.Add(new(number, key.ToString(), type, await ValuesAsync(database, key, type), await TtlAsync(database, key)));
                }
            }
        }

        return [.. entries.OrderBy(entry => entry.Database).ThenBy(entry => entry.Key, StringComparer.Ordinal)];
    }

    public static async Task WriteAsync(ConnectionMultiplexer connection, KeyEntry entry)
    {
        IDatabase database = connection.GetDatabase(entry.Database);
        RedisValue[] values = [.. entry.Values];
        RedisValue[][] pairs = [.. values.Chunk(2)];
        switch (entry.Type)
        {
            case RedisType.Hash:
                await database.HashSetAsync(entry.Key, [.. pairs.Select(pair => new HashEntry(pair[0], pair[1]))]);
                break;
            case RedisType.List:
                await database.ListRightPushAsync(entry.Key, values);
                break;
            case RedisType.Set:
                await database.SetAddAsync(entry.Key, values);
                break;
            case RedisType.SortedSet:
                await database.SortedSetAddAsync(entry.Key, [.. pairs.Select(pair => new SortedSetEntry(pair[0], (double)pair[1]))]);
                break;
            case RedisType.Stream:
                await database.StreamAddAsync(entry.Key, "field", values[0]);
                break;
            default:
                await database.StringSetAsync(entry.Key, values[0]);
                break;
        }

        if (entry.Ttl is { } ttl)
        {
            await database.ExecuteAsync("PEXPIRE", entry.Key, (long)ttl.TotalMilliseconds);
        }
    }

    /// <summary>Redis keeps a TTL that no span can hold.</summary>
    private static async Task<TimeSpan?> TtlAsync(IDatabase database, RedisKey key)
    {
        long milliseconds = (long)await database.ExecuteAsync("PTTL", key);
        return milliseconds < 0 ? null : TimeSpan.FromSeconds(Math.Min(milliseconds / 1000.0, TimeSpan.MaxValue.TotalSeconds / 2));
    }

    private static async Task<IReadOnlyList<RedisValue>> ValuesAsync(IDatabase database, RedisKey key, RedisType type) => type switch
    {
        RedisType.String => [await database.StringGetAsync(key)],
        RedisType.Hash => [.. (await database.HashGetAllAsync(key)).OrderBy(entry => entry.Name.ToString(), StringComparer.Ordinal)
            .SelectMany(entry => new[] { entry.Name, entry.Value })],
        RedisType.List => await database.ListRangeAsync(key),
        RedisType.Set => [.. (await database.SetMembersAsync(key)).OrderBy(member => member.ToString(), StringComparer.Ordinal)],
        RedisType.SortedSet => [.. (await database.SortedSetRangeByRankWithScoresAsync(key))
            .SelectMany(entry => new[] { entry.Element, entry.Score })],
        RedisType.Stream => [.. (await database.StreamRangeAsync(key)).SelectMany(entry => entry.Values).Select(value => value.Value)],
        _ => [],
    };
}
