using static ExpiryAnalyzers.Apis.Effect;

namespace ExpiryAnalyzers.Apis;

/// <summary>A command of Redis as it is sent by name: where its key and its time stand among the arguments.</summary>
/// <param name="Name">The command, in capitals.</param>
/// <param name="Effect">What it does to its key.</param>
/// <param name="Data">The type that it reads or writes.</param>
internal sealed record RawCommand(string Name, Effect Effect, DataType Data)
{
    /// <summary>The position of the time behind the command's name; null where options carry it, or where there is none.</summary>
    public int? Time { get; init; }

    /// <summary>The position of what a string is given behind the command's name; null where it is given nothing.</summary>
    public int? Value { get; init; }

    /// <summary>Whether it may be given a time, behind its name or among its options.</summary>
    public bool MayTakeTime => (Time ?? Options) is not null;

    public TimeUnit Unit { get; init; }

    public bool IsAbsolute { get; init; }

    /// <summary>What comes of a TTL that misleads.</summary>
    public TtlFacts? Ttl { get; init; }

    /// <summary>The unit since the Unix epoch in which it answers when the key dies; unknown where it does not.</summary>
    public TimeUnit Answer { get; init; }

    /// <summary>The position from which options such as EX or NX may stand; null where the command has none.</summary>
    public int? Options { get; init; }

    /// <summary>Whether the value is only written where the key is missing, without an option that says so.</summary>
    public bool IsOnlyIfMissing { get; init; }

    /// <summary>Whether further arguments are further keys, so that only a call with one argument is about one key.</summary>
    public bool TakesKeys { get; init; }

    /// <summary>Whether what stands behind the key, whatever it is, says nothing of how long the key lives.</summary>
    public bool IsToldByKey => Effect == Effect.Write && Time is null && Options is null;
}

/// <summary>The place, unit and meaning of the time among a command's arguments.</summary>
internal readonly record struct RawTime(int Position, TimeUnit Unit, bool IsAbsolute);

/// <summary>
/// Raw commands, by name (Redis command reference). The key is always the first argument. What comes of a bad TTL was measured with 7.0.15.
/// </summary>
internal static class RawCommands
{
    /// <summary>Behind this word stand the names of a hash's fields, no options.</summary>
    private const string Fields = "FIELDS";

    /// <summary>The option by which a command does nothing where something is there already.</summary>
    public const string IfMissing = "NX";

    /// <summary>The option by which a command does nothing where nothing is there.</summary>
    public const string IfExisting = "XX";

    private static readonly TtlFacts Deleted = new(TtlOutcome.Deletes, TtlOutcome.Deletes);

    private static readonly TtlFacts Refused = new(TtlOutcome.Fails, TtlOutcome.Fails);

    /// <summary>Of a hash's field: HEXPIRE with zero deletes it; HGETEX and HSETEX were not measured.</summary>
    private static readonly TtlFacts FieldDeleted = new(TtlOutcome.Deletes, TtlOutcome.Fails);

    private static readonly TtlFacts FieldLost = new(TtlOutcome.DeletesOrFails, TtlOutcome.Fails);

