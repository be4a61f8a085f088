using static ExpiryAnalyzers.Apis.Effect;

namespace ExpiryAnalyzers.Apis;

/// <summary>
/// StackExchange.Redis 2.0 to 3.x. Rows hold for <c>IDatabase</c>, <c>IDatabaseAsync</c>, <c>IBatch</c> and <c>ITransaction</c> alike.
/// </summary>
internal static class StackExchangeRedis
{
    public const string Database = "StackExchange.Redis.IDatabase";
    public const string DatabaseAsync = "StackExchange.Redis.IDatabaseAsync";
    public const string Transaction = "StackExchange.Redis.ITransaction";
    public const string TransactionAsync = "StackExchange.Redis.ITransactionAsync";
    public const string Batch = "StackExchange.Redis.IBatch";
    public const string Expiration = "StackExchange.Redis.Expiration";
    public const string Value = "StackExchange.Redis.RedisValue";
    public const string Subscriber = "StackExchange.Redis.ISubscriber";
    public const string Key = "StackExchange.Redis.RedisKey";
    public const string Messages = "StackExchange.Redis.ChannelMessageQueue";

    /// <summary>EXPIRE with zero or less deletes the key and answers 1.</summary>
    private static readonly TtlFacts Deleted = new(TtlOutcome.Deletes, TtlOutcome.Deletes);

    /// <summary>SET, SETEX and GETEX refuse zero and less: "invalid expire time"; of less, newer clients throw themselves.</summary>
    private static readonly TtlFacts Refused = new(TtlOutcome.Fails, TtlOutcome.Fails);

    private static readonly TtlFacts OfKey = Deleted with { Never = NeverForm.OtherMethod, NeverMethod = "KeyPersist" };

    /// <summary>A SET, which gives no TTL where it is told none.</summary>
    private static readonly TtlFacts OfSet = Refused with { Never = NeverForm.LeftOut };

    /// <summary>"SET+PERSIST is not supported", which the client says itself.</summary>
    private static readonly TtlFacts OfPlainSet = OfSet with { AtTaking = TtlOutcome.Fails };

    /// <summary>A lock: <c>MaxValue</c> becomes SETNX, or PERSIST.</summary>
    private static readonly TtlFacts TakenForEver = Refused with { AtMaximum = TtlOutcome.LivesForEver };

    private static readonly TtlFacts ExtendedForEver = Deleted with { AtMaximum = TtlOutcome.LivesForEver };

    /// <summary>HGETEX and HSETEX (not measured: no server at hand had them).</summary>
    private static readonly TtlFacts OfField = new(TtlOutcome.DeletesOrFails, TtlOutcome.Fails);

    private static readonly IReadOnlyList<(string, Role)> Script =
        [("script", Role.Script), ("keys", Role.ScriptKeys), ("values", Role.ScriptValues), ("parameters", Role.ScriptParameters)];

    private static readonly IReadOnlyList<(string, Meaning)> Existence =
        [("NotExists", Meaning.OnlyIfMissing), ("Exists", Meaning.OnlyIfExisting)];

    private static readonly IReadOnlyList<(string, Meaning)> ExpiryWords =
        [("Default", Meaning.NoExpiry), ("KeepTtl", Meaning.KeepTtl), ("Persist", Meaning.TakeTtl)];

    private static readonly IReadOnlyList<(string, Meaning)> Mortality =
    [
        ("HasNoExpiry", Meaning.OnlyIfEternal),
        ("LessThanCurrentExpiry", Meaning.OnlyIfEternal),
        ("HasExpiry", Meaning.OnlyIfMortal),
        ("GreaterThanCurrentExpiry", Meaning.OnlyIfMortal),
    ];

