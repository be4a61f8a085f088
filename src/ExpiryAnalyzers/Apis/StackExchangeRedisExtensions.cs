using static ExpiryAnalyzers.Apis.Effect;

namespace ExpiryAnalyzers.Apis;

/// <summary>
/// StackExchange.Redis.Extensions: keys of <c>IDatabase</c> behind a serializer (measured on a build of
/// imperugo/StackExchange.Redis.Extensions, 6244104, with StackExchange.Redis 2.13.23). An absolute time becomes what is left of it when
/// the member is called, so that no clock but the caller's decides. The members of a hash's fields that take a <c>DateTime</c> are left
/// out: they alone hand it on as it is, and would throw where the others read a time as local.
/// </summary>
internal static class StackExchangeRedisExtensions
{
    /// <summary>The metadata name of its client.</summary>
    public const string Database = "StackExchange.Redis.Extensions.Core.Abstractions.IRedisDatabase";

    /// <summary>SETEX: zero and less are refused by the server or by the client under it, as is an instant that is past.</summary>
    private static readonly TtlFacts OfSet = new(TtlOutcome.Fails, TtlOutcome.Fails)
    {
        Past = TtlOutcome.IsNotStored,
        Never = NeverForm.LeftOut,
    };

    /// <summary>EXPIRE, which deletes the key, even behind a read.</summary>
    private static readonly TtlFacts OfKey = new(TtlOutcome.Deletes, TtlOutcome.Deletes) { Never = NeverForm.Maximum };

    private static readonly IReadOnlyList<ApiMethod> Commands =
    [
        // Expiry and life of a key.
        Row("UpdateExpiry", SetExpiry, DataType.None) with { Ttl = OfKey },
        Row("UpdateExpiryAll", Effect.None, DataType.None) with { Ttl = OfKey },
        Row("Exists", AskExistence, DataType.None) with { HasCommonName = true },
        Row("Remove", Delete, DataType.None) with { HasCommonName = true },

        // Strings. GET with a time is GET, then EXPIRE.
        Row("Get", Read, DataType.String) with { HasCommonName = true, Ttl = OfKey },
        Row("GetAll", Effect.None, DataType.String) with { HasCommonName = true, Ttl = OfKey },
        Row("Add", Overwrite, DataType.String) with { HasCommonName = true, Ttl = OfSet },
        Row("Replace", Overwrite, DataType.String) with { HasCommonName = true, Ttl = OfSet },
        Row("AddAll", Effect.None, DataType.String) with { Ttl = OfSet },
        Row("StringIncrement", Increment, DataType.String),
        Row("StringDecrement", Increment, DataType.String),

        // Sets.
        Row("SetAdd", Write, DataType.Set),
        Row("SetAddAll", Write, DataType.Set),
        Row("SetMembers", Read, DataType.Set),
        Row("SetContains", Read, DataType.Set),
        Row("SetPop", Edit, DataType.Set),
        Row("SetRemove", Edit, DataType.Set),
        Row("SetRemoveAll", Edit, DataType.Set),

        // Hashes, whose key is called otherwise.
        Hash("HashGet", Read),
        Hash("HashGetAll", Read),
        Hash("HashExists", Read),
        Hash("HashKeys", Read),
        Hash("HashValues", Read),
        Hash("HashLength", Read),
        Hash("HashSet", Write),
        Hash("HashDelete", Edit),
        Hash("HashIncrementBy", Increment),

        // Lists.
        Row("ListAddToLeft", Write, DataType.List),
        Row("ListGetFromRight", Edit, DataType.List),

        // Sorted sets.
        Row("SortedSetAdd", Write, DataType.SortedSet),
        Row("SortedSetRangeByScore", Read, DataType.SortedSet),
        Row("SortedSetRemove", Edit, DataType.SortedSet),
        Row("SortedSetAddIncrement", Increment, DataType.SortedSet),
    ];

    public static readonly ApiLibrary Library = new("StackExchange.Redis.Extensions", KindPolicy.TakesOffset,
    [
        new(Database) { Methods = Commands, Receiver = ReceiverKind.Database, Underlying = "Database" },
    ])
    {
        Clock = ExpiryClock.Caller,
    };

    private static ApiMethod Row(string name, Effect effect, DataType data) => new(name, effect, data,
    [
        ("key", Role.Key),
        ("value", Role.Value),
        ("expiresAt", Role.Expiry),
        ("expiresIn", Role.Expiry),
        ("when", Role.Condition),
    ]);

    private static ApiMethod Hash(string name, Effect effect) => new(name, effect, DataType.Hash, [("hashKey", Role.Key)]);
}
