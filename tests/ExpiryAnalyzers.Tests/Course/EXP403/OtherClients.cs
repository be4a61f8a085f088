using System;
using System.Collections.Generic;
using FreeRedis;

namespace Shop.OtherClients;

public interface INames
{
    Dictionary<int, string> All();
}

public sealed class Warmup
{
    private readonly RedisClient _client;

    public Warmup(RedisClient client) => _client = client;

    // Bug: seconds as a number.
    public void Seconds(INames source)
    {
        foreach (var pair in source.All())
        {
            _client.Set($"name:{pair.Key}", pair.Value, 600); // expect: EXP403
        }
    }

    // Bug: a span.
    public void Span(INames source, TimeSpan ttl)
    {
        foreach (var pair in source.All())
        {
            _client.Set($"name:{pair.Key}", pair.Value, ttl); // expect: EXP403
        }
    }

    // Fine: spread seconds.
    public void Spread(Dictionary<int, string> names)
    {
        foreach (var pair in names)
        {
            _client.Set($"name:{pair.Key}", pair.Value, 600 + Random.Shared.Next(90));
        }
    }
}