    public static readonly IReadOnlyDictionary<string, RawCommand> ByName = new RawCommand[]
    {
        // Expiry and life of a key.
        Expiring("EXPIRE", SetExpiry, TimeUnit.Seconds, Deleted),
        Expiring("PEXPIRE", SetExpiry, TimeUnit.Milliseconds, Deleted),
        Expiring("EXPIREAT", SetExpiry, TimeUnit.Seconds, Deleted) with { IsAbsolute = true },
        Expiring("PEXPIREAT", SetExpiry, TimeUnit.Milliseconds, Deleted) with { IsAbsolute = true },
        Expiring("HEXPIRE", Effect.None, TimeUnit.Seconds, FieldDeleted),
        Expiring("HPEXPIRE", Effect.None, TimeUnit.Milliseconds, FieldDeleted),
        Expiring("HEXPIREAT", Effect.None, TimeUnit.Seconds, FieldDeleted) with { IsAbsolute = true },
        Expiring("HPEXPIREAT", Effect.None, TimeUnit.Milliseconds, FieldDeleted) with { IsAbsolute = true },
        new("HTTL", Effect.None, DataType.Hash),
        new("HPTTL", Effect.None, DataType.Hash),
        new("HEXPIRETIME", Effect.None, DataType.Hash),
        new("HPEXPIRETIME", Effect.None, DataType.Hash),
        new("HPERSIST", Effect.None, DataType.Hash),
        new("PERSIST", Effect.Persist, DataType.None),
        new("TTL", AskExpiry, DataType.None),
        new("PTTL", AskExpiry, DataType.None),
        new("EXPIRETIME", AskExpiry, DataType.None) { Answer = TimeUnit.Seconds },
        new("PEXPIRETIME", AskExpiry, DataType.None) { Answer = TimeUnit.Milliseconds },
        new("DEL", Delete, DataType.None) { TakesKeys = true },
        new("UNLINK", Delete, DataType.None) { TakesKeys = true },
        new("DELEX", Delete, DataType.String) { Options = 1 },
        new("EXISTS", Effect.None, DataType.None) { TakesKeys = true },
        new("TYPE", Effect.None, DataType.None),

        // Strings.
        new("GET", Read, DataType.String),
        new("GETRANGE", Read, DataType.String),
        new("STRLEN", Read, DataType.String),
        new("GETDEL", Read | Delete, DataType.String),
        new("GETEX", Read | SetExpiry, DataType.String) { Options = 1, Ttl = Refused },
        new("GETSET", Read | Overwrite, DataType.String) { Value = 1 },
        new("SET", Overwrite, DataType.String) { Value = 1, Options = 2, Ttl = Refused },
        new("SETEX", Overwrite, DataType.String) { Value = 2, Time = 1, Unit = TimeUnit.Seconds, Ttl = Refused },
        new("PSETEX", Overwrite, DataType.String) { Value = 2, Time = 1, Unit = TimeUnit.Milliseconds, Ttl = Refused },
        new("SETNX", Overwrite, DataType.String) { Value = 1, IsOnlyIfMissing = true },
        new("APPEND", Write, DataType.String),
        new("SETRANGE", Write, DataType.String),
        new("SETBIT", Write, DataType.String),
        new("INCR", Increment, DataType.String),
        new("INCRBY", Increment, DataType.String),
        new("INCRBYFLOAT", Increment, DataType.String),
        new("INCREX", Increment, DataType.String) { Options = 1 },
        new("DECR", Increment, DataType.String),
        new("DECRBY", Increment, DataType.String),

        // Hashes.
        new("HGET", Read, DataType.Hash),
        new("HMGET", Read, DataType.Hash),
        new("HGETALL", Read, DataType.Hash),
        new("HEXISTS", Read, DataType.Hash),
        new("HKEYS", Read, DataType.Hash),
        new("HVALS", Read, DataType.Hash),
        new("HLEN", Read, DataType.Hash),
        new("HGETEX", Effect.None, DataType.Hash) { Options = 1, Ttl = FieldLost },
        new("HSET", Write, DataType.Hash),
        new("HMSET", Write, DataType.Hash),
        new("HSETNX", Write, DataType.Hash),
        new("HSETEX", Write, DataType.Hash) { Options = 1, Ttl = FieldLost },
        new("HDEL", Edit, DataType.Hash),
        new("HINCRBY", Increment, DataType.Hash),
        new("HINCRBYFLOAT", Increment, DataType.Hash),

        // Lists.
        new("LRANGE", Read, DataType.List),
        new("LINDEX", Read, DataType.List),
        new("LLEN", Read, DataType.List),
        new("LPUSH", Write, DataType.List),
        new("RPUSH", Write, DataType.List),
        new("LPUSHX", Edit, DataType.List),
        new("RPUSHX", Edit, DataType.List),
        new("LPOP", Edit, DataType.List),
        new("RPOP", Edit, DataType.List),
        new("LSET", Edit, DataType.List),
        new("LREM", Edit, DataType.List),
        new("LTRIM", Edit, DataType.List),

        // Sets.
        new("SMEMBERS", Read, DataType.Set),
        new("SISMEMBER", Read, DataType.Set),
        new("SCARD", Read, DataType.Set),
        new("SADD", Write, DataType.Set),
        new("SREM", Edit, DataType.Set),
        new("SPOP", Edit, DataType.Set),

        // Sorted sets.
        new("ZRANGE", Read, DataType.SortedSet),
        new("ZRANGEBYSCORE", Read, DataType.SortedSet),
        new("ZREVRANGE", Read, DataType.SortedSet),
        new("ZRANK", Read, DataType.SortedSet),
        new("ZSCORE", Read, DataType.SortedSet),
        new("ZCOUNT", Read, DataType.SortedSet),
        new("ZCARD", Read, DataType.SortedSet),
        new("ZADD", Write, DataType.SortedSet),
        new("ZREM", Edit, DataType.SortedSet),
        new("ZREMRANGEBYRANK", Edit, DataType.SortedSet),
        new("ZREMRANGEBYSCORE", Edit, DataType.SortedSet),
        new("ZPOPMIN", Edit, DataType.SortedSet),
        new("ZPOPMAX", Edit, DataType.SortedSet),
        new("ZINCRBY", Increment, DataType.SortedSet),

        // Streams.
        new("XRANGE", Read, DataType.Stream),
        new("XLEN", Read, DataType.Stream),
        new("XADD", Write, DataType.Stream),
        new("XTRIM", Edit, DataType.Stream),
        new("XDEL", Edit, DataType.Stream),
    }.ToDictionary(command => command.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The options that carry a time.</summary>
    private static readonly IReadOnlyDictionary<string, (TimeUnit Unit, bool IsAbsolute)> TimeOptions =
        new Dictionary<string, (TimeUnit, bool)>(StringComparer.OrdinalIgnoreCase)
        {
            ["EX"] = (TimeUnit.Seconds, false),
            ["PX"] = (TimeUnit.Milliseconds, false),
            ["EXAT"] = (TimeUnit.Seconds, true),
            ["PXAT"] = (TimeUnit.Milliseconds, true),
        };

    /// <summary>Whether one of a command's options says something of it.</summary>
    public static bool Says(RawCommand command, IReadOnlyList<string?> texts, Meaning meaning) => meaning switch
    {
        Meaning.OnlyIfMissing => HasOption(command, texts, IfMissing),
        Meaning.OnlyIfExisting => HasOption(command, texts, IfExisting) || ComparesValue(command, texts),
        Meaning.OnlyIfEternal => HasOption(command, texts, IfMissing) || HasOption(command, texts, "LT"),
        Meaning.OnlyIfMortal => HasOption(command, texts, IfExisting) || HasOption(command, texts, "GT"),
        Meaning.KeepTtl => HasOption(command, texts, "KEEPTTL"),
        _ => false,
    };

    /// <summary>Whether an option alone says something of a write that it is given to.</summary>
    public static bool Says(string option, Meaning meaning) => meaning switch
    {
        Meaning.OnlyIfMissing or Meaning.OnlyIfEternal => IsOption(option, IfMissing),
        Meaning.OnlyIfExisting or Meaning.OnlyIfMortal => IsOption(option, IfExisting),
        _ => false,
    };

    /// <summary>A script of one command, the key its first and the time its first argument.</summary>
    public static string ScriptOf(string command, TimeUnit unit, bool isAbsolute)
    {
        string time = ByName.TryGetValue(command, out RawCommand? row) && row.Time is null
            ? $"'', '{TimeOptions.First(option => option.Value == (unit, isAbsolute)).Key}', ARGV[1]"
            : "ARGV[1]";
        string value = row is { Time: 1, Effect: var effect } && (effect & Overwrite) != 0 ? ", ''" : "";
        return $"return redis.call('{command}', KEYS[1], {time}{value})";
    }

    /// <summary>A script that does nothing but touch so many keys, or give them a TTL.</summary>
    public static string ScriptOn(int keys, bool prolongs) => string.Join(
        " ",
        Enumerable.Range(1, keys)
            .Select(key => prolongs ? $"redis.call('EXPIRE', KEYS[{key}], 1)" : $"redis.call('EXISTS', KEYS[{key}])"));

    /// <summary>The time among a command's arguments, given their texts; null where there is none.</summary>
    /// <param name="command">The command.</param>
    /// <param name="texts">The arguments behind the command's name; null where an argument is no constant text.</param>
    public static RawTime? TimeOf(RawCommand command, IReadOnlyList<string?> texts)
    {
        if (command.Time is { } time)
        {
            return time < texts.Count ? new(time, command.Unit, command.IsAbsolute) : null;
        }

        for (int i = command.Options ?? int.MaxValue; i < texts.Count - 1 && !IsFields(texts[i]); i++)
        {
            if (texts[i] is { } option && TimeOptions.TryGetValue(option, out (TimeUnit Unit, bool IsAbsolute) found))
            {
                return new(i + 1, found.Unit, found.IsAbsolute);
            }
        }

        return null;
    }

    private static bool HasOption(RawCommand command, IReadOnlyList<string?> texts, string option)
    {
        for (int i = command.Options ?? int.MaxValue; i < texts.Count && !IsFields(texts[i]); i++)
        {
            if (IsOption(texts[i], option))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the command does with its options.</summary>
    public static Effect EffectOf(RawCommand command, IReadOnlyList<string?> texts)
    {
        Effect effect = command.Effect;
        if ((effect & Overwrite) != 0 && Says(command, texts, Meaning.KeepTtl))
        {
            effect = (effect & ~Overwrite) | Write;
        }

        return effect == Delete && ComparesValue(command, texts) ? ReleaseLock
            : (effect & (Overwrite | Write)) != 0 && HasOption(command, texts, "GET") ? effect | Read
            : effect == (Read | SetExpiry) && HasOption(command, texts, "PERSIST") ? Read | Effect.Persist
            : effect == (Read | SetExpiry) && TimeOf(command, texts) is null ? Read
            : effect;
    }

    /// <summary>Whether the command does its work only where the key holds a given value (Redis 8.4).</summary>
    private static bool ComparesValue(RawCommand command, IReadOnlyList<string?> texts) =>
        HasOption(command, texts, "IFEQ") || HasOption(command, texts, "IFDEQ");

    private static bool IsFields(string? text) => IsOption(text, Fields);

    private static bool IsOption(string? text, string option) => string.Equals(text, option, StringComparison.OrdinalIgnoreCase);

    /// <summary>A command whose time stands behind its key, and behind that NX, XX, GT or LT.</summary>
    private static RawCommand Expiring(string name, Effect effect, TimeUnit unit, TtlFacts ttl) =>
        new(name, effect, DataType.None) { Time = 1, Unit = unit, Options = 2, Ttl = ttl };
}