    private static readonly IReadOnlyList<ApiMethod> Commands =
    [
        // Expiry and life of a key.
        Row("KeyExpire", SetExpiry, DataType.None, ("when", Role.ExpiryCondition)) with { FitsAnyType = true },
        Row("KeyPersist", Persist, DataType.None) with { FitsAnyType = true },
        Row("KeyTimeToLive", AskExpiry, DataType.None) with { FitsAnyType = true },
        Row("KeyExpireTime", AskExpiry, DataType.None) with
        {
            AnswersInstant = true, RelativeTwin = "KeyTimeToLive", FitsAnyType = true
        },
        Row("KeyExists", AskExistence, DataType.None) with { FitsAnyType = true },
        Row("KeyDelete", Delete, DataType.None, ("keys", Role.Keys)) with { FitsAnyType = true },
        Row("KeyRename", Delete, DataType.None),
        Row("KeyRestore", Overwrite, DataType.None) with
        {
            Ttl = new(TtlOutcome.LivesForEver, TtlOutcome.Fails) { Never = NeverForm.LeftOut }
        },
        Row("KeyTouch", Effect.None, DataType.None) with { FitsAnyType = true },

        // Strings.
        Row("StringGet", Read, DataType.String, ("keys", Role.Keys)),
        Row("StringGetLease", Read, DataType.String),
        Row("StringGetRange", Read, DataType.String),
        Row("StringGetBit", Read, DataType.String),
        Row("StringLength", Read, DataType.String),
        Row("StringGetWithExpiry", Read | AskExpiry, DataType.String),
        Row("StringGetSetExpiry", Read | SetExpiry, DataType.String) with
        {
            Ttl = Refused with
            {
                AtMaximum = TtlOutcome.LeavesTtl,
                AtLastInstant = TtlOutcome.LeavesTtl,
                MaximumSince = Expiration,
                Never = NeverForm.Null,
            }
        },
        Row("StringGetDelete", Read | Delete, DataType.String),
        Row("StringGetSet", Read | Overwrite, DataType.String),
        Row("StringSetAndGet", Read | Overwrite, DataType.String, ("when", Role.Condition)) with { DeletesAtNull = true },
        Row("StringSet", Overwrite, DataType.String, ("when", Role.Condition), ("values", Role.Pairs)) with
        {
            FitsAnyType = true, DeletesAtNull = true, Ttl = OfPlainSet
        },
        Row("StringAppend", Write, DataType.String),
        Into("StringBitOperation", Overwrite, DataType.String, "destination"),
        Row("HyperLogLogAdd", Write, DataType.String),
        Into("HyperLogLogMerge", Write, DataType.String, "destination"),
        Row("StringSetBit", Write, DataType.String),
        Row("StringSetRange", Write, DataType.String),
        Row("StringIncrement", Increment, DataType.String),
        Row("StringDecrement", Increment, DataType.String),
        Row("StringDelete", Delete, DataType.String),

        // Hashes.
        Row("HashGet", Read, DataType.Hash),
        Row("HashGetAll", Read, DataType.Hash),
        Row("HashGetLease", Read, DataType.Hash),
        Row("HashKeys", Read, DataType.Hash),
        Row("HashValues", Read, DataType.Hash),
        Row("HashLength", Read, DataType.Hash),
        Row("HashExists", Read, DataType.Hash),
        Row("HashScan", Read, DataType.Hash),
        Row("HashSet", Write, DataType.Hash),
        Row("HashDelete", Edit, DataType.Hash),
        Row("HashIncrement", Increment, DataType.Hash),
        Row("HashDecrement", Increment, DataType.Hash),
        Row("HashFieldExpire", Effect.None, DataType.Hash) with { HasNoNever = true, Ttl = new(TtlOutcome.Deletes, TtlOutcome.Fails) },
        Row("HashFieldGetExpireDateTime", Effect.None, DataType.Hash) with { AnswersInstant = true },
        Row("HashFieldGetAndSetExpiry", Effect.None, DataType.Hash) with { Ttl = OfField },
        Row("HashFieldGetLeaseAndSetExpiry", Effect.None, DataType.Hash) with { Ttl = OfField },
        Row("HashFieldSetAndSetExpiry", Write, DataType.Hash, ("when", Role.Condition)) with { Ttl = OfField },

        // Lists.
        Row("ListRange", Read, DataType.List),
        Row("ListGetByIndex", Read, DataType.List),
        Row("ListLength", Read, DataType.List),
        Row("ListPosition", Read, DataType.List),
        Row("ListLeftPop", Edit, DataType.List),
        Row("ListRightPop", Edit, DataType.List),
        Row("ListLeftPush", Write, DataType.List, ("when", Role.Condition)),
        Row("ListRightPush", Write, DataType.List, ("when", Role.Condition)),
        Into("ListMove", Write, DataType.List, "destinationKey"),
        Into("ListRightPopLeftPush", Write, DataType.List, "destination"),
        Into("SortAndStore", Overwrite, DataType.List, "destination"),
        Row("ListInsertAfter", Edit, DataType.List),
        Row("ListInsertBefore", Edit, DataType.List),
        Row("ListSetByIndex", Edit, DataType.List),
        Row("ListRemove", Edit, DataType.List),
        Row("ListTrim", Edit, DataType.List),

        // Sets.
        Row("SetMembers", Read, DataType.Set),
        Row("SetContains", Read, DataType.Set),
        Row("SetLength", Read, DataType.Set),
        Row("SetRandomMember", Read, DataType.Set),
        Row("SetRandomMembers", Read, DataType.Set),
        Row("SetScan", Read, DataType.Set),
        Row("SetAdd", Write, DataType.Set, ("values", Role.Values)),
        Into("SetMove", Write, DataType.Set, "destination"),
        Into("SetCombineAndStore", Overwrite, DataType.Set, "destination"),
        Row("SetRemove", Edit, DataType.Set),
        Row("SetPop", Edit, DataType.Set),

        // Sorted sets.
        Row("SortedSetRangeByRank", Read, DataType.SortedSet),
        Row("SortedSetRangeByRankWithScores", Read, DataType.SortedSet),
        Row("SortedSetRangeByScore", Read, DataType.SortedSet),
        Row("SortedSetRangeByScoreWithScores", Read, DataType.SortedSet),
        Row("SortedSetRangeByValue", Read, DataType.SortedSet),
        Row("SortedSetRank", Read, DataType.SortedSet),
        Row("SortedSetScore", Read, DataType.SortedSet),
        Row("SortedSetScores", Read, DataType.SortedSet),
        Row("SortedSetLength", Read, DataType.SortedSet),
        Row("SortedSetScan", Read, DataType.SortedSet),
        Row("SortedSetAdd", Write, DataType.SortedSet, ("when", Role.Condition)),
        Row("SortedSetUpdate", Write, DataType.SortedSet, ("when", Role.Condition)),
        Into("SortedSetCombineAndStore", Overwrite, DataType.SortedSet, "destination"),
        Into("SortedSetRangeAndStore", Overwrite, DataType.SortedSet, "destinationKey"),
        Row("GeoAdd", Write, DataType.SortedSet),
        Row("GeoRemove", Edit, DataType.SortedSet),
        Into("GeoSearchAndStore", Overwrite, DataType.SortedSet, "destinationKey"),
        Row("SortedSetRemove", Edit, DataType.SortedSet),
        Row("SortedSetRemoveRangeByRank", Edit, DataType.SortedSet),
        Row("SortedSetRemoveRangeByScore", Edit, DataType.SortedSet),
        Row("SortedSetPop", Edit, DataType.SortedSet),
        Row("SortedSetIncrement", Increment, DataType.SortedSet),
        Row("SortedSetDecrement", Increment, DataType.SortedSet),

        // Streams.
        Row("StreamRange", Read, DataType.Stream),
        Row("StreamRead", Read, DataType.Stream),
        Row("StreamLength", Read, DataType.Stream),
        Row("StreamAdd", Write, DataType.Stream),
        Row("StreamTrim", Edit, DataType.Stream),
        Row("StreamDelete", Edit, DataType.Stream),

        // Arrays and vector sets.
        Row("ArraySet", Write, DataType.None),
        Row("ArrayInsert", Write, DataType.None),
        Row("ArrayRing", Write, DataType.None),
        Row("VectorSetAdd", Write, DataType.None),

        // Locks.
        Row("LockTake", TakeLock, DataType.String),
        Row("LockExtend", ExtendLock, DataType.String),
        Row("LockRelease", ReleaseLock, DataType.String),
        Row("LockQuery", Read, DataType.String),

        // Text that only the server understands.
        Row("Execute", Opaque, DataType.None, ("command", Role.Command), ("args", Role.CommandArguments)) with { HasCommonName = true },
        Row("ScriptEvaluate", Opaque, DataType.None, [.. Script]),
        Row("ScriptEvaluateReadOnly", Effect.None, DataType.None, [.. Script]),
    ];

