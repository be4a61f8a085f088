using ExpiryAnalyzers.Values;

namespace ExpiryAnalyzers.Apis;

/// <summary>A command of Redis as it is sent by name: where its key and its time stand among the arguments.</summary>
/// <param name="Name">The command, in capitals.</param>
/// <param name="Effect">What it does to its key.</param>
/// <param name="Data">The type that it reads or writes.</param>
internal sealed record RawCommand(string Name, Effect Effect, DataType Data)
{
    /// <summary>The position of the time behind the command's name; null where options carry it, or where there is none.</summary>
    public int? Time { get; init; }

    public TimeUnit Unit { get; init; }

    public bool IsAbsolute { get; init; }

    /// <summary>The unit since the Unix epoch in which it answers when the key dies; unknown where it does not.</summary>
    public TimeUnit Answer { get; init; }

    /// <summary>The position from which options such as EX or NX may stand; null where the command has none.</summary>
    public int? Options { get; init; }
}

/// <summary>Raw commands, by name (Redis command reference). The key is always the first argument.</summary>
internal static class RawCommands
{
    public static readonly IReadOnlyDictionary<string, RawCommand> ByName = new RawCommand[]
    {
        new("EXPIRE", Effect.SetExpiry, DataType.None) { Time = 1, Options = 2, Unit = TimeUnit.Seconds },
        new("PEXPIRE", Effect.SetExpiry, DataType.None) { Time = 1, Options = 2, Unit = TimeUnit.Milliseconds },
        new("EXPIREAT", Effect.SetExpiry, DataType.None) { Time = 1, Options = 2, Unit = TimeUnit.Seconds, IsAbsolute = true },
        new("PEXPIREAT", Effect.SetExpiry, DataType.None) { Time = 1, Options = 2, Unit = TimeUnit.Milliseconds, IsAbsolute = true },
        new("SET", Effect.Overwrite, DataType.String) { Options = 2 },
        new("SETEX", Effect.Overwrite, DataType.String) { Time = 1, Unit = TimeUnit.Seconds },
        new("PSETEX", Effect.Overwrite, DataType.String) { Time = 1, Unit = TimeUnit.Milliseconds },
        new("GETEX", Effect.Read | Effect.SetExpiry, DataType.String) { Options = 1 },
        new("GET", Effect.Read, DataType.String),
        new("HGET", Effect.Read, DataType.Hash),
        new("HGETALL", Effect.Read, DataType.Hash),
        new("TTL", Effect.AskExpiry, DataType.None),
        new("PTTL", Effect.AskExpiry, DataType.None),
        new("EXPIRETIME", Effect.AskExpiry, DataType.None) { Answer = TimeUnit.Seconds },
        new("PEXPIRETIME", Effect.AskExpiry, DataType.None) { Answer = TimeUnit.Milliseconds },
        new("INCR", Effect.Increment, DataType.String),
        new("INCRBY", Effect.Increment, DataType.String),
        new("INCRBYFLOAT", Effect.Increment, DataType.String),
        new("DECR", Effect.Increment, DataType.String),
        new("DECRBY", Effect.Increment, DataType.String),
        new("HINCRBY", Effect.Increment, DataType.Hash),
        new("HINCRBYFLOAT", Effect.Increment, DataType.Hash),
        new("ZINCRBY", Effect.Increment, DataType.SortedSet),
        new("DEL", Effect.Delete, DataType.None),
        new("UNLINK", Effect.Delete, DataType.None),
    }.ToDictionary(command => command.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The options that carry a time.</summary>
    public static readonly IReadOnlyDictionary<string, (TimeUnit Unit, bool IsAbsolute)> TimeOptions = new Dictionary<string, (TimeUnit, bool)>(StringComparer.OrdinalIgnoreCase)
    {
        ["EX"] = (TimeUnit.Seconds, false),
        ["PX"] = (TimeUnit.Milliseconds, false),
        ["EXAT"] = (TimeUnit.Seconds, true),
        ["PXAT"] = (TimeUnit.Milliseconds, true),
    };
}
