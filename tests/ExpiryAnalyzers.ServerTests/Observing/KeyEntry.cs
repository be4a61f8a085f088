using StackExchange.Redis;

namespace ExpiryAnalyzers.Tests.Observing;

/// <summary>A key with all that is to be seen of it.</summary>
/// <param name="Values">Of a hash the fields and their values by turns, of a sorted set members and scores; else the values.</param>
internal sealed record KeyEntry(int Database, string Key, RedisType Type, IReadOnlyList<RedisValue> Values, TimeSpan? Ttl)
{
    public string Name => $"{Database}:{RunText.Normal(Key)}";

    public string Content => $"{Type} {string.Join(", ", Values.Select(value => RunText.Normal(value.ToString())))}";

    /// <summary>
    /// The entry with its TTL counted from the beginning of a run: two runs need not take the same time. A short one is left as it is.
    /// </summary>
    public KeyEntry Since(TimeSpan elapsed) => Ttl > TimeSpan.FromSeconds(10) ? this with { Ttl = Ttl + elapsed } : this;

    public override string ToString() => $"{Name} = {Content}, TTL {(Ttl is { } ttl ? RunText.Seconds(ttl.TotalSeconds) : "none")}";
}
