using ExpiryAnalyzers.Apis;

namespace ExpiryAnalyzers.CodeFixes.Reading;

/// <summary>The members of StackExchange.Redis that repairs look for and write, each name in this one place.</summary>
internal static class ClientNames
{
    /// <summary>What the name of an asynchronous command ends with.</summary>
    public const string Async = "Async";

    // Commands, without that ending.
    public const string KeyDelete = "KeyDelete";
    public const string KeyExpire = "KeyExpire";
    public const string KeyPersist = "KeyPersist";
    public const string LockExtend = "LockExtend";
    public const string LockRelease = "LockRelease";
    public const string StringGet = "StringGet";
    public const string StringGetSet = "StringGetSet";
    public const string StringGetSetExpiry = "StringGetSetExpiry";
    public const string StringGetWithExpiry = "StringGetWithExpiry";
    public const string StringSet = "StringSet";
    public const string StringSetAndGet = "StringSetAndGet";

    // Queues.
    public const string CreateBatch = "Create" + Batch;

    /// <summary>What a batch is called.</summary>
    public const string Batch = "Batch";
    public const string CreateTransaction = "CreateTransaction";
    public const string Execute = "Execute";

    // Parameters.
    public const string Expiry = "expiry";
    public const string Flags = "flags";
    public const string Key = "key";
    public const string KeepTtl = "keepTtl";
    public const string Value = "value";
    public const string Values = "values";
    public const string When = "when";

    // Conditions and flags.
    public const string CommandFlags = "StackExchange.Redis.CommandFlags";
    public const string ExpireCondition = "StackExchange.Redis.ExpireWhen";
    public const string StoreCondition = "StackExchange.Redis.When";
    public const string Always = "Always";
    public const string DemandReplica = "DemandReplica";
    public const string DemandSlave = "DemandSlave";
    public const string Exists = "Exists";
    public const string FireAndForget = "FireAndForget";
    public const string HasNoExpiry = "HasNoExpiry";
    public const string None = "None";
    public const string NotExists = "NotExists";

    // Values: what they say of themselves.
    public const string Default = "Default";
    public const string EmptyString = "EmptyString";
    public const string HasValue = "HasValue";
    public const string IsNull = "IsNull";
    public const string IsNullOrEmpty = "IsNullOrEmpty";
    public const string Null = "Null";

    /// <summary>The property of <see cref="StackExchangeRedis.Expiration"/> that leaves a TTL alone.</summary>
    public const string KeepTtlValue = "KeepTtl";

    /// <summary>How the names of the commands that count what a key holds end.</summary>
    public const string Length = "Length";

    /// <summary>How the names of the commands end that go through a key in several steps.</summary>
    public const string Scan = "Scan";

    /// <summary>How the names of the commands that count down end.</summary>
    public const string Decrement = "Decrement";

    /// <summary>How the names of the commands of strings begin.</summary>
    public const string OfString = "String";

    /// <summary>Reads that answer with all of a lock's value.</summary>
    public static readonly IReadOnlyCollection<string> ValueReads = [StringGet, "LockQuery"];

    /// <summary>Reads that answer with something exactly where the key exists; a missing field or member says nothing of its key.</summary>
    public static readonly IReadOnlyCollection<string> WholeKeyReads =
    [
        StringGet, "StringGetLease", "StringLength",
        "HashGetAll", "HashKeys", "HashValues", "HashLength",
        "ListRange", "ListLength",
        "SetMembers", "SetLength", "SetRandomMember", "SetRandomMembers",
        "SortedSetRangeByRank", "SortedSetRangeByRankWithScores", "SortedSetLength",
        "StreamRange", "StreamLength",
    ];

    /// <summary>A command's name without the ending of its asynchronous form.</summary>
    public static string WithoutAsync(string name) => IsAsync(name) ? name.Substring(0, name.Length - Async.Length) : name;

    public static bool IsAsync(string name) => name.EndsWith(Async, StringComparison.Ordinal);

    /// <summary>Whether a command of that name takes away from a number.</summary>
    public static bool CountsDown(string command) => command.EndsWith(Decrement, StringComparison.Ordinal);
}