    /// <summary>A prepared script is run by itself, too.</summary>
    private static readonly IReadOnlyList<ApiMethod> Scripts =
    [
        new("Evaluate", Opaque, DataType.None, [("db", Role.ScriptDatabase), ("ps", Role.ScriptParameters)])
        {
            HasCommonName = true,
            IsOfScript = true
        },
    ];

    /// <summary>
    /// A queued task never completes before its queue is executed: no command is sent, and there is no timeout (measured 1.2.6 to 3.4.35).
    /// Since 3.1 the package brings an analyzer (SER305) that finds the waits written around the queued call; <c>ITransactionAsync</c> is
    /// of the same age.
    /// </summary>
    private static readonly ApiQueues Queues = new(
        Types: [Transaction, Batch, TransactionAsync],
        Commands: [DatabaseAsync, "StackExchange.Redis.IRedisAsync"],
        Execute: ["Execute", "ExecuteAsync"],
        Create: ["CreateTransaction", "CreateBatch"])
    {
        Waits = (["StackExchange.Redis.IRedisAsync", "StackExchange.Redis.IConnectionMultiplexer"], ["Wait", "WaitAll", "TryWait"]),
        Conditions = ["AddCondition"],
        Presence = ["KeyExists"],
        Flags = ("StackExchange.Redis.CommandFlags", "FireAndForget"),
        Marker = TransactionAsync,
    };

