using System.Reflection;
using ExpiryAnalyzers.Tests.Observing;
using ExpiryAnalyzers.Tests.Servers;
using StackExchange.Redis;

namespace ExpiryAnalyzers.Tests.Running;

/// <summary>
/// The situations in which the members of a case are compared, made of the keys that the original touched when it was run on nothing.
/// </summary>
internal static class States
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(9);
    private static readonly HashSet<string> WithoutKey =
        ["MULTI", "EXEC", "DISCARD", "WATCH", "UNWATCH", "SCAN", "TIME", "KEYS", "FLUSHDB", "DBSIZE", "WAIT"];

    public static IEnumerable<Situation> Of(Observed first, Observed repaired, IReadOnlyList<Variant> variants,
        IReadOnlyList<string> samples)
    {
        List<KeyEntry> right = [.. Touched(first.Commands.Concat(repaired.Commands))
            .Select(touched => first.Keys.FirstOrDefault(left => left.Database == touched.Database && left.Key == touched.Key) ?? touched)];
        Situation withTtl = new("right type, with a TTL", [.. right.Select(entry => entry with { Ttl = Long })]);
        yield return Situation.Empty;
        if (right.Count > 0)
        {
            yield return withTtl;
            yield return new("about to end", [.. right.Select(entry => entry with { Ttl = TimeSpan.FromMinutes(0.5) })]) { IsEnding =
                true };
            yield return new("right type, without a TTL", [.. right.Select(entry => entry with { Ttl = null })]);
            yield return new("wrong type", [.. right.Select(Wrong)]);
            yield return new("wrong type, with a TTL", [.. right.Select(entry => Wrong(entry) with { Ttl = Long })]);
        }

        foreach (string sample in right.Exists(entry => entry.Type == RedisType.String) ? samples : [])
        {
            yield return new("holds " + sample,
                [.. right.Select(entry => entry.Type == RedisType.String ? entry with { Values = [sample], Ttl = Long } : entry)]);
        }

        foreach (Variant variant in variants)
        {
            yield return Situation.Empty with { Variant = variant };
            if (right.Count > 0)
            {
                yield return withTtl with { Variant = variant };
            }
        }

        yield return Situation.Empty with { IsSlow = true };
        if (!TestServer.IsGarnet)
        {
            yield return Situation.Empty with { IsFull = true };
            yield return withTtl with { IsFull = true };
        }

        for (int call = 1; call <= Math.Min(first.Calls.Count, 3); call++)
        {
            yield return Situation.Empty with { FailingCall = call };
        }
    }

    /// <param name="subject">The member that is run.</param>
    /// <param name="formats">The forms in which it may read text as an instant; none where it does not.</param>
    public static IReadOnlyList<Variant> Variants(Subject subject, IReadOnlyList<string> formats)
    {
        NullabilityInfoContext nullability = new();
        List<Variant> variants = [];
        foreach (ParameterInfo parameter in subject.Parameters)
        {
            Type type = parameter.ParameterType;
            if (Nullable.GetUnderlyingType(type) is not null
                || (!type.IsValueType && !type.IsByRef && nullability.Create(parameter).ReadState == NullabilityState.Nullable))
            {
                variants.Add(new(parameter.Name!, Filling.Null));
            }

            if (type == typeof(bool))
            {
                variants.Add(new(parameter.Name!, Filling.Flipped));
            }

            if (type == typeof(string))
            {
                variants.AddRange(formats.Select(format => new Variant(parameter.Name!, Filling.TextOfTime) { Format = format }));
            }

            if (type == typeof(DateTime))
            {
                variants.Add(new(parameter.Name!, Filling.LocalTime));
                variants.Add(new(parameter.Name!, Filling.UnspecifiedTime));
            }
        }

        return variants;
    }

    /// <summary>The keys of the commands, each as the type that its commands work on.</summary>
    private static IEnumerable<KeyEntry> Touched(IEnumerable<RespCommand> commands) =>
        commands.Where(command => !WithoutKey.Contains(command.Name) && command.Words.Count > 1)
            .SelectMany(command => KeysOf(command).Select(key => (command.Database, Key: key, Type: TypeOf(command.Name))))
            .GroupBy(touched => (touched.Database, touched.Key))
            .Select(key => Sample(key.Key.Database, key.Key.Key, key.Select(touched => touched.Type)
                .FirstOrDefault(type => type != RedisType.None)));

    private static IEnumerable<string> KeysOf(RespCommand command) => command.Name switch
    {
        "EVAL" or "EVALSHA" => Enumerable.Range(3, int.Parse(command.Text(2), System.Globalization.CultureInfo.InvariantCulture))
            .Select(command.Text),
        "DEL" or "UNLINK" or "EXISTS" or "TOUCH" or "MGET" or "SINTER" or "SUNION" => Enumerable.Range(1, command.Words.Count - 1)
            .Select(command.Text),
        "MSET" or "MSETNX" => Enumerable.Range(0, (command.Words.Count - 1) / 2).Select(index => command.Text((2 * index) + 1)),
        _ => [command.Text(1)],
    };

    private static RedisType TypeOf(string command) => command switch
    {
        "DEL" or "UNLINK" or "EXISTS" or "TOUCH" or "TYPE" or "TTL" or "PTTL" or "PERSIST" or "EXPIRE" or "PEXPIRE" or "EXPIREAT" or "PEXPIREAT" or "EXPIRETIME" or "PEXPIRETIME" or "RENAME" or "EVAL" or "EVALSHA" => RedisType.None,
        "SET" or "SETEX" or "PSETEX" or "SETNX" or "SETRANGE" or "SETBIT" or "SUBSTR" or "STRLEN" => RedisType.String,
        _ => command[0] switch
        {
            'H' => RedisType.Hash,
            'L' or 'R' => RedisType.List,
            'S' => RedisType.Set,
            'Z' => RedisType.SortedSet,
            'X' => RedisType.Stream,
            _ => command.StartsWith("GEO", StringComparison.Ordinal) ? RedisType.SortedSet : RedisType.String,
        },
    };

    private static KeyEntry Sample(int database, string key, RedisType type) => type switch
    {
        RedisType.Hash or RedisType.SortedSet => new(database, key, type, ["1", "1"], null),
        RedisType.None => new(database, key, RedisType.String, ["1"], null),
        _ => new(database, key, type, ["1"], null),
    };

    private static KeyEntry Wrong(KeyEntry entry) =>
        Sample(entry.Database, entry.Key, entry.Type == RedisType.String ? RedisType.Hash : RedisType.String);
}