    /// <summary>What a database answers of time.</summary>
    private static readonly IReadOnlyList<(string, TimeAnswer)> Answers =
    [
        ("KeyExpireTime", TimeAnswer.Expiry),
        ("HashFieldGetExpireDateTime", TimeAnswer.ExpiryMilliseconds),
        ("HashFieldGetTimeToLive", TimeAnswer.RemainingMilliseconds),
        ("Execute", TimeAnswer.OfCommand),
        ("KeyTimeToLive", TimeAnswer.Remaining),
    ];

    /// <summary>
    /// Unspecified throws "Expiry time must be either Utc or Local" on every absolute sink (measured 1.2.6 to 3.4.35).
    /// An <c>Expiration</c> (2.13+) is made from a <c>DateTime</c> or a <c>TimeSpan</c>; it throws where it is made.
    /// </summary>
    public static readonly ApiLibrary Library = new("StackExchange.Redis", KindPolicy.UnspecifiedThrows,
    [
        new(Database) { Methods = Commands, Receiver = ReceiverKind.Database, Answers = Answers },
        new(DatabaseAsync) { Methods = Commands, Answers = Answers },
        new("StackExchange.Redis.IServer") { Answers = [("Time", TimeAnswer.ServerClock), ("LastSave", TimeAnswer.ServerInstant)] },
        new(Batch) { Receiver = ReceiverKind.Batch },
        new(Transaction) { Receiver = ReceiverKind.Transaction },
        new(Expiration) { IsExpiry = true, Constants = ExpiryWords },
        new("StackExchange.Redis.When") { Constants = Existence },
        new("StackExchange.Redis.SortedSetWhen") { Constants = Existence },
        new("StackExchange.Redis.ValueCondition") { Constants = Existence },
        new("StackExchange.Redis.ExpireWhen") { Constants = Mortality },
        new(Value) { IsValue = true, Constants = [("EmptyString", Meaning.EmptyText), ("Null", Meaning.NoValue)] },
        new(Key) { IsKey = true },
        new("StackExchange.Redis.RedisValueWithExpiry") { RemainingTime = "Expiry" },
        new("StackExchange.Redis.LuaScript") { Methods = Scripts, ScriptMakers = ["Prepare", "Load"] },
        new("StackExchange.Redis.LoadedLuaScript") { Methods = Scripts },
    ])
    {
        Ttl = Refused,
        Queues = Queues,
    };

    /// <summary>A command that reads some keys and stores what it makes of them at another.</summary>
    private static ApiMethod Into(string name, Effect effect, DataType data, string destination) =>
        new(name, effect, data, [(destination, Role.Key), ("flags", Role.Flags)]);

    /// <summary>Adds the parameter names that the client uses throughout.</summary>
    private static ApiMethod Row(string name, Effect effect, DataType data, params (string, Role)[] more) => new(name, effect, data,
    [
        ("key", Role.Key),
        ("value", effect is TakeLock or ExtendLock or ReleaseLock ? Role.Token : Role.Value),
        ("expiry", Role.Expiry),
        ("keepTtl", Role.KeepTtl),
        ("flags", Role.Flags),
        .. more,
    ])
    {
        Ttl = effect switch
        {
            SetExpiry => OfKey,
            ExtendLock => ExtendedForEver,
            TakeLock => TakenForEver,
            Overwrite or Read | Overwrite => OfSet,
            _ => Refused,
        },
    };
}
